/* projects_views.h — what projects.html and thread_parts.html may see: lists of projects of an area, and the plans,
 * projects and people of an overview. */
#ifndef SARN_ROOMS_REPORT_PROJECTS_VIEWS_H
#define SARN_ROOMS_REPORT_PROJECTS_VIEWS_H

#include "app/views.h"

/* How far a project is, for its chip: what waits, what runs, what is over, what was refused or stopped. */
enum thread_tone { THREAD_WAITS, THREAD_RUNS, THREAD_OVER, THREAD_ENDED };
struct thread_state { /* a state with its number of projects */
    struct str name;
    enum thread_tone tone;
    int64_t n;
    struct href href; /* has_list: the list of them */
    bool has_list;
};
struct thread_sums { /* the figures of one row */
    struct href list; /* its projects */
    bool has_list;    /* it has some, and it is stated what it is */
    bool is_none;     /* nothing at all: said as that, not as five zeros */
    struct opt_count projects, people;
    struct opt_satang planned, committed, paid;
};
struct thread_row { /* of an issue or a support type */
    struct str name;
    struct href across; /* has_across: the issue fund by fund */
    bool has_across;
    struct opt_count plans;
    struct thread_sums sums;
};
struct thread_view {
    bool has; /* something is known of plans, projects or people of the year */
    bool has_plan_funds, is_district, is_fund;
    struct fiscal_year fy;
    int64_t funds;
    struct opt_count plans, projects, waiting, open, closed, late, late_all, people;
    struct href all, late_list; /* lists of projects: of the year; of the late ones of all years */
    const struct thread_state *states;
    size_t nstates;
    struct html groups; /* chart_bars: people by target group */
    bool has_groups;
    const struct thread_row *by_issue, *by_support;
    size_t nissue, nsupport;
};

/* ---- one issue of a district across its funds ---- */
struct area_issue_row {
    struct page_link fund;
    bool is_demo, has_plan, is_unknown; /* is_unknown: nobody told */
    struct href plan;
    struct thread_sums sums;
};
struct area_issue_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str title, place;
    struct href back, self, csv, json, list, issue_href;
    int64_t with_plan, funds;
    const struct choice *years;
    size_t nyears;
    const struct area_issue_row *rows;
    size_t nrows;
    struct area_issue_row total;
};

struct projects_row {
    struct str title, owner, code;
    struct href href;
    struct page_link fund;
    struct str issue; /* none: not stated */
    struct fiscal_year fy;
    struct str state;
    enum thread_tone tone;
    struct opt_satang approved;
    struct opt_date report_due;
    bool is_late, is_entered_later;
};
struct projects_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str place;
    struct page_link back; /* the place's overview */
    struct href self;
    const struct choice *years, *states, *issues;
    size_t nyears, nstates, nissues;
    bool is_late;
    bool is_filtered; /* anything was asked: an empty list may be had without */
    const struct projects_row *rows;
    size_t nrows;
    struct href json;
    struct pager pager;
};

#endif
