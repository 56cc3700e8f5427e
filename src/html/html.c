/* html.c — escaping by type and by place. Each byte class is a table, each safe run one memcpy. */
#include "html/html.h"

#include <assert.h>

#include "html/msg.h"

/* ---- text ---- */

enum { SAFE = 0, AMP, LT, GT, QUOT, APOS, CONTROL };

/* What ends a run of bytes that can be copied. Thai letters (>= 0x80) are safe. Control characters
 * cannot come in (base/thai.h cleans at the door); were one here, a browser would not read it as
 * text, so the sign for "not a character" stands in its place. */
static const uint8_t text_class[256] = {
    ['&'] = AMP,      ['<'] = LT,       ['>'] = GT,
    ['"'] = QUOT,     ['\''] = APOS,    [0x00 ... 0x08] = CONTROL,
    [0x0b] = CONTROL, [0x0c] = CONTROL, [0x0e ... 0x1f] = CONTROL,
    [0x7f] = CONTROL,
};
static const struct str text_escape[] = {
    [AMP] = {"&amp;", 5},  [LT] = {"&lt;", 4},    [GT] = {"&gt;", 4},
    [QUOT] = {"&#34;", 5}, [APOS] = {"&#39;", 5}, [CONTROL] = {"\xef\xbf\xbd", 3},
};

/* Sixteen bytes at once (a vector of gcc and clang, on any machine): a table of 200 Thai names took
 * 65 us byte by byte and takes 40. */
typedef uint8_t bytes16 __attribute__((vector_size(16)));

/* May call a line break unsafe, never a sign safe. */
static bool are_safe16(const char *p)
{
    bytes16 v;
    memcpy(&v, p, sizeof v);
    /* & and ' differ in the lowest bit, < and > in the second. */
    bytes16 found = (bytes16)((v & 0xfe) == '&') | (bytes16)((v & 0xfd) == '<') |
                    (bytes16)(v == '"') | (bytes16)(v < 0x20) | (bytes16)(v == 0x7f);
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

static void put_escaped(struct buf *b, struct str s)
{
    size_t from = 0, i = 0;
    while (i < s.n) {
        size_t left = s.n - i, stop = left >= 16 ? i + 16 : s.n;
        /* The last block overlaps the one before it. */
        if (s.n >= 16 && are_safe16(s.p + stop - 16)) {
            i = stop;
            continue;
        }
        for (; i < stop; i++) {
            uint8_t class = text_class[(uint8_t)s.p[i]];
            if (class == SAFE) continue;
            buf_put(b, (struct str){s.p + from, i - from});
            buf_put(b, text_escape[class]);
            from = i + 1;
        }
    }
    if (from < s.n) buf_put(b, (struct str){s.p + from, s.n - from});
}

/* ---- how a value looks, before any escaping; only digits, signs and Thai or English letters ---- */

static void put_date(struct buf *b, const struct page *pg, struct date v)
{
    if (pg->lang == LANG_EN)
        buf_date_en(b, v);
    else
        buf_date_th(b, v);
}

static void put_two(struct buf *b, int64_t v)
{
    buf_putc(b, (char)('0' + v / 10));
    buf_putc(b, (char)('0' + v % 10));
}

/* 22 November 2026, 08:30 (Bangkok). */
static void put_instant(struct buf *b, const struct page *pg, struct instant v)
{
    if (pg->lang == LANG_TH) {
        buf_instant_th(b, v);
        return;
    }
    enum { DAY_MIN = 24 * 60, BANGKOK_MIN = 7 * 60 };
    int64_t ms = v.v % 60000, minutes = (v.v - (ms < 0 ? ms + 60000 : ms)) / 60000 + BANGKOK_MIN;
    int64_t of_day = (minutes % DAY_MIN + DAY_MIN) % DAY_MIN;
    buf_date_en(b, instant_date(v));
    BUF_LIT(b, ", ");
    put_two(b, of_day / 60);
    buf_putc(b, ':');
    put_two(b, of_day % 60);
}

static void put_size(struct buf *b, size_t v)
{
    assert(v <= INT64_MAX);
    buf_count(b, (int64_t)v);
}

static struct str unknown_text(const struct page *pg)
{
    return msg_text(MSG_unknown, pg->lang);
}

static void put_unknown(struct buf *b, const struct page *pg)
{
    BUF_LIT(b, "<span class=\"unknown\">");
    put_escaped(b, unknown_text(pg));
    BUF_LIT(b, "</span>");
}

/* ---- in text ---- */

void html_text_str(struct buf *b, const struct page *pg, struct str s)
{
    (void)pg;
    put_escaped(b, s);
}
struct str html_read(struct arena *a, struct str text)
{
    static const struct {
        struct str mark;
        char is;
    } all[] = {{STR("&amp;"), '&'}, {STR("&lt;"), '<'}, {STR("&gt;"), '>'}, {STR("&#34;"), '"'}, {STR("&#39;"), '\''}};
    struct buf b = buf_in(a, text.n + 1);
    for (size_t at = 0; at < text.n;) {
        struct str rest = str_from(text, at);
        size_t i = 0, n = sizeof all / sizeof all[0];
        while (i < n && !str_starts(rest, all[i].mark)) i++;
        buf_putc(&b, i < n ? all[i].is : rest.p[0]);
        at += i < n ? all[i].mark.n : 1;
    }
    return buf_str(&b);
}

#define WHOLE_MAX 32 /* bytes: what is longer has to break somewhere on a phone */

static bool is_of_code(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
}
/* How many bytes of such a number begin at `at`; 0: none does, or it has no hyphen inside. */
static size_t code_at(struct str s, size_t at)
{
    size_t n = 0, hyphens = 0;
    while (at + n < s.n && n < WHOLE_MAX && is_of_code(s.p[at + n])) {
        hyphens += n > 0 && s.p[at + n] == '-';
        n++;
    }
    return hyphens > 0 ? n : 0;
}
struct html html_whole(struct arena *a, const struct page *pg, struct str s)
{
    static const char open[] = "<span class=\"whole\">", shut[] = "</span>";
    struct buf b = buf_in(a, s.n * (sizeof open + sizeof shut) / 2 + s.n * 5 + 64);
    size_t from = 0, at = 0;
    while (at < s.n) {
        size_t n = code_at(s, at);
        if (n > 0) {
            html_text_str(&b, pg, (struct str){s.p + from, at - from});
            buf_put(&b, str_of(open));
            html_text_str(&b, pg, (struct str){s.p + at, n});
            buf_put(&b, str_of(shut));
            from = at + n;
        }
        if (n == 0)
            while (at + n < s.n && is_of_code(s.p[at + n])) n++; /* a number that is none is passed over whole */
        at += n > 0 ? n : 1;
    }
    html_text_str(&b, pg, (struct str){s.p + from, s.n - from});
    return html_made(buf_str(&b));
}
void html_text_int(struct buf *b, const struct page *pg, int64_t v)
{
    (void)pg;
    buf_count(b, v);
}
void html_text_size(struct buf *b, const struct page *pg, size_t v)
{
    (void)pg;
    put_size(b, v);
}
void html_text_satang(struct buf *b, const struct page *pg, struct satang v)
{
    (void)pg;
    buf_satang(b, v);
}
void html_text_bp(struct buf *b, const struct page *pg, struct bp v)
{
    (void)pg;
    buf_bp(b, v);
}
void html_text_date(struct buf *b, const struct page *pg, struct date v)
{
    put_date(b, pg, v);
}
void html_text_instant(struct buf *b, const struct page *pg, struct instant v)
{
    put_instant(b, pg, v);
}
void html_text_fy(struct buf *b, const struct page *pg, struct fiscal_year v)
{
    (void)pg;
    buf_int(b, v.v);
}
void html_text_opt_satang(struct buf *b, const struct page *pg, struct opt_satang v)
{
    if (v.has)
        buf_satang(b, v.v);
    else
        put_unknown(b, pg);
}
void html_text_opt_count(struct buf *b, const struct page *pg, struct opt_count v)
{
    if (v.has)
        buf_count(b, v.v);
    else
        put_unknown(b, pg);
}
void html_text_opt_bp(struct buf *b, const struct page *pg, struct opt_bp v)
{
    if (v.has)
        buf_bp(b, v.v);
    else
        put_unknown(b, pg);
}
void html_text_opt_date(struct buf *b, const struct page *pg, struct opt_date v)
{
    if (v.has)
        put_date(b, pg, v.v);
    else
        put_unknown(b, pg);
}
void html_text_opt_fy(struct buf *b, const struct page *pg, struct opt_fiscal_year v)
{
    if (v.has)
        buf_int(b, v.v.v);
    else
        put_unknown(b, pg);
}
void html_text_html(struct buf *b, const struct page *pg, struct html v)
{
    (void)pg;
    buf_put(b, v.markup);
}

/* ---- in an attribute ---- */

void html_attr_str(struct buf *b, const struct page *pg, struct str s)
{
    (void)pg;
    put_escaped(b, s);
}
void html_attr_int(struct buf *b, const struct page *pg, int64_t v)
{
    (void)pg;
    buf_int(b, v);
}
void html_attr_size(struct buf *b, const struct page *pg, size_t v)
{
    (void)pg;
    assert(v <= INT64_MAX);
    buf_int(b, (int64_t)v);
}
void html_attr_satang(struct buf *b, const struct page *pg, struct satang v)
{
    (void)pg;
    buf_satang_plain(b, v);
}
/* 40, 37.5, 37.25: every hundredth is kept, or a form would lose it. */
void html_attr_bp(struct buf *b, const struct page *pg, struct bp v)
{
    (void)pg;
    uint64_t u = v.v < 0 ? 0 - (uint64_t)v.v : (uint64_t)v.v;
    uint64_t part = u % 100;
    if (v.v < 0) buf_putc(b, '-');
    buf_int(b, (int64_t)(u / 100));
    if (part == 0) return;
    buf_putc(b, '.');
    buf_putc(b, (char)('0' + part / 10));
    if (part % 10) buf_putc(b, (char)('0' + part % 10));
}
void html_attr_date(struct buf *b, const struct page *pg, struct date v)
{
    (void)pg;
    buf_date_iso(b, v);
}
void html_attr_instant(struct buf *b, const struct page *pg, struct instant v)
{
    (void)pg;
    buf_instant_iso(b, v);
}
void html_attr_fy(struct buf *b, const struct page *pg, struct fiscal_year v)
{
    (void)pg;
    buf_int(b, v.v);
}
void html_attr_opt_satang(struct buf *b, const struct page *pg, struct opt_satang v)
{
    if (v.has) html_attr_satang(b, pg, v.v);
}
void html_attr_opt_count(struct buf *b, const struct page *pg, struct opt_count v)
{
    if (v.has) html_attr_int(b, pg, v.v);
}
void html_attr_opt_bp(struct buf *b, const struct page *pg, struct opt_bp v)
{
    if (v.has) html_attr_bp(b, pg, v.v);
}
void html_attr_opt_date(struct buf *b, const struct page *pg, struct opt_date v)
{
    if (v.has) html_attr_date(b, pg, v.v);
}

/* ---- addresses ---- */

/* RFC 3986 "unreserved"; everything else is percent-encoded, so a piece cannot leave its place. */
static bool is_unreserved(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void put_percent(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        if (is_unreserved(c)) continue;
        buf_put(b, (struct str){s.p + from, i - from});
        char code[3] = {'%', hex[c >> 4], hex[c & 15]};
        buf_put(b, (struct str){code, sizeof code});
        from = i + 1;
    }
    if (from < s.n) buf_put(b, (struct str){s.p + from, s.n - from});
}

/* "//host" and "/\host" are other sites to a browser. */
static bool is_site_path(struct str s)
{
    return s.n > 0 && s.p[0] == '/' && (s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\'));
}

struct href href_of(struct arena *a, const char *pattern, const struct str *args, size_t nargs)
{
    size_t max = strlen(pattern), used = 0;
    for (size_t i = 0; i < nargs; i++)
        max += args[i].n * 3;
    struct buf b = buf_in(a, max);
    const char *from = pattern;
    for (const char *hole; (hole = strstr(from, "{}")) != NULL; from = hole + 2) {
        assert(used < nargs);
        buf_put(&b, (struct str){from, (size_t)(hole - from)});
        put_percent(&b, args[used++]);
    }
    buf_put(&b, str_of(from));
    assert(used == nargs);
    struct str path = buf_str(&b);
    assert(is_site_path(path));
    return (struct href){path};
}

void html_url_href(struct buf *b, const struct page *pg, struct href v)
{
    (void)pg;
    assert(is_site_path(v.path)); /* made by href_of; a view that forgot to fill it is a bug */
    put_escaped(b, v.path);
}
void html_urlpart_str(struct buf *b, const struct page *pg, struct str s)
{
    (void)pg;
    put_percent(b, s);
}
void html_urlpart_z(struct buf *b, const struct page *pg, const char *s)
{
    (void)pg;
    put_percent(b, str_of(s));
}
void html_urlpart_int(struct buf *b, const struct page *pg, int64_t v)
{
    (void)pg;
    buf_int(b, v);
}
void html_urlpart_size(struct buf *b, const struct page *pg, size_t v)
{
    html_attr_size(b, pg, v);
}
void html_urlpart_fy(struct buf *b, const struct page *pg, struct fiscal_year v)
{
    (void)pg;
    buf_int(b, v.v);
}

/* ---- as plain text, for messages ---- */

#define ARG_BYTES_MAX 256 /* the longest is a moment in Thai, under 100 */

struct str html_arg_str(const struct page *pg, struct str s)
{
    (void)pg;
    return s;
}

/* One function a type: the text form in a small buf of the page's arena. */
#define ARG(name, type, put)                                                                       \
    struct str html_arg_##name(const struct page *pg, type v)                                      \
    {                                                                                              \
        struct buf b = buf_in(pg->arena, ARG_BYTES_MAX);                                           \
        put(&b, pg, v);                                                                            \
        return buf_str(&b);                                                                        \
    }
ARG(int, int64_t, html_text_int)
ARG(size, size_t, html_text_size)
ARG(satang, struct satang, html_text_satang)
ARG(bp, struct bp, html_text_bp)
ARG(date, struct date, html_text_date)
ARG(instant, struct instant, html_text_instant)
ARG(fy, struct fiscal_year, html_text_fy)
#undef ARG

struct str html_arg_opt_satang(const struct page *pg, struct opt_satang v)
{
    return v.has ? html_arg_satang(pg, v.v) : unknown_text(pg);
}
struct str html_arg_opt_count(const struct page *pg, struct opt_count v)
{
    return v.has ? html_arg_int(pg, v.v) : unknown_text(pg);
}
struct str html_arg_opt_bp(const struct page *pg, struct opt_bp v)
{
    return v.has ? html_arg_bp(pg, v.v) : unknown_text(pg);
}
struct str html_arg_opt_date(const struct page *pg, struct opt_date v)
{
    return v.has ? html_arg_date(pg, v.v) : unknown_text(pg);
}
struct str html_arg_opt_fy(const struct page *pg, struct opt_fiscal_year v)
{
    return v.has ? html_arg_fy(pg, v.v) : unknown_text(pg);
}

/* ---- an address that came from outside ---- */

struct href href_of_path(struct arena *a, struct str path)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf b = buf_in(a, path.n * 3);
    for (size_t i = 0; i < path.n; i++) {
        uint8_t c = (uint8_t)path.p[i];
        bool is_plain = c > 0x20 && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL;
        if (is_plain) {
            buf_putc(&b, (char)c);
            continue;
        }
        char code[3] = {'%', hex[c >> 4], hex[c & 15]};
        buf_put(&b, (struct str){code, sizeof code});
    }
    assert(is_site_path(buf_str(&b)));
    return (struct href){buf_str(&b)};
}
