/* money.c — the ledger's moves become facts and sums, and sums become what is shown of money.
. How
 * they are written: flow.c. */
#include <assert.h>

#include "app/events.h"
#include "rooms/ledger/ledger.h"
#include "rooms/report/figure.h"

static const enum measure measure_of_move[MONEY_MEASURES] = {
    [MONEY_LEDGER] = MEASURE_LEDGERS,
    [MONEY_OPENING] = MEASURE_OPENING,
    [MONEY_RECEIVED_NHSO] = MEASURE_RECEIVED_NHSO,
    [MONEY_RECEIVED_LOCAL] = MEASURE_RECEIVED_LOCAL,
    [MONEY_RECEIVED_INTEREST] = MEASURE_RECEIVED_INTEREST,
    [MONEY_RECEIVED_DONATION] = MEASURE_RECEIVED_DONATION,
    [MONEY_RECEIVED_REFUND] = MEASURE_RECEIVED_REFUND,
    [MONEY_PLANNED] = MEASURE_PLANNED,
    [MONEY_COMMITTED] = MEASURE_COMMITTED,
    [MONEY_PAID] = MEASURE_PAID,
};

/* ---- what one event changes ---- */

void figure_changes_of_money(struct arena *a, const struct money_moved *e, struct figure_change **ret, size_t *ret_n)
{
    struct figure_change *all = ARENA_ARRAY(a, struct figure_change, e->nmoves * 2);
    size_t n = 0;
    for (size_t i = 0; i < e->nmoves; i++) {
        const struct money_move *m = &e->moves[i];
        assert(m->measure >= 0 && m->measure < MONEY_MEASURES);
        struct figure_change c = {.fy = m->fy, .measure = measure_of_move[m->measure], .delta = m->delta};
        if (c.delta == 0) continue;
        if (measure_kind(c.measure) == FIGURE_SPLIT)
            c.part = (struct figure_part){.issue_code = m->issue_code, .support_type = m->support_type};
        all[n++] = c;
        bool is_in = m->measure >= MONEY_OPENING && m->measure <= MONEY_RECEIVED_REFUND;
        if (is_in || m->measure == MONEY_PAID)
            all[n++] = (struct figure_change){
                .fy = m->fy, .measure = MEASURE_NET, .delta = is_in ? m->delta : -m->delta};
    }
    figure_changes_sort(all, n);
    *ret = all;
    *ret_n = n;
}

/* ---- listening ---- */

enum err report_on_money_moved(struct db *db, struct arena *a, const struct money_moved *e)
{
    struct figure_change *changes = NULL;
    size_t n = 0;
    struct figure_post p = {.db = db,
                            .fund = e->fund,
                            .on_date = e->on_date,
                            .recorded_at = e->recorded_at,
                            .source_kind = str_of(e->source_kind),
                            .source_id = e->source_id};
    figure_changes_of_money(a, e, &changes, &n);
    return figure_changes_post(p, a, changes, n);
}

/* ---- what is shown ---- */

struct report_money figures_money(const struct figures *f)
{
    struct report_money r = {.ledger_funds = f->before.ledgers + f->at[MEASURE_LEDGERS].total,
                             .plan_funds = f->at[MEASURE_PLANNED].known};
    bool is_known = r.ledger_funds > 0;
    int64_t other = f->at[MEASURE_RECEIVED_INTEREST].total + f->at[MEASURE_RECEIVED_DONATION].total +
                    f->at[MEASURE_RECEIVED_REFUND].total;
    r.planned = (struct opt_satang){is_known || r.plan_funds > 0, satang(f->at[MEASURE_PLANNED].total)};
    if (!is_known) return r;
    r.carried_over = some_satang(satang(f->before.net + f->at[MEASURE_OPENING].total));
    r.received_nhso = some_satang(satang(f->at[MEASURE_RECEIVED_NHSO].total));
    r.received_local = some_satang(satang(f->at[MEASURE_RECEIVED_LOCAL].total));
    r.received_other = some_satang(satang(other));
    r.received = some_satang(satang(r.received_nhso.v.v + r.received_local.v.v + other));
    r.committed = some_satang(satang(f->before.committed + f->at[MEASURE_COMMITTED].total));
    r.paid = some_satang(satang(f->at[MEASURE_PAID].total));
    r.balance = some_satang(satang(r.carried_over.v.v + r.received.v.v - r.paid.v.v));
    r.spent = satang_share(r.paid.v, satang(r.carried_over.v.v + r.received.v.v));
    return r;
}
