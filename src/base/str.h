/* str.h — a borrowed slice of bytes, UTF-8 where it is text. Never owns, never NUL-terminated by
 * promise. `p == NULL` means "no value" (SQL NULL, absent field); an empty text has p != NULL. */
#ifndef SARN_BASE_STR_H
#define SARN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"

struct str {
    const char *p;
    size_t n;
};

#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1}) /* of a literal, static */
#define STR_NONE ((struct str){NULL, 0})
#define STR_FMT(s) (int)(s).n, (s).p /* for "%.*s" */

static inline struct str str_of(const char *z) { return z ? (struct str){z, strlen(z)} : STR_NONE; }
static inline bool str_is_none(struct str s) { return s.p == NULL; }
static inline bool str_is_empty(struct str s) { return s.n == 0; }
static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline struct str str_from(struct str s, size_t from) /* from <= s.n */
{
    return (struct str){s.p + from, s.n - from};
}
static inline struct str str_first(struct str s, size_t n) { return (struct str){s.p, n < s.n ? n : s.n}; }

/* At most `max` bytes of UTF-8 text, never through a letter: half of one is no text. */
struct str str_cut(struct str s, size_t max);
int str_cmp(struct str a, struct str b); /* by bytes, as memcmp; the database's order too */
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only: header names, keywords */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Position of `needle`, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);
struct str str_trim(struct str s); /* ASCII blanks and U+00A0, both ends */
/* Takes the piece up to `sep` from the front of `*rest`; false when nothing is left.
 * "a,,b" gives "a", "", "b"; n separators give n + 1 pieces (a trailing empty column is kept), so ""
 * gives one "", and STR_NONE none. */
bool str_split(struct str *rest, char sep, struct str *ret_piece);
struct str str_copy(struct arena *a, struct str s);       /* arena */
const char *str_z(struct arena *a, struct str s);         /* arena, NUL-terminated */
struct str str_concat(struct arena *a, const struct str *parts, size_t n);
struct str str_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A whole decimal number, optional '-', nothing else around it. ERR_INPUT, ERR_LIMIT on overflow. */
enum err str_to_int(struct str s, int64_t *ret);

#endif
