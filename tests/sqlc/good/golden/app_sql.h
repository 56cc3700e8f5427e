/* Made by sqlc from app.sql: do not edit. */
#ifndef SARN_SQL_APP_H
#define SARN_SQL_APP_H

#include "db/ids.h"
#include "db/types.h"

struct app_get_account_row {
    struct account_id id;
    struct str login;
    bool is_open;
};
/* app/app.sql:2
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err app_get_account(struct db *db, struct arena *a, struct str login, struct app_get_account_row *ret);

/* Every statement of the room, NULL at the end: tests prepare each on both engines. */
extern const struct db_sql *const app_queries[];

#endif
