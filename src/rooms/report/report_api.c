/* report_api.c — the JSON door of room report: the figures of an area and of its children. */
#include "app/app.h"
#include "rooms/report/report.h"

static void json_known(struct json_out *j, const char *key, const struct figures *f, enum measure m)
{
    json_int(j, key, f->at[m].known);
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
    if (rq_fy(rq, &fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    TRY(area_find_code(rq->db, rq->arena, rq->args[0], &area));
    TRY(report_summary(rq->db, rq->arena, &area, fy, &s));

    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "code", area.code);
    json_str(j, "name_th", area.name_th);
    json_str(j, "name_en", area.name_en);
    json_int(j, "fy", fy.v);
    json_figures(j, &s.figures);
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
