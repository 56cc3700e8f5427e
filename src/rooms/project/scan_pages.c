/* scan_pages.c — what was signed by hand: an agreement, the chair's urgent approval, clause 10(5), and the minutes that
 * approved a project entered later, or a promise that no project stands behind (money for long-term care, which is paid by
 * care plan). One person brings the scan with its names and its day, another looks at it and confirms. As with a meeting's
 * minutes (room meeting). */
#include "app/file.h"
#include "app/route.h"
#include "base/baht_text.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_thread.html.h"

#define SCAN_KINDS (FILE_PDF | FILE_IMAGE)
#define SIGN_THING "meeting_sign"
#define NAMES_MAX  300
#define LINES_MAX  6

enum scan_kind { SCAN_AGREEMENT, SCAN_URGENT, SCAN_LATER, SCAN_PROMISE, SCAN_KINDS_OF };

/* Where its pages are (behind the project's address, or the promise's), what is signed, and in which words. */
static const struct {
    const char *tail, *thing, *brought, *seen;
    enum msg title, lead;
} kinds[SCAN_KINDS_OF] = {
    [SCAN_AGREEMENT] = {"/agreement", "project_agreement", "/agreement?done=brought", "/agreement?done=seen", MSG_course_scan_agree_title,
                        MSG_course_scan_agree_lead},
    [SCAN_URGENT] = {"/urgent", "project_decision", "/urgent/paper?done=brought", "/decide?done=urgent", MSG_course_scan_urgent_title,
                     MSG_course_scan_urgent_lead},
    [SCAN_LATER] = {"/later", "project_decision", "/later/paper?done=brought", "/decide?done=seen", MSG_course_scan_later_title,
                    MSG_course_scan_later_lead},
    [SCAN_PROMISE] = {"", "ledger_commitment", "/paper?done=brought", "/paper?done=seen", MSG_course_scan_later_title,
                      MSG_course_promise_lead}};

struct scan_at {
    struct rq *rq;
    enum scan_kind kind;
    struct form form;
    struct thread_here here;
    struct project_agreement g;
    struct project_decision d; /* urgent: what waits, or what is typed; later: what was entered */
    struct project_promise promise;
    struct meeting_sign sign;  /* the newest of the thing */
    bool has_sign, waits; /* waits: for a paper; an agreement always */
    struct upload scan;
    struct file_field field;
    struct str names;
    struct opt_date on;
};

static bool is_waiting(const struct project *p)
{
    return p->state == PROJECT_SENT || p->state == PROJECT_DEFERRED;
}

static enum err promise_read(struct scan_at *at)
{
    struct rq *rq = at->rq;
    int64_t id = 0;
    TRY(thread_fund(rq, &at->here));
    if (str_to_int(rq->args[1], &id) != ERR_OK) return ERR_NOT_FOUND;
    TRY(project_promise_find(rq->db, rq->arena, at->here.fund.id, (struct ledger_commitment_id){id}, &at->promise));
    at->sign = at->promise.sign;
    at->has_sign = at->promise.has_sign;
    at->waits = at->promise.waits;
    return ERR_OK;
}

static enum err scan_read(struct scan_at *at)
{
    struct rq *rq = at->rq;
    if (at->kind == SCAN_PROMISE) return promise_read(at);
    TRY(thread_project(rq, &at->here));
    enum err e = ERR_OK;
    if (at->kind == SCAN_LATER)
        return project_later_sign(rq->db, rq->arena, &at->here.p, &at->d, &at->sign, &at->waits, &at->has_sign);
    if (at->kind == SCAN_URGENT) {
        e = project_urgent_sign(rq->db, rq->arena, at->here.p.id, &at->d, &at->sign);
    } else {
        TRY(project_agreement_get(rq->db, rq->arena, at->here.p.id, &at->g));
        if (at->g.version == 0) return ERR_NOT_FOUND;
        e = project_agreement_sign(rq->db, rq->arena, &at->g, &at->sign);
    }
    at->waits = at->kind == SCAN_AGREEMENT || is_waiting(&at->here.p);
    at->has_sign = e == ERR_OK;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct href scan_href(struct rq *rq, const struct thread_here *here, const char *what, const char *more)
{
    return thread_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "%s%s", what, more)));
}

static struct str id_text(struct rq *rq, int64_t v)
{
    return str_printf(rq->arena, "%lld", (long long)v);
}

/* What stands behind the address of what is signed. */
static struct href at_href(const struct scan_at *at, const char *tail)
{
    struct arena *a = at->rq->arena;
    if (at->kind != SCAN_PROMISE) return thread_href(at->rq, &at->here, tail);
    return HREF(a, str_z(a, str_printf(a, "/funds/{}/ledger/promises/{}%s", tail)), at->here.fund.code, id_text(at->rq, at->promise.id.v));
}

/* Who signed, who brought and who saw it; the addresses are the caller's. */
static enum err scan_of(struct rq *rq, const struct meeting_sign *s, struct thread_scan_view *ret)
{
    int64_t ids[2] = {s->entered_by, s->seen_by};
    struct str names[2] = {STR_NONE, STR_NONE};
    TRY(guard_names(rq->db, rq->arena, ids, 2, names));
    ret->has = true;
    ret->is_in_force = s->is_in_force;
    ret->is_own = s->entered_by == rq->who.account;
    ret->may_see = ret->may_bring && !ret->is_own && !s->is_in_force;
    ret->id = id_text(rq, s->id.v);
    ret->names = thread_or(s->names);
    ret->on = s->signed_on;
    ret->entered_by = thread_or(names[0]);
    ret->seen_by = thread_or(names[1]);
    ret->has_file = s->file_use != 0;
    if (ret->may_see) ret->marks = form_marks(rq);
    return ERR_OK;
}

enum err thread_scan_fill(struct rq *rq, const struct thread_here *here, const struct meeting_sign *s, const char *what,
                          struct thread_scan_view *ret)
{
    bool may = rq_role_holds(rq, CAP_meeting_paper), is_agreement = strcmp(what, "/agreement") == 0;
    struct thread_scan_view v = {.may_bring = may, .bring = scan_href(rq, here, what, "/paper"), .seen = scan_href(rq, here, what, "/seen")};
    if (is_agreement) v.print = thread_href(rq, here, "/agreement.pdf");
    if (s != NULL) {
        TRY(scan_of(rq, s, &v));
        v.file = scan_href(rq, here, what, str_z(rq->arena, str_printf(rq->arena, "/files/%lld", (long long)s->file_use)));
    }
    *ret = v;
    return ERR_OK;
}

/* ---- the page ---- */

static void line(struct thread_bring_view *v, struct thread_line *lines, enum msg label, struct rq *rq, struct str value)
{
    if (!str_is_empty(value)) lines[v->nfacts++] = (struct thread_line){.label = msg_text(label, rq->page.lang), .value = value};
}

static struct str amount_words(struct rq *rq, struct opt_satang v)
{
    return v.has ? str_concat(rq->arena, (const struct str[]){thread_money(rq, v), STR(" ("), baht_text(rq->arena, v.v), STR(")")}, 4) : STR("");
}

static void fill_promise(struct scan_at *at, struct thread_bring_view *v, struct thread_line *lines)
{
    struct rq *rq = at->rq;
    const struct project_promise *p = &at->promise;
    line(v, lines, MSG_course_field_title, rq, p->title);
    line(v, lines, MSG_ledger_commit_code, rq, p->code);
    line(v, lines, MSG_course_fact_owner, rq, thread_or(p->owner_name));
    line(v, lines, MSG_course_amount, rq, amount_words(rq, some_satang(p->amount)));
    line(v, lines, MSG_course_later_approved, rq, thread_day(rq, (struct opt_date){true, p->approved_on}));
    line(v, lines, MSG_course_later_meeting, rq, p->approved_in);
}

/* What the second person compares the paper with, and what the first one enters it for. */
static void fill_facts(struct scan_at *at, struct thread_bring_view *v)
{
    struct rq *rq = at->rq;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    v->facts = lines;
    if (at->kind == SCAN_PROMISE) {
        fill_promise(at, v, lines);
        return;
    }
    line(v, lines, MSG_course_field_title, rq, at->here.p.title);
    line(v, lines, MSG_course_fact_owner, rq, thread_or(at->here.p.owner_name));
    if (at->kind == SCAN_LATER) {
        line(v, lines, MSG_course_amount, rq, amount_words(rq, at->here.p.approved));
        line(v, lines, MSG_course_later_approved, rq, thread_day(rq, at->here.p.approved_on));
        line(v, lines, MSG_course_later_meeting, rq, thread_or(at->d.meeting_words));
        return;
    }
    line(v, lines, MSG_course_fact_asked, rq, amount_words(rq, at->here.p.asked));
    if (at->has_sign && form_is_good(&at->form)) {
        line(v, lines, MSG_course_amount, rq, amount_words(rq, at->d.amount));
        line(v, lines, MSG_course_reason, rq, thread_or(at->d.reason));
        line(v, lines, MSG_course_conditions, rq, thread_or(at->d.conditions));
    }
}

/* The paper that was brought, as its page shows it. */
static enum err fill_scan(struct scan_at *at, struct thread_bring_view *v)
{
    struct rq *rq = at->rq;
    if (at->kind != SCAN_PROMISE)
        return thread_scan_fill(rq, &at->here, at->has_sign && v->has_form ? &at->sign : NULL, kinds[at->kind].tail, &v->scan);
    v->scan = (struct thread_scan_view){.may_bring = true, .seen = at_href(at, "/seen")};
    if (!at->has_sign) return ERR_OK;
    TRY(scan_of(rq, &at->sign, &v->scan));
    v->scan.file = at_href(at, str_z(rq->arena, str_printf(rq->arena, "/files/%lld", (long long)at->sign.file_use)));
    return ERR_OK;
}

static enum err bring_show(struct scan_at *at)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct thread_bring_view v = {.head = thread_head_of(rq, &at->here, kinds[at->kind].title),
                                  .errors = form_errors(f),
                                  .action = at_href(at, str_z(rq->arena, str_printf(rq->arena, "%s/paper", kinds[at->kind].tail))),
                                  .is_urgent = at->kind == SCAN_URGENT,
                                  .has_form = at->waits,
                                  .lead = msg_text(kinds[at->kind].lead, rq->page.lang),
                                  .file = at->field,
                                  .names = form_field(f, "names"),
                                  .amount = form_has(f, "names") ? form_field(f, "amount") : form_satang_field_of(f, "amount", at->here.p.asked),
                                  .conditions = form_field(f, "conditions"),
                                  .reason = form_field(f, "reason"),
                                  .signed_on = form_date_field(f, "signed_on"),
                                  .report_due = form_date_field(f, "report_due")};
    if (at->kind == SCAN_AGREEMENT) v.head.back = thread_href(rq, &at->here, "/agreement");
    if (at->kind == SCAN_PROMISE) {
        v.head.back = HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}", at->here.fund.code, at->promise.code,
                           at->promise.book == LEDGER_LTC ? STR("ltc") : STR(""));
        v.head.back_label = at->promise.title;
    }
    if (v.has_form) v.marks = form_marks(rq);
    if (at->kind != SCAN_AGREEMENT) {
        fill_facts(at, &v);
        TRY(fill_scan(at, &v));
    }
    v.scan.may_bring = false; /* its form stands below */
    thread_bring_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* A promise whose project has a page for the paper. */
static bool has_project(const struct scan_at *at)
{
    return at->kind == SCAN_PROMISE && !str_is_none(at->promise.slug);
}

static enum err paper_page(struct rq *rq, enum scan_kind kind)
{
    struct scan_at at = {.rq = rq, .kind = kind, .form = {.rq = rq}};
    TRY(scan_read(&at));
    /* Only long-term care and the like is urgent: clause 10(5). What was brought before stays in sight. */
    if (kind == SCAN_URGENT && !at.has_sign && !str_eq(at.here.p.support_type, STR("5"))) return ERR_NOT_FOUND;
    if (kind == SCAN_AGREEMENT && at.has_sign && at.sign.is_in_force) return rq_redirect(rq, thread_href(rq, &at.here, "/agreement"));
    if (has_project(&at)) return rq_redirect(rq, HREF(rq->arena, "/funds/{}/projects/{}", at.here.fund.code, at.promise.slug));
    TRY(form_file_field(&at.form, "scan", SCAN_KINDS, NULL, &at.field));
    return bring_show(&at);
}

enum err project_agreement_paper_page(struct rq *rq)
{
    return paper_page(rq, SCAN_AGREEMENT);
}

enum err project_urgent_paper_page(struct rq *rq)
{
    return paper_page(rq, SCAN_URGENT);
}

enum err project_later_paper_page(struct rq *rq)
{
    return paper_page(rq, SCAN_LATER);
}

enum err project_promise_paper_page(struct rq *rq)
{
    return paper_page(rq, SCAN_PROMISE);
}

/* ---- it is brought ---- */

static enum err answer_api(struct scan_at *at)
{
    struct rq *rq = at->rq;
    if (at->kind != SCAN_PROMISE) return thread_answer_api(rq, &at->here);
    TRY(promise_read(at));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_int(j, "id", at->promise.id.v);
    json_str(j, "project_code", at->promise.code);
    json_bool(j, "waits_for_paper", at->waits);
    thread_json_paper(j, "approval_paper", at->has_sign ? &at->sign : NULL);
    json_object_end(j);
    return rq_json_end(rq);
}

static enum err txn(struct scan_at *at, enum db_txn kind, enum err (*act)(struct scan_at *at))
{
    TRY(rq_txn_begin(at->rq, kind));
    enum err e = act(at);
    enum err ended = rq_txn_end(at->rq, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

static enum err scan_attach(struct rq *rq, const struct actor *by, struct upload *scan, struct meeting_sign_id id)
{
    struct file_object_id file;
    struct file_use_id use;
    TRY(file_put(rq_files(rq), rq->db, rq->arena, scan, &file));
    struct file_use_new n = {.file = file, .thing = STR(SIGN_THING), .thing_id = id.v, .kind = STR("scan"),
                             .name = scan->name, .account = by->account, .is_private = true};
    TRY(file_attach(rq->db, rq->arena, &n, &use));
    return meeting_sign_scan(rq->db, id, use);
}

/* What the form shows when a rule refuses it. */
static const char *field_for(const struct scan_at *at, const struct meeting_refusal *why)
{
    if (why->why == MSG_meeting_sign_future || why->why == MSG_project_decide_future) return "signed_on";
    if (at->kind != SCAN_URGENT) return "scan";
    if (why->why == MSG_project_decide_report) return "report_due";
    return "amount";
}

static enum err bring_try(struct scan_at *at, const struct actor *by, struct meeting_refusal *why)
{
    struct rq *rq = at->rq;
    struct meeting_sign_id id;
    int64_t thing_id = at->kind == SCAN_LATER ? at->d.id.v : at->kind == SCAN_PROMISE ? at->promise.id.v : at->g.id.v;
    if (!at->waits && at->kind == SCAN_LATER) return meeting_refuse(why, MSG_course_scan_not_now, STR_NONE, STR_NONE, STR_NONE);
    if (!at->waits && at->kind == SCAN_PROMISE) return meeting_refuse(why, MSG_course_promise_not_now, STR_NONE, STR_NONE, STR_NONE);
    if (at->kind == SCAN_URGENT) {
        struct project_decision_id decision = {0};
        struct project_decision typed = at->d;
        typed.project = at->here.p.id;
        TRY(project_decide(rq->db, rq->arena, by, &typed, why, &decision));
        thing_id = decision.v;
    } else if (at->kind == SCAN_AGREEMENT && at->has_sign && at->sign.is_in_force) {
        return meeting_refuse(why, MSG_meeting_is_signed, STR_NONE, STR_NONE, STR_NONE);
    }
    TRY(meeting_sign_paper(rq->db, rq->arena, by, kinds[at->kind].thing, thing_id, at->here.fund.id, at->on.v, at->names, &id, why));
    return scan_attach(rq, by, &at->scan, id);
}

static enum err act_look(struct scan_at *at)
{
    TRY(scan_read(at));
    return has_project(at) ? ERR_NOT_FOUND : ERR_OK;
}

static enum err act_bring(struct scan_at *at)
{
    struct rq *rq = at->rq;
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    struct project_decision typed = at->d;
    TRY(scan_read(at));
    if (at->kind == SCAN_URGENT) at->d = typed;
    TRY(db_savepoint(rq->db));
    enum err e = bring_try(at, &by, &why);
    if (e == ERR_OK) e = db_release(rq->db);
    else db_rollback_to(rq->db);
    if (thread_refused(&at->form, e, &why, field_for(at, &why))) return ERR_OK;
    TRY(e);
    return rq_is_api(rq) ? answer_api(at) : ERR_OK;
}

static void scan_typed(struct scan_at *at)
{
    struct form *f = &at->form;
    if (at->kind == SCAN_URGENT) {
        at->d = (struct project_decision){.kind = STR("urgent")};
        at->d.amount = form_satang(f, "amount", FORM_MUST, satang(1));
        at->d.reason = form_text(f, "reason", FORM_MUST, PROJECT_WORDS_MAX);
        at->d.conditions = form_text(f, "conditions", FORM_MAY, PROJECT_WORDS_MAX);
        at->d.report_due = form_date(f, "report_due", FORM_MAY);
    }
}

static enum err bring_again(struct scan_at *at, bool has_file)
{
    if (rq_is_api(at->rq)) return form_refuse_api(&at->form);
    TRY(form_file_field(&at->form, "scan", SCAN_KINDS, has_file ? &at->scan : NULL, &at->field));
    form_page_status(&at->form, 400);
    return txn(at, DB_TXN_READ, bring_show);
}

static enum err paper_post(struct rq *rq, enum scan_kind kind)
{
    struct scan_at at = {.rq = rq, .kind = kind};
    TRY(txn(&at, DB_TXN_READ, act_look));
    TRY(form_begin(rq, &at.form));
    scan_typed(&at);
    bool has = form_file(&at.form, "scan", FORM_MUST, SCAN_KINDS, &at.scan);
    at.names = form_line(&at.form, "names", FORM_MUST, NAMES_MAX);
    at.on = form_date(&at.form, "signed_on", FORM_MUST);
    if (kind == SCAN_URGENT) at.d.decided_on = at.on.v;
    if (!form_is_good(&at.form)) return bring_again(&at, has);
    TRY(file_save(rq_files(rq), &at.scan));
    TRY(txn(&at, DB_TXN_WRITE, act_bring));
    if (!form_is_good(&at.form)) return bring_again(&at, true);
    if (rq_is_api(rq)) return ERR_OK;
    return rq_redirect(rq, at_href(&at, kinds[kind].brought));
}

enum err project_agreement_paper_post(struct rq *rq)
{
    return paper_post(rq, SCAN_AGREEMENT);
}

enum err project_urgent_paper_post(struct rq *rq)
{
    return paper_post(rq, SCAN_URGENT);
}

enum err project_agreement_paper_api(struct rq *rq)
{
    return paper_post(rq, SCAN_AGREEMENT);
}

enum err project_urgent_paper_api(struct rq *rq)
{
    return paper_post(rq, SCAN_URGENT);
}

enum err project_later_paper_post(struct rq *rq)
{
    return paper_post(rq, SCAN_LATER);
}

enum err project_later_paper_api(struct rq *rq)
{
    return paper_post(rq, SCAN_LATER);
}

enum err project_promise_paper_post(struct rq *rq)
{
    return paper_post(rq, SCAN_PROMISE);
}

enum err project_promise_paper_api(struct rq *rq)
{
    return paper_post(rq, SCAN_PROMISE);
}

/* ---- it is seen by another ---- */

/* The page that the paper was looked at on, with why it does not count. */
static enum err seen_again(struct scan_at *at)
{
    struct rq *rq = at->rq;
    if (rq_is_api(rq)) return form_refuse_api(&at->form);
    TRY(form_file_field(&at->form, "scan", SCAN_KINDS, NULL, &at->field));
    form_page_status(&at->form, 400);
    return bring_show(at);
}

static enum err seen_post(struct rq *rq, enum scan_kind kind)
{
    struct scan_at at = {.rq = rq, .kind = kind};
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(act_look(&at));
    int64_t id = form_count(&at.form, "sign", FORM_MUST, 1, INT64_MAX).v;
    if (form_is_good(&at.form) && (!at.has_sign || at.sign.id.v != id)) form_fault_msg(&at.form, "sign", MSG_scan_newer);
    if (!form_is_good(&at.form)) return seen_again(&at);
    enum err e = meeting_sign_see(rq->db, rq->arena, &by, at.sign.id, &why);
    if (thread_refused(&at.form, e, &why, "sign")) return seen_again(&at);
    TRY(e);
    return rq_is_api(rq) ? answer_api(&at) : rq_redirect(rq, at_href(&at, kinds[kind].seen));
}

enum err project_agreement_seen_post(struct rq *rq)
{
    return seen_post(rq, SCAN_AGREEMENT);
}

enum err project_urgent_seen_post(struct rq *rq)
{
    return seen_post(rq, SCAN_URGENT);
}

enum err project_agreement_seen_api(struct rq *rq)
{
    return seen_post(rq, SCAN_AGREEMENT);
}

enum err project_urgent_seen_api(struct rq *rq)
{
    return seen_post(rq, SCAN_URGENT);
}

enum err project_later_seen_post(struct rq *rq)
{
    return seen_post(rq, SCAN_LATER);
}

enum err project_later_seen_api(struct rq *rq)
{
    return seen_post(rq, SCAN_LATER);
}

enum err project_promise_seen_post(struct rq *rq)
{
    return seen_post(rq, SCAN_PROMISE);
}

enum err project_promise_seen_api(struct rq *rq)
{
    return seen_post(rq, SCAN_PROMISE);
}

/* ---- the paper itself ---- */

/* The file of the route's third part, of any sign of the thing. */
static enum err scan_file(struct rq *rq, const char *thing, int64_t id)
{
    struct meeting_sign *signs = NULL;
    struct file_info file;
    size_t n = 0;
    TRY(meeting_sign_list(rq->db, rq->arena, thing, id, &signs, &n));
    for (size_t i = 0; i < n; i++) {
        enum err e = file_find(rq->db, rq->arena, rq->args[2], STR(SIGN_THING), signs[i].id.v, &file);
        if (e == ERR_OK) return rq_answer_file(rq, &file, false);
        if (e != ERR_NOT_FOUND) return e;
    }
    return ERR_NOT_FOUND;
}

enum err project_agreement_file(struct rq *rq)
{
    struct thread_here here;
    struct project_agreement now = {0}, *ended = NULL;
    size_t n = 0;
    TRY(thread_project(rq, &here));
    TRY(project_agreement_get(rq->db, rq->arena, here.p.id, &now));
    enum err e = now.version > 0 ? scan_file(rq, "project_agreement", now.id.v) : ERR_NOT_FOUND;
    if (e == ERR_NOT_FOUND) TRY(project_agreements_ended(rq->db, rq->arena, here.p.id, &ended, &n));
    for (size_t i = 0; i < n && e == ERR_NOT_FOUND; i++) e = scan_file(rq, "project_agreement", ended[i].id.v);
    return e;
}

enum err project_promise_file(struct rq *rq)
{
    struct scan_at at = {.rq = rq, .kind = SCAN_PROMISE};
    TRY(scan_read(&at));
    return scan_file(rq, kinds[SCAN_PROMISE].thing, at.promise.id.v);
}

/* Of any decision of this kind that no meeting of Sarn took, in force or not. */
static enum err decision_file(struct rq *rq, struct str kind)
{
    struct thread_here here;
    struct project_decision *all = NULL;
    size_t n = 0;
    TRY(thread_project(rq, &here));
    TRY(project_decisions(rq->db, rq->arena, here.p.id, &all, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].kind, kind) || !id_is_none(all[i].item)) continue;
        enum err e = scan_file(rq, "project_decision", all[i].id.v);
        if (e != ERR_NOT_FOUND) return e;
    }
    return ERR_NOT_FOUND;
}

enum err project_urgent_file(struct rq *rq)
{
    return decision_file(rq, STR("urgent"));
}

enum err project_later_file(struct rq *rq)
{
    return decision_file(rq, STR("approve"));
}
