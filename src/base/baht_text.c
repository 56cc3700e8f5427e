/* baht_text.c — sums in words. A digit too few in words is a cheque for another sum, so both languages
 * are table-driven and tested value by value. */
#include "base/baht_text.h"

#define SATANG_A_BAHT 100
#define MILLION       UINT64_C(1000000)

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

/* Below a million: a digit and its place. 2 before สิบ is ยี่, 1 before it is silent; a last 1 with
 * anything before it is เอ็ด, also when what stands before it is a million (`has_before`). */
static void put_below_million(struct buf *b, uint64_t v, bool has_before)
{
    static const char *const digits[] = {"",    "หนึ่ง", "สอง",  "สาม", "สี่",
                                         "ห้า", "หก",   "เจ็ด", "แปด", "เก้า"};
    static const char *const places[] = {"แสน", "หมื่น", "พัน", "ร้อย", "สิบ", ""};
    uint64_t unit = MILLION / 10;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++, unit /= 10) {
        uint64_t d = v / unit % 10;
        if (d == 0) continue;
        const char *word = digits[d];
        if (unit == 10 && d == 1) word = "";
        if (unit == 10 && d == 2) word = "ยี่";
        if (unit == 1 && d == 1 && has_before) word = "เอ็ด";
        buf_put(b, str_of(word));
        buf_put(b, str_of(places[i]));
        has_before = true;
    }
}

/* v > 0. Each six digits are said alike, followed by one ล้าน for every group behind them; a group
 * of zeros says nothing of its own (10¹² is หนึ่งล้านล้าน). */
static void put_number(struct buf *b, uint64_t v)
{
    if (v >= MILLION) {
        put_number(b, v / MILLION);
        BUF_LIT(b, "ล้าน");
    }
    put_below_million(b, v % MILLION, v >= MILLION);
}

void buf_baht_text(struct buf *b, struct satang v)
{
    uint64_t u = magnitude(v.v), baht = u / SATANG_A_BAHT, rest = u % SATANG_A_BAHT;
    if (v.v < 0) BUF_LIT(b, "ลบ");
    if (u == 0) BUF_LIT(b, "ศูนย์");
    if (baht > 0) put_number(b, baht);
    if (baht > 0 || u == 0) BUF_LIT(b, "บาท");
    if (rest > 0) {
        put_number(b, rest);
        BUF_LIT(b, "สตางค์");
    } else {
        BUF_LIT(b, "ถ้วน");
    }
}

/* The longest sum of 64 bits takes some 700 bytes. */
#define WORDS_MAX 1024

struct str baht_text(struct arena *a, struct satang v)
{
    struct buf b = buf_in(a, WORDS_MAX);
    buf_baht_text(&b, v);
    return buf_str(&b);
}

static void put_below_hundred_en(struct buf *b, uint64_t v)
{
    static const char *const small[] = {
        "",        "one",     "two",       "three",    "four",     "five",    "six",
        "seven",   "eight",   "nine",      "ten",      "eleven",   "twelve",  "thirteen",
        "fourteen", "fifteen", "sixteen",  "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"",      "",      "twenty",  "thirty", "forty",
                                       "fifty", "sixty", "seventy", "eighty", "ninety"};
    if (v < 20) {
        buf_put(b, str_of(small[v]));
        return;
    }
    buf_put(b, str_of(tens[v / 10]));
    if (v % 10 == 0) return;
    buf_putc(b, '-');
    buf_put(b, str_of(small[v % 10]));
}

/* British "and": before the tens of the last group, and inside each. */
static void put_below_thousand_en(struct buf *b, uint64_t v, bool has_before)
{
    if (v >= 100) {
        put_below_hundred_en(b, v / 100);
        BUF_LIT(b, " hundred");
    }
    if (v % 100 == 0) return;
    if (v >= 100)
        BUF_LIT(b, " and ");
    else if (has_before)
        BUF_LIT(b, "and ");
    put_below_hundred_en(b, v % 100);
}

static void put_number_en(struct buf *b, uint64_t v)
{
    static const struct {
        uint64_t unit;
        const char *word;
    } groups[] = {{UINT64_C(1000000000000000), " quadrillion"},
                  {UINT64_C(1000000000000), " trillion"},
                  {UINT64_C(1000000000), " billion"},
                  {MILLION, " million"},
                  {1000, " thousand"}};
    bool has_before = false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        uint64_t group = v / groups[i].unit;
        v %= groups[i].unit;
        if (group == 0) continue;
        if (has_before) buf_putc(b, ' ');
        put_below_thousand_en(b, group, false);
        buf_put(b, str_of(groups[i].word));
        has_before = true;
    }
    if (v == 0) return;
    if (has_before) buf_putc(b, ' ');
    put_below_thousand_en(b, v, has_before);
}

void buf_baht_text_en(struct buf *b, struct satang v)
{
    uint64_t u = magnitude(v.v), baht = u / SATANG_A_BAHT, rest = u % SATANG_A_BAHT;
    if (v.v < 0) BUF_LIT(b, "minus ");
    if (u == 0) BUF_LIT(b, "zero");
    if (baht > 0) put_number_en(b, baht);
    if (baht > 0 || u == 0) BUF_LIT(b, " baht");
    if (baht > 0 && rest > 0) BUF_LIT(b, " and ");
    if (rest > 0) {
        put_number_en(b, rest);
        BUF_LIT(b, " satang");
    } else {
        BUF_LIT(b, " only");
    }
}

void buf_thai_digits(struct buf *b, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') continue;
        buf_put(b, (struct str){s.p + from, i - from});
        const char thai[3] = {'\xE0', '\xB9', (char)(0x90 + (s.p[i] - '0'))};
        buf_put(b, (struct str){thai, sizeof thai});
        from = i + 1;
    }
    buf_put(b, (struct str){s.p + from, s.n - from});
}
