/* app.c — the pipeline that every request goes through, and the app's life.
 *
 * Order of app_handle(): language → route → capability → transaction → handler → end of transaction
 * → the answer's last touches. What must be true of every page is done here, once. */
#include "app/app.h"

#include <assert.h>
#include <limits.h>

#include "app/answer.h"
#include "app/app_sql.h"
#include "app/route.h"
#include "base/log.h"

struct app {
    struct db_pool *pool;
    unsigned workers;
    bool is_demo;
    struct app_cost *last_cost; /* one a worker */
    struct arena *arena;        /* lives as long as the app */
};

/* The database says itself whether it holds demo data; pages must never hide it. */
static enum err read_settings(struct app *app)
{
    struct db *db = NULL;
    struct app_setting_get_row row = {0};
    TRY(pool_begin(app->pool, 0, DB_TXN_READ, &db));
    enum err e = app_setting_get(db, app->arena, STR("demo"), &row);
    enum err ended = pool_end(app->pool, 0, db, true);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    TRY(ended);
    app->is_demo = e == ERR_OK;
    return ERR_OK;
}

enum err app_open(const struct app_config *config, struct app **ret)
{
    struct arena *arena = arena_new(APP_ARENA_BYTES_MAX);
    struct app *app = ARENA_NEW(arena, struct app);
    app->arena = arena;
    app->workers = config->workers;
    app->last_cost = ARENA_ARRAY(arena, struct app_cost, config->workers);
    struct date day;
    enum err e = config->today == NULL ? ERR_OK : date_parse_iso(str_of(config->today), &day);
    if (e == ERR_OK && config->today != NULL) clock_fix(day, 8, 30);
    if (e == ERR_OK) e = pool_open(str_of(config->db_url), config->workers, &app->pool);
    if (e == ERR_OK) {
        e = read_settings(app);
        if (e != ERR_OK) pool_close(app->pool);
    }
    if (e != ERR_OK) {
        arena_free(arena);
        return e;
    }
    *ret = app;
    return ERR_OK;
}

void app_close(struct app *app)
{
    pool_close(app->pool);
    arena_free(app->arena);
}

/* The reader's choice is a cookie; without one the page is Thai: the people here are. */
static enum lang rq_lang(const struct web_request *web)
{
    return str_eq(web_field_get(web->cookies, "lang"), STR("en")) ? LANG_EN : LANG_TH;
}

static struct rq rq_new(struct app *app, const struct web_request *web, struct web_response *res)
{
    struct rq rq = {
        .app = app,
        .web = web,
        .res = res,
        .arena = web->arena,
        .page = {.lang = rq_lang(web), .arena = web->arena},
        .path = web->path,
        .is_demo = app->is_demo,
        .today = clock_today(),
    };
    rq.this_fy = date_fiscal_year(rq.today);
    return rq;
}

/* Today every capability is public; roles and scopes come in here, before the handler exists. */
static bool may_enter(const struct rq *rq, const struct route *route)
{
    (void)rq;
    return route->cap == CAP_public;
}

/* Runs the handler inside its transaction. A GET's transaction is one that cannot write. */
static enum err run_route(struct rq *rq, unsigned worker, const struct route *route)
{
    if (!may_enter(rq, route)) return ERR_NOT_FOUND;
    if (route->lane == ROUTE_INLINE) return route->handler(rq);

    enum db_txn txn = route->method == WEB_GET ? DB_TXN_READ : DB_TXN_WRITE;
    TRY(pool_begin(rq->app->pool, worker, txn, &rq->db));
    db_stats_reset(rq->db);
    enum err e = route->handler(rq);
    rq->app->last_cost[worker].statements = db_stats(rq->db).statements;
    bool is_good = e == ERR_OK && rq->res->status < 400;
    enum err ended = pool_end(rq->app->pool, worker, rq->db, is_good || txn == DB_TXN_READ);
    rq->db = NULL;
    return e == ERR_OK ? ended : e;
}

void app_handle(struct app *app, unsigned worker, const struct web_request *req,
                struct web_response *res)
{
    struct rq rq = rq_new(app, req, res);
    if (worker < app->workers) app->last_cost[worker] = (struct app_cost){0};
    const struct route *route = NULL;
    enum route_found found = route_find(req->method, req->path, &route, rq.args);

    if (found == ROUTE_NO_PATH) {
        answer_error(&rq, 404);
    } else if (found == ROUTE_NO_METHOD) {
        answer_error(&rq, 405);
        web_header_set(res, STR("Allow"), route_allow(rq.arena, req->path));
    } else {
        assert(route->lane == ROUTE_INLINE || worker < app->workers);
        enum err e = run_route(&rq, worker, route);
        if (e != ERR_OK) answer_failure(&rq, e);
    }
    if (res->body.is_full) {
        log_error("page_too_large", "path=%.*s", STR_FMT(req->path));
        answer_error(&rq, 500);
    }
    answer_finish(&rq);
    if (worker < app->workers) app->last_cost[worker].arena_bytes = arena_used(req->arena);
}

struct app_cost app_last_cost(const struct app *app, unsigned worker)
{
    assert(worker < app->workers);
    return app->last_cost[worker];
}

/* ---- what web/ asks before it queues a request ---- */

static enum web_lane web_lane_of(void *ctx, enum web_method method, struct str path)
{
    static const enum web_lane lanes[] = {
        [ROUTE_INLINE] = WEB_INLINE, [ROUTE_FAST] = WEB_FAST, [ROUTE_SLOW] = WEB_SLOW};
    const struct route *route = NULL;
    struct str args[APP_PATH_ARGS_MAX];
    (void)ctx;
    if (route_find(method, path, &route, args) != ROUTE_FOUND) return WEB_INLINE;
    return lanes[route->lane];
}

static size_t web_body_limit(void *ctx, enum web_method method, struct str path)
{
    const struct route *route = NULL;
    struct str args[APP_PATH_ARGS_MAX];
    (void)ctx;
    return route_find(method, path, &route, args) == ROUTE_FOUND ? route->body_limit : 0;
}

static void web_handle(void *ctx, unsigned worker, const struct web_request *req,
                       struct web_response *res)
{
    app_handle(ctx, worker, req, res);
}

struct web_app app_web(struct app *app)
{
    return (struct web_app){.ctx = app,
                            .lane = web_lane_of,
                            .body_limit = web_body_limit,
                            .handle = web_handle,
                            .plain_error = answer_plain_error};
}
