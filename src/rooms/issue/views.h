/* views.h — what issues.html and issue.html may see. */
#ifndef SARN_ROOMS_ISSUE_VIEWS_H
#define SARN_ROOMS_ISSUE_VIEWS_H

#include "app/views.h"

struct issue_row {
    struct str name;
    struct href href;
    int64_t nindicators;
};
struct issues_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct issue_row *rows; /* in the order of the plan form */
    size_t nrows;
};
struct indicator_card {
    struct str name;
    struct str unit;         /* finished text: MSG_unit_percent … */
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
