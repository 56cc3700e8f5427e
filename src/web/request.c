/* request.c — see request.h. */
#include "web/request.h"

#include <utf8proc.h>

struct str web_field_get(struct web_fields f, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < f.n; i++)
        if (str_eq(f.items[i].name, wanted)) return f.items[i].value;
    return STR_NONE;
}

struct str web_header_get(struct web_fields f, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < f.n; i++)
        if (str_eq_nocase(f.items[i].name, wanted)) return f.items[i].value;
    return STR_NONE;
}

/* Methods are case-sensitive: "get" is none of these, and the router answers 405. */
enum web_method web_method_of(struct str name)
{
    static const struct {
        struct str name;
        enum web_method method;
    } known[] = {{STR("GET"), WEB_GET}, {STR("HEAD"), WEB_HEAD},     {STR("POST"), WEB_POST},
                 {STR("PUT"), WEB_PUT}, {STR("DELETE"), WEB_DELETE}, {STR("OPTIONS"), WEB_OPTIONS}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(name, known[i].name)) return known[i].method;
    return WEB_OTHER;
}

/* ASCII goes by without a call: it is most of what comes. */
bool web_utf8_is_valid(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_int32_t c;
        ssize_t n = utf8proc_iterate((const uint8_t *)s.p + i, (ssize_t)(s.n - i), &c);
        if (n <= 0) return false;
        i += (size_t)n;
    }
    return true;
}

/* 0–15, or -1. */
static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* One decoded byte from *at on, or -1 when the escape is broken. */
static int take_byte(struct str raw, size_t *at, bool plus_is_blank)
{
    char c = raw.p[(*at)++];
    if (c == '+' && plus_is_blank) return ' ';
    if (c != '%') return (unsigned char)c;
    if (raw.n - *at < 2) return -1;
    int high = hex_value(raw.p[*at]), low = hex_value(raw.p[*at + 1]);
    *at += 2;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* "/a/../b": a path with two meanings. Also what was hidden as %2e. */
static bool has_dot_segment(struct str path)
{
    struct str piece;
    while (str_split(&path, '/', &piece))
        if (str_eq(piece, STR(".")) || str_eq(piece, STR(".."))) return true;
    return false;
}

/* Decoded once and checked after that: what is hidden twice (%252e) stays an odd name, since nobody
 * decodes again. An encoded '/' is refused instead of being given a meaning: proxies disagree. */
enum err web_path_decode(struct str raw, char *out, struct str *ret)
{
    size_t n = 0;
    for (size_t at = 0; at < raw.n;) {
        bool is_escaped = raw.p[at] == '%';
        int c = take_byte(raw, &at, false);
        if (c < ' ' || c == 0x7f || (is_escaped && c == '/')) return ERR_INPUT;
        out[n++] = (char)c;
    }
    struct str path = {out, n};
    if (n == 0 || out[0] != '/' || !web_utf8_is_valid(path) || has_dot_segment(path))
        return ERR_INPUT;
    *ret = path;
    return ERR_OK;
}

/* One name or value. Line ends stay as typed; base/thai.h makes them one kind later. */
static enum err decode_text(struct arena *a, struct str raw, struct str *ret)
{
    char *out = arena_alloc(a, raw.n);
    size_t n = 0;
    for (size_t at = 0; at < raw.n;) {
        int c = take_byte(raw, &at, true);
        bool is_blank = c == '\t' || c == '\r' || c == '\n';
        if ((c < ' ' && !is_blank) || c == 0x7f) return ERR_INPUT;
        out[n++] = (char)c;
    }
    *ret = (struct str){out, n};
    return web_utf8_is_valid(*ret) ? ERR_OK : ERR_INPUT;
}

/* "name=value"; without '=' the value is empty, as browsers send an empty field. */
static enum err parse_field(struct arena *a, struct str piece, struct web_field *ret)
{
    ptrdiff_t eq = str_find_char(piece, '=');
    struct str name = eq < 0 ? piece : str_first(piece, (size_t)eq);
    struct str value = eq < 0 ? STR("") : str_from(piece, (size_t)eq + 1);
    TRY(decode_text(a, name, &ret->name));
    return decode_text(a, value, &ret->value);
}

enum err web_fields_parse(struct arena *a, struct str raw, size_t max, struct web_fields *ret)
{
    /* Counted before anything is decoded: a body of a million '&' costs one pass. */
    size_t pieces = 0;
    struct str rest = raw, piece;
    while (str_split(&rest, '&', &piece))
        pieces += piece.n > 0;
    if (pieces > max) return ERR_LIMIT;
    struct web_field *items = ARENA_ARRAY(a, struct web_field, pieces);
    size_t n = 0;
    for (rest = raw; str_split(&rest, '&', &piece);)
        if (piece.n > 0) TRY(parse_field(a, piece, &items[n++]));
    *ret = (struct web_fields){items, n};
    return ERR_OK;
}

/* The server that set a cookie chose what is in it; ours are plain tokens. Others, set for the same
 * host by another program, must not make a page fail. */
struct web_fields web_cookies_parse(struct arena *a, struct str raw)
{
    size_t pieces = 0, n = 0;
    struct str rest = raw, piece;
    while (str_split(&rest, ';', &piece))
        pieces++;
    struct web_field *items = ARENA_ARRAY(a, struct web_field, pieces);
    for (rest = raw; str_split(&rest, ';', &piece);) {
        ptrdiff_t eq = str_find_char(piece, '=');
        if (eq < 0) continue;
        struct str name = str_trim(str_first(piece, (size_t)eq));
        struct str value = str_trim(str_from(piece, (size_t)eq + 1));
        if (name.n == 0 || !web_utf8_is_valid(name) || !web_utf8_is_valid(value)) continue;
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = (struct str){value.p + 1, value.n - 2};
        items[n++] = (struct web_field){name, value};
    }
    return (struct web_fields){items, n};
}

/* "gzip;q=0": the weight is nought, however many decimals it has. */
static bool is_weight_zero(struct str params)
{
    ptrdiff_t q = str_find(params, STR("q="));
    if (q < 0) return false;
    struct str w = str_from(params, (size_t)q + 2);
    for (size_t i = 0; i < w.n && w.p[i] != ';'; i++)
        if (w.p[i] >= '1' && w.p[i] <= '9') return false;
    return true;
}

bool web_accepts_gzip(struct str accept)
{
    bool has_star = false;
    struct str piece;
    while (str_split(&accept, ',', &piece)) {
        ptrdiff_t semi = str_find_char(piece, ';');
        struct str coding = str_trim(semi < 0 ? piece : str_first(piece, (size_t)semi));
        bool is_wanted = semi < 0 || !is_weight_zero(str_from(piece, (size_t)semi));
        if (str_eq_nocase(coding, STR("gzip"))) return is_wanted;
        if (str_eq(coding, STR("*"))) has_star = is_wanted;
    }
    return has_star;
}

/* Weak comparison (RFC 9110, 8.8.3.2) looks at what is inside the quotes. */
static struct str without_weak(struct str tag)
{
    tag = str_trim(tag);
    return str_starts(tag, STR("W/")) ? str_from(tag, 2) : tag;
}

bool web_etag_matches(struct str if_none_match, struct str etag)
{
    if (str_eq(str_trim(if_none_match), STR("*"))) return true;
    struct str piece; /* our tags have no comma, so cutting there loses none of them */
    while (str_split(&if_none_match, ',', &piece))
        if (str_eq(without_weak(piece), without_weak(etag))) return true;
    return false;
}
