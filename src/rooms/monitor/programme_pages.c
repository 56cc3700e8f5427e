/* programme_pages.c — programmes of agencies and institutes: the list, one with its reports, writing it. */
#include "app/route.h"
#include "base/thai.h"
#include "rooms/area/area.h"
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor_programme.html.h"

#define ROWS     25
#define CODE_MAX 40

static bool may_add(const struct rq *rq)
{
    return rq_role_holds(rq, CAP_programme_write);
}

static struct str area_of(struct rq *rq, const struct monitor_programme *g)
{
    return str_is_none(g->area_th) ? STR("") : lang_name(rq->page.lang, g->area_th, g->area_en);
}

/* ---- the list ---- */

enum err monitor_programmes_page(struct rq *rq)
{
    struct monitor_programme *all = NULL;
    size_t n = 0;
    struct str after = rq_param(rq, "cursor"), title = msg_text(MSG_programmes_title, rq->page.lang);
    struct crumb crumbs[1] = {{.label = title}};
    TRY(monitor_programme_list(rq->db, rq->arena, after, ROWS + 1, &all, &n));
    struct monitor_programmes_view v = {.crumbs = crumbs, .ncrumbs = 1, .nrows = n > ROWS ? ROWS : n, .may_add = may_add(rq),
                                        .add = href_of_path(rq->arena, STR("/programmes/new"))};
    struct monitor_programme_row *rows = ARENA_ARRAY(rq->arena, struct monitor_programme_row, v.nrows);
    for (size_t i = 0; i < v.nrows; i++)
        rows[i] = (struct monitor_programme_row){HREF(rq->arena, "/programmes/{}", all[i].code),
                                                 monitor_programme_open_title(rq, &all[i]), open_text(all[i].owner_name, NULL),
                                                 area_of(rq, &all[i]), all[i].starts_on, all[i].ends_on};
    v.rows = rows;
    v.pager.has_first = after.n > 0;
    v.pager.first = href_of_path(rq->arena, STR("/programmes"));
    v.pager.has_next = n > ROWS;
    if (n > ROWS) v.pager.next = HREF(rq->arena, "/programmes?cursor={}", all[ROWS - 1].code);
    monitor_programmes_html(rq_html_begin(rq, title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- one ---- */

static enum err fill_reports(struct rq *rq, struct monitor_here *here, struct monitor_programme_view *v)
{
    struct monitor_report *all = NULL;
    size_t n = 0;
    TRY(monitor_list_programme(rq->db, rq->arena, here->g.id, &all, &n));
    struct monitor_list_row *rows = ARENA_ARRAY(rq->arena, struct monitor_list_row, n);
    for (size_t i = n; i-- > 0;) { /* newest first */
        bool is_open = all[i].state == MONITOR_SENT || all[i].state == MONITOR_ACCEPTED;
        if (!is_open && !here->may_write) continue;
        here->r = all[i];
        rows[v->nreports++] = (struct monitor_list_row){.href = monitor_report_href(rq, here, ""),
                                                        .title = monitor_title(rq, here),
                                                        .activity = monitor_said(here, all[i].title),
                                                        .state_word = is_open ? STR("") : monitor_state_word(rq, all[i].state),
                                                        .on = all[i].on,
                                                        .state = (int)all[i].state};
    }
    v->reports = rows;
    return ERR_OK;
}

enum err monitor_programme_page(struct rq *rq)
{
    struct monitor_here here;
    TRY(monitor_here_programme(rq, &here));
    struct monitor_programme_view v = {.head = monitor_head_of(rq, &here, STR_NONE),
                                       .owner = monitor_said(&here, here.g.owner_name),
                                       .funders = monitor_said(&here, here.g.funders),
                                       .area = area_of(rq, &here.g),
                                       .goal = monitor_said(&here, here.g.goal),
                                       .starts_on = here.g.starts_on,
                                       .ends_on = here.g.ends_on,
                                       .may_write = here.may_write,
                                       .add = monitor_href(rq, &here, "/reports/new"),
                                       .edit = monitor_href(rq, &here, "/edit")};
    if (str_eq(rq_param(rq, "done"), STR("saved"))) v.done = msg_text(MSG_monitor_done_saved, rq->page.lang);
    TRY(fill_reports(rq, &here, &v));
    monitor_programme_html(rq_html_begin(rq, v.head.title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- writing it ---- */

/* The nation, its regions and provinces: where programmes stand. */
static enum err area_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct area nation, *regions = NULL;
    size_t n = 0;
    TRY(area_find_code(rq->db, rq->arena, STR("TH"), &nation));
    TRY(area_children_of(rq->db, rq->arena, nation.id, &regions, &n));
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n + 1);
    choices[0] = (struct choice){STR(""), msg_text(MSG_programme_area_nation, rq->page.lang), false};
    for (size_t i = 0; i < n; i++)
        choices[i + 1] = (struct choice){regions[i].code, lang_name(rq->page.lang, regions[i].name_th, regions[i].name_en),
                                         str_eq(regions[i].code, chosen)};
    *ret = choices;
    *ret_n = n + 1;
    return ERR_OK;
}

static enum err form_show(struct form *f, const struct monitor_programme *g, bool is_new, bool is_typed, bool is_conflict)
{
    struct rq *rq = f->rq;
    struct str title = msg_text(is_new ? MSG_programme_new : MSG_programme_edit, rq->page.lang);
    struct crumb crumbs[2] = {{msg_text(MSG_programmes_title, rq->page.lang), href_of_path(rq->arena, STR("/programmes"))}, {.label = title}};
    struct href one = is_new ? href_of_path(rq->arena, STR("/programmes")) : HREF(rq->arena, "/programmes/{}", g->code);
    struct monitor_programme_form_view v = {.crumbs = crumbs,
                                            .ncrumbs = 2,
                                            .errors = form_errors(f),
                                            .marks = form_marks(rq),
                                            .action = is_new ? one : HREF(rq->arena, "/programmes/{}/edit", g->code),
                                            .back = one,
                                            .is_new = is_new,
                                            .is_conflict = is_conflict,
                                            .title = title,
                                            .version = monitor_int(rq, g->version),
                                            .code = is_typed ? form_field(f, "code") : form_field_of(f, "code", g->code),
                                            .name = is_typed ? form_field(f, "title") : form_field_of(f, "title", g->title),
                                            .owner = is_typed ? form_field(f, "owner_name") : form_field_of(f, "owner_name", g->owner_name),
                                            .funders = is_typed ? form_field(f, "funders") : form_field_of(f, "funders", g->funders),
                                            .goal = is_typed ? form_field(f, "goal") : form_field_of(f, "goal", g->goal),
                                            .area = is_typed ? form_field(f, "area") : form_field_of(f, "area", g->area_code),
                                            .starts_on = is_typed ? form_date_field(f, "starts_on") : form_date_field_of(f, "starts_on", g->starts_on),
                                            .ends_on = is_typed ? form_date_field(f, "ends_on") : form_date_field_of(f, "ends_on", g->ends_on)};
    TRY(area_choices(rq, v.area.value, &v.areas, &v.nareas));
    monitor_programme_form_html(rq_html_begin(rq, title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

static bool is_code(struct str code)
{
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        if (!is_good) return false;
    }
    return !str_eq(code, STR("new"));
}

static enum err read_form(struct form *f, bool is_new, struct monitor_programme *g)
{
    struct rq *rq = f->rq;
    struct area area = {0};
    if (is_new) g->code = form_line(f, "code", FORM_MUST, CODE_MAX);
    if (is_new && g->code.n > 0 && !is_code(g->code)) form_fault_msg(f, "code", MSG_programme_code_bad);
    g->title = form_line(f, "title", FORM_MUST, MONITOR_LINE_MAX);
    g->owner_name = form_line(f, "owner_name", FORM_MUST, MONITOR_LINE_MAX);
    g->funders = form_text(f, "funders", FORM_MAY, MONITOR_LINE_MAX);
    g->goal = form_text(f, "goal", FORM_MAY, MONITOR_WORDS_MAX);
    form_public(f, "title", g->title);
    form_public(f, "owner_name", g->owner_name);
    form_public(f, "funders", g->funders);
    form_public(f, "goal", g->goal);
    g->starts_on = form_date(f, "starts_on", FORM_MAY);
    g->ends_on = form_date(f, "ends_on", FORM_MAY);
    if (g->starts_on.has && g->ends_on.has && date_cmp(g->ends_on.v, g->starts_on.v) < 0)
        form_fault_msg(f, "ends_on", MSG_monitor_ends_early);
    struct str code = form_raw(f, "area");
    enum err e = code.n == 0 ? ERR_OK : area_find_code(rq->db, rq->arena, code, &area);
    if (e == ERR_NOT_FOUND) form_fault_msg(f, "area", MSG_form_not_among);
    else TRY(e);
    g->area = area.id;
    return ERR_OK;
}

enum err monitor_programme_new_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct monitor_programme g = {.code = STR("")};
    return form_show(&f, &g, true, false, false);
}

enum err monitor_programme_edit_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct monitor_here here;
    TRY(monitor_here_programme(rq, &here));
    return here.may_write ? form_show(&f, &here.g, false, false, false) : ERR_NOT_FOUND;
}

static enum err saved(struct rq *rq, struct str code, bool is_new)
{
    if (!rq_is_api(rq)) return rq_redirect(rq, HREF(rq->arena, "/programmes/{}?done=saved", code));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "code", code);
    json_object_end(j);
    rq->res->status = is_new ? 201 : 200;
    return rq_json_end(rq);
}

static enum err save(struct form *f, struct monitor_programme *g, bool is_new)
{
    struct rq *rq = f->rq;
    struct actor by = rq_actor(rq);
    struct monitor_programme_id id;
    TRY(read_form(f, is_new, g));
    enum err e = form_is_good(f) ? monitor_programme_save(rq->db, rq->arena, &by, g, &id) : ERR_OK;
    if (e == ERR_CONFLICT && is_new) form_fault_msg(f, "code", MSG_programme_code_taken);
    else if (e == ERR_CONFLICT && rq_is_api(rq)) return form_conflict_api(rq);
    else if (e != ERR_CONFLICT) TRY(e);
    if (form_is_good(f) && e == ERR_OK) return saved(rq, g->code, is_new);
    if (rq_is_api(rq)) return form_refuse_api(f);
    bool is_conflict = e == ERR_CONFLICT && !is_new;
    struct monitor_programme now = *g;
    if (is_conflict) TRY(monitor_programme_find(rq->db, rq->arena, g->code, &now)); /* the next press is meant */
    form_page_status(f, is_conflict ? 409 : 400);
    return form_show(f, &now, is_new, true, is_conflict);
}

enum err monitor_programme_post(struct rq *rq)
{
    struct form f;
    struct monitor_programme g = {.code = STR("")};
    TRY(form_begin(rq, &f));
    return save(&f, &g, true);
}

enum err monitor_programme_edit_post(struct rq *rq)
{
    struct form f;
    struct monitor_here here;
    int64_t version = 0;
    TRY(monitor_here_programme(rq, &here));
    if (!here.may_write) return ERR_NOT_FOUND;
    TRY(form_begin(rq, &f));
    if (str_to_int(form_raw(&f, "version"), &version) != ERR_OK) version = 0;
    struct monitor_programme g = here.g;
    g.version = version;
    return save(&f, &g, false);
}
