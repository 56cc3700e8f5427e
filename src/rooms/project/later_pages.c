/* later_pages.c — one page to enter a project that was decided before Sarn, with what looks wrong in it told before
 * it is kept; and the chair's urgent approval, clause 10(5). */
#include "rooms/project/project_ask.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_sql.h"
#include "rooms/project_thread.html.h"

#define LINES_MAX 20

static const char *const states[] = {"approved", "running", "suspended", "stopped", "reported", "closed"};
static const char *const fields[] = {"state",       "code",          "title",         "owner_name",    "owner_type",    "support_type",
                                     "issue",       "place",         "meeting_words", "amount",        "paid",          "agreement_no",
                                     "approved_on_d", "approved_on_m", "approved_on_y", "starts_on_d",  "starts_on_m",   "starts_on_y",
                                     "ends_on_d",   "ends_on_m",     "ends_on_y",     "report_due_d",  "report_due_m",  "report_due_y",
                                     "closed_on_d", "closed_on_m",   "closed_on_y",   "agreement_on_d", "agreement_on_m", "agreement_on_y"};
#define NFIELDS (sizeof fields / sizeof fields[0])

struct later_at {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct project_later l;
    const struct choice *owners, *supports, *issues;
    size_t nowners, nsupports, nissues;
};

static enum err later_read(struct later_at *at)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    TRY(thread_fund(rq, &at->here));
    TRY(thread_owner_choices(rq, form_raw(f, "owner_type"), &at->owners, &at->nowners));
    TRY(thread_support_choices(rq, form_raw(f, "support_type"), &at->supports, &at->nsupports));
    return thread_issue_choices(rq, form_raw(f, "issue"), &at->issues, &at->nissues);
}

static struct str chosen(struct form *f, const char *name, const struct choice *choices, size_t n)
{
    struct str code = form_line(f, name, FORM_MUST, 40);
    if (code.n > 0 && thread_label(choices, n, code).n == 0) form_fault_msg(f, name, MSG_course_choose);
    return code;
}

static enum err later_typed(struct later_at *at)
{
    struct form *f = &at->form;
    struct project_issue_by_code_row issue = {0};
    int state = form_choice(f, "state", FORM_MUST, states, sizeof states / sizeof states[0]);
    struct project_later l = {.fund_code = at->here.fund.code, .state = PROJECT_APPROVED};
    if (state >= 0) TRY(project_state_of(str_of(states[state]), &l.state));
    l.title = form_line(f, "title", FORM_MUST, PROJECT_TITLE_MAX);
    form_public(f, "title", l.title);
    l.code = form_line(f, "code", FORM_MAY, 60);
    l.owner_name = form_line(f, "owner_name", FORM_MUST, PROJECT_TITLE_MAX);
    form_public(f, "owner_name", l.owner_name);
    l.owner_type = chosen(f, "owner_type", at->owners, at->nowners);
    l.support_type = chosen(f, "support_type", at->supports, at->nsupports);
    struct str code = chosen(f, "issue", at->issues, at->nissues);
    l.place = form_line(f, "place", FORM_MAY, PROJECT_TITLE_MAX);
    form_public(f, "place", l.place);
    l.approved_on = form_date(f, "approved_on", FORM_MUST).v;
    l.meeting_words = form_line(f, "meeting_words", FORM_MUST, 200);
    l.amount = form_satang(f, "amount", FORM_MUST, satang(1)).v;
    /* Unknown is not zero: of what has begun somebody has to say it. */
    l.paid = form_satang(f, "paid", l.state == PROJECT_APPROVED ? FORM_MAY : FORM_MUST, satang(0)).v;
    l.starts_on = form_date(f, "starts_on", FORM_MAY);
    l.ends_on = form_date(f, "ends_on", FORM_MAY);
    l.report_due = form_date(f, "report_due", FORM_MAY);
    l.closed_on = form_date(f, "closed_on", l.state == PROJECT_CLOSED ? FORM_MUST : FORM_MAY);
    l.agreement_no = form_line(f, "agreement_no", FORM_MAY, 60);
    l.agreement_on = form_date(f, "agreement_on", FORM_MAY);
    if (l.agreement_no.n > 0 && !l.agreement_on.has && form_is_good(f)) form_fault_msg(f, "agreement_on", MSG_course_agreement_day);
    if (l.agreement_no.n == 0 && l.agreement_on.has && form_is_good(f)) form_fault_msg(f, "agreement_no", MSG_course_agreement_number);
    if (code.n > 0 && project_issue_by_code(at->rq->db, at->rq->arena, code, &issue) == ERR_OK) l.issues[l.nissues++] = issue.id;
    at->l = l;
    return ERR_OK;
}

static enum err later_show(struct later_at *at)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, 6);
    struct thread_later_view v = {.head = thread_head_of(rq, &at->here, MSG_course_later_title),
                                  .errors = form_errors(f),
                                  .marks = form_marks(rq),
                                  .action = HREF(rq->arena, "/funds/{}/projects/later", at->here.fund.code),
                                  .state = form_field(f, "state"),
                                  .code = form_field(f, "code"),
                                  .title = form_field(f, "title"),
                                  .owner_name = form_field(f, "owner_name"),
                                  .owner_type = form_field(f, "owner_type"),
                                  .support_type = form_field(f, "support_type"),
                                  .issue = form_field(f, "issue"),
                                  .place = form_field(f, "place"),
                                  .meeting_words = form_field(f, "meeting_words"),
                                  .amount = form_field(f, "amount"),
                                  .paid = form_field(f, "paid"),
                                  .agreement_no = form_field(f, "agreement_no"),
                                  .approved_on = form_date_field(f, "approved_on"),
                                  .starts_on = form_date_field(f, "starts_on"),
                                  .ends_on = form_date_field(f, "ends_on"),
                                  .report_due = form_date_field(f, "report_due"),
                                  .closed_on = form_date_field(f, "closed_on"),
                                  .agreement_on = form_date_field(f, "agreement_on"),
                                  .states = c,
                                  .nstates = 6,
                                  .owners = at->owners,
                                  .nowners = at->nowners,
                                  .supports = at->supports,
                                  .nsupports = at->nsupports,
                                  .issues = at->issues,
                                  .nissues = at->nissues};
    for (size_t i = 0; i < 6; i++) {
        enum project_state s = PROJECT_APPROVED;
        TRY(project_state_of(str_of(states[i]), &s));
        c[i] = (struct choice){str_of(states[i]), project_state_shown(rq, s).word, str_eq(v.state.value, str_of(states[i]))};
    }
    thread_later_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_later_page(struct rq *rq)
{
    struct later_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(later_read(&at));
    return later_show(&at);
}

static void line(struct thread_line *lines, size_t *n, struct rq *rq, enum msg label, struct str value)
{
    if (str_is_empty(value)) return;
    lines[(*n)++] = (struct thread_line){.label = msg_text(label, rq->page.lang), .value = value};
}

static enum err later_review(struct later_at *at)
{
    struct rq *rq = at->rq;
    const struct project_later *l = &at->l;
    bool is_over = l->state == PROJECT_CLOSED || l->state == PROJECT_STOPPED;
    enum msg warned[PROJECT_WARNINGS_MAX];
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    struct thread_keep *words = ARENA_ARRAY(rq->arena, struct thread_keep, PROJECT_WARNINGS_MAX);
    struct thread_review_view v = {.head = thread_head_of(rq, &at->here, MSG_course_later_review),
                                   .action = HREF(rq->arena, "/funds/{}/projects/later", at->here.fund.code),
                                   .button = msg_text(MSG_course_later_button, rq->page.lang),
                                   .note = msg_text(is_over ? MSG_course_later_note_over : MSG_course_later_note, rq->page.lang),
                                   .has_amount = true,
                                   .amount = l->amount,
                                   .lines = lines,
                                   .warnings = words};
    line(lines, &v.nlines, rq, MSG_course_field_title, l->title);
    line(lines, &v.nlines, rq, MSG_course_later_code, l->code.n > 0 ? l->code : msg_text(MSG_course_later_code_given, rq->page.lang));
    line(lines, &v.nlines, rq, MSG_course_field_state, project_state_shown(rq, l->state).word);
    line(lines, &v.nlines, rq, MSG_course_fact_owner, l->owner_name);
    line(lines, &v.nlines, rq, MSG_ledger_commit_support, thread_label(at->supports, at->nsupports, l->support_type));
    line(lines, &v.nlines, rq, MSG_ledger_commit_owner_type, thread_label(at->owners, at->nowners, l->owner_type));
    line(lines, &v.nlines, rq, MSG_course_later_approved, html_arg_date(&rq->page, l->approved_on));
    line(lines, &v.nlines, rq, MSG_course_later_meeting, l->meeting_words);
    line(lines, &v.nlines, rq, MSG_course_later_paid, thread_money(rq, some_satang(l->paid)));
    line(lines, &v.nlines, rq, MSG_course_field_starts, thread_day(rq, l->starts_on));
    line(lines, &v.nlines, rq, MSG_course_field_ends, thread_day(rq, l->ends_on));
    line(lines, &v.nlines, rq, MSG_course_field_report, thread_day(rq, l->report_due));
    line(lines, &v.nlines, rq, MSG_project_event_closed, thread_day(rq, l->closed_on));
    line(lines, &v.nlines, rq, MSG_course_agree_number, l->agreement_no);
    line(lines, &v.nlines, rq, MSG_course_agree_on, thread_day(rq, l->agreement_on));
    v.nwarnings = project_later_warnings(l, warned);
    for (size_t i = 0; i < v.nwarnings; i++) words[i].value = msg_text(warned[i], rq->page.lang);
    return thread_review_show(&at->form, &v, fields, NFIELDS);
}

static const char *field_for(const struct meeting_refusal *why)
{
    if (why->why == MSG_project_code_taken || why->why == MSG_project_ledger_code) return "code";
    if (why->why == MSG_project_later_paid) return "paid";
    if (why->why == MSG_project_later_order) return "ends_on";
    if (why->why == MSG_project_later_closed) return "closed_on";
    return why->why == MSG_project_agree_before ? "agreement_on" : "approved_on";
}

static enum err later_try(struct later_at *at, bool is_real, bool *ret_good)
{
    struct rq *rq = at->rq;
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    struct project_id id = {0};
    TRY(db_savepoint(rq->db));
    enum err e = project_enter_later(rq->db, rq->arena, &by, &at->l, &why, &id);
    *ret_good = e == ERR_OK;
    if (e == ERR_OK && is_real) {
        TRY(db_release(rq->db));
        return project_get(rq->db, rq->arena, id, &at->here.p);
    }
    db_rollback_to(rq->db);
    return e == ERR_OK || thread_refused(&at->form, e, &why, field_for(&why)) ? ERR_OK : e;
}

/* On to what has to be done next: the signed minutes, where something is left to be paid. */
static enum err later_done(struct later_at *at)
{
    struct rq *rq = at->rq;
    bool waits = false;
    TRY(project_waits_for_paper(rq->db, rq->arena, &at->here.p, &waits));
    return thread_done(rq, &at->here, thread_href(rq, &at->here, waits ? "/later/paper?done=waits" : "/decide?done=entered"));
}

enum err project_later_post(struct rq *rq)
{
    struct later_at at = {.rq = rq};
    bool is_good = false;
    TRY(form_begin(rq, &at.form));
    TRY(later_read(&at));
    struct str step = form_raw(&at.form, "step");
    bool is_post = rq_is_api(rq) || str_eq(step, STR("post"));
    if (!str_eq(step, STR("edit"))) {
        TRY(later_typed(&at));
        if (form_is_good(&at.form)) TRY(later_try(&at, is_post, &is_good));
        if (is_good && is_post) return later_done(&at);
        if (is_good) return later_review(&at);
        if (rq_is_api(rq)) return form_refuse_api(&at.form);
        form_page_status(&at.form, 400);
    }
    return later_show(&at);
}

enum err project_later_api(struct rq *rq)
{
    return project_later_post(rq);
}

/* ---- the chair alone ---- */

static const char *const urgent_fields[] = {"amount", "conditions", "reason", "report_due_d", "report_due_m", "report_due_y"};

struct urgent_at {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct project_decision d;
};

static enum err urgent_show(struct urgent_at *at, bool is_typed)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    struct thread_urgent_view v = {.head = thread_head_of(rq, &at->here, MSG_course_urgent_title),
                                   .errors = form_errors(f),
                                   .marks = form_marks(rq),
                                   .action = thread_href(rq, &at->here, "/urgent"),
                                   .facts = lines,
                                   .amount = is_typed ? form_field(f, "amount") : form_satang_field_of(f, "amount", at->here.p.asked),
                                   .conditions = form_field(f, "conditions"),
                                   .reason = form_field(f, "reason"),
                                   .report_due = form_date_field(f, "report_due")};
    line(lines, &v.nfacts, rq, MSG_course_field_title, at->here.p.title);
    line(lines, &v.nfacts, rq, MSG_course_fact_owner, at->here.p.owner_name);
    line(lines, &v.nfacts, rq, MSG_course_fact_asked, thread_money(rq, at->here.p.asked));
    line(lines, &v.nfacts, rq, MSG_course_fact_situation, at->here.p.situation);
    thread_urgent_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_urgent_page(struct rq *rq)
{
    struct urgent_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(thread_project(rq, &at.here));
    return urgent_show(&at, false);
}

static void urgent_typed(struct urgent_at *at)
{
    struct form *f = &at->form;
    at->d = (struct project_decision){.project = at->here.p.id, .kind = STR("urgent"), .decided_on = at->rq->today};
    at->d.amount = form_satang(f, "amount", FORM_MUST, satang(1));
    at->d.conditions = form_text(f, "conditions", FORM_MAY, PROJECT_WORDS_MAX);
    at->d.reason = form_text(f, "reason", FORM_MUST, PROJECT_WORDS_MAX);
    at->d.report_due = form_date(f, "report_due", FORM_MAY);
}

/* Recorded and signed by the chair's log-in in one act. */
static enum err urgent_try(struct urgent_at *at, bool is_real, bool *ret_good)
{
    struct rq *rq = at->rq;
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    struct project_decision_id id = {0};
    struct meeting_sign_id made = {0};
    TRY(db_savepoint(rq->db));
    enum err e = project_decide(rq->db, rq->arena, &by, &at->d, &why, &id);
    if (e == ERR_OK)
        e = meeting_sign_login(rq->db, rq->arena, &by, "project_decision", id.v, at->here.fund.id, rq->today, &made, &why);
    *ret_good = e == ERR_OK;
    if (e == ERR_OK && is_real) return db_release(rq->db);
    db_rollback_to(rq->db);
    return e == ERR_OK || thread_refused(&at->form, e, &why, why.why == MSG_project_decide_report ? "report_due" : "amount") ? ERR_OK : e;
}

static enum err urgent_review(struct urgent_at *at)
{
    struct rq *rq = at->rq;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    struct thread_review_view v = {.head = thread_head_of(rq, &at->here, MSG_course_urgent_review),
                                   .action = thread_href(rq, &at->here, "/urgent"),
                                   .button = msg_text(MSG_course_urgent_button, rq->page.lang),
                                   .note = msg_text(MSG_course_urgent_note, rq->page.lang),
                                   .has_amount = true,
                                   .amount = at->d.amount.v,
                                   .lines = lines};
    line(lines, &v.nlines, rq, MSG_course_field_title, at->here.p.title);
    line(lines, &v.nlines, rq, MSG_course_conditions, at->d.conditions);
    line(lines, &v.nlines, rq, MSG_course_reason, at->d.reason);
    line(lines, &v.nlines, rq, MSG_course_field_report, thread_day(rq, at->d.report_due));
    return thread_review_show(&at->form, &v, urgent_fields, sizeof urgent_fields / sizeof urgent_fields[0]);
}

enum err project_urgent_post(struct rq *rq)
{
    struct urgent_at at = {.rq = rq};
    bool is_good = false;
    TRY(form_begin(rq, &at.form));
    TRY(thread_project(rq, &at.here));
    struct str step = form_raw(&at.form, "step");
    bool is_post = rq_is_api(rq) || str_eq(step, STR("post"));
    if (!str_eq(step, STR("edit"))) {
        urgent_typed(&at);
        if (form_is_good(&at.form)) TRY(urgent_try(&at, is_post, &is_good));
        if (is_good && is_post) return thread_done(rq, &at.here, thread_href(rq, &at.here, "/decide?done=urgent"));
        if (is_good) return urgent_review(&at);
        if (rq_is_api(rq)) return form_refuse_api(&at.form);
        form_page_status(&at.form, 400);
    }
    return urgent_show(&at, true);
}

enum err project_urgent_api(struct rq *rq)
{
    return project_urgent_post(rq);
}
