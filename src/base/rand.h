/* rand.h — two kinds of chance. Secrets come from the kernel; the demo and property tests from a
 * seed, the same on every machine. */
#ifndef SARN_BASE_RAND_H
#define SARN_BASE_RAND_H

#include "base/str.h"

void rand_secret(void *out, size_t n);
struct str rand_slug(struct arena *a, size_t chars); /* [a-z2-7], for public addresses */

struct rand { /* xoshiro256**, seeded by splitmix64 */
    uint64_t s[4];
};
struct rand rand_seeded(uint64_t seed);
uint64_t rand_next(struct rand *r);
int64_t rand_between(struct rand *r, int64_t low, int64_t high); /* both included, low <= high */
bool rand_chance(struct rand *r, int percent);

/* Slugs of this thread come from `r` until NULL is given: a demo has the same addresses on every machine. */
void rand_slugs_from(struct rand *r);

#endif
