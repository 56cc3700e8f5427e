/* change_pages.c — changes of a project: what was asked for and became of it, before and after; asking for one. */
#include "json/json_in.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_thread.html.h"

struct change_at {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct project_whole w;
    int kind; /* enum project_change_kind; -1: none */
};

static enum err change_read(struct change_at *at, struct str kind)
{
    TRY(thread_project(at->rq, &at->here));
    at->kind = -1;
    for (int k = 0; k < PROJECT_CHANGE_KINDS; k++)
        if (str_eq(kind, str_of(project_change_code((enum project_change_kind)k))) &&
            project_change_may((enum project_change_kind)k, at->here.p.state, at->here.may_decide))
            at->kind = k;
    if (!at->here.may_write) at->kind = -1;
    return project_read(at->rq->db, at->rq->arena, &at->here.p, &at->w);
}

static const char *line_name(struct rq *rq, size_t i)
{
    return str_z(rq->arena, str_printf(rq->arena, "line_%zu", i + 1));
}

/* ---- the page ---- */

static enum err fill_rows(struct change_at *at, struct thread_change_view *v)
{
    struct rq *rq = at->rq;
    struct project_change *all = NULL;
    size_t n = 0;
    TRY(project_changes(rq->db, rq->arena, at->here.p.id, &all, &n));
    struct thread_change_row *rows = ARENA_ARRAY(rq->arena, struct thread_change_row, n);
    for (size_t i = 0; i < n; i++) {
        struct str id = html_arg_int(&rq->page, all[i].id.v);
        rows[i] = (struct thread_change_row){.kind = thread_change_word(rq, str_of(project_change_code(all[i].kind))),
                                             .reason = all[i].reason,
                                             .state = thread_change_state_word(rq, all[i].state),
                                             .version = html_arg_int(&rq->page, all[i].version),
                                             .on = instant_date(all[i].at),
                                             .fields = thread_change_fields(rq, &all[i], at->here.sees_persons),
                                             .nfields = all[i].nfields,
                                             .is_asked = str_eq(all[i].state, STR("asked")),
                                             .is_agreed = str_eq(all[i].state, STR("agreed"))};
        rows[i].may_withdraw = rows[i].is_asked && at->here.may_write;
        if (rows[i].may_withdraw) rows[i].marks = form_marks(rq);
        rows[i].withdraw = thread_href(rq, &at->here, str_z(rq->arena, str_printf(rq->arena, "/changes/%.*s/withdraw", STR_FMT(id))));
    }
    v->rows = rows;
    v->nrows = n;
    return ERR_OK;
}

static void fill_kinds(struct change_at *at, struct thread_change_view *v)
{
    struct rq *rq = at->rq;
    struct thread_kind_link *kinds = ARENA_ARRAY(rq->arena, struct thread_kind_link, PROJECT_CHANGE_KINDS);
    for (int k = 0; at->here.may_write && k < PROJECT_CHANGE_KINDS; k++) {
        const char *code = project_change_code((enum project_change_kind)k);
        if (!project_change_may((enum project_change_kind)k, at->here.p.state, at->here.may_decide)) continue;
        kinds[v->nkinds++] = (struct thread_kind_link){
            thread_change_word(rq, str_of(code)),
            thread_href(rq, &at->here, str_z(rq->arena, str_printf(rq->arena, "/changes?kind=%s", code))), at->kind == k};
    }
    v->kinds = kinds;
}

static struct field kept(struct form *f, bool is_typed, const char *name, struct str now)
{
    return is_typed ? form_field(f, name) : form_field_of(f, name, thread_or(now));
}

static void fill_form(struct change_at *at, struct thread_change_view *v, bool is_typed)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    const struct project *p = &at->here.p;
    v->kind = at->kind < 0 ? STR("") : str_of(project_change_code((enum project_change_kind)at->kind));
    v->is_extend = at->kind == PROJECT_EXTEND;
    v->is_amend = at->kind == PROJECT_AMEND;
    v->is_money = at->kind == PROJECT_MOVE_MONEY;
    v->is_person = at->kind == PROJECT_RESPONSIBLE;
    v->is_back = at->kind == PROJECT_CLAW_BACK;
    v->reason = form_field(f, "reason");
    v->title = kept(f, is_typed, "title", p->title);
    v->place = kept(f, is_typed, "place", p->place);
    v->method = kept(f, is_typed, "method", p->method);
    v->expected = kept(f, is_typed, "expected", p->expected);
    v->person = form_field(f, "person");
    v->name = form_field(f, "name");
    v->duty = form_field(f, "duty");
    v->phone = form_field(f, "phone");
    v->amount = form_field(f, "amount");
    v->ends_on = is_typed ? form_date_field(f, "ends_on") : form_date_field_of(f, "ends_on", p->ends_on);
    v->report_due = is_typed ? form_date_field(f, "report_due") : form_date_field_of(f, "report_due", p->report_due);
    v->due_on = form_date_field(f, "due_on");
    struct thread_money_line *lines = ARENA_ARRAY(rq->arena, struct thread_money_line, at->w.nbudget);
    for (size_t i = 0; i < at->w.nbudget; i++) {
        const char *name = line_name(rq, i);
        lines[i] = (struct thread_money_line){at->w.budget[i].words,
                                              is_typed ? form_field(f, name) : form_satang_field_of(f, name, some_satang(at->w.budget[i].amount)),
                                              at->w.budget[i].amount};
    }
    v->lines = lines;
    v->nlines = at->w.nbudget;
    v->sum = at->w.budget_sum;
    struct choice *people = ARENA_ARRAY(rq->arena, struct choice, at->w.npeople + 1);
    for (size_t i = 0; i < at->w.npeople; i++)
        people[i] = (struct choice){html_arg_int(&rq->page, (int64_t)i + 1), at->w.people[i].name, false};
    people[at->w.npeople] = (struct choice){html_arg_int(&rq->page, (int64_t)at->w.npeople + 1), msg_text(MSG_course_person_more, rq->page.lang), false};
    for (size_t i = 0; i <= at->w.npeople; i++) people[i].is_selected = str_eq(people[i].value, v->person.value);
    v->people = people;
    v->npeople = at->w.npeople + 1;
}

static enum err change_show(struct change_at *at, bool is_typed)
{
    struct rq *rq = at->rq;
    struct opt_date on = {0};
    struct thread_change_view v = {.head = thread_head_of(rq, &at->here, MSG_course_changes_title),
                                   .errors = form_errors(&at->form),
                                   .action = thread_href(rq, &at->here, "/changes")};
    struct satang due = {0};
    if (at->kind >= 0) v.marks = form_marks(rq);
    TRY(fill_rows(at, &v));
    fill_kinds(at, &v);
    fill_form(at, &v, is_typed);
    TRY(project_due_back(rq->db, rq->arena, &at->here.p, &due, &on));
    v.due_back = (struct opt_satang){due.v > 0, due};
    thread_changes_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_changes_page(struct rq *rq)
{
    struct change_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(change_read(&at, thread_or(rq_param(rq, "kind"))));
    return change_show(&at, false);
}

/* ---- asking ---- */

static void lines_typed(struct change_at *at, struct project_change_new *n)
{
    struct form *f = &at->form;
    struct satang *lines = ARENA_ARRAY(at->rq->arena, struct satang, at->w.nbudget);
    for (size_t i = 0; i < at->w.nbudget; i++) lines[i] = form_satang(f, line_name(at->rq, i), FORM_MUST, satang(0)).v;
    n->lines = lines;
    n->nlines = at->w.nbudget;
}

static struct project_change_new change_typed(struct change_at *at)
{
    struct form *f = &at->form;
    struct project_change_new n = {.project = at->here.p.id, .kind = (enum project_change_kind)at->kind};
    n.reason = form_text(f, "reason", FORM_MUST, PROJECT_WORDS_MAX);
    if (at->kind == PROJECT_EXTEND) {
        n.ends_on = form_date(f, "ends_on", FORM_MUST);
        n.report_due = form_date(f, "report_due", FORM_MAY);
    }
    if (at->kind == PROJECT_AMEND) {
        n.title = form_line(f, "title", FORM_MAY, PROJECT_TITLE_MAX);
        n.place = form_line(f, "place", FORM_MAY, PROJECT_TITLE_MAX);
        n.method = form_text(f, "method", FORM_MAY, PROJECT_WORDS_MAX);
        n.expected = form_text(f, "expected", FORM_MAY, PROJECT_WORDS_MAX);
        form_public(f, "title", n.title);
        form_public(f, "place", n.place);
        form_public(f, "method", n.method);
        form_public(f, "expected", n.expected);
    }
    if (at->kind == PROJECT_MOVE_MONEY) lines_typed(at, &n);
    if (at->kind == PROJECT_RESPONSIBLE) {
        n.person = form_count(f, "person", FORM_MUST, 1, PROJECT_PEOPLE_MAX).v;
        n.who = (struct project_person){form_line(f, "name", FORM_MUST, 200), form_line(f, "duty", FORM_MAY, 200),
                                        form_line(f, "phone", FORM_MAY, 60)};
    }
    if (at->kind == PROJECT_CLAW_BACK) {
        n.amount = form_satang(f, "amount", FORM_MUST, satang(1));
        n.due_on = form_date(f, "due_on", FORM_MUST);
    }
    return n;
}

static const char *field_for(const struct change_at *at)
{
    switch (at->kind) {
    case PROJECT_EXTEND: return "ends_on";
    case PROJECT_MOVE_MONEY: return "line_1";
    case PROJECT_RESPONSIBLE: return "name";
    case PROJECT_CLAW_BACK: return "amount";
    default: return "reason";
    }
}

enum err project_changes_post(struct rq *rq)
{
    struct change_at at = {.rq = rq};
    struct meeting_refusal why = {0};
    struct project_change_id made;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(change_read(&at, form_raw(&at.form, "kind")));
    if (!at.here.may_write) return ERR_NOT_FOUND;
    if (at.kind < 0) form_fault(&at.form, "kind", MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_change_state, at.here.p.title));
    if (form_is_good(&at.form)) {
        struct project_change_new n = change_typed(&at);
        if (form_is_good(&at.form)) {
            enum err e = project_change_ask(rq->db, rq->arena, &by, &n, &why, &made);
            if (e == ERR_OK) return thread_done(rq, &at.here, thread_href(rq, &at.here, "/changes?done=asked"));
            if (!thread_refused(&at.form, e, &why, field_for(&at))) return e;
        }
    }
    if (rq_is_api(rq)) return form_refuse_api(&at.form);
    form_page_status(&at.form, 400);
    return change_show(&at, true);
}

enum err project_changes_post_api(struct rq *rq)
{
    return project_changes_post(rq);
}

enum err project_change_withdraw_post(struct rq *rq)
{
    struct change_at at = {.rq = rq};
    struct project_change c;
    struct project_change_id id;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(change_read(&at, STR("")));
    if (!at.here.may_write || str_to_int(rq->args[2], &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(project_change_find(rq->db, rq->arena, id, &c));
    if (c.project.v != at.here.p.id.v) return ERR_NOT_FOUND;
    int64_t version = form_count(&at.form, "version", FORM_MUST, 1, INT32_MAX).v;
    if (form_is_good(&at.form)) {
        enum err e = project_change_withdraw(rq->db, rq->arena, &by, id, version);
        if (e == ERR_OK) return thread_done(rq, &at.here, thread_href(rq, &at.here, "/changes?done=withdrawn"));
        if (e != ERR_REFUSED && e != ERR_CONFLICT) return e;
        form_fault(&at.form, "version", MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_change_over, at.here.p.title));
    }
    if (rq_is_api(rq)) return form_refuse_api(&at.form);
    form_page_status(&at.form, 400);
    return change_show(&at, false);
}

enum err project_change_withdraw_api(struct rq *rq)
{
    return project_change_withdraw_post(rq);
}
