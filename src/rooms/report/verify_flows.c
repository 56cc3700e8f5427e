/* verify_flows.c — every sum of flows recomputed from the rows of the rooms that tell them: the ledger's
 * entries and promises, the plans' agreed years, the projects as they stand.
 *
 * A fund at a time, so that memory does not grow with the country. What its rows give is gathered in a table
 * first: a cell for each year, measure and part. Then every kept sum takes its cell; what differs is named, and
 * so is a cell that nobody took. */
#include "rooms/report/verify.h"
#include "rooms/report_sql.h"

#define CELLS_FIRST ((size_t)1 << 10)
#define FUNDS_A_PAGE 500

struct cell {
    struct fiscal_year fy; /* 0: free */
    enum measure measure;
    struct str issue, support; /* as in the split tables; issue also a target group or a day; else "-" */
    int64_t total;
    bool is_seen; /* a kept sum was found for it */
};
struct gathering { /* of one fund */
    struct verifying *v;
    struct fund_id fund;
    struct str code;
    struct cell *cells; /* open addressing; a power of two, at most half full */
    size_t size, n;
};

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 29);
}

static uint64_t mix_text(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.n; i++) h = mix(h, (unsigned char)s.p[i]);
    return h;
}

static struct cell *find(struct gathering *g, const struct cell *key)
{
    uint64_t h = mix(mix(1, (uint64_t)key->fy.v), (uint64_t)key->measure);
    size_t at = (size_t)mix_text(mix_text(h, key->issue), key->support) & (g->size - 1);
    for (;; at = (at + 1) & (g->size - 1)) {
        struct cell *c = &g->cells[at];
        if (c->fy.v == 0) return c;
        if (c->fy.v == key->fy.v && c->measure == key->measure && str_eq(c->issue, key->issue) && str_eq(c->support, key->support))
            return c;
    }
}

static void grow(struct gathering *g)
{
    struct cell *old = g->cells;
    size_t size = g->size;
    g->size = size == 0 ? CELLS_FIRST : size * 2;
    g->cells = ARENA_ARRAY(g->v->arena, struct cell, g->size);
    for (size_t i = 0; i < size; i++)
        if (old[i].fy.v != 0) *find(g, &old[i]) = old[i];
}

static struct str copy_stated(struct arena *a, struct str code)
{
    return str_is_none(code) ? STR(FIGURE_NOT_STATED) : str_copy(a, code);
}

/* By what a measure is taken apart: the key of its part. */
static struct str part_key(struct arena *a, enum measure m, const struct figure_part *part)
{
    if (measure_kind(m) == FIGURE_GROUPED) return copy_stated(a, part->group_code);
    if (measure_kind(m) == FIGURE_DATED) return date_iso_text(a, part->due_on.v);
    return copy_stated(a, part->issue_code);
}

static void gather(struct gathering *g, const struct figure_change *changes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct cell key = {.fy = changes[i].fy, .measure = changes[i].measure};
        if (g->n * 2 >= g->size) grow(g);
        key.issue = part_key(g->v->arena, key.measure, &changes[i].part);
        key.support = copy_stated(g->v->arena, changes[i].part.support_type);
        struct cell *c = find(g, &key);
        if (c->fy.v == 0) {
            *c = key;
            g->n++;
        }
        c->total += changes[i].delta;
    }
}

static enum err gather_money(void *ctx, const struct money_moved *e)
{
    struct gathering *g = ctx;
    struct figure_change *changes = NULL;
    size_t n = 0;
    figure_changes_of_money(g->v->arena, e, &changes, &n);
    gather(g, changes, n);
    return ERR_OK;
}

static enum err gather_plan(void *ctx, const struct plan_moved *e)
{
    struct gathering *g = ctx;
    struct figure_change *changes = NULL;
    size_t n = 0;
    figure_changes_of_plan(g->v->arena, e, &changes, &n);
    gather(g, changes, n);
    return ERR_OK;
}

static enum err gather_project(void *ctx, const struct project_moved *e)
{
    struct gathering *g = ctx;
    struct figure_change *changes = NULL;
    size_t n = 0;
    figure_changes_of_project(g->v->arena, e, &changes, &n);
    gather(g, changes, n);
    return ERR_OK;
}

static void differs(struct gathering *g, const struct cell *key, int64_t kept, int64_t right)
{
    struct str measure = measure_code(key->measure), part = STR("");
    struct arena *a = g->v->arena;
    const char *source = key->measure == MEASURE_PLANS ? "plans" : key->measure > MEASURE_PLANS ? "projects" : "ledger";
    switch (measure_kind(key->measure)) {
    case FIGURE_PLAIN: break;
    case FIGURE_SPLIT:
        part = str_printf(a, " issue %.*s support type %.*s", STR_FMT(key->issue), STR_FMT(key->support));
        break;
    case FIGURE_GROUPED: part = str_printf(a, " %.*s", STR_FMT(key->issue)); break;
    case FIGURE_DATED: part = str_printf(a, " on %.*s", STR_FMT(key->issue)); break;
    }
    verify_say(g->v, str_printf(a, "fund %.*s year %d %.*s%.*s: %lld kept, %lld by its %s", STR_FMT(g->code), key->fy.v,
                                STR_FMT(measure), STR_FMT(part), (long long)kept, (long long)right, source));
}

static void compare(struct gathering *g, const struct cell *key, int64_t kept)
{
    struct cell *c = find(g, key);
    if (c->fy.v != 0) c->is_seen = true;
    if (c->total != kept) differs(g, key, kept, c->total);
}

static enum err check_totals(struct gathering *g)
{
    struct report_verify_flow_sums_row *rows = NULL;
    size_t n = 0;
    TRY(report_verify_flow_sums(g->v->db, g->v->arena, g->fund, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct cell key = {rows[i].fy, measure_of(rows[i].measure), STR(FIGURE_NOT_STATED), STR(FIGURE_NOT_STATED), 0, false};
        compare(g, &key, rows[i].total);
        if (rows[i].known != 1)
            verify_say(g->v, str_printf(g->v->arena, "fund %.*s year %d %.*s: known %lld times", STR_FMT(g->code), rows[i].fy.v,
                                        STR_FMT(rows[i].measure), (long long)rows[i].known));
    }
    return ERR_OK;
}

static enum err check_parts(struct gathering *g)
{
    struct report_verify_flow_splits_row *splits = NULL;
    struct report_verify_flow_groups_row *groups = NULL;
    struct report_verify_flow_dues_row *dues = NULL;
    size_t n = 0;
    TRY(report_verify_flow_splits(g->v->db, g->v->arena, g->fund, &splits, &n));
    for (size_t i = 0; i < n; i++) {
        struct cell key = {splits[i].fy, measure_of(splits[i].measure), splits[i].issue_code, splits[i].support_type, 0, false};
        compare(g, &key, splits[i].total);
    }
    TRY(report_verify_flow_groups(g->v->db, g->v->arena, g->fund, &groups, &n));
    for (size_t i = 0; i < n; i++) {
        struct cell key = {groups[i].fy, MEASURE_PEOPLE_GROUP, groups[i].group_code, STR(FIGURE_NOT_STATED), 0, false};
        compare(g, &key, groups[i].total);
    }
    TRY(report_verify_flow_dues(g->v->db, g->v->arena, g->fund, &dues, &n));
    for (size_t i = 0; i < n; i++) {
        struct cell key = {dues[i].fy, MEASURE_OPEN_DUE, date_iso_text(g->v->arena, dues[i].due_on), STR(FIGURE_NOT_STATED), 0, false};
        compare(g, &key, dues[i].total);
    }
    return ERR_OK;
}

static enum err check_paid(struct gathering *g)
{
    struct report_verify_paid_row *rows = NULL;
    struct arena *a = g->v->arena;
    size_t n = 0;
    TRY(report_verify_paid(g->v->db, a, g->fund, &rows, &n));
    for (size_t i = 0; i < n; i++)
        verify_say(g->v, str_printf(a, "fund %.*s project %.*s: kept as %s, its books say otherwise", STR_FMT(g->code), STR_FMT(rows[i].slug),
                                    rows[i].is_paid ? "paid" : "not paid"));
    return ERR_OK;
}

static enum err check_fund(struct verifying *v, struct fund_id fund, struct str code)
{
    struct gathering g = {.v = v, .fund = fund, .code = code};
    grow(&g);
    TRY(ledger_moves_scan(v->db, v->arena, fund, gather_money, &g));
    TRY(plan_moves_scan(v->db, v->arena, fund, gather_plan, &g));
    TRY(project_figures_scan(v->db, v->arena, fund, gather_project, &g));
    TRY(check_totals(&g));
    TRY(check_parts(&g));
    TRY(check_paid(&g));
    for (size_t i = 0; i < g.size; i++) {
        const struct cell *c = &g.cells[i];
        if (c->fy.v != 0 && !c->is_seen && c->total != 0) differs(&g, c, 0, c->total);
    }
    return ERR_OK;
}

enum err verify_flows(struct verifying *v)
{
    struct report_verify_funds_row *funds = NULL;
    struct fund_id after = {0};
    size_t n = 0;
    do {
        struct arena_mark page = arena_mark(v->arena);
        TRY(report_verify_funds(v->db, v->arena, after, FUNDS_A_PAGE, &funds, &n));
        for (size_t i = 0; i < n; i++) {
            struct arena_mark mark = arena_mark(v->arena);
            TRY(check_fund(v, funds[i].id, funds[i].code));
            arena_release(v->arena, mark);
        }
        if (n > 0) after = funds[n - 1].id;
        arena_release(v->arena, page);
    } while (n == FUNDS_A_PAGE);
    return ERR_OK;
}
