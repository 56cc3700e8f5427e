/* server_test.c — web_serve() on a real socket: what it answers, what it refuses, whom it waits for
 * and for how long. Nothing here depends on how fast the machine is: deadlines are shortened in the
 * configuration and waited for with a wide margin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <ifaddrs.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "fixture.h"

#define HOST      "Host: a\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" HOST "\r\n"

static struct fixture site; /* of the group: default configuration */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void sleep_ms(int ms)
{
    poll(NULL, 0, ms);
}

static void assert_security_headers(const char *r)
{
    assert_non_null(strstr(r, "\r\nContent-Security-Policy: default-src 'none'; "));
    assert_non_null(strstr(r, "frame-ancestors 'none'"));
    assert_true(has_header(r, "X-Content-Type-Options: nosniff"));
    assert_true(has_header(r, "Referrer-Policy: same-origin"));
    assert_true(has_header(r, "Cross-Origin-Opener-Policy: same-origin"));
    assert_true(has_header(r, "Cross-Origin-Resource-Policy: same-origin"));
    assert_non_null(strstr(r, "\r\nPermissions-Policy: "));
    assert_non_null(strstr(r, "\r\nDate: "));
}

static void test_get(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, "GET /hello/%E0%B8%81?a=1&b=%E0%B8%82 HTTP/1.1\r\n" HOST
                    "Cookie: sid=x; l=th\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n");
    const char *r = client_read(fd, 5000);
    assert_int_equal(status_of(r), 200);
    assert_security_headers(r);
    assert_true(has_header(r, "Content-Type: text/plain; charset=utf-8"));
    assert_true(has_header(r, "Cache-Control: no-cache"));
    assert_non_null(strstr(r, "method=0 path=/hello/ก remote=127.0.0.1 https=0\n"));
    assert_non_null(strstr(r, "param a=1\nparam b=ข\ncookie sid=x\ncookie l=th\nbody 0\n"));
    close(fd);
}

static void test_post(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, "POST /echo HTTP/1.1\r\n" HOST
                    "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
                    "Content-Length: 15\r\n\r\nname=%E0%B8%81&b=");
    const char *r = client_read(fd, 5000);
    assert_non_null(strstr(r, "form name=ก\n"));
    client_send(fd, "&c=1"); /* the two bytes too many begin a broken request */
    assert_int_equal(status_of(client_read(fd, 100)), 0);
    close(fd);
    fd = client_open(site.port);
    client_send(fd,
                "POST /echo HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
                "Transfer-Encoding: chunked\r\n\r\n3\r\na=%\r\n4\r\n41&b\r\n0\r\n\r\n" GET("/x"));
    r = client_read(fd, 5000);
    assert_non_null(strstr(r, "form a=A\nform b=\nbody 7\n"));
    assert_non_null(strstr(client_read(fd, 5000), "path=/x "));
    close(fd);
}

/* A handler never sees a form or a query that is broken; the connection stays. */
static void test_broken_fields(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, GET("/hello?a=%FF"));
    const char *r = client_read(fd, 5000);
    assert_int_equal(status_of(r), 400);
    assert_security_headers(r);
    client_send(fd, GET("/hello"));
    assert_int_equal(status_of(client_read(fd, 5000)), 200);
    client_send(fd, GET("/silent"));
    assert_int_equal(status_of(client_read(fd, 5000)), 500);
    close(fd);
}

static void test_head_and_304(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, "HEAD /page HTTP/1.1\r\n" HOST "\r\n");
    const char *r = client_read_head(fd, 5000);
    assert_int_equal(status_of(r), 200);
    char *length = strdup(strstr(r, "\r\nContent-Length: "));
    assert_non_null(length);
    assert_true((int)number_at(length + 18) > 30000);
    free(length);
    client_send(fd, "GET /page HTTP/1.1\r\n" HOST "If-None-Match: \"x\", W/\"page-1\"\r\n\r\n");
    r = client_read_head(fd, 5000);
    assert_int_equal(status_of(r), 304);
    assert_true(has_header(r, "ETag: \"page-1\""));
    assert_security_headers(r);
    client_send(fd, "POST /page HTTP/1.1\r\n" HOST
                    "Content-Length: 0\r\nIf-None-Match: \"page-1\"\r\n\r\n");
    assert_int_equal(status_of(client_read(fd, 5000)), 200); /* only GET and HEAD are 304 */
    close(fd);
}

static void test_gzip(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, "GET /page HTTP/1.1\r\n" HOST "Accept-Encoding: br, gzip\r\n\r\n");
    const char *r = client_read(fd, 5000);
    assert_true(has_header(r, "Content-Encoding: gzip"));
    assert_true(has_header(r, "Vary: Cookie, Accept-Encoding"));
    assert_true(has_header(r, "ETag: W/\"page-1\""));
    static unsigned char page[100000];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)(strstr(r, "\r\n\r\n") + 4),
                  .avail_in = (uInt)number_at(strstr(r, "\r\nContent-Length: ") + 18),
                  .next_out = page,
                  .avail_out = sizeof page};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_true(z.total_out > 30000);
    inflateEnd(&z);
    client_send(fd, GET("/page"));
    r = client_read(fd, 5000);
    assert_null(strstr(r, "Content-Encoding"));
    assert_true(has_header(r, "Vary: Cookie, Accept-Encoding"));
    client_send(fd, "GET /asset HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n");
    r = client_read(fd, 5000);
    assert_non_null(strstr(r, "\r\n\r\nsmall"));
    assert_true(has_header(r, "Vary: Accept-Encoding"));
    client_send(fd, GET("/asset"));
    assert_non_null(strstr(client_read(fd, 5000), "\r\n\r\nraw bytes"));
    close(fd);
}

static void test_keep_alive_and_pipelining(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, GET("/1") GET("/slow?ms=50") GET("/inline") GET("/4"));
    assert_non_null(strstr(client_read(fd, 5000), "path=/1 "));
    assert_non_null(strstr(client_read(fd, 5000), "done"));
    assert_non_null(strstr(client_read(fd, 5000), "path=/inline "));
    assert_non_null(strstr(client_read(fd, 5000), "path=/4 "));
    /* good ones before a broken one are answered, then comes its refusal, then the end */
    client_send(fd, GET("/5") GET("/6") "GET / HTTP/1.1\r\nHost : a\r\n\r\n" GET("/7"));
    assert_non_null(strstr(client_read(fd, 5000), "path=/5 "));
    assert_non_null(strstr(client_read(fd, 5000), "path=/6 "));
    assert_int_equal(status_of(client_read(fd, 5000)), 400);
    assert_true(client_is_closed(fd, 5000));
    close(fd);
}

/* Each on a connection of its own, and again as the second request of a kept-alive one. */
static const char *const malformed[] = {
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    "GET / HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/1.1\r\nHost: a\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: "
    "chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
    "5\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
    "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naX\r\n",
    "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%FF HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/3.0\r\nHost: a\r\n\r\n",
    "HELLO\r\n\r\n",
    "\x16\x03\x01\x02",
};

static void assert_refused(int fd, const char *why)
{
    const char *r = client_read(fd, 5000);
    if (status_of(r) != 400) fail_msg("%d for %s", status_of(r), why);
    assert_security_headers(r);
    assert_true(has_header(r, "Connection: close"));
    if (!client_is_closed(fd, 5000)) fail_msg("still open after %s", why);
}

static void test_malformed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        int fd = client_open(site.port);
        client_send(fd, malformed[i]);
        assert_refused(fd, malformed[i]);
        close(fd);
        fd = client_open(site.port);
        client_send(fd, GET("/hello"));
        assert_int_equal(status_of(client_read(fd, 5000)), 200);
        client_send(fd, malformed[i]);
        assert_refused(fd, malformed[i]);
        close(fd);
    }
    static const char nul[] = "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n";
    int fd = client_open(site.port);
    client_send_n(fd, nul, sizeof nul - 1);
    assert_refused(fd, "NUL");
    close(fd);
}

static void test_api_error_is_json(void **state)
{
    (void)state;
    int fd = client_open(site.port);
    client_send(fd, "GET /api/v1/x HTTP/1.1\r\n\r\n");
    const char *r = client_read(fd, 5000);
    assert_int_equal(status_of(r), 400);
    assert_true(has_header(r, "Content-Type: application/json"));
    assert_non_null(strstr(r, "{\"error\":400}"));
    close(fd);
}

/* A form with a file, and the same one broken off: refused, and the connection is good for more. */
static void test_multipart(void **state)
{
    (void)state;
    static const char body[] = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1 2\r\n"
                               "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"c/d.pdf\"\r\n"
                               "Content-Type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n";
    char head[200];
    int fd = client_open(site.port);
    for (size_t cut = 0; cut < 20; cut += 10) {
        snprintf(head, sizeof head,
                 "POST /echo HTTP/1.1\r\n" HOST "Content-Type: multipart/form-data; boundary=x\r\n"
                 "Content-Length: %zu\r\n\r\n",
                 sizeof body - 1 - cut);
        client_send(fd, head);
        client_send_n(fd, body, sizeof body - 1 - cut);
        const char *r = client_read(fd, 5000);
        assert_int_equal(status_of(r), cut == 0 ? 200 : 400);
        if (cut > 0) continue;
        assert_non_null(strstr(r, "form a=1 2\n"));
        assert_non_null(strstr(r, "file f=d.pdf application/pdf 4\n"));
    }
    close(fd);
}

static void test_too_large(void **state)
{
    (void)state;
    static char text[4 << 20];
    memset(text, 'a', sizeof text);
    /* stated beforehand: refused before the body */
    assert_int_equal(client_status(site.port, "POST /upload HTTP/1.1\r\n" HOST
                                              "Content-Length: 1048577\r\n\r\n"),
                     413);
    /* sent regardless: the answer still arrives */
    int fd = client_open(site.port);
    client_send(fd, "POST /upload HTTP/1.1\r\n" HOST "Content-Length: 4000000\r\n\r\n");
    client_send_n(fd, text, 4000000);
    assert_int_equal(status_of(client_read(fd, 5000)), 413);
    close(fd);
    /* chunked: counted as it comes, refused long before its end */
    fd = client_open(site.port);
    client_send(fd, "POST /upload HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 17; i++) {
        client_send(fd, "10000\r\n");
        client_send_n(fd, text, 65536);
        client_send(fd, "\r\n");
    }
    assert_int_equal(status_of(client_read(fd, 5000)), 413);
    assert_true(client_is_closed(fd, 5000));
    close(fd);
    /* exactly the limit passes */
    fd = client_open(site.port);
    client_send(fd, "POST /upload HTTP/1.1\r\n" HOST "Content-Length: 1048576\r\n\r\n");
    client_send_n(fd, text, 1048576);
    assert_non_null(strstr(client_read(fd, 5000), "got 1048576"));
    close(fd);
    assert_int_equal(
        client_status(site.port, "GET / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\na"),
        413); /* a body where none belongs */
}

static void test_long_heads(void **state)
{
    (void)state;
    static char text[20000];
    size_t n = (size_t)snprintf(text, sizeof text, "GET / HTTP/1.1\r\n" HOST "X: ");
    memset(text + n, 'a', sizeof text - n - 1);
    assert_int_equal(client_status(site.port, text), 431);
    n = (size_t)snprintf(text, sizeof text, "GET /");
    memset(text + n, 'a', sizeof text - n - 1);
    assert_int_equal(client_status(site.port, text), 414);
    n = (size_t)snprintf(text, sizeof text, "GET / HTTP/1.1\r\n" HOST);
    for (int i = 0; i < 70; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "X%d: 1\r\n", i);
    snprintf(text + n, sizeof text - n, "\r\n");
    assert_int_equal(client_status(site.port, text), 431);
    /* just below the limit, all the same */
    n = (size_t)snprintf(text, sizeof text, "GET / HTTP/1.1\r\n" HOST "X: ");
    memset(text + n, 'a', 8192 - n - 4);
    snprintf(text + 8188, sizeof text - 8188, "\r\n\r\n");
    assert_int_equal(client_status(site.port, text), 200);
}

/* ---- deadlines ---- */

static struct fixture start_hurried(void)
{
    struct web_config c = {
        .workers = 2,
        .deadlines = {
            .head_ms = 400, .body_ms = 400, .send_ms = 400, .idle_ms = 400, .bytes_per_s = 100000}};
    return fixture_start(c, false);
}

/* Sends `text` byte by byte, 50 ms apart, until the server answers or closes. */
static const char *drip(int fd, const char *text)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    for (size_t i = 0; text[i] != '\0'; i++) {
        client_send_n(fd, text + i, 1);
        if (poll(&p, 1, 50) > 0) break;
    }
    return client_read(fd, 5000);
}

static void test_dripping(void **state)
{
    (void)state;
    struct fixture f = start_hurried();
    int fd = client_open(f.port);
    int64_t began = now_ms();
    const char *r =
        drip(fd, "GET /hello HTTP/1.1\r\nHost: a\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n");
    assert_int_equal(status_of(r), 408);
    assert_true(now_ms() - began >= 400);
    assert_security_headers(r);
    assert_true(client_is_closed(fd, 5000));
    close(fd);
    fd = client_open(f.port);
    client_send(fd, "POST /upload HTTP/1.1\r\n" HOST "Content-Length: 200\r\n\r\n");
    char body[201];
    memset(body, 'a', 200);
    body[200] = '\0';
    assert_int_equal(status_of(drip(fd, body)), 408);
    close(fd);
    fd = client_open(f.port); /* chunked: a byte a chunk */
    client_send(fd, "POST /upload HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    assert_int_equal(
        status_of(drip(fd, "1\r\na\r\n1\r\na\r\n1\r\na\r\n1\r\na\r\n1\r\na\r\n1\r\na\r\n"
                           "1\r\na\r\n1\r\na\r\n1\r\na\r\n1\r\na\r\n1\r\na\r\n")),
        408);
    close(fd);
    fd = client_open(f.port); /* says nothing: closed, without a word */
    assert_true(client_is_closed(fd, 5000));
    close(fd);
    fd = client_open(f.port); /* idle after an answer: likewise */
    client_send(fd, GET("/hello"));
    assert_int_equal(status_of(client_read(fd, 5000)), 200);
    assert_true(client_is_closed(fd, 5000));
    close(fd);
    fd = client_open(f.port); /* but a handler may take its time */
    client_send(fd, GET("/wait?ms=1500"));
    assert_int_equal(status_of(client_read(fd, 5000)), 200);
    close(fd);
    assert_int_equal(fixture_stop(f), 0);
}

/* A client that asks and does not read is cut; its memory is not held for ever. */
static void test_slow_reader(void **state)
{
    (void)state;
    struct fixture f = start_hurried();
    int fd = client_open(f.port);
    int small = 2048;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    static char asks[200 * sizeof GET("/page")];
    size_t n = 0;
    for (int i = 0; i < 200; i++)
        n += (size_t)snprintf(asks + n, sizeof asks - n, "%s", GET("/page"));
    send(fd, asks, n, MSG_NOSIGNAL | MSG_DONTWAIT);
    sleep_ms(2500);
    struct pollfd p = {.fd = fd, .events = 0};
    poll(&p, 1, 0);
    assert_true((p.revents & (POLLHUP | POLLERR)) != 0 || client_is_closed(fd, 2000));
    close(fd);
    assert_int_equal(client_status(f.port, GET("/hello")), 200);
    assert_int_equal(fixture_stop(f), 0);
}

/* ---- load ---- */

static void test_queue_full(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){.workers = 1, .queue_max = 2}, false);
    int fds[6], full = 0;
    for (int i = 0; i < 6; i++) {
        fds[i] = client_open(f.port);
        client_send(fds[i], GET("/wait?ms=600"));
        if (i == 0) sleep_ms(200); /* the first is at work before the others queue */
    }
    for (int i = 0; i < 6; i++) {
        const char *r = client_read(fds[i], 10000);
        if (status_of(r) == 503) {
            full++;
            assert_true(has_header(r, "Retry-After: 2"));
            assert_security_headers(r);
        } else {
            assert_int_equal(status_of(r), 200);
        }
        close(fds[i]);
    }
    assert_true(full >= 3); /* one runs, two wait */
    assert_int_equal(fixture_stop(f), 0);
}

/* All slow places are taken for two seconds; fast requests do not wait for them. */
static void test_slow_lane(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){.workers = 4, .queue_max = 16}, false);
    int slow[12];
    for (int i = 0; i < 12; i++) {
        slow[i] = client_open(f.port);
        client_send(slow[i], GET("/slow?ms=2000"));
    }
    sleep_ms(200);
    for (int i = 0; i < 20; i++)
        assert_int_equal(client_status(f.port, GET("/hello")), 200);
    int answered = 0, refused = 0;
    struct pollfd p[12];
    for (int i = 0; i < 12; i++)
        p[i] = (struct pollfd){.fd = slow[i], .events = POLLIN};
    poll(p, 12, 0);
    for (int i = 0; i < 12; i++) {
        if ((p[i].revents & POLLIN) == 0) continue;
        if (status_of(client_read(slow[i], 1000)) == 503)
            refused++;
        else
            answered++;
    }
    print_message("while 12 slow ones wait: %d answered, %d refused\n", answered, refused);
    assert_int_equal(answered, 0); /* the fast ones came first */
    assert_true(refused >= 2);     /* 2 run, 8 wait: half of the queue */
    for (int i = 0; i < 12; i++)
        close(slow[i]);
    assert_int_equal(fixture_stop(f), 0);
}

static void test_half_open(void **state)
{
    (void)state;
    struct rlimit files = {4096, 4096};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < 4096 ? files.rlim_max : 4096;
    setrlimit(RLIMIT_NOFILE, &files);
    struct fixture f = fixture_start((struct web_config){0}, false);
    enum { N = 900 };
    static int half[N];
    for (int i = 0; i < N; i++) {
        half[i] = client_open(f.port);
        client_send(half[i], "GET / HTTP/1.1\r\nHost:");
    }
    int64_t began = now_ms();
    assert_int_equal(client_status(f.port, GET("/hello")), 200);
    print_message("with %d half-open connections: answered in %d ms\n", N, (int)(now_ms() - began));
    struct pollfd p = {.fd = half[0], .events = POLLIN};
    assert_int_equal(poll(&p, 1, 0), 0); /* they were still open */
    for (int i = 0; i < N; i++)
        close(half[i]);
    assert_int_equal(fixture_stop(f), 0);
}

static void test_graceful_stop(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){0}, false);
    int running = client_open(f.port), idle = client_open(f.port);
    client_send(idle, GET("/hello"));
    assert_int_equal(status_of(client_read(idle, 5000)), 200);
    client_send(running, GET("/wait?ms=700"));
    sleep_ms(200);
    int64_t began = now_ms();
    pid_t stopper = fork();
    if (stopper == 0) _exit(kill(f.pid, SIGTERM));
    const char *r = client_read(running, 5000);
    assert_int_equal(status_of(r), 200);
    assert_true(has_header(r, "Connection: close"));
    assert_true(client_is_closed(idle, 5000));
    assert_int_equal(fixture_stop(f), 0);
    assert_true(now_ms() - began < 9000);
    close(running);
    close(idle);
}

/* Ctrl-C: the terminal tells the whole group, and the supervisor tells its child once more. */
static void test_told_to_stop_twice(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){0}, false);
    assert_int_equal(client_status(f.port, GET("/hello")), 200);
    kill(f.pid, SIGINT);
    kill(f.pid, SIGTERM);
    assert_int_equal(fixture_stop(f), 0);
}

static void test_proxy_headers(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){.proxy = "127.0.0.1"}, false);
    int fd = client_open(f.port);
    client_send(fd, "GET /hello HTTP/1.1\r\n" HOST "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\n"
                    "X-Forwarded-Proto: https\r\n\r\n");
    const char *r = client_read(fd, 5000);
    assert_non_null(strstr(r, "remote=203.0.113.7 https=1"));
    assert_non_null(strstr(r, "\r\nStrict-Transport-Security: "));
    close(fd);
    assert_int_equal(fixture_stop(f), 0);
}

/* An address of this machine that is not loopback, for a client that is counted. */
static bool own_address(struct sockaddr_in *ret)
{
    struct ifaddrs *all = NULL;
    bool is_found = false;
    if (getifaddrs(&all) != 0) return false;
    for (struct ifaddrs *i = all; i != NULL && !is_found; i = i->ifa_next) {
        if (i->ifa_addr == NULL || i->ifa_addr->sa_family != AF_INET) continue;
        memcpy(ret, i->ifa_addr, sizeof *ret);
        is_found = (ntohl(ret->sin_addr.s_addr) >> 24) != 127;
    }
    freeifaddrs(all);
    return is_found;
}

static void test_limit_of_an_address(void **state)
{
    (void)state;
    struct sockaddr_in to;
    if (!own_address(&to)) skip();
    struct web_config c = {.listen = "0.0.0.0:0", .per_address_max = 3};
    struct fixture f = fixture_start(c, false);
    to.sin_port = htons((uint16_t)f.port);
    const struct sockaddr *any = (const struct sockaddr *)(const void *)&to;
    int fds[4];
    for (int i = 0; i < 4; i++) {
        fds[i] = client_open_at(any, sizeof to);
        client_send(fds[i], GET("/hello"));
        assert_int_equal(status_of(client_read(fds[i], 5000)), i < 3 ? 200 : 0);
    }
    assert_true(client_is_closed(fds[3], 5000));
    assert_int_equal(client_status(f.port, GET("/hello")), 200); /* loopback is not counted */
    close(fds[0]); /* a place is free again, as soon as the server has seen it */
    int status = 0;
    for (int i = 0; i < 100 && status != 200; i++) {
        int fd = client_open_at(any, sizeof to);
        client_send(fd, GET("/hello"));
        status = status_of(client_read(fd, 5000));
        close(fd);
        sleep_ms(20);
    }
    assert_int_equal(status, 200);
    for (int i = 1; i < 4; i++)
        close(fds[i]);
    assert_int_equal(fixture_stop(f), 0);
}

static void test_ipv6_and_unix(void **state)
{
    (void)state;
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int probe = socket(AF_INET6, SOCK_STREAM, 0);
    bool has_v6 = bind(probe, (const struct sockaddr *)(const void *)&v6, sizeof v6) == 0;
    close(probe);
    if (has_v6) {
        struct fixture f = fixture_start((struct web_config){.listen = "[::1]:0"}, false);
        v6.sin6_port = htons((uint16_t)f.port);
        int fd = client_open_at((const struct sockaddr *)(const void *)&v6, sizeof v6);
        client_send(fd, GET("/hello"));
        assert_non_null(strstr(client_read(fd, 5000), "remote=::1 "));
        close(fd);
        assert_int_equal(fixture_stop(f), 0);
    }
    char listen[64];
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    snprintf(listen, sizeof listen, "unix:/tmp/sarn-web-%d.sock", (int)getpid());
    snprintf(local.sun_path, sizeof local.sun_path, "%s", listen + 5);
    struct fixture f = fixture_start((struct web_config){.listen = listen, .proxy = "unix"}, false);
    int fd = client_open_at((const struct sockaddr *)(const void *)&local, sizeof local);
    client_send(fd, "GET /hello HTTP/1.1\r\n" HOST "X-Forwarded-For: 203.0.113.7\r\n\r\n");
    assert_non_null(strstr(client_read(fd, 5000), "remote=203.0.113.7 "));
    close(fd);
    assert_int_equal(fixture_stop(f), 0);
    unlink(local.sun_path);
}

static int open_site(void **state)
{
    (void)state;
    site = fixture_start((struct web_config){0}, false);
    return 0;
}

static int close_site(void **state)
{
    (void)state;
    return fixture_stop(site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get),           cmocka_unit_test(test_post),
        cmocka_unit_test(test_broken_fields), cmocka_unit_test(test_head_and_304),
        cmocka_unit_test(test_gzip),          cmocka_unit_test(test_keep_alive_and_pipelining),
        cmocka_unit_test(test_malformed),     cmocka_unit_test(test_api_error_is_json),
        cmocka_unit_test(test_multipart),
        cmocka_unit_test(test_too_large),     cmocka_unit_test(test_long_heads),
        cmocka_unit_test(test_dripping),      cmocka_unit_test(test_slow_reader),
        cmocka_unit_test(test_queue_full),    cmocka_unit_test(test_slow_lane),
        cmocka_unit_test(test_half_open),     cmocka_unit_test(test_graceful_stop),
        cmocka_unit_test(test_proxy_headers), cmocka_unit_test(test_limit_of_an_address),
        cmocka_unit_test(test_ipv6_and_unix), cmocka_unit_test(test_told_to_stop_twice),
    };
    return cmocka_run_group_tests(tests, open_site, close_site);
}
