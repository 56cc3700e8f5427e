/* entry_pages.c — one entry as a voucher, and its reversal. */
#include "base/baht_text.h"
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_entry.html.h"
#include "rooms/ledger_sql.h"

#define AUDIT_MOST 50

static struct str number_of(struct rq *rq, const struct ledger_entry *e)
{
    return str_printf(rq->arena, "%d/%lld", e->fy.v, (long long)e->number);
}

static struct str kind_name(struct rq *rq, enum ledger_kind kind)
{
    static const enum msg names[] = {[LEDGER_OPENING] = MSG_ledger_kind_opening,
                                     [LEDGER_RECEIPT] = MSG_ledger_kind_receipt,
                                     [LEDGER_PAYMENT] = MSG_ledger_kind_voucher,
                                     [LEDGER_REVERSAL] = MSG_ledger_kind_reversal};
    return msg_text(names[kind], rq->page.lang);
}

static enum err entry_read(struct rq *rq, struct ledger_entry *ret, struct ledger_line **ret_lines, size_t *ret_n)
{
    struct ledger_entry_id id;
    if (str_to_int(rq->args[1], &id.v) != ERR_OK || id.v < 1) return ERR_NOT_FOUND;
    return ledger_entry_find(rq->db, rq->arena, rq->args[0], id, ret, ret_lines, ret_n);
}

/* ---- who ---- */

static struct str role_name(struct rq *rq, struct str code)
{
    static const enum msg names[] = {
        [ROLE_visitor] = MSG_role_visitor,
#define ROLE(name, scopes) [ROLE_##name] = MSG_role_##name,
#include "app/roles.def"
#undef ROLE
    };
    enum role role;
    if (role_of(code, &role) != ERR_OK) return STR("");
    return msg_text(names[role], rq->page.lang);
}

/* "Name (fund officer)" of an account and the grant it acted in. */
static enum err who_words(struct rq *rq, struct opt_count account, struct opt_count grant, struct str *ret)
{
    struct str name = STR_NONE;
    struct ledger_grant_role_row row = {0};
    *ret = STR("");
    if (!account.has) return ERR_OK;
    TRY(guard_names(rq->db, rq->arena, &account.v, 1, &name));
    if (str_is_none(name)) return ERR_OK;
    *ret = name;
    if (!grant.has) return ERR_OK;
    enum err e = ledger_grant_role(rq->db, rq->arena, (struct account_grant_id){grant.v}, &row);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    *ret = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_who_acting, name, role_name(rq, row.role));
    return ERR_OK;
}

static struct str audit_words(struct rq *rq, struct str action)
{
    if (str_eq(action, STR("post")) || str_eq(action, STR("add"))) return msg_text(MSG_ledger_audit_post, rq->page.lang);
    if (str_eq(action, STR("reverse"))) return msg_text(MSG_ledger_audit_reverse, rq->page.lang);
    return msg_text(MSG_ledger_audit_other, rq->page.lang);
}

static enum err fill_audit(struct rq *rq, struct ledger_entry_view *v, struct ledger_entry_id id)
{
    struct ledger_audit_list_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_audit_list(rq->db, rq->arena, id.v, AUDIT_MOST, &rows, &n));
    struct ledger_audit_row *audit = ARENA_ARRAY(rq->arena, struct ledger_audit_row, n);
    int64_t *ids = ARENA_ARRAY(rq->arena, int64_t, n);
    struct str *names = ARENA_ARRAY(rq->arena, struct str, n);
    for (size_t i = 0; i < n; i++) ids[i] = rows[i].account_no.has ? rows[i].account_no.v : 0;
    if (n > 0) TRY(guard_names(rq->db, rq->arena, ids, n, names));
    for (size_t i = 0; i < n; i++)
        audit[i] = (struct ledger_audit_row){rows[i].recorded_at, audit_words(rq, rows[i].action), names[i]};
    v->audit = audit;
    v->naudit = n;
    return ERR_OK;
}

/* ---- the page ---- */

static void fill_lines(struct rq *rq, struct ledger_entry_view *v, const struct ledger_line *lines, size_t n)
{
    struct ledger_line_row *rows = ARENA_ARRAY(rq->arena, struct ledger_line_row, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct ledger_line_row){.account = lines[i].account,
                                           .name = lang_name(rq->page.lang, lines[i].name_th, lines[i].name_en)};
        int64_t amount = lines[i].amount_satang;
        if (amount > 0) {
            rows[i].debit = some_satang(satang(amount));
            v->total = satang_add(v->total, satang(amount));
        } else {
            rows[i].credit = some_satang(satang(-amount));
        }
    }
    v->lines = rows;
    v->nlines = n;
}

static void fill_facts(struct rq *rq, struct ledger_entry_view *v, const struct ledger_entry *e)
{
    enum lang lang = rq->page.lang;
    bool is_payment = e->kind == LEDGER_PAYMENT;
    struct ledger_line_view *facts = ARENA_ARRAY(rq->arena, struct ledger_line_view, 6);
    facts[v->nfacts++] = (struct ledger_line_view){msg_text(MSG_ledger_source, lang), ledger_source_name(rq, e->source), STR_NONE};
    facts[v->nfacts++] = (struct ledger_line_view){msg_text(MSG_ledger_col_project, lang), e->project_code, STR_NONE};
    facts[v->nfacts++] = (struct ledger_line_view){
        msg_text(is_payment ? MSG_ledger_payment_party : MSG_ledger_receipt_party, lang), e->party, STR_NONE};
    facts[v->nfacts++] = (struct ledger_line_view){msg_text(MSG_ledger_reference, lang), e->reference, STR_NONE};
    facts[v->nfacts++] = (struct ledger_line_view){msg_text(MSG_ledger_csv_memo, lang), e->memo, STR_NONE};
    v->facts = facts;
}

static void fill_links(struct rq *rq, struct ledger_entry_view *v, const struct ledger_here *here, const struct ledger_entry *e)
{
    struct str id = ledger_int_text(rq, e->id.v), draft = rq_param(rq, "draft");
    if (!id_is_none(e->reversal_of))
        v->reversal_of = (struct page_link){e->reversal_of_number, ledger_entry_href(rq, e->fund_code, e->reversal_of)};
    if (!id_is_none(e->reversed_by))
        v->reversed_by = (struct page_link){e->reversed_by_number, ledger_entry_href(rq, e->fund_code, e->reversed_by)};
    v->has_project = e->book == LEDGER_MAIN && !str_is_empty(e->project_code); /* paid to it, or come back from it */
    if (v->has_project)
        v->project = HREF(rq->arena, "/funds/{}/projects/called?code={}", here->code, e->project_code);
    v->may_reverse = here->may_book && id_is_none(e->reversed_by) && e->kind != LEDGER_REVERSAL;
    v->reverse = HREF(rq->arena, "/funds/{}/ledger/entries/{}/reverse", here->code, id);
    v->pdf = HREF(rq->arena, "/funds/{}/ledger/entries/{}/voucher.pdf", here->code, id);
    v->has_draft = draft.n > 0 && here->may_book && e->kind == LEDGER_REVERSAL;
    bool is_payment = str_eq(rq_param(rq, "kind"), STR("payment"));
    if (v->has_draft)
        v->draft = HREF(rq->arena, is_payment ? "/funds/{}/ledger/payments/new?draft={}&book={}"
                                              : "/funds/{}/ledger/receipts/new?draft={}&book={}",
                        here->code, draft, here->is_ltc);
}

static struct str done_words(struct rq *rq, struct str number)
{
    struct str done = rq_param(rq, "done");
    if (str_eq(done, STR("posted"))) return MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_done_posted, number);
    if (str_eq(done, STR("reversed"))) return MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_done_reversed, number);
    return STR("");
}

/* The book is the entry's own, whatever the address says. */
static enum err here_of(struct rq *rq, const struct ledger_entry *e, struct ledger_here *ret)
{
    TRY(ledger_here_read(rq, NULL, ret));
    if (ret->kind == e->book) return ERR_OK;
    ret->kind = e->book;
    ret->is_ltc = e->book == LEDGER_LTC ? STR("ltc") : STR("");
    return ledger_book_find(rq->db, rq->arena, ret->code, ret->kind, &ret->book);
}

enum err ledger_entry_read(struct rq *rq, struct ledger_here *ret_here, struct ledger_entry *ret, struct ledger_entry_view *ret_view)
{
    struct ledger_here here;
    struct ledger_entry e;
    struct ledger_line *lines = NULL;
    size_t n = 0;
    TRY(entry_read(rq, &e, &lines, &n));
    TRY(here_of(rq, &e, &here));
    struct str number = number_of(rq, &e), kind = kind_name(rq, e.kind);
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_entry_title, kind, number);
    struct ledger_entry_view v = {
        .head = ledger_head_of(rq, &here, title),
        .done = done_words(rq, number),
        .title = title,
        .kind = kind,
        .number = number,
        .book = msg_text(e.book == LEDGER_LTC ? MSG_ledger_book_ltc : MSG_ledger_book_main, rq->page.lang),
        .fy = e.fy,
        .on = e.on,
        .amount = e.amount,
        .balance_after = e.balance_after,
        .words = baht_text(rq->arena, e.amount),
        .is_later = e.is_entered_later,
        .is_payment = e.kind == LEDGER_PAYMENT,
        .is_receipt = e.kind == LEDGER_RECEIPT,
        .reason = e.reason,
        .recorded_at = e.recorded_at,
        .seq = e.seq,
        .hash = e.hash,
        .prev_hash = e.prev_hash};
    fill_facts(rq, &v, &e);
    fill_lines(rq, &v, lines, n);
    fill_links(rq, &v, &here, &e);
    *ret_here = here;
    *ret = e;
    *ret_view = v;
    return ERR_OK;
}

enum err ledger_entry_page(struct rq *rq)
{
    struct ledger_here here;
    struct ledger_entry e;
    struct ledger_entry_view v;
    TRY(ledger_entry_read(rq, &here, &e, &v));
    TRY(who_words(rq, e.account_no, e.grant_no, &v.who));
    TRY(fill_audit(rq, &v, e.id));
    ledger_entry_html(rq_html_begin(rq, v.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the reversal ---- */

static enum err reverse_show(struct form *f, const struct ledger_here *here, const struct ledger_entry *e,
                             struct ledger_reverse_view *v)
{
    struct rq *rq = f->rq;
    struct str id = ledger_int_text(rq, e->id.v);
    v->number = number_of(rq, e);
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_ledger_reverse_title, v->number);
    v->head = ledger_head_of(rq, here, title);
    v->errors = form_errors(f);
    v->marks = form_marks(rq);
    v->action = HREF(rq->arena, "/funds/{}/ledger/entries/{}/reverse", here->code, id);
    v->entry = ledger_entry_href(rq, here->code, e->id);
    v->what = kind_name(rq, e->kind);
    v->amount = e->amount;
    v->today = ledger_date_text(rq, rq->today);
    ledger_reverse_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

enum err ledger_reverse_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    struct ledger_entry e;
    struct ledger_line *lines = NULL;
    size_t n = 0;
    TRY(entry_read(rq, &e, &lines, &n));
    TRY(here_of(rq, &e, &here));
    struct ledger_reverse_view v = {.reason = form_field_of(&f, "reason", STR("")),
                                    .wants_draft = form_field_of(&f, "wants_draft", STR("1")),
                                    .is_wanted = true,
                                    .date = form_date_field_of(&f, "date", (struct opt_date){true, rq->today})};
    return reverse_show(&f, &here, &e, &v);
}

/* Reverses; a refusal comes back in *ret_fault with ERR_OK. */
static enum err reverse_book(struct form *f, const struct ledger_here *here, const struct ledger_entry *e,
                             enum ledger_fault *ret_fault, struct ledger_posted *ret, struct ledger_draft_id *ret_draft)
{
    struct rq *rq = f->rq;
    struct str reason = form_text(f, "reason", FORM_MUST, LEDGER_REASON_MAX);
    struct opt_date on = form_date(f, "date", FORM_MUST);
    struct ledger_reversal r = {.fund_code = here->code,
                                .entry = e->id,
                                .on = on.v,
                                .reason = reason,
                                .wants_draft = form_tick(f, "wants_draft") && e->kind != LEDGER_OPENING};
    *ret_fault = LEDGER_FINE;
    if (!form_is_good(f)) return ERR_OK;
    struct actor by = rq_actor(rq);
    enum err err = ledger_post_reversal(rq->db, rq->arena, &by, &r, ret_fault, ret, ret_draft);
    return err == ERR_REFUSED && *ret_fault != LEDGER_FINE ? ERR_OK : err;
}

enum err ledger_reverse_post(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct ledger_entry e;
    struct ledger_line *lines = NULL;
    struct ledger_posted posted = {0};
    struct str successor = STR_NONE;
    struct ledger_draft_id draft = {0};
    enum ledger_fault fault = LEDGER_FINE;
    size_t n = 0;
    TRY(form_begin(rq, &f));
    TRY(entry_read(rq, &e, &lines, &n));
    TRY(here_of(rq, &e, &here));
    TRY(reverse_book(&f, &here, &e, &fault, &posted, &draft));
    if (fault == LEDGER_CORRECTED) TRY(ledger_successor(rq->db, rq->arena, here.book.id, e.project_code, &successor));
    if (fault != LEDGER_FINE) ledger_fault_put(&f, fault, &(struct ledger_about){.here = &here, .successor = successor});
    if (form_is_good(&f)) {
        struct str id = ledger_int_text(rq, posted.id.v);
        if (id_is_none(draft)) return rq_redirect(rq, ledger_done_href(rq, &here, posted.id, "reversed"));
        return rq_redirect(rq, HREF(rq->arena, "/funds/{}/ledger/entries/{}?done=reversed&draft={}&kind={}", here.code, id,
                                    ledger_int_text(rq, draft.v), str_of(ledger_kind_code(e.kind))));
    }
    form_page_status(&f, 400);
    struct ledger_reverse_view v = {.reason = form_field(&f, "reason"),
                                    .wants_draft = form_field(&f, "wants_draft"),
                                    .is_wanted = form_raw(&f, "wants_draft").n > 0,
                                    .date = form_date_field(&f, "date")};
    return reverse_show(&f, &here, &e, &v);
}

/* ---- POST /api/v1/funds/{fund}/ledger/entries/{id}/reversal ---- */

enum err ledger_reversal_api(struct rq *rq)
{
    struct form f;
    struct ledger_here here;
    struct ledger_entry e;
    struct ledger_line *lines = NULL;
    struct ledger_posted posted = {0};
    struct str successor = STR_NONE;
    struct ledger_draft_id draft = {0};
    enum ledger_fault fault = LEDGER_FINE;
    size_t n = 0;
    TRY(form_begin(rq, &f));
    TRY(entry_read(rq, &e, &lines, &n));
    TRY(here_of(rq, &e, &here));
    TRY(reverse_book(&f, &here, &e, &fault, &posted, &draft));
    if (!form_is_good(&f)) return form_refuse_api(&f);
    if (fault == LEDGER_CORRECTED) TRY(ledger_successor(rq->db, rq->arena, here.book.id, e.project_code, &successor));
    if (fault != LEDGER_FINE) return ledger_refuse_api(&f, fault, &(struct ledger_about){.here = &here, .successor = successor});
    return ledger_posted_api(rq, &posted);
}
