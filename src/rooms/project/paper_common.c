/* paper_common.c — what all papers of a project share: head and footer, and the words for a decision. */
#include "rooms/project/project_paper.h"

struct str project_paper_code(const struct project_paper *x)
{
    return project_code_shown(&x->w.p);
}

struct str project_paper_owner(const struct project_paper *x)
{
    return x->w.p.owner_name.n > 0 ? x->w.p.owner_name : STR("");
}

/* The QR leads to where the project stands, for everybody who holds the paper and its code. */
struct paper_about project_paper_about(struct rq *rq, const struct project_paper *x, struct str what, struct str mark)
{
    const struct project *p = &x->w.p;
    struct str title = papers_join(rq, what, STR(" "), p->title);
    struct paper_about about =
        papers_about(rq, title, x->fund, STR(""), HREF(rq->arena, "/track?code={}", p->slug), x->is_demo);
    about.footer = papers_join(rq, what, STR(" · "), project_paper_code(x));
    if (x->is_demo) about.footer = papers_join(rq, about.footer, STR(" · "), papers_word(rq, MSG_demo_mark));
    about.check = PAPERS_SAY(rq, MSG_pp_track, p->slug);
    if (p->state == PROJECT_DRAFT) about.watermark = papers_word(rq, MSG_paper_draft);
    if (p->state == PROJECT_CANCELLED) about.watermark = papers_word(rq, MSG_pp_cancelled);
    if (mark.n > 0) about.watermark = mark;
    return about;
}

struct paper *project_paper_begin(struct rq *rq, const struct project_paper *x, struct str what, struct str mark)
{
    struct paper_about about = project_paper_about(rq, x, what, mark);
    return paper_begin(rq->arena, &about);
}

enum err project_paper_answer(struct rq *rq, const struct project_paper *x, struct paper *p, const char *what)
{
    return papers_answer(rq, p, str_printf(rq->arena, "%s-%.*s-%.*s", what, STR_FMT(x->w.p.fund_code), STR_FMT(x->w.p.slug)));
}

static bool is_of_proposal(const struct project_decision *d)
{
    static const char *const kinds[] = {"approve", "approve_corrected", "revise", "defer", "reject", "urgent"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(d->kind, str_of(kinds[i]))) return true;
    return false;
}

const struct project_decision *project_paper_decision(const struct project_paper *x)
{
    for (size_t i = x->ndecisions; i-- > 0;) {
        const struct project_decision *d = &x->decisions[i];
        if (d->is_in_force && !d->is_corrected && is_of_proposal(d)) return d;
    }
    return NULL;
}

const struct project_decision *project_paper_decided_in(const struct project_paper *x, struct meeting_id meeting)
{
    for (size_t i = x->ndecisions; i-- > 0;) {
        const struct project_decision *d = &x->decisions[i];
        if (d->meeting.v == meeting.v && d->is_in_force && !d->is_corrected && is_of_proposal(d)) return d;
    }
    return NULL;
}

bool project_paper_is_approval(const struct project_decision *d)
{
    return d != NULL &&
           (str_eq(d->kind, STR("approve")) || str_eq(d->kind, STR("approve_corrected")) || str_eq(d->kind, STR("urgent")));
}

struct str project_paper_kind(struct rq *rq, const struct project_decision *d)
{
    static const struct {
        const char *code;
        enum msg text;
    } kinds[] = {
        {"approve", MSG_pp_kind_approve},         {"approve_corrected", MSG_pp_kind_corrected},
        {"revise", MSG_pp_kind_revise},           {"defer", MSG_pp_kind_defer},
        {"reject", MSG_pp_kind_reject},           {"urgent", MSG_pp_kind_urgent},
        {"laid_before", MSG_pp_kind_laid_before}, {"change", MSG_pp_kind_change},
        {"refuse_change", MSG_pp_kind_refuse_change},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(d->kind, str_of(kinds[i].code))) return papers_word(rq, kinds[i].text);
    return d->kind;
}

struct str project_paper_where(struct rq *rq, const struct project_decision *d)
{
    struct str on = papers_date(rq, d->decided_on);
    if (str_eq(d->kind, STR("urgent"))) return PAPERS_SAY(rq, MSG_pp_by_chair, on);
    if (d->meeting_words.n == 0) return PAPERS_SAY(rq, MSG_pp_on, on);
    return PAPERS_SAY(rq, MSG_pp_in_meeting, d->meeting_words, on);
}

void project_paper_power(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_decision *d)
{
    if (!project_paper_is_approval(d) || str_eq(d->kind, STR("urgent")) || x->power.n == 0) return;
    paper_field(p, papers_word(rq, MSG_pp_power), PAPERS_SAY(rq, MSG_pp_power_clause, x->power, papers_int(rq, x->w.p.fy.v)));
}

struct str project_paper_signed(struct rq *rq, const struct project_decision *d)
{
    if (!d->is_in_force) return papers_word(rq, MSG_pp_sign_waits);
    struct str on = d->signed_on.has ? papers_date(rq, d->signed_on.v) : STR("");
    struct str names = d->signed_names.n > 0 ? d->signed_names : papers_word(rq, MSG_role_chair);
    if (str_eq(d->signed_how, STR("login"))) return PAPERS_SAY(rq, MSG_pp_sign_login, names, on);
    if (str_eq(d->signed_how, STR("paper"))) return PAPERS_SAY(rq, MSG_pp_sign_paper, names, on);
    return papers_word(rq, MSG_pp_sign_later);
}
