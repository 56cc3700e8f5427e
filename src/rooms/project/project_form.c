/* project_form.c — see project_form.h: what was sent, as a project. */
#include "rooms/project/project_form.h"

#include "json/json_in.h"
#include "rooms/project_sql.h"

#define NAME_MAX  200
#define PHONE_MAX 40
#define COUNT_MAX 1000000

/* ---- rows ---- */

size_t project_row_count(struct form *f, const char *list, size_t most)
{
    int64_t n = 0;
    const struct json_value *items = NULL;
    if (f->json == NULL) {
        if (str_to_int(form_raw(f, "rows"), &n) != ERR_OK || n < 0) n = 0;
    } else if (json_get_array(f->json, list, &items) == ERR_INPUT) {
        form_fault_msg(f, list, MSG_project_not_list);
    }
    if (items != NULL) n = (int64_t)items->nitems;
    if ((size_t)n > most) form_fault_msg(f, list, MSG_project_too_many);
    return (size_t)n > most ? most : (size_t)n;
}

struct project_row_form project_row_at(struct form *f, const char *list, size_t at)
{
    static const struct json_value nothing = {.kind = JSON_IN_OBJECT};
    const struct json_value *items = NULL;
    struct project_row_form r = {.f = f, .whole = f, .list = list, .at = at};
    if (f->json == NULL) return r;
    r.sub = (struct form){.rq = f->rq, .json = &nothing};
    if (json_get_array(f->json, list, &items) == ERR_OK && items->items[at - 1].kind == JSON_IN_OBJECT)
        r.sub.json = &items->items[at - 1];
    else
        form_fault_msg(f, list, MSG_project_not_list);
    r.f = NULL;
    return r;
}

static struct form *form_of(struct project_row_form *r)
{
    return r->f != NULL ? r->f : &r->sub;
}

const char *project_row_name(struct project_row_form *r, const char *name)
{
    return r->f == NULL ? name : str_z(r->f->rq->arena, str_printf(r->f->rq->arena, "%s_%zu", name, r->at));
}

void project_row_done(struct project_row_form *r)
{
    if (r->f != NULL) return;
    struct arena *a = r->sub.rq->arena;
    for (size_t i = 0; i < r->sub.nfaults; i++)
        form_fault(r->whole, str_z(a, str_printf(a, "%s_%zu_%s", r->list, r->at, r->sub.faults[i].field)), r->sub.faults[i].message);
}

static struct str row_line(struct project_row_form *r, const char *name, size_t max)
{
    return form_line(form_of(r), project_row_name(r, name), FORM_MAY, max);
}

static struct str row_public(struct project_row_form *r, const char *name, size_t max, bool is_line)
{
    const char *full = project_row_name(r, name);
    struct str s = is_line ? form_line(form_of(r), full, FORM_MAY, max) : form_text(form_of(r), full, FORM_MAY, max);
    form_public(form_of(r), full, s);
    return s;
}

static struct opt_date row_date(struct project_row_form *r, const char *name)
{
    return form_date(form_of(r), project_row_name(r, name), FORM_MAY);
}

static void row_fault(struct project_row_form *r, const char *name, enum msg message)
{
    form_fault_msg(form_of(r), project_row_name(r, name), message);
}

/* A figure with up to two decimals; in JSON name_x100, a whole number. */
static struct opt_count row_x100(struct project_row_form *r, const char *name)
{
    struct form *f = form_of(r);
    struct satang v = satang(0);
    int64_t n = 0;
    if (f->json != NULL) {
        const char *member = str_z(f->rq->arena, str_printf(f->rq->arena, "%s_x100", name));
        enum err e = json_get_int(f->json, member, 0, SATANG_MAX, &n);
        if (e == ERR_INPUT || e == ERR_LIMIT) form_fault_msg(f, member, MSG_project_bad_figure);
        return (struct opt_count){e == ERR_OK, n};
    }
    const char *full = project_row_name(r, name);
    struct str s = form_line(f, full, FORM_MAY, 30);
    if (str_is_empty(s)) return (struct opt_count){0};
    if (str_ends(s, STR("%"))) s = str_trim(str_first(s, s.n - 1));
    if (satang_parse(s, &v) != ERR_OK) form_fault_msg(f, full, MSG_project_bad_figure);
    return (struct opt_count){true, v.v};
}

static struct str choice_of(struct form *f, const char *name, const struct choice *choices, size_t n)
{
    struct str s = form_line(f, name, FORM_MAY, 60);
    if (str_is_empty(s) || project_is_among(choices, n, s)) return s;
    form_fault_msg(f, name, MSG_form_not_among);
    return STR("");
}

/* ---- one page after the other ---- */

enum err project_form_groups(struct rq *rq, const struct project_here *here, struct project_owner_group **ret, size_t *ret_n)
{
    if (here->may_decide) {
        struct project_groups_fund_row *rows = NULL;
        TRY(project_groups_fund(rq->db, rq->arena, here->fund.id, &rows, ret_n));
        *ret = ARENA_ARRAY(rq->arena, struct project_owner_group, *ret_n);
        for (size_t i = 0; i < *ret_n; i++)
            (*ret)[i] = (struct project_owner_group){rows[i].id, rows[i].name, rows[i].owner_type_code, rows[i].place};
        return ERR_OK;
    }
    struct project_groups_own_row *rows = NULL;
    TRY(project_groups_own(rq->db, rq->arena, here->fund.id, (struct account_id){rq->who.account}, &rows, ret_n));
    *ret = ARENA_ARRAY(rq->arena, struct project_owner_group, *ret_n);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = (struct project_owner_group){rows[i].id, rows[i].name, rows[i].owner_type_code, rows[i].place};
    return ERR_OK;
}

/* Whose it is: a group of the list, which brings its name and kind, or a name that is typed. */
struct whose {
    struct account_group_id group;
    struct str name, type;
};

static enum err read_owner(struct form *f, const struct project_here *here, struct account_group_id kept, struct whose *ret)
{
    struct project_owner_group *groups = NULL;
    const struct choice *types = NULL;
    size_t n = 0, ntypes = 0;
    int64_t id = 0;
    struct str chosen = form_raw(f, "group");
    TRY(project_form_groups(f->rq, here, &groups, &n));
    TRY(project_choices_owner(f->rq, STR(""), &types, &ntypes));
    *ret = (struct whose){.name = form_line(f, "owner_name", FORM_MAY, NAME_MAX), .type = choice_of(f, "owner_type", types, ntypes)};
    form_public(f, "owner_name", ret->name);
    if (str_is_empty(chosen) || str_eq(chosen, STR("other"))) return ERR_OK;
    if (str_to_int(chosen, &id) != ERR_OK) id = 0;
    for (size_t i = 0; i < n; i++)
        if (groups[i].id.v == id) {
            *ret = (struct whose){groups[i].id, groups[i].name, groups[i].owner_type};
            return ERR_OK;
        }
    if (id != 0 && id == kept.v) ret->group = kept; /* another person's group, as it stood */
    else form_fault_msg(f, "group", MSG_form_not_among);
    return ERR_OK;
}

static enum err read_head(struct form *f, struct project_whole *w)
{
    struct rq *rq = f->rq;
    struct project_here here = {0};
    struct whose owner = {0};
    const struct choice *supports = NULL;
    size_t n = 0;
    TRY(project_here_fund(rq, &here));
    w->p.title = form_line(f, "title", FORM_MUST, PROJECT_TITLE_MAX);
    form_public(f, "title", w->p.title);
    TRY(read_owner(f, &here, w->p.group, &owner));
    TRY(project_choices_support(rq, w->p.fy, STR(""), &supports, &n));
    bool is_kept = !id_is_none(owner.group) && owner.group.v == w->p.group.v && str_is_empty(owner.name);
    if (!is_kept) {
        w->p.group = owner.group;
        w->p.owner_name = owner.name;
        w->p.owner_type = owner.type;
    }
    if (form_has(f, "support_type")) w->p.support_type = choice_of(f, "support_type", supports, n);
    return ERR_OK;
}

static enum err read_people(struct form *f, struct project_whole *w)
{
    size_t n = project_row_count(f, "people", PROJECT_PEOPLE_MAX), out = 0;
    w->people = ARENA_ARRAY(f->rq->arena, struct project_person, n);
    for (size_t i = 1; i <= n; i++) {
        struct project_row_form r = project_row_at(f, "people", i);
        struct project_person p = {row_line(&r, "name", NAME_MAX), row_line(&r, "duty", NAME_MAX), row_line(&r, "phone", PHONE_MAX)};
        if (str_is_empty(p.name) && p.duty.n + p.phone.n > 0) row_fault(&r, "name", MSG_project_row_name);
        project_row_done(&r);
        if (!str_is_empty(p.name)) w->people[out++] = p;
    }
    w->npeople = out;
    return ERR_OK;
}

static enum err read_issue(struct rq *rq, struct str code, struct project_whole *w)
{
    struct project_issue_choices_row *rows = NULL;
    size_t n = 0;
    TRY(project_issue_choices(rq->db, rq->arena, &rows, &n));
    for (size_t i = 0; i < w->nissues; i++)
        if (str_eq(w->issues[i].code, code)) return ERR_OK; /* once */
    for (size_t i = 0; i < n && w->nissues < PROJECT_ISSUES_MAX; i++)
        if (str_eq(rows[i].code, code))
            w->issues[w->nissues++] = (struct project_issue){rows[i].id, rows[i].code, rows[i].name_th, rows[i].name_en};
    return ERR_OK;
}

static enum err read_plan(struct form *f, struct project_whole *w)
{
    const struct choice *issues = NULL;
    size_t n = 0;
    TRY(project_choices_issue(f->rq, STR(""), &issues, &n));
    w->issues = ARENA_ARRAY(f->rq->arena, struct project_issue, PROJECT_ISSUES_MAX);
    w->nissues = 0;
    for (size_t i = 1; i <= PROJECT_ISSUES_MAX; i++) {
        const char *name = str_z(f->rq->arena, str_printf(f->rq->arena, "issue_%zu", i));
        struct str code = choice_of(f, name, issues, n);
        if (!str_is_empty(code)) TRY(read_issue(f->rq, code, w));
    }
    return ERR_OK;
}

static void read_situation(struct form *f, struct project_whole *w)
{
    w->p.situation = form_text(f, "situation", FORM_MAY, PROJECT_WORDS_MAX);
    form_public(f, "situation", w->p.situation);
}

/* An indicator of the catalogue brings its words and unit; the direction is where the figures lead. */
static void read_indicator(struct project_row_form *r, const struct project_indicator_choices_row *rows, size_t n,
                           struct project_objective *o)
{
    struct str chosen = row_line(r, "indicator", 20);
    int64_t id = 0;
    o->indicator_words = row_public(r, "indicator_words", PROJECT_TITLE_MAX, true);
    o->from_x100 = row_x100(r, "from");
    o->to_x100 = row_x100(r, "to");
    if (o->to_x100.has) o->direction = o->from_x100.has && o->to_x100.v < o->from_x100.v ? STR("down") : STR("up");
    if (str_is_empty(chosen)) return;
    if (str_to_int(chosen, &id) != ERR_OK) id = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == id) {
            o->indicator = rows[i].id;
            o->indicator_words = rows[i].name_th;
            o->unit = rows[i].unit;
            return;
        }
    row_fault(r, "indicator", MSG_form_not_among);
}

static enum err read_objectives(struct form *f, struct project_whole *w)
{
    struct project_indicator_choices_row *rows = NULL;
    struct project_objective *old = w->objectives;
    size_t nindicators = 0, n = project_row_count(f, "objectives", PROJECT_OBJECTIVES_MAX), out = 0, nold = w->nobjectives;
    TRY(project_indicator_choices(f->rq->db, f->rq->arena, w->p.id, &rows, &nindicators));
    w->objectives = ARENA_ARRAY(f->rq->arena, struct project_objective, n);
    for (size_t i = 1; i <= n; i++) {
        struct project_row_form r = project_row_at(f, "objectives", i);
        struct project_objective o = i <= nold ? (struct project_objective){.reached_words = old[i - 1].reached_words} : (struct project_objective){0};
        o.words = row_public(&r, "words", PROJECT_TITLE_MAX, false);
        read_indicator(&r, rows, nindicators, &o);
        bool is_more = o.indicator_words.n > 0 || o.from_x100.has || o.to_x100.has;
        if (str_is_empty(o.words) && is_more) row_fault(&r, "words", MSG_project_row_objective);
        project_row_done(&r);
        if (!str_is_empty(o.words)) w->objectives[out++] = o;
    }
    w->nobjectives = out;
    return ERR_OK;
}

static enum err read_targets(struct form *f, struct project_whole *w)
{
    const struct choice *groups = NULL;
    size_t n = 0, out = 0;
    TRY(project_choices_target(f->rq, STR(""), &groups, &n));
    w->targets = ARENA_ARRAY(f->rq->arena, struct project_target, n);
    for (size_t i = 0; i < n; i++) {
        const char *name = str_z(f->rq->arena, str_printf(f->rq->arena, "group_%.*s", STR_FMT(groups[i].value)));
        struct opt_count c = form_count(f, name, FORM_MAY, 0, COUNT_MAX);
        if (c.has && c.v > 0) w->targets[out++] = (struct project_target){.group = groups[i].value, .planned = c};
    }
    w->ntargets = out;
    return ERR_OK;
}

static void read_when(struct form *f, struct project_whole *w)
{
    w->p.starts_on = form_date(f, "starts", FORM_MAY);
    w->p.ends_on = form_date(f, "ends", FORM_MAY);
    w->p.place = form_line(f, "place", FORM_MAY, PROJECT_TITLE_MAX);
    form_public(f, "place", w->p.place);
    if (w->p.starts_on.has && w->p.ends_on.has && date_cmp(w->p.ends_on.v, w->p.starts_on.v) < 0)
        form_fault_msg(f, "ends", MSG_project_dates_turned);
}

static enum err read_activities(struct form *f, struct project_whole *w)
{
    size_t n = project_row_count(f, "activities", PROJECT_ACTIVITIES_MAX), out = 0;
    w->p.method = form_text(f, "method", FORM_MAY, PROJECT_WORDS_MAX);
    form_public(f, "method", w->p.method);
    w->activities = ARENA_ARRAY(f->rq->arena, struct project_activity, n);
    for (size_t i = 1; i <= n; i++) {
        struct project_row_form r = project_row_at(f, "activities", i);
        struct project_activity v = {.title = row_public(&r, "title", PROJECT_TITLE_MAX, true),
                                     .method = row_public(&r, "how", PROJECT_WORDS_MAX, false),
                                     .starts_on = row_date(&r, "starts"),
                                     .ends_on = row_date(&r, "ends")};
        if (str_to_int(row_line(&r, "id", 20), &v.id.v) != ERR_OK) v.id.v = 0;
        if (str_to_int(row_line(&r, "objective", 4), &v.objective) != ERR_OK || v.objective > (int64_t)w->nobjectives) v.objective = 0;
        if (!v.starts_on.has && v.ends_on.has) v.starts_on = v.ends_on;
        if (v.ends_on.has && date_cmp(v.ends_on.v, v.starts_on.v) < 0) row_fault(&r, "ends", MSG_project_dates_turned);
        bool is_more = v.method.n > 0 || v.starts_on.has;
        if (str_is_empty(v.title) && is_more) row_fault(&r, "title", MSG_project_row_activity);
        project_row_done(&r);
        if (!str_is_empty(v.title)) w->activities[out++] = v;
    }
    w->nactivities = out;
    return ERR_OK;
}

static int64_t row_count(struct project_row_form *r, const char *name)
{
    struct opt_count c = form_count(form_of(r), project_row_name(r, name), FORM_MAY, 1, 100000);
    return c.has ? c.v : 1;
}

static enum err read_budget(struct form *f, struct project_whole *w)
{
    const struct choice *expenses = NULL;
    size_t n = project_row_count(f, "budget", PROJECT_BUDGET_MAX), out = 0, nexpenses = 0;
    TRY(project_choices_expense(f->rq, STR(""), &expenses, &nexpenses));
    w->budget = ARENA_ARRAY(f->rq->arena, struct project_budget, n);
    for (size_t i = 1; i <= n; i++) {
        struct project_row_form r = project_row_at(f, "budget", i);
        struct opt_satang price = form_satang(form_of(&r), project_row_name(&r, "price"), FORM_MAY, satang(0));
        struct project_budget b = {.words = row_public(&r, "words", PROJECT_TITLE_MAX, true),
                                   .expense = choice_of(form_of(&r), project_row_name(&r, "expense"), expenses, nexpenses),
                                   .quantity = row_count(&r, "quantity"),
                                   .times = row_count(&r, "times"),
                                   .price = price.has ? price.v : satang(0)};
        if (str_to_int(row_line(&r, "id", 20), &b.id.v) != ERR_OK) b.id.v = 0;
        if (str_to_int(row_line(&r, "activity", 4), &b.activity) != ERR_OK || b.activity > (int64_t)w->nactivities) b.activity = 0;
        if (str_is_empty(b.words) && (price.has || b.expense.n > 0)) row_fault(&r, "words", MSG_project_row_cost);
        if (b.price.v > 0 && b.quantity * b.times > FORM_SATANG_MAX / b.price.v) row_fault(&r, "price", MSG_project_too_much);
        project_row_done(&r);
        if (!str_is_empty(b.words)) w->budget[out++] = b;
    }
    w->nbudget = out;
    return ERR_OK;
}

static void read_expected(struct form *f, struct project_whole *w)
{
    w->p.expected = form_text(f, "expected", FORM_MAY, PROJECT_WORDS_MAX);
    form_public(f, "expected", w->p.expected);
}

/* ---- a small one: everything on one page ---- */

/* Names, one a line; who stood there before keeps duty and telephone. */
static void read_names(struct form *f, struct project_whole *w)
{
    struct str text = form_text(f, "names", FORM_MAY, 2000), one;
    struct project_person *people = ARENA_ARRAY(f->rq->arena, struct project_person, PROJECT_PEOPLE_MAX);
    size_t n = 0;
    while (!str_is_empty(text) && str_split(&text, '\n', &one)) {
        struct str name = str_trim(one);
        if (str_is_empty(name)) continue;
        if (n == PROJECT_PEOPLE_MAX) {
            form_fault_msg(f, "names", MSG_project_too_many);
            break;
        }
        people[n] = (struct project_person){.name = name};
        for (size_t i = 0; i < w->npeople; i++)
            if (str_eq(w->people[i].name, name)) people[n] = w->people[i];
        n++;
    }
    w->people = people;
    w->npeople = n;
}

static enum err read_one(struct form *f, struct project_whole *w)
{
    const struct choice *issues = NULL;
    size_t n = 0;
    TRY(read_head(f, w));
    TRY(project_choices_issue(f->rq, STR(""), &issues, &n));
    struct str issue = choice_of(f, "issue", issues, n);
    w->issues = ARENA_ARRAY(f->rq->arena, struct project_issue, PROJECT_ISSUES_MAX);
    w->nissues = 0;
    if (!str_is_empty(issue)) TRY(read_issue(f->rq, issue, w));
    if (str_eq(w->p.owner_type, STR("5")) || form_has(f, "names")) read_names(f, w);
    read_situation(f, w);
    w->p.method = form_text(f, "method", FORM_MAY, PROJECT_WORDS_MAX);
    form_public(f, "method", w->p.method);
    TRY(read_targets(f, w));
    read_when(f, w);
    w->p.asked = form_satang(f, "asked", FORM_MUST, satang(100));
    w->nbudget = 0;
    return ERR_OK;
}

enum err project_form_read(struct form *f, enum project_page page, struct project_whole *w)
{
    switch (page) {
    case PROJECT_PAGE_ONE: return read_one(f, w);
    case PROJECT_PAGE_HEAD: return read_head(f, w);
    case PROJECT_PAGE_PEOPLE: return read_people(f, w);
    case PROJECT_PAGE_PLAN: return read_plan(f, w);
    case PROJECT_PAGE_OBJECTIVES: return read_objectives(f, w);
    case PROJECT_PAGE_TARGETS: return read_targets(f, w);
    case PROJECT_PAGE_ACTIVITIES: return read_activities(f, w);
    case PROJECT_PAGE_BUDGET: return read_budget(f, w);
    case PROJECT_PAGE_SITUATION: read_situation(f, w); return ERR_OK;
    case PROJECT_PAGE_WHEN: read_when(f, w); return ERR_OK;
    case PROJECT_PAGE_EXPECTED: read_expected(f, w); return ERR_OK;
    default: return ERR_NOT_FOUND;
    }
}

/* ---- the first question ---- */

static enum err read_copy(struct form *f, const struct project_here *here, struct project_new *n)
{
    struct project from = {0};
    bool may_see = false;
    struct str slug = form_raw(f, "copy");
    if (str_is_empty(slug)) return ERR_OK;
    enum err e = project_find(f->rq->db, f->rq->arena, here->fund.code, slug, &from);
    if (e == ERR_OK) e = project_may_see(f->rq->db, f->rq->arena, &f->rq->who, &from, &may_see);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (may_see) n->copy_of = from.id;
    else form_fault_msg(f, "copy", MSG_form_not_among);
    return ERR_OK;
}

enum err project_form_new(struct form *f, const struct project_here *here, struct project_new *ret)
{
    struct whose owner = {0};
    const struct choice *supports = NULL, *issues = NULL;
    size_t nsupports = 0, nissues = 0;
    struct fiscal_year fy = f->rq->this_fy;
    struct str asked_fy = form_raw(f, "fy");
    if (!str_is_empty(asked_fy) &&
        (fiscal_year_parse(asked_fy, &fy) != ERR_OK || fy.v < f->rq->this_fy.v || fy.v > f->rq->this_fy.v + 1)) {
        form_fault_msg(f, "fy", MSG_project_bad_year);
        fy = f->rq->this_fy;
    }
    *ret = (struct project_new){.fund_code = here->fund.code, .fy = fy, .is_for_paper = here->may_decide && form_tick(f, "is_paper")};
    ret->title = form_line(f, "title", FORM_MUST, PROJECT_TITLE_MAX);
    form_public(f, "title", ret->title);
    TRY(read_owner(f, here, (struct account_group_id){0}, &owner));
    struct opt_satang about = form_satang(f, "asked", FORM_MUST, satang(100));
    ret->asked_about = about.v;
    TRY(project_choices_support(f->rq, fy, STR(""), &supports, &nsupports));
    TRY(project_choices_issue(f->rq, STR(""), &issues, &nissues));
    ret->support_type = choice_of(f, "support_type", supports, nsupports);
    ret->issue_code = choice_of(f, "issue", issues, nissues);
    ret->planned_title = form_line(f, "planned", FORM_MAY, PROJECT_TITLE_MAX);
    ret->group = owner.group;
    ret->owner_name = owner.name;
    ret->owner_type = owner.type;
    if (str_is_empty(owner.name)) form_fault_msg(f, "owner_name", MSG_project_lacks_owner);
    if (str_is_empty(owner.type)) form_fault_msg(f, "owner_type", MSG_project_lacks_owner_type);
    return read_copy(f, here, ret);
}
