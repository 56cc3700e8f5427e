/* project_thread_test.c — after the decision: agreements and evidence, changes, projects entered later, figures that follow. */
#include "tests/rooms/project_thread_fixture.h"

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

/* After the final report no other comes: what waits for a report or for it opens then, is paid, and only then closed. */
static void the_final_report_opens_every_instalment_that_is_left(void **state)
{
    (void)state;
    bool is_opened = false;
    const char *refused = NULL;
    struct project_id id = approved("2", "5", 10000);
    struct project_agreement g = agreement(id, 500000, 300000);
    struct project_instalment parts[3] = {g.instalments[0], g.instalments[1], {.amount = satang(200000), .evidence = STR("final_report")}};
    g.instalments = parts;
    g.ninstalments = 3;
    assert_ok(project_agree(f.db, f.arena, &lf_by, &g, &why));
    assert_int_equal(pay_part("70-T0001-2-01", 1, 500000), LEDGER_FINE);
    assert_ok(project_evidence(f.db, f.arena, &lf_by, id, "final_report", &is_opened));
    assert_true(is_opened);
    assert_ok(project_move(f.db, f.arena, &lf_by, id, PROJECT_REPORTED, lf_day("2026-11-20")));
    assert_int_equal(monitor_close(f.db, f.arena, &lf_by, id, lf_day("2026-11-22"), true, &refused), ERR_REFUSED);
    assert_string_equal(refused, "unpaid");
    assert_int_equal(pay_part("70-T0001-2-01", 2, 300000), LEDGER_FINE);
    assert_int_equal(monitor_close(f.db, f.arena, &lf_by, id, lf_day("2026-11-22"), true, &refused), ERR_REFUSED);
    assert_string_equal(refused, "unpaid");
    assert_int_equal(pay_part("70-T0001-2-01", 3, 200000), LEDGER_FINE);
    assert_int_equal(monitor_close(f.db, f.arena, &lf_by, id, lf_day("2026-11-22"), true, &refused), ERR_REFUSED);
    assert_string_equal(refused, "money"); /* the report said nothing of what was spent */
    assert_int_equal(get(id).state, PROJECT_REPORTED);
    books_are_sound();
}

static struct payment_caution caution(struct project_id id, const char *today)
{
    struct payment_caution said = {0};
    struct payment_asked e = {get(id).commitment, lf_day(today), &said};
    assert_ok(event_payment_asked(f.db, f.arena, &e));
    return said;
}

/* Who pays is told of a report that is overdue and of a project that is over, each from the day after; and only while it runs. */
static void who_pays_is_told_what_is_overdue(void **state)
{
    (void)state;
    struct project_id id = approved("4", "6", 10000); /* ends on 2027-03-10 */
    assert_int_equal(count("UPDATE project SET report_due = '2027-04-10' WHERE id = (SELECT MAX(id) FROM project) RETURNING 1"), 1);
    assert_false(caution(id, "2027-03-10").is_ended);
    assert_true(caution(id, "2027-03-11").is_ended && !caution(id, "2027-04-10").is_late && caution(id, "2027-04-11").is_late);
    assert_true(str_eq(caution(id, "2027-03-11").slug, get(id).slug) && str_is_none(caution(id, "2027-03-10").slug));
    assert_int_equal(count("UPDATE project SET state = 'running' WHERE id = (SELECT MAX(id) FROM project) RETURNING 1"), 1);
    assert_true(caution(id, "2027-03-11").is_ended);
    assert_int_equal(count("UPDATE project SET state = 'suspended' WHERE id = (SELECT MAX(id) FROM project) RETURNING 1"), 1);
    assert_true(!caution(id, "2027-04-11").is_ended && !caution(id, "2027-04-11").is_late);
}

static struct meeting_sign_id signed_paper(struct project_agreement_id id)
{
    static const struct actor officer = {.code = {"account:11", 10}, .account = 11};
    struct meeting_sign_id paper = {0};
    assert_ok(meeting_sign_paper(f.db, f.arena, &officer, "project_agreement", id.v, fund, lf_day("2026-11-12"), STR("นาง ก"), &paper, &why));
    assert_ok(meeting_sign_see(f.db, f.arena, &chair, paper, &why));
    return paper;
}

/* A correction of the sum ends the agreement: who agreed on what, by which paper, stays to be read and counts nowhere. */
static void an_agreement_that_is_ended_stays_to_be_read(void **state)
{
    (void)state;
    struct project_agreement now = {0}, *ended = NULL;
    struct project_money money = {0};
    struct meeting_sign paper = {0};
    size_t n = 0;
    struct project_id id = approved("2", "5", 10000);
    struct project_agreement g = agreement(id, 600000, 400000);
    assert_ok(project_agree(f.db, f.arena, &lf_by, &g, &why));
    assert_ok(project_agreement_get(f.db, f.arena, id, &now));
    struct meeting_sign_id old = signed_paper(now.id);
    struct meeting_id m = held("2026-11-15");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 8000));
    assert_ok(sign(m, "2026-11-16"));
    assert_ok(project_agreement_get(f.db, f.arena, id, &now));
    assert_int_equal(now.version, 0);
    assert_ok(project_agreements_ended(f.db, f.arena, id, &ended, &n));
    assert_int_equal(n, 1);
    assert_true(str_eq(ended[0].number, STR("1/2570")) && str_eq(ended[0].signer_owner, STR("นาง ก")) && ended[0].ended_at.has);
    assert_true(ended[0].ended_by == chair.account && ended[0].ninstalments == 2 && ended[0].instalments[1].amount.v == 400000);
    assert_ok(project_agreement_sign(f.db, f.arena, &ended[0], &paper));
    assert_int_equal(paper.id.v, old.v);
    struct project p = get(id);
    assert_ok(project_money(f.db, f.arena, &p, &money));
    assert_true(money.lacks_agreement && !project_may_be_paid(&p, &money, &now));
    /* and another is made, with a paper of its own */
    g = agreement(id, 300000, 500000);
    g.number = STR("2/2570");
    g.agreed_on = lf_day("2026-11-17");
    assert_ok(project_agree(f.db, f.arena, &lf_by, &g, &why));
    assert_ok(project_agreement_get(f.db, f.arena, id, &now));
    assert_true(now.version == 1 && now.ninstalments == 2 && now.instalments[0].amount.v == 300000);
    assert_int_equal(project_agreement_sign(f.db, f.arena, &now, &paper), ERR_NOT_FOUND);
    assert_int_equal(pay_part("70-T0001-2-01/2", 1, 300000), LEDGER_FINE);
    assert_int_equal(pay_part("70-T0001-2-01/2", 2, 500000), LEDGER_SHUT);
    assert_ok(project_agreements_ended(f.db, f.arena, id, &ended, &n));
    assert_int_equal(n, 1);
    assert_true(signed_paper(now.id).v > old.v);
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

static void a_change_is_asked_for_decided_and_then_applied(void **state)
{
    (void)state;
    struct project_id id = approved("4", "6", 10000), none = id;
    struct project_change_id change = {0};
    struct satang lines[] = {satang(550000), satang(450000)};
    struct project_change_new n = {.project = none, .kind = PROJECT_EXTEND};
    assert_refused(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &change), MSG_project_change_reason);
    n.reason = STR("น้ำท่วม");
    n.ends_on = (struct opt_date){true, lf_day("2027-03-10")}; /* the day on which it ends already */
    assert_refused(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &change), MSG_project_change_not_later);
    n.ends_on = (struct opt_date){true, lf_day("2027-03-11")};
    assert_ok(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &change));
    n.ends_on = (struct opt_date){true, lf_day("2027-05-31")};
    change = ask(n);
    assert_int_equal(date_cmp(get(id).ends_on.v, lf_day("2027-03-10")), 0); /* not yet */
    assert_ok(decide_change(id, change, "change", "2026-11-12"));
    assert_int_equal(date_cmp(get(id).ends_on.v, lf_day("2027-05-31")), 0);
    n = (struct project_change_new){.project = id, .kind = PROJECT_MOVE_MONEY, .lines = lines, .nlines = 2};
    struct str words = STR_NONE;
    assert_ok(project_change_words(f.db, f.arena, change, &words));
    assert_true(str_find(words, STR("(")) < 0);
    change = ask(n);
    assert_ok(project_change_words(f.db, f.arena, change, &words));
    assert_true(str_find(words, STR("(อาหาร) จาก")) > 0 && str_find(words, STR("(วิทยากร) จาก")) > 0); /* which lines they are */
    assert_ok(decide_change(id, change, "change", "2026-11-13"));
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

static void give_back(const char *code, const char *on, int64_t sum)
{
    struct ledger_posted posted;
    enum ledger_fault fault;
    struct ledger_receipt r = {
        .fund_code = STR(LF_FUND), .on = lf_day(on), .source = LEDGER_REFUND, .amount = satang(sum), .project_code = str_of(code)};
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &posted));
}

static int64_t due_back(struct project_id id)
{
    struct project p = get(id);
    struct satang due = {0};
    struct opt_date on = {0};
    assert_ok(project_due_back(f.db, f.arena, &p, &due, &on));
    return due.v;
}

/* What came back before it was asked for is no part of what was asked. */
static void a_claw_back_counts_from_its_decision(void **state)
{
    (void)state;
    struct ledger_posted paid;
    struct project_id id = approved("4", "6", 10000);
    struct project_change_new n = {.project = id, .kind = PROJECT_CLAW_BACK, .amount = some_satang(satang(200000))};
    assert_int_equal(lf_pay(&f, "2026-11-11", "70-T0001-4-01", 8000, &paid), LEDGER_FINE);
    give_back("70-T0001-4-01", "2026-11-12", 100000);
    assert_ok(decide_change(id, ask(n), "change", "2026-11-13"));
    assert_int_equal(due_back(id), 200000);
    give_back("70-T0001-4-01", "2026-11-14", 250000); /* more than asked */
    assert_int_equal(due_back(id), 0);
    assert_ok(decide_change(id, ask(n), "change", "2026-11-15"));
    assert_int_equal(due_back(id), 200000);
    books_are_sound();
}

/* Two that were asked for side by side: the second is more than is left by then. */
static void two_claw_backs_are_not_more_than_was_paid(void **state)
{
    (void)state;
    struct ledger_posted paid;
    struct project_id id = approved("4", "6", 10000);
    struct project_change_new n = {.project = id, .kind = PROJECT_CLAW_BACK, .amount = some_satang(satang(300000))};
    assert_int_equal(lf_pay(&f, "2026-11-11", "70-T0001-4-01", 5000, &paid), LEDGER_FINE);
    struct project_change_id first = ask(n), second = ask(n);
    assert_ok(decide_change(id, first, "change", "2026-11-12"));
    assert_refused(decide_change(id, second, "change", "2026-11-13"), MSG_project_change_over_paid);
    assert_int_equal(due_back(id), 300000);
}

/* ---- entered later ---- */

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

/* A title, an owner and a place are one line wherever they are typed. */
static void names_entered_later_are_of_one_line(void **state)
{
    (void)state;
    struct project_id id = {0};
    struct project_later l = later("61-L5221-2-09", PROJECT_RUNNING);
    l.title = STR("โครงการ\nเก่า");
    l.owner_name = STR("อสม.\nหมู่ 1");
    l.place = STR("ศาลา\nหมู่ 1");
    assert_ok(project_enter_later(f.db, f.arena, &lf_by, &l, &why, &id));
    struct project p = get(id);
    assert_true(str_eq(p.title, STR("โครงการ เก่า")) && str_eq(p.owner_name, STR("อสม. หมู่ 1")) && str_eq(p.place, STR("ศาลา หมู่ 1")));
}

static void why_a_change_is_asked_for_keeps_its_lines(void **state)
{
    (void)state;
    struct project_change_id id = {0};
    struct project_change c = {0};
    struct project_change_new n = {.project = approved("4", "6", 10000), .kind = PROJECT_SUSPEND, .reason = STR("น้ำท่วม\nทางขาด")};
    assert_ok(project_change_ask(f.db, f.arena, &lf_by, &n, &why, &id));
    assert_ok(project_change_find(f.db, f.arena, id, &c));
    assert_true(str_eq(c.reason, STR("น้ำท่วม\nทางขาด")));
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

static void was_due(struct project_id id)
{
    struct project_figure was = {0};
    assert_ok(project_figure_read(f.db, f.arena, id, &was));
    assert_ok(db_script(f.db, str_z(f.arena, str_printf(f.arena, "UPDATE project SET report_due = '2026-11-18' WHERE id = %lld", (long long)id.v))));
    assert_ok(project_figure_tell(f.db, f.arena, id, lf_day("2026-11-20"), &was));
}

/* By the list, the fund's figure and the rule of the pages, which are one. */
static bool is_late(struct project_id id)
{
    struct project_row *rows = NULL;
    struct project_asked q = {.fund_code = STR(LF_FUND), .state = -1, .is_late = true, .today = lf_day("2026-11-22"), .most = 10};
    struct figures figures = {0};
    size_t n = 0;
    struct project p = get(id);
    assert_ok(project_list(f.db, f.arena, &q, &rows, &n));
    assert_ok(report_fund_late(f.db, f.arena, fund, q.today, p.fy, &figures));
    assert_int_equal(figures.late.all, n);
    assert_true(project_is_late(p.state, p.is_paid, p.report_due, q.today) == (n == 1));
    figures_are_sound();
    return n == 1;
}

/* Who was not given money could not begin: no report of theirs is overdue, in whatever state, on whatever page. */
static void a_report_is_owed_once_money_was_paid(void **state)
{
    (void)state;
    struct ledger_posted paid, undone;
    struct project_id id = approved("4", "6", 10000);
    was_due(id);
    assert_false(is_late(id));
    assert_int_equal(lf_pay(&f, "2026-11-20", "70-T0001-4-01", 4000, &paid), LEDGER_FINE);
    assert_true(is_late(id));
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-21", &undone), LEDGER_FINE);
    assert_false(is_late(id));
    assert_int_equal(lf_pay(&f, "2026-11-21", "70-T0001-4-01", 4000, &paid), LEDGER_FINE);
    assert_true(is_late(id));
    /* another sum, another promise: what was paid of the first still counts, and stays */
    struct meeting_id m = held("2026-11-21");
    assert_ok(decide(id, put(m, "project", id.v), "approve", 8000));
    assert_ok(sign(m, "2026-11-22"));
    assert_true(is_late(id));
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-22", &undone), LEDGER_CORRECTED);
    assert_true(is_late(id));
}

static void an_agreement_alone_makes_nothing_overdue(void **state)
{
    (void)state;
    struct project_id id = approved("2", "5", 10000);
    struct project_agreement g = agreement(id, 600000, 400000);
    was_due(id);
    assert_ok(project_agree(f.db, f.arena, &lf_by, &g, &why));
    assert_int_equal(get(id).state, PROJECT_RUNNING);
    assert_false(is_late(id));
    assert_int_equal(pay_part("70-T0001-2-01", 1, 600000), LEDGER_FINE);
    assert_true(is_late(id));
    struct ledger_commitment c = {0};
    assert_ok(ledger_commitment_find(f.db, f.arena, book, STR("70-T0001-2-01"), &c));
    assert_int_equal(ledger_waits_for(&c), LEDGER_WAITS_EVIDENCE); /* the second instalment waits for a report */
}

/* Entered later: what was paid before Sarn is on record with it. */
static void what_was_paid_before_counts(void **state)
{
    (void)state;
    struct project_id id = {0};
    struct project_later l = later("61-L5221-2-01", PROJECT_RUNNING);
    assert_ok(project_enter_later(f.db, f.arena, &lf_by, &l, &why, &id));
    assert_true(get(id).is_paid);
    l = later("62-L5221-2-02", PROJECT_RUNNING);
    l.paid = satang(0);
    assert_ok(project_enter_later(f.db, f.arena, &lf_by, &l, &why, &id));
    assert_false(get(id).is_paid);
    figures_are_sound();
    assert_ok(db_script(f.db, str_z(f.arena, str_printf(f.arena, "UPDATE project SET is_paid = 1 WHERE id = %lld", (long long)id.v))));
    int64_t bad = 0;
    assert_ok(report_verify(f.db, f.arena, say_difference, NULL, &bad));
    assert_true(bad >= 1);
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


int main(void)
{
    const struct CMUnitTest tests[] = {CASE(instalments_open_by_their_evidence),
                                       CASE(the_final_report_opens_every_instalment_that_is_left),
                                       CASE(an_agreement_that_is_ended_stays_to_be_read), CASE(who_pays_is_told_what_is_overdue),
                                       CASE(without_an_agreement_it_runs_from_its_first_payment),
                                       CASE(a_change_is_asked_for_decided_and_then_applied),
                                       CASE(two_moves_of_money_do_not_take_each_other_back),
                                       CASE(suspended_resumed_stopped_and_clawed_back),
                                       CASE(a_claw_back_counts_from_its_decision),
                                       CASE(two_claw_backs_are_not_more_than_was_paid),
                                       CASE(projects_of_before_are_entered_with_any_code), CASE(names_entered_later_are_of_one_line),
                                       CASE(why_a_change_is_asked_for_keeps_its_lines),
                                       CASE(a_commitment_of_the_ledgers_own_becomes_a_project),
                                       CASE(a_report_is_owed_once_money_was_paid),
                                       CASE(an_agreement_alone_makes_nothing_overdue),
                                       CASE(what_was_paid_before_counts),
                                       CASE(it_follows_a_corrected_fund_year_and_a_fund_that_moves)};
    return FIXTURE_RUN(tests);
}
