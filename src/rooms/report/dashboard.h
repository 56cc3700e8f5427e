/* dashboard.h — between report_pages.c (what was asked, table, filters) and dashboard.c (charts). */
#ifndef SARN_ROOMS_REPORT_DASHBOARD_H
#define SARN_ROOMS_REPORT_DASHBOARD_H

#include "app/app.h"
#include "rooms/report/report.h"
#include "rooms/report/views.h"

#define DASHBOARD_TREND_YEARS 10

/* ?as_of=2026-11-01: the end of that day, not after today; none when absent. ERR_INPUT: no such day. */
struct as_of {
    bool has;
    struct date day;
    struct instant until;
};
enum err dashboard_as_of(struct rq *rq, struct as_of *ret);

/* A figure as the chosen measure sees it, with the text for people. */
struct measured {
    bool is_known;
    int64_t value; /* share: hundredths of a percent; else satang or a count */
    struct str text;
};
struct measured dashboard_value(struct rq *rq, enum dashboard_measure m, const struct figures *f);
/* This fiscal year, the five before it and the chosen one, where it is none of them (0: none is). Returns how many. */
enum { REPORT_YEAR_CHOICES = 7 };
size_t dashboard_year_choices(struct rq *rq, struct fiscal_year chosen, struct choice ret[REPORT_YEAR_CHOICES]);
struct str dashboard_child_name(struct rq *rq, const struct report_child *c);
struct href dashboard_child_href(struct rq *rq, const struct report_child *c);

/* The cards of money: of anything that has some, and of an overview with its match. */
struct money_view dashboard_money_view(struct rq *rq, const struct report_money *m);
void dashboard_fill_money(struct rq *rq, struct dashboard_view *v, const struct figures *f);
/* Funds by the share of their money that is not spent; provinces and districts. */
enum err dashboard_fill_stuck(struct rq *rq, struct dashboard_view *v, const struct report_summary *s);
/* A sum for a card. */
struct money_short dashboard_short(struct rq *rq, struct opt_satang v);
int64_t dashboard_percent(struct opt_bp share); /* 0 … 100, for a bar */
/* "1.2 ล้าน", "731,600": baht. */
struct str dashboard_short_text(struct rq *rq, int64_t baht);
/* Received, paid and left of each year; false: no ledger was open in any. */
bool dashboard_money_trend(struct rq *rq, const struct report_year *years, size_t n, struct fiscal_year shown,
                           struct html *ret);

/* Plans, projects and people: of an overview and of a fund's page. code: of the area, or of the fund (v->is_fund). */
enum err dashboard_fill_thread(struct rq *rq, struct thread_view *v, struct str code, const struct figures *f,
                               const struct report_splits *s);

void dashboard_fill_bars(struct rq *rq, struct dashboard_view *v, const struct report_summary *s);
/* Nation only: map, legend, select, table, the five lowest. */
enum err dashboard_fill_map(struct rq *rq, struct dashboard_view *v, const struct report_summary *s);
void dashboard_fill_trend(struct rq *rq, struct dashboard_view *v, const struct report_year *years,
                          size_t n);

#endif
