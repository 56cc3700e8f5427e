/* ledger_paper_test.c — the papers of a fund's money through app_handle(): who gets them, what they are, that
 * asking twice gives the same bytes, and that what they are called is what they are of. What stands on the
 * page is judged in tests/paper/run; here one paper's text is taken out where pdftotext is. */
#include "tests/rooms/fixture.h"

#include <stdio.h>
#include <unistd.h>

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

/* The latest entry of a kind in this or last fiscal year's main book. */
static int64_t entry_of(struct fixture *f, enum ledger_kind kind)
{
    struct ledger_book book;
    struct ledger_entry *rows = NULL;
    size_t n = 0;
    int64_t found = 0;
    assert_ok(ledger_book_find(f->db, f->arena, STR(FUND), LEDGER_MAIN, &book));
    for (int fy = 2569; fy <= 2570; fy++) {
        struct ledger_asked q = {.book = book.id, .fy = fiscal_year(fy), .most = 100};
        assert_ok(ledger_entries(f->db, f->arena, &q, &rows, &n));
        for (size_t i = 0; i < n; i++)
            if (rows[i].kind == kind) found = rows[i].id.v;
    }
    assert_true(found > 0);
    return found;
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
    struct fixture *f = fixture_house();
    const enum ledger_kind kinds[] = {LEDGER_RECEIPT, LEDGER_PAYMENT, LEDGER_REVERSAL};
    for (size_t i = 0; i < 3; i++) {
        int64_t id = entry_of(f, kinds[i]);
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
    struct fixture *f = fixture_house();
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
    struct fixture *f = fixture_house();
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
    struct fixture *f = fixture_house();
    int64_t id = entry_of(f, LEDGER_PAYMENT);
    char other[100];
    assert_int_equal(fixture_get(f, voucher_of(id), "").status, 303);
    assert_int_equal(fixture_get(f, voucher_of(id), fixture_sign_in(f, "applicant")).status, 403);
    snprintf(other, sizeof other, "/funds/D0002/ledger/entries/%lld/voucher.pdf", (long long)id);
    assert_int_equal(fixture_get(f, other, officer(f)).status, 403);
    assert_int_equal(fixture_get(f, other, fixture_sign_in(f, "region")).status, 404);
}

/* The text as pdftotext takes it out, in the fixture's arena; none where it is not installed. */
static struct str text_of(struct fixture *f, struct str pdf)
{
    char path[] = "/tmp/sarn-paper-XXXXXX", command[200];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf.p, pdf.n), pdf.n);
    close(fd);
    snprintf(command, sizeof command, "command -v pdftotext >/dev/null && pdftotext -raw %s -", path);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    char *out = arena_alloc(f->arena, 1 << 16);
    size_t n = fread(out, 1, 1 << 16, p);
    int code = pclose(p);
    unlink(path);
    return code == 0 ? (struct str){out, n} : STR_NONE;
}

static void must_say(struct str text, const char *said)
{
    if (str_find(text, str_of(said)) < 0) fail_msg("lacks %s:\n%.*s", said, STR_FMT(text));
}

static void a_payment_says_what_was_paid_in_words(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, voucher_of(entry_of(f, LEDGER_PAYMENT)), officer(f));
    struct str text = text_of(f, r.body);
    if (str_is_none(text)) {
        skip();
        return;
    }
    must_say(text, "ใบเบิกเงินกองทุน");
    must_say(text, "๑. ขอเบิกเงิน");
    must_say(text, "ด้วยคณะกรรมการกองทุนได้อนุมัติโครงการ");
    must_say(text, "ผู้รับเงิน");
    must_say(text, "สมมติ");
    must_say(text, "หน้า ๑/๑");
    assert_true(str_find(text, STR("บาทถ้วน)")) > 0 || str_find(text, STR("สตางค์)")) > 0);
}

static void english_readers_get_english_papers(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char cookies[300];
    snprintf(cookies, sizeof cookies, "%s; lang=en", officer(f));
    struct reply r = fixture_get(f, voucher_of(entry_of(f, LEDGER_PAYMENT)), cookies);
    must_be_pdf(&r, "sarn-voucher-");
    struct str text = text_of(f, r.body);
    if (str_is_none(text)) {
        skip();
        return;
    }
    must_say(text, "Payment order");
    must_say(text, " baht only)");
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
