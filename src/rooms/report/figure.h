/* figure.h — measures inside room report: their codes in the tables, how they add up, and how a
 * change of one is written down. */
#ifndef SARN_ROOMS_REPORT_FIGURE_H
#define SARN_ROOMS_REPORT_FIGURE_H

#include "rooms/ledger/ledger.h"
#include "rooms/plan/plan.h"
#include "rooms/project/project.h"
#include "rooms/report/report.h"

#define FIGURE_NOT_STATED "-" /* of a split without issue or support type */

struct str measure_code(enum measure m);
/* Its sum over all years is kept, too (figure_area_all, figure_fund_all). */
bool measure_is_state(enum measure m);
enum measure measure_of(struct str code); /* MEASURE_COUNT: not known to this program */
/* How a measure is taken apart beside its sum. */
enum figure_kind {
    FIGURE_PLAIN,
    FIGURE_SPLIT,   /* by issue and support type */
    FIGURE_GROUPED, /* by target group */
    FIGURE_DATED    /* by the day on which something is due */
};
enum figure_kind measure_kind(enum measure m);
/* Adds one stored row to the figures; a measure this program does not know is left out. */
void figures_add(struct figures *f, struct str measure, int64_t total, int64_t known);
/* Adds what a flow came to in the years before. */
void figures_add_before(struct figures *f, struct str measure, int64_t total);
/* What one fund-year's record contributes: everything but money. */
void figures_of_fund_year(const struct fund_year_figures *y, struct figures *ret);

/* ---- writing (figure.c) ---- */
struct figure_post { /* where the facts of one event go */
    struct db *db;
    struct fund_id fund;
    struct fiscal_year fy;
    struct area_id district, province; /* where the fund-year belongs */
    struct area_id region, nation;     /* above them: figure_pass_gate() finds them */
    struct date on_date;
    struct instant recorded_at;
    struct str source_kind;
    int64_t source_id;
};
/* The areas whose sums a post moves, the district first. */
enum { FIGURE_LEVELS = 4 };
struct area_id figure_level(const struct figure_post *p, int level);
struct figure_part { /* what a change is of; none where it is not stated, or the measure not taken apart so */
    struct str issue_code, support_type, group_code;
    struct opt_date due_on;
};
enum err figure_add_fact(const struct figure_post *p, enum measure m, const struct figure_part *part,
                         int64_t delta, int64_t known_delta);
/* Of the district and what is above it. */
enum err figure_move_areas(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta);
/* While a load runs that makes the sums of all areas anew at its end (figure_bulk.h), this thread's posts leave them. */
void figure_areas_later(bool is_later);
int figure_levels_now(void); /* FIGURE_LEVELS, or 0 meanwhile */
/* A fact of no part, and its sums but the fund-year's. */
enum err figure_post_fact(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta);
/* The same event in another district: corrected years are taken out there. */
enum err figure_post_in(const struct figure_post *p, struct arena *a, struct area_id district, struct figure_post *ret);

/* ---- flows (flow.c): what the ledger, plans and projects tell ---- */
struct figure_change {
    struct fiscal_year fy;
    enum measure measure;
    struct figure_part part;
    int64_t delta;
};
/* The gate that whoever moves sums passes first, held until the transaction ends; gives the region and the nation of
 * p's province. */
enum err figure_pass_gate(struct figure_post *p, struct arena *a);
/* Every region's and the nation's sums anew, from the provinces': after their parents changed. */
enum err figure_above_anew(struct db *db);
/* Brings changes into the order in which sums are moved. */
void figure_changes_sort(struct figure_change *all, size_t n);
/* Adds up what is of the same sums and leaves out what came to nothing; returns how many are left. Sorted ones. */
size_t figure_changes_merge(struct figure_change *all, size_t n);
/* Writes sorted changes as facts and moves every sum. Of `p` without year and place. */
enum err figure_changes_post(struct figure_post p, struct arena *a, const struct figure_change *all, size_t n);
/* Takes all flows of a fund-year out of the district where they are kept and puts them into `p`'s. */
enum err figure_flows_to(const struct figure_post *p, struct arena *a);

/* MEASURE_COUNT: a draft, or cancelled; it counts nowhere. */
enum measure figure_measure_of_state(enum project_state s);
/* What an event changes, net flows with it, in that order. */
void figure_changes_of_money(struct arena *a, const struct money_moved *e, struct figure_change **ret, size_t *ret_n);
void figure_changes_of_plan(struct arena *a, const struct plan_moved *e, struct figure_change **ret, size_t *ret_n);
void figure_changes_of_project(struct arena *a, const struct project_moved *e, struct figure_change **ret, size_t *ret_n);

#endif
