/* str.c — what a borrowed slice can do beyond the inline part of str.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem, memrchr */
#endif
#include "base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

/* -1, 0 or 1: callers may switch on it, memcmp promises only the sign. */
struct str str_cut(struct str s, size_t max)
{
    size_t n = s.n < max ? s.n : max;
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    return str_first(s, n);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n == 0 ? 0 : memcmp(a.p, b.p, n);
    if (c != 0) return c < 0 ? -1 : 1;
    return (a.n > b.n) - (a.n < b.n);
}

/* Not tolower(): that asks the locale, and "I" is not "ı" in a header name. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

/* memcmp must not see NULL even for no bytes (undefined in C): str_eq looks at the length first, and
 * so must every function here. */
bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_first(s, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || str_eq(str_from(s, s.n - suffix.n), suffix));
}

/* An empty needle is in front of everything, as in every language people know. */
ptrdiff_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0) return 0;
    if (s.n < needle.n) return -1;
    const char *at = memmem(s.p, s.n, needle.p, needle.n);
    return at == NULL ? -1 : at - s.p;
}

ptrdiff_t str_find_char(struct str s, char c)
{
    const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);
    return at == NULL ? -1 : at - s.p;
}

/* isspace() would ask the locale, and fail on bytes above 127 where char is signed. */
static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* U+00A0: Word and web pages put it where people see a space. */
static bool is_nbsp(const char *p)
{
    return p[0] == '\xC2' && p[1] == '\xA0';
}

/* The two bytes of U+00A0 are taken together or not at all: A0 alone is the end of another letter
 * (U+0E20 ภ is E0 B8 A0). */
struct str str_trim(struct str s)
{
    while (s.n > 0) {
        if (is_blank(s.p[0]))
            s = str_from(s, 1);
        else if (s.n >= 2 && is_nbsp(s.p))
            s = str_from(s, 2);
        else
            break;
    }
    while (s.n > 0) {
        if (is_blank(s.p[s.n - 1]))
            s.n -= 1;
        else if (s.n >= 2 && is_nbsp(s.p + s.n - 2))
            s.n -= 2;
        else
            break;
    }
    return s;
}

/* "Nothing left" is p == NULL, not n == 0: otherwise the last, empty column of a row would be lost
 * and the row be refused as too short. */
bool str_split(struct str *rest, char sep, struct str *ret_piece)
{
    if (rest->p == NULL) return false;
    ptrdiff_t at = str_find_char(*rest, sep);
    if (at < 0) {
        *ret_piece = *rest;
        *rest = STR_NONE;
    } else {
        *ret_piece = str_first(*rest, (size_t)at);
        *rest = str_from(*rest, (size_t)at + 1);
    }
    return true;
}

/* For libraries that want a C string. A NUL inside ends it early for them; thai_clean() has refused
 * NUL in everything that a person typed. */
const char *str_z(struct arena *a, struct str s)
{
    char *z = arena_alloc(a, s.n + 1); /* zeroed: the NUL is there */
    if (s.n > 0) memcpy(z, s.p, s.n);
    return z;
}

struct str str_copy(struct arena *a, struct str s)
{
    if (str_is_none(s)) return STR_NONE; /* "no value" stays no value */
    char *p = arena_alloc(a, s.n);
    if (s.n > 0) memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

/* One piece of memory of the exact size: no growing, nothing left over. */
struct str str_concat(struct arena *a, const struct str *parts, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += parts[i].n;
    char *p = arena_alloc(a, total);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n > 0) memcpy(p + at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    return (struct str){p, total};
}

struct str str_printf(struct arena *a, const char *format, ...)
{
    /* Most texts fit the first try; the second has the exact length. */
    char guess[256];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(guess, sizeof guess, format, ap);
    va_end(ap);
    assert(n >= 0);
    size_t len = (size_t)n;
    char *p = arena_alloc(a, len + 1);
    if (len < sizeof guess) {
        memcpy(p, guess, len);
    } else {
        va_start(ap, format);
        vsnprintf(p, len + 1, format, ap);
        va_end(ap);
    }
    return (struct str){p, len};
}

enum err str_to_int(struct str s, int64_t *ret)
{
    bool is_negative = s.n > 0 && s.p[0] == '-';
    if (is_negative) s = str_from(s, 1);
    if (s.n == 0) return ERR_INPUT;
    int64_t v = 0;
    bool is_over = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return ERR_INPUT;
        /* Counted downwards: the lowest int64 has no positive twin. The form is checked to the
         * end before the size, so that "99999999999999999999x" is bad input and not too large. */
        is_over = is_over || __builtin_mul_overflow(v, 10, &v) ||
                  __builtin_sub_overflow(v, s.p[i] - '0', &v);
    }
    if (is_over || (!is_negative && v == INT64_MIN)) return ERR_LIMIT;
    *ret = is_negative ? v : -v;
    return ERR_OK;
}
