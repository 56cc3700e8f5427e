/* project_paper.h — inside only: the papers of a project. Read once (paper_read.c), then each builder says
 * what stands on its paper; a builder asks no database, so that tests can try it with made-up projects. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_PAPER_H
#define SARN_ROOMS_PROJECT_PROJECT_PAPER_H

#include "app/papers.h"
#include "rooms/project/project.h"

struct project_paper {
    struct project_whole w;
    const struct project_decision *decisions; /* oldest first */
    size_t ndecisions;
    struct project_agreement agreement; /* version 0: there is none */
    bool needs_agreement;
    struct meeting_sign agreement_sign; /* its signed paper that a second person has seen; id none: there is none */
    struct str fund;           /* กองทุนหลักประกันสุขภาพ … */
    struct str support, owner_type; /* their names; may be none */
    struct str clause;         /* of the announcement in force in the project's year, "10(2)"; may be none */
    struct str power;          /* the clause that lets the committee approve, "17(2)"; may be none */
    const struct project_paper_since { struct str what, before; struct date on; } *since; /* of the proposal: changed after its decision */
    size_t nsince;
    struct str sender;         /* who sent it by log-in; none: on paper, not sent, or not for this reader */
    bool has_names;            /* of its persons: for who sees them, and the auditor; a telephone is on no paper */
    bool is_demo;
};

/* Which papers there are, for links to them (paper_read.c). */
#define PROJECT_RECEIPTS_MAX 6
struct project_papers_there {
    bool has_letter, has_agreement, has_ended; /* ended: an agreement that a correction took away */
    struct { struct ledger_entry_id entry; int64_t instalment; struct date on; } receipts[PROJECT_RECEIPTS_MAX]; /* the newest first */
    size_t nreceipts;
};
enum err project_papers_there(struct db *db, struct arena *a, const struct project *p, struct project_papers_there *ret);

/* The agreement before it is recorded, as it is typed: a paper marked as a draft, as the answer (paper_read.c). */
enum err project_agreement_draft(struct rq *rq, const struct project_agreement *g);

/* ---- paper_common.c ---- */
/* `mark` across every page, when it is more than what the project's state asks for; or "". */
struct paper_about project_paper_about(struct rq *rq, const struct project_paper *x, struct str what, struct str mark);
struct paper *project_paper_begin(struct rq *rq, const struct project_paper *x, struct str what, struct str mark);
/* What the committee (or the chair alone) said last of the proposal itself and is in force; NULL: nothing yet. */
const struct project_decision *project_paper_decision(const struct project_paper *x);
/* The same of one meeting. */
const struct project_decision *project_paper_decided_in(const struct project_paper *x, struct meeting_id meeting);
bool project_paper_is_approval(const struct project_decision *d);
struct str project_paper_kind(struct rq *rq, const struct project_decision *d);  /* "อนุมัติ" … */
struct str project_paper_where(struct rq *rq, const struct project_decision *d); /* which meeting, or the chair alone, and when */
struct str project_paper_signed(struct rq *rq, const struct project_decision *d); /* by log-in or on paper, who and when */
/* By which clause it was approved: a line under the decision, when that is known. */
void project_paper_power(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d);
struct str project_paper_owner(const struct project_paper *x);
struct str project_paper_code(const struct project_paper *x); /* its code, else the tracking code */
enum err project_paper_answer(struct rq *rq, const struct project_paper *x, struct paper *p, const char *what);

/* ---- the papers ---- */
struct paper *project_proposal_paper(struct rq *rq, const struct project_paper *x);  /* paper_proposal.c */
struct paper *project_agreement_paper(struct rq *rq, const struct project_paper *x); /* paper_agree.c; version 0: a draft */
/* paper_letter.c: one letter; `p` NULL: it begins a file, else it follows in it. d: in force. */
struct paper *project_letter_put(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d);
struct project_receipt {
    const struct ledger_entry *entry;
    int64_t instalment; /* 0: one sum */
};
struct paper *project_receipt_paper(struct rq *rq, const struct project_paper *x, const struct project_receipt *r);

#endif
