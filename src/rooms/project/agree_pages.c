/* agree_pages.c — the agreement of an approved project: asked for, looked over, made; its instalments by amount or by
 * percent, the last one takes the rest. And the project's record for programs. */
#include "json/json_in.h"
#include "rooms/project/project_paper.h"
#include "rooms/project/thread_ask.h"
#include "rooms/project_thread.html.h"

#define LINES_MAX 16
#define ENDED_LINES_MAX 20 /* facts, instalments, its paper, who ended it */

static const char *const evidences[] = {"agreement", "report", "final_report"};
static const char *const modes[] = {"one", "parts"};
static const char *const fields[] = {"number",   "agreed_on_d", "agreed_on_m", "agreed_on_y", "place",      "signer_owner", "signer_fund",
                                     "witness_1", "witness_2",  "mode",        "amount_1",    "evidence_1", "amount_2",     "evidence_2",
                                     "amount_3", "evidence_3",  "amount_4",    "evidence_4",  "amount_5",   "evidence_5",   "amount_6",
                                     "evidence_6"};
#define NFIELDS (sizeof fields / sizeof fields[0])

struct agree_at {
    struct rq *rq;
    struct form form;
    struct thread_here here;
    struct project_agreement g; /* that is there, or that is typed */
    struct project_money money;
};

static enum err agree_read(struct agree_at *at)
{
    struct rq *rq = at->rq;
    TRY(thread_project(rq, &at->here));
    TRY(project_agreement_get(rq->db, rq->arena, at->here.p.id, &at->g));
    return project_money(rq->db, rq->arena, &at->here.p, &at->money);
}

static const char *part_name(struct rq *rq, const char *what, size_t i)
{
    return str_z(rq->arena, str_printf(rq->arena, "%s_%zu", what, i + 1));
}

/* ---- what is typed ---- */

/* "40%" of what is left, rounded down to the satang; "1,200.50"; nothing: the rest. */
static bool part_sum(struct agree_at *at, struct str typed, struct satang rest, struct satang *ret)
{
    struct bp percent = {0};
    struct str s = str_trim(typed);
    if (s.n == 0) {
        *ret = rest;
        return true;
    }
    if (!str_ends(s, STR("%"))) return satang_parse(s, ret) == ERR_OK;
    if (bp_parse((struct str){s.p, s.n - 1}, &percent) != ERR_OK || percent.v > 10000) return false;
    *ret = satang(at->money.left.v / 10000 * percent.v + at->money.left.v % 10000 * percent.v / 10000);
    return true;
}

static bool has_part(struct form *f, size_t i)
{
    return form_raw(f, part_name(f->rq, "amount", i)).n > 0 || form_raw(f, part_name(f->rq, "evidence", i)).n > 0;
}

static void parts_typed(struct agree_at *at)
{
    struct form *f = &at->form;
    struct rq *rq = at->rq;
    struct satang rest = at->money.left;
    size_t n = 0;
    at->g.instalments = ARENA_ARRAY(rq->arena, struct project_instalment, PROJECT_INSTALMENTS_MAX);
    while (n < PROJECT_INSTALMENTS_MAX && has_part(f, n)) n++;
    for (size_t i = 0; i < n; i++) {
        const char *name = part_name(rq, "amount", i);
        struct satang sum = {0};
        int evidence = form_choice(f, part_name(rq, "evidence", i), FORM_MUST, evidences, 3);
        bool is_rest = form_raw(f, name).n == 0;
        if ((is_rest && i + 1 < n) || !part_sum(at, form_raw(f, name), rest, &sum) || sum.v <= 0)
            form_fault_msg(f, name, MSG_course_part_bad);
        rest = satang(rest.v - sum.v);
        at->g.instalments[i] = (struct project_instalment){
            .position = (int64_t)i + 1, .amount = sum, .evidence = evidence < 0 ? STR("") : str_of(evidences[evidence])};
    }
    if (n == 0) form_fault_msg(f, "amount_1", MSG_course_part_bad);
    at->g.ninstalments = n;
}

/* {"instalments": [{"amount_satang", "evidence", "due_on"}]} */
static void parts_json(struct agree_at *at)
{
    const struct json_value *list = NULL;
    struct form *f = &at->form;
    if (json_get_array(f->json, "instalments", &list) != ERR_OK) list = NULL;
    at->g.ninstalments = 0;
    if (list == NULL) return;
    if (list->nitems > PROJECT_INSTALMENTS_MAX) form_fault_msg(f, "instalments", MSG_project_agree_many);
    at->g.instalments = ARENA_ARRAY(at->rq->arena, struct project_instalment, PROJECT_INSTALMENTS_MAX);
    for (size_t i = 0; i < list->nitems && i < PROJECT_INSTALMENTS_MAX; i++) {
        struct project_instalment *p = &at->g.instalments[at->g.ninstalments++];
        struct str evidence = STR(""), due = STR("");
        *p = (struct project_instalment){.position = (int64_t)i + 1};
        bool is_good = list->items[i].kind == JSON_IN_OBJECT &&
                       json_get_int(&list->items[i], "amount_satang", 1, FORM_SATANG_MAX, &p->amount.v) == ERR_OK &&
                       json_get_line(at->rq->arena, &list->items[i], "evidence", 40, &evidence) == ERR_OK;
        if (is_good && json_get_line(at->rq->arena, &list->items[i], "due_on", 10, &due) == ERR_OK)
            is_good = p->due_on.has = date_parse_iso(due, &p->due_on.v) == ERR_OK;
        p->evidence = evidence;
        if (!is_good) form_fault_msg(f, "instalments", MSG_course_part_bad);
    }
}

/* A draft on paper may leave to the hand what is not known yet. */
static void agree_typed(struct agree_at *at, bool is_draft)
{
    struct form *f = &at->form;
    enum form_need need = is_draft ? FORM_MAY : FORM_MUST;
    at->g = (struct project_agreement){.project = at->here.p.id,
                                       .number = form_line(f, "number", need, 60),
                                       .agreed_on = form_date(f, "agreed_on", need).v,
                                       .place = form_line(f, "place", FORM_MAY, 200),
                                       .signer_owner = form_line(f, "signer_owner", need, 200),
                                       .signer_fund = form_line(f, "signer_fund", need, 200),
                                       .witness_1 = form_line(f, "witness_1", FORM_MAY, 200),
                                       .witness_2 = form_line(f, "witness_2", FORM_MAY, 200)};
    if (f->json != NULL) {
        parts_json(at);
        return;
    }
    if (form_choice(f, "mode", FORM_MUST, modes, 2) == 1) parts_typed(at);
}

/* ---- the page ---- */

static void line(struct thread_line *lines, size_t *n, enum msg label, struct rq *rq, struct str value)
{
    if (value.n == 0) return;
    lines[(*n)++] = (struct thread_line){.label = msg_text(label, rq->page.lang), .value = value};
}

static size_t fact_lines(struct rq *rq, const struct project_agreement *g, struct thread_line *lines)
{
    size_t n = 0;
    line(lines, &n, MSG_course_agree_number, rq, g->number);
    line(lines, &n, MSG_course_agree_on, rq, html_arg_date(&rq->page, g->agreed_on));
    line(lines, &n, MSG_course_agree_place, rq, thread_or(g->place));
    line(lines, &n, MSG_course_agree_owner, rq, g->signer_owner);
    line(lines, &n, MSG_course_agree_fund, rq, g->signer_fund);
    line(lines, &n, MSG_course_agree_witness_1, rq, thread_or(g->witness_1));
    line(lines, &n, MSG_course_agree_witness_2, rq, thread_or(g->witness_2));
    return n;
}

static const struct choice *evidence_choices(struct rq *rq, struct str chosen)
{
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, 3);
    for (size_t i = 0; i < 3; i++) c[i] = (struct choice){str_of(evidences[i]), thread_evidence_word(rq, str_of(evidences[i])), str_eq(chosen, str_of(evidences[i]))};
    return c;
}

static void fill_parts(struct agree_at *at, struct thread_agree_view *v)
{
    struct rq *rq = at->rq;
    size_t n = v->has_agreement ? at->g.ninstalments : PROJECT_INSTALMENTS_MAX;
    struct thread_part_row *rows = ARENA_ARRAY(rq->arena, struct thread_part_row, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct thread_part_row){.position = (int64_t)i + 1,
                                           .amount = form_field(&at->form, part_name(rq, "amount", i)),
                                           .evidence = form_field(&at->form, part_name(rq, "evidence", i))};
        rows[i].evidences = evidence_choices(rq, rows[i].evidence.value);
        rows[i].nevidences = 3;
        if (!v->has_agreement) continue;
        rows[i].sum = at->g.instalments[i].amount;
        rows[i].evidence_words = thread_evidence_word(rq, at->g.instalments[i].evidence);
        rows[i].is_open = at->g.instalments[i].is_open;
        rows[i].is_paid = at->g.instalments[i].is_paid;
    }
    v->parts = rows;
    v->nparts = n;
}

static enum err fill_paper(struct agree_at *at, struct thread_agree_view *v)
{
    struct meeting_sign sign = {0};
    enum err e = project_agreement_sign(at->rq->db, at->rq->arena, &at->g, &sign);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return thread_scan_fill(at->rq, &at->here, e == ERR_OK ? &sign : NULL, "/agreement", &v->paper);
}

/* ---- what a correction ended ---- */

static enum err ended_row(struct agree_at *at, const struct project_agreement *g, struct thread_ended_row *ret)
{
    struct rq *rq = at->rq;
    struct meeting_sign sign = {0};
    struct str names[3] = {STR_NONE, STR_NONE, STR_NONE};
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, ENDED_LINES_MAX);
    size_t n = fact_lines(rq, g, lines);
    for (size_t i = 0; i < g->ninstalments; i++)
        lines[n++] = (struct thread_line){.label = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_part_nth, html_arg_int(&rq->page, (int64_t)i + 1)),
                                          .value = str_concat(rq->arena, (const struct str[]){thread_money(rq, some_satang(g->instalments[i].amount)), STR(" · "),
                                                                                     thread_evidence_word(rq, g->instalments[i].evidence)}, 3)};
    enum err e = project_agreement_sign(rq->db, rq->arena, g, &sign);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    int64_t ids[3] = {g->ended_by, sign.entered_by, sign.seen_by};
    TRY(guard_names(rq->db, rq->arena, ids, 3, names));
    if (e == ERR_OK) {
        line(lines, &n, MSG_scan_names, rq, thread_or(sign.names));
        line(lines, &n, MSG_scan_on, rq, html_arg_date(&rq->page, sign.signed_on));
        line(lines, &n, MSG_meeting_entered_by, rq, thread_or(names[1]));
        line(lines, &n, MSG_meeting_seen_by, rq, thread_or(names[2]));
    }
    line(lines, &n, MSG_course_ended_by, rq, thread_or(names[0]));
    *ret = (struct thread_ended_row){.number = g->number,
                                     .on = instant_date(g->ended_at.v),
                                     .lines = lines,
                                     .nlines = n,
                                     .has_file = e == ERR_OK && sign.file_use != 0};
    if (ret->has_file)
        ret->file = thread_href(rq, &at->here, str_z(rq->arena, str_printf(rq->arena, "/agreement/files/%lld", (long long)sign.file_use)));
    return ERR_OK;
}

static enum err fill_ended(struct agree_at *at, struct thread_agree_view *v)
{
    struct project_agreement *all = NULL;
    TRY(project_agreements_ended(at->rq->db, at->rq->arena, at->here.p.id, &all, &v->nended));
    struct thread_ended_row *rows = ARENA_ARRAY(at->rq->arena, struct thread_ended_row, v->nended);
    for (size_t i = 0; i < v->nended; i++) TRY(ended_row(at, &all[i], &rows[i]));
    v->ended = rows;
    return ERR_OK;
}

/* What may be done here now: the agreement written, or a part of it paid (never while signed minutes are waited for). */
static void fill_may(struct agree_at *at, struct thread_agree_view *v)
{
    enum project_state state = at->here.p.state;
    bool is_ready = state == PROJECT_APPROVED || state == PROJECT_RUNNING;
    v->may_write = at->here.may_decide && !v->has_agreement && is_ready && !id_is_none(at->here.p.commitment);
    v->may_pay = at->here.may_decide && v->has_agreement && project_may_be_paid(&at->here.p, &at->money, &at->g);
}

/* The form as it is opened: what the program knows already stands in it, and may be written over. */
static enum err fill_known(struct agree_at *at, struct thread_agree_view *v)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct project_agreement_known known = {0};
    TRY(project_agreement_known(rq->db, rq->arena, &at->here.p, rq->this_fy, &known));
    v->number = form_field_of(f, "number", thread_or(known.number));
    v->signer_fund = form_field_of(f, "signer_fund", thread_or(known.signer_fund));
    v->signer_owner = form_field_of(f, "signer_owner", at->here.sees_persons ? thread_or(known.signer_owner) : STR(""));
    v->agreed_on = form_date_field_of(f, "agreed_on", (struct opt_date){true, rq->today});
    return ERR_OK;
}

static enum err agree_show(struct agree_at *at, bool is_typed)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct thread_agree_view v = {.head = thread_head_of(rq, &at->here, MSG_course_agree_title),
                                  .errors = form_errors(f),
                                  .action = thread_href(rq, &at->here, "/agreement"),
                                  .has_agreement = !is_typed && at->g.version > 0,
                                  .needs = at->money.needs_agreement,
                                  .left = at->money.left};
    fill_may(at, &v);
    v.pay = thread_href(rq, &at->here, "/pay");
    if (v.may_write) v.marks = form_marks(rq);
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    v.nfacts = v.has_agreement ? fact_lines(rq, &at->g, lines) : 0;
    v.facts = lines;
    fill_parts(at, &v);
    if (v.has_agreement) TRY(fill_paper(at, &v));
    TRY(fill_ended(at, &v));
    v.number = form_field(f, "number");
    v.place = form_field(f, "place");
    v.signer_owner = form_field(f, "signer_owner");
    v.signer_fund = form_field(f, "signer_fund");
    v.witness_1 = form_field(f, "witness_1");
    v.witness_2 = form_field(f, "witness_2");
    v.mode = form_field(f, "mode");
    v.agreed_on = form_date_field(f, "agreed_on");
    if (v.may_write && !is_typed) TRY(fill_known(at, &v));
    struct choice *c = ARENA_ARRAY(rq->arena, struct choice, 2);
    bool is_parts = v.is_parts = str_eq(v.mode.value, STR("parts"));
    c[0] = (struct choice){STR("one"), msg_text(MSG_course_mode_one, rq->page.lang), !is_parts};
    c[1] = (struct choice){STR("parts"), msg_text(MSG_course_mode_parts, rq->page.lang), is_parts};
    v.modes = c;
    v.nmodes = 2;
    thread_agree_html(rq_html_begin(rq, v.head.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err project_agreement_page(struct rq *rq)
{
    struct agree_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(agree_read(&at));
    return agree_show(&at, false);
}

static enum err agree_review(struct agree_at *at)
{
    struct rq *rq = at->rq;
    struct thread_line *lines = ARENA_ARRAY(rq->arena, struct thread_line, LINES_MAX);
    struct thread_review_view v = {.head = thread_head_of(rq, &at->here, MSG_course_agree_review),
                                   .action = thread_href(rq, &at->here, "/agreement"),
                                   .button = msg_text(MSG_course_agree_button, rq->page.lang),
                                   .note = msg_text(MSG_course_agree_note, rq->page.lang),
                                   .has_draft = true,
                                   .has_amount = true,
                                   .amount = at->money.left};
    v.nlines = fact_lines(rq, &at->g, lines);
    for (size_t i = 0; i < at->g.ninstalments; i++)
        lines[v.nlines++] = (struct thread_line){MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_part_nth, html_arg_int(&rq->page, (int64_t)i + 1)),
                                                 thread_money(rq, some_satang(at->g.instalments[i].amount)),
                                                 thread_evidence_word(rq, at->g.instalments[i].evidence)};
    v.lines = lines;
    return thread_review_show(&at->form, &v, fields, NFIELDS);
}

/* Tried in any case: a refusal is told before somebody looks it over. */
static enum err agree_try(struct agree_at *at, bool is_real, bool *ret_good)
{
    struct rq *rq = at->rq;
    struct meeting_refusal why = {0};
    struct actor by = rq_actor(rq);
    TRY(db_savepoint(rq->db));
    enum err e = project_agree(rq->db, rq->arena, &by, &at->g, &why);
    *ret_good = e == ERR_OK;
    if (e == ERR_OK && is_real) return db_release(rq->db);
    db_rollback_to(rq->db);
    const char *field = why.why == MSG_project_agree_sum ? "amount_1" : why.why == MSG_project_agree_before || why.why == MSG_project_agree_future ? "agreed_on" : "number";
    return e == ERR_OK || thread_refused(&at->form, e, &why, field) ? ERR_OK : e;
}

enum err project_agreement_post(struct rq *rq)
{
    struct agree_at at = {.rq = rq};
    bool is_good = false;
    TRY(form_begin(rq, &at.form));
    TRY(agree_read(&at));
    struct str step = form_raw(&at.form, "step");
    bool is_post = rq_is_api(rq) || str_eq(step, STR("post"));
    bool is_draft = str_eq(step, STR("draft")) && !rq_is_api(rq);
    if (!str_eq(step, STR("edit"))) {
        agree_typed(&at, is_draft);
        if (is_draft && form_is_good(&at.form)) return project_agreement_draft(rq, &at.g);
        if (form_is_good(&at.form)) TRY(agree_try(&at, is_post, &is_good));
        if (is_good && is_post) return thread_done(rq, &at.here, thread_href(rq, &at.here, "/agreement?done=agreed"));
        if (is_good) return agree_review(&at);
        if (rq_is_api(rq)) return form_refuse_api(&at.form);
        form_page_status(&at.form, 400);
    }
    return agree_show(&at, true);
}

enum err project_agreement_api(struct rq *rq)
{
    return project_agreement_post(rq);
}

/* The ledger's own form, filled in: which project, which instalment. */
enum err project_pay_page(struct rq *rq)
{
    struct thread_here here;
    struct str code = STR_NONE;
    TRY(thread_project(rq, &here));
    if (id_is_none(here.p.commitment)) return ERR_NOT_FOUND;
    TRY(project_ledger_code(rq->db, rq->arena, here.p.commitment, &code));
    return rq_redirect(rq, HREF(rq->arena, "/funds/{}/ledger/payments/new?project={}", here.fund.code, code));
}

/* ---- the record, for programs ---- */

/* As stored: the trail's names and values. */
static void json_since(struct rq *rq, struct json_out *j, const struct project_acts *acts, const struct project_decision *d)
{
    size_t n = 0;
    const struct project_since *all = project_changed_since(rq->arena, acts, d, &n);
    json_array(j, "changed_since");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_str(j, "field", all[i].field);
        json_str(j, "before", all[i].before);
        json_date(j, "changed_on", all[i].on);
        json_object_end(j);
    }
    json_array_end(j);
}

static enum err json_decisions(struct rq *rq, struct json_out *j, struct project_id id)
{
    struct project_decision *all = NULL;
    struct project_acts acts = {0};
    size_t n = 0;
    TRY(project_decisions(rq->db, rq->arena, id, &all, &n));
    bool has_own = false; /* one that was recorded when it was made */
    for (size_t i = 0; i < n; i++) has_own |= !all[i].is_entered_later;
    if (has_own) TRY(project_acts_read(rq->db, rq->arena, id, &acts));
    json_array(j, "decisions");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "id", all[i].id.v);
        json_str(j, "kind", all[i].kind);
        json_str(j, "meeting", all[i].meeting_words);
        json_date(j, "decided_on", all[i].decided_on);
        json_opt_satang(j, "amount_satang", all[i].amount);
        json_str(j, "conditions", all[i].conditions);
        json_str(j, "reason", all[i].reason);
        json_opt_date(j, "report_due", all[i].report_due);
        json_bool(j, "is_in_force", all[i].is_in_force);
        json_bool(j, "is_corrected", all[i].is_corrected);
        json_str(j, "signed_how", all[i].signed_how);
        json_opt_date(j, "signed_on", all[i].signed_on);
        json_since(rq, j, &acts, &all[i]);
        json_object_end(j);
    }
    json_array_end(j);
    return ERR_OK;
}

void thread_json_paper(struct json_out *j, const char *name, const struct meeting_sign *s)
{
    if (s == NULL) {
        json_null(j, name);
        return;
    }
    json_object(j, name);
    json_int(j, "sign", s->id.v);
    json_str(j, "how", s->how);
    json_str(j, "names", s->names);
    json_date(j, "on", s->signed_on);
    json_bool(j, "is_seen", s->is_in_force);
    json_object_end(j);
}

/* name NULL: one of a list. */
static enum err json_agreement(struct rq *rq, struct json_out *j, const char *name, const struct project_agreement *g)
{
    struct meeting_sign sign = {0};
    if (g->version == 0) {
        json_null(j, name);
        return ERR_OK;
    }
    enum err e = project_agreement_sign(rq->db, rq->arena, g, &sign);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    json_object(j, name);
    json_str(j, "number", g->number);
    json_date(j, "agreed_on", g->agreed_on);
    json_array(j, "instalments");
    for (size_t i = 0; i < g->ninstalments; i++) {
        json_object(j, NULL);
        json_int(j, "position", g->instalments[i].position);
        json_satang(j, "amount_satang", g->instalments[i].amount);
        json_str(j, "evidence", g->instalments[i].evidence);
        json_bool(j, "is_open", g->instalments[i].is_open);
        json_bool(j, "is_paid", g->instalments[i].is_paid);
        json_opt_date(j, "due_on", g->instalments[i].due_on);
        json_object_end(j);
    }
    json_array_end(j);
    thread_json_paper(j, "signed", e == ERR_OK ? &sign : NULL);
    if (g->ended_at.has) json_date(j, "ended_on", instant_date(g->ended_at.v));
    json_object_end(j);
    return ERR_OK;
}

static enum err json_agreements(struct rq *rq, struct json_out *j, const struct project_agreement *now, struct project_id id)
{
    struct project_agreement *ended = NULL;
    size_t n = 0;
    TRY(json_agreement(rq, j, "agreement", now));
    TRY(project_agreements_ended(rq->db, rq->arena, id, &ended, &n));
    json_array(j, "agreements_ended");
    for (size_t i = 0; i < n; i++) TRY(json_agreement(rq, j, NULL, &ended[i]));
    json_array_end(j);
    return ERR_OK;
}

static enum err json_changes(struct rq *rq, struct json_out *j, struct project_id id)
{
    struct project_change *all = NULL;
    size_t n = 0;
    TRY(project_changes(rq->db, rq->arena, id, &all, &n));
    json_array(j, "changes");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "id", all[i].id.v);
        json_str(j, "kind", str_of(project_change_code(all[i].kind)));
        json_str(j, "state", all[i].state);
        json_str(j, "reason", all[i].reason);
        json_opt_satang(j, "amount_satang", all[i].amount);
        json_opt_date(j, "due_on", all[i].due_on);
        json_int(j, "version", all[i].version);
        json_object_end(j);
    }
    json_array_end(j);
    return ERR_OK;
}

/* Entered later: does it wait for its signed minutes, and which were brought? */
static enum err json_later(struct rq *rq, struct json_out *j, const struct project *p)
{
    struct project_decision d = {0};
    struct meeting_sign sign = {0};
    bool waits = false, has_sign = false;
    TRY(project_later_sign(rq->db, rq->arena, p, &d, &sign, &waits, &has_sign));
    json_bool(j, "waits_for_paper", waits);
    thread_json_paper(j, "approval_paper", has_sign ? &sign : NULL);
    return ERR_OK;
}

enum err thread_answer_api(struct rq *rq, const struct thread_here *here)
{
    struct project p = {0};
    struct project_agreement g = {0};
    struct project_money money = {0};
    TRY(project_get(rq->db, rq->arena, here->p.id, &p));
    TRY(project_agreement_get(rq->db, rq->arena, p.id, &g));
    TRY(project_money(rq->db, rq->arena, &p, &money));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "project", p.slug);
    json_str(j, "fund_code", p.fund_code);
    json_str(j, "code", p.code);
    json_str(j, "other_code", p.other_code);
    json_str(j, "title", p.title);
    json_str(j, "state", str_of(project_state_code(p.state)));
    json_opt_satang(j, "approved_satang", p.approved);
    json_satang(j, "paid_satang", money.paid);
    json_satang(j, "refunded_satang", money.refunded);
    json_satang(j, "left_satang", money.left);
    TRY(json_later(rq, j, &p));
    TRY(json_decisions(rq, j, p.id));
    TRY(json_agreements(rq, j, &g, p.id));
    TRY(json_changes(rq, j, p.id));
    json_object_end(j);
    return rq_json_end(rq);
}

enum err project_thread_api(struct rq *rq)
{
    struct thread_here here;
    TRY(thread_project(rq, &here));
    return thread_answer_api(rq, &here);
}
