/* plan_edit.h — between plan_edit.c (doors) and plan_steps.c (what each page asks). Not a door. */
#ifndef SARN_ROOMS_PLAN_PLAN_EDIT_H
#define SARN_ROOMS_PLAN_PLAN_EDIT_H

#include "rooms/issue/issue.h"
#include "rooms/plan/plan_ask.h"

#define PLAN_OWN_NEW   2 /* empty rows offered for own words */
#define PLAN_LINES_NEW 3 /* empty rows offered for planned projects */

enum plan_step { PLAN_PROBLEMS, PLAN_SIZE, PLAN_TARGET, PLAN_WHY, PLAN_PROJECTS, PLAN_STEPS };

struct plan_editing {
    struct rq *rq;
    struct form form;
    struct plan_here here;
    struct plan_year plan; /* as it is kept */
    struct indicator *indicators;
    size_t nindicators;
    enum plan_step step;
    size_t n;              /* PLAN_SIZE: which situation, from 0 */
    bool is_typed;         /* show what was typed, not what is kept */
    struct ledger_plan finance;             /* PLAN_PROJECTS */
    const struct choice *supports;
    size_t nsupports;
    struct plan_result *results;            /* of last year */
    size_t nresults;
};
/* What the page asks, filled with what is kept or typed. */
void plan_step_groups(struct plan_editing *e, struct plan_group **ret, size_t *ret_n);
/* The heading and the help of the step. */
struct str plan_step_question(struct plan_editing *e, struct str *ret_why);
/* What was typed, into *p; faults stand in the form. */
void plan_step_read(struct plan_editing *e, struct plan_year *p);
/* Planned projects as typed. */
struct ledger_plan_line *plan_step_lines(struct plan_editing *e, size_t *ret_n);


/* Everything to look over. f: faults of the agenda's form; NULL: none. */
enum err plan_review_show(struct rq *rq, struct form *f);

#endif
