/* project_check.c — what a proposal still lacks. Pure: what is missing depends on the size, so that a small project is
 * asked for little. */
#include "app/reference.h"
#include "base/thai.h"
#include "rooms/project/project_inside.h"

#define MISSING_MAX  40
#define GROUP_LEAST  5 /* persons of a people's group */
#define PEOPLE_GROUP "5"

/* ---- what is missing ---- */

struct checking {
    const struct project_whole *w;
    struct project_missing *rows;
    size_t n;
};

static void lack(struct checking *c, bool is_lacking, enum project_section section, enum msg message)
{
    if (!is_lacking || c->n == MISSING_MAX) return;
    c->rows[c->n++] = (struct project_missing){section, message, false};
}

static void warn(struct checking *c, bool is_odd, enum project_section section, enum msg message)
{
    if (!is_odd || c->n == MISSING_MAX) return;
    c->rows[c->n++] = (struct project_missing){section, message, true};
}

static bool is_before(struct opt_date x, struct opt_date y)
{
    return x.has && y.has && date_cmp(x.v, y.v) < 0;
}

static void check_head(struct checking *c)
{
    const struct project *p = &c->w->p;
    bool is_group = str_eq(p->owner_type, STR(PEOPLE_GROUP));
    lack(c, str_is_empty(p->title), PROJECT_HEAD, MSG_project_lacks_title);
    lack(c, str_is_empty(p->owner_name), PROJECT_HEAD, MSG_project_lacks_owner);
    lack(c, str_is_empty(p->owner_type), PROJECT_HEAD, MSG_project_lacks_owner_type);
    lack(c, str_is_empty(p->support_type), PROJECT_HEAD, MSG_project_lacks_support_type);
    lack(c, str_is_empty(p->place), PROJECT_HEAD, MSG_project_lacks_place);
    lack(c, !p->starts_on.has || !p->ends_on.has, PROJECT_HEAD, MSG_project_lacks_dates);
    lack(c, p->starts_on.has && p->ends_on.has && is_before(p->ends_on, p->starts_on), PROJECT_HEAD, MSG_project_dates_turned);
    lack(c, p->report_due.has && p->ends_on.has && (is_before(p->report_due, p->ends_on) ||
         (p->starts_on.has && date_cmp(p->report_due.v, p->starts_on.v) == 0)), PROJECT_HEAD, MSG_project_due_early);
    warn(c, p->starts_on.has && date_cmp(p->starts_on.v, clock_today()) <= 0 && !p->approved_on.has, PROJECT_HEAD, MSG_project_starts_early);
    lack(c, is_group && c->w->npeople < GROUP_LEAST, PROJECT_PEOPLE, MSG_project_lacks_people);
}

static bool has_people(const struct project_whole *w)
{
    for (size_t i = 0; i < w->ntargets; i++)
        if (w->targets[i].planned.has && w->targets[i].planned.v > 0) return true;
    return false;
}

static void check_aims(struct checking *c)
{
    const struct project_whole *w = c->w;
    bool is_small = w->p.size == PROJECT_SMALL, is_blank = false;
    for (size_t i = 0; i < w->nobjectives; i++)
        is_blank |= str_is_empty(w->objectives[i].indicator_words) || !w->objectives[i].to_x100.has;
    lack(c, w->nissues == 0, PROJECT_ISSUES, MSG_project_lacks_issue);
    lack(c, str_is_empty(w->p.situation), PROJECT_SITUATION, MSG_project_lacks_situation);
    lack(c, !is_small && w->nobjectives == 0, PROJECT_OBJECTIVES, MSG_project_lacks_objective);
    lack(c, !is_small && is_blank, PROJECT_OBJECTIVES, MSG_project_lacks_indicator);
    lack(c, !has_people(w), PROJECT_TARGETS, MSG_project_lacks_target);
}

static bool outside(const struct project *p, const struct project_activity *v)
{
    return is_before(v->starts_on, p->starts_on) || is_before(p->ends_on, v->ends_on) || is_before(p->ends_on, v->starts_on);
}

static void check_work(struct checking *c)
{
    const struct project_whole *w = c->w;
    bool is_small = w->p.size == PROJECT_SMALL, is_outside = false, is_undated = false;
    for (size_t i = 0; i < w->nactivities; i++) {
        is_outside |= outside(&w->p, &w->activities[i]);
        is_undated |= !w->activities[i].starts_on.has;
    }
    lack(c, is_small ? str_is_empty(w->p.method) && w->nactivities == 0 : w->nactivities == 0, PROJECT_ACTIVITIES,
         MSG_project_lacks_activity);
    warn(c, is_outside, PROJECT_ACTIVITIES, MSG_project_activity_outside);
    warn(c, !is_small && is_undated, PROJECT_ACTIVITIES, MSG_project_activity_undated);
    lack(c, !w->p.asked.has || w->p.asked.v.v <= 0, PROJECT_BUDGETS, MSG_project_lacks_money);
    lack(c, !is_small && w->nbudget == 0 && w->p.asked.has && w->p.asked.v.v > 0, PROJECT_BUDGETS, MSG_project_lacks_budget);
    lack(c, !is_small && str_is_empty(w->p.expected), PROJECT_EXPECTED, MSG_project_lacks_expected);
}

/* Real proposals stand under the wrong issue: the title says one thing, the plan chosen another. */
static bool title_says_other(struct arena *a, const struct project_whole *w)
{
    struct str title = thai_fold(a, w->p.title);
    struct reference r = reference_open(a, "issue_words.tsv");
    bool is_other = false;
    while (reference_next(&r)) {
        if (str_find(title, thai_fold(a, reference_text(&r, "word"))) < 0) continue;
        bool is_chosen = false;
        for (size_t i = 0; i < w->nissues; i++) is_chosen |= str_eq(w->issues[i].code, reference_text(&r, "issue_code"));
        if (is_chosen) return false;
        is_other = true;
    }
    return is_other && w->nissues > 0;
}

/* What everybody will read once it is approved holds nobody's telephone or citizen number. */
static void check_private(struct checking *c)
{
    const struct project_whole *w = c->w;
    bool is_head = thai_has_phone_or_citizen_id(w->p.title) || thai_has_phone_or_citizen_id(w->p.owner_name);
    lack(c, is_head || thai_has_phone_or_citizen_id(w->p.place), PROJECT_HEAD, MSG_project_private);
    lack(c, thai_has_phone_or_citizen_id(w->p.situation), PROJECT_SITUATION, MSG_project_private);
    lack(c, thai_has_phone_or_citizen_id(w->p.expected), PROJECT_EXPECTED, MSG_project_private);
    bool is_in = thai_has_phone_or_citizen_id(w->p.method);
    for (size_t i = 0; i < w->nactivities; i++)
        is_in |= thai_has_phone_or_citizen_id(w->activities[i].title) || thai_has_phone_or_citizen_id(w->activities[i].method);
    lack(c, is_in, PROJECT_ACTIVITIES, MSG_project_private);
}

enum err project_check(struct arena *a, const struct project_whole *w, struct project_missing **ret, size_t *ret_n)
{
    struct checking c = {.w = w, .rows = ARENA_ARRAY(a, struct project_missing, MISSING_MAX)};
    check_head(&c);
    check_aims(&c);
    check_work(&c);
    check_private(&c);
    warn(&c, title_says_other(a, w), PROJECT_ISSUES, MSG_project_issue_doubt);
    *ret = c.rows;
    *ret_n = c.n;
    return ERR_OK;
}
