/* paper_read.c — the addresses of a project's papers: who asks may see the project, or it is not there; then
 * everything that the paper prints is read once. */
#include "rooms/fund/fund.h"
#include "rooms/project/project_ask.h"
#include "rooms/project/project_inside.h"
#include "rooms/project/project_paper.h"
#include "rooms/project_sql.h"

static enum err words_read(struct rq *rq, struct project_paper *x)
{
    struct project_paper_words_row r;
    enum lang lang = rq->page.lang;
    TRY(project_paper_words(rq->db, rq->arena, x->w.p.id, &r));
    x->fund = papers_fund(rq, lang_name(lang, x->w.p.fund_th, x->w.p.fund_en));
    if (r.support_th.n > 0) x->support = lang_name(lang, r.support_th, r.support_en);
    if (r.owner_th.n > 0) x->owner_type = lang_name(lang, r.owner_th, r.owner_en);
    x->clause = r.clause;
    x->power = r.power;
    x->is_demo = r.is_demo;
    return ERR_OK;
}

/* Who wrote it, when they sent it themselves. */
static enum err sender_read(struct rq *rq, struct project_paper *x)
{
    const struct project *p = &x->w.p;
    if (p->account == 0 || p->is_for_paper || !p->sent_on.has || project_is_recalled(p)) return ERR_OK;
    return guard_names(rq->db, rq->arena, &p->account, 1, &x->sender);
}

static enum err agreement_asked(struct rq *rq, struct project_paper *x)
{
    const struct project *p = &x->w.p;
    if (p->support_type.n == 0 || p->owner_type.n == 0) return ERR_OK;
    return ledger_agreement_needed(rq->db, rq->arena, p->fy, p->support_type, p->owner_type, &x->needs_agreement);
}

static enum err agreement_read(struct rq *rq, struct project_paper *x)
{
    const struct project *p = &x->w.p;
    enum err e = project_agreement_get(rq->db, rq->arena, p->id, &x->agreement);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    e = project_agreement_sign(rq->db, rq->arena, &x->agreement, &x->agreement_sign);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_NOT_FOUND || !x->agreement_sign.is_in_force) x->agreement_sign = (struct meeting_sign){0};
    return agreement_asked(rq, x);
}

/* ERR_NOT_FOUND: no such project of this fund, or the asker may not see it; a stranger cannot tell which. */
static enum err paper_read(struct rq *rq, struct project_paper *ret)
{
    struct project_paper x = {0};
    struct project p;
    struct project_decision *decisions = NULL;
    bool may_see = false;
    TRY(project_find(rq->db, rq->arena, rq->args[0], rq->args[1], &p));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &p, &may_see));
    if (!may_see) return ERR_NOT_FOUND;
    TRY(project_read(rq->db, rq->arena, &p, &x.w));
    TRY(project_decisions(rq->db, rq->arena, p.id, &decisions, &x.ndecisions));
    x.decisions = decisions;
    TRY(agreement_read(rq, &x));
    TRY(words_read(rq, &x));
    TRY(project_may_see_persons(rq->db, rq->arena, &rq->who, &p, &x.has_names));
    x.has_names = x.has_names || rq->who.acting.role == ROLE_auditor; /* the paper is evidence of who asked */
    if (x.has_names) TRY(sender_read(rq, &x));
    *ret = x;
    return ERR_OK;
}

/* What stands on the proposal otherwise than the committee saw it. */
static enum err since_read(struct rq *rq, struct project_paper *x)
{
    const struct project_decision *d = project_paper_decision(x);
    struct project_acts acts = {0};
    if (d == NULL || d->is_entered_later) return ERR_OK;
    TRY(project_acts_read(rq->db, rq->arena, d->project, &acts));
    const struct project_since *all = project_changed_since(rq->arena, &acts, d, &x->nsince);
    struct project_paper_since *rows = ARENA_ARRAY(rq->arena, struct project_paper_since, x->nsince);
    for (size_t i = 0; i < x->nsince; i++) {
        rows[i].before = project_trail_value(rq, all[i].field, all[i].before, &rows[i].what);
        rows[i].on = all[i].on;
    }
    x->since = rows;
    return ERR_OK;
}

enum err project_proposal_pdf(struct rq *rq)
{
    struct project_paper x;
    TRY(paper_read(rq, &x));
    TRY(since_read(rq, &x));
    return project_paper_answer(rq, &x, project_proposal_paper(rq, &x), "proposal");
}

enum err project_agreement_pdf(struct rq *rq)
{
    struct project_paper x;
    TRY(paper_read(rq, &x));
    if (x.agreement.version == 0) return ERR_NOT_FOUND;
    return project_paper_answer(rq, &x, project_agreement_paper(rq, &x), "agreement");
}

enum err project_agreement_draft(struct rq *rq, const struct project_agreement *g)
{
    struct project_paper x;
    TRY(paper_read(rq, &x));
    x.agreement = *g;
    return project_paper_answer(rq, &x, project_agreement_paper(rq, &x), "agreement-draft");
}

enum err project_letter_pdf(struct rq *rq)
{
    struct project_paper x;
    TRY(paper_read(rq, &x));
    const struct project_decision *d = project_paper_decision(&x);
    return d == NULL ? ERR_NOT_FOUND : project_paper_answer(rq, &x, project_letter_put(rq, NULL, &x, d), "letter");
}

/* ---- all letters of a meeting ---- */

/* What a letter prints of a project: less than its other papers. */
static enum err letter_read(struct rq *rq, struct project_id id, struct project_paper *ret)
{
    struct project_paper x = {0};
    struct project_decision *decisions = NULL;
    TRY(project_get(rq->db, rq->arena, id, &x.w.p));
    TRY(project_decisions(rq->db, rq->arena, id, &decisions, &x.ndecisions));
    x.decisions = decisions;
    TRY(words_read(rq, &x));
    TRY(agreement_asked(rq, &x));
    *ret = x;
    return ERR_OK;
}

/* A paper that says that there is no letter yet, and why. */
static enum err letters_none(struct rq *rq, const struct meeting *m, struct str number)
{
    struct fund_named fund = {0};
    TRY(fund_named(rq->db, rq->arena, rq->args[0], &fund));
    struct str name = papers_fund(rq, lang_name(rq->page.lang, fund.name_th, fund.name_en)), title = papers_word(rq, MSG_pp_letters);
    struct paper_about about = papers_about(rq, title, name, number, HREF(rq->arena, "/funds/{}/meetings/{}", rq->args[0], rq->args[1]), fund.is_demo);
    struct paper *p = paper_begin(rq->arena, &about);
    paper_title(p, name, title, PAPERS_SAY(rq, MSG_meeting_paper_name, number));
    paper_para(p, papers_word(rq, m->state == MEETING_SIGNED ? MSG_pp_letters_none : MSG_pp_letters_unsigned));
    return papers_answer(rq, p, str_printf(rq->arena, "letters-%.*s-%.*s", STR_FMT(rq->args[0]), STR_FMT(rq->args[1])));
}

/* In the order of the agenda, each on pages of its own, so that they can be folded and sent. Who may see the fund's
 * meetings may see its projects: the same roles (caps.def), an applicant aside. */
enum err project_letters_pdf(struct rq *rq)
{
    struct meeting m = {0};
    struct project_letters_of_row *rows = NULL;
    struct paper *p = NULL;
    size_t n = 0;
    TRY(meeting_find(rq->db, rq->arena, rq->args[0], rq->args[1], &m));
    TRY(project_letters_of(rq->db, rq->arena, m.id, MEETING_ITEMS_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct project_paper x;
        TRY(letter_read(rq, rows[i].project_id, &x));
        const struct project_decision *d = project_paper_decided_in(&x, m.id);
        if (d != NULL) p = project_letter_put(rq, p, &x, d);
    }
    if (p == NULL) return letters_none(rq, &m, meeting_words(rq->arena, &m));
    return papers_answer(rq, p, str_printf(rq->arena, "letters-%.*s-%.*s", STR_FMT(rq->args[0]), STR_FMT(rq->args[1])));
}

/* Of all its promises: a receipt stays where the approval was corrected since. */
static enum err payments(struct db *db, struct arena *a, const struct project *p, int64_t most,
                         struct project_paper_payments_row **ret, size_t *ret_n)
{
    *ret_n = 0;
    return id_is_none(p->commitment) ? ERR_OK : project_paper_payments(db, a, p->id, most, ret, ret_n);
}

enum err project_papers_there(struct db *db, struct arena *a, const struct project *p, struct project_papers_there *ret)
{
    struct project_paper_there_row there;
    struct project_paper_payments_row *rows = NULL;
    size_t n = 0;
    TRY(project_paper_there(db, a, p->id, &there));
    TRY(payments(db, a, p, PROJECT_RECEIPTS_MAX, &rows, &n));
    *ret = (struct project_papers_there){.has_letter = there.decisions > 0, .has_agreement = there.agreements > 0, .has_ended = there.ended > 0,
                                          .nreceipts = n};
    for (size_t i = 0; i < n; i++) {
        ret->receipts[i].entry = rows[i].entry_id;
        ret->receipts[i].instalment = rows[i].instalment;
        ret->receipts[i].on = rows[i].on_date;
    }
    return ERR_OK;
}

/* The newest payment that stands; none: nothing was paid. */
static enum err last_payment(struct rq *rq, const struct project *p, struct ledger_entry_id *ret)
{
    struct project_paper_payments_row *rows = NULL;
    size_t n = 0;
    TRY(payments(rq->db, rq->arena, p, 1, &rows, &n));
    if (n == 0) return ERR_NOT_FOUND;
    *ret = rows[0].entry_id;
    return ERR_OK;
}

/* ?entry= names a payment of this project in the fund's book; without it, the last one. */
enum err project_receipt_pdf(struct rq *rq)
{
    struct project_paper x;
    struct ledger_entry_id id = {0};
    struct ledger_entry entry;
    struct ledger_line *lines = NULL;
    struct project_paper_instalment_row row = {0};
    size_t nlines = 0;
    TRY(paper_read(rq, &x));
    struct str asked = rq_param(rq, "entry");
    if (asked.n == 0) TRY(last_payment(rq, &x.w.p, &id));
    else if (str_to_int(asked, &id.v) != ERR_OK || id.v < 1) return rq_bad_param(rq, "entry", MSG_pp_receipt_which);
    TRY(ledger_entry_find(rq->db, rq->arena, x.w.p.fund_code, id, &entry, &lines, &nlines));
    if (entry.kind != LEDGER_PAYMENT || entry.project_code.n == 0) return ERR_NOT_FOUND;
    struct str slug = STR_NONE; /* a corrected approval pays by a code of its own: "…/2" */
    TRY(project_of_commitment_code(rq->db, rq->arena, x.w.p.fund, entry.project_code, &slug));
    if (!str_eq(slug, x.w.p.slug)) return ERR_NOT_FOUND;
    TRY(project_paper_instalment(rq->db, rq->arena, id, &row));
    struct project_receipt r = {&entry, row.instalment};
    return project_paper_answer(rq, &x, project_receipt_paper(rq, &x, &r), "receipt");
}
