/* plan.h — THE DOOR of room plan: a fund's health plan by issue (แผนงานตามประเด็น).
 *
 * One plan is fund × issue over one to five fiscal years; each year has situation rows (size now, size last
 * year, target in a year; in hundredths of the unit), a guideline, and its planned projects, which are the
 * lines of the annual finance plan of that issue (room ledger): entered once. Agreed in a meeting: an item
 * of thing plan_year, in force by event meeting_signed. A plan holds no money.
 * Public address: /funds/D0001/plans/alcohol/2570. */
#ifndef SARN_ROOMS_PLAN_PLAN_H
#define SARN_ROOMS_PLAN_PLAN_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"

#define PLAN_WORDS_MAX      4000
#define PLAN_SITUATIONS_MAX 20
#define PLAN_YEARS_MAX      5

struct plan_situation {
    struct plan_situation_id id;
    struct indicator_id indicator;     /* none: own words */
    struct str words_th, words_en;     /* the indicator's name, or the own words in both */
    struct str unit;                   /* percent count kg_per_day baht_per_month other */
    bool is_more_better;
    struct opt_count numerator, denominator;
    struct opt_count value_x100, last_value_x100, target_x100; /* none: unknown */
    struct str source;
    struct opt_date on;
};
struct plan_year {
    struct plan_year_id id;
    struct plan_id plan;
    struct fund_id fund;
    struct str fund_code;
    struct issue_id issue;
    struct str issue_code, issue_th, issue_en;
    struct fiscal_year fy, fy_first, fy_last;
    struct str cause, guideline;
    int64_t edition;                 /* 0: a draft */
    struct meeting_id agreed_in;     /* none */
    struct opt_date agreed_on;
    struct plan_situation *situations;
    size_t nsituations;
    int64_t version;
};
/* ERR_NOT_FOUND. Whole, with its situations. */
enum err plan_find(struct db *db, struct arena *a, struct str fund_code, struct str issue_code, struct fiscal_year fy,
                   struct plan_year *ret);
enum err plan_get(struct db *db, struct arena *a, struct plan_year_id id, struct plan_year *ret);
/* The plans of a fund's year by the issue's order, without situations. */
enum err plan_list(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy, struct plan_year **ret,
                   size_t *ret_n);
/* Saves a year's row (id none: a new one, and its plan when there is none of that issue running in fy).
 * Results of last year's projects may stand as last_value. ERR_CONFLICT: another version. An agreed plan
 * that is changed keeps its edition until it is agreed again. */
enum err plan_save(struct db *db, struct arena *a, const struct actor *by, const struct plan_year *p, int64_t years,
                   struct plan_year_id *ret);
/* event plan_moved: a plan's year was agreed for the first time (delta +1). */
struct plan_moved {
    struct fund_id fund;
    struct fiscal_year fy;
    struct str issue_code;
    int64_t delta;
    struct date on_date;
    struct instant recorded_at;
    int64_t source_id; /* plan_year.id */
};
/* All agreed years, for verification. */
enum err plan_moves_scan(struct db *db, struct arena *a, enum err (*each)(void *ctx, const struct plan_moved *m), void *ctx);

enum err plan_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif
