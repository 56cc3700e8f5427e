/* project_decide_test.c — nothing but a decision in force opens a commitment; two persons put it in force; what was signed
 * wrongly is corrected, both visible. */
#include "tests/rooms/project_thread_fixture.h"

#include "rooms/project/project_paper.h"

static int64_t given_away(struct meeting_id m, struct project_id but)
{
    struct satang sum = {-1};
    assert_ok(project_promised(f.db, f.arena, m, but, &sum));
    return sum.v;
}

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
    assert_int_equal(given_away(m, c), 950000); /* what was written over does not count */
    assert_int_equal(given_away(m, a), 0);
    assert_ok(decide(c, ic, "approve_corrected", 8000));
    assert_int_equal(given_away(m, b), 1750000);
    assert_int_equal(count("SELECT COUNT(*) FROM ledger_commitment"), 0);
    assert_int_equal(get(a).state, PROJECT_SENT);
    assert_ok(sign(m, "2026-11-11"));
    assert_int_equal(given_away(m, b), 0); /* the book holds it now */
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
    assert_ok(monitor_close(f.db, f.arena, &lf_by, id, lf_day("2026-11-20"), true, &refused));
    assert_true(promise_of(STR("70-T0001-4-01/2")).is_released);
    books_are_sound();
}

static struct project_id corrected_twice(struct ledger_posted *first, struct ledger_posted *second)
{
    struct project_id id = approved("4", "6", 10000);
    assert_int_equal(lf_pay(&f, "2026-11-11", "70-T0001-4-01", 3000, first), LEDGER_FINE);
    struct meeting_id m = held("2026-11-12");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 9000));
    assert_ok(sign(m, "2026-11-13"));
    assert_int_equal(lf_pay(&f, "2026-11-14", "70-T0001-4-01/2", 2000, second), LEDGER_FINE);
    m = held("2026-11-15");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 8000));
    assert_ok(sign(m, "2026-11-16"));
    return id;
}

/* Receipts, money and refunds of a project are those of all its promises. */
static void what_was_paid_before_a_correction_stays(void **state)
{
    (void)state;
    struct ledger_posted first, second, posted;
    struct project_papers_there there = {0};
    struct project_money money = {0};
    struct str slug = STR_NONE;
    enum ledger_fault fault;
    struct project_id id = corrected_twice(&first, &second);
    struct project p = get(id);
    assert_ok(project_papers_there(f.db, f.arena, &p, &there));
    assert_int_equal(there.nreceipts, 2);
    assert_true(there.receipts[0].entry.v == second.id.v && there.receipts[1].entry.v == first.id.v);
    assert_ok(project_of_commitment_code(f.db, f.arena, fund, STR("70-T0001-4-01/2"), &slug));
    assert_true(str_eq(slug, p.slug));
    struct ledger_receipt r = {.fund_code = STR(LF_FUND), .on = lf_day("2026-11-17"), .source = LEDGER_REFUND, .amount = satang(5000)};
    static const char *const codes[] = {"70-T0001-4-01", "70-T0001-4-01/2", "70-T0001-4-01/3"};
    for (size_t i = 0; i < 3; i++) {
        r.project_code = str_of(codes[i]);
        assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &posted));
    }
    assert_ok(project_money(f.db, f.arena, &p, &money));
    assert_int_equal(money.paid.v, 500000);
    assert_int_equal(money.refunded.v, 15000);
    assert_int_equal(money.left.v, 300000);
    books_are_sound();
}

/* "Paid before" of the corrected promise is fixed: its payments are not reversed, the refusal names the promise. */
static void a_payment_before_a_correction_is_not_reversed(void **state)
{
    (void)state;
    struct ledger_posted first, second, posted, undone;
    struct str successor = STR_NONE;
    struct project_id id = corrected_twice(&first, &second);
    assert_int_equal(lf_reverse(&f, first.id, "2026-11-17", &undone), LEDGER_CORRECTED);
    assert_ok(ledger_successor(f.db, f.arena, book, STR("70-T0001-4-01"), &successor));
    assert_true(str_eq(successor, STR("70-T0001-4-01/3")));
    assert_int_equal(lf_reverse(&f, second.id, "2026-11-17", &undone), LEDGER_CORRECTED);
    assert_ok(ledger_successor(f.db, f.arena, book, STR("70-T0001-4-01/2"), &successor));
    assert_true(str_eq(successor, STR("70-T0001-4-01/3")));
    assert_int_equal(lf_pay(&f, "2026-11-18", "70-T0001-4-01/3", 1000, &posted), LEDGER_FINE);
    assert_int_equal(lf_reverse(&f, posted.id, "2026-11-19", &undone), LEDGER_FINE);
    assert_int_equal(get(id).state, PROJECT_RUNNING);
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

static enum err approve_due(struct project_id id, struct meeting_item_id item, const char *due)
{
    struct project_decision_id made = {0};
    struct project_decision d = {.project = id, .kind = STR("approve"), .item = item, .amount = some_satang(satang(1000000)), .report_due = {true, lf_day(due)}};
    return project_decide(f.db, f.arena, &lf_by, &d, &why, &made);
}

/* A report is due on the day that the project ends or later, and never before it was decided; each of those days counts. */
static void a_report_is_due_neither_before_the_end_nor_before_the_decision(void **state)
{
    (void)state;
    struct project_id id = sent("กำหนดส่งรายงาน", "2", "5", 10000); /* ends on 2027-03-10 */
    struct meeting_item_id item = put(held("2026-11-10"), "project", id.v);
    assert_refused(approve_due(id, item, "2027-03-09"), MSG_project_decide_report);
    assert_ok(approve_due(id, item, "2027-03-10"));
    id = sent("ยังไม่บอกวันสิ้นสุด", "2", "5", 10000);
    assert_int_equal(count("UPDATE project SET ends_on = NULL WHERE id = (SELECT MAX(id) FROM project) RETURNING 1"), 1);
    item = put(held("2026-11-11"), "project", id.v);
    assert_refused(approve_due(id, item, "2026-11-10"), MSG_project_decide_report);
    assert_ok(approve_due(id, item, "2026-11-11"));
}

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
                                       CASE(what_was_paid_before_a_correction_stays),
                                       CASE(a_payment_before_a_correction_is_not_reversed),
                                       CASE(an_approval_taken_back_may_be_given_again),
                                       CASE(the_chair_alone_approves_an_emergency),
                                       CASE(a_report_is_due_neither_before_the_end_nor_before_the_decision)};
    return FIXTURE_RUN(tests);
}
