/* Made by sqlc from area.sql: do not edit. */
#ifndef SARN_SQL_AREA_H
#define SARN_SQL_AREA_H

#include "db/ids.h"
#include "db/types.h"

struct area_get_row {
    struct area_id id;
    struct str code;
    struct area_id parent_id; /* v == 0: NULL */
    struct str name_th;
};
/* rooms/area/area.sql:2
 * An area by its code.
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err area_get(struct db *db, struct arena *a, struct str code, struct area_get_row *ret);

struct area_list_children_row {
    struct area_id id;
    struct str name_th;
    struct str name_key;
};
/* rooms/area/area.sql:7
 * In Thai order, a page at a time (keyset).
 * All rows, in the arena. */
enum err area_list_children(struct db *db, struct arena *a, struct area_id parent_id, struct str after, struct area_id after_id, int64_t limit_n, struct area_list_children_row **ret, size_t *ret_n);

struct area_each_row {
    struct area_id id;
    struct str code;
    struct area_id parent_id; /* v == 0: NULL */
    struct str name_th;
};
/* rooms/area/area.sql:14
 * Calls `each` with every row; its text is borrowed for the call. */
enum err area_each(struct db *db, struct arena *a,
    enum err (*each)(void *ctx, const struct area_each_row *row), void *ctx);

struct area_add_row {
    struct area_id id;
};
/* rooms/area/area.sql:18
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err area_add(struct db *db, struct arena *a, struct str code, struct area_id parent_id, struct str name_th, struct str name_key, struct area_add_row *ret);

/* Every statement of the room, NULL at the end: tests prepare each on both engines. */
extern const struct db_sql *const area_queries[];

#endif
