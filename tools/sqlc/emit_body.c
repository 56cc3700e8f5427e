/* emit_body.c — the generated functions. Small helpers are written into the file only where a
 * function uses them, so that it compiles without an unused one. */
#include "sqlc.h"

enum helper {
    H_INT,
    H_OPT,
    H_TEXT,
    H_BYTES,
    H_DATE,
    H_OPT_DATE,
    H_KEEP,
    H_KEEP_BYTES,
    H_READ_DATE,
    H_NOT_NULL,
    H_N
};
static const char *const helpers[H_N] = {
    [H_INT] = "static struct db_value of_int(int64_t v)\n"
              "{\n    return (struct db_value){.kind = DB_INT, .i = v};\n}\n\n",
    [H_OPT] = "static struct db_value of_opt(bool has, int64_t v)\n"
              "{\n    return (struct db_value){.kind = has ? DB_INT : DB_NULL, .i = v};\n}\n\n",
    [H_TEXT] = "static struct db_value of_text(struct str s)\n"
               "{\n    return (struct db_value){.kind = s.p ? DB_TEXT : DB_NULL, .s = s};\n}\n\n",
    [H_BYTES] = "static struct db_value of_bytes(struct str s)\n"
                "{\n    return (struct db_value){.kind = s.p ? DB_BYTES : DB_NULL, .s = s};\n}\n\n",
    [H_DATE] = "/* ISO text, in the caller's ten bytes. */\n"
               "static struct db_value of_date(struct date d, char iso[10])\n"
               "{\n"
               "    int y = d.year, m = d.month, day = d.day;\n"
               "    const int digits[10] = {y / 1000, y / 100, y / 10, y, -1, m / 10, m, -1, day / "
               "10, day};\n"
               "    for (int i = 0; i < 10; i++) iso[i] = digits[i] < 0 ? '-' : (char)('0' + "
               "digits[i] % 10);\n"
               "    return (struct db_value){.kind = DB_TEXT, .s = {iso, 10}};\n"
               "}\n\n",
    [H_OPT_DATE] =
        "static struct db_value of_opt_date(struct opt_date d, char iso[10])\n"
        "{\n    return d.has ? of_date(d.v, iso) : (struct db_value){.kind = DB_NULL};\n}\n\n",
    [H_KEEP] = "static struct str keep_text(const struct db_rows *rows, int col, struct arena *a)\n"
               "{\n    struct str s = db_rows_text(rows, col);\n    return s.p ? str_copy(a, s) : "
               "s;\n}\n\n",
    [H_KEEP_BYTES] =
        "static struct str keep_bytes(const struct db_rows *rows, int col, struct arena *a)\n"
        "{\n    struct str s = db_rows_bytes(rows, col);\n    return s.p ? str_copy(a, s) : "
        "s;\n}\n\n",
    [H_READ_DATE] = "static enum err read_date(const struct db_rows *rows, int col, const char "
                    "*what, struct date *ret)\n"
                    "{\n"
                    "    struct str s = db_rows_text(rows, col);\n"
                    "    if (date_parse_iso(s, ret) == ERR_OK) return ERR_OK;\n"
                    "    return err_note(ERR_INTERNAL, \"%s: the stored day is none: %.*s\", what, "
                    "(int)s.n, s.p ? s.p : \"\");\n"
                    "}\n\n",
    [H_NOT_NULL] =
        "/* Said in the .sql never to be NULL, and not proven by the schema. */\n"
        "static enum err not_null(const struct db_rows *rows, int col, const char *what)\n"
        "{\n"
        "    if (!db_rows_is_null(rows, col)) return ERR_OK;\n"
        "    return err_note(ERR_INTERNAL, \"%s is NULL, which its -- out denies\", what);\n"
        "}\n\n",
};

struct writer {
    struct buf b;
    bool uses[H_N];
};

static const char *use(struct writer *w, enum helper h)
{
    static const char *const names[H_N] = {"of_int",    "of_opt",      "of_text",   "of_bytes",
                                           "of_date",   "of_opt_date", "keep_text", "keep_bytes",
                                           "read_date", "not_null"};
    w->uses[h] = true;
    if (h == H_OPT_DATE) w->uses[H_DATE] = true;
    return names[h];
}

/* ---- parameters ---- */

static void put_param(struct writer *w, const struct query *q, const struct param *p)
{
    struct buf *b = &w->b;
    struct str x =
        str_printf(mem, "%s%.*s", query_has_args_struct(q) ? "args->" : "", STR_FMT(p->name));
    switch (p->type.word) {
    case W_TEXT:
    case W_CODE:
    case W_SORT_KEY: buf_printf(b, "%s(%.*s)", use(w, H_TEXT), STR_FMT(x)); break;
    case W_BYTES: buf_printf(b, "%s(%.*s)", use(w, H_BYTES), STR_FMT(x)); break;
    case W_DATE:
        buf_printf(b, "%s(%.*s, iso_%.*s)", use(w, p->is_nullable ? H_OPT_DATE : H_DATE),
                   STR_FMT(x), STR_FMT(p->name));
        break;
    case W_ID:
        if (p->is_nullable)
            buf_printf(b, "%s(%.*s.v != 0, %.*s.v)", use(w, H_OPT), STR_FMT(x), STR_FMT(x));
        else
            buf_printf(b, "%s(%.*s.v)", use(w, H_INT), STR_FMT(x));
        break;
    case W_COUNT:
    case W_INT:
        if (p->is_nullable)
            buf_printf(b, "%s(%.*s.has, %.*s.v)", use(w, H_OPT), STR_FMT(x), STR_FMT(x));
        else
            buf_printf(b, "%s(%.*s)", use(w, H_INT), STR_FMT(x));
        break;
    case W_FLAG: buf_printf(b, "%s(%.*s ? 1 : 0)", use(w, H_INT), STR_FMT(x)); break;
    default:
        if (p->is_nullable)
            buf_printf(b, "%s(%.*s.has, %.*s.v.v)", use(w, H_OPT), STR_FMT(x), STR_FMT(x));
        else
            buf_printf(b, "%s(%.*s.v)", use(w, H_INT), STR_FMT(x));
    }
}

static void put_params(struct writer *w, const struct query *q)
{
    for (size_t i = 0; i < q->params.n; i++)
        if (q->params.v[i].type.word == W_DATE)
            buf_printf(&w->b, "    char iso_%.*s[10];\n", STR_FMT(q->params.v[i].name));
    if (q->params.n == 0) return;
    BUF_LIT(&w->b, "    const struct db_value params_[] = {\n");
    for (size_t i = 0; i < q->params.n; i++) {
        BUF_LIT(&w->b, "        ");
        put_param(w, q, &q->params.v[i]);
        BUF_LIT(&w->b, ",\n");
    }
    BUF_LIT(&w->b, "    };\n");
}

/* ---- rows ---- */

static void put_date(struct writer *w, const struct result *r, int col, struct str what)
{
    struct buf *b = &w->b;
    struct str n = r->name;
    if (!r->is_nullable) {
        buf_printf(b, "    TRY(%s(rows, %d, \"%.*s\", &ret->%.*s));\n", use(w, H_READ_DATE), col,
                   STR_FMT(what), STR_FMT(n));
        return;
    }
    buf_printf(b, "    ret->%.*s = (struct opt_date){};\n", STR_FMT(n));
    buf_printf(b, "    if (!db_rows_is_null(rows, %d)) {\n", col);
    buf_printf(b, "        TRY(%s(rows, %d, \"%.*s\", &ret->%.*s.v));\n", use(w, H_READ_DATE), col,
               STR_FMT(what), STR_FMT(n));
    buf_printf(b, "        ret->%.*s.has = true;\n    }\n", STR_FMT(n));
}

/* Whole numbers in their many structs. */
static void put_number(struct buf *b, const struct result *r, int col)
{
    const char *c = type_c(r->type, r->is_nullable);
    struct str get = str_printf(mem, "%sdb_rows_int(rows, %d)",
                                r->type.word == W_FISCAL_YEAR ? "(int32_t)" : "", col);
    bool is_bare = r->type.word == W_COUNT || r->type.word == W_INT;
    buf_printf(b, "    ret->%.*s = ", STR_FMT(r->name));
    if (r->type.word == W_FLAG)
        buf_printf(b, "%.*s != 0;\n", STR_FMT(get));
    else if (r->type.word == W_ID && r->is_nullable)
        buf_printf(b, "(%s){db_rows_is_null(rows, %d) ? 0 : %.*s};\n", c, col, STR_FMT(get));
    else if (r->is_nullable)
        buf_printf(b, "db_rows_is_null(rows, %d) ? (%s){} : (%s){true, %s%.*s%s};\n", col, c, c,
                   is_bare ? "" : "{", STR_FMT(get), is_bare ? "" : "}");
    else if (is_bare)
        buf_printf(b, "%.*s;\n", STR_FMT(get));
    else
        buf_printf(b, "(%s){%.*s};\n", c, STR_FMT(get));
}

static bool is_kept(const struct query *q) /* does reading a row take from the arena? */
{
    if (q->kind == Q_EACH) return false;
    for (size_t i = 0; i < q->results.n; i++)
        if (type_is_text(q->results.v[i].type) || q->results.v[i].type.word == W_BYTES) return true;
    return false;
}

static void put_result(struct writer *w, const struct query *q, int col)
{
    const struct result *r = &q->results.v[col];
    struct buf *b = &w->b;
    bool is_bytes = r->type.word == W_BYTES;
    struct str what = str_printf(mem, "%.*s.%.*s", STR_FMT(q->name), STR_FMT(r->name));
    if (r->is_promised)
        buf_printf(b, "    TRY(%s(rows, %d, \"%.*s\"));\n", use(w, H_NOT_NULL), col, STR_FMT(what));
    if (r->type.word == W_DATE)
        put_date(w, r, col, what);
    else if (!type_is_text(r->type) && !is_bytes)
        put_number(b, r, col);
    else if (q->kind == Q_EACH)
        buf_printf(b, "    ret->%.*s = %s(rows, %d);\n", STR_FMT(r->name),
                   is_bytes ? "db_rows_bytes" : "db_rows_text", col);
    else
        buf_printf(b, "    ret->%.*s = %s(rows, %d, a);\n", STR_FMT(r->name),
                   use(w, is_bytes ? H_KEEP_BYTES : H_KEEP), col);
}

static void put_reader(struct writer *w, const struct query *q)
{
    buf_printf(&w->b,
               "static enum err read_%.*s(const struct db_rows *rows, %sstruct %.*s_row *ret)\n{\n",
               STR_FMT(q->name), is_kept(q) ? "struct arena *a, " : "", STR_FMT(q->name));
    for (size_t i = 0; i < q->results.n; i++)
        put_result(w, q, (int)i);
    BUF_LIT(&w->b, "    return ERR_OK;\n}\n\n");
}

/* ---- functions ---- */

static void put_open(struct writer *w, const struct query *q)
{
    put_params(w, q);
    buf_printf(&w->b, "    struct db_rows rows_;\n    TRY(%s(db, &sql_%.*s, %s, &rows_));\n",
               q->kind == Q_EACH ? "db_rows_stream" : "db_rows_open", STR_FMT(q->name),
               q->params.n ? "params_" : "NULL");
}

static void put_one(struct writer *w, const struct query *q)
{
    put_open(w, q);
    buf_printf(&w->b,
               "    struct %.*s_row row_ = {};\n"
               "    enum err e_ = db_rows_next(&rows_);\n"
               "    if (e_ == ERR_OK) e_ = read_%.*s(&rows_, %s&row_);\n"
               "    db_rows_close(&rows_);\n"
               "    if (e_ == ERR_OK) *ret = row_;\n"
               "    return e_;\n}\n\n",
               STR_FMT(q->name), STR_FMT(q->name), is_kept(q) ? "a, " : "");
}

static void put_many(struct writer *w, const struct query *q)
{
    put_open(w, q);
    buf_printf(&w->b, "    struct %.*s_row *all_ = NULL;\n", STR_FMT(q->name));
    BUF_LIT(
        &w->b,
        "    size_t n_ = 0, cap_ = 0;\n"
        "    enum err e_;\n"
        "    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {\n"
        "        if (n_ == cap_) {\n"
        "            size_t more_ = cap_ ? cap_ * 2 : 16;\n"
        "            all_ = cap_ ? arena_grow(a, all_, cap_ * sizeof *all_, more_ * sizeof *all_)\n"
        "                        : arena_alloc(a, more_ * sizeof *all_);\n"
        "            cap_ = more_;\n"
        "        }\n");
    buf_printf(&w->b, "        e_ = read_%.*s(&rows_, %s&all_[n_]);\n", STR_FMT(q->name),
               is_kept(q) ? "a, " : "");
    BUF_LIT(&w->b, "        if (e_ != ERR_OK) break;\n"
                   "        n_++;\n"
                   "    }\n"
                   "    db_rows_close(&rows_);\n"
                   "    if (e_ != ERR_NOT_FOUND) return e_;\n"
                   "    *ret = all_;\n"
                   "    *ret_n = n_;\n"
                   "    return ERR_OK;\n}\n\n");
}

static void put_each(struct writer *w, const struct query *q)
{
    BUF_LIT(&w->b, "    (void)a;\n");
    put_open(w, q);
    buf_printf(&w->b,
               "    struct %.*s_row row_;\n"
               "    enum err e_, told_ = ERR_OK;\n"
               "    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {\n"
               "        e_ = told_ = read_%.*s(&rows_, &row_);\n"
               "        if (told_ == ERR_OK) told_ = each(ctx, &row_);\n"
               "        if (told_ != ERR_OK) break;\n"
               "    }\n"
               "    db_rows_close(&rows_);\n"
               "    if (told_ != ERR_OK) return told_;\n"
               "    return e_ == ERR_NOT_FOUND ? ERR_OK : e_;\n}\n\n",
               STR_FMT(q->name), STR_FMT(q->name));
}

static void put_function(struct writer *w, const struct query *q)
{
    if (q->kind != Q_EXEC) put_reader(w, q);
    emit_prototype(&w->b, q, "\n{");
    switch (q->kind) {
    case Q_ONE:
        if (!is_kept(q)) BUF_LIT(&w->b, "    (void)a;\n");
        put_one(w, q);
        break;
    case Q_MANY: put_many(w, q); break;
    case Q_EACH: put_each(w, q); break;
    case Q_EXEC:
        put_params(w, q);
        buf_printf(&w->b, "    return db_run(db, &sql_%.*s, %s, ret_changed);\n}\n\n",
                   STR_FMT(q->name), q->params.n ? "params_" : "NULL");
    }
}

static void put_sql(struct buf *b, const struct query *q)
{
    buf_printf(b, "static const struct db_sql sql_%.*s = {\n    .name = \"%.*s\",\n    .sqlite = ",
               STR_FMT(q->name), STR_FMT(q->name));
    put_c_string(b, query_sql(q, PART_SQLITE, false));
    BUF_LIT(b, ",\n    .pg = ");
    put_c_string(b, query_sql(q, PART_PG, false));
    buf_printf(b,
               ",\n    .nparam = %zu,\n    .ncol = %zu,\n    .is_write = %s,\n    .pg_types = \"",
               q->params.n, q->results.n, q->is_write ? "true" : "false");
    for (size_t i = 0; i < q->params.n; i++)
        buf_putc(b, word_info(q->params.v[i].type.word)->letter);
    BUF_LIT(b, "\",\n};\n\n");
}

struct str emit_source(struct str room, const char *header, const struct queries *qs)
{
    struct writer w = {.b = buf_in(mem, (size_t)16 << 20)};
    for (size_t i = 0; i < qs->n; i++) {
        put_sql(&w.b, &qs->v[i]);
        put_function(&w, &qs->v[i]);
    }
    struct buf b = buf_in(mem, (size_t)16 << 20);
    buf_printf(&b, "/* Made by sqlc from %.*s.sql: do not edit. */\n#include \"%s\"\n\n",
               STR_FMT(room), header);
    for (int h = 0; h < H_N; h++)
        if (w.uses[h]) buf_put(&b, str_of(helpers[h]));
    buf_put(&b, buf_str(&w.b));
    buf_printf(&b, "const struct db_sql *const %.*s_queries[] = {\n", STR_FMT(room));
    for (size_t i = 0; i < qs->n; i++)
        buf_printf(&b, "    &sql_%.*s,\n", STR_FMT(qs->v[i].name));
    BUF_LIT(&b, "    NULL,\n};\n");
    return buf_str(&b);
}
