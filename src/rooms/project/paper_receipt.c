/* paper_receipt.c — ใบสำคัญรับเงิน: the group signs that it got the money of one payment. */
#include "rooms/project/project_paper.h"

static struct str line_words(struct rq *rq, const struct project_paper *x, const struct project_receipt *r)
{
    const struct project *o = &x->w.p;
    if (r->instalment == 0) return PAPERS_SAY(rq, MSG_pp_receipt_line, o->title, project_paper_code(x));
    return PAPERS_SAY(rq, MSG_pp_receipt_instalment, o->title, project_paper_code(x), papers_int(rq, r->instalment));
}

static void facts(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_receipt *r)
{
    const struct ledger_entry *e = r->entry;
    const struct project_agreement *g = &x->agreement;
    const struct project_decision *d = project_paper_decision(x);
    if (d != NULL) paper_field(p, papers_word(rq, MSG_pp_receipt_decided), project_paper_where(rq, d));
    if (g->version > 0)
        paper_field(p, papers_word(rq, MSG_ledger_agreement), PAPERS_SAY(rq, MSG_paper_agreement, g->number, papers_date(rq, g->agreed_on)));
    if (x->clause.n > 0 && x->support.n > 0)
        paper_field(p, papers_word(rq, MSG_pp_support_label),
                    PAPERS_SAY(rq, MSG_pp_support, x->support, x->clause, papers_int(rq, x->w.p.fy.v)));
    papers_field(p, papers_word(rq, MSG_paper_reference), e->reference);
}

static void table(struct rq *rq, struct paper *p, const struct project_paper *x, const struct project_receipt *r)
{
    const struct paper_col cols[] = {{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 8},
                                     {papers_word(rq, MSG_ledger_col_what), PAPER_LEFT, 68},
                                     {papers_word(rq, MSG_pp_col_amount), PAPER_RIGHT, 24}};
    paper_gap(p);
    papers_table(rq, p, cols, 3);
    PAPERS_ROW(rq, p, PAPER_ROW, papers_int(rq, 1), line_words(rq, x, r), papers_money(rq, r->entry->amount));
    PAPERS_ROW(rq, p, PAPER_ROW_SUM, STR(""), papers_word(rq, MSG_ledger_sum), papers_money(rq, r->entry->amount));
}

struct paper *project_receipt_paper(struct rq *rq, const struct project_paper *x, const struct project_receipt *r)
{
    const struct ledger_entry *e = r->entry;
    struct str title = papers_word(rq, MSG_pp_receipt);
    struct paper *p = project_paper_begin(rq, x, title, e->reversed_by_number.n > 0 ? papers_word(rq, MSG_ledger_is_reversed) : STR(""));
    struct str payee = e->party.n > 0 ? e->party : project_paper_owner(x);
    struct str number = str_printf(rq->arena, "%lld/%d", (long long)e->number, e->fy.v);
    paper_title(p, x->fund, title, PAPERS_SAY(rq, MSG_pp_receipt_under, number));
    paper_right(p, PAPERS_SAY(rq, MSG_paper_on, papers_date(rq, e->on)));
    paper_gap(p);
    if (e->reversed_by_number.n > 0) paper_para(p, PAPERS_SAY(rq, MSG_pp_receipt_void, e->reversed_by_number));
    if (x->agreement.signer_owner.n > 0)
        paper_para(p, PAPERS_SAY(rq, MSG_pp_receipt_by, x->agreement.signer_owner, payee, x->fund));
    else paper_para(p, PAPERS_SAY(rq, MSG_pp_receipt_payee, payee, x->fund));
    facts(rq, p, x, r);
    table(rq, p, x, r);
    paper_sum(p, papers_word(rq, MSG_pp_receipt_sum), papers_baht(rq, e->amount), papers_baht_words(rq, e->amount));
    paper_note(p, papers_word(rq, MSG_pp_receipt_note));
    /* A people's group takes money by two of its persons, an office by one. */
    bool is_group = str_eq(x->w.p.owner_type, STR("5"));
    struct paper_sign signs[3] = {{.role = papers_word(rq, MSG_paper_payee), .name = x->agreement.signer_owner},
                                  {.role = papers_word(rq, MSG_paper_payee)}};
    signs[is_group ? 2 : 1] = (struct paper_sign){.role = papers_word(rq, MSG_paper_payer), .position = PAPER_BLANK};
    paper_gap(p);
    papers_signs(rq, p, signs, is_group ? 3 : 2);
    return p;
}
