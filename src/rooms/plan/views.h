/* views.h — what the templates of room plan may see. */
#ifndef SARN_ROOMS_PLAN_VIEWS_H
#define SARN_ROOMS_PLAN_VIEWS_H

#include "app/views.h"

enum plan_shown { PLAN_SHOWN_DRAFT, PLAN_SHOWN_AGREED, PLAN_SHOWN_CHANGED };

/* ---- on top of every page of a fund's plans ---- */
struct plan_head {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str fund, title;
    struct href fund_href;
    bool is_demo;
};

/* ---- /funds/{code}/plans ---- */
struct plan_row {
    struct str name;
    struct href href;
    enum plan_shown state;
    struct opt_count projects; /* planned */
    struct opt_satang planned;
};
struct plan_year_link {
    struct fiscal_year fy;
    struct href href;
    bool is_now;
};
struct plan_list_view {
    struct plan_head head;
    struct str done;
    struct fiscal_year fy;
    const struct plan_year_link *years;
    size_t nyears;
    const struct plan_row *rows;
    size_t nrows;
    bool may_write, sees_drafts;
    struct href add;
    /* the annual finance plan, for those who work with the fund */
    bool has_finance, is_finance_agreed, is_finance_waiting;
    struct str finance_agreed_in, finance_waits_in;
    struct href finance, finance_agenda, new_meeting;
    const struct choice *meetings;
    size_t nmeetings;
    struct form_marks marks;
};

/* ---- /funds/{code}/plans/{issue}/{fy} ---- */
struct plan_situation_view {
    struct str words, unit;
    bool is_more_better;
    struct str last, value, counted, target; /* none: unknown; counted: "151 of 1,000" */
    struct str source;
    struct opt_date on;
};
struct plan_line_view {
    struct str title, unit, support;
    struct satang amount;
    bool is_proposed;
    struct href href, propose;
    bool has_href, may_propose;
};
struct plan_edition_view {
    int64_t edition;
    struct str meeting;
    struct date on;
    struct href href;
    bool is_now;
};
struct plan_compare_row {
    struct str words;
    const struct str *cells; /* a value a year; none: unknown */
    size_t ncells;
};
struct plan_page_view {
    struct plan_head head;
    struct str done;
    struct str issue;
    struct fiscal_year fy, fy_first, fy_last;
    enum plan_shown state;
    bool is_draft_shown, is_old, may_write, sees_drafts, is_waiting;
    struct str agreed_in, waits_in;
    struct opt_date agreed_on;
    int64_t edition;
    const struct plan_situation_view *situations;
    size_t nsituations;
    struct str cause, guideline;
    bool are_lines_shown; /* false: the finance plan is not agreed yet, and the reader is not of the fund */
    const struct plan_line_view *lines;
    size_t nlines;
    struct satang planned;
    const struct fiscal_year *years; /* compared, the newest first */
    size_t nyears;
    const struct plan_compare_row *compare;
    size_t ncompare;
    const struct plan_edition_view *editions;
    size_t neditions;
    struct href edit, review, list, draft, newest;
};

/* ---- writing: one question a page ---- */
enum plan_ask_kind { PLAN_ASK_LINE, PLAN_ASK_TEXT, PLAN_ASK_TICK, PLAN_ASK_CHOICE, PLAN_ASK_DATE, PLAN_ASK_NOTE };
struct plan_ask {
    enum plan_ask_kind kind;
    struct field f;
    struct date_field d;
    struct str label, hint, input; /* input: "text" "digits" "money" */
    bool is_on;
    const struct choice *choices;
    size_t nchoices;
};
struct plan_group {
    struct str legend; /* none: no frame */
    const struct plan_ask *asks;
    size_t nasks;
};
struct plan_clash {
    struct str what, theirs, mine;
};
struct plan_edit_view {
    struct plan_head head;
    struct str question, why, step, n;
    int64_t at, of; /* for the step bar; 0: none */
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back;
    struct str version, finance_version;
    const struct plan_group *groups;
    size_t ngroups;
    bool is_clash, is_new, is_locked;
    const struct plan_clash *clashes;
    size_t nclashes;
    struct str note;
    struct href note_href;
    struct str note_button; /* none: no link */
};
struct plan_review_row {
    struct str label, value, more;
    struct href change;
};
struct plan_review_view {
    struct plan_head head;
    struct str done;
    struct form_marks marks;
    struct form_errors errors;
    struct href agenda, new_meeting, back;
    const struct plan_review_row *rows;
    size_t nrows;
    const struct str *missing;
    size_t nmissing;
    struct str waits_in; /* on the agenda of this meeting already; none */
    bool is_agreed;      /* nothing was changed since it was agreed */
    const struct choice *meetings;
    size_t nmeetings;
    struct field meeting;
};

#endif
