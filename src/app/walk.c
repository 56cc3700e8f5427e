/* walk.c — a request from its transaction to its answer: who asks, may they, was it asked before. */
#include <assert.h>

#include "app/answer.h"
#include "app/app_internal.h"
#include "app/app_sql.h"
#include "base/log.h"

#define VIEWED_MAX 500 /* bytes of an address in audit_view */

/* ---- transactions ---- */

static enum err txn_begin(struct rq *rq, enum db_txn txn)
{
    assert(rq->db == NULL);
    TRY(pool_begin(rq->app->pool, rq->worker, txn, &rq->db));
    db_stats_reset(rq->db);
    rq->is_writing = txn == DB_TXN_WRITE;
    return ERR_OK;
}

/* `e` is what came of it: on a failure all is undone, and that failure is given back. */
static enum err txn_end(struct rq *rq, enum err e, bool is_ok)
{
    struct db *db = rq->db;
    rq->app->last_cost[rq->worker].statements += db_stats(db).statements;
    rq->db = NULL;
    enum err ended = pool_end(rq->app->pool, rq->worker, db, e == ERR_OK && is_ok);
    if (e == ERR_OK && ended == ERR_OK && is_ok && rq->is_writing) rq->is_kept = true;
    return e == ERR_OK ? ended : e;
}

/* The first write of a request with a key takes the key; a repeat ends here, with the answer of then. */
enum err rq_txn_begin(struct rq *rq, enum db_txn txn)
{
    assert(rq->route->lane == ROUTE_SELF);
    TRY(txn_begin(rq, txn));
    if (txn == DB_TXN_READ) return ERR_OK;
    enum err e = repeat_take(rq);
    if (e == ERR_OK && rq->repeat.is_found) e = ERR_CONFLICT;
    return e == ERR_OK ? ERR_OK : txn_end(rq, e, false);
}

enum err rq_txn_end(struct rq *rq, bool is_ok)
{
    enum err e = ERR_OK;
    assert(rq->route->lane == ROUTE_SELF && rq->db != NULL);
    if (is_ok && rq->is_writing) {
        e = repeat_store(rq);
        if (e == ERR_OK) e = kept_done(rq);
    }
    if (rq->is_writing && (!is_ok || e != ERR_OK)) rq->repeat.is_taken = false;
    return txn_end(rq, e, is_ok);
}

/* ---- before the handler ---- */

/* Was the form made for a session that is over? Also one of the same person's, who has logged in again since, or of
 * another's than who is logged in now. */
static bool is_lost(struct rq *rq)
{
    struct who *w = &rq->who;
    if (rq_is_api(rq) || rq->route->cap == CAP_public) return false;
    if (!w->is_in && w->dead_account != 0) return true;
    int64_t owner = gate_form_owner(rq);
    if (owner == 0) return false;
    w->dead_account = owner;
    return true;
}

/* Somebody whose session has ended sent a form: it is kept for them. */
static enum err keep_form(struct rq *rq, enum gate *ret)
{
    if (!is_lost(rq)) return ERR_OK;
    if (!rq->is_writing) { /* the lane SELF: walk_self() opens a transaction for it */
        rq->keeps_form = true;
        *ret = GATE_SHUT;
        return ERR_OK;
    }
    enum err e = kept_take(rq);
    if (e == ERR_OK) {
        rq->keeps_form = true;
        *ret = GATE_SHUT;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Inside the open transaction. GATE_SHUT: the answer is made. */
static enum err pass_gate(struct rq *rq, enum gate *ret)
{
    bool is_post = rq->route->method == WEB_POST;
    enum gate open = GATE_OPEN;
    *ret = GATE_SHUT;
    TRY(guard_who(rq, &rq->who));
    if (gate_token(rq) == GATE_SHUT) return ERR_OK;
    if (is_post) TRY(keep_form(rq, &open));
    if (open == GATE_SHUT) return ERR_OK;
    /* A visitor at a closed door is asked to log in before anything is said of the form. */
    bool is_asked_in = !rq->who.is_in && rq->route->cap != CAP_public;
    if (is_post && !is_asked_in && gate_csrf(rq) == GATE_SHUT) return ERR_OK;
    TRY(gate_enter(rq, &open));
    if (open == GATE_SHUT || (is_post && repeat_read(rq) == GATE_SHUT)) return ERR_OK;
    *ret = GATE_OPEN;
    return ERR_OK;
}

/* ---- reading ---- */

static bool is_to_be_logged(const struct rq *rq)
{
    return rq->who.is_in && rq->who.acting.role == ROLE_auditor && gate_is_private(rq);
}

/* What an auditor looks at is on record before they see it. */
static enum err log_view(struct rq *rq)
{
    struct str path = rq->path;
    if (!str_is_empty(rq->web->query))
        path = str_concat(rq->arena, (const struct str[]){path, STR("?"), rq->web->query}, 3);
    TRY(txn_begin(rq, DB_TXN_WRITE));
    enum err e = app_audit_view_add(rq->db, rq->who.account, rq->who.acting.id, str_cut(path, VIEWED_MAX), clock_now(),
                                    NULL);
    return txn_end(rq, e, true);
}

static enum err walk_get(struct rq *rq)
{
    enum gate gate = GATE_SHUT;
    TRY(txn_begin(rq, DB_TXN_READ));
    enum err e = pass_gate(rq, &gate);
    if (e == ERR_OK && gate == GATE_OPEN && is_to_be_logged(rq)) {
        TRY(txn_end(rq, ERR_OK, true));
        TRY(log_view(rq));
        TRY(txn_begin(rq, DB_TXN_READ));
    }
    if (e == ERR_OK && gate == GATE_OPEN) e = rq->route->handler(rq);
    return txn_end(rq, e, true);
}

/* ---- writing ---- */

/* What wrote nothing (a page to look over before sending) is neither remembered nor committed. */
static enum err run_once(struct rq *rq, bool *ret_is_done)
{
    TRY(repeat_take(rq));
    if (rq->repeat.is_found) return ERR_OK;
    uint32_t before = db_stats(rq->db).writes;
    TRY(rq->route->handler(rq));
    *ret_is_done = rq->res->status < 400 && db_stats(rq->db).writes > before;
    if (!*ret_is_done) return ERR_OK;
    TRY(repeat_store(rq));
    return kept_done(rq);
}

static enum err walk_post(struct rq *rq)
{
    enum gate gate = GATE_SHUT;
    bool is_done = false;
    TRY(txn_begin(rq, DB_TXN_WRITE));
    enum err e = pass_gate(rq, &gate);
    if (e == ERR_OK && gate == GATE_SHUT) is_done = rq->keeps_form;
    if (e == ERR_OK && gate == GATE_OPEN) e = run_once(rq, &is_done);
    return txn_end(rq, e, is_done);
}

static enum err keep_self(struct rq *rq)
{
    TRY(txn_begin(rq, DB_TXN_WRITE));
    enum err e = kept_take(rq);
    if (e == ERR_NOT_FOUND) e = rq_redirect(rq, gate_log_in_href(rq, STR("/"))); /* nothing was typed */
    return txn_end(rq, e, true);
}

/* The handler opens its transactions itself; before it, one to see who asks. */
static enum err walk_self(struct rq *rq)
{
    enum gate gate = GATE_SHUT;
    TRY(txn_begin(rq, DB_TXN_READ));
    enum err e = pass_gate(rq, &gate);
    if (e == ERR_OK && gate == GATE_OPEN) e = repeat_look(rq);
    TRY(txn_end(rq, e, true));
    if (rq->keeps_form) return keep_self(rq);
    if (gate == GATE_SHUT || rq->repeat.is_found) return ERR_OK;
    e = rq->route->handler(rq);
    assert(rq->db == NULL); /* every rq_txn_begin has its rq_txn_end */
    return rq->repeat.is_found ? ERR_OK : e;
}

/* ---- after the answer is made ---- */

/* That the session was used is no part of what was asked: a failure of it is nobody's. */
static void touch(struct rq *rq)
{
    if (!rq->who.is_in || !rq->who.is_stale || rq->who.by_token) return;
    enum err e = txn_begin(rq, DB_TXN_WRITE);
    if (e == ERR_OK) e = txn_end(rq, guard_touch(rq->db, &rq->who), true);
    if (e != ERR_OK) log_error("session_not_touched", "why=%s detail=%s", err_name(e), err_detail());
}

enum err walk_route(struct rq *rq)
{
    if (rq->route->lane == ROUTE_INLINE) return rq->route->handler(rq);
    enum err e = rq->route->lane == ROUTE_SELF ? walk_self(rq) : rq->route->method == WEB_GET ? walk_get(rq) : walk_post(rq);
    touch(rq);
    return e;
}
