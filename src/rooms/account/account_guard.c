/* account_guard.c — who asks, and what their grants hold: the guard_…() functions of app/who.h.
 *
 * A request with a cookie or a token costs two statements (who, which grants), one without costs none. */
#include <assert.h>
#include <sodium.h>

#include "app/app.h"
#include "rooms/account/account_inside.h"
#include "rooms/account_sql.h"

#define IDLE_MINUTES 480 /* setting session_idle_minutes: a working day */
#define SEEN_MS      (5 * ACCOUNT_MINUTE_MS)
#define CSRF_BYTES   20
#define NAMES_AT_ONCE 8

/* The token of this session's forms: a keyed hash, so that a form seen by others gives no session away. */
static struct str csrf_of(struct arena *a, struct str secret)
{
    static const char what[] = "sarn-csrf-v1";
    unsigned char sum[CSRF_BYTES];
    struct sha256 key = sha256_of(secret);
    struct buf hex = buf_in(a, 2 * sizeof sum);
    int rc = crypto_generichash(sum, sizeof sum, (const unsigned char *)what, sizeof what - 1, key.b, sizeof key.b);
    assert(rc == 0);
    buf_hex(&hex, sum, sizeof sum);
    return buf_str(&hex);
}

static struct grant grant_of(const struct account_grants_on_row *r)
{
    struct grant g = {.id = r->id.v, .code = r->scope_code, .name_th = r->name_th, .name_en = r->name_en};
    /* A role of an earlier program that this one does not know may do nothing. */
    if (role_of(r->role, &g.role) != ERR_OK) g.role = ROLE_visitor;
    if (scope_kind_of(r->scope_kind, &g.kind) != ERR_OK) g.kind = SCOPE_NONE;
    return g;
}

/* Every grant of today; acts in `wanted` when it is still one of them, else in the first. */
static enum err read_grants(struct rq *rq, struct account_id account, int64_t wanted, struct who *w)
{
    struct account_grants_on_row *rows = NULL;
    size_t n = 0;
    TRY(account_grants_on(rq->db, rq->arena, account, rq->today, ACCOUNT_GRANTS_MAX, &rows, &n));
    struct grant *grants = ARENA_ARRAY(rq->arena, struct grant, n);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        grants[i] = grant_of(&rows[i]);
        if (grants[i].id == wanted) at = i;
    }
    w->grants = grants;
    w->ngrants = n;
    if (n > 0) w->acting = grants[at];
    return ERR_OK;
}

static struct str bearer_of(struct rq *rq)
{
    struct str h = web_header_get(rq->web->headers, "Authorization");
    if (str_is_none(h)) return STR_NONE;
    struct str word = str_first(h, 7);
    return str_eq_nocase(word, STR("bearer ")) ? str_trim(str_from(h, 7)) : STR("");
}

/* A token of one grant knows no other one, and never becomes one of another when that grant ends. */
static void keep_one(struct who *w, int64_t grant)
{
    bool is_on = w->acting.id == grant; /* read_grants(): acts in it where it is one of today's */
    size_t at = 0;
    while (is_on && w->grants[at].id != grant) at++;
    w->ngrants = is_on ? 1 : 0;
    if (is_on) w->grants += at;
    else w->acting = (struct grant){0};
}

static enum err by_token(struct rq *rq, struct str secret, struct who *ret)
{
    struct account_token_by_secret_row t = {0};
    enum err e = account_token_by_secret(rq->db, rq->arena, account_secret_hash(rq->arena, secret), &t);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    if (t.ended_at.has || clock_now().v >= t.expires_at.v || !str_eq(t.state, STR("open"))) return ERR_OK;
    struct who w = {.is_in = true, .account = t.account_id.v, .login = t.login, .name = t.name, .by_token = true,
                    .csrf = STR("")};
    TRY(read_grants(rq, t.account_id, t.grant_id.v, &w));
    if (!id_is_none(t.grant_id)) keep_one(&w, t.grant_id.v);
    *ret = w;
    return ERR_OK;
}

static enum err by_cookie(struct rq *rq, struct str secret, struct who *ret)
{
    struct account_session_by_secret_row s = {0};
    enum err e = account_session_by_secret(rq->db, rq->arena, account_secret_hash(rq->arena, secret), &s);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    int64_t minutes = IDLE_MINUTES, now = clock_now().v, set = 0;
    if (!str_is_none(s.idle_minutes) && str_to_int(s.idle_minutes, &set) == ERR_OK && set > 0) minutes = set;
    if (s.ended_at.has || now >= s.expires_at.v || now - s.seen_at.v >= minutes * ACCOUNT_MINUTE_MS ||
        !str_eq(s.state, STR("open"))) {
        ret->dead_account = s.account_id.v;
        return ERR_OK;
    }
    struct who w = {.is_in = true,
                    .account = s.account_id.v,
                    .login = s.login,
                    .name = s.name,
                    .session = s.id.v,
                    .is_stale = now - s.seen_at.v >= SEEN_MS,
                    .csrf = csrf_of(rq->arena, secret)};
    TRY(read_grants(rq, s.account_id, s.grant_id.v, &w));
    *ret = w;
    return ERR_OK;
}

enum err guard_who(struct rq *rq, struct who *ret)
{
    struct str bearer = bearer_of(rq), cookie = rq_cookie(rq, ACCOUNT_COOKIE);
    *ret = (struct who){0};
    /* Who shows a token means it: a bad one is not made good by a cookie beside it. */
    if (!str_is_none(bearer)) return str_is_empty(bearer) ? ERR_OK : by_token(rq, bearer, ret);
    return str_is_none(cookie) || str_is_empty(cookie) ? ERR_OK : by_cookie(rq, cookie, ret);
}

static bool is_area_kind(enum scope_kind k)
{
    return k == SCOPE_DISTRICT || k == SCOPE_PROVINCE || k == SCOPE_REGION || k == SCOPE_NATION;
}

enum err guard_holds_fund(struct db *db, struct arena *a, const struct grant *g, struct str fund_code, bool *ret)
{
    enum err e = ERR_NOT_FOUND;
    if (g->kind == SCOPE_FUND) {
        *ret = str_eq(g->code, fund_code);
        return ERR_OK;
    }
    if (g->kind == SCOPE_NATION) {
        struct account_scope_fund_row row = {0};
        e = account_scope_fund(db, a, fund_code, &row);
    } else if (is_area_kind(g->kind)) {
        struct account_grant_holds_fund_row row = {0};
        e = account_grant_holds_fund(db, a, (struct account_grant_id){g->id}, fund_code, &row);
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = e == ERR_OK;
    return ERR_OK;
}

enum err guard_holds_area(struct db *db, struct arena *a, const struct grant *g, struct str area_code, bool *ret)
{
    struct account_grant_holds_area_row row = {0};
    *ret = false;
    if (!is_area_kind(g->kind)) return ERR_OK;
    enum err e = g->kind == SCOPE_NATION ? ERR_NOT_FOUND
                                         : account_grant_holds_area(db, a, (struct account_grant_id){g->id}, area_code, &row);
    if (g->kind == SCOPE_NATION) {
        struct account_scope_area_row any = {0};
        e = account_scope_area(db, a, area_code, &any);
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = e == ERR_OK;
    return ERR_OK;
}

enum err guard_names(struct db *db, struct arena *a, const int64_t *ids, size_t n, struct str *ret_names)
{
    for (size_t i = 0; i < n; i++)
        ret_names[i] = STR_NONE;
    for (size_t from = 0; from < n; from += NAMES_AT_ONCE) {
        struct account_id id[NAMES_AT_ONCE] = {0};
        struct account_names_of_row *rows = NULL;
        size_t count = n - from < NAMES_AT_ONCE ? n - from : NAMES_AT_ONCE, nrows = 0;
        for (size_t i = 0; i < count; i++)
            id[i].v = ids[from + i];
        struct account_names_of_args args = {.id1 = id[0], .id2 = id[1], .id3 = id[2], .id4 = id[3],
                                             .id5 = id[4], .id6 = id[5], .id7 = id[6], .id8 = id[7]};
        TRY(account_names_of(db, a, &args, &rows, &nrows));
        for (size_t i = 0; i < count; i++)
            for (size_t r = 0; r < nrows; r++)
                if (rows[r].id.v == id[i].v) ret_names[from + i] = rows[r].name;
    }
    return ERR_OK;
}

enum err guard_person_key(struct db *db, struct arena *a, int64_t account, struct str *ret_key)
{
    struct account_key_of_row row = {.key = STR_NONE};
    enum err e = account_key_of(db, a, (struct account_id){account}, &row);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret_key = e == ERR_OK ? row.key : STR_NONE;
    return ERR_OK;
}

enum err guard_touch(struct db *db, const struct who *who)
{
    return account_session_seen(db, (struct account_session_id){who->session}, clock_now(), NULL);
}
