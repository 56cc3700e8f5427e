/* project_figure.c — what of a project feeds figures, and telling its change: event project_moved. */
#include "app/events.h"
#include "base/clock.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#include <assert.h>

enum err project_figure_read(struct db *db, struct arena *a, struct project_id id, struct project_figure *ret)
{
    struct project p = {0};
    struct project_issues_of_row *issues = NULL;
    struct project_targets_of_row *targets = NULL;
    size_t nissues = 0, ntargets = 0;
    TRY(project_get(db, a, id, &p));
    TRY(project_issues_of(db, a, id, &issues, &nissues));
    TRY(project_targets_of(db, a, id, &targets, &ntargets));
    assert(nissues <= PROJECT_ISSUES_MAX);
    struct project_figure f = {
        .fy = p.fy, .district = p.district, .province = p.province, .state = p.state, .support_type = p.support_type};
    for (size_t i = 0; i < nissues; i++) f.issues[f.nissues++] = issues[i].code;
    if (project_owes_report(p.state, p.is_paid)) f.open_due = p.report_due; /* one that is accepted is not late any more */
    for (size_t i = 0; i < ntargets && f.ngroups < PROJECT_TARGETS_MAX; i++)
        if (targets[i].reached.has && targets[i].reached.v > 0)
            f.groups[f.ngroups++] = (struct project_group_count){targets[i].code, targets[i].reached.v};
    *ret = f;
    return ERR_OK;
}

static bool same_lists(const struct project_figure *x, const struct project_figure *y)
{
    if (x->nissues != y->nissues || x->ngroups != y->ngroups) return false;
    for (size_t i = 0; i < x->nissues; i++)
        if (!str_eq(x->issues[i], y->issues[i])) return false;
    for (size_t i = 0; i < x->ngroups; i++)
        if (!str_eq(x->groups[i].group, y->groups[i].group) || x->groups[i].people != y->groups[i].people) return false;
    return true;
}

static bool same_figure(const struct project_figure *x, const struct project_figure *y)
{
    return x->fy.v == y->fy.v && x->district.v == y->district.v && x->province.v == y->province.v && x->state == y->state &&
           str_eq(x->support_type, y->support_type) && x->open_due.has == y->open_due.has &&
           (!x->open_due.has || date_cmp(x->open_due.v, y->open_due.v) == 0) && same_lists(x, y);
}

enum err project_figure_tell(struct db *db, struct arena *a, struct project_id id, struct date on, const struct project_figure *was)
{
    struct project_figure is = {0};
    struct project p = {0};
    TRY(project_figure_read(db, a, id, &is));
    if (was != NULL && same_figure(was, &is)) return ERR_OK;
    TRY(project_get(db, a, id, &p));
    struct project_moved m = {
        .fund = p.fund, .project = id, .on_date = on, .recorded_at = clock_now(), .was = was, .is = &is};
    return event_project_moved(db, a, &m);
}

enum err project_figures_scan(struct db *db, struct arena *a, struct fund_id fund,
                              enum err (*each)(void *ctx, const struct project_moved *m), void *ctx)
{
    struct project_scan_row *rows = NULL;
    size_t n = 0;
    TRY(project_scan(db, a, fund, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct project_figure is = {0};
        TRY(project_figure_read(db, a, rows[i].id, &is));
        struct project_moved m = {.fund = fund,
                                  .project = rows[i].id,
                                  .on_date = instant_date(rows[i].created_at),
                                  .recorded_at = rows[i].created_at,
                                  .is = &is};
        TRY(each(ctx, &m));
    }
    return ERR_OK;
}
