/* emit.c — the generated header: a struct a row, a function a query. */
#include <ctype.h>

#include "sqlc.h"

struct str upper(struct str s)
{
    char *p = arena_alloc(mem, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)toupper((unsigned char)s.p[i]);
    return (struct str){p, s.n};
}

void put_c_string(struct buf *b, struct str s)
{
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\n')
            BUF_LIT(b, "\\n\"\n    \"");
        else if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c == '?' && i + 1 < s.n && s.p[i + 1] == '?')
            BUF_LIT(b, "\\?"); /* no trigraph */
        else if ((unsigned char)c < 0x20)
            buf_printf(b, "\\%03o", (unsigned)(unsigned char)c);
        else
            buf_putc(b, c);
    }
    buf_putc(b, '"');
}

bool query_has_args_struct(const struct query *q)
{
    return q->params.n > 6;
}

/* The result of SQL is `struct x name;`, pointers in none. */
static void put_member(struct buf *b, struct type type, bool is_nullable, struct str name)
{
    const char *note = "";
    if (is_nullable && type.word == W_ID)
        note = " /* v == 0: NULL */";
    else if (is_nullable && (type_is_text(type) || type.word == W_BYTES))
        note = " /* p == NULL: NULL */";
    buf_printf(b, "    %s %.*s;%s\n", type_c(type, is_nullable), STR_FMT(name), note);
}

static void put_structs(struct buf *b, const struct query *q)
{
    if (q->results.n) {
        buf_printf(b, "struct %.*s_row {\n", STR_FMT(q->name));
        for (size_t i = 0; i < q->results.n; i++)
            put_member(b, q->results.v[i].type, q->results.v[i].is_nullable, q->results.v[i].name);
        BUF_LIT(b, "};\n");
    }
    if (!query_has_args_struct(q)) return;
    buf_printf(b, "struct %.*s_args {\n", STR_FMT(q->name));
    for (size_t i = 0; i < q->params.n; i++)
        put_member(b, q->params.v[i].type, q->params.v[i].is_nullable, q->params.v[i].name);
    BUF_LIT(b, "};\n");
}

void emit_prototype(struct buf *b, const struct query *q, const char *end)
{
    struct str n = q->name;
    buf_printf(b, "enum err %.*s(struct db *db", STR_FMT(n));
    if (q->kind != Q_EXEC) BUF_LIT(b, ", struct arena *a");
    if (query_has_args_struct(q))
        buf_printf(b, ", const struct %.*s_args *args", STR_FMT(n));
    else
        for (size_t i = 0; i < q->params.n; i++)
            buf_printf(b, ", %s %.*s", type_c(q->params.v[i].type, q->params.v[i].is_nullable),
                       STR_FMT(q->params.v[i].name));
    switch (q->kind) {
    case Q_ONE: buf_printf(b, ", struct %.*s_row *ret", STR_FMT(n)); break;
    case Q_MANY: buf_printf(b, ", struct %.*s_row **ret, size_t *ret_n", STR_FMT(n)); break;
    case Q_EXEC: BUF_LIT(b, ", int64_t *ret_changed"); break;
    case Q_EACH:
        buf_printf(b, ",\n    enum err (*each)(void *ctx, const struct %.*s_row *row), void *ctx",
                   STR_FMT(n));
        break;
    }
    buf_printf(b, ")%s\n", end);
}

static void put_about(struct buf *b, const struct query *q)
{
    static const char *const about[] = {
        [Q_ONE] = "One row, its text in the arena. ERR_NOT_FOUND when there is none.",
        [Q_MANY] = "All rows, in the arena.",
        [Q_EXEC] = "How many rows it changed; ret_changed may be NULL.",
        [Q_EACH] = "Calls `each` with every row; its text is borrowed for the call."};
    buf_printf(b, "/* %s:%d", q->file, q->line);
    for (size_t i = 0; i < q->prose.n; i++)
        buf_printf(b, "\n * %.*s", STR_FMT(q->prose.v[i]));
    buf_printf(b, "\n * %s */\n", about[q->kind]);
}

struct str emit_header(struct str room, const struct queries *qs)
{
    struct buf b = buf_in(mem, (size_t)16 << 20);
    struct str big = upper(room);
    buf_printf(&b, "/* Made by sqlc from %.*s.sql: do not edit. */\n", STR_FMT(room));
    buf_printf(&b, "#ifndef SARN_SQL_%.*s_H\n#define SARN_SQL_%.*s_H\n\n", STR_FMT(big),
               STR_FMT(big));
    BUF_LIT(&b, "#include \"db/ids.h\"\n#include \"db/types.h\"\n\n");
    for (size_t i = 0; i < qs->n; i++) {
        put_structs(&b, &qs->v[i]);
        put_about(&b, &qs->v[i]);
        emit_prototype(&b, &qs->v[i], ";\n");
    }
    buf_printf(
        &b,
        "/* Every statement of the room, NULL at the end: tests prepare each on both engines. */\n"
        "extern const struct db_sql *const %.*s_queries[];\n\n#endif\n",
        STR_FMT(room));
    return buf_str(&b);
}
