/* flow.c — flows become facts and sums: what the ledger, the plans and the projects tell, and how all of
 * a fund-year goes to another district.
 *
 * A change is written as it came; sums are moved in one order (year, measure, part; fund, district, province,
 * region, nation), and whoever moves them passes the nation's gate first: two writers cannot wait for each other
 * in a circle, however many events each of them tells. */
#include <stdlib.h>

#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

/* ---- order ---- */

static struct str stated(struct str code)
{
    return str_is_none(code) ? STR(FIGURE_NOT_STATED) : code;
}

static int by_part(const struct figure_part *x, const struct figure_part *y)
{
    int c = str_cmp(stated(x->issue_code), stated(y->issue_code));
    if (c == 0) c = str_cmp(stated(x->support_type), stated(y->support_type));
    if (c == 0) c = str_cmp(stated(x->group_code), stated(y->group_code));
    return c != 0 ? c : date_cmp(x->due_on.v, y->due_on.v);
}

static int by_place(const void *a, const void *b)
{
    const struct figure_change *x = a, *y = b;
    if (x->fy.v != y->fy.v) return x->fy.v < y->fy.v ? -1 : 1;
    if (x->measure != y->measure) return x->measure < y->measure ? -1 : 1;
    int c = by_part(&x->part, &y->part);
    return c != 0 ? c : (x->delta > y->delta) - (x->delta < y->delta);
}

void figure_changes_sort(struct figure_change *all, size_t n)
{
    qsort(all, n, sizeof *all, by_place);
}

size_t figure_changes_merge(struct figure_change *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        struct figure_change c = all[i];
        for (i++; i < n && all[i].fy.v == c.fy.v && all[i].measure == c.measure && by_part(&all[i].part, &c.part) == 0; i++)
            c.delta += all[i].delta;
        if (c.delta != 0) all[kept++] = c;
    }
    return kept;
}

/* ---- sums of the parts ---- */

static enum err move_split(const struct figure_post *p, enum measure m, const struct figure_part *part, int64_t delta)
{
    struct str measure = measure_code(m), issue = stated(part->issue_code), support = stated(part->support_type);
    struct report_move_fund_split_args of_fund = {p->fund, p->fy, measure, issue, support, p->district, delta};
    TRY(report_move_fund_split(p->db, &of_fund, NULL));
    for (int i = 0; i < figure_levels_now(); i++)
        TRY(report_move_area_split(p->db, figure_level(p, i), p->fy, measure, issue, support, delta, NULL));
    return ERR_OK;
}

static enum err move_part(const struct figure_post *p, enum measure m, const struct figure_part *part, int64_t delta)
{
    switch (measure_kind(m)) {
    case FIGURE_PLAIN: return ERR_OK;
    case FIGURE_SPLIT: return move_split(p, m, part, delta);
    case FIGURE_GROUPED:
        TRY(report_move_fund_group(p->db, p->fund, p->fy, part->group_code, p->district, delta, NULL));
        for (int i = 0; i < figure_levels_now(); i++)
            TRY(report_move_area_group(p->db, figure_level(p, i), p->fy, part->group_code, delta, NULL));
        return ERR_OK;
    case FIGURE_DATED:
        TRY(report_move_fund_due(p->db, p->fund, part->due_on.v, p->fy, p->district, delta, NULL));
        for (int i = 0; i < figure_levels_now(); i++)
            TRY(report_move_area_due(p->db, figure_level(p, i), part->due_on.v, p->fy, delta, NULL));
        return ERR_OK;
    }
    return ERR_OK;
}

/* ---- one event ---- */

enum err figure_pass_gate(struct figure_post *p, struct arena *a)
{
    struct report_above_row *above = NULL;
    struct report_hold_area_row row;
    size_t n = 0;
    TRY(report_above(p->db, a, p->province, &above, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(above[i].kind, STR("nation"))) p->nation = above[i].area_id;
        else p->region = above[i].area_id;
    if (n != FIGURE_LEVELS - 2) return err_note(ERR_INTERNAL, "province id %lld has no region or nation", (long long)p->province.v);
    enum err e = report_hold_area(p->db, a, p->nation, &row);
    return e == ERR_NOT_FOUND ? ERR_OK : e; /* the country's first fund is just being placed */
}

/* The changes of one measure in one year. */
static enum err post_changes(const struct figure_post *p, const struct figure_change *changes, size_t n)
{
    enum measure m = changes[0].measure;
    int64_t delta = 0, moved = 0;
    for (size_t i = 0; i < n; i++) delta += changes[i].delta;
    TRY(report_move_fund_year(p->db, p->fund, p->fy, measure_code(m), delta, &moved));
    int64_t known_delta = moved > 0 ? 0 : 1; /* the first that is known of this fund-year */
    if (moved == 0)
        TRY(report_put_fund_year(p->db, p->fund, p->fy, p->district, measure_code(m), delta, 1, NULL));
    if (measure_is_state(m) && delta != 0) TRY(report_move_fund_all(p->db, p->fund, measure_code(m), delta, NULL));
    for (size_t i = 0; i < n; i++)
        TRY(figure_add_fact(p, m, &changes[i].part, changes[i].delta, i == 0 ? known_delta : 0));
    if (delta != 0 || known_delta != 0) TRY(figure_move_areas(p, m, delta, known_delta));
    for (size_t i = 0; i < n;) {
        int64_t sum = 0;
        size_t first = i;
        for (; i < n && by_part(&changes[first].part, &changes[i].part) == 0; i++) sum += changes[i].delta;
        TRY(move_part(p, m, &changes[first].part, sum));
    }
    return ERR_OK;
}

enum err figure_changes_post(struct figure_post p, struct arena *a, const struct figure_change *all, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t first = i;
        if (p.fy.v != all[i].fy.v) {
            p.fy = all[i].fy;
            TRY(fund_home_in(p.db, a, p.fund, p.fy, &p.district, &p.province));
            TRY(figure_pass_gate(&p, a));
        }
        while (i < n && all[i].fy.v == p.fy.v && all[i].measure == all[first].measure) i++;
        TRY(post_changes(&p, &all[first], i - first));
    }
    return ERR_OK;
}

/* ---- a fund-year that belongs to another district ---- */

/* Out where it was, in where it is: facts and areas, and the fund's own row, which only changes its place. */
static enum err part_to(const struct figure_post *old, const struct figure_post *p, enum measure m,
                        const struct figure_part *part, int64_t total)
{
    TRY(figure_add_fact(old, m, part, -total, 0));
    TRY(figure_move_areas(old, m, -total, 0));
    TRY(move_part(old, m, part, -total));
    TRY(figure_add_fact(p, m, part, total, 0));
    TRY(figure_move_areas(p, m, total, 0));
    return move_part(p, m, part, total);
}

static struct str unstated(struct str code)
{
    return str_eq(code, STR(FIGURE_NOT_STATED)) ? STR_NONE : code;
}

static enum err parts_to(const struct figure_post *old, const struct figure_post *p, struct arena *a)
{
    struct report_fund_year_splits_row *splits = NULL;
    struct report_fund_year_groups_row *groups = NULL;
    struct report_fund_year_dues_row *dues = NULL;
    size_t n = 0;
    TRY(report_fund_year_splits(p->db, a, p->fund, p->fy, &splits, &n));
    for (size_t i = 0; i < n; i++) {
        struct figure_part part = {.issue_code = unstated(splits[i].issue_code),
                                   .support_type = unstated(splits[i].support_type)};
        enum measure m = measure_of(splits[i].measure);
        if (m != MEASURE_COUNT) TRY(part_to(old, p, m, &part, splits[i].total));
    }
    TRY(report_fund_year_groups(p->db, a, p->fund, p->fy, &groups, &n));
    for (size_t i = 0; i < n; i++) {
        struct figure_part part = {.group_code = groups[i].group_code};
        TRY(part_to(old, p, MEASURE_PEOPLE_GROUP, &part, groups[i].total));
    }
    TRY(report_fund_year_dues(p->db, a, p->fund, p->fy, &dues, &n));
    for (size_t i = 0; i < n; i++) {
        struct figure_part part = {.due_on = {true, dues[i].due_on}};
        TRY(part_to(old, p, MEASURE_OPEN_DUE, &part, dues[i].total));
    }
    return ERR_OK;
}

enum err figure_flows_to(const struct figure_post *p, struct arena *a)
{
    struct report_fund_year_figures_row *rows = NULL;
    struct figure_post old = {0};
    size_t n = 0;
    TRY(report_fund_year_figures(p->db, a, p->fund, p->fy, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct report_fund_year_figures_row *r = &rows[i];
        enum measure m = measure_of(r->measure);
        if (m < MEASURE_LEDGERS || m == MEASURE_COUNT || r->district_id.v == p->district.v) continue;
        if (old.db == NULL) TRY(figure_post_in(p, a, r->district_id, &old));
        int64_t total = measure_kind(m) == FIGURE_PLAIN ? r->total : 0; /* the parts bring theirs */
        TRY(figure_post_fact(&old, m, -total, -r->known));
        TRY(figure_post_fact(p, m, total, r->known));
        TRY(report_put_fund_year(p->db, p->fund, p->fy, p->district, r->measure, r->total, r->known, NULL));
    }
    return old.db != NULL ? parts_to(&old, p, a) : ERR_OK;
}
