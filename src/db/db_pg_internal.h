/* db_pg_internal.h — what the files of the PostgreSQL engine share. Nobody else includes it. */
#ifndef SARN_DB_PG_INTERNAL_H
#define SARN_DB_PG_INTERNAL_H

#include "db/db_internal.h"

#include <libpq-fe.h>

enum { PG_PARAMS_MAX = 255 }; /* nparam is a byte */

struct pg_db {
    struct db base; /* first */
    PGconn *conn;
    struct stmt_cache cache; /* of struct pg_stmt, owned */
    unsigned prepared;       /* counts names */
    unsigned cursors;
    unsigned sent;          /* of a batch, not answered yet */
    const char *batch_name; /* of the last that was sent; static */
    int64_t batch_changed;  /* by those that have answered */
};

static inline struct pg_db *pg_of(struct db *db)
{
    return (struct pg_db *)db;
}

struct pg_params { /* borrows the values */
    const char *value[PG_PARAMS_MAX];
    int length[PG_PARAMS_MAX], format[PG_PARAMS_MAX];
    uint64_t number[PG_PARAMS_MAX]; /* big-endian */
};

/* Borrows `in`; ERR_LIMIT for a value over 1 GiB. */
enum err pg_set_params(struct pg_params *out, const struct db_sql *sql, const struct db_value *in);
/* The name under which this connection has prepared it; prepares on first use, outside a pipeline only. */
enum err pg_get_stmt(struct pg_db *p, const struct db_sql *sql, const char **ret_name);
/* What a result that is not good says, or the connection when there is none; frees `res`. */
enum err pg_fail(struct pg_db *p, const char *what, PGresult *res);
bool pg_is_good(const PGresult *res);

/* db_pg_bulk.c */
enum err pg_bulk_begin(struct db *db, struct db_bulk *bulk);
enum err pg_bulk_row(struct db *db, struct db_bulk *bulk, const struct db_value *values);
enum err pg_bulk_end(struct db *db, struct db_bulk *bulk, bool is_ok);
enum err pg_batch_run(struct db *db, const struct db_sql *sql, const struct db_value *params);
enum err pg_batch_end(struct db *db, int64_t *ret_changed);

#endif
