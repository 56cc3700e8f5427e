/* clock.h — the one source of "now". Tests and the demo set it; nothing else asks the system. */
#ifndef SARN_BASE_CLOCK_H
#define SARN_BASE_CLOCK_H

#include "base/date.h"

struct instant clock_now(void);            /* UTC milliseconds */
struct date clock_today(void);             /* the day in Bangkok (UTC+7, no summer time) */
int64_t clock_monotonic_us(void);          /* for durations */
struct date instant_date(struct instant t); /* the Bangkok day of a moment */
struct instant instant_at(struct date day, int hour, int minute); /* of a clock in Bangkok */
/* Fixes "now" to `time of day` of that Bangkok day; clock_unfix() returns to the system's. */
void clock_fix(struct date day, int hour, int minute);
void clock_unfix(void);
/* What it is fixed to, to be put back by clock_fix_again(): the demo walks through years of days. */
struct opt_instant clock_fixed(void);
void clock_fix_again(struct opt_instant at);
void buf_instant_iso(struct buf *b, struct instant t);   /* 2026-11-22T01:30:00.000Z */
void buf_instant_th(struct buf *b, struct instant t);    /* 22 พฤศจิกายน 2569 เวลา 08:30 น. */

#endif
