/* work.h — inside room report: a person's own first page, what needs them today (งานของฉัน).
 *
 * Read for the grant that the person acts in: one fund, or the funds of an area in order of trouble.
 * Everything is finished text and addresses: the page and the JSON door show the same. */
#ifndef SARN_ROOMS_REPORT_WORK_H
#define SARN_ROOMS_REPORT_WORK_H

#include "app/app.h"
#include "db/ids.h"
#include "rooms/area/area.h"
#include "rooms/report/projects_views.h"

#define WORK_ITEMS_MAX 32
#define WORK_FUNDS_SHOWN 10
#define WORK_GROUPS_MAX 20
#define WORK_PROJECTS_SHOWN 8
#define WORK_EACH_SHOWN 20 /* of the projects that wait for the same thing */

enum work_tone { WORK_OVERDUE, WORK_SOON, WORK_WAITS, WORK_NOTE };
struct work_item {
    const char *key; /* "drafts": in JSON */
    enum work_tone tone;
    struct str icon, title, text;
    struct opt_date due;
    struct opt_count count;
    struct str button; /* none: nothing to press */
    struct href href;
    const struct page_link *each; /* several projects: where each of them is done */
    size_t neach;
};
/* The worst first. */
enum work_state { WORK_NO_BOOK, WORK_NO_PLAN, WORK_PLAN_WAITS, WORK_IN_ORDER, WORK_STATES };
struct work_fund {
    struct str code, name;
    struct href href;
    bool is_demo;
    enum work_state state;
    struct opt_satang balance, free; /* free: neither paid nor held for a project */
    struct opt_bp free_share;        /* of the balance */
};
struct work_area { /* a region of the nation, a province of a region */
    struct str code, name;
    struct href href;
    int64_t funds, opened;
    struct opt_satang balance, free;
    struct opt_bp free_share;
};
struct work_group {
    struct str name;
    struct page_link fund;
    struct str fund_code;
    bool is_demo, waits_confirmation; /* entered for them from paper, not confirmed yet */
};
struct work_project { /* an own one, in whatever state */
    struct str slug, code, title, state, state_word, fund_code; /* code: as it is called on papers */
    enum thread_tone tone;
    struct href href;
};
struct work {
    enum role role;
    struct str place;  /* of the grant; none: no grant */
    struct str label;  /* role and place in words; none: no grant */
    struct fiscal_year fy;
    struct work_item items[WORK_ITEMS_MAX];
    size_t nitems;
    struct page_link actions[5]; /* what this person does often */
    size_t nactions;
    struct str done; /* what is to be said when nothing waits */

    bool has_money; /* one fund with an opened book */
    struct satang brought, received, paid, balance, held, free;

    bool has_funds; /* an area: its funds in order of trouble */
    const struct work_fund *funds;
    size_t nfunds, funds_total;
    int64_t in_state[WORK_STATES];
    bool has_areas;
    const struct work_area *areas;
    size_t nareas;
    struct href all; /* the area's own page */

    bool has_projects; /* who proposes: their own and their groups', the newest first */
    const struct work_project *projects;
    size_t nprojects;
    bool has_all_projects, may_propose;
    struct href all_projects, propose;

    bool has_groups;
    const struct work_group *groups;
    size_t ngroups;
};
enum err work_read(struct rq *rq, struct work *ret);

/* ---- parts of it, work_area.c ---- */
enum err work_read_area(struct rq *rq, const struct grant *g, struct work *w);
void work_add(struct work *w, struct work_item item);

/* ---- the thread from plan to closed project, work_thread.c ---- */
enum err work_thread_fund(struct rq *rq, const struct grant *g, struct fund_id fund, struct work *w);
enum err work_thread_own(struct rq *rq, struct work *w);
enum err work_projects_own(struct rq *rq, const struct grant *g, struct work *w);
enum err work_thread_area(struct rq *rq, const struct area *area, struct work *w);

#endif
