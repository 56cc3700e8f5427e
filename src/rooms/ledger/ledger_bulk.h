/* ledger_bulk.h — whole books written at once, for the national demo: the rows that posting each entry would
 * leave, sealed in their chain, without asking the rules (whoever calls knows that they hold). The database's own
 * constraints and triggers judge every row. Not a door: the command line fills a database with it. */
#ifndef SARN_ROOMS_LEDGER_LEDGER_BULK_H
#define SARN_ROOMS_LEDGER_LEDGER_BULK_H

#include "base/rand.h"
#include "rooms/ledger/ledger.h"

#define LEDGER_BULK_PARTS 6

#define LEDGER_BULK_TYPES 16

struct ledger_bulk {
    struct db *db;
    int64_t book, entry, commitment, move; /* the next free ids */
    int64_t entries;                       /* written so far */
    struct { struct str support_type, account; } accounts[LEDGER_BULK_TYPES]; /* asked for once */
    size_t naccounts;
    struct arena *arena; /* of the whole load */
};
struct ledger_bulk_promise {
    struct str project_code, title, owner_name, support_type, owner_type, issue_code;
    struct date approved_on; /* and agreed on */
    struct str meeting;      /* "2/2569" */
    struct satang amount, paid[LEDGER_BULK_PARTS];
    struct date paid_on[LEDGER_BULK_PARTS]; /* of the approval's fiscal year */
    int npaid;
    struct ledger_commitment_id id; /* given */
};
struct ledger_bulk_receipt {
    struct date on;
    enum ledger_source source;
    struct satang amount;
};
struct ledger_bulk_book { /* a main book, empty when it was opened */
    struct fund_id fund;
    struct date opened_on;
    struct ledger_bulk_receipt *receipts;
    size_t nreceipts;
    struct ledger_bulk_promise *promises;
    size_t npromises;
};
/* The arena outlives the load. */
enum err ledger_bulk_begin(struct db *db, struct arena *a, struct ledger_bulk *ret);
/* Writes the book and gives each promise its id. `r` makes salts. Figures hear of it by
 * ledger_bulk_tell(); audit and other rooms do not. */
enum err ledger_bulk_write(struct ledger_bulk *b, struct arena *a, struct rand *r, const struct ledger_bulk_book *book);
enum err ledger_bulk_tell(const struct ledger_bulk_book *book, enum err (*each)(void *ctx, const struct money_moved *m), void *ctx);

/* What it writes very many rows into: a load takes the indexes of these off (db_indexes_off). */
#define LEDGER_BULK_TABLES "ledger_entry", "ledger_entry_text", "ledger_line", "ledger_commitment", "ledger_commitment_move"

#endif
