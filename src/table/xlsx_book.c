/* xlsx_book.c — the way from the package to its first sheet: root relations → workbook → sheet. */
#include "table/xlsx_internal.h"

#define STYLES_MAX ((size_t)1 << 16)
#define FORMAT_IDS ((size_t)1 << 16)

/* ---- relations ---- */

/* Looks for the relation that `is_wanted` by id or, without an id, by the end of its type: strict
 * and usual files have different namespaces but the same last word. */
struct wanted {
    struct str id;   /* none: any */
    struct str type; /* "/worksheet" */
    struct str ret;  /* target, arena; none while not found */
};
struct rels {
    struct arena *arena;
    struct wanted *wanted;
    size_t n;
};

static void rel_start(void *ctx, struct xml *x, int depth, const char *name, const char **attrs)
{
    (void)x;
    struct rels *r = ctx;
    const char *mode = xml_attr(attrs, "TargetMode");
    if (depth != 2 || strcmp(name, "Relationship") != 0) return;
    if (mode != NULL && strcmp(mode, "External") == 0) return; /* never leave the package */
    struct str id = str_of(xml_attr(attrs, "Id")), type = str_of(xml_attr(attrs, "Type"));
    struct str target = str_of(xml_attr(attrs, "Target"));
    if (str_is_none(id) || str_is_none(type) || target.n == 0) return;
    for (size_t i = 0; i < r->n; i++) {
        struct wanted *w = &r->wanted[i];
        if (!str_is_none(w->ret) || !str_ends(type, w->type)) continue;
        if (str_is_none(w->id) || str_eq(w->id, id)) w->ret = str_copy(r->arena, target);
    }
}

static void ignore_end(void *ctx, struct xml *x, int depth, const char *name)
{
    (void)ctx, (void)x, (void)depth, (void)name;
}

/* Folder of a part: "xl/workbook.xml" → "xl/". */
static struct str folder(struct str part)
{
    size_t n = part.n;
    while (n > 0 && part.p[n - 1] != '/')
        n--;
    return str_first(part, n);
}

/* A target as it stands in the relations of `part`: "/xl/a.xml" is from the root, "../a.xml" one
 * folder up. A path that climbs out ends at the root, where it finds nothing. */
static struct str resolve(struct arena *a, struct str part, struct str target)
{
    if (str_is_none(target)) return STR_NONE;
    if (str_starts(target, STR("/"))) return str_from(target, 1);
    struct str dir = folder(part);
    for (;;) {
        if (str_starts(target, STR("./"))) {
            target = str_from(target, 2);
        } else if (str_starts(target, STR("../"))) {
            target = str_from(target, 3);
            dir = dir.n == 0 ? dir : folder(str_first(dir, dir.n - 1));
        } else {
            return str_concat(a, (struct str[]){dir, target}, 2);
        }
    }
}

/* Fills every wanted[i].ret with a part's path, or leaves it none. */
static enum err rels_read(struct pack *p, struct str part, struct wanted *wanted, size_t n)
{
    static const struct xml_doors doors = {rel_start, ignore_end, NULL};
    struct str dir = folder(part);
    struct str parts[] = {dir, STR("_rels/"), str_from(part, dir.n), STR(".rels")};
    struct rels r = {p->arena, wanted, n};
    TRY(pack_parse(p, str_concat(p->arena, parts, 4), &doors, &r));
    for (size_t i = 0; i < n; i++)
        wanted[i].ret = resolve(p->arena, part, wanted[i].ret);
    return ERR_OK;
}

/* ---- the workbook ---- */

struct workbook {
    struct arena *arena;
    struct str first, visible; /* relation ids of the first sheet, and of the first not hidden */
    bool is_1904;
};

static void workbook_start(void *ctx, struct xml *x, int depth, const char *name,
                           const char **attrs)
{
    (void)x;
    struct workbook *w = ctx;
    if (depth == 2 && strcmp(name, "workbookPr") == 0) {
        const char *v = xml_attr(attrs, "date1904");
        w->is_1904 = v != NULL && (strcmp(v, "1") == 0 || strcmp(v, "true") == 0);
    }
    if (depth != 3 || strcmp(name, "sheet") != 0 || !str_is_none(w->visible)) return;
    struct str id = str_of(xml_attr_any(attrs, "id"));
    if (str_is_none(id)) return;
    const char *state = xml_attr(attrs, "state");
    if (str_is_none(w->first)) w->first = str_copy(w->arena, id);
    /* A hidden first sheet holds lists for drop-downs; people mean the first that they see. */
    if (state == NULL || strcmp(state, "visible") == 0) w->visible = str_copy(w->arena, id);
}

/* ---- styles: which of them show days ---- */

struct styles {
    struct book *book;
    uint8_t *is_date_id; /* custom formats by id; arena */
    bool is_in_xfs;
};

static int64_t number_attr(const char **attrs, const char *name)
{
    int64_t v;
    const char *z = xml_attr(attrs, name);
    return z != NULL && str_to_int(str_of(z), &v) == ERR_OK ? v : -1;
}

static void style_start(void *ctx, struct xml *x, int depth, const char *name, const char **attrs)
{
    struct styles *s = ctx;
    if (depth == 2) s->is_in_xfs = strcmp(name, "cellXfs") == 0;
    if (depth != 3) return;
    int64_t id = number_attr(attrs, "numFmtId");
    bool is_known = id >= 0 && (size_t)id < FORMAT_IDS;
    if (strcmp(name, "numFmt") == 0 && is_known) {
        struct str code = str_of(xml_attr(attrs, "formatCode"));
        s->is_date_id[id] = !str_is_none(code) && xlsx_is_date_format(code);
    } else if (s->is_in_xfs && strcmp(name, "xf") == 0) {
        struct book *b = s->book;
        if (b->nstyle == STYLES_MAX) {
            xml_refuse(x, TABLE_FAULT_TOO_LARGE, 0, 0, STR("too many cell styles"));
            return;
        }
        b->is_date[b->nstyle++] = is_known && (s->is_date_id[id] || xlsx_is_date_id(id));
    }
}

static enum err styles_read(struct pack *p, struct book *b)
{
    static const struct xml_doors doors = {style_start, ignore_end, NULL};
    b->is_date = ARENA_ARRAY(p->arena, uint8_t, STYLES_MAX);
    struct styles s = {.book = b, .is_date_id = ARENA_ARRAY(p->arena, uint8_t, FORMAT_IDS)};
    enum err e = pack_parse(p, b->styles, &doors, &s);
    return e == ERR_NOT_FOUND ? ERR_OK : e; /* a file without styles has no dates */
}

/* ---- all together ---- */

static enum err no_sheet(struct pack *p, const char *detail)
{
    return table_fault_set(p->fault, TABLE_FAULT_NOT_XLSX, 0, 0, str_of(detail));
}

enum err book_read(struct pack *p, struct book *ret)
{
    struct wanted root[] = {{.type = STR("/officeDocument")}};
    enum err e = rels_read(p, STR(""), root, 1);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (str_is_none(root[0].ret))
        return no_sheet(p, "not a spreadsheet (.xlsx); if it is .ods, save it as .xlsx");

    static const struct xml_doors doors = {workbook_start, ignore_end, NULL};
    struct workbook w = {.arena = p->arena};
    e = pack_parse(p, root[0].ret, &doors, &w);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct str sheet = str_is_none(w.visible) ? w.first : w.visible;
    if (e == ERR_NOT_FOUND || str_is_none(sheet)) return no_sheet(p, "no sheet in the workbook");

    struct wanted parts[] = {{.id = sheet, .type = STR("/worksheet")},
                             {.type = STR("/sharedStrings")},
                             {.type = STR("/styles")}};
    e = rels_read(p, root[0].ret, parts, 3);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (str_is_none(parts[0].ret)) return no_sheet(p, "the first sheet is missing or only a chart");
    *ret = (struct book){.sheet = parts[0].ret,
                         .strings = parts[1].ret,
                         .styles = parts[2].ret,
                         .is_1904 = w.is_1904};
    return styles_read(p, ret);
}
