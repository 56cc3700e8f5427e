/* figure.c — keeping the sums: what the room does when a fund is placed or a fund-year changes.
 *
 * Each change is a fact row (append-only); the difference goes into the sums of the fund-year, its
 * district and its province in the same transaction. What a sum was before is read from the sum
 * itself, never recomputed: a rule that changed in between cannot make it drift. */
#include "rooms/report/figure.h"

#include "app/events.h"
#include "base/clock.h"
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
    [MEASURE_LEDGERS] = "ledgers",
    [MEASURE_OPENING] = "opening",
    [MEASURE_RECEIVED_NHSO] = "received_nhso",
    [MEASURE_RECEIVED_LOCAL] = "received_local",
    [MEASURE_RECEIVED_INTEREST] = "received_interest",
    [MEASURE_RECEIVED_DONATION] = "received_donation",
    [MEASURE_RECEIVED_REFUND] = "received_refund",
    [MEASURE_PLANNED] = "planned",
    [MEASURE_COMMITTED] = "committed",
    [MEASURE_PAID] = "paid",
    [MEASURE_NET] = "net",
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

bool measure_is_split(enum measure m)
{
    return m == MEASURE_PLANNED || m == MEASURE_COMMITTED || m == MEASURE_PAID;
}

void figures_add(struct figures *f, struct str measure, int64_t total, int64_t known)
{
    enum measure m = measure_of(measure);
    if (m == MEASURE_COUNT) return;
    f->at[m].total += total;
    f->at[m].known += known;
}

void figures_add_before(struct figures *f, struct str measure, int64_t total)
{
    switch (measure_of(measure)) {
    case MEASURE_LEDGERS: f->before.ledgers += total; break;
    case MEASURE_NET: f->before.net += total; break;
    case MEASURE_COMMITTED: f->before.committed += total; break;
    default: break; /* not a state */
    }
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

/* ---- writing ---- */

static enum err move_area_year(struct db *db, struct area_id area, struct fiscal_year fy,
                               enum measure m, int64_t delta, int64_t known_delta)
{
    int64_t moved = 0;
    TRY(report_move_area_year(db, area, fy, measure_code(m), delta, known_delta, &moved));
    if (moved > 0) return ERR_OK;
    TRY(report_begin_area_year(db, area, fy, measure_code(m), NULL));
    return report_move_area_year(db, area, fy, measure_code(m), delta, known_delta, NULL);
}

static enum err move_area_funds(struct db *db, struct area_id area, int64_t delta)
{
    int64_t moved = 0;
    TRY(report_move_area_funds(db, area, delta, &moved));
    if (moved > 0) return ERR_OK;
    TRY(report_begin_area_funds(db, area, NULL));
    return report_move_area_funds(db, area, delta, NULL);
}

enum err figure_add_fact(const struct figure_post *p, enum measure m, const struct figure_split *split,
                         int64_t delta, int64_t known_delta)
{
    struct report_add_fact_args args = {.fund_id = p->fund,
                                        .fy = p->fy,
                                        .district_id = p->district,
                                        .province_id = p->province,
                                        .issue_code = split->issue_code,
                                        .support_type = split->support_type,
                                        .measure = measure_code(m),
                                        .delta = delta,
                                        .known_delta = known_delta,
                                        .on_date = p->on_date,
                                        .recorded_at = p->recorded_at,
                                        .source_kind = p->source_kind,
                                        .source_id = p->source_id};
    return report_add_fact(p->db, &args, NULL);
}

enum err figure_move_areas(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta)
{
    TRY(move_area_year(p->db, p->district, p->fy, m, delta, known_delta));
    return move_area_year(p->db, p->province, p->fy, m, delta, known_delta);
}

static enum err post_fact(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta)
{
    if (delta == 0 && known_delta == 0) return ERR_OK;
    TRY(figure_add_fact(p, m, &(struct figure_split){0}, delta, known_delta));
    return figure_move_areas(p, m, delta, known_delta);
}

/* ---- listening ---- */

/* The same event in another district: corrected years are taken out there. */
static enum err post_in(const struct figure_post *p, struct arena *a, struct area_id district,
                        struct figure_post *ret)
{
    struct area area = {0};
    TRY(area_find_id(p->db, a, district, &area));
    *ret = *p;
    ret->district = district;
    ret->province = area.parent_id;
    return ERR_OK;
}

/* One measure from what it was (in the district where it was) to what it is. */
static enum err post_measure(const struct figure_post *p, struct arena *a, enum measure m,
                             const struct report_fund_year_figures_row *was, struct figure is)
{
    struct figure before = was ? (struct figure){was->total, was->known} : (struct figure){0};
    if (was != NULL && was->district_id.v != p->district.v) {
        /* The year's district was corrected: take all out there, put all in here. */
        struct figure_post old;
        TRY(post_in(p, a, was->district_id, &old));
        TRY(post_fact(&old, m, -before.total, -before.known));
        before = (struct figure){0};
    } else if (was == NULL && is.known == 0) {
        return ERR_OK;
    }
    TRY(post_fact(p, m, is.total - before.total, is.known - before.known));
    return report_put_fund_year(p->db, p->fund, p->fy, p->district, measure_code(m), is.total, is.known,
                                NULL);
}

enum err report_on_fund_year_changed(struct db *db, struct arena *a,
                                     const struct fund_year_changed *e)
{
    struct report_fund_year_figures_row *rows = NULL;
    size_t n = 0;
    struct figures now;
    struct figure_post p = {.db = db,
                            .fund = e->fund,
                            .fy = e->fy,
                            .district = e->figures.district,
                            .province = e->figures.province,
                            .on_date = e->on_date,
                            .recorded_at = e->recorded_at,
                            .source_kind = STR("fund_year"),
                            .source_id = e->source.v};
    TRY(report_fund_year_figures(db, a, e->fund, e->fy, &rows, &n));
    figures_of_fund_year(&e->figures, &now);
    for (int m = 0; m < MEASURE_LEDGERS; m++) {
        const struct report_fund_year_figures_row *was = NULL;
        for (size_t i = 0; i < n; i++)
            if (measure_of(rows[i].measure) == (enum measure)m) was = &rows[i];
        TRY(post_measure(&p, a, (enum measure)m, was, now.at[m]));
    }
    return figure_money_to(&p, a);
}

/* Money of years without a record belongs where the fund is at home. */
static enum err money_follows(struct db *db, struct arena *a, const struct fund_placed *e)
{
    struct report_years_without_record_row *years = NULL;
    size_t n = 0;
    struct instant now = clock_now();
    struct figure_post p = {.db = db,
                            .fund = e->fund,
                            .district = e->district,
                            .province = e->province,
                            .on_date = instant_date(now),
                            .recorded_at = now,
                            .source_kind = STR("fund"),
                            .source_id = e->fund.v};
    TRY(report_years_without_record(db, a, e->fund, e->district, &years, &n));
    for (size_t i = 0; i < n; i++) {
        p.fy = years[i].fy;
        TRY(figure_money_to(&p, a));
    }
    return ERR_OK;
}

enum err report_on_fund_placed(struct db *db, struct arena *a, const struct fund_placed *e)
{
    bool is_moved = !id_is_none(e->left_district);
    if (is_moved) {
        TRY(move_area_funds(db, e->left_district, -1));
        TRY(move_area_funds(db, e->left_province, -1));
    }
    TRY(move_area_funds(db, e->district, 1));
    TRY(move_area_funds(db, e->province, 1));
    return is_moved ? money_follows(db, a, e) : ERR_OK;
}

/* ---- money that goes with its fund-year ---- */

/* Writes the fact and moves the areas' sums, and the areas' split where the measure has one. */
static enum err post_split(const struct figure_post *p, enum measure m,
                           const struct report_fund_year_splits_row *s, int64_t delta)
{
    struct figure_split split = {s->issue_code, s->support_type};
    if (str_eq(split.issue_code, STR(FIGURE_NOT_STATED))) split.issue_code = STR_NONE;
    if (str_eq(split.support_type, STR(FIGURE_NOT_STATED))) split.support_type = STR_NONE;
    TRY(figure_add_fact(p, m, &split, delta, 0));
    TRY(figure_move_areas(p, m, delta, 0));
    TRY(report_move_area_split(p->db, p->district, p->fy, s->measure, s->issue_code, s->support_type,
                               delta, NULL));
    return report_move_area_split(p->db, p->province, p->fy, s->measure, s->issue_code, s->support_type,
                                  delta, NULL);
}

static enum err splits_to(const struct figure_post *old, const struct figure_post *p, struct arena *a)
{
    struct report_fund_year_splits_row *splits = NULL;
    size_t n = 0;
    TRY(report_fund_year_splits(p->db, a, p->fund, p->fy, &splits, &n));
    for (size_t i = 0; i < n; i++) {
        const struct report_fund_year_splits_row *s = &splits[i];
        enum measure m = measure_of(s->measure);
        if (m == MEASURE_COUNT) continue;
        TRY(post_split(old, m, s, -s->total));
        TRY(post_split(p, m, s, s->total));
        struct report_move_fund_split_args args = {
            p->fund, p->fy, s->measure, s->issue_code, s->support_type, p->district, 0};
        TRY(report_move_fund_split(p->db, &args, NULL));
    }
    return ERR_OK;
}

enum err figure_money_to(const struct figure_post *p, struct arena *a)
{
    struct report_fund_year_figures_row *rows = NULL;
    struct figure_post old = {0};
    size_t n = 0;
    TRY(report_fund_year_figures(p->db, a, p->fund, p->fy, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct report_fund_year_figures_row *r = &rows[i];
        enum measure m = measure_of(r->measure);
        if (m < MEASURE_LEDGERS || m == MEASURE_COUNT || r->district_id.v == p->district.v) continue;
        if (old.db == NULL) TRY(post_in(p, a, r->district_id, &old));
        int64_t total = measure_is_split(m) ? 0 : r->total; /* the splits bring theirs */
        TRY(post_fact(&old, m, -total, -r->known));
        TRY(post_fact(p, m, total, r->known));
        TRY(report_put_fund_year(p->db, p->fund, p->fy, p->district, r->measure, r->total, r->known, NULL));
    }
    return old.db != NULL ? splits_to(&old, p, a) : ERR_OK;
}
