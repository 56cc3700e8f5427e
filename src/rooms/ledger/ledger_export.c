/* ledger_export.c — the books as files: lines as CSV, the chain as TSV for docs/verify-ledger.py, and
 * the heads to be kept elsewhere. */
#include "rooms/ledger/ledger_walk.h"
#include "table/table.h"

#define BOOKS_A_PAGE 200

/* ---- CSV of a year ---- */

struct writing {
    struct csv csv;
    struct arena *arena;
    int64_t rows;
};

static struct str instant_text(struct arena *a, struct instant t)
{
    struct buf b = buf_in(a, 32);
    buf_instant_iso(&b, t);
    return buf_str(&b);
}

static enum err csv_line(void *ctx, const struct ledger_export_lines_row *r)
{
    struct writing *w = ctx;
    struct csv *c = &w->csv;
    struct buf day = buf_in(w->arena, 16);
    int64_t amount = r->amount_satang.v;
    buf_date_iso(&day, r->entry_date);
    csv_text(c, r->book);
    csv_int(c, r->number);
    csv_text(c, buf_str(&day));
    csv_text(c, instant_text(w->arena, r->recorded_at));
    csv_text(c, r->kind);
    csv_text(c, r->account);
    csv_int(c, amount > 0 ? amount : 0);
    csv_int(c, amount < 0 ? -amount : 0);
    csv_text(c, r->fund_code);
    csv_int(c, r->fy.v);
    csv_text(c, r->project_code);
    csv_text(c, r->reference);
    csv_text(c, r->memo);
    if (r->reversal_fy.has && r->reversal_number.has)
        csv_text(c, str_printf(w->arena, "%d/%lld", r->reversal_fy.v.v, (long long)r->reversal_number.v));
    else
        csv_blank(c);
    csv_text(c, r->hash);
    csv_row_end(c);
    w->rows++;
    return ERR_OK;
}

enum err ledger_export_csv(struct db *db, struct arena *a, struct str fund_code, struct fiscal_year fy,
                           struct buf *out, int64_t *ret_rows)
{
    static const char *const names[] = {"book",          "number",       "date",        "recorded_at",
                                        "kind",          "account",      "debit_satang", "credit_satang",
                                        "fund_code",     "fiscal_year",  "project_code", "reference",
                                        "memo",          "reversal_of",  "hash"};
    struct ledger_get_fund_row fund = {0};
    TRY(ledger_get_fund(db, a, fund_code, &fund));
    struct writing w = {.csv = csv_begin(out), .arena = a};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) csv_text(&w.csv, str_of(names[i]));
    csv_row_end(&w.csv);
    TRY(ledger_export_lines(db, a, fund_code, fy, csv_line, &w));
    *ret_rows = w.rows;
    return out->flush_err;
}

/* ---- the chain ---- */

struct chaining {
    struct buf *out;
    struct arena *arena;
    struct str fund_code;
    int64_t rows;
};

static enum err chain_row(void *ctx, const struct ledger_link *l)
{
    struct chaining *c = ctx;
    struct str values[LEDGER_HASHED_KEYS];
    if (l->is_gone) return ERR_OK; /* the gap in seq tells it */
    ledger_hashed_fields(c->arena, &l->h, values);
    buf_put(c->out, c->fund_code);
    for (size_t i = 0; i < LEDGER_HASHED_KEYS; i++) {
        buf_putc(c->out, '\t');
        buf_put(c->out, values[i]);
    }
    buf_putc(c->out, '\t');
    for (size_t i = 0; i < l->h.nlines; i++)
        buf_printf(c->out, "%s%.*s:%lld", i ? " " : "", STR_FMT(l->h.lines[i].account),
                   (long long)l->h.lines[i].amount_satang);
    buf_printf(c->out, "\t%.*s\t%.*s\n", STR_FMT(l->h.prev_hash), STR_FMT(l->hash));
    c->rows++;
    return ERR_OK;
}

static void chain_head(struct buf *out)
{
    BUF_LIT(out, "fund_code");
    for (size_t i = 0; i < LEDGER_HASHED_KEYS; i++) {
        buf_putc(out, '\t');
        buf_put(out, str_of(ledger_hashed_keys[i]));
    }
    BUF_LIT(out, "\tlines\tprev_hash\thash\n");
}

enum err ledger_export_chain(struct db *db, struct arena *a, struct str fund_code, struct buf *out, int64_t *ret_rows)
{
    struct ledger_get_fund_row fund = {0};
    struct ledger_book_ids_row *ids = NULL;
    struct chaining c = {.out = out, .arena = a, .fund_code = fund_code};
    size_t n = 0;
    TRY(ledger_get_fund(db, a, fund_code, &fund));
    TRY(ledger_book_ids(db, a, fund.id, &ids, &n));
    chain_head(out);
    for (size_t i = 0; i < n; i++) {
        struct ledger_walk_books_row book = {.id = ids[i].id, .fund_id = fund.id, .book = ids[i].book};
        TRY(ledger_walk(db, a, &book, chain_row, &c));
    }
    *ret_rows = c.rows;
    return out->flush_err;
}

/* ---- heads ---- */

enum err ledger_export_heads(struct db *db, struct arena *a, struct buf *out, int64_t *ret_rows)
{
    struct ledger_walk_books_row *books = NULL;
    struct ledger_book_id after = {0};
    size_t n = 0;
    *ret_rows = 0;
    do {
        TRY(ledger_walk_books(db, a, after, BOOKS_A_PAGE, &books, &n));
        for (size_t i = 0; i < n; i++) {
            if (!books[i].head_seq.has) continue;
            buf_printf(out, "%.*s %.*s %lld %.*s\n", STR_FMT(books[i].fund_code), STR_FMT(books[i].book),
                       (long long)books[i].head_seq.v, STR_FMT(books[i].head_hash));
            ++*ret_rows;
        }
        if (n > 0) after = books[n - 1].id;
    } while (n == BOOKS_A_PAGE);
    return out->flush_err;
}
