/* fund_match.c — allocation and matching: what follows from the facts of a fund-year.
 *
 * Pure functions over dated rules. Two bases are reckoned because two are in use: the announcement
 * speaks of NHSO's amount, but the budget is written in July–August, before that amount is known, so
 * most local governments enter percent × rate × registered heads (13 of 17 real rows). */
#include "rooms/fund/fund.h"

static bool year_within(struct fiscal_year fy, struct opt_fiscal_year from, struct opt_fiscal_year to)
{
    return (!from.has || from.v.v <= fy.v) && (!to.has || fy.v <= to.v.v);
}

/* S before D before U: a stated rule beats a derived one, and both beat a claim. */
static int doubt(struct str certainty)
{
    if (str_eq(certainty, STR("S"))) return 0;
    return str_eq(certainty, STR("D")) ? 1 : 2;
}

const struct fund_rate *fund_rate_of(const struct fund_rules *rules, struct fiscal_year fy)
{
    const struct fund_rate *best = NULL;
    for (size_t i = 0; i < rules->nrates; i++) {
        const struct fund_rate *r = &rules->rates[i];
        if (!r->per_head.has) continue;
        if (!year_within(fy, (struct opt_fiscal_year){true, r->from}, r->to)) continue;
        if (best == NULL || doubt(r->certainty) < doubt(best->certainty)) best = r;
    }
    return best;
}

static const struct fund_scheme *scheme_of(const struct fund_rules *rules, struct fiscal_year fy)
{
    const struct fund_scheme *best = NULL;
    for (size_t i = 0; i < rules->nschemes; i++) {
        const struct fund_scheme *s = &rules->schemes[i];
        if (!year_within(fy, s->from, s->to)) continue;
        if (best == NULL || doubt(s->certainty) < doubt(best->certainty)) best = s;
    }
    return best;
}

/* A condition of a scheme's row: none holds for everybody; an unknown fact fulfils none. */
static bool text_fits(struct str wanted, struct str fact)
{
    return str_is_none(wanted) || (!str_is_none(fact) && str_eq(wanted, fact));
}

static bool income_fits(const struct fund_scheme_row *row, struct opt_satang income)
{
    if (!row->income_from.has && !row->income_to.has) return true;
    if (!income.has) return false;
    if (row->income_from.has && income.v.v < row->income_from.v.v) return false;
    return !row->income_to.has || income.v.v <= row->income_to.v.v;
}

static struct opt_bp scheme_percent(const struct fund_scheme *s, struct str kind, struct str size,
                                    struct opt_satang income)
{
    for (size_t i = 0; i < s->nrows; i++) {
        const struct fund_scheme_row *row = &s->rows[i];
        if (text_fits(row->org_kind, kind) && text_fits(row->org_size, size) &&
            income_fits(row, income))
            return (struct opt_bp){true, row->percent};
    }
    return (struct opt_bp){0};
}

/* Exact to the satang, half up: 60,615 heads × 45 × 50 % = 1,363,837.50 is what a budget writes. */
static struct satang percent_exact(struct satang base, struct bp percent)
{
    __int128 product = (__int128)base.v * percent.v;
    return satang((int64_t)((product + 5000) / 10000));
}

static struct opt_satang short_of(struct opt_satang least, struct opt_satang entered)
{
    if (!least.has || !entered.has || entered.v.v >= least.v.v) return (struct opt_satang){0};
    return some_satang(satang_sub(least.v, entered.v));
}

static enum fund_match_state state_of(const struct fund_match *m, struct opt_satang entered)
{
    bool has_base = m->computed.has || m->least_by_heads.has;
    if (!m->percent.has || !entered.has || !has_base) return FUND_MATCH_UNKNOWN;
    bool is_short_by_money = m->short_by_money.has;
    bool is_short_by_heads = m->short_by_heads.has;
    if (!m->computed.has) is_short_by_money = is_short_by_heads;
    if (is_short_by_money && m->least_by_heads.has && !is_short_by_heads)
        return FUND_MATCH_SHORT_BASE_GREW;
    if (is_short_by_money) return FUND_MATCH_SHORT;
    bool is_over_money = !m->computed.has || entered.v.v > m->computed.v.v;
    bool is_over_heads = !m->least_by_heads.has || entered.v.v > m->least_by_heads.v.v;
    return is_over_money && is_over_heads ? FUND_MATCH_OVER : FUND_MATCH_ENOUGH;
}

struct fund_match fund_match_of(const struct fund_rules *rules, struct fiscal_year fy,
                                struct str kind, struct str size, const struct fund_facts *facts)
{
    struct fund_match m = {.rate = fund_rate_of(rules, fy), .scheme = scheme_of(rules, fy)};

    if (m.rate != NULL && facts->population_local.has)
        m.by_heads = some_satang(satang_times(m.rate->per_head.v, facts->population_local.v));
    if (facts->match_percent.has) {
        m.percent = facts->match_percent;
        m.percent_from = FUND_PERCENT_RECORDED;
    } else if (m.scheme != NULL) {
        m.percent = scheme_percent(m.scheme, kind, size, facts->own_income);
        if (m.percent.has) m.percent_from = FUND_PERCENT_SCHEME;
    }
    if (m.percent.has && facts->nhso_amount.has)
        m.computed = some_satang(satang_percent_whole_baht(facts->nhso_amount.v, m.percent.v));
    if (m.percent.has && m.by_heads.has)
        m.least_by_heads = some_satang(percent_exact(m.by_heads.v, m.percent.v));
    if (facts->match_entered.has && m.by_heads.has)
        m.share_by_heads = satang_share(facts->match_entered.v, m.by_heads.v);
    if (facts->match_entered.has && facts->nhso_amount.has)
        m.share_by_money = satang_share(facts->match_entered.v, facts->nhso_amount.v);
    m.short_by_heads = short_of(m.least_by_heads, facts->match_entered);
    m.short_by_money = short_of(m.computed, facts->match_entered);
    m.state = state_of(&m, facts->match_entered);
    return m;
}
