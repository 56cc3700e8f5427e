/* people_test.c — the bounds of rights: who may give which role, how long a session, a token, a code, a link and a role are
 * good, how the list of people goes on, and what a group that is entered from paper may be. */
#include "tests/rooms/account_fixture.h"

static struct reply ask_with(struct fixture *f, const char *secret, const char *target)
{
    char header[300];
    snprintf(header, sizeof header, "Authorization: Bearer %s", secret);
    struct fixture_request ask = {WEB_GET, target, "", NULL, header};
    return fixture_send(f, &ask);
}

static void token_of(struct fixture *f, const char *login, int64_t grant, int64_t days, char out[200])
{
    struct actor by = actor_system("system:test");
    struct account_id id = account_named(f, login);
    struct str secret;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_token_add(f->db, f->arena, &by, id, (struct account_grant_id){grant}, STR("test"), days, &secret));
    assert_ok(db_commit(f->db));
    snprintf(out, 200, "%.*s", STR_FMT(secret));
}

static void a_token_is_good_until_its_minute_and_for_an_open_account_only(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char token[200], ended[200];
    at(8, 30);
    token_of(f, "member", 0, 1, token);
    token_of(f, "member", 0, 90, ended);
    assert_int_equal(ask_with(f, token, "/api/v1/me").status, 200);
    run_sql(f, "UPDATE account SET state = 'closed' WHERE login = 'member'");
    assert_int_equal(ask_with(f, token, "/api/v1/me").status, 401);
    run_sql(f, "UPDATE account SET state = 'open' WHERE login = 'member'");
    clock_fix((struct date){2026, 11, 23}, 8, 29);
    assert_int_equal(ask_with(f, token, "/api/v1/me").status, 200);
    clock_fix((struct date){2026, 11, 23}, 8, 30);
    assert_int_equal(ask_with(f, token, "/api/v1/me").status, 401);
    assert_int_equal(ask_with(f, ended, "/api/v1/me").status, 200);
    run_sql(f, "UPDATE account_token SET ended_at = 1");
    assert_int_equal(ask_with(f, ended, "/api/v1/me").status, 401);
    at(8, 30);
}

/* Whose grant has ended has a token of nothing, whatever else the person may still do. */
static void a_token_of_one_grant_never_becomes_one_of_another(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char token[200], sql[200];
    static const char mine[] = "\"scopes\":[{\"role\":\"mentor\",\"kind\":\"district\",\"code\":\"1203\"}]";
    at(8, 30);
    int64_t mentor = count(f, "SELECT MAX(g.id) FROM account_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'two.hats'");
    token_of(f, "two.hats", mentor, 90, token);
    struct reply r = ask_with(f, token, "/api/v1/me");
    assert_true(r.status == 200 && reply_has(&r, mine) && !reply_has(&r, "D0008"));
    assert_int_equal(ask_with(f, token, "/api/v1/funds/D0008/people").status, 403); /* the other grant's */
    snprintf(sql, sizeof sql, "UPDATE account_grant SET valid_to = '2026-11-21' WHERE id = %lld", (long long)mentor);
    run_sql(f, sql);
    r = ask_with(f, token, "/api/v1/me");
    assert_true(reply_has(&r, "\"scopes\":[]"));
    assert_int_equal(ask_with(f, token, "/api/v1/funds/D0008/people").status, 403);
    char session[200];
    snprintf(session, sizeof session, "%s", fixture_sign_in(f, "two.hats"));
    assert_int_equal(fixture_get(f, "/api/v1/funds/D0008/people", session).status, 200); /* the person may, logged in */
    snprintf(sql, sizeof sql, "UPDATE account_grant SET valid_to = NULL WHERE id = %lld", (long long)mentor);
    run_sql(f, sql);
}

/* ---- until which minute ---- */

static void minute(int day, int hour, int min)
{
    clock_fix((struct date){2026, 12, (int8_t)day}, hour, min);
}

static void a_session_ends_with_the_minute(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char idle[200], aged[200];
    minute(1, 8, 30);
    snprintf(idle, sizeof idle, "%s", fixture_sign_in(f, "member"));
    minute(1, 16, 30); /* eight hours at rest */
    assert_int_equal(me_status(f, idle), 401);
    minute(1, 16, 29);
    assert_int_equal(me_status(f, idle), 200);
    run_sql(f, "INSERT INTO app_setting (key, value) VALUES ('session_idle_minutes', '100000')");
    minute(1, 8, 30);
    snprintf(aged, sizeof aged, "%s", fixture_sign_in(f, "member"));
    minute(31, 8, 29);
    assert_int_equal(me_status(f, aged), 200);
    minute(31, 8, 30); /* thirty days old */
    assert_int_equal(me_status(f, aged), 401);
    run_sql(f, "DELETE FROM app_setting WHERE key = 'session_idle_minutes'");
    at(8, 30);
}

static void a_link_ends_with_its_fortnight_or_by_hand(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct steps_text t = {0};
    minute(1, 8, 30);
    steps_invite(f, &t);
    minute(15, 8, 29);
    assert_int_equal(fixture_get(f, t.target, "").status, 200);
    minute(15, 8, 30);
    assert_int_equal(fixture_get(f, t.target, "").status, 404);
    minute(1, 8, 31);
    assert_int_equal(fixture_get(f, t.target, "").status, 200);
    run_sql(f, "UPDATE account_invite SET ended_at = 1 WHERE used_by IS NULL AND ended_at IS NULL");
    assert_int_equal(fixture_get(f, t.target, "").status, 404);
    at(8, 30);
}

/* A code for a password is good for a day, one on a paper slip for thirty. */
static void a_code_is_good_for_its_days(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id = account_named(f, "adviser"), made_by = account_named(f, "secretary");
    struct actor by = {.code = STR("account:test"), .account = made_by.v};
    struct account_group_id group = {0};
    static const struct {
        const char *kind;
        int day, min;
        enum err says;
    } cases[] = {{"reset", 2, 30, ERR_INPUT}, {"reset", 2, 29, ERR_OK}, {"confirm", 31, 30, ERR_INPUT}, {"confirm", 31, 29, ERR_OK}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str code;
        minute(1, 8, 30);
        assert_ok(db_begin(f->db, DB_TXN_WRITE));
        assert_ok(account_code_add(f->db, f->arena, &by, id, cases[i].kind, (struct account_group_id){0}, &code));
        minute(cases[i].day, 8, cases[i].min);
        assert_int_equal(account_code_use(f->db, f->arena, id, cases[i].kind, code, &group, &made_by), cases[i].says);
        db_rollback(f->db);
    }
    at(8, 30);
}

/* The second step: five tries in five minutes, and none once it is used. */
static void a_ticket_has_five_tries_in_five_minutes(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct account_id id = account_named(f, "adviser"), whose;
    struct account_code_id code;
    struct str ticket;
    at(8, 30);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(account_ticket_add(f->db, f->arena, id, &ticket));
    at(8, 35);
    assert_err(account_ticket_try(f->db, f->arena, ticket, &code, &whose), ERR_NOT_FOUND);
    at(8, 34);
    for (int i = 0; i < 5; i++) assert_ok(account_ticket_try(f->db, f->arena, ticket, &code, &whose));
    assert_int_equal(whose.v, id.v);
    assert_err(account_ticket_try(f->db, f->arena, ticket, &code, &whose), ERR_NOT_FOUND);
    assert_ok(account_ticket_add(f->db, f->arena, id, &ticket));
    assert_ok(db_script(f->db, "UPDATE account_code SET used_at = 1"));
    assert_err(account_ticket_try(f->db, f->arena, ticket, &code, &whose), ERR_NOT_FOUND);
    db_rollback(f->db);
    at(8, 30);
}

/* ---- who gives what ---- */

#define R(role) (UINT32_C(1) << ROLE_##role)

/* Who is not named gives nothing; a visitor's role is nobody's to give. */
static void each_gives_the_roles_that_are_theirs_to_give(void **state)
{
    (void)state;
    uint32_t all = 0;
    for (int r = 1; r < ROLE_COUNT; r++) all |= UINT32_C(1) << r;
    const uint32_t below = R(officer) | R(secretary) | R(mentor) | R(district) | R(district_head) | R(auditor);
    const struct {
        enum role giver;
        uint32_t gives;
    } table[] = {{ROLE_officer, R(applicant) | R(member)},
                 {ROLE_secretary, R(applicant) | R(officer) | R(member) | R(chair) | R(mentor) | R(adviser)},
                 {ROLE_province, below},
                 {ROLE_region, below | R(province)},
                 {ROLE_admin, all}};
    for (int giver = 0; giver < ROLE_COUNT; giver++) {
        uint32_t gives = 0;
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            if ((int)table[i].giver == giver) gives = table[i].gives;
        for (int given = 0; given < ROLE_COUNT; given++)
            if (account_may_give((enum role)giver, (enum role)given) != ((gives >> given & 1) != 0))
                fail_msg("%s gives %s", role_code((enum role)giver), role_code((enum role)given));
    }
}

/* ---- the list of people ---- */

static int64_t grant_of(struct fixture *f, const char *login)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT MAX(g.id) FROM account_grant g JOIN account a ON a.id = g.account_id WHERE a.login = '%s'", login);
    return count(f, sql);
}

static void a_role_is_over_the_day_after_its_last(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char sql[200], end[80], officer[200];
    int64_t grant = grant_of(f, "member");
    at(8, 30);
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(end, sizeof end, "name=\"grant\" value=\"%lld\"", (long long)grant);
    static const struct {
        const char *last;
        bool is_over;
    } days[] = {{"'2026-11-23'", false}, {"'" FIXTURE_TODAY "'", false}, {"'2026-11-21'", true}, {"NULL", false}};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        snprintf(sql, sizeof sql, "UPDATE account_grant SET valid_to = %s WHERE id = %lld", days[i].last, (long long)grant);
        run_sql(f, sql);
        struct reply r = fixture_get(f, "/funds/D0001/people", officer);
        assert_int_equal(r.status, 200);
        if (reply_has(&r, end) == days[i].is_over) fail_msg("until %s", days[i].last);
    }
}

/* Behind the last that was shown come the others, each once; what is no number begins anew. */
static void the_list_of_people_goes_on_behind_the_last_shown(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    char target[100], item[60], officer[200];
    int64_t grant = grant_of(f, "member");
    at(8, 30);
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(item, sizeof item, "{\"grant\":%lld,", (long long)grant);
    static const struct {
        int64_t behind; /* from the grant */
        bool is_shown;
    } pages[] = {{1, true}, {0, false}, {-1, false}};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        snprintf(target, sizeof target, "/api/v1/funds/D0001/people?before=%lld", (long long)(grant + pages[i].behind));
        struct reply r = fixture_get(f, target, officer);
        assert_int_equal(r.status, 200);
        assert_int_equal(reply_has(&r, item), pages[i].is_shown);
    }
    static const char *const anew[] = {"", "?before=", "?before=x", "?before=0", "?before=-5"};
    for (size_t i = 0; i < sizeof anew / sizeof anew[0]; i++) {
        snprintf(target, sizeof target, "/api/v1/funds/D0001/people%s", anew[i]);
        struct reply r = fixture_get(f, target, officer);
        if (!reply_has(&r, item)) fail_msg("%s", target);
    }
}

/* ---- from paper ---- */

static void a_group_from_paper_is_of_a_kind_that_is_known(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char groups[] = "SELECT COUNT(*) FROM account_group WHERE name = 'Kite club'";
    char officer[200];
    at(8, 30);
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    struct reply r = fixture_post_as(f, "/funds/D0001/people/for", officer, "group=Kite+club&owner=77&name=Malee&phone=081-555-1212");
    assert_int_equal(r.status, 400);
    assert_true(reply_has(&r, "owner-fault"));
    assert_int_equal(count(f, groups), 0);
    r = fixture_post_as(f, "/funds/D0001/people/for", officer, "group=Kite+club&owner=6&name=Malee&phone=081-555-1212");
    assert_int_equal(r.status, 200);
    assert_int_equal(count(f, groups), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_good_until_its_minute_and_for_an_open_account_only),
        cmocka_unit_test(a_token_of_one_grant_never_becomes_one_of_another),
        cmocka_unit_test(a_session_ends_with_the_minute),
        cmocka_unit_test(a_link_ends_with_its_fortnight_or_by_hand),
        cmocka_unit_test(a_code_is_good_for_its_days),
        cmocka_unit_test(a_ticket_has_five_tries_in_five_minutes),
        cmocka_unit_test(each_gives_the_roles_that_are_theirs_to_give),
        cmocka_unit_test(a_role_is_over_the_day_after_its_last),
        cmocka_unit_test(the_list_of_people_goes_on_behind_the_last_shown),
        cmocka_unit_test(a_group_from_paper_is_of_a_kind_that_is_known),
    };
    return FIXTURE_RUN(tests);
}
