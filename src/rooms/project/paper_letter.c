/* paper_letter.c — the letter that tells an applicant what was decided, why, and what to do next: in words that
 * a group in a village understands at the first reading. */
#include "rooms/project/project_paper.h"

enum outcome { OUT_APPROVED, OUT_CORRECTED, OUT_REVISE, OUT_DEFER, OUT_REJECT };

static enum outcome outcome_of(const struct project_decision *d)
{
    if (str_eq(d->kind, STR("approve_corrected"))) return OUT_CORRECTED;
    if (str_eq(d->kind, STR("revise"))) return OUT_REVISE;
    if (str_eq(d->kind, STR("defer"))) return OUT_DEFER;
    if (str_eq(d->kind, STR("reject"))) return OUT_REJECT;
    return OUT_APPROVED;
}

/* The day the letter may be sent: when the decision was signed. */
static struct date letter_day(const struct project_decision *d)
{
    return d->signed_on.has ? d->signed_on.v : d->decided_on;
}

static void head(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    const struct project *o = &x->w.p;
    paper_title(p, x->fund, papers_word(rq, MSG_pp_letter), STR(""));
    paper_right(p, PAPERS_SAY(rq, MSG_paper_on, papers_date(rq, letter_day(d))));
    paper_field(p, papers_word(rq, MSG_pp_letter_subject), PAPERS_SAY(rq, MSG_pp_letter_about, o->title));
    paper_field(p, papers_word(rq, MSG_pp_letter_to), o->owner_name.n > 0 ? o->owner_name : papers_word(rq, MSG_pp_proposer));
    bool has_code = o->code.n > 0 || o->other_code.n > 0; /* what is not approved has only what it is tracked by */
    paper_field(p, papers_word(rq, has_code ? MSG_pp_letter_code : MSG_project_slug), project_paper_code(x));
    paper_gap(p);
    struct str where = project_paper_where(rq, d);
    if (o->asked.has) paper_para(p, PAPERS_SAY(rq, MSG_pp_letter_asked, o->title, papers_baht(rq, o->asked.v), where));
    else paper_para(p, PAPERS_SAY(rq, MSG_pp_letter_considered, o->title, where));
}

static void decided(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    bool is_yes = project_paper_is_approval(d);
    static const enum msg results[] = {[OUT_APPROVED] = MSG_pp_letter_approved,
                                       [OUT_CORRECTED] = MSG_pp_letter_corrected,
                                       [OUT_REVISE] = MSG_pp_letter_revise,
                                       [OUT_DEFER] = MSG_pp_letter_defer,
                                       [OUT_REJECT] = MSG_pp_letter_reject};
    paper_section(p, papers_word(rq, MSG_pp_letter_result));
    paper_para(p, papers_word(rq, results[outcome_of(d)]));
    if (is_yes && d->amount.has) {
        paper_sum(p, papers_word(rq, MSG_pp_approved), papers_baht(rq, d->amount.v), papers_baht_words(rq, d->amount.v));
        if (x->clause.n > 0 && x->support.n > 0)
            paper_field(p, papers_word(rq, MSG_pp_support_label),
                        PAPERS_SAY(rq, MSG_pp_support, x->support, x->clause, papers_int(rq, x->w.p.fy.v)));
    }
    if (d->reason.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pp_because, d->reason));
    if (d->conditions.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pp_conditions, d->conditions));
    project_paper_power(rq, p, x, d);
    paper_field(p, papers_word(rq, MSG_pp_col_signed), project_paper_signed(rq, d));
}

static void next_approved(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    if (outcome_of(d) == OUT_CORRECTED) paper_numbered(p, papers_word(rq, MSG_pp_next_correct));
    if (x->needs_agreement)
        paper_numbered(p, papers_word(rq, str_eq(x->w.p.owner_type, STR("5")) ? MSG_pp_next_agree_group : MSG_pp_next_agree));
    paper_numbered(p, papers_word(rq, MSG_pp_next_do));
    if (d->report_due.has) paper_numbered(p, PAPERS_SAY(rq, MSG_pp_next_report_by, papers_date(rq, d->report_due.v)));
    else paper_numbered(p, papers_word(rq, MSG_pp_next_report));
    paper_numbered(p, papers_word(rq, MSG_pp_next_return));
}

static void next(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    paper_section(p, papers_word(rq, MSG_pp_next));
    switch (outcome_of(d)) {
    case OUT_APPROVED:
    case OUT_CORRECTED: next_approved(rq, p, x, d); break;
    case OUT_REVISE:
        paper_numbered(p, PAPERS_SAY(rq, MSG_pp_next_revise, x->w.p.slug));
        paper_numbered(p, papers_word(rq, MSG_pp_next_send));
        break;
    case OUT_DEFER:
        paper_numbered(p, papers_word(rq, MSG_pp_next_wait));
        paper_numbered(p, papers_word(rq, MSG_pp_next_ready));
        break;
    case OUT_REJECT:
        paper_numbered(p, papers_word(rq, MSG_pp_next_ask));
        paper_numbered(p, papers_word(rq, MSG_pp_next_again));
        break;
    }
    paper_gap(p);
    paper_para(p, papers_word(rq, MSG_pp_letter_help));
}

struct paper *project_letter_put(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    struct paper_about about = project_paper_about(rq, x, papers_word(rq, MSG_pp_letter), STR(""));
    if (p == NULL) p = paper_begin(rq->arena, &about);
    else paper_next(p, &about);
    head(rq, p, x, d);
    decided(rq, p, x, d);
    next(rq, p, x, d);
    const struct paper_sign sign = {.role = papers_word(rq, MSG_pp_letter_signer), .position = papers_word(rq, MSG_role_secretary)};
    paper_gap(p);
    papers_signs(rq, p, &sign, 1);
    return p;
}
