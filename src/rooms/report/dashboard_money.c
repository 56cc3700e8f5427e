/* dashboard_money.c — the money of an overview: its cards, its years, and what is not spent. */
#include "html/chart.h"
#include "rooms/report/dashboard.h"
#include "rooms/report_sql.h"

/* ---- the day asked for ---- */

#define DAY_MS INT64_C(86400000)
#define BANGKOK_MS (7 * INT64_C(3600000))

enum err dashboard_as_of(struct rq *rq, struct as_of *ret)
{
    struct str given = rq_param(rq, "as_of");
    *ret = (struct as_of){0};
    if (str_is_none(given) || str_is_empty(given)) return ERR_OK;
    if (date_parse_iso(given, &ret->day) != ERR_OK || date_cmp(ret->day, rq->today) > 0) return ERR_INPUT;
    ret->has = true;
    ret->until = (struct instant){(date_days(ret->day) + 1) * DAY_MS - BANGKOK_MS};
    return ERR_OK;
}

/* ---- cards ---- */

struct money_short dashboard_short(struct rq *rq, struct opt_satang v)
{
    struct money_short r = {.full = v};
    if (!v.has) return r;
    struct buf b = buf_in(rq->arena, 64);
    buf_satang_short(&b, v.v, &r.is_million);
    r.figure = buf_str(&b);
    return r;
}

int64_t dashboard_percent(struct opt_bp share)
{
    int64_t percent = share.v.v / 100;
    if (!share.has || percent < 0) return 0;
    return percent > 100 ? 100 : percent;
}

struct money_view dashboard_money_view(struct rq *rq, const struct report_money *m)
{
    return (struct money_view){.has = m->ledger_funds > 0,
                               .received = dashboard_short(rq, m->received),
                               .planned = dashboard_short(rq, m->planned),
                               .paid = dashboard_short(rq, m->paid),
                               .balance = dashboard_short(rq, m->balance),
                               .carried_over = m->carried_over,
                               .received_nhso = m->received_nhso,
                               .received_local = m->received_local,
                               .received_other = m->received_other,
                               .committed = m->committed,
                               .spent = m->spent,
                               .spent_percent = dashboard_percent(m->spent)};
}

void dashboard_fill_money(struct rq *rq, struct dashboard_view *v, const struct figures *f)
{
    struct report_money m = figures_money(f);
    struct opt_bp match = figures_match_share(f);
    v->money = dashboard_money_view(rq, &m);
    v->ledger_funds = m.ledger_funds;
    v->plan_funds = m.plan_funds;
    if (match.has) v->match = match.v.v >= 10000 ? MATCH_ENOUGH : MATCH_SHORT;
}

/* ---- years ---- */

bool dashboard_money_trend(struct rq *rq, const struct report_year *years, size_t n, struct fiscal_year shown,
                           struct html *ret)
{
    struct chart_group *groups = ARENA_ARRAY(rq->arena, struct chart_group, n);
    int64_t most = 0;
    bool is_known = false;
    for (size_t i = 0; i < n; i++) {
        struct report_money m = figures_money(&years[i].figures);
        groups[i] = (struct chart_group){.label = str_printf(rq->arena, "%d", years[i].fy.v),
                                         .values = {m.received.v.v, m.paid.v.v, m.balance.v.v},
                                         .is_known = m.ledger_funds > 0,
                                         .is_marked = years[i].fy.v == shown.v};
        is_known = is_known || groups[i].is_known;
        for (int k = 0; k < CHART_SERIES; k++)
            if (groups[i].values[k] > most) most = groups[i].values[k];
    }
    if (!is_known) return false;
    *ret = chart_groups(rq->arena, &rq->page,
                                  &(struct chart_groups){.title = msg_text(MSG_trend_money, rq->page.lang),
                                            .top = dashboard_short_text(rq, most / 100),
                                            .most = most,
                                            .groups = groups,
                                            .ngroups = n});
    return true;
}

/* ---- what is not spent ---- */

#define BANDS 5
static const int64_t band_from[BANDS] = {0, 20, 50, 80, 90}; /* percent of all money of the year */

struct stuck_sum {
    int64_t funds, balance, old;
};

static void add_stuck(struct stuck_sum sums[BANDS], const struct report_stuck *f)
{
    int64_t all = f->balance + f->paid, percent = 0; /* carried over + received */
    int64_t old = f->carried_over - f->paid;         /* the oldest is spent first */
    int band = 0;
    if (f->ledgers == 0) return;
    if (all > 0) percent = (int64_t)((__int128)f->balance * 100 / all);
    while (band + 1 < BANDS && percent >= band_from[band + 1]) band++;
    if (old > f->balance) old = f->balance;
    sums[band].funds++;
    sums[band].balance += f->balance;
    if (old > 0) sums[band].old += old;
}

static struct str band_text(struct rq *rq, int band)
{
    struct str low = str_printf(rq->arena, "%lld", (long long)band_from[band]);
    if (band + 1 == BANDS) return MSG_FORMAT(rq->arena, rq->page.lang, MSG_stuck_over, low);
    struct str high = str_printf(rq->arena, "%lld", (long long)band_from[band + 1]);
    return band == 0 ? MSG_FORMAT(rq->arena, rq->page.lang, MSG_stuck_under, high)
                     : MSG_FORMAT(rq->arena, rq->page.lang, MSG_stuck_between, low, high);
}

enum err dashboard_fill_stuck(struct rq *rq, struct dashboard_view *v, const struct report_summary *s)
{
    struct report_stuck *funds = NULL;
    struct stuck_sum sums[BANDS] = {0};
    size_t n = 0;
    if (!v->money.has || (s->area.kind != AREA_PROVINCE && s->area.kind != AREA_DISTRICT)) return ERR_OK;
    TRY(report_stuck_funds(rq->db, rq->arena, s, &funds, &n));
    for (size_t i = 0; i < n; i++) add_stuck(sums, &funds[i]);
    struct stuck_row *rows = ARENA_ARRAY(rq->arena, struct stuck_row, BANDS);
    struct chart_bar *bars = ARENA_ARRAY(rq->arena, struct chart_bar, BANDS);
    for (int b = 0; b < BANDS; b++) {
        rows[b] = (struct stuck_row){band_text(rq, b), sums[b].funds, satang(sums[b].balance), satang(sums[b].old)};
        struct str count = str_printf(rq->arena, "%lld", (long long)sums[b].funds);
        bars[b] = (struct chart_bar){.name = rows[b].label,
                                     .value = sums[b].funds,
                                     .is_known = true,
                                     .text = MSG_FORMAT(rq->arena, rq->page.lang, MSG_unit_funds, count),
                                     .tone = b == BANDS - 1 ? CHART_BELOW : CHART_PLAIN};
    }
    v->stuck = rows;
    v->nstuck = BANDS;
    v->stuck_chart = chart_bars(rq->arena, &rq->page, &(struct chart_bars){.bars = bars, .nbars = BANDS});
    return ERR_OK;
}
