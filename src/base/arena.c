/* arena.c — a list of blocks, filled from front to back and dropped together.
 *
 * Small pieces share blocks of BLOCK_BYTES. A piece above BIG_BYTES has a block of its own, so that
 * a growing page can be realloc'ed instead of leaving its smaller selves behind.
 * With AddressSanitizer everything that is not handed out is poisoned, and a red zone follows each
 * piece: a read past the end or after arena_reset() stops the test at the guilty line.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) /* gcc */
#define ARENA_ASAN 1
#elif defined(__has_feature) /* clang */
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define RED_ZONE ((size_t)16)
static void poison(void *p, size_t n)
{
    ASAN_POISON_MEMORY_REGION(p, n);
}
static void unpoison(void *p, size_t n)
{
    ASAN_UNPOISON_MEMORY_REGION(p, n);
}
#else
#define RED_ZONE ((size_t)0)
static void poison(void *p, size_t n)
{
    (void)p, (void)n;
}
static void unpoison(void *p, size_t n)
{
    (void)p, (void)n;
}
#endif

#define ALIGN       alignof(max_align_t)
#define BLOCK_BYTES ((size_t)128 * 1024) /* with its head a whole number of pages */
#define BIG_BYTES   ((size_t)32 * 1024)

struct block {
    struct block *next; /* the older one */
    size_t cap, used;   /* bytes of `bytes` */
    size_t last;        /* where the last piece starts: it alone can grow in place */
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    size_t max, used;
    struct block *shared; /* newest first; the oldest is kept by arena_reset() */
    struct block *big;    /* newest first; one piece each */
};

/* What a piece takes. Never 0, so that two pieces never have one address. */
static size_t piece_bytes(size_t size)
{
    assert(size <= SIZE_MAX / 2);
    return size == 0 ? ALIGN : (size + ALIGN - 1) & ~(ALIGN - 1);
}

static struct block *block_new(size_t cap, struct block *next)
{
    struct block *b = malloc(sizeof *b + cap);
    /* No memory: this worker stops, the supervisor starts another (err.h). */
    if (b == NULL) abort();
    *b = (struct block){.next = next, .cap = cap};
    poison(b->bytes, cap);
    return b;
}

/* malloc keeps its notes in freed memory and would trip over our poison. */
static void block_free(struct block *b)
{
    unpoison(b->bytes, b->cap);
    free(b);
}

/* Frees the blocks from `b` on up to `keep` (may be NULL), which it returns. */
static struct block *blocks_free(struct block *b, const struct block *keep)
{
    while (b != NULL && b != keep) {
        struct block *next = b->next;
        block_free(b);
        b = next;
    }
    return b;
}

/* The first block comes at once: a worker needs it in any case, and every later path may rely on
 * there being one. */
struct arena *arena_new(size_t max_bytes)
{
    struct arena *a = malloc(sizeof *a);
    if (a == NULL) abort();
    *a = (struct arena){.max = max_bytes};
    a->shared = block_new(BLOCK_BYTES - sizeof(struct block), NULL);
    return a;
}

/* NULL is allowed, as for free(): the clean-up after a half-done start needs no question. */
void arena_free(struct arena *a)
{
    if (a == NULL) return;
    blocks_free(a->shared, NULL);
    blocks_free(a->big, NULL);
    free(a);
}

/* The oldest shared block is kept, so that a worker serves small pages without a single malloc. All
 * others go back: one big report must not hold its memory until the worker ends. */
void arena_reset(struct arena *a)
{
    a->big = blocks_free(a->big, NULL);
    const struct block *first = a->shared;
    while (first->next != NULL)
        first = first->next;
    a->shared = blocks_free(a->shared, first);
    a->shared->used = a->shared->last = 0;
    poison(a->shared->bytes, a->shared->cap);
    a->used = 0;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->shared, a->big, a->shared->used, a->shared->last, a->used};
}

void arena_release(struct arena *a, struct arena_mark m)
{
    a->big = blocks_free(a->big, m.big);
    a->shared = blocks_free(a->shared, m.shared);
    assert(a->big == m.big && a->shared == m.shared); /* else the mark is of what was released before, or of what grew */
    a->shared->used = m.used;
    a->shared->last = m.last;
    poison(a->shared->bytes + m.used, a->shared->cap - m.used);
    a->used = m.total;
}

/* Every input is bounded, so a full arena is a missing limit somewhere: a bug, hence an assert. */
static void count(struct arena *a, size_t bytes)
{
    assert(bytes <= a->max && a->used <= a->max - bytes);
    a->used += bytes;
}

/* A block that is too full for this piece is left behind; its rest (under 32 KB) is not looked at
 * again, which keeps this function a comparison and an addition. */
void *arena_alloc(struct arena *a, size_t size)
{
    size_t bytes = piece_bytes(size);
    count(a, bytes);
    struct block *b;
    if (bytes > BIG_BYTES) {
        b = a->big = block_new(bytes + RED_ZONE, a->big);
    } else {
        b = a->shared;
        if (b->cap - b->used < bytes + RED_ZONE)
            b = a->shared = block_new(BLOCK_BYTES - sizeof(struct block), a->shared);
    }
    unsigned char *p = b->bytes + b->used;
    b->last = b->used;
    b->used += bytes + RED_ZONE;
    unpoison(p, size);
    memset(p, 0, size); /* a block is used again by the next request: nothing may shine through */
    return p;
}

/* The last piece of the shared block grows where it is, when there is room. */
static void *grow_in_place(struct arena *a, unsigned char *p, size_t old_size, size_t new_size)
{
    struct block *b = a->shared;
    if (b->used == 0 || p != b->bytes + b->last) return NULL;
    size_t bytes = piece_bytes(new_size);
    if (b->cap - b->last < bytes + RED_ZONE) return NULL;
    count(a, bytes - piece_bytes(old_size));
    b->used = b->last + bytes + RED_ZONE;
    unpoison(p, new_size);
    memset(p + old_size, 0, new_size - old_size);
    return p;
}

/* The newest big piece has its block for itself, and malloc may know a cheap way to widen that. */
static void *grow_big(struct arena *a, const unsigned char *p, size_t old_size, size_t new_size)
{
    struct block *b = a->big;
    if (b == NULL || p != b->bytes) return NULL;
    size_t bytes = piece_bytes(new_size);
    count(a, bytes - piece_bytes(old_size));
    unpoison(b->bytes, b->cap);
    b = realloc(b, sizeof *b + bytes + RED_ZONE);
    if (b == NULL) abort();
    a->big = b;
    b->cap = b->used = bytes + RED_ZONE;
    memset(b->bytes + old_size, 0, new_size - old_size);
    poison(b->bytes, b->cap);
    unpoison(b->bytes, new_size);
    return b->bytes;
}

/* Shrinking is no work: the piece keeps what it has. */
void *arena_grow(struct arena *a, void *p, size_t old_size, size_t new_size)
{
    if (p == NULL) return arena_alloc(a, new_size);
    if (new_size <= old_size) return p;
    void *grown = grow_in_place(a, p, old_size, new_size);
    if (grown == NULL) grown = grow_big(a, p, old_size, new_size);
    if (grown != NULL) return grown;
    grown = arena_alloc(a, new_size);
    memcpy(grown, p, old_size);
    poison(p, old_size); /* who still holds the old address is wrong */
    return grown;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
