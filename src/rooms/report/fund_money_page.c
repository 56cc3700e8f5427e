/* fund_money_page.c — /funds/{code}/money: what a fund received, planned, paid and has left, by year; its plans,
 * projects and people by issue and support type. Sums only: it is public. */
#include "app/route.h"
#include "rooms/fund_money.html.h"
#include "rooms/report/dashboard.h"

static enum err fill_thread(struct rq *rq, struct fund_money_view *v, struct fund_id fund, const struct report_year *years, size_t n)
{
    struct report_splits splits;
    struct figures figures;
    v->thread.fy = v->fy;
    v->thread.is_fund = true;
    report_figures_in(years, n, v->fy, &figures);
    TRY(report_fund_late(rq->db, rq->arena, fund, rq->today, v->fy, &figures));
    TRY(report_fund_splits(rq->db, rq->arena, fund, v->fy, &splits));
    return dashboard_fill_thread(rq, &v->thread, v->code, &figures, &splits);
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
    TRY(fill_thread(rq, &v, fund.id, years, n));
    TRY(fill_crumbs(rq, &v, fund.district));
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_money_title_of, v.name);
    fund_money_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}
