/* answer.c — how a request ends: pages inside the layout, JSON, errors in both clothes. */
#include "app/answer.h"

#include <assert.h>
#include <sodium.h>

#include "app/app_internal.h"
#include "app/error.html.h"
#include "app/form.h"
#include "app/fund_menu.h"
#include "app/help.h"
#include "app/layout.html.h"
#include "app/who_view.h"
#include "base/log.h"
#include "base/sha.h"
#include "web/asset.h"

#define JSON_TYPE STR("application/json; charset=utf-8")
#define HTML_TYPE STR("text/html; charset=utf-8")

/* ---- pages ---- */

static struct href asset_href(const char *name)
{
    return (struct href){asset_path(name)};
}

/* What stands after "/assets/": a script's address begins in the template (docs/htmlc.md). */
static struct str asset_name(const char *name)
{
    struct str path = asset_path(name);
    size_t folder = sizeof "/assets/" - 1;
    assert(path.n > folder);
    return str_from(path, folder);
}

/* "/language/en?back=…": the same page in the other language. */
static struct href language_href(struct rq *rq)
{
    struct str back = rq->path;
    if (!str_is_empty(rq->web->query))
        back = str_concat(rq->arena, (const struct str[]){back, STR("?"), rq->web->query}, 3);
    return HREF(rq->arena, "/language/{}?back={}", rq->page.lang == LANG_TH ? STR("en") : STR("th"), back);
}

static void begin_body(struct rq *rq)
{
    rq->res->body = buf_in(rq->arena, APP_PAGE_BYTES_MAX);
    rq->res->static_body = STR_NONE;
    rq->res->static_gzip = STR_NONE;
}

/* The topic of the form that was sent: its page is called the same, "…/new", or what the act is done to ("…/send"). */
static const struct help_topic *how_of_form(struct rq *rq)
{
    struct str path = rq->route->path;
    const struct help_topic *how = help_of_page(str_concat(rq->arena, (const struct str[]){path, STR("/new")}, 2));
    for (size_t n = path.n; how == NULL && n > 1; n--)
        if (path.p[n - 1] == '/') return help_of_page(str_first(path, n - 1));
    return how;
}

/* Help beside the page: the topic of its route. */
static void how_fill(struct rq *rq, struct layout_view *v)
{
    const struct help_topic *how = rq->route == NULL ? NULL : help_of_page(rq->route->path);
    if (how == NULL && rq->route != NULL && rq->route->method == WEB_POST) how = how_of_form(rq);
    if (how == NULL) return;
    v->has_how = true;
    v->how = HREF(rq->arena, "/help/{}", how->code);
    v->how_title = how->in[rq->page.lang].title;
}

struct buf *rq_html_begin(struct rq *rq, struct str title, enum menu menu)
{
    struct layout_view *v = ARENA_NEW(rq->arena, struct layout_view);
    *v = (struct layout_view){.title = title,
                              .menu = menu,
                              .is_demo = rq->is_demo,
                              .may_index = menu != MENU_NONE && menu != MENU_FIND && menu != MENU_TRACK,
                              .language = language_href(rq),
                              .find_words = STR(""),
                              .css = asset_href("app.css"),
                              .icon = asset_href("favicon.svg"),
                              .script = asset_name("app.js"),
                              .font_thai = asset_href("sarabun-thai-400.woff2"),
                              .font_latin = asset_href("sarabun-latin-400.woff2"),
                              .font_thai_bold = asset_href("sarabun-thai-600.woff2"),
                              .font_latin_bold = asset_href("sarabun-latin-600.woff2"),
                              .version = STR(SARN_VERSION)};
    if (menu == MENU_FIND) {
        struct str words = rq_param(rq, "q");
        if (!str_is_none(words)) v->find_words = words;
    }
    who_view_fill(rq, &v->who);
    fund_menu_fill(rq, &v->fund);
    how_fill(rq, v);
    if (v->fund.is_here) v->menu = MENU_NONE; /* the fund's own part says where we are */
    rq->layout = v;
    begin_body(rq);
    layout_open_html(&rq->res->body, &rq->page, v);
    return &rq->res->body;
}

enum err rq_html_end(struct rq *rq)
{
    layout_close_html(&rq->res->body, &rq->page, rq->layout);
    if (rq->nfaults > 0) form_name_faults(&rq->res->body, &rq->page, rq->faults, rq->nfaults);
    if (rq->res->status == 0) rq->res->status = 200;
    rq->res->content_type = HTML_TYPE;
    rq->res->may_compress = true;
    return ERR_OK;
}

/* ---- JSON ---- */

struct json_out *rq_json_begin(struct rq *rq)
{
    begin_body(rq);
    rq->json = json_begin(&rq->res->body);
    return &rq->json;
}

enum err rq_json_end(struct rq *rq)
{
    json_end(&rq->json);
    if (rq->res->status == 0) rq->res->status = 200;
    rq->res->content_type = JSON_TYPE;
    rq->res->may_compress = true;
    return ERR_OK;
}

enum err rq_download(struct rq *rq, struct str name, const char *ending, struct str type)
{
    web_header_set(rq->res, STR("Content-Disposition"),
                   str_printf(rq->arena, "attachment; filename=\"sarn-%.*s.%s\"", STR_FMT(name), ending));
    rq->res->status = 200;
    rq->res->content_type = type;
    return ERR_OK;
}

enum err rq_redirect(struct rq *rq, struct href to)
{
    rq->res->status = 303;
    rq->res->content_type = STR("text/plain; charset=utf-8");
    rq->res->body = buf_in(rq->arena, 64);
    web_header_set(rq->res, STR("Location"), to.path);
    return ERR_OK;
}

/* ---- errors ---- */

struct error_words {
    int status;
    const char *code; /* in JSON */
    enum msg title, text;
};

static const struct error_words *words_of(int status)
{
    static const struct error_words known[] = {
        {500, "internal", MSG_error_500_title, MSG_error_500_text},
        {400, "bad_request", MSG_error_400_title, MSG_error_400_text},
        {401, "unauthorized", MSG_error_401_title, MSG_error_401_text},
        {403, "forbidden", MSG_error_403_title, MSG_error_403_text},
        {404, "not_found", MSG_error_404_title, MSG_error_404_text},
        {405, "method_not_allowed", MSG_error_405_title, MSG_error_405_text},
        {408, "too_slow", MSG_error_408_title, MSG_error_408_text},
        {409, "conflict", MSG_error_409_title, MSG_error_409_text},
        {413, "too_large", MSG_error_413_title, MSG_error_413_text},
        {422, "unprocessable", MSG_error_422_title, MSG_error_422_text},
        {429, "too_many", MSG_error_429_title, MSG_error_429_text},
        {431, "head_too_large", MSG_error_431_title, MSG_error_431_text},
        {503, "unavailable", MSG_error_503_title, MSG_error_503_text},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].status == status) return &known[i];
    return &known[0];
}

/* What an error says: a status' own words, or more than those. */
struct error_said {
    const char *code; /* NULL: the status' own */
    struct str text;  /* none: the status' own */
    const struct fault_row *faults;
    size_t nfaults;
};

static void error_json(struct buf *out, enum lang lang, const struct error_words *w, const struct error_said *said)
{
    struct json_out j = json_begin(out);
    json_object(&j, NULL);
    json_object(&j, "error");
    json_str(&j, "code", str_of(said->code == NULL ? w->code : said->code));
    json_str(&j, "message", str_is_none(said->text) ? msg_text(w->text, lang) : said->text);
    json_array(&j, "fields");
    for (size_t i = 0; i < said->nfaults; i++) {
        json_object(&j, NULL);
        json_str(&j, "field", str_of(said->faults[i].field));
        json_str(&j, "message", said->faults[i].message);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    json_object_end(&j);
    json_end(&j);
}

static void error_html(struct rq *rq, int status, const struct error_words *w, const struct error_said *said)
{
    struct error_view v = {.status = w->status, .reason = said->text};
    if (said->nfaults > 0) {
        v.field = str_of(said->faults[0].field);
        v.value = rq_param(rq, said->faults[0].field);
    }
    bool is_get = rq->web->method == WEB_GET || rq->web->method == WEB_HEAD;
    v.has_again = is_get && (status == 400 || status == 503 || status == 500);
    if (v.has_again) v.again = href_of_path(rq->arena, rq->path);
    struct buf *out = rq_html_begin(rq, msg_text(w->title, rq->page.lang), MENU_NONE);
    error_page_html(out, &rq->page, &v);
    (void)!rq_html_end(rq); /* writes to memory: cannot fail */
}

static void put_error(struct rq *rq, int status, const struct error_said *said)
{
    const struct error_words *w = words_of(status);
    rq->res->status = 0;
    rq->res->nheaders = 0; /* whatever was begun did not happen: no cookie, no address of it */
    if (rq_is_api(rq)) {
        begin_body(rq);
        error_json(&rq->res->body, rq->page.lang, w, said);
        rq->res->content_type = JSON_TYPE;
    } else {
        error_html(rq, status, w, said);
    }
    rq->res->status = status;
    rq->res->etag = STR_NONE;
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
    if (status == 503) web_header_set(rq->res, STR("Retry-After"), STR("2"));
}

void answer_error(struct rq *rq, int status)
{
    put_error(rq, status, &(struct error_said){0});
}

void answer_error_text(struct rq *rq, int status, const char *code, enum msg text)
{
    put_error(rq, status, &(struct error_said){.code = code, .text = msg_text(text, rq->page.lang)});
}

void answer_wrong_grant(struct rq *rq, const struct grant *other)
{
    struct str text = MSG_FORMAT(rq->arena, rq->page.lang, MSG_error_wrong_grant, who_grant_label(rq, &rq->who.acting),
                                 who_grant_label(rq, other));
    put_error(rq, 403, &(struct error_said){.code = "wrong_grant", .text = text});
}

void answer_faults(struct rq *rq, const struct fault_row *faults, size_t n)
{
    struct error_said said = {.text = msg_text(MSG_error_fields, rq->page.lang), .faults = faults, .nfaults = n};
    put_error(rq, 400, &said);
}

enum err rq_api_error(struct rq *rq, int status, const char *code, struct str message)
{
    put_error(rq, status, &(struct error_said){.code = code, .text = message});
    return ERR_OK;
}

void answer_failure(struct rq *rq, enum err e)
{
    if (e == ERR_NOT_FOUND) {
        answer_error(rq, 404);
    } else if (e == ERR_CONFLICT) {
        answer_error(rq, 409);
    } else if (e == ERR_INPUT || e == ERR_LIMIT) {
        answer_error(rq, 400);
    } else {
        /* What went wrong goes to the log with its path; the reader gets words and what to do. */
        log_error("request_failed", "path=%.*s why=%s detail=%s", STR_FMT(rq->path), err_name(e),
                  err_detail());
        if (e == ERR_DISK) answer_error_text(rq, 503, "disk_full", MSG_error_disk);
        else answer_error(rq, e == ERR_UNAVAILABLE || e == ERR_AGAIN ? 503 : 500);
    }
}

enum err rq_not_found(struct rq *rq)
{
    answer_error(rq, 404);
    return ERR_OK;
}

enum err rq_bad_param(struct rq *rq, const char *field, enum msg message)
{
    struct fault_row fault = {field, msg_text(message, rq->page.lang), FAULT_SAID};
    put_error(rq, 400, &(struct error_said){.text = fault.message, .faults = &fault, .nfaults = 1});
    return ERR_OK;
}

/* ---- the last touches ---- */

/* A tag of what is sent: 128 bits of SipHash under a fixed key are enough to tell two answers apart. */
static struct str body_tag(struct arena *a, struct str body)
{
    static const unsigned char key[crypto_shorthash_siphashx24_KEYBYTES] = "sarn-etag";
    unsigned char hash[crypto_shorthash_siphashx24_BYTES];
    struct buf b = buf_in(a, 64);
    crypto_shorthash_siphashx24(hash, (const unsigned char *)body.p, body.n, key);
    buf_putc(&b, '"');
    buf_hex(&b, hash, sizeof hash);
    buf_putc(&b, '"');
    return buf_str(&b);
}

void answer_finish(struct rq *rq)
{
    struct web_response *res = rq->res;
    assert(res->status != 0); /* a handler that returned ERR_OK has answered */
    if (gate_is_private(rq)) web_header_set(res, STR("Cache-Control"), STR("no-store"));
    if (!str_is_none(res->static_body) || res->status != 200) return;
    struct web_fields set = {res->headers, res->nheaders};
    struct str rule = web_header_get(set, "Cache-Control");
    if (!str_is_none(rule) && str_eq(rule, STR("no-store"))) return; /* nothing to compare it with later */
    if (str_is_none(res->etag)) res->etag = body_tag(rq->arena, buf_str(&res->body));
    if (str_is_none(rule))
        web_header_set(res, STR("Cache-Control"), rq->who.is_in ? STR("private, no-cache") : STR("no-cache"));
    /* A page is in the language of the cookie; web/ adds Accept-Encoding by itself. */
    if (!rq_is_api(rq) || rq->who.is_in) web_header_set(res, STR("Vary"), STR("Cookie"));
}

void answer_plain_error(void *ctx, bool is_api, int status, struct web_response *res)
{
    const struct error_words *w = words_of(status);
    (void)ctx;
    if (is_api) {
        error_json(&res->body, LANG_EN, w, &(struct error_said){0});
        res->content_type = JSON_TYPE;
        return;
    }
    struct page pg = {.lang = LANG_TH, .arena = res->body.arena};
    struct plain_error_view v = {.status = status,
                                 .title_th = msg_text(w->title, LANG_TH),
                                 .title_en = msg_text(w->title, LANG_EN),
                                 .text_th = msg_text(w->text, LANG_TH),
                                 .text_en = msg_text(w->text, LANG_EN)};
    plain_error_html(&res->body, &pg, &v);
    res->content_type = HTML_TYPE;
}

/* ---- lists that are read once ---- */

void *rq_list_get(const struct rq *rq, const char *name, int64_t of, size_t *ret_n)
{
    for (const struct rq_list *l = rq->lists; l != NULL; l = l->next)
        if (strcmp(l->name, name) == 0 && l->of == of) {
            *ret_n = l->n;
            return l->rows;
        }
    return NULL;
}

void rq_list_put(struct rq *rq, const char *name, int64_t of, void *rows, size_t n)
{
    struct rq_list *l = ARENA_NEW(rq->arena, struct rq_list);
    *l = (struct rq_list){name, of, rows, n, rq->lists};
    rq->lists = l;
}
