/* report_api.c — the JSON door of room report: the figures of an area and of its children. */
#include "app/app.h"
#include "rooms/report/dashboard.h"

static void json_known(struct json_out *j, const char *key, const struct figures *f, enum measure m)
{
    json_int(j, key, f->at[m].known);
}

static void json_money(struct json_out *j, const struct report_money *m)
{
    json_int(j, "ledger_funds", m->ledger_funds);
    json_opt_satang(j, "carried_over_satang", m->carried_over);
    json_opt_satang(j, "received_nhso_satang", m->received_nhso);
    json_opt_satang(j, "received_local_satang", m->received_local);
    json_opt_satang(j, "received_other_satang", m->received_other);
    json_opt_satang(j, "planned_satang", m->planned);
    json_opt_satang(j, "committed_satang", m->committed);
    json_opt_satang(j, "paid_satang", m->paid);
    json_opt_satang(j, "balance_satang", m->balance);
}

/* By state, all of them or none: no fund has any proposal or project of the year. */
static void json_states(struct json_out *j, const struct report_thread *t)
{
    if (!t->has_projects) {
        json_null(j, "projects");
        return;
    }
    json_object(j, "projects");
    for (int i = 0; i < REPORT_STATES; i++) json_int(j, report_state_code(i), t->states[i].v);
    json_object_end(j);
}

static void json_thread(struct json_out *j, const struct report_thread *t)
{
    json_opt_count(j, "plans", t->plans);
    json_states(j, t);
    json_opt_count(j, "projects_late", t->late);
    json_opt_count(j, "projects_late_all_years", t->late_all);
    json_opt_count(j, "people_reached", t->people);
}

static void json_figures(struct json_out *j, const struct figures *f)
{
    json_int(j, "funds", f->funds);
    json_known(j, "funds_recorded", f, MEASURE_FUND_YEARS);
    json_opt_count(j, "population", figures_count(f, MEASURE_POPULATION_LOCAL)); /* registered heads */
    json_known(j, "population_funds", f, MEASURE_POPULATION_LOCAL);
    json_opt_count(j, "population_nhso", figures_count(f, MEASURE_POPULATION_NHSO));
    json_known(j, "population_nhso_funds", f, MEASURE_POPULATION_NHSO);
    json_opt_satang(j, "nhso_amount_satang", figures_satang(f, MEASURE_NHSO_AMOUNT));
    json_known(j, "nhso_amount_funds", f, MEASURE_NHSO_AMOUNT);
    json_opt_satang(j, "match_computed_satang", figures_satang(f, MEASURE_MATCH_COMPUTED));
    json_known(j, "match_computed_funds", f, MEASURE_MATCH_COMPUTED);
    json_opt_satang(j, "match_entered_satang", figures_satang(f, MEASURE_MATCH_ENTERED));
    json_known(j, "match_entered_funds", f, MEASURE_MATCH_ENTERED);
    /* A share keeps its numerator and denominator: the funds where both sums are known. */
    json_opt_percent(j, "match_share", figures_match_share(f));
    json_opt_satang(j, "match_share_numerator_satang", figures_satang(f, MEASURE_MATCH_DONE));
    json_opt_satang(j, "match_share_denominator_satang", figures_satang(f, MEASURE_MATCH_BASE));
    json_known(j, "match_share_funds", f, MEASURE_MATCH_BASE);
    struct report_money money = figures_money(f);
    json_money(j, &money);
    struct report_thread thread = figures_thread(f);
    json_thread(j, &thread);
}

/* Counts of what no fund has any of are unknown. */
static void json_split(struct json_out *j, const char *key, const char *name, const struct report_split *rows, size_t n,
                       const struct report_thread *t)
{
    json_array(j, key);
    for (size_t i = 0; i < n; i++) {
        const struct report_split *r = &rows[i];
        json_object(j, NULL);
        json_str(j, "code", r->code);
        json_str(j, name, r->code);
        if (str_eq(str_of(name), STR("issue"))) json_opt_count(j, "plans", (struct opt_count){t->plans.has, r->plans});
        json_opt_count(j, "projects", (struct opt_count){t->has_projects, r->projects});
        json_opt_count(j, "people_reached", (struct opt_count){t->people.has, r->people});
        json_int(j, "planned_satang", r->planned);
        json_int(j, "committed_satang", r->committed);
        json_int(j, "paid_satang", r->paid);
        json_object_end(j);
    }
    json_array_end(j);
}

static void json_splits(struct json_out *j, const struct report_splits *s, const struct report_thread *t)
{
    json_array(j, "people_by_group");
    for (size_t i = 0; i < s->ngroup; i++) {
        json_object(j, NULL);
        json_str(j, "group", s->by_group[i].code);
        json_int(j, "people", s->by_group[i].people);
        json_object_end(j);
    }
    json_array_end(j);
    json_split(j, "by_support_type", "support_type", s->by_support, s->nsupport, t);
    json_split(j, "by_issue", "issue", s->by_issue, s->nissue, t);
}

static struct str kind_code(const struct report_child *c)
{
    static const char *const codes[] = {"nation", "region", "province", "district", "tambon"};
    return c->is_fund ? STR("fund") : str_of(codes[c->kind]);
}

enum err report_summary_api(struct rq *rq)
{
    struct area area;
    struct report_summary s;
    struct fiscal_year fy;
    struct as_of as_of;
    if (rq_fy(rq, &fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    if (dashboard_as_of(rq, &as_of) != ERR_OK) return rq_bad_param(rq, "as_of", MSG_error_as_of);
    TRY(area_find_code(rq->db, rq->arena, rq->args[0], &area));
    struct report_splits splits;
    TRY(report_summary(rq->db, rq->arena, &area, fy, &s));
    if (as_of.has) TRY(report_as_of(rq->db, rq->arena, as_of.until, &s, NULL, 0));
    const struct instant *until = as_of.has ? &as_of.until : NULL;
    TRY(report_late(rq->db, rq->arena, as_of.has ? as_of.day : rq->today, until, &s));
    TRY(report_area_splits(rq->db, rq->arena, &area, fy, until, &splits));
    struct report_thread thread = figures_thread(&s.figures);

    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "code", area.code);
    json_str(j, "name_th", area.name_th);
    json_str(j, "name_en", area.name_en);
    json_int(j, "fy", fy.v);
    json_figures(j, &s.figures);
    json_splits(j, &splits, &thread);
    json_array(j, "children");
    for (size_t i = 0; i < s.nchildren; i++) {
        const struct report_child *c = &s.children[i];
        json_object(j, NULL);
        json_str(j, "code", c->code);
        json_str(j, "kind", kind_code(c));
        json_str(j, "name_th", c->name_th);
        json_str(j, "name_en", c->name_en);
        json_figures(j, &c->figures);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

/* A fund-year as room fund tells it, with its money: also of a year that has no record. */
enum err report_fund_year_api(struct rq *rq)
{
    struct fund_named fund = {0};
    struct fiscal_year fy;
    struct report_year *years = NULL;
    size_t n = 0;
    struct figures figures;
    struct report_splits splits;
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(fund_named(rq->db, rq->arena, rq->args[0], &fund));
    TRY(report_fund_trend_of(rq->db, rq->arena, fund.id, &years, &n));
    report_figures_in(years, n, fy, &figures);
    TRY(report_fund_late(rq->db, rq->arena, fund.id, rq->today, fy, &figures));
    TRY(report_fund_splits(rq->db, rq->arena, fund.id, fy, &splits));
    struct report_money money = figures_money(&figures);
    struct report_thread thread = figures_thread(&figures);

    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    TRY(fund_year_json(rq->db, rq->arena, j, rq->args[0], fy));
    json_money(j, &money);
    json_thread(j, &thread);
    json_splits(j, &splits, &thread);
    json_object_end(j);
    return rq_json_end(rq);
}
