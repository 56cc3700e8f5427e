/* fund_load.c — allocation rates and matching schemes from reference/ into an empty database. */
#include "app/reference.h"
#include "rooms/fund/fund.h"
#include "rooms/fund_sql.h"

static struct opt_fiscal_year opt_fy(struct reference *r, const char *column)
{
    if (!reference_has(r, column)) return (struct opt_fiscal_year){0};
    return (struct opt_fiscal_year){true, fiscal_year((int32_t)reference_int(r, column))};
}

static struct opt_satang opt_satang(struct reference *r, const char *column)
{
    if (!reference_has(r, column)) return (struct opt_satang){0};
    return some_satang(satang(reference_int(r, column)));
}

static enum err load_rates(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "allocation_rates.tsv");
    while (reference_next(&r)) {
        struct fund_add_rate_args args = {
            .fy_from = fiscal_year((int32_t)reference_int(&r, "fy_from")),
            .fy_to = opt_fy(&r, "fy_to"),
            .satang_per_head = opt_satang(&r, "satang_per_head"),
            .certainty = reference_text(&r, "certainty"),
            .source = reference_text(&r, "source"),
            .note = reference_opt_text(&r, "note"),
            .source_th = reference_text(&r, "source_th"),
            .note_th = reference_opt_text(&r, "note_th")};
        TRY(fund_add_rate(db, &args, NULL));
    }
    return ERR_OK;
}

static enum err load_scheme_rows(struct db *db, struct arena *a, struct str code,
                                 struct match_scheme_id id)
{
    struct reference r = reference_open(a, "match_scheme_rows.tsv");
    while (reference_next(&r)) {
        if (!str_eq(reference_text(&r, "scheme_code"), code)) continue;
        TRY(fund_add_scheme_row(db, id, reference_opt_text(&r, "org_kind"),
                                reference_opt_text(&r, "org_size"),
                                opt_satang(&r, "income_from_satang"),
                                opt_satang(&r, "income_to_satang"),
                                bp(reference_int(&r, "percent_bp")), NULL));
    }
    return ERR_OK;
}

enum err fund_load_reference(struct db *db, struct arena *a)
{
    TRY(load_rates(db, a));
    struct reference r = reference_open(a, "match_schemes.tsv");
    while (reference_next(&r)) {
        struct fund_add_scheme_row row = {0};
        struct str code = str_copy(a, reference_text(&r, "code"));
        struct fund_add_scheme_args args = {.code = code,
                                            .name_th = reference_text(&r, "name_th"),
                                            .name_en = reference_text(&r, "name_en"),
                                            .basis = reference_text(&r, "basis"),
                                            .fy_from = opt_fy(&r, "fy_from"),
                                            .fy_to = opt_fy(&r, "fy_to"),
                                            .certainty = reference_text(&r, "certainty"),
                                            .source = reference_text(&r, "source"),
                                            .note = reference_opt_text(&r, "note"),
                                            .source_th = reference_text(&r, "source_th"),
                                            .note_th = reference_opt_text(&r, "note_th")};
        TRY(fund_add_scheme(db, a, &args, &row));
        TRY(load_scheme_rows(db, a, code, row.id));
    }
    return ERR_OK;
}
