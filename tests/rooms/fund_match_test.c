/* fund_match_test.c — allocation and matching, held against the real rows of reference/. */
#include "tests/rooms/fixture.h"

#include "rooms/fund/fund.h"

static struct fund_rules rules_for(struct fund_rate *rate, struct fund_scheme *scheme,
                                   struct fund_scheme_row *rows, size_t nrows)
{
    *rate = (struct fund_rate){.from = fiscal_year(2562),
                               .per_head = some_satang(satang(4500)),
                               .certainty = STR("S")};
    *scheme = (struct fund_scheme){.code = STR("income"),
                                   .basis = STR("income"),
                                   .from = {true, fiscal_year(2562)},
                                   .certainty = STR("S"),
                                   .rows = rows,
                                   .nrows = nrows};
    return (struct fund_rules){.rates = rate, .nrates = 1, .schemes = scheme, .nschemes = 1};
}

/* The three steps of announcement 2561, clause 8: < 6 M 30, 6–20 M 40, > 20 M 50. */
static struct fund_scheme_row steps[] = {
    {.income_from = {true, {0}}, .income_to = {true, {599999999}}, .percent = {3000}},
    {.income_from = {true, {600000000}}, .income_to = {true, {2000000000}}, .percent = {4000}},
    {.income_from = {true, {2000000001}}, .percent = {5000}},
};

static struct fund_match match_of(struct fund_facts facts)
{
    struct fund_rate rate;
    struct fund_scheme scheme;
    struct fund_rules rules = rules_for(&rate, &scheme, steps, 3);
    struct fund_match m = fund_match_of(&rules, fiscal_year(2562), STR("sao"), STR_NONE, &facts);
    m.rate = NULL; /* lies on this stack */
    m.scheme = NULL;
    return m;
}

static struct fund_facts real_row(int64_t heads, int64_t nhso_baht, int64_t percent, int64_t entered_satang)
{
    return (struct fund_facts){.population_local = {true, heads},
                               .nhso_amount = some_satang(satang(nhso_baht * 100)),
                               .match_percent = {percent > 0, bp(percent * 100)},
                               .match_entered = {entered_satang >= 0, satang(entered_satang)}};
}

static void every_real_computed_match_is_the_percent_of_the_amount_in_whole_baht(void **state)
{
    (void)state;
    static const struct {
        int64_t nhso, percent, computed;
    } rows[] = {{214704, 40, 85882},  {167620, 50, 83810},   {366556, 40, 146622}, {915023, 50, 457512},
                {216260, 50, 108130}, {469641, 40, 187856},  {213952, 30, 64186},  {351478, 50, 175739},
                {281435, 40, 112574}, {2817376, 50, 1408688}, {528569, 50, 264285}, {255221, 40, 102088}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fund_match m = match_of(real_row(1, rows[i].nhso, rows[i].percent, -1));
        assert_true(m.computed.has);
        assert_int_equal(m.computed.v.v, rows[i].computed * 100);
        assert_int_equal(m.percent_from, FUND_PERCENT_RECORDED);
    }
}

static void a_budget_by_registered_heads_is_enough_by_heads_and_short_only_by_money(void **state)
{
    (void)state;
    /* ทน.ยะลา: 60,615 heads × 45 × 50 % = 1,363,837.50; NHSO gave 2,817,376. */
    struct fund_match m = match_of(real_row(60615, 2817376, 50, 136383750));
    assert_int_equal(m.share_by_heads.v.v, 5000);
    assert_int_equal(m.share_by_money.v.v, 4841);
    assert_false(m.short_by_heads.has);
    assert_true(m.short_by_money.has);
    assert_int_equal(m.short_by_money.v.v, 4485050);
    assert_int_equal(m.state, FUND_MATCH_SHORT_BASE_GREW);
}

static void an_unset_percent_is_unknown_and_never_zero(void **state)
{
    (void)state;
    struct fund_match m = match_of(real_row(8242, 339572, 0, 18544500));
    assert_false(m.percent.has);
    assert_false(m.computed.has);
    assert_int_equal(m.percent_from, FUND_PERCENT_UNKNOWN);
    assert_int_equal(m.state, FUND_MATCH_UNKNOWN);
    assert_int_equal(m.share_by_money.v.v, 5461);
}

static void more_than_asked_is_legal_and_said_so(void **state)
{
    (void)state;
    struct fund_match m = match_of(real_row(5193, 213952, 30, 40000000)); /* โคกชะงาย, 187 % */
    assert_int_equal(m.state, FUND_MATCH_OVER);
    assert_int_equal(m.share_by_money.v.v, 18696);
}

static void short_by_both_bases_is_short(void **state)
{
    (void)state;
    struct fund_match m = match_of(real_row(5491, 255221, 40, 9000000));
    assert_int_equal(m.state, FUND_MATCH_SHORT);
    assert_int_equal(m.short_by_money.v.v, 10208800 - 9000000);
}

static void exactly_the_computed_match_is_enough(void **state)
{
    (void)state;
    struct fund_match m = match_of(real_row(5000, 200000, 40, 8000000)); /* heads ask for 90,000 */
    assert_false(m.short_by_money.has);
    assert_true(m.short_by_heads.has);
    assert_int_equal(m.state, FUND_MATCH_ENOUGH);
}

static void nothing_entered_yet_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(match_of(real_row(5000, 200000, 40, -1)).state, FUND_MATCH_UNKNOWN);
}

static void the_scheme_gives_the_percent_by_income_with_both_bounds_inside(void **state)
{
    (void)state;
    static const struct {
        int64_t income_satang, percent;
    } at[] = {{0, 3000},          {599999999, 3000},  {600000000, 4000},
              {2000000000, 4000}, {2000000001, 5000}, {900000000000, 5000}};
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        struct fund_facts facts = real_row(5000, 200000, 0, -1);
        facts.own_income = some_satang(satang(at[i].income_satang));
        struct fund_match m = match_of(facts);
        assert_int_equal(m.percent_from, FUND_PERCENT_SCHEME);
        assert_int_equal(m.percent.v.v, at[i].percent);
    }
}

static void a_recorded_percent_wins_over_the_scheme(void **state)
{
    (void)state;
    struct fund_facts facts = real_row(5000, 200000, 60, -1);
    facts.own_income = some_satang(satang(100));
    struct fund_match m = match_of(facts);
    assert_int_equal(m.percent.v.v, 6000);
    assert_int_equal(m.percent_from, FUND_PERCENT_RECORDED);
}

static void outside_the_years_of_every_rule_nothing_is_expected(void **state)
{
    (void)state;
    struct fund_rate rate;
    struct fund_scheme scheme;
    struct fund_rules rules = rules_for(&rate, &scheme, steps, 3);
    struct fund_facts facts = real_row(5000, 200000, 0, -1);
    struct fund_match m = fund_match_of(&rules, fiscal_year(2561), STR("sao"), STR_NONE, &facts);
    assert_null(m.rate);
    assert_null(m.scheme);
    assert_false(m.by_heads.has);
}

static void a_stated_rate_goes_before_an_unsure_one(void **state)
{
    (void)state;
    struct fund_rate rates[] = {
        {.from = fiscal_year(2554), .to = {true, fiscal_year(2561)}, .per_head = some_satang(satang(4500)), .certainty = STR("U")},
        {.from = fiscal_year(2557), .to = {true, fiscal_year(2557)}, .per_head = some_satang(satang(4000)), .certainty = STR("S")}};
    struct fund_rules rules = {.rates = rates, .nrates = 2};
    assert_int_equal(fund_rate_of(&rules, fiscal_year(2557))->per_head.v.v, 4000);
    assert_int_equal(fund_rate_of(&rules, fiscal_year(2558))->per_head.v.v, 4500);
    assert_null(fund_rate_of(&rules, fiscal_year(2562)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_real_computed_match_is_the_percent_of_the_amount_in_whole_baht),
        cmocka_unit_test(a_budget_by_registered_heads_is_enough_by_heads_and_short_only_by_money),
        cmocka_unit_test(an_unset_percent_is_unknown_and_never_zero),
        cmocka_unit_test(more_than_asked_is_legal_and_said_so),
        cmocka_unit_test(short_by_both_bases_is_short),
        cmocka_unit_test(exactly_the_computed_match_is_enough),
        cmocka_unit_test(nothing_entered_yet_is_unknown),
        cmocka_unit_test(the_scheme_gives_the_percent_by_income_with_both_bounds_inside),
        cmocka_unit_test(a_recorded_percent_wins_over_the_scheme),
        cmocka_unit_test(outside_the_years_of_every_rule_nothing_is_expected),
        cmocka_unit_test(a_stated_rate_goes_before_an_unsure_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
