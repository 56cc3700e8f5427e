/* private_test.c — whose name and telephone are whose to see: persons of a project for the group and the fund only;
 * numbers in free text refused at every door and left out of every public answer; and what says more to insiders
 * than to everybody stays in no cache. */
#include "tests/rooms/fixture.h"

#include "rooms/project/project.h"

#define FUND   "D0001"
#define NUMBER "081-234-5678"
#define TYPED  "Call+081-234-5678"

static struct fixture *f;
static char slug[20], person[200], phone[60];

/* SLUG stands for the project's. */
static struct reply get(const char *pattern, const char *who)
{
    char target[300];
    const char *at = strstr(pattern, "SLUG");
    size_t n = at != NULL ? (size_t)(at - pattern) : strlen(pattern);
    snprintf(target, sizeof target, "%.*s%s%s", (int)n, pattern, at != NULL ? slug : "", at != NULL ? at + 4 : "");
    return fixture_get(f, target, who[0] == '\0' ? "" : fixture_sign_in(f, who));
}

static void run_sql(const char *sql)
{
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, sql));
    assert_ok(db_commit(f->db));
}

/* A running project with persons: one who did nothing by log-in, whom a trail would name. */
static int pick(void **state)
{
    (void)state;
    struct project_row *rows = NULL;
    struct project p;
    struct project_whole w;
    size_t n = 0;
    struct project_asked q = {.fund_code = STR(FUND), .fy = fiscal_year(2570), .state = PROJECT_RUNNING, .most = 20};
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(project_list(f->db, f->arena, &q, &rows, &n));
    for (size_t i = 0; i < n && slug[0] == '\0'; i++) {
        assert_ok(project_get(f->db, f->arena, rows[i].id, &p));
        assert_ok(project_read(f->db, f->arena, &p, &w));
        if (w.npeople < 2 || w.people[1].phone.n == 0) continue;
        snprintf(slug, sizeof slug, "%.*s", STR_FMT(p.slug));
        snprintf(person, sizeof person, "%.*s", STR_FMT(w.people[1].name));
        snprintf(phone, sizeof phone, "%.*s", STR_FMT(w.people[1].phone));
    }
    db_rollback(f->db);
    assert_true(slug[0] != '\0');
    return 0;
}

/* ---- persons ---- */

static const char *const overseers[] = {"nation", "region", "province", "district", "mentor", "adviser", "auditor"};
static const char *const own[] = {"officer", "secretary", "member", "chair"};
#define N(list) (sizeof(list) / sizeof(list)[0])

static void must_show(const char *pattern, const char *who, bool has_name, bool has_phone)
{
    struct reply r = get(pattern, who);
    if (r.status != 200) fail_msg("%s, %s: %d", pattern, who, r.status);
    if (reply_has(&r, person) != has_name) fail_msg("%s, %s: the name %s", pattern, who, has_name ? "lacks" : "is there");
    if (reply_has(&r, phone) != has_phone) fail_msg("%s, %s: the telephone %s", pattern, who, has_phone ? "lacks" : "is there");
}

static void persons_are_for_the_group_and_the_fund(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(overseers); i++) must_show("/funds/" FUND "/projects/SLUG", overseers[i], false, false);
    for (size_t i = 0; i < N(own); i++) must_show("/funds/" FUND "/projects/SLUG", own[i], true, true);
}

static void a_change_of_persons_too(void **state)
{
    (void)state;
    char target[300];
    snprintf(target, sizeof target, "/api/v1/funds/" FUND "/projects/%s/changes", slug);
    struct reply r = fixture_post_as(f, target, fixture_sign_in(f, "officer"),
                                     "{\"kind\":\"responsible\",\"reason\":\"She moved\",\"person\":2,\"name\":\"Malee New\",\"phone\":\"0899999999\"}");
    if (r.status != 200) fail_msg("%d: %.*s", r.status, 400, r.body.p);
    for (size_t i = 0; i < N(overseers); i++) {
        must_show("/funds/" FUND "/projects/SLUG/changes", overseers[i], false, false);
        r = get("/funds/" FUND "/projects/SLUG/changes", overseers[i]);
        assert_true(reply_has(&r, "She moved"));
        assert_false(reply_has(&r, "Malee New") || reply_has(&r, "0899999999"));
    }
    r = get("/funds/" FUND "/projects/SLUG/changes", "member");
    assert_true(reply_has(&r, "Malee New") && reply_has(&r, "0899999999"));
}

/* The auditor reads the proposal as evidence: who asked, never a telephone. */
static void the_proposal_names_them_to_the_fund_and_the_auditor(void **state)
{
    (void)state;
    static const struct {
        const char *who;
        bool has_name;
    } cases[] = {{"officer", true}, {"chair", true}, {"auditor", true}, {"mentor", false}, {"nation", false}, {"province", false}};
    for (size_t i = 0; i < N(cases); i++) {
        struct reply r = get("/funds/" FUND "/projects/SLUG/proposal.pdf", cases[i].who);
        assert_int_equal(r.status, 200);
        struct str text = fixture_pdf_text(f, r.body);
        if (str_is_none(text)) return; /* no pdftotext here */
        if ((str_find(text, str_of(person)) >= 0) != cases[i].has_name) fail_msg("%s: name", cases[i].who);
        assert_true(str_find(text, str_of(phone)) < 0);
    }
}

/* ---- free text: the doors ---- */

static void must_refuse(const char *target, const char *who, const char *body, const char *field)
{
    struct reply r = fixture_post_as(f, target, fixture_sign_in(f, who), body);
    char mark[100];
    snprintf(mark, sizeof mark, body[0] == '{' ? "\"field\":\"%s\"" : "id=\"%s-fault\"", field);
    if (r.status != 400 || !reply_has(&r, mark)) fail_msg("%s: %d, no fault at %s: %.*s", target, r.status, field, 600, r.body.p);
}

#define LATER "state=running&owner_type=5&support_type=2&issue=older_people&approved_on_d=1&approved_on_m=11&approved_on_y=2568" \
              "&meeting_words=4%2F2568&amount=500&step=review"
#define COMMIT "support_type=2&owner_type=5&issue_code=&approved_on_d=10&approved_on_m=10&approved_on_y=2569&approved_in=1%2F2570" \
               "&amount=500&project_code=PRIVATE-1"

static void every_door_refuses_a_number(void **state)
{
    (void)state;
    must_refuse("/funds/" FUND "/projects", "applicant", "title=Falls&owner_name=" TYPED "&owner_type=5&asked=10,200", "owner_name");
    must_refuse("/funds/" FUND "/projects/later", "officer", LATER "&title=Old&owner_name=" TYPED, "owner_name");
    must_refuse("/funds/" FUND "/projects/later", "officer", LATER "&title=Old&owner_name=Club&place=" TYPED, "place");
    must_refuse("/funds/" FUND "/ledger/commitments", "officer", COMMIT "&owner_name=Club&title=" TYPED, "title");
    must_refuse("/funds/" FUND "/ledger/commitments", "officer", COMMIT "&title=Walk&owner_name=" TYPED, "owner_name");
    must_refuse("/api/v1/funds/" FUND "/commitments", "officer",
                "{\"project_code\":\"PRIVATE-2\",\"title\":\"Call " NUMBER "\",\"support_type\":\"1\",\"owner_type\":\"1\","
                "\"approved_on\":\"2026-10-10\",\"approved_in\":\"1/2570\",\"amount_satang\":10000}", "title");
    must_refuse("/funds/" FUND "/years/2571/plan", "officer",
                "version=0&rows=6&nhso=400,000&title_1=" TYPED "&unit_1=&support_1=2&issue_1=&amount_1=5,000&step=post", "title_1");
}

static void plans_refuse_one_too(void **state)
{
    (void)state;
    static const char at[] = "/api/v1/funds/" FUND "/plans/older_people/2570";
    must_refuse(at, "officer", "{\"version\":1,\"cause\":\"Call " NUMBER "\"}", "cause");
    must_refuse(at, "officer", "{\"version\":1,\"guideline\":\"Call " NUMBER "\"}", "guideline");
    must_refuse(at, "officer", "{\"version\":1,\"situations\":[{\"words_th\":\"Call " NUMBER "\",\"unit\":\"count\"}]}", "situations.0.words_th");
    must_refuse(at, "officer", "{\"version\":1,\"situations\":[{\"words_th\":\"Falls\",\"unit\":\"count\",\"source\":\"" NUMBER "\"}]}",
                "situations.0.source");
    must_refuse("/api/v1/funds/" FUND "/plans/older_people/2570/lines", "officer",
                "{\"version\":1,\"lines\":[{\"title\":\"Call " NUMBER "\",\"support_type\":\"2\",\"amount_satang\":100}]}", "lines.0.title");
    must_refuse("/funds/" FUND "/plans/older_people/2570/edit", "officer", "step=why&version=1&cause=" TYPED "&guideline=two&go=next", "cause");
    must_refuse("/funds/" FUND "/plans/older_people/2570/edit", "officer", "step=why&version=1&cause=one&guideline=" TYPED "&go=next", "guideline");
}

/* ---- free text: what is kept already ---- */

static void public_answers_leave_it_out(void **state)
{
    (void)state;
    static const char *const targets[] = {"/funds/" FUND "/projects?fy=2570", "/areas/TH/projects", "/api/v1/projects?fund=" FUND "&fy=2570", "/projects/SLUG",
                                          "/api/v1/projects/SLUG", "/funds/" FUND "/plans/alcohol/2569", "/api/v1/funds/" FUND "/plans/alcohol/2569"};
    run_sql("UPDATE project SET title = 'Walk " NUMBER "', owner_name = 'Club " NUMBER "'");
    run_sql("UPDATE plan_edition SET cause = 'Ask " NUMBER "', guideline = 'Ask " NUMBER "'");
    run_sql("UPDATE plan_situation SET source = 'Ask " NUMBER "'");
    run_sql("UPDATE plan_situation SET own_words = 'Ask " NUMBER "' WHERE own_words IS NOT NULL");
    for (size_t i = 0; i < N(targets); i++) {
        struct reply r = get(targets[i], "");
        if (r.status != 200) fail_msg("%s: %d", targets[i], r.status);
        if (reply_has(&r, NUMBER)) fail_msg("%s says the number", targets[i]);
    }
    struct reply r = get("/api/v1/projects?fund=" FUND "&fy=2570", "nation"); /* inside it can be found and mended */
    assert_true(reply_has(&r, "Walk " NUMBER) && reply_has(&r, "Club " NUMBER));
}

/* ---- caches, and the sum asked for ---- */

static void insiders_answers_stay_in_no_cache(void **state)
{
    (void)state;
    static const struct {
        const char *target, *inside;
    } cases[] = {{"/api/v1/projects/SLUG", "officer"},
                 {"/api/v1/projects?fund=" FUND "&state=running", "nation"},
                 {"/areas/TH/projects", "nation"},
                 {"/funds/" FUND "/plans/alcohol/2569?draft=1", "officer"},
                 {"/api/v1/funds/" FUND "/plans/alcohol/2569?draft=1", "officer"},
                 {"/api/v1/funds/" FUND "/plans", "member"}};
    for (size_t i = 0; i < N(cases); i++) {
        struct reply r = get(cases[i].target, cases[i].inside);
        if (r.status != 200) fail_msg("%s: %d", cases[i].target, r.status);
        if (!str_eq(reply_header(&r, "Cache-Control"), STR("no-store"))) fail_msg("%s may be kept", cases[i].target);
        assert_true(str_is_none(r.raw.etag));
        r = get(cases[i].target, "");
        assert_int_equal(r.status, 200);
        assert_true(str_eq(reply_header(&r, "Cache-Control"), STR("no-cache")));
    }
}

static void the_sum_asked_for_is_inside_only(void **state)
{
    (void)state;
    static const char *const targets[] = {"/api/v1/projects/SLUG", "/api/v1/projects?fund=" FUND};
    for (size_t i = 0; i < N(targets); i++) {
        struct reply r = get(targets[i], "");
        assert_false(reply_has(&r, "asked_satang"));
        r = get(targets[i], "officer");
        assert_true(reply_has(&r, "asked_satang"));
    }
}

int main(void)
{
    f = fixture_house();
    const struct CMUnitTest tests[] = {cmocka_unit_test(persons_are_for_the_group_and_the_fund),
                                       cmocka_unit_test(the_proposal_names_them_to_the_fund_and_the_auditor),
                                       cmocka_unit_test(a_change_of_persons_too),
                                       cmocka_unit_test(every_door_refuses_a_number),
                                       cmocka_unit_test(plans_refuse_one_too),
                                       cmocka_unit_test(insiders_answers_stay_in_no_cache),
                                       cmocka_unit_test(the_sum_asked_for_is_inside_only),
                                       cmocka_unit_test(public_answers_leave_it_out)};
    return cmocka_run_group_tests_name("private", tests, pick, NULL);
}
