/* bulk.c — loading many rows: the common part. The engines do the work (db_sqlite.c: a prepared
 * INSERT, db_pg.c: COPY). The first failure is kept and given again at the end, so that a caller may
 * check only there. */
#include "db/db_internal.h"

#include <assert.h>
#include <stdio.h>

/* Counts as one statement, for budgets and for injected faults: its rows are too many to fail each. */
enum err db_bulk_begin(struct db *db, const char *table, const char *const *columns, size_t ncol,
                       struct arena *a, struct db_bulk **ret)
{
    assert(ncol > 0 && db->is_in_txn && db->txn == DB_TXN_WRITE);
    if (db->bulk != NULL || db->spoilt_by != ERR_OK)
        return err_note(ERR_INTERNAL, "%s: a bulk load runs, or the transaction has failed", table);
    if (db->fail_in > 0 && --db->fail_in == 0) {
        db->spoilt_by = ERR_UNAVAILABLE;
        return err_note(ERR_UNAVAILABLE, "%s: injected fault", table);
    }
    db->stats.statements++;
    db->stats.writes++;
    struct db_bulk *bulk = ARENA_NEW(a, struct db_bulk);
    *bulk =
        (struct db_bulk){.db = db, .arena = a, .table = table, .columns = columns, .ncol = ncol};
    enum err e = db->ops->bulk_begin(db, bulk);
    if (e != ERR_OK) {
        db->spoilt_by = e;
        return e;
    }
    db->bulk = bulk;
    *ret = bulk;
    return ERR_OK;
}

/* The same check of text as for parameters: what one engine would refuse, both refuse. */
enum err db_bulk_row(struct db_bulk *bulk, const struct db_value *values)
{
    if (bulk->failed != ERR_OK) return bulk->failed;
    for (size_t i = 0; i < bulk->ncol && bulk->failed == ERR_OK; i++)
        if (values[i].kind == DB_TEXT && values[i].s.p != NULL && !db_text_is_valid(values[i].s))
            bulk->failed = err_note(ERR_INPUT, "%s.%s: not UTF-8, or holds a NUL", bulk->table,
                                    bulk->columns[i]);
    if (bulk->failed == ERR_OK) bulk->failed = bulk->db->ops->bulk_row(bulk->db, bulk, values);
    if (bulk->failed == ERR_OK) bulk->db->stats.rows_written++;
    return bulk->failed;
}

/* Frees the connection for other statements, whatever it returns. */
enum err db_bulk_end(struct db_bulk *bulk)
{
    struct db *db = bulk->db;
    if (db->bulk != bulk) return err_note(ERR_INTERNAL, "%s: ended by a rollback", bulk->table);
    db->bulk = NULL;
    enum err e = db->ops->bulk_end(db, bulk, bulk->failed == ERR_OK);
    if (bulk->failed != ERR_OK) e = bulk->failed;
    if (e != ERR_OK && db->spoilt_by == ERR_OK) db->spoilt_by = e;
    return e;
}

/* Ends a batch: what was sent on is answered, and told by the counts. */
static enum err take_answers(struct db *db)
{
    int64_t changed = 0;
    db->is_batch = false;
    if (db->ops->batch_end == NULL) return ERR_OK;
    enum err e = db->ops->batch_end(db, &changed);
    db->stats.rows_written += (uint64_t)changed;
    return e;
}

/* Called by every rollback; the caller's db_bulk_end then says that it came too late. */
void db_bulk_abandon(struct db *db)
{
    if (db->is_batch) (void)take_answers(db);
    struct db_bulk *bulk = db->bulk;
    if (bulk == NULL) return;
    db->bulk = NULL;
    (void)db->ops->bulk_end(db, bulk, false);
}

/* ---- batches ---- */

enum err db_batch_begin(struct db *db)
{
    assert(db->is_in_txn && db->txn == DB_TXN_WRITE && db->open_rows == 0);
    if (db->bulk != NULL || db->is_batch || db->spoilt_by != ERR_OK)
        return err_note(ERR_INTERNAL, "a bulk load runs, or the transaction has failed");
    db->is_batch = true;
    return ERR_OK;
}

/* A failure of one that was sent before spoils the transaction by the next one or here. */
enum err db_batch_end(struct db *db)
{
    if (!db->is_batch) return err_note(ERR_INTERNAL, "a batch ended by a rollback");
    enum err e = take_answers(db);
    if (db->spoilt_by == ERR_OK) db->spoilt_by = e;
    return db->spoilt_by;
}

/* ---- identities ---- */

/* Numbers that PostgreSQL gives by itself go on after the highest one loaded. */
static const struct db_sql SEQUENCES = {
    .name = "ids_follow",
    .sqlite = "SELECT '' WHERE 0", /* SQLite looks at the table itself */
    .pg = "SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 0) + 1 FROM %s), false)',"
          " pg_get_serial_sequence(c.oid::regclass::text, a.attname), a.attname, c.oid::regclass)"
          " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
          " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
          " AND a.attnum > 0 AND NOT a.attisdropped"
          " AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL",
    .ncol = 1,
    .pg_types = "",
};

enum err db_ids_follow(struct db *db, struct arena *a)
{
    struct db_rows rows;
    int64_t ignored;
    TRY(db_rows_open(db, &SEQUENCES, NULL, &rows));
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK)
        if ((e = db_scalar(db, str_z(a, db_rows_text(&rows, 0)), &ignored)) != ERR_OK) break;
    db_rows_close(&rows);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err db_loaded(struct db *db, const char *tables)
{
    char sql[400];
    int n = snprintf(sql, sizeof sql, "ANALYZE %s", tables != NULL ? tables : "");
    assert(n > 0 && (size_t)n < sizeof sql);
    return db->engine == DB_POSTGRES ? db_script(db, sql) : ERR_OK;
}

/* ---- a load of hours ---- */

enum err db_load_lasts(struct db *db)
{
    assert(!db->is_in_txn);
    return db_script(db, db->engine == DB_SQLITE ? "PRAGMA synchronous = NORMAL;"
                                                   "PRAGMA wal_autocheckpoint = 16000;"
                                                   "PRAGMA cache_size = -262144;"
                                                   "PRAGMA temp_store = FILE;"
                                                   "PRAGMA threads = 2;"
                                                 : "SET synchronous_commit = off;"
                                                   "SET statement_timeout = 0;"
                                                   "SET enable_seqscan = off;"
                                                   "SET maintenance_work_mem = '256MB'");
}

static const struct db_sql INDEXES = {
    .name = "indexes_of",
    .sqlite = "SELECT name, sql FROM sqlite_master"
              " WHERE type = 'index' AND tbl_name = ?1 AND sql LIKE 'CREATE INDEX %'",
    .pg = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
          " AND tablename = $1 AND indexdef LIKE 'CREATE INDEX %'",
    .nparam = 1,
    .ncol = 2,
    .pg_types = "t",
};

static enum err drop_all(struct db *db, const char *const *names, size_t n, struct arena *a)
{
    for (size_t i = 0; i < n; i++)
        TRY(db_script(db, str_z(a, str_printf(a, "DROP INDEX \"%s\"", names[i]))));
    return ERR_OK;
}

static bool is_among(const char *const *names, struct str name)
{
    for (; *names != NULL; names++)
        if (str_eq(name, str_of(*names))) return true;
    return false;
}

enum err db_indexes_off(struct db *db, struct arena *a, const char *const *tables,
                        const char *const *needed, struct db_indexes *ret)
{
    const char *names[DB_INDEXES_MAX];
    *ret = (struct db_indexes){0};
    for (; *tables != NULL; tables++) {
        struct db_value table = {.kind = DB_TEXT, .s = str_of(*tables)};
        struct db_rows rows;
        TRY(db_rows_open(db, &INDEXES, &table, &rows));
        enum err e;
        while ((e = db_rows_next(&rows)) == ERR_OK) {
            if (is_among(needed, db_rows_text(&rows, 0))) continue;
            assert(ret->n < DB_INDEXES_MAX);
            names[ret->n] = str_z(a, db_rows_text(&rows, 0));
            ret->make[ret->n++] = str_z(a, db_rows_text(&rows, 1));
        }
        db_rows_close(&rows);
        if (e != ERR_NOT_FOUND) return e;
    }
    return drop_all(db, names, ret->n, a);
}

enum err db_indexes_on(struct db *db, const struct db_indexes *indexes)
{
    for (size_t i = 0; i < indexes->n; i++) TRY(db_script(db, indexes->make[i]));
    return db_engine(db) == DB_POSTGRES ? db_script(db, "SET enable_seqscan = on") : ERR_OK;
}
