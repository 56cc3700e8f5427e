/* ledger_writers_test.c — fifty writers at once over the pool: no number missing or doubled, no money
 * paid twice, and the chain whole. */
#include "tests/rooms/ledger_fixture.h"

#include <pthread.h>
#include <stdatomic.h>

#include "db/pool.h"

#define WRITERS 50
#define EACH    6 /* postings of each */

struct crowd {
    struct db_pool *pool;
    atomic_int received, paid, refused, failed;
};
struct writer {
    struct crowd *crowd;
    unsigned nth;
};

/* Each receives one baht and tries to pay 30 of the 1,000 promised: 33 may, the others are refused. */
static enum err post(struct db *db, struct arena *a, int turn, enum ledger_fault *fault)
{
    struct ledger_posted posted;
    struct ledger_receipt r = {
        .fund_code = STR(LF_FUND), .on = lf_day("2026-11-20"), .source = LEDGER_DONATION, .amount = satang(100)};
    struct ledger_payment p = {
        .fund_code = STR(LF_FUND), .on = lf_day("2026-11-21"), .project_code = STR("P1"), .amount = satang(3000)};
    return turn % 2 == 0 ? ledger_post_receipt(db, a, &lf_by, &r, fault, &posted)
                         : ledger_post_payment(db, a, &lf_by, &p, fault, &posted);
}

static void *write_on(void *ctx)
{
    struct writer *w = ctx;
    struct arena *a = arena_new((size_t)16 << 20);
    for (int i = 0; i < EACH; i++) {
        struct db *db = NULL;
        enum ledger_fault fault = LEDGER_FINE;
        enum err e = pool_begin(w->crowd->pool, w->nth, DB_TXN_WRITE, &db);
        if (e == ERR_OK) {
            e = post(db, a, i, &fault);
            enum err end = pool_end(w->crowd->pool, w->nth, db, e == ERR_OK);
            if (e == ERR_OK) e = end;
        }
        if (e == ERR_OK) (i % 2 == 0 ? &w->crowd->received : &w->crowd->paid)[0]++;
        else if (e == ERR_REFUSED && fault == LEDGER_OVER_COMMITMENT) w->crowd->refused++;
        else w->crowd->failed++;
        arena_reset(a);
    }
    arena_free(a);
    return NULL;
}

static void say(void *ctx, struct str line)
{
    (void)ctx;
    print_error("%.*s\n", STR_FMT(line));
}

static void fifty_writers_leave_no_gap_and_pay_nothing_twice(void **state)
{
    (void)state;
    struct fixture f = ledger_fixture();
    struct crowd crowd = {0};
    pthread_t threads[WRITERS];
    struct writer writers[WRITERS];
    int64_t bad = 0, n = 0;
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    lf_open(&f, 100000);
    lf_commit(&f, "P1", "4", "6", 1000);
    assert_ok(db_commit(f.db));
    assert_ok(pool_open(f.url, WRITERS, &crowd.pool));
    for (unsigned i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){&crowd, i};
        assert_int_equal(pthread_create(&threads[i], NULL, write_on, &writers[i]), 0);
    }
    for (unsigned i = 0; i < WRITERS; i++) pthread_join(threads[i], NULL);
    pool_close(crowd.pool);

    assert_int_equal(crowd.failed, 0);
    assert_int_equal(crowd.received, WRITERS * EACH / 2);
    assert_int_equal(crowd.paid, 33); /* 33 × 30 of 1,000 */
    assert_int_equal(crowd.refused, WRITERS * EACH / 2 - 33);
    assert_ok(db_begin(f.db, DB_TXN_READ));
    assert_ok(db_scalar(f.db, "SELECT MAX(number) FROM ledger_entry WHERE fy = 2570", &n));
    assert_int_equal(n, WRITERS * EACH / 2 + 33);
    assert_ok(db_scalar(f.db, "SELECT COUNT(DISTINCT number) FROM ledger_entry WHERE fy = 2570", &n));
    assert_int_equal(n, WRITERS * EACH / 2 + 33);
    assert_int_equal(lf_balance(&f), 10000000 + 150 * 100 - 33 * 3000);
    assert_ok(ledger_verify(f.db, f.arena, STR_NONE, say, NULL, &bad));
    assert_int_equal(bad, 0);
    db_rollback(f.db);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fifty_writers_leave_no_gap_and_pay_nothing_twice)};
    return FIXTURE_RUN(tests);
}
