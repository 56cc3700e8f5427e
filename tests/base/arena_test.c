/* Memory that dies together. */
#include "base/arena.h"

#include <stdalign.h>

#include "base/rand.h"
#include "check.h"

static void pieces_are_zeroed_and_aligned_also_after_reset(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    for (int round = 0; round < 3; round++) {
        for (size_t n = 1; n < 600; n += 7) {
            unsigned char *p = arena_alloc(a, n);
            assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xEE, n);
        }
        arena_reset(a);
        assert_int_equal(arena_used(a), 0);
    }
    arena_free(a);
}

static void a_piece_of_no_bytes_has_an_address_of_its_own(void **state)
{
    (void)state;
    char *p = arena_alloc(arena, 0), *q = arena_alloc(arena, 0);
    assert_non_null(p);
    assert_ptr_not_equal(p, q);
    q = arena_grow(arena, p, 0, 100);
    memset(q, 1, 100);
}

static void the_last_piece_grows_in_place(void **state)
{
    (void)state;
    char *p = arena_alloc(arena, 10);
    memcpy(p, "0123456789", 10);
    char *q = arena_grow(arena, p, 10, 1000);
    assert_ptr_equal(p, q);
    assert_memory_equal(q, "0123456789", 10);
    for (int i = 10; i < 1000; i++)
        assert_int_equal(q[i], 0);
}

static void another_piece_is_copied_when_it_grows(void **state)
{
    (void)state;
    char *p = arena_alloc(arena, 10);
    memcpy(p, "0123456789", 10);
    char *last = arena_alloc(arena, 1);
    char *q = arena_grow(arena, p, 10, 20);
    assert_ptr_not_equal(p, q);
    assert_memory_equal(q, "0123456789", 10);
    assert_int_equal(last[0], 0);
}

static void a_big_piece_grows_without_leaving_its_smaller_selves(void **state)
{
    (void)state;
    char *p = arena_alloc(arena, 40000);
    size_t n = 40000;
    memset(p, 7, n);
    for (; n < 8000000; n *= 2) {
        p = arena_grow(arena, p, n, n * 2);
        assert_int_equal(p[n - 1], 7);
        assert_int_equal(p[n], 0);
        assert_int_equal(p[n * 2 - 1], 0);
        memset(p, 7, n * 2);
    }
    assert_true(arena_used(arena) < n + 100);
}

/* Many pieces of random sizes, some grown, each with its own pattern: none may tread on another. */
static void pieces_never_overlap(void **state)
{
    (void)state;
    struct rand r = rand_seeded(1);
    enum { N = 300 };
    unsigned char *p[N];
    size_t n[N];
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < N; i++) {
            n[i] = (size_t)rand_between(&r, 0, rand_chance(&r, 5) ? 100000 : 300);
            p[i] = arena_alloc(arena, n[i]);
            memset(p[i], i & 255, n[i]);
            int k = (int)rand_between(&r, 0, i);
            size_t more = n[k] + (size_t)rand_between(&r, 0, 2000);
            p[k] = arena_grow(arena, p[k], n[k], more);
            memset(p[k] + n[k], k & 255, more - n[k]);
            n[k] = more;
        }
        for (int i = 0; i < N; i++)
            for (size_t j = 0; j < n[i]; j++)
                if (p[i][j] != (i & 255)) fail_msg("piece %d, byte %zu", i, j);
        arena_reset(arena);
    }
}

static void used_counts_what_was_handed_out(void **state)
{
    (void)state;
    arena_alloc(arena, 1);
    arena_alloc(arena, 16);
    assert_int_equal(arena_used(arena), 32);
    arena_alloc(arena, 100000);
    assert_int_equal(arena_used(arena), 32 + 100000);
}

static void past_the_limit(void)
{
    arena_alloc(arena_new(1000), 1001);
}

static void past_the_limit_in_steps(void)
{
    struct arena *a = arena_new(1000);
    for (int i = 0; i < 1000; i++)
        arena_alloc(a, 1);
}

static void absurd_size(void)
{
    arena_alloc(arena, SIZE_MAX - 3);
}

static void reaching_the_limit_is_a_bug(void **state)
{
    (void)state;
    assert_dies(past_the_limit);
    assert_dies(past_the_limit_in_steps);
    assert_dies(absurd_size);
}

#if defined(__SANITIZE_ADDRESS__)
#define IS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_ASAN 1
#endif
#endif

static void a_mark_takes_back_what_came_after_it(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)8 << 20);
    char *kept = arena_alloc(a, 100);
    memset(kept, 'k', 100);
    size_t before = arena_used(a);
    struct arena_mark mark = arena_mark(a);
    for (int i = 0; i < 1000; i++) { /* far more than the limit in all: blocks and big pieces go back each time */
        char *small = arena_alloc(a, 30000), *big = arena_alloc(a, (size_t)4 << 20);
        assert_int_equal(small[29999] | big[0], 0);
        small[29999] = big[0] = 1;
        small = arena_alloc(a, 120000 / 4);
        struct arena_mark inner = arena_mark(a);
        arena_alloc(a, 30000);
        arena_release(a, inner);
        memset(small, 1, 30000);
        arena_release(a, mark);
        assert_int_equal(arena_used(a), before);
    }
    for (int i = 0; i < 100; i++) assert_int_equal(kept[i], 'k');
    char *next = arena_alloc(a, 8);
    arena_release(a, mark);
    assert_ptr_equal(arena_alloc(a, 8), next); /* what is given back is given out again */
    arena_free(a);
}

#ifdef IS_ASAN
#include <sanitizer/asan_interface.h>
static void asan_sees_use_after_reset_after_grow_and_past_the_end(void **state)
{
    (void)state;
    char *p = arena_alloc(arena, 5), *next = arena_alloc(arena, 5);
    assert_false(__asan_address_is_poisoned(p + 4));
    assert_true(__asan_address_is_poisoned(p + 5));
    char *q = arena_grow(arena, p, 5, 50);
    assert_true(__asan_address_is_poisoned(p));
    assert_false(__asan_address_is_poisoned(q + 49));
    arena_reset(arena);
    assert_true(__asan_address_is_poisoned(q));
    assert_true(__asan_address_is_poisoned(next));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pieces_are_zeroed_and_aligned_also_after_reset),
        TEST(a_piece_of_no_bytes_has_an_address_of_its_own),
        TEST(the_last_piece_grows_in_place),
        TEST(another_piece_is_copied_when_it_grows),
        TEST(a_big_piece_grows_without_leaving_its_smaller_selves),
        TEST(pieces_never_overlap),
        TEST(used_counts_what_was_handed_out),
        TEST(reaching_the_limit_is_a_bug),
        TEST(a_mark_takes_back_what_came_after_it),
#ifdef IS_ASAN
        TEST(asan_sees_use_after_reset_after_grow_and_past_the_end),
#endif
    };
    return RUN(tests);
}
