/* money.c — sums in satang: checked, parsed strictly, printed the way Thai papers print them. */
#include "base/money.h"

#include <assert.h>

#include "base/digit.h"

#define SATANG_A_BAHT  100
#define BAHT_A_MILLION INT64_C(1000000)

/* Products of two sums pass 64 bits; 128 are exact and cost nothing measurable. */
__extension__ typedef __int128 wide;

/* The assert is not for people's input: every sum that enters is at most SATANG_MAX, and a thousand
 * of the largest still fit 64 bits. What passes that is a loop that adds the wrong thing. */
struct satang satang_add(struct satang a, struct satang b)
{
    int64_t v = 0;
    bool is_over = __builtin_add_overflow(a.v, b.v, &v);
    assert(!is_over);
    return satang(v);
}

struct satang satang_sub(struct satang a, struct satang b)
{
    int64_t v = 0;
    bool is_over = __builtin_sub_overflow(a.v, b.v, &v);
    assert(!is_over);
    return satang(v);
}

struct satang satang_times(struct satang a, int64_t times)
{
    int64_t v = 0;
    bool is_over = __builtin_mul_overflow(a.v, times, &v);
    assert(!is_over);
    return satang(v);
}

/* a ÷ b, b > 0, to the nearest whole, halves up: ⌊a/b + ½⌋, below zero too (-2.5 → -2). One rule
 * everywhere, so that two pages never differ in the last digit. */
static int64_t divide_half_up(wide a, wide b)
{
    wide twice = 2 * a + b;
    wide q = twice / (2 * b);
    if (twice % (2 * b) < 0) q--; /* C cuts towards zero, a floor goes down */
    assert(q >= INT64_MIN && q <= INT64_MAX);
    return (int64_t)q;
}

/* The municipality's share of a match, as the NHSO computes it (money.h). */
struct satang satang_percent_whole_baht(struct satang base, struct bp percent)
{
    assert(base.v >= 0 && percent.v >= 0);
    /* ÷ 10,000 for the hundredths of a percent, ÷ 100 for whole baht: rounded once, not twice. */
    int64_t baht = divide_half_up((wide)base.v * percent.v, (wide)10000 * SATANG_A_BAHT);
    return satang_times(satang(baht), SATANG_A_BAHT);
}

/* The end of what a share can say. Two typed figures can pass it (all money in the world ÷ 0.01): that
 * is odd input and no bug, so it must not stop a worker. */
#define SHARE_MAX SATANG_MAX

struct opt_bp count_share(int64_t a, int64_t b)
{
    if (b == 0) return (struct opt_bp){0};
    wide top = (wide)a * 10000, bottom = b;
    if (bottom < 0) top = -top, bottom = -bottom;
    if (top / bottom >= SHARE_MAX) return (struct opt_bp){true, bp(SHARE_MAX)};
    if (top / bottom <= -SHARE_MAX) return (struct opt_bp){true, bp(-SHARE_MAX)};
    return (struct opt_bp){true, bp(divide_half_up(top, bottom))};
}

/* Money over money is a plain number: the unit falls out. */
struct opt_bp satang_share(struct satang a, struct satang b)
{
    return count_share(a.v, b.v);
}

/* Adds a digit and stops growing far above every limit: the form is read to the end first, so
 * that nonsense is ERR_INPUT however long it is. */
static void add_digit(int64_t *v, int d)
{
    const int64_t plenty = INT64_MAX / 100;
    *v = *v > plenty ? plenty + 1 : *v * 10 + d;
}

/* The digits before the point. With a comma the first group has one to three digits and every
 * other exactly three: "1,23" is a slip of the finger, perhaps of a whole order. */
static enum err take_whole(struct str s, size_t *at, bool may_group, int64_t *ret)
{
    int64_t v = 0;
    int in_group = 0;
    bool is_grouped = false;
    for (;;) {
        int d = digit_take(s, at);
        if (d >= 0) {
            add_digit(&v, d);
            if (++in_group > 3 && is_grouped) return ERR_INPUT;
        } else if (may_group && *at < s.n && s.p[*at] == ',') {
            if (in_group == 0 || in_group > 3 || (is_grouped && in_group != 3)) return ERR_INPUT;
            is_grouped = true;
            in_group = 0;
            ++*at;
        } else {
            break;
        }
    }
    if (in_group == 0 || (is_grouped && in_group != 3)) return ERR_INPUT;
    *ret = v;
    return ERR_OK;
}

/* A number with at most two decimals from `*at` on, in hundredths. */
static enum err take_hundredths(struct str s, size_t *at, bool may_group, int64_t *ret)
{
    int64_t v = 0;
    TRY(take_whole(s, at, may_group, &v));
    int decimals = 0;
    if (*at < s.n && s.p[*at] == '.') {
        ++*at;
        for (int d; (d = digit_take(s, at)) >= 0;) {
            if (++decimals > 2) return ERR_INPUT;
            add_digit(&v, d);
        }
        if (decimals == 0) return ERR_INPUT;
    }
    for (; decimals < 2; decimals++)
        add_digit(&v, 0);
    *ret = v;
    return ERR_OK;
}

/* No sign is taken: money in and money out are two fields, a correction is an entry of its own. A
 * blank inside is refused too; it is more often two numbers than a thousands mark. */
enum err satang_parse(struct str s, struct satang *ret)
{
    const struct str sign = STR("฿");
    s = str_trim(s);
    if (str_starts(s, sign)) s = str_trim(str_from(s, sign.n));
    size_t at = 0;
    int64_t v = 0;
    TRY(take_hundredths(s, &at, true, &v));
    if (at != s.n) return ERR_INPUT;
    if (v > SATANG_MAX) return ERR_LIMIT;
    *ret = satang(v);
    return ERR_OK;
}

/* Up to 1000 %: a local government may match its subsidy several times over. No commas: nothing
 * below a thousand has one. */
enum err bp_parse(struct str s, struct bp *ret)
{
    s = str_trim(s);
    if (str_ends(s, STR("%"))) s = str_trim(str_first(s, s.n - 1));
    size_t at = 0;
    int64_t v = 0;
    TRY(take_hundredths(s, &at, false, &v));
    if (at != s.n) return ERR_INPUT;
    if (v > 1000 * 100) return ERR_LIMIT;
    *ret = bp(v);
    return ERR_OK;
}

/* Groups of three from the right, by hand: printf's flag for it asks the locale. */
void buf_count(struct buf *b, int64_t v)
{
    char out[27]; /* 19 digits, 6 commas, a sign */
    size_t at = sizeof out;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    for (;;) {
        uint64_t group = u % 1000;
        u /= 1000;
        bool is_last = u == 0;
        out[--at] = (char)('0' + group % 10);
        if (!is_last || group >= 10) out[--at] = (char)('0' + group / 10 % 10);
        if (!is_last || group >= 100) out[--at] = (char)('0' + group / 100);
        if (is_last) break;
        out[--at] = ',';
    }
    if (v < 0) out[--at] = '-';
    buf_put(b, (struct str){out + at, sizeof out - at});
}

/* The lowest int64 has no positive twin; unsigned arithmetic is defined for it. */
static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

/* The sign is put apart: -50 satang are "-0.50", and -0 of int64 has no sign to print. */
static void put_hundredths(struct buf *b, int64_t v, void (*put_whole)(struct buf *, int64_t))
{
    uint64_t u = magnitude(v);
    if (v < 0) buf_putc(b, '-');
    put_whole(b, (int64_t)(u / 100));
    char tail[3] = {'.', (char)('0' + u / 10 % 10), (char)('0' + u % 10)};
    buf_put(b, (struct str){tail, sizeof tail});
}

/* For people: the form on papers and in tables. */
void buf_satang(struct buf *b, struct satang v)
{
    put_hundredths(b, v.v, buf_count);
}

/* For machines: a comma in CSV would divide the column. */
void buf_satang_plain(struct buf *b, struct satang v)
{
    put_hundredths(b, v.v, buf_int);
}

/* `tenths` with one decimal. */
static void put_tenths(struct buf *b, int64_t tenths, void (*put_whole)(struct buf *, int64_t))
{
    uint64_t u = magnitude(tenths);
    if (tenths < 0) buf_putc(b, '-');
    put_whole(b, (int64_t)(u / 10));
    char tail[2] = {'.', (char)('0' + u % 10)};
    buf_put(b, (struct str){tail, sizeof tail});
}

void buf_satang_short(struct buf *b, struct satang v, bool *ret_is_million)
{
    int64_t baht = divide_half_up(v.v, SATANG_A_BAHT);
    /* Asked after rounding: 999,999.50 is "1.0 million", never "1,000,000". */
    *ret_is_million = baht >= BAHT_A_MILLION || baht <= -BAHT_A_MILLION;
    if (*ret_is_million)
        put_tenths(b, divide_half_up(v.v, BAHT_A_MILLION / 10 * SATANG_A_BAHT), buf_count);
    else
        buf_count(b, baht);
}

/* One decimal is what reports show; the hundredths are kept for sums and sorting. */
void buf_bp(struct buf *b, struct bp v)
{
    put_tenths(b, divide_half_up(v.v, 10), buf_int);
}
