/* supervise_test.c — a child that dies is replaced, and nobody who comes meanwhile is turned away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fixture.h"
#include "web/supervise.h"

#define HOST      "Host: a\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" HOST "\r\n"

static void test_crash_is_survived(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){0}, true);
    assert_int_equal(client_status(f.port, GET("/hello")), 200);
    for (int i = 0; i < 3; i++) {
        int waiting = client_open(f.port), dying = client_open(f.port);
        client_send(waiting, GET("/wait?ms=3000"));
        client_send(dying, GET("/crash"));
        /* both connections end: nothing hangs */
        assert_true(client_is_closed(dying, 10000));
        assert_true(client_is_closed(waiting, 10000));
        /* a new one waits in the backlog and is served by the next child */
        assert_int_equal(client_status(f.port, GET("/hello")), 200);
        close(waiting);
        close(dying);
    }
    assert_int_equal(fixture_stop(f), 0);
}

/* The child has its time to end gracefully counted from the signal, not from the start: with the
 * start it was killed as soon as it had lived for those 20 s. */
static void test_long_lived_child_ends_gracefully(void **state)
{
    (void)state;
    struct fixture f = fixture_start((struct web_config){0}, true);
    sleep(21);
    int running = client_open(f.port);
    client_send(running, GET("/wait?ms=700"));
    usleep(200000);
    kill(f.pid, SIGTERM);
    assert_int_equal(status_of(client_read(running, 5000)), 200);
    close(running);
    assert_int_equal(fixture_stop(f), 0);
}

static int return_seven(void *ctx, int fd)
{
    (void)ctx, (void)fd;
    return 7;
}

static void test_value_of_the_child(void **state)
{
    (void)state;
    int ret = 0;
    assert_int_equal(supervise(return_seven, NULL, "127.0.0.1:0", &ret), ERR_OK);
    assert_int_equal(ret, 7);
    assert_int_equal(supervise(return_seven, NULL, "localhost:0", &ret), ERR_INPUT);
    assert_int_equal(supervise(return_seven, NULL, "127.0.0.1:99999", &ret), ERR_INPUT);
    assert_int_equal(supervise(return_seven, NULL, "203.0.113.1:80", &ret), ERR_IO);
}

/* Dies, then twice finds its database away, then serves to its end. */
static int fail_after_crash(void *ctx, int fd)
{
    (void)fd;
    int *runs = ctx;
    if (++*runs == 1) raise(SIGKILL);
    return *runs < 4 ? 1 : 0;
}

static void test_a_restart_that_fails_is_tried_again(void **state)
{
    (void)state;
    int *runs = mmap(NULL, sizeof *runs, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(runs, MAP_FAILED);
    int ret = -1;
    assert_int_equal(supervise(fail_after_crash, runs, "127.0.0.1:0", &ret), ERR_OK);
    assert_int_equal(*runs, 4);
    assert_int_equal(ret, 0);
    munmap(runs, sizeof *runs);
}

static void test_listen_forms(void **state)
{
    (void)state;
    int ret = 0;
    char path[64];
    snprintf(path, sizeof path, "unix:/tmp/sarn-supervise-%d.sock", (int)getpid());
    assert_int_equal(supervise(return_seven, NULL, path, &ret), ERR_OK);
    /* the file is still there, nobody listens: the next start takes it */
    assert_int_equal(supervise(return_seven, NULL, path, &ret), ERR_OK);
    unlink(path + 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crash_is_survived),
        cmocka_unit_test(test_long_lived_child_ends_gracefully),
        cmocka_unit_test(test_value_of_the_child),
        cmocka_unit_test(test_a_restart_that_fails_is_tried_again),
        cmocka_unit_test(test_listen_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
