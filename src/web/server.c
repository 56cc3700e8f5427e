/* server.c — web_serve(): libmicrohttpd's I/O threads in front, our workers behind.
 *
 * The walk of a request:  recv() → guard (conn.c, guard.c) → MHD parses → on_target → on_request,
 * first call: begin() decides path and limits → body pieces: take_body() → last call: dispatch()
 * runs it here (WEB_INLINE) or suspends the connection and queues it → a worker answers and resumes
 * the connection → on_request again: send_answer() → on_completed frees the exchange.
 *
 * Ownership: a struct exchange is malloc'ed in on_target and freed in on_completed. While it is
 * queued or worked on, MHD does not touch the connection, so the worker reads its headers safely.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/conn.h"
#include "web/listen.h"
#include "web/multipart.h"
#include "web/queue.h"
#include "web/request.h"
#include "web/response.h"
#include "web/web.h"

#define FILES_MAX         65536               /* descriptors we ask for */
#define FILES_RESERVE     256                 /* of them, for databases, logs, files */
#define UPLOADS_BYTES_MAX ((size_t)256 << 20) /* bodies in memory at once, all together */
#define POOL_BYTES        ((size_t)32 << 10)  /* MHD's memory of a connection: heads and headers */
#define PER_ADDRESS       256
#define SWEEP_MS          200
#define RETRY_AFTER       "2"

static const int refusal_statuses[] = {400, 408, 413, 414, 431, 503};
#define NREFUSALS (2 * sizeof refusal_statuses / sizeof refusal_statuses[0])

/* What a thread that runs handlers needs. Owned by the server, which frees it after the thread. */
struct scratch {
    struct arena *arena;
    struct gzipper *gzipper;
    struct scratch *next;
};

struct server {
    struct web_config config; /* complete: defaults filled in */
    const struct web_app *app;
    struct MHD_Daemon *daemon;
    struct queue *queue;
    struct scratch *workers; /* [config.workers] */
    struct scratch *io;      /* list; one for each I/O thread that ran a handler */
    pthread_mutex_t io_mutex;
    struct conn_refusal refusals[NREFUSALS];
    atomic_uint exchanges; /* begun and not completed */
    atomic_size_t upload_bytes;
    atomic_bool is_stopping;
};

struct exchange {         /* one request and its answer */
    struct queue_job job; /* first: the queue hands it back */
    struct server *server;
    struct MHD_Connection *mhd;
    struct conn *conn;
    enum web_method method;
    struct str path, query; /* in `target` */
    bool is_begun;
    char *body; /* owned */
    size_t body_n, body_cap, body_limit;
    struct MHD_Response *response; /* owned until queued */
    unsigned status;
    size_t response_bytes;
    size_t target_n;
    char target[]; /* raw target, then room for the decoded path */
};

/* ---- answers ---- */

static _Thread_local struct scratch *io_scratch;
static _Thread_local const struct server *io_scratch_of;

/* The scratch of this I/O thread, made at its first use. */
static struct scratch *scratch_of_io(struct server *s)
{
    if (io_scratch_of == s) return io_scratch;
    struct scratch *mine = calloc(1, sizeof *mine);
    if (mine == NULL) abort();
    *mine = (struct scratch){arena_new(s->config.arena_max), gzipper_new(), NULL};
    pthread_mutex_lock(&s->io_mutex);
    mine->next = s->io;
    s->io = mine;
    pthread_mutex_unlock(&s->io_mutex);
    io_scratch = mine;
    io_scratch_of = s;
    return mine;
}

/* Half of the arena at most is the answer's: the rest is the handler's own work. */
static struct web_response new_response(const struct server *s, struct arena *a)
{
    return (struct web_response){.body = buf_in(a, s->config.arena_max / 2)};
}

/* The app says it in its own words and languages; the status and Retry-After are ours. */
static void fill_error(const struct server *s, bool is_api, int status, struct web_response *res)
{
    s->app->plain_error(s->app->ctx, is_api, status, res);
    res->status = status;
    if (status == 503) web_header_set(res, STR("Retry-After"), STR(RETRY_AFTER));
}

static bool is_api(const struct exchange *ex)
{
    return str_starts(ex->path, STR("/api/"));
}

/* ---- from MHD's connection to struct web_request ---- */

struct header_list {
    struct web_field *items;
    size_t n;
};

/* Borrowed from MHD's memory of the connection, which stays until the answer is sent. */
static enum MHD_Result take_header(void *ctx, enum MHD_ValueKind kind, const char *name,
                                   size_t name_n, const char *value, size_t value_n)
{
    (void)kind;
    struct header_list *list = ctx;
    if (list->n == GUARD_HEADERS_MAX) return MHD_NO;
    list->items[list->n++] =
        (struct web_field){{name, name_n}, {value != NULL ? value : "", value_n}};
    return MHD_YES;
}

/* The proxy appends the address it saw: the last one is its word, those before are hearsay. */
static void believe_proxy(struct web_request *req)
{
    struct str last = STR_NONE, piece;
    for (size_t i = 0; i < req->headers.n; i++)
        if (str_eq_nocase(req->headers.items[i].name, STR("x-forwarded-for")))
            last = req->headers.items[i].value;
    struct str rest = last;
    while (str_split(&rest, ',', &piece))
        last = str_trim(piece);
    if (last.n > 0 && last.n < 64) req->remote = last;
    struct str proto = web_header_get(req->headers, "X-Forwarded-Proto");
    req->is_https = str_eq_nocase(proto, STR("https"));
}

/* By type, not by method: a POST of JSON has no form. */
static bool is_form(const struct web_request *req)
{
    struct str type = web_header_get(req->headers, "Content-Type");
    ptrdiff_t semi = str_find_char(type, ';');
    if (semi >= 0) type = str_first(type, (size_t)semi);
    return str_eq_nocase(str_trim(type), STR("application/x-www-form-urlencoded"));
}

/* ERR_INPUT, ERR_LIMIT: fields that are broken or too many; the rest of `req` is filled. */
static enum err fill_request(const struct exchange *ex, struct arena *a, struct web_request *req)
{
    struct header_list list = {ARENA_ARRAY(a, struct web_field, GUARD_HEADERS_MAX), 0};
    MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, take_header, &list);
    *req = (struct web_request){.method = ex->method,
                                .path = ex->path,
                                .query = ex->query,
                                .remote = conn_remote(ex->conn),
                                .headers = {list.items, list.n},
                                .body = {ex->body != NULL ? ex->body : "", ex->body_n},
                                .arena = a};
    req->host = web_header_get(req->headers, "Host");
    if (conn_is_proxy(ex->conn)) believe_proxy(req);
    struct str cookies = web_header_get(req->headers, "Cookie");
    if (!str_is_none(cookies)) req->cookies = web_cookies_parse(a, cookies);
    TRY(web_fields_parse(a, req->query, GUARD_QUERY_FIELDS_MAX, &req->params));
    if (is_form(req)) TRY(web_fields_parse(a, req->body, WEB_FORM_FIELDS_MAX, &req->form));
    struct str type = web_header_get(req->headers, "Content-Type");
    return multipart_is_type(type) ? multipart_parse(a, type, req->body, &req->form, &req->files) : ERR_OK;
}

/* ---- running ---- */

/* The only way from a handler's answer to the wire. */
static void build_answer(struct exchange *ex, struct scratch *sc, const struct web_request *req,
                         struct web_response *res)
{
    if (res->status == 0) { /* a handler that forgot to answer: a bug, but not a reason to hang */
        log_error("unanswered", "path=%.*s", STR_FMT(ex->path));
        *res = new_response(ex->server, sc->arena);
        fill_error(ex->server, is_api(ex), 500, res);
    }
    struct response_wish wish = {
        .is_get = ex->method == WEB_GET || ex->method == WEB_HEAD,
        .accepts_gzip = web_accepts_gzip(web_header_get(req->headers, "Accept-Encoding")),
        .is_https = req->is_https,
        .if_none_match = web_header_get(req->headers, "If-None-Match")};
    ex->response = response_build(sc->gzipper, &wish, res, &ex->status, &ex->response_bytes);
}

/* Answers with one of the wrapper's own errors on a connection that stays open. */
static void answer_error(struct exchange *ex, struct scratch *sc, const struct web_request *req,
                         int status)
{
    struct web_response res = new_response(ex->server, sc->arena);
    fill_error(ex->server, is_api(ex), status, &res);
    build_answer(ex, sc, req, &res);
}

/* Parses, handles, builds; leaves the answer in `ex` and the arena empty. On any thread that has a
 * scratch of its own. */
static void run(struct exchange *ex, unsigned worker, struct scratch *sc)
{
    struct web_request req;
    if (fill_request(ex, sc->arena, &req) != ERR_OK) {
        answer_error(ex, sc, &req, 400);
    } else {
        struct web_response res = new_response(ex->server, sc->arena);
        ex->server->app->handle(ex->server->app->ctx, worker, &req, &res);
        build_answer(ex, sc, &req, &res);
    }
    arena_reset(sc->arena);
}

static void run_job(void *ctx, unsigned worker, struct queue_job *job)
{
    struct server *s = ctx;
    struct exchange *ex = (struct exchange *)(void *)job;
    run(ex, worker, &s->workers[worker]);
    MHD_resume_connection(ex->mhd); /* from here on `ex` is the I/O thread's again */
}

/* ---- MHD's callbacks, on I/O threads ---- */

/* The request line is there. MHD decodes and cuts the target in place: this is the last chance to
 * see it raw. */
static void *on_target(void *ctx, const char *target, struct MHD_Connection *mhd)
{
    struct server *s = ctx;
    size_t n = strlen(target); /* the guard let no NUL through */
    struct exchange *ex = calloc(1, sizeof *ex + 2 * n + 1);
    if (ex == NULL) abort();
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    ex->server = s;
    ex->mhd = mhd;
    ex->conn = info != NULL ? info->socket_context : NULL;
    ex->target_n = n;
    memcpy(ex->target, target, n);
    atomic_fetch_add(&s->exchanges, 1);
    return ex;
}

static enum MHD_Result refuse(struct exchange *ex, int status)
{
    conn_refuse(ex->conn, status);
    return MHD_NO; /* MHD closes, without a word of its own */
}

/* The head is complete and good. */
static enum MHD_Result begin(struct exchange *ex, const char *method)
{
    ex->is_begun = true;
    if (ex->conn == NULL || !conn_take_head(ex->conn)) {
        log_error("unguarded", "a request came past the guard: closed");
        return MHD_NO;
    }
    const struct web_app *app = ex->server->app;
    struct str target = {ex->target, ex->target_n};
    ptrdiff_t q = str_find_char(target, '?');
    struct str raw = q < 0 ? target : str_first(target, (size_t)q);
    ex->query = q < 0 ? STR("") : str_from(target, (size_t)q + 1);
    ex->method = web_method_of(str_of(method));
    if (web_path_decode(raw, ex->target + ex->target_n, &ex->path) != ERR_OK)
        return refuse(ex, 400);
    ex->body_limit = app->body_limit(app->ctx, ex->method, ex->path);
    const char *length = MHD_lookup_connection_value(ex->mhd, MHD_HEADER_KIND, "Content-Length");
    int64_t n = 0; /* the guard saw to the digits */
    if (length != NULL && str_to_int(str_of(length), &n) == ERR_OK && (uint64_t)n > ex->body_limit)
        return refuse(ex, 413);
    return MHD_YES;
}

/* Takes a piece of the body; chunked ones are counted here, as they come. */
static enum MHD_Result take_body(struct exchange *ex, const char *piece, size_t n)
{
    if (n > ex->body_limit - ex->body_n) return refuse(ex, 413);
    if (ex->body_n + n > ex->body_cap) {
        size_t cap = ex->body_cap * 2 > ex->body_n + n ? ex->body_cap * 2 : ex->body_n + n;
        size_t more = cap - ex->body_cap;
        if (atomic_fetch_add(&ex->server->upload_bytes, more) + more > UPLOADS_BYTES_MAX) {
            atomic_fetch_sub(&ex->server->upload_bytes, more);
            return refuse(ex, 503);
        }
        char *grown = realloc(ex->body, cap);
        if (grown == NULL) abort();
        ex->body = grown;
        ex->body_cap = cap;
    }
    memcpy(ex->body + ex->body_n, piece, n);
    ex->body_n += n;
    return MHD_YES;
}

/* MHD takes the answer over; during a stop it is the connection's last. */
static enum MHD_Result send_answer(struct exchange *ex)
{
    if (atomic_load(&ex->server->is_stopping))
        MHD_add_response_header(ex->response, "Connection", "close");
    conn_sending(ex->conn, ex->response_bytes);
    enum MHD_Result queued = MHD_queue_response(ex->mhd, ex->status, ex->response);
    MHD_destroy_response(ex->response);
    ex->response = NULL;
    return queued;
}

/* The request is complete: run it here, or hand it to a worker. */
static enum MHD_Result dispatch(struct exchange *ex)
{
    struct server *s = ex->server;
    conn_working(ex->conn);
    enum web_lane lane = s->app->lane(s->app->ctx, ex->method, ex->path);
    ex->job.is_slow = lane == WEB_SLOW;
    if (lane == WEB_INLINE) {
        run(ex, UINT_MAX, scratch_of_io(s));
        return send_answer(ex);
    }
    if (!queue_reserve(s->queue, ex->job.is_slow)) {
        struct scratch *sc = scratch_of_io(s);
        struct web_request none = {0};
        answer_error(ex, sc, &none, 503);
        arena_reset(sc->arena);
        return send_answer(ex);
    }
    MHD_suspend_connection(ex->mhd); /* before the job is seen: it may be done at once */
    queue_put(s->queue, &ex->job);
    return MHD_YES;
}

/* MHD calls this several times for one request; the exchange remembers how far it is. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *piece,
                                  size_t *piece_n, void **request)
{
    (void)ctx, (void)mhd, (void)url, (void)version;
    struct exchange *ex = *request;
    if (ex == NULL) return MHD_NO;
    if (!ex->is_begun) return begin(ex, method);
    if (*piece_n > 0) {
        size_t n = *piece_n;
        *piece_n = 0;
        return take_body(ex, piece, n);
    }
    return ex->response != NULL ? send_answer(ex) : dispatch(ex);
}

/* Always called once for each on_target, however the request ended. */
static void on_completed(void *ctx, struct MHD_Connection *mhd, void **request,
                         enum MHD_RequestTerminationCode why)
{
    (void)mhd;
    struct server *s = ctx;
    struct exchange *ex = *request;
    if (ex == NULL) return;
    *request = NULL;
    if (why == MHD_REQUEST_TERMINATED_COMPLETED_OK && ex->conn != NULL) conn_answered(ex->conn);
    if (ex->response != NULL) MHD_destroy_response(ex->response);
    atomic_fetch_sub(&s->upload_bytes, ex->body_cap);
    free(ex->body);
    free(ex);
    atomic_fetch_sub(&s->exchanges, 1);
}

/* The connection's life, with the descriptor still open at both ends of it. */
static void on_connection(void *ctx, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    (void)ctx;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*socket_context != NULL) conn_remove(*socket_context);
        *socket_context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    int number = fd->connect_fd; /* both calls may answer in the same union */
    const union MHD_ConnectionInfo *from =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *socket_context = conn_add(number, from->client_addr);
}

static enum MHD_Result on_accept(void *ctx, const struct sockaddr *from, socklen_t n)
{
    (void)ctx, (void)n;
    return conn_address_may(from) ? MHD_YES : MHD_NO;
}

/* We decode ourselves: MHD's way of unescaping lets broken escapes and NUL through. */
static size_t keep_escapes(void *ctx, struct MHD_Connection *mhd, char *text)
{
    (void)ctx, (void)mhd;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_mhd_log(void *ctx, const char *format,
                                                             va_list args)
{
    (void)ctx;
    char text[256];
    vsnprintf(text, sizeof text, format, args);
    log_line(LOG_DEBUG, "mhd", "text=%s", text);
}

/* ---- starting and stopping ---- */

/* Each default stands in web.h as well. */
static void fill_deadlines(struct web_deadlines *d)
{
    if (d->head_ms == 0) d->head_ms = 10000;
    if (d->body_ms == 0) d->body_ms = 30000;
    if (d->send_ms == 0) d->send_ms = 60000;
    if (d->idle_ms == 0) d->idle_ms = 15000;
    if (d->stop_ms == 0) d->stop_ms = 10000;
    if (d->bytes_per_s == 0) d->bytes_per_s = 8192;
}

static void fill_defaults(struct web_config *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = cores > 0 ? (unsigned)cores : 1;
    if (c->workers == 0) c->workers = 4 * n > 8 ? 4 * n : 8;
    if (c->workers < 2) c->workers = 2; /* one for each lane */
    if (c->io_threads == 0) c->io_threads = n;
    if (c->queue_max == 0) c->queue_max = 1024;
    if (c->arena_max == 0) c->arena_max = (size_t)32 << 20;
    if (c->per_address_max == 0) c->per_address_max = PER_ADDRESS;
    if (c->no_limits) c->per_address_max = 0;
    fill_deadlines(&c->deadlines);
}

/* The refusals are made once, so that answering a flood of them costs nothing but the sending. */
static void make_refusals(struct server *s)
{
    struct arena *a = arena_new(s->config.arena_max);
    for (size_t i = 0; i < NREFUSALS; i++) {
        struct web_response res = new_response(s, a);
        struct conn_refusal *r = &s->refusals[i];
        r->status = refusal_statuses[i / 2];
        r->is_api = i % 2 == 1;
        fill_error(s, r->is_api, r->status, &res);
        struct str body = buf_str(&res.body);
        char *kept = malloc(body.n + 1);
        if (kept == NULL) abort();
        if (body.n > 0) memcpy(kept, body.p, body.n);
        r->body = (struct str){kept, body.n};
        r->head = response_head_text(&res);
        arena_reset(a);
    }
    arena_free(a);
}

/* How many connections MHD may hold: descriptors are raised to what the system allows. */
static unsigned raise_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 512;
    rlim_t want = files.rlim_max < FILES_MAX ? files.rlim_max : FILES_MAX;
    if (files.rlim_cur < want) {
        struct rlimit more = {want, files.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &more) == 0) files.rlim_cur = want;
    }
    unsigned n = files.rlim_cur > FILES_MAX ? FILES_MAX : (unsigned)files.rlim_cur;
    return n > 2 * FILES_RESERVE ? n - FILES_RESERVE : n / 2;
}

/* Suspending needs MHD's inter-thread channel, which also lets it stop without shutting down the
 * listening socket: that one is the supervisor's. */
static struct MHD_Daemon *start_mhd(struct server *s, int listen_fd, unsigned connections)
{
    const unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem pool[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)s->config.io_threads, NULL},
        {MHD_OPTION_END, 0, NULL}};
    if (s->config.io_threads < 2) pool[0].option = MHD_OPTION_END;
    return MHD_start_daemon(
        flags, 0, on_accept, s, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_mhd_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
        s, MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
}

/* Each worker has its arena and zlib state from the beginning: nothing is allocated under load. */
static void start_workers(struct server *s)
{
    s->workers = calloc(s->config.workers, sizeof *s->workers);
    if (s->workers == NULL) abort();
    for (unsigned i = 0; i < s->config.workers; i++)
        s->workers[i] = (struct scratch){arena_new(s->config.arena_max), gzipper_new(), NULL};
    s->queue = queue_start(s->config.workers, s->config.queue_max, run_job, s);
}

static void scratch_free(struct scratch *sc)
{
    arena_free(sc->arena);
    gzipper_free(sc->gzipper);
}

/* The queue first: its threads use all the rest. */
static void free_server(struct server *s)
{
    if (s->queue != NULL) queue_stop(s->queue);
    for (unsigned i = 0; s->workers != NULL && i < s->config.workers; i++)
        scratch_free(&s->workers[i]);
    free(s->workers);
    while (s->io != NULL) {
        struct scratch *sc = s->io;
        s->io = sc->next;
        scratch_free(sc);
        free(sc);
    }
    for (size_t i = 0; i < NREFUSALS; i++) {
        free((void *)(uintptr_t)s->refusals[i].head.p);
        free((void *)(uintptr_t)s->refusals[i].body.p);
    }
    pthread_mutex_destroy(&s->io_mutex);
    free(s);
}

/* Waits at most `ms` for a signal to stop. */
static bool is_told_to_stop(const sigset_t *stop, int64_t ms)
{
    struct timespec wait = {ms / 1000, ms % 1000 * 1000000};
    return sigtimedwait(stop, NULL, &wait) > 0;
}

/* Nothing new is accepted, what runs is finished. A handler that is still at work when the time is
 * up cannot be stopped from outside: the process ends under it, and its transaction with it. */
static void stop(struct server *s, const sigset_t *signals)
{
    atomic_store(&s->is_stopping, true);
    MHD_socket fd = MHD_quiesce_daemon(s->daemon);
    if (fd != MHD_INVALID_SOCKET) close(fd);
    int64_t until = clock_monotonic_us() / 1000 + s->config.deadlines.stop_ms;
    while (atomic_load(&s->exchanges) > 0 && clock_monotonic_us() / 1000 < until) {
        conn_table_close_idle();
        conn_table_sweep();
        (void)is_told_to_stop(signals, 10);
    }
    if (queue_busy(s->queue) > 0) {
        log_warn("stop", "requests cut short: %u", queue_busy(s->queue));
        _exit(0);
    }
    MHD_stop_daemon(s->daemon);
    conn_table_close();
}

/* The order matters: the table before the first connection, the workers before the first job. */
static enum err start(struct server *s, int listen_fd)
{
    unsigned connections = raise_files();
    make_refusals(s);
    struct conn_table_config table = {.deadlines = s->config.deadlines,
                                      .per_address_max = s->config.per_address_max,
                                      .proxy = s->config.proxy,
                                      .refusals = s->refusals,
                                      .nrefusals = NREFUSALS};
    TRY(conn_table_open(&table));
    start_workers(s);
    s->daemon = start_mhd(s, listen_fd, connections);
    if (s->daemon != NULL) return ERR_OK;
    conn_table_close();
    return err_note(ERR_IO, "libmicrohttpd does not start");
}

/* This thread waits for signals and sweeps; the I/O threads and workers do the serving. */
enum err web_serve(const struct web_config *config, const struct web_app *app,
                   void (*ready)(void *ctx, const char *address),
                   void (*on_workers)(void *ctx, unsigned n))
{
    int fd = config->listen_fd;
    if (fd <= 0) TRY(web_listen(config->listen, &fd));
    char address[128];
    TRY(web_listen_address(fd, address, sizeof address));
    struct server *s = calloc(1, sizeof *s);
    if (s == NULL) abort();
    s->config = *config;
    s->app = app;
    pthread_mutex_init(&s->io_mutex, NULL);
    fill_defaults(&s->config);
    if (on_workers != NULL) on_workers(app->ctx, s->config.workers);
    /* Blocked before any thread starts, so that only this thread takes them. A dead client's pipe
     * is an error value, not a signal. */
    sigset_t signals, before;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    signal(SIGPIPE, SIG_IGN);
    enum err e = start(s, fd);
    if (e == ERR_OK) {
        if (ready != NULL) ready(app->ctx, address);
        while (!is_told_to_stop(&signals, SWEEP_MS))
            conn_table_sweep();
        stop(s, &signals);
    }
    free_server(s);
    /* Ctrl-C reaches this process twice, from the terminal and by its supervisor. The second one is
     * waiting here or comes any moment, and must not turn a clean end into a death by signal. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return e;
}
