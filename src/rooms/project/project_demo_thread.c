/* project_demo_thread.c — this year's thread of D0001, as its people would have walked it: proposals written and sent,
 * two meetings that decide every way there is, agreements, first payments, changes asked for and decided. Whoever comes
 * after it finds every state a project can be in. */
#include "app/reference.h"
#include "base/clock.h"
#include "rooms/account/account.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project_demo.h"
#include "rooms/project_sql.h"

enum way { /* what the first meeting says of it, or what happens instead */
    NOT_SENT, CANCELLED, WAITS, /* waits: for the next meeting */
    APPROVED, CORRECTED, MISTAKEN, DEFERRED, REJECTED, REVISED, URGENT, LATER /* later: approved in the second meeting */
};
struct plot {
    const char *title, *issue, *owner_type, *support_type;
    int64_t baht;
    enum way way;
    int parts;       /* instalments of the agreement; 0: none yet, 1: one sum */
    bool is_paid, is_for_paper;
    int starts;      /* days from the demo's day */
};

static const struct plot plots[] = {
    {"title_small", "alcohol", "5", "2", 10200, APPROVED, 1, true, false, -9},
    {"title_large", "older_people", "5", "2", 120000, APPROVED, 3, true, false, -8},
    {"title_medium", "waste", "5", "2", 36000, CORRECTED, 2, true, false, -8},
    {"title_wait", "food_nutrition", "5", "2", 28000, APPROVED, 2, true, false, -7},
    {"title_returned", "road_safety", "4", "2", 24500, APPROVED, 2, true, false, -7},
    {"title_suspend", "drugs", "5", "2", 32000, APPROVED, 2, true, false, -6},
    {"title_stop", "informal_workers", "5", "2", 18000, APPROVED, 1, true, false, -8},
    {"title_plan", "older_people", "5", "2", 26000, APPROVED, 0, false, false, 12},
    {"title_wrong", "older_people", "5", "2", 15000, MISTAKEN, 0, false, false, 9},
    {"title_reject", "pollution", "5", "2", 45000, REJECTED, 0, false, false, 15},
    {"title_revise", "physical_activity", "5", "2", 22000, REVISED, 0, false, false, 20},
    {"title_defer", "risk_groups", "5", "2", 30000, DEFERRED, 0, false, false, 25},
    {"title_draft", "food_nutrition", "4", "2", 12000, NOT_SENT, 0, false, false, 30},
    {"title_cancel", "physical_activity", "5", "2", 16000, CANCELLED, 0, false, false, 30},
    {"title_sent", "children_family", "4", "3", 14000, WAITS, 0, false, false, 30},
    {"title_paper", "physical_activity", "5", "2", 9500, WAITS, 0, false, true, 28},
    {"title_urgent", "disaster_epidemic", "2", "5", 40000, URGENT, 0, true, false, -7},
    {"title_approved", "disability", "5", "3", 34000, LATER, 0, false, false, 14},
};
#define PLOTS (sizeof plots / sizeof plots[0])

static struct date day_of(const struct demo_tale *t, int days)
{
    return date_add_days(t->today, days);
}

static enum err now_of(struct demo_tale *t, struct project_id id, struct project *ret)
{
    return project_get(t->db, t->arena, id, ret);
}

/* ---- proposals ---- */

static enum err propose(struct demo_tale *t, const struct plot *x, struct project_id *ret)
{
    const struct demo_story *s = demo_story_of(t, str_of(x->issue));
    struct project_whole w = {0};
    struct satang sum = satang(x->baht * 100);
    int64_t version = 0;
    const struct actor *by = x->is_for_paper ? &t->officer : &t->applicant;
    struct project_new n = {.fund_code = t->code,
                            .fy = date_fiscal_year(t->today),
                            .title = demo_said(t, x->title),
                            .owner_name = demo_said(t, str_eq(str_of(x->owner_type), STR("2")) ? "thread_office" : "thread_owner"),
                            .owner_type = str_of(x->owner_type),
                            .support_type = str_of(x->support_type),
                            .asked_about = sum,
                            .is_for_paper = x->is_for_paper,
                            .issue_code = s->issue};
    if (str_eq(str_of(x->title), STR("title_plan"))) n.planned_title = n.title;
    demo_day(t, x->way == WAITS || x->way == NOT_SENT ? -5 : x->way == LATER ? -9 : -24);
    TRY(project_add(t->db, t->arena, by, &n, ret));
    TRY(now_of(t, *ret, &w.p));
    TRY(project_read(t->db, t->arena, &w.p, &w));
    demo_fill(t, &w, s, sum, day_of(t, x->starts));
    unsigned sections = PROJECT_HEAD | PROJECT_PEOPLE | PROJECT_SITUATION | PROJECT_OBJECTIVES | PROJECT_TARGETS | PROJECT_ACTIVITIES |
                        PROJECT_BUDGETS | PROJECT_EXPECTED;
    TRY(project_save(t->db, t->arena, by, &w, sections, &version));
    if (x->way == NOT_SENT) return ERR_OK;
    TRY(project_send(t->db, t->arena, by, *ret, version));
    TRY(project_note_add(t->db, t->arena, &t->officer, *ret, STR("budget"), demo_said(t, "note_officer")));
    if (x->parts > 1 || x->way == WAITS)
        TRY(project_note_add(t->db, t->arena, &t->mentor, *ret, STR("objectives"), demo_said(t, "note_mentor")));
    if (x->way == CANCELLED) return project_cancel(t->db, t->arena, by, *ret, version + 1, demo_said(t, "reason_cancel"));
    return ERR_OK;
}

/* ---- deciding ---- */

static enum err put_on_agenda(struct demo_tale *t, const struct meeting *m, const char *thing, int64_t id, struct str title,
                              struct meeting_item_id *ret)
{
    struct str about = STR_NONE;
    TRY(project_item_about(t->db, t->arena, str_of(thing), id, &about));
    return meeting_item_add(t->db, t->arena, &t->secretary, m->id, thing, id, title, about, ret);
}

static enum err decide(struct demo_tale *t, const struct meeting *m, const char *thing, int64_t thing_id, struct project_id id,
                       struct project_decision d)
{
    struct meeting_refusal why = {0};
    struct project_decision_id decision = {0};
    struct project p = {0};
    TRY(now_of(t, id, &p));
    d.project = id;
    TRY(put_on_agenda(t, m, thing, thing_id, p.title, &d.item));
    return meeting_demo_told(t->arena, project_decide(t->db, t->arena, &t->secretary, &d, &why, &decision), &why);
}

static struct project_decision approval(struct demo_tale *t, const char *kind, const char *conditions, int64_t baht)
{
    return (struct project_decision){.kind = str_of(kind), .amount = some_satang(satang(baht * 100)), .conditions = demo_said(t, conditions)};
}

static struct project_decision refusal(struct demo_tale *t, const char *kind, const char *reason)
{
    return (struct project_decision){.kind = str_of(kind), .reason = demo_said(t, reason)};
}

static enum err decide_first(struct demo_tale *t, const struct plot *x, struct project_id id)
{
    switch (x->way) {
    case APPROVED: return decide(t, &t->first, "project", id.v, id, approval(t, "approve", "conditions", x->baht));
    case CORRECTED: return decide(t, &t->first, "project", id.v, id, approval(t, "approve_corrected", "corrected", x->baht));
    case MISTAKEN: return decide(t, &t->first, "project", id.v, id, approval(t, "approve", "conditions", x->baht * 10));
    case DEFERRED: return decide(t, &t->first, "project", id.v, id, refusal(t, "defer", "reason_defer"));
    case REJECTED: return decide(t, &t->first, "project", id.v, id, refusal(t, "reject", "reason_reject"));
    case REVISED: return decide(t, &t->first, "project", id.v, id, refusal(t, "revise", "reason_revise"));
    default: return ERR_OK;
    }
}

/* Who proposed it leaves the room. */
static enum err leave(struct demo_tale *t, struct project_id id)
{
    struct meeting_item item = {0};
    struct meeting_person *people = NULL;
    size_t n = 0;
    TRY(meeting_item_of(t->db, t->arena, "project", id.v, &item));
    TRY(meeting_people(t->db, t->arena, t->first.id, &people, &n));
    for (size_t i = 2; i < n; i++)
        if (people[i].is_present)
            return meeting_leave(t->db, t->arena, &t->secretary, item.id,
                                 &(struct meeting_leaver){people[i].id, demo_said(t, "left_reason")}, 1);
    return ERR_OK;
}

/* ---- agreement and first payment ---- */

static enum err agree(struct demo_tale *t, const struct plot *x, struct project_id id, int64_t number)
{
    static const char *const evidence[] = {"agreement", "report", "final_report"};
    struct project_instalment parts[3];
    struct meeting_refusal why = {0};
    struct project_agreement g = {.project = id,
                                  .number = str_printf(t->arena, "%lld/%d", (long long)number, date_fiscal_year(t->today).v),
                                  .place = demo_said(t, "meeting_place"),
                                  .agreed_on = day_of(t, MEETING_DEMO_FIRST + 2),
                                  .signer_owner = demo_said(t, "team_1"),
                                  .signer_fund = demo_said(t, "person_1"),
                                  .witness_1 = demo_said(t, "team_2"),
                                  .witness_2 = demo_said(t, "person_2")};
    int64_t left = x->baht * 100;
    for (int i = 0; x->parts > 1 && i < x->parts; i++) {
        int64_t part = i + 1 == x->parts ? left : x->baht * 100 / x->parts / 10000 * 10000;
        const char *what = evidence[x->parts == 2 && i == 1 ? 1 : i];
        parts[i] = (struct project_instalment){.position = i + 1, .amount = satang(part), .evidence = str_of(what)};
        left -= part;
    }
    g.instalments = parts;
    g.ninstalments = x->parts > 1 ? (size_t)x->parts : 0;
    demo_day(t, MEETING_DEMO_FIRST + 2);
    return meeting_demo_told(t->arena, project_agree(t->db, t->arena, &t->officer, &g, &why), &why);
}

static enum err pay_first(struct demo_tale *t, const struct plot *x, struct project_id id)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_posted posted = {0};
    struct project p = {0};
    TRY(now_of(t, id, &p));
    int64_t amount = x->parts > 1 ? x->baht * 100 / x->parts / 10000 * 10000 : x->baht * 100;
    struct ledger_payment pay = {.fund_code = t->code,
                                 .on = demo_day(t, MEETING_DEMO_FIRST + (x->way == URGENT ? 6 : 3)),
                                 .project_code = p.code,
                                 .instalment = x->parts > 1 ? 1 : 0,
                                 .amount = satang(amount),
                                 .reference = str_printf(t->arena, "%.*s %lld", STR_FMT(demo_said(t, "voucher")), (long long)id.v),
                                 .party = p.owner_name};
    enum err e = ledger_post_payment(t->db, t->arena, &t->officer, &pay, &fault, &posted);
    return e == ERR_REFUSED ? err_note(ERR_REFUSED, "demo: %.*s is not paid: %s", STR_FMT(p.code), ledger_fault_code(fault)) : e;
}

/* Water came: the chair decides alone, the next meeting hears of it. */
static enum err urgent(struct demo_tale *t, const struct plot *x, struct project_id id, struct project_decision_id *ret)
{
    struct meeting_refusal why = {0};
    struct meeting_sign_id sign = {0};
    struct project p = {0};
    struct project_decision d = approval(t, "urgent", "urgent", x->baht);
    TRY(now_of(t, id, &p));
    d.project = id;
    d.decided_on = demo_day(t, MEETING_DEMO_FIRST + 4);
    TRY(meeting_demo_told(t->arena, project_decide(t->db, t->arena, &t->secretary, &d, &why, ret), &why));
    enum err e = meeting_sign_login(t->db, t->arena, &t->chair, "project_decision", ret->v, p.fund, d.decided_on, &sign, &why);
    return meeting_demo_told(t->arena, e, &why);
}

/* ---- changes ---- */

static enum err ask(struct demo_tale *t, struct project_id id, enum project_change_kind kind, const char *reason,
                    struct project_change_new n, struct project_change_id *ret)
{
    struct meeting_refusal why = {0};
    n.project = id;
    n.kind = kind;
    n.reason = demo_said(t, reason);
    return meeting_demo_told(t->arena, project_change_ask(t->db, t->arena, &t->officer, &n, &why, ret), &why);
}

static enum err change(struct demo_tale *t, struct project_id id, enum project_change_kind kind, const char *reason,
                       struct project_change_new n)
{
    struct project_change_id c = {0};
    TRY(ask(t, id, kind, reason, n, &c));
    return decide(t, &t->second, "project_change", c.v, id, (struct project_decision){.kind = STR("change")});
}

/* The second meeting: what was wrong is corrected, what the chair did is heard, changes are agreed. */
static enum err second_meeting(struct demo_tale *t, const struct project_id *ids, struct project_decision_id chairs)
{
    demo_day(t, MEETING_DEMO_SECOND);
    for (size_t i = 0; i < PLOTS; i++) {
        const struct plot *x = &plots[i];
        struct str title = str_of(x->title);
        struct project_change_new none = {0};
        if (x->way == MISTAKEN) TRY(decide(t, &t->second, "project", ids[i].v, ids[i], approval(t, "approve", "correction", x->baht)));
        if (x->way == LATER) TRY(decide(t, &t->second, "project", ids[i].v, ids[i], approval(t, "approve", "conditions", x->baht)));
        if (x->way == URGENT)
            TRY(decide(t, &t->second, "project_decision", chairs.v, ids[i], (struct project_decision){.kind = STR("laid_before")}));
        if (str_eq(title, STR("title_suspend"))) TRY(change(t, ids[i], PROJECT_SUSPEND, "change_suspend", none));
        if (str_eq(title, STR("title_large")))
            TRY(change(t, ids[i], PROJECT_AMEND, "change_amend", (struct project_change_new){.place = demo_said(t, "place_other")}));
        if (str_eq(title, STR("title_stop"))) {
            TRY(change(t, ids[i], PROJECT_STOP, "change_stop", none));
            TRY(change(t, ids[i], PROJECT_CLAW_BACK, "change_back",
                       (struct project_change_new){.amount = some_satang(satang(600000)), .due_on = {true, day_of(t, 27)}}));
        }
    }
    return meeting_demo_sign(t->db, t->arena, &t->second, MEETING_DEMO_LOGIN, day_of(t, MEETING_DEMO_SECOND + 1));
}

/* What the next meeting will hear. */
static enum err next_meeting(struct demo_tale *t, const struct project_id *ids)
{
    struct meeting_item_id item = {0};
    struct project_change_id c = {0};
    demo_day(t, -1);
    for (size_t i = 0; i < PLOTS; i++) {
        if (plots[i].way == DEFERRED) TRY(put_on_agenda(t, &t->next, "project", ids[i].v, demo_said(t, plots[i].title), &item));
        if (!str_eq(str_of(plots[i].title), STR("title_medium"))) continue;
        struct project p = {0};
        TRY(now_of(t, ids[i], &p));
        struct project_change_new n = {.ends_on = {true, date_add_days(p.ends_on.v, 30)}, .report_due = {true, date_add_days(p.ends_on.v, 60)}};
        TRY(ask(t, ids[i], PROJECT_EXTEND, "change_extend", n, &c));
        TRY(put_on_agenda(t, &t->next, "project_change", c.v, p.title, &item));
    }
    return ERR_OK;
}

/* ---- all of it ---- */

static enum err find_people(struct demo_tale *t)
{
    TRY(account_demo_actor(t->db, t->arena, STR("officer"), t->code, &t->officer));
    TRY(account_demo_actor(t->db, t->arena, STR("secretary"), t->code, &t->secretary));
    TRY(account_demo_actor(t->db, t->arena, STR("applicant"), t->code, &t->applicant));
    TRY(account_demo_actor(t->db, t->arena, STR("mentor"), t->code, &t->mentor));
    return account_demo_actor(t->db, t->arena, STR("chair"), t->code, &t->chair);
}

static enum err find_meetings(struct demo_tale *t)
{
    struct fund_named fund = {0};
    struct meeting *open = NULL;
    size_t n = 0;
    TRY(fund_named(t->db, t->arena, t->code, &fund));
    TRY(meeting_open(t->db, t->arena, fund.id, 10, &open, &n));
    for (size_t i = 0; i < n; i++) {
        if (date_cmp(open[i].held_on, day_of(t, MEETING_DEMO_FIRST)) == 0) t->first = open[i];
        if (date_cmp(open[i].held_on, day_of(t, MEETING_DEMO_SECOND)) == 0) t->second = open[i];
        if (date_cmp(open[i].held_on, day_of(t, MEETING_DEMO_NEXT)) == 0) t->next = open[i];
    }
    return ERR_OK;
}

static enum err first_meeting(struct demo_tale *t, const struct project_id *ids)
{
    demo_day(t, MEETING_DEMO_FIRST);
    for (size_t i = 0; i < PLOTS; i++) TRY(decide_first(t, &plots[i], ids[i]));
    TRY(leave(t, ids[0]));
    return meeting_demo_sign(t->db, t->arena, &t->first, MEETING_DEMO_PAPER, day_of(t, MEETING_DEMO_FIRST + 1));
}

/* Late in a fiscal year the money is spent, early in one it has not come: then a temple helps. */
static enum err donation(struct demo_tale *t)
{
    const int64_t need = 60000000; /* what the thread promises, and what the next meetings may */
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_posted posted = {0};
    struct ledger_book book = {0};
    TRY(ledger_book_find(t->db, t->arena, t->code, LEDGER_MAIN, &book));
    int64_t free = book.balance.v - book.committed.v;
    if (free >= need) return ERR_OK;
    struct ledger_receipt r = {.fund_code = t->code, .on = demo_day(t, MEETING_DEMO_FIRST - 2), .source = LEDGER_DONATION,
                               .amount = satang((need - free + 999999) / 1000000 * 1000000), .party = demo_said(t, "donor"),
                               .memo = demo_said(t, "memo_donation"), .reference = demo_said(t, "receipt_donation")};
    enum err e = ledger_post_receipt(t->db, t->arena, &t->officer, &r, &fault, &posted);
    return e == ERR_REFUSED ? err_note(e, "demo: a donation is not taken: %s", ledger_fault_code(fault)) : e;
}

enum err demo_thread(struct demo_tale *t)
{
    struct project_id ids[PLOTS];
    struct project_decision_id chairs = {0};
    TRY(find_people(t));
    TRY(find_meetings(t));
    TRY(donation(t));
    for (size_t i = 0; i < PLOTS; i++) TRY(propose(t, &plots[i], &ids[i]));
    TRY(first_meeting(t, ids));
    for (size_t i = 0; i < PLOTS; i++)
        if (plots[i].way == URGENT) TRY(urgent(t, &plots[i], ids[i], &chairs));
    for (size_t i = 0; i < PLOTS; i++)
        if (plots[i].parts > 0) TRY(agree(t, &plots[i], ids[i], (int64_t)i + 61));
    for (size_t i = 0; i < PLOTS; i++)
        if (plots[i].is_paid) TRY(pay_first(t, &plots[i], ids[i]));
    TRY(second_meeting(t, ids, chairs));
    return next_meeting(t, ids);
}
