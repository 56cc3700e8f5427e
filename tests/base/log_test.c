/* One unforgeable line an event. */
#include "base/log.h"

#include <fcntl.h>
#include <inttypes.h>

#include "base/clock.h"
#include "check.h"

static int saved = -1, catcher = -1;

/* Standard error goes into a file while a line is written. */
static void catch_begin(void)
{
    char path[] = "/tmp/sarn_log_XXXXXX";
    catcher = mkstemp(path);
    assert_true(catcher >= 0);
    unlink(path);
    saved = dup(STDERR_FILENO);
    dup2(catcher, STDERR_FILENO);
}

static struct str catch_end(void)
{
    dup2(saved, STDERR_FILENO);
    close(saved);
    char *p = arena_alloc(arena, 20000);
    ssize_t n = pread(catcher, p, 20000, 0);
    close(catcher);
    assert_true(n >= 0);
    return (struct str){p, (size_t)n};
}

#define HEAD "2026-11-22T01:30:00.000Z info event=test"

#define CHECK(want, ...)                                                                           \
    do {                                                                                           \
        catch_begin();                                                                             \
        log_info("test", __VA_ARGS__);                                                             \
        assert_str(catch_end(), HEAD want "\n");                                                   \
    } while (0)

static void plain_values_are_written_as_they_are(void **state)
{
    (void)state;
    CHECK(" id=7 name=abc", "id=%d name=%s", 7, "abc");
    CHECK(" n=-5 u=9000000000 z=3 h=1f", "n=%" PRId64 " u=%llu z=%zu h=%x", INT64_C(-5),
          9000000000ull, (size_t)3, 31u);
    CHECK(" s=ab c=x f=1.50 %", "s=%.*s c=%c f=%.2f %%", 2, "abcd", 'x', 1.5);
    CHECK(" a=00042 b=ab", "a=%05d b=%.2s", 42, "abc");
    CHECK(" t=กองทุน", "t=%s", "กองทุน");
    const char *volatile nothing = NULL; /* gcc sees a plain NULL and warns */
    CHECK(" s=-", "s=%s", nothing);
}

static void a_value_can_forge_neither_line_nor_key(void **state)
{
    (void)state;
    CHECK(" s=\"a\\nb\"", "s=%s", "a\nb");
    CHECK(" s=\"x user=1\"", "s=%s", "x user=1");
    CHECK(" s=\"a\\\"b\"", "s=%s", "a\"b");
    CHECK(" s=a\\\\b", "s=%s", "a\\b");
    CHECK(" s=\"\"", "s=%s", "");
    CHECK(" s=\"\\u000d\\u001b[31m\"", "s=%s", "\r\x1B[31m");
    CHECK(" s=\\u009b\\u2028\\u202e", "s=%s", "\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE");
    CHECK(" s=\\xffa", "s=%s",
          "\xFF"
          "a");
    CHECK(" s=\"a b\"", "s=\"%s\"", "a b"); /* a format with quotes of its own */
    CHECK(" c=\\n", "c=%c", '\n');
}

static void a_long_line_is_cut_and_still_ends(void **state)
{
    (void)state;
    char text[9000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    catch_begin();
    log_info("test", "s=%s id=%d", text, 7);
    struct str line = catch_end();
    assert_int_equal(line.n, 4096);
    assert_int_equal(str_find_char(line, '\n'), 4095);
}

static void lines_below_the_level_are_not_written(void **state)
{
    (void)state;
    catch_begin();
    log_line(LOG_DEBUG, "test", "a=%d", 1);
    log_set_level(LOG_ERROR);
    log_warn("test", "a=%d", 1);
    log_error("test", "a=%d", 2);
    log_set_level(LOG_INFO);
    assert_str(catch_end(), "2026-11-22T01:30:00.000Z error event=test a=2\n");
}

int main(void)
{
    clock_fix((struct date){2026, 11, 22}, 8, 30);
    const struct CMUnitTest tests[] = {
        TEST(plain_values_are_written_as_they_are),
        TEST(a_value_can_forge_neither_line_nor_key),
        TEST(a_long_line_is_cut_and_still_ends),
        TEST(lines_below_the_level_are_not_written),
    };
    return RUN(tests);
}
