/* ledger_commit.c — money promised to approved projects, agreements, and closing months. */
#include <assert.h>

#include "app/audit.h"
#include "app/events.h"
#include "app/reference.h"
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

/* ---- the dated rule ---- */

enum err ledger_agreement_needed(struct db *db, struct arena *a, struct fiscal_year fy, struct str support_type,
                                 struct str owner_type, bool *ret)
{
    struct ledger_rules_of_row *rules = NULL;
    size_t n = 0;
    TRY(ledger_rules_of(db, a, fy, support_type, owner_type, &rules, &n));
    *ret = n == 0 || rules[0].is_needed; /* no rule known: ask for one */
    return ERR_OK;
}

static struct opt_fiscal_year opt_fy(struct reference *r, const char *column)
{
    if (!reference_has(r, column)) return (struct opt_fiscal_year){0};
    return (struct opt_fiscal_year){true, fiscal_year((int32_t)reference_int(r, column))};
}

enum err ledger_load_reference(struct db *db, struct arena *a)
{
    struct ledger_has_rules_row has = {0};
    TRY(ledger_has_rules(db, a, &has));
    if (has.n > 0) return ERR_OK; /* an administrator may have changed them since */
    struct reference r = reference_open(a, "agreement_rules.tsv");
    while (reference_next(&r)) {
        struct ledger_add_rule_args args = {.support_type_code = reference_opt_text(&r, "support_type_code"),
                                            .owner_type_code = reference_opt_text(&r, "owner_type_code"),
                                            .is_needed = reference_int(&r, "is_needed") != 0,
                                            .fy_from = opt_fy(&r, "fy_from"),
                                            .fy_to = opt_fy(&r, "fy_to"),
                                            .certainty = reference_text(&r, "certainty"),
                                            .source = reference_text(&r, "source"),
                                            .note_th = reference_opt_text(&r, "note_th")};
        TRY(ledger_add_rule(db, &args, NULL));
    }
    return ERR_OK;
}

/* ---- promising ---- */

enum err ledger_add_note(const struct ledger_at *at, struct ledger_commitment_id id, const char *kind,
                         struct satang amount, int64_t instalment, struct ledger_entry_id entry, struct date on)
{
    struct ledger_add_move_args args = {.commitment_id = id,
                                        .kind = str_of(kind),
                                        .amount_satang = amount,
                                        .instalment = ledger_opt(instalment),
                                        .entry_id = entry,
                                        .on_date = on,
                                        .recorded_at = clock_now()};
    return ledger_add_move(at->db, &args, NULL);
}

struct satang ledger_parts_sum(const struct satang *parts, size_t n)
{
    struct satang sum = {0};
    for (size_t i = 0; i < n; i++) sum = satang_add(sum, parts[i]);
    return sum;
}

struct satang ledger_cover(struct satang *rest, struct satang part)
{
    struct satang covered = rest->v < part.v ? *rest : part;
    *rest = satang_sub(*rest, covered);
    return covered;
}

static enum err check_commit(const struct ledger_at *at, const struct ledger_commit *c)
{
    if (date_cmp(c->approved_on, clock_today()) > 0) return ledger_refuse(at, LEDGER_DATE_FUTURE);
    if (!c->is_entered_later && at->closed_through.has && date_cmp(c->approved_on, at->closed_through.v) <= 0)
        return ledger_refuse(at, LEDGER_DATE_CLOSED);
    if (c->amount.v <= 0 || c->paid_before.v < 0 || c->paid_before.v > c->amount.v)
        return ledger_refuse(at, LEDGER_OVER_AMOUNT);
    for (size_t i = 0; i < c->ninstalments; i++)
        if (c->instalments[i].v <= 0) return ledger_refuse(at, LEDGER_OVER_AMOUNT);
    if (c->ninstalments > 0 && ledger_parts_sum(c->instalments, c->ninstalments).v != c->amount.v)
        return ledger_refuse(at, LEDGER_OVER_AMOUNT);
    return ERR_OK;
}

/* All instalments of the agreement; of the first of them nothing is left, as far as it was paid before. */
static enum err insert_parts(const struct ledger_at *at, const struct ledger_commit *c, struct ledger_commitment_id id)
{
    struct satang rest = c->paid_before;
    for (size_t i = 0; i < c->ninstalments; i++) {
        int64_t position = (int64_t)i + 1;
        struct satang covered = ledger_cover(&rest, c->instalments[i]);
        TRY(ledger_add_instalment(at->db, id, position, c->instalments[i], (struct opt_date){0}, (struct opt_instant){0},
                                  NULL));
        if (covered.v > 0) TRY(ledger_move_instalment(at->db, id, position, satang(-covered.v), NULL));
    }
    return ERR_OK;
}

/* The day from which the promise weighs on this book: not before there was a book. */
static struct date weighs_from(const struct ledger_at *at, struct date approved_on)
{
    return date_cmp(approved_on, at->opened_on) < 0 ? at->opened_on : approved_on;
}

static enum err insert_commitment(const struct ledger_at *at, const struct ledger_commit *c,
                                  struct ledger_commitment_id *ret)
{
    bool needs = false;
    struct ledger_add_commitment_row row = {0};
    struct fiscal_year fy = date_fiscal_year(c->approved_on);
    struct ledger_add_commitment_args args = {.book_id = at->book,
                                              .fy = fy,
                                              .support_type_code = c->support_type,
                                              .owner_type_code = c->owner_type,
                                              .issue_code = str_is_empty(c->issue_code) ? STR_NONE : c->issue_code,
                                              .approved_on = c->approved_on,
                                              .amount_satang = c->amount,
                                              .paid_before_satang = c->paid_before,
                                              .left_satang = satang_sub(c->amount, c->paid_before),
                                              .agreement_on = c->agreement_on,
                                              .is_entered_later = c->is_entered_later,
                                              .recorded_at = clock_now()};
    TRY(ledger_agreement_needed(at->db, at->arena, fy, c->support_type, c->owner_type, &needs));
    args.needs_agreement = needs;
    TRY(ledger_text(at->arena, c->project_code, LEDGER_REFERENCE_MAX, true, &args.project_code));
    TRY(ledger_text(at->arena, c->title, LEDGER_MEMO_MAX, true, &args.title));
    TRY(ledger_text(at->arena, c->owner_name, LEDGER_PARTY_MAX, true, &args.owner_name));
    TRY(ledger_text(at->arena, c->approved_in, LEDGER_PARTY_MAX, true, &args.approved_in));
    TRY(ledger_text(at->arena, c->agreement_no, LEDGER_REFERENCE_MAX, true, &args.agreement_no));
    if (str_is_none(args.project_code) || str_is_none(args.title))
        return err_note(ERR_INPUT, "a project has a code and a title");
    if (str_is_none(args.approved_in)) args.approved_in = STR("-");
    struct ledger_get_commitment_row there = {0};
    enum err found = ledger_get_commitment(at->db, at->arena, at->book, args.project_code, &there);
    if (found == ERR_OK) return ledger_refuse(at, LEDGER_CODE_TAKEN);
    if (found != ERR_NOT_FOUND) return found;
    TRY(ledger_add_commitment(at->db, at->arena, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

static struct str or_none(struct str s)
{
    return str_is_empty(s) ? STR_NONE : s;
}

/* As it was stored: cleaned. */
static enum err tell_made(const struct ledger_at *at, const struct ledger_commit *c, struct ledger_commitment_id id)
{
    struct commitment_made m = {.by = *at->by,
                                .fund = at->fund,
                                .fund_code = at->fund_code,
                                .book = at->kind,
                                .commitment = id,
                                .fy = date_fiscal_year(c->approved_on),
                                .support_type = c->support_type,
                                .owner_type = c->owner_type,
                                .issue_code = or_none(c->issue_code),
                                .approved_on = c->approved_on,
                                .amount = c->amount,
                                .paid_before = c->paid_before,
                                .agreement_on = c->agreement_on,
                                .is_entered_later = c->is_entered_later,
                                .is_of_project = c->is_of_project};
    TRY(ledger_text(at->arena, c->project_code, LEDGER_REFERENCE_MAX, true, &m.project_code));
    TRY(ledger_text(at->arena, c->title, LEDGER_MEMO_MAX, true, &m.title));
    TRY(ledger_text(at->arena, c->owner_name, LEDGER_PARTY_MAX, true, &m.owner_name));
    TRY(ledger_text(at->arena, c->approved_in, LEDGER_PARTY_MAX, true, &m.approved_in));
    TRY(ledger_text(at->arena, c->agreement_no, LEDGER_REFERENCE_MAX, true, &m.agreement_no));
    enum err e = event_commitment_made(at->db, at->arena, &m);
    return e == ERR_REFUSED ? ledger_refuse(at, LEDGER_CODE_TAKEN) : e;
}

/* One person's word that a committee approved it, in whatever book: nothing is paid before another has seen what was signed.
 * Of its own projects room project says it. */
static enum err hold_for_paper(const struct ledger_at *at, const struct ledger_commit *c, struct ledger_commitment_id id)
{
    bool is_word = at->by->account != 0 && !c->is_of_project && c->paid_before.v < c->amount.v;
    return is_word ? ledger_hold(at->db, at->arena, at->by, id, LEDGER_WAITS_PAPER) : ERR_OK;
}

enum err ledger_commit_at(struct ledger_at *at, const struct ledger_commit *c, struct ledger_commitment_id *ret)
{
    struct ledger_entry_id none = {0};
    TRY(check_commit(at, c));
    TRY(insert_commitment(at, c, ret));
    TRY(insert_parts(at, c, *ret));
    struct date on = weighs_from(at, c->approved_on);
    TRY(ledger_add_note(at, *ret, "open", c->amount, 0, none, on));
    if (c->paid_before.v > 0) TRY(ledger_add_note(at, *ret, "paid_before", c->paid_before, 0, none, on));
    struct audit_change change = {"project_code", STR_NONE, c->project_code};
    TRY(audit_write(at->db, at->arena, at->by, "promise", "ledger_commitment", ret->v, &change, 1));
    struct money_move m = {.measure = MONEY_COMMITTED,
                           .fy = date_fiscal_year(on),
                           .issue_code = str_is_empty(c->issue_code) ? STR_NONE : c->issue_code,
                           .support_type = c->support_type,
                           .delta = c->amount.v - c->paid_before.v};
    TRY(ledger_tell(at, "ledger_commitment", ret->v, on, &m, m.delta != 0 ? 1 : 0));
    TRY(hold_for_paper(at, c, *ret));
    return tell_made(at, c, *ret);
}

/* ---- the doors ---- */

struct promising {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    enum ledger_fault *fault;
    const struct ledger_commit *commit;
    struct ledger_commitment_id id;
    int64_t version;
    struct date on;
    struct str fund_code;
    enum ledger_book_kind kind;
};

static enum err commit_act(void *ctx)
{
    struct promising *p = ctx;
    struct ledger_at at = {0};
    TRY(ledger_lock(p->db, p->arena, p->by, p->commit->fund_code, p->commit->book, p->fault, &at));
    return ledger_commit_at(&at, p->commit, &p->id);
}

enum err ledger_commit(struct db *db, struct arena *a, const struct actor *by, const struct ledger_commit *c,
                       enum ledger_fault *ret_fault, struct ledger_commitment_id *ret)
{
    struct promising p = {.db = db, .arena = a, .by = by, .fault = ret_fault, .commit = c};
    *ret_fault = LEDGER_FINE;
    TRY(ledger_guarded(db, commit_act, &p));
    *ret = p.id;
    return ERR_OK;
}

enum err ledger_lock_commitment(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                                enum ledger_fault *fault, struct ledger_at *ret_at,
                                struct ledger_get_commitment_row *ret)
{
    struct ledger_get_commitment_book_row where = {0};
    TRY(ledger_get_commitment_book(db, a, id, &where));
    enum ledger_book_kind kind = str_eq(where.book, STR("main")) ? LEDGER_MAIN : LEDGER_LTC;
    TRY(ledger_lock(db, a, by, where.fund_code, kind, fault, ret_at));
    return ledger_get_commitment(db, a, where.book_id, where.project_code, ret);
}

enum err ledger_agree(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                      int64_t version, struct str agreement_no, struct date agreement_on)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_at at = {0};
    struct ledger_get_commitment_row c = {0};
    struct str no;
    int64_t changed = 0;
    TRY(ledger_lock_commitment(db, a, by, id, &fault, &at, &c));
    TRY(ledger_text(a, agreement_no, LEDGER_REFERENCE_MAX, true, &no));
    if (str_is_none(no)) return err_note(ERR_INPUT, "an agreement has a number");
    TRY(ledger_set_agreement(db, id, version, no, agreement_on, &changed));
    if (changed != 1) return ERR_CONFLICT;
    struct buf day = buf_in(a, 16), before = buf_in(a, 16);
    buf_date_iso(&day, agreement_on);
    if (c.agreement_on.has) buf_date_iso(&before, c.agreement_on.v);
    struct audit_change changes[] = {
        {"agreement_no", c.agreement_no, no},
        {"agreement_on", c.agreement_on.has ? buf_str(&before) : STR_NONE, buf_str(&day)}};
    return audit_write(db, a, by, "agree", "ledger_commitment", id.v, changes, 2);
}

static enum err release_act(void *ctx)
{
    struct promising *p = ctx;
    struct ledger_at at = {0};
    struct ledger_get_commitment_row c = {0};
    struct ledger_entry_id none = {0};
    int64_t changed = 0;
    TRY(ledger_lock_commitment(p->db, p->arena, p->by, p->id, p->fault, &at, &c));
    if (c.is_released) return ledger_refuse(&at, LEDGER_RELEASED);
    if (date_cmp(p->on, c.approved_on) < 0) return ledger_refuse(&at, LEDGER_BEFORE_APPROVAL);
    TRY(ledger_check_day(&at, p->on, (struct opt_fiscal_year){0}));
    TRY(ledger_release_commitment(p->db, c.id, p->version, &changed));
    if (changed != 1) return ERR_CONFLICT;
    TRY(ledger_release_instalments(p->db, c.id, NULL));
    struct audit_change change = {"is_released", STR("0"), STR("1")};
    TRY(audit_write(p->db, p->arena, p->by, "release", "ledger_commitment", c.id.v, &change, 1));
    if (c.left_satang.v == 0) return ERR_OK; /* all was paid: nothing to give back */
    TRY(ledger_add_note(&at, c.id, "release", c.left_satang, 0, none, p->on));
    struct money_move m = {.measure = MONEY_COMMITTED,
                           .fy = date_fiscal_year(p->on),
                           .issue_code = c.issue_code,
                           .support_type = c.support_type_code,
                           .delta = -c.left_satang.v};
    return ledger_tell(&at, "ledger_commitment", c.id.v, p->on, &m, 1);
}

enum err ledger_release(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                        int64_t version, struct date on, enum ledger_fault *ret_fault)
{
    struct promising p = {
        .db = db, .arena = a, .by = by, .fault = ret_fault, .id = id, .version = version, .on = on};
    *ret_fault = LEDGER_FINE;
    return ledger_guarded(db, release_act, &p);
}

/* ---- months ---- */

static bool ends_a_month(struct date d)
{
    return date_add_days(d, 1).day == 1;
}

/* Later than the last one closed; closing a month closes all before it. */
static bool is_later_month(const struct ledger_at *at, struct date last_day)
{
    return date_cmp(last_day, at->opened_on) >= 0 &&
           (!at->closed_through.has || date_cmp(last_day, at->closed_through.v) > 0);
}

static enum err close_act(void *ctx)
{
    struct promising *p = ctx;
    struct ledger_at at = {0};
    struct ledger_sum_before_row sum = {0};
    TRY(ledger_lock(p->db, p->arena, p->by, p->fund_code, p->kind, p->fault, &at));
    if (!ends_a_month(p->on) || date_cmp(p->on, clock_today()) >= 0 || !is_later_month(&at, p->on))
        return ledger_refuse(&at, LEDGER_NOT_LAST_MONTH);
    TRY(ledger_sum_before(p->db, p->arena, at.book, date_add_days(p->on, 1), &sum));
    struct ledger_add_close_args args = {.book_id = at.book,
                                         .closed_through = p->on,
                                         .balance_satang = sum.satang_before,
                                         .seq = at.seq,
                                         .account_no = ledger_opt(p->by->account),
                                         .grant_no = ledger_opt(p->by->grant),
                                         .recorded_at = clock_now()};
    enum err e = ledger_add_close(p->db, &args, NULL);
    if (e == ERR_REFUSED) return ledger_refuse(&at, LEDGER_BELOW_ZERO); /* dated entries do not fit each other */
    TRY(e);
    struct buf day = buf_in(p->arena, 16);
    buf_date_iso(&day, p->on);
    struct audit_change change = {"closed_through", STR_NONE, buf_str(&day)};
    return audit_write(p->db, p->arena, p->by, "close", "ledger_book", at.book.v, &change, 1);
}

enum err ledger_close_month(struct db *db, struct arena *a, const struct actor *by, struct str fund_code,
                            enum ledger_book_kind kind, struct date last_day, enum ledger_fault *ret_fault)
{
    struct promising p = {.db = db,
                          .arena = a,
                          .by = by,
                          .fault = ret_fault,
                          .on = last_day,
                          .fund_code = fund_code,
                          .kind = kind};
    *ret_fault = LEDGER_FINE;
    return ledger_guarded(db, close_act, &p);
}
