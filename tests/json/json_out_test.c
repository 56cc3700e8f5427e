/* What is written is JSON, whatever is put in; jansson is the judge. */
#include "json/json_out.h"

/* jansson has functions of our writer's names: here they go by other names. */
#define json_object jansson_object
#define json_array  jansson_array
#define json_null   jansson_null
#include <jansson.h>
#undef json_object
#undef json_array
#undef json_null

#include "../base/check.h"
#include "base/rand.h"

static struct buf out;

static struct json_out begin(void)
{
    out = buf_in(arena, 1 << 20);
    return json_begin(&out);
}

static json_t *parse(void)
{
    json_error_t why;
    json_t *tree =
        json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
    if (!tree) fail_msg("%s at %d: %.*s", why.text, why.position, STR_FMT(buf_str(&out)));
    return tree;
}

static void one_of_everything(void **state)
{
    (void)state;
    struct json_out j = begin();
    json_object(&j, NULL);
    json_str(&j, "name", STR("กองทุน \"ก\""));
    json_str(&j, "none", STR_NONE);
    json_str(&j, "empty", STR(""));
    json_int(&j, "min", INT64_MIN);
    json_int(&j, "max", INT64_MAX);
    json_bool(&j, "yes", true);
    json_bool(&j, "no", false);
    json_null(&j, "null");
    json_satang(&j, "money", satang(123456750));
    json_opt_satang(&j, "money_some", some_satang(satang(1)));
    json_opt_satang(&j, "money_none", (struct opt_satang){0});
    json_opt_count(&j, "count", (struct opt_count){true, 5});
    json_opt_count(&j, "count_none", (struct opt_count){0});
    json_date(&j, "day", (struct date){2026, 11, 22});
    json_opt_date(&j, "day_some", (struct opt_date){true, {2026, 1, 2}});
    json_opt_date(&j, "day_none", (struct opt_date){0});
    json_instant(&j, "at", (struct instant){0});
    json_array(&j, "items");
    json_object(&j, NULL);
    json_object_end(&j);
    json_array(&j, NULL);
    json_array_end(&j);
    json_int(&j, NULL, 1);
    json_array_end(&j);
    json_object_end(&j);
    json_end(&j);
    assert_str(
        buf_str(&out),
        "{\"name\":\"กองทุน \\\"ก\\\"\",\"none\":null,\"empty\":\"\","
        "\"min\":-9223372036854775808,\"max\":9223372036854775807,\"yes\":true,\"no\":false,"
        "\"null\":null,\"money\":123456750,\"money_some\":1,\"money_none\":null,\"count\":5,"
        "\"count_none\":null,\"day\":\"2026-11-22\",\"day_some\":\"2026-01-02\",\"day_none\":null,"
        "\"at\":\"1970-01-01T00:00:00.000Z\",\"items\":[{},[],1]}");
    json_decref(parse());
}

static void percents_are_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t bp;
        const char *want;
    } rows[] = {{4000, "40"},
                {3750, "37.5"},
                {3725, "37.25"},
                {5, "0.05"},
                {0, "0"},
                {-3705, "-37.05"},
                {INT64_MIN, "-92233720368547758.08"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct json_out j = begin();
        json_opt_percent(&j, NULL, (struct opt_bp){true, {rows[i].bp}});
        json_end(&j);
        assert_str(buf_str(&out), rows[i].want);
    }
    struct json_out j = begin();
    json_opt_percent(&j, NULL, (struct opt_bp){0});
    json_end(&j);
    assert_str(buf_str(&out), "null");
}

static void text_is_escaped_and_repaired(void **state)
{
    (void)state;
    static const struct {
        struct str in;
        const char *want;
    } rows[] = {
        {STR("a\"\\/\b\f\n\r\t"), "\"a\\\"\\\\/\\u0008\\u000c\\n\\r\\t\""},
        {STR("\0\x1f\x7f"), "\"\\u0000\\u001f\\u007f\""},
        {STR("\xe0\xb8\x81"), "\"ก\""},
        {STR("\xe0\xb8"), "\"\xef\xbf\xbd\xef\xbf\xbd\""},                 /* half a letter */
        {STR("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\""},                 /* overlong */
        {STR("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""}, /* surrogate */
        {STR("\xf0\x9f\x98\x80"), "\"😀\""},
        {STR("\xf5\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct json_out j = begin();
        json_str(&j, NULL, rows[i].in);
        json_end(&j);
        assert_str(buf_str(&out), rows[i].want);
        json_decref(parse());
    }
}

/* ---- ten thousand random values ---- */

static struct str random_bytes(struct rand *r)
{
    size_t n = (size_t)rand_between(r, 0, 40);
    char *p = arena_alloc(arena, n);
    bool is_thai = rand_chance(r, 50);
    for (size_t i = 0; i < n; i++)
        p[i] = (char)(is_thai ? rand_between(r, 0x20, 0x7e) : rand_between(r, 0, 255));
    return (struct str){p, n};
}

static void put_random(struct json_out *j, struct rand *r, const char *key, int depth)
{
    switch (rand_between(r, 0, depth < JSON_DEPTH_MAX - 2 ? 8 : 5)) {
    case 0: json_int(j, key, (int64_t)rand_next(r)); break;
    case 1: json_bool(j, key, rand_chance(r, 50)); break;
    case 2: json_null(j, key); break;
    case 3:
        json_opt_percent(j, key,
                         (struct opt_bp){rand_chance(r, 80), {rand_between(r, -100000, 100000)}});
        break;
    case 4: json_satang(j, key, satang(rand_between(r, 0, SATANG_MAX))); break;
    case 5: json_str(j, key, random_bytes(r)); break;
    case 6:
        json_array(j, key);
        for (int64_t i = rand_between(r, 0, 4); i > 0; i--)
            put_random(j, r, NULL, depth + 1);
        json_array_end(j);
        break;
    default:
        json_object(j, key);
        for (int64_t i = rand_between(r, 0, 4); i > 0; i--)
            put_random(j, r, str_z(arena, str_printf(arena, "k\"%d", (int)i)), depth + 1);
        json_object_end(j);
        break;
    }
}

static void random_values_are_always_json(void **state)
{
    (void)state;
    struct rand r = rand_seeded(2569);
    for (int i = 0; i < 10000; i++) {
        struct json_out j = begin();
        put_random(&j, &r, NULL, 0);
        json_end(&j);
        json_decref(parse());
        arena_reset(arena);
    }
}

/* ---- bugs ---- */

static void key_in_array(void)
{
    struct json_out j = begin();
    json_array(&j, NULL);
    json_int(&j, "a", 1);
}
static void no_key_in_object(void)
{
    struct json_out j = begin();
    json_object(&j, NULL);
    json_int(&j, NULL, 1);
}
static void two_tops(void)
{
    struct json_out j = begin();
    json_int(&j, NULL, 1);
    json_int(&j, NULL, 1);
}
static void wrong_end(void)
{
    struct json_out j = begin();
    json_object(&j, NULL);
    json_array_end(&j);
}
static void open_at_end(void)
{
    struct json_out j = begin();
    json_object(&j, NULL);
    json_end(&j);
}
static void nothing(void)
{
    struct json_out j = begin();
    json_end(&j);
}
static void too_deep(void)
{
    struct json_out j = begin();
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_array(&j, NULL);
}

static void what_is_no_json_is_a_bug(void **state)
{
    (void)state;
    void (*const bugs[])(void) = {key_in_array, no_key_in_object, two_tops, wrong_end,
                                  open_at_end,  nothing,          too_deep};
    for (size_t i = 0; i < sizeof bugs / sizeof bugs[0]; i++)
        assert_dies(bugs[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_of_everything),
        TEST(percents_are_numbers),
        TEST(text_is_escaped_and_repaired),
        TEST(random_values_are_always_json),
        TEST(what_is_no_json_is_a_bug),
    };
    return RUN(tests);
}
