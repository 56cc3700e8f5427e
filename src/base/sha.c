/* sha.c — SHA-256 by libsodium. It names files by content and chains the ledger, so it is here
 * once and nobody else includes sodium.h for it. */
#include "base/sha.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

_Static_assert(crypto_hash_sha256_BYTES == sizeof(struct sha256), "one digest, one size");

/* Wrapped, so that only this file knows the library. */
struct sha256_state {
    crypto_hash_sha256_state s;
};

/* libsodium's declarations do not allow NULL, an empty text may have it. */
static const unsigned char *bytes_of(struct str data)
{
    return (const unsigned char *)(data.n == 0 ? "" : data.p);
}

struct sha256 sha256_of(struct str data)
{
    struct sha256 out;
    crypto_hash_sha256(out.b, bytes_of(data), data.n);
    return out;
}

/* Nothing to free: the state lies in the arena. */
struct sha256_state *sha256_begin(struct arena *a)
{
    struct sha256_state *s = ARENA_NEW(a, struct sha256_state);
    crypto_hash_sha256_init(&s->s);
    return s;
}

void sha256_add(struct sha256_state *s, struct str data)
{
    crypto_hash_sha256_update(&s->s, bytes_of(data), data.n);
}

struct sha256 sha256_end(struct sha256_state *s)
{
    struct sha256 out;
    crypto_hash_sha256_final(&s->s, out.b);
    return out;
}

/* Lower case, as sha256sum prints it: SHA256SUMS of a backup can be checked with that. */
void buf_hex(struct buf *b, const uint8_t *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        char pair[2] = {digits[p[i] >> 4], digits[p[i] & 15]};
        buf_put(b, (struct str){pair, sizeof pair});
    }
}

/* In pieces of 64 KB: a backup of gigabytes needs no more memory than a photo. A directory opens but
 * cannot be read, so it fails as it should. */
enum err sha256_of_file(const char *path, struct sha256 *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return err_note(ERR_IO, "open %s: %s", path, strerror(errno));
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    unsigned char piece[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            int why = errno; /* close() may change it */
            close(fd);
            return err_note(ERR_IO, "read %s: %s", path, strerror(why));
        }
        if (n == 0) break;
        crypto_hash_sha256_update(&s, piece, (unsigned long long)n);
    }
    close(fd);
    crypto_hash_sha256_final(&s, ret->b);
    return ERR_OK;
}
