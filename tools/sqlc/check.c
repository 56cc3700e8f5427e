/* check.c — what SQLite itself says about a query: names, rights, the plan, and where each column
 * of the result comes from. All schemas lie in a database in memory. */
#include "sqlc.h"

/* ---- rights ---- */

static const char *verb_of(int action)
{
    switch (action) {
    case SQLITE_INSERT: return "inserts into";
    case SQLITE_UPDATE: return "updates";
    case SQLITE_DELETE: return "deletes from";
    default: return "reads";
    }
}

/* A view answers for what it reads: the right to it is the right to its owner's view. */
static int authorize(void *ctx, int action, const char *table, const char *column,
                     const char *schema, const char *inner)
{
    (void)column, (void)schema;
    struct checker *c = ctx;
    if (action != SQLITE_READ && action != SQLITE_INSERT && action != SQLITE_UPDATE &&
        action != SQLITE_DELETE)
        return SQLITE_OK;
    const struct table *view = inner ? model_table(c->m, str_of(inner)) : NULL;
    if (inner && !(view && view->is_view)) return SQLITE_OK; /* a trigger: its owner's schema */
    const struct table *t = view ? view : model_table(c->m, str_of(table));
    if (!t || !t->room)
        return SQLITE_OK; /* an engine's own table (FTS): not in the house's sight */
    if (action == SQLITE_READ ? room_may_read(c->room, t->room) : t->room == c->room)
        return SQLITE_OK;
    c->denied_table = t->name;
    c->denied = str_printf(mem, "room %.*s %s %.*s of room %.*s", STR_FMT(c->room->name),
                           verb_of(action), STR_FMT(t->name), STR_FMT(t->room->name));
    c->denied = str_printf(mem, "%.*s; %s", STR_FMT(c->denied),
                           action == SQLITE_READ ? "add it to DEPS, or ask through its door"
                                                 : "only the owner writes: ask through its door");
    return SQLITE_DENY;
}

void checker_open(struct checker *c, const struct model *m, const struct room *room)
{
    *c = (struct checker){.m = m, .room = room};
    if (sqlite3_open(":memory:", &c->db) != SQLITE_OK)
        complain("sqlite", 1, "no database in memory: %s", sqlite3_errmsg(c->db));
    for (size_t i = 0; i < m->rooms.n; i++)
        ddl_run(c->db, m, &m->rooms.v[i]->stmts);
    sqlite3_set_authorizer(c->db, authorize, c);
}

void checker_close(struct checker *c)
{
    sqlite3_close(c->db);
}

/* ---- parameters ---- */

static void check_used(const struct query *q, const struct toks *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].kind == T_PARAM && !query_param(q, t->v[i].s, NULL))
            complain(q->file, t->v[i].line,
                     "the parameter $%.*s is not stated; write `-- in %.*s type`",
                     STR_FMT(t->v[i].s), STR_FMT(t->v[i].s));
    for (size_t k = 0; k < q->params.n; k++) {
        bool is_used = false;
        for (size_t i = 0; i < t->n; i++)
            is_used |= t->v[i].kind == T_PARAM && str_eq(t->v[i].s, q->params.v[k].name);
        if (!is_used)
            complain(q->file, q->params.v[k].line,
                     "the parameter %.*s is stated but not used; drop it or use $%.*s",
                     STR_FMT(q->params.v[k].name), STR_FMT(q->params.v[k].name));
    }
}

static void check_words(const struct checker *c, const struct query *q)
{
    for (size_t i = 0; i < q->params.n; i++)
        if (q->params.v[i].type.word == W_ID && !model_id(c->m, q->params.v[i].type.name))
            complain(q->file, q->params.v[i].line,
                     "%.*s is no table's id; see the `id x_id PRIMARY KEY` of the schemas",
                     STR_FMT(q->params.v[i].type.name));
    for (size_t i = 0; i < q->outs.n; i++)
        if (q->outs.v[i].type.word == W_ID && !model_id(c->m, q->outs.v[i].type.name))
            complain(q->file, q->outs.v[i].line,
                     "%.*s is no table's id; see the `id x_id PRIMARY KEY` of the schemas",
                     STR_FMT(q->outs.v[i].type.name));
}

/* ---- the plan ---- */

static bool scan_is_stated(struct query *q, struct str alias)
{
    for (size_t i = 0; i < q->scans.n; i++) {
        if (!str_eq(q->scans.v[i].alias, alias)) continue;
        q->scans.v[i].is_used = true;
        return true;
    }
    return false;
}

/* "SCAN f USING …", "SCAN 2 CONSTANT ROWS", "SEARCH g USING AUTOMATIC COVERING INDEX (…)": the last
 * reads the whole table too, to build the index that is missing. */
static bool plan_scans(struct str detail, struct str *ret_alias)
{
    if (str_find(detail, STR("CONSTANT ROW")) >= 0) {
        *ret_alias = STR("constant");
        return true;
    }
    bool is_scan = str_starts(detail, STR("SCAN "));
    bool is_automatic =
        str_starts(detail, STR("SEARCH ")) && str_find(detail, STR(" AUTOMATIC ")) >= 0;
    if (!is_scan && !is_automatic) return false;
    struct str rest = str_from(detail, is_scan ? 5 : 7);
    (void)str_split(&rest, ' ', ret_alias);
    return true;
}

static void check_plan(const struct checker *c, struct query *q, struct str sql)
{
    sqlite3_stmt *st;
    const char *explain = str_z(mem, str_printf(mem, "EXPLAIN QUERY PLAN %.*s", STR_FMT(sql)));
    if (sqlite3_prepare_v2(c->db, explain, -1, &st, NULL) != SQLITE_OK) {
        complain(q->file, q->line, "no plan: %s", sqlite3_errmsg(c->db));
        return;
    }
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct str detail = str_copy(mem, str_of((const char *)sqlite3_column_text(st, 3))), alias;
        if (plan_scans(detail, &alias) && !scan_is_stated(q, alias))
            complain(q->file, q->line,
                     "%.*s reads all of %.*s (%.*s); add an index, or `-- scan %.*s: why it stays "
                     "small`",
                     STR_FMT(q->name), STR_FMT(alias), STR_FMT(detail), STR_FMT(alias));
    }
    sqlite3_finalize(st);
    for (size_t i = 0; i < q->scans.n; i++)
        if (!q->scans.v[i].is_used)
            complain(q->file, q->scans.v[i].line, "nothing scans %.*s; drop the line",
                     STR_FMT(q->scans.v[i].alias));
}

/* ---- the columns of the result ---- */

struct origin {
    const struct column *column; /* NULL: an expression */
    bool is_optional, is_direct;
};

static const struct table *target_table(const struct refs *r)
{
    for (size_t i = 0; i < r->v.n; i++)
        if (r->v.v[i].is_target) return r->v.v[i].table;
    return NULL;
}

static bool has_returning(const struct toks *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (tok_is(&t->v[i], "RETURNING")) return true;
    return false;
}

static const struct column *traced_column(const struct checker *c, sqlite3_stmt *st, int i,
                                          const struct table **ret_table)
{
    const char *table = sqlite3_column_table_name(st, i);
    const char *column = sqlite3_column_origin_name(st, i);
    *ret_table = table ? model_table(c->m, str_of(table)) : NULL;
    return *ret_table ? table_column(*ret_table, str_of(column)) : NULL;
}

/* SQLite traces a column through views, CTEs and subqueries to its table; whether an outer join
 * can leave it NULL is read from the statement. */
static struct origin find_origin(const struct checker *c, const struct toks *t,
                                 const struct refs *refs, sqlite3_stmt *st, int i, struct span item)
{
    struct origin o = {};
    struct operand op;
    if (!operand_from(t, item.from, &op) || op.is_param) return o;
    bool is_plain = op.to == item.to || (op.to + 2 == item.to && tok_is(&t->v[op.to], "AS"));
    if (!is_plain) return o;
    const struct table *target = has_returning(t) ? target_table(refs) : NULL;
    if (target) return (struct origin){table_column(target, op.name), false, true};
    const struct table *tb = NULL;
    o.column = traced_column(c, st, i, &tb);
    struct found f = refs_find(refs, op.alias, op.name);
    o.is_direct = f.is_direct && f.column == o.column;
    if (has_compound(t, !o.is_direct)) return (struct origin){};
    o.is_optional = o.is_direct ? f.is_optional : tb && refs_table_is_optional(refs, tb->name);
    return o;
}

static struct out *find_out(struct query *q, struct str name)
{
    for (size_t i = 0; i < q->outs.n; i++)
        if (str_eq(q->outs.v[i].name, name)) return &q->outs.v[i];
    return NULL;
}

/* A column of the schema keeps its word; what may be NULL must be said so, or denied by `!`. */
static void check_statement(const struct query *q, int line, const struct origin *o,
                            const struct out *out, const struct result *r)
{
    const struct column *col = o->column;
    char mark = out ? out->mark : ' ';
    if (r->is_nullable && col->type.word == W_FLAG && mark != '!')
        complain(q->file, line,
                 "the flag %.*s may be NULL here, which no flag may; write COALESCE(%.*s, 0) AS … "
                 "and state it",
                 STR_FMT(r->name), STR_FMT(r->name));
    else if (out && !type_eq(out->type, col->type))
        complain(q->file, out->line,
                 "%.*s is %.*s in the schema, not %.*s; say the same word, or CAST",
                 STR_FMT(r->name), STR_FMT(col->type.name), STR_FMT(out->type.name));
    else if (mark == ' ' && o->is_optional && !col->is_nullable)
        complain(
            q->file, line,
            "%.*s may be NULL by an outer join; state `-- out %.*s %.*s?` (or `!` if it cannot)",
            STR_FMT(r->name), STR_FMT(r->name), STR_FMT(col->type.name));
    else if (mark == ' ' && out && r->is_nullable)
        complain(q->file, out->line,
                 "%.*s may be NULL in the schema; state `%.*s?` (or `!` if here it cannot)",
                 STR_FMT(r->name), STR_FMT(col->type.name));
}

static void settle_column(const struct query *q, int line, const struct origin *o,
                          const struct out *out, struct result *r)
{
    r->type = o->column->type;
    r->is_nullable = o->column->is_nullable || o->is_optional;
    r->is_promised = !o->is_direct && !r->is_nullable;
    check_statement(q, line, o, out, r);
    if (out && out->mark == '?') r->is_nullable = true;
    if (out && out->mark == '!') {
        r->is_promised = r->is_nullable || r->is_promised;
        r->is_nullable = false;
    }
}

static void settle(struct checker *c, struct query *q, const struct toks *t,
                   const struct refs *refs, sqlite3_stmt *st, int i, struct span item)
{
    struct result *r = PUSH(&q->results);
    r->name = str_copy(mem, str_of(sqlite3_column_name(st, i)));
    int line = item.to > item.from ? t->v[item.from].line : q->line;
    for (size_t k = 0; k + 1 < q->results.n; k++)
        if (str_eq(q->results.v[k].name, r->name))
            complain(q->file, line, "two columns are named %.*s; rename one by AS",
                     STR_FMT(r->name));
    if (!is_c_name(r->name)) {
        complain(q->file, line, "the column %d, `%.*s`, has no name fit for C; write `… AS name`",
                 i + 1, STR_FMT(r->name));
        return;
    }
    struct out *out = find_out(q, r->name);
    if (out) out->is_used = true;
    struct origin o =
        item.to > item.from ? find_origin(c, t, refs, st, i, item) : (struct origin){};
    if (o.column && o.column->type.word != W_NONE)
        settle_column(q, line, &o, out, r);
    else if (!out)
        complain(q->file, line, "%.*s is an expression; state its type: `-- out %.*s type`",
                 STR_FMT(r->name), STR_FMT(r->name));
    else {
        r->type = out->type;
        r->is_nullable = out->mark == '?';
        r->is_promised = !r->is_nullable;
    }
}

static void settle_all(struct checker *c, struct query *q, sqlite3_stmt *st)
{
    const struct toks *t = &q->sqlite;
    int ncol = sqlite3_column_count(st);
    if (q->kind == Q_EXEC && ncol)
        complain(q->file, q->line, "%.*s gives rows; say :one, :many or :each", STR_FMT(q->name));
    if (q->kind != Q_EXEC && !ncol)
        complain(q->file, q->line, "%.*s gives no rows; say :exec, or add RETURNING",
                 STR_FMT(q->name));
    if (ncol > 200) complain(q->file, q->line, "more than 200 columns; split the query");
    struct refs refs = refs_read(c->m, t);
    struct spans items = select_items(t);
    for (int i = 0; i < ncol; i++)
        settle(c, q, t, &refs, st, i, items.n == (size_t)ncol ? items.v[i] : (struct span){});
    for (size_t i = 0; i < q->outs.n; i++)
        if (!q->outs.v[i].is_used)
            complain(q->file, q->outs.v[i].line,
                     "no column of the result is named %.*s; drop the statement or name it by AS",
                     STR_FMT(q->outs.v[i].name));
}

/* ---- one query ---- */

/* The line of byte `offset` of the text, or of the table that the authorizer refused. */
static int error_line(const struct checker *c, const struct query *q, struct str sql, int offset)
{
    int line = q->sqlite.v[0].line;
    if (c->denied.n) {
        for (size_t i = 0; i < q->sqlite.n; i++)
            if (tok_is(&q->sqlite.v[i], str_z(mem, c->denied_table))) return q->sqlite.v[i].line;
        return line;
    }
    for (int i = 0; i < offset && (size_t)i < sql.n; i++)
        line += sql.p[i] == '\n';
    return line;
}

void checker_query(struct checker *c, struct query *q)
{
    if (q->is_broken) return;
    int before = complaints;
    check_used(q, &q->sqlite);
    if (!q->is_shared) check_used(q, &q->pg);
    check_words(c, q);
    if (q->is_shared) subset_check(q->file, &q->sqlite);
    if (complaints != before) return; /* SQLite would only say it less clearly */
    struct str sql = query_sql(q, PART_SQLITE, true);
    sqlite3_stmt *st;
    const char *tail;
    c->q = q;
    c->denied = STR_NONE;
    if (sqlite3_prepare_v2(c->db, str_z(mem, sql), -1, &st, &tail) != SQLITE_OK) {
        int line = error_line(c, q, sql, sqlite3_error_offset(c->db));
        if (c->denied.n)
            complain(q->file, line, "%.*s", STR_FMT(c->denied));
        else
            complain(q->file, line, "%s; see the schema.sql of the room and of its DEPS",
                     sqlite3_errmsg(c->db));
        return;
    }
    q->is_write = !sqlite3_stmt_readonly(st);
    settle_all(c, q, st);
    if (*tail)
        complain(q->file, q->line, "%s holds more than one statement; name each",
                 str_z(mem, q->name));
    sqlite3_finalize(st);
    check_plan(c, q, sql);
    rules_check(c->m, c->room, q);
}
