/* sqlc.h — the compiler `.sql → C`: what its parts share.
 *
 *   lex.c     text → tokens                       (SQL, with lines and engine parts)
 *   types.c   the house's type words              (the table of src/db/types.h)
 *   model.c   DEPS and schema.sql → rooms, tables, columns
 *   ddl.c     tokens of a schema or migration → STRICT SQLite and PostgreSQL
 *   query.c   <room>.sql → named queries with their headers
 *   refs.c    which tables, aliases and nullable sides a statement has
 *   subset.c  what both engines do not share is refused
 *   rules.c   refusals that need types but no engine (mixed ids, money and counts, NULL order …)
 *   check.c   refusals that SQLite itself makes (names, rights, plans) and the types of columns
 *   emit.c    header; emit_body.c functions       (generated C)
 *   main.c    sub-commands
 *
 * The process lives for milliseconds: everything is taken from one arena, `mem`, and never freed.
 * Errors are reported with complain() and counted; the run goes on as long as it makes sense, so
 * that one run shows all faults. A run with a complaint writes no output and exits with 1.
 */
#ifndef SARN_TOOLS_SQLC_H
#define SARN_TOOLS_SQLC_H

#include <sqlite3.h>
#include <stdio.h>

#include "base/buf.h"

extern struct arena *mem;

/* Growing arrays in the arena. PUSH returns a pointer to a new, zeroed item; pointers to items of
 * the same array are stale after it. */
/* For messages; what they are in C stands in src/db/types.h. */
#define TYPE_WORDS                                                                                 \
    "x_id, satang, bp, count, int, flag, fiscal_year, instant, date, text, code, sort_key, bytes"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *v;                                                                                   \
        size_t n, cap;                                                                             \
    }
#define PUSH(vec)                                                                                  \
    ((__typeof__((vec)->v))vec_push_((void **)&(vec)->v, &(vec)->n, &(vec)->cap, sizeof *(vec)->v))
void *vec_push_(void **v, size_t *n, size_t *cap, size_t item);

/* `file:line: error: what; what would be right` */
void complain(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
extern int complaints;
/* Whole file into the arena; false when it cannot be read (nothing said). */
bool read_file(const char *path, struct str *ret);
/* Writes only if the content differs (ninja then sees that nothing changed). */
bool write_file(const char *path, struct str content);
const char *path_join(const char *dir, const char *name);

/* ---- lex.c ---- */

enum tok_kind { T_END, T_WORD, T_NUMBER, T_STRING, T_QUOTED, T_PARAM, T_OP, T_COMMENT, T_DOLLAR };
enum part { PART_BOTH, PART_SQLITE, PART_PG };
struct tok {
    enum tok_kind kind;
    enum part part;
    struct str s; /* the text itself; of a PARAM without `$`; of a COMMENT from `--` on, trimmed */
    int line;
    bool is_spaced; /* blanks or a comment before it */
};
struct toks {
    struct tok *v;
    size_t n, cap;
};
/* Tokens of a file, ending with T_END. `-- sqlite:`, `-- pg:`, `-- both:` set the parts when
 * `has_parts`; comments are then dropped, otherwise kept as tokens. */
struct toks lex(const char *file, struct str text, bool has_parts);
bool tok_is(const struct tok *t, const char *word); /* a word or an operator, any letter case */
bool word_is(struct str s, const char *word);
size_t tok_close(const struct toks *t, size_t open); /* index of the `)` of the `(` at `open` */
/* The end (one past) of the statement that starts at `from`: past its `;`. */
size_t tok_statement(const struct toks *t, size_t from);
/* A copy in which `word IN ('a', 'b', 'c')` of more than two literals is comparisons. For a list SQLite builds a table in
 * memory each time that it is asked: 5 µs, more than half of what a small row costs that is checked against one. Where a
 * list helps to find rows, its planner makes one of the comparisons. */
struct toks tok_lists_compared(const struct toks *t);
/* A copy of [from, to) without the other engine's parts, ending with T_END; for SQLite with its lists compared. */
struct toks tok_filter(const struct toks *t, size_t from, size_t to, enum part keep);
/* A run of tokens [from, to). */
struct span {
    size_t from, to;
};
struct spans {
    struct span *v;
    size_t n, cap;
};
/* Pieces between the commas of [from, to) that lie in no further parentheses. */
struct spans tok_list(const struct toks *t, size_t from, size_t to);
/* The first token from `from` on, outside further parentheses, that `is_end`, or a `)` that closes
 * more than it opened, or T_END. */
size_t tok_until(const struct toks *t, size_t from, bool (*is_end)(const struct tok *));
bool tok_is_any(const struct tok *t, const char *const *words); /* ends with NULL */
bool is_keyword(struct str s);                                  /* cannot be an alias */
void put_tok(struct buf *b, const struct tok *t, bool is_first);

/* ---- types.c ---- */

enum word {
    W_NONE,
    W_ID,
    W_SATANG,
    W_BP,
    W_COUNT,
    W_INT,
    W_FLAG,
    W_FISCAL_YEAR,
    W_INSTANT,
    W_DATE,
    W_TEXT,
    W_CODE,
    W_SORT_KEY,
    W_BYTES
};
struct type {
    enum word word;
    struct str name; /* "satang", "fund_id" */
};
struct word_info {
    const char *name, *sqlite, *pg;
    char letter;       /* i t b: see db_sql.pg_types */
    const char *c;     /* C type; of an id NULL */
    const char *opt_c; /* nullable C type */
};
const struct word_info *word_info(enum word w);
struct type type_of_word(struct str word); /* W_NONE: no such word; `x_id` always is one */
bool type_eq(struct type a, struct type b);
const char *type_c(struct type t, bool is_nullable);
bool type_is_text(struct type t); /* struct str in C, TEXT in SQL */
/* The CHECK that the word itself implies, "" when none. */
struct str type_check(struct type t, struct str column, enum part dialect);

/* ---- model.c ---- */

struct column {
    struct str name;
    struct type type;
    bool is_nullable;
    int line;
};
struct table {
    struct str name;
    struct room *room;
    const char *file;
    int line;
    bool is_view;
    struct toks body; /* of a view */
    VEC(struct column) columns;
};
struct stmt { /* one statement of a schema or a migration */
    const char *file;
    int line;
    struct toks all; /* with the parts of both engines */
};
struct stmts {
    struct stmt *v;
    size_t n, cap;
};
struct room {
    struct str name;
    const char *dir;
    int line; /* in DEPS */
    VEC(struct str) deps;
    bool is_app;
    int visit;          /* while sorting: 1 = on the way, 2 = done */
    struct stmts stmts; /* of schema.sql */
};
struct id_word {
    struct str word; /* "fund_id" */
    struct str table;
};
struct model {
    const char *deps_file;
    VEC(struct room *) rooms; /* app first, then so that a room follows those it depends on */
    VEC(struct table) tables;
    VEC(struct id_word) ids;
};
/* Reads DEPS and all schemas. Complains. */
void model_read(struct model *m, const char *rooms_dir, const char *app_dir);
struct room *model_room(const struct model *m, struct str name);
struct table *model_table(const struct model *m, struct str name);
struct column *table_column(const struct table *t, struct str name);
const struct id_word *model_id(const struct model *m, struct str word);
bool room_may_read(const struct room *room, const struct room *owner);
/* Splits a file into statements. */
void stmts_read(const char *file, struct str text, struct stmts *ret);
/* Adds what a CREATE TABLE / VIEW statement defines; `room` may be NULL (migrations). */
void model_add_ids(struct model *m, const struct stmt *s, bool is_migration);
void model_add_table(struct model *m, struct room *room, const struct stmt *s);

/* ---- ddl.c ---- */

/* The parts of `CREATE TABLE name ( items ) rest`. */
struct create_table {
    struct str name;
    size_t open, close; /* of the parentheses */
    struct spans items;
};
bool ddl_is_create_table(const struct toks *t, struct create_table *ret);
bool ddl_is_constraint(const struct toks *t, struct span item); /* of the table, not a column */
bool ddl_has(const struct toks *t, struct span item, const char *a,
             const char *b);                                   /* a b in a row */
bool ddl_is_surrogate(const struct toks *t, struct span item); /* id x_id PRIMARY KEY */
/* One statement in a dialect, with `;` and newline; nothing if it belongs to the other engine. */
void ddl_put(struct buf *b, const struct model *m, const struct stmt *s, enum part dialect);
/* The whole schema. */
struct str ddl_schema(const struct model *m, enum part dialect);
/* Runs it statement by statement in an SQLite database; complains with file and line. */
void ddl_run(sqlite3 *db, const struct model *m, const struct stmts *stmts);

/* ---- query.c ---- */

enum kind { Q_ONE, Q_MANY, Q_EXEC, Q_EACH };
struct param {
    struct str name;
    struct type type;
    bool is_nullable;
    int line;
};
struct out {
    struct str name;
    struct type type;
    char mark; /* ' ', '?' or '!' */
    int line;
    bool is_used;
};
struct scan {
    struct str alias;
    int line;
    bool is_used;
};
struct result { /* a column of the result, settled by check.c */
    struct str name;
    struct type type;
    bool is_nullable;
    bool is_promised; /* said, not proven, to be never null: checked at run time */
};
struct query {
    const char *file;
    int line;
    struct str name;
    enum kind kind;
    VEC(struct str) prose;
    VEC(struct param) params;
    VEC(struct out) outs;
    VEC(struct scan) scans;
    int all_line;           /* `-- all: reason` */
    struct toks sqlite, pg; /* each ends with T_END; the same tokens when there is one body */
    bool is_shared;
    bool is_write;
    bool is_broken; /* its header or text was complained about: nothing more is checked */
    VEC(struct result) results;
};
struct queries {
    struct query *v;
    size_t n, cap;
};
bool is_c_name(struct str s); /* fit for a parameter or a member of the generated C */
void queries_read(const char *file, struct str text, struct str room, struct queries *ret);
const struct param *query_param(const struct query *q, struct str name, size_t *ret_number);
/* SQL text for an engine. With `keep_lines` each token stays on its line (for messages). */
struct str query_sql(const struct query *q, enum part dialect, bool keep_lines);

/* ---- refs.c ---- */

struct ref { /* a table, view, CTE or subquery that a statement reads or writes */
    struct str alias;
    struct str name;     /* "" of a subquery */
    struct table *table; /* NULL: a CTE or a subquery */
    struct span body;    /* of a subquery or CTE, or empty */
    size_t at;           /* token */
    int depth;           /* of parentheses */
    bool is_optional;    /* its columns may be NULL by an outer join */
    bool is_target;      /* INSERT INTO, UPDATE, DELETE FROM */
    bool is_insert;
};
struct refs {
    VEC(struct ref) v;
    bool has_full_join; /* RIGHT or FULL: anything may be NULL */
};
struct refs refs_read(const struct model *m, const struct toks *t);
struct found {
    const struct column *column; /* NULL: not seen */
    bool is_optional;
    bool is_direct; /* of a base table named in this statement by this alias */
};
/* What `alias.name` (alias may be none) means. */
struct found refs_find(const struct refs *r, struct str alias, struct str name);
/* May a column that the engine traces to `table` be NULL by an outer join? */
bool refs_table_is_optional(const struct refs *r, struct str table);

/* A plain column or parameter: `c`, `a.c`, `$p`. */
struct operand {
    bool is_column, is_param;
    struct str alias, name;
    size_t from, to;
};
bool operand_from(const struct toks *t, size_t at, struct operand *ret);    /* starts at `at` */
bool operand_before(const struct toks *t, size_t end, struct operand *ret); /* ends before `end` */
/* The items of the outermost SELECT or RETURNING. */
struct spans select_items(const struct toks *t);
bool has_compound(const struct toks *t, bool is_anywhere); /* UNION, EXCEPT, INTERSECT */

/* ---- subset.c, rules.c, check.c ---- */

void subset_check(const char *file, const struct toks *t);
void rules_check(const struct model *m, const struct room *room, struct query *q);
struct checker {
    sqlite3 *db;
    const struct model *m;
    const struct room *room;
    struct query *q;
    struct str denied; /* why the authorizer refused, and of which table */
    struct str denied_table;
};
void checker_open(struct checker *c, const struct model *m, const struct room *room);
void checker_close(struct checker *c);
void checker_query(struct checker *c, struct query *q);

/* ---- emit.c, emit_body.c ---- */

struct str emit_header(struct str room, const struct queries *qs);
struct str emit_source(struct str room, const char *header, const struct queries *qs);
void emit_prototype(struct buf *b, const struct query *q, const char *end);
bool query_has_args_struct(const struct query *q);
void put_c_string(struct buf *b, struct str s);
struct str upper(struct str s);

#endif
