/* log.c — writes a line of key=value in one piece.
 *
 * The format is ours and trusted, the values are not. So the format is walked here and each value
 * formatted by itself: a text value with a blank, a quote or an = in it comes out quoted, line ends
 * and terminal codes come out escaped, and neither a line nor a key can be forged.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/clock.h"

/* A write of at most PIPE_BUF bytes to a pipe is never torn by another thread's. */
#define LINE_BYTES 4096

struct line {
    char p[LINE_BYTES];
    size_t n;
};

/* Debug lines are off unless asked for: they may show more than is fit to keep. */
static _Atomic int least_level = LOG_INFO;

void log_set_level(enum log_level least)
{
    atomic_store(&least_level, (int)least);
}

/* What does not fit is cut; the last byte is kept for the line's end. */
static void put(struct line *l, const char *p, size_t n)
{
    size_t room = sizeof l->p - 1 - l->n;
    if (n > room) n = room;
    memcpy(l->p + l->n, p, n);
    l->n += n;
}

/* Whether a code point could move the cursor, end the line or turn the reading direction. */
static bool is_dangerous(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Thai stays readable: only what is dangerous or no UTF-8 is turned into a code. */
static void put_escaped(struct line *l, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        int32_t c = 0;
        ssize_t len = utf8proc_iterate((const uint8_t *)s.p + i, (ssize_t)(s.n - i), &c);
        char code[16];
        int n = 0;
        if (len <= 0)
            len = 1, n = snprintf(code, sizeof code, "\\x%02x", (unsigned char)s.p[i]);
        else if (c == '\n')
            n = snprintf(code, sizeof code, "\\n");
        else if (c == '"' || c == '\\')
            n = snprintf(code, sizeof code, "\\%c", (int)c);
        else if (is_dangerous(c))
            n = snprintf(code, sizeof code, "\\u%04x", (unsigned)c);
        if (n > 0)
            put(l, code, (size_t)n);
        else
            put(l, s.p + i, (size_t)len);
        i += (size_t)len;
    }
}

/* Quoted only where needed, or grep for id=7 would have to know two forms. */
static void put_text(struct line *l, struct str s)
{
    bool is_bare = s.n > 0;
    for (size_t i = 0; i < s.n && is_bare; i++)
        is_bare = (unsigned char)s.p[i] > ' ' && s.p[i] != '"' && s.p[i] != '=';
    /* A format such as name="%s" has brought its own quotes. */
    if (l->n > 0 && l->p[l->n - 1] == '"') is_bare = true;
    if (!is_bare) put(l, "\"", 1);
    put_escaped(l, s);
    if (!is_bare) put(l, "\"", 1);
}

/* One conversion of the format: flags, width and precision as written, and the length modifier. */
struct spec {
    char text[24]; /* "%-5.2ld", for snprintf */
    int precision; /* of %.*s or %.3s; -1: none */
    int longs;     /* l 1, ll and j and z and t 2 */
    char kind;     /* d s x …; 0: unknown */
};

/* Reads one conversion at `f` ("%…") and returns what follows it. */
static const char *read_spec(const char *f, struct spec *ret, va_list *ap)
{
    const char *start = f++;
    *ret = (struct spec){.precision = -1};
    f += strspn(f, "-+ #0123456789");
    if (*f == '.') {
        f++;
        ret->precision = 0;
        if (*f == '*')
            f++, ret->precision = va_arg(*ap, int);
        else
            while (*f >= '0' && *f <= '9')
                ret->precision = ret->precision * 10 + (*f++ - '0');
    }
    for (; *f != '\0' && strchr("hljzt", *f) != NULL; f++)
        if (*f != 'h') ret->longs += *f == 'l' ? 1 : 2;
    ret->kind = *f;
    size_t n = (size_t)(f - start) + (*f != '\0');
    /* Too long, or a star with a number: never written in this house. */
    if (n >= sizeof ret->text) n = 0, ret->kind = '\0';
    memcpy(ret->text, start, n);
    return *f == '\0' ? f : f + 1;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
/* `spec.text` is a piece of a format that the compiler has checked at the call of log_line. */
static void put_number(struct line *l, const struct spec *spec, va_list *ap)
{
    char out[64];
    int n = 0;
    if (strchr("eEfFgG", spec->kind) != NULL)
        n = snprintf(out, sizeof out, spec->text, va_arg(*ap, double));
    else if (spec->kind == 'p')
        n = snprintf(out, sizeof out, spec->text, va_arg(*ap, void *));
    else if (spec->longs >= 2)
        n = snprintf(out, sizeof out, spec->text, va_arg(*ap, long long));
    else if (spec->longs == 1)
        n = snprintf(out, sizeof out, spec->text, va_arg(*ap, long));
    else
        n = snprintf(out, sizeof out, spec->text, va_arg(*ap, int));
    if (n > 0)
        put_escaped(l, (struct str){out, (size_t)n < sizeof out ? (size_t)n : sizeof out - 1});
}
#pragma GCC diagnostic pop

/* The list is handed on by address: each value taken by a helper must be gone for the next. */
static void put_values(struct line *l, const char *f, va_list *ap)
{
    while (*f != '\0') {
        size_t plain = strcspn(f, "%");
        put(l, f, plain);
        f += plain;
        if (*f == '\0') break;
        if (f[1] == '%') {
            put(l, "%", 1);
            f += 2;
            continue;
        }
        struct spec spec;
        f = read_spec(f, &spec, ap);
        if (spec.kind == '\0') {
            put(l, "?", 1); /* what follows cannot be read from the list any more */
            return;
        }
        if (spec.kind == 's') {
            const char *p = va_arg(*ap, const char *);
            if (p == NULL) p = "-";
            size_t n = spec.precision < 0 ? strlen(p) : strnlen(p, (size_t)spec.precision);
            put_text(l, (struct str){p, n});
        } else {
            put_number(l, &spec, ap);
        }
    }
}

/* Never fails and never allocates: it is called where something has gone wrong already. */
void log_line(enum log_level level, const char *event, const char *format, ...)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if ((int)level < atomic_load(&least_level)) return;
    struct line l = {.n = 0};
    /* A buf over the line's own bytes: logging takes no memory, it must work when there is none. */
    struct buf b = {.p = l.p, .cap = sizeof l.p - 1, .is_full = true};
    buf_instant_iso(&b, clock_now());
    BUF_LIT(&b, " ");
    buf_put(&b, str_of(names[level]));
    BUF_LIT(&b, " event=");
    l.n = b.n;
    put_text(&l, str_of(event));
    if (format[0] != '\0') put(&l, " ", 1);
    va_list ap;
    va_start(ap, format);
    put_values(&l, format, &ap);
    va_end(ap);
    l.p[l.n++] = '\n';
    /* A log that cannot be written must not stop the work; there is nobody to tell. */
    ssize_t rc = write(STDERR_FILENO, l.p, l.n);
    (void)rc;
}
