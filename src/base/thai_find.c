/* thai_find.c — where a search may begin, and what must not be published. */
#include "base/thai.h"

#include <utf8proc.h>

#include "base/digit.h"
#include "base/thai_chars.h"

/* What a code point can do for a search. The order means nothing. */
enum start { START_NONE, START_CONSONANT, START_LEADING, START_DIGIT, START_OTHER };

static enum start kind_of(int32_t c)
{
    if (thai_is_consonant(c)) return START_CONSONANT;
    if (thai_is_leading_vowel(c)) return START_LEADING;
    if (c >= '0' && c <= '9') return START_DIGIT;
    if (c >= 0x0E00 && c <= 0x0E7F) return START_NONE; /* vowel signs, tones, ๆ */
    utf8proc_category_t category = utf8proc_category(c);
    bool is_letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    bool is_mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
    return is_letter || is_mark ? START_OTHER : START_NONE;
}

/* Whether a person would begin to type here. A consonant behind its leading vowel is no start
 * ("เก" is typed from เ), every other consonant is one: syllables are not marked in Thai. Numbers
 * and foreign words begin only where the one before them is of another kind. */
static bool is_start(enum start before, enum start now)
{
    switch (now) {
    case START_CONSONANT: return before != START_LEADING;
    case START_LEADING: return true;
    case START_DIGIT:
    case START_OTHER: return before != now;
    case START_NONE: break;
    }
    return false;
}

/* The suffixes are slices of `folded`: nothing is copied, and whoever stores them decides how much of
 * each is worth keeping. A name of n letters has at most n suffixes. */
void thai_each_suffix(struct str folded, void (*each)(void *ctx, struct str suffix), void *ctx)
{
    enum start before = START_NONE;
    for (size_t i = 0; i < folded.n;) {
        int32_t c = 0;
        ssize_t len = utf8proc_iterate((const uint8_t *)folded.p + i, (ssize_t)(folded.n - i), &c);
        if (len <= 0) return; /* thai_fold gives UTF-8 only; anything else has no clusters */
        size_t next = i + (size_t)len;
        enum start now = kind_of(c);
        bool has_letter = now != START_LEADING || next < folded.n; /* a bare vowel finds nothing */
        if (is_start(before, now) && has_letter) each(ctx, str_from(folded, i));
        before = now;
        i = next;
    }
}

/* A number as people write it: groups of digits with blanks, hyphens, dots or brackets between. */
#define DIGITS_MAX 13

/* Blanks, dashes and signs without a width that are longer than a byte. */
static bool is_wide_joint(struct str s, size_t *ret_width)
{
    *ret_width = 2;
    if (str_starts(s, STR("\xC2\xA0")) || str_starts(s, STR("\xC2\xAD"))) return true; /* no-break, soft hyphen */
    *ret_width = 3;
    if (s.n < 3) return false;
    unsigned char last = (unsigned char)s.p[2];
    if (str_starts(s, STR("\xE2\x80"))) /* U+2000 … U+2015, U+202A … U+202F */
        return (last >= 0x80 && last <= 0x95) || (last >= 0xAA && last <= 0xAF);
    if (str_starts(s, STR("\xE2\x81"))) return last >= 0xA0 && last <= 0xA4; /* U+2060 … U+2064 */
    return str_starts(s, STR("\xE2\x88\x92")) || str_starts(s, STR("\xE3\x80\x80")) || str_starts(s, STR("\xEF\xBB\xBF"));
}

/* Skips up to four signs that may stand inside a telephone number or an id. A zero-width space or a
 * figure dash pasted from a web page stands there too. */
static size_t skip_joints(struct str s, size_t at)
{
    for (int count = 0; count < 4 && at < s.n; count++) {
        size_t width = 0;
        struct str rest = str_from(s, at);
        unsigned char c = (unsigned char)rest.p[0];
        if (memchr(" \t-.()", c, 6) != NULL)
            at += 1;
        else if (is_wide_joint(rest, &width))
            at += width;
        else
            break;
    }
    return at;
}

/* Digits from `at` to the end of their group; at most `room` are kept in `ret`, all are counted. */
static size_t take_group(struct str s, size_t *at, size_t room, char *ret)
{
    size_t n = 0;
    for (int d; (d = digit_take(s, at)) >= 0; n++)
        if (n < room) ret[n] = (char)d;
    return n;
}

/* At most four digits come here, so an int is wide enough. */
static int number_of(const char *digits, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + digits[i];
    return v;
}

/* Years of either calendar that a fund could write, so that a phone number in groups of 2, 2 and 4 is
 * held for a date only when it could be one. */
static bool is_date(int year, int month, int day)
{
    bool is_year = (year >= 1900 && year < 2200) || (year >= 2400 && year < 2700);
    return is_year && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* The end of a date at `at` (01-10-2569, 2026-10-01), or `at` itself. Its digits belong to no phone
 * number, although "02-10-2569 9" has the nine of Bangkok. */
static size_t skip_date(struct str s, size_t at)
{
    char part[3][4];
    size_t n[3], end = at;
    for (int i = 0; i < 3; i++) {
        if (i > 0) end = skip_joints(s, end);
        n[i] = take_group(s, &end, sizeof part[i], part[i]);
        if (n[i] != 2 && n[i] != 4) return at;
    }
    int v[3];
    for (int i = 0; i < 3; i++)
        v[i] = number_of(part[i], n[i]);
    bool is_day_first = n[0] == 2 && n[1] == 2 && n[2] == 4 && is_date(v[2], v[1], v[0]);
    bool is_year_first = n[0] == 4 && n[1] == 2 && n[2] == 2 && is_date(v[0], v[1], v[2]);
    return is_day_first || is_year_first ? end : at;
}

/* Degrees at `at`: whole ones without a leading zero, a dot, three or more digits. -1: there are none. */
static int take_degrees(struct str s, size_t *at)
{
    char whole[3], part[1];
    size_t end = *at, n = take_group(s, &end, sizeof whole, whole);
    if (n == 0 || n > sizeof whole || whole[0] == 0) return -1;
    if (end >= s.n || s.p[end] != '.') return -1;
    end++;
    if (take_group(s, &end, sizeof part, part) < 3) return -1;
    *at = end;
    return number_of(whole, n);
}

/* The end of a place in Thailand at `at` (7.021234 100.501762), or `at` itself: a phone is never written so. */
static size_t skip_place(struct str s, size_t at)
{
    size_t end = at;
    int lat = take_degrees(s, &end);
    if (lat < 5 || lat > 21) return at;
    end = skip_joints(s, end);
    int lon = take_degrees(s, &end);
    return lon >= 97 && lon <= 106 ? end : at;
}

/* What has digits of its own, a date or a place: its end, or `at` itself. */
static size_t skip_other(struct str s, size_t at)
{
    size_t end = skip_date(s, at);
    return end != at ? end : skip_place(s, at);
}

static bool is_mobile(char first)
{
    return first == 6 || first == 8 || first == 9;
}

static bool is_landline(char first)
{
    return (first >= 2 && first <= 5) || first == 7;
}

/* 06, 08, 09 and eight more; 02–05, 07 and seven more; the same abroad with 66 instead of 0. */
static bool is_phone(const char *d, size_t n, bool has_plus)
{
    bool is_abroad = n >= 10 && d[0] == 6 && d[1] == 6;
    if (!is_abroad && d[0] != 0) return false;
    /* What follows the 0 or the 66. */
    size_t digits = n - (is_abroad ? 2 : 1);
    if (digits == 9) return is_mobile(d[n - 9]);
    /* Ten digits from 66 are many things (accounts, codes) unless a plus says what they are. */
    return digits == 8 && is_landline(d[n - 8]) && (!is_abroad || has_plus);
}

/* The 13th digit is right by chance in one number of ten: a money account may be held for an id, an
 * id is never let through. */
static bool is_citizen_id(const char *d, size_t n)
{
    if (n != 13 || d[0] == 0 || d[0] == 9) return false;
    int sum = 0;
    for (int i = 0; i < 12; i++)
        sum += d[i] * (13 - i);
    return (11 - sum % 11) % 10 == d[12];
}

/* Whether a run of whole groups that starts at `at` makes one of the two. */
static bool is_personal_at(struct str s, size_t at, bool has_plus)
{
    char digits[DIGITS_MAX];
    size_t n = 0;
    for (;;) {
        size_t start = at;
        if (skip_other(s, start) != start) return false;
        size_t got = take_group(s, &at, DIGITS_MAX - n, digits + n);
        if (got == 0 || got > DIGITS_MAX - n) return false;
        n += got;
        if (is_phone(digits, n, has_plus) || is_citizen_id(digits, n)) return true;
        if (n == DIGITS_MAX) return false;
        at = skip_joints(s, at);
    }
}

/* From each group of digits on, the groups behind it are tried until there are more than 13 digits:
 * linear in the text, whatever a stranger types. A number inside a longer unbroken run of digits is
 * not looked for: a project code or an account would be held for a telephone. */
bool thai_has_phone_or_citizen_id(struct str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        char digit;
        if (take_group(text, &end, 1, &digit) == 0) {
            i++;
            continue;
        }
        size_t other_end = skip_other(text, i);
        if (other_end != i) {
            i = other_end;
            continue;
        }
        if (is_personal_at(text, i, i > 0 && text.p[i - 1] == '+')) return true;
        i = end;
    }
    return false;
}

struct str open_text(struct str text, bool *ret_withheld)
{
    if (text.n == 0) return STR("");
    if (!thai_has_phone_or_citizen_id(text)) return text;
    if (ret_withheld != NULL) *ret_withheld = true;
    return STR("");
}

struct str open_or_none(struct str text)
{
    struct str open = open_text(text, NULL);
    return open.n == 0 ? STR_NONE : open;
}

bool thai_find_range(struct arena *a, struct str words, struct str *ret_low, struct str *ret_high)
{
    struct str low = thai_fold(a, words);
    if (str_is_empty(low)) return false;
    *ret_low = low;
    /* Every text that starts with `low` lies below low + U+10FFFF. */
    *ret_high = str_concat(a, (const struct str[]){low, STR("\xF4\x8F\xBF\xBF")}, 2);
    return true;
}
