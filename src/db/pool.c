/* pool.c — connections for worker threads, and the lane of SQLite's writers. See pool.h.
 *
 * The lane is the right to use the one writing connection. It goes from hand to hand in the order of
 * arrival. Who leaves it while somebody waits hands on the open transaction too and sleeps until the
 * batch is committed; who finds nobody waiting, or a batch that is large or old enough, commits for
 * all. So one fsync serves many, nobody overtakes, and nobody hears "done" before the disk has it.
 *
 *   begin: take lane → (BEGIN if no batch is open) → SAVEPOINT → work
 *   end:   RELEASE, or ROLLBACK TO when this part failed → hand on, or COMMIT and wake the batch
 */
#include "db/pool.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/db_internal.h"

enum {
    BATCH_WRITERS = 64, /* a failing commit must not hit more requests than this */
    BATCH_US = 2000,    /* the first of a batch waits no longer for the others to come */
    LANE_WAIT_S = 5,    /* then 503: a queue that does not move must not eat all workers */
    RETRY_US = 1000000, /* between two attempts to reach a database that was not there */
    DETAIL = 256,
};

/* One open transaction of the lane and those whose parts are in it. Owned by its references: the
 * open lane's one and one of each waiting member; under the lane's lock. */
struct batch {
    unsigned entered, members, refs;
    int64_t since_us;
    bool is_done;
    enum err outcome;
    char detail[DETAIL]; /* the committer's err_detail, for the other threads */
    pthread_cond_t done;
};

struct slot {      /* one worker's */
    struct db *db; /* SQLite: its reader; PostgreSQL: its only connection. Owned */
    bool is_lent;
    bool is_in_lane; /* what is lent is the lane's writer */
    bool is_granted; /* under the lane's lock */
    pthread_cond_t wake;
    struct slot *next; /* in the queue */
};

struct lane {
    pthread_mutex_t lock;
    bool is_held;
    struct slot *first, *last; /* waiting, in order of arrival */
    struct db *writer;         /* owned; used by the holder only */
    struct batch *open;        /* of the running transaction, or NULL; the holder's */
};

struct db_pool {
    char *url; /* owned */
    bool is_pg;
    unsigned workers;
    struct slot *slots; /* owned */
    struct lane lane;
    _Atomic int64_t failed_at_us; /* the last attempt to connect that failed; 0 none */
    _Atomic uint64_t writes, commits, longest_wait_us;
};

/* ---- opening and closing ---- */

/* The monotonic clock: somebody who sets the system's time must not stop the writers. */
static void cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(cond, &attr);
    pthread_condattr_destroy(&attr);
}

enum err pool_open(struct str url, unsigned workers, struct db_pool **ret)
{
    assert(workers > 0);
    if (str_eq(url, STR(":memory:")) || str_eq(url, STR("sqlite::memory:")))
        return err_note(ERR_IO,
                        "a database in memory has one connection only; a pool needs a file");
    struct db_pool *pool = calloc(1, sizeof *pool);
    assert(pool != NULL);
    pool->url = strndup(url.p, url.n);
    pool->slots = calloc(workers, sizeof *pool->slots);
    assert(pool->url != NULL && pool->slots != NULL);
    pool->is_pg = db_url_is_postgres(url);
    pool->workers = workers;
    pthread_mutex_init(&pool->lane.lock, NULL);
    for (unsigned i = 0; i < workers; i++)
        cond_init(&pool->slots[i].wake);
    *ret = pool;
    return ERR_OK;
}

void pool_close(struct db_pool *pool)
{
    if (pool == NULL) return;
    assert(!pool->lane.is_held && pool->lane.open == NULL);
    for (unsigned i = 0; i < pool->workers; i++) {
        assert(!pool->slots[i].is_lent);
        db_close(pool->slots[i].db);
        pthread_cond_destroy(&pool->slots[i].wake);
    }
    db_close(pool->lane.writer); /* last: it may write the log back into the file */
    pthread_mutex_destroy(&pool->lane.lock);
    free(pool->slots);
    free(pool->url);
    free(pool);
}

/* Opens `*db` if it is not. While the database is away, only one attempt a second is made, by
 * whichever worker comes first; the others fail at once instead of waiting for a time-out each. */
static enum err ensure_open(struct db_pool *pool, enum db_mode mode, struct db **db)
{
    if (*db != NULL) return ERR_OK;
    int64_t now = clock_monotonic_us();
    int64_t failed = atomic_load(&pool->failed_at_us);
    if (failed != 0 && (now - failed < RETRY_US ||
                        !atomic_compare_exchange_strong(&pool->failed_at_us, &failed, now)))
        return err_note(ERR_UNAVAILABLE, "the database was not there a moment ago");
    enum err e = db_open(str_of(pool->url), mode, db);
    if (e != ERR_OK) {
        atomic_store(&pool->failed_at_us, clock_monotonic_us());
        return e;
    }
    atomic_store(&pool->failed_at_us, 0);
    return ERR_OK;
}

/* ---- the lane ---- */

static void remove_waiting(struct lane *lane, const struct slot *slot)
{
    struct slot **at = &lane->first;
    struct slot *before = NULL;
    while (*at != slot) {
        before = *at;
        at = &before->next;
    }
    *at = slot->next;
    if (lane->last == slot) lane->last = before;
}

/* Waits for its turn. ERR_UNAVAILABLE when the queue did not move for LANE_WAIT_S. */
static enum err take_lane(struct db_pool *pool, struct slot *slot)
{
    struct lane *lane = &pool->lane;
    int64_t since = clock_monotonic_us();
    enum err e = ERR_OK;
    pthread_mutex_lock(&lane->lock);
    if (!lane->is_held) {
        lane->is_held = true;
    } else {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += LANE_WAIT_S;
        slot->next = NULL;
        slot->is_granted = false;
        if (lane->last != NULL)
            lane->last->next = slot;
        else
            lane->first = slot;
        lane->last = slot;
        int rc = 0;
        while (!slot->is_granted && rc != ETIMEDOUT)
            rc = pthread_cond_timedwait(&slot->wake, &lane->lock, &until);
        if (!slot->is_granted) {
            remove_waiting(lane, slot);
            e = err_note(ERR_UNAVAILABLE, "no turn to write within %d s", (int)LANE_WAIT_S);
        }
    }
    pthread_mutex_unlock(&lane->lock);
    uint64_t waited = (uint64_t)(clock_monotonic_us() - since);
    uint64_t longest = atomic_load(&pool->longest_wait_us);
    while (waited > longest &&
           !atomic_compare_exchange_weak(&pool->longest_wait_us, &longest, waited)) {}
    return e;
}

/* To the next in the queue, or to nobody. With the lock held. */
static void pass_lane(struct lane *lane)
{
    struct slot *next = lane->first;
    if (next == NULL) {
        lane->is_held = false;
        return;
    }
    lane->first = next->next;
    if (lane->first == NULL) lane->last = NULL;
    next->is_granted = true;
    pthread_cond_signal(&next->wake);
}

/* With the lock held. */
static void drop_batch(struct batch *batch)
{
    if (--batch->refs > 0) return;
    pthread_cond_destroy(&batch->done);
    free(batch);
}

/* Ends the transaction for everybody in it and wakes them. The lane's holder calls it, with the lock
 * held; the lock is free while the disk works, the lane is not. */
static void commit_batch(struct db_pool *pool, struct batch *batch)
{
    struct lane *lane = &pool->lane;
    enum err e = ERR_OK;
    lane->open = NULL;
    pthread_mutex_unlock(&lane->lock);
    if (batch->members > 0) {
        e = db_commit(lane->writer);
        if (e == ERR_OK) atomic_fetch_add(&pool->commits, 1);
    } else {
        db_rollback(lane->writer); /* every part of it was undone already */
    }
    pthread_mutex_lock(&lane->lock);
    batch->outcome = e;
    if (e != ERR_OK) snprintf(batch->detail, sizeof batch->detail, "%s", err_detail());
    batch->is_done = true;
    pthread_cond_broadcast(&batch->done);
    pass_lane(lane);
}

/* Leaves the lane; for a member (its part is in the transaction) returns the commit's outcome. */
static enum err leave_lane(struct db_pool *pool, bool is_member)
{
    struct lane *lane = &pool->lane;
    struct batch *batch = lane->open;
    enum err outcome = ERR_OK;
    pthread_mutex_lock(&lane->lock);
    batch->entered++;
    if (is_member) {
        batch->members++;
        batch->refs++;
    }
    bool is_over = lane->first == NULL || batch->entered >= BATCH_WRITERS ||
                   clock_monotonic_us() - batch->since_us >= BATCH_US ||
                   lane->writer->spoilt_by != ERR_OK; /* the engine has dropped the transaction */
    if (is_over) {
        commit_batch(pool, batch);
        drop_batch(batch); /* the open lane's reference */
    } else {
        pass_lane(lane);
    }
    if (is_member) {
        while (!batch->is_done)
            pthread_cond_wait(&batch->done, &lane->lock);
        outcome = batch->outcome;
        if (outcome != ERR_OK) (void)err_note(outcome, "group commit: %s", batch->detail);
        drop_batch(batch);
    }
    pthread_mutex_unlock(&lane->lock);
    return outcome;
}

/* With the lane taken: a transaction to work in. */
static enum err open_batch(struct db_pool *pool)
{
    struct lane *lane = &pool->lane;
    if (lane->open != NULL) return ERR_OK;
    TRY(ensure_open(pool, DB_READ_WRITE, &lane->writer));
    TRY(db_begin(lane->writer, DB_TXN_WRITE));
    struct batch *batch = calloc(1, sizeof *batch);
    assert(batch != NULL);
    cond_init(&batch->done);
    batch->refs = 1;
    batch->since_us = clock_monotonic_us();
    lane->open = batch;
    return ERR_OK;
}

/* Lane, transaction, savepoint; on failure the lane is left again. */
static enum err begin_in_lane(struct db_pool *pool, struct slot *slot, struct db **ret)
{
    struct lane *lane = &pool->lane;
    TRY(take_lane(pool, slot));
    enum err e = open_batch(pool);
    if (e != ERR_OK) { /* the next one tries for himself */
        pthread_mutex_lock(&lane->lock);
        pass_lane(lane);
        pthread_mutex_unlock(&lane->lock);
        return e;
    }
    e = db_savepoint(lane->writer);
    if (e != ERR_OK) {
        (void)leave_lane(pool, false); /* spoils and so ends the batch: its members hear of it */
        return e;
    }
    *ret = lane->writer;
    return ERR_OK;
}

/* First the part of this worker is closed, kept or undone; then the lane is left. */
static enum err end_in_lane(struct db_pool *pool, bool is_ok)
{
    struct db *writer = pool->lane.writer;
    assert(writer->open_rows == 0 && writer->savepoints >= 1);
    while (!is_ok && writer->savepoints > 1)
        db_rollback_to(writer); /* the failed part's own */
    assert(writer->savepoints == 1);
    enum err e = is_ok ? writer->spoilt_by : ERR_OK;
    if (e == ERR_OK && is_ok) e = db_check_keys(writer);
    if (e == ERR_OK && is_ok) e = db_release(writer);
    bool is_member = is_ok && e == ERR_OK;
    char why[DETAIL]; /* committing for the others must not hide why this part failed */
    snprintf(why, sizeof why, "%s", err_detail());
    if (!is_member) db_rollback_to(writer);
    enum err outcome = leave_lane(pool, is_member);
    if (is_member) atomic_fetch_add(&pool->writes, outcome == ERR_OK);
    return e != ERR_OK ? err_note(e, "%s", why) : outcome;
}

/* ---- what workers call ---- */

/* A connection of the worker's own. One that was lost while idle is noticed at BEGIN, where nothing
 * has been done yet: it is opened again at once, unseen by the request. */
static enum err begin_own(struct db_pool *pool, struct slot *slot, enum db_txn txn)
{
    enum db_mode mode = pool->is_pg ? DB_READ_WRITE : DB_READ_ONLY;
    TRY(ensure_open(pool, mode, &slot->db));
    enum err e = db_begin(slot->db, txn);
    if (e == ERR_OK || !db_is_lost(slot->db)) return e;
    db_close(slot->db);
    slot->db = NULL;
    TRY(ensure_open(pool, mode, &slot->db));
    return db_begin(slot->db, txn);
}

enum err pool_begin(struct db_pool *pool, unsigned worker, enum db_txn txn, struct db **ret)
{
    assert(worker < pool->workers);
    struct slot *slot = &pool->slots[worker];
    assert(!slot->is_lent);
    struct db *db = NULL;
    if (txn == DB_TXN_WRITE && !pool->is_pg) {
        TRY(begin_in_lane(pool, slot, &db));
        slot->is_in_lane = true;
    } else {
        TRY(begin_own(pool, slot, txn));
        db = slot->db;
    }
    slot->is_lent = true;
    *ret = db;
    return ERR_OK;
}

enum err pool_end(struct db_pool *pool, unsigned worker, struct db *db, bool is_ok)
{
    assert(worker < pool->workers && pool->slots[worker].is_lent);
    pool->slots[worker].is_lent = false;
    if (pool->slots[worker].is_in_lane) {
        pool->slots[worker].is_in_lane = false;
        assert(db == pool->lane.writer);
        return end_in_lane(pool, is_ok);
    }
    assert(db == pool->slots[worker].db);
    bool is_write = db->txn == DB_TXN_WRITE;
    if (!is_ok) {
        db_rollback(db);
        return ERR_OK;
    }
    TRY(db_commit(db));
    if (is_write) {
        atomic_fetch_add(&pool->writes, 1);
        atomic_fetch_add(&pool->commits, 1);
    }
    return ERR_OK;
}

void pool_fail_at(struct db_pool *pool, unsigned worker, uint32_t nth)
{
    struct db *db = pool->is_pg ? pool->slots[worker].db : pool->lane.writer;
    if (db != NULL) db_fail_at(db, nth);
}

struct pool_stats pool_stats(const struct db_pool *pool)
{
    return (struct pool_stats){
        .writes = atomic_load(&pool->writes),
        .commits = atomic_load(&pool->commits),
        .longest_wait_us = atomic_load(&pool->longest_wait_us),
    };
}
