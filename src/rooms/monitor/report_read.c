/* report_read.c — what a person sends of a report, page or JSON, a section at a time. */
#include "base/thai.h"
#include "json/json_in.h"
#include "rooms/monitor/monitor_ask.h"

#define PEOPLE_MOST 10000000
#define X100_MOST   INT64_C(100000000000)
#define TITLE_MAX   MONITOR_LINE_MAX

static const char *named(struct form *f, const char *stem, int64_t n)
{
    return str_z(f->rq->arena, str_printf(f->rq->arena, "%s_%lld", stem, (long long)n));
}

/* ---- what and when ---- */

/* The planned activity at this position; "other" is none of them. */
static void read_activity(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    int64_t position = 0;
    struct str typed = form_raw(f, "activity");
    const struct json_value *v = f->json == NULL ? NULL : json_member(f->json, "activity");
    if (v != NULL && v->kind == JSON_IN_INT) position = v->number;
    else if (typed.n == 0) return;
    else if (str_eq(typed, STR("other"))) r->activity.v = 0;
    else if (str_to_int(typed, &position) != ERR_OK) position = -1;
    if (position == 0) return;
    if (position < 1 || position > (int64_t)here->w.nactivities) {
        form_fault_msg(f, "activity", MSG_form_not_among);
        return;
    }
    const struct project_activity *chosen = &here->w.activities[position - 1];
    if (r->title.n == 0) r->title = str_first(chosen->title, chosen->title.n);
    r->activity = chosen->id;
}

static void read_days(struct form *f, struct monitor_report *r)
{
    struct rq *rq = f->rq;
    r->on = form_date(f, "on", FORM_MAY);
    r->ends_on = form_date(f, "ends_on", FORM_MAY);
    if (r->on.has && date_cmp(r->on.v, rq->today) > 0) form_fault_msg(f, "on", MSG_monitor_on_future);
    if (r->on.has && r->ends_on.has && date_cmp(r->ends_on.v, r->on.v) < 0) form_fault_msg(f, "ends_on", MSG_monitor_ends_early);
    if (r->ends_on.has && date_cmp(r->ends_on.v, rq->today) > 0) form_fault_msg(f, "ends_on", MSG_monitor_on_future);
}

static void read_what(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    if (!r->is_final) r->title = form_line(f, "title", FORM_MAY, TITLE_MAX);
    if (!r->is_final && !here->is_programme) read_activity(f, here, r);
    read_days(f, r);
    r->reporter_name = form_line(f, "reporter_name", FORM_MAY, TITLE_MAX);
    if (here->is_programme) r->reporter_area = form_line(f, "reporter_area", FORM_MAY, TITLE_MAX);
}

/* ---- words ---- */

/* "The same as above" stands for the text above where nothing else is typed. */
static struct str text_or_same(struct form *f, const char *name, struct str above)
{
    struct str typed = form_text(f, name, FORM_MAY, MONITOR_WORDS_MAX);
    bool is_same = form_tick(f, str_z(f->rq->arena, str_printf(f->rq->arena, "%s_same", name)));
    return typed.n == 0 && is_same ? above : typed;
}

static void read_words(struct form *f, const struct monitor_here *here, unsigned sections, struct monitor_report *r)
{
    if (sections & SECTION_DONE) {
        if (here->is_programme || f->json != NULL) r->planned = form_text(f, "planned", FORM_MAY, MONITOR_WORDS_MAX);
        r->done = text_or_same(f, "done", r->planned);
    }
    if (sections & SECTION_RESULT) {
        r->output = text_or_same(f, "output", r->done);
        r->outcome = text_or_same(f, "outcome", r->output);
        r->conclusion = text_or_same(f, "conclusion", r->outcome);
    }
    if (sections & SECTION_LEARNED) {
        r->problems = form_text(f, "problems", FORM_MAY, MONITOR_WORDS_MAX);
        if (r->is_final || f->json != NULL) r->suggestions = form_text(f, "suggestions", FORM_MAY, MONITOR_WORDS_MAX);
    }
}

/* ---- people ---- */

static bool knows_group(const struct monitor_here *here, struct str code)
{
    for (size_t i = 0; i < here->ngroups; i++)
        if (str_eq(here->groups[i].code, code)) return true;
    return false;
}

static void people_json(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    const struct json_value *list = NULL;
    enum err e = json_get_array(f->json, "people", &list);
    if (e == ERR_INPUT) form_fault_msg(f, "people", MSG_form_not_among);
    for (size_t i = 0; list != NULL && i < list->nitems && r->npeople < here->ngroups; i++) {
        struct str code = STR("");
        int64_t people = 0;
        bool is_good = list->items[i].kind == JSON_IN_OBJECT &&
                       json_get_line(f->rq->arena, &list->items[i], "group", 60, &code) == ERR_OK &&
                       json_get_int(&list->items[i], "people", 0, PEOPLE_MOST, &people) == ERR_OK && knows_group(here, code);
        for (size_t k = 0; k < r->npeople; k++) is_good = is_good && !str_eq(r->people[k].group, code);
        if (is_good) r->people[r->npeople++] = (struct project_group_count){code, people};
        else form_fault_msg(f, "people", MSG_monitor_people_bad);
    }
}

static void read_people(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    r->people = ARENA_ARRAY(f->rq->arena, struct project_group_count, here->ngroups);
    r->npeople = 0;
    if (f->json != NULL) {
        people_json(f, here, r);
        return;
    }
    for (size_t i = 0; i < here->ngroups; i++) {
        const char *name = str_z(f->rq->arena, str_printf(f->rq->arena, "people_%.*s", STR_FMT(here->groups[i].code)));
        struct opt_count n = form_count(f, name, FORM_MAY, 0, PEOPLE_MOST);
        if (n.has) r->people[r->npeople++] = (struct project_group_count){here->groups[i].code, n.v};
    }
}

/* ---- money ---- */

static void money_put(struct monitor_report *r, struct project_budget_id line, struct str words, struct satang amount)
{
    if (r->nmoney < MONITOR_MONEY_MAX) r->money[r->nmoney++] = (struct monitor_money){line, words, amount};
}

static void money_json_row(struct form *f, const struct monitor_here *here, const struct json_value *v, struct monitor_report *r)
{
    struct str words = STR("");
    int64_t amount = -1, line = 0;
    bool is_good = v->kind == JSON_IN_OBJECT && json_get_int(v, "amount_satang", 0, FORM_SATANG_MAX, &amount) == ERR_OK;
    bool has_line = is_good && json_get_int(v, "line", 1, (int64_t)here->w.nbudget, &line) == ERR_OK;
    bool has_words = is_good && json_get_line(f->rq->arena, v, "words", 600, &words) == ERR_OK && words.n > 0;
    if (has_line) money_put(r, here->w.budget[line - 1].id, here->w.budget[line - 1].words, satang(amount));
    else if (has_words) money_put(r, (struct project_budget_id){0}, words, satang(amount));
    else form_fault_msg(f, "money", MSG_monitor_money_bad);
}

static void money_page(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    for (size_t i = 0; i < here->w.nbudget && !monitor_is_small(here); i++) {
        struct opt_satang v = form_satang(f, named(f, "money", (int64_t)i + 1), FORM_MAY, satang(0));
        if (v.has) money_put(r, here->w.budget[i].id, here->w.budget[i].words, v.v);
    }
    for (int64_t i = 1; i <= MONITOR_OWN_LINES; i++) {
        struct str words = form_line(f, named(f, "words", i), FORM_MAY, TITLE_MAX);
        struct opt_satang v = form_satang(f, named(f, "amount", i), FORM_MAY, satang(0));
        if (v.has && words.n == 0) form_fault_msg(f, named(f, "words", i), MSG_monitor_money_words);
        if (v.has && words.n > 0) money_put(r, (struct project_budget_id){0}, words, v.v);
        if (!v.has && words.n > 0) form_fault_msg(f, named(f, "amount", i), MSG_monitor_money_amount);
    }
}

static void read_money(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    const struct json_value *list = NULL;
    r->money = ARENA_ARRAY(f->rq->arena, struct monitor_money, MONITOR_MONEY_MAX);
    r->nmoney = 0;
    r->spent = form_satang(f, "spent", FORM_MAY, satang(0));
    if (f->json == NULL) {
        money_page(f, here, r);
        return;
    }
    if (json_get_array(f->json, "money", &list) == ERR_INPUT) form_fault_msg(f, "money", MSG_monitor_money_bad);
    for (size_t i = 0; list != NULL && i < list->nitems; i++) money_json_row(f, here, &list->items[i], r);
}

/* ---- what was reached ---- */

/* "12.5" → 1250, Thai digits too. */
static struct opt_count read_x100(struct form *f, const char *name)
{
    struct satang v = satang(0);
    struct str typed = thai_digits_to_ascii(f->rq->arena, form_raw(f, name));
    if (typed.n == 0) return (struct opt_count){0};
    if (satang_parse(typed, &v) == ERR_OK && v.v >= 0 && v.v <= X100_MOST) return (struct opt_count){true, v.v};
    form_fault_msg(f, name, MSG_monitor_figure_bad);
    return (struct opt_count){0};
}

static void percent_of(struct form *f, const char *name, struct monitor_result *s)
{
    if (!s->numerator.has && !s->denominator.has) return;
    if (!s->numerator.has || !s->denominator.has) {
        form_fault_msg(f, name, MSG_monitor_both_counts);
        return;
    }
    if (s->numerator.v > s->denominator.v) form_fault_msg(f, name, MSG_monitor_more_than_all);
    s->reached_x100 = (struct opt_count){true, (s->numerator.v * 10000 + s->denominator.v / 2) / s->denominator.v};
}

static void judge(struct monitor_result *s, const struct project_objective *o, struct opt_count chosen)
{
    int64_t level = monitor_level(o->direction, o->from_x100, o->to_x100, s->reached_x100);
    s->level = level != 0 ? level : chosen.v;
}

static struct monitor_result reached_page(struct form *f, const struct project_objective *o, int64_t n)
{
    struct monitor_result s = {.position = n};
    if (str_eq(o->unit, STR("percent"))) {
        s.numerator = form_count(f, named(f, "numerator", n), FORM_MAY, 0, PEOPLE_MOST);
        s.denominator = form_count(f, named(f, "denominator", n), FORM_MAY, 1, PEOPLE_MOST);
        percent_of(f, named(f, "numerator", n), &s);
    } else {
        s.reached_x100 = read_x100(f, named(f, "reached", n));
    }
    s.words = form_text(f, named(f, "reached_words", n), FORM_MAY, MONITOR_WORDS_MAX);
    judge(&s, o, form_count(f, named(f, "level", n), FORM_MAY, 1, 4));
    return s;
}

static struct opt_count json_count(const struct json_value *v, const char *name, int64_t low, int64_t high)
{
    int64_t n = 0;
    return json_get_int(v, name, low, high, &n) == ERR_OK ? (struct opt_count){true, n} : (struct opt_count){0};
}

static void reached_json(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    const struct json_value *list = NULL;
    if (json_get_array(f->json, "results", &list) == ERR_INPUT) form_fault_msg(f, "results", MSG_monitor_results_bad);
    for (size_t i = 0; list != NULL && i < list->nitems && r->nresults < here->w.nobjectives; i++) {
        const struct json_value *v = &list->items[i];
        int64_t n = 0;
        if (v->kind != JSON_IN_OBJECT || json_get_int(v, "objective", 1, (int64_t)here->w.nobjectives, &n) != ERR_OK) {
            form_fault_msg(f, "results", MSG_monitor_results_bad);
            return;
        }
        struct monitor_result s = {.position = n,
                                   .numerator = json_count(v, "numerator", 0, PEOPLE_MOST),
                                   .denominator = json_count(v, "denominator", 1, PEOPLE_MOST),
                                   .reached_x100 = json_count(v, "reached_x100", 0, X100_MOST)};
        for (size_t k = 0; k < r->nresults; k++)
            if (r->results[k].position == n) form_fault_msg(f, "results", MSG_monitor_results_bad);
        percent_of(f, "results", &s);
        (void)json_get_text(f->rq->arena, v, "words", MONITOR_WORDS_MAX, &s.words);
        judge(&s, &here->w.objectives[n - 1], json_count(v, "level", 1, 4));
        r->results[r->nresults++] = s;
    }
}

static void read_reached(struct form *f, const struct monitor_here *here, struct monitor_report *r)
{
    r->results = ARENA_ARRAY(f->rq->arena, struct monitor_result, here->w.nobjectives);
    r->nresults = 0;
    if (f->json != NULL) {
        reached_json(f, here, r);
        return;
    }
    for (size_t i = 0; i < here->w.nobjectives; i++)
        r->results[r->nresults++] = reached_page(f, &here->w.objectives[i], (int64_t)i + 1);
}

void monitor_read(struct form *f, const struct monitor_here *here, unsigned sections, struct monitor_report *r)
{
    if (sections & SECTION_WHAT) read_what(f, here, r);
    read_words(f, here, sections, r);
    if (sections & SECTION_PEOPLE) read_people(f, here, r);
    if ((sections & SECTION_MONEY) && !here->is_programme) read_money(f, here, r);
    if ((sections & SECTION_REACHED) && r->is_final) read_reached(f, here, r);
}
