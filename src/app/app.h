/* app.h — what every request shares: one pipeline, app_handle(), and the rq that handlers see.
 *
 * app_handle(): language → find route → method → begin transaction (a GET's cannot write) → who asks →
 * CSRF → capability and scope → repeated request? → handler → commit or roll back → headers, ETag. A
 * handler is straight-line code: read input, call the room's rule, fill a view, call the template.
 */
#ifndef SARN_APP_APP_H
#define SARN_APP_APP_H

#include "app/views.h"
#include "app/who.h"
#include "db/pool.h"
#include "html/msg.h"
#include "json/json_out.h"
#include "web/web.h"

#define APP_PATH_ARGS_MAX 4
#define APP_PAGE_BYTES_MAX ((size_t)2 << 20)
#define APP_ARENA_BYTES_MAX ((size_t)32 << 20)
#define APP_FILE_FORM_BYTES ((size_t)11 << 20) /* body limit of a route that takes files */

struct app; /* opaque; one a process */
struct route;

/* A request that carries an idempotency key, until its answer is stored (app/repeat.c). */
struct repeat {
    struct str actor, key, hash; /* key none: nothing to remember */
    bool is_taken;               /* by this request, in a transaction that is open or committed */
    bool is_found;               /* the same key was used before: the answer is already made */
    bool is_secret;              /* the answer shows what is shown once: it is not stored */
};

struct rq_list { /* rq_list_put() */
    const char *name;
    int64_t of;
    void *rows;
    size_t n;
    const struct rq_list *next;
};
/* The request as a handler sees it. Lives until the response is sent. */
struct rq {
    struct app *app;
    const struct web_request *web;
    struct web_response *res;
    struct db *db; /* inside this request's transaction; NULL on a route without database */
    struct arena *arena;
    struct page page; /* language and arena, for templates and messages */
    struct str args[APP_PATH_ARGS_MAX]; /* {…} parts of the route's path, decoded, in order */
    struct str path;                    /* as asked, for links back and the language switch */
    bool is_demo;                       /* the database holds demo data: every page says so */
    struct date today;
    struct fiscal_year this_fy;
    struct who who;              /* on every route but INLINE ones */
    const struct route *route;   /* NULL: no such page */
    unsigned worker;
    bool is_writing;             /* rq->db is in a write transaction */
    bool is_kept;                /* something of this request is in the database: it is not done anew */
    bool keeps_form;             /* its session is over: kept for its owner instead of handled */
    struct repeat repeat;
    struct str form_token;       /* a visitor's, made or read by form_marks() */
    struct json_out json;        /* of rq_json_begin */
    struct layout_view *layout;  /* of rq_html_begin */
    struct str about_fund;       /* the code of the fund that a page for everybody tells of, where its address does not say; set
                                    before rq_html_begin. Who has a role there keeps that fund's menu */
    const struct rq_list *lists; /* of rq_list_put() */
    const struct fault_row *faults; /* of form_errors(): named in the summary when the page is whole */
    size_t nfaults;
};

enum route_lane { ROUTE_INLINE, ROUTE_FAST, ROUTE_SLOW, ROUTE_SELF };
typedef enum err (*route_fn)(struct rq *rq);

/* ---- answers ---- */
/* Page: layout around a body that the handler renders between the two. */
struct buf *rq_html_begin(struct rq *rq, struct str title, enum menu menu);
enum err rq_html_end(struct rq *rq);
/* JSON: writer on the response body; rq_json_end() sets the type and status 200. */
struct json_out *rq_json_begin(struct rq *rq);
enum err rq_json_end(struct rq *rq);
enum err rq_redirect(struct rq *rq, struct href to); /* 303 */
/* A cookie of this program by its plain name (behind TLS it is sent as __Host-NAME); none: it is not there. */
struct str rq_cookie(const struct rq *rq, const char *name);
/* HttpOnly, SameSite=Lax, Secure behind TLS; seconds 0 takes it away, below 0: until the browser is closed. */
void rq_cookie_set(struct rq *rq, const char *name, struct str value, int64_t seconds);
/* The body is a file to keep: "sarn-NAME.ENDING". */
enum err rq_download(struct rq *rq, struct str name, const char *ending, struct str type);
/* Nice 404 page or JSON error; handlers may also just return ERR_NOT_FOUND. */
enum err rq_not_found(struct rq *rq);
/* Bad parameter on a GET: 400 page that says which field, what is wrong and what is right. */
enum err rq_bad_param(struct rq *rq, const char *field, enum msg message);

/* ---- lists that are read once ---- */
/* A short list of reference data that one page asks for again and again is read once: kept by its query's name, and the year or
 * whatever else it is of (0: nothing). get: NULL when it was not put yet. The rows are the request's. */
void *rq_list_get(const struct rq *rq, const char *name, int64_t of, size_t *ret_n);
void rq_list_put(struct rq *rq, const char *name, int64_t of, void *rows, size_t n);

/* ---- input ---- */
struct str rq_param(struct rq *rq, const char *name);      /* cleaned, trimmed; none when absent */
/* ?fy=…: this_fy when absent or empty. ERR_INPUT when it is no year: answer with rq_bad_param. */
enum err rq_fy(struct rq *rq, struct fiscal_year *ret);
bool rq_is_api(const struct rq *rq);

/* ---- who acts ---- */
/* The person and the grant they act in, for rules and the audit trail; asserts that somebody is in. */
struct actor rq_actor(struct rq *rq);
/* On a route of lane SELF, rq->db is NULL until the handler opens a transaction here and NULL again
 * after it. What must not hold up writers (hashing a password) stands between two of them. A write's
 * answer that is made before rq_txn_end() is what a repeated request is given. */
enum err rq_txn_begin(struct rq *rq, enum db_txn txn);
enum err rq_txn_end(struct rq *rq, bool is_ok);
/* The answer holds something that is shown once (a token, a link): it is not kept for repeats, which
 * are told that it was done. */
void rq_answer_is_secret(struct rq *rq);

/* ---- life ---- */
struct app_config {
    const char *db_url;
    unsigned workers;
    const char *today; /* ISO; fixes the clock, for demo and tests; NULL: the system's */
    const char *files; /* "db" or a folder (file.h); NULL: as the database says */
};
enum err app_open(const struct app_config *config, struct app **ret);
void app_close(struct app *app);
/* The whole pipeline; tests call it without a socket. `worker` chooses the connection. */
void app_handle(struct app *app, unsigned worker, const struct web_request *req, struct web_response *res);
/* What the last request of this worker cost: budgets in tests. */
struct app_cost {
    uint32_t statements;
    uint32_t anew; /* how often it was done anew: ERR_AGAIN */
    size_t arena_bytes;
};
struct app_cost app_last_cost(const struct app *app, unsigned worker);
struct web_app app_web(struct app *app);

/* ---- every door, declared by its line of routes.def ---- */
#define DOC(handler, summary, params, schema)
#define ROUTE(method, path, handler, cap, lane, body) enum err handler(struct rq *rq);
#include "app/routes.def"
#undef ROUTE
#undef DOC

#endif
