/* route.c — routes.def compiled to a table, and the walk over it.
 *
 * Some thirty lines are compared part by part: about half a microsecond. When they become hundreds,
 * index them by their first part. */
#include "app/route.h"

#include <assert.h>

#define DOC(handler, summary, params, schema)
#define ROUTE(method, path, handler, cap, lane, body)                                              \
    {WEB_##method, {path, sizeof(path) - 1}, handler, CAP_##cap, ROUTE_##lane, body, #handler},
const struct route routes[] = {
#include "app/routes.def"
};
#undef ROUTE
#undef DOC
const size_t nroutes = sizeof routes / sizeof routes[0];

#define ROUTE(method, path, handler, cap, lane, body)
#define DOC(handler, summary, params, schema) {#handler, summary, params, schema},
const struct route_doc route_docs[] = {
#include "app/routes.def"
};
#undef ROUTE
#undef DOC
const size_t nroute_docs = sizeof route_docs / sizeof route_docs[0];

#define R(role) (UINT32_C(1) << ROLE_##role)
uint32_t cap_roles(enum cap cap)
{
    static const uint32_t roles[] = {
#define CAP(name, who, roles) [CAP_##name] = (roles),
#include "app/caps.def"
#undef CAP
    };
    assert(cap < CAP_COUNT);
    return roles[cap];
}
#undef R

const char *cap_name(enum cap cap)
{
    static const char *const names[] = {
#define CAP(name, who, roles) [CAP_##name] = #name,
#include "app/caps.def"
#undef CAP
    };
    assert(cap < CAP_COUNT);
    return names[cap];
}

enum scope_kind route_scope(const struct route *route, size_t *ret_arg)
{
    struct str pattern = route->path, piece;
    size_t n = 0;
    while (str_split(&pattern, '/', &piece)) {
        if (piece.n == 0 || piece.p[0] != '{') continue;
        *ret_arg = n++;
        if (str_eq(piece, STR("{fund}"))) return SCOPE_FUND;
        if (str_eq(piece, STR("{area}"))) return SCOPE_NATION;
    }
    return SCOPE_NONE;
}

/* One pattern against one path. A {…} takes one non-empty part. */
static bool path_matches(struct str pattern, struct str path, struct str args[APP_PATH_ARGS_MAX])
{
    struct str want, got;
    size_t nargs = 0;
    for (;;) {
        bool has_want = str_split(&pattern, '/', &want);
        bool has_got = str_split(&path, '/', &got);
        if (!has_want || !has_got) return has_want == has_got;
        if (want.n > 0 && want.p[0] == '{') {
            if (str_is_empty(got)) return false;
            assert(nargs < APP_PATH_ARGS_MAX);
            args[nargs++] = got;
        } else if (!str_eq(want, got)) {
            return false;
        }
    }
}

enum route_found route_find(enum web_method method, struct str path, const struct route **ret,
                            struct str ret_args[APP_PATH_ARGS_MAX])
{
    enum route_found found = ROUTE_NO_PATH;
    if (method == WEB_HEAD) method = WEB_GET;
    for (size_t i = 0; i < nroutes; i++) {
        struct str args[APP_PATH_ARGS_MAX] = {0};
        if (!path_matches(routes[i].path, path, args)) continue;
        *ret = &routes[i];
        if (routes[i].method != method) {
            found = ROUTE_NO_METHOD;
            continue;
        }
        memcpy(ret_args, args, sizeof args);
        return ROUTE_FOUND;
    }
    return found;
}

/* HEAD stands where GET does: it is answered as one. */
struct str route_allow(struct arena *a, struct str path)
{
    static const char *const names[] = {
        [WEB_GET] = "GET, HEAD", [WEB_POST] = "POST", [WEB_PUT] = "PUT", [WEB_DELETE] = "DELETE"};
    struct buf b = buf_in(a, 64);
    for (size_t i = 0; i < nroutes; i++) {
        struct str args[APP_PATH_ARGS_MAX];
        if (!path_matches(routes[i].path, path, args)) continue;
        assert(routes[i].method < sizeof names / sizeof names[0]);
        if (b.n > 0) BUF_LIT(&b, ", ");
        buf_put(&b, str_of(names[routes[i].method]));
    }
    return buf_str(&b);
}
