/* Whatever text is put on a page: it never leaves its place, and it can be read back. */
#include "html/html.h"

#include <stdlib.h>

/* Not assert(): a release build of the fuzzer must still find. */
static void must(bool is_true)
{
    if (!is_true) abort();
}

static void no_markup(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        must(c != '<' && c != '>' && c != '"' && c != '\'' && c != '\0');
        if (c != '&') continue;
        struct str rest = str_from(s, i);
        must(str_starts(rest, STR("&amp;")) || str_starts(rest, STR("&lt;")) ||
             str_starts(rest, STR("&gt;")) || str_starts(rest, STR("&#34;")) ||
             str_starts(rest, STR("&#39;")));
    }
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Only unreserved letters and %XX, which give the input back. */
static void same_after_decoding(struct str out, struct str in)
{
    size_t n = 0;
    for (size_t i = 0; i < out.n; i++, n++) {
        must(n < in.n && !strchr("/?#&=+ :;,@\\", out.p[i]));
        char c = out.p[i];
        if (c == '%') {
            must(i + 2 < out.n && hex(out.p[i + 1]) >= 0 && hex(out.p[i + 2]) >= 0);
            c = (char)(hex(out.p[i + 1]) * 16 + hex(out.p[i + 2]));
            i += 2;
        }
        must(c == in.p[n]);
    }
    must(n == in.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (a == NULL) a = arena_new((size_t)8 << 20);
    struct page pg = {.lang = LANG_TH, .arena = a};
    struct str in = {(const char *)data, size};
    void (*const puts[])(struct buf *, const struct page *, struct str) = {html_text_str,
                                                                           html_attr_str};
    for (int i = 0; i < 2; i++) {
        struct buf b = buf_in(a, size * 6 + 1);
        puts[i](&b, &pg, in);
        must(!b.is_full);
        no_markup(buf_str(&b));
    }
    struct buf b = buf_in(a, size * 3 + 1);
    html_urlpart_str(&b, &pg, in);
    same_after_decoding(buf_str(&b), in);
    struct href h = HREF(a, "/f/{}?q={}", in, in);
    must(str_starts(h.path, STR("/f/")));
    struct buf u = buf_in(a, h.path.n * 6 + 1);
    html_url_href(&u, &pg, h);
    no_markup(buf_str(&u));
    arena_reset(a);
    return 0;
}
