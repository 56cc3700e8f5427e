/* paper_agree.c — the agreement (บันทึกข้อตกลง): two parties and two witnesses sign it by hand, so it is the one
 * paper of a project whose lines are always dotted. */
#include "rooms/project/project_paper.h"

static struct satang all_of(const struct project_paper *x)
{
    if (x->w.p.approved.has) return x->w.p.approved.v;
    struct satang sum = satang(0);
    for (size_t i = 0; i < x->agreement.ninstalments; i++) sum = satang_add(sum, x->agreement.instalments[i].amount);
    return sum;
}

/* In a draft something may not be known yet: a hand writes it. */
static struct str or_dots(struct str s)
{
    return str_is_empty(s) ? STR("........................................") : s;
}

static struct str agreed_on(struct rq *rq, const struct project_agreement *g)
{
    return g->agreed_on.year == 0 ? or_dots(STR("")) : papers_date(rq, g->agreed_on);
}

static void head(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project_agreement *g = &x->agreement;
    paper_title(p, x->fund, papers_word(rq, MSG_pp_agreement), papers_word(rq, MSG_pp_agreement_of));
    paper_right(p, PAPERS_SAY(rq, MSG_paper_number, or_dots(g->number)));
    if (g->place.n > 0) paper_right(p, PAPERS_SAY(rq, MSG_pp_at, g->place));
    paper_right(p, PAPERS_SAY(rq, MSG_paper_on, agreed_on(rq, g)));
    if (g->version == 0) paper_note(p, papers_word(rq, MSG_pp_agree_draft_note));
    paper_gap(p);
}

static void between(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project_agreement *g = &x->agreement;
    const struct project_decision *d = project_paper_decision(x);
    paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_between, x->fund, or_dots(g->signer_fund), project_paper_owner(x), or_dots(g->signer_owner)));
    paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_about, x->w.p.title, project_paper_code(x)));
    if (d != NULL) paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_decided, project_paper_where(rq, d)));
    if (x->clause.n > 0 && x->support.n > 0)
        paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_support, x->support, x->clause, papers_int(rq, x->w.p.fy.v)));
    paper_sum(p, papers_word(rq, MSG_pp_approved), papers_baht(rq, all_of(x)), papers_baht_words(rq, all_of(x)));
}

static void doing(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project_decision *d = project_paper_decision(x);
    struct str days = papers_days(rq, x->w.p.starts_on, x->w.p.ends_on);
    paper_section(p, papers_word(rq, MSG_pp_agree_1));
    paper_para(p, days.n > 0 ? PAPERS_SAY(rq, MSG_pp_agree_doing_days, days) : papers_word(rq, MSG_pp_agree_doing));
    paper_para(p, papers_word(rq, MSG_pp_agree_change));
    if (d != NULL && d->conditions.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pp_conditions, d->conditions));
}

static struct str evidence(struct rq *rq, struct str code)
{
    if (str_eq(code, STR("report"))) return papers_word(rq, MSG_pp_evidence_report);
    if (str_eq(code, STR("final_report"))) return papers_word(rq, MSG_pp_evidence_final);
    return papers_word(rq, MSG_pp_evidence_agreement);
}

static void instalments(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    const struct project_agreement *g = &x->agreement;
    const struct paper_col cols[] = {{papers_word(rq, MSG_pp_col_instalment), PAPER_CENTRE, 10},
                                     {papers_word(rq, MSG_pp_col_amount), PAPER_RIGHT, 20},
                                     {papers_word(rq, MSG_pp_col_evidence), PAPER_LEFT, 46},
                                     {papers_word(rq, MSG_pp_col_due), PAPER_LEFT, 24}};
    papers_table(rq, p, cols, 4);
    for (size_t i = 0; i < g->ninstalments; i++)
        PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, g->instalments[i].position), papers_money(rq, g->instalments[i].amount),
                   evidence(rq, g->instalments[i].evidence),
                   g->instalments[i].due_on.has ? papers_date(rq, g->instalments[i].due_on.v) : STR("–"));
    PAPERS_ROW(rq, p, PAPER_ROW_SUM, papers_word(rq, MSG_ledger_sum), papers_money(rq, all_of(x)), STR(""), STR(""));
}

static void paying(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    paper_section(p, papers_word(rq, MSG_pp_agree_2));
    if (x->agreement.ninstalments < 2) {
        paper_para(p, papers_word(rq, MSG_pp_agree_one_sum));
    } else {
        paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_instalments, papers_int(rq, (int64_t)x->agreement.ninstalments)));
        instalments(rq, p, x);
        paper_gap(p);
    }
    if (str_eq(x->w.p.owner_type, STR("5"))) paper_para(p, papers_word(rq, MSG_pp_agree_two));
}

static void reporting(struct rq *rq, struct paper *p, const struct project_paper *x)
{
    paper_section(p, papers_word(rq, MSG_pp_agree_3));
    if (x->w.p.report_due.has)
        paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_report_by, papers_date(rq, x->w.p.report_due.v)));
    else paper_para(p, papers_word(rq, MSG_pp_agree_report));
    paper_para(p, papers_word(rq, MSG_pp_agree_return));
}

struct paper *project_agreement_paper(struct rq *rq, const struct project_paper *x)
{
    const struct project_agreement *g = &x->agreement;
    struct paper *p = project_paper_begin(rq, x, papers_word(rq, MSG_pp_agreement), g->version == 0 ? papers_word(rq, MSG_pp_agree_draft) : STR(""));
    head(rq, p, x);
    between(rq, p, x);
    doing(rq, p, x);
    paying(rq, p, x);
    reporting(rq, p, x);
    paper_para(p, papers_word(rq, MSG_pp_agree_two_copies));
    const struct paper_sign signs[] = {{.role = papers_word(rq, MSG_pp_role_owner), .name = g->signer_owner},
                                       {.role = papers_word(rq, MSG_pp_role_fund), .name = g->signer_fund},
                                       {.role = papers_word(rq, MSG_pp_role_witness), .name = g->witness_1},
                                       {.role = papers_word(rq, MSG_pp_role_witness), .name = g->witness_2}};
    paper_gap(p);
    papers_signs(rq, p, signs, 4);
    const struct meeting_sign *s = &x->agreement_sign;
    if (!id_is_none(s->id)) paper_para(p, PAPERS_SAY(rq, MSG_pp_agree_signed, papers_date(rq, s->signed_on), s->names));
    return p;
}
