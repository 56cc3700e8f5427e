/* projects_page.c — /areas/{code}/projects: the projects behind an overview's figures, with filters. */
#include "base/thai.h"
#include "rooms/report/dashboard.h"
#include "rooms/projects.html.h"
#include "rooms/report/projects.h"

#define PAGE_ROWS    25

static struct href list_href(struct rq *rq, const struct projects_view *v, const struct projects_asked *q, struct str cursor)
{
    struct buf b = buf_in(rq->arena, 512);
    buf_put(&b, v->self.path);
    buf_printf(&b, "?fy=%.*s", STR_FMT(q->ask.fy.v != 0 ? str_printf(rq->arena, "%d", q->ask.fy.v) : STR("")));
    if (q->ask.state >= 0) buf_printf(&b, "&state=%s", project_state_code((enum project_state)q->ask.state));
    if (!id_is_none(q->ask.issue)) buf_printf(&b, "&issue=%.*s", STR_FMT(q->issue));
    if (q->ask.is_late) BUF_LIT(&b, "&late=1");
    if (!str_is_none(cursor)) buf_printf(&b, "&cursor=%.*s", STR_FMT(cursor));
    return href_of_path(rq->arena, buf_str(&b));
}

static void fill_years(struct rq *rq, struct projects_view *v, const struct projects_asked *q)
{
    struct choice *years = ARENA_ARRAY(rq->arena, struct choice, REPORT_YEAR_CHOICES + 1);
    years[0] = (struct choice){STR(""), msg_text(MSG_projects_all_years, rq->page.lang), q->ask.fy.v == 0};
    v->nyears = 1 + dashboard_year_choices(rq, q->ask.fy, years + 1);
    v->years = years;
}

static void fill_filters(struct rq *rq, struct projects_view *v, const struct projects_asked *q)
{
    struct choice *states = ARENA_ARRAY(rq->arena, struct choice, PROJECT_STATES + 1);
    struct choice *issues = ARENA_ARRAY(rq->arena, struct choice, q->nissues + 1);
    fill_years(rq, v, q);
    states[v->nstates++] = (struct choice){STR(""), msg_text(MSG_projects_any, rq->page.lang), q->ask.state < 0};
    for (int s = PROJECT_SENT; s < PROJECT_STATES; s++) {
        bool is_chosen = s == q->ask.state;
        if (s == PROJECT_CANCELLED || (!q->is_inside && !project_is_public((enum project_state)s) && !is_chosen)) continue;
        states[v->nstates++] = (struct choice){str_of(project_state_code((enum project_state)s)),
                                               thread_state_name(rq, (enum project_state)s), is_chosen};
    }
    issues[v->nissues++] = (struct choice){STR(""), msg_text(MSG_projects_any, rq->page.lang), id_is_none(q->ask.issue)};
    for (size_t i = 0; i < q->nissues; i++)
        issues[v->nissues++] = (struct choice){q->issues[i].code, issue_name(rq->page.lang, &q->issues[i]),
                                               q->issues[i].id.v == q->ask.issue.v};
    v->states = states;
    v->issues = issues;
    v->is_late = q->ask.is_late;
    v->is_filtered = q->ask.fy.v != 0 || q->ask.state >= 0 || !id_is_none(q->ask.issue) || q->ask.is_late ||
                     !id_is_none(q->ask.after);
}

static struct projects_row row_of(struct rq *rq, const struct project_row *p, bool is_inside)
{
    struct arena *a = rq->arena;
    bool is_public = project_is_public(p->state);
    return (struct projects_row){
        .title = is_inside ? p->title : project_title_public(rq, p->title),
        .owner = is_inside ? p->owner_name : open_text(p->owner_name, NULL),
        .code = !str_is_none(p->code) ? p->code : p->other_code,
        .href = is_public ? HREF(a, "/projects/{}", p->slug) : HREF(a, "/funds/{}/projects/{}", p->fund_code, p->slug),
        .fund = {lang_name(rq->page.lang, p->fund_th, p->fund_en), HREF(a, "/funds/{}", p->fund_code)},
        .issue = str_is_none(p->issue_code) ? STR_NONE : lang_name(rq->page.lang, p->issue_th, p->issue_en),
        .fy = p->fy,
        .state = thread_state_name(rq, p->state),
        .tone = thread_state_tone(p->state),
        .approved = p->approved,
        .report_due = p->report_due,
        .is_late = projects_is_late(rq, p),
        .is_entered_later = p->is_entered_later};
}

static enum err fill_crumbs(struct rq *rq, struct projects_view *v, const struct area *area)
{
    struct area_trail trail;
    size_t n = 0;
    TRY(area_trail(rq->db, rq->arena, area->id, &trail));
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, trail.n + 1);
    for (size_t i = 1; i < trail.n; i++)
        crumbs[n++] = (struct crumb){area_title(rq->arena, rq->page.lang, &trail.at[i]), area_href(rq->arena, &trail.at[i])};
    crumbs[n++] = (struct crumb){.label = msg_text(MSG_projects_crumb, rq->page.lang)};
    v->crumbs = crumbs;
    v->ncrumbs = n;
    return ERR_OK;
}

enum err report_projects_page(struct rq *rq)
{
    struct projects_asked q;
    struct project_row *rows = NULL;
    size_t n = 0;
    struct str next = STR_NONE;
    struct projects_view v = {0};
    TRY(projects_read_asked(rq, rq->args[0], &q));
    if (q.is_answered) return ERR_OK;
    TRY(projects_read(rq, &q, PAGE_ROWS, &rows, &n, &next));
    v.place = area_title(rq->arena, rq->page.lang, &q.area);
    v.back = (struct page_link){MSG_FORMAT(rq->arena, rq->page.lang, MSG_projects_back, v.place), area_href(rq->arena, &q.area)};
    v.self = HREF(rq->arena, "/areas/{}/projects", q.area.code);
    v.json = HREF(rq->arena, "/api/v1/projects?area={}", q.area.code);
    struct projects_row *shown = ARENA_ARRAY(rq->arena, struct projects_row, n);
    for (size_t i = 0; i < n; i++) shown[i] = row_of(rq, &rows[i], q.is_inside);
    v.rows = shown;
    v.nrows = n;
    fill_filters(rq, &v, &q);
    v.pager = (struct pager){.has_first = !id_is_none(q.ask.after), .has_next = !str_is_none(next)};
    v.pager.first = list_href(rq, &v, &q, STR_NONE);
    v.pager.next = list_href(rq, &v, &q, next);
    TRY(fill_crumbs(rq, &v, &q.area));
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_projects_title, v.place);
    projects_html(rq_html_begin(rq, title, MENU_HOME), &rq->page, &v);
    return rq_html_end(rq);
}
