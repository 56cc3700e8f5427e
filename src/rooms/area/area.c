/* area.c — the rules of room area; see area.h for the door. */
#include "rooms/area/area.h"

#include <assert.h>
#include <stdlib.h>

#include "app/reference.h"
#include "base/thai.h"
#include "rooms/area_sql.h"

static enum area_kind kind_of(struct str code)
{
    static const char *const names[] = {"nation", "region", "province", "district", "tambon"};
    for (int k = AREA_NATION; k <= AREA_TAMBON; k++)
        if (str_eq(code, str_of(names[k]))) return (enum area_kind)k;
    assert(!"area.kind outside its CHECK");
    return AREA_NATION;
}

enum err area_find_code(struct db *db, struct arena *a, struct str code, struct area *ret)
{
    struct area_by_code_row row = {0};
    TRY(area_by_code(db, a, code, &row));
    *ret = (struct area){.id = row.id,
                         .kind = kind_of(row.kind),
                         .code = row.code,
                         .name_th = row.name_th,
                         .name_en = row.name_en,
                         .parent_id = row.parent_id};
    return ERR_OK;
}

enum err area_find_id(struct db *db, struct arena *a, struct area_id id, struct area *ret)
{
    struct area_get_row row = {0};
    TRY(area_get(db, a, id, &row));
    *ret = (struct area){.id = row.id,
                         .kind = kind_of(row.kind),
                         .code = row.code,
                         .name_th = row.name_th,
                         .name_en = row.name_en,
                         .parent_id = row.parent_id};
    return ERR_OK;
}

enum err area_trail(struct db *db, struct arena *a, struct area_id id, struct area_trail *ret)
{
    struct area_path_row r = {0};
    TRY(area_path(db, a, id, &r));
    const struct {
        struct area_id id;
        struct str kind, code, th, en;
    } up[] = {{r.id, r.kind, r.code, r.name_th, r.name_en},
              {r.id_1, r.kind_1, r.code_1, r.th_1, r.en_1},
              {r.id_2, r.kind_2, r.code_2, r.th_2, r.en_2},
              {r.id_3, r.kind_3, r.code_3, r.th_3, r.en_3},
              {r.id_4, r.kind_4, r.code_4, r.th_4, r.en_4}};
    *ret = (struct area_trail){0};
    for (size_t i = sizeof up / sizeof up[0]; i-- > 0;) { /* the query climbs; people read from the nation down */
        if (id_is_none(up[i].id)) continue;
        ret->at[ret->n] = (struct area){.id = up[i].id,
                                        .kind = kind_of(up[i].kind),
                                        .code = up[i].code,
                                        .name_th = up[i].th,
                                        .name_en = up[i].en,
                                        .parent_id = ret->n > 0 ? ret->at[ret->n - 1].id : (struct area_id){0}};
        ret->n++;
    }
    return ERR_OK;
}

const struct area *area_trail_get(const struct area_trail *trail, enum area_kind kind)
{
    for (size_t i = 0; i < trail->n; i++)
        if (trail->at[i].kind == kind) return &trail->at[i];
    return NULL;
}

enum err area_children_of(struct db *db, struct arena *a, struct area_id parent, struct area **ret,
                          size_t *ret_n)
{
    struct area_children_row *rows = NULL;
    size_t n = 0;
    TRY(area_children(db, a, parent, AREA_CHILDREN_MAX, &rows, &n));
    struct area *areas = ARENA_ARRAY(a, struct area, n);
    for (size_t i = 0; i < n; i++)
        areas[i] = (struct area){.id = rows[i].id,
                                 .kind = kind_of(rows[i].kind),
                                 .code = rows[i].code,
                                 .name_th = rows[i].name_th,
                                 .name_en = rows[i].name_en,
                                 .parent_id = parent};
    *ret = areas;
    *ret_n = n;
    return ERR_OK;
}

/* ---- by name, as files write them ---- */

static struct str without_prefix(struct str name, const struct str *prefixes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(name, prefixes[i])) return str_trim(str_from(name, prefixes[i].n));
    return name;
}

static enum err find_province(struct db *db, struct arena *a, struct str written, struct area_id *ret)
{
    static const struct str prefixes[] = {STR("จังหวัด"), STR("จ.")};
    struct str name = without_prefix(str_trim(written), prefixes, 2);
    struct area_by_name_row *rows = NULL;
    size_t n = 0;
    if (str_eq(name, STR("กทม.")) || str_eq(name, STR("กรุงเทพฯ")))
        name = STR("กรุงเทพมหานคร"); /* lint: thai how files write it, no message */
    TRY(area_by_name(db, a, STR("province"), name, 2, &rows, &n));
    if (n != 1) return ERR_NOT_FOUND;
    *ret = rows[0].id;
    return ERR_OK;
}

static enum err find_child_named(struct db *db, struct arena *a, const char *kind, struct str name,
                                 struct area_id parent, struct area_id *ret)
{
    struct area_by_name_row *rows = NULL;
    size_t n = 0;
    TRY(area_by_name(db, a, str_of(kind), name, AREA_CHILDREN_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].parent_id.v != parent.v) continue;
        *ret = rows[i].id;
        return ERR_OK;
    }
    return ERR_NOT_FOUND;
}

enum err area_find_district(struct db *db, struct arena *a, struct str district_th,
                            struct str province_th, struct area_id *ret_district,
                            struct area_id *ret_province, bool *ret_has_province)
{
    static const struct str prefixes[] = {STR("อำเภอ"), STR("อ."), STR("เขต")};
    struct area_id province, district;
    *ret_has_province = false;
    TRY(find_province(db, a, province_th, &province));
    *ret_has_province = true;
    struct str name = without_prefix(str_trim(district_th), prefixes, 3);
    enum err e = find_child_named(db, a, "district", name, province, &district);
    if (e == ERR_NOT_FOUND && str_eq(name, STR("เมือง"))) {
        /* The capital district is "เมือง" + the province's name; files often leave the rest out. */
        struct area p = {0};
        TRY(area_find_id(db, a, province, &p));
        struct str full = str_concat(a, (const struct str[]){STR("เมือง"), p.name_th}, 2);
        e = find_child_named(db, a, "district", full, province, &district);
    }
    TRY(e);
    *ret_district = district;
    *ret_province = province;
    return ERR_OK;
}

enum err area_find_tambon(struct db *db, struct arena *a, struct area_id district,
                          struct str name_th, struct area_id *ret)
{
    return find_child_named(db, a, "tambon", name_th, district, ret);
}

enum err area_provinces(struct db *db, struct arena *a, struct area **ret, size_t *ret_n)
{
    struct area_list_provinces_row *rows = NULL;
    size_t n = 0;
    TRY(area_list_provinces(db, a, &rows, &n));
    struct area *areas = ARENA_ARRAY(a, struct area, n);
    for (size_t i = 0; i < n; i++)
        areas[i] = (struct area){.id = rows[i].id,
                                 .kind = AREA_PROVINCE,
                                 .code = rows[i].code,
                                 .name_th = rows[i].name_th,
                                 .name_en = rows[i].name_en};
    *ret = areas;
    *ret_n = n;
    return ERR_OK;
}

/* "90" is 90; -1: no code of a province. */
static int province_number(struct str code)
{
    int64_t number = 0;
    return code.n == 2 && str_to_int(code, &number) == ERR_OK && number >= 0 ? (int)number : -1;
}

/* The outlines lie in the program, in the order of the codes: no statement, no copy. */
static void read_outlines(struct str by_number[100])
{
    struct str all = reference_bytes("provinces_map.tsv"), line, code, cell = STR("");
    while (str_split(&all, '\n', &line)) {
        if (!str_split(&line, '\t', &code)) continue;
        while (str_split(&line, '\t', &cell)) {} /* the last cell is the outline */
        int number = province_number(code);
        if (number >= 0) by_number[number] = cell;
    }
}

enum err area_shapes(struct db *db, struct arena *a, struct area_shape **ret, size_t *ret_n)
{
    struct area *areas = NULL;
    size_t n = 0;
    struct str outlines[100] = {{0}};
    TRY(area_provinces(db, a, &areas, &n));
    read_outlines(outlines);
    struct area_shape *shapes = ARENA_ARRAY(a, struct area_shape, n);
    for (size_t i = 0; i < n; i++) {
        int number = province_number(areas[i].code);
        shapes[i] = (struct area_shape){.area = areas[i], .path = number < 0 ? STR("") : outlines[number]};
    }
    *ret = shapes;
    *ret_n = n;
    return ERR_OK;
}

static struct area_hit hit_of(const struct area_find_suffix_row *r)
{
    struct area_hit hit = {.area = {.id = r->area_id,
                                    .kind = kind_of(r->kind),
                                    .code = r->code,
                                    .name_th = r->name_th,
                                    .name_en = r->name_en}};
    if (!str_is_none(r->parent_kind))
        hit.above[hit.nabove++] = (struct area){.kind = kind_of(r->parent_kind),
                                                .code = r->parent_code,
                                                .name_th = r->parent_th,
                                                .name_en = r->parent_en};
    if (!str_is_none(r->grand_kind))
        hit.above[hit.nabove++] = (struct area){.kind = kind_of(r->grand_kind),
                                                .code = r->grand_code,
                                                .name_th = r->grand_th,
                                                .name_en = r->grand_en};
    return hit;
}

enum err area_search(struct db *db, struct arena *a, struct str q, int64_t most, struct area_hit **ret,
                     size_t *ret_n)
{
    struct str low, high;
    struct area_find_suffix_row *rows = NULL;
    size_t n = 0;
    *ret = NULL;
    *ret_n = 0;
    for (int nth = 0; n == 0 && area_find_range(a, q, nth, &low, &high); nth++)
        TRY(area_find_suffix(db, a, low, high, most, &rows, &n));
    struct area_hit *hits = ARENA_ARRAY(a, struct area_hit, n);
    for (size_t i = 0; i < n; i++) hits[i] = hit_of(&rows[i]);
    *ret = hits;
    *ret_n = n;
    return ERR_OK;
}

/* ---- as people read them ---- */

struct str area_name(enum lang lang, const struct area *area)
{
    return lang_name(lang, area->name_th, area->name_en);
}

struct str area_title(struct arena *a, enum lang lang, const struct area *area)
{
    static const char *const before_th[] = {"", "", "จังหวัด", "อำเภอ", "ตำบล"};
    static const char *const after_en[] = {"", "", " Province", " District", " Subdistrict"};
    bool is_bangkok = str_starts(area->code, STR("10")) && area->kind >= AREA_PROVINCE;
    struct str name = area_name(lang, area);
    if (lang == LANG_EN && !is_bangkok)
        return str_concat(a, (const struct str[]){name, str_of(after_en[area->kind])}, 2);
    if (lang == LANG_EN) return name;
    if (is_bangkok) { /* the capital has เขต and แขวง, and is no จังหวัด */
        static const char *const bangkok[] = {"", "", "", "เขต", "แขวง"};
        return str_concat(a, (const struct str[]){str_of(bangkok[area->kind]), name}, 2);
    }
    return str_concat(a, (const struct str[]){str_of(before_th[area->kind]), name}, 2);
}

struct href area_href(struct arena *a, const struct area *area)
{
    if (area->kind == AREA_NATION) return HREF(a, "/{}", STR(""));
    return HREF(a, "/areas/{}", area->code);
}
