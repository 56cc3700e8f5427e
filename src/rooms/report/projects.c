/* projects.c — the projects behind a figure: what was asked, and who may see proposals. Everybody sees what was
 * approved; whoever works with the fund or oversees the place sees what waits for a decision, too. Drafts are
 * their writers' own. */
#include "rooms/report/projects.h"

#include "app/route.h"
#include "base/thai.h"
#include "rooms/report/dashboard.h"
#include "rooms/report_sql.h"

#define SLUG_MAX      20
#define PROVINCES_MAX 80

/* ---- words ---- */

static const struct {
    enum msg name;
    enum thread_tone tone;
} states[PROJECT_STATES] = {
    [PROJECT_DRAFT] = {MSG_project_state_draft, THREAD_WAITS}, /* never listed */
    [PROJECT_SENT] = {MSG_project_state_sent, THREAD_WAITS},
    [PROJECT_REVISE] = {MSG_project_state_revise, THREAD_WAITS},
    [PROJECT_DEFERRED] = {MSG_project_state_deferred, THREAD_WAITS},
    [PROJECT_REJECTED] = {MSG_project_state_rejected, THREAD_ENDED},
    [PROJECT_CANCELLED] = {MSG_project_state_cancelled, THREAD_ENDED}, /* never listed */
    [PROJECT_APPROVED] = {MSG_project_state_approved, THREAD_RUNS},
    [PROJECT_RUNNING] = {MSG_project_state_running, THREAD_RUNS},
    [PROJECT_SUSPENDED] = {MSG_project_state_suspended, THREAD_WAITS},
    [PROJECT_STOPPED] = {MSG_project_state_stopped, THREAD_ENDED},
    [PROJECT_REPORTED] = {MSG_project_state_reported, THREAD_OVER},
    [PROJECT_CLOSED] = {MSG_project_state_closed, THREAD_OVER}};

struct str thread_state_name(struct rq *rq, enum project_state s)
{
    return msg_text(states[s].name, rq->page.lang);
}

enum thread_tone thread_state_tone(enum project_state s)
{
    return states[s].tone;
}

bool projects_is_late(const struct rq *rq, const struct project_row *p)
{
    return project_is_late(p->state, p->is_paid, p->report_due, rq->today);
}

/* ---- what was asked ---- */

static bool is_asked(struct str s)
{
    return !str_is_none(s) && !str_is_empty(s);
}

/* Provinces of a region as ids; the lists of projects know provinces only. */
static enum err read_provinces(struct rq *rq, struct projects_asked *q)
{
    struct area *areas = NULL;
    size_t n = 0;
    TRY(area_children_of(rq->db, rq->arena, q->area.id, &areas, &n));
    struct area_id *ids = ARENA_ARRAY(rq->arena, struct area_id, n);
    for (size_t i = 0; i < n && i < PROVINCES_MAX; i++) ids[q->ask.nprovinces++] = areas[i].id;
    q->ask.provinces = ids;
    return ERR_OK;
}

static enum err place_in(struct rq *rq, struct projects_asked *q)
{
    switch (q->area.kind) {
    case AREA_NATION: return ERR_OK;
    case AREA_REGION: return read_provinces(rq, q);
    case AREA_PROVINCE: q->ask.province = q->area.id; return ERR_OK;
    case AREA_DISTRICT: q->ask.district = q->area.id; return ERR_OK;
    case AREA_TAMBON: break;
    }
    return ERR_NOT_FOUND;
}

/* An applicant's own proposals are on their own pages; here they are everybody. */
static bool is_overseer(const struct rq *rq)
{
    return rq->who.is_in && rq->who.acting.role != ROLE_applicant;
}

enum err projects_may_inside(struct rq *rq, bool is_fund, struct str code, bool *ret)
{
    *ret = false;
    if (!is_overseer(rq)) return ERR_OK;
    return is_fund ? rq_may_fund(rq, CAP_project_see, code, ret) : rq_may_area(rq, CAP_project_see, code, ret);
}

static enum err read_place(struct rq *rq, struct str area, struct projects_asked *q)
{
    struct str given = rq_param(rq, "area");
    bool is_page = !str_is_none(area);
    if (!is_page) area = is_asked(given) ? given : STR(AREA_NATION_CODE);
    q->fund = is_page ? STR_NONE : rq_param(rq, "fund");
    enum err e = area_find_code(rq->db, rq->arena, area, &q->area);
    if (e == ERR_OK) e = place_in(rq, q);
    if (e == ERR_NOT_FOUND && !is_page) {
        q->is_answered = true;
        return rq_bad_param(rq, "area", MSG_error_area);
    }
    TRY(e);
    if (is_asked(q->fund)) {
        struct fund_named fund = {0};
        e = fund_named(rq->db, rq->arena, q->fund, &fund);
        q->is_answered = e == ERR_NOT_FOUND;
        if (e == ERR_NOT_FOUND) return rq_bad_param(rq, "fund", MSG_error_fund);
        TRY(e);
        q->ask.fund_code = fund.code;
        return projects_may_inside(rq, true, fund.code, &q->is_inside);
    }
    return projects_may_inside(rq, false, q->area.code, &q->is_inside);
}

static enum err bad(struct rq *rq, struct projects_asked *q, const char *field, enum msg message)
{
    q->is_answered = true;
    return rq_bad_param(rq, field, message);
}

static enum err read_issue(struct rq *rq, struct projects_asked *q)
{
    struct issue *issues = NULL;
    q->issue = rq_param(rq, "issue");
    TRY(issue_list(rq->db, rq->arena, &issues, &q->nissues));
    q->issues = issues;
    if (!is_asked(q->issue)) return ERR_OK;
    for (size_t i = 0; i < q->nissues; i++)
        if (str_eq(issues[i].code, q->issue)) q->ask.issue = issues[i].id;
    return id_is_none(q->ask.issue) ? bad(rq, q, "issue", MSG_error_issue) : ERR_OK;
}

/* The tracking code of the last one on the page before. What may not be seen is no cursor. */
static enum err read_cursor(struct rq *rq, struct projects_asked *q)
{
    struct str cursor = rq_param(rq, "cursor");
    struct project last = {0};
    if (!is_asked(cursor)) return ERR_OK;
    if (cursor.n > SLUG_MAX) return bad(rq, q, "cursor", MSG_error_cursor);
    enum err e = project_find(rq->db, rq->arena, STR_NONE, cursor, &last);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && !q->is_inside && !project_is_public(last.state)))
        return bad(rq, q, "cursor", MSG_error_cursor);
    TRY(e);
    q->ask.after = last.id;
    return ERR_OK;
}

static enum err read_state(struct rq *rq, struct projects_asked *q)
{
    enum project_state s = PROJECT_STATES;
    q->state = rq_param(rq, "state");
    if (!is_asked(q->state)) return ERR_OK;
    if (project_state_of(q->state, &s) != ERR_OK || s == PROJECT_DRAFT || s == PROJECT_CANCELLED)
        return bad(rq, q, "state", MSG_error_project_state);
    q->ask.state = (int)s;
    return ERR_OK;
}

enum err projects_read_asked(struct rq *rq, struct str area, struct projects_asked *ret)
{
    struct projects_asked q = {.ask = {.state = -1, .today = rq->today}};
    struct str fy = rq_param(rq, "fy"), late = rq_param(rq, "late");
    if (is_asked(fy) && rq_fy(rq, &q.ask.fy) != ERR_OK) TRY(bad(rq, &q, "fy", MSG_error_fy));
    if (!q.is_answered && is_asked(late) && !str_eq(late, STR("1"))) TRY(bad(rq, &q, "late", MSG_error_late));
    q.ask.is_late = is_asked(late);
    if (!q.is_answered) TRY(read_state(rq, &q));
    if (!q.is_answered) TRY(read_place(rq, area, &q));
    if (!q.is_answered) TRY(read_issue(rq, &q));
    if (!q.is_answered) TRY(read_cursor(rq, &q));
    q.ask.is_public_only = !q.is_inside;
    if (q.is_inside) rq_no_store(rq);
    q.ask.is_told = true;
    *ret = q;
    return ERR_OK;
}

enum err projects_read(struct rq *rq, struct projects_asked *q, int64_t most, struct project_row **ret, size_t *ret_n,
                       struct str *ret_next)
{
    size_t n = 0;
    q->ask.most = most + 1;
    TRY(project_list(rq->db, rq->arena, &q->ask, ret, &n));
    bool has_more = n > (size_t)most;
    *ret_n = has_more ? (size_t)most : n;
    *ret_next = has_more ? (*ret)[most - 1].slug : STR_NONE;
    return ERR_OK;
}

/* ---- JSON ---- */

#define API_ROWS 100

/* Inside only, as on the project's own address: the sum asked for, and words with somebody's number. */
static void json_project(struct rq *rq, struct json_out *j, const struct project_row *p, bool is_inside)
{
    json_object(j, NULL);
    json_str(j, "id", p->slug);
    json_str(j, "code", p->code);
    json_str(j, "other_code", p->other_code);
    json_str(j, "title", is_inside ? p->title : open_or_none(p->title));
    json_str(j, "owner_name", is_inside ? p->owner_name : open_or_none(p->owner_name));
    json_str(j, "fund", p->fund_code);
    json_str(j, "fund_name_th", p->fund_th);
    json_str(j, "fund_name_en", p->fund_en);
    json_int(j, "fy", p->fy.v);
    json_str(j, "state", str_of(project_state_code(p->state)));
    json_str(j, "issue", p->issue_code);
    json_str(j, "support_type", p->support_type);
    if (is_inside) json_opt_satang(j, "asked_satang", p->asked);
    json_opt_satang(j, "approved_satang", p->approved);
    json_opt_date(j, "starts_on", p->starts_on);
    json_opt_date(j, "ends_on", p->ends_on);
    json_opt_date(j, "report_due", p->report_due);
    json_bool(j, "is_late", projects_is_late(rq, p));
    json_bool(j, "is_entered_later", p->is_entered_later);
    json_object_end(j);
}

enum err report_projects_api(struct rq *rq)
{
    struct projects_asked q;
    struct project_row *rows = NULL;
    size_t n = 0;
    struct str next = STR_NONE;
    TRY(projects_read_asked(rq, STR_NONE, &q));
    if (q.is_answered) return ERR_OK;
    TRY(projects_read(rq, &q, API_ROWS, &rows, &n, &next));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n; i++) json_project(rq, j, &rows[i], q.is_inside);
    json_array_end(j);
    json_str(j, "next", next);
    json_object_end(j);
    return rq_json_end(rq);
}

size_t dashboard_year_choices(struct rq *rq, struct fiscal_year chosen, struct choice ret[REPORT_YEAR_CHOICES])
{
    size_t n = 0;
    bool has_chosen = chosen.v == 0;
    for (; n + 1 < REPORT_YEAR_CHOICES; n++) {
        int32_t fy = rq->this_fy.v - (int32_t)n;
        struct str text = str_printf(rq->arena, "%d", fy);
        ret[n] = (struct choice){text, text, fy == chosen.v};
        has_chosen = has_chosen || fy == chosen.v;
    }
    if (has_chosen) return n;
    struct str text = str_printf(rq->arena, "%d", chosen.v);
    ret[n++] = (struct choice){text, text, true};
    return n;
}
