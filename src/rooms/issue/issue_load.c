/* issue_load.c — the catalogue of reference/ into empty tables, some two hundred rows. Runs once,
 * inside the caller's transaction. A fault in these files is a bug: reading them asserts, and the
 * schema's CHECKs refuse the rest. Files are loaded so that what is named stands already. */
#include "app/reference.h"
#include "base/thai.h"
#include "rooms/issue/issue.h"
#include "rooms/issue_sql.h"

/* ---- cells that may be empty ---- */

static struct opt_count opt_int(struct reference *r, const char *column)
{
    if (!reference_has(r, column)) return (struct opt_count){0};
    return (struct opt_count){true, reference_int(r, column)};
}

static struct fiscal_year fy_of(struct reference *r, const char *column)
{
    return (struct fiscal_year){(int32_t)reference_int(r, column)};
}

static struct opt_fiscal_year opt_fy(struct reference *r, const char *column)
{
    if (!reference_has(r, column)) return (struct opt_fiscal_year){0};
    return (struct opt_fiscal_year){true, fy_of(r, column)};
}

/* ---- issues, spellings, indicators ---- */

static enum err load_issues(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "issues.tsv");
    struct issue_add_row row = {0};
    while (reference_next(&r)) {
        struct issue_add_args args = {.code = reference_text(&r, "code"),
                                      .incumbent_id = opt_int(&r, "incumbent_id"),
                                      .name_th = reference_text(&r, "name_th"),
                                      .name_en = reference_text(&r, "name_en"),
                                      .sort_order = reference_int(&r, "sort_order"),
                                      .certainty = reference_text(&r, "certainty"),
                                      .source = reference_text(&r, "source")};
        TRY(issue_add(db, a, &args, &row));
    }
    return ERR_OK;
}

static enum err add_spelling(struct db *db, struct arena *a, const struct issue *issue,
                             struct str spelling, struct opt_count incumbent_id,
                             struct str certainty, struct str source)
{
    return issue_add_spelling(db, thai_fold(a, spelling), issue->id, spelling, incumbent_id,
                              certainty, source, NULL);
}

static enum err load_spellings(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "issue_spellings.tsv");
    while (reference_next(&r)) {
        struct issue issue = {0};
        TRY(issue_find_code(db, a, reference_text(&r, "issue_code"), &issue));
        TRY(add_spelling(db, a, &issue, reference_text(&r, "spelling"), opt_int(&r, "incumbent_id"),
                         reference_text(&r, "certainty"), reference_text(&r, "source")));
    }
    return ERR_OK;
}

/* An issue is also found by its own names. After the file's spellings, which know more of themselves
 * and stay where they say the same. */
static enum err load_own_names(struct db *db, struct arena *a)
{
    struct issue *issues = NULL;
    size_t n = 0;
    TRY(issue_list(db, a, &issues, &n));
    for (size_t i = 0; i < n; i++) {
        const struct issue *s = &issues[i];
        const struct str names[] = {s->name_th, s->name_en};
        for (size_t k = 0; k < 2; k++)
            TRY(add_spelling(db, a, s, names[k], s->incumbent_id, STR("S"), STR("its own name")));
    }
    return ERR_OK;
}

static enum err load_examples(struct db *db, struct indicator_id indicator, struct str list)
{
    struct str one;
    int64_t position = 1, value = 0;
    if (str_is_empty(list)) return ERR_OK;
    for (; str_split(&list, ',', &one); position++) {
        TRY(str_to_int(str_trim(one), &value));
        TRY(issue_add_example(db, indicator, position, value, NULL));
    }
    return ERR_OK;
}

static enum err load_indicators(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "indicators.tsv");
    while (reference_next(&r)) {
        struct issue issue = {0};
        struct issue_add_indicator_row row = {0};
        TRY(issue_find_code(db, a, reference_text(&r, "issue_code"), &issue));
        struct issue_add_indicator_args args = {
            .issue_id = issue.id,
            .code = reference_text(&r, "code"),
            .name_th = reference_text(&r, "name_th"),
            .name_en = reference_text(&r, "name_en"),
            .unit = reference_text(&r, "unit"),
            .direction = reference_text(&r, "direction"),
            .question_num_th = reference_text(&r, "question_num_th"),
            .question_num_en = reference_text(&r, "question_num_en"),
            .question_den_th = reference_opt_text(&r, "question_den_th"),
            .question_den_en = reference_opt_text(&r, "question_den_en"),
            .value_min_x100 = opt_int(&r, "value_min_x100"),
            .value_max_x100 = opt_int(&r, "value_max_x100"),
            .sort_order = reference_int(&r, "sort_order"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source")};
        TRY(issue_add_indicator(db, a, &args, &row));
        TRY(load_examples(db, row.id, reference_text(&r, "examples_x100")));
    }
    return ERR_OK;
}

/* ---- whom a project serves ---- */

static enum err load_target_groups(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "target_groups.tsv");
    while (reference_next(&r)) {
        struct issue_add_target_group_args args = {
            .code = reference_text(&r, "code"),
            .kind = reference_text(&r, "kind"),
            .name_th = reference_text(&r, "name_th"),
            .name_en = reference_text(&r, "name_en"),
            .nhso_code = reference_opt_text(&r, "nhso_code"),
            .nhso_code_certainty = reference_text(&r, "nhso_code_certainty"),
            .counts_heads = reference_int(&r, "counts_heads") != 0,
            .sort_order = reference_int(&r, "sort_order"),
            .fy_from = opt_fy(&r, "fy_from"),
            .fy_to = opt_fy(&r, "fy_to"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source")};
        TRY(issue_add_target_group(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_target_activities(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "target_activities.tsv");
    while (reference_next(&r)) {
        struct issue_add_target_activity_args args = {
            .code = reference_text(&r, "code"),
            .name_th = reference_text(&r, "name_th"),
            .name_en = reference_text(&r, "name_en"),
            .is_for_all = reference_int(&r, "for_all") != 0,
            .sort_order = reference_int(&r, "sort_order"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source")};
        TRY(issue_add_target_activity(db, &args, NULL));
    }
    struct reference g = reference_open(a, "target_activity_groups.tsv");
    while (reference_next(&g))
        TRY(issue_add_target_activity_group(
            db, reference_text(&g, "activity_code"), reference_text(&g, "target_group_code"),
            reference_text(&g, "certainty"), reference_text(&g, "source"), NULL));
    return ERR_OK;
}

/* ---- what kind of support a project is ---- */

static enum err load_support_types(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "support_types.tsv");
    while (reference_next(&r)) {
        struct issue_add_support_type_args args = {
            .code = reference_text(&r, "code"),
            .name_th = reference_text(&r, "name_th"),
            .name_en = reference_text(&r, "name_en"),
            .short_th = reference_text(&r, "short_th"),
            .short_en = reference_text(&r, "short_en"),
            .account_code = reference_text(&r, "expense_account_code"),
            .sort_order = reference_int(&r, "sort_order"),
            .fy_from = opt_fy(&r, "fy_from"),
            .fy_to = opt_fy(&r, "fy_to"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source"),
            .note = reference_opt_text(&r, "note")};
        TRY(issue_add_support_type(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_support_clauses(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "support_type_clauses.tsv");
    while (reference_next(&r)) {
        struct issue_add_support_clause_args args = {
            .support_type_code = reference_text(&r, "support_type_code"),
            .clause = reference_text(&r, "clause"),
            .fy_from = fy_of(&r, "fy_from"),
            .fy_to = opt_fy(&r, "fy_to"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source"),
            .note = reference_opt_text(&r, "note")};
        TRY(issue_add_support_clause(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_support_rules(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "support_type_rules.tsv");
    while (reference_next(&r)) {
        struct opt_count bp = opt_int(&r, "value_bp"), satang = opt_int(&r, "value_satang");
        struct issue_add_support_rule_args args = {
            .support_type_code = reference_text(&r, "support_type_code"),
            .rule = reference_text(&r, "rule"),
            .value_bp = {bp.has, {bp.v}},
            .value_satang = {satang.has, {satang.v}},
            .value_count = opt_int(&r, "value_count"),
            .value_text = reference_opt_text(&r, "value_text"),
            .fy_from = opt_fy(&r, "fy_from"),
            .fy_to = opt_fy(&r, "fy_to"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source"),
            .note = reference_opt_text(&r, "note")};
        TRY(issue_add_support_rule(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_owner_types(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "owner_types.tsv");
    while (reference_next(&r)) {
        struct issue_add_owner_type_args args = {.code = reference_text(&r, "code"),
                                                 .name_th = reference_text(&r, "name_th"),
                                                 .name_en = reference_text(&r, "name_en"),
                                                 .short_th = reference_text(&r, "short_th"),
                                                 .short_en = reference_text(&r, "short_en"),
                                                 .sort_order = reference_int(&r, "sort_order"),
                                                 .certainty = reference_text(&r, "certainty"),
                                                 .source = reference_text(&r, "source")};
        TRY(issue_add_owner_type(db, &args, NULL));
    }
    return ERR_OK;
}

/* ---- money: kinds of expense and accounts ---- */

static enum err load_expense_groups(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "expense_groups.tsv");
    while (reference_next(&r)) {
        struct issue_add_expense_group_args args = {
            .code = reference_text(&r, "code"),
            .incumbent_code = reference_opt_text(&r, "incumbent_code"),
            .name_th = reference_text(&r, "name_th"),
            .name_en = reference_text(&r, "name_en"),
            .sort_order = reference_int(&r, "sort_order"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source")};
        TRY(issue_add_expense_group(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_expense_codes(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "expense_codes.tsv");
    while (reference_next(&r)) {
        struct issue_add_expense_code_args args = {
            .code = reference_text(&r, "code"),
            .group_code = reference_text(&r, "group_code"),
            .name_th = reference_text(&r, "name_th"),
            .name_en = reference_text(&r, "name_en"),
            .old_id = opt_int(&r, "old_id"),
            .sort_order = reference_int(&r, "sort_order"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source"),
            .note = reference_opt_text(&r, "note")};
        TRY(issue_add_expense_code(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_expense_units(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "expense_units.tsv");
    while (reference_next(&r))
        TRY(issue_add_expense_unit(db, reference_text(&r, "code"), reference_text(&r, "name_th"),
                                   reference_text(&r, "name_en"), reference_int(&r, "sort_order"),
                                   reference_text(&r, "certainty"), reference_text(&r, "source"),
                                   NULL));
    return ERR_OK;
}

static enum err load_accounts(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "accounts.tsv");
    while (reference_next(&r)) {
        struct issue_add_money_account_args args = {.code = reference_text(&r, "code"),
                                                    .kind = reference_text(&r, "kind"),
                                                    .name_th = reference_text(&r, "name_th"),
                                                    .name_en = reference_text(&r, "name_en"),
                                                    .sort_order = reference_int(&r, "sort_order"),
                                                    .certainty = reference_text(&r, "certainty"),
                                                    .source = reference_text(&r, "source")};
        TRY(issue_add_money_account(db, &args, NULL));
    }
    return ERR_OK;
}

enum err issue_load_reference(struct db *db, struct arena *a)
{
    static enum err (*const loads[])(struct db *db, struct arena *a) = {
        load_issues,           load_spellings,     load_own_names,     load_indicators,
        load_target_groups,    load_target_activities, /* activities name groups */
        load_accounts,         load_support_types, /* types name accounts */
        load_support_clauses,  load_support_rules, load_owner_types,
        load_expense_groups,   load_expense_codes, load_expense_units,
    };
    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) TRY(loads[i](db, a));
    return ERR_OK;
}
