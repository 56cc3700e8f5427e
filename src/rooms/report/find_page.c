/* find_page.c — /find and its JSON door: the code of a slip leads to its project, anything else finds funds and places. */
#include "app/app.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project.h"

enum err report_find_page(struct rq *rq)
{
    struct project p;
    enum err e = project_track_words(rq, rq_param(rq, "q"), &p);
    if (e == ERR_OK) return rq_redirect(rq, HREF(rq->arena, "/projects/{}", p.slug));
    return e == ERR_NOT_FOUND ? fund_find_show(rq) : e;
}

enum err report_find_api(struct rq *rq)
{
    struct project p;
    enum err e = project_track_words(rq, rq_param(rq, "q"), &p);
    if (e == ERR_NOT_FOUND) return fund_find_json(rq, NULL);
    TRY(e);
    return fund_find_json(rq, &(struct fund_found_project){p.slug, str_of(project_state_code(p.state))});
}
