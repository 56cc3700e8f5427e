/* ledger_inside.h — what the files of room ledger share. Not a door: other rooms include ledger.h.
 *
 * A posting goes in one fixed order, so that writers of a book queue at its first step and never
 * wait for each other crosswise: head row locked, state read, rules looked at, balance (commitment,
 * instalment) moved against their CHECKs, number taken, entry, words, lines, seal, head, audit, event. */
#ifndef SARN_ROOMS_LEDGER_INSIDE_H
#define SARN_ROOMS_LEDGER_INSIDE_H

#include "rooms/ledger/ledger.h"

#define LEDGER_BANK       "10201"
#define LEDGER_BROUGHT    "30100"
#define LEDGER_LINES_MAX  8
#define LEDGER_HASH_NONE  "0000000000000000000000000000000000000000000000000000000000000000"

extern const char *const ledger_income_accounts[LEDGER_SOURCES];

/* A book under the lock of its head row. seq and head go on with each entry sealed. */
struct ledger_at {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    struct ledger_book_id book;
    struct fund_id fund;
    struct str fund_code;
    enum ledger_book_kind kind;
    struct date opened_on;
    struct opt_date closed_through;
    struct satang balance; /* as it was read; the row itself decides */
    int64_t seq;
    struct str head;
    enum ledger_fault *fault; /* the caller's */
};
/* ERR_REFUSED with LEDGER_NO_BOOK; ERR_NOT_FOUND: no such fund. */
enum err ledger_lock(struct db *db, struct arena *a, const struct actor *by, struct str fund_code,
                     enum ledger_book_kind kind, enum ledger_fault *fault, struct ledger_at *ret);
enum err ledger_lock_id(struct db *db, struct arena *a, const struct actor *by, struct ledger_book_id book,
                        struct ledger_at *ret);
/* Notes why, and gives ERR_REFUSED. */
enum err ledger_refuse(const struct ledger_at *at, enum ledger_fault why);
/* Is a day open for booking in this book? */
enum err ledger_check_day(const struct ledger_at *at, struct date on, struct opt_fiscal_year fy);

struct ledger_new_line {
    struct str account;
    int64_t amount_satang;
};
struct ledger_new_entry {
    enum ledger_kind kind;
    struct date on;
    struct satang amount;
    struct str source, support_type, issue_code, project_code, reference, memo, party, reason;
    struct ledger_commitment_id commitment;
    int64_t instalment; /* 0: none */
    struct ledger_entry_id reversal_of;
    bool is_entered_later;
    struct ledger_new_line lines[LEDGER_LINES_MAX];
    size_t nlines;
};
/* From the number to the head; the balance was moved before. */
enum err ledger_write_entry(struct ledger_at *at, const struct ledger_new_entry *e, struct ledger_posted *ret);
enum err ledger_audit_entry(const struct ledger_at *at, const char *action, const struct ledger_posted *p);
/* Moves the bank balance; ERR_REFUSED with `why` when the database would have it below zero. */
enum err ledger_bank(const struct ledger_at *at, int64_t delta, enum ledger_fault why);

/* What is hashed: docs/ledger-chain.md. Texts that are none are written `key=-`. */
struct ledger_hashed {
    struct fund_id fund;
    struct ledger_book_id book_id;
    struct str book;
    struct ledger_entry_id id;
    struct fiscal_year fy;
    int64_t number, seq;
    struct str kind;
    struct date on;
    struct instant recorded_at;
    struct satang amount;
    struct str source, support_type, issue_code;
    struct ledger_commitment_id commitment;
    struct opt_count instalment;
    struct str project_code, reference;
    struct ledger_entry_id reversal_of;
    bool is_entered_later;
    struct opt_count account_no, grant_no;
    struct str memo_hash, party_hash, reason_hash; /* none or empty: no such words */
    const struct ledger_new_line *lines;
    size_t nlines;
    struct str prev_hash;
};
#define LEDGER_HASHED_KEYS 25 /* before the lines */
/* The fields before the lines in their order; a value that is none is written `key=-`. */
void ledger_hashed_fields(struct arena *a, const struct ledger_hashed *h, struct str ret[LEDGER_HASHED_KEYS]);
extern const char *const ledger_hashed_keys[LEDGER_HASHED_KEYS];
struct str ledger_hash(struct arena *a, const struct ledger_hashed *h);
/* SHA-256 of "salt:words" in hex; "" for none. */
struct str ledger_words_hash(struct arena *a, struct str salt, struct str words);

/* One or more moves of figures; nothing for a book that is not the main one. */
enum err ledger_tell(const struct ledger_at *at, const char *source_kind, int64_t source_id, struct date on,
                     const struct money_move *moves, size_t nmoves);
enum money_measure ledger_measure_of(enum ledger_source s);

/* Cleaned for storing; none when nothing is left. At most `max` letters are kept in mind by the pages;
 * longer ones are ERR_INPUT here. */
enum err ledger_text(struct arena *a, struct str in, size_t max, bool is_line, struct str *ret);

/* Commitments. */
struct ledger_promise { /* a commitment as a posting sees it */
    struct ledger_commitment_id id;
    struct str support_type, issue_code, account;
    bool is_released;
};
enum err ledger_commit_at(struct ledger_at *at, const struct ledger_commit *c, struct ledger_commitment_id *ret);
enum err ledger_pay_at(struct ledger_at *at, const struct ledger_payment *p, struct ledger_posted *ret);
enum err ledger_receive_at(struct ledger_at *at, const struct ledger_receipt *r, struct ledger_posted *ret);
/* Locks the book that a commitment belongs to, and reads the commitment after it. */
struct ledger_get_commitment_row;
enum err ledger_lock_commitment(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                                enum ledger_fault *fault, struct ledger_at *ret_at,
                                struct ledger_get_commitment_row *ret);
/* Event commitment_paid: paid, or paid back by a reversal. */
enum err ledger_tell_payment(const struct ledger_at *at, const struct ledger_get_commitment_row *c, struct date on,
                             int64_t instalment, struct satang amount, bool is_reversal);
enum err ledger_add_note(const struct ledger_at *at, struct ledger_commitment_id id, const char *kind,
                         struct satang amount, int64_t instalment, struct ledger_entry_id entry, struct date on);
/* How much of this instalment what was paid before covers; takes it from *rest. */
struct satang ledger_cover(struct satang *rest, struct satang part);

/* Runs `act` in a savepoint of its own: refused means undone, and the transaction is still good. */
enum err ledger_guarded(struct db *db, enum err (*act)(void *ctx), void *ctx);
struct opt_count ledger_opt(int64_t v); /* 0: none */

#endif
