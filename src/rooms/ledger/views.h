/* views.h — what the templates of room ledger may see. */
#ifndef SARN_ROOMS_LEDGER_VIEWS_H
#define SARN_ROOMS_LEDGER_VIEWS_H

#include "app/views.h"

/* ---- on top of every page of a fund's money ---- */
struct ledger_head {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str fund, code;
    struct href fund_href, ledger_href;
    bool is_demo, is_ltc;
};
struct ledger_keep { /* a value that goes on to the next page of the form */
    struct str name, value;
};
struct ledger_line_view { /* a line of a review list */
    struct str label, value, more; /* more: none, or small below it */
};
/* Somebody else changed it first: what they have against what was typed. */
struct ledger_change {
    struct str what, theirs, yours;
};

/* ---- receipt and payment: the form and its review ---- */
struct ledger_open_project { /* an approved project with money left */
    struct str code, title, owner;
    struct satang amount, left;
    struct str waits, waits_text; /* why nothing is paid of it now, in a word and in a sentence; "": it may be */
    struct href choose, show;
    bool is_chosen;
};
struct ledger_instalment_row {
    int64_t position;
    struct satang amount, left;
    bool is_shut, is_chosen;
    bool is_waiting; /* nothing is paid of its project yet: held, or without its agreement */
    struct href choose; /* on the payment page */
};
struct ledger_post_view {
    struct ledger_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    bool is_payment;
    const struct ledger_keep *keeps; /* book, draft and its version */
    size_t nkeeps;
    bool is_draft;
    struct date_field date;
    struct field source, amount, reference, party, memo, project_code, instalment;
    const struct choice *sources, *projects;
    size_t nsources, nprojects;
    const struct ledger_open_project *open, *waiting; /* waiting: the chosen one, when nothing is paid of it yet */
    bool is_chosen; /* one of `open`: the others are folded away */
    bool is_first; /* nothing is typed yet: no form for a project that would be refused */
    size_t nopen;
    const struct ledger_instalment_row *parts; /* of the project that is chosen */
    size_t nparts;
    struct satang balance;
    struct str today;
    struct href commitments;
    const struct ledger_change *changes; /* a draft that somebody else changed */
    size_t nchanges;
    bool is_conflict;
    const struct ledger_keep *cautions; /* of the project that is chosen; the first leads to its reports */
    size_t ncautions;
    struct href reports;
};
struct ledger_review_view {
    struct ledger_head head;
    struct form_marks marks;
    struct href action;
    struct str title, button, draft_button; /* draft_button none: no draft here */
    const struct ledger_line_view *lines;
    size_t nlines;
    bool has_amount;
    struct satang amount;
    struct str words; /* the amount in Thai words */
    bool has_balance;
    struct satang balance_before, balance_after;
    const struct ledger_keep *keeps;
    size_t nkeeps;
    struct str note; /* what follows from it; none: nothing to say */
    const struct ledger_keep *warnings; /* what looks wrong and may be meant */
    size_t nwarnings;
    struct href see; /* where that is looked up */
    bool has_see;
};

/* ---- /funds/{code}/ledger ---- */
struct ledger_row {
    struct href href;
    struct str number; /* "2570/12" */
    struct date on;
    struct str what, more; /* source or project; payer, memo, reference */
    struct opt_satang in, out;
    struct satang balance;
    bool is_reversal, is_reversed, is_later;
    struct href project; /* of a payment or a refund in the main book */
    bool has_project;
};
enum ledger_todo_kind { TODO_DRAFT, TODO_MONTH, TODO_AGREEMENT, TODO_PLAN };
struct ledger_todo {
    enum ledger_todo_kind kind;
    struct href href;
    struct str what, more;
};
struct ledger_view {
    struct ledger_head head;
    struct str done; /* what was just done; none: nothing */
    bool is_open, may_book, may_close;
    struct fiscal_year fy;
    struct href open; /* opening the book */
    struct satang balance, held, free, received, paid, brought;
    struct opt_date as_of; /* a year that is over: balance and held are of its last day; none: of today */
    struct opt_satang planned;
    struct opt_bp received_share, spent_share; /* of planned; of brought + received */
    int64_t spent_percent;                     /* 0 … 100, for the meter */
    bool is_over;                              /* more is held than there is */
    const struct ledger_todo *todos;
    size_t ntodos;
    const struct choice *years, *months, *sources;
    size_t nyears, nmonths, nsources;
    bool is_filtered;
    const struct ledger_row *rows;
    size_t nrows;
    struct opt_satang before; /* above the first row of all kinds: what was there when the period began */
    struct date before_on;
    struct pager pager;
    struct href receipt, payment, months_page, commitments, statement, plan, csv, xlsx, other_book, all;
    struct opt_date closed_through;
    struct str bank; /* "ธ.ก.ส. สาขา… เลขที่บัญชี …"; none: not recorded */
};

/* ---- one entry ---- */
struct ledger_line_row {
    struct str account, name;
    struct opt_satang debit, credit;
};
struct ledger_audit_row {
    struct instant at;
    struct str what, who;
};
struct ledger_entry_view {
    struct ledger_head head;
    struct str done;
    struct href draft; /* made with a reversal */
    bool has_draft;
    struct str title, kind, number, book;
    struct fiscal_year fy;
    struct date on;
    struct satang amount, balance_after;
    struct str words;
    const struct ledger_line_view *facts;
    size_t nfacts;
    const struct ledger_line_row *lines;
    size_t nlines;
    struct satang total;
    bool is_later, is_payment, is_receipt;
    struct page_link reversal_of, reversed_by; /* label none: there is none */
    struct href project; /* room project knows it by the ledger's code */
    bool has_project;
    struct str reason;
    bool may_reverse;
    struct href reverse, pdf;
    struct instant recorded_at;
    struct str who; /* none: not known any more */
    int64_t seq;
    struct str hash, prev_hash;
    const struct ledger_audit_row *audit;
    size_t naudit;
};
struct ledger_reverse_view {
    struct ledger_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, entry;
    struct str number, what;
    struct satang amount;
    struct field reason, wants_draft;
    bool is_wanted;
    struct date_field date;
    struct str today;
};

/* ---- approved money ---- */
struct ledger_commitment_row {
    struct href href;
    struct str code, title, owner;
    struct date approved_on;
    struct str approved_in;
    struct satang amount, paid, left;
    struct str waits; /* why nothing is paid of it now; "" */
    bool has_agreement, is_released, is_done, is_later;
};
struct ledger_commitments_view {
    struct ledger_head head;
    struct str done;
    bool may_book, is_open;
    struct href add;
    struct satang balance, held;
    const struct ledger_commitment_row *rows;
    size_t nrows;
    struct pager pager;
};
struct ledger_commitment_view {
    struct ledger_head head;
    struct str done;
    struct form_errors errors;
    struct form_marks marks, marks_release;
    struct ledger_commitment_row row;
    const struct ledger_line_view *facts;
    size_t nfacts;
    const struct ledger_instalment_row *instalments;
    size_t ninstalments;
    const struct ledger_row *entries; /* what was paid and taken back */
    size_t nentries;
    bool may_book, may_agree, may_pay, may_release, is_conflict, is_held, may_paper; /* is_held: nothing is paid yet */
    struct str waits_text;
    struct href agree, release, pay, list, paper;
    const struct ledger_keep *keeps; /* book, project_code, version */
    size_t nkeeps;
    struct field agreement_no;
    struct date_field agreement_on, release_on;
};
struct ledger_commit_view {
    struct ledger_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, list;
    struct str book;
    struct field project_code, title, owner_name, support_type, owner_type, issue_code, approved_in, amount, paid_before,
        agreement_no, instalments;
    struct date_field approved_on, agreement_on;
    const struct choice *supports, *owners, *issues;
    size_t nsupports, nowners, nissues;
};

/* ---- closing months ---- */
enum ledger_month_state { MONTH_CLOSED, MONTH_NEXT, MONTH_WAITS, MONTH_RUNS, MONTH_COMES };
struct ledger_month_row {
    struct str name;
    enum ledger_month_state state;
    struct satang brought, in, out, carried;
};
struct ledger_months_view {
    struct ledger_head head;
    struct str done;
    struct fiscal_year fy;
    const struct choice *years;
    size_t nyears;
    struct href here;
    bool is_open, may_close;
    const struct ledger_month_row *rows;
    size_t nrows;
    bool has_next; /* a month that can be closed */
    struct str next_name, next_through;
    struct date next_last;
    struct satang next_carried;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    struct str book;
    struct field bank_balance;
};

/* ---- the annual finance plan ---- */
struct ledger_plan_row { /* a line of the form */
    int64_t n;
    struct field title, unit, support, issue, amount;
    const struct choice *supports, *issues;
    size_t nsupports, nissues;
};
struct ledger_plan_shown {
    struct str title, unit;
    struct satang amount;
};
struct ledger_plan_group { /* the lines of one support type */
    struct str name;
    const struct ledger_plan_shown *lines;
    size_t nlines;
    struct satang sum;
};
struct ledger_plan_view {
    struct ledger_head head;
    struct str done;
    struct fiscal_year fy;
    bool may_book, is_new, is_agreed, is_conflict;
    struct href edit, action, view, pdf;
    const struct choice *years;
    size_t nyears;
    /* what there is */
    struct satang carried_over, income, planned, managing;
    struct opt_satang income_nhso, income_local, income_other, ceiling;
    struct satang money; /* carried over and income */
    struct opt_satang rest, lacking; /* has one of them */
    struct opt_bp ceiling_percent;
    bool is_over_ceiling;
    struct opt_date agreed_on;
    struct str agreed_in;
    const struct ledger_plan_group *groups;
    size_t ngroups;
    /* the form */
    struct form_errors errors;
    struct form_marks marks;
    const struct ledger_keep *keeps;
    size_t nkeeps;
    struct field nhso, local, other, meeting;
    struct date_field meeting_on;
    const struct ledger_plan_row *rows;
    size_t nrows;
    const struct ledger_change *changes;
    size_t nchanges;
};

/* ---- statement ---- */
struct ledger_statement_row {
    struct str name;
    struct satang period, year;
};
struct ledger_statement_view {
    struct ledger_head head;
    struct fiscal_year fy;
    bool is_open;
    struct str period_code, period_name; /* "q1" */
    struct date first, last;
    const struct choice *years, *periods;
    size_t nyears, nperiods;
    struct href here, pdf, csv;
    struct satang brought, carried, received, paid;
    struct satang year_brought, year_carried, year_received, year_paid;
    const struct ledger_statement_row *receipts, *payments;
    size_t nreceipts, npayments;
    struct opt_bp spent;      /* paid of the year's money until then */
    struct satang held;       /* for approved projects: today, or at the end of a period that is over */
    bool is_running, is_down; /* the period is not over; more went out than came in */
    struct satang by;         /* the balance rose or fell by so much */
};

/* ---- opening a book ---- */
struct ledger_cell { /* of a row that is typed: an input, or a select when it has choices */
    struct field f;
    struct str label;
    const struct choice *choices;
    size_t nchoices;
};
struct ledger_cells {
    int64_t n;
    const struct ledger_cell *cells;
    size_t ncells;
};
struct ledger_open_view {
    struct ledger_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, simple, takeover, upload, blank_table;
    bool is_takeover;
    struct file_field table;
    const struct ledger_keep *table_faults; /* name and sentence, each of one cell of the file */
    size_t ntable_faults;
    int64_t nfile_receipts, nfile_projects; /* rows that came by file */
    const struct ledger_keep *keeps; /* book, take, number of rows */
    size_t nkeeps;
    struct field balance, bank_name, bank_branch, bank_account_name, bank_account_no, paste_receipts, paste_projects;
    struct date_field on;
    const struct ledger_cells *receipts, *projects;
    size_t nreceipts, nprojects;
};

#endif
