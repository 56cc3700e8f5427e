/* xlsx_value.c — stored values as the text that a person sees in the spreadsheet. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "table/xlsx_internal.h"

/* ---- numbers ----
 *
 * The file holds the 17 digits of a binary number: 0.1 as 0.10000000000000001, and 214704 × 40 % as
 * 85881.600000000006. Spreadsheets work with 15 digits and show these two as 0.1 and 85881.6; that
 * is what was typed or seen, and what a sum of money must read. */

#define DIGITS 15

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the digits from `i` on end. */
static size_t digits_end(struct str s, size_t i)
{
    while (i < s.n && is_digit(s.p[i]))
        i++;
    return i;
}

/* [-]digits[.digits] without what says nothing: zeros in front, zeros behind the point. *ret is a
 * piece of `in` without the sign. */
static bool plain_digits(struct str in, struct str *ret, size_t *ret_decimals)
{
    size_t from = 0, whole = digits_end(in, 0), end = whole;
    if (whole == 0) return false;
    if (whole < in.n) {
        end = digits_end(in, whole + 1);
        if (in.p[whole] != '.' || end != in.n || end == whole + 1) return false;
        while (in.p[end - 1] == '0')
            end--;
        if (end == whole + 1) end = whole;
    }
    while (from + 1 < whole && in.p[from] == '0')
        from++;
    *ret = (struct str){in.p + from, end - from};
    *ret_decimals = end > whole ? end - whole - 1 : 0;
    return true;
}

/* Kept digit by digit when no more than 15 count, or 18 of a whole number (an account's, an id):
 * nearly every cell, and no binary number comes between. */
static bool plain_number(struct str in, char out[XLSX_NUMBER_MAX], size_t *ret_n)
{
    bool is_negative = in.n > 0 && in.p[0] == '-';
    struct str s;
    size_t decimals;
    if (!plain_digits(is_negative ? str_from(in, 1) : in, &s, &decimals)) return false;
    if (decimals > 0 ? s.n - 1 > DIGITS : s.n > 18) return false;
    if (str_eq(s, STR("0"))) is_negative = false;
    if (is_negative) out[0] = '-';
    memcpy(out + is_negative, s.p, s.n);
    *ret_n = s.n + is_negative;
    return true;
}

/* The number in `in`, if all of it is one. */
static bool parse_double(struct str in, double *ret)
{
    char z[XLSX_NUMBER_MAX];
    if (in.n == 0 || in.n >= sizeof z) return false;
    for (size_t i = 0; i < in.n; i++) /* strtod also takes blanks, hexadecimal, "inf" and "nan" */
        if (!is_digit(in.p[i]) && strchr("+-.eE", in.p[i]) == NULL) return false;
    memcpy(z, in.p, in.n);
    z[in.n] = '\0';
    if (strlen(z) != in.n) return false; /* strchr finds the NUL too */
    char *end;
    *ret = strtod(z, &end);
    return *end == '\0' && isfinite(*ret);
}

/* 0.ddd… × 10^(exp + 1) as plain decimals. `exp` is -15 … 20. */
static size_t lay_out(bool is_negative, const char *digits, int n, int exp,
                      char out[XLSX_NUMBER_MAX])
{
    size_t at = 0;
    if (is_negative) out[at++] = '-';
    if (exp < 0) {
        out[at++] = '0';
        out[at++] = '.';
        for (int i = -1; i > exp; i--)
            out[at++] = '0';
    }
    for (int i = 0; i < n || i <= exp; i++) {
        if (exp >= 0 && i == exp + 1) out[at++] = '.';
        out[at++] = i < n ? digits[i] : '0';
    }
    return at;
}

struct str xlsx_number(struct str in, char out[XLSX_NUMBER_MAX])
{
    size_t len;
    if (in.n < XLSX_NUMBER_MAX && plain_number(in, out, &len)) return (struct str){out, len};
    double v;
    if (!parse_double(in, &v)) return in;
    if (v == 0) return STR("0");
    char e[40], digits[DIGITS];
    snprintf(e, sizeof e, "%.*e", DIGITS - 1, fabs(v)); /* d.dddddddddddddde±xx */
    digits[0] = e[0];
    memcpy(digits + 1, e + 2, DIGITS - 1);
    int exp = (int)strtol(e + DIGITS + 2, NULL, 10), n = DIGITS;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    if (exp < -15 || exp > 20) return in;
    return (struct str){out, lay_out(v < 0, digits, n, exp, out)};
}

/* ---- days ----
 *
 * A day is a number that only its cell's style shows as a day. Days before 1900-03-01 are one off,
 * because Lotus 1-2-3 took 1900 for a leap year and everybody followed. */

struct str xlsx_date(struct str in, bool is_1904, char out[XLSX_NUMBER_MAX])
{
    double v;
    if (!parse_double(in, &v) || v < (is_1904 ? 0 : 1) || v >= (is_1904 ? 2957003 : 2958465))
        return xlsx_number(in, out); /* 9999-12-31 is the last that a spreadsheet knows */
    int64_t seconds = (int64_t)(v * 86400 + 0.5);
    int days = (int)(seconds / 86400), rest = (int)(seconds % 86400);
    /* Day 60 is 29 February 1900, which never was. */
    if (!is_1904 && days == 60) return xlsx_number(in, out);
    struct date from = is_1904 ? (struct date){1904, 1, 1} : (struct date){1899, 12, 30};
    struct date d = date_add_days(from, !is_1904 && days < 60 ? days + 1 : days);
    int n = snprintf(out, XLSX_NUMBER_MAX, "%04d-%02d-%02d", d.year, d.month, d.day);
    if (rest > 0)
        n += snprintf(out + n, XLSX_NUMBER_MAX - (size_t)n, " %02d:%02d:%02d", rest / 3600,
                      rest / 60 % 60, rest % 60);
    return (struct str){out, (size_t)n};
}

bool xlsx_is_date_id(int64_t id)
{
    if (id >= 14 && id <= 17) return true;
    if (id == 22 || (id >= 27 && id <= 31) || id == 36) return true;
    if (id >= 50 && id <= 58) return true;
    return (id >= 71 && id <= 74) || id == 77 || id == 81; /* Thai: ว/ด/ปปปป and the like */
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* [h], [mm], [ss]: a length of time. [Red], [$-41E], [>100] are not. */
static bool is_elapsed(struct str s)
{
    if (s.n == 0 || strchr("hms", lower(s.p[0])) == NULL || s.p[0] == '\0') return false;
    for (size_t i = 1; i < s.n; i++)
        if (lower(s.p[i]) != lower(s.p[0])) return false;
    return true;
}

/* Skips what a format only prints: "text", \c, _c, *c, [..]. Returns the position behind it, or `i`
 * when a letter of the format stands there. */
static size_t skip_printed(struct str code, size_t i, bool *has_time)
{
    char c = code.p[i];
    if (c == '\\' || c == '_' || c == '*') return i + 2 < code.n ? i + 2 : code.n;
    if (c != '"' && c != '[') return i;
    struct str rest = str_from(code, i + 1);
    ptrdiff_t end = str_find_char(rest, c == '"' ? '"' : ']');
    if (end < 0) return code.n;
    if (c == '[' && is_elapsed(str_first(rest, (size_t)end))) *has_time = true;
    return i + 2 + (size_t)end;
}

bool xlsx_is_date_format(struct str code)
{
    bool has_day = false, has_month = false, has_time = false;
    for (size_t i = 0; i < code.n && code.p[i] != ';';) { /* the first section is for numbers > 0 */
        size_t behind = skip_printed(code, i, &has_time);
        if (behind != i) {
            i = behind;
            continue;
        }
        char c = lower(code.p[i++]);
        has_day |= c == 'y' || c == 'd' || c == 'b'; /* b: the Buddhist year */
        has_month |= c == 'm';                       /* or minutes, beside h or s */
        has_time |= c == 'h' || c == 's';
    }
    return has_day || (has_month && !has_time);
}

/* ---- text and names ---- */

static int hex(char c)
{
    if (is_digit(c)) return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of "_xHHHH_" at `p`, or -1. */
static int escape_at(struct str s)
{
    if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_') return -1;
    int v = 0;
    for (int i = 2; i < 6; i++) {
        int d = hex(s.p[i]);
        if (d < 0) return -1;
        v = v * 16 + d;
    }
    return v;
}

size_t xlsx_unescape(char *p, size_t n)
{
    size_t to = 0;
    for (size_t i = 0; i < n;) {
        int v = escape_at((struct str){p + i, n - i});
        /* Half of a surrogate pair is no character: it stays as it is written. */
        if (v < 0 || (v >= 0xD800 && v <= 0xDFFF)) {
            p[to++] = p[i++];
            continue;
        }
        i += 7;
        if (v < 0x80) {
            p[to++] = (char)v;
        } else if (v < 0x800) {
            p[to++] = (char)(0xC0 | v >> 6);
            p[to++] = (char)(0x80 | (v & 0x3F));
        } else {
            p[to++] = (char)(0xE0 | v >> 12);
            p[to++] = (char)(0x80 | (v >> 6 & 0x3F));
            p[to++] = (char)(0x80 | (v & 0x3F));
        }
    }
    return to;
}

int64_t xlsx_col(const char *name)
{
    int64_t col = 0;
    size_t i = 0;
    for (; name[i] >= 'A' && name[i] <= 'Z' && i < 3; i++)
        col = col * 26 + (name[i] - 'A' + 1);
    return is_digit(name[i]) ? col : 0;
}
