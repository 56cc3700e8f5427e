/* db_sqlite.c — SQLite behind db.h.
 *
 * A connection is opened for one thread at a time (NOMUTEX); its owner hands it on under a lock (the
 * pool does). Statements are prepared once and kept for the life of the connection.
 */
#include "db/db_internal.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>

enum {
    BUSY_TIMEOUT_MS = 5000, /* another process holds the file: backup tools, the sqlite3 shell */
    MMAP_BYTES = 256 << 20,
};

struct sqlite_stmt {
    sqlite3_stmt *st;
    bool is_in_use;    /* its rows are being read: the same query inside gets a stmt of its own */
    bool is_temporary; /* not in the cache: dies with its rows */
    int first;         /* what the first step said, for rows_next; 0 once told */
};

struct sqlite_db {
    struct db base; /* first: struct db * and struct sqlite_db * are the same address */
    sqlite3 *h;
    struct stmt_cache cache; /* of struct sqlite_stmt, owned */
};

/* The engine's own struct behind the common one. */
static struct sqlite_db *of(struct db *db)
{
    return (struct sqlite_db *)db;
}

/* ---- errors ---- */

/* Somebody was first, or the value itself is refused: the two mean different pages to a person. */
static enum err constraint_err(int extended)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return ERR_CONFLICT;
    default: return ERR_REFUSED; /* check, foreign key, not null, trigger, STRICT's type */
    }
}

/* Writing is what a disk refuses that is full, read-only or dying; one that cannot be read is another matter. */
static enum err io_err(int extended)
{
    switch (extended) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMSIZE: return ERR_DISK;
    default: return ERR_IO;
    }
}

/* A file that must be made (the log of a database that nobody had open), by the system's errno. */
static enum err open_err(int os)
{
    return os == ENOSPC || os == EDQUOT || os == EROFS ? ERR_DISK : ERR_UNAVAILABLE;
}

/* By the primary code in the low byte; the extended one tells constraints and what failed of a file apart. */
static enum err err_of(int rc, int os)
{
    switch (rc & 0xFF) {
    case SQLITE_CONSTRAINT: return constraint_err(rc);
    case SQLITE_FULL:
    case SQLITE_READONLY: return ERR_DISK; /* the file or its folder, not the house's read-only mode */
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
    case SQLITE_PROTOCOL: return ERR_UNAVAILABLE;
    case SQLITE_CANTOPEN: return open_err(os);
    case SQLITE_TOOBIG: return ERR_LIMIT;
    case SQLITE_IOERR: return io_err(rc);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ERR_IO;
    default: return ERR_INTERNAL;
    }
}

/* SQLite's messages name tables and constraints, never values: no personal data reaches a log. */
static enum err fail(struct sqlite_db *s, const char *what)
{
    int rc = sqlite3_extended_errcode(s->h);
    return err_note(err_of(rc, sqlite3_system_errno(s->h)), "%s: %s (sqlite %d)", what, sqlite3_errmsg(s->h), rc);
}

/* ---- statements ---- */

/* PERSISTENT tells SQLite that it will live long. What sqlc states must be what SQLite finds: a
 * difference means that program and database are not of one build. */
static enum err prepare(struct sqlite_db *s, const struct db_sql *sql, sqlite3_stmt **ret)
{
    const char *tail = NULL;
    if (sqlite3_prepare_v3(s->h, sql->sqlite, -1, SQLITE_PREPARE_PERSISTENT, ret, &tail) !=
        SQLITE_OK)
        return fail(s, sql->name);
    if (*ret == NULL) return err_note(ERR_INTERNAL, "%s: an empty statement", sql->name);
    int nparam = sqlite3_bind_parameter_count(*ret);
    int ncol = sqlite3_column_count(*ret);
    if (nparam == sql->nparam && (sql->ncol == 0 || ncol == sql->ncol)) return ERR_OK;
    sqlite3_finalize(*ret);
    return err_note(ERR_INTERNAL, "%s: %d parameters and %d columns, %u and %u are stated",
                    sql->name, nparam, ncol, sql->nparam, sql->ncol);
}

static enum err new_stmt(struct sqlite_db *s, const struct db_sql *sql, bool is_temporary,
                         struct sqlite_stmt **ret)
{
    sqlite3_stmt *st = NULL;
    TRY(prepare(s, sql, &st));
    struct sqlite_stmt *made = calloc(1, sizeof *made);
    assert(made != NULL);
    made->st = st;
    made->is_temporary = is_temporary;
    *ret = made;
    return ERR_OK;
}

static void free_stmt(struct sqlite_stmt *st)
{
    if (st == NULL) return;
    sqlite3_finalize(st->st);
    free(st);
}

/* The cached statement, or a new one that will be cached; a temporary one while the cached one is being
 * read further out. */
static enum err get_stmt(struct sqlite_db *s, const struct db_sql *sql, struct sqlite_stmt **ret)
{
    struct stmt_slot *slot = stmt_cache_slot(&s->cache, sql);
    struct sqlite_stmt *st = slot->stmt;
    if (st != NULL && st->is_in_use) return new_stmt(s, sql, true, ret);
    if (st == NULL || slot->text != sql->sqlite) {
        free_stmt(st);
        slot->stmt = NULL;
        TRY(new_stmt(s, sql, false, &st));
        slot->stmt = st;
        slot->text = sql->sqlite;
    }
    *ret = st;
    return ERR_OK;
}

/* Ready for its next use; parameters are forgotten since they were only borrowed. */
static void done(struct sqlite_stmt *st)
{
    if (st->is_temporary) {
        free_stmt(st);
        return;
    }
    sqlite3_reset(st->st);
    sqlite3_clear_bindings(st->st);
    st->is_in_use = false;
}

/* `keep` is STATIC where the statement is done before the call returns, TRANSIENT (SQLite copies) where
 * rows are read later and the caller's values may be gone. A str without p is NULL. */
static int bind_one(sqlite3_stmt *st, int at, const struct db_value *v,
                    sqlite3_destructor_type keep)
{
    if (v->kind == DB_INT) return sqlite3_bind_int64(st, at, v->i);
    if (v->kind == DB_NULL || v->s.p == NULL) return sqlite3_bind_null(st, at);
    if (v->kind == DB_TEXT) return sqlite3_bind_text64(st, at, v->s.p, v->s.n, keep, SQLITE_UTF8);
    return sqlite3_bind_blob64(st, at, v->s.p, v->s.n, keep);
}

static enum err bind(struct sqlite_db *s, const struct db_sql *sql, struct sqlite_stmt *st,
                     const struct db_value *params, sqlite3_destructor_type keep)
{
    for (int i = 0; i < sql->nparam; i++)
        if (bind_one(st->st, i + 1, &params[i], keep) != SQLITE_OK) return fail(s, sql->name);
    return ERR_OK;
}

/* SQLite itself says whether a statement writes: in a read transaction such a one never starts, on a
 * read-write connection (tests, :memory:) as on a read-only one. This instead of PRAGMA query_only,
 * which would throw away every prepared statement each time it is switched. */
static enum err may_step(struct sqlite_db *s, const char *name, sqlite3_stmt *st)
{
    bool is_read =
        s->base.mode == DB_READ_ONLY || (s->base.is_in_txn && s->base.txn == DB_TXN_READ);
    if (!is_read || sqlite3_stmt_readonly(st)) return ERR_OK;
    return err_note(ERR_INTERNAL, "%s: a write in a read transaction", name);
}

/* Steps to the end: a write is only done then. RETURNING rows that nobody asked for are passed over. */
static enum err sqlite_run(struct db *db, const struct db_sql *sql, const struct db_value *params,
                           int64_t *ret_changed)
{
    struct sqlite_db *s = of(db);
    struct sqlite_stmt *st = NULL;
    TRY(get_stmt(s, sql, &st));
    enum err e = may_step(s, sql->name, st->st);
    if (e == ERR_OK) e = bind(s, sql, st, params, SQLITE_STATIC);
    if (e == ERR_OK) {
        int rc;
        while ((rc = sqlite3_step(st->st)) == SQLITE_ROW) {}
        if (rc != SQLITE_DONE) e = fail(s, sql->name);
    }
    if (e == ERR_OK) *ret_changed = sqlite3_stmt_readonly(st->st) ? 0 : sqlite3_changes64(s->h);
    done(st);
    return e;
}

/* BEGIN, COMMIT and the like are cached statements as well: parsing them would cost as much as a
 * point read. */
static enum err sqlite_control(struct db *db, const struct db_sql *sql)
{
    struct sqlite_db *s = of(db);
    struct sqlite_stmt *st = NULL;
    TRY(get_stmt(s, sql, &st));
    enum err e = sqlite3_step(st->st) == SQLITE_DONE ? ERR_OK : fail(s, sql->name);
    done(st);
    return e;
}

/* ---- rows ---- */

/* The first step is made at once, so that a refused INSERT … RETURNING fails here, as on PostgreSQL. */
static enum err sqlite_rows_open(struct db *db, const struct db_sql *sql,
                                 const struct db_value *params, bool is_stream, struct db_rows *ret)
{
    struct sqlite_db *s = of(db);
    struct sqlite_stmt *st = NULL;
    /* SQLite always streams; what is asked as a stream is rare and often made at run time (one SELECT
     * a table for an archive), so it is not kept. */
    TRY(is_stream ? new_stmt(s, sql, true, &st) : get_stmt(s, sql, &st));
    enum err e = may_step(s, sql->name, st->st);
    if (e == ERR_OK) e = bind(s, sql, st, params, SQLITE_TRANSIENT);
    if (e == ERR_OK) {
        st->first = sqlite3_step(st->st);
        if (st->first != SQLITE_ROW && st->first != SQLITE_DONE) e = fail(s, sql->name);
    }
    if (e != ERR_OK) {
        done(st);
        return e;
    }
    st->is_in_use = true;
    ret->stmt = st;
    ret->ncol = sqlite3_column_count(st->st);
    return ERR_OK;
}

/* The first call gives the row that opening has already fetched. */
static enum err sqlite_rows_next(struct db_rows *rows)
{
    struct sqlite_stmt *st = rows->stmt;
    int rc = st->first;
    if (rc == SQLITE_DONE) return ERR_NOT_FOUND; /* stays so: a further step would start anew */
    if (rc == 0) rc = sqlite3_step(st->st);
    st->first = rc == SQLITE_DONE ? rc : 0;
    rows->at++;
    if (rc == SQLITE_ROW) return ERR_OK;
    return rc == SQLITE_DONE ? ERR_NOT_FOUND : fail(of(rows->db), "next row");
}

/* The statement, when a row is at hand that has this column. */
static sqlite3_stmt *st_of(const struct db_rows *rows, int col)
{
    struct sqlite_stmt *st = rows->stmt;
    assert(rows->is_open && rows->at >= 0 && col >= 0 && col < rows->ncol);
    return st->st;
}

static bool sqlite_rows_is_null(const struct db_rows *rows, int col)
{
    return sqlite3_column_type(st_of(rows, col), col) == SQLITE_NULL;
}

static int64_t sqlite_rows_int(const struct db_rows *rows, int col)
{
    sqlite3_stmt *st = st_of(rows, col);
    int type = sqlite3_column_type(st, col);
    assert(type == SQLITE_INTEGER || type == SQLITE_NULL); /* a REAL would lose satang silently */
    return sqlite3_column_int64(st, col);
}

static struct str sqlite_rows_text(const struct db_rows *rows, int col)
{
    sqlite3_stmt *st = st_of(rows, col);
    const char *p = (const char *)sqlite3_column_text(st, col);
    return (struct str){p, p ? (size_t)sqlite3_column_bytes(st, col) : 0};
}

static struct str sqlite_rows_bytes(const struct db_rows *rows, int col)
{
    sqlite3_stmt *st = st_of(rows, col);
    if (sqlite3_column_type(st, col) == SQLITE_NULL) return STR_NONE;
    const char *p = sqlite3_column_blob(st, col); /* NULL when empty */
    return p ? (struct str){p, (size_t)sqlite3_column_bytes(st, col)} : STR("");
}

static void sqlite_rows_close(struct db_rows *rows)
{
    done(rows->stmt);
    rows->stmt = NULL;
}

/* ---- scripts ---- */

/* One statement after the other, so that each passes may_step. */
static enum err sqlite_script(struct db *db, const char *sql)
{
    struct sqlite_db *s = of(db);
    while (*sql != '\0') {
        sqlite3_stmt *st = NULL;
        if (sqlite3_prepare_v2(s->h, sql, -1, &st, &sql) != SQLITE_OK) return fail(s, "script");
        if (st == NULL) continue; /* a comment or blanks */
        enum err e = may_step(s, "script", st);
        if (e == ERR_OK) {
            int rc;
            while ((rc = sqlite3_step(st)) == SQLITE_ROW) {}
            if (rc != SQLITE_DONE) e = fail(s, "script");
        }
        sqlite3_finalize(st);
        TRY(e);
    }
    return ERR_OK;
}

static enum err sqlite_scalar(struct db *db, const char *sql, int64_t *ret)
{
    struct sqlite_db *s = of(db);
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->h, sql, -1, &st, NULL) != SQLITE_OK) return fail(s, sql);
    enum err e = may_step(s, "scalar", st);
    if (e == ERR_OK) {
        int rc = sqlite3_step(st);
        if (rc == SQLITE_ROW)
            *ret = sqlite3_column_int64(st, 0);
        else
            e = rc == SQLITE_DONE ? ERR_NOT_FOUND : fail(s, sql);
    }
    sqlite3_finalize(st);
    return e;
}

/* ---- bulk: one INSERT, prepared once ---- */

/* A plain INSERT inside the transaction is as fast as SQLite loads: there is no COPY. */
static enum err sqlite_bulk_begin(struct db *db, struct db_bulk *bulk)
{
    struct sqlite_db *s = of(db);
    struct buf b = buf_in(bulk->arena, 64 << 10);
    BUF_LIT(&b, "INSERT INTO ");
    buf_ident(&b, str_of(bulk->table));
    for (size_t i = 0; i < bulk->ncol; i++) {
        buf_put(&b, i ? STR(", ") : STR(" ("));
        buf_ident(&b, str_of(bulk->columns[i]));
    }
    BUF_LIT(&b, ") VALUES (");
    for (size_t i = 0; i < bulk->ncol; i++)
        buf_put(&b, i ? STR(", ?") : STR("?"));
    BUF_LIT(&b, ")");
    sqlite3_stmt *st = NULL;
    struct str sql = buf_str(&b);
    if (sqlite3_prepare_v2(s->h, sql.p, (int)sql.n, &st, NULL) != SQLITE_OK)
        return fail(s, bulk->table);
    enum err e = may_step(s, bulk->table, st);
    if (e == ERR_OK)
        bulk->stmt = st;
    else
        sqlite3_finalize(st);
    return e;
}

static enum err sqlite_bulk_row(struct db *db, struct db_bulk *bulk, const struct db_value *values)
{
    sqlite3_stmt *st = bulk->stmt;
    for (size_t i = 0; i < bulk->ncol; i++)
        if (bind_one(st, (int)i + 1, &values[i], SQLITE_STATIC) != SQLITE_OK)
            return fail(of(db), bulk->table);
    enum err e = sqlite3_step(st) == SQLITE_DONE ? ERR_OK : fail(of(db), bulk->table);
    sqlite3_reset(st);
    return e;
}

static enum err sqlite_bulk_end(struct db *db, struct db_bulk *bulk, bool is_ok)
{
    (void)db;
    (void)is_ok; /* rows written so far go with the rollback */
    sqlite3_finalize(bulk->stmt);
    bulk->stmt = NULL;
    return ERR_OK;
}

/* ---- state ---- */

/* A file does not get lost; what a disk does shows as an error of each statement. */
static bool sqlite_is_lost(const struct db *db)
{
    (void)db;
    return false;
}

/* After SQLITE_FULL, IOERR or NOMEM SQLite may have rolled back all by itself. */
static bool sqlite_has_dropped_txn(const struct db *db)
{
    return db->is_in_txn && sqlite3_get_autocommit(((const struct sqlite_db *)db)->h) != 0;
}

/* Counts violations that COMMIT would refuse; costs nothing, SQLite keeps the count anyway. */
static bool sqlite_has_open_keys(struct db *db)
{
    int open = 0, high = 0;
    sqlite3_db_status(of(db)->h, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &high, 0);
    return open > 0;
}

static void sqlite_close_db(struct db *db)
{
    struct sqlite_db *s = of(db);
    for (size_t i = 0; i < s->cache.cap; i++)
        free_stmt(s->cache.slots[i].stmt);
    free(s->cache.slots);
    int rc = sqlite3_close(s->h);
    assert(rc == SQLITE_OK); /* BUSY: somebody has not closed his rows */
    free(s);
}

static const struct db_ops SQLITE_OPS = {
    .control = sqlite_control,
    .script = sqlite_script,
    .scalar = sqlite_scalar,
    .run = sqlite_run,
    .rows_open = sqlite_rows_open,
    .rows_next = sqlite_rows_next,
    .rows_is_null = sqlite_rows_is_null,
    .rows_int = sqlite_rows_int,
    .rows_text = sqlite_rows_text,
    .rows_bytes = sqlite_rows_bytes,
    .rows_close = sqlite_rows_close,
    .bulk_begin = sqlite_bulk_begin,
    .bulk_row = sqlite_bulk_row,
    .bulk_end = sqlite_bulk_end,
    .is_lost = sqlite_is_lost,
    .has_dropped_txn = sqlite_has_dropped_txn,
    .has_open_keys = sqlite_has_open_keys,
    .close = sqlite_close_db,
};

/* ---- opening ---- */

/* The journal mode is the file's own and the one setting that may fail to take: a file system that
 * cannot share memory cannot do WAL, and without it readers block the writer. */
static enum err ensure_wal(struct sqlite_db *s, const char *path)
{
    const char *ask =
        s->base.mode == DB_READ_ONLY ? "PRAGMA journal_mode" : "PRAGMA journal_mode = WAL";
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->h, ask, -1, &st, NULL) != SQLITE_OK) return fail(s, path);
    enum err e = sqlite3_step(st) == SQLITE_ROW ? ERR_OK : fail(s, path);
    if (e == ERR_OK) {
        const char *mode = (const char *)sqlite3_column_text(st, 0);
        /* An empty new file that a reader opened first has no mode yet. */
        if (mode == NULL || (strcmp(mode, "wal") != 0 && strcmp(mode, "memory") != 0 &&
                             s->base.mode == DB_READ_WRITE))
            e = err_note(ERR_IO, "%s: journal mode %s instead of WAL", path,
                         mode ? mode : "unknown");
    }
    sqlite3_finalize(st);
    return e;
}

/* What the house needs on every connection, and a look whether SQLite took it: a build without foreign
 * keys ignores that pragma without a word. */
static enum err set_up(struct sqlite_db *s, const char *path)
{
    static const char SETTINGS[] = "PRAGMA synchronous = FULL;" /* "done" means on disk */
                                   "PRAGMA foreign_keys = ON;"
                                   "PRAGMA cache_size = -16384;" /* 16 MiB a connection */
                                   "PRAGMA journal_size_limit = 67108864;"
                                   "PRAGMA temp_store = MEMORY;";
    sqlite3_extended_result_codes(s->h, 1);
    sqlite3_busy_timeout(s->h, BUSY_TIMEOUT_MS);
    /* A hostile file must not run code by its schema, and a typo in double quotes is no text. */
    sqlite3_db_config(s->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    TRY(ensure_wal(s, path));
    if (sqlite3_exec(s->h, SETTINGS, NULL, NULL, NULL) != SQLITE_OK) return fail(s, path);
    char mmap[64];
    sqlite3_snprintf(sizeof mmap, mmap, "PRAGMA mmap_size = %d", (int)MMAP_BYTES);
    if (sqlite3_exec(s->h, mmap, NULL, NULL, NULL) != SQLITE_OK) return fail(s, path);
    /* Who writes looks at every cell of a page first. A reader of mapped pages would do so each time it comes by one:
     * a third of what a page costs. */
    const char *by_mode = s->base.mode == DB_READ_ONLY ? "PRAGMA query_only = 1" : "PRAGMA cell_size_check = ON";
    if (sqlite3_exec(s->h, by_mode, NULL, NULL, NULL) != SQLITE_OK) return fail(s, path);
    int64_t on = 0, level = 0;
    TRY(sqlite_scalar(&s->base, "PRAGMA foreign_keys", &on));
    TRY(sqlite_scalar(&s->base, "PRAGMA synchronous", &level));
    if (on != 1 || level != 2)
        return err_note(ERR_IO, "%s: SQLite did not take the settings", path);
    int64_t tables; /* reads the schema: a file that is no database shows here */
    return sqlite_scalar(&s->base, "SELECT count(*) FROM sqlite_master", &tables);
}

/* SQLite's own count of its memory takes a lock at every allocation, and nobody reads it. */
static void set_up_process(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* A missing file is made when it is opened for writing; a missing folder is not. */
enum err sqlite_open(const char *path, enum db_mode mode, struct db **ret)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up_process);
    char safe[4200]; /* Debian's SQLite reads "file:…" as a URI with options: it is a path here */
    sqlite3_snprintf(sizeof safe, safe, "%s%s", strncmp(path, "file:", 5) == 0 ? "./" : "", path);
    bool is_memory = strcmp(path, ":memory:") == 0;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == DB_READ_ONLY && !is_memory ? SQLITE_OPEN_READONLY
                                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    struct sqlite_db *s = calloc(1, sizeof *s);
    assert(s != NULL);
    s->base = (struct db){.ops = &SQLITE_OPS, .engine = DB_SQLITE, .mode = mode};
    enum err e = ERR_OK;
    if (sqlite3_open_v2(safe, &s->h, flags, NULL) != SQLITE_OK) {
        e = fail(s, path);
        if (e == ERR_UNAVAILABLE && (sqlite3_errcode(s->h) & 0xFF) == SQLITE_CANTOPEN) e = ERR_IO;
    }
    if (e == ERR_OK) e = set_up(s, path);
    if (e != ERR_OK) {
        sqlite_close_db(&s->base);
        return e;
    }
    *ret = &s->base;
    return ERR_OK;
}
