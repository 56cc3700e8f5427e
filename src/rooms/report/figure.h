/* figure.h — measures inside room report: their codes in the tables and how they add up. */
#ifndef SARN_ROOMS_REPORT_FIGURE_H
#define SARN_ROOMS_REPORT_FIGURE_H

#include "rooms/report/report.h"

struct str measure_code(enum measure m);
enum measure measure_of(struct str code); /* MEASURE_COUNT: not known to this program */
/* Adds one stored row to the figures; a measure this program does not know is left out. */
void figures_add(struct figures *f, struct str measure, int64_t total, int64_t known);
/* What one fund-year contributes. */
void figures_of_fund_year(const struct fund_year_figures *y, struct figures *ret);

#endif
