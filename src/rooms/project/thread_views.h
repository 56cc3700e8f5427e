/* thread_views.h — what the templates of decisions, agreements, changes and entering later may see. */
#ifndef SARN_ROOMS_PROJECT_THREAD_VIEWS_H
#define SARN_ROOMS_PROJECT_THREAD_VIEWS_H

#include "app/views.h"

struct thread_head {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str title, fund, code, state; /* state: of the project, in words; none on a page of the fund */
    struct href fund_href, back;
    struct str back_label;
    bool is_demo;
    struct str done; /* what was just done; none */
    struct str none; /* "": no hint */
};
struct thread_line { /* a line of facts or of a review */
    struct str label, value, more;
};
struct thread_keep {
    struct str name, value;
};
struct thread_decision_row {
    struct str meeting, kind, words, signed_words;
    struct date on;
    bool is_in_force, is_corrected, is_correction;
};

/* ---- what goes on the agenda ---- */
struct thread_waiting_row {
    struct str name; /* of its tick: "project-12" */
    struct str title, owner, what, reason; /* reason: of a change, why it is asked for */
    struct opt_satang amount;
    struct opt_date since;
    struct href href;
    bool is_ticked;
};
struct thread_agenda_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, home;
    bool is_signed;
    const struct thread_waiting_row *rows;
    size_t nrows;
};

struct thread_change_field_row {
    struct str label, before, after;
};

/* ---- the book of proposals on one page, and its decision ---- */
struct thread_book_line {
    struct str words;
    struct satang amount;
};
struct thread_decide_view {
    struct thread_head head;
    struct str seen; /* id of the decision that is recorded; "0" */
    struct str shut; /* why there is no form */
    struct form_errors errors;
    struct form_marks marks;
    struct href action, project;
    const struct thread_line *facts;
    size_t nfacts;
    const struct thread_book_line *budget;
    size_t nbudget;
    struct satang budget_sum;
    const struct thread_decision_row *decisions;
    size_t ndecisions;
    const struct thread_change_field_row *fields; /* of a change */
    size_t nfields;
    struct href next; /* where the agenda goes on, once this is recorded */
    struct str next_label;
    const struct thread_line *since; /* what was changed after the decision, as it was then */
    size_t nsince;
    struct str left, recorded, standing; /* who left; what is recorded now; the decision that this one corrects */
    struct str free_words;               /* money of the fund that is held for nobody */
    struct str promised_words;           /* what of it this meeting has given away already; none: nothing */
    bool is_open, is_over_free;          /* is_open: it may be written */
    const struct choice *kinds;
    size_t nkinds;
    bool has_amount, is_over, is_meant_on; /* is_over: more than was asked for; is_meant says so */
    struct field kind, amount, is_meant, conditions, reason;
    struct date_field report_due;
};

/* ---- the decisions of a project, and correcting the last ---- */
struct thread_history_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, meetings;
    const struct thread_decision_row *decisions;
    size_t ndecisions;
    bool may_correct;
    const struct choice *open;
    size_t nopen;
    struct field meeting;
};

/* ---- the signed paper of an agreement or of an urgent approval ---- */
struct thread_scan_view {
    bool has, is_in_force, is_own, may_bring, may_see, has_file; /* is_own: the reader brought it, another must see it */
    struct str id, names, entered_by, seen_by;
    struct date on;
    struct href file, seen, bring, print;
    struct form_marks marks;
};
struct thread_bring_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    struct thread_scan_view scan; /* of an urgent approval: what waits already */
    const struct thread_line *facts;
    size_t nfacts;
    bool is_urgent, has_form;
    struct str lead;
    struct file_field file;
    struct field names, amount, conditions, reason;
    struct date_field signed_on, report_due;
};

/* ---- the agreement ---- */
struct thread_part_row {
    int64_t position;
    struct str label;
    struct field amount, evidence;
    const struct choice *evidences;
    size_t nevidences;
    struct satang sum;
    struct str evidence_words;
    bool is_open, is_paid;
};
struct thread_ended_row { /* an agreement that a correction took away: to be read */
    struct str number;
    struct date on; /* ended */
    const struct thread_line *lines;
    size_t nlines;
    bool has_file;
    struct href file;
};
struct thread_agree_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, pay, scan;
    bool has_agreement, may_write, needs, may_pay, is_parts;
    const struct thread_line *facts;
    size_t nfacts;
    const struct thread_part_row *parts;
    size_t nparts;
    struct satang left;
    struct thread_scan_view paper;
    const struct thread_ended_row *ended;
    size_t nended;
    struct field number, place, signer_owner, signer_fund, witness_1, witness_2, mode;
    struct date_field agreed_on;
    const struct choice *modes;
    size_t nmodes;
};
/* A page to look over before it is written; for agreement, urgent approval and entering later. */
struct thread_review_view {
    struct thread_head head;
    struct form_marks marks;
    struct href action;
    struct str button, note;
    bool has_draft; /* it can be had on paper before it is written */
    bool has_amount;
    struct satang amount;
    struct str words;
    const struct thread_line *lines;
    size_t nlines;
    const struct thread_keep *warnings;
    size_t nwarnings;
    const struct thread_keep *keeps;
    size_t nkeeps;
};

/* ---- changes ---- */
struct thread_change_row {
    struct str kind, reason, state, version;
    struct date on;
    const struct thread_change_field_row *fields;
    size_t nfields;
    bool is_asked, is_agreed, may_withdraw;
    struct href withdraw;
    struct form_marks marks;
};
struct thread_kind_link {
    struct str label;
    struct href href;
    bool is_here;
};
struct thread_money_line {
    struct str label;
    struct field amount;
    struct satang now;
};
struct thread_change_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    const struct thread_change_row *rows;
    size_t nrows;
    const struct thread_kind_link *kinds;
    size_t nkinds;
    struct str kind; /* of the form; none: nothing is asked for */
    bool is_extend, is_amend, is_money, is_person, is_back;
    struct field reason, title, place, method, expected, person, name, duty, phone, amount;
    struct date_field ends_on, report_due, due_on;
    const struct thread_money_line *lines;
    size_t nlines;
    struct satang sum;
    const struct choice *people;
    size_t npeople;
    struct opt_satang due_back;
};

/* ---- entered later; the chair's urgent approval ---- */
struct thread_later_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    struct field state, code, title, owner_name, owner_type, support_type, issue, place, meeting_words, amount, paid, agreement_no;
    struct date_field approved_on, starts_on, ends_on, report_due, closed_on, agreement_on;
    const struct choice *states, *owners, *supports, *issues;
    size_t nstates, nowners, nsupports, nissues;
};
struct thread_urgent_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    const struct thread_line *facts;
    size_t nfacts;
    struct field amount, conditions, reason;
    struct date_field report_due;
};


/* ---- up to which sum a project is small or medium ---- */
struct thread_size_row {
    struct str period, small, medium, source;
    bool is_now, is_to_come, is_replaced;
};
struct thread_size_view {
    struct thread_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    bool may_write, is_own, has_rule; /* is_own: the fund has a rule of its own that counts today */
    struct str small, medium, since, source, example; /* of today */
    const struct thread_size_row *rows;
    size_t nrows;
    struct field small_to, medium_to, rule_source;
    struct date_field from;
};

#endif
