/* route.h — routes.def as a table. */
#ifndef SARN_APP_ROUTE_H
#define SARN_APP_ROUTE_H

#include "app/app.h"

enum cap {
#define CAP(name, who, roles) CAP_##name,
#include "app/caps.def"
#undef CAP
    CAP_COUNT
};

/* The roles that hold a capability, one bit each (1 << role); 0: it asks for none. */
uint32_t cap_roles(enum cap cap);
const char *cap_name(enum cap cap);

struct route {
    enum web_method method;
    struct str path; /* as written, with {…} */
    route_fn handler;
    enum cap cap;
    enum route_lane lane;
    size_t body_limit; /* bytes */
    const char *handler_name;
};

struct route_doc { /* of a JSON door */
    const char *handler_name, *summary, *params, *schema;
};

/* Does the acting grant hold this capability here? For links that a page shows only to those who may:
 * a visitor costs no statement. The route's own right was proven before. */
enum err rq_may_fund(struct rq *rq, enum cap cap, struct str fund_code, bool *ret);
enum err rq_may_area(struct rq *rq, enum cap cap, struct str area_code, bool *ret);
/* Does the role that is acted in hold the capability? Of no place in particular: the route, or who asks, proves that. */
bool rq_role_holds(const struct rq *rq, enum cap cap);
/* This answer of a public route says more than everybody may see: no cache keeps it, as of a private route. */
void rq_no_store(struct rq *rq);

extern const struct route routes[];
extern const size_t nroutes;
extern const struct route_doc route_docs[];
extern const size_t nroute_docs;

enum route_found { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_NO_METHOD };
/* Finds the route of a path. HEAD is answered as GET. On ROUTE_FOUND fills *ret and the {…} parts,
 * borrowed from `path`; on ROUTE_NO_METHOD *ret is a route of that path with another method. */
enum route_found route_find(enum web_method method, struct str path, const struct route **ret,
                            struct str ret_args[APP_PATH_ARGS_MAX]);
/* Which part of the path names the place that the grant must hold: {fund} or {area}. SCOPE_NONE:
 * neither; SCOPE_FUND; any other: an area. *ret_arg is its place among the {…} parts. */
enum scope_kind route_scope(const struct route *route, size_t *ret_arg);
/* What may be asked of this path, for the Allow header of a 405: "GET, HEAD". */
struct str route_allow(struct arena *a, struct str path);

#endif
