/* table.h — files that people bring: TSV, CSV (RFC 4180) and XLSX, read as rows of text cells.
 *
 * One reader for all three: it sniffs the format from the bytes (never from the name), finds the
 * header row, and gives cells as clean text (base/thai.h's thai_clean_line). What is wrong with a
 * file is told as a `struct table_fault` with line and column in words a person can act on.
 *
 * Refused: text that is not UTF-8 (TIS-620/Windows-874 and UTF-16 are named in the detail), a file over
 * TABLE_BYTES_MAX, a cell over TABLE_CELL_MAX, more than TABLE_ROWS_MAX rows or TABLE_COLS_MAX
 * columns, an unclosed quote, a row with more cells than the header; in XLSX: a spreadsheet bomb (by
 * the sizes in the ZIP directory and again while inflating), any DTD or entity declaration, a
 * formula without a cached value, an encrypted file, the old .xls.
 */
#ifndef SARN_TABLE_TABLE_H
#define SARN_TABLE_TABLE_H

#include "base/buf.h"
#include "base/money.h"

#define TABLE_BYTES_MAX ((size_t)64 << 20)
#define TABLE_UNPACKED_MAX ((size_t)256 << 20)
#define TABLE_CELL_MAX ((size_t)32 << 10)
#define TABLE_ROWS_MAX 1000000
#define TABLE_COLS_MAX 256
/* What a table takes from its arena at the very worst, beside the bytes of the file: an arena of both
 * never asserts. Useful files take little: cells of text files are pieces of the file itself. */
#define TABLE_ARENA_MAX ((size_t)1 << 30)

enum table_format { TABLE_TSV, TABLE_CSV, TABLE_XLSX };
enum table_fault_kind {
    TABLE_FAULT_NONE,
    TABLE_FAULT_EMPTY,      /* no header row */
    TABLE_FAULT_ENCODING,   /* not UTF-8: says which byte of which line */
    TABLE_FAULT_TOO_LARGE,  /* file, cell, rows or columns: value says which limit */
    TABLE_FAULT_QUOTE,      /* a quote is opened and not closed, or stands inside a bare cell */
    TABLE_FAULT_TOO_WIDE,   /* more cells than the header has */
    TABLE_FAULT_NAME_TWICE, /* one column name twice */
    TABLE_FAULT_NOT_XLSX,   /* damaged, encrypted, old .xls, no first sheet */
    TABLE_FAULT_BOMB,       /* unpacks to more than it may */
    TABLE_FAULT_DTD,        /* a DTD or an entity */
    TABLE_FAULT_FORMULA     /* a formula without a value, or an error value (#REF!) */
};
struct table_fault {
    enum table_fault_kind kind;
    int64_t line;        /* 1-based line (row for XLSX); 0: the file as a whole */
    int64_t col;         /* 1-based column; 0: the row as a whole */
    struct str detail;   /* arena; English, for the command line and logs */
};

struct table; /* opaque, in the arena */

/* Opens `bytes` (borrowed while the table is used). ERR_INPUT or ERR_LIMIT with *ret_fault filled.
 * Cells live in `a`; for XLSX the whole first sheet is parsed here, for text files row by row. */
enum err table_open(struct arena *a, struct str bytes, struct table **ret, struct table_fault *ret_fault);
enum table_format table_format(const struct table *t);
size_t table_ncol(const struct table *t);
struct str table_name(const struct table *t, size_t col); /* the header's cell, lower case ASCII */
/* Column of that name, or -1. */
int table_find(const struct table *t, const char *name);
/* The next row that is not wholly blank. ERR_NOT_FOUND at the end; ERR_INPUT/ERR_LIMIT + fault.
 * After a fault in one row (TOO_WIDE, FORMULA, cell too large) reading may go on with the next. */
enum err table_next(struct table *t, struct table_fault *ret_fault);
int64_t table_line(const struct table *t);           /* line number of the present row */
/* A cell of the present row, "" when the row is shorter; `col` -1 gives "". Never none. */
struct str table_cell(const struct table *t, int col);

/* ---- a small table as a whole: what a form brings ---- */
struct table_row {
    int64_t line;
    const struct str *cells; /* as many as there are names */
};
struct table_rows {
    const struct str *names; /* as table_name() gives them */
    const struct table_row *rows;
    size_t ncols, nrows;
};
/* All of it, in `a`; what reading takes beside is not taken from there. The first fault ends it; so do
 * more than `most_rows` rows or `most_bytes` of text (TABLE_FAULT_TOO_LARGE). */
enum err table_read_rows(struct arena *a, struct str bytes, size_t most_rows, size_t most_bytes, struct table_rows *ret,
                         struct table_fault *ret_fault);

/* Reads a whole file, at most `max` bytes. ERR_NOT_FOUND, ERR_LIMIT, ERR_IO with a note. */
enum err file_read(struct arena *a, const char *path, size_t max, struct str *ret);

/* ---- out: CSV for Excel (BOM, CRLF, cells that start with = + - @ TAB CR are guarded by ') ---- */
struct csv {
    struct buf *out;
    bool is_first;
};
struct csv csv_begin(struct buf *out);      /* writes the BOM */
void csv_text(struct csv *c, struct str s); /* guarded, quoted when needed; none: an empty cell */
void csv_int(struct csv *c, int64_t v);     /* a number, never guarded */
void csv_satang(struct csv *c, int64_t v);  /* 1234.50 */
void csv_opt_satang(struct csv *c, struct opt_satang v);
void csv_blank(struct csv *c);              /* unknown: an empty cell */
void csv_row_end(struct csv *c);

#endif
