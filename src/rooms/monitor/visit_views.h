/* visit_views.h — what visit.html may see. */
#ifndef SARN_ROOMS_MONITOR_VISIT_VIEWS_H
#define SARN_ROOMS_MONITOR_VISIT_VIEWS_H

#include "app/views.h"

struct visit_row {
    struct date on;
    struct str who; /* none: it is no longer known */
    struct str seen, advice;
    struct page_link project;
    bool has_project;
};
struct visit_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str fund, project; /* project: its title; none: all of the fund */
    struct href fund_href, project_href, all, add, action, next;
    bool is_demo, may_write, has_next;
    struct str done;
    const struct visit_row *rows;
    size_t nrows;
    /* writing */
    struct form_errors errors;
    struct form_marks marks;
    struct str slug; /* kept in the form; none */
    struct field seen, advice;
    struct date_field on;
};

#endif
