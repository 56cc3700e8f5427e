/* Bounded output. */
#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/rand.h"
#include "check.h"

static void an_unused_buf_is_an_empty_text(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 10);
    assert_str(buf_str(&b), "");
    assert_ok(buf_flush(&b));
}

static void pieces_come_out_in_order(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 1 << 20);
    size_t want = 0;
    for (int i = 0; i < 20000; i++) {
        BUF_LIT(&b, "กข");
        buf_putc(&b, '/');
        buf_put(&b, STR_NONE);
        want += 7;
    }
    struct str out = buf_str(&b);
    assert_int_equal(out.n, want);
    for (size_t i = 0; i < out.n; i += 7)
        assert_memory_equal(out.p + i, "กข/", 7);
}

static void what_does_not_fit_is_dropped_whole_and_said(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 5);
    BUF_LIT(&b, "abc");
    BUF_LIT(&b, "def");
    assert_true(b.is_full);
    BUF_LIT(&b, "g"); /* would fit, but the page is torn already */
    buf_putc(&b, 'h');
    buf_int(&b, 1);
    assert_str(buf_str(&b), "abc");
    assert_int_equal(buf_flush(&b), ERR_LIMIT);
}

static void exactly_the_limit_fits(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 5);
    BUF_LIT(&b, "abcde");
    assert_false(b.is_full);
    assert_str(buf_str(&b), "abcde");
    buf_putc(&b, 'f');
    assert_true(b.is_full);
}

struct sink {
    char p[100000];
    size_t n, calls, longest;
    size_t fail_at; /* 0: never */
};

static enum err swallow(void *ctx, struct str chunk)
{
    struct sink *s = ctx;
    s->calls++;
    if (s->calls == s->fail_at) return ERR_IO;
    if (chunk.n > s->longest) s->longest = chunk.n;
    memcpy(s->p + s->n, chunk.p, chunk.n);
    s->n += chunk.n;
    return ERR_OK;
}

static void a_flushing_buf_hands_on_full_chunks_and_the_rest(void **state)
{
    (void)state;
    static struct sink s;
    s = (struct sink){.n = 0};
    struct buf b = buf_to(arena, 16, swallow, &s), whole = buf_in(arena, 1 << 20);
    struct rand r = rand_seeded(2);
    char piece[70];
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < 1000; i++) {
        struct str p = {piece, (size_t)rand_between(&r, 0, 69)};
        piece[0] = (char)('a' + i % 26);
        buf_put(&b, p);
        buf_put(&whole, p);
        buf_int(&b, i);
        buf_int(&whole, i);
        buf_putc(&b, '\n');
        buf_putc(&whole, '\n');
    }
    assert_ok(buf_flush(&b));
    assert_ok(buf_flush(&b)); /* nothing left: nothing handed on */
    assert_int_equal(s.longest, 16);
    assert_true(str_eq((struct str){s.p, s.n}, buf_str(&whole)));
    assert_int_equal(s.calls, (s.n + 15) / 16);
}

static void after_a_failed_flush_the_rest_is_dropped_and_the_failure_kept(void **state)
{
    (void)state;
    static struct sink s;
    s = (struct sink){.fail_at = 2};
    struct buf b = buf_to(arena, 4, swallow, &s);
    BUF_LIT(&b, "0123456789abcdef");
    BUF_LIT(&b, "more");
    assert_int_equal(buf_flush(&b), ERR_IO);
    assert_int_equal(s.calls, 2);
    assert_int_equal(s.n, 4);
}

static void a_flushing_buf_takes_no_more_memory(void **state)
{
    (void)state;
    static struct sink s;
    s = (struct sink){.fail_at = 1};
    struct buf b = buf_to(arena, 64, swallow, &s);
    size_t before = arena_used(arena);
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%700d", i);
    assert_int_equal(arena_used(arena), before);
}

static void check_int(int64_t v)
{
    char want[32];
    snprintf(want, sizeof want, "%" PRId64, v);
    struct buf b = buf_in(arena, 32);
    buf_int(&b, v);
    assert_str(buf_str(&b), want);
}

static void numbers_print_as_printf_does(void **state)
{
    (void)state;
    check_int(INT64_MIN);
    check_int(INT64_MAX);
    for (int64_t v = -1100; v <= 1100; v++)
        check_int(v);
    for (int64_t p = 1; p < INT64_MAX / 10; p *= 10) {
        check_int(p - 1), check_int(p), check_int(-p), check_int(p + 1);
    }
    struct rand r = rand_seeded(3);
    for (int i = 0; i < 20000; i++)
        check_int((int64_t)(rand_next(&r) >> rand_between(&r, 0, 63)));
}

static void printf_of_any_length(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 10000);
    buf_printf(&b, "%s|%5d|", "ก", 42);
    assert_str(buf_str(&b), "ก|   42|");
    size_t before = b.n;
    for (int n = 510; n < 515; n++) {
        buf_printf(&b, "%*d", n, 1);
        before += (size_t)n;
        assert_int_equal(b.n, before);
    }
    struct buf small = buf_in(arena, 600);
    buf_printf(&small, "%700d", 1);
    assert_true(small.is_full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_unused_buf_is_an_empty_text),
        TEST(pieces_come_out_in_order),
        TEST(what_does_not_fit_is_dropped_whole_and_said),
        TEST(exactly_the_limit_fits),
        TEST(a_flushing_buf_hands_on_full_chunks_and_the_rest),
        TEST(after_a_failed_flush_the_rest_is_dropped_and_the_failure_kept),
        TEST(a_flushing_buf_takes_no_more_memory),
        TEST(numbers_print_as_printf_does),
        TEST(printf_of_any_length),
    };
    return RUN(tests);
}
