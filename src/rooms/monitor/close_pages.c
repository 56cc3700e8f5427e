/* close_pages.c — the end of a project: what was planned, spent, paid and returned, and the one button. */
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor/monitor_inside.h"
#include "rooms/monitor_close.html.h"

struct closing { /* one request */
    struct form form;
    struct monitor_here here;
    struct project_money money;
    struct monitor_spent spent;
    struct satang due; /* decided to come back, and not back yet */
    struct opt_date from; /* may be closed on or after it */
    int64_t unpaid;       /* the instalment that may be paid; 0: none */
    struct opt_date typed_on;
};

static enum err read_all(struct rq *rq, struct closing *c)
{
    TRY(monitor_here_project(rq, &c->here));
    struct opt_date on;
    TRY(project_money(rq->db, rq->arena, &c->here.p, &c->money));
    TRY(project_due_back(rq->db, rq->arena, &c->here.p, &c->due, &on));
    TRY(monitor_unpaid_part(rq->db, rq->arena, &c->here.p, &c->unpaid));
    TRY(monitor_close_from(rq->db, rq->arena, &c->here.p, &c->money, &c->from));
    return monitor_spent(rq->db, rq->arena, c->here.p.id, &c->spent);
}

/* What was paid and not spent, or what was decided to come back: the more of the two, as one refund serves both. */
static struct satang rest_of(const struct closing *c)
{
    struct satang used = satang_add(c->spent.sum.v, c->money.refunded);
    struct satang left = c->money.paid.v > used.v ? satang_sub(c->money.paid, used) : satang(0);
    return c->due.v > left.v ? c->due : left;
}

static struct str money_words(struct rq *rq, const struct closing *c)
{
    enum msg words = c->due.v > 0 && c->due.v == rest_of(c).v ? MSG_monitor_close_due : MSG_monitor_close_money;
    return MSG_FORMAT(rq->arena, rq->page.lang, words, html_arg_satang(&rq->page, rest_of(c)));
}

static struct str unpaid_text(struct rq *rq, const struct closing *c)
{
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_monitor_close_unpaid, str_printf(rq->arena, "%lld", (long long)c->unpaid));
}

/* Why it cannot be closed yet, in the order in which it is put right. */
static struct str why_not(struct rq *rq, const struct closing *c)
{
    enum project_state s = c->here.p.state;
    if (s == PROJECT_CLOSED) return STR("");
    if (s != PROJECT_REPORTED && s != PROJECT_STOPPED) return msg_text(MSG_monitor_close_state, rq->page.lang);
    if (c->unpaid > 0) return unpaid_text(rq, c);
    if (rest_of(c).v == 0) return STR("");
    return money_words(rq, c);
}

/* The project's results and people as they were accepted. */
static void fill_reached(struct rq *rq, const struct closing *c, struct monitor_close_view *v)
{
    struct monitor_here here = c->here;
    struct monitor_show_view show = {0};
    struct monitor_group *groups = ARENA_ARRAY(rq->arena, struct monitor_group, here.w.ntargets);
    here.r = (struct monitor_report){.is_final = true,
                                     .people = ARENA_ARRAY(rq->arena, struct project_group_count, here.w.ntargets),
                                     .results = ARENA_ARRAY(rq->arena, struct monitor_result, here.w.nobjectives),
                                     .money = c->spent.lines,
                                     .nmoney = c->spent.nlines,
                                     .spent = c->spent.sum};
    for (size_t i = 0; i < here.w.ntargets; i++) {
        const struct project_target *t = &here.w.targets[i];
        groups[i] = (struct monitor_group){t->group, lang_name(rq->page.lang, t->name_th, t->name_en), t->planned};
        if (t->reached.has) here.r.people[here.r.npeople++] = (struct project_group_count){t->group, t->reached.v};
    }
    for (size_t i = 0; i < here.w.nobjectives; i++) {
        const struct project_objective *o = &here.w.objectives[i];
        here.r.results[here.r.nresults++] = (struct monitor_result){(int64_t)i + 1, o->reached_x100, o->reached_numerator,
                                                                    o->reached_denominator, o->reached_words, o->level};
    }
    here.groups = groups;
    here.ngroups = here.w.ntargets;
    monitor_fill_show(rq, &here, &show);
    v->lines = show.lines, v->nlines = show.nlines;
    v->results = show.results, v->nresults = show.nresults;
    v->groups = show.groups, v->ngroups = show.ngroups;
    v->people_planned = show.people_planned, v->people_reached = show.people_reached;
}

static enum err fill_unreported(struct closing *c, struct date on, struct monitor_close_view *v)
{
    struct rq *rq = c->form.rq;
    struct str *names = NULL;
    TRY(monitor_unreported(rq->db, rq->arena, &c->here.p, on, &names, &v->nunreported));
    struct monitor_line *rows = ARENA_ARRAY(rq->arena, struct monitor_line, v->nunreported);
    for (size_t i = 0; i < v->nunreported; i++) rows[i].words = names[i];
    v->unreported = rows;
    return ERR_OK;
}

/* As it was closed; one that was taken over closed has no row of it. */
static enum err fill_closed(struct closing *c, struct monitor_close_view *v)
{
    struct rq *rq = c->form.rq;
    struct monitor_closing closed = {0};
    enum err e = monitor_closing_get(rq->db, rq->arena, c->here.p.id, &closed);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    v->closed_on = (struct opt_date){true, closed.on};
    return closed.unreported > 0 ? fill_unreported(c, closed.on, v) : ERR_OK;
}

static enum err close_show(struct closing *c, bool is_typed)
{
    struct rq *rq = c->form.rq;
    const struct project *p = &c->here.p;
    struct str title = msg_text(MSG_monitor_close_title, rq->page.lang);
    struct opt_date today = {true, rq->today};
    bool is_closed = p->state == PROJECT_CLOSED;
    struct monitor_close_view v = {.head = monitor_head_of(rq, &c->here, title),
                                   .errors = form_errors(&c->form),
                                   .action = monitor_href(rq, &c->here, "/close"),
                                   .is_closed = is_closed,
                                   .why = why_not(rq, c),
                                   .has_refund = !is_closed && c->here.may_close && rest_of(c).v > 0,
                                   .approved = c->money.approved,
                                   .paid = c->money.paid,
                                   .returned = c->money.refunded,
                                   .rest = rest_of(c),
                                   .left = c->money.left,
                                   .spent = c->spent.sum,
                                   .pdf = monitor_href(rq, &c->here, "/closing.pdf"),
                                   .on = is_typed ? form_date_field(&c->form, "on") : form_date_field_of(&c->form, "on", today)};
    v.may_close = c->here.may_close && !is_closed && v.why.n == 0;
    if (v.may_close) v.marks = form_marks(rq);
    struct buf sum = buf_in(rq->arena, 40);
    buf_satang(&sum, rest_of(c));
    v.refund = HREF(rq->arena, "/funds/{}/ledger/receipts/new?source=refund&project={}&amount={}", p->fund_code,
                    str_is_empty(p->code) && str_is_empty(p->other_code) ? STR("") : project_code_shown(p), buf_str(&sum));
    v.closed_on = p->closed_on;
    v.meant = form_field(&c->form, "is_meant");
    v.is_meant = is_typed && form_tick(&c->form, "is_meant");
    if (is_closed) TRY(fill_closed(c, &v));
    else if (v.may_close) TRY(fill_unreported(c, c->typed_on.has ? c->typed_on.v : rq->today, &v));
    fill_reached(rq, c, &v);
    monitor_close_html(rq_html_begin(rq, title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err monitor_close_page(struct rq *rq)
{
    struct closing c = {.form = {.rq = rq}};
    TRY(read_all(rq, &c));
    return close_show(&c, false);
}

static struct str refusal(struct rq *rq, const struct closing *c, const char *why)
{
    if (strcmp(why, "money") == 0 || strcmp(why, "due") == 0) return money_words(rq, c);
    if (strcmp(why, "unreported") == 0) return msg_text(MSG_monitor_close_unreported, rq->page.lang);
    if (strcmp(why, "undecided") == 0) return msg_text(MSG_monitor_close_undecided, rq->page.lang);
    if (strcmp(why, "unpaid") == 0) return unpaid_text(rq, c);
    if (strcmp(why, "early") == 0 && c->from.has)
        return MSG_FORMAT(rq->arena, rq->page.lang, MSG_monitor_close_early, html_arg_date(&rq->page, c->from.v));
    if (strcmp(why, "waits") == 0) return msg_text(MSG_monitor_close_waits, rq->page.lang);
    if (strcmp(why, "state") == 0) return msg_text(MSG_monitor_close_state, rq->page.lang);
    return msg_text(MSG_monitor_close_date, rq->page.lang);
}

static enum err closed_api(struct rq *rq, const struct closing *c, struct date on)
{
    struct monitor_closing closed;
    TRY(monitor_closing_get(rq->db, rq->arena, c->here.p.id, &closed));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "project", c->here.p.slug);
    json_str(j, "state", STR("closed"));
    json_satang(j, "paid_satang", closed.paid);
    json_satang(j, "spent_satang", closed.spent);
    json_satang(j, "returned_satang", closed.returned);
    json_int(j, "unreported", closed.unreported);
    json_date(j, "closed_on", on);
    json_object_end(j);
    rq->res->status = 201;
    return rq_json_end(rq);
}

enum err monitor_close_post(struct rq *rq)
{
    struct closing c = {0};
    const char *why = NULL;
    struct actor by = rq_actor(rq);
    TRY(read_all(rq, &c));
    TRY(form_begin(rq, &c.form));
    struct opt_date on = form_date(&c.form, "on", FORM_MUST);
    c.typed_on = on;
    bool is_meant = form_tick(&c.form, "is_meant");
    enum err e = form_is_good(&c.form) ? monitor_close(rq->db, rq->arena, &by, c.here.p.id, on.v, is_meant, &why) : ERR_OK;
    if (e == ERR_REFUSED && why != NULL) form_fault(&c.form, strcmp(why, "unreported") == 0 ? "is_meant" : "on", refusal(rq, &c, why));
    else TRY(e);
    if (!form_is_good(&c.form) && rq_is_api(rq)) return form_refuse_api(&c.form);
    if (!form_is_good(&c.form)) {
        form_page_status(&c.form, 400);
        return close_show(&c, true);
    }
    if (rq_is_api(rq)) return closed_api(rq, &c, on.v);
    return rq_redirect(rq, monitor_href(rq, &c.here, "/close"));
}

/* ---- all reports of a project ---- */

enum err monitor_list_page(struct rq *rq)
{
    struct monitor_here here;
    struct monitor_report *all = NULL;
    size_t n = 0;
    struct str title = msg_text(MSG_monitor_list_title, rq->page.lang);
    TRY(monitor_here_project(rq, &here));
    TRY(monitor_list(rq->db, rq->arena, here.p.id, &all, &n));
    enum project_state s = here.p.state;
    struct monitor_list_view v = {.head = monitor_head_of(rq, &here, title),
                                  .add = monitor_href(rq, &here, "/reports/new"),
                                  .close = monitor_href(rq, &here, "/close"),
                                  .may_add = here.may_write && project_is_open(s) && s != PROJECT_REPORTED,
                                  .has_close = s == PROJECT_REPORTED || s == PROJECT_STOPPED || s == PROJECT_CLOSED};
    struct monitor_list_row *rows = ARENA_ARRAY(rq->arena, struct monitor_list_row, n);
    for (size_t i = n; i-- > 0;) { /* the newest first; a draft is its writer's */
        if (all[i].state == MONITOR_DRAFT && !here.may_write) continue;
        here.r = all[i];
        rows[v.nrows++] = (struct monitor_list_row){.href = monitor_report_href(rq, &here, ""),
                                                    .title = monitor_title(rq, &here),
                                                    .activity = all[i].title,
                                                    .state_word = monitor_state_word(rq, all[i].state),
                                                    .on = all[i].on,
                                                    .state = (int)all[i].state,
                                                    .is_final = all[i].is_final};
    }
    v.rows = rows;
    monitor_list_html(rq_html_begin(rq, title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}
