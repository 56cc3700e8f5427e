/* split.c — money taken apart: planned, committed and paid by support type and by issue; what each
 * fund has left. */
#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

struct split_row { /* the four queries give the same columns */
    struct str measure, issue, support;
    int64_t total;
};

#define COLLECT(query_call)                                                                        \
    TRY(query_call);                                                                               \
    all = ARENA_ARRAY(a, struct split_row, n);                                                     \
    for (size_t i = 0; i < n; i++)                                                                 \
    all[i] = (struct split_row){rows[i].measure, rows[i].issue_code, rows[i].support_type, rows[i].total}

static void add_one(struct report_split *all, size_t *n, struct str code, enum measure m, int64_t total)
{
    size_t at = 0;
    if (str_eq(code, STR(FIGURE_NOT_STATED))) code = STR_NONE;
    while (at < *n && !(str_is_none(all[at].code) == str_is_none(code) &&
                        (str_is_none(code) || str_eq(all[at].code, code))))
        at++;
    if (at == *n) all[(*n)++] = (struct report_split){.code = code};
    if (m == MEASURE_PLANNED) all[at].planned += total;
    if (m == MEASURE_COMMITTED) all[at].committed += total;
    if (m == MEASURE_PAID) all[at].paid += total;
}

/* By code, shorter ones first ("9" before "10"); what is not stated comes last. */
static bool is_before(const struct report_split *x, const struct report_split *y)
{
    if (str_is_none(x->code) || str_is_none(y->code)) return !str_is_none(x->code);
    if (x->code.n != y->code.n) return x->code.n < y->code.n;
    return str_cmp(x->code, y->code) < 0;
}

/* Leaves out what came to nothing again (a receipt reversed) and sorts the few rows. */
static size_t tidy(struct report_split *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct report_split s = all[i];
        size_t at = kept;
        if (s.planned == 0 && s.committed == 0 && s.paid == 0) continue;
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
        add_one(s.by_support, &s.nsupport, rows[i].support, m, rows[i].total);
        add_one(s.by_issue, &s.nissue, rows[i].issue, m, rows[i].total);
    }
    s.nsupport = tidy(s.by_support, s.nsupport);
    s.nissue = tidy(s.by_issue, s.nissue);
    *ret = s;
}

enum err report_area_splits(struct db *db, struct arena *a, const struct area *area, struct fiscal_year fy,
                            struct report_splits *ret)
{
    struct split_row *all = NULL;
    size_t n = 0;
    if (area->kind == AREA_NATION) {
        struct report_nation_splits_in_row *rows = NULL;
        COLLECT(report_nation_splits_in(db, a, fy, &rows, &n));
    } else if (area->kind == AREA_REGION) {
        struct report_children_splits_in_row *rows = NULL;
        COLLECT(report_children_splits_in(db, a, area->id, fy, &rows, &n));
    } else {
        struct report_area_splits_in_row *rows = NULL;
        COLLECT(report_area_splits_in(db, a, area->id, fy, &rows, &n));
    }
    splits_of(a, all, n, ret);
    return ERR_OK;
}

enum err report_fund_splits(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                            struct report_splits *ret)
{
    struct split_row *all = NULL;
    struct report_fund_splits_in_row *rows = NULL;
    size_t n = 0;
    COLLECT(report_fund_splits_in(db, a, fund, fy, &rows, &n));
    splits_of(a, all, n, ret);
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
