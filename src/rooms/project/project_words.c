/* project_words.c — the pages of a proposal's form and what each of them holds, as lines of text; and what happened to
 * a project, as a time line. */
#include "rooms/project/project_ask.h"
#include "base/thai.h"
#include "rooms/project_sql.h"

#include <assert.h>

#define TEXT_MAX   60000
#define EVENTS_MAX 60

/* ---- pages ---- */

static const struct {
    const char *code;
    enum msg title;
    unsigned sections;
} pages[PROJECT_PAGES] = {
    [PROJECT_PAGE_ONE] = {"one", MSG_project_part_one,
                          PROJECT_HEAD | PROJECT_ISSUES | PROJECT_PEOPLE | PROJECT_SITUATION | PROJECT_TARGETS | PROJECT_ACTIVITIES | PROJECT_BUDGETS},
    [PROJECT_PAGE_HEAD] = {"head", MSG_project_part_head, PROJECT_HEAD},
    [PROJECT_PAGE_PEOPLE] = {"people", MSG_project_part_people, PROJECT_PEOPLE},
    [PROJECT_PAGE_PLAN] = {"plan", MSG_project_part_plan, PROJECT_ISSUES},
    [PROJECT_PAGE_SITUATION] = {"situation", MSG_project_part_situation, PROJECT_SITUATION},
    [PROJECT_PAGE_OBJECTIVES] = {"objectives", MSG_project_part_objectives, PROJECT_OBJECTIVES},
    [PROJECT_PAGE_TARGETS] = {"targets", MSG_project_part_targets, PROJECT_TARGETS},
    [PROJECT_PAGE_WHEN] = {"when", MSG_project_part_when, PROJECT_HEAD},
    [PROJECT_PAGE_ACTIVITIES] = {"activities", MSG_project_part_activities, PROJECT_ACTIVITIES},
    [PROJECT_PAGE_BUDGET] = {"budget", MSG_project_part_budget, PROJECT_BUDGETS},
    [PROJECT_PAGE_EXPECTED] = {"expected", MSG_project_part_expected, PROJECT_EXPECTED},
    [PROJECT_PAGE_REVIEW] = {"review", MSG_project_part_review, 0}};

const char *project_page_code(enum project_page page)
{
    return pages[page].code;
}

enum err project_page_of(struct str code, enum project_page *ret)
{
    for (int i = 0; i < PROJECT_PAGES; i++)
        if (str_eq(code, str_of(pages[i].code))) {
            *ret = (enum project_page)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

struct str project_page_title(struct rq *rq, enum project_page page)
{
    return msg_text(pages[page].title, rq->page.lang);
}

unsigned project_page_sections(enum project_page page)
{
    return pages[page].sections;
}

bool project_page_is(const struct project *p, enum project_page page)
{
    if (page == PROJECT_PAGE_REVIEW) return true;
    if (p->size == PROJECT_SMALL) return page == PROJECT_PAGE_ONE;
    if (page == PROJECT_PAGE_ONE) return false;
    return page != PROJECT_PAGE_PEOPLE || str_eq(p->owner_type, STR("5"));
}

bool project_page_shows(const struct project *p, enum project_page page, struct str text)
{
    if (p->size != PROJECT_SMALL || page == PROJECT_PAGE_REVIEW) return project_page_is(p, page);
    if (page == PROJECT_PAGE_ONE) return false;
    bool is_asked = page != PROJECT_PAGE_OBJECTIVES && page != PROJECT_PAGE_EXPECTED &&
                    (page != PROJECT_PAGE_PEOPLE || str_eq(p->owner_type, STR("5")));
    return is_asked || text.n > 0;
}

enum project_page project_page_for(const struct project *p, const struct project_missing *m)
{
    if (p->size == PROJECT_SMALL) return PROJECT_PAGE_ONE;
    if (m->message == MSG_project_lacks_place || m->message == MSG_project_lacks_dates ||
        m->message == MSG_project_dates_turned || m->message == MSG_project_starts_early || m->message == MSG_project_due_early)
        return PROJECT_PAGE_WHEN;
    for (int i = PROJECT_PAGE_HEAD; i < PROJECT_PAGE_REVIEW; i++)
        if (pages[i].sections == (unsigned)m->section) return (enum project_page)i;
    return PROJECT_PAGE_HEAD;
}

/* ---- what a page holds ---- */

struct lines {
    struct rq *rq;
    struct buf out;
};

static void line(struct lines *l, struct str s)
{
    if (str_is_empty(s)) return;
    if (l->out.n > 0) BUF_LIT(&l->out, "\n");
    buf_put(&l->out, s);
}

static void pair(struct lines *l, enum msg label, struct str value)
{
    if (str_is_empty(value)) return;
    line(l, str_concat(l->rq->arena, (const struct str[]){msg_text(label, l->rq->page.lang), STR(": "), value}, 3));
}

static void people_lines(struct lines *l, const struct project_whole *w, bool has_persons)
{
    if (!has_persons) {
        if (w->npeople > 0)
            line(l, MSG_FORMAT(l->rq->arena, l->rq->page.lang, MSG_project_people_count, str_printf(l->rq->arena, "%zu", w->npeople)));
        return;
    }
    for (size_t i = 0; i < w->npeople; i++) {
        struct str duty = w->people[i].duty, phone = w->people[i].phone;
        line(l, str_printf(l->rq->arena, "%zu. %.*s%s%.*s%s%.*s", i + 1, STR_FMT(w->people[i].name), duty.n > 0 ? " · " : "",
                           STR_FMT(duty), phone.n > 0 ? " · " : "", STR_FMT(phone)));
    }
}

static void objective_lines(struct lines *l, const struct project_whole *w)
{
    struct arena *a = l->rq->arena;
    for (size_t i = 0; i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        struct str from = project_x100_text(l->rq, o->from_x100), to = project_x100_text(l->rq, o->to_x100);
        line(l, str_printf(a, "%zu. %.*s", i + 1, STR_FMT(o->words)));
        if (o->indicator_words.n > 0 && to.n > 0)
            line(l, MSG_FORMAT(a, l->rq->page.lang, MSG_project_indicator_line, o->indicator_words, from.n > 0 ? from : STR("–"), to));
        else
            line(l, o->indicator_words);
    }
}

static void target_lines(struct lines *l, const struct project_whole *w)
{
    for (size_t i = 0; i < w->ntargets; i++) {
        struct buf b = buf_in(l->rq->arena, 32);
        if (!w->targets[i].planned.has) continue;
        buf_count(&b, w->targets[i].planned.v);
        line(l, MSG_FORMAT(l->rq->arena, l->rq->page.lang, MSG_project_target_line,
                           lang_name(l->rq->page.lang, w->targets[i].name_th, w->targets[i].name_en), buf_str(&b)));
    }
}

static struct str nth(struct lines *l, enum msg m, int64_t position)
{
    return MSG_FORMAT(l->rq->arena, l->rq->page.lang, m, str_printf(l->rq->arena, "%lld", (long long)position));
}

static void activity_lines(struct lines *l, const struct project_whole *w)
{
    struct arena *a = l->rq->arena;
    line(l, w->p.method);
    for (size_t i = 0; i < w->nactivities; i++) {
        const struct project_activity *v = &w->activities[i];
        struct project days = {.starts_on = v->starts_on, .ends_on = v->ends_on};
        struct str when = project_period_text(l->rq, &days);
        struct str aim = v->objective > 0 && w->nobjectives > 1 ? nth(l, MSG_project_objective_nth, v->objective) : STR("");
        line(l, str_printf(a, "%zu. %.*s%s%.*s%s%.*s", i + 1, STR_FMT(v->title), when.n > 0 ? " · " : "", STR_FMT(when),
                           aim.n > 0 ? " · " : "", STR_FMT(aim)));
        line(l, v->method);
    }
}

static void budget_lines(struct lines *l, const struct project_whole *w)
{
    struct arena *a = l->rq->arena;
    for (size_t i = 0; i < w->nbudget; i++) {
        const struct project_budget *b = &w->budget[i];
        struct buf price = buf_in(a, 32), amount = buf_in(a, 32);
        buf_satang(&price, b->price);
        buf_satang(&amount, b->amount);
        struct str kind = lang_name(l->rq->page.lang, b->expense_th, b->expense_en);
        struct str activity = b->activity > 0 ? nth(l, MSG_project_activity_nth, b->activity) : STR("");
        line(l, str_printf(a, "%zu. %.*s  %lld × %.*s × %lld = %.*s%s%.*s%s%.*s", i + 1, STR_FMT(b->words), (long long)b->quantity,
                           STR_FMT(buf_str(&price)), (long long)b->times, STR_FMT(buf_str(&amount)), kind.n > 0 ? " · " : "",
                           STR_FMT(kind), activity.n > 0 ? " · " : "", STR_FMT(activity)));
    }
    pair(l, w->nbudget > 0 ? MSG_project_sum : MSG_project_asked, project_money_text(l->rq, w->p.asked));
}

static void head_lines(struct lines *l, const struct project_whole *w)
{
    line(l, w->p.title);
    pair(l, MSG_project_owner, w->p.owner_name);
    pair(l, MSG_project_owner_type, project_owner_word(l->rq, w->p.owner_type));
    pair(l, MSG_project_support, project_support_word(l->rq, w->p.fy, w->p.support_type));
}

static void plan_lines(struct lines *l, const struct project_whole *w)
{
    for (size_t i = 0; i < w->nissues; i++) line(l, lang_name(l->rq->page.lang, w->issues[i].name_th, w->issues[i].name_en));
}

static void one_lines(struct lines *l, const struct project_whole *w, bool has_persons)
{
    head_lines(l, w);
    people_lines(l, w, has_persons);
    plan_lines(l, w);
    pair(l, MSG_project_part_situation, w->p.situation);
    activity_lines(l, w);
    target_lines(l, w);
    pair(l, MSG_project_period, project_period_text(l->rq, &w->p));
    pair(l, MSG_project_place, w->p.place);
    budget_lines(l, w);
}

struct str project_title_public(struct rq *rq, struct str title)
{
    struct str open = open_text(title, NULL);
    return str_is_empty(open) ? msg_text(MSG_project_withheld_title, rq->page.lang) : open;
}

struct str project_page_text(struct rq *rq, const struct project_whole *w, enum project_page page, bool has_persons)
{
    struct lines l = {rq, buf_in(rq->arena, TEXT_MAX * 4)};
    switch (page) {
    case PROJECT_PAGE_ONE: one_lines(&l, w, has_persons); break;
    case PROJECT_PAGE_HEAD: head_lines(&l, w); break;
    case PROJECT_PAGE_PEOPLE: people_lines(&l, w, has_persons); break;
    case PROJECT_PAGE_PLAN: plan_lines(&l, w); break;
    case PROJECT_PAGE_SITUATION: line(&l, w->p.situation); break;
    case PROJECT_PAGE_OBJECTIVES: objective_lines(&l, w); break;
    case PROJECT_PAGE_TARGETS: target_lines(&l, w); break;
    case PROJECT_PAGE_WHEN:
        line(&l, project_period_text(rq, &w->p));
        line(&l, w->p.place);
        break;
    case PROJECT_PAGE_ACTIVITIES: activity_lines(&l, w); break;
    case PROJECT_PAGE_BUDGET: budget_lines(&l, w); break;
    case PROJECT_PAGE_EXPECTED: line(&l, w->p.expected); break;
    default: break;
    }
    return l.out.n > 0 ? buf_str(&l.out) : STR("");
}

/* ---- what happened ---- */

struct telling {
    struct rq *rq;
    const struct project *p;
    struct project_event *rows;
    struct date on[EVENTS_MAX]; /* of each row */
    size_t n;
    struct project_change *changes; /* that decisions were about; inside only */
    size_t nchanges;
};

static void tell(struct telling *t, enum msg title, struct opt_date on, struct str text)
{
    if (!on.has || t->n == EVENTS_MAX) return;
    t->on[t->n] = on.v;
    t->rows[t->n++] =
        (struct project_event){.title = msg_text(title, t->rq->page.lang), .text = text, .when = project_day_text(t->rq, on)};
}

/* The last one leads there, for who may open it. */
static void lead(struct telling *t, enum msg label, struct href href)
{
    if (t->n == 0 || !project_may_open(t->rq, href)) return;
    struct project_event *row = &t->rows[t->n - 1];
    assert(row->nlinks < sizeof row->links / sizeof row->links[0]);
    row->links[row->nlinks++] = (struct page_link){msg_text(label, t->rq->page.lang), href};
}

/* By day; what is of one day stays as it was told. */
static void sort_events(struct telling *t)
{
    for (size_t i = 1; i < t->n; i++)
        for (size_t k = i; k > 0 && date_cmp(t->on[k], t->on[k - 1]) < 0; k--) {
            struct date on = t->on[k];
            struct project_event row = t->rows[k];
            t->on[k] = t->on[k - 1];
            t->rows[k] = t->rows[k - 1];
            t->on[k - 1] = on;
            t->rows[k - 1] = row;
        }
}

static enum msg decision_word(struct str kind)
{
    static const struct {
        const char *kind;
        enum msg word;
    } words[] = {{"approve", MSG_project_event_approve},       {"approve_corrected", MSG_project_event_approve_corrected},
                 {"revise", MSG_project_event_revise},         {"defer", MSG_project_event_defer},
                 {"reject", MSG_project_event_reject},         {"urgent", MSG_project_event_urgent},
                 {"laid_before", MSG_project_event_laid_before}, {"change", MSG_project_event_change},
                 {"refuse_change", MSG_project_event_refuse_change}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(kind, str_of(words[i].kind))) return words[i].word;
    return MSG_project_event_change;
}

/* What of the project a meeting changed, for who may see it. */
static void changed(struct lines *l, const struct telling *t, const struct project_decision *d)
{
    for (size_t i = 0; i < t->nchanges; i++)
        if (t->changes[i].id.v == d->change.v) line(l, project_change_line(l->rq->arena, l->rq->page.lang, &t->changes[i], NULL));
}

/* "ประชุมครั้งที่ 3/2570 · 10,200.00 บาท"; reasons, conditions and what was changed only inside. */
static struct str decision_text(const struct telling *t, const struct project_decision *d, bool is_inside)
{
    struct rq *rq = t->rq;
    struct lines l = {rq, buf_in(rq->arena, TEXT_MAX)};
    pair(&l, MSG_project_meeting, d->meeting_words);
    line(&l, project_money_text(rq, d->amount));
    changed(&l, t, d);
    if (is_inside) pair(&l, MSG_project_conditions, d->conditions);
    if (is_inside) pair(&l, MSG_project_reason, d->reason);
    if (!id_is_none(d->corrects)) line(&l, msg_text(MSG_project_corrects, rq->page.lang));
    return l.out.n > 0 ? buf_str(&l.out) : STR("");
}

static enum err read_changes(struct telling *t, const struct project *p, const struct project_decision *d, size_t n)
{
    bool is_any = false;
    for (size_t i = 0; i < n; i++) is_any = is_any || !id_is_none(d[i].change);
    return is_any ? project_changes(t->rq->db, t->rq->arena, p->id, &t->changes, &t->nchanges) : ERR_OK;
}

/* "2/2570" as its page is called: "2570-2"; "" when it was held elsewhere. */
static struct str meeting_address(struct rq *rq, const struct project_decision *d)
{
    struct str rest = d->meeting_words, number;
    if (id_is_none(d->meeting) || str_is_none(rest) || !str_split(&rest, '/', &number)) return STR("");
    return str_concat(rq->arena, (const struct str[]){rest, STR("-"), number}, 3);
}

static void lead_decision(struct telling *t, const struct project_decision *d)
{
    struct str meeting = meeting_address(t->rq, d);
    bool is_change = !id_is_none(d->change);
    if (is_change) lead(t, MSG_project_line_changes, project_href(t->rq, t->p, "/changes"));
    if (meeting.n > 0) lead(t, MSG_project_line_meeting, HREF(t->rq->arena, "/funds/{}/meetings/{}", t->p->fund_code, meeting));
    else if (!is_change) lead(t, MSG_project_line_decisions, project_href(t->rq, t->p, "/decide"));
}

/* The agreement that counts, and whether the signed paper of it is there. */
static enum err tell_agreement(struct telling *t)
{
    struct project_agreement g = {0};
    struct meeting_sign sign = {0};
    struct rq *rq = t->rq;
    if (!project_is_public(t->p->state)) return ERR_OK;
    TRY(project_agreement_get(rq->db, rq->arena, t->p->id, &g));
    if (g.version == 0) return ERR_OK;
    enum err e = project_agreement_sign(rq->db, rq->arena, &g, &sign);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    enum msg paper = e != ERR_OK ? MSG_project_line_unsigned : sign.is_in_force ? MSG_project_line_signed : MSG_project_line_unseen;
    struct str text = str_concat(rq->arena, (const struct str[]){g.number, STR("\n"), msg_text(paper, rq->page.lang)}, 3);
    tell(t, MSG_project_event_agreed, (struct opt_date){true, g.agreed_on}, text);
    lead(t, MSG_project_line_agreement, project_href(rq, t->p, "/agreement"));
    return ERR_OK;
}

static enum err tell_money(struct telling *t)
{
    struct project_money m = {0};
    if (id_is_none(t->p->commitment)) return ERR_OK;
    TRY(project_money(t->rq->db, t->rq->arena, t->p, &m));
    if (m.paid.v > 0) tell(t, MSG_project_event_paid, m.last_paid_on, project_money_text(t->rq, some_satang(m.paid)));
    return ERR_OK;
}

static enum err tell_decisions(struct telling *t, bool is_inside)
{
    const struct project *p = t->p;
    struct project_decision *d = NULL;
    size_t n = 0;
    TRY(project_decisions(t->rq->db, t->rq->arena, p->id, &d, &n));
    TRY(read_changes(t, p, d, is_inside ? n : 0));
    for (size_t i = 0; i < n; i++) {
        if (!is_inside && !d[i].is_in_force) continue; /* not decided until it is signed */
        tell(t, decision_word(d[i].kind), (struct opt_date){true, d[i].decided_on}, decision_text(t, &d[i], is_inside));
        if (t->n > 0) t->rows[t->n - 1].is_waiting = !d[i].is_in_force;
        if (is_inside) lead_decision(t, &d[i]);
    }
    if (n == 0 && p->approved_on.has) tell(t, MSG_project_event_approve, p->approved_on, project_money_text(t->rq, p->approved));
    return ERR_OK;
}

enum err project_events(struct rq *rq, const struct project *p, bool is_inside, const struct project_event **ret, size_t *ret_n)
{
    struct telling t = {.rq = rq, .p = p, .rows = ARENA_ARRAY(rq->arena, struct project_event, EVENTS_MAX)};
    bool is_away = p->state == PROJECT_DRAFT || p->state == PROJECT_REVISE; /* taken back after it was sent last */
    if (!is_away) tell(&t, MSG_project_event_recalled, p->recalled_on, STR(""));
    tell(&t, MSG_project_event_sent, p->sent_on, STR(""));
    if (is_away) tell(&t, MSG_project_event_recalled, p->recalled_on, STR(""));
    TRY(tell_decisions(&t, is_inside));
    if (is_inside) TRY(tell_agreement(&t));
    TRY(tell_money(&t));
    tell(&t, MSG_project_event_closed, p->closed_on, STR(""));
    if (is_inside) sort_events(&t);
    *ret = t.rows;
    *ret_n = t.n;
    return ERR_OK;
}
