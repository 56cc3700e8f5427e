/* "Now", and the day in Bangkok. */
#include "base/clock.h"

#include "check.h"

static const struct date day = {2026, 11, 22};

static void a_fixed_clock_stands_still_until_it_is_released(void **state)
{
    (void)state;
    clock_fix(day, 8, 30);
    assert_int_equal(clock_now().v, INT64_C(1795311000000));
    assert_int_equal(date_cmp(clock_today(), day), 0);
    assert_int_equal(clock_now().v, clock_now().v);
    clock_unfix();
    assert_true(clock_now().v > INT64_C(1700000000000));
    assert_int_not_equal(clock_now().v, INT64_C(1795311000000));
}

static void the_day_changes_at_midnight_in_bangkok(void **state)
{
    (void)state;
    struct instant midnight = {INT64_C(1795311000000) - (8 * 60 + 30) * INT64_C(60000)};
    assert_int_equal(date_cmp(instant_date(midnight), day), 0);
    assert_int_equal(
        date_cmp(instant_date((struct instant){midnight.v - 1}), date_add_days(day, -1)), 0);
    struct date first = {1970, 1, 1};
    assert_int_equal(date_cmp(instant_date((struct instant){0}), first), 0);
    assert_int_equal(
        date_cmp(instant_date((struct instant){-7 * 3600000 - 1}), date_add_days(first, -1)), 0);
}

static void moments_are_printed_for_machines_in_utc_and_for_people_in_bangkok(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 300);
    struct instant t = {INT64_C(1795311000000)};
    buf_instant_iso(&b, t);
    BUF_LIT(&b, "|");
    buf_instant_th(&b, t);
    BUF_LIT(&b, "|");
    buf_instant_iso(&b, (struct instant){-1});
    BUF_LIT(&b, "|");
    buf_instant_iso(&b, (struct instant){t.v + 59078});
    assert_str(buf_str(&b), "2026-11-22T01:30:00.000Z|22 พฤศจิกายน 2569 เวลา 08:30 น.|"
                            "1969-12-31T23:59:59.999Z|2026-11-22T01:30:59.078Z");
}

static void durations_go_on_while_the_clock_is_fixed(void **state)
{
    (void)state;
    clock_fix(day, 0, 0);
    int64_t before = clock_monotonic_us();
    usleep(2000);
    assert_true(clock_monotonic_us() - before >= 2000);
    clock_unfix();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_fixed_clock_stands_still_until_it_is_released),
        TEST(the_day_changes_at_midnight_in_bangkok),
        TEST(moments_are_printed_for_machines_in_utc_and_for_people_in_bangkok),
        TEST(durations_go_on_while_the_clock_is_fixed),
    };
    return RUN(tests);
}
