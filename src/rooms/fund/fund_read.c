/* fund_read.c — see fund_read.h. */
#include "rooms/fund/fund_read.h"

#include <assert.h>

#include "html/msg.h"
#include "rooms/area/area.h"
#include "rooms/fund_sql.h"
#include "rooms/org/org.h"
#include "table/table.h"

struct str fund_match_state_code(enum fund_match_state state)
{
    static const char *const codes[] = {[FUND_MATCH_UNKNOWN] = "unknown",
                                        [FUND_MATCH_ENOUGH] = "enough",
                                        [FUND_MATCH_OVER] = "over",
                                        [FUND_MATCH_SHORT] = "short",
                                        [FUND_MATCH_SHORT_BASE_GREW] = "short_base_grew"};
    return str_of(codes[state]);
}

struct str fund_kind_name(enum lang lang, struct str kind)
{
    static const struct {
        const char *code;
        enum msg name;
    } kinds[] = {{"sao", MSG_kind_sao},
                 {"subdistrict_municipality", MSG_kind_subdistrict_municipality},
                 {"town_municipality", MSG_kind_town_municipality},
                 {"city_municipality", MSG_kind_city_municipality},
                 {"pattaya", MSG_kind_pattaya},
                 {"bangkok", MSG_kind_bangkok}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!str_is_none(kind) && str_eq(kind, str_of(kinds[i].code)))
            return msg_text(kinds[i].name, lang);
    return STR_NONE;
}

/* ---- one fund ---- */

static enum err read_tambons(struct db *db, struct arena *a, struct fund_card *card)
{
    struct fund_tambons_row *rows = NULL;
    struct fund_villages_row *villages = NULL;
    TRY(fund_tambons(db, a, card->id, FUND_TAMBONS_MAX, &rows, &card->ntambons));
    card->tambons = ARENA_ARRAY(a, struct fund_tambon, card->ntambons);
    for (size_t i = 0; i < card->ntambons; i++)
        card->tambons[i] = (struct fund_tambon){
            rows[i].code, rows[i].name_th, rows[i].name_en, rows[i].certainty};
    return fund_villages(db, a, card->id, FUND_VILLAGES_MAX, &villages, &card->nvillages);
}

enum err fund_card_read(struct db *db, struct arena *a, struct str code, struct fund_card *ret)
{
    struct fund_by_code_row row = {0};
    TRY(fund_by_code(db, a, code, &row));
    struct fund_card card = {.id = row.id,
                             .code = row.code,
                             .name_th = row.name_th,
                             .name_en = row.name_en,
                             .kind = row.kind,
                             .kind_th = row.kind_th,
                             .kind_en = row.kind_en,
                             .size = row.size,
                             .is_demo = row.is_demo,
                             .certainty = row.certainty,
                             .source = row.source,
                             .phone = row.phone};
    TRY(area_trail(db, a, row.district_id, &card.home));
    TRY(read_tambons(db, a, &card));
    TRY(org_other_names(db, a, row.org_id, &card.other_names, &card.nother_names));
    *ret = card;
    return ERR_OK;
}

/* ---- its years ---- */

enum err fund_years_read(struct db *db, struct arena *a, const struct fund_rules *rules,
                         const struct fund_card *fund, struct fund_year **ret, size_t *ret_n)
{
    struct fund_year_list_row *rows = NULL;
    size_t n = 0;
    TRY(fund_year_list(db, a, fund->id, FUND_YEARS_MAX, &rows, &n));
    struct fund_year *years = ARENA_ARRAY(a, struct fund_year, n);
    for (size_t i = 0; i < n; i++) {
        const struct fund_year_list_row *r = &rows[i];
        years[i] = (struct fund_year){
            .is_recorded = true,
            .id = r->id,
            .fy = r->fy,
            .district = r->district_id,
            .facts = {.population_local = r->population_local,
                      .population_local_on = r->population_local_on,
                      .population_nhso = r->population_nhso,
                      .population_nhso_on = r->population_nhso_on,
                      .nhso_amount = r->nhso_amount_satang,
                      .own_income = r->own_income_satang,
                      .match_percent = r->match_percent_bp,
                      .match_entered = r->match_entered_satang,
                      .received_nhso = r->received_nhso_satang,
                      .received_local = r->received_local_satang,
                      .projects = r->projects_reported},
            .certainty = r->certainty,
            .source = r->source,
            .note = r->note,
            .recorded_at = r->recorded_at,
            .version = r->version};
        years[i].match = fund_match_of(rules, r->fy, fund->kind, fund->size, &years[i].facts);
    }
    *ret = years;
    *ret_n = n;
    return ERR_OK;
}

enum err fund_year_read(struct db *db, struct arena *a, const struct fund_rules *rules,
                        const struct fund_card *fund, struct fiscal_year fy, struct fund_year *ret)
{
    struct fund_year_get_row r = {0};
    enum err e = fund_year_get(db, a, fund->id, fy, &r);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct fund_year y = {.is_recorded = e == ERR_OK,
                          .id = r.id,
                          .fy = fy,
                          .district = r.district_id,
                          .province = r.province_id,
                          .facts = {.population_local = r.population_local,
                                    .population_local_on = r.population_local_on,
                                    .population_nhso = r.population_nhso,
                                    .population_nhso_on = r.population_nhso_on,
                                    .nhso_amount = r.nhso_amount_satang,
                                    .own_income = r.own_income_satang,
                                    .match_percent = r.match_percent_bp,
                                    .match_entered = r.match_entered_satang,
                                    .received_nhso = r.received_nhso_satang,
                                    .received_local = r.received_local_satang,
                                    .projects = r.projects_reported},
                          .certainty = r.certainty,
                          .source = r.source,
                          .note = r.note,
                          .recorded_at = r.recorded_at,
                          .version = r.version};
    y.match = fund_match_of(rules, fy, fund->kind, fund->size, &y.facts);
    *ret = y;
    return ERR_OK;
}

/* ---- lists ---- */

/* The four list queries give the same columns under four names. */
#define ITEM_OF(r)                                                                                 \
    item_of(rules, ask->fy,                                                                     \
            &(struct fund_list_all_row){.code = (r).code,                                          \
                                        .is_demo = (r).is_demo,                                    \
                                        .name_th = (r).name_th,                                    \
                                        .name_en = (r).name_en,                                    \
                                        .kind = (r).kind,                                          \
                                        .size = (r).size,                                          \
                                        .district_code = (r).district_code,                        \
                                        .district_th = (r).district_th,                            \
                                        .district_en = (r).district_en,                            \
                                        .population_local = (r).population_local,                  \
                                        .nhso_amount_satang = (r).nhso_amount_satang,              \
                                        .match_percent_bp = (r).match_percent_bp,                  \
                                        .match_entered_satang = (r).match_entered_satang,          \
                                        .own_income_satang = (r).own_income_satang})

#define COLLECT(query_call)                                                                        \
    do {                                                                                           \
        TRY(query_call);                                                                           \
        ret->items = ARENA_ARRAY(a, struct fund_list_item, n);                                     \
        for (size_t i = 0; i < n; i++) ret->items[i] = ITEM_OF(rows[i]);                           \
    } while (0)

static struct fund_list_item item_of(const struct fund_rules *rules, struct fiscal_year fy,
                                     const struct fund_list_all_row *r)
{
    struct fund_facts facts = {.population_local = r->population_local,
                               .nhso_amount = r->nhso_amount_satang,
                               .own_income = r->own_income_satang,
                               .match_percent = r->match_percent_bp,
                               .match_entered = r->match_entered_satang};
    return (struct fund_list_item){
        .code = r->code,
        .name_th = r->name_th,
        .name_en = r->name_en,
        .kind = r->kind,
        .is_demo = r->is_demo,
        .district_code = r->district_code,
        .district_th = r->district_th,
        .district_en = r->district_en,
        .population_local = r->population_local,
        .nhso_amount = r->nhso_amount_satang,
        .match_entered = r->match_entered_satang,
        .match = fund_match_of(rules, fy, r->kind, r->size, &facts)};
}

static enum err list_found(struct db *db, struct arena *a, const struct fund_rules *rules,
                           const struct fund_list_ask *ask, struct fund_list *ret, size_t *ret_n)
{
    struct fund_find_suffix_row *rows = NULL;
    size_t n = 0;
    struct str low, high;
    for (int nth = 0; n == 0 && area_find_range(a, ask->words, nth, &low, &high); nth++)
        COLLECT(fund_find_suffix(db, a, low, high, ask->after, ask->fy, ask->most + 1, &rows, &n));
    *ret_n = n;
    return ERR_OK;
}

static enum err list_area(struct db *db, struct arena *a, const struct fund_rules *rules,
                          const struct fund_list_ask *ask, struct fund_list *ret, size_t *ret_n)
{
    size_t n = 0;
    if (ask->area->kind == AREA_TAMBON) {
        struct fund_list_tambon_row *rows = NULL;
        COLLECT(fund_list_tambon(db, a, ask->area->id, ask->after, ask->fy, ask->most + 1, &rows, &n));
    } else {
        struct fund_list_under_row *rows = NULL;
        COLLECT(fund_list_under(db, a, ask->area->id, ask->after, ask->fy, ask->most + 1, &rows, &n));
    }
    *ret_n = n;
    return ERR_OK;
}

static enum err list_all(struct db *db, struct arena *a, const struct fund_rules *rules,
                         const struct fund_list_ask *ask, struct fund_list *ret, size_t *ret_n)
{
    struct fund_list_all_row *rows = NULL;
    size_t n = 0;
    COLLECT(fund_list_all(db, a, ask->after, ask->fy, ask->most + 1, &rows, &n));
    *ret_n = n;
    return ERR_OK;
}

enum err fund_list_read(struct db *db, struct arena *a, const struct fund_rules *rules,
                        const struct fund_list_ask *ask, struct fund_list *ret)
{
    size_t n = 0;
    bool is_nation = ask->area == NULL || ask->area->kind == AREA_NATION;
    *ret = (struct fund_list){0};
    if (!str_is_none(ask->words)) TRY(list_found(db, a, rules, ask, ret, &n));
    else if (is_nation) TRY(list_all(db, a, rules, ask, ret, &n));
    else TRY(list_area(db, a, rules, ask, ret, &n));
    /* One row more than a page was asked for: only its being there is used. */
    ret->has_more = n > (size_t)ask->most;
    ret->n = ret->has_more ? (size_t)ask->most : n;
    return ERR_OK;
}

enum err fund_states_of(struct db *db, struct arena *a, const struct area *district,
                        struct fiscal_year fy, struct fund_state **ret, size_t *ret_n)
{
    struct fund_rules rules;
    struct fund_list list;
    struct fund_list_ask ask = {
        .area = district, .words = STR_NONE, .after = STR(""), .fy = fy, .most = AREA_CHILDREN_MAX};
    TRY(fund_rules_read(db, a, &rules));
    TRY(fund_list_read(db, a, &rules, &ask, &list));
    struct fund_state *states = ARENA_ARRAY(a, struct fund_state, list.n);
    for (size_t i = 0; i < list.n; i++)
        states[i] = (struct fund_state){list.items[i].code, list.items[i].match.state};
    *ret = states;
    *ret_n = list.n;
    return ERR_OK;
}

enum err fund_named(struct db *db, struct arena *a, struct str code, struct fund_named *ret)
{
    struct fund_by_code_row row = {0};
    TRY(fund_by_code(db, a, code, &row));
    *ret = (struct fund_named){.id = row.id,
                               .code = row.code,
                               .name_th = row.name_th,
                               .name_en = row.name_en,
                               .is_demo = row.is_demo,
                               .district = row.district_id,
                               .phone = row.phone};
    return ERR_OK;
}

enum err fund_home_in(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                      struct area_id *ret_district, struct area_id *ret_province)
{
    struct fund_year_home_row year = {0};
    struct fund_home_now_row now = {0};
    enum err e = fund_year_home(db, a, fund, fy, &year);
    if (e == ERR_OK) {
        *ret_district = year.district_id;
        *ret_province = year.province_id;
        return ERR_OK;
    }
    if (e != ERR_NOT_FOUND) return e;
    TRY(fund_home_now(db, a, fund, &now));
    *ret_district = now.district_id;
    *ret_province = now.province_id;
    return ERR_OK;
}

/* ---- export ---- */

static void fund_csv_row(struct csv *csv, const struct fund_list_item *it, const struct fund_places_row *place)
{
    csv_text(csv, it->code);
    csv_text(csv, it->name_th);
    csv_text(csv, it->kind);
    csv_text(csv, it->district_code);
    csv_text(csv, it->district_th);
    csv_text(csv, place->province_th);
    if (it->population_local.has) csv_int(csv, it->population_local.v);
    else csv_blank(csv);
    csv_opt_satang(csv, it->nhso_amount);
    csv_opt_satang(csv, it->match.computed);
    csv_opt_satang(csv, (struct opt_satang){it->match.percent.has, satang(it->match.percent.v.v)});
    csv_opt_satang(csv, it->match_entered);
    csv_text(csv, fund_match_state_code(it->match.state));
    csv_text(csv, place->phone);
    csv_row_end(csv);
}

enum err fund_export_csv(struct db *db, struct arena *a, struct fiscal_year fy, struct buf *out,
                         int64_t *ret_rows)
{
    static const char *const names[] = {
        "fund_code",  "fund_name",    "lao_type",      "district_code", "district", "province",
        "population", "nhso_alloc_estimate", "local_match_computed", "local_match_computed_pct",
        "local_match_actual_est", "match_state", "phone"};
    struct fund_rules rules;
    struct fund_list_ask ask = {.words = STR_NONE, .after = STR(""), .fy = fy, .most = 500};
    struct fund_list list = {.has_more = true};
    TRY(fund_rules_read(db, a, &rules));
    struct csv csv = csv_begin(out);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) csv_text(&csv, str_of(names[i]));
    csv_row_end(&csv);
    for (*ret_rows = 0; list.has_more; *ret_rows += (int64_t)list.n) {
        struct fund_places_row *places = NULL;
        size_t nplaces = 0;
        TRY(fund_list_read(db, a, &rules, &ask, &list));
        TRY(fund_places(db, a, ask.after, (int64_t)list.n, &places, &nplaces));
        assert(nplaces == list.n);
        for (size_t i = 0; i < list.n; i++) fund_csv_row(&csv, &list.items[i], &places[i]);
        if (list.n > 0) ask.after = list.items[list.n - 1].code;
    }
    return out->flush_err;
}
