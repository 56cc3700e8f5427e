/* figure.c — keeping the sums: what the room does when a fund is placed or a fund-year changes.
 *
 * Each change is a fact row (append-only); the difference goes into the sums of the fund-year, its
 * district, province, region and the nation in the same transaction. What a sum was before is read from the sum
 * itself, never recomputed: a rule that changed in between cannot make it drift. */
#include "rooms/report/figure.h"

#include "app/events.h"
#include "base/clock.h"
#include "rooms/report_sql.h"

static const struct str measure_codes[MEASURE_COUNT] = {
    [MEASURE_FUND_YEARS] = STR("fund_years"),
    [MEASURE_POPULATION_LOCAL] = STR("population_local"),
    [MEASURE_POPULATION_NHSO] = STR("population_nhso"),
    [MEASURE_NHSO_AMOUNT] = STR("nhso_amount"),
    [MEASURE_MATCH_COMPUTED] = STR("match_computed"),
    [MEASURE_MATCH_ENTERED] = STR("match_entered"),
    [MEASURE_MATCH_BASE] = STR("match_base"),
    [MEASURE_MATCH_DONE] = STR("match_done"),
    [MEASURE_LEDGERS] = STR("ledgers"),
    [MEASURE_OPENING] = STR("opening"),
    [MEASURE_RECEIVED_NHSO] = STR("received_nhso"),
    [MEASURE_RECEIVED_LOCAL] = STR("received_local"),
    [MEASURE_RECEIVED_INTEREST] = STR("received_interest"),
    [MEASURE_RECEIVED_DONATION] = STR("received_donation"),
    [MEASURE_RECEIVED_REFUND] = STR("received_refund"),
    [MEASURE_PLANNED] = STR("planned"),
    [MEASURE_COMMITTED] = STR("committed"),
    [MEASURE_PAID] = STR("paid"),
    [MEASURE_NET] = STR("net"),
    [MEASURE_PLANS] = STR("plans"),
    [MEASURE_PROJECTS_SENT] = STR("projects_sent"),
    [MEASURE_PROJECTS_REVISE] = STR("projects_revise"),
    [MEASURE_PROJECTS_DEFERRED] = STR("projects_deferred"),
    [MEASURE_PROJECTS_REJECTED] = STR("projects_rejected"),
    [MEASURE_PROJECTS_APPROVED] = STR("projects_approved"),
    [MEASURE_PROJECTS_RUNNING] = STR("projects_running"),
    [MEASURE_PROJECTS_SUSPENDED] = STR("projects_suspended"),
    [MEASURE_PROJECTS_STOPPED] = STR("projects_stopped"),
    [MEASURE_PROJECTS_REPORTED] = STR("projects_reported"),
    [MEASURE_PROJECTS_CLOSED] = STR("projects_closed"),
    [MEASURE_PROJECTS] = STR("projects"),
    [MEASURE_PROJECTS_ALSO] = STR("projects_also"),
    [MEASURE_PEOPLE] = STR("people"),
    [MEASURE_PEOPLE_GROUP] = STR("people_group"),
    [MEASURE_OPEN_DUE] = STR("open_due"),
};

struct str measure_code(enum measure m)
{
    return measure_codes[m];
}

enum measure measure_of(struct str code)
{
    for (int m = 0; m < MEASURE_COUNT; m++)
        if (str_eq(code, measure_codes[m])) return (enum measure)m;
    return MEASURE_COUNT; /* a newer program's measure: not ours to show */
}

enum figure_kind measure_kind(enum measure m)
{
    switch (m) {
    case MEASURE_PLANNED:
    case MEASURE_COMMITTED:
    case MEASURE_PAID:
    case MEASURE_PLANS:
    case MEASURE_PROJECTS:
    case MEASURE_PROJECTS_ALSO:
    case MEASURE_PEOPLE: return FIGURE_SPLIT;
    case MEASURE_PEOPLE_GROUP: return FIGURE_GROUPED;
    case MEASURE_OPEN_DUE: return FIGURE_DATED;
    default: return FIGURE_PLAIN;
    }
}

bool measure_is_state(enum measure m)
{
    return m == MEASURE_LEDGERS || m == MEASURE_NET || m == MEASURE_COMMITTED;
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

struct area_id figure_level(const struct figure_post *p, int level)
{
    const struct area_id areas[FIGURE_LEVELS] = {p->district, p->province, p->region, p->nation};
    return areas[level];
}

static enum err move_area_year(struct db *db, struct area_id area, struct fiscal_year fy,
                               enum measure m, int64_t delta, int64_t known_delta)
{
    int64_t moved = 0;
    if (measure_is_state(m) && delta != 0) TRY(report_move_area_all(db, area, measure_code(m), delta, NULL));
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

enum err figure_add_fact(const struct figure_post *p, enum measure m, const struct figure_part *part,
                         int64_t delta, int64_t known_delta)
{
    struct report_add_fact_args args = {.fund_id = p->fund,
                                        .fy = p->fy,
                                        .district_id = p->district,
                                        .province_id = p->province,
                                        .issue_code = part->issue_code,
                                        .support_type = part->support_type,
                                        .measure = measure_code(m),
                                        .delta = delta,
                                        .known_delta = known_delta,
                                        .on_date = p->on_date,
                                        .recorded_at = p->recorded_at,
                                        .source_kind = p->source_kind,
                                        .source_id = p->source_id,
                                        .group_code = part->group_code,
                                        .due_on = part->due_on};
    return report_add_fact(p->db, &args, NULL);
}

static _Thread_local bool is_areas_later;

void figure_areas_later(bool is_later)
{
    is_areas_later = is_later;
}

int figure_levels_now(void)
{
    return is_areas_later ? 0 : FIGURE_LEVELS;
}

enum err figure_move_areas(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta)
{
    for (int i = 0; i < figure_levels_now(); i++) TRY(move_area_year(p->db, figure_level(p, i), p->fy, m, delta, known_delta));
    return ERR_OK;
}

enum err figure_post_fact(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta)
{
    if (delta == 0 && known_delta == 0) return ERR_OK;
    TRY(figure_add_fact(p, m, &(struct figure_part){0}, delta, known_delta));
    return figure_move_areas(p, m, delta, known_delta);
}

/* ---- listening ---- */

enum err figure_post_in(const struct figure_post *p, struct arena *a, struct area_id district, struct figure_post *ret)
{
    struct area area = {0};
    TRY(area_find_id(p->db, a, district, &area));
    *ret = *p;
    ret->district = district;
    ret->province = area.parent_id;
    return figure_pass_gate(ret, a);
}

/* One measure from what it was (in the district where it was) to what it is. */
static enum err post_measure(const struct figure_post *p, struct arena *a, enum measure m,
                             const struct report_fund_year_figures_row *was, struct figure is)
{
    struct figure before = was ? (struct figure){was->total, was->known} : (struct figure){0};
    if (was != NULL && was->district_id.v != p->district.v) {
        /* The year's district was corrected: take all out there, put all in here. */
        struct figure_post old;
        TRY(figure_post_in(p, a, was->district_id, &old));
        TRY(figure_post_fact(&old, m, -before.total, -before.known));
        before = (struct figure){0};
    } else if (was == NULL && is.known == 0) {
        return ERR_OK;
    }
    TRY(figure_post_fact(p, m, is.total - before.total, is.known - before.known));
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
    TRY(figure_pass_gate(&p, a));
    TRY(report_fund_year_figures(db, a, e->fund, e->fy, &rows, &n));
    figures_of_fund_year(&e->figures, &now);
    for (int m = 0; m < MEASURE_LEDGERS; m++) {
        const struct report_fund_year_figures_row *was = NULL;
        for (size_t i = 0; i < n; i++)
            if (measure_of(rows[i].measure) == (enum measure)m) was = &rows[i];
        TRY(post_measure(&p, a, (enum measure)m, was, now.at[m]));
    }
    return figure_flows_to(&p, a);
}

/* Money and projects of years without a record belong where the fund is at home. */
static enum err flows_follow(struct db *db, struct arena *a, const struct fund_placed *e)
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
    TRY(figure_pass_gate(&p, a));
    TRY(report_years_without_record(db, a, e->fund, e->district, &years, &n));
    for (size_t i = 0; i < n; i++) {
        p.fy = years[i].fy;
        TRY(figure_flows_to(&p, a));
    }
    return ERR_OK;
}

/* One fund more or less, the nation's row first: it is the gate. */
static enum err move_funds(struct db *db, struct arena *a, struct area_id district, struct area_id province, int64_t delta)
{
    struct figure_post p = {.db = db, .province = province};
    TRY(figure_pass_gate(&p, a));
    TRY(move_area_funds(db, p.nation, delta));
    TRY(move_area_funds(db, p.region, delta));
    TRY(move_area_funds(db, province, delta));
    return move_area_funds(db, district, delta);
}

enum err report_on_fund_placed(struct db *db, struct arena *a, const struct fund_placed *e)
{
    bool is_moved = !id_is_none(e->left_district);
    if (is_moved) TRY(move_funds(db, a, e->left_district, e->left_province, -1));
    TRY(move_funds(db, a, e->district, e->province, 1));
    return is_moved ? flows_follow(db, a, e) : ERR_OK;
}

enum err figure_above_anew(struct db *db)
{
    TRY(report_clear_above_year(db, NULL));
    TRY(report_fill_above_year(db, NULL));
    TRY(report_clear_above_split(db, NULL));
    TRY(report_fill_above_split(db, NULL));
    TRY(report_clear_above_group(db, NULL));
    TRY(report_fill_above_group(db, NULL));
    TRY(report_clear_above_due(db, NULL));
    TRY(report_fill_above_due(db, NULL));
    TRY(report_clear_above_funds(db, NULL));
    TRY(report_fill_above_funds(db, NULL));
    TRY(report_clear_area_all(db, NULL));
    return report_fill_area_all(db, NULL);
}
