/* plan.c — reading plans: as they are being written, as they were agreed, and what a new year begins with. */
#include "rooms/plan/plan.h"

#include "base/thai.h"
#include "rooms/issue/issue.h"
#include "rooms/plan_sql.h"


/* ---- one year ---- */

static enum err read_situations(struct db *db, struct arena *a, struct plan_year_id id, int64_t edition,
                                struct plan_year *p)
{
    struct plan_situations_of_row *rows = NULL;
    TRY(plan_situations_of(db, a, id, edition, &rows, &p->nsituations));
    p->situations = ARENA_ARRAY(a, struct plan_situation, p->nsituations);
    for (size_t i = 0; i < p->nsituations; i++) {
        const struct plan_situations_of_row *r = &rows[i];
        p->situations[i] = (struct plan_situation){.id = r->id,
                                                   .indicator = r->indicator_id,
                                                   .indicator_code = r->indicator_code,
                                                   .words_th = r->words_th,
                                                   .words_en = r->words_en,
                                                   .unit = r->unit,
                                                   .is_more_better = r->is_more_better,
                                                   .numerator = r->numerator,
                                                   .denominator = r->denominator,
                                                   .value_x100 = r->value_x100,
                                                   .last_value_x100 = r->last_value_x100,
                                                   .target_x100 = r->target_x100,
                                                   .source = r->source,
                                                   .on = r->on_date};
    }
    return ERR_OK;
}

enum err plan_get(struct db *db, struct arena *a, struct plan_year_id id, struct plan_year *ret)
{
    struct plan_get_year_row r = {0};
    TRY(plan_get_year(db, a, id, &r));
    struct plan_year p = {.id = r.id, .plan = r.plan_id, .fund = r.fund_id, .fund_code = r.fund_code,
                          .issue = r.issue_id, .issue_code = r.issue_code, .issue_th = r.name_th,
                          .issue_en = r.name_en, .fy = r.fy, .fy_first = r.fy_first, .fy_last = r.fy_last,
                          .cause = r.cause, .guideline = r.guideline, .edition = r.edition,
                          .is_changed = r.is_changed, .agreed_in = r.agreed_in, .agreed_on = r.agreed_on,
                          .version = r.version};
    TRY(read_situations(db, a, id, 0, &p));
    *ret = p;
    return ERR_OK;
}

enum err plan_find(struct db *db, struct arena *a, struct str fund_code, struct str issue_code, struct fiscal_year fy,
                   struct plan_year *ret)
{
    struct plan_find_year_row row = {0};
    TRY(plan_find_year(db, a, fund_code, issue_code, fy, &row));
    return plan_get(db, a, row.id, ret);
}

enum err plan_list(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy, struct plan_year **ret,
                   size_t *ret_n)
{
    struct plan_list_year_row *rows = NULL;
    size_t n = 0;
    TRY(plan_list_year(db, a, fund, fy, &rows, &n));
    struct plan_year *all = ARENA_ARRAY(a, struct plan_year, n);
    for (size_t i = 0; i < n; i++) {
        const struct plan_list_year_row *r = &rows[i];
        all[i] = (struct plan_year){.id = r->id, .plan = r->plan_id, .fund = r->fund_id, .fund_code = r->fund_code,
                                    .issue = r->issue_id, .issue_code = r->issue_code, .issue_th = r->name_th,
                                    .issue_en = r->name_en, .fy = r->fy, .fy_first = r->fy_first,
                                    .fy_last = r->fy_last, .cause = r->cause, .guideline = r->guideline,
                                    .edition = r->edition, .is_changed = r->is_changed, .agreed_in = r->agreed_in,
                                    .agreed_on = r->agreed_on, .version = r->version};
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

/* ---- as it was agreed ---- */

enum err plan_editions(struct db *db, struct arena *a, struct plan_year_id id, struct plan_edition **ret, size_t *ret_n)
{
    struct plan_editions_of_row *rows = NULL;
    size_t n = 0;
    TRY(plan_editions_of(db, a, id, PLAN_EDITIONS_MAX, &rows, &n));
    struct plan_edition *all = ARENA_ARRAY(a, struct plan_edition, n);
    for (size_t i = 0; i < n; i++) {
        const struct plan_editions_of_row *r = &rows[i];
        all[i] = (struct plan_edition){.edition = r->edition, .cause = r->cause, .guideline = r->guideline,
                                       .agreed_in = r->agreed_in, .agreed_on = r->agreed_on};
        if (r->meeting_fy.has)
            all[i].meeting_words = str_printf(a, "%lld/%d", (long long)r->meeting_number.v, r->meeting_fy.v.v);
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

enum err plan_as_agreed(struct db *db, struct arena *a, const struct plan_year *p, const struct plan_edition *e,
                        struct plan_year *ret)
{
    struct plan_year then = *p;
    then.cause = e->cause;
    then.guideline = e->guideline;
    then.edition = e->edition;
    then.agreed_in = e->agreed_in;
    then.agreed_on = (struct opt_date){true, e->agreed_on};
    TRY(read_situations(db, a, p->id, e->edition, &then));
    *ret = then;
    return ERR_OK;
}

enum err plan_years(struct db *db, struct arena *a, struct fund_id fund, struct issue_id issue, int64_t most,
                    struct plan_of_year **ret, size_t *ret_n)
{
    struct plan_years_of_issue_row *rows = NULL;
    size_t n = 0;
    TRY(plan_years_of_issue(db, a, fund, issue, most, &rows, &n));
    struct plan_of_year *all = ARENA_ARRAY(a, struct plan_of_year, n);
    for (size_t i = 0; i < n; i++) all[i] = (struct plan_of_year){rows[i].id, rows[i].fy, rows[i].edition};
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

/* ---- what a new year begins with ---- */

enum err plan_results(struct db *db, struct arena *a, struct fund_id fund, struct issue_id issue, struct fiscal_year fy,
                      struct plan_result **ret, size_t *ret_n)
{
    struct plan_results_of_row *rows = NULL;
    size_t n = 0;
    TRY(plan_results_of(db, a, fund, issue, fy, PLAN_RESULTS_MAX, &rows, &n));
    struct plan_result *all = ARENA_ARRAY(a, struct plan_result, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct plan_result){rows[i].indicator_id, rows[i].numerator, rows[i].denominator,
                                      rows[i].value_x100,   rows[i].on_date,   rows[i].source};
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static const struct plan_result *result_of(const struct plan_result *results, size_t n, struct indicator_id indicator)
{
    for (size_t i = 0; i < n; i++)
        if (!id_is_none(indicator) && results[i].indicator.v == indicator.v) return &results[i];
    return NULL;
}

/* The problem goes on: what was measured last is where it stood last year; this year's size is asked anew. */
static void carry_situations(struct arena *a, const struct plan_year *last, const struct plan_result *results, size_t n,
                             struct plan_year *p)
{
    p->situations = ARENA_ARRAY(a, struct plan_situation, last->nsituations);
    for (size_t i = 0; i < last->nsituations; i++) {
        const struct plan_situation *s = &last->situations[i];
        if (id_is_none(s->indicator) && thai_has_phone_or_citizen_id(s->words_th)) continue;
        const struct plan_result *r = result_of(results, n, s->indicator);
        p->situations[p->nsituations++] = (struct plan_situation){.indicator = s->indicator,
                                                                  .indicator_code = s->indicator_code,
                                                                  .words_th = s->words_th,
                                                                  .words_en = s->words_en,
                                                                  .unit = s->unit,
                                                                  .is_more_better = s->is_more_better,
                                                                  .last_value_x100 = r != NULL
                                                                                         ? (struct opt_count){true, r->value_x100}
                                                                                         : s->value_x100};
    }
}

enum err plan_begin(struct db *db, struct arena *a, struct str fund_code, struct str issue_code, struct fiscal_year fy,
                    struct plan_year *ret)
{
    struct plan_get_fund_row fund = {0};
    struct issue issue = {0};
    struct plan_year last = {0};
    struct plan_result *results = NULL;
    size_t n = 0;
    struct fiscal_year before = fiscal_year(fy.v - 1);
    TRY(plan_get_fund(db, a, fund_code, &fund));
    TRY(issue_find_code(db, a, issue_code, &issue));
    struct plan_year p = {.fund = fund.id, .fund_code = fund_code, .issue = issue.id, .issue_code = issue.code,
                          .issue_th = issue.name_th, .issue_en = issue.name_en, .fy = fy, .fy_first = fy, .fy_last = fy};
    enum err e = plan_find(db, a, fund_code, issue_code, before, &last);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_OK) {
        TRY(plan_results(db, a, fund.id, issue.id, before, &results, &n));
        carry_situations(a, &last, results, n, &p);
        p.cause = open_or_none(last.cause);
        p.guideline = open_or_none(last.guideline);
        if (last.fy_last.v >= fy.v) {
            p.plan = last.plan;
            p.fy_first = last.fy_first;
            p.fy_last = last.fy_last;
        }
    }
    *ret = p;
    return ERR_OK;
}

/* ---- for verification ---- */

enum err plan_moves_scan(struct db *db, struct arena *a, struct fund_id fund, enum err (*each)(void *ctx, const struct plan_moved *m),
                         void *ctx)
{
    struct plan_agreed_years_row *rows = NULL;
    size_t n = 0;
    TRY(plan_agreed_years(db, a, fund, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct plan_agreed_years_row *r = &rows[i];
        struct plan_moved m = {.fund = fund, .fy = r->fy, .issue_code = r->issue_code, .delta = 1,
                               .on_date = r->agreed_on, .recorded_at = r->recorded_at, .source_id = r->id.v};
        TRY(each(ctx, &m));
    }
    return ERR_OK;
}
