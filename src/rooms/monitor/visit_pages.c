/* visit_pages.c — visits of mentors and of those who oversee: what was seen at a fund or one of its projects, and
 * what was advised. Page and JSON door. */
#include "app/audit.h"
#include "app/form.h"
#include "app/route.h"
#include "rooms/monitor/visit_views.h"
#include "rooms/monitor_sql.h"
#include "rooms/project/project.h"
#include "rooms/visit.html.h"

#define ROWS      20
#define WORDS_MAX 4000
#define FIRST     INT64_MAX

struct visiting {
    struct rq *rq;
    struct monitor_visit_fund_row fund;
    struct project project; /* id none: the fund itself */
    struct monitor_visit_of_project_row *rows;
    size_t nrows;
    bool has_next;
};

/* The fund of the route and the project that is asked for: one of this fund that the person may see. */
static enum err open_visits(struct rq *rq, struct str slug, struct visiting *v)
{
    bool may = false;
    *v = (struct visiting){.rq = rq};
    TRY(monitor_visit_fund(rq->db, rq->arena, rq->args[0], &v->fund));
    if (str_is_empty(slug)) return ERR_OK;
    TRY(project_find(rq->db, rq->arena, v->fund.code, slug, &v->project));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &v->project, &may));
    return may ? ERR_OK : ERR_NOT_FOUND;
}

static enum err read_rows(struct visiting *v)
{
    struct rq *rq = v->rq;
    struct monitor_visit_id before = {FIRST};
    struct str cursor = rq_param(rq, "before");
    if (!str_is_empty(cursor) && (str_to_int(cursor, &before.v) != ERR_OK || before.v < 1)) return ERR_NOT_FOUND;
    if (!id_is_none(v->project.id)) {
        TRY(monitor_visit_of_project(rq->db, rq->arena, v->project.id, before, ROWS + 1, &v->rows, &v->nrows));
    } else {
        struct monitor_visit_list_row *rows = NULL;
        TRY(monitor_visit_list(rq->db, rq->arena, v->fund.id, before, ROWS + 1, &rows, &v->nrows));
        v->rows = ARENA_ARRAY(rq->arena, struct monitor_visit_of_project_row, v->nrows);
        for (size_t i = 0; i < v->nrows; i++)
            v->rows[i] = (struct monitor_visit_of_project_row){rows[i].id, rows[i].on_date, rows[i].seen, rows[i].advice,
                                                               rows[i].account_no, rows[i].slug, rows[i].title};
    }
    v->has_next = v->nrows > ROWS;
    if (v->has_next) v->nrows = ROWS;
    return ERR_OK;
}

static enum err read_names(struct visiting *v, struct str **ret)
{
    int64_t *ids = ARENA_ARRAY(v->rq->arena, int64_t, v->nrows);
    *ret = ARENA_ARRAY(v->rq->arena, struct str, v->nrows);
    for (size_t i = 0; i < v->nrows; i++) ids[i] = v->rows[i].account_no.v;
    return v->nrows == 0 ? ERR_OK : guard_names(v->rq->db, v->rq->arena, ids, v->nrows, *ret);
}

/* ---- pages ---- */

static void fill_frame(struct visiting *s, struct visit_view *v)
{
    struct rq *rq = s->rq;
    enum lang lang = rq->page.lang;
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 3);
    struct str slug = id_is_none(s->project.id) ? STR("") : s->project.slug;
    v->fund = lang_name(lang, s->fund.name_th, s->fund.name_en);
    v->fund_href = HREF(rq->arena, "/funds/{}", s->fund.code);
    v->is_demo = s->fund.is_demo;
    v->project = id_is_none(s->project.id) ? STR_NONE : s->project.title;
    v->project_href = HREF(rq->arena, "/funds/{}/projects/{}", s->fund.code, slug);
    v->all = v->action = HREF(rq->arena, "/funds/{}/visits", s->fund.code);
    v->add = HREF(rq->arena, "/funds/{}/visits/new?project={}", s->fund.code, slug);
    v->slug = slug;
    crumbs[0] = (struct crumb){msg_text(MSG_menu_funds, lang), href_of(rq->arena, "/funds", NULL, 0)};
    crumbs[1] = (struct crumb){v->fund, v->fund_href};
    crumbs[2] = (struct crumb){.label = msg_text(MSG_visit_title, lang)};
    v->crumbs = crumbs;
    v->ncrumbs = 3;
}

enum err monitor_visits_page(struct rq *rq)
{
    struct visiting s;
    struct visit_view v = {0};
    struct str *names = NULL;
    struct str title = msg_text(MSG_visit_title, rq->page.lang);
    TRY(open_visits(rq, rq_param(rq, "project"), &s));
    TRY(read_rows(&s));
    TRY(read_names(&s, &names));
    TRY(rq_may_fund(rq, CAP_monitor_visit, s.fund.code, &v.may_write));
    struct visit_row *rows = ARENA_ARRAY(rq->arena, struct visit_row, s.nrows);
    for (size_t i = 0; i < s.nrows; i++) {
        const struct monitor_visit_of_project_row *r = &s.rows[i];
        rows[i] = (struct visit_row){.on = r->on_date, .who = names[i], .seen = r->seen, .advice = r->advice,
                                     .has_project = !str_is_none(r->slug)};
        if (rows[i].has_project)
            rows[i].project = (struct page_link){r->title, HREF(rq->arena, "/funds/{}/projects/{}", s.fund.code, r->slug)};
    }
    fill_frame(&s, &v);
    v.rows = rows;
    v.nrows = s.nrows;
    v.has_next = s.has_next;
    if (s.has_next)
        v.next = HREF(rq->arena, "/funds/{}/visits?project={}&before={}", s.fund.code, v.slug,
                      str_printf(rq->arena, "%lld", (long long)s.rows[s.nrows - 1].id.v));
    if (str_eq(rq_param(rq, "done"), STR("saved"))) v.done = msg_text(MSG_visit_saved, rq->page.lang);
    visit_list_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

static enum err show_new(struct visiting *s, struct form *f, bool is_typed)
{
    struct rq *rq = s->rq;
    struct visit_view v = {.marks = form_marks(rq)};
    fill_frame(s, &v);
    v.errors = form_errors(f);
    v.seen = is_typed ? form_field(f, "seen") : form_field_of(f, "seen", STR(""));
    v.advice = is_typed ? form_field(f, "advice") : form_field_of(f, "advice", STR(""));
    v.on = is_typed ? form_date_field(f, "on") : form_date_field_of(f, "on", (struct opt_date){true, rq->today});
    visit_new_html(rq_html_begin(rq, msg_text(MSG_visit_add, rq->page.lang), MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err monitor_visit_new_page(struct rq *rq)
{
    struct visiting s;
    struct form f = {.rq = rq};
    TRY(open_visits(rq, rq_param(rq, "project"), &s));
    return show_new(&s, &f, false);
}

/* ---- writing ---- */

static enum err save_visit(struct visiting *s, struct form *f, struct monitor_visit_id *ret)
{
    struct rq *rq = s->rq;
    struct monitor_visit_add_row row = {0};
    struct actor by = rq_actor(rq);
    struct opt_date on = form_date(f, "on", FORM_MUST);
    struct str seen = form_text(f, "seen", FORM_MUST, WORDS_MAX), advice = form_text(f, "advice", FORM_MAY, WORDS_MAX);
    if (on.has && date_cmp(on.v, rq->today) > 0) form_fault_msg(f, "on", MSG_visit_future);
    if (!form_is_good(f)) return ERR_OK;
    struct monitor_visit_add_args args = {.fund_id = s->fund.id, .project_id = s->project.id, .on_date = on.v, .seen = seen,
                                          .advice = str_is_empty(advice) ? STR_NONE : advice,
                                          .account_no = {true, by.account}, .recorded_at = clock_now()};
    TRY(monitor_visit_add(rq->db, rq->arena, &args, &row));
    struct buf day = buf_in(rq->arena, 16);
    buf_date_iso(&day, on.v);
    struct audit_change changes[] = {{"on", STR_NONE, buf_str(&day)}}; /* the words may name people: they stay with the visit */
    *ret = row.id;
    return audit_write(rq->db, rq->arena, &by, "add", "monitor_visit", row.id.v, changes, 1);
}

enum err monitor_visit_post(struct rq *rq)
{
    struct visiting s;
    struct form f;
    struct monitor_visit_id id = {0};
    TRY(form_begin(rq, &f));
    TRY(open_visits(rq, form_raw(&f, "project"), &s));
    TRY(save_visit(&s, &f, &id));
    if (!form_is_good(&f)) {
        form_page_status(&f, 400);
        return show_new(&s, &f, true);
    }
    return rq_redirect(rq, HREF(rq->arena, "/funds/{}/visits?done=saved", s.fund.code));
}

enum err monitor_visit_add_api(struct rq *rq)
{
    struct visiting s;
    struct form f;
    struct monitor_visit_id id = {0};
    TRY(form_begin(rq, &f));
    TRY(open_visits(rq, form_raw(&f, "project"), &s));
    TRY(save_visit(&s, &f, &id));
    if (!form_is_good(&f)) return form_refuse_api(&f);
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_bool(j, "done", true);
    json_object_end(j);
    TRY(rq_json_end(rq));
    rq->res->status = 201;
    return ERR_OK;
}

enum err monitor_visits_api(struct rq *rq)
{
    struct visiting s;
    struct str *names = NULL;
    TRY(open_visits(rq, rq_param(rq, "project"), &s));
    TRY(read_rows(&s));
    TRY(read_names(&s, &names));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "fund_code", s.fund.code);
    json_array(j, "items");
    for (size_t i = 0; i < s.nrows; i++) {
        json_object(j, NULL);
        json_date(j, "on", s.rows[i].on_date);
        json_str(j, "by", names[i]);
        json_str(j, "project", s.rows[i].slug);
        json_str(j, "seen", s.rows[i].seen);
        json_str(j, "advice", s.rows[i].advice);
        json_object_end(j);
    }
    json_array_end(j);
    if (s.has_next) json_int(j, "next", s.rows[s.nrows - 1].id.v);
    else json_null(j, "next");
    json_object_end(j);
    return rq_json_end(rq);
}
