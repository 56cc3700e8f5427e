/* open_pages.c — opening a book: with its balance, or taking over in mid-year. Rows are typed, or pasted
 * from a spreadsheet and shown as rows; nothing is booked before the review, and each fault stands at
 * its row. */
#include "base/baht_text.h"
#include "base/thai.h"
#include "app/file.h"
#include "rooms/ledger/open_rows.h"
#include "rooms/ledger_open.html.h"
#include "rooms/ledger_post.html.h"

#define RECEIPTS_FIRST 4
#define PROJECTS_FIRST 2
#define ROWS_MORE      4
#define WARNINGS_MAX   20

struct opening {
    struct rq *rq;
    struct form *form;
    struct ledger_here here;
    bool is_takeover;
    struct open_grid *receipts, *projects;
    const struct choice *sources, *supports, *owners;
    size_t nsources, nsupports, nowners;
    struct ledger_opening o;
    size_t receipt_row[OPEN_ROWS_MAX], project_row[OPEN_ROWS_MAX]; /* which row each taken one stood in */
};

/* ---- rows ---- */

static bool row_is_blank(const struct open_grid *g, size_t row)
{
    for (size_t c = 0; c < g->ncols; c++)
        if (g->at[row][c].n > 0) return false;
    return true;
}

static void grid_paste(struct rq *rq, struct open_grid *g, struct str text)
{
    struct str line, cell;
    while (!str_is_empty(text) && str_split(&text, '\n', &line)) {
        size_t row = 0, c = 0;
        if (str_is_empty(str_trim(line))) continue;
        while (row < g->nrows && !row_is_blank(g, row)) row++;
        if (row == OPEN_TYPED_MAX) return;
        if (row == g->nrows) g->nrows++;
        while (c < g->ncols && str_split(&line, '\t', &cell)) g->at[row][c++] = str_copy(rq->arena, str_trim(cell));
        while (c < g->ncols) g->at[row][c++] = STR("");
    }
}

static struct open_grid *grid_read(struct opening *p, const struct open_column *columns, size_t ncols, const char *count, size_t least,
                              const char *paste)
{
    struct form *f = p->form;
    struct open_grid *g = ARENA_NEW(p->rq->arena, struct open_grid);
    int64_t n = 0;
    g->columns = columns;
    g->ncols = ncols;
    if (str_to_int(form_raw(f, count), &n) != ERR_OK || n < (int64_t)least) n = (int64_t)least;
    g->nrows = n > OPEN_TYPED_MAX ? OPEN_TYPED_MAX : (size_t)n;
    for (size_t row = 0; row < g->nrows; row++)
        for (size_t c = 0; c < ncols; c++) g->at[row][c] = form_raw(f, open_cell_name(p->rq, g, row, c));
    grid_paste(p->rq, g, form_text(f, paste, FORM_MAY, 20000));
    return g;
}

/* ---- cells ---- */

static void cell_fault(struct opening *p, const struct open_grid *g, size_t row, size_t c, enum msg message)
{
    open_cell_fault(p->form, g, row, c, msg_text(message, p->rq->page.lang));
}

static struct str cell_text(struct opening *p, const struct open_grid *g, size_t row, size_t c, enum form_need need)
{
    struct str s = g->at[row][c];
    if (s.n == 0 && need == FORM_MUST) cell_fault(p, g, row, c, MSG_open_missing);
    return s.n > 0 ? s : STR_NONE;
}

static struct satang cell_money(struct opening *p, const struct open_grid *g, size_t row, size_t c, enum form_need need)
{
    struct satang v = {0};
    struct str s = cell_text(p, g, row, c, need);
    if (s.n > 0 && satang_parse(s, &v) != ERR_OK) cell_fault(p, g, row, c, MSG_form_money);
    else if (v.v > FORM_SATANG_MAX) cell_fault(p, g, row, c, MSG_form_money_large);
    else if (need == FORM_MUST && s.n > 0 && v.v == 0) cell_fault(p, g, row, c, MSG_form_money);
    return v;
}

/* "5/10/2569", "5 ต.ค. 2569", or ISO. */
static struct opt_date cell_date(struct opening *p, const struct open_grid *g, size_t row, size_t c, enum form_need need)
{
    struct opt_date d = {0};
    struct str s = cell_text(p, g, row, c, need), rest = s, day, month, year;
    if (s.n == 0) return d;
    if (s.n == 10 && s.p[4] == '-') { /* a spreadsheet may have taken 2569 for a year of its own count */
        d.has = date_parse_fields(str_from(s, 8), str_first(str_from(s, 5), 2), str_first(s, 4), &d.v) == ERR_OK;
        if (!d.has) cell_fault(p, g, row, c, MSG_open_bad_date);
        return d;
    }
    char sep = str_find_char(s, '/') >= 0 ? '/' : ' ';
    d.has = str_split(&rest, sep, &day) && str_split(&rest, sep, &month) && str_split(&rest, sep, &year) &&
            date_parse_fields(day, month, year, &d.v) == ERR_OK;
    if (!d.has) cell_fault(p, g, row, c, MSG_open_bad_date);
    return d;
}

/* A code, or the words that stand for it. */
static struct str cell_code(struct opening *p, const struct open_grid *g, size_t row, size_t c, const struct choice *list, size_t n)
{
    struct str s = cell_text(p, g, row, c, FORM_MUST);
    for (size_t i = 0; i < n; i++)
        if (s.n > 0 && (str_eq(s, list[i].value) || str_eq(s, list[i].label))) return list[i].value;
    if (s.n > 0) cell_fault(p, g, row, c, MSG_open_bad_code);
    return STR("");
}

/* "15,000 + 15,000": all instalments of the agreement. */
static void cell_parts(struct opening *p, const struct open_grid *g, size_t row, struct ledger_take_project *t)
{
    struct rq *rq = p->rq;
    struct str rest = g->at[row][P_PARTS], piece;
    struct satang *sums = ARENA_ARRAY(rq->arena, struct satang, LEDGER_INSTALMENTS_MAX);
    t->instalments = sums;
    while (!str_is_empty(rest) && str_split(&rest, '+', &piece)) {
        if (t->ninstalments == LEDGER_INSTALMENTS_MAX || satang_parse(str_trim(piece), &sums[t->ninstalments]) != ERR_OK ||
            sums[t->ninstalments].v <= 0 || sums[t->ninstalments].v > FORM_SATANG_MAX) {
            cell_fault(p, g, row, P_PARTS, MSG_open_bad_parts);
            t->ninstalments = 0;
            return;
        }
        t->ninstalments++;
    }
    struct satang sum = ledger_parts_sum(sums, t->ninstalments);
    if (t->ninstalments > 0 && sum.v != t->amount.v)
        open_cell_fault(p->form, g, row, P_PARTS, MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_instalments_sum,
                                                             ledger_money_text(rq, sum), ledger_money_text(rq, t->amount)));
}

/* From the first row on, or the file's rows alone. */
static void take_receipts(struct opening *p, size_t first)
{
    const struct open_grid *g = p->receipts;
    struct ledger_take_receipt *all = ARENA_ARRAY(p->rq->arena, struct ledger_take_receipt, g->nrows + g->nfile);
    for (size_t row = first; row < OPEN_TYPED_MAX + g->nfile; row++) {
        enum ledger_source source = LEDGER_NHSO;
        if (row_is_blank(g, row)) continue;
        struct str code = cell_code(p, g, row, R_SOURCE, p->sources, p->nsources);
        if (code.n > 0 && ledger_source_of(code, &source) != ERR_OK) cell_fault(p, g, row, R_SOURCE, MSG_open_bad_code);
        p->receipt_row[p->o.nreceipts] = row;
        all[p->o.nreceipts++] = (struct ledger_take_receipt){.on = cell_date(p, g, row, R_ON, FORM_MUST).v,
                                                             .source = source,
                                                             .amount = cell_money(p, g, row, R_AMOUNT, FORM_MUST),
                                                             .reference = cell_text(p, g, row, R_REFERENCE, FORM_MAY)};
    }
    p->o.receipts = all;
}

static struct ledger_take_project take_project(struct opening *p, const struct open_grid *g, size_t row)
{
    struct ledger_take_project t = {.project_code = cell_text(p, g, row, P_CODE, FORM_MUST),
                                    .title = cell_text(p, g, row, P_TITLE, FORM_MUST),
                                    .owner_name = cell_text(p, g, row, P_OWNER, FORM_MAY),
                                    .support_type = cell_code(p, g, row, P_SUPPORT, p->supports, p->nsupports),
                                    .owner_type = cell_code(p, g, row, P_KIND, p->owners, p->nowners),
                                    .issue_code = STR_NONE,
                                    .approved_on = cell_date(p, g, row, P_ON, FORM_MUST).v,
                                    .approved_in = cell_text(p, g, row, P_IN, FORM_MUST),
                                    .amount = cell_money(p, g, row, P_AMOUNT, FORM_MUST),
                                    .paid_before = cell_money(p, g, row, P_BEFORE, FORM_MAY),
                                    .paid_this_year = cell_money(p, g, row, P_PAID, FORM_MAY),
                                    .paid_on = cell_date(p, g, row, P_PAID_ON, FORM_MAY),
                                    .agreement_no = cell_text(p, g, row, P_AGREED, FORM_MAY),
                                    .agreement_on = cell_date(p, g, row, P_AGREED_ON, FORM_MAY)};
    cell_parts(p, g, row, &t);
    if (thai_has_phone_or_citizen_id(t.title)) cell_fault(p, g, row, P_TITLE, MSG_project_private_field);
    if (thai_has_phone_or_citizen_id(t.owner_name)) cell_fault(p, g, row, P_OWNER, MSG_project_private_field);
    if (t.paid_this_year.v > 0 && !t.paid_on.has) cell_fault(p, g, row, P_PAID_ON, MSG_open_missing);
    return t;
}

static void take_projects(struct opening *p, size_t first)
{
    const struct open_grid *g = p->projects;
    struct ledger_take_project *all = ARENA_ARRAY(p->rq->arena, struct ledger_take_project, g->nrows + g->nfile);
    for (size_t row = first; row < OPEN_TYPED_MAX + g->nfile; row++) {
        if (row_is_blank(g, row)) continue;
        p->project_row[p->o.nprojects] = row;
        all[p->o.nprojects++] = take_project(p, g, row);
    }
    p->o.projects = all;
}

/* ---- reading the whole form ---- */

static enum err opening_begin(struct rq *rq, struct form *f, struct opening *p)
{
    *p = (struct opening){.rq = rq, .form = f};
    TRY(ledger_here_read(rq, f->rq == NULL ? NULL : f, &p->here));
    p->is_takeover = rq_param(rq, "take").n > 0 || form_raw(f, "take").n > 0;
    p->sources = ledger_source_choices(rq, STR(""), &p->nsources);
    TRY(ledger_support_choices(rq, rq->this_fy, STR(""), &p->supports, &p->nsupports));
    TRY(ledger_owner_choices(rq, STR(""), &p->owners, &p->nowners));
    p->receipts = grid_read(p, open_receipt_columns, R_COLS, "receipt_rows", RECEIPTS_FIRST, "paste_receipts");
    p->projects = grid_read(p, open_project_columns, P_COLS, "project_rows", PROJECTS_FIRST, "paste_projects");
    return ERR_OK;
}

static void opening_read(struct opening *p)
{
    struct form *f = p->form;
    struct opt_date on = form_date(f, "opened_on", FORM_MUST);
    p->o = (struct ledger_opening){.fund_code = p->here.code,
                                   .kind = p->here.kind,
                                   .opened_on = on.v,
                                   .balance = form_satang(f, "balance", FORM_MUST, satang(0)).v,
                                   .is_take_over = p->is_takeover,
                                   .balance_on = on.v,
                                   .bank_name = form_line(f, "bank_name", FORM_MAY, LEDGER_PARTY_MAX),
                                   .bank_branch = form_line(f, "bank_branch", FORM_MAY, LEDGER_PARTY_MAX),
                                   .bank_account_name = form_line(f, "bank_account_name", FORM_MAY, LEDGER_PARTY_MAX),
                                   .bank_account_no = form_line(f, "bank_account_no", FORM_MAY, 40)};
    if (!p->is_takeover) return;
    take_receipts(p, 0);
    take_projects(p, 0);
}

/* At which cell a refusal of the rules belongs. */
static void put_refused(struct opening *p, const struct ledger_refusal *r)
{
    const char *field = ledger_fault_field(r->fault);
    struct str message = ledger_fault_text(p->rq, r->fault, &(struct ledger_about){.here = &p->here});
    bool is_date = str_eq(str_of(field), STR("date")), is_code = str_eq(str_of(field), STR("project_code"));
    if (r->at == LEDGER_AT_RECEIPT && r->row < p->o.nreceipts)
        open_cell_fault(p->form, p->receipts, p->receipt_row[r->row], is_date ? R_ON : R_AMOUNT, message);
    else if (r->at == LEDGER_AT_PROJECT && r->row < p->o.nprojects)
        open_cell_fault(p->form, p->projects, p->project_row[r->row], is_date ? P_ON : is_code ? P_CODE : P_AMOUNT, message);
    else
        form_fault(p->form, is_date ? "opened_on" : "balance", message);
}

static enum err opening_try(struct opening *p, bool is_real)
{
    struct rq *rq = p->rq;
    struct actor by = rq_actor(rq);
    struct ledger_refusal refused = {0};
    struct ledger_book_id id;
    TRY(db_savepoint(rq->db));
    enum err e = ledger_book_open(rq->db, rq->arena, &by, &p->o, &refused, &id);
    if (e == ERR_OK && is_real) return db_release(rq->db);
    db_rollback_to(rq->db);
    if (e != ERR_REFUSED || refused.fault == LEDGER_FINE) return e;
    put_refused(p, &refused);
    return ERR_OK;
}

/* ---- showing ---- */

static const struct choice *choices_of(struct opening *p, const struct open_column *c, struct str value, size_t *ret_n)
{
    const struct choice *list = NULL;
    size_t n = 0;
    if (c == &open_receipt_columns[R_SOURCE]) list = p->sources, n = p->nsources;
    if (c == &open_project_columns[P_SUPPORT]) list = p->supports, n = p->nsupports;
    if (c == &open_project_columns[P_KIND]) list = p->owners, n = p->nowners;
    struct choice *copy = ARENA_ARRAY(p->rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = (struct choice){list[i].value, list[i].label,
                                  value.n > 0 && (str_eq(value, list[i].value) || str_eq(value, list[i].label))};
    *ret_n = n;
    return copy;
}

static const struct ledger_cells *grid_view(struct opening *p, const struct open_grid *g)
{
    struct rq *rq = p->rq;
    struct ledger_cells *rows = ARENA_ARRAY(rq->arena, struct ledger_cells, g->nrows);
    for (size_t row = 0; row < g->nrows; row++) {
        struct ledger_cell *cells = ARENA_ARRAY(rq->arena, struct ledger_cell, g->ncols);
        for (size_t c = 0; c < g->ncols; c++) {
            cells[c].f = form_field_of(p->form, open_cell_name(rq, g, row, c), g->at[row][c]);
            cells[c].label = msg_text(g->columns[c].label, rq->page.lang);
            cells[c].choices = choices_of(p, &g->columns[c], g->at[row][c], &cells[c].nchoices);
        }
        rows[row] = (struct ledger_cells){(int64_t)row + 1, cells, g->ncols};
    }
    return rows;
}

static void fill_table_faults(struct opening *p, struct ledger_open_view *v)
{
    struct ledger_keep *faults = ARENA_ARRAY(p->rq->arena, struct ledger_keep, p->form->nfaults);
    for (size_t i = 0; i < p->form->nfaults; i++) {
        struct str name = str_of(p->form->faults[i].field);
        if (str_starts(name, STR(OPEN_TABLE_FAULT))) faults[v->ntable_faults++] = (struct ledger_keep){name, p->form->faults[i].message};
    }
    v->table_faults = faults;
}

static enum err opening_show(struct opening *p)
{
    struct rq *rq = p->rq;
    struct form *f = p->form;
    struct str title = msg_text(MSG_ledger_open_title, rq->page.lang);
    struct ledger_keep *keeps = ARENA_ARRAY(rq->arena, struct ledger_keep, 5);
    keeps[0] = (struct ledger_keep){STR("book"), p->here.is_ltc};
    keeps[1] = (struct ledger_keep){STR("take"), p->is_takeover ? STR("1") : STR("")};
    keeps[2] = (struct ledger_keep){STR("receipt_rows"), ledger_int_text(rq, (int64_t)p->receipts->nrows)};
    keeps[3] = (struct ledger_keep){STR("project_rows"), ledger_int_text(rq, (int64_t)p->projects->nrows)};
    keeps[4] = (struct ledger_keep){STR(OPEN_TABLE_ROWS), open_table_keep(rq, p->receipts, p->projects)};
    struct ledger_open_view v = {.head = ledger_head_of(rq, &p->here, title),
                                 .marks = form_marks(rq),
                                 .action = ledger_href(rq, &p->here, "/open"),
                                 .simple = ledger_href(rq, &p->here, "/open"),
                                 .takeover = ledger_href(rq, &p->here, "/open?take=1"),
                                 .is_takeover = p->is_takeover,
                                 .keeps = keeps,
                                 .nkeeps = 5,
                                 .upload = ledger_href(rq, &p->here, "/open/table"),
                                 .blank_table = ledger_href(rq, &p->here, "/open.xlsx"),
                                 .nfile_receipts = (int64_t)p->receipts->nfile,
                                 .nfile_projects = (int64_t)p->projects->nfile,
                                 .balance = form_field(f, "balance"),
                                 .bank_name = form_field(f, "bank_name"),
                                 .bank_branch = form_field(f, "bank_branch"),
                                 .bank_account_name = form_field(f, "bank_account_name"),
                                 .bank_account_no = form_field(f, "bank_account_no"),
                                 .paste_receipts = form_field_of(f, "paste_receipts", STR("")),
                                 .paste_projects = form_field_of(f, "paste_projects", STR("")),
                                 .on = form_date_field(f, "opened_on")};
    v.receipts = grid_view(p, p->receipts);
    v.nreceipts = p->receipts->nrows;
    v.projects = grid_view(p, p->projects);
    v.nprojects = p->projects->nrows;
    TRY(form_file_field(f, OPEN_TABLE_FIELD, FILE_XLSX, NULL, &v.table));
    fill_table_faults(p, &v);
    v.errors = form_errors(f);
    ledger_open_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the review ---- */

static size_t keep_grid(struct opening *p, const struct open_grid *g, struct ledger_keep *keeps)
{
    size_t n = 0;
    for (size_t row = 0; row < g->nrows; row++)
        for (size_t c = 0; c < g->ncols; c++)
            if (g->at[row][c].n > 0)
                keeps[n++] = (struct ledger_keep){str_of(open_cell_name(p->rq, g, row, c)), g->at[row][c]};
    return n;
}

static const struct ledger_keep *keep_all(struct opening *p, size_t *ret_n)
{
    static const char *const names[] = {"book",      "take",        "opened_on_d",       "opened_on_m",    "opened_on_y", "balance",
                                        "bank_name", "bank_branch", "bank_account_name", "bank_account_no"};
    size_t n = sizeof names / sizeof names[0];
    size_t most = n + 3 + p->receipts->nrows * R_COLS + p->projects->nrows * P_COLS;
    struct ledger_keep *keeps = ARENA_ARRAY(p->rq->arena, struct ledger_keep, most);
    for (size_t i = 0; i < n; i++) keeps[i] = (struct ledger_keep){str_of(names[i]), form_raw(p->form, names[i])};
    keeps[n++] = (struct ledger_keep){STR("receipt_rows"), ledger_int_text(p->rq, (int64_t)p->receipts->nrows)};
    keeps[n++] = (struct ledger_keep){STR("project_rows"), ledger_int_text(p->rq, (int64_t)p->projects->nrows)};
    keeps[n++] = (struct ledger_keep){STR(OPEN_TABLE_ROWS), open_table_keep(p->rq, p->receipts, p->projects)};
    n += keep_grid(p, p->receipts, keeps + n);
    n += keep_grid(p, p->projects, keeps + n);
    *ret_n = n;
    return keeps;
}

/* Codes that say another type than their row: kept all the same, when it is meant. The first of them by name. */
static const struct ledger_keep *code_warnings(struct opening *p, size_t *ret_n)
{
    struct rq *rq = p->rq;
    struct ledger_keep *all = ARENA_ARRAY(rq->arena, struct ledger_keep, WARNINGS_MAX + 1);
    int64_t more = 0;
    size_t n = 0;
    for (size_t i = 0; p->is_takeover && i < p->o.nprojects; i++) {
        const struct ledger_take_project *t = &p->o.projects[i];
        if (!ledger_code_says_other(t->project_code, t->support_type)) continue;
        if (n < WARNINGS_MAX)
            all[n++].value = str_concat(rq->arena, (const struct str[]){t->project_code, STR(" · "), t->title, STR(": "),
                                                                  msg_text(MSG_project_warn_code_type, rq->page.lang)}, 5);
        else more++;
    }
    if (more > 0) all[n++].value = MSG_FORMAT(rq->arena, rq->page.lang, MSG_open_warn_more, ledger_int_text(rq, more));
    *ret_n = n;
    return all;
}

static enum err opening_review(struct opening *p)
{
    struct rq *rq = p->rq;
    enum lang lang = rq->page.lang;
    struct satang received = {0}, approved = {0};
    for (size_t i = 0; i < p->o.nreceipts; i++) received = satang_add(received, p->o.receipts[i].amount);
    for (size_t i = 0; i < p->o.nprojects; i++) approved = satang_add(approved, p->o.projects[i].amount);
    struct str receipts = MSG_FORMAT(rq->arena, lang, MSG_open_rows_sum, ledger_int_text(rq, (int64_t)p->o.nreceipts),
                                     ledger_money_text(rq, received));
    struct str projects = MSG_FORMAT(rq->arena, lang, MSG_open_rows_sum, ledger_int_text(rq, (int64_t)p->o.nprojects),
                                     ledger_money_text(rq, approved));
    const struct ledger_line_view lines[] = {
        {msg_text(p->is_takeover ? MSG_ledger_open_take_on : MSG_ledger_open_on, lang), ledger_date_text(rq, p->o.opened_on), STR_NONE},
        {msg_text(MSG_ledger_bank_name, lang), p->o.bank_name, p->o.bank_branch},
        {msg_text(MSG_ledger_bank_account_no, lang), p->o.bank_account_no, p->o.bank_account_name},
        {msg_text(MSG_ledger_open_receipts, lang), p->is_takeover ? receipts : STR(""), STR_NONE},
        {msg_text(MSG_ledger_open_projects, lang), p->is_takeover ? projects : STR(""), STR_NONE}};
    struct str title = msg_text(MSG_ledger_open_review, lang);
    struct ledger_review_view v = {.head = ledger_head_of(rq, &p->here, title),
                                   .marks = form_marks(rq),
                                   .action = ledger_href(rq, &p->here, "/open"),
                                   .title = title,
                                   .button = msg_text(MSG_ledger_open_button, lang),
                                   .lines = lines,
                                   .nlines = sizeof lines / sizeof lines[0],
                                   .has_amount = true,
                                   .amount = p->o.balance,
                                   .words = baht_text(rq->arena, p->o.balance),
                                   .note = msg_text(MSG_ledger_open_once, lang)};
    v.keeps = keep_all(p, &v.nkeeps);
    v.warnings = code_warnings(p, &v.nwarnings);
    ledger_review_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- doors ---- */

enum err ledger_open_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct opening *p = ARENA_NEW(rq->arena, struct opening);
    TRY(opening_begin(rq, &f, p));
    if (!id_is_none(p->here.book.id)) return rq_redirect(rq, ledger_href(rq, &p->here, ""));
    return opening_show(p);
}

static void rows_add(struct open_grid *g)
{
    g->nrows = g->nrows + ROWS_MORE > OPEN_TYPED_MAX ? OPEN_TYPED_MAX : g->nrows + ROWS_MORE;
}

enum err ledger_open_post(struct rq *rq)
{
    struct form f;
    struct opening *p = ARENA_NEW(rq->arena, struct opening);
    TRY(form_begin(rq, &f));
    if (!open_is_small(rq)) return ERR_LIMIT;
    TRY(opening_begin(rq, &f, p));
    open_table_restore(&f, p->receipts, p->projects);
    enum ledger_step step = ledger_step_of(&f);
    if (step == STEP_ROWS) {
        rows_add(p->receipts);
        rows_add(p->projects);
    }
    if (step == STEP_ROWS || step == STEP_EDIT) return opening_show(p);
    opening_read(p);
    if (form_is_good(&f)) TRY(opening_try(p, step == STEP_POST));
    if (form_is_good(&f) && step == STEP_POST) return rq_redirect(rq, ledger_href(rq, &p->here, "?done=opened"));
    if (form_is_good(&f)) return opening_review(p);
    form_page_status(&f, 400);
    return opening_show(p);
}

/* ---- the spreadsheet comes in ---- */

/* Shows the form with what was typed and the file's rows, each fault of which is named at once. A file with
 * faults is put right in the spreadsheet and sent again: none of its rows is kept. */
static enum err show_table(struct opening *p, struct form *read)
{
    take_receipts(p, OPEN_TYPED_MAX);
    take_projects(p, OPEN_TYPED_MAX);
    for (size_t i = 0; i < read->nfaults; i++) form_fault(p->form, read->faults[i].field, read->faults[i].message);
    if (form_is_good(p->form)) return opening_show(p);
    p->receipts->nfile = p->projects->nfile = 0;
    form_page_status(p->form, 400);
    return opening_show(p);
}

/* The file is unpacked before the database is asked for anything. */
enum err ledger_open_table_post(struct rq *rq)
{
    struct form f;
    struct opening *p = ARENA_NEW(rq->arena, struct opening);
    struct open_grid *receipts = ARENA_NEW(rq->arena, struct open_grid), *projects = ARENA_NEW(rq->arena, struct open_grid);
    if (!open_is_small(rq)) return ERR_LIMIT;
    TRY(form_begin(rq, &f));
    *receipts = (struct open_grid){.columns = open_receipt_columns, .ncols = R_COLS};
    *projects = (struct open_grid){.columns = open_project_columns, .ncols = P_COLS};
    open_table_take(&f, receipts, projects);
    struct form *read = ARENA_NEW(rq->arena, struct form);
    *read = f;
    f.nfaults = 0;
    TRY(rq_txn_begin(rq, DB_TXN_READ));
    enum err e = opening_begin(rq, &f, p);
    if (e == ERR_OK) {
        p->is_takeover = true;
        open_grid_file(p->receipts, receipts);
        open_grid_file(p->projects, projects);
        e = show_table(p, read);
    }
    enum err ended = rq_txn_end(rq, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}
