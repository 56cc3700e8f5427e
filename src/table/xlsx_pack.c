/* xlsx_pack.c — a ZIP package opened with suspicion, and its XML parsed under guards.
 *
 * What a hostile file can do, and what stands against it:
 *   - unpack to terabytes: sizes and ratio in the directory, then the bytes that really come out;
 *   - declare entities that multiply: any DTD ends the parsing at its first word;
 *   - fill expat's own tables (a million element names): expat gets a bounded amount of memory;
 *   - one tag of 200 MB, which expat scans again with every piece: a limit on what it holds back;
 *   - nest without end: a limit on depth.
 */
#include "table/xlsx_internal.h"

#include <expat.h>
#include <stdlib.h>

#define ENTRIES_MAX 10000
/* A real sheet shrinks 10 to 40 times; deflate's best is 1032. Small parts may be anything. */
#define RATIO_MAX   200
#define RATIO_BYTES ((size_t)1 << 20)
#define DEPTH_MAX   64
#define TOKEN_MAX   ((XML_Index)1 << 20)
#define PIECE       (64 << 10)
#define EXPAT_MAX   ((size_t)32 << 20)

/* ---- the directory ---- */

static enum err refuse(struct pack *p, enum table_fault_kind kind, struct str detail)
{
    return table_fault_set(p->fault, kind, 0, 0, detail);
}

static bool is_xml(const char *name)
{
    struct str s = str_of(name);
    return str_ends(s, STR(".xml")) || str_ends(s, STR(".rels"));
}

static enum err entry_check(struct pack *p, const zip_stat_t *st, uint64_t *total)
{
    const zip_uint64_t need =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if ((st->valid & need) != need)
        return refuse(p, TABLE_FAULT_NOT_XLSX, STR("a damaged package: an entry without a size"));
    if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st->encryption_method != ZIP_EM_NONE)
        return refuse(p, TABLE_FAULT_NOT_XLSX, STR("the file has a password; save it without one"));
    if (st->comp_method != ZIP_CM_STORE && st->comp_method != ZIP_CM_DEFLATE)
        return refuse(p, TABLE_FAULT_NOT_XLSX, STR("packed in a way that no spreadsheet uses"));
    if (st->size > TABLE_UNPACKED_MAX || (*total += st->size) > TABLE_UNPACKED_MAX)
        return refuse(p, TABLE_FAULT_BOMB,
                      str_printf(p->arena, "unpacks to more than %zu bytes", TABLE_UNPACKED_MAX));
    if (is_xml(st->name) && st->size > RATIO_BYTES && st->size / RATIO_MAX > st->comp_size)
        return refuse(p, TABLE_FAULT_BOMB,
                      str_printf(p->arena, "a part is packed more than %d times", RATIO_MAX));
    return ERR_OK;
}

static enum err directory_check(struct pack *p)
{
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    if (n > ENTRIES_MAX) return refuse(p, TABLE_FAULT_BOMB, STR("too many parts in the package"));
    uint64_t total = 0;
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t st;
        if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &st) != 0)
            return refuse(p, TABLE_FAULT_NOT_XLSX, STR("a damaged package"));
        TRY(entry_check(p, &st, &total));
    }
    return ERR_OK;
}

enum err pack_open(struct arena *a, struct str bytes, struct pack *ret,
                   struct table_fault *ret_fault)
{
    struct pack p = {.arena = a, .fault = ret_fault};
    zip_error_t ze;
    zip_error_init(&ze);
    zip_source_t *src = zip_source_buffer_create(bytes.p, bytes.n, 0, &ze);
    if (src != NULL) p.zip = zip_open_from_source(src, ZIP_RDONLY, &ze);
    if (p.zip == NULL) {
        struct str detail =
            str_printf(a, "a damaged .xlsx (ZIP: %s); was it sent whole?", zip_error_strerror(&ze));
        if (src != NULL) zip_source_free(src); /* a failed open leaves it with us */
        zip_error_fini(&ze);
        return refuse(&p, TABLE_FAULT_NOT_XLSX, detail);
    }
    zip_error_fini(&ze);
    enum err e = directory_check(&p);
    if (e != ERR_OK) pack_close(&p);
    *ret = p;
    return e;
}

void pack_close(struct pack *p)
{
    if (p->zip != NULL) zip_discard(p->zip); /* read only: nothing to write back */
    p->zip = NULL;
}

/* ---- memory for expat ----
 *
 * Expat's suite has no context argument, so the count is per thread. One parser a thread at a time,
 * and each starts from 0. A refused piece makes expat stop with "out of memory". */

static _Thread_local size_t expat_used;

union head {
    size_t n;
    max_align_t align;
};

static void *expat_realloc(void *old, size_t n)
{
    union head *h = old == NULL ? NULL : (union head *)old - 1;
    size_t had = h == NULL ? 0 : h->n;
    if (n > EXPAT_MAX || expat_used - had + n > EXPAT_MAX) return NULL;
    h = realloc(h, sizeof *h + n);
    if (h == NULL) return NULL;
    expat_used = expat_used - had + n;
    h->n = n;
    return h + 1;
}

static void *expat_malloc(size_t n)
{
    return expat_realloc(NULL, n);
}

static void expat_free(void *p)
{
    if (p == NULL) return;
    union head *h = (union head *)p - 1;
    expat_used -= h->n;
    free(h);
}

/* ---- XML ---- */

struct xml {
    struct pack *pack;
    XML_Parser parser;
    const struct xml_doors *doors;
    void *ctx;
    int depth;
    enum err err;
};

void xml_refuse(struct xml *x, enum table_fault_kind kind, int64_t line, int64_t col,
                struct str detail)
{
    if (x->err != ERR_OK) return;
    x->err = table_fault_set(x->pack->fault, kind, line, col, detail);
    XML_StopParser(x->parser, XML_FALSE);
}

/* Expat gives "namespace|name". */
static const char *local(const char *name)
{
    const char *bar = strrchr(name, '|');
    return bar == NULL ? name : bar + 1;
}

const char *xml_attr(const char **attrs, const char *name)
{
    for (; attrs[0] != NULL; attrs += 2)
        if (strcmp(attrs[0], name) == 0) return attrs[1];
    return NULL;
}

const char *xml_attr_any(const char **attrs, const char *name)
{
    for (; attrs[0] != NULL; attrs += 2)
        if (strcmp(local(attrs[0]), name) == 0 && strchr(attrs[0], '|') != NULL) return attrs[1];
    return NULL;
}

/* After XML_StopParser() expat may still call for the tag at hand, hence the looks at err. */
static void XMLCALL on_start(void *ctx, const char *name, const char **attrs)
{
    struct xml *x = ctx;
    if (x->err != ERR_OK) return;
    if (++x->depth > DEPTH_MAX)
        xml_refuse(x, TABLE_FAULT_NOT_XLSX, 0, 0, STR("XML nested too deeply"));
    else
        x->doors->start(x->ctx, x, x->depth, local(name), attrs);
}

static void XMLCALL on_end(void *ctx, const char *name)
{
    struct xml *x = ctx;
    if (x->err != ERR_OK) return;
    x->doors->end(x->ctx, x, x->depth, local(name));
    x->depth--;
}

static void XMLCALL on_text(void *ctx, const char *p, int n)
{
    struct xml *x = ctx;
    if (x->err == ERR_OK) x->doors->text(x->ctx, x, (struct str){p, (size_t)n});
}

/* No spreadsheet program writes one; what it is good for is entities that multiply. */
static void XMLCALL on_doctype(void *ctx, const char *name, const char *system, const char *public,
                               int has_subset)
{
    (void)name, (void)system, (void)public, (void)has_subset;
    xml_refuse(ctx, TABLE_FAULT_DTD, 0, 0, STR("a document type or an entity is declared"));
}

static void XMLCALL on_entity(void *ctx, const char *name, int is_param, const char *value, int n,
                              const char *base, const char *system, const char *public,
                              const char *notation)
{
    (void)is_param, (void)value, (void)n, (void)base, (void)notation;
    on_doctype(ctx, name, system, public, 0);
}

static void damaged(struct xml *x, struct str part, const char *why)
{
    struct str detail = str_printf(x->pack->arena, "a damaged .xlsx (%.*s: %s)",
                                   STR_FMT(str_first(part, 200)), why);
    xml_refuse(x, TABLE_FAULT_NOT_XLSX, 0, 0, detail);
}

/* Feeds a part to expat until its end or the first refusal. `declared` is the directory's word. */
static void feed(struct xml *x, struct str part, zip_file_t *f, uint64_t declared)
{
    for (uint64_t fed = 0; x->err == ERR_OK;) {
        void *room = XML_GetBuffer(x->parser, PIECE);
        zip_int64_t n = room == NULL ? -1 : zip_fread(f, room, PIECE);
        if (n < 0) {
            damaged(x, part, room == NULL ? "too complicated" : zip_file_strerror(f));
            return;
        }
        fed += (uint64_t)n;
        x->pack->inflated += (size_t)n;
        if (fed > declared || x->pack->inflated > TABLE_UNPACKED_MAX) {
            xml_refuse(x, TABLE_FAULT_BOMB, 0, 0, STR("unpacks to more than it says"));
            return;
        }
        if (XML_ParseBuffer(x->parser, (int)n, n == 0) == XML_STATUS_ERROR) {
            damaged(x, part, XML_ErrorString(XML_GetErrorCode(x->parser))); /* unless refused */
            return;
        }
        if (n == 0) return;
        if ((XML_Index)fed - XML_GetCurrentByteIndex(x->parser) > TOKEN_MAX)
            damaged(x, part, "a tag of more than a megabyte");
    }
}

enum err pack_parse(struct pack *p, struct str part, const struct xml_doors *doors, void *ctx)
{
    if (part.n == 0) return ERR_NOT_FOUND;
    zip_stat_t st;
    zip_int64_t i = zip_name_locate(p->zip, str_z(p->arena, part), ZIP_FL_NOCASE);
    if (i < 0 || zip_stat_index(p->zip, (zip_uint64_t)i, 0, &st) != 0) return ERR_NOT_FOUND;
    zip_file_t *f = zip_fopen_index(p->zip, (zip_uint64_t)i, 0);
    if (f == NULL)
        return refuse(p, TABLE_FAULT_NOT_XLSX, STR("a damaged .xlsx: a part is cut off"));
    const XML_Memory_Handling_Suite memory = {expat_malloc, expat_realloc, expat_free};
    expat_used = 0;
    struct xml x = {.pack = p, .doors = doors, .ctx = ctx};
    x.parser = XML_ParserCreate_MM(NULL, &memory, "|");
    if (x.parser == NULL) abort(); /* no memory: the worker stops (base/err.h) */
    XML_SetUserData(x.parser, &x);
    XML_SetElementHandler(x.parser, on_start, on_end);
    if (doors->text != NULL) XML_SetCharacterDataHandler(x.parser, on_text);
    XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
    XML_SetEntityDeclHandler(x.parser, on_entity);
    feed(&x, part, f, st.size);
    XML_ParserFree(x.parser);
    zip_fclose(f);
    return x.err;
}
