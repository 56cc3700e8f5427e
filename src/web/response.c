/* response.c — see response.h. */
#include "web/response.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "web/headers.h"
#include "web/request.h"

#define COMPRESS_MIN 1024 /* below, gzip saves less than a packet */

void web_header_set(struct web_response *r, struct str name, struct str value)
{
    assert(str_find_char(name, '\r') < 0 && str_find_char(name, '\n') < 0);
    assert(str_find_char(value, '\r') < 0 && str_find_char(value, '\n') < 0);
    size_t i = 0;
    while (i < r->nheaders && !str_eq_nocase(r->headers[i].name, name))
        i++;
    /* Set-Cookie alone may stand there twice. */
    if (str_eq_nocase(name, STR("set-cookie"))) i = r->nheaders;
    assert(i < sizeof r->headers / sizeof r->headers[0]);
    r->headers[i] = (struct web_field){name, value};
    if (i == r->nheaders) r->nheaders++;
}

/* ---- gzip ---- */

struct gzipper {
    z_stream z;
};

struct gzipper *gzipper_new(void)
{
    struct gzipper *g = calloc(1, sizeof *g);
    /* Level 1: 30 KB of page in 0.2 ms, a quarter of the size. 15 + 16: gzip framing. */
    if (g == NULL || deflateInit2(&g->z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    return g;
}

void gzipper_free(struct gzipper *g)
{
    if (g == NULL) return;
    deflateEnd(&g->z);
    free(g);
}

/* malloc'ed; none when it would not become smaller. */
static struct str compress_body(struct gzipper *g, struct str body)
{
    if (body.n > UINT32_MAX / 2) return STR_NONE;
    size_t cap = body.n - body.n / 8;
    char *out = malloc(cap);
    if (out == NULL) abort();
    deflateReset(&g->z);
    g->z.next_in = (Bytef *)(uintptr_t)body.p; /* zlib's const is optional */
    g->z.avail_in = (uInt)body.n;
    g->z.next_out = (Bytef *)out;
    g->z.avail_out = (uInt)cap;
    if (deflate(&g->z, Z_FINISH) == Z_STREAM_END) return (struct str){out, g->z.total_out};
    free(out);
    return STR_NONE;
}

/* ---- headers ---- */

static const struct web_field security[] = {
#define X(name, value) {STR(name), STR(value)},
    WEB_SECURITY_HEADERS(X)
#undef X
};
#define NSECURITY (sizeof security / sizeof security[0])

/* A handler's own value goes before the wrapper's. */
static bool has_own(const struct web_response *res, struct str name)
{
    for (size_t i = 0; i < res->nheaders; i++)
        if (str_eq_nocase(res->headers[i].name, name)) return true;
    return false;
}

/* What goes without saying, said once: pages may be kept but must be asked for again; an error is
 * not kept at all. */
static struct str default_caching(const struct web_response *res)
{
    return res->status >= 400 ? STR("no-store") : STR("no-cache");
}

/* MHD wants C strings, ours are slices; the usual ones fit on the stack. */
static void put_header(struct MHD_Response *r, struct str name, struct str value)
{
    char n[64], v[1024];
    if (name.n < sizeof n && value.n < sizeof v) {
        memcpy(n, name.p, name.n);
        n[name.n] = '\0';
        memcpy(v, value.p, value.n);
        v[value.n] = '\0';
        if (MHD_add_response_header(r, n, v) != MHD_YES) abort(); /* a name or value of ours */
        return;
    }
    assert(name.n < sizeof n); /* names are ours; a long value is copied to the heap */
    char *z = strndup(value.p, value.n);
    memcpy(n, name.p, name.n);
    n[name.n] = '\0';
    if (z == NULL || MHD_add_response_header(r, n, z) != MHD_YES) abort();
    free(z);
}

/* What every answer carries, then what this one's handler asked for. */
static void put_headers(struct MHD_Response *r, const struct response_wish *wish,
                        const struct web_response *res)
{
    for (size_t i = 0; i < NSECURITY; i++)
        if (!has_own(res, security[i].name)) put_header(r, security[i].name, security[i].value);
    if (wish->is_https) put_header(r, STR("Strict-Transport-Security"), STR("max-age=31536000"));
    if (!has_own(res, STR("Cache-Control")))
        put_header(r, STR("Cache-Control"), default_caching(res));
    for (size_t i = 0; i < res->nheaders; i++)
        if (!str_eq_nocase(res->headers[i].name, STR("vary")))
            put_header(r, res->headers[i].name, res->headers[i].value);
}

/* The handler knows what its page depends on (the cookie's language), we know that there is a
 * compressed form: one line says both, since some caches look at one line only. */
static void put_vary(struct MHD_Response *r, const struct web_response *res)
{
    struct str own = web_header_get((struct web_fields){res->headers, res->nheaders}, "Vary");
    bool has_variants = res->may_compress || !str_is_none(res->static_gzip);
    char both[256];
    int n = snprintf(both, sizeof both, "%.*s%s%s", STR_FMT(own),
                     own.n > 0 && has_variants ? ", " : "", has_variants ? "Accept-Encoding" : "");
    assert(n >= 0 && (size_t)n < sizeof both); /* names of headers, ours */
    if (n > 0) put_header(r, STR("Vary"), (struct str){both, (size_t)n});
}

/* ---- body ---- */

struct choice { /* the bytes to send, and how MHD is to keep them */
    struct str bytes;
    enum MHD_ResponseMemoryMode mode;
    bool is_gzip;
};

/* Assets were compressed at build; pages are now, when it pays; neither is ever compressed twice. */
static struct choice choose_body(struct gzipper *z, const struct response_wish *wish,
                                 const struct web_response *res)
{
    if (!str_is_none(res->static_body)) {
        bool is_gzip = wish->accepts_gzip && !str_is_none(res->static_gzip);
        return (struct choice){is_gzip ? res->static_gzip : res->static_body,
                               MHD_RESPMEM_PERSISTENT, is_gzip};
    }
    struct str body = buf_str(&res->body);
    if (res->may_compress && wish->accepts_gzip && body.n > COMPRESS_MIN) {
        struct str small = compress_body(z, body);
        if (!str_is_none(small)) return (struct choice){small, MHD_RESPMEM_MUST_FREE, true};
    }
    return (struct choice){body, MHD_RESPMEM_MUST_COPY, false};
}

/* The compressed form is another representation: its tag is weak, so that the two never count as
 * the same bytes, and If-None-Match (weak comparison) still finds it. */
static void put_etag(struct MHD_Response *r, const struct web_response *res, bool is_gzip)
{
    if (res->etag.n == 0) return;
    char weak[256];
    if (is_gzip && !str_starts(res->etag, STR("W/")) && res->etag.n + 3 < sizeof weak) {
        int n = snprintf(weak, sizeof weak, "W/%.*s", STR_FMT(res->etag));
        put_header(r, STR("ETag"), (struct str){weak, (size_t)n});
        return;
    }
    put_header(r, STR("ETag"), res->etag);
}

struct MHD_Response *response_build(struct gzipper *z, const struct response_wish *wish,
                                    const struct web_response *res, unsigned *ret_status,
                                    size_t *ret_bytes)
{
    /* 304 says the length that 200 would have had, so the body is chosen, and MHD leaves it out. */
    bool is_known = wish->is_get && res->status == 200 && res->etag.n > 0 &&
                    web_etag_matches(wish->if_none_match, res->etag);
    struct choice c = choose_body(z, wish, res);
    struct MHD_Response *r = MHD_create_response_from_buffer(
        c.bytes.n, (void *)(uintptr_t)(c.bytes.n > 0 ? c.bytes.p : ""), c.mode);
    if (r == NULL) abort(); /* no memory */
    put_headers(r, wish, res);
    put_vary(r, res);
    put_etag(r, res, c.is_gzip);
    if (!is_known && res->content_type.n > 0) put_header(r, STR("Content-Type"), res->content_type);
    if (c.is_gzip) put_header(r, STR("Content-Encoding"), STR("gzip"));
    *ret_status = is_known ? 304 : (unsigned)res->status;
    *ret_bytes = c.bytes.n;
    return r;
}

struct str response_head_text(const struct web_response *res)
{
    char *out = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&out, &n);
    if (f == NULL) abort();
    const char *reason = MHD_get_reason_phrase_for((unsigned)res->status);
    fprintf(f, "HTTP/1.1 %d %s\r\nConnection: close\r\nCache-Control: no-store\r\n", res->status,
            reason);
    for (size_t i = 0; i < NSECURITY; i++)
        fprintf(f, "%.*s: %.*s\r\n", STR_FMT(security[i].name), STR_FMT(security[i].value));
    for (size_t i = 0; i < res->nheaders; i++)
        fprintf(f, "%.*s: %.*s\r\n", STR_FMT(res->headers[i].name), STR_FMT(res->headers[i].value));
    fprintf(f, "Content-Type: %.*s\r\nContent-Length: %zu\r\n", STR_FMT(res->content_type),
            buf_str(&res->body).n);
    if (fclose(f) != 0) abort();
    return (struct str){out, n};
}
