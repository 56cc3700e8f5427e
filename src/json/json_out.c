/* json_out.c — what is written is always JSON: commas, keys and ends are counted here. */
#include "json/json_out.h"

#include <assert.h>

/* ---- text ---- */

/* Length of a well-formed UTF-8 character at `p`, 0 when there is none. */
static size_t utf8_length(const uint8_t *p, size_t n)
{
    static const struct {
        uint8_t first, last, low, high, len; /* lead bytes; what the second byte may be */
    } forms[] = {
        {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        if (p[0] < forms[f].first || p[0] > forms[f].last) continue;
        if (n < forms[f].len || p[1] < forms[f].low || p[1] > forms[f].high) return 0;
        for (size_t i = 2; i < forms[f].len; i++)
            if ((p[i] & 0xc0) != 0x80) return 0;
        return forms[f].len;
    }
    return 0;
}

static void put_escape(struct buf *b, uint8_t c)
{
    static const char hex[] = "0123456789abcdef";
    char code[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    switch (c) {
    case '"': BUF_LIT(b, "\\\""); break;
    case '\\': BUF_LIT(b, "\\\\"); break;
    case '\n': BUF_LIT(b, "\\n"); break;
    case '\t': BUF_LIT(b, "\\t"); break;
    case '\r': BUF_LIT(b, "\\r"); break;
    default: buf_put(b, (struct str){code, sizeof code}); break;
    }
}

/* Text was cleaned at the door; what still is no UTF-8 becomes U+FFFD, so that a reader always gets
 * JSON. DEL is escaped, too: it is allowed raw, but no log or terminal likes it. */
static void put_quoted(struct buf *b, struct str s)
{
    const uint8_t *p = (const uint8_t *)s.p;
    size_t from = 0, i = 0;
    buf_putc(b, '"');
    while (i < s.n) {
        if (p[i] >= 0x20 && p[i] < 0x7f && p[i] != '"' && p[i] != '\\') {
            i++;
            continue;
        }
        size_t len = p[i] >= 0x80 ? utf8_length(p + i, s.n - i) : 0;
        if (len > 0) {
            i += len;
            continue;
        }
        buf_put(b, (struct str){s.p + from, i - from});
        if (p[i] < 0x80)
            put_escape(b, p[i]);
        else
            BUF_LIT(b, "\xef\xbf\xbd");
        from = ++i;
    }
    if (from < s.n) buf_put(b, (struct str){s.p + from, s.n - from});
    buf_putc(b, '"');
}

/* ---- structure ---- */

struct json_out json_begin(struct buf *out)
{
    return (struct json_out){.out = out};
}

void json_end(struct json_out *j)
{
    assert(j->depth == 0);
    assert(j->needs_comma[0]); /* one value was written */
}

/* Everything that stands before a value: comma, key. Level 0 is the top: one value, no key. */
static void before_value(struct json_out *j, const char *key)
{
    uint8_t d = j->depth;
    assert((key != NULL) == (d > 0 && j->in_object[d]));
    assert(d > 0 || !j->needs_comma[0]);
    if (j->needs_comma[d]) buf_putc(j->out, ',');
    j->needs_comma[d] = true;
    if (key == NULL) return;
    put_quoted(j->out, str_of(key));
    buf_putc(j->out, ':');
}

static void open_level(struct json_out *j, const char *key, bool is_object)
{
    before_value(j, key);
    assert(j->depth + 1 < JSON_DEPTH_MAX);
    j->depth++;
    j->needs_comma[j->depth] = false;
    j->in_object[j->depth] = is_object;
    buf_putc(j->out, is_object ? '{' : '[');
}

static void close_level(struct json_out *j, bool is_object)
{
    assert(j->depth > 0 && j->in_object[j->depth] == is_object);
    j->depth--;
    buf_putc(j->out, is_object ? '}' : ']');
}

void json_object(struct json_out *j, const char *key)
{
    open_level(j, key, true);
}
void json_object_end(struct json_out *j)
{
    close_level(j, true);
}
void json_array(struct json_out *j, const char *key)
{
    open_level(j, key, false);
}
void json_array_end(struct json_out *j)
{
    close_level(j, false);
}

/* ---- values ---- */

void json_str(struct json_out *j, const char *key, struct str v)
{
    if (str_is_none(v)) {
        json_null(j, key);
        return;
    }
    before_value(j, key);
    put_quoted(j->out, v);
}

void json_int(struct json_out *j, const char *key, int64_t v)
{
    before_value(j, key);
    buf_int(j->out, v);
}

void json_bool(struct json_out *j, const char *key, bool v)
{
    before_value(j, key);
    buf_put(j->out, v ? STR("true") : STR("false"));
}

void json_null(struct json_out *j, const char *key)
{
    before_value(j, key);
    BUF_LIT(j->out, "null");
}

void json_satang(struct json_out *j, const char *key, struct satang v)
{
    json_int(j, key, v.v);
}

void json_opt_satang(struct json_out *j, const char *key, struct opt_satang v)
{
    if (v.has)
        json_int(j, key, v.v.v);
    else
        json_null(j, key);
}

void json_opt_count(struct json_out *j, const char *key, struct opt_count v)
{
    if (v.has)
        json_int(j, key, v.v);
    else
        json_null(j, key);
}

void json_date(struct json_out *j, const char *key, struct date v)
{
    before_value(j, key);
    buf_putc(j->out, '"');
    buf_date_iso(j->out, v);
    buf_putc(j->out, '"');
}

void json_opt_date(struct json_out *j, const char *key, struct opt_date v)
{
    if (v.has)
        json_date(j, key, v.v);
    else
        json_null(j, key);
}

void json_instant(struct json_out *j, const char *key, struct instant v)
{
    before_value(j, key);
    buf_putc(j->out, '"');
    buf_instant_iso(j->out, v);
    buf_putc(j->out, '"');
}

void json_opt_percent(struct json_out *j, const char *key, struct opt_bp v)
{
    if (!v.has) {
        json_null(j, key);
        return;
    }
    before_value(j, key);
    int64_t n = v.v.v;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n, part = u % 100;
    if (n < 0) buf_putc(j->out, '-');
    buf_int(j->out, (int64_t)(u / 100));
    if (part == 0) return;
    buf_putc(j->out, '.');
    buf_putc(j->out, (char)('0' + part / 10));
    if (part % 10) buf_putc(j->out, (char)('0' + part % 10));
}

void json_raw(struct json_out *j, const char *key, struct str json)
{
    before_value(j, key);
    buf_put(j->out, json);
}
