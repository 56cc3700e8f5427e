/* Made by sqlc from ledger.sql: do not edit. */
#ifndef SARN_SQL_LEDGER_H
#define SARN_SQL_LEDGER_H

#include "db/ids.h"
#include "db/types.h"

struct ledger_sum_row {
    struct str name_th;
    struct satang total;
};
/* rooms/ledger/ledger.sql:1
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err ledger_sum(struct db *db, struct arena *a, struct fund_id fund_id, struct date first, struct date last, struct ledger_sum_row *ret);

/* Every statement of the room, NULL at the end: tests prepare each on both engines. */
extern const struct db_sql *const ledger_queries[];

#endif
