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
#include "rooms/ledger/ledger.h"
#include "rooms/meeting/meeting.h"

#define PLAN_WORDS_MAX      4000
#define PLAN_SITUATIONS_MAX 20
#define PLAN_YEARS_MAX      5
#define PLAN_SOURCE_MAX     300
#define PLAN_OWN_WORDS_MAX  300
#define PLAN_EDITIONS_MAX   50 /* shown */
#define PLAN_RESULTS_MAX    60
#define PLAN_X100_MAX       INT64_C(100000000000) /* a thousand million of the unit */

struct plan_situation {
    struct plan_situation_id id;
    struct indicator_id indicator;     /* none: own words */
    struct str indicator_code;         /* read only */
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
    bool is_changed;                 /* not what was agreed last: to be agreed again */
    struct meeting_id agreed_in;     /* none */
    struct opt_date agreed_on;
    struct plan_situation *situations;
    size_t nsituations;
    int64_t version;
};
/* ERR_NOT_FOUND. Whole, with its situations, as it is being written. */
enum err plan_find(struct db *db, struct arena *a, struct str fund_code, struct str issue_code, struct fiscal_year fy,
                   struct plan_year *ret);
enum err plan_get(struct db *db, struct arena *a, struct plan_year_id id, struct plan_year *ret);
/* The plans of a fund's year by the issue's order, without situations. */
enum err plan_list(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy, struct plan_year **ret,
                   size_t *ret_n);
/* What was agreed, the newest first: what everybody reads. Without situations; *ret_n 0: never agreed. */
struct plan_edition {
    int64_t edition;
    struct str cause, guideline;
    struct meeting_id agreed_in;
    struct str meeting_words; /* "3/2570"; none: no meeting of Sarn */
    struct date agreed_on;
};
enum err plan_editions(struct db *db, struct arena *a, struct plan_year_id id, struct plan_edition **ret, size_t *ret_n);
/* The year as it was agreed in this edition. */
enum err plan_as_agreed(struct db *db, struct arena *a, const struct plan_year *p, const struct plan_edition *e,
                        struct plan_year *ret);
/* The years of the plans of one issue, the newest first: to compare. */
struct plan_of_year {
    struct plan_year_id id;
    struct fiscal_year fy;
    int64_t edition;
};
enum err plan_years(struct db *db, struct arena *a, struct fund_id fund, struct issue_id issue, int64_t most,
                    struct plan_of_year **ret, size_t *ret_n);
/* A year that begins: what last year's plan held, its value as last_value — or what last year's projects
 * measured in the end; without texts that may not be saved (plan_is_open). Not saved; ERR_NOT_FOUND: no such fund or issue. */
enum err plan_begin(struct db *db, struct arena *a, struct str fund_code, struct str issue_code, struct fiscal_year fy,
                    struct plan_year *ret);
/* Saves a year's row (id none: a new one, and its plan over `years` years when there is none of that issue
 * running in fy; it ends before the next plan of the issue begins). The value of a percent follows from its two
 * counts. ERR_CONFLICT: another version, or there is one already. An agreed plan that is changed keeps its
 * edition until it is agreed again. ERR_REFUSED: it was agreed in a meeting whose minutes wait for their
 * signature. ERR_INPUT: an indicator of another issue, more counted than there are, too long, or plan_is_open() says no. */
enum err plan_save(struct db *db, struct arena *a, const struct actor *by, const struct plan_year *p, int64_t years,
                   struct plan_year_id *ret);
/* Everybody reads a plan: no text of it holds somebody's phone or citizen number. */
bool plan_is_open(const struct plan_year *p);
/* numerator ÷ denominator in hundredths of a percent's unit, rounded half up: 8 of 100 is 800. */
struct opt_count plan_percent_x100(struct opt_count numerator, struct opt_count denominator);

/* What a project measured in the end; next year's plan offers it. Room monitor tells it when a final report is
 * accepted, for each objective with an indicator of the catalogue. */
struct plan_result {
    struct indicator_id indicator;
    struct opt_count numerator, denominator;
    int64_t value_x100;
    struct date on;    /* when it was so: the last day of the final report that says it (ends_on, else on) */
    struct str source; /* the project's title and code */
};
enum err plan_result_add(struct db *db, struct arena *a, const struct actor *by, struct fund_id fund, struct fiscal_year fy,
                         const struct plan_result *r);
/* Of a year, the newest first. */
enum err plan_results(struct db *db, struct arena *a, struct fund_id fund, struct issue_id issue, struct fiscal_year fy,
                      struct plan_result **ret, size_t *ret_n);

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
/* All agreed years of a fund, for verification. */
enum err plan_moves_scan(struct db *db, struct arena *a, struct fund_id fund, enum err (*each)(void *ctx, const struct plan_moved *m), void *ctx);

/* A planned project (a line of the finance plan, by its title) became a proposal: room project tells it. */
enum err plan_proposed_add(struct db *db, struct fund_id fund, struct fiscal_year fy, struct str title, struct str slug);

/* event meeting_signed: agrees the years and finance plans that the meeting agreed. */
enum err plan_on_meeting_signed(struct db *db, struct arena *a, const struct meeting_signed *e);

/* event finance_plan_changed: ERR_REFUSED while it was agreed in a meeting whose minutes wait for their signature. */
enum err plan_on_finance_plan_changed(struct db *db, struct arena *a, const struct finance_plan_changed *e);

enum err plan_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif
