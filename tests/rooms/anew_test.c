/* anew_test.c — two writers wait for each other in a circle; PostgreSQL undoes one of them. What a person sent is then done
 * anew by itself: they are told that it is booked, and it is booked once. */
#include "tests/rooms/fixture.h"

#include <pthread.h>
#include <unistd.h>

#define BOOK "/api/v1/funds/D0001/years/2570/receipts"
#define GATE "SELECT funds FROM figure_area_funds WHERE area_id = (SELECT id FROM area WHERE kind = 'nation') FOR UPDATE"
#define HEAD                                                                                        \
    "SELECT h.seq FROM ledger_head h JOIN ledger_book b ON b.id = h.book_id JOIN fund f ON f.id = b.fund_id " \
    "WHERE f.code = 'D0001' AND b.book = 'main' FOR UPDATE OF h"
#define WAITING "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
#define STEP_US 2000
#define STEPS   2500 /* five seconds */
#define TRIES   5

/* Takes the nation's gate, and the book's head when somebody who holds that waits at the gate: no writer of ours does so. */
struct other {
    struct str url;
    pthread_barrier_t has_gate;
    enum err e;
};

static enum err wait_for_waiting(struct db *db)
{
    int64_t n = 0;
    for (int i = 0; i < STEPS && n == 0; i++) {
        TRY(db_scalar(db, WAITING, &n));
        if (n == 0) usleep(STEP_US);
    }
    return n > 0 ? ERR_OK : err_note(ERR_NOT_FOUND, "nobody waits");
}

static enum err circle(struct other *o, struct db *db)
{
    int64_t n = 0;
    TRY(db_begin(db, DB_TXN_WRITE));
    enum err e = db_scalar(db, GATE, &n);
    pthread_barrier_wait(&o->has_gate);
    if (e == ERR_OK) e = wait_for_waiting(db);
    if (e == ERR_OK) e = db_scalar(db, HEAD, &n);
    db_rollback(db);
    return e;
}

static void *run(void *ctx)
{
    struct other *o = ctx;
    struct db *db = NULL;
    o->e = db_open(o->url, DB_READ_WRITE, &db);
    if (o->e != ERR_OK) {
        pthread_barrier_wait(&o->has_gate);
        return NULL;
    }
    o->e = circle(o, db);
    db_close(db);
    return NULL;
}

/* One receipt in the middle of a circle. PostgreSQL undoes the one that has waited for a second when the circle is closed:
 * ours, unless the machine was too busy for the other to close it in time. */
static struct reply book(struct fixture *f, const char *officer, int nth, enum err *ret_other)
{
    struct other o = {.url = f->url};
    pthread_t thread;
    char body[160];
    snprintf(body, sizeof body, "{\"date\":\"2026-11-20\",\"source\":\"donation\",\"amount_satang\":%d,\"reference\":\"circle %d\"}", 100 + nth, nth);
    assert_int_equal(pthread_barrier_init(&o.has_gate, NULL, 2), 0);
    assert_int_equal(pthread_create(&thread, NULL, run, &o), 0);
    pthread_barrier_wait(&o.has_gate);
    struct reply r = fixture_post_as(f, BOOK, officer, body);
    pthread_join(thread, NULL);
    pthread_barrier_destroy(&o.has_gate);
    *ret_other = o.e;
    return r;
}

static void who_was_undone_is_done_anew(void **state)
{
    (void)state;
    if (fixture_engine != DB_POSTGRES) skip(); /* SQLite has one writer */
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    uint32_t anew = 0;
    for (int i = 0; i < TRIES && anew == 0; i++) {
        enum err other = ERR_OK;
        int64_t n = 0;
        char sql[120];
        struct reply r = book(f, officer, i, &other);
        assert_int_equal(r.status, 201);
        anew = r.cost.anew;
        assert_int_equal(other, anew > 0 ? ERR_OK : ERR_AGAIN);
        snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM ledger_entry WHERE reference = 'circle %d'", i);
        assert_ok(db_scalar(f->db, sql, &n));
        assert_int_equal(n, 1);
    }
    assert_int_equal(anew, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(who_was_undone_is_done_anew)};
    return FIXTURE_RUN(tests);
}
