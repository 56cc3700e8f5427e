/* ledger_post.c — receipts, payments and reversals. See ledger_inside.h for the order of steps. */
#include <assert.h>

#include "json/json_out.h"
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

const char *const ledger_income_accounts[LEDGER_SOURCES] = {"40100", "40200", "40300", "40400", "40500"};

/* A draft becomes one entry: who books it second, from another screen, is told (ERR_CONFLICT). */
static enum err drop_draft(const struct ledger_at *at, struct ledger_draft_id draft)
{
    int64_t dropped = 0;
    if (id_is_none(draft)) return ERR_OK;
    TRY(ledger_delete_draft(at->db, draft, at->book, &dropped));
    return dropped == 1 ? ERR_OK : ERR_CONFLICT;
}

/* ---- receipts ---- */

enum err ledger_receive_at(struct ledger_at *at, const struct ledger_receipt *r, struct ledger_posted *ret)
{
    assert(r->amount.v > 0);
    TRY(ledger_check_day(at, r->on, r->fy));
    TRY(ledger_bank(at, r->amount.v, LEDGER_NOT_ENOUGH));
    struct ledger_new_entry e = {
        .kind = LEDGER_RECEIPT,
        .on = r->on,
        .amount = r->amount,
        .source = str_of(ledger_source_code(r->source)),
        .project_code = str_is_empty(r->project_code) ? STR_NONE : r->project_code,
        .reference = r->reference,
        .memo = r->memo,
        .party = r->party,
        .is_entered_later = r->is_entered_later,
        .lines = {{STR(LEDGER_BANK), r->amount.v}, {str_of(ledger_income_accounts[r->source]), -r->amount.v}},
        .nlines = 2};
    TRY(ledger_write_entry(at, &e, ret));
    TRY(drop_draft(at, r->draft));
    TRY(ledger_audit_entry(at, "post", ret));
    struct money_move m = {.measure = ledger_measure_of(r->source), .fy = ret->fy, .delta = r->amount.v};
    return ledger_tell(at, "ledger_entry", ret->id.v, r->on, &m, 1);
}

/* ---- payments ---- */

/* Which rule says no, in the order in which a person would mend it. */
static enum err check_promise(const struct ledger_at *at, const struct ledger_get_commitment_row *c,
                              const struct ledger_payment *p)
{
    if (c->is_released) return ledger_refuse(at, LEDGER_RELEASED);
    if (!str_is_none(c->held_for) && !p->is_entered_later) return ledger_refuse(at, LEDGER_HELD);
    if (date_cmp(p->on, c->approved_on) < 0) return ledger_refuse(at, LEDGER_BEFORE_APPROVAL);
    if (c->needs_agreement &&
        (str_is_empty(c->agreement_no) || !c->agreement_on.has || date_cmp(c->agreement_on.v, p->on) > 0))
        return ledger_refuse(at, LEDGER_NEEDS_AGREEMENT);
    if (p->instalment < 0 || p->instalment > c->ninstalments || (p->instalment == 0 && c->ninstalments > 0))
        return ledger_refuse(at, LEDGER_OVER_INSTALMENT);
    if (p->instalment == 0) return ERR_OK;
    struct ledger_get_instalment_row part = {0};
    TRY(ledger_get_instalment(at->db, at->arena, c->id, p->instalment, &part));
    return part.shut_since.has ? ledger_refuse(at, LEDGER_SHUT) : ERR_OK;
}

/* The database decides: each row has its CHECK. */
static enum err take_money(const struct ledger_at *at, const struct ledger_get_commitment_row *c,
                           const struct ledger_payment *p)
{
    enum err e = ledger_move_commitment(at->db, c->id, satang(-p->amount.v), NULL);
    if (e == ERR_REFUSED) return ledger_refuse(at, LEDGER_OVER_COMMITMENT);
    TRY(e);
    if (p->instalment > 0) {
        e = ledger_move_instalment(at->db, c->id, p->instalment, satang(-p->amount.v), NULL);
        if (e == ERR_REFUSED) return ledger_refuse(at, LEDGER_OVER_INSTALMENT);
        TRY(e);
    }
    return ledger_bank(at, -p->amount.v, LEDGER_NOT_ENOUGH);
}

static enum err tell_paid(const struct ledger_at *at, const struct ledger_get_commitment_row *c,
                          const struct ledger_posted *posted, struct date on, int64_t paid)
{
    struct money_move moves[] = {{.measure = MONEY_PAID,
                                  .fy = posted->fy,
                                  .issue_code = c->issue_code,
                                  .support_type = c->support_type_code,
                                  .delta = paid},
                                 {.measure = MONEY_COMMITTED,
                                  .fy = posted->fy,
                                  .issue_code = c->issue_code,
                                  .support_type = c->support_type_code,
                                  .delta = -paid}};
    return ledger_tell(at, "ledger_entry", posted->id.v, on, moves, 2);
}

enum err ledger_pay_at(struct ledger_at *at, const struct ledger_payment *p, struct ledger_posted *ret)
{
    struct ledger_get_commitment_row c = {0};
    struct ledger_account_of_row account = {0};
    assert(p->amount.v > 0);
    TRY(ledger_check_day(at, p->on, p->fy));
    enum err e = ledger_get_commitment(at->db, at->arena, at->book, p->project_code, &c);
    if (e == ERR_NOT_FOUND) return ledger_refuse(at, LEDGER_NO_COMMITMENT);
    TRY(e);
    TRY(check_promise(at, &c, p));
    TRY(take_money(at, &c, p));
    TRY(ledger_account_of(at->db, at->arena, c.support_type_code, &account));
    struct ledger_new_entry entry = {
        .kind = LEDGER_PAYMENT,
        .on = p->on,
        .amount = p->amount,
        .support_type = c.support_type_code,
        .issue_code = c.issue_code,
        .commitment = c.id,
        .instalment = p->instalment,
        .project_code = c.project_code,
        .reference = p->reference,
        .memo = p->memo,
        .party = p->party,
        .is_entered_later = p->is_entered_later,
        .lines = {{account.account_code, p->amount.v}, {STR(LEDGER_BANK), -p->amount.v}},
        .nlines = 2};
    TRY(ledger_write_entry(at, &entry, ret));
    TRY(ledger_add_note(at, c.id, "pay", p->amount, p->instalment, ret->id, p->on));
    TRY(drop_draft(at, p->draft));
    TRY(ledger_audit_entry(at, "post", ret));
    TRY(tell_paid(at, &c, ret, p->on, p->amount.v));
    return ledger_tell_payment(at, &c, p->on, p->instalment, p->amount, false);
}

/* ---- reversals ---- */

/* What was paid goes back to the promise; where that was released meanwhile, on to the fund. */
static enum err give_back(const struct ledger_at *at, const struct ledger_get_reversed_row *old,
                          const struct ledger_posted *posted, struct date on)
{
    struct ledger_get_commitment_row c = {0};
    TRY(ledger_get_commitment(at->db, at->arena, at->book, old->project_code, &c));
    int64_t instalment = old->instalment.has ? old->instalment.v : 0;
    TRY(ledger_add_note(at, c.id, "unpay", old->amount_satang, instalment, posted->id, on));
    TRY(tell_paid(at, &c, posted, on, -old->amount_satang.v));
    if (c.is_released) {
        TRY(ledger_add_note(at, c.id, "release", old->amount_satang, 0, posted->id, on));
        struct money_move m = {.measure = MONEY_COMMITTED,
                               .fy = posted->fy,
                               .issue_code = c.issue_code,
                               .support_type = c.support_type_code,
                               .delta = -old->amount_satang.v};
        TRY(ledger_tell(at, "ledger_entry", posted->id.v, on, &m, 1));
        return ledger_tell_payment(at, &c, on, instalment, old->amount_satang, true);
    }
    TRY(ledger_move_commitment(at->db, c.id, old->amount_satang, NULL));
    if (instalment > 0) TRY(ledger_move_instalment(at->db, c.id, instalment, old->amount_satang, NULL));
    return ledger_tell_payment(at, &c, on, instalment, old->amount_satang, true);
}

static enum err tell_reversed(const struct ledger_at *at, const struct ledger_get_reversed_row *old,
                              const struct ledger_posted *posted, struct date on)
{
    enum ledger_source source = LEDGER_NHSO;
    struct money_move m = {.measure = MONEY_OPENING, .fy = posted->fy, .delta = -old->amount_satang.v};
    if (str_eq(old->kind, STR("payment"))) return give_back(at, old, posted, on);
    if (str_eq(old->kind, STR("receipt"))) {
        TRY(ledger_source_of(old->source, &source));
        m.measure = ledger_measure_of(source);
    }
    return ledger_tell(at, "ledger_entry", posted->id.v, on, &m, 1);
}

static enum err check_reversal(const struct ledger_at *at, const struct ledger_get_reversed_row *old,
                               const struct ledger_reversal *r)
{
    if (!id_is_none(old->reversed_by)) return ledger_refuse(at, LEDGER_ALREADY_REVERSED);
    if (str_eq(old->kind, STR("reversal"))) return ledger_refuse(at, LEDGER_IS_REVERSAL);
    if (str_eq(old->kind, STR("opening")) && at->seq > old->seq) return ledger_refuse(at, LEDGER_IS_OPENING);
    if (date_cmp(r->on, old->entry_date) < 0) return ledger_refuse(at, LEDGER_DATE_OTHER_YEAR);
    return ledger_check_day(at, r->on, (struct opt_fiscal_year){0});
}

/* The corrected promise says how much was paid before it, and that is fixed: it would stay "paid". */
static enum err check_corrected(const struct ledger_at *at, const struct ledger_get_reversed_row *old)
{
    struct str successor = STR_NONE;
    if (!str_eq(old->kind, STR("payment")) || str_is_none(old->project_code)) return ERR_OK;
    TRY(ledger_successor(at->db, at->arena, at->book, old->project_code, &successor));
    return str_is_none(successor) ? ERR_OK : ledger_refuse(at, LEDGER_CORRECTED);
}

/* The lines of the old entry with their signs turned round. */
static enum err mirror(const struct ledger_at *at, struct ledger_entry_id old, struct ledger_new_entry *e,
                       int64_t *ret_bank)
{
    struct ledger_lines_of_row *lines = NULL;
    size_t n = 0;
    TRY(ledger_lines_of(at->db, at->arena, old, &lines, &n));
    assert(n >= 2 && n <= LEDGER_LINES_MAX);
    *ret_bank = 0;
    for (size_t i = 0; i < n; i++) {
        e->lines[i] = (struct ledger_new_line){lines[i].account, -lines[i].amount_satang.v};
        if (str_eq(lines[i].account, STR(LEDGER_BANK))) *ret_bank -= lines[i].amount_satang.v;
    }
    e->nlines = n;
    return ERR_OK;
}

/* The fields of the form as somebody would type them, so that the page shows them as it would its own. */
static enum err draft_of(const struct ledger_at *at, const struct ledger_get_reversed_row *old,
                         struct ledger_draft_id *ret)
{
    struct arena *a = at->arena;
    struct ledger_add_draft_row row = {0};
    struct buf out = buf_in(a, 8192), amount = buf_in(a, 32);
    buf_satang(&amount, old->amount_satang);
    struct json_out j = json_begin(&out);
    json_object(&j, NULL);
    json_str(&j, "amount", buf_str(&amount));
    json_str(&j, "date_d", str_printf(a, "%d", old->entry_date.day));
    json_str(&j, "date_m", str_printf(a, "%d", old->entry_date.month));
    json_str(&j, "date_y", str_printf(a, "%d", old->entry_date.year + 543));
    if (!str_is_none(old->source)) json_str(&j, "source", old->source);
    if (!str_is_none(old->project_code)) json_str(&j, "project_code", old->project_code);
    if (old->instalment.has) json_str(&j, "instalment", str_printf(a, "%lld", (long long)old->instalment.v));
    if (!str_is_none(old->reference)) json_str(&j, "reference", old->reference);
    if (!str_is_none(old->memo)) json_str(&j, "memo", old->memo);
    if (!str_is_none(old->party)) json_str(&j, "party", old->party);
    json_object_end(&j);
    json_end(&j);
    TRY(ledger_add_draft(at->db, a, at->book, old->kind, buf_str(&out), old->id, ledger_opt(at->by->account),
                         clock_now(), &row));
    *ret = row.id;
    return ERR_OK;
}

static enum err reverse_at(struct ledger_at *at, const struct ledger_reversal *r, struct ledger_posted *ret,
                           struct ledger_draft_id *ret_draft)
{
    struct ledger_get_reversed_row old = {0};
    int64_t bank = 0;
    TRY(ledger_get_reversed(at->db, at->arena, at->book, r->entry, &old));
    TRY(check_reversal(at, &old, r));
    TRY(check_corrected(at, &old));
    struct ledger_new_entry e = {.kind = LEDGER_REVERSAL,
                                 .on = r->on,
                                 .amount = old.amount_satang,
                                 .support_type = old.support_type_code,
                                 .issue_code = old.issue_code,
                                 .commitment = old.commitment_id,
                                 .instalment = old.instalment.has ? old.instalment.v : 0,
                                 .project_code = old.project_code,
                                 .reference = old.reference,
                                 .reason = r->reason,
                                 .reversal_of = old.id};
    TRY(mirror(at, old.id, &e, &bank));
    TRY(ledger_bank(at, bank, LEDGER_BELOW_ZERO));
    TRY(ledger_write_entry(at, &e, ret));
    TRY(tell_reversed(at, &old, ret, r->on));
    if (r->wants_draft && !str_eq(old.kind, STR("opening"))) TRY(draft_of(at, &old, ret_draft));
    return ledger_audit_entry(at, "reverse", ret);
}

/* ---- the doors: a savepoint around each ---- */

struct posting {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const void *what;
    enum ledger_fault *fault;
    struct ledger_posted posted;
    struct ledger_draft_id draft;
};

static enum err receipt_act(void *ctx)
{
    struct posting *p = ctx;
    const struct ledger_receipt *r = p->what;
    struct ledger_at at = {0};
    TRY(ledger_lock(p->db, p->arena, p->by, r->fund_code, r->book, p->fault, &at));
    return ledger_receive_at(&at, r, &p->posted);
}

enum err ledger_post_receipt(struct db *db, struct arena *a, const struct actor *by, const struct ledger_receipt *r,
                             enum ledger_fault *ret_fault, struct ledger_posted *ret)
{
    struct posting p = {db, a, by, r, ret_fault, {{0}, {0}, 0}, {0}};
    *ret_fault = LEDGER_FINE;
    TRY(ledger_guarded(db, receipt_act, &p));
    *ret = p.posted;
    return ERR_OK;
}

static enum err payment_act(void *ctx)
{
    struct posting *p = ctx;
    const struct ledger_payment *pay = p->what;
    struct ledger_at at = {0};
    TRY(ledger_lock(p->db, p->arena, p->by, pay->fund_code, pay->book, p->fault, &at));
    return ledger_pay_at(&at, pay, &p->posted);
}

enum err ledger_post_payment(struct db *db, struct arena *a, const struct actor *by, const struct ledger_payment *pay,
                             enum ledger_fault *ret_fault, struct ledger_posted *ret)
{
    struct posting p = {db, a, by, pay, ret_fault, {{0}, {0}, 0}, {0}};
    *ret_fault = LEDGER_FINE;
    TRY(ledger_guarded(db, payment_act, &p));
    *ret = p.posted;
    return ERR_OK;
}

/* Which book of the fund the entry stands in. ERR_NOT_FOUND: it is another fund's. */
static enum err lock_for(struct posting *p, const struct ledger_reversal *r, struct ledger_at *ret)
{
    struct ledger_get_entry_row e = {0};
    TRY(ledger_get_entry(p->db, p->arena, r->fund_code, r->entry, &e));
    enum ledger_book_kind kind = str_eq(e.book, STR("main")) ? LEDGER_MAIN : LEDGER_LTC;
    return ledger_lock(p->db, p->arena, p->by, r->fund_code, kind, p->fault, ret);
}

static enum err reversal_act(void *ctx)
{
    struct posting *p = ctx;
    const struct ledger_reversal *r = p->what;
    struct ledger_at at = {0};
    TRY(lock_for(p, r, &at));
    return reverse_at(&at, r, &p->posted, &p->draft);
}

enum err ledger_post_reversal(struct db *db, struct arena *a, const struct actor *by, const struct ledger_reversal *r,
                              enum ledger_fault *ret_fault, struct ledger_posted *ret,
                              struct ledger_draft_id *ret_draft)
{
    struct posting p = {db, a, by, r, ret_fault, {{0}, {0}, 0}, {0}};
    *ret_fault = LEDGER_FINE;
    TRY(ledger_guarded(db, reversal_act, &p));
    *ret = p.posted;
    if (ret_draft != NULL) *ret_draft = p.draft;
    return ERR_OK;
}
