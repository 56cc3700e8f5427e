/* fixture.c — see fixture.h. */
#include "fixture.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "web/supervise.h"

/* ---- the site ---- */

static void sleep_ms(int64_t ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static enum web_lane lane(void *ctx, enum web_method method, struct str path)
{
    (void)ctx, (void)method;
    if (str_eq(path, STR("/inline")) || str_eq(path, STR("/asset"))) return WEB_INLINE;
    return str_eq(path, STR("/slow")) ? WEB_SLOW : WEB_FAST;
}

static size_t body_limit(void *ctx, enum web_method method, struct str path)
{
    (void)ctx;
    if (method != WEB_POST) return 0;
    return str_eq(path, STR("/upload")) ? (size_t)1 << 20 : 4096;
}

static void echo(const struct web_request *req, struct web_response *res)
{
    struct buf *b = &res->body;
    buf_printf(b, "method=%d path=%.*s remote=%.*s https=%d\n", (int)req->method,
               STR_FMT(req->path), STR_FMT(req->remote), req->is_https);
    for (size_t i = 0; i < req->params.n; i++)
        buf_printf(b, "param %.*s=%.*s\n", STR_FMT(req->params.items[i].name),
                   STR_FMT(req->params.items[i].value));
    for (size_t i = 0; i < req->form.n; i++)
        buf_printf(b, "form %.*s=%.*s\n", STR_FMT(req->form.items[i].name),
                   STR_FMT(req->form.items[i].value));
    for (size_t i = 0; i < req->files.n; i++)
        buf_printf(b, "file %.*s=%.*s %.*s %zu\n", STR_FMT(req->files.items[i].name),
                   STR_FMT(req->files.items[i].filename), STR_FMT(req->files.items[i].content_type),
                   req->files.items[i].bytes.n);
    for (size_t i = 0; i < req->cookies.n; i++)
        buf_printf(b, "cookie %.*s=%.*s\n", STR_FMT(req->cookies.items[i].name),
                   STR_FMT(req->cookies.items[i].value));
    buf_printf(b, "body %zu\n", req->body.n);
}

static void page(struct web_response *res)
{
    for (int i = 0; res->body.n < 30000; i++)
        buf_printf(&res->body, "<tr><td>%d</td><td>กองทุนหลักประกันสุขภาพ</td></tr>\n", i);
    res->content_type = STR("text/html; charset=utf-8");
    res->may_compress = true;
    res->etag = STR("\"page-1\"");
    web_header_set(res, STR("Vary"), STR("Cookie"));
}

static void asset(struct web_response *res)
{
    res->static_body = STR("raw bytes");
    res->static_gzip = STR("small");
    res->etag = STR("\"asset-1\"");
}

static void handle(void *ctx, unsigned worker, const struct web_request *req,
                   struct web_response *res)
{
    (void)ctx, (void)worker;
    int64_t ms = 0;
    (void)!str_to_int(web_field_get(req->params, "ms"), &ms);
    if (str_eq(req->path, STR("/silent"))) return;
    if (str_eq(req->path, STR("/crash"))) raise(SIGKILL);
    res->status = 200;
    res->content_type = STR("text/plain; charset=utf-8");
    if (str_eq(req->path, STR("/page")))
        page(res);
    else if (str_eq(req->path, STR("/asset")))
        asset(res);
    else if (str_eq(req->path, STR("/upload")))
        buf_printf(&res->body, "got %zu", req->body.n);
    else if (str_eq(req->path, STR("/slow")) || str_eq(req->path, STR("/wait")))
        sleep_ms(ms);
    else
        echo(req, res);
    if (res->body.n == 0 && str_is_none(res->static_body)) buf_put(&res->body, STR("done"));
}

static void plain_error(void *ctx, bool is_api, int status, struct web_response *res)
{
    (void)ctx;
    res->content_type = is_api ? STR("application/json") : STR("text/plain; charset=utf-8");
    buf_printf(&res->body, is_api ? "{\"error\":%d}" : "error %d", status);
}

const struct web_app fixture_app = {
    .lane = lane, .body_limit = body_limit, .handle = handle, .plain_error = plain_error};

size_t number_at(const char *p)
{
    size_t n = 0;
    while (*p >= '0' && *p <= '9')
        n = n * 10 + (size_t)(*p++ - '0');
    return n;
}

/* ---- the server ---- */

static int ready_pipe;

static void ready(void *ctx, const char *address)
{
    (void)ctx;
    (void)!write(ready_pipe, address, strlen(address) + 1);
}

static int serve(void *ctx, int listen_fd)
{
    struct web_config config = *(struct web_config *)ctx;
    config.listen_fd = listen_fd;
    if (config.listen == NULL) config.listen = "127.0.0.1:0";
    return web_serve(&config, &fixture_app, ready, NULL) == ERR_OK ? 0 : 1;
}

struct fixture fixture_start(struct web_config config, bool is_supervised)
{
    int ends[2];
    if (pipe(ends) != 0) abort();
    pid_t pid = fork();
    if (pid < 0) abort();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that fails leaves no server behind */
        close(ends[0]);
        ready_pipe = ends[1];
        int ret = 1;
        if (!is_supervised)
            ret = serve(&config, -1);
        else if (supervise(serve, &config, "127.0.0.1:0", &ret) != ERR_OK)
            ret = 1;
        exit(ret);
    }
    close(ends[1]);
    char address[64] = "";
    (void)!read(ends[0], address, sizeof address - 1);
    close(ends[0]);
    const char *colon = strrchr(address, ':');
    if (colon == NULL) abort(); /* it did not start: stderr says why */
    return (struct fixture){pid, (int)number_at(colon + 1)};
}

int fixture_stop(struct fixture f)
{
    kill(f.pid, SIGTERM);
    for (int i = 0; i < 1500; i++) {
        int status;
        if (waitpid(f.pid, &status, WNOHANG) == f.pid)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        sleep_ms(10);
    }
    kill(f.pid, SIGKILL);
    waitpid(f.pid, NULL, 0);
    return -1;
}

/* ---- the client ---- */

int client_open_at(const struct sockaddr *to, socklen_t n)
{
    int fd = socket(to->sa_family, SOCK_STREAM, 0);
    if (fd < 0) abort();
    if (connect(fd, to, n) == 0) return fd;
    close(fd);
    return -1;
}

int client_open(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = client_open_at((const struct sockaddr *)(const void *)&to, sizeof to);
    if (fd < 0) abort();
    return fd;
}

void client_send_n(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent < 0) return; /* the server has closed: the reader will see it */
        p += sent;
        n -= (size_t)sent;
    }
}

void client_send(int fd, const char *text)
{
    client_send_n(fd, text, strlen(text));
}

static char received[4 << 20];

/* Reads one byte more; 0 closed, -1 nothing in time. Slow, simple, never reads too far. */
static int read_some(int fd, size_t at, size_t n, int timeout_ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if (poll(&p, 1, timeout_ms) <= 0) return -1;
    ssize_t got = read(fd, received + at, n);
    return got <= 0 ? 0 : (int)got;
}

const char *client_read_head(int fd, int timeout_ms)
{
    size_t n = 0;
    received[0] = '\0';
    while (n < 65536 && strstr(received, "\r\n\r\n") == NULL) {
        int got = read_some(fd, n, 1, timeout_ms);
        if (got < 0) return NULL;
        if (got == 0) break;
        received[++n] = '\0';
    }
    return received;
}

const char *client_read(int fd, int timeout_ms)
{
    if (client_read_head(fd, timeout_ms) == NULL) return NULL;
    const char *length = strstr(received, "\r\nContent-Length: ");
    if (length == NULL) return received;
    size_t n = strlen(received), end = n + number_at(length + 18);
    while (n < end) {
        int got = read_some(fd, n, end - n, timeout_ms);
        if (got < 0) return NULL;
        if (got == 0) break;
        n += (size_t)got;
    }
    received[n] = '\0';
    return received;
}

bool client_is_closed(int fd, int timeout_ms)
{
    for (;;) {
        int got = read_some(fd, 0, sizeof received, timeout_ms);
        if (got <= 0) return got == 0;
    }
}

int status_of(const char *r)
{
    return r != NULL && strncmp(r, "HTTP/1.1 ", 9) == 0 ? (int)number_at(r + 9) : 0;
}

int client_status(int port, const char *request)
{
    int fd = client_open(port);
    client_send(fd, request);
    int status = status_of(client_read(fd, 5000));
    close(fd);
    return status;
}

bool has_header(const char *response, const char *line)
{
    char wanted[1024];
    snprintf(wanted, sizeof wanted, "\r\n%s\r\n", line);
    return response != NULL && strstr(response, wanted) != NULL;
}
