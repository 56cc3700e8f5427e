/* size_pages.c — up to which sum a project is small or medium: what counts in this fund today, all rules that ever
 * counted, and one more from a day on. Each is shown with what it means for a project of 10,200 baht. */
#include "app/route.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_size.html.h"

#define LINES_MAX    8
#define SOURCE_MAX   300
#define YEARS_AHEAD  2
#define YEAR_FIRST   2006 /* the first local health security funds */

/* A real project, whose papers were longer than what it did. */
static const struct satang example = {1020000};
static const char *const fields[] = {"from_d", "from_m", "from_y", "small_to", "medium_to", "source"};

struct size_at {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct project_size_rule *rules, rule; /* rule: as it was typed */
    size_t nrules;
    bool may_write;
};

static enum err size_read(struct size_at *at)
{
    struct rq *rq = at->rq;
    TRY(thread_fund(rq, &at->here));
    at->may_write = rq_role_holds(rq, CAP_fund_edit);
    return project_size_rules(rq->db, rq->arena, at->here.fund.id, rq->today, &at->rules, &at->nrules);
}

static struct str baht(struct rq *rq, struct satang v)
{
    return thread_money(rq, some_satang(v));
}

static struct str example_words(struct rq *rq, const struct project_size_rule *r)
{
    static const enum msg words[] = {MSG_course_size_example_small, MSG_course_size_example_medium, MSG_course_size_example_large};
    return MSG_FORMAT(rq->arena, rq->page.lang, words[project_size_by(r, example)], baht(rq, example));
}

static struct str period_words(struct rq *rq, const struct project_size_rule *r)
{
    enum lang lang = rq->page.lang;
    struct str from = thread_day(rq, r->from), to = thread_day(rq, r->to);
    if (r->is_replaced) return from;
    if (r->from.has && r->to.has) return MSG_FORMAT(rq->arena, lang, MSG_course_period, from, to);
    if (r->from.has) return MSG_FORMAT(rq->arena, lang, MSG_course_size_period_from, from);
    return r->to.has ? MSG_FORMAT(rq->arena, lang, MSG_course_size_period_to, to) : msg_text(MSG_course_size_always, lang);
}

/* What Sarn brings along is told in the reader's language; a fund's own words as they were written. */
static struct str source_words(struct rq *rq, const struct project_size_rule *r)
{
    return r->is_own ? r->source : msg_text(MSG_course_size_source_default, rq->page.lang);
}

static void fill_now(struct rq *rq, const struct project_size_rule *r, struct thread_size_view *v)
{
    v->has_rule = true;
    v->is_own = r->is_own;
    v->small = baht(rq, r->small_to);
    v->medium = baht(rq, r->medium_to);
    v->since = period_words(rq, r);
    v->source = source_words(rq, r);
    v->example = example_words(rq, r);
}

static enum err size_show(struct size_at *at)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct thread_size_row *rows = ARENA_ARRAY(rq->arena, struct thread_size_row, at->nrules);
    struct thread_size_view v = {.head = thread_head_of(rq, &at->here, MSG_course_size_title),
                                 .errors = form_errors(f),
                                 .action = HREF(rq->arena, "/funds/{}/projects/sizes", at->here.fund.code),
                                 .may_write = at->may_write,
                                 .rows = rows,
                                 .nrows = at->nrules,
                                 .small_to = form_field(f, "small_to"),
                                 .medium_to = form_field(f, "medium_to"),
                                 .rule_source = form_field(f, "source"),
                                 .from = form_date_field(f, "from")};
    if (at->may_write) v.marks = form_marks(rq);
    for (size_t i = 0; i < at->nrules; i++) {
        const struct project_size_rule *r = &at->rules[i];
        if (r->is_now) fill_now(rq, r, &v);
        rows[i] = (struct thread_size_row){.period = period_words(rq, r),
                                           .small = html_arg_satang(&rq->page, r->small_to),
                                           .medium = html_arg_satang(&rq->page, r->medium_to),
                                           .source = source_words(rq, r),
                                           .is_now = r->is_now,
                                           .is_to_come = r->is_to_come,
                                           .is_replaced = r->is_replaced};
    }
    thread_size_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_sizes_page(struct rq *rq)
{
    struct size_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(size_read(&at));
    return size_show(&at);
}

/* ---- one more ---- */

static void size_typed(struct size_at *at)
{
    struct form *f = &at->form;
    struct project_size_rule *r = &at->rule;
    *r = (struct project_size_rule){.is_own = true, .from = form_date(f, "from", FORM_MUST)};
    struct opt_satang small = form_satang(f, "small_to", FORM_MUST, satang(100)), medium = form_satang(f, "medium_to", FORM_MUST, satang(100));
    r->small_to = small.v;
    r->medium_to = medium.v;
    r->source = form_line(f, "source", FORM_MUST, SOURCE_MAX);
    if (r->from.has && (r->from.v.year < YEAR_FIRST || r->from.v.year > at->rq->today.year + YEARS_AHEAD)) form_fault_msg(f, "from", MSG_course_size_from_far);
    if (small.has && medium.has && medium.v.v <= small.v.v) form_fault_msg(f, f->json != NULL ? "medium_to_satang" : "medium_to", MSG_course_size_medium_less);
    form_public(f, "source", r->source);
}

static enum err size_review(struct size_at *at)
{
    struct rq *rq = at->rq;
    const struct project_size_rule *r = &at->rule;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    struct thread_review_view v = {.head = thread_head_of(rq, &at->here, MSG_course_size_review),
                                   .action = HREF(rq->arena, "/funds/{}/projects/sizes", at->here.fund.code),
                                   .button = msg_text(MSG_course_size_button, rq->page.lang),
                                   .note = example_words(rq, r),
                                   .lines = lines};
    const struct thread_line all[] = {{.label = msg_text(MSG_course_size_from, rq->page.lang), .value = thread_day(rq, r->from)},
                                      {.label = msg_text(MSG_course_size_small, rq->page.lang), .value = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_size_up_to, baht(rq, r->small_to)), .more = msg_text(MSG_course_size_small_means, rq->page.lang)},
                                      {.label = msg_text(MSG_course_size_medium, rq->page.lang), .value = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_size_up_to, baht(rq, r->medium_to)), .more = msg_text(MSG_course_size_medium_means, rq->page.lang)},
                                      {.label = msg_text(MSG_course_size_large, rq->page.lang), .value = MSG_FORMAT(rq->arena, rq->page.lang, MSG_course_size_over, baht(rq, r->medium_to))},
                                      {.label = msg_text(MSG_course_size_source, rq->page.lang), .value = r->source}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) lines[v.nlines++] = all[i];
    return thread_review_show(&at->form, &v, fields, sizeof fields / sizeof fields[0]);
}

static enum err size_api_show(struct size_at *at)
{
    struct rq *rq = at->rq;
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "fund_code", at->here.fund.code);
    json_array(j, "items");
    for (size_t i = 0; i < at->nrules; i++) {
        const struct project_size_rule *r = &at->rules[i];
        json_object(j, NULL);
        json_bool(j, "is_own", r->is_own);
        json_opt_date(j, "from", r->from);
        json_opt_date(j, "to", r->to);
        json_satang(j, "small_to_satang", r->small_to);
        json_satang(j, "medium_to_satang", r->medium_to);
        json_str(j, "certainty", r->certainty);
        json_str(j, "source", r->source);
        json_bool(j, "is_now", r->is_now);
        json_bool(j, "is_replaced", r->is_replaced);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err project_sizes_post(struct rq *rq)
{
    struct size_at at = {.rq = rq};
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(size_read(&at));
    struct str step = form_raw(&at.form, "step");
    if (!str_eq(step, STR("edit"))) {
        size_typed(&at);
        bool is_good = form_is_good(&at.form);
        if (!is_good && rq_is_api(rq)) return form_refuse_api(&at.form);
        if (is_good && !rq_is_api(rq) && !str_eq(step, STR("post"))) return size_review(&at);
        if (is_good) {
            TRY(project_size_rule_add(rq->db, rq->arena, &by, at.here.fund.id, &at.rule));
            if (!rq_is_api(rq)) return rq_redirect(rq, HREF(rq->arena, "/funds/{}/projects/sizes?done=size", at.here.fund.code));
            TRY(size_read(&at));
            return size_api_show(&at);
        }
        form_page_status(&at.form, 400);
    }
    return size_show(&at);
}

enum err project_sizes_api(struct rq *rq)
{
    struct size_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(size_read(&at));
    return size_api_show(&at);
}

enum err project_sizes_post_api(struct rq *rq)
{
    return project_sizes_post(rq);
}
