/* ledger_bulk.c — see ledger_bulk.h: a table at a time, so that PostgreSQL takes each by COPY; only seals and
 * heads go one by one, since each seal must find the head at the one before it. */
#include "rooms/ledger/ledger_bulk.h"

#include <stdlib.h>

#include "base/sha.h"
#include "base/clock.h"
#include "db/value.h"
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

#define SALT_CHARS 32

struct row { /* an entry with what hangs on it */
    struct ledger_hashed h;
    struct ledger_new_line lines[2];
    struct str salt, party, hash;
    int promise; /* -1: a receipt */
    int part;
};
struct writing {
    struct ledger_bulk *b;
    struct arena *arena;
    struct rand *rand;
    const struct ledger_bulk_book *book;
    struct ledger_book_id id;
    struct row *rows;
    size_t n;
    int64_t left;
};

enum err ledger_bulk_begin(struct db *db, struct arena *a, struct ledger_bulk *ret)
{
    struct ledger_last_ids_row last = {0};
    TRY(ledger_last_ids(db, a, &last));
    *ret = (struct ledger_bulk){.db = db,
                                .arena = a,
                                .book = last.book + 1,
                                .entry = last.entry + 1,
                                .commitment = last.commitment + 1,
                                .move = last.move + 1};
    return ERR_OK;
}

/* ---- what the book holds ---- */

static struct instant recorded(struct date d)
{
    return instant_at(d, 9, 0);
}

static int by_day(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int c = date_cmp(x->h.on, y->h.on);
    if (c == 0) c = (x->promise > y->promise) - (x->promise < y->promise);
    return c != 0 ? c : (x->part > y->part) - (x->part < y->part);
}

static void put_receipt(struct writing *w, const struct ledger_bulk_receipt *r)
{
    struct row *row = &w->rows[w->n++];
    *row = (struct row){.promise = -1, .part = (int)w->n};
    row->h = (struct ledger_hashed){
        .kind = STR("receipt"), .on = r->on, .amount = r->amount, .source = str_of(ledger_source_code(r->source))};
    row->lines[0] = (struct ledger_new_line){STR(LEDGER_BANK), r->amount.v};
    row->lines[1] = (struct ledger_new_line){str_of(ledger_income_accounts[r->source]), -r->amount.v};
}

static enum err account_of(struct ledger_bulk *b, struct str support_type, struct str *ret)
{
    struct ledger_account_of_row row = {0};
    for (size_t i = 0; i < b->naccounts; i++) {
        *ret = b->accounts[i].account;
        if (str_eq(b->accounts[i].support_type, support_type)) return ERR_OK;
    }
    TRY(ledger_account_of(b->db, b->arena, support_type, &row));
    *ret = row.account_code;
    if (b->naccounts == LEDGER_BULK_TYPES) return ERR_OK;
    b->accounts[b->naccounts].support_type = str_copy(b->arena, support_type);
    b->accounts[b->naccounts++].account = row.account_code;
    return ERR_OK;
}

static enum err put_promise(struct writing *w, size_t at)
{
    struct ledger_bulk_promise *p = &w->book->promises[at];
    struct str account = {0};
    TRY(account_of(w->b, p->support_type, &account));
    p->id = (struct ledger_commitment_id){w->b->commitment++};
    for (int i = 0; i < p->npaid; i++) {
        struct row *row = &w->rows[w->n++];
        *row = (struct row){.promise = (int)at, .part = i, .party = p->owner_name};
        row->h = (struct ledger_hashed){.kind = STR("payment"),
                                        .on = p->paid_on[i],
                                        .amount = p->paid[i],
                                        .support_type = p->support_type,
                                        .issue_code = p->issue_code,
                                        .commitment = p->id,
                                        .project_code = p->project_code};
        row->lines[0] = (struct ledger_new_line){account, p->paid[i].v};
        row->lines[1] = (struct ledger_new_line){STR(LEDGER_BANK), -p->paid[i].v};
    }
    return ERR_OK;
}

static struct str new_salt(struct writing *w)
{
    struct buf b = buf_in(w->arena, SALT_CHARS);
    uint64_t x[2] = {rand_next(w->rand), rand_next(w->rand)};
    buf_hex(&b, (const uint8_t *)x, sizeof x);
    return buf_str(&b);
}

/* In the order of days: numbers by year, places in the chain, hashes. */
static void seal_rows(struct writing *w)
{
    struct str head = STR(LEDGER_HASH_NONE);
    int32_t fy = 0;
    int64_t number = 0;
    qsort(w->rows, w->n, sizeof *w->rows, by_day);
    for (size_t i = 0; i < w->n; i++) {
        struct row *r = &w->rows[i];
        r->h.fy = date_fiscal_year(r->h.on);
        number = r->h.fy.v == fy ? number + 1 : 1;
        fy = r->h.fy.v;
        r->h.fund = w->book->fund;
        r->h.book_id = w->id;
        r->h.book = STR("main");
        r->h.id = (struct ledger_entry_id){w->b->entry++};
        r->h.number = number;
        r->h.seq = (int64_t)i + 1;
        r->h.recorded_at = recorded(r->h.on);
        r->h.lines = r->lines;
        r->h.nlines = 2;
        r->h.prev_hash = head;
        r->salt = new_salt(w);
        r->h.party_hash = ledger_words_hash(w->arena, r->salt, r->party);
        r->hash = head = ledger_hash(w->arena, &r->h);
        w->left += r->promise < 0 ? r->h.amount.v : -r->h.amount.v;
    }
}

/* ---- tables ---- */

static enum err write_entries(struct writing *w)
{
    static const char *const columns[] = {"id", "book_id", "fy", "number", "kind", "entry_date", "recorded_at", "amount_satang",
                                          "source", "support_type_code", "issue_code", "commitment_id", "project_code", "is_entered_later"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->b->db, w->arena, "ledger_entry", columns, &bulk));
    for (size_t i = 0; i < w->n; i++) {
        const struct ledger_hashed *h = &w->rows[i].h;
        struct db_value v[] = {db_int(h->id.v), db_int(w->id.v), db_int(h->fy.v), db_int(h->number), db_text(h->kind),
                               db_day(w->arena, h->on), db_int(h->recorded_at.v), db_int(h->amount.v), db_text(h->source),
                               db_text(h->support_type), db_text(h->issue_code),
                               w->rows[i].promise < 0 ? db_null() : db_int(h->commitment.v), db_text(h->project_code), db_int(0)};
        (void)db_bulk_row(bulk, v); /* the first failure is told at the end */
    }
    return db_bulk_end(bulk);
}

static enum err write_texts(struct writing *w)
{
    static const char *const columns[] = {"entry_id", "salt", "memo_hash", "party", "party_hash", "reason_hash"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->b->db, w->arena, "ledger_entry_text", columns, &bulk));
    for (size_t i = 0; i < w->n; i++) {
        const struct row *r = &w->rows[i];
        struct db_value v[] = {db_int(r->h.id.v), db_text(r->salt), db_text(STR("")), db_text(r->party), db_text(r->h.party_hash), db_text(STR(""))};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_lines(struct writing *w)
{
    static const char *const columns[] = {"entry_id", "position", "account", "amount_satang"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->b->db, w->arena, "ledger_line", columns, &bulk));
    for (size_t i = 0; i < w->n * 2; i++) {
        const struct ledger_new_line *l = &w->rows[i / 2].lines[i % 2];
        struct db_value v[] = {db_int(w->rows[i / 2].h.id.v), db_int((int64_t)(i % 2) + 1), db_text(l->account), db_int(l->amount_satang)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_seals(struct writing *w)
{
    enum err e = ERR_OK;
    TRY(db_batch_begin(w->b->db));
    for (size_t i = 0; i < w->n && e == ERR_OK; i++) {
        const struct row *r = &w->rows[i];
        e = ledger_add_seal(w->b->db, r->h.id, w->id, r->h.seq, r->h.prev_hash, r->hash, NULL);
        if (e == ERR_OK) e = ledger_move_head(w->b->db, w->id, r->h.seq, r->hash, NULL);
    }
    enum err end = db_batch_end(w->b->db);
    return e != ERR_OK ? e : end;
}

static enum err write_counters(struct writing *w)
{
    for (size_t i = 0; i < w->n; i++) {
        const struct ledger_hashed *h = &w->rows[i].h;
        if (i + 1 == w->n || w->rows[i + 1].h.fy.v != h->fy.v) TRY(ledger_add_counter(w->b->db, w->id, h->fy, h->number, NULL));
    }
    return ERR_OK;
}

static int64_t unpaid(const struct ledger_bulk_promise *p)
{
    int64_t left = p->amount.v;
    for (int i = 0; i < p->npaid; i++) left -= p->paid[i].v;
    return left;
}

static enum err write_promises(struct writing *w)
{
    static const char *const columns[] = {"id", "book_id", "fy", "project_code", "title", "owner_name", "support_type_code",
                                          "owner_type_code", "issue_code", "approved_on", "approved_in", "amount_satang",
                                          "paid_before_satang", "left_satang", "needs_agreement", "agreement_no", "agreement_on",
                                          "is_released", "is_entered_later", "recorded_at", "version"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->b->db, w->arena, "ledger_commitment", columns, &bulk));
    for (size_t i = 0; i < w->book->npromises; i++) {
        const struct ledger_bulk_promise *p = &w->book->promises[i];
        struct db_value day = db_day(w->arena, p->approved_on);
        struct db_value v[] = {db_int(p->id.v), db_int(w->id.v), db_int(date_fiscal_year(p->approved_on).v), db_text(p->project_code),
                               db_text(p->title), db_text(p->owner_name), db_text(p->support_type), db_text(p->owner_type),
                               db_text(p->issue_code), day, db_text(p->meeting), db_int(p->amount.v), db_int(0), db_int(unpaid(p)),
                               db_int(1), db_text(p->project_code), day, db_int(0), db_int(0), db_int(recorded(p->approved_on).v),
                               db_int(1)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static void put_move(struct writing *w, struct db_bulk *bulk, const struct ledger_bulk_promise *p, const struct row *paid)
{
    struct date on = paid != NULL ? paid->h.on : p->approved_on;
    struct db_value v[] = {db_int(w->b->move++),
                           db_int(p->id.v),
                           db_text(paid != NULL ? STR("pay") : STR("open")),
                           db_int(paid != NULL ? paid->h.amount.v : p->amount.v),
                           paid != NULL ? db_int(paid->h.id.v) : db_null(),
                           db_day(w->arena, on),
                           db_int(recorded(on).v)};
    (void)db_bulk_row(bulk, v);
}

static enum err write_moves(struct writing *w)
{
    static const char *const columns[] = {"id", "commitment_id", "kind", "amount_satang", "entry_id", "on_date", "recorded_at"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->b->db, w->arena, "ledger_commitment_move", columns, &bulk));
    for (size_t i = 0; i < w->book->npromises; i++) put_move(w, bulk, &w->book->promises[i], NULL);
    for (size_t i = 0; i < w->n; i++)
        if (w->rows[i].promise >= 0) put_move(w, bulk, &w->book->promises[w->rows[i].promise], &w->rows[i]);
    return db_bulk_end(bulk);
}

static enum err write_book(struct writing *w)
{
    static const char *const columns[] = {"id", "fund_id", "book", "opened_on", "is_taken_over", "recorded_at", "version"};
    struct db_bulk *bulk = NULL;
    struct db_value v[] = {db_int(w->id.v), db_int(w->book->fund.v), db_text(STR("main")), db_day(w->arena, w->book->opened_on),
                           db_int(0), db_int(recorded(w->book->opened_on).v), db_int(1)};
    TRY(DB_BULK_BEGIN(w->b->db, w->arena, "ledger_book", columns, &bulk));
    (void)db_bulk_row(bulk, v);
    TRY(db_bulk_end(bulk));
    TRY(ledger_add_head(w->b->db, w->id, STR(LEDGER_HASH_NONE), NULL));
    TRY(ledger_add_balance(w->b->db, w->id, NULL));
    return ledger_move_balance(w->b->db, w->id, satang(w->left), NULL);
}

enum err ledger_bulk_write(struct ledger_bulk *b, struct arena *a, struct rand *r, const struct ledger_bulk_book *book)
{
    struct writing w = {.b = b, .arena = a, .rand = r, .book = book, .id = {b->book++}};
    size_t most = book->nreceipts + book->npromises * LEDGER_BULK_PARTS;
    w.rows = ARENA_ARRAY(a, struct row, most + 1);
    for (size_t i = 0; i < book->nreceipts; i++) put_receipt(&w, &book->receipts[i]);
    for (size_t i = 0; i < book->npromises; i++) TRY(put_promise(&w, i));
    seal_rows(&w);
    b->entries += (int64_t)w.n;
    TRY(write_book(&w));
    TRY(write_counters(&w));
    TRY(write_promises(&w));
    TRY(write_entries(&w));
    TRY(write_texts(&w));
    TRY(write_lines(&w));
    TRY(ledger_fill_months(b->db, w.id, NULL));
    TRY(write_seals(&w));
    return write_moves(&w);
}

/* ---- what figures hear ---- */

enum err ledger_bulk_tell(const struct ledger_bulk_book *book, enum err (*each)(void *ctx, const struct money_moved *m), void *ctx)
{
    struct money_move moves[2];
    struct money_moved m = {.fund = book->fund, .source_kind = "ledger_book", .moves = moves, .nmoves = 1};
    moves[0] = (struct money_move){.measure = MONEY_LEDGER, .fy = date_fiscal_year(book->opened_on), .delta = 1};
    TRY(each(ctx, &m));
    for (size_t i = 0; i < book->nreceipts; i++) {
        const struct ledger_bulk_receipt *r = &book->receipts[i];
        moves[0] = (struct money_move){.measure = ledger_measure_of(r->source), .fy = date_fiscal_year(r->on), .delta = r->amount.v};
        TRY(each(ctx, &m));
    }
    for (size_t i = 0; i < book->npromises; i++) {
        const struct ledger_bulk_promise *p = &book->promises[i];
        struct money_move one = {.fy = date_fiscal_year(p->approved_on), .issue_code = p->issue_code, .support_type = p->support_type};
        m.nmoves = 0;
        one.measure = MONEY_COMMITTED, one.delta = unpaid(p);
        moves[m.nmoves++] = one;
        one.measure = MONEY_PAID, one.delta = p->amount.v - unpaid(p);
        moves[m.nmoves++] = one;
        TRY(each(ctx, &m));
    }
    return ERR_OK;
}
