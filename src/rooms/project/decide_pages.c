/* decide_pages.c — what goes on a meeting's agenda; the page of one item, with the book of proposals on one page and
 * what was decided; all decisions of a project, and correcting the last by a later meeting. */
#include "json/json_in.h"
#include "rooms/project/project_ask.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_thread.html.h"

#include <assert.h>

#define OPEN_MOST 20
#define FACTS_MAX 16

/* ---- the agenda ---- */

struct agenda {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct meeting m;
    struct project_waiting *all;
    size_t n;
};

static enum err agenda_read(struct agenda *g)
{
    struct rq *rq = g->rq;
    TRY(thread_fund(rq, &g->here));
    TRY(meeting_find(rq->db, rq->arena, g->here.fund.code, rq->args[1], &g->m));
    return project_waiting(rq->db, rq->arena, g->here.fund.id, &g->all, &g->n);
}

/* "project-12" */
static struct str tick_name(struct rq *rq, const struct project_waiting *w)
{
    return str_printf(rq->arena, "%s-%lld", w->thing, (long long)w->thing_id);
}

static struct str waiting_word(struct rq *rq, const struct project_waiting *w)
{
    if (str_eq(str_of(w->thing), STR("project_decision"))) return msg_text(MSG_course_wait_urgent, rq->page.lang);
    if (str_eq(str_of(w->thing), STR("project_change"))) return thread_change_word(rq, w->kind);
    return msg_text(str_eq(w->kind, STR("deferred")) ? MSG_course_waits_again : MSG_course_waits_proposal, rq->page.lang);
}

static enum err agenda_show(struct agenda *g)
{
    struct rq *rq = g->rq;
    struct str ref = meeting_ref(rq->arena, &g->m);
    struct thread_waiting_row *rows = ARENA_ARRAY(rq->arena, struct thread_waiting_row, g->n);
    for (size_t i = 0; i < g->n; i++) {
        const struct project_waiting *w = &g->all[i];
        struct str name = tick_name(rq, w);
        rows[i] = (struct thread_waiting_row){
            .name = name,
            .title = w->title,
            .owner = thread_or(w->owner_name),
            .what = waiting_word(rq, w),
            .reason = thread_or(w->reason),
            .amount = w->amount,
            .since = w->since,
            .href = HREF(rq->arena, "/funds/{}/projects/{}", g->here.fund.code, w->slug),
            .is_ticked = g->form.nfaults == 0 || form_tick(&g->form, str_z(rq->arena, name))};
    }
    struct thread_agenda_view v = {.head = thread_head_of(rq, &g->here, MSG_course_agenda_title),
                                   .errors = form_errors(&g->form),
                                   .marks = form_marks(rq),
                                   .action = HREF(rq->arena, "/funds/{}/meetings/{}/proposals", g->here.fund.code, ref),
                                   .home = HREF(rq->arena, "/funds/{}/meetings/{}", g->here.fund.code, ref),
                                   .is_signed = !meeting_is_open(&g->m),
                                   .rows = rows,
                                   .nrows = g->n};
    v.head.back = v.home;
    v.head.back_label = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_meeting, meeting_words(rq->arena, &g->m));
    thread_agenda_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_agenda_page(struct rq *rq)
{
    struct agenda g = {.rq = rq, .form = {.rq = rq}};
    TRY(agenda_read(&g));
    return agenda_show(&g);
}

static bool is_named(struct form *f, const struct json_value *list, struct str name)
{
    if (f->json == NULL) return form_tick(f, str_z(f->rq->arena, name));
    for (size_t i = 0; list != NULL && i < list->nitems; i++)
        if (list->items[i].kind == JSON_IN_STR && str_eq(list->items[i].text, name)) return true;
    return false;
}

static struct str item_title(struct rq *rq, const struct project_waiting *w)
{
    if (str_eq(str_of(w->thing), STR("project"))) return w->title;
    bool is_urgent = str_eq(str_of(w->thing), STR("project_decision"));
    /* The agenda is a Thai paper, whoever writes it. */
    struct str what = is_urgent ? msg_text(MSG_course_wait_urgent, LANG_TH) : project_change_kind_word(LANG_TH, w->kind);
    return str_cut(str_concat(rq->arena, (const struct str[]){what, STR(": "), w->title}, 3), MEETING_TITLE_MAX);
}

static enum err put_named(struct agenda *g, const struct json_value *list, int64_t *ret_put)
{
    struct rq *rq = g->rq;
    struct actor by = rq_actor(rq);
    for (size_t i = 0; i < g->n; i++) {
        struct meeting_item_id item;
        const struct project_waiting *w = &g->all[i];
        if (!is_named(&g->form, list, tick_name(rq, w))) continue;
        if (str_eq(str_of(w->thing), STR("project"))) { /* its owner may just have taken it back */
            struct project p = {0};
            TRY(project_lock_get(rq->db, rq->arena, (struct project_id){w->thing_id}, &p));
            if (p.state != PROJECT_SENT && p.state != PROJECT_DEFERRED) continue;
        }
        struct str about = STR_NONE;
        TRY(project_item_about(rq->db, rq->arena, str_of(w->thing), w->thing_id, &about));
        TRY(meeting_item_add(rq->db, rq->arena, &by, g->m.id, w->thing, w->thing_id, item_title(rq, w), about, &item));
        ++*ret_put;
    }
    return ERR_OK;
}

/* Page: a tick for each; JSON: {"things": ["project-12"]}. */
enum err project_agenda_post(struct rq *rq)
{
    struct agenda g = {.rq = rq};
    const struct json_value *list = NULL;
    int64_t n = 0;
    TRY(form_begin(rq, &g.form));
    TRY(agenda_read(&g));
    if (g.form.json != NULL && json_get_array(g.form.json, "things", &list) != ERR_OK) list = NULL;
    enum err e = !meeting_is_open(&g.m) ? ERR_REFUSED : put_named(&g, list, &n);
    if (e == ERR_REFUSED) form_fault_msg(&g.form, "things", MSG_project_decide_signed);
    else if (e == ERR_LIMIT) form_fault_msg(&g.form, "things", MSG_course_agenda_full);
    else if (e != ERR_OK) return e;
    else if (n == 0) form_fault_msg(&g.form, "things", MSG_course_agenda_none);
    if (form_is_good(&g.form)) {
        if (rq_is_api(rq)) return project_agenda_api(rq);
        return rq_redirect(rq, HREF(rq->arena, "/funds/{}/meetings/{}", g.here.fund.code, meeting_ref(rq->arena, &g.m)));
    }
    if (rq_is_api(rq)) return form_refuse_api(&g.form);
    form_page_status(&g.form, 400);
    return agenda_show(&g);
}

enum err project_agenda_post_api(struct rq *rq)
{
    return project_agenda_post(rq);
}

enum err project_agenda_api(struct rq *rq)
{
    struct agenda g = {.rq = rq, .form = {.rq = rq}};
    TRY(agenda_read(&g));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "meeting", meeting_ref(rq->arena, &g.m));
    json_array(j, "waiting");
    for (size_t i = 0; i < g.n; i++) {
        json_object(j, NULL);
        json_str(j, "thing", tick_name(rq, &g.all[i]));
        json_str(j, "project", g.all[i].slug);
        json_str(j, "title", g.all[i].title);
        json_str(j, "owner_name", g.all[i].owner_name);
        json_str(j, "kind", g.all[i].kind);
        json_str(j, "reason", g.all[i].reason);
        json_opt_satang(j, "amount_satang", g.all[i].amount);
        json_opt_date(j, "since", g.all[i].since);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

/* ---- one item ---- */

struct item_at {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct meeting_item item;
    struct meeting m;
    struct project_change change; /* of a change's item */
    struct project_decision now;  /* what is recorded of it; id none: nothing */
    bool is_over;                 /* more is approved than was asked for */
    struct project_whole w;
};

/* The project behind the item's thing. */
static enum err project_of_item(struct item_at *at, struct project_id *ret)
{
    struct rq *rq = at->rq;
    if (str_eq(at->item.thing, STR("project"))) {
        *ret = (struct project_id){at->item.thing_id};
        return ERR_OK;
    }
    if (str_eq(at->item.thing, STR("project_change"))) {
        TRY(project_change_find(rq->db, rq->arena, (struct project_change_id){at->item.thing_id}, &at->change));
        *ret = at->change.project;
        return ERR_OK;
    }
    if (!str_eq(at->item.thing, STR("project_decision"))) return ERR_NOT_FOUND;
    return project_decision_project(rq->db, rq->arena, (struct project_decision_id){at->item.thing_id}, ret);
}

static enum err item_read(struct item_at *at)
{
    struct rq *rq = at->rq;
    struct project_id id = {0};
    struct meeting_item_id item = {0};
    if (str_to_int(rq->args[1], &item.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(meeting_item_get(rq->db, rq->arena, item, &at->item));
    TRY(meeting_get(rq->db, rq->arena, at->item.meeting, &at->m));
    TRY(project_of_item(at, &id));
    TRY(thread_of(rq, id, &at->here));
    if (at->m.fund.v != at->here.fund.id.v) return ERR_NOT_FOUND;
    enum err e = project_decision_of_item(rq->db, rq->arena, id, item, &at->now);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return project_read(rq->db, rq->arena, &at->here.p, &at->w);
}

static void line(struct thread_line *lines, size_t *n, struct str label, struct str value)
{
    if (value.n == 0) return;
    assert(*n < FACTS_MAX);
    lines[(*n)++] = (struct thread_line){.label = label, .value = value};
}

static struct str joined(struct rq *rq, struct str sum, struct str more)
{
    if (more.n == 0) return sum;
    return sum.n == 0 ? more : str_concat(rq->arena, (const struct str[]){sum, STR("\n"), more}, 3);
}

static struct str aims_text(struct rq *rq, const struct project_whole *w)
{
    struct str all = STR("");
    for (size_t i = 0; i < w->nobjectives; i++) all = joined(rq, all, thread_or(w->objectives[i].words));
    return all;
}

static struct str targets_text(struct rq *rq, const struct project_whole *w)
{
    struct str all = STR("");
    for (size_t i = 0; i < w->ntargets; i++) {
        if (!w->targets[i].planned.has) continue;
        struct str name = lang_name(rq->page.lang, w->targets[i].name_th, w->targets[i].name_en);
        all = joined(rq, all, MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_target, name, html_arg_int(&rq->page, w->targets[i].planned.v)));
    }
    return all;
}

static struct str issues_text(struct rq *rq, const struct project_whole *w)
{
    struct str all = STR("");
    for (size_t i = 0; i < w->nissues; i++)
        all = joined(rq, all, lang_name(rq->page.lang, w->issues[i].name_th, w->issues[i].name_en));
    return all;
}

static struct str period_text(struct rq *rq, const struct project *p)
{
    if (!p->starts_on.has || !p->ends_on.has) return thread_day(rq, p->starts_on);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_period, thread_day(rq, p->starts_on), thread_day(rq, p->ends_on));
}

static struct str activities_text(struct rq *rq, const struct project_whole *w)
{
    struct str all = thread_or(w->p.method);
    for (size_t i = 0; i < w->nactivities; i++) all = joined(rq, all, w->activities[i].title);
    return all;
}

/* The book of proposals: what the committee has to know of it, on one page. */
static enum err fill_facts(struct rq *rq, const struct project_whole *w, const struct thread_line **ret, size_t *ret_n)
{
    enum lang lang = rq->page.lang;
    const struct project *p = &w->p;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, FACTS_MAX);
    const struct choice *supports = NULL, *owners = NULL;
    size_t n = 0, ns = 0, no = 0;
    TRY(thread_support_choices(rq, thread_or(p->support_type), &supports, &ns));
    TRY(thread_owner_choices(rq, thread_or(p->owner_type), &owners, &no));
    line(lines, &n, msg_text(MSG_course_fact_owner, lang), thread_or(p->owner_name));
    line(lines, &n, msg_text(MSG_ledger_commit_owner_type, lang), thread_label(owners, no, thread_or(p->owner_type)));
    line(lines, &n, msg_text(MSG_ledger_commit_support, lang), thread_label(supports, ns, thread_or(p->support_type)));
    line(lines, &n, msg_text(MSG_course_fact_issue, lang), issues_text(rq, w));
    line(lines, &n, msg_text(MSG_course_fact_asked, lang), thread_money(rq, p->asked));
    line(lines, &n, msg_text(MSG_course_fact_approved, lang), thread_money(rq, p->approved));
    line(lines, &n, msg_text(MSG_course_fact_period, lang), period_text(rq, p));
    line(lines, &n, msg_text(MSG_course_field_place, lang), thread_or(p->place));
    line(lines, &n, msg_text(MSG_course_fact_situation, lang), thread_or(p->situation));
    line(lines, &n, msg_text(MSG_course_fact_aims, lang), aims_text(rq, w));
    line(lines, &n, msg_text(MSG_course_fact_targets, lang), targets_text(rq, w));
    line(lines, &n, msg_text(MSG_course_field_method, lang), activities_text(rq, w));
    line(lines, &n, msg_text(MSG_course_field_expected, lang), thread_or(p->expected));
    *ret = lines;
    *ret_n = n;
    return ERR_OK;
}

static const char *const kinds_project[] = {"approve", "approve_corrected", "revise", "defer", "reject"};
static const char *const kinds_change[] = {"change", "refuse_change"};
static const char *const kinds_laid[] = {"laid_before"};

static const char *const *kinds_of(const struct item_at *at, size_t *ret_n)
{
    if (str_eq(at->item.thing, STR("project_change"))) {
        *ret_n = 2;
        return kinds_change;
    }
    *ret_n = str_eq(at->item.thing, STR("project")) ? 5 : 1;
    return *ret_n == 5 ? kinds_project : kinds_laid;
}

static void fill_kinds(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    const char *const *codes = kinds_of(at, &v->nkinds);
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, v->nkinds);
    for (size_t i = 0; i < v->nkinds; i++) {
        struct str code = str_of(codes[i]);
        c[i] = (struct choice){code, thread_kind_word(rq, code), v->nkinds == 1 || str_eq(code, v->kind.value)};
    }
    v->kinds = c;
    v->has_amount = codes == kinds_project;
}

/* What may still be approved: what this meeting has written down for others counts as gone. */
static enum err fill_free(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    struct ledger_book book = {0};
    struct satang promised = {0};
    TRY(ledger_book_find(rq->db, rq->arena, at->here.fund.code, LEDGER_MAIN, &book));
    if (id_is_none(book.id)) return ERR_OK;
    TRY(project_promised(rq->db, rq->arena, at->m.id, at->here.p.id, &promised));
    struct satang free = satang_sub(satang_sub(book.balance, book.committed), promised);
    v->free_words = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_free, project_sum_words(rq->arena, free));
    if (promised.v > 0)
        v->promised_words = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_promised, project_sum_words(rq->arena, promised));
    v->is_over_free = at->here.p.asked.has && at->here.p.asked.v.v > free.v;
    return ERR_OK;
}

static enum err fill_budget(struct item_at *at, struct thread_decide_view *v)
{
    struct thread_book_line *rows = ARENA_ARRAY(at->rq->arena, struct thread_book_line, at->w.nbudget);
    for (size_t i = 0; i < at->w.nbudget; i++) rows[i] = (struct thread_book_line){at->w.budget[i].words, at->w.budget[i].amount};
    v->budget = rows;
    v->nbudget = at->w.nbudget;
    v->budget_sum = at->w.budget_sum;
    return ERR_OK;
}

static struct str names_of(struct rq *rq, const struct meeting_item *item)
{
    struct str all = STR("");
    for (size_t i = 0; i < item->nleft; i++)
        all = i == 0 ? item->left[i].name : str_concat(rq->arena, (const struct str[]){all, STR(", "), item->left[i].name}, 3);
    return all;
}

static enum err fill_standing(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    struct project_decision d = {0};
    bool is_waiting = at->here.p.state == PROJECT_SENT || at->here.p.state == PROJECT_DEFERRED;
    if (!v->is_open || !v->has_amount || is_waiting) return ERR_OK;
    enum err e = project_decision_standing(rq->db, rq->arena, at->here.p.id, &d);
    if (e == ERR_OK) v->standing = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_corrects, thread_kind_word(rq, d.kind), thread_or(d.meeting_words));
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* What the page shows otherwise than it was when this was decided. */
static enum err fill_since(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    struct project_acts acts = {0};
    if (id_is_none(at->now.id)) return ERR_OK;
    TRY(project_acts_read(rq->db, rq->arena, at->now.project, &acts));
    const struct project_since *since = project_changed_since(rq->arena, &acts, &at->now, &v->nsince);
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, v->nsince);
    for (size_t i = 0; i < v->nsince; i++) {
        lines[i].value = project_trail_value(rq, since[i].field, since[i].before, &lines[i].label);
        lines[i].more = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_since_on, html_arg_date(&rq->page, since[i].on));
    }
    v->since = lines;
    return ERR_OK;
}

/* Why nothing can be written here: it was signed, its day has not come, or it is for others to write. */
static struct str why_shut(const struct item_at *at)
{
    enum msg why = MSG_course_decide_closed;
    if (meeting_is_open(&at->m)) why = meeting_is_begun(&at->m, at->rq->today) ? MSG_course_decide_others : MSG_meeting_too_early;
    return msg_text(why, at->rq->page.lang);
}

/* By the meeting: whoever decides goes through its agenda. The project stands beside its own facts. */
static void fill_crumbs(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 4);
    crumbs[0] = (struct crumb){at->here.name, v->head.fund_href};
    crumbs[1] = (struct crumb){msg_text(MSG_meeting_list, rq->page.lang), HREF(rq->arena, "/funds/{}/meetings", at->here.fund.code)};
    crumbs[2] = (struct crumb){v->head.back_label, v->head.back};
    crumbs[3] = (struct crumb){.label = v->head.title};
    v->head.crumbs = crumbs;
    v->head.ncrumbs = 4;
}

/* Where the agenda goes on: the next item that waits, from here on and then from its beginning. */
static enum err fill_next(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    struct meeting_item *items = NULL;
    const struct meeting_item *next = NULL;
    bool is_behind = false, was_behind = false;
    size_t n = 0;
    if (!v->is_open || v->recorded.n == 0) return ERR_OK;
    TRY(meeting_items(rq->db, rq->arena, at->m.id, &items, &n));
    for (size_t i = 0; i < n; i++) {
        if (items[i].id.v == at->item.id.v) is_behind = true;
        else if (!meeting_item_is_decided(&items[i]) && (next == NULL || (is_behind && !was_behind))) {
            next = &items[i];
            was_behind = is_behind;
        }
    }
    v->next = v->head.back;
    v->next_label = msg_text(MSG_course_next_none, rq->page.lang);
    if (next == NULL) return ERR_OK;
    struct str id = str_printf(rq->arena, "%lld", (long long)next->id.v);
    v->next = meeting_item_is_plan(next) ? HREF(rq->arena, "/funds/{}/plans/item/{}", at->here.fund.code, id)
                                         : HREF(rq->arena, "/funds/{}/decisions/{}", at->here.fund.code, id);
    v->next_label = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_next_item, next->title);
    return ERR_OK;
}

static enum err item_show(struct item_at *at, struct thread_decide_view *v)
{
    struct rq *rq = at->rq;
    struct str ref = meeting_ref(rq->arena, &at->m);
    v->head = thread_head_of(rq, &at->here, MSG_course_decide_title);
    v->head.title = at->here.p.title;
    v->head.back = HREF(rq->arena, "/funds/{}/meetings/{}", at->here.fund.code, ref);
    v->head.back_label = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_meeting, meeting_words(rq->arena, &at->m));
    fill_crumbs(at, v);
    v->errors = form_errors(&at->form);
    v->action = HREF(rq->arena, "/funds/{}/decisions/{}", at->here.fund.code, rq->args[1]);
    v->project = thread_href(rq, &at->here, "");
    v->is_open = at->here.may_decide && meeting_is_begun(&at->m, rq->today);
    if (v->is_open) v->marks = form_marks(rq);
    else v->shut = why_shut(at);
    v->left = names_of(rq, &at->item);
    v->recorded = thread_or(at->item.words);
    v->seen = str_printf(rq->arena, "%lld", (long long)at->now.id.v); /* whoever records meanwhile changes it */
    fill_kinds(at, v);
    TRY(fill_facts(rq, &at->w, &v->facts, &v->nfacts));
    TRY(fill_budget(at, v));
    TRY(fill_free(at, v));
    TRY(fill_standing(at, v));
    TRY(fill_since(at, v));
    TRY(fill_next(at, v));
    TRY(thread_decision_rows(rq, at->here.p.id, &v->decisions, &v->ndecisions));
    v->fields = thread_change_fields(rq, &at->change, at->here.sees_persons);
    v->nfields = at->change.nfields;
    thread_decide_html(rq_html_begin(rq, v->head.title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

/* First showing: what is recorded, else what was asked for. */
static void item_first(struct item_at *at, struct thread_decide_view *v)
{
    bool is_new = id_is_none(at->now.id);
    struct project_decision d = at->now;
    if (is_new) d.amount = at->here.p.asked;
    struct opt_date due = d.report_due;
    if (is_new && at->here.p.ends_on.has) due = (struct opt_date){true, date_add_days(at->here.p.ends_on.v, 30)};
    if (is_new && at->here.p.report_due.has) due = at->here.p.report_due;
    v->kind = form_field_of(&at->form, "kind", thread_or(d.kind));
    v->amount = form_satang_field_of(&at->form, "amount", d.amount);
    v->conditions = form_field_of(&at->form, "conditions", thread_or(d.conditions));
    v->reason = form_field_of(&at->form, "reason", thread_or(d.reason));
    v->report_due = form_date_field_of(&at->form, "report_due", due);
}

enum err project_decision_page(struct rq *rq)
{
    struct item_at at = {.rq = rq, .form = {.rq = rq}};
    struct thread_decide_view v = {0};
    TRY(item_read(&at));
    item_first(&at, &v);
    return item_show(&at, &v);
}

static struct project_decision decision_typed(struct item_at *at)
{
    struct form *f = &at->form;
    size_t n = 0;
    const char *const *codes = kinds_of(at, &n);
    int kind = form_choice(f, "kind", FORM_MUST, codes, n);
    bool is_yes = codes == kinds_project && kind >= 0 && kind < 2;
    struct project_decision d = {.project = at->here.p.id, .item = at->item.id, .kind = kind < 0 ? STR("") : str_of(codes[kind])};
    d.has_seen = form_has(f, "seen");
    if (d.has_seen) d.seen.v = form_count(f, "seen", FORM_MUST, 0, INT64_MAX).v;
    d.conditions = form_text(f, "conditions", FORM_MAY, PROJECT_WORDS_MAX);
    d.reason = form_text(f, "reason", FORM_MAY, PROJECT_WORDS_MAX);
    if (!is_yes) return d;
    d.amount = form_satang(f, "amount", FORM_MUST, satang(1));
    d.report_due = form_date(f, "report_due", FORM_MAY);
    return d;
}

/* More than was asked for is mostly a slip of the hand: it is recorded when the same form says that it is meant. */
static void ask_if_meant(struct item_at *at, const struct project_decision *d)
{
    struct rq *rq = at->rq;
    struct opt_satang asked = at->here.p.asked;
    at->is_over = d->amount.has && asked.has && d->amount.v.v > asked.v.v;
    if (at->is_over && !form_tick(&at->form, "is_meant"))
        form_fault(&at->form, "amount", MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_above_asked, project_sum_words(rq->arena, asked.v)));
}

/* Beside which question a rule's sentence stands. */
static const char *field_for(const struct meeting_refusal *why)
{
    if (why->why == MSG_project_decide_reason) return "reason";
    if (why->why == MSG_project_decide_amount) return "amount";
    return why->why == MSG_project_decide_report ? "report_due" : "kind";
}

enum err project_decision_post(struct rq *rq)
{
    struct item_at at = {.rq = rq};
    struct meeting_refusal why = {0};
    struct project_decision_id made;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(item_read(&at));
    struct project_decision d = decision_typed(&at);
    if (form_is_good(&at.form)) ask_if_meant(&at, &d);
    if (form_is_good(&at.form)) {
        enum err e = project_decide(rq->db, rq->arena, &by, &d, &why, &made);
        if (e == ERR_OK)
            return thread_done(rq, &at.here, HREF(rq->arena, "/funds/{}/decisions/{}?done=decided", at.here.fund.code, rq->args[1]));
        if (!thread_refused(&at.form, e, &why, field_for(&why))) return e;
    }
    if (rq_is_api(rq)) return form_refuse_api(&at.form);
    form_page_status(&at.form, 400);
    struct thread_decide_view v = {.kind = form_field(&at.form, "kind"),
                                   .amount = form_field(&at.form, "amount"),
                                   .conditions = form_field(&at.form, "conditions"),
                                   .reason = form_field(&at.form, "reason"),
                                   .report_due = form_date_field(&at.form, "report_due"),
                                   .is_meant = form_field(&at.form, "is_meant"),
                                   .is_over = at.is_over,
                                   .is_meant_on = form_tick(&at.form, "is_meant")};
    return item_show(&at, &v);
}

enum err project_decision_post_api(struct rq *rq)
{
    return project_decision_post(rq);
}

/* ---- all decisions of a project; the last one corrected ---- */

static enum err history_show(struct form *f, struct thread_here *here)
{
    struct rq *rq = f->rq;
    struct project_decision standing = {0};
    struct meeting *open = NULL;
    struct thread_history_view v = {.head = thread_head_of(rq, here, MSG_course_history_title),
                                    .errors = form_errors(f),
                                    .action = thread_href(rq, here, "/decide"),
                                    .meetings = HREF(rq->arena, "/funds/{}/meetings", here->fund.code),
                                    .meeting = form_field(f, "meeting")};
    TRY(thread_decision_rows(rq, here->p.id, &v.decisions, &v.ndecisions));
    enum err e = project_decision_standing(rq->db, rq->arena, here->p.id, &standing);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    v.may_correct = here->may_decide && e == ERR_OK && here->p.state != PROJECT_CLOSED && here->p.state != PROJECT_SENT;
    if (v.may_correct) {
        v.marks = form_marks(rq);
        TRY(meeting_open(rq->db, rq->arena, here->fund.id, OPEN_MOST, &open, &v.nopen));
    }
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, v.nopen);
    for (size_t i = 0; i < v.nopen; i++)
        choices[i] = (struct choice){meeting_ref(rq->arena, &open[i]),
                                     MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_meeting, meeting_words(rq->arena, &open[i])), false};
    v.open = choices;
    thread_history_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_history_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct thread_here here;
    TRY(thread_project(rq, &here));
    return history_show(&f, &here);
}

/* A decision that was written wrongly goes on the agenda of a later meeting, which decides it anew. */
enum err project_correct_post(struct rq *rq)
{
    struct form f;
    struct thread_here here;
    struct meeting m;
    struct meeting_item_id item;
    struct project_decision standing;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &f));
    TRY(thread_project(rq, &here));
    struct str ref = form_line(&f, "meeting", FORM_MUST, 20);
    if (form_is_good(&f)) {
        struct str about = STR_NONE;
        TRY(project_decision_standing(rq->db, rq->arena, here.p.id, &standing));
        TRY(project_item_about(rq->db, rq->arena, STR("project"), here.p.id.v, &about));
        enum err e = meeting_find(rq->db, rq->arena, here.fund.code, ref, &m);
        if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
        struct str title = MSG_FORMAT(rq->arena, LANG_TH, MSG_course_correct_item, here.p.title);
        if (e == ERR_OK) e = meeting_item_add(rq->db, rq->arena, &by, m.id, "project", here.p.id.v, str_cut(title, MEETING_TITLE_MAX), about, &item);
        if (e == ERR_OK)
            return thread_done(rq, &here, HREF(rq->arena, "/funds/{}/decisions/{}", here.fund.code, html_arg_int(&rq->page, item.v)));
        if (e != ERR_REFUSED && e != ERR_NOT_FOUND) return e;
        form_fault_msg(&f, "meeting", MSG_project_decide_signed);
    }
    if (rq_is_api(rq)) return form_refuse_api(&f);
    form_page_status(&f, 400);
    return history_show(&f, &here);
}

enum err project_correct_api(struct rq *rq)
{
    return project_correct_post(rq);
}

/* ---- the ledger's code leads to its project ---- */

enum err project_code_page(struct rq *rq)
{
    struct thread_here here;
    struct str slug = STR_NONE;
    TRY(thread_fund(rq, &here));
    TRY(project_of_commitment_code(rq->db, rq->arena, here.fund.id, thread_or(rq_param(rq, "code")), &slug));
    return rq_redirect(rq, HREF(rq->arena, "/funds/{}/projects/{}", here.fund.code, slug));
}
