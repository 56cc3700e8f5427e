/* dashboard.c — the charts of an overview: bars of the children, the map, the trend. */
#include "rooms/report/dashboard.h"

#include <stdlib.h>

#include "html/chart.h"

#define MAP_WIDTH 510 /* the view box of reference/provinces_map.tsv */
#define MAP_HEIGHT 930
#define ON_TARGET 10000 /* 100 % in hundredths of a percent */
#define CLASSES 5
#define LOWEST_SHOWN 5

/* ---- one figure as text ---- */

struct str dashboard_short_text(struct rq *rq, int64_t v)
{
    bool is_million = false;
    struct buf b = buf_in(rq->arena, 64);
    buf_satang_short(&b, satang(v * 100), &is_million);
    if (!is_million) return buf_str(&b);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_unit_million, buf_str(&b));
}

static struct str count_text(struct rq *rq, int64_t v)
{
    struct buf b = buf_in(rq->arena, 32);
    buf_count(&b, v);
    return buf_str(&b);
}

static struct str share_text(struct rq *rq, struct bp v)
{
    struct buf b = buf_in(rq->arena, 32);
    buf_bp(&b, v);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_unit_percent_of, buf_str(&b));
}

/* A value of a measure as people read it, also for the bounds of the map's classes. */
static struct str value_text(struct rq *rq, enum dashboard_measure m, int64_t v)
{
    switch (m) {
    case DASHBOARD_SPENT:
    case DASHBOARD_SHARE: return share_text(rq, bp(v));
    case DASHBOARD_BALANCE:
    case DASHBOARD_RECEIVED:
    case DASHBOARD_NHSO: return dashboard_short_text(rq, v / 100);
    case DASHBOARD_FUNDS: return MSG_FORMAT(rq->arena, rq->page.lang, MSG_unit_funds, count_text(rq, v));
    case DASHBOARD_POPULATION:
    case DASHBOARD_PROJECTS:
    case DASHBOARD_PEOPLE:
    case DASHBOARD_LATE:
    case DASHBOARD_MEASURES: break;
    }
    return count_text(rq, v);
}

static struct measured of_count(struct opt_count c)
{
    return (struct measured){.is_known = c.has, .value = c.v};
}

static struct measured of_satang(struct opt_satang c)
{
    return (struct measured){.is_known = c.has, .value = c.v.v};
}

static struct measured of_share(struct opt_bp c)
{
    return (struct measured){.is_known = c.has, .value = c.v.v};
}

static struct measured value_of(enum dashboard_measure m, const struct figures *f)
{
    struct report_money money = figures_money(f);
    struct report_thread t = figures_thread(f);
    switch (m) {
    case DASHBOARD_SPENT: return of_share(money.spent);
    case DASHBOARD_BALANCE: return of_satang(money.balance);
    case DASHBOARD_RECEIVED: return of_satang(money.received);
    case DASHBOARD_SHARE: return of_share(figures_match_share(f));
    case DASHBOARD_NHSO: return of_satang(figures_satang(f, MEASURE_NHSO_AMOUNT));
    case DASHBOARD_POPULATION: return of_count(figures_count(f, MEASURE_POPULATION_LOCAL));
    case DASHBOARD_FUNDS: return (struct measured){.is_known = f->funds > 0, .value = f->funds};
    case DASHBOARD_PROJECTS: return of_count(t.projects);
    case DASHBOARD_PEOPLE: return of_count(t.people);
    case DASHBOARD_LATE: return of_count(t.late);
    case DASHBOARD_MEASURES: break;
    }
    return (struct measured){0};
}

struct measured dashboard_value(struct rq *rq, enum dashboard_measure m, const struct figures *f)
{
    struct measured r = value_of(m, f);
    r.text = r.is_known ? value_text(rq, m, r.value) : msg_text(MSG_unknown, rq->page.lang);
    return r;
}

struct str dashboard_child_name(struct rq *rq, const struct report_child *c)
{
    return lang_name(rq->page.lang, c->name_th, c->name_en);
}

struct href dashboard_child_href(struct rq *rq, const struct report_child *c)
{
    return c->is_fund ? HREF(rq->arena, "/funds/{}", c->code) : HREF(rq->arena, "/areas/{}", c->code);
}

/* ---- bars ---- */

static struct chart_bar bar_of(enum dashboard_measure measure, struct measured m, struct str name,
                               struct href href)
{
    enum chart_tone tone = CHART_PLAIN;
    if (measure == DASHBOARD_SHARE) tone = m.value >= ON_TARGET ? CHART_ON_TARGET : CHART_BELOW;
    return (struct chart_bar){.name = name,
                              .href = href,
                              .value = m.value,
                              .is_known = m.is_known,
                              .text = m.text,
                              .tone = tone};
}

void dashboard_fill_bars(struct rq *rq, struct dashboard_view *v, const struct report_summary *s)
{
    struct chart_bar *bars = ARENA_ARRAY(rq->arena, struct chart_bar, s->nchildren);
    struct chart_bars chart = {.bars = bars, .nbars = s->nchildren};
    v->has_target = v->measure == DASHBOARD_SHARE;
    if (v->has_target) chart.target = ON_TARGET;
    if (v->measure == DASHBOARD_SPENT) chart.most = ON_TARGET;
    for (size_t i = 0; i < s->nchildren; i++) {
        const struct report_child *c = &s->children[i];
        struct measured m = dashboard_value(rq, v->measure, &c->figures);
        bars[i] = bar_of(v->measure, m, dashboard_child_name(rq, c), dashboard_child_href(rq, c));
        if (m.is_known) v->has_bars = true;
    }
    if (v->has_bars) v->bars = chart_bars(rq->arena, &rq->page, &chart);
}

/* ---- the map ---- */

struct map_province {
    struct area area;
    struct measured m;
};

struct classes {
    int64_t from[CLASSES]; /* least value of each class; from[0] is not looked at */
};

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* A share has fixed steps up to the minimum; other measures are cut into fifths of what is known. */
static struct classes classes_of(struct rq *rq, enum dashboard_measure measure,
                                 const struct map_province *provinces, size_t n)
{
    static const struct classes of_share = {{0, 5000, 7500, 9000, 10000}};
    static const struct classes of_spent = {{0, 2500, 5000, 7500, 9000}};
    if (measure == DASHBOARD_SHARE) return of_share;
    if (measure == DASHBOARD_SPENT) return of_spent;
    int64_t *values = ARENA_ARRAY(rq->arena, int64_t, n);
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        if (provinces[i].m.is_known) values[known++] = provinces[i].m.value;
    qsort(values, known, sizeof *values, by_value);
    struct classes c = {0};
    for (size_t k = 1; k < CLASSES && known > 0; k++) c.from[k] = values[known * k / CLASSES];
    return c;
}

static int class_of(const struct classes *c, struct measured m)
{
    int class_no = 1;
    if (!m.is_known) return 0;
    for (int k = 1; k < CLASSES; k++)
        if (m.value >= c->from[k]) class_no = k + 1;
    return class_no;
}

static void fill_legend(struct rq *rq, struct dashboard_view *v, const struct classes *c)
{
    struct legend_row *rows = ARENA_ARRAY(rq->arena, struct legend_row, CLASSES + 1);
    enum lang lang = rq->page.lang;
    size_t n = 0;
    for (int k = CLASSES; k >= 1; k--) { /* the most first */
        struct str low = value_text(rq, v->measure, c->from[k - 1]), label;
        if (k < CLASSES && c->from[k] == c->from[k - 1]) continue; /* too few values for five classes */
        if (k == CLASSES) label = MSG_FORMAT(rq->arena, lang, MSG_map_class_over, low);
        else {
            struct str high = value_text(rq, v->measure, c->from[k]);
            label = k == 1 ? MSG_FORMAT(rq->arena, lang, MSG_map_class_under, high)
                           : MSG_FORMAT(rq->arena, lang, MSG_map_class_between, low, high);
        }
        rows[n++] = (struct legend_row){k, label};
    }
    rows[n++] = (struct legend_row){0, msg_text(MSG_map_no_data, lang)};
    v->legend = rows;
    v->nlegend = n;
}

static int by_share(const void *a, const void *b)
{
    const struct map_province *x = a, *y = b;
    return (x->m.value > y->m.value) - (x->m.value < y->m.value);
}

/* The five provinces where the match lies furthest below the minimum, or the least is spent. */
static void fill_lowest(struct rq *rq, struct dashboard_view *v, const struct map_province *provinces,
                        size_t n)
{
    struct map_province *known = ARENA_ARRAY(rq->arena, struct map_province, n);
    struct chart_bar *bars = ARENA_ARRAY(rq->arena, struct chart_bar, LOWEST_SHOWN);
    struct chart_bars chart = {.bars = bars, .target = v->measure == DASHBOARD_SHARE ? ON_TARGET : 0};
    size_t nknown = 0;
    if (v->measure == DASHBOARD_SPENT) chart.most = ON_TARGET;
    if (v->measure != DASHBOARD_SHARE && v->measure != DASHBOARD_SPENT) return;
    for (size_t i = 0; i < n; i++)
        if (provinces[i].m.is_known && provinces[i].m.value < ON_TARGET) known[nknown++] = provinces[i];
    qsort(known, nknown, sizeof *known, by_share);
    for (size_t i = 0; i < nknown && i < LOWEST_SHOWN; i++)
        bars[chart.nbars++] = bar_of(v->measure, known[i].m, area_name(rq->page.lang, &known[i].area),
                                     area_href(rq->arena, &known[i].area));
    v->has_lowest = chart.nbars > 0;
    if (v->has_lowest) v->lowest = chart_bars(rq->arena, &rq->page, &chart);
}

static const struct figures *province_figures(const struct report_summary *s, struct area_id id)
{
    static const struct figures nothing;
    for (size_t i = 0; i < s->nprovinces; i++)
        if (s->provinces[i].area.v == id.v) return &s->provinces[i].figures;
    return &nothing;
}

enum err dashboard_fill_map(struct rq *rq, struct dashboard_view *v, const struct report_summary *s)
{
    struct area_shape *rows = NULL;
    size_t n = 0;
    TRY(area_shapes(rq->db, rq->arena, &rows, &n));
    struct map_province *provinces = ARENA_ARRAY(rq->arena, struct map_province, n);
    struct chart_area *areas = ARENA_ARRAY(rq->arena, struct chart_area, n);
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n);
    struct dashboard_province *table = ARENA_ARRAY(rq->arena, struct dashboard_province, n);
    for (size_t i = 0; i < n; i++) {
        provinces[i].area = rows[i].area;
        provinces[i].m = dashboard_value(rq, v->measure, province_figures(s, rows[i].area.id));
    }
    struct classes classes = classes_of(rq, v->measure, provinces, n);
    for (size_t i = 0; i < n; i++) {
        struct str name = area_name(rq->page.lang, &provinces[i].area);
        struct href href = area_href(rq->arena, &provinces[i].area);
        struct measured m = provinces[i].m;
        struct str code = rows[i].area.code;
        areas[i] = (struct chart_area){code, name, rows[i].path, class_of(&classes, m), m.text, href};
        choices[i] = (struct choice){.value = code, .label = name};
        table[i] = (struct dashboard_province){name, href, m.text};
        v->nprovinces_with_data += m.is_known ? 1 : 0;
    }
    v->has_map = n > 0;
    v->map = chart_choropleth(rq->arena, &rq->page, &(struct chart_map){MAP_WIDTH, MAP_HEIGHT, areas, n});
    v->provinces = choices;
    v->nprovinces = n;
    v->province_rows = table;
    v->nprovince_rows = n;
    fill_legend(rq, v, &classes);
    fill_lowest(rq, v, provinces, n);
    return ERR_OK;
}

/* ---- the trend ---- */

static struct chart_column column_of(struct rq *rq, const struct dashboard_view *v,
                                     const struct report_year *y, enum measure m)
{
    const struct figure *f = &y->figures.at[m];
    int64_t shown = m == MEASURE_NHSO_AMOUNT ? f->total / 100 : f->total;
    return (struct chart_column){.label = str_printf(rq->arena, "%d", y->fy.v),
                                 .text = f->known > 0 ? dashboard_short_text(rq, shown)
                                                      : msg_text(MSG_unknown, rq->page.lang),
                                 .value = f->total,
                                 .is_known = f->known > 0,
                                 .is_marked = y->fy.v == v->fy.v};
}

static struct html trend_chart(struct rq *rq, const struct dashboard_view *v, enum msg title,
                               const struct report_year *years, size_t n, enum measure m)
{
    struct chart_column *columns = ARENA_ARRAY(rq->arena, struct chart_column, n);
    for (size_t i = 0; i < n; i++) columns[i] = column_of(rq, v, &years[i], m);
    return chart_columns(rq->arena, &rq->page,
                         &(struct chart_columns){msg_text(title, rq->page.lang), columns, n});
}

void dashboard_fill_trend(struct rq *rq, struct dashboard_view *v, const struct report_year *years,
                          size_t n)
{
    if (n > DASHBOARD_TREND_YEARS) {
        years += n - DASHBOARD_TREND_YEARS;
        n = DASHBOARD_TREND_YEARS;
    }
    struct dashboard_year *rows = ARENA_ARRAY(rq->arena, struct dashboard_year, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct dashboard_year){
            .fy = years[i].fy,
            .is_shown = years[i].fy.v == v->fy.v,
            .population_local = figures_count(&years[i].figures, MEASURE_POPULATION_LOCAL),
            .population_nhso = figures_count(&years[i].figures, MEASURE_POPULATION_NHSO),
            .nhso = figures_satang(&years[i].figures, MEASURE_NHSO_AMOUNT),
            .received = figures_money(&years[i].figures).received,
            .paid = figures_money(&years[i].figures).paid,
            .balance = figures_money(&years[i].figures).balance,
            .funds_recorded = years[i].figures.at[MEASURE_FUND_YEARS].total};
    v->trend = rows;
    v->ntrend = n;
    if (n == 0) return;
    v->has_trend_money = dashboard_money_trend(rq, years, n, v->fy, &v->trend_money);
    v->trend_population =
        trend_chart(rq, v, MSG_trend_population, years, n, MEASURE_POPULATION_LOCAL);
    v->trend_nhso = trend_chart(rq, v, MSG_trend_nhso, years, n, MEASURE_NHSO_AMOUNT);
}
