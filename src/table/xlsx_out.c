/* xlsx_out.c — see xlsx_out.h. The library keeps the last row only; a cell of a past row would be
 * lost, so rows are written from left to right and closed. */
#include "table/xlsx_out.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/clock.h"
#include "table/table.h"

#define HEAD_ROW 2 /* 0 the title, 1 free */
#define PATH_BYTES 512

struct xlsx_out {
    struct arena *arena;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *count, *money, *percent;
    lxw_row_t head_row, row;
    lxw_col_t col, ncolumns;
    lxw_error failed; /* the first that a cell gave */
    bool is_too_long;
    char path[PATH_BYTES], dir[PATH_BYTES]; /* the library asks for a char * */
};

static const char *temp_dir(void)
{
    const char *dir = getenv("TMPDIR");
    return dir != NULL && dir[0] != '\0' ? dir : P_tmpdir;
}

static void note(struct xlsx_out *x, lxw_error e)
{
    if (x->failed == LXW_NO_ERROR) x->failed = e;
}

/* A name for the file: made empty and at once, so that nobody else has it. */
static enum err take_path(struct xlsx_out *x)
{
    int n = snprintf(x->path, sizeof x->path, "%s/sarn-xlsx-XXXXXX", temp_dir());
    if (n < 0 || (size_t)n >= sizeof x->path) return err_note(ERR_IO, "the path of TMPDIR is too long");
    int fd = mkstemp(x->path);
    if (fd < 0) return err_note(ERR_IO, "no temporary file can be made in TMPDIR");
    close(fd);
    return ERR_OK;
}

static void make_formats(struct xlsx_out *x, lxw_format *title)
{
    x->head = workbook_add_format(x->book);
    x->count = workbook_add_format(x->book);
    x->money = workbook_add_format(x->book);
    x->percent = workbook_add_format(x->book);
    format_set_bold(title);
    format_set_font_size(title, 14);
    format_set_bold(x->head);
    format_set_text_wrap(x->head);
    format_set_bottom(x->head, LXW_BORDER_THIN);
    format_set_num_format(x->count, "#,##0");
    format_set_num_format(x->money, "#,##0.00");
    format_set_num_format(x->percent, "0.0%");
}

static void put_heads(struct xlsx_out *x, struct str title, const struct xlsx_out_column *columns)
{
    lxw_format *big = workbook_add_format(x->book);
    make_formats(x, big);
    for (lxw_col_t c = 0; c < x->ncolumns; c++)
        note(x, worksheet_set_column(x->sheet, c, c, columns[c].width, NULL));
    if (!str_is_none(title)) note(x, worksheet_write_string(x->sheet, 0, 0, str_z(x->arena, title), big));
    for (lxw_col_t c = 0; c < x->ncolumns; c++)
        note(x, worksheet_write_string(x->sheet, x->head_row, c, str_z(x->arena, columns[c].name), x->head));
    worksheet_freeze_panes(x->sheet, x->head_row + 1, 1);
    worksheet_set_landscape(x->sheet);
    worksheet_set_paper(x->sheet, 9); /* A4 */
    worksheet_repeat_rows(x->sheet, x->head_row, x->head_row);
    worksheet_fit_to_pages(x->sheet, 1, 0);
}

enum err xlsx_out_begin(struct arena *a, struct str sheet, struct str title, const struct xlsx_out_column *columns,
                        size_t ncolumns, struct xlsx_out **ret)
{
    struct xlsx_out *x = ARENA_NEW(a, struct xlsx_out);
    assert(ncolumns > 0 && ncolumns <= XLSX_OUT_COLS_MAX);
    x->arena = a;
    x->ncolumns = (lxw_col_t)ncolumns;
    x->head_row = str_is_none(title) ? 0 : HEAD_ROW;
    x->row = x->head_row + 1;
    TRY(take_path(x));
    snprintf(x->dir, sizeof x->dir, "%s", temp_dir());
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = x->dir};
    x->book = workbook_new_opt(x->path, &options);
    if (x->book != NULL) x->sheet = workbook_add_worksheet(x->book, str_z(a, sheet));
    if (x->sheet == NULL) {
        unlink(x->path);
        if (x->book != NULL) lxw_workbook_free(x->book);
        return err_note(ERR_IO, "the spreadsheet cannot be begun");
    }
    lxw_doc_properties properties = {.created = (time_t)(clock_now().v / 1000)};
    note(x, workbook_set_properties(x->book, &properties));
    put_heads(x, title, columns);
    *ret = x;
    return ERR_OK;
}

/* The place of the next cell; beyond the limits nothing is written, and the end says so. */
static bool next(struct xlsx_out *x, lxw_col_t *ret)
{
    assert(x->col < x->ncolumns);
    if (x->row > x->head_row + XLSX_OUT_ROWS_MAX) x->is_too_long = true;
    *ret = x->col++;
    return !x->is_too_long;
}

void xlsx_out_text(struct xlsx_out *x, struct str s)
{
    lxw_col_t col;
    if (!next(x, &col) || str_is_none(s) || str_is_empty(s)) return;
    note(x, worksheet_write_string(x->sheet, x->row, col, str_z(x->arena, str_cut(s, XLSX_OUT_TEXT_MAX)), NULL));
}

static void put_number(struct xlsx_out *x, double v, lxw_format *format)
{
    lxw_col_t col;
    if (next(x, &col)) note(x, worksheet_write_number(x->sheet, x->row, col, v, format));
}

void xlsx_out_int(struct xlsx_out *x, int64_t v)
{
    put_number(x, (double)v, x->count);
}

void xlsx_out_satang(struct xlsx_out *x, struct satang v)
{
    put_number(x, (double)v.v / 100, x->money); /* a spreadsheet has 15 digits: exact to 9 million million */
}

void xlsx_out_percent(struct xlsx_out *x, struct bp v)
{
    put_number(x, (double)v.v / 10000, x->percent);
}

void xlsx_out_blank(struct xlsx_out *x)
{
    lxw_col_t col;
    (void)next(x, &col);
}

void xlsx_out_row_end(struct xlsx_out *x)
{
    x->row++;
    x->col = 0;
}

enum err xlsx_out_end(struct xlsx_out *x, struct str *ret)
{
    struct str bytes = STR_NONE;
    note(x, workbook_close(x->book)); /* frees it, whatever happens */
    enum err e = x->failed == LXW_NO_ERROR ? file_read(x->arena, x->path, XLSX_OUT_BYTES_MAX, &bytes)
                                           : err_note(ERR_IO, "%s", lxw_strerror(x->failed));
    unlink(x->path);
    TRY(e);
    if (x->is_too_long) return err_note(ERR_LIMIT, "too many rows for one spreadsheet");
    *ret = bytes;
    return ERR_OK;
}
