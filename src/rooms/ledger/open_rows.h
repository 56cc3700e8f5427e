/* open_rows.h — the rows of opening a book: typed into the form, pasted, or brought as one spreadsheet. The
 * spreadsheet has receipts and projects side by side under one head; its rows are never inputs of the form
 * (they may be a thousand): they go on from page to page in one hidden field, and each fault names its row. */
#ifndef SARN_ROOMS_LEDGER_OPEN_ROWS_H
#define SARN_ROOMS_LEDGER_OPEN_ROWS_H

#include "rooms/ledger/ledger_ask.h"

#define OPEN_TYPED_MAX  50
#define OPEN_FILE_MAX   1000
#define OPEN_ROWS_MAX   (OPEN_TYPED_MAX + OPEN_FILE_MAX)
#define OPEN_COLS_MAX   14
#define OPEN_FILE_BYTES ((size_t)400 << 10) /* of text in the file's cells */
#define OPEN_TYPED_BYTES ((size_t)128 << 10) /* of all that is typed */

enum { R_ON, R_SOURCE, R_AMOUNT, R_REFERENCE, R_COLS };
enum { P_CODE, P_TITLE, P_OWNER, P_SUPPORT, P_KIND, P_ON, P_IN, P_AMOUNT, P_BEFORE, P_PAID, P_PAID_ON, P_AGREED, P_AGREED_ON, P_PARTS, P_COLS };

struct open_column {
    const char *name;
    enum msg label;
};
extern const struct open_column open_receipt_columns[R_COLS], open_project_columns[P_COLS];

/* Rows from OPEN_TYPED_MAX on are the file's; those between nrows and it are blank. */
struct open_grid {
    const struct open_column *columns;
    size_t ncols, nrows, nfile;
    struct str at[OPEN_ROWS_MAX][OPEN_COLS_MAX];
    int64_t line[OPEN_FILE_MAX]; /* of the spreadsheet */
};

/* The input of a cell, or what its fault is called when it came by file. */
const char *open_cell_name(struct rq *rq, const struct open_grid *g, size_t row, size_t c);
/* A fault of a cell, told with its row where it came by file. */
void open_cell_fault(struct form *f, const struct open_grid *g, size_t row, size_t c, struct str message);

#define OPEN_TABLE_FIELD "table"      /* the file */
#define OPEN_TABLE_ROWS  "table_rows" /* its rows, hidden */
#define OPEN_TABLE_FAULT "table_row_" /* begins the name of each fault in it */
/* Whether the typed part of the form is of a size that a person can have typed. */
bool open_is_small(struct rq *rq);
/* Reads the file of the form; without a transaction. Faults stand at the file or name their row. */
void open_table_take(struct form *f, struct open_grid *receipts, struct open_grid *projects);
/* The file's rows of one grid into another. */
void open_grid_file(struct open_grid *g, const struct open_grid *from);
/* The rows again from the hidden field. */
void open_table_restore(struct form *f, struct open_grid *receipts, struct open_grid *projects);
/* The rows as that field carries them; "" when no file was read. */
struct str open_table_keep(struct rq *rq, const struct open_grid *receipts, const struct open_grid *projects);

#endif
