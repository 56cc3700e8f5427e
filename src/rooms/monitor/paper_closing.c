/* paper_closing.c — the closing report (รายงานปิดโครงการ): what was to be reached and was, whom, what was done,
 * where the money went, and pictures. */
#include "rooms/monitor/monitor_paper.h"

static void head(struct rq *rq, struct paper *p, const struct monitor_paper *x)
{
    const struct project *o = &x->w.p;
    struct str days = papers_days(rq, o->starts_on, o->ends_on), none = papers_word(rq, MSG_pp_none);
    paper_title(p, x->fund, papers_word(rq, MSG_pc_title), PAPERS_SAY(rq, MSG_fy_name, papers_int(rq, o->fy.v)));
    paper_field(p, papers_word(rq, MSG_pp_title), o->title);
    papers_field(p, papers_word(rq, MSG_pp_code), project_code_shown(o));
    paper_field(p, papers_word(rq, MSG_pc_owner), o->owner_name.n > 0 ? o->owner_name : none);
    if (x->support.n > 0 && x->clause.n > 0)
        paper_field(p, papers_word(rq, MSG_pp_support_label),
                    PAPERS_SAY(rq, MSG_pp_support, x->support, x->clause, papers_int(rq, o->fy.v)));
    paper_field(p, papers_word(rq, MSG_pc_period), days.n > 0 ? days : none);
    papers_field(p, papers_word(rq, MSG_pc_place), o->place);
    if (x->closed_on.has) paper_field(p, papers_word(rq, MSG_pc_closed_on), papers_date(rq, x->closed_on.v));
    else paper_para(p, papers_word(rq, MSG_pc_not_closed));
    if (o->is_entered_later) paper_note(p, papers_word(rq, MSG_pp_later));
}

/* ---- 1. objectives ---- */

static struct str level(struct rq *rq, int64_t v)
{
    static const enum msg levels[] = {MSG_pc_level_0, MSG_pc_level_1, MSG_pc_level_2, MSG_pc_level_3, MSG_pc_level_4};
    return papers_word(rq, levels[v >= 1 && v <= 4 ? v : 0]);
}

static void objectives(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    if (papers_none(rq, p, MSG_pc_s1, w->nobjectives == 0)) return;
    const struct paper_col cols[] = {{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 7},
                                     {papers_word(rq, MSG_pp_col_objective), PAPER_LEFT, 36},
                                     {papers_word(rq, MSG_pc_col_before), PAPER_RIGHT, 14},
                                     {papers_word(rq, MSG_pc_col_target), PAPER_RIGHT, 14},
                                     {papers_word(rq, MSG_pc_col_reached), PAPER_RIGHT, 14},
                                     {papers_word(rq, MSG_pc_col_level), PAPER_LEFT, 15}};
    paper_section(p, papers_word(rq, MSG_pc_s1));
    papers_table(rq, p, cols, 6);
    for (size_t i = 0; i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        struct str words = o->words;
        if (o->indicator_words.n > 0) words = papers_join(rq, words, STR("\n"), PAPERS_SAY(rq, MSG_pp_indicator, o->indicator_words));
        PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, (int64_t)i + 1), words, papers_measure(rq, o->unit, o->from_x100),
                   papers_measure(rq, o->unit, o->to_x100), papers_measure(rq, o->unit, o->reached_x100), level(rq, o->level));
    }
    paper_gap(p);
    for (size_t i = 0; i < w->nobjectives; i++)
        if (w->objectives[i].reached_words.n > 0)
            paper_para(p, PAPERS_SAY(rq, MSG_pc_explained, papers_int(rq, (int64_t)i + 1), w->objectives[i].reached_words));
}

/* ---- 2. people ---- */

static struct str people(struct rq *rq, struct opt_count v)
{
    return v.has ? html_arg_int(&rq->page, v.v) : STR("–");
}

static void add(struct opt_count *sum, struct opt_count v)
{
    if (v.has) *sum = (struct opt_count){true, sum->v + v.v};
}

static void groups(struct rq *rq, struct paper *p, const struct project_whole *w)
{
    if (papers_none(rq, p, MSG_pc_s2, w->ntargets == 0)) return;
    struct opt_count planned = {0}, reached = {0};
    const struct paper_col cols[] = {{papers_word(rq, MSG_pc_col_group), PAPER_LEFT, 56},
                                     {papers_word(rq, MSG_pc_col_planned), PAPER_RIGHT, 22},
                                     {papers_word(rq, MSG_pc_col_people), PAPER_RIGHT, 22}};
    paper_section(p, papers_word(rq, MSG_pc_s2));
    papers_table(rq, p, cols, 3);
    for (size_t i = 0; i < w->ntargets; i++) {
        const struct project_target *t = &w->targets[i];
        PAPERS_ROW(rq, p, PAPER_ROW, lang_name(rq->page.lang, t->name_th, t->name_en), people(rq, t->planned),
                   people(rq, t->reached));
        add(&planned, t->planned);
        add(&reached, t->reached);
    }
    PAPERS_ROW(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_sum), people(rq, planned), people(rq, reached));
}

/* ---- 3. activities ---- */

static bool is_activity_of(const struct monitor_paper *x, const struct monitor_report *r)
{
    for (size_t i = 0; i < x->w.nactivities; i++)
        if (x->w.activities[i].id.v == r->activity.v) return true;
    return false;
}

static struct str day_of(struct rq *rq, const struct monitor_report *r)
{
    struct str on = papers_days(rq, r->on, r->ends_on);
    return on.n > 0 ? on : papers_word(rq, MSG_pc_done);
}

/* The days of all reports of an activity, a line each; "" when nobody reported it. */
static struct str days_of(struct rq *rq, const struct monitor_paper *x, struct project_activity_id id)
{
    struct str days = STR("");
    for (size_t i = 0; i < x->nreports; i++) {
        const struct monitor_report *r = &x->reports[i];
        if (r->is_final || r->activity.v != id.v) continue;
        days = days.n == 0 ? day_of(rq, r) : papers_join(rq, days, STR("\n"), day_of(rq, r));
    }
    return days;
}

static void activity_row(struct rq *rq, struct paper *p, int64_t number, struct str title, struct str planned, struct str done)
{
    PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, number), title, planned.n > 0 ? planned : STR("–"),
               done.n > 0 ? done : papers_word(rq, MSG_pc_not_reported));
}

/* What was planned, each with its reports; then what was done beside the plan. */
static void activities(struct rq *rq, struct paper *p, const struct monitor_paper *x)
{
    int64_t number = 0;
    if (papers_none(rq, p, MSG_pc_s3, x->w.nactivities == 0 && x->nreports == 0)) return;
    const struct paper_col cols[] = {{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 7},
                                     {papers_word(rq, MSG_pc_col_activity), PAPER_LEFT, 45},
                                     {papers_word(rq, MSG_pc_col_when), PAPER_LEFT, 24},
                                     {papers_word(rq, MSG_pc_col_done), PAPER_LEFT, 24}};
    paper_section(p, papers_word(rq, MSG_pc_s3));
    papers_table(rq, p, cols, 4);
    for (size_t i = 0; i < x->w.nactivities; i++) {
        const struct project_activity *a = &x->w.activities[i];
        activity_row(rq, p, ++number, a->title, papers_days(rq, a->starts_on, a->ends_on), days_of(rq, x, a->id));
    }
    for (size_t i = 0; i < x->nreports; i++) {
        const struct monitor_report *r = &x->reports[i];
        if (!r->is_final && !is_activity_of(x, r)) activity_row(rq, p, ++number, r->title, STR(""), day_of(rq, r));
    }
}

/* ---- 4. money ---- */

static struct str spent_on(struct rq *rq, const struct monitor_paper *x, struct project_budget_id line)
{
    for (size_t i = 0; i < x->spent.nlines; i++)
        if (!id_is_none(line) && x->spent.lines[i].line.v == line.v) return papers_money(rq, x->spent.lines[i].amount);
    return STR("–");
}

static bool is_planned(const struct monitor_paper *x, struct project_budget_id line)
{
    for (size_t i = 0; i < x->w.nbudget; i++)
        if (!id_is_none(line) && x->w.budget[i].id.v == line.v) return true;
    return false;
}

static void lines(struct rq *rq, struct paper *p, const struct monitor_paper *x)
{
    if (x->w.nbudget == 0 && x->spent.nlines == 0) return;
    const struct paper_col cols[] = {{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 7},
                                     {papers_word(rq, MSG_ledger_col_what), PAPER_LEFT, 53},
                                     {papers_word(rq, MSG_pc_col_budget), PAPER_RIGHT, 20},
                                     {papers_word(rq, MSG_pc_col_spent), PAPER_RIGHT, 20}};
    int64_t number = 0;
    papers_table(rq, p, cols, 4);
    for (size_t i = 0; i < x->w.nbudget; i++)
        PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, ++number), x->w.budget[i].words, papers_money(rq, x->w.budget[i].amount),
                   spent_on(rq, x, x->w.budget[i].id));
    for (size_t i = 0; i < x->spent.nlines; i++)
        if (!is_planned(x, x->spent.lines[i].line))
            PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, ++number), x->spent.lines[i].words, STR("–"),
                       papers_money(rq, x->spent.lines[i].amount));
    PAPERS_ROW(rq, p, PAPER_ROW_SUM, STR(""), papers_word(rq, MSG_ledger_sum), papers_money(rq, x->w.budget_sum),
               x->spent.sum.has ? papers_money(rq, x->spent.sum.v) : STR("–"));
}

static void money(struct rq *rq, struct paper *p, const struct monitor_paper *x)
{
    const struct project_money *m = &x->money;
    struct satang owed = satang(0);
    paper_section(p, papers_word(rq, MSG_pc_s4));
    lines(rq, p, x);
    paper_gap(p);
    paper_fields(p, papers_word(rq, MSG_pc_approved), papers_baht(rq, m->approved), papers_word(rq, MSG_pc_paid), papers_baht(rq, m->paid));
    paper_fields(p, papers_word(rq, MSG_pc_spent), x->spent.sum.has ? papers_baht(rq, x->spent.sum.v) : papers_word(rq, MSG_pp_none),
                 papers_word(rq, MSG_pc_returned), papers_baht(rq, m->refunded));
    if (x->spent.sum.has) owed = satang_sub(satang_sub(m->paid, x->spent.sum.v), m->refunded);
    if (owed.v > 0) paper_para(p, PAPERS_SAY(rq, MSG_pc_owed, papers_baht(rq, owed), papers_baht_words(rq, owed)));
}

/* ---- 5. to 8. in words, and who stands for it ---- */

static void words(struct rq *rq, struct paper *p, const struct monitor_paper *x)
{
    const struct monitor_report none = {0}, *f = x->final ? x->final : &none;
    paper_section(p, papers_word(rq, MSG_pc_s5));
    if (f->output.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pc_output, f->output));
    if (f->outcome.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pc_outcome, f->outcome));
    if (f->conclusion.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pc_conclusion, f->conclusion));
    if (f->output.n + f->outcome.n + f->conclusion.n == 0)
        paper_para(p, f->done.n > 0 ? f->done : papers_word(rq, MSG_pp_none));
    papers_section(rq, p, MSG_pc_s6, f->problems);
    papers_section(rq, p, MSG_pc_s7, f->suggestions);
    if (x->nphotos == 0) return;
    paper_section(p, papers_word(rq, MSG_pc_s8));
    paper_photos(p, x->photos, x->nphotos);
}

/* A report that was sent and accepted by log-in needs no pen; from paper, a line for each. */
static void signs(struct rq *rq, struct paper *p, const struct monitor_paper *x)
{
    const struct monitor_report *f = x->final;
    struct paper_sign lines[2] = {{.role = papers_word(rq, MSG_pc_reporter), .name = f ? f->reporter_name : STR("")},
                                  {.role = papers_word(rq, MSG_pc_accepter), .position = papers_word(rq, MSG_role_officer)}};
    bool is_sent = f != NULL && x->sender.n > 0 && f->sent_on.has && !x->w.p.is_for_paper;
    bool is_accepted = f != NULL && x->accepter.n > 0 && f->accepted_on.has;
    paper_gap(p);
    if (is_sent) paper_field(p, papers_word(rq, MSG_pc_sent), PAPERS_SAY(rq, MSG_pc_by_login, x->sender, papers_date(rq, f->sent_on.v)));
    if (is_accepted)
        paper_field(p, papers_word(rq, MSG_pc_accepted), PAPERS_SAY(rq, MSG_pc_by_login, x->accepter, papers_date(rq, f->accepted_on.v)));
    if (!is_sent || !is_accepted) papers_signs(rq, p, lines + is_sent, (size_t)2 - is_sent - is_accepted);
}

struct paper *monitor_closing_paper(struct rq *rq, const struct monitor_paper *x)
{
    const struct project *o = &x->w.p;
    struct str title = papers_word(rq, MSG_pc_title), code = project_code_shown(o);
    struct paper_about about = papers_about(rq, papers_join(rq, title, STR(" "), o->title), x->fund, STR(""),
                                            HREF(rq->arena, "/track?code={}", o->slug), x->is_demo);
    about.footer = papers_join(rq, title, STR(" · "), code);
    if (x->is_demo) about.footer = papers_join(rq, about.footer, STR(" · "), papers_word(rq, MSG_demo_mark));
    about.check = PAPERS_SAY(rq, MSG_pp_track, o->slug);
    if (!x->closed_on.has) about.watermark = papers_word(rq, MSG_paper_draft);
    struct paper *p = paper_begin(rq->arena, &about);
    head(rq, p, x);
    objectives(rq, p, &x->w);
    groups(rq, p, &x->w);
    activities(rq, p, x);
    money(rq, p, x);
    words(rq, p, x);
    signs(rq, p, x);
    return p;
}
