/* open_rows.c — see open_rows.h: the spreadsheet of a take-over, as a form to fill in and as it comes back. */
#include "rooms/ledger/open_rows.h"

#include "app/file.h"
#include "table/table.h"
#include "table/xlsx_out.h"

#define FILE_COLS (1 + (int)R_COLS + (int)P_COLS) /* a note first */

const struct open_column open_receipt_columns[R_COLS] = {[R_ON] = {"r_on", MSG_open_r_on},
                                                      [R_SOURCE] = {"r_source", MSG_ledger_source},
                                                      [R_AMOUNT] = {"r_amount", MSG_plan_col_amount},
                                                      [R_REFERENCE] = {"r_reference", MSG_ledger_reference}};
const struct open_column open_project_columns[P_COLS] = {[P_CODE] = {"p_code", MSG_ledger_commit_code},
                                                      [P_TITLE] = {"p_title", MSG_ledger_commit_name},
                                                      [P_OWNER] = {"p_owner", MSG_ledger_commit_owner},
                                                      [P_SUPPORT] = {"p_support", MSG_ledger_commit_support},
                                                      [P_KIND] = {"p_kind", MSG_ledger_commit_owner_type},
                                                      [P_ON] = {"p_on", MSG_open_p_on},
                                                      [P_IN] = {"p_in", MSG_ledger_commit_in},
                                                      [P_AMOUNT] = {"p_amount", MSG_open_p_amount},
                                                      [P_BEFORE] = {"p_before", MSG_open_p_before},
                                                      [P_PAID] = {"p_paid", MSG_open_p_paid},
                                                      [P_PAID_ON] = {"p_paid_on", MSG_open_p_paid_on},
                                                      [P_AGREED] = {"p_agreed", MSG_open_p_agreed},
                                                      [P_AGREED_ON] = {"p_agreed_on", MSG_open_p_agreed_on},
                                                      [P_PARTS] = {"p_parts", MSG_open_p_parts}};

/* ---- cells ---- */

const char *open_cell_name(struct rq *rq, const struct open_grid *g, size_t row, size_t c)
{
    if (row < OPEN_TYPED_MAX) return str_z(rq->arena, str_printf(rq->arena, "%s_%zu", g->columns[c].name, row + 1));
    return str_z(rq->arena, str_printf(rq->arena, OPEN_TABLE_FAULT "%lld_%s", (long long)g->line[row - OPEN_TYPED_MAX],
                                       g->columns[c].name));
}

void open_cell_fault(struct form *f, const struct open_grid *g, size_t row, size_t c, struct str message)
{
    struct rq *rq = f->rq;
    if (row >= OPEN_TYPED_MAX)
        message = MSG_FORMAT(rq->arena, rq->page.lang, MSG_open_table_fault,
                             ledger_int_text(rq, g->line[row - OPEN_TYPED_MAX]),
                             msg_text(g->columns[c].label, rq->page.lang), message);
    form_fault(f, open_cell_name(rq, g, row, c), message);
}

bool open_is_small(struct rq *rq)
{
    size_t n = 0;
    for (size_t i = 0; i < rq->web->form.n; i++)
        if (!str_eq(rq->web->form.items[i].name, STR(OPEN_TABLE_ROWS))) n += rq->web->form.items[i].value.n;
    return n <= OPEN_TYPED_BYTES;
}

/* ---- the head ---- */

/* "เงินรับ: วันที่รับ": both halves have a day and a sum. */
static struct str head_of(struct rq *rq, enum lang lang, size_t col)
{
    if (col == 0) return msg_text(MSG_open_table_note, lang);
    bool is_receipt = col <= R_COLS;
    const struct open_column *c = is_receipt ? &open_receipt_columns[col - 1] : &open_project_columns[col - 1 - R_COLS];
    return MSG_FORMAT(rq->arena, lang, is_receipt ? MSG_open_table_receipt : MSG_open_table_project, msg_text(c->label, lang));
}

/* Where each column stands in this file. A missing one is a fault: what was put under another head would
 * be lost without a word. */
static bool find_heads(struct form *f, const struct table_rows *t, size_t ret[FILE_COLS])
{
    struct rq *rq = f->rq;
    for (size_t col = 0; col < FILE_COLS; col++) {
        struct str th = head_of(rq, LANG_TH, col), en = head_of(rq, LANG_EN, col);
        size_t i = 0;
        while (i < t->ncols && !str_eq_nocase(t->names[i], th) && !str_eq_nocase(t->names[i], en)) i++;
        ret[col] = i;
        if (i < t->ncols) continue;
        form_fault(f, OPEN_TABLE_FIELD, MSG_FORMAT(rq->arena, rq->page.lang, MSG_open_table_head, head_of(rq, rq->page.lang, col)));
        return false;
    }
    return true;
}

/* ---- the rows ---- */

static void put_row(struct open_grid *g, const struct table_row *row, const size_t *at)
{
    bool is_blank = true;
    struct str *cells = g->at[OPEN_TYPED_MAX + g->nfile];
    for (size_t c = 0; c < g->ncols; c++) {
        cells[c] = row->cells[at[c]];
        is_blank = is_blank && cells[c].n == 0;
    }
    if (!is_blank) g->line[g->nfile++] = row->line;
}

static bool is_example(const struct str note)
{
    return str_eq(note, msg_text(MSG_open_table_example, LANG_TH)) || str_eq(note, msg_text(MSG_open_table_example, LANG_EN));
}

static struct str table_refused(struct rq *rq, const struct table_fault *fault)
{
    enum lang lang = rq->page.lang;
    if (fault->kind == TABLE_FAULT_TOO_LARGE || fault->kind == TABLE_FAULT_BOMB)
        return MSG_FORMAT(rq->arena, lang, MSG_open_table_large, ledger_int_text(rq, OPEN_FILE_MAX));
    if (fault->kind == TABLE_FAULT_EMPTY) return msg_text(MSG_open_table_empty, lang);
    if (fault->line > 0 && fault->col > 0)
        return MSG_FORMAT(rq->arena, lang, MSG_open_table_cell, ledger_int_text(rq, fault->line), ledger_int_text(rq, fault->col));
    return msg_text(MSG_open_table_broken, lang);
}

static bool read_rows(struct form *f, struct str bytes, struct table_rows *ret)
{
    struct table_fault fault = {0};
    enum err e = table_read_rows(f->rq->arena, bytes, OPEN_FILE_MAX, OPEN_FILE_BYTES, ret, &fault);
    if (e != ERR_OK) form_fault(f, OPEN_TABLE_FIELD, table_refused(f->rq, &fault));
    return e == ERR_OK;
}

void open_table_take(struct form *f, struct open_grid *receipts, struct open_grid *projects)
{
    struct upload u;
    struct table_rows t = {0};
    size_t at[FILE_COLS];
    if (!form_file(f, OPEN_TABLE_FIELD, FORM_MUST, FILE_XLSX, &u)) return;
    if (!read_rows(f, u.bytes, &t) || !find_heads(f, &t, at)) return;
    receipts->nfile = projects->nfile = 0;
    for (size_t i = 0; i < t.nrows; i++) {
        if (is_example(t.rows[i].cells[at[0]])) continue;
        put_row(receipts, &t.rows[i], at + 1);
        put_row(projects, &t.rows[i], at + 1 + R_COLS);
    }
    if (receipts->nfile + projects->nfile == 0) form_fault_msg(f, OPEN_TABLE_FIELD, MSG_open_table_empty);
}

void open_grid_file(struct open_grid *g, const struct open_grid *from)
{
    g->nfile = from->nfile;
    for (size_t i = 0; i < from->nfile; i++) {
        g->line[i] = from->line[i];
        for (size_t c = 0; c < g->ncols; c++) g->at[OPEN_TYPED_MAX + i][c] = from->at[OPEN_TYPED_MAX + i][c];
    }
}

/* ---- from page to page: a TSV of kind, row of the spreadsheet, cells ---- */

static void keep_rows(struct buf *b, char kind, const struct open_grid *g)
{
    for (size_t i = 0; i < g->nfile; i++) {
        buf_putc(b, kind);
        buf_putc(b, '\t');
        buf_int(b, g->line[i]);
        for (size_t c = 0; c < g->ncols; c++) {
            buf_putc(b, '\t');
            buf_put(b, g->at[OPEN_TYPED_MAX + i][c]); /* clean: no TAB or LF in it, and TSV has no quotes */
        }
        buf_putc(b, '\n');
    }
}

struct str open_table_keep(struct rq *rq, const struct open_grid *receipts, const struct open_grid *projects)
{
    if (receipts->nfile + projects->nfile == 0) return STR("");
    struct buf b = buf_in(rq->arena, 3 * OPEN_FILE_BYTES);
    BUF_LIT(&b, "kind\tline");
    for (size_t c = 0; c < OPEN_COLS_MAX; c++) {
        BUF_LIT(&b, "\tc");
        buf_int(&b, (int64_t)c);
    }
    buf_putc(&b, '\n');
    keep_rows(&b, 'r', receipts);
    keep_rows(&b, 'p', projects);
    return buf_str(&b);
}

static void restore_row(const struct table_rows *t, size_t i, struct open_grid *g)
{
    const struct table_row *row = &t->rows[i];
    if (g->nfile == OPEN_FILE_MAX || str_to_int(row->cells[1], &g->line[g->nfile]) != ERR_OK) return;
    for (size_t c = 0; c < g->ncols; c++) g->at[OPEN_TYPED_MAX + g->nfile][c] = row->cells[2 + c];
    g->nfile++;
}

/* Taken as what it is: typed by whoever sent it, and judged again like everything typed. */
void open_table_restore(struct form *f, struct open_grid *receipts, struct open_grid *projects)
{
    struct rq *rq = f->rq;
    struct str text = web_field_get(rq->web->form, OPEN_TABLE_ROWS);
    struct table_rows t = {0};
    struct table_fault fault = {0};
    if (str_is_none(text) || text.n == 0) return;
    enum err e = table_read_rows(rq->arena, text, 2 * OPEN_FILE_MAX, 2 * OPEN_FILE_BYTES, &t, &fault);
    if (e != ERR_OK || t.ncols != 2 + OPEN_COLS_MAX) {
        form_fault_msg(f, OPEN_TABLE_FIELD, MSG_open_table_lost);
        return;
    }
    for (size_t i = 0; i < t.nrows; i++) restore_row(&t, i, str_eq(t.rows[i].cells[0], STR("r")) ? receipts : projects);
}

/* ---- the spreadsheet to fill in ---- */

struct example {
    struct rq *rq;
    struct xlsx_out *x;
    struct str code, first, second; /* of the fund; two days of the year's first month */
    const struct choice *sources, *supports, *owners;
    size_t nsources, nsupports, nowners;
};

static void put_choice(struct example *e, const struct choice *list, size_t n, size_t row)
{
    if (row < n) xlsx_out_text(e->x, list[row].label);
    else xlsx_out_blank(e->x);
}

static void put_example(struct example *e, size_t row)
{
    struct rq *rq = e->rq;
    xlsx_out_text(e->x, msg_text(MSG_open_table_example, rq->page.lang));
    xlsx_out_text(e->x, e->first);
    put_choice(e, e->sources, e->nsources, row);
    xlsx_out_satang(e->x, satang(10000000));
    xlsx_out_text(e->x, STR("R-1"));
    struct str type = row < e->nsupports ? e->supports[row].value : STR("2"); /* the code says what its row says */
    xlsx_out_text(e->x, str_printf(rq->arena, "%d-%.*s-%.*s-%02zu", rq->this_fy.v % 100, STR_FMT(e->code), STR_FMT(type), row + 1));
    xlsx_out_text(e->x, msg_text(MSG_open_table_example_title, rq->page.lang));
    xlsx_out_blank(e->x);
    put_choice(e, e->supports, e->nsupports, row);
    put_choice(e, e->owners, e->nowners, row);
    xlsx_out_text(e->x, e->first);
    xlsx_out_text(e->x, str_printf(rq->arena, "1/%d", rq->this_fy.v));
    xlsx_out_satang(e->x, satang(5000000));
    xlsx_out_satang(e->x, satang(0));
    xlsx_out_satang(e->x, satang(2000000));
    xlsx_out_text(e->x, e->second);
    xlsx_out_blank(e->x);
    xlsx_out_blank(e->x);
    xlsx_out_text(e->x, STR("20,000 + 30,000"));
    xlsx_out_row_end(e->x);
}

/* Each row of the example shows another of the words that a column takes. */
enum err ledger_open_xlsx(struct rq *rq)
{
    struct ledger_here here;
    struct xlsx_out_column columns[FILE_COLS];
    struct str bytes = STR_NONE;
    TRY(ledger_here_read(rq, NULL, &here));
    struct example e = {.rq = rq, .code = here.code};
    e.sources = ledger_source_choices(rq, STR(""), &e.nsources);
    TRY(ledger_support_choices(rq, rq->this_fy, STR(""), &e.supports, &e.nsupports));
    TRY(ledger_owner_choices(rq, STR(""), &e.owners, &e.nowners));
    e.first = str_printf(rq->arena, "5/10/%d", rq->this_fy.v - 1);
    e.second = str_printf(rq->arena, "20/10/%d", rq->this_fy.v - 1);
    for (size_t c = 0; c < FILE_COLS; c++) columns[c] = (struct xlsx_out_column){head_of(rq, rq->page.lang, c), c == 0 ? 12 : 20};
    size_t n = e.nsources > e.nsupports ? e.nsources : e.nsupports;
    if (e.nowners > n) n = e.nowners;
    TRY(xlsx_out_begin(rq->arena, msg_text(MSG_open_table_sheet, rq->page.lang), STR_NONE, columns, FILE_COLS, &e.x));
    for (size_t row = 0; row < n; row++) put_example(&e, row);
    TRY(xlsx_out_end(e.x, &bytes));
    return ledger_xlsx_answer(rq, bytes, str_printf(rq->arena, "open-%.*s", STR_FMT(here.code)));
}
