/* fund_money_page.c — /funds/{code}/money: what a fund received, planned, paid and has left, by year,
 * support type and issue. Sums only: it is public. */
#include "app/route.h"
#include "rooms/fund_money.html.h"
#include "rooms/report/dashboard.h"
#include "rooms/report_sql.h"

static enum err support_names(struct rq *rq, struct report_split *rows, size_t n, struct fund_money_split *ret)
{
    struct report_support_names_row *names = NULL;
    size_t nnames = 0;
    if (n > 0) TRY(report_support_names(rq->db, rq->arena, &names, &nnames));
    for (size_t i = 0; i < n; i++) {
        ret[i] = (struct fund_money_split){msg_text(MSG_money_not_stated, rq->page.lang), satang(rows[i].planned),
                                           satang(rows[i].committed), satang(rows[i].paid)};
        for (size_t k = 0; k < nnames && !str_is_none(rows[i].code); k++)
            if (str_eq(names[k].code, rows[i].code))
                ret[i].name = lang_name(rq->page.lang, names[k].short_th, names[k].short_en);
    }
    return ERR_OK;
}

static enum err issue_names(struct rq *rq, struct report_split *rows, size_t n, struct fund_money_split *ret)
{
    struct report_issue_names_row *names = NULL;
    size_t nnames = 0;
    if (n > 0) TRY(report_issue_names(rq->db, rq->arena, &names, &nnames));
    for (size_t i = 0; i < n; i++) {
        ret[i] = (struct fund_money_split){msg_text(MSG_money_not_stated, rq->page.lang), satang(rows[i].planned),
                                           satang(rows[i].committed), satang(rows[i].paid)};
        for (size_t k = 0; k < nnames && !str_is_none(rows[i].code); k++)
            if (str_eq(names[k].code, rows[i].code))
                ret[i].name = lang_name(rq->page.lang, names[k].name_th, names[k].name_en);
    }
    return ERR_OK;
}

static enum err fill_splits(struct rq *rq, struct fund_money_view *v, struct fund_id fund)
{
    struct report_splits s;
    TRY(report_fund_splits(rq->db, rq->arena, fund, v->fy, &s));
    struct fund_money_split *support = ARENA_ARRAY(rq->arena, struct fund_money_split, s.nsupport);
    struct fund_money_split *issue = ARENA_ARRAY(rq->arena, struct fund_money_split, s.nissue);
    TRY(support_names(rq, s.by_support, s.nsupport, support));
    TRY(issue_names(rq, s.by_issue, s.nissue, issue));
    v->by_support = support;
    v->nsupport = s.nsupport;
    v->by_issue = issue;
    v->nissue = s.nissue;
    return ERR_OK;
}

static void fill_years(struct rq *rq, struct fund_money_view *v, const struct report_year *years, size_t n)
{
    struct fund_money_year *rows = ARENA_ARRAY(rq->arena, struct fund_money_year, n);
    for (size_t i = n; i-- > 0;) { /* the newest first */
        struct report_money m = figures_money(&years[i].figures);
        struct str fy = str_printf(rq->arena, "%d", years[i].fy.v);
        if (m.ledger_funds == 0 && m.plan_funds == 0) continue;
        rows[v->nyears++] = (struct fund_money_year){.fy = years[i].fy,
                                                     .href = HREF(rq->arena, "/funds/{}/money?fy={}", v->code, fy),
                                                     .is_shown = years[i].fy.v == v->fy.v,
                                                     .carried_over = m.carried_over,
                                                     .received = m.received,
                                                     .planned = m.planned,
                                                     .committed = m.committed,
                                                     .paid = m.paid,
                                                     .balance = m.balance};
    }
    v->years = rows;
}

static enum err fill_crumbs(struct rq *rq, struct fund_money_view *v, struct area_id district)
{
    struct area_trail trail;
    size_t n = 0;
    TRY(area_trail(rq->db, rq->arena, district, &trail));
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, trail.n + 2);
    for (size_t i = 1; i < trail.n; i++)
        crumbs[n++] = (struct crumb){area_title(rq->arena, rq->page.lang, &trail.at[i]),
                                     area_href(rq->arena, &trail.at[i])};
    crumbs[n++] = (struct crumb){v->name, v->fund};
    crumbs[n++] = (struct crumb){.label = msg_text(MSG_money_title, rq->page.lang)};
    v->crumbs = crumbs;
    v->ncrumbs = n;
    return ERR_OK;
}

/* Without ?fy= the present year, or, where nothing of it is known yet, the last that is known. */
static struct fiscal_year year_shown(struct rq *rq, struct fiscal_year asked, const struct report_year *years, size_t n)
{
    struct str fy = rq_param(rq, "fy");
    if ((!str_is_none(fy) && !str_is_empty(fy)) || n == 0) return asked;
    for (size_t i = 0; i < n; i++)
        if (years[i].fy.v == asked.v) return asked;
    return years[n - 1].fy;
}

enum err report_fund_money_page(struct rq *rq)
{
    struct fund_named fund = {0};
    struct report_year *years = NULL;
    size_t n = 0;
    struct report_money m;
    struct fund_money_view v = {0};
    if (rq_fy(rq, &v.fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    TRY(fund_named(rq->db, rq->arena, rq->args[0], &fund));
    TRY(report_fund_trend_of(rq->db, rq->arena, fund.id, &years, &n));
    v.fy = year_shown(rq, v.fy, years, n);
    v.code = fund.code;
    v.name = lang_name(rq->page.lang, fund.name_th, fund.name_en);
    v.is_demo = fund.is_demo;
    v.fund = HREF(rq->arena, "/funds/{}", fund.code);
    v.ledger = HREF(rq->arena, "/funds/{}/ledger?fy={}", fund.code, str_printf(rq->arena, "%d", v.fy.v));
    TRY(rq_may_fund(rq, CAP_ledger_see, fund.code, &v.may_ledger));
    report_money_in(years, n, v.fy, &m);
    v.money = dashboard_money_view(rq, &m);
    fill_years(rq, &v, years, n);
    (void)dashboard_money_trend(rq, years, n, v.fy, &v.chart); /* none: the page is empty then */
    TRY(fill_splits(rq, &v, fund.id));
    TRY(fill_crumbs(rq, &v, fund.district));
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_money_title_of, v.name);
    fund_money_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}
