/* work_thread.c — what of the thread from plan to closed project waits for a person: counts of a fund's projects
 * by what each waits for, meetings, plans; an applicant's own; late and stuck ones of an area. */
#include "rooms/area/area.h"
#include "rooms/project/project.h"
#include "rooms/report/projects.h"
#include "rooms/report/work.h"
#include "rooms/report_sql.h"

#define PROJECTS_MAX 300
#define MEETINGS_MAX 6
#define PLANS_MAX    20
#define PROMISES_MAX 20
#define OWN_MAX      8   /* of an applicant; what is more is in their list */
#define STUCK_DAYS   60  /* sent so long ago and not decided */
#define SOON_DAYS    14  /* a report due within these is said to be near */

typedef struct report_work_projects_row project_row;

/* One kind of waiting: how many, and which of them can be opened one by one. */
struct pile {
    int64_t n;
    const project_row *each[WORK_EACH_SHOWN];
    struct opt_date due; /* the earliest */
};
enum pile_kind {
    PILE_SCREEN, PILE_AGENDA, PILE_REVISE, PILE_REPORT, PILE_RETURNED, PILE_AGREE, PILE_PAY, PILE_LATE, PILE_BACK, PILE_CLOSE,
    PILE_URGENT, PILE_STUCK, PILE_SEE_AGREEMENT, PILE_SEE_URGENT, PILE_SEE_LATER, PILE_BRING_LATER, PILES
};
struct thread {
    struct rq *rq;
    struct work *w;
    struct str code; /* of the fund */
    bool may_write, is_coach, may_sign;
    struct pile piles[PILES];
};

static void drop_on(struct pile *p, const project_row *r)
{
    if (p->n < WORK_EACH_SHOWN) p->each[p->n] = r;
    p->n++;
    if (r->report_due.has && (!p->due.has || date_cmp(r->report_due.v, p->due.v) < 0)) p->due = r->report_due;
}

static bool is_state(const project_row *r, const char *state)
{
    return str_eq(r->state, str_of(state));
}

static bool lacks_agreement(const project_row *r)
{
    return r->needs_agreement != 0 && !r->agreement_on.has;
}

/* Money that may be paid now, as the project's own page says it. */
static bool may_be_paid(const project_row *r)
{
    struct project_payable facts = {.left = r->left_satang.has ? r->left_satang.v : satang(0),
                                    .is_held = r->is_held != 0,
                                    .lacks_agreement = lacks_agreement(r),
                                    .has_parts = r->instalments > 0,
                                    .has_open_part = r->open_instalment.has,
                                    .is_paid = r->is_paid};
    return project_state_of(r->state, &facts.state) == ERR_OK && project_is_payable(&facts);
}

/* A correction takes the agreement away, and the project may have begun before it. */
static bool is_to_agree(const project_row *r)
{
    bool is_on = is_state(r, "approved") || is_state(r, "running");
    return is_on && lacks_agreement(r) && r->left_satang.has && r->left_satang.v.v > 0;
}

static bool is_before(struct opt_date d, struct date day)
{
    return d.has && date_cmp(d.v, day) < 0;
}

static bool is_late(const struct thread *t, const project_row *r)
{
    enum project_state s = PROJECT_DRAFT;
    return project_state_of(r->state, &s) == ERR_OK && project_is_late(s, r->is_paid, r->report_due, t->rq->today);
}

/* A signed paper is seen by another than who brought it. */
static bool waits_for_me(const struct thread *t, struct opt_count brought_by)
{
    return brought_by.has && brought_by.v != t->rq->who.account;
}

/* Before the committee. */
static void sort_proposal(struct thread *t, const project_row *r)
{
    bool is_sent = is_state(r, "sent") || is_state(r, "deferred");
    if (is_state(r, "sent")) drop_on(&t->piles[PILE_SCREEN], r);
    if (is_sent && r->agenda == 0) drop_on(&t->piles[PILE_AGENDA], r);
    if (is_sent && is_before(r->sent_on, date_add_days(t->rq->today, -STUCK_DAYS))) drop_on(&t->piles[PILE_STUCK], r);
    if (is_state(r, "revise")) drop_on(&t->piles[PILE_REVISE], r);
    if (waits_for_me(t, r->urgent_scan)) drop_on(&t->piles[PILE_SEE_URGENT], r);
}

/* What is over, or was stopped, waits for its closing: first what may be paid is paid. */
static bool is_to_close(const project_row *r)
{
    return is_state(r, "stopped") || (is_state(r, "reported") && !may_be_paid(r));
}

/* A meeting asked money back, and not all of it has come. */
static bool is_to_come_back(const project_row *r)
{
    return r->back_until.has && (r->refunded.has ? r->refunded.v.v : 0) < r->back_until.v.v;
}

/* Papers that another brought and nobody else has seen. */
static void sort_papers(struct thread *t, const project_row *r)
{
    if (waits_for_me(t, r->agreement_scan)) drop_on(&t->piles[PILE_SEE_AGREEMENT], r);
    if (waits_for_me(t, r->later_scan)) drop_on(&t->piles[PILE_SEE_LATER], r);
    if (r->later_waits > 0 && r->is_held != 0) drop_on(&t->piles[PILE_BRING_LATER], r);
}

/* After it. */
static void sort_project(struct thread *t, const project_row *r)
{
    if (is_to_come_back(r)) drop_on(&t->piles[PILE_BACK], r);
    if (is_state(r, "closed")) return;
    if (r->sent_report.has) drop_on(&t->piles[PILE_REPORT], r);
    if (r->returned_report.has) drop_on(&t->piles[PILE_RETURNED], r);
    if (is_to_agree(r)) drop_on(&t->piles[PILE_AGREE], r);
    if (may_be_paid(r)) drop_on(&t->piles[PILE_PAY], r);
    if (is_late(t, r)) drop_on(&t->piles[PILE_LATE], r);
    if (is_to_close(r)) drop_on(&t->piles[PILE_CLOSE], r);
    if (r->urgent != 0) drop_on(&t->piles[PILE_URGENT], r);
    sort_papers(t, r);
}

/* ---- in words ---- */

static struct str words(struct rq *rq, enum msg key)
{
    return msg_text(key, rq->page.lang);
}

static struct str count_text(struct rq *rq, int64_t n)
{
    return str_printf(rq->arena, "%lld", (long long)n);
}

struct pile_words {
    enum pile_kind kind;
    const char *key, *icon, *tail, *list;
    enum work_tone tone;
    enum msg title, text, button;
};

/* Where one of them is done: its page with the kind's own tail, or the report that waits. */
static struct href one_href(struct thread *t, const struct pile_words *s, const project_row *r)
{
    struct arena *a = t->rq->arena;
    bool is_report = s->kind == PILE_REPORT || s->kind == PILE_RETURNED;
    int64_t n = !is_report ? 0 : s->kind == PILE_REPORT ? r->sent_report.v : r->returned_report.v;
    const char *tail = is_report ? str_z(a, str_printf(a, "/reports/%lld", (long long)n)) : s->tail;
    return HREF(a, str_z(a, str_printf(a, "/funds/{}/projects/{}%s", tail)), t->code, r->slug);
}

/* Several: the list, and each of them by its name. */
static void say_each(struct thread *t, const struct pile_words *s, struct work_item *it)
{
    struct arena *a = t->rq->arena;
    const struct pile *p = &t->piles[s->kind];
    it->neach = p->n < WORK_EACH_SHOWN ? (size_t)p->n : WORK_EACH_SHOWN;
    struct page_link *each = ARENA_ARRAY(a, struct page_link, it->neach);
    for (size_t i = 0; i < it->neach; i++) each[i] = (struct page_link){p->each[i]->title, one_href(t, s, p->each[i])};
    it->each = each;
    it->href = HREF(a, str_z(a, str_printf(a, "/funds/{}/proposals%s", s->list)), t->code);
}

static void say_pile(struct thread *t, const struct pile_words *s)
{
    const struct pile *p = &t->piles[s->kind];
    struct rq *rq = t->rq;
    if (p->n == 0) return;
    struct work_item it = {.key = s->key, .tone = s->tone, .icon = str_of(s->icon), .count = {true, p->n},
                           .title = MSG_FORMAT(rq->arena, rq->page.lang, s->title, count_text(rq, p->n)),
                           .text = p->n == 1 ? p->each[0]->title : words(rq, s->text), .button = words(rq, s->button)};
    if (p->n == 1) it.href = one_href(t, s, p->each[0]);
    else say_each(t, s, &it);
    if (s->kind == PILE_LATE) it.due = p->due;
    work_add(t->w, it);
}

static void say_office(struct thread *t)
{
    const struct pile_words said[] = {
        {PILE_LATE, "late", "triangle-alert", "", "?state=late", WORK_OVERDUE, MSG_work_late, MSG_work_late_text, MSG_work_open},
        {PILE_REPORT, "reports", "file-check", "", "?state=running", WORK_SOON, MSG_work_reports,
         MSG_work_reports_text, MSG_work_reports_button},
        {PILE_SCREEN, "screen", "file-text", "", "?state=sent", WORK_WAITS, MSG_work_screen, MSG_work_screen_text,
         MSG_work_screen_button},
        {PILE_AGREE, "agree", "file-warning", "/agreement", "?state=approved", WORK_WAITS, MSG_work_agree, MSG_work_agree_text,
         MSG_work_agree_button},
        {PILE_PAY, "pay", "banknote", "", "?state=running", WORK_WAITS, MSG_work_pay, MSG_work_pay_text, MSG_work_open},
        {PILE_BACK, "claw_back", "receipt", "", "", WORK_SOON, MSG_work_back, MSG_work_back_text, MSG_work_open},
        {PILE_CLOSE, "close", "circle-check", "/close", "", WORK_WAITS, MSG_work_close_project,
         MSG_work_close_project_text, MSG_work_close_project_button},
        {PILE_BRING_LATER, "bring_later", "file-check", "/later/paper", "?state=running", WORK_SOON, MSG_work_bring_later,
         MSG_work_bring_later_text, MSG_work_bring_later_button},
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) say_pile(t, &said[i]);
}

/* The committee: reports that staff wrote and sent among themselves wait for one of them, too. */
static void say_committee(struct thread *t)
{
    const struct pile_words reports = {PILE_REPORT, "reports", "file-check", "", "?state=running", WORK_WAITS,
                                       MSG_work_reports, MSG_work_reports_text, MSG_work_reports_button};
    say_pile(t, &reports);
}

/* Whoever may see what another brought. */
static void say_papers(struct thread *t)
{
    const struct pile_words said[] = {
        {PILE_SEE_URGENT, "see_urgent", "eye", "/urgent/paper", "?state=sent", WORK_SOON, MSG_work_see_urgent, MSG_work_see_papers_text,
         MSG_work_see_button},
        {PILE_SEE_AGREEMENT, "see_agreement", "eye", "/agreement", "?state=running", WORK_SOON, MSG_work_see_agreement,
         MSG_work_see_papers_text, MSG_work_see_button},
        {PILE_SEE_LATER, "see_later", "eye", "/later/paper", "?state=running", WORK_SOON, MSG_work_see_later, MSG_work_see_papers_text,
         MSG_work_see_button},
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) say_pile(t, &said[i]);
}

/* Money for long-term care that another promised: its signed paper was brought. */
static enum err say_promises(struct thread *t, struct fund_id fund)
{
    struct rq *rq = t->rq;
    struct report_work_promises_row *rows = NULL;
    size_t n = 0;
    TRY(report_work_promises(rq->db, rq->arena, fund, rq->who.account, PROMISES_MAX, &rows, &n));
    if (n == 0) return ERR_OK;
    struct work_item it = {.key = "see_promise", .tone = WORK_SOON, .icon = STR("eye"), .count = {true, (int64_t)n},
                           .title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_see_promise, count_text(rq, (int64_t)n)),
                           .text = n == 1 ? rows[0].title : words(rq, MSG_work_see_papers_text),
                           .button = words(rq, MSG_work_see_button)};
    it.href = n == 1 ? HREF(rq->arena, "/funds/{}/ledger/promises/{}/paper", t->code, count_text(rq, rows[0].id.v))
                     : HREF(rq->arena, "/funds/{}/ledger/commitments?book=ltc", t->code);
    work_add(t->w, it);
    return ERR_OK;
}

/* Mentors, advisers: what needs help. */
static void say_coach(struct thread *t)
{
    const struct pile_words said[] = {
        {PILE_LATE, "late", "triangle-alert", "", "?state=late", WORK_OVERDUE, MSG_work_late, MSG_work_late_coach, MSG_work_open},
        {PILE_STUCK, "stuck", "hourglass", "", "?state=sent", WORK_SOON, MSG_work_stuck, MSG_work_stuck_text, MSG_work_open},
        {PILE_REVISE, "revise", "pencil", "", "?state=revise", WORK_WAITS, MSG_work_revise, MSG_work_revise_coach,
         MSG_work_comment},
        {PILE_RETURNED, "returned", "file-warning", "", "?state=running", WORK_WAITS,
         MSG_work_returned, MSG_work_returned_coach, MSG_work_open},
        {PILE_SCREEN, "screen", "file-text", "", "?state=sent", WORK_WAITS, MSG_work_screen, MSG_work_screen_coach,
         MSG_work_comment},
    };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) say_pile(t, &said[i]);
}

/* ---- meetings ---- */

static struct str meeting_name(struct thread *t, const struct report_work_meetings_row *m)
{
    return str_printf(t->rq->arena, "%lld/%d", (long long)m->number, m->fy.v);
}

static void add_meeting(struct thread *t, const struct report_work_meetings_row *m, struct work_item it, enum msg title,
                        enum msg text)
{
    struct rq *rq = t->rq;
    it.title = MSG_FORMAT(rq->arena, rq->page.lang, title, meeting_name(t, m));
    it.text = MSG_FORMAT(rq->arena, rq->page.lang, text, html_arg_date(&rq->page, m->held_on), count_text(rq, m->items));
    struct str ref = str_printf(rq->arena, "%d-%lld", m->fy.v, (long long)m->number);
    bool is_signing = strcmp(it.key, "sign") == 0 || strcmp(it.key, "see_paper") == 0; /* what the button names is done there */
    it.href = is_signing ? HREF(rq->arena, "/funds/{}/meetings/{}/sign", t->code, ref) : HREF(rq->arena, "/funds/{}/meetings/{}", t->code, ref);
    work_add(t->w, it);
}

static void say_meeting(struct thread *t, const struct report_work_meetings_row *m)
{
    struct rq *rq = t->rq;
    bool is_past = date_cmp(m->held_on, rq->today) <= 0;
    bool is_mine = m->entered_by.has && m->entered_by.v == rq->who.account;
    if (m->unseen > 0 && !is_mine && (t->may_write || t->may_sign || rq->who.acting.role == ROLE_member))
        add_meeting(t, m, (struct work_item){.key = "see_paper", .tone = WORK_SOON, .icon = STR("eye"),
                                             .button = words(rq, MSG_work_see_button)}, MSG_work_see, MSG_work_see_text);
    else if (is_past && t->may_sign)
        add_meeting(t, m, (struct work_item){.key = "sign", .tone = WORK_SOON, .icon = STR("pencil"),
                                             .button = words(rq, MSG_work_sign_button)}, MSG_work_sign, MSG_work_sign_text);
    else if (is_past && t->may_write)
        add_meeting(t, m, (struct work_item){.key = "decide", .tone = WORK_SOON, .icon = STR("file-clock"),
                                             .button = words(rq, MSG_work_decide_button)}, MSG_work_decide, MSG_work_decide_text);
    else if (!is_past)
        add_meeting(t, m, (struct work_item){.key = "meeting", .tone = WORK_NOTE, .icon = STR("users-round"),
                                             .button = words(rq, MSG_work_meeting_button)}, MSG_work_meeting, MSG_work_meeting_text);
}

/* Something waits for the committee and no meeting has it: the meeting that is called, or a new one. */
static void say_agenda(struct thread *t, const struct report_work_meetings_row *meetings, size_t n)
{
    struct rq *rq = t->rq;
    const struct pile *p = &t->piles[PILE_AGENDA], *u = &t->piles[PILE_URGENT];
    if (!t->may_write || p->n + u->n == 0) return;
    struct work_item it = {.key = "agenda", .tone = WORK_WAITS, .icon = STR("users-round"), .count = {true, p->n + u->n},
                           .title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_agenda, count_text(rq, p->n + u->n)),
                           .text = words(rq, u->n > 0 ? MSG_work_agenda_urgent : MSG_work_agenda_text)};
    it.button = words(rq, n > 0 ? MSG_work_agenda_button : MSG_work_agenda_call);
    it.href = n > 0 ? HREF(rq->arena, "/funds/{}/meetings/{}/proposals", t->code,
                           str_printf(rq->arena, "%d-%lld", meetings[n - 1].fy.v, (long long)meetings[n - 1].number))
                    : HREF(rq->arena, "/funds/{}/meetings/new", t->code);
    work_add(t->w, it);
}

/* ---- plans ---- */

static void say_plans(struct thread *t, const struct report_work_plans_row *plans, size_t n)
{
    struct rq *rq = t->rq;
    if (n == 0 || !t->may_write) return;
    struct str fy = str_printf(rq->arena, "%d", plans[0].fy.v);
    work_add(t->w, (struct work_item){
                       .key = "issue_plans", .tone = WORK_WAITS, .icon = STR("clipboard-list"), .count = {true, (int64_t)n},
                       .title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_plans, count_text(rq, (int64_t)n)),
                       .text = n == 1 ? lang_name(rq->page.lang, plans[0].name_th, plans[0].name_en) : words(rq, MSG_work_plans_text),
                       .button = words(rq, MSG_work_plans_button),
                       .href = n == 1 ? HREF(rq->arena, "/funds/{}/plans/{}/{}/edit?step=review", t->code, plans[0].issue_code, fy)
                                      : HREF(rq->arena, "/funds/{}/plans?fy={}", t->code, fy)});
}

/* ---- a fund ---- */

enum err work_thread_fund(struct rq *rq, const struct grant *g, struct fund_id fund, struct work *w)
{
    struct report_work_projects_row *rows = NULL;
    struct report_work_meetings_row *meetings = NULL;
    struct report_work_plans_row *plans = NULL;
    size_t n = 0, nmeetings = 0, nplans = 0;
    struct thread t = {.rq = rq, .w = w, .code = g->code,
                       .may_write = g->role == ROLE_officer || g->role == ROLE_secretary,
                       .is_coach = g->role == ROLE_mentor || g->role == ROLE_adviser, .may_sign = g->role == ROLE_chair};
    if (g->role == ROLE_auditor) return ERR_OK;
    TRY(report_work_projects(rq->db, rq->arena, fund, rq->who.account, PROJECTS_MAX, &rows, &n));
    TRY(report_work_meetings(rq->db, rq->arena, fund, MEETINGS_MAX, &meetings, &nmeetings));
    if (t.may_write) TRY(report_work_plans(rq->db, rq->arena, fund, rq->this_fy, PLANS_MAX, &plans, &nplans));
    for (size_t i = 0; i < n; i++) {
        sort_proposal(&t, &rows[i]);
        sort_project(&t, &rows[i]);
    }
    if (t.may_write) say_office(&t);
    if (t.is_coach) say_coach(&t);
    if (t.may_sign || g->role == ROLE_member) say_committee(&t);
    if (t.may_write || t.may_sign || g->role == ROLE_member) {
        say_papers(&t);
        TRY(say_promises(&t, fund));
    }
    for (size_t i = 0; i < nmeetings; i++) say_meeting(&t, &meetings[i]);
    say_agenda(&t, meetings, nmeetings);
    say_plans(&t, plans, nplans);
    return ERR_OK;
}

/* ---- an applicant ---- */

static void add_own(struct rq *rq, struct work *w, const struct report_work_own_row *r, struct work_item it, enum msg title,
                    enum msg button, const char *tail)
{
    it.title = MSG_FORMAT(rq->arena, rq->page.lang, title, r->title);
    it.button = words(rq, button);
    it.href = HREF(rq->arena, str_z(rq->arena, str_printf(rq->arena, "/funds/{}/projects/{}%s", tail)), r->fund_code, r->slug);
    work_add(w, it);
}

static void say_own(struct rq *rq, struct work *w, const struct report_work_own_row *r)
{
    struct work_item it = {.key = "own", .tone = WORK_WAITS, .icon = STR("file-text"), .text = words(rq, MSG_work_own_draft_text)};
    if (str_eq(r->state, STR("draft"))) {
        add_own(rq, w, r, it, MSG_work_own_draft, MSG_work_own_draft_button, "");
    } else if (str_eq(r->state, STR("revise"))) {
        it.tone = WORK_SOON;
        it.icon = STR("pencil");
        it.text = words(rq, MSG_work_own_revise_text);
        add_own(rq, w, r, it, MSG_work_own_revise, MSG_work_own_revise_button, "");
    } else if (r->returned_report.has) {
        it.tone = WORK_SOON;
        it.icon = STR("file-warning");
        it.text = words(rq, MSG_work_own_returned_text);
        add_own(rq, w, r, it, MSG_work_own_returned, MSG_work_own_returned_button,
                str_z(rq->arena, str_printf(rq->arena, "/reports/%lld", (long long)r->returned_report.v)));
    } else if (str_eq(r->state, STR("running")) && !r->sent_report.has) {
        int32_t left = r->report_due.has && r->is_paid ? date_days(r->report_due.v) - date_days(rq->today) : SOON_DAYS + 1;
        it.tone = left < 0 ? WORK_OVERDUE : left <= SOON_DAYS ? WORK_SOON : WORK_WAITS;
        it.icon = STR("file-text");
        it.due = r->report_due;
        if (r->draft_report.has) { /* begun already: gone on with, not begun again */
            it.text = words(rq, MSG_work_own_begun_text);
            add_own(rq, w, r, it, MSG_work_own_begun, MSG_work_own_draft_button,
                    str_z(rq->arena, str_printf(rq->arena, "/reports/%lld", (long long)r->draft_report.v)));
            return;
        }
        it.text = words(rq, MSG_work_own_report_text);
        add_own(rq, w, r, it, MSG_work_own_report, MSG_work_own_report_button, "/reports/new");
    }
}

/* All of them have their place in the list of /funds/…/proposals, page by page. */
enum err work_projects_own(struct rq *rq, const struct grant *g, struct work *w)
{
    struct project_row *rows = NULL;
    size_t n = 0;
    struct project_asked q = {.account = {rq->who.account}, .state = -1, .most = WORK_PROJECTS_SHOWN + 1};
    TRY(project_list(rq->db, rq->arena, &q, &rows, &n));
    struct work_project *out = ARENA_ARRAY(rq->arena, struct work_project, n);
    w->nprojects = n > WORK_PROJECTS_SHOWN ? WORK_PROJECTS_SHOWN : n;
    for (size_t i = 0; i < w->nprojects; i++) {
        const struct project_row *r = &rows[i];
        struct str word = r->is_recalled ? words(rq, MSG_project_state_recalled) : thread_state_name(rq, r->state);
        out[i] = (struct work_project){.slug = r->slug,
                                       .code = str_is_empty(r->code) ? r->other_code : r->code,
                                       .title = r->title,
                                       .state = str_of(project_state_code(r->state)),
                                       .state_word = word,
                                       .fund_code = r->fund_code,
                                       .tone = thread_state_tone(r->state),
                                       .href = HREF(rq->arena, "/funds/{}/projects/{}", r->fund_code, r->slug)};
    }
    w->has_projects = true;
    w->projects = out;
    w->has_all_projects = n > 0 && g->kind == SCOPE_FUND;
    if (w->has_all_projects) w->all_projects = HREF(rq->arena, "/funds/{}/proposals", g->code);
    return ERR_OK;
}

enum err work_thread_own(struct rq *rq, struct work *w)
{
    struct report_work_own_row *rows = NULL;
    size_t n = 0;
    TRY(report_work_own(rq->db, rq->arena, (struct account_id){rq->who.account}, rq->who.account, OWN_MAX + 1, &rows, &n));
    for (size_t i = 0; i < n && i < OWN_MAX; i++) say_own(rq, w, &rows[i]);
    if (n <= OWN_MAX) return ERR_OK;
    work_add(w, (struct work_item){.key = "more", .tone = WORK_NOTE, .icon = STR("clipboard-list"), .title = words(rq, MSG_work_own_more),
                                   .text = words(rq, MSG_work_own_more_text), .button = words(rq, MSG_work_open),
                                   .href = HREF(rq->arena, "/funds/{}/proposals", rows[0].fund_code)});
    return ERR_OK;
}

/* ---- an area ---- */

static void add_area(struct rq *rq, const struct area *area, struct work *w, struct work_item it, int64_t n, enum msg title,
                     enum msg text, const char *tail)
{
    if (n == 0) return;
    it.title = MSG_FORMAT(rq->arena, rq->page.lang, title, count_text(rq, n));
    it.text = words(rq, text);
    it.count = (struct opt_count){true, n};
    it.button = words(rq, MSG_work_open);
    it.href = HREF(rq->arena, str_z(rq->arena, str_printf(rq->arena, "/areas/{}/%s", tail)), area->code);
    work_add(w, it);
}

struct area_now {
    int64_t late, stuck, sent, revise, planless;
};

static void say_area(struct rq *rq, const struct area *area, struct work *w, const struct area_now *now)
{
    add_area(rq, area, w, (struct work_item){.key = "late", .tone = WORK_OVERDUE, .icon = STR("triangle-alert")}, now->late,
             MSG_work_late, MSG_work_late_area, "projects?late=1");
    add_area(rq, area, w, (struct work_item){.key = "stuck", .tone = WORK_SOON, .icon = STR("hourglass")}, now->stuck,
             MSG_work_stuck, MSG_work_stuck_area, "projects?state=sent");
    add_area(rq, area, w, (struct work_item){.key = "sent", .tone = WORK_WAITS, .icon = STR("file-text")}, now->sent,
             MSG_work_sent, MSG_work_sent_area, "projects?state=sent");
    add_area(rq, area, w, (struct work_item){.key = "revise", .tone = WORK_WAITS, .icon = STR("pencil")}, now->revise,
             MSG_work_revise, MSG_work_revise_coach, "projects?state=revise");
    if (now->planless == 0) return;
    work_add(w, (struct work_item){.key = "planless", .tone = WORK_WAITS, .icon = STR("clipboard-list"),
                                   .count = {true, now->planless},
                                   .title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_work_planless, count_text(rq, now->planless)),
                                   .text = words(rq, MSG_work_planless_text), .button = words(rq, MSG_work_see_funds),
                                   .href = href_of_path(rq->arena, STR("/work#funds"))});
}

/* Sent so long ago, of a district, a province, a region or the nation. */
static enum err read_stuck(struct rq *rq, const struct area *area, int64_t *ret_all, int64_t *ret_sent)
{
    struct date long_ago = date_add_days(rq->today, -STUCK_DAYS);
    if (area->kind == AREA_DISTRICT) {
        struct report_work_district_stuck_row row = {0};
        TRY(report_work_district_stuck(rq->db, rq->arena, area->id, area->parent_id, long_ago, &row));
        *ret_all = row.n;
        *ret_sent = row.sent;
    } else if (area->kind == AREA_PROVINCE) {
        struct report_work_province_stuck_row row = {0};
        TRY(report_work_province_stuck(rq->db, rq->arena, area->id, long_ago, &row));
        *ret_all = row.n;
        *ret_sent = row.sent;
    } else if (area->kind == AREA_REGION) {
        struct report_work_region_stuck_row row = {0};
        TRY(report_work_region_stuck(rq->db, rq->arena, area->id, long_ago, &row));
        *ret_all = row.n;
    } else {
        struct report_work_nation_stuck_row row = {0};
        TRY(report_work_nation_stuck(rq->db, rq->arena, long_ago, &row));
        *ret_all = row.n;
    }
    return ERR_OK;
}

/* Proposals that wait are told to those who coach the funds: districts and provinces. */
static enum err read_states(struct rq *rq, const struct area *area, int64_t stuck, struct area_now *now)
{
    struct report_work_area_states_row *rows = NULL;
    size_t n = 0;
    if (area->kind != AREA_DISTRICT && area->kind != AREA_PROVINCE) return ERR_OK;
    TRY(report_work_area_states(rq->db, rq->arena, area->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].measure, STR("projects_revise"))) now->revise = rows[i].n;
        else now->sent = rows[i].n - stuck;
    return ERR_OK;
}

enum err work_thread_area(struct rq *rq, const struct area *area, struct work *w)
{
    struct area_now now = {0};
    struct report_work_area_late_row late = {0};
    struct report_work_area_planned_row planned = {0};
    int64_t stuck = 0;
    TRY(report_work_area_late(rq->db, rq->arena, area->id, rq->today, &late));
    TRY(read_stuck(rq, area, &now.stuck, &stuck));
    TRY(read_states(rq, area, stuck, &now));
    enum err e = report_work_area_planned(rq->db, rq->arena, area->id, rq->this_fy, &planned);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e; /* none: no fund is at home there */
    now.late = late.late;
    now.planless = planned.funds - planned.known;
    say_area(rq, area, w, &now);
    return ERR_OK;
}
