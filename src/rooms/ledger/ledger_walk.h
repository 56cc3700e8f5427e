/* ledger_walk.h — a book's chain from its first entry to its last, as verification and export see it. */
#ifndef SARN_ROOMS_LEDGER_WALK_H
#define SARN_ROOMS_LEDGER_WALK_H

#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

struct ledger_link {
    struct ledger_hashed h; /* as the rows say it now */
    struct str hash;        /* as it was sealed */
    struct str salt, memo, party, reason;
    bool is_gone; /* sealed, but the entry is missing: only seq, hash and h.prev_hash are set */
};
enum err ledger_walk(struct db *db, struct arena *a, const struct ledger_walk_books_row *book,
                     enum err (*each)(void *ctx, const struct ledger_link *l), void *ctx);

#endif
