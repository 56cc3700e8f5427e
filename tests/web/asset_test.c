/* asset_test.c — looking compiled-in files up, and what tools/embed makes of a folder (the table is
 * the real one of this build; embed_test.py tests the tool). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <zlib.h>

#include "web/asset.h"

/* Every file is found by its name and by its path, and its compressed form is the same file. */
static void test_every_asset(void **state)
{
    (void)state;
    for (size_t i = 0; i < asset_count; i++) {
        const struct asset *a = &asset_table[i];
        assert_true(str_eq(asset_path(a->name.p), a->path));
        assert_ptr_equal(asset_find(a->path), a);
        assert_true(str_starts(a->path, STR("/assets/")));
        if (str_is_none(a->gzip)) continue;
        assert_true(a->gzip.n < a->bytes.n);
        unsigned char *out = malloc(a->bytes.n);
        z_stream z = {.next_in = (Bytef *)(uintptr_t)a->gzip.p,
                      .avail_in = (uInt)a->gzip.n,
                      .next_out = out,
                      .avail_out = (uInt)a->bytes.n};
        assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_true(str_eq((struct str){(char *)out, z.total_out}, a->bytes));
        inflateEnd(&z);
        free(out);
    }
    assert_null(asset_find(STR("/assets/none-00000000.css")));
}

static void test_answer(void **state)
{
    (void)state;
    if (asset_count == 0) skip();
    struct web_response res = {0};
    asset_answer(&asset_table[0], &res);
    assert_int_equal(res.status, 200);
    assert_int_equal(res.nheaders, 1);
    assert_true(str_find(res.headers[0].value, STR("immutable")) > 0);
    assert_true(res.etag.p[0] == '"' && res.etag.p[res.etag.n - 1] == '"');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_asset),
        cmocka_unit_test(test_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
