/* report_pages.c — the overview of the nation, a region, a province or a district, its table as CSV,
 * and a tambon's page. What was asked, the table and the filters are here; charts in dashboard.c. */
#include <stdlib.h>

#include "app/app.h"
#include "app/route.h"
#include "base/thai.h"
#include "rooms/dashboard.html.h"
#include "rooms/report/dashboard.h"
#include "rooms/report_sql.h"
#include "rooms/tambon.html.h"
#include "table/table.h"

#define TABLE_ROWS 25
#define PAGE_MAX 1000
#define TAMBON_FUNDS_MAX 100

static const char *const measure_keys[] = {[DASHBOARD_SPENT] = "spent",
                                           [DASHBOARD_BALANCE] = "balance",
                                           [DASHBOARD_RECEIVED] = "received",
                                           [DASHBOARD_SHARE] = "share",
                                           [DASHBOARD_NHSO] = "nhso",
                                           [DASHBOARD_POPULATION] = "population",
                                           [DASHBOARD_FUNDS] = "funds",
                                           [DASHBOARD_PROJECTS] = "projects",
                                           [DASHBOARD_PEOPLE] = "people",
                                           [DASHBOARD_LATE] = "late"};
#define MEASURES (sizeof measure_keys / sizeof measure_keys[0])
static const enum msg measure_names[] = {[DASHBOARD_SPENT] = MSG_measure_spent,
                                         [DASHBOARD_BALANCE] = MSG_measure_balance,
                                         [DASHBOARD_RECEIVED] = MSG_measure_received,
                                         [DASHBOARD_SHARE] = MSG_measure_share,
                                         [DASHBOARD_NHSO] = MSG_measure_nhso,
                                         [DASHBOARD_POPULATION] = MSG_measure_population,
                                         [DASHBOARD_FUNDS] = MSG_measure_funds,
                                         [DASHBOARD_PROJECTS] = MSG_measure_projects,
                                         [DASHBOARD_PEOPLE] = MSG_measure_people,
                                         [DASHBOARD_LATE] = MSG_measure_late};
static const char *const column_keys[DASHBOARD_COLUMNS] = {
    [DASHBOARD_BY_NAME] = "name",         [DASHBOARD_BY_FUNDS] = "funds",
    [DASHBOARD_BY_POPULATION] = "population", [DASHBOARD_BY_NHSO] = "nhso",
    [DASHBOARD_BY_COMPUTED] = "computed", [DASHBOARD_BY_ENTERED] = "entered",
    [DASHBOARD_BY_SHARE] = "share",       [DASHBOARD_BY_RECEIVED] = "received",
    [DASHBOARD_BY_PAID] = "paid",         [DASHBOARD_BY_BALANCE] = "balance",
    [DASHBOARD_BY_SPENT] = "spent",       [DASHBOARD_BY_PLANS] = "plans",
    [DASHBOARD_BY_PROJECTS] = "projects", [DASHBOARD_BY_WAITING] = "waiting",
    [DASHBOARD_BY_OPEN] = "open",         [DASHBOARD_BY_LATE] = "late",
    [DASHBOARD_BY_CLOSED] = "closed",     [DASHBOARD_BY_PEOPLE] = "people"};

/* ---- what was asked ---- */

struct asked {
    struct area area;
    struct fiscal_year *known; /* years of which anything is known, the oldest first */
    size_t nknown;
    struct report_year *years; /* the last of them, and the chosen one */
    size_t nyears;
    struct fiscal_year fy;
    enum dashboard_measure measure;
    int column; /* of dashboard_column; -1: by code */
    bool is_descending;
    int64_t page; /* from 1 */
    struct as_of as_of;
};

static bool choose(struct str given, const char *const *keys, size_t n, int *ret)
{
    if (str_is_none(given) || str_is_empty(given)) return true;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(given, str_of(keys[i]))) continue;
        *ret = (int)i;
        return true;
    }
    return false;
}

/* Without ?fy= the present year, or, where nothing of it is known yet, the last that is known. */
static void choose_year(const struct rq *rq, struct asked *q)
{
    if (q->nknown == 0) return;
    for (size_t i = 0; i < q->nknown; i++)
        if (q->known[i].v == rq->this_fy.v) return;
    q->fy = q->known[q->nknown - 1];
}

/* Without ?measure=: the money, where a ledger is open; else the match. */
static enum dashboard_measure first_measure(const struct asked *q)
{
    for (size_t i = 0; i < q->nyears; i++)
        if (q->years[i].fy.v == q->fy.v && figures_money(&q->years[i].figures).ledger_funds > 0)
            return DASHBOARD_SPENT;
    return DASHBOARD_SHARE;
}

/* The years of the trend, and those back to the chosen one: the cost does not grow with the years that are known. */
static enum err read_years(struct rq *rq, struct asked *q, bool is_free)
{
    TRY(report_years_of(rq->db, rq->arena, &q->area, &q->known, &q->nknown));
    if (is_free) choose_year(rq, q);
    struct fiscal_year first = q->fy;
    if (q->nknown > 0) {
        struct fiscal_year trend = q->known[q->nknown > DASHBOARD_TREND_YEARS ? q->nknown - DASHBOARD_TREND_YEARS : 0];
        if (trend.v < first.v) first = trend;
    }
    return report_trend(rq->db, rq->arena, &q->area, first, &q->years, &q->nyears);
}

/* Fills `q`; a wrong parameter has been answered when *ret_is_answered. */
static enum err read_asked(struct rq *rq, struct asked *q, bool *ret_is_answered)
{
    int measure = DASHBOARD_MEASURES, descending = 0;
    static const char *const dirs[] = {"asc", "desc"};
    struct str fy = rq_param(rq, "fy"), page = rq_param(rq, "page");
    *ret_is_answered = true;
    q->column = -1;
    if (dashboard_as_of(rq, &q->as_of) != ERR_OK) return rq_bad_param(rq, "as_of", MSG_error_as_of);
    q->page = 1;
    if (rq_fy(rq, &q->fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    if (!choose(rq_param(rq, "measure"), measure_keys, MEASURES, &measure))
        return rq_bad_param(rq, "measure", MSG_error_measure);
    if (!choose(rq_param(rq, "sort"), column_keys, DASHBOARD_COLUMNS, &q->column))
        return rq_bad_param(rq, "sort", MSG_error_sort);
    if (!choose(rq_param(rq, "dir"), dirs, 2, &descending)) return rq_bad_param(rq, "dir", MSG_error_sort);
    bool has_page = !str_is_none(page) && !str_is_empty(page);
    if (has_page && (str_to_int(page, &q->page) != ERR_OK || q->page < 1 || q->page > PAGE_MAX))
        return rq_bad_param(rq, "page", MSG_error_page);
    q->measure = (enum dashboard_measure)measure;
    q->is_descending = descending == 1;
    *ret_is_answered = false;
    TRY(read_years(rq, q, str_is_none(fy) || str_is_empty(fy)));
    if (q->measure == DASHBOARD_MEASURES) q->measure = first_measure(q);
    return ERR_OK;
}

/* ---- the table ---- */

/* Sorting compares these, so that each column is one comparison. */
struct sorted_child {
    const struct report_child *child;
    bool is_known;
    int64_t value;
    struct str key;
};

struct sorted_figure {
    bool is_known;
    int64_t v;
};

static struct sorted_figure of_count(struct opt_count c)
{
    return (struct sorted_figure){c.has, c.v};
}

/* Of the table of plans and projects. */
static struct sorted_figure thread_figure(const struct figures *f, int column)
{
    struct report_thread t = figures_thread(f);
    const struct opt_count counts[DASHBOARD_COLUMNS] = {
        [DASHBOARD_BY_PLANS] = t.plans, [DASHBOARD_BY_PROJECTS] = t.projects, [DASHBOARD_BY_WAITING] = t.waiting,
        [DASHBOARD_BY_OPEN] = t.open,   [DASHBOARD_BY_LATE] = t.late,         [DASHBOARD_BY_CLOSED] = t.closed,
        [DASHBOARD_BY_PEOPLE] = t.people};
    return of_count(counts[column]);
}

/* The figure that a column shows; of name and code there is none. */
static struct sorted_figure column_figure(const struct figures *f, int column)
{
    struct report_money money = figures_money(f);
    if (column >= DASHBOARD_BY_PLANS) return thread_figure(f, column);
    switch (column) {
    case DASHBOARD_BY_FUNDS: return (struct sorted_figure){true, f->funds};
    case DASHBOARD_BY_POPULATION: return of_count(figures_count(f, MEASURE_POPULATION_LOCAL));
    case DASHBOARD_BY_NHSO: return of_count(figures_count(f, MEASURE_NHSO_AMOUNT));
    case DASHBOARD_BY_COMPUTED: return of_count(figures_count(f, MEASURE_MATCH_COMPUTED));
    case DASHBOARD_BY_ENTERED: return of_count(figures_count(f, MEASURE_MATCH_ENTERED));
    case DASHBOARD_BY_SHARE: return (struct sorted_figure){figures_match_share(f).has, figures_match_share(f).v.v};
    case DASHBOARD_BY_RECEIVED: return (struct sorted_figure){money.received.has, money.received.v.v};
    case DASHBOARD_BY_PAID: return (struct sorted_figure){money.paid.has, money.paid.v.v};
    case DASHBOARD_BY_BALANCE: return (struct sorted_figure){money.balance.has, money.balance.v.v};
    case DASHBOARD_BY_SPENT: return (struct sorted_figure){money.spent.has, money.spent.v.v};
    default: break;
    }
    return (struct sorted_figure){true, 0};
}

static void sort_value(struct rq *rq, const struct asked *q, struct sorted_child *s)
{
    struct sorted_figure figure = column_figure(&s->child->figures, q->column);
    s->is_known = figure.is_known;
    s->value = figure.v;
    s->key = STR("");
    if (q->column == DASHBOARD_BY_NAME) s->key = thai_sort_key(rq->arena, dashboard_child_name(rq, s->child));
    if (q->column != -1) return;
    s->value = (int64_t)s->child->code.n; /* R2 before R10: shorter codes first */
    s->key = s->child->code;
}

static int by_sorted(const void *a, const void *b)
{
    const struct sorted_child *x = a, *y = b;
    if (x->is_known != y->is_known) return x->is_known ? -1 : 1; /* unknown ones last */
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    int by_key = str_cmp(x->key, y->key);
    return by_key != 0 ? by_key : str_cmp(x->child->code, y->child->code);
}

static const struct sorted_child *sort_children(struct rq *rq, const struct asked *q,
                                                const struct report_summary *s)
{
    struct sorted_child *all = ARENA_ARRAY(rq->arena, struct sorted_child, s->nchildren);
    size_t known = 0;
    for (size_t i = 0; i < s->nchildren; i++) {
        all[i].child = &s->children[i];
        sort_value(rq, q, &all[i]);
        known += all[i].is_known ? 1 : 0;
    }
    qsort(all, s->nchildren, sizeof *all, by_sorted);
    if (q->is_descending && q->column >= 0) { /* turned round, but unknown ones stay last */
        for (size_t i = 0; i < known / 2; i++) {
            struct sorted_child t = all[i];
            all[i] = all[known - 1 - i];
            all[known - 1 - i] = t;
        }
    }
    return all;
}

static struct dashboard_row row_of(struct rq *rq, const struct asked *q, const struct report_child *c)
{
    const struct figures *f = &c->figures;
    struct dashboard_row row = {.code = c->code,
                                .name = dashboard_child_name(rq, c),
                                .href = dashboard_child_href(rq, c),
                                .funds = f->funds,
                                .funds_recorded = f->at[MEASURE_FUND_YEARS].total,
                                .population = figures_count(f, MEASURE_POPULATION_LOCAL),
                                .nhso = figures_satang(f, MEASURE_NHSO_AMOUNT),
                                .computed = figures_satang(f, MEASURE_MATCH_COMPUTED),
                                .entered = figures_satang(f, MEASURE_MATCH_ENTERED),
                                .share = figures_match_share(f),
                                .is_demo = c->is_demo};
    struct report_money money = figures_money(f);
    row.has_money = money.ledger_funds > 0;
    row.received = money.received;
    row.paid = money.paid;
    row.balance = money.balance;
    row.spent = money.spent;
    if (c->is_fund) row.money = HREF(rq->arena, "/funds/{}/money", c->code);
    struct report_thread t = figures_thread(f);
    row.has_thread = t.has_projects || t.plans.has;
    row.plans = t.plans;
    row.projects = t.projects;
    row.waiting = t.waiting;
    row.open = t.open;
    row.late = t.late;
    row.closed = t.closed;
    row.people = t.people;
    struct str fy = str_printf(rq->arena, "%d", q->fy.v);
    row.projects_list = c->is_fund ? HREF(rq->arena, "/funds/{}/projects?fy={}", c->code, fy)
                                   : HREF(rq->arena, "/areas/{}/projects?fy={}", c->code, fy);
    if (row.share.has) row.state = row.share.v.v >= 10000 ? MATCH_ENOUGH : MATCH_SHORT;
    return row;
}

/* ---- addresses that keep what was asked ---- */

static struct href page_href(struct rq *rq, const struct dashboard_view *v, const struct asked *q,
                             int column, bool is_descending, int64_t page)
{
    struct str fy = str_printf(rq->arena, "%d", q->fy.v), measure = str_of(measure_keys[q->measure]);
    struct buf b = buf_in(rq->arena, 512);
    buf_put(&b, v->self.path);
    buf_printf(&b, "?fy=%.*s&measure=%.*s", STR_FMT(fy), STR_FMT(measure));
    if (column >= 0) buf_printf(&b, "&sort=%s&dir=%s", column_keys[column], is_descending ? "desc" : "asc");
    if (q->as_of.has) {
        BUF_LIT(&b, "&as_of=");
        buf_date_iso(&b, q->as_of.day);
    }
    if (page > 1) buf_printf(&b, "&page=%lld", (long long)page);
    return href_of_path(rq->arena, buf_str(&b));
}

/* A fund of a district shows the state that its own page shows. */
static enum err fill_fund_states(struct rq *rq, struct dashboard_row *rows, size_t nrows,
                                 const struct asked *q)
{
    struct fund_state *states = NULL;
    size_t n = 0;
    if (q->area.kind != AREA_DISTRICT) return ERR_OK;
    TRY(fund_states_of(rq->db, rq->arena, &q->area, q->fy, &states, &n));
    for (size_t i = 0; i < nrows; i++)
        for (size_t k = 0; k < n; k++)
            if (str_eq(rows[i].code, states[k].code))
                rows[i].state = (enum match_shown)states[k].state; /* the same five, in the same order */
    return ERR_OK;
}

static enum err fill_table(struct rq *rq, struct dashboard_view *v, const struct asked *q,
                       const struct report_summary *s)
{
    const struct sorted_child *all = sort_children(rq, q, s);
    int64_t total = (int64_t)s->nchildren, first = (q->page - 1) * TABLE_ROWS;
    int64_t last = first + TABLE_ROWS < total ? first + TABLE_ROWS : total;
    if (first > total) first = last = total;
    struct dashboard_row *rows = ARENA_ARRAY(rq->arena, struct dashboard_row, (size_t)(last - first));
    for (int64_t i = first; i < last; i++) rows[i - first] = row_of(rq, q, all[i].child);
    TRY(fill_fund_states(rq, rows, (size_t)(last - first), q));
    v->rows = rows;
    v->nrows = (size_t)(last - first);
    for (int c = 0; c < DASHBOARD_COLUMNS; c++) {
        bool is_this = c == q->column;
        v->sort[c].dir = !is_this ? 0 : q->is_descending ? -1 : 1;
        v->sort[c].href = page_href(rq, v, q, c, is_this && !q->is_descending, 1);
    }
    v->pager = (struct pager){.from = last > first ? first + 1 : 0,
                              .to = last,
                              .total = {true, total},
                              .has_prev = q->page > 1 && first > 0,
                              .has_next = last < total};
    v->pager.prev = page_href(rq, v, q, q->column, q->is_descending, q->page - 1);
    v->pager.next = page_href(rq, v, q, q->column, q->is_descending, q->page + 1);
    return ERR_OK;
}

/* ---- filters and cards ---- */

static void fill_filters(struct rq *rq, struct dashboard_view *v, const struct asked *q)
{
    struct choice *years = ARENA_ARRAY(rq->arena, struct choice, q->nknown + 2);
    struct choice *measures = ARENA_ARRAY(rq->arena, struct choice, MEASURES);
    bool has_this = false, has_chosen = false;
    for (size_t i = q->nknown; i-- > 0;) { /* the newest first */
        struct str text = str_printf(rq->arena, "%d", q->known[i].v);
        bool is_chosen = q->known[i].v == q->fy.v;
        if (i == q->nknown - 1 && q->known[i].v < rq->this_fy.v) {
            struct str now = str_printf(rq->arena, "%d", rq->this_fy.v);
            years[v->nyears++] = (struct choice){now, now, rq->this_fy.v == q->fy.v};
            has_this = rq->this_fy.v == q->fy.v;
        }
        years[v->nyears++] = (struct choice){text, text, is_chosen};
        has_chosen = has_chosen || is_chosen;
    }
    if (!has_chosen && !has_this) {
        struct str text = str_printf(rq->arena, "%d", q->fy.v);
        years[v->nyears++] = (struct choice){text, text, true};
    }
    for (size_t m = 0; m < MEASURES; m++)
        measures[m] = (struct choice){str_of(measure_keys[m]), msg_text(measure_names[m], rq->page.lang),
                                      m == (size_t)q->measure};
    v->years = years;
    v->measures = measures;
    v->nmeasures = MEASURES;
    v->measure = q->measure;
    v->is_money_table = q->measure <= DASHBOARD_RECEIVED;
    v->is_thread_table = q->measure >= DASHBOARD_PROJECTS;
    v->measure_name = msg_text(measure_names[q->measure], rq->page.lang);
}

static int64_t capped_percent(int64_t part, int64_t whole)
{
    if (whole <= 0) return 0;
    int64_t percent = (int64_t)((__int128)part * 100 / whole);
    return percent > 100 ? 100 : percent;
}

static struct counted counted_of(const struct figures *f, enum measure m)
{
    return (struct counted){figures_count(f, m), f->at[m].known};
}

static void fill_cards(struct rq *rq, struct dashboard_view *v, const struct figures *f)
{
    v->funds = f->funds;
    v->funds_recorded = f->at[MEASURE_FUND_YEARS].total;
    v->recorded_percent = capped_percent(v->funds_recorded, v->funds);
    v->population_local = counted_of(f, MEASURE_POPULATION_LOCAL);
    v->population_nhso = counted_of(f, MEASURE_POPULATION_NHSO);
    v->nhso_known = f->at[MEASURE_NHSO_AMOUNT].known;
    v->nhso = dashboard_short(rq, figures_satang(f, MEASURE_NHSO_AMOUNT));
    v->share = figures_match_share(f);
    v->share_percent = capped_percent(f->at[MEASURE_MATCH_DONE].total, f->at[MEASURE_MATCH_BASE].total);
    v->share_done = figures_satang(f, MEASURE_MATCH_DONE);
    v->share_base = figures_satang(f, MEASURE_MATCH_BASE);
    v->share_known = f->at[MEASURE_MATCH_BASE].known;
}

static enum err fill_crumbs(struct rq *rq, const struct area *area, const struct crumb **ret, size_t *ret_n)
{
    struct area_trail trail;
    TRY(area_trail(rq->db, rq->arena, area->id, &trail));
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, trail.n);
    for (size_t i = 1; i < trail.n; i++)
        crumbs[i - 1] = (struct crumb){area_title(rq->arena, rq->page.lang, &trail.at[i]),
                                       area_href(rq->arena, &trail.at[i])};
    *ret = crumbs;
    *ret_n = trail.n - 1;
    return ERR_OK;
}

static enum err fill_tambons(struct rq *rq, struct dashboard_view *v, const struct area *district)
{
    struct area *areas = NULL;
    size_t n = 0;
    TRY(area_children_of(rq->db, rq->arena, district->id, &areas, &n));
    struct page_link *links = ARENA_ARRAY(rq->arena, struct page_link, n);
    for (size_t i = 0; i < n; i++)
        links[i] = (struct page_link){area_name(rq->page.lang, &areas[i]), area_href(rq->arena, &areas[i])};
    v->tambons = links;
    v->ntambons = n;
    return ERR_OK;
}

/* ---- the overview ---- */

static enum err fill_thread(struct rq *rq, struct dashboard_view *v, const struct report_summary *s, const struct instant *until)
{
    struct report_splits splits;
    v->thread.fy = s->fy;
    v->thread.is_district = s->area.kind == AREA_DISTRICT;
    TRY(report_area_splits(rq->db, rq->arena, &s->area, s->fy, until, &splits));
    return dashboard_fill_thread(rq, &v->thread, s->area.code, &s->figures, &splits);
}

/* The first page's button: to log in, or to the form of the fund that the grant is of. */
static void fill_doors(struct rq *rq, struct dashboard_view *v)
{
    const struct grant *g = &rq->who.acting;
    bool is_of_fund = rq->who.is_in && g->kind == SCOPE_FUND && rq_role_holds(rq, CAP_project_write);
    v->may_propose = !rq->who.is_in || is_of_fund;
    v->propose = is_of_fund ? HREF(rq->arena, "/funds/{}/projects/new", g->code) : HREF(rq->arena, "/login?for=propose&next={}", STR("/work"));
}

/* As much of every province as the map's measure is made of. */
static enum err read_provinces(struct rq *rq, const struct asked *q, struct report_summary *s)
{
    static const enum report_part parts[DASHBOARD_MEASURES] = {
        [DASHBOARD_SPENT] = REPORT_MONEY,    [DASHBOARD_BALANCE] = REPORT_MONEY,     [DASHBOARD_RECEIVED] = REPORT_MONEY,
        [DASHBOARD_SHARE] = REPORT_RECORD,   [DASHBOARD_NHSO] = REPORT_RECORD,       [DASHBOARD_POPULATION] = REPORT_RECORD,
        [DASHBOARD_FUNDS] = REPORT_FUNDS,    [DASHBOARD_PROJECTS] = REPORT_THREAD,   [DASHBOARD_PEOPLE] = REPORT_THREAD,
        [DASHBOARD_LATE] = REPORT_THREAD};
    s->has_late_provinces = q->measure == DASHBOARD_LATE;
    return report_provinces(rq->db, rq->arena, parts[q->measure], s);
}

static enum err show_dashboard(struct rq *rq, const struct area *area)
{
    static const enum dashboard_level levels[] = {DASHBOARD_NATION, DASHBOARD_REGION, DASHBOARD_PROVINCE,
                                                  DASHBOARD_DISTRICT, DASHBOARD_DISTRICT};
    struct asked q = {.area = *area};
    struct report_summary s;
    bool is_answered = false;
    TRY(read_asked(rq, &q, &is_answered));
    if (is_answered) return ERR_OK;
    struct figures own;
    report_figures_in(q.years, q.nyears, q.fy, &own);
    TRY(report_summary_of(rq->db, rq->arena, area, q.fy, &own, &s));
    if (area->kind == AREA_NATION) TRY(read_provinces(rq, &q, &s));
    if (q.as_of.has) TRY(report_as_of(rq->db, rq->arena, q.as_of.until, &s, q.years, q.nyears));
    const struct instant *until = q.as_of.has ? &q.as_of.until : NULL;
    TRY(report_late(rq->db, rq->arena, q.as_of.has ? q.as_of.day : rq->today, until, &s));

    struct str fy = str_printf(rq->arena, "%d", q.fy.v);
    struct dashboard_view v = {.level = levels[area->kind],
                               .place = area_title(rq->arena, rq->page.lang, area),
                               .code = area->code,
                               .fy = q.fy,
                               .data_on = q.as_of.has ? q.as_of.day : rq->today,
                               .is_as_of = q.as_of.has,
                               .csv = HREF(rq->arena, "/areas/{}/table.csv?fy={}", area->code, fy),
                               .xlsx = HREF(rq->arena, "/areas/{}/table.xlsx?fy={}", area->code, fy),
                               .json = HREF(rq->arena, "/api/v1/areas/{}/summary?fy={}", area->code, fy),
                               .self = area_href(rq->arena, area)};
    fill_filters(rq, &v, &q);
    dashboard_fill_money(rq, &v, &s.figures);
    fill_cards(rq, &v, &s.figures);
    if (!q.as_of.has || area->kind == AREA_DISTRICT) TRY(dashboard_fill_stuck(rq, &v, &s));
    TRY(fill_table(rq, &v, &q, &s));
    TRY(fill_thread(rq, &v, &s, until));
    dashboard_fill_bars(rq, &v, &s);
    dashboard_fill_trend(rq, &v, q.years, q.nyears);
    if (area->kind == AREA_NATION) fill_doors(rq, &v);
    if (area->kind == AREA_NATION) TRY(dashboard_fill_map(rq, &v, &s));
    else TRY(fill_crumbs(rq, area, &v.crumbs, &v.ncrumbs));
    if (area->kind == AREA_DISTRICT) TRY(fill_tambons(rq, &v, area));

    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_dash_title, v.place, fy);
    dashboard_html(rq_html_begin(rq, title, MENU_HOME), &rq->page, &v);
    return rq_html_end(rq);
}

static enum err show_tambon(struct rq *rq, const struct area *tambon)
{
    struct report_tambon_funds_row *rows = NULL;
    size_t n = 0;
    struct area_trail trail;
    TRY(report_tambon_funds(rq->db, rq->arena, tambon->id, TAMBON_FUNDS_MAX, &rows, &n));
    TRY(area_trail(rq->db, rq->arena, tambon->id, &trail));
    struct tambon_fund *funds = ARENA_ARRAY(rq->arena, struct tambon_fund, n);
    bool is_en = rq->page.lang == LANG_EN;
    for (size_t i = 0; i < n; i++)
        funds[i] = (struct tambon_fund){
            .code = rows[i].code,
            .name = is_en && !str_is_none(rows[i].name_en) ? rows[i].name_en : rows[i].name_th,
            .kind = is_en ? rows[i].kind_en : rows[i].kind_th,
            .href = HREF(rq->arena, "/funds/{}", rows[i].code),
            .certainty = rows[i].certainty,
            .is_demo = rows[i].is_demo};
    const struct area *district = area_trail_get(&trail, AREA_DISTRICT);
    struct tambon_view v = {.name = area_title(rq->arena, rq->page.lang, tambon),
                            .code = tambon->code,
                            .district = {area_title(rq->arena, rq->page.lang, district),
                                         area_href(rq->arena, district)},
                            .funds = funds,
                            .nfunds = n};
    TRY(fill_crumbs(rq, tambon, &v.crumbs, &v.ncrumbs));
    tambon_html(rq_html_begin(rq, v.name, MENU_HOME), &rq->page, &v);
    return rq_html_end(rq);
}

enum err report_home_page(struct rq *rq)
{
    struct area nation;
    TRY(area_find_code(rq->db, rq->arena, STR(AREA_NATION_CODE), &nation));
    return show_dashboard(rq, &nation);
}

enum err report_area_page(struct rq *rq)
{
    struct area area;
    TRY(area_find_code(rq->db, rq->arena, rq->args[0], &area));
    if (area.kind == AREA_TAMBON) return show_tambon(rq, &area);
    /* One address a page: the nation's is "/", and a retired code leads to the one in force. */
    if (area.kind == AREA_NATION || !str_eq(area.code, rq->args[0]))
        return rq_redirect(rq, area_href(rq->arena, &area));
    return show_dashboard(rq, &area);
}

/* GET /areas?code=90 — what the select of the map asks for, without script. */
enum err report_area_choose_page(struct rq *rq)
{
    struct area area;
    struct str code = rq_param(rq, "code");
    if (str_is_none(code)) return rq_redirect(rq, HREF(rq->arena, "/{}", STR("")));
    enum err e = area_find_code(rq->db, rq->arena, code, &area);
    if (e == ERR_NOT_FOUND) return rq_bad_param(rq, "code", MSG_error_area);
    TRY(e);
    return rq_redirect(rq, area_href(rq->arena, &area));
}
