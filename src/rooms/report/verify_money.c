/* verify_money.c — every sum of money recomputed from the ledger's own rows.
 *
 * The scan comes in the ledger's order and the sums in theirs, so what the rows give is gathered in a
 * table first: a cell for each fund, year, measure, issue and support type, some 80 bytes each. Then
 * every kept sum takes its cell; what differs is named, and so is a cell that nobody took. */
#include "rooms/report/verify.h"
#include "rooms/report_sql.h"

#define CELLS_FIRST ((size_t)1 << 12)

struct cell {
    struct fund_id fund; /* none: free */
    struct fiscal_year fy;
    enum measure measure;
    struct str issue, support; /* as in the split tables; "-" of other measures */
    int64_t total;
    bool is_seen; /* a kept sum was found for it */
};
struct gathering {
    struct verifying *v;
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
    uint64_t h = mix(mix(mix(1, (uint64_t)key->fund.v), (uint64_t)key->fy.v), (uint64_t)key->measure);
    size_t at = (size_t)mix_text(mix_text(h, key->issue), key->support) & (g->size - 1);
    for (;; at = (at + 1) & (g->size - 1)) {
        struct cell *c = &g->cells[at];
        if (id_is_none(c->fund)) return c;
        if (c->fund.v == key->fund.v && c->fy.v == key->fy.v && c->measure == key->measure &&
            str_eq(c->issue, key->issue) && str_eq(c->support, key->support))
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
        if (!id_is_none(old[i].fund)) *find(g, &old[i]) = old[i];
}

static struct str copy_stated(struct arena *a, struct str code)
{
    return str_is_none(code) ? STR(FIGURE_NOT_STATED) : str_copy(a, code);
}

static enum err gather(void *ctx, const struct money_moved *e)
{
    struct gathering *g = ctx;
    struct figure_change *changes = NULL;
    size_t n = 0;
    figure_changes_of_money(g->v->arena, e, &changes, &n);
    for (size_t i = 0; i < n; i++) {
        struct cell key = {.fund = e->fund, .fy = changes[i].fy, .measure = changes[i].measure};
        if (g->n * 2 >= g->size) grow(g);
        key.issue = copy_stated(g->v->arena, changes[i].part.issue_code);
        key.support = copy_stated(g->v->arena, changes[i].part.support_type);
        struct cell *c = find(g, &key);
        if (id_is_none(c->fund)) {
            *c = key;
            g->n++;
        }
        c->total += changes[i].delta;
    }
    return ERR_OK;
}

static void differs(struct gathering *g, struct str fund, const struct cell *key, int64_t kept, int64_t right)
{
    struct str measure = measure_code(key->measure);
    struct arena *a = g->v->arena;
    struct str split = STR("");
    if (measure_kind(key->measure) == FIGURE_SPLIT)
        split = str_printf(a, " issue %.*s support type %.*s", STR_FMT(key->issue), STR_FMT(key->support));
    verify_say(g->v, str_printf(a, "fund %.*s year %d %.*s%.*s: %lld kept, %lld by its ledger", STR_FMT(fund),
                                key->fy.v, STR_FMT(measure), STR_FMT(split), (long long)kept, (long long)right));
}

static void compare(struct gathering *g, struct str fund, const struct cell *key, int64_t kept)
{
    struct cell *c = find(g, key);
    if (!id_is_none(c->fund)) c->is_seen = true;
    if (c->total != kept) differs(g, fund, key, kept, c->total);
}

static enum err check_total(void *ctx, const struct report_verify_money_row *r)
{
    struct gathering *g = ctx;
    struct cell key = {r->fund_id, r->fy, measure_of(r->measure), STR(FIGURE_NOT_STATED), STR(FIGURE_NOT_STATED), 0, false};
    compare(g, r->code, &key, r->total);
    if (r->known != 1)
        verify_say(g->v, str_printf(g->v->arena, "fund %.*s year %d %.*s: known %lld times", STR_FMT(r->code),
                                    r->fy.v, STR_FMT(r->measure), (long long)r->known));
    return ERR_OK;
}

static enum err check_split(void *ctx, const struct report_verify_money_splits_row *r)
{
    struct cell key = {r->fund_id, r->fy, measure_of(r->measure), r->issue_code, r->support_type, 0, false};
    compare(ctx, r->code, &key, r->total);
    return ERR_OK;
}

enum err verify_money(struct verifying *v)
{
    struct gathering g = {.v = v};
    grow(&g);
    TRY(ledger_moves_scan(v->db, v->arena, gather, &g));
    TRY(report_verify_money(v->db, v->arena, check_total, &g));
    TRY(report_verify_money_splits(v->db, v->arena, check_split, &g));
    for (size_t i = 0; i < g.size; i++) {
        const struct cell *c = &g.cells[i];
        if (id_is_none(c->fund) || c->is_seen || c->total == 0) continue;
        differs(&g, str_printf(v->arena, "id %lld", (long long)c->fund.v), c, 0, c->total);
    }
    return ERR_OK;
}
