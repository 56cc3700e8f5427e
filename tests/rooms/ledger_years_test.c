/* ledger_years_test.c — what the pages of the books say of a year that is over, of promises made before these books, and
 * what they warn of before it is booked: through app_handle(), with the demo's fund. */
#include "tests/rooms/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "rooms/ledger/ledger.h"

#define FUND   "D0001"
#define LEDGER "/funds/" FUND "/ledger"
#define COMMIT LEDGER "/commitments"

static void must_have(const struct reply *r, int status, const char *text)
{
    if (r->status != status) fail_msg("%d, not %d", r->status, status);
    if (!reply_has(r, text)) fail_msg("lacks %s:\n%.*s", text, STR_FMT(r->body));
}

#define BEFORE "title=Before&support_type=2&owner_type=5&issue_code=&approved_on_d=10&approved_on_m=9&approved_on_y=2569&" \
               "approved_in=5%2F2569&amount=30,000&paid_before=15,000&agreement_no=A-7&agreement_on_d=10&agreement_on_m=9&" \
               "agreement_on_y=2569"

/* Every instalment of the agreement is entered; what was paid covers the first, and the second is called the second. */
static void a_promise_made_before_keeps_the_numbers_of_its_instalments(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, COMMIT, officer, BEFORE "&project_code=70-X-2-77&instalments=10,000%0A15,000");
    must_have(&r, 400, "instalments-fault");
    assert_true(reply_has(&r, "งวดรวม 25,000.00 แต่อนุมัติ 30,000.00") && !reply_has(&r, "amount-fault"));
    r = fixture_post_as(f, COMMIT, officer, BEFORE "&project_code=70-X-2-77&instalments=15,000"); /* only what is left */
    must_have(&r, 400, "งวดรวม 15,000.00 แต่อนุมัติ 30,000.00");
    r = fixture_post_as(f, COMMIT, officer, BEFORE "&project_code=70-X-2-77&instalments=15,000%0A15,000");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, COMMIT "/show?project=70-X-2-77&done=added", officer);
    must_have(&r, 200, "<th scope=\"row\">1</th><td class=\"num\">15,000.00</td><td class=\"num\">0.00</td>");
    assert_false(reply_has(&r, "จ่ายได้</span>") || reply_has(&r, "payments/new?project=70-X-2-77")); /* held: one state */
    r = fixture_get(f, LEDGER "/payments/new?project=70-X-2-77", officer);
    must_have(&r, 200, "commitments/show?project=70-X-2-77");
    assert_false(reply_has(&r, "value=\"review\""));
    assert_ok(db_script(f->db, "UPDATE ledger_commitment SET held_for = NULL WHERE project_code = '70-X-2-77'"));
    r = fixture_get(f, LEDGER "/payments/new?project=70-X-2-77", officer);
    must_have(&r, 200, "name=\"instalment\" value=\"2\"");
}

/* What is promised today changes nothing of a year that is over. */
static void a_year_that_is_over_stands_as_it_ended(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_get(f, LEDGER "/statement.csv?fy=2569", officer);
    must_have(&r, 200, "กันไว้ให้โครงการที่อนุมัติแล้ว");
    struct str before = str_of(strdup(str_z(f->arena, r.body)));
    r = fixture_post_as(f, COMMIT, officer,
                        "title=New&project_code=70-X-2-78&support_type=2&owner_type=5&issue_code=&approved_on_d=10&approved_on_m=11&"
                        "approved_on_y=2569&approved_in=1%2F2570&amount=7,000&paid_before=&agreement_no=&agreement_on_d=&"
                        "agreement_on_m=&agreement_on_y=&instalments=");
    assert_int_equal(r.status, 303);
    r = fixture_get(f, LEDGER "/statement.csv?fy=2569", officer);
    assert_true(str_eq(r.body, before));
    free((char *)before.p);
    r = fixture_get(f, LEDGER "/statement?fy=2569", officer);
    must_have(&r, 200, "ในเงินคงเหลือ ณ");
    assert_false(reply_has(&r, "ในเงินคงเหลือวันนี้"));
    r = fixture_get(f, LEDGER "/statement?fy=2570", officer);
    must_have(&r, 200, "ในเงินคงเหลือวันนี้");
    struct ledger_book b;
    struct ledger_sums sums;
    struct date last = {2026, 9, 30};
    assert_ok(ledger_book_find(f->db, f->arena, STR(FUND), LEDGER_MAIN, &b));
    assert_ok(ledger_sums(f->db, f->arena, b.id, (struct date){2025, 10, 1}, last, &sums));
    struct buf carried = buf_in(f->arena, 64);
    BUF_LIT(&carried, "<p class=\"figure\">");
    buf_satang(&carried, sums.carried);
    char figure[64]; /* a request empties the arena */
    snprintf(figure, sizeof figure, "%.*s", STR_FMT(buf_str(&carried)));
    r = fixture_get(f, LEDGER "?fy=2569", officer);
    must_have(&r, 200, "รับในปี 2569");
    must_have(&r, 200, figure);
    assert_false(reply_has(&r, "รับปีนี้"));
}

static int64_t times(struct str in, const char *what)
{
    int64_t n = 0;
    for (ptrdiff_t at; (at = str_find(in, str_of(what))) >= 0; n++) in = str_from(in, (size_t)at + 1);
    return n;
}

/* JSON: each promise of the book, what was given back, too; each entry once. A table may be compressed on its way. */
static void a_program_is_told_all_promises_and_entries(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    int64_t promises = 0, entries = 0;
    assert_ok(db_script(f->db, "UPDATE ledger_commitment SET is_released = 1, left_satang = 0 WHERE project_code = '70-X-2-78'"));
#define OF_MAIN " c JOIN ledger_book b ON b.id = c.book_id JOIN fund f ON f.id = b.fund_id WHERE f.code = '" FUND "' AND b.book = 'main'"
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM ledger_commitment" OF_MAIN, &promises));
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM ledger_entry" OF_MAIN " AND c.fy = 2569", &entries));
    assert_true(promises > 1 && promises <= 100 && entries > 1 && entries <= 100); /* one page each */
    struct reply r = fixture_get(f, "/api/v1/funds/" FUND "/commitments", officer);
    must_have(&r, 200, "\"is_released\":true");
    assert_int_equal(times(r.body, "\"project_code\":"), promises);
    r = fixture_get(f, "/api/v1/funds/" FUND "/ledger/entries?fy=2569", officer);
    assert_int_equal(times(r.body, "\"prev_hash\":"), entries);
    r = fixture_get(f, LEDGER "/statement.csv?fy=2569", officer);
    assert_true(r.status == 200 && r.raw.may_compress);
}

#define RECEIPT "date_d=20&date_m=11&date_y=2569&reference=R-1&party=&memo=&project_code="

static int64_t balance_of(struct fixture *f)
{
    struct ledger_book b;
    assert_ok(ledger_book_find(f->db, f->arena, STR(FUND), LEDGER_MAIN, &b));
    return b.balance.v;
}

static void no_sum_is_so_large_that_the_nation_overflows(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    int64_t before = balance_of(f);
    assert_int_equal(fixture_post_as(f, LEDGER "/receipts", officer, RECEIPT "&source=nhso&amount=10000000000.01&step=post").status, 400);
    struct reply r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2570/receipts", officer,
                                     "{\"date\": \"2026-11-05\", \"source\": \"nhso\", \"reference\": \"T\", "
                                     "\"amount_satang\": 1000000000001}");
    assert_int_equal(r.status, 400);
    assert_int_equal(balance_of(f), before);
}

static void what_may_be_booked_twice_or_nameless_is_warned_of(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, LEDGER "/receipts", officer, RECEIPT "&source=nhso&amount=1&step=post");
    assert_int_equal(r.status, 303);
    r = fixture_post_as(f, LEDGER "/receipts", officer, RECEIPT "&source=nhso&amount=9,000,000&step=review");
    must_have(&r, 200, "ปีงบประมาณ 2570 สปสช. จัดสรร");
    r = fixture_post_as(f, LEDGER "/receipts", officer, RECEIPT "&source=donation&amount=9,000,000&step=review");
    assert_true(r.status == 200 && !reply_has(&r, "สปสช. จัดสรร") && !reply_has(&r, "ยังไม่ได้ใส่รหัสโครงการ"));
    r = fixture_post_as(f, LEDGER "/receipts", officer, RECEIPT "&source=refund&amount=10&step=review");
    must_have(&r, 200, "ยังไม่ได้ใส่รหัสโครงการ");
    r = fixture_post_as(f, LEDGER "/receipts", officer, RECEIPT "70-X-2-77&source=refund&amount=10&step=review");
    assert_true(r.status == 200 && !reply_has(&r, "ยังไม่ได้ใส่รหัสโครงการ"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_promise_made_before_keeps_the_numbers_of_its_instalments),
        cmocka_unit_test(a_year_that_is_over_stands_as_it_ended),
        cmocka_unit_test(a_program_is_told_all_promises_and_entries),
        cmocka_unit_test(no_sum_is_so_large_that_the_nation_overflows),
        cmocka_unit_test(what_may_be_booked_twice_or_nameless_is_warned_of),
    };
    return FIXTURE_RUN(tests);
}
