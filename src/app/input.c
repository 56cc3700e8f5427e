/* input.c — what handlers read: parameters cleaned at the door. */
#include "app/app.h"
#include "base/thai.h"

#define PARAM_MAX 400 /* bytes: the search box takes 100 letters, a Thai one has three */

struct str rq_param(struct rq *rq, const char *name)
{
    struct str raw = web_field_get(rq->web->params, name), clean;
    if (str_is_none(raw)) return STR_NONE;
    if (thai_clean_line(rq->arena, str_cut(raw, PARAM_MAX), &clean) != ERR_OK) return STR("");
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
