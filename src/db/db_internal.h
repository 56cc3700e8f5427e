/* db_internal.h — what the two engines and the common part of db.c share. Nobody outside src/db
 * includes it (lint).
 *
 * The common part counts statements, injects faults, keeps the state of the transaction and checks
 * parameters; the engines only speak to SQLite and libpq. So a rule that must hold on both is
 * written once, in db.c.
 */
#ifndef SARN_DB_INTERNAL_H
#define SARN_DB_INTERNAL_H

#include "db/db.h"

struct db_ops {
    /* BEGIN, COMMIT, SAVEPOINT …: no parameters, no rows. */
    enum err (*control)(struct db *db, const struct db_sql *sql);
    enum err (*script)(struct db *db, const char *sql);
    enum err (*scalar)(struct db *db, const char *sql, int64_t *ret);
    enum err (*run)(struct db *db, const struct db_sql *sql, const struct db_value *params,
                    int64_t *ret_changed);
    enum err (*rows_open)(struct db *db, const struct db_sql *sql, const struct db_value *params,
                          bool is_stream, struct db_rows *ret);
    enum err (*rows_next)(struct db_rows *rows);
    bool (*rows_is_null)(const struct db_rows *rows, int col);
    int64_t (*rows_int)(const struct db_rows *rows, int col);
    struct str (*rows_text)(const struct db_rows *rows, int col);
    struct str (*rows_bytes)(const struct db_rows *rows, int col);
    void (*rows_close)(struct db_rows *rows);
    enum err (*bulk_begin)(struct db *db, struct db_bulk *bulk);
    enum err (*bulk_row)(struct db *db, struct db_bulk *bulk, const struct db_value *values);
    enum err (*bulk_end)(struct db *db, struct db_bulk *bulk, bool is_ok);
    /* Of a batch: sent on, answered at the end at the latest; NULL: db_run does it at once. */
    enum err (*batch_run)(struct db *db, const struct db_sql *sql, const struct db_value *params);
    enum err (*batch_end)(struct db *db, int64_t *ret_changed);
    /* The connection can never be used again. */
    bool (*is_lost)(const struct db *db);
    /* The engine has ended the transaction by itself (SQLite on a full disk). */
    bool (*has_dropped_txn)(const struct db *db);
    /* A deferred foreign key is open just now: committing would be refused. */
    bool (*has_open_keys)(struct db *db);
    void (*close)(struct db *db);
};

/* Statements prepared on one connection, by the address of their struct db_sql. The number of
 * statements in the program is fixed, so nothing is ever thrown out. */
struct stmt_slot {
    const struct db_sql *key; /* NULL: free */
    const char *text;         /* tells a re-used address of a test's struct apart */
    void *stmt;               /* engine's */
};
struct stmt_cache {
    struct stmt_slot *slots; /* owned */
    size_t cap, n;           /* cap is a power of two, or 0 */
};
/* The slot of `sql`; its stmt is NULL when it is to be prepared. Borrowed until the next call. */
struct stmt_slot *stmt_cache_slot(struct stmt_cache *cache, const struct db_sql *sql);

struct db { /* the first member of each engine's own struct */
    const struct db_ops *ops;
    enum db_engine engine;
    enum db_mode mode;
    uint16_t port; /* of its server over TCP; else 0 */
    enum db_txn txn;
    bool is_in_txn;
    enum err spoilt_by;  /* the failure after which only a rollback is accepted; ERR_OK none */
    unsigned savepoints; /* open ones */
    unsigned open_rows;
    struct db_bulk *bulk; /* running; borrowed from its arena */
    bool is_batch;        /* between db_batch_begin and db_batch_end */
    uint32_t fail_in;
    struct db_stats stats;
};

struct db_bulk {
    struct db *db;
    struct arena *arena;
    const char *table;
    const char *const *columns;
    size_t ncol;
    enum err failed; /* the first failure; bulk_end gives it again */
    void *stmt;      /* SQLite: sqlite3_stmt */
    char *chunk;     /* PostgreSQL: COPY text not sent yet, arena */
    size_t chunk_n, chunk_cap;
};

/* Both fill `*ret` on success only. */
enum err sqlite_open(const char *path, enum db_mode mode, struct db **ret);
enum err pg_open(const char *url, enum db_mode mode, struct db **ret);

/* Ends a running bulk load, or a batch, without result; before any rollback. */
void db_bulk_abandon(struct db *db);
/* The connection is of no more use and must be opened again; for the pool. */
bool db_is_lost(const struct db *db);
/* The pool's part of a group commit ends here: refuses it while a deferred key is open, since that
 * would fail the commit of everybody else. ERR_REFUSED. */
enum err db_check_keys(struct db *db);
/* Long set-up work (migrations, archives) is not cut off by the house's statement timeout. Inside a
 * transaction; ends with it. */
enum err db_no_timeout(struct db *db);
/* SQLite: switches foreign keys off or on outside a transaction, for migrations that rebuild tables
 * and for loading in any order; db_broken_keys() then counts what does not fit. */
enum err db_foreign_keys(struct db *db, bool is_on);
enum err db_broken_keys(struct db *db, int64_t *ret);
/* All of UTF-8, and no NUL: what a text of both engines can hold. */
bool db_text_is_valid(struct str s);
/* `name` in double quotes into `out`; names come from the catalogue or the program. */
void buf_ident(struct buf *b, struct str name);

#endif
