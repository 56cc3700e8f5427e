/* month_pages.c — closing months: the book's balance against the passbook's, in order, for good. */
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_months.html.h"
#include "rooms/ledger_sql.h"

/* The year's months with their sums: what came in, went out, and was left. */
static enum err months_read(struct rq *rq, const struct ledger_here *here, struct ledger_months_view *v)
{
    struct ledger_month_list_row *sums = NULL;
    struct ledger_sum_before_row before = {0};
    size_t n = 0;
    struct date first = fiscal_year_first(v->fy);
    struct ledger_months_due due = ledger_months_due(rq, &here->book);
    TRY(ledger_sum_before(rq->db, rq->arena, here->book.id, first, &before));
    TRY(ledger_month_list(rq->db, rq->arena, here->book.id, first, fiscal_year_last(v->fy), &sums, &n));
    struct ledger_month_row *rows = ARENA_ARRAY(rq->arena, struct ledger_month_row, 12);
    struct satang balance = before.satang_before;
    for (int m = 0; m < 12; m++) {
        struct date last = ledger_month_last(first);
        struct ledger_month_row *r = &rows[m];
        struct str key = str_printf(rq->arena, "%04d-%02d", first.year, first.month);
        *r = (struct ledger_month_row){.name = ledger_month_name(rq, first), .brought = balance};
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(sums[i].month, key)) continue;
            int64_t total = sums[i].total_satang.v;
            if (str_eq(sums[i].kind, STR("3"))) r->brought = satang_add(r->brought, satang(-total));
            if (str_eq(sums[i].kind, STR("4"))) r->in = satang(-total);
            if (str_eq(sums[i].kind, STR("5"))) r->out = satang(total);
        }
        balance = r->carried = satang_sub(satang_add(r->brought, r->in), r->out);
        bool is_closed = here->book.closed_through.has && date_cmp(last, here->book.closed_through.v) <= 0;
        if (is_closed) r->state = MONTH_CLOSED;
        else if (date_cmp(first, rq->today) > 0) r->state = MONTH_COMES;
        else if (date_cmp(last, rq->today) >= 0) r->state = MONTH_RUNS;
        else r->state = due.n > 0 && date_cmp(last, due.next_last) == 0 ? MONTH_NEXT : MONTH_WAITS;
        first = date_add_days(last, 1);
    }
    v->rows = rows;
    v->nrows = 12;
    return ERR_OK;
}

static enum err balance_on(struct rq *rq, const struct ledger_here *here, struct date last, struct satang *ret)
{
    struct ledger_sum_before_row row = {0};
    TRY(ledger_sum_before(rq->db, rq->arena, here->book.id, date_add_days(last, 1), &row));
    *ret = row.satang_before;
    return ERR_OK;
}

static enum err fill_next(struct form *f, const struct ledger_here *here, struct ledger_months_view *v)
{
    struct rq *rq = f->rq;
    struct ledger_months_due due = ledger_months_due(rq, &here->book);
    v->has_next = due.n > 0;
    if (!v->has_next) return ERR_OK;
    struct buf b = buf_in(rq->arena, 16);
    buf_date_iso(&b, due.next_last);
    v->next_through = buf_str(&b);
    v->next_last = due.next_last;
    v->next_name = ledger_month_name(rq, due.next_last);
    if (v->may_close) v->marks = form_marks(rq);
    return balance_on(rq, here, due.next_last, &v->next_carried);
}

static enum err months_show(struct form *f, const struct ledger_here *here, struct fiscal_year fy)
{
    struct rq *rq = f->rq;
    struct str title = msg_text(MSG_ledger_months_title, rq->page.lang);
    struct ledger_months_view v = {.head = ledger_head_of(rq, here, title),
                                   .fy = fy,
                                   .here = HREF(rq->arena, "/funds/{}/ledger/months", here->code),
                                   .is_open = !id_is_none(here->book.id),
                                   .may_close = here->may_close,
                                   .errors = form_errors(f),
                                   .action = ledger_href(rq, here, "/months/close"),
                                   .book = here->is_ltc,
                                   .bank_balance = form_field(f, "bank_balance")};
    if (str_eq(rq_param(rq, "done"), STR("closed"))) v.done = msg_text(MSG_ledger_done_closed, rq->page.lang);
    v.years = ledger_year_choices(rq, fy, &v.nyears);
    if (v.is_open) {
        TRY(months_read(rq, here, &v));
        TRY(fill_next(f, here, &v));
    }
    ledger_months_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err ledger_months_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    struct fiscal_year fy;
    if (rq_fy(rq, &fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    TRY(ledger_here_read(rq, NULL, &here));
    return months_show(&f, &here, fy);
}

/* Reads, compares with the bank, closes. JSON may leave the bank's figure out: a program that keeps
 * the passbook compares by itself. */
static enum err month_close(struct form *f, const struct ledger_here *here, enum form_need need, struct opt_date *ret_last,
                            enum ledger_fault *ret_fault)
{
    struct rq *rq = f->rq;
    struct satang book = {0};
    *ret_fault = LEDGER_FINE;
    *ret_last = form_date(f, "through", FORM_MUST);
    struct opt_satang bank = form_satang(f, "bank_balance", need, satang(0));
    if (!form_is_good(f)) return ERR_OK;
    TRY(balance_on(rq, here, ret_last->v, &book));
    if (bank.has && bank.v.v != book.v) {
        int64_t by = bank.v.v > book.v ? bank.v.v - book.v : book.v - bank.v.v;
        form_fault(f, "bank_balance",
                   MSG_FORMAT(rq->arena, rq->page.lang,
                              bank.v.v > book.v ? MSG_ledger_close_bank_more : MSG_ledger_close_bank_less,
                              ledger_money_text(rq, satang(by)), ledger_money_text(rq, book)));
        return ERR_OK;
    }
    struct actor by = rq_actor(rq);
    enum err e = ledger_close_month(rq->db, rq->arena, &by, here->code, here->kind, ret_last->v, ret_fault);
    return e == ERR_REFUSED && *ret_fault != LEDGER_FINE ? ERR_OK : e;
}

enum err ledger_close_post(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct opt_date last;
    enum ledger_fault fault;
    TRY(form_begin(rq, &f));
    TRY(ledger_here_read(rq, &f, &here));
    if (id_is_none(here.book.id)) return rq_redirect(rq, ledger_href(rq, &here, ""));
    TRY(month_close(&f, &here, FORM_MUST, &last, &fault));
    if (fault != LEDGER_FINE) ledger_fault_at(&f, "through", fault, &(struct ledger_about){.here = &here});
    if (form_is_good(&f)) return rq_redirect(rq, ledger_href(rq, &here, "/months?done=closed"));
    form_page_status(&f, 400);
    return months_show(&f, &here, last.has ? date_fiscal_year(last.v) : rq->this_fy);
}

/* ---- POST /api/v1/funds/{fund}/ledger/close {through[, bank_balance_satang]} ---- */

enum err ledger_close_api(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct opt_date last;
    enum ledger_fault fault;
    TRY(form_begin(rq, &f));
    TRY(ledger_here_read(rq, &f, &here));
    if (id_is_none(here.book.id)) return ledger_refuse_api(&f, LEDGER_NO_BOOK, &(struct ledger_about){.here = &here});
    TRY(month_close(&f, &here, FORM_MAY, &last, &fault));
    if (!form_is_good(&f)) return form_refuse_api(&f);
    if (fault != LEDGER_FINE) return ledger_refuse_api(&f, fault, &(struct ledger_about){.here = &here});
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_date(j, "closed_through", last.v);
    json_object_end(j);
    return rq_json_end(rq);
}
