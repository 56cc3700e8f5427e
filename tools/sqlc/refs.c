/* refs.c — a statement's tables and aliases, and which of them an outer join may leave NULL.
 * It reads tokens, not a full grammar: it may fail to see something (then nothing is refused),
 * but what it sees is so. */
#include "sqlc.h"

/* ---- operands ---- */

static bool is_plain_word(const struct tok *t)
{
    return t->kind == T_WORD && !is_keyword(t->s);
}

bool operand_from(const struct toks *t, size_t at, struct operand *ret)
{
    *ret = (struct operand){.from = at, .to = at + 1, .name = t->v[at].s};
    if (t->v[at].kind == T_PARAM) {
        ret->is_param = true;
        return true;
    }
    if (!is_plain_word(&t->v[at])) return false;
    ret->is_column = true;
    if (tok_is(&t->v[at + 1], "(")) return false;
    if (!tok_is(&t->v[at + 1], ".")) return true;
    ret->alias = t->v[at].s;
    ret->name = t->v[at + 2].s;
    ret->to = at + 3;
    return t->v[at + 2].kind == T_WORD;
}

bool operand_before(const struct toks *t, size_t end, struct operand *ret)
{
    if (end == 0) return false;
    size_t at = end - 1;
    if (at >= 2 && tok_is(&t->v[at - 1], ".") && t->v[at - 2].kind == T_WORD) at -= 2;
    return operand_from(t, at, ret) && ret->to == end;
}

/* ---- the outermost select list ---- */

static bool ends_select_list(const struct tok *t)
{
    static const char *const words[] = {"FROM",  "WHERE",  "GROUP",     "HAVING", "ORDER", "LIMIT",
                                        "UNION", "EXCEPT", "INTERSECT", "WINDOW", NULL};
    return tok_is_any(t, words);
}

static bool is_select(const struct tok *t)
{
    return tok_is(t, "SELECT");
}
static bool is_returning(const struct tok *t)
{
    return tok_is(t, "RETURNING");
}

struct spans select_items(const struct toks *t)
{
    size_t returning = tok_until(t, 0, is_returning), from = tok_until(t, 0, is_select);
    if (t->v[returning].kind != T_END) return tok_list(t, returning + 1, t->n - 1);
    if (t->v[from].kind == T_END) return (struct spans){};
    from++;
    if (tok_is(&t->v[from], "DISTINCT") || tok_is(&t->v[from], "ALL")) from++;
    return tok_list(t, from, tok_until(t, from, ends_select_list));
}

bool has_compound(const struct toks *t, bool is_anywhere)
{
    int depth = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (tok_is(&t->v[i], "(")) depth++;
        if (tok_is(&t->v[i], ")")) depth--;
        bool is_one = tok_is(&t->v[i], "UNION") || tok_is(&t->v[i], "EXCEPT") ||
                      tok_is(&t->v[i], "INTERSECT");
        if (is_one && (is_anywhere || depth == 0)) return true;
    }
    return false;
}

/* ---- tables ---- */

struct walk {
    const struct model *m;
    const struct toks *t;
    struct refs *r;
    int depth;
};

static size_t read_ref(struct walk *w, size_t at, bool is_optional, bool is_target)
{
    const struct toks *t = w->t;
    struct ref ref = {
        .at = at, .depth = w->depth, .is_optional = is_optional, .is_target = is_target};
    ref.is_insert = is_target && at > 0 && tok_is(&t->v[at - 1], "INTO");
    size_t next = at + 1;
    if (tok_is(&t->v[at], "(")) {
        size_t close = tok_close(t, at);
        ref.body = (struct span){at, close};
        next = close + 1;
    } else if (is_plain_word(&t->v[at])) {
        ref.name = ref.alias = t->v[at].s;
        ref.table = model_table(w->m, ref.name);
    } else
        return at;
    if (tok_is(&t->v[next], "AS")) next++;
    if (is_plain_word(&t->v[next])) ref.alias = t->v[next++].s;
    *PUSH(&w->r->v) = ref;
    return next;
}

/* FROM a, b: every item up to the first JOIN or the next clause. A subquery's own FROM is found by
 * the walk when it comes to it. */
static void read_from(struct walk *w, size_t at)
{
    for (;;) {
        size_t next = read_ref(w, at, false, false);
        if (next == at || !tok_is(&w->t->v[next], ",")) return;
        at = next + 1;
    }
}

static bool is_distinct_from(const struct toks *t, size_t i)
{
    return i > 0 && tok_is(&t->v[i - 1], "DISTINCT");
}

static void read_join(struct walk *w, size_t i)
{
    const struct toks *t = w->t;
    size_t before = i > 0 && tok_is(&t->v[i - 1], "OUTER") ? 2 : 1;
    const struct tok *side = i >= before ? &t->v[i - before] : NULL;
    if (side && (tok_is(side, "RIGHT") || tok_is(side, "FULL"))) w->r->has_full_join = true;
    (void)read_ref(w, i + 1, side && tok_is(side, "LEFT"), false);
}

/* `name [(columns)] AS [NOT] [MATERIALIZED] (`, after WITH, RECURSIVE or a comma. */
static void read_cte(struct walk *w, size_t i)
{
    const struct toks *t = w->t;
    if (!is_plain_word(&t->v[i])) return;
    size_t at = i + 1;
    if (tok_is(&t->v[at], "(")) at = tok_close(t, at) + 1;
    if (at >= t->n || !tok_is(&t->v[at], "AS")) return;
    at++;
    if (tok_is(&t->v[at], "NOT")) at++;
    if (tok_is(&t->v[at], "MATERIALIZED")) at++;
    if (!tok_is(&t->v[at], "(")) return;
    size_t close = tok_close(t, at);
    /* kept apart from the tables by its empty name; the name is its alias */
    *PUSH(&w->r->v) = (struct ref){.alias = t->v[i].s, .body = {at, close}, .at = i, .depth = -1};
    if (tok_is(&t->v[close + 1], ",")) read_cte(w, close + 2);
}

static void read_clause(struct walk *w, size_t i)
{
    const struct toks *t = w->t;
    if (tok_is(&t->v[i], "FROM") && !is_distinct_from(t, i)) {
        if (i > 0 && tok_is(&t->v[i - 1], "DELETE"))
            (void)read_ref(w, i + 1, false, true);
        else
            read_from(w, i + 1);
    } else if (tok_is(&t->v[i], "JOIN"))
        read_join(w, i);
    else if (tok_is(&t->v[i], "INTO"))
        (void)read_ref(w, i + 1, false, true);
    else if (tok_is(&t->v[i], "UPDATE") &&
             !(i > 0 && (tok_is(&t->v[i - 1], "DO") || tok_is(&t->v[i - 1], "FOR"))))
        (void)read_ref(w, i + 1, false, true);
    else if (tok_is(&t->v[i], "WITH"))
        read_cte(w, tok_is(&t->v[i + 1], "RECURSIVE") ? i + 2 : i + 1);
}

static const struct ref *find_cte(const struct refs *r, struct str name)
{
    for (size_t i = 0; i < r->v.n; i++)
        if (r->v.v[i].depth == -1 && str_eq_nocase(r->v.v[i].alias, name)) return &r->v.v[i];
    return NULL;
}

static bool is_within(const struct ref *inner, struct span body)
{
    return inner->at > body.from && inner->at < body.to;
}

/* What lies inside an optional subquery or CTE is optional itself. Bodies nest a few deep. */
static void spread_optional(struct refs *r)
{
    for (int round = 0; round < 4; round++)
        for (size_t i = 0; i < r->v.n; i++) {
            struct ref *o = &r->v.v[i];
            if (!o->is_optional) continue;
            const struct ref *cte = o->table || o->name.n == 0 ? NULL : find_cte(r, o->name);
            struct span body = cte ? cte->body : o->body;
            for (size_t k = 0; k < r->v.n; k++)
                if (r->v.v[k].depth >= 0 && is_within(&r->v.v[k], body))
                    r->v.v[k].is_optional = true;
        }
}

struct refs refs_read(const struct model *m, const struct toks *t)
{
    struct refs r = {};
    struct walk w = {.m = m, .t = t, .r = &r};
    for (size_t i = 0; t->v[i].kind != T_END; i++) {
        if (tok_is(&t->v[i], "(")) w.depth++;
        if (tok_is(&t->v[i], ")")) w.depth--;
        if (t->v[i].kind == T_WORD) read_clause(&w, i);
    }
    for (size_t i = 0; i < r.v.n; i++) /* a CTE hides a table of its name */
        if (r.v.v[i].depth >= 0 && !r.v.v[i].is_target && find_cte(&r, r.v.v[i].name))
            r.v.v[i].table = NULL;
    spread_optional(&r);
    return r;
}

/* ---- columns ---- */

static struct found of_alias(const struct refs *r, struct str alias, struct str name)
{
    struct found f = {};
    size_t hits = 0;
    for (size_t i = 0; i < r->v.n; i++) {
        const struct ref *ref = &r->v.v[i];
        bool is_excluded = ref->is_target && word_is(alias, "excluded");
        if (ref->depth < 0 || !(is_excluded || str_eq_nocase(ref->alias, alias))) continue;
        const struct column *c = ref->table ? table_column(ref->table, name) : NULL;
        if (hits++ && c != f.column) return (struct found){}; /* one alias, two tables */
        f = (struct found){c, f.is_optional || ref->is_optional || r->has_full_join, c != NULL};
    }
    return f;
}

struct found refs_find(const struct refs *r, struct str alias, struct str name)
{
    if (alias.n) return of_alias(r, alias, name);
    struct found f = {};
    bool has_derived = false; /* the name may also come out of a CTE, a subquery or a view */
    for (size_t i = 0; i < r->v.n; i++) {
        const struct ref *ref = &r->v.v[i];
        if (ref->depth < 0) continue;
        has_derived |= !ref->table || ref->table->is_view;
        const struct column *c = ref->table ? table_column(ref->table, name) : NULL;
        if (!c) continue;
        if (ref->is_target && !ref->is_insert) return (struct found){c, false, true};
        if (f.column &&
            (!type_eq(f.column->type, c->type) || f.column->is_nullable != c->is_nullable))
            return (struct found){};
        f = (struct found){c, f.is_optional || ref->is_optional || r->has_full_join, true};
    }
    f.is_direct = f.is_direct && !has_derived;
    return f;
}

bool refs_table_is_optional(const struct refs *r, struct str table)
{
    if (r->has_full_join) return true;
    for (size_t i = 0; i < r->v.n; i++) {
        const struct ref *ref = &r->v.v[i];
        if (ref->depth < 0 || !ref->is_optional || !ref->table) continue;
        if (str_eq_nocase(ref->name, table)) return true;
        for (size_t k = 0; ref->table->is_view && k < ref->table->body.n; k++)
            if (tok_is(&ref->table->body.v[k], str_z(mem, table))) return true;
    }
    return false;
}
