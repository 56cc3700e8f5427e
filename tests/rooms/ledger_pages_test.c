/* ledger_pages_test.c — the fund's money through app_handle(), as an officer, a secretary and others
 * meet it: forms with their review, faults beside the fields, drafts, and the same rules by JSON. */
#include "tests/rooms/fixture.h"

#include "rooms/account/account.h"
#include "rooms/ledger/ledger.h"
#include "table/table.h"
#include "table/xlsx_out.h"

#define SHEET_FUND "L3353" /* its book is opened by a spreadsheet */
#define FUND "L3009" /* a real fund: the demo opens no book for it */

static struct actor by;

static void grant(struct fixture *f, const char *login, enum role role, const char *fund)
{
    struct account_id id;
    struct account_grant_id grant_id;
    struct account_new n = {.login = str_of(login), .name = str_of(login)};
    assert_ok(account_add(f->db, f->arena, &by, &n, &id));
    struct account_grant g = {.account = id, .role = role, .kind = SCOPE_FUND, .code = str_of(fund), .from = {2026, 10, 1}};
    assert_ok(account_grant_add(f->db, f->arena, &by, &g, &grant_id));
}

/* The house with a book of FUND open since 1 October 2026 with 1,000,000 baht, and its people. */
static struct fixture *house(void)
{
    static bool is_made;
    static enum db_engine made_for;
    struct fixture *f = fixture_house();
    if (is_made && made_for == fixture_engine) return f;
    made_for = fixture_engine;
    struct ledger_refusal refused = {0};
    struct ledger_book_id book;
    by = actor_system("system:test");
    struct ledger_opening o = {.fund_code = STR(FUND),
                               .kind = LEDGER_MAIN,
                               .opened_on = {2026, 10, 1},
                               .balance = satang(100000000),
                               .bank_name = STR("BAAC")};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(ledger_book_open(f->db, f->arena, &by, &o, &refused, &book));
    grant(f, "lp-officer", ROLE_officer, FUND);
    grant(f, "lp-secretary", ROLE_secretary, FUND);
    grant(f, "lp-member", ROLE_member, FUND);
    grant(f, "lp-sheet", ROLE_officer, SHEET_FUND);
    assert_ok(db_commit(f->db));
    arena_reset(f->arena);
    is_made = true;
    return f;
}

static int64_t balance_of(struct fixture *f)
{
    struct ledger_book b;
    assert_ok(ledger_book_find(f->db, f->arena, STR(FUND), LEDGER_MAIN, &b));
    return b.balance.v;
}

static void must_have(const struct reply *r, int status, const char *text)
{
    if (r->status != status) fail_msg("%d, not %d: %.*s", r->status, status, STR_FMT(str_first(str_from(r->body, (size_t)(str_find(r->body, STR("id=\"errors\"")) > 0 ? str_find(r->body, STR("id=\"errors\"")) : 0)), 900)));
    if (text != NULL && !reply_has(r, text)) fail_msg("lacks %s:\n%.*s", text, STR_FMT(r->body));
}

#define RECEIPT "/funds/" FUND "/ledger/receipts"
#define GOOD    "date_d=5&date_m=11&date_y=2569&source=nhso&reference=R-1&party=NHSO&memo=&project_code="

/* ---- receipts ---- */

static void a_receipt_is_typed_looked_at_and_booked(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    int64_t before = balance_of(f);
    struct reply r = fixture_get(f, RECEIPT "/new", officer);
    must_have(&r, 200, "name=\"date_d\"");
    assert_true(reply_has(&r, "name=\"idempotency_key\""));
    r = fixture_post_as(f, RECEIPT, officer, GOOD "&amount=1%2C021.25&step=review");
    must_have(&r, 200, "หนึ่งพันยี่สิบเอ็ดบาทยี่สิบห้าสตางค์");
    assert_true(reply_has(&r, "name=\"amount\" value=\"1,021.25\""));
    assert_int_equal(balance_of(f), before); /* looking is not booking */
    r = fixture_post_as(f, RECEIPT, officer, GOOD "&amount=1%2C021.25&step=edit");
    must_have(&r, 200, "value=\"1,021.25\"");
    r = fixture_post_as(f, RECEIPT, officer, GOOD "&amount=1%2C021.25&step=post");
    must_have(&r, 303, NULL);
    assert_int_equal(balance_of(f), before + 102125);
    const char *entry = str_z(f->arena, reply_header(&r, "Location"));
    char target[200];
    snprintf(target, sizeof target, "%s", entry);
    r = fixture_get(f, target, officer);
    must_have(&r, 200, "บันทึกลงบัญชีแล้ว");
    assert_true(reply_has(&r, "40100") && reply_has(&r, "10201") && reply_has(&r, "lp-officer"));
    r = fixture_get(f, "/funds/" FUND "/ledger", officer);
    must_have(&r, 200, "1,021.25");
    assert_true(reply_has(&r, "1,001,021.25"));
}

static void what_is_wrong_stands_beside_its_field_and_nothing_is_lost(void **state)
{
    (void)state;
    static const struct {
        const char *body, *has;
    } cases[] = {
        {"date_d=29&date_m=2&date_y=2568&source=nhso&amount=5&reference=R", "date-fault"},
        {"date_d=5&date_m=11&date_y=2569&source=nhso&amount=-5&reference=R", "amount-fault"},
        {"date_d=5&date_m=11&date_y=2569&source=nhso&amount=99999999999999999999&reference=R", "amount-fault"},
        {"date_d=5&date_m=11&date_y=2569&source=nhso&amount=0&reference=R", "amount-fault"},
        {"date_d=5&date_m=11&date_y=2569&source=gold&amount=5&reference=R", "source-fault"},
        {"date_d=5&date_m=11&date_y=2569&source=nhso&amount=5&reference=", "reference-fault"},
        {"date_d=5&date_m=12&date_y=2569&source=nhso&amount=5&reference=R", "อยู่หลังวันนี้"},
        {"date_d=5&date_m=9&date_y=2569&source=nhso&amount=5&reference=R", "อยู่ก่อนวันเปิดบัญชี"},
    };
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    int64_t before = balance_of(f);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char body[500];
        snprintf(body, sizeof body, "%s&memo=kept-as-typed&step=post", cases[i].body);
        struct reply r = fixture_post_as(f, RECEIPT, officer, body);
        must_have(&r, 400, cases[i].has);
        assert_true(reply_has(&r, "kept-as-typed"));
        assert_true(reply_has(&r, "id=\"errors\""));
    }
    assert_int_equal(balance_of(f), before);
    /* Thai digits are digits. */
    struct reply r = fixture_post_as(f, RECEIPT, officer,
                                     "date_d=%E0%B9%95&date_m=11&date_y=%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99&source=local&"
                                     "amount=%E0%B9%91%E0%B9%90%E0%B9%90&reference=T&step=post");
    must_have(&r, 303, NULL);
    assert_int_equal(balance_of(f), before + 10000);
}

static void a_draft_is_kept_and_the_second_writer_loses_nothing(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    struct reply r = fixture_post_as(f, RECEIPT, officer, "amount=not+yet&memo=half+a+receipt&step=draft");
    must_have(&r, 303, NULL);
    r = fixture_get(f, "/funds/" FUND "/ledger", officer);
    ptrdiff_t at = str_find(r.body, STR("receipts/new?draft="));
    assert_true(at > 0);
    struct str rest = str_from(r.body, (size_t)at + strlen("receipts/new?draft=")), number;
    int64_t draft = 0;
    assert_true(str_split(&rest, '&', &number));
    assert_ok(str_to_int(number, &draft));
    int id = (int)draft;
    char text[300];
    snprintf(text, sizeof text, RECEIPT "/new?draft=%d", id);
    r = fixture_get(f, text, officer);
    must_have(&r, 200, "half a receipt");
    assert_true(reply_has(&r, "value=\"not yet\""));
    snprintf(text, sizeof text, "draft=%d&draft_version=1&amount=77&memo=first&step=draft", id);
    r = fixture_post_as(f, RECEIPT, officer, text);
    must_have(&r, 303, NULL);
    snprintf(text, sizeof text, "draft=%d&draft_version=1&amount=88&memo=second&step=draft", id);
    r = fixture_post_as(f, RECEIPT, fixture_sign_in(f, "lp-secretary"), text);
    must_have(&r, 409, "value=\"88\"");
    assert_true(reply_has(&r, "first") && reply_has(&r, "second"));
    snprintf(text, sizeof text, "draft=%d&draft_version=2&" GOOD "&amount=77&step=post", id);
    r = fixture_post_as(f, RECEIPT, officer, text);
    must_have(&r, 303, NULL);
    snprintf(text, sizeof text, RECEIPT "/new?draft=%d", id);
    assert_int_equal(fixture_get(f, text, officer).status, 404); /* booked: the draft is gone */
    /* The other screen books the same draft: told, not booked twice. */
    int64_t before = balance_of(f);
    snprintf(text, sizeof text, "draft=%d&draft_version=2&" GOOD "&amount=77&step=post", id);
    r = fixture_post_as(f, RECEIPT, fixture_sign_in(f, "lp-secretary"), text);
    must_have(&r, 409, "value=\"77\"");
    assert_int_equal(balance_of(f), before);
}

static void a_book_that_is_none_is_not_the_main_one(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    int64_t before = balance_of(f);
    struct reply r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2570/receipts", officer,
                                     "{\"date\": \"2026-11-05\", \"source\": \"nhso\", \"reference\": \"T\", "
                                     "\"amount_satang\": 100, \"book\": \"LTC\"}");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "\"field\":\"book\""));
    assert_int_equal(fixture_get(f, "/funds/" FUND "/ledger?book=LTC", officer).status, 404);
    assert_int_equal(balance_of(f), before);
}

/* A month's book begins with the balance of the day before; a list of one kind does not. */
static void the_book_begins_with_what_was_brought(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct ledger_book book;
    struct ledger_sums sums;
    char said[64];
    assert_ok(ledger_book_find(f->db, f->arena, STR("D0001"), LEDGER_MAIN, &book));
    assert_ok(ledger_sums(f->db, f->arena, book.id, (struct date){2026, 3, 1}, (struct date){2026, 3, 31}, &sums));
    snprintf(said, sizeof said, "%.*s", STR_FMT(html_arg_satang(&(struct page){LANG_TH, f->arena}, sums.brought)));
    struct reply r = fixture_get(f, "/funds/D0001/ledger?fy=2569&month=3", fixture_sign_in(f, "officer"));
    assert_true(reply_has(&r, "<th scope=\"row\">ยกมา</th>") && reply_has(&r, "1 มีนาคม 2569") && reply_has(&r, said));
    r = fixture_get(f, "/funds/D0001/ledger?fy=2569&month=3&source=nhso", fixture_sign_in(f, "officer"));
    assert_true(r.status == 200 && !reply_has(&r, "<th scope=\"row\">ยกมา</th>"));
}

static void who_may_not_book_does_not(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *member = fixture_sign_in(f, "lp-member");
    struct reply r = fixture_get(f, "/funds/" FUND "/ledger", member);
    must_have(&r, 200, "สมุดคุมรับจ่าย");
    assert_false(reply_has(&r, "/ledger/receipts/new"));
    assert_int_equal(fixture_get(f, RECEIPT "/new", member).status, 403);
    assert_int_equal(fixture_post_as(f, RECEIPT, member, GOOD "&amount=1&step=post").status, 403);
    assert_int_equal(fixture_get(f, "/funds/L7452/ledger", member).status, 403);
    assert_int_equal(fixture_get(f, "/funds/" FUND "/ledger", "").status, 303);
}

static void the_same_by_json(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    static const struct {
        const char *body;
        int status;
        const char *has;
    } cases[] = {
        {"{\"date\":\"2026-11-05\",\"source\":\"interest\",\"amount_satang\":12345,\"reference\":\"B-1\"}", 201, "\"number\":"},
        {"{\"date\":\"2026-11-05\",\"source\":\"interest\",\"amount_satang\":-1,\"reference\":\"B-1\"}", 400, "amount"},
        {"{\"date\":\"2026-11-05\",\"source\":\"gold\",\"amount_satang\":1,\"reference\":\"B-1\"}", 400, "\"field\":\"source\""},
        {"{\"date\":\"2025-02-29\",\"source\":\"nhso\",\"amount_satang\":1,\"reference\":\"B-1\"}", 400, "\"field\":\"date\""},
        {"{\"date\":\"2026-12-05\",\"source\":\"nhso\",\"amount_satang\":1,\"reference\":\"B-1\"}", 422, "\"code\":\"date_future\""},
        {"{\"date\":\"2026-09-05\",\"source\":\"nhso\",\"amount_satang\":1,\"reference\":\"B-1\"}", 422, "\"field\":\"date\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reply r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2570/receipts", officer, cases[i].body);
        must_have(&r, cases[i].status, cases[i].has);
    }
    struct reply r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2569/receipts", officer, cases[0].body);
    must_have(&r, 422, "\"code\":\"date_other_year\"");
}

/* ---- approved money and payments ---- */

#define COMMIT "/funds/" FUND "/ledger/commitments"
#define PAY    "/funds/" FUND "/ledger/payments"
#define LET_GO "UPDATE ledger_commitment SET held_for = NULL" /* its signed minutes were seen: later_test.c */

static void must_show(struct fixture *f, const char *cookies, const char *target, const char *has)
{
    struct reply r = fixture_get(f, target, cookies);
    must_have(&r, 200, has);
}

static void a_payment_needs_an_approved_project_with_its_agreement(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    struct reply r = fixture_post_as(f, COMMIT, officer,
                                     "title=Walk+for+health&project_code=70-L3009-2-01&support_type=2&owner_type=5&issue_code=&"
                                     "approved_on_d=10&approved_on_m=10&approved_on_y=2569&approved_in=1%2F2570&amount=50,000&"
                                     "instalments=&paid_before=&agreement_no=&agreement_on_d=&agreement_on_m=&agreement_on_y=");
    must_have(&r, 303, NULL);
    must_show(f, officer, COMMIT, "รอเอกสารลงนาม");
    must_show(f, officer, "/api/v1/funds/" FUND "/commitments", "\"is_held\":true,\"waits_for\":\"paper\"");
    r = fixture_get(f, "/funds/" FUND "/ledger", officer);
    must_have(&r, 200, "บันทึกข้อตกลงของ “Walk for health”");
    r = fixture_get(f, PAY "/new?project=70-L3009-2-01", officer); /* no form for what would be refused */
    must_have(&r, 200, "commitments/show?project=70-L3009-2-01");
    must_have(&r, 200, "ต้องมีมติที่ลงนามแล้ว");
    assert_false(reply_has(&r, "value=\"review\""));
#define PAID "project_code=70-L3009-2-01&instalment=&date_d=15&date_m=11&date_y=2569&party=Group&reference=P-1&memo="
    r = fixture_post_as(f, PAY, officer, PAID "&amount=20000&step=review");
    must_have(&r, 400, "รออีกคนตรวจมติที่ลงนามแล้ว");
    assert_ok(db_script(f->db, LET_GO));
    must_show(f, officer, COMMIT, "ยังไม่มีข้อตกลง");
    r = fixture_post_as(f, PAY, officer, PAID "&amount=20000&step=review");
    must_have(&r, 400, "ต้องมีบันทึกข้อตกลง");
    r = fixture_post_as(f, COMMIT "/agreement", officer,
                        "project_code=70-L3009-2-01&version=2&agreement_no=A-1&agreement_on_d=1&agreement_on_m=10&agreement_on_y=2569");
    must_have(&r, 400, "ก่อนวันอนุมัติ");
    r = fixture_post_as(f, COMMIT "/agreement", officer,
                        "project_code=70-L3009-2-01&version=99&agreement_no=A-1&agreement_on_d=12&agreement_on_m=10&agreement_on_y=2569");
    must_have(&r, 409, "value=\"A-1\"");
    r = fixture_post_as(f, COMMIT "/agreement", officer,
                        "project_code=70-L3009-2-01&version=2&agreement_no=A-1&agreement_on_d=12&agreement_on_m=10&agreement_on_y=2569");
    must_have(&r, 303, NULL);
    int64_t before = balance_of(f);
    r = fixture_post_as(f, PAY, officer, PAID "&amount=20000&step=review");
    must_have(&r, 200, "สองหมื่นบาทถ้วน");
    assert_true(reply_has(&r, "คงเหลือของโครงการหลังจ่าย 30,000.00"));
    r = fixture_post_as(f, PAY, officer, PAID "&amount=50000.01&step=post");
    must_have(&r, 400, "เกินเงินคงเหลือของโครงการ จ่ายได้อีกไม่เกิน 50,000.00");
    r = fixture_post_as(f, PAY, officer, PAID "&amount=20000&step=post");
    must_have(&r, 303, NULL);
    assert_int_equal(balance_of(f), before - 2000000);
    r = fixture_post_as(f, PAY, officer, "project_code=none&amount=1&date_d=15&date_m=11&date_y=2569&reference=P&step=post");
    must_have(&r, 400, "project_code-fault");
    r = fixture_post_as(f, COMMIT "/release", officer,
                        "project_code=70-L3009-2-01&version=99&release_on_d=20&release_on_m=11&release_on_y=2569");
    must_have(&r, 409, NULL);
    struct ledger_commitment c;
    struct ledger_book b;
    char body[300];
    assert_ok(ledger_book_find(f->db, f->arena, STR(FUND), LEDGER_MAIN, &b));
    assert_ok(ledger_commitment_find(f->db, f->arena, b.id, STR("70-L3009-2-01"), &c));
    snprintf(body, sizeof body, "project_code=70-L3009-2-01&version=%d&release_on_d=20&release_on_m=11&release_on_y=2569", (int)c.version);
    r = fixture_post_as(f, COMMIT "/release", officer, body);
    must_have(&r, 303, NULL);
    r = fixture_get(f, COMMIT "/show?project=70-L3009-2-01", officer);
    must_have(&r, 200, "<dd>20,000.00</dd>"); /* paid, though nothing is left to reckon it from */
    assert_true(reply_has(&r, "/ledger/entries/") && reply_has(&r, "ใบสำคัญจ่าย 2570/") && reply_has(&r, "<td class=\"num\">20,000.00</td>"));
}

static void a_payment_and_a_commitment_by_json(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    const char *commit = "{\"project_code\":\"70-L3009-1-02\",\"title\":\"Dengue\",\"support_type\":\"1\",\"owner_type\":\"1\","
                         "\"approved_on\":\"2026-10-10\",\"approved_in\":\"1/2570\",\"amount_satang\":1000000,"
                         "\"agreement_no\":\"A-2\",\"agreement_on\":\"2026-10-12\",\"instalments\":[600000,400000]}";
    const char *pay = "{\"date\":\"2026-11-10\",\"project_code\":\"70-L3009-1-02\",\"instalment\":1,\"amount_satang\":600000,\"reference\":\"P-9\"}";
    struct reply r = fixture_post_as(f, "/api/v1/funds/" FUND "/commitments", officer, commit);
    must_have(&r, 201, "70-L3009-1-02");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/commitments", officer, commit);
    must_have(&r, 422, "\"code\":\"code_taken\"");
    r = fixture_get(f, "/api/v1/funds/" FUND "/commitments", officer);
    must_have(&r, 200, "\"left_satang\":1000000");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2570/payments", officer, pay);
    must_have(&r, 422, "\"code\":\"held\"");
    assert_ok(db_script(f->db, LET_GO));
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2570/payments", officer,
                        "{\"date\":\"2026-11-10\",\"project_code\":\"70-L3009-1-02\",\"instalment\":1,\"amount_satang\":600001,"
                        "\"reference\":\"P-9\"}");
    must_have(&r, 422, "\"code\":\"over_instalment\"");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/years/2570/payments", officer, pay);
    must_have(&r, 201, "\"number\":");
    r = fixture_get(f, COMMIT "/show?project=70-L3009-1-02", officer);
    must_have(&r, 200, "4,000.00");
}

static void a_reversal_books_the_opposite_and_gives_a_draft(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    struct reply r = fixture_post_as(f, RECEIPT, officer, GOOD "&amount=555&step=post");
    must_have(&r, 303, NULL);
    char target[300], reverse[320];
    struct str rest = reply_header(&r, "Location"), path;
    assert_true(str_split(&rest, '?', &path));
    snprintf(target, sizeof target, "%.*s", STR_FMT(path));
    snprintf(reverse, sizeof reverse, "%s/reverse", target);
    int64_t before = balance_of(f);
    r = fixture_get(f, reverse, officer);
    must_have(&r, 200, "name=\"reason\"");
    r = fixture_post_as(f, reverse, officer, "reason=&date_d=22&date_m=11&date_y=2569&wants_draft=1");
    must_have(&r, 400, "reason-fault");
    r = fixture_post_as(f, reverse, officer, "reason=wrong+sum&date_d=22&date_m=11&date_y=2569&wants_draft=1");
    must_have(&r, 303, NULL);
    assert_int_equal(balance_of(f), before - 55500);
    snprintf(target, sizeof target, "%.*s", STR_FMT(reply_header(&r, "Location")));
    r = fixture_get(f, target, officer);
    must_have(&r, 200, "wrong sum");
    assert_true(reply_has(&r, "เปิดร่างใหม่"));
    ptrdiff_t at = str_find(r.body, STR("receipts/new?draft="));
    assert_true(at > 0);
    r = fixture_post_as(f, reverse, officer, "reason=again&date_d=22&date_m=11&date_y=2569");
    must_have(&r, 400, "กลับรายการไปแล้ว");
}

/* ---- months ---- */

static void a_month_is_closed_only_when_the_bank_agrees(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *secretary = fixture_sign_in(f, "lp-secretary"), *officer = fixture_sign_in(f, "lp-officer");
    assert_int_equal(fixture_post_as(f, "/funds/" FUND "/ledger/months/close", officer, "through=2026-10-31&bank_balance=1").status, 403);
    struct reply r = fixture_get(f, "/funds/" FUND "/ledger/months", secretary);
    must_have(&r, 200, "ปิดเดือนตุลาคม 2569");
    assert_true(reply_has(&r, "1,000,000.00"));
    r = fixture_post_as(f, "/funds/" FUND "/ledger/months/close", secretary, "through=2026-10-31&bank_balance=1,000,010");
    must_have(&r, 400, "ธนาคารมากกว่าสมุดคุม 10.00 บาท");
    r = fixture_post_as(f, "/funds/" FUND "/ledger/months/close", secretary, "through=2026-10-31&bank_balance=1,000,000.00");
    must_have(&r, 303, NULL);
    r = fixture_post_as(f, RECEIPT, officer, "date_d=5&date_m=10&date_y=2569&source=nhso&reference=R&amount=5&step=review");
    must_have(&r, 400, "เดือนตุลาคม 2569 ปิดบัญชีแล้ว ลงวันที่ตั้งแต่ 1 พฤศจิกายน 2569");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/ledger/close", secretary, "{\"through\":\"2026-11-30\"}");
    must_have(&r, 422, "\"code\":\"not_last_month\"");
}

/* ---- plan and statement ---- */

#define PLAN   "/funds/" FUND "/years/2570/plan"
#define INCOME "nhso=400000&local=200000&other=&rows=6&"

static void a_plan_is_written_row_by_row_and_agreed_under_its_ceiling(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer"), *secretary = fixture_sign_in(f, "lp-secretary");
    struct reply r = fixture_get(f, PLAN, officer);
    must_have(&r, 200, "ยังไม่มีแผนการเงินปี 2570");
    r = fixture_get(f, PLAN "?edit=1", officer);
    must_have(&r, 200, "name=\"title_6\"");
    r = fixture_post_as(f, PLAN, officer, INCOME "version=0&title_1=Exercise&support_1=&amount_1=&step=rows");
    must_have(&r, 200, "name=\"title_11\"");
    assert_true(reply_has(&r, "value=\"Exercise\"") && reply_has(&r, "600,000.00"));
    r = fixture_post_as(f, PLAN, officer, INCOME "version=0&title_1=Exercise&support_1=&amount_1=&step=post");
    must_have(&r, 400, "support_1-fault");
    r = fixture_post_as(f, PLAN, officer, INCOME "version=0&title_1=Exercise&support_1=2&amount_1=5000&step=post");
    must_have(&r, 303, NULL);
    r = fixture_post_as(f, PLAN, secretary, INCOME "version=0&title_1=Mine&support_1=2&amount_1=7000&step=post");
    must_have(&r, 409, "value=\"Mine\"");
    assert_true(reply_has(&r, "Exercise") && reply_has(&r, "name=\"version\" value=\"1\""));
    r = fixture_post_as(f, PLAN, secretary, INCOME "version=1&title_1=Meetings&support_1=4&amount_1=500000&"
                                                   "agreed_in=1%2F2570&agreed_on_d=1&agreed_on_m=11&agreed_on_y=2569&step=post");
    must_have(&r, 400, "เกินเพดาน");
    r = fixture_post_as(f, PLAN, secretary, INCOME "version=1&title_1=Meetings&support_1=4&amount_1=50000&"
                                                   "agreed_in=1%2F2570&agreed_on_d=1&agreed_on_m=11&agreed_on_y=2569&step=post");
    must_have(&r, 303, NULL);
    r = fixture_get(f, PLAN, officer);
    must_have(&r, 200, "เห็นชอบแล้ว");
    r = fixture_get(f, "/api/v1/funds/" FUND "/years/2570/plan", officer);
    must_have(&r, 200, "\"amount_satang\":5000000");
    r = fixture_get(f, "/funds/" FUND "/ledger", officer);
    must_have(&r, 200, "ของที่คาดไว้ 600,000.00");
}

/* A spreadsheet as one text, cells apart by a tab: the title, then row by row. */
static const char *as_csv(struct fixture *f, const struct reply *r)
{
    struct table *t = NULL;
    struct table_fault fault = {0};
    struct buf out = buf_in(f->arena, 65536);
    struct buf copy = buf_in(f->arena, r->body.n + 1);
    buf_put(&copy, r->body);
    struct arena *room = arena_new(TABLE_ARENA_MAX);
    enum err e = table_open(room, buf_str(&copy), &t, &fault);
    while (e == ERR_OK || e == ERR_INPUT) {
        e = table_next(t, &fault);
        for (int c = 0; c < 20 && e != ERR_NOT_FOUND; c++) {
            buf_put(&out, table_cell(t, c));
            buf_putc(&out, '\t');
        }
    }
    arena_free(room);
    return str_z(f->arena, buf_str(&out));
}

static void a_statement_adds_up(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *member = fixture_sign_in(f, "lp-member");
    struct reply r = fixture_get(f, "/funds/" FUND "/ledger/statement?fy=2570&period=month-10", member);
    must_have(&r, 200, "รายงานรับจ่าย ตุลาคม 2569");
    assert_true(reply_has(&r, "1,000,000.00"));
    struct ledger_book b;
    assert_ok(ledger_book_find(f->db, f->arena, STR(FUND), LEDGER_MAIN, &b));
    char balance[64];
    struct buf out = buf_in(f->arena, 60);
    buf_satang(&out, b.balance);
    snprintf(balance, sizeof balance, "%.*s", STR_FMT(buf_str(&out)));
    r = fixture_get(f, "/funds/" FUND "/ledger/statement?fy=2570&period=q1", member);
    must_have(&r, 200, balance);
    assert_int_equal(fixture_get(f, "/funds/" FUND "/ledger/statement?period=month-13", member).status, 400);
    r = fixture_get(f, "/funds/" FUND "/ledger/book.csv?fy=2570", member);
    must_have(&r, 200, "1000000.00");
    r = fixture_get(f, "/funds/" FUND "/ledger/book.xlsx?fy=2570", member);
    must_have(&r, 200, NULL);
    const char *const book = as_csv(f, &r);
    assert_non_null(strstr(book, "2026-10-01")); /* below the title the reader knows one column: the dates */
    r = fixture_get(f, "/funds/" FUND "/ledger/statement.csv?fy=2570&period=q1", member);
    must_have(&r, 200, NULL);
    snprintf(balance, sizeof balance, ",%lld.%02lld,", (long long)(b.balance.v / 100), (long long)(b.balance.v % 100));
    assert_true(reply_has(&r, balance) && str_find(reply_header(&r, "Content-Disposition"), STR("sarn-statement-" FUND "-2570-q1.csv")) > 0);
    r = fixture_get(f, "/funds/" FUND "/ledger/statement.csv?fy=2570&book=ltc", member);
    must_have(&r, 200, NULL); /* not opened: nothing is said to be zero */
    assert_false(reply_has(&r, "0.00"));
    assert_int_equal(fixture_get(f, "/funds/" FUND "/ledger/statement.csv?period=q5", member).status, 400);
}

/* ---- opening ---- */

#define OPEN "/funds/" FUND "/ledger/open?book=ltc"
#define TAKE "book=ltc&take=1&opened_on_d=20&opened_on_m=11&opened_on_y=2569&balance=150000&bank_name=BAAC&"

static void a_book_is_taken_over_in_mid_year(void **state)
{
    (void)state;
    struct fixture *f = house();
    const char *officer = fixture_sign_in(f, "lp-officer");
    struct reply r = fixture_get(f, "/funds/" FUND "/ledger?book=ltc", officer);
    must_have(&r, 200, "ยังไม่ได้เปิดบัญชี LTC");
    r = fixture_get(f, OPEN "&take=1", officer);
    must_have(&r, 200, "name=\"r_on_4\"");
    r = fixture_post_as(f, OPEN, officer, TAKE "paste_receipts=5%2F10%2F2569%09nhso%0980,000%09R-1%0A6%2F10%2F2569%09local%0930000&step=rows");
    must_have(&r, 200, "value=\"80,000\"");
    assert_true(reply_has(&r, "name=\"r_on_8\"") && reply_has(&r, "value=\"6/10/2569\""));
    r = fixture_post_as(f, OPEN, officer, TAKE "r_on_1=31%2F11%2F2569&r_source_1=nhso&r_amount_1=80000&r_on_2=5%2F10%2F2569&r_source_2=gold&r_amount_2=x&step=review");
    must_have(&r, 400, "r_on_1-fault");
    assert_true(reply_has(&r, "r_source_2-fault") && reply_has(&r, "r_amount_2-fault"));
    r = fixture_post_as(f, OPEN, officer, TAKE "p_code_1=70-X-2-09&p_amount_1=30000&p_parts_1=10000%2B15000&step=review");
    must_have(&r, 400, "p_parts_1-fault");
    assert_true(reply_has(&r, "งวดรวม 25,000.00 แต่อนุมัติ 30,000.00"));
    r = fixture_post_as(f, OPEN, officer, TAKE "r_on_2=5%2F10%2F2569&r_source_2=nhso&r_amount_2=200000&step=review");
    must_have(&r, 400, "id=\"errors\""); /* more came in than there is */
    r = fixture_post_as(f, OPEN, officer, TAKE "r_on_2=5%2F10%2F2569&r_source_2=nhso&r_amount_2=80000&step=review");
    must_have(&r, 200, "หนึ่งแสนห้าหมื่นบาทถ้วน");
    assert_true(reply_has(&r, "name=\"r_amount_2\" value=\"80000\"") && !reply_has(&r, "ประเภทในรหัสโครงการไม่ตรง")); /* lint: thai nothing to warn of */
    r = fixture_post_as(f, OPEN, officer, TAKE "r_on_2=5%2F10%2F2569&r_source_2=nhso&r_amount_2=80000&step=post");
    must_have(&r, 303, NULL);
    r = fixture_get(f, "/funds/" FUND "/ledger?book=ltc", officer);
    must_have(&r, 200, "150,000.00");
    assert_true(reply_has(&r, "บันทึกย้อนหลัง"));
    r = fixture_get(f, "/api/v1/funds/" FUND "/ledger/entries?book=ltc", officer);
    must_have(&r, 200, "\"amount_satang\":8000000");
    assert_int_equal(fixture_get(f, OPEN, officer).status, 303); /* open already */
}

/* ---- taking over by a spreadsheet ---- */

#define SHEET_TAKE "take=1&opened_on_d=20&opened_on_m=11&opened_on_y=2569&balance=150000&bank_name=BAAC&"
static struct arena *sheets; /* outlives requests */

/* The form with that file, as a browser sends it. */
static struct reply send_table(struct fixture *f, const char *officer, struct str file)
{
    char headers[400];
    struct str csrf = fixture_csrf(f, officer);
    struct buf b = buf_in(sheets, file.n + 2000);
    snprintf(headers, sizeof headers, "X-CSRF-Token: %.*s\nContent-Type: multipart/form-data; boundary=xyz", STR_FMT(csrf));
    BUF_LIT(&b, "--xyz\r\nContent-Disposition: form-data; name=\"take\"\r\n\r\n1\r\n"
                "--xyz\r\nContent-Disposition: form-data; name=\"balance\"\r\n\r\n150,000\r\n"
                "--xyz\r\nContent-Disposition: form-data; name=\"table\"; filename=\"a.xlsx\"\r\n\r\n");
    buf_put(&b, file);
    BUF_LIT(&b, "\r\n--xyz--\r\n");
    const struct fixture_request r = {WEB_POST, "/funds/" SHEET_FUND "/ledger/open/table", officer, NULL, headers};
    return fixture_send_bytes(f, &r, buf_str(&b));
}

/* Under the heads of the blank one: 600 receipts of 100 baht, one project, and `more` receipts on a bad day. */
static struct str filled(const struct table_rows *blank, size_t n, size_t more)
{
    static const char *const project[] = {"70-X-3-01", "Exercise \"60+\"", "", "2", "6", "2569-10-05", "1/2570", "5000", "1500", "1000", "12/10/2569", "A-1", "6/10/2569", "2,000 + 3,000"};
    struct xlsx_out_column columns[19];
    struct xlsx_out *x = NULL;
    struct str bytes = STR_NONE;
    assert_int_equal(blank->ncols, 19);
    for (size_t c = 0; c < 19; c++) columns[c] = (struct xlsx_out_column){blank->names[c], 12};
    assert_ok(xlsx_out_begin(sheets, STR("a"), STR_NONE, columns, 19, &x));
    for (size_t i = 0; i < n + more; i++) {
        xlsx_out_blank(x);
        xlsx_out_text(x, i < n ? STR("2569-10-05") : STR("31/11/2569")); /* a year that a spreadsheet took for its own */
        xlsx_out_text(x, STR("nhso"));
        xlsx_out_satang(x, satang(10000));
        xlsx_out_text(x, STR("R"));
        for (size_t c = 0; c < 14 && i == 0; c++) xlsx_out_text(x, str_of(project[c]));
        xlsx_out_row_end(x);
    }
    assert_ok(xlsx_out_end(x, &bytes));
    return bytes;
}

/* The hidden field of an answer, percent-encoded to be sent on. */
static const char *hidden_rows(const struct reply *r, const char *before, const char *after)
{
    ptrdiff_t at = str_find(r->body, STR("name=\"table_rows\" value=\""));
    assert_true(at > 0);
    struct str s = str_from(r->body, (size_t)at + strlen("name=\"table_rows\" value=\""));
    s = str_first(s, (size_t)str_find_char(s, '"'));
    struct buf b = buf_in(sheets, 3 * s.n + 1000);
    buf_put(&b, str_of(before));
    for (size_t i = 0; i < s.n; i++) {
        bool is_quote = str_starts(str_from(s, i), STR("&#34;")), is_named = str_starts(str_from(s, i), STR("&quot;"));
        buf_printf(&b, "%%%02X", is_quote || is_named ? '"' : (unsigned char)s.p[i]);
        i += is_quote ? 4 : is_named ? 5 : 0;
    }
    buf_put(&b, str_of(after));
    return str_z(sheets, buf_str(&b));
}

static void a_spreadsheet_is_read_looked_at_and_booked(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct table_rows blank = {0};
    struct table_fault fault = {0};
    const char *officer = fixture_sign_in(f, "lp-sheet");
    sheets = arena_new((size_t)64 << 20);
    struct reply r = fixture_get(f, "/funds/" SHEET_FUND "/ledger/open.xlsx", officer);
    must_have(&r, 200, NULL);
    struct str empty = str_copy(sheets, r.body);
    assert_ok(table_read_rows(sheets, empty, 50, 65536, &blank, &fault));
    assert_true(blank.nrows >= 5);
    r = send_table(f, officer, empty); /* examples are no entries */
    must_have(&r, 400, "table-fault");
    r = send_table(f, officer, STR("PK no spreadsheet"));
    must_have(&r, 400, "table-fault");
    r = send_table(f, officer, filled(&blank, 2, 1));
    must_have(&r, 400, "แถว 4 ช่อง วันที่รับ");
    assert_true(reply_has(&r, "id=\"table_row_4_r_on\"") && reply_has(&r, "value=\"150,000\""));
    r = send_table(f, officer, filled(&blank, 600, 0));
    must_have(&r, 200, "เงินรับ 600 รายการ");
    const char *early = hidden_rows(&r, "take=1&opened_on_d=4&opened_on_m=10&opened_on_y=2569&balance=150000&table_rows=", "&step=review");
    const char *body = hidden_rows(&r, SHEET_TAKE "table_rows=", "&step=review");
    const char *post = hidden_rows(&r, SHEET_TAKE "table_rows=", "&step=post");
    r = fixture_post_as(f, "/funds/" SHEET_FUND "/ledger/open", officer, early);
    must_have(&r, 400, "table_row_2_r_on"); /* received after the day of the balance: the rule names the row */
    r = fixture_post_as(f, "/funds/" SHEET_FUND "/ledger/open", officer, body);
    assert_true(r.status == 200 && reply_has(&r, "600 รายการ รวม 60,000.00 บาท") && reply_has(&r, "70-X-3-01 · Exercise") && reply_has(&r, "ประเภทในรหัสโครงการไม่ตรง")); /* lint: thai kept all the same */
    r = fixture_post_as(f, "/funds/" SHEET_FUND "/ledger/open", officer, SHEET_TAKE "table_rows=kind&step=review");
    must_have(&r, 400, "table-fault");
    r = fixture_post_as(f, "/funds/" SHEET_FUND "/ledger/open", officer, post);
    must_have(&r, 303, NULL);
    r = fixture_get(f, "/api/v1/funds/" SHEET_FUND "/commitments", officer);
    must_have(&r, 200, "Exercise \\\"60+\\\"");
    struct ledger_book b;
    assert_ok(ledger_book_find(f->db, f->arena, STR(SHEET_FUND), LEDGER_MAIN, &b));
    assert_int_equal(b.balance.v, 15000000);
    r = fixture_get(f, "/funds/" SHEET_FUND "/ledger/commitments/show?project=70-X-3-01", officer);
    must_have(&r, 200, "<th scope=\"row\">1</th><td class=\"num\">2,000.00</td><td class=\"num\">0.00</td>");
    assert_true(reply_has(&r, "<th scope=\"row\">2</th><td class=\"num\">3,000.00</td><td class=\"num\">2,500.00</td>"));
    arena_free(sheets);
}

/* ---- what a page may cost, in both languages ---- */

static void every_page_of_the_books_has_its_budget(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        uint32_t statements;
    } budgets[] = {
        {"/funds/" FUND "/ledger", 26},
        {"/funds/" FUND "/ledger/book.csv", 10},
        {"/funds/" FUND "/ledger/book.xlsx", 10},
        {"/funds/" FUND "/ledger/statement.csv?period=q1", 15},
        {"/funds/" FUND "/ledger/receipts/new", 8},
        {"/funds/" FUND "/ledger/payments/new", 9},
        {COMMIT, 9},
        {COMMIT "/new", 11},
        {COMMIT "/show?project=70-L3009-2-01", 12},
        {"/funds/" FUND "/ledger/months", 11},
        {"/funds/" FUND "/ledger/statement?period=q1", 15},
        {PLAN, 16},
        {PLAN "?edit=1", 16},
        {"/api/v1/funds/" FUND "/ledger/entries", 9},
        {"/api/v1/funds/" FUND "/commitments", 8},
        {"/api/v1/funds/" FUND "/years/2570/plan", 12},
    };
    struct fixture *f = house();
    char english[400];
    int over = 0;
    const char *officer = fixture_sign_in(f, "lp-officer");
    snprintf(english, sizeof english, "%s; lang=en", officer);
    for (size_t i = 0; i < sizeof budgets / sizeof budgets[0]; i++) {
        struct reply r = fixture_get(f, budgets[i].target, officer);
        print_message("%-52s %3u statements\n", budgets[i].target, r.cost.statements);
        if (r.status != 200) fail_msg("%s: %d", budgets[i].target, r.status);
        over += r.cost.statements > budgets[i].statements;
        assert_int_equal(fixture_get(f, budgets[i].target, english).status, 200);
    }
    assert_int_equal(over, 0);
    struct reply r = fixture_get(f, "/funds/" FUND, officer);
    must_have(&r, 200, "/funds/" FUND "/ledger");
    r = fixture_get(f, "/funds/" FUND, "");
    assert_false(reply_has(&r, "/funds/" FUND "/ledger"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_is_typed_looked_at_and_booked),
        cmocka_unit_test(what_is_wrong_stands_beside_its_field_and_nothing_is_lost),
        cmocka_unit_test(a_draft_is_kept_and_the_second_writer_loses_nothing),
        cmocka_unit_test(a_book_that_is_none_is_not_the_main_one),
        cmocka_unit_test(the_book_begins_with_what_was_brought),
        cmocka_unit_test(who_may_not_book_does_not),
        cmocka_unit_test(the_same_by_json),
        cmocka_unit_test(a_payment_needs_an_approved_project_with_its_agreement),
        cmocka_unit_test(a_payment_and_a_commitment_by_json),
        cmocka_unit_test(a_reversal_books_the_opposite_and_gives_a_draft),
        cmocka_unit_test(a_month_is_closed_only_when_the_bank_agrees),
        cmocka_unit_test(a_plan_is_written_row_by_row_and_agreed_under_its_ceiling),
        cmocka_unit_test(a_statement_adds_up),
        cmocka_unit_test(a_book_is_taken_over_in_mid_year),
        cmocka_unit_test(a_spreadsheet_is_read_looked_at_and_booked),
        cmocka_unit_test(every_page_of_the_books_has_its_budget),
    };
    return FIXTURE_RUN(tests);
}
