/* guard.h — what is refused before a request is a request.
 *
 * libmicrohttpd 0.9.75 accepts Content-Length beside Transfer-Encoding, two Content-Length, none or
 * two Host, a space before the colon, NUL and bare LF: the stuff of request smuggling. The guard
 * reads every byte of a connection before the library does (conn.c says how), follows the framing
 * of its messages, and stops at the first thing that two readers could understand differently.
 * It knows nothing of sockets: bytes in, verdict out, so that it is fuzzed and tested alone.
 *
 * Refused, 400 unless said otherwise:
 *   - a request line other than `METHOD SP /path SP HTTP/1.0|1.1`; a target that is not printable
 *     ASCII or does not start with '/' (absolute and asterisk forms: no browser sends them to us)
 *   - bare LF, bare CR, NUL and other controls in a head; a head that starts with an empty line
 *   - a header without colon, with an empty or non-token name (so also a space before the colon),
 *     a folded line
 *   - no Host (HTTP/1.1), two Host, a Host that is no host[:port]
 *   - two Content-Length, one that is not 1–15 digits, one beside Transfer-Encoding;
 *     Transfer-Encoding twice, other than `chunked`, or in HTTP/1.0; a blank behind either value
 *   - a chunk size that is not 1–8 hex digits followed by CRLF (extensions, too: nobody sends them),
 *     a chunk without its CRLF, trailers
 *   - more than GUARD_QUERY_FIELDS_MAX pieces in the query
 *   - 431: a head above GUARD_HEAD_BYTES_MAX, more than GUARD_HEADERS_MAX lines or
 *     GUARD_COOKIES_MAX cookies; 414 when the request line alone is that long
 */
#ifndef SARN_WEB_GUARD_H
#define SARN_WEB_GUARD_H

#include "base/str.h"

#define GUARD_HEAD_BYTES_MAX   8192
#define GUARD_HEADERS_MAX      64
#define GUARD_QUERY_FIELDS_MAX 64
#define GUARD_COOKIES_MAX      64

/* What a good head says about the bytes behind it. */
struct guard_head {
    bool is_http10, is_api; /* is_api: the target is under /api/, so an error is JSON */
    bool has_length, is_chunked;
    uint64_t length;
    unsigned hosts, fields;
};

/* `head` from the request line to the empty line, both included. 0 when it is good, otherwise the
 * status to refuse it with. `ret` is filled as far as the reading went. */
int guard_check_head(struct str head, struct guard_head *ret);

enum guard_place {                /* where in the stream of messages the next byte stands */
                   GUARD_BETWEEN, /* before a request line */
                   GUARD_IN_HEAD,
                   GUARD_IN_BODY, /* of Content-Length, or inside a chunk */
                   GUARD_IN_CHUNK_SIZE,
                   GUARD_IN_CHUNK_END, /* the CRLF behind a chunk's data */
                   GUARD_IN_LAST_END   /* the CRLF behind the chunk of size 0 */
};

struct guard {
    enum guard_place place;
    int fault;          /* status to answer; 0: nothing wrong so far. Final: nothing is read on */
    bool is_api;        /* of the message that is being read */
    bool is_chunked;    /* the body that is being read has no length beforehand */
    bool is_first_line; /* of a head */
    char last;          /* byte before, for the two-byte line ends */
    size_t line_n;      /* bytes of the line so far, without its end */
    uint64_t left;      /* of the body or the chunk */
    uint64_t length;    /* of the body, as its head states */
    uint64_t body_n;    /* bytes of the body so far, without the framing of chunks */
    uint32_t heads;     /* good heads seen: server.c runs no request that is not among them */
    char *part;         /* a head that comes in pieces. Owned, GUARD_HEAD_BYTES_MAX */
    size_t part_n;
};

void guard_init(struct guard *g);
void guard_free(struct guard *g);
/* Reads `n` bytes. Returns how many of them may be passed on: `n`, or with `fault` set the bytes
 * before the message that is at fault (0 when it began in an earlier piece). */
size_t guard_feed(struct guard *g, const char *p, size_t n);
static inline bool guard_is_in_body(const struct guard *g)
{
    return g->place > GUARD_IN_HEAD;
}

#endif
