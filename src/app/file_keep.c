/* file_keep.c — backup, restore, verify and sweep of files: everything that walks over all of them. */
#include "app/app_sql.h"
#include "app/file_dir.h"
#include "app/file_internal.h"

#define PAGE  500 /* rows at a time */
#define SWEEP 100 /* rows of one transaction: writers wait for it */

/* The content is somewhere, with its length; its hash is not looked at. */
static enum err is_there(const struct file_store *s, struct db *db, struct arena *a,
                         const struct app_file_page_row *f, bool *ret)
{
    struct app_file_has_bytes_row row = {0};
    *ret = s->dir != NULL && file_dir_has(s->dir, str_z(a, f->sha256), f->size_bytes);
    if (*ret) return ERR_OK;
    TRY(app_file_has_bytes(db, a, f->id, &row));
    *ret = row.n > 0;
    return ERR_OK;
}

/* ---- backup and restore ---- */

static enum err list(const void *ctx, struct db *db, struct arena *a, int64_t *at, struct str **ret, size_t *ret_n,
                     int64_t *missing)
{
    struct app_file_page_row *rows = NULL;
    size_t n = 0, there = 0;
    TRY(app_file_page(db, a, (struct file_object_id){*at}, PAGE, &rows, &n));
    if (n == 0) return ERR_NOT_FOUND;
    struct str *sums = ARENA_ARRAY(a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        bool is_here = false;
        TRY(is_there(ctx, db, a, &rows[i], &is_here));
        if (is_here) sums[there++] = rows[i].sha256;
    }
    *at = rows[n - 1].id.v;
    *missing += (int64_t)(n - there);
    *ret = sums;
    *ret_n = there;
    return ERR_OK;
}

static enum err read_one(const void *ctx, struct db *db, struct arena *a, struct str sum, struct str *ret)
{
    struct app_file_by_sha_row row;
    TRY(app_file_by_sha(db, a, sum, &row));
    return file_fetch(ctx, db, a, row.id, sum, row.size_bytes, ret);
}

/* The rows are loaded by now. A file that none of them names is not the database's. */
static enum err write_one(const void *ctx, struct db *db, struct arena *a, struct str sum, struct str bytes)
{
    const struct file_store *s = ctx;
    struct app_file_by_sha_row row;
    enum err e = app_file_by_sha(db, a, sum, &row);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && row.size_bytes != (int64_t)bytes.n))
        return err_note(ERR_INPUT, "no row of the archive knows file %.*s", STR_FMT(sum));
    TRY(e);
    if (s->is_in_db) return app_file_put_bytes(db, row.id, bytes, NULL);
    return file_dir_write(s->dir, file_hex_of(bytes).text, bytes, false);
}

static enum err finish(const void *ctx, struct db *db, struct arena *a)
{
    const struct file_store *s = ctx;
    TRY(file_store_keep(db, a, s->wish));
    return s->is_in_db ? ERR_OK : file_dir_sync(s->dir);
}

struct archive_files file_archive(const struct file_store *s)
{
    return (struct archive_files){
        .ctx = s, .table = "file_bytes", .list = list, .read = read_one, .write = write_one, .finish = finish};
}

/* ---- verify ---- */

enum err file_verify(const struct file_store *s, struct db *db, struct arena *a,
                     void (*tell)(void *ctx, struct str line), void *ctx, int64_t *ret_files, int64_t *ret_bad)
{
    struct arena *scratch = arena_new(FILE_BYTES_MAX * 4);
    int64_t files = 0, bad = 0, at = 0;
    struct app_file_page_row *rows = NULL;
    size_t n = 0;
    enum err e;
    while ((e = app_file_page(db, a, (struct file_object_id){at}, PAGE, &rows, &n)) == ERR_OK && n > 0) {
        for (size_t i = 0; i < n && e == ERR_OK; i++) {
            struct str bytes;
            arena_reset(scratch);
            e = file_fetch(s, db, scratch, rows[i].id, rows[i].sha256, rows[i].size_bytes, &bytes);
            files++;
            if (e != ERR_IO) continue;
            tell(ctx, str_of(err_detail()));
            bad++;
            e = ERR_OK;
        }
        at = rows[n - 1].id.v;
        if (e != ERR_OK) break;
    }
    arena_free(scratch);
    TRY(e);
    *ret_files = files;
    *ret_bad = bad;
    return ERR_OK;
}

/* ---- sweep ---- */

/* Somebody may take the content into use at this very moment: then it is young by now, or its foreign
 * key refuses, and it stays. */
static enum err drop(struct db *db, struct file_object_id id, struct instant before, int64_t *dropped)
{
    int64_t changed = 0;
    TRY(app_file_lock(db, id, before, &changed));
    if (changed == 0) return ERR_OK;
    TRY(db_savepoint(db));
    enum err e = app_file_drop_bytes(db, id, NULL);
    if (e == ERR_OK) e = app_file_drop(db, id, before, &changed);
    if (e == ERR_OK && changed == 1) {
        (*dropped)++;
        return db_release(db);
    }
    db_rollback_to(db);
    return e == ERR_REFUSED ? ERR_OK : e;
}

static enum err drop_some(struct db *db, struct arena *a, struct instant before, int64_t *dropped)
{
    struct app_file_unused_row *rows = NULL;
    size_t n = 0;
    TRY(app_file_unused(db, a, before, SWEEP, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(drop(db, rows[i].id, before, dropped));
    return ERR_OK;
}

/* A photo goes before its little one: until a round finds nothing. */
static enum err sweep_rows(struct db *db, struct arena *a, struct instant before, int64_t *ret_dropped)
{
    int64_t dropped, all = 0;
    do {
        dropped = 0;
        TRY(db_begin(db, DB_TXN_WRITE));
        enum err e = drop_some(db, a, before, &dropped);
        if (e != ERR_OK) {
            db_rollback(db);
            return e;
        }
        TRY(db_commit(db));
        all += dropped;
    } while (dropped > 0);
    *ret_dropped = all;
    return ERR_OK;
}

struct wanting {
    struct db *db;
    struct arena *scratch;
};

static enum err is_wanted(void *ctx, struct str hex, bool *ret)
{
    struct wanting *w = ctx;
    struct app_file_by_sha_row row;
    arena_reset(w->scratch);
    TRY(db_begin(w->db, DB_TXN_READ));
    enum err e = app_file_by_sha(w->db, w->scratch, hex, &row);
    db_rollback(w->db);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = e == ERR_OK;
    return ERR_OK;
}

enum err file_sweep(const struct file_store *s, struct db *db, struct arena *a, int64_t age_ms,
                    struct file_swept *ret)
{
    struct file_swept swept = {0};
    struct instant before = {clock_now().v - age_ms};
    TRY(sweep_rows(db, a, before, &swept.rows));
    struct wanting w = {db, arena_new((size_t)1 << 20)};
    enum err e = s->dir == NULL ? ERR_OK : file_dir_sweep(s->dir, age_ms, is_wanted, &w, &swept.files);
    arena_free(w.scratch);
    TRY(e);
    *ret = swept;
    return ERR_OK;
}
