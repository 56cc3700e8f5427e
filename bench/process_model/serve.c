/* serve.c — the two shapes of docs/adr/0002-process-model.md, small, over the real src/web.
 *
 *   serve threads PORT [IO WORKERS]   one child: 2 I/O threads, 8 workers
 *   serve processes PORT [IO WORKERS] two children on one listening socket, each 1 I/O thread and
 *                                     4 workers
 *
 * Both under a parent that forks a dead child again. /1k-inline, /1k, /30k, /slow (100 ms of
 * waiting, as for another process's answer), /burn (20 ms of work of a core), /pid, /crash.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "web/listen.h"
#include "web/web.h"

static char text[30000];

static enum web_lane lane(void *ctx, enum web_method method, struct str path)
{
    (void)ctx, (void)method;
    if (str_eq(path, STR("/1k-inline"))) return WEB_INLINE;
    return str_eq(path, STR("/slow")) || str_eq(path, STR("/burn")) ? WEB_SLOW : WEB_FAST;
}

static size_t body_limit(void *ctx, enum web_method method, struct str path)
{
    (void)ctx, (void)method, (void)path;
    return 0;
}

static void handle(void *ctx, unsigned worker, const struct web_request *req,
                   struct web_response *res)
{
    (void)ctx, (void)worker;
    res->status = 200;
    res->content_type = STR("text/html; charset=utf-8");
    if (str_eq(req->path, STR("/slow"))) poll(NULL, 0, 100);
    if (str_eq(req->path, STR("/burn"))) {
        struct timespec t = {0}; /* of this thread alone, since its start */
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        int64_t until_us = t.tv_sec * 1000000 + t.tv_nsec / 1000 + 20000;
        while (t.tv_sec * 1000000 + t.tv_nsec / 1000 < until_us)
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    }
    if (str_eq(req->path, STR("/crash"))) raise(SIGKILL);
    if (str_eq(req->path, STR("/pid")))
        buf_int(&res->body, getpid());
    else
        buf_put(&res->body, (struct str){text, str_eq(req->path, STR("/30k")) ? 30000 : 1000});
}

static void plain_error(void *ctx, bool is_api, int status, struct web_response *res)
{
    (void)ctx, (void)is_api;
    res->content_type = STR("text/plain");
    buf_int(&res->body, status);
}

static pid_t start_child(int fd, unsigned io_threads, unsigned workers)
{
    pid_t pid = fork();
    if (pid != 0) return pid;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    static const struct web_app app = {
        .lane = lane, .body_limit = body_limit, .handle = handle, .plain_error = plain_error};
    struct web_config c = {.listen_fd = fd, .io_threads = io_threads, .workers = workers};
    _exit(web_serve(&c, &app, NULL, NULL) == ERR_OK ? 0 : 1);
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 5) return 2;
    bool is_threads = strcmp(argv[1], "threads") == 0;
    unsigned io = is_threads ? 2 : 1, workers = is_threads ? 8 : 4;
    if (argc == 5) {
        io = (unsigned)strtoul(argv[3], NULL, 10);
        workers = (unsigned)strtoul(argv[4], NULL, 10);
    }
    memset(text, 'x', sizeof text);
    char address[64];
    snprintf(address, sizeof address, "127.0.0.1:%s", argv[2]);
    int fd;
    if (web_listen(address, &fd) != ERR_OK) return 1;
    for (int n = is_threads ? 1 : 2; n > 0; n--)
        start_child(fd, io, workers);
    for (;;) {
        if (wait(NULL) < 0) return 1;
        start_child(fd, io, workers);
    }
}
