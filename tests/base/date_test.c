/* Days and fiscal years. */
#include "base/date.h"

#include <stdio.h>

#include "check.h"

/* The calendar by the rule of school, one step at a time. */
static void step(int *y, int *m, int *d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int last = days[*m - 1];
    if (*m == 2 && ((*y % 4 == 0 && *y % 100 != 0) || *y % 400 == 0)) last = 29;
    if (++*d <= last) return;
    *d = 1;
    if (++*m <= 12) return;
    *m = 1;
    ++*y;
}

static void every_day_from_1900_to_2100_agrees_with_a_naive_walk(void **state)
{
    (void)state;
    int y = 1900, m = 1, d = 1, weekday = 1; /* a Monday */
    int32_t days = -25567;
    struct date before = date_of_days(days - 1);
    for (; y <= 2100; step(&y, &m, &d), days++, weekday = (weekday + 1) % 7) {
        struct date v = date_of_days(days);
        if (v.year != y || v.month != m || v.day != d) fail_msg("%d-%d-%d", y, m, d);
        assert_int_equal(date_days(v), days);
        assert_int_equal(date_weekday(v), weekday);
        assert_int_equal(date_cmp(before, v), -1);
        assert_int_equal(date_cmp(v, before), 1);
        assert_int_equal(date_cmp(v, date_add_days(before, 1)), 0);
        assert_int_equal(date_fiscal_year(v).v, y + 543 + (m >= 10 ? 1 : 0));
        char iso[32];
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", y, m, d);
        struct buf b = buf_in(arena, 16);
        buf_date_iso(&b, v);
        assert_str(buf_str(&b), iso);
        struct date back;
        assert_ok(date_parse_iso(str_of(iso), &back));
        assert_int_equal(date_cmp(back, v), 0);
        before = v;
        arena_reset(arena);
    }
    assert_int_equal(days, 47847); /* 2101-01-01 */
}

static enum err parse(const char *d, const char *m, const char *y, struct date *ret)
{
    return date_parse_fields(str_of(d), str_of(m), str_of(y), ret);
}

static void check_fields(const char *d, const char *m, const char *y, const char *want)
{
    struct date v = {1, 1, 1};
    enum err e = parse(d, m, y, &v);
    if (want == NULL) {
        if (e != ERR_INPUT) fail_msg("%s/%s/%s was taken", d, m, y);
        assert_int_equal(v.year, 1);
        return;
    }
    if (e != ERR_OK) fail_msg("%s/%s/%s was refused", d, m, y);
    struct buf b = buf_in(arena, 16);
    buf_date_iso(&b, v);
    assert_str(buf_str(&b), want);
}

static void the_29th_of_february_exists_in_leap_years_only(void **state)
{
    (void)state;
    check_fields("29", "ก.พ.", "2568", NULL);
    check_fields("29", "ก.พ.", "2567", "2024-02-29");
    check_fields("29", "2", "2443", NULL); /* 1900 */
    check_fields("29", "2", "2543", "2000-02-29");
    check_fields("29", "2", "2643", NULL); /* 2100 */
}

static void typed_days_may_have_thai_digits_and_month_names(void **state)
{
    (void)state;
    check_fields("๒๒", "พฤศจิกายน", "๒๕๖๙", "2026-11-22");
    check_fields(" 1", " พ.ย. ", "2569 ", "2026-11-01");
    check_fields("1", "พย", "2569", "2026-11-01");
    check_fields("1", "ก. พ.", "2569", "2026-02-01");
    check_fields("01", "๐๑", "2569", "2026-01-01");
    check_fields("22", "11", "2026", "2026-11-22"); /* Gregorian, as some papers have it */
    for (int m = 1; m <= 12; m++) {
        struct date v;
        assert_ok(parse("1", date_month_th(m), "2569", &v));
        assert_int_equal(v.month, m);
        struct buf b = buf_in(arena, 64);
        buf_date_th_short(&b, v);
        struct str rest = buf_str(&b), day = {0}, month = {0}, year = {0};
        assert_true(str_split(&rest, ' ', &day) && str_split(&rest, ' ', &month) &&
                    str_split(&rest, ' ', &year));
        struct date again;
        assert_ok(date_parse_fields(day, month, year, &again));
        assert_int_equal(date_cmp(v, again), 0);
    }
}

static void what_is_no_day_is_refused(void **state)
{
    (void)state;
    check_fields("31", "4", "2569", NULL);
    check_fields("0", "1", "2569", NULL);
    check_fields("32", "1", "2569", NULL);
    check_fields("1", "13", "2569", NULL);
    check_fields("1", "0", "2569", NULL);
    check_fields("1", "", "2569", NULL);
    check_fields("1", ".", "2569", NULL);
    check_fields("1", "มกรา", "2569", NULL);
    check_fields("1", "มกราคมม", "2569", NULL);
    check_fields("", "1", "2569", NULL);
    check_fields("1", "1", "69", NULL);
    check_fields("1", "1", "2269", NULL);
    check_fields("1", "1", "1899", NULL);
    check_fields("1", "1", "2101", NULL);
    check_fields("1", "1", "2644", NULL);
    check_fields("1", "1", "25690", NULL);
    check_fields("001", "1", "2569", NULL);
    check_fields("-1", "1", "2569", NULL);
    check_fields("1x", "1", "2569", NULL);
    check_fields("1", "1", "\xE0\xB9", NULL);
    check_fields("1", "1", "2400", "1857-01-01");
    check_fields(NULL, NULL, NULL, NULL);
    struct date v; /* the fuzzer's find: a NUL met the end of the name and led behind it */
    assert_int_equal(date_parse_fields(STR("29"), STR("ก.พ\0.*/"), STR("2568"), &v), ERR_INPUT);
}

static void iso_is_read_exactly(void **state)
{
    (void)state;
    const char *const bad[] = {
        "",           "2026-1-01",  "2026-01-1",   "2026/01/01",  "2026-13-01",
        "2026-02-29", "20260101",   "2026-01-01 ", " 2026-01-01", "0000-01-01",
        "2026-00-10", "2026-01-0x", "-026-01-01",  "2026-01--1"};
    struct date v;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(date_parse_iso(str_of(bad[i]), &v), ERR_INPUT);
    assert_int_equal(date_parse_iso(STR_NONE, &v), ERR_INPUT);
    assert_ok(date_parse_iso(STR("9999-12-31"), &v));
}

static void a_fiscal_year_runs_from_october_to_september(void **state)
{
    (void)state;
    struct date d;
    assert_ok(date_parse_iso(STR("2025-09-30"), &d));
    assert_int_equal(date_fiscal_year(d).v, 2568);
    d = date_add_days(d, 1);
    assert_int_equal(date_fiscal_year(d).v, 2569);
    assert_int_equal(date_cmp(fiscal_year_first(fiscal_year(2569)), d), 0);
    assert_ok(date_parse_iso(STR("2026-09-30"), &d));
    assert_int_equal(date_cmp(fiscal_year_last(fiscal_year(2569)), d), 0);
    for (int32_t y = FISCAL_YEAR_MIN; y <= FISCAL_YEAR_MAX; y++) {
        struct fiscal_year fy = fiscal_year(y);
        assert_int_equal(date_fiscal_year(fiscal_year_first(fy)).v, y);
        assert_int_equal(date_fiscal_year(fiscal_year_last(fy)).v, y);
        struct date next = fiscal_year_first(fiscal_year(y + 1));
        assert_int_equal(date_cmp(date_add_days(fiscal_year_last(fy), 1), next), 0);
    }
}

static void fiscal_years_are_read_in_range_only(void **state)
{
    (void)state;
    struct fiscal_year fy = fiscal_year(1);
    assert_ok(fiscal_year_parse(STR("๒๕๖๙"), &fy));
    assert_int_equal(fy.v, 2569);
    assert_ok(fiscal_year_parse(STR("2545"), &fy));
    assert_ok(fiscal_year_parse(STR("2643"), &fy));
    const char *const bad[] = {"2544",  "2644",  "2026",  "69",   "",
                               "2569x", "25 69", "02569", "-2569"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(fiscal_year_parse(str_of(bad[i]), &fy), ERR_INPUT);
    assert_int_equal(fy.v, 2643);
}

static void days_are_shown_in_three_ways(void **state)
{
    (void)state;
    struct date d;
    assert_ok(date_parse_iso(STR("2026-11-22"), &d));
    struct buf b = buf_in(arena, 200);
    buf_date_th(&b, d);
    BUF_LIT(&b, "|");
    buf_date_th_short(&b, d);
    BUF_LIT(&b, "|");
    buf_date_en(&b, d);
    assert_str(buf_str(&b), "22 พฤศจิกายน 2569|22 พ.ย. 2569|22 November 2026");
    assert_string_equal(date_weekday_th(date_weekday(d)), "วันอาทิตย์");
}

static void before_the_first_day(void)
{
    date_add_days((struct date){1, 1, 1}, -1);
}
static void after_the_last_day(void)
{
    date_add_days((struct date){9999, 12, 31}, 1);
}

static void a_date_is_valid_by_construction(void **state)
{
    (void)state;
    assert_false(date_is_valid(0, 1, 1));
    assert_false(date_is_valid(10000, 1, 1));
    assert_false(date_is_valid(2026, 2, 29));
    assert_true(date_is_valid(2024, 2, 29));
    assert_dies(before_the_first_day);
    assert_dies(after_the_last_day);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_day_from_1900_to_2100_agrees_with_a_naive_walk),
        TEST(the_29th_of_february_exists_in_leap_years_only),
        TEST(typed_days_may_have_thai_digits_and_month_names),
        TEST(what_is_no_day_is_refused),
        TEST(iso_is_read_exactly),
        TEST(a_fiscal_year_runs_from_october_to_september),
        TEST(fiscal_years_are_read_in_range_only),
        TEST(days_are_shown_in_three_ways),
        TEST(a_date_is_valid_by_construction),
    };
    return RUN(tests);
}
