/* plan_review.c — the whole plan to look over, what is missing, and the meeting that shall agree to it. */
#include "rooms/plan/plan_edit.h"

#include "rooms/plan_edit.html.h"
#include "rooms/plan_sql.h"

#define MISSING_MAX 6

struct reviewing {
    struct rq *rq;
    struct plan_here here;
    struct plan_year plan;
    struct plan_line_view *lines;
    size_t nlines;
    struct plan_review_row *rows;
    size_t nrows;
};

static void row(struct reviewing *r, struct str label, struct str value, struct str more, const char *tail)
{
    struct str unknown = msg_text(MSG_issue_plan_unknown, r->rq->page.lang);
    r->rows[r->nrows++] = (struct plan_review_row){label, value.n > 0 ? value : unknown, more, plan_href(r->rq, &r->plan, tail)};
}

static void situation_row(struct reviewing *r, size_t i)
{
    struct rq *rq = r->rq;
    const struct plan_situation *s = &r->plan.situations[i];
    struct str unknown = msg_text(MSG_issue_plan_unknown, rq->page.lang);
    struct str last = plan_figure_text(rq, s->last_value_x100, s->unit), now = plan_figure_text(rq, s->value_x100, s->unit),
               target = plan_figure_text(rq, s->target_x100, s->unit);
    struct str value = MSG_FORMAT(rq->arena, rq->page.lang, MSG_issue_plan_line, last.n > 0 ? last : unknown,
                                  now.n > 0 ? now : unknown, target.n > 0 ? target : unknown);
    struct str tail = str_printf(rq->arena, "/edit?step=size&n=%zu", i + 1);
    row(r, plan_words(rq, s), value, plan_counted_text(rq, s), str_z(rq->arena, tail));
}

static void fill_rows(struct reviewing *r)
{
    struct rq *rq = r->rq;
    enum lang lang = rq->page.lang;
    struct satang sum = satang(0);
    r->rows = ARENA_ARRAY(rq->arena, struct plan_review_row, r->plan.nsituations + 4);
    for (size_t i = 0; i < r->plan.nsituations; i++) situation_row(r, i);
    if (r->plan.nsituations == 0) row(r, msg_text(MSG_issue_plan_situation, lang), STR(""), STR_NONE, "/edit?step=problems");
    row(r, msg_text(MSG_issue_plan_cause, lang), r->plan.cause, STR_NONE, "/edit?step=why");
    row(r, msg_text(MSG_issue_plan_guideline, lang), r->plan.guideline, STR_NONE, "/edit?step=why");
    struct buf titles = buf_in(rq->arena, 8192);
    for (size_t i = 0; i < r->nlines; i++) {
        sum = satang_add(sum, r->lines[i].amount);
        if (i > 0) BUF_LIT(&titles, " · ");
        buf_put(&titles, r->lines[i].title);
    }
    struct str projects = MSG_FORMAT(rq->arena, lang, MSG_issue_plan_lines_sum, str_printf(rq->arena, "%zu", r->nlines),
                                     html_arg_satang(&rq->page, sum));
    row(r, msg_text(MSG_issue_plan_lines, lang), projects, buf_str(&titles), "/edit?step=projects");
}

/* What a committee would ask for; it is said, not refused. */
static void fill_missing(struct reviewing *r, struct plan_review_view *v)
{
    enum lang lang = r->rq->page.lang;
    struct str *missing = ARENA_ARRAY(r->rq->arena, struct str, MISSING_MAX);
    bool lacks_size = r->plan.nsituations == 0, lacks_target = false;
    for (size_t i = 0; i < r->plan.nsituations; i++) {
        lacks_size |= !r->plan.situations[i].value_x100.has;
        lacks_target |= !r->plan.situations[i].target_x100.has;
    }
    if (lacks_size) missing[v->nmissing++] = msg_text(MSG_issue_plan_lacks_size, lang);
    if (lacks_target) missing[v->nmissing++] = msg_text(MSG_issue_plan_lacks_target, lang);
    if (str_is_none(r->plan.guideline)) missing[v->nmissing++] = msg_text(MSG_issue_plan_lacks_guideline, lang);
    if (r->nlines == 0) missing[v->nmissing++] = msg_text(MSG_issue_plan_lacks_projects, lang);
    v->missing = missing;
}

enum err plan_review_show(struct rq *rq, struct form *f)
{
    struct reviewing r = {.rq = rq};
    struct plan_review_view v = {.marks = form_marks(rq)};
    bool may = false;
    TRY(plan_here_read(rq, &r.here));
    TRY(plan_of_route(rq, &r.here, &r.plan));
    TRY(plan_lines_of(rq, &r.here, &r.plan, &may, &r.lines, &r.nlines));
    fill_rows(&r);
    fill_missing(&r, &v);
    v.head = plan_head_of(rq, &r.here, r.plan.fy, plan_issue_name(rq, &r.plan));
    v.rows = r.rows;
    v.nrows = r.nrows;
    v.is_agreed = r.plan.edition > 0 && !r.plan.is_changed;
    TRY(plan_waits_in(rq, "plan_year", r.plan.id.v, &v.waits_in));
    if (!v.is_agreed && str_is_none(v.waits_in)) TRY(plan_meetings(rq, &r.here, &v.meetings, &v.nmeetings));
    v.agenda = plan_href(rq, &r.plan, "/agenda");
    v.new_meeting = HREF(rq->arena, "/funds/{}/meetings/new", r.here.code);
    v.back = plan_href(rq, &r.plan, "?draft=1");
    if (str_eq(rq_param(rq, "done"), STR("agenda"))) v.done = msg_text(MSG_issue_plan_on_agenda, rq->page.lang);
    if (f != NULL) v.errors = form_errors(f);
    plan_review_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err plan_agenda_post(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_year p = {0};
    struct form f;
    TRY(plan_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    TRY(plan_of_route(rq, &here, &p));
    TRY(plan_agenda_put(&f, &here, "plan_year", p.id.v, plan_title(rq, LANG_TH, &p)));
    if (form_is_good(&f)) return rq_redirect(rq, plan_href(rq, &p, "/edit?step=review&done=agenda"));
    form_page_status(&f, 400);
    return plan_review_show(rq, &f);
}

/* The annual finance plan is put on an agenda from the list of plans. */
enum err plan_finance_agenda_post(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_finance_head_row head = {0};
    struct fiscal_year fy;
    struct form f;
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(plan_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    TRY(plan_finance_head(rq->db, rq->arena, here.fund, fy, &head));
    struct str year = str_printf(rq->arena, "%d", fy.v);
    struct str title = MSG_FORMAT(rq->arena, LANG_TH, MSG_ledger_plan_title, year);
    TRY(plan_agenda_put(&f, &here, "finance_plan", head.id.v, title));
    if (rq_is_api(rq)) {
        if (!form_is_good(&f)) return form_refuse_api(&f);
        struct json_out *j = rq_json_begin(rq);
        json_object(j, NULL);
        json_bool(j, "done", true);
        json_object_end(j);
        return rq_json_end(rq);
    }
    if (form_is_good(&f)) return rq_redirect(rq, HREF(rq->arena, "/funds/{}/plans?fy={}&done=agenda", here.code, year));
    return rq_redirect(rq, HREF(rq->arena, "/funds/{}/plans?fy={}", here.code, year));
}

enum err plan_finance_agenda_api(struct rq *rq)
{
    return plan_finance_agenda_post(rq);
}
