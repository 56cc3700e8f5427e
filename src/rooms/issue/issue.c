/* issue.c — the rules of room issue; see issue.h for the door. */
#include "rooms/issue/issue.h"

#include "base/thai.h"
#include "rooms/issue_sql.h"

enum err issue_list(struct db *db, struct arena *a, struct issue **ret, size_t *ret_n)
{
    struct issue_rows_row *rows = NULL;
    size_t n = 0;
    TRY(issue_rows(db, a, &rows, &n));
    struct issue *issues = ARENA_ARRAY(a, struct issue, n);
    for (size_t i = 0; i < n; i++)
        issues[i] = (struct issue){.id = rows[i].id,
                                   .code = rows[i].code,
                                   .name_th = rows[i].name_th,
                                   .name_en = rows[i].name_en,
                                   .certainty = rows[i].certainty,
                                   .incumbent_id = rows[i].incumbent_id,
                                   .nindicators = rows[i].indicators};
    *ret = issues;
    *ret_n = n;
    return ERR_OK;
}

enum err issue_find_code(struct db *db, struct arena *a, struct str code, struct issue *ret)
{
    struct issue_get_code_row row = {0};
    TRY(issue_get_code(db, a, code, &row));
    *ret = (struct issue){.id = row.id,
                          .code = row.code,
                          .name_th = row.name_th,
                          .name_en = row.name_en,
                          .certainty = row.certainty,
                          .incumbent_id = row.incumbent_id,
                          .nindicators = row.indicators};
    return ERR_OK;
}

enum err issue_by_spelling(struct db *db, struct arena *a, struct str written, struct issue *ret)
{
    struct issue_get_spelling_row row = {0};
    TRY(issue_get_spelling(db, a, thai_fold(a, written), &row));
    *ret = (struct issue){.id = row.id,
                          .code = row.code,
                          .name_th = row.name_th,
                          .name_en = row.name_en,
                          .certainty = row.certainty,
                          .incumbent_id = row.incumbent_id,
                          .nindicators = row.indicators};
    return ERR_OK;
}

/* The examples of all indicators come in one list, in the order of the indicators: each takes its
 * run from the front of what is left. */
static void take_examples(struct arena *a, const struct issue_example_rows_row **rest, size_t *nrest,
                          struct indicator *k)
{
    size_t n = 0;
    while (n < *nrest && (*rest)[n].indicator_id.v == k->id.v) n++;
    int64_t *values = ARENA_ARRAY(a, int64_t, n);
    for (size_t i = 0; i < n; i++) values[i] = (*rest)[i].value_x100;
    k->examples_x100 = values;
    k->nexamples = n;
    *rest += n;
    *nrest -= n;
}

enum err issue_indicators(struct db *db, struct arena *a, struct issue_id issue,
                          struct indicator **ret, size_t *ret_n)
{
    struct issue_indicator_rows_row *rows = NULL;
    struct issue_example_rows_row *examples = NULL;
    size_t n = 0, nexamples = 0;
    TRY(issue_indicator_rows(db, a, issue, &rows, &n));
    TRY(issue_example_rows(db, a, issue, &examples, &nexamples));
    const struct issue_example_rows_row *rest = examples;
    struct indicator *all = ARENA_ARRAY(a, struct indicator, n);
    for (size_t i = 0; i < n; i++) {
        const struct issue_indicator_rows_row *r = &rows[i];
        all[i] = (struct indicator){.id = r->id,
                                    .code = r->code,
                                    .name_th = r->name_th,
                                    .name_en = r->name_en,
                                    .unit = r->unit,
                                    .is_more_better = str_eq(r->direction, STR("up")),
                                    .question_num_th = r->question_num_th,
                                    .question_num_en = r->question_num_en,
                                    .question_den_th = r->question_den_th,
                                    .question_den_en = r->question_den_en,
                                    .min_x100 = r->value_min_x100,
                                    .max_x100 = r->value_max_x100,
                                    .certainty = r->certainty};
        take_examples(a, &rest, &nexamples, &all[i]);
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

struct str issue_name(enum lang lang, const struct issue *issue)
{
    return lang_name(lang, issue->name_th, issue->name_en);
}

struct href issue_href(struct arena *a, const struct issue *issue)
{
    return HREF(a, "/issues/{}", issue->code);
}
