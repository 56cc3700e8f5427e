/* archive_read.c — checking an archive and loading it. See archive.h.
 *
 * The archive is checked as a whole before the first row is written; then schema and rows go into the
 * database in one transaction. While rows are loaded, triggers and foreign keys sleep (the rows were
 * right when they were saved, and tables come by name, not by dependency); foreign keys are checked
 * again before the commit.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/archive_format.h"
#include "db/migrate_internal.h"
#include "db/tsv.h"

struct file {
    struct str name; /* of the table */
    int64_t rows;
    struct str hex; /* its sum as SHA256SUMS states it */
};

struct blob { /* a file that rows name by its sum */
    struct str name, hex;
};

struct reader {
    const char *path;
    struct arena *arena;
    zip_t *zip;
    struct archive_migration *migrations;
    size_t nmigration;
    struct file *files;
    size_t n;
    struct blob *blobs;
    size_t nblob;
    struct archive_report report;
};

/* What a person is told: which archive, what is wrong, where. */
static enum err damaged(const struct reader *r, const char *what, struct str name)
{
    return err_note(ERR_INPUT, "%s: %s: %.*s", r->path, what, STR_FMT(name));
}

/* ---- lines of one file in the archive ---- */

struct lines {
    zip_file_t *f;
    struct text buf;
    size_t from; /* of what is not given out yet */
    bool is_end;
    struct sha256_state *sum; /* may be NULL */
};

/* The caller closes it; on failure there is nothing to close. */
static enum err lines_open(struct reader *r, const char *name, struct lines *ret)
{
    *ret = (struct lines){.f = zip_fopen(r->zip, name, 0)};
    return ret->f != NULL ? ERR_OK
                          : damaged(r, "a file is missing or cannot be read", str_of(name));
}

static void lines_close(struct lines *l)
{
    zip_fclose(l->f);
    free(l->buf.p);
}

/* Reads on behind the unfinished line, which moves to the front: memory holds one line and a piece. */
static enum err more(struct reader *r, struct lines *l)
{
    char chunk[1 << 16];
    if (l->from > 0) {
        memmove(l->buf.p, l->buf.p + l->from, l->buf.n - l->from);
        l->buf.n -= l->from;
        l->from = 0;
    }
    if (l->buf.n > ARCHIVE_LINE_MAX) return err_note(ERR_LIMIT, "%s: a row over 1 GiB", r->path);
    zip_int64_t n = zip_fread(l->f, chunk, sizeof chunk);
    if (n < 0) return damaged(r, "cannot be unpacked", str_of(zip_file_strerror(l->f)));
    l->is_end = n == 0;
    struct str got = {chunk, (size_t)n};
    if (l->sum != NULL) sha256_add(l->sum, got);
    text_put(&l->buf, got);
    return ERR_OK;
}

/* The next line, without its LF; borrowed until the next call, may be written to. ERR_NOT_FOUND at the
 * end; a last line without LF is damage. */
static enum err lines_next(struct reader *r, struct lines *l, char **ret, size_t *ret_n)
{
    size_t seen = 0;
    for (;;) {
        char *p = l->buf.p != NULL ? l->buf.p + l->from : NULL;
        size_t have = l->buf.n - l->from;
        char *lf = have > seen ? memchr(p + seen, '\n', have - seen) : NULL;
        if (lf != NULL) {
            *ret = p;
            *ret_n = (size_t)(lf - p);
            l->from += *ret_n + 1;
            return ERR_OK;
        }
        if (l->is_end)
            return have == 0 ? ERR_NOT_FOUND : damaged(r, "ends in the middle of a line", STR(""));
        seen = have;
        TRY(more(r, l));
    }
}

/* ---- MANIFEST and SHA256SUMS ---- */

/* A whole small file; the limit holds for what is unpacked, whatever the head says. */
static enum err read_text(struct reader *r, const char *name, struct str *ret)
{
    struct lines l;
    TRY(lines_open(r, name, &l));
    enum err e = ERR_OK;
    while (e == ERR_OK && !l.is_end) {
        e = more(r, &l);
        if (e == ERR_OK && l.buf.n > ARCHIVE_TEXT_MAX) e = damaged(r, "too large", str_of(name));
    }
    if (e == ERR_OK) *ret = str_copy(r->arena, (struct str){l.buf.p ? l.buf.p : "", l.buf.n});
    lines_close(&l);
    return e;
}

/* Names go into paths and into SQL: only what sqlc lets through as a table. */
static bool is_table_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
              s.p[i] == '_'))
            return false;
    return s.n > 0 && s.n < 64;
}

/* "NUMBER SHA256 NAME", counted from 1 without gaps. */
static bool add_migration(struct reader *r, struct str rest)
{
    struct str number;
    struct archive_migration m = {0};
    if (!str_split(&rest, ' ', &number) || !str_split(&rest, ' ', &m.sha256)) return false;
    m.name = rest;
    if (str_to_int(number, &m.number) != ERR_OK || m.number != (int64_t)r->nmigration + 1)
        return false;
    size_t size = sizeof m;
    r->migrations =
        arena_grow(r->arena, r->migrations, r->nmigration * size, (r->nmigration + 1) * size);
    r->migrations[r->nmigration++] = m;
    r->report.migration = (int)m.number;
    return true;
}

/* "NAME ROWS". */
static bool add_file(struct reader *r, struct str rest)
{
    struct file f = {0};
    if (!str_split(&rest, ' ', &f.name) || !is_table_name(f.name)) return false;
    if (str_to_int(rest, &f.rows) != ERR_OK || f.rows < 0) return false;
    size_t size = sizeof f;
    r->files = arena_grow(r->arena, r->files, r->n * size, (r->n + 1) * size);
    r->files[r->n++] = f;
    r->report.tables++;
    r->report.rows += f.rows;
    return true;
}

/* An unknown word is refused: what it says may matter. A new kind of fact is a new format. */
static bool read_fact(struct reader *r, struct str line)
{
    struct str word, rest = line;
    if (!str_split(&rest, ' ', &word) || str_is_none(rest)) return false;
    if (str_eq(word, STR("migration"))) return add_migration(r, rest);
    if (str_eq(word, STR("table"))) return add_file(r, rest);
    if (str_eq(word, STR("files")))
        return str_to_int(rest, &r->report.files) == ERR_OK && r->report.files >= 0;
    if (str_eq(word, STR("engine"))) {
        r->report.engine = str_eq(rest, STR("postgres")) ? DB_POSTGRES : DB_SQLITE;
        return true;
    }
    if (!str_eq(word, STR("made_at")) || rest.n >= sizeof r->report.made_at) return false;
    snprintf(r->report.made_at, sizeof r->report.made_at, "%.*s", STR_FMT(rest));
    return true;
}

/* The format comes first, so that a newer archive is called newer and not damaged. */
static enum err read_manifest(struct reader *r, struct str text)
{
    struct str line, word;
    int64_t format = 0;
    if (!str_split(&text, '\n', &line) || !str_split(&line, ' ', &word) ||
        !str_eq(word, STR("sarn-archive")) || str_to_int(line, &format) != ERR_OK)
        return damaged(r, "is no archive of Sarn", STR("MANIFEST"));
    if (format > ARCHIVE_FORMAT)
        return err_note(ERR_INPUT,
                        "%s has format %lld, this program knows %d: a newer program made it",
                        r->path, (long long)format, (int)ARCHIVE_FORMAT);
    while (str_split(&text, '\n', &line))
        if (line.n > 0 && !read_fact(r, line))
            return damaged(r, "MANIFEST cannot be read at", line);
    return ERR_OK;
}

static struct file *file_named(struct reader *r, struct str name)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->files[i].name, name)) return &r->files[i];
    return NULL;
}

static struct str hex_of(struct reader *r, struct sha256 sum)
{
    struct buf b = buf_in(r->arena, 65);
    buf_hex(&b, sum.b, sizeof sum.b);
    return buf_str(&b);
}

/* "files/ab/cdef…" of the sum abcdef…: the name says what it must contain. Written as a path nowhere. */
static enum err take_blob(struct reader *r, struct str hex, struct str name)
{
    bool is_named = name.n == 71 && name.p[8] == '/' && memcmp(name.p + 6, hex.p, 2) == 0 &&
                    memcmp(name.p + 9, hex.p + 2, 62) == 0;
    if (!is_named) return damaged(r, "a file's name is not its sum", name);
    size_t size = sizeof *r->blobs;
    r->blobs = arena_grow(r->arena, r->blobs, r->nblob * size, (r->nblob + 1) * size);
    r->blobs[r->nblob++] = (struct blob){name, hex};
    return ERR_OK;
}

/* One line of SHA256SUMS: "<hex>  <name>". */
static enum err take_sum(struct reader *r, struct str line, struct str manifest, size_t *seen)
{
    if (line.n < 67) return damaged(r, "SHA256SUMS cannot be read at", line);
    struct str hex = str_first(line, 64), name = str_from(line, 66);
    (*seen)++;
    if (str_eq(name, STR("MANIFEST")))
        return str_eq(hex, hex_of(r, sha256_of(manifest)))
                   ? ERR_OK
                   : damaged(r, "wrong sum", STR("MANIFEST"));
    if (str_starts(name, STR("files/"))) return take_blob(r, hex, name);
    if (!str_starts(name, STR("tables/")) || !str_ends(name, STR(".tsv")))
        return damaged(r, "SHA256SUMS has an unknown file", name);
    struct file *f = file_named(r, (struct str){name.p + 7, name.n - 11});
    if (f == NULL || f->hex.p != NULL) return damaged(r, "MANIFEST does not know", name);
    f->hex = hex;
    return ERR_OK;
}

/* MANIFEST, SHA256SUMS and the ZIP's own list must name the same files: none missing, none besides. */
static enum err read_head(struct reader *r)
{
    struct str manifest, sums, line;
    size_t seen = 0;
    TRY(read_text(r, "MANIFEST", &manifest));
    TRY(read_manifest(r, manifest));
    TRY(read_text(r, "SHA256SUMS", &sums));
    while (str_split(&sums, '\n', &line))
        if (line.n > 0) TRY(take_sum(r, line, manifest, &seen));
    if (seen != r->n + r->nblob + 1 || (int64_t)r->nblob != r->report.files ||
        zip_get_num_entries(r->zip, 0) != (zip_int64_t)(r->n + r->nblob) + 2)
        return damaged(r, "files are missing or too many", STR("SHA256SUMS"));
    return ERR_OK;
}

static const char *file_path(struct reader *r, const struct file *f)
{
    return str_z(r->arena, str_printf(r->arena, "tables/%.*s.tsv", STR_FMT(f->name)));
}

/* Sum and number of lines, in one pass and in constant memory. */
static enum err check_file(struct reader *r, const struct file *f)
{
    struct lines l;
    TRY(lines_open(r, file_path(r, f), &l));
    l.sum = sha256_begin(r->arena);
    int64_t lines = 0;
    char *line;
    size_t n;
    enum err e;
    while ((e = lines_next(r, &l, &line, &n)) == ERR_OK)
        lines++;
    struct sha256 sum = sha256_end(l.sum);
    lines_close(&l);
    if (e != ERR_NOT_FOUND) return e;
    if (f->hex.p == NULL || !str_eq(hex_of(r, sum), f->hex))
        return damaged(r, "wrong sum", f->name);
    return lines == f->rows + 1 ? ERR_OK : damaged(r, "wrong number of rows", f->name);
}

/* The content of a file, malloc'ed by text_put; free it also after a failure. */
static enum err read_blob(struct reader *r, const struct blob *b, struct text *ret)
{
    char chunk[1 << 16];
    zip_file_t *f = zip_fopen(r->zip, str_z(r->arena, b->name), 0);
    if (f == NULL) return damaged(r, "a file is missing or cannot be read", b->name);
    zip_int64_t n = 0;
    while (ret->n <= ARCHIVE_FILE_MAX && (n = zip_fread(f, chunk, sizeof chunk)) > 0)
        text_put(ret, (struct str){chunk, (size_t)n});
    zip_fclose(f);
    if (n < 0) return damaged(r, "cannot be unpacked", b->name);
    if (ret->n > ARCHIVE_FILE_MAX) return damaged(r, "too large", b->name);
    struct sha256 sum = sha256_of((struct str){ret->p != NULL ? ret->p : "", ret->n});
    char hex[65];
    for (size_t i = 0; i < sizeof sum.b; i++)
        snprintf(hex + 2 * i, 3, "%02x", sum.b[i]);
    return str_eq(b->hex, (struct str){hex, 64}) ? ERR_OK : damaged(r, "wrong sum", b->name);
}

/* One after the other: each is read, judged or written, and forgotten. */
static enum err each_blob(struct reader *r, const struct archive_files *files, struct db *db)
{
    for (size_t i = 0; i < r->nblob; i++) {
        struct text content = {0};
        enum err e = read_blob(r, &r->blobs[i], &content);
        if (e == ERR_OK && files != NULL)
            e = files->write(files->ctx, db, r->arena, r->blobs[i].hex, (struct str){content.p, content.n});
        free(content.p);
        TRY(e);
    }
    return ERR_OK;
}

/* Opens and checks all of it. The caller closes the reader, after a failure as well. */
static enum err reader_open(struct reader *r, const char *path)
{
    int code = 0;
    *r = (struct reader){.path = path, .arena = arena_new(ARCHIVE_ARENA)};
    r->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (r->zip == NULL) {
        if (code == ZIP_ER_NOENT) return err_note(ERR_NOT_FOUND, "%s is not there", path);
        if (code == ZIP_ER_OPEN) return err_note(ERR_IO, "%s cannot be opened: %m", path);
        return err_note(ERR_INPUT, "%s is no ZIP archive, or damaged (libzip %d)", path, code);
    }
    TRY(read_head(r));
    for (size_t i = 0; i < r->n; i++)
        TRY(check_file(r, &r->files[i]));
    return each_blob(r, NULL, NULL);
}

static void reader_close(struct reader *r)
{
    if (r->zip != NULL) zip_discard(r->zip);
    arena_free(r->arena);
}

enum err archive_check(const char *path, struct archive_report *ret)
{
    struct reader r;
    enum err e = reader_open(&r, path);
    if (e == ERR_OK) *ret = r.report;
    reader_close(&r);
    return e;
}

/* ---- what sleeps while rows are loaded ---- */

struct asleep { /* statements that wake it all, in the arena */
    const char **wake;
    size_t n;
};

/* Each row: a statement that puts to sleep, one that wakes. */
static const struct db_sql SLEEPERS = {
    .name = "archive_sleepers",
    .sqlite = "SELECT 'DROP TRIGGER \"' || replace(name, '\"', '\"\"') || '\"', sql"
              " FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    .pg = "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || "
          "quote_ident(conname),"
          " 'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || "
          "' ' ||"
          " pg_get_constraintdef(oid) FROM pg_constraint"
          " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
          " UNION ALL SELECT 'ALTER TABLE ' || oid::regclass || ' DISABLE TRIGGER USER',"
          " 'ALTER TABLE ' || oid::regclass || ' ENABLE TRIGGER USER' FROM pg_class"
          " WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace",
    .ncol = 2,
    .pg_types = "",
};

/* The list is read to its end before anything is changed: a cursor over the catalogue must not see its
 * own changes. Constraints that wait for the commit are settled first, or PostgreSQL refuses ALTER TABLE. */
static enum err put_to_sleep(struct db *db, struct arena *a, struct asleep *ret)
{
    struct asleep all = {0}, down = {0};
    struct db_rows rows;
    if (db_engine(db) == DB_POSTGRES) TRY(db_script(db, "SET CONSTRAINTS ALL IMMEDIATE"));
    TRY(db_rows_open(db, &SLEEPERS, NULL, &rows));
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK) {
        size_t size = sizeof *all.wake, old = all.n * size;
        all.wake = arena_grow(a, all.wake, old, old + size);
        down.wake = arena_grow(a, down.wake, old, old + size);
        down.wake[all.n] = str_z(a, db_rows_text(&rows, 0));
        all.wake[all.n++] = str_z(a, db_rows_text(&rows, 1));
    }
    db_rows_close(&rows);
    if (e != ERR_NOT_FOUND) return e;
    for (size_t i = 0; i < all.n; i++)
        TRY(db_script(db, down.wake[i]));
    *ret = all;
    return ERR_OK;
}

static enum err wake_up(struct db *db, const struct asleep *all)
{
    for (size_t i = 0; i < all->n; i++)
        TRY(db_script(db, all->wake[i]));
    return ERR_OK;
}

/* ---- loading ---- */

/* Rows that migrations themselves inserted are in the archive as well. */
static enum err wipe(struct db *db, const struct catalog *cat, struct arena *a)
{
    struct buf b = buf_in(a, 1 << 20);
    for (size_t i = 0; i < cat->n; i++) {
        if (db_engine(db) == DB_SQLITE)
            buf_put(&b, i ? STR("; DELETE FROM ") : STR("DELETE FROM "));
        else
            buf_put(&b, i ? STR(", ") : STR("TRUNCATE "));
        buf_ident(&b, cat->tables[i].name);
    }
    buf_putc(&b, '\0');
    return cat->n > 0 ? db_script(db, buf_str(&b).p) : ERR_OK;
}

/* Columns of the file against those of the schema that the migrations have just built. */
static enum err check_header(struct reader *r, struct lines *l, const struct catalog_table *t)
{
    char *line = NULL;
    size_t n = 0;
    struct text want = {0};
    enum err e = lines_next(r, l, &line, &n);
    tsv_header(&want, t);
    if (e == ERR_OK && !str_eq((struct str){line, n}, (struct str){want.p, want.n - 1}))
        e = damaged(r, "its columns are not those of the schema", t->name);
    free(want.p);
    return e;
}

/* The first failure counts; the bulk load is ended on every path. */
static enum err load_rows(struct reader *r, struct lines *l, const struct catalog_table *t,
                          struct db *db, struct arena *scratch)
{
    struct db_value *values = ARENA_ARRAY(scratch, struct db_value, t->ncol);
    const char **columns = ARENA_ARRAY(scratch, const char *, t->ncol);
    for (size_t i = 0; i < t->ncol; i++)
        columns[i] = str_z(scratch, t->columns[i].name);
    struct db_bulk *bulk = NULL;
    TRY(check_header(r, l, t));
    TRY(db_bulk_begin(db, str_z(scratch, t->name), columns, t->ncol, scratch, &bulk));
    enum err e;
    char *line;
    size_t n;
    while ((e = lines_next(r, l, &line, &n)) == ERR_OK) {
        e = tsv_parse(line, n, t, values);
        if (e == ERR_OK) e = db_bulk_row(bulk, values);
        if (e != ERR_OK) break;
    }
    enum err end = db_bulk_end(bulk);
    return e == ERR_NOT_FOUND ? end : e;
}

/* Counted again by the database: what the file has is what the table has. */
static enum err load_table(struct reader *r, const struct catalog_table *t, struct db *db)
{
    struct file *f = file_named(r, t->name);
    struct lines l;
    if (f == NULL) return damaged(r, "a table of the schema is not in it", t->name);
    TRY(lines_open(r, file_path(r, f), &l));
    struct arena *scratch = arena_new(4 << 20);
    enum err e = load_rows(r, &l, t, db, scratch);
    arena_free(scratch);
    lines_close(&l);
    TRY(e);
    int64_t rows = -1;
    struct str ask = str_printf(r->arena, "SELECT count(*) FROM \"%.*s\"", STR_FMT(t->name));
    TRY(db_scalar(db, str_z(r->arena, ask), &rows));
    return rows == f->rows ? ERR_OK : damaged(r, "not all rows were taken", t->name);
}

/* Not in the archive as a table, because its rows are there as files. */
static bool is_files_table(struct reader *r, const struct archive_files *files, struct str name)
{
    return files != NULL && str_eq(name, str_of(files->table)) && file_named(r, name) == NULL;
}

/* Wipe, load, wake, check: in this order, since waking adds PostgreSQL's foreign keys and so checks them. */
static enum err load_all(struct reader *r, const struct archive_files *files, struct db *db)
{
    struct catalog cat;
    struct asleep asleep;
    TRY(catalog_read(db, r->arena, &cat));
    size_t absent = 0; /* the table whose content travels as files */
    for (size_t i = 0; i < cat.n; i++)
        absent += is_files_table(r, files, cat.tables[i].name);
    if (cat.n != r->n + absent)
        return damaged(r, "it has other tables than its schema", STR("MANIFEST"));
    TRY(put_to_sleep(db, r->arena, &asleep));
    TRY(wipe(db, &cat, r->arena));
    for (size_t i = 0; i < cat.n; i++)
        if (!is_files_table(r, files, cat.tables[i].name)) TRY(load_table(r, &cat.tables[i], db));
    TRY(wake_up(db, &asleep));
    int64_t broken = 0;
    TRY(db_broken_keys(db, &broken));
    if (broken > 0)
        return err_note(ERR_REFUSED, "%s: %lld broken foreign keys", r->path, (long long)broken);
    return db_ids_follow(db, r->arena);
}

/* The archive's migrations are the program's first ones. */
static enum err check_migrations(const struct reader *r)
{
    int last = 0;
    while (migrations[last].number != 0)
        last++;
    for (size_t i = 0; i < r->nmigration; i++) {
        if ((int)i >= last)
            return err_note(
                ERR_CONFLICT,
                "%s has migration %zu, this program ends with %d: a newer program made it", r->path,
                i + 1, last);
        if (!str_eq(r->migrations[i].sha256, str_of(migrations[i].sha256)))
            return err_note(ERR_CONFLICT, "%s: its migration %zu is not the program's %s", r->path,
                            i + 1, migrations[i].name);
    }
    return ERR_OK;
}

/* The schema of the archive's time first, its rows, then what the program has learnt since. */
static enum err restore_in_txn(struct reader *r, const struct archive_files *files, struct db *db)
{
    int64_t tables = 0;
    TRY(db_no_timeout(db));
    TRY(catalog_count(db, &tables));
    if (tables > 0)
        return err_note(ERR_CONFLICT, "the database is not new, it has %lld tables",
                        (long long)tables);
    TRY(migrate_in_txn(db, r->report.migration, NULL, NULL));
    TRY(load_all(r, files, db));
    TRY(migrate_in_txn(db, INT32_MAX, NULL, NULL)); /* newer ones of the program, over the old rows */
    TRY(db_loaded(db, NULL));
    if (files == NULL) return ERR_OK;
    TRY(each_blob(r, files, db));
    return files->finish(files->ctx, db, r->arena);
}

/* Foreign keys are switched outside the transaction, where SQLite allows it, and on again in any case. */
static enum err restore(struct reader *r, const struct archive_files *files, struct db *db)
{
    TRY(check_migrations(r));
    if (r->nblob > 0 && files == NULL) return damaged(r, "there is no place for its files", STR(""));
    TRY(db_foreign_keys(db, false));
    enum err e = db_begin(db, DB_TXN_WRITE);
    if (e == ERR_OK) {
        e = restore_in_txn(r, files, db);
        if (e == ERR_OK)
            e = db_commit(db);
        else
            db_rollback(db);
    }
    enum err back = db_foreign_keys(db, true);
    return e != ERR_OK ? e : back;
}

enum err archive_restore(struct db *db, const char *path, const struct archive_files *files,
                         struct archive_report *ret)
{
    struct reader r;
    enum err e = reader_open(&r, path);
    if (e == ERR_OK) e = restore(&r, files, db);
    if (e == ERR_OK) *ret = r.report;
    reader_close(&r);
    return e;
}
