/* types.c — the house's type words: the table in src/db/types.h, as data. */
#include "sqlc.h"

static const struct word_info infos[] = {
    [W_ID] = {"_id", "INTEGER", "BIGINT", 'i', NULL, NULL},
    [W_SATANG] = {"satang", "INTEGER", "BIGINT", 'i', "struct satang", "struct opt_satang"},
    [W_BP] = {"bp", "INTEGER", "BIGINT", 'i', "struct bp", "struct opt_bp"},
    [W_COUNT] = {"count", "INTEGER", "BIGINT", 'i', "int64_t", "struct opt_count"},
    [W_INT] = {"int", "INTEGER", "BIGINT", 'i', "int64_t", "struct opt_count"},
    [W_FLAG] = {"flag", "INTEGER", "BIGINT", 'i', "bool", NULL},
    [W_FISCAL_YEAR] = {"fiscal_year", "INTEGER", "BIGINT", 'i', "struct fiscal_year",
                       "struct opt_fiscal_year"},
    [W_INSTANT] = {"instant", "INTEGER", "BIGINT", 'i', "struct instant", "struct opt_instant"},
    [W_DATE] = {"date", "TEXT", "TEXT COLLATE \"C\"", 't', "struct date", "struct opt_date"},
    [W_TEXT] = {"text", "TEXT", "TEXT COLLATE \"C\"", 't', "struct str", "struct str"},
    [W_CODE] = {"code", "TEXT", "TEXT COLLATE \"C\"", 't', "struct str", "struct str"},
    [W_SORT_KEY] = {"sort_key", "TEXT", "TEXT COLLATE \"C\"", 't', "struct str", "struct str"},
    [W_BYTES] = {"bytes", "BLOB", "BYTEA", 'b', "struct str", "struct str"},
};

const struct word_info *word_info(enum word w)
{
    return &infos[w];
}

struct type type_of_word(struct str word)
{
    for (enum word w = W_SATANG; w <= W_BYTES; w++)
        if (str_eq(word, str_of(infos[w].name))) return (struct type){w, word};
    if (word.n > 3 && str_ends(word, STR("_id"))) return (struct type){W_ID, word};
    return (struct type){W_NONE, word};
}

bool type_eq(struct type a, struct type b)
{
    return a.word == b.word && str_eq(a.name, b.name);
}

const char *type_c(struct type t, bool is_nullable)
{
    if (t.word == W_ID) return str_z(mem, str_printf(mem, "struct %.*s", STR_FMT(t.name)));
    return is_nullable ? infos[t.word].opt_c : infos[t.word].c;
}

bool type_is_text(struct type t)
{
    return t.word == W_TEXT || t.word == W_CODE || t.word == W_SORT_KEY;
}

struct str type_check(struct type t, struct str column, enum part dialect)
{
    switch (t.word) {
    case W_FLAG: return str_printf(mem, " CHECK (%.*s IN (0, 1))", STR_FMT(column));
    case W_FISCAL_YEAR:
        return str_printf(mem, " CHECK (%.*s BETWEEN 2540 AND 2650)", STR_FMT(column));
    case W_CODE: return str_printf(mem, " CHECK (length(%.*s) > 0)", STR_FMT(column));
    case W_DATE:
        if (dialect == PART_SQLITE)
            return str_printf(mem,
                              " CHECK (%.*s GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')",
                              STR_FMT(column));
        return str_printf(mem, " CHECK (%.*s ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')", STR_FMT(column));
    default: return STR("");
    }
}
