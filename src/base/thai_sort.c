/* thai_sort.c — dictionary order as bytes.
 *
 * The key has up to three levels, each decided before the next is looked at:
 *   1 letters: consonants ก…ฮ, then vowels ะ…ไ, a leading vowel behind its consonant; Latin without
 *     case and accents; numbers by value; blanks and punctuation do not count;
 *   2 marks: ์ ็ ่ ้ ๊ ๋ and their places, none before any, the earlier difference first;
 *   3 the text itself, only where the first two have not told all (case, blanks, punctuation).
 * Every byte is printable ASCII but for level 3, so that a key is TEXT in both databases (no NUL, no
 * invalid UTF-8) and COLLATE "C" or BINARY compares it as memcmp does.
 */
#include "base/thai.h"

#include <assert.h>
#include <utf8proc.h>

#include "base/thai_chars.h"

/* Bytes of level 1 in their order. The separator is below all: "กา" comes before "กาก". */
enum {
    KEY_LEVEL = '!',
    KEY_NUMBER = '#', /* + length + digits */
    KEY_LATIN = '$',  /* + letter */
    KEY_THAI = '0',   /* + place in the alphabet: 46 consonants, 18 vowels */
    KEY_OTHER = '~'   /* + six digits of base 32: other scripts, by code point */
};

/* Level 2: how many letters have no mark before this one has. The farther, the lower, because a text
 * without a mark at a place comes before one with it. */
enum { GAP_MAX = 60, GAP_SKIP = '"', GAP_TOP = '#' + GAP_MAX };

struct key {
    struct buf letters, marks;
    int64_t gap;     /* letters since the last mark */
    bool has_untold; /* something that levels 1 and 2 do not show */
};

/* The place of each letter in the alphabet, 1 …; 0: not a letter. The vowels' order is that of the
 * Royal Institute's dictionary and of ICU; ๅ is the tail of ฤๅ, a long า, hence right behind it. */
static int place_of(int32_t c)
{
    static const int8_t vowels[0x0E4F - TH_SARA_A] = {
        [0x0E4D - 0x0E30] = 1 /* ํ */,   [0x0E30 - 0x0E30] = 2 /* ะ */,
        [0x0E31 - 0x0E30] = 3 /* ั */,   [0x0E32 - 0x0E30] = 4 /* า */,
        [0x0E45 - 0x0E30] = 5 /* ๅ */,  [0x0E33 - 0x0E30] = 6 /* ำ */,
        [0x0E34 - 0x0E30] = 7 /* ิ */,   [0x0E35 - 0x0E30] = 8 /* ี */,
        [0x0E36 - 0x0E30] = 9 /* ึ */,   [0x0E37 - 0x0E30] = 10 /* ื */,
        [0x0E38 - 0x0E30] = 11 /* ุ */,  [0x0E39 - 0x0E30] = 12 /* ู */,
        [0x0E40 - 0x0E30] = 13 /* เ */, [0x0E41 - 0x0E30] = 14 /* แ */,
        [0x0E42 - 0x0E30] = 15 /* โ */, [0x0E43 - 0x0E30] = 16 /* ใ */,
        [0x0E44 - 0x0E30] = 17 /* ไ */, [0x0E3A - 0x0E30] = 18 /* ฺ */,
    };
    const int consonants = TH_HO_NOKHUK - TH_KO_KAI + 1;
    if (thai_is_consonant(c)) return c - TH_KO_KAI + 1;
    if (c < TH_SARA_A || c >= 0x0E4F || vowels[c - TH_SARA_A] == 0) return 0;
    return consonants + vowels[c - TH_SARA_A];
}

/* One byte a letter: the keys of names are shorter than the names. */
static void put_thai(struct key *k, int place)
{
    buf_putc(&k->letters, (char)(KEY_THAI + place - 1));
    k->gap++;
}

/* The place of each mark of level 2, 1 …; 0: not a mark. In ICU's order: ๎ ์ ็ ่ ้ ๊ ๋. */
static int mark_of(int32_t c)
{
    switch (c) {
    case 0x0E4E: return 1;
    case TH_THANTHAKHAT: return 2;
    case TH_MAITAIKHU: return 3;
    default: return thai_is_tone(c) ? 4 + (c - TH_MAI_EK) : 0;
    }
}

/* Counts what lies between, then names the mark. Two marks on one letter follow with a gap of 0. */
static void put_mark(struct key *k, int mark)
{
    for (; k->gap > GAP_MAX; k->gap -= GAP_MAX)
        buf_putc(&k->marks, GAP_SKIP);
    buf_putc(&k->marks, (char)(GAP_TOP - k->gap));
    buf_putc(&k->marks, (char)('0' + mark));
    k->gap = 0;
}

/* Of either script: "หมู่ ๒" stands between "หมู่ 1" and "หมู่ 3". */
static int digit_of(int32_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 0x0E50 && c <= 0x0E59 ? c - 0x0E50 : -1;
}

/* A number: a longer one is greater, then digit by digit. Leading zeros are left to level 3. */
static size_t put_number(struct key *k, const int32_t *p, size_t n)
{
    size_t end = 0, first = 0;
    for (; end < n && digit_of(p[end]) >= 0; end++)
        if (p[end] > '9') k->has_untold = true;
    while (first + 1 < end && digit_of(p[first]) == 0)
        first++;
    if (first > 0) k->has_untold = true;
    buf_putc(&k->letters, KEY_NUMBER);
    /* The length in steps of 64: '~' says "more than 64", so any count of digits keeps its order. */
    size_t len = end - first;
    for (; len > 64; len -= 64)
        buf_putc(&k->letters, '~');
    buf_putc(&k->letters, (char)('0' + len));
    for (size_t i = first; i < end; i++)
        buf_putc(&k->letters, (char)('0' + digit_of(p[i])));
    k->gap++;
    return end;
}

/* Latin and everything else: base letters without case; accents and signs only in level 3. */
static void put_foreign(struct key *k, int32_t c)
{
    int32_t parts[32];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    ssize_t n = utf8proc_decompose_char(c, parts, 32, how, &boundary);
    if (n <= 0 || n > 32) n = 1, parts[0] = c;
    if (n != 1 || parts[0] != c) k->has_untold = true;
    for (ssize_t i = 0; i < n; i++) {
        int32_t part = parts[i];
        if (part >= 'a' && part <= 'z') {
            buf_putc(&k->letters, KEY_LATIN);
            buf_putc(&k->letters, (char)part);
        } else if (utf8proc_category(part) >= UTF8PROC_CATEGORY_LU &&
                   utf8proc_category(part) <= UTF8PROC_CATEGORY_LO) {
            buf_putc(&k->letters, KEY_OTHER);
            for (int shift = 25; shift >= 0; shift -= 5)
                buf_putc(&k->letters, (char)('0' + (part >> shift & 31)));
        } else {
            k->has_untold = true;
            continue;
        }
        k->gap++;
    }
}

/* Takes one letter, number or mark from the front; returns how many code points that was. */
static size_t put_next(struct key *k, const int32_t *p, size_t n)
{
    int32_t c = p[0];
    if (digit_of(c) >= 0) return put_number(k, p, n);
    if (thai_is_leading_vowel(c) && n > 1 && thai_is_consonant(p[1])) {
        put_thai(k, place_of(p[1])); /* the heart of Thai order: เก is ก + เ */
        put_thai(k, place_of(c));
        return 2;
    }
    if (place_of(c) > 0)
        put_thai(k, place_of(c));
    else if (mark_of(c) > 0)
        put_mark(k, mark_of(c));
    else if (c >= 0x0E00 && c <= 0x0E7F)
        k->has_untold = true; /* ฯ ๆ ฿ ๏: signs, not letters */
    else
        put_foreign(k, c);
    return 1;
}

/* Cleaned first, so that two spellings of a name (นํ้า, น้ำ) have one key. Levels that say nothing
 * are left away: most keys are level 1 and a few marks. */
struct str thai_sort_key(struct arena *a, struct str in)
{
    struct str s;
    if (str_is_none(in)) return in;
    if (thai_clean_line(a, in, &s) != ERR_OK) return STR(""); /* the door has refused it before */
    int32_t *p = ARENA_ARRAY(a, int32_t, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++) {
        ssize_t len = utf8proc_iterate((const uint8_t *)s.p + i, (ssize_t)(s.n - i), &p[n]);
        assert(len > 0);
        i += (size_t)len;
    }
    /* A code point gives at most 18 letters by decomposition, a letter 7 bytes. */
    struct key k = {.letters = buf_in(a, n * 18 * 7 + 2 + s.n), .marks = buf_in(a, n * 4 + 1)};
    for (size_t i = 0; i < n;)
        i += put_next(&k, p + i, n - i);
    struct str marks = buf_str(&k.marks);
    if (marks.n > 0 || k.has_untold) {
        buf_putc(&k.letters, KEY_LEVEL);
        buf_put(&k.letters, marks);
    }
    if (k.has_untold) {
        buf_putc(&k.letters, KEY_LEVEL);
        buf_put(&k.letters, s);
    }
    assert(!k.letters.is_full && !k.marks.is_full);
    return buf_str(&k.letters);
}
