/* xlsx_out.h — a table as a spreadsheet: one sheet with a title, a head that stays, and typed cells.
 *
 * Made by libxlsxwriter row by row (its constant_memory mode) in files of TMPDIR, which are gone when
 * xlsx_end() returns. Text is always a text cell: what begins with = + - @ is never a formula. */
#ifndef SARN_TABLE_XLSX_OUT_H
#define SARN_TABLE_XLSX_OUT_H

#include "base/money.h"

#define XLSX_OUT_ROWS_MAX  100000
#define XLSX_OUT_COLS_MAX  64
#define XLSX_OUT_TEXT_MAX  1000               /* bytes of a cell: longer ones are cut between letters */
#define XLSX_OUT_BYTES_MAX ((size_t)16 << 20) /* of the finished file */

struct xlsx_out; /* opaque, in the arena */
struct xlsx_out_column {
    struct str name;
    int width; /* letters */
};
/* `sheet`: its name, at most 31 letters without []:*?/\ ; `title` stands over the head; none: the head is
 * the first row, as a table that is read again needs it. Owned:
 * xlsx_out_end() on every path. ERR_IO: no temporary file can be made. */
enum err xlsx_out_begin(struct arena *a, struct str sheet, struct str title, const struct xlsx_out_column *columns,
                        size_t ncolumns, struct xlsx_out **ret);
void xlsx_out_text(struct xlsx_out *x, struct str s);
void xlsx_out_int(struct xlsx_out *x, int64_t v);       /* 1,234 */
void xlsx_out_satang(struct xlsx_out *x, struct satang v); /* 1,234.50 */
void xlsx_out_percent(struct xlsx_out *x, struct bp v); /* 48.4 %, as a share that can be reckoned with */
void xlsx_out_blank(struct xlsx_out *x);                /* unknown */
void xlsx_out_row_end(struct xlsx_out *x);
/* The finished file, in the arena. ERR_LIMIT: too many rows or bytes; ERR_IO. */
enum err xlsx_out_end(struct xlsx_out *x, struct str *ret);

#endif
