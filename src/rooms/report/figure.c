/* figure.c — keeping the sums: what the room does when a fund is placed or a fund-year changes.
 *
 * Each change is a fact row (append-only); the difference goes into the sums of the fund-year, its
 * district and its province in the same transaction. What a sum was before is read from the sum
 * itself, never recomputed: a rule that changed in between cannot make it drift. */
#include "rooms/report/figure.h"

#include <assert.h>

#include "app/events.h"
#include "rooms/report_sql.h"

static const char *const measure_codes[MEASURE_COUNT] = {
    [MEASURE_FUND_YEARS] = "fund_years",
    [MEASURE_POPULATION_LOCAL] = "population_local",
    [MEASURE_POPULATION_NHSO] = "population_nhso",
    [MEASURE_NHSO_AMOUNT] = "nhso_amount",
    [MEASURE_MATCH_COMPUTED] = "match_computed",
    [MEASURE_MATCH_ENTERED] = "match_entered",
    [MEASURE_MATCH_BASE] = "match_base",
    [MEASURE_MATCH_DONE] = "match_done",
};

struct str measure_code(enum measure m)
{
    return str_of(measure_codes[m]);
}

enum measure measure_of(struct str code)
{
    for (int m = 0; m < MEASURE_COUNT; m++)
        if (str_eq(code, str_of(measure_codes[m]))) return (enum measure)m;
    return MEASURE_COUNT; /* a newer program's measure: not ours to show */
}

void figures_add(struct figures *f, struct str measure, int64_t total, int64_t known)
{
    enum measure m = measure_of(measure);
    if (m == MEASURE_COUNT) return;
    f->at[m].total += total;
    f->at[m].known += known;
}

static void put_count(struct figures *f, enum measure m, struct opt_count v)
{
    if (v.has) f->at[m] = (struct figure){v.v, 1};
}

static void put_satang(struct figures *f, enum measure m, struct opt_satang v)
{
    if (v.has) f->at[m] = (struct figure){v.v.v, 1};
}

void figures_of_fund_year(const struct fund_year_figures *y, struct figures *ret)
{
    struct figures f = {.funds = 1};
    f.at[MEASURE_FUND_YEARS] = (struct figure){1, 1};
    put_count(&f, MEASURE_POPULATION_LOCAL, y->population_local);
    put_count(&f, MEASURE_POPULATION_NHSO, y->population_nhso);
    put_satang(&f, MEASURE_NHSO_AMOUNT, y->nhso_amount);
    put_satang(&f, MEASURE_MATCH_COMPUTED, y->match_computed);
    put_satang(&f, MEASURE_MATCH_ENTERED, y->match_entered);
    if (y->match_computed.has && y->match_entered.has) { /* comparable only where both are known */
        put_satang(&f, MEASURE_MATCH_BASE, y->match_computed);
        put_satang(&f, MEASURE_MATCH_DONE, y->match_entered);
    }
    *ret = f;
}

/* ---- listening ---- */

struct post { /* where the facts of one event go */
    struct db *db;
    const struct fund_year_changed *e;
};

static enum err move_area_year(struct db *db, struct area_id area, struct fiscal_year fy,
                               enum measure m, int64_t delta, int64_t known_delta)
{
    int64_t moved = 0;
    TRY(report_move_area_year(db, area, fy, measure_code(m), delta, known_delta, &moved));
    if (moved > 0) return ERR_OK;
    return report_begin_area_year(db, area, fy, measure_code(m), delta, known_delta, NULL);
}

static enum err move_area_funds(struct db *db, struct area_id area, int64_t delta)
{
    int64_t moved = 0;
    TRY(report_move_area_funds(db, area, delta, &moved));
    return moved > 0 ? ERR_OK : report_begin_area_funds(db, area, delta, NULL);
}

static enum err post_fact(const struct post *p, enum measure m, struct area_id district,
                          struct area_id province, int64_t delta, int64_t known_delta)
{
    if (delta == 0 && known_delta == 0) return ERR_OK;
    struct report_add_fact_args args = {.fund_id = p->e->fund,
                                        .fy = p->e->fy,
                                        .district_id = district,
                                        .province_id = province,
                                        .measure = measure_code(m),
                                        .delta = delta,
                                        .known_delta = known_delta,
                                        .on_date = p->e->on_date,
                                        .recorded_at = p->e->recorded_at,
                                        .source_kind = STR("fund_year"),
                                        .source_id = p->e->source.v};
    TRY(report_add_fact(p->db, &args, NULL));
    TRY(move_area_year(p->db, district, p->e->fy, m, delta, known_delta));
    return move_area_year(p->db, province, p->e->fy, m, delta, known_delta);
}

/* One measure from what it was (in the district where it was) to what it is. */
static enum err post_measure(const struct post *p, struct arena *a, enum measure m,
                             const struct report_fund_year_figures_row *was, struct figure is)
{
    struct area_id district = p->e->figures.district, province = p->e->figures.province;
    struct figure before = was ? (struct figure){was->total, was->known} : (struct figure){0};
    if (was != NULL && was->district_id.v != district.v) {
        /* The year's district was corrected: take all out there, put all in here. */
        struct area old = {0};
        TRY(area_find_id(p->db, a, was->district_id, &old));
        TRY(post_fact(p, m, was->district_id, old.parent_id, -before.total, -before.known));
        before = (struct figure){0};
    } else if (was == NULL && is.known == 0) {
        return ERR_OK;
    }
    TRY(post_fact(p, m, district, province, is.total - before.total, is.known - before.known));
    return report_put_fund_year(p->db, p->e->fund, p->e->fy, district, measure_code(m), is.total,
                                is.known, NULL);
}

enum err report_on_fund_year_changed(struct db *db, struct arena *a,
                                     const struct fund_year_changed *e)
{
    struct report_fund_year_figures_row *rows = NULL;
    size_t n = 0;
    struct figures now;
    struct post p = {.db = db, .e = e};
    TRY(report_fund_year_figures(db, a, e->fund, e->fy, &rows, &n));
    figures_of_fund_year(&e->figures, &now);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        const struct report_fund_year_figures_row *was = NULL;
        for (size_t i = 0; i < n; i++)
            if (measure_of(rows[i].measure) == (enum measure)m) was = &rows[i];
        TRY(post_measure(&p, a, (enum measure)m, was, now.at[m]));
    }
    return ERR_OK;
}

enum err report_on_fund_placed(struct db *db, struct arena *a, const struct fund_placed *e)
{
    (void)a;
    if (!id_is_none(e->left_district)) {
        TRY(move_area_funds(db, e->left_district, -1));
        TRY(move_area_funds(db, e->left_province, -1));
    }
    TRY(move_area_funds(db, e->district, 1));
    return move_area_funds(db, e->province, 1);
}

enum err report_on_money_moved(struct db *db, struct arena *a, const struct money_moved *e)
{
    (void)db;
    (void)a;
    (void)e;
    return ERR_OK;
}
