/* table.c — what all formats have in common: which format it is, the header, rows and limits. */
#include "table/table.h"

#include <assert.h>

#include "base/thai.h"
#include "table/table_internal.h"

/* Cleaning a cell takes 30 to 240 times its size for a moment. The scratch is emptied behind the cell
 * that fills it past the first number, so that a row of 256 large cells needs no more than one. */
#define SCRATCH_SOFT ((size_t)1 << 20)
#define SCRATCH_MAX  ((size_t)16 << 20)

enum err table_fault_set(struct table_fault *f, enum table_fault_kind kind, int64_t line,
                         int64_t col, struct str detail)
{
    *f = (struct table_fault){kind, line, col, detail};
    bool is_limit = kind == TABLE_FAULT_TOO_LARGE || kind == TABLE_FAULT_BOMB;
    return is_limit ? ERR_LIMIT : ERR_INPUT;
}

void table_row_fault(struct table *t, enum table_fault_kind kind, size_t col, struct str detail)
{
    if (t->fault.kind != TABLE_FAULT_NONE) return;
    (void)table_fault_set(&t->fault, kind, t->row_line, (int64_t)col + 1, detail);
}

/* ---- cells ---- */

bool table_is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < ' ' || s.p[i] > '~') return false;
        if (s.p[i] == ' ' && (i == 0 || i + 1 == s.n || s.p[i + 1] == ' ')) return false;
    }
    return true;
}

struct arena *table_scratch(struct table *t)
{
    if (t->scratch == NULL) t->scratch = arena_new(SCRATCH_MAX);
    return t->scratch;
}

/* Whether `s` is a piece of the file, which outlives the table, or of the scratch, which does not. */
static bool is_of_file(const struct table *t, struct str s)
{
    uintptr_t p = (uintptr_t)s.p, from = (uintptr_t)t->bytes.p;
    return p >= from && p < from + t->bytes.n;
}

/* The cleaned cell: a piece of the file where that is clean already, else a copy in the arena. What
 * is copied is counted, so that a file made of odd cells ends in a fault and not in a full arena. */
static enum err clean(struct table *t, struct str raw, struct str *ret)
{
    struct str out = raw;
    if (!table_is_plain(raw)) TRY(thai_clean_line(table_scratch(t), raw, &out));
    if (out.n == 0) {
        *ret = STR("");
    } else if (str_eq(out, raw) && is_of_file(t, raw)) {
        *ret = raw;
    } else {
        t->taken += (out.n + 15) & ~(size_t)15;
        if (t->taken > TABLE_UNPACKED_MAX) return ERR_LIMIT;
        *ret = str_copy(t->arena, out);
    }
    return ERR_OK;
}

void table_put_clean(struct table *t, size_t col, struct str cell)
{
    if (col < t->width) {
        while (t->ncell <= col)
            t->cells[t->ncell++] = STR("");
        t->cells[col] = cell;
    } else if (cell.n > 0) { /* Excel writes empty ones where only a border was drawn */
        struct str detail =
            str_printf(t->arena, "a cell beyond the %zu columns of the header", t->width);
        table_row_fault(t, TABLE_FAULT_TOO_WIDE, col, detail);
    }
}

struct str table_cell_too_large(struct arena *a)
{
    return str_printf(a, "a cell of more than %zu bytes", TABLE_CELL_MAX);
}

void table_put(struct table *t, size_t col, struct str raw)
{
    struct str cell = STR("");
    enum err e = ERR_OK;
    if (raw.n > TABLE_CELL_MAX)
        table_row_fault(t, TABLE_FAULT_TOO_LARGE, col, table_cell_too_large(t->arena));
    else if (col >= t->width)
        cell = str_trim(raw); /* only whether anything is there */
    else
        e = clean(t, str_trim(raw), &cell);
    if (e == ERR_LIMIT)
        table_row_fault(t, TABLE_FAULT_TOO_LARGE, col, STR("the cells together are too large"));
    else if (e != ERR_OK)
        table_row_fault(t, TABLE_FAULT_ENCODING, col, STR(TABLE_NOT_TEXT));
    table_put_clean(t, col, cell);
    if (t->scratch != NULL && arena_used(t->scratch) > SCRATCH_SOFT) arena_reset(t->scratch);
}

/* ---- rows ---- */

static bool row_is_blank(const struct table *t)
{
    for (size_t i = 0; i < t->ncell; i++)
        if (t->cells[i].n > 0) return false;
    return true;
}

/* The next row with a cell or a fault in it. false at the end. */
static bool any_row(struct table *t)
{
    while (!t->is_at_end) {
        t->ncell = 0;
        t->fault = (struct table_fault){.kind = TABLE_FAULT_NONE};
        if (!(t->format == TABLE_XLSX ? sheet_row(t) : text_row(t))) break;
        if (t->fault.kind != TABLE_FAULT_NONE || !row_is_blank(t)) return true;
    }
    t->is_at_end = true;
    t->ncell = 0;
    return false;
}

static void scratch_free(struct table *t)
{
    arena_free(t->scratch);
    t->scratch = NULL;
}

enum err table_next(struct table *t, struct table_fault *ret_fault)
{
    bool is_row = any_row(t);
    scratch_free(t);
    if (!is_row) return ERR_NOT_FOUND;
    if (t->nrow >= TABLE_ROWS_MAX) {
        t->is_at_end = true;
        return table_fault_set(ret_fault, TABLE_FAULT_TOO_LARGE, t->row_line, 0,
                               str_printf(t->arena, "more than %d rows", TABLE_ROWS_MAX));
    }
    t->nrow++;
    if (t->fault.kind == TABLE_FAULT_NONE) return ERR_OK;
    const struct table_fault *f = &t->fault;
    return table_fault_set(ret_fault, f->kind, f->line, f->col, f->detail);
}

/* ---- the header ---- */

static struct str lower_copy(struct arena *a, struct str s)
{
    if (s.n == 0) return STR("");
    char *p = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + ('a' - 'A')) : s.p[i];
    return (struct str){p, s.n};
}

/* One name twice would make table_find() a guess. Columns without a name are left alone. */
static enum err names_differ(struct table *t, struct table_fault *ret_fault)
{
    for (size_t i = 1; i < t->ncol; i++) {
        for (size_t k = 0; k < i; k++) {
            if (t->names[i].n == 0 || !str_eq(t->names[i], t->names[k])) continue;
            struct str detail =
                str_printf(t->arena, "the column name \"%.*s\" stands twice: in column %zu too",
                           STR_FMT(str_first(t->names[i], 200)), k + 1);
            return table_fault_set(ret_fault, TABLE_FAULT_NAME_TWICE, t->row_line, (int64_t)i + 1,
                                   detail);
        }
    }
    return ERR_OK;
}

/* The first row that is not blank names the columns. */
static enum err read_header(struct table *t, struct table_fault *ret_fault)
{
    t->width = TABLE_COLS_MAX;
    bool is_row = any_row(t);
    scratch_free(t);
    if (!is_row)
        return table_fault_set(ret_fault, TABLE_FAULT_EMPTY, 0, 0,
                               STR("the file is empty: no header row"));
    const struct table_fault *f = &t->fault;
    if (f->kind == TABLE_FAULT_TOO_WIDE)
        return table_fault_set(ret_fault, TABLE_FAULT_TOO_LARGE, f->line, f->col,
                               str_printf(t->arena, "more than %d columns", TABLE_COLS_MAX));
    if (f->kind != TABLE_FAULT_NONE)
        return table_fault_set(ret_fault, f->kind, f->line, f->col, f->detail);
    t->ncol = t->ncell;
    while (t->ncol > 0 && t->cells[t->ncol - 1].n == 0)
        t->ncol--;
    t->width = t->ncol;
    t->names = ARENA_ARRAY(t->arena, struct str, t->ncol);
    for (size_t i = 0; i < t->ncol; i++)
        t->names[i] = lower_copy(t->arena, t->cells[i]);
    t->ncell = 0; /* the header is no row */
    return names_differ(t, ret_fault);
}

/* ---- opening: the format is in the bytes, the name of a file says nothing ---- */

static enum err not_a_table(struct table *t, struct table_fault *ret_fault)
{
    struct str b = t->bytes;
    if (str_starts(b, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) {
        /* Both the old .xls and a new file with a password are OLE containers. */
        bool is_locked = str_find(b, STR("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e")) >= 0;
        return table_fault_set(
            ret_fault, TABLE_FAULT_NOT_XLSX, 0, 0,
            is_locked ? STR("the file has a password; save it without one")
                      : STR("an old Excel file (.xls); save it as .xlsx or as CSV UTF-8"));
    }
    if (str_starts(b, STR("%PDF-")))
        return table_fault_set(ret_fault, TABLE_FAULT_NOT_XLSX, 0, 0,
                               STR("a PDF; a table is read from .xlsx, .csv or .tsv"));
    /* Many systems hand out a web page under the name of a spreadsheet. */
    struct str body = str_trim(str_first(b, 512));
    if (body.n > 0 && body.p[0] == '<')
        return table_fault_set(
            ret_fault, TABLE_FAULT_NOT_XLSX, 0, 0,
            STR("a web page or XML; open it in a spreadsheet program and save it as .xlsx"));
    return ERR_OK;
}

enum err table_open(struct arena *a, struct str bytes, struct table **ret,
                    struct table_fault *ret_fault)
{
    if (bytes.n > TABLE_BYTES_MAX)
        return table_fault_set(
            ret_fault, TABLE_FAULT_TOO_LARGE, 0, 0,
            str_printf(a, "a file of %zu bytes; at most %zu are taken", bytes.n, TABLE_BYTES_MAX));
    struct table *t = ARENA_NEW(a, struct table);
    t->arena = a;
    t->bytes = str_is_none(bytes) ? STR("") : bytes;
    t->line = 1;
    if (str_starts(t->bytes, STR("\xEF\xBB\xBF"))) t->bytes = str_from(t->bytes, 3);
    TRY(not_a_table(t, ret_fault));
    if (str_starts(t->bytes, STR("PK\x03\x04")) || str_starts(t->bytes, STR("PK\x05\x06"))) {
        t->format = TABLE_XLSX;
        TRY(sheet_open(t, ret_fault));
    } else {
        TRY(text_open(t, ret_fault));
    }
    TRY(read_header(t, ret_fault));
    *ret = t;
    return ERR_OK;
}

/* ---- what the caller asks ---- */

enum table_format table_format(const struct table *t)
{
    return t->format;
}

size_t table_ncol(const struct table *t)
{
    return t->ncol;
}

struct str table_name(const struct table *t, size_t col)
{
    assert(col < t->ncol);
    return t->names[col];
}

int table_find(const struct table *t, const char *name)
{
    struct str want = str_of(name);
    assert(want.n > 0);
    for (size_t i = 0; i < t->ncol; i++)
        if (str_eq(t->names[i], want)) return (int)i;
    return -1;
}

int64_t table_line(const struct table *t)
{
    return t->row_line;
}

struct str table_cell(const struct table *t, int col)
{
    return col < 0 || (size_t)col >= t->ncell ? STR("") : t->cells[col];
}
