/* paper_proposal.c — the proposal as form กปท.7: part 1 from what was written, part 2 from the decision. Dotted
 * lines stand only where somebody is still to sign by hand. */
#include "rooms/project/project_paper.h"

#define LONG_CELL 2400 /* bytes, some 800 letters: what is longer would not fit into a table's row whole */

static void head(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project *o = &x->w.p;
    paper_title(p, x->fund, papers_word(rq, MSG_pp_proposal), PAPERS_SAY(rq, MSG_fy_name, papers_int(rq, o->fy.v)));
    papers_field(p, papers_word(rq, MSG_pp_title), o->title);
    paper_field(p, papers_word(rq, MSG_pp_owner), o->owner_name.n > 0 ? o->owner_name : papers_word(rq, MSG_pp_none));
    papers_field(p, papers_word(rq, MSG_pp_code), o->code);
    papers_field(p, papers_word(rq, MSG_pp_other_code), o->other_code);
    if (o->is_entered_later) paper_note(p, papers_word(rq, MSG_pp_later));
    if (o->asked.has)
        paper_sum(p, papers_word(rq, MSG_pp_asked), papers_baht(rq, o->asked.v), papers_baht_words(rq, o->asked.v));
    if (x->w.npeople == 0) return;
    paper_section(p, papers_word(rq, MSG_pp_people));
    if (!x->has_names) {
        paper_para(p, PAPERS_SAY(rq, MSG_project_people_count, papers_int(rq, (int64_t)x->w.npeople)));
        return;
    }
    for (size_t i = 0; i < x->w.npeople; i++)
        paper_numbered(p, papers_join(rq, x->w.people[i].name, STR(" · "), x->w.people[i].duty));
}

/* ---- 3. objectives with their indicators ---- */

static struct str objective_words(struct rq *rq, const struct project_objective *o)
{
    if (o->indicator_words.n == 0) return o->words;
    return papers_join(rq, o->words, STR("\n"), PAPERS_SAY(rq, MSG_pp_indicator, o->indicator_words));
}

static bool fits_table(const struct project_whole *w)
{
    for (size_t i = 0; i < w->nobjectives; i++)
        if (w->objectives[i].words.n + w->objectives[i].indicator_words.n > LONG_CELL) return false;
    return true;
}

static void objectives_table(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    const struct paper_col cols[] = {{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 7},
                                     {papers_word(rq, MSG_pp_col_objective), PAPER_LEFT, 57},
                                     {papers_word(rq, MSG_pp_col_from), PAPER_RIGHT, 18},
                                     {papers_word(rq, MSG_pp_col_to), PAPER_RIGHT, 18}};
    papers_table(rq, p, cols, 4);
    for (size_t i = 0; i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, (int64_t)i + 1), objective_words(rq, o), papers_measure(rq, o->unit, o->from_x100),
                   papers_measure(rq, o->unit, o->to_x100));
    }
}

static void objectives(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    if (papers_none(rq, p, MSG_pp_s3, w->nobjectives == 0)) return;
    paper_section(p, papers_word(rq, MSG_pp_s3));
    if (fits_table(w)) objectives_table(rq, p, w);
    else
        for (size_t i = 0; i < w->nobjectives; i++) {
            const struct project_objective *o = &w->objectives[i];
            struct str from_to =
                PAPERS_SAY(rq, MSG_pp_from_to, papers_measure(rq, o->unit, o->from_x100), papers_measure(rq, o->unit, o->to_x100));
            paper_numbered(p, papers_join(rq, objective_words(rq, o), STR("\n"), from_to));
        }
}

/* ---- 4. and 5. activities and their money ---- */

static void activities(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    if (papers_none(rq, p, MSG_pp_s4, w->nactivities == 0 && w->p.method.n == 0)) return;
    paper_section(p, papers_word(rq, MSG_pp_s4));
    if (w->p.method.n > 0) paper_para(p, w->p.method);
    for (size_t i = 0; i < w->nactivities; i++) {
        const struct project_activity *a = &w->activities[i];
        struct str days = papers_days(rq, a->starts_on, a->ends_on);
        struct str line = papers_join(rq, a->title, STR("\n"), days.n > 0 ? PAPERS_SAY(rq, MSG_pp_when, days) : STR(""));
        paper_numbered(p, papers_join(rq, line, STR("\n"), a->method));
    }
}

static void budget_line(struct rq *rq, struct paper *p, int64_t number, const struct project_budget *b)
{
    PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, number), b->words, html_arg_int(&rq->page, b->quantity),
               papers_money(rq, b->price), html_arg_int(&rq->page, b->times), papers_money(rq, b->amount));
}

static void budget_words(struct rq *rq, struct paper *p, enum paper_row_kind kind, struct str words, struct str amount)
{
    PAPERS_ROW(rq, p, kind, STR(""), words, STR(""), STR(""), STR(""), amount);
}

/* Lines under their activity, then those that belong to none; numbered through. */
static void budget_rows(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    int64_t number = 0;
    for (size_t k = 0; k <= w->nactivities; k++) {
        int64_t activity = k < w->nactivities ? (int64_t)k + 1 : 0;
        bool has_head = false;
        for (size_t i = 0; i < w->nbudget; i++) {
            if (w->budget[i].activity != activity) continue;
            bool is_titled = activity > 0 || number > 0; /* nothing but lines of none: no headings at all */
            struct str title = activity > 0 ? w->activities[k].title : papers_word(rq, MSG_pp_no_activity);
            if (!has_head && is_titled) budget_words(rq, p, PAPER_ROW_GROUP, title, STR(""));
            has_head = true;
            budget_line(rq, p, ++number, &w->budget[i]);
        }
    }
}

static void budget(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    if (papers_none(rq, p, MSG_pp_s5, w->nbudget == 0)) return;
    paper_section(p, papers_word(rq, MSG_pp_s5));
    const struct paper_col cols[] = {{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 7},
                                     {papers_word(rq, MSG_ledger_col_what), PAPER_LEFT, 43},
                                     {papers_word(rq, MSG_pp_col_quantity), PAPER_RIGHT, 11},
                                     {papers_word(rq, MSG_pp_col_price), PAPER_RIGHT, 15},
                                     {papers_word(rq, MSG_pp_col_times), PAPER_RIGHT, 8},
                                     {papers_word(rq, MSG_pp_col_amount), PAPER_RIGHT, 16}};
    papers_table(rq, p, cols, 6);
    budget_rows(rq, p, w);
    budget_words(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_sum), papers_money(rq, w->budget_sum));
    if (w->p.asked.has && w->p.asked.v.v == w->budget_sum.v) return; /* in words at the head */
    paper_gap(p);
    paper_right(p, papers_baht_words(rq, w->budget_sum));
}

/* ---- 10. the summary ---- */

static struct str targets(struct rq *rq, const struct project_whole *w)
{
    struct str lines = STR("");
    int64_t all = 0;
    for (size_t i = 0; i < w->ntargets; i++) {
        const struct project_target *t = &w->targets[i];
        if (!t->planned.has) continue;
        struct str one = PAPERS_SAY(rq, MSG_pp_target, lang_name(rq->page.lang, t->name_th, t->name_en),
                                    html_arg_int(&rq->page, t->planned.v));
        lines = papers_join(rq, lines, STR("\n"), one);
        all += t->planned.v;
    }
    if (w->ntargets < 2) return lines;
    return papers_join(rq, lines, STR("\n"), PAPERS_SAY(rq, MSG_pp_target_sum, html_arg_int(&rq->page, all)));
}

static void summary(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    struct str none = papers_word(rq, MSG_pp_none), support = x->support.n > 0 ? x->support : none;
    paper_section(p, papers_word(rq, MSG_pp_s10));
    paper_field(p, papers_word(rq, MSG_pp_s10_owner), x->owner_type.n > 0 ? x->owner_type : none);
    if (x->clause.n > 0 && x->support.n > 0)
        support = PAPERS_SAY(rq, MSG_pp_support, x->support, x->clause, papers_int(rq, x->w.p.fy.v));
    paper_field(p, papers_word(rq, MSG_pp_s10_support), support);
    struct str people = targets(rq, &x->w);
    paper_field(p, papers_word(rq, MSG_pp_s10_targets), people.n > 0 ? people : none);
}

static void issues(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    if (papers_none(rq, p, MSG_pp_s2, w->nissues == 0 && w->p.planned_title.n == 0)) return;
    paper_section(p, papers_word(rq, MSG_pp_s2));
    papers_field(p, papers_word(rq, MSG_pp_planned), w->p.planned_title);
    for (size_t i = 0; i < w->nissues; i++)
        paper_numbered(p, lang_name(rq->page.lang, w->issues[i].name_th, w->issues[i].name_en));
}

/* Sent by log-in: who and when; on paper, or not sent yet: a line for the pen. */
static void proposer(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project *o = &x->w.p;
    paper_gap(p);
    if (x->sender.n > 0 && o->sent_on.has && !o->is_for_paper) {
        paper_para(p, PAPERS_SAY(rq, MSG_pp_sent_by, x->sender, papers_date(rq, o->sent_on.v)));
        return;
    }
    bool is_named = x->has_names && x->w.npeople > 0;
    struct paper_sign sign = {.role = papers_word(rq, MSG_pp_proposer),
                              .name = is_named ? x->w.people[0].name : STR(""),
                              .position = is_named ? x->w.people[0].duty : STR("")};
    papers_signs(rq, p, &sign, 1);
}

static void part_one(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project *o = &x->w.p;
    paper_section(p, papers_word(rq, MSG_pp_part1));
    papers_section(rq, p, MSG_pp_s1, o->situation);
    issues(rq, p, &x->w);
    objectives(rq, p, &x->w);
    activities(rq, p, &x->w);
    budget(rq, p, &x->w);
    struct str days = papers_days(rq, o->starts_on, o->ends_on), none = papers_word(rq, MSG_pp_none);
    paper_gap(p);
    paper_field(p, papers_word(rq, MSG_pp_s6), days.n > 0 ? days : none);
    paper_field(p, papers_word(rq, MSG_pp_s7), o->place.n > 0 ? o->place : none);
    paper_field(p, papers_word(rq, MSG_pp_s8), x->fund);
    papers_section(rq, p, MSG_pp_s9, o->expected);
    summary(rq, p, x);
    proposer(rq, p, x);
}

/* ---- part 2: the decision ---- */

/* All that was ever decided of it, when that is more than one: what was corrected stays to be seen. */
static void decisions(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    if (x->ndecisions < 2) return;
    const struct paper_col cols[] = {{papers_word(rq, MSG_pp_col_where), PAPER_LEFT, 34},
                                     {papers_word(rq, MSG_pp_col_result), PAPER_LEFT, 18},
                                     {papers_word(rq, MSG_pp_col_amount), PAPER_RIGHT, 16},
                                     {papers_word(rq, MSG_pp_col_signed), PAPER_LEFT, 32}};
    paper_section(p, papers_word(rq, MSG_pp_all_decisions));
    papers_table(rq, p, cols, 4);
    for (size_t i = 0; i < x->ndecisions; i++) {
        const struct project_decision *d = &x->decisions[i];
        struct str kind = project_paper_kind(rq, d);
        if (d->is_corrected) kind = papers_join(rq, kind, STR("\n"), papers_word(rq, MSG_pp_corrected));
        PAPERS_ROW(rq, p, PAPER_ROW, project_paper_where(rq, d), kind, d->amount.has ? papers_money(rq, d->amount.v) : STR("–"),
                   project_paper_signed(rq, d));
    }
}

static void result(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    bool is_yes = project_paper_is_approval(d);
    struct str yes = papers_word(rq, MSG_pp_yes), no = papers_word(rq, MSG_pp_no);
    if (is_yes && d->amount.has)
        yes = PAPERS_SAY(rq, MSG_pp_yes_amount, papers_baht(rq, d->amount.v), papers_baht_words(rq, d->amount.v));
    paper_para(p, project_paper_where(rq, d));
    paper_tick(p, is_yes, yes);
    paper_tick(p, str_eq(d->kind, STR("revise")), papers_word(rq, MSG_pp_kind_revise));
    paper_tick(p, str_eq(d->kind, STR("defer")), papers_word(rq, MSG_pp_kind_defer));
    paper_tick(p, str_eq(d->kind, STR("reject")), no);
    if (d->reason.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pp_because, d->reason));
    if (d->conditions.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pp_conditions, d->conditions));
    if (is_yes && d->report_due.has) paper_para(p, PAPERS_SAY(rq, MSG_pp_report_by, papers_date(rq, d->report_due.v)));
    project_paper_power(rq, p, x, d);
    paper_field(p, papers_word(rq, MSG_pp_col_signed), project_paper_signed(rq, d));
}

/* The paper says what is valid now; beside it, what was before the committee. */
static void since(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    if (x->nsince == 0) return;
    paper_section(p, papers_word(rq, MSG_course_since_title));
    paper_note(p, papers_word(rq, MSG_course_since_note));
    for (size_t i = 0; i < x->nsince; i++) {
        struct str on = PAPERS_SAY(rq, MSG_course_since_on, papers_date(rq, x->since[i].on));
        paper_para(p, papers_join(rq, x->since[i].what, STR(": "), papers_join(rq, x->since[i].before, STR(" · "), on)));
    }
}

struct paper *project_proposal_paper(struct rq *rq, const struct project_paper *x)
{
    struct paper *p = project_paper_begin(rq, x, papers_word(rq, MSG_pp_proposal), STR(""));
    const struct project_decision *d = project_paper_decision(x);
    head(rq, p, x);
    part_one(rq, p, x);
    paper_gap(p);
    paper_section(p, papers_word(rq, MSG_pp_part2));
    if (d != NULL) result(rq, p, x, d);
    else paper_para(p, papers_word(rq, MSG_pp_undecided));
    since(rq, p, x);
    decisions(rq, p, x);
    return p;
}
