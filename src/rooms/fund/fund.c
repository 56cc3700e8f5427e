/* fund.c — the rules of room fund: founding, fund-years, and the figures they feed.
 * See fund.h for the door; fund_match.c reckons, fund_import.c reads files. */
#include "rooms/fund/fund.h"

#include <assert.h>

#include "app/audit.h"
#include "app/events.h"
#include "base/thai.h"
#include "rooms/fund_sql.h"
#include "rooms/org/org.h"

/* ---- founding ---- */

struct find_ctx {
    struct db *db;
    struct fund_id fund;
    enum err e;
};

static void add_suffix(void *ctx, struct str suffix)
{
    struct find_ctx *f = ctx;
    if (f->e == ERR_OK) f->e = fund_add_find(f->db, suffix, f->fund, NULL);
}

/* A name is found with its prefix and without: "อบต.กะมิยอ", "กะมิยอ". */
static enum err add_find(struct db *db, struct arena *a, struct fund_id fund, struct str text)
{
    struct find_ctx f = {.db = db, .fund = fund};
    if (str_is_none(text)) return ERR_OK;
    struct str folded = thai_fold(a, text);
    if (str_is_empty(folded)) return ERR_OK;
    add_suffix(&f, folded);
    thai_each_suffix(folded, add_suffix, &f);
    return f.e;
}

enum err fund_create(struct db *db, struct arena *a, const struct fund_new *new_fund,
                     struct fund_id *ret)
{
    struct org_naming naming = {.kind = new_fund->kind,
                                .size = new_fund->size,
                                .name_th = new_fund->name_th,
                                .name_en = new_fund->name_en,
                                .certainty = new_fund->certainty,
                                .source = new_fund->source};
    struct org_id org;
    struct fund_add_row row = {0};
    TRY(org_create(db, a, &naming, &org));
    TRY(fund_add(db, a, new_fund->code, org, new_fund->is_demo, new_fund->certainty,
                 new_fund->source, clock_now(), &row));
    TRY(fund_add_district(db, row.id, new_fund->district, new_fund->certainty, new_fund->source,
                          NULL));
    TRY(add_find(db, a, row.id, new_fund->code));
    TRY(add_find(db, a, row.id, new_fund->name_th));
    TRY(add_find(db, a, row.id, new_fund->name_en));
    struct fund_placed placed = {
        .fund = row.id, .district = new_fund->district, .province = new_fund->province};
    TRY(event_fund_placed(db, a, &placed));
    *ret = row.id;
    return ERR_OK;
}

enum err fund_cover(struct db *db, struct fund_id fund, struct area_id tambon, struct str certainty)
{
    return fund_add_tambon(db, fund, tambon, certainty, NULL);
}

enum err fund_cover_village(struct db *db, struct fund_id fund, struct area_id tambon, int64_t moo,
                            struct str name_th)
{
    return fund_add_village(db, fund, tambon, moo, name_th, NULL);
}

/* ---- rates and schemes ---- */

static struct fund_scheme *scheme_at(struct fund_rules *rules, const struct fund_scheme_rows_row *r)
{
    if (rules->nschemes > 0 && str_eq(rules->schemes[rules->nschemes - 1].code, r->code))
        return &rules->schemes[rules->nschemes - 1];
    struct fund_scheme *s = &rules->schemes[rules->nschemes++];
    *s = (struct fund_scheme){.code = r->code,
                              .name_th = r->name_th,
                              .name_en = r->name_en,
                              .basis = r->basis,
                              .from = r->fy_from,
                              .to = r->fy_to,
                              .certainty = r->certainty,
                              .source = r->source,
                              .note = r->note,
                              .source_th = r->source_th,
                              .note_th = r->note_th};
    return s;
}

enum err fund_rules_read(struct db *db, struct arena *a, struct fund_rules *ret)
{
    struct fund_rates_row *rates = NULL;
    struct fund_scheme_rows_row *rows = NULL;
    size_t nrates = 0, nrows = 0;
    TRY(fund_rates(db, a, &rates, &nrates));
    TRY(fund_scheme_rows(db, a, &rows, &nrows));

    struct fund_rules rules = {.rates = ARENA_ARRAY(a, struct fund_rate, nrates),
                               .nrates = nrates,
                               .schemes = ARENA_ARRAY(a, struct fund_scheme, nrows)};
    for (size_t i = 0; i < nrates; i++)
        rules.rates[i] = (struct fund_rate){.from = rates[i].fy_from,
                                            .to = rates[i].fy_to,
                                            .per_head = rates[i].satang_per_head,
                                            .certainty = rates[i].certainty,
                                            .source = rates[i].source,
                                            .note = rates[i].note,
                                            .source_th = rates[i].source_th,
                                            .note_th = rates[i].note_th};
    /* The rows come scheme by scheme, so each scheme's rows lie side by side in one array. */
    struct fund_scheme_row *all = ARENA_ARRAY(a, struct fund_scheme_row, nrows);
    for (size_t i = 0; i < nrows; i++) {
        struct fund_scheme *s = scheme_at(&rules, &rows[i]);
        if (!rows[i].percent_bp.has) continue; /* a scheme of which no row is known */
        if (s->nrows == 0) s->rows = &all[i];
        all[i] = (struct fund_scheme_row){.org_kind = rows[i].org_kind,
                                          .org_size = rows[i].org_size,
                                          .income_from = rows[i].income_from_satang,
                                          .income_to = rows[i].income_to_satang,
                                          .percent = rows[i].percent_bp.v};
        s->nrows++;
    }
    *ret = rules;
    return ERR_OK;
}

/* ---- fund-years ---- */

static struct fund_facts facts_of(const struct fund_year_get_row *y)
{
    return (struct fund_facts){.population_local = y->population_local,
                               .population_local_on = y->population_local_on,
                               .population_nhso = y->population_nhso,
                               .population_nhso_on = y->population_nhso_on,
                               .nhso_amount = y->nhso_amount_satang,
                               .own_income = y->own_income_satang,
                               .match_percent = y->match_percent_bp,
                               .match_entered = y->match_entered_satang,
                               .received_nhso = y->received_nhso_satang,
                               .received_local = y->received_local_satang,
                               .projects = y->projects_reported};
}

static struct fund_year_figures figures_of(const struct fund_rules *rules,
                                           const struct fund_year_write *w,
                                           const struct fund_facts *facts, struct area_id district,
                                           struct area_id province)
{
    struct fund_match m = fund_match_of(rules, w->fy, w->kind, w->size, facts);
    return (struct fund_year_figures){.district = district,
                                      .province = province,
                                      .population_local = facts->population_local,
                                      .population_nhso = facts->population_nhso,
                                      .nhso_amount = facts->nhso_amount,
                                      .match_computed = m.computed,
                                      .match_entered = facts->match_entered};
}

/* ---- the audit's view of a row: every field as text, unknown as none ---- */

#define FACT_FIELDS 15

static struct str text_int(struct arena *a, bool has, int64_t v)
{
    return has ? str_printf(a, "%lld", (long long)v) : STR_NONE;
}

static void facts_as_text(struct arena *a, const struct fund_facts *f, struct area_id district,
                          const struct str told[3], struct str ret[FACT_FIELDS])
{
    size_t i = 0;
    ret[i++] = text_int(a, f->population_local.has, f->population_local.v);
    ret[i++] = opt_date_iso_text(a, f->population_local_on);
    ret[i++] = text_int(a, f->population_nhso.has, f->population_nhso.v);
    ret[i++] = opt_date_iso_text(a, f->population_nhso_on);
    ret[i++] = text_int(a, f->nhso_amount.has, f->nhso_amount.v.v);
    ret[i++] = text_int(a, f->own_income.has, f->own_income.v.v);
    ret[i++] = text_int(a, f->match_percent.has, f->match_percent.v.v);
    ret[i++] = text_int(a, f->match_entered.has, f->match_entered.v.v);
    ret[i++] = text_int(a, f->received_nhso.has, f->received_nhso.v.v);
    ret[i++] = text_int(a, f->received_local.has, f->received_local.v.v);
    ret[i++] = text_int(a, f->projects.has, f->projects.v);
    ret[i++] = text_int(a, true, district.v);
    for (size_t t = 0; t < 3; t++) ret[i++] = told[t]; /* certainty, source, note */
    assert(i == FACT_FIELDS);
}

static const char *const fact_names[FACT_FIELDS] = {
    "population_local",     "population_local_on",   "population_nhso",     "population_nhso_on",
    "nhso_amount_satang",   "own_income_satang",     "match_percent_bp",    "match_entered_satang",
    "received_nhso_satang", "received_local_satang", "projects_reported",   "district_id",
    "certainty",            "source",                "note",
};

static size_t changes_between(const struct str before[FACT_FIELDS], const struct str after[FACT_FIELDS],
                              struct audit_change ret[FACT_FIELDS])
{
    size_t n = 0;
    for (size_t i = 0; i < FACT_FIELDS; i++) {
        bool is_same = str_is_none(before[i]) == str_is_none(after[i]) &&
                       (str_is_none(after[i]) || str_eq(before[i], after[i]));
        if (!is_same) ret[n++] = (struct audit_change){fact_names[i], before[i], after[i]};
    }
    return n;
}

static enum err year_insert(struct db *db, struct arena *a, const struct fund_year_write *w,
                            struct instant now, struct fund_year_id *ret)
{
    const struct fund_facts *f = &w->facts;
    struct fund_year_add_row row = {0};
    struct fund_year_add_args args = {.fund_id = w->fund,
                                      .fy = w->fy,
                                      .district_id = w->district,
                                      .province_id = w->province,
                                      .population_local = f->population_local,
                                      .population_local_on = f->population_local_on,
                                      .population_nhso = f->population_nhso,
                                      .population_nhso_on = f->population_nhso_on,
                                      .nhso_amount_satang = f->nhso_amount,
                                      .own_income_satang = f->own_income,
                                      .match_percent_bp = f->match_percent,
                                      .match_entered_satang = f->match_entered,
                                      .received_nhso_satang = f->received_nhso,
                                      .received_local_satang = f->received_local,
                                      .projects_reported = f->projects,
                                      .certainty = w->certainty,
                                      .source = w->source,
                                      .note = w->note,
                                      .import_id = w->import,
                                      .recorded_at = now};
    TRY(fund_year_add(db, a, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

static enum err year_update(struct db *db, const struct fund_year_write *w, struct fund_year_id id,
                            struct instant now)
{
    const struct fund_facts *f = &w->facts;
    int64_t changed = 0;
    struct fund_year_change_args args = {.id = id,
                                         .version = w->version,
                                         .district_id = w->district,
                                         .province_id = w->province,
                                         .population_local = f->population_local,
                                         .population_local_on = f->population_local_on,
                                         .population_nhso = f->population_nhso,
                                         .population_nhso_on = f->population_nhso_on,
                                         .nhso_amount_satang = f->nhso_amount,
                                         .own_income_satang = f->own_income,
                                         .match_percent_bp = f->match_percent,
                                         .match_entered_satang = f->match_entered,
                                         .received_nhso_satang = f->received_nhso,
                                         .received_local_satang = f->received_local,
                                         .projects_reported = f->projects,
                                         .certainty = w->certainty,
                                         .source = w->source,
                                         .note = w->note,
                                         .import_id = w->import,
                                         .recorded_at = now};
    TRY(fund_year_change(db, &args, &changed));
    return changed == 1 ? ERR_OK : ERR_CONFLICT;
}

enum err fund_year_write(struct db *db, struct arena *a, const struct fund_rules *rules,
                         const struct fund_year_write *w, bool *ret_changed)
{
    struct fund_year_get_row old = {0};
    enum err found = fund_year_get(db, a, w->fund, w->fy, &old);
    if (found != ERR_OK && found != ERR_NOT_FOUND) return found;
    bool had = found == ERR_OK;
    if (old.version != w->version) return ERR_CONFLICT; /* 0 when it did not exist */

    struct str before[FACT_FIELDS] = {0}, after[FACT_FIELDS];
    struct fund_facts old_facts = facts_of(&old);
    if (had)
        facts_as_text(a, &old_facts, old.district_id,
                      (const struct str[]){old.certainty, old.source, old.note}, before);
    facts_as_text(a, &w->facts, w->district, (const struct str[]){w->certainty, w->source, w->note},
                  after);
    struct audit_change changes[FACT_FIELDS];
    size_t nchanges = changes_between(before, after, changes);
    *ret_changed = nchanges > 0;
    if (nchanges == 0) return ERR_OK;

    struct instant now = clock_now();
    struct fund_year_id id = old.id;
    if (had) TRY(year_update(db, w, id, now));
    else TRY(year_insert(db, a, w, now, &id));
    TRY(audit_write(db, a, w->actor, had ? "change" : "add", "fund_year", id.v, changes, nchanges));

    struct fund_year_changed e = {.fund = w->fund,
                                  .fy = w->fy,
                                  .figures = figures_of(rules, w, &w->facts, w->district, w->province),
                                  .source = id,
                                  .on_date = instant_date(now),
                                  .recorded_at = now};
    return event_fund_year_changed(db, a, &e);
}

/* ---- walking all of them ---- */

#define WALK_ROWS 500

static struct fund_year_seen seen_of(const struct fund_rules *rules, const struct fund_year_walk_row *y)
{
    struct fund_facts facts = {.population_local = y->population_local,
                               .population_nhso = y->population_nhso,
                               .nhso_amount = y->nhso_amount_satang,
                               .own_income = y->own_income_satang,
                               .match_percent = y->match_percent_bp,
                               .match_entered = y->match_entered_satang};
    struct fund_year_write as_written = {.fy = y->fy, .kind = y->kind, .size = y->size};
    struct fund_year_seen seen = {.id = y->id, .fund = y->fund_id, .code = y->code, .fy = y->fy};
    seen.figures = figures_of(rules, &as_written, &facts, y->district_id, y->province_id);
    return seen;
}

enum err fund_year_scan(struct db *db, struct arena *a,
                        enum err (*each)(void *ctx, const struct fund_year_seen *seen), void *ctx)
{
    struct fund_rules rules;
    struct fund_year_id after = {0};
    TRY(fund_rules_read(db, a, &rules));
    for (;;) {
        struct fund_year_walk_row *rows = NULL;
        size_t n = 0;
        TRY(fund_year_walk(db, a, after, WALK_ROWS, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            struct fund_year_seen seen = seen_of(&rules, &rows[i]);
            TRY(each(ctx, &seen));
            after = rows[i].id;
        }
        if (n < WALK_ROWS) return ERR_OK;
    }
}
