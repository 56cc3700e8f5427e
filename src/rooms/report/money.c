/* money.c — the ledger's moves become facts and sums, and sums become what is shown of money.
 *
 * A move is written as it came; sums are moved in one order (year, measure, issue, support type;
 * fund, district, province), so that two writers of one province cannot wait for each other in a
 * circle. */
#include <assert.h>
#include <stdlib.h>

#include "app/events.h"
#include "rooms/ledger/ledger.h"
#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

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

static struct str stated(struct str code)
{
    return str_is_none(code) ? STR(FIGURE_NOT_STATED) : code;
}

static int by_place(const void *a, const void *b)
{
    const struct figure_change *x = a, *y = b;
    if (x->fy.v != y->fy.v) return x->fy.v < y->fy.v ? -1 : 1;
    if (x->measure != y->measure) return x->measure < y->measure ? -1 : 1;
    int by_issue = str_cmp(stated(x->split.issue_code), stated(y->split.issue_code));
    if (by_issue != 0) return by_issue;
    int by_support = str_cmp(stated(x->split.support_type), stated(y->split.support_type));
    if (by_support != 0) return by_support;
    return (x->delta > y->delta) - (x->delta < y->delta);
}

void figure_changes_of(struct arena *a, const struct money_moved *e, struct figure_change **ret, size_t *ret_n)
{
    struct figure_change *all = ARENA_ARRAY(a, struct figure_change, e->nmoves * 2);
    size_t n = 0;
    for (size_t i = 0; i < e->nmoves; i++) {
        const struct money_move *m = &e->moves[i];
        assert(m->measure >= 0 && m->measure < MONEY_MEASURES);
        struct figure_change c = {.fy = m->fy, .measure = measure_of_move[m->measure], .delta = m->delta};
        if (c.delta == 0) continue;
        if (measure_is_split(c.measure)) c.split = (struct figure_split){m->issue_code, m->support_type};
        all[n++] = c;
        bool is_in = m->measure >= MONEY_OPENING && m->measure <= MONEY_RECEIVED_REFUND;
        if (is_in || m->measure == MONEY_PAID)
            all[n++] = (struct figure_change){
                .fy = m->fy, .measure = MEASURE_NET, .delta = is_in ? m->delta : -m->delta};
    }
    qsort(all, n, sizeof *all, by_place);
    *ret = all;
    *ret_n = n;
}

/* ---- listening ---- */

static bool is_same_split(const struct figure_change *x, const struct figure_change *y)
{
    return str_eq(stated(x->split.issue_code), stated(y->split.issue_code)) &&
           str_eq(stated(x->split.support_type), stated(y->split.support_type));
}

static enum err move_splits(const struct figure_post *p, const struct figure_change *changes, size_t n)
{
    struct str measure = measure_code(changes[0].measure);
    for (size_t i = 0; i < n;) {
        int64_t delta = 0;
        size_t first = i;
        for (; i < n && is_same_split(&changes[first], &changes[i]); i++) delta += changes[i].delta;
        struct str issue = stated(changes[first].split.issue_code);
        struct str support = stated(changes[first].split.support_type);
        struct report_move_fund_split_args of_fund = {p->fund, p->fy,   measure, issue,
                                                      support, p->district, delta};
        TRY(report_move_fund_split(p->db, &of_fund, NULL));
        TRY(report_move_area_split(p->db, p->district, p->fy, measure, issue, support, delta, NULL));
        TRY(report_move_area_split(p->db, p->province, p->fy, measure, issue, support, delta, NULL));
    }
    return ERR_OK;
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
    for (size_t i = 0; i < n; i++)
        TRY(figure_add_fact(p, m, &changes[i].split, changes[i].delta, i == 0 ? known_delta : 0));
    if (delta != 0 || known_delta != 0) TRY(figure_move_areas(p, m, delta, known_delta));
    return measure_is_split(m) ? move_splits(p, changes, n) : ERR_OK;
}

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
    figure_changes_of(a, e, &changes, &n);
    for (size_t i = 0; i < n;) {
        size_t first = i;
        if (p.fy.v != changes[i].fy.v) {
            p.fy = changes[i].fy;
            TRY(fund_home_in(db, a, e->fund, p.fy, &p.district, &p.province));
        }
        while (i < n && changes[i].fy.v == p.fy.v && changes[i].measure == changes[first].measure) i++;
        TRY(post_changes(&p, &changes[first], i - first));
    }
    return ERR_OK;
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
