/* db.h — the one door to a database. SQLite by default, PostgreSQL behind the same functions.
 *
 * Nobody writes calls of this by hand except the generated code, tests and the tools: a room's
 * .sql file is turned by sqlc into typed functions that call these.
 *
 * Ownership: a `struct db` is one connection and belongs to one thread at a time. Rows borrow from
 * the connection until the next db_rows_next; text that must live longer is copied to an arena.
 */
#ifndef SARN_DB_DB_H
#define SARN_DB_DB_H

#include "base/clock.h"
#include "base/money.h"
#include "base/str.h"

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_mode { DB_READ_ONLY, DB_READ_WRITE };
enum db_txn { DB_TXN_READ, DB_TXN_WRITE }; /* READ cannot write: the engine itself refuses */

struct db;

/* One statement, static, written by sqlc from a room's .sql file. */
struct db_sql {
    const char *name;   /* "fund_get": also its name as a prepared statement */
    const char *sqlite; /* with ?1 ?2 … */
    const char *pg;     /* with $1 $2 … */
    uint8_t nparam, ncol;
    bool is_write;
    const char *pg_types; /* one letter a parameter: i BIGINT, t TEXT, b BYTEA */
};

enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BYTES };
struct db_value {
    enum db_kind kind;
    int64_t i;    /* DB_INT */
    struct str s; /* DB_TEXT, DB_BYTES: borrowed for the call */
};

/* `url` is a path, "sqlite:PATH", ":memory:" or postgres://… . Opens, sets what the house needs
 * (WAL, synchronous=FULL, foreign_keys=ON, busy_timeout, trusted_schema=OFF; on PostgreSQL
 * timezone UTC, statement_timeout) and checks it. Owned: db_close.
 * ERR_UNAVAILABLE cannot connect now; ERR_IO the path is no database. */
enum err db_open(struct str url, enum db_mode mode, struct db **ret);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);
/* Of its server over TCP; 0: a file, or a socket of this machine. */
uint16_t db_port(const struct db *db);
bool db_url_is_postgres(struct str url);

/* A write transaction on SQLite is BEGIN IMMEDIATE; readers never upgrade. */
enum err db_begin(struct db *db, enum db_txn txn);
enum err db_commit(struct db *db);
void db_rollback(struct db *db);
bool db_in_txn(const struct db *db);
/* A failed statement spoils its transaction, on both engines alike: until db_rollback or
 * db_rollback_to everything else is refused, and db_commit rolls back and gives that failure.
 * A part that may fail alone (one row of an import, a page that shows the fault beside its field and
 * must still read) stands between db_savepoint and db_release or db_rollback_to. They nest.
 * After db_commit no transaction is open, whatever it returned. */
enum err db_savepoint(struct db *db);
enum err db_release(struct db *db);
void db_rollback_to(struct db *db);

/* Runs a statement that gives no rows. `ret_changed` may be NULL.
 * ERR_CONFLICT unique key · ERR_REFUSED check, foreign key, trigger · ERR_UNAVAILABLE busy, lost · ERR_DISK full ·
 * ERR_INPUT a text that is not UTF-8 or holds a NUL · ERR_INTERNAL a write in a read transaction. */
enum err db_run(struct db *db, const struct db_sql *sql, const struct db_value *params,
                int64_t *ret_changed);

struct db_rows { /* on the caller's stack; close it on every path */
    struct db *db;
    void *stmt; /* engine's */
    int64_t at; /* row number, engine's use */
    int ncol;
    bool is_open;
};
enum err db_rows_open(struct db *db, const struct db_sql *sql, const struct db_value *params,
                      struct db_rows *ret);
/* The same for very many rows (exports): memory stays constant on PostgreSQL too (a cursor, so it
 * must be inside a transaction there). Other statements may run meanwhile. */
enum err db_rows_stream(struct db *db, const struct db_sql *sql, const struct db_value *params,
                        struct db_rows *ret);
/* ERR_NOT_FOUND after the last row. */
enum err db_rows_next(struct db_rows *rows);
bool db_rows_is_null(const struct db_rows *rows, int col);
int64_t db_rows_int(const struct db_rows *rows, int col);
struct str db_rows_text(const struct db_rows *rows, int col);  /* borrowed; none when NULL */
struct str db_rows_bytes(const struct db_rows *rows, int col); /* borrowed; none when NULL */
void db_rows_close(struct db_rows *rows);

/* Several statements without parameters: migrations, set-up. Not for rooms (lint). */
enum err db_script(struct db *db, const char *sql);
/* One number of a statement without parameters: set-up and tests. */
enum err db_scalar(struct db *db, const char *sql, int64_t *ret);

/* What a request cost. Budgets in tests read it. */
struct db_stats {
    uint32_t statements; /* without BEGIN and COMMIT */
    uint32_t rows;
    uint32_t writes; /* of the statements, those that may change rows */
    uint64_t rows_written; /* by db_run and by bulk loads */
};
struct db_stats db_stats(const struct db *db);
void db_stats_reset(struct db *db);

/* Tests: the n-th statement from now (1 = the next; BEGIN and COMMIT count) fails with
 * ERR_UNAVAILABLE before it reaches the engine. 0 switches off. */
void db_fail_at(struct db *db, uint32_t nth);

/* Bulk loading on PostgreSQL goes by COPY, on SQLite by a prepared INSERT: one interface for
 * import of archives and the demo. Columns in the order named; the names are the program's or the
 * catalogue's, never a person's. Inside a write transaction, alone on its connection until
 * db_bulk_end, which comes on every path (a rollback ends it too). A refused row may show only at
 * the end. */
struct db_bulk;
enum err db_bulk_begin(struct db *db, const char *table, const char *const *columns, size_t ncol,
                       struct arena *a, struct db_bulk **ret);
enum err db_bulk_row(struct db_bulk *bulk, const struct db_value *values);
enum err db_bulk_end(struct db_bulk *bulk);
/* Many small writes, each judged by what the one before it left, and nobody waits for a single answer: between these
 * two, PostgreSQL is sent them one behind the other (its pipeline), SQLite runs each at once. Inside a write
 * transaction; nothing but db_run without `ret_changed`, else ERR_INTERNAL. What is refused may show only at the end,
 * and spoils the transaction; db_batch_end comes on every path but a rollback. */
enum err db_batch_begin(struct db *db);
enum err db_batch_end(struct db *db);
/* After rows with ids of their own: PostgreSQL's identities go on behind the largest of each table. */
enum err db_ids_follow(struct db *db, struct arena *a);

/* After a load: what came into these tables ("area, area_code"; NULL: all) is counted, so that PostgreSQL plans for it at
 * once, not only when its autovacuum has been by: a place was found in 30 s until then. All only where nothing more is to
 * come: a table that was counted while empty is read whole by whatever was planned then. SQLite goes by the plans that sqlc
 * has seen: with figures of sizes it reads whole tables into Bloom filters for pages of twenty rows. */
enum err db_loaded(struct db *db, const char *tables);

/* For a load of hours that is made anew when it breaks off: more memory, sorting on disk, no statement is too long, and
 * a commit does not wait for the disk. PostgreSQL plans a statement once, over a table that is still empty, and would
 * read all of it for each row that comes later: until the indexes are made it goes by keys alone. For the rest of this
 * connection; outside a transaction. */
enum err db_load_lasts(struct db *db);
/* Such a load builds its indexes last. Off takes those that enforce nothing (no UNIQUE) from the tables, but for
 * those `needed` by what the load itself asks, and keeps how they are made; on makes them again. Inside write
 * transactions; the arena outlives both. Both lists end with NULL. */
enum { DB_INDEXES_MAX = 128 };
struct db_indexes {
    const char *make[DB_INDEXES_MAX];
    size_t n;
};
enum err db_indexes_off(struct db *db, struct arena *a, const char *const *tables,
                        const char *const *needed, struct db_indexes *ret);
enum err db_indexes_on(struct db *db, const struct db_indexes *indexes);

#endif
