/* image_run.c — the server's side: starts the helper, waits for it, and believes nothing it says
 * without a look. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "image/image_internal.h"

#define AT_ONCE  2     /* helpers: each may take hundreds of megabytes and a whole core */
#define WAIT_MS  20000 /* for one image; its own limit of time on the processor is shorter */

static const char *program = "/proc/self/exe";
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t is_free = PTHREAD_COND_INITIALIZER;
static unsigned running;

void image_helper_program(const char *path)
{
    program = path;
}

/* Waiting ends: every helper has a deadline, and slow workers are few. */
static void slot_take(void)
{
    pthread_mutex_lock(&mutex);
    while (running == AT_ONCE)
        pthread_cond_wait(&is_free, &mutex);
    running++;
    pthread_mutex_unlock(&mutex);
}

static void slot_give(void)
{
    pthread_mutex_lock(&mutex);
    running--;
    pthread_cond_signal(&is_free);
    pthread_mutex_unlock(&mutex);
}

/* A file without a name, in memory; -1 on failure. */
static int memory_file(struct str content)
{
    int fd = memfd_create("image", MFD_CLOEXEC);
    for (size_t n = 0; fd >= 0 && n < content.n;) {
        ssize_t got = write(fd, content.p + n, content.n - n);
        if (got <= 0) {
            close(fd);
            return -1;
        }
        n += (size_t)got;
    }
    if (fd >= 0) (void)lseek(fd, 0, SEEK_SET);
    return fd;
}

/* Nothing of ours goes along but the two files: no environment, no descriptor, no blocked signal. */
static enum err spawn(int in, int out, pid_t *ret)
{
    static char *const environment[] = {NULL};
    char *const words[] = {(char *)(uintptr_t) "sarn", (char *)(uintptr_t) "image-helper", NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, usual;
    sigemptyset(&none);
    sigfillset(&usual);
    sigdelset(&usual, SIGKILL);
    sigdelset(&usual, SIGSTOP);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    int code = posix_spawn(ret, program, &files, &how, words, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return code == 0 ? ERR_OK : err_note(ERR_UNAVAILABLE, "image helper does not start: %s", strerror(code));
}

/* Waits for the end, or makes it. */
static enum err wait_for(pid_t pid)
{
    int fd = pidfd_open(pid, 0), status = 0;
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int ready = fd >= 0 ? poll(&p, 1, WAIT_MS) : 0;
    if (fd >= 0) close(fd);
    if (ready <= 0) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (ready <= 0) return err_note(ERR_LIMIT, "image helper: too slow");
    if (WIFSIGNALED(status)) {
        log_warn("image_helper", "ended by signal %d", WTERMSIG(status));
        return WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL ? ERR_LIMIT : ERR_INPUT;
    }
    switch (WEXITSTATUS(status)) {
    case HELPER_GOOD: return ERR_OK;
    case HELPER_TOO_LARGE: return ERR_LIMIT;
    case HELPER_BROKEN: return ERR_INPUT;
    default: return err_note(ERR_UNAVAILABLE, "image helper ended with %d", WEXITSTATUS(status));
    }
}

static bool is_size(struct image_size s, int32_t most)
{
    return s.width > 0 && s.height > 0 && s.width <= most && s.height <= most;
}

/* The helper may have been taken over by its input: lengths must fit, and both must be JPEG. What
 * stands in them further on is for browsers to decode, in a sandbox of their own. */
static enum err read_answer(struct arena *a, int fd, struct image_pair *ret)
{
    struct image_answer head;
    off_t size = lseek(fd, 0, SEEK_END);
    if (size < (off_t)sizeof head || size > (off_t)IMAGE_BYTES_MAX * 2) return ERR_INPUT;
    if (pread(fd, &head, sizeof head, 0) != (ssize_t)sizeof head) return ERR_INPUT;
    uint64_t n = (uint64_t)head.whole_n + head.small_n;
    if (memcmp(head.magic, IMAGE_ANSWER_MAGIC, sizeof head.magic) != 0 || n + sizeof head != (uint64_t)size ||
        !is_size(head.whole, IMAGE_SIDE) || !is_size(head.small, IMAGE_SMALL_SIDE))
        return ERR_INPUT;
    char *bytes = arena_alloc(a, n);
    for (size_t at = 0; at < n;) {
        ssize_t got = pread(fd, bytes + at, n - at, (off_t)(sizeof head + at));
        if (got <= 0) return err_note(ERR_IO, "image helper: its answer cannot be read");
        at += (size_t)got;
    }
    struct image_pair pair = {{bytes, head.whole_n}, {bytes + head.whole_n, head.small_n}, head.whole, head.small};
    if (image_sniff(pair.whole) != IMAGE_JPEG || image_sniff(pair.small) != IMAGE_JPEG) return ERR_INPUT;
    *ret = pair;
    return ERR_OK;
}

static enum err run(struct arena *a, int in, int out, struct image_pair *ret)
{
    pid_t pid = 0;
    if (in < 0 || out < 0) return err_note(ERR_UNAVAILABLE, "image helper: no memory file: %m");
    TRY(spawn(in, out, &pid));
    TRY(wait_for(pid));
    return read_answer(a, out, ret);
}

enum err image_convert(struct arena *a, struct str bytes, struct image_pair *ret)
{
    if (bytes.n > IMAGE_BYTES_MAX) return ERR_LIMIT;
    if (image_sniff(bytes) == IMAGE_NONE) return ERR_INPUT;
    slot_take();
    int in = memory_file(bytes), out = memory_file(STR(""));
    enum err e = run(a, in, out, ret);
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    slot_give();
    return e;
}
