/* work_test.c — a person's own first page: every role sees its own, each thing has at most one button, the
 * JSON door says the same, and it costs at most ten statements, those that tell who asks among them. */
#include "tests/rooms/fixture.h"

#include "json/json_in.h"
#include "rooms/area/area.h"
#include "rooms/report/work.h"

#define STATEMENTS_MAX 10

static const struct {
    const char *login, *has, *lacks;
} people[] = {
    {"officer", "เจ้าหน้าที่กองทุน", "ปิดเดือน</"}, /* only the secretary closes months */
    {"secretary", "เลขานุการกองทุน", "รายชื่อผู้ใช้"},
    {"member", "กรรมการกองทุน", "บันทึกรับเงิน"},
    {"chair", "ประธาน", "บันทึกรับเงิน"},
    {"adviser", "ที่ปรึกษา", "บันทึกรับเงิน"},
    {"applicant", "กลุ่มของฉัน", "คงเหลือในบัญชี"},
    {"auditor", "อ่านได้อย่างเดียว", "บันทึกรับเงิน"},
    {"mentor", "กองทุนใน", "บันทึกรับเงิน"},
    {"district", "กองทุนใน", "บันทึกรับเงิน"},
    {"head", "กองทุนใน", "บันทึกรับเงิน"},
    {"province", "กองทุนใน", "บันทึกรับเงิน"},
    {"region", "จังหวัดนนทบุรี", "บันทึกรับเงิน"},
    {"nation", "เขต 4 สระบุรี", "บันทึกรับเงิน"},
    {"agency", "เขต 4 สระบุรี", "บันทึกรับเงิน"},
    {"admin", "เปิดรายชื่อผู้ใช้", "บันทึกรับเงิน"},
};
#define NPEOPLE (sizeof people / sizeof people[0])

static void every_role_has_its_own_page_within_its_budget(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    for (size_t i = 0; i < NPEOPLE; i++) {
        const char *cookies = fixture_sign_in(f, people[i].login);
        struct reply r = fixture_get(f, "/work", cookies);
        print_message("%-10s %3u statements %5zu KiB arena\n", people[i].login, r.cost.statements, r.cost.arena_bytes / 1024);
        if (r.status != 200) fail_msg("%s: %d", people[i].login, r.status);
        if (!reply_has(&r, people[i].has)) fail_msg("%s: no %s", people[i].login, people[i].has);
        if (reply_has(&r, people[i].lacks)) fail_msg("%s: has %s", people[i].login, people[i].lacks);
        if (r.cost.statements > STATEMENTS_MAX) fail_msg("%s: %u statements", people[i].login, r.cost.statements);
        assert_true(reply_has(&r, "/logout"));
        assert_true(reply_has(&r, "งานของฉัน"));
    }
}

/* Several that wait for the same thing: as many as are counted, each where this person does it. */
static size_t each_leads_there(struct fixture *f, const char *cookies, const struct json_value *item)
{
    const struct json_value *each = json_member(item, "each");
    assert_non_null(each);
    if (each->nitems == 0) return 0;
    assert_true(each->nitems > 1 && (int64_t)each->nitems == json_member(item, "count")->number);
    for (size_t i = 0; i < each->nitems; i++) {
        char target[200];
        snprintf(target, sizeof target, "%.*s", STR_FMT(json_member(&each->items[i], "href")->text));
        if (fixture_get(f, target, cookies).status != 200) fail_msg("%s is not there", target);
    }
    return each->nitems;
}

/* An item leads somewhere in this program, and the JSON door gives the same items as the page. */
static void the_json_door_says_the_same(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    size_t one_by_one = 0;
    for (size_t i = 0; i < NPEOPLE; i++) {
        const char *cookies = fixture_sign_in(f, people[i].login);
        struct reply r = fixture_get(f, "/api/v1/work", cookies);
        assert_int_equal(r.status, 200);
        char *text = strndup(r.body.p, r.body.n); /* the arena is the next request's */
        struct reply page = fixture_get(f, "/work", cookies);
        struct arena *a = arena_new((size_t)1 << 22);
        const struct json_value *v = NULL, *items = NULL;
        assert_int_equal(json_read_object(a, (struct str){text, strlen(text)}, &v), ERR_OK);
        items = json_member(v, "items");
        assert_non_null(items);
        for (size_t k = 0; k < items->nitems; k++) {
            struct str title = json_member(&items->items[k], "title")->text;
            if (!reply_has(&page, str_z(a, title))) fail_msg("%s: the page lacks %.*s", people[i].login, STR_FMT(title));
        }
        for (size_t k = 0; k < items->nitems; k++) one_by_one += each_leads_there(f, cookies, &items->items[k]);
        arena_free(a);
        free(text);
    }
    assert_true(one_by_one > 10);
}

static void a_visitor_is_asked_to_log_in(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/work", "");
    assert_int_equal(r.status, 303);
    assert_string_equal(str_z(f->arena, reply_header(&r, "Location")), "/login?next=%2Fwork");
    r = fixture_get(f, "/api/v1/work", "");
    assert_int_equal(r.status, 401);
}

/* The levels above see what waits below them: as many as their parts together. */
static void every_level_counts_what_waits_below(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t planless = 0, region = 0;
    char text[80];
    struct area r4 = {0};
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM fund_district d WHERE d.valid_to IS NULL AND NOT EXISTS (SELECT 1 FROM plan_year y "
                               "WHERE y.fund_id = d.fund_id AND y.fy = 2570 AND y.edition > 0)", &planless));
    assert_ok(area_find_code(f->db, f->arena, STR("R4"), &r4));
    struct str sql = str_printf(f->arena, "SELECT COUNT(*) FROM fund_district d JOIN area_parent b ON b.area_id = d.district_id AND b.valid_to IS NULL "
                                "JOIN area_parent a ON a.area_id = b.parent_id AND a.valid_to IS NULL WHERE d.valid_to IS NULL AND a.parent_id = %lld "
                                "AND NOT EXISTS (SELECT 1 FROM plan_year y WHERE y.fund_id = d.fund_id AND y.fy = 2570 AND y.edition > 0)", (long long)r4.id.v);
    assert_ok(db_scalar(f->db, str_z(f->arena, sql), &region));
    assert_ok(db_commit(f->db));
    assert_true(planless > region && region > 0);
    struct reply r = fixture_get(f, "/api/v1/work", fixture_sign_in(f, "nation"));
    snprintf(text, sizeof text, "\"count\":%lld", (long long)planless);
    assert_true(reply_has(&r, "\"planless\"") && reply_has(&r, text));
    r = fixture_get(f, "/api/v1/work", fixture_sign_in(f, "region"));
    snprintf(text, sizeof text, "\"count\":%lld", (long long)region);
    assert_true(reply_has(&r, "\"planless\"") && reply_has(&r, text));
}

struct item {
    int64_t count;  /* 0: it is not there */
    char href[200]; /* "": nor leads anywhere */
};

/* The last item of this kind on a person's work list. */
static struct item item_of(struct fixture *f, const char *login, const char *key)
{
    struct item it = {0};
    struct reply r = fixture_get(f, "/api/v1/work", fixture_sign_in(f, login));
    const struct json_value *v = NULL;
    struct arena *a = arena_new((size_t)1 << 22);
    assert_int_equal(r.status, 200);
    assert_int_equal(json_read_object(a, r.body, &v), ERR_OK);
    const struct json_value *items = json_member(v, "items");
    for (size_t i = 0; i < items->nitems; i++) {
        const struct json_value *one = &items->items[i];
        if (!str_eq(json_member(one, "key")->text, str_of(key))) continue;
        it.count = json_member(one, "count")->number;
        snprintf(it.href, sizeof it.href, "%.*s", STR_FMT(json_member(one, "href")->text));
    }
    arena_free(a);
    return it;
}

static int64_t item_count(struct fixture *f, const char *login, const char *key)
{
    return item_of(f, login, key).count;
}

static void change(struct fixture *f, const char *sql)
{
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, sql));
    assert_ok(db_commit(f->db));
}

#define ONE "(SELECT MIN(p.id) FROM project p JOIN fund x ON x.id = p.fund_id " \
            "WHERE x.code = 'D0001' AND p.state = 'running' AND p.commitment_id IS NOT NULL AND p.report_due >= '" FIXTURE_TODAY "')"

/* Stopping gives all that is left back to the fund: it waits for its closing all the same, and for its money. */
static void a_stopped_project_waits_for_its_closing(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t id = 0;
    char sql[800];
    int64_t closes = item_count(f, "officer", "close"), backs = item_count(f, "officer", "claw_back");
    assert_ok(db_scalar(f->db, "SELECT " ONE, &id));
    assert_true(id > 0);
    snprintf(sql, sizeof sql,
             "UPDATE project SET state = 'stopped' WHERE id = %lld; UPDATE ledger_commitment SET left_satang = 0, is_released = 1 "
             "WHERE id = (SELECT commitment_id FROM project WHERE id = %lld); INSERT INTO project_change (project_id, kind, reason, "
             "before_json, after_json, amount_satang, until_satang, state, recorded_at, version) VALUES (%lld, 'claw_back', 'x', '{}', "
             "'{}', 100, 99999999900, 'agreed', 1, 1)", (long long)id, (long long)id, (long long)id);
    change(f, sql);
    assert_int_equal(item_count(f, "officer", "close"), closes + 1);
    assert_int_equal(item_count(f, "officer", "claw_back"), backs + 1);
}

/* By the rule of the project's own page: one sum is paid although the project has begun, and in several goes; nothing is
 * while it is held; without the agreement that it needs it waits for that, begun or not. */
static void who_is_owed_money_is_listed_under_pay(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t id = 0;
    char sql[700];
    assert_ok(db_scalar(f->db, "SELECT " ONE, &id));
#define OF_IT "WHERE id = (SELECT commitment_id FROM project WHERE id = %lld);"
    snprintf(sql, sizeof sql,
             "UPDATE project_agreement SET ended_at = 1 WHERE project_id = %lld; UPDATE ledger_commitment SET is_released = 0, "
             "left_satang = 100, needs_agreement = 0, held_for = 'paper' " OF_IT, (long long)id, (long long)id);
    change(f, sql);
    int64_t pays = item_count(f, "officer", "pay"), agrees = item_count(f, "officer", "agree");
    snprintf(sql, sizeof sql, "UPDATE ledger_commitment SET held_for = NULL " OF_IT, (long long)id);
    change(f, sql);
    assert_int_equal(item_count(f, "officer", "pay"), pays + 1);
    assert_int_equal(item_count(f, "officer", "agree"), agrees);
    snprintf(sql, sizeof sql, "UPDATE ledger_commitment SET needs_agreement = 1, agreement_on = NULL " OF_IT, (long long)id);
    change(f, sql);
    assert_int_equal(item_count(f, "officer", "pay"), pays);
    assert_int_equal(item_count(f, "officer", "agree"), agrees + 1);
}

/* Reported is not late, on the list as in the figures. */
static void what_is_reported_is_not_late(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t district = item_count(f, "district", "late"), province = item_count(f, "province", "late"), id = 0;
    char sql[300];
    assert_ok(db_scalar(f->db, "SELECT " ONE, &id));
    snprintf(sql, sizeof sql, "UPDATE project SET state = 'reported', report_due = '2026-01-01' WHERE id = %lld", (long long)id);
    change(f, sql);
    assert_int_equal(item_count(f, "district", "late"), district);
    assert_int_equal(item_count(f, "province", "late"), province);
}

/* Who only asked to join sees nothing of the group. */
static void who_asked_to_join_sees_no_drafts(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    change(f, "INSERT INTO account_group (fund_id, name, owner_type_code, entered_by, is_for_paper, recorded_at, version) "
              "SELECT x.id, 'another', '5', a.id, 0, 1, 1 FROM fund x, account a WHERE x.code = 'D0001' AND a.login = 'officer'; "
              "INSERT INTO account_group_member (group_id, account_id, is_contact, is_asked) "
              "SELECT (SELECT MAX(id) FROM account_group), a.id, 0, 1 FROM account a WHERE a.login = 'applicant'; "
              "UPDATE project SET state = 'draft', title = 'not yours to see', account_no = NULL, "
              "group_id = (SELECT MAX(id) FROM account_group) WHERE id = " ONE);
    struct reply r = fixture_get(f, "/work", fixture_sign_in(f, "applicant"));
    assert_int_equal(r.status, 200);
    assert_false(reply_has(&r, "not yours to see"));
    change(f, "UPDATE account_group_member SET is_asked = 0 WHERE group_id = (SELECT MAX(id) FROM account_group)");
    r = fixture_get(f, "/work", fixture_sign_in(f, "applicant"));
    assert_true(reply_has(&r, "not yours to see"));
}

/* A project entered later: to bring its signed minutes, until somebody has; its own page is where that is done. */
static void signed_minutes_of_a_project_entered_later_are_asked_for(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    int64_t before = item_count(f, "secretary", "bring_later");
    const char *officer = fixture_sign_in(f, "officer");
    struct reply r = fixture_post_as(f, "/funds/D0001/projects/later", officer,
                                     "step=post&state=running&title=Later&owner_name=Club&owner_type=1&support_type=1&issue=older_people&"
                                     "approved_on_d=5&approved_on_m=11&approved_on_y=2569&meeting_words=1%2F2570&amount=900&paid=0");
    assert_int_equal(r.status, 303);
    char to[200];
    snprintf(to, sizeof to, "%.*s", STR_FMT(reply_header(&r, "Location")));
    assert_non_null(strstr(to, "/later/paper?done=waits"));
    r = fixture_get(f, to, officer);
    assert_true(r.status == 200 && reply_has(&r, "บันทึกโครงการย้อนหลังแล้ว"));
    assert_int_equal(item_count(f, "officer", "bring_later"), before + 1);
    assert_int_equal(item_count(f, "secretary", "bring_later"), before + 1);
    assert_int_equal(item_count(f, "member", "bring_later"), 0);
}

/* Sent sixty days ago is not stuck yet, a day more is: in its own district, province, region and the nation; another
 * province's is not. */
static void what_waits_for_sixty_days_is_stuck(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const logins[] = {"district", "province", "region", "nation"};
    static const struct {
        const char *fund, *sent_on;
        int64_t more[4]; /* than there were */
    } cases[] = {{"D0001", "2026-09-23", {0, 0, 0, 0}}, {"D0001", "2026-09-22", {1, 1, 1, 1}}, {"D0040", "2026-09-22", {0, 0, 1, 1}}};
    int64_t before[4], id = 0;
    char sql[300], area[300];
    snprintf(area, sizeof area, "UPDATE project SET sent_on = NULL WHERE state IN ('sent', 'deferred')");
    change(f, area);
    for (int i = 0; i < 4; i++) before[i] = item_count(f, logins[i], "stuck");
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        snprintf(sql, sizeof sql, "SELECT MIN(p.id) FROM project p JOIN fund x ON x.id = p.fund_id WHERE x.code = '%s'", cases[c].fund);
        assert_ok(db_scalar(f->db, sql, &id));
        assert_true(id > 0);
        snprintf(sql, sizeof sql, "UPDATE project SET state = 'sent', sent_on = '%s' WHERE id = %lld", cases[c].sent_on, (long long)id);
        change(f, sql);
        for (int i = 0; i < 4; i++)
            if (item_count(f, logins[i], "stuck") != before[i] + cases[c].more[i]) fail_msg("%s, sent %s: %s", cases[c].fund, cases[c].sent_on, logins[i]);
        change(f, area);
    }
}

/* Only what was entered from paper waits for the group's own word, and only until that is given. */
static void a_group_from_paper_waits_for_its_confirmation(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const struct {
        const char *is_for_paper, *confirmed_at;
        bool waits;
    } cases[] = {{"1", "NULL", true}, {"1", "1", false}, {"0", "NULL", false}, {"0", "1", false}};
    const char *applicant = fixture_sign_in(f, "applicant");
    char sql[200];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(sql, sizeof sql, "UPDATE account_group SET is_for_paper = %s, confirmed_at = %s", cases[i].is_for_paper, cases[i].confirmed_at);
        change(f, sql);
        struct reply r = fixture_get(f, "/api/v1/work", applicant);
        assert_int_equal(reply_has(&r, "\"waits_confirmation\":true"), cases[i].waits);
        assert_int_equal(reply_has(&r, "\"waits_confirmation\":false"), !cases[i].waits);
    }
}

/* A single draft is opened; of several one chooses in the book. */
static void a_draft_that_is_alone_opens_itself(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *officer = fixture_sign_in(f, "officer");
    change(f, "DELETE FROM ledger_draft");
    assert_int_equal(item_count(f, "officer", "drafts"), 0);
    assert_int_equal(fixture_post_as(f, "/funds/D0001/ledger/receipts", officer, "amount=not+yet&memo=half&step=draft").status, 303);
    struct item it = item_of(f, "officer", "drafts");
    assert_int_equal(it.count, 1);
    assert_non_null(strstr(it.href, "/ledger/receipts/new?draft="));
    assert_int_equal(fixture_get(f, it.href, officer).status, 200);
    change(f, "UPDATE ledger_draft SET kind = 'payment'");
    assert_non_null(strstr(item_of(f, "officer", "drafts").href, "/ledger/payments/new?draft="));
    assert_int_equal(fixture_post_as(f, "/funds/D0001/ledger/receipts", officer, "amount=not+yet&memo=two&step=draft").status, 303);
    it = item_of(f, "officer", "drafts");
    assert_int_equal(it.count, 2);
    assert_string_equal(it.href, "/funds/D0001/ledger");
}

/* What waits for the committee leads to the meeting that is called; without one, to calling one. */
static void what_no_meeting_has_waits_for_one(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct item it = item_of(f, "officer", "agenda");
    assert_true(it.count > 0);
    assert_non_null(strstr(it.href, "/meetings/"));
    assert_non_null(strstr(it.href, "/proposals"));
    change(f, "UPDATE meeting SET state = 'cancelled', cancel_reason = 'flood' WHERE state IN ('called', 'held')");
    assert_string_equal(item_of(f, "officer", "agenda").href, "/funds/D0001/meetings/new");
}

static void a_list_of_work_has_an_end(void **state)
{
    (void)state;
    static struct work w;
    for (size_t i = 0; i < WORK_ITEMS_MAX + 2; i++) work_add(&w, (struct work_item){.key = "x"});
    assert_int_equal(w.nitems, WORK_ITEMS_MAX);
    assert_int_equal(w.nactions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_role_has_its_own_page_within_its_budget),
        cmocka_unit_test(the_json_door_says_the_same),
        cmocka_unit_test(a_visitor_is_asked_to_log_in),
        cmocka_unit_test(every_level_counts_what_waits_below),
        cmocka_unit_test(a_stopped_project_waits_for_its_closing),
        cmocka_unit_test(who_is_owed_money_is_listed_under_pay),
        cmocka_unit_test(what_is_reported_is_not_late),
        cmocka_unit_test(who_asked_to_join_sees_no_drafts),
        cmocka_unit_test(what_waits_for_sixty_days_is_stuck),
        cmocka_unit_test(a_group_from_paper_waits_for_its_confirmation),
        cmocka_unit_test(a_draft_that_is_alone_opens_itself),
        cmocka_unit_test(what_no_meeting_has_waits_for_one),
        cmocka_unit_test(a_list_of_work_has_an_end),
        cmocka_unit_test(signed_minutes_of_a_project_entered_later_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
