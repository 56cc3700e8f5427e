/* rand.c — secrets by libsodium (getrandom), repeatable chance by xoshiro256** (Blackman and
 * Vigna, public domain). The second kind is predictable on purpose: never a token, and a slug of the demo only. */
#include "base/rand.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

/* Before sodium_init() libsodium's generator is not safe among threads. */
static void init_sodium(void)
{
    int rc = sodium_init();
    assert(rc >= 0); /* no source of randomness: nothing safe can be done */
}

void rand_secret(void *out, size_t n)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_sodium);
    if (n > 0) randombytes_buf(out, n);
}

static _Thread_local struct rand *slugs_from; /* the demo's; NULL: the kernel's */

void rand_slugs_from(struct rand *r)
{
    slugs_from = r;
}

/* 16 characters are 80 bits: not to be guessed. Without 0, 1, 8 and 9 they are easier to read out. */
struct str rand_slug(struct arena *a, size_t chars)
{
    static const char alphabet[32] = "abcdefghijklmnopqrstuvwxyz234567";
    char *p = arena_alloc(a, chars);
    if (slugs_from == NULL) rand_secret(p, chars);
    for (size_t i = 0; slugs_from != NULL && i < chars; i++) p[i] = (char)(rand_next(slugs_from) >> 40);
    /* 32 letters: five bits of each byte, no letter likelier than another. */
    for (size_t i = 0; i < chars; i++)
        p[i] = alphabet[(unsigned char)p[i] & 31];
    return (struct str){p, chars};
}

/* Spreads a small seed over the whole state: xoshiro must not start from mostly zeros. */
static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = *x += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct rand rand_seeded(uint64_t seed)
{
    struct rand r;
    for (int i = 0; i < 4; i++)
        r.s[i] = splitmix(&seed);
    return r;
}

static uint64_t rotate_left(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

/* Line by line from the authors' reference; tests/base/rand_test.c holds its first numbers. */
uint64_t rand_next(struct rand *r)
{
    uint64_t *s = r->s;
    uint64_t out = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return out;
}

/* In unsigned numbers throughout: high - low of the whole range does not fit int64. */
int64_t rand_between(struct rand *r, int64_t low, int64_t high)
{
    assert(low <= high);
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    if (span == 0) return (int64_t)rand_next(r); /* the whole range of int64 */
    /* Values of the last, incomplete round are thrown again: otherwise low ones come more often. */
    uint64_t rest = (0 - span) % span;
    uint64_t v;
    do
        v = rand_next(r);
    while (v < rest);
    return (int64_t)((uint64_t)low + v % span);
}

/* 0 is never, 100 is always. */
bool rand_chance(struct rand *r, int percent)
{
    return rand_between(r, 0, 99) < percent;
}
