/* subset.c — what the two engines do not share (measured: shared "One SQL for two engines"). Parts
 * for one engine are not looked at: there everything of that engine is allowed. */
#include "sqlc.h"

enum place { ANYWHERE, CALL }; /* CALL: only as `word (` */
struct refusal {
    const char *word;
    enum place place;
    const char *instead;
};
static const struct refusal refusals[] = {
    {"ILIKE", ANYWHERE, "lower() both sides and LIKE"},
    {"GLOB", ANYWHERE, "LIKE … ESCAPE"},
    {"REGEXP", ANYWHERE, "LIKE … ESCAPE, or test in C"},
    {"MATCH", ANYWHERE, NULL},
    {"SIMILAR", ANYWHERE, "LIKE … ESCAPE"},
    {"LATERAL", ANYWHERE, "a subquery or a window"},
    {"CURRENT_TIMESTAMP", ANYWHERE, "a parameter of type instant"},
    {"CURRENT_DATE", ANYWHERE, "a parameter of type date"},
    {"CURRENT_TIME", ANYWHERE, "a parameter of type instant"},
    {"INTERVAL", ANYWHERE, "a day computed in C"},
    {"NOCASE", ANYWHERE, "a folded column"},
    {"AUTOINCREMENT", ANYWHERE, "`id x_id PRIMARY KEY`"},
    {"ROWID", ANYWHERE, "the column id"},
    {"SERIAL", ANYWHERE, "`id x_id PRIMARY KEY`"},
    {"ISNULL", ANYWHERE, "IS NULL"},
    {"NOTNULL", ANYWHERE, "IS NOT NULL"},
    {"PRAGMA", ANYWHERE, "db.h"},
    {"ATTACH", ANYWHERE, "db.h"},
    {"VACUUM", ANYWHERE, "db.h"},
    {"TRUNCATE", ANYWHERE, "DELETE FROM"},
    {"COMMIT", ANYWHERE, "db_commit()"},
    {"ROLLBACK", ANYWHERE, "db_rollback()"},
    {"MERGE", ANYWHERE, "INSERT … ON CONFLICT"},
    {"ARRAY", ANYWHERE, "rows"},
    {"ANY", CALL, "IN (…)"},
    {"now", CALL, "a parameter of type instant"},
    {"date", CALL, "a day computed in C"},
    {"time", CALL, "a moment computed in C"},
    {"datetime", CALL, "a moment computed in C"},
    {"julianday", CALL, "days computed in C"},
    {"unixepoch", CALL, "a parameter of type instant"},
    {"strftime", CALL, "substr() of the ISO text"},
    {"extract", CALL, "substr() of the ISO text"},
    {"date_trunc", CALL, "substr() of the ISO text"},
    {"to_char", CALL, "text made in C"},
    {"printf", CALL, "text made in C"},
    {"format", CALL, "text made in C"},
    {"json_extract", CALL, "->> with CAST"},
    {"json_each", CALL, "rows"},
    {"json_group_array", CALL, "rows put together in C"},
    {"json_agg", CALL, "rows put together in C"},
    {"array_agg", CALL, "rows put together in C"},
    {"group_concat", CALL, NULL},
    {"string_agg", CALL, NULL},
    {"greatest", CALL, "CASE WHEN"},
    {"least", CALL, "CASE WHEN"},
    {"iif", CALL, "CASE WHEN"},
    {"ifnull", CALL, "COALESCE"},
    {"nvl", CALL, "COALESCE"},
    {"avg", CALL, "CAST(SUM(…) AS BIGINT) and the division in C"},
    {"total", CALL, "CAST(SUM(…) AS BIGINT)"},
    {"instr", CALL, "LIKE … ESCAPE"},
    {"position", CALL, "LIKE … ESCAPE"},
    {"strpos", CALL, "LIKE … ESCAPE"},
    {"char_length", CALL, "length()"},
    {"unicode", CALL, "C"},
    {"random", CALL, "a parameter (base/rand.h)"},
    {"gen_random_uuid", CALL, "a parameter (rand_slug)"},
    {"typeof", CALL, "nothing: columns are STRICT"},
    {"generate_series", CALL, "a recursive CTE"},
    {"last_insert_rowid", CALL, "RETURNING id"},
    {"lastval", CALL, "RETURNING id"},
    {"nextval", CALL, "a counter row"},
    {"changes", CALL, ":exec's ret_changed"},
    {NULL, ANYWHERE, NULL}};

static const struct {
    const char *a, *b, *instead;
} pairs[] = {
    {"DISTINCT", "ON", "a window with row_number()"},
    {"FOR", "UPDATE", "an UPDATE of a row that has a CHECK (a writer on SQLite is alone anyway)"},
    {"FOR", "SHARE", "nothing: a transaction sees one state"},
    {"INSERT", "OR", "INSERT … ON CONFLICT"},
    {"REPLACE", "INTO", "INSERT … ON CONFLICT DO UPDATE"},
    {"UPDATE", "OR", "UPDATE and ON CONFLICT"},
    {"IF", "NOT", "nothing: a migration runs once"},
    {"IF", "EXISTS", "nothing: a migration runs once"},
    {"SELECT", "*", "the columns by name: a new column must not change a row"},
    {".", "*", "the columns by name: a new column must not change a row"},
    {"RETURNING", "*", "the columns by name"},
    {NULL, NULL, NULL}};

/* (SQLite takes the larger of min(a, b); PostgreSQL has only the aggregate.) */
static bool is_scalar_min_max(const struct toks *t, size_t i)
{
    if (!(tok_is(&t->v[i], "MIN") || tok_is(&t->v[i], "MAX")) || !tok_is(&t->v[i + 1], "("))
        return false;
    return tok_list(t, i + 2, tok_close(t, i + 1)).n > 1;
}

static void check_operator(const char *file, const struct tok *k)
{
    if (tok_is(k, "::"))
        complain(file, k->line, ":: is PostgreSQL's; write CAST(… AS …)");
    else if (tok_is(k, "=="))
        complain(file, k->line, "== is SQLite's; write =");
    else if (tok_is(k, "?") || tok_is(k, ":") || tok_is(k, "@"))
        complain(file, k->line, "%.*s is one engine's; parameters are $name", STR_FMT(k->s));
    else if (tok_is(k, "["))
        complain(file, k->line, "[ is one engine's; names need no quotes, lists are rows");
}

static void check_word(const char *file, const struct toks *t, size_t i)
{
    const struct tok *k = &t->v[i];
    /* a column may be named so; a table may be WITHOUT ROWID */
    bool is_member = i > 0 && (tok_is(&t->v[i - 1], ".") || tok_is(&t->v[i - 1], "WITHOUT"));
    for (int r = 0; refusals[r].word; r++) {
        if (!word_is(k->s, refusals[r].word) || is_member) continue;
        if (refusals[r].place == CALL && !tok_is(&t->v[i + 1], "(")) continue;
        const char *instead = refusals[r].instead;
        complain(file, k->line, "%.*s is not the same on both engines; %s%s%swrite two bodies",
                 STR_FMT(k->s), instead ? "use " : "", instead ? instead : "",
                 instead ? ", or " : "");
    }
    if (is_scalar_min_max(t, i))
        complain(file, k->line,
                 "%.*s of two values is SQLite's; use CASE WHEN, or write two bodies",
                 STR_FMT(k->s));
}

void subset_check(const char *file, const struct toks *all)
{
    struct toks t = {};
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].part == PART_BOTH && all->v[i].kind != T_END) *PUSH(&t) = all->v[i];
    for (int i = 0; i < 2; i++)
        PUSH(&t)->kind = T_END; /* room to look ahead */
    for (size_t i = 0; t.v[i].kind != T_END; i++) {
        const struct tok *k = &t.v[i];
        if (k->kind == T_OP) check_operator(file, k);
        if (k->kind == T_WORD) check_word(file, &t, i);
        if (k->kind == T_QUOTED)
            complain(file, k->line,
                     "%.*s: quoted names are refused (SQLite takes a misspelt one for text); write "
                     "the bare name, or 'text'",
                     STR_FMT(k->s));
        for (int p = 0; pairs[p].a; p++)
            if (tok_is(k, pairs[p].a) && tok_is(&t.v[i + 1], pairs[p].b))
                complain(file, k->line, "%s %s is refused; write %s", pairs[p].a, pairs[p].b,
                         pairs[p].instead);
    }
}
