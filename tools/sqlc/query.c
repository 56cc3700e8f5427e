/* query.c — <room>.sql: a header of comment lines, then one statement (or one per engine). */
#include "sqlc.h"

struct reader {
    const char *file;
    struct str room;
    struct toks t;
    size_t at;
    struct queries *out;
};

/* The text of a comment without `--` and blanks. */
static struct str comment_text(const struct tok *t)
{
    return str_trim(str_from(t->s, 2));
}

static struct str take_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    struct str w = str_first(*rest, n);
    *rest = str_trim(str_from(*rest, n));
    return w;
}

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || c == '_';
        if (!is_letter && !(i > 0 && c >= '0' && c <= '9')) return false;
    }
    return s.n > 0;
}

/* Names that the generated C already uses, and C's own words. */
static bool is_taken_in_c(struct str s)
{
    static const char *const words[] = {"db",       "a",           "ret",
                                        "ret_n",    "ret_changed", "each",
                                        "ctx",      "args",        "auto",
                                        "bool",     "break",       "case",
                                        "char",     "const",       "constexpr",
                                        "continue", "default",     "do",
                                        "double",   "else",        "enum",
                                        "extern",   "false",       "float",
                                        "for",      "goto",        "if",
                                        "inline",   "int",         "long",
                                        "nullptr",  "register",    "restrict",
                                        "return",   "short",       "signed",
                                        "sizeof",   "static",      "static_assert",
                                        "struct",   "switch",      "thread_local",
                                        "true",     "typedef",     "typeof",
                                        "union",    "unsigned",    "void",
                                        "volatile", "while",       "asm",
                                        "alignas",  "alignof",     NULL};
    for (int i = 0; words[i]; i++)
        if (str_eq(s, str_of(words[i]))) return true;
    return false;
}

bool is_c_name(struct str s)
{
    return is_name(s) && !is_taken_in_c(s);
}

/* `-- name :kind`; false when the line is no head of a query. */
static bool is_head(const struct tok *t, struct str *ret_name, struct str *ret_kind)
{
    if (t->kind != T_COMMENT) return false;
    struct str rest = comment_text(t);
    *ret_name = take_word(&rest);
    *ret_kind = rest;
    return is_name(*ret_name) && rest.n > 1 && rest.p[0] == ':' && str_find_char(rest, ' ') < 0;
}

/* `name type`, `name type?`, `name type!`. */
static bool read_typed(const struct query *q, struct str piece, int line, struct out *ret)
{
    struct str rest = piece, name = take_word(&rest), word = rest;
    char mark = ' ';
    if (word.n && (word.p[word.n - 1] == '?' || word.p[word.n - 1] == '!')) {
        mark = word.p[word.n - 1];
        word = str_first(word, word.n - 1);
    }
    struct type type = type_of_word(word);
    if (!is_name(name) || type.word == W_NONE) {
        complain(q->file, line,
                 "`%.*s` is no name and type word; write as `code code` or `left satang?`; the words are " TYPE_WORDS,
                 STR_FMT(str_trim(piece)));
        return false;
    }
    if (is_taken_in_c(name)) {
        complain(q->file, line, "the name %.*s is taken in C; choose another", STR_FMT(name));
        return false;
    }
    if (type.word == W_FLAG && mark == '?')
        complain(q->file, line,
                 "the flag %.*s may be NULL, which no flag may; write COALESCE(…, 0) or a code",
                 STR_FMT(name));
    *ret = (struct out){.name = name, .type = type, .mark = mark, .line = line};
    return true;
}

static void read_in(struct query *q, struct str rest, int line)
{
    struct str piece;
    while (str_split(&rest, ',', &piece)) {
        struct out o;
        if (!read_typed(q, piece, line, &o)) continue;
        if (query_param(q, o.name, NULL))
            complain(q->file, line, "the parameter %.*s is stated twice; drop one",
                     STR_FMT(o.name));
        else if (o.mark == '!')
            complain(q->file, line, "`!` has no meaning for the parameter %.*s; drop it",
                     STR_FMT(o.name));
        else
            *PUSH(&q->params) = (struct param){o.name, o.type, o.mark == '?', line};
    }
    if (q->params.n > 200) complain(q->file, line, "more than 200 parameters; split the statement");
}

static void read_out(struct query *q, struct str rest, int line)
{
    struct str piece;
    while (str_split(&rest, ',', &piece)) {
        struct out o;
        if (!read_typed(q, piece, line, &o)) continue;
        for (size_t i = 0; i < q->outs.n; i++)
            if (str_eq(q->outs.v[i].name, o.name))
                complain(q->file, line, "the column %.*s is stated twice; drop one",
                         STR_FMT(o.name));
        *PUSH(&q->outs) = o;
    }
}

/* `alias: reason`; the reason is for people, but it must be there. */
static void read_scan(struct query *q, struct str rest, int line)
{
    ptrdiff_t colon = str_find_char(rest, ':');
    if (colon < 1 || str_trim(str_from(rest, (size_t)colon + 1)).n == 0) {
        complain(
            q->file, line,
            "a full scan without its reason; write `-- scan alias: why the table stays small`");
        return;
    }
    *PUSH(&q->scans) =
        (struct scan){.alias = str_trim(str_first(rest, (size_t)colon)), .line = line};
}

static void read_header_line(struct query *q, const struct tok *t)
{
    struct str rest = comment_text(t), word = take_word(&rest);
    if (str_eq(word, STR("in")))
        read_in(q, rest, t->line);
    else if (str_eq(word, STR("out")))
        read_out(q, rest, t->line);
    else if (str_eq(word, STR("scan")))
        read_scan(q, rest, t->line);
    else if (str_eq(word, STR("all:"))) {
        q->all_line = t->line;
        if (rest.n == 0)
            complain(q->file, t->line, "no reason; write `-- all: why the list is always short`");
    } else if (str_eq(word, STR("#")))
        *PUSH(&q->prose) = rest;
    else
        complain(q->file, t->line,
                 "`-- %.*s` is no line of a header; there are `in`, `out`, `scan`, `all:`, `#` "
                 "(prose), `sqlite`, `pg`",
                 STR_FMT(word));
}

static bool is_part_mark(const struct tok *t, const char *with, const char *without)
{
    struct str s = comment_text(t);
    return t->kind == T_COMMENT && (str_eq(s, str_of(with)) || str_eq(s, str_of(without)));
}

/* The tokens of one statement up to its `;`, without comments. */
static struct toks read_body(struct reader *r, const struct query *q)
{
    struct toks out = {};
    int line = r->t.v[r->at].line;
    for (; r->t.v[r->at].kind != T_END && !tok_is(&r->t.v[r->at], ";"); r->at++) {
        const struct tok *t = &r->t.v[r->at];
        struct str name, kind;
        if (is_head(t, &name, &kind)) break;
        if (t->kind != T_COMMENT) *PUSH(&out) = *t;
    }
    if (tok_is(&r->t.v[r->at], ";"))
        r->at++;
    else
        complain(r->file, line, "the statement of %.*s has no end; close it with a semicolon",
                 STR_FMT(q->name));
    if (out.n == 0)
        complain(r->file, line, "%.*s has no statement; write one after the header",
                 STR_FMT(q->name));
    PUSH(&out)->line = line;
    return out;
}

static void read_bodies(struct reader *r, struct query *q)
{
    bool has_sqlite = false, has_pg = false;
    while (is_part_mark(&r->t.v[r->at], "sqlite:", "sqlite") ||
           is_part_mark(&r->t.v[r->at], "pg:", "pg")) {
        bool is_pg = is_part_mark(&r->t.v[r->at], "pg:", "pg");
        r->at++;
        struct toks body = read_body(r, q);
        if (is_pg ? has_pg : has_sqlite)
            complain(r->file, r->t.v[r->at - 1].line, "two bodies for one engine; drop one");
        if (is_pg)
            q->pg = body;
        else
            q->sqlite = body;
        has_pg |= is_pg;
        has_sqlite |= !is_pg;
    }
    if (has_sqlite != has_pg)
        complain(r->file, q->line, "%.*s has a body for one engine only; write the other too",
                 STR_FMT(q->name));
    if (has_sqlite || has_pg) return;
    q->is_shared = true;
    q->sqlite = q->pg = read_body(r, q);
}

static void check_name(const struct reader *r, const struct query *q)
{
    if (q->name.n <= r->room.n + 1 || !str_starts(q->name, r->room) || q->name.p[r->room.n] != '_')
        complain(q->file, q->line,
                 "the name %.*s does not start with %.*s_; write <room>_verb_object",
                 STR_FMT(q->name), STR_FMT(r->room));
    for (size_t i = 0; i + 1 < r->out->n; i++)
        if (str_eq(r->out->v[i].name, q->name))
            complain(q->file, q->line, "%.*s stands already in line %d; choose another name",
                     STR_FMT(q->name), r->out->v[i].line);
}

static void read_query(struct reader *r, struct str name, struct str kind)
{
    static const char *const kinds[] = {":one", ":many", ":exec", ":each"};
    int before = complaints;
    struct query *q = PUSH(r->out);
    q->file = r->file;
    q->line = r->t.v[r->at].line;
    q->name = name;
    bool is_known = false;
    for (int i = 0; i < 4; i++)
        if (str_eq(kind, str_of(kinds[i]))) {
            q->kind = (enum kind)i;
            is_known = true;
        }
    if (!is_known)
        complain(q->file, q->line, "unknown kind %.*s; it is :one, :many, :exec or :each",
                 STR_FMT(kind));
    check_name(r, q);
    for (r->at++; r->t.v[r->at].kind == T_COMMENT; r->at++) {
        const struct tok *t = &r->t.v[r->at];
        if (is_part_mark(t, "sqlite:", "sqlite") || is_part_mark(t, "pg:", "pg")) break;
        struct str n, k;
        if (is_head(t, &n, &k)) break;
        if (comment_text(t).n) read_header_line(q, t);
    }
    read_bodies(r, q);
    q->is_broken = complaints != before;
}

/* Prose between queries is free, but what looks like a line of a header is a mistyped one: it would
 * be lost without a word. */
static void check_between(const struct reader *r, const struct tok *t)
{
    if (t->kind != T_COMMENT) {
        complain(r->file, t->line,
                 "a statement without a name; write `-- %.*s_verb_object :one` above it",
                 STR_FMT(r->room));
        return;
    }
    static const char *const words[] = {"in",      "out", "scan", "all:", "sqlite",
                                        "sqlite:", "pg",  "pg:",  NULL};
    struct str rest = comment_text(t), word = take_word(&rest);
    bool is_header = rest.n > 1 && rest.p[0] == ':' && rest.p[1] != ' ';
    for (int i = 0; words[i]; i++)
        is_header |= str_eq(word, str_of(words[i]));
    if (is_header)
        complain(r->file, t->line,
                 "`-- %.*s` stands before no query's head; put it under `-- name :kind`, or begin "
                 "prose with `-- # `",
                 STR_FMT(word));
}

void queries_read(const char *file, struct str text, struct str room, struct queries *ret)
{
    struct reader r = {.file = file, .room = room, .t = lex(file, text, false), .out = ret};
    while (r.t.v[r.at].kind != T_END) {
        struct str name, kind;
        const struct tok *t = &r.t.v[r.at];
        if (is_head(t, &name, &kind)) {
            read_query(&r, name, kind);
            continue;
        }
        check_between(&r, t);
        if (t->kind == T_COMMENT)
            r.at++;
        else
            r.at = tok_statement(&r.t, r.at); /* one complaint for the whole statement */
    }
}

const struct param *query_param(const struct query *q, struct str name, size_t *ret_number)
{
    for (size_t i = 0; i < q->params.n; i++) {
        if (!str_eq(q->params.v[i].name, name)) continue;
        if (ret_number) *ret_number = i + 1;
        return &q->params.v[i];
    }
    return NULL;
}

struct str query_sql(const struct query *q, enum part dialect, bool keep_lines)
{
    struct toks compared = dialect == PART_SQLITE ? tok_lists_compared(&q->sqlite) : q->pg;
    const struct toks *t = &compared;
    struct buf b = buf_in(mem, (size_t)1 << 20);
    int line = t->n ? t->v[0].line : 0;
    for (size_t i = 0; i < t->n && t->v[i].kind != T_END; i++) {
        const struct tok *k = &t->v[i];
        for (; keep_lines && line < k->line; line++)
            buf_putc(&b, '\n');
        size_t number = 0;
        if (k->kind != T_PARAM)
            put_tok(&b, k, i == 0);
        else {
            (void)query_param(q, k->s, &number);
            if (k->is_spaced) buf_putc(&b, ' ');
            buf_printf(&b, "%c%zu", dialect == PART_PG ? '$' : '?', number);
        }
        for (size_t c = 0; keep_lines && c < k->s.n; c++)
            line += k->s.p[c] == '\n';
    }
    return buf_str(&b);
}
