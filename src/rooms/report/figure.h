/* figure.h — measures inside room report: their codes in the tables, how they add up, and how a
 * change of one is written down. */
#ifndef SARN_ROOMS_REPORT_FIGURE_H
#define SARN_ROOMS_REPORT_FIGURE_H

#include "rooms/ledger/ledger.h"
#include "rooms/report/report.h"

#define FIGURE_NOT_STATED "-" /* of a split without issue or support type */

struct str measure_code(enum measure m);
enum measure measure_of(struct str code); /* MEASURE_COUNT: not known to this program */
bool measure_is_split(enum measure m);    /* kept by issue and support type, too */
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
    struct date on_date;
    struct instant recorded_at;
    struct str source_kind;
    int64_t source_id;
};
struct figure_split { /* both may be none */
    struct str issue_code, support_type;
};
/* What an event of the ledger changes, net flows with it, in the order in which sums are moved. */
struct figure_change {
    struct fiscal_year fy;
    enum measure measure;
    struct figure_split split;
    int64_t delta;
};
void figure_changes_of(struct arena *a, const struct money_moved *e, struct figure_change **ret, size_t *ret_n);
enum err figure_add_fact(const struct figure_post *p, enum measure m, const struct figure_split *split,
                         int64_t delta, int64_t known_delta);
/* District and province. */
enum err figure_move_areas(const struct figure_post *p, enum measure m, int64_t delta, int64_t known_delta);
/* Takes the money of a fund-year out of the district where it is kept and puts it into `p`'s. */
enum err figure_money_to(const struct figure_post *p, struct arena *a);

#endif
