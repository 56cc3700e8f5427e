/* ledger_ask.h — what every page and JSON door of a fund's money begins and ends with: which fund and
 * book, who may do what, forms that go by a review page, drafts, and the words for what a rule refused. */
#ifndef SARN_ROOMS_LEDGER_LEDGER_ASK_H
#define SARN_ROOMS_LEDGER_LEDGER_ASK_H

#include "app/app.h"
#include "app/form.h"
#include "json/json_in.h"
#include "rooms/ledger/ledger.h"
#include "rooms/ledger/views.h"

struct ledger_here {
    struct str code, name; /* of the fund */
    struct str is_ltc;     /* "ltc" or "": as it stands in addresses */
    bool is_demo;
    enum ledger_book_kind kind;
    struct ledger_book book; /* id none: not opened */
    bool may_book, may_close;
};
/* The fund of the route's first part, and the book that ?book= or the form names. */
enum err ledger_here_read(struct rq *rq, struct form *f, struct ledger_here *ret);
/* "/funds/{code}/ledger…" with ?book=ltc where it is that book; `pattern` goes on from there. */
struct href ledger_href(struct rq *rq, const struct ledger_here *here, const char *tail);
struct href ledger_entry_href(struct rq *rq, struct str fund_code, struct ledger_entry_id id);
/* The entry's page with the word of what was just done. */
struct href ledger_done_href(struct rq *rq, const struct ledger_here *here, struct ledger_entry_id id, const char *done);
/* 201 {id, number, fiscal_year}. */
enum err ledger_posted_api(struct rq *rq, const struct ledger_posted *posted);
/* The head of a page; `last` is where we are, none on the ledger's own page. */
struct ledger_head ledger_head_of(struct rq *rq, const struct ledger_here *here, struct str last);

/* ---- what a page shows and a paper prints ---- */
/* The entry of the route's second part, without who recorded it and its history. */
enum err ledger_entry_read(struct rq *rq, struct ledger_here *ret_here, struct ledger_entry *ret,
                           struct ledger_entry_view *ret_view);
/* By ?fy= and ?period=; when one of them is wrong, the request is answered already. */
enum err ledger_statement_read(struct rq *rq, struct ledger_here *ret_here, struct ledger_statement_view *ret,
                               bool *ret_is_answered);
/* The plan of the route's year, as it is kept. */
enum err ledger_plan_read(struct rq *rq, struct ledger_here *ret_here, struct ledger_plan_view *ret);

/* ---- steps of a form without script ---- */
enum ledger_step { STEP_REVIEW, STEP_POST, STEP_EDIT, STEP_DRAFT, STEP_ROWS };
enum ledger_step ledger_step_of(struct form *f);
/* Everything typed, as hidden inputs of the review page. */
const struct ledger_keep *ledger_keeps(struct form *f, const char *const *names, size_t n);

/* What is looked over before an entry is booked. */
struct ledger_review {
    enum msg title, button;
    const char *tail; /* where the form goes: "/receipts", "/payments" */
    const struct ledger_line_view *lines;
    size_t nlines;
    struct satang amount, balance_after;
    const char *const *fields; /* of the form: kept as hidden inputs */
    size_t nfields;
    const struct ledger_keep *warnings; /* what looks wrong and may be meant: their values */
    size_t nwarnings;
    struct href see; /* the reports that tell; has_see */
    bool has_see;
};
enum err ledger_review_show(struct form *f, const struct ledger_here *here, const struct ledger_review *r);

/* ---- refusals ---- */
/* What a sentence about a refusal may want to name; what is not known stays out of it. */
struct ledger_about {
    const struct ledger_here *here;
    const struct ledger_commitment *commitment; /* NULL: none */
    struct opt_fiscal_year fy;
    struct opt_satang ceiling;
    struct str successor; /* of a corrected promise; may be none */
};
struct str ledger_fault_text(struct rq *rq, enum ledger_fault fault, const struct ledger_about *about);
/* Puts the fault beside its field ("date", "amount", "project_code" …). */
void ledger_fault_put(struct form *f, enum ledger_fault fault, const struct ledger_about *about);
void ledger_fault_at(struct form *f, const char *field, enum ledger_fault fault, const struct ledger_about *about);
const char *ledger_fault_field(enum ledger_fault fault);
/* JSON 422 {error: {code: the fault, message, fields: [{field, message}]}}. */
enum err ledger_refuse_api(struct form *f, enum ledger_fault fault, const struct ledger_about *about);

/* ---- lists to choose from ---- */
const struct choice *ledger_source_choices(struct rq *rq, struct str chosen, size_t *ret_n);
struct str ledger_source_name(struct rq *rq, struct str code);
enum err ledger_support_choices(struct rq *rq, struct fiscal_year fy, struct str chosen, const struct choice **ret,
                                size_t *ret_n);
enum err ledger_owner_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
enum err ledger_issue_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
/* The label of the choice with that value; "" when there is none. */
struct str ledger_choice_label(const struct choice *choices, size_t n, struct str value);

/* Years that can be asked for: next year back to nine years ago. */
const struct choice *ledger_year_choices(struct rq *rq, struct fiscal_year chosen, size_t *ret_n);

/* ---- months ---- */
struct ledger_months_due { /* months that ended and are not closed */
    int64_t n;
    struct date next_last; /* the last day of the next to close; n > 0 */
};
struct ledger_months_due ledger_months_due(struct rq *rq, const struct ledger_book *book);
struct date ledger_month_last(struct date d); /* the last day of d's month */

/* ---- files ---- */
/* Of the body that was written, or of these bytes: kept as "sarn-NAME.csv", "sarn-NAME.xlsx". */
enum err ledger_csv_answer(struct rq *rq, struct str name);
enum err ledger_xlsx_answer(struct rq *rq, struct str bytes, struct str name);

/* ---- words ---- */
struct str ledger_date_text(struct rq *rq, struct date d);
/* Why nothing is paid of a promise now: beside it, and what to do about it; "": it may be. */
struct str ledger_wait_word(struct rq *rq, enum ledger_wait w);
struct str ledger_wait_text(struct rq *rq, enum ledger_wait w);
struct str ledger_money_text(struct rq *rq, struct satang v); /* "1,234.50" */
struct str ledger_int_text(struct rq *rq, int64_t v);         /* no thousands mark: ids, years */
struct str ledger_month_name(struct rq *rq, struct date d);   /* "กันยายน 2569" */

/* ---- drafts ---- */
/* Keeps what was typed; answers with 303 to the ledger, or leaves *ret_conflict set and answers
 * nothing: somebody else changed the draft first. */
enum err ledger_draft_keep(struct form *f, const struct ledger_here *here, enum ledger_kind kind,
                           const char *const *names, size_t n, bool *ret_conflict);
/* The draft that ?draft= names; *ret_values is NULL when none is asked for. ERR_NOT_FOUND. */
enum err ledger_draft_open(struct rq *rq, const struct ledger_here *here, enum ledger_kind kind,
                           struct ledger_draft *ret, const struct json_value **ret_values);
/* The first showing's hidden inputs: book, draft, draft_version. */
#define LEDGER_DRAFT_KEEPS 3
const struct ledger_keep *ledger_draft_keeps(struct rq *rq, const struct ledger_here *here,
                                             const struct ledger_draft *d);
/* One value of it, "" when it is not there. */
struct str ledger_draft_value(const struct json_value *values, const char *name);
struct date_field ledger_draft_date(const struct json_value *values); /* of field "date" */
/* Fills what the other one saved against what was typed, and makes this a draft of its own. */
enum err ledger_draft_conflict(struct form *f, const struct ledger_here *here, const char *const *names, size_t n,
                               struct ledger_post_view *v);

#endif
