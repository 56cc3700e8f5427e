/* file_read.c — a whole file into the arena, with a limit before the first byte is taken. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table/table.h"

#define PIECE ((size_t)64 << 10)

/* Reads `fd` to its end. The size that stat tells is a first guess only: a pipe tells none, and a
 * file may grow while it is read. */
static enum err read_all(struct arena *a, int fd, size_t guess, size_t max, struct str *ret)
{
    size_t cap = guess + 1, n = 0; /* one more, to see the end without growing */
    char *p = arena_alloc(a, cap);
    for (;;) {
        if (n == cap) {
            size_t wider = cap * 2 > cap + PIECE ? cap * 2 : cap + PIECE;
            if (wider > max + 1) wider = max + 1;
            p = arena_grow(a, p, cap, wider);
            cap = wider;
        }
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return ERR_IO;
        if (got == 0) break;
        n += (size_t)got;
        if (n > max) return ERR_LIMIT;
    }
    *ret = (struct str){p, n};
    return ERR_OK;
}

/* An open file, whatever it is. errno says why when it is ERR_IO. */
static enum err read_fd(struct arena *a, int fd, size_t max, struct str *ret)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return ERR_IO;
    if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return ERR_IO;
    }
    if (st.st_size > 0 && (uintmax_t)st.st_size > max) return ERR_LIMIT;
    /* A pipe is read to its end, not to its first pause. */
    if (fcntl(fd, F_SETFL, 0) != 0) return ERR_IO;
    return read_all(a, fd, st.st_size > 0 ? (size_t)st.st_size : 0, max, ret);
}

enum err file_read(struct arena *a, const char *path, size_t max, struct str *ret)
{
    /* O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        enum err e = errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;
        return err_note(e, "open %s: %s", path, strerror(errno));
    }
    enum err e = read_fd(a, fd, max, ret);
    int why = errno; /* close() may change it */
    close(fd);
    if (e == ERR_LIMIT) return err_note(e, "%s: more than %zu bytes", path, max);
    if (e != ERR_OK) return err_note(e, "read %s: %s", path, strerror(why));
    return ERR_OK;
}
