/* leaks.c — linked to every cmocka program. A test that fails leaves its function by a long jump and frees nothing: what
 * LeakSanitizer would list then is no finding, and its hundreds of lines would bury what went wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int failures;

int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *const tests, size_t n, CMFixtureFunction before,
                                   CMFixtureFunction after);
int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *const tests, size_t n, CMFixtureFunction before,
                                   CMFixtureFunction after);
int __lsan_is_turned_off(void);

int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *const tests, size_t n, CMFixtureFunction before,
                                   CMFixtureFunction after)
{
    int failed = __real__cmocka_run_group_tests(name, tests, n, before, after);
    failures += failed;
    return failed;
}

/* LeakSanitizer asks at the end of the program. */
int __lsan_is_turned_off(void)
{
    return failures != 0;
}
