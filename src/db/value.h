/* value.h — values of a row for db_bulk_row(), made in one word each. */
#ifndef SARN_DB_VALUE_H
#define SARN_DB_VALUE_H

#include "base/date.h"
#include "db/db.h"

static inline struct db_value db_int(int64_t i)
{
    return (struct db_value){.kind = DB_INT, .i = i};
}
static inline struct db_value db_null(void)
{
    return (struct db_value){.kind = DB_NULL};
}
/* None is NULL. */
static inline struct db_value db_text(struct str s)
{
    return (struct db_value){.kind = s.p == NULL ? DB_NULL : DB_TEXT, .s = s};
}
static inline struct db_value db_day(struct arena *a, struct date d)
{
    struct buf b = buf_in(a, 16);
    buf_date_iso(&b, d);
    return db_text(buf_str(&b));
}

/* One table's rows of a bulk load: begun, given and ended in three lines. */
#define DB_BULK_BEGIN(db, a, table, columns, ret) db_bulk_begin(db, table, columns, sizeof(columns) / sizeof(columns)[0], a, ret)

#endif
