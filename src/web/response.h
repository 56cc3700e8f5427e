/* response.h — from struct web_response to what libmicrohttpd sends. Here, and nowhere else, every
 * answer gets the security headers, a type, caching, 304, gzip. */
#ifndef SARN_WEB_RESPONSE_H
#define SARN_WEB_RESPONSE_H

#include <microhttpd.h>

#include "web/web.h"

struct gzipper; /* zlib's state, kept by one thread; opaque, owned: gzipper_free() */
struct gzipper *gzipper_new(void);
void gzipper_free(struct gzipper *z); /* NULL is allowed */

struct response_wish { /* what the client can take */
    bool is_get;       /* GET or HEAD: may be answered 304 */
    bool accepts_gzip;
    bool is_https;
    struct str if_none_match;
};

/* Builds the answer; the arena of `res` may be reset afterwards. Owned: MHD_destroy_response. */
struct MHD_Response *response_build(struct gzipper *z, const struct response_wish *wish,
                                    const struct web_response *res, unsigned *ret_status,
                                    size_t *ret_bytes);
/* The same answer as text, for a connection that the library no longer serves: status line and
 * headers without Date and without the empty line. malloc'ed, owned by the caller. */
struct str response_head_text(const struct web_response *res);

#endif
