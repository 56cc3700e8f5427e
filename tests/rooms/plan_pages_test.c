/* plan_pages_test.c — what goes wrong on the pages of a plan is told beside its field with all that was typed; who saves
 * second sees both, and a page of before is no other plan's. */
#include "tests/rooms/fixture.h"

#define PLAN "/funds/D0001/plans/alcohol/2571"
#define EDIT PLAN "/edit"

static int64_t version(struct fixture *f)
{
    int64_t n = -1;
    assert_ok(db_scalar(f->db, "SELECT y.version FROM plan_year y JOIN fund u ON u.id = y.fund_id JOIN issue i ON i.id = y.issue_id "
                               "WHERE u.code = 'D0001' AND y.fy = 2571 AND i.code = 'alcohol'", &n));
    return n;
}

static void must(const struct reply *r, int status, const char *has)
{
    if (r->status != status || !reply_has(r, has)) fail_msg("%d, with or without \"%s\"", r->status, has);
}

/* The form of a step as that version's page would send it. */
static struct reply send(struct fixture *f, const char *who, const char *step, int64_t v, const char *more)
{
    char body[600];
    snprintf(body, sizeof body, "step=%s&n=1&version=%lld&go=next%s", step, (long long)v, more);
    return fixture_post_as(f, EDIT, fixture_sign_in(f, who), body);
}

/* A plan of its own, begun through its page, with one question of the fund's own. */
static struct fixture *begun(void)
{
    struct fixture *f = fixture_house();
    int64_t n = 0;
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM plan_year y JOIN issue i ON i.id = y.issue_id WHERE y.fy = 2571 AND i.code = 'alcohol'", &n));
    if (n > 0) return f;
    const char *officer = fixture_sign_in(f, "officer");
    assert_int_equal(fixture_post_as(f, "/funds/D0001/plans/new", officer, "issue=alcohol&fy=2571&years=1").status, 303);
    char body[300];
    snprintf(body, sizeof body, "{\"version\": %lld, \"situations\": [{\"words_th\": \"shops\", \"unit\": \"count\", \"value_x100\": 700}]}", (long long)version(f));
    assert_int_equal(fixture_post_as(f, "/api/v1" PLAN, officer, body).status, 200);
    return f;
}

static void a_new_plan_says_what_it_wants(void **state)
{
    (void)state;
    struct fixture *f = begun();
    const char *officer = fixture_sign_in(f, "officer"), *door = "/funds/D0001/plans/new";
    struct reply r = fixture_post_as(f, door, officer, "fy=2571&years=1");
    must(&r, 400, "id=\"issue-fault\"");
    must(&r, 400, "href=\"#issue\""); /* the summary leads there */
    r = fixture_post_as(f, door, officer, "issue=none&fy=2571&years=1");
    must(&r, 400, "id=\"issue-fault\"");
    r = fixture_post_as(f, door, officer, "issue=alcohol&fy=2590&years=2");
    must(&r, 400, "id=\"fy-fault\"");
    must(&r, 400, "value=\"alcohol\" selected"); /* what was chosen stays */
    r = fixture_post_as(f, door, officer, "issue=alcohol&fy=2571&years=1");
    must(&r, 409, "มีแผนเรื่องนี้ของปีนั้นแล้ว"); /* lint: thai it is there already */
    assert_int_equal(fixture_post_as(f, door, fixture_sign_in(f, "mentor"), "issue=alcohol&fy=2571&years=1").status, 403);
}

static void a_wrong_number_is_told_beside_it(void **state)
{
    (void)state;
    struct fixture *f = begun();
    int64_t v = version(f);
    struct reply r = send(f, "officer", "size", v, "&value=seven&source=Door+to+door");
    must(&r, 400, "id=\"value-fault\"");
    must(&r, 400, "value=\"seven\"");
    must(&r, 400, "value=\"Door to door\"");
    assert_int_equal(version(f), v);
}

static void who_saves_second_sees_both(void **state)
{
    (void)state;
    struct fixture *f = begun();
    int64_t v = version(f);
    char mark[80];
    assert_int_equal(send(f, "secretary", "why", v, "&cause=Feasts+at+funerals&guideline=Together").status, 303);
    struct reply r = send(f, "officer", "why", v, "&cause=Shops+near+the+school&guideline=Together");
    must(&r, 409, "Feasts at funerals");
    must(&r, 409, "Shops near the school</textarea>");
    assert_int_equal(version(f), v + 1); /* nothing was written over */
    snprintf(mark, sizeof mark, "name=\"version\" value=\"%lld\"", (long long)(v + 1));
    must(&r, 409, mark);
    assert_int_equal(send(f, "officer", "why", v + 1, "&cause=Shops+near+the+school&guideline=Together").status, 303);
    r = fixture_get(f, EDIT "?step=why", fixture_sign_in(f, "officer"));
    must(&r, 200, "Shops near the school</textarea>");
}

/* The same by JSON, told by its code. */
static void a_program_is_told_of_the_other_too(void **state)
{
    (void)state;
    struct fixture *f = begun();
    struct reply r = fixture_post_as(f, "/api/v1" PLAN, fixture_sign_in(f, "officer"), "{\"version\": 99, \"cause\": \"x\"}");
    must(&r, 409, "\"code\":\"conflict\"");
}

/* A number that was kept before it was asked: the next save says so, on the page and to a program, and writes nothing. */
static void a_number_kept_from_before_stops_the_next_save(void **state)
{
    (void)state;
    struct fixture *f = begun();
    int64_t v = version(f);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE plan_year SET cause = 'call 081-234-5678' WHERE fy = 2571"));
    assert_ok(db_commit(f->db));
    struct reply r = send(f, "officer", "size", v, "&value=7&source=Door+to+door");
    must(&r, 400, "มีเบอร์โทรหรือเลขบัตรประชาชน"); /* lint: thai the sentence */
    must(&r, 400, "value=\"Door to door\"");
    char body[100];
    snprintf(body, sizeof body, "{\"version\": %lld, \"guideline\": \"x\"}", (long long)v);
    r = fixture_post_as(f, "/api/v1" PLAN, fixture_sign_in(f, "officer"), body);
    must(&r, 400, "มีเบอร์โทรหรือเลขบัตรประชาชน"); /* lint: thai the sentence */
    assert_int_equal(version(f), v);
    assert_int_equal(send(f, "officer", "why", v, "&cause=Feasts&guideline=Together").status, 303); /* mended where it stands */
}

/* A row that another person took away meanwhile. */
static void a_row_that_is_gone_leads_back_to_the_list(void **state)
{
    (void)state;
    struct fixture *f = begun();
    char body[200];
    snprintf(body, sizeof body, "step=size&n=40&version=%lld&go=next&value=5", (long long)version(f));
    struct reply r = fixture_post_as(f, EDIT, fixture_sign_in(f, "officer"), body);
    must(&r, 409, "name=\"step\" value=\"problems\"");
    r = fixture_get(f, EDIT "?step=size&n=40", fixture_sign_in(f, "officer"));
    must(&r, 200, "name=\"step\" value=\"problems\"");
    assert_int_equal(fixture_get(f, "/funds/D0001/plans/none/2571/edit", fixture_sign_in(f, "officer")).status, 404);
    assert_int_equal(fixture_get(f, "/funds/D0001/plans/alcohol/abc/edit", fixture_sign_in(f, "officer")).status, 404);
}

static int64_t figure(struct fixture *f)
{
    int64_t v = -1;
    assert_ok(db_scalar(f->db, "SELECT s.value_x100 FROM plan_situation s JOIN plan_year y ON y.id = s.plan_year_id JOIN issue i ON i.id = y.issue_id "
                               "WHERE y.fy = 2571 AND i.code = 'alcohol' AND s.position = 1", &v));
    return v;
}

/* Nothing of it is a figure; less than nothing is none. */
static void a_figure_of_nothing_is_kept(void **state)
{
    (void)state;
    struct fixture *f = begun();
    struct reply r = send(f, "officer", "size", version(f), "&value=-1&source=Counted");
    must(&r, 400, "id=\"value-fault\"");
    r = send(f, "officer", "size", version(f), "&value=1000000000.01&source=Counted"); /* nor is more than a thousand million */
    must(&r, 400, "id=\"value-fault\"");
    assert_int_equal(send(f, "officer", "size", version(f), "&value=1000000000&source=Counted").status, 303);
    assert_int_equal(figure(f), INT64_C(100000000000));
    assert_int_equal(send(f, "officer", "size", version(f), "&value=0&source=Counted").status, 303);
    assert_int_equal(figure(f), 0);
}

/* Each problem is its own question; the way back is the question before, the first problem's to the list of them. */
static void each_question_leads_back_to_the_one_before(void **state)
{
    (void)state;
    struct fixture *f = begun();
    static const struct { const char *step, *question, *back; } steps[] = {
        {"problems", "<h2>พื้นที่ของเรามีปัญหาใดบ้าง</h2>", "alcohol/2571?draft=1\""}, /* lint: thai which problems */
        {"size&n=1", "<h2>shops</h2>", "edit?step=problems\""},
        {"size&n=2", "<h2>stalls</h2>", "edit?step=size&amp;n=1\""},
        {"target", "", "edit?step=size&amp;n=2\""},
        {"why", "", "edit?step=target\""},
        {"projects", "", "edit?step=why\""}};
    const char *officer = fixture_sign_in(f, "officer");
    char body[300], target[200];
    snprintf(body, sizeof body, "{\"version\": %lld, \"situations\": [{\"words_th\": \"shops\", \"unit\": \"count\", \"value_x100\": 700}, "
                                "{\"words_th\": \"stalls\", \"unit\": \"count\", \"value_x100\": 300}]}", (long long)version(f));
    assert_int_equal(fixture_post_as(f, "/api/v1" PLAN, officer, body).status, 200);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        snprintf(target, sizeof target, EDIT "?step=%s", steps[i].step);
        struct reply r = fixture_get(f, target, officer);
        must(&r, 200, steps[i].question);
        must(&r, 200, steps[i].back);
    }
    struct reply r = fixture_get(f, EDIT "?step=projects", officer); /* three empty rows for projects that are planned */
    must(&r, 200, "name=\"title_3\"");
    assert_false(reply_has(&r, "name=\"title_4\""));
}

/* A percent is two counts, both or neither, the part no more than the whole; other figures may be more than a hundred. */
static void a_percent_is_two_counts(void **state)
{
    (void)state;
    struct fixture *f = begun();
    static const struct { const char *typed, *fault; } wrong[] = {{"numerator=3&denominator=", "id=\"denominator-fault\""},
                                                                  {"numerator=&denominator=5", "id=\"numerator-fault\""},
                                                                  {"numerator=6&denominator=5", "id=\"numerator-fault\""},
                                                                  {"numerator=0&denominator=0", "id=\"denominator-fault\""},
                                                                  {"numerator=5&denominator=5&last=100.01", "id=\"last-fault\""}};
    static const char *const right[] = {"numerator=&denominator=", "numerator=0&denominator=5&last=100", "numerator=5&denominator=5&last=0"};
    char officer[200], body[400];
    snprintf(officer, sizeof officer, "%s", fixture_sign_in(f, "officer"));
    snprintf(body, sizeof body, "{\"version\": %lld, \"situations\": [{\"words_th\": \"shops\", \"unit\": \"count\", \"value_x100\": 700}, "
                                "{\"words_th\": \"drinkers\", \"unit\": \"percent\"}]}", (long long)version(f));
    assert_int_equal(fixture_post_as(f, "/api/v1" PLAN, officer, body).status, 200);
    struct reply r = fixture_get(f, EDIT "?step=size&n=2", officer);
    must(&r, 200, "name=\"numerator\"");
    must(&r, 200, "name=\"denominator\"");
    must(&r, 200, "จากทั้งหมดเท่าใด"); /* lint: thai of how many */
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        snprintf(body, sizeof body, "step=size&n=2&version=%lld&go=next&source=Counted&%s", (long long)version(f), wrong[i].typed);
        r = fixture_post_as(f, EDIT, officer, body);
        if (r.status != 400 || !reply_has(&r, wrong[i].fault)) fail_msg("%s: %d, with or without %s", wrong[i].typed, r.status, wrong[i].fault);
    }
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        snprintf(body, sizeof body, "step=size&n=2&version=%lld&go=next&source=Counted&%s", (long long)version(f), right[i]);
        if (fixture_post_as(f, EDIT, officer, body).status != 303) fail_msg("%s is refused", right[i]);
    }
    assert_int_equal(send(f, "officer", "size", version(f), "&value=7&last=20000&source=Counted").status, 303);
}

/* Agreed in a meeting that is not signed: it stays as it was decided, and the form says so. */
static void a_plan_that_waits_for_the_minutes_is_not_changed(void **state)
{
    (void)state;
    struct fixture *f = begun();
    char body[60];
    const char *officer = fixture_sign_in(f, "officer");
    int64_t v = version(f);
    struct reply r = fixture_post_as(f, "/api/v1/funds/D0001/meetings", officer, "{\"held_on\":\"2026-11-30\",\"place\":\"Hall\"}");
    assert_int_equal(r.status, 201);
    ptrdiff_t at = str_find(r.body, STR("\"ref\":\""));
    assert_true(at > 0);
    struct str ref = str_from(r.body, (size_t)at + strlen("\"ref\":\""));
    snprintf(body, sizeof body, "{\"meeting\": \"%.*s\"}", (int)str_find_char(ref, '"'), ref.p);
    assert_int_equal(fixture_post_as(f, "/api/v1" PLAN "/agenda", officer, body).status, 200);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE meeting_item SET outcome = 'agree' WHERE id = (SELECT MAX(id) FROM meeting_item)"));
    assert_ok(db_commit(f->db));
    r = send(f, "officer", "why", v, "&cause=Other&guideline=Together");
    must(&r, 400, "แผนนี้เห็นชอบในที่ประชุมแล้วและรอลงนาม"); /* lint: thai it waits for the minutes */
    must(&r, 400, "Other</textarea>");
    assert_int_equal(version(f), v);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, "UPDATE meeting_item SET outcome = NULL WHERE id = (SELECT MAX(id) FROM meeting_item)"));
    assert_ok(db_commit(f->db));
    assert_int_equal(send(f, "officer", "why", v, "&cause=Other&guideline=Together").status, 303);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_plan_says_what_it_wants),      cmocka_unit_test(a_wrong_number_is_told_beside_it),
        cmocka_unit_test(who_saves_second_sees_both),         cmocka_unit_test(a_program_is_told_of_the_other_too),
        cmocka_unit_test(a_number_kept_from_before_stops_the_next_save),
        cmocka_unit_test(a_row_that_is_gone_leads_back_to_the_list),
        cmocka_unit_test(a_figure_of_nothing_is_kept),
        cmocka_unit_test(a_percent_is_two_counts), cmocka_unit_test(each_question_leads_back_to_the_one_before),
        cmocka_unit_test(a_plan_that_waits_for_the_minutes_is_not_changed),
    };
    return FIXTURE_RUN(tests);
}
