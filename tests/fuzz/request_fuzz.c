/* request_fuzz.c — paths, fields, cookies, Accept-Encoding and If-None-Match from any bytes. What is
 * taken is valid UTF-8 without NUL, and stays within its limits. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_text(struct str s)
{
    assert(web_utf8_is_valid(s));
    assert(str_find_char(s, '\0') < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 65536) return 0;
    struct arena *a = arena_new((size_t)64 << 20);
    struct str raw = {(const char *)data, n};
    char *out = arena_alloc(a, n);
    struct str path;
    if (web_path_decode(raw, out, &path) == ERR_OK) {
        check_text(path);
        assert(path.n > 0 && path.p[0] == '/' && str_find(path, STR("/../")) < 0);
    }
    struct web_fields f;
    if (web_fields_parse(a, raw, 100, &f) == ERR_OK) {
        assert(f.n <= 100);
        for (size_t i = 0; i < f.n; i++) {
            check_text(f.items[i].name);
            check_text(f.items[i].value);
        }
    }
    f = web_cookies_parse(a, raw);
    for (size_t i = 0; i < f.n; i++)
        assert(f.items[i].name.n > 0);
    (void)web_accepts_gzip(raw);
    (void)web_etag_matches(raw, STR("\"a\""));
    arena_free(a);
    return 0;
}
