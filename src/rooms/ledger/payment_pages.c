/* payment_pages.c — booking a payment: which approved project, form, review, posting; and by JSON. */
#include "app/events.h"
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_post.html.h"

#define OPEN_MOST 100 /* projects to choose from on one page */

static const char *const payment_fields[] = {"book",       "draft",  "draft_version", "project_code",
                                             "instalment", "amount", "date_d",        "date_m",
                                             "date_y",     "party",  "reference",     "memo"};
#define NFIELDS (sizeof payment_fields / sizeof payment_fields[0])
#define NKEPT   LEDGER_DRAFT_KEEPS

/* ---- reading ---- */

static void payment_read(struct form *f, const struct ledger_here *here, struct ledger_payment *ret)
{
    struct str project = form_line(f, "project_code", FORM_MUST, LEDGER_REFERENCE_MAX);
    struct opt_count instalment = form_count(f, "instalment", FORM_MAY, 1, 99);
    struct opt_satang amount = form_satang(f, "amount", FORM_MUST, satang(1));
    struct opt_date on = form_date(f, "date", FORM_MUST);
    *ret = (struct ledger_payment){.fund_code = here->code,
                                   .book = here->kind,
                                   .on = on.v,
                                   .project_code = project,
                                   .instalment = instalment.has ? instalment.v : 0,
                                   .amount = amount.v,
                                   .party = form_line(f, "party", FORM_MAY, LEDGER_PARTY_MAX),
                                   .reference = form_line(f, "reference", FORM_MUST, LEDGER_REFERENCE_MAX),
                                   .memo = form_text(f, "memo", FORM_MAY, LEDGER_MEMO_MAX)};
    if (str_to_int(form_raw(f, "draft"), &ret->draft.v) != ERR_OK) ret->draft.v = 0;
}

/* The commitment that is paid, for the words about it; ret->id none when there is none. */
static enum err commitment_of(struct rq *rq, const struct ledger_here *here, struct str code,
                              struct ledger_commitment *ret)
{
    *ret = (struct ledger_commitment){0};
    if (str_is_none(code) || str_is_empty(code)) return ERR_OK;
    enum err e = ledger_commitment_find(rq->db, rq->arena, here->book.id, code, ret);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err payment_book(struct rq *rq, const struct ledger_payment *p, bool is_real, enum ledger_fault *ret_fault,
                             struct ledger_posted *ret)
{
    struct actor by = rq_actor(rq);
    *ret_fault = LEDGER_FINE;
    TRY(db_savepoint(rq->db));
    enum err e = ledger_post_payment(rq->db, rq->arena, &by, p, ret_fault, ret);
    if (e == ERR_OK && is_real) return db_release(rq->db);
    db_rollback_to(rq->db);
    return e == ERR_REFUSED && *ret_fault != LEDGER_FINE ? ERR_OK : e;
}

/* ---- what is to be said before it is paid ---- */

#define CAUTIONS 3

struct cautions {
    struct ledger_keep rows[CAUTIONS];
    size_t n;
    struct href reports;
};

static void caution(struct cautions *c, struct str words)
{
    c->rows[c->n++] = (struct ledger_keep){.value = words};
}

/* A caution, never a refusal: the reports tell whether it is right. */
static enum err cautions_of(struct rq *rq, const struct ledger_here *here, const struct ledger_commitment *of, struct cautions **ret)
{
    struct cautions *c = ARENA_NEW(rq->arena, struct cautions);
    struct payment_caution said = {.slug = STR_NONE};
    struct payment_asked e = {of->id, rq->today, &said};
    enum lang lang = rq->page.lang;
    *c = (struct cautions){0};
    *ret = c;
    if (id_is_none(of->id)) return ERR_OK;
    TRY(event_payment_asked(rq->db, rq->arena, &e));
    if (said.is_late) caution(c, MSG_FORMAT(rq->arena, lang, MSG_ledger_pay_late, ledger_date_text(rq, said.due)));
    if (said.is_ended) caution(c, MSG_FORMAT(rq->arena, lang, MSG_ledger_pay_ended, ledger_date_text(rq, said.ended)));
    if (said.is_reported) caution(c, msg_text(MSG_ledger_pay_reported, lang));
    if (c->n > 0) c->reports = HREF(rq->arena, "/funds/{}/projects/{}/reports", here->code, said.slug);
    return ERR_OK;
}

/* ---- the form ---- */

/* The instalments of the project that is chosen: which may be paid now. */
static enum err fill_parts(struct rq *rq, struct ledger_post_view *v, const struct ledger_here *here,
                           const struct ledger_commitment *c)
{
    struct ledger_instalment *all = NULL;
    enum ledger_wait waits = ledger_waits_for(c);
    size_t n = 0;
    TRY(ledger_instalments(rq->db, rq->arena, c->id, &all, &n));
    struct ledger_instalment_row *rows = ARENA_ARRAY(rq->arena, struct ledger_instalment_row, n);
    for (size_t i = 0; i < n; i++) {
        struct str position = ledger_int_text(rq, all[i].position);
        rows[i] = (struct ledger_instalment_row){
            .position = all[i].position,
            .amount = all[i].amount,
            .left = all[i].left,
            .is_shut = all[i].is_shut,
            .is_waiting = waits != LEDGER_WAITS_NOT && waits != LEDGER_WAITS_EVIDENCE,
            .is_chosen = str_eq(position, v->instalment.value),
            .choose = HREF(rq->arena, "/funds/{}/ledger/payments/new?project={}&instalment={}&book={}", here->code,
                           c->project_code, position, here->is_ltc)};
    }
    v->parts = rows;
    v->nparts = n;
    return ERR_OK;
}

/* Of the one that is chosen: its instalments, and what is to be said before it is paid. */
static enum err fill_chosen(struct rq *rq, struct ledger_post_view *v, const struct ledger_here *here, const struct ledger_commitment *c)
{
    struct cautions *said;
    v->is_chosen = true;
    if (c->ninstalments > 0) TRY(fill_parts(rq, v, here, c));
    TRY(cautions_of(rq, here, c, &said));
    v->cautions = said->rows;
    v->ncautions = said->n;
    v->reports = said->reports;
    return ERR_OK;
}

static enum err fill_open(struct rq *rq, struct ledger_post_view *v, const struct ledger_here *here)
{
    struct ledger_commitment *rows = NULL;
    size_t n = 0;
    TRY(ledger_commitments(rq->db, rq->arena, here->book.id, true, (struct ledger_commitment_id){0}, OPEN_MOST, &rows, &n));
    struct ledger_open_project *open = ARENA_ARRAY(rq->arena, struct ledger_open_project, n);
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++) {
        const struct ledger_commitment *c = &rows[i];
        bool is_chosen = str_eq(c->project_code, v->project_code.value);
        enum ledger_wait waits = ledger_waits_for(c);
        struct str label = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_pay_option, c->title, c->project_code,
                                      ledger_money_text(rq, c->left));
        choices[i] = (struct choice){c->project_code, label, is_chosen};
        if (is_chosen) TRY(fill_chosen(rq, v, here, c));
        open[i] = (struct ledger_open_project){
            .code = c->project_code,
            .title = c->title,
            .owner = c->owner_name,
            .amount = c->amount,
            .left = c->left,
            .waits = ledger_wait_word(rq, waits),
            .waits_text = ledger_wait_text(rq, waits),
            .is_chosen = is_chosen,
            .choose = HREF(rq->arena, "/funds/{}/ledger/payments/new?project={}&book={}", here->code, c->project_code,
                           here->is_ltc),
            .show = HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}", here->code, c->project_code,
                         here->is_ltc)};
        if (is_chosen && v->is_first && waits != LEDGER_WAITS_NOT) v->waiting = &open[i];
    }
    v->open = open;
    v->projects = choices;
    v->nopen = v->nprojects = n;
    return ERR_OK;
}

static enum err payment_show(struct rq *rq, struct ledger_post_view *v, const struct ledger_here *here)
{
    struct str title = msg_text(MSG_ledger_payment_title, rq->page.lang);
    TRY(fill_open(rq, v, here));
    v->is_payment = true;
    v->marks = form_marks(rq);
    v->head = ledger_head_of(rq, here, title);
    v->action = ledger_href(rq, here, "/payments");
    v->commitments = ledger_href(rq, here, "/commitments");
    v->balance = here->book.balance;
    v->today = ledger_date_text(rq, rq->today);
    ledger_post_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

static struct ledger_post_view payment_typed(struct form *f)
{
    return (struct ledger_post_view){.errors = form_errors(f),
                                     .keeps = ledger_keeps(f, payment_fields, NKEPT),
                                     .nkeeps = NKEPT,
                                     .project_code = form_field(f, "project_code"),
                                     .instalment = form_field(f, "instalment"),
                                     .amount = form_field(f, "amount"),
                                     .date = form_date_field(f, "date"),
                                     .party = form_field(f, "party"),
                                     .reference = form_field(f, "reference"),
                                     .memo = form_field(f, "memo")};
}

/* What ?instalment= names, or the first that may be paid; its money is proposed. */
static enum err payment_part(struct rq *rq, const struct ledger_commitment *c, struct str *ret_part, struct satang *ret_amount)
{
    struct ledger_instalment *all = NULL;
    size_t n = 0;
    int64_t asked = 0;
    *ret_part = STR("");
    *ret_amount = c->left;
    if (c->ninstalments == 0) return ERR_OK;
    if (str_to_int(rq_param(rq, "instalment"), &asked) != ERR_OK) asked = 0;
    TRY(ledger_instalments(rq->db, rq->arena, c->id, &all, &n));
    for (size_t i = 0; i < n; i++) {
        bool is_it = asked > 0 ? all[i].position == asked : !all[i].is_shut && all[i].left.v > 0;
        if (!is_it) continue;
        *ret_part = ledger_int_text(rq, all[i].position);
        *ret_amount = all[i].left;
        return ERR_OK;
    }
    return ERR_OK;
}

/* First showing: of a draft, or of the project that ?project= names, with what is left of it. */
static enum err payment_first(struct rq *rq, const struct ledger_here *here, struct ledger_post_view *v)
{
    struct form f = {.rq = rq};
    struct ledger_draft d;
    struct ledger_commitment c;
    const struct json_value *values = NULL;
    TRY(ledger_draft_open(rq, here, LEDGER_PAYMENT, &d, &values));
    TRY(commitment_of(rq, here, rq_param(rq, "project"), &c));
    bool is_named = values == NULL && !id_is_none(c.id);
    struct str owner = is_named && !str_is_none(c.owner_name) ? c.owner_name : STR("");
    struct str part = ledger_draft_value(values, "instalment");
    struct satang amount = {0};
    if (is_named) TRY(payment_part(rq, &c, &part, &amount));
    *v = (struct ledger_post_view){
        .keeps = ledger_draft_keeps(rq, here, &d),
        .nkeeps = LEDGER_DRAFT_KEEPS,
        .is_draft = values != NULL,
        .is_first = values == NULL,
        .date = values == NULL ? form_date_field_of(&f, "date", (struct opt_date){true, rq->today}) : ledger_draft_date(values),
        .project_code = form_field_of(&f, "project_code", is_named ? c.project_code : ledger_draft_value(values, "project_code")),
        .instalment = form_field_of(&f, "instalment", part),
        .amount = is_named ? form_satang_field_of(&f, "amount", some_satang(amount))
                           : form_field_of(&f, "amount", ledger_draft_value(values, "amount")),
        .party = form_field_of(&f, "party", is_named ? owner : ledger_draft_value(values, "party")),
        .reference = form_field_of(&f, "reference", ledger_draft_value(values, "reference")),
        .memo = form_field_of(&f, "memo", ledger_draft_value(values, "memo"))};
    return ERR_OK;
}

enum err ledger_payment_new_page(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_post_view v;
    TRY(ledger_here_read(rq, NULL, &here));
    if (id_is_none(here.book.id)) return rq_redirect(rq, ledger_href(rq, &here, ""));
    TRY(payment_first(rq, &here, &v));
    return payment_show(rq, &v, &here);
}

/* ---- the review ---- */

static enum err payment_review(struct form *f, const struct ledger_here *here, const struct ledger_payment *p,
                               const struct ledger_commitment *c)
{
    struct rq *rq = f->rq;
    enum lang lang = rq->page.lang;
    struct cautions *said;
    TRY(cautions_of(rq, here, c, &said));
    struct str booked = MSG_FORMAT(rq->arena, lang, MSG_ledger_review_year, ledger_int_text(rq, date_fiscal_year(p->on).v));
    struct str left = MSG_FORMAT(rq->arena, lang, MSG_ledger_left_after,
                                 ledger_money_text(rq, satang_sub(c->left, p->amount)));
    const struct ledger_line_view lines[] = {
        {msg_text(MSG_ledger_pay_project, lang),
         str_concat(rq->arena, (const struct str[]){c->title, STR(" · "), c->project_code}, 3), left},
        {msg_text(MSG_ledger_instalment, lang), p->instalment > 0 ? ledger_int_text(rq, p->instalment) : STR(""), STR_NONE},
        {msg_text(MSG_ledger_payment_date, lang), ledger_date_text(rq, p->on), booked},
        {msg_text(MSG_ledger_payment_party, lang), p->party, STR_NONE},
        {msg_text(MSG_ledger_payment_reference, lang), p->reference, STR_NONE},
        {msg_text(MSG_ledger_agreement, lang), c->agreement_no, STR_NONE},
        {msg_text(MSG_ledger_memo, lang), p->memo, STR_NONE}};
    return ledger_review_show(f, here,
                              &(struct ledger_review){.title = MSG_ledger_payment_review,
                                                      .button = MSG_ledger_payment_button,
                                                      .tail = "/payments",
                                                      .lines = lines,
                                                      .nlines = sizeof lines / sizeof lines[0],
                                                      .amount = p->amount,
                                                      .balance_after = satang_sub(here->book.balance, p->amount),
                                                      .fields = payment_fields,
                                                      .nfields = NFIELDS,
                                                      .warnings = said->rows,
                                                      .nwarnings = said->n,
                                                      .see = said->reports,
                                                      .has_see = said->n > 0});
}

/* ---- what is sent ---- */

/* Somebody else changed or booked the draft meanwhile: what was typed stays, as a form of its own. */
static enum err payment_conflict(struct form *f, const struct ledger_here *here)
{
    struct ledger_post_view v = payment_typed(f);
    form_page_status(f, 409);
    TRY(ledger_draft_conflict(f, here, payment_fields, NFIELDS, &v));
    return payment_show(f->rq, &v, here);
}

static enum err payment_draft(struct form *f, const struct ledger_here *here)
{
    bool is_conflict = false;
    TRY(ledger_draft_keep(f, here, LEDGER_PAYMENT, payment_fields, NFIELDS, &is_conflict));
    return is_conflict ? payment_conflict(f, here) : ERR_OK;
}

/* Tries or books what was read; *ret_is_answered when the answer is made. */
static enum err payment_go(struct form *f, const struct ledger_here *here, bool is_real, bool *ret_is_answered)
{
    struct rq *rq = f->rq;
    struct ledger_payment p;
    struct ledger_commitment c;
    struct ledger_posted posted = {0};
    enum ledger_fault fault = LEDGER_FINE;
    payment_read(f, here, &p);
    if (!form_is_good(f)) return ERR_OK;
    TRY(commitment_of(rq, here, p.project_code, &c));
    enum err e = payment_book(rq, &p, is_real, &fault, &posted);
    if (e == ERR_CONFLICT) {
        *ret_is_answered = true;
        return payment_conflict(f, here);
    }
    TRY(e);
    if (fault != LEDGER_FINE) {
        ledger_fault_put(f, fault, &(struct ledger_about){.here = here, .commitment = id_is_none(c.id) ? NULL : &c});
        return ERR_OK;
    }
    *ret_is_answered = true;
    if (is_real) return rq_redirect(rq, ledger_done_href(rq, here, posted.id, "posted"));
    return payment_review(f, here, &p, &c);
}

enum err ledger_payment_post(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    bool is_answered = false;
    TRY(form_begin(rq, &f));
    TRY(ledger_here_read(rq, &f, &here));
    enum ledger_step step = ledger_step_of(&f);
    if (id_is_none(here.book.id)) return rq_redirect(rq, ledger_href(rq, &here, ""));
    if (step == STEP_DRAFT) return payment_draft(&f, &here);
    if (step != STEP_EDIT) {
        TRY(payment_go(&f, &here, step == STEP_POST, &is_answered));
        if (is_answered) return ERR_OK;
        form_page_status(&f, 400);
    }
    struct ledger_post_view v = payment_typed(&f);
    return payment_show(rq, &v, &here);
}

/* ---- POST /api/v1/funds/{fund}/years/{fy}/payments ---- */

enum err ledger_payment_api(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct ledger_payment p;
    struct ledger_commitment c;
    struct ledger_posted posted = {0};
    struct fiscal_year fy;
    enum ledger_fault fault = LEDGER_FINE;
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(form_begin(rq, &f));
    TRY(ledger_here_read(rq, &f, &here));
    payment_read(&f, &here, &p);
    if (!form_is_good(&f)) return form_refuse_api(&f);
    p.fy = (struct opt_fiscal_year){true, fy};
    TRY(commitment_of(rq, &here, p.project_code, &c));
    TRY(payment_book(rq, &p, true, &fault, &posted));
    if (fault == LEDGER_FINE) return ledger_posted_api(rq, &posted);
    return ledger_refuse_api(&f, fault, &(struct ledger_about){.here = &here, .fy = p.fy,
                                                               .commitment = id_is_none(c.id) ? NULL : &c});
}
