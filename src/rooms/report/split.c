/* split.c — money, plans, projects and people taken apart by support type, by issue and by target group; what
 * each fund has left. */
#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

struct split_row { /* the queries give the same columns */
    struct str measure, issue, support;
    int64_t total;
};

void report_split_add(struct report_split *s, enum measure m, int64_t total)
{
    if (m == MEASURE_PLANS) s->plans += total;
    if (m == MEASURE_PROJECTS || m == MEASURE_PROJECTS_ALSO) s->projects += total;
    if (m == MEASURE_PEOPLE) s->people += total;
    if (m == MEASURE_PLANNED) s->planned += total;
    if (m == MEASURE_COMMITTED) s->committed += total;
    if (m == MEASURE_PAID) s->paid += total;
}

static void add_one(struct report_split *all, size_t *n, struct str code, enum measure m, int64_t total)
{
    size_t at = 0;
    if (str_eq(code, STR(FIGURE_NOT_STATED))) code = STR_NONE;
    while (at < *n && !(str_is_none(all[at].code) == str_is_none(code) &&
                        (str_is_none(code) || str_eq(all[at].code, code))))
        at++;
    if (at == *n) all[(*n)++] = (struct report_split){.code = code};
    report_split_add(&all[at], m, total);
}

/* By code, shorter ones first ("9" before "10"); what is not stated comes last. */
static bool is_before(const struct report_split *x, const struct report_split *y)
{
    if (str_is_none(x->code) || str_is_none(y->code)) return !str_is_none(x->code);
    if (x->code.n != y->code.n) return x->code.n < y->code.n;
    return str_cmp(x->code, y->code) < 0;
}

bool report_split_is_nothing(const struct report_split *s)
{
    return s->plans == 0 && s->projects == 0 && s->people == 0 && s->planned == 0 && s->committed == 0 && s->paid == 0;
}

/* Leaves out what came to nothing again (a receipt reversed) and sorts the few rows. */
static size_t tidy(struct report_split *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct report_split s = all[i];
        size_t at = kept;
        if (report_split_is_nothing(&s)) continue;
        for (; at > 0 && is_before(&s, &all[at - 1]); at--) all[at] = all[at - 1];
        all[at] = s;
        kept++;
    }
    return kept;
}

static void splits_of(struct arena *a, const struct split_row *rows, size_t n, struct report_splits *ret)
{
    struct report_splits s = {.by_support = ARENA_ARRAY(a, struct report_split, n),
                              .by_issue = ARENA_ARRAY(a, struct report_split, n)};
    for (size_t i = 0; i < n; i++) {
        enum measure m = measure_of(rows[i].measure);
        add_one(s.by_issue, &s.nissue, rows[i].issue, m, rows[i].total);
        /* A plan has no support type, and a project stands under its support type once. */
        if (m != MEASURE_PLANS && m != MEASURE_PROJECTS_ALSO)
            add_one(s.by_support, &s.nsupport, rows[i].support, m, rows[i].total);
    }
    s.nsupport = tidy(s.by_support, s.nsupport);
    s.nissue = tidy(s.by_issue, s.nissue);
    *ret = s;
}

/* Rows of what is kept now, and room for what was recorded since. */
struct split_rows {
    struct split_row *v;
    size_t n;
    struct report_group *groups;
    size_t ngroups;
};

#define COLLECT(query_call)                                                                        \
    TRY(query_call);                                                                               \
    r->v = ARENA_ARRAY(a, struct split_row, n);                                                    \
    for (size_t i = 0; i < n; i++)                                                                 \
    r->v[i] = (struct split_row){rows[i].measure, rows[i].issue_code, rows[i].support_type, rows[i].total}; \
    r->n = n

#define COLLECT_GROUPS(query_call)                                                                 \
    TRY(query_call);                                                                               \
    r->groups = ARENA_ARRAY(a, struct report_group, n);                                            \
    for (size_t i = 0; i < n; i++) r->groups[i] = (struct report_group){groups[i].group_code, groups[i].total}; \
    r->ngroups = n

static enum err area_rows(struct db *db, struct arena *a, struct area_id area, struct fiscal_year fy, struct split_rows *r)
{
    struct report_area_splits_in_row *rows = NULL;
    struct report_area_groups_in_row *groups = NULL;
    size_t n = 0;
    COLLECT(report_area_splits_in(db, a, area, fy, &rows, &n));
    COLLECT_GROUPS(report_area_groups_in(db, a, area, fy, &groups, &n));
    return ERR_OK;
}

/* ---- as of a day ---- */

struct part_since { /* the three queries give the same columns */
    struct fiscal_year fy;
    struct str measure, issue, support, group;
    int64_t delta;
};

#define COLLECT_SINCE(query_call)                                                                  \
    TRY(query_call);                                                                               \
    all = ARENA_ARRAY(a, struct part_since, n);                                                    \
    for (size_t i = 0; i < n; i++)                                                                 \
    all[i] = (struct part_since){rows[i].fy,           rows[i].measure,    rows[i].issue_code,     \
                                 rows[i].support_type, rows[i].group_code, rows[i].delta}

static enum err since_rows(struct db *db, struct arena *a, const struct area *area, struct instant until,
                           struct part_since **ret, size_t *ret_n)
{
    struct part_since *all = NULL;
    size_t n = 0;
    if (area->kind == AREA_NATION || area->kind == AREA_REGION) {
        struct report_since_parts_provinces_row *rows = NULL;
        struct area_id region = area->kind == AREA_REGION ? area->id : (struct area_id){0};
        COLLECT_SINCE(report_since_parts_provinces(db, a, region, until, &rows, &n));
    } else if (area->kind == AREA_PROVINCE) {
        struct report_since_parts_province_row *rows = NULL;
        COLLECT_SINCE(report_since_parts_province(db, a, area->id, until, &rows, &n));
    } else {
        struct report_since_parts_district_row *rows = NULL;
        COLLECT_SINCE(report_since_parts_district(db, a, area->id, until, &rows, &n));
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static void take_out_group(struct split_rows *r, const struct part_since *s)
{
    for (size_t i = 0; i < r->ngroups; i++)
        if (str_eq(r->groups[i].code, s->group)) r->groups[i].people -= s->delta;
}

/* A group that has changed since is among those of now; a part of money stands beside its row of now. */
static enum err take_out_since(struct db *db, struct arena *a, const struct area *area, struct fiscal_year fy,
                               struct instant until, struct split_rows *r)
{
    struct part_since *since = NULL;
    size_t n = 0;
    TRY(since_rows(db, a, area, until, &since, &n));
    struct split_row *all = ARENA_ARRAY(a, struct split_row, r->n + n);
    for (size_t i = 0; i < r->n; i++) all[i] = r->v[i];
    for (size_t i = 0; i < n; i++) {
        const struct part_since *s = &since[i];
        enum measure m = measure_of(s->measure);
        if (s->fy.v != fy.v && !(m == MEASURE_COMMITTED && s->fy.v < fy.v)) continue;
        if (m == MEASURE_PEOPLE_GROUP) take_out_group(r, s);
        else
            all[r->n++] = (struct split_row){s->measure, str_is_none(s->issue) ? STR(FIGURE_NOT_STATED) : s->issue,
                                             str_is_none(s->support) ? STR(FIGURE_NOT_STATED) : s->support, -s->delta};
    }
    r->v = all;
    return ERR_OK;
}

/* ---- */

static void finish(struct arena *a, const struct split_rows *r, struct report_splits *ret)
{
    size_t n = 0;
    splits_of(a, r->v, r->n, ret);
    for (size_t i = 0; i < r->ngroups; i++)
        if (r->groups[i].people != 0) r->groups[n++] = r->groups[i];
    ret->by_group = r->groups;
    ret->ngroup = n;
}

enum err report_area_splits(struct db *db, struct arena *a, const struct area *area, struct fiscal_year fy,
                            const struct instant *until, struct report_splits *ret)
{
    struct split_rows r = {0};
    TRY(area_rows(db, a, area->id, fy, &r));
    if (until != NULL) TRY(take_out_since(db, a, area, fy, *until, &r));
    finish(a, &r, ret);
    return ERR_OK;
}

enum err report_fund_splits(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                            struct report_splits *ret)
{
    struct split_rows all = {0}, *r = &all;
    struct report_fund_splits_in_row *rows = NULL;
    struct report_fund_groups_in_row *groups = NULL;
    size_t n = 0;
    COLLECT(report_fund_splits_in(db, a, fund, fy, &rows, &n));
    COLLECT_GROUPS(report_fund_groups_in(db, a, fund, fy, &groups, &n));
    finish(a, r, ret);
    return ERR_OK;
}

/* ---- what each fund has left ---- */

enum err report_stuck_funds(struct db *db, struct arena *a, const struct report_summary *s,
                            struct report_stuck **ret, size_t *ret_n)
{
    struct report_stuck *all = NULL;
    size_t n = 0;
    if (s->area.kind == AREA_DISTRICT) { /* its funds have been read */
        n = s->nchildren;
        all = ARENA_ARRAY(a, struct report_stuck, n);
        for (size_t i = 0; i < n; i++) {
            struct report_money m = figures_money(&s->children[i].figures);
            all[i] = (struct report_stuck){m.ledger_funds, m.balance.v.v, m.carried_over.v.v, m.paid.v.v};
        }
    } else if (s->area.kind == AREA_PROVINCE) {
        struct report_province_stuck_row *rows = NULL;
        TRY(report_province_stuck(db, a, s->area.id, s->fy, &rows, &n));
        all = ARENA_ARRAY(a, struct report_stuck, n);
        for (size_t i = 0; i < n; i++)
            all[i] = (struct report_stuck){rows[i].ledgers, rows[i].balance, rows[i].carried_over, rows[i].paid};
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}
