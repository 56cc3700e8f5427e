/* web.h — HTTP, wrapped. The only layer that knows libmicrohttpd.
 *
 * The wire is read by I/O threads; a complete, checked request is handed to a worker thread, which
 * calls the handler with plain structs and blocks as it likes; the answer goes back the same way.
 * Nothing malformed reaches a handler: see guard.h for what is refused with 400 before routing.
 */
#ifndef SARN_WEB_WEB_H
#define SARN_WEB_WEB_H

#include "base/buf.h"

enum web_method { WEB_GET, WEB_HEAD, WEB_POST, WEB_PUT, WEB_DELETE, WEB_OPTIONS, WEB_OTHER };

struct web_field {
    struct str name, value;
};
struct web_fields {
    const struct web_field *items;
    size_t n;
};
/* First value of that name, none when absent. Header names compare without case. */
struct str web_field_get(struct web_fields f, const char *name);
struct str web_header_get(struct web_fields f, const char *name);

/* A file of a multipart form. The name is what its sender called it: to show, never a path. */
struct web_file {
    struct str name;         /* of the field */
    struct str filename;     /* without folders, NFC, at most 120 letters; "" when it had none */
    struct str content_type; /* as claimed; none when absent: look at the bytes */
    struct str bytes;
};
struct web_files {
    const struct web_file *items;
    size_t n;
};

struct web_request { /* everything in it is borrowed from the request's arena */
    enum web_method method;
    struct str path;  /* percent-decoded, valid UTF-8, starts with '/', no dot segments */
    struct str query; /* raw, without '?' */
    struct str host;
    struct str remote; /* address of the client (X-Forwarded-For only from the configured proxy) */
    bool is_https;     /* as told by the configured proxy */
    struct web_fields headers, params /* of the query, decoded */, cookies;
    struct web_fields form; /* application/x-www-form-urlencoded or multipart/form-data, decoded */
    struct web_files files; /* of multipart/form-data */
    struct str body;
    struct arena *arena;
};

struct web_response { /* status 0 = not answered yet */
    int status;
    struct str content_type; /* static or arena */
    struct buf body;         /* in the request's arena */
    struct str static_body;  /* instead of body: bytes that live for ever (assets) */
    struct str static_gzip;  /* the same, compressed at build time; may be none */
    struct web_field headers[16];
    size_t nheaders;
    bool may_compress; /* text that is worth it: html, json, csv, svg */
    struct str etag;   /* with quotes; the wrapper answers 304 to If-None-Match by itself */
};
void web_header_set(struct web_response *r, struct str name,
                    struct str value); /* asserts on CR LF */

/* How a request is run, asked before it is queued: a slow one never delays a fast one. */
enum web_lane {
    WEB_INLINE, /* on the I/O thread: assets, health; no database */
    WEB_FAST,
    WEB_SLOW /* on workers of their own, half of them, at a lower priority */
};

struct web_app {
    void *ctx;
    enum web_lane (*lane)(void *ctx, enum web_method method, struct str path);
    size_t (*body_limit)(void *ctx, enum web_method method, struct str path); /* bytes */
    /* Runs on worker `worker` (0 … workers-1), or with UINT_MAX on an I/O thread (WEB_INLINE).
     * req->arena is that worker's; the response is on the wire or copied before it is reset. */
    void (*handle)(void *ctx, unsigned worker, const struct web_request *req,
                   struct web_response *res);
    /* The wrapper's own answers (400, 408, 413, 431, 503) as a small page in Thai and English or,
     * under /api/, as JSON: fills content_type and body. */
    void (*plain_error)(void *ctx, bool is_api, int status, struct web_response *res);
};

/* Total times, not idle times: a byte now and then buys nothing. 0: the default. */
struct web_deadlines {
    int64_t head_ms;      /* 10,000: from accept or the first byte to the empty line, then 408 */
    int64_t body_ms;      /* 30,000 and the size at bytes_per_s, then 408 */
    int64_t send_ms;      /* 60,000 and the size at bytes_per_s, then cut */
    int64_t idle_ms;      /* 15,000 between requests */
    int64_t stop_ms;      /* 10,000 for running requests at a stop */
    uint64_t bytes_per_s; /* 8,192 */
};

struct web_config {
    const char *listen; /* "127.0.0.1:8080", "[::1]:8080", "unix:/run/sarn.sock" */
    unsigned workers; /* 0: 4 × cores, at least 8. Half of them (rounded up) run fast requests, the
                            others slow ones; never fewer than 2 */
    unsigned io_threads; /* 0: cores */
    unsigned queue_max;  /* requests waiting; beyond it 503 with Retry-After */
    bool no_limits;      /* --no-rate-limit: no connection limit per address */
    /* Address whose X-Forwarded-For/Proto are believed, "unix" for whoever comes by the unix
     * socket; NULL: none. */
    const char *proxy;
    size_t arena_max;
    int listen_fd; /* a listening socket (supervise.h), then `listen` is not opened; <= 0: none */
    unsigned per_address_max; /* open connections of one address; 0: 256. Loopback is not counted */
    struct web_deadlines deadlines;
};

/* Serves until SIGINT or SIGTERM, then finishes what is running (at most 10 s). Blocks. `ready` is
 * called once with the bound address ("127.0.0.1:8080"; port 0 asks for a free one). `on_workers`
 * tells the app how many worker threads there are, before the first request. Call inside
 * supervise(), see supervise.h. SIGINT, SIGTERM are blocked and SIGPIPE is ignored meanwhile: who
 * starts another program from a handler sets them back in it. Afterwards all three are ignored: the
 * process is on its way out. */
enum err web_serve(const struct web_config *config, const struct web_app *app,
                   void (*ready)(void *ctx, const char *address),
                   void (*on_workers)(void *ctx, unsigned n));

#endif
