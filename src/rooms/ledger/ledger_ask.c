/* ledger_ask.c — see ledger_ask.h: which fund and book, and what every page of its money shares. */
#include "rooms/ledger/ledger_ask.h"

#include "app/route.h"
#include "base/baht_text.h"
#include "rooms/issue/issue.h"
#include "rooms/ledger_post.html.h"
#include "rooms/ledger_sql.h"

/* ---- which fund, which book, who ---- */

enum err ledger_here_read(struct rq *rq, struct form *f, struct ledger_here *ret)
{
    struct ledger_fund_head_row fund = {0};
    struct str asked = rq_param(rq, "book");
    if (str_is_none(asked) && f != NULL) asked = form_raw(f, "book");
    TRY(ledger_fund_head(rq->db, rq->arena, rq->args[0], &fund));
    *ret = (struct ledger_here){.code = fund.code,
                                .name = lang_name(rq->page.lang, fund.name_th, fund.name_en),
                                .is_ltc = STR(""),
                                .is_demo = fund.is_demo,
                                .kind = LEDGER_MAIN,
                                .may_book = rq_role_holds(rq, CAP_ledger_book),
                                .may_close = rq_role_holds(rq, CAP_ledger_close)};
    if (str_eq(asked, STR("ltc"))) {
        ret->kind = LEDGER_LTC;
        ret->is_ltc = STR("ltc");
    } else if (!str_is_none(asked) && !str_is_empty(asked) && !str_eq(asked, STR("main"))) {
        /* "LTC" must not come to stand in the main book. */
        if (f == NULL) return ERR_NOT_FOUND;
        form_fault_msg(f, "book", MSG_form_not_among);
    }
    return ledger_book_find(rq->db, rq->arena, fund.code, ret->kind, &ret->book);
}

struct href ledger_href(struct rq *rq, const struct ledger_here *here, const char *tail)
{
    struct str t = str_of(tail);
    const char *book = "";
    if (here->kind == LEDGER_LTC) book = str_find_char(t, '?') >= 0 ? "&book=ltc" : "?book=ltc";
    struct str pattern = str_printf(rq->arena, "/funds/{}/ledger%s%s", tail, book);
    return HREF(rq->arena, str_z(rq->arena, pattern), here->code);
}

struct href ledger_entry_href(struct rq *rq, struct str fund_code, struct ledger_entry_id id)
{
    return HREF(rq->arena, "/funds/{}/ledger/entries/{}", fund_code, ledger_int_text(rq, id.v));
}

struct href ledger_done_href(struct rq *rq, const struct ledger_here *here, struct ledger_entry_id id, const char *done)
{
    return HREF(rq->arena, "/funds/{}/ledger/entries/{}?done={}", here->code, ledger_int_text(rq, id.v), str_of(done));
}

enum err ledger_posted_api(struct rq *rq, const struct ledger_posted *posted)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_int(j, "id", posted->id.v);
    json_int(j, "number", posted->number);
    json_int(j, "fiscal_year", posted->fy.v);
    json_object_end(j);
    rq->res->status = 201;
    return rq_json_end(rq);
}

struct ledger_head ledger_head_of(struct rq *rq, const struct ledger_here *here, struct str last)
{
    struct ledger_head head = {.fund = here->name,
                               .code = here->code,
                               .fund_href = HREF(rq->arena, "/funds/{}", here->code),
                               .ledger_href = ledger_href(rq, here, ""),
                               .is_demo = here->is_demo,
                               .is_ltc = here->kind == LEDGER_LTC};
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 3);
    crumbs[head.ncrumbs++] = (struct crumb){here->name, head.fund_href};
    crumbs[head.ncrumbs++] = (struct crumb){msg_text(MSG_ledger_title, rq->page.lang), head.ledger_href};
    if (!str_is_none(last)) crumbs[head.ncrumbs++] = (struct crumb){.label = last};
    head.crumbs = crumbs;
    return head;
}

/* ---- steps ---- */

enum ledger_step ledger_step_of(struct form *f)
{
    static const struct {
        const char *word;
        enum ledger_step step;
    } steps[] = {{"post", STEP_POST}, {"edit", STEP_EDIT}, {"draft", STEP_DRAFT}, {"rows", STEP_ROWS}};
    struct str word = form_raw(f, "step");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (str_eq(word, str_of(steps[i].word))) return steps[i].step;
    return STEP_REVIEW;
}

const struct ledger_keep *ledger_keeps(struct form *f, const char *const *names, size_t n)
{
    struct ledger_keep *keeps = ARENA_ARRAY(f->rq->arena, struct ledger_keep, n);
    for (size_t i = 0; i < n; i++) keeps[i] = (struct ledger_keep){str_of(names[i]), form_raw(f, names[i])};
    return keeps;
}

enum err ledger_review_show(struct form *f, const struct ledger_here *here, const struct ledger_review *r)
{
    struct rq *rq = f->rq;
    enum lang lang = rq->page.lang;
    struct str title = msg_text(r->title, lang);
    struct ledger_review_view v = {.head = ledger_head_of(rq, here, title),
                                   .marks = form_marks(rq),
                                   .action = ledger_href(rq, here, r->tail),
                                   .title = title,
                                   .button = msg_text(r->button, lang),
                                   .draft_button = msg_text(MSG_ledger_save_draft, lang),
                                   .lines = r->lines,
                                   .nlines = r->nlines,
                                   .has_amount = true,
                                   .amount = r->amount,
                                   .words = baht_text(rq->arena, r->amount),
                                   .has_balance = true,
                                   .balance_before = here->book.balance,
                                   .balance_after = r->balance_after,
                                   .keeps = ledger_keeps(f, r->fields, r->nfields),
                                   .nkeeps = r->nfields,
                                   .warnings = r->warnings,
                                   .nwarnings = r->nwarnings,
                                   .see = r->see,
                                   .has_see = r->has_see,
                                   .note = msg_text(MSG_ledger_review_note, lang)};
    ledger_review_html(rq_html_begin(rq, v.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- refusals ---- */

/* Which sentence, beside which field, and what it names, a letter each: m the closed month, f the first
 * day that is open, o when the book was opened, y the year with its days a and z, b the balance, l what
 * is left of the project, p its approval, t today, c the ceiling. */
static const struct refusal {
    const char *field;
    enum msg message;
    const char *names;
} refusals[LEDGER_FAULTS] = {
    [LEDGER_NO_BOOK] = {"book", MSG_ledger_fault_no_book, ""},
    [LEDGER_BOOK_THERE] = {"book", MSG_ledger_fault_book_there, "o"},
    [LEDGER_DATE_FUTURE] = {"date", MSG_ledger_fault_date_future, "t"},
    [LEDGER_DATE_CLOSED] = {"date", MSG_ledger_fault_date_closed, "mf"},
    [LEDGER_DATE_BEFORE_BOOK] = {"date", MSG_ledger_fault_date_before_book, "o"},
    [LEDGER_DATE_OTHER_YEAR] = {"date", MSG_ledger_fault_date_other_year, "yaz"},
    [LEDGER_NOT_ENOUGH] = {"amount", MSG_ledger_fault_not_enough, "b"},
    [LEDGER_NO_COMMITMENT] = {"project_code", MSG_ledger_fault_no_commitment, ""},
    [LEDGER_OVER_COMMITMENT] = {"amount", MSG_ledger_fault_over_commitment, "l"},
    [LEDGER_OVER_INSTALMENT] = {"amount", MSG_ledger_fault_over_instalment, ""},
    [LEDGER_RELEASED] = {"project_code", MSG_ledger_fault_released, ""},
    [LEDGER_BEFORE_APPROVAL] = {"date", MSG_ledger_fault_before_approval, "p"},
    [LEDGER_NEEDS_AGREEMENT] = {"project_code", MSG_ledger_fault_needs_agreement, ""},
    [LEDGER_ALREADY_REVERSED] = {"reason", MSG_ledger_fault_already_reversed, ""},
    [LEDGER_IS_REVERSAL] = {"reason", MSG_ledger_fault_is_reversal, ""},
    [LEDGER_IS_OPENING] = {"reason", MSG_ledger_fault_is_opening, ""},
    [LEDGER_BELOW_ZERO] = {"reason", MSG_ledger_fault_below_zero, "b"},
    [LEDGER_CODE_TAKEN] = {"project_code", MSG_ledger_fault_code_taken, ""},
    [LEDGER_OVER_AMOUNT] = {"amount", MSG_ledger_fault_over_amount, ""},
    [LEDGER_NOT_LAST_MONTH] = {"month", MSG_ledger_fault_not_last_month, ""},
    [LEDGER_PLAN_OVER_CEILING] = {"lines", MSG_ledger_fault_plan_over_ceiling, "c"},
    [LEDGER_PLAN_OVER_MONEY] = {"lines", MSG_ledger_fault_plan_over_money, ""},
    [LEDGER_SHUT] = {"instalment", MSG_ledger_fault_shut, ""},
    [LEDGER_HELD] = {"project_code", MSG_ledger_fault_held, ""},
    [LEDGER_PLAN_AGREED] = {"agreed_in", MSG_ledger_fault_plan_agreed, ""},
    [LEDGER_PLAN_DECIDED] = {"lines", MSG_ledger_fault_plan_decided, ""},
    [LEDGER_CORRECTED] = {"reason", MSG_ledger_fault_corrected, "s"},
};

static struct str opt_date_text(struct rq *rq, struct opt_date d)
{
    return d.has ? ledger_date_text(rq, d.v) : STR("–");
}

static struct str book_named(struct rq *rq, const struct ledger_book *book, char letter)
{
    struct opt_date closed = book->closed_through;
    if (letter == 'b') return ledger_money_text(rq, book->balance);
    if (letter == 'o') return opt_date_text(rq, (struct opt_date){!id_is_none(book->id), book->opened_on});
    if (!closed.has) return STR("–");
    return letter == 'm' ? ledger_month_name(rq, closed.v) : ledger_date_text(rq, date_add_days(closed.v, 1));
}

static struct str named(struct rq *rq, const struct ledger_about *about, char letter)
{
    const struct ledger_commitment *c = about->commitment;
    struct fiscal_year fy = about->fy.has ? about->fy.v : rq->this_fy;
    if (letter == 'y') return ledger_int_text(rq, fy.v);
    if (letter == 'a') return ledger_date_text(rq, fiscal_year_first(fy));
    if (letter == 'z') return ledger_date_text(rq, fiscal_year_last(fy));
    if (letter == 't') return ledger_date_text(rq, rq->today);
    if (letter == 'c') return about->ceiling.has ? ledger_money_text(rq, about->ceiling.v) : STR("–");
    if (letter == 's') return str_is_none(about->successor) ? STR("–") : about->successor;
    if (letter == 'l') return c == NULL ? STR("–") : ledger_money_text(rq, c->left);
    if (letter == 'p') return c == NULL ? STR("–") : ledger_date_text(rq, c->approved_on);
    return book_named(rq, &about->here->book, letter);
}

struct str ledger_fault_text(struct rq *rq, enum ledger_fault fault, const struct ledger_about *about)
{
    const struct refusal *r = &refusals[fault];
    struct str args[3];
    size_t n = 0;
    for (const char *p = r->names; *p != '\0'; p++) args[n++] = named(rq, about, *p);
    return msg_format(rq->arena, rq->page.lang, r->message, args, n);
}

const char *ledger_fault_field(enum ledger_fault fault)
{
    return refusals[fault].field;
}

void ledger_fault_at(struct form *f, const char *field, enum ledger_fault fault, const struct ledger_about *about)
{
    form_fault(f, field, ledger_fault_text(f->rq, fault, about));
}

void ledger_fault_put(struct form *f, enum ledger_fault fault, const struct ledger_about *about)
{
    ledger_fault_at(f, ledger_fault_field(fault), fault, about);
}

enum err ledger_refuse_api(struct form *f, enum ledger_fault fault, const struct ledger_about *about)
{
    const char *field = ledger_fault_field(fault);
    struct str message = ledger_fault_text(f->rq, fault, about);
    struct json_out *j = rq_json_begin(f->rq);
    json_object(j, NULL);
    json_object(j, "error");
    json_str(j, "code", str_of(ledger_fault_code(fault)));
    json_str(j, "message", message);
    json_array(j, "fields");
    json_object(j, NULL);
    json_str(j, "field", str_eq(str_of(field), STR("amount")) ? STR("amount_satang") : str_of(field));
    json_str(j, "message", message);
    json_object_end(j);
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
    f->rq->res->status = 422;
    return rq_json_end(f->rq);
}

/* ---- lists to choose from ---- */

static const enum msg source_names[LEDGER_SOURCES] = {
    [LEDGER_NHSO] = MSG_ledger_source_nhso,         [LEDGER_LOCAL] = MSG_ledger_source_local,
    [LEDGER_INTEREST] = MSG_ledger_source_interest, [LEDGER_DONATION] = MSG_ledger_source_donation,
    [LEDGER_REFUND] = MSG_ledger_source_refund};

const struct choice *ledger_source_choices(struct rq *rq, struct str chosen, size_t *ret_n)
{
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, LEDGER_SOURCES);
    for (int s = 0; s < LEDGER_SOURCES; s++) {
        struct str code = str_of(ledger_source_code((enum ledger_source)s));
        choices[s] = (struct choice){code, msg_text(source_names[s], rq->page.lang), str_eq(code, chosen)};
    }
    *ret_n = LEDGER_SOURCES;
    return choices;
}

struct str ledger_source_name(struct rq *rq, struct str code)
{
    enum ledger_source s;
    if (ledger_source_of(code, &s) != ERR_OK) return STR("");
    return msg_text(source_names[s], rq->page.lang);
}

enum err ledger_support_choices(struct rq *rq, struct fiscal_year fy, struct str chosen, const struct choice **ret,
                                size_t *ret_n)
{
    struct ledger_support_list_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_support_list(rq->db, rq->arena, fy, &rows, &n));
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        choices[i] = (struct choice){rows[i].code, lang_name(rq->page.lang, rows[i].short_th, rows[i].short_en),
                                     str_eq(rows[i].code, chosen)};
    *ret = choices;
    *ret_n = n;
    return ERR_OK;
}

enum err ledger_owner_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct ledger_owner_list_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_owner_list(rq->db, rq->arena, &rows, &n));
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        choices[i] = (struct choice){rows[i].code, lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en),
                                     str_eq(rows[i].code, chosen)};
    *ret = choices;
    *ret_n = n;
    return ERR_OK;
}

enum err ledger_issue_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n)
{
    struct issue *issues = NULL;
    size_t n = 0;
    TRY(issue_list(rq->db, rq->arena, &issues, &n));
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n + 1);
    choices[0] = (struct choice){STR(""), msg_text(MSG_ledger_issue_none, rq->page.lang), false};
    for (size_t i = 0; i < n; i++)
        choices[i + 1] =
            (struct choice){issues[i].code, issue_name(rq->page.lang, &issues[i]), str_eq(issues[i].code, chosen)};
    *ret = choices;
    *ret_n = n + 1;
    return ERR_OK;
}

struct str ledger_choice_label(const struct choice *choices, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(choices[i].value, value)) return choices[i].label;
    return STR("");
}

const struct choice *ledger_year_choices(struct rq *rq, struct fiscal_year chosen, size_t *ret_n)
{
    int first = rq->this_fy.v - 9 < chosen.v ? rq->this_fy.v - 9 : chosen.v;
    int last = rq->this_fy.v + 1 > chosen.v ? rq->this_fy.v + 1 : chosen.v;
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, last - first + 1);
    size_t n = 0;
    for (int y = last; y >= first; y--) {
        struct str label = ledger_int_text(rq, y);
        choices[n++] = (struct choice){label, label, y == chosen.v};
    }
    *ret_n = n;
    return choices;
}

/* ---- months ---- */

struct date ledger_month_last(struct date d)
{
    d.day = 1;
    d = date_add_days(d, 31);
    d.day = 1;
    return date_add_days(d, -1);
}

struct ledger_months_due ledger_months_due(struct rq *rq, const struct ledger_book *book)
{
    struct ledger_months_due due = {0};
    if (id_is_none(book->id)) return due;
    struct date day = book->closed_through.has ? date_add_days(book->closed_through.v, 1) : book->opened_on;
    for (struct date last = ledger_month_last(day); date_cmp(last, rq->today) < 0;
         last = ledger_month_last(date_add_days(last, 1))) {
        if (due.n++ == 0) due.next_last = last;
    }
    return due;
}

/* ---- words ---- */

struct str ledger_date_text(struct rq *rq, struct date d)
{
    struct buf b = buf_in(rq->arena, 128);
    if (rq->page.lang == LANG_EN) buf_date_en(&b, d);
    else buf_date_th(&b, d);
    return buf_str(&b);
}

struct str ledger_money_text(struct rq *rq, struct satang v)
{
    struct buf b = buf_in(rq->arena, 64);
    buf_satang(&b, v);
    return buf_str(&b);
}

struct str ledger_int_text(struct rq *rq, int64_t v)
{
    struct buf b = buf_in(rq->arena, 32);
    buf_int(&b, v);
    return buf_str(&b);
}

struct str ledger_month_name(struct rq *rq, struct date d)
{
    static const enum msg names[] = {MSG_month_1, MSG_month_2, MSG_month_3, MSG_month_4,  MSG_month_5,  MSG_month_6,
                                     MSG_month_7, MSG_month_8, MSG_month_9, MSG_month_10, MSG_month_11, MSG_month_12};
    int be = d.year + 543;
    return str_concat(rq->arena,
                      (const struct str[]){msg_text(names[d.month - 1], rq->page.lang), STR(" "),
                                           ledger_int_text(rq, rq->page.lang == LANG_EN ? d.year : be)},
                      3);
}

/* ---- files ---- */

enum err ledger_csv_answer(struct rq *rq, struct str name)
{
    rq->res->may_compress = true;
    return rq_download(rq, name, "csv", STR("text/csv; charset=utf-8"));
}

enum err ledger_xlsx_answer(struct rq *rq, struct str bytes, struct str name)
{
    rq->res->body = buf_in(rq->arena, bytes.n + 1);
    buf_put(&rq->res->body, bytes);
    return rq_download(rq, name, "xlsx", STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
}

struct str ledger_wait_word(struct rq *rq, enum ledger_wait w)
{
    static const enum msg words[] = {[LEDGER_WAITS_PAPER] = MSG_ledger_wait_paper,
                                     [LEDGER_WAITS_SUSPENDED] = MSG_ledger_wait_suspended,
                                     [LEDGER_WAITS_AGREEMENT] = MSG_ledger_agreement_missing,
                                     [LEDGER_WAITS_EVIDENCE] = MSG_ledger_wait_evidence};
    return w == LEDGER_WAITS_NOT ? STR("") : msg_text(words[w], rq->page.lang);
}

struct str ledger_wait_text(struct rq *rq, enum ledger_wait w)
{
    static const enum msg texts[] = {[LEDGER_WAITS_PAPER] = MSG_ledger_wait_paper_text,
                                     [LEDGER_WAITS_SUSPENDED] = MSG_ledger_wait_suspended_text,
                                     [LEDGER_WAITS_AGREEMENT] = MSG_ledger_fault_needs_agreement,
                                     [LEDGER_WAITS_EVIDENCE] = MSG_ledger_fault_shut};
    return w == LEDGER_WAITS_NOT ? STR("") : msg_text(texts[w], rq->page.lang);
}
