/* request_test.c — decoding, fields, cookies, what a client accepts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web/request.h"

#define LIT(z) ((struct str){(z), sizeof(z) - 1})

static void assert_path(const char *raw, const char *wanted)
{
    char out[256];
    struct str path = STR_NONE;
    enum err e = web_path_decode(str_of(raw), out, &path);
    if (wanted == NULL && e != ERR_INPUT) fail_msg("taken: %s", raw);
    if (wanted != NULL && (e != ERR_OK || !str_eq(path, str_of(wanted)))) fail_msg("%s", raw);
}

static void test_path(void **state)
{
    (void)state;
    assert_path("/", "/");
    assert_path("/funds/L1234", "/funds/L1234");
    assert_path("/%E0%B8%81/a%20b+c", "/ก/a b+c");
    assert_path("/a..b/...", "/a..b/...");
    static const char *const refused[] = {
        "",        "a",       "/..",    "/a/../b",   "/a/.",       "/./a",         "/%2e%2e/a",
        "/a/.%2E", "/a%2fb",  "/a%00b", "/a%0d%0ab", "/%7f",       "/%",           "/%2",
        "/%zz",    "/%E0%B8", "/%FF",   "/%C0%AF",   "/%ED%A0%80", "/%F4%90%80%80"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_path(refused[i], NULL);
}

static void test_fields(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct web_fields f;
    assert_int_equal(web_fields_parse(a, LIT("a=1&b=%E0%B8%81+x&&c&=d&a=2&t=1%0D%0A2"), 64, &f),
                     ERR_OK);
    assert_int_equal(f.n, 6);
    assert_true(str_eq(web_field_get(f, "a"), STR("1")));
    assert_true(str_eq(web_field_get(f, "b"), STR("ก x")));
    assert_true(web_field_get(f, "c").p != NULL && web_field_get(f, "c").n == 0);
    assert_true(str_is_none(web_field_get(f, "absent")));
    assert_true(str_eq(web_field_get(f, "t"), STR("1\r\n2")));
    assert_int_equal(web_fields_parse(a, STR(""), 64, &f), ERR_OK);
    assert_int_equal(f.n, 0);
    static const char *const refused[] = {"a=%",   "a=%4",   "%gg=1", "a=%00",
                                          "a=%FF", "a=\xff", "a=%1b"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (web_fields_parse(a, str_of(refused[i]), 64, &f) != ERR_INPUT)
            fail_msg("%s", refused[i]);
    assert_int_equal(web_fields_parse(a, LIT("a&b&c"), 3, &f), ERR_OK);
    assert_int_equal(web_fields_parse(a, LIT("a&b&c&d"), 3, &f), ERR_LIMIT);
    arena_free(a);
}

static void test_cookies(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct web_fields f = web_cookies_parse(a, LIT("sid=abc=; lang=\"th\" ;junk; =x;b=\xff; c="));
    assert_int_equal(f.n, 3);
    assert_true(str_eq(web_field_get(f, "sid"), STR("abc=")));
    assert_true(str_eq(web_field_get(f, "lang"), STR("th")));
    assert_true(str_eq(web_field_get(f, "c"), STR("")));
    arena_free(a);
}

static void test_accept_and_etag(void **state)
{
    (void)state;
    assert_true(web_accepts_gzip(LIT("gzip")));
    assert_true(web_accepts_gzip(LIT("br, GZIP;q=0.5")));
    assert_true(web_accepts_gzip(LIT("*")));
    assert_false(web_accepts_gzip(LIT("gzip;q=0, *")));
    assert_false(web_accepts_gzip(LIT("gzip;q=0.000")));
    assert_false(web_accepts_gzip(LIT("br, xgzip")));
    assert_false(web_accepts_gzip(STR_NONE));
    assert_true(web_etag_matches(LIT("\"a\""), LIT("\"a\"")));
    assert_true(web_etag_matches(LIT("\"b\", W/\"a\""), LIT("\"a\"")));
    assert_true(web_etag_matches(LIT("*"), LIT("\"a\"")));
    assert_false(web_etag_matches(LIT("\"b\""), LIT("\"a\"")));
    assert_false(web_etag_matches(STR_NONE, LIT("\"a\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_accept_and_etag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
