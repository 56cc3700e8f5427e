/* migrate.h — forward-only migrations, compiled into the program in both dialects.
 *
 * migrations/NNNN_name.sql is written in the house's own type words; sqlc emits STRICT SQLite and
 * PostgreSQL from it into build/. Each runs once, in its own transaction, noted in
 * schema_migration(number, name, sha256, applied_at). A changed old migration is an error.
 */
#ifndef SARN_DB_MIGRATE_H
#define SARN_DB_MIGRATE_H

#include "db/db.h"

struct migration {
    int number;
    const char *name;
    const char *sqlite, *pg; /* whole scripts */
    const char *sha256;      /* of the source file, hex */
};
extern const struct migration migrations[]; /* generated; ends with number == 0 */

/* How many are not applied yet. A database without the table has all of them pending.
 * ERR_CONFLICT when an applied one differs from the program's, or the database is newer. */
enum err migrate_pending(struct db *db, int *ret_pending);
/* Applies the pending ones; `report` (may be NULL) is called before each. */
enum err migrate_apply(struct db *db, void (*report)(void *ctx, const struct migration *m), void *ctx);

#endif
