/* pool.h — connections for many worker threads, and the fair writer.
 *
 * Each worker has a reading connection of its own. On SQLite all writers share one connection: they
 * come in first-come-first-served order, each works inside a savepoint of the running transaction,
 * and who leaves last commits for all (group commit): measured, the longest wait is milliseconds
 * where own connections with busy_timeout starved for seconds. A worker's pool_end() returns only
 * after the commit is on disk, so "done" is never said too early. On PostgreSQL each worker writes
 * over a connection of its own and the engine does both.
 */
#ifndef SARN_DB_POOL_H
#define SARN_DB_POOL_H

#include "db/db.h"

struct db_pool;

/* Opens lazily; `workers` numbers the threads 0 … workers-1. Owned: pool_close. */
enum err pool_open(struct str url, unsigned workers, struct db_pool **ret);
void pool_close(struct db_pool *pool);
/* Begins a transaction for this worker and lends the connection. A lost PostgreSQL connection is
 * opened again (at most one attempt a second); meanwhile ERR_UNAVAILABLE. */
enum err pool_begin(struct db_pool *pool, unsigned worker, enum db_txn txn, struct db **ret);
/* Commits (is_ok) or rolls back. On a write: returns when durable; an error means that nothing of
 * this worker's part is in the database. */
enum err pool_end(struct db_pool *pool, unsigned worker, struct db *db, bool is_ok);

/* How the writers fared since the start, for /healthz of an administrator and for benchmarks. */
struct pool_stats {
    uint64_t writes, commits;
    uint64_t longest_wait_us;
};
struct pool_stats pool_stats(const struct db_pool *pool);

/* Tests: db_fail_at() on the connection that this worker writes over, once it has written before. */
void pool_fail_at(struct db_pool *pool, unsigned worker, uint32_t nth);

#endif
