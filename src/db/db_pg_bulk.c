/* db_pg_bulk.c — many rows to PostgreSQL: COPY (db_bulk_…) and libpq's pipeline (db_batch_…). */
#include "db/db_pg_internal.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    BATCH = 200, /* statements sent before their answers are read: these must fit into a socket's buffers */
};

/* ---- batches: libpq's pipeline ---- */

/* Reads the answers of all that was sent and leaves the pipeline. Behind a statement that failed the server skips
 * the rest: the first failure is the one that counts. */
static enum err batch_answers(struct pg_db *p)
{
    if (PQpipelineStatus(p->conn) == PQ_PIPELINE_OFF) return ERR_OK;
    enum err e = PQpipelineSync(p->conn) == 1 ? ERR_OK : pg_fail(p, p->batch_name, NULL);
    for (; p->sent > 0; p->sent--) {
        PGresult *res = PQgetResult(p->conn);
        if (pg_is_good(res)) p->batch_changed += strtoll(PQcmdTuples(res), NULL, 10);
        if (pg_is_good(res) || e != ERR_OK)
            PQclear(res);
        else
            e = pg_fail(p, p->batch_name, res);
        PQclear(PQgetResult(p->conn)); /* none: the end of this one's results */
    }
    PQclear(PQgetResult(p->conn)); /* what answers the sync */
    if (PQexitPipelineMode(p->conn) != 1 && e == ERR_OK) e = pg_fail(p, p->batch_name, NULL);
    return e;
}

enum err pg_batch_run(struct db *db, const struct db_sql *sql, const struct db_value *params)
{
    struct pg_db *p = pg_of(db);
    struct pg_params bound;
    const char *name = NULL;
    const struct stmt_slot *slot = stmt_cache_slot(&p->cache, sql);
    bool is_prepared = slot->stmt != NULL && slot->text == sql->pg;
    if (!is_prepared || p->sent == BATCH) TRY(batch_answers(p)); /* preparing waits for an answer */
    TRY(pg_get_stmt(p, sql, &name));
    TRY(pg_set_params(&bound, sql, params));
    p->batch_name = sql->name;
    if (PQpipelineStatus(p->conn) == PQ_PIPELINE_OFF && PQenterPipelineMode(p->conn) != 1) return pg_fail(p, sql->name, NULL);
    if (PQsendQueryPrepared(p->conn, name, sql->nparam, bound.value, bound.length, bound.format, 1) != 1) return pg_fail(p, sql->name, NULL);
    p->sent++;
    return ERR_OK;
}

enum err pg_batch_end(struct db *db, int64_t *ret_changed)
{
    struct pg_db *p = pg_of(db);
    enum err e = batch_answers(p);
    *ret_changed = p->batch_changed;
    p->batch_changed = 0;
    return e;
}

/* ---- bulk: COPY in the text format, which does not care whether a column is INT or BIGINT ---- */

enum { CHUNK = 64 << 10 };

/* A failure here is a lost connection; a refused row shows at the end of the COPY only. */
static enum err send_chunk(struct pg_db *p, struct db_bulk *bulk)
{
    if (bulk->chunk_n > 0 && PQputCopyData(p->conn, bulk->chunk, (int)bulk->chunk_n) != 1)
        return pg_fail(p, bulk->table, NULL);
    bulk->chunk_n = 0;
    return ERR_OK;
}

/* Collected into pieces of 64 KiB: a call of libpq for every field would cost more than the field. */
static enum err chunk_put(struct pg_db *p, struct db_bulk *bulk, const char *s, size_t n)
{
    while (n > 0) {
        if (bulk->chunk_n == bulk->chunk_cap) TRY(send_chunk(p, bulk));
        size_t room = bulk->chunk_cap - bulk->chunk_n;
        size_t part = n < room ? n : room;
        memcpy(bulk->chunk + bulk->chunk_n, s, part);
        bulk->chunk_n += part;
        s += part;
        n -= part;
    }
    return ERR_OK;
}

/* COPY's own escapes. Text reaches here checked: no NUL, valid UTF-8. */
static enum err put_text(struct pg_db *p, struct db_bulk *bulk, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *escaped = s.p[i] == '\\'   ? "\\\\"
                              : s.p[i] == '\t' ? "\\t"
                              : s.p[i] == '\n' ? "\\n"
                              : s.p[i] == '\r' ? "\\r"
                                               : NULL;
        if (escaped == NULL) continue;
        TRY(chunk_put(p, bulk, s.p + from, i - from));
        TRY(chunk_put(p, bulk, escaped, 2));
        from = i + 1;
    }
    return chunk_put(p, bulk, s.p + from, s.n - from);
}

/* \\x and hex: the backslash is doubled, since COPY unescapes before BYTEA reads. */
static enum err put_bytes(struct pg_db *p, struct db_bulk *bulk, struct str s)
{
    TRY(chunk_put(p, bulk, "\\\\x", 3));
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        char hex[2] = {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
        TRY(chunk_put(p, bulk, hex, 2));
    }
    return ERR_OK;
}

static enum err put_value(struct pg_db *p, struct db_bulk *bulk, const struct db_value *v)
{
    char digits[24];
    switch (v->kind) {
    case DB_INT:
        return chunk_put(p, bulk, digits,
                         (size_t)snprintf(digits, sizeof digits, "%lld", (long long)v->i));
    case DB_TEXT: return v->s.p ? put_text(p, bulk, v->s) : chunk_put(p, bulk, "\\N", 2);
    case DB_BYTES: return v->s.p ? put_bytes(p, bulk, v->s) : chunk_put(p, bulk, "\\N", 2);
    case DB_NULL: break;
    }
    return chunk_put(p, bulk, "\\N", 2);
}

enum err pg_bulk_begin(struct db *db, struct db_bulk *bulk)
{
    struct pg_db *p = pg_of(db);
    struct buf b = buf_in(bulk->arena, 64 << 10);
    BUF_LIT(&b, "COPY ");
    buf_ident(&b, str_of(bulk->table));
    for (size_t i = 0; i < bulk->ncol; i++) {
        buf_put(&b, i ? STR(", ") : STR(" ("));
        buf_ident(&b, str_of(bulk->columns[i]));
    }
    BUF_LIT(&b, ") FROM STDIN");
    buf_putc(&b, '\0');
    PGresult *res = PQexec(p->conn, buf_str(&b).p);
    if (PQresultStatus(res) != PGRES_COPY_IN) return pg_fail(p, bulk->table, res);
    PQclear(res);
    bulk->chunk_cap = CHUNK;
    bulk->chunk = arena_alloc(bulk->arena, CHUNK);
    return ERR_OK;
}

enum err pg_bulk_row(struct db *db, struct db_bulk *bulk, const struct db_value *values)
{
    struct pg_db *p = pg_of(db);
    for (size_t i = 0; i < bulk->ncol; i++) {
        if (i > 0) TRY(chunk_put(p, bulk, "\t", 1));
        TRY(put_value(p, bulk, &values[i]));
    }
    return chunk_put(p, bulk, "\n", 1);
}

/* Abandoned, the server drops every row of this COPY and the transaction is spoilt. All results must be
 * taken before the connection is free again. */
enum err pg_bulk_end(struct db *db, struct db_bulk *bulk, bool is_ok)
{
    struct pg_db *p = pg_of(db);
    if (is_ok && send_chunk(p, bulk) != ERR_OK) is_ok = false;
    (void)PQputCopyEnd(p->conn, is_ok ? NULL : "abandoned");
    enum err e = ERR_OK;
    for (PGresult *res; (res = PQgetResult(p->conn)) != NULL;) {
        if (e == ERR_OK && PQresultStatus(res) != PGRES_COMMAND_OK)
            e = pg_fail(p, bulk->table, res);
        else
            PQclear(res);
    }
    return e;
}
