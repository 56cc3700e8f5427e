/* repeat.c — a request that carries an idempotency key is done once, however often it is sent.
 *
 * The row of (actor, key) is put first, in the act's own transaction: who comes second with the same
 * key waits for the first (PostgreSQL by the unique key, SQLite by the writer's lane) and then finds its
 * answer. What wrote nothing is not remembered: a review page, a form shown again. Visitors have no
 * actor, so theirs is not remembered either. ADR 0015. */
#include <assert.h>

#include "app/answer.h"
#include "app/app_internal.h"
#include "app/app_sql.h"
#include "base/sha.h"

#define KEY_LEAST 8
#define KEY_MOST 100
#define BODY_MOST ((size_t)64 << 10) /* a longer answer is not kept: the repeat is told that it was done */
#define KEEP_MS (INT64_C(90) * 24 * 3600 * 1000)
#define SWEEP_ROWS 50

static bool is_printable(struct str key)
{
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] < '!' || key.p[i] > '~') return false;
    return true;
}

static void add(struct sha256_state *hash, struct arena *a, struct str s)
{
    sha256_add(hash, str_printf(a, "%zu:", s.n));
    sha256_add(hash, s);
}

/* Of what was asked, without the marks that change each time a form is shown. A multipart body is
 * taken by its parts: browsers choose its boundary anew. */
static struct str hash_of(struct rq *rq)
{
    const struct web_request *web = rq->web;
    struct sha256_state *hash = sha256_begin(rq->arena);
    add(hash, rq->arena, STR("POST"));
    add(hash, rq->arena, rq->path);
    add(hash, rq->arena, web->query);
    for (size_t i = 0; i < web->form.n; i++) {
        if (str_eq(web->form.items[i].name, STR("csrf"))) continue;
        if (str_eq(web->form.items[i].name, STR("idempotency_key"))) continue;
        add(hash, rq->arena, web->form.items[i].name);
        add(hash, rq->arena, web->form.items[i].value);
    }
    for (size_t i = 0; i < web->files.n; i++) {
        add(hash, rq->arena, web->files.items[i].name);
        add(hash, rq->arena, web->files.items[i].bytes);
    }
    if (web->form.n == 0 && web->files.n == 0) add(hash, rq->arena, web->body);
    struct sha256 sum = sha256_end(hash);
    struct buf hex = buf_in(rq->arena, 80);
    buf_hex(&hex, sum.b, sizeof sum.b);
    return buf_str(&hex);
}

enum gate repeat_read(struct rq *rq)
{
    struct str key = web_header_get(rq->web->headers, "Idempotency-Key");
    if (str_is_none(key)) key = web_field_get(rq->web->form, "idempotency_key");
    if (!rq->who.is_in || str_is_none(key) || str_is_empty(key)) return GATE_OPEN;
    if (key.n < KEY_LEAST || key.n > KEY_MOST || !is_printable(key)) {
        answer_error_text(rq, 400, "idempotency_key_bad", MSG_error_key_bad);
        return GATE_SHUT;
    }
    rq->repeat = (struct repeat){.actor = str_printf(rq->arena, "account:%lld", (long long)rq->who.account),
                                 .key = key,
                                 .hash = hash_of(rq)};
    return GATE_OPEN;
}

/* The answer of then. One that is not kept (too long, or shown once) is told in words. */
static void replay(struct rq *rq, const struct app_repeat_get_row *row)
{
    struct web_response *res = rq->res;
    if (!str_eq(row->request_hash, rq->repeat.hash)) {
        answer_error_text(rq, 422, "idempotency_key_reused", MSG_error_key_reused);
        return;
    }
    if (row->status == 0 || str_is_none(row->body)) {
        answer_error_text(rq, 409, "already_done", MSG_error_already_done);
        return;
    }
    res->body = buf_in(rq->arena, APP_PAGE_BYTES_MAX);
    buf_put(&res->body, row->body);
    res->status = (int)row->status;
    res->content_type = row->content_type;
    if (!str_is_none(row->location)) web_header_set(res, STR("Location"), row->location);
    web_header_set(res, STR("Idempotent-Replayed"), STR("true"));
}

/* A few old rows go with one in sixteen requests: the table stays small and nobody waits for it. */
static enum err sweep(struct rq *rq)
{
    if (rq->repeat.hash.p[0] != '0') return ERR_OK;
    struct instant before = {clock_now().v - KEEP_MS};
    return app_repeat_sweep(rq->db, before, SWEEP_ROWS, NULL);
}

static enum err look(struct rq *rq)
{
    struct app_repeat_get_row row = {0};
    TRY(app_repeat_get(rq->db, rq->arena, rq->repeat.actor, rq->repeat.key, &row));
    rq->repeat.is_found = true;
    replay(rq, &row);
    return ERR_OK;
}

enum err repeat_look(struct rq *rq)
{
    if (str_is_none(rq->repeat.key)) return ERR_OK;
    enum err e = look(rq);
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err repeat_take(struct rq *rq)
{
    struct repeat *r = &rq->repeat;
    int64_t added = 0;
    if (str_is_none(r->key) || r->is_taken) return ERR_OK;
    TRY(app_repeat_add(rq->db, r->actor, r->key, r->hash, clock_now(), &added));
    if (added == 0) return look(rq);
    r->is_taken = true;
    return sweep(rq);
}

enum err repeat_store(struct rq *rq)
{
    struct repeat *r = &rq->repeat;
    const struct web_response *res = rq->res;
    struct web_fields set = {res->headers, res->nheaders};
    if (!r->is_taken) return ERR_OK;
    struct str body = r->is_secret || res->body.n > BODY_MOST ? STR_NONE : buf_str(&res->body);
    return app_repeat_store(rq->db, r->actor, r->key, res->status, res->content_type,
                            web_header_get(set, "Location"), body, NULL);
}

void rq_answer_is_secret(struct rq *rq)
{
    rq->repeat.is_secret = true;
}
