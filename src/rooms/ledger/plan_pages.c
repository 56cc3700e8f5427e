/* plan_pages.c — /funds/{fund}/years/{fy}/plan: the annual finance plan, read, printed, written without
 * script (a fixed number of rows, more by a button that keeps what was typed), agreed by a meeting. */
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_plan.html.h"

#define ROWS_FIRST 6
#define ROWS_MORE  5
#define ROWS_MAX   60
#define MANAGING   "4" /* the support type with a ceiling */

struct planning {
    struct rq *rq;
    struct form *form;
    struct ledger_here here;
    struct ledger_plan plan; /* as it is kept */
    const struct choice *supports, *issues;
    size_t nsupports, nissues;
};

static enum err plan_read(struct rq *rq, struct form *f, struct planning *p)
{
    struct fiscal_year fy;
    *p = (struct planning){.rq = rq, .form = f};
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(ledger_here_read(rq, NULL, &p->here));
    TRY(ledger_plan_find(rq->db, rq->arena, p->here.code, fy, &p->plan));
    TRY(ledger_support_choices(rq, fy, STR(""), &p->supports, &p->nsupports));
    return ledger_issue_choices(rq, STR(""), &p->issues, &p->nissues);
}

static struct href plan_href(struct planning *p, const char *tail)
{
    struct str pattern = str_printf(p->rq->arena, "/funds/{}/years/{}/plan%s", tail);
    return HREF(p->rq->arena, str_z(p->rq->arena, pattern), p->here.code, ledger_int_text(p->rq, p->plan.fy.v));
}

/* ---- sums ---- */

static void fill_sums(const struct ledger_plan *plan, struct ledger_plan_view *v)
{
    const struct opt_satang incomes[] = {plan->income_nhso, plan->income_local, plan->income_other};
    for (size_t i = 0; i < 3; i++)
        if (incomes[i].has) v->income = satang_add(v->income, incomes[i].v);
    for (size_t i = 0; i < plan->nlines; i++) {
        v->planned = satang_add(v->planned, plan->lines[i].amount);
        if (str_eq(plan->lines[i].support_type, STR(MANAGING))) v->managing = satang_add(v->managing, plan->lines[i].amount);
    }
    v->carried_over = plan->carried_over;
    v->income_nhso = plan->income_nhso;
    v->income_local = plan->income_local;
    v->income_other = plan->income_other;
    v->money = satang_add(v->carried_over, v->income);
    if (v->planned.v > v->money.v) v->lacking = some_satang(satang_sub(v->planned, v->money));
    else v->rest = some_satang(satang_sub(v->money, v->planned));
    v->ceiling_percent = plan->ceiling_percent;
    /* The ceiling counts on the income that stands in the form, not on what was saved last. */
    if (plan->ceiling_percent.has && v->income.v > 0)
        v->ceiling = some_satang(satang(v->income.v / 10000 * plan->ceiling_percent.v.v +
                                        v->income.v % 10000 * plan->ceiling_percent.v.v / 10000));
    v->is_over_ceiling = v->ceiling.has && v->managing.v > v->ceiling.v.v;
}

static void fill_head(struct planning *p, struct ledger_plan_view *v)
{
    struct rq *rq = p->rq;
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_plan_title, ledger_int_text(rq, p->plan.fy.v));
    v->head = ledger_head_of(rq, &p->here, title);
    v->fy = p->plan.fy;
    v->may_book = p->here.may_book;
    v->is_new = p->plan.version == 0;
    v->is_agreed = p->plan.agreed_on.has;
    v->agreed_on = p->plan.agreed_on;
    v->agreed_in = p->plan.agreed_in;
    v->edit = plan_href(p, "?edit=1");
    v->action = v->view = plan_href(p, "");
    v->pdf = plan_href(p, ".pdf");
}

/* ---- reading ---- */

static void fill_groups(struct planning *p, struct ledger_plan_view *v)
{
    struct rq *rq = p->rq;
    struct ledger_plan_group *groups = ARENA_ARRAY(rq->arena, struct ledger_plan_group, p->nsupports);
    for (size_t s = 0; s < p->nsupports; s++) {
        struct ledger_plan_group g = {.name = p->supports[s].label};
        struct ledger_plan_shown *lines = ARENA_ARRAY(rq->arena, struct ledger_plan_shown, p->plan.nlines);
        for (size_t i = 0; i < p->plan.nlines; i++) {
            const struct ledger_plan_line *l = &p->plan.lines[i];
            if (!str_eq(l->support_type, p->supports[s].value)) continue;
            lines[g.nlines++] = (struct ledger_plan_shown){l->title, l->unit_name, l->amount};
            g.sum = satang_add(g.sum, l->amount);
        }
        g.lines = lines;
        if (g.nlines > 0) groups[v->ngroups++] = g;
    }
    v->groups = groups;
}

enum err ledger_plan_read(struct rq *rq, struct ledger_here *ret_here, struct ledger_plan_view *ret)
{
    struct planning p;
    struct ledger_plan_view v = {0};
    TRY(plan_read(rq, NULL, &p));
    fill_head(&p, &v);
    fill_sums(&p.plan, &v);
    fill_groups(&p, &v);
    *ret_here = p.here;
    *ret = v;
    return ERR_OK;
}

static enum err show_read(struct planning *p)
{
    struct rq *rq = p->rq;
    struct ledger_plan_view v = {0};
    fill_head(p, &v);
    fill_sums(&p->plan, &v);
    fill_groups(p, &v);
    if (str_eq(rq_param(rq, "done"), STR("saved"))) v.done = msg_text(MSG_plan_saved, rq->page.lang);
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_plan_title, ledger_int_text(rq, p->plan.fy.v));
    ledger_plan_read_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the form ---- */

static const char *row_name(struct planning *p, const char *what, size_t i)
{
    return str_z(p->rq->arena, str_printf(p->rq->arena, "%s_%zu", what, i + 1));
}

static const struct choice *chosen(struct planning *p, const struct choice *list, size_t n, struct str value)
{
    struct choice *copy = ARENA_ARRAY(p->rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = (struct choice){list[i].value, list[i].label, value.n > 0 && str_eq(list[i].value, value)};
    return copy;
}

static struct field cell(struct planning *p, const char *what, size_t i, struct str value)
{
    return form_field_of(p->form, row_name(p, what, i), value);
}

/* As typed when `is_typed`, else as kept. */
static void fill_rows(struct planning *p, struct ledger_plan_view *v, size_t nrows, bool is_typed)
{
    struct ledger_plan_row *rows = ARENA_ARRAY(p->rq->arena, struct ledger_plan_row, nrows);
    for (size_t i = 0; i < nrows; i++) {
        struct ledger_plan_line kept = {0};
        struct ledger_plan_row *r = &rows[i];
        if (i < p->plan.nlines) kept = p->plan.lines[i];
        r->n = (int64_t)i + 1;
        if (is_typed) {
            r->title = form_field(p->form, row_name(p, "title", i));
            r->unit = form_field(p->form, row_name(p, "unit", i));
            r->support = form_field(p->form, row_name(p, "support", i));
            r->issue = form_field(p->form, row_name(p, "issue", i));
            r->amount = form_field(p->form, row_name(p, "amount", i));
        } else {
            r->title = cell(p, "title", i, kept.title);
            r->unit = cell(p, "unit", i, kept.unit_name);
            r->support = cell(p, "support", i, kept.support_type);
            r->issue = cell(p, "issue", i, kept.issue_code);
            r->amount = form_satang_field_of(p->form, row_name(p, "amount", i),
                                             (struct opt_satang){kept.amount.v > 0, kept.amount});
        }
        r->supports = chosen(p, p->supports, p->nsupports, r->support.value);
        r->nsupports = p->nsupports;
        r->issues = chosen(p, p->issues, p->nissues, r->issue.value);
        r->nissues = p->nissues;
    }
    v->rows = rows;
    v->nrows = nrows;
}

static enum err show_edit(struct planning *p, struct ledger_plan_view *v, size_t nrows)
{
    struct rq *rq = p->rq;
    struct ledger_keep *keeps = ARENA_ARRAY(rq->arena, struct ledger_keep, 2);
    keeps[0] = (struct ledger_keep){STR("version"), ledger_int_text(rq, p->plan.version)};
    keeps[1] = (struct ledger_keep){STR("rows"), ledger_int_text(rq, (int64_t)nrows)};
    v->keeps = keeps;
    v->nkeeps = 2;
    v->marks = form_marks(rq);
    v->errors = form_errors(p->form);
    fill_head(p, v);
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_plan_title, ledger_int_text(rq, p->plan.fy.v));
    ledger_plan_edit_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

enum err ledger_plan_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct planning p;
    TRY(plan_read(rq, &f, &p));
    if (rq_param(rq, "edit").n == 0 || !p.here.may_book) return show_read(&p);
    struct ledger_plan_view v = {.nhso = form_satang_field_of(&f, "nhso", p.plan.income_nhso),
                                 .local = form_satang_field_of(&f, "local", p.plan.income_local),
                                 .other = form_satang_field_of(&f, "other", p.plan.income_other),
                                 .meeting = form_field_of(&f, "agreed_in", STR("")),
                                 .meeting_on = form_date_field_of(&f, "agreed_on", (struct opt_date){0})};
    size_t nrows = p.plan.nlines + 2 > ROWS_FIRST ? p.plan.nlines + 2 : ROWS_FIRST;
    fill_rows(&p, &v, nrows, false);
    fill_sums(&p.plan, &v);
    return show_edit(&p, &v, nrows);
}

/* ---- what is sent ---- */

static bool row_is_blank(struct planning *p, size_t i)
{
    static const char *const parts[] = {"title", "unit", "amount"};
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++)
        if (form_raw(p->form, row_name(p, parts[k], i)).n > 0) return false;
    return true;
}

static struct str chosen_code(struct planning *p, const char *name, const struct choice *list, size_t n, enum form_need need)
{
    const char **codes = ARENA_ARRAY(p->rq->arena, const char *, n);
    for (size_t i = 0; i < n; i++) codes[i] = str_z(p->rq->arena, list[i].value);
    int at = form_choice(p->form, name, need, codes, n);
    return at < 0 ? STR_NONE : list[at].value;
}

/* Everything typed; `need`: while rows are still being added an unfinished one is no fault. */
static void plan_typed(struct planning *p, size_t nrows, struct ledger_plan *ret)
{
    struct form *f = p->form;
    *ret = p->plan;
    ret->income_nhso = form_satang(f, "nhso", FORM_MAY, satang(0));
    ret->income_local = form_satang(f, "local", FORM_MAY, satang(0));
    ret->income_other = form_satang(f, "other", FORM_MAY, satang(0));
    ret->lines = ARENA_ARRAY(p->rq->arena, struct ledger_plan_line, nrows);
    ret->nlines = 0;
    for (size_t i = 0; i < nrows; i++) {
        if (row_is_blank(p, i)) continue;
        struct ledger_plan_line l = {.title = form_line(f, row_name(p, "title", i), FORM_MUST, LEDGER_MEMO_MAX),
                                     .unit_name = form_line(f, row_name(p, "unit", i), FORM_MAY, LEDGER_PARTY_MAX)};
        form_public(f, row_name(p, "title", i), l.title);
        form_public(f, row_name(p, "unit", i), l.unit_name);
        l.support_type = chosen_code(p, row_name(p, "support", i), p->supports, p->nsupports, FORM_MUST);
        l.issue_code = chosen_code(p, row_name(p, "issue", i), p->issues + 1, p->nissues - 1, FORM_MAY);
        l.amount = form_satang(f, row_name(p, "amount", i), FORM_MUST, satang(1)).v;
        ret->lines[ret->nlines++] = l;
    }
    ret->agreed_in = form_line(f, "agreed_in", FORM_MAY, LEDGER_REFERENCE_MAX);
    ret->agreed_on = (struct opt_date){0};
    if (form_raw(f, "agreed_on_d").n > 0 || form_raw(f, "agreed_on_y").n > 0) ret->agreed_on = form_date(f, "agreed_on", FORM_MAY);
    if ((ret->agreed_in.n > 0) != ret->agreed_on.has)
        form_fault_msg(f, ret->agreed_on.has ? "agreed_in" : "agreed_on", MSG_plan_agree_half);
}

static void change_add(struct ledger_plan_view *v, struct ledger_change *changes, struct str what, struct str theirs, struct str yours)
{
    if (!str_eq(theirs, yours) && v->nchanges < ROWS_MAX) changes[v->nchanges++] = (struct ledger_change){what, theirs, yours};
}

static struct str opt_money(struct rq *rq, struct opt_satang v)
{
    return v.has ? ledger_money_text(rq, v.v) : STR("");
}

static struct str line_text(struct planning *p, const struct ledger_plan *plan, size_t i)
{
    if (i >= plan->nlines) return STR("");
    return str_concat(p->rq->arena,
                      (const struct str[]){plan->lines[i].title, STR(" · "), ledger_money_text(p->rq, plan->lines[i].amount)}, 3);
}

/* What the other one saved, against what was typed here. */
static void fill_changes(struct planning *p, struct ledger_plan_view *v, const struct ledger_plan *typed)
{
    struct rq *rq = p->rq;
    enum lang lang = rq->page.lang;
    struct ledger_change *changes = ARENA_ARRAY(rq->arena, struct ledger_change, ROWS_MAX);
    size_t most = typed->nlines > p->plan.nlines ? typed->nlines : p->plan.nlines;
    change_add(v, changes, msg_text(MSG_plan_nhso, lang), opt_money(rq, p->plan.income_nhso), opt_money(rq, typed->income_nhso));
    change_add(v, changes, msg_text(MSG_plan_local, lang), opt_money(rq, p->plan.income_local), opt_money(rq, typed->income_local));
    change_add(v, changes, msg_text(MSG_plan_other, lang), opt_money(rq, p->plan.income_other), opt_money(rq, typed->income_other));
    change_add(v, changes, msg_text(MSG_plan_agreed_in, lang), p->plan.agreed_in, typed->agreed_in);
    for (size_t i = 0; i < most; i++)
        change_add(v, changes, MSG_FORMAT(rq->arena, lang, MSG_plan_row, ledger_int_text(rq, (int64_t)i + 1)),
                   line_text(p, &p->plan, i), line_text(p, typed, i));
    v->changes = changes;
}

/* The same page again with everything typed; the faults of unfinished rows stay out while rows are added. */
static enum err show_again(struct planning *p, const struct ledger_plan *typed, size_t nrows, bool is_conflict)
{
    struct form *f = p->form;
    struct ledger_plan_view v = {.nhso = form_field(f, "nhso"),
                                 .local = form_field(f, "local"),
                                 .other = form_field(f, "other"),
                                 .meeting = form_field(f, "agreed_in"),
                                 .meeting_on = form_date_field(f, "agreed_on"),
                                 .is_conflict = is_conflict};
    if (is_conflict) fill_changes(p, &v, typed);
    fill_rows(p, &v, nrows, true);
    fill_sums(typed, &v);
    return show_edit(p, &v, nrows);
}

static size_t rows_of(struct form *f)
{
    int64_t n = 0;
    if (str_to_int(form_raw(f, "rows"), &n) != ERR_OK || n < ROWS_FIRST) return ROWS_FIRST;
    return n > ROWS_MAX ? ROWS_MAX : (size_t)n;
}

enum err ledger_plan_post(struct rq *rq)
{
    struct form f;
    struct planning p;
    struct ledger_plan typed;
    enum ledger_fault fault = LEDGER_FINE;
    int64_t version = 0;
    TRY(form_begin(rq, &f));
    TRY(plan_read(rq, &f, &p));
    size_t nrows = rows_of(&f);
    plan_typed(&p, nrows, &typed);
    if (ledger_step_of(&f) == STEP_ROWS) {
        f.nfaults = 0; /* not finished yet: nothing is wrong */
        return show_again(&p, &typed, nrows + ROWS_MORE > ROWS_MAX ? ROWS_MAX : nrows + ROWS_MORE, false);
    }
    if (str_to_int(form_raw(&f, "version"), &typed.version) != ERR_OK) typed.version = 0;
    if (!form_is_good(&f)) {
        form_page_status(&f, 400);
        return show_again(&p, &typed, nrows, false);
    }
    struct actor by = rq_actor(rq);
    enum err e = ledger_plan_save(rq->db, rq->arena, &by, &typed, &fault, &version);
    if (e == ERR_OK) return rq_redirect(rq, plan_href(&p, "?done=saved"));
    if (e == ERR_REFUSED && fault != LEDGER_FINE) {
        struct ledger_plan_view sums = {0};
        fill_sums(&typed, &sums);
        ledger_fault_at(&f, fault == LEDGER_DATE_FUTURE ? "agreed_on" : ledger_fault_field(fault), fault,
                        &(struct ledger_about){.here = &p.here, .ceiling = sums.ceiling});
    } else if (e != ERR_CONFLICT) {
        return e;
    }
    form_page_status(&f, e == ERR_CONFLICT ? 409 : 400);
    return show_again(&p, &typed, nrows, e == ERR_CONFLICT);
}

/* "/funds/{fund}/ledger/plan": this year's. */
enum err ledger_plan_now_page(struct rq *rq)
{
    return rq_redirect(rq, HREF(rq->arena, "/funds/{}/years/{}/plan", rq->args[0], ledger_int_text(rq, rq->this_fy.v)));
}

/* ---- GET /api/v1/funds/{fund}/years/{fy}/plan ---- */

enum err ledger_plan_api(struct rq *rq)
{
    struct ledger_plan plan;
    struct fiscal_year fy;
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(ledger_plan_find(rq->db, rq->arena, rq->args[0], fy, &plan));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "fund_code", plan.fund_code);
    json_int(j, "fiscal_year", plan.fy.v);
    json_int(j, "version", plan.version);
    json_satang(j, "carried_over_satang", plan.carried_over);
    json_opt_satang(j, "income_nhso_satang", plan.income_nhso);
    json_opt_satang(j, "income_local_satang", plan.income_local);
    json_opt_satang(j, "income_other_satang", plan.income_other);
    json_opt_percent(j, "ceiling_percent", plan.ceiling_percent);
    json_opt_satang(j, "ceiling_satang", plan.ceiling);
    json_opt_date(j, "agreed_on", plan.agreed_on);
    json_str(j, "agreed_in", plan.agreed_in);
    json_array(j, "lines");
    for (size_t i = 0; i < plan.nlines; i++) {
        json_object(j, NULL);
        json_str(j, "title", plan.lines[i].title);
        json_str(j, "unit_name", plan.lines[i].unit_name);
        json_str(j, "support_type", plan.lines[i].support_type);
        json_str(j, "issue_code", plan.lines[i].issue_code);
        json_satang(j, "amount_satang", plan.lines[i].amount);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}
