/* area_load.c — the reference areas into an empty database: some 8,500 areas with dated codes, names
 * and parents. Runs once, inside the caller's transaction. */
#include <assert.h>

#include "app/reference.h"
#include "base/thai.h"
#include "rooms/area/area.h"
#include "rooms/area_sql.h"

/* While loading, an area's id by its code; the areas come in the order of their codes' files. */
struct loader {
    struct db *db;
    struct arena *arena;
    struct known_area {
        struct str code;
        struct area_id id;
    } * known;
    size_t nknown;
    struct history *history; /* rows of area_history.tsv */
    size_t nhistory;
};
struct history {
    struct str kind, code, value, value_en, certainty, source;
    struct opt_date from, to;
};

#define AREAS_MAX 4096
#define HISTORY_MAX 1024

static struct area_id id_of(const struct loader *l, struct str code)
{
    for (size_t i = l->nknown; i-- > 0;) /* a parent was added just before its children */
        if (str_eq(l->known[i].code, code)) return l->known[i].id;
    assert(!"a reference area names a parent that is not there");
    return (struct area_id){0};
}

static enum err read_history(struct loader *l)
{
    struct reference r = reference_open(l->arena, "area_history.tsv");
    l->history = ARENA_ARRAY(l->arena, struct history, HISTORY_MAX);
    while (reference_next(&r)) {
        assert(l->nhistory < HISTORY_MAX);
        l->history[l->nhistory++] = (struct history){
            .kind = str_copy(l->arena, reference_text(&r, "kind")),
            .code = str_copy(l->arena, reference_text(&r, "code")),
            .value = str_copy(l->arena, reference_text(&r, "value")),
            .value_en = reference_has(&r, "value_en")
                            ? str_copy(l->arena, reference_text(&r, "value_en"))
                            : STR_NONE,
            .certainty = str_copy(l->arena, reference_text(&r, "certainty")),
            .source = str_copy(l->arena, reference_text(&r, "source")),
            .from = reference_opt_date(&r, "valid_from"),
            .to = reference_opt_date(&r, "valid_to"),
        };
    }
    return ERR_OK;
}

/* ---- one dated fact of an area ---- */

static enum err add_name(struct loader *l, struct area_id id, const struct history *h)
{
    struct area_add_name_args args = {.area_id = id,
                                      .name_th = h->value,
                                      .name_en = h->value_en,
                                      .sort_key = thai_sort_key(l->arena, h->value),
                                      .valid_from = h->from,
                                      .valid_to = h->to,
                                      .certainty = h->certainty,
                                      .source = h->source};
    return area_add_name(l->db, &args, NULL);
}

static enum err add_code(struct loader *l, struct area_id id, const struct history *h)
{
    return area_add_code(l->db, id, h->value, h->from, h->to, h->certainty, h->source, NULL);
}

static enum err add_parent(struct loader *l, struct area_id id, const struct history *h)
{
    return area_add_parent(l->db, id, id_of(l, h->value), h->from, h->to, h->certainty, h->source,
                           NULL);
}

/* The rows of area_history.tsv are the whole dated list of a kind for an area; where it has none,
 * the one undated value of its own file stands. */
static enum err add_dated(struct loader *l, struct area_id id, const char *kind, struct str code,
                          const struct history *otherwise,
                          enum err (*add)(struct loader *, struct area_id, const struct history *))
{
    bool has_history = false;
    for (size_t i = 0; i < l->nhistory; i++) {
        const struct history *h = &l->history[i];
        if (!str_eq(h->kind, str_of(kind)) || !str_eq(h->code, code)) continue;
        TRY(add(l, id, h));
        has_history = true;
    }
    return has_history ? ERR_OK : add(l, id, otherwise);
}

struct find_ctx {
    struct loader *l;
    struct area_id id;
    enum err e;
};

static void add_suffix(void *ctx, struct str suffix)
{
    struct find_ctx *f = ctx;
    if (f->e == ERR_OK) f->e = area_add_find(f->l->db, suffix, f->id, NULL);
}

static enum err add_find(struct loader *l, struct area_id id, struct str name)
{
    struct find_ctx f = {.l = l, .id = id};
    if (str_is_none(name)) return ERR_OK;
    thai_each_suffix(thai_fold(l->arena, name), add_suffix, &f);
    return f.e;
}

struct file_of_areas {
    const char *file, *kind, *parent_column;
};

static enum err add_area(struct loader *l, const struct file_of_areas *f, struct reference *r)
{
    struct area_add_row row = {0};
    struct str code = str_copy(l->arena, reference_text(r, "code"));
    struct history base = {.certainty = reference_text(r, "certainty"),
                           .source = reference_text(r, "source")};
    TRY(area_add(l->db, l->arena, str_of(f->kind), &row));
    if (strcmp(f->kind, "tambon") != 0) { /* nothing lies under a tambon: keep the list short */
        assert(l->nknown < AREAS_MAX);
        l->known[l->nknown++] = (struct known_area){code, row.id};
    }
    struct history of_code = base, of_name = base, of_parent = base;
    of_code.value = code;
    of_name.value = reference_text(r, "name_th");
    of_name.value_en = reference_opt_text(r, "name_en");
    of_parent.value = f->parent_column ? reference_text(r, f->parent_column) : STR(AREA_NATION_CODE);
    of_parent.from = reference_opt_date(r, "valid_from");
    of_parent.to = reference_opt_date(r, "valid_to");
    TRY(add_dated(l, row.id, "code", code, &of_code, add_code));
    TRY(add_dated(l, row.id, "name", code, &of_name, add_name));
    TRY(add_dated(l, row.id, "parent", code, &of_parent, add_parent));
    TRY(add_find(l, row.id, of_name.value));
    return add_find(l, row.id, of_name.value_en);
}

static enum err add_nation(struct loader *l)
{
    struct area_add_row row = {0};
    struct history h = {.certainty = STR("S"), .source = STR("reference"), .value = STR(AREA_NATION_CODE)};
    TRY(area_add(l->db, l->arena, STR("nation"), &row));
    l->known[l->nknown++] = (struct known_area){STR(AREA_NATION_CODE), row.id};
    TRY(add_code(l, row.id, &h));
    h.value = STR("ประเทศไทย");
    h.value_en = STR("Thailand");
    TRY(add_name(l, row.id, &h));
    return add_find(l, row.id, h.value);
}

static enum err load_sets(struct loader *l)
{
    struct reference r = reference_open(l->arena, "area_sets.tsv");
    while (reference_next(&r)) {
        struct area_add_set_row set = {0};
        struct str code = str_copy(l->arena, reference_text(&r, "set_code"));
        TRY(area_add_set(l->db, l->arena, code, reference_text(&r, "kind"),
                         reference_text(&r, "name_th"), reference_text(&r, "name_en"),
                         STR("reference/area_sets.tsv"), &set));
        struct reference m = reference_open(l->arena, "area_set_members.tsv");
        while (reference_next(&m)) {
            if (!str_eq(reference_text(&m, "set_code"), code)) continue;
            TRY(area_add_set_member(l->db, set.id, id_of(l, reference_text(&m, "area_code")),
                                    reference_opt_date(&m, "valid_from"),
                                    reference_opt_date(&m, "valid_to"), NULL));
        }
    }
    return ERR_OK;
}

enum err area_load_reference(struct db *db, struct arena *a)
{
    static const struct file_of_areas files[] = {
        {"regions.tsv", "region", NULL},
        {"provinces.tsv", "province", "region_code"},
        {"districts.tsv", "district", "province_code"},
        {"tambons.tsv", "tambon", "district_code"},
    };
    struct loader l = {.db = db, .arena = a};
    l.known = ARENA_ARRAY(a, struct known_area, AREAS_MAX);
    TRY(read_history(&l));
    TRY(add_nation(&l));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct reference r = reference_open(a, files[i].file);
        while (reference_next(&r)) TRY(add_area(&l, &files[i], &r));
    }
    TRY(load_sets(&l));
    return db_loaded(db, "area, area_code, area_name, area_parent, area_find");
}
