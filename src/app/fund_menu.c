/* fund_menu.c — see fund_menu.h. */
#include "app/fund_menu.h"

#include "app/route.h"
#include "html/msg.h"

/* In the order of a fund's work: what it wants, what it does, who decides, what it costs, who it is. */
static const struct entry {
    struct str tail; /* behind /funds/{code} */
    enum msg label;
    struct str icon;
    enum cap cap;
} entries[] = {
    {STR(""), MSG_fund_menu_overview, STR("wallet"), CAP_public},
    {STR("/plans"), MSG_fund_menu_plans, STR("clipboard-list"), CAP_public},
    {STR("/proposals"), MSG_fund_menu_proposals, STR("list-todo"), CAP_project_see},
    {STR("/projects"), MSG_fund_menu_projects, STR("file-check"), CAP_public},
    {STR("/projects/sizes"), MSG_fund_menu_sizes, STR("sliders-horizontal"), CAP_fund_edit},
    {STR("/money"), MSG_fund_menu_money, STR("hand-coins"), CAP_public},
    {STR("/meetings"), MSG_fund_menu_meetings, STR("users-round"), CAP_meeting_see},
    {STR("/visits"), MSG_fund_menu_visits, STR("map-pin"), CAP_meeting_see},
    {STR("/ledger"), MSG_fund_menu_ledger, STR("landmark"), CAP_ledger_see},
    {STR("/people"), MSG_fund_menu_people, STR("users"), CAP_people_see},
};
#define ENTRIES (sizeof entries / sizeof entries[0])

/* The own first page of somebody who acts in one fund has that fund's menu, too; and the handbook, which they open beside
 * their work. */
static bool is_own_page(const struct rq *rq)
{
    if (rq->route == NULL || !rq->who.is_in || rq->who.acting.kind != SCOPE_FUND) return false;
    return str_eq(rq->route->path, STR("/work")) || str_starts(rq->route->path, STR("/help"));
}

/* A route of a fund names it in its first {…}. */
static bool is_of_fund(const struct rq *rq)
{
    return rq->route != NULL && str_starts(rq->route->path, STR("/funds/{")) && !str_is_empty(rq->args[0]);
}

/* Does the asker's grant hold this fund: the guard has proven it where the route says {fund}. */
static enum err is_inside(struct rq *rq, struct str code, bool *ret)
{
    *ret = str_starts(rq->route->path, STR("/funds/{fund}"));
    if (*ret || !rq->who.is_in || rq->who.acting.kind == SCOPE_NONE) return ERR_OK;
    if (rq->who.acting.kind == SCOPE_FUND) {
        *ret = str_eq(rq->who.acting.code, code);
        return ERR_OK;
    }
    return guard_holds_fund(rq->db, rq->arena, &rq->who.acting, code, ret);
}

/* Whose menu, and whether the asker acts inside. False: no menu here. On a page that only tells of a fund it is for those
 * inside; for everybody else that page stays as it is. */
static bool find_fund(struct rq *rq, struct str *ret_code, bool *ret_inside)
{
    bool is_about = !str_is_none(rq->about_fund);
    *ret_inside = false;
    if (is_own_page(rq)) {
        *ret_code = rq->who.acting.code;
        *ret_inside = true;
        return true;
    }
    if (!is_about && !is_of_fund(rq)) return false;
    *ret_code = is_about ? rq->about_fund : rq->args[0];
    return is_inside(rq, *ret_code, ret_inside) == ERR_OK && (*ret_inside || !is_about);
}

/* The entry whose address the page's begins with; the longest wins, and the overview has its years. */
static size_t entry_now(const struct rq *rq)
{
    size_t now = 0;
    if (is_own_page(rq)) return ENTRIES;
    struct str rest = str_from(rq->route->path, (size_t)str_find_char(rq->route->path, '}') + 1);
    if (!str_is_none(rq->about_fund)) rest = STR("/projects"); /* a project as everybody sees it */
    if (str_starts(rest, STR("/decisions"))) rest = STR("/meetings"); /* decided in one of them */
    if (str_starts(rest, STR("/years/")) && str_ends(rest, STR("/plan"))) rest = STR("/ledger"); /* the year's finance plan */
    bool is_work = str_starts(rest, STR("/projects/")) && !str_starts(rest, STR("/projects/sizes"));
    if (is_work) rest = STR("/proposals"); /* "/projects" itself is for everybody */
    for (size_t i = 1; i < ENTRIES; i++)
        if (str_starts(rest, entries[i].tail)) now = i;
    return now;
}

void fund_menu_fill(struct rq *rq, struct fund_menu *ret)
{
    bool inside = false;
    struct str code;
    *ret = (struct fund_menu){0};
    if (rq->db == NULL || !find_fund(rq, &code, &inside)) return;
    struct fund_menu_row *rows = ARENA_ARRAY(rq->arena, struct fund_menu_row, ENTRIES);
    size_t now = entry_now(rq);
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct entry *e = &entries[i];
        if (e->cap != CAP_public && !(inside && (cap_roles(e->cap) >> rq->who.acting.role & 1) != 0)) continue;
        struct str path = str_concat(rq->arena, (const struct str[]){STR("/funds/"), code, e->tail}, 3);
        rows[ret->n++] = (struct fund_menu_row){
            .href = {path}, .label = msg_text(e->label, rq->page.lang), .icon = e->icon, .is_now = i == now};
    }
    ret->code = code;
    ret->is_here = !is_own_page(rq);
    ret->rows = rows;
}
