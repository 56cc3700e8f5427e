/* commitment_pages.c — money promised to approved projects: the list, one of them, its agreement, and
 * giving back what is left; and the list by JSON. */
#include "app/route.h"
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_commitments.html.h"
#include "rooms/ledger_sql.h"

#define ROWS     25
#define API_ROWS 100
#define ENTRIES_SHOWN 60 /* of one promise: it has a dozen instalments at most */

/* ---- the list ---- */

#define RELEASED_MOST 1000

/* What was paid: what is not left; of a released one, what its moves say. */
static enum err fill_paid(struct rq *rq, const struct ledger_here *here, const struct ledger_commitment *all,
                          struct ledger_commitment_row *rows, size_t n)
{
    struct ledger_released_paid_row *released = NULL;
    size_t nreleased = 0;
    bool is_asked = false;
    for (size_t i = 0; i < n; i++) {
        rows[i].paid = satang_sub(all[i].amount, all[i].left);
        if (!all[i].is_released) continue;
        if (!is_asked) TRY(ledger_released_paid(rq->db, rq->arena, here->book.id, RELEASED_MOST, &released, &nreleased));
        is_asked = true;
        rows[i].paid = satang(0);
        for (size_t k = 0; k < nreleased; k++)
            if (released[k].id.v == all[i].id.v) rows[i].paid = released[k].paid_satang;
    }
    return ERR_OK;
}

static struct ledger_commitment_row row_of(struct rq *rq, const struct ledger_here *here, const struct ledger_commitment *c)
{
    return (struct ledger_commitment_row){
        .href = HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}", here->code, c->project_code,
                     here->is_ltc),
        .code = c->project_code,
        .title = c->title,
        .owner = c->owner_name,
        .approved_on = c->approved_on,
        .approved_in = c->approved_in,
        .amount = c->amount,
        .left = c->left,
        .waits = ledger_wait_word(rq, ledger_waits_for(c)),
        .has_agreement = c->agreement_on.has,
        .is_released = c->is_released,
        .is_done = c->left.v == 0,
        .is_later = c->is_entered_later};
}

static struct str done_words(struct rq *rq)
{
    struct str done = rq_param(rq, "done");
    if (str_eq(done, STR("added"))) return msg_text(MSG_ledger_done_added, rq->page.lang);
    if (str_eq(done, STR("agreed"))) return msg_text(MSG_ledger_done_agreed, rq->page.lang);
    if (str_eq(done, STR("released"))) return msg_text(MSG_ledger_done_released, rq->page.lang);
    return STR("");
}

static enum err after_read(struct rq *rq, struct ledger_commitment_id *ret)
{
    struct str cursor = rq_param(rq, "cursor");
    ret->v = 0;
    return cursor.n == 0 ? ERR_OK : str_to_int(cursor, &ret->v);
}

enum err ledger_commitments_page(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_commitment_id after;
    struct ledger_commitment *all = NULL;
    size_t n = 0;
    if (after_read(rq, &after) != ERR_OK) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(ledger_here_read(rq, NULL, &here));
    struct str title = msg_text(MSG_ledger_commitments_title, rq->page.lang);
    struct ledger_commitments_view v = {.head = ledger_head_of(rq, &here, title),
                                        .done = done_words(rq),
                                        .may_book = here.may_book,
                                        .is_open = !id_is_none(here.book.id),
                                        .add = ledger_href(rq, &here, "/commitments/new"),
                                        .balance = here.book.balance,
                                        .held = here.book.committed};
    if (v.is_open) TRY(ledger_commitments(rq->db, rq->arena, here.book.id, false, after, ROWS + 1, &all, &n));
    v.nrows = n > ROWS ? ROWS : n;
    struct ledger_commitment_row *rows = ARENA_ARRAY(rq->arena, struct ledger_commitment_row, v.nrows);
    for (size_t i = 0; i < v.nrows; i++) rows[i] = row_of(rq, &here, &all[i]);
    TRY(fill_paid(rq, &here, all, rows, v.nrows));
    v.rows = rows;
    v.pager.has_first = !id_is_none(after);
    v.pager.first = ledger_href(rq, &here, "/commitments");
    v.pager.has_next = n > ROWS;
    if (n > ROWS)
        v.pager.next = HREF(rq->arena, "/funds/{}/ledger/commitments?book={}&cursor={}", here.code, here.is_ltc,
                            ledger_int_text(rq, all[ROWS - 1].id.v));
    ledger_commitments_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- one ---- */

static enum err fill_facts(struct rq *rq, struct ledger_commitment_view *v, const struct ledger_commitment *c)
{
    enum lang lang = rq->page.lang;
    const struct choice *choices = NULL;
    size_t n = 0;
    struct ledger_line_view *facts = ARENA_ARRAY(rq->arena, struct ledger_line_view, 6);
    TRY(ledger_support_choices(rq, c->fy, c->support_type, &choices, &n));
    struct str support = ledger_choice_label(choices, n, c->support_type);
    TRY(ledger_owner_choices(rq, c->owner_type, &choices, &n));
    struct str owner = ledger_choice_label(choices, n, c->owner_type);
    struct str approval =
        str_concat(rq->arena, (const struct str[]){ledger_date_text(rq, c->approved_on), STR(" · "), c->approved_in}, 3);
    struct str agreement = STR("");
    if (c->agreement_on.has)
        agreement = str_concat(rq->arena,
                               (const struct str[]){c->agreement_no, STR(" · "), ledger_date_text(rq, c->agreement_on.v)}, 3);
    facts[0] = (struct ledger_line_view){msg_text(MSG_ledger_commit_owner, lang), c->owner_name, STR_NONE};
    facts[1] = (struct ledger_line_view){msg_text(MSG_ledger_commit_support, lang), support, STR_NONE};
    facts[2] = (struct ledger_line_view){msg_text(MSG_ledger_commit_owner_type, lang), owner, STR_NONE};
    facts[3] = (struct ledger_line_view){msg_text(MSG_ledger_col_approval, lang), approval, STR_NONE};
    facts[4] = (struct ledger_line_view){msg_text(MSG_ledger_agreement, lang), agreement, STR_NONE};
    if (c->is_entered_later)
        facts[5] = (struct ledger_line_view){msg_text(MSG_col_source, lang), msg_text(MSG_ledger_is_later, lang), STR_NONE};
    v->facts = facts;
    v->nfacts = 6;
    return ERR_OK;
}

static enum err fill_instalments(struct rq *rq, struct ledger_commitment_view *v, const struct ledger_commitment *c)
{
    struct ledger_instalment_list_row *rows = NULL;
    enum ledger_wait waits = ledger_waits_for(c);
    size_t n = 0;
    TRY(ledger_instalment_list(rq->db, rq->arena, c->id, &rows, &n));
    struct ledger_instalment_row *shown = ARENA_ARRAY(rq->arena, struct ledger_instalment_row, n);
    for (size_t i = 0; i < n; i++)
        shown[i] = (struct ledger_instalment_row){.position = rows[i].position,
                                                  .amount = rows[i].amount_satang,
                                                  .left = rows[i].left_satang,
                                                  .is_waiting = waits != LEDGER_WAITS_NOT && waits != LEDGER_WAITS_EVIDENCE,
                                                  .is_shut = rows[i].shut_since.has};
    v->instalments = shown;
    v->ninstalments = n;
    return ERR_OK;
}

static enum err fill_entries(struct rq *rq, struct ledger_commitment_view *v, const struct ledger_here *here, const struct ledger_commitment *c)
{
    struct ledger_paid_entries_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_paid_entries(rq->db, rq->arena, c->id, ENTRIES_SHOWN, &rows, &n));
    struct ledger_row *shown = ARENA_ARRAY(rq->arena, struct ledger_row, n);
    for (size_t i = 0; i < n; i++) {
        bool is_back = str_eq(rows[i].kind, STR("unpay"));
        shown[i] = (struct ledger_row){.href = ledger_entry_href(rq, here->code, rows[i].id),
                                       .number = str_printf(rq->arena, "%d/%lld", rows[i].fy.v, (long long)rows[i].number),
                                       .on = rows[i].entry_date,
                                       .what = msg_text(is_back ? MSG_ledger_kind_reversal : MSG_ledger_kind_voucher, rq->page.lang),
                                       .out = some_satang(satang(is_back ? -rows[i].amount_satang.v : rows[i].amount_satang.v))};
    }
    v->entries = shown;
    v->nentries = n;
    return ERR_OK;
}

/* The page of one; v holds what was typed, if anything. */
static enum err one_show(struct form *f, const struct ledger_here *here, const struct ledger_commitment *c,
                         struct ledger_commitment_view *v)
{
    struct rq *rq = f->rq;
    struct ledger_keep *keeps = ARENA_ARRAY(rq->arena, struct ledger_keep, 3);
    keeps[0] = (struct ledger_keep){STR("book"), here->is_ltc};
    keeps[1] = (struct ledger_keep){STR("project_code"), c->project_code};
    keeps[2] = (struct ledger_keep){STR("version"), ledger_int_text(rq, c->version)};
    v->keeps = keeps;
    v->nkeeps = 3;
    v->head = ledger_head_of(rq, here, c->title);
    v->errors = form_errors(f);
    v->row = row_of(rq, here, c);
    TRY(fill_paid(rq, here, c, &v->row, 1));
    v->done = done_words(rq);
    bool is_open = here->may_book && !c->is_released && c->left.v > 0;
    v->may_agree = is_open && !c->agreement_on.has;
    v->may_release = is_open;
    enum ledger_wait waits = ledger_waits_for(c);
    v->may_pay = is_open && waits == LEDGER_WAITS_NOT;
    v->is_held = waits == LEDGER_WAITS_PAPER || waits == LEDGER_WAITS_SUSPENDED;
    v->waits_text = ledger_wait_text(rq, waits);
    v->paper = HREF(rq->arena, "/funds/{}/ledger/promises/{}/paper", here->code, ledger_int_text(rq, c->id.v));
    v->may_paper = v->is_held && rq_role_holds(rq, CAP_meeting_paper);
    if (is_open) {
        v->marks = form_marks(rq);
        v->marks_release = form_marks(rq);
    }
    v->agree = ledger_href(rq, here, "/commitments/agreement");
    v->release = ledger_href(rq, here, "/commitments/release");
    v->pay = HREF(rq->arena, "/funds/{}/ledger/payments/new?project={}&book={}", here->code, c->project_code, here->is_ltc);
    v->list = ledger_href(rq, here, "/commitments");
    TRY(fill_facts(rq, v, c));
    TRY(fill_instalments(rq, v, c));
    TRY(fill_entries(rq, v, here, c));
    ledger_commitment_html(rq_html_begin(rq, c->title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

enum err ledger_commitment_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    struct ledger_commitment c;
    struct str code = rq_param(rq, "project");
    TRY(ledger_here_read(rq, NULL, &here));
    if (code.n == 0 || id_is_none(here.book.id)) return ERR_NOT_FOUND;
    TRY(ledger_commitment_find(rq->db, rq->arena, here.book.id, code, &c));
    struct ledger_commitment_view v = {.agreement_no = form_field_of(&f, "agreement_no", STR("")),
                                       .agreement_on = form_date_field_of(&f, "agreement_on", (struct opt_date){0}),
                                       .release_on = form_date_field_of(&f, "release_on", (struct opt_date){true, rq->today})};
    return one_show(&f, &here, &c, &v);
}

static enum err one_read(struct form *f, struct ledger_here *here, struct ledger_commitment *ret, int64_t *ret_version)
{
    TRY(form_begin(f->rq, f));
    TRY(ledger_here_read(f->rq, f, here));
    if (id_is_none(here->book.id)) return ERR_NOT_FOUND;
    if (str_to_int(form_raw(f, "version"), ret_version) != ERR_OK) *ret_version = 0;
    return ledger_commitment_find(f->rq->db, f->rq->arena, here->book.id, form_raw(f, "project_code"), ret);
}

static enum err one_again(struct form *f, const struct ledger_here *here, const struct ledger_commitment *c, bool is_conflict)
{
    struct ledger_commitment_view v = {.agreement_no = form_field(f, "agreement_no"),
                                       .agreement_on = form_date_field(f, "agreement_on"),
                                       .release_on = form_date_field(f, "release_on"),
                                       .is_conflict = is_conflict};
    form_page_status(f, is_conflict ? 409 : 400);
    return one_show(f, here, c, &v);
}

static enum err one_done(struct rq *rq, const struct ledger_here *here, const struct ledger_commitment *c, const char *done)
{
    return rq_redirect(rq, HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}&done={}", here->code,
                                c->project_code, here->is_ltc, str_of(done)));
}

enum err ledger_agreement_post(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    struct ledger_commitment c;
    int64_t version = 0;
    TRY(one_read(&f, &here, &c, &version));
    struct str number = form_line(&f, "agreement_no", FORM_MUST, LEDGER_REFERENCE_MAX);
    struct opt_date on = form_date(&f, "agreement_on", FORM_MUST);
    if (on.has && date_cmp(on.v, c.approved_on) < 0)
        form_fault(&f, "agreement_on", MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_agreement_early,
                                                  ledger_date_text(rq, c.approved_on)));
    if (on.has && date_cmp(on.v, rq->today) > 0)
        ledger_fault_at(&f, "agreement_on", LEDGER_DATE_FUTURE, &(struct ledger_about){.here = &here});
    if (!form_is_good(&f)) return one_again(&f, &here, &c, false);
    struct actor by = rq_actor(rq);
    enum err e = ledger_agree(rq->db, rq->arena, &by, c.id, version, number, on.v);
    if (e == ERR_CONFLICT) return one_again(&f, &here, &c, true);
    TRY(e);
    return one_done(rq, &here, &c, "agreed");
}

enum err ledger_release_post(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    struct ledger_commitment c;
    int64_t version = 0;
    enum ledger_fault fault = LEDGER_FINE;
    TRY(one_read(&f, &here, &c, &version));
    struct opt_date on = form_date(&f, "release_on", FORM_MUST);
    if (!form_is_good(&f)) return one_again(&f, &here, &c, false);
    struct actor by = rq_actor(rq);
    enum err e = ledger_release(rq->db, rq->arena, &by, c.id, version, on.v, &fault);
    if (e == ERR_CONFLICT) return one_again(&f, &here, &c, true);
    if (e == ERR_REFUSED && fault != LEDGER_FINE) {
        ledger_fault_at(&f, "release_on", fault, &(struct ledger_about){.here = &here, .commitment = &c});
        return one_again(&f, &here, &c, false);
    }
    TRY(e);
    return one_done(rq, &here, &c, "released");
}

/* ---- GET /api/v1/funds/{fund}/commitments ---- */

static void json_commitment(struct json_out *j, const struct ledger_commitment *c)
{
    json_object(j, NULL);
    json_int(j, "id", c->id.v);
    json_int(j, "fiscal_year", c->fy.v);
    json_str(j, "project_code", c->project_code);
    json_str(j, "title", c->title);
    json_str(j, "owner_name", c->owner_name);
    json_str(j, "support_type", c->support_type);
    json_str(j, "owner_type", c->owner_type);
    json_str(j, "issue_code", c->issue_code);
    json_date(j, "approved_on", c->approved_on);
    json_str(j, "approved_in", c->approved_in);
    json_satang(j, "amount_satang", c->amount);
    json_satang(j, "paid_before_satang", c->paid_before);
    json_satang(j, "left_satang", c->left);
    json_bool(j, "needs_agreement", c->needs_agreement);
    json_str(j, "agreement_no", c->agreement_no);
    json_opt_date(j, "agreement_on", c->agreement_on);
    json_bool(j, "is_released", c->is_released);
    json_bool(j, "is_entered_later", c->is_entered_later);
    json_bool(j, "is_held", c->held_for != LEDGER_WAITS_NOT);
    json_str(j, "waits_for", ledger_wait_code(ledger_waits_for(c)));
    json_int(j, "instalments", c->ninstalments);
    json_object_end(j);
}

enum err ledger_commitments_api(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_commitment_id after;
    struct ledger_commitment *all = NULL;
    size_t n = 0;
    if (after_read(rq, &after) != ERR_OK) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(ledger_here_read(rq, NULL, &here));
    if (!id_is_none(here.book.id))
        TRY(ledger_commitments(rq->db, rq->arena, here.book.id, false, after, API_ROWS + 1, &all, &n));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n && i < API_ROWS; i++) json_commitment(j, &all[i]);
    json_array_end(j);
    json_str(j, "next", n > API_ROWS ? ledger_int_text(rq, all[API_ROWS - 1].id.v) : STR_NONE);
    json_object_end(j);
    return rq_json_end(rq);
}
