/* shape.c — see shape.h. PostgreSQL prints its catalogue itself. SQLite tells columns, keys and
 * indexes by pragmas; checks, collations and generated columns stand only in the text of CREATE TABLE,
 * so that is read as tokens here. */
#include "db/shape.h"

#include <ctype.h>
#include <stdlib.h>

struct lines {
    struct arena *arena;
    struct str *p;
    size_t n, cap;
};

/* Lines borrow from the arena; they are sorted at the end. */
static void add_line(struct lines *l, struct str s)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 256, size = sizeof *l->p;
        l->p = arena_grow(l->arena, l->p, l->cap * size, cap * size);
        l->cap = cap;
    }
    l->p[l->n++] = s;
}

/* ---- tokens of SQLite's own texts ---- */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* Where the comment that begins at `i` ends; an open one reaches to the end, as for SQLite. */
static size_t comment_end(struct str s, size_t i)
{
    bool is_line = s.p[i] == '-';
    ptrdiff_t end = str_find(str_from(s, i + 2), is_line ? STR("\n") : STR("*/"));
    return end < 0 ? s.n : i + 2 + (size_t)end + (is_line ? 1 : 2);
}

/* The same for 'text', "name", `name` and [name]. */
static size_t quoted_end(struct str s, size_t i)
{
    char quote = s.p[i] == '[' ? ']' : s.p[i];
    for (i++; i < s.n; i++) {
        if (s.p[i] != quote) continue;
        if (i + 1 < s.n && s.p[i + 1] == quote) /* '' inside a text */
            i++;
        else
            return i + 1;
    }
    return s.n;
}

/* Takes the next token off the front: a word, a quoted thing, or one character. None at the end. */
static struct str next_token(struct str *rest)
{
    struct str s = *rest;
    size_t i = 0;
    while (i < s.n) {
        bool is_comment = i + 1 < s.n && ((s.p[i] == '-' && s.p[i + 1] == '-') ||
                                          (s.p[i] == '/' && s.p[i + 1] == '*'));
        if (is_comment)
            i = comment_end(s, i);
        else if (isspace((unsigned char)s.p[i]))
            i++;
        else
            break;
    }
    if (i >= s.n) return STR_NONE;
    size_t from = i;
    if (strchr("'\"`[", s.p[i]) != NULL)
        i = quoted_end(s, i);
    else if (is_word(s.p[i]))
        while (i < s.n && is_word(s.p[i]))
            i++;
    else
        i++;
    *rest = str_from(s, i);
    return (struct str){s.p + from, i - from};
}

/* "fund" is fund: ALTER TABLE … RENAME puts names into quotes. */
static struct str unquoted(struct str token)
{
    if (token.n < 3 || token.p[0] != '"') return token;
    for (size_t i = 1; i + 1 < token.n; i++)
        if (!is_word(token.p[i])) return token;
    return (struct str){token.p + 1, token.n - 2};
}

/* The text with one blank between tokens, without comments: what was only laid out otherwise is equal. */
static struct str normal(struct arena *a, struct str sql)
{
    struct buf b = buf_in(a, 4 << 20);
    for (struct str t; !str_is_none(t = next_token(&sql));) {
        if (buf_str(&b).n > 0) buf_putc(&b, ' ');
        buf_put(&b, unquoted(t));
    }
    return buf_str(&b);
}

/* The balanced (…) that follows, as tokens. */
static void put_parens(struct buf *b, struct str *rest)
{
    int depth = 0;
    struct str t;
    do {
        t = next_token(rest);
        depth += str_eq(t, STR("(")) ? 1 : str_eq(t, STR(")")) ? -1 : 0;
        if (str_is_none(t)) return;
        buf_putc(b, ' ');
        buf_put(b, unquoted(t));
    } while (depth > 0);
}

/* What the pragmas do not tell: CHECK (…), AS (…), COLLATE x, AUTOINCREMENT, DEFERRABLE. */
static void add_table_text(struct lines *l, struct str table, struct str sql)
{
    for (struct str t; !str_is_none(t = next_token(&sql));) {
        struct buf b = buf_in(l->arena, 1 << 20);
        if (str_eq_nocase(t, STR("check"))) {
            buf_printf(&b, "check %.*s", STR_FMT(table));
            put_parens(&b, &sql);
        } else if (str_eq_nocase(t, STR("as"))) {
            buf_printf(&b, "generated %.*s", STR_FMT(table));
            put_parens(&b, &sql);
        } else if (str_eq_nocase(t, STR("collate"))) {
            buf_printf(&b, "collate %.*s %.*s", STR_FMT(table), STR_FMT(next_token(&sql)));
        } else if (str_eq_nocase(t, STR("autoincrement"))) {
            buf_printf(&b, "autoincrement %.*s", STR_FMT(table));
        } else if (str_eq_nocase(t, STR("deferrable"))) {
            struct str word = next_token(&sql), how = next_token(&sql);
            buf_printf(&b, "deferrable %.*s %.*s %.*s", STR_FMT(table), STR_FMT(word),
                       STR_FMT(how));
        } else {
            continue;
        }
        add_line(l, buf_str(&b));
    }
}

/* ---- queries: kind, name, text ---- */

#define OURS                                                                                       \
    "schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'schema_migration'"
static const struct db_sql SQLITE_FACTS = {
    .name = "shape_facts",
    .sqlite =
        "WITH t AS (SELECT name, type, wr, strict FROM pragma_table_list WHERE " OURS "),"
        /* A key's columns in order, as one text; window order makes group_concat's order sure. */
        " x AS (SELECT t.name AS tbl, il.name AS idx, il.\"unique\" AS uniq, il.origin AS origin,"
        "   ii.seqno AS seqno, ii.name AS col FROM t JOIN pragma_index_list(t.name) il"
        "   JOIN pragma_index_info(il.name) ii WHERE t.type = 'table'),"
        " k AS (SELECT t.name AS tbl, fk.id AS id, fk.seq AS seq, fk.\"table\" AS parent, "
        "fk.\"from\" AS src,"
        "   coalesce(fk.\"to\", '') AS dst, fk.on_update AS upd, fk.on_delete AS del"
        "   FROM t JOIN pragma_foreign_key_list(t.name) fk WHERE t.type = 'table')"
        " SELECT 'table ' || name || CASE strict WHEN 1 THEN ' strict' ELSE '' END ||"
        "   CASE wr WHEN 1 THEN ' without rowid' ELSE '' END FROM t WHERE type = 'table'"
        " UNION ALL SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type ||"
        "   CASE c.\"notnull\" WHEN 1 THEN ' not null' ELSE '' END ||"
        "   coalesce(' default ' || c.dflt_value, '') ||"
        "   CASE WHEN c.hidden > 1 THEN ' generated ' || c.hidden ELSE '' END"
        "   FROM t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table'"
        " UNION ALL SELECT 'primary ' || t.name || '.' || c.name || ' ' || c.pk"
        "   FROM t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND c.pk > 0"
        " UNION ALL SELECT DISTINCT 'unique ' || tbl || ' (' || group_concat(col, ', ') OVER"
        "   (PARTITION BY idx ORDER BY seqno ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED "
        "FOLLOWING) || ')'"
        "   FROM x WHERE origin = 'u'"
        " UNION ALL SELECT DISTINCT 'foreign ' || tbl || ' (' || group_concat(src, ', ') OVER w ||"
        "   ') references ' || parent || ' (' || group_concat(dst, ', ') OVER w || ') update ' || "
        "upd ||"
        "   ' delete ' || del FROM k WINDOW w AS (PARTITION BY tbl, id ORDER BY seq"
        "   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)",
    .ncol = 1,
};
/* What has a text of its own. A virtual table is its text only; its shadow tables are its own affair. */
static const struct db_sql SQLITE_TEXTS = {
    .name = "shape_texts",
    .sqlite = "SELECT CASE WHEN m.sql LIKE 'create virtual%' THEN 'virtual' ELSE m.type END, "
              "m.name, m.sql"
              " FROM sqlite_master m WHERE m.sql IS NOT NULL AND m.tbl_name <> 'schema_migration'"
              " AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
              " AND NOT EXISTS (SELECT 1 FROM pragma_table_list s WHERE s.schema = 'main'"
              " AND s.name = m.name AND s.type = 'shadow')",
    .ncol = 3,
};

#define HERE "relnamespace = current_schema()::regnamespace AND c.relname <> 'schema_migration'"
/* The pretty forms leave out the schema's name, so that a test may use a schema of its own. An index that
 * belongs to a key is told by its constraint. */
static const struct db_sql PG_FACTS = {
    .name = "shape_facts",
    .pg = "SELECT 'table ' || c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c." HERE
          " UNION ALL SELECT 'column ' || c.relname || '.' || a.attname || ' ' ||"
          "   format_type(a.atttypid, a.atttypmod) ||"
          "   CASE WHEN a.attcollation <> 0 THEN ' collate ' || (SELECT collname FROM pg_collation"
          "     WHERE oid = a.attcollation) ELSE '' END ||"
          "   CASE WHEN a.attnotnull THEN ' not null' ELSE '' END ||"
          "   CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END ||"
          "   CASE WHEN a.attgenerated <> '' THEN ' generated' ELSE '' END ||"
          "   coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid, true), '')"
          "   FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
          "   LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
          "   WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND c." HERE
          " UNION ALL SELECT 'constraint ' || c.relname || ' ' || pg_get_constraintdef(o.oid, true)"
          "   FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE c." HERE
          " UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid, 0, true) FROM pg_index i"
          "   JOIN pg_class c ON c.oid = i.indrelid WHERE c." HERE
          "   AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid"
          "     AND o.contype IN ('p', 'u', 'x'))"
          " UNION ALL SELECT 'trigger ' || pg_get_triggerdef(g.oid, true) FROM pg_trigger g"
          "   JOIN pg_class c ON c.oid = g.tgrelid WHERE NOT g.tgisinternal AND c." HERE
          " UNION ALL SELECT 'view ' || c.relname || ' ' || pg_get_viewdef(c.oid, true) FROM "
          "pg_class c"
          "   WHERE c.relkind IN ('v', 'm') AND c." HERE
          " UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p"
          "   WHERE p.prokind = 'f' AND p.pronamespace = current_schema()::regnamespace",
    .ncol = 1,
    .pg_types = "",
};

/* Each row to `take`, until the end. */
static enum err each_row(struct db *db, const struct db_sql *sql, struct lines *l,
                         void (*take)(struct lines *l, const struct db_rows *rows))
{
    struct db_rows rows;
    TRY(db_rows_open(db, sql, NULL, &rows));
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK)
        take(l, &rows);
    db_rows_close(&rows);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static void take_fact(struct lines *l, const struct db_rows *rows)
{
    /* Several lines of a function or view become one, so that sorting keeps them together. */
    add_line(l, normal(l->arena, db_rows_text(rows, 0)));
}

/* A table's text gives only what the pragmas did not; of the others it is the fact. */
static void take_text(struct lines *l, const struct db_rows *rows)
{
    struct str type = db_rows_text(rows, 0), name = db_rows_text(rows, 1),
               sql = db_rows_text(rows, 2);
    if (str_eq(type, STR("table"))) {
        add_table_text(l, name, sql);
        return;
    }
    struct str text = normal(l->arena, sql);
    add_line(l, str_printf(l->arena, "%.*s %.*s", STR_FMT(type), STR_FMT(text)));
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Works inside or outside a transaction; only reads. */
enum err db_shape(struct db *db, struct arena *a, struct str *ret)
{
    struct lines l = {.arena = a};
    if (db_engine(db) == DB_SQLITE) {
        TRY(each_row(db, &SQLITE_FACTS, &l, take_fact));
        TRY(each_row(db, &SQLITE_TEXTS, &l, take_text));
    } else {
        TRY(each_row(db, &PG_FACTS, &l, take_fact));
    }
    if (l.n > 0) qsort(l.p, l.n, sizeof *l.p, by_bytes);
    struct buf b = buf_in(a, 16 << 20);
    for (size_t i = 0; i < l.n; i++) {
        buf_put(&b, l.p[i]);
        buf_putc(&b, '\n');
    }
    *ret = buf_str(&b);
    return ERR_OK;
}
