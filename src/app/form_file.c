/* form_file.c — files of a form: looked at, made harmless, every fault beside its field. */
#include <assert.h>

#include "app/app_internal.h"
#include "app/app_sql.h"
#include "app/file_internal.h"

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
#define FILE_NAME_BYTES 400
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
    form_fault_plain(f, name, str_is_none(arg) ? msg_text(message, rq->page.lang)
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

/* ---- one that was sent before ---- */

/* A transaction of our own beside the handler's way: it takes no key of a repeat, it answers nothing. */
static enum err own_begin(struct rq *rq, enum db_txn txn, struct db **ret)
{
    assert(rq->db == NULL);
    return pool_begin(rq->app->pool, rq->worker, txn, ret);
}

static enum err own_end(struct rq *rq, struct db *db, enum err e)
{
    enum err ended = pool_end(rq->app->pool, rq->worker, db, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

#define KEPT "kept_file" /* what the signature is for */

/* "account:file", signed: good for this person alone. */
static enum err keep(struct rq *rq, const struct upload *u, struct str *ret)
{
    struct upload copy = *u;
    struct file_object_id id;
    struct db *db = NULL;
    TRY(file_save(rq_files(rq), &copy));
    TRY(own_begin(rq, DB_TXN_WRITE, &db));
    TRY(own_end(rq, db, file_put(rq_files(rq), db, rq->arena, &copy, &id)));
    struct str value = str_printf(rq->arena, "%lld:%lld", (long long)rq->who.account, (long long)id.v);
    *ret = gate_sign(rq, KEPT, value);
    return ERR_OK;
}

static enum err kept_id(struct form *f, const char *name, struct file_object_id *ret)
{
    struct str value, account;
    int64_t whose = 0, id = 0;
    struct str text = web_field_get(f->rq->web->form, str_z(f->rq->arena, str_printf(f->rq->arena, "%s_kept", name)));
    if (str_is_none(text) || !f->rq->who.is_in) return ERR_NOT_FOUND;
    TRY(gate_unsign(f->rq, KEPT, text, &value));
    (void)str_split(&value, ':', &account);
    TRY(str_to_int(account, &whose));
    TRY(str_to_int(value, &id));
    if (whose != f->rq->who.account) return ERR_INPUT;
    *ret = (struct file_object_id){id};
    return ERR_OK;
}

static enum err read_kept(struct rq *rq, struct db *db, struct file_object_id id, struct upload *ret)
{
    struct app_file_get_row row;
    struct upload u = {.kept = id};
    TRY(app_file_get(db, rq->arena, id, &row));
    TRY(file_fetch(rq_files(rq), db, rq->arena, id, row.sha256, row.size_bytes, &u.bytes));
    u.kind = file_sniff(u.bytes);
    u.content_type = row.content_type;
    u.size = (struct image_size){(int32_t)row.width.v, (int32_t)row.height.v};
    *ret = u;
    return ERR_OK;
}

/* Its content again, as it was made ready then. false: there is none, or it is gone. */
static bool take_kept(struct form *f, const char *name, unsigned kinds, struct upload *ret)
{
    struct rq *rq = f->rq;
    struct file_object_id id;
    struct upload u;
    struct db *db = rq->db;
    if (kept_id(f, name, &id) != ERR_OK) return false;
    enum err e = db != NULL ? ERR_OK : own_begin(rq, DB_TXN_READ, &db);
    if (e == ERR_OK) e = read_kept(rq, db, id, &u);
    if (rq->db == NULL && db != NULL) e = own_end(rq, db, e);
    if (e != ERR_OK || !(kinds & u.kind)) return fault(f, name, MSG_file_gone, STR_NONE);
    struct str called = form_raw(f, str_z(rq->arena, str_printf(rq->arena, "%s_name", name)));
    u.name = name_of(rq->arena, str_cut(called, FILE_NAME_BYTES), kinds_known[at_of(u.kind)].ending);
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
    if (seen == 0 && max == 1 && take_kept(f, name, kinds, ret)) return 1;
    if (seen == 0 && need == FORM_MUST) (void)fault(f, name, MSG_file_needed, STR_NONE);
    for (size_t i = 0; i < sent.n; i++)
        if (str_eq(sent.items[i].name, str_of(name)) && take(f, name, kinds, &sent.items[i], &ret[n])) n++;
    return n;
}

bool form_file(struct form *f, const char *name, enum form_need need, unsigned kinds, struct upload *ret)
{
    return form_files(f, name, need, kinds, 1, ret) == 1;
}

/* A visitor has nothing to be recognised by: they choose again. */
enum err form_file_field(struct form *f, const char *name, unsigned kinds, const struct upload *u,
                         struct file_field *ret)
{
    struct rq *rq = f->rq;
    struct file_field d = {.f = form_field(f, name), .accept = joined(rq->arena, kinds, true)};
    d.f.value = STR("");
    if (u != NULL && rq->who.is_in) {
        TRY(keep(rq, u, &d.kept));
        d.kept_name = u->name;
    }
    *ret = d;
    return ERR_OK;
}
