#include "rooms/fund/fund.h"

#include "app/app.h"
#include "rooms/fund_sql.h"

struct node {
    int (*free)(int x);
};

int fund_number(void)
{
    struct node n = {area_kind};
    return n.free(1); /* a member of that name is no call of libc */
}

enum err fund_page(struct rq *rq);
enum err fund_page(struct rq *rq)
{
    return rq ? ERR_OK : ERR_OK;
}

enum err fund_api(struct rq *rq);
enum err fund_api(struct rq *rq)
{
    return fund_page(rq);
}
