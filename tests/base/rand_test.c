/* Two kinds of chance. */
#include "base/rand.h"

#include "check.h"

/* The first numbers of seed 42 by an independent reckoning of splitmix64 and xoshiro256** in Python:
 * if they change, every demo changes. */
static void a_seed_gives_the_same_numbers_on_every_machine(void **state)
{
    (void)state;
    struct rand r = rand_seeded(42), same = rand_seeded(42), other = rand_seeded(43);
    const uint64_t want[] = {UINT64_C(0x15780b2e0c2ec716), UINT64_C(0x6104d9866d113a7e),
                             UINT64_C(0xae17533239e499a1)};
    for (size_t i = 0; i < 3; i++) {
        uint64_t v = rand_next(&r);
        assert_true(v == want[i]);
        assert_true(v == rand_next(&same));
        assert_true(v != rand_next(&other));
    }
}

static void between_includes_both_ends_and_nothing_else(void **state)
{
    (void)state;
    struct rand r = rand_seeded(7);
    int count[6] = {0};
    for (int i = 0; i < 60000; i++) {
        int64_t v = rand_between(&r, -2, 3);
        assert_true(v >= -2 && v <= 3);
        count[v + 2]++;
    }
    for (int i = 0; i < 6; i++)
        assert_in_range(count[i], 9500, 10500);
    assert_int_equal(rand_between(&r, 5, 5), 5);
    bool has_negative = false;
    for (int i = 0; i < 100; i++)
        has_negative |= rand_between(&r, INT64_MIN, INT64_MAX) < 0;
    assert_true(has_negative);
    for (int i = 0; i < 100; i++)
        assert_true(rand_between(&r, INT64_MIN, -1) < 0);
}

static void chance_is_in_percent(void **state)
{
    (void)state;
    struct rand r = rand_seeded(8);
    int hits = 0;
    for (int i = 0; i < 100000; i++) {
        hits += rand_chance(&r, 30);
        assert_false(rand_chance(&r, 0));
        assert_true(rand_chance(&r, 100));
    }
    assert_in_range(hits, 29000, 31000);
}

static void slugs_have_letters_and_digits_of_base_32_only_and_differ(void **state)
{
    (void)state;
    struct str s = rand_slug(arena, 400), t = rand_slug(arena, 400);
    assert_int_equal(s.n, 400);
    assert_false(str_eq(s, t));
    for (size_t i = 0; i < s.n; i++)
        assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz234567", s.p[i]));
}

static void secrets_fill_every_byte(void **state)
{
    (void)state;
    unsigned char seen[64] = {0};
    for (int round = 0; round < 20; round++) {
        unsigned char s[64] = {0};
        rand_secret(s, sizeof s);
        for (size_t i = 0; i < sizeof s; i++)
            seen[i] |= s[i];
    }
    for (size_t i = 0; i < sizeof seen; i++)
        assert_int_not_equal(seen[i], 0);
    rand_secret(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_seed_gives_the_same_numbers_on_every_machine),
        TEST(between_includes_both_ends_and_nothing_else),
        TEST(chance_is_in_percent),
        TEST(slugs_have_letters_and_digits_of_base_32_only_and_differ),
        TEST(secrets_fill_every_byte),
    };
    return RUN(tests);
}
