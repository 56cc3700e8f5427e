/* project_thread_test.c — from the committee's table to money and change: nothing but a decision in force opens a
 * commitment; what was signed wrongly is corrected, both visible; agreements, evidence, changes, projects entered
 * later. */
#include "app/events.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund.h"
#include "rooms/meeting/meeting.h"
#include "rooms/monitor/monitor.h"
#include "rooms/project/project.h"
#include "rooms/report/report.h"
#include "tests/rooms/ledger_fixture.h"

static struct fixture f;
static struct fund_id fund;
static struct ledger_book_id book;
static struct meeting_refusal why;
static const struct actor chair = {.code = {"account:12", 10}, .account = 12};

static int in_transaction(void **state)
{
    static bool is_made;
    static enum db_engine made_for;
    (void)state;
    if (!is_made || made_for != fixture_engine) {
        if (is_made) fixture_end(&f);
        f = ledger_fixture();
    }
    is_made = true;
    made_for = fixture_engine;
    if (db_begin(f.db, DB_TXN_WRITE) != ERR_OK) return 1;
    if (db_scalar(f.db, "SELECT id FROM fund WHERE code = '" LF_FUND "'", &fund.v) != ERR_OK) return 1;
    book = lf_open(&f, 100000);
    return 0;
}

static int roll_back(void **state)
{
    (void)state;
    db_rollback(f.db);
    return 0;
}

static struct project get(struct project_id id)
{
    struct project p = {0};
    assert_ok(project_get(f.db, f.arena, id, &p));
    return p;
}

static int64_t count(const char *sql)
{
    int64_t n = 0;
    assert_ok(db_scalar(f.db, sql, &n));
    return n;
}

/* A small proposal that was sent. */
static struct project_id sent(const char *title, const char *support_type, const char *owner_type, int64_t baht)
{
    struct project_id id = {0};
    int64_t version = 0;
    struct project_new n = {.fund_code = STR(LF_FUND),
                            .fy = fiscal_year(2570),
                            .title = str_of(title),
                            .owner_name = STR("ชมรมผู้สูงอายุบ้านทดสอบ"),
                            .owner_type = str_of(owner_type),
                            .support_type = str_of(support_type),
                            .issue_code = STR("older_people"),
                            .asked_about = satang(baht * 100)};
    struct project p = {0};
    struct project_whole w = {0};
    assert_ok(project_add(f.db, f.arena, &lf_by, &n, &id));
    assert_ok(project_get(f.db, f.arena, id, &p));
    assert_ok(project_read(f.db, f.arena, &p, &w));
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
    for (size_t i = 0; i < 5; i++) w.people[i] = (struct project_person){.name = STR("นาง ก")};
    w.budget = ARENA_ARRAY(f.arena, struct project_budget, 2);
    w.budget[0] = (struct project_budget){.words = STR("อาหาร"), .quantity = 1, .times = 1, .price = satang(baht * 60)};
    w.budget[1] = (struct project_budget){.words = STR("วิทยากร"), .quantity = 1, .times = 1, .price = satang(baht * 40)};
    w.nbudget = 2;
    assert_ok(project_save(f.db, f.arena, &lf_by, &w,
                           PROJECT_HEAD | PROJECT_SITUATION | PROJECT_ACTIVITIES | PROJECT_TARGETS | PROJECT_PEOPLE |
                               PROJECT_BUDGETS, &version));
    assert_ok(project_send(f.db, f.arena, &lf_by, id, version));
    return id;
}

static struct meeting_id held(const char *on)
{
    struct meeting_id id = {0};
    struct meeting m = {0};
    struct meeting_new n = {.fund = fund, .fy = date_fiscal_year(lf_day(on)), .held_on = lf_day(on)};
    struct meeting_person people[] = {{.name = STR("นายหนึ่ง ใจดี"), .is_present = true, .is_voter = true}};
    assert_ok(meeting_add(f.db, f.arena, &lf_by, &n, &id));
    assert_ok(meeting_get(f.db, f.arena, id, &m));
    assert_ok(meeting_hold(f.db, f.arena, &lf_by, id, m.version, people, 1));
    return id;
}

static struct meeting_item_id put(struct meeting_id m, const char *thing, int64_t id)
{
    struct meeting_item_id item = {0};
    assert_ok(meeting_item_add(f.db, f.arena, &lf_by, m, thing, id, STR("เรื่อง"), &item));
    return item;
}

static enum err decide(struct project_id id, struct meeting_item_id item, const char *kind, int64_t baht)
{
    struct project_decision_id made = {0};
    struct project_decision d = {.project = id,
                                 .kind = str_of(kind),
                                 .item = item,
                                 .amount = {baht > 0, satang(baht * 100)},
                                 .reason = baht > 0 ? STR_NONE : STR("ยังไม่พร้อม")};
    return project_decide(f.db, f.arena, &lf_by, &d, &why, &made);
}

static enum err sign(struct meeting_id m, const char *on)
{
    struct meeting_sign_id made = {0};
    return meeting_sign_login(f.db, f.arena, &chair, "meeting", m.v, fund, lf_day(on), &made, &why);
}

static struct project_change_id ask(struct project_change_new n);
static enum err decide_change(struct project_id id, struct project_change_id change, const char *kind, const char *on);

static void assert_refused(enum err e, enum msg message)
{
    if (e != ERR_REFUSED) fail_msg("%s: %s", err_name(e), err_detail());
    assert_true(why.is_said);
    assert_int_equal(why.why, message);
    assert_true(meeting_refusal_text(f.arena, LANG_TH, &why).n > 0 && meeting_refusal_text(f.arena, LANG_EN, &why).n > 0);
}

static struct ledger_commitment promise_of(struct str code)
{
    struct ledger_commitment c = {0};
    assert_ok(ledger_commitment_find(f.db, f.arena, book, code, &c));
    return c;
}

static struct project_id approved(const char *support_type, const char *owner_type, int64_t baht)
{
    struct project_id id = sent("ป้องกันการหกล้ม", support_type, owner_type, baht);
    struct meeting_id m = held("2026-11-10");
    assert_ok(decide(id, put(m, "project", id.v), "approve", baht));
    assert_ok(sign(m, "2026-11-11"));
    return id;
}

static void say(void *ctx, struct str line)
{
    (void)ctx;
    print_error("%.*s\n", STR_FMT(line));
}

static void books_are_sound(void)
{
    int64_t bad = 0;
    assert_ok(ledger_verify(f.db, f.arena, STR_NONE, say, NULL, &bad));
    assert_int_equal(bad, 0);
}

/* ---- decisions ---- */

static void only_a_signed_decision_opens_a_commitment(void **state)
{
    (void)state;
    struct project_id a = sent("โครงการหนึ่ง", "2", "5", 10000), b = sent("โครงการสอง", "2", "5", 12000),
                      c = sent("โครงการสาม", "4", "6", 9000);
    struct project_waiting *waiting = NULL;
    size_t n = 0;
    assert_ok(project_waiting(f.db, f.arena, fund, &waiting, &n));
    assert_int_equal(n, 3);
    struct meeting_id m = held("2026-11-10");
    struct meeting_item_id ia = put(m, "project", a.v), ib = put(m, "project", b.v), ic = put(m, "project", c.v);
    assert_ok(project_waiting(f.db, f.arena, fund, &waiting, &n));
    assert_int_equal(n, 0);
    assert_refused(decide(a, ia, "approve", 0), MSG_project_decide_amount);
    assert_ok(decide(a, ia, "reject", 0));
    assert_ok(decide(a, ia, "approve", 9500)); /* written anew before it is signed */
    assert_ok(decide(b, ib, "revise", 0));
    assert_refused(sign(m, "2026-11-11"), MSG_meeting_undecided);
    assert_ok(decide(c, ic, "approve_corrected", 8000));
    assert_int_equal(count("SELECT COUNT(*) FROM ledger_commitment"), 0);
    assert_int_equal(get(a).state, PROJECT_SENT);
    assert_ok(sign(m, "2026-11-11"));
    assert_int_equal(get(a).state, PROJECT_APPROVED);
    assert_true(str_eq(get(a).code, STR("70-T0001-2-01")));
    assert_int_equal(get(a).approved.v.v, 950000);
    assert_int_equal(get(b).state, PROJECT_REVISE);
    assert_true(str_eq(get(c).code, STR("70-T0001-4-01")));
    assert_int_equal(count("SELECT COUNT(*) FROM ledger_commitment"), 2);
    struct ledger_commitment promise = promise_of(STR("70-T0001-2-01"));
    assert_int_equal(promise.left.v, 950000);
    assert_true(str_eq(promise.approved_in, STR("1/2570")));
    assert_false(promise.is_entered_later);
    assert_true(promise.needs_agreement);
    assert_int_equal(promise.id.v, get(a).commitment.v);
    struct project_decision *all = NULL;
    assert_ok(project_decisions(f.db, f.arena, a, &all, &n));
    assert_int_equal(n, 1); /* what was written over was never decided */
    assert_true(all[0].is_in_force && str_eq(all[0].signed_how, STR("login")) && str_eq(all[0].meeting_words, STR("1/2570")));
    assert_refused(sign(m, "2026-11-12"), MSG_meeting_is_signed);
    assert_int_equal(count("SELECT COUNT(*) FROM ledger_commitment"), 2);
    books_are_sound();
}

static void one_refusal_refuses_the_whole_signing(void **state)
{
    (void)state;
    struct project_id a = sent("โครงการหนึ่ง", "2", "5", 10000), b = sent("โครงการสอง", "2", "5", 12000);
    struct meeting_id m = held("2026-11-10");
    struct meeting_item_id ia = put(m, "project", a.v), ib = put(m, "project", b.v);
    assert_ok(decide(a, ia, "approve", 10000));
    assert_ok(decide(b, ib, "approve", 12000));
    /* Withdrawn now, the meeting could never be signed. */
    assert_int_equal(project_cancel(f.db, f.arena, &lf_by, b, get(b).version, STR("กลุ่มถอนเรื่อง")), ERR_REFUSED);
    assert_int_equal(count("UPDATE project SET state = 'cancelled' WHERE id = (SELECT MAX(id) FROM project) RETURNING 1"), 1);
    assert_refused(sign(m, "2026-11-11"), MSG_project_sign_moved);
    assert_true(str_eq(why.args[0], STR("โครงการสอง")));
    assert_int_equal(get(a).state, PROJECT_SENT);
    assert_int_equal(count("SELECT COUNT(*) FROM ledger_commitment"), 0);
    assert_int_equal(count("SELECT COUNT(*) FROM project_decision WHERE in_force_at IS NOT NULL"), 0);
}

/* Two persons, whatever roles they hold; and the meeting's own day counts, also when it was put right after the decision. */
static void who_wrote_it_down_does_not_sign_it(void **state)
{
    (void)state;
    struct project_decision *all = NULL;
    struct meeting_sign_id made = {0};
    struct meeting before = {0};
    size_t n = 0;
    struct actor wrote = lf_by;
    wrote.account = chair.account;
    struct project_id id = sent("ออกกำลัง", "4", "6", 10000);
    struct meeting_id m = held("2026-11-10");
    struct meeting_item_id item = put(m, "project", id.v);
    struct project_decision d = {.project = id, .kind = STR("approve"), .item = item, .amount = some_satang(satang(1000000))};
    struct project_decision_id first = {0};
    assert_ok(project_decide(f.db, f.arena, &wrote, &d, &why, &first));
    assert_refused(sign(m, "2026-11-11"), MSG_meeting_own_decision);
    struct actor other = chair;
    other.account = chair.account + 1;
    /* who saw nothing recorded yet is told of it */
    d.has_seen = true;
    assert_refused(project_decide(f.db, f.arena, &lf_by, &d, &why, &first), MSG_project_decide_seen);
    assert_ok(meeting_get(f.db, f.arena, m, &before));
    struct meeting_facts facts = {.held_on = lf_day("2026-11-08")};
    assert_ok(meeting_edit(f.db, f.arena, &lf_by, &before, before.version, &facts));
    assert_ok(meeting_sign_login(f.db, f.arena, &other, "meeting", m.v, fund, lf_day("2026-11-11"), &made, &why));
    assert_ok(project_decisions(f.db, f.arena, id, &all, &n));
    assert_int_equal(date_cmp(all[0].decided_on, lf_day("2026-11-08")), 0);
    assert_int_equal(date_cmp(get(id).approved_on.v, lf_day("2026-11-08")), 0);
}

static void a_paper_is_of_what_it_was_signed_for(void **state)
{
    (void)state;
    struct meeting_sign_id paper = {0};
    struct actor sees = chair;
    struct project_id id = sent("ออกกำลัง", "4", "6", 10000);
    struct meeting_id m = held("2026-11-10");
    struct meeting_item_id item = put(m, "project", id.v);
    assert_ok(decide(id, item, "approve", 1000));
    assert_ok(meeting_sign_paper(f.db, f.arena, &lf_by, "meeting", m.v, fund, lf_day("2026-11-11"), STR("นายหนึ่ง ใจดี"), &paper, &why));
    assert_ok(decide(id, item, "approve", 6000));
    assert_refused(meeting_sign_see(f.db, f.arena, &sees, paper, &why), MSG_meeting_paper_changed);
    assert_int_equal(get(id).state, PROJECT_SENT);
    assert_ok(meeting_sign_paper(f.db, f.arena, &lf_by, "meeting", m.v, fund, lf_day("2026-11-11"), STR("นายหนึ่ง ใจดี"), &paper, &why));
    assert_ok(meeting_sign_see(f.db, f.arena, &sees, paper, &why));
    assert_int_equal(get(id).approved.v.v, 600000);
}

/* Told beforehand (course_over_free), a committee may promise what is still to come in; nothing is paid that is not there. */
static void more_than_there_is_may_be_approved_and_is_not_paid(void **state)
{
    struct ledger_posted paid;
    (void)state, lf_commit(&f, "X-8", "4", "6", 95000);
    assert_int_equal(lf_pay(&f, "2026-11-05", "X-8", 95000, &paid), LEDGER_FINE);
    struct project_id a = sent("ไข้เลือดออก", "5", "1", 10000);
    struct meeting_id m = held("2026-11-10");
    assert_ok(decide(a, put(m, "project", a.v), "approve", 10000));
    assert_ok(sign(m, "2026-11-11"));
    assert_int_equal(lf_pay(&f, "2026-11-20", "70-T0001-5-01", 10000, &paid), LEDGER_NOT_ENOUGH);
    (void)lf_receive(&f, "2026-11-20", LEDGER_NHSO, 6000);
    assert_int_equal(lf_pay(&f, "2026-11-20", "70-T0001-5-01", 10000, &paid), LEDGER_FINE);
}

static void a_code_that_somebody_has_is_passed_over(void **state)
{
    (void)state;
    enum ledger_fault fault;
    struct ledger_commitment_id made = {0};
    struct ledger_commit c = {.fund_code = STR(LF_FUND),
                              .project_code = STR("70-T0001-2-01"),
                              .title = STR("ลงจากหน้าบัญชี"),
                              .support_type = STR("2"),
                              .owner_type = STR("5"),
                              .approved_on = lf_day("2026-11-01"),
                              .approved_in = STR("9/2569"),
                              .amount = satang(5000)};
    assert_ok(ledger_commit(f.db, f.arena, &lf_by, &c, &fault, &made));
    struct project_id id = approved("2", "5", 10000);
    assert_true(str_eq(get(id).code, STR("70-T0001-2-02")));
}

static void the_month_may_be_closed_before_the_minutes_are_signed(void **state)
{
    (void)state;
    enum ledger_fault fault;
    struct project_id id = sent("ลงนามช้า", "2", "5", 10000);
    struct meeting_id m = held("2026-10-20");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 10000));
    assert_ok(ledger_close_month(f.db, f.arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, lf_day("2026-10-31"), &fault));
    assert_ok(sign(m, "2026-11-11"));
    assert_true(promise_of(get(id).code).is_entered_later);
    assert_int_equal(get(id).state, PROJECT_APPROVED);
    books_are_sound();
}

static void a_wrong_decision_is_corrected_and_both_stay(void **state)
{
    (void)state;
    struct project_decision *all = NULL;
    struct ledger_posted paid;
    struct project_money money;
    size_t n = 0;
    struct project_id id = approved("4", "6", 10000);
    struct meeting_id m = held("2026-11-15");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 7000));
    assert_ok(sign(m, "2026-11-16"));
    assert_int_equal(get(id).approved.v.v, 700000);
    assert_true(promise_of(STR("70-T0001-4-01")).is_released);
    assert_int_equal(promise_of(STR("70-T0001-4-01/2")).left.v, 700000);
    assert_true(str_eq(get(id).code, STR("70-T0001-4-01"))); /* papers keep its code */
    assert_ok(project_decisions(f.db, f.arena, id, &all, &n));
    assert_int_equal(n, 2);
    assert_true(all[0].is_corrected && all[1].corrects.v == all[0].id.v && all[1].is_in_force);
    assert_int_equal(lf_pay(&f, "2026-11-17", "70-T0001-4-01/2", 6000, &paid), LEDGER_FINE);
    assert_int_equal(get(id).state, PROJECT_RUNNING);
    m = held("2026-11-18");
    struct meeting_item_id item = put(m, "project", id.v);
    assert_ok(decide(id, item, "approve", 5000));
    assert_refused(sign(m, "2026-11-19"), MSG_project_correct_paid);
    assert_ok(decide(id, item, "reject", 0));
    assert_refused(sign(m, "2026-11-19"), MSG_project_correct_stop);
    assert_ok(decide(id, item, "approve", 6500));
    assert_ok(sign(m, "2026-11-19"));
    struct project p = get(id);
    assert_ok(project_money(f.db, f.arena, &p, &money));
    assert_int_equal(money.paid.v, 600000);
    assert_int_equal(money.left.v, 50000);
    books_are_sound();
}

/* Suspended it stays held under its new promise; withdrawn or being rewritten it is not approved by a correction. */
static void a_correction_opens_no_back_door(void **state)
{
    (void)state;
    struct ledger_posted paid;
    struct project_id id = approved("4", "6", 10000);
    struct project_change_new n = {.project = id, .kind = PROJECT_SUSPEND};
    assert_int_equal(lf_pay(&f, "2026-11-11", "70-T0001-4-01", 4000, &paid), LEDGER_FINE);
    assert_ok(decide_change(id, ask(n), "change", "2026-11-12"));
    struct meeting_id m = held("2026-11-15");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 7000));
    assert_ok(sign(m, "2026-11-16"));
    assert_int_equal(get(id).state, PROJECT_SUSPENDED);
    assert_int_equal(lf_pay(&f, "2026-11-17", "70-T0001-4-01/2", 100, &paid), LEDGER_HELD);
    n.kind = PROJECT_STOP;
    assert_ok(decide_change(id, ask(n), "change", "2026-11-18"));
    m = held("2026-11-19");
    struct meeting_item_id item = put(m, "project", id.v);
    assert_ok(decide(id, item, "approve", 8000));
    assert_refused(sign(m, "2026-11-19"), MSG_project_correct_over);

    struct project_id other = sent("ออกกำลัง", "4", "6", 5000);
    m = held("2026-11-12");
    assert_ok(decide(other, put(m, "project", other.v), "revise", 0));
    assert_ok(sign(m, "2026-11-12"));
    m = held("2026-11-13");
    item = put(m, "project", other.v);
    assert_refused(decide(other, item, "approve", 5000), MSG_project_decide_not_sent);
    assert_ok(project_cancel(f.db, f.arena, &lf_by, other, get(other).version, STR("ถอน")));
    assert_refused(decide(other, item, "reject", 0), MSG_project_decide_not_sent);
    books_are_sound();
}

/* Closing gives back what is left of the promise that stands, not of the one that was corrected. */
static void a_corrected_project_is_closed_with_its_own_promise(void **state)
{
    (void)state;
    struct ledger_posted paid;
    const char *refused = NULL;
    enum ledger_fault fault;
    struct project_id id = approved("4", "6", 10000);
    struct meeting_id m = held("2026-11-15");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 7000));
    assert_ok(sign(m, "2026-11-16"));
    assert_int_equal(lf_pay(&f, "2026-11-17", "70-T0001-4-01/2", 6000, &paid), LEDGER_FINE);
    assert_ok(project_move(f.db, f.arena, &lf_by, id, PROJECT_REPORTED, lf_day("2026-11-18")));
    struct ledger_receipt r = {.fund_code = STR(LF_FUND),
                               .on = lf_day("2026-11-19"),
                               .source = LEDGER_REFUND,
                               .amount = satang(600000),
                               .project_code = STR("70-T0001-4-01")}; /* as people know it */
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &paid));
    assert_ok(monitor_close(f.db, f.arena, &lf_by, id, lf_day("2026-11-20"), &refused));
    assert_true(promise_of(STR("70-T0001-4-01/2")).is_released);
    books_are_sound();
}

static void an_approval_taken_back_may_be_given_again(void **state)
{
    (void)state;
    struct project_id id = approved("4", "6", 10000);
    struct meeting_id m = held("2026-11-15");
    assert_ok(decide(id, put(m, "project", id.v), "defer", 0));
    assert_ok(sign(m, "2026-11-16"));
    assert_int_equal(get(id).state, PROJECT_DEFERRED);
    assert_false(get(id).approved.has);
    m = held("2026-11-17");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 9000));
    assert_ok(sign(m, "2026-11-18"));
    assert_int_equal(get(id).state, PROJECT_APPROVED);
    assert_int_equal(promise_of(STR("70-T0001-4-01/2")).left.v, 900000);
    books_are_sound();
}

static void the_chair_alone_approves_an_emergency(void **state)
{
    (void)state;
    struct project_id other = sent("ไม่เร่งด่วน", "2", "5", 10000), id = sent("ไข้เลือดออก", "5", "1", 20000);
    struct project_decision_id made = {0};
    struct meeting_sign_id signed_as = {0};
    struct project_waiting *waiting = NULL;
    size_t n = 0;
    struct project_decision d = {.project = other,
                                 .kind = STR("urgent"),
                                 .decided_on = lf_day("2026-11-20"),
                                 .amount = some_satang(satang(1000000)),
                                 .reason = STR("ระบาด")};
    assert_refused(project_decide(f.db, f.arena, &chair, &d, &why, &made), MSG_project_urgent_type);
    d.project = id;
    assert_ok(project_decide(f.db, f.arena, &chair, &d, &why, &made));
    assert_int_equal(get(id).state, PROJECT_SENT);
    assert_ok(meeting_sign_login(f.db, f.arena, &chair, "project_decision", made.v, fund, lf_day("2026-11-20"), &signed_as, &why));
    assert_int_equal(get(id).state, PROJECT_APPROVED);
    assert_int_equal(promise_of(STR("70-T0001-5-01")).left.v, 1000000);
    assert_ok(project_waiting(f.db, f.arena, fund, &waiting, &n));
    bool is_waiting = false;
    for (size_t i = 0; i < n; i++) is_waiting |= str_eq(str_of(waiting[i].thing), STR("project_decision"));
    assert_true(is_waiting);
    struct meeting_id m = held("2026-11-21");
    struct meeting_item_id item = put(m, "project_decision", made.v);
    assert_refused(decide(id, item, "approve", 5), MSG_project_decide_other);
    assert_ok(decide(id, item, "laid_before", 0));
    assert_ok(sign(m, "2026-11-22"));
    assert_int_equal(get(id).state, PROJECT_APPROVED);
}

/* ---- agreement, evidence, payment ---- */

static struct project_agreement agreement(struct project_id id, int64_t first, int64_t second)
{
    struct project_agreement g = {.project = id,
                                  .number = STR("1/2570"),
                                  .agreed_on = lf_day("2026-11-12"),
                                  .signer_owner = STR("นาง ก"),
                                  .signer_fund = STR("นายก ข")};
    g.instalments = ARENA_ARRAY(f.arena, struct project_instalment, 2);
    g.instalments[0] = (struct project_instalment){.amount = satang(first), .evidence = STR("agreement")};
    g.instalments[1] = (struct project_instalment){.amount = satang(second), .evidence = STR("report")};
    g.ninstalments = 2;
    return g;
}

static enum ledger_fault pay_part(const char *code, int64_t part, int64_t sum)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_posted posted;
    struct ledger_payment p = {.fund_code = STR(LF_FUND),
                               .on = lf_day("2026-11-20"),
                               .project_code = str_of(code),
                               .instalment = part,
                               .amount = satang(sum)};
    enum err e = ledger_post_payment(f.db, f.arena, &lf_by, &p, &fault, &posted);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void instalments_open_by_their_evidence(void **state)
{
    (void)state;
    bool is_opened = true;
    struct project_agreement back = {0};
    struct project_id id = approved("2", "5", 10000);
    struct project_agreement g = agreement(id, 600000, 399999);
    assert_refused(project_agree(f.db, f.arena, &lf_by, &g, &why), MSG_project_agree_sum);
    g = agreement(id, 600000, 400000);
    g.agreed_on = lf_day("2026-11-09");
    assert_refused(project_agree(f.db, f.arena, &lf_by, &g, &why), MSG_project_agree_before);
    g.agreed_on = lf_day("2026-11-12");
    assert_ok(project_agree(f.db, f.arena, &lf_by, &g, &why));
    assert_int_equal(get(id).state, PROJECT_RUNNING);
    assert_refused(project_agree(f.db, f.arena, &lf_by, &g, &why), MSG_project_agree_there);
    assert_int_equal(pay_part("70-T0001-2-01", 1, 600000), LEDGER_FINE);
    assert_int_equal(pay_part("70-T0001-2-01", 2, 400000), LEDGER_SHUT);
    assert_ok(project_evidence(f.db, f.arena, &lf_by, id, "report", &is_opened));
    assert_true(is_opened);
    assert_ok(project_evidence(f.db, f.arena, &lf_by, id, "report", &is_opened));
    assert_false(is_opened);
    assert_int_equal(pay_part("70-T0001-2-01", 2, 400000), LEDGER_FINE);
    assert_ok(project_agreement_get(f.db, f.arena, id, &back));
    assert_true(back.instalments[0].is_paid && back.instalments[1].is_paid && back.instalments[1].is_open);
    books_are_sound();
}

static void without_an_agreement_it_runs_from_its_first_payment(void **state)
{
    (void)state;
    struct ledger_posted paid, undone;
    struct project_id id = approved("4", "6", 10000);
    assert_int_equal(get(id).state, PROJECT_APPROVED);
    assert_int_equal(lf_pay(&f, "2026-11-20", "70-T0001-4-01", 4000, &paid), LEDGER_FINE);
    assert_int_equal(get(id).state, PROJECT_RUNNING);
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-21", &undone), LEDGER_FINE);
    assert_int_equal(get(id).state, PROJECT_APPROVED);
}

/* ---- changes ---- */

static struct project_change_id ask(struct project_change_new n)
{
    struct project_change_id id = {0};
    n.reason = STR("น้ำท่วม");
    enum err e = project_change_ask(f.db, f.arena, &lf_by, &n, &why, &id);
    if (e != ERR_OK) fail_msg("%s %s", err_name(e), why.is_said ? str_z(f.arena, meeting_refusal_text(f.arena, LANG_TH, &why)) : "");
    return id;
}

static enum err decide_change(struct project_id id, struct project_change_id change, const char *kind, const char *on)
{
    struct meeting_id m = held(on);
    enum err e = decide(id, put(m, "project_change", change.v), kind, 0);
    return e == ERR_OK ? sign(m, on) : e;
}

static void a_change_is_asked_for_decided_and_then_applied(void **state)
{
    (void)state;
    struct project_id id = approved("4", "6", 10000), none = id;
    struct project_change_id change = {0};
    struct satang lines[] = {satang(550000), satang(450000)};
    struct project_change_new n = {.project = none, .kind = PROJECT_EXTEND};
    assert_refused(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &change), MSG_project_change_reason);
    n.ends_on = (struct opt_date){true, lf_day("2027-05-31")};
    change = ask(n);
    assert_int_equal(date_cmp(get(id).ends_on.v, lf_day("2027-03-10")), 0); /* not yet */
    assert_ok(decide_change(id, change, "change", "2026-11-12"));
    assert_int_equal(date_cmp(get(id).ends_on.v, lf_day("2027-05-31")), 0);
    n = (struct project_change_new){.project = id, .kind = PROJECT_MOVE_MONEY, .lines = lines, .nlines = 2};
    assert_ok(decide_change(id, ask(n), "change", "2026-11-13"));
    struct project p = get(id);
    struct project_whole w = {0};
    assert_ok(project_read(f.db, f.arena, &p, &w));
    assert_int_equal(w.budget[0].amount.v, 550000);
    n = (struct project_change_new){
        .project = id, .kind = PROJECT_RESPONSIBLE, .person = 2, .who = {.name = STR("นาย ใหม่"), .phone = STR("0812345678")}};
    assert_ok(decide_change(id, ask(n), "refuse_change", "2026-11-14"));
    assert_ok(project_read(f.db, f.arena, &p, &w));
    assert_true(str_eq(w.people[1].name, STR("นาง ก")));
    assert_ok(decide_change(id, ask(n), "change", "2026-11-14"));
    p = get(id);
    assert_ok(project_read(f.db, f.arena, &p, &w));
    assert_true(str_eq(w.people[1].name, STR("นาย ใหม่")));
    assert_int_equal(w.npeople, 5);
}

/* The second was asked for when the lines stood otherwise: agreed as it is, it would change the sum of the project. */
static void two_moves_of_money_do_not_take_each_other_back(void **state)
{
    (void)state;
    struct project_id id = approved("4", "6", 10000);
    struct satang one[] = {satang(550000), satang(450000)}, two[] = {satang(650000), satang(350000)};
    struct project_change_new a = {.project = id, .kind = PROJECT_MOVE_MONEY, .lines = one, .nlines = 2}, b = a;
    b.lines = two;
    struct project_change_id first = ask(a), second = ask(b);
    struct meeting_id m = held("2026-11-12");
    struct meeting_item_id later_item;
    assert_ok(decide(id, put(m, "project_change", first.v), "change", 0));
    later_item = put(m, "project_change", second.v);
    assert_ok(decide(id, later_item, "change", 0));
    assert_refused(sign(m, "2026-11-12"), MSG_project_change_stale);
    assert_ok(decide(id, later_item, "refuse_change", 0));
    assert_ok(sign(m, "2026-11-12"));
    struct project p = get(id);
    struct project_whole w = {0};
    assert_ok(project_read(f.db, f.arena, &p, &w));
    assert_int_equal(w.budget[0].amount.v, 550000);
    assert_int_equal(w.budget_sum.v, 1000000);
}

static void suspended_resumed_stopped_and_clawed_back(void **state)
{
    (void)state;
    struct ledger_posted paid;
    struct satang due = {0};
    struct opt_date on = {0};
    enum ledger_fault fault;
    struct project_id id = approved("4", "6", 10000);
    struct project_change_new n = {.project = id, .kind = PROJECT_SUSPEND};
    assert_int_equal(lf_pay(&f, "2026-11-11", "70-T0001-4-01", 4000, &paid), LEDGER_FINE);
    assert_ok(decide_change(id, ask(n), "change", "2026-11-12"));
    assert_int_equal(get(id).state, PROJECT_SUSPENDED);
    assert_int_equal(lf_pay(&f, "2026-11-13", "70-T0001-4-01", 100, &paid), LEDGER_HELD);
    n.kind = PROJECT_RESUME;
    assert_ok(decide_change(id, ask(n), "change", "2026-11-14"));
    assert_int_equal(get(id).state, PROJECT_RUNNING);
    assert_int_equal(lf_pay(&f, "2026-11-15", "70-T0001-4-01", 100, &paid), LEDGER_FINE);
    n.kind = PROJECT_STOP;
    assert_ok(decide_change(id, ask(n), "change", "2026-11-16"));
    assert_int_equal(get(id).state, PROJECT_STOPPED);
    assert_int_equal(lf_pay(&f, "2026-11-17", "70-T0001-4-01", 1, &paid), LEDGER_RELEASED);
    n = (struct project_change_new){.project = id,
                                    .kind = PROJECT_CLAW_BACK,
                                    .reason = STR("ไม่ได้ทำ"),
                                    .amount = some_satang(satang(410001))};
    struct project_change_id change = {0};
    assert_refused(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &change), MSG_project_change_over_paid);
    n.amount = some_satang(satang(300000));
    assert_ok(decide_change(id, ask(n), "change", "2026-11-18"));
    struct project p = get(id);
    assert_ok(project_due_back(f.db, f.arena, &p, &due, &on));
    assert_int_equal(due.v, 300000);
    struct ledger_receipt r = {.fund_code = STR(LF_FUND),
                               .on = lf_day("2026-11-20"),
                               .source = LEDGER_REFUND,
                               .amount = satang(120000),
                               .project_code = STR("70-T0001-4-01")};
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &paid));
    assert_ok(project_due_back(f.db, f.arena, &p, &due, &on));
    assert_int_equal(due.v, 180000);
    books_are_sound();
}

/* ---- entered later ---- */

static struct project_later later(const char *code, enum project_state state)
{
    return (struct project_later){.fund_code = STR(LF_FUND),
                                  .state = state,
                                  .code = str_of(code),
                                  .title = STR("โครงการเก่า"),
                                  .owner_name = STR("อสม."),
                                  .owner_type = STR("5"),
                                  .support_type = STR("2"),
                                  .approved_on = lf_day("2025-11-20"),
                                  .meeting_words = STR("4/2568"),
                                  .amount = satang(2000000),
                                  .paid = satang(1500000),
                                  .starts_on = {true, lf_day("2025-11-01")},
                                  .ends_on = {true, lf_day("2026-08-31")},
                                  .report_due = {true, lf_day("2026-08-01")},
                                  .agreement_no = STR("3/2568"),
                                  .agreement_on = {true, lf_day("2025-12-01")}};
}

static void projects_of_before_are_entered_with_any_code(void **state)
{
    (void)state;
    static const char *const codes[] = {"61-L5221-2-01", "2568-L7572-01-001", "ปี2564-L5275-1-1", "L336325642002", "66-3357-04-001"};
    struct project *found = NULL;
    struct project_id id = {0};
    struct project_money money = {0};
    enum msg warned[PROJECT_WARNINGS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct project_later l = later(codes[i], i % 2 == 0 ? PROJECT_RUNNING : PROJECT_CLOSED);
        assert_ok(project_enter_later(f.db, f.arena, &lf_by, &l, &why, &id));
        assert_ok(project_find_code(f.db, f.arena, str_of(codes[i]), &found, &n));
        assert_int_equal(n, 1);
        assert_true(found[0].is_entered_later && found[0].id.v == id.v);
        assert_ok(project_money(f.db, f.arena, &found[0], &money));
        assert_int_equal(money.paid.v, 1500000);
        assert_int_equal(money.left.v, i % 2 == 0 ? 500000 : 0);
        assert_refused(project_enter_later(f.db, f.arena, &lf_by, &l, &why, &id), MSG_project_code_taken);
    }
    struct project_later l = later("61-L5221-3-01", PROJECT_RUNNING);
    assert_int_equal(project_later_warnings(&l, warned), 4); /* late approval, early report, other type, no place */
    assert_int_equal(count("SELECT COUNT(*) FROM project_decision WHERE in_force_at IS NOT NULL"), 5);
    books_are_sound();
}

static void a_commitment_of_the_ledgers_own_becomes_a_project(void **state)
{
    (void)state;
    struct project *found = NULL;
    struct ledger_posted paid;
    size_t n = 0;
    lf_commit(&f, "2570-T0001-01-7", "4", "6", 80);
    assert_ok(project_find_code(f.db, f.arena, STR("2570-T0001-01-7"), &found, &n));
    assert_int_equal(n, 1);
    assert_int_equal(found[0].state, PROJECT_APPROVED);
    assert_true(found[0].is_entered_later && str_is_none(found[0].code) && !id_is_none(found[0].commitment));
    assert_int_equal(lf_pay(&f, "2026-11-20", "2570-T0001-01-7", 10, &paid), LEDGER_FINE);
    assert_int_equal(get(found[0].id).state, PROJECT_RUNNING);
    struct project_decision *all = NULL;
    assert_ok(project_decisions(f.db, f.arena, found[0].id, &all, &n));
    assert_true(n == 1 && all[0].is_entered_later && all[0].is_in_force);
}

/* ---- at home where the fund was in that year ---- */

static void say_difference(void *ctx, struct str line)
{
    (void)ctx;
    print_message("%.*s\n", STR_FMT(line));
}

static void figures_are_sound(void)
{
    int64_t bad = 0;
    assert_ok(report_verify(f.db, f.arena, say_difference, NULL, &bad));
    assert_int_equal(bad, 0);
}

static size_t listed_in(struct area_id district)
{
    struct project_row *rows = NULL;
    struct project_asked q = {.district = district, .state = -1, .fy = fiscal_year(2570), .most = 10};
    size_t n = 0;
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    return n;
}

static void it_follows_a_corrected_fund_year_and_a_fund_that_moves(void **state)
{
    (void)state;
    struct area other = {0}, third = {0}, here = {0};
    struct fund_rules rules;
    bool is_changed = false;
    struct actor by = actor_system("system:test");
    struct project_later l = later("70-L5221-2-01", PROJECT_RUNNING);
    struct project_id id = {0};
    l.approved_on = lf_day("2026-10-20");
    l.agreement_on.v = lf_day("2026-10-22");
    l.starts_on.v = lf_day("2026-10-25");
    l.ends_on.v = lf_day("2027-02-01");
    l.report_due.v = lf_day("2027-03-01");
    l.paid = satang(0);
    assert_ok(project_enter_later(f.db, f.arena, &lf_by, &l, &why, &id));
    struct project before = get(id);
    assert_ok(area_find_id(f.db, f.arena, before.district, &here));
    assert_ok(area_find_code(f.db, f.arena, STR("9007"), &other));
    assert_ok(area_find_code(f.db, f.arena, STR("9401"), &third));
    assert_int_equal(listed_in(here.id), 1);
    figures_are_sound();
    /* the year is corrected */
    assert_ok(fund_rules_read(f.db, f.arena, &rules));
    struct fund_year_write w = {.fund = fund, .fy = before.fy, .district = other.id, .province = other.parent_id, .kind = STR("sao"),
                                .certainty = STR("U"), .source = STR("test"), .actor = &by};
    assert_ok(fund_year_write(f.db, f.arena, &rules, &w, &is_changed));
    struct project now = get(id);
    assert_true(now.district.v == other.id.v && now.province.v == other.parent_id.v && now.version == before.version);
    assert_true(listed_in(here.id) == 0 && listed_in(other.id) == 1);
    figures_are_sound();
    /* the fund moves: a year with a record of its own stays where the record says, others follow */
    struct project_id next = sent("ปีหน้า", "2", "4", 9000);
    assert_ok(db_script(f.db, str_z(f.arena, str_printf(f.arena, "UPDATE project SET fy = 2571 WHERE id = %lld", (long long)next.v))));
    assert_ok(db_script(f.db, str_z(f.arena, str_printf(f.arena, "UPDATE fund_district SET district_id = %lld WHERE fund_id = %lld",
                                                      (long long)third.id.v, (long long)fund.v))));
    struct fund_placed e = {.fund = fund, .district = third.id, .province = third.parent_id,
                            .left_district = here.id, .left_province = here.parent_id};
    assert_ok(event_fund_placed(f.db, f.arena, &e));
    assert_true(get(id).district.v == other.id.v && get(next).district.v == third.id.v && get(next).province.v == third.parent_id.v);
}

#define CASE(t) cmocka_unit_test_setup_teardown(t, in_transaction, roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(only_a_signed_decision_opens_a_commitment),
                                       CASE(one_refusal_refuses_the_whole_signing),
                                       CASE(a_paper_is_of_what_it_was_signed_for),
                                       CASE(who_wrote_it_down_does_not_sign_it),
                                       CASE(more_than_there_is_may_be_approved_and_is_not_paid),
                                       CASE(a_code_that_somebody_has_is_passed_over),
                                       CASE(the_month_may_be_closed_before_the_minutes_are_signed),
                                       CASE(a_wrong_decision_is_corrected_and_both_stay),
                                       CASE(a_correction_opens_no_back_door),
                                       CASE(a_corrected_project_is_closed_with_its_own_promise),
                                       CASE(an_approval_taken_back_may_be_given_again),
                                       CASE(the_chair_alone_approves_an_emergency),
                                       CASE(instalments_open_by_their_evidence),
                                       CASE(without_an_agreement_it_runs_from_its_first_payment),
                                       CASE(a_change_is_asked_for_decided_and_then_applied),
                                       CASE(two_moves_of_money_do_not_take_each_other_back),
                                       CASE(suspended_resumed_stopped_and_clawed_back),
                                       CASE(projects_of_before_are_entered_with_any_code),
                                       CASE(a_commitment_of_the_ledgers_own_becomes_a_project),
                                       CASE(it_follows_a_corrected_fund_year_and_a_fund_that_moves)};
    return FIXTURE_RUN(tests);
}
