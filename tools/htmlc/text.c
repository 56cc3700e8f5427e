/* text.c — growing text, files, complaints. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "htmlc.h"

struct where where = {"htmlc", 0};

void fail(const char *format, ...)
{
    if (where.line > 0)
        fprintf(stderr, "%s:%d: error: ", where.file, where.line);
    else
        fprintf(stderr, "%s: error: ", where.file);
    va_list ap;
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(1);
}

/* All pieces hang on one chain: nothing is freed, and no leak checker complains. */
struct piece {
    struct piece *before;
};
static struct piece *pieces;

void *take(size_t size)
{
    struct piece *p = calloc(1, sizeof *p + size);
    if (!p) {
        fputs("htmlc: no memory\n", stderr);
        exit(1);
    }
    p->before = pieces;
    pieces = p;
    return p + 1;
}

char *copy_n(const char *p, size_t n)
{
    char *z = take(n + 1);
    memcpy(z, p, n);
    return z;
}

static void text_reserve(struct text *t, size_t more)
{
    if (t->n + more + 1 <= t->cap) return;
    size_t cap = t->cap ? t->cap : 256;
    while (cap < t->n + more + 1)
        cap *= 2;
    char *p = take(cap);
    if (t->n) memcpy(p, t->p, t->n);
    t->p = p;
    t->cap = cap;
}

void text_put(struct text *t, const char *p, size_t n)
{
    text_reserve(t, n);
    if (n) memcpy(t->p + t->n, p, n);
    t->n += n;
    t->p[t->n] = '\0';
}

void text_putz(struct text *t, const char *z)
{
    text_put(t, z, strlen(z));
}

void text_printf(struct text *t, const char *format, ...)
{
    va_list ap, again;
    va_start(ap, format);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    text_reserve(t, (size_t)n);
    vsnprintf(t->p + t->n, (size_t)n + 1, format, again);
    va_end(again);
    t->n += (size_t)n;
}

void text_clear(struct text *t)
{
    t->n = 0;
}

void text_put_literal(struct text *t, const char *p, size_t n)
{
    text_putz(t, "\"");
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == '\n')
            text_putz(t, i + 1 < n ? "\\n\"\n        \"" : "\\n");
        else if (c == '"' || c == '\\')
            text_printf(t, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            text_printf(t, "\\%03o", c);
        else
            text_put(t, p + i, 1);
    }
    text_putz(t, "\"");
}

struct text file_read(const char *path)
{
    struct where saved = where;
    where = (struct where){path, 0};
    FILE *f = fopen(path, "rb");
    if (!f) fail("cannot be opened");
    struct text t = {0};
    text_put(&t, "", 0);
    char chunk[16384];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        text_put(&t, chunk, n);
    if (ferror(f)) fail("cannot be read");
    fclose(f);
    if (strlen(t.p) != t.n) fail("contains a NUL byte: is it a text file?");
    where = saved;
    return t;
}

static bool file_is_same(const char *path, const struct text *t)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    char *old = take(t->n + 1);
    size_t n = fread(old, 1, t->n + 1, f);
    fclose(f);
    return n == t->n && memcmp(old, t->p, n) == 0;
}

void file_write(const char *path, const struct text *t)
{
    if (file_is_same(path, t)) return;
    where = (struct where){path, 0};
    struct text tmp = {0};
    text_printf(&tmp, "%s.new", path);
    FILE *f = fopen(tmp.p, "wb");
    if (!f) fail("cannot be written");
    if (fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0) fail("cannot be written");
    if (rename(tmp.p, path) != 0) fail("cannot be put in place");
}

const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool word_in(const char *name, const char *list)
{
    size_t n = strlen(name);
    for (const char *p = list; n > 0 && (p = strstr(p, name)) != NULL; p += n) {
        bool starts = p == list || p[-1] == ' ';
        if (starts && (p[n] == ' ' || p[n] == '\0')) return true;
    }
    return false;
}
