/* db_pg.c — PostgreSQL behind db.h, by libpq.
 *
 * Every statement is prepared once per connection, under a name of its own, with the parameter types
 * that sqlc states. Parameters and results travel in the binary format: 64-bit numbers as eight
 * bytes, texts and bytes as they are, so nothing is escaped, copied or cut at a NUL.
 */
#include "db/db_pg_internal.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    FETCH_ROWS = 1000, /* a stream's rows per round trip */
    OLDEST_SERVER = 140000,
};

/* Types of PostgreSQL's catalogue (pg_type.dat): fixed for ever. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_CHAR = 18,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_OID = 26,
    OID_VARCHAR = 1043
};

struct pg_stmt {
    char name[80];
};

struct pg_rows {
    PGresult *res;   /* owned */
    unsigned cursor; /* its number; 0: the whole result is here */
    bool is_last;    /* the cursor has no more */
    int at;          /* row within res */
};

/* ---- errors ---- */

/* The first two characters of an SQLSTATE are its class. */
static bool is_class(const char *state, const char *class)
{
    return memcmp(state, class, 2) == 0;
}

static bool is_state(const char *state, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(state, *list) == 0) return true;
    return false;
}

/* A file that may not be opened for writing is told as a privilege that is missing: so a disk speaks that was made
 * read-only. What is missing on a table is told by the file of PostgreSQL that looks after its grants. */
static bool is_no_disk(const char *state, const char *source_file)
{
    if (strcmp(state, "42501") == 0) return source_file != NULL && strcmp(source_file, "aclchk.c") != 0;
    return strcmp(state, "53100") == 0 || strcmp(state, "58030") == 0; /* full; the disk does not read or write */
}

/* UNAVAILABLE is only what may go through when it is tried again, unchanged. */
static enum err err_of_state(const char *state, const char *source_file)
{
    static const char *const CONFLICT[] = {"23505", "23P01", NULL};
    static const char *const AGAIN[] = {"40001", "40P01", NULL}; /* serialisation, deadlock */
    static const char *const UNAVAILABLE[] = {
        "55P03",                            /* lock not got in time */
        "57014", "57P01", "57P02", "57P03", /* statement timeout, shutdown, crash, starting */
        "57P05", "25P03", "25P04",          /* idle for too long */
        NULL};
    if (is_state(state, CONFLICT)) return ERR_CONFLICT;
    if (is_class(state, "23") || strcmp(state, "P0001") == 0) return ERR_REFUSED;
    if (is_no_disk(state, source_file)) return ERR_DISK;
    if (is_state(state, AGAIN)) return ERR_AGAIN;
    if (is_state(state, UNAVAILABLE) || is_class(state, "08") || is_class(state, "53"))
        return ERR_UNAVAILABLE;
    if (is_class(state, "54")) return ERR_LIMIT;
    if (is_class(state, "58") || is_class(state, "XX")) return ERR_IO;
    return ERR_INTERNAL; /* 42… no such column, 22… wrong value, 25006 a write in a read transaction */
}

/* The primary message names tables and constraints. DETAIL would hold the row's values: it is left
 * out, since personal data must not reach a log. Frees `res`. */
enum err pg_fail(struct pg_db *p, const char *what, PGresult *res)
{
    const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
    const char *message = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    enum err e;
    if (PQstatus(p->conn) == CONNECTION_BAD)
        e = err_note(ERR_UNAVAILABLE, "%s: connection lost (%s)", what,
                     message ? message : "no answer");
    else if (state == NULL)
        e = err_note(ERR_INTERNAL, "%s: %s", what, PQerrorMessage(p->conn));
    else
        e = err_note(err_of_state(state, PQresultErrorField(res, PG_DIAG_SOURCE_FILE)),
                     "%s: %s (SQLSTATE %s)", what, message ? message : "", state);
    PQclear(res);
    return e;
}

bool pg_is_good(const PGresult *res)
{
    ExecStatusType status = PQresultStatus(res);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* Runs one text without parameters whose result is of no interest. */
static enum err simple(struct pg_db *p, const char *what, const char *sql)
{
    PGresult *res = PQexec(p->conn, sql);
    if (!pg_is_good(res)) return pg_fail(p, what, res);
    PQclear(res);
    return ERR_OK;
}

/* Over the simple protocol: these are sent once a request and there is nothing to plan. */
static enum err pg_control(struct db *db, const struct db_sql *sql)
{
    struct pg_db *p = pg_of(db);
    PGresult *res = PQexec(p->conn, sql->pg);
    if (PQresultStatus(res) != PGRES_COMMAND_OK) return pg_fail(p, sql->name, res);
    /* COMMIT of a transaction that had failed answers ROLLBACK, as a success. */
    bool is_undone = strcmp(sql->pg, "COMMIT") == 0 && strcmp(PQcmdStatus(res), "COMMIT") != 0;
    PQclear(res);
    return is_undone ? err_note(ERR_INTERNAL, "commit: the server rolled back instead") : ERR_OK;
}

/* ---- statements ---- */

static Oid oid_of(char letter)
{
    switch (letter) {
    case 'i': return OID_INT8;
    case 't': return OID_TEXT;
    case 'b': return OID_BYTEA;
    default: assert(letter == 'b'); return 0; /* sqlc states i, t or b */
    }
}

/* Prepares on first use. A prepared statement outlives the transaction in which it was made, rolled back
 * or not, so the cache never has to forget; only a new connection starts empty. */
enum err pg_get_stmt(struct pg_db *p, const struct db_sql *sql, const char **ret_name)
{
    struct stmt_slot *slot = stmt_cache_slot(&p->cache, sql);
    if (slot->stmt == NULL || slot->text != sql->pg) {
        free(slot->stmt);
        slot->stmt = NULL;
        struct pg_stmt *made = calloc(1, sizeof *made);
        assert(made != NULL);
        snprintf(made->name, sizeof made->name, "s%u_%.60s", ++p->prepared, sql->name);
        Oid types[PG_PARAMS_MAX];
        for (unsigned i = 0; i < sql->nparam; i++)
            types[i] = oid_of(sql->pg_types[i]);
        PGresult *res = PQprepare(p->conn, made->name, sql->pg, sql->nparam, types);
        if (PQresultStatus(res) != PGRES_COMMAND_OK) {
            free(made);
            return pg_fail(p, sql->name, res);
        }
        PQclear(res);
        slot->stmt = made;
        slot->text = sql->pg;
    }
    *ret_name = ((struct pg_stmt *)slot->stmt)->name;
    return ERR_OK;
}

/* Nothing is copied but numbers, turned to network order. */
enum err pg_set_params(struct pg_params *out, const struct db_sql *sql, const struct db_value *in)
{
    for (unsigned i = 0; i < sql->nparam; i++) {
        out->format[i] = 1;
        out->length[i] = 0;
        out->value[i] = NULL;
        if (in[i].kind == DB_INT) {
            out->number[i] = htobe64((uint64_t)in[i].i);
            out->value[i] = (const char *)&out->number[i];
            out->length[i] = 8;
        } else if (in[i].kind != DB_NULL && in[i].s.p != NULL) {
            if (in[i].s.n > (1U << 30))
                return err_note(ERR_LIMIT, "%s: a value over 1 GiB", sql->name);
            out->value[i] = in[i].s.p;
            out->length[i] = (int)in[i].s.n;
        }
    }
    return ERR_OK;
}

/* The whole result in one round trip; the caller owns it. */
static enum err execute(struct pg_db *p, const struct db_sql *sql, const struct db_value *params,
                        PGresult **ret)
{
    struct pg_params bound; /* not cleared: only the first nparam are read */
    const char *name = NULL;
    TRY(pg_get_stmt(p, sql, &name));
    TRY(pg_set_params(&bound, sql, params));
    PGresult *res =
        PQexecPrepared(p->conn, name, sql->nparam, bound.value, bound.length, bound.format, 1);
    if (!pg_is_good(res)) return pg_fail(p, sql->name, res);
    *ret = res;
    return ERR_OK;
}

static enum err pg_run(struct db *db, const struct db_sql *sql, const struct db_value *params,
                       int64_t *ret_changed)
{
    PGresult *res = NULL;
    TRY(execute(pg_of(db), sql, params, &res));
    *ret_changed =
        PQresultStatus(res) == PGRES_COMMAND_OK ? strtoll(PQcmdTuples(res), NULL, 10) : 0;
    PQclear(res);
    return ERR_OK;
}

/* ---- rows ---- */

static bool is_known_type(Oid type)
{
    switch (type) {
    case OID_BOOL:
    case OID_BYTEA:
    case OID_CHAR:
    case OID_NAME:
    case OID_INT8:
    case OID_INT2:
    case OID_INT4:
    case OID_TEXT:
    case OID_OID:
    case OID_VARCHAR: return true;
    default: return false;
    }
}

/* SUM of BIGINT is NUMERIC here: sqlc demands the CAST, and this refuses what slipped through. */
static enum err check_columns(const struct db_sql *sql, const PGresult *res)
{
    int ncol = PQnfields(res);
    if (sql->ncol != 0 && ncol != sql->ncol)
        return err_note(ERR_INTERNAL, "%s: %d columns, %u are stated", sql->name, ncol, sql->ncol);
    for (int i = 0; i < ncol; i++)
        if (!is_known_type(PQftype(res, i)))
            return err_note(ERR_INTERNAL,
                            "%s: column %s has type oid %u: CAST it to BIGINT or TEXT", sql->name,
                            PQfname(res, i), PQftype(res, i));
    return ERR_OK;
}

/* The next rows of a cursor in place of the last. Fewer than asked for means that it is at its end, which
 * spares one round trip. */
static enum err fetch(struct pg_db *p, const char *name, struct pg_rows *r)
{
    char text[64];
    snprintf(text, sizeof text, "FETCH %d FROM sarn_%u", FETCH_ROWS, r->cursor);
    PGresult *res = PQexecParams(p->conn, text, 0, NULL, NULL, NULL, NULL, 1);
    if (!pg_is_good(res)) return pg_fail(p, name, res);
    PQclear(r->res);
    r->res = res;
    r->at = -1;
    r->is_last = PQntuples(res) < FETCH_ROWS;
    return ERR_OK;
}

/* A cursor, not libpq's single-row mode: other statements may run between its rows. */
static enum err declare(struct pg_db *p, const struct db_sql *sql, const struct db_value *params,
                        struct pg_rows *r)
{
    struct pg_params bound;
    Oid types[PG_PARAMS_MAX];
    TRY(pg_set_params(&bound, sql, params));
    for (unsigned i = 0; i < sql->nparam; i++)
        types[i] = oid_of(sql->pg_types[i]);
    unsigned number = ++p->cursors;
    size_t size = strlen(sql->pg) + 64;
    char *text = malloc(size);
    assert(text != NULL);
    snprintf(text, size, "DECLARE sarn_%u NO SCROLL CURSOR FOR %s", number, sql->pg);
    PGresult *res =
        PQexecParams(p->conn, text, sql->nparam, types, bound.value, bound.length, bound.format, 1);
    free(text);
    if (!pg_is_good(res)) return pg_fail(p, sql->name, res);
    PQclear(res);
    r->cursor = number;
    return fetch(p, sql->name, r);
}

static enum err pg_rows_open(struct db *db, const struct db_sql *sql, const struct db_value *params,
                             bool is_stream, struct db_rows *ret)
{
    struct pg_db *p = pg_of(db);
    struct pg_rows r = {.at = -1, .is_last = true};
    if (is_stream && db->is_in_txn && !sql->is_write)
        TRY(declare(p, sql, params, &r));
    else
        TRY(execute(p, sql, params, &r.res));
    enum err e = check_columns(sql, r.res);
    if (e != ERR_OK) {
        PQclear(r.res); /* an open cursor goes with the transaction, which is spoilt by this */
        return e;
    }
    ret->ncol = PQnfields(r.res);
    ret->stmt = malloc(sizeof r);
    assert(ret->stmt != NULL);
    memcpy(ret->stmt, &r, sizeof r);
    return ERR_OK;
}

static enum err pg_rows_next(struct db_rows *rows)
{
    struct pg_rows *r = rows->stmt;
    if (r->at + 1 >= PQntuples(r->res)) {
        if (r->is_last) return ERR_NOT_FOUND;
        TRY(fetch(pg_of(rows->db), "next rows", r));
        if (PQntuples(r->res) == 0) return ERR_NOT_FOUND;
    }
    r->at++;
    rows->at++;
    return ERR_OK;
}

/* The result, when a row is at hand that has this column. */
static const struct pg_rows *at(const struct db_rows *rows, int col)
{
    const struct pg_rows *r = rows->stmt;
    assert(rows->is_open && r->at >= 0 && r->at < PQntuples(r->res) && col >= 0 &&
           col < rows->ncol);
    return r;
}

static bool pg_rows_is_null(const struct db_rows *rows, int col)
{
    const struct pg_rows *r = at(rows, col);
    return PQgetisnull(r->res, r->at, col) != 0;
}

/* Numbers of any width that a query may give (count is int8, a literal int4); all in network order. */
static int64_t pg_rows_int(const struct db_rows *rows, int col)
{
    const struct pg_rows *r = at(rows, col);
    if (PQgetisnull(r->res, r->at, col)) return 0;
    const char *v = PQgetvalue(r->res, r->at, col);
    uint64_t b8;
    uint32_t b4;
    uint16_t b2;
    switch (PQftype(r->res, col)) {
    case OID_INT8: memcpy(&b8, v, 8); return (int64_t)be64toh(b8);
    case OID_INT4: memcpy(&b4, v, 4); return (int32_t)be32toh(b4);
    case OID_INT2: memcpy(&b2, v, 2); return (int16_t)be16toh(b2);
    case OID_OID: memcpy(&b4, v, 4); return be32toh(b4);
    default: break;
    }
    assert(PQftype(r->res, col) == OID_BOOL); /* no other type is a number */
    return v[0] != 0;
}

/* Text and bytes look the same in the binary format. Borrowed from the result. */
static struct str pg_rows_bytes(const struct db_rows *rows, int col)
{
    const struct pg_rows *r = at(rows, col);
    if (PQgetisnull(r->res, r->at, col)) return STR_NONE;
    Oid type = PQftype(r->res, col);
    assert(type != OID_INT8 && type != OID_INT4 && type != OID_INT2 && type != OID_OID);
    return (struct str){PQgetvalue(r->res, r->at, col), (size_t)PQgetlength(r->res, r->at, col)};
}

/* A cursor is closed as soon as its rows are: it holds the server's memory. In a spoilt transaction the
 * server takes no statement, and the rollback closes it. */
static void pg_rows_close(struct db_rows *rows)
{
    struct pg_rows *r = rows->stmt;
    if (r->cursor != 0 && rows->db->spoilt_by == ERR_OK) {
        char text[40];
        snprintf(text, sizeof text, "CLOSE sarn_%u", r->cursor);
        (void)simple(pg_of(rows->db), "close", text);
    }
    PQclear(r->res);
    free(r);
    rows->stmt = NULL;
}

/* ---- scripts ---- */

static enum err pg_script(struct db *db, const char *sql)
{
    return simple(pg_of(db), "script", sql);
}

/* In the text format, which reads NUMERIC and every width of integer alike. */
static enum err pg_scalar(struct db *db, const char *sql, int64_t *ret)
{
    struct pg_db *p = pg_of(db);
    PGresult *res = PQexec(p->conn, sql);
    if (PQresultStatus(res) != PGRES_TUPLES_OK) return pg_fail(p, sql, res);
    bool is_there = PQntuples(res) > 0 && PQnfields(res) > 0;
    if (is_there) *ret = strtoll(PQgetvalue(res, 0, 0), NULL, 10);
    PQclear(res);
    return is_there ? ERR_OK : ERR_NOT_FOUND;
}

/* ---- state ---- */

static bool pg_is_lost(const struct db *db)
{
    return PQstatus(((const struct pg_db *)db)->conn) == CONNECTION_BAD;
}

static bool pg_has_open_keys(struct db *db)
{
    (void)db; /* each worker commits alone: COMMIT itself says so */
    return false;
}

static void pg_close_db(struct db *db)
{
    struct pg_db *p = pg_of(db);
    for (size_t i = 0; i < p->cache.cap; i++)
        free(p->cache.slots[i].stmt);
    free(p->cache.slots);
    PQfinish(p->conn);
    free(p);
}

static const struct db_ops PG_OPS = {
    .control = pg_control,
    .script = pg_script,
    .scalar = pg_scalar,
    .run = pg_run,
    .rows_open = pg_rows_open,
    .rows_next = pg_rows_next,
    .rows_is_null = pg_rows_is_null,
    .rows_int = pg_rows_int,
    .rows_text = pg_rows_bytes,
    .rows_bytes = pg_rows_bytes,
    .rows_close = pg_rows_close,
    .bulk_begin = pg_bulk_begin,
    .bulk_row = pg_bulk_row,
    .bulk_end = pg_bulk_end,
    .batch_run = pg_batch_run,
    .batch_end = pg_batch_end,
    .is_lost = pg_is_lost,
    .has_dropped_txn = pg_is_lost, /* the server rolls back what a lost connection left */
    .has_open_keys = pg_has_open_keys,
    .close = pg_close_db,
};

/* ---- opening ---- */

/* libpq would print them to stderr, into the middle of the log. */
static void ignore_notice(void *ctx, const PGresult *res)
{
    (void)ctx;
    (void)res;
}

static enum err set_up(struct pg_db *p)
{
    /* By SET, not by the connection's options: those belong to the address that the administrator
     * typed (search_path, sslmode). jit only costs on queries of milliseconds. A row by its key
     * costs little more than the next one: today's disks have no heads to move, and at the default of 4 the planner
     * reads a whole table rather than four hundred keys. */
    static const char SETTINGS[] = "SET client_encoding = 'UTF8';"
                                   "SET client_min_messages = error;"
                                   "SET timezone = 'UTC';"
                                   "SET synchronous_commit = on;"
                                   "SET statement_timeout = '30s';"
                                   "SET lock_timeout = '5s';"
                                   "SET idle_in_transaction_session_timeout = '120s';"
                                   "SET random_page_cost = 1.1;"
                                   "SET jit = off";
    const char *encoding = PQparameterStatus(p->conn, "server_encoding");
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        return err_note(ERR_IO, "the database's encoding is %s, Sarn needs UTF8",
                        encoding ? encoding : "?");
    if (PQserverVersion(p->conn) < OLDEST_SERVER)
        return err_note(ERR_IO, "PostgreSQL %d is too old, Sarn needs 14",
                        PQserverVersion(p->conn) / 10000);
    TRY(simple(p, "settings", SETTINGS));
    if (p->base.mode == DB_READ_WRITE) return ERR_OK;
    return simple(p, "settings", "SET default_transaction_read_only = on");
}

/* Waits at most connect_timeout for each of the hosts named. */
/* Over a socket of this machine there is none. */
static uint16_t port_of(PGconn *conn)
{
    const char *host = PQhost(conn);
    int64_t port = 0;
    if (host == NULL || host[0] == '/' || host[0] == '@' || str_to_int(str_of(PQport(conn)), &port) != ERR_OK) return 0;
    return port > 0 && port <= UINT16_MAX ? (uint16_t)port : 0;
}

enum err pg_open(const char *url, enum db_mode mode, struct db **ret)
{
    /* The address may override: later words win, and libpq expands dbname in place. */
    static const char *const WORDS[] = {"connect_timeout",           "application_name",
                                        "tcp_user_timeout",          "dbname",
                                        "fallback_application_name", NULL};
    const char *const values[] = {"5", "sarn", "15000", url, "sarn", NULL};
    struct pg_db *p = calloc(1, sizeof *p);
    assert(p != NULL);
    p->base = (struct db){.ops = &PG_OPS, .engine = DB_POSTGRES, .mode = mode};
    p->conn = PQconnectdbParams(WORDS, values, 1);
    enum err e;
    if (PQstatus(p->conn) != CONNECTION_OK) {
        /* libpq's text names host and user, never the password. */
        e = err_note(ERR_UNAVAILABLE, "PostgreSQL: %s", PQerrorMessage(p->conn));
    } else {
        PQsetNoticeReceiver(p->conn, ignore_notice, NULL);
        p->base.port = port_of(p->conn);
        e = set_up(p);
    }
    if (e != ERR_OK) {
        pg_close_db(&p->base);
        return e;
    }
    *ret = &p->base;
    return ERR_OK;
}
