/* Where a search may begin, and what must not be published. */
#include "base/thai.h"

#include <stdio.h>

#include "check.h"

static void gather(void *ctx, struct str suffix)
{
    struct buf *b = ctx;
    buf_put(b, suffix);
    buf_putc(b, '|');
}

static void check_suffixes(const char *folded, const char *want)
{
    struct buf b = buf_in(arena, 10000);
    thai_each_suffix(str_of(folded), gather, &b);
    assert_str(buf_str(&b), want);
}

static void a_search_begins_at_a_consonant_or_at_a_leading_vowel(void **state)
{
    (void)state;
    check_suffixes("แม่สอด", "แม่สอด|สอด|อด|ด|");
    check_suffixes("น้ำ", "น้ำ|");
    check_suffixes("ไทย", "ไทย|ย|");
    check_suffixes("ตำบล เขา", "ตำบล เขา|บล เขา|ล เขา|เขา|");
    check_suffixes("ฤๅษี", "ฤๅษี|ษี|");
}

static void numbers_and_latin_words_begin_once(void **state)
{
    (void)state;
    check_suffixes("moo 12ก", "moo 12ก|12ก|ก|");
    check_suffixes("l3310", "l3310|3310|");
    check_suffixes("a b", "a b|b|");
}

static void marks_alone_and_bare_vowels_begin_nothing(void **state)
{
    (void)state;
    check_suffixes("", "");
    check_suffixes("่า ๆ", "");
    check_suffixes("กเ", "กเ|");
}

struct wanted {
    struct str query;
    bool is_found;
};

static void look(void *ctx, struct str suffix)
{
    struct wanted *w = ctx;
    w->is_found = w->is_found || str_starts(suffix, w->query);
}

/* Every part of a name from a letter that one may begin with is a prefix of some suffix. */
static void every_part_of_a_name_is_found(void **state)
{
    (void)state;
    const struct str name = thai_fold(arena, STR("กองทุนสุขภาพตำบลแม่เจดีย์ใหม่ อ.เวียงป่าเป้า"));
    const struct str parts[] = {STR("สุขภาพ"), STR("แม่"),  STR("เจดีย์"),  STR("ใหม่"), STR("เวียง"),
                                STR("ป่าเป้า"), STR("เป้า"), STR("ดีย์ใหม่"), STR("ทุนสุข")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct wanted w = {parts[i], false};
        thai_each_suffix(name, look, &w);
        assert_true(w.is_found);
    }
}

static void check_personal(const char *text, bool want)
{
    if (thai_has_phone_or_citizen_id(str_of(text)) != want)
        fail_msg("\"%s\" is %spersonal", text, want ? "" : "not ");
}

static void telephone_numbers_are_seen_however_they_are_written(void **state)
{
    (void)state;
    const char *const yes[] = {"0812345678",
                               "โทร 081-234-5678",
                               "โทร.081 234 5678",
                               "(081) 234-5678",
                               "๐๘๑-๒๓๔-๕๖๗๘",
                               "0 8 1 2 3 4 5 6 7 8",
                               "+66812345678",
                               "+66 (0)81 234 5678",
                               "66812345678",
                               "02-123-4567",
                               "02 1234567",
                               "053-123456",
                               "+66 2 123 4567",
                               "ติดต่อ0612345678ครับ",
                               "096.123.4567",
                               "2569 0812345678",
                               "081\xE2\x80\x93"
                               "2345678",
                               "081\xC2\xA0"
                               "2345678",
                               "081\xE2\x80\x8B"
                               "2345678",
                               "081\xE2\x81\xA0"
                               "234\xEF\xBB\xBF"
                               "5678",
                               "08\xC2\xAD"
                               "12345678",
                               "พิกัด 7.021234 100.501762 โทร 0812345678",
                               "วันที่ 01-10-2569 081-2345678"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        check_personal(yes[i], true);
}

static void citizen_ids_with_a_right_check_digit_are_seen(void **state)
{
    (void)state;
    check_personal("1101700230708", true);
    check_personal("1-1017-00230-70-8", true);
    check_personal("๑ ๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘", true);
    check_personal("เลข1101700230708ค่ะ", true);
    check_personal("1101700230707", false);
    check_personal("11017002307081", false); /* 14 digits are another thing */
}

static void money_dates_years_and_codes_are_let_through(void **state)
{
    (void)state;
    const char *const no[] = {"",
                              "งบประมาณ 1,234,567.50 บาท",
                              "ปีงบประมาณ 2569",
                              "01-10-2569 ถึง 30-09-2569",
                              "02-10-2569 9 คน",
                              "2026-05-12 12345",
                              "L3310-1-12",
                              "2561-L3310-01-012",
                              "เลขที่ 0123",
                              "123456789",
                              "1669",
                              "+ - . ()",
                              "081234567",
                              "7.021234 100.501762",
                              "พิกัด 13.021234, 100.501762 บ้าน 5",
                              "๗.๐๒๑๒๓๔ ๑๐๐.๕๐๑๗๖๒",
                              "0812345678901234",
                              "0812\n345678"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        check_personal(no[i], false);
}

/* The check digit itself: of the ten last digits exactly one is right. */
static void one_check_digit_of_ten_is_right(void **state)
{
    (void)state;
    for (int id = 0; id < 500; id++) {
        int seen = 0;
        for (int last = 0; last < 10; last++) {
            char text[64];
            snprintf(text, sizeof text, "3%011d%d", id * 7919, last);
            seen += thai_has_phone_or_citizen_id(str_of(text));
        }
        assert_int_equal(seen, 1);
    }
}

static void what_holds_a_number_is_left_out_whole_and_said_so(void **state)
{
    (void)state;
    bool is_withheld = false;
    assert_str(open_text(STR("บ้านนายวิชัย"), &is_withheld), "บ้านนายวิชัย");
    assert_int_equal(open_text(STR_NONE, &is_withheld).n, 0);
    assert_false(is_withheld);
    assert_int_equal(open_text(STR("โทร ๐๘๑-๒๓๔-๕๖๗๘"), &is_withheld).n, 0);
    assert_true(is_withheld);
    assert_int_equal(open_text(STR("เงินสด"), &is_withheld).n, strlen("เงินสด"));
    assert_true(is_withheld); /* one flag for a page */
    assert_int_equal(open_text(STR("081-234-5678"), NULL).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_search_begins_at_a_consonant_or_at_a_leading_vowel),
        TEST(numbers_and_latin_words_begin_once),
        TEST(marks_alone_and_bare_vowels_begin_nothing),
        TEST(every_part_of_a_name_is_found),
        TEST(telephone_numbers_are_seen_however_they_are_written),
        TEST(citizen_ids_with_a_right_check_digit_are_seen),
        TEST(money_dates_years_and_codes_are_let_through),
        TEST(one_check_digit_of_ten_is_right),
        TEST(what_holds_a_number_is_left_out_whole_and_said_so),
    };
    return RUN(tests);
}
