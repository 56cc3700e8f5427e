/* util.c — memory, messages, files. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "sqlc.h"

struct arena *mem;
int complaints;

void *vec_push_(void **v, size_t *n, size_t *cap, size_t item)
{
    if (*n == *cap) {
        size_t more = *cap ? *cap * 2 : 8;
        /* zeroed items behind the last (tokens: T_END), so that looking a few ahead is safe */
        char *bigger = arena_alloc(mem, (more + 8) * item);
        if (*n) memcpy(bigger, *v, *n * item);
        *v = bigger;
        *cap = more;
    }
    void *at = (char *)*v + (*n)++ * item;
    memset(at, 0, item);
    return at;
}

void complain(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: error: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    complaints++;
}

bool read_file(const char *path, struct str *ret)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    size_t cap = 65536, n = 0;
    char *p = arena_alloc(mem, cap);
    for (;;) {
        size_t got = fread(p + n, 1, cap - n, f);
        if (!got) break;
        n += got;
        if (n < cap) continue;
        char *bigger = arena_alloc(mem, cap * 2);
        memcpy(bigger, p, n);
        p = bigger;
        cap *= 2;
    }
    bool is_good = !ferror(f);
    fclose(f);
    if (is_good) *ret = (struct str){p, n};
    return is_good;
}

bool write_file(const char *path, struct str content)
{
    struct str old;
    if (read_file(path, &old) && str_eq(old, content)) return true;
    FILE *f = fopen(path, "wb");
    if (!f) {
        fprintf(stderr, "%s: error: cannot write: %s\n", path, strerror(errno));
        return false;
    }
    bool is_good = fwrite(content.p, 1, content.n, f) == content.n;
    return fclose(f) == 0 && is_good;
}

const char *path_join(const char *dir, const char *name)
{
    struct str s = str_printf(mem, "%s/%s", dir, name);
    return str_z(mem, s);
}
