/* ledger.c — books under lock, and the one way an entry is written. See ledger.h for the door and
 * ledger_inside.h for the order of a posting. */
#include "rooms/ledger/ledger_inside.h"

#include <assert.h>

#include "app/audit.h"
#include "app/events.h"
#include "base/rand.h"
#include "base/sha.h"
#include "base/thai.h"
#include "rooms/ledger_sql.h"

/* ---- codes ---- */

static const char *const source_codes[LEDGER_SOURCES] = {"nhso", "local", "interest", "donation", "refund"};

const char *ledger_book_code(enum ledger_book_kind b)
{
    return b == LEDGER_MAIN ? "main" : "ltc";
}

const char *ledger_kind_code(enum ledger_kind k)
{
    static const char *const codes[] = {"opening", "receipt", "payment", "reversal"};
    return codes[k];
}

const char *ledger_source_code(enum ledger_source s)
{
    return source_codes[s];
}

enum err ledger_source_of(struct str code, enum ledger_source *ret)
{
    for (int i = 0; i < LEDGER_SOURCES; i++) {
        if (!str_eq(code, str_of(source_codes[i]))) continue;
        *ret = (enum ledger_source)i;
        return ERR_OK;
    }
    return ERR_NOT_FOUND;
}

const char *ledger_fault_code(enum ledger_fault f)
{
    static const char *const codes[LEDGER_FAULTS] = {
        "fine",           "no_book",          "book_there",      "date_future",      "date_closed",
        "date_before_book", "date_other_year", "not_enough",     "no_commitment",    "over_commitment",
        "over_instalment", "released",        "before_approval", "needs_agreement",  "already_reversed",
        "is_reversal",    "is_opening",       "below_zero",      "code_taken",       "over_amount",
        "not_last_month", "plan_over_ceiling", "plan_over_money", "shut", "held", "plan_agreed",
        "plan_decided",   "corrected"};
    return codes[f];
}

enum money_measure ledger_measure_of(enum ledger_source s)
{
    return (enum money_measure)(MONEY_RECEIVED_NHSO + (int)s); /* both lists have one order */
}

struct opt_count ledger_opt(int64_t v)
{
    return (struct opt_count){v != 0, v};
}

/* ---- under lock ---- */

enum err ledger_refuse(const struct ledger_at *at, enum ledger_fault why)
{
    *at->fault = why;
    return ERR_REFUSED;
}

enum err ledger_lock_id(struct db *db, struct arena *a, const struct actor *by, struct ledger_book_id book,
                        struct ledger_at *ret)
{
    struct ledger_get_state_row s = {0};
    TRY(ledger_get_state(db, a, book, &s));
    *ret = (struct ledger_at){.db = db,
                              .arena = a,
                              .by = by,
                              .book = s.id,
                              .fund = s.fund_id,
                              .fund_code = s.fund_code,
                              .kind = str_eq(s.book, STR("main")) ? LEDGER_MAIN : LEDGER_LTC,
                              .opened_on = s.opened_on,
                              .closed_through = s.closed_through,
                              .balance = s.left_satang,
                              .seq = s.seq,
                              .head = s.hash,
                              .fault = ret->fault};
    return ERR_OK;
}

enum err ledger_lock(struct db *db, struct arena *a, const struct actor *by, struct str fund_code,
                     enum ledger_book_kind kind, enum ledger_fault *fault, struct ledger_at *ret)
{
    struct ledger_lock_book_row lock = {0};
    struct ledger_get_fund_row fund = {0};
    struct ledger_at at = {.fault = fault};
    enum err e = ledger_lock_book(db, a, fund_code, str_of(ledger_book_code(kind)), &lock);
    if (e == ERR_NOT_FOUND) {
        TRY(ledger_get_fund(db, a, fund_code, &fund));
        return ledger_refuse(&at, LEDGER_NO_BOOK);
    }
    TRY(e);
    TRY(ledger_lock_id(db, a, by, lock.book_id, &at));
    *ret = at;
    return ERR_OK;
}

enum err ledger_queue(struct db *db, struct arena *a, struct fund_id fund)
{
    struct ledger_lock_books_row *rows = NULL;
    size_t n = 0;
    return ledger_lock_books(db, a, fund, &rows, &n);
}

enum err ledger_check_day(const struct ledger_at *at, struct date on, struct opt_fiscal_year fy)
{
    if (date_cmp(on, clock_today()) > 0) return ledger_refuse(at, LEDGER_DATE_FUTURE);
    if (fy.has && date_fiscal_year(on).v != fy.v.v) return ledger_refuse(at, LEDGER_DATE_OTHER_YEAR);
    if (date_cmp(on, at->opened_on) < 0) return ledger_refuse(at, LEDGER_DATE_BEFORE_BOOK);
    if (at->closed_through.has && date_cmp(on, at->closed_through.v) <= 0)
        return ledger_refuse(at, LEDGER_DATE_CLOSED);
    return ERR_OK;
}

enum err ledger_guarded(struct db *db, enum err (*act)(void *ctx), void *ctx)
{
    TRY(db_savepoint(db));
    enum err e = act(ctx);
    if (e == ERR_OK) e = db_release(db);
    if (e != ERR_OK) db_rollback_to(db);
    return e;
}

enum err ledger_bank(const struct ledger_at *at, int64_t delta, enum ledger_fault why)
{
    enum err e = ledger_move_balance(at->db, at->book, satang(delta), NULL);
    return e == ERR_REFUSED ? ledger_refuse(at, why) : e;
}

static size_t letters(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

enum err ledger_text(struct arena *a, struct str in, size_t max, bool is_line, struct str *ret)
{
    struct str clean = STR_NONE;
    if (!str_is_none(in)) TRY(is_line ? thai_clean_line(a, in, &clean) : thai_clean(a, in, &clean));
    clean = str_trim(clean);
    if (letters(clean) > max) return err_note(ERR_INPUT, "a text of more than %zu letters", max);
    *ret = str_is_empty(clean) ? STR_NONE : clean;
    return ERR_OK;
}

/* ---- writing an entry ---- */

struct words {
    struct str salt, memo, memo_hash, party, party_hash, reason, reason_hash;
};

/* The salt keeps a short memo from being guessed by its hash once the words are erased. */
static enum err words_of(struct arena *a, const struct ledger_new_entry *e, struct words *ret)
{
    uint8_t secret[16];
    struct buf b = buf_in(a, 32);
    struct words w = {0};
    rand_secret(secret, sizeof secret);
    buf_hex(&b, secret, sizeof secret);
    w.salt = buf_str(&b);
    TRY(ledger_text(a, e->memo, LEDGER_MEMO_MAX, false, &w.memo));
    TRY(ledger_text(a, e->party, LEDGER_PARTY_MAX, true, &w.party));
    TRY(ledger_text(a, e->reason, LEDGER_REASON_MAX, false, &w.reason));
    w.memo_hash = ledger_words_hash(a, w.salt, w.memo);
    w.party_hash = ledger_words_hash(a, w.salt, w.party);
    w.reason_hash = ledger_words_hash(a, w.salt, w.reason);
    *ret = w;
    return ERR_OK;
}

static enum err insert_entry(const struct ledger_at *at, const struct ledger_hashed *h, struct ledger_entry_id *ret)
{
    struct ledger_add_entry_row row = {0};
    struct ledger_add_entry_args args = {.book_id = at->book,
                                         .fy = h->fy,
                                         .number = h->number,
                                         .kind = h->kind,
                                         .entry_date = h->on,
                                         .recorded_at = h->recorded_at,
                                         .amount_satang = h->amount,
                                         .source = h->source,
                                         .support_type_code = h->support_type,
                                         .issue_code = h->issue_code,
                                         .commitment_id = h->commitment,
                                         .instalment = h->instalment,
                                         .project_code = h->project_code,
                                         .reference = h->reference,
                                         .reversal_of = h->reversal_of,
                                         .is_entered_later = h->is_entered_later,
                                         .account_no = h->account_no,
                                         .grant_no = h->grant_no};
    TRY(ledger_add_entry(at->db, at->arena, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

static enum err insert_words(const struct ledger_at *at, struct ledger_entry_id id, const struct words *w)
{
    struct ledger_add_text_args args = {.entry_id = id,
                                        .salt = w->salt,
                                        .memo = w->memo,
                                        .memo_hash = w->memo_hash,
                                        .party = w->party,
                                        .party_hash = w->party_hash,
                                        .reason = w->reason,
                                        .reason_hash = w->reason_hash};
    return ledger_add_text(at->db, &args, NULL);
}

/* Lines with their month's sums, seal and head: from here on the entry is in the book. */
static enum err seal(struct ledger_at *at, const struct ledger_hashed *h)
{
    struct str hash = ledger_hash(at->arena, h);
    for (size_t i = 0; i < h->nlines; i++) {
        struct satang amount = satang(h->lines[i].amount_satang);
        TRY(ledger_add_line(at->db, h->id, (int64_t)i + 1, h->lines[i].account, amount, NULL));
        TRY(ledger_move_month(at->db, at->book, h->on, h->lines[i].account, amount, NULL));
    }
    TRY(ledger_add_seal(at->db, h->id, at->book, h->seq, h->prev_hash, hash, NULL));
    TRY(ledger_move_head(at->db, at->book, h->seq, hash, NULL));
    at->seq = h->seq;
    at->head = hash;
    return ERR_OK;
}

static struct ledger_hashed hashed_of(const struct ledger_at *at, const struct ledger_new_entry *e,
                                      const struct words *w)
{
    return (struct ledger_hashed){.fund = at->fund,
                                  .book_id = at->book,
                                  .book = str_of(ledger_book_code(at->kind)),
                                  .fy = date_fiscal_year(e->on),
                                  .seq = at->seq + 1,
                                  .kind = str_of(ledger_kind_code(e->kind)),
                                  .on = e->on,
                                  .recorded_at = clock_now(),
                                  .amount = e->amount,
                                  .source = e->source,
                                  .support_type = e->support_type,
                                  .issue_code = e->issue_code,
                                  .commitment = e->commitment,
                                  .instalment = ledger_opt(e->instalment),
                                  .project_code = e->project_code,
                                  .reversal_of = e->reversal_of,
                                  .is_entered_later = e->is_entered_later,
                                  .account_no = ledger_opt(at->by->account),
                                  .grant_no = ledger_opt(at->by->grant),
                                  .memo_hash = w->memo_hash,
                                  .party_hash = w->party_hash,
                                  .reason_hash = w->reason_hash,
                                  .lines = e->lines,
                                  .nlines = e->nlines,
                                  .prev_hash = at->head};
}

enum err ledger_write_entry(struct ledger_at *at, const struct ledger_new_entry *e, struct ledger_posted *ret)
{
    struct words w;
    struct ledger_next_number_row number = {0};
    assert(e->amount.v > 0 && e->nlines >= 2 && e->nlines <= LEDGER_LINES_MAX);
    TRY(words_of(at->arena, e, &w));
    struct ledger_hashed h = hashed_of(at, e, &w);
    TRY(ledger_text(at->arena, e->reference, LEDGER_REFERENCE_MAX, true, &h.reference));
    TRY(ledger_next_number(at->db, at->arena, at->book, h.fy, &number));
    h.number = number.last;
    TRY(insert_entry(at, &h, &h.id));
    TRY(insert_words(at, h.id, &w));
    TRY(seal(at, &h));
    *ret = (struct ledger_posted){.id = h.id, .fy = h.fy, .number = h.number};
    return ERR_OK;
}

enum err ledger_audit_entry(const struct ledger_at *at, const char *action, const struct ledger_posted *p)
{
    struct audit_change change = {
        "number", STR_NONE, str_printf(at->arena, "%d/%lld", p->fy.v, (long long)p->number)};
    return audit_write(at->db, at->arena, at->by, action, "ledger_entry", p->id.v, &change, 1);
}

enum err ledger_tell(const struct ledger_at *at, const char *source_kind, int64_t source_id, struct date on,
                     const struct money_move *moves, size_t nmoves)
{
    if (at->kind != LEDGER_MAIN || nmoves == 0) return ERR_OK;
    struct money_moved m = {.fund = at->fund,
                            .on_date = on,
                            .recorded_at = clock_now(),
                            .source_kind = source_kind,
                            .source_id = source_id,
                            .moves = moves,
                            .nmoves = nmoves};
    return event_money_moved(at->db, at->arena, &m);
}

/* ---- books, for reading ---- */

enum err ledger_book_find(struct db *db, struct arena *a, struct str fund_code, enum ledger_book_kind kind,
                          struct ledger_book *ret)
{
    struct ledger_get_fund_row fund = {0};
    struct ledger_get_book_row b = {0};
    TRY(ledger_get_fund(db, a, fund_code, &fund));
    struct ledger_book book = {.fund = fund.id, .fund_code = fund_code, .kind = kind, .head_hash = STR(LEDGER_HASH_NONE)};
    enum err e = ledger_get_book(db, a, fund.id, str_of(ledger_book_code(kind)), &b);
    if (e == ERR_OK) {
        book.id = b.id;
        book.opened_on = b.opened_on;
        book.bank_name = b.bank_name;
        book.bank_branch = b.bank_branch;
        book.bank_account_name = b.bank_account_name;
        book.bank_account_no = b.bank_account_no;
        book.is_taken_over = b.is_taken_over;
        book.balance = b.left_satang;
        book.committed = b.committed_satang;
        book.closed_through = b.closed_through;
        book.seq = b.seq;
        book.head_hash = b.hash;
        book.version = b.version;
    } else if (e != ERR_NOT_FOUND) {
        return e;
    }
    *ret = book;
    return ERR_OK;
}
