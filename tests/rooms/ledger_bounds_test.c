/* ledger_bounds_test.c — days and sums on both sides of their bounds: opened, taken over, approved, paid, reversed, released
 * and closed on the first and the last day that will do, for the least and the most. */
#include "tests/rooms/ledger_fixture.h"

static struct fixture f;
static struct ledger_book_id book;

/* One database for all tests of an engine: each writes in a transaction of its own and rolls back. A book since 1 October
 * 2025 with 1,000 baht. */
static int begin(void **state)
{
    (void)state;
    f = ledger_fixture_begin();
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

/* ---- opening ---- */

static struct ledger_take_receipt in;
static struct ledger_take_project taken;
static struct ledger_opening opening;

/* The other book, taken over on 15 November: 500 baht; 400 came in this year, 100 of a project were paid. */
static void usual_opening(void)
{
    in = (struct ledger_take_receipt){.on = lf_day("2026-11-05"), .source = LEDGER_NHSO, .amount = satang(40000)};
    taken = (struct ledger_take_project){.project_code = STR("70-1"), .title = STR("ทดสอบ"), .support_type = STR("4"), .owner_type = STR("6"),
                                         .approved_on = lf_day("2026-10-05"), .approved_in = STR("1/2570"), .amount = satang(30000),
                                         .paid_before = satang(5000), .paid_this_year = satang(10000), .paid_on = {true, lf_day("2026-11-10")}};
    opening = (struct ledger_opening){.fund_code = STR(LF_FUND), .kind = LEDGER_LTC, .is_take_over = true, .balance_on = lf_day("2026-11-15"),
                                      .balance = satang(50000), .receipts = &in, .nreceipts = 1, .projects = &taken, .nprojects = 1};
}

/* Nothing of it stays. */
static void opens(enum ledger_fault fault, int where)
{
    struct ledger_refusal refused;
    struct ledger_book_id id;
    assert_ok(db_savepoint(f.db));
    enum err e = ledger_book_open(f.db, f.arena, &lf_by, &opening, &refused, &id);
    db_rollback_to(f.db);
    if (e != ERR_REFUSED) assert_ok(e);
    assert_int_equal(refused.fault, fault);
    if (fault != LEDGER_FINE) assert_int_equal(refused.at, where);
    usual_opening();
}

static void opened_until_today(void **state)
{
    (void)state;
    usual_opening();
    opens(LEDGER_FINE, 0);
    opening.balance_on = lf_day(FIXTURE_TODAY);
    opens(LEDGER_FINE, 0);
    opening.balance_on = lf_day("2026-11-23");
    opens(LEDGER_DATE_FUTURE, LEDGER_AT_FORM);
    opening.is_take_over = false;
    opening.opened_on = lf_day(FIXTURE_TODAY);
    opens(LEDGER_FINE, 0);
    opening.is_take_over = false;
    opening.opened_on = lf_day("2026-11-23");
    opens(LEDGER_DATE_FUTURE, LEDGER_AT_FORM);
    opening.balance = satang(30000); /* nothing was there when the year began */
    opens(LEDGER_FINE, 0);
    opening.balance = satang(29999);
    opens(LEDGER_NOT_ENOUGH, LEDGER_AT_FORM);
}

static void a_receipt_taken_over_is_of_this_year_and_before_the_balance(void **state)
{
    (void)state;
    static const struct {
        const char *on;
        enum ledger_fault fault;
    } days[] = {{"2026-09-30", LEDGER_DATE_OTHER_YEAR}, {"2026-10-01", LEDGER_FINE}, {"2026-11-15", LEDGER_FINE}, {"2026-11-16", LEDGER_DATE_FUTURE}};
    usual_opening();
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        in.on = lf_day(days[i].on);
        opens(days[i].fault, LEDGER_AT_RECEIPT);
    }
    in.amount = satang(0);
    opens(LEDGER_OVER_AMOUNT, LEDGER_AT_RECEIPT);
    in.amount = satang(1);
    opens(LEDGER_FINE, 0);
}

static void a_project_taken_over_was_paid_within_its_sum_and_this_year(void **state)
{
    (void)state;
    static const struct {
        int64_t amount, before, this_year;
        enum ledger_fault fault;
    } sums[] = {{0, 0, 0, LEDGER_OVER_AMOUNT}, {1, 0, 0, LEDGER_FINE}, {30000, -1, 10000, LEDGER_OVER_AMOUNT}, {30000, 5000, -1, LEDGER_OVER_AMOUNT},
                {30000, 20000, 10000, LEDGER_FINE}, {30000, 20001, 10000, LEDGER_OVER_AMOUNT}};
    static const struct {
        const char *approved_on, *paid_on;
        enum ledger_fault fault;
    } days[] = {{"2026-11-15", "2026-11-15", LEDGER_FINE}, {"2026-11-16", "2026-11-15", LEDGER_DATE_FUTURE}, {"2026-10-05", "2026-11-16", LEDGER_DATE_FUTURE},
                {"2026-09-05", "2026-09-30", LEDGER_DATE_OTHER_YEAR}, {"2026-09-05", "2026-10-01", LEDGER_FINE}, {"2026-10-05", NULL, LEDGER_DATE_OTHER_YEAR}};
    usual_opening();
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        taken.amount = satang(sums[i].amount);
        taken.paid_before = satang(sums[i].before);
        taken.paid_this_year = satang(sums[i].this_year);
        opens(sums[i].fault, LEDGER_AT_PROJECT);
    }
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        taken.approved_on = lf_day(days[i].approved_on);
        taken.paid_on = days[i].paid_on ? (struct opt_date){true, lf_day(days[i].paid_on)} : (struct opt_date){0};
        opens(days[i].fault, LEDGER_AT_PROJECT);
    }
    taken.paid_this_year = satang(0); /* nothing was paid: no day to tell */
    taken.paid_on = (struct opt_date){0};
    opens(LEDGER_FINE, 0);
}

/* ---- months and plans ---- */

static enum ledger_fault close_on(const char *last)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    enum err e = ledger_close_month(f.db, f.arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, lf_day(last), &fault);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void a_month_is_closed_when_it_is_over_and_once(void **state)
{
    (void)state;
    assert_int_equal(close_on("2025-09-30"), LEDGER_NOT_LAST_MONTH); /* before the book */
    assert_int_equal(close_on("2025-10-30"), LEDGER_NOT_LAST_MONTH);
    assert_int_equal(close_on("2025-10-31"), LEDGER_FINE);
    assert_int_equal(close_on("2025-10-31"), LEDGER_NOT_LAST_MONTH);
    assert_int_equal(close_on("2026-02-28"), LEDGER_FINE); /* with all before it */
    assert_int_equal(close_on("2026-01-31"), LEDGER_NOT_LAST_MONTH);
    clock_fix(lf_day("2026-11-30"), 8, 30);
    assert_int_equal(close_on("2026-11-30"), LEDGER_NOT_LAST_MONTH); /* its last day is not over */
    clock_fix(lf_day("2026-12-01"), 8, 30);
    assert_int_equal(close_on("2026-11-30"), LEDGER_FINE);
    clock_fix(lf_day(FIXTURE_TODAY), 8, 30);
}

static enum ledger_fault agree(const char *on)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    int64_t version = 0;
    struct ledger_plan p;
    struct ledger_plan_line line = {.title = STR("ก"), .support_type = STR("4"), .amount = satang(15000)};
    assert_ok(ledger_plan_find(f.db, f.arena, STR(LF_FUND), fiscal_year(2570), &p));
    p.income_nhso = some_satang(satang(100000)); /* 15 % of it: all that may be planned so */
    p.lines = &line;
    p.nlines = 1;
    p.agreed_on = (struct opt_date){true, lf_day(on)};
    p.agreed_in = STR("1/2570");
    enum err e = ledger_plan_save(f.db, f.arena, &lf_by, &p, &fault, &version);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void a_plan_is_agreed_until_today_and_never_earlier_than_before(void **state)
{
    (void)state;
    assert_int_equal(agree("2026-11-23"), LEDGER_DATE_FUTURE);
    assert_int_equal(agree("2026-11-10"), LEDGER_FINE);
    assert_int_equal(agree("2026-11-09"), LEDGER_PLAN_AGREED);
    assert_int_equal(agree("2026-11-10"), LEDGER_FINE); /* what was written down wrong of the same meeting */
    assert_int_equal(agree(FIXTURE_TODAY), LEDGER_FINE);
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
        CASE(opened_until_today),
        CASE(a_receipt_taken_over_is_of_this_year_and_before_the_balance),
        CASE(a_project_taken_over_was_paid_within_its_sum_and_this_year),
        CASE(a_month_is_closed_when_it_is_over_and_once),
        CASE(a_plan_is_agreed_until_today_and_never_earlier_than_before),
    };
    return FIXTURE_RUN(tests);
}
