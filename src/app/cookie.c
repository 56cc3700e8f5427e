/* cookie.c — this program's own cookies: set and read by one door each. */
#include "app/app.h"

/* Behind TLS a name begins with __Host-: the browser then takes it only from this very host, over TLS, for all of its
 * paths, so that no other host of the domain and no plain answer can plant one. Without TLS it would refuse such a name. */
static struct str name_of(const struct rq *rq, const char *name)
{
    return str_printf(rq->arena, "%s%s", rq->web->is_https ? "__Host-" : "", name);
}

struct str rq_cookie(const struct rq *rq, const char *name)
{
    return web_field_get(rq->web->cookies, str_z(rq->arena, name_of(rq, name)));
}

void rq_cookie_set(struct rq *rq, const char *name, struct str value, int64_t seconds)
{
    struct str age = seconds < 0 ? STR("") : str_printf(rq->arena, " Max-Age=%lld;", (long long)seconds);
    web_header_set(rq->res, STR("Set-Cookie"),
                   str_printf(rq->arena, "%.*s=%.*s; Path=/;%.*s HttpOnly; SameSite=Lax%s", STR_FMT(name_of(rq, name)), STR_FMT(value),
                              STR_FMT(age), rq->web->is_https ? "; Secure" : ""));
}
