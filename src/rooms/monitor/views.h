/* views.h — what the templates of room monitor may see. */
#ifndef SARN_ROOMS_MONITOR_VIEWS_H
#define SARN_ROOMS_MONITOR_VIEWS_H

#include "app/views.h"

struct monitor_head {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str title; /* of the project or programme */
    struct href href;
    struct str more; /* code and fund, or owner */
};

/* ---- all that happened ---- */
struct monitor_trail_view {
    struct monitor_head head;
    struct str title;
    struct audit_trail trail;
    bool has_names; /* of people; else only their roles */
    struct pager pager;
    struct href back;
};

/* ---- the form, a step at a time ---- */
struct monitor_count_row { struct field f; struct str label; struct opt_count planned; };
struct monitor_money_row { struct field f; struct str label; struct satang planned; };
struct monitor_own_row { struct field words, amount; int64_t n; };
struct monitor_reached_row {
    int64_t n;
    struct str words, indicator, from, to, unit; /* from, to: as figures, none when unknown */
    bool is_percent, is_judged; /* judged: no target in figures, so a level is chosen */
    struct field numerator, denominator, reached, note, level;
    const struct choice *levels;
    size_t nlevels;
};
struct monitor_photo_row {
    struct href small, whole;
    int64_t n;
    struct str name, taken;
    bool has_place, is_public;
    struct str place;
    struct field caption, shown, removed;
    int64_t width, height; /* of the small one: nothing moves when it comes in */
};
struct monitor_change { struct str what, theirs, yours; };
struct monitor_form_view {
    struct monitor_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, report, photo_door;
    struct str title, version, step, steps, reason; /* steps: their codes, for a phone without a line; reason: why it was returned; none */
    int64_t at, n;
    bool is_conflict, is_final, is_programme, is_small, is_saved;
    const struct monitor_change *changes;
    size_t nchanges;
    bool has_what, has_done, has_result, has_learned, has_people, has_money, has_reached, has_photos, is_last;
    const struct choice *activities;
    size_t nactivities;
    struct str plan; /* what the plan says of the activity; none */
    struct field activity, name, reporter_name, reporter_area, planned, done, output, outcome, conclusion, problems, suggestions,
        spent;
    struct field output_same, outcome_same, conclusion_same;
    bool is_output_same, is_outcome_same, is_conclusion_same;
    struct date_field on, ends_on;
    const struct monitor_count_row *people, *others;
    size_t npeople, nothers;
    bool is_others_open;
    const struct monitor_money_row *money;
    size_t nmoney;
    const struct monitor_own_row *own;
    size_t nown;
    const struct monitor_reached_row *reached;
    size_t nreached;
    const struct monitor_photo_row *photos;
    size_t nphotos;
    int64_t photos_left;
    struct field photo_field;
    struct href prev; /* the step before */
    bool has_prev;
};
/* Which activity is it about? */
struct monitor_new_row { struct str value, title, when; bool is_reported, is_chosen; };
struct monitor_new_view {
    struct monitor_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action;
    const struct monitor_new_row *rows;
    size_t nrows;
    bool may_activity, may_final, is_small, is_programme;
};

/* ---- one report ---- */
struct monitor_text { struct str label, value; bool is_same, is_hidden; struct href edit; bool may_edit; };
struct monitor_group_row { struct str name; struct opt_count planned, reached; };
struct monitor_line_row { struct str words; struct opt_satang planned, spent; };
struct monitor_result_row {
    int64_t n;
    struct str words, indicator, from, to, reached, unit, note, level;
    struct opt_count numerator, denominator;
    int64_t level_no; /* 0: not measured */
};
struct monitor_show_view {
    struct monitor_head head;
    struct str title, done; /* done: what was just done */
    struct form_errors errors;
    struct form_marks marks, marks_return;
    enum { SHOW_DRAFT, SHOW_SENT, SHOW_RETURNED, SHOW_ACCEPTED } state;
    struct str state_word, reason, activity, reporter, area, note;
    bool is_final, is_programme, is_later, is_public, is_days /* more than one */, is_hidden; /* hidden: a text held a phone number or citizen id */
    struct opt_date on, ends_on, sent_on, accepted_on;
    struct str plan, plan_when; /* what was planned of the activity */
    const struct monitor_text *texts;
    size_t ntexts;
    const struct monitor_group_row *groups;
    size_t ngroups;
    struct opt_count people_planned, people_reached;
    const struct monitor_line_row *lines;
    size_t nlines;
    struct opt_satang spent;
    const struct monitor_result_row *results;
    size_t nresults;
    const struct monitor_photo_row *photos;
    size_t nphotos;
    bool is_early; /* it is dated before its project began */
    bool may_edit, may_send, may_accept, is_own, may_see_project;
    const struct page_link *missing; /* what is to be said before it can be sent, each with its step */
    size_t nmissing;
    const struct page_link *steps; /* to change a part */
    size_t nsteps;
    struct href send, accept, give_back, edit, back;
    struct str version;
    struct field give_back_reason;
};

/* ---- the reports of a project or programme, newest last ---- */
struct monitor_list_row {
    struct href href;
    struct str title, activity, state_word;
    struct opt_date on;
    int state; /* as SHOW_… */
    struct opt_count people;
    bool is_final;
};

struct monitor_list_view {
    struct monitor_head head;
    const struct monitor_list_row *rows;
    size_t nrows;
    struct href add, close;
    bool may_add, has_close;
};

/* ---- closing ---- */
struct monitor_line {
    struct str words;
};
struct monitor_close_view {
    struct monitor_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, refund, report, ledger, pdf;
    bool is_closed, may_close, has_refund; /* has_refund: money is still to come back */
    struct str why; /* why it cannot be closed yet; none */
    struct satang approved, paid, returned, rest, left;
    struct opt_satang spent;
    const struct monitor_line_row *lines;
    size_t nlines;
    const struct monitor_result_row *results;
    size_t nresults;
    const struct monitor_group_row *groups;
    size_t ngroups;
    struct opt_count people_planned, people_reached;
    struct opt_date closed_on;
    struct date_field on;
    const struct monitor_line *unreported; /* activities without a report, where it closes or was closed before its last day */
    size_t nunreported;
    struct field meant;
    bool is_meant;
};

/* ---- what everybody sees of a project's work ---- */
struct monitor_public_report {
    struct href href;
    struct str title, activity, words; /* words: what came of it, shortened; none */
    struct opt_date on;
    struct opt_count people;
    bool is_final, is_hidden;
    const struct monitor_photo_row *photos;
    size_t nphotos;
};
struct monitor_public_view {
    const struct monitor_public_report *reports;
    size_t nreports;
};

/* ---- programmes ---- */
struct monitor_programme_row { struct href href; struct str title, owner, area; struct opt_date starts_on, ends_on; };
struct monitor_programmes_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct monitor_programme_row *rows;
    size_t nrows;
    struct pager pager;
    bool may_add;
    struct href add;
};
struct monitor_programme_view {
    struct monitor_head head;
    struct str done, owner, funders, area, goal;
    struct opt_date starts_on, ends_on;
    const struct monitor_list_row *reports;
    size_t nreports;
    bool may_write;
    struct href add, edit;
};
struct monitor_programme_form_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back;
    bool is_new, is_conflict;
    struct str title, version;
    struct field code, name, owner, funders, goal, area;
    struct date_field starts_on, ends_on;
    const struct choice *areas;
    size_t nareas;
};

#endif
