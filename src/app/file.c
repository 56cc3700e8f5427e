/* file.c — files that people bring: where they are kept, what they are for, how they are served. The
 * folder itself: file_dir.c; forms: form_file.c; backup, verify and sweep: file_keep.c. */
#include "app/file.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "app/app_sql.h"
#include "app/file_dir.h"
#include "app/file_internal.h"

/* ---- where ---- */

/* The folder has the database's name: two databases in one folder never sweep each other's files. */
static const char *usual_dir(struct arena *a, const char *db_url)
{
    struct str url = str_of(db_url);
    if (str_starts(url, STR("sqlite:"))) url = str_from(url, 7);
    if (db_url_is_postgres(url) || str_eq(url, STR(":memory:")) || url.n == 0) return NULL;
    return str_z(a, str_printf(a, "%.*s.files", STR_FMT(url)));
}

enum err file_store_open(struct db *db, struct arena *a, const char *db_url, const char *wish,
                         struct file_store *ret)
{
    struct app_setting_get_row row = {.value = str_of(wish)};
    if (wish == NULL && db != NULL) {
        enum err e = app_setting_get(db, a, STR("files"), &row);
        if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    }
    struct file_store s = {.dir = usual_dir(a, db_url), .wish = wish};
    s.is_in_db = str_is_none(row.value) ? s.dir == NULL : str_eq(row.value, STR("db"));
    if (!s.is_in_db && !str_is_none(row.value)) s.dir = str_z(a, row.value);
    *ret = s;
    return ERR_OK;
}

enum err file_store_keep(struct db *db, struct arena *a, const char *wish)
{
    struct str value = str_of(wish);
    if (wish == NULL) return app_setting_drop(db, STR("files"), NULL);
    if (str_eq(value, STR("db"))) return app_setting_put(db, STR("files"), value, NULL);
    char whole[PATH_MAX]; /* the next command may be typed in another folder */
    if (mkdir(wish, 0700) != 0 && errno != EEXIST) return err_note(ERR_IO, "cannot make %s: %m", wish);
    if (realpath(wish, whole) == NULL) return err_note(ERR_IO, "cannot find %s: %m", wish);
    return app_setting_put(db, STR("files"), str_copy(a, str_of(whole)), NULL);
}

/* ---- taking in ---- */

static enum err save(const struct file_store *s, struct str bytes)
{
    return bytes.n == 0 ? ERR_OK : file_dir_write(s->dir, file_hex_of(bytes).text, bytes, true);
}

enum err file_save(const struct file_store *s, struct upload *u)
{
    if (s->is_in_db || u->is_saved || !id_is_none(u->kept)) return ERR_OK;
    TRY(save(s, u->bytes));
    TRY(save(s, u->small));
    u->is_saved = true;
    return ERR_OK;
}

static struct opt_count side(int32_t v)
{
    return (struct opt_count){v > 0, v};
}

static enum err put(const struct file_store *s, struct db *db, struct arena *a, struct str bytes,
                    struct str type, struct image_size size, struct file_object_id small,
                    struct file_object_id *ret)
{
    struct file_hex hex = file_hex_of(bytes);
    struct app_file_put_args args = {.sha256 = str_of(hex.text),
                                     .size_bytes = (int64_t)bytes.n,
                                     .content_type = type,
                                     .width = side(size.width),
                                     .height = side(size.height),
                                     .small_id = small,
                                     .put_at = clock_now()};
    struct app_file_put_row row;
    TRY(app_file_put(db, a, &args, &row));
    if (s->is_in_db) TRY(app_file_put_bytes(db, row.id, bytes, NULL));
    *ret = row.id;
    return ERR_OK;
}

enum err file_put(const struct file_store *s, struct db *db, struct arena *a, struct upload *u,
                  struct file_object_id *ret)
{
    struct file_object_id small = {0}, file;
    assert(u->bytes.n > 0);
    if (!id_is_none(u->kept)) { /* its row is there; made young, so that no sweep takes it now */
        int64_t changed = 0;
        TRY(app_file_touch(db, u->kept, clock_now(), &changed));
        if (changed == 1) *ret = u->kept;
        return changed == 1 ? ERR_OK : err_note(ERR_UNAVAILABLE, "a kept file was swept meanwhile");
    }
    TRY(file_save(s, u));
    if (u->small.n > 0)
        TRY(put(s, db, a, u->small, u->content_type, u->small_size, (struct file_object_id){0}, &small));
    TRY(put(s, db, a, u->bytes, u->content_type, u->size, small, &file));
    *ret = file;
    return ERR_OK;
}

/* ---- what it is for ---- */

enum err file_attach(struct db *db, struct arena *a, const struct file_use_new *n, struct file_use_id *ret)
{
    struct app_file_attach_args args = {.file_id = n->file,
                                        .thing = n->thing,
                                        .thing_id = n->thing_id,
                                        .kind = n->kind,
                                        .name = n->name,
                                        .account_no = {n->account != 0, n->account},
                                        .is_private = n->is_private,
                                        .recorded_at = clock_now()};
    struct app_file_attach_row row;
    TRY(app_file_attach(db, a, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

enum err file_detach(struct db *db, struct file_use_id use, struct str thing, int64_t thing_id)
{
    int64_t changed = 0;
    TRY(app_file_detach(db, use, thing, thing_id, &changed));
    return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

/* Two generated structs with the same columns. */
#define INFO_OF(r)                                                                                 \
    ((struct file_info){.use = (r)->use_id,                                                        \
                        .file = (r)->file_id,                                                      \
                        .small_file = (r)->small_id,                                               \
                        .kind = (r)->kind,                                                         \
                        .name = (r)->name,                                                         \
                        .content_type = (r)->content_type,                                         \
                        .sha256 = (r)->sha256,                                                     \
                        .small_sha256 = (r)->small_sha256,                                         \
                        .size_bytes = (r)->size_bytes,                                             \
                        .small_bytes = (r)->small_size.v,                                          \
                        .size = {(int32_t)(r)->width.v, (int32_t)(r)->height.v},                   \
                        .account = (r)->account_no.v,                                              \
                        .recorded_at = (r)->recorded_at,                                           \
                        .is_private = (r)->is_private})

enum err file_list(struct db *db, struct arena *a, struct str thing, int64_t thing_id,
                   struct file_info **ret, size_t *ret_n)
{
    struct app_file_list_row *rows = NULL;
    size_t n = 0;
    TRY(app_file_list(db, a, thing, thing_id, FILE_LIST_MAX, &rows, &n));
    struct file_info *list = ARENA_ARRAY(a, struct file_info, n);
    for (size_t i = 0; i < n; i++)
        list[i] = INFO_OF(&rows[i]);
    *ret = list;
    *ret_n = n;
    return ERR_OK;
}

enum err file_find(struct db *db, struct arena *a, struct str use, struct str thing, int64_t thing_id,
                   struct file_info *ret)
{
    int64_t number = 0;
    struct app_file_find_row row;
    if (str_to_int(use, &number) != ERR_OK || number <= 0) return ERR_NOT_FOUND;
    TRY(app_file_find(db, a, (struct file_use_id){number}, thing, thing_id, &row));
    *ret = INFO_OF(&row);
    return ERR_OK;
}

/* ---- reading ---- */

/* The store in use first, then the other: both may hold files after a change of mind. */
static enum err fetch(const struct file_store *s, struct db *db, struct arena *a, struct file_object_id id,
                      struct str sha256, int64_t size, struct str *ret)
{
    enum err e = ERR_NOT_FOUND;
    if (s->dir != NULL) e = file_dir_read(s->dir, str_z(a, sha256), size, a, ret);
    if (e == ERR_OK) return ERR_OK;
    struct app_file_bytes_row row;
    enum err in_db = app_file_bytes(db, a, id, &row);
    if (in_db == ERR_OK) *ret = row.content;
    return in_db == ERR_NOT_FOUND ? e : in_db;
}

enum err file_fetch(const struct file_store *s, struct db *db, struct arena *a, struct file_object_id id,
                    struct str sha256, int64_t size, struct str *ret)
{
    struct str bytes;
    enum err e = fetch(s, db, a, id, sha256, size, &bytes);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_NOT_FOUND) return err_note(ERR_IO, "file %.*s is missing", STR_FMT(sha256));
    if (!str_eq(str_of(file_hex_of(bytes).text), sha256))
        return err_note(ERR_IO, "file %.*s is damaged", STR_FMT(sha256));
    *ret = bytes;
    return ERR_OK;
}

enum err file_read_bytes(const struct file_store *s, struct db *db, struct arena *a, const struct file_info *f,
                         struct str *ret)
{
    return file_fetch(s, db, a, f->file, f->sha256, f->size_bytes, ret);
}

enum err file_read_small(const struct file_store *s, struct db *db, struct arena *a, const struct file_info *f,
                         struct str *ret)
{
    if (id_is_none(f->small_file)) return file_read_bytes(s, db, a, f, ret);
    return file_fetch(s, db, a, f->small_file, f->small_sha256, f->small_bytes, ret);
}

/* ---- serving ---- */

/* What needs no quoting anywhere in a header. */
static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
           c == '_';
}

/* "inline; filename="__.pdf"; filename*=UTF-8''%E0…": the first for programs that know no better. */
static struct str disposition(struct arena *a, bool is_inline, struct str name)
{
    struct buf b = buf_in(a, 4096);
    buf_put(&b, is_inline ? STR("inline; filename=\"") : STR("attachment; filename=\""));
    for (size_t i = 0; i < name.n; i++)
        if (((unsigned char)name.p[i] & 0xc0) != 0x80) buf_putc(&b, is_plain(name.p[i]) ? name.p[i] : '_');
    BUF_LIT(&b, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < name.n; i++) {
        if (is_plain(name.p[i]))
            buf_putc(&b, name.p[i]);
        else
            buf_printf(&b, "%%%02X", (unsigned char)name.p[i]);
    }
    return buf_str(&b);
}

/* Even a file that turns out to be a page runs nothing here: no script, no frame, no form, an origin of
 * its own; and no browser may guess another type. */
#define FILE_CSP "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

enum err rq_answer_file(struct rq *rq, const struct file_info *f, bool is_small)
{
    struct str bytes;
    bool has_small = is_small && !id_is_none(f->small_file);
    TRY(has_small ? file_fetch(rq_files(rq), rq->db, rq->arena, f->small_file, f->small_sha256, f->small_bytes, &bytes)
                  : file_fetch(rq_files(rq), rq->db, rq->arena, f->file, f->sha256, f->size_bytes, &bytes));
    struct web_response *res = rq->res;
    bool is_image = str_eq(f->content_type, STR("image/jpeg"));
    res->status = 200;
    res->content_type = f->content_type;
    res->body = (struct buf){.arena = rq->arena, .p = (char *)(uintptr_t)bytes.p, .n = bytes.n, .cap = bytes.n,
                             .max = bytes.n};
    web_header_set(res, STR("Content-Disposition"), disposition(rq->arena, is_image, f->name));
    web_header_set(res, STR("Content-Security-Policy"), STR(FILE_CSP));
    if (f->is_private) {
        web_header_set(res, STR("Cache-Control"), STR("private, no-store"));
        return ERR_OK;
    }
    res->etag = str_printf(rq->arena, "\"%.*s\"", STR_FMT(has_small ? f->small_sha256 : f->sha256));
    return ERR_OK;
}
