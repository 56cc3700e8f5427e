/* report_test.c — figures: exact at every level, unknown is not zero, and a difference is named. */
#include "tests/rooms/fixture.h"

#include "base/rand.h"
#include "rooms/report/report.h"

static char said[4096];

static void keep(void *ctx, struct str line)
{
    (void)ctx;
    size_t n = strlen(said);
    snprintf(said + n, sizeof said - n, "%.*s\n", STR_FMT(line));
}

static struct fixture *house(void)
{
    struct fixture *f = fixture_house();
    arena_reset(f->arena);
    return f;
}

static struct report_summary summary_of(struct fixture *f, const char *code, int fy)
{
    struct area area = {0};
    struct report_summary s;
    assert_ok(area_find_code(f->db, f->arena, str_of(code), &area));
    assert_ok(report_summary(f->db, f->arena, &area, fiscal_year(fy), &s));
    return s;
}

static int64_t differences(struct fixture *f)
{
    int64_t bad = -1;
    said[0] = '\0';
    assert_ok(report_verify(f->db, f->arena, keep, NULL, &bad));
    return bad;
}

static void the_districts_of_region_4_have_the_funds_of_the_source(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int64_t funds;
    } districts[] = {{"1203", 8}, {"1204", 7}, {"1506", 16}, {"1902", 13}, {"1903", 19}};
    struct fixture *f = house();
    int64_t all = 0;
    for (size_t i = 0; i < sizeof districts / sizeof districts[0]; i++) {
        struct area a = {0};
        /* หนองแค and แก่งคอย by name, should the codes of the source be exchanged. */
        assert_ok(area_find_code(f->db, f->arena, str_of(districts[i].code), &a));
        all += summary_of(f, districts[i].code, 2570).figures.funds;
    }
    assert_int_equal(all, 63); /* and the three municipalities of groups 2 and 3 */
    assert_int_equal(summary_of(f, "R4", 2570).figures.funds, 66);
}

static void every_level_is_the_sum_of_its_children(void **state)
{
    (void)state;
    static const char *const codes[] = {"TH", "R4", "R12", "12", "19", "94", "1203", "9401"};
    static const int years[] = {2562, 2568, 2569, 2570, 2571};
    struct fixture *f = house();
    for (size_t c = 0; c < sizeof codes / sizeof codes[0]; c++) {
        for (size_t y = 0; y < sizeof years / sizeof years[0]; y++) {
            arena_reset(f->arena);
            struct report_summary s = summary_of(f, codes[c], years[y]);
            struct figures sum = {0};
            for (size_t i = 0; i < s.nchildren; i++) {
                sum.funds += s.children[i].figures.funds;
                for (int m = 0; m < MEASURE_COUNT; m++) {
                    sum.at[m].total += s.children[i].figures.at[m].total;
                    sum.at[m].known += s.children[i].figures.at[m].known;
                }
            }
            assert_int_equal(sum.funds, s.figures.funds);
            assert_memory_equal(sum.at, s.figures.at, sizeof sum.at);
        }
    }
}

static void real_pattani_adds_up_as_the_file_says(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct report_summary s = summary_of(f, "9401", 2562);
    assert_int_equal(s.figures.at[MEASURE_POPULATION_LOCAL].total, 4943 + 3859 + 8439 + 6956 + 21066 + 3292);
    assert_int_equal(s.figures.at[MEASURE_POPULATION_LOCAL].known, 6);
    assert_int_equal(s.figures.at[MEASURE_NHSO_AMOUNT].total,
                     INT64_C(100) * (214704 + 167620 + 366556 + 302141 + 915023 + 142991));
    /* ทม.ปัตตานี and อบต.ปุยุด are known by name and place only: funds, but no figures. */
    assert_int_equal(s.figures.funds, 8);
    assert_int_equal(s.figures.at[MEASURE_FUND_YEARS].total, 6);
}

static void unknown_is_not_zero(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct report_summary s = summary_of(f, "50", 2570); /* เชียงใหม่: no fund in this database */
    assert_false(figures_satang(&s.figures, MEASURE_NHSO_AMOUNT).has);
    assert_false(figures_count(&s.figures, MEASURE_POPULATION_LOCAL).has);
    assert_false(figures_match_share(&s.figures).has);
    struct reply r = fixture_get(f, "/api/v1/areas/50/summary?fy=2570", "");
    assert_true(reply_has(&r, "\"nhso_amount_satang\":null"));
    assert_true(reply_has(&r, "\"funds\":0"));
}

static void a_share_is_taken_over_the_funds_where_both_sums_are_known(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct report_summary s = summary_of(f, "9301", 2562); /* เมืองพัทลุง: two rows without percent */
    const struct figures *g = &s.figures;
    assert_int_equal(g->at[MEASURE_MATCH_ENTERED].known, 5);
    assert_int_equal(g->at[MEASURE_MATCH_BASE].known, 4);
    assert_int_equal(g->at[MEASURE_MATCH_DONE].total, INT64_C(100) * (205182 + 400000 + 200000) + 11810250);
    assert_int_equal(g->at[MEASURE_MATCH_BASE].total, INT64_C(100) * (108130 + 187856 + 64186 + 175739));
}

static void a_tambon_is_a_place_and_never_a_sum(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area area = {0};
    struct report_summary s;
    assert_ok(area_find_code(f->db, f->arena, STR("900101"), &area));
    assert_err(report_summary(f->db, f->arena, &area, fiscal_year(2570), &s), ERR_NOT_FOUND);
}

static void the_trend_has_every_year_that_is_known(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area nation = {0};
    struct report_year *years = NULL;
    size_t n = 0;
    assert_ok(area_find_code(f->db, f->arena, STR("TH"), &nation));
    assert_ok(report_trend(f->db, f->arena, &nation, fiscal_year(FISCAL_YEAR_MIN), &years, &n));
    assert_int_equal(n, 4);
    assert_int_equal(years[0].fy.v, 2562);
    assert_int_equal(years[3].fy.v, 2570);
    for (size_t i = 0; i < n; i++) {
        struct report_summary s = summary_of(f, "TH", years[i].fy.v);
        assert_memory_equal(s.figures.at, years[i].figures.at, sizeof s.figures.at);
    }
}

/* A trend that begins later carries over what lay before it, and the list of years is whole all the same. */
static void a_later_trend_knows_what_lay_before(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area nation = {0};
    struct fiscal_year *known = NULL;
    struct report_year *all = NULL, *last = NULL;
    size_t nknown = 0, nall = 0, nlast = 0;
    assert_ok(area_find_code(f->db, f->arena, STR("TH"), &nation));
    assert_ok(report_years_of(f->db, f->arena, &nation, &known, &nknown));
    assert_ok(report_trend(f->db, f->arena, &nation, fiscal_year(FISCAL_YEAR_MIN), &all, &nall));
    assert_ok(report_trend(f->db, f->arena, &nation, fiscal_year(2570), &last, &nlast));
    assert_int_equal(nknown, nall);
    for (size_t i = 0; i < nall; i++) assert_int_equal(known[i].v, all[i].fy.v);
    assert_int_equal(nlast, 1);
    assert_true(last[0].figures.before.net != 0);
    assert_memory_equal(&last[0].figures, &all[nall - 1].figures, sizeof last[0].figures);
}

/* The map reads only what its measure is made of: that is what each province's own page says. */
static void the_map_shows_what_each_province_shows(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area *areas = NULL;
    size_t n = 0, seen = 0;
    struct report_summary parts[4];
    assert_ok(area_provinces(f->db, f->arena, &areas, &n));
    for (int part = 0; part < 4; part++) {
        parts[part] = summary_of(f, "TH", 2570);
        assert_ok(report_provinces(f->db, f->arena, (enum report_part)part, &parts[part]));
    }
    for (size_t i = 0; i < n; i++) {
        const struct figures nothing = {0}, *is[4] = {&nothing, &nothing, &nothing, &nothing};
        struct report_summary s = summary_of(f, str_z(f->arena, areas[i].code), 2570);
        for (int part = 0; part < 4; part++)
            for (size_t k = 0; k < parts[part].nprovinces; k++)
                if (parts[part].provinces[k].area.v == areas[i].id.v) is[part] = &parts[part].provinces[k].figures;
        struct report_money right = figures_money(&s.figures), money = figures_money(is[REPORT_MONEY]);
        struct report_thread will = figures_thread(&s.figures), thread = figures_thread(is[REPORT_THREAD]);
        assert_int_equal(money.ledger_funds, right.ledger_funds);
        assert_int_equal(money.balance.v.v, right.balance.v.v);
        assert_int_equal(money.received.v.v, right.received.v.v);
        assert_int_equal(money.spent.v.v, right.spent.v.v);
        assert_int_equal(thread.has_projects, will.has_projects);
        assert_int_equal(thread.projects.v, will.projects.v);
        assert_int_equal(thread.people.v, will.people.v);
        assert_int_equal(figures_match_share(is[REPORT_RECORD]).v.v, figures_match_share(&s.figures).v.v);
        assert_int_equal(is[REPORT_RECORD]->at[MEASURE_NHSO_AMOUNT].total, s.figures.at[MEASURE_NHSO_AMOUNT].total);
        assert_int_equal(is[REPORT_RECORD]->at[MEASURE_POPULATION_LOCAL].known, s.figures.at[MEASURE_POPULATION_LOCAL].known);
        assert_int_equal(is[REPORT_FUNDS]->funds, s.figures.funds);
        seen += right.ledger_funds > 0 && will.has_projects;
    }
    assert_true(seen > 3);
}

static void the_house_as_made_has_no_difference(void **state)
{
    (void)state;
    struct fixture *f = house();
    int64_t bad = differences(f);
    if (bad != 0) fail_msg("%s", said);
}

/* Each sum changed behind the program's back is found and named. */
static void a_changed_sum_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *harm, *named;
    } harms[] = {
        {"UPDATE fund_year SET nhso_amount_satang = nhso_amount_satang + 1 WHERE fund_id = (SELECT id FROM fund WHERE code = 'L3009')", "fund L3009 year 2562 nhso_amount"},
        {"UPDATE figure_fund_year SET total = total + 1 WHERE measure = 'population_local' AND fy = 2562 AND fund_id = (SELECT id FROM fund WHERE code = 'L3009')", "fund L3009 year 2562 population_local"},
        {"UPDATE figure_area_year SET total = total - 1 WHERE measure = 'match_entered' AND fy = 2562 AND area_id = (SELECT area_id FROM area_code WHERE code = '94')", "year 2562 match_entered"},
        {"DELETE FROM figure_area_year WHERE measure = 'match_entered' AND fy = 2562 AND area_id = (SELECT area_id FROM area_code WHERE code = '94')", "year 2562 match_entered"},
        {"INSERT INTO figure_area_all (area_id, measure, total) SELECT area_id, 'net', 5 FROM area_code WHERE code = '94' ON CONFLICT (area_id, measure) DO UPDATE SET total = figure_area_all.total + 5", "net of all years"},
        {"INSERT INTO figure_fund_all (fund_id, measure, total) SELECT id, 'committed', 5 FROM fund WHERE code = 'L3009' ON CONFLICT (fund_id, measure) DO UPDATE SET total = figure_fund_all.total + 5", "committed of all years"},
        {"UPDATE figure_area_funds SET funds = funds + 1 WHERE area_id = (SELECT area_id FROM area_code WHERE code = '94')", "funds kept"},
        {"DELETE FROM figure_fact WHERE measure = 'population_local' AND fy = 2562 AND fund_id = (SELECT id FROM fund WHERE code = 'L3009')", "population_local"},
    };
    struct fixture *f = house();
    for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
        assert_ok(db_begin(f->db, DB_TXN_WRITE));
        assert_ok(db_script(f->db, harms[i].harm));
        assert_true(differences(f) > 0);
        if (strstr(said, harms[i].named) == NULL) fail_msg("%s: %s", harms[i].harm, said);
        db_rollback(f->db);
    }
    assert_int_equal(differences(f), 0);
}

static struct fund_facts random_facts(struct rand *r)
{
    struct fund_facts facts = {0};
    if (rand_chance(r, 80)) facts.population_local = (struct opt_count){true, rand_between(r, 0, 90000)};
    if (rand_chance(r, 60)) facts.population_nhso = (struct opt_count){true, rand_between(r, 0, 90000)};
    if (rand_chance(r, 80)) facts.nhso_amount = some_satang(satang(rand_between(r, 0, 900000000)));
    if (rand_chance(r, 60)) facts.match_percent = (struct opt_bp){true, bp(rand_between(r, 0, 10000))};
    if (rand_chance(r, 70)) facts.match_entered = some_satang(satang(rand_between(r, 0, 900000000)));
    return facts;
}

/* Any history of writes, corrections and moves between districts leaves the sums exact. */
static void any_history_of_changes_keeps_the_sums_exact(void **state)
{
    (void)state;
    static const char *const homes[] = {"1203", "1204", "1506", "9401", "9005"};
    static const char *const codes[] = {"D0001", "D0002", "L3009", "L3010", "D0040"};
    struct fixture *f = house();
    struct fund_rules rules;
    struct rand r = rand_seeded(20691122);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(fund_rules_read(f->db, f->arena, &rules));
    for (int step = 0; step < 300; step++) {
        struct area district = {0};
        char sql[200];
        int64_t fund = 0, version = 0;
        bool is_changed = false;
        int fy = (int)rand_between(&r, 2563, 2570);
        assert_ok(area_find_code(f->db, f->arena, str_of(homes[rand_between(&r, 0, 4)]), &district));
        snprintf(sql, sizeof sql, "SELECT id FROM fund WHERE code = '%s'", codes[rand_between(&r, 0, 4)]);
        assert_ok(db_scalar(f->db, sql, &fund));
        snprintf(sql, sizeof sql, "SELECT COALESCE(MAX(version), 0) FROM fund_year WHERE fund_id = %lld AND fy = %d", (long long)fund, fy);
        assert_ok(db_scalar(f->db, sql, &version));
        struct actor by = actor_system("system:test");
        struct fund_year_write w = {.fund = {fund}, .fy = fiscal_year(fy), .district = district.id,
                                    .province = district.parent_id, .kind = STR("sao"), .facts = random_facts(&r),
                                    .certainty = STR("U"), .source = STR("test"), .actor = &by, .version = version};
        assert_ok(fund_year_write(f->db, f->arena, &rules, &w, &is_changed));
        if (step % 50 != 49) continue;
        int64_t bad = 0;
        /* Schemes look at the fund's own kind; a recorded percent wins, so only percents are used here. */
        said[0] = '\0';
        assert_ok(report_verify(f->db, f->arena, keep, NULL, &bad));
        if (bad != 0) fail_msg("after %d steps: %s", step + 1, said);
    }
    db_rollback(f->db);
}

static void a_stale_version_is_refused(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct fund_rules rules;
    int64_t fund = 0;
    bool is_changed = false;
    struct area district = {0};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(fund_rules_read(f->db, f->arena, &rules));
    assert_ok(area_find_code(f->db, f->arena, STR("9401"), &district));
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = 'L3009'", &fund));
    struct actor by = actor_system("system:test");
    struct fund_year_write w = {.fund = {fund}, .fy = fiscal_year(2562), .district = district.id, .province = district.parent_id,
                                .certainty = STR("U"), .source = STR("test"), .actor = &by, .version = 0};
    assert_err(fund_year_write(f->db, f->arena, &rules, &w, &is_changed), ERR_CONFLICT);
    w.version = 2;
    assert_err(fund_year_write(f->db, f->arena, &rules, &w, &is_changed), ERR_CONFLICT);
    w.version = 1;
    assert_ok(fund_year_write(f->db, f->arena, &rules, &w, &is_changed));
    assert_true(is_changed);
    db_rollback(f->db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_districts_of_region_4_have_the_funds_of_the_source),
        cmocka_unit_test(every_level_is_the_sum_of_its_children),
        cmocka_unit_test(real_pattani_adds_up_as_the_file_says),
        cmocka_unit_test(unknown_is_not_zero),
        cmocka_unit_test(a_share_is_taken_over_the_funds_where_both_sums_are_known),
        cmocka_unit_test(a_tambon_is_a_place_and_never_a_sum),
        cmocka_unit_test(the_trend_has_every_year_that_is_known),
        cmocka_unit_test(a_later_trend_knows_what_lay_before),
        cmocka_unit_test(the_map_shows_what_each_province_shows),
        cmocka_unit_test(the_house_as_made_has_no_difference),
        cmocka_unit_test(a_changed_sum_is_named),
        cmocka_unit_test(any_history_of_changes_keeps_the_sums_exact),
        cmocka_unit_test(a_stale_version_is_refused),
    };
    return FIXTURE_RUN(tests);
}
