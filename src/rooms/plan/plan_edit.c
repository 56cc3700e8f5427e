/* plan_edit.c — writing a year of a plan: one question a page, kept at every step, shown again with all that was
 * typed when something is wrong or somebody else was first. */
#include "rooms/plan/plan_edit.h"

#include "rooms/plan_edit.html.h"
#include "rooms/plan_sql.h"

#define CLASHES_MAX 60
#define VERSION_MAX INT64_C(1000000000)

static const char *const step_codes[PLAN_STEPS] = {"problems", "size", "target", "why", "projects"};

static struct str number_text(struct rq *rq, int64_t v)
{
    return str_printf(rq->arena, "%lld", (long long)v);
}

static enum plan_step step_of(struct str code)
{
    for (int i = 0; i < PLAN_STEPS; i++)
        if (str_eq(code, str_of(step_codes[i]))) return (enum plan_step)i;
    return PLAN_PROBLEMS;
}

/* ---- opening ---- */

static enum err read_supports(struct plan_editing *e)
{
    struct plan_support_list_row *rows = NULL;
    size_t n = 0;
    TRY(plan_support_list(e->rq->db, e->rq->arena, e->plan.fy, &rows, &n));
    struct choice *choices = ARENA_ARRAY(e->rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        choices[i] = (struct choice){rows[i].code, lang_name(e->rq->page.lang, rows[i].short_th, rows[i].short_en), false};
    e->supports = choices;
    e->nsupports = n;
    return ERR_OK;
}

/* What the step shows beside the plan itself. */
static enum err open_step(struct plan_editing *e)
{
    struct rq *rq = e->rq;
    if (e->step == PLAN_PROBLEMS || e->step == PLAN_SIZE)
        TRY(issue_indicators(rq->db, rq->arena, e->plan.issue, &e->indicators, &e->nindicators));
    if (e->step == PLAN_SIZE)
        TRY(plan_results(rq->db, rq->arena, e->here.fund, e->plan.issue, fiscal_year(e->plan.fy.v - 1), &e->results, &e->nresults));
    if (e->step != PLAN_PROJECTS) return ERR_OK;
    TRY(read_supports(e));
    return ledger_plan_find(rq->db, rq->arena, e->here.code, e->plan.fy, &e->finance);
}

static enum err edit_open(struct rq *rq, struct plan_editing *e, struct str step, struct str n)
{
    int64_t at = 1;
    e->rq = rq;
    e->form.rq = rq;
    TRY(plan_here_read(rq, &e->here));
    TRY(plan_of_route(rq, &e->here, &e->plan));
    e->step = step_of(step);
    if (e->step == PLAN_SIZE) {
        if (n.n > 0 && str_to_int(n, &at) != ERR_OK) at = 0;
        if (at < 1 || at > (int64_t)e->plan.nsituations) e->step = PLAN_PROBLEMS; /* it is no longer there */
        else e->n = (size_t)at - 1;
    }
    return open_step(e);
}

/* ---- showing ---- */

static void fill_note(struct plan_editing *e, struct plan_edit_view *v)
{
    enum lang lang = e->rq->page.lang;
    if (e->step != PLAN_PROJECTS || !e->finance.agreed_on.has) return;
    v->note = msg_text(MSG_issue_plan_finance_is_agreed, lang);
    v->note_button = msg_text(MSG_plan_change, lang);
    v->note_href = HREF(e->rq->arena, "/funds/{}/years/{}/plan?edit=1", e->here.code, number_text(e->rq, e->plan.fy.v));
}

/* The way back: the question before this one, as it was saved. */
static struct href back_href(struct plan_editing *e)
{
    struct arena *a = e->rq->arena;
    if (e->step == PLAN_PROBLEMS) return plan_href(e->rq, &e->plan, "?draft=1");
    if (e->step == PLAN_SIZE && e->n > 0)
        return plan_href(e->rq, &e->plan, str_z(a, str_printf(a, "/edit?step=size&n=%zu", e->n)));
    if (e->step == PLAN_TARGET)
        return plan_href(e->rq, &e->plan, str_z(a, str_printf(a, "/edit?step=size&n=%zu", e->plan.nsituations)));
    return plan_href(e->rq, &e->plan, str_z(a, str_printf(a, "/edit?step=%s", step_codes[e->step - 1])));
}

static enum err show(struct plan_editing *e, struct plan_edit_view *v)
{
    struct rq *rq = e->rq;
    struct plan_group *groups = NULL;
    v->head = plan_head_of(rq, &e->here, e->plan.fy, plan_issue_name(rq, &e->plan));
    v->at = (int64_t)e->step + 1;
    v->of = PLAN_STEPS;
    v->question = plan_step_question(e, &v->why);
    v->step = str_of(step_codes[e->step]);
    v->n = number_text(rq, (int64_t)e->n + 1);
    v->version = number_text(rq, e->plan.version);
    if (e->step == PLAN_PROJECTS) v->finance_version = number_text(rq, e->finance.version);
    v->action = plan_href(rq, &e->plan, "/edit");
    v->back = back_href(e);
    v->marks = form_marks(rq);
    fill_note(e, v);
    plan_step_groups(e, &groups, &v->ngroups);
    v->groups = groups;
    v->errors = form_errors(&e->form);
    plan_edit_html(rq_html_begin(rq, v->head.title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

/* ---- somebody else was first: what they saved beside what was typed ---- */

static struct str shown_value(struct plan_editing *e, const struct plan_ask *q)
{
    if (q->kind == PLAN_ASK_TICK) return msg_text(q->is_on ? MSG_issue_plan_yes : MSG_issue_plan_no, e->rq->page.lang);
    if (q->kind == PLAN_ASK_DATE)
        return str_concat(e->rq->arena, (const struct str[]){q->d.day, STR(" "), q->d.month, STR(" "), q->d.year}, 5);
    return q->f.value;
}

static void fill_clashes(struct plan_editing *e, struct plan_edit_view *v)
{
    struct plan_group *theirs = NULL, *mine = NULL;
    size_t ntheirs = 0, nmine = 0;
    struct plan_clash *rows = ARENA_ARRAY(e->rq->arena, struct plan_clash, CLASHES_MAX);
    e->is_typed = false;
    plan_step_groups(e, &theirs, &ntheirs);
    e->is_typed = true;
    plan_step_groups(e, &mine, &nmine);
    for (size_t g = 0; g < ntheirs && g < nmine; g++)
        for (size_t i = 0; i < theirs[g].nasks && i < mine[g].nasks && v->nclashes < CLASHES_MAX; i++) {
            struct str t = shown_value(e, &theirs[g].asks[i]), m = shown_value(e, &mine[g].asks[i]);
            if (!str_eq(t, m)) rows[v->nclashes++] = (struct plan_clash){theirs[g].asks[i].label, t, m};
        }
    v->clashes = rows;
}

static enum err show_again(struct plan_editing *e, int status)
{
    struct rq *rq = e->rq;
    struct plan_edit_view v = {.is_clash = status == 409};
    e->is_typed = true;
    form_page_status(&e->form, status);
    if (status == 409) {
        TRY(edit_open(rq, e, form_raw(&e->form, "step"), form_raw(&e->form, "n")));
        e->is_typed = true;
        fill_clashes(e, &v);
    }
    return show(e, &v);
}

/* ---- the doors of a step ---- */

enum err plan_edit_page(struct rq *rq)
{
    struct plan_editing e = {0};
    struct plan_edit_view v = {0};
    struct str step = rq_param(rq, "step");
    if (str_eq(step, STR("review"))) return plan_review_show(rq, NULL);
    TRY(edit_open(rq, &e, step, rq_param(rq, "n")));
    return show(&e, &v);
}

/* Where the button leads: to the next question, or out. */
static struct href next_href(struct plan_editing *e, size_t nsituations)
{
    struct arena *a = e->rq->arena;
    if (str_eq(form_raw(&e->form, "go"), STR("save"))) return plan_href(e->rq, &e->plan, "?draft=1&done=saved");
    size_t n = e->step == PLAN_PROBLEMS ? 1 : e->step == PLAN_SIZE ? e->n + 2 : 0;
    if (n > 0 && n <= nsituations) return plan_href(e->rq, &e->plan, str_z(a, str_printf(a, "/edit?step=size&n=%zu", n)));
    if (e->step == PLAN_PROJECTS) return plan_href(e->rq, &e->plan, "/edit?step=review");
    enum plan_step next = e->step == PLAN_PROBLEMS ? PLAN_TARGET : (enum plan_step)(e->step + 1);
    return plan_href(e->rq, &e->plan, str_z(a, str_printf(a, "/edit?step=%s", step_codes[next])));
}

static enum err save_lines(struct plan_editing *e, enum ledger_fault *ret_fault)
{
    size_t n = 0;
    struct rq *rq = e->rq;
    if (e->finance.agreed_on.has) return ERR_OK; /* only looked at */
    struct ledger_plan_line *lines = plan_step_lines(e, &n);
    int64_t version = form_count(&e->form, "finance_version", FORM_MUST, 0, VERSION_MAX).v;
    if (!form_is_good(&e->form)) return ERR_INPUT;
    TRY(db_savepoint(rq->db));
    enum err saved = plan_lines_save(rq, &e->plan, version, lines, n, ret_fault);
    if (saved == ERR_OK) return db_release(rq->db);
    db_rollback_to(rq->db);
    return saved;
}

static enum err save_year(struct plan_editing *e, struct plan_year *typed)
{
    struct actor by = rq_actor(e->rq);
    plan_step_read(e, typed);
    typed->version = form_count(&e->form, "version", FORM_MUST, 0, VERSION_MAX).v;
    if (!form_is_good(&e->form)) return ERR_INPUT;
    return plan_save(e->rq->db, e->rq->arena, &by, typed, 1, &typed->id);
}

enum err plan_edit_post(struct rq *rq)
{
    struct plan_editing e = {0};
    struct plan_year typed = {0};
    enum ledger_fault fault = LEDGER_FINE;
    struct form f;
    TRY(form_begin(rq, &f));
    e.form = f;
    struct str step = form_raw(&f, "step"), n = form_raw(&f, "n");
    TRY(edit_open(rq, &e, step, n));
    if (step_of(step) != e.step) return show_again(&e, 409); /* the row is no longer there */
    typed.nsituations = e.plan.nsituations;
    enum err saved = e.step == PLAN_PROJECTS ? save_lines(&e, &fault) : save_year(&e, &typed);
    if (saved == ERR_OK) return rq_redirect(rq, next_href(&e, typed.nsituations));
    if (saved == ERR_CONFLICT) return show_again(&e, 409);
    if (saved == ERR_REFUSED)
        form_fault_msg(&e.form, "step", e.step == PLAN_PROJECTS ? plan_lines_fault(fault) : MSG_issue_plan_locked);
    /* Each step tells it beside its field; this is of another step, kept from before that was asked. */
    if (saved == ERR_INPUT && form_is_good(&e.form) && !plan_is_open(&typed)) form_fault_msg(&e.form, "step", MSG_project_private);
    if (form_is_good(&e.form)) return saved;
    return show_again(&e, 400);
}

/* ---- a new plan ---- */

#define YEARS_OFFERED 2 /* this fiscal year and the next */

static struct plan_ask choice_ask(struct form *f, bool is_typed, const char *name, enum msg label, struct choice *choices,
                                  size_t n, struct str first)
{
    struct plan_ask q = {.kind = PLAN_ASK_CHOICE, .label = msg_text(label, f->rq->page.lang), .choices = choices, .nchoices = n};
    q.f = is_typed ? form_field(f, name) : form_field_of(f, name, first);
    for (size_t i = 0; i < n; i++) choices[i].is_selected = str_eq(choices[i].value, q.f.value);
    return q;
}

static enum err fill_new(struct form *f, bool is_typed, struct plan_edit_view *v)
{
    struct rq *rq = f->rq;
    struct issue *issues = NULL;
    size_t n = 0;
    struct fiscal_year fy = rq->this_fy;
    if (rq_fy(rq, &fy) != ERR_OK || fy.v > rq->this_fy.v + 1 || fy.v < rq->this_fy.v) fy = rq->this_fy;
    TRY(issue_list(rq->db, rq->arena, &issues, &n));
    struct plan_group *group = ARENA_ARRAY(rq->arena, struct plan_group, 1);
    struct plan_ask *asks = ARENA_ARRAY(rq->arena, struct plan_ask, 3);
    struct choice *list = ARENA_ARRAY(rq->arena, struct choice, n);
    struct choice *years = ARENA_ARRAY(rq->arena, struct choice, YEARS_OFFERED);
    struct choice *spans = ARENA_ARRAY(rq->arena, struct choice, PLAN_YEARS_MAX);
    for (size_t i = 0; i < n; i++) list[i] = (struct choice){issues[i].code, issue_name(rq->page.lang, &issues[i]), false};
    for (int32_t i = 0; i < YEARS_OFFERED; i++)
        years[i] = (struct choice){number_text(rq, rq->this_fy.v + i),
                                   MSG_FORMAT(rq->arena, rq->page.lang, MSG_fy_name, number_text(rq, rq->this_fy.v + i)), false};
    for (int64_t i = 0; i < PLAN_YEARS_MAX; i++)
        spans[i] = (struct choice){number_text(rq, i + 1),
                                   MSG_FORMAT(rq->arena, rq->page.lang, MSG_issue_plan_n_years, number_text(rq, i + 1)), false};
    asks[0] = choice_ask(f, is_typed, "issue", MSG_issue_plan_col_issue, list, n, rq_param(rq, "issue"));
    asks[1] = choice_ask(f, is_typed, "fy", MSG_issue_plan_year, years, YEARS_OFFERED, number_text(rq, fy.v));
    asks[2] = choice_ask(f, is_typed, "years", MSG_issue_plan_how_long, spans, PLAN_YEARS_MAX, STR("1"));
    *group = (struct plan_group){STR_NONE, asks, 3};
    v->groups = group;
    v->ngroups = 1;
    return ERR_OK;
}

static enum err show_new(struct form *f, const struct plan_here *here, bool is_typed)
{
    struct rq *rq = f->rq;
    struct plan_edit_view v = {.is_new = true, .question = msg_text(MSG_issue_plan_ask_issue, rq->page.lang),
                               .why = msg_text(MSG_issue_plan_ask_issue_why, rq->page.lang), .version = STR("0"),
                               .step = STR("new"), .n = STR("1"), .marks = form_marks(rq)};
    TRY(fill_new(f, is_typed, &v));
    v.errors = form_errors(f);
    v.head = plan_head_of(rq, here, rq->this_fy, STR_NONE);
    v.head.title = msg_text(MSG_issue_plan_add, rq->page.lang);
    v.note = msg_text(MSG_issue_plan_see_issues, rq->page.lang);
    v.note_button = msg_text(MSG_menu_issues, rq->page.lang);
    v.note_href = href_of(rq->arena, "/issues", NULL, 0);
    v.action = HREF(rq->arena, "/funds/{}/plans/new", here->code);
    v.back = HREF(rq->arena, "/funds/{}/plans", here->code);
    plan_edit_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err plan_new_page(struct rq *rq)
{
    struct plan_here here = {0};
    struct form f = {.rq = rq};
    TRY(plan_here_read(rq, &here));
    return show_new(&f, &here, false);
}

enum err plan_new_post(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_year p = {0};
    struct form f;
    struct actor by = rq_actor(rq);
    TRY(plan_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    struct str issue = form_line(&f, "issue", FORM_MUST, 60);
    struct opt_count fy = form_count(&f, "fy", FORM_MUST, rq->this_fy.v, rq->this_fy.v + 1);
    struct opt_count years = form_count(&f, "years", FORM_MUST, 1, PLAN_YEARS_MAX);
    if (form_is_good(&f)) {
        enum err found = plan_begin(rq->db, rq->arena, here.code, issue, fiscal_year((int32_t)fy.v), &p);
        if (found == ERR_NOT_FOUND) form_fault_msg(&f, "issue", MSG_form_not_among);
        else TRY(found);
    }
    if (!form_is_good(&f)) {
        form_page_status(&f, 400);
        return show_new(&f, &here, true);
    }
    enum err saved = plan_save(rq->db, rq->arena, &by, &p, years.v, &p.id);
    if (saved == ERR_CONFLICT) { /* there is one: it is gone on with */
        form_fault_msg(&f, "issue", MSG_issue_plan_is_there);
        form_page_status(&f, 409);
        return show_new(&f, &here, true);
    }
    TRY(saved);
    return rq_redirect(rq, plan_href(rq, &p, "/edit?step=problems"));
}
