/* app.c — the pipeline that every request goes through, and the app's life.
 *
 * app_handle(): language → route → walk_route() (walk.c: transaction, who asks, right, handler, end of
 * the transaction) → the answer's last touches. What must be true of every page is done once. */
#include "app/app.h"

#include <assert.h>
#include <limits.h>
#include <sodium.h>

#include "app/answer.h"
#include "app/app_internal.h"
#include "app/app_sql.h"
#include "app/file.h"
#include "base/log.h"
#include "base/rand.h"
#include "base/sha.h"

/* The database says itself whether it holds demo data; pages must never hide it. */
static enum err read_settings(struct app *app, const struct app_config *config)
{
    struct db *db = NULL;
    struct app_setting_get_row row = {0};
    TRY(pool_begin(app->pool, 0, DB_TXN_READ, &db));
    enum err e = app_setting_get(db, app->arena, STR("demo"), &row);
    enum err files = file_store_open(db, app->arena, config->db_url, config->files, &app->files);
    enum err ended = pool_end(app->pool, 0, db, true);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    TRY(files);
    TRY(ended);
    app->is_demo = e == ERR_OK;
    return ERR_OK;
}

/* The key that signs cookies, as it stands in the database; ERR_NOT_FOUND: this is the first start. */
static enum err read_secret(struct app *app)
{
    struct db *db = NULL;
    struct app_setting_get_row row = {0};
    TRY(pool_begin(app->pool, 0, DB_TXN_READ, &db));
    enum err e = app_setting_get(db, app->arena, STR("cookie_key"), &row);
    enum err ended = pool_end(app->pool, 0, db, true);
    TRY(e);
    TRY(ended);
    size_t n = 0;
    if (sodium_hex2bin(app->secret, sizeof app->secret, row.value.p, row.value.n, NULL, &n, NULL) != 0 ||
        n != sizeof app->secret)
        return err_note(ERR_INTERNAL, "the setting cookie_key is no key");
    return ERR_OK;
}

/* Made once for a database, by whichever server starts on it first. */
static enum err make_secret(struct app *app)
{
    struct db *db = NULL;
    uint8_t key[APP_SECRET_BYTES];
    struct buf hex = buf_in(app->arena, 2 * sizeof key);
    rand_secret(key, sizeof key);
    buf_hex(&hex, key, sizeof key);
    TRY(pool_begin(app->pool, 0, DB_TXN_WRITE, &db));
    enum err e = app_setting_add(db, STR("cookie_key"), buf_str(&hex), NULL);
    enum err ended = pool_end(app->pool, 0, db, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

static enum err open_secret(struct app *app)
{
    enum err e = read_secret(app);
    if (e != ERR_NOT_FOUND) return e;
    TRY(make_secret(app));
    return read_secret(app);
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
        e = read_settings(app, config);
        if (e == ERR_OK) e = open_secret(app);
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

const struct file_store *rq_files(const struct rq *rq)
{
    return &rq->app->files;
}

/* The reader's choice is a cookie; without one the page is Thai: the people here are. */
static enum lang rq_lang(const struct web_request *web)
{
    return str_eq(web_field_get(web->cookies, "lang"), STR("en")) ? LANG_EN : LANG_TH;
}

static struct rq rq_new(struct app *app, unsigned worker, const struct web_request *web, struct web_response *res)
{
    struct rq rq = {
        .app = app,
        .web = web,
        .res = res,
        .arena = web->arena,
        .page = {.lang = rq_lang(web), .arena = web->arena},
        .path = web->path,
        .is_demo = app->is_demo,
        .worker = worker,
        .today = clock_today(),
    };
    rq.this_fy = date_fiscal_year(rq.today);
    return rq;
}

#define TIMES_ANEW_MAX 3

/* Two who write in different orders can wait for each other in a circle; PostgreSQL ends it by undoing one of them. That one is
 * done anew, as if it were sent again: nothing of it is in the database, and the other is through by then. */
static enum err walk(struct rq *rq)
{
    const struct rq asked = *rq;
    const struct web_response empty = *rq->res;
    enum err e = walk_route(rq);
    for (uint32_t nth = 1; e == ERR_AGAIN && !rq->is_kept && nth <= TIMES_ANEW_MAX; nth++) {
        log_info("done_anew", "path=%.*s time=%u why=%s", STR_FMT(rq->path), (unsigned)nth, err_detail());
        *rq = asked;
        *rq->res = empty;
        rq->app->last_cost[rq->worker].anew = nth;
        e = walk_route(rq);
    }
    return e;
}

void app_handle(struct app *app, unsigned worker, const struct web_request *req,
                struct web_response *res)
{
    struct rq rq = rq_new(app, worker, req, res);
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
        rq.route = route;
        enum err e = walk(&rq);
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
        [ROUTE_INLINE] = WEB_INLINE, [ROUTE_FAST] = WEB_FAST, [ROUTE_SLOW] = WEB_SLOW,
        [ROUTE_SELF] = WEB_SLOW};
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
