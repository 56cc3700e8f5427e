/* thread.c — what plans and projects tell becomes facts and sums. A project tells what it was and what
 * it is: the difference is what is written, so that every sum is that of the projects as they stand. */
#include "app/events.h"
#include "rooms/plan/plan.h"
#include "rooms/project/project.h"
#include "rooms/report/figure.h"

enum measure figure_measure_of_state(enum project_state s)
{
    switch (s) {
    case PROJECT_SENT: return MEASURE_PROJECTS_SENT;
    case PROJECT_REVISE: return MEASURE_PROJECTS_REVISE;
    case PROJECT_DEFERRED: return MEASURE_PROJECTS_DEFERRED;
    case PROJECT_REJECTED: return MEASURE_PROJECTS_REJECTED;
    case PROJECT_APPROVED: return MEASURE_PROJECTS_APPROVED;
    case PROJECT_RUNNING: return MEASURE_PROJECTS_RUNNING;
    case PROJECT_SUSPENDED: return MEASURE_PROJECTS_SUSPENDED;
    case PROJECT_STOPPED: return MEASURE_PROJECTS_STOPPED;
    case PROJECT_REPORTED: return MEASURE_PROJECTS_REPORTED;
    case PROJECT_CLOSED: return MEASURE_PROJECTS_CLOSED;
    case PROJECT_DRAFT:
    case PROJECT_CANCELLED:
    case PROJECT_STATES: break;
    }
    return MEASURE_COUNT; /* counts nowhere */
}

static void put(struct figure_change *all, size_t *n, const struct project_figure *f, enum measure m,
                struct figure_part part, int64_t delta)
{
    if (delta != 0) all[(*n)++] = (struct figure_change){f->fy, m, part, delta};
}

/* People and the project itself count under the first issue; under the others the project is counted again. */
static void put_project(struct figure_change *all, size_t *n, const struct project_figure *f, int sign)
{
    enum measure state = figure_measure_of_state(f->state);
    struct figure_part main = {.issue_code = f->nissues > 0 ? f->issues[0] : STR_NONE, .support_type = f->support_type};
    if (state == MEASURE_COUNT) return;
    put(all, n, f, state, (struct figure_part){0}, sign);
    if (f->open_due.has) put(all, n, f, MEASURE_OPEN_DUE, (struct figure_part){.due_on = f->open_due}, sign);
    if (state < MEASURE_PROJECTS_APPROVED) return; /* a proposal: it has reached nobody */
    put(all, n, f, MEASURE_PROJECTS, main, sign);
    for (size_t i = 1; i < f->nissues; i++) {
        struct figure_part also = {.issue_code = f->issues[i], .support_type = f->support_type};
        put(all, n, f, MEASURE_PROJECTS_ALSO, also, sign);
    }
    for (size_t i = 0; i < f->ngroups; i++) {
        const struct project_group_count *g = &f->groups[i];
        put(all, n, f, MEASURE_PEOPLE, main, sign * g->people);
        put(all, n, f, MEASURE_PEOPLE_GROUP, (struct figure_part){.group_code = g->group}, sign * g->people);
    }
}

/* At most: its state, its day, itself, further issues, and people twice. */
static size_t changes_most(const struct project_figure *f)
{
    return f == NULL ? 0 : 3 + f->nissues + 2 * f->ngroups;
}

void figure_changes_of_project(struct arena *a, const struct project_moved *e, struct figure_change **ret, size_t *ret_n)
{
    size_t n = 0, most = changes_most(e->was) + changes_most(e->is);
    struct figure_change *all = ARENA_ARRAY(a, struct figure_change, most);
    if (e->was != NULL) put_project(all, &n, e->was, -1);
    if (e->is != NULL) put_project(all, &n, e->is, 1);
    figure_changes_sort(all, n);
    *ret = all;
    *ret_n = figure_changes_merge(all, n);
}

void figure_changes_of_plan(struct arena *a, const struct plan_moved *e, struct figure_change **ret, size_t *ret_n)
{
    struct figure_change *all = ARENA_ARRAY(a, struct figure_change, 1);
    all[0] = (struct figure_change){.fy = e->fy,
                                    .measure = MEASURE_PLANS,
                                    .part = {.issue_code = e->issue_code},
                                    .delta = e->delta};
    *ret = all;
    *ret_n = e->delta != 0 ? 1 : 0;
}

enum err report_on_project_moved(struct db *db, struct arena *a, const struct project_moved *e)
{
    struct figure_change *changes = NULL;
    size_t n = 0;
    struct figure_post p = {.db = db,
                            .fund = e->fund,
                            .on_date = e->on_date,
                            .recorded_at = e->recorded_at,
                            .source_kind = STR("project"),
                            .source_id = e->project.v};
    figure_changes_of_project(a, e, &changes, &n);
    return figure_changes_post(p, a, changes, n);
}

enum err report_on_plan_moved(struct db *db, struct arena *a, const struct plan_moved *e)
{
    struct figure_change *changes = NULL;
    size_t n = 0;
    struct figure_post p = {.db = db,
                            .fund = e->fund,
                            .on_date = e->on_date,
                            .recorded_at = e->recorded_at,
                            .source_kind = STR("plan_year"),
                            .source_id = e->source_id};
    figure_changes_of_plan(a, e, &changes, &n);
    return figure_changes_post(p, a, changes, n);
}
