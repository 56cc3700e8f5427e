/* date.c — the calendar. Days are counted from 1970-01-01 by Howard Hinnant's formulas: exact for
 * every Gregorian day, no table, no time zone. */
#include "base/date.h"

#include <assert.h>

#include "base/digit.h"

#define BE_MINUS_CE 543
#define YEAR_MIN    1 /* of `struct date`: four digits, so that ISO text sorts as days do */
#define YEAR_MAX    9999

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(int year, int month, int day)
{
    return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in(year, month);
}

/* The only place where a date begins: what is made here exists in the calendar. */
static struct date make(int year, int month, int day)
{
    assert(date_is_valid(year, month, day));
    return (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
}

/* Years are counted from March, so that the leap day is the last of its year. */
int32_t date_days(struct date d)
{
    int y = d.month <= 2 ? d.year - 1 : d.year;
    int era = y / 400; /* y >= 0: no floor needed */
    int yoe = y - era * 400;
    int doy = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

/* The way back, with the same March years. 146,096 is the last day of a 400-year era. */
struct date date_of_days(int32_t days)
{
    int z = days + 719468;
    assert(z >= 0);
    int era = z / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return make(yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1);
}

/* Exactly ten characters, ASCII digits only: this is what the database and files hold, and anything
 * else in them is damage. People's input goes through date_parse_fields(). */
enum err date_parse_iso(struct str s, struct date *ret)
{
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return ERR_INPUT;
    int part[3] = {0};
    for (size_t i = 0, field = 0; i < s.n; i++) {
        if (i == 4 || i == 7) {
            field++;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9') return ERR_INPUT;
        part[field] = part[field] * 10 + (s.p[i] - '0');
    }
    if (!date_is_valid(part[0], part[1], part[2])) return ERR_INPUT;
    *ret = make(part[0], part[1], part[2]);
    return ERR_OK;
}

static const char *const months_th[] = {"มกราคม",  "กุมภาพันธ์", "มีนาคม",    "เมษายน",
                                        "พฤษภาคม", "มิถุนายน",  "กรกฎาคม",  "สิงหาคม",
                                        "กันยายน",  "ตุลาคม",   "พฤศจิกายน", "ธันวาคม"};
static const char *const months_th_short[] = {"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
                                              "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.",  "พ.ย.", "ธ.ค."};

/* Whether `typed` is `name`, dots and blanks aside: people write "ก.พ.", "กพ", "ก. พ.". */
static bool is_month_name(struct str typed, const char *name)
{
    size_t i = 0;
    for (;; i++) {
        while (i < typed.n && (typed.p[i] == '.' || typed.p[i] == ' '))
            i++;
        while (*name == '.')
            name++;
        if (i == typed.n) return *name == '\0';
        /* The name's end first: a typed NUL would match it and lead behind it. */
        if (*name == '\0' || typed.p[i] != *name++) return false;
    }
}

/* 0 when it is none. */
static int month_of_name(struct str typed)
{
    for (int m = 1; m <= 12; m++)
        if (is_month_name(typed, months_th[m - 1]) || is_month_name(typed, months_th_short[m - 1]))
            return m;
    return 0;
}

enum err date_parse_fields(struct str day, struct str month, struct str year_be, struct date *ret)
{
    int d = 0, m = 0, y = 0;
    TRY(digits_whole(day, 2, &d));
    TRY(digits_whole(year_be, 4, &y));
    m = month_of_name(str_trim(month));
    if (m == 0) TRY(digits_whole(month, 2, &m));
    /* A paper may carry a Gregorian year; the two ranges are centuries apart. What lies between
     * (a slip such as 2269) is refused, not guessed. */
    if (y >= 2400)
        y -= BE_MINUS_CE;
    else if (y < 1900)
        return ERR_INPUT;
    if (y > 2100 || !date_is_valid(y, m, d)) return ERR_INPUT;
    *ret = make(y, m, d);
    return ERR_OK;
}

/* Months fit 16 and days 32, so the packed numbers stand in the order of the days. */
int date_cmp(struct date a, struct date b)
{
    int x = (a.year * 16 + a.month) * 32 + a.day, y = (b.year * 16 + b.month) * 32 + b.day;
    return (x > y) - (x < y);
}

struct date date_add_days(struct date d, int days)
{
    return date_of_days(date_days(d) + days);
}

int date_weekday(struct date d)
{
    int w = (date_days(d) + 4) % 7; /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

/* October belongs to the next year already (พ.ร.บ.วิธีการงบประมาณ). */
struct fiscal_year date_fiscal_year(struct date d)
{
    return fiscal_year(d.year + BE_MINUS_CE + (d.month >= 10));
}

struct date fiscal_year_first(struct fiscal_year fy)
{
    return make(fy.v - BE_MINUS_CE - 1, 10, 1);
}

struct date fiscal_year_last(struct fiscal_year fy)
{
    return make(fy.v - BE_MINUS_CE, 9, 30);
}

/* Out of range is "not a fiscal year", not "too large": 2026 typed for 2569 is the common slip. */
enum err fiscal_year_parse(struct str s, struct fiscal_year *ret)
{
    int v = 0;
    TRY(digits_whole(s, 4, &v));
    if (v < FISCAL_YEAR_MIN || v > FISCAL_YEAR_MAX) return ERR_INPUT;
    *ret = fiscal_year(v);
    return ERR_OK;
}

/* By hand: lists print thousands of days, and snprintf would read its format each time. */
void buf_date_iso(struct buf *b, struct date d)
{
    char out[] = {(char)('0' + d.year / 1000),
                  (char)('0' + d.year / 100 % 10),
                  (char)('0' + d.year / 10 % 10),
                  (char)('0' + d.year % 10),
                  '-',
                  (char)('0' + d.month / 10),
                  (char)('0' + d.month % 10),
                  '-',
                  (char)('0' + d.day / 10),
                  (char)('0' + d.day % 10)};
    buf_put(b, (struct str){out, sizeof out});
}

struct str date_iso_text(struct arena *a, struct date d)
{
    struct buf b = buf_in(a, 16);
    buf_date_iso(&b, d);
    return buf_str(&b);
}

struct str opt_date_iso_text(struct arena *a, struct opt_date d)
{
    return d.has ? date_iso_text(a, d.v) : STR_NONE;
}

static void put_day_month_year(struct buf *b, int day, const char *month, int year)
{
    buf_int(b, day);
    buf_putc(b, ' ');
    buf_put(b, str_of(month));
    buf_putc(b, ' ');
    buf_int(b, year);
}

void buf_date_th(struct buf *b, struct date d)
{
    put_day_month_year(b, d.day, date_month_th(d.month), d.year + BE_MINUS_CE);
}

void buf_date_th_short(struct buf *b, struct date d)
{
    assert(d.month >= 1 && d.month <= 12);
    put_day_month_year(b, d.day, months_th_short[d.month - 1], d.year + BE_MINUS_CE);
}

/* English pages show the Gregorian year: a reader of English expects 2026, not 2569. */
void buf_date_en(struct buf *b, struct date d)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    assert(d.month >= 1 && d.month <= 12);
    put_day_month_year(b, d.day, months[d.month - 1], d.year);
}

/* Out of range is a bug of the caller: a struct date cannot hold such a month. */
const char *date_month_th(int month)
{
    assert(month >= 1 && month <= 12);
    return months_th[month - 1];
}

const char *date_weekday_th(int weekday)
{
    static const char *const days[] = {"วันอาทิตย์",  "วันจันทร์", "วันอังคาร", "วันพุธ",
                                       "วันพฤหัสบดี", "วันศุกร์",  "วันเสาร์"};
    assert(weekday >= 0 && weekday <= 6);
    return days[weekday];
}
