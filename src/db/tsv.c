/* tsv.c — see tsv.h. The reader takes what the writer makes and nothing else: no other spelling of a
 * number, no unknown escape; a damaged line is refused, not guessed. */
#include "db/tsv.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* Doubles, so that a row of n bytes costs O(n). No memory is no failure to handle: the process stops. */
void text_put(struct text *t, struct str s)
{
    if (s.n == 0) return;
    if (t->cap - t->n < s.n) {
        size_t cap = t->cap ? t->cap : 4096;
        while (cap - t->n < s.n)
            cap *= 2;
        t->p = realloc(t->p, cap);
        assert(t->p != NULL);
        t->cap = cap;
    }
    memcpy(t->p + t->n, s.p, s.n);
    t->n += s.n;
}

static const char *kind_name(enum db_kind kind)
{
    return kind == DB_INT ? "int" : kind == DB_TEXT ? "text" : "bytes";
}

/* Kinds stand in the file itself, so that it can be read in ten years without its schema. */
void tsv_header(struct text *out, const struct catalog_table *table)
{
    for (size_t i = 0; i < table->ncol; i++) {
        if (i > 0) text_put(out, STR("\t"));
        text_put(out, table->columns[i].name);
        text_put(out, STR(":"));
        text_put(out, str_of(kind_name(table->columns[i].kind)));
    }
    text_put(out, STR("\n"));
}

/* Only what would break the line or the field; Thai stays readable. */
static void put_escaped(struct text *out, struct str s)
{
    static const char SPECIAL[] = "\\\t\n\r", LETTER[] = "\\tnr";
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *at = memchr(SPECIAL, s.p[i], 4);
        if (at == NULL) continue;
        char pair[2] = {'\\', LETTER[at - SPECIAL]};
        text_put(out, (struct str){s.p + from, i - from});
        text_put(out, (struct str){pair, 2});
        from = i + 1;
    }
    text_put(out, str_from(s, from));
}

/* Lower case, two digits a byte. An empty value is an empty field, NULL is \\N. */
static void put_hex(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        char pair[2] = {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
        text_put(out, (struct str){pair, 2});
    }
}

/* Columns are in the order of catalog_select. */
void tsv_row(struct text *out, const struct catalog_table *table, const struct db_rows *rows)
{
    for (size_t i = 0; i < table->ncol; i++) {
        int col = (int)i;
        char digits[24];
        if (i > 0) text_put(out, STR("\t"));
        if (db_rows_is_null(rows, col)) {
            text_put(out, STR("\\N"));
        } else if (table->columns[i].kind == DB_INT) {
            snprintf(digits, sizeof digits, "%lld", (long long)db_rows_int(rows, col));
            text_put(out, str_of(digits));
        } else if (table->columns[i].kind == DB_TEXT) {
            put_escaped(out, db_rows_text(rows, col));
        } else {
            put_hex(out, db_rows_bytes(rows, col));
        }
    }
    text_put(out, STR("\n"));
}

/* ---- reading ---- */

/* In place: the result is never longer. False on an escape that the writer does not make. */
static bool unescape(char *p, size_t *n)
{
    size_t to = 0;
    for (size_t i = 0; i < *n; i++) {
        char c = p[i];
        if (c == '\\') {
            if (++i == *n) return false;
            switch (p[i]) {
            case '\\': c = '\\'; break;
            case 't': c = '\t'; break;
            case 'n': c = '\n'; break;
            case 'r': c = '\r'; break;
            default: return false;
            }
        }
        p[to++] = c;
    }
    *n = to;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In place as well; an odd number of digits, or upper case, is damage. */
static bool unhex(char *p, size_t *n)
{
    if (*n % 2 != 0) return false;
    for (size_t i = 0; i < *n; i += 2) {
        int high = hex_digit(p[i]), low = hex_digit(p[i + 1]);
        if (high < 0 || low < 0) return false;
        p[i / 2] = (char)(high * 16 + low);
    }
    *n /= 2;
    return true;
}

/* \\N is NULL for every kind: a text that reads \\N was written with its backslash doubled. */
static bool parse_field(char *p, size_t n, enum db_kind kind, struct db_value *ret)
{
    *ret = (struct db_value){.kind = DB_NULL};
    if (n == 2 && p[0] == '\\' && p[1] == 'N') return true;
    ret->kind = kind;
    if (kind == DB_INT) return n > 0 && str_to_int((struct str){p, n}, &ret->i) == ERR_OK;
    if (!(kind == DB_TEXT ? unescape(p, &n) : unhex(p, &n))) return false;
    ret->s = (struct str){p, n};
    return true;
}

/* Exactly as many fields as columns. UTF-8 is checked where the values are loaded (bulk.c). */
enum err tsv_parse(char *line, size_t n, const struct catalog_table *table, struct db_value *ret)
{
    char *end = line + n;
    for (size_t i = 0; i < table->ncol; i++) {
        char *tab = memchr(line, '\t', (size_t)(end - line));
        if ((tab == NULL) != (i + 1 == table->ncol))
            return err_note(ERR_INPUT, "a line has another number of fields than %zu", table->ncol);
        size_t len = (size_t)((tab ? tab : end) - line);
        if (!parse_field(line, len, table->columns[i].kind, &ret[i]))
            return err_note(ERR_INPUT, "column %.*s is not of the stated form",
                            STR_FMT(table->columns[i].name));
        line = tab ? tab + 1 : end;
    }
    return ERR_OK;
}
