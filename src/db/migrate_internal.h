/* migrate_internal.h — for archive.c: a restore builds the schema, loads and finishes the schema in one
 * transaction. */
#ifndef SARN_DB_MIGRATE_INTERNAL_H
#define SARN_DB_MIGRATE_INTERNAL_H

#include "db/db_internal.h"
#include "db/migrate.h"

/* Applies the pending migrations up to number `up_to` inside the running write transaction. */
enum err migrate_in_txn(struct db *db, int up_to,
                        void (*report)(void *ctx, const struct migration *m), void *ctx);

#endif
