/* fixture.h — a fresh database for each test, on the engine that is under test.
 *
 * Every test file runs its tests on SQLite, and again on PostgreSQL when SARN_TEST_PG names a server
 * (postgres://…) where the test may create a database. That database is dropped at the end.
 */
#ifndef SARN_TESTS_DB_FIXTURE_H
#define SARN_TESTS_DB_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
/* cmocka wants the four above first */
#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"

extern enum db_engine fixture_engine;

/* Address of an empty database of the engine; static until the next call. A second one (which = 1)
 * stands beside the first. */
struct str fixture_url(enum db_engine engine, int which);
/* An empty database, opened for writing. The caller closes it. */
struct db *fixture_open(void);
/* A path in this test's own folder (removed at exit); static until the next call. */
const char *fixture_path(const char *name);
bool fixture_has_pg(void);
/* Database 0 as a copy of an SQLite file at rest. */
void fixture_copy_file(const char *from, struct str to);
/* Database 0 on PostgreSQL as a copy of the server's database `name`, which is made by `fill` (given its
 * address) when it is not there yet; programs that want it at once wait for the one that makes it. */
struct str fixture_pg_copy(const char *name, void (*fill)(struct str url));

/* Runs a table of tests on each engine; the sum of failures. With SARN_TEST_ONLY_PG (./test has asked SQLite
 * before) on PostgreSQL alone, but for those that compare the two. */
int fixture_run(const char *name, bool is_both, const struct CMUnitTest *tests, size_t n);
#define FIXTURE_RUN(tests)      fixture_run(#tests, false, tests, sizeof tests / sizeof *tests)
#define FIXTURE_RUN_BOTH(tests) fixture_run(#tests, true, tests, sizeof tests / sizeof *tests)

/* Asserts an outcome and shows the detail when it differs. */
#define assert_err(expr, want)                                                                     \
    do {                                                                                           \
        enum err got_ = (expr);                                                                    \
        if (got_ != (want))                                                                        \
            fail_msg("%s gave %s instead of %s: %s", #expr, err_name(got_), err_name(want),        \
                     err_detail());                                                                \
    } while (0)
#define assert_ok(expr) assert_err(expr, ERR_OK)

static inline struct db_value v_int(int64_t i)
{
    return (struct db_value){.kind = DB_INT, .i = i};
}
static inline struct db_value v_text(struct str s)
{
    return (struct db_value){.kind = DB_TEXT, .s = s};
}
static inline struct db_value v_bytes(struct str s)
{
    return (struct db_value){.kind = DB_BYTES, .s = s};
}
static inline struct db_value v_null(void)
{
    return (struct db_value){.kind = DB_NULL};
}

#endif
