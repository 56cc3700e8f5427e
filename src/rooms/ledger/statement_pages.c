/* statement_pages.c — the statement of a month, quarter or year: carried over, receipts and payments by
 * account, carried on; of the period and of the year until then. Everything from the lines. */
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_statement.html.h"
#include "rooms/ledger_sql.h"
#include "table/table.h"

struct period {
    struct str code; /* "month-10" "q1" "year" */
    struct date first, last;
    struct str name;
};

static struct date months_on(struct date first, int months)
{
    for (int i = 0; i < months; i++) first = date_add_days(ledger_month_last(first), 1);
    return first;
}

static struct str quarter_name(struct rq *rq, int quarter, struct fiscal_year fy)
{
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_quarter, ledger_int_text(rq, quarter), ledger_int_text(rq, fy.v));
}

/* "month-10", "q1" … "q4", "year"; absent: the year. */
static enum err period_read(struct rq *rq, struct fiscal_year fy, struct period *ret)
{
    struct str code = rq_param(rq, "period");
    struct date first = fiscal_year_first(fy);
    int64_t n = 0;
    if (code.n == 0 || str_eq(code, STR("year"))) {
        struct str name = MSG_FORMAT(rq->arena, rq->page.lang, MSG_fy_name, ledger_int_text(rq, fy.v));
        *ret = (struct period){STR("year"), first, fiscal_year_last(fy), name};
        return ERR_OK;
    }
    if (code.n == 2 && code.p[0] == 'q' && code.p[1] >= '1' && code.p[1] <= '4') {
        int quarter = code.p[1] - '0';
        first = months_on(first, 3 * (quarter - 1));
        *ret = (struct period){code, first, ledger_month_last(months_on(first, 2)), quarter_name(rq, quarter, fy)};
        return ERR_OK;
    }
    if (!str_starts(code, STR("month-")) || str_to_int(str_from(code, 6), &n) != ERR_OK || n < 1 || n > 12) return ERR_INPUT;
    first = months_on(first, (int)((n + 2) % 12)); /* October is the first */
    *ret = (struct period){code, first, ledger_month_last(first), ledger_month_name(rq, first)};
    return ERR_OK;
}

static void fill_periods(struct rq *rq, struct ledger_statement_view *v, const struct period *p)
{
    struct choice *all = ARENA_ARRAY(rq->arena, struct choice, 17);
    struct date first = fiscal_year_first(v->fy);
    size_t n = 0;
    all[n++] = (struct choice){STR("year"), msg_text(MSG_ledger_filter_year, rq->page.lang), str_eq(p->code, STR("year"))};
    for (int q = 1; q <= 4; q++) {
        struct str code = str_printf(rq->arena, "q%d", q);
        all[n++] = (struct choice){code, quarter_name(rq, q, v->fy), str_eq(p->code, code)};
    }
    for (int m = 0; m < 12; m++) {
        struct str code = str_printf(rq->arena, "month-%d", first.month);
        all[n++] = (struct choice){code, ledger_month_name(rq, first), str_eq(p->code, code)};
        first = months_on(first, 1);
    }
    v->periods = all;
    v->nperiods = n;
}

static void fill_receipts(struct rq *rq, struct ledger_statement_view *v, const struct ledger_sums *period,
                          const struct ledger_sums *year)
{
    struct ledger_statement_row *rows = ARENA_ARRAY(rq->arena, struct ledger_statement_row, LEDGER_SOURCES);
    for (int s = 0; s < LEDGER_SOURCES; s++) {
        struct str code = str_of(ledger_source_code((enum ledger_source)s));
        rows[s] = (struct ledger_statement_row){ledger_source_name(rq, code), period->received[s], year->received[s]};
        v->received = satang_add(v->received, period->received[s]);
        v->year_received = satang_add(v->year_received, year->received[s]);
    }
    v->receipts = rows;
    v->nreceipts = LEDGER_SOURCES;
}

/* By support type, those in force and those that were paid. */
static enum err fill_payments(struct rq *rq, struct ledger_statement_view *v, const struct ledger_sums *period,
                              const struct ledger_sums *year)
{
    struct ledger_support_list_row *types = NULL;
    size_t n = 0;
    TRY(ledger_support_list(rq->db, rq->arena, v->fy, &types, &n));
    struct ledger_statement_row *rows = ARENA_ARRAY(rq->arena, struct ledger_statement_row, 10);
    for (int t = 0; t < 10; t++) {
        struct str name = msg_text(MSG_ledger_type_unknown, rq->page.lang);
        bool is_listed = false;
        for (size_t i = 0; i < n; i++) {
            if (types[i].code.n != 1 || types[i].code.p[0] != '0' + t) continue;
            is_listed = true;
            name = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_type_name, types[i].code,
                              lang_name(rq->page.lang, types[i].short_th, types[i].short_en));
        }
        v->paid = satang_add(v->paid, period->paid[t]);
        v->year_paid = satang_add(v->year_paid, year->paid[t]);
        if (is_listed || year->paid[t].v != 0)
            rows[v->npayments++] = (struct ledger_statement_row){name, period->paid[t], year->paid[t]};
    }
    v->payments = rows;
    return ERR_OK;
}

static enum err fill_sums(struct rq *rq, struct ledger_statement_view *v, const struct ledger_here *here, const struct period *p)
{
    struct ledger_sums period, year;
    TRY(ledger_sums(rq->db, rq->arena, here->book.id, p->first, p->last, &period));
    TRY(ledger_sums(rq->db, rq->arena, here->book.id, fiscal_year_first(v->fy), p->last, &year));
    fill_receipts(rq, v, &period, &year);
    TRY(fill_payments(rq, v, &period, &year));
    v->brought = satang_add(period.brought, period.opening);
    v->carried = period.carried;
    v->year_brought = satang_add(year.brought, year.opening);
    v->year_carried = year.carried;
    v->spent = satang_share(v->year_paid, satang_add(v->year_brought, v->year_received));
    v->held = here->book.committed;
    if (!v->is_running) {
        struct ledger_held_on_row then = {0};
        TRY(ledger_held_on(rq->db, rq->arena, here->book.id, p->last, &then));
        v->held = then.held_satang;
    }
    v->is_down = v->carried.v < v->brought.v;
    v->by = v->is_down ? satang_sub(v->brought, v->carried) : satang_sub(v->carried, v->brought);
    return ERR_OK;
}

enum err ledger_statement_read(struct rq *rq, struct ledger_here *ret_here, struct ledger_statement_view *ret, bool *ret_is_answered)
{
    struct ledger_here here;
    struct period p;
    struct fiscal_year fy;
    *ret_is_answered = true;
    if (rq_fy(rq, &fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    if (period_read(rq, fy, &p) != ERR_OK) return rq_bad_param(rq, "period", MSG_error_ledger_period);
    TRY(ledger_here_read(rq, NULL, &here));
    struct str title = msg_text(MSG_ledger_statement_title, rq->page.lang);
    struct ledger_statement_view v = {.head = ledger_head_of(rq, &here, title),
                                      .fy = fy,
                                      .is_open = !id_is_none(here.book.id),
                                      .period_name = p.name,
                                      .first = p.first,
                                      .last = p.last,
                                      .is_running = date_cmp(p.last, rq->today) >= 0,
                                      .here = HREF(rq->arena, "/funds/{}/ledger/statement", here.code)};
    v.years = ledger_year_choices(rq, fy, &v.nyears);
    fill_periods(rq, &v, &p);
    if (v.is_open) TRY(fill_sums(rq, &v, &here, &p));
    struct str pdf = str_printf(rq->arena, "/statement.pdf?fy=%d&period=%.*s", fy.v, STR_FMT(p.code));
    v.pdf = ledger_href(rq, &here, str_z(rq->arena, pdf));
    struct str csv = str_printf(rq->arena, "/statement.csv?fy=%d&period=%.*s", fy.v, STR_FMT(p.code));
    v.csv = ledger_href(rq, &here, str_z(rq->arena, csv));
    v.period_code = p.code;
    *ret_here = here;
    *ret = v;
    *ret_is_answered = false;
    return ERR_OK;
}

enum err ledger_statement_page(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_statement_view v;
    bool is_answered = false;
    TRY(ledger_statement_read(rq, &here, &v, &is_answered));
    if (is_answered) return ERR_OK;
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_statement_of, v.period_name);
    ledger_statement_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- as a file ---- */

static void csv_line(struct csv *csv, struct str name, struct satang period, struct satang year)
{
    csv_text(csv, name);
    csv_satang(csv, period.v);
    csv_satang(csv, year.v);
    csv_row_end(csv);
}

static void csv_lines(struct csv *csv, const struct ledger_statement_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) csv_line(csv, rows[i].name, rows[i].period, rows[i].year);
}

/* A book that is not opened gives the heads alone: unknown is not zero. */
enum err ledger_statement_csv(struct rq *rq)
{
    static const enum msg heads[] = {MSG_ledger_col_what, MSG_ledger_col_period, MSG_ledger_col_year};
    enum lang lang = rq->page.lang;
    struct ledger_here here;
    struct ledger_statement_view v;
    bool is_answered = false;
    TRY(ledger_statement_read(rq, &here, &v, &is_answered));
    if (is_answered) return ERR_OK;
    rq->res->body = buf_in(rq->arena, APP_PAGE_BYTES_MAX);
    struct csv csv = csv_begin(&rq->res->body);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) csv_text(&csv, msg_text(heads[i], lang));
    csv_row_end(&csv);
    if (v.is_open) {
        csv_line(&csv, msg_text(MSG_ledger_brought, lang), v.brought, v.year_brought);
        csv_lines(&csv, v.receipts, v.nreceipts);
        csv_line(&csv, msg_text(MSG_ledger_receipts_sum, lang), v.received, v.year_received);
        csv_lines(&csv, v.payments, v.npayments);
        csv_line(&csv, msg_text(MSG_ledger_payments_sum, lang), v.paid, v.year_paid);
        csv_line(&csv, msg_text(MSG_ledger_carried, lang), v.carried, v.year_carried);
        csv_line(&csv, msg_text(MSG_ledger_card_held, lang), v.held, v.held);
    }
    return ledger_csv_answer(rq, str_printf(rq->arena, "statement-%.*s-%d-%.*s", STR_FMT(here.code), v.fy.v,
                                            STR_FMT(v.period_code)));
}
