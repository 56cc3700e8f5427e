/* arena.h — memory that dies together.
 *
 * The request owns everything: a worker has one arena, a handler takes from it, and arena_reset()
 * after the response frees all at once. Rooms never call malloc or free.
 * An arena has a hard limit. Every input is bounded, so reaching it is a bug: the program asserts.
 */
#ifndef SARN_BASE_ARENA_H
#define SARN_BASE_ARENA_H

#include <stddef.h>

struct arena; /* opaque */

/* A new arena that may hold at most `max_bytes`. Owned: arena_free(). */
struct arena *arena_new(size_t max_bytes);
void arena_free(struct arena *a);
/* Forgets everything taken; keeps the first block for the next request. */
void arena_reset(struct arena *a);
/* Zeroed, aligned for any type, never NULL. size 0 is allowed. */
void *arena_alloc(struct arena *a, size_t size);
/* Grows `p` (the last piece taken grows in place, others are copied). */
void *arena_grow(struct arena *a, void *p, size_t old_size, size_t new_size);
/* Where an arena stands. arena_release() takes back all that was taken since, and only that: what was there before must
 * not have grown in between. For long walks through a database, a book or a fund at a time. */
struct arena_mark {
    void *shared, *big;
    size_t used, last, total;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark m);
/* Bytes handed out since the last reset: pages have a budget of it in tests. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
