/* ledger_pages_test.c — the fund's money through app_handle(), as an officer, a secretary and others
 * meet it: forms with their review, faults beside the fields, drafts, and the same rules by JSON. */
#include "tests/rooms/fixture.h"

#include "rooms/account/account.h"
#include "rooms/ledger/ledger.h"

#define FUND "L3009" /* a real fund: the demo opens no book for it */

static struct actor by;

static void grant(struct fixture *f, const char *login, enum role role)
{
    struct account_id id;
    struct account_grant_id grant_id;
    struct account_new n = {.login = str_of(login), .name = str_of(login)};
    assert_ok(account_add(f->db, f->arena, &by, &n, &id));
    struct account_grant g = {.account = id, .role = role, .kind = SCOPE_FUND, .code = STR(FUND), .from = {2026, 10, 1}};
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
    grant(f, "lp-officer", ROLE_officer);
    grant(f, "lp-secretary", ROLE_secretary);
    grant(f, "lp-member", ROLE_member);
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
    if (r->status != status) fail_msg("%d, not %d: %.*s", r->status, status, STR_FMT(str_first(r->body, 3000)));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_is_typed_looked_at_and_booked),
        cmocka_unit_test(what_is_wrong_stands_beside_its_field_and_nothing_is_lost),
        cmocka_unit_test(a_draft_is_kept_and_the_second_writer_loses_nothing),
        cmocka_unit_test(who_may_not_book_does_not),
        cmocka_unit_test(the_same_by_json),
    };
    return FIXTURE_RUN(tests);
}
