/* ledger_bounds_test.c — days and sums on both sides of their bounds: approved, paid, reversed and released on the first
 * and the last day that will do, for the least and the most. */
#include "tests/rooms/ledger_fixture.h"

static struct fixture f;
static struct ledger_book_id book;

/* One database for all tests of an engine: each writes in a transaction of its own and rolls back. A book since 1 October
 * 2025 with 1,000 baht. */
static int begin(void **state)
{
    static bool is_made;
    static enum db_engine made_for;
    (void)state;
    if (!is_made || made_for != fixture_engine) {
        if (is_made) fixture_end(&f);
        f = ledger_fixture();
    }
    is_made = true;
    made_for = fixture_engine;
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    book = lf_open(&f, 1000);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(f.db);
    return 0;
}

static void close_through(const char *last)
{
    enum ledger_fault fault;
    assert_ok(ledger_close_month(f.db, f.arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, lf_day(last), &fault));
}

/* 80 baht on 5 October 2026, of a kind that needs no agreement. */
static struct ledger_commit usual(const char *code)
{
    return (struct ledger_commit){.fund_code = STR(LF_FUND), .project_code = str_of(code), .title = STR("ทดสอบ"), .support_type = STR("4"),
                                  .owner_type = STR("6"), .approved_on = lf_day("2026-10-05"), .approved_in = STR("1/2570"), .amount = satang(8000)};
}

static enum ledger_fault commit(const struct ledger_commit *c)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_commitment_id id;
    enum err e = ledger_commit(f.db, f.arena, &lf_by, c, &fault, &id);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void approved_on_a_day_that_is_open(void **state)
{
    (void)state;
    static const struct {
        const char *on;
        bool is_later;
        enum ledger_fault fault;
    } days[] = {{"2026-11-23", false, LEDGER_DATE_FUTURE}, {"2026-11-23", true, LEDGER_DATE_FUTURE}, {FIXTURE_TODAY, false, LEDGER_FINE},
                {"2026-10-31", false, LEDGER_DATE_CLOSED}, {"2026-10-31", true, LEDGER_FINE}, {"2026-11-01", false, LEDGER_FINE}};
    close_through("2026-10-31");
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct ledger_commit c = usual(str_z(f.arena, str_printf(f.arena, "P%zu", i)));
        c.approved_on = lf_day(days[i].on);
        c.is_entered_later = days[i].is_later;
        assert_int_equal(commit(&c), days[i].fault);
    }
}

static void promised_is_more_than_nothing_and_no_more_was_paid_of_it(void **state)
{
    (void)state;
    static const struct {
        int64_t amount, before;
        enum ledger_fault fault;
    } sums[] = {{0, 0, LEDGER_OVER_AMOUNT}, {-1, 0, LEDGER_OVER_AMOUNT}, {1, 0, LEDGER_FINE},  {8000, -1, LEDGER_OVER_AMOUNT},
                {8000, 8001, LEDGER_OVER_AMOUNT}, {8000, 8000, LEDGER_FINE}, {8000, 7999, LEDGER_FINE}};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        struct ledger_commitment there;
        struct ledger_commit c = usual(str_z(f.arena, str_printf(f.arena, "P%zu", i)));
        c.amount = satang(sums[i].amount);
        c.paid_before = satang(sums[i].before);
        c.is_of_project = true;
        assert_int_equal(commit(&c), sums[i].fault);
        if (sums[i].fault != LEDGER_FINE) continue;
        assert_ok(ledger_commitment_find(f.db, f.arena, book, c.project_code, &there));
        assert_int_equal(there.left.v, sums[i].amount - sums[i].before);
    }
}

static enum ledger_fault release(const char *on)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_commitment c;
    assert_ok(ledger_commitment_find(f.db, f.arena, book, STR("P1"), &c));
    enum err e = ledger_release(f.db, f.arena, &lf_by, c.id, c.version, lf_day(on), &fault);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void given_back_from_the_day_of_its_approval_on_and_once(void **state)
{
    (void)state;
    struct ledger_posted paid;
    struct ledger_commit c = usual("P1");
    c.approved_on = lf_day("2026-11-05");
    assert_int_equal(commit(&c), LEDGER_FINE);
    assert_int_equal(release("2026-11-04"), LEDGER_BEFORE_APPROVAL);
    assert_int_equal(release("2026-11-23"), LEDGER_DATE_FUTURE);
    assert_int_equal(release("2026-11-05"), LEDGER_FINE);
    assert_int_equal(release("2026-11-06"), LEDGER_RELEASED);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 10, &paid), LEDGER_RELEASED);
}

static void nothing_is_given_back_in_a_month_that_is_closed(void **state)
{
    (void)state;
    lf_commit(&f, "P1", "4", "6", 80);
    close_through("2026-10-31");
    assert_int_equal(release("2026-10-31"), LEDGER_DATE_CLOSED);
    assert_int_equal(release("2026-11-01"), LEDGER_FINE);
}

static void paid_and_reversed_from_its_own_day_on(void **state)
{
    (void)state;
    struct ledger_posted paid, reversal, received;
    enum ledger_fault fault;
    struct ledger_receipt first = {.fund_code = STR(LF_FUND), .on = lf_day("2025-10-01"), .source = LEDGER_LOCAL, .amount = satang(1)};
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &first, &fault, &received)); /* the day on which the book begins */
    lf_commit(&f, "P1", "4", "6", 80);
    assert_int_equal(lf_pay(&f, "2026-10-04", "P1", 10, &paid), LEDGER_BEFORE_APPROVAL);
    assert_int_equal(lf_pay(&f, "2026-10-05", "P1", 10, &paid), LEDGER_FINE);
    assert_int_equal(lf_reverse(&f, paid.id, "2026-10-04", &reversal), LEDGER_DATE_OTHER_YEAR);
    assert_int_equal(lf_reverse(&f, paid.id, "2026-10-05", &reversal), LEDGER_FINE);
    assert_int_equal(lf_pay(&f, FIXTURE_TODAY, "P1", 80, &paid), LEDGER_FINE); /* all of it, today */
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-23", &reversal), LEDGER_DATE_FUTURE);
    assert_int_equal(lf_reverse(&f, paid.id, FIXTURE_TODAY, &reversal), LEDGER_FINE);
}

/* A limit counts letters, not bytes. */
static void words_are_as_long_as_their_limit(void **state)
{
    (void)state;
    enum ledger_fault fault;
    struct ledger_commitment_id id;
    struct buf b = buf_in(f.arena, 3000);
    for (int i = 0; i < LEDGER_REFERENCE_MAX; i++) BUF_LIT(&b, "ก");
    struct ledger_commit c = usual("P1");
    c.agreement_no = buf_str(&b);
    c.agreement_on = (struct opt_date){true, lf_day("2026-10-06")};
    assert_int_equal(commit(&c), LEDGER_FINE);
    BUF_LIT(&b, "ข");
    c.agreement_no = buf_str(&b);
    c.project_code = STR("P2");
    assert_err(ledger_commit(f.db, f.arena, &lf_by, &c, &fault, &id), ERR_INPUT);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(approved_on_a_day_that_is_open),
        CASE(promised_is_more_than_nothing_and_no_more_was_paid_of_it),
        CASE(given_back_from_the_day_of_its_approval_on_and_once),
        CASE(nothing_is_given_back_in_a_month_that_is_closed),
        CASE(paid_and_reversed_from_its_own_day_on),
        CASE(words_are_as_long_as_their_limit),
    };
    return FIXTURE_RUN(tests);
}
