/* fixture.c — see fixture.h. */
#include "fixture.h"

#include <ftw.h>
#include <string.h>

enum db_engine fixture_engine;
static char folder[64];
static pid_t owner; /* a forked child must not clean up */

bool fixture_has_pg(void)
{
    const char *url = getenv("SARN_TEST_PG");
    return url != NULL && *url != '\0';
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static void pg_name(int which, char *out, size_t size)
{
    snprintf(out, size, "sarn_test_%d_%d", (int)owner, which);
}

/* Runs "<before> <name of the database> <after>" on the server's own database. */
static void pg_admin(const char *before, int which, const char *after)
{
    char name[64], sql[160];
    struct db *db = NULL;
    pg_name(which, name, sizeof name);
    snprintf(sql, sizeof sql, "%s %s %s", before, name, after);
    assert_ok(db_open(str_of(getenv("SARN_TEST_PG")), DB_READ_WRITE, &db));
    assert_ok(db_script(db, sql));
    db_close(db);
}

static void clean_up(void)
{
    if (getpid() != owner) return;
    if (fixture_has_pg())
        for (int which = 0; which < 2; which++)
            pg_admin("DROP DATABASE IF EXISTS", which, "WITH (FORCE)");
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *fixture_path(const char *name)
{
    static char path[160];
    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "/tmp/sarn-db-test-XXXXXX");
        assert_non_null(mkdtemp(folder));
        owner = getpid();
        atexit(clean_up);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The server's address with another database's name: postgres://user@host/NAME?options. */
static struct str pg_url_of(const char *name)
{
    static char url[600];
    const char *base = getenv("SARN_TEST_PG");
    const char *authority = strstr(base, "://") + 3;
    const char *slash = strchr(authority, '/');
    const char *query = strchr(base, '?');
    size_t head = slash != NULL   ? (size_t)(slash - base)
                  : query != NULL ? (size_t)(query - base)
                                  : strlen(base);
    snprintf(url, sizeof url, "%.*s/%s%s", (int)head, base, name, query != NULL ? query : "");
    return str_of(url);
}

static struct str pg_url(int which)
{
    char name[64];
    pg_name(which, name, sizeof name);
    return pg_url_of(name);
}

static void pg_script(struct db *db, const char *before, const char *name, const char *after)
{
    char sql[300];
    snprintf(sql, sizeof sql, "%s %s %s", before, name, after);
    assert_ok(db_script(db, sql));
}

struct str fixture_pg_copy(const char *name, void (*fill)(struct str url))
{
    char sql[300], own[64], making[80];
    struct db *db = NULL;
    int64_t there = 0;
    (void)fixture_path(""); /* makes the folder, and the name of our own */
    pg_name(0, own, sizeof own);
    assert_ok(db_open(str_of(getenv("SARN_TEST_PG")), DB_READ_WRITE, &db));
    assert_ok(db_script(db, "SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(20570)"));
    snprintf(sql, sizeof sql, "SELECT count(*) FROM pg_database WHERE datname = '%s'", name);
    assert_ok(db_scalar(db, sql, &there));
    if (there == 0) {
        snprintf(making, sizeof making, "%s_new", name);
        pg_script(db, "DROP DATABASE IF EXISTS", making, "WITH (FORCE)");
        pg_script(db, "CREATE DATABASE", making, "TEMPLATE template0 ENCODING 'UTF8'");
        fill(pg_url_of(making));
        snprintf(sql, sizeof sql, "ALTER DATABASE %s RENAME TO %s", making, name);
        assert_ok(db_script(db, sql));
    }
    pg_script(db, "DROP DATABASE IF EXISTS", own, "WITH (FORCE)");
    snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE %s", own, name);
    assert_ok(db_script(db, sql));
    db_close(db); /* and with it goes the lock */
    return pg_url_of(own);
}

void fixture_copy_file(const char *from, struct str to)
{
    char buffer[1 << 16];
    size_t n;
    FILE *in = fopen(from, "rb"), *out = fopen(to.p, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((n = fread(buffer, 1, sizeof buffer, in)) > 0)
        assert_int_equal(fwrite(buffer, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

struct str fixture_url(enum db_engine engine, int which)
{
    static char path[160];
    (void)fixture_path(""); /* makes the folder */
    if (engine == DB_POSTGRES) {
        static bool is_made[2];
        if (!is_made[which])
            pg_admin("CREATE DATABASE", which, "TEMPLATE template0 ENCODING 'UTF8'");
        is_made[which] = true;
        struct db *db = NULL;
        assert_ok(db_open(pg_url(which), DB_READ_WRITE, &db));
        assert_ok(db_script(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
        db_close(db);
        return pg_url(which);
    }
    static const char *const TAILS[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "test%d.db%s", which, TAILS[i]);
        unlink(fixture_path(name));
    }
    char name[32];
    snprintf(name, sizeof name, "test%d.db", which);
    snprintf(path, sizeof path, "%s", fixture_path(name));
    return str_of(path);
}

struct db *fixture_open(void)
{
    struct db *db = NULL;
    assert_ok(db_open(fixture_url(fixture_engine, 0), DB_READ_WRITE, &db));
    return db;
}

static bool is_only_pg(void)
{
    return fixture_has_pg() && getenv("SARN_TEST_ONLY_PG") != NULL;
}

/* Before main(): a program that runs its group without fixture_run() is on the engine that was asked for, too. */
__attribute__((constructor)) static void pick_engine(void)
{
    if (is_only_pg()) fixture_engine = DB_POSTGRES;
}

int fixture_run(const char *name, bool is_both, const struct CMUnitTest *tests, size_t n)
{
    int failed = 0;
    for (int on_pg = is_only_pg() && !is_both; on_pg <= (int)fixture_has_pg(); on_pg++) {
        char group[80];
        fixture_engine = on_pg ? DB_POSTGRES : DB_SQLITE;
        snprintf(group, sizeof group, "%s on %s", name, on_pg ? "PostgreSQL" : "SQLite");
        failed += _cmocka_run_group_tests(group, tests, n, NULL, NULL);
    }
    return failed;
}
