/* Whatever is typed as a sum or a percent: no crash, and what is taken prints and reads back. */
#include "base/money.h"

#include <stdlib.h>

/* Not assert(): a release build of the fuzzer must still find. */
static void must(bool is_true)
{
    if (!is_true) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (a == NULL) a = arena_new(1 << 20);
    struct str in = {(const char *)data, size};
    struct satang v = satang(-1), again;
    enum err e = satang_parse(in, &v);
    if (e == ERR_OK) {
        must(v.v >= 0 && v.v <= SATANG_MAX);
        void (*const prints[])(struct buf *, struct satang) = {buf_satang, buf_satang_plain};
        for (int i = 0; i < 2; i++) {
            struct buf b = buf_in(a, 100);
            prints[i](&b, v);
            must(satang_parse(buf_str(&b), &again) == ERR_OK && again.v == v.v);
        }
        bool is_million;
        struct buf b = buf_in(a, 100);
        buf_satang_short(&b, v, &is_million);
    } else {
        must((e == ERR_INPUT || e == ERR_LIMIT) && v.v == -1);
    }
    struct bp p = bp(-1);
    if (bp_parse(in, &p) == ERR_OK)
        must(p.v >= 0 && p.v <= 100000);
    else
        must(p.v == -1);
    int64_t n;
    if (str_to_int(in, &n) == ERR_OK) {
        struct buf b = buf_in(a, 100);
        buf_int(&b, n);
        int64_t back;
        must(str_to_int(buf_str(&b), &back) == ERR_OK && back == n);
        struct buf count = buf_in(a, 100);
        buf_count(&count, n);
        must(count_share(n, 1).has && count_share(n, -3).has && count_share(1, n).has == (n != 0));
    }
    arena_reset(a);
    return 0;
}
