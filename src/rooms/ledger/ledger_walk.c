/* ledger_walk.c — see ledger_walk.h. Pages of entries with their lines: two queries a page. */
#include "rooms/ledger/ledger_walk.h"

#define PAGE 500

static struct ledger_link link_of(const struct ledger_walk_books_row *b, const struct ledger_walk_entries_row *r)
{
    struct ledger_link l = {.hash = r->hash,
                            .salt = str_is_none(r->salt) ? STR("") : r->salt,
                            .memo = r->memo,
                            .party = r->party,
                            .reason = r->reason,
                            .is_gone = id_is_none(r->id)};
    l.h = (struct ledger_hashed){.fund = b->fund_id,
                                 .book_id = r->entry_book_id,
                                 .book = b->book,
                                 .id = r->id,
                                 .fy = r->fy.v,
                                 .number = r->number.v,
                                 .seq = r->seq,
                                 .kind = r->kind,
                                 .on = r->entry_date.v,
                                 .recorded_at = r->recorded_at.v,
                                 .amount = r->amount_satang.v,
                                 .source = r->source,
                                 .support_type = r->support_type_code,
                                 .issue_code = r->issue_code,
                                 .commitment = r->commitment_id,
                                 .instalment = r->instalment,
                                 .project_code = r->project_code,
                                 .reference = r->reference,
                                 .reversal_of = r->reversal_of,
                                 .is_entered_later = r->is_later != 0,
                                 .account_no = r->account_no,
                                 .grant_no = r->grant_no,
                                 .memo_hash = r->memo_hash,
                                 .party_hash = r->party_hash,
                                 .reason_hash = r->reason_hash,
                                 .prev_hash = r->prev_hash};
    return l;
}

/* The lines of the entry `seq`: they lie side by side from *at on. */
static void take_lines(struct ledger_link *l, const struct ledger_walk_lines_row *rows, size_t n, size_t *at,
                       struct ledger_new_line *room)
{
    while (*at < n && rows[*at].seq < l->h.seq) ++*at;
    l->h.lines = &room[*at];
    for (; *at < n && rows[*at].seq == l->h.seq; ++*at, l->h.nlines++)
        room[*at] = (struct ledger_new_line){rows[*at].account, rows[*at].amount_satang.v};
}

enum err ledger_walk(struct db *db, struct arena *a, const struct ledger_walk_books_row *book,
                     enum err (*each)(void *ctx, const struct ledger_link *l), void *ctx)
{
    struct ledger_walk_entries_row *rows = NULL;
    struct ledger_walk_lines_row *lines = NULL;
    size_t n = 0, nlines = 0;
    int64_t after = 0;
    do {
        TRY(ledger_walk_entries(db, a, book->id, after, PAGE, &rows, &n));
        if (n == 0) return ERR_OK;
        TRY(ledger_walk_lines(db, a, book->id, rows[0].seq, rows[n - 1].seq, &lines, &nlines));
        struct ledger_new_line *room = ARENA_ARRAY(a, struct ledger_new_line, nlines + 1);
        size_t at = 0;
        for (size_t i = 0; i < n; i++) {
            struct ledger_link l = link_of(book, &rows[i]);
            take_lines(&l, lines, nlines, &at, room);
            TRY(each(ctx, &l));
        }
        after = rows[n - 1].seq;
    } while (n == PAGE);
    return ERR_OK;
}
