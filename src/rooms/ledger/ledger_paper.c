/* ledger_paper.c — the papers of a fund's money as PDF: the voucher of an entry, the statement of a period,
 * the annual finance plan. They print what the pages show, read by the same functions, for who may see
 * those pages; nothing is on a paper that is not on its page. Made anew at each asking, from the books:
 * a paper cannot differ from them. */
#include "app/papers.h"
#include "rooms/ledger/ledger_ask.h"

#define HASH_SHOWN 16 /* hex digits: enough to tell one entry of a fund from every other */

/* ---- what all have ---- */

/* `seq` entries were in the book when it was printed, and this seal was the last: a book that has lost or
 * changed one of them has another. */
static struct str check_of(struct rq *rq, int64_t seq, struct str hash)
{
    if (hash.n == 0) return STR_NONE;
    return PAPERS_SAY(rq, MSG_paper_check, papers_int(rq, seq), str_first(hash, HASH_SHOWN));
}

static struct str fund_name(struct rq *rq, const struct ledger_here *here)
{
    return papers_fund(rq, here->name);
}

static struct paper_about about_of(struct rq *rq, const struct ledger_here *here, struct str title, struct href page)
{
    return papers_about(rq, title, fund_name(rq, here), here->code, page, here->is_demo);
}

/* The three who sign for a fund as a whole. */
static void fund_signs(struct rq *rq, struct paper *p)
{
    struct paper_sign *signs = ARENA_ARRAY(rq->arena, struct paper_sign, 3);
    signs[0] = (struct paper_sign){.role = papers_word(rq, MSG_paper_maker), .position = papers_word(rq, MSG_role_officer)};
    signs[1] = (struct paper_sign){.role = papers_word(rq, MSG_paper_checker), .position = papers_word(rq, MSG_role_secretary)};
    signs[2] = (struct paper_sign){.role = papers_word(rq, MSG_paper_approver), .position = papers_word(rq, MSG_role_chair)};
    paper_gap(p);
    paper_signs(p, signs, 3);
}

/* ---- the voucher of an entry ---- */

struct voucher {
    struct rq *rq;
    struct paper *paper;
    struct ledger_here here;
    struct ledger_entry entry;
    struct ledger_entry_view v;
    struct ledger_commitment commitment; /* of a payment; id none: not found */
};

static void put_lines(struct voucher *u)
{
    struct rq *rq = u->rq;
    struct paper_col *cols = ARENA_ARRAY(rq->arena, struct paper_col, 4);
    cols[0] = (struct paper_col){papers_word(rq, MSG_ledger_col_account), PAPER_CENTRE, 14};
    cols[1] = (struct paper_col){papers_word(rq, MSG_ledger_col_what), PAPER_LEFT, 46};
    cols[2] = (struct paper_col){papers_word(rq, MSG_ledger_col_debit), PAPER_RIGHT, 20};
    cols[3] = (struct paper_col){papers_word(rq, MSG_ledger_col_credit), PAPER_RIGHT, 20};
    paper_table(u->paper, cols, 4);
    for (size_t i = 0; i < u->v.nlines; i++) {
        const struct ledger_line_row *l = &u->v.lines[i];
        struct str *cells = ARENA_ARRAY(rq->arena, struct str, 4);
        cells[0] = l->account;
        cells[1] = l->name;
        cells[2] = l->debit.has ? papers_money(rq, l->debit.v) : STR("");
        cells[3] = l->credit.has ? papers_money(rq, l->credit.v) : STR("");
        paper_row(u->paper, PAPER_ROW, cells, 4);
    }
}

static void put_facts(struct voucher *u)
{
    for (size_t i = 0; i < u->v.nfacts; i++) papers_field(u->paper, u->v.facts[i].label, u->v.facts[i].value);
    struct str reason = PAPERS_SAY(u->rq, MSG_ledger_reason_is, u->v.reason);
    if (u->v.reversal_of.label.n > 0)
        paper_field(u->paper, papers_word(u->rq, MSG_ledger_reverses), u->v.reversal_of.label);
    if (u->v.reason.n > 0) paper_para(u->paper, reason);
    if (u->v.reversed_by.label.n > 0)
        paper_field(u->paper, papers_word(u->rq, MSG_ledger_was_reversed), u->v.reversed_by.label);
    if (u->v.is_later) paper_note(u->paper, papers_word(u->rq, MSG_ledger_is_later));
}

static void put_sum(struct voucher *u)
{
    paper_sum(u->paper, papers_word(u->rq, MSG_ledger_amount), papers_baht(u->rq, u->v.amount), papers_baht_words(u->rq, u->v.amount));
}

/* What is asked for: the decision that the money follows, and the agreement. */
static void put_request(struct voucher *u)
{
    struct rq *rq = u->rq;
    const struct ledger_commitment *c = &u->commitment;
    paper_section(u->paper, papers_word(rq, MSG_paper_request));
    if (id_is_none(c->id)) {
        put_facts(u);
        return;
    }
    paper_para(u->paper, PAPERS_SAY(rq, MSG_paper_request_text, c->title, c->project_code, c->approved_in,
                                    papers_date(rq, c->approved_on), papers_money(rq, c->amount)));
    papers_field(u->paper, papers_word(rq, MSG_ledger_payment_party), u->entry.party);
    if (!str_eq(c->owner_name, u->entry.party)) papers_field(u->paper, papers_word(rq, MSG_ledger_commit_owner), c->owner_name);
    if (c->agreement_no.n > 0 && c->agreement_on.has)
        paper_field(u->paper, papers_word(rq, MSG_ledger_agreement),
                    PAPERS_SAY(rq, MSG_paper_agreement, c->agreement_no,
                               papers_date(rq, c->agreement_on.v)));
    papers_field(u->paper, papers_word(rq, MSG_paper_reference), u->entry.reference);
    papers_field(u->paper, papers_word(rq, MSG_ledger_csv_memo), u->entry.memo);
    if (u->v.reversed_by.label.n > 0)
        paper_field(u->paper, papers_word(rq, MSG_ledger_was_reversed), u->v.reversed_by.label);
    if (u->v.is_later) paper_note(u->paper, papers_word(rq, MSG_ledger_is_later));
}

/* Where it is booked, in two lines: the paper of a payment is one page. */
static void put_accounts(struct voucher *u)
{
    struct rq *rq = u->rq;
    for (size_t i = 0; i < u->v.nlines; i++) {
        const struct ledger_line_row *l = &u->v.lines[i];
        paper_field(u->paper, papers_word(rq, l->debit.has ? MSG_paper_debit : MSG_paper_credit),
                    str_concat(rq->arena, (const struct str[]){l->account, STR(" "), l->name}, 3));
    }
}

/* What the officer looks at before anybody signs: is there the money, and how much is left then. */
static void put_check(struct voucher *u)
{
    struct rq *rq = u->rq;
    struct satang after = u->v.balance_after;
    struct satang before = satang_sub(after, satang(u->entry.bank_delta_satang));
    paper_section(u->paper, papers_word(rq, MSG_paper_check_title));
    paper_fields(u->paper, papers_word(rq, MSG_paper_before), papers_baht(rq, before), papers_word(rq, MSG_paper_after), papers_baht(rq, after));
    put_accounts(u);
}

static void payment_signs(struct voucher *u)
{
    struct rq *rq = u->rq;
    const struct paper_sign signs[] = {
        {.role = papers_word(rq, MSG_paper_requester), .position = papers_word(rq, MSG_role_officer)},
        {.role = papers_word(rq, MSG_paper_checker), .position = PAPER_BLANK},
        {.role = papers_word(rq, MSG_paper_approver), .position = PAPER_BLANK},
        {.role = papers_word(rq, MSG_paper_payer), .position = PAPER_BLANK},
        {.role = papers_word(rq, MSG_paper_payee)},
        {.role = papers_word(rq, MSG_paper_payee)}};
    struct paper_sign *kept = ARENA_ARRAY(rq->arena, struct paper_sign, 6);
    memcpy(kept, signs, sizeof signs);
    paper_section(u->paper, papers_word(rq, MSG_paper_approval));
    paper_para(u->paper, papers_word(rq, MSG_paper_method));
    paper_signs(u->paper, kept, 6);
}

static void put_payment(struct voucher *u)
{
    put_request(u);
    put_sum(u);
    put_check(u);
    payment_signs(u);
}

/* Also an opening balance and a reversal: what was booked, and who saw it. */
static void put_receipt(struct voucher *u)
{
    struct paper_sign *signs = ARENA_ARRAY(u->rq->arena, struct paper_sign, 2);
    enum msg first = u->entry.kind == LEDGER_RECEIPT ? MSG_paper_receiver : MSG_paper_maker;
    signs[0] = (struct paper_sign){.role = papers_word(u->rq, first), .position = papers_word(u->rq, MSG_role_officer)};
    signs[1] = (struct paper_sign){.role = papers_word(u->rq, MSG_paper_checker), .position = papers_word(u->rq, MSG_role_secretary)};
    paper_gap(u->paper);
    put_facts(u);
    put_sum(u);
    paper_section(u->paper, papers_word(u->rq, MSG_ledger_lines));
    put_lines(u);
    paper_gap(u->paper);
    paper_signs(u->paper, signs, 2);
}

static struct str voucher_title(struct voucher *u)
{
    if (u->entry.kind == LEDGER_PAYMENT) return papers_word(u->rq, MSG_paper_payment);
    if (u->entry.kind == LEDGER_REVERSAL) return papers_word(u->rq, MSG_paper_reversal);
    return u->v.kind;
}

static enum err commitment_read(struct voucher *u)
{
    if (u->entry.kind != LEDGER_PAYMENT || u->entry.project_code.n == 0) return ERR_OK;
    enum err e = ledger_commitment_find(u->rq->db, u->rq->arena, u->here.book.id, u->entry.project_code, &u->commitment);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err ledger_voucher_pdf(struct rq *rq)
{
    struct voucher u = {.rq = rq};
    TRY(ledger_entry_read(rq, &u.here, &u.entry, &u.v));
    TRY(commitment_read(&u));
    struct str title = voucher_title(&u);
    struct str whole = PAPERS_SAY(rq, MSG_ledger_entry_title, title, u.v.number);
    struct paper_about about = about_of(rq, &u.here, whole, ledger_entry_href(rq, u.here.code, u.entry.id));
    about.check = check_of(rq, u.v.seq, u.v.hash);
    if (u.v.reversed_by.label.n > 0) about.watermark = papers_word(rq, MSG_ledger_is_reversed);
    u.paper = paper_begin(rq->arena, &about);
    struct str year = PAPERS_SAY(rq, MSG_fy_name, papers_int(rq, u.v.fy.v));
    paper_title(u.paper, fund_name(rq, &u.here), title, str_concat(rq->arena, (const struct str[]){u.v.book, STR(" · "), year}, 3));
    paper_right(u.paper, PAPERS_SAY(rq, MSG_paper_number, u.v.number));
    paper_right(u.paper, PAPERS_SAY(rq, MSG_paper_on, papers_date(rq, u.v.on)));
    if (u.entry.kind == LEDGER_PAYMENT) put_payment(&u);
    else put_receipt(&u);
    return papers_answer(rq, u.paper,
                        str_printf(rq->arena, "voucher-%.*s-%d-%lld", STR_FMT(u.here.code), u.v.fy.v, (long long)u.entry.number));
}

/* ---- the statement of a period ---- */

static void statement_row(struct rq *rq, struct paper *p, enum paper_row_kind kind, struct str name,
                          struct satang period, struct satang year)
{
    struct str *cells = ARENA_ARRAY(rq->arena, struct str, 3);
    cells[0] = name;
    cells[1] = papers_money(rq, period);
    cells[2] = papers_money(rq, year);
    paper_row(p, kind, cells, 3);
}

static void group_row(struct rq *rq, struct paper *p, struct str name, size_t ncols, size_t at)
{
    struct str *cells = ARENA_ARRAY(rq->arena, struct str, ncols);
    for (size_t i = 0; i < ncols; i++) cells[i] = STR("");
    cells[at] = name;
    paper_row(p, PAPER_ROW_GROUP, cells, ncols);
}

static void statement_table(struct rq *rq, struct paper *p, const struct ledger_statement_view *v)
{
    struct paper_col *cols = ARENA_ARRAY(rq->arena, struct paper_col, 3);
    cols[0] = (struct paper_col){papers_word(rq, MSG_ledger_col_what), PAPER_LEFT, 56};
    cols[1] = (struct paper_col){papers_word(rq, MSG_ledger_col_period), PAPER_RIGHT, 22};
    cols[2] = (struct paper_col){papers_word(rq, MSG_ledger_col_year), PAPER_RIGHT, 22};
    paper_table(p, cols, 3);
    statement_row(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_brought), v->brought, v->year_brought);
    group_row(rq, p, papers_word(rq, MSG_ledger_receipts), 3, 0);
    for (size_t i = 0; i < v->nreceipts; i++)
        statement_row(rq, p, PAPER_ROW, v->receipts[i].name, v->receipts[i].period, v->receipts[i].year);
    statement_row(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_receipts_sum), v->received, v->year_received);
    group_row(rq, p, papers_word(rq, MSG_ledger_payments), 3, 0);
    for (size_t i = 0; i < v->npayments; i++)
        statement_row(rq, p, PAPER_ROW, v->payments[i].name, v->payments[i].period, v->payments[i].year);
    statement_row(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_payments_sum), v->paid, v->year_paid);
    statement_row(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_carried), v->carried, v->year_carried);
}

/* One sentence of what the figures mean, as on the page. */
static struct str meaning(struct rq *rq, const struct ledger_statement_view *v)
{
    const struct str args[] = {papers_money(rq, v->received), papers_money(rq, v->paid), papers_money(rq, v->by),
                               papers_money(rq, v->carried)};
    struct str text = msg_format(rq->arena, rq->page.lang, v->is_down ? MSG_ledger_meaning_down : MSG_ledger_meaning_up, args, 4);
    if (!v->spent.has) return text;
    struct str spent = PAPERS_SAY(rq, MSG_ledger_meaning_spent, html_arg_bp(&rq->page, v->spent.v));
    return str_concat(rq->arena, (const struct str[]){text, STR(" "), spent}, 3);
}

enum err ledger_statement_pdf(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_statement_view v;
    bool is_answered = false;
    TRY(ledger_statement_read(rq, &here, &v, &is_answered));
    if (is_answered) return ERR_OK;
    if (!v.is_open) return ERR_NOT_FOUND;
    struct str title = PAPERS_SAY(rq, MSG_ledger_statement_of, v.period_name);
    struct paper_about about = about_of(rq, &here, title, v.here);
    about.check = check_of(rq, here.book.seq, here.book.head_hash);
    struct paper *p = paper_begin(rq->arena, &about);
    paper_title(p, fund_name(rq, &here), title,
                PAPERS_SAY(rq, MSG_ledger_statement_days, papers_date(rq, v.first),
                           papers_date(rq, v.last)));
    if (v.is_running)
        paper_right(p, PAPERS_SAY(rq, MSG_paper_running, papers_date(rq, rq->today)));
    paper_para(p, meaning(rq, &v));
    statement_table(rq, p, &v);
    paper_gap(p);
    paper_note(p, v.is_running ? PAPERS_SAY(rq, MSG_ledger_statement_held, papers_money(rq, v.held))
                               : PAPERS_SAY(rq, MSG_ledger_statement_held_on, papers_date(rq, v.last), papers_money(rq, v.held)));
    paper_gap(p);
    paper_para(p, papers_word(rq, MSG_ledger_statement_agreed));
    fund_signs(rq, p);
    return papers_answer(rq, p, str_printf(rq->arena, "statement-%.*s-%d-%02d-%d-%02d", STR_FMT(here.code), v.first.year,
                                          v.first.month, v.last.year, v.last.month));
}

/* ---- the annual finance plan ---- */

static void money_row(struct rq *rq, struct paper *p, enum paper_row_kind kind, struct str name, struct str money)
{
    struct str *cells = ARENA_ARRAY(rq->arena, struct str, 2);
    cells[0] = name;
    cells[1] = money;
    paper_row(p, kind, cells, 2);
}

static void plan_income(struct rq *rq, struct paper *p, const struct ledger_plan_view *v)
{
    struct paper_col *cols = ARENA_ARRAY(rq->arena, struct paper_col, 2);
    cols[0] = (struct paper_col){papers_word(rq, MSG_ledger_col_what), PAPER_LEFT, 76};
    cols[1] = (struct paper_col){papers_word(rq, MSG_plan_col_amount), PAPER_RIGHT, 24};
    paper_section(p, papers_word(rq, MSG_plan_income));
    paper_table(p, cols, 2);
    money_row(rq, p, PAPER_ROW, papers_word(rq, MSG_plan_carried), papers_money(rq, v->carried_over));
    money_row(rq, p, PAPER_ROW, papers_word(rq, MSG_plan_nhso), html_arg_opt_satang(&rq->page, v->income_nhso));
    money_row(rq, p, PAPER_ROW, papers_word(rq, MSG_plan_local), html_arg_opt_satang(&rq->page, v->income_local));
    money_row(rq, p, PAPER_ROW, papers_word(rq, MSG_plan_other), html_arg_opt_satang(&rq->page, v->income_other));
    money_row(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_plan_money), papers_money(rq, v->money));
}

static void plan_row(struct rq *rq, struct paper *p, enum paper_row_kind kind, struct str number, struct str title,
                     struct str unit, struct satang amount)
{
    struct str *cells = ARENA_ARRAY(rq->arena, struct str, 4);
    cells[0] = number;
    cells[1] = title;
    cells[2] = unit;
    cells[3] = papers_money(rq, amount);
    paper_row(p, kind, cells, 4);
}

static void plan_lines(struct rq *rq, struct paper *p, const struct ledger_plan_view *v)
{
    struct paper_col *cols = ARENA_ARRAY(rq->arena, struct paper_col, 4);
    cols[0] = (struct paper_col){papers_word(rq, MSG_paper_row), PAPER_CENTRE, 8};
    cols[1] = (struct paper_col){papers_word(rq, MSG_plan_col_title), PAPER_LEFT, 42};
    cols[2] = (struct paper_col){papers_word(rq, MSG_plan_col_unit), PAPER_LEFT, 28};
    cols[3] = (struct paper_col){papers_word(rq, MSG_plan_col_amount), PAPER_RIGHT, 22};
    paper_section(p, papers_word(rq, MSG_plan_expense));
    paper_table(p, cols, 4);
    for (size_t g = 0; g < v->ngroups; g++) {
        const struct ledger_plan_group *group = &v->groups[g];
        group_row(rq, p, group->name, 4, 1);
        for (size_t i = 0; i < group->nlines; i++)
            plan_row(rq, p, PAPER_ROW, papers_int(rq, (int64_t)i + 1), group->lines[i].title, group->lines[i].unit,
                     group->lines[i].amount);
        plan_row(rq, p, PAPER_ROW_SUM, STR(""), papers_word(rq, MSG_ledger_sum), STR(""), group->sum);
    }
    plan_row(rq, p, PAPER_ROW_SUM, STR(""), papers_word(rq, MSG_plan_planned), STR(""), v->planned);
}

static void plan_totals(struct rq *rq, struct paper *p, const struct ledger_plan_view *v)
{
    paper_gap(p);
    if (v->rest.has) paper_field(p, papers_word(rq, MSG_plan_rest), papers_baht(rq, v->rest.v));
    if (v->lacking.has) paper_field(p, papers_word(rq, MSG_plan_lacking), papers_baht(rq, v->lacking.v));
    if (v->ceiling.has && v->ceiling_percent.has)
        paper_para(p, PAPERS_SAY(rq, MSG_paper_ceiling, papers_money(rq, v->managing),
                                 html_arg_bp(&rq->page, v->ceiling_percent.v), papers_money(rq, v->ceiling.v)));
}

enum err ledger_plan_pdf(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_plan_view v;
    TRY(ledger_plan_read(rq, &here, &v));
    if (v.is_new) return ERR_NOT_FOUND;
    struct str title = PAPERS_SAY(rq, MSG_ledger_plan_title, papers_int(rq, v.fy.v));
    struct str state = papers_word(rq, MSG_plan_draft);
    struct paper_about about = about_of(rq, &here, title, v.view);
    if (v.is_agreed)
        state = PAPERS_SAY(rq, MSG_plan_agreed, v.agreed_in, papers_date(rq, v.agreed_on.v));
    else
        about.watermark = papers_word(rq, MSG_paper_draft);
    struct paper *p = paper_begin(rq->arena, &about);
    paper_title(p, fund_name(rq, &here), title, state);
    plan_income(rq, p, &v);
    plan_lines(rq, p, &v);
    plan_totals(rq, p, &v);
    fund_signs(rq, p);
    return papers_answer(rq, p, str_printf(rq->arena, "plan-%.*s-%d", STR_FMT(here.code), v.fy.v));
}
