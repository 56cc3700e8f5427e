/* listen.c — see listen.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* What waits while the child restarts; the kernel cuts it to net.core.somaxconn. */
#define BACKLOG 4096

/* Big enough for each kind, and aliased as the socket calls want it. */
union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
};

/* A path that does not fit is refused, not cut: a cut one would be another file. */
static enum err parse_local(const char *path, union address *ret, socklen_t *ret_n)
{
    ret->local.sun_family = AF_UNIX;
    size_t n = strlen(path);
    if (n == 0 || n >= sizeof ret->local.sun_path) return ERR_INPUT;
    memcpy(ret->local.sun_path, path, n + 1);
    *ret_n = sizeof ret->local;
    return ERR_OK;
}

/* Numbers only: a host name may mean several addresses, and asking for it may hang the start. */
static enum err parse_address(const char *text, union address *ret, socklen_t *ret_n)
{
    memset(ret, 0, sizeof *ret);
    if (strncmp(text, "unix:", 5) == 0) return parse_local(text + 5, ret, ret_n);
    struct str all = str_of(text);
    const char *colon = strrchr(text, ':');
    int64_t port;
    if (colon == NULL || str_to_int(str_of(colon + 1), &port) != ERR_OK || port < 0 || port > 65535)
        return ERR_INPUT;
    struct str host = str_first(all, (size_t)(colon - text));
    bool is_v6 = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
    if (is_v6) host = (struct str){host.p + 1, host.n - 2};
    char z[INET6_ADDRSTRLEN];
    if (host.n >= sizeof z) return ERR_INPUT;
    snprintf(z, sizeof z, "%.*s", STR_FMT(host));
    if (is_v6) {
        ret->v6.sin6_family = AF_INET6;
        ret->v6.sin6_port = htons((uint16_t)port);
        *ret_n = sizeof ret->v6;
        return inet_pton(AF_INET6, z, &ret->v6.sin6_addr) == 1 ? ERR_OK : ERR_INPUT;
    }
    ret->v4.sin_family = AF_INET;
    ret->v4.sin_port = htons((uint16_t)port);
    *ret_n = sizeof ret->v4;
    return inet_pton(AF_INET, z, &ret->v4.sin_addr) == 1 ? ERR_OK : ERR_INPUT;
}

/* A file left by a server that was killed would keep the address taken for ever. */
static void remove_stale(const union address *to, socklen_t n)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    if (connect(fd, &to->any, n) != 0 && errno == ECONNREFUSED) unlink(to->local.sun_path);
    close(fd);
}

enum err web_listen(const char *text, int *ret_fd)
{
    union address to;
    socklen_t n = 0;
    if (parse_address(text, &to, &n) != ERR_OK)
        return err_note(ERR_INPUT, "listen %s: want ADDRESS:PORT, [V6]:PORT or unix:PATH", text);
    if (to.any.sa_family == AF_UNIX) remove_stale(&to, n);
    int fd = socket(to.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return err_note(ERR_IO, "socket: %s", strerror(errno));
    const int one = 1;
    /* Or a restart would wait a minute for the old connections to be forgotten. */
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, &to.any, n) != 0 || listen(fd, BACKLOG) != 0) {
        int why = errno;
        close(fd);
        return err_note(ERR_IO, "listen %s: %s", text, strerror(why));
    }
    *ret_fd = fd;
    return ERR_OK;
}

enum err web_listen_address(int fd, char *text, size_t cap)
{
    union address a;
    socklen_t n = sizeof a;
    memset(&a, 0, sizeof a);
    if (getsockname(fd, &a.any, &n) != 0) return err_note(ERR_IO, "getsockname");
    char host[INET6_ADDRSTRLEN] = "";
    if (a.any.sa_family == AF_UNIX) {
        snprintf(text, cap, "unix:%s", a.local.sun_path);
    } else if (a.any.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &a.v6.sin6_addr, host, sizeof host);
        snprintf(text, cap, "[%s]:%u", host, (unsigned)ntohs(a.v6.sin6_port));
    } else {
        inet_ntop(AF_INET, &a.v4.sin_addr, host, sizeof host);
        snprintf(text, cap, "%s:%u", host, (unsigned)ntohs(a.v4.sin_port));
    }
    return ERR_OK;
}
