/* form_file.c — files of a form: looked at, made harmless, every fault beside its field. */
#include <assert.h>

#include "app/file.h"

/* ---- what the bytes are ---- */

/* A head that readers look for at the very beginning, and the end that says it is whole. */
static bool is_pdf(struct str b)
{
    if (!str_starts(b, STR("%PDF-1.")) && !str_starts(b, STR("%PDF-2."))) return false;
    struct str end = b.n > 2048 ? str_from(b, b.n - 2048) : b;
    return str_find(end, STR("%%EOF")) >= 0;
}

static bool has(struct str b, const char *word)
{
    return memmem(b.p, b.n, word, strlen(word)) != NULL;
}

/* A ZIP with a workbook in it and no program. What is in the cells, table/ judges when it reads it. */
static bool is_xlsx(struct str b)
{
    return str_starts(b, STR("PK\x03\x04")) && has(b, "[Content_Types].xml") && has(b, "xl/workbook.xml") &&
           !has(b, "vbaProject.bin");
}

enum file_kind file_sniff(struct str b)
{
    if (image_sniff(b) != IMAGE_NONE) return FILE_IMAGE;
    if (is_pdf(b)) return FILE_PDF;
    return is_xlsx(b) ? FILE_XLSX : 0;
}

/* ---- names ---- */

static const struct {
    enum file_kind kind;
    const char *words, *ending, *type, *accept;
} kinds_known[] = {
    {FILE_PDF, "PDF", ".pdf", "application/pdf", ".pdf,application/pdf"},
    {FILE_IMAGE, "JPEG, PNG, WebP", ".jpg", "image/jpeg", "image/jpeg,image/png,image/webp"},
    {FILE_XLSX, "Excel (.xlsx)", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     ".xlsx"},
};
#define NKINDS (sizeof kinds_known / sizeof kinds_known[0])

static size_t at_of(enum file_kind kind)
{
    size_t i = 0;
    while (kinds_known[i].kind != kind)
        i++;
    return i;
}

/* The allowed ones, for people (what = words) or for the input's accept. */
static struct str joined(struct arena *a, unsigned kinds, bool is_accept)
{
    struct buf b = buf_in(a, 512);
    for (size_t i = 0; i < NKINDS; i++) {
        if (!(kinds & kinds_known[i].kind)) continue;
        if (b.n > 0) buf_put(&b, is_accept ? STR(",") : STR(", "));
        buf_put(&b, str_of(is_accept ? kinds_known[i].accept : kinds_known[i].words));
    }
    return buf_str(&b);
}

struct str file_accept(struct arena *a, unsigned kinds)
{
    return joined(a, kinds, true);
}

/* "IMG_1.PNG" is a JPEG by now. Without a name it is called "file". */
static struct str name_of(struct arena *a, struct str name, const char *ending)
{
    static const char *const endings[] = {".jpg", ".jpeg", ".png", ".webp", ".pdf", ".xlsx"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);
        if (name.n < n || !str_eq_nocase(str_from(name, name.n - n), str_of(endings[i]))) continue;
        name = str_first(name, name.n - n);
        break;
    }
    if (name.n == 0) name = STR("file");
    return str_printf(a, "%.*s%s", STR_FMT(name), ending);
}

/* ---- one file ---- */

/* A sentence beside the field. */
static bool fault(struct form *f, const char *name, enum msg message, struct str arg)
{
    struct rq *rq = f->rq;
    form_fault(f, name, str_is_none(arg) ? msg_text(message, rq->page.lang)
                                         : MSG_FORMAT(rq->arena, rq->page.lang, message, arg));
    return false;
}

/* Decoded, turned, shrunk and stripped by the helper: what we keep, we wrote. */
static bool take_image(struct form *f, const char *name, struct upload *u)
{
    struct image_pair pair;
    assert(f->rq->db == NULL || !db_in_txn(f->rq->db)); /* it takes long: no transaction waits for it */
    switch (image_convert(f->rq->arena, u->bytes, &pair)) {
    case ERR_OK: break;
    case ERR_LIMIT: return fault(f, name, MSG_file_image_large, STR_NONE);
    case ERR_INPUT: return fault(f, name, MSG_file_image_broken, STR_NONE);
    default: return fault(f, name, MSG_file_busy, STR_NONE);
    }
    u->bytes = pair.whole;
    u->small = pair.small;
    u->size = pair.whole_size;
    u->small_size = pair.small_size;
    return true;
}

static bool take(struct form *f, const char *name, unsigned kinds, const struct web_file *file,
                 struct upload *ret)
{
    struct arena *a = f->rq->arena;
    struct upload u = {.bytes = file->bytes};
    if (u.bytes.n == 0) return fault(f, name, MSG_file_empty, STR_NONE);
    if (u.bytes.n > FILE_BYTES_MAX)
        return fault(f, name, MSG_file_large, str_printf(a, "%d", (int)(FILE_BYTES_MAX >> 20)));
    u.kind = file_sniff(u.bytes);
    if (!(kinds & u.kind)) return fault(f, name, MSG_file_kind, joined(a, kinds, false));
    if (u.kind == FILE_IMAGE && !take_image(f, name, &u)) return false;
    size_t at = at_of(u.kind);
    u.content_type = str_of(kinds_known[at].type);
    u.name = name_of(a, file->filename, kinds_known[at].ending);
    *ret = u;
    return true;
}

/* ---- a field ---- */

size_t form_files(struct form *f, const char *name, enum form_need need, unsigned kinds, size_t max,
                  struct upload *ret)
{
    struct web_files sent = f->rq->web->files;
    size_t seen = 0, n = 0;
    assert(max <= FILE_UPLOADS_MAX);
    for (size_t i = 0; i < sent.n; i++)
        seen += str_eq(sent.items[i].name, str_of(name));
    if (seen > max) {
        (void)fault(f, name, MSG_file_many, str_printf(f->rq->arena, "%zu", max));
        return 0;
    }
    if (seen == 0 && need == FORM_MUST) (void)fault(f, name, MSG_file_needed, STR_NONE);
    for (size_t i = 0; i < sent.n; i++)
        if (str_eq(sent.items[i].name, str_of(name)) && take(f, name, kinds, &sent.items[i], &ret[n])) n++;
    return n;
}

bool form_file(struct form *f, const char *name, enum form_need need, unsigned kinds, struct upload *ret)
{
    return form_files(f, name, need, kinds, 1, ret) == 1;
}
