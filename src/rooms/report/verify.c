/* verify.c — proving the figures: everything recomputed from its sources, every difference named.
 *
 * Fund-years → figures of the fund-year (rules applied again); rows of ledger, plans and projects → their
 * flows (verify_flows.c); facts → sums of the fund-year, of districts and provinces, of every issue and
 * support type, target group and day; provinces → regions and the nation; splits → totals; and homes of funds → counts of funds. */
#include "rooms/report/verify.h"
#include "rooms/report_sql.h"

void verify_say(struct verifying *v, struct str line)
{
    v->bad++;
    v->say(v->ctx, line);
}

static enum err check_fund_year(void *ctx, const struct fund_year_seen *seen)
{
    struct verifying *v = ctx;
    struct report_fund_year_figures_row *rows = NULL;
    struct figures right, kept = {0};
    size_t n = 0;
    struct arena_mark mark = arena_mark(v->arena);
    TRY(report_fund_year_figures(v->db, v->arena, seen->fund, seen->fy, &rows, &n));
    for (size_t i = 0; i < n; i++)
        figures_add(&kept, rows[i].measure, rows[i].total, rows[i].known);
    figures_of_fund_year(&seen->figures, &right);
    for (int m = 0; m < MEASURE_LEDGERS; m++) { /* flows are not in the record: verify_flows.c */
        if (kept.at[m].total == right.at[m].total && kept.at[m].known == right.at[m].known) continue;
        struct str code = measure_code((enum measure)m);
        verify_say(v, str_printf(v->arena, "fund %.*s year %d %.*s: %lld kept, %lld by its record",
                          STR_FMT(seen->code), seen->fy.v, STR_FMT(code),
                          (long long)kept.at[m].total, (long long)right.at[m].total));
    }
    arena_release(v->arena, mark);
    return ERR_OK;
}

static enum err bad_fact(void *ctx, const struct report_verify_facts_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund id %lld year %d %.*s: %lld kept, %lld by its facts",
                      (long long)r->fund_id.v, r->fy.v, STR_FMT(r->measure), (long long)r->by_sum,
                      (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_fund_split(void *ctx, const struct report_verify_fund_splits_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund id %lld year %d %.*s issue %.*s support type %.*s: %lld kept, %lld by its facts",
                      (long long)r->fund_id.v, r->fy.v, STR_FMT(r->measure), STR_FMT(r->issue_code),
                      STR_FMT(r->support_type), (long long)r->by_sum, (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_area_split(void *ctx, const struct report_verify_area_splits_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld year %d %.*s issue %.*s support type %.*s: %lld kept, %lld by its facts",
                      (long long)r->area_id.v, r->fy.v, STR_FMT(r->measure), STR_FMT(r->issue_code),
                      STR_FMT(r->support_type), (long long)r->by_sum, (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_fund_group(void *ctx, const struct report_verify_fund_groups_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund id %lld year %d people of group %.*s: %lld kept, %lld by its facts",
                      (long long)r->fund_id.v, r->fy.v, STR_FMT(r->group_code), (long long)r->by_sum,
                      (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_area_group(void *ctx, const struct report_verify_area_groups_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld year %d people of group %.*s: %lld kept, %lld by its facts",
                      (long long)r->area_id.v, r->fy.v, STR_FMT(r->group_code), (long long)r->by_sum,
                      (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_fund_due(void *ctx, const struct report_verify_fund_dues_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund id %lld year %d projects due on %.*s: %lld kept, %lld by its facts",
                      (long long)r->fund_id.v, r->fy.v, STR_FMT(date_iso_text(v->arena, r->due_on)),
                      (long long)r->by_sum, (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_area_due(void *ctx, const struct report_verify_area_dues_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld year %d projects due on %.*s: %lld kept, %lld by its facts",
                      (long long)r->area_id.v, r->fy.v, STR_FMT(date_iso_text(v->arena, r->due_on)),
                      (long long)r->by_sum, (long long)r->by_facts));
    return ERR_OK;
}

static enum err bad_split_total(void *ctx, const struct report_verify_split_totals_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund id %lld year %d %.*s: %lld kept, %lld by issues and support types",
                      (long long)r->fund_id.v, r->fy.v, STR_FMT(r->measure), (long long)r->by_sum,
                      (long long)r->by_splits));
    return ERR_OK;
}

static enum err bad_district(void *ctx, const struct report_verify_districts_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund %.*s year %d %.*s: kept in another district than its record says",
                      STR_FMT(r->code), r->fy.v, STR_FMT(r->measure)));
    return ERR_OK;
}

static enum err bad_area(void *ctx, const struct report_verify_areas_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld year %d %.*s: %lld kept, %lld by its facts",
                      (long long)r->area_id.v, r->fy.v, STR_FMT(r->measure), (long long)r->by_sum,
                      (long long)r->by_funds));
    return ERR_OK;
}

static enum err bad_area_all(void *ctx, const struct report_verify_area_all_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld %.*s of all years: %lld kept, %lld by its years", (long long)r->area_id.v,
                      STR_FMT(r->measure), (long long)r->by_sum, (long long)r->by_years));
    return ERR_OK;
}

static enum err bad_fund_all(void *ctx, const struct report_verify_fund_all_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "fund id %lld %.*s of all years: %lld kept, %lld by its years", (long long)r->fund_id.v,
                      STR_FMT(r->measure), (long long)r->by_sum, (long long)r->by_years));
    return ERR_OK;
}

static enum err bad_count(void *ctx, const struct report_verify_fund_counts_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld: %lld funds kept, %lld at home there",
                      (long long)r->area_id.v, (long long)r->by_sum, (long long)r->by_homes));
    return ERR_OK;
}

static enum err bad_above(void *ctx, const struct report_verify_above_row *r)
{
    struct verifying *v = ctx;
    verify_say(v, str_printf(v->arena, "area id %lld %.*s: %lld kept, %lld by its provinces", (long long)r->area_id.v,
                      STR_FMT(r->part), (long long)r->by_sum, (long long)r->by_provinces));
    return ERR_OK;
}

enum err report_verify(struct db *db, struct arena *a, void (*say_line)(void *ctx, struct str line),
                       void *ctx, int64_t *ret_bad)
{
    struct verifying v = {.db = db, .arena = a, .say = say_line, .ctx = ctx};
    TRY(fund_year_scan(db, a, check_fund_year, &v));
    TRY(verify_flows(&v));
    TRY(report_verify_facts(db, a, bad_fact, &v));
    TRY(report_verify_fund_splits(db, a, bad_fund_split, &v));
    TRY(report_verify_area_splits(db, a, bad_area_split, &v));
    TRY(report_verify_fund_groups(db, a, bad_fund_group, &v));
    TRY(report_verify_area_groups(db, a, bad_area_group, &v));
    TRY(report_verify_fund_dues(db, a, bad_fund_due, &v));
    TRY(report_verify_area_dues(db, a, bad_area_due, &v));
    TRY(report_verify_split_totals(db, a, bad_split_total, &v));
    TRY(report_verify_districts(db, a, bad_district, &v));
    TRY(report_verify_areas(db, a, bad_area, &v));
    TRY(report_verify_area_all(db, a, bad_area_all, &v));
    TRY(report_verify_fund_all(db, a, bad_fund_all, &v));
    TRY(report_verify_fund_counts(db, a, bad_count, &v));
    TRY(report_verify_above(db, a, bad_above, &v));
    *ret_bad = v.bad;
    return ERR_OK;
}
