/* account_fixture.h — for tests of people: the demo's password, a fixed time, logging in by the JSON door. */
#ifndef SARN_TESTS_ROOMS_ACCOUNT_FIXTURE_H
#define SARN_TESTS_ROOMS_ACCOUNT_FIXTURE_H

#include "tests/rooms/account_steps.h"

#define DEMO "sarn-demo-2570"

static int64_t count(struct fixture *f, const char *sql)
{
    int64_t n = -1;
    assert_ok(db_scalar(f->db, sql, &n));
    return n;
}

static void run_sql(struct fixture *f, const char *sql)
{
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, sql));
    assert_ok(db_commit(f->db));
}

static void at(int hour, int minute)
{
    clock_fix((struct date){2026, 11, 22}, hour, minute);
}

[[maybe_unused]] static struct reply log_in(struct fixture *f, const char *login, const char *password)
{
    char body[200];
    snprintf(body, sizeof body, "{\"login\": \"%s\", \"password\": \"%s\"}", login, password);
    return fixture_post_visitor(f, "/api/v1/login", body);
}

[[maybe_unused]] static int me_status(struct fixture *f, const char *cookies)
{
    return fixture_get(f, "/api/v1/me", cookies).status;
}

#endif
