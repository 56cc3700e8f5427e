/* sha.h — SHA-256 (libsodium) and hex. */
#ifndef SARN_BASE_SHA_H
#define SARN_BASE_SHA_H

#include "base/buf.h"

struct sha256 {
    uint8_t b[32];
};
struct sha256_state; /* streaming; opaque, in an arena */
struct sha256 sha256_of(struct str data);
struct sha256_state *sha256_begin(struct arena *a);
void sha256_add(struct sha256_state *s, struct str data);
struct sha256 sha256_end(struct sha256_state *s);
void buf_hex(struct buf *b, const uint8_t *p, size_t n);
/* ERR_IO with a note. The whole file, in pieces. */
enum err sha256_of_file(const char *path, struct sha256 *ret);

#endif
