/* asset.c — see asset.h. */
#include "web/asset.h"

#include <assert.h>

struct str asset_path(const char *name)
{
    struct str wanted = str_of(name);
    size_t low = 0, high = asset_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = str_cmp(asset_table[mid].name, wanted);
        if (c == 0) return asset_table[mid].path;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    assert(false); /* no file of that name is compiled in */
    return STR_NONE;
}

const struct asset *asset_find(struct str path)
{
    /* A few dozen files: looking through them takes less than the request's parsing. */
    for (size_t i = 0; i < asset_count; i++)
        if (str_eq(asset_table[i].path, path)) return &asset_table[i];
    return NULL;
}

void asset_answer(const struct asset *asset, struct web_response *res)
{
    res->status = 200;
    res->content_type = asset->content_type;
    res->static_body = asset->bytes;
    res->static_gzip = asset->gzip;
    res->etag = asset->etag;
    web_header_set(res, STR("Cache-Control"), STR("public, max-age=31536000, immutable"));
}
