/* later_test.c — what one person enters as approved earlier, as a project or as a promise of the ledger, is paid when
 * another person has seen the signed minutes, and not before. */
#include "tests/rooms/project_thread_fixture.h"

static const struct actor officer = {.code = {"account:11", 10}, .account = 11};

static bool waits_for_paper(struct project_id id)
{
    bool waits = false;
    struct project p = get(id);
    assert_ok(project_waits_for_paper(f.db, f.arena, &p, &waits));
    return waits;
}

static struct project_id entered_by_one(const char *code)
{
    struct project_id id = {0};
    struct project_later l = later(code, PROJECT_RUNNING);
    l.approved_on = lf_day("2026-10-20");
    l.agreement_on.v = lf_day("2026-10-22");
    l.ends_on.v = l.report_due.v = lf_day("2027-03-01");
    assert_ok(project_enter_later(f.db, f.arena, &officer, &l, &why, &id));
    assert_true(waits_for_paper(id));
    return id;
}

static struct meeting_sign_id bring(struct project_id id)
{
    struct project_decision d = {0};
    struct meeting_sign_id sign_id = {0};
    assert_ok(project_decision_standing(f.db, f.arena, id, &d));
    assert_ok(meeting_sign_paper(f.db, f.arena, &officer, "project_decision", d.id.v, fund, lf_day("2026-10-21"), STR("ประธาน"), &sign_id, &why));
    return sign_id;
}

static void one_persons_word_is_paid_when_another_has_seen_the_paper(void **state)
{
    (void)state;
    static const char code[] = "2570-L0001-2-7";
    struct ledger_posted paid;
    struct project_decision d = {0};
    struct project_id id = entered_by_one(code);
    assert_int_equal(lf_pay(&f, "2026-11-20", code, 10, &paid), LEDGER_HELD);
    struct meeting_sign_id paper = bring(id);
    assert_refused(meeting_sign_see(f.db, f.arena, &officer, paper, &why), MSG_meeting_own_paper);
    assert_int_equal(lf_pay(&f, "2026-11-20", code, 10, &paid), LEDGER_HELD);
    assert_ok(meeting_sign_see(f.db, f.arena, &chair, paper, &why));
    assert_false(waits_for_paper(id));
    assert_ok(project_decision_standing(f.db, f.arena, id, &d));
    assert_true(str_eq(d.signed_how, STR("paper")) && !d.is_entered_later);
    assert_int_equal(lf_pay(&f, "2026-11-20", code, 10, &paid), LEDGER_FINE);
    assert_refused(meeting_sign_see(f.db, f.arena, &chair, paper, &why), MSG_meeting_is_signed);
    /* finished, or all of it paid before: nothing is left that could be paid */
    struct project_later l = later("2570-L0001-2-8", PROJECT_CLOSED);
    assert_ok(project_enter_later(f.db, f.arena, &officer, &l, &why, &id));
    assert_false(waits_for_paper(id));
    books_are_sound();
}

static void refused_later(struct project_later l, enum msg message)
{
    struct project_id id = {0};
    assert_refused(project_enter_later(f.db, f.arena, &officer, &l, &why, &id), message);
}

static void taken_later(struct project_later l, const char *code)
{
    struct project_id id = {0};
    l.code = str_of(code);
    assert_ok(project_enter_later(f.db, f.arena, &officer, &l, &why, &id));
}

/* Days of before stand in their order, and none is to come; each edge is still good. Today is 2026-11-22. */
static void days_of_before_are_in_order(void **state)
{
    (void)state;
    struct project_later l = later("2570-L0001-2-1", PROJECT_CLOSED);
    l.closed_on = (struct opt_date){true, lf_day("2025-11-19")};
    refused_later(l, MSG_project_later_closed);
    l.closed_on.v = lf_day("2025-11-20"); /* the day of its approval */
    taken_later(l, "2570-L0001-2-1");
    l.closed_on.v = lf_day("2026-11-23");
    refused_later(l, MSG_project_decide_future);
    l.closed_on.v = lf_day("2026-11-22");
    taken_later(l, "2570-L0001-2-2");
    l.agreement_on.v = lf_day("2025-11-19");
    refused_later(l, MSG_project_agree_before);
    l.agreement_on.v = lf_day("2025-11-20");
    taken_later(l, "2570-L0001-2-3");
    l.ends_on.v = lf_day("2025-10-31");
    refused_later(l, MSG_project_later_order);
    l.ends_on.v = l.starts_on.v;
    taken_later(l, "2570-L0001-2-4");
    l.paid = satang(l.amount.v + 1);
    refused_later(l, MSG_project_later_paid);
    l.paid = l.amount;
    taken_later(l, "2570-L0001-2-5");
    l = later("2570-L0001-2-6", PROJECT_APPROVED);
    l.paid = satang(0);
    l.agreement_on.has = false;
    l.agreement_no = STR_NONE;
    l.approved_on = lf_day("2026-11-23");
    refused_later(l, MSG_project_decide_future);
    l.approved_on = lf_day("2026-11-22");
    taken_later(l, "2570-L0001-2-6");
    books_are_sound();
}

/* The fund has had other limits since: what was approved before them keeps the size that it had. */
static void its_size_is_by_the_limits_of_its_day(void **state)
{
    (void)state;
    struct project_size_rule then = {.small_to = satang(1000000), .medium_to = satang(1500000), .from = {true, lf_day("2025-10-01")}, .source = STR("ก")};
    struct project_size_rule since = {.small_to = satang(3000000), .medium_to = satang(9000000), .from = {true, lf_day("2026-11-01")}, .source = STR("ข")};
    assert_ok(project_size_rule_add(f.db, f.arena, &lf_by, fund, &then));
    assert_ok(project_size_rule_add(f.db, f.arena, &lf_by, fund, &since));
    assert_int_equal(get(entered_by_one("2570-L0001-2-7")).size, PROJECT_LARGE); /* 20,000 baht on 2026-10-20 */
}

/* A meeting asks for it, decides on it, and is signed by the chair. */
static void change(struct project_id id, enum project_change_kind kind, const char *on)
{
    struct project_change_id asked = {0};
    struct project_decision_id decided = {0};
    struct meeting_id id_of = {0};
    struct meeting_item_id item = {0};
    struct meeting_sign_id signed_by = {0};
    struct meeting m = {0};
    struct meeting_person person = {.name = STR("นายหนึ่ง ใจดี"), .is_present = true, .is_voter = true};
    struct project_change_new n = {.project = id, .kind = kind, .reason = STR("น้ำท่วม")};
    struct meeting_new new = {.fund = fund, .fy = date_fiscal_year(lf_day(on)), .held_on = lf_day(on)};
    assert_ok(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &asked));
    assert_ok(meeting_add(f.db, f.arena, &lf_by, &new, &id_of));
    assert_ok(meeting_get(f.db, f.arena, id_of, &m));
    assert_ok(meeting_hold(f.db, f.arena, &lf_by, id_of, m.version, &person, 1));
    assert_ok(meeting_item_add(f.db, f.arena, &lf_by, id_of, "project_change", asked.v, STR("เรื่อง"), STR_NONE, &item));
    struct project_decision d = {.project = id, .kind = STR("change"), .item = item};
    assert_ok(project_decide(f.db, f.arena, &lf_by, &d, &why, &decided));
    assert_ok(meeting_sign_login(f.db, f.arena, &chair, "meeting", id_of.v, fund, lf_day(on), &signed_by, &why));
}

static enum ledger_wait waits_for(const char *code)
{
    struct ledger_commitment c = {0};
    assert_ok(ledger_commitment_find(f.db, f.arena, book, str_of(code), &c));
    return ledger_waits_for(&c);
}

static void suspended_while_it_waits_it_stays_held(void **state)
{
    (void)state;
    struct ledger_posted paid;
    struct project_id id = entered_by_one("2570-L0001-2-7"), other = entered_by_one("2570-L0001-2-9");
    assert_int_equal(waits_for("2570-L0001-2-7"), LEDGER_WAITS_PAPER);
    change(id, PROJECT_SUSPEND, "2026-11-12");
    assert_int_equal(waits_for("2570-L0001-2-7"), LEDGER_WAITS_SUSPENDED); /* what came last is said first */
    change(id, PROJECT_RESUME, "2026-11-14");
    assert_int_equal(waits_for("2570-L0001-2-7"), LEDGER_WAITS_PAPER);
    assert_int_equal(get(id).state, PROJECT_RUNNING);
    assert_int_equal(lf_pay(&f, "2026-11-15", "2570-L0001-2-7", 10, &paid), LEDGER_HELD);
    assert_ok(meeting_sign_see(f.db, f.arena, &chair, bring(id), &why));
    assert_int_equal(waits_for("2570-L0001-2-7"), LEDGER_WAITS_NOT);
    assert_int_equal(lf_pay(&f, "2026-11-15", "2570-L0001-2-7", 10, &paid), LEDGER_FINE);
    /* seen while it is suspended: the suspension holds on */
    change(other, PROJECT_SUSPEND, "2026-11-12");
    assert_ok(meeting_sign_see(f.db, f.arena, &chair, bring(other), &why));
    assert_int_equal(lf_pay(&f, "2026-11-15", "2570-L0001-2-9", 10, &paid), LEDGER_HELD);
    change(other, PROJECT_RESUME, "2026-11-14");
    assert_int_equal(lf_pay(&f, "2026-11-15", "2570-L0001-2-9", 10, &paid), LEDGER_FINE);
    books_are_sound();
}

static void a_promise_in_the_ledger_is_one_persons_word_too(void **state)
{
    (void)state;
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_commitment_id id = {0};
    struct ledger_posted paid;
    struct project *found = NULL;
    size_t n = 0;
    struct ledger_commit c = {.fund_code = STR(LF_FUND), .project_code = STR("2570-T0001-01-7"), .title = STR("ทดสอบ"), .support_type = STR("4"),
                              .owner_type = STR("6"), .approved_on = lf_day("2026-10-05"), .approved_in = STR("1/2570"), .amount = satang(8000)};
    assert_ok(ledger_commit(f.db, f.arena, &officer, &c, &fault, &id));
    assert_int_equal(lf_pay(&f, "2026-11-20", "2570-T0001-01-7", 10, &paid), LEDGER_HELD);
    assert_ok(project_find_code(f.db, f.arena, STR("2570-T0001-01-7"), &found, &n));
    assert_int_equal(n, 1);
    assert_ok(meeting_sign_see(f.db, f.arena, &chair, bring(found[0].id), &why));
    assert_int_equal(lf_pay(&f, "2026-11-20", "2570-T0001-01-7", 10, &paid), LEDGER_FINE);
    /* and it hides behind no other project's code */
    c.project_code = STR("2570-T0001-01-7/2");
    assert_int_equal(ledger_commit(f.db, f.arena, &officer, &c, &fault, &id), ERR_REFUSED);
    assert_int_equal(fault, LEDGER_CODE_TAKEN);
    books_are_sound();
}

/* The book of long-term care is no back door: there is no project behind its promises, the same two persons are. */
static void a_promise_of_the_other_book_is_one_persons_word_too(void **state)
{
    (void)state;
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_refusal refused = {0};
    struct ledger_book_id ltc = {0};
    struct ledger_commitment_id id = {0};
    struct meeting_sign_id paper = {0};
    struct ledger_posted posted;
    struct project_promise p = {0};
    int64_t projects = count("SELECT COUNT(*) FROM project");
    struct ledger_opening o = {.fund_code = STR(LF_FUND), .kind = LEDGER_LTC, .opened_on = lf_day("2026-10-01"), .balance = satang(100000)};
    struct ledger_commit c = {.fund_code = STR(LF_FUND), .book = LEDGER_LTC, .project_code = STR("CARE-1"), .title = STR("ดูแลที่บ้าน"), .support_type = STR("4"),
                              .owner_type = STR("6"), .approved_on = lf_day("2026-10-05"), .approved_in = STR("1/2570"), .amount = satang(8000)};
    struct ledger_payment pay = {.fund_code = STR(LF_FUND), .book = LEDGER_LTC, .on = lf_day("2026-11-20"), .project_code = c.project_code, .amount = satang(10)};
    assert_ok(ledger_book_open(f.db, f.arena, &officer, &o, &refused, &ltc));
    assert_ok(ledger_commit(f.db, f.arena, &officer, &c, &fault, &id));
    assert_int_equal(ledger_post_payment(f.db, f.arena, &officer, &pay, &fault, &posted), ERR_REFUSED);
    assert_int_equal(fault, LEDGER_HELD);
    assert_ok(meeting_sign_paper(f.db, f.arena, &officer, "ledger_commitment", id.v, fund, lf_day("2026-10-06"), STR("ประธาน"), &paper, &why));
    assert_refused(meeting_sign_see(f.db, f.arena, &officer, paper, &why), MSG_meeting_own_paper);
    assert_ok(meeting_sign_see(f.db, f.arena, &chair, paper, &why));
    assert_ok(project_promise_find(f.db, f.arena, fund, id, &p));
    assert_true(!p.waits && p.has_sign && p.sign.is_in_force);
    assert_ok(ledger_post_payment(f.db, f.arena, &officer, &pay, &fault, &posted));
    assert_int_equal(count("SELECT COUNT(*) FROM project"), projects); /* care is no project */
    /* a promise of a project has its project's page for it: no second way */
    struct project_id project = entered_by_one("2570-L0001-2-7");
    assert_ok(meeting_sign_paper(f.db, f.arena, &officer, "ledger_commitment", get(project).commitment.v, fund, lf_day("2026-10-21"), STR("ประธาน"), &paper, &why));
    assert_refused(meeting_sign_see(f.db, f.arena, &chair, paper, &why), MSG_course_promise_not_now);
    books_are_sound();
}

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(days_of_before_are_in_order), CASE(one_persons_word_is_paid_when_another_has_seen_the_paper),
                                       CASE(suspended_while_it_waits_it_stays_held),
                                       CASE(its_size_is_by_the_limits_of_its_day),
                                       CASE(a_promise_in_the_ledger_is_one_persons_word_too),
                                       CASE(a_promise_of_the_other_book_is_one_persons_word_too)};
    return FIXTURE_RUN(tests);
}
