/* Escaping by type and by place. */
#include "html/html.h"

#include <stdio.h>

#include "../base/check.h"
#include "base/rand.h"
#include "html/msg.h"

static struct page page_th(void)
{
    return (struct page){.lang = LANG_TH, .arena = arena};
}
static struct page page_en(void)
{
    return (struct page){.lang = LANG_EN, .arena = arena};
}

/* What a call writes, as text. */
#define PUT(place, lang, x)                                                                        \
    ({                                                                                             \
        struct buf out_ = buf_in(arena, 1 << 16);                                                  \
        struct page pg_ = page_##lang();                                                           \
        html_##place(&out_, &pg_, x);                                                              \
        buf_str(&out_);                                                                            \
    })
#define PUT_ARG(lang, x)                                                                           \
    ({                                                                                             \
        struct page pg_ = page_##lang();                                                           \
        html_arg(&pg_, x);                                                                         \
    })

static void text_escapes_all_five(void **state)
{
    (void)state;
    assert_str(PUT(text, th, STR("a<b>&\"c'")), "a&lt;b&gt;&amp;&#34;c&#39;");
    assert_str(PUT(attr, th, STR("a<b>&\"c'")), "a&lt;b&gt;&amp;&#34;c&#39;");
    assert_str(PUT(text, th, STR("")), "");
    assert_str(PUT(text, th, STR_NONE), "");
    assert_str(PUT(text, th, STR("&")), "&amp;");
    assert_str(PUT(text, th, STR("&amp;")), "&amp;amp;");
    assert_str(PUT(text, th, STR("กองทุน <ตำบล>")), "กองทุน &lt;ตำบล&gt;");
    assert_str(PUT(text, th, STR("\n\t")), "\n\t");
}

static void nasty_strings_stay_text(void **state)
{
    (void)state;
    static const struct str nasty[] = {
        STR("</script><script>alert(1)</script>"),
        STR("\" onmouseover=\"alert(1)"),
        STR("' onfocus='alert(1)' autofocus='"),
        STR("--><img src=x onerror=alert(1)>"),
        STR("]]><svg/onload=alert(1)>"),
        STR("<\0script>"),
        STR("\xe0<script>"),           /* half a letter before a tag */
        STR("\xc0\xbcscript\xc0\xbe"), /* overlong < and > */
        STR("\xef\xbb\xbf<b>"),
        STR("+ADw-script+AD4-"),
        STR("{{ v->secret }}"),
    };
    for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
        struct str got[] = {PUT(text, th, nasty[i]), PUT(attr, th, nasty[i]),
                            PUT(plain, th, nasty[i])};
        for (size_t k = 0; k < 3; k++)
            for (size_t c = 0; c < 6; c++)
                assert_int_equal(str_find_char(got[k], "<>\"'\0\x1b"[c]), -1);
    }
}

static void control_characters_become_the_sign_for_no_character(void **state)
{
    (void)state;
    assert_str(PUT(text, th, STR("a\0b\x1b\x7f")), "a\xef\xbf\xbd"
                                                   "b\xef\xbf\xbd\xef\xbf\xbd");
}

static void numbers_by_place(void **state)
{
    (void)state;
    assert_str(PUT(text, th, 1234567), "1,234,567");
    assert_str(PUT(attr, th, 1234567), "1234567");
    assert_str(PUT(urlpart, th, 1234567), "1234567");
    assert_str(PUT(text, th, (int64_t)-1000), "-1,000");
    assert_str(PUT(text, th, (size_t)1000), "1,000");
    assert_str(PUT(text, th, 7u), "7");
    assert_str(PUT(text, th, satang(123456750)), "1,234,567.50");
    assert_str(PUT(attr, th, satang(123456750)), "1234567.50");
    assert_str(PUT(text, th, bp(4836)), "48.4");
    assert_str(PUT(attr, th, bp(4000)), "40");
    assert_str(PUT(attr, th, bp(3750)), "37.5");
    assert_str(PUT(attr, th, bp(3705)), "37.05");
    assert_str(PUT(attr, th, bp(-5)), "-0.05");
}

static void days_by_language_and_place(void **state)
{
    (void)state;
    struct date d = {2026, 11, 22};
    assert_str(PUT(text, th, d), "22 พฤศจิกายน 2569");
    assert_str(PUT(text, en, d), "22 November 2026");
    assert_str(PUT(attr, th, d), "2026-11-22");
    assert_str(PUT(text, th, fiscal_year(2569)), "2569");
    assert_str(PUT(attr, en, fiscal_year(2569)), "2569");
    assert_str(PUT(urlpart, en, fiscal_year(2569)), "2569");
    struct instant t = {INT64_C(1795311000123)}; /* 2026-11-22T01:30:00.123Z */
    assert_str(PUT(text, th, t), "22 พฤศจิกายน 2569 เวลา 08:30 น.");
    assert_str(PUT(text, en, t), "22 November 2026, 08:30");
    assert_str(PUT(attr, en, t), "2026-11-22T01:30:00.123Z");
    struct instant late = {INT64_C(1795366740000)}; /* 16:59 UTC = 23:59 in Bangkok */
    assert_str(PUT(text, en, late), "22 November 2026, 23:59");
    struct instant early = {-1}; /* before 1970 */
    assert_str(PUT(text, en, early), "1 January 1970, 06:59");
}

static void unknown_is_said(void **state)
{
    (void)state;
    static const char th[] = "<span class=\"unknown\">ไม่ทราบ</span>";
    static const char en[] = "<span class=\"unknown\">unknown</span>";
    assert_str(PUT(text, th, (struct opt_satang){0}), th);
    assert_str(PUT(text, en, (struct opt_satang){0}), en);
    assert_str(PUT(text, th, (struct opt_count){0}), th);
    assert_str(PUT(text, th, (struct opt_bp){0}), th);
    assert_str(PUT(text, th, (struct opt_date){0}), th);
    assert_str(PUT(text, th, (struct opt_fiscal_year){0}), th);
    assert_str(PUT(attr, th, (struct opt_satang){0}), "");
    assert_str(PUT(attr, th, (struct opt_count){0}), "");
    assert_str(PUT(attr, th, (struct opt_bp){0}), "");
    assert_str(PUT(attr, th, (struct opt_date){0}), "");
    /* where no element may stand, and in messages: the word alone */
    assert_str(PUT(plain, th, (struct opt_satang){0}), "ไม่ทราบ");
    assert_str(PUT_ARG(en, (struct opt_count){0}), "unknown");
}

static void known_optional_values_look_like_the_others(void **state)
{
    (void)state;
    assert_str(PUT(text, th, ((struct opt_satang){true, {100}})), "1.00");
    assert_str(PUT(text, th, ((struct opt_count){true, 0})), "0");
    assert_str(PUT(text, th, ((struct opt_bp){true, {4000}})), "40.0");
    assert_str(PUT(text, en, ((struct opt_date){true, {2026, 1, 2}})), "2 January 2026");
    assert_str(PUT(text, en, ((struct opt_fiscal_year){true, {2569}})), "2569");
    assert_str(PUT(attr, th, ((struct opt_satang){true, {100}})), "1.00");
    assert_str(PUT(attr, th, ((struct opt_count){true, 1000})), "1000");
    assert_str(PUT(attr, th, ((struct opt_bp){true, {3750}})), "37.5");
    assert_str(PUT(attr, th, ((struct opt_date){true, {2026, 1, 2}})), "2026-01-02");
}

static void arguments_are_plain_text(void **state)
{
    (void)state;
    assert_str(PUT_ARG(th, STR("<b>")), "<b>"); /* escaped with the whole message */
    assert_str(PUT_ARG(th, 1000), "1,000");
    assert_str(PUT_ARG(th, (size_t)1000), "1,000");
    assert_str(PUT_ARG(th, satang(100000)), "1,000.00");
    assert_str(PUT_ARG(th, bp(4000)), "40.0");
    assert_str(PUT_ARG(en, ((struct date){2026, 11, 22})), "22 November 2026");
    assert_str(PUT_ARG(en, ((struct instant){0})), "1 January 1970, 07:00");
    assert_str(PUT_ARG(en, fiscal_year(2569)), "2569");
    assert_str(PUT_ARG(en, ((struct opt_satang){true, {100}})), "1.00");
    assert_str(PUT_ARG(en, ((struct opt_count){true, 1000})), "1,000");
    assert_str(PUT_ARG(en, ((struct opt_bp){true, {4000}})), "40.0");
    assert_str(PUT_ARG(en, ((struct opt_date){true, {2026, 11, 22}})), "22 November 2026");
    assert_str(PUT_ARG(en, ((struct opt_fiscal_year){true, {2569}})), "2569");
}

static void made_markup_goes_through(void **state)
{
    (void)state;
    assert_str(PUT(text, th, html_made(STR("<svg></svg>"))), "<svg></svg>");
}

static void pieces_of_addresses_cannot_leave_their_place(void **state)
{
    (void)state;
    assert_str(PUT(urlpart, th, STR("a/b?c=d&e#f")), "a%2Fb%3Fc%3Dd%26e%23f");
    assert_str(PUT(urlpart, th, STR("\"'<> %\\")), "%22%27%3C%3E%20%25%5C");
    assert_str(PUT(urlpart, th, STR("aZ09-._~")), "aZ09-._~");
    assert_str(PUT(urlpart, th, STR("ก")), "%E0%B8%81");
    assert_str(PUT(urlpart, th, STR_NONE), "");
    assert_str(PUT(urlpart, th, (size_t)5), "5");
}

static void href_of_encodes_its_pieces(void **state)
{
    (void)state;
    struct href h = HREF(arena, "/funds/{}/years/{}", STR("L 1/2"), STR("2569"));
    assert_str(h.path, "/funds/L%201%2F2/years/2569");
    h = HREF(arena, "/funds?area={}&fy={}", STR("ก&fy=1"), STR(""));
    assert_str(h.path, "/funds?area=%E0%B8%81%26fy%3D1&fy=");
    assert_str(PUT(url, th, h), "/funds?area=%E0%B8%81%26fy%3D1&amp;fy=");
    h = href_of(arena, "/", NULL, 0);
    assert_str(PUT(url, th, h), "/");
}

static void no_href(void)
{
    PUT(url, th, (struct href){0});
}
static void foreign_href(void)
{
    PUT(url, th, (struct href){STR("https://example.org/")});
}
static void double_slash(void)
{
    href_of(arena, "//example.org", NULL, 0);
}
static void empty_first_piece(void)
{
    HREF(arena, "/{}/{}", STR(""), STR("example.org"));
}
static void backslash(void)
{
    href_of(arena, "/\\example.org", NULL, 0);
}
static void too_few(void)
{
    href_of(arena, "/{}", NULL, 0);
}
static void too_many(void)
{
    HREF(arena, "/a", STR("b"));
}

static void addresses_that_leave_the_site_are_bugs(void **state)
{
    (void)state;
    void (*const bugs[])(void) = {no_href,   foreign_href, double_slash, empty_first_piece,
                                  backslash, too_few,      too_many};
    for (size_t i = 0; i < sizeof bugs / sizeof bugs[0]; i++)
        assert_dies(bugs[i]);
}

/* The five, undone: what was put in must come out. */
static struct str unescape(struct str s)
{
    static const struct {
        struct str from;
        char to;
    } rules[] = {{STR("&amp;"), '&'},
                 {STR("&lt;"), '<'},
                 {STR("&gt;"), '>'},
                 {STR("&#34;"), '"'},
                 {STR("&#39;"), '\''}};
    struct buf b = buf_in(arena, s.n);
    while (s.n > 0) {
        size_t r = 0, n = sizeof rules / sizeof rules[0];
        while (r < n && !str_starts(s, rules[r].from))
            r++;
        buf_putc(&b, r < n ? rules[r].to : s.p[0]);
        s = str_from(s, r < n ? rules[r].from.n : 1);
    }
    return buf_str(&b);
}

static void random_text_comes_back(void **state)
{
    (void)state;
    static const char letters[] = "&<>\"'a;#34lt \n\xe0\xb8\x81";
    struct rand r = rand_seeded(7);
    for (int i = 0; i < 10000; i++) {
        char z[60];
        size_t n = (size_t)rand_between(&r, 0, sizeof z);
        for (size_t k = 0; k < n; k++)
            z[k] = letters[rand_between(&r, 0, sizeof letters - 2)];
        struct str in = {z, n}, out = PUT(text, th, in);
        assert_true(str_eq(unescape(out), in));
        for (int c = 0; c < 4; c++)
            assert_int_equal(str_find_char(out, "<>\"'"[c]), -1);
        if (i % 100 == 0) arena_reset(arena);
    }
}

static void numbers_with_hyphens_stay_whole(void **state)
{
    (void)state;
    struct page th = page_th();
    static const struct {
        const char *in, *out;
    } all[] = {{"", ""},
               {"081-234-5678", "<span class=\"whole\">081-234-5678</span>"},
               {"A & 69-L5221-2-01, 5", "A &amp; <span class=\"whole\">69-L5221-2-01</span>, 5"},
               {"-5 and 12 - 3 and 1234", "-5 and 12 - 3 and 1234"},
               {"1-2\n3-4", "<span class=\"whole\">1-2</span>\n<span class=\"whole\">3-4</span>"}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct str made = html_whole(arena, &th, str_of(all[i].in)).markup;
        assert_true(str_eq(made, str_of(all[i].out)));
    }
    assert_true(str_eq(html_read(arena, STR("a &amp;amp; &lt;b&gt; &#34;&#39; &x")), STR("a &amp; <b> \"' &x")));
    /* Nothing is lost, however long: what no line can hold may break. */
    char z[400];
    memset(z, '<', sizeof z);
    assert_true(str_eq(unescape(html_whole(arena, &th, (struct str){z, sizeof z}).markup), (struct str){z, sizeof z}));
    for (size_t i = 0; i < sizeof z; i++) z[i] = i % 3 == 2 ? '-' : i % 3 == 1 ? '1' : ' ';
    struct str many = html_whole(arena, &th, (struct str){z, sizeof z}).markup;
    assert_true(many.n > sizeof z * 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_escapes_all_five),
        TEST(nasty_strings_stay_text),
        TEST(control_characters_become_the_sign_for_no_character),
        TEST(numbers_by_place),
        TEST(days_by_language_and_place),
        TEST(unknown_is_said),
        TEST(known_optional_values_look_like_the_others),
        TEST(arguments_are_plain_text),
        TEST(made_markup_goes_through),
        TEST(pieces_of_addresses_cannot_leave_their_place),
        TEST(href_of_encodes_its_pieces),
        TEST(addresses_that_leave_the_site_are_bugs),
        TEST(random_text_comes_back),
        TEST(numbers_with_hyphens_stay_whole),
    };
    return RUN(tests);
}
