/* xlsx_fuzz.c — any bytes as a spreadsheet.
 *
 * A fuzzer does not get past a ZIP's checksums and deflate. So the input is either a package as it
 * is (it starts with PK), or the parts themselves, one behind the other with a 0 byte between:
 * sheet, shared strings, styles, workbook, its relations; these are packed here without deflate. */
#include <stdlib.h>

#include "base/thai.h"
#include "table/table.h"
#include "../table/xlsx_make.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool is_so)
{
    if (!is_so) abort();
}

/* The parts that the input names; what it leaves out is a good one. */
static struct str pack(struct arena *a, struct str in)
{
    struct part parts[] = {{"xl/worksheets/sheet1.xml", STR("")},
                           {"xl/sharedStrings.xml", STR("<sst/>")},
                           {"xl/styles.xml", STR("<styleSheet/>")},
                           {"xl/workbook.xml", str_of(xlsx_workbook)},
                           {"xl/_rels/workbook.xml.rels", str_of(xlsx_workbook_rels)},
                           {"_rels/.rels", str_of(xlsx_root_rels)}};
    struct str piece;
    for (size_t i = 0; i < 6 && str_split(&in, '\0', &piece); i++)
        if (piece.n > 0) parts[i].body = piece;
    return zip_of(a, parts, 6, NULL, ZIP_CM_STORE);
}

static void walk(struct arena *a, struct table *t)
{
    for (int64_t line = 0;;) {
        struct table_fault f = {0};
        enum err e = table_next(t, &f);
        if (e == ERR_NOT_FOUND) return;
        if (e != ERR_OK) {
            must(f.kind != TABLE_FAULT_NONE && f.line > 0 && f.detail.n > 0);
            continue;
        }
        must(table_line(t) > line);
        line = table_line(t);
        for (size_t i = 0; i < table_ncol(t); i++) {
            struct str again, cell = table_cell(t, (int)i);
            must(thai_clean_line(a, cell, &again) == ERR_OK && str_eq(again, cell));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (a == NULL) a = arena_new(TABLE_ARENA_MAX);
    arena_reset(a);
    struct str bytes = {(const char *)data, size};
    if (!str_starts(bytes, STR("PK"))) bytes = pack(a, bytes);
    struct table *t;
    struct table_fault f = {0};
    if (table_open(a, bytes, &t, &f) == ERR_OK)
        walk(a, t);
    else
        must(f.kind != TABLE_FAULT_NONE && f.detail.n > 0);
    return 0;
}
