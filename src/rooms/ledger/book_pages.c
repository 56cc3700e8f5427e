/* book_pages.c — /funds/{fund}/ledger: what there is, what needs doing, and the control book. */
#include "rooms/ledger.html.h"
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_sql.h"
#include "table/table.h"
#include "table/xlsx_out.h"

#define ROWS       25
#define FILE_ROWS  500 /* asked at once */
#define FILE_MOST  20000
#define TODOS_MOST 12
#define OPEN_MOST  200

/* ---- what was asked for ---- */

struct asked {
    struct fiscal_year fy;
    int64_t month; /* 0: all */
    struct str source;
    struct date after_on;
    struct ledger_entry_id after;
    bool is_answered; /* a bad parameter: the answer is made */
};

/* "2026-10-05.12": the last entry of the page before. */
static enum err cursor_read(struct str cursor, struct asked *q)
{
    ptrdiff_t dot = str_find_char(cursor, '.');
    if (dot < 0) return ERR_INPUT;
    TRY(date_parse_iso(str_first(cursor, (size_t)dot), &q->after_on));
    return str_to_int(str_from(cursor, (size_t)dot + 1), &q->after.v);
}

static bool is_kind(struct str word)
{
    enum ledger_source s;
    return ledger_source_of(word, &s) == ERR_OK || str_eq(word, STR("payment")) || str_eq(word, STR("reversal"));
}

static enum err asked_read(struct rq *rq, struct asked *q)
{
    struct str month = rq_param(rq, "month"), source = rq_param(rq, "source"), cursor = rq_param(rq, "cursor");
    *q = (struct asked){.source = STR(""), .is_answered = true};
    if (rq_fy(rq, &q->fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    if (month.n > 0 && (str_to_int(month, &q->month) != ERR_OK || q->month < 1 || q->month > 12))
        return rq_bad_param(rq, "month", MSG_error_ledger_month);
    if (source.n > 0 && !is_kind(source)) return rq_bad_param(rq, "source", MSG_error_ledger_source);
    if (cursor.n > 0 && cursor_read(cursor, q) != ERR_OK) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    if (source.n > 0) q->source = source;
    q->is_answered = false;
    return ERR_OK;
}

static struct ledger_asked list_of(const struct ledger_here *here, const struct asked *q, int64_t most)
{
    return (struct ledger_asked){.book = here->book.id,
                                 .fy = q->fy,
                                 .month = q->month,
                                 .source = q->source,
                                 .after_on = q->after_on,
                                 .after = q->after,
                                 .most = most};
}

/* The same list with other words: of another page, or as a file. */
static struct href list_href(struct rq *rq, const struct ledger_here *here, const struct asked *q, const char *tail,
                             struct str cursor)
{
    struct str month = q->month > 0 ? ledger_int_text(rq, q->month) : STR("");
    struct str pattern = str_printf(rq->arena, "/funds/{}/ledger%s?fy={}&month={}&source={}&book={}%s", tail,
                                    cursor.n > 0 ? "&cursor={}" : "");
    const struct str args[] = {here->code, ledger_int_text(rq, q->fy.v), month, q->source, here->is_ltc, cursor};
    return href_of(rq->arena, str_z(rq->arena, pattern), args, cursor.n > 0 ? 6 : 5);
}

/* ---- rows ---- */

static struct str entry_what(struct rq *rq, const struct ledger_entry *e)
{
    enum lang lang = rq->page.lang;
    if (e->kind == LEDGER_OPENING) return msg_text(MSG_ledger_kind_opening, lang);
    if (e->kind == LEDGER_RECEIPT) return ledger_source_name(rq, e->source);
    if (e->kind == LEDGER_REVERSAL) return MSG_FORMAT(rq->arena, lang, MSG_ledger_reversal_of, e->reversal_of_number);
    return MSG_FORMAT(rq->arena, lang, MSG_ledger_payment_of, e->project_code);
}

/* "reference · party · memo", what there is of it. */
static struct str entry_more(struct rq *rq, const struct ledger_entry *e)
{
    const struct str parts[] = {e->reference, e->party, e->kind == LEDGER_REVERSAL ? e->reason : e->memo};
    struct buf b = buf_in(rq->arena, 4000);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].n == 0) continue;
        if (b.n > 0) BUF_LIT(&b, " · ");
        buf_put(&b, parts[i]);
    }
    return buf_str(&b);
}

static struct ledger_row row_of(struct rq *rq, const struct ledger_entry *e)
{
    struct ledger_row r = {.href = ledger_entry_href(rq, e->fund_code, e->id),
                           .number = str_printf(rq->arena, "%d/%lld", e->fy.v, (long long)e->number),
                           .on = e->on,
                           .what = entry_what(rq, e),
                           .more = entry_more(rq, e),
                           .balance = e->balance_after,
                           .is_reversal = e->kind == LEDGER_REVERSAL,
                           .is_reversed = !id_is_none(e->reversed_by),
                           .is_later = e->is_entered_later};
    if (e->bank_delta_satang >= 0) r.in = some_satang(satang(e->bank_delta_satang));
    else r.out = some_satang(satang(-e->bank_delta_satang));
    r.has_project = e->book == LEDGER_MAIN && !str_is_empty(e->project_code);
    if (r.has_project) r.project = HREF(rq->arena, "/funds/{}/projects/called?code={}", e->fund_code, e->project_code);
    return r;
}

/* The line that a cash book begins with: only above the very first row, and only when no kind is left out. A book
 * whose first row is its opening balance begins with that. */
static void fill_before(struct ledger_view *v, const struct asked *q, const struct ledger_entry *first)
{
    if (!id_is_none(q->after) || q->source.n > 0 || first->kind == LEDGER_OPENING) return;
    int year = q->fy.v - 543 - (q->month == 0 || q->month >= 10 ? 1 : 0);
    v->before_on = (struct date){(int16_t)year, (int8_t)(q->month > 0 ? q->month : 10), 1};
    v->before = some_satang(satang(first->balance_after.v - first->bank_delta_satang));
}

static enum err fill_rows(struct rq *rq, struct ledger_view *v, const struct ledger_here *here, const struct asked *q)
{
    struct ledger_entry *entries = NULL;
    struct ledger_asked list = list_of(here, q, ROWS + 1);
    size_t n = 0;
    TRY(ledger_entries(rq->db, rq->arena, &list, &entries, &n));
    v->nrows = n > ROWS ? ROWS : n;
    struct ledger_row *rows = ARENA_ARRAY(rq->arena, struct ledger_row, v->nrows);
    for (size_t i = 0; i < v->nrows; i++) rows[i] = row_of(rq, &entries[i]);
    v->rows = rows;
    if (n > 0) fill_before(v, q, &entries[0]);
    else if (q->month == 0 && q->source.n == 0 && v->brought.v > 0) { /* a year without an entry has what was brought into it */
        v->before_on = fiscal_year_first(q->fy);
        v->before = some_satang(v->brought);
    }
    v->pager.has_first = !id_is_none(q->after);
    v->pager.first = list_href(rq, here, q, "", STR(""));
    v->pager.has_next = n > ROWS;
    if (n > ROWS) {
        struct buf cursor = buf_in(rq->arena, 64);
        buf_date_iso(&cursor, entries[ROWS - 1].on);
        buf_putc(&cursor, '.');
        buf_int(&cursor, entries[ROWS - 1].id.v);
        v->pager.next = list_href(rq, here, q, "", buf_str(&cursor));
    }
    return ERR_OK;
}

/* ---- cards ---- */

static struct satang sum_of(const struct satang *at, size_t n)
{
    struct satang sum = {0};
    for (size_t i = 0; i < n; i++) sum = satang_add(sum, at[i]);
    return sum;
}

static enum err fill_cards(struct rq *rq, struct ledger_view *v, const struct ledger_here *here)
{
    struct ledger_sums sums;
    struct ledger_plan plan = {0};
    TRY(ledger_sums(rq->db, rq->arena, here->book.id, fiscal_year_first(v->fy), fiscal_year_last(v->fy), &sums));
    if (here->kind == LEDGER_MAIN) TRY(ledger_plan_find(rq->db, rq->arena, here->code, v->fy, &plan));
    v->as_of = (struct opt_date){date_cmp(fiscal_year_last(v->fy), rq->today) < 0, fiscal_year_last(v->fy)};
    v->balance = here->book.balance;
    v->held = here->book.committed;
    if (v->as_of.has) {
        struct ledger_held_on_row then = {0};
        TRY(ledger_held_on(rq->db, rq->arena, here->book.id, v->as_of.v, &then));
        v->balance = sums.carried;
        v->held = then.held_satang;
    }
    v->is_over = v->held.v > v->balance.v;
    if (!v->is_over) v->free = satang_sub(v->balance, v->held);
    v->brought = satang_add(sums.brought, sums.opening);
    v->received = sum_of(sums.received, LEDGER_SOURCES);
    v->paid = sum_of(sums.paid, sizeof sums.paid / sizeof sums.paid[0]);
    if (plan.income_nhso.has && plan.income_local.has) {
        struct satang other = plan.income_other.has ? plan.income_other.v : satang(0);
        v->planned = some_satang(satang_add(satang_add(plan.income_nhso.v, plan.income_local.v), other));
        v->received_share = satang_share(v->received, v->planned.v);
    }
    v->spent_share = satang_share(v->paid, satang_add(v->brought, v->received));
    if (v->spent_share.has) v->spent_percent = v->spent_share.v.v / 100;
    if (v->spent_percent > 100) v->spent_percent = 100;
    return ERR_OK;
}

/* ---- what needs doing ---- */

struct todos {
    struct ledger_todo at[TODOS_MOST];
    size_t n;
};

static void todo_add(struct todos *t, struct ledger_todo todo)
{
    if (t->n < TODOS_MOST) t->at[t->n++] = todo;
}

static enum err todo_drafts(struct rq *rq, struct todos *t, const struct ledger_here *here)
{
    struct ledger_draft *drafts = NULL;
    size_t n = 0;
    TRY(ledger_drafts(rq->db, rq->arena, here->book.id, &drafts, &n));
    for (size_t i = 0; i < n; i++) {
        bool is_receipt = drafts[i].kind == LEDGER_RECEIPT;
        const struct json_value *values = NULL;
        struct str amount = STR("");
        if (json_read_object(rq->arena, drafts[i].fields, &values) == ERR_OK) amount = ledger_draft_value(values, "amount");
        if (amount.n > 0) amount = MSG_FORMAT(rq->arena, rq->page.lang, MSG_baht_full, amount);
        struct str id = ledger_int_text(rq, drafts[i].id.v);
        todo_add(t, (struct ledger_todo){
                        .kind = TODO_DRAFT,
                        .what = msg_text(is_receipt ? MSG_ledger_todo_receipt : MSG_ledger_todo_payment, rq->page.lang),
                        .more = amount,
                        .href = HREF(rq->arena, is_receipt ? "/funds/{}/ledger/receipts/new?draft={}&book={}"
                                                           : "/funds/{}/ledger/payments/new?draft={}&book={}",
                                     here->code, id, here->is_ltc)});
    }
    return ERR_OK;
}

static enum err todo_agreements(struct rq *rq, struct todos *t, const struct ledger_here *here)
{
    struct ledger_commitment *rows = NULL;
    size_t n = 0;
    TRY(ledger_commitments(rq->db, rq->arena, here->book.id, true, (struct ledger_commitment_id){0}, OPEN_MOST, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (ledger_lacks_agreement(&rows[i]) && rows[i].held_for != LEDGER_WAITS_SUSPENDED)
            todo_add(t, (struct ledger_todo){
                            .kind = TODO_AGREEMENT,
                            .what = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_todo_agreement, rows[i].title),
                            .more = rows[i].project_code,
                            .href = HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}", here->code,
                                         rows[i].project_code, here->is_ltc)});
    return ERR_OK;
}

static void todo_months(struct rq *rq, struct todos *t, const struct ledger_here *here)
{
    struct ledger_months_due due = ledger_months_due(rq, &here->book);
    if (due.n == 0) return;
    struct str count = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_todo_months, ledger_int_text(rq, due.n));
    todo_add(t, (struct ledger_todo){
                    .kind = TODO_MONTH,
                    .what = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_todo_month, ledger_month_name(rq, due.next_last)),
                    .more = due.n > 1 ? count : STR(""),
                    .href = ledger_href(rq, here, "/months")});
}

static enum err fill_todos(struct rq *rq, struct ledger_view *v, const struct ledger_here *here)
{
    struct todos *t = ARENA_NEW(rq->arena, struct todos);
    if (here->may_book) TRY(todo_drafts(rq, t, here));
    todo_months(rq, t, here);
    TRY(todo_agreements(rq, t, here));
    if (here->kind == LEDGER_MAIN && !v->planned.has)
        todo_add(t, (struct ledger_todo){
                        .kind = TODO_PLAN,
                        .what = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_todo_plan, ledger_int_text(rq, v->fy.v)),
                        .more = msg_text(MSG_ledger_todo_plan_by, rq->page.lang),
                        .href = v->plan});
    v->todos = t->at;
    v->ntodos = t->n;
    return ERR_OK;
}

/* ---- filters and links ---- */

static void fill_months(struct rq *rq, struct ledger_view *v, const struct asked *q)
{
    struct choice *months = ARENA_ARRAY(rq->arena, struct choice, 13);
    months[0] = (struct choice){STR(""), msg_text(MSG_ledger_filter_year, rq->page.lang), q->month == 0};
    for (int i = 0; i < 12; i++) {
        struct date first = fiscal_year_first(q->fy);
        int month = (first.month - 1 + i) % 12 + 1;
        first.year = (int16_t)(first.year + (month < 10 ? 1 : 0));
        first.month = (int8_t)month;
        months[i + 1] = (struct choice){ledger_int_text(rq, month), ledger_month_name(rq, first), q->month == month};
    }
    v->months = months;
    v->nmonths = 13;
}

static void fill_filters(struct rq *rq, struct ledger_view *v, const struct asked *q)
{
    size_t n = 0;
    const struct choice *sources = ledger_source_choices(rq, q->source, &n);
    struct choice *all = ARENA_ARRAY(rq->arena, struct choice, n + 3);
    all[0] = (struct choice){STR(""), msg_text(MSG_ledger_filter_all, rq->page.lang), q->source.n == 0};
    for (size_t i = 0; i < n; i++) all[i + 1] = sources[i];
    all[n + 1] = (struct choice){STR("payment"), msg_text(MSG_ledger_kind_payment, rq->page.lang),
                                 str_eq(q->source, STR("payment"))};
    all[n + 2] = (struct choice){STR("reversal"), msg_text(MSG_ledger_kind_reversal, rq->page.lang),
                                 str_eq(q->source, STR("reversal"))};
    v->sources = all;
    v->nsources = n + 3;
    v->years = ledger_year_choices(rq, q->fy, &v->nyears);
    fill_months(rq, v, q);
    v->is_filtered = q->month > 0 || q->source.n > 0;
}

static void fill_links(struct rq *rq, struct ledger_view *v, const struct ledger_here *here, const struct asked *q)
{
    struct asked whole = {.fy = q->fy, .source = STR("")};
    struct ledger_here other = *here;
    struct str fy = ledger_int_text(rq, q->fy.v);
    other.kind = here->kind == LEDGER_MAIN ? LEDGER_LTC : LEDGER_MAIN;
    v->open = ledger_href(rq, here, "/open");
    v->receipt = ledger_href(rq, here, "/receipts/new");
    v->payment = ledger_href(rq, here, "/payments/new");
    v->months_page = ledger_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "/months?fy=%d", q->fy.v)));
    v->commitments = ledger_href(rq, here, "/commitments");
    v->statement = ledger_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "/statement?fy=%d", q->fy.v)));
    v->plan = HREF(rq->arena, "/funds/{}/years/{}/plan", here->code, fy);
    v->csv = list_href(rq, here, q, "/book.csv", STR(""));
    v->xlsx = list_href(rq, here, q, "/book.xlsx", STR(""));
    v->all = list_href(rq, here, &whole, "", STR(""));
    v->other_book = ledger_href(rq, &other, "");
}

static struct str done_words(struct rq *rq)
{
    struct str done = rq_param(rq, "done");
    if (str_eq(done, STR("draft"))) return msg_text(MSG_ledger_done_draft, rq->page.lang);
    if (str_eq(done, STR("opened"))) return msg_text(MSG_ledger_done_opened, rq->page.lang);
    return STR("");
}

static struct str bank_words(struct rq *rq, const struct ledger_book *b)
{
    if (str_is_none(b->bank_name) && str_is_none(b->bank_account_no)) return STR("");
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_bank_line, b->bank_name, b->bank_branch, b->bank_account_name,
                      b->bank_account_no);
}

enum err ledger_page(struct rq *rq)
{
    struct ledger_here here;
    struct asked q;
    TRY(asked_read(rq, &q));
    if (q.is_answered) return ERR_OK;
    TRY(ledger_here_read(rq, NULL, &here));
    struct ledger_view v = {.head = ledger_head_of(rq, &here, STR_NONE),
                            .done = done_words(rq),
                            .is_open = !id_is_none(here.book.id),
                            .may_book = here.may_book,
                            .may_close = here.may_close,
                            .fy = q.fy,
                            .bank = bank_words(rq, &here.book),
                            .closed_through = here.book.closed_through};
    fill_links(rq, &v, &here, &q);
    fill_filters(rq, &v, &q);
    if (v.is_open) {
        TRY(fill_cards(rq, &v, &here));
        TRY(fill_todos(rq, &v, &here));
        TRY(fill_rows(rq, &v, &here, &q));
    }
    ledger_html(rq_html_begin(rq, MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_page_title, here.name), MENU_FUNDS),
                &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the same list as a file ---- */

#define FILE_TEXTS 7
#define FILE_COLS  10
static const struct {
    enum msg head;
    int width;
} file_cols[FILE_COLS] = {{MSG_ledger_col_date, 11}, {MSG_ledger_col_number, 10}, {MSG_ledger_col_what, 34},
                          {MSG_ledger_col_project, 16}, {MSG_ledger_reference, 18}, {MSG_ledger_party, 24},
                          {MSG_ledger_csv_memo, 28}, {MSG_ledger_col_in, 15}, {MSG_ledger_col_out, 15},
                          {MSG_ledger_col_balance, 15}};

/* What stands before the money. */
static void file_texts(struct rq *rq, const struct ledger_entry *e, const struct ledger_row *r, struct str ret[FILE_TEXTS])
{
    struct buf day = buf_in(rq->arena, 16);
    buf_date_iso(&day, e->on);
    const struct str texts[FILE_TEXTS] = {buf_str(&day), r->number, r->what, e->project_code, e->reference, e->party, e->memo};
    for (size_t i = 0; i < FILE_TEXTS; i++) ret[i] = texts[i];
}

static void csv_row(struct rq *rq, void *ctx, const struct ledger_entry *e)
{
    struct csv *csv = ctx;
    struct ledger_row r = row_of(rq, e);
    struct str texts[FILE_TEXTS];
    file_texts(rq, e, &r, texts);
    for (size_t i = 0; i < FILE_TEXTS; i++) csv_text(csv, texts[i]);
    csv_opt_satang(csv, r.in);
    csv_opt_satang(csv, r.out);
    csv_satang(csv, r.balance.v);
    csv_row_end(csv);
}

static void xlsx_money(struct xlsx_out *x, struct opt_satang v)
{
    if (v.has) xlsx_out_satang(x, v.v);
    else xlsx_out_blank(x);
}

static void xlsx_row(struct rq *rq, void *ctx, const struct ledger_entry *e)
{
    struct xlsx_out *x = ctx;
    struct ledger_row r = row_of(rq, e);
    struct str texts[FILE_TEXTS];
    file_texts(rq, e, &r, texts);
    for (size_t i = 0; i < FILE_TEXTS; i++) xlsx_out_text(x, texts[i]);
    xlsx_money(x, r.in);
    xlsx_money(x, r.out);
    xlsx_out_satang(x, r.balance);
    xlsx_out_row_end(x);
}

/* Every entry of the list, page after page. */
static enum err file_walk(struct rq *rq, const struct ledger_here *here, struct asked q,
                          void (*put)(struct rq *rq, void *ctx, const struct ledger_entry *e), void *ctx)
{
    for (int done = 0; done < FILE_MOST && !id_is_none(here->book.id); done += FILE_ROWS) {
        struct ledger_entry *entries = NULL;
        struct ledger_asked list = list_of(here, &q, FILE_ROWS);
        size_t n = 0;
        TRY(ledger_entries(rq->db, rq->arena, &list, &entries, &n));
        for (size_t i = 0; i < n; i++) put(rq, ctx, &entries[i]);
        if (n < FILE_ROWS) break;
        q.after_on = entries[n - 1].on;
        q.after = entries[n - 1].id;
    }
    return ERR_OK;
}

enum err ledger_book_csv(struct rq *rq)
{
    struct ledger_here here;
    struct asked q;
    TRY(asked_read(rq, &q));
    if (q.is_answered) return ERR_OK;
    TRY(ledger_here_read(rq, NULL, &here));
    rq->res->body = buf_in(rq->arena, APP_PAGE_BYTES_MAX);
    struct csv csv = csv_begin(&rq->res->body);
    for (size_t i = 0; i < FILE_COLS; i++) csv_text(&csv, msg_text(file_cols[i].head, rq->page.lang));
    csv_row_end(&csv);
    TRY(file_walk(rq, &here, q, csv_row, &csv));
    return ledger_csv_answer(rq, str_printf(rq->arena, "ledger-%.*s-%d", STR_FMT(here.code), q.fy.v));
}

enum err ledger_book_xlsx(struct rq *rq)
{
    struct ledger_here here;
    struct asked q;
    struct xlsx_out_column columns[FILE_COLS];
    struct xlsx_out *x = NULL;
    struct str bytes = STR_NONE;
    TRY(asked_read(rq, &q));
    if (q.is_answered) return ERR_OK;
    TRY(ledger_here_read(rq, NULL, &here));
    for (size_t i = 0; i < FILE_COLS; i++)
        columns[i] = (struct xlsx_out_column){msg_text(file_cols[i].head, rq->page.lang), file_cols[i].width};
    struct str fy = ledger_int_text(rq, q.fy.v);
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_page_title, here.name);
    TRY(xlsx_out_begin(rq->arena, fy, title, columns, FILE_COLS, &x));
    enum err e = file_walk(rq, &here, q, xlsx_row, x);
    enum err ended = xlsx_out_end(x, &bytes); /* whatever happened: it holds a file */
    TRY(e);
    TRY(ended);
    return ledger_xlsx_answer(rq, bytes, str_printf(rq->arena, "ledger-%.*s-%d", STR_FMT(here.code), q.fy.v));
}
