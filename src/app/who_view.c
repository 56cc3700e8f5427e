/* who_view.c — see who_view.h. */
#include "app/who_view.h"

/* Back to the page that was being read; never back to the log-in page itself. */
static struct href log_in_href(struct rq *rq)
{
    if (rq->web->method != WEB_GET || str_eq(rq->path, STR("/")) || str_starts(rq->path, STR("/log")))
        return href_of(rq->arena, "/login", NULL, 0);
    struct str next = rq->path;
    if (!str_is_empty(rq->web->query))
        next = str_concat(rq->arena, (const struct str[]){next, STR("?"), rq->web->query}, 3);
    return HREF(rq->arena, "/login?next={}", next);
}

void who_view_fill(struct rq *rq, struct who_view *ret)
{
    *ret = (struct who_view){.log_in = log_in_href(rq)};
}
