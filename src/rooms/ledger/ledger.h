/* ledger.h — THE DOOR of room ledger: the money of a fund (การเงินกองทุน).
 *
 * Double entry in integer satang; books per fund (main, LTC); fiscal years of the entry's date. An entry
 * that is posted is sealed into the book's chain and never changed: a mistake is reversed. Accounts are
 * those of money_account (room issue): bank 10201, income 40100 nhso, 40200 local, 40300 interest,
 * 40400 donation, 40500 refund, expense 50n00 by support type, and 30100 balance brought in (opening).
 *
 * Rules: receipts are dated not after today and after the last closed month; a payment names a
 * commitment (an approved project) and, where the dated rule for its support and owner type asks for
 * one, an agreement dated not after it; it takes from balance, commitment and instalment, and the
 * database refuses below zero. A refusal is a value: enum ledger_fault, to be shown beside its field. */
#ifndef SARN_ROOMS_LEDGER_LEDGER_H
#define SARN_ROOMS_LEDGER_LEDGER_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"

#define LEDGER_REFERENCE_MAX 60 /* letters */
#define LEDGER_MEMO_MAX      400
#define LEDGER_PARTY_MAX     200
#define LEDGER_REASON_MAX    400

enum ledger_book_kind { LEDGER_MAIN, LEDGER_LTC };
enum ledger_kind { LEDGER_OPENING, LEDGER_RECEIPT, LEDGER_PAYMENT, LEDGER_REVERSAL };
enum ledger_source { LEDGER_NHSO, LEDGER_LOCAL, LEDGER_INTEREST, LEDGER_DONATION, LEDGER_REFUND, LEDGER_SOURCES };
const char *ledger_book_code(enum ledger_book_kind b);  /* "main" "ltc" */
const char *ledger_kind_code(enum ledger_kind k);       /* "opening" … */
const char *ledger_source_code(enum ledger_source s);   /* "nhso" … */
enum err ledger_source_of(struct str code, enum ledger_source *ret);

/* Why a posting was refused. Each has a message ledger_fault_<name> in words for the page. */
enum ledger_fault {
    LEDGER_FINE,
    LEDGER_NO_BOOK,            /* the book is not opened yet */
    LEDGER_BOOK_THERE,         /* it is opened already */
    LEDGER_DATE_FUTURE,
    LEDGER_DATE_CLOSED,        /* in or before a closed month */
    LEDGER_DATE_BEFORE_BOOK,   /* before the book was opened */
    LEDGER_DATE_OTHER_YEAR,    /* not in the fiscal year that the address names */
    LEDGER_NOT_ENOUGH,         /* more than the bank balance */
    LEDGER_NO_COMMITMENT,      /* a payment without an approved project */
    LEDGER_OVER_COMMITMENT,    /* more than is left of the project's money */
    LEDGER_OVER_INSTALMENT,
    LEDGER_RELEASED,           /* the commitment was released */
    LEDGER_BEFORE_APPROVAL,    /* dated before the approval */
    LEDGER_NEEDS_AGREEMENT,    /* the rule asks for one, there is none of that date */
    LEDGER_ALREADY_REVERSED,
    LEDGER_IS_REVERSAL,        /* a reversal is not reversed: book it again */
    LEDGER_IS_OPENING,         /* an opening with entries after it is not reversed */
    LEDGER_BELOW_ZERO,         /* reversing this receipt would take money that is spent */
    LEDGER_CODE_TAKEN,         /* this project code has a commitment already */
    LEDGER_OVER_AMOUNT,        /* paid before is more than approved; instalments do not add up */
    LEDGER_NOT_LAST_MONTH,     /* months are closed in order, and not before they ended */
    LEDGER_PLAN_OVER_CEILING,  /* support type 4 above its ceiling of the year's money */
    LEDGER_PLAN_OVER_MONEY,    /* planned more than carried over + income: a warning, not a refusal */
    LEDGER_SHUT,               /* the instalment waits for its evidence */
    LEDGER_HELD,               /* the project is suspended or waits for its signed paper: nothing is paid */
    LEDGER_PLAN_AGREED,        /* an agreed plan is changed only by a later version */
    LEDGER_PLAN_DECIDED,       /* a meeting agreed the plan as it stands, and its minutes are not signed yet */
    LEDGER_CORRECTED,          /* the payment is counted in a corrected promise: the money comes back as a refund */
    LEDGER_FAULTS
};
const char *ledger_fault_code(enum ledger_fault f); /* "date_closed": for JSON */

/* ---- books ---- */
struct ledger_book {
    struct ledger_book_id id; /* none: not opened */
    struct fund_id fund;
    struct str fund_code;
    enum ledger_book_kind kind;
    struct date opened_on;
    struct str bank_name, bank_branch, bank_account_name, bank_account_no; /* may be none */
    bool is_taken_over;
    struct satang balance;
    struct satang committed; /* approved, neither paid nor released */
    struct opt_date closed_through;
    int64_t seq; /* entries in the chain */
    struct str head_hash;
    int64_t version;
};
/* Whoever writes in a fund's books after other things that count (a signing) queues here before them: the books' heads are the
 * first locks of every writer, so that a payment and it cannot wait for each other. Without books there is nothing to wait for. */
enum err ledger_queue(struct db *db, struct arena *a, struct fund_id fund);
/* ERR_NOT_FOUND: no such fund. A book that is not opened comes back with id none. */
enum err ledger_book_find(struct db *db, struct arena *a, struct str fund_code, enum ledger_book_kind kind,
                          struct ledger_book *ret);

/* Opens a book: with its opening balance (0 allowed: then without an entry), or taking over in mid-year:
 * the balance on a day, this fiscal year's receipts until then (for the figures and the statement), and
 * running projects with what has been paid. Everything taken over is marked "entered later".
 * opening.balance is the bank balance at the start of opened_on when it is not a take-over; when it is,
 * the receipts of the year and the payments that `projects` say are booked with their dates, and
 * balance is what the passbook says on balance_on: carried over = balance − receipts + paid this year,
 * LEDGER_NOT_ENOUGH when that is below zero. */
struct ledger_take_receipt {
    struct date on;
    enum ledger_source source;
    struct satang amount;
    struct str reference; /* may be none */
};
struct ledger_take_project {
    struct str project_code, title, owner_name, support_type, owner_type, issue_code;
    struct date approved_on;
    struct str approved_in; /* "ครั้งที่ 2/2569" */
    struct satang amount;
    struct satang paid_before;    /* paid before this fiscal year: outside the books */
    struct satang paid_this_year; /* 0: nothing */
    struct opt_date paid_on;
    struct str agreement_no;
    struct opt_date agreement_on;
    const struct satang *instalments; /* as in struct ledger_commit; may be NULL */
    size_t ninstalments;
};
struct ledger_opening {
    struct str fund_code;
    enum ledger_book_kind kind;
    struct date opened_on; /* take-over: first day of the fiscal year of balance_on is used */
    struct satang balance;
    bool is_take_over;
    struct date balance_on;
    const struct ledger_take_receipt *receipts;
    size_t nreceipts;
    const struct ledger_take_project *projects;
    size_t nprojects;
    struct str bank_name, bank_branch, bank_account_name, bank_account_no;
};
struct ledger_refusal {
    enum ledger_fault fault;
    enum { LEDGER_AT_FORM, LEDGER_AT_RECEIPT, LEDGER_AT_PROJECT } at; /* which list, for take-over */
    size_t row;                                                       /* 0-based */
};
enum err ledger_book_open(struct db *db, struct arena *a, const struct actor *by, const struct ledger_opening *o,
                          struct ledger_refusal *ret_refused, struct ledger_book_id *ret);

/* ---- posting ---- */
struct ledger_posted {
    struct ledger_entry_id id;
    struct fiscal_year fy;
    int64_t number;
};
struct ledger_receipt {
    struct str fund_code;
    enum ledger_book_kind book;
    struct opt_fiscal_year fy; /* has: the date must lie in it */
    struct date on;
    enum ledger_source source;
    struct satang amount; /* > 0 */
    struct str reference, memo, party; /* may be none */
    struct str project_code;           /* refund: of which project; may be none */
    bool is_entered_later;
    struct ledger_draft_id draft; /* consumed; none */
};
struct ledger_payment {
    struct str fund_code;
    enum ledger_book_kind book;
    struct opt_fiscal_year fy;
    struct date on;
    struct str project_code; /* its commitment */
    int64_t instalment;      /* 0: none */
    struct satang amount;
    struct str reference, memo, party;
    bool is_entered_later;
    struct ledger_draft_id draft;
};
/* All of these: ERR_REFUSED with *ret_fault set when a rule refused — nothing is written and the
 * transaction is still good (they work inside a savepoint of their own). Other errors as usual. */
enum err ledger_post_receipt(struct db *db, struct arena *a, const struct actor *by, const struct ledger_receipt *r,
                             enum ledger_fault *ret_fault, struct ledger_posted *ret);
enum err ledger_post_payment(struct db *db, struct arena *a, const struct actor *by, const struct ledger_payment *p,
                             enum ledger_fault *ret_fault, struct ledger_posted *ret);
/* Reverses an entry on day `on` with a reason, and makes a draft with the old values when wanted. */
struct ledger_reversal {
    struct str fund_code;
    struct ledger_entry_id entry;
    struct date on;
    struct str reason;
    bool wants_draft;
};
enum err ledger_post_reversal(struct db *db, struct arena *a, const struct actor *by, const struct ledger_reversal *r,
                              enum ledger_fault *ret_fault, struct ledger_posted *ret,
                              struct ledger_draft_id *ret_draft);

/* ---- commitments ---- */
struct ledger_commit {
    struct str fund_code;
    enum ledger_book_kind book;
    struct str project_code, title, owner_name; /* owner_name: the group or agency; may be none */
    struct str support_type, owner_type, issue_code; /* issue_code may be none */
    struct date approved_on;
    struct str approved_in;
    struct satang amount, paid_before;
    struct str agreement_no;
    struct opt_date agreement_on;
    bool is_entered_later;
    bool is_of_project; /* room project promises it for a project that it has; the code of one is nobody else's */
    const struct satang *instalments; /* may be NULL: one sum. All of the agreement: together the amount */
    size_t ninstalments;              /* what was paid before covers the first of them */
};
#define LEDGER_INSTALMENTS_MAX 12
struct satang ledger_parts_sum(const struct satang *parts, size_t n);
enum err ledger_commit(struct db *db, struct arena *a, const struct actor *by, const struct ledger_commit *c,
                       enum ledger_fault *ret_fault, struct ledger_commitment_id *ret);
/* Records the agreement; version must match (ERR_CONFLICT). */
enum err ledger_agree(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                      int64_t version, struct str agreement_no, struct date agreement_on);
/* Gives back to the fund what is left: the project is over or stopped. */
enum err ledger_release(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                        int64_t version, struct date on, enum ledger_fault *ret_fault);
/* Cuts a commitment of one sum into instalments, at its agreement: none there yet, nothing paid, they add up to
 * what is left (LEDGER_OVER_AMOUNT). A shut one is payable after ledger_instalment_open(). */
struct ledger_instalment_new {
    struct satang amount;
    bool is_shut;
    struct opt_date due_on;
};
enum err ledger_instalments_add(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                                const struct ledger_instalment_new *v, size_t n, enum ledger_fault *ret_fault);
enum err ledger_instalment_open(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                                int64_t position);
/* Suspends and resumes paying (LEDGER_HELD). What was paid before Sarn may be entered all the same. A promise that a person
 * makes, in either book, is held from the start until another has seen its signed paper (room project lets it go). */
enum ledger_wait { LEDGER_WAITS_NOT, LEDGER_WAITS_PAPER, LEDGER_WAITS_SUSPENDED, LEDGER_WAITS_AGREEMENT, LEDGER_WAITS_EVIDENCE };
/* "paper" "suspended" "agreement" "evidence"; none: for nothing. */
struct str ledger_wait_code(enum ledger_wait w);
/* why: NOT lets go, PAPER and SUSPENDED hold. */
enum err ledger_hold(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id, enum ledger_wait why);
struct ledger_instalment {
    int64_t position;
    struct satang amount, left;
    bool is_shut;
    struct opt_date due_on;
};
enum err ledger_instalments(struct db *db, struct arena *a, struct ledger_commitment_id id,
                            struct ledger_instalment **ret, size_t *ret_n);
/* What the books say of a project: paid (with what was paid before the books, when it has a commitment), and
 * refunds that came back with its code. */
struct ledger_project_sum {
    struct satang paid, refunded;
    struct opt_date last_paid_on;
};
enum err ledger_project_sums(struct db *db, struct arena *a, struct ledger_book_id book, struct str project_code,
                             struct ledger_project_sum *ret);
/* "61-L5221-2-01": the type it says is not the type it stands under. A code of another form says none. */
bool ledger_code_says_other(struct str code, struct str support_type);
/* Does the rule in force ask for an agreement? */
enum err ledger_agreement_needed(struct db *db, struct arena *a, struct fiscal_year fy, struct str support_type,
                                 struct str owner_type, bool *ret);

/* A promise that was corrected is followed by one with another sum and the code "…/2", which counts as paid before
 * what was paid of the first. *ret: the last of them; none: it was not corrected. */
enum err ledger_successor(struct db *db, struct arena *a, struct ledger_book_id book, struct str project_code, struct str *ret);

struct ledger_commitment {
    struct ledger_commitment_id id;
    struct fiscal_year fy;
    struct str project_code, title, owner_name, support_type, owner_type, issue_code;
    struct date approved_on;
    struct str approved_in;
    struct satang amount, paid_before, left;
    bool needs_agreement, is_released, is_entered_later;
    enum ledger_wait held_for; /* NOT, PAPER or SUSPENDED */
    struct str agreement_no;
    struct opt_date agreement_on;
    int64_t ninstalments, nopen, version; /* nopen: instalments that are open and have money left */
};
/* Newest first; `open_only`: with money left and not released. after none: the first page. */
enum err ledger_commitments(struct db *db, struct arena *a, struct ledger_book_id book, bool open_only,
                            struct ledger_commitment_id after, int64_t most, struct ledger_commitment **ret,
                            size_t *ret_n);
enum err ledger_commitment_find(struct db *db, struct arena *a, struct ledger_book_id book, struct str project_code,
                                struct ledger_commitment *ret);
/* Why nothing of it is paid now. The rule asks for an agreement and there is none. */
bool ledger_lacks_agreement(const struct ledger_commitment *c);
/* What comes first before anything of it may be paid; EVIDENCE: every instalment that is open is paid, the next waits
 * for its report. NOT: it may be paid, or nothing of it is left. */
enum ledger_wait ledger_waits_for(const struct ledger_commitment *c);

/* ---- months ---- */
/* Closes the month that ends on `last_day` (and so all before it). */
enum err ledger_close_month(struct db *db, struct arena *a, const struct actor *by, struct str fund_code,
                            enum ledger_book_kind kind, struct date last_day, enum ledger_fault *ret_fault);

/* ---- reading ---- */
struct ledger_entry {
    struct ledger_entry_id id;
    struct str fund_code;
    enum ledger_book_kind book;
    struct fiscal_year fy;
    int64_t number, seq;
    enum ledger_kind kind;
    struct date on;
    struct instant recorded_at;
    struct satang amount;
    int64_t bank_delta_satang;   /* + into the bank, − out of it */
    struct satang balance_after; /* of the list: running balance in order of (entry_date, id) */
    struct str source, support_type, issue_code, project_code, reference, memo, party, reason; /* may be none */
    struct ledger_entry_id reversal_of, reversed_by; /* none */
    struct str reversal_of_number, reversed_by_number; /* "2570/12" */
    bool is_entered_later;
    struct opt_count account_no, grant_no; /* who */
    struct str hash, prev_hash;
};
struct ledger_line {
    struct str account, name_th, name_en;
    int64_t amount_satang; /* debit > 0 */
};
struct ledger_asked { /* a page of the control book (สมุดคุม) */
    struct ledger_book_id book;
    struct fiscal_year fy;
    int64_t month;     /* 1…12 of the calendar; 0: the whole year */
    struct str source; /* nhso … ; "payment", "reversal"; none: all */
    struct date after_on; /* cursor: entries behind this one; after.v == 0: from the start */
    struct ledger_entry_id after;
    int64_t most;
};
/* Oldest first with the running balance. */
enum err ledger_entries(struct db *db, struct arena *a, const struct ledger_asked *q, struct ledger_entry **ret,
                        size_t *ret_n);
enum err ledger_entry_find(struct db *db, struct arena *a, struct str fund_code, struct ledger_entry_id id,
                           struct ledger_entry *ret, struct ledger_line **ret_lines, size_t *ret_nlines);

/* Sums of whole months, for statements and cards: what the lines of each month add up to is kept. */
struct ledger_sums {
    struct satang brought; /* at the start of the period */
    struct satang received[LEDGER_SOURCES];
    struct satang opening;  /* openings dated in the period: counted as brought forward */
    struct satang paid[10]; /* by support type 1…9; [0]: type unknown */
    struct satang carried;  /* at the end */
};
enum err ledger_sums(struct db *db, struct arena *a, struct ledger_book_id book, struct date first,
                     struct date last, struct ledger_sums *ret);

/* ---- drafts: fields as typed, as JSON text ---- */
struct ledger_draft {
    struct ledger_draft_id id;
    enum ledger_kind kind; /* receipt or payment */
    struct str fields;     /* {"amount":"1,000","date_d":"5",…} */
    struct ledger_entry_id from;
    struct instant recorded_at;
    int64_t version;
};
/* id none: a new one; else version must match (ERR_CONFLICT). */
enum err ledger_draft_save(struct db *db, struct arena *a, const struct actor *by, struct ledger_book_id book,
                           const struct ledger_draft *d, struct ledger_draft_id *ret);
enum err ledger_draft_remove(struct db *db, struct ledger_book_id book, struct ledger_draft_id id);
enum err ledger_drafts(struct db *db, struct arena *a, struct ledger_book_id book, struct ledger_draft **ret,
                       size_t *ret_n);
enum err ledger_draft_find(struct db *db, struct arena *a, struct ledger_book_id book, struct ledger_draft_id id,
                           struct ledger_draft *ret);

/* ---- the annual finance plan ---- */
struct ledger_plan_line {
    struct str title, unit_name, support_type, issue_code; /* unit_name, issue_code may be none */
    struct satang amount;
};
struct ledger_plan {
    struct fund_id fund;
    struct str fund_code;
    struct fiscal_year fy;
    struct satang carried_over; /* from the books, not typed */
    struct opt_satang income_nhso, income_local, income_other;
    struct ledger_plan_line *lines;
    size_t nlines;
    struct opt_date agreed_on;
    struct str agreed_in;
    int64_t version; /* 0: there is none yet */
    struct opt_bp ceiling_percent;  /* of support type 4, the rule in force; none: not known */
    struct opt_satang ceiling;      /* of the year's income without what was carried over */
};
enum err ledger_plan_find(struct db *db, struct arena *a, struct str fund_code, struct fiscal_year fy,
                          struct ledger_plan *ret);
/* Saves the whole plan (version must match: ERR_CONFLICT). With agreed_on it is agreed: planned figures
 * follow (event money_moved); an agreed plan may be agreed again with other lines, at a later meeting. Other
 * income or lines are told first (event finance_plan_changed): who listens may refuse, LEDGER_PLAN_DECIDED. */
enum err ledger_plan_save(struct db *db, struct arena *a, const struct actor *by, const struct ledger_plan *p,
                          enum ledger_fault *ret_fault, int64_t *ret_version);

/* ---- proof and export ---- */
/* Recomputes chain, numbers, balances, commitments, plans; names each difference, one English line
 * each. heads: lines "fund book seq hash" of an earlier `sarn export heads`, each must still be there;
 * none: not compared. A line lives only while `say` runs, which keeps nothing in `a`: it is given back book by book. */
enum err ledger_verify(struct db *db, struct arena *a, struct str heads, void (*say)(void *ctx, struct str line),
                       void *ctx, int64_t *ret_bad);
/* CSV, one row a line of an entry: book, number, date, recorded_at, kind, account, debit_satang,
 * credit_satang, fund_code, fiscal_year, project_code, reference, memo, reversal_of, hash. Streams. */
enum err ledger_export_csv(struct db *db, struct arena *a, struct str fund_code, struct fiscal_year fy,
                           struct buf *out, int64_t *ret_rows);
/* TSV with all that is hashed, for docs/verify-ledger.py. */
enum err ledger_export_chain(struct db *db, struct arena *a, struct str fund_code, struct buf *out, int64_t *ret_rows);
enum err ledger_export_heads(struct db *db, struct arena *a, struct buf *out, int64_t *ret_rows);

/* ---- events (src/app/events.def) ---- */
/* Figures of the main book only. MONEY_COMMITTED and MONEY_NET are flows: their sum over all years up to
 * one is the state at its end. */
enum money_measure {
    MONEY_LEDGER,  /* 1 when the book is opened, in the fiscal year of opened_on */
    MONEY_OPENING, /* balance brought in */
    MONEY_RECEIVED_NHSO,
    MONEY_RECEIVED_LOCAL,
    MONEY_RECEIVED_INTEREST,
    MONEY_RECEIVED_DONATION,
    MONEY_RECEIVED_REFUND,
    MONEY_PLANNED,   /* by issue and support type */
    MONEY_COMMITTED, /* by issue and support type: approved + , paid and released − */
    MONEY_PAID,      /* by issue and support type */
    MONEY_MEASURES
};
struct money_move {
    enum money_measure measure;
    struct fiscal_year fy;
    struct str issue_code, support_type; /* may be none */
    int64_t delta;
};
struct money_moved {
    struct fund_id fund;
    struct date on_date;
    struct instant recorded_at;
    const char *source_kind; /* "ledger_entry", "ledger_commitment", "ledger_plan", "ledger_book" */
    int64_t source_id;
    const struct money_move *moves;
    size_t nmoves;
};
/* event commitment_made: a promise was written, by whatever door. Room project makes a project "entered later"
 * of one that is not its own; ERR_REFUSED: the code is another project's. */
struct commitment_made {
    struct actor by;
    struct fund_id fund;
    struct str fund_code;
    enum ledger_book_kind book;
    struct ledger_commitment_id commitment;
    struct fiscal_year fy;
    struct str project_code, title, owner_name, support_type, owner_type, issue_code, approved_in;
    struct date approved_on;
    struct satang amount, paid_before;
    struct str agreement_no;
    struct opt_date agreement_on;
    bool is_entered_later, is_of_project;
};
/* event payment_asked: somebody is about to pay of it. Who knows more of it says so; nothing is refused by that. */
struct payment_caution {
    bool is_late, is_ended, is_reported; /* its report is overdue; its last day has passed; it has reported, and was paid before */
    struct date due, ended;
    struct str slug; /* of the project whose reports tell; none: nothing is to be said */
};
struct payment_asked {
    struct ledger_commitment_id commitment;
    struct date today;
    struct payment_caution *said;
};
/* event commitment_paid: a payment of it was booked, or reversed (is_reversal). */
struct commitment_paid {
    struct actor by;
    struct fund_id fund;
    struct ledger_commitment_id commitment;
    struct str project_code;
    struct date on_date;
    int64_t instalment;
    struct satang amount, left;
    bool is_reversal;
};
/* The income or the lines of an annual plan that is there already become others. A listener that gives ERR_REFUSED
 * keeps it as it is: it was agreed in a meeting whose minutes wait for their signature. */
struct finance_plan_changed {
    struct ledger_plan_id id;
};
/* Every move that the ledger's own rows give of a fund, for verification: opening, entries, promises, plans. */
enum err ledger_moves_scan(struct db *db, struct arena *a, struct fund_id fund,
                           enum err (*each)(void *ctx, const struct money_moved *m), void *ctx);

/* ---- reference and demo ---- */
enum err ledger_load_reference(struct db *db, struct arena *a);
/* Books of every demo fund: three fiscal years of receipts, commitments, payments, closed months (the
 * month of `today` and its year stay open), a reversal, a take-over, late and stuck money, plans. */
enum err ledger_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif
