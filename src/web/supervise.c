/* supervise.c — see supervise.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "web/supervise.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/listen.h"

#define EARLY_MS     1000 /* died before: something is wrong with the start itself */
#define PAUSE_MAX_MS 5000
#define END_MS       20000 /* web_serve needs at most 10 s to end gracefully */

/* Ours: what the parent waits for instead of being interrupted by it. */
static sigset_t signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGCHLD);
    return set;
}

/* Never returns. */
static void be_child(int (*child)(void *, int), void *ctx, int fd, pid_t parent,
                     const sigset_t *mask)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(1); /* it died between fork and prctl */
    sigprocmask(SIG_SETMASK, mask, NULL);
    exit(child(ctx, fd));
}

/* Waits for a signal at most `ms` (< 0: as long as it takes). 0 when the time is up. */
static int wait_signal(int64_t ms)
{
    sigset_t set = signals();
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    for (;;) {
        int got = ms < 0 ? sigwaitinfo(&set, NULL) : sigtimedwait(&set, NULL, &t);
        if (got > 0) return got;
        if (errno != EINTR) return 0;
    }
}

/* Waits until the child is gone; passes a stop on and sets *ret_stopping. */
static int wait_child(pid_t pid, bool *ret_stopping)
{
    int64_t kill_at = 0;
    for (;;) {
        int status;
        if (waitpid(pid, &status, WNOHANG) == pid) return status;
        int64_t now = clock_monotonic_us() / 1000;
        if (kill_at > 0 && now >= kill_at) kill(pid, SIGKILL);
        int got = wait_signal(kill_at > 0 ? (kill_at > now ? kill_at - now : 100) : -1);
        if ((got == SIGTERM || got == SIGINT) && kill_at == 0) {
            *ret_stopping = true;
            kill(pid, SIGTERM);
            /* Not `now`: the wait before this signal may have lasted for months. */
            kill_at = clock_monotonic_us() / 1000 + END_MS;
        }
    }
}

/* The pause before the next start; true when a signal to stop came meanwhile. */
static bool is_stopped_in_pause(int64_t lived_ms, int64_t *pause_ms)
{
    if (lived_ms >= EARLY_MS) *pause_ms = 0;
    int64_t now_ms = *pause_ms;
    *pause_ms = now_ms == 0 ? 100 : now_ms * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : now_ms * 2;
    if (now_ms == 0) return false; /* at once */
    int got = wait_signal(now_ms);
    return got == SIGTERM || got == SIGINT;
}

/* The first child's word is the program's: what it cannot do, nobody else can. One that replaces a
 * crashed one knows that the start is good, so its failure passes (a database that restarts just
 * now), and the service must not end by it. */
static bool is_to_restart(int status, bool is_first)
{
    return WIFSIGNALED(status) || (!is_first && WEXITSTATUS(status) != 0);
}

/* The parent's whole life. It opens nothing and allocates nothing, so nothing can kill it. */
static enum err watch(int (*child)(void *, int), void *ctx, int fd, const sigset_t *mask, int *ret)
{
    int64_t pause_ms = 0;
    pid_t parent = getpid();
    for (bool is_first = true;; is_first = false) {
        int64_t start_ms = clock_monotonic_us() / 1000;
        fflush(NULL); /* or the child would write our buffers again */
        pid_t pid = fork();
        if (pid < 0 && is_first) return err_note(ERR_IO, "fork: %s", strerror(errno));
        if (pid == 0) be_child(child, ctx, fd, parent, mask);
        bool is_stopping = false;
        int status = pid > 0 ? wait_child(pid, &is_stopping) : W_EXITCODE(1, 0);
        if (is_stopping || !is_to_restart(status, is_first)) {
            *ret = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
            return ERR_OK;
        }
        log_error("crash", "signal=%d exit=%d pid=%d restarting",
                  WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                  WIFEXITED(status) ? WEXITSTATUS(status) : 0, (int)pid);
        if (is_stopped_in_pause(clock_monotonic_us() / 1000 - start_ms, &pause_ms)) {
            *ret = 0;
            return ERR_OK;
        }
    }
}

enum err supervise(int (*child)(void *ctx, int listen_fd), void *ctx, const char *listen, int *ret)
{
    int fd;
    TRY(web_listen(listen, &fd));
    sigset_t set = signals(), before;
    sigprocmask(SIG_BLOCK, &set, &before);
    enum err e = watch(child, ctx, fd, &before, ret);
    close(fd);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return e;
}
