/* public_pages.c — what everybody may see of a project's work: accepted reports, without what is somebody's own. */
#include "base/thai.h"
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor_public.html.h"

enum err monitor_public_report_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct monitor_here here = {0};
    struct monitor_show_view v = {0};
    int64_t occasion = 0;
    if (str_to_int(rq->args[1], &occasion) != ERR_OK) return ERR_NOT_FOUND;
    TRY(project_find(rq->db, rq->arena, STR_NONE, rq->args[0], &here.p));
    TRY(monitor_find(rq->db, rq->arena, here.p.id, occasion, &here.r));
    if (!project_is_public(here.p.state) || here.r.state != MONITOR_ACCEPTED) return ERR_NOT_FOUND;
    TRY(project_read(rq->db, rq->arena, &here.p, &here.w));
    TRY(monitor_groups_read(rq, &here));
    here.base = str_printf(rq->arena, "/projects/%.*s", STR_FMT(here.p.slug));
    monitor_fill_show(rq, &here, &v, true);
    v.head = monitor_head_of(rq, &here, v.title);
    v.back = v.head.href;
    v.photos = monitor_photo_rows(&f, &here, true, &v.nphotos);
    monitor_public_report_html(rq_html_begin(rq, v.title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}
