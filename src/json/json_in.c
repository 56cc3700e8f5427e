/* json_in.c — strict, bounded reading: jansson's tree, copied to the arena. */
#include "json/json_in.h"

#include <jansson.h>

#include "base/thai.h"

/* ---- limits, before anything is built ---- */

struct measure {
    size_t depth, deepest, values;
};

/* Skips a string; `p` stands behind its opening quote. */
static const char *skip_string(const char *p, const char *end)
{
    for (; p < end && *p != '"'; p++)
        if (*p == '\\' && p + 1 < end) p++;
    return p;
}

/* Levels and values, counted by brackets and commas: right for JSON, harmless for anything else. */
static struct measure measure(struct str body)
{
    struct measure m = {.values = 1};
    const char *end = body.p + body.n;
    for (const char *p = body.p; p < end; p++) {
        switch (*p) {
        case '"': p = skip_string(p + 1, end); break;
        case '{':
        case '[':
            m.values++;
            if (++m.depth > m.deepest) m.deepest = m.depth;
            break;
        case '}':
        case ']':
            if (m.depth > 0) m.depth--;
            break;
        case ',': m.values++; break;
        default: break;
        }
        if (p >= end) break;
    }
    return m;
}

static enum err check_limits(struct str body)
{
    if (body.n > JSON_IN_BYTES_MAX)
        return err_note(ERR_LIMIT, "JSON of %zu bytes, at most %zu", body.n, JSON_IN_BYTES_MAX);
    struct measure m = measure(body);
    if (m.deepest > JSON_IN_DEPTH_MAX)
        return err_note(ERR_LIMIT, "JSON of %zu levels, at most %d", m.deepest, JSON_IN_DEPTH_MAX);
    if (m.values > JSON_IN_VALUES_MAX)
        return err_note(ERR_LIMIT, "JSON of %zu values, at most %d", m.values, JSON_IN_VALUES_MAX);
    return ERR_OK;
}

/* ---- the copy; recursion is bounded by JSON_IN_DEPTH_MAX ---- */

static void copy_value(struct arena *a, json_t *from, struct json_value *to);

static void copy_array(struct arena *a, json_t *from, struct json_value *to)
{
    to->nitems = json_array_size(from);
    struct json_value *items = ARENA_ARRAY(a, struct json_value, to->nitems);
    for (size_t i = 0; i < to->nitems; i++)
        copy_value(a, json_array_get(from, i), &items[i]);
    to->items = items;
}

static void copy_object(struct arena *a, json_t *from, struct json_value *to)
{
    to->nitems = json_object_size(from);
    struct json_value *items = ARENA_ARRAY(a, struct json_value, to->nitems), *item = items;
    for (void *it = json_object_iter(from); it; it = json_object_iter_next(from, it), item++) {
        copy_value(a, json_object_iter_value(it), item);
        item->name = str_copy(a, str_of(json_object_iter_key(it)));
    }
    to->items = items;
}

static void copy_value(struct arena *a, json_t *from, struct json_value *to)
{
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        to->kind = JSON_IN_OBJECT;
        copy_object(a, from, to);
        break;
    case JSON_ARRAY:
        to->kind = JSON_IN_ARRAY;
        copy_array(a, from, to);
        break;
    case JSON_STRING:
        to->kind = JSON_IN_STR;
        to->text = str_copy(a, (struct str){json_string_value(from), json_string_length(from)});
        break;
    case JSON_INTEGER:
        to->kind = JSON_IN_INT;
        to->number = json_integer_value(from);
        break;
    case JSON_REAL: to->kind = JSON_IN_REAL; break;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_IN_BOOL;
        to->truth = json_is_true(from);
        break;
    case JSON_NULL: to->kind = JSON_IN_NULL; break;
    }
}

enum err json_read_object(struct arena *a, struct str body, const struct json_value **ret)
{
    if (str_is_none(body)) return err_note(ERR_INPUT, "no JSON");
    TRY(check_limits(body));
    json_error_t why;
    json_t *tree = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, &why);
    if (tree == NULL) return err_note(ERR_INPUT, "JSON, byte %d: %s", why.position, why.text);
    if (!json_is_object(tree)) {
        json_decref(tree);
        return err_note(ERR_INPUT, "JSON: an object is expected");
    }
    struct json_value *value = ARENA_NEW(a, struct json_value);
    copy_value(a, tree, value);
    json_decref(tree);
    *ret = value;
    return ERR_OK;
}

/* ---- members ---- */

const struct json_value *json_member(const struct json_value *object, const char *name)
{
    if (object->kind != JSON_IN_OBJECT) return NULL;
    for (size_t i = 0; i < object->nitems; i++)
        if (str_eq(object->items[i].name, str_of(name))) return &object->items[i];
    return NULL;
}

static enum err get(const struct json_value *object, const char *name, enum json_kind kind,
                    const struct json_value **ret)
{
    const struct json_value *v = json_member(object, name);
    if (v == NULL || v->kind == JSON_IN_NULL) return ERR_NOT_FOUND;
    if (v->kind != kind) {
        (void)err_note(ERR_INPUT, "JSON: %s is of another type", name);
        return ERR_INPUT; /* said openly, so that compilers see that *ret is set otherwise */
    }
    *ret = v;
    return ERR_OK;
}

static enum err get_str(const struct json_value *object, const char *name, size_t max_bytes,
                        struct str *ret)
{
    const struct json_value *v;
    TRY(get(object, name, JSON_IN_STR, &v));
    if (v->text.n > max_bytes) {
        (void)err_note(ERR_LIMIT, "JSON: %s has more than %zu bytes", name, max_bytes);
        return ERR_LIMIT;
    }
    *ret = v->text;
    return ERR_OK;
}

enum err json_get_line(struct arena *a, const struct json_value *object, const char *name,
                       size_t max_bytes, struct str *ret)
{
    struct str raw;
    TRY(get_str(object, name, max_bytes, &raw));
    return thai_clean_line(a, raw, ret);
}

enum err json_get_text(struct arena *a, const struct json_value *object, const char *name,
                       size_t max_bytes, struct str *ret)
{
    struct str raw;
    TRY(get_str(object, name, max_bytes, &raw));
    return thai_clean(a, raw, ret);
}

enum err json_get_int(const struct json_value *object, const char *name, int64_t low, int64_t high,
                      int64_t *ret)
{
    const struct json_value *v;
    TRY(get(object, name, JSON_IN_INT, &v));
    if (v->number < low || v->number > high)
        return err_note(ERR_LIMIT, "JSON: %s is out of range", name);
    *ret = v->number;
    return ERR_OK;
}

enum err json_get_bool(const struct json_value *object, const char *name, bool *ret)
{
    const struct json_value *v;
    TRY(get(object, name, JSON_IN_BOOL, &v));
    *ret = v->truth;
    return ERR_OK;
}

enum err json_get_array(const struct json_value *object, const char *name,
                        const struct json_value **ret)
{
    return get(object, name, JSON_IN_ARRAY, ret);
}

const struct json_value *json_unknown_member(const struct json_value *object,
                                             const char *const *names, size_t nnames)
{
    for (size_t i = 0; i < object->nitems; i++) {
        bool is_known = false;
        for (size_t k = 0; k < nnames && !is_known; k++)
            is_known = str_eq(object->items[i].name, str_of(names[k]));
        if (!is_known) return &object->items[i];
    }
    return NULL;
}
