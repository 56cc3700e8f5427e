/* promise_pages.c — a promise of the ledger that no project stands behind: money for long-term care, which is paid by care
 * plan. One person brings the signed paper of its approval, another looks at it and confirms; nothing is paid before. As
 * with a project that was entered later (scan_pages.c), to whose page a promise of a project leads. */
#include "app/route.h"
#include "base/baht_text.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_thread.html.h"

#define SCAN_KINDS (FILE_PDF | FILE_IMAGE)
#define NAMES_MAX  300
#define LINES_MAX  6
#define THING      "ledger_commitment"

struct promise_at {
    struct rq *rq;
    struct form form;
    struct thread_here here; /* without a project */
    struct project_promise p;
    struct upload scan;
    struct file_field field;
    struct str names;
    struct opt_date on;
};

static enum err promise_read(struct promise_at *at)
{
    struct rq *rq = at->rq;
    int64_t id = 0;
    TRY(thread_fund(rq, &at->here));
    if (str_to_int(rq->args[1], &id) != ERR_OK) return ERR_NOT_FOUND;
    return project_promise_find(rq->db, rq->arena, at->here.fund.id, (struct ledger_commitment_id){id}, &at->p);
}

static struct href promise_href(struct promise_at *at, const char *tail)
{
    struct arena *a = at->rq->arena;
    return HREF(a, str_z(a, str_printf(a, "/funds/{}/ledger/promises/{}%s", tail)), at->here.fund.code,
                str_printf(a, "%lld", (long long)at->p.id.v));
}

/* ---- the page ---- */

static void line(struct rq *rq, struct thread_line *lines, size_t *n, enum msg label, struct str value)
{
    if (!str_is_empty(value)) lines[(*n)++] = (struct thread_line){.label = msg_text(label, rq->page.lang), .value = value};
}

/* What the second person compares the paper with. */
static const struct thread_line *fill_facts(struct promise_at *at, size_t *ret_n)
{
    struct rq *rq = at->rq;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    struct str sum = str_concat(rq->arena, (const struct str[]){thread_money(rq, some_satang(at->p.amount)), STR(" ("),
                                                                baht_text(rq->arena, at->p.amount), STR(")")}, 4);
    *ret_n = 0;
    line(rq, lines, ret_n, MSG_course_field_title, at->p.title);
    line(rq, lines, ret_n, MSG_ledger_commit_code, at->p.code);
    line(rq, lines, ret_n, MSG_course_fact_owner, thread_or(at->p.owner_name));
    line(rq, lines, ret_n, MSG_course_amount, sum);
    line(rq, lines, ret_n, MSG_course_later_approved, thread_day(rq, (struct opt_date){true, at->p.approved_on}));
    line(rq, lines, ret_n, MSG_course_later_meeting, at->p.approved_in);
    return lines;
}

static enum err promise_show(struct promise_at *at)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct thread_bring_view v = {.head = thread_head_of(rq, &at->here, MSG_course_scan_later_title),
                                  .errors = form_errors(f),
                                  .action = promise_href(at, "/paper"),
                                  .has_form = at->p.waits,
                                  .lead = msg_text(MSG_course_promise_lead, rq->page.lang),
                                  .file = at->field,
                                  .names = form_field(f, "names"),
                                  .signed_on = form_date_field(f, "signed_on"),
                                  .scan = {.may_bring = true, .seen = promise_href(at, "/seen")}};
    v.head.back = HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}", at->here.fund.code, at->p.code,
                       at->p.book == LEDGER_LTC ? STR("ltc") : STR(""));
    v.head.back_label = at->p.title;
    if (v.has_form) v.marks = form_marks(rq);
    v.facts = fill_facts(at, &v.nfacts);
    if (at->p.has_sign) {
        TRY(thread_scan_of(rq, &at->p.sign, &v.scan));
        v.scan.file = promise_href(at, str_z(rq->arena, str_printf(rq->arena, "/files/%lld", (long long)at->p.sign.file_use)));
    }
    v.scan.may_bring = false; /* its form stands below */
    thread_bring_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_promise_paper_page(struct rq *rq)
{
    struct promise_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(promise_read(&at));
    if (!str_is_none(at.p.slug)) return rq_redirect(rq, HREF(rq->arena, "/funds/{}/projects/{}", at.here.fund.code, at.p.slug));
    TRY(form_file_field(&at.form, "scan", SCAN_KINDS, NULL, &at.field));
    return promise_show(&at);
}

static enum err promise_api(struct promise_at *at)
{
    struct rq *rq = at->rq;
    TRY(promise_read(at));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_int(j, "id", at->p.id.v);
    json_str(j, "project_code", at->p.code);
    json_bool(j, "waits_for_paper", at->p.waits);
    thread_json_paper(j, "approval_paper", at->p.has_sign ? &at->p.sign : NULL);
    json_object_end(j);
    return rq_json_end(rq);
}

/* ---- it is brought ---- */

static enum err txn(struct promise_at *at, enum db_txn kind, enum err (*act)(struct promise_at *at))
{
    TRY(rq_txn_begin(at->rq, kind));
    enum err e = act(at);
    enum err ended = rq_txn_end(at->rq, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

static enum err act_look(struct promise_at *at)
{
    TRY(promise_read(at));
    return str_is_none(at->p.slug) ? ERR_OK : ERR_NOT_FOUND; /* its project has a page for it */
}

static enum err bring_try(struct promise_at *at, struct meeting_refusal *why)
{
    struct rq *rq = at->rq;
    struct actor by = rq_actor(rq);
    struct meeting_sign_id id;
    if (!at->p.waits) return meeting_refuse(why, MSG_course_promise_not_now, STR_NONE, STR_NONE, STR_NONE);
    TRY(meeting_sign_paper(rq->db, rq->arena, &by, THING, at->p.id.v, at->here.fund.id, at->on.v, at->names, &id, why));
    return thread_scan_attach(rq, &by, &at->scan, id);
}

static enum err act_bring(struct promise_at *at)
{
    struct rq *rq = at->rq;
    struct meeting_refusal why = {0};
    TRY(promise_read(at));
    TRY(db_savepoint(rq->db));
    enum err e = bring_try(at, &why);
    if (e == ERR_OK) e = db_release(rq->db);
    else db_rollback_to(rq->db);
    if (thread_refused(&at->form, e, &why, why.why == MSG_meeting_sign_future ? "signed_on" : "scan")) return ERR_OK;
    TRY(e);
    return rq_is_api(rq) ? promise_api(at) : ERR_OK;
}

static enum err bring_again(struct promise_at *at, bool has_file)
{
    if (rq_is_api(at->rq)) return form_refuse_api(&at->form);
    TRY(form_file_field(&at->form, "scan", SCAN_KINDS, has_file ? &at->scan : NULL, &at->field));
    form_page_status(&at->form, 400);
    return txn(at, DB_TXN_READ, promise_show);
}

enum err project_promise_paper_post(struct rq *rq)
{
    struct promise_at at = {.rq = rq};
    TRY(txn(&at, DB_TXN_READ, act_look));
    TRY(form_begin(rq, &at.form));
    bool has = form_file(&at.form, "scan", FORM_MUST, SCAN_KINDS, &at.scan);
    at.names = form_line(&at.form, "names", FORM_MUST, NAMES_MAX);
    at.on = form_date(&at.form, "signed_on", FORM_MUST);
    if (!form_is_good(&at.form)) return bring_again(&at, has);
    TRY(file_save(rq_files(rq), &at.scan));
    TRY(txn(&at, DB_TXN_WRITE, act_bring));
    if (!form_is_good(&at.form)) return bring_again(&at, true);
    return rq_is_api(rq) ? ERR_OK : rq_redirect(rq, promise_href(&at, "/paper?done=brought"));
}

enum err project_promise_paper_api(struct rq *rq)
{
    return project_promise_paper_post(rq);
}

/* ---- it is seen by another ---- */

static enum err seen_again(struct promise_at *at)
{
    if (rq_is_api(at->rq)) return form_refuse_api(&at->form);
    TRY(form_file_field(&at->form, "scan", SCAN_KINDS, NULL, &at->field));
    form_page_status(&at->form, 400);
    return promise_show(at);
}

enum err project_promise_seen_post(struct rq *rq)
{
    struct promise_at at = {.rq = rq};
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(act_look(&at));
    int64_t id = form_count(&at.form, "sign", FORM_MUST, 1, INT64_MAX).v;
    if (form_is_good(&at.form) && (!at.p.has_sign || at.p.sign.id.v != id)) form_fault_msg(&at.form, "sign", MSG_scan_newer);
    if (!form_is_good(&at.form)) return seen_again(&at);
    enum err e = meeting_sign_see(rq->db, rq->arena, &by, at.p.sign.id, &why);
    if (thread_refused(&at.form, e, &why, "sign")) return seen_again(&at);
    TRY(e);
    return rq_is_api(rq) ? promise_api(&at) : rq_redirect(rq, promise_href(&at, "/paper?done=seen"));
}

enum err project_promise_seen_api(struct rq *rq)
{
    return project_promise_seen_post(rq);
}

enum err project_promise_file(struct rq *rq)
{
    struct promise_at at = {.rq = rq};
    TRY(promise_read(&at));
    return thread_scan_file(rq, THING, at.p.id.v);
}
