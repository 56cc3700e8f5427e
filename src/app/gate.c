/* gate.c — what must be true before a handler runs: the form is ours, the grant holds the right. */
#include <assert.h>
#include <sodium.h>

#include "app/answer.h"
#include "app/app_internal.h"
#include "app/form.h"
#include "app/who_view.h"
#include "base/log.h"
#include "base/rand.h"
#include "base/sha.h"

#define FORM_COOKIE "sarn_form"
#define FORM_OWNER  "sarn_owner"
#define CSRF_HEX 40 /* letters of a session's token */
#define TAG_HEX 32 /* letters of a signature: 128 bits */

bool gate_is_same(struct str a, struct str b)
{
    return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

/* ---- signed texts ---- */

static struct str tag_of(struct rq *rq, const char *purpose, struct str value)
{
    uint8_t hash[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    struct buf hex = buf_in(rq->arena, sizeof hash * 2 + 1);
    /* The purpose, with its end: what was signed for one cookie is nothing in another. */
    crypto_auth_hmacsha256_init(&state, rq->app->secret, APP_SECRET_BYTES);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)value.p, value.n);
    crypto_auth_hmacsha256_final(&state, hash);
    buf_hex(&hex, hash, TAG_HEX / 2);
    return buf_str(&hex);
}

struct str gate_sign(struct rq *rq, const char *purpose, struct str value)
{
    return str_concat(rq->arena, (const struct str[]){value, STR("."), tag_of(rq, purpose, value)}, 3);
}

enum err gate_unsign(struct rq *rq, const char *purpose, struct str text, struct str *ret)
{
    if (text.n <= TAG_HEX + 1 || text.n > 200) return ERR_INPUT;
    struct str value = str_first(text, text.n - TAG_HEX - 1);
    if (text.p[value.n] != '.') return ERR_INPUT;
    if (!gate_is_same(str_from(text, value.n + 1), tag_of(rq, purpose, value))) return ERR_INPUT;
    *ret = value;
    return ERR_OK;
}

/* ---- the form is ours ---- */

/* A visitor has no session to tie a form to: the token stands in a signed cookie and in the form. */
static struct str visitor_token(struct rq *rq)
{
    struct str value, cookie = rq_cookie(rq, FORM_COOKIE);
    return !str_is_none(cookie) && gate_unsign(rq, FORM_COOKIE, cookie, &value) == ERR_OK ? cookie : STR_NONE;
}

/* Makes one and gives it to the browser, once in an answer. */
static struct str visitor_token_make(struct rq *rq)
{
    struct str token = gate_sign(rq, FORM_COOKIE, rand_slug(rq->arena, 26));
    rq_cookie_set(rq, FORM_COOKIE, token, -1);
    return token;
}

/* What a form says of the session it was made for: the session's token, and whose it was, signed. The first alone lets it
 * in; by the second it is kept for its owner when that session is over, also where the browser has forgotten it. */
static struct str session_part(struct str token)
{
    ptrdiff_t at = str_find(token, STR("."));
    return at < 0 ? token : str_first(token, (size_t)at);
}

static struct str token_sent(const struct rq *rq)
{
    struct str token = web_field_get(rq->web->form, "csrf");
    return str_is_none(token) ? web_header_get(rq->web->headers, "X-CSRF-Token") : token;
}

int64_t gate_form_owner(struct rq *rq)
{
    struct str token = token_sent(rq), owner;
    int64_t account = 0;
    if (str_is_none(token) || token.n < CSRF_HEX + 2 || token.p[CSRF_HEX] != '.') return 0;
    if (rq->who.is_in && (rq->who.by_token || gate_is_same(session_part(token), rq->who.csrf))) return 0;
    if (gate_unsign(rq, FORM_OWNER, str_from(token, CSRF_HEX + 1), &owner) != ERR_OK) return 0;
    return str_to_int(owner, &account) == ERR_OK ? account : 0;
}

struct form_marks form_marks(struct rq *rq)
{
    struct form_marks marks = {.csrf = rq->who.csrf, .key = rand_slug(rq->arena, 26)};
    if (rq->who.is_in) {
        struct str owner = str_printf(rq->arena, "%lld", (long long)rq->who.account);
        marks.csrf = str_concat(rq->arena, (const struct str[]){marks.csrf, STR("."), gate_sign(rq, FORM_OWNER, owner)}, 3);
        return marks;
    }
    if (str_is_none(rq->form_token)) rq->form_token = visitor_token(rq);
    if (str_is_none(rq->form_token)) rq->form_token = visitor_token_make(rq);
    marks.csrf = rq->form_token;
    /* The page belongs to this browser alone. */
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
    return marks;
}

/* The browser says which site sent the form, if it says anything: another one is refused. Programs
 * send neither header and carry no cookies of somebody else. */
static bool is_from_elsewhere(const struct rq *rq)
{
    struct str site = web_header_get(rq->web->headers, "Sec-Fetch-Site");
    if (!str_is_none(site)) return !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none"));
    struct str origin = web_header_get(rq->web->headers, "Origin");
    if (str_is_none(origin)) return false;
    ptrdiff_t at = str_find(origin, STR("://"));
    return at < 0 || !str_eq_nocase(str_from(origin, (size_t)at + 3), rq->web->host);
}

static bool is_json(const struct rq *rq)
{
    struct str type = web_header_get(rq->web->headers, "Content-Type"), kind;
    return !str_is_none(type) && str_split(&type, ';', &kind) && str_eq_nocase(str_trim(kind), STR("application/json"));
}

static bool is_ours(struct rq *rq)
{
    struct str token = token_sent(rq);
    if (rq->who.by_token) return true; /* no browser adds it by itself */
    if (rq->who.is_in) return !str_is_none(token) && gate_is_same(session_part(token), rq->who.csrf);
    if (is_from_elsewhere(rq)) return false;
    /* Another site cannot send this type without asking first, and is not allowed when it asks. */
    if (rq_is_api(rq) && is_json(rq)) return true;
    return gate_is_same(token, visitor_token(rq));
}

enum gate gate_csrf(struct rq *rq)
{
    if (rq->route->method != WEB_POST || is_ours(rq)) return GATE_OPEN;
    answer_error_text(rq, 403, "csrf", MSG_error_csrf);
    return GATE_SHUT;
}

/* ---- the right ---- */

bool gate_is_private(const struct rq *rq)
{
    return rq->route != NULL && rq->route->cap != CAP_public;
}

static struct str path_and_query(struct rq *rq)
{
    if (str_is_empty(rq->web->query)) return rq->path;
    return str_concat(rq->arena, (const struct str[]){rq->path, STR("?"), rq->web->query}, 3);
}

struct href gate_log_in_href(struct rq *rq, struct str next)
{
    return HREF(rq->arena, "/login?next={}", next);
}

/* Who is not in is asked to log in: a page by leading there, a program by 401. */
static enum err ask_to_log_in(struct rq *rq)
{
    if (!rq_is_api(rq)) {
        bool is_get = rq->route->method == WEB_GET;
        return rq_redirect(rq, gate_log_in_href(rq, is_get ? path_and_query(rq) : STR("/")));
    }
    answer_error(rq, 401);
    web_header_set(rq->res, STR("WWW-Authenticate"), STR("Bearer realm=\"sarn\""));
    return ERR_OK;
}

enum gate gate_token(struct rq *rq)
{
    struct str shown = web_header_get(rq->web->headers, "Authorization");
    if (rq->who.is_in || str_is_none(shown) || !rq_is_api(rq)) return GATE_OPEN;
    answer_error_text(rq, 401, "invalid_token", MSG_error_token);
    web_header_set(rq->res, STR("WWW-Authenticate"), STR("Bearer realm=\"sarn\", error=\"invalid_token\""));
    return GATE_SHUT;
}

bool rq_role_holds(const struct rq *rq, enum cap cap)
{
    return rq->who.is_in && (cap_roles(cap) >> rq->who.acting.role & 1) != 0;
}

enum err rq_may_fund(struct rq *rq, enum cap cap, struct str fund_code, bool *ret)
{
    *ret = false;
    if (!rq_role_holds(rq, cap)) return ERR_OK;
    return guard_holds_fund(rq->db, rq->arena, &rq->who.acting, fund_code, ret);
}

void rq_no_store(struct rq *rq)
{
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
}

enum err rq_may_area(struct rq *rq, enum cap cap, struct str area_code, bool *ret)
{
    *ret = false;
    if (!rq_role_holds(rq, cap)) return ERR_OK;
    return guard_holds_area(rq->db, rq->arena, &rq->who.acting, area_code, ret);
}

/* Role and place; `g` may be another grant than the acting one, to say which would do. */
static enum err holds(struct rq *rq, const struct grant *g, bool *ret)
{
    uint32_t roles = cap_roles(rq->route->cap);
    size_t arg = 0;
    enum scope_kind place = route_scope(rq->route, &arg);
    *ret = roles == 0;
    if (roles == 0 || (roles >> g->role & 1) == 0) return ERR_OK;
    if (place == SCOPE_FUND) return guard_holds_fund(rq->db, rq->arena, g, rq->args[arg], ret);
    if (place != SCOPE_NONE) return guard_holds_area(rq->db, rq->arena, g, rq->args[arg], ret);
    *ret = true;
    return ERR_OK;
}

/* The acting grant does not do; perhaps another of the same person does: then the page says which. */
static enum err refuse(struct rq *rq)
{
    log_warn("not_allowed", "account=%lld grant=%lld path=%.*s", (long long)rq->who.account, (long long)rq->who.acting.id,
             STR_FMT(rq->path));
    for (size_t i = 0; i < rq->who.ngrants; i++) {
        bool is_held = false;
        if (rq->who.grants[i].id == rq->who.acting.id) continue;
        TRY(holds(rq, &rq->who.grants[i], &is_held));
        if (!is_held) continue;
        answer_wrong_grant(rq, &rq->who.grants[i]);
        return ERR_OK;
    }
    answer_error(rq, 403);
    return ERR_OK;
}

enum err gate_enter(struct rq *rq, enum gate *ret)
{
    bool is_held = false;
    *ret = GATE_OPEN;
    if (rq->route->cap == CAP_public) return ERR_OK;
    *ret = GATE_SHUT;
    if (!rq->who.is_in) return ask_to_log_in(rq);
    TRY(holds(rq, &rq->who.acting, &is_held));
    if (!is_held) return refuse(rq);
    *ret = GATE_OPEN;
    return ERR_OK;
}

struct actor rq_actor(struct rq *rq)
{
    const struct who *who = &rq->who;
    assert(who->is_in);
    struct actor by = {.account = who->account, .grant = who->acting.id};
    by.code = str_printf(rq->arena, "account:%lld", (long long)who->account);
    if (who->acting.id != 0)
        by.acting = str_printf(rq->arena, "%s %s %.*s", role_code(who->acting.role), scope_code(who->acting.kind),
                               STR_FMT(who->acting.code));
    return by;
}
