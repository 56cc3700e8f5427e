/* fixture.h — a small site behind the real web_serve(), in a child process, and a client that sends
 * exactly the bytes it is told to.
 *
 * Paths: /hello (fast), /inline, /page (30 KB, compressible, with an ETag), /slow?ms=N (slow lane),
 * /wait?ms=N (fast lane), /echo (POST: method, path, params, form and body as text; at most 4 KiB),
 * /upload (POST: at most 1 MiB, answers the size), /crash, /silent (a handler that forgets to
 * answer), /asset.
 */
#ifndef SARN_TESTS_WEB_FIXTURE_H
#define SARN_TESTS_WEB_FIXTURE_H

#include <sys/socket.h>
#include <sys/types.h>

#include "web/web.h"

extern const struct web_app fixture_app;

struct fixture {
    pid_t pid;
    int port;
};
/* Forks a server with this configuration (`listen` NULL: a free port of loopback). `is_supervised`: under
 * supervise(), so that /crash is survived. */
struct fixture fixture_start(struct web_config config, bool is_supervised);
/* SIGTERM; the exit value, -1 when it did not end within 15 s (then it is killed). */
int fixture_stop(struct fixture f);

int client_open(int port);
int client_open_at(const struct sockaddr *to, socklen_t n); /* -1 when refused */
void client_send(int fd, const char *text);
void client_send_n(int fd, const char *p, size_t n);
/* One response, its body included (Content-Length or none); NUL-terminated in a static buffer.
 * "" when the connection was closed, NULL when nothing came within `timeout_ms`. */
const char *client_read(int fd, int timeout_ms);
/* The same for an answer to HEAD and for 304: no body follows. */
const char *client_read_head(int fd, int timeout_ms);
/* true when the server closes within `timeout_ms`. */
bool client_is_closed(int fd, int timeout_ms);
int status_of(const char *response); /* 0 when it is none */
/* Sends on a new connection, returns the status, closes. */
int client_status(int port, const char *request);
size_t number_at(const char *p); /* the digits there, 0 when none */
bool has_header(const char *response, const char *line);

#endif
