/* receipt_pages.c — booking a receipt: form, review, posting; and the same by JSON. */
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_post.html.h"
#include "rooms/ledger_sql.h"

static const char *const receipt_fields[] = {"book",   "draft",     "draft_version", "date_d", "date_m",       "date_y",
                                             "source", "amount",    "reference",     "party",  "project_code", "memo"};
#define NFIELDS (sizeof receipt_fields / sizeof receipt_fields[0])
#define NKEPT   LEDGER_DRAFT_KEEPS /* the first of them have no input of their own */

/* ---- reading: the same fields for the page and for JSON ---- */

static void receipt_read(struct form *f, const struct ledger_here *here, struct ledger_receipt *ret)
{
    const char *codes[LEDGER_SOURCES];
    for (int s = 0; s < LEDGER_SOURCES; s++) codes[s] = ledger_source_code((enum ledger_source)s);
    struct opt_date on = form_date(f, "date", FORM_MUST);
    int source = form_choice(f, "source", FORM_MUST, codes, LEDGER_SOURCES);
    struct opt_satang amount = form_satang(f, "amount", FORM_MUST, satang(1));
    *ret = (struct ledger_receipt){.fund_code = here->code,
                                   .book = here->kind,
                                   .on = on.v,
                                   .source = source < 0 ? LEDGER_NHSO : (enum ledger_source)source,
                                   .amount = amount.v,
                                   .reference = form_line(f, "reference", FORM_MUST, LEDGER_REFERENCE_MAX),
                                   .party = form_line(f, "party", FORM_MAY, LEDGER_PARTY_MAX),
                                   .project_code = form_line(f, "project_code", FORM_MAY, LEDGER_REFERENCE_MAX),
                                   .memo = form_text(f, "memo", FORM_MAY, LEDGER_MEMO_MAX)};
    if (str_to_int(form_raw(f, "draft"), &ret->draft.v) != ERR_OK) ret->draft.v = 0;
}

/* Books it, or only tries: then everything is undone. A refusal stands beside its field. */
static enum err receipt_book(struct form *f, const struct ledger_here *here, const struct ledger_receipt *r, bool is_real,
                             struct ledger_posted *ret)
{
    struct rq *rq = f->rq;
    struct actor by = rq_actor(rq);
    enum ledger_fault fault = LEDGER_FINE;
    TRY(db_savepoint(rq->db));
    enum err e = ledger_post_receipt(rq->db, rq->arena, &by, r, &fault, ret);
    if (e == ERR_OK && is_real) return db_release(rq->db);
    db_rollback_to(rq->db);
    if (e != ERR_REFUSED || fault == LEDGER_FINE) return e;
    ledger_fault_put(f, fault, &(struct ledger_about){.here = here, .fy = r->fy});
    return ERR_OK;
}

/* ---- the form ---- */

static void fill_choices(struct rq *rq, struct ledger_post_view *v, const struct ledger_here *here)
{
    v->sources = ledger_source_choices(rq, v->source.value, &v->nsources);
    v->head = ledger_head_of(rq, here, msg_text(MSG_ledger_receipt_title, rq->page.lang));
    v->action = ledger_href(rq, here, "/receipts");
    v->balance = here->book.balance;
    v->today = ledger_date_text(rq, rq->today);
}

static enum err receipt_show(struct rq *rq, struct ledger_post_view *v, const struct ledger_here *here)
{
    v->marks = form_marks(rq);
    fill_choices(rq, v, here);
    ledger_post_html(rq_html_begin(rq, msg_text(MSG_ledger_receipt_title, rq->page.lang), MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

/* Everything as it was typed. */
static struct ledger_post_view receipt_typed(struct form *f)
{
    return (struct ledger_post_view){.errors = form_errors(f),
                                     .keeps = ledger_keeps(f, receipt_fields, NKEPT),
                                     .nkeeps = NKEPT,
                                     .date = form_date_field(f, "date"),
                                     .source = form_field(f, "source"),
                                     .amount = form_field(f, "amount"),
                                     .reference = form_field(f, "reference"),
                                     .party = form_field(f, "party"),
                                     .project_code = form_field(f, "project_code"),
                                     .memo = form_field(f, "memo")};
}

/* A refund's form may be opened by its project: ?source=refund&project=CODE&amount=123.45. */
static struct str receipt_value(struct form *f, const struct json_value *values, const char *name, const char *param)
{
    if (values != NULL || param == NULL) return ledger_draft_value(values, name);
    struct str asked = rq_param(f->rq, param);
    return str_is_none(asked) ? STR("") : asked;
}

static struct ledger_post_view receipt_of_draft(struct form *f, const struct ledger_here *here,
                                                const struct ledger_draft *d, const struct json_value *values)
{
    return (struct ledger_post_view){
        .keeps = ledger_draft_keeps(f->rq, here, d),
        .nkeeps = LEDGER_DRAFT_KEEPS,
        .is_draft = values != NULL,
        .date = ledger_draft_date(values),
        .source = form_field_of(f, "source", receipt_value(f, values, "source", "source")),
        .amount = form_field_of(f, "amount", receipt_value(f, values, "amount", "amount")),
        .reference = form_field_of(f, "reference", ledger_draft_value(values, "reference")),
        .party = form_field_of(f, "party", receipt_value(f, values, "party", "party")),
        .project_code = form_field_of(f, "project_code", receipt_value(f, values, "project_code", "project")),
        .memo = form_field_of(f, "memo", ledger_draft_value(values, "memo"))};
}

/* A project's page knows what is to be booked: the refund that still has to come back. */
static void receipt_of_link(struct form *f, struct ledger_post_view *v)
{
    struct rq *rq = f->rq;
    v->source = form_field_of(f, "source", rq_param(rq, "source"));
    v->amount = form_field_of(f, "amount", rq_param(rq, "amount"));
    v->project_code = form_field_of(f, "project_code", rq_param(rq, "project"));
}

enum err ledger_receipt_new_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    struct ledger_draft d;
    const struct json_value *values = NULL;
    TRY(ledger_here_read(rq, NULL, &here));
    if (id_is_none(here.book.id)) return rq_redirect(rq, ledger_href(rq, &here, ""));
    TRY(ledger_draft_open(rq, &here, LEDGER_RECEIPT, &d, &values));
    struct ledger_post_view v = receipt_of_draft(&f, &here, &d, values);
    if (values == NULL) receipt_of_link(&f, &v);
    return receipt_show(rq, &v, &here);
}

/* ---- the review ---- */

/* The name behind a refund's code; words that say so when the books know no such project. */
static enum err refund_of(struct rq *rq, const struct ledger_here *here, struct str code, struct str *ret)
{
    struct ledger_commitment c;
    *ret = STR_NONE;
    if (str_is_none(code) || str_is_empty(code)) return ERR_OK;
    enum err e = ledger_commitment_find(rq->db, rq->arena, here->book.id, code, &c);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = e == ERR_OK ? c.title : msg_text(MSG_ledger_refund_unknown, rq->page.lang);
    return ERR_OK;
}

/* More than NHSO allocated for the year: the same money may be entered twice. */
static enum err allocation_warning(struct rq *rq, const struct ledger_here *here, const struct ledger_receipt *r, struct str *ret)
{
    struct fiscal_year fy = date_fiscal_year(r->on);
    struct ledger_year_money_row year = {0};
    struct ledger_sums sums;
    *ret = STR_NONE;
    if (r->source != LEDGER_NHSO || here->kind != LEDGER_MAIN) return ERR_OK;
    enum err e = ledger_year_money(rq->db, rq->arena, here->book.fund, fy, &year);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (!year.nhso_amount_satang.has) return ERR_OK;
    TRY(ledger_sums(rq->db, rq->arena, here->book.id, fiscal_year_first(fy), fiscal_year_last(fy), &sums));
    struct satang had = sums.received[LEDGER_NHSO], all = satang_add(had, r->amount);
    if (had.v == 0 || all.v <= year.nhso_amount_satang.v.v) return ERR_OK;
    const struct str args[] = {ledger_int_text(rq, fy.v), ledger_money_text(rq, year.nhso_amount_satang.v),
                               ledger_money_text(rq, had), ledger_money_text(rq, all)};
    *ret = msg_format(rq->arena, rq->page.lang, MSG_ledger_warn_nhso, args, 4);
    return ERR_OK;
}

static enum err warnings_of(struct rq *rq, const struct ledger_here *here, const struct ledger_receipt *r,
                            struct ledger_review *review)
{
    struct ledger_keep *all = ARENA_ARRAY(rq->arena, struct ledger_keep, 2);
    struct str allocation = STR_NONE;
    TRY(allocation_warning(rq, here, r, &allocation));
    if (!str_is_none(allocation)) all[review->nwarnings++].value = allocation;
    if (r->source == LEDGER_REFUND && (str_is_none(r->project_code) || r->project_code.n == 0))
        all[review->nwarnings++].value = msg_text(MSG_ledger_warn_refund_code, rq->page.lang);
    review->warnings = all;
    return ERR_OK;
}

static enum err receipt_review(struct form *f, const struct ledger_here *here, const struct ledger_receipt *r)
{
    struct rq *rq = f->rq;
    enum lang lang = rq->page.lang;
    struct str source = ledger_source_name(rq, str_of(ledger_source_code(r->source)));
    struct str booked = MSG_FORMAT(rq->arena, lang, MSG_ledger_review_year, ledger_int_text(rq, date_fiscal_year(r->on).v));
    struct str project = STR_NONE;
    TRY(refund_of(rq, here, r->project_code, &project));
    const struct ledger_line_view lines[] = {
        {msg_text(MSG_ledger_receipt_date, lang), ledger_date_text(rq, r->on), booked},
        {msg_text(MSG_ledger_source, lang), source, STR_NONE},
        {msg_text(MSG_ledger_reference, lang), r->reference, STR_NONE},
        {msg_text(MSG_ledger_receipt_party, lang), r->party, STR_NONE},
        {msg_text(MSG_ledger_refund_project, lang), r->project_code, project},
        {msg_text(MSG_ledger_memo, lang), r->memo, STR_NONE}};
    struct ledger_review review = {.title = MSG_ledger_receipt_review,
                                   .button = MSG_ledger_receipt_button,
                                   .tail = "/receipts",
                                   .lines = lines,
                                   .nlines = sizeof lines / sizeof lines[0],
                                   .amount = r->amount,
                                   .balance_after = satang_add(here->book.balance, r->amount),
                                   .fields = receipt_fields,
                                   .nfields = NFIELDS};
    TRY(warnings_of(rq, here, r, &review));
    return ledger_review_show(f, here, &review);
}

/* ---- what is sent ---- */

/* Somebody else changed or booked the draft meanwhile: what was typed stays, as a form of its own. */
static enum err receipt_conflict(struct form *f, const struct ledger_here *here)
{
    struct ledger_post_view v = receipt_typed(f);
    form_page_status(f, 409);
    TRY(ledger_draft_conflict(f, here, receipt_fields, NFIELDS, &v));
    return receipt_show(f->rq, &v, here);
}

static enum err receipt_draft(struct form *f, const struct ledger_here *here)
{
    bool is_conflict = false;
    TRY(ledger_draft_keep(f, here, LEDGER_RECEIPT, receipt_fields, NFIELDS, &is_conflict));
    return is_conflict ? receipt_conflict(f, here) : ERR_OK;
}

enum err ledger_receipt_post(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct ledger_receipt r;
    struct ledger_posted posted = {0};
    enum err e = ERR_OK;
    TRY(form_begin(rq, &f));
    TRY(ledger_here_read(rq, &f, &here));
    enum ledger_step step = ledger_step_of(&f);
    if (id_is_none(here.book.id)) return rq_redirect(rq, ledger_href(rq, &here, ""));
    if (step == STEP_DRAFT) return receipt_draft(&f, &here);
    if (step != STEP_EDIT) {
        receipt_read(&f, &here, &r);
        if (form_is_good(&f)) e = receipt_book(&f, &here, &r, step == STEP_POST, &posted);
        if (e == ERR_CONFLICT) return receipt_conflict(&f, &here);
        TRY(e);
        if (form_is_good(&f) && step == STEP_POST)
            return rq_redirect(rq, ledger_done_href(rq, &here, posted.id, "posted"));
        if (form_is_good(&f)) return receipt_review(&f, &here, &r);
        form_page_status(&f, 400);
    }
    struct ledger_post_view v = receipt_typed(&f);
    return receipt_show(rq, &v, &here);
}

/* ---- POST /api/v1/funds/{fund}/years/{fy}/receipts ---- */

enum err ledger_receipt_api(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct ledger_receipt r;
    struct ledger_posted posted = {0};
    struct fiscal_year fy;
    enum ledger_fault fault = LEDGER_FINE;
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK) return ERR_NOT_FOUND;
    TRY(form_begin(rq, &f));
    TRY(ledger_here_read(rq, &f, &here));
    receipt_read(&f, &here, &r);
    if (!form_is_good(&f)) return form_refuse_api(&f);
    r.fy = (struct opt_fiscal_year){true, fy};
    struct actor by = rq_actor(rq);
    enum err e = ledger_post_receipt(rq->db, rq->arena, &by, &r, &fault, &posted);
    if (e == ERR_REFUSED && fault != LEDGER_FINE)
        return ledger_refuse_api(&f, fault, &(struct ledger_about){.here = &here, .fy = r.fy});
    TRY(e);
    return ledger_posted_api(rq, &posted);
}
