/* archive_write.c — see archive.h. libzip pulls each file while it writes the archive, and the rows
 * are read from the database at that very moment: nothing is kept in memory or in between. The
 * manifest and the sums come last, when counts and sums are known. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/archive_format.h"
#include "db/tsv.h"

struct entry {
    struct writer *w;
    const struct catalog_table *table; /* NULL: a file, MANIFEST or SHA256SUMS */
    struct str file;                   /* its sum in hexadecimal; none: no file */
    struct str name;                   /* in the archive */
    struct db_sql sql;
    struct db_rows rows;
    struct text out; /* made, not yet taken by libzip */
    size_t taken;
    bool is_all;
    int64_t count;
    struct sha256_state *sum;
    struct str hex;
};

struct writer {
    struct db *db;
    struct arena *arena;
    struct catalog catalog;
    struct archive_migration *migrations;
    size_t nmigration;
    struct instant made_at;
    const struct archive_files *files; /* NULL: none */
    struct str *sums;                  /* of the files there are */
    size_t nfile;
    int64_t missing;
    struct entry *entries; /* the tables, the files, MANIFEST, SHA256SUMS */
    size_t n;
    enum err failed; /* what the database said; libzip knows only that reading failed */
};

static const struct db_sql MIGRATIONS = {
    .name = "archive_migrations",
    .sqlite = "SELECT number, sha256, name FROM schema_migration ORDER BY number",
    .pg = "SELECT number, sha256, name FROM schema_migration ORDER BY number",
    .ncol = 3,
    .pg_types = "",
};

/* The database's own list, not the program's: a backup is possible before a pending migration too. */
static enum err read_migrations(struct writer *w)
{
    struct db_rows rows;
    if (db_rows_open(w->db, &MIGRATIONS, NULL, &rows) != ERR_OK)
        return err_note(ERR_INPUT, "this is no Sarn database, it has no schema_migration");
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK) {
        size_t size = sizeof *w->migrations;
        w->migrations =
            arena_grow(w->arena, w->migrations, w->nmigration * size, (w->nmigration + 1) * size);
        w->migrations[w->nmigration++] = (struct archive_migration){
            .number = db_rows_int(&rows, 0),
            .sha256 = str_copy(w->arena, db_rows_text(&rows, 1)),
            .name = str_copy(w->arena, db_rows_text(&rows, 2)),
        };
    }
    db_rows_close(&rows);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* ---- content of the files ---- */

static struct str made_at_text(struct writer *w)
{
    struct buf b = buf_in(w->arena, 64);
    buf_instant_iso(&b, w->made_at);
    return buf_str(&b);
}

/* Made when libzip comes to it: by then every table has been read and counted. */
static void make_manifest(struct entry *m)
{
    struct writer *w = m->w;
    struct buf b = buf_in(w->arena, ARCHIVE_TEXT_MAX);
    buf_printf(&b, "sarn-archive %d\nengine %s\nmade_at %.*s\n", (int)ARCHIVE_FORMAT,
               db_engine(w->db) == DB_SQLITE ? "sqlite" : "postgres", STR_FMT(made_at_text(w)));
    for (size_t i = 0; i < w->nmigration; i++)
        buf_printf(&b, "migration %lld %.*s %.*s\n", (long long)w->migrations[i].number,
                   STR_FMT(w->migrations[i].sha256), STR_FMT(w->migrations[i].name));
    for (size_t i = 0; w->entries[i].table != NULL; i++)
        buf_printf(&b, "table %.*s %lld\n", STR_FMT(w->entries[i].table->name),
                   (long long)w->entries[i].count);
    buf_printf(&b, "files %zu\n", w->nfile);
    text_put(&m->out, buf_str(&b));
}

/* The form of sha256sum, so that `sha256sum -c SHA256SUMS` checks an unpacked archive. */
static void make_sums(struct entry *sums)
{
    struct writer *w = sums->w;
    for (size_t i = 0; i + 1 < w->n; i++) {
        text_put(&sums->out, w->entries[i].hex);
        text_put(&sums->out, STR("  "));
        text_put(&sums->out, w->entries[i].name);
        text_put(&sums->out, STR("\n"));
    }
}

/* A whole file is in memory for a moment: each is bounded. Its content must be what its name says, or
 * the archive would be refused as a whole when it is needed. */
static enum err start_file(struct entry *e)
{
    struct writer *w = e->w;
    struct arena *a = arena_new(ARCHIVE_FILE_MAX + (1 << 20));
    struct str bytes;
    enum err got = w->files->read(w->files->ctx, w->db, a, e->file, &bytes);
    if (got == ERR_OK) text_put(&e->out, bytes);
    arena_free(a);
    e->is_all = true;
    return got;
}

/* libzip opens the entries one after the other, each once: only one cursor is open at a time. */
static enum err start(struct entry *e)
{
    struct writer *w = e->w;
    if (!str_is_none(e->file)) return start_file(e);
    if (e->table != NULL) {
        TRY(db_rows_stream(w->db, &e->sql, NULL, &e->rows));
        tsv_header(&e->out, e->table);
        return ERR_OK;
    }
    if (e == &w->entries[w->n - 1])
        make_sums(e);
    else
        make_manifest(e);
    e->is_all = true;
    return ERR_OK;
}

/* Some more rows, until about `want` bytes are there. */
static enum err make_more(struct entry *e, size_t want)
{
    while (!e->is_all && e->out.n < want) {
        enum err got = db_rows_next(&e->rows);
        e->is_all = got == ERR_NOT_FOUND;
        if (got != ERR_OK && !e->is_all) return got;
        if (got == ERR_OK) {
            tsv_row(&e->out, e->table, &e->rows);
            e->count++;
        }
    }
    return ERR_OK;
}

/* Its sum is fixed here; SHA256SUMS, the last entry, needs those of all before it. */
static void finish(struct entry *e)
{
    db_rows_close(&e->rows);
    free(e->out.p);
    e->out = (struct text){0};
    if (e->sum == NULL) return;
    struct sha256 sum = sha256_end(e->sum);
    struct buf b = buf_in(e->w->arena, 65);
    buf_hex(&b, sum.b, sizeof sum.b);
    e->hex = buf_str(&b);
    e->sum = NULL;
}

/* Hands over what is made, making more when all is taken. 0 means the end. */
static zip_int64_t give(struct entry *e, char *data, size_t len)
{
    if (e->taken == e->out.n) {
        e->out.n = e->taken = 0;
        e->w->failed = make_more(e, len < 65536 ? len : 65536);
        if (e->w->failed != ERR_OK) return -1;
    }
    size_t n = e->out.n - e->taken < len ? e->out.n - e->taken : len;
    if (n > 0) memcpy(data, e->out.p + e->taken, n);
    sha256_add(e->sum, (struct str){data, n});
    e->taken += n;
    return (zip_int64_t)n;
}

/* libzip's way to pull a file (zip_source_function). */
static zip_int64_t pull(void *ctx, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    struct entry *e = ctx;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              -1);
    case ZIP_SOURCE_OPEN:
        e->sum = sha256_begin(e->w->arena);
        e->w->failed = start(e);
        return e->w->failed == ERR_OK ? 0 : -1;
    case ZIP_SOURCE_READ: return give(e, data, len);
    case ZIP_SOURCE_CLOSE: finish(e); return 0;
    case ZIP_SOURCE_STAT:
        if (len < sizeof(zip_stat_t)) return -1;
        zip_stat_init(data); /* the size is not known before */
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: {
        const int codes[2] = {ZIP_ER_READ, 0};
        if (len < sizeof codes) return -1;
        memcpy(data, codes, sizeof codes);
        return sizeof codes;
    }
    case ZIP_SOURCE_FREE: return 0; /* entries are the writer's */
    default: return -1;
    }
}

/* ---- the archive ---- */

/* Is this the table whose content travels as files? */
static bool is_files_table(const struct writer *w, const struct catalog_table *t)
{
    return w->files != NULL && str_eq(t->name, str_of(w->files->table));
}

/* What is there at this moment of the snapshot. A database that does not know files yet has none. */
static enum err list_files(struct writer *w)
{
    bool has_table = false;
    for (size_t i = 0; i < w->catalog.n; i++)
        has_table |= is_files_table(w, &w->catalog.tables[i]);
    if (!has_table) w->files = NULL;
    int64_t at = 0;
    enum err e = w->files == NULL ? ERR_NOT_FOUND : ERR_OK;
    while (e == ERR_OK) {
        struct str *some = NULL;
        size_t n = 0, size = sizeof *some;
        e = w->files->list(w->files->ctx, w->db, w->arena, &at, &some, &n, &w->missing);
        if (e != ERR_OK) break;
        w->sums = arena_grow(w->arena, w->sums, w->nfile * size, (w->nfile + n) * size);
        memcpy(w->sums + w->nfile, some, n * size);
        w->nfile += n;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static void plan_table(struct writer *w, struct entry *e, const struct catalog_table *t)
{
    struct str select = catalog_select(t, db_engine(w->db), w->arena);
    *e = (struct entry){.w = w, .table = t, .name = str_printf(w->arena, "tables/%.*s.tsv", STR_FMT(t->name))};
    e->sql = (struct db_sql){.name = "archive_table", .sqlite = select.p, .pg = select.p, .pg_types = ""};
}

/* Tables by name, then files, then MANIFEST, then SHA256SUMS: libzip writes them in this order. */
static void plan_entries(struct writer *w)
{
    struct entry *e = w->entries = ARENA_ARRAY(w->arena, struct entry, w->catalog.n + w->nfile + 2);
    for (size_t i = 0; i < w->catalog.n; i++)
        if (!is_files_table(w, &w->catalog.tables[i])) plan_table(w, e++, &w->catalog.tables[i]);
    for (size_t i = 0; i < w->nfile; i++) {
        struct str sum = w->sums[i];
        struct str name = str_printf(w->arena, "files/%.2s/%.*s", sum.p, (int)sum.n - 2, sum.p + 2);
        *e++ = (struct entry){.w = w, .file = sum, .name = name};
    }
    *e++ = (struct entry){.w = w, .name = STR("MANIFEST")};
    *e++ = (struct entry){.w = w, .name = STR("SHA256SUMS")};
    w->n = (size_t)(e - w->entries);
}

/* The database's failure, when that is the cause, has its own note already. */
static enum err zip_failed(struct writer *w, zip_t *zip, const char *path)
{
    if (w->failed != ERR_OK) return w->failed;
    return err_note(ERR_IO, "%s: %s", path, zip_strerror(zip));
}

static enum err add_entry(struct writer *w, zip_t *zip, struct entry *e, const char *path)
{
    zip_source_t *source = zip_source_function(zip, pull, e);
    if (source == NULL) return zip_failed(w, zip, path);
    zip_int64_t at = zip_file_add(zip, str_z(w->arena, e->name), source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return zip_failed(w, zip, path);
    }
    /* The fastest level: tables shrink to a fifth by it, the slowest would take five times as long. Photos
     * and papers are compressed already. */
    int32_t how = str_is_none(e->file) ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    if (zip_set_file_compression(zip, (zip_uint64_t)at, how, 1) != 0 ||
        zip_file_set_mtime(zip, (zip_uint64_t)at, (time_t)(w->made_at.v / 1000), 0) != 0)
        return zip_failed(w, zip, path);
    return ERR_OK;
}

/* All the work happens inside zip_close. On failure libzip leaves nothing behind but the empty file. */
static enum err write_zip(struct writer *w, const char *part)
{
    /* An empty file of the right mode first: libzip gives the archive the mode that it finds. */
    int fd = open(part, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return err_note(ERR_IO, "cannot write %s: %m", part);
    close(fd);
    int code = 0;
    zip_t *zip = zip_open(part, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip == NULL) return err_note(ERR_IO, "cannot write %s (libzip %d)", part, code);
    enum err e = ERR_OK;
    for (size_t i = 0; i < w->n && e == ERR_OK; i++)
        e = add_entry(w, zip, &w->entries[i], part);
    if (e == ERR_OK && zip_close(zip) != 0) e = zip_failed(w, zip, part);
    if (e != ERR_OK) zip_discard(zip);
    for (size_t i = 0; i < w->n; i++) {
        db_rows_close(&w->entries[i].rows);
        free(w->entries[i].out.p);
    }
    return e;
}

/* A rename is only as lasting as the folder's own entry. */
static enum err sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return err_note(ERR_IO, "cannot open %s: %m", path);
    int rc = fsync(fd);
    close(fd);
    return rc == 0 ? ERR_OK : err_note(ERR_IO, "cannot sync %s: %m", path);
}

/* On disk first, then under its name, then the name on disk. */
static enum err publish(struct writer *w, const char *part, const char *path)
{
    TRY(sync_path(part, O_RDONLY));
    if (rename(part, path) != 0) return err_note(ERR_IO, "cannot rename %s: %m", part);
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return sync_path(".", O_RDONLY | O_DIRECTORY);
    struct str folder = {path, slash == path ? 1 : (size_t)(slash - path)};
    return sync_path(str_z(w->arena, folder), O_RDONLY | O_DIRECTORY);
}

/* Inside the read transaction: every table is seen at one moment, while others go on writing. */
static enum err write_snapshot(struct writer *w, const char *path)
{
    TRY(db_no_timeout(w->db));
    TRY(read_migrations(w));
    TRY(catalog_read(w->db, w->arena, &w->catalog));
    TRY(list_files(w));
    plan_entries(w);
    const char *part = str_z(w->arena, str_printf(w->arena, "%s.part", path));
    enum err e = write_zip(w, part);
    if (e == ERR_OK) e = publish(w, part, path);
    if (e != ERR_OK) unlink(part);
    return e;
}

static void report(struct writer *w, struct archive_report *ret)
{
    *ret = (struct archive_report){
        .files = (int64_t)w->nfile, .missing_files = w->missing, .engine = db_engine(w->db)};
    for (size_t i = 0; w->entries[i].table != NULL; i++) {
        ret->tables++;
        ret->rows += w->entries[i].count;
    }
    if (w->nmigration > 0) ret->migration = (int)w->migrations[w->nmigration - 1].number;
    snprintf(ret->made_at, sizeof ret->made_at, "%.*s", STR_FMT(made_at_text(w)));
}

enum err archive_backup(struct db *db, const char *path, const struct archive_files *files,
                        struct archive_report *ret)
{
    if (access(path, F_OK) == 0) return err_note(ERR_CONFLICT, "%s is there already", path);
    struct writer w = {
        .db = db, .arena = arena_new(ARCHIVE_ARENA), .files = files, .made_at = clock_now()};
    enum err e = db_begin(db, DB_TXN_READ);
    if (e == ERR_OK) {
        e = write_snapshot(&w, path);
        db_rollback(db); /* it only read */
    }
    if (e == ERR_OK) report(&w, ret);
    arena_free(w.arena);
    return e;
}
