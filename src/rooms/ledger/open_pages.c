/* open_pages.c — opening a book: with its balance, or taking over in mid-year. Rows are typed, or pasted
 * from a spreadsheet and shown as rows; nothing is booked before the review, and each fault stands at
 * its row. */
#include "base/baht_text.h"
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_open.html.h"
#include "rooms/ledger_post.html.h"

#define RECEIPTS_FIRST 4
#define PROJECTS_FIRST 2
#define ROWS_MORE      4
#define ROWS_MAX       50
#define COLS_MAX       13

enum { R_ON, R_SOURCE, R_AMOUNT, R_REFERENCE, R_COLS };
enum { P_CODE, P_TITLE, P_OWNER, P_SUPPORT, P_KIND, P_ON, P_IN, P_AMOUNT, P_BEFORE, P_PAID, P_PAID_ON, P_AGREED, P_AGREED_ON, P_COLS };

struct column {
    const char *name;
    enum msg label;
};
static const struct column receipt_columns[R_COLS] = {[R_ON] = {"r_on", MSG_open_r_on},
                                                      [R_SOURCE] = {"r_source", MSG_ledger_source},
                                                      [R_AMOUNT] = {"r_amount", MSG_plan_col_amount},
                                                      [R_REFERENCE] = {"r_reference", MSG_ledger_reference}};
static const struct column project_columns[P_COLS] = {[P_CODE] = {"p_code", MSG_ledger_commit_code},
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
                                                      [P_AGREED_ON] = {"p_agreed_on", MSG_open_p_agreed_on}};

/* Rows of cells as typed or pasted. */
struct grid {
    const struct column *columns;
    size_t ncols, nrows;
    struct str at[ROWS_MAX][COLS_MAX];
};
struct opening {
    struct rq *rq;
    struct form *form;
    struct ledger_here here;
    bool is_takeover;
    struct grid *receipts, *projects;
    const struct choice *sources, *supports, *owners;
    size_t nsources, nsupports, nowners;
    struct ledger_opening o;
    size_t receipt_row[ROWS_MAX], project_row[ROWS_MAX]; /* which row each taken one stood in */
};

/* ---- rows ---- */

static const char *cell_name(struct rq *rq, const struct column *c, size_t row)
{
    return str_z(rq->arena, str_printf(rq->arena, "%s_%zu", c->name, row + 1));
}

static bool row_is_blank(const struct grid *g, size_t row)
{
    for (size_t c = 0; c < g->ncols; c++)
        if (g->at[row][c].n > 0) return false;
    return true;
}

static void grid_paste(struct rq *rq, struct grid *g, struct str text)
{
    struct str line, cell;
    while (!str_is_empty(text) && str_split(&text, '\n', &line)) {
        size_t row = 0, c = 0;
        if (str_is_empty(str_trim(line))) continue;
        while (row < g->nrows && !row_is_blank(g, row)) row++;
        if (row == ROWS_MAX) return;
        if (row == g->nrows) g->nrows++;
        while (c < g->ncols && str_split(&line, '\t', &cell)) g->at[row][c++] = str_copy(rq->arena, str_trim(cell));
        while (c < g->ncols) g->at[row][c++] = STR("");
    }
}

static struct grid *grid_read(struct opening *p, const struct column *columns, size_t ncols, const char *count, size_t least,
                              const char *paste)
{
    struct form *f = p->form;
    struct grid *g = ARENA_NEW(p->rq->arena, struct grid);
    int64_t n = 0;
    g->columns = columns;
    g->ncols = ncols;
    if (str_to_int(form_raw(f, count), &n) != ERR_OK || n < (int64_t)least) n = (int64_t)least;
    g->nrows = n > ROWS_MAX ? ROWS_MAX : (size_t)n;
    for (size_t row = 0; row < g->nrows; row++)
        for (size_t c = 0; c < ncols; c++) g->at[row][c] = form_raw(f, cell_name(p->rq, &columns[c], row));
    grid_paste(p->rq, g, form_text(f, paste, FORM_MAY, 20000));
    return g;
}

/* ---- cells ---- */

static void cell_fault(struct opening *p, const struct grid *g, size_t row, size_t c, enum msg message)
{
    form_fault_msg(p->form, cell_name(p->rq, &g->columns[c], row), message);
}

static struct str cell_text(struct opening *p, const struct grid *g, size_t row, size_t c, enum form_need need)
{
    struct str s = g->at[row][c];
    if (s.n == 0 && need == FORM_MUST) cell_fault(p, g, row, c, MSG_open_missing);
    return s.n > 0 ? s : STR_NONE;
}

static struct satang cell_money(struct opening *p, const struct grid *g, size_t row, size_t c, enum form_need need)
{
    struct satang v = {0};
    struct str s = cell_text(p, g, row, c, need);
    if (s.n > 0 && satang_parse(s, &v) != ERR_OK) cell_fault(p, g, row, c, MSG_form_money);
    else if (v.v > FORM_SATANG_MAX) cell_fault(p, g, row, c, MSG_form_money_large);
    else if (need == FORM_MUST && s.n > 0 && v.v == 0) cell_fault(p, g, row, c, MSG_form_money);
    return v;
}

/* "5/10/2569", "5 ต.ค. 2569", or ISO. */
static struct opt_date cell_date(struct opening *p, const struct grid *g, size_t row, size_t c, enum form_need need)
{
    struct opt_date d = {0};
    struct str s = cell_text(p, g, row, c, need), rest = s, day, month, year;
    if (s.n == 0) return d;
    if (date_parse_iso(s, &d.v) == ERR_OK) return (struct opt_date){true, d.v};
    char sep = str_find_char(s, '/') >= 0 ? '/' : ' ';
    d.has = str_split(&rest, sep, &day) && str_split(&rest, sep, &month) && str_split(&rest, sep, &year) &&
            date_parse_fields(day, month, year, &d.v) == ERR_OK;
    if (!d.has) cell_fault(p, g, row, c, MSG_open_bad_date);
    return d;
}

/* A code, or the words that stand for it. */
static struct str cell_code(struct opening *p, const struct grid *g, size_t row, size_t c, const struct choice *list, size_t n)
{
    struct str s = cell_text(p, g, row, c, FORM_MUST);
    for (size_t i = 0; i < n; i++)
        if (s.n > 0 && (str_eq(s, list[i].value) || str_eq(s, list[i].label))) return list[i].value;
    if (s.n > 0) cell_fault(p, g, row, c, MSG_open_bad_code);
    return STR("");
}

static void take_receipts(struct opening *p)
{
    const struct grid *g = p->receipts;
    struct ledger_take_receipt *all = ARENA_ARRAY(p->rq->arena, struct ledger_take_receipt, g->nrows);
    for (size_t row = 0; row < g->nrows; row++) {
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

static struct ledger_take_project take_project(struct opening *p, const struct grid *g, size_t row)
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
    if (t.paid_this_year.v > 0 && !t.paid_on.has) cell_fault(p, g, row, P_PAID_ON, MSG_open_missing);
    return t;
}

static void take_projects(struct opening *p)
{
    const struct grid *g = p->projects;
    struct ledger_take_project *all = ARENA_ARRAY(p->rq->arena, struct ledger_take_project, g->nrows);
    for (size_t row = 0; row < g->nrows; row++) {
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
    p->receipts = grid_read(p, receipt_columns, R_COLS, "receipt_rows", RECEIPTS_FIRST, "paste_receipts");
    p->projects = grid_read(p, project_columns, P_COLS, "project_rows", PROJECTS_FIRST, "paste_projects");
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
    take_receipts(p);
    take_projects(p);
}

/* At which cell a refusal of the rules belongs. */
static const char *refused_field(struct opening *p, const struct ledger_refusal *r)
{
    const char *field = ledger_fault_field(r->fault);
    bool is_date = str_eq(str_of(field), STR("date")), is_code = str_eq(str_of(field), STR("project_code"));
    if (r->at == LEDGER_AT_RECEIPT && r->row < p->o.nreceipts)
        return cell_name(p->rq, &receipt_columns[is_date ? R_ON : R_AMOUNT], p->receipt_row[r->row]);
    if (r->at == LEDGER_AT_PROJECT && r->row < p->o.nprojects)
        return cell_name(p->rq, &project_columns[is_date ? P_ON : is_code ? P_CODE : P_AMOUNT], p->project_row[r->row]);
    return is_date ? "opened_on" : "balance";
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
    ledger_fault_at(p->form, refused_field(p, &refused), refused.fault, &(struct ledger_about){.here = &p->here});
    return ERR_OK;
}

/* ---- showing ---- */

static const struct choice *choices_of(struct opening *p, const struct column *c, struct str value, size_t *ret_n)
{
    const struct choice *list = NULL;
    size_t n = 0;
    if (c == &receipt_columns[R_SOURCE]) list = p->sources, n = p->nsources;
    if (c == &project_columns[P_SUPPORT]) list = p->supports, n = p->nsupports;
    if (c == &project_columns[P_KIND]) list = p->owners, n = p->nowners;
    struct choice *copy = ARENA_ARRAY(p->rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = (struct choice){list[i].value, list[i].label,
                                  value.n > 0 && (str_eq(value, list[i].value) || str_eq(value, list[i].label))};
    *ret_n = n;
    return copy;
}

static const struct ledger_cells *grid_view(struct opening *p, const struct grid *g)
{
    struct rq *rq = p->rq;
    struct ledger_cells *rows = ARENA_ARRAY(rq->arena, struct ledger_cells, g->nrows);
    for (size_t row = 0; row < g->nrows; row++) {
        struct ledger_cell *cells = ARENA_ARRAY(rq->arena, struct ledger_cell, g->ncols);
        for (size_t c = 0; c < g->ncols; c++) {
            cells[c].f = form_field_of(p->form, cell_name(rq, &g->columns[c], row), g->at[row][c]);
            cells[c].label = msg_text(g->columns[c].label, rq->page.lang);
            cells[c].choices = choices_of(p, &g->columns[c], g->at[row][c], &cells[c].nchoices);
        }
        rows[row] = (struct ledger_cells){(int64_t)row + 1, cells, g->ncols};
    }
    return rows;
}

static enum err opening_show(struct opening *p)
{
    struct rq *rq = p->rq;
    struct form *f = p->form;
    struct str title = msg_text(MSG_ledger_open_title, rq->page.lang);
    struct ledger_keep *keeps = ARENA_ARRAY(rq->arena, struct ledger_keep, 4);
    keeps[0] = (struct ledger_keep){STR("book"), p->here.is_ltc};
    keeps[1] = (struct ledger_keep){STR("take"), p->is_takeover ? STR("1") : STR("")};
    keeps[2] = (struct ledger_keep){STR("receipt_rows"), ledger_int_text(rq, (int64_t)p->receipts->nrows)};
    keeps[3] = (struct ledger_keep){STR("project_rows"), ledger_int_text(rq, (int64_t)p->projects->nrows)};
    struct ledger_open_view v = {.head = ledger_head_of(rq, &p->here, title),
                                 .marks = form_marks(rq),
                                 .action = ledger_href(rq, &p->here, "/open"),
                                 .simple = ledger_href(rq, &p->here, "/open"),
                                 .takeover = ledger_href(rq, &p->here, "/open?take=1"),
                                 .is_takeover = p->is_takeover,
                                 .keeps = keeps,
                                 .nkeeps = 4,
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
    v.errors = form_errors(f);
    ledger_open_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the review ---- */

static size_t keep_grid(struct opening *p, const struct grid *g, struct ledger_keep *keeps)
{
    size_t n = 0;
    for (size_t row = 0; row < g->nrows; row++)
        for (size_t c = 0; c < g->ncols; c++)
            if (g->at[row][c].n > 0)
                keeps[n++] = (struct ledger_keep){str_of(cell_name(p->rq, &g->columns[c], row)), g->at[row][c]};
    return n;
}

static const struct ledger_keep *keep_all(struct opening *p, size_t *ret_n)
{
    static const char *const names[] = {"book",      "take",        "opened_on_d",       "opened_on_m",    "opened_on_y", "balance",
                                        "bank_name", "bank_branch", "bank_account_name", "bank_account_no"};
    size_t n = sizeof names / sizeof names[0];
    size_t most = n + 2 + p->receipts->nrows * R_COLS + p->projects->nrows * P_COLS;
    struct ledger_keep *keeps = ARENA_ARRAY(p->rq->arena, struct ledger_keep, most);
    for (size_t i = 0; i < n; i++) keeps[i] = (struct ledger_keep){str_of(names[i]), form_raw(p->form, names[i])};
    keeps[n++] = (struct ledger_keep){STR("receipt_rows"), ledger_int_text(p->rq, (int64_t)p->receipts->nrows)};
    keeps[n++] = (struct ledger_keep){STR("project_rows"), ledger_int_text(p->rq, (int64_t)p->projects->nrows)};
    n += keep_grid(p, p->receipts, keeps + n);
    n += keep_grid(p, p->projects, keeps + n);
    *ret_n = n;
    return keeps;
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

static void rows_add(struct grid *g)
{
    g->nrows = g->nrows + ROWS_MORE > ROWS_MAX ? ROWS_MAX : g->nrows + ROWS_MORE;
}

enum err ledger_open_post(struct rq *rq)
{
    struct form f;
    struct opening *p = ARENA_NEW(rq->arena, struct opening);
    TRY(form_begin(rq, &f));
    TRY(opening_begin(rq, &f, p));
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
