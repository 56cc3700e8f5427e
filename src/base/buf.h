/* buf.h — bounded output.
 *
 * A buf grows in an arena up to its limit. What does not fit is dropped and is_full is set: the
 * writer goes on, and the one who started the output (app_handle) answers 500 instead of a torn
 * page. With a `flush` function a full chunk is handed on instead: exports of a million rows run in
 * constant memory.
 */
#ifndef SARN_BASE_BUF_H
#define SARN_BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
    struct arena *arena; /* borrowed */
    char *p;
    size_t n, cap;
    size_t max; /* bytes */
    bool is_full;
    enum err (*flush)(void *ctx, struct str chunk); /* NULL: keep everything */
    void *flush_ctx;
    enum err flush_err; /* first failure of flush; later chunks are dropped */
};

struct buf buf_in(struct arena *a, size_t max_bytes);
/* Hands on whenever `chunk_bytes` are full; buf_flush() at the end hands on the rest. */
struct buf buf_to(struct arena *a, size_t chunk_bytes, enum err (*flush)(void *, struct str), void *ctx);
enum err buf_flush(struct buf *b);
void buf_put_slow(struct buf *b, struct str s); /* when it does not fit; only buf_put calls it */

/* Inline, because templates call these for every piece of a page: with a literal the length is
 * known and the copy becomes a move or two. `s` must not be a piece of this buf itself. */
static inline void buf_put(struct buf *b, struct str s)
{
    if (s.n == 0) return;
    if (s.n <= b->cap - b->n) {
        memcpy(b->p + b->n, s.p, s.n);
        b->n += s.n;
    } else {
        buf_put_slow(b, s);
    }
}
static inline void buf_putc(struct buf *b, char c)
{
    if (b->n < b->cap)
        b->p[b->n++] = c;
    else
        buf_put_slow(b, (struct str){&c, 1});
}
void buf_int(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b); /* borrowed until the next put */

#define BUF_LIT(b, lit) buf_put((b), STR(lit))

#endif
