/* project_test.c — a proposal from its first line to the committee's table: sizes, sections, what is missing, rights,
 * versions, figures told. */
#include "tests/rooms/ledger_fixture.h"

#include "rooms/account/account.h"
#include "rooms/project/project.h"

static struct fixture f;

static struct project_id begin(const char *title, int64_t baht)
{
    struct project_id id = {0};
    struct project_new n = {.fund_code = STR(LF_FUND),
                            .fy = fiscal_year(2570),
                            .title = str_of(title),
                            .owner_name = STR("ชมรมผู้สูงอายุบ้านทดสอบ"),
                            .owner_type = STR("5"),
                            .issue_code = STR("older_people"),
                            .asked_about = satang(baht * 100)};
    assert_ok(project_add(f.db, f.arena, &lf_by, &n, &id));
    return id;
}

static struct project_whole whole(struct project_id id)
{
    struct project p = {0};
    struct project_whole w = {0};
    assert_ok(project_get(f.db, f.arena, id, &p));
    assert_ok(project_read(f.db, f.arena, &p, &w));
    return w;
}

static bool lacks(const struct project_whole *w, enum msg what)
{
    struct project_missing *rows = NULL;
    size_t n = 0;
    assert_ok(project_check(f.arena, w, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].message == what) return true;
    return false;
}

static int in_transaction(void **state)
{
    (void)state;
    return db_begin(f.db, DB_TXN_WRITE) == ERR_OK ? 0 : 1;
}

static int roll_back(void **state)
{
    (void)state;
    db_rollback(f.db);
    return 0;
}

static void test_size_by_limits(void **state)
{
    (void)state;
    struct project_whole small = whole(begin("กินดีอยู่ดี", 10200)), medium = whole(begin("กินดีอยู่ดี 2", 20001));
    struct project_whole large = whole(begin("กินดีอยู่ดี 3", 100001));
    assert_int_equal(small.p.size, PROJECT_SMALL);
    assert_int_equal(medium.p.size, PROJECT_MEDIUM);
    assert_int_equal(large.p.size, PROJECT_LARGE);
    assert_int_equal(small.p.slug.n, 8);
    assert_int_equal(small.p.state, PROJECT_DRAFT);
    assert_int_equal(small.nissues, 1);
    assert_true(str_eq(small.p.support_type, STR("2")));
    assert_false(str_eq(small.p.slug, medium.p.slug));
}

static struct project_whole asks(struct project_whole w, struct opt_satang sum)
{
    int64_t version = 0;
    w.p.asked = sum;
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, PROJECT_BUDGETS, &version));
    return whole(w.p.id);
}

/* Without lines its size is that of the sum, up and down, to the satang; a sum that is not known changes none. */
static void test_size_follows_the_sum_asked_for(void **state)
{
    (void)state;
    struct project_whole w = whole(begin("ตามวงเงิน", 10200));
    w = asks(w, some_satang(satang(2000001)));
    assert_true(w.p.size == PROJECT_MEDIUM && w.p.asked.v.v == 2000001);
    w = asks(w, (struct opt_satang){0});
    assert_true(w.p.size == PROJECT_MEDIUM && !w.p.asked.has);
    w = asks(w, some_satang(satang(10000001)));
    assert_int_equal(w.p.size, PROJECT_LARGE);
    w = asks(w, some_satang(satang(10000000)));
    assert_int_equal(w.p.size, PROJECT_MEDIUM);
    w = asks(w, some_satang(satang(2000000)));
    assert_int_equal(w.p.size, PROJECT_SMALL);
    /* with lines it grows with their sum */
    struct project_budget line = {.words = STR("อาหารว่าง"), .quantity = 1, .price = satang(2000001), .times = 1};
    w.budget = &line, w.nbudget = 1;
    w = asks(w, w.p.asked);
    assert_true(w.p.size == PROJECT_MEDIUM && w.p.asked.v.v == 2000001);
}

/* A small project is complete with one page; a medium one with the same answers is not. */
static struct project_whole filled(struct project_whole w)
{
    w.p.place = STR("ศาลาหมู่ 3");
    w.p.starts_on = (struct opt_date){true, lf_day("2027-01-10")};
    w.p.ends_on = (struct opt_date){true, lf_day("2027-03-10")};
    w.p.situation = STR("ผู้สูงอายุหกล้มบ่อย");
    w.p.method = STR("ฝึกทรงตัวทุกสัปดาห์");
    w.targets = ARENA_ARRAY(f.arena, struct project_target, 1);
    w.targets[0] = (struct project_target){.group = STR("1004"), .planned = {true, 40}};
    w.ntargets = 1;
    w.npeople = 5;
    w.people = ARENA_ARRAY(f.arena, struct project_person, 5);
    for (size_t i = 0; i < 5; i++) w.people[i] = (struct project_person){.name = STR("นาง ก"), .phone = STR("081 234 5678")};
    return w;
}

#define ONE_PAGE (PROJECT_HEAD | PROJECT_SITUATION | PROJECT_ACTIVITIES | PROJECT_TARGETS | PROJECT_PEOPLE)

static void test_small_is_sent_by_one_page(void **state)
{
    (void)state;
    int64_t version = 0;
    struct project_whole w = whole(begin("ป้องกันการหกล้ม", 10200));
    assert_true(lacks(&w, MSG_project_lacks_people));
    assert_true(lacks(&w, MSG_project_lacks_target));
    assert_false(lacks(&w, MSG_project_lacks_objective));
    assert_int_equal(project_send(f.db, f.arena, &lf_by, w.p.id, w.p.version), ERR_REFUSED);
    w = filled(w);
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, ONE_PAGE, &version));
    assert_int_equal(version, 2);
    w = whole(w.p.id);
    assert_int_equal(w.p.asked.v.v, 1020000);
    assert_int_equal(w.npeople, 5);
    assert_ok(project_send(f.db, f.arena, &lf_by, w.p.id, version));
    w = whole(w.p.id);
    assert_int_equal(w.p.state, PROJECT_SENT);
    assert_true(w.p.sent_on.has);
    assert_int_equal(project_save(f.db, f.arena, &lf_by, &w, PROJECT_HEAD, &version), ERR_REFUSED); /* it is on the table */
    assert_ok(project_cancel(f.db, f.arena, &lf_by, w.p.id, w.p.version, STR("กลุ่มเปลี่ยนใจ")));
    assert_int_equal(whole(w.p.id).p.state, PROJECT_CANCELLED);
    struct project_note *notes = NULL;
    size_t n = 0;
    assert_ok(project_notes(f.db, f.arena, w.p.id, &notes, &n));
    assert_int_equal(n, 1);
}

static void test_second_writer_is_told(void **state)
{
    (void)state;
    int64_t version = 0;
    struct project_whole first = whole(begin("สองคนเขียนพร้อมกัน", 50000)), second = first;
    first.p.situation = STR("คนแรก");
    second.p.expected = STR("คนที่สอง");
    assert_ok(project_save(f.db, f.arena, &lf_by, &first, PROJECT_SITUATION, &version));
    assert_int_equal(project_save(f.db, f.arena, &lf_by, &second, PROJECT_EXPECTED, &version), ERR_CONFLICT);
    assert_true(str_eq(whole(first.p.id).p.situation, STR("คนแรก")));
    assert_true(str_is_none(whole(first.p.id).p.expected));
}

/* quantity × price × times; what others point at keeps its id when the list is written again in another order. */
static void test_budget_and_activities(void **state)
{
    (void)state;
    int64_t version = 0;
    struct project_whole w = whole(begin("งบประมาณ", 50000));
    struct project_activity acts[2] = {{.title = STR("อบรม")}, {.title = STR("เยี่ยมบ้าน")}};
    struct project_budget lines[2] = {
        {.words = STR("อาหารว่าง"), .expense = STR("302"), .quantity = 40, .price = satang(3500), .times = 3, .activity = 1},
        {.words = STR("วิทยากร"), .expense = STR("101"), .quantity = 1, .price = satang(60000), .times = 6, .activity = 1}};
    w.activities = acts, w.nactivities = 2, w.budget = lines, w.nbudget = 2;
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, PROJECT_ACTIVITIES | PROJECT_BUDGETS, &version));
    w = whole(w.p.id);
    assert_int_equal(w.budget[0].amount.v, 420000);
    assert_int_equal(w.budget_sum.v, 780000);
    assert_int_equal(w.p.asked.v.v, 780000);
    assert_int_equal(w.p.size, PROJECT_MEDIUM); /* half-way it does not shrink */
    int64_t visit = w.activities[1].id.v;
    struct project_activity turned[2] = {w.activities[1], w.activities[0]};
    w.activities = turned;
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, PROJECT_ACTIVITIES, &version));
    w = whole(w.p.id);
    assert_int_equal(w.activities[0].id.v, visit);
    assert_true(str_eq(w.activities[0].title, STR("เยี่ยมบ้าน")));
    w.nactivities = 1;
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, PROJECT_ACTIVITIES, &version));
    assert_int_equal(whole(w.p.id).nactivities, 1);
}

static void test_kind_warnings(void **state)
{
    (void)state;
    struct project_whole w = filled(whole(begin("รณรงค์สวมหมวกกันน็อก", 10200)));
    assert_true(lacks(&w, MSG_project_issue_doubt)); /* under "older people" */
    w.p.title = STR("ผู้สูงอายุสวมหมวกกันน็อก");
    assert_false(lacks(&w, MSG_project_issue_doubt));
    assert_false(lacks(&w, MSG_project_private));
    w.p.situation = STR("ติดต่อ ๐๘๑-๒๓๔-๕๖๗๘ ได้ทุกวัน");
    assert_true(lacks(&w, MSG_project_private));
    w.p.report_due = w.p.starts_on;
    assert_true(lacks(&w, MSG_project_due_early));
    w.p.report_due = (struct opt_date){true, lf_day("2027-04-10")};
    assert_false(lacks(&w, MSG_project_due_early));
}

static void test_copy_and_codes(void **state)
{
    (void)state;
    int64_t version = 0;
    struct project_whole w = filled(whole(begin("ปีก่อน", 10200)));
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, ONE_PAGE, &version));
    struct project_id id = {0};
    struct project_new n = {.fund_code = STR(LF_FUND), .fy = fiscal_year(2570), .title = STR("ปีนี้"), .owner_type = STR("5"),
                            .asked_about = satang(1020000), .copy_of = w.p.id};
    assert_ok(project_add(f.db, f.arena, &lf_by, &n, &id));
    struct project_whole copy = whole(id);
    assert_int_equal(copy.ntargets, 1);
    assert_int_equal(copy.npeople, 5);
    assert_int_equal(copy.nissues, 1);
    assert_true(str_eq(copy.p.situation, STR("ผู้สูงอายุหกล้มบ่อย")));
    assert_false(copy.p.starts_on.has);
    assert_int_equal(copy.p.copy_of.v, w.p.id.v);
    assert_true(id_is_none(whole(w.p.id).p.copy_of));
    struct project *found = NULL;
    size_t nfound = 0;
    assert_ok(project_find_code(f.db, f.arena, copy.p.slug, &found, &nfound));
    assert_int_equal(nfound, 1);
    assert_int_equal(found[0].id.v, id.v);
    struct project one = {0};
    assert_int_equal(project_find(f.db, f.arena, STR("D0001"), copy.p.slug, &one), ERR_NOT_FOUND);
    assert_ok(project_find(f.db, f.arena, STR_NONE, copy.p.slug, &one));
}

static struct project_id sent(const char *title)
{
    int64_t version = 0;
    struct project_whole w = filled(whole(begin(title, 10200)));
    assert_ok(project_save(f.db, f.arena, &lf_by, &w, ONE_PAGE, &version));
    assert_ok(project_send(f.db, f.arena, &lf_by, w.p.id, version));
    return w.p.id;
}

/* Taken back it is the same project: code, words, when it was sent; and it is sent again. */
static void test_taken_back_and_sent_again(void **state)
{
    (void)state;
    struct meeting_refusal why = {0};
    int64_t version = 0;
    struct project_id id = sent("ลืมใบเสนอราคา");
    struct project_whole was = whole(id);
    assert_int_equal(project_recall(f.db, f.arena, &lf_by, id, was.p.version + 1, &why), ERR_CONFLICT);
    assert_false(project_is_recalled(&was.p));
    assert_ok(project_recall(f.db, f.arena, &lf_by, id, was.p.version, &why));
    struct project_whole now = whole(id);
    assert_int_equal(now.p.state, PROJECT_DRAFT);
    assert_true(project_is_recalled(&now.p) && str_eq(now.p.slug, was.p.slug) && str_eq(now.p.title, was.p.title));
    assert_true(now.p.sent_on.has && now.npeople == 5 && now.ntargets == 1);
    assert_int_equal(project_recall(f.db, f.arena, &lf_by, id, now.p.version, &why), ERR_REFUSED);
    assert_int_equal(why.why, MSG_project_recall_state);
    struct project_row *rows = NULL;
    size_t n = 0;
    struct project_asked q = {.fund_code = STR(LF_FUND), .state = -1, .most = 1};
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_true(n == 1 && rows[0].is_recalled); /* the fund sees what it is about */
    now.p.situation = STR("แก้แล้ว");
    assert_ok(project_save(f.db, f.arena, &lf_by, &now, PROJECT_SITUATION, &version));
    assert_ok(project_send(f.db, f.arena, &lf_by, id, version));
    now = whole(id);
    assert_int_equal(now.p.state, PROJECT_SENT);
    assert_true(now.p.recalled_on.has && !project_is_recalled(&now.p));
}

/* What is on an agenda is the meeting's: the sentence names it and whom to ask. */
static void test_on_an_agenda_it_is_not_taken_back(void **state)
{
    (void)state;
    struct meeting_refusal why = {0};
    struct project_id id = sent("เข้าวาระแล้ว");
    struct project p = whole(id).p;
    struct meeting_id meeting = {0};
    struct meeting_item_id item = {0};
    struct meeting_new m = {.fund = p.fund, .fy = fiscal_year(2570), .held_on = lf_day("2026-12-01"), .place = STR("ห้องประชุม")};
    assert_ok(meeting_add(f.db, f.arena, &lf_by, &m, &meeting));
    assert_ok(meeting_item_add(f.db, f.arena, &lf_by, meeting, "project", id.v, p.title, STR_NONE, &item));
    assert_int_equal(project_recall(f.db, f.arena, &lf_by, id, p.version, &why), ERR_REFUSED);
    assert_true(why.is_said && why.why == MSG_project_recall_agenda);
    struct str text = meeting_refusal_text(f.arena, LANG_TH, &why);
    assert_true(str_find(text, STR("/2570")) > 0 && str_find(text, p.fund_th) > 0);
    assert_ok(meeting_item_drop(f.db, f.arena, &lf_by, item));
    why = (struct meeting_refusal){0};
    assert_ok(project_recall(f.db, f.arena, &lf_by, id, p.version, &why));
}

/* Missing things stand in the order of the form, each with its own field. */
static void test_what_is_missing_is_in_order(void **state)
{
    (void)state;
    struct project_missing *rows = NULL;
    size_t n = 0;
    struct project_whole w = whole(begin("ยังไม่ครบ", 10200));
    static const char *const small[] = {"names", "situation", "method", "targets", "starts", "place"};
    assert_ok(project_check(f.arena, &w, &rows, &n));
    assert_int_equal(n, sizeof small / sizeof small[0]);
    for (size_t i = 0; i < n; i++) assert_string_equal(rows[i].field, small[i]);
    w = whole(begin("ยังไม่ครบ 2", 50000));
    static const char *const medium[] = {"name_1", "situation", "words_1", "targets", "starts", "place", "title_1", "words_1", "expected"};
    assert_ok(project_check(f.arena, &w, &rows, &n));
    assert_int_equal(n, sizeof medium / sizeof medium[0]);
    for (size_t i = 0; i < n; i++) assert_string_equal(rows[i].field, medium[i]);
}

static void test_lists(void **state)
{
    (void)state;
    struct project_id a = begin("หนึ่ง", 10200), b = begin("สอง", 10200);
    struct project_row *rows = NULL;
    size_t n = 0;
    struct project_asked q = {.fund_code = STR(LF_FUND), .state = -1, .most = 10};
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_int_equal(n, 2);
    assert_int_equal(rows[0].id.v, b.v);
    assert_true(str_eq(rows[0].issue_code, STR("older_people")));
    q.after = b;
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_int_equal(n, 1);
    assert_int_equal(rows[0].id.v, a.v);
    q = (struct project_asked){.province = whole(a).p.province, .state = PROJECT_DRAFT, .most = 1, .fy = fiscal_year(2570)};
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_int_equal(n, 1);
    q.is_public_only = true;
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_int_equal(n, 0);
    struct area_id provinces[] = {whole(a).p.province};
    q = (struct project_asked){.provinces = provinces, .nprovinces = 1, .state = -1, .most = 10};
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_int_equal(n, 2);
}

int main(void)
{
    f = ledger_fixture();
    const struct CMUnitTest tests[] = {
#define ONE(t) cmocka_unit_test_setup_teardown(t, in_transaction, roll_back)
        ONE(test_size_by_limits), ONE(test_size_follows_the_sum_asked_for), ONE(test_small_is_sent_by_one_page), ONE(test_second_writer_is_told),
        ONE(test_budget_and_activities), ONE(test_kind_warnings), ONE(test_copy_and_codes), ONE(test_lists),
        ONE(test_taken_back_and_sent_again), ONE(test_on_an_agenda_it_is_not_taken_back), ONE(test_what_is_missing_is_in_order)};
    int failed = cmocka_run_group_tests_name("project", tests, NULL, NULL);
    fixture_end(&f);
    return failed;
}
