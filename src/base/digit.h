/* digit.h — reads a decimal digit of either script. Inside base only: rooms use the parsers. */
#ifndef SARN_BASE_DIGIT_H
#define SARN_BASE_DIGIT_H

#include "base/str.h"

/* The value of the ASCII or Thai digit at `*at`, which moves behind it; -1 and no move when there
 * is none. Thai digits are U+0E50…U+0E59: E0 B9 90…99. */
static inline int digit_take(struct str s, size_t *at)
{
    size_t i = *at;
    if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') {
        *at = i + 1;
        return s.p[i] - '0';
    }
    if (s.n >= 3 && i <= s.n - 3 && s.p[i] == '\xE0' && s.p[i + 1] == '\xB9') {
        int v = (unsigned char)s.p[i + 2] - 0x90;
        if (v >= 0 && v <= 9) {
            *at = i + 3;
            return v;
        }
    }
    return -1;
}

/* The whole of `s`, blanks around it aside, as a number of 1 to `max_digits` digits (at most 9). */
static inline enum err digits_whole(struct str s, int max_digits, int *ret)
{
    s = str_trim(s);
    int v = 0, count = 0;
    size_t at = 0;
    for (int d; (d = digit_take(s, &at)) >= 0;) {
        if (++count > max_digits) return ERR_INPUT;
        v = v * 10 + d;
    }
    if (count == 0 || at != s.n) return ERR_INPUT;
    *ret = v;
    return ERR_OK;
}

#endif
