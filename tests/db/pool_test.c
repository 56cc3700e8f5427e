/* pool_test.c — many writers: nothing lost, nothing doubled, nobody overtaken for long, and what was
 * acknowledged is there after kill -9. */
#include "fixture.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "db/pool.h"

static const char DDL[] =
    "CREATE TABLE note (worker BIGINT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (worker, n));"
    "CREATE TABLE total (id BIGINT PRIMARY KEY, v BIGINT NOT NULL CHECK (v >= 0));"
    "INSERT INTO total VALUES (1, 0)";
static const char DDL_KEY[] =
    "CREATE TABLE kid (worker BIGINT REFERENCES total (id) DEFERRABLE INITIALLY DEFERRED)";

static const struct db_sql ADD = {.name = "note_add",
                                  .sqlite = "INSERT INTO note (worker, n) VALUES (?1, ?2)",
                                  .pg = "INSERT INTO note (worker, n) VALUES ($1, $2)",
                                  .nparam = 2,
                                  .is_write = true,
                                  .pg_types = "ii"};
static const struct db_sql COUNT_UP = {.name = "total_up",
                                       .sqlite = "UPDATE total SET v = v + ?1 WHERE id = 1",
                                       .pg = "UPDATE total SET v = v + $1 WHERE id = 1",
                                       .nparam = 1,
                                       .is_write = true,
                                       .pg_types = "i"};
static const struct db_sql KID = {.name = "kid_add",
                                  .sqlite = "INSERT INTO kid (worker) VALUES (?1)",
                                  .pg = "INSERT INTO kid (worker) VALUES ($1)",
                                  .nparam = 1,
                                  .is_write = true,
                                  .pg_types = "i"};

static char url_text[600];

/* A database with the tables, and a pool on it. */
static struct db_pool *new_pool(unsigned workers)
{
    struct db *db = NULL;
    struct db_pool *pool = NULL;
    struct str url = fixture_url(fixture_engine, 0);
    snprintf(url_text, sizeof url_text, "%.*s", STR_FMT(url));
    assert_ok(db_open(str_of(url_text), DB_READ_WRITE, &db));
    assert_ok(db_script(db, DDL));
    assert_ok(db_script(db, DDL_KEY));
    db_close(db);
    assert_ok(pool_open(str_of(url_text), workers, &pool));
    return pool;
}

static int64_t ask(struct db_pool *pool, const char *sql)
{
    struct db *db = NULL;
    int64_t v = -1;
    assert_ok(pool_begin(pool, 0, DB_TXN_READ, &db));
    assert_ok(db_scalar(db, sql, &v));
    assert_ok(pool_end(pool, 0, db, true));
    return v;
}

/* One write request: a row of its own and one more in a sum that all share. */
static enum err write_one(struct db_pool *pool, unsigned worker, int64_t n)
{
    struct db *db = NULL;
    TRY(pool_begin(pool, worker, DB_TXN_WRITE, &db));
    struct db_value key[] = {v_int(worker), v_int(n)};
    struct db_value one = v_int(1);
    enum err e = db_run(db, &ADD, key, NULL);
    if (e == ERR_OK) e = db_run(db, &COUNT_UP, &one, NULL);
    enum err end = pool_end(pool, worker, db, e == ERR_OK);
    return e != ERR_OK ? e : end;
}

enum { THREADS = 50, EACH = 40 };
static struct db_pool *shared;
static _Atomic int64_t acknowledged, refused;

static void *writer(void *arg)
{
    unsigned worker = (unsigned)(uintptr_t)arg;
    for (int64_t n = 0; n < EACH; n++) {
        enum err e = write_one(shared, worker, n);
        if (e == ERR_OK) atomic_fetch_add(&acknowledged, 1);
        /* Every fifth tries the same again: refused, and its neighbours in the batch do not notice. */
        if (n % 5 == 0 && write_one(shared, worker, n) == ERR_CONFLICT)
            atomic_fetch_add(&refused, 1);
    }
    return NULL;
}

static void fifty_writers(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    acknowledged = refused = 0;
    shared = new_pool(THREADS);
    int64_t since = clock_monotonic_us();
    for (uintptr_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, writer, (void *)i), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    int64_t us = clock_monotonic_us() - since;
    struct pool_stats stats = pool_stats(shared);
    print_message("%d threads: %lld writes in %lld ms, %llu commits, longest wait %llu us\n",
                  THREADS, (long long)stats.writes, (long long)us / 1000,
                  (unsigned long long)stats.commits, (unsigned long long)stats.longest_wait_us);
    assert_int_equal(acknowledged, THREADS * EACH);
    assert_int_equal(refused, THREADS * EACH / 5);
    assert_int_equal(stats.writes, THREADS * EACH);
    assert_int_equal(ask(shared, "SELECT count(*) FROM note"), THREADS * EACH);
    assert_int_equal(ask(shared, "SELECT v FROM total"), THREADS * EACH);
    if (fixture_engine == DB_SQLITE) assert_true(stats.commits < stats.writes / 2);
    pool_close(shared);
}

/* A failing commit is everybody's; a failing part its own. With one worker each batch is one part. */
static void faults_in_the_lane(void **state)
{
    (void)state;
    struct db_pool *pool = new_pool(2);
    struct db *db = NULL;
    assert_ok(write_one(pool, 0, 0));
    assert_ok(pool_begin(pool, 0, DB_TXN_WRITE, &db));
    /* The steps to come: insert, update, (release,) commit. */
    for (uint32_t n = 1; n < 10; n++) {
        struct db_value key[] = {v_int(0), v_int(n)}, one = v_int(1);
        db_fail_at(db, n);
        enum err e = db_run(db, &ADD, key, NULL);
        if (e == ERR_OK) e = db_run(db, &COUNT_UP, &one, NULL);
        enum err end = pool_end(pool, 0, db, e == ERR_OK);
        db_fail_at(db, 0);
        if (e == ERR_OK) e = end;
        bool is_through = e == ERR_OK;
        int64_t rows = ask(pool, "SELECT count(*) FROM note");
        assert_int_equal(rows, ask(pool, "SELECT v FROM total"));
        assert_int_equal(rows, is_through ? 2 : 1);
        assert_ok(pool_begin(pool, 0, DB_TXN_WRITE, &db));
        if (!is_through) continue;
        assert_int_equal(n, fixture_engine == DB_SQLITE ? 5 : 4);
        break;
    }
    assert_ok(pool_end(pool, 0, db, false));
    pool_close(pool);
}

/* A deferred key that one part leaves open must not fail the commit of the others. */
static void open_key_is_refused_alone(void **state)
{
    (void)state;
    struct db_pool *pool = new_pool(1);
    struct db *db = NULL;
    struct db_value nobody = v_int(77);
    assert_ok(pool_begin(pool, 0, DB_TXN_WRITE, &db));
    assert_ok(db_run(db, &KID, &nobody, NULL));
    assert_err(pool_end(pool, 0, db, true), ERR_REFUSED);
    assert_ok(write_one(pool, 0, 1));
    assert_int_equal(ask(pool, "SELECT count(*) FROM kid"), 0);
    pool_close(pool);
}

static void a_worker_forgets_its_savepoint(void **state)
{
    (void)state;
    struct db_pool *pool = new_pool(1);
    struct db *db = NULL;
    assert_ok(pool_begin(pool, 0, DB_TXN_WRITE, &db));
    assert_ok(db_savepoint(db));
    struct db_value minus = v_int(-5);
    assert_err(db_run(db, &COUNT_UP, &minus, NULL), ERR_REFUSED);
    assert_ok(pool_end(pool, 0, db, false));
    assert_ok(write_one(pool, 0, 1));
    assert_int_equal(ask(pool, "SELECT v FROM total"), 1);
    pool_close(pool);
}

/* Another process holds the file for longer than a request may wait; then it lets go. */
static void file_held_by_another(void **state)
{
    (void)state;
    if (fixture_engine == DB_POSTGRES) return;
    struct db_pool *pool = new_pool(1);
    struct db *other = NULL, *db = NULL;
    assert_ok(write_one(pool, 0, 1));
    assert_ok(pool_begin(pool, 0, DB_TXN_WRITE, &db));
    assert_ok(db_script(db, "PRAGMA busy_timeout = 50"));
    assert_ok(pool_end(pool, 0, db, true));
    assert_ok(db_open(str_of(url_text), DB_READ_WRITE, &other));
    assert_ok(db_begin(other, DB_TXN_WRITE));
    assert_err(write_one(pool, 0, 2), ERR_UNAVAILABLE);
    assert_int_equal(ask(pool, "SELECT count(*) FROM note"), 1); /* reading goes on */
    assert_ok(db_commit(other));
    assert_ok(write_one(pool, 0, 2));
    db_close(other);
    pool_close(pool);
}

static void connection_comes_back(void **state)
{
    (void)state;
    if (fixture_engine == DB_SQLITE) return;
    struct db_pool *pool = new_pool(2);
    struct db *killer = NULL;
    int64_t n;
    static const char KILL[] = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                               " WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert_ok(write_one(pool, 0, 1));
    assert_ok(db_open(str_of(url_text), DB_READ_WRITE, &killer));
    assert_ok(db_scalar(killer, KILL, &n));
    assert_ok(write_one(pool, 0, 2)); /* lost while idle: nobody notices */
    struct db *db = NULL;
    assert_ok(pool_begin(pool, 0, DB_TXN_WRITE, &db));
    assert_ok(db_scalar(killer, KILL, &n));
    struct db_value key[] = {v_int(0), v_int(3)};
    assert_err(db_run(db, &ADD, key, NULL),
               ERR_UNAVAILABLE); /* in the middle: this request fails */
    assert_ok(pool_end(pool, 0, db, false));
    assert_ok(write_one(pool, 0, 3));
    db_close(killer);
    pool_close(pool);
}

static void server_away(void **state)
{
    (void)state;
    if (fixture_engine == DB_SQLITE) return;
    struct db_pool *pool = NULL;
    struct db *db = NULL;
    assert_ok(pool_open(STR("postgres://nobody@127.0.0.1:1/none"), 1, &pool));
    int64_t since = clock_monotonic_us();
    for (int i = 0; i < 1000; i++)
        assert_err(pool_begin(pool, 0, DB_TXN_READ, &db), ERR_UNAVAILABLE);
    assert_true(clock_monotonic_us() - since < 900000); /* one attempt, not a thousand */
    pool_close(pool);
}

/* ---- kill -9 ---- */

enum { KILL_THREADS = 4 };
struct killed_writer {
    unsigned worker;
    int fd;
};

static void *write_for_ever(void *arg)
{
    struct killed_writer *w = arg;
    for (int64_t n = 0;; n++) {
        int64_t said[2] = {w->worker, n};
        if (write_one(shared, w->worker, n) != ERR_OK) _exit(3);
        if (write(w->fd, said, sizeof said) != sizeof said) _exit(4); /* acknowledged */
    }
}

static void child(int fd)
{
    static struct killed_writer w[KILL_THREADS];
    pthread_t t;
    if (pool_open(str_of(url_text), KILL_THREADS, &shared) != ERR_OK) _exit(2);
    for (unsigned i = 0; i < KILL_THREADS; i++) {
        w[i] = (struct killed_writer){i, fd};
        if (pthread_create(&t, NULL, write_for_ever, &w[i]) != 0) _exit(2);
    }
    for (;;)
        pause();
}

/* Every acknowledged row is there, and the sum agrees with the rows: no half of a request. */
static void check_after_kill(int fd)
{
    struct db *db = NULL;
    int64_t rows, sum, said[2], n = 0, last[KILL_THREADS];
    for (int i = 0; i < KILL_THREADS; i++)
        last[i] = -1;
    while (read(fd, said, sizeof said) == sizeof said) {
        assert_int_equal(said[1], last[said[0]] + 1);
        last[said[0]] = said[1];
        n++;
    }
    assert_ok(db_open(str_of(url_text), DB_READ_WRITE, &db));
    assert_ok(db_scalar(db, "SELECT count(*) FROM note", &rows));
    assert_ok(db_scalar(db, "SELECT v FROM total", &sum));
    assert_int_equal(rows, sum);
    if (n == 0 || rows < n || rows > n + KILL_THREADS)
        fail_msg("%lld acknowledged, %lld there", (long long)n, (long long)rows);
    for (int i = 0; i < KILL_THREADS; i++) {
        char sql[100];
        int64_t got = 0;
        snprintf(sql, sizeof sql, "SELECT count(*) FROM note WHERE worker = %d AND n <= %lld", i,
                 (long long)last[i]);
        assert_ok(db_scalar(db, sql, &got));
        assert_int_equal(got, last[i] + 1);
    }
    db_close(db);
}

static void kill_minus_nine(void **state)
{
    (void)state;
    if (fixture_engine == DB_POSTGRES) return; /* the server's own promise */
    for (int round = 0; round < 5; round++) {
        int fds[2];
        pool_close(new_pool(1));
        assert_int_equal(pipe(fds), 0);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            close(fds[0]);
            child(fds[1]);
        }
        close(fds[1]);
        struct pollfd first = {.fd = fds[0], .events = POLLIN};
        assert_int_equal(poll(&first, 1, 20000), 1); /* it has begun, however busy the machine is */
        /* A pipe holds 4,096 acknowledgements; a full one only stops the child, none is lost. */
        usleep(30000U + (unsigned)round * 37000U);
        kill(pid, SIGKILL);
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        check_after_kill(fds[0]);
        close(fds[0]);
    }
}

int main(void)
{
    const struct CMUnitTest pool[] = {
        cmocka_unit_test(fifty_writers),
        cmocka_unit_test(faults_in_the_lane),
        cmocka_unit_test(open_key_is_refused_alone),
        cmocka_unit_test(a_worker_forgets_its_savepoint),
        cmocka_unit_test(file_held_by_another),
        cmocka_unit_test(connection_comes_back),
        cmocka_unit_test(server_away),
        cmocka_unit_test(kill_minus_nine),
    };
    return FIXTURE_RUN(pool);
}
