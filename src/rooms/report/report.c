/* report.c — reading the figures of an area and of its children; see report.h for the door. */
#include "rooms/report/report.h"

#include <assert.h>
#include <stdlib.h>

#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

struct opt_count figures_count(const struct figures *f, enum measure m)
{
    return (struct opt_count){f->at[m].known > 0, f->at[m].total};
}

struct opt_satang figures_satang(const struct figures *f, enum measure m)
{
    return (struct opt_satang){f->at[m].known > 0, satang(f->at[m].total)};
}

struct opt_bp figures_match_share(const struct figures *f)
{
    if (f->at[MEASURE_MATCH_BASE].known == 0) return (struct opt_bp){0};
    return count_share(f->at[MEASURE_MATCH_DONE].total, f->at[MEASURE_MATCH_BASE].total);
}

/* ---- children ---- */

/* R2 before R10: shorter codes first. Provinces, districts and tambons have codes of one length. */
static int by_code(const void *a, const void *b)
{
    const struct report_child *x = a, *y = b;
    if (x->code.n != y->code.n) return x->code.n < y->code.n ? -1 : 1;
    return str_cmp(x->code, y->code);
}

static enum err children_from_areas(struct db *db, struct arena *a, struct report_summary *s)
{
    struct area *areas = NULL;
    TRY(area_children_of(db, a, s->area.id, &areas, &s->nchildren));
    s->children = ARENA_ARRAY(a, struct report_child, s->nchildren);
    for (size_t i = 0; i < s->nchildren; i++)
        s->children[i] = (struct report_child){.code = areas[i].code,
                                               .name_th = areas[i].name_th,
                                               .name_en = areas[i].name_en,
                                               .kind = areas[i].kind,
                                               .area = areas[i].id};
    qsort(s->children, s->nchildren, sizeof *s->children, by_code);
    return ERR_OK;
}

static struct report_child *child_of(struct report_summary *s, struct area_id area)
{
    for (size_t i = 0; i < s->nchildren; i++)
        if (s->children[i].area.v == area.v) return &s->children[i];
    return NULL;
}

static void add_to(struct figures *f, const struct figures *more)
{
    f->funds += more->funds;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        f->at[m].total += more->at[m].total;
        f->at[m].known += more->at[m].known;
    }
    f->before.ledgers += more->before.ledgers;
    f->before.net += more->before.net;
    f->before.committed += more->before.committed;
    f->late.year += more->late.year;
    f->late.all += more->late.all;
}

static struct report_province *province_of(struct report_summary *s, struct area_id area)
{
    for (size_t i = 0; i < s->nprovinces; i++)
        if (s->provinces[i].area.v == area.v) return &s->provinces[i];
    assert(s->nprovinces < AREA_CHILDREN_MAX);
    s->provinces[s->nprovinces] = (struct report_province){.area = area};
    return &s->provinces[s->nprovinces++];
}

/* What the years before left behind, for provinces and regions. */
static enum err nation_before(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_provinces_before_row *rows = NULL;
    size_t n = 0;
    TRY(report_provinces_before(db, a, s->fy, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct report_child *region = child_of(s, rows[i].region_id);
        figures_add_before(&province_of(s, rows[i].area_id)->figures, rows[i].measure, rows[i].total);
        if (region != NULL) figures_add_before(&region->figures, rows[i].measure, rows[i].total);
    }
    return ERR_OK;
}

/* The nation: its map needs every province, so its regions and the total are added up from them. */
static enum err sum_nation(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_provinces_year_row *rows = NULL;
    struct report_provinces_funds_row *funds = NULL;
    size_t n = 0, nfunds = 0;
    TRY(children_from_areas(db, a, s));
    TRY(report_provinces_year(db, a, s->fy, &rows, &n));
    TRY(report_provinces_funds(db, a, &funds, &nfunds));
    s->provinces = ARENA_ARRAY(a, struct report_province, AREA_CHILDREN_MAX);
    for (size_t i = 0; i < n; i++) {
        struct report_child *region = child_of(s, rows[i].region_id);
        struct report_province *province = province_of(s, rows[i].area_id);
        figures_add(&province->figures, rows[i].measure, rows[i].total, rows[i].known);
        if (region != NULL)
            figures_add(&region->figures, rows[i].measure, rows[i].total, rows[i].known);
    }
    TRY(nation_before(db, a, s));
    for (size_t i = 0; i < nfunds; i++) {
        struct report_child *region = child_of(s, funds[i].region_id);
        province_of(s, funds[i].area_id)->figures.funds += funds[i].funds;
        if (region != NULL) region->figures.funds += funds[i].funds;
    }
    for (size_t i = 0; i < s->nchildren; i++) add_to(&s->figures, &s->children[i].figures);
    return ERR_OK;
}

static enum err sum_children(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_children_year_row *rows = NULL;
    struct report_children_before_row *before = NULL;
    struct report_children_funds_row *funds = NULL;
    size_t n = 0, nbefore = 0, nfunds = 0;
    TRY(children_from_areas(db, a, s));
    TRY(report_children_year(db, a, s->area.id, s->fy, &rows, &n));
    TRY(report_children_before(db, a, s->area.id, s->fy, &before, &nbefore));
    TRY(report_children_funds(db, a, s->area.id, &funds, &nfunds));
    for (size_t i = 0; i < nbefore; i++) {
        struct report_child *child = child_of(s, before[i].area_id);
        if (child != NULL) figures_add_before(&child->figures, before[i].measure, before[i].total);
    }
    for (size_t i = 0; i < n; i++) {
        struct report_child *child = child_of(s, rows[i].area_id);
        if (child != NULL)
            figures_add(&child->figures, rows[i].measure, rows[i].total, rows[i].known);
    }
    for (size_t i = 0; i < nfunds; i++) {
        struct report_child *child = child_of(s, funds[i].area_id);
        if (child != NULL) child->figures.funds += funds[i].funds;
    }
    return ERR_OK;
}

/* A province and a district have sums of their own: a fund-year counts where it belonged in that
 * year, even where the tree has changed since. */
static enum err own_sums(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_area_year_row *rows = NULL;
    struct report_area_before_row *before = NULL;
    struct report_area_funds_of_row funds = {0};
    size_t n = 0, nbefore = 0;
    TRY(report_area_year(db, a, s->area.id, s->fy, &rows, &n));
    TRY(report_area_before(db, a, s->area.id, s->fy, &before, &nbefore));
    for (size_t i = 0; i < nbefore; i++)
        figures_add_before(&s->figures, before[i].measure, before[i].total);
    for (size_t i = 0; i < n; i++)
        figures_add(&s->figures, rows[i].measure, rows[i].total, rows[i].known);
    enum err e = report_area_funds_of(db, a, s->area.id, &funds);
    if (e == ERR_OK) s->figures.funds = funds.funds;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err district_before(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_district_funds_before_row *rows = NULL;
    size_t n = 0;
    TRY(report_district_funds_before(db, a, s->area.id, s->fy, &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s->nchildren; k++)
            if (s->children[k].fund.v == rows[i].fund_id.v)
                figures_add_before(&s->children[k].figures, rows[i].measure, rows[i].total);
    return ERR_OK;
}

static enum err sum_district(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_district_funds_row *rows = NULL;
    size_t n = 0;
    TRY(own_sums(db, a, s));
    TRY(report_district_funds(db, a, s->area.id, s->fy, &rows, &n));
    s->children = ARENA_ARRAY(a, struct report_child, n);
    for (size_t i = 0; i < n; i++) {
        bool is_new = i == 0 || rows[i].fund_id.v != rows[i - 1].fund_id.v;
        if (is_new)
            s->children[s->nchildren++] = (struct report_child){.code = rows[i].code,
                                                                .name_th = rows[i].name_th,
                                                                .name_en = rows[i].name_en,
                                                                .sort_key = rows[i].sort_key,
                                                                .is_fund = true,
                                                                .fund = rows[i].fund_id,
                                                                .is_demo = rows[i].is_demo,
                                                                .figures = {.funds = 1}};
        if (!str_is_none(rows[i].measure))
            figures_add(&s->children[s->nchildren - 1].figures, rows[i].measure, rows[i].total.v,
                        rows[i].known.v);
    }
    return district_before(db, a, s);
}

enum err report_summary(struct db *db, struct arena *a, const struct area *area,
                        struct fiscal_year fy, struct report_summary *ret)
{
    struct report_summary s = {.area = *area, .fy = fy};
    switch (area->kind) {
    case AREA_NATION: TRY(sum_nation(db, a, &s)); break;
    case AREA_REGION:
        TRY(sum_children(db, a, &s));
        for (size_t i = 0; i < s.nchildren; i++) add_to(&s.figures, &s.children[i].figures);
        break;
    case AREA_PROVINCE:
        TRY(sum_children(db, a, &s));
        TRY(own_sums(db, a, &s));
        break;
    case AREA_DISTRICT: TRY(sum_district(db, a, &s)); break;
    case AREA_TAMBON: return ERR_NOT_FOUND;
    }
    *ret = s;
    return ERR_OK;
}

/* ---- years ---- */

struct trend_row { /* the two trend queries give the same columns */
    struct fiscal_year fy;
    struct str measure;
    int64_t total, known;
};

#define COLLECT(query_call)                                                                        \
    TRY(query_call);                                                                               \
    all = ARENA_ARRAY(a, struct trend_row, n);                                                     \
    for (size_t i = 0; i < n; i++)                                                                 \
    all[i] = (struct trend_row){rows[i].fy, rows[i].measure, rows[i].total, rows[i].known}

/* Rows of all years become years, each with what those before it left behind. */
static void years_of(struct arena *a, const struct trend_row *rows, size_t n, struct report_year **ret,
                     size_t *ret_n)
{
    struct report_year *years = ARENA_ARRAY(a, struct report_year, n);
    size_t nyears = 0;
    for (size_t i = 0; i < n; i++) {
        if (nyears == 0 || years[nyears - 1].fy.v != rows[i].fy.v) {
            years[nyears].fy = rows[i].fy;
            if (nyears > 0) {
                const struct figures *last = &years[nyears - 1].figures;
                struct figures *this = &years[nyears].figures;
                this->before = last->before;
                this->before.ledgers += last->at[MEASURE_LEDGERS].total;
                this->before.net += last->at[MEASURE_NET].total;
                this->before.committed += last->at[MEASURE_COMMITTED].total;
            }
            nyears++;
        }
        figures_add(&years[nyears - 1].figures, rows[i].measure, rows[i].total, rows[i].known);
    }
    *ret = years;
    *ret_n = nyears;
}

enum err report_trend(struct db *db, struct arena *a, const struct area *area,
                      struct report_year **ret, size_t *ret_n)
{
    struct trend_row *all = NULL;
    struct report_area_trend_row *rows = NULL;
    size_t n = 0;
    COLLECT(report_area_trend(db, a, area->id, &rows, &n));
    years_of(a, all, n, ret, ret_n);
    return ERR_OK;
}

enum err report_fund_trend_of(struct db *db, struct arena *a, struct fund_id fund, struct report_year **ret,
                              size_t *ret_n)
{
    struct trend_row *all = NULL;
    struct report_fund_trend_row *rows = NULL;
    size_t n = 0;
    COLLECT(report_fund_trend(db, a, fund, &rows, &n));
    years_of(a, all, n, ret, ret_n);
    return ERR_OK;
}

void report_figures_in(const struct report_year *years, size_t n, struct fiscal_year fy, struct figures *ret)
{
    struct figures f = {0};
    for (size_t i = 0; i < n && years[i].fy.v <= fy.v; i++) {
        const struct figures *y = &years[i].figures;
        if (years[i].fy.v == fy.v) {
            f = *y;
            break;
        }
        f.before.ledgers = y->before.ledgers + y->at[MEASURE_LEDGERS].total;
        f.before.net = y->before.net + y->at[MEASURE_NET].total;
        f.before.committed = y->before.committed + y->at[MEASURE_COMMITTED].total;
    }
    *ret = f;
}

void report_money_in(const struct report_year *years, size_t n, struct fiscal_year fy, struct report_money *ret)
{
    struct figures f;
    report_figures_in(years, n, fy, &f);
    *ret = figures_money(&f);
}

enum err report_fund_money(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                           struct report_money *ret)
{
    struct report_year *years = NULL;
    size_t n = 0;
    TRY(report_fund_trend_of(db, a, fund, &years, &n));
    report_money_in(years, n, fy, ret);
    return ERR_OK;
}
