/* second_step_test.c — what may be a password; the second step: codes of a telephone that are good once and are not guessed
 * faster than a password, what switching it off asks for, a lost telephone; and the names of cookies. */
#include "tests/rooms/account_fixture.h"

/* ---- what may be a password ---- */

static void what_everybody_tries_first_is_refused(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const refused[] = {
        "1234567890", "QWERTYUIOP", "ASDFGH7890", "ZXCVBN4567", "asdfghjkl123", "9876543210", "abcdefghij", "qwer1234asdf", "aaaaaaaaaa", "abcabcabcabc", "1212121212",
        "sunshine2569", "Sunshine!99", "P@ssw0rd2024", "passw0rd!!", "2569dragon!", "officer2569", "OFFICER-123", "nonthaburi", "Nonthaburi70",
        "กองทุนสุขภาพ2569", "สวัสดี123456", "dv'm6o2569", "sarn123456", "basketball", "1q2w3e4r5t", "kpxvqhzwkpxvqhzw"};
    static const char *const good[] = {"three easy words", "sarn-demo-2570", "dragon and monkey", "kpxvqhzwtm", "2569 mango trees",
                                       "ฝนตกหนักที่บ้านน้ำใส", "sunshine12345678", "83920174658", "kpxvqhzwtkpxvqhzwt"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (account_password_fault(f->arena, STR("officer"), str_of(refused[i])) != ACCOUNT_PASSWORD_COMMON) fail_msg("%s", refused[i]);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (account_password_fault(f->arena, STR("officer"), str_of(good[i])) != ACCOUNT_PASSWORD_GOOD) fail_msg("%s", good[i]);
    assert_int_equal(account_password_fault(f->arena, STR("0812345678"), STR("0812345678")), ACCOUNT_PASSWORD_LOGIN);
    assert_int_equal(account_password_fault(f->arena, STR("0812345678"), STR("0812345678!")), ACCOUNT_PASSWORD_COMMON);
}

static void a_telephone_code_is_good_once(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id = account_named(f, "nation");
    struct actor by = {.code = STR("account:test"), .account = id.v};
    at(10, 0);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_err(account_totp_set(f->db, f->arena, &by, id, STR(STEPS_TOTP_SECRET), STR("000000")), ERR_INPUT);
    assert_ok(account_totp_set(f->db, f->arena, &by, id, STR(STEPS_TOTP_SECRET), str_of(totp_code(-1))));
    assert_ok(db_commit(f->db));
    struct reply r = log_in(f, "nation", DEMO);
    assert_int_equal(r.status, 401);
    assert_true(reply_has(&r, "code_wanted"));
    char body[200];
    snprintf(body, sizeof body, "{\"login\": \"nation\", \"password\": \"" DEMO "\", \"code\": \"%s\"}", totp_code(0));
    assert_int_equal(fixture_post_visitor(f, "/api/v1/login", body).status, 200);
    assert_int_equal(fixture_post_visitor(f, "/api/v1/login", body).status, 401); /* seen over a shoulder */
    snprintf(body, sizeof body, "{\"login\": \"nation\", \"password\": \"" DEMO "\", \"code\": \"%s\"}", totp_code(-1));
    assert_int_equal(fixture_post_visitor(f, "/api/v1/login", body).status, 401); /* an older one */
    run_sql(f, "DELETE FROM account_throttle");
    run_sql(f, "UPDATE account SET totp_secret = NULL, totp_step = NULL");
    at(8, 30);
}

static void the_second_step_is_not_guessed_faster(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id = account_named(f, "nation"), whose = {0};
    struct actor by = {.code = STR("account:test"), .account = id.v};
    struct str first, second;
    struct account_code_id code;
    char cookie[200];
    at(10, 0);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_totp_set(f->db, f->arena, &by, id, STR(STEPS_TOTP_SECRET), str_of(totp_code(-1))));
    assert_ok(account_ticket_add(f->db, f->arena, id, &first));
    assert_ok(account_ticket_add(f->db, f->arena, id, &second));
    assert_err(account_ticket_try(f->db, f->arena, first, &code, &whose), ERR_NOT_FOUND); /* tickets are not laid up */
    assert_ok(db_commit(f->db));
    run_sql(f, "DELETE FROM account_throttle");
    snprintf(cookie, sizeof cookie, "sarn_second=%.*s", STR_FMT(second));
    for (int i = 0; i < 3; i++)
        assert_int_equal(fixture_post_visitor_with(f, "/login/code", cookie, "code=000000").status, 401);
    assert_int_equal(count(f, "SELECT MAX(failures) FROM account_throttle"), 3);
    assert_int_equal(log_in(f, "nation", DEMO).status, 429); /* and the password waits with it */
    run_sql(f, "DELETE FROM account_throttle");
    run_sql(f, "UPDATE account SET totp_secret = NULL, totp_step = NULL");
    at(8, 30);
}

static void switching_the_second_step_off_asks_for_the_password(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id = account_named(f, "nation");
    struct actor by = {.code = STR("account:test"), .account = id.v};
    char in[200], body[200];
    at(11, 0);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_totp_set(f->db, f->arena, &by, id, STR(STEPS_TOTP_SECRET), str_of(totp_code(-1))));
    assert_ok(db_commit(f->db));
    snprintf(in, sizeof in, "%s", fixture_sign_in(f, "nation"));
    static const char *const wrong[] = {"", "&off_password=not+this+one"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(body, sizeof body, "code=%s%s", totp_code(0), wrong[i]);
        struct reply r = fixture_post_as(f, "/me/totp/off", in, body);
        assert_int_equal(r.status, 400);
        assert_true(reply_has(&r, "off_password-fault"));
        run_sql(f, "DELETE FROM account_throttle");
    }
    struct reply r = fixture_post_as(f, "/me/totp/off", in, "code=000000&off_password=" DEMO);
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "code-fault"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE totp_secret IS NOT NULL"), 1);
    snprintf(body, sizeof body, "code=%s&off_password=" DEMO, totp_code(0));
    assert_int_equal(fixture_post_as(f, "/me/totp/off", in, body).status, 303);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE totp_secret IS NOT NULL"), 0);
    run_sql(f, "DELETE FROM account_throttle");
    at(8, 30);
}

static int status_over_tls(struct fixture *f, const char *name, const char *cookie)
{
    char sent[250];
    snprintf(sent, sizeof sent, "%s%s", name, cookie);
    return fixture_send(f, &(struct fixture_request){.target = "/api/v1/me", .cookies = sent, .headers = "X-Forwarded-Proto: https"}).status;
}

/* A name that no other host and no plain answer can give to a browser; and where there is no TLS, one that a browser takes. */
static void behind_tls_cookies_are_of_this_host_alone(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char in[200];
    struct reply r = fixture_send(f, &(struct fixture_request){.target = "/login", .headers = "X-Forwarded-Proto: https"});
    struct str set = reply_header(&r, "Set-Cookie");
    assert_true(str_starts(set, STR("__Host-sarn_form=")));
    assert_true(str_find(set, STR("; Path=/; HttpOnly; SameSite=Lax; Secure")) > 0 && str_find(set, STR("Domain")) < 0);
    r = fixture_get(f, "/login", "");
    set = reply_header(&r, "Set-Cookie");
    assert_true(str_starts(set, STR("sarn_form=")) && str_find(set, STR("Secure")) < 0);
    snprintf(in, sizeof in, "%s", fixture_sign_in(f, "member"));
    assert_int_equal(me_status(f, in), 200);
    assert_int_equal(status_over_tls(f, "", in), 401); /* planted by a neighbour: nothing */
    assert_int_equal(status_over_tls(f, "__Host-", in), 200);
}

static void a_lost_telephone_goes_with_the_reset(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id = account_named(f, "nation");
    struct actor by = {.code = STR("account:test"), .account = id.v};
    char admin[200], body[100];
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_totp_set(f->db, f->arena, &by, id, STR(STEPS_TOTP_SECRET), str_of(totp_code(0))));
    assert_ok(db_commit(f->db));
    snprintf(admin, sizeof admin, "%s", fixture_sign_in(f, "admin"));
    snprintf(body, sizeof body, "account=%lld", (long long)id.v);
    struct reply r = fixture_post_as(f, "/admin/people/reset", admin, body);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "totp_off")); /* offered, not done */
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE totp_secret IS NOT NULL"), 1);
    snprintf(body, sizeof body, "account=%lld&totp_off=1", (long long)id.v);
    r = fixture_post_as(f, "/admin/people/reset", admin, body);
    assert_int_equal(r.status, 200);
    assert_false(reply_has(&r, "totp_off"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE totp_secret IS NOT NULL"), 0);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit_field WHERE field = 'totp' AND after = 'off'") > 0, true);
    snprintf(body, sizeof body, "{\"account\": %lld, \"totp_off\": true}", (long long)account_named(f, "admin").v);
    assert_int_equal(fixture_post_as(f, "/api/v1/funds/D0001/people/reset", fixture_sign_in(f, "secretary"), body).status, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_everybody_tries_first_is_refused),
        cmocka_unit_test(a_telephone_code_is_good_once),
        cmocka_unit_test(the_second_step_is_not_guessed_faster),
        cmocka_unit_test(switching_the_second_step_off_asks_for_the_password),
        cmocka_unit_test(behind_tls_cookies_are_of_this_host_alone),
        cmocka_unit_test(a_lost_telephone_goes_with_the_reset),
    };
    return FIXTURE_RUN(tests);
}
