/* issue_test.c — the catalogue as it ships: every row arrives, every spelling finds its issue, and the
 * schema refuses what the rules forbid. */
#include "tests/rooms/fixture.h"

#include "app/reference.h"
#include "rooms/issue/issue.h"
#include "rooms/issue_sql.h"

static struct fixture fx;

/* Shows both texts when they differ. */
#define assert_str(got, want) assert_string_equal(str_z(fx.arena, (got)), (want))

static int begin(void **state)
{
    (void)state;
    fx = fixture_begin();
    assert_ok(db_begin(fx.db, DB_TXN_WRITE));
    assert_ok(issue_load_reference(fx.db, fx.arena));
    return 0;
}

static int end(void **state)
{
    (void)state;
    assert_ok(db_commit(fx.db));
    fixture_end(&fx);
    return 0;
}

static int64_t rows_of_file(const char *name)
{
    int64_t n = 0;
    struct reference r = reference_open(fx.arena, name);
    while (reference_next(&r)) n++;
    return n;
}

static int64_t number(const char *sql)
{
    int64_t n = 0;
    assert_ok(db_scalar(fx.db, sql, &n));
    return n;
}

static struct issue issue_named(const char *code)
{
    struct issue issue = {0};
    assert_ok(issue_find_code(fx.db, fx.arena, str_of(code), &issue));
    return issue;
}

/* ---- loading ---- */

static void every_row_of_reference_arrives(void **state)
{
    (void)state;
    static const struct {
        const char *file, *count;
    } tables[] = {
        {"issues.tsv", "SELECT COUNT(*) FROM issue"},
        {"indicators.tsv", "SELECT COUNT(*) FROM indicator"},
        {"target_groups.tsv", "SELECT COUNT(*) FROM target_group"},
        {"target_activities.tsv", "SELECT COUNT(*) FROM target_activity"},
        {"target_activity_groups.tsv", "SELECT COUNT(*) FROM target_activity_group"},
        {"support_types.tsv", "SELECT COUNT(*) FROM support_type"},
        {"support_type_clauses.tsv", "SELECT COUNT(*) FROM support_type_clause"},
        {"support_type_rules.tsv", "SELECT COUNT(*) FROM support_type_rule"},
        {"owner_types.tsv", "SELECT COUNT(*) FROM owner_type"},
        {"expense_groups.tsv", "SELECT COUNT(*) FROM expense_group"},
        {"expense_codes.tsv", "SELECT COUNT(*) FROM expense_code"},
        {"expense_units.tsv", "SELECT COUNT(*) FROM expense_unit"},
        {"accounts.tsv", "SELECT COUNT(*) FROM money_account"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        int64_t want = rows_of_file(tables[i].file), got = number(tables[i].count);
        if (got != want) fail_msg("%s: %d rows of %d", tables[i].file, (int)got, (int)want);
    }
}

static void loading_twice_is_refused(void **state)
{
    (void)state;
    assert_ok(db_savepoint(fx.db));
    assert_err(issue_load_reference(fx.db, fx.arena), ERR_CONFLICT);
    db_rollback_to(fx.db);
}

/* ---- issues ---- */

static void issues_come_in_the_order_of_the_form_with_their_counts(void **state)
{
    (void)state;
    struct issue *issues = NULL;
    size_t n = 0;
    int64_t sum = 0;
    assert_ok(issue_list(fx.db, fx.arena, &issues, &n));
    assert_int_equal(n, 20);
    assert_str(issues[0].code, "alcohol");
    assert_str(issues[19].code, "fund_management");
    for (size_t i = 0; i < n; i++) {
        assert_true(issues[i].nindicators > 0);
        sum += issues[i].nindicators;
    }
    assert_int_equal(sum, rows_of_file("indicators.tsv"));
}

static void an_unknown_code_is_not_found(void **state)
{
    (void)state;
    struct issue issue = {.nindicators = -7};
    assert_err(issue_find_code(fx.db, fx.arena, STR("happiness"), &issue), ERR_NOT_FOUND);
    assert_int_equal(issue.nindicators, -7); /* out-parameters are untouched on failure */
}

static void incumbent_numbers_are_kept_and_unknown_where_there_is_none(void **state)
{
    (void)state;
    assert_true(issue_named("disability").incumbent_id.has);
    assert_int_equal(issue_named("disability").incumbent_id.v, 16);
    assert_false(issue_named("waste").incumbent_id.has);
}

/* ---- spellings ---- */

static void every_spelling_of_the_file_finds_its_issue(void **state)
{
    (void)state;
    struct reference r = reference_open(fx.arena, "issue_spellings.tsv");
    while (reference_next(&r)) {
        struct issue issue = {0};
        assert_ok(issue_by_spelling(fx.db, fx.arena, reference_text(&r, "spelling"), &issue));
        assert_true(str_eq(issue.code, reference_text(&r, "issue_code")));
    }
}

static void own_names_find_their_issue_in_both_languages(void **state)
{
    (void)state;
    struct reference r = reference_open(fx.arena, "issues.tsv");
    while (reference_next(&r)) {
        struct issue th = {0}, en = {0};
        assert_ok(issue_by_spelling(fx.db, fx.arena, reference_text(&r, "name_th"), &th));
        assert_ok(issue_by_spelling(fx.db, fx.arena, reference_text(&r, "name_en"), &en));
        assert_true(str_eq(th.code, reference_text(&r, "code")));
        assert_true(str_eq(en.code, reference_text(&r, "code")));
    }
}

static void a_spelling_is_folded_but_never_guessed(void **state)
{
    (void)state;
    struct issue issue = {0};
    assert_ok(issue_by_spelling(fx.db, fx.arena, STR("  เหล้า   (แอลกอฮอล์) "), &issue));
    assert_str(issue.code, "alcohol");
    assert_ok(issue_by_spelling(fx.db, fx.arena, STR("โควิด๑๙"), &issue)); /* hyphens fold away */
    assert_str(issue.code, "covid19");
    assert_ok(issue_by_spelling(fx.db, fx.arena, STR("OLDER PEOPLE"), &issue));
    assert_str(issue.code, "older_people");
    assert_err(issue_by_spelling(fx.db, fx.arena, STR("เหล้าเบียร์"), &issue), ERR_NOT_FOUND);
    assert_err(issue_by_spelling(fx.db, fx.arena, STR(""), &issue), ERR_NOT_FOUND);
}

/* ---- indicators ---- */

static void a_percent_has_two_questions_and_others_one(void **state)
{
    (void)state;
    struct issue *issues = NULL;
    size_t n = 0;
    assert_ok(issue_list(fx.db, fx.arena, &issues, &n));
    for (size_t i = 0; i < n; i++) {
        struct indicator *ks = NULL;
        size_t nks = 0;
        assert_ok(issue_indicators(fx.db, fx.arena, issues[i].id, &ks, &nks));
        assert_int_equal(nks, issues[i].nindicators);
        for (size_t k = 0; k < nks; k++) {
            bool is_percent = str_eq(ks[k].unit, STR("percent"));
            assert_false(str_is_none(ks[k].question_num_th) || str_is_none(ks[k].question_num_en));
            assert_int_equal(is_percent, !str_is_none(ks[k].question_den_th));
            assert_int_equal(is_percent, !str_is_none(ks[k].question_den_en));
        }
    }
}

static void examples_and_limits_stand_with_their_own_indicator(void **state)
{
    (void)state;
    struct indicator *ks = NULL;
    size_t n = 0;
    assert_ok(issue_indicators(fx.db, fx.arena, issue_named("tobacco").id, &ks, &n));
    assert_int_equal(n, 3);
    assert_str(ks[0].code, "tobacco_youth");
    assert_int_equal(ks[0].nexamples, 1);
    assert_int_equal(ks[0].examples_x100[0], 800);
    assert_int_equal(ks[1].examples_x100[0], 10000);
    assert_str(ks[2].code, "tobacco_shops");
    assert_int_equal(ks[2].examples_x100[0], 0); /* none found is a value, not unknown */
    assert_true(ks[0].max_x100.has && ks[0].max_x100.v == 10000);
    assert_false(ks[1].max_x100.has);
    assert_false(ks[0].is_more_better);

    assert_ok(issue_indicators(fx.db, fx.arena, issue_named("maternal_child").id, &ks, &n));
    assert_int_equal(ks[0].nexamples, 2);
    assert_int_equal(ks[0].examples_x100[1], 3000);
    assert_int_equal(ks[1].nexamples, 1);
    assert_true(ks[0].is_more_better);
}

static void an_indicator_without_examples_has_none(void **state)
{
    (void)state;
    struct indicator *ks = NULL;
    size_t n = 0;
    assert_ok(issue_indicators(fx.db, fx.arena, issue_named("physical_activity").id, &ks, &n));
    assert_int_equal(n, 3);
    assert_int_equal(ks[1].nexamples, 1);
    assert_int_equal(ks[2].nexamples, 0);
}

/* ---- what a project may be ---- */

static void the_clause_is_that_of_the_year(void **state)
{
    (void)state;
    struct issue_support_types_row *rows = NULL;
    size_t n = 0;
    assert_ok(issue_support_types(fx.db, fx.arena, (struct fiscal_year){2569}, &rows, &n));
    assert_int_equal(n, 7);
    assert_str(rows[1].clause, "10(2)");
    assert_str(rows[1].account_code, "50200");
    assert_ok(issue_support_types(fx.db, fx.arena, (struct fiscal_year){2560}, &rows, &n));
    assert_int_equal(n, 7);
    assert_str(rows[1].clause, "7(2)");
    assert_true(str_is_none(rows[6].clause)); /* type 7 was not known then */
    assert_ok(issue_support_types(fx.db, fx.arena, (struct fiscal_year){2550}, &rows, &n));
    assert_true(str_is_none(rows[0].clause));
}

static void a_group_has_the_common_activities_and_its_own(void **state)
{
    (void)state;
    struct issue_target_activities_row *rows = NULL;
    size_t n = 0, ncommon = 0;
    assert_ok(issue_target_activities(fx.db, fx.arena, STR("1001"), &rows, &n));
    for (size_t i = 0; i < n; i++) ncommon += rows[i].is_for_all;
    assert_int_equal(ncommon, 5);
    assert_int_equal(n - ncommon, 3); /* oral health, development, vaccines */
}

static void a_rule_keeps_its_one_value_and_a_claim_has_no_year(void **state)
{
    (void)state;
    struct issue_support_rules_row *rows = NULL;
    size_t n = 0;
    assert_ok(issue_support_rules(fx.db, fx.arena, STR("4"), &rows, &n));
    assert_int_equal(n, 6);
    assert_true(rows[0].value_bp.has && rows[0].value_bp.v.v == 1500);
    assert_false(rows[0].value_satang.has || rows[0].value_count.has);
    assert_false(rows[1].fy_from.has);
    assert_str(rows[1].certainty, "U");
    assert_true(rows[3].value_satang.has && rows[3].value_satang.v.v == 2000000);
    assert_true(str_eq(rows[4].value_text, STR("16(2)")) && rows[4].fy_to.has && str_eq(rows[5].value_text, STR("17(2)")));
}

static void lists_that_other_rooms_choose_from_are_whole(void **state)
{
    (void)state;
    struct issue_target_groups_row *groups = NULL;
    struct issue_owner_types_row *owners = NULL;
    struct issue_expense_codes_row *codes = NULL;
    struct issue_money_accounts_row *accounts = NULL;
    size_t ngroups = 0, nowners = 0, ncodes = 0, naccounts = 0;
    assert_ok(issue_target_groups(fx.db, fx.arena, &groups, &ngroups));
    assert_ok(issue_owner_types(fx.db, fx.arena, &owners, &nowners));
    assert_ok(issue_expense_codes(fx.db, fx.arena, &codes, &ncodes));
    assert_ok(issue_money_accounts(fx.db, fx.arena, &accounts, &naccounts));
    assert_int_equal(ngroups, 9);
    assert_int_equal(nowners, 6);
    assert_int_equal(ncodes, 22);
    assert_int_equal(naccounts, 14);
    assert_false(groups[8].counts_heads); /* fund management has no heads to count */
    assert_str(accounts[0].kind, "asset");
}

/* ---- what the schema refuses ---- */

static void refused(const char *sql)
{
    assert_ok(db_savepoint(fx.db));
    assert_err(db_script(fx.db, sql), ERR_REFUSED);
    db_rollback_to(fx.db);
}

static void the_schema_refuses_half_questions_and_double_values(void **state)
{
    (void)state;
    refused("UPDATE indicator SET question_den_th = NULL WHERE code = 'alcohol_youth'");
    refused("UPDATE indicator SET question_den_th = 'x', question_den_en = 'x' WHERE unit = 'count'");
    refused("UPDATE indicator SET value_min_x100 = 20000 WHERE code = 'alcohol_youth'");
    refused("UPDATE support_type_rule SET value_satang = 1 WHERE rule = 'group_min_persons'");
    refused("UPDATE support_type_rule SET value_count = NULL WHERE rule = 'group_min_persons'");
    refused("UPDATE expense_code SET group_code = '77' WHERE code = '101'");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest issue_rules[] = {
        T(every_row_of_reference_arrives),
        T(loading_twice_is_refused),
        T(issues_come_in_the_order_of_the_form_with_their_counts),
        T(an_unknown_code_is_not_found),
        T(incumbent_numbers_are_kept_and_unknown_where_there_is_none),
        T(every_spelling_of_the_file_finds_its_issue),
        T(own_names_find_their_issue_in_both_languages),
        T(a_spelling_is_folded_but_never_guessed),
        T(a_percent_has_two_questions_and_others_one),
        T(examples_and_limits_stand_with_their_own_indicator),
        T(an_indicator_without_examples_has_none),
        T(the_clause_is_that_of_the_year),
        T(a_group_has_the_common_activities_and_its_own),
        T(a_rule_keeps_its_one_value_and_a_claim_has_no_year),
        T(lists_that_other_rooms_choose_from_are_whole),
        T(the_schema_refuses_half_questions_and_double_values),
    };
    return FIXTURE_RUN(issue_rules);
}
