/* Borrowed slices. */
#include "base/str.h"

#include "check.h"

static void no_value_and_empty_text_differ(void **state)
{
    (void)state;
    assert_true(str_is_none(STR_NONE));
    assert_false(str_is_none(STR("")));
    assert_true(str_is_none(str_of(NULL)));
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_is_none(str_copy(arena, STR_NONE)));
    assert_false(str_is_none(str_copy(arena, STR(""))));
}

static void order_is_by_bytes_and_the_shorter_first(void **state)
{
    (void)state;
    assert_int_equal(str_cmp(STR("a"), STR("b")), -1);
    assert_int_equal(str_cmp(STR("ab"), STR("a")), 1);
    assert_int_equal(str_cmp(STR("a"), STR("a")), 0);
    assert_int_equal(str_cmp(STR("z"), STR("ก")), -1);
    assert_int_equal(str_cmp(STR_NONE, STR("a")), -1);
    assert_int_equal(str_cmp(STR("a\0b"), STR("a\0c")), -1);
}

static void case_is_ignored_for_ascii_only(void **state)
{
    (void)state;
    assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_eq_nocase(STR("a"), STR("ab")));
    assert_false(str_eq_nocase(STR("É"), STR("é")));
    assert_false(str_eq_nocase(STR("["), STR("{")));
}

static void starts_ends_and_find(void **state)
{
    (void)state;
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_true(str_starts(STR("abc"), STR("")));
    assert_false(str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_true(str_ends(STR_NONE, STR("")));
    assert_false(str_ends(STR("c"), STR("bc")));
    assert_int_equal(str_find(STR("กขค"), STR("ค")), 6);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR("ab"), STR("abc")), -1);
    assert_int_equal(str_find_char(STR("a=b=c"), '='), 1);
    assert_int_equal(str_find_char(STR_NONE, '='), -1);
}

static void trim_takes_blanks_and_no_break_spaces_only(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n\xC2\xA0 กข \xC2\xA0\n")), "กข");
    assert_str(str_trim(STR(" \xC2\xA0 ")), "");
    assert_str(str_trim(STR("a b")), "a b");
    assert_str(str_trim(STR("\xA0")), "\xA0"); /* half a no-break space belongs to something else */
}

static void n_separators_give_n_plus_one_pieces(void **state)
{
    (void)state;
    struct str rest = STR("a,,b,"), piece;
    const char *const want[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_split(&rest, ',', &piece));
        assert_str(piece, want[i]);
    }
    assert_false(str_split(&rest, ',', &piece));
    rest = STR("");
    assert_true(str_split(&rest, ',', &piece));
    assert_str(piece, "");
    assert_false(str_split(&rest, ',', &piece));
    rest = STR_NONE;
    assert_false(str_split(&rest, ',', &piece));
}

static void concat_and_printf_live_in_the_arena(void **state)
{
    (void)state;
    const struct str parts[] = {STR("a"), STR_NONE, STR("ข"), STR("")};
    assert_str(str_concat(arena, parts, 4), "aข");
    assert_str(str_concat(arena, parts, 0), "");
    assert_str(str_printf(arena, "%d-%.*s", 7, STR_FMT(STR("xyz"))), "7-xyz");
    struct str padded = str_printf(arena, "%1000d", 5);
    assert_int_equal(padded.n, 1000);
    assert_int_equal(padded.p[999], '5');
    assert_int_equal(str_printf(arena, "%255d", 5).n, 255);
    assert_int_equal(str_printf(arena, "%256d", 5).n, 256);
}

static void check_int(const char *text, enum err want, int64_t value)
{
    int64_t v = 4711;
    assert_int_equal(str_to_int(str_of(text), &v), want);
    assert_int_equal(v, want == ERR_OK ? value : 4711); /* untouched on failure */
}

static void whole_numbers_are_exact_or_refused(void **state)
{
    (void)state;
    check_int("0", ERR_OK, 0);
    check_int("-0", ERR_OK, 0);
    check_int("007", ERR_OK, 7);
    check_int("-42", ERR_OK, -42);
    check_int("9223372036854775807", ERR_OK, INT64_MAX);
    check_int("-9223372036854775808", ERR_OK, INT64_MIN);
    check_int("9223372036854775808", ERR_LIMIT, 0);
    check_int("-9223372036854775809", ERR_LIMIT, 0);
    check_int("99999999999999999999999", ERR_LIMIT, 0);
    check_int("99999999999999999999999x", ERR_INPUT, 0);
    check_int("", ERR_INPUT, 0);
    check_int("-", ERR_INPUT, 0);
    check_int("--1", ERR_INPUT, 0);
    check_int("+1", ERR_INPUT, 0);
    check_int(" 1", ERR_INPUT, 0);
    check_int("1 ", ERR_INPUT, 0);
    check_int("1.0", ERR_INPUT, 0);
    check_int("๑", ERR_INPUT, 0);
    check_int(NULL, ERR_INPUT, 0);
}

static void a_text_is_never_cut_through_a_letter(void **state)
{
    (void)state;
    assert_str(str_cut(STR("กขค"), 3), "ก");
    assert_str(str_cut(STR("กขค"), 5), "ก");
    assert_str(str_cut(STR("กขค"), 6), "กข");
    assert_str(str_cut(STR("กขค"), 100), "กขค");
    assert_int_equal(str_cut(STR("กขค"), 2).n, 0);
    assert_str(str_cut(STR("abc"), 2), "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_is_never_cut_through_a_letter),
        TEST(no_value_and_empty_text_differ),
        TEST(order_is_by_bytes_and_the_shorter_first),
        TEST(case_is_ignored_for_ascii_only),
        TEST(starts_ends_and_find),
        TEST(trim_takes_blanks_and_no_break_spaces_only),
        TEST(n_separators_give_n_plus_one_pieces),
        TEST(concat_and_printf_live_in_the_arena),
        TEST(whole_numbers_are_exact_or_refused),
    };
    return RUN(tests);
}
