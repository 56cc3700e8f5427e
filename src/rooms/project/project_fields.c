/* project_fields.c — see project_fields.h. */
#include "rooms/issue/issue.h"
#include "rooms/project/project_fields.h"

#include "rooms/project_sql.h"

#include <assert.h>

#define ITEMS_MAX  700
#define GROUPS_MAX 110
#define KEEPS_MAX  120

struct building {
    struct form *f;
    struct rq *rq;
    bool is_typed;
    struct project_item *items;
    size_t nitems;
    struct project_fields *groups;
    size_t ngroups;
    struct project_keep *keeps;
    size_t nkeeps;
};

static struct building building_of(struct form *f, bool is_typed)
{
    struct arena *a = f->rq->arena;
    return (struct building){.f = f,
                             .rq = f->rq,
                             .is_typed = is_typed,
                             .items = ARENA_ARRAY(a, struct project_item, ITEMS_MAX),
                             .groups = ARENA_ARRAY(a, struct project_fields, GROUPS_MAX),
                             .keeps = ARENA_ARRAY(a, struct project_keep, KEEPS_MAX)};
}

static struct str say(struct building *b, enum msg m)
{
    return msg_text(m, b->rq->page.lang);
}

static struct project_fields *group(struct building *b, struct str legend)
{
    assert(b->ngroups < GROUPS_MAX);
    struct project_fields *g = &b->groups[b->ngroups++];
    *g = (struct project_fields){.legend = legend, .items = &b->items[b->nitems]};
    return g;
}

static struct project_item *item(struct building *b, enum project_item_kind kind, enum msg label)
{
    assert(b->nitems < ITEMS_MAX && b->ngroups > 0);
    struct project_item *i = &b->items[b->nitems++];
    *i = (struct project_item){.kind = kind, .label = say(b, label), .hint = STR(""), .input = STR("text"), .rows = 4};
    b->groups[b->ngroups - 1].nitems++;
    return i;
}

static void keep(struct building *b, struct str name, struct str value)
{
    assert(b->nkeeps < KEEPS_MAX);
    b->keeps[b->nkeeps++] = (struct project_keep){name, value};
}

static struct field field_of(struct building *b, const char *name, struct str saved)
{
    return b->is_typed ? form_field(b->f, name) : form_field_of(b->f, name, str_is_none(saved) ? STR("") : saved);
}

static struct project_item *line(struct building *b, const char *name, struct str saved, enum msg label)
{
    struct project_item *i = item(b, PROJECT_ITEM_LINE, label);
    i->f = field_of(b, name, saved);
    return i;
}

static void text(struct building *b, const char *name, struct str saved, enum msg label, enum msg hint, int64_t rows)
{
    struct project_item *i = item(b, PROJECT_ITEM_TEXT, label);
    i->f = field_of(b, name, saved);
    i->hint = say(b, hint);
    i->rows = rows;
}

static void money(struct building *b, const char *name, struct opt_satang saved, enum msg label, struct str hint)
{
    struct project_item *i = item(b, PROJECT_ITEM_LINE, label);
    i->f = b->is_typed ? form_field(b->f, name) : form_satang_field_of(b->f, name, saved);
    i->input = STR("money");
    i->hint = hint;
}

static void day(struct building *b, const char *name, struct opt_date saved, enum msg label)
{
    struct project_item *i = item(b, PROJECT_ITEM_DATE, label);
    i->d = b->is_typed ? form_date_field(b->f, name) : form_date_field_of(b->f, name, saved);
}

/* A list to choose from; the chosen one is what the field holds. */
static void choose(struct building *b, enum project_item_kind kind, const char *name, struct str saved, enum msg label,
                   const struct choice *choices, size_t n)
{
    struct project_item *i = item(b, kind, label);
    struct choice *own = ARENA_ARRAY(b->rq->arena, struct choice, n);
    i->f = field_of(b, name, saved);
    for (size_t k = 0; k < n; k++) own[k] = (struct choice){choices[k].value, choices[k].label, str_eq(choices[k].value, i->f.value)};
    i->choices = own;
    i->nchoices = n;
}

static const char *nth(struct building *b, const char *name, size_t at)
{
    return str_z(b->rq->arena, str_printf(b->rq->arena, "%s_%zu", name, at));
}

static struct str number(struct building *b, size_t n)
{
    return str_printf(b->rq->arena, "%zu", n);
}

/* How many rows a list shows: those kept and some blank ones, or as many as were typed. */
static size_t rows_shown(struct building *b, size_t kept, size_t blank, int64_t more, size_t most)
{
    int64_t typed = 0;
    size_t n = kept + (more > 0 ? (size_t)more : kept == 0 ? blank : 1);
    if (b->is_typed && str_to_int(form_raw(b->f, "rows"), &typed) == ERR_OK && typed > 0) n = (size_t)typed + (size_t)(more > 0 ? more : 0);
    if (n > most) n = most;
    keep(b, STR("rows"), number(b, n));
    return n;
}

/* ---- pages ---- */

static struct str id_text(struct building *b, int64_t id)
{
    return id != 0 ? str_printf(b->rq->arena, "%lld", (long long)id) : STR("");
}

/* Who proposes is offered what such a person may be or ask for: not the fund's own office, nor a support type that nobody has
 * named. What stands in the proposal already stays. */
static size_t own_choices(struct building *b, const struct project_here *here, struct str not_own, struct str kept, const struct choice **all,
                          size_t n)
{
    struct choice *out = ARENA_ARRAY(b->rq->arena, struct choice, n);
    size_t nout = 0;
    for (size_t i = 0; i < n; i++)
        if (here->may_decide || !str_eq((*all)[i].value, not_own) || str_eq(kept, not_own)) out[nout++] = (*all)[i];
    *all = out;
    return nout;
}

/* Whose: one of the known groups, or a name. */
static enum err owner_items(struct building *b, const struct project_here *here, struct account_group_id kept, struct str name, struct str type)
{
    struct project_owner_group *groups = NULL;
    const struct choice *types = NULL;
    size_t n = 0, ntypes = 0, out = 0;
    bool is_there = id_is_none(kept);
    TRY(project_form_groups(b->rq, here, &groups, &n));
    TRY(project_choices_owner(b->rq, STR(""), &types, &ntypes));
    struct choice *choices = ARENA_ARRAY(b->rq->arena, struct choice, n + 2);
    for (size_t i = 0; i < n; i++) {
        choices[out++] = (struct choice){id_text(b, groups[i].id.v), groups[i].name, false};
        is_there |= groups[i].id.v == kept.v;
    }
    if (!is_there) choices[out++] = (struct choice){id_text(b, kept.v), name, false};
    if (out > 0) {
        choices[out++] = (struct choice){STR("other"), say(b, MSG_project_owner_other), false};
        struct str chosen = id_is_none(kept) ? (str_is_empty(name) && n == 1 ? choices[0].value : STR("other")) : id_text(b, kept.v);
        choose(b, PROJECT_ITEM_RADIO, "group", chosen, MSG_project_owner, choices, out);
    }
    line(b, "owner_name", id_is_none(kept) ? name : STR(""), out > 0 ? MSG_project_owner_new : MSG_project_owner)->hint = say(b, MSG_project_owner_hint);
    ntypes = own_choices(b, here, STR(ISSUE_OWNER_OFFICE), type, &types, ntypes);
    choose(b, PROJECT_ITEM_CHOICE, "owner_type", id_is_none(kept) ? type : STR(""), MSG_project_owner_type, types, ntypes);
    return ERR_OK;
}

static enum err head_items(struct building *b, const struct project_here *here, const struct project_whole *w)
{
    const struct choice *supports = NULL;
    size_t n = 0;
    line(b, "title", w->p.title, MSG_project_title)->hint = say(b, MSG_project_title_hint);
    TRY(owner_items(b, here, w->p.group, w->p.owner_name, w->p.owner_type));
    TRY(project_choices_support(b->rq, w->p.fy, STR(""), &supports, &n));
    n = own_choices(b, here, STR(ISSUE_SUPPORT_UNNAMED), w->p.support_type, &supports, n);
    choose(b, PROJECT_ITEM_CHOICE, "support_type", w->p.support_type, MSG_project_support, supports, n);
    return ERR_OK;
}

static void people_items(struct building *b, const struct project_whole *w, int64_t more)
{
    size_t n = rows_shown(b, w->npeople, 5, more, PROJECT_PEOPLE_MAX);
    if (n < 5) n = 5;
    b->keeps[b->nkeeps - 1].value = number(b, n);
    for (size_t i = 1; i <= n; i++) {
        struct project_person p = i <= w->npeople ? w->people[i - 1] : (struct project_person){0};
        group(b, MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_person_nth, number(b, i)));
        line(b, nth(b, "name", i), p.name, MSG_project_person_name);
        line(b, nth(b, "duty", i), p.duty, MSG_project_person_duty);
        line(b, nth(b, "phone", i), p.phone, MSG_project_person_phone)->input = STR("tel");
    }
}

static enum err plan_items(struct building *b, const struct project_whole *w, int64_t more)
{
    const struct choice *issues = NULL;
    size_t n = 0, shown = w->nissues + (more > 0 || w->nissues == 0 ? 1 : 0);
    TRY(project_choices_issue(b->rq, STR(""), &issues, &n));
    for (size_t i = 1; i <= PROJECT_ISSUES_MAX && b->is_typed; i++)
        if (!str_is_empty(form_raw(b->f, nth(b, "issue", i))) && i > shown) shown = i;
    if (b->is_typed && more > 0) shown++;
    group(b, STR(""));
    for (size_t i = 1; i <= shown && i <= PROJECT_ISSUES_MAX; i++)
        choose(b, PROJECT_ITEM_CHOICE, nth(b, "issue", i), i <= w->nissues ? w->issues[i - 1].code : STR(""),
               i == 1 ? MSG_project_issue_main : MSG_project_issue_more, issues, n);
    return ERR_OK;
}

/* The fund's plan already says where we stand: the first draft of the situation, to be mended. */
static enum err situation_start(struct building *b, const struct project_whole *w, struct str *ret)
{
    struct project_plan_situation_row *rows = NULL;
    struct buf out = buf_in(b->rq->arena, 16000);
    size_t n = 0;
    *ret = w->p.situation;
    if (!str_is_empty(w->p.situation) || w->nissues == 0) return ERR_OK;
    TRY(project_plan_situation(b->rq->db, b->rq->arena, w->p.fund, w->p.fy, w->issues[0].id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct str now = project_x100_text(b->rq, rows[i].value_x100), to = project_x100_text(b->rq, rows[i].target_x100);
        if (str_is_empty(rows[i].words_th) || str_is_empty(now)) continue;
        buf_put(&out, MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_situation_line,
                                 lang_name(b->rq->page.lang, rows[i].words_th, rows[i].words_en), now, to.n > 0 ? to : STR("–")));
        BUF_LIT(&out, "\n");
    }
    *ret = out.n > 0 ? buf_str(&out) : STR("");
    return ERR_OK;
}

static enum err situation_items(struct building *b, const struct project_whole *w)
{
    struct str start = STR("");
    TRY(situation_start(b, w, &start));
    group(b, STR(""));
    text(b, "situation", start, MSG_project_part_situation, MSG_project_situation_hint, 8);
    return ERR_OK;
}

static enum err objective_items(struct building *b, const struct project_whole *w, int64_t more)
{
    struct project_indicator_choices_row *rows = NULL;
    size_t nrows = 0, n = rows_shown(b, w->nobjectives, 1, more, PROJECT_OBJECTIVES_MAX);
    if (w->nobjectives > 0 && more <= 0 && !b->is_typed) {
        n = w->nobjectives;
        b->keeps[b->nkeeps - 1].value = number(b, n);
    }
    TRY(project_indicator_choices(b->rq->db, b->rq->arena, w->p.id, &rows, &nrows));
    struct choice *choices = ARENA_ARRAY(b->rq->arena, struct choice, nrows);
    for (size_t i = 0; i < nrows; i++)
        choices[i] = (struct choice){id_text(b, rows[i].id.v), lang_name(b->rq->page.lang, rows[i].name_th, rows[i].name_en), false};
    for (size_t i = 1; i <= n; i++) {
        struct project_objective o = i <= w->nobjectives ? w->objectives[i - 1] : (struct project_objective){0};
        group(b, MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_objective_nth, number(b, i)));
        text(b, nth(b, "words", i), o.words, MSG_project_objective_words, MSG_project_objective_hint, 2);
        if (nrows > 0) choose(b, PROJECT_ITEM_CHOICE, nth(b, "indicator", i), id_text(b, o.indicator.v), MSG_project_indicator, choices, nrows);
        line(b, nth(b, "indicator_words", i), id_is_none(o.indicator) ? o.indicator_words : STR(""),
             nrows > 0 ? MSG_project_indicator_own : MSG_project_indicator)->hint = say(b, MSG_project_indicator_hint);
        line(b, nth(b, "from", i), project_x100_text(b->rq, o.from_x100), MSG_project_from)->input = STR("digits");
        line(b, nth(b, "to", i), project_x100_text(b->rq, o.to_x100), MSG_project_to)->input = STR("digits");
    }
    return ERR_OK;
}

static enum err target_items(struct building *b, const struct project_whole *w, struct str legend)
{
    const struct choice *groups = NULL;
    size_t n = 0;
    TRY(project_choices_target(b->rq, STR(""), &groups, &n));
    group(b, legend)->id = STR("targets");
    for (size_t i = 0; i < n; i++) {
        struct str saved = STR("");
        for (size_t k = 0; k < w->ntargets; k++)
            if (str_eq(w->targets[k].group, groups[i].value) && w->targets[k].planned.has)
                saved = str_printf(b->rq->arena, "%lld", (long long)w->targets[k].planned.v);
        struct project_item *it = line(b, str_z(b->rq->arena, str_printf(b->rq->arena, "group_%.*s", STR_FMT(groups[i].value))), saved,
                                       MSG_project_people_unit);
        it->label = groups[i].label;
        it->kind = PROJECT_ITEM_COUNT;
    }
    return ERR_OK;
}

static void when_items(struct building *b, const struct project_whole *w)
{
    day(b, "starts", w->p.starts_on, MSG_project_starts);
    day(b, "ends", w->p.ends_on, MSG_project_ends);
    line(b, "place", w->p.place, MSG_project_place)->hint = say(b, MSG_project_place_hint);
}

static void activity_items(struct building *b, const struct project_whole *w, int64_t more)
{
    size_t n = rows_shown(b, w->nactivities, 1, more, PROJECT_ACTIVITIES_MAX);
    struct choice *aims = ARENA_ARRAY(b->rq->arena, struct choice, w->nobjectives);
    for (size_t i = 0; i < w->nobjectives; i++) aims[i] = (struct choice){number(b, i + 1), w->objectives[i].words, false};
    if (w->nactivities > 0 && more <= 0 && !b->is_typed) {
        n = w->nactivities;
        b->keeps[b->nkeeps - 1].value = number(b, n);
    }
    for (size_t i = 1; i <= n; i++) {
        struct project_activity v = i <= w->nactivities ? w->activities[i - 1] : (struct project_activity){0};
        keep(b, str_of(nth(b, "id", i)), b->is_typed ? form_raw(b->f, nth(b, "id", i)) : id_text(b, v.id.v));
        group(b, MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_activity_nth, number(b, i)));
        line(b, nth(b, "title", i), v.title, MSG_project_activity_title)->hint = say(b, MSG_project_activity_hint);
        text(b, nth(b, "how", i), v.method, MSG_project_activity_how, MSG_project_activity_how_hint, 3);
        if (w->nobjectives > 1)
            choose(b, PROJECT_ITEM_CHOICE, nth(b, "objective", i), v.objective > 0 ? number(b, (size_t)v.objective) : STR(""),
                   MSG_project_activity_aim, aims, w->nobjectives);
        day(b, nth(b, "starts", i), v.starts_on, MSG_project_activity_starts);
        day(b, nth(b, "ends", i), v.ends_on, MSG_project_activity_ends);
    }
}

static void budget_row(struct building *b, const struct project_whole *w, size_t i, const struct choice *expenses, size_t nexpenses,
                       const struct choice *acts)
{
    struct project_budget l = i <= w->nbudget ? w->budget[i - 1] : (struct project_budget){0};
    bool is_kept = i <= w->nbudget;
    struct project_fields *g = group(b, MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_cost_nth, number(b, i)));
    keep(b, str_of(nth(b, "id", i)), b->is_typed ? form_raw(b->f, nth(b, "id", i)) : id_text(b, l.id.v));
    line(b, nth(b, "words", i), l.words, MSG_project_cost_words)->hint = say(b, MSG_project_cost_hint);
    line(b, nth(b, "quantity", i), is_kept ? id_text(b, l.quantity) : STR(""), MSG_project_cost_quantity)->input = STR("digits");
    money(b, nth(b, "price", i), (struct opt_satang){is_kept, l.price}, MSG_project_cost_price, STR(""));
    line(b, nth(b, "times", i), is_kept ? id_text(b, l.times) : STR(""), MSG_project_cost_times)->input = STR("digits");
    choose(b, PROJECT_ITEM_CHOICE, nth(b, "expense", i), l.expense, MSG_project_cost_kind, expenses, nexpenses);
    if (w->nactivities > 0)
        choose(b, PROJECT_ITEM_CHOICE, nth(b, "activity", i), l.activity > 0 ? number(b, (size_t)l.activity) : STR(""),
               MSG_project_cost_activity, acts, w->nactivities);
    if (is_kept && !b->is_typed)
        g->note = MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_cost_comes_to, project_money_text(b->rq, some_satang(l.amount)));
}

static enum err budget_items(struct building *b, const struct project_whole *w, int64_t more, struct project_form_view *v)
{
    const struct choice *expenses = NULL;
    size_t nexpenses = 0, n = rows_shown(b, w->nbudget, 3, more, PROJECT_BUDGET_MAX);
    struct choice *acts = ARENA_ARRAY(b->rq->arena, struct choice, w->nactivities);
    for (size_t i = 0; i < w->nactivities; i++) acts[i] = (struct choice){number(b, i + 1), w->activities[i].title, false};
    TRY(project_choices_expense(b->rq, STR(""), &expenses, &nexpenses));
    for (size_t i = 1; i <= n; i++) budget_row(b, w, i, expenses, nexpenses, acts);
    if (w->nbudget > 0)
        v->sum = MSG_FORMAT(b->rq->arena, b->rq->page.lang, MSG_project_sum_now, project_money_text(b->rq, some_satang(w->budget_sum)));
    return ERR_OK;
}

static struct str names_text(struct building *b, const struct project_whole *w)
{
    struct buf out = buf_in(b->rq->arena, 16000);
    for (size_t i = 0; i < w->npeople; i++) {
        buf_put(&out, w->people[i].name);
        BUF_LIT(&out, "\n");
    }
    return out.n > 0 ? buf_str(&out) : STR("");
}

static enum err one_items(struct building *b, const struct project_here *here, const struct project_whole *w)
{
    const struct choice *issues = NULL;
    size_t n = 0;
    struct str start = STR("");
    TRY(project_choices_issue(b->rq, STR(""), &issues, &n));
    TRY(situation_start(b, w, &start));
    group(b, say(b, MSG_project_one_what));
    TRY(head_items(b, here, w));
    if (str_eq(w->p.owner_type, STR("5"))) text(b, "names", names_text(b, w), MSG_project_names, MSG_project_names_hint, 5);
    choose(b, PROJECT_ITEM_CHOICE, "issue", w->nissues > 0 ? w->issues[0].code : STR(""), MSG_project_issue_main, issues, n);
    group(b, say(b, MSG_project_one_why));
    text(b, "situation", start, MSG_project_part_situation, MSG_project_situation_hint, 4);
    text(b, "method", w->p.method, MSG_project_method, MSG_project_method_hint, 4);
    TRY(target_items(b, w, say(b, MSG_project_part_targets)));
    group(b, say(b, MSG_project_one_when));
    when_items(b, w);
    group(b, say(b, MSG_project_one_money));
    money(b, "asked", w->p.asked, MSG_project_asked, say(b, MSG_project_one_money_hint));
    return ERR_OK;
}

static enum err page_items(struct building *b, const struct project_here *here, enum project_page page, const struct project_whole *w,
                           int64_t more, struct project_form_view *v)
{
    switch (page) {
    case PROJECT_PAGE_ONE: return one_items(b, here, w);
    case PROJECT_PAGE_HEAD: group(b, STR("")); return head_items(b, here, w);
    case PROJECT_PAGE_PEOPLE: people_items(b, w, more); return ERR_OK;
    case PROJECT_PAGE_PLAN: return plan_items(b, w, more);
    case PROJECT_PAGE_SITUATION: return situation_items(b, w);
    case PROJECT_PAGE_OBJECTIVES: return objective_items(b, w, more);
    case PROJECT_PAGE_TARGETS: return target_items(b, w, say(b, MSG_project_people_unit));
    case PROJECT_PAGE_WHEN:
        group(b, STR(""));
        when_items(b, w);
        return ERR_OK;
    case PROJECT_PAGE_ACTIVITIES: activity_items(b, w, more); return ERR_OK;
    case PROJECT_PAGE_BUDGET: return budget_items(b, w, more, v);
    case PROJECT_PAGE_EXPECTED:
        group(b, STR(""));
        text(b, "expected", w->p.expected, MSG_project_part_expected, MSG_project_expected_hint, 5);
        return ERR_OK;
    default: return ERR_NOT_FOUND;
    }
}

enum err project_fields_fill(struct form *f, const struct project_here *here, enum project_page page,
                             const struct project_whole *w, bool is_typed, int64_t more, struct project_form_view *v)
{
    struct building b = building_of(f, is_typed);
    TRY(page_items(&b, here, page, w, more, v));
    v->may_more = page == PROJECT_PAGE_PEOPLE || page == PROJECT_PAGE_PLAN || page == PROJECT_PAGE_OBJECTIVES ||
                  page == PROJECT_PAGE_ACTIVITIES || page == PROJECT_PAGE_BUDGET;
    v->groups = b.groups;
    v->ngroups = b.ngroups;
    v->keeps = b.keeps;
    v->nkeeps = b.nkeeps;
    return ERR_OK;
}

/* ---- the first question ---- */

enum err project_fields_new(struct form *f, const struct project_here *here, const struct project_begin *from, bool is_typed,
                            struct project_form_view *v)
{
    struct building b = building_of(f, is_typed);
    struct rq *rq = f->rq;
    group(&b, STR(""));
    line(&b, "title", from->title, MSG_project_new_what)->hint = say(&b, MSG_project_title_hint);
    TRY(owner_items(&b, here, (struct account_group_id){0}, from->owner_name, from->owner_type));
    struct project_item *about = line(&b, "asked", from->asked, MSG_project_new_about);
    about->input = STR("money");
    about->hint = say(&b, MSG_project_new_about_hint);
    if (rq->today.month >= 6 && rq->today.month <= 9) { /* towards the year's end people write for the next one */
        struct choice *years = ARENA_ARRAY(rq->arena, struct choice, 2);
        for (int i = 0; i < 2; i++) {
            struct str y = str_printf(rq->arena, "%d", (int)rq->this_fy.v + i);
            years[i] = (struct choice){y, y, false};
        }
        choose(&b, PROJECT_ITEM_CHOICE, "fy", str_is_empty(from->fy) ? years[0].value : from->fy, MSG_project_fy, years, 2);
    } else if (!str_is_empty(is_typed ? form_raw(f, "fy") : from->fy)) {
        keep(&b, STR("fy"), is_typed ? form_raw(f, "fy") : from->fy); /* a line of next year's plan */
    }
    if (here->may_decide) {
        struct choice how[] = {{STR("1"), say(&b, MSG_project_paper_yes), false}, {STR("0"), say(&b, MSG_project_paper_no), false}};
        choose(&b, PROJECT_ITEM_RADIO, "is_paper", STR("1"), MSG_project_paper, how, 2);
    }
    const char *const names[] = {"issue", "support_type", "planned", "copy"};
    const struct str values[] = {from->issue, from->support_type, from->planned, from->copy};
    for (size_t i = 0; i < 4; i++) {
        struct str value = is_typed ? form_raw(f, names[i]) : values[i];
        if (!str_is_empty(value)) keep(&b, str_of(names[i]), value);
    }
    v->groups = b.groups;
    v->ngroups = b.ngroups;
    v->keeps = b.keeps;
    v->nkeeps = b.nkeeps;
    return ERR_OK;
}
