/* org.c — the rules of room org; see org.h for the door. */
#include "rooms/org/org.h"

#include "app/reference.h"
#include "base/clock.h"
#include "base/thai.h"
#include "rooms/org_sql.h"

#define ORG_NAMES_MAX 50

static enum err add_name(struct db *db, struct arena *a, struct org_id org,
                         const struct org_naming *n, struct opt_date from)
{
    struct org_add_name_args args = {.org_id = org,
                                     .kind = n->kind,
                                     .size = n->size,
                                     .name_th = n->name_th,
                                     .name_en = n->name_en,
                                     .sort_key = thai_sort_key(a, n->name_th),
                                     .valid_from = from,
                                     .certainty = n->certainty,
                                     .source = n->source};
    return org_add_name(db, &args, NULL);
}

enum err org_create(struct db *db, struct arena *a, const struct org_naming *naming,
                    struct org_id *ret)
{
    struct org_add_row row = {0};
    TRY(org_add(db, a, clock_now(), &row));
    TRY(add_name(db, a, row.id, naming, (struct opt_date){0}));
    *ret = row.id;
    return ERR_OK;
}

enum err org_rename(struct db *db, struct arena *a, struct org_id org, struct date first_day,
                    const struct org_naming *naming)
{
    int64_t ended = 0;
    TRY(org_end_name(db, org, date_add_days(first_day, -1), &ended));
    if (ended == 0) return ERR_NOT_FOUND;
    return add_name(db, a, org, naming, (struct opt_date){true, first_day});
}

enum err org_move(struct db *db, struct org_id org, struct org_id parent, struct date first_day,
                  struct str certainty, struct str source)
{
    TRY(org_end_parent(db, org, date_add_days(first_day, -1), NULL));
    return org_add_parent(db, org, parent, (struct opt_date){true, first_day}, certainty, source,
                          NULL);
}

enum err org_kind_of(struct db *db, struct arena *a, struct str written, struct str *ret_code)
{
    struct org_kind_by_spelling_row row = {0};
    TRY(org_kind_by_spelling(db, a, thai_fold(a, written), &row));
    *ret_code = row.code;
    return ERR_OK;
}

bool org_split_prefix(struct str name_th, struct str *ret_kind, struct str *ret_bare)
{
    static const struct {
        struct str prefix, kind;
    } known[] = {
        {STR("อบต."), STR("sao")},
        {STR("องค์การบริหารส่วนตำบล"), STR("sao")}, /* lint: thai a prefix in files */
        {STR("ทต."), STR("subdistrict_municipality")},
        {STR("เทศบาลตำบล"), STR("subdistrict_municipality")},
        {STR("ทม."), STR("town_municipality")},
        {STR("เทศบาลเมือง"), STR("town_municipality")},
        {STR("ทน."), STR("city_municipality")},
        {STR("เทศบาลนคร"), STR("city_municipality")},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!str_starts(name_th, known[i].prefix)) continue;
        *ret_kind = known[i].kind;
        *ret_bare = str_trim(str_from(name_th, known[i].prefix.n));
        return true;
    }
    return false;
}

enum err org_spell(struct db *db, struct org_id org, struct str spelling, struct str source)
{
    return org_add_spelling(db, org, spelling, source, NULL);
}

enum err org_other_names(struct db *db, struct arena *a, struct org_id org, struct str **ret,
                         size_t *ret_n)
{
    struct org_spellings_row *spellings = NULL;
    struct org_names_row *names = NULL;
    size_t nspellings = 0, nnames = 0;
    TRY(org_spellings(db, a, org, ORG_NAMES_MAX, &spellings, &nspellings));
    TRY(org_names(db, a, org, ORG_NAMES_MAX, &names, &nnames));
    struct str *all = ARENA_ARRAY(a, struct str, nspellings + nnames);
    size_t n = 0;
    for (size_t i = 0; i < nspellings; i++) all[n++] = spellings[i].spelling;
    for (size_t i = 0; i < nnames; i++)
        if (names[i].valid_to.has) all[n++] = names[i].name_th;
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

/* ---- reference ---- */

static enum err load_spellings(struct db *db, struct arena *a, struct str all, struct str kind)
{
    struct str one;
    while (str_split(&all, '|', &one))
        TRY(org_add_kind_spelling(db, thai_fold(a, one), kind, NULL));
    return ERR_OK;
}

enum err org_load_reference(struct db *db, struct arena *a)
{
    struct reference r = reference_open(a, "org_kinds.tsv");
    while (reference_next(&r)) {
        struct str code = reference_text(&r, "code");
        TRY(org_add_kind(db, code, reference_text(&r, "name_th"), reference_text(&r, "name_en"),
                         reference_text(&r, "abbr_th"), true, reference_int(&r, "sort_order"), NULL));
        TRY(load_spellings(db, a, reference_text(&r, "spellings"), code));
    }
    return ERR_OK;
}
