/* kept.c — nothing typed is lost: a form that was sent with a session that had ended.
 *
 * It is kept for an hour, without passwords, codes and files, for the person whose session it was: the session's
 * cookie says who, or the form itself (gate_form_owner). The browser gets a signed cookie with a secret; the row is found by the secret's hash and shown only to that
 * account. Sending it on is an ordinary POST to where it was going, through every gate again. */
#include <assert.h>

#include "app/answer.h"
#include "app/app_internal.h"
#include "app/app_sql.h"
#include "app/form.h"
#include "app/kept.html.h"
#include "base/rand.h"
#include "base/sha.h"
#include "web/request.h"

#define KEPT_COOKIE "sarn_kept"
#define KEPT_MS (INT64_C(3600) * 1000)
#define KEPT_BYTES ((size_t)64 << 10)
#define KEPT_FORMS 5   /* of one person */
#define SWEEP_ROWS 50

/* ---- keeping ---- */

/* What a form never gets back: secrets, and the marks that are new in each form. */
static bool is_left_out(struct str name)
{
    static const char *const never[] = {"csrf", "code", "totp", "secret"};
    if (str_find(name, STR("password")) >= 0) return true;
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (str_eq(name, str_of(never[i]))) return true;
    return false;
}

static void put_coded(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (is_plain) {
            buf_putc(b, (char)c);
        } else {
            buf_putc(b, '%');
            buf_putc(b, hex[c >> 4]);
            buf_putc(b, hex[c & 15]);
        }
    }
}

/* The fields as a body again; none: nothing was typed, or too much. Files are chosen again, as the page says. */
static struct str body_of(struct rq *rq)
{
    struct buf b = buf_in(rq->arena, KEPT_BYTES);
    bool is_typed = false;
    for (size_t i = 0; i < rq->web->form.n; i++) {
        const struct web_field *f = &rq->web->form.items[i];
        if (is_left_out(f->name)) continue;
        is_typed |= !str_eq(f->name, STR("idempotency_key"));
        if (b.n > 0) buf_putc(&b, '&');
        put_coded(&b, f->name);
        buf_putc(&b, '=');
        put_coded(&b, f->value);
    }
    return is_typed && !b.is_full ? buf_str(&b) : STR_NONE;
}

static struct str hash_of(struct rq *rq, struct str secret)
{
    struct sha256 sum = sha256_of(secret);
    struct buf hex = buf_in(rq->arena, 80);
    buf_hex(&hex, sum.b, sizeof sum.b);
    return buf_str(&hex);
}

/* Somebody else is logged in at this browser: told what happened, and nothing of what was typed. */
static enum err tell_other(struct rq *rq, bool is_kept)
{
    struct kept_other_view v = {.marks = form_marks(rq), .name = rq->who.name, .is_kept = is_kept};
    struct buf *out = rq_html_begin(rq, msg_text(MSG_kept_other_title, rq->page.lang), MENU_NONE);
    kept_other_html(out, &rq->page, &v);
    TRY(rq_html_end(rq));
    rq->res->status = 403;
    return ERR_OK;
}

enum err kept_take(struct rq *rq)
{
    struct str body = body_of(rq), secret = rand_slug(rq->arena, 32);
    struct instant now = clock_now(), until = {now.v + KEPT_MS};
    int64_t account = rq->who.dead_account;
    bool is_others = rq->who.is_in && rq->who.account != account;
    if (str_is_none(body)) return is_others ? tell_other(rq, false) : ERR_NOT_FOUND;
    TRY(app_kept_sweep(rq->db, now, SWEEP_ROWS, NULL));
    TRY(app_kept_add(rq->db, hash_of(rq, secret), account, rq->path, body, now, until, NULL));
    TRY(app_kept_sweep_own(rq->db, account, KEPT_FORMS, NULL));
    rq_cookie_set(rq, KEPT_COOKIE, gate_sign(rq, KEPT_COOKIE, secret), KEPT_MS / 1000);
    if (is_others) return tell_other(rq, true);
    return rq->who.is_in ? rq_redirect(rq, HREF(rq->arena, "/kept")) : rq_redirect(rq, gate_log_in_href(rq, STR("/kept")));
}

/* ---- giving back ---- */

/* The hash of what the cookie holds; none: no cookie, or none of ours. */
static struct str asked_hash(struct rq *rq)
{
    struct str secret, cookie = rq_cookie(rq, KEPT_COOKIE);
    if (str_is_none(cookie) || gate_unsign(rq, KEPT_COOKIE, cookie, &secret) != ERR_OK) return STR_NONE;
    return hash_of(rq, secret);
}

/* ERR_NOT_FOUND also when it is another person's: they are told the same. */
static enum err find(struct rq *rq, struct app_kept_get_row *ret)
{
    struct str hash = asked_hash(rq);
    const struct route *route = NULL;
    struct str args[APP_PATH_ARGS_MAX];
    if (str_is_none(hash)) return ERR_NOT_FOUND;
    TRY(app_kept_get(rq->db, rq->arena, hash, ret));
    if (ret->account_no != rq->who.account || ret->expires_at.v <= clock_now().v) return ERR_NOT_FOUND;
    return route_find(WEB_POST, ret->path, &route, args) == ROUTE_FOUND ? ERR_OK : ERR_NOT_FOUND;
}

/* What the form carries for itself and nobody typed. */
static bool is_inner(struct str name)
{
    static const char *const inner[] = {"version", "seen", "step", "go", "act", "rows", "mark", "draft", "draft_version", "book", "item", "former"};
    if (str_starts(name, STR("id_"))) return true;
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++)
        if (str_eq(name, str_of(inner[i]))) return true;
    return false;
}

static enum err fill(struct rq *rq, const struct app_kept_get_row *row, struct kept_view *v)
{
    struct web_fields all = {0};
    TRY(web_fields_parse(rq->arena, row->body, WEB_FORM_FIELDS_MAX, &all));
    struct kept_field *fields = ARENA_ARRAY(rq->arena, struct kept_field, all.n);
    for (size_t i = 0; i < all.n; i++) {
        /* Its own key goes with it: had it been done after all, it is not done again. */
        if (str_eq(all.items[i].name, STR("idempotency_key")))
            v->marks.key = all.items[i].value;
        else
            fields[v->nfields++] = (struct kept_field){.name = all.items[i].name, .value = all.items[i].value, .is_inner = is_inner(all.items[i].name)};
    }
    TRY(kept_name_fields(rq, row->path, fields, v->nfields, v));
    v->fields = fields;
    v->action = href_of_path(rq->arena, row->path);
    v->recorded_at = row->recorded_at;
    v->has_form = true;
    return ERR_OK;
}

enum err app_kept_page(struct rq *rq)
{
    struct app_kept_get_row row = {0};
    struct kept_view v = {.marks = form_marks(rq)};
    v.drop = v.marks;
    enum err e = find(rq, &row);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_OK) TRY(fill(rq, &row, &v));
    struct buf *out = rq_html_begin(rq, msg_text(MSG_kept_title, rq->page.lang), MENU_NONE);
    kept_html(out, &rq->page, &v);
    return rq_html_end(rq);
}

enum err app_kept_drop_post(struct rq *rq)
{
    struct str hash = asked_hash(rq);
    if (!str_is_none(hash)) TRY(app_kept_drop(rq->db, hash, rq->who.account, NULL));
    rq_cookie_set(rq, KEPT_COOKIE, STR(""), 0);
    return rq_redirect(rq, HREF(rq->arena, "/work"));
}

/* A POST went through while the cookie is there: when it was that form, it is done. */
enum err kept_done(struct rq *rq)
{
    struct app_kept_get_row row = {0};
    struct str hash = asked_hash(rq);
    if (!rq->who.is_in || str_is_none(hash) || rq->res->status >= 400) return ERR_OK;
    enum err e = app_kept_get(rq->db, rq->arena, hash, &row);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    if (row.account_no != rq->who.account || !str_eq(row.path, rq->path)) return ERR_OK; /* another's, or another form */
    TRY(app_kept_drop(rq->db, hash, rq->who.account, NULL));
    rq_cookie_set(rq, KEPT_COOKIE, STR(""), 0);
    return ERR_OK;
}
