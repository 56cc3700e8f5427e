/* request.h — from what was sent to struct web_request: percent-decoding, UTF-8, fields, limits.
 * Pure functions on text: they know no connection, and are fuzzed (tests/fuzz/request_fuzz.c). */
#ifndef SARN_WEB_REQUEST_H
#define SARN_WEB_REQUEST_H

#include "web/web.h"

#define WEB_FORM_FIELDS_MAX 1000

enum web_method web_method_of(struct str name);
/* Decodes the path of a request target (without '?') into `out`, which has room for raw.n bytes.
 * ERR_INPUT: a broken %XX, an encoded '/' or control character, bytes that are no UTF-8, a segment
 * that is "." or "..". */
enum err web_path_decode(struct str raw, char *out, struct str *ret);
/* "a=1&b=%E0%B8%81+x": decoded fields in the order they came. ERR_INPUT as above (but '/' may be
 * encoded, and TAB, CR, LF too: text areas have them), ERR_LIMIT above `max` fields. Empty pieces
 * are skipped. The same for queries and forms. */
enum err web_fields_parse(struct arena *a, struct str raw, size_t max, struct web_fields *ret);
/* "a=1; b=2". Not decoded. What is no name=value is skipped: a stranger's cookie is not our fault. */
struct web_fields web_cookies_parse(struct arena *a, struct str raw);
bool web_utf8_is_valid(struct str s);
/* May the answer be compressed with gzip: Accept-Encoding names it, or '*', and not with q=0. */
bool web_accepts_gzip(struct str accept_encoding);
/* Does If-None-Match name this tag? Weak comparison, "*" matches. */
bool web_etag_matches(struct str if_none_match, struct str etag);

#endif
