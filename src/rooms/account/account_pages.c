/* account_pages.c — what the pages of room account share; see account_pages.h. */
#include "rooms/account/account_pages.h"

#include "app/who_view.h"
#include "base/thai.h"
#include "rooms/account_sql.h"

#define COOKIE_SECONDS (30 * 24 * 3600)
#define NEXT_MAX 2000

enum err pages_txn(struct rq *rq, enum db_txn txn, enum err (*act)(struct rq *rq, void *ctx), void *ctx)
{
    TRY(rq_txn_begin(rq, txn));
    enum err e = act(rq, ctx);
    enum err ended = rq_txn_end(rq, e == ERR_OK);
    return e == ERR_OK ? ended : e;
}

/* Only an address of this site: a stranger's link must not lead elsewhere after the password. */
static bool is_ours(struct str next)
{
    if (next.n == 0 || next.n > NEXT_MAX || next.p[0] != '/') return false;
    if (next.n > 1 && (next.p[1] == '/' || next.p[1] == '\\')) return false;
    for (size_t i = 0; i < next.n; i++)
        if ((unsigned char)next.p[i] < ' ' || next.p[i] == '\\') return false;
    return true;
}

struct href pages_next(struct rq *rq, struct str next)
{
    if (!str_is_none(next) && is_ours(next)) return href_of_path(rq->arena, next);
    return href_of(rq->arena, "/work", NULL, 0);
}

void pages_set_session(struct rq *rq, struct str secret)
{
    rq_cookie_set(rq, ACCOUNT_COOKIE, secret, str_is_empty(secret) ? 0 : COOKIE_SECONDS);
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
}

struct str pages_password(struct form *f, const char *name)
{
    struct str clean = STR("");
    if (thai_clean_line(f->rq->arena, form_raw(f, name), &clean) != ERR_OK) return STR("");
    return clean;
}

void pages_password_fault(struct form *f, const char *name, struct str login, struct str password)
{
    static const enum msg words[] = {[ACCOUNT_PASSWORD_SHORT] = MSG_password_short,
                                     [ACCOUNT_PASSWORD_LONG] = MSG_password_long,
                                     [ACCOUNT_PASSWORD_COMMON] = MSG_password_common,
                                     [ACCOUNT_PASSWORD_LOGIN] = MSG_password_is_login};
    enum account_password_fault fault = account_password_fault(f->rq->arena, login, password);
    if (fault != ACCOUNT_PASSWORD_GOOD) form_fault_msg(f, name, words[fault]);
}

struct str pages_wait(struct rq *rq, int64_t seconds)
{
    enum msg m = seconds < 90 ? MSG_login_wait_seconds : MSG_login_wait_minutes;
    return MSG_FORMAT(rq->arena, rq->page.lang, m, str_printf(rq->arena, "%lld",
                      (long long)(seconds < 90 ? seconds : (seconds + 59) / 60)));
}

void pages_too_many(struct form *f, int64_t seconds)
{
    form_page_status(f, 429);
    web_header_set(f->rq->res, STR("Retry-After"), str_printf(f->rq->arena, "%lld", (long long)seconds));
}

enum err pages_wait_api(struct rq *rq, int64_t seconds)
{
    TRY(rq_api_error(rq, 429, "too_many_tries", pages_wait(rq, seconds)));
    web_header_set(rq->res, STR("Retry-After"), str_printf(rq->arena, "%lld", (long long)seconds));
    return ERR_OK;
}

enum err pages_done_api(struct rq *rq)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_bool(j, "done", true);
    json_object_end(j);
    return rq_json_end(rq);
}

struct str pages_role(struct rq *rq, enum role role)
{
    return who_role_name(rq->page.lang, role);
}

enum err pages_place(struct rq *rq, enum scope_kind kind, struct str code, struct str *ret)
{
    struct str th = code, en = STR_NONE;
    if (kind == SCOPE_FUND) {
        struct account_fund_name_row row = {0};
        TRY(account_fund_name(rq->db, rq->arena, code, &row));
        th = row.name_th;
        en = row.name_en;
    } else if (kind != SCOPE_ORG) {
        struct account_area_name_row row = {0};
        TRY(account_area_name(rq->db, rq->arena, code, &row));
        th = row.name_th;
        en = row.name_en;
    }
    *ret = lang_name(rq->page.lang, th, en);
    return ERR_OK;
}

struct str pages_groups_of_four(struct arena *a, struct str s)
{
    struct buf b = buf_in(a, s.n * 2);
    for (size_t i = 0; i < s.n; i++) {
        if (i > 0 && i % 4 == 0) buf_putc(&b, ' ');
        buf_putc(&b, s.p[i]);
    }
    return buf_str(&b);
}

struct actor pages_actor_of(struct arena *a, struct account_id id)
{
    return (struct actor){.code = str_printf(a, "account:%lld", (long long)id.v), .account = id.v};
}

struct str pages_whole_address(struct rq *rq, struct str path)
{
    const char *scheme = rq->web->is_https ? "https" : "http";
    return str_printf(rq->arena, "%s://%.*s%.*s", scheme, STR_FMT(rq->web->host), STR_FMT(path));
}

void pages_no_repeat(struct rq *rq)
{
    rq->repeat = (struct repeat){0};
}
