/* small.c — the house's own small doors: language, assets, robots, health. */
#include "app/app.h"
#include "app/app_sql.h"
#include "web/asset.h"

/* GET /language/{lang}?back=/areas/90 — remembers the language and goes back to the page. */
enum err app_language_page(struct rq *rq)
{
    struct str lang = rq->args[0], back = web_field_get(rq->web->params, "back");
    if (!str_eq(lang, STR("th")) && !str_eq(lang, STR("en"))) return ERR_NOT_FOUND;
    /* Only a path of this site: "//host" and "/\host" would lead elsewhere. */
    bool is_ours = !str_is_none(back) && str_starts(back, STR("/")) && !str_starts(back, STR("//")) &&
                   str_find_char(back, '\\') < 0 && str_find_char(back, '\n') < 0 &&
                   str_find_char(back, '\r') < 0;
    struct str cookie = str_printf(rq->arena, "lang=%.*s; Path=/; Max-Age=31536000; SameSite=Lax%s",
                                   STR_FMT(lang), rq->web->is_https ? "; Secure" : "");
    web_header_set(rq->res, STR("Set-Cookie"), cookie);
    return rq_redirect(rq, is_ours ? href_of_path(rq->arena, back) : HREF(rq->arena, "/{}", STR("")));
}

enum err app_asset(struct rq *rq)
{
    const struct asset *asset = asset_find(rq->path);
    if (asset == NULL) return ERR_NOT_FOUND;
    asset_answer(asset, rq->res);
    return ERR_OK;
}

/* Browsers ask for it unbidden; the real icon is named in the layout. */
enum err app_favicon(struct rq *rq)
{
    const struct asset *asset = asset_find(asset_path("favicon.svg"));
    asset_answer(asset, rq->res);
    return ERR_OK;
}

enum err app_robots(struct rq *rq)
{
    rq->res->status = 200;
    rq->res->content_type = STR("text/plain; charset=utf-8");
    rq->res->static_body = STR("User-agent: *\nDisallow: /api/\nDisallow: /find\nDisallow: /language/\n");
    return ERR_OK;
}

/* Healthy is: the database answers a question, not only that the program runs. */
enum err app_healthz(struct rq *rq)
{
    struct app_setting_get_row reference = {0};
    enum err e = app_setting_get(rq->db, rq->arena, STR("reference"), &reference);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "status", STR("ok"));
    json_str(j, "version", STR(SARN_VERSION));
    json_bool(j, "demo", rq->is_demo);
    json_object_end(j);
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
    return rq_json_end(rq);
}
