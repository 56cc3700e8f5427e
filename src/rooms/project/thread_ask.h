/* thread_ask.h — what the pages of decisions, agreements, changes and entering later begin with. Only for them. */
#ifndef SARN_ROOMS_PROJECT_THREAD_ASK_H
#define SARN_ROOMS_PROJECT_THREAD_ASK_H

#include "app/app.h"
#include "app/file.h"
#include "app/form.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project_inside.h"
#include "rooms/project/thread_views.h"

struct thread_here {
    struct fund_named fund;
    struct str name; /* of the fund */
    struct project p; /* id none: a page of the fund */
    bool may_decide, may_write, sees_persons; /* project_may_see_persons */
};
enum err thread_fund(struct rq *rq, struct thread_here *ret);
/* And the project of the second part: not found unless it is of this fund and this person may see it. */
enum err thread_project(struct rq *rq, struct thread_here *ret);
enum err thread_of(struct rq *rq, struct project_id id, struct thread_here *ret);
struct thread_head thread_head_of(struct rq *rq, const struct thread_here *here, enum msg title);
struct href thread_href(struct rq *rq, const struct thread_here *here, const char *tail);
/* Puts the rule's sentence beside `field`; gives true when that was why. */
bool thread_refused(struct form *f, enum err e, const struct meeting_refusal *why, const char *field);
/* After a write: back to the page with the word of what was done, or the project for a program. */
enum err thread_done(struct rq *rq, const struct thread_here *here, struct href to);
void thread_json_paper(struct json_out *j, const char *name, const struct meeting_sign *s); /* NULL: null */
enum err thread_answer_api(struct rq *rq, const struct thread_here *here);
enum err thread_review_show(struct form *f, struct thread_review_view *v, const char *const *names, size_t n);

/* A signed paper as its page shows it; `what`: "/agreement" or "/urgent". The signs are those of this thing. */
enum err thread_scan_fill(struct rq *rq, const struct thread_here *here, const struct meeting_sign *s, const char *what,
                          struct thread_scan_view *ret);
struct str thread_kind_word(struct rq *rq, struct str kind); /* of a decision */
struct str thread_change_word(struct rq *rq, struct str kind);
struct str thread_change_state_word(struct rq *rq, struct str state);
struct str thread_evidence_word(struct rq *rq, struct str evidence);
struct str thread_money(struct rq *rq, struct opt_satang v);
struct str thread_day(struct rq *rq, struct opt_date d);
struct str thread_or(struct str s); /* none is "" */
enum err thread_decision_rows(struct rq *rq, struct project_id id, const struct thread_decision_row **ret, size_t *ret_n);
const struct thread_change_field_row *thread_change_fields(struct rq *rq, const struct project_change *c, bool has_persons);
enum err thread_support_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
enum err thread_owner_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
enum err thread_issue_choices(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
struct str thread_label(const struct choice *choices, size_t n, struct str value);

#endif
