/* public_pages.c — what everybody may see of a project's work: accepted reports, without what is somebody's own. */
#include "base/thai.h"
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor_public.html.h"

#define REPORTS_SHOWN 12 /* of a project, on its page; each asks its own photos */

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
    rq->about_fund = here.p.fund_code;
    here.is_public = true;
    here.base = str_printf(rq->arena, "/projects/%.*s", STR_FMT(here.p.slug));
    monitor_fill_show(rq, &here, &v);
    v.head = monitor_head_of(rq, &here, v.title);
    v.back = v.head.href;
    v.photos = monitor_photo_rows(&f, &here, true, &v.nphotos);
    monitor_public_report_html(rq_html_begin(rq, v.title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- a project's public page: room project's part, and what was done ---- */

#define WORDS_SHOWN 600 /* bytes of a report's words in the list */

static struct str shortened(struct rq *rq, struct str text)
{
    if (text.n <= WORDS_SHOWN) return text;
    return str_concat(rq->arena, (const struct str[]){str_cut(text, WORDS_SHOWN), STR(" …")}, 2);
}

/* One accepted report: what came of it, how many came, the photos that everybody may see. */
static void fill_report(struct rq *rq, const struct monitor_here *here, struct monitor_public_report *ret)
{
    struct form f = {.rq = rq};
    const struct monitor_report *r = &here->r;
    struct str words = r->output.n > 0 ? r->output : r->done;
    *ret = (struct monitor_public_report){.href = monitor_report_href(rq, here, ""),
                                          .title = monitor_title(rq, here),
                                          .activity = thai_has_phone_or_citizen_id(r->title) ? STR("") : r->title,
                                          .on = r->on,
                                          .is_final = r->is_final,
                                          .is_hidden = thai_has_phone_or_citizen_id(words)};
    if (!ret->is_hidden) ret->words = shortened(rq, words);
    for (size_t i = 0; i < r->npeople; i++) ret->people = (struct opt_count){true, ret->people.v + r->people[i].people};
    ret->photos = monitor_photo_rows(&f, here, true, &ret->nphotos);
}

static enum err fill_reports(struct rq *rq, const struct project *p, struct monitor_public_view *v)
{
    struct monitor_here here = {.p = *p, .base = str_printf(rq->arena, "/projects/%.*s", STR_FMT(p->slug))};
    struct monitor_report *all = NULL;
    size_t n = 0;
    if (!project_is_public(p->state)) return ERR_OK;
    TRY(monitor_list(rq->db, rq->arena, p->id, &all, &n));
    struct monitor_public_report *rows = ARENA_ARRAY(rq->arena, struct monitor_public_report, REPORTS_SHOWN);
    for (size_t i = n; i-- > 0 && v->nreports < REPORTS_SHOWN;) { /* the newest first */
        if (all[i].state != MONITOR_ACCEPTED) continue;
        TRY(monitor_get(rq->db, rq->arena, all[i].id, &here.r));
        fill_report(rq, &here, &rows[v->nreports++]);
    }
    v->reports = rows;
    return ERR_OK;
}

enum err monitor_public_page(struct rq *rq)
{
    struct project p;
    struct monitor_public_view v = {0};
    TRY(project_public_find(rq, rq->args[0], &p));
    TRY(fill_reports(rq, &p, &v));
    rq->about_fund = p.fund_code;
    bool is_safe = !thai_has_phone_or_citizen_id(p.title);
    struct buf *out = rq_html_begin(rq, is_safe ? p.title : msg_text(MSG_project_withheld_title, rq->page.lang), MENU_FUNDS);
    TRY(project_public_write(rq, &p, out));
    monitor_public_html(out, &rq->page, &v);
    return rq_html_end(rq);
}
