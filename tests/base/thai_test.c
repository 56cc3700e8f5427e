/* The door for text: cleaning, digits, folding. */
#include "base/thai.h"

#include "check.h"

static void check_clean(const char *in, const char *want)
{
    struct str out = STR("untouched");
    enum err e = thai_clean(arena, str_of(in), &out);
    if (want == NULL) {
        assert_int_equal(e, ERR_INPUT);
        assert_str(out, "untouched");
        return;
    }
    assert_ok(e);
    assert_str(out, want);
    struct str again;
    assert_ok(thai_clean(arena, out, &again));
    assert_str(again, want);
}

static void what_looks_the_same_becomes_the_same(void **state)
{
    (void)state;
    check_clean("นํา", "นำ");
    check_clean("นํ้า", "น้ำ");
    check_clean("น้ํา", "น้ำ");
    check_clean("นำ้", "น้ำ");
    check_clean("นำ้ำ้ำ้ำำ้ำ้", "น้้้้้ำำำำำำ"); /* found by ten million runs: once is as good as twice */
    check_clean("น้ำ", "น้ำ");
    check_clean("เเม่", "แม่");
    check_clean("ท่ี", "ที่");
    check_clean("ก่็", "ก็่");
    check_clean("ผู้", "ผู้");
    check_clean("ผู้", "ผู้");
    check_clean("เเเ", "แเ");
    check_clean("cafe\xCC\x81", "caf\xC3\xA9");
}

static void what_nobody_sees_is_dropped(void **state)
{
    (void)state;
    check_clean("\xEF\xBB\xBFกอง\xE2\x80\x8Bทุน", "กองทุน");
    check_clean("a\xE2\x80\x8C\xE2\x80\x8D\xC2\xAD\xE2\x81\xA0z", "az");
    check_clean("a\xE2\x80\xAEz", "az");  /* right-to-left override */
    check_clean("เ\xE2\x80\x8Bเม่", "แม่"); /* joins what it held apart */
}

static void blanks_and_line_ends_have_one_form(void **state)
{
    (void)state;
    check_clean("a\xC2\xA0"
                "b\xE3\x80\x80"
                "c\xE2\x80\x83"
                "d",
                "a b c d");
    check_clean("a\r\nb\rc\n\xE2\x80\xA9"
                "d\te",
                "a\nb\nc\n\nd\te");
    check_clean("", "");
}

static void control_characters_and_broken_text_are_refused(void **state)
{
    (void)state;
    check_clean("a\x01", NULL);
    check_clean("a\x7F", NULL);
    check_clean("\x1B[31m", NULL);
    check_clean("\xC2\x9B", NULL); /* CSI, one code point */
    check_clean("\xFF", NULL);
    check_clean("ก\xE0\xB8", NULL);        /* cut in the middle */
    check_clean("\xC0\x80", NULL);         /* overlong NUL */
    check_clean("\xED\xA0\x80", NULL);     /* surrogate */
    check_clean("\xF4\x90\x80\x80", NULL); /* beyond Unicode */
    struct str out;
    assert_int_equal(thai_clean(arena, STR("a\0b"), &out), ERR_INPUT);
    check_clean("\xE0\xB8\x9C\xF0\x9F\x98\x80", "ผ😀");
}

static void no_value_stays_no_value(void **state)
{
    (void)state;
    struct str out;
    assert_ok(thai_clean(arena, STR_NONE, &out));
    assert_true(str_is_none(out));
    assert_ok(thai_clean_line(arena, STR_NONE, &out));
    assert_true(str_is_none(out));
    assert_true(str_is_none(thai_fold(arena, STR_NONE)));
    assert_true(str_is_none(thai_sort_key(arena, STR_NONE)));
}

static void more_than_thirty_marks_on_a_letter_are_refused(void **state)
{
    (void)state;
    for (size_t n = 30; n <= 31; n++) {
        struct str parts[32] = {STR("ก")}, out;
        for (size_t i = 1; i <= n; i++)
            parts[i] = STR("่");
        enum err want = n <= 30 ? ERR_OK : ERR_INPUT;
        assert_int_equal(thai_clean(arena, str_concat(arena, parts, n + 1), &out), want);
    }
}

static void a_line_is_trimmed_and_has_single_blanks(void **state)
{
    (void)state;
    struct str out;
    assert_ok(thai_clean_line(arena, STR("  กองทุน \t\n ตำบล\r\n"), &out));
    assert_str(out, "กองทุน ตำบล");
    assert_ok(thai_clean_line(arena, STR(" \xC2\xA0 "), &out));
    assert_str(out, "");
    assert_int_equal(thai_clean_line(arena, STR("\xFF"), &out), ERR_INPUT);
}

static void digits_change_script_and_nothing_else(void **state)
{
    (void)state;
    assert_str(thai_digits_to_ascii(arena, STR("หมู่ ๑๐-9 \xE0\xB9")), "หมู่ 10-9 \xE0\xB9");
    assert_str(ascii_digits_to_thai(arena, STR("ปี 2569 ๙a")), "ปี ๒๕๖๙ ๙a");
    assert_str(thai_digits_to_ascii(arena, STR("")), "");
}

static void check_fold(const char *in, const char *want)
{
    struct str out = thai_fold(arena, str_of(in));
    assert_str(out, want);
    assert_str(thai_fold(arena, out), want);
}

static void folding_makes_spellings_meet(void **state)
{
    (void)state;
    check_fold("กรุงเทพฯ", "กรุงเทพ");
    check_fold(" อบต.  บ้าน-นา ", "อบต บ้านนา");
    check_fold("รพ.สต.บ้านใหม่ ๒", "รพสตบ้านใหม่ 2");
    check_fold("L3310-1-12 ABC", "l3310112 abc");
    check_fold("a\xE2\x80\x93z", "az");
    check_fold("a - b", "a b");
    check_fold("เ.เม่", "แม่");
    check_fold("นํ้า", "น้ำ");
    check_fold("\xE2\x84\xAA", "k"); /* the Kelvin sign is a K */
    check_fold("\xFF", "");
    check_fold("...", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_looks_the_same_becomes_the_same),
        TEST(what_nobody_sees_is_dropped),
        TEST(blanks_and_line_ends_have_one_form),
        TEST(control_characters_and_broken_text_are_refused),
        TEST(no_value_stays_no_value),
        TEST(more_than_thirty_marks_on_a_letter_are_refused),
        TEST(a_line_is_trimmed_and_has_single_blanks),
        TEST(digits_change_script_and_nothing_else),
        TEST(folding_makes_spellings_meet),
    };
    return RUN(tests);
}
