/* buf.c — the slow half of bounded output; the fast half is inline in buf.h. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_BYTES ((size_t)256)

/* No memory yet: many bufs are made for a part of a page that stays empty. */
struct buf buf_in(struct arena *a, size_t max_bytes)
{
    return (struct buf){.arena = a, .max = max_bytes};
}

/* The chunk is taken at once and is all that is ever taken. */
struct buf buf_to(struct arena *a, size_t chunk_bytes, enum err (*flush)(void *, struct str),
                  void *ctx)
{
    assert(chunk_bytes > 0 && flush != NULL);
    return (struct buf){.arena = a,
                        .p = arena_alloc(a, chunk_bytes),
                        .cap = chunk_bytes,
                        .max = chunk_bytes,
                        .flush = flush,
                        .flush_ctx = ctx};
}

/* Hands on what is there. After a failure it only forgets: the reader has gone. */
static void hand_on(struct buf *b)
{
    if (b->n > 0 && b->flush_err == ERR_OK)
        b->flush_err = b->flush(b->flush_ctx, (struct str){b->p, b->n});
    b->n = 0;
}

/* Also for a buf that keeps everything: the same last line tells both kinds of writer whether the
 * output is whole. */
enum err buf_flush(struct buf *b)
{
    if (b->flush == NULL) return b->is_full ? ERR_LIMIT : ERR_OK;
    hand_on(b);
    return b->flush_err;
}

/* A flushing buf: exactly `cap` bytes a chunk, whatever the sizes of the pieces. */
static void pour(struct buf *b, struct str s)
{
    while (s.n > 0) {
        size_t room = b->cap - b->n;
        size_t n = s.n < room ? s.n : room;
        memcpy(b->p + b->n, s.p, n);
        b->n += n;
        s = str_from(s, n);
        if (b->n == b->cap) hand_on(b);
    }
}

/* Doubles, because pages are written in some thousand small pieces. The smaller self is wasted only
 * when something else was taken from the arena in between (arena_grow). */
void buf_put_slow(struct buf *b, struct str s)
{
    if (b->flush != NULL) {
        pour(b, s);
        return;
    }
    if (b->is_full) return;
    if (s.n > b->max - b->n) {
        b->is_full = true;
        b->cap = b->n; /* from now on every piece comes here and is dropped: no half sentence */
        return;
    }
    size_t want = b->n + s.n;
    size_t cap = b->cap < FIRST_BYTES ? FIRST_BYTES : b->cap * 2;
    if (cap < want) cap = want;
    if (cap > b->max) cap = b->max;
    b->p = arena_grow(b->arena, b->p, b->cap, cap);
    b->cap = cap;
    memcpy(b->p + b->n, s.p, s.n);
    b->n = want;
}

void buf_int(struct buf *b, int64_t v)
{
    /* Two digits a division: html and CSV print numbers by the million. */
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char out[20];
    size_t at = sizeof out;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    while (u >= 10) {
        const char *pair = pairs + u % 100 * 2;
        out[--at] = pair[1];
        out[--at] = pair[0];
        u /= 100;
    }
    /* 0 … 9 are left; 0 is a digit only when it is the whole number. */
    if (u > 0 || v == 0) out[--at] = (char)('0' + u);
    if (v < 0) out[--at] = '-';
    buf_put(b, (struct str){out + at, sizeof out - at});
}

/* Formatted aside and put as one piece: what does not fit is dropped whole, as with buf_put. */
void buf_printf(struct buf *b, const char *format, ...)
{
    char guess[512];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(guess, sizeof guess, format, ap);
    va_end(ap);
    assert(n >= 0);
    if ((size_t)n < sizeof guess) {
        buf_put(b, (struct str){guess, (size_t)n});
        return;
    }
    /* Not from the arena: an export that flushes must not grow with its number of long lines. */
    char *exact = malloc((size_t)n + 1);
    if (exact == NULL) abort();
    va_start(ap, format);
    vsnprintf(exact, (size_t)n + 1, format, ap);
    va_end(ap);
    buf_put(b, (struct str){exact, (size_t)n});
    free(exact);
}

struct str buf_str(const struct buf *b)
{
    /* Nothing written is an empty text, not "no value". */
    return (struct str){b->p == NULL ? "" : b->p, b->n};
}
