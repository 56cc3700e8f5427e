/* views.h — what issues.html and issue.html may see. */
#ifndef SARN_ROOMS_ISSUE_VIEWS_H
#define SARN_ROOMS_ISSUE_VIEWS_H

#include "app/views.h"

struct issue_row {
    struct str name;
    struct href href;
    int64_t nindicators;
};
/* What a project may be: a target group, a support type, an owner type. */
struct catalogue_row {
    struct str code, name;
    struct str clause; /* support types: what a paper of this year cites; none: unknown */
    struct opt_fiscal_year from, to; /* the years it is known for; both unknown: always */
    struct str certainty;
};
struct issues_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct issue_row *rows; /* in the order of the plan form */
    size_t nrows;
    struct fiscal_year fy; /* whose clauses are shown */
    const struct catalogue_row *groups, *types, *owners;
    size_t ngroups, ntypes, nowners;
};
struct indicator_card {
    struct str name;
    struct str unit; /* finished text: MSG_unit_percent … */
    bool is_more_better;
    struct str question_num; /* what is counted */
    struct str question_den; /* out of what; none but for a percent */
    struct str examples;     /* "15, 20": values seen in real plans; none: nothing seen */
    struct str certainty;
};
struct issue_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str name;
    struct str certainty;
    const struct indicator_card *indicators;
    size_t nindicators;
};

#endif
