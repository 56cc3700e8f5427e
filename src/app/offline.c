/* offline.c — what a phone keeps for the time without a line: the service worker with the list of what it keeps, and the page
 * that says what is kept in this phone. Nothing of a person is in either; drafts lie in the phone alone (web/js). */
#include "app/answer.h"
#include "app/app.h"
#include "app/app_internal.h"
#include "app/offline.html.h"
#include "base/sha.h"
#include "web/asset.h"

#define WORKER_NAME "sw.js"
#define HEAD_BYTES  4096 /* paths of the assets */
#define VERSION_HEX 16

/* Of all that the worker keeps: another asset makes another worker, and the browser takes it. */
static struct str version_of(struct arena *a)
{
    struct sha256_state *hash = sha256_begin(a);
    for (size_t i = 0; i < asset_count; i++) sha256_add(hash, asset_table[i].path);
    struct sha256 sum = sha256_end(hash);
    struct buf hex = buf_in(a, 2 * sizeof sum.b + 1);
    buf_hex(&hex, sum.b, VERSION_HEX / 2);
    return buf_str(&hex);
}

/* GET /sw.js: at the root, so that it may answer for every page; asked for again each time. */
enum err app_worker(struct rq *rq)
{
    struct str script = asset_find(asset_path(WORKER_NAME))->bytes;
    struct buf out = buf_in(rq->arena, script.n + HEAD_BYTES);
    buf_put(&out, STR("const ASSETS = ["));
    for (size_t i = 0; i < asset_count; i++) {
        if (str_eq(asset_table[i].name, STR(WORKER_NAME))) continue;
        buf_put(&out, STR("'"));
        buf_put(&out, asset_table[i].path);
        buf_put(&out, STR("', "));
    }
    buf_put(&out, STR("];\nconst VERSION = '"));
    buf_put(&out, version_of(rq->arena));
    buf_put(&out, STR("';\n"));
    buf_put(&out, script);
    rq->res->status = 200;
    rq->res->content_type = STR("text/javascript; charset=utf-8");
    rq->res->body = out;
    rq->res->may_compress = true;
    web_header_set(rq->res, STR("Cache-Control"), STR("no-cache"));
    return ERR_OK;
}

/* GET /offline, and /offline/shell: the same without asking who looks, kept by the worker for any page without a line. */
enum err app_offline_page(struct rq *rq)
{
    struct buf *out = rq_html_begin(rq, msg_text(MSG_offline_title, rq->page.lang), MENU_NONE);
    offline_html(out, &rq->page, str_eq(rq->web->path, STR("/offline/shell")));
    return rq_html_end(rq);
}
