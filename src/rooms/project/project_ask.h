/* project_ask.h — what every page and JSON door of room project begins with: which fund, which project, who may do
 * what; the words for states and sections; lists to choose from. Only for the room's own pages. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_ASK_H
#define SARN_ROOMS_PROJECT_PROJECT_ASK_H

#include "app/app.h"
#include "app/audit_view.h"
#include "app/form.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project.h"
#include "rooms/project/project_inside.h"
#include "rooms/project/views.h"

struct project_here {
    struct fund_named fund;
    struct str fund_name;
    struct project p; /* id none: a page of the fund */
    bool may_write;   /* this project, or propose here at all */
    bool sees_persons; /* of this project: project_may_see_persons */
    bool may_note, may_decide;
};
/* The fund of the route's first part. */
enum err project_here_fund(struct rq *rq, struct project_here *ret);
/* And the project of its second part. ERR_NOT_FOUND: there is none of this fund, or the asker may not see it — a
 * stranger cannot tell which. */
enum err project_here_read(struct rq *rq, struct project_here *ret);
/* The same for whoever writes it; who only sees it is ERR_NOT_FOUND too. */
enum err project_here_write(struct rq *rq, struct project_here *ret);
/* `last`: where we are; none on the project's own page. */
struct project_head project_head_of(struct rq *rq, const struct project_here *here, struct str last);
/* "/funds/D0001/projects/k7m2p9xr" and what stands behind it: "/edit/budget". */
struct href project_href(struct rq *rq, const struct project *p, const char *tail);
/* Is there such a page, and does the acting role hold its capability? For links to what other rooms own. */
bool project_may_open(struct rq *rq, struct href href);

/* The version that a form or JSON was written over; ERR_CONFLICT: none, or no number. */
enum err project_version_typed(struct form *f, int64_t *ret);
/* After a write by a program: its code, state and version. */
enum err project_saved_api(struct rq *rq, const struct project *p, int status);

/* ---- words ---- */
struct project_state_view project_state_shown(struct rq *rq, enum project_state s);
struct project_state_view project_recalled_shown(struct rq *rq); /* of a draft that was taken back */
struct project_state_view project_state_of_it(struct rq *rq, const struct project *p);
struct str project_money_text(struct rq *rq, struct opt_satang v); /* "1,234.50 บาท"; "" when unknown */
struct str project_day_text(struct rq *rq, struct opt_date d);     /* "" when unknown */
struct str project_period_text(struct rq *rq, const struct project *p);
struct str project_x100_text(struct rq *rq, struct opt_count v);   /* 79.72; "" when unknown */
struct str project_owner_word(struct rq *rq, struct str code);
struct str project_support_word(struct rq *rq, struct fiscal_year fy, struct str code);
struct str project_section_word(struct rq *rq, struct str section); /* of a note: "budget" → "ค่าใช้จ่าย" */
struct str project_label_of(const struct choice *choices, size_t n, struct str value); /* "" when it is not among them */
/* A value of the audit trail in words (as project_trail_word()); "–" when there was none. *ret_what: what the field is called. */
struct str project_trail_value(struct rq *rq, struct str field, struct str stored, struct str *ret_what);

/* ---- the pages of the form, in their order ---- */
enum project_page { PROJECT_PAGE_ONE, PROJECT_PAGE_HEAD, PROJECT_PAGE_PEOPLE, PROJECT_PAGE_PLAN, PROJECT_PAGE_SITUATION,
                    PROJECT_PAGE_OBJECTIVES, PROJECT_PAGE_TARGETS, PROJECT_PAGE_WHEN, PROJECT_PAGE_ACTIVITIES,
                    PROJECT_PAGE_BUDGET, PROJECT_PAGE_EXPECTED, PROJECT_PAGE_REVIEW, PROJECT_PAGES };
const char *project_page_code(enum project_page page); /* "one" "head" … as it stands in addresses */
enum err project_page_of(struct str code, enum project_page *ret);
struct str project_page_title(struct rq *rq, enum project_page page); /* of a part: "กลุ่มเป้าหมาย" */
unsigned project_page_sections(enum project_page page);
/* Does a project of this size and owner have this page? */
bool project_page_is(const struct project *p, enum project_page page);
/* Is this part shown when the project is read? A small one is written on one page and read in parts, as any other. */
bool project_page_shows(const struct project *p, enum project_page page, struct str text);
struct href project_edit_href(struct rq *rq, const struct project *p, enum project_page page); /* where it is written */
/* Where a fault is mended. */
enum project_page project_page_for(const struct project *p, const struct project_missing *m);
/* What the page holds, as lines of text; "" while there is nothing: for the review, the work page, and what somebody
 * else saved first. Persons only where `has_persons`. */
struct str project_page_text(struct rq *rq, const struct project_whole *w, enum project_page page, bool has_persons);

/* ---- lists to choose from ---- */
enum err project_choices_owner(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
enum err project_choices_support(struct rq *rq, struct fiscal_year fy, struct str chosen, const struct choice **ret, size_t *ret_n);
/* By code. */
enum err project_choices_issue(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
enum err project_choices_target(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
enum err project_choices_expense(struct rq *rq, struct str chosen, const struct choice **ret, size_t *ret_n);
bool project_is_among(const struct choice *choices, size_t n, struct str value);

/* ---- what was said of it, part by part (note_pages.c) ---- */
/* The newest first, each with its button for who writes the proposal. */
enum err project_notes_shown(struct rq *rq, const struct project_here *here, struct project_note_view **ret, size_t *ret_n);
/* Its parts in words, each with what was said of it and, when it may be changed, where. */
size_t project_parts_shown(struct rq *rq, const struct project_here *here, const struct project_whole *w, const struct project_note_view *notes,
                           size_t nnotes, bool may_change, const struct project_part_view **ret);
/* Those of them that belong to this page of the form. */
size_t project_notes_of_page(struct rq *rq, const struct project_note_view *all, size_t n, enum project_page page,
                             const struct project_note_view **ret);

/* What happened to it, from its first line on: sending, decisions, agreement, payment, closing. is_inside: with the
 * reasons and conditions, which are for who works on it. */
enum err project_events(struct rq *rq, const struct project *p, bool is_inside, const struct project_event **ret, size_t *ret_n);

#endif
