/* thai.c — the door for text: one spelling for what looks the same.
 *
 * Thai is typed in visual order, and several sequences of code points look alike on paper: ํ า and
 * ำ, เ เ and แ, a tone mark before or after its vowel. NFC joins none of them. Without one form a
 * name saved by one person is not found by another, and two rows "the same" stand side by side.
 */
#include "base/thai.h"

#include <assert.h>
#include <utf8proc.h>

#include "base/digit.h"
#include "base/thai_chars.h"

/* Code points being worked on, in the arena. */
struct points {
    int32_t *p;
    size_t n;
};

/* Printable ASCII needs none of this, and most fields of most forms are that. */
static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~') return false;
    return true;
}

/* Unicode's Stream-Safe limit. No writing needs more marks on one letter; ordering a million of them
 * takes minutes, and they paint over the lines above. */
#define MARKS_MAX 30

/* Blanks and line ends to one kind each, invisible characters out. */
static enum err decode(struct arena *a, struct str in, struct points *ret)
{
    struct points out = {ARENA_ARRAY(a, int32_t, in.n), 0};
    int marks = 0;
    for (size_t i = 0; i < in.n;) {
        int32_t c = 0;
        ssize_t len = utf8proc_iterate((const uint8_t *)in.p + i, (ssize_t)(in.n - i), &c);
        if (len <= 0) return ERR_INPUT;
        i += (size_t)len;
        if (c == '\r') {
            c = '\n';
            if (i < in.n && in.p[i] == '\n') i++;
        }
        switch (utf8proc_category(c)) {
        case UTF8PROC_CATEGORY_CF: continue; /* zero-width, BOM, soft hyphen, direction marks */
        case UTF8PROC_CATEGORY_ZS: c = ' '; break;
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP: c = '\n'; break;
        case UTF8PROC_CATEGORY_CC:
            if (c != '\t' && c != '\n') return ERR_INPUT;
            break;
        default: break;
        }
        marks = utf8proc_get_property(c)->combining_class > 0 ? marks + 1 : 0;
        if (marks > MARKS_MAX) return ERR_INPUT;
        out.p[out.n++] = c;
    }
    *ret = out;
    return ERR_OK;
}

/* NFC by utf8proc: decompose, order, compose. */
static struct points to_nfc(struct arena *a, struct points in)
{
    size_t cap = in.n * 4 + 4; /* no code point has a canonical decomposition of more than four */
    struct points out = {ARENA_ARRAY(a, int32_t, cap), 0};
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    int boundary = UTF8PROC_BOUNDCLASS_START;
    for (size_t i = 0; i < in.n; i++) {
        ssize_t n =
            utf8proc_decompose_char(in.p[i], out.p + out.n, (ssize_t)(cap - out.n), how, &boundary);
        assert(n >= 0 && (size_t)n <= cap - out.n);
        out.n += (size_t)n;
    }
    /* decompose_char leaves the marks in the order found; canonical order first, then compose. */
    for (size_t i = 1; i < out.n; i++) {
        int k = utf8proc_get_property(out.p[i])->combining_class;
        for (size_t j = i; k > 0 && j > 0; j--) {
            if (utf8proc_get_property(out.p[j - 1])->combining_class <= k) break;
            int32_t swap = out.p[j];
            out.p[j] = out.p[j - 1];
            out.p[j - 1] = swap;
        }
    }
    ssize_t n = utf8proc_normalize_utf32(out.p, (ssize_t)out.n, how);
    assert(n >= 0);
    out.n = (size_t)n;
    return out;
}

/* Where the tone marks at the end begin. */
static size_t before_tones(struct points s)
{
    size_t i = s.n;
    while (i > 0 && thai_is_tone(s.p[i - 1]))
        i--;
    return i;
}

/* `s` has room: join_thai() gives as many places as there are code points. */
static void insert(struct points *s, size_t at, int32_t c)
{
    memmove(s->p + at + 1, s->p + at, (s->n - at) * sizeof *s->p);
    s->p[at] = c;
    s->n++;
}

/* Appends `c` to what is already in one form. */
static void append(struct points *out, int32_t c)
{
    size_t base = before_tones(*out);
    int32_t last = out->n > 0 ? out->p[out->n - 1] : 0;
    if (c == TH_SARA_AA && base > 0 && out->p[base - 1] == TH_NIKHAHIT) {
        /* ํ + า, also with the tone mark between: ํ goes, ำ comes behind the tone. */
        memmove(out->p + base - 1, out->p + base, (out->n - base) * sizeof *out->p);
        out->p[out->n - 1] = TH_SARA_AM;
    } else if (c == TH_SARA_E && last == TH_SARA_E) {
        out->p[out->n - 1] = TH_SARA_AE;
    } else if (thai_is_tone(c) && last == TH_SARA_AM) {
        size_t at = out->n; /* "นำ้" is a slip for "น้ำ" that looks right on many screens; of several ำ, before the first */
        while (at > 0 && out->p[at - 1] == TH_SARA_AM) at--;
        insert(out, at, c);
    } else if (thai_is_mark_vowel(c)) {
        insert(out, base, c); /* a tone typed before its vowel looks as the right order does */
    } else {
        out->p[out->n++] = c;
    }
}

/* Joins in place; never longer than before. */
static bool join_thai(struct arena *a, struct points *s)
{
    struct points out = {ARENA_ARRAY(a, int32_t, s->n), 0};
    for (size_t i = 0; i < s->n; i++)
        append(&out, s->p[i]);
    bool is_changed =
        out.n != s->n || (out.n > 0 && memcmp(out.p, s->p, out.n * sizeof *out.p) != 0);
    *s = out;
    return is_changed;
}

/* Back to UTF-8: at most four bytes a code point. */
static struct str encode(struct arena *a, struct points s)
{
    char *p = arena_alloc(a, s.n * 4);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += (size_t)utf8proc_encode_char(s.p[i], (uint8_t *)p + n);
    return (struct str){p, n};
}

/* The order matters: NFC first, so that marks stand in one order before they are looked at. Plain
 * ASCII is copied as it is; it is the greater part of all fields. */
enum err thai_clean(struct arena *a, struct str in, struct str *ret)
{
    if (str_is_none(in) || is_plain(in)) {
        *ret = str_copy(a, in);
        return ERR_OK;
    }
    struct points s;
    TRY(decode(a, in, &s));
    /* Moving a tone mark may break NFC's order when foreign marks stand in the same place, and NFC
     * may then undo the move. Real text is quiet at once; what quarrels for ever is no Thai word. */
    for (int round = 0;; round++) {
        s = to_nfc(a, s);
        if (!join_thai(a, &s)) break;
        if (round == 3) {
            s = to_nfc(a, s);
            break;
        }
    }
    *ret = encode(a, s);
    return ERR_OK;
}

/* Blanks, TAB and LF to one space between words and none around. `s` is the arena's own copy. */
static struct str fold_blanks(struct arena *a, struct str s)
{
    if (str_is_none(s)) return s;
    char *p = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_blank = s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n';
        if (is_blank && (n == 0 || p[n - 1] == ' ')) continue;
        p[n++] = is_blank ? ' ' : s.p[i];
    }
    if (n > 0 && p[n - 1] == ' ') n--;
    return (struct str){p, n};
}

enum err thai_clean_line(struct arena *a, struct str in, struct str *ret)
{
    struct str clean;
    TRY(thai_clean(a, in, &clean));
    *ret = fold_blanks(a, clean);
    return ERR_OK;
}

/* By bytes, so that it also takes what is no UTF-8: parsers call it before they judge. */
struct str thai_digits_to_ascii(struct arena *a, struct str in)
{
    if (str_is_none(in)) return in;
    char *p = arena_alloc(a, in.n);
    size_t n = 0;
    for (size_t i = 0; i < in.n;) {
        int d = digit_take(in, &i);
        p[n++] = d >= 0 ? (char)('0' + d) : in.p[i++];
    }
    return (struct str){p, n};
}

/* For printed papers (ราชการใช้เลขไทย); a Thai digit has three bytes. */
struct str ascii_digits_to_thai(struct arena *a, struct str in)
{
    if (str_is_none(in)) return in;
    char *p = arena_alloc(a, in.n * 3);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        if (in.p[i] >= '0' && in.p[i] <= '9') {
            p[n++] = '\xE0';
            p[n++] = '\xB9';
            p[n++] = (char)(0x90 + (in.p[i] - '0'));
        } else {
            p[n++] = in.p[i];
        }
    }
    return (struct str){p, n};
}

/* Drops ฯ, dots and hyphens ("ม.ค." = "มค", "กรุงเทพฯ" = "กรุงเทพ"), lowers ASCII letters. */
static struct str fold_letters(struct arena *a, struct str s)
{
    const struct str paiyannoi = STR("ฯ");
    char *p = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        struct str rest = str_from(s, i);
        bool is_hyphen = rest.n >= 3 && rest.p[0] == '\xE2' && rest.p[1] == '\x80' &&
                         rest.p[2] >= '\x90' && rest.p[2] <= '\x95'; /* U+2010 … U+2015 */
        if (is_hyphen || str_starts(rest, paiyannoi)) {
            i += 3;
        } else if (s.p[i] == '.' || s.p[i] == '-') {
            i++;
        } else {
            char c = s.p[i++];
            p[n++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
    }
    return (struct str){p, n};
}

/* Only for finding: what is shown and stored is the cleaned text, the fold stands beside it. */
struct str thai_fold(struct arena *a, struct str in)
{
    if (str_is_none(in)) return in;
    struct str s;
    /* What is not text has no name to be found by; the door has refused it before. */
    if (thai_clean(a, in, &s) != ERR_OK) return STR("");
    s = fold_letters(a, thai_digits_to_ascii(a, s));
    /* Again: what a dropped dot held apart may join now ("เ.เ"). */
    enum err e = thai_clean_line(a, s, &s);
    assert(e == ERR_OK);
    return s;
}
