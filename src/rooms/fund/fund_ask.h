/* fund_ask.h — what a list of funds was asked for, read the same by pages and JSON doors. */
#ifndef SARN_ROOMS_FUND_FUND_ASK_H
#define SARN_ROOMS_FUND_FUND_ASK_H

#include "app/app.h"
#include "rooms/fund/fund_read.h"

struct fund_asked {
    struct fund_list_ask ask; /* its area points into this struct */
    struct area area;
    bool is_answered; /* a parameter was wrong, and the 400 is written: the handler is done */
};
/* ?fy= ?cursor= ?area= of /funds. */
enum err fund_asked_list(struct rq *rq, int64_t most, struct fund_asked *ret);
/* ?q= ?fy= ?cursor= of /find; `words` may come back empty. */
enum err fund_asked_find(struct rq *rq, int64_t most, struct fund_asked *ret);

#endif
