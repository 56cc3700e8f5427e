/* Sums in words: every form that the rules of reading can take. */
#include "base/baht_text.h"

#include "check.h"

struct said {
    int64_t satang;
    const char *words;
};

static void check_all(void (*put)(struct buf *, struct satang), const struct said *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf b = buf_in(arena, 2048);
        put(&b, satang(t[i].satang));
        assert_str(buf_str(&b), t[i].words);
        assert_false(b.is_full);
    }
}

static void sums_are_said_as_papers_say_them(void **state)
{
    (void)state;
    static const struct said t[] = {
        {0, "ศูนย์บาทถ้วน"},
        {1, "หนึ่งสตางค์"},
        {10, "สิบสตางค์"},
        {11, "สิบเอ็ดสตางค์"},
        {21, "ยี่สิบเอ็ดสตางค์"},
        {25, "ยี่สิบห้าสตางค์"},
        {50, "ห้าสิบสตางค์"},
        {99, "เก้าสิบเก้าสตางค์"},
        {100, "หนึ่งบาทถ้วน"},
        {101, "หนึ่งบาทหนึ่งสตางค์"},
        {200, "สองบาทถ้วน"},
        {1000, "สิบบาทถ้วน"},
        {1100, "สิบเอ็ดบาทถ้วน"},
        {1200, "สิบสองบาทถ้วน"},
        {2000, "ยี่สิบบาทถ้วน"},
        {2100, "ยี่สิบเอ็ดบาทถ้วน"},
        {2200, "ยี่สิบสองบาทถ้วน"},
        {10000, "หนึ่งร้อยบาทถ้วน"},
        {10100, "หนึ่งร้อยเอ็ดบาทถ้วน"},
        {11100, "หนึ่งร้อยสิบเอ็ดบาทถ้วน"},
        {12100, "หนึ่งร้อยยี่สิบเอ็ดบาทถ้วน"},
        {100100, "หนึ่งพันเอ็ดบาทถ้วน"},
        {102125, "หนึ่งพันยี่สิบเอ็ดบาทยี่สิบห้าสตางค์"},
        {123450, "หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์"},
        {1020000, "หนึ่งหมื่นสองร้อยบาทถ้วน"},
        {3751205, "สามหมื่นเจ็ดพันห้าร้อยสิบสองบาทห้าสตางค์"},
        {10000000, "หนึ่งแสนบาทถ้วน"},
        {41235075, "สี่แสนหนึ่งหมื่นสองพันสามร้อยห้าสิบบาทเจ็ดสิบห้าสตางค์"},
        {99999999, "เก้าแสนเก้าหมื่นเก้าพันเก้าร้อยเก้าสิบเก้าบาทเก้าสิบเก้าสตางค์"},
        {100000000, "หนึ่งล้านบาทถ้วน"},
        {100000100, "หนึ่งล้านเอ็ดบาทถ้วน"},
        {100001000, "หนึ่งล้านสิบบาทถ้วน"},
        {1000000000, "สิบล้านบาทถ้วน"},
        {1100000000, "สิบเอ็ดล้านบาทถ้วน"},
        {2100000100, "ยี่สิบเอ็ดล้านเอ็ดบาทถ้วน"},
        {10000000000, "หนึ่งร้อยล้านบาทถ้วน"},
        {10100000000, "หนึ่งร้อยเอ็ดล้านบาทถ้วน"},
        {INT64_C(77000000000), "เจ็ดร้อยเจ็ดสิบล้านบาทถ้วน"},
        {INT64_C(100000000000000), "หนึ่งล้านล้านบาทถ้วน"},
        {INT64_C(100000100000000), "หนึ่งล้านเอ็ดล้านบาทถ้วน"},
        {INT64_C(100000000000100), "หนึ่งล้านล้านเอ็ดบาทถ้วน"},
        {SATANG_MAX, "เก้าสิบล้านล้านบาทถ้วน"},
        {-2150, "ลบยี่สิบเอ็ดบาทห้าสิบสตางค์"},
        {INT64_MIN, "ลบเก้าหมื่นสองพันสองร้อยสามสิบสามล้านเจ็ดแสนสองหมื่นสามร้อยหกสิบแปดล้าน"
                    "ห้าแสนสี่หมื่นเจ็ดพันเจ็ดร้อยห้าสิบแปดบาทแปดสตางค์"},
    };
    check_all(buf_baht_text, t, sizeof t / sizeof *t);
    assert_str(baht_text(arena, satang(102125)), "หนึ่งพันยี่สิบเอ็ดบาทยี่สิบห้าสตางค์");
}

static void english_papers_say_the_same(void **state)
{
    (void)state;
    static const struct said t[] = {
        {0, "zero baht only"},
        {5, "five satang"},
        {100, "one baht only"},
        {1100, "eleven baht only"},
        {2125, "twenty-one baht and twenty-five satang"},
        {10000, "one hundred baht only"},
        {10100, "one hundred and one baht only"},
        {102125, "one thousand and twenty-one baht and twenty-five satang"},
        {41235075, "four hundred and twelve thousand three hundred and fifty baht and seventy-five satang"},
        {100000100, "one million and one baht only"},
        {SATANG_MAX, "ninety trillion baht only"},
        {-100, "minus one baht only"},
    };
    check_all(buf_baht_text_en, t, sizeof t / sizeof *t);
}

/* The value of the words, read back by the rules of reading. */
static uint64_t value_of(struct str s)
{
    static const char *const digits[] = {"หนึ่ง", "สอง",  "สาม", "สี่",  "ห้า",
                                         "หก",   "เจ็ด", "แปด", "เก้า"};
    static const char *const places[] = {"สิบ", "ร้อย", "พัน", "หมื่น", "แสน"};
    static const uint64_t units[] = {10, 100, 1000, 10000, 100000};
    uint64_t all = 0, group = 0, digit = 0;
    while (s.n > 0) {
        size_t took = 0;
        for (size_t i = 0; i < 9; i++)
            if (str_starts(s, str_of(digits[i]))) digit = i + 1, took = strlen(digits[i]);
        if (str_starts(s, STR("เอ็ด"))) digit = 1, took = STR("เอ็ด").n;
        if (str_starts(s, STR("ยี่"))) digit = 2, took = STR("ยี่").n;
        for (size_t i = 0; took == 0 && i < 5; i++)
            if (str_starts(s, str_of(places[i]))) {
                group += (digit ? digit : 1) * units[i];
                digit = 0;
                took = strlen(places[i]);
            }
        if (took == 0) {
            assert_true(str_starts(s, STR("ล้าน")));
            all = (all + group + digit) * 1000000;
            group = digit = 0;
            took = STR("ล้าน").n;
        }
        s = str_from(s, took);
    }
    return all + group + digit;
}

static void words_read_back_give_the_sum(void **state)
{
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 60000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t v = i < 20000 ? i : (int64_t)((seed >> 2) % (uint64_t)SATANG_MAX) >> (seed & 31);
        struct str words = baht_text(arena, satang(v));
        ptrdiff_t at = str_find(words, STR("บาท"));
        struct str tail = at < 0 ? words : str_from(words, (size_t)at + STR("บาท").n);
        struct str whole = at < 0 ? STR("") : str_first(words, (size_t)at);
        if (str_eq(whole, STR("ศูนย์"))) whole = STR("");
        uint64_t baht = value_of(whole), rest = 0;
        if (str_ends(tail, STR("สตางค์")))
            rest = value_of(str_first(tail, tail.n - STR("สตางค์").n));
        else
            assert_true(str_eq(tail, STR("ถ้วน")));
        if (baht * 100 + rest != (uint64_t)v) fail_msg("%lld: %.*s", (long long)v, STR_FMT(words));
        arena_reset(arena);
    }
}

static void digits_become_thai(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 256);
    buf_thai_digits(&b, STR("ที่ 12/2570 ลงวันที่ 9 พ.ย. 1,034.56"));
    buf_thai_digits(&b, STR(""));
    buf_thai_digits(&b, STR("7"));
    buf_thai_digits(&b, STR("๘ก"));
    assert_str(buf_str(&b), "ที่ ๑๒/๒๕๗๐ ลงวันที่ ๙ พ.ย. ๑,๐๓๔.๕๖๗๘ก");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sums_are_said_as_papers_say_them),
        TEST(english_papers_say_the_same),
        TEST(words_read_back_give_the_sum),
        TEST(digits_become_thai),
    };
    return RUN(tests);
}
