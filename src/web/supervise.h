/* supervise.h — a parent that does nothing but keep a child serving.
 *
 * The parent owns the listening socket, so that connections that come while the child restarts wait
 * in its backlog instead of being refused. It restarts the child when a signal killed it (a bug's
 * assert, out of memory), at once; only a child that dies within a second of its start, again and
 * again, is restarted with a growing pause (at most 5 s). A child that returns has said what it
 * wants: its value is the program's; only one that replaces a crashed one and returns a failure is
 * tried again, since the start was good before. SIGTERM and SIGINT are passed on, the parent waits for the
 * child's graceful end (20 s, then it is killed). If the parent dies, the child is told to end.
 */
#ifndef SARN_WEB_SUPERVISE_H
#define SARN_WEB_SUPERVISE_H

#include "base/err.h"

/* Opens `listen` (as in web_config) and runs child(ctx, listen_fd) in a process of its own, until
 * it ends by itself or the program is told to. `ret` = what the child returned. Call it before any
 * thread exists and before any database is open. */
enum err supervise(int (*child)(void *ctx, int listen_fd), void *ctx, const char *listen, int *ret);

#endif
