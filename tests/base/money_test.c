/* Sums in satang. */
#include "base/money.h"

#include <stdio.h>

#include "base/rand.h"
#include "base/thai.h"
#include "check.h"

static void check_parse(const char *text, enum err want, int64_t value)
{
    struct satang v = satang(4711);
    enum err e = satang_parse(str_of(text), &v);
    if (e != want) fail_msg("\"%s\": %s, not %s", text, err_name(e), err_name(want));
    assert_int_equal(v.v, want == ERR_OK ? value : 4711);
}

static void sums_are_read_as_people_write_them(void **state)
{
    (void)state;
    check_parse("1,234.50", ERR_OK, 123450);
    check_parse("๑,๒๓๔.๕๐", ERR_OK, 123450);
    check_parse("1234", ERR_OK, 123400);
    check_parse("฿1,234", ERR_OK, 123400);
    check_parse(" ฿ 1234.5 ", ERR_OK, 123450);
    check_parse("0", ERR_OK, 0);
    check_parse("0.05", ERR_OK, 5);
    check_parse("00012", ERR_OK, 1200);
    check_parse("1๒3", ERR_OK, 12300);
    check_parse("1,234,567", ERR_OK, 123456700);
}

static void what_is_no_sum_is_refused(void **state)
{
    (void)state;
    const char *const bad[] = {"",        " ",        "฿",      "-1",    "+1",     "1.234",
                               "1.",      ".5",       "1,23",   "12,34", "1,2345", "1234,567",
                               ",123",    "1,",       "1,,234", "1.2.3", "1 234",  "abc",
                               "1e3",     "1,234,5",  "฿฿1",    "1,.5",  "1.00,0", "0x10",
                               "1,234,.", "\xE0\xB9", "\xE0",   "๑\xE0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_parse(bad[i], ERR_INPUT, 0);
    check_parse(NULL, ERR_INPUT, 0);
    check_parse("9999999999999999999999999999x", ERR_INPUT, 0);
}

static void too_large_is_not_the_same_as_wrong(void **state)
{
    (void)state;
    check_parse("90000000000000", ERR_OK, SATANG_MAX);
    check_parse("90,000,000,000,000.00", ERR_OK, SATANG_MAX);
    check_parse("90000000000000.01", ERR_LIMIT, 0);
    check_parse("99999999999999999999999999999999999999999", ERR_LIMIT, 0);
    check_parse("92233720368547758.08", ERR_LIMIT, 0);
}

/* format → parse gives the value back: with commas, plain, and in Thai digits. */
static void every_sum_survives_print_and_parse(void **state)
{
    (void)state;
    struct rand r = rand_seeded(4);
    for (int i = 0; i < 150000; i++) {
        int64_t v = rand_between(&r, 0, SATANG_MAX) >> rand_between(&r, 0, 52);
        struct buf b = buf_in(arena, 64), plain = buf_in(arena, 64);
        buf_satang(&b, satang(v));
        buf_satang_plain(&plain, satang(v));
        struct satang x, y, z;
        assert_ok(satang_parse(buf_str(&b), &x));
        assert_ok(satang_parse(buf_str(&plain), &y));
        assert_ok(satang_parse(ascii_digits_to_thai(arena, buf_str(&b)), &z));
        if (x.v != v || y.v != v || z.v != v) fail_msg("%.*s", STR_FMT(buf_str(&b)));
        if (i % 1000 == 0) arena_reset(arena);
    }
}

static void check_print(void (*put)(struct buf *, struct satang), int64_t v, const char *want)
{
    struct buf b = buf_in(arena, 64);
    put(&b, satang(v));
    assert_str(buf_str(&b), want);
}

static void sums_print_with_two_decimals(void **state)
{
    (void)state;
    check_print(buf_satang, 0, "0.00");
    check_print(buf_satang, 5, "0.05");
    check_print(buf_satang, -50, "-0.50");
    check_print(buf_satang, 123450, "1,234.50");
    check_print(buf_satang, -100000000, "-1,000,000.00");
    check_print(buf_satang_plain, 123450, "1234.50");
    check_print(buf_satang, INT64_MIN, "-92,233,720,368,547,758.08");
    check_print(buf_satang_plain, INT64_MAX, "92233720368547758.07");
}

static void check_short(int64_t v, const char *want, bool want_million)
{
    bool is_million = !want_million;
    struct buf b = buf_in(arena, 64);
    buf_satang_short(&b, satang(v), &is_million);
    assert_str(buf_str(&b), want);
    assert_int_equal(is_million, want_million);
}

static void cards_show_millions_with_one_decimal(void **state)
{
    (void)state;
    check_short(0, "0", false);
    check_short(73160000, "731,600", false);
    check_short(73160050, "731,601", false);
    check_short(395170000000, "3,951.7", true);
    check_short(100000000, "1.0", true);
    check_short(99999949, "999,999", false);
    check_short(99999950, "1.0", true); /* never "1,000,000" */
    check_short(104999999, "1.0", true);
    check_short(105000000, "1.1", true);
    check_short(-250000000, "-2.5", true);
}

static void check_count(int64_t v, const char *want)
{
    struct buf b = buf_in(arena, 64);
    buf_count(&b, v);
    assert_str(buf_str(&b), want);
}

static void counts_have_commas_in_threes(void **state)
{
    (void)state;
    check_count(0, "0");
    check_count(7, "7");
    check_count(999, "999");
    check_count(1000, "1,000");
    check_count(10010, "10,010");
    check_count(-1234567, "-1,234,567");
    check_count(INT64_MAX, "9,223,372,036,854,775,807");
    check_count(INT64_MIN, "-9,223,372,036,854,775,808");
}

static void a_match_is_rounded_half_up_to_whole_baht(void **state)
{
    (void)state;
    assert_int_equal(satang_percent_whole_baht(satang(36655600), bp(4000)).v, 14662200);
    assert_int_equal(satang_percent_whole_baht(satang(100), bp(5000)).v, 100); /* 0.50 → 1 */
    assert_int_equal(satang_percent_whole_baht(satang(100), bp(4999)).v, 0);   /* 0.4999 → 0 */
    assert_int_equal(satang_percent_whole_baht(satang(99), bp(5000)).v, 0); /* 0.495: once only */
    assert_int_equal(satang_percent_whole_baht(satang(0), bp(5000)).v, 0);
    assert_int_equal(satang_percent_whole_baht(satang(SATANG_MAX), bp(100000)).v, SATANG_MAX * 10);
}

static void shares_are_rounded_half_up_and_unknown_of_nothing(void **state)
{
    (void)state;
    assert_false(satang_share(satang(1), satang(0)).has);
    assert_int_equal(satang_share(satang(1), satang(3)).v.v, 3333);
    assert_int_equal(satang_share(satang(2), satang(3)).v.v, 6667);
    assert_int_equal(count_share(1, 20000).v.v, 1);  /* 0.5 → 1 */
    assert_int_equal(count_share(-1, 20000).v.v, 0); /* -0.5 → 0: up */
    assert_int_equal(count_share(-1, -2).v.v, 5000);
    assert_int_equal(count_share(3, -2).v.v, -15000);
    assert_int_equal(satang_share(satang(SATANG_MAX), satang(SATANG_MAX)).v.v, 10000);
    assert_int_equal(satang_share(satang(SATANG_MAX), satang(1)).v.v, SATANG_MAX);
    assert_int_equal(satang_share(satang(SATANG_MAX), satang(-1)).v.v, -SATANG_MAX);
    assert_int_equal(count_share(INT64_MIN, INT64_MIN).v.v, 10000);
}

static void check_bp(const char *text, enum err want, int64_t value)
{
    struct bp v = bp(4711);
    assert_int_equal(bp_parse(str_of(text), &v), want);
    assert_int_equal(v.v, want == ERR_OK ? value : 4711);
}

static void percents_are_read_and_printed(void **state)
{
    (void)state;
    check_bp("40", ERR_OK, 4000);
    check_bp("40 %", ERR_OK, 4000);
    check_bp("๓๗.๕%", ERR_OK, 3750);
    check_bp("1000", ERR_OK, 100000);
    check_bp("1000.01", ERR_LIMIT, 0);
    check_bp("1,000", ERR_INPUT, 0);
    check_bp("%", ERR_INPUT, 0);
    check_bp("4%0", ERR_INPUT, 0);
    check_bp("-1", ERR_INPUT, 0);
    struct buf b = buf_in(arena, 64);
    const int64_t v[] = {4836, 4835, 4834, 10000, 5, 4, -5, -4836, -6};
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        buf_bp(&b, bp(v[i]));
        buf_putc(&b, ' ');
    }
    assert_str(buf_str(&b), "48.4 48.4 48.3 100.0 0.1 0.0 0.0 -48.4 -0.1 ");
}

static void add_too_much(void)
{
    satang_add(satang(INT64_MAX), satang(1));
}
static void subtract_too_much(void)
{
    satang_sub(satang(INT64_MIN), satang(1));
}
static void multiply_too_much(void)
{
    satang_times(satang(SATANG_MAX), 2000);
}

static void arithmetic_is_exact_or_stops(void **state)
{
    (void)state;
    assert_int_equal(satang_add(satang(1), satang(-3)).v, -2);
    assert_int_equal(satang_sub(satang(1), satang(3)).v, -2);
    assert_int_equal(satang_times(satang(4500), 366).v, 1647000);
    assert_dies(add_too_much);
    assert_dies(subtract_too_much);
    assert_dies(multiply_too_much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sums_are_read_as_people_write_them),
        TEST(what_is_no_sum_is_refused),
        TEST(too_large_is_not_the_same_as_wrong),
        TEST(every_sum_survives_print_and_parse),
        TEST(sums_print_with_two_decimals),
        TEST(cards_show_millions_with_one_decimal),
        TEST(counts_have_commas_in_threes),
        TEST(a_match_is_rounded_half_up_to_whole_baht),
        TEST(shares_are_rounded_half_up_and_unknown_of_nothing),
        TEST(percents_are_read_and_printed),
        TEST(arithmetic_is_exact_or_stops),
    };
    return RUN(tests);
}
