/* file.h — the one door for files that people bring: photos, signed scans, tables.
 *
 * HOW TO take a file in a room (a route of lane SELF, body limit APP_FILE_FORM_BYTES):
 *   1. view: struct file_field scan; template: <form method="post" enctype="multipart/form-data">,
 *      {{ include "app/file.html.h" }}, {{ part field_file(&v->scan, t "label", t "hint") }}
 *   2. GET: TRY(form_file_field(&f, "scan", FILE_PDF | FILE_IMAGE, NULL, &v->scan));
 *   3. POST, NO transaction open (a photo goes through the helper process):
 *      struct upload scan;  bool has = form_file(&f, "scan", FORM_MUST, FILE_PDF | FILE_IMAGE, &scan);
 *      Not good, or a page to look over first: form_file_field(&f, "scan", …, has ? &scan : NULL, …) keeps
 *      it for a day; the page to look over prints {{ part file_kept(&v->scan) }} and has nothing to choose.
 *   4. All is good, still no transaction: TRY(file_save(rq_files(rq), &scan));
 *   5. in the write transaction, beside the room's own rows:
 *      TRY(file_put(rq_files(rq), db, arena, &scan, &file));
 *      TRY(file_attach(db, arena, &(struct file_use_new){file, STR("account_group"), id, STR("scan"),
 *                      scan.name, actor.account, .is_private = true}, &use));
 *   6. show: file_list() for the page; GET /…/files/{use}: the room's guard, then file_find() and
 *      rq_answer_file(). A use is found only together with its thing: no file is served by number alone.
 * A table to read (XLSX) needs neither 4 nor 5: scan.bytes is the content. A failed transaction leaves at
 * most content that nobody uses; it is swept a day later. */
#ifndef SARN_APP_FILE_H
#define SARN_APP_FILE_H

#include "app/form.h"
#include "db/archive.h"
#include "db/ids.h"
#include "image/image.h"

#define FILE_BYTES_MAX  ((size_t)10 << 20) /* of one file */
#define FILE_UPLOADS_MAX 10                /* of one form */
#define FILE_LIST_MAX   200                /* of one thing */

/* ---- what comes in ---- */

enum file_kind { FILE_PDF = 1, FILE_IMAGE = 2, FILE_XLSX = 4 }; /* bits: several may be allowed */

struct upload { /* checked, and a photo already made anew; bytes in the request's memory */
    enum file_kind kind;
    struct str name; /* as its sender called it, with the ending of what it is now; to show */
    struct str content_type, bytes;
    struct str small; /* a photo's little one; none otherwise */
    struct image_size size, small_size; /* 0 × 0 when it is no image */
    bool is_saved;
    struct file_object_id kept; /* sent with an earlier step of this form; v == 0: sent now */
};
/* What the bytes are, whatever they are called; 0: none of these. */
enum file_kind file_sniff(struct str bytes);
/* Reads the file of that field. false: none was chosen, or it is no good (then there is a fault). */
bool form_file(struct form *f, const char *name, enum form_need need, unsigned kinds, struct upload *ret);
/* The same for a field of several; how many are good. `max` at most FILE_UPLOADS_MAX. */
size_t form_files(struct form *f, const char *name, enum form_need need, unsigned kinds, size_t max,
                  struct upload *ret);
/* The view of the field. `u`: a good one of this request, which is kept for this person for a day; it
 * opens a transaction of its own, so none may be open. NULL: none. */
enum err form_file_field(struct form *f, const char *name, unsigned kinds, const struct upload *u,
                         struct file_field *ret);

/* ---- where it is kept ---- */

struct file_store { /* strings live as long as the arena of file_store_open */
    bool is_in_db;   /* new content goes to table file_bytes, else to `dir` */
    const char *dir; /* NULL on a database without a folder */
    const char *wish;
};
/* `wish` is "db" or a folder (--files); NULL: as app_setting says (not asked when `db` is NULL: a new
 * one), else the folder PATH.files beside an SQLite database, the table on PostgreSQL. Reading looks in
 * both, so the wish may change. */
enum err file_store_open(struct db *db, struct arena *a, const char *db_url, const char *wish,
                         struct file_store *ret);
/* Remembers the wish in the database; NULL: the usual place. */
enum err file_store_keep(struct db *db, struct arena *a, const char *wish);
const struct file_store *rq_files(const struct rq *rq);

/* Writes it to the folder, synced; nothing to do for the table. Outside of transactions. ERR_IO,
 * ERR_DISK. */
enum err file_save(const struct file_store *s, struct upload *u);
/* The row (and the content, for the table); the same content has one row for ever. */
enum err file_put(const struct file_store *s, struct db *db, struct arena *a, struct upload *u,
                  struct file_object_id *ret);

/* ---- what it is for ---- */

struct file_use_new {
    struct file_object_id file;
    struct str thing; /* the room's table: "account_group" */
    int64_t thing_id;
    struct str kind; /* the room's word: "scan", "photo" */
    struct str name;
    int64_t account; /* who brought it; 0: nobody in person */
    bool is_private; /* stays out of every cache */
};
struct file_info {
    struct file_use_id use;
    struct file_object_id file, small_file; /* small_file: v == 0 when there is none */
    struct str kind, name, content_type, sha256, small_sha256;
    int64_t size_bytes, small_bytes;
    struct image_size size;
    int64_t account;
    struct instant recorded_at;
    bool is_private;
};
enum err file_attach(struct db *db, struct arena *a, const struct file_use_new *n, struct file_use_id *ret);
/* Takes it from the thing; content that nothing uses any more is swept a day later. ERR_NOT_FOUND. */
enum err file_detach(struct db *db, struct file_use_id use, struct str thing, int64_t thing_id);
/* In the order they came, FILE_LIST_MAX at most. */
enum err file_list(struct db *db, struct arena *a, struct str thing, int64_t thing_id,
                   struct file_info **ret, size_t *ret_n);
/* ERR_NOT_FOUND also when the use is another thing's. `use` as it stands in an address. */
enum err file_find(struct db *db, struct arena *a, struct str use, struct str thing, int64_t thing_id,
                   struct file_info *ret);

/* ---- reading and serving ---- */

/* The content; checked by its hash. ERR_IO: it is missing or damaged. */
enum err file_read_bytes(const struct file_store *s, struct db *db, struct arena *a, const struct file_info *f,
                         struct str *ret);
/* A photo's little one; the photo itself when it has none. */
enum err file_read_small(const struct file_store *s, struct db *db, struct arena *a, const struct file_info *f,
                         struct str *ret);
/* Answers the file (is_small: a photo's little one), as a download unless it is an image. The right to
 * see it has been checked by then. */
enum err rq_answer_file(struct rq *rq, const struct file_info *f, bool is_small);

/* ---- keeping it in order ---- */

/* Every file is there, with its length and hash; tells each that is not. */
enum err file_verify(const struct file_store *s, struct db *db, struct arena *a,
                     void (*tell)(void *ctx, struct str line), void *ctx, int64_t *ret_files, int64_t *ret_bad);
#define FILE_ORPHAN_MS (INT64_C(24) * 3600 * 1000)
struct file_swept {
    int64_t rows, files; /* dropped from the table of files; removed from the folder */
};
/* Drops content that nothing has used for `age_ms`. Opens its own transactions. */
enum err file_sweep(const struct file_store *s, struct db *db, struct arena *a, int64_t age_ms,
                    struct file_swept *ret);
/* How backup and restore reach the files; `s` is borrowed while it is used. A restore remembers its own
 * wish, not that of the machine where the archive was made. */
struct archive_files file_archive(const struct file_store *s);

#endif
