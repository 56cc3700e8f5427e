/* table_text.c — TSV and CSV (RFC 4180), UTF-8 only.
 *
 * A line ends with LF, CRLF or a lone CR. Quotes mean something in CSV only: there they must stand
 * around the whole cell, and a quote within is doubled. A TAB file has no way to quote, so a quote
 * is a letter like any other. A separator is a comma or a TAB; `;` is not guessed, because a Thai
 * address may well hold one: such a file has one column with a telling name.
 */
#include <utf8proc.h>

#include "table/table_internal.h"

/* ---- encoding ---- */

/* The bytes from 0x80 on that Windows-874 (and TIS-620 within it) gives a letter to. */
static bool is_w874(unsigned char c)
{
    if (c < 0x80) return true;
    if (c >= 0xA0) return c <= 0xDA || (c >= 0xDF && c <= 0xFB);
    return c == 0x80 || c == 0x85 || (c >= 0x91 && c <= 0x97);
}

static bool looks_thai_8bit(struct str s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!is_w874(c)) return false;
        letters += c >= 0xA1;
    }
    return letters > 0;
}

/* Position of the first byte that is not UTF-8, or s.n. */
static size_t utf8_end(struct str s)
{
    size_t i = 0;
    while (i < s.n) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        int32_t c = 0;
        ssize_t len = utf8proc_iterate((const uint8_t *)s.p + i, (ssize_t)(s.n - i), &c);
        if (len <= 0) return i;
        i += (size_t)len;
    }
    return i;
}

/* Where the end of a line at `i` (CR or LF) stops: CRLF is one. */
static size_t line_end(struct str s, size_t i)
{
    return s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n' ? i + 2 : i + 1;
}

static enum err encoding_fault(const struct table *t, size_t bad, struct table_fault *ret_fault)
{
    struct str s = t->bytes;
    int64_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < bad;) {
        bool is_end = s.p[i] == '\n' || s.p[i] == '\r';
        i = is_end ? line_end(s, i) : i + 1;
        if (is_end && i <= bad) {
            line++;
            start = i;
        }
    }
    if (looks_thai_8bit(s))
        return table_fault_set(ret_fault, TABLE_FAULT_ENCODING, line, 0,
                               STR("the file is in TIS-620/Windows-874; save it as UTF-8 "
                                   "(in Excel: CSV UTF-8)"));
    struct str detail = str_printf(
        t->arena, "byte %zu of line %lld is 0x%02X, which is not UTF-8; save it as UTF-8",
        bad - start + 1, (long long)line, (unsigned)(unsigned char)s.p[bad]);
    return table_fault_set(ret_fault, TABLE_FAULT_ENCODING, line, 0, detail);
}

/* ---- which separator ---- */

/* A TAB outside quotes in the first line with anything in it makes the file a TSV. A quote opens
 * only at the start of a cell, and a doubled one closes and opens again. */
static char find_separator(struct str s)
{
    bool is_quoted = false, is_start = true, is_blank = true, has_tab = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (is_quoted) {
            is_quoted = c != '"';
            continue;
        }
        if (c == '\n' || c == '\r') {
            if (!is_blank) break;
            has_tab = false;
        }
        has_tab |= c == '\t';
        is_quoted = c == '"' && (is_start || s.p[i - 1] == '"');
        is_start = c == ',' || c == '\t' || c == '\n' || c == '\r';
        is_blank &= is_start || c == ' ';
    }
    return has_tab ? '\t' : ',';
}

enum err text_open(struct table *t, struct table_fault *ret_fault)
{
    struct str s = t->bytes;
    if (str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF")))
        return table_fault_set(ret_fault, TABLE_FAULT_ENCODING, 0, 0,
                               STR("the file is in UTF-16 (\"Unicode text\"); save it as UTF-8 "
                                   "(in Excel: CSV UTF-8)"));
    size_t good = utf8_end(s);
    if (good < s.n) return encoding_fault(t, good, ret_fault);
    t->sep = find_separator(s);
    t->format = t->sep == '\t' ? TABLE_TSV : TABLE_CSV;
    return ERR_OK;
}

/* ---- cells ---- */

static bool is_cell_end(const struct table *t, char c)
{
    return c == t->sep || c == '\n' || c == '\r';
}

static size_t bare_end(const struct table *t, size_t i)
{
    while (i < t->bytes.n && !is_cell_end(t, t->bytes.p[i]))
        i++;
    return i;
}

static void bare_cell(struct table *t, size_t col)
{
    size_t end = bare_end(t, t->at);
    struct str raw = {t->bytes.p + t->at, end - t->at};
    t->at = end;
    if (t->sep == ',' && str_find_char(raw, '"') >= 0) {
        table_row_fault(t, TABLE_FAULT_QUOTE, col,
                        STR("a quote inside a cell: put quotes around the whole cell and double "
                            "those within"));
        return;
    }
    table_put(t, col, raw);
}

/* Doubled quotes become one. In the scratch: table_put() copies what it keeps. */
static struct str undouble(struct table *t, struct str s)
{
    char *p = arena_alloc(table_scratch(t), s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        p[n++] = s.p[i];
        if (s.p[i] == '"') i++;
    }
    return (struct str){p, n};
}

/* From behind the opening quote to the closing one, which `*ret_end` is; counts the lines within.
 * false when there is none. */
static bool quoted_end(struct table *t, size_t i, size_t *ret_end, bool *ret_has_doubles)
{
    struct str s = t->bytes;
    *ret_has_doubles = false;
    while (i < s.n) {
        char c = s.p[i];
        if (c == '\n' || c == '\r') {
            i = line_end(s, i);
            t->line++;
        } else if (c != '"') {
            i++;
        } else if (i + 1 < s.n && s.p[i + 1] == '"') {
            *ret_has_doubles = true;
            i += 2;
        } else {
            *ret_end = i;
            return true;
        }
    }
    return false;
}

static void quoted_cell(struct table *t, size_t col)
{
    size_t start = t->at + 1, end;
    int64_t opened = t->line;
    bool has_doubles;
    if (!quoted_end(t, start, &end, &has_doubles)) {
        t->at = t->bytes.n; /* nothing behind it can be told apart */
        table_row_fault(
            t, TABLE_FAULT_QUOTE, col,
            str_printf(t->arena, "the quote opened in line %lld is not closed", (long long)opened));
        return;
    }
    struct str raw = {t->bytes.p + start, end - start};
    t->at = bare_end(t, end + 1);
    if (t->at != end + 1) {
        table_row_fault(t, TABLE_FAULT_QUOTE, col,
                        STR("text behind a closing quote: double the quotes within a cell"));
        return;
    }
    if (has_doubles && raw.n <= TABLE_CELL_MAX) raw = undouble(t, raw);
    table_put(t, col, raw);
}

bool text_row(struct table *t)
{
    if (t->at >= t->bytes.n) return false;
    t->row_line = t->line;
    for (size_t col = 0;; col++) {
        if (t->sep == ',' && t->at < t->bytes.n && t->bytes.p[t->at] == '"')
            quoted_cell(t, col);
        else
            bare_cell(t, col);
        if (t->at >= t->bytes.n) return true;
        if (t->bytes.p[t->at] != t->sep) break;
        t->at++;
    }
    t->at = line_end(t->bytes, t->at);
    t->line++;
    return true;
}
