/* ledger_paper_test.c — the papers of a fund's money through app_handle(): who gets them, what they are, that
 * asking twice gives the same bytes, and that what they are called is what they are of. What stands on the
 * page is judged in tests/paper/run; here one paper's text is taken out where pdftotext is. */
#include "tests/rooms/fixture.h"

#include <stdio.h>

#include "rooms/ledger/ledger.h"

#define FUND "D0001" /* of the demo: receipts, payments, a reversal, plans */

static const char *officer(struct fixture *f)
{
    static char cookie[200];
    static enum db_engine made_for;
    if (cookie[0] == '\0' || made_for != fixture_engine)
        snprintf(cookie, sizeof cookie, "%s", fixture_sign_in(f, "officer"));
    made_for = fixture_engine;
    return cookie;
}

static int64_t ids[LEDGER_REVERSAL + 1]; /* an entry of each kind */

static void book(struct fixture *f, const struct actor *by)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_posted posted;
    struct ledger_draft_id draft;
    struct ledger_receipt r = {.fund_code = STR(FUND),
                               .on = {2026, 10, 5},
                               .source = LEDGER_NHSO,
                               .amount = satang(25254025),
                               .reference = STR("ใบเสร็จเลขที่ 4/2570")};
    assert_ok(ledger_post_receipt(f->db, f->arena, by, &r, &fault, &posted));
    ids[LEDGER_RECEIPT] = posted.id.v;
    struct ledger_payment p = {.fund_code = STR(FUND),
                               .on = {2026, 11, 20},
                               .project_code = STR("70-D0001-2-99"),
                               .amount = satang(2125025),
                               .reference = STR("ฎีกาที่ 5/2570"),
                               .party = STR("ชมรมผู้สูงอายุบ้านน้ำใส")};
    assert_ok(ledger_post_payment(f->db, f->arena, by, &p, &fault, &posted));
    ids[LEDGER_PAYMENT] = posted.id.v;
    r.amount = satang(900000);
    assert_ok(ledger_post_receipt(f->db, f->arena, by, &r, &fault, &posted));
    struct ledger_reversal back = {
        .fund_code = STR(FUND), .entry = posted.id, .on = {2026, 11, 21}, .reason = STR("ลงซ้ำ")};
    assert_ok(ledger_post_reversal(f->db, f->arena, by, &back, &fault, &posted, &draft));
    ids[LEDGER_REVERSAL] = posted.id.v;
}

/* The house with one more project of FUND, and an entry of each kind whose words are known here. */
static struct fixture *house(void)
{
    static bool is_made;
    static enum db_engine made_for;
    struct fixture *f = fixture_house();
    if (is_made && made_for == fixture_engine) return f;
    made_for = fixture_engine;
    struct actor by = actor_system("system:test");
    struct ledger_commitment_id commitment;
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_commit c = {.fund_code = STR(FUND),
                              .project_code = STR("70-D0001-2-99"),
                              .title = STR("ผู้สูงวัยสุขใจ ปี 2570"),
                              .owner_name = STR("ชมรมผู้สูงอายุบ้านน้ำใส"),
                              .support_type = STR("2"),
                              .owner_type = STR("5"),
                              .approved_on = {2026, 11, 5},
                              .approved_in = STR("ครั้งที่ 1/2570"),
                              .amount = satang(4250050),
                              .agreement_no = STR("20/2570"),
                              .agreement_on = {true, {2026, 11, 16}}};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(ledger_commit(f->db, f->arena, &by, &c, &fault, &commitment));
    book(f, &by);
    assert_ok(db_commit(f->db));
    arena_reset(f->arena);
    is_made = true;
    return f;
}

static const char *voucher_of(int64_t id)
{
    static char target[100];
    snprintf(target, sizeof target, "/funds/" FUND "/ledger/entries/%lld/voucher.pdf", (long long)id);
    return target;
}

static void must_be_pdf(const struct reply *r, const char *name)
{
    if (r->status != 200) fail_msg("%d: %.*s", r->status, STR_FMT(str_first(r->body, 1000)));
    assert_true(str_eq(r->type, STR("application/pdf")));
    assert_true(str_starts(r->body, STR("%PDF-")) && str_ends(r->body, STR("%%EOF\n")));
    struct str called = reply_header(r, "Content-Disposition");
    if (str_find(called, str_of(name)) < 0) fail_msg("%.*s lacks %s", STR_FMT(called), name);
}

static void each_kind_of_entry_has_its_voucher(void **state)
{
    (void)state;
    struct fixture *f = house();
    const enum ledger_kind kinds[] = {LEDGER_RECEIPT, LEDGER_PAYMENT, LEDGER_REVERSAL};
    for (size_t i = 0; i < 3; i++) {
        int64_t id = ids[kinds[i]];
        struct reply r = fixture_get(f, voucher_of(id), officer(f));
        must_be_pdf(&r, "inline; filename=\"sarn-voucher-" FUND "-25");
        assert_true(r.cost.statements <= 12);
        uint64_t first = 0, second = 0;
        for (size_t k = 0; k < r.body.n; k++) first = first * 31 + (unsigned char)r.body.p[k];
        r = fixture_get(f, voucher_of(id), officer(f));
        for (size_t k = 0; k < r.body.n; k++) second = second * 31 + (unsigned char)r.body.p[k];
        assert_true(first == second);
    }
}

static void statement_and_plan_are_papers(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct reply r = fixture_get(f, "/funds/" FUND "/ledger/statement.pdf?fy=2569&period=q2", officer(f));
    must_be_pdf(&r, "sarn-statement-" FUND "-2026-01-2026-03.pdf");
    r = fixture_get(f, "/funds/" FUND "/ledger/statement.pdf", officer(f));
    must_be_pdf(&r, "sarn-statement-" FUND "-2026-10-2027-09.pdf");
    r = fixture_get(f, "/funds/" FUND "/years/2570/plan.pdf", officer(f));
    must_be_pdf(&r, "sarn-plan-" FUND "-2570.pdf");
    r = fixture_get(f, "/funds/" FUND "/ledger/statement.pdf?period=q5", officer(f));
    assert_int_equal(r.status, 400);
    r = fixture_get(f, "/funds/" FUND "/ledger/statement.pdf?fy=69", officer(f));
    assert_int_equal(r.status, 400);
}

static void a_paper_that_is_not_there_is_404(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *const none[] = {"/funds/" FUND "/ledger/entries/999999999/voucher.pdf",
                                "/funds/" FUND "/ledger/entries/x/voucher.pdf", "/funds/" FUND "/years/2540/plan.pdf",
                                "/funds/" FUND "/years/x/plan.pdf"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(fixture_get(f, none[i], officer(f)).status, 404);
}

/* Who may see the pages may have the papers, and nobody else; another fund's entry is not this one's. */
static void papers_are_for_who_may_see_the_pages(void **state)
{
    (void)state;
    struct fixture *f = house();
    int64_t id = ids[LEDGER_PAYMENT];
    char other[100];
    assert_int_equal(fixture_get(f, voucher_of(id), "").status, 303);
    assert_int_equal(fixture_get(f, voucher_of(id), fixture_sign_in(f, "applicant")).status, 403);
    snprintf(other, sizeof other, "/funds/D0002/ledger/entries/%lld/voucher.pdf", (long long)id);
    assert_int_equal(fixture_get(f, other, officer(f)).status, 403);
    assert_int_equal(fixture_get(f, other, fixture_sign_in(f, "region")).status, 404);
}

static void must_say(struct str text, const char *said)
{
    if (str_find(text, str_of(said)) < 0) fail_msg("lacks %s:\n%.*s", said, STR_FMT(text));
}

static void a_payment_says_what_was_paid_in_words(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct reply r = fixture_get(f, voucher_of(ids[LEDGER_PAYMENT]), officer(f));
    struct str text = fixture_pdf_text(f, r.body);
    if (str_is_none(text)) {
        skip();
        return;
    }
    must_say(text, "ใบเบิกเงินกองทุน");
    must_say(text, "๑. ขอเบิกเงิน");
    must_say(text, "ด้วยคณะกรรมการกองทุนได้อนุมัติโครงการ");
    must_say(text, "ผู้รับเงิน");
    must_say(text, "รหัส 70-D0001-2-99"); /* a code keeps its digits */
    must_say(text, "๒๑,๒๕๐.๒๕ บาท");
    must_say(text, "(สองหมื่นหนึ่งพันสองร้อยห้าสิบบาทยี่สิบห้าสตางค์)");
    must_say(text, "เลขที่ ๒๐/๒๕๗๐ ลงวันที่ ๑๖ พฤศจิกายน ๒๕๖๙");
    must_say(text, "สมมติ");
    must_say(text, "หน้า ๑/๑");
}

static void english_readers_get_english_papers(void **state)
{
    (void)state;
    struct fixture *f = house();
    char cookies[300];
    snprintf(cookies, sizeof cookies, "%s; lang=en", officer(f));
    struct reply r = fixture_get(f, voucher_of(ids[LEDGER_PAYMENT]), cookies);
    must_be_pdf(&r, "sarn-voucher-");
    struct str text = fixture_pdf_text(f, r.body);
    if (str_is_none(text)) {
        skip();
        return;
    }
    must_say(text, "Payment order");
    must_say(text, "(twenty-one thousand two hundred and fifty baht and twenty-five satang)");
    must_say(text, "Page 1/1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_entry_has_its_voucher),
        cmocka_unit_test(statement_and_plan_are_papers),
        cmocka_unit_test(a_paper_that_is_not_there_is_404),
        cmocka_unit_test(papers_are_for_who_may_see_the_pages),
        cmocka_unit_test(a_payment_says_what_was_paid_in_words),
        cmocka_unit_test(english_readers_get_english_papers),
    };
    return FIXTURE_RUN(tests);
}
