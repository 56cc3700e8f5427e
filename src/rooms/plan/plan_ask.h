/* plan_ask.h — what every page and JSON door of a fund's plans begins and ends with. Not a door. */
#ifndef SARN_ROOMS_PLAN_PLAN_ASK_H
#define SARN_ROOMS_PLAN_PLAN_ASK_H

#include "app/app.h"
#include "app/form.h"
#include "rooms/plan/plan.h"
#include "rooms/plan/views.h"

#define PLAN_LINES_MAX    60 /* planned projects of one issue and year */
#define PLAN_MEETINGS_MAX 10 /* to choose from */

struct plan_here {
    struct fund_id fund;
    struct str code, name;
    bool is_demo, may_write, sees_drafts;
};
/* The fund of the route's first part. ERR_NOT_FOUND. */
enum err plan_here_read(struct rq *rq, struct plan_here *ret);
/* The head of a page; `issue` none: of the list. */
struct plan_head plan_head_of(struct rq *rq, const struct plan_here *here, struct fiscal_year fy, struct str issue);
/* "/funds/{code}/plans/{issue}/{fy}" and what comes behind it. */
struct href plan_href(struct rq *rq, const struct plan_year *p, const char *tail);
/* "แผนงานสุรา ปี 2570". */
struct str plan_title(struct rq *rq, enum lang lang, const struct plan_year *p);
struct str plan_issue_name(struct rq *rq, const struct plan_year *p);
enum plan_shown plan_shown_of(const struct plan_year *p);

/* 1510 of a percent: "15.1 %"; "" when unknown. */
struct str plan_figure_text(struct rq *rq, struct opt_count x100, struct str unit);
struct str plan_unit_text(struct rq *rq, struct str unit);
struct str plan_words(struct rq *rq, const struct plan_situation *s);
/* "151 จาก 1,000"; "" when one of them is unknown. */
struct str plan_counted_text(struct rq *rq, const struct plan_situation *s);

/* The meeting where this waits, "3/2570"; none: it waits nowhere. */
enum err plan_waits_in(struct rq *rq, const char *thing, int64_t id, struct str *ret);
/* Meetings that are not signed yet, the next first; value: its ref. */
enum err plan_meetings(struct rq *rq, const struct plan_here *here, const struct choice **ret, size_t *ret_n);
/* Puts it on the agenda that the field "meeting" names; a fault stands beside it when it cannot. */
enum err plan_agenda_put(struct form *f, const struct plan_here *here, const char *thing, int64_t id, struct str title);
/* The year of the route, by {issue} and {fy}, as it is being written. ERR_NOT_FOUND. */
enum err plan_of_route(struct rq *rq, const struct plan_here *here, struct plan_year *ret);
/* As everybody reads it: the newest edition, the one that ?edition= names, or as it is being written for those
 * who may see that. ERR_NOT_FOUND: never agreed. */
struct plan_reading {
    struct plan_year now, shown;
    struct plan_edition *editions;
    size_t neditions;
    bool is_draft; /* shown is as it is being written */
    struct str agreed_in; /* of what is shown */
};
enum err plan_reading_of(struct rq *rq, const struct plan_here *here, struct plan_reading *ret);
/* Planned projects, when the reader may see them (a finance plan that is not agreed is for the fund only). */
enum err plan_lines_of(struct rq *rq, const struct plan_here *here, const struct plan_year *p, bool *ret_may,
                       struct plan_line_view **ret, size_t *ret_n);
/* The answer of a JSON door: the whole year. */
enum err plan_answer(struct rq *rq, const struct plan_here *here, const struct plan_reading *r);
/* Replaces the planned projects of the issue in the finance plan. ERR_REFUSED with a fault, ERR_CONFLICT. */
enum err plan_lines_save(struct rq *rq, const struct plan_year *p, int64_t version, const struct ledger_plan_line *lines,
                         size_t n, enum ledger_fault *ret_fault);
enum msg plan_lines_fault(enum ledger_fault fault);

#endif
