/* file_dir.c — see file_dir.h.
 *
 * A file is written before the row that names it is committed, so what a row names is there; what no
 * row names is an orphan, and goes when it is old. The lock closes the one gap left: between a look at
 * a file's age and its removal nobody makes it young (writers hold the lock shared, the sweep alone). */
#include "app/file_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rand.h"

#define PATH_BYTES 4096
#define TEMPORARY  ".part-"

struct path {
    char text[PATH_BYTES];
};

struct file_hex file_hex_of(struct str bytes)
{
    struct sha256 sum = sha256_of(bytes);
    struct file_hex hex;
    for (size_t i = 0; i < sizeof sum.b; i++)
        snprintf(hex.text + 2 * i, 3, "%02x", sum.b[i]);
    return hex;
}

/* A path too long is cut, and then not found: the folder's own length was checked when it was made. */
static struct path path_of(const char *dir, const char *hex)
{
    struct path p;
    int n = snprintf(p.text, sizeof p.text, "%s/%.2s/%s", dir, hex, hex + 2);
    if (n < 0 || (size_t)n >= sizeof p.text) p.text[0] = '\0';
    return p;
}

static enum err failed(const char *what, const char *path)
{
    bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EROFS, is_busy = errno == EMFILE || errno == ENFILE;
    return err_note(is_full ? ERR_DISK : is_busy ? ERR_UNAVAILABLE : ERR_IO, "%s %s: %m", what, path);
}

/* ---- the lock ---- */

/* `how`: LOCK_SH or LOCK_EX. The descriptor holds the lock until it is closed. */
static enum err lock(const char *dir, int how, int *ret)
{
    struct path p;
    snprintf(p.text, sizeof p.text, "%s/.lock", dir);
    int fd = open(p.text, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return failed("cannot open", p.text);
    while (flock(fd, how) != 0)
        if (errno != EINTR) {
            close(fd);
            return failed("cannot lock", p.text);
        }
    *ret = fd;
    return ERR_OK;
}

/* ---- writing ---- */

static enum err sync_dir(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return failed("cannot open", path);
    int rc = fsync(fd);
    close(fd);
    return rc == 0 ? ERR_OK : failed("cannot sync", path);
}

static enum err write_whole(int fd, struct str bytes, bool is_synced, const char *path)
{
    for (size_t n = 0; n < bytes.n;) {
        ssize_t got = write(fd, bytes.p + n, bytes.n - n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failed("cannot write", path);
        n += (size_t)got;
    }
    return !is_synced || fsync(fd) == 0 ? ERR_OK : failed("cannot sync", path);
}

static enum err write_renamed(const char *folder, const char *path, struct str bytes, bool is_synced)
{
    struct path part;
    uint64_t chance;
    rand_secret(&chance, sizeof chance);
    int n = snprintf(part.text, sizeof part.text, "%s/" TEMPORARY "%016llx", folder, (unsigned long long)chance);
    if (n < 0 || (size_t)n >= sizeof part.text) return err_note(ERR_IO, "%s: the path is too long", folder);
    int fd = open(part.text, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return failed("cannot write", part.text);
    enum err e = write_whole(fd, bytes, is_synced, part.text);
    if (close(fd) != 0 && e == ERR_OK) e = failed("cannot write", part.text);
    if (e == ERR_OK && rename(part.text, path) != 0) e = failed("cannot rename", part.text);
    if (e != ERR_OK) (void)unlink(part.text);
    return e;
}

/* Is it there, whole? A damaged one is written anew. */
static bool is_whole(const char *path, const char *hex, struct str bytes)
{
    struct stat st;
    struct sha256 sum;
    struct file_hex got;
    if (stat(path, &st) != 0 || st.st_size != (off_t)bytes.n || sha256_of_file(path, &sum) != ERR_OK) return false;
    for (size_t i = 0; i < sizeof sum.b; i++)
        snprintf(got.text + 2 * i, 3, "%02x", sum.b[i]);
    return strcmp(got.text, hex) == 0;
}

static enum err write_locked(const char *dir, const char *hex, struct str bytes, bool is_synced)
{
    struct path p = path_of(dir, hex), folder = p;
    folder.text[strlen(p.text) - strlen(hex + 2) - 1] = '\0'; /* without "/cdef…" */
    bool is_new = mkdir(folder.text, 0700) == 0;
    if (!is_new && errno != EEXIST) return failed("cannot make", folder.text);
    if (is_whole(p.text, hex, bytes))
        return utimensat(AT_FDCWD, p.text, NULL, 0) == 0 ? ERR_OK : failed("cannot touch", p.text);
    TRY(write_renamed(folder.text, p.text, bytes, is_synced));
    if (!is_synced) return ERR_OK;
    TRY(sync_dir(folder.text));
    return is_new ? sync_dir(dir) : ERR_OK;
}

enum err file_dir_write(const char *dir, const char *hex, struct str bytes, bool is_synced)
{
    int fd = -1;
    if (strlen(dir) > PATH_BYTES - 128) return err_note(ERR_IO, "%s: the path is too long", dir);
    if (mkdir(dir, 0700) != 0 && errno != EEXIST) return failed("cannot make", dir);
    TRY(lock(dir, LOCK_SH, &fd));
    enum err e = write_locked(dir, hex, bytes, is_synced);
    close(fd);
    return e;
}

enum err file_dir_sync(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT ? ERR_OK : failed("cannot open", dir);
    int rc = syncfs(fd);
    close(fd);
    return rc == 0 ? ERR_OK : failed("cannot sync", dir);
}

/* ---- reading ---- */

bool file_dir_has(const char *dir, const char *hex, int64_t size)
{
    struct path p = path_of(dir, hex);
    struct stat st;
    return stat(p.text, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size;
}

enum err file_dir_read(const char *dir, const char *hex, int64_t size, struct arena *a, struct str *ret)
{
    struct path p = path_of(dir, hex);
    struct stat st;
    int fd = open(p.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return err_note(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot open %s: %m", p.text);
    if (fstat(fd, &st) != 0 || st.st_size != size) {
        close(fd);
        return err_note(ERR_NOT_FOUND, "%s is not as long as it was", p.text);
    }
    char *bytes = arena_alloc(a, (size_t)size);
    size_t n = 0;
    ssize_t got = 1;
    while (n < (size_t)size && (got = read(fd, bytes + n, (size_t)size - n)) > 0)
        n += (size_t)got;
    close(fd);
    if (n != (size_t)size) return err_note(ERR_IO, "cannot read %s: %m", p.text);
    *ret = (struct str){bytes, n};
    return ERR_OK;
}

/* ---- sweeping ---- */

struct sweep {
    const char *dir;
    int64_t oldest_s; /* what changed before it is old */
    enum err (*is_wanted)(void *ctx, struct str hex, bool *ret);
    void *ctx;
    int64_t removed;
};

static bool is_old(const struct sweep *s, const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && (int64_t)st.st_mtim.tv_sec < s->oldest_s;
}

/* The age is looked at again with the lock in hand. */
static enum err remove_old(struct sweep *s, const char *path)
{
    int fd = -1;
    TRY(lock(s->dir, LOCK_EX, &fd));
    if (is_old(s, path) && unlink(path) == 0) s->removed++;
    close(fd);
    return ERR_OK;
}

static bool is_hex(const char *text, size_t n)
{
    return strlen(text) == n && strspn(text, "0123456789abcdef") == n;
}

/* Only what we could have written ourselves is ever removed. */
static enum err sweep_file(struct sweep *s, const char *folder, const char *name)
{
    struct path p;
    char hex[65];
    int n = snprintf(p.text, sizeof p.text, "%s/%s/%s", s->dir, folder, name);
    if (n < 0 || (size_t)n >= sizeof p.text || !is_old(s, p.text)) return ERR_OK;
    if (str_starts(str_of(name), STR(TEMPORARY))) return remove_old(s, p.text);
    if (!is_hex(name, 62)) return ERR_OK;
    bool is_wanted = true;
    snprintf(hex, sizeof hex, "%.2s%.62s", folder, name);
    TRY(s->is_wanted(s->ctx, (struct str){hex, 64}, &is_wanted));
    return is_wanted ? ERR_OK : remove_old(s, p.text);
}

static enum err sweep_folder(struct sweep *s, const char *folder)
{
    struct path p;
    snprintf(p.text, sizeof p.text, "%s/%s", s->dir, folder);
    DIR *d = opendir(p.text);
    if (d == NULL) return failed("cannot read", p.text);
    enum err e = ERR_OK;
    for (struct dirent *entry; e == ERR_OK && (entry = readdir(d)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            e = sweep_file(s, folder, entry->d_name);
    closedir(d);
    return e;
}

/* The folder may lie on another machine, and ours may be set to another day: its own "now" is the
 * stamp that it gives to the lock file. */
static enum err read_clock(const char *dir, int64_t *ret_s)
{
    int fd = -1;
    struct stat st;
    TRY(lock(dir, LOCK_SH, &fd));
    bool is_read = futimens(fd, NULL) == 0 && fstat(fd, &st) == 0;
    close(fd);
    if (!is_read) return failed("cannot stamp the lock of", dir);
    *ret_s = st.st_mtim.tv_sec;
    return ERR_OK;
}

enum err file_dir_sweep(const char *dir, int64_t age_ms, enum err (*is_wanted)(void *ctx, struct str hex, bool *ret),
                        void *ctx, int64_t *ret_removed)
{
    struct sweep s = {.dir = dir, .is_wanted = is_wanted, .ctx = ctx};
    DIR *d = opendir(dir);
    if (d == NULL && errno == ENOENT) return ERR_OK; /* nothing was ever written */
    if (d == NULL) return failed("cannot read", dir);
    int64_t now_s = 0;
    enum err e = read_clock(dir, &now_s);
    s.oldest_s = now_s - age_ms / 1000;
    for (struct dirent *entry; e == ERR_OK && (entry = readdir(d)) != NULL;)
        if (is_hex(entry->d_name, 2)) e = sweep_folder(&s, entry->d_name);
    closedir(d);
    if (e == ERR_OK) *ret_removed = s.removed;
    return e;
}
