/* table_internal.h — what table.c shares with its two readers. Inside table only.
 *
 * table.c owns what every format has in common (sniffing, header, blank rows, limits); a reader
 * fills one row at a time through table_put(), so that every cell of every format passes the same
 * door. A row keeps its FIRST fault; the reader goes on to the row's end, so that reading can go on.
 */
#ifndef SARN_TABLE_INTERNAL_H
#define SARN_TABLE_INTERNAL_H

#include "table/table.h"

struct sheet; /* table_xlsx.c */

struct table {
    struct arena *arena; /* borrowed */
    enum table_format format;

    /* text: what is left to read */
    struct str bytes; /* borrowed, behind the BOM */
    size_t at;
    int64_t line; /* of bytes[at] */
    char sep;
    struct sheet *sheet; /* XLSX: the parsed first sheet, arena */

    /* header */
    struct str *names; /* arena */
    size_t ncol;
    size_t width; /* cells that a row may have: TABLE_COLS_MAX until the header is known */

    /* present row */
    struct str cells[TABLE_COLS_MAX];
    size_t ncell;
    int64_t row_line;
    struct table_fault fault; /* kind NONE: the row is good */

    int64_t nrow;          /* data rows given so far */
    size_t taken;          /* bytes copied into the arena for cells */
    struct arena *scratch; /* owned, lives for one table_next(): cleaning needs room for a moment */
    bool is_at_end;
};

/* Fills *f and gives the matching err: ERR_LIMIT for what is too much, ERR_INPUT for the rest. */
enum err table_fault_set(struct table_fault *f, enum table_fault_kind kind, int64_t line,
                         int64_t col, struct str detail);
/* The same for the present row, where only the first fault counts. `col` counts from 0. */
void table_row_fault(struct table *t, enum table_fault_kind kind, size_t col, struct str detail);
/* Puts a raw cell (UTF-8) into the present row: cleaned, or a fault of the row. `col` from 0. */
void table_put(struct table *t, size_t col, struct str raw);
/* The same for text that is clean already and lives as long as the table. */
void table_put_clean(struct table *t, size_t col, struct str cell);
/* Room for this row's intermediate text: forgotten behind the next table_put(). */
struct arena *table_scratch(struct table *t);
/* Whether `s` is printable ASCII without blanks to fold: most cells are, and need no cleaning. */
bool table_is_plain(struct str s);

/* Details that both readers give. */
struct str table_cell_too_large(struct arena *a);
#define TABLE_NOT_TEXT "a control character, or more marks on one letter than any writing has"

/* One physical row. false at the end. Sets row_line, cells, fault. */
bool text_row(struct table *t);
bool sheet_row(struct table *t);
/* Checks the encoding and finds the separator. */
enum err text_open(struct table *t, struct table_fault *ret_fault);
/* Parses the first sheet of the package in `bytes`. */
enum err sheet_open(struct table *t, struct table_fault *ret_fault);

#endif
