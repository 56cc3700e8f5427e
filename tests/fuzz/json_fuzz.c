/* Whatever is sent as JSON: no crash; what is taken is walked, written again and taken again. */
#include "json/json_in.h"

#include <stdlib.h>

#include "json/json_out.h"

/* Not assert(): a release build of the fuzzer must still find. */
static void must(bool is_true)
{
    if (!is_true) abort();
}

static void write_again(struct json_out *j, struct arena *a, const char *key,
                        const struct json_value *v)
{
    switch (v->kind) {
    case JSON_IN_REAL:
    case JSON_IN_NULL: json_null(j, key); return;
    case JSON_IN_BOOL: json_bool(j, key, v->truth); return;
    case JSON_IN_INT: json_int(j, key, v->number); return;
    case JSON_IN_STR: json_str(j, key, v->text); return;
    case JSON_IN_ARRAY: json_array(j, key); break;
    case JSON_IN_OBJECT: json_object(j, key); break;
    }
    for (size_t i = 0; i < v->nitems; i++) {
        const char *name = v->kind == JSON_IN_OBJECT ? str_z(a, v->items[i].name) : NULL;
        write_again(j, a, name, &v->items[i]);
    }
    if (v->kind == JSON_IN_ARRAY)
        json_array_end(j);
    else
        json_object_end(j);
}

static size_t depth_of(const struct json_value *v)
{
    size_t deepest = 0;
    if (v->kind != JSON_IN_ARRAY && v->kind != JSON_IN_OBJECT) return 0;
    for (size_t i = 0; i < v->nitems; i++) {
        size_t d = depth_of(&v->items[i]);
        if (d > deepest) deepest = d;
    }
    return deepest + 1;
}

static void read_members(struct arena *a, const struct json_value *v)
{
    for (size_t i = 0; i < v->nitems; i++) {
        const char *name = str_z(a, v->items[i].name);
        struct str s;
        int64_t n = 0;
        bool b;
        const struct json_value *list;
        must(json_member(v, name) == &v->items[i]);
        (void)!json_get_line(a, v, name, 1000, &s);
        (void)!json_get_text(a, v, name, 1000, &s);
        if (json_get_int(v, name, -5, 5, &n) == ERR_OK) must(n >= -5 && n <= 5);
        (void)!json_get_bool(v, name, &b);
        (void)!json_get_array(v, name, &list);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (a == NULL) a = arena_new((size_t)64 << 20);
    const struct json_value *v = NULL, *again = NULL;
    enum err e = json_read_object(a, (struct str){(const char *)data, size}, &v);
    must(e == ERR_OK || ((e == ERR_INPUT || e == ERR_LIMIT) && v == NULL));
    if (e == ERR_OK && depth_of(v) < JSON_DEPTH_MAX) {
        must(v->kind == JSON_IN_OBJECT);
        read_members(a, v);
        struct buf b = buf_in(a, (size_t)16 << 20);
        struct json_out j = json_begin(&b);
        write_again(&j, a, NULL, v);
        json_end(&j);
        must(size > JSON_IN_BYTES_MAX / 6 || json_read_object(a, buf_str(&b), &again) == ERR_OK);
    }
    arena_reset(a);
    return 0;
}
