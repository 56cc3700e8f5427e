/* issue_page.c — /areas/{code}/issues/{issue}: the district sees one issue across its funds: who has a plan, which
 * projects, how many people, what money. A page, a CSV and a JSON door of the same rows. */
#include "rooms/area_issue.html.h"
#include "rooms/issue/issue.h"
#include "rooms/report/dashboard.h"
#include "rooms/report/figure.h"
#include "rooms/report/projects_views.h"
#include "rooms/report_sql.h"
#include "table/table.h"

/* What is known of a fund and the issue. A fund that keeps neither books nor plans nor projects here has its own, which
 * nobody told: unknown. One that does, and has nothing of the issue, has none. */
struct known {
    bool is_here;    /* the fund works with the system in that year */
    bool has_rows;   /* something was kept of the issue */
    bool has_people, has_planned, has_committed, has_paid; /* … of that figure */
    bool has_books;
    int64_t projects; /* whose first issue it is: their people count under it */
};

struct across { /* one issue of a district, fund by fund */
    struct rq *rq;
    struct area area;
    struct issue issue;
    struct report_summary s;
    struct report_split *funds; /* of s.children, in their order */
    struct report_split total;
    struct known *known; /* of each of them */
    int64_t with_plan;
    bool is_answered;
};

static void note(struct known *k, enum measure m, int64_t total)
{
    if (m == MEASURE_PROJECTS) k->projects += total;
    k->is_here = k->has_rows = true;
    k->has_people |= m == MEASURE_PEOPLE;
    k->has_planned |= m == MEASURE_PLANNED;
    k->has_committed |= m == MEASURE_COMMITTED;
    k->has_paid |= m == MEASURE_PAID;
}

static struct known known_of(const struct figures *f)
{
    struct report_money money = figures_money(f);
    struct report_thread thread = figures_thread(f);
    return (struct known){.is_here = money.ledger_funds > 0 || money.plan_funds > 0 || thread.has_projects || thread.plans.has,
                          .has_books = money.ledger_funds > 0};
}

static enum err read_rows(struct across *x)
{
    struct rq *rq = x->rq;
    struct report_issue_funds_in_row *rows = NULL;
    size_t n = 0;
    TRY(report_issue_funds_in(rq->db, rq->arena, x->area.id, x->s.fy, x->issue.code, &rows, &n));
    x->funds = ARENA_ARRAY(rq->arena, struct report_split, x->s.nchildren);
    x->known = ARENA_ARRAY(rq->arena, struct known, x->s.nchildren);
    for (size_t i = 0; i < x->s.nchildren; i++) x->known[i] = known_of(&x->s.children[i].figures);
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < x->s.nchildren && x->s.children[at].fund.v != rows[i].fund_id.v) at++;
        if (at == x->s.nchildren) continue;
        report_split_add(&x->funds[at], measure_of(rows[i].measure), rows[i].total);
        report_split_add(&x->total, measure_of(rows[i].measure), rows[i].total);
        note(&x->known[at], measure_of(rows[i].measure), rows[i].total);
    }
    for (size_t i = 0; i < x->s.nchildren; i++) x->with_plan += x->funds[i].plans > 0;
    return ERR_OK;
}

/* Only a district has funds for children: of other areas there is no such page. */
static enum err across_read(struct rq *rq, struct across *x)
{
    struct fiscal_year fy;
    *x = (struct across){.rq = rq};
    if (rq_fy(rq, &fy) != ERR_OK) {
        x->is_answered = true;
        return rq_bad_param(rq, "fy", MSG_error_fy);
    }
    TRY(area_find_code(rq->db, rq->arena, rq->args[0], &x->area));
    TRY(issue_find_code(rq->db, rq->arena, rq->args[1], &x->issue));
    if (x->area.kind != AREA_DISTRICT) return ERR_NOT_FOUND;
    TRY(report_summary(rq->db, rq->arena, &x->area, fy, &x->s));
    return read_rows(x);
}

/* ---- the page ---- */

static struct str fy_text(const struct across *x)
{
    return str_printf(x->rq->arena, "%d", x->s.fy.v);
}

static struct opt_count count_if(bool is_known, int64_t v)
{
    return (struct opt_count){is_known, v};
}

static struct opt_satang satang_if(bool is_known, int64_t v)
{
    return (struct opt_satang){is_known, satang(v)};
}

/* A plan without a sum leaves what is planned unknown, as projects that nobody reported leave their people. */
static struct area_issue_row row_of(const struct report_split *s, const struct known *k)
{
    bool is_here = k->is_here, is_none = is_here && report_split_is_nothing(s);
    return (struct area_issue_row){.has_plan = s->plans > 0,
                                   .is_unknown = !is_here,
                                   .sums = {.is_none = is_none,
                                            .projects = count_if(is_here, s->projects),
                                            .people = count_if(is_here && (k->has_people || k->projects == 0), s->people),
                                            .planned = satang_if(is_here && (k->has_planned || s->plans == 0), s->planned),
                                            .committed = satang_if(is_none || k->has_books || k->has_committed, s->committed),
                                            .paid = satang_if(is_none || k->has_books || k->has_paid, s->paid)}};
}

/* Known as far as it is known of any of them. */
static struct known known_of_all(const struct across *x)
{
    struct known all = {0};
    for (size_t i = 0; i < x->s.nchildren; i++) {
        const struct known *k = &x->known[i];
        all.is_here |= k->is_here;
        all.has_people |= k->has_people;
        all.has_planned |= k->has_planned;
        all.has_committed |= k->has_committed;
        all.has_paid |= k->has_paid;
        all.has_books |= k->has_books;
        all.projects += k->projects;
    }
    return all;
}

static void fill_rows(const struct across *x, struct area_issue_view *v)
{
    struct rq *rq = x->rq;
    struct area_issue_row *rows = ARENA_ARRAY(rq->arena, struct area_issue_row, x->s.nchildren);
    struct known all = known_of_all(x);
    for (size_t i = 0; i < x->s.nchildren; i++) {
        const struct report_child *c = &x->s.children[i];
        rows[i] = row_of(&x->funds[i], &x->known[i]);
        rows[i].is_demo = c->is_demo;
        rows[i].fund = (struct page_link){dashboard_child_name(rq, c), HREF(rq->arena, "/funds/{}", c->code)};
        rows[i].plan = HREF(rq->arena, "/funds/{}/plans/{}/{}", c->code, x->issue.code, fy_text(x));
        rows[i].sums.has_list = x->funds[i].projects > 0;
        rows[i].sums.list = HREF(rq->arena, "/funds/{}/projects?fy={}&issue={}", c->code, fy_text(x), x->issue.code);
    }
    v->rows = rows;
    v->nrows = x->s.nchildren;
    v->total = row_of(&x->total, &all);
    v->total.sums.has_list = x->total.projects > 0;
    v->total.sums.list = v->list;
}

static enum err fill_crumbs(const struct across *x, struct area_issue_view *v)
{
    struct rq *rq = x->rq;
    struct area_trail trail;
    size_t n = 0;
    TRY(area_trail(rq->db, rq->arena, x->area.id, &trail));
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, trail.n + 1);
    for (size_t i = 1; i < trail.n; i++)
        crumbs[n++] = (struct crumb){area_title(rq->arena, rq->page.lang, &trail.at[i]), area_href(rq->arena, &trail.at[i])};
    crumbs[n++] = (struct crumb){.label = issue_name(rq->page.lang, &x->issue)};
    v->crumbs = crumbs;
    v->ncrumbs = n;
    return ERR_OK;
}

enum err report_issue_page(struct rq *rq)
{
    struct across x;
    TRY(across_read(rq, &x));
    if (x.is_answered) return ERR_OK;
    struct str name = issue_name(rq->page.lang, &x.issue), place = area_title(rq->arena, rq->page.lang, &x.area);
    struct area_issue_view v = {.title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_area_issue_title, name, place, fy_text(&x)),
                                .place = place,
                                .back = area_href(rq->arena, &x.area),
                                .self = HREF(rq->arena, "/areas/{}/issues/{}", x.area.code, x.issue.code),
                                .csv = HREF(rq->arena, "/areas/{}/issues/{}/table.csv?fy={}", x.area.code, x.issue.code, fy_text(&x)),
                                .json = HREF(rq->arena, "/api/v1/areas/{}/issues/{}?fy={}", x.area.code, x.issue.code, fy_text(&x)),
                                .list = HREF(rq->arena, "/areas/{}/projects?fy={}&issue={}", x.area.code, fy_text(&x), x.issue.code),
                                .issue_href = HREF(rq->arena, "/issues/{}", x.issue.code),
                                .with_plan = x.with_plan,
                                .funds = (int64_t)x.s.nchildren};
    fill_rows(&x, &v);
    struct choice *years = ARENA_ARRAY(rq->arena, struct choice, REPORT_YEAR_CHOICES);
    v.nyears = dashboard_year_choices(rq, x.s.fy, years);
    v.years = years;
    TRY(fill_crumbs(&x, &v));
    area_issue_html(rq_html_begin(rq, v.title, MENU_HOME), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the same as a table ---- */

/* None is 0 here; unknown is empty. */
static void csv_figures(struct csv *csv, const struct thread_sums *r)
{
    const struct opt_count counts[] = {r->projects, r->people};
    const struct opt_satang sums[] = {r->planned, r->committed, r->paid};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (counts[i].has) csv_int(csv, counts[i].v);
        else csv_blank(csv);
    }
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) csv_opt_satang(csv, sums[i]);
}

enum err report_issue_csv(struct rq *rq)
{
    static const enum msg heads[] = {MSG_csv_code, MSG_col_fund, MSG_thread_col_plan, MSG_thread_col_projects, MSG_thread_col_people,
                                     MSG_col_planned, MSG_col_committed, MSG_col_paid};
    struct across x;
    TRY(across_read(rq, &x));
    if (x.is_answered) return ERR_OK;
    rq->res->body = buf_in(rq->arena, APP_PAGE_BYTES_MAX);
    struct csv csv = csv_begin(&rq->res->body);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) csv_text(&csv, msg_text(heads[i], rq->page.lang));
    csv_row_end(&csv);
    for (size_t i = 0; i < x.s.nchildren; i++) {
        struct area_issue_row r = row_of(&x.funds[i], &x.known[i]);
        csv_text(&csv, x.s.children[i].code);
        csv_text(&csv, dashboard_child_name(rq, &x.s.children[i]));
        if (r.is_unknown) csv_blank(&csv);
        else csv_text(&csv, msg_text(r.has_plan ? MSG_thread_has_plan : MSG_thread_no_plan, rq->page.lang));
        csv_figures(&csv, &r.sums);
        csv_row_end(&csv);
    }
    rq->res->may_compress = true;
    struct str name = str_printf(rq->arena, "%.*s-%.*s-%d", STR_FMT(x.area.code), STR_FMT(x.issue.code), x.s.fy.v);
    return rq_download(rq, name, "csv", STR("text/csv; charset=utf-8"));
}

/* ---- for programs ---- */

static void json_figures(struct json_out *j, const struct thread_sums *r)
{
    json_opt_count(j, "projects", r->projects);
    json_opt_count(j, "people_reached", r->people);
    json_opt_satang(j, "planned_satang", r->planned);
    json_opt_satang(j, "committed_satang", r->committed);
    json_opt_satang(j, "paid_satang", r->paid);
}

enum err report_issue_api(struct rq *rq)
{
    struct across x;
    TRY(across_read(rq, &x));
    if (x.is_answered) return ERR_OK;
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "area", x.area.code);
    json_str(j, "issue", x.issue.code);
    json_int(j, "fy", x.s.fy.v);
    json_int(j, "funds", (int64_t)x.s.nchildren);
    json_int(j, "funds_with_plan", x.with_plan);
    json_array(j, "items");
    for (size_t i = 0; i < x.s.nchildren; i++) {
        struct area_issue_row r = row_of(&x.funds[i], &x.known[i]);
        json_object(j, NULL);
        json_str(j, "fund", x.s.children[i].code);
        json_bool(j, "has_plan", x.funds[i].plans > 0);
        json_figures(j, &r.sums);
        json_object_end(j);
    }
    json_array_end(j);
    struct known all = known_of_all(&x);
    struct area_issue_row total = row_of(&x.total, &all);
    json_object(j, "total");
    json_figures(j, &total.sums);
    json_object_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}
