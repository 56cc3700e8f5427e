/* date.h — days and fiscal years. Stored as ISO text, shown in the Buddhist era (+543).
 * A fiscal year runs 1 October – 30 September and has the number of the B.E. year in which it ends:
 * FY 2569 = 2025-10-01 … 2026-09-30. */
#ifndef SARN_BASE_DATE_H
#define SARN_BASE_DATE_H

#include "base/buf.h"

struct date { /* Gregorian; valid by construction */
    int16_t year;
    int8_t month, day;
};
struct opt_date {
    bool has;
    struct date v;
};
struct fiscal_year { /* B.E., as people say it: 2569 */
    int32_t v;
};
struct opt_fiscal_year {
    bool has;
    struct fiscal_year v;
};
/* UTC milliseconds since 1970: the moment that something was recorded. */
struct instant {
    int64_t v;
};
struct opt_instant {
    bool has;
    struct instant v;
};

#define FISCAL_YEAR_MIN 2545 /* the first community health funds are of 2549; a margin below */
#define FISCAL_YEAR_MAX 2643

static inline struct fiscal_year fiscal_year(int32_t v) { return (struct fiscal_year){v}; }
bool date_is_valid(int year, int month, int day);            /* Gregorian */
enum err date_parse_iso(struct str s, struct date *ret);     /* 2026-11-22, exactly */
/* Three typed fields, day / month / B.E. year, Thai digits welcome; month as number or Thai name,
 * full or short. A year below 2400 is read as Gregorian only if 1900…2100. ERR_INPUT otherwise. */
enum err date_parse_fields(struct str day, struct str month, struct str year_be, struct date *ret);
int date_cmp(struct date a, struct date b);
int32_t date_days(struct date d);                            /* since 1970-01-01, which is 0 */
struct date date_of_days(int32_t days);
struct date date_add_days(struct date d, int days);
int date_weekday(struct date d);                             /* 0 = Sunday */
struct fiscal_year date_fiscal_year(struct date d);
struct date fiscal_year_first(struct fiscal_year fy);
struct date fiscal_year_last(struct fiscal_year fy);
enum err fiscal_year_parse(struct str s, struct fiscal_year *ret); /* 2569 or ๒๕๖๙, in range */
void buf_date_iso(struct buf *b, struct date d);             /* 2026-11-22 */
struct str date_iso_text(struct arena *a, struct date d);    /* the same, in the arena */
struct str opt_date_iso_text(struct arena *a, struct opt_date d); /* none when there is none */
void buf_date_th(struct buf *b, struct date d);              /* 22 พฤศจิกายน 2569 */
void buf_date_th_short(struct buf *b, struct date d);        /* 22 พ.ย. 2569 */
void buf_date_en(struct buf *b, struct date d);              /* 22 November 2026 */
const char *date_month_th(int month);                        /* static; 1…12 */
const char *date_weekday_th(int weekday);                    /* static; วันอาทิตย์ … */

#endif
