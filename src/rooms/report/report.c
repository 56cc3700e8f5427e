/* report.c — reading the figures of an area and of its children; see report.h for the door. */
#include "rooms/report/report.h"

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

/* ---- an area ---- */

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

/* Every area has sums of its own: a fund-year counts where it belonged in that year, even where the tree has changed
 * since. */
static enum err own_sums(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_area_year_row *rows = NULL;
    struct report_area_before_row *before = NULL;
    size_t n = 0, nbefore = 0;
    TRY(report_area_year(db, a, s->area.id, s->fy, &rows, &n));
    TRY(report_area_before(db, a, s->area.id, s->fy, &before, &nbefore));
    for (size_t i = 0; i < nbefore; i++)
        figures_add_before(&s->figures, before[i].measure, before[i].total);
    for (size_t i = 0; i < n; i++)
        figures_add(&s->figures, rows[i].measure, rows[i].total, rows[i].known);
    return ERR_OK;
}

static enum err own_funds(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_area_funds_of_row funds = {0};
    enum err e = report_area_funds_of(db, a, s->area.id, &funds);
    if (e == ERR_OK) s->figures.funds = funds.funds;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct report_child *fund_of(struct report_summary *s, struct fund_id fund)
{
    for (size_t i = 0; i < s->nchildren; i++)
        if (s->children[i].fund.v == fund.v) return &s->children[i];
    return NULL;
}

static enum err district_before(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_district_funds_before_row *rows = NULL;
    size_t n = 0;
    TRY(report_district_funds_before(db, a, s->area.id, s->fy, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct report_child *fund = fund_of(s, rows[i].fund_id);
        if (fund != NULL) figures_add_before(&fund->figures, rows[i].measure, rows[i].total);
    }
    return ERR_OK;
}

static enum err sum_district(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_district_funds_row *funds = NULL;
    struct report_district_figures_row *rows = NULL;
    size_t n = 0;
    TRY(report_district_funds(db, a, s->area.id, s->fy, &funds, &n));
    s->children = ARENA_ARRAY(a, struct report_child, n);
    s->nchildren = n;
    for (size_t i = 0; i < n; i++)
        s->children[i] = (struct report_child){.code = funds[i].code,
                                               .name_th = funds[i].name_th,
                                               .name_en = funds[i].name_en,
                                               .sort_key = funds[i].sort_key,
                                               .is_fund = true,
                                               .fund = funds[i].fund_id,
                                               .is_demo = funds[i].is_demo,
                                               .figures = {.funds = 1}};
    TRY(report_district_figures(db, a, s->area.id, s->fy, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct report_child *fund = fund_of(s, rows[i].fund_id);
        if (fund != NULL) figures_add(&fund->figures, rows[i].measure, rows[i].total, rows[i].known);
    }
    return district_before(db, a, s);
}

enum err report_summary_of(struct db *db, struct arena *a, const struct area *area, struct fiscal_year fy,
                           const struct figures *own, struct report_summary *ret)
{
    struct report_summary s = {.area = *area, .fy = fy};
    if (area->kind == AREA_TAMBON) return ERR_NOT_FOUND;
    if (area->kind == AREA_DISTRICT) TRY(sum_district(db, a, &s));
    else TRY(sum_children(db, a, &s));
    if (own != NULL) s.figures = *own;
    else TRY(own_sums(db, a, &s));
    TRY(own_funds(db, a, &s));
    *ret = s;
    return ERR_OK;
}

enum err report_summary(struct db *db, struct arena *a, const struct area *area,
                        struct fiscal_year fy, struct report_summary *ret)
{
    return report_summary_of(db, a, area, fy, NULL, ret);
}

/* ---- provinces: of the map ---- */

#define PROVINCES_AT_ONCE ((size_t)16)

/* Room is taken as provinces come: figures are a kilobyte each, and a thousand of them were a megabyte of zeroes for 77. */
static struct report_province *province_of(struct arena *a, struct report_summary *s, struct area_id area)
{
    for (size_t i = s->nprovinces; i > 0; i--) /* rows of a province follow each other */
        if (s->provinces[i - 1].area.v == area.v) return &s->provinces[i - 1];
    if (s->nprovinces % PROVINCES_AT_ONCE == 0) {
        size_t held = s->nprovinces * sizeof *s->provinces;
        s->provinces = arena_grow(a, s->provinces, held, held + PROVINCES_AT_ONCE * sizeof *s->provinces);
    }
    s->provinces[s->nprovinces] = (struct report_province){.area = area};
    return &s->provinces[s->nprovinces++];
}

/* The three queries give the same columns. */
#define PUT_PROVINCES(query_call)                                                                  \
    do {                                                                                           \
        TRY(query_call);                                                                           \
        for (size_t i = 0; i < n; i++)                                                             \
            figures_add(&province_of(a, s, rows[i].area_id)->figures, rows[i].measure, rows[i].total, rows[i].known); \
    } while (0)

/* Few rows make all that a map of money shows: a balance at the end of a year, and received is what the net flow
 * leaves when openings and payments are taken out of it. */
static enum err provinces_money(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_provinces_money_row *rows = NULL;
    struct report_provinces_end_row *end = NULL;
    size_t n = 0;
    PUT_PROVINCES(report_provinces_money(db, a, s->fy, &rows, &n));
    TRY(report_provinces_end(db, a, s->fy, &end, &n));
    for (size_t i = 0; i < n; i++)
        figures_add_before(&province_of(a, s, end[i].area_id)->figures, end[i].measure, end[i].total);
    for (size_t i = 0; i < s->nprovinces; i++) {
        struct figures *f = &s->provinces[i].figures;
        f->before.net -= f->at[MEASURE_NET].total;
        f->at[MEASURE_RECEIVED_NHSO].total =
            f->at[MEASURE_NET].total - f->at[MEASURE_OPENING].total + f->at[MEASURE_PAID].total;
    }
    return ERR_OK;
}

static enum err provinces_thread(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_provinces_thread_row *rows = NULL;
    size_t n = 0;
    PUT_PROVINCES(report_provinces_thread(db, a, s->fy, &rows, &n));
    return ERR_OK;
}

static enum err provinces_record(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_provinces_record_row *rows = NULL;
    size_t n = 0;
    PUT_PROVINCES(report_provinces_record(db, a, s->fy, &rows, &n));
    return ERR_OK;
}

static enum err provinces_funds(struct db *db, struct arena *a, struct report_summary *s)
{
    struct report_provinces_funds_row *rows = NULL;
    size_t n = 0;
    TRY(report_provinces_funds(db, a, &rows, &n));
    for (size_t i = 0; i < n; i++) province_of(a, s, rows[i].area_id)->figures.funds += rows[i].funds;
    return ERR_OK;
}

enum err report_provinces(struct db *db, struct arena *a, enum report_part part, struct report_summary *s)
{
    switch (part) {
    case REPORT_MONEY: return provinces_money(db, a, s);
    case REPORT_THREAD: return provinces_thread(db, a, s);
    case REPORT_RECORD: return provinces_record(db, a, s);
    case REPORT_FUNDS: return provinces_funds(db, a, s);
    }
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

/* Rows become years, each with what those before it left behind; `past`: what lies before the first. */
static void years_of(struct arena *a, const struct trend_row *rows, size_t n, const struct figures *past,
                     struct report_year **ret, size_t *ret_n)
{
    size_t nyears = 0;
    for (size_t i = 0; i < n; i++) nyears += i == 0 || rows[i].fy.v != rows[i - 1].fy.v;
    struct report_year *years = ARENA_ARRAY(a, struct report_year, nyears);
    nyears = 0;
    for (size_t i = 0; i < n; i++) {
        if (nyears == 0 || years[nyears - 1].fy.v != rows[i].fy.v) {
            years[nyears] = (struct report_year){.fy = rows[i].fy, .figures.before = past->before};
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

enum err report_years_of(struct db *db, struct arena *a, const struct area *area, struct fiscal_year **ret, size_t *ret_n)
{
    struct report_area_years_row *rows = NULL;
    TRY(report_area_years(db, a, area->id, &rows, ret_n));
    struct fiscal_year *years = ARENA_ARRAY(a, struct fiscal_year, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) years[i] = rows[i].fy;
    *ret = years;
    return ERR_OK;
}

enum err report_trend(struct db *db, struct arena *a, const struct area *area, struct fiscal_year first,
                      struct report_year **ret, size_t *ret_n)
{
    struct trend_row *all = NULL;
    struct report_area_trend_row *rows = NULL;
    struct report_area_before_row *before = NULL;
    struct figures past = {0};
    size_t n = 0, nbefore = 0;
    COLLECT(report_area_trend(db, a, area->id, first, &rows, &n));
    TRY(report_area_before(db, a, area->id, first, &before, &nbefore));
    for (size_t i = 0; i < nbefore; i++) figures_add_before(&past, before[i].measure, before[i].total);
    years_of(a, all, n, &past, ret, ret_n);
    return ERR_OK;
}

enum err report_fund_trend_of(struct db *db, struct arena *a, struct fund_id fund, struct report_year **ret,
                              size_t *ret_n)
{
    struct trend_row *all = NULL;
    struct report_fund_trend_row *rows = NULL;
    size_t n = 0;
    COLLECT(report_fund_trend(db, a, fund, &rows, &n));
    years_of(a, all, n, &(struct figures){0}, ret, ret_n);
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
