/* plan_steps.c — what each page of a plan asks, and what is read from it. */
#include "rooms/plan/plan_edit.h"

#define ASKS_MAX   8  /* of one group */
#define GROUPS_MAX 64

static const char *const units[] = {"count", "percent", "kg_per_day", "baht_per_month", "other"};
static const char *const directions[] = {"down", "up"};

static const char *numbered(struct plan_editing *e, const char *name, size_t i)
{
    return str_z(e->rq->arena, str_printf(e->rq->arena, "%s_%zu", name, i + 1));
}

static struct str say(struct plan_editing *e, enum msg key)
{
    return msg_text(key, e->rq->page.lang);
}

/* ---- one question ---- */

static struct field value_of(struct plan_editing *e, const char *name, struct str kept)
{
    return e->is_typed ? form_field(&e->form, name) : form_field_of(&e->form, name, str_is_none(kept) ? STR("") : kept);
}

static struct plan_ask line(struct plan_editing *e, const char *name, struct str label, struct str hint, const char *input,
                            struct str kept)
{
    return (struct plan_ask){.kind = PLAN_ASK_LINE, .f = value_of(e, name, kept), .label = label, .hint = hint,
                             .input = str_of(input)};
}

static struct plan_ask area(struct plan_editing *e, const char *name, struct str label, struct str hint, struct str kept)
{
    return (struct plan_ask){.kind = PLAN_ASK_TEXT, .f = value_of(e, name, kept), .label = label, .hint = hint};
}

static struct plan_ask choice(struct plan_editing *e, const char *name, struct str label, const struct choice *list, size_t n,
                              struct str kept)
{
    struct plan_ask q = {.kind = PLAN_ASK_CHOICE, .f = value_of(e, name, kept), .label = label, .nchoices = n};
    struct choice *copy = ARENA_ARRAY(e->rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = (struct choice){list[i].value, list[i].label, q.f.value.n > 0 && str_eq(list[i].value, q.f.value)};
    q.choices = copy;
    return q;
}

/* "1,510.5": hundredths as people write them. */
static struct str figure(struct plan_editing *e, struct opt_count x100)
{
    return plan_figure_text(e->rq, x100, STR(""));
}

static struct str whole(struct plan_editing *e, struct opt_count v)
{
    struct buf b = buf_in(e->rq->arena, 40);
    if (v.has) buf_count(&b, v.v);
    return buf_str(&b);
}

/* ---- problems: indicators of the catalogue, and own words ---- */

static size_t situation_of(const struct plan_year *p, struct indicator_id id)
{
    size_t i = 0;
    while (i < p->nsituations && p->situations[i].indicator.v != id.v) i++;
    return i;
}

static struct str examples(struct plan_editing *e, const struct indicator *k)
{
    struct buf b = buf_in(e->rq->arena, 600);
    buf_put(&b, lang_name(e->rq->page.lang, k->question_num_th, k->question_num_en));
    for (size_t i = 0; i < k->nexamples; i++) {
        if (i == 0) buf_printf(&b, " · %.*s ", STR_FMT(say(e, MSG_indicator_examples)));
        else BUF_LIT(&b, ", ");
        buf_put(&b, figure(e, (struct opt_count){true, k->examples_x100[i]}));
    }
    return buf_str(&b);
}

static const struct choice *unit_choices(struct plan_editing *e)
{
    size_t n = sizeof units / sizeof units[0];
    struct choice *list = ARENA_ARRAY(e->rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++) list[i] = (struct choice){str_of(units[i]), plan_unit_text(e->rq, str_of(units[i])), false};
    return list;
}

static void ask_own(struct plan_editing *e, struct plan_group *g, const struct plan_situation *s, size_t i)
{
    struct plan_ask *asks = ARENA_ARRAY(e->rq->arena, struct plan_ask, ASKS_MAX);
    struct choice ways[] = {{STR("down"), say(e, MSG_less_is_better), false}, {STR("up"), say(e, MSG_more_is_better), false}};
    size_t n = 0;
    asks[n++] = line(e, numbered(e, "own", i), say(e, MSG_issue_plan_own), say(e, MSG_issue_plan_own_hint), "text",
                     s != NULL ? s->words_th : STR(""));
    asks[n++] = choice(e, numbered(e, "unit", i), say(e, MSG_indicator_unit), unit_choices(e), sizeof units / sizeof units[0],
                       s != NULL ? s->unit : STR(""));
    asks[n++] = choice(e, numbered(e, "way", i), say(e, MSG_issue_plan_way), ways, 2,
                       s == NULL ? STR("") : s->is_more_better ? STR("up") : STR("down"));
    *g = (struct plan_group){MSG_FORMAT(e->rq->arena, e->rq->page.lang, MSG_issue_plan_own_row, whole(e, (struct opt_count){true, (int64_t)i + 1})),
                             asks, n};
}

static size_t own_count(const struct plan_year *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->nsituations; i++) n += id_is_none(p->situations[i].indicator);
    return n;
}

static const struct plan_situation *own_at(const struct plan_year *p, size_t at)
{
    for (size_t i = 0; i < p->nsituations; i++)
        if (id_is_none(p->situations[i].indicator) && at-- == 0) return &p->situations[i];
    return NULL;
}

static void ask_problems(struct plan_editing *e, struct plan_group *groups, size_t *n)
{
    struct plan_ask *asks = ARENA_ARRAY(e->rq->arena, struct plan_ask, e->nindicators);
    size_t own = own_count(&e->plan) + PLAN_OWN_NEW;
    for (size_t i = 0; i < e->nindicators; i++) {
        const struct indicator *k = &e->indicators[i];
        const char *name = str_z(e->rq->arena, str_printf(e->rq->arena, "i_%.*s", STR_FMT(k->code)));
        asks[i] = (struct plan_ask){.kind = PLAN_ASK_TICK, .f = value_of(e, name, STR("")),
                                    .label = lang_name(e->rq->page.lang, k->name_th, k->name_en), .hint = examples(e, k)};
        asks[i].is_on = e->is_typed ? form_tick(&e->form, name) : situation_of(&e->plan, k->id) < e->plan.nsituations;
    }
    if (e->nindicators > 0) groups[(*n)++] = (struct plan_group){say(e, MSG_issue_plan_known), asks, e->nindicators};
    for (size_t i = 0; i < own && i < PLAN_SITUATIONS_MAX; i++) ask_own(e, &groups[(*n)++], own_at(&e->plan, i), i);
}

/* What was there keeps its figures; what is no longer chosen goes. */
static void read_problems(struct plan_editing *e, struct plan_year *p)
{
    struct form *f = &e->form;
    size_t own = own_count(&e->plan) + PLAN_OWN_NEW, n = 0;
    struct plan_situation *rows = ARENA_ARRAY(e->rq->arena, struct plan_situation, e->nindicators + own);
    for (size_t i = 0; i < e->nindicators; i++) {
        const struct indicator *k = &e->indicators[i];
        if (!form_tick(f, str_z(e->rq->arena, str_printf(e->rq->arena, "i_%.*s", STR_FMT(k->code))))) continue;
        size_t at = situation_of(&e->plan, k->id);
        if (at < e->plan.nsituations) rows[n++] = e->plan.situations[at];
        else rows[n++] = (struct plan_situation){.indicator = k->id, .unit = k->unit, .is_more_better = k->is_more_better};
    }
    for (size_t i = 0; i < own; i++) {
        const char *name = numbered(e, "own", i);
        const struct plan_situation *kept = own_at(&e->plan, i);
        if (form_raw(f, name).n == 0) continue;
        if (kept != NULL) rows[n] = *kept;
        rows[n].words_th = form_line(f, name, FORM_MUST, PLAN_OWN_WORDS_MAX);
        form_public(f, name, rows[n].words_th);
        int unit = form_choice(f, numbered(e, "unit", i), FORM_MUST, units, sizeof units / sizeof units[0]);
        int way = form_choice(f, numbered(e, "way", i), FORM_MUST, directions, 2);
        if (unit >= 0) rows[n].unit = str_of(units[unit]);
        rows[n++].is_more_better = way == 1;
    }
    if (n == 0) form_fault_msg(f, e->nindicators > 0 ? str_z(e->rq->arena, str_printf(e->rq->arena, "i_%.*s", STR_FMT(e->indicators[0].code))) : "own_1",
                               MSG_issue_plan_choose_one);
    if (n > PLAN_SITUATIONS_MAX) form_fault_msg(f, "own_1", MSG_issue_plan_too_many);
    p->situations = rows;
    p->nsituations = n > PLAN_SITUATIONS_MAX ? PLAN_SITUATIONS_MAX : n;
}

/* ---- size: how many, of how many; last year; where it is from ---- */

static const struct indicator *indicator_of(const struct plan_editing *e, const struct plan_situation *s)
{
    for (size_t i = 0; i < e->nindicators; i++)
        if (!id_is_none(s->indicator) && e->indicators[i].id.v == s->indicator.v) return &e->indicators[i];
    return NULL;
}

static bool is_percent(const struct plan_situation *s)
{
    return str_eq(s->unit, STR("percent"));
}

/* What last year's projects measured of it, as a hint; "" when nothing. */
static struct str measured(struct plan_editing *e, const struct plan_situation *s)
{
    for (size_t i = 0; i < e->nresults; i++) {
        const struct plan_result *r = &e->results[i];
        if (id_is_none(s->indicator) || r->indicator.v != s->indicator.v) continue;
        return MSG_FORMAT(e->rq->arena, e->rq->page.lang, MSG_issue_plan_measured,
                          plan_figure_text(e->rq, (struct opt_count){true, r->value_x100}, s->unit), r->source,
                          html_arg_date(&e->rq->page, r->on));
    }
    return STR("");
}

static void ask_size(struct plan_editing *e, struct plan_group *groups, size_t *n)
{
    const struct plan_situation *s = &e->plan.situations[e->n];
    const struct indicator *k = indicator_of(e, s);
    enum lang lang = e->rq->page.lang;
    struct plan_ask *asks = ARENA_ARRAY(e->rq->arena, struct plan_ask, ASKS_MAX);
    size_t m = 0;
    struct str question = k != NULL ? lang_name(lang, k->question_num_th, k->question_num_en) : say(e, MSG_issue_plan_size_own);
    if (is_percent(s)) {
        asks[m++] = line(e, "numerator", question, say(e, MSG_issue_plan_unknown_hint), "digits", whole(e, s->numerator));
        asks[m++] = line(e, "denominator", k != NULL ? lang_name(lang, k->question_den_th, k->question_den_en) : say(e, MSG_issue_plan_all_own),
                         STR(""), "digits", whole(e, s->denominator));
    } else {
        asks[m++] = line(e, "value", question, say(e, MSG_issue_plan_unknown_hint), "digits", figure(e, s->value_x100));
    }
    asks[m++] = line(e, "last", MSG_FORMAT(e->rq->arena, lang, MSG_issue_plan_last_in, plan_unit_text(e->rq, s->unit)),
                     measured(e, s), "digits", figure(e, s->last_value_x100));
    asks[m++] = line(e, "source", say(e, MSG_issue_plan_source_label), say(e, MSG_issue_plan_source_hint), "text", s->source);
    struct plan_ask on = {.kind = PLAN_ASK_DATE, .label = say(e, MSG_issue_plan_on), .hint = STR("")};
    on.d = e->is_typed ? form_date_field(&e->form, "on") : form_date_field_of(&e->form, "on", s->on);
    asks[m++] = on;
    groups[(*n)++] = (struct plan_group){STR_NONE, asks, m};
}

/* A figure with at most two decimals; Thai digits and thousands marks as everywhere. */
static struct opt_count read_figure(struct plan_editing *e, const char *name)
{
    struct satang v = {0};
    struct str raw = form_raw(&e->form, name);
    if (str_is_empty(raw)) return (struct opt_count){0};
    if (satang_parse(raw, &v) == ERR_OK && v.v >= 0 && v.v <= PLAN_X100_MAX) return (struct opt_count){true, v.v};
    form_fault_msg(&e->form, name, MSG_issue_plan_bad_figure);
    return (struct opt_count){0};
}

/* A percent is two counts, never typed in. */
static void read_counts(struct form *f, struct plan_situation *s)
{
    s->numerator = form_count(f, "numerator", FORM_MAY, 0, INT64_C(100000000));
    s->denominator = form_count(f, "denominator", FORM_MAY, 1, INT64_C(100000000));
    if (s->numerator.has != s->denominator.has && form_is_good(f))
        form_fault_msg(f, s->numerator.has ? "denominator" : "numerator", MSG_issue_plan_half);
    if (s->numerator.has && s->denominator.has && s->numerator.v > s->denominator.v)
        form_fault_msg(f, "numerator", MSG_issue_plan_above_all);
}

static void read_size(struct plan_editing *e, struct plan_year *p)
{
    struct form *f = &e->form;
    struct plan_situation *s = &p->situations[e->n];
    if (is_percent(s)) read_counts(f, s);
    else s->value_x100 = read_figure(e, "value");
    s->last_value_x100 = read_figure(e, "last");
    if (is_percent(s) && s->last_value_x100.has && s->last_value_x100.v > 10000) form_fault_msg(f, "last", MSG_issue_plan_above_100);
    s->source = form_line(f, "source", FORM_MAY, PLAN_SOURCE_MAX);
    form_public(f, "source", s->source);
    s->on = (struct opt_date){0};
    if (form_raw(f, "on_d").n > 0 || form_raw(f, "on_m").n > 0 || form_raw(f, "on_y").n > 0) s->on = form_date(f, "on", FORM_MAY);
    if (s->on.has && date_cmp(s->on.v, e->rq->today) > 0) form_fault_msg(f, "on", MSG_issue_plan_on_future);
}

/* ---- targets ---- */

static void ask_target(struct plan_editing *e, struct plan_group *groups, size_t *n)
{
    struct plan_ask *asks = ARENA_ARRAY(e->rq->arena, struct plan_ask, e->plan.nsituations);
    for (size_t i = 0; i < e->plan.nsituations; i++) {
        const struct plan_situation *s = &e->plan.situations[i];
        struct str now = plan_figure_text(e->rq, s->value_x100, s->unit);
        struct str hint = MSG_FORMAT(e->rq->arena, e->rq->page.lang, MSG_issue_plan_target_hint,
                                     now.n > 0 ? now : say(e, MSG_issue_plan_unknown), plan_unit_text(e->rq, s->unit),
                                     say(e, s->is_more_better ? MSG_more_is_better : MSG_less_is_better));
        asks[i] = line(e, numbered(e, "target", i), plan_words(e->rq, s), hint, "digits", figure(e, s->target_x100));
    }
    groups[(*n)++] = (struct plan_group){STR_NONE, asks, e->plan.nsituations};
}

static void read_target(struct plan_editing *e, struct plan_year *p)
{
    for (size_t i = 0; i < p->nsituations; i++) {
        const char *name = numbered(e, "target", i);
        p->situations[i].target_x100 = read_figure(e, name);
        if (is_percent(&p->situations[i]) && p->situations[i].target_x100.has && p->situations[i].target_x100.v > 10000)
            form_fault_msg(&e->form, name, MSG_issue_plan_above_100);
    }
}

/* ---- cause and guideline ---- */

static void ask_why(struct plan_editing *e, struct plan_group *groups, size_t *n)
{
    struct plan_ask *asks = ARENA_ARRAY(e->rq->arena, struct plan_ask, 2);
    asks[0] = area(e, "cause", say(e, MSG_issue_plan_cause), say(e, MSG_issue_plan_cause_hint), e->plan.cause);
    asks[1] = area(e, "guideline", say(e, MSG_issue_plan_guideline), say(e, MSG_issue_plan_guideline_hint), e->plan.guideline);
    groups[(*n)++] = (struct plan_group){STR_NONE, asks, 2};
}

/* ---- planned projects: lines of the finance plan ---- */

static const struct ledger_plan_line *line_at(const struct plan_editing *e, size_t at)
{
    for (size_t i = 0; i < e->finance.nlines; i++)
        if (str_eq(e->finance.lines[i].issue_code, e->plan.issue_code) && at-- == 0) return &e->finance.lines[i];
    return NULL;
}

static size_t line_rows(const struct plan_editing *e)
{
    size_t n = 0;
    while (line_at(e, n) != NULL) n++;
    return n + PLAN_LINES_NEW > PLAN_LINES_MAX ? PLAN_LINES_MAX : n + PLAN_LINES_NEW;
}

static void ask_projects(struct plan_editing *e, struct plan_group *groups, size_t *n)
{
    if (e->finance.agreed_on.has) return;
    for (size_t i = 0; i < line_rows(e) && *n < GROUPS_MAX; i++) {
        const struct ledger_plan_line *l = line_at(e, i);
        struct plan_ask *asks = ARENA_ARRAY(e->rq->arena, struct plan_ask, ASKS_MAX);
        size_t m = 0;
        asks[m++] = line(e, numbered(e, "title", i), say(e, MSG_plan_col_title), STR(""), "text", l != NULL ? l->title : STR(""));
        asks[m++] = line(e, numbered(e, "unit", i), say(e, MSG_plan_col_unit), STR(""), "text", l != NULL ? l->unit_name : STR(""));
        asks[m++] = choice(e, numbered(e, "support", i), say(e, MSG_ledger_commit_support), e->supports, e->nsupports,
                           l != NULL ? l->support_type : STR(""));
        asks[m++] = line(e, numbered(e, "amount", i), say(e, MSG_plan_col_amount), STR(""), "money", STR(""));
        if (!e->is_typed)
            asks[m - 1].f = form_satang_field_of(&e->form, numbered(e, "amount", i),
                                                 (struct opt_satang){l != NULL, l != NULL ? l->amount : satang(0)});
        groups[(*n)++] = (struct plan_group){
            MSG_FORMAT(e->rq->arena, e->rq->page.lang, MSG_plan_row, whole(e, (struct opt_count){true, (int64_t)i + 1})), asks, m};
    }
}

static struct str support_of(struct plan_editing *e, const char *name)
{
    const char **codes = ARENA_ARRAY(e->rq->arena, const char *, e->nsupports);
    for (size_t i = 0; i < e->nsupports; i++) codes[i] = str_z(e->rq->arena, e->supports[i].value);
    int at = form_choice(&e->form, name, FORM_MUST, codes, e->nsupports);
    return at < 0 ? STR_NONE : e->supports[at].value;
}

struct ledger_plan_line *plan_step_lines(struct plan_editing *e, size_t *ret_n)
{
    struct form *f = &e->form;
    struct ledger_plan_line *lines = ARENA_ARRAY(e->rq->arena, struct ledger_plan_line, PLAN_LINES_MAX);
    size_t n = 0;
    for (size_t i = 0; i < PLAN_LINES_MAX; i++) {
        if (form_raw(f, numbered(e, "title", i)).n == 0 && form_raw(f, numbered(e, "amount", i)).n == 0 &&
            form_raw(f, numbered(e, "unit", i)).n == 0)
            continue;
        lines[n].title = form_line(f, numbered(e, "title", i), FORM_MUST, LEDGER_MEMO_MAX);
        lines[n].unit_name = form_line(f, numbered(e, "unit", i), FORM_MAY, LEDGER_PARTY_MAX);
        form_public(f, numbered(e, "title", i), lines[n].title);
        form_public(f, numbered(e, "unit", i), lines[n].unit_name);
        lines[n].support_type = support_of(e, numbered(e, "support", i));
        lines[n++].amount = form_satang(f, numbered(e, "amount", i), FORM_MUST, satang(1)).v;
    }
    *ret_n = n;
    return lines;
}

/* ---- all of them ---- */

struct str plan_step_question(struct plan_editing *e, struct str *ret_why)
{
    static const struct {
        enum msg question, why;
    } said[PLAN_STEPS] = {{MSG_issue_plan_ask_problems, MSG_issue_plan_ask_problems_why},
                          {MSG_issue_plan_ask_problems, MSG_issue_plan_ask_size_why},
                          {MSG_issue_plan_ask_target, MSG_issue_plan_ask_target_why},
                          {MSG_issue_plan_ask_why, MSG_issue_plan_ask_why_why},
                          {MSG_issue_plan_ask_projects, MSG_issue_plan_ask_projects_why}};
    *ret_why = say(e, said[e->step].why);
    return e->step == PLAN_SIZE ? plan_words(e->rq, &e->plan.situations[e->n]) : say(e, said[e->step].question);
}

void plan_step_groups(struct plan_editing *e, struct plan_group **ret, size_t *ret_n)
{
    struct plan_group *groups = ARENA_ARRAY(e->rq->arena, struct plan_group, GROUPS_MAX);
    size_t n = 0;
    switch (e->step) {
    case PLAN_PROBLEMS: ask_problems(e, groups, &n); break;
    case PLAN_SIZE: ask_size(e, groups, &n); break;
    case PLAN_TARGET: ask_target(e, groups, &n); break;
    case PLAN_WHY: ask_why(e, groups, &n); break;
    default: ask_projects(e, groups, &n); break;
    }
    *ret = groups;
    *ret_n = n;
}

void plan_step_read(struct plan_editing *e, struct plan_year *p)
{
    struct form *f = &e->form;
    *p = e->plan;
    p->situations = ARENA_ARRAY(e->rq->arena, struct plan_situation, e->plan.nsituations);
    for (size_t i = 0; i < e->plan.nsituations; i++) p->situations[i] = e->plan.situations[i];
    if (e->step == PLAN_PROBLEMS) read_problems(e, p);
    if (e->step == PLAN_SIZE) read_size(e, p);
    if (e->step == PLAN_TARGET) read_target(e, p);
    if (e->step != PLAN_WHY) return;
    p->cause = form_text(f, "cause", FORM_MAY, PLAN_WORDS_MAX);
    p->guideline = form_text(f, "guideline", FORM_MAY, PLAN_WORDS_MAX);
    form_public(f, "cause", p->cause);
    form_public(f, "guideline", p->guideline);
}
