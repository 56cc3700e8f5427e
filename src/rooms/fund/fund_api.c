/* fund_api.c — the JSON doors of room fund: what the pages show, as data. */
#include "app/app.h"
#include "rooms/fund/fund_ask.h"

static void json_names(struct json_out *j, struct str code, struct str name_th, struct str name_en)
{
    json_str(j, "code", code);
    json_str(j, "name_th", name_th);
    json_str(j, "name_en", name_en);
}

static void json_area(struct json_out *j, const char *key, const struct area *area)
{
    if (area == NULL) {
        json_null(j, key);
        return;
    }
    json_object(j, key);
    json_names(j, area->code, area->name_th, area->name_en);
    json_object_end(j);
}

static void json_match(struct json_out *j, const struct fund_match *m)
{
    static const char *const from[] = {[FUND_PERCENT_UNKNOWN] = NULL,
                                       [FUND_PERCENT_RECORDED] = "recorded",
                                       [FUND_PERCENT_SCHEME] = "scheme"};
    json_opt_percent(j, "match_percent", m->percent);
    json_str(j, "match_percent_from", str_of(from[m->percent_from]));
    json_opt_satang(j, "match_computed_satang", m->computed);
    json_opt_satang(j, "match_least_by_heads_satang", m->least_by_heads);
    json_opt_percent(j, "match_share_by_heads", m->share_by_heads);
    json_opt_percent(j, "match_share_by_money", m->share_by_money);
    json_opt_satang(j, "match_short_by_heads_satang", m->short_by_heads);
    json_opt_satang(j, "match_short_by_money_satang", m->short_by_money);
    json_str(j, "match_state", fund_match_state_code(m->state));
}

static void json_year(struct json_out *j, const struct fund_year *y)
{
    const struct fund_facts *f = &y->facts;
    const struct fund_match *m = &y->match;
    json_int(j, "fy", y->fy.v);
    json_bool(j, "is_recorded", y->is_recorded);
    json_int(j, "version", y->version); /* to be given back with a change; 0: not recorded */
    json_opt_count(j, "population_local", f->population_local);
    json_opt_date(j, "population_local_on", f->population_local_on);
    json_opt_count(j, "population_nhso", f->population_nhso);
    json_opt_date(j, "population_nhso_on", f->population_nhso_on);
    json_opt_satang(j, "rate_per_head_satang", m->rate ? m->rate->per_head : (struct opt_satang){0});
    json_str(j, "rate_certainty", m->rate ? m->rate->certainty : STR_NONE);
    json_opt_satang(j, "amount_by_heads_satang", m->by_heads);
    json_opt_satang(j, "nhso_amount_satang", f->nhso_amount);
    json_opt_satang(j, "own_income_satang", f->own_income);
    json_str(j, "match_scheme", m->scheme ? m->scheme->code : STR_NONE);
    json_match(j, m);
    json_opt_satang(j, "match_entered_satang", f->match_entered);
    json_opt_satang(j, "reported_received_nhso_satang", f->received_nhso);
    json_opt_satang(j, "reported_received_local_satang", f->received_local);
    json_opt_count(j, "reported_projects", f->projects);
    json_str(j, "certainty", y->is_recorded ? y->certainty : STR_NONE);
    json_str(j, "source", y->is_recorded ? y->source : STR_NONE);
    json_str(j, "note", y->note);
    if (y->is_recorded) json_instant(j, "recorded_at", y->recorded_at);
    else json_null(j, "recorded_at");
}

static void json_card(struct json_out *j, const struct fund_card *fund)
{
    json_names(j, fund->code, fund->name_th, fund->name_en);
    json_str(j, "phone", fund->phone);
    json_str(j, "kind", fund->kind);
    json_str(j, "kind_th", fund->kind_th);
    json_str(j, "kind_en", fund->kind_en);
    json_bool(j, "is_demo", fund->is_demo);
    json_str(j, "certainty", fund->certainty);
    json_str(j, "source", fund->source);
    json_area(j, "district", area_trail_get(&fund->home, AREA_DISTRICT));
    json_area(j, "province", area_trail_get(&fund->home, AREA_PROVINCE));
    json_area(j, "region", area_trail_get(&fund->home, AREA_REGION));
}

enum err fund_api(struct rq *rq)
{
    struct fund_card fund;
    struct fund_rules rules;
    struct fund_year *years = NULL;
    size_t nyears = 0;
    TRY(fund_card_read(rq->db, rq->arena, rq->args[0], &fund));
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    TRY(fund_years_read(rq->db, rq->arena, &rules, &fund, &years, &nyears));

    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_card(j, &fund);
    json_array(j, "tambons");
    for (size_t i = 0; i < fund.ntambons; i++) {
        json_object(j, NULL);
        json_names(j, fund.tambons[i].code, fund.tambons[i].name_th, fund.tambons[i].name_en);
        json_str(j, "certainty", fund.tambons[i].certainty);
        json_object_end(j);
    }
    json_array_end(j);
    json_bool(j, "shares_tambon_by_village", fund.nvillages > 0);
    json_array(j, "other_names");
    for (size_t i = 0; i < fund.nother_names; i++) json_str(j, NULL, fund.other_names[i]);
    json_array_end(j);
    json_array(j, "years");
    for (size_t i = 0; i < nyears; i++) {
        json_object(j, NULL);
        json_year(j, &years[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err fund_year_json(struct db *db, struct arena *a, struct json_out *j, struct str code,
                        struct fiscal_year fy)
{
    struct fund_card fund;
    struct fund_rules rules;
    struct fund_year year;
    TRY(fund_card_read(db, a, code, &fund));
    TRY(fund_rules_read(db, a, &rules));
    TRY(fund_year_read(db, a, &rules, &fund, fy, &year));
    json_object(j, "fund");
    json_card(j, &fund);
    json_object_end(j);
    json_year(j, &year);
    return ERR_OK;
}

/* ---- lists ---- */

static void json_item(struct json_out *j, const struct fund_list_item *it, struct fiscal_year fy)
{
    json_object(j, NULL);
    json_names(j, it->code, it->name_th, it->name_en);
    json_str(j, "kind", it->kind);
    json_bool(j, "is_demo", it->is_demo);
    json_object(j, "district");
    json_names(j, it->district_code, it->district_th, it->district_en);
    json_object_end(j);
    json_int(j, "fy", fy.v);
    json_opt_count(j, "population_local", it->population_local);
    json_opt_satang(j, "nhso_amount_satang", it->nhso_amount);
    json_match(j, &it->match);
    json_opt_satang(j, "match_entered_satang", it->match_entered);
    json_object_end(j);
}

static void json_funds(struct json_out *j, const char *items, const char *next,
                       const struct fund_list *list, struct fiscal_year fy)
{
    json_array(j, items);
    for (size_t i = 0; i < list->n; i++) json_item(j, &list->items[i], fy);
    json_array_end(j);
    json_str(j, next, list->has_more ? list->items[list->n - 1].code : STR_NONE);
}

enum err fund_list_api(struct rq *rq)
{
    struct fund_rules rules;
    struct fund_list list;
    struct fund_asked q;
    TRY(fund_asked_list(rq, FUND_API_ROWS, &q));
    if (q.is_answered) return ERR_OK;
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    TRY(fund_list_read(rq->db, rq->arena, &rules, &q.ask, &list));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_funds(j, "items", "next", &list, q.ask.fy);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err fund_find_json(struct rq *rq, const struct fund_found_project *project)
{
    struct fund_rules rules;
    struct fund_list list;
    struct fund_asked q;
    struct area_hit *areas = NULL;
    size_t nareas = 0;
    TRY(fund_asked_find(rq, FUND_API_ROWS, &q));
    if (q.is_answered) return ERR_OK;
    if (str_is_empty(q.ask.words)) return rq_bad_param(rq, "q", MSG_error_q);
    TRY(area_search(rq->db, rq->arena, q.ask.words, FUND_PAGE_ROWS, &areas, &nareas));
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    TRY(fund_list_read(rq->db, rq->arena, &rules, &q.ask, &list));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "areas");
    for (size_t i = 0; i < nareas; i++) json_area(j, NULL, &areas[i].area);
    json_array_end(j);
    json_funds(j, "items", "next", &list, q.ask.fy);
    if (project == NULL) {
        json_null(j, "project");
    } else {
        json_object(j, "project");
        json_str(j, "id", project->code);
        json_str(j, "state", project->state);
        json_object_end(j);
    }
    json_object_end(j);
    return rq_json_end(rq);
}

/* ---- rules ---- */

static void json_opt_fy(struct json_out *j, const char *key, struct opt_fiscal_year fy)
{
    if (fy.has) json_int(j, key, fy.v.v);
    else json_null(j, key);
}

static void json_scheme(struct json_out *j, const struct fund_scheme *s)
{
    json_object(j, NULL);
    json_names(j, s->code, s->name_th, s->name_en);
    json_str(j, "basis", s->basis);
    json_opt_fy(j, "fy_from", s->from);
    json_opt_fy(j, "fy_to", s->to);
    json_str(j, "certainty", s->certainty);
    json_str(j, "source", s->source);
    json_str(j, "note", s->note);
    json_array(j, "rows");
    for (size_t i = 0; i < s->nrows; i++) {
        json_object(j, NULL);
        json_str(j, "org_kind", s->rows[i].org_kind);
        json_str(j, "org_size", s->rows[i].org_size);
        json_opt_satang(j, "income_from_satang", s->rows[i].income_from);
        json_opt_satang(j, "income_to_satang", s->rows[i].income_to);
        json_opt_percent(j, "percent", (struct opt_bp){true, s->rows[i].percent});
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

enum err fund_rules_api(struct rq *rq)
{
    struct fund_rules rules;
    TRY(fund_rules_read(rq->db, rq->arena, &rules));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "rates");
    for (size_t i = 0; i < rules.nrates; i++) {
        const struct fund_rate *r = &rules.rates[i];
        json_object(j, NULL);
        json_int(j, "fy_from", r->from.v);
        json_opt_fy(j, "fy_to", r->to);
        json_opt_satang(j, "satang_per_head", r->per_head);
        json_str(j, "certainty", r->certainty);
        json_str(j, "source", r->source);
        json_str(j, "note", r->note);
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "schemes");
    for (size_t i = 0; i < rules.nschemes; i++) json_scheme(j, &rules.schemes[i]);
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}
