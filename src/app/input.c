/* input.c — what handlers read: parameters cleaned at the door. */
#include "app/app.h"
#include "base/thai.h"

#define PARAM_MAX 400 /* bytes: the search box takes 100 letters, a Thai one has three */

/* Never through a letter: half of one is no text, and the whole parameter would be gone with it. */
static struct str cut(struct str s)
{
    size_t n = s.n < PARAM_MAX ? s.n : PARAM_MAX;
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return str_first(s, n);
}

struct str rq_param(struct rq *rq, const char *name)
{
    struct str raw = web_field_get(rq->web->params, name), clean;
    if (str_is_none(raw)) return STR_NONE;
    if (thai_clean_line(rq->arena, cut(raw), &clean) != ERR_OK) return STR("");
    return clean;
}

enum err rq_fy(struct rq *rq, struct fiscal_year *ret)
{
    struct str s = rq_param(rq, "fy");
    if (str_is_none(s) || str_is_empty(s)) {
        *ret = rq->this_fy;
        return ERR_OK;
    }
    return fiscal_year_parse(s, ret);
}

bool rq_is_api(const struct rq *rq)
{
    return str_starts(rq->path, STR("/api/")) || str_eq(rq->path, STR("/healthz"));
}
