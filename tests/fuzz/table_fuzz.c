/* table_fuzz.c — any bytes as a text file. Besides not crashing: every cell that is given is clean
 * text within its limits, and what csv_out writes of a table is read as the same table. */
#include <stdlib.h>

#include "base/thai.h"
#include "table/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool is_so)
{
    if (!is_so) abort();
}

static void write_row(struct csv *c, const struct table *t)
{
    for (size_t i = 0; i < table_ncol(t); i++)
        csv_text(c, table_cell(t, (int)i));
    csv_row_end(c);
}

/* Good rows of `t` as CSV. Returns how many. */
static size_t copy_rows(struct arena *a, struct table *t, struct csv *c)
{
    size_t n = 0;
    for (;;) {
        struct table_fault f = {0};
        enum err e = table_next(t, &f);
        if (e == ERR_NOT_FOUND) return n;
        if (e != ERR_OK) {
            must(f.kind != TABLE_FAULT_NONE && f.line > 0 && f.detail.n > 0);
            continue;
        }
        for (size_t i = 0; i < table_ncol(t); i++) {
            struct str again, cell = table_cell(t, (int)i);
            must(cell.p != NULL && cell.n <= 4 * TABLE_CELL_MAX);
            must(thai_clean_line(a, cell, &again) == ERR_OK && str_eq(again, cell));
        }
        write_row(c, t);
        n++;
    }
}

/* A guarded cell comes back with its guard; everything else as it was. */
static bool is_same(struct str out, struct str in)
{
    if (str_eq(out, in)) return true;
    return in.n == out.n + 1 && in.p[0] == '\'' && str_eq(out, str_from(in, 1));
}

static void round_trip(struct arena *a, struct str bytes, struct str csv, size_t rows)
{
    struct table *t, *back;
    struct table_fault f = {0};
    must(table_open(a, bytes, &t, &f) == ERR_OK);
    must(table_open(a, csv, &back, &f) == ERR_OK);
    for (size_t r = 0; r < rows;) {
        if (table_next(t, &f) != ERR_OK) continue;
        r++;
        must(table_next(back, &f) == ERR_OK);
        for (size_t i = 0; i < table_ncol(t); i++)
            must(is_same(table_cell(t, (int)i), table_cell(back, (int)i)));
    }
    must(table_next(back, &f) == ERR_NOT_FOUND);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (a == NULL) a = arena_new(TABLE_ARENA_MAX);
    arena_reset(a);
    struct str bytes = {(const char *)data, size};
    if (str_starts(bytes, STR("PK"))) return 0; /* xlsx_fuzz.c */
    struct table *t;
    struct table_fault f = {0};
    enum err e = table_open(a, bytes, &t, &f);
    if (e != ERR_OK) {
        must(f.kind != TABLE_FAULT_NONE && f.detail.n > 0);
        return 0;
    }
    must(table_ncol(t) > 0 && table_ncol(t) <= TABLE_COLS_MAX);
    struct buf out = buf_in(a, 64 << 20);
    struct csv c = csv_begin(&out);
    for (size_t i = 0; i < table_ncol(t); i++)
        csv_int(&c, (int64_t)i);
    csv_row_end(&c);
    size_t rows = copy_rows(a, t, &c);
    if (!out.is_full) round_trip(a, bytes, buf_str(&out), rows);
    return 0;
}
