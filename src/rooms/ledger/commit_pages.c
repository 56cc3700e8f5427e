/* commit_pages.c — entering a project that a committee approved on paper: its approval, its sum, the instalments of its
 * agreement and what was paid before these books; and the same by JSON. */
#include "app/route.h"
#include "rooms/ledger/ledger_ask.h"
#include "rooms/ledger_commitments.html.h"

/* ---- reading ---- */

static int code_of(struct form *f, const char *name, const struct choice *choices, size_t n, enum form_need need)
{
    const char **codes = ARENA_ARRAY(f->rq->arena, const char *, n);
    for (size_t i = 0; i < n; i++) codes[i] = str_z(f->rq->arena, choices[i].value);
    return form_choice(f, name, need, codes, n);
}

/* One sum a line on the page, an array of satang in JSON. */
static void instalments_read(struct form *f, struct ledger_commit *ret)
{
    struct satang *sums = ARENA_ARRAY(f->rq->arena, struct satang, LEDGER_INSTALMENTS_MAX);
    const struct json_value *list = NULL;
    struct str text, line;
    if (f->json != NULL) {
        if (json_get_array(f->json, "instalments", &list) == ERR_INPUT) form_fault_msg(f, "instalments", MSG_ledger_instalments_bad);
        for (size_t i = 0; list != NULL && i < list->nitems && ret->ninstalments < LEDGER_INSTALMENTS_MAX; i++) {
            if (list->items[i].kind != JSON_IN_INT || list->items[i].number < 1)
                form_fault_msg(f, "instalments", MSG_ledger_instalments_bad);
            sums[ret->ninstalments++] = satang(list->items[i].number);
        }
    } else {
        text = form_text(f, "instalments", FORM_MAY, 400);
        while (!str_is_empty(text) && str_split(&text, '\n', &line)) {
            if (str_is_empty(str_trim(line))) continue;
            if (ret->ninstalments == LEDGER_INSTALMENTS_MAX || satang_parse(str_trim(line), &sums[ret->ninstalments]) != ERR_OK) {
                form_fault_msg(f, "instalments", MSG_ledger_instalments_bad);
                break;
            }
            ret->ninstalments++;
        }
    }
    ret->instalments = sums;
}

/* All instalments of the agreement, those paid before these books too: together what was approved. */
static void sums_check(struct form *f, const struct ledger_commit *c)
{
    struct arena *a = f->rq->arena;
    enum lang lang = f->rq->page.lang;
    if (!form_is_good(f)) return;
    struct satang sum = ledger_parts_sum(c->instalments, c->ninstalments);
    if (c->paid_before.v > c->amount.v)
        form_fault(f, "paid_before", MSG_FORMAT(a, lang, MSG_ledger_before_over, ledger_money_text(f->rq, c->paid_before),
                                                ledger_money_text(f->rq, c->amount)));
    if (c->ninstalments > 0 && sum.v != c->amount.v)
        form_fault(f, "instalments", MSG_FORMAT(a, lang, MSG_ledger_instalments_sum, ledger_money_text(f->rq, sum),
                                                ledger_money_text(f->rq, c->amount)));
}

struct lists {
    const struct choice *supports, *owners, *issues;
    size_t nsupports, nowners, nissues;
};

static enum err lists_read(struct rq *rq, struct str support, struct str owner, struct str issue, struct lists *l)
{
    TRY(ledger_support_choices(rq, rq->this_fy, support, &l->supports, &l->nsupports));
    TRY(ledger_owner_choices(rq, owner, &l->owners, &l->nowners));
    return ledger_issue_choices(rq, issue, &l->issues, &l->nissues);
}

static void commit_read(struct form *f, const struct ledger_here *here, const struct lists *l, struct ledger_commit *ret)
{
    int support, owner, issue;
    *ret = (struct ledger_commit){.fund_code = here->code, .book = here->kind, .is_entered_later = true};
    ret->title = form_line(f, "title", FORM_MUST, 300);
    form_public(f, "title", ret->title);
    ret->project_code = form_line(f, "project_code", FORM_MUST, LEDGER_REFERENCE_MAX);
    ret->owner_name = form_line(f, "owner_name", FORM_MAY, LEDGER_PARTY_MAX);
    form_public(f, "owner_name", ret->owner_name); /* both stand in the public list of projects */
    support = code_of(f, "support_type", l->supports, l->nsupports, FORM_MUST);
    owner = code_of(f, "owner_type", l->owners, l->nowners, FORM_MUST);
    issue = code_of(f, "issue_code", l->issues + 1, l->nissues - 1, FORM_MAY); /* the first is "none" */
    ret->support_type = support < 0 ? STR("") : l->supports[support].value;
    ret->owner_type = owner < 0 ? STR("") : l->owners[owner].value;
    ret->issue_code = issue < 0 ? STR_NONE : l->issues[issue + 1].value;
    ret->approved_on = form_date(f, "approved_on", FORM_MUST).v;
    ret->approved_in = form_line(f, "approved_in", FORM_MUST, LEDGER_REFERENCE_MAX);
    ret->amount = form_satang(f, "amount", FORM_MUST, satang(1)).v;
    ret->paid_before = form_satang(f, "paid_before", FORM_MAY, satang(0)).v;
    ret->agreement_no = form_line(f, "agreement_no", FORM_MAY, LEDGER_REFERENCE_MAX);
    if (form_raw(f, "agreement_on").n + form_raw(f, "agreement_on_d").n > 0)
        ret->agreement_on = form_date(f, "agreement_on", FORM_MAY);
    if (ret->agreement_no.n > 0 && !ret->agreement_on.has) form_fault_msg(f, "agreement_on", MSG_ledger_agreement_half);
    if (ret->agreement_no.n == 0 && ret->agreement_on.has) form_fault_msg(f, "agreement_no", MSG_ledger_agreement_half);
    instalments_read(f, ret);
    sums_check(f, ret);
}

static enum err commit_book(struct rq *rq, const struct ledger_commit *c, enum ledger_fault *ret_fault,
                            struct ledger_commitment_id *ret)
{
    struct actor by = rq_actor(rq);
    *ret_fault = LEDGER_FINE;
    enum err e = ledger_commit(rq->db, rq->arena, &by, c, ret_fault, ret);
    return e == ERR_REFUSED && *ret_fault != LEDGER_FINE ? ERR_OK : e;
}

/* Faults of dates stand at the approval's here. */
static const char *field_of(enum ledger_fault fault)
{
    const char *field = ledger_fault_field(fault);
    return str_eq(str_of(field), STR("date")) ? "approved_on" : field;
}

static struct ledger_commit_view commit_typed(struct form *f)
{
    return (struct ledger_commit_view){.errors = form_errors(f),
                                       .project_code = form_field(f, "project_code"),
                                       .title = form_field(f, "title"),
                                       .owner_name = form_field(f, "owner_name"),
                                       .support_type = form_field(f, "support_type"),
                                       .owner_type = form_field(f, "owner_type"),
                                       .issue_code = form_field(f, "issue_code"),
                                       .approved_in = form_field(f, "approved_in"),
                                       .amount = form_field(f, "amount"),
                                       .paid_before = form_field(f, "paid_before"),
                                       .agreement_no = form_field(f, "agreement_no"),
                                       .instalments = form_field(f, "instalments"),
                                       .approved_on = form_date_field(f, "approved_on"),
                                       .agreement_on = form_date_field(f, "agreement_on")};
}

static enum err commit_show(struct form *f, const struct ledger_here *here)
{
    struct rq *rq = f->rq;
    struct lists l = {0};
    struct str title = msg_text(MSG_ledger_commit_title, rq->page.lang);
    struct ledger_commit_view v = commit_typed(f);
    TRY(lists_read(rq, v.support_type.value, v.owner_type.value, v.issue_code.value, &l));
    v.supports = l.supports;
    v.nsupports = l.nsupports;
    v.owners = l.owners;
    v.nowners = l.nowners;
    v.issues = l.issues;
    v.nissues = l.nissues;
    v.head = ledger_head_of(rq, here, title);
    v.marks = form_marks(rq);
    v.action = v.list = ledger_href(rq, here, "/commitments");
    v.book = here->is_ltc;
    ledger_commit_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err ledger_commit_new_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct ledger_here here;
    TRY(ledger_here_read(rq, NULL, &here));
    if (id_is_none(here.book.id)) return rq_redirect(rq, ledger_href(rq, &here, ""));
    return commit_show(&f, &here);
}

/* Reads it, and books it when it is good; a rule's refusal is in `fault`. */
struct committing {
    struct form f;
    struct ledger_here here;
    struct ledger_commit c;
    struct ledger_commitment_id id;
    enum ledger_fault fault;
};

static enum err commit_take(struct rq *rq, struct committing *x)
{
    struct lists l = {0};
    TRY(form_begin(rq, &x->f));
    TRY(ledger_here_read(rq, &x->f, &x->here));
    TRY(lists_read(rq, STR(""), STR(""), STR(""), &l));
    commit_read(&x->f, &x->here, &l, &x->c);
    return form_is_good(&x->f) ? commit_book(rq, &x->c, &x->fault, &x->id) : ERR_OK;
}

enum err ledger_commit_post(struct rq *rq)
{
    struct committing x = {.fault = LEDGER_FINE};
    TRY(commit_take(rq, &x));
    if (x.fault != LEDGER_FINE) ledger_fault_at(&x.f, field_of(x.fault), x.fault, &(struct ledger_about){.here = &x.here});
    if (form_is_good(&x.f)) /* its page says what comes next */
        return rq_redirect(rq, HREF(rq->arena, "/funds/{}/ledger/commitments/show?project={}&book={}&done=added", x.here.code,
                                    x.c.project_code, x.here.is_ltc));
    form_page_status(&x.f, 400);
    return commit_show(&x.f, &x.here);
}

/* ---- POST /api/v1/funds/{fund}/commitments ---- */

enum err ledger_commit_api(struct rq *rq)
{
    struct committing x = {.fault = LEDGER_FINE};
    TRY(commit_take(rq, &x));
    if (!form_is_good(&x.f)) return form_refuse_api(&x.f);
    if (x.fault != LEDGER_FINE) return ledger_refuse_api(&x.f, x.fault, &(struct ledger_about){.here = &x.here});
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_int(j, "id", x.id.v);
    json_str(j, "project_code", x.c.project_code);
    json_object_end(j);
    rq->res->status = 201;
    return rq_json_end(rq);
}
