/* check.h — what all tests of base use. One arena a test program, reset by each test's teardown, so
 * that a slice kept too long is caught by AddressSanitizer. */
#ifndef SARN_TESTS_BASE_CHECK_H
#define SARN_TESTS_BASE_CHECK_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

static struct arena *arena;

static inline int group_begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return 0;
}

static inline int group_end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static inline int test_end(void **state)
{
    (void)state;
    arena_reset(arena);
    return 0;
}

#define TEST(f)    cmocka_unit_test_teardown(f, test_end)
#define RUN(tests) cmocka_run_group_tests(tests, group_begin, group_end)

/* Shows both texts when they differ. */
#define assert_str(got, want)                                                                      \
    do {                                                                                           \
        struct str got_ = (got);                                                                   \
        assert_non_null(got_.p);                                                                   \
        assert_string_equal(str_z(arena, got_), (want));                                           \
    } while (0)

#define assert_ok(expr) assert_int_equal((expr), ERR_OK)

/* A bug must stop the program: runs `act` in a child and wants SIGABRT. The child is silent. */
static inline void assert_dies(void (*act)(void))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        close(STDERR_FILENO);
        signal(SIGABRT, SIG_DFL); /* cmocka and ASan would catch it */
        act();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

#endif
