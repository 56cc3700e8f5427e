/* monitor_ask.c — see monitor_ask.h: whose report, which step, who may. */
#include "rooms/monitor/monitor_ask.h"

#include "app/route.h"
#include "base/thai.h"
#include "rooms/monitor_sql.h"

#define GROUPS_MAX 40

enum err monitor_txn(struct rq *rq, enum db_txn txn, enum err (*act)(struct rq *rq, void *ctx), void *ctx)
{
    TRY(rq_txn_begin(rq, txn));
    enum err e = act(rq, ctx);
    enum err ended = rq_txn_end(rq, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

bool monitor_is_programme(const struct rq *rq)
{
    return str_find(rq->route->path, STR("/programmes/")) >= 0;
}

/* ---- whose ---- */

enum err monitor_here_slim(struct rq *rq, struct monitor_here *ret)
{
    struct monitor_here here = {0};
    bool may = false;
    TRY(project_find(rq->db, rq->arena, rq->args[0], rq->args[1], &here.p));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &here.p, &may));
    if (!may) return ERR_NOT_FOUND;
    here.base = str_printf(rq->arena, "/funds/%.*s/projects/%.*s", STR_FMT(here.p.fund_code), STR_FMT(here.p.slug));
    *ret = here;
    return ERR_OK;
}

enum err monitor_here_project(struct rq *rq, struct monitor_here *ret)
{
    struct monitor_here here;
    TRY(monitor_here_slim(rq, &here));
    if (rq_role_holds(rq, CAP_project_write)) TRY(project_may_write(rq->db, rq->arena, &rq->who, &here.p, &here.may_write));
    here.may_accept = rq_role_holds(rq, CAP_monitor_accept);
    here.may_close = rq_role_holds(rq, CAP_monitor_close);
    TRY(project_read(rq->db, rq->arena, &here.p, &here.w));
    *ret = here;
    return ERR_OK;
}

/* Who began it writes it on; so does who administers. */
enum err monitor_here_programme(struct rq *rq, struct monitor_here *ret)
{
    struct monitor_here here = {.is_programme = true};
    TRY(monitor_programme_find(rq->db, rq->arena, rq->args[0], &here.g));
    bool is_own = here.g.account != 0 && here.g.account == rq->who.account;
    here.may_write = rq_role_holds(rq, CAP_programme_write) && (is_own || rq->who.acting.role == ROLE_admin);
    here.is_public = !here.may_write;
    here.base = str_printf(rq->arena, "/programmes/%.*s", STR_FMT(here.g.code));
    *ret = here;
    return ERR_OK;
}

static struct opt_count planned_of(const struct monitor_here *here, struct str group)
{
    for (size_t i = 0; i < here->w.ntargets; i++)
        if (str_eq(here->w.targets[i].group, group)) return here->w.targets[i].planned;
    return (struct opt_count){0};
}

enum err monitor_groups_read(struct rq *rq, struct monitor_here *here)
{
    struct monitor_group_list_row *rows = NULL;
    size_t n = 0;
    TRY(monitor_group_list(rq->db, rq->arena, GROUPS_MAX, &rows, &n));
    struct monitor_group *groups = ARENA_ARRAY(rq->arena, struct monitor_group, n);
    for (size_t i = 0; i < n; i++)
        groups[i] = (struct monitor_group){rows[i].code, lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en),
                                           planned_of(here, rows[i].code)};
    here->groups = groups;
    here->ngroups = n;
    return ERR_OK;
}

enum err monitor_here_report(struct rq *rq, struct monitor_here *ret)
{
    bool is_programme = monitor_is_programme(rq);
    int64_t occasion = 0;
    if (is_programme) TRY(monitor_here_programme(rq, ret));
    else TRY(monitor_here_project(rq, ret));
    if (str_to_int(rq->args[is_programme ? 1 : 2], &occasion) != ERR_OK) return ERR_NOT_FOUND;
    if (is_programme) TRY(monitor_find_programme(rq->db, rq->arena, ret->g.id, occasion, &ret->r));
    else TRY(monitor_find(rq->db, rq->arena, ret->p.id, occasion, &ret->r));
    ret->has_report = true;
    return monitor_groups_read(rq, ret);
}

bool monitor_is_small(const struct monitor_here *here)
{
    return !here->is_programme && here->p.size == PROJECT_SMALL;
}

bool monitor_may_edit(const struct monitor_here *here)
{
    return here->may_write && (here->r.state == MONITOR_DRAFT || here->r.state == MONITOR_RETURNED);
}

/* ---- words and addresses ---- */

struct href monitor_href(struct rq *rq, const struct monitor_here *here, const char *tail)
{
    return href_of_path(rq->arena, str_printf(rq->arena, "%.*s%s", STR_FMT(here->base), tail));
}

struct href monitor_report_href(struct rq *rq, const struct monitor_here *here, const char *tail)
{
    return href_of_path(rq->arena, str_printf(rq->arena, "%.*s/reports/%lld%s", STR_FMT(here->base),
                                              (long long)here->r.occasion, tail));
}

struct str monitor_int(struct rq *rq, int64_t v)
{
    return str_printf(rq->arena, "%lld", (long long)v);
}

struct str monitor_x100(struct rq *rq, int64_t v)
{
    int64_t whole = v / 100, rest = v % 100 < 0 ? -(v % 100) : v % 100;
    const char *sign = v < 0 && whole == 0 ? "-" : "";
    if (rest == 0) return str_printf(rq->arena, "%lld", (long long)whole);
    return str_printf(rq->arena, rest % 10 == 0 ? "%s%lld.%lld" : "%s%lld.%02lld", sign, (long long)whole,
                      (long long)(rest % 10 == 0 ? rest / 10 : rest));
}

struct str monitor_state_word(struct rq *rq, enum monitor_state s)
{
    static const enum msg words[] = {MSG_monitor_state_draft, MSG_monitor_state_sent, MSG_monitor_state_returned,
                                     MSG_monitor_state_accepted};
    return msg_text(words[s], rq->page.lang);
}

struct str monitor_title(struct rq *rq, const struct monitor_here *here)
{
    if (here->r.is_final) return msg_text(MSG_monitor_final, rq->page.lang);
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_monitor_occasion, monitor_int(rq, here->r.occasion));
}

struct str monitor_said(const struct monitor_here *here, struct str text)
{
    return here->is_public ? open_text(text, NULL) : text;
}

struct str monitor_programme_open_title(struct rq *rq, const struct monitor_programme *g)
{
    struct str title = open_text(g->title, NULL);
    return title.n > 0 ? title : msg_text(MSG_programme_withheld, rq->page.lang);
}

static struct str head_title(struct rq *rq, const struct monitor_here *here)
{
    if (here->is_programme) return here->is_public ? monitor_programme_open_title(rq, &here->g) : here->g.title;
    struct str title = monitor_said(here, here->p.title);
    return title.n > 0 ? title : msg_text(MSG_project_withheld_title, rq->page.lang);
}

static struct monitor_head programme_head(struct rq *rq, const struct monitor_here *here, struct crumb *crumbs)
{
    struct monitor_head head = {.title = head_title(rq, here), .href = monitor_href(rq, here, ""), .more = monitor_said(here, here->g.owner_name)};
    crumbs[head.ncrumbs++] = (struct crumb){msg_text(MSG_programmes_title, rq->page.lang), href_of_path(rq->arena, STR("/programmes"))};
    crumbs[head.ncrumbs++] = (struct crumb){head.title, head.href};
    return head;
}

struct monitor_head monitor_head_of(struct rq *rq, const struct monitor_here *here, struct str last)
{
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 4);
    struct monitor_head head = {0};
    if (here->is_programme) {
        head = programme_head(rq, here, crumbs);
    } else {
        struct str fund = lang_name(rq->page.lang, here->p.fund_th, here->p.fund_en);
        struct str code = str_is_none(here->p.code) ? here->p.slug : here->p.code;
        head = (struct monitor_head){.title = head_title(rq, here),
                                     .href = monitor_href(rq, here, ""),
                                     .more = str_concat(rq->arena, (const struct str[]){code, STR(" · "), fund}, 3)};
        crumbs[head.ncrumbs++] = (struct crumb){fund, HREF(rq->arena, "/funds/{}", here->p.fund_code)};
        crumbs[head.ncrumbs++] = (struct crumb){head.title, head.href};
    }
    if (!str_is_none(last)) crumbs[head.ncrumbs++] = (struct crumb){.label = last};
    head.crumbs = crumbs;
    return head;
}

/* ---- steps ---- */

static const struct monitor_step activity_steps[] = {
    {"what", SECTION_WHAT, MSG_monitor_q_what},
    {"done", SECTION_DONE, MSG_monitor_q_done},
    {"result", SECTION_RESULT | SECTION_LEARNED, MSG_monitor_q_result},
    {"people", SECTION_PEOPLE, MSG_monitor_q_people},
    {"money", SECTION_MONEY, MSG_monitor_q_money},
    {"photos", SECTION_PHOTOS, MSG_monitor_q_photos},
};
static const struct monitor_step final_steps[] = {
    {"what", SECTION_WHAT | SECTION_DONE, MSG_monitor_q_summary},
    {"reached", SECTION_REACHED, MSG_monitor_q_reached},
    {"people", SECTION_PEOPLE, MSG_monitor_q_people_final},
    {"money", SECTION_MONEY, MSG_monitor_q_money_final},
    {"learned", SECTION_LEARNED, MSG_monitor_q_learned},
    {"photos", SECTION_PHOTOS, MSG_monitor_q_photos},
};
static const struct monitor_step programme_steps[] = {
    {"what", SECTION_WHAT, MSG_monitor_q_what},
    {"done", SECTION_DONE, MSG_monitor_q_done},
    {"result", SECTION_RESULT | SECTION_LEARNED, MSG_monitor_q_result},
    {"people", SECTION_PEOPLE, MSG_monitor_q_people},
    {"photos", SECTION_PHOTOS, MSG_monitor_q_photos},
};
static const struct monitor_step small_activity[] = {
    {"all", SECTION_ALL & ~SECTION_REACHED, MSG_monitor_q_small},
};
static const struct monitor_step small_final[] = {
    {"all", SECTION_ALL & ~SECTION_RESULT, MSG_monitor_q_small_final},
};
#define STEPS(list) (*ret_n = sizeof(list) / sizeof(list)[0], (list))

const struct monitor_step *monitor_steps(const struct monitor_here *here, size_t *ret_n)
{
    if (here->is_programme) return STEPS(programme_steps);
    if (monitor_is_small(here)) return here->r.is_final ? STEPS(small_final) : STEPS(small_activity);
    return here->r.is_final ? STEPS(final_steps) : STEPS(activity_steps);
}

size_t monitor_step_at(const struct monitor_here *here, struct str code)
{
    size_t n = 0;
    const struct monitor_step *steps = monitor_steps(here, &n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, str_of(steps[i].code))) return i;
    return 0;
}
