/* json_out.h — streaming JSON writer into a buf: always valid, bounded, no tree in memory. */
#ifndef SARN_JSON_JSON_OUT_H
#define SARN_JSON_JSON_OUT_H

#include "base/clock.h"
#include "base/money.h"
#include "db/types.h"

#define JSON_DEPTH_MAX 16

struct json_out {
    struct buf *out;
    uint8_t depth;
    bool needs_comma[JSON_DEPTH_MAX];
    bool in_object[JSON_DEPTH_MAX]; /* asserts that keys stand where they must */
};

/* jansson exports functions with three of these names. Ours have other names for the linker, or its
 * library would call them; a file that includes both headers does not compile, which is meant. */
#define JSON_OUT_SYMBOL(name) __asm__("sarn_" name)

struct json_out json_begin(struct buf *out);
void json_end(struct json_out *j); /* asserts that everything opened is closed */
/* `key` is NULL inside an array and at the top. */
void json_object(struct json_out *j, const char *key) JSON_OUT_SYMBOL("json_object");
void json_object_end(struct json_out *j);
void json_array(struct json_out *j, const char *key) JSON_OUT_SYMBOL("json_array");
void json_array_end(struct json_out *j);
void json_str(struct json_out *j, const char *key, struct str v); /* none → null */
void json_int(struct json_out *j, const char *key, int64_t v);
void json_bool(struct json_out *j, const char *key, bool v);
void json_null(struct json_out *j, const char *key) JSON_OUT_SYMBOL("json_null");
void json_satang(struct json_out *j, const char *key, struct satang v); /* an integer */
void json_opt_satang(struct json_out *j, const char *key, struct opt_satang v);
void json_opt_count(struct json_out *j, const char *key, struct opt_count v);
void json_date(struct json_out *j, const char *key, struct date v);   /* "2026-11-22" */
void json_opt_date(struct json_out *j, const char *key, struct opt_date v);
void json_instant(struct json_out *j, const char *key, struct instant v);
/* Percent as a decimal number with at most two decimals: 40, 37.5 — JSON number or null. */
void json_opt_percent(struct json_out *j, const char *key, struct opt_bp v);

/* JSON text of our own that ships with the program, put in as it is. */
void json_raw(struct json_out *j, const char *key, struct str json);

#endif
