/* ledger_read.c — the control book, one entry, sums of a period, commitments and drafts. */
#include <assert.h>

#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

#define DRAFTS_MAX 100

static enum ledger_kind kind_of(struct str code)
{
    for (int k = LEDGER_OPENING; k < LEDGER_REVERSAL; k++)
        if (str_eq(code, str_of(ledger_kind_code((enum ledger_kind)k)))) return (enum ledger_kind)k;
    return LEDGER_REVERSAL;
}

static enum ledger_book_kind book_of(struct str code)
{
    return str_eq(code, STR("main")) ? LEDGER_MAIN : LEDGER_LTC;
}

static struct str number_text(struct arena *a, struct opt_fiscal_year fy, struct opt_count number)
{
    return fy.has && number.has ? str_printf(a, "%d/%lld", fy.v.v, (long long)number.v) : STR_NONE;
}

/* ---- entries ---- */

static struct ledger_entry entry_of(struct arena *a, const struct ledger_list_entries_row *r, int64_t balance)
{
    return (struct ledger_entry){.id = r->id,
                                 .fund_code = r->fund_code,
                                 .book = book_of(r->book),
                                 .fy = r->fy,
                                 .number = r->number,
                                 .seq = r->seq,
                                 .kind = kind_of(r->kind),
                                 .on = r->entry_date,
                                 .recorded_at = r->recorded_at,
                                 .amount = r->amount_satang,
                                 .bank_delta_satang = r->bank_satang.v,
                                 .balance_after = satang(balance),
                                 .source = r->source,
                                 .support_type = r->support_type_code,
                                 .issue_code = r->issue_code,
                                 .project_code = r->project_code,
                                 .reference = r->reference,
                                 .memo = r->memo,
                                 .party = r->party,
                                 .reason = r->reason,
                                 .reversal_of = r->reversal_of,
                                 .reversed_by = r->reversed_by,
                                 .reversal_of_number = number_text(a, r->reversal_of_fy, r->reversal_of_number),
                                 .reversed_by_number = number_text(a, r->reversed_by_fy, r->reversed_by_number),
                                 .is_entered_later = r->is_entered_later,
                                 .account_no = r->account_no,
                                 .grant_no = r->grant_no,
                                 .hash = r->hash,
                                 .prev_hash = r->prev_hash};
}

static struct date month_last(struct date first)
{
    struct date d = date_add_days(first, 31);
    d.day = 1;
    return date_add_days(d, -1);
}

/* The days that a page of the control book asks for. */
static void period_of(const struct ledger_asked *q, struct date *first, struct date *last)
{
    *first = fiscal_year_first(q->fy);
    *last = fiscal_year_last(q->fy);
    if (q->month < 1 || q->month > 12) return;
    first->year = (int16_t)(q->fy.v - 543 - (q->month >= 10 ? 1 : 0));
    first->month = (int8_t)q->month;
    *last = month_last(*first);
}

/* What is in the bank after each entry of a list that leaves entries out. */
struct running {
    struct ledger_entry *next; /* of the list, in its order */
    int64_t sum;
};

static enum err run_on(void *ctx, const struct ledger_walk_bank_row *r)
{
    struct running *run = ctx;
    run->sum += r->bank_satang.v;
    if (run->next->id.v == r->id.v) run->next++->balance_after = satang(run->sum);
    return ERR_OK;
}

/* Read back from the first row only as far as its month goes; the rows themselves are added up here. */
static enum err run_balances(struct db *db, struct arena *a, const struct ledger_asked *q, struct ledger_entry *entries,
                             size_t n)
{
    const struct ledger_entry *last = &entries[n - 1];
    struct ledger_bank_before_row before = {0};
    TRY(ledger_bank_before(db, a, q->book, entries[0].on, entries[0].id, &before));
    struct running run = {.next = entries, .sum = before.satang_before.v};
    if (!str_is_empty(q->source))
        return ledger_walk_bank(db, a, q->book, entries[0].on, entries[0].id, last->on, last->id, run_on, &run);
    for (size_t i = 0; i < n; i++) entries[i].balance_after = satang(run.sum += entries[i].bank_delta_satang);
    return ERR_OK;
}

enum err ledger_entries(struct db *db, struct arena *a, const struct ledger_asked *q, struct ledger_entry **ret,
                        size_t *ret_n)
{
    struct date first, last;
    struct ledger_list_entries_row *rows = NULL;
    size_t n = 0;
    period_of(q, &first, &last);
    bool is_on = !id_is_none(q->after) && date_cmp(q->after_on, first) >= 0;
    struct str word = str_is_empty(q->source) ? STR_NONE : q->source;
    struct date after_on = is_on ? q->after_on : first;
    struct ledger_entry_id after = is_on ? q->after : (struct ledger_entry_id){0};
    TRY(ledger_list_entries(db, a, q->book, last, word, after_on, after, q->most, &rows, &n));
    struct ledger_entry *entries = ARENA_ARRAY(a, struct ledger_entry, n);
    for (size_t i = 0; i < n; i++) entries[i] = entry_of(a, &rows[i], 0);
    if (n > 0) TRY(run_balances(db, a, q, entries, n));
    *ret = entries;
    *ret_n = n;
    return ERR_OK;
}

/* One entry has the same columns as a row of the list, but for the sum before it. */
static struct ledger_list_entries_row as_listed(const struct ledger_get_entry_row *e)
{
    return (struct ledger_list_entries_row){.id = e->id,
                                            .fund_code = e->fund_code,
                                            .book = e->book,
                                            .fy = e->fy,
                                            .number = e->number,
                                            .kind = e->kind,
                                            .entry_date = e->entry_date,
                                            .recorded_at = e->recorded_at,
                                            .amount_satang = e->amount_satang,
                                            .source = e->source,
                                            .support_type_code = e->support_type_code,
                                            .issue_code = e->issue_code,
                                            .project_code = e->project_code,
                                            .reference = e->reference,
                                            .reversal_of = e->reversal_of,
                                            .is_entered_later = e->is_entered_later,
                                            .account_no = e->account_no,
                                            .grant_no = e->grant_no,
                                            .memo = e->memo,
                                            .party = e->party,
                                            .reason = e->reason,
                                            .seq = e->seq,
                                            .hash = e->hash,
                                            .prev_hash = e->prev_hash,
                                            .bank_satang = e->bank_satang,
                                            .reversed_by = e->reversed_by,
                                            .reversed_by_fy = e->reversed_by_fy,
                                            .reversed_by_number = e->reversed_by_number,
                                            .reversal_of_fy = e->reversal_of_fy,
                                            .reversal_of_number = e->reversal_of_number};
}

enum err ledger_entry_find(struct db *db, struct arena *a, struct str fund_code, struct ledger_entry_id id,
                           struct ledger_entry *ret, struct ledger_line **ret_lines, size_t *ret_nlines)
{
    struct ledger_get_entry_row e = {0};
    struct ledger_lines_of_row *rows = NULL;
    size_t n = 0;
    struct ledger_bank_before_row before = {0};
    TRY(ledger_get_entry(db, a, fund_code, id, &e));
    TRY(ledger_bank_before(db, a, e.book_id, e.entry_date, id, &before));
    TRY(ledger_lines_of(db, a, id, &rows, &n));
    struct ledger_line *lines = ARENA_ARRAY(a, struct ledger_line, n);
    for (size_t i = 0; i < n; i++)
        lines[i] = (struct ledger_line){rows[i].account, rows[i].name_th, rows[i].name_en, rows[i].amount_satang.v};
    struct ledger_list_entries_row listed = as_listed(&e);
    *ret = entry_of(a, &listed, before.satang_before.v + e.bank_satang.v);
    *ret_lines = lines;
    *ret_nlines = n;
    return ERR_OK;
}

/* ---- sums ---- */

/* "40100" … "40500" by source, "50n00" by support type n. Credits are negative: income is turned round. */
static void add_account(struct ledger_sums *s, struct str account, int64_t total)
{
    if (account.n != 5) return;
    int digit = account.p[2] - '0';
    if (account.p[0] == '4' && digit >= 1 && digit <= LEDGER_SOURCES) s->received[digit - 1].v -= total;
    if (account.p[0] == '5' && account.p[1] == '0' && digit >= 0 && digit <= 9) s->paid[digit].v += total;
    if (str_eq(account, STR(LEDGER_BROUGHT))) s->opening.v -= total;
    if (str_eq(account, STR(LEDGER_BANK))) s->carried.v += total;
}

enum err ledger_sums(struct db *db, struct arena *a, struct ledger_book_id book, struct date first,
                     struct date last, struct ledger_sums *ret)
{
    struct ledger_sum_accounts_row *rows = NULL;
    struct ledger_sum_before_row before = {0};
    size_t n = 0;
    assert(first.day == 1); /* months are whole: the last one's days, too */
    TRY(ledger_sum_before(db, a, book, first, &before));
    TRY(ledger_sum_accounts(db, a, book, first, last, &rows, &n));
    struct ledger_sums s = {.brought = before.satang_before, .carried = before.satang_before};
    for (size_t i = 0; i < n; i++) add_account(&s, rows[i].account, rows[i].total_satang.v);
    *ret = s;
    return ERR_OK;
}

/* ---- commitments ---- */

static const char *const waits[] = {[LEDGER_WAITS_PAPER] = "paper", [LEDGER_WAITS_SUSPENDED] = "suspended",
                                    [LEDGER_WAITS_AGREEMENT] = "agreement", [LEDGER_WAITS_EVIDENCE] = "evidence"};

struct str ledger_wait_code(enum ledger_wait w)
{
    return w == LEDGER_WAITS_NOT ? STR_NONE : str_of(waits[w]);
}

static enum ledger_wait wait_of(struct str held_for)
{
    if (str_is_none(held_for)) return LEDGER_WAITS_NOT;
    return str_eq(held_for, STR("paper")) ? LEDGER_WAITS_PAPER : LEDGER_WAITS_SUSPENDED;
}

static struct ledger_commitment commitment_of(const struct ledger_list_commitments_row *c)
{
    return (struct ledger_commitment){.id = c->id,
                                      .fy = c->fy,
                                      .project_code = c->project_code,
                                      .title = c->title,
                                      .owner_name = c->owner_name,
                                      .support_type = c->support_type_code,
                                      .owner_type = c->owner_type_code,
                                      .issue_code = c->issue_code,
                                      .approved_on = c->approved_on,
                                      .approved_in = c->approved_in,
                                      .amount = c->amount_satang,
                                      .paid_before = c->paid_before_satang,
                                      .left = c->left_satang,
                                      .needs_agreement = c->needs_agreement,
                                      .is_released = c->is_released,
                                      .is_entered_later = c->is_entered_later,
                                      .agreement_no = c->agreement_no,
                                      .agreement_on = c->agreement_on,
                                      .held_for = wait_of(c->held_for),
                                      .ninstalments = c->ninstalments,
                                      .nopen = c->nopen,
                                      .version = c->version};
}

enum err ledger_commitments(struct db *db, struct arena *a, struct ledger_book_id book, bool open_only,
                            struct ledger_commitment_id after, int64_t most, struct ledger_commitment **ret,
                            size_t *ret_n)
{
    struct ledger_list_commitments_row *rows = NULL;
    struct ledger_commitment_fy_row at = {.fy = fiscal_year(FISCAL_YEAR_MAX + 1)};
    size_t n = 0;
    if (!id_is_none(after)) TRY(ledger_commitment_fy(db, a, after, &at));
    TRY(ledger_list_commitments(db, a, book, at.fy, after, open_only ? 1 : 0, most, &rows, &n));
    struct ledger_commitment *all = ARENA_ARRAY(a, struct ledger_commitment, n);
    for (size_t i = 0; i < n; i++) all[i] = commitment_of(&rows[i]);
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

enum err ledger_commitment_find(struct db *db, struct arena *a, struct ledger_book_id book, struct str project_code,
                                struct ledger_commitment *ret)
{
    struct ledger_get_commitment_row c = {0};
    TRY(ledger_get_commitment(db, a, book, project_code, &c));
    *ret = (struct ledger_commitment){.id = c.id,
                                      .fy = c.fy,
                                      .project_code = c.project_code,
                                      .title = c.title,
                                      .owner_name = c.owner_name,
                                      .support_type = c.support_type_code,
                                      .owner_type = c.owner_type_code,
                                      .issue_code = c.issue_code,
                                      .approved_on = c.approved_on,
                                      .approved_in = c.approved_in,
                                      .amount = c.amount_satang,
                                      .paid_before = c.paid_before_satang,
                                      .left = c.left_satang,
                                      .needs_agreement = c.needs_agreement,
                                      .is_released = c.is_released,
                                      .is_entered_later = c.is_entered_later,
                                      .agreement_no = c.agreement_no,
                                      .agreement_on = c.agreement_on,
                                      .held_for = wait_of(c.held_for),
                                      .ninstalments = c.ninstalments,
                                      .nopen = c.nopen,
                                      .version = c.version};
    return ERR_OK;
}

bool ledger_lacks_agreement(const struct ledger_commitment *c)
{
    return c->needs_agreement && !c->agreement_on.has;
}

enum ledger_wait ledger_waits_for(const struct ledger_commitment *c)
{
    if (c->is_released || c->left.v == 0) return LEDGER_WAITS_NOT;
    if (c->held_for != LEDGER_WAITS_NOT) return c->held_for;
    if (ledger_lacks_agreement(c)) return LEDGER_WAITS_AGREEMENT;
    return c->ninstalments > 0 && c->nopen == 0 ? LEDGER_WAITS_EVIDENCE : LEDGER_WAITS_NOT;
}

/* ---- drafts ---- */

enum err ledger_draft_save(struct db *db, struct arena *a, const struct actor *by, struct ledger_book_id book,
                           const struct ledger_draft *d, struct ledger_draft_id *ret)
{
    struct ledger_add_draft_row row = {0};
    int64_t changed = 0;
    assert(d->kind == LEDGER_RECEIPT || d->kind == LEDGER_PAYMENT);
    if (id_is_none(d->id)) {
        TRY(ledger_add_draft(db, a, book, str_of(ledger_kind_code(d->kind)), d->fields, d->from,
                             ledger_opt(by->account), clock_now(), &row));
        *ret = row.id;
        return ERR_OK;
    }
    TRY(ledger_change_draft(db, d->id, book, d->version, d->fields, clock_now(), &changed));
    if (changed != 1) return ERR_CONFLICT;
    *ret = d->id;
    return ERR_OK;
}

enum err ledger_draft_remove(struct db *db, struct ledger_book_id book, struct ledger_draft_id id)
{
    int64_t changed = 0;
    TRY(ledger_delete_draft(db, id, book, &changed));
    return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err ledger_drafts(struct db *db, struct arena *a, struct ledger_book_id book, struct ledger_draft **ret,
                       size_t *ret_n)
{
    struct ledger_list_drafts_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_list_drafts(db, a, book, DRAFTS_MAX, &rows, &n));
    struct ledger_draft *all = ARENA_ARRAY(a, struct ledger_draft, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct ledger_draft){.id = rows[i].id,
                                       .kind = kind_of(rows[i].kind),
                                       .fields = rows[i].fields,
                                       .from = rows[i].from_entry_id,
                                       .recorded_at = rows[i].recorded_at,
                                       .version = rows[i].version};
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

enum err ledger_draft_find(struct db *db, struct arena *a, struct ledger_book_id book, struct ledger_draft_id id,
                           struct ledger_draft *ret)
{
    struct ledger_get_draft_row d = {0};
    TRY(ledger_get_draft(db, a, id, book, &d));
    *ret = (struct ledger_draft){.id = d.id,
                                 .kind = kind_of(d.kind),
                                 .fields = d.fields,
                                 .from = d.from_entry_id,
                                 .recorded_at = d.recorded_at,
                                 .version = d.version};
    return ERR_OK;
}
