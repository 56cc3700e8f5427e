/* monitor_paper.h — inside only: the closing report. Read once, then said from a struct, so that tests can try it
 * with made-up projects. */
#ifndef SARN_ROOMS_MONITOR_MONITOR_PAPER_H
#define SARN_ROOMS_MONITOR_MONITOR_PAPER_H

#include "app/papers.h"
#include "rooms/monitor/monitor.h"

struct monitor_paper {
    struct project_whole w;
    struct project_money money;
    struct str fund;            /* กองทุนหลักประกันสุขภาพ … */
    struct str support, clause; /* may be none */
    const struct monitor_report *reports; /* accepted ones, oldest first */
    size_t nreports;
    const struct monitor_report *final; /* NULL: not accepted yet */
    struct monitor_spent spent;
    struct opt_date closed_on;
    struct str sender, accepter; /* of the final report, who by log-in; may be none */
    const struct paper_photo *photos;
    size_t nphotos;
    bool is_demo;
};
struct paper *monitor_closing_paper(struct rq *rq, const struct monitor_paper *x); /* paper_closing.c */

#endif
