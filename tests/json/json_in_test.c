/* Strict, bounded reading. */
#include "json/json_in.h"

#include "../base/check.h"

static const struct json_value *read_ok(const char *z)
{
    const struct json_value *v = NULL;
    assert_ok(json_read_object(arena, str_of(z), &v));
    return v;
}

static void members_by_type(void **state)
{
    (void)state;
    const struct json_value *v =
        read_ok("{\"name\":\"  เเก  ๑\\n2 \",\"memo\":\"a\\nb\",\"n\":9007199254740993,"
                "\"low\":-9223372036854775808,\"yes\":true,\"none\":null,"
                "\"real\":1.0,\"list\":[1,\"b\",{\"c\":[]}]}");
    struct str s = STR("untouched");
    int64_t n = -1;
    bool b = false;
    const struct json_value *list = NULL;
    assert_ok(json_get_line(arena, v, "name", 100, &s));
    assert_str(s, "แก ๑ 2");
    assert_ok(json_get_text(arena, v, "memo", 100, &s));
    assert_str(s, "a\nb");
    assert_ok(json_get_int(v, "n", 0, INT64_MAX, &n));
    assert_true(n == INT64_C(9007199254740993)); /* a double would lose the 3 */
    assert_ok(json_get_int(v, "low", INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MIN);
    assert_ok(json_get_bool(v, "yes", &b));
    assert_true(b);
    assert_ok(json_get_array(v, "list", &list));
    assert_int_equal(list->nitems, 3);
    assert_int_equal(list->items[0].number, 1);
    assert_str(list->items[1].text, "b");
    assert_int_equal(json_member(&list->items[2], "c")->kind, JSON_IN_ARRAY);
    assert_null(json_member(list, "c"));
}

static void absent_wrong_and_too_large_differ(void **state)
{
    (void)state;
    const struct json_value *v =
        read_ok("{\"s\":\"กขค\",\"n\":10,\"real\":1.0,\"exp\":1e3,\"none\":null}");
    struct str s = STR("untouched");
    int64_t n = -1;
    bool b = true;
    assert_int_equal(json_get_line(arena, v, "x", 9, &s), ERR_NOT_FOUND);
    assert_int_equal(json_get_line(arena, v, "none", 9, &s), ERR_NOT_FOUND);
    assert_int_equal(json_get_line(arena, v, "n", 9, &s), ERR_INPUT);
    assert_int_equal(json_get_line(arena, v, "s", 8, &s), ERR_LIMIT);
    assert_int_equal(json_get_text(arena, v, "s", 8, &s), ERR_LIMIT);
    assert_int_equal(json_get_int(v, "s", 0, 9, &n), ERR_INPUT);
    assert_int_equal(json_get_int(v, "real", 0, 9, &n), ERR_INPUT);
    assert_int_equal(json_get_int(v, "exp", 0, 9999, &n), ERR_INPUT);
    assert_int_equal(json_get_int(v, "n", 0, 9, &n), ERR_LIMIT);
    assert_int_equal(json_get_int(v, "n", 11, 19, &n), ERR_LIMIT);
    assert_int_equal(json_get_bool(v, "n", &b), ERR_INPUT);
    assert_str(s, "untouched");
    assert_int_equal(n, -1);
    assert_true(b);
}

static void what_is_refused(void **state)
{
    (void)state;
    static const struct str bad[] = {
        STR(""),
        STR("null"),
        STR("[]"),
        STR("1"),
        STR("{"),
        STR("{}x"),
        STR("{} {}"),
        STR("{'a':1}"),
        STR("{a:1}"),
        STR("{\"a\":1,}"),
        STR("{\"a\":1,\"a\":2}"),
        STR("{\"a\":01}"),
        STR("{\"a\":+1}"),
        STR("{\"a\":NaN}"),
        STR("{\"a\":9223372036854775808}"),
        STR("{\"a\":1e999}"),
        STR("{\"a\":\"\x01\"}"),
        STR("{\"a\":\"\\u0000\"}"),
        STR("{\"a\":\"\xff\"}"),
        STR("{\"a\":\"\xed\xa0\x80\"}"),
        STR("{\"a\":\"\\ud800\"}"),
        STR("{\"a\":1}\0"),
        STR("{\"a\":/*1*/1}"),
        STR("{\"a\":\"\n\"}"),
        STR("\xef\xbb\xbf{}"),
        STR("{\"a\":tru}"),
        STR("{\"\\\"}"),
    };
    const struct json_value *v = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        enum err e = json_read_object(arena, bad[i], &v);
        if (e != ERR_INPUT) fail_msg("taken: %.*s", STR_FMT(bad[i]));
        assert_true(strlen(err_detail()) > 0);
    }
    assert_int_equal(json_read_object(arena, STR_NONE, &v), ERR_INPUT);
    assert_null(v);
}

static struct str nested(size_t depth)
{
    struct buf b = buf_in(arena, 4096);
    BUF_LIT(&b, "{\"a\":");
    for (size_t i = 1; i < depth; i++)
        buf_putc(&b, '[');
    for (size_t i = 1; i < depth; i++)
        buf_putc(&b, ']');
    if (depth == 1) buf_putc(&b, '1');
    buf_putc(&b, '}');
    return buf_str(&b);
}

static void limits(void **state)
{
    (void)state;
    const struct json_value *v = NULL;
    assert_ok(json_read_object(arena, nested(1), &v));
    assert_ok(json_read_object(arena, nested(JSON_IN_DEPTH_MAX), &v));
    assert_int_equal(json_read_object(arena, nested(JSON_IN_DEPTH_MAX + 1), &v), ERR_LIMIT);
    assert_int_equal(json_read_object(arena, nested(2000), &v), ERR_LIMIT);

    /* brackets and commas in a text are no levels and no values */
    assert_ok(json_read_object(arena, STR("{\"a\":\"[[[[[[[[[[[[[[[[[[[[\\\"[[[,,,\"}"), &v));

    struct buf b = buf_in(arena, JSON_IN_BYTES_MAX + 100);
    BUF_LIT(&b, "{\"a\":[0");
    for (int i = 1; i < JSON_IN_VALUES_MAX + 1; i++)
        BUF_LIT(&b, ",0");
    BUF_LIT(&b, "]}");
    assert_int_equal(json_read_object(arena, buf_str(&b), &v), ERR_LIMIT);

    char *big = arena_alloc(arena, JSON_IN_BYTES_MAX + 1);
    memset(big, ' ', JSON_IN_BYTES_MAX + 1);
    big[0] = '{';
    big[1] = '}';
    assert_ok(json_read_object(arena, (struct str){big, JSON_IN_BYTES_MAX}, &v));
    assert_int_equal(json_read_object(arena, (struct str){big, JSON_IN_BYTES_MAX + 1}, &v),
                     ERR_LIMIT);
}

static void a_misspelt_member_is_found(void **state)
{
    (void)state;
    static const char *const names[] = {"name", "amount_satang"};
    const struct json_value *v = read_ok("{\"name\":\"a\",\"amount_satangs\":1}");
    assert_str(json_unknown_member(v, names, 2)->name, "amount_satangs");
    assert_null(json_unknown_member(read_ok("{\"name\":\"a\"}"), names, 2));
    assert_null(json_unknown_member(read_ok("{}"), names, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(members_by_type), TEST(absent_wrong_and_too_large_differ), TEST(what_is_refused),
        TEST(limits),          TEST(a_misspelt_member_is_found),
    };
    return RUN(tests);
}
