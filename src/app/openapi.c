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
    json_object(j, "responses");
    answer(j, a, "200", "What was asked for", doc->schema);
    answer(j, a, "400", "A parameter is wrong; `fields` says which and how", "Error");
    answer(j, a, "404", "There is no such thing", "Error");
    answer(j, a, "503", "Busy or restarting; try again after Retry-After seconds", "Error");
    json_object_end(j);
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
    json_object_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}
