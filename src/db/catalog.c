/* catalog.c — see catalog.h. */
#include "db/catalog.h"

/* SQLite: hidden is 2 or 3 for generated columns, 1 for those of virtual tables. PostgreSQL: indkey lists
 * the columns of the primary key in its order. Both are sorted by bytes, so that the same schema gives the
 * same order on either engine. */
static const struct db_sql COLUMNS = {
    .name = "catalog_columns",
    .sqlite = "SELECT t.name, c.name, lower(c.type), c.pk"
              " FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
              " WHERE t.schema = 'main' AND t.type = 'table' AND t.name <> 'schema_migration'"
              " AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden = 0"
              " ORDER BY t.name, c.pk = 0, c.pk, c.name",
    .pg =
        "SELECT c.relname, a.attname, format_type(a.atttypid, NULL), coalesce(k.place, 0) AS place"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " LEFT JOIN (SELECT i.indrelid, u.att, u.place FROM pg_index i,"
        "            LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS u(att, place)"
        "            WHERE i.indisprimary) k ON k.indrelid = c.oid AND k.att = a.attnum"
        " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
        " AND c.relname <> 'schema_migration'"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        " ORDER BY c.relname COLLATE \"C\", coalesce(k.place, 0) = 0, k.place, a.attname COLLATE "
        "\"C\"",
    .ncol = 4,
    .pg_types = "",
};

/* The house's three kinds; DB_NULL for any other type (REAL, ANY, NUMERIC, JSON …): an archive that wrote
 * them its own way would lose something in silence. */
static enum db_kind kind_of(struct str type)
{
    static const struct {
        const char *name;
        enum db_kind kind;
    } TYPES[] = {
        {"integer", DB_INT}, {"bigint", DB_INT},
        {"int", DB_INT},     {"smallint", DB_INT},
        {"text", DB_TEXT},   {"blob", DB_BYTES},
        {"bytea", DB_BYTES}, {"character varying", DB_TEXT},
    };
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_eq(type, str_of(TYPES[i].name))) return TYPES[i].kind;
    return DB_NULL;
}

/* The table of the row at hand: the last one, or a new one. */
static struct catalog_table *table_of(struct catalog *cat, struct str name, struct arena *a)
{
    if (cat->n > 0 && str_eq(cat->tables[cat->n - 1].name, name)) return &cat->tables[cat->n - 1];
    size_t size = sizeof *cat->tables;
    cat->tables = arena_grow(a, cat->tables, cat->n * size, (cat->n + 1) * size);
    cat->tables[cat->n] = (struct catalog_table){.name = str_copy(a, name)};
    return &cat->tables[cat->n++];
}

static enum err add_column(struct catalog *cat, const struct db_rows *rows, struct arena *a)
{
    struct catalog_table *t = table_of(cat, db_rows_text(rows, 0), a);
    struct catalog_column column = {
        .name = str_copy(a, db_rows_text(rows, 1)),
        .kind = kind_of(db_rows_text(rows, 2)),
        .key = db_rows_int(rows, 3),
    };
    if (column.kind == DB_NULL)
        return err_note(ERR_REFUSED, "%.*s.%.*s has type %.*s, which is none of the house's",
                        STR_FMT(t->name), STR_FMT(column.name), STR_FMT(db_rows_text(rows, 2)));
    size_t size = sizeof column;
    t->columns = arena_grow(a, t->columns, t->ncol * size, (t->ncol + 1) * size);
    t->columns[t->ncol++] = column;
    if (column.key > 0) t->nkey++;
    return ERR_OK;
}

/* Rows come table by table; a table without any column of its own would not appear, and holds nothing. */
enum err catalog_read(struct db *db, struct arena *a, struct catalog *ret)
{
    struct catalog cat = {0};
    struct db_rows rows;
    TRY(db_rows_open(db, &COLUMNS, NULL, &rows));
    enum err e;
    while ((e = db_rows_next(&rows)) == ERR_OK)
        if ((e = add_column(&cat, &rows, a)) != ERR_OK) break;
    db_rows_close(&rows);
    if (e != ERR_NOT_FOUND) return e;
    *ret = cat;
    return ERR_OK;
}

/* Collations are said although they are the columns' own, in case a column says otherwise; a table
 * without a key is sorted by all it has, NULLs first on both engines. */
struct str catalog_select(const struct catalog_table *t, enum db_engine engine, struct arena *a)
{
    struct buf b = buf_in(a, 1 << 20);
    for (size_t i = 0; i < t->ncol; i++) {
        buf_put(&b, i ? STR(", ") : STR("SELECT "));
        buf_ident(&b, t->columns[i].name);
    }
    BUF_LIT(&b, " FROM ");
    buf_ident(&b, t->name);
    size_t sorted = t->nkey > 0 ? t->nkey : t->ncol;
    for (size_t i = 0; i < sorted; i++) {
        buf_put(&b, i ? STR(", ") : STR(" ORDER BY "));
        buf_ident(&b, t->columns[i].name);
        if (t->columns[i].kind == DB_TEXT)
            buf_put(&b, engine == DB_SQLITE ? STR(" COLLATE BINARY") : STR(" COLLATE \"C\""));
        if (t->nkey == 0) BUF_LIT(&b, " NULLS FIRST");
    }
    buf_putc(&b, '\0');
    struct str s = buf_str(&b);
    return str_first(s, s.n - 1); /* NUL-terminated, which its users rely on */
}

enum err catalog_count(struct db *db, int64_t *ret)
{
    return db_scalar(
        db,
        db_engine(db) == DB_SQLITE
            ? "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            : "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')"
              " AND relnamespace = current_schema()::regnamespace",
        ret);
}
