/* multipart.h — multipart/form-data (RFC 7578): fields and files of one form.
 *
 * Strict on purpose: two readers must not see two different forms in the same bytes. Refused are text
 * before the first delimiter and behind the last, blanks behind a delimiter, bare CR or LF and folded
 * lines in a part's head, a parameter or header given twice, a transfer encoding, and parts in parts.
 * What browsers and curl send has none of it. Fuzzed: tests/fuzz/multipart_fuzz.c. */
#ifndef SARN_WEB_MULTIPART_H
#define SARN_WEB_MULTIPART_H

#include "web/web.h"

#define MULTIPART_PARTS_MAX 100
#define MULTIPART_HEAD_MAX 4096     /* bytes of one part's head */
#define MULTIPART_FILENAME_MAX 120  /* letters */

/* Is this the type, whatever its parameters? */
bool multipart_is_type(struct str content_type);
/* Reads the body of a request with that Content-Type. Fields come in the order sent, text checked as
 * that of urlencoded forms; a file input left empty gives nothing. Values and bytes are borrowed from
 * `body`. ERR_INPUT malformed, ERR_LIMIT too many parts or a head too long; then *ret… are untouched. */
enum err multipart_parse(struct arena *a, struct str content_type, struct str body,
                         struct web_fields *ret_form, struct web_files *ret_files);

#endif
