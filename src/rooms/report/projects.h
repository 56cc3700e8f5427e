/* projects.h — between projects.c (what was asked, who may see what), its page and its JSON door; and the words for
 * states of projects. */
#ifndef SARN_ROOMS_REPORT_PROJECTS_H
#define SARN_ROOMS_REPORT_PROJECTS_H

#include "app/app.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund.h"
#include "rooms/issue/issue.h"
#include "rooms/project/project.h"
#include "rooms/report/projects_views.h"

struct projects_asked { /* ?area= ?fund= ?fy= ?state= ?issue= ?late= ?cursor= */
    struct project_asked ask;
    struct area area;    /* of ?area=, or of the page; kind as found */
    struct str state, issue, fund; /* as asked; none */
    bool is_inside;      /* the acting grant holds the place: proposals, too */
    bool is_answered;    /* a wrong parameter: it has been told */
    const struct issue *issues; /* all, for the filter */
    size_t nissues;
};
/* `area` none: of the parameter, or of the nation. ERR_NOT_FOUND: a page of no such area, or of a tambon. */
enum err projects_read_asked(struct rq *rq, struct str area, struct projects_asked *ret);
/* A page of it, at most `most`; *ret_next: the code of the last one when there are more, else none. */
enum err projects_read(struct rq *rq, struct projects_asked *q, int64_t most, struct project_row **ret, size_t *ret_n,
                       struct str *ret_next);
/* May the asker list what is not public of that fund or area: proposals, too. */
enum err projects_may_inside(struct rq *rq, bool is_fund, struct str code, bool *ret);
bool projects_is_late(const struct rq *rq, const struct project_row *p);

struct str thread_state_name(struct rq *rq, enum project_state s);
enum thread_tone thread_state_tone(enum project_state s);

#endif
