/* guard_test.c — the guard alone: heads as text, then streams cut at every place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "web/guard.h"

#define H "Host: a\r\n"

struct head_case {
    int status;
    const char *head; /* without the empty line at its end */
};

static const struct head_case heads[] = {
    {0, "GET / HTTP/1.1\r\n" H},
    {0, "GET /a?b=c&d HTTP/1.1\r\nhOsT:\t example.go.th:8080 \r\nX: \xe0\xb8\x81\r\n"},
    {0, "GET / HTTP/1.1\r\nHost: [::1]:80\r\nX-Empty:\r\n"},
    {0, "GET / HTTP/1.0\r\n"},
    {0, "POST / HTTP/1.1\r\n" H "Content-Length: 3\r\n"},
    {0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: Chunked\r\n"},
    /* request line */
    {400, "GET /\r\n" H},
    {400, "GET  / HTTP/1.1\r\n" H},
    {400, "GET / HTTP/1.1 \r\n" H},
    {400, " GET / HTTP/1.1\r\n" H},
    {400, "G@T / HTTP/1.1\r\n" H},
    {400, "GET / HTTP/2.0\r\n" H},
    {400, "GET / http/1.1\r\n" H},
    {400, "GET\t/ HTTP/1.1\r\n" H},
    {400, "GET http://a/ HTTP/1.1\r\n" H},
    {400, "OPTIONS * HTTP/1.1\r\n" H},
    {400, "CONNECT a:443 HTTP/1.1\r\n" H},
    {400, "GET /\xe0\xb8\x81 HTTP/1.1\r\n" H},
    {400, "GET /a#b HTTP/1.1\r\n" H},
    {400, "\r\nGET / HTTP/1.1\r\n" H},
    /* Host */
    {400, "GET / HTTP/1.1\r\n"},
    {400, "GET / HTTP/1.1\r\n" H H},
    {400, "GET / HTTP/1.0\r\n" H H},
    {400, "GET / HTTP/1.1\r\nHost:\r\n"},
    {400, "GET / HTTP/1.1\r\nHost: a/b\r\n"},
    {400, "GET / HTTP/1.1\r\nHost: a b\r\n"},
    {400, "GET / HTTP/1.1\r\nHost: a,b\r\n"},
    {400, "GET / HTTP/1.1\r\nHost : a\r\n"},
    {400, "GET / HTTP/1.1\r\nHost\t: a\r\n"},
    /* framing */
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 3\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: 3, 3\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: +3\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: 0x3\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: -1\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length:\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: 99999999999999999999\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding:\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"},
    {400, "POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n"},
    {0, "POST / HTTP/1.1\r\n" H "Transfer-Encoding:\t chunked\r\nX: a \r\n"},
    /* the library keeps a blank behind a value: "chunked " is a body without end to it */
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked \r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\t\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Content-Length: 3 \r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding : chunked\r\n"},
    {400, "POST / HTTP/1.1\r\n" H "Transfer-Encoding: \x0b"
          "chunked\r\n"},
    /* header lines */
    {400, "GET / HTTP/1.1\r\n" H "no colon\r\n"},
    {400, "GET / HTTP/1.1\r\n" H ": no name\r\n"},
    {400, "GET / HTTP/1.1\r\n" H "X: a\r\n folded\r\n"},
    {400, "GET / HTTP/1.1\r\n" H "X: a\r\n\tfolded\r\n"},
    {400, "GET / HTTP/1.1\r\n" H "X: a\rb\r\n"},
    {400, "GET / HTTP/1.1\r\n" H "X: a\nY: b\r\n"},
    {400, "GET / HTTP/1.1\n" H},
    {400, "GET / HTTP/1.1\r\n" H "X: a\x01\r\n"},
    {400, "GET / HTTP/1.1\r\n" H "X: a\x7f\r\n"},
    {400, "GET / HTTP/1.1\r\n" H "X(y): a\r\n"},
};
#define NHEADS (sizeof heads / sizeof heads[0])

/* Feeds in pieces of `step` bytes; returns how many bytes were passed on. */
static size_t feed(struct guard *g, const char *p, size_t n, size_t step)
{
    size_t passed = 0;
    for (size_t at = 0; at < n && g->fault == 0; at += step)
        passed += guard_feed(g, p + at, n - at < step ? n - at : step);
    return passed;
}

static void test_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < NHEADS; i++) {
        char whole[1024];
        int n = snprintf(whole, sizeof whole, "%s\r\n", heads[i].head);
        struct guard_head h;
        int status = guard_check_head((struct str){whole, (size_t)n}, &h);
        if (heads[i].head[0] != '\r' && status != heads[i].status) fail_msg("%s", heads[i].head);
        for (size_t step = 1; step <= (size_t)n; step++) { /* however it is cut */
            struct guard g;
            guard_init(&g);
            size_t passed = feed(&g, whole, (size_t)n, step);
            if (g.fault != heads[i].status) fail_msg("step %zu: %s", step, heads[i].head);
            if (g.fault == 0) assert_int_equal(passed, n);
            assert_int_equal(g.heads, g.fault == 0);
            guard_free(&g);
        }
    }
}

/* NUL does not fit into a table of C texts. */
static void test_nul(void **state)
{
    (void)state;
    static const char *const at[] = {
        "GE\0T / HTTP/1.1\r\n" H "\r\n", "GET /\0 HTTP/1.1\r\n" H "\r\n",
        "GET / HTTP/1.1\r\nHo\0st:a\r\n\r\n", "GET / HTTP/1.1\r\nHost:a\0\r\n\r\n"};
    static const size_t n[] = {sizeof "GE\0T / HTTP/1.1\r\n" H "\r\n" - 1,
                               sizeof "GET /\0 HTTP/1.1\r\n" H "\r\n" - 1,
                               sizeof "GET / HTTP/1.1\r\nHo\0st:a\r\n\r\n" - 1,
                               sizeof "GET / HTTP/1.1\r\nHost:a\0\r\n\r\n" - 1};
    for (size_t i = 0; i < 4; i++) {
        struct guard g;
        guard_init(&g);
        assert_int_equal(feed(&g, at[i], n[i], n[i]), 0);
        assert_int_equal(g.fault, 400);
        guard_free(&g);
    }
}

/* The library answers some of these by itself as soon as the line is there: the guard is first. */
static void test_lines_of_an_unfinished_head(void **state)
{
    (void)state;
    static const struct head_case parts[] = {
        {0, "GET / HTTP/1.1\r\nHost: a\r\n"},
        {0, "GET / HTTP/1.1\r\nno colon yet"},
        {400, "GET /\r\n"},
        {400, "GET / HTTP/1.2\r\n"},
        {400, "GET / HTTP/1.1\r\nno colon\r\n"},
        {400, "GET / HTTP/1.1\r\nHost : a\r\n"},
        {400, "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t n = strlen(parts[i].head);
        for (size_t step = 1; step <= n; step++) {
            struct guard g;
            guard_init(&g);
            feed(&g, parts[i].head, n, step);
            if (g.fault != parts[i].status) fail_msg("step %zu: %s", step, parts[i].head);
            assert_int_equal(g.heads, 0);
            guard_free(&g);
        }
    }
}

struct stream_case {
    int status;
    unsigned heads; /* good ones, when it comes in one piece */
    size_t passed;  /* likewise */
    const char *text;
};

#define POST_CHUNKED "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
#define GET          "GET / HTTP/1.1\r\n" H "\r\n"
#define ALL          SIZE_MAX

static const struct stream_case streams[] = {
    {0, 3, ALL, GET GET GET},
    {0, 2, ALL, "POST / HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nGET /" GET},
    {0, 2, ALL, POST_CHUNKED "5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\n" GET},
    {0, 2, ALL, POST_CHUNKED "0\r\n\r\n" GET},
    {400, 1, sizeof GET - 1, GET "BAD\r\n\r\n" GET},
    {400, 1, sizeof GET - 1, GET POST_CHUNKED "x\r\n"},
    {400, 0, 0, POST_CHUNKED "5;ext=1\r\nhello\r\n0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED "5\nhello\r\n0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED "5\r\nhello0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED "5\r\nhello\n0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED "\r\nhello\r\n"},
    {400, 0, 0, POST_CHUNKED "0x5\r\nhello\r\n0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED " 5\r\nhello\r\n0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED "5 \r\nhello\r\n0\r\n\r\n"},
    {400, 0, 0, POST_CHUNKED "123456789\r\n"},
    {400, 0, 0, POST_CHUNKED "0\r\nTrailer: x\r\n\r\n"},
};

static void test_streams(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        const struct stream_case *c = &streams[i];
        size_t n = strlen(c->text);
        struct guard g;
        guard_init(&g);
        size_t passed = guard_feed(&g, c->text, n);
        if (g.fault != c->status || g.heads != c->heads) fail_msg("%s", c->text);
        assert_int_equal(passed, c->passed == ALL ? n : c->passed);
        guard_free(&g);
        for (size_t step = 1; step < n; step++) {
            guard_init(&g);
            feed(&g, c->text, n, step);
            if (g.fault != c->status) fail_msg("step %zu: %s", step, c->text);
            guard_free(&g);
        }
    }
}

/* A message that is too large is refused while it is still coming. */
static void test_limits(void **state)
{
    (void)state;
    static char text[3 * GUARD_HEAD_BYTES_MAX];
    struct guard g;
    int n = snprintf(text, sizeof text, "GET /api/");
    memset(text + n, 'a', sizeof text - (size_t)n);
    guard_init(&g);
    feed(&g, text, sizeof text, 1000);
    assert_int_equal(g.fault, 414);
    assert_true(g.is_api);
    guard_free(&g);

    n = snprintf(text, sizeof text, "GET / HTTP/1.1\r\nX: ");
    memset(text + n, 'a', sizeof text - (size_t)n);
    guard_init(&g);
    feed(&g, text, sizeof text, sizeof text);
    assert_int_equal(g.fault, 431);
    guard_free(&g);

    for (int fields = GUARD_HEADERS_MAX - 1; fields <= GUARD_HEADERS_MAX; fields++) {
        n = snprintf(text, sizeof text, "GET / HTTP/1.1\r\n" H);
        for (int i = 0; i < fields; i++)
            n += snprintf(text + n, sizeof text - (size_t)n, "X-%d: a\r\n", i);
        n += snprintf(text + n, sizeof text - (size_t)n, "\r\n");
        struct guard_head h;
        int status = guard_check_head((struct str){text, (size_t)n}, &h);
        assert_int_equal(status, fields < GUARD_HEADERS_MAX ? 0 : 431);
    }
}

/* Of two faults the first in the stream is told, however it is cut. */
static void test_two_faults(void **state)
{
    (void)state;
    static char text[GUARD_HEAD_BYTES_MAX];
    int n = snprintf(text, sizeof text, "GET /api/ HTTP/1.1\r\n");
    for (int i = 0; i <= GUARD_HEADERS_MAX; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "X-%d: a\r\n", i);
    n += snprintf(text + n, sizeof text - (size_t)n, "X: a\rb\r\n\r\n");
    for (size_t step = 1; step <= (size_t)n; step = step < 8 ? step + 1 : step * 2) {
        struct guard g;
        guard_init(&g);
        feed(&g, text, (size_t)n, step);
        assert_int_equal(g.fault, 431);
        assert_true(g.is_api);
        guard_free(&g);
    }
}

static void test_fields_of_a_query_and_cookies(void **state)
{
    (void)state;
    char text[1024];
    struct guard_head h;
    for (size_t fields = 64; fields <= 65; fields++) {
        size_t n = (size_t)snprintf(text, sizeof text, "GET /?");
        for (size_t i = 0; i < fields; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%sa", i > 0 ? "&" : "");
        n += (size_t)snprintf(text + n, sizeof text - n, " HTTP/1.1\r\n" H "\r\n");
        assert_int_equal(guard_check_head((struct str){text, n}, &h), fields == 64 ? 0 : 400);
        n = (size_t)snprintf(text, sizeof text, "GET / HTTP/1.1\r\n" H "Cookie: ");
        for (size_t i = 0; i < fields; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%sa=1", i > 0 ? "; " : "");
        n += (size_t)snprintf(text + n, sizeof text - n, "\r\n\r\n");
        assert_int_equal(guard_check_head((struct str){text, n}, &h), fields == 64 ? 0 : 431);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_lines_of_an_unfinished_head),
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_two_faults),
        cmocka_unit_test(test_fields_of_a_query_and_cookies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
