/* migrate.c — see migrate.h. schema_migration is the house's own table: neither an archive nor the
 * shape of the schema counts it. */
#include "db/migrate_internal.h"

#include <assert.h>

#include "db/catalog.h"

static const struct db_sql LIST = {
    .name = "migrate_list",
    .sqlite = "SELECT number, name, sha256 FROM schema_migration ORDER BY number",
    .pg = "SELECT number, name, sha256 FROM schema_migration ORDER BY number",
    .ncol = 3,
    .pg_types = "",
};
static const struct db_sql NOTE = {
    .name = "migrate_note",
    .sqlite =
        "INSERT INTO schema_migration (number, name, sha256, applied_at) VALUES (?1, ?2, ?3, ?4)",
    .pg = "INSERT INTO schema_migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
    .nparam = 4,
    .is_write = true,
    .pg_types = "itti",
};
static const char TABLE_SQLITE[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                                   "number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                                   "sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT";
static const char TABLE_PG[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                               "number BIGINT PRIMARY KEY, name TEXT COLLATE \"C\" NOT NULL, "
                               "sha256 TEXT COLLATE \"C\" NOT NULL, applied_at BIGINT NOT NULL)";

/* Number of the newest that the program has; 0 when it has none. */
static int last_number(void)
{
    int last = 0;
    for (const struct migration *m = migrations; m->number != 0; m++) {
        assert(m->number == last + 1); /* sqlc numbers without gaps */
        last = m->number;
    }
    return last;
}

/* Asked first, since a missing table would spoil the transaction. to_regclass minds the search path. */
static enum err has_table(struct db *db, bool *ret)
{
    int64_t n = 0;
    TRY(db_scalar(db,
                  db_engine(db) == DB_SQLITE
                      ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = "
                        "'schema_migration'"
                      : "SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_migration')",
                  &n));
    *ret = n > 0;
    return ERR_OK;
}

/* One applied migration against the program's of the same number. */
static enum err check_one(const struct db_rows *rows, int last)
{
    int64_t number = db_rows_int(rows, 0);
    if (number > last)
        return err_note(
            ERR_CONFLICT,
            "the database has migration %lld, this program ends with %d: the database is "
            "newer, use its program",
            (long long)number, last);
    const struct migration *m = &migrations[number - 1];
    if (number < 1 || !str_eq(db_rows_text(rows, 2), str_of(m->sha256)))
        return err_note(ERR_CONFLICT,
                        "migration %lld (%.*s) was changed after this database applied it",
                        (long long)number, STR_FMT(db_rows_text(rows, 1)));
    return ERR_OK;
}

/* How many are applied; they are the first ones, without gaps. */
static enum err applied(struct db *db, int *ret)
{
    bool is_there = false;
    TRY(has_table(db, &is_there));
    *ret = 0;
    if (!is_there) return ERR_OK;
    struct db_rows rows;
    TRY(db_rows_open(db, &LIST, NULL, &rows));
    int n = 0, last = last_number();
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK) {
        e = check_one(&rows, last);
        if (e == ERR_OK && db_rows_int(&rows, 0) != ++n)
            e = err_note(ERR_CONFLICT,
                         "migration %d is missing in the database, later ones are there", n);
        if (e != ERR_OK) break;
    }
    db_rows_close(&rows);
    if (e != ERR_NOT_FOUND) return e;
    *ret = n;
    return ERR_OK;
}

/* Only reads: `sarn serve` asks this at its start and refuses to run on a pending one. */
enum err migrate_pending(struct db *db, int *ret_pending)
{
    int n = 0;
    TRY(applied(db, &n));
    *ret_pending = last_number() - n;
    return ERR_OK;
}

/* Script and note in one transaction: a migration is applied and noted, or neither. */
static enum err apply_one(struct db *db, const struct migration *m)
{
    enum err e = db_script(db, db_engine(db) == DB_SQLITE ? m->sqlite : m->pg);
    if (e == ERR_OK) {
        struct db_value v[] = {{.kind = DB_INT, .i = m->number},
                               {.kind = DB_TEXT, .s = str_of(m->name)},
                               {.kind = DB_TEXT, .s = str_of(m->sha256)},
                               {.kind = DB_INT, .i = clock_now().v}};
        e = db_run(db, &NOTE, v, NULL);
    }
    if (e != ERR_OK) return err_note(e, "migration %d %s: %s", m->number, m->name, err_detail());
    return ERR_OK;
}

/* Makes the table on first use; with nothing to do it writes nothing else. */
enum err migrate_in_txn(struct db *db, int up_to,
                        void (*report)(void *ctx, const struct migration *m), void *ctx)
{
    int n = 0;
    TRY(db_script(db, db_engine(db) == DB_SQLITE ? TABLE_SQLITE : TABLE_PG));
    TRY(applied(db, &n));
    for (const struct migration *m = migrations + n; m->number != 0 && m->number <= up_to; m++) {
        if (report != NULL) report(ctx, m);
        TRY(apply_one(db, m));
    }
    return ERR_OK;
}

/* A mistyped address must not pour our tables among somebody else's. */
static enum err refuse_foreign(struct db *db)
{
    bool is_ours = false;
    int64_t n = 0;
    TRY(has_table(db, &is_ours));
    if (is_ours) return ERR_OK;
    TRY(catalog_count(db, &n));
    return n == 0 ? ERR_OK
                  : err_note(ERR_CONFLICT, "the database holds tables that are not Sarn's; name an empty one");
}

/* The next pending one in a transaction of its own. Two programs that migrate at once wait for each
 * other: SQLite by BEGIN IMMEDIATE, PostgreSQL by a lock that ends with the transaction. */
static enum err apply_next(struct db *db, int *ret_done,
                           void (*report)(void *ctx, const struct migration *m), void *ctx)
{
    if (db_engine(db) == DB_POSTGRES) {
        int64_t ignored;
        TRY(db_no_timeout(db));
        TRY(db_scalar(db, "SELECT 1 FROM pg_advisory_xact_lock(7382801)", &ignored));
    }
    int n = 0;
    TRY(refuse_foreign(db));
    TRY(applied(db, &n));
    TRY(migrate_in_txn(db, n + 1, report, ctx));
    int64_t broken = 0;
    TRY(db_broken_keys(db, &broken));
    if (broken > 0)
        return err_note(ERR_REFUSED, "migration %d leaves %lld broken foreign keys", n + 1,
                        (long long)broken);
    *ret_done = migrations[n].number != 0 ? n + 1 : n;
    return ERR_OK;
}

/* One transaction each, so that a large step does not lose the smaller ones before it. */
enum err migrate_apply(struct db *db, void (*report)(void *ctx, const struct migration *m),
                       void *ctx)
{
    int last = last_number(), done = 0;
    /* Off while they run, so that a table can be rebuilt (create, copy, drop, rename); what they
     * leave is checked before each commit. */
    TRY(db_foreign_keys(db, false));
    enum err e;
    do {
        e = db_begin(db, DB_TXN_WRITE);
        if (e != ERR_OK) break;
        e = apply_next(db, &done, report, ctx);
        if (e == ERR_OK)
            e = db_commit(db);
        else
            db_rollback(db);
    } while (e == ERR_OK && done < last);
    enum err back = db_foreign_keys(db, true);
    return e != ERR_OK ? e : back;
}
