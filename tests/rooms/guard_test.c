/* guard_test.c — the gates before every handler: who asks, is the form ours, was it sent before, and what
 * becomes of a form whose session had ended. Through app_handle(), each request a real one. */
#include "tests/rooms/fixture.h"

#include "app/audit.h"
#include "app/form.h"
#include "app/route.h"
#include "rooms/account/account.h"
#include "web/asset.h"

#define EDIT "/funds/D0001/years/2570/edit"
#define DAYS "&population_local_on_d=5&population_local_on_m=11&population_local_on_y=2569&population_nhso_on_d=&population_nhso_on_m=&population_nhso_on_y="
#define FACTS "/api/v1/funds/D0001/years/2570/facts"

static int64_t count(struct fixture *f, const char *sql)
{
    int64_t n = -1;
    assert_ok(db_scalar(f->db, sql, &n));
    return n;
}

static int64_t version_of(struct fixture *f)
{
    return count(f, "SELECT y.version FROM fund_year y JOIN fund u ON u.id = y.fund_id WHERE u.code = 'D0001' AND y.fy = 2570");
}

static int64_t entered_of(struct fixture *f)
{
    return count(f, "SELECT COALESCE(y.match_entered_satang, -1) FROM fund_year y JOIN fund u ON u.id = y.fund_id "
                    "WHERE u.code = 'D0001' AND y.fy = 2570");
}

/* A body for EDIT with the present version and this sum. */
static const char *body_of(struct fixture *f, const char *entered, const char *more)
{
    static char body[500];
    snprintf(body, sizeof body, "version=%lld&nhso_amount=450000&match_entered=%s&source=paper%s",
             (long long)version_of(f), entered, more);
    return body;
}

static void has_header(const struct reply *r, const char *name, const char *part)
{
    struct str v = reply_header(r, name);
    if (str_is_none(v) || str_find(v, str_of(part)) < 0) fail_msg("%s is %.*s, not %s", name, STR_FMT(v), part);
}

/* The value of the first hidden input of that name. */
static const char *hidden(const struct reply *r, const char *name)
{
    static char value[200];
    char mark[80];
    snprintf(mark, sizeof mark, "name=\"%s\" value=\"", name);
    ptrdiff_t at = str_find(r->body, str_of(mark));
    assert_true(at >= 0);
    struct str rest = str_from(r->body, (size_t)at + strlen(mark));
    snprintf(value, sizeof value, "%.*s", (int)str_find_char(rest, '"'), rest.p);
    return value;
}

/* The name=value of a cookie that an answer sets. */
static const char *cookie_of(const struct reply *r, const char *name)
{
    static char pair[300];
    for (size_t i = 0; i < r->raw.nheaders; i++) {
        struct str v = r->raw.headers[i].value, first;
        if (!str_eq(r->raw.headers[i].name, STR("Set-Cookie")) || !str_starts(v, str_of(name))) continue;
        assert_true(str_find(v, STR("HttpOnly")) > 0 && str_find(v, STR("SameSite=Lax")) > 0);
        (void)str_split(&v, ';', &first);
        snprintf(pair, sizeof pair, "%.*s", STR_FMT(first));
        return pair;
    }
    fail_msg("no cookie %s", name);
    return "";
}

/* ---- who may ---- */

static void visitors_are_asked_to_log_in(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, EDIT "?a=1", "");
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")),
                        "/login?next=%2Ffunds%2FD0001%2Fyears%2F2570%2Fedit%3Fa%3D1");
    r = fixture_post(f, FACTS, "", "{}");
    assert_int_equal(r.status, 401);
    has_header(&r, "WWW-Authenticate", "Bearer");
    assert_true(reply_has(&r, "\"code\":\"unauthorized\""));
}

static void a_role_and_its_place_are_both_needed(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer"), *member = fixture_sign_in(f, "member");
    struct reply r = fixture_get(f, EDIT, officer);
    assert_int_equal(r.status, 200);
    has_header(&r, "Cache-Control", "no-store");
    assert_true(str_is_none(r.raw.etag));
    assert_int_equal(fixture_get(f, EDIT, member).status, 403);
    assert_int_equal(fixture_get(f, "/funds/D0002/years/2570/edit", officer).status, 403);
    assert_int_equal(fixture_get(f, "/funds/none/years/2570/edit", officer).status, 403);
    r = fixture_get(f, "/funds/D0001", officer); /* a public page, but of one browser */
    has_header(&r, "Cache-Control", "private, no-cache");
    has_header(&r, "Vary", "Cookie");
    assert_true(reply_has(&r, "/logout"));
}

/* A session costs two statements (who, which grants), a visitor none. */
static void who_asks_costs_two_statements(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    static const char *const targets[] = {"/issues", "/rules", "/funds/D0001", "/api/v1/funds/L3009"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        uint32_t alone = fixture_get(f, targets[i], "").cost.statements;
        assert_int_equal(fixture_get(f, targets[i], officer).cost.statements, alone + 2);
    }
}

static void what_an_auditor_looks_at_is_on_record_first(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *auditor = fixture_sign_in(f, "auditor");
    int64_t before = count(f, "SELECT COUNT(*) FROM audit_view");
    fixture_get(f, "/kept?x=1", auditor);
    fixture_get(f, "/funds/D0001", auditor); /* public: of no interest */
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit_view"), before + 1);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit_view WHERE path = '/kept?x=1'"), 1);
    const char *officer = fixture_sign_in(f, "officer");
    fixture_get(f, "/kept", officer);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit_view"), before + 1);
}

static void a_bad_token_is_told(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct fixture_request ask = {WEB_GET, "/api/v1/rules", "", NULL, "Authorization: Bearer sarn_nothing"};
    struct reply r = fixture_send(f, &ask);
    assert_int_equal(r.status, 401);
    has_header(&r, "WWW-Authenticate", "invalid_token");
}

static void a_token_writes_without_a_form(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id;
    struct str secret;
    struct actor by = actor_system("system:test");
    char headers[300], body[200];
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_find_login(f->db, f->arena, STR("officer"), &id));
    assert_ok(account_token_add(f->db, f->arena, &by, id, (struct account_grant_id){0}, STR("test"), 1, &secret));
    assert_ok(db_commit(f->db));
    snprintf(headers, sizeof headers, "Authorization: Bearer %.*s\nContent-Type: application/json", STR_FMT(secret));
    snprintf(body, sizeof body, "{\"version\": %lld, \"match_entered_satang\": 1230000, \"source\": \"paper\"}", (long long)version_of(f));
    struct fixture_request ask = {WEB_POST, FACTS, "", body, headers};
    struct reply r = fixture_send(f, &ask);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "\"match_entered_satang\":1230000"));
    r = fixture_send(f, &ask); /* the same version again: somebody was first */
    assert_int_equal(r.status, 409);
    assert_true(reply_has(&r, "\"code\":\"conflict\""));
    assert_int_equal(entered_of(f), 1230000);
}

/* ---- the form is ours ---- */

static void a_form_without_its_mark_writes_nothing(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer"), *secretary = fixture_sign_in(f, "secretary");
    char body[700];
    int64_t version = version_of(f);
    assert_int_equal(fixture_post(f, EDIT, officer, body_of(f, "77", "")).status, 403);
    assert_int_equal(fixture_post(f, EDIT, officer, body_of(f, "77", "&csrf=abc")).status, 403);
    struct str others = fixture_csrf(f, secretary);
    snprintf(body, sizeof body, "%s&csrf=%.*s", body_of(f, "77", ""), STR_FMT(others));
    assert_int_equal(fixture_post(f, EDIT, officer, body).status, 403);
    assert_int_equal(version_of(f), version);
    struct reply r = fixture_get(f, EDIT, officer);
    snprintf(body, sizeof body, "%s&csrf=%s", body_of(f, "77", ""), hidden(&r, "csrf"));
    r = fixture_post(f, EDIT, officer, body);
    assert_int_equal(r.status, 303);
    assert_int_equal(version_of(f), version + 1);
    assert_int_equal(entered_of(f), 7700);
}

static void a_visitors_form_is_ours_too(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char body[] = "login=officer&password=" ACCOUNT_DEMO_PASSWORD;
    char forms[300], headers[200], with[400];
    assert_int_equal(fixture_post(f, "/login", "", body).status, 403);
    struct reply r = fixture_get(f, "/login", "");
    has_header(&r, "Cache-Control", "no-store");
    snprintf(forms, sizeof forms, "%s", cookie_of(&r, "sarn_form"));
    snprintf(with, sizeof with, "%s&csrf=%s", body, hidden(&r, "csrf"));
    assert_int_equal(fixture_post(f, "/login", "", with).status, 403);          /* the cookie is missing */
    assert_int_equal(fixture_post(f, "/login", "sarn_form=a.b", with).status, 403); /* and not this one */
    snprintf(headers, sizeof headers, "Sec-Fetch-Site: cross-site");
    struct fixture_request ask = {WEB_POST, "/login", forms, with, headers};
    assert_int_equal(fixture_send(f, &ask).status, 403);
    snprintf(headers, sizeof headers, "Origin: https://evil.example");
    assert_int_equal(fixture_send(f, &ask).status, 403);
    snprintf(headers, sizeof headers, "Origin: http://localhost");
    assert_int_equal(fixture_send(f, &ask).status, 303);
}

/* ---- the same request twice ---- */

static void a_double_click_is_one_act(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    char body[500];
    snprintf(body, sizeof body, "%s", body_of(f, "5,000.25", "&idempotency_key=abcdefgh-1"));
    int64_t version = version_of(f), acts = count(f, "SELECT COUNT(*) FROM audit");
    struct reply r = fixture_post_as(f, EDIT, officer, body);
    assert_int_equal(r.status, 303);
    r = fixture_post_as(f, EDIT, officer, body);
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/funds/D0001/years/2570");
    has_header(&r, "Idempotent-Replayed", "true");
    assert_int_equal(version_of(f), version + 1);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit"), acts + 1);
    assert_int_equal(entered_of(f), 500025);
}

static void the_same_key_for_something_else_is_refused(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer"), *secretary = fixture_sign_in(f, "secretary");
    assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, "61", "&idempotency_key=abcdefgh-2")).status, 303);
    struct reply r = fixture_post_as(f, EDIT, officer, body_of(f, "62", "&idempotency_key=abcdefgh-2"));
    assert_int_equal(r.status, 422);
    assert_int_equal(entered_of(f), 6100);
    /* Another person's key is another key. */
    assert_int_equal(fixture_post_as(f, EDIT, secretary, body_of(f, "63", "&idempotency_key=abcdefgh-2")).status, 303);
    assert_int_equal(entered_of(f), 6300);
    assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, "64", "&idempotency_key=short")).status, 400);
}

static void a_refused_form_may_be_sent_again_with_its_key(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, EDIT, officer, body_of(f, "-5", "&idempotency_key=abcdefgh-3"));
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "href=\"#match_entered\""));
    assert_true(reply_has(&r, "value=\"-5\""));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM idempotency WHERE key = 'abcdefgh-3'"), 0);
    assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, "65", "&idempotency_key=abcdefgh-3")).status, 303);
    assert_int_equal(entered_of(f), 6500);
}

static void old_answers_are_swept(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct date today = clock_today();
    assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, "66", "&idempotency_key=abcdefgh-old")).status, 303);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE idempotency SET recorded_at = recorded_at - CAST(91 AS BIGINT) * 86400000"));
    assert_ok(db_commit(f->db));
    /* One request in sixteen sweeps, by its hash: of a hundred one does, for certain enough. */
    for (int i = 0; i < 100; i++) {
        char more[60];
        snprintf(more, sizeof more, "&idempotency_key=abcdefgh-s%d", i);
        assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, i % 2 ? "67" : "68", more)).status, 303);
    }
    assert_int_equal(count(f, "SELECT COUNT(*) FROM idempotency WHERE key = 'abcdefgh-old'"), 0);
    clock_fix(today, 8, 30);
}

/* ---- two people at once ---- */

static void the_second_sees_both_and_loses_nothing(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer"), *secretary = fixture_sign_in(f, "secretary");
    char body[500];
    struct reply r = fixture_get(f, EDIT, officer);
    snprintf(body, sizeof body, "%s", body_of(f, "1,111", "&population_local=%E0%B9%94%E0%B9%92"));
    assert_int_equal(fixture_post_as(f, EDIT, secretary, body_of(f, "2,222", "")).status, 303);
    r = fixture_post_as(f, EDIT, officer, body);
    assert_int_equal(r.status, 409);
    assert_true(reply_has(&r, "2,222.00")); /* what the other one saved */
    assert_true(reply_has(&r, "1,111.00")); /* beside what was typed */
    assert_true(reply_has(&r, "value=\"1,111\"")); /* and it still stands in the form */
    assert_true(reply_has(&r, "\xE0\xB9\x94\xE0\xB9\x92"));
    assert_int_equal(entered_of(f), 222200);
    int64_t now = version_of(f);
    char version[30];
    snprintf(version, sizeof version, "%lld", (long long)now);
    assert_string_equal(hidden(&r, "version"), version);
    assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, "1,111", "")).status, 303);
    assert_int_equal(entered_of(f), 111100);
}

static void the_trail_names_people_only_to_those_who_may_read_it(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct account_id id;
    struct str name = STR_NONE;
    assert_int_equal(fixture_post_as(f, EDIT, officer, body_of(f, "3,333", "")).status, 303);
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(account_find_login(f->db, f->arena, STR("officer"), &id));
    assert_ok(guard_names(f->db, f->arena, &id.v, 1, &name));
    char who[200];
    snprintf(who, sizeof who, "%.*s", STR_FMT(name));
    db_rollback(f->db);
    struct reply r = fixture_get(f, "/funds/D0001/years/2570", officer);
    assert_true(reply_has(&r, who));
    assert_true(reply_has(&r, "trail-title"));
    r = fixture_get(f, "/funds/D0001/years/2570", "");
    assert_true(reply_has(&r, "3,333.00"));
    assert_false(reply_has(&r, who));
    assert_false(reply_has(&r, "account:"));
}

/* ---- a session that had ended ---- */

static void end_sessions(struct fixture *f)
{
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE account_session SET ended_at = created_at"));
    assert_ok(db_commit(f->db));
}

static void a_form_of_an_ended_session_waits_for_its_owner(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    char cookies[600], others[600], kept[300];
    end_sessions(f);
    int64_t version = version_of(f);
    struct reply r = fixture_post(f, EDIT, officer, body_of(f, "4,444", DAYS "&csrf=x&password=hush&idempotency_key=abcdefgh-k"));
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/login?next=%2Fkept");
    snprintf(kept, sizeof kept, "%s", cookie_of(&r, "sarn_kept"));
    assert_int_equal(version_of(f), version);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post WHERE body LIKE '%hush%' OR body LIKE '%csrf%'"), 0);

    snprintf(others, sizeof others, "%s; %s", fixture_sign_in(f, "secretary"), kept);
    r = fixture_get(f, "/kept", others);
    assert_int_equal(r.status, 200);
    assert_false(reply_has(&r, "4,444"));
    assert_false(reply_has(&r, EDIT));

    snprintf(cookies, sizeof cookies, "%s; %s", fixture_sign_in(f, "officer"), kept);
    r = fixture_get(f, "/kept", cookies);
    assert_true(reply_has(&r, "action=\"" EDIT "\""));
    assert_string_equal(hidden(&r, "match_entered"), "4,444");
    assert_true(reply_has(&r, "name=\"idempotency_key\" value=\"abcdefgh-k\""));
    /* A day is one line, and none where nothing was typed. */
    assert_true(reply_has(&r, "<dd class=\"lines\">5 พฤศจิกายน 2569</dd>")); /* lint: thai as it is shown */
    assert_string_equal(hidden(&r, "population_local_on_d"), "5"); /* and sent on as it was typed */
    assert_false(reply_has(&r, msg_text(MSG_date_month_choose, LANG_TH).p));
    assert_false(reply_has(&r, "<dt><code>")); /* each in the words of its question */
    assert_true(reply_has(&r, str_z(f->arena, str_printf(f->arena, "<dt>%.*s</dt>", STR_FMT(msg_text(MSG_change_match_entered, LANG_TH))))));
    assert_false(reply_has(&r, "hush"));
    r = fixture_post_as(f, EDIT, cookies, body_of(f, "4,444", "&idempotency_key=abcdefgh-k"));
    assert_int_equal(r.status, 303);
    assert_int_equal(entered_of(f), 444400);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 0);
    r = fixture_get(f, "/kept", cookies);
    assert_false(reply_has(&r, "action=\"" EDIT "\""));
}

/* Logged out in another tab, or the cookie is gone: the form itself says whose it was. In a session that the same person
 * opened since, it is shown before it is sent on; no forged one is kept. */
static void a_form_without_its_session_is_kept_by_what_it_says(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    char body[900], forged[900], kept[300], cookies[600];
    int64_t version = version_of(f);
    struct reply r = fixture_get(f, EDIT, officer);
    ptrdiff_t form = str_find(r.body, STR("action=\"" EDIT "\"")); /* the menu's forms stand before it */
    assert_true(form > 0);
    r.body = str_from(r.body, (size_t)form);
    const char *token = hidden(&r, "csrf");
    snprintf(body, sizeof body, "%s&csrf=%s", body_of(f, "5,555", ""), token);
    snprintf(forged, sizeof forged, "%s", body);
    forged[strlen(forged) - 1] ^= 1;
    r = fixture_post(f, EDIT, "", forged);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/login?next=%2F");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 0);
    r = fixture_post(f, EDIT, "", body);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/login?next=%2Fkept");
    snprintf(kept, sizeof kept, "%s", cookie_of(&r, "sarn_kept"));
    snprintf(cookies, sizeof cookies, "%s; %s", fixture_sign_in(f, "secretary"), kept);
    r = fixture_get(f, "/kept", cookies);
    assert_false(reply_has(&r, "5,555"));
    snprintf(cookies, sizeof cookies, "%s; %s", fixture_sign_in(f, "officer"), kept);
    r = fixture_get(f, "/kept", cookies);
    assert_string_equal(hidden(&r, "match_entered"), "5,555");

    snprintf(cookies, sizeof cookies, "%s", fixture_sign_in(f, "officer")); /* another session than the form's */
    r = fixture_post(f, EDIT, cookies, body);
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/kept");
    assert_int_equal(version_of(f), version);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 2);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "DELETE FROM kept_post"));
    assert_ok(db_commit(f->db));
}

/* Somebody else has logged in at the same browser meanwhile: who is in is told so, sees nothing of what was typed and can
 * do nothing with it; its owner, logged in again there, finds it. */
static void a_form_sent_while_another_is_in_is_told_and_kept(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char body[900], kept[300], cookies[600];
    int64_t version = version_of(f);
    struct reply r = fixture_get(f, EDIT, fixture_sign_in(f, "officer"));
    r.body = str_from(r.body, (size_t)str_find(r.body, STR("action=\"" EDIT "\"")));
    snprintf(body, sizeof body, "%s&csrf=%s", body_of(f, "7,777", ""), hidden(&r, "csrf"));
    const char *secretary = fixture_sign_in(f, "secretary");
    r = fixture_post(f, EDIT, secretary, body);
    assert_int_equal(r.status, 403);
    assert_true(reply_has(&r, "แบบฟอร์มนี้เป็นของอีกคนหนึ่ง") && reply_has(&r, "name=\"next\" value=\"/kept\"")); /* lint: thai what happened */
    assert_true(reply_has(&r, "สิ่งที่พิมพ์ไว้ไม่หาย") && !reply_has(&r, "7,777")); /* lint: thai not lost, not shown */
    assert_int_equal(version_of(f), version);
    snprintf(kept, sizeof kept, "%s", cookie_of(&r, "sarn_kept"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 1);

    snprintf(cookies, sizeof cookies, "%s; %s", secretary, kept);
    r = fixture_get(f, "/kept", cookies);
    assert_false(reply_has(&r, "7,777") || reply_has(&r, EDIT));
    /* the other's own act on the same page takes nothing from its owner */
    r = fixture_post_as(f, EDIT, cookies, body_of(f, "8,888", ""));
    assert_int_equal(r.status, 303);
    assert_int_equal(reply_header(&r, "Set-Cookie").n, 0);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 1);
    r = fixture_post_as(f, "/logout", cookies, "next=%2Fkept");
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/login?next=%2Fkept");
    r = fixture_post_as(f, "/logout", fixture_sign_in(f, "secretary"), "next=%2F%2Felsewhere");
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/");
    snprintf(cookies, sizeof cookies, "%s; %s", fixture_sign_in(f, "officer"), kept);
    r = fixture_get(f, "/kept", cookies);
    assert_string_equal(hidden(&r, "match_entered"), "7,777");

    /* a door that opens its transactions itself, and a form in which nothing was typed */
    r = fixture_get(f, EDIT, fixture_sign_in(f, "officer"));
    r.body = str_from(r.body, (size_t)str_find(r.body, STR("action=\"" EDIT "\"")));
    snprintf(body, sizeof body, "csrf=%s", hidden(&r, "csrf"));
    r = fixture_post(f, EDIT, fixture_sign_in(f, "secretary"), body);
    assert_true(r.status == 403 && reply_has(&r, "แบบฟอร์มนี้เป็นของอีกคนหนึ่ง") && !reply_has(&r, "สิ่งที่พิมพ์ไว้ไม่หาย")); /* lint: thai nothing to keep */
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 1);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "DELETE FROM kept_post"));
    assert_ok(db_commit(f->db));
}

static void a_kept_form_may_be_dropped_and_goes_by_itself(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    char cookies[600], bad[600];
    end_sessions(f);
    struct reply r = fixture_post(f, EDIT, officer, body_of(f, "1", ""));
    char kept[300];
    snprintf(kept, sizeof kept, "%s", cookie_of(&r, "sarn_kept"));
    snprintf(cookies, sizeof cookies, "%s; %s", fixture_sign_in(f, "officer"), kept);
    snprintf(bad, sizeof bad, "%s", cookies);
    bad[strlen(bad) - 1] ^= 1; /* a signature that is not ours */
    r = fixture_get(f, "/kept", bad);
    assert_false(reply_has(&r, EDIT));
    clock_fix(clock_today(), 9, 31);
    r = fixture_get(f, "/kept", cookies);
    assert_false(reply_has(&r, EDIT));
    clock_fix(clock_today(), 8, 30);
    r = fixture_get(f, "/kept", cookies);
    assert_true(reply_has(&r, EDIT));
    assert_int_equal(fixture_post_as(f, "/kept/drop", cookies, "x=1").status, 303);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 0);
    /* Six in a row: five are kept. */
    end_sessions(f);
    for (int i = 0; i < 6; i++) fixture_post(f, EDIT, officer, body_of(f, "1", ""));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM kept_post"), 5);
}

static void nothing_typed_is_nothing_kept(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    end_sessions(f);
    struct reply r = fixture_post(f, "/kept/drop", officer, "csrf=abc&idempotency_key=abcdefgh-n");
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/login?next=%2F");
    r = fixture_post(f, FACTS, officer, "{}");
    assert_int_equal(r.status, 401);
}

/* ---- the audit trail itself ---- */

static void personal_values_are_sealed_until_erasure(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id;
    struct actor by = actor_system("system:test");
    struct audit_change change = {"phone", STR_NONE, STR("0812345678")};
    struct audit_entry *acts = NULL;
    size_t n = 0;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_find_login(f->db, f->arena, STR("applicant"), &id));
    assert_ok(audit_write_personal(f->db, f->arena, &by, "change", "test", 1, id.v, &change, 1));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit_field WHERE after LIKE '%0812345678%'"), 0);
    assert_ok(audit_list(f->db, f->arena, "test", 1, AUDIT_FIRST, 5, &acts, &n));
    assert_int_equal(n, 1);
    assert_string_equal(str_z(f->arena, acts[0].fields[0].after), "0812345678");
    assert_false(acts[0].fields[0].is_gone);
    assert_ok(account_erase(f->db, f->arena, &by, id));
    assert_ok(audit_list(f->db, f->arena, "test", 1, AUDIT_FIRST, 5, &acts, &n));
    assert_true(acts[0].fields[0].is_gone);
    assert_true(str_is_none(acts[0].fields[0].after));
    db_rollback(f->db);
}

/* ---- what a phone keeps ---- */

/* The mark on <body>: whose drafts may be seen and sent; "" without one. */
static struct str mark_of(struct fixture *f, const struct reply *r)
{
    ptrdiff_t at = str_find(r->body, STR("<body data-who=\""));
    if (at < 0) return STR("");
    struct str rest = str_from(r->body, (size_t)at + strlen("<body data-who=\""));
    return str_copy(f->arena, str_first(rest, (size_t)str_find_char(rest, '"')));
}

static void the_worker_is_asked_for_each_time_and_names_what_it_keeps(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/sw.js", fixture_sign_in(f, "officer"));
    assert_int_equal(r.status, 200);
    assert_true(str_starts(r.type, STR("text/javascript")));
    has_header(&r, "Cache-Control", "no-cache");
    assert_false(str_is_none(r.raw.etag));
    assert_true(str_is_none(reply_header(&r, "Set-Cookie")));
    assert_true(str_starts(r.body, STR("const ASSETS = ['/assets/")));
    for (size_t i = 0; i < asset_count; i++) {
        bool is_worker = str_eq(asset_table[i].name, STR("sw.js"));
        assert_true((str_find(r.body, asset_table[i].path) >= 0) != is_worker);
    }
}

static void the_shell_of_a_phone_is_nobodys(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_get(f, "/offline/shell", officer);
    assert_int_equal(r.status, 200);
    assert_int_equal(mark_of(f, &r).n, 0);
    assert_false(reply_has(&r, "/logout"));
    assert_int_equal(r.cost.statements, 0);
    r = fixture_get(f, "/offline", officer);
    assert_int_equal(r.status, 200);
    assert_true(mark_of(f, &r).n > 0);
    assert_true(reply_has(&r, "id=\"unsent\"") && reply_has(&r, "id=\"leave\""));
}

static void a_draft_has_the_mark_of_its_writer(void **state)
{
    char first[60], again[60], other[60];
    (void)state;
    struct fixture *f = fixture_house();
    const struct { const char *login; char *ret; } asked[] = {{"officer", first}, {"officer", again}, {"secretary", other}};
    for (size_t i = 0; i < 3; i++) {
        struct reply r = fixture_get(f, "/rules", fixture_sign_in(f, asked[i].login));
        snprintf(asked[i].ret, sizeof first, "%.*s", STR_FMT(mark_of(f, &r)));
    }
    struct reply visitor = fixture_get(f, "/rules", "");
    assert_int_equal(strlen(first), 32);
    assert_string_equal(first, again);       /* of the person, not of the session */
    assert_string_not_equal(first, other);
    assert_int_equal(mark_of(f, &visitor).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visitors_are_asked_to_log_in),
        cmocka_unit_test(a_role_and_its_place_are_both_needed),
        cmocka_unit_test(who_asks_costs_two_statements),
        cmocka_unit_test(what_an_auditor_looks_at_is_on_record_first),
        cmocka_unit_test(a_bad_token_is_told),
        cmocka_unit_test(a_token_writes_without_a_form),
        cmocka_unit_test(a_form_without_its_mark_writes_nothing),
        cmocka_unit_test(a_visitors_form_is_ours_too),
        cmocka_unit_test(a_double_click_is_one_act),
        cmocka_unit_test(the_same_key_for_something_else_is_refused),
        cmocka_unit_test(a_refused_form_may_be_sent_again_with_its_key),
        cmocka_unit_test(old_answers_are_swept),
        cmocka_unit_test(the_second_sees_both_and_loses_nothing),
        cmocka_unit_test(the_trail_names_people_only_to_those_who_may_read_it),
        cmocka_unit_test(a_form_of_an_ended_session_waits_for_its_owner),
        cmocka_unit_test(a_form_without_its_session_is_kept_by_what_it_says),
        cmocka_unit_test(a_form_sent_while_another_is_in_is_told_and_kept),
        cmocka_unit_test(a_kept_form_may_be_dropped_and_goes_by_itself),
        cmocka_unit_test(nothing_typed_is_nothing_kept),
        cmocka_unit_test(personal_values_are_sealed_until_erasure),
        cmocka_unit_test(the_worker_is_asked_for_each_time_and_names_what_it_keeps),
        cmocka_unit_test(the_shell_of_a_phone_is_nobodys),
        cmocka_unit_test(a_draft_has_the_mark_of_its_writer),
    };
    return FIXTURE_RUN(tests);
}
