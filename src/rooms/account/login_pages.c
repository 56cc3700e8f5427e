/* login_pages.c — /login, its second step, /logout, and the same doors in JSON. */
#include "base/clock.h"
#include "base/log.h"
#include "base/password.h"
#include "rooms/account/account_pages.h"
#include "rooms/account_sql.h"
#include "rooms/login.html.h"

#define TICKET_COOKIE  "sarn_second"
#define TICKET_SECONDS 300

enum outcome { IS_IN, WANTS_CODE, IS_BAD, MUST_WAIT };

struct log_in {
    struct form form;
    struct str login, password, code, next;
    struct account_try tried;
    struct str new_hash; /* the same password under today's settings; none: not needed */
    enum outcome outcome;
    struct str cookie, ticket;
};

static struct str device_of(struct rq *rq)
{
    return web_header_get(rq->web->headers, "User-Agent");
}

/* A new session, never the one that the browser came with: nobody can have put it there. */
static enum err begin_session(struct rq *rq, struct account_id id, struct str *ret_cookie)
{
    if (rq->who.session != 0)
        TRY(account_session_end(rq->db, (struct account_session_id){rq->who.session},
                                (struct account_id){rq->who.account}, clock_now(), NULL));
    return account_session_add(rq->db, rq->arena, id, device_of(rq), rq->web->remote, ret_cookie);
}

static enum err act_begin(struct rq *rq, void *ctx)
{
    struct log_in *l = ctx;
    enum err e = account_try_begin(rq->db, rq->arena, l->login, rq->web->remote, &l->tried);
    l->outcome = e == ERR_LIMIT ? MUST_WAIT : IS_BAD;
    return e == ERR_LIMIT ? ERR_OK : e;
}

static enum err act_lost(struct rq *rq, void *ctx)
{
    const struct log_in *l = ctx;
    return account_try_lost(rq->db, rq->arena, &l->tried);
}

/* The password was right. */
static enum err act_won(struct rq *rq, void *ctx)
{
    struct log_in *l = ctx;
    const struct account_try *t = &l->tried;
    if (!str_is_none(l->new_hash)) TRY(account_set_hash(rq->db, t->id, l->new_hash, NULL));
    if (!str_is_none(t->totp_secret) && str_is_empty(l->code)) {
        l->outcome = WANTS_CODE;
        return account_ticket_add(rq->db, rq->arena, t->id, &l->ticket);
    }
    if (!str_is_none(t->totp_secret)) {
        enum err e = account_totp_check(rq->db, rq->arena, t->id, l->code);
        if (e == ERR_INPUT) return account_try_lost(rq->db, rq->arena, t);
        TRY(e);
    }
    TRY(account_try_won(rq->db, rq->arena, t));
    l->outcome = IS_IN;
    return begin_session(rq, t->id, &l->cookie);
}

/* One transaction to look, the slow password, one to write down what came of it. */
static enum err try_log_in(struct rq *rq, struct log_in *l)
{
    pages_no_repeat(rq);
    TRY(pages_txn(rq, DB_TXN_READ, act_begin, l));
    if (l->outcome == MUST_WAIT) return ERR_OK;
    if (!account_password_is(l->tried.hash, l->password)) return pages_txn(rq, DB_TXN_WRITE, act_lost, l);
    if (password_hash_is_old(l->tried.hash)) TRY(account_password_hash(rq->arena, l->password, &l->new_hash));
    return pages_txn(rq, DB_TXN_WRITE, act_won, l);
}

/* For whoever watches the machine: never the login, which may be a telephone number, nor why. */
static enum err log_in(struct rq *rq, struct log_in *l)
{
    static const char *const words[] = {[IS_IN] = "in", [WANTS_CODE] = "code", [IS_BAD] = "refused", [MUST_WAIT] = "slowed"};
    enum err e = try_log_in(rq, l);
    bool is_fine = l->outcome == IS_IN || l->outcome == WANTS_CODE;
    if (e == ERR_OK)
        log_line(is_fine ? LOG_INFO : LOG_WARN, "log_in", "outcome=%s account=%lld from=%.*s", words[l->outcome],
                 (long long)l->tried.id.v, STR_FMT(rq->web->remote));
    return e;
}

static enum err read_log_in(struct rq *rq, struct log_in *l)
{
    *l = (struct log_in){0};
    TRY(form_begin(rq, &l->form));
    l->login = form_line(&l->form, "login", FORM_MUST, ACCOUNT_LOGIN_MAX);
    l->password = pages_password(&l->form, "password");
    l->code = form_line(&l->form, "code", FORM_MAY, 20);
    l->next = form_raw(&l->form, "next");
    if (str_is_empty(l->password)) form_fault_msg(&l->form, "password", MSG_login_no_password);
    return ERR_OK;
}

/* ---- pages ---- */

/* Who came to a fund's page registers at that fund, and goes on from there. */
static struct href join_href(struct rq *rq, struct str next)
{
    struct str fund = STR("");
    if (str_starts(next, STR("/funds/"))) {
        fund = str_from(next, STR("/funds/").n);
        ptrdiff_t end = str_find_char(fund, '/');
        fund = end < 0 ? STR("") : str_first(fund, (size_t)end);
    }
    return str_is_empty(fund) ? HREF(rq->arena, "/register?next={}", next) : HREF(rq->arena, "/register?fund={}&next={}", fund, next);
}

static enum err show_log_in(struct rq *rq, struct log_in *l)
{
    struct str next = str_is_none(l->next) ? STR("") : l->next;
    struct login_view v = {.errors = form_errors(&l->form),
                           .marks = form_marks(rq),
                           .login = form_field_of(&l->form, "login", l->login),
                           .password = form_field_of(&l->form, "password", STR("")),
                           .next = next,
                           .is_to_propose = str_ends(next, STR("/projects/new")) || str_eq(rq_param(rq, "for"), STR("propose")),
                           .join = join_href(rq, next),
                           .is_demo = rq->is_demo,
                           .demo_password = STR(ACCOUNT_DEMO_PASSWORD)};
    if (l->outcome == MUST_WAIT) v.wait = pages_wait(rq, l->tried.wait_s);
    login_html(rq_html_begin(rq, msg_text(MSG_login_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_login_page(struct rq *rq)
{
    struct log_in l = {.form = {.rq = rq}, .next = rq_param(rq, "next"), .outcome = IS_BAD};
    return show_log_in(rq, &l);
}

/* In: the cookie, and on to where they wanted to go. */
static enum err go_in(struct rq *rq, struct str cookie, struct str next)
{
    pages_set_session(rq, cookie);
    return rq_redirect(rq, pages_next(rq, next));
}

enum err account_login_post(struct rq *rq)
{
    struct log_in l;
    TRY(read_log_in(rq, &l));
    if (!form_is_good(&l.form)) {
        form_page_status(&l.form, 400);
        return show_log_in(rq, &l);
    }
    TRY(log_in(rq, &l));
    if (l.outcome == IS_IN) return go_in(rq, l.cookie, l.next);
    if (l.outcome == WANTS_CODE) {
        rq_cookie_set(rq, TICKET_COOKIE, l.ticket, TICKET_SECONDS);
        return rq_redirect(rq, HREF(rq->arena, "/login/code?next={}", l.next));
    }
    if (l.outcome == MUST_WAIT) {
        pages_too_many(&l.form, l.tried.wait_s);
    } else {
        form_fault_msg(&l.form, "login", MSG_login_bad);
        form_page_status(&l.form, 401);
    }
    return show_log_in(rq, &l);
}

/* ---- the second step ---- */

struct second {
    struct form form;
    struct str code, next, cookie;
    bool is_ticket, is_right;
};

static enum err show_code(struct rq *rq, struct second *s)
{
    struct login_view v = {.errors = form_errors(&s->form),
                           .marks = form_marks(rq),
                           .code = form_field_of(&s->form, "code", STR("")),
                           .next = str_is_none(s->next) ? STR("") : s->next};
    login_code_html(rq_html_begin(rq, msg_text(MSG_code_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_code_page(struct rq *rq)
{
    struct second s = {.form = {.rq = rq}, .next = rq_param(rq, "next")};
    return show_code(rq, &s);
}

static enum err act_second(struct rq *rq, void *ctx)
{
    struct second *s = ctx;
    struct account_code_id ticket;
    struct account_id id;
    struct str shown = rq_cookie(rq, TICKET_COOKIE);
    enum err e = str_is_none(shown) ? ERR_NOT_FOUND : account_ticket_try(rq->db, rq->arena, shown, &ticket, &id);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    s->is_ticket = true;
    struct account_get_row row = {0};
    TRY(account_get(rq->db, rq->arena, id, &row));
    struct account_try t = {.login = row.login, .remote = rq->web->remote, .id = id};
    e = account_totp_check(rq->db, rq->arena, id, s->code);
    /* Counted like a wrong password: else a known password brings five more tries each time. */
    if (e == ERR_INPUT) return account_try_lost(rq->db, rq->arena, &t);
    TRY(e);
    s->is_right = true;
    TRY(account_try_won(rq->db, rq->arena, &t));
    TRY(account_code_used(rq->db, ticket, clock_now(), NULL));
    return begin_session(rq, id, &s->cookie);
}

enum err account_code_post(struct rq *rq)
{
    struct second s = {0};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &s.form));
    s.code = form_line(&s.form, "code", FORM_MUST, 20);
    s.next = form_raw(&s.form, "next");
    if (form_is_good(&s.form)) {
        TRY(pages_txn(rq, DB_TXN_WRITE, act_second, &s));
        if (s.is_right) {
            rq_cookie_set(rq, TICKET_COOKIE, STR(""), 0);
            return go_in(rq, s.cookie, s.next);
        }
        form_fault_msg(&s.form, "code", s.is_ticket ? MSG_code_bad : MSG_code_too_late);
    }
    form_page_status(&s.form, 401);
    return show_code(rq, &s);
}

/* ---- out ---- */

enum err account_logout_post(struct rq *rq)
{
    if (rq->who.session != 0)
        TRY(account_session_end(rq->db, (struct account_session_id){rq->who.session},
                                (struct account_id){rq->who.account}, clock_now(), NULL));
    pages_set_session(rq, STR(""));
    /* To log in as oneself, and go on with the form that was kept: nowhere else. */
    if (str_eq(web_field_get(rq->web->form, "next"), STR("/kept"))) return rq_redirect(rq, HREF(rq->arena, "/login?next={}", STR("/kept")));
    return rq_redirect(rq, href_of(rq->arena, "/", NULL, 0));
}

/* ---- JSON ---- */

static void json_scope(struct json_out *j, const char *key, const struct grant *g)
{
    json_object(j, key);
    json_str(j, "role", str_of(role_code(g->role)));
    json_str(j, "kind", str_of(scope_code(g->kind)));
    json_str(j, "code", g->code);
    json_object_end(j);
}

enum err account_me_api(struct rq *rq)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "login", rq->who.login);
    json_str(j, "name", rq->who.name);
    json_array(j, "scopes");
    if (rq->who.acting.id != 0) json_scope(j, NULL, &rq->who.acting); /* the one acted in goes first */
    for (size_t i = 0; i < rq->who.ngrants; i++)
        if (rq->who.grants[i].id != rq->who.acting.id) json_scope(j, NULL, &rq->who.grants[i]);
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err account_login_api(struct rq *rq)
{
    struct log_in l;
    TRY(read_log_in(rq, &l));
    if (!form_is_good(&l.form)) return form_refuse_api(&l.form);
    TRY(log_in(rq, &l));
    switch (l.outcome) {
    case IS_IN:
        pages_set_session(rq, l.cookie);
        return pages_done_api(rq);
    case WANTS_CODE: return rq_api_error(rq, 401, "code_wanted", msg_text(MSG_code_lead, rq->page.lang));
    case MUST_WAIT: return pages_wait_api(rq, l.tried.wait_s);
    default: return rq_api_error(rq, 401, "bad_login", msg_text(MSG_login_bad, rq->page.lang));
    }
}

enum err account_logout_api(struct rq *rq)
{
    if (rq->who.session != 0)
        TRY(account_session_end(rq->db, (struct account_session_id){rq->who.session},
                                (struct account_id){rq->who.account}, clock_now(), NULL));
    pages_set_session(rq, STR(""));
    return pages_done_api(rq);
}
