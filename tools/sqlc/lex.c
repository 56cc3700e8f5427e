/* lex.c — SQL text to tokens. Only as much of SQL as the checks need: words, numbers, strings,
 * `$name`, operators, comments, and PostgreSQL's $$ bodies in its own parts. */
#include <ctype.h>

#include "sqlc.h"

struct lexer {
    const char *file;
    struct str text;
    size_t at;
    int line;
    bool has_parts, is_spaced;
    enum part part;
    struct toks out;
};

static bool is_word_start(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}
static bool is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}
static char peek(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.n ? l->text.p[l->at + ahead] : '\0';
}

static void push(struct lexer *l, enum tok_kind kind, size_t from, int line)
{
    struct tok *t = PUSH(&l->out);
    *t = (struct tok){kind, l->part, {l->text.p + from, l->at - from}, line, l->is_spaced};
    l->is_spaced = false;
}

/* `-- sqlite:` and the like switch the part; everything else is prose. */
static void comment_line(struct lexer *l)
{
    size_t from = l->at;
    while (l->at < l->text.n && l->text.p[l->at] != '\n')
        l->at++;
    struct str s = str_trim((struct str){l->text.p + from, l->at - from});
    l->is_spaced = true;
    if (!l->has_parts) {
        push(l, T_COMMENT, from, l->line);
        l->out.v[l->out.n - 1].s = s;
        l->is_spaced = true;
        return;
    }
    struct str what = str_trim(str_from(s, 2));
    if (str_eq(what, STR("sqlite:")))
        l->part = PART_SQLITE;
    else if (str_eq(what, STR("pg:")))
        l->part = PART_PG;
    else if (str_eq(what, STR("both:")))
        l->part = PART_BOTH;
    else if (str_eq(what, STR("sqlite")) || str_eq(what, STR("pg")) || str_eq(what, STR("both")))
        complain(l->file, l->line, "an engine's part without its colon; write `-- %.*s:`",
                 STR_FMT(what));
}

static void comment_block(struct lexer *l)
{
    int line = l->line;
    l->at += 2;
    while (l->at < l->text.n && !(peek(l, 0) == '*' && peek(l, 1) == '/')) {
        if (peek(l, 0) == '\n') l->line++;
        l->at++;
    }
    if (l->at >= l->text.n)
        complain(l->file, line, "the comment has no end; close it with */");
    else
        l->at += 2;
    l->is_spaced = true;
}

/* 'it''s' or "name": a doubled quote stays inside. */
static void quoted(struct lexer *l, char quote, enum tok_kind kind)
{
    size_t from = l->at++;
    int line = l->line;
    while (l->at < l->text.n) {
        char c = l->text.p[l->at++];
        if (c == '\n') l->line++;
        if (c != quote) continue;
        if (peek(l, 0) != quote) {
            push(l, kind, from, line);
            return;
        }
        l->at++;
    }
    complain(l->file, line, "the text has no end; close it with %c", quote);
}

/* $$ … $$ or $tag$ … $tag$ (only in a schema's PostgreSQL parts); otherwise a parameter $name. */
static void dollar(struct lexer *l)
{
    size_t from = l->at++;
    while (is_word_char(peek(l, 0)))
        l->at++;
    if (peek(l, 0) != '$' || !l->has_parts) {
        push(l, T_PARAM, from + 1, l->line);
        if (l->out.v[l->out.n - 1].s.n == 0) complain(l->file, l->line, "a lone $; write $name");
        return;
    }
    l->at++;
    struct str tag = {l->text.p + from, l->at - from};
    int line = l->line;
    ptrdiff_t end = str_find(str_from(l->text, l->at), tag);
    if (end < 0) {
        complain(l->file, line, "the body has no end; close it with %.*s", STR_FMT(tag));
        l->at = l->text.n;
        return;
    }
    for (ptrdiff_t i = 0; i < end; i++)
        if (l->text.p[l->at + (size_t)i] == '\n') l->line++;
    l->at += (size_t)end + tag.n;
    push(l, T_DOLLAR, from, line);
}

static void operator_(struct lexer *l)
{
    static const char *const longer[] = {
        "->>", "->", "<>", "<=", ">=", "!=", "==", "||", "::", NULL};
    size_t from = l->at;
    struct str rest = str_from(l->text, l->at);
    for (int i = 0; longer[i]; i++) {
        if (!str_starts(rest, str_of(longer[i]))) continue;
        l->at += strlen(longer[i]);
        push(l, T_OP, from, l->line);
        return;
    }
    l->at++;
    push(l, T_OP, from, l->line);
}

static void number(struct lexer *l)
{
    size_t from = l->at;
    while (is_word_char(peek(l, 0)) || peek(l, 0) == '.')
        l->at++;
    push(l, T_NUMBER, from, l->line);
}

static void word(struct lexer *l)
{
    size_t from = l->at;
    while (is_word_char(peek(l, 0)))
        l->at++;
    push(l, T_WORD, from, l->line);
}

static void stray(struct lexer *l)
{
    complain(l->file, l->line,
             "a character that is no SQL outside a text or comment; quote it with '…'");
    l->at = l->text.n;
}

static void next(struct lexer *l)
{
    char c = peek(l, 0);
    if (c == '\n') l->line++;
    if (isspace((unsigned char)c)) {
        l->is_spaced = true;
        l->at++;
    } else if (c == '-' && peek(l, 1) == '-')
        comment_line(l);
    else if (c == '/' && peek(l, 1) == '*')
        comment_block(l);
    else if (c == '\'')
        quoted(l, c, T_STRING);
    else if (c == '"' || c == '`')
        quoted(l, c, T_QUOTED);
    else if (c == '$')
        dollar(l);
    else if (isdigit((unsigned char)c))
        number(l);
    else if (is_word_start(c))
        word(l);
    else if (strchr("()[]{},;.+-*/%<>=!|&~:?@#^", c) && c)
        operator_(l);
    else
        stray(l);
}

struct toks lex(const char *file, struct str text, bool has_parts)
{
    struct lexer l = {.file = file, .text = text, .line = 1, .has_parts = has_parts};
    while (l.at < l.text.n)
        next(&l);
    l.part = PART_BOTH;
    push(&l, T_END, l.at, l.line);
    return l.out;
}

bool word_is(struct str s, const char *word)
{
    return str_eq_nocase(s, str_of(word));
}

bool tok_is(const struct tok *t, const char *word)
{
    return (t->kind == T_WORD || t->kind == T_OP) && word_is(t->s, word);
}

bool tok_is_any(const struct tok *t, const char *const *words)
{
    for (; *words; words++)
        if (tok_is(t, *words)) return true;
    return false;
}

size_t tok_until(const struct toks *t, size_t from, bool (*is_end)(const struct tok *))
{
    size_t i = from;
    for (int depth = 0; t->v[i].kind != T_END; i++) {
        if (depth == 0 && is_end(&t->v[i])) return i;
        if (tok_is(&t->v[i], "(")) depth++;
        if (tok_is(&t->v[i], ")") && --depth < 0) return i;
    }
    return i;
}

size_t tok_close(const struct toks *t, size_t open)
{
    int depth = 0;
    size_t i = open;
    for (; i < t->n && t->v[i].kind != T_END; i++) {
        if (tok_is(&t->v[i], "(")) depth++;
        if (tok_is(&t->v[i], ")") && --depth == 0) return i;
    }
    return i;
}

/* A trigger's body holds statements: its own end is `END ;` outside any CASE. */
size_t tok_statement(const struct toks *t, size_t from)
{
    bool is_trigger = false;
    int blocks = 0;
    size_t i = from;
    for (; t->v[i].kind != T_END; i++) {
        const struct tok *k = &t->v[i];
        if (i < from + 4 && tok_is(k, "TRIGGER")) is_trigger = true;
        if (is_trigger && (tok_is(k, "BEGIN") || tok_is(k, "CASE"))) blocks++;
        if (is_trigger && tok_is(k, "END")) blocks--;
        if (tok_is(k, ";") && blocks <= 0) return i + 1;
    }
    return i;
}

/* How many tokens `word IN ('a', 'b', 'c')` or `t.word IN (…)` takes from `at` on; `*ret_name` of them are the name.
 * 0: no such thing, or no more than two, which SQLite compares by itself. */
static size_t long_list(const struct toks *t, size_t at, size_t *ret_name)
{
    size_t n = 0, name = at + 2 < t->n && tok_is(&t->v[at + 1], ".") ? 3 : 1, i = at + name + 2;
    if (i >= t->n || t->v[at].kind != T_WORD || tok_is(&t->v[at], "NOT") || !tok_is(&t->v[i - 2], "IN") || !tok_is(&t->v[i - 1], "("))
        return 0;
    *ret_name = name;
    for (; i + 1 < t->n && (t->v[i].kind == T_STRING || t->v[i].kind == T_NUMBER); i += 2, n++)
        if (tok_is(&t->v[i + 1], ")")) return n < 2 ? 0 : i + 2 - at;
    return 0;
}

static void push_word(struct toks *out, struct tok at, enum tok_kind kind, struct str s)
{
    at.kind = kind;
    at.s = s;
    at.is_spaced = true;
    *PUSH(out) = at;
}

struct toks tok_lists_compared(const struct toks *t)
{
    struct toks out = {};
    for (size_t i = 0; i < t->n; i++) {
        size_t name = 0, n = long_list(t, i, &name);
        struct tok line = t->v[i];
        if (n == 0) {
            *PUSH(&out) = t->v[i];
            continue;
        }
        size_t first = i + name + 2;
        for (size_t literal = first; literal < i + n; literal += 2) {
            push_word(&out, line, literal == first ? T_OP : T_WORD, literal == first ? STR("(") : STR("OR"));
            for (size_t k = 0; k < name; k++) push_word(&out, line, t->v[i + k].kind, t->v[i + k].s);
            for (size_t k = 1; k < name; k++) out.v[out.n - k].is_spaced = false; /* t.word */
            push_word(&out, line, T_OP, STR("="));
            push_word(&out, line, t->v[literal].kind, t->v[literal].s);
        }
        push_word(&out, line, T_OP, STR(")"));
        i += n - 1;
    }
    return out;
}

struct toks tok_filter(const struct toks *t, size_t from, size_t to, enum part keep)
{
    struct toks out = {};
    for (size_t i = from; i < to; i++)
        if (t->v[i].kind != T_END && (t->v[i].part == PART_BOTH || t->v[i].part == keep))
            *PUSH(&out) = t->v[i];
    if (keep == PART_SQLITE) out = tok_lists_compared(&out);
    struct tok *end = PUSH(&out);
    end->line = out.n > 1 ? out.v[out.n - 2].line : 0;
    return out;
}

struct spans tok_list(const struct toks *t, size_t from, size_t to)
{
    struct spans out = {};
    int depth = 0;
    size_t start = from;
    for (size_t i = from; i < to; i++) {
        if (tok_is(&t->v[i], "(")) depth++;
        if (tok_is(&t->v[i], ")")) depth--;
        if (depth == 0 && tok_is(&t->v[i], ",")) {
            *PUSH(&out) = (struct span){start, i};
            start = i + 1;
        }
    }
    *PUSH(&out) = (struct span){start, to};
    return out;
}

bool is_keyword(struct str s)
{
    static const char *const words[] = {
        "AND",    "AS",        "BETWEEN", "BY",      "CASE",   "CAST",     "COLLATE",   "CONFLICT",
        "CROSS",  "DEFAULT",   "DELETE",  "DESC",    "ASC",    "DISTINCT", "DO",        "ELSE",
        "END",    "EXCEPT",    "EXISTS",  "FETCH",   "FILTER", "FOR",      "FROM",      "FULL",
        "GROUP",  "HAVING",    "IN",      "INDEXED", "INNER",  "INSERT",   "INTERSECT", "INTO",
        "IS",     "JOIN",      "LEFT",    "LIKE",    "LIMIT",  "NATURAL",  "NOT",       "NULL",
        "NULLS",  "OFFSET",    "ON",      "OR",      "ORDER",  "OUTER",    "OVER",      "PARTITION",
        "RANGE",  "RETURNING", "RIGHT",   "ROWS",    "SELECT", "SET",      "THEN",      "UNION",
        "UPDATE", "USING",     "VALUES",  "WHEN",    "WHERE",  "WINDOW",   "WITH",      "TRUE",
        "FALSE",  "ALL",       "GROUPS",  NULL};
    for (int i = 0; words[i]; i++)
        if (word_is(s, words[i])) return true;
    return false;
}

void put_tok(struct buf *b, const struct tok *t, bool is_first)
{
    if (t->is_spaced && !is_first) buf_putc(b, ' ');
    if (t->kind == T_PARAM) buf_putc(b, '$');
    buf_put(b, t->s);
}
