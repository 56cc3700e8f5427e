/* rules.c — refusals that need the house's types but no engine: ids and money that do not belong
 * together, sums without a CAST, orders that differ on NULL, lists without a limit. */
#include "sqlc.h"

struct rules {
    const struct model *m;
    struct query *q;
    const struct toks *t;
    struct refs refs;
};

/* ---- types of operands ---- */

static struct type operand_type(const struct rules *r, const struct operand *o)
{
    if (o->is_param) {
        const struct param *p = query_param(r->q, o->name, NULL);
        return p ? p->type : (struct type){};
    }
    struct found f = refs_find(&r->refs, o->alias, o->name);
    return f.column ? f.column->type : (struct type){};
}

/* Is [from, to) a whole operand, and not a piece of a longer expression? */
static bool stands_alone(const struct toks *t, size_t from, size_t to)
{
    static const char *const ops[] = {"+", "-", "*", "/", "%", "||", "->", "->>", "COLLATE", NULL};
    for (int i = 0; ops[i]; i++)
        if ((from > 0 && tok_is(&t->v[from - 1], ops[i])) || tok_is(&t->v[to], ops[i]))
            return false;
    return true;
}

static const char *operand_name(const struct operand *o)
{
    return str_z(mem, o->is_param ? str_printf(mem, "$%.*s", STR_FMT(o->name))
                                  : str_printf(mem, "%.*s%s%.*s", STR_FMT(o->alias),
                                               o->alias.n ? "." : "", STR_FMT(o->name)));
}

static bool is_grave(struct type t)
{
    return t.word == W_ID || t.word == W_SATANG;
}

/* A parameter has exactly its column's word. Two columns must agree if one is an id or money. */
static void check_pair(const struct rules *r, const struct operand *a, const struct operand *b,
                       const char *what)
{
    struct type x = operand_type(r, a), y = operand_type(r, b);
    if (x.word == W_NONE || y.word == W_NONE || type_eq(x, y) || (a->is_param && b->is_param))
        return;
    if (!is_grave(x) && !is_grave(y) && !a->is_param && !b->is_param) return;
    complain(r->q->file, r->t->v[b->from].line,
             "%s %s %s: %.*s is not %.*s; both must have the same word", operand_name(a), what,
             operand_name(b), STR_FMT(x.name), STR_FMT(y.name));
}

static void check_tuple(const struct rules *r, size_t at, size_t end_left)
{
    const struct toks *t = r->t;
    size_t open = end_left;
    for (int depth = 0; open > 0; open--) {
        if (tok_is(&t->v[open], ")")) depth++;
        if (tok_is(&t->v[open], "(") && --depth == 0) break;
    }
    struct spans left = tok_list(t, open + 1, end_left),
                 right = tok_list(t, at + 2, tok_close(t, at + 1));
    for (size_t i = 0; i < left.n && i < right.n && left.n == right.n && left.n > 1; i++) {
        struct operand a, b;
        if (operand_from(t, left.v[i].from, &a) && a.to == left.v[i].to &&
            operand_from(t, right.v[i].from, &b) && b.to == right.v[i].to)
            check_pair(r, &a, &b, "beside");
    }
}

static bool is_comparison(const struct tok *t)
{
    static const char *const ops[] = {"=", "<", ">", "<=", ">=", "<>", "!=", NULL};
    return tok_is_any(t, ops);
}

static void check_comparison(const struct rules *r, size_t i)
{
    const struct toks *t = r->t;
    struct operand a, b;
    if (i > 0 && tok_is(&t->v[i - 1], ")") && tok_is(&t->v[i + 1], "(")) check_tuple(r, i, i - 1);
    if (!operand_before(t, i, &a) || !operand_from(t, i + 1, &b)) return;
    if (!stands_alone(t, a.from, i) || !stands_alone(t, i + 1, b.to)) return;
    check_pair(r, &a, &b, str_z(mem, t->v[i].s));
}

/* The operand that starts at `at`, held against `a`; where it ends. */
static size_t check_beside(const struct rules *r, const struct operand *a, size_t at,
                           const char *what)
{
    struct operand b;
    if (!operand_from(r->t, at, &b) || !stands_alone(r->t, at, b.to)) return 0;
    check_pair(r, a, &b, what);
    return b.to;
}

/* a [NOT] BETWEEN b AND c · a [NOT] IN (b, c) */
static void check_phrase(const struct rules *r, size_t i)
{
    const struct toks *t = r->t;
    struct operand a;
    size_t end = i > 0 && tok_is(&t->v[i - 1], "NOT") ? i - 1 : i;
    if (!operand_before(t, end, &a) || !stands_alone(t, a.from, end)) return;
    if (tok_is(&t->v[i], "BETWEEN")) {
        size_t and = check_beside(r, &a, i + 1, "BETWEEN");
        if (and&&tok_is(&t->v[and], "AND")) (void)check_beside(r, &a, and+1, "BETWEEN");
        return;
    }
    if (!tok_is(&t->v[i + 1], "(")) return;
    struct spans items = tok_list(t, i + 2, tok_close(t, i + 1));
    for (size_t k = 0; k < items.n; k++)
        (void)check_beside(r, &a, items.v[k].from, "IN");
}

static void check_distinct_from(const struct rules *r, size_t i) /* at FROM */
{
    struct operand a, b;
    size_t is = i - 2;
    if (tok_is(&r->t->v[is], "NOT")) is--;
    if (tok_is(&r->t->v[is], "IS") && operand_before(r->t, is, &a) && operand_from(r->t, i + 1, &b))
        check_pair(r, &a, &b, "IS DISTINCT FROM");
}

static bool is_product(const struct tok *t)
{
    return tok_is(t, "*") || tok_is(t, "/");
}

/* Money is added to money only, and ids are never added. */
static void check_sum(const struct rules *r, size_t i)
{
    const struct toks *t = r->t;
    struct operand a, b;
    if (!operand_before(t, i, &a) || !operand_from(t, i + 1, &b)) return;
    if (is_product(&t->v[b.to]) || (a.from > 0 && is_product(&t->v[a.from - 1]))) return;
    struct type x = operand_type(r, &a), y = operand_type(r, &b);
    if (x.word == W_NONE || y.word == W_NONE || type_eq(x, y)) return;
    if (is_grave(x) || is_grave(y))
        complain(r->q->file, t->v[i].line,
                 "%s %.*s %s adds %.*s and %.*s; money goes with money only", operand_name(&a),
                 STR_FMT(t->v[i].s), operand_name(&b), STR_FMT(x.name), STR_FMT(y.name));
}

/* ---- INSERT ---- */

/* The value must be a whole operand: `$p`, `a.c`, or that with `AS name`. */
static bool is_whole(const struct toks *t, struct span value, struct operand *ret)
{
    if (!operand_from(t, value.from, ret)) return false;
    return ret->to == value.to || (ret->to + 2 == value.to && tok_is(&t->v[ret->to], "AS"));
}

static void check_value(const struct rules *r, const struct table *tb, struct span column,
                        struct span value)
{
    const struct column *c = table_column(tb, r->t->v[column.from].s);
    struct operand o;
    if (!c || !is_whole(r->t, value, &o)) return;
    struct type type = operand_type(r, &o);
    const struct param *p = o.is_param ? query_param(r->q, o.name, NULL) : NULL;
    int line = r->t->v[value.from].line;
    if (type.word == W_NONE) return;
    if (!type_eq(type, c->type) && (p || is_grave(type) || is_grave(c->type)))
        complain(r->q->file, line,
                 "%s is %.*s, the column %.*s is %.*s; both must have the same word",
                 operand_name(&o), STR_FMT(type.name), STR_FMT(c->name), STR_FMT(c->type.name));
    else if (p && p->is_nullable && !c->is_nullable)
        complain(r->q->file, line, "%s may be NULL, the column %.*s may not; drop the `?`",
                 operand_name(&o), STR_FMT(c->name));
}

static void check_values(const struct rules *r, const struct table *tb, struct span names,
                         struct span list)
{
    struct spans columns = tok_list(r->t, names.from, names.to);
    struct spans values = tok_list(r->t, list.from, list.to);
    for (size_t k = 0; k < columns.n && columns.n == values.n; k++)
        check_value(r, tb, columns.v[k], values.v[k]);
}

static bool ends_insert_select(const struct tok *t)
{
    static const char *const words[] = {"FROM", "WHERE", "ON", "UNION", "RETURNING", NULL};
    return tok_is_any(t, words);
}

static bool starts_insert_rows(const struct tok *t)
{
    static const char *const words[] = {"(", "VALUES", "SELECT", "DEFAULT", NULL};
    return tok_is_any(t, words);
}

/* INSERT INTO t (columns) VALUES (…), (…) or SELECT … */
static void check_insert(const struct rules *r, size_t i) /* at INTO */
{
    const struct toks *t = r->t;
    const struct table *tb = model_table(r->m, t->v[i + 1].s);
    if (!tb) return;
    size_t open = tok_until(t, i + 2, starts_insert_rows); /* past AS alias */
    if (!tok_is(&t->v[open], "(")) {
        complain(r->q->file, t->v[i].line,
                 "INSERT INTO %.*s names no columns; write (a, b, …), so that a new column cannot "
                 "shift them",
                 STR_FMT(tb->name));
        return;
    }
    size_t close = tok_close(t, open), at = close + 1;
    struct span names = {open + 1, close};
    if (tok_is(&t->v[at], "SELECT"))
        check_values(r, tb, names, (struct span){at + 1, tok_until(t, at + 1, ends_insert_select)});
    if (!tok_is(&t->v[at], "VALUES")) return;
    for (at++; tok_is(&t->v[at], "("); at += tok_is(&t->v[at], ",")) {
        size_t end = tok_close(t, at);
        check_values(r, tb, names, (struct span){at + 1, end});
        at = end + 1;
    }
}

/* ---- SUM, COUNT ---- */

/* The `(` that encloses token i, or 0 when none (no statement starts with one that matters). */
static size_t enclosing(const struct toks *t, size_t i)
{
    int depth = 0;
    while (i > 0) {
        i--;
        if (tok_is(&t->v[i], ")")) depth++;
        if (tok_is(&t->v[i], "(") && depth-- == 0) return i;
    }
    return 0;
}

/* PostgreSQL gives NUMERIC for a SUM of BIGINT: some CAST around it must say BIGINT. */
static void check_aggregate(const struct rules *r, size_t i)
{
    const struct toks *t = r->t;
    for (size_t open = enclosing(t, i); open > 0; open = enclosing(t, open)) {
        size_t close = tok_close(t, open);
        bool is_cast = tok_is(&t->v[open - 1], "CAST") && close >= 2;
        if (is_cast && tok_is(&t->v[close - 1], "BIGINT") && tok_is(&t->v[close - 2], "AS")) return;
    }
    complain(r->q->file, t->v[i].line,
             "%.*s without a CAST has another type on PostgreSQL; write CAST(%.*s(…) AS BIGINT)",
             STR_FMT(t->v[i].s), STR_FMT(t->v[i].s));
}

/* ---- ORDER BY ---- */

static bool ends_order(const struct tok *t)
{
    static const char *const words[] = {"LIMIT", "OFFSET", "ROWS",      "RANGE", "GROUPS",
                                        "UNION", "FETCH",  "RETURNING", NULL};
    return tok_is_any(t, words);
}

/* May the plain column of an ORDER BY be NULL? A name of the result goes before a table's. */
static bool order_may_be_null(const struct rules *r, const struct operand *o)
{
    for (size_t i = 0; o->alias.n == 0 && i < r->q->results.n; i++)
        if (str_eq(r->q->results.v[i].name, o->name)) return r->q->results.v[i].is_nullable;
    struct found f = refs_find(&r->refs, o->alias, o->name);
    return f.column && (f.column->is_nullable || f.is_optional);
}

static void check_order_item(const struct rules *r, struct span item)
{
    const struct toks *t = r->t;
    struct operand o;
    if (item.from >= item.to || !operand_from(t, item.from, &o) || o.is_param) return;
    size_t next = o.to;
    if (next < item.to && (tok_is(&t->v[next], "ASC") || tok_is(&t->v[next], "DESC"))) next++;
    if (next == item.to && order_may_be_null(r, &o))
        complain(r->q->file, t->v[item.from].line,
                 "ORDER BY %s, which may be NULL, differs between the engines; say NULLS FIRST or "
                 "NULLS LAST",
                 operand_name(&o));
}

static void check_order(const struct rules *r, size_t i) /* at BY of ORDER BY */
{
    struct spans items = tok_list(r->t, i + 1, tok_until(r->t, i + 1, ends_order));
    for (size_t k = 0; k < items.n; k++)
        check_order_item(r, items.v[k]);
}

/* ---- lists ---- */

static bool is_limit(const struct tok *t)
{
    return tok_is(t, "LIMIT");
}

static void check_limit(const struct query *q, const struct toks *t)
{
    bool is_limited = tok_is(&t->v[tok_until(t, 0, is_limit)], "LIMIT");
    if (q->kind == Q_MANY && !is_limited && !q->all_line)
        complain(q->file, q->line,
                 "%.*s has no LIMIT; add one, or `-- all: why the list is always short`",
                 STR_FMT(q->name));
    if (is_limited && q->all_line)
        complain(q->file, q->all_line, "`all:` is said of a query with LIMIT; drop one");
}

/* `SUM (`, `ORDER BY`: the words around decide what a token is. */
static bool is_aggregate(const struct toks *t, size_t i)
{
    return (tok_is(&t->v[i], "SUM") || tok_is(&t->v[i], "COUNT")) && tok_is(&t->v[i + 1], "(");
}
static bool follows(const struct toks *t, size_t i, const char *before, const char *word)
{
    return i > 2 && tok_is(&t->v[i], word) && tok_is(&t->v[i - 1], before);
}

static void check_token(const struct rules *r, size_t i)
{
    const struct tok *k = &r->t->v[i];
    if (is_comparison(k))
        check_comparison(r, i);
    else if (tok_is(k, "+") || tok_is(k, "-"))
        check_sum(r, i);
    else if (tok_is(k, "BETWEEN") || tok_is(k, "IN"))
        check_phrase(r, i);
    else if (follows(r->t, i, "DISTINCT", "FROM"))
        check_distinct_from(r, i);
    else if (tok_is(k, "INTO"))
        check_insert(r, i);
    else if (is_aggregate(r->t, i))
        check_aggregate(r, i);
    else if (follows(r->t, i, "ORDER", "BY"))
        check_order(r, i);
}

static void check_body(const struct model *m, struct query *q, const struct toks *t)
{
    struct rules r = {.m = m, .q = q, .t = t, .refs = refs_read(m, t)};
    for (size_t i = 0; i < t->n && t->v[i].kind != T_END; i++)
        check_token(&r, i);
    check_limit(q, t);
}

/* SQLite never sees the PostgreSQL body: rights are checked by the names of its tables. */
static void check_pg_rights(const struct model *m, const struct room *room, const struct query *q)
{
    struct refs refs = refs_read(m, &q->pg);
    for (size_t i = 0; i < refs.v.n; i++) {
        const struct ref *ref = &refs.v.v[i];
        if (!ref->table || !ref->table->room) continue;
        bool is_allowed =
            ref->is_target ? ref->table->room == room : room_may_read(room, ref->table->room);
        if (!is_allowed)
            complain(q->file, q->pg.v[ref->at].line,
                     "room %.*s %s %.*s of room %.*s; see its DEPS and the owner's door",
                     STR_FMT(room->name), ref->is_target ? "writes" : "reads", STR_FMT(ref->name),
                     STR_FMT(ref->table->room->name));
    }
}

void rules_check(const struct model *m, const struct room *room, struct query *q)
{
    check_body(m, q, &q->sqlite);
    if (q->is_shared) return;
    check_body(m, q, &q->pg);
    check_pg_rights(m, room, q);
}
