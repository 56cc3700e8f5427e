/* account_test.c — people: logging in and being slowed down, sessions and their ends, dated grants and what
 * they hold, invitations and codes that are good once, being forgotten. */
#include "tests/rooms/account_fixture.h"

#include "app/audit.h"
#include "db/catalog.h"

/* ---- logging in ---- */

static void each_demo_login_gets_in_and_nobody_else(void **state)
{
    (void)state;
    static const char *const logins[] = {"applicant", "officer", "secretary", "member",  "chair",  "mentor", "district",
                                         "province",  "region",  "nation",    "agency",  "auditor", "admin"};
    struct fixture *f = fixture_house();
    at(8, 30);
    for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++) {
        struct reply r = log_in(f, logins[i], DEMO);
        if (r.status != 200) fail_msg("%s: %d", logins[i], r.status);
        assert_true(str_starts(reply_header(&r, "Set-Cookie"), STR("sarn_session=")));
        assert_true(str_find(reply_header(&r, "Set-Cookie"), STR("HttpOnly; SameSite=Lax")) > 0);
    }
    assert_int_equal(log_in(f, "OFFICER ", DEMO).status, 200); /* one form of a login */
    struct reply none = log_in(f, "nobody.here", DEMO), wrong = log_in(f, "member", "wrong password");
    assert_int_equal(none.status, 401);
    assert_int_equal(wrong.status, 401);
    assert_true(reply_has(&wrong, "bad_login"));
    run_sql(f, "DELETE FROM account_throttle");
}

static void a_cookie_that_was_there_before_is_not_the_session(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char planted[] = "sarn_session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert_int_equal(me_status(f, planted), 401);
    const char *old = fixture_sign_in(f, "member");
    char kept[200];
    snprintf(kept, sizeof kept, "%s", old);
    struct reply r = fixture_post_as(f, "/api/v1/login", kept, "{\"login\": \"member\", \"password\": \"" DEMO "\"}");
    assert_int_equal(r.status, 200);
    assert_int_equal(me_status(f, kept), 401); /* the old one ended as the new one began */
}

static void tries_are_slowed_down_and_forgiven(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    run_sql(f, "DELETE FROM account_throttle");
    run_sql(f, "DELETE FROM account_session WHERE account_id = (SELECT id FROM account WHERE login = 'region')");
    at(9, 0);
    assert_int_equal(log_in(f, "region", "wrong password").status, 401);
    assert_int_equal(log_in(f, "region", "wrong password").status, 401); /* one slip is free */
    struct reply r = log_in(f, "region", DEMO);
    assert_int_equal(r.status, 429);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Retry-After")), "1");
    assert_int_equal(log_in(f, "chair", DEMO).status, 200); /* others are not */
    int64_t waits[12] = {0};
    for (int i = 0; i < 12; i++) {
        at(9 + (i + 1) / 3, (i + 1) % 3 * 16);
        run_sql(f, "UPDATE account_throttle SET failures = failures * 2 + 1"); /* what a quarter of an hour forgave */
        r = log_in(f, "region", "wrong password");
        assert_int_equal(r.status, 401);
        r = log_in(f, "region", DEMO);
        assert_int_equal(r.status, 429);
        assert_ok(str_to_int(reply_header(&r, "Retry-After"), &waits[i]));
        assert_in_range(waits[i], 1, 900);
        if (i > 0) assert_true(waits[i] >= waits[i - 1]);
    }
    assert_int_equal(waits[11], 900);
    at(22, 0); /* hours later: nobody is locked out */
    assert_int_equal(log_in(f, "region", DEMO).status, 200);
    assert_int_equal(log_in(f, "region", "wrong password").status, 401);
    assert_int_equal(log_in(f, "region", DEMO).status, 200);
    run_sql(f, "DELETE FROM account_throttle");
    at(8, 30);
}

/* ---- sessions ---- */

static void a_session_ends_by_rest_by_age_and_by_hand(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    at(8, 30);
    char idle[200], aged[200], ended[200];
    snprintf(idle, sizeof idle, "%s", fixture_sign_in(f, "member"));
    assert_int_equal(me_status(f, idle), 200);
    at(16, 29);
    assert_int_equal(me_status(f, idle), 200); /* seen again: the rest begins anew */
    clock_fix((struct date){2026, 11, 23}, 0, 28);
    assert_int_equal(me_status(f, idle), 200);
    clock_fix((struct date){2026, 11, 23}, 8, 29);
    assert_int_equal(me_status(f, idle), 401);
    at(8, 30);
    run_sql(f, "INSERT INTO app_setting (key, value) VALUES ('session_idle_minutes', '100000')");
    snprintf(aged, sizeof aged, "%s", fixture_sign_in(f, "member"));
    clock_fix((struct date){2026, 12, 22}, 8, 29);
    assert_int_equal(me_status(f, aged), 200);
    clock_fix((struct date){2026, 12, 22}, 8, 31);
    assert_int_equal(me_status(f, aged), 401);
    run_sql(f, "DELETE FROM app_setting WHERE key = 'session_idle_minutes'");
    at(8, 30);
    snprintf(ended, sizeof ended, "%s", fixture_sign_in(f, "member"));
    assert_int_equal(fixture_post_as(f, "/logout", ended, "x=1").status, 303);
    assert_int_equal(me_status(f, ended), 401);
}

static void switching_turns_the_secret_and_the_grant(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char before[200], after[200], body[100];
    snprintf(before, sizeof before, "%s", fixture_sign_in(f, "two.hats"));
    struct reply r = fixture_get(f, "/api/v1/me", before);
    assert_true(str_find(r.body, STR("\"scopes\":[{\"role\":\"officer\",\"kind\":\"fund\",\"code\":\"D0008\"}")) > 0);
    int64_t other = count(f, "SELECT MAX(g.id) FROM account_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'two.hats'");
    snprintf(body, sizeof body, "grant=%lld", (long long)other);
    r = fixture_post_as(f, "/me/grant", before, body);
    assert_int_equal(r.status, 303);
    struct str set = reply_header(&r, "Set-Cookie"), first;
    assert_true(str_split(&set, ';', &first));
    snprintf(after, sizeof after, "%.*s", STR_FMT(first));
    assert_int_equal(me_status(f, before), 401);
    r = fixture_get(f, "/api/v1/me", after);
    assert_true(str_find(r.body, STR("\"scopes\":[{\"role\":\"mentor\",\"kind\":\"district\",\"code\":\"1203\"}")) > 0);
    /* Somebody else's grant is none of theirs. */
    int64_t admin = count(f, "SELECT MIN(id) FROM account_grant WHERE role = 'admin'");
    snprintf(body, sizeof body, "grant=%lld", (long long)admin);
    assert_int_equal(fixture_post_as(f, "/me/grant", after, body).status, 404);
}

static void who_asks_costs_two_statements_or_none(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char in[200];
    snprintf(in, sizeof in, "%s", fixture_sign_in(f, "officer"));
    assert_int_equal(fixture_get(f, "/api/v1/me", in).cost.statements, 2);
    assert_int_equal(fixture_get(f, "/login", "").cost.statements, 0);
}

/* ---- grants ---- */

static struct grant grant_read(struct fixture *f, const char *login)
{
    struct account_grant_seen *rows = NULL;
    size_t n = 0;
    struct grant g = {0};
    struct account_id id = account_named(f, login);
    assert_ok(account_grant_list(f->db, f->arena, id, 5, &rows, &n));
    assert_true(n > 0);
    g = (struct grant){.id = rows[0].id.v, .code = rows[0].code};
    assert_ok(role_of(rows[0].role, &g.role));
    assert_ok(scope_kind_of(rows[0].kind, &g.kind));
    return g;
}

static void a_scope_holds_what_its_fund_years_hold(void **state)
{
    (void)state;
    static const struct {
        const char *login, *fund;
        bool holds;
    } funds[] = {{"officer", "D0001", true},   {"officer", "D0002", false},  {"district", "D0001", true},
                 {"district", "D0009", false}, {"province", "D0009", true},  {"province", "L3009", false},
                 {"region", "D0001", true},    {"region", "L3009", false},   {"nation", "L3009", true},
                 {"nation", "X0000", false},   {"agency", "D0001", false},   {"admin", "D0066", true}};
    static const struct {
        const char *login, *area;
        bool holds;
    } areas[] = {{"district", "1203", true}, {"district", "120301", true}, {"district", "12", false},
                 {"province", "1203", true}, {"province", "90", false},    {"region", "12", true},
                 {"region", "R12", false},   {"nation", "TH", true},       {"officer", "1203", false},
                 {"nation", "9999", false}};
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof funds / sizeof funds[0]; i++) {
        bool holds = !funds[i].holds;
        struct grant g = grant_read(f, funds[i].login);
        assert_ok(guard_holds_fund(f->db, f->arena, &g, str_of(funds[i].fund), &holds));
        if (holds != funds[i].holds) fail_msg("%s, %s", funds[i].login, funds[i].fund);
    }
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        bool holds = !areas[i].holds;
        struct grant g = grant_read(f, areas[i].login);
        assert_ok(guard_holds_area(f->db, f->arena, &g, str_of(areas[i].area), &holds));
        if (holds != areas[i].holds) fail_msg("%s, %s", areas[i].login, areas[i].area);
    }
    /* A fund that moved away is still held for the years that it lay there. */
    struct grant g = grant_read(f, "district");
    bool holds = false;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE fund_district SET district_id = (SELECT area_id FROM area_code WHERE code = '9011' AND valid_to IS NULL) "
                               "WHERE fund_id = (SELECT id FROM fund WHERE code = 'D0001')"));
    assert_ok(guard_holds_fund(f->db, f->arena, &g, STR("D0001"), &holds));
    assert_true(holds);
    db_rollback(f->db);
}

static void a_grant_is_good_on_its_days_only(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct actor by = actor_system("system:test");
    struct account_grant_id id;
    struct account_grant g = {.account = account_named(f, "chair"), .role = ROLE_member, .kind = SCOPE_FUND,
                              .code = STR("D0002"), .from = {2026, 12, 1}, .to = {true, {2026, 12, 5}}};
    run_sql(f, "INSERT INTO app_setting (key, value) VALUES ('session_idle_minutes', '100000')");
    at(8, 30);
    char in[200];
    snprintf(in, sizeof in, "%s", fixture_sign_in(f, "chair"));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_grant_add(f->db, f->arena, &by, &g, &id));
    struct account_grant bad = g;
    bad.kind = SCOPE_DISTRICT;
    bad.code = STR("1203");
    assert_err(account_grant_add(f->db, f->arena, &by, &bad, &id), ERR_INPUT); /* a member of a district? */
    bad = g;
    bad.code = STR("D9999");
    assert_err(account_grant_add(f->db, f->arena, &by, &bad, &id), ERR_NOT_FOUND);
    assert_ok(db_commit(f->db));
    static const struct {
        struct date day;
        bool is_there;
    } days[] = {{{2026, 11, 30}, false}, {{2026, 12, 1}, true}, {{2026, 12, 5}, true}, {{2026, 12, 6}, false}};
    for (size_t i = 0; i < 4; i++) {
        clock_fix(days[i].day, 8, 30);
        struct reply r = fixture_get(f, "/api/v1/me", in);
        assert_int_equal(r.status, 200);
        assert_int_equal(reply_has(&r, "D0002"), days[i].is_there);
    }
    at(8, 30);
    run_sql(f, "DELETE FROM app_setting WHERE key = 'session_idle_minutes'");
}

/* ---- invitations and codes ---- */

static void an_invitation_is_good_once(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct steps_text t = {0};
    steps_invite(f, &t);
    struct reply r = fixture_get(f, t.target, "");
    assert_int_equal(r.status, 200);
    const char *body = "name=Malee&contact=malee%40example.com&password=three+easy+words";
    r = fixture_post_visitor(f, t.target, body);
    assert_int_equal(r.status, 303);
    assert_true(str_starts(reply_header(&r, "Set-Cookie"), STR("sarn_session=")));
    r = fixture_post_visitor(f, t.target, "name=Other&contact=other%40example.com&password=three+easy+words");
    assert_int_equal(r.status, 404);
    assert_int_equal(fixture_get(f, t.target, "").status, 404);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE login = 'other@example.com'"), 0);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account_grant g JOIN account a ON a.id = g.account_id "
                              "WHERE a.login = 'malee@example.com' AND g.role = 'member' AND g.scope_code = 'D0001'"), 1);
    steps_invite(f, &t);
    clock_fix((struct date){2026, 12, 7}, 8, 30); /* a fortnight later */
    assert_int_equal(fixture_get(f, t.target, "").status, 404);
    at(8, 30);
}

/* One person, one role in a fund's decisions: who made the link does not take it, on the page or by JSON; another may. */
static void nobody_takes_their_own_invitation(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct steps_text t = {0};
    char officer[200], api[700];
    static const char held[] = "SELECT COUNT(*) FROM account_grant g JOIN account a ON a.id = g.account_id "
                               "WHERE a.login = 'officer' AND g.role = 'member'";
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    steps_invite(f, &t);
    assert_int_equal(fixture_get(f, t.target, officer).status, 200);
    struct reply r = fixture_post_as(f, t.target, officer, "");
    assert_int_equal(r.status, 404);
    assert_true(reply_has(&r, "<h1>")); /* a page that says it in words */
    snprintf(api, sizeof api, "/api/v1%s", t.target);
    assert_int_equal(fixture_post_as(f, api, officer, "{}").status, 404);
    assert_int_equal(count(f, held), 0);
    r = fixture_post_visitor(f, t.target, "name=Suda&contact=suda%40example.com&password=three+easy+words");
    assert_int_equal(r.status, 303); /* it was not used up */
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account_grant g JOIN account a ON a.id = g.account_id "
                              "WHERE a.login = 'suda@example.com' AND g.role = 'member'"), 1);
}

static void a_link_dies_with_the_right_of_who_made_it(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct steps_text t = {0};
    steps_invite(f, &t);
    const char *body = "name=Back&contact=back%40example.com&password=three+easy+words";
    run_sql(f, "UPDATE account_grant SET valid_to = '2026-11-01' WHERE account_id = (SELECT id FROM account WHERE login = "
               "'officer')");
    assert_int_equal(fixture_get(f, t.target, "").status, 404);
    assert_int_equal(fixture_post_visitor(f, t.target, body).status, 404);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE login = 'back@example.com'"), 0);
    run_sql(f, "UPDATE account_grant SET valid_to = NULL WHERE account_id = (SELECT id FROM account WHERE login = "
               "'officer')");
    assert_int_equal(fixture_get(f, t.target, "").status, 200);
}

static void nobody_gives_what_is_not_theirs_to_give(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char officer[200], secretary[200], body[100];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(secretary, sizeof secretary, "%s", fixture_sign_in(f, "secretary"));
    assert_int_equal(fixture_post_as(f, "/funds/D0001/people/invite", officer, "role=secretary").status, 400);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/people/invite", secretary, "role=admin").status, 400);
    assert_int_equal(fixture_post_as(f, "/funds/D0002/people/invite", secretary, "role=officer").status, 403);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/people/invite", officer, "role=applicant").status, 200);
    snprintf(body, sizeof body, "account=%lld", (long long)account_named(f, "admin").v);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/people/reset", secretary, body).status, 400);
    /* An administrator who is also a member of the fund stays out of the secretary's hands. */
    struct actor by = actor_system("system:test");
    struct account_grant_id id;
    struct account_grant g = {.account = account_named(f, "admin"), .role = ROLE_member, .kind = SCOPE_FUND,
                              .code = STR("D0001"), .from = {2026, 1, 1}};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_grant_add(f->db, f->arena, &by, &g, &id));
    assert_ok(db_commit(f->db));
    assert_int_equal(fixture_post_as(f, "/funds/D0001/people/reset", secretary, body).status, 400);
    snprintf(body, sizeof body, "grant=%lld", (long long)count(f, "SELECT MIN(id) FROM account_grant WHERE role = 'admin'"));
    assert_int_equal(fixture_post_as(f, "/funds/D0001/people/end", secretary, body).status, 404);
}

static void a_reset_code_is_tried_five_times(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct actor by = actor_system("system:test");
    struct account_id id = account_named(f, "mentor"), made_by;
    struct account_group_id group;
    struct str code;
    by.account = id.v;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_code_add(f->db, f->arena, &by, id, "reset", (struct account_group_id){0}, &code));
    assert_int_equal(code.n, 8);
    for (int i = 0; i < 5; i++)
        assert_err(account_code_use(f->db, f->arena, id, "reset", STR("00000000x"), &group, &made_by), ERR_INPUT);
    assert_err(account_code_use(f->db, f->arena, id, "reset", code, &group, &made_by), ERR_INPUT);
    assert_ok(account_code_add(f->db, f->arena, &by, id, "reset", (struct account_group_id){0}, &code));
    assert_err(account_code_use(f->db, f->arena, id, "confirm", code, &group, &made_by), ERR_INPUT); /* for something else */
    assert_ok(account_code_use(f->db, f->arena, id, "reset", code, &group, &made_by));
    assert_err(account_code_use(f->db, f->arena, id, "reset", code, &group, &made_by), ERR_INPUT); /* once */
    db_rollback(f->db);
}

static void a_reset_sets_the_password_and_ends_sessions(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char in[200];
    struct steps_text t = {0};
    snprintf(in, sizeof in, "%s", fixture_sign_in(f, "adviser"));
    steps_reset(f, &t);
    assert_int_equal(fixture_post_visitor(f, "/reset", "login=adviser&code=00000000&password=three+easy+words").status, 400);
    assert_int_equal(fixture_post_visitor(f, "/reset", t.body).status, 303);
    assert_int_equal(me_status(f, in), 401);
    assert_int_equal(log_in(f, "adviser", DEMO).status, 401);
    assert_int_equal(log_in(f, "adviser", "three easy words").status, 200);
    run_sql(f, "DELETE FROM account_throttle");
}

static void what_was_on_paper_is_confirmed_by_the_group(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char body[200], officer[200];
    const char *code = group_on_paper(f, "0822223333", "Elders of Moo 2");
    snprintf(body, sizeof body, "phone=082-222-3333&code=%s", code);
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    assert_int_equal(fixture_post_as(f, "/confirm", officer, body).status, 400); /* who entered it does not confirm it */
    assert_int_equal(fixture_post_visitor(f, "/confirm", "phone=0822223333&code=12345678").status, 400);
    struct reply r = fixture_post_visitor(f, "/confirm", body);
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "Elders of Moo 2"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account_group WHERE name = 'Elders of Moo 2' AND confirmed_how = 'code' "
                              "AND confirmed_at IS NOT NULL"), 1);
    assert_int_equal(fixture_post_visitor(f, "/confirm", body).status, 400); /* once */
}

static void a_signed_scan_is_looked_at_by_somebody_else(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct steps_text t = {0};
    char officer[200], secretary[200], page[200], seen[220], body[60], file[300], other[300];
    steps_scan(f, &t);
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(secretary, sizeof secretary, "%s", fixture_sign_in(f, "secretary"));
    snprintf(page, sizeof page, "%.*s", (int)(strlen(t.target) - strlen("/scan")), t.target);
    snprintf(seen, sizeof seen, "%s/seen", page);
    assert_int_equal(fixture_post_as(f, seen, secretary, "use=1").status, 404); /* nothing to be seen */
    struct reply r = fixture_post_as(f, t.target, officer, "names=Somsri&signed_on_d=29&signed_on_m=11&signed_on_y=2569");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "href=\"#scan\"") && reply_has(&r, "href=\"#signed_on\"")); /* no file; a day to come */
    assert_true(reply_has(&r, "value=\"Somsri\""));
    assert_int_equal(fixture_post_as(f, t.target, fixture_sign_in(f, "member"), STEPS_SCAN_BODY).status, 403);
    assert_int_equal(fixture_post_as(f, t.target, officer, STEPS_SCAN_BODY).status, 303);
    int64_t old = count(f, "SELECT MAX(id) FROM file_use");
    assert_int_equal(fixture_post_as(f, t.target, officer, STEPS_SCAN_BODY).status, 303);
    int64_t use = count(f, "SELECT MAX(id) FROM file_use");
    r = fixture_get(f, page, officer);
    assert_int_equal(r.status, 200);
    assert_false(reply_has(&r, "/seen\""));
    r = fixture_get(f, page, secretary);
    assert_true(reply_has(&r, "/seen\"") && reply_has(&r, "Somsri, Prasit"));
    assert_true(r.cost.statements <= 8);
    /* The file: for those who may see the fund's people, by its group only. */
    snprintf(file, sizeof file, "%s/files/%lld", page, (long long)use);
    r = fixture_get(f, file, secretary);
    assert_int_equal(r.status, 200);
    assert_true(str_eq(r.type, STR("application/pdf")) && str_starts(r.body, STR("%PDF-1.7")));
    assert_int_equal(fixture_get(f, file, fixture_sign_in(f, "member")).status, 403);
    snprintf(other, sizeof other, "/funds/D0001/people/groups/%lld/files/%lld",
             (long long)count(f, "SELECT MIN(id) FROM account_group"), (long long)use);
    assert_int_equal(fixture_get(f, other, secretary).status, 404);
    /* Confirmed by another person, by the scan that is the newest. */
    snprintf(body, sizeof body, "use=%lld", (long long)use);
    assert_int_equal(fixture_post_as(f, seen, officer, body).status, 400);
    char stale[60];
    snprintf(stale, sizeof stale, "use=%lld", (long long)old);
    assert_int_equal(fixture_post_as(f, seen, secretary, stale).status, 409);
    assert_int_equal(fixture_post_as(f, seen, secretary, body).status, 303);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account_group WHERE name = 'Signed club' AND confirmed_how = 'scan' AND "
                              "confirmed_by = (SELECT id FROM account WHERE login = 'secretary') AND confirmed_file = scan_file"), 1);
    assert_int_equal(fixture_post_as(f, t.target, officer, STEPS_SCAN_BODY).status, 409); /* nothing is brought afterwards */
    r = fixture_get(f, page, officer);
    assert_true(reply_has(&r, "chip good") && !reply_has(&r, "multipart"));
    /* The database refuses it too. */
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_true(db_script(f->db, "UPDATE account_group SET confirmed_by = entered_by WHERE name = 'Signed club'") != ERR_OK);
    db_rollback(f->db);
}

static void a_group_that_is_there_is_asked(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_post_visitor(f, "/register", "fund=D0001&name=One&contact=0833331111&password=three+easy+words&group=Same+club&owner=5");
    assert_int_equal(r.status, 303);
    r = fixture_post_visitor(f, "/register", "fund=D0001&name=Two&contact=0833332222&password=three+easy+words&group=Same+club&owner=5");
    assert_int_equal(r.status, 303);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account_group WHERE name = 'Same club'"), 1);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account_group_member m JOIN account a ON a.id = m.account_id "
                              "WHERE a.login = '0833332222' AND m.is_asked = 1 AND m.is_contact = 0"), 1);
    /* The same number again; a citizen id; a common password. */
    assert_int_equal(fixture_post_visitor(f, "/register", "fund=D0001&name=X&contact=083-333-1111&password=three+easy+words").status, 400);
    assert_int_equal(fixture_post_visitor(f, "/register", "fund=D0001&name=X&contact=1101700207030&password=three+easy+words").status, 400);
    assert_int_equal(fixture_post_visitor(f, "/register", "fund=D0001&name=X&contact=0833334444&password=1234567890").status, 400);
}

/* ---- being forgotten ---- */

/* Is the word anywhere in a text of any table? */
static void assert_nowhere(struct fixture *f, const char *word)
{
    struct catalog catalog = {0};
    assert_ok(catalog_read(f->db, f->arena, &catalog));
    int looked = 0;
    for (size_t i = 0; i < catalog.n; i++)
        for (size_t c = 0; c < catalog.tables[i].ncol; c++) {
            const struct catalog_table *t = &catalog.tables[i];
            if (t->columns[c].kind != DB_TEXT) continue;
            const char *sql = str_z(f->arena, str_printf(f->arena, "SELECT COUNT(*) FROM %.*s WHERE \"%.*s\" LIKE '%%%s%%'",
                                                         STR_FMT(t->name), STR_FMT(t->columns[c].name), word));
            if (count(f, sql) != 0) fail_msg("%s is still in %.*s.%.*s", word, STR_FMT(t->name), STR_FMT(t->columns[c].name));
            looked++;
        }
    assert_true(looked > 100);
}

/* Who pressed "propose" at a fund is in its form after the log-in or the registration, and never outside of Sarn. */
static void who_came_to_propose_ends_there(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/login?next=%2Ffunds%2FD0001%2Fprojects%2Fnew", "");
    assert_true(reply_has(&r, "/register?fund=D0001&amp;next=%2Ffunds%2FD0001%2Fprojects%2Fnew") && reply_has(&r, "ข้อเสนอโครงการ"));
    r = fixture_get(f, "/login?next=%2Fwork", "");
    assert_true(reply_has(&r, "/register?next=%2Fwork") && !reply_has(&r, "ข้อเสนอโครงการ"));
    r = fixture_get(f, "/register?q=bang&next=%2Fwork", "");
    assert_true(reply_has(&r, "&amp;next=%2Fwork\""));
    r = fixture_post_visitor(f, "/register", "fund=D0001&next=%2Ffunds%2FD0001%2Fprojects%2Fnew&name=Came&contact=0833335551&password=three+easy+words");
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/funds/D0001/projects/new");
    r = fixture_post_visitor(f, "/register", "fund=D0001&next=%2F%2Fevil.example&name=Came&contact=0833335552&password=three+easy+words");
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/work");
}

static void an_erased_person_is_nowhere(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *body = "fund=D0001&name=Zzyzxname&contact=zzyzx.mail%40example.com&password=three+easy+words";
    assert_int_equal(fixture_post_visitor(f, "/register", body).status, 303);
    struct account_id id = account_named(f, "zzyzx.mail@example.com");
    char in[200], admin[200], form[300];
    snprintf(in, sizeof in, "%s", fixture_sign_in(f, "zzyzx.mail@example.com"));
    snprintf(form, sizeof form, "INSERT INTO kept_post (secret_hash, account_no, path, body, recorded_at, expires_at) "
                                "VALUES ('h', %lld, '/x', 'Zzyzxname', 1, 9000000000000)", (long long)id.v);
    run_sql(f, form);
    int64_t sealed = count(f, "SELECT COUNT(*) FROM audit_field WHERE sealed_for IS NOT NULL");
    assert_true(sealed > 0);
    snprintf(admin, sizeof admin, "%s", fixture_sign_in(f, "admin"));
    snprintf(form, sizeof form, "account=%lld&login=somebody.else", (long long)id.v);
    assert_int_equal(fixture_post_as(f, "/admin/people/erase", admin, form).status, 400); /* asked twice */
    snprintf(form, sizeof form, "account=%lld&login=zzyzx.mail@example.com", (long long)id.v);
    assert_int_equal(fixture_post_as(f, "/admin/people/erase", admin, form).status, 303);
    assert_nowhere(f, "Zzyzxname");
    assert_nowhere(f, "zzyzx");
    assert_int_equal(me_status(f, in), 401);
    char key[120];
    snprintf(key, sizeof key, "SELECT COUNT(*) FROM account_key WHERE account_id = %lld", (long long)id.v);
    assert_int_equal(count(f, key), 0);
    struct audit_entry *entries = NULL;
    size_t n = 0;
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(audit_list(f->db, f->arena, "account", id.v, AUDIT_FIRST, 20, &entries, &n));
    db_rollback(f->db);
    bool is_gone = false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < entries[i].nfields; k++) {
            if (!str_eq(entries[i].fields[k].field, STR("name"))) continue;
            is_gone = entries[i].fields[k].is_gone;
            assert_true(str_is_none(entries[i].fields[k].after));
        }
    assert_true(is_gone);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM account WHERE state = 'erased'"), 1);
}

/* ---- pages ---- */

static void pages_of_people_stay_in_their_budget(void **state)
{
    (void)state;
    static const struct {
        const char *login, *target;
        uint32_t statements;
        const char *has;
    } pages[] = {{"officer", "/me", 5, "officer"},
                 {"member", "/me/totp", 2, "<svg class=\"qr\""},
                 {"member", "/me/erase", 2, "old_password"},
                 {"secretary", "/funds/D0001/people", 7, "/funds/D0001/people/invite"},
                 {"officer", "/funds/D0001/people/for", 4, "phone"},
                 {"province", "/areas/1203/people", 7, "/areas/1203/people/end"},
                 {"admin", "/admin/people", 3, "/admin/people/erase"},
                 {"admin", "/admin/people?q=officer", 4, "officer"},
                 {"officer", "/api/v1/funds/D0001/people", 4, "\"role\":\"chair\""},
                 {"province", "/api/v1/areas/1203/people", 6, "\"items\""}};
    static const struct {
        const char *target;
        uint32_t statements;
    } open_pages[] = {{"/login", 0}, {"/register", 0}, {"/register?q=bang", 1}, {"/register?fund=D0001", 2},
                      {"/reset", 0}, {"/confirm", 0}};
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        char in[200];
        snprintf(in, sizeof in, "%s", fixture_sign_in(f, pages[i].login));
        struct reply r = fixture_get(f, pages[i].target, in);
        if (r.status != 200 || !reply_has(&r, pages[i].has)) fail_msg("%s: %d", pages[i].target, r.status);
        if (r.cost.statements > pages[i].statements) fail_msg("%s: %u statements", pages[i].target, r.cost.statements);
        assert_int_not_equal(fixture_get(f, pages[i].target, "").status, 200); /* not for visitors */
    }
    for (size_t i = 0; i < sizeof open_pages / sizeof open_pages[0]; i++) {
        struct reply r = fixture_get(f, open_pages[i].target, "");
        if (r.status != 200) fail_msg("%s: %d", open_pages[i].target, r.status);
        if (r.cost.statements > open_pages[i].statements) fail_msg("%s: %u statements", open_pages[i].target, r.cost.statements);
    }
    assert_int_equal(fixture_get(f, "/funds/D0002/people", fixture_sign_in(f, "officer")).status, 403);
    assert_int_equal(fixture_get(f, "/admin/people", fixture_sign_in(f, "region")).status, 403);
}

int main(void)
{
    const struct CMUnitTest people[] = {
        cmocka_unit_test(each_demo_login_gets_in_and_nobody_else),
        cmocka_unit_test(a_cookie_that_was_there_before_is_not_the_session),
        cmocka_unit_test(tries_are_slowed_down_and_forgiven),
        cmocka_unit_test(a_session_ends_by_rest_by_age_and_by_hand),
        cmocka_unit_test(switching_turns_the_secret_and_the_grant),
        cmocka_unit_test(who_asks_costs_two_statements_or_none),
        cmocka_unit_test(a_scope_holds_what_its_fund_years_hold),
        cmocka_unit_test(a_grant_is_good_on_its_days_only),
        cmocka_unit_test(an_invitation_is_good_once),
        cmocka_unit_test(nobody_takes_their_own_invitation),
        cmocka_unit_test(a_link_dies_with_the_right_of_who_made_it),
        cmocka_unit_test(nobody_gives_what_is_not_theirs_to_give),
        cmocka_unit_test(a_reset_code_is_tried_five_times),
        cmocka_unit_test(a_reset_sets_the_password_and_ends_sessions),
        cmocka_unit_test(what_was_on_paper_is_confirmed_by_the_group),
        cmocka_unit_test(a_signed_scan_is_looked_at_by_somebody_else),
        cmocka_unit_test(a_group_that_is_there_is_asked),
        cmocka_unit_test(pages_of_people_stay_in_their_budget),
        cmocka_unit_test(who_came_to_propose_ends_there),
        cmocka_unit_test(an_erased_person_is_nowhere),
    };
    return FIXTURE_RUN(people);
}
