/* conn.h — every open connection: its guard, its deadline, its place in a count per address.
 *
 * How the guard sees the bytes before libmicrohttpd does: conn.c defines recv(). The program's own
 * definition of a symbol comes before libc's for every shared library, so the library's calls
 * arrive there; descriptors that are not in the table (libpq's, libcurl's) go straight through.
 * Without it nothing is served: conn_table_open() asks the dynamic linker whom "recv" names, and
 * server.c runs only requests whose head the guard has counted.
 *
 * Why not a front that peeks and hands over: MHD owns a socket until it closes it, so the second
 * request of a kept-alive connection would come in unseen (docs/adr/0002-process-model.md).
 *
 * Threads: a connection belongs to one I/O thread, which alone touches its guard. The sweeper
 * (conn_table_sweep) reads phase and deadline, which are atomic, and may turn the phase to
 * CONN_DEAD; a mutex keeps the connection and its descriptor alive meanwhile.
 */
#ifndef SARN_WEB_CONN_H
#define SARN_WEB_CONN_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "web/guard.h"
#include "web/web.h"

enum conn_phase {
    CONN_IDLE, /* between requests; closed without a word when its time is up */
    CONN_HEAD, /* a head has begun; 408 when its time is up */
    CONN_BODY, /* likewise */
    CONN_WORK, /* the request is complete, a handler has it: no deadline here */
    CONN_SEND, /* the answer is on its way; cut when its time is up */
    CONN_DEAD  /* refused or out of time: nothing more is read or answered */
};

/* A refusal that is ready to be sent, one for each status and form. */
struct conn_refusal {
    int status;
    bool is_api;
    struct str head, body; /* owned by the server, they outlive the table; head lacks the Date */
};

struct conn; /* opaque; lives from accept to close */

struct conn_table_config {
    struct web_deadlines deadlines; /* complete: no zeros */
    unsigned per_address_max;       /* 0: no limit. Loopback, unix and `proxy` are never counted */
    const char *proxy;
    const struct conn_refusal *refusals; /* borrowed */
    size_t nrefusals;
};

/* One table a process. ERR_INTERNAL when recv() is not ours: wrong way of linking. */
enum err conn_table_open(const struct conn_table_config *config);
void conn_table_close(void);
/* Refuses what is too late and drains what lingers. Called several times a second by one thread. */
void conn_table_sweep(void);
/* Closes idle connections: at a graceful stop. */
void conn_table_close_idle(void);
/* May one more come from there? Asked before conn_add(). */
bool conn_address_may(const struct sockaddr *from);

struct conn *conn_add(int fd, const struct sockaddr *from);
void conn_remove(struct conn *c); /* right before its descriptor is closed */
struct conn *conn_of_fd(int fd);  /* NULL when unknown */

/* The rest is called on the connection's I/O thread. */
/* A head is about to be run: false when the guard has not seen it (then nothing may run). */
bool conn_take_head(struct conn *c);
void conn_working(struct conn *c);
void conn_sending(struct conn *c, size_t bytes);
/* The answer is sent: the time for the next request begins, or its refusal follows. */
void conn_answered(struct conn *c);
/* Sends the refusal and lets the connection die; the caller returns MHD_NO. */
void conn_refuse(struct conn *c, int status);
/* Address as text: "127.0.0.1", "::1", "" for a unix socket. Borrowed from the connection. */
struct str conn_remote(const struct conn *c);
bool conn_is_proxy(const struct conn *c);

#endif
