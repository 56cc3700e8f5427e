#include "app/app.h"

enum err app_healthz(struct rq *rq);
enum err app_healthz(struct rq *rq)
{
    return rq ? ERR_OK : ERR_OK;
}
