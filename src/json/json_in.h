/* json_in.h — the JSON door for what strangers send: parsed strictly, bounded, into the request's arena.
 *
 * jansson reads (duplicate names and invalid UTF-8 are refused, integers are exact); then its tree is
 * copied to the arena and given back, so that nobody has anything to free. Refused before that: more
 * than JSON_IN_BYTES_MAX bytes, JSON_IN_DEPTH_MAX levels, JSON_IN_VALUES_MAX values.
 * A number with a fraction or an exponent is never an integer: 1.0 is not 1.
 */
#ifndef SARN_JSON_JSON_IN_H
#define SARN_JSON_JSON_IN_H

#include "base/str.h"

#define JSON_IN_BYTES_MAX  ((size_t)1 << 20)
#define JSON_IN_DEPTH_MAX  16
#define JSON_IN_VALUES_MAX 20000

enum json_kind {
    JSON_IN_NULL,
    JSON_IN_BOOL,
    JSON_IN_INT,
    JSON_IN_REAL, /* known to be there, never read as a number */
    JSON_IN_STR,
    JSON_IN_ARRAY,
    JSON_IN_OBJECT
};

/* Everything here lives in the arena. */
struct json_value {
    enum json_kind kind;
    struct str name; /* its name in the object around it; none in an array */
    bool truth;
    int64_t number;
    struct str text;
    const struct json_value *items; /* of an array or object, in the order of jansson's tree */
    size_t nitems;
};

/* One object, nothing behind it. ERR_INPUT no JSON, no object, a name twice; ERR_LIMIT too much.
 * err_detail() says where. */
enum err json_read_object(struct arena *a, struct str body, const struct json_value **ret);

/* The member called `name`, NULL when absent. */
const struct json_value *json_member(const struct json_value *object, const char *name);

/* Members by type. ERR_NOT_FOUND: absent or null, *ret is untouched; ERR_INPUT: of another type.
 * Text is cleaned as everything that comes in (base/thai.h): one line, or several lines.
 * ERR_LIMIT: more than max_bytes. */
enum err json_get_line(struct arena *a, const struct json_value *object, const char *name,
                       size_t max_bytes, struct str *ret);
enum err json_get_text(struct arena *a, const struct json_value *object, const char *name,
                       size_t max_bytes, struct str *ret);
enum err json_get_int(const struct json_value *object, const char *name, int64_t low, int64_t high,
                      int64_t *ret); /* ERR_LIMIT outside low … high */
enum err json_get_bool(const struct json_value *object, const char *name, bool *ret);
enum err json_get_array(const struct json_value *object, const char *name,
                        const struct json_value **ret);
/* A member that is not among `names` (a client's spelling mistake); NULL when there is none. */
const struct json_value *json_unknown_member(const struct json_value *object,
                                             const char *const *names, size_t nnames);

#endif
