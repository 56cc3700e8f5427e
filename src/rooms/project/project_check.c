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
    struct arena *a;
    const struct project_whole *w;
    bool is_small;
    struct project_missing *rows;
    size_t n;
};

static void put(struct checking *c, enum project_section section, enum msg message, const char *field, bool is_warning)
{
    if (c->n < MISSING_MAX) c->rows[c->n++] = (struct project_missing){section, message, is_warning, field};
}

static void lack(struct checking *c, bool is_lacking, enum project_section section, enum msg message, const char *field)
{
    if (is_lacking) put(c, section, message, field, false);
}

static void warn(struct checking *c, bool is_odd, enum project_section section, enum msg message, const char *field)
{
    if (is_odd) put(c, section, message, field, true);
}

/* What everybody will read once it is approved holds nobody's telephone or citizen number. */
static void open_only(struct checking *c, struct str text, enum project_section section, const char *field)
{
    lack(c, thai_has_phone_or_citizen_id(text), section, MSG_project_private, field);
}

static const char *nth(struct checking *c, const char *name, size_t at)
{
    return str_z(c->a, str_printf(c->a, "%s_%zu", name, at + 1));
}

static bool is_before(struct opt_date x, struct opt_date y)
{
    return x.has && y.has && date_cmp(x.v, y.v) < 0;
}

static void check_head(struct checking *c)
{
    const struct project *p = &c->w->p;
    bool is_group = str_eq(p->owner_type, STR(PEOPLE_GROUP));
    lack(c, str_is_empty(p->title), PROJECT_HEAD, MSG_project_lacks_title, "title");
    open_only(c, p->title, PROJECT_HEAD, "title");
    lack(c, str_is_empty(p->owner_name), PROJECT_HEAD, MSG_project_lacks_owner, "owner_name");
    open_only(c, p->owner_name, PROJECT_HEAD, "owner_name");
    lack(c, str_is_empty(p->owner_type), PROJECT_HEAD, MSG_project_lacks_owner_type, "owner_type");
    lack(c, str_is_empty(p->support_type), PROJECT_HEAD, MSG_project_lacks_support_type, "support_type");
    lack(c, is_group && c->w->npeople < GROUP_LEAST, PROJECT_PEOPLE, MSG_project_lacks_people,
         c->is_small ? "names" : nth(c, "name", c->w->npeople));
}

static void check_when(struct checking *c)
{
    const struct project *p = &c->w->p;
    bool is_due_early = is_before(p->report_due, p->ends_on) ||
                        (p->report_due.has && p->starts_on.has && date_cmp(p->report_due.v, p->starts_on.v) == 0);
    lack(c, !p->starts_on.has || !p->ends_on.has, PROJECT_HEAD, MSG_project_lacks_dates, p->starts_on.has ? "ends" : "starts");
    warn(c, p->starts_on.has && date_cmp(p->starts_on.v, clock_today()) <= 0 && !p->approved_on.has, PROJECT_HEAD, MSG_project_starts_early, "starts");
    lack(c, is_before(p->ends_on, p->starts_on), PROJECT_HEAD, MSG_project_dates_turned, "ends");
    lack(c, p->ends_on.has && is_due_early, PROJECT_HEAD, MSG_project_due_early, "ends");
    lack(c, str_is_empty(p->place), PROJECT_HEAD, MSG_project_lacks_place, "place");
    open_only(c, p->place, PROJECT_HEAD, "place");
}

static bool has_people(const struct project_whole *w)
{
    for (size_t i = 0; i < w->ntargets; i++)
        if (w->targets[i].planned.has && w->targets[i].planned.v > 0) return true;
    return false;
}

static void check_objectives(struct checking *c)
{
    const struct project_whole *w = c->w;
    if (c->is_small) return;
    lack(c, w->nobjectives == 0, PROJECT_OBJECTIVES, MSG_project_lacks_objective, "words_1");
    for (size_t i = 0; i < w->nobjectives; i++) {
        bool has_words = !str_is_empty(w->objectives[i].indicator_words);
        if (has_words && w->objectives[i].to_x100.has) continue;
        put(c, PROJECT_OBJECTIVES, MSG_project_lacks_indicator, nth(c, has_words ? "to" : "indicator_words", i), false);
        return;
    }
}

static bool outside(const struct project *p, const struct project_activity *v)
{
    return is_before(v->starts_on, p->starts_on) || is_before(p->ends_on, v->ends_on) || is_before(p->ends_on, v->starts_on);
}

/* Of the activities each doubt once, at the first that has it. */
static void doubt_activities(struct checking *c)
{
    const struct project_whole *w = c->w;
    bool was_outside = false, was_undated = c->is_small;
    for (size_t i = 0; i < w->nactivities; i++) {
        const char *field = c->is_small ? "method" : nth(c, "starts", i);
        bool is_undated = !w->activities[i].starts_on.has, is_outside = outside(&w->p, &w->activities[i]);
        warn(c, is_outside && !was_outside, PROJECT_ACTIVITIES, MSG_project_activity_outside, field);
        warn(c, is_undated && !was_undated, PROJECT_ACTIVITIES, MSG_project_activity_undated, field);
        was_outside |= is_outside;
        was_undated |= is_undated;
    }
}

static void check_activities(struct checking *c)
{
    const struct project_whole *w = c->w;
    bool has_method = c->is_small && !str_is_empty(w->p.method);
    lack(c, !has_method && w->nactivities == 0, PROJECT_ACTIVITIES, MSG_project_lacks_activity, c->is_small ? "method" : "title_1");
    bool is_in = thai_has_phone_or_citizen_id(w->p.method);
    const char *field = c->is_small ? "method" : "title_1";
    for (size_t i = 0; i < w->nactivities; i++) {
        bool is_here = thai_has_phone_or_citizen_id(w->activities[i].title) || thai_has_phone_or_citizen_id(w->activities[i].method);
        if (is_here && !is_in && !c->is_small) field = nth(c, "title", i);
        is_in |= is_here;
    }
    lack(c, is_in, PROJECT_ACTIVITIES, MSG_project_private, field);
    doubt_activities(c);
}

static void check_money(struct checking *c)
{
    const struct project_whole *w = c->w;
    bool has_sum = w->p.asked.has && w->p.asked.v.v > 0;
    lack(c, !has_sum, PROJECT_BUDGETS, MSG_project_lacks_money, c->is_small ? "asked" : "words_1");
    lack(c, !c->is_small && w->nbudget == 0 && has_sum, PROJECT_BUDGETS, MSG_project_lacks_budget, "words_1");
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

/* As the form asks: a small project's one page says how before for whom and when, the others' pages after it. */
enum err project_check(struct arena *a, const struct project_whole *w, struct project_missing **ret, size_t *ret_n)
{
    struct checking c = {
        .a = a, .w = w, .is_small = w->p.size == PROJECT_SMALL, .rows = ARENA_ARRAY(a, struct project_missing, MISSING_MAX)};
    const char *issue = c.is_small ? "issue" : "issue_1";
    check_head(&c);
    lack(&c, w->nissues == 0, PROJECT_ISSUES, MSG_project_lacks_issue, issue);
    warn(&c, title_says_other(a, w), PROJECT_ISSUES, MSG_project_issue_doubt, issue);
    lack(&c, str_is_empty(w->p.situation), PROJECT_SITUATION, MSG_project_lacks_situation, "situation");
    open_only(&c, w->p.situation, PROJECT_SITUATION, "situation");
    if (c.is_small) check_activities(&c);
    check_objectives(&c);
    lack(&c, !has_people(w), PROJECT_TARGETS, MSG_project_lacks_target, "targets");
    check_when(&c);
    if (!c.is_small) check_activities(&c);
    check_money(&c);
    lack(&c, !c.is_small && str_is_empty(w->p.expected), PROJECT_EXPECTED, MSG_project_lacks_expected, "expected");
    open_only(&c, w->p.expected, PROJECT_EXPECTED, "expected");
    *ret = c.rows;
    *ret_n = c.n;
    return ERR_OK;
}
