/* fund_ask.c — see fund_ask.h. */
#include "rooms/fund/fund_ask.h"

#define CODE_MAX 20 /* no fund's code is longer */

/* The year and the cursor, which is the last code of the page before: nothing longer passes. */
static enum err read_page(struct rq *rq, int64_t most, struct fund_asked *ret)
{
    struct str cursor = rq_param(rq, "cursor");
    *ret = (struct fund_asked){.ask = {.words = STR_NONE, .most = most}, .is_answered = true};
    ret->ask.after = str_is_none(cursor) ? STR("") : cursor;
    if (rq_fy(rq, &ret->ask.fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    if (ret->ask.after.n > CODE_MAX) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    ret->is_answered = false;
    return ERR_OK;
}

enum err fund_asked_list(struct rq *rq, int64_t most, struct fund_asked *ret)
{
    struct str code = rq_param(rq, "area");
    TRY(read_page(rq, most, ret));
    if (ret->is_answered || str_is_none(code) || str_is_empty(code)) return ERR_OK;
    enum err e = area_find_code(rq->db, rq->arena, code, &ret->area);
    if (e == ERR_NOT_FOUND) {
        ret->is_answered = true;
        return rq_bad_param(rq, "area", MSG_error_area);
    }
    ret->ask.area = &ret->area;
    return e;
}

enum err fund_asked_find(struct rq *rq, int64_t most, struct fund_asked *ret)
{
    TRY(read_page(rq, most, ret));
    struct str words = rq_param(rq, "q");
    ret->ask.words = str_is_none(words) ? STR("") : words;
    return ERR_OK;
}
