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
/* Bytes handed out since the last reset: pages have a budget of it in tests. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
