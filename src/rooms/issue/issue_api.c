/* issue_api.c — JSON doors of the catalogue: the same rules in other clothes. Everything is given in
 * both languages; figures are integers in hundredths of their unit, null is unknown. */
#include "app/app.h"
#include "rooms/issue/issue.h"

static void put_issue(struct json_out *j, const struct issue *issue)
{
    json_str(j, "code", issue->code);
    json_str(j, "name_th", issue->name_th);
    json_str(j, "name_en", issue->name_en);
    json_str(j, "certainty", issue->certainty);
    json_opt_count(j, "incumbent_id", issue->incumbent_id);
    json_int(j, "indicator_count", issue->nindicators);
}

static void put_indicator(struct json_out *j, const struct indicator *k)
{
    json_object(j, NULL);
    json_str(j, "code", k->code);
    json_str(j, "name_th", k->name_th);
    json_str(j, "name_en", k->name_en);
    json_str(j, "unit", k->unit);
    json_str(j, "direction", k->is_more_better ? STR("up") : STR("down"));
    json_str(j, "question_num_th", k->question_num_th);
    json_str(j, "question_num_en", k->question_num_en);
    json_str(j, "question_den_th", k->question_den_th); /* null but for a percent */
    json_str(j, "question_den_en", k->question_den_en);
    json_opt_count(j, "value_min_x100", k->min_x100);
    json_opt_count(j, "value_max_x100", k->max_x100);
    json_array(j, "examples_x100");
    for (size_t i = 0; i < k->nexamples; i++) json_int(j, NULL, k->examples_x100[i]);
    json_array_end(j);
    json_str(j, "certainty", k->certainty);
    json_object_end(j);
}

/* GET /api/v1/issues — a list like all lists, of one page: there are some twenty. */
enum err issue_list_api(struct rq *rq)
{
    struct issue *issues = NULL;
    size_t n = 0;
    TRY(issue_list(rq->db, rq->arena, &issues, &n));

    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        put_issue(j, &issues[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_null(j, "next");
    json_object_end(j);
    return rq_json_end(rq);
}

/* GET /api/v1/issues/{code} — nothing is written before everything is read: a failure is an error. */
enum err issue_api(struct rq *rq)
{
    struct issue issue = {0};
    struct indicator *indicators = NULL;
    size_t n = 0;
    TRY(issue_find_code(rq->db, rq->arena, rq->args[0], &issue));
    TRY(issue_indicators(rq->db, rq->arena, issue.id, &indicators, &n));

    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    put_issue(j, &issue);
    json_array(j, "indicators");
    for (size_t i = 0; i < n; i++) put_indicator(j, &indicators[i]);
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}
