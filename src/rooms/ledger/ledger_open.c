/* ledger_open.c — opening a book: with its balance, or taking over a fund in the middle of a year. */
#include "app/audit.h"
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

struct opening {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const struct ledger_opening *o;
    struct ledger_refusal *refused;
    struct ledger_book_id book;
};

static enum err refuse_at(struct opening *p, enum ledger_fault why, int where, size_t row)
{
    p->refused->fault = why;
    p->refused->at = where;
    p->refused->row = row;
    return ERR_REFUSED;
}

static struct date first_day(const struct ledger_opening *o)
{
    return o->is_take_over ? fiscal_year_first(date_fiscal_year(o->balance_on)) : o->opened_on;
}

/* ---- is what was typed possible? ---- */

static enum err check_receipt(struct opening *p, size_t i)
{
    const struct ledger_take_receipt *r = &p->o->receipts[i];
    if (date_fiscal_year(r->on).v != date_fiscal_year(p->o->balance_on).v)
        return refuse_at(p, LEDGER_DATE_OTHER_YEAR, LEDGER_AT_RECEIPT, i);
    if (date_cmp(r->on, p->o->balance_on) > 0) return refuse_at(p, LEDGER_DATE_FUTURE, LEDGER_AT_RECEIPT, i);
    return r->amount.v > 0 ? ERR_OK : refuse_at(p, LEDGER_OVER_AMOUNT, LEDGER_AT_RECEIPT, i);
}

static enum err check_project(struct opening *p, size_t i)
{
    const struct ledger_take_project *t = &p->o->projects[i];
    bool is_paid = t->paid_this_year.v > 0;
    if (t->paid_before.v < 0 || t->paid_this_year.v < 0 || t->amount.v <= 0 ||
        t->paid_before.v + t->paid_this_year.v > t->amount.v)
        return refuse_at(p, LEDGER_OVER_AMOUNT, LEDGER_AT_PROJECT, i);
    if (date_cmp(t->approved_on, p->o->balance_on) > 0)
        return refuse_at(p, LEDGER_DATE_FUTURE, LEDGER_AT_PROJECT, i);
    if (!is_paid) return ERR_OK;
    if (!t->paid_on.has || date_fiscal_year(t->paid_on.v).v != date_fiscal_year(p->o->balance_on).v)
        return refuse_at(p, LEDGER_DATE_OTHER_YEAR, LEDGER_AT_PROJECT, i);
    return date_cmp(t->paid_on.v, p->o->balance_on) <= 0
               ? ERR_OK
               : refuse_at(p, LEDGER_DATE_FUTURE, LEDGER_AT_PROJECT, i);
}

/* What was in the bank when the year began: the passbook, back through the year's moves. */
static enum err carried(struct opening *p, struct satang *ret)
{
    const struct ledger_opening *o = p->o;
    struct satang sum = o->balance;
    for (size_t i = 0; o->is_take_over && i < o->nreceipts; i++) {
        TRY(check_receipt(p, i));
        sum = satang_sub(sum, o->receipts[i].amount);
    }
    for (size_t i = 0; o->is_take_over && i < o->nprojects; i++) {
        TRY(check_project(p, i));
        sum = satang_add(sum, o->projects[i].paid_this_year);
    }
    if (sum.v < 0) return refuse_at(p, LEDGER_NOT_ENOUGH, LEDGER_AT_FORM, 0);
    *ret = sum;
    return ERR_OK;
}

/* ---- writing ---- */

static enum err insert_book(struct opening *p, struct fund_id fund)
{
    const struct ledger_opening *o = p->o;
    struct ledger_get_book_row there = {0};
    struct ledger_add_book_row row = {0};
    struct str book = str_of(ledger_book_code(o->kind));
    enum err e = ledger_get_book(p->db, p->arena, fund, book, &there);
    if (e == ERR_OK) return refuse_at(p, LEDGER_BOOK_THERE, LEDGER_AT_FORM, 0);
    if (e != ERR_NOT_FOUND) return e;
    struct ledger_add_book_args args = {.fund_id = fund,
                                        .book = book,
                                        .opened_on = first_day(o),
                                        .is_taken_over = o->is_take_over,
                                        .recorded_at = clock_now()};
    TRY(ledger_text(p->arena, o->bank_name, LEDGER_PARTY_MAX, true, &args.bank_name));
    TRY(ledger_text(p->arena, o->bank_branch, LEDGER_PARTY_MAX, true, &args.bank_branch));
    TRY(ledger_text(p->arena, o->bank_account_name, LEDGER_PARTY_MAX, true, &args.bank_account_name));
    TRY(ledger_text(p->arena, o->bank_account_no, LEDGER_REFERENCE_MAX, true, &args.bank_account_no));
    TRY(ledger_add_book(p->db, p->arena, &args, &row));
    TRY(ledger_add_head(p->db, row.id, STR(LEDGER_HASH_NONE), NULL));
    TRY(ledger_add_balance(p->db, row.id, NULL));
    p->book = row.id;
    struct buf day = buf_in(p->arena, 16);
    buf_date_iso(&day, args.opened_on);
    struct audit_change change = {"opened_on", STR_NONE, buf_str(&day)};
    return audit_write(p->db, p->arena, p->by, "open", "ledger_book", row.id.v, &change, 1);
}

static enum err write_opening(struct opening *p, struct ledger_at *at, struct satang amount)
{
    struct ledger_posted posted = {0};
    struct ledger_new_entry e = {
        .kind = LEDGER_OPENING,
        .on = at->opened_on,
        .amount = amount,
        .is_entered_later = p->o->is_take_over,
        .lines = {{STR(LEDGER_BANK), amount.v}, {STR(LEDGER_BROUGHT), -amount.v}},
        .nlines = 2};
    if (amount.v == 0) return ERR_OK;
    TRY(ledger_bank(at, amount.v, LEDGER_NOT_ENOUGH));
    TRY(ledger_write_entry(at, &e, &posted));
    TRY(ledger_audit_entry(at, "post", &posted));
    struct money_move m = {.measure = MONEY_OPENING, .fy = posted.fy, .delta = amount.v};
    return ledger_tell(at, "ledger_entry", posted.id.v, e.on, &m, 1);
}

static enum err take_receipt(struct opening *p, struct ledger_at *at, size_t i)
{
    const struct ledger_take_receipt *t = &p->o->receipts[i];
    struct ledger_posted posted = {0};
    struct ledger_receipt r = {.on = t->on,
                               .source = t->source,
                               .amount = t->amount,
                               .reference = t->reference,
                               .is_entered_later = true};
    enum err e = ledger_receive_at(at, &r, &posted);
    return e == ERR_REFUSED ? refuse_at(p, p->refused->fault, LEDGER_AT_RECEIPT, i) : e;
}

/* What was paid this year: an entry for each instalment that it reached, behind what was paid before. */
static enum err take_payments(struct opening *p, struct ledger_at *at, const struct ledger_take_project *t)
{
    struct ledger_posted posted = {0};
    struct satang before = t->paid_before, rest = t->paid_this_year;
    struct ledger_payment pay = {.on = t->paid_on.v, .amount = rest, .is_entered_later = true};
    TRY(ledger_text(p->arena, t->project_code, LEDGER_REFERENCE_MAX, true, &pay.project_code));
    if (t->ninstalments == 0) return ledger_pay_at(at, &pay, &posted);
    for (size_t i = 0; i < t->ninstalments && rest.v > 0; i++) {
        struct satang covered = ledger_cover(&before, t->instalments[i]);
        pay.instalment = (int64_t)i + 1;
        pay.amount = ledger_cover(&rest, satang_sub(t->instalments[i], covered));
        if (pay.amount.v > 0) TRY(ledger_pay_at(at, &pay, &posted));
    }
    return ERR_OK;
}

static enum err take_project(struct opening *p, struct ledger_at *at, size_t i)
{
    const struct ledger_take_project *t = &p->o->projects[i];
    struct ledger_commitment_id id = {0};
    struct ledger_commit c = {.project_code = t->project_code,
                              .title = t->title,
                              .owner_name = t->owner_name,
                              .support_type = t->support_type,
                              .owner_type = t->owner_type,
                              .issue_code = t->issue_code,
                              .approved_on = t->approved_on,
                              .approved_in = t->approved_in,
                              .amount = t->amount,
                              .paid_before = t->paid_before,
                              .agreement_no = t->agreement_no,
                              .agreement_on = t->agreement_on,
                              .is_entered_later = true,
                              .instalments = t->instalments,
                              .ninstalments = t->ninstalments};
    enum err e = ledger_commit_at(at, &c, &id);
    if (e == ERR_OK && t->paid_this_year.v > 0) e = take_payments(p, at, t);
    return e == ERR_REFUSED ? refuse_at(p, p->refused->fault, LEDGER_AT_PROJECT, i) : e;
}

static enum err open_act(void *ctx)
{
    struct opening *p = ctx;
    struct ledger_lock_fund_row fund = {0};
    struct ledger_at at = {.fault = &p->refused->fault};
    struct satang brought = {0};
    struct date today = clock_today();
    TRY(ledger_lock_fund(p->db, p->arena, p->o->fund_code, &fund));
    if (date_cmp(p->o->is_take_over ? p->o->balance_on : p->o->opened_on, today) > 0)
        return refuse_at(p, LEDGER_DATE_FUTURE, LEDGER_AT_FORM, 0);
    TRY(carried(p, &brought));
    TRY(insert_book(p, fund.id));
    TRY(ledger_lock_id(p->db, p->arena, p->by, p->book, &at));
    struct money_move m = {.measure = MONEY_LEDGER, .fy = date_fiscal_year(at.opened_on), .delta = 1};
    TRY(ledger_tell(&at, "ledger_book", at.book.v, at.opened_on, &m, 1));
    TRY(write_opening(p, &at, brought));
    for (size_t i = 0; p->o->is_take_over && i < p->o->nreceipts; i++) TRY(take_receipt(p, &at, i));
    for (size_t i = 0; p->o->is_take_over && i < p->o->nprojects; i++) TRY(take_project(p, &at, i));
    return ERR_OK;
}

enum err ledger_book_open(struct db *db, struct arena *a, const struct actor *by, const struct ledger_opening *o,
                          struct ledger_refusal *ret_refused, struct ledger_book_id *ret)
{
    struct opening p = {.db = db, .arena = a, .by = by, .o = o, .refused = ret_refused};
    *ret_refused = (struct ledger_refusal){0};
    enum err e = ledger_guarded(db, open_act, &p);
    if (e == ERR_CONFLICT) { /* somebody opened it at the same moment */
        ret_refused->fault = LEDGER_BOOK_THERE;
        return ERR_REFUSED;
    }
    TRY(e);
    *ret = p.book;
    return ERR_OK;
}
