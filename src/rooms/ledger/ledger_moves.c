/* ledger_moves.c — the figures' moves told again from the ledger's own rows: what the report room's
 * verification holds its sums against. Nothing here looks at what was told before. */
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

struct scanning {
    struct db *db;
    struct arena *arena;
    enum err (*each)(void *ctx, const struct money_moved *m);
    void *ctx;
    struct fund_id fund;
};

static enum err tell(const struct scanning *s, const char *kind, int64_t id, struct date on, struct instant at,
                     const struct money_move *move)
{
    struct money_moved m = {.fund = s->fund,
                            .on_date = on,
                            .recorded_at = at,
                            .source_kind = kind,
                            .source_id = id,
                            .moves = move,
                            .nmoves = 1};
    return s->each(s->ctx, &m);
}

/* A reversal tells the measure of what it undoes, with the sign turned round, in its own year. */
static enum err tell_entry(const struct scanning *s, const struct ledger_flows_of_row *e)
{
    bool is_undone = str_eq(e->kind, STR("reversal"));
    struct str kind = is_undone ? e->undone_kind : e->kind;
    struct str source = is_undone ? e->undone_source : e->source;
    enum ledger_source from = LEDGER_NHSO;
    struct money_move m = {.measure = MONEY_OPENING,
                           .fy = e->fy,
                           .delta = is_undone ? -e->amount_satang.v : e->amount_satang.v};
    if (str_eq(kind, STR("receipt"))) {
        TRY(ledger_source_of(source, &from));
        m.measure = ledger_measure_of(from);
    }
    if (str_eq(kind, STR("payment"))) {
        m.measure = MONEY_PAID;
        m.issue_code = e->issue_code;
        m.support_type = e->support_type_code;
    }
    return tell(s, "ledger_entry", e->id.v, e->entry_date, e->recorded_at, &m);
}

static enum err tell_promise(const struct scanning *s, const struct ledger_moves_of_row *r)
{
    bool is_more = str_eq(r->kind, STR("open")) || str_eq(r->kind, STR("unpay"));
    struct money_move m = {.measure = MONEY_COMMITTED,
                           .fy = date_fiscal_year(r->on_date),
                           .issue_code = r->issue_code,
                           .support_type = r->support_type_code,
                           .delta = is_more ? r->amount_satang.v : -r->amount_satang.v};
    bool by_entry = !id_is_none(r->entry_id);
    return tell(s, by_entry ? "ledger_entry" : "ledger_commitment", by_entry ? r->entry_id.v : r->commitment_id.v,
                r->on_date, r->recorded_at, &m);
}

static enum err scan_book(const struct scanning *s, const struct ledger_main_book_row *b)
{
    struct ledger_flows_of_row *entries = NULL;
    struct ledger_moves_of_row *promises = NULL;
    struct money_move opened = {.measure = MONEY_LEDGER, .fy = date_fiscal_year(b->opened_on), .delta = 1};
    size_t n = 0;
    TRY(tell(s, "ledger_book", b->id.v, b->opened_on, b->recorded_at, &opened));
    TRY(ledger_flows_of(s->db, s->arena, b->id, &entries, &n));
    for (size_t i = 0; i < n; i++) TRY(tell_entry(s, &entries[i]));
    TRY(ledger_moves_of(s->db, s->arena, b->id, &promises, &n));
    for (size_t i = 0; i < n; i++) TRY(tell_promise(s, &promises[i]));
    return ERR_OK;
}

static enum err scan_plan(const struct scanning *s, const struct ledger_agreed_plans_row *p)
{
    struct ledger_plan_lines_of_row *lines = NULL;
    size_t n = 0;
    TRY(ledger_plan_lines_of(s->db, s->arena, p->id, &lines, &n));
    for (size_t i = 0; i < n; i++) {
        struct money_move m = {.measure = MONEY_PLANNED,
                               .fy = p->fy,
                               .issue_code = lines[i].issue_code,
                               .support_type = lines[i].support_type_code,
                               .delta = lines[i].amount_satang.v};
        TRY(tell(s, "ledger_plan", p->id.v, p->agreed_on.v, p->recorded_at, &m));
    }
    return ERR_OK;
}

enum err ledger_moves_scan(struct db *db, struct arena *a, struct fund_id fund,
                           enum err (*each)(void *ctx, const struct money_moved *m), void *ctx)
{
    struct scanning s = {.db = db, .arena = a, .each = each, .ctx = ctx, .fund = fund};
    struct ledger_main_book_row book = {0};
    struct ledger_agreed_plans_row *plans = NULL;
    size_t n = 0;
    enum err e = ledger_main_book(db, a, fund, &book);
    if (e == ERR_OK) e = scan_book(&s, &book);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    TRY(ledger_agreed_plans(db, a, fund, &plans, &n));
    for (size_t i = 0; i < n; i++) TRY(scan_plan(&s, &plans[i]));
    return ERR_OK;
}
