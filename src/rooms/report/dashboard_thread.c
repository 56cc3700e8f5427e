/* dashboard_thread.c — plans, projects and people of an overview or of a fund: what is known of them, by state, by
 * issue, by support type and by target group, each with the way to its projects. */
#include "html/chart.h"
#include "rooms/report/dashboard.h"
#include "rooms/report/projects.h"
#include "rooms/report_sql.h"

struct names {
    const struct report_part_names_row *rows;
    size_t n;
};

static struct str name_of(struct rq *rq, const struct names *names, const char *kind, struct str code)
{
    if (str_is_none(code)) return msg_text(MSG_money_not_stated, rq->page.lang);
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->rows[i].kind, str_of(kind)) && str_eq(names->rows[i].code, code))
            return lang_name(rq->page.lang, names->rows[i].name_th, names->rows[i].name_en);
    return code; /* taken out of the catalogue since */
}

static struct href list_href(struct rq *rq, const struct thread_view *v, struct href place, const char *key, struct str value)
{
    struct buf b = buf_in(rq->arena, 256);
    buf_put(&b, place.path);
    buf_printf(&b, "/projects?fy=%d", v->fy.v);
    if (key != NULL) buf_printf(&b, "&%s=%.*s", key, STR_FMT(value));
    return href_of_path(rq->arena, buf_str(&b));
}

/* Of a fund, what everybody may not see stands in its own list of proposals. */
static struct href state_href(struct rq *rq, const struct thread_view *v, struct href place, struct str code, enum project_state s)
{
    struct str state = str_of(project_state_code(s));
    if (!v->is_fund || project_is_public(s)) return list_href(rq, v, place, "state", state);
    return HREF(rq->arena, "/funds/{}/proposals?fy={}&state={}", code, str_printf(rq->arena, "%d", v->fy.v), state);
}

/* Who works with the fund or oversees the area sees what waits, too; for everybody the list begins with what was
 * approved. */
static enum err fill_states(struct rq *rq, struct thread_view *v, struct href place, struct str code, const struct report_thread *t)
{
    struct thread_state *states = ARENA_ARRAY(rq->arena, struct thread_state, REPORT_STATES);
    bool is_inside = false;
    TRY(projects_may_inside(rq, v->is_fund, code, &is_inside));
    for (int i = 0; i < REPORT_STATES; i++) {
        enum project_state s = PROJECT_SENT;
        if (t->states[i].v == 0 || project_state_of(str_of(report_state_code(i)), &s) != ERR_OK) continue;
        states[v->nstates++] = (struct thread_state){.name = thread_state_name(rq, s),
                                                     .tone = thread_state_tone(s),
                                                     .n = t->states[i].v,
                                                     .has_list = is_inside || project_is_public(s),
                                                     .href = state_href(rq, v, place, code, s)};
    }
    v->states = states;
    return ERR_OK;
}

static struct thread_row row_of(struct rq *rq, const struct thread_view *v, struct href place, const struct names *names,
                                const char *kind, const struct report_split *s)
{
    bool is_issue = str_eq(str_of(kind), STR("issue"));
    struct thread_row row = {.name = name_of(rq, names, kind, s->code),
                             .plans = {v->plans.has, s->plans},
                             .sums = {.has_list = is_issue && s->projects > 0 && !str_is_none(s->code),
                                      .projects = {v->projects.has, s->projects},
                                      .people = {v->people.has, s->people},
                                      .planned = {true, satang(s->planned)},
                                      .committed = {true, satang(s->committed)},
                                      .paid = {true, satang(s->paid)}}};
    if (row.sums.has_list) row.sums.list = list_href(rq, v, place, "issue", s->code);
    row.has_across = is_issue && v->is_district && !str_is_none(s->code);
    if (row.has_across) {
        struct str path = str_printf(rq->arena, "%.*s/issues/%.*s?fy=%d", STR_FMT(place.path), STR_FMT(s->code), v->fy.v);
        row.across = href_of_path(rq->arena, path);
    }
    return row;
}

static bool is_named(const struct names *names, const char *kind, struct str code)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->rows[i].kind, str_of(kind)) && !str_is_none(code) && str_eq(names->rows[i].code, code)) return true;
    return false;
}

/* In the order of the catalogue; what is not stated, or no longer there, comes last. */
static const struct thread_row *rows_of(struct rq *rq, const struct thread_view *v, struct href place, const struct names *names,
                                        const char *kind, const struct report_split *all, size_t n)
{
    struct thread_row *rows = ARENA_ARRAY(rq->arena, struct thread_row, n);
    size_t at = 0;
    for (size_t k = 0; k < names->n; k++)
        for (size_t i = 0; i < n && str_eq(names->rows[k].kind, str_of(kind)); i++)
            if (!str_is_none(all[i].code) && str_eq(names->rows[k].code, all[i].code))
                rows[at++] = row_of(rq, v, place, names, kind, &all[i]);
    for (size_t i = 0; i < n; i++)
        if (!is_named(names, kind, all[i].code)) rows[at++] = row_of(rq, v, place, names, kind, &all[i]);
    return rows;
}

static void fill_groups(struct rq *rq, struct thread_view *v, const struct names *names, const struct report_splits *s)
{
    struct chart_bar *bars = ARENA_ARRAY(rq->arena, struct chart_bar, s->ngroup);
    size_t n = 0;
    for (size_t i = 0; i < names->n; i++) { /* in the order of the form */
        for (size_t k = 0; k < s->ngroup; k++) {
            struct buf b = buf_in(rq->arena, 32);
            bool is_it = str_eq(names->rows[i].kind, STR("group")) && str_eq(names->rows[i].code, s->by_group[k].code);
            if (!is_it) continue;
            buf_count(&b, s->by_group[k].people);
            bars[n++] = (struct chart_bar){.name = name_of(rq, names, "group", s->by_group[k].code),
                                           .value = s->by_group[k].people,
                                           .is_known = true,
                                           .text = MSG_FORMAT(rq->arena, rq->page.lang, MSG_unit_people, buf_str(&b))};
        }
    }
    v->has_groups = n > 0;
    if (n > 0) v->groups = chart_bars(rq->arena, &rq->page, &(struct chart_bars){.bars = bars, .nbars = n});
}

enum err dashboard_fill_thread(struct rq *rq, struct thread_view *v, struct str code, const struct figures *f,
                               const struct report_splits *s)
{
    struct href place = v->is_fund ? HREF(rq->arena, "/funds/{}", code) : HREF(rq->arena, "/areas/{}", code);
    struct report_thread t = figures_thread(f);
    struct names names = {0};
    struct report_part_names_row *rows = NULL;
    v->has = t.has_projects || t.plans.has || t.people.has;
    v->funds = f->funds;
    v->plans = t.plans;
    v->projects = t.projects;
    v->waiting = t.waiting;
    v->open = t.open;
    v->closed = t.closed;
    v->late = t.late;
    v->late_all = t.late_all;
    v->people = t.people;
    v->all = list_href(rq, v, place, NULL, STR_NONE);
    struct buf late = buf_in(rq->arena, 128);
    buf_put(&late, place.path);
    buf_put(&late, v->is_fund ? STR("/projects?state=late") : STR("/projects?late=1"));
    v->late_list = href_of_path(rq->arena, buf_str(&late));
    TRY(fill_states(rq, v, place, code, &t));
    if (s->nissue == 0 && s->nsupport == 0 && s->ngroup == 0) return ERR_OK;
    TRY(report_part_names(rq->db, rq->arena, &rows, &names.n));
    names.rows = rows;
    v->by_issue = rows_of(rq, v, place, &names, "issue", s->by_issue, s->nissue);
    v->nissue = s->nissue;
    v->by_support = rows_of(rq, v, place, &names, "support", s->by_support, s->nsupport);
    v->nsupport = s->nsupport;
    fill_groups(rq, v, &names, s);
    return ERR_OK;
}
