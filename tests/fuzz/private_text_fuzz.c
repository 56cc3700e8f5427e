/* What a person wrote, made from the bytes: a telephone or a citizen id in any of its clothes, inside Thai words, is always
 * seen; money, dates, codes, counts and places never are. */
#include "base/buf.h"
#include "base/thai.h"

#include <stdio.h>
#include <stdlib.h>

static void must(bool is_true)
{
    if (!is_true) abort();
}

/* ---- choices from the input; when it is used up, the first of each ---- */

struct choices {
    const uint8_t *p;
    size_t n;
};

static unsigned pick(struct choices *c, unsigned of)
{
    if (c->n == 0) return 0;
    c->n--;
    return *c->p++ % of;
}

static const char *const words[] = {"โทร", "ติดต่อคุณสมใจ ", "บ้านเลขที่", " ค่ะ ", "งบประมาณ", "\n", "ฯลฯ ", "กลุ่มอสม.หมู่", "call me ", "พิกัด "};
static const char *const joints[] = {"-", " ", ".", "(", ")", "\t", "\xC2\xA0", "\xC2\xAD", "\xE2\x80\x8B", "\xE2\x80\x8C",
                                     "\xE2\x80\x8D", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE2\x88\x92", "\xEF\xBB\xBF"};
#define COUNT(list) ((unsigned)(sizeof(list) / sizeof(list)[0]))

static void put_word(struct buf *b, struct choices *c)
{
    buf_put(b, str_of(words[pick(c, COUNT(words))]));
}

static void put_digit(struct buf *b, struct choices *c, int digit)
{
    char thai[] = "\xE0\xB9\x90";
    thai[2] = (char)(thai[2] + digit);
    if (pick(c, 2) == 1) buf_put(b, str_of(thai));
    else buf_putc(b, (char)('0' + digit));
}

static void put_number(struct buf *b, struct choices *c, unsigned v)
{
    char text[16];
    int n = snprintf(text, sizeof text, "%u", v);
    for (int i = 0; i < n; i++) put_digit(b, c, text[i] - '0');
}

/* ---- what must be seen ---- */

static size_t make_phone(struct choices *c, char *d)
{
    static const char mobile[] = {6, 8, 9}, land[] = {2, 3, 4, 5, 7};
    bool is_mobile = pick(c, 2) == 0;
    size_t n = is_mobile ? 10 : 9;
    d[0] = 0;
    d[1] = is_mobile ? mobile[pick(c, 3)] : land[pick(c, 5)];
    for (size_t i = 2; i < n; i++) d[i] = (char)pick(c, 10);
    return n;
}

static size_t make_citizen(struct choices *c, char *d)
{
    int sum = 0;
    d[0] = (char)(1 + pick(c, 8));
    for (int i = 1; i < 12; i++) d[i] = (char)pick(c, 10);
    for (int i = 0; i < 12; i++) sum += d[i] * (13 - i);
    d[12] = (char)((11 - sum % 11) % 10);
    return 13;
}

/* Groups of 2, 2 and 4 or 4, 2 and 2 may be a date, which people write more often: they are let alone. A group and a dot
 * may be degrees. So the groups are 1, 3 or 5 and more digits, and the first two never have a lone dot between them. */
static size_t group_of(struct choices *c, size_t left)
{
    static const size_t sizes[] = {3, 1, 5, 6, 7, 10, 13};
    size_t n = sizes[pick(c, COUNT(sizes))];
    return n < left ? n : left;
}

static void put_joints(struct buf *b, struct choices *c)
{
    buf_put(b, str_of(joints[pick(c, COUNT(joints))]));
    for (unsigned i = pick(c, 3); i > 0; i--) buf_put(b, str_of(joints[pick(c, COUNT(joints))]));
    buf_putc(b, ' ');
}

static void put_personal(struct buf *b, struct choices *c)
{
    char d[13];
    size_t n = pick(c, 2) == 0 ? make_phone(c, d) : make_citizen(c, d);
    for (size_t i = 0; i < n;) {
        size_t end = i + group_of(c, n - i);
        for (; i < end; i++) put_digit(b, c, d[i]);
        if (i < n) put_joints(b, c);
    }
}

/* ---- what must not be seen ---- */

static void put_money(struct buf *b, struct choices *c)
{
    put_number(b, c, 1 + pick(c, 255));
    for (unsigned i = pick(c, 3); i > 0; i--) {
        buf_putc(b, ',');
        for (int k = 0; k < 3; k++) put_digit(b, c, (int)pick(c, 10));
    }
    buf_putc(b, '.');
    put_digit(b, c, (int)pick(c, 10));
    put_digit(b, c, (int)pick(c, 10));
}

static void put_two(struct buf *b, struct choices *c, unsigned v)
{
    put_digit(b, c, (int)(v / 10));
    put_digit(b, c, (int)(v % 10));
}

static void put_date(struct buf *b, struct choices *c)
{
    static const char marks[] = {'-', '/', '.', ' '};
    char mark = marks[pick(c, 4)];
    unsigned year = pick(c, 2) == 0 ? 2540 + pick(c, 100) : 1990 + pick(c, 60);
    bool is_year_first = pick(c, 2) == 1;
    if (is_year_first) put_number(b, c, year);
    else put_two(b, c, 1 + pick(c, 31));
    buf_putc(b, mark);
    put_two(b, c, 1 + pick(c, 12));
    buf_putc(b, mark);
    if (is_year_first) put_two(b, c, 1 + pick(c, 31));
    else put_number(b, c, year);
}

static void put_code(struct buf *b, struct choices *c)
{
    put_two(b, c, 50 + pick(c, 50));
    buf_put(b, STR("-L"));
    put_number(b, c, 1000 + pick(c, 255));
    buf_putc(b, '-');
    put_digit(b, c, (int)pick(c, 9));
    buf_putc(b, '-');
    put_two(b, c, pick(c, 100));
}

static void put_place(struct buf *b, struct choices *c)
{
    put_number(b, c, 5 + pick(c, 16));
    buf_putc(b, '.');
    for (unsigned i = 3 + pick(c, 4); i > 0; i--) put_digit(b, c, (int)pick(c, 10));
    buf_put(b, pick(c, 2) == 0 ? STR(", ") : STR(" "));
    put_number(b, c, 97 + pick(c, 9));
    buf_putc(b, '.');
    for (unsigned i = 3 + pick(c, 4); i > 0; i--) put_digit(b, c, (int)pick(c, 10));
}

static void put_harmless(struct buf *b, struct choices *c)
{
    switch (pick(c, 5)) {
    case 0: put_money(b, c); break;
    case 1: put_date(b, c); break;
    case 2: put_code(b, c); break;
    case 3: put_place(b, c); break;
    default: put_number(b, c, pick(c, 255) * 13 + pick(c, 200));
    }
}

static void check(struct arena *a, struct str text, bool want)
{
    must(thai_has_phone_or_citizen_id(text) == want);
    must(thai_has_phone_or_citizen_id(thai_digits_to_ascii(a, text)) == want);
    must(thai_has_phone_or_citizen_id(ascii_digits_to_thai(a, text)) == want);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (size > 4096) return 0;
    if (a == NULL) a = arena_new((size_t)16 << 20);
    struct choices c = {data, size};
    struct buf b = buf_in(a, 65536);
    bool is_personal = pick(&c, 2) == 1;
    unsigned at = pick(&c, 4), parts = at + 1 + pick(&c, 3);
    for (unsigned i = 0; i < parts; i++) {
        put_word(&b, &c);
        if (is_personal && i == at) put_personal(&b, &c);
        else put_harmless(&b, &c);
        buf_put(&b, STR(" บาท"));
    }
    check(a, buf_str(&b), is_personal);
    arena_reset(a);
    return 0;
}
