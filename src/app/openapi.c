/* openapi.c — the OpenAPI 3.1 document, made from routes.def; the shapes of answers are in
 * openapi_schemas.json, which a test holds against real answers. */
#include <assert.h>

#include "app/reference.h"
#include "app/route.h"

static const struct route_doc *doc_of(const struct route *route)
{
    for (size_t i = 0; i < nroute_docs; i++)
        if (strcmp(route_docs[i].handler_name, route->handler_name) == 0) return &route_docs[i];
    return NULL;
}

static void parameter(struct json_out *j, struct str name, const char *in, bool is_needed)
{
    static const struct {
        const char *name, *what;
    } known[] = {
        {"code", "Code of an area (TH, R1…R13, 90, 9011, 901101), a fund (L5221) or an issue"},
        {"fy", "Fiscal year of the Buddhist era, e.g. 2569; without it the present one"},
        {"area", "Code of an area: only what lies in it"},
        {"cursor", "The value of `next` of the page before"},
        {"q", "Any part of a name or code"},
        {"fund", "Code of a fund in one's own scope"},
        {"Idempotency-Key", "The same key and body again: the same answer, done once; kept 90 days"},
    };
    json_object(j, NULL);
    json_str(j, "name", name);
    json_str(j, "in", str_of(in));
    json_bool(j, "required", is_needed);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(name, str_of(known[i].name))) json_str(j, "description", str_of(known[i].what));
    json_object(j, "schema");
    json_str(j, "type", str_eq(name, STR("fy")) ? STR("integer") : STR("string"));
    json_object_end(j);
    json_object_end(j);
}

static void parameters(struct json_out *j, const struct route *route, const struct route_doc *doc)
{
    struct str path = route->path, params = str_of(doc->params), piece;
    json_array(j, "parameters");
    while (str_split(&path, '/', &piece))
        if (piece.n > 2 && piece.p[0] == '{')
            parameter(j, (struct str){piece.p + 1, piece.n - 2}, "path", true);
    while (!str_is_empty(params) && str_split(&params, ',', &piece))
        parameter(j, piece, "query", str_eq(piece, STR("q")));
    if (route->method == WEB_POST) parameter(j, STR("Idempotency-Key"), "header", false);
    json_array_end(j);
}

static void answer(struct json_out *j, struct arena *a, const char *status, const char *what,
                   const char *schema)
{
    json_object(j, status);
    json_str(j, "description", str_of(what));
    json_object(j, "content");
    json_object(j, "application/json");
    json_object(j, "schema");
    json_str(j, "$ref", str_printf(a, "#/components/schemas/%s", schema));
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

/* What this route may answer: its own shape, and the refusals of the gates in front of it. */
static void responses(struct json_out *j, struct arena *a, const struct route *route,
                      const struct route_doc *doc)
{
    bool is_post = route->method == WEB_POST, is_private = route->cap != CAP_public;
    json_object(j, "responses");
    answer(j, a, "200", "What was asked for", doc->schema);
    if (is_post) answer(j, a, "201", "It was made", doc->schema);
    answer(j, a, "400", "A parameter or field is wrong; `fields` says which and how", "Error");
    if (is_private || is_post) answer(j, a, "401", "Only for those who have logged in, or the password is wrong", "Error");
    if (is_private || is_post) answer(j, a, "403", "The acting role may not do this there, or the form is not ours", "Error");
    answer(j, a, "404", "There is no such thing", "Error");
    if (is_post) {
        answer(j, a, "409", "Somebody else was first: what was seen is not the present version", "Error");
        answer(j, a, "422", "A rule refuses it, or the idempotency key was used for something else", "Error");
        answer(j, a, "429", "Too many tries; wait Retry-After seconds", "Error");
    }
    answer(j, a, "503", "Busy or restarting; try again after Retry-After seconds", "Error");
    json_object_end(j);
}

static void body(struct json_out *j)
{
    json_object(j, "requestBody");
    json_bool(j, "required", true);
    json_object(j, "content");
    json_object(j, "application/json");
    json_object(j, "schema");
    json_str(j, "type", STR("object"));
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

/* A token, or the cookie of a session (then with its X-CSRF-Token for what writes). */
static void security(struct json_out *j)
{
    static const char *const ways[] = {"token", "session"};
    json_array(j, "security");
    for (size_t i = 0; i < 2; i++) {
        json_object(j, NULL);
        json_array(j, ways[i]);
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

static void security_schemes(struct json_out *j)
{
    json_object(j, "securitySchemes");
    json_object(j, "token");
    json_str(j, "type", STR("http"));
    json_str(j, "scheme", STR("bearer"));
    json_object_end(j);
    json_object(j, "session");
    json_str(j, "type", STR("apiKey"));
    json_str(j, "in", STR("cookie"));
    json_str(j, "name", STR("sarn_session")); /* __Host-sarn_session behind TLS */
    json_object_end(j);
    json_object_end(j);
}

static void operation(struct json_out *j, struct arena *a, const struct route *route,
                      const struct route_doc *doc)
{
    static const struct {
        enum web_method method;
        const char *key;
    } keys[] = {{WEB_GET, "get"}, {WEB_POST, "post"}, {WEB_PUT, "put"}, {WEB_DELETE, "delete"}};
    const char *key = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].method == route->method) key = keys[i].key;
    assert(key != NULL);
    json_object(j, key);
    json_str(j, "operationId", str_of(route->handler_name));
    json_str(j, "summary", str_of(doc->summary));
    parameters(j, route, doc);
    if (route->method == WEB_POST) body(j);
    if (route->cap != CAP_public) security(j);
    responses(j, a, route, doc);
    json_object_end(j);
}

static bool is_first_of_path(size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(routes[i].path, routes[at].path)) return false;
    return true;
}

static void paths(struct json_out *j, struct arena *a)
{
    json_object(j, "paths");
    for (size_t i = 0; i < nroutes; i++) {
        if (doc_of(&routes[i]) == NULL || !is_first_of_path(i)) continue;
        json_object(j, str_z(a, routes[i].path));
        for (size_t k = i; k < nroutes; k++) {
            const struct route_doc *doc = doc_of(&routes[k]);
            if (doc != NULL && str_eq(routes[k].path, routes[i].path))
                operation(j, a, &routes[k], doc);
        }
        json_object_end(j);
    }
    json_object_end(j);
}

enum err app_openapi_api(struct rq *rq)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "openapi", STR("3.1.0"));
    json_object(j, "info");
    json_str(j, "title", STR("Sarn (สาน)"));
    json_str(j, "version", STR(SARN_VERSION));
    json_str(j, "description",
             STR("Local health security funds of Thailand: what every page shows, as JSON. Money is "
                 "integer satang, dates are ISO, fiscal years are of the Buddhist era. Unknown is "
                 "null, never zero."));
    json_object(j, "license");
    json_str(j, "name", STR("Apache-2.0"));
    json_str(j, "identifier", STR("Apache-2.0"));
    json_object_end(j);
    json_object_end(j);
    paths(j, rq->arena);
    json_object(j, "components");
    json_raw(j, "schemas", reference_bytes("openapi_schemas.json"));
    security_schemes(j);
    json_object_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}
