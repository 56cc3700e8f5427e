/* db.c — what both engines have in common: the state of a transaction, counting, injected faults,
 * checks of parameters. See db.h for the contract, db_sqlite.c and db_pg.c for the engines.
 *
 * A failed statement spoils its transaction on both engines: PostgreSQL works so, and SQLite is held
 * to the same rule, so that code proven on one holds on the other. What may fail alone stands between
 * db_savepoint and db_rollback_to.
 */
#include "db/db_internal.h"

#include <assert.h>
#include <stdlib.h>

/* The statements that steer a transaction. One savepoint name is enough: both engines keep a stack
 * and mean the innermost. */
static const struct db_sql BEGIN_READ = {
    .name = "begin_read",
    .sqlite = "BEGIN",
    .pg = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
};
static const struct db_sql BEGIN_WRITE = {
    .name = "begin_write",
    .sqlite = "BEGIN IMMEDIATE",
    .pg = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
};
static const struct db_sql COMMIT = {.name = "commit", .sqlite = "COMMIT", .pg = "COMMIT"};
static const struct db_sql ROLLBACK = {.name = "rollback", .sqlite = "ROLLBACK", .pg = "ROLLBACK"};
static const struct db_sql SAVEPOINT = {
    .name = "savepoint", .sqlite = "SAVEPOINT sarn", .pg = "SAVEPOINT sarn"};
static const struct db_sql RELEASE = {
    .name = "release", .sqlite = "RELEASE sarn", .pg = "RELEASE sarn"};
static const struct db_sql ROLLBACK_TO = {
    .name = "rollback_to", .sqlite = "ROLLBACK TO sarn", .pg = "ROLLBACK TO sarn"};

bool db_url_is_postgres(struct str url)
{
    return str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://"));
}

/* The address decides the engine; nobody else asks before it is open. A path may hold anything but NUL,
 * so "postgres://" is the only word that is taken from the names of files. */
enum err db_open(struct str url, enum db_mode mode, struct db **ret)
{
    bool is_pg = db_url_is_postgres(url);
    if (!is_pg && str_starts(url, STR("sqlite:"))) url = str_from(url, 7);
    if (url.n == 0 || url.n > 4000 || memchr(url.p, 0, url.n) != NULL)
        return err_note(ERR_IO, "the database's address is empty, too long or holds a NUL");
    char *z = strndup(url.p, url.n);
    assert(z != NULL);
    enum err e = is_pg ? pg_open(z, mode, ret) : sqlite_open(z, mode, ret);
    free(z);
    return e;
}

/* Also with a transaction open: the way out of a program that fails half-way. */
void db_close(struct db *db)
{
    if (db == NULL) return;
    if (db->is_in_txn) db_rollback(db);
    db->ops->close(db);
}

enum db_engine db_engine(const struct db *db)
{
    return db->engine;
}
uint16_t db_port(const struct db *db)
{
    return db->port;
}
bool db_in_txn(const struct db *db)
{
    return db->is_in_txn;
}
bool db_is_lost(const struct db *db)
{
    return db->ops->is_lost(db);
}

/* Every step to the engine passes here: injected faults, and what a spoilt or busy connection
 * refuses. Only the batch's own statements go on while one runs. */
static enum err step_of(struct db *db, const char *what, bool is_of_batch)
{
    if (db->fail_in > 0 && --db->fail_in == 0)
        return err_note(ERR_UNAVAILABLE, "%s: injected fault", what);
    if (db->bulk != NULL || (db->is_batch && !is_of_batch))
        return err_note(ERR_INTERNAL, "%s: a bulk load is running", what);
    if (db->spoilt_by == ERR_OK) return ERR_OK;
    bool is_outside = db->spoilt_by == ERR_UNAVAILABLE || db->spoilt_by == ERR_AGAIN || db->spoilt_by == ERR_DISK; /* nobody's bug */
    return err_note(is_outside ? db->spoilt_by : ERR_INTERNAL,
                    "%s: the transaction has failed before (%s)", what, err_name(db->spoilt_by));
}

static enum err step(struct db *db, const char *what)
{
    return step_of(db, what, false);
}

/* Remembers the first failure inside a transaction; hands `e` on. */
static enum err spoil(struct db *db, enum err e)
{
    if (e == ERR_OK || e == ERR_NOT_FOUND || !db->is_in_txn || db->spoilt_by != ERR_OK) return e;
    db->spoilt_by = e;
    return e;
}

/* One that steers the transaction. Counted by db_fail_at, so that tests reach COMMIT, but not by
 * db_stats: the budget of a page is about its own queries. */
static enum err control(struct db *db, const struct db_sql *sql)
{
    enum err e = step(db, sql->name);
    return e != ERR_OK ? e : db->ops->control(db, sql);
}

/* Beginning twice, or over rows that are still open, is a bug of the caller, not a state to handle. */
enum err db_begin(struct db *db, enum db_txn txn)
{
    assert(!db->is_in_txn && db->open_rows == 0);
    if (txn == DB_TXN_WRITE && db->mode == DB_READ_ONLY)
        return err_note(ERR_INTERNAL, "a write transaction on a read-only connection");
    TRY(control(db, txn == DB_TXN_READ ? &BEGIN_READ : &BEGIN_WRITE));
    db->txn = txn;
    db->is_in_txn = true;
    db->savepoints = 0;
    return ERR_OK;
}

/* Whatever it returns, no transaction is open afterwards. When PostgreSQL's connection breaks in the
 * middle of COMMIT, nobody can know its outcome: ERR_UNAVAILABLE, and the idempotency key of the
 * request decides when it comes again. */
enum err db_commit(struct db *db)
{
    assert(db->is_in_txn && db->open_rows == 0 && db->savepoints == 0);
    if (db->spoilt_by != ERR_OK) {
        enum err e = db->spoilt_by;
        db_rollback(db);
        return err_note(e, "commit of a transaction that had failed (%s)", err_name(e));
    }
    enum err e = control(db, &COMMIT);
    if (e != ERR_OK) {
        db_rollback(db);
        return e;
    }
    db->is_in_txn = false;
    return ERR_OK;
}

/* Cannot fail for the caller: afterwards no transaction is open, and nothing of it is in the database. */
void db_rollback(struct db *db)
{
    assert(db->is_in_txn && db->open_rows == 0);
    db_bulk_abandon(db);
    /* A ROLLBACK that fails leaves nothing either: the engine has dropped the transaction, or the
     * connection is gone and the server drops it. */
    if (!db->ops->has_dropped_txn(db)) (void)db->ops->control(db, &ROLLBACK);
    db->is_in_txn = false;
    db->spoilt_by = ERR_OK;
    db->savepoints = 0;
}

/* Refused in a spoilt transaction, as everything; this keeps the rule simple that the innermost
 * savepoint always stands before what spoilt it. */
enum err db_savepoint(struct db *db)
{
    assert(db->is_in_txn);
    TRY(spoil(db, control(db, &SAVEPOINT)));
    db->savepoints++;
    return ERR_OK;
}

/* Keeps the part. When it is refused (the part had failed), the savepoint is still open and the caller
 * goes on with db_rollback_to. */
enum err db_release(struct db *db)
{
    assert(db->is_in_txn && db->savepoints > 0);
    TRY(spoil(db, control(db, &RELEASE)));
    db->savepoints--;
    return ERR_OK;
}

/* Undoes and closes the innermost savepoint. The transaction is good again: no savepoint can be
 * opened in a spoilt one, so what spoilt it was inside. If even this fails, it stays spoilt. */
void db_rollback_to(struct db *db)
{
    assert(db->is_in_txn && db->savepoints > 0);
    db_bulk_abandon(db);
    db->savepoints--;
    enum err before = db->spoilt_by;
    enum err e = ERR_UNAVAILABLE;
    if (!db->ops->has_dropped_txn(db)) e = db->ops->control(db, &ROLLBACK_TO);
    if (e == ERR_OK) e = db->ops->control(db, &RELEASE);
    db->spoilt_by = e == ERR_OK ? ERR_OK : before != ERR_OK ? before : e;
}

/* What follows the first byte is bound more tightly for some first bytes: that shuts out forms that are
 * too long (E0, F0), surrogates (ED) and what is beyond U+10FFFF (F4). */
static bool is_second_byte(uint8_t first, uint8_t second)
{
    switch (first) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return (second & 0xC0) == 0x80;
    }
}

/* Length of the UTF-8 character at the front, 0 when it is none, or NUL. */
static size_t utf8_char(const uint8_t *p, size_t n)
{
    if (p[0] < 0x80) return p[0] != 0;
    if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
    size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (len > n || !is_second_byte(p[0], p[1])) return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return len;
}

bool db_text_is_valid(struct str s)
{
    const uint8_t *p = (const uint8_t *)s.p;
    for (size_t i = 0; i < s.n;) {
        size_t len = utf8_char(p + i, s.n - i);
        if (len == 0) return false;
        i += len;
    }
    return true;
}

/* SQLite would take any bytes as text, PostgreSQL refuses them: here both refuse alike, before the
 * engine is asked. A value of another kind than sqlc states is a bug of the caller. */
static enum err check_params(const struct db_sql *sql, const struct db_value *params)
{
    for (unsigned i = 0; i < sql->nparam; i++) {
        const struct db_value *v = &params[i];
        if (sql->pg_types != NULL)
            assert(v->kind == DB_NULL || "0itb"[v->kind] == sql->pg_types[i]);
        if (v->kind == DB_TEXT && v->s.p != NULL && !db_text_is_valid(v->s))
            return err_note(ERR_INPUT, "%s: parameter %u is not UTF-8 or holds a NUL", sql->name,
                            i + 1);
    }
    return ERR_OK;
}

/* `*ret_changed` is untouched on failure, as every out-parameter. */
enum err db_run(struct db *db, const struct db_sql *sql, const struct db_value *params,
                int64_t *ret_changed)
{
    TRY(check_params(sql, params));
    bool is_of_batch = db->is_batch && ret_changed == NULL;
    TRY(spoil(db, step_of(db, sql->name, is_of_batch)));
    db->stats.statements++;
    db->stats.writes += sql->is_write;
    int64_t changed = 0;
    bool is_sent_on = is_of_batch && db->ops->batch_run != NULL; /* what it changed is told at the batch's end */
    TRY(spoil(db, is_sent_on ? db->ops->batch_run(db, sql, params) : db->ops->run(db, sql, params, &changed)));
    db->stats.rows_written += (uint64_t)changed;
    if (ret_changed != NULL) *ret_changed = changed;
    return ERR_OK;
}

/* `*ret` is written only when the rows are open: a caller may close what it zeroed, on every path. */
static enum err rows_open(struct db *db, const struct db_sql *sql, const struct db_value *params,
                          bool is_stream, struct db_rows *ret)
{
    TRY(check_params(sql, params));
    TRY(spoil(db, step(db, sql->name)));
    db->stats.statements++;
    db->stats.writes += sql->is_write;
    struct db_rows rows = {.db = db, .at = -1, .ncol = sql->ncol, .is_open = true};
    TRY(spoil(db, db->ops->rows_open(db, sql, params, is_stream, &rows)));
    db->open_rows++;
    *ret = rows;
    return ERR_OK;
}

enum err db_rows_open(struct db *db, const struct db_sql *sql, const struct db_value *params,
                      struct db_rows *ret)
{
    return rows_open(db, sql, params, false, ret);
}

enum err db_rows_stream(struct db *db, const struct db_sql *sql, const struct db_value *params,
                        struct db_rows *ret)
{
    return rows_open(db, sql, params, true, ret);
}

/* A failure in the middle (connection lost) spoils the transaction too; the rows are still to be closed. */
enum err db_rows_next(struct db_rows *rows)
{
    assert(rows->is_open);
    TRY(spoil(rows->db, rows->db->ops->rows_next(rows)));
    rows->db->stats.rows++;
    return ERR_OK;
}

/* Columns are counted from 0; one that is not there, or none at hand, is a bug and asserts. */
bool db_rows_is_null(const struct db_rows *rows, int col)
{
    return rows->db->ops->rows_is_null(rows, col);
}

int64_t db_rows_int(const struct db_rows *rows, int col)
{
    return rows->db->ops->rows_int(rows, col);
}

struct str db_rows_text(const struct db_rows *rows, int col)
{
    return rows->db->ops->rows_text(rows, col);
}

struct str db_rows_bytes(const struct db_rows *rows, int col)
{
    return rows->db->ops->rows_bytes(rows, col);
}

/* Closing twice, or rows that were never opened (zeroed), does nothing. */
void db_rows_close(struct db_rows *rows)
{
    if (!rows->is_open) return;
    rows->db->ops->rows_close(rows);
    rows->db->open_rows--;
    rows->is_open = false;
}

/* A script outside a transaction stops at its first failure and keeps what came before on SQLite;
 * PostgreSQL undoes all of it. So scripts run inside one. */
enum err db_script(struct db *db, const char *sql)
{
    TRY(spoil(db, step(db, "script")));
    db->stats.statements++;
    return spoil(db, db->ops->script(db, sql));
}

enum err db_scalar(struct db *db, const char *sql, int64_t *ret)
{
    TRY(spoil(db, step(db, "scalar")));
    db->stats.statements++;
    return spoil(db, db->ops->scalar(db, sql, ret));
}

struct db_stats db_stats(const struct db *db)
{
    return db->stats;
}
void db_stats_reset(struct db *db)
{
    db->stats = (struct db_stats){0};
}
void db_fail_at(struct db *db, uint32_t nth)
{
    db->fail_in = nth;
}

enum err db_check_keys(struct db *db)
{
    if (!db->ops->has_open_keys(db)) return ERR_OK;
    return spoil(db, err_note(ERR_REFUSED, "a deferred foreign key points nowhere"));
}

enum err db_no_timeout(struct db *db)
{
    if (db->engine == DB_SQLITE) return ERR_OK;
    return db_script(db, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0");
}

enum err db_foreign_keys(struct db *db, bool is_on)
{
    if (db->engine == DB_POSTGRES) return ERR_OK;
    assert(!db->is_in_txn); /* SQLite ignores the pragma inside one */
    return db_script(db, is_on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
}

enum err db_broken_keys(struct db *db, int64_t *ret)
{
    if (db->engine == DB_SQLITE)
        return db_scalar(db, "SELECT count(*) FROM pragma_foreign_key_check", ret);
    *ret = 0; /* PostgreSQL has checked each where it arose */
    return ERR_OK;
}

void buf_ident(struct buf *b, struct str name)
{
    buf_putc(b, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"') buf_putc(b, '"');
        buf_putc(b, name.p[i]);
    }
    buf_putc(b, '"');
}

/* ---- prepared statements of one connection ---- */

/* Open addressing with linear steps; the addresses are multiples of the struct's alignment, so their
 * low bits say nothing and the multiplication mixes the others upwards. */
static size_t slot_of(const struct stmt_cache *cache, const struct db_sql *sql)
{
    size_t h = (size_t)(((uintptr_t)sql >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 20);
    while (cache->slots[h & (cache->cap - 1)].key != NULL &&
           cache->slots[h & (cache->cap - 1)].key != sql)
        h++;
    return h & (cache->cap - 1);
}

/* From 64 slots, doubled when half full: a connection of the whole program holds some hundred. */
static void cache_grow(struct stmt_cache *cache)
{
    struct stmt_cache old = *cache;
    cache->cap = old.cap ? old.cap * 2 : 64;
    cache->slots = calloc(cache->cap, sizeof *cache->slots);
    assert(cache->slots != NULL);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key != NULL) cache->slots[slot_of(cache, old.slots[i].key)] = old.slots[i];
    free(old.slots);
}

struct stmt_slot *stmt_cache_slot(struct stmt_cache *cache, const struct db_sql *sql)
{
    if (cache->n * 2 >= cache->cap) cache_grow(cache);
    struct stmt_slot *slot = &cache->slots[slot_of(cache, sql)];
    if (slot->key == NULL) {
        cache->n++;
        slot->key = sql;
    }
    return slot;
}
