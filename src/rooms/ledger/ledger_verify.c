/* ledger_verify.c — proving the books: the chain entry by entry, then what the database keeps beside it
 * (numbers, balance, promises, closed months), then heads that were written down elsewhere. Every
 * difference is one English line that names fund, book and year/number. */
#include <assert.h>

#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger/ledger_walk.h"

#define BOOKS_A_PAGE 200
#define YEARS_MAX    (FISCAL_YEAR_MAX - FISCAL_YEAR_MIN + 1)

struct verifying {
    struct db *db;
    struct arena *arena;
    void (*say)(void *ctx, struct str line);
    void *ctx;
    int64_t bad;
    /* of the book at hand */
    const struct ledger_walk_books_row *book;
    int64_t seq; /* of the entry seen last */
    struct str hash;
    int64_t bank;
    int64_t last[YEARS_MAX]; /* numbers seen, by year */
};

static void say(struct verifying *v, struct str what)
{
    v->bad++;
    v->say(v->ctx, str_printf(v->arena, "ledger of %.*s (%.*s): %.*s", STR_FMT(v->book->fund_code),
                              STR_FMT(v->book->book), STR_FMT(what)));
}

#define SAY(v, ...) say((v), str_printf((v)->arena, __VA_ARGS__))

/* ---- one entry ---- */

/* Words may be erased; words that are there must be those that were hashed. */
static void check_words(struct verifying *v, const struct ledger_link *l, const char *what, struct str words,
                        struct str hash)
{
    if (str_is_none(words)) return;
    if (!str_eq(ledger_words_hash(v->arena, l->salt, words), hash))
        SAY(v, "entry %d/%lld: its %s was changed", l->h.fy.v, (long long)l->h.number, what);
}

static void check_number(struct verifying *v, const struct ledger_link *l)
{
    int32_t at = l->h.fy.v - FISCAL_YEAR_MIN;
    if (at < 0 || at >= YEARS_MAX) return;
    if (l->h.number != v->last[at] + 1)
        SAY(v, "entry %d/%lld: number %lld was to come", l->h.fy.v, (long long)l->h.number,
            (long long)v->last[at] + 1);
    v->last[at] = l->h.number;
}

static void check_lines(struct verifying *v, const struct ledger_link *l)
{
    int64_t sum = 0;
    for (size_t i = 0; i < l->h.nlines; i++) {
        sum += l->h.lines[i].amount_satang;
        if (str_eq(l->h.lines[i].account, STR(LEDGER_BANK))) v->bank += l->h.lines[i].amount_satang;
    }
    if (sum != 0 || l->h.nlines < 2)
        SAY(v, "entry %d/%lld: its lines do not add up to zero", l->h.fy.v, (long long)l->h.number);
}

static enum err check_link(void *ctx, const struct ledger_link *l)
{
    struct verifying *v = ctx;
    if (l->h.seq != v->seq + 1)
        SAY(v, "%lld of the chain: entries %lld to %lld are missing", (long long)l->h.seq, (long long)v->seq + 1,
            (long long)l->h.seq - 1);
    if (l->is_gone) {
        SAY(v, "%lld of the chain: its entry is missing", (long long)l->h.seq);
    } else {
        if (!str_eq(ledger_hash(v->arena, &l->h), l->hash))
            SAY(v, "entry %d/%lld: it is not what was sealed", l->h.fy.v, (long long)l->h.number);
        if (!str_eq(l->h.prev_hash, v->hash))
            SAY(v, "entry %d/%lld: it does not follow the one before it", l->h.fy.v, (long long)l->h.number);
        check_words(v, l, "memo", l->memo, l->h.memo_hash);
        check_words(v, l, "party", l->party, l->h.party_hash);
        check_words(v, l, "reason", l->reason, l->h.reason_hash);
        check_number(v, l);
        check_lines(v, l);
    }
    v->seq = l->h.seq;
    v->hash = str_copy(v->arena, l->hash);
    return ERR_OK;
}

/* ---- what is kept beside the chain ---- */

static enum err check_head(struct verifying *v)
{
    struct ledger_unsealed_row *rows = NULL;
    size_t n = 0;
    const struct ledger_walk_books_row *b = v->book;
    if (!b->head_seq.has)
        SAY(v, "its head is missing");
    else if (b->head_seq.v > v->seq)
        SAY(v, "entries %lld to %lld of the chain are missing at its end", (long long)v->seq + 1,
            (long long)b->head_seq.v);
    else if (b->head_seq.v != v->seq || !str_eq(b->head_hash, v->hash))
        SAY(v, "its head is not its last entry");
    if (!b->balance_satang.has || b->balance_satang.v.v != v->bank)
        SAY(v, "balance kept %lld, by its entries %lld", (long long)b->balance_satang.v.v, (long long)v->bank);
    TRY(ledger_unsealed(v->db, v->arena, b->id, 20, &rows, &n));
    for (size_t i = 0; i < n; i++)
        SAY(v, "entry %d/%lld: it was never sealed", rows[i].fy.v, (long long)rows[i].number);
    return ERR_OK;
}

static enum err check_counters(struct verifying *v)
{
    struct ledger_counters_of_row *rows = NULL;
    size_t n = 0;
    bool is_seen[YEARS_MAX] = {0};
    TRY(ledger_counters_of(v->db, v->arena, v->book->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int32_t at = rows[i].fy.v - FISCAL_YEAR_MIN;
        if (at < 0 || at >= YEARS_MAX) continue;
        is_seen[at] = true;
        if (rows[i].last != v->last[at])
            SAY(v, "year %d: counter %lld, last number %lld", rows[i].fy.v, (long long)rows[i].last,
                (long long)v->last[at]);
    }
    for (int at = 0; at < YEARS_MAX; at++)
        if (!is_seen[at] && v->last[at] != 0) SAY(v, "year %d: its counter is missing", at + FISCAL_YEAR_MIN);
    return ERR_OK;
}

static enum err check_months(struct verifying *v)
{
    struct ledger_check_months_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_check_months(v->db, v->arena, v->book->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        SAY(v, "month %.*s account %.*s: sum kept %lld, by its entries %lld", STR_FMT(rows[i].month), STR_FMT(rows[i].account),
            (long long)rows[i].kept.v, (long long)rows[i].right_sum.v);
    return ERR_OK;
}

static enum err check_closes(struct verifying *v)
{
    struct ledger_closes_of_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_closes_of(v->db, v->arena, v->book->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct buf day = buf_in(v->arena, 16);
        buf_date_iso(&day, rows[i].closed_through);
        struct str d = buf_str(&day);
        if (rows[i].balance_satang.v != rows[i].right_satang.v)
            SAY(v, "closed %.*s: balance kept %lld, by its entries %lld", STR_FMT(d),
                (long long)rows[i].balance_satang.v, (long long)rows[i].right_satang.v);
        if (rows[i].late != 0)
            SAY(v, "closed %.*s: %lld entries were put into it afterwards", STR_FMT(d), (long long)rows[i].late);
        if (rows[i].seq > v->seq) SAY(v, "closed %.*s: it knows entries that are missing", STR_FMT(d));
    }
    return ERR_OK;
}

/* What was paid before covers the first of a promise's instalments where they are all of its agreement's. Those of a
 * corrected promise were cut from what was left. */
static struct satang before_of(const struct ledger_check_instalments_row *parts, size_t n, size_t first)
{
    struct satang sum = {0};
    for (size_t i = first; i < n && str_eq(parts[i].project_code, parts[first].project_code); i++)
        sum = satang_add(sum, parts[i].amount_satang);
    return sum.v == parts[first].approved_satang.v ? parts[first].before_satang : satang(0);
}

static enum err check_parts(struct verifying *v)
{
    struct ledger_check_instalments_row *parts = NULL;
    struct satang rest = {0};
    size_t n = 0;
    TRY(ledger_check_instalments(v->db, v->arena, v->book->id, &parts, &n));
    for (size_t i = 0; i < n; i++) {
        const struct ledger_check_instalments_row *p = &parts[i];
        if (i == 0 || !str_eq(p->project_code, parts[i - 1].project_code)) rest = before_of(parts, n, i);
        int64_t covered = ledger_cover(&rest, p->amount_satang).v;
        int64_t right = p->is_released ? 0 : p->amount_satang.v - covered - p->paid_satang.v;
        if (p->left_satang.v != right)
            SAY(v, "project %.*s instalment %lld: left kept %lld, by its moves %lld", STR_FMT(p->project_code),
                (long long)p->position, (long long)p->left_satang.v, (long long)right);
        if (p->shut_since.has && p->paid_satang.v > 0)
            SAY(v, "project %.*s instalment %lld: paid before its evidence was accepted", STR_FMT(p->project_code),
                (long long)p->position);
    }
    return ERR_OK;
}

static enum err check_promises(struct verifying *v)
{
    struct ledger_check_commitments_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_check_commitments(v->db, v->arena, v->book->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct ledger_check_commitments_row *c = &rows[i];
        if (c->left_satang.v != c->moved_satang.v || (c->is_released && c->left_satang.v != 0))
            SAY(v, "project %.*s: left kept %lld, by its moves %lld", STR_FMT(c->project_code),
                (long long)c->left_satang.v, (long long)c->moved_satang.v);
        if (c->amount_satang.v != c->opened_satang.v || c->paid_before_satang.v != c->before_satang.v)
            SAY(v, "project %.*s: its sum was changed", STR_FMT(c->project_code));
        if (c->paid_satang.v != c->entered_satang.v)
            SAY(v, "project %.*s: paid by its moves %lld, by its entries %lld", STR_FMT(c->project_code),
                (long long)c->paid_satang.v, (long long)c->entered_satang.v);
        if (c->nparts > 0 && c->parts_satang.v != c->amount_satang.v &&
            c->parts_satang.v != c->amount_satang.v - c->paid_before_satang.v)
            SAY(v, "project %.*s: its instalments add up to %lld", STR_FMT(c->project_code),
                (long long)c->parts_satang.v);
    }
    return check_parts(v);
}

static enum err check_book(struct verifying *v, const struct ledger_walk_books_row *b)
{
    v->book = b;
    v->seq = 0;
    v->hash = STR(LEDGER_HASH_NONE);
    v->bank = 0;
    memset(v->last, 0, sizeof v->last);
    TRY(ledger_walk(v->db, v->arena, b, check_link, v));
    TRY(check_head(v));
    TRY(check_counters(v));
    TRY(check_months(v));
    TRY(check_closes(v));
    return check_promises(v);
}

/* ---- heads that were written down ---- */

/* "D0001 main 12 <64 hex>". A head that is not in the chain any more was rewritten or cut off. */
static enum err check_heads(struct verifying *v, struct str heads)
{
    struct str line, part[4];
    for (int64_t at = 1; str_split(&heads, '\n', &line); at++) {
        int64_t seq = 0;
        struct ledger_seal_at_row seal = {0};
        struct str rest = str_trim(line);
        if (str_is_empty(rest)) continue;
        for (int i = 0; i < 4; i++)
            if (!str_split(&rest, ' ', &part[i])) part[i] = STR("");
        if (str_to_int(part[2], &seq) != ERR_OK || part[3].n != 64)
            return err_note(ERR_INPUT, "line %lld of the heads: fund, book, number and hash were to stand there",
                            (long long)at);
        enum err e = seq == 0 ? ERR_OK : ledger_seal_at(v->db, v->arena, part[0], part[1], seq, &seal);
        if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
        if (seq == 0 || (e == ERR_OK && str_eq(seal.hash, part[3]))) continue;
        v->bad++;
        v->say(v->ctx, str_printf(v->arena, "ledger of %.*s (%.*s): %lld of the chain is %s the one written down",
                                  STR_FMT(part[0]), STR_FMT(part[1]), (long long)seq,
                                  e == ERR_OK ? "not" : "missing, it is not"));
    }
    return ERR_OK;
}

enum err ledger_verify(struct db *db, struct arena *a, struct str heads, void (*say_line)(void *ctx, struct str line),
                       void *ctx, int64_t *ret_bad)
{
    struct verifying v = {.db = db, .arena = a, .say = say_line, .ctx = ctx};
    struct ledger_walk_books_row *books = NULL;
    struct ledger_book_id after = {0};
    size_t n = 0;
    do {
        TRY(ledger_walk_books(db, a, after, BOOKS_A_PAGE, &books, &n));
        for (size_t i = 0; i < n; i++) {
            struct arena_mark mark = arena_mark(a);
            TRY(check_book(&v, &books[i]));
            arena_release(a, mark);
        }
        if (n > 0) after = books[n - 1].id;
    } while (n == BOOKS_A_PAGE);
    if (!str_is_none(heads)) TRY(check_heads(&v, heads));
    *ret_bad = v.bad;
    return ERR_OK;
}
