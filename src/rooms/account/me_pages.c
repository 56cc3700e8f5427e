/* me_pages.c — /me: my name, roles, groups, password, sessions, the second step, and being forgotten. */
#include "app/who_view.h"
#include "base/clock.h"
#include "html/qr.h"
#include "rooms/account/account_pages.h"
#include "rooms/account_sql.h"
#include "rooms/me.html.h"

#define SESSIONS_SHOWN 30
#define GROUPS_SHOWN   30

static struct account_id me_id(struct rq *rq)
{
    return (struct account_id){rq->who.account};
}

/* What a browser calls itself is a long story; people know it by two words. */
static struct str device_name(struct rq *rq, struct str agent)
{
    static const char *const browsers[][2] = {{"Line/", "LINE"},       {"Edg", "Edge"},       {"OPR/", "Opera"},
                                              {"SamsungBrowser", "Samsung"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"},
                                              {"CriOS/", "Chrome"},    {"Safari/", "Safari"}, {"curl/", "curl"}};
    static const char *const systems[][2] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
                                             {"Windows", "Windows"}, {"Mac OS", "Mac"},    {"Linux", "Linux"}};
    struct str browser = STR_NONE, system = STR_NONE;
    if (str_is_none(agent)) return msg_text(MSG_unknown, rq->page.lang);
    for (size_t i = 0; i < sizeof browsers / sizeof browsers[0] && str_is_none(browser); i++)
        if (str_find(agent, str_of(browsers[i][0])) >= 0) browser = str_of(browsers[i][1]);
    for (size_t i = 0; i < sizeof systems / sizeof systems[0] && str_is_none(system); i++)
        if (str_find(agent, str_of(systems[i][0])) >= 0) system = str_of(systems[i][1]);
    if (str_is_none(browser)) return str_cut(agent, 40);
    if (str_is_none(system)) return browser;
    return str_concat(rq->arena, (const struct str[]){browser, STR(" · "), system}, 3);
}

static enum err fill_sessions(struct rq *rq, struct me_view *v)
{
    struct account_sessions_open_row *rows = NULL;
    size_t n = 0;
    TRY(account_sessions_open(rq->db, rq->arena, me_id(rq), clock_now(), SESSIONS_SHOWN, &rows, &n));
    struct me_session *out = ARENA_ARRAY(rq->arena, struct me_session, n);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct me_session){.id = rows[i].id.v,
                                     .device = device_name(rq, rows[i].device),
                                     .remote = rows[i].remote,
                                     .created_at = rows[i].created_at,
                                     .seen_at = rows[i].seen_at,
                                     .is_this = rows[i].id.v == rq->who.session};
    v->sessions = out;
    v->nsessions = n;
    return ERR_OK;
}

static enum err fill_groups(struct rq *rq, struct me_view *v)
{
    struct account_groups_of_row *rows = NULL;
    size_t n = 0;
    TRY(account_groups_of(rq->db, rq->arena, me_id(rq), GROUPS_SHOWN, &rows, &n));
    struct me_group *out = ARENA_ARRAY(rq->arena, struct me_group, n);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct me_group){.name = rows[i].name,
                                   .fund = lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en),
                                   .href = HREF(rq->arena, "/funds/{}", rows[i].fund_code),
                                   .is_asked = rows[i].is_asked,
                                   .is_waiting = rows[i].is_for_paper && !rows[i].confirmed_at.has,
                                   .is_contact = rows[i].is_contact};
    v->groups = out;
    v->ngroups = n;
    return ERR_OK;
}

static void fill_grants(struct rq *rq, struct me_view *v)
{
    struct grant_choice *out = ARENA_ARRAY(rq->arena, struct grant_choice, rq->who.ngrants);
    for (size_t i = 0; i < rq->who.ngrants; i++)
        out[i] = (struct grant_choice){rq->who.grants[i].id, who_grant_label(rq, &rq->who.grants[i]),
                                       rq->who.grants[i].id == rq->who.acting.id};
    v->grants = out;
    v->ngrants = rq->who.ngrants;
}

/* Inside an open transaction. */
static enum err show_me(struct rq *rq, struct form *f, struct str said)
{
    struct account_get_row row = {0};
    TRY(account_get(rq->db, rq->arena, me_id(rq), &row));
    struct me_view v = {.errors = form_errors(f),
                        .marks = form_marks(rq),
                        .name = row.name,
                        .login = row.login,
                        .phone = row.phone,
                        .email = row.email,
                        .has_totp = !str_is_none(row.totp_secret),
                        .old_password = form_field_of(f, "old_password", STR("")),
                        .password = form_field_of(f, "password", STR("")),
                        .code = form_field_of(f, "code", STR("")),
                        .off_password = form_field_of(f, "off_password", STR("")),
                        .said = said};
    fill_grants(rq, &v);
    TRY(fill_groups(rq, &v));
    TRY(fill_sessions(rq, &v));
    me_html(rq_html_begin(rq, msg_text(MSG_who_me, rq->page.lang), MENU_ME), &rq->page, &v);
    return rq_html_end(rq);
}

/* What was done before the redirect, from a short list: an address cannot put words into the page. */
static struct str said_of(struct rq *rq)
{
    static const struct {
        const char *code;
        enum msg words;
    } all[] = {{"password", MSG_me_said_password}, {"sessions", MSG_me_said_sessions}, {"totp-on", MSG_me_said_totp_on},
               {"totp-off", MSG_me_said_totp_off}, {"invited", MSG_me_said_invited},  {"registered", MSG_me_said_registered},
               {"asked", MSG_me_said_asked}};
    struct str done = rq_param(rq, "done");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq(done, str_of(all[i].code))) return msg_text(all[i].words, rq->page.lang);
    return STR_NONE;
}

enum err account_me_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    return show_me(rq, &f, said_of(rq));
}

static enum err back_to_me(struct rq *rq, const char *done)
{
    return rq_redirect(rq, HREF(rq->arena, "/me?done={}", str_of(done)));
}

/* ---- which grant ---- */

static const struct grant *asked_grant(struct rq *rq, struct str typed)
{
    int64_t id = 0;
    if (str_to_int(typed, &id) != ERR_OK) return NULL;
    for (size_t i = 0; i < rq->who.ngrants; i++)
        if (rq->who.grants[i].id == id) return &rq->who.grants[i];
    return NULL;
}

/* Acts in the grant that the request names. Other rights, another secret: what was read over a shoulder
 * before is worth nothing now. */
static enum err switch_grant(struct rq *rq)
{
    struct form f;
    struct str cookie;
    TRY(form_begin(rq, &f));
    const struct grant *g = asked_grant(rq, form_raw(&f, "grant"));
    if (g == NULL || rq->who.session == 0) return ERR_NOT_FOUND;
    rq_answer_is_secret(rq);
    TRY(account_session_switch(rq->db, rq->arena, (struct account_session_id){rq->who.session},
                               (struct account_grant_id){g->id}, &cookie));
    pages_set_session(rq, cookie);
    rq->who.acting = *g;
    return ERR_OK;
}

enum err account_me_grant_post(struct rq *rq)
{
    TRY(switch_grant(rq));
    return rq_redirect(rq, href_of(rq->arena, "/work", NULL, 0));
}

/* ---- sessions ---- */

enum err account_me_sessions_post(struct rq *rq)
{
    struct form f;
    struct account_session_id id = {0};
    TRY(form_begin(rq, &f));
    struct str typed = form_raw(&f, "session");
    if (str_eq(typed, STR("others"))) {
        TRY(account_session_end_others(rq->db, me_id(rq), (struct account_session_id){rq->who.session}, clock_now(), NULL));
    } else {
        if (str_to_int(typed, &id.v) != ERR_OK) return ERR_NOT_FOUND;
        TRY(account_session_end(rq->db, id, me_id(rq), clock_now(), NULL));
    }
    return back_to_me(rq, "sessions");
}

/* ---- a new password ---- */

struct change {
    struct form form;
    const char *field; /* where the present password is typed */
    struct str old_password, password, code;
    struct account_try tried;
    struct str hash;
    bool must_wait;
};

/* The old password is guessed no faster here than at the log-in. */
static enum err act_change_begin(struct rq *rq, void *ctx)
{
    struct change *c = ctx;
    enum err e = account_try_begin(rq->db, rq->arena, rq->who.login, rq->web->remote, &c->tried);
    c->must_wait = e == ERR_LIMIT;
    return e == ERR_LIMIT ? ERR_OK : e;
}

static enum err act_change_lost(struct rq *rq, void *ctx)
{
    const struct change *c = ctx;
    return account_try_lost(rq->db, rq->arena, &c->tried);
}

static enum err act_change(struct rq *rq, void *ctx)
{
    struct change *c = ctx;
    struct actor by = rq_actor(rq);
    TRY(account_try_won(rq->db, rq->arena, &c->tried));
    return account_password_set(rq->db, rq->arena, &by, me_id(rq), c->hash, rq->who.session);
}

static enum err act_show(struct rq *rq, void *ctx)
{
    struct form *f = ctx;
    return show_me(rq, f, STR_NONE);
}

/* Right: the tried password is this person's. A fault of the field otherwise. */
static enum err prove_old(struct rq *rq, struct change *c)
{
    if (str_is_empty(c->old_password)) form_fault_msg(&c->form, c->field, MSG_login_no_password);
    if (!form_is_good(&c->form)) return ERR_OK;
    TRY(pages_txn(rq, DB_TXN_READ, act_change_begin, c));
    if (c->must_wait) {
        form_fault(&c->form, c->field, pages_wait(rq, c->tried.wait_s));
        return ERR_OK;
    }
    if (account_password_is(c->tried.hash, c->old_password)) return ERR_OK;
    form_fault_msg(&c->form, c->field, MSG_password_old_bad);
    return pages_txn(rq, DB_TXN_WRITE, act_change_lost, c);
}

enum err account_me_password_post(struct rq *rq)
{
    struct change c = {.field = "old_password"};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &c.form));
    c.old_password = pages_password(&c.form, c.field);
    c.password = pages_password(&c.form, "password");
    pages_password_fault(&c.form, "password", rq->who.login, c.password);
    TRY(prove_old(rq, &c));
    if (!form_is_good(&c.form)) {
        form_page_status(&c.form, c.must_wait ? 429 : 400);
        return pages_txn(rq, DB_TXN_READ, act_show, &c.form);
    }
    TRY(account_password_hash(rq->arena, c.password, &c.hash));
    TRY(pages_txn(rq, DB_TXN_WRITE, act_change, &c));
    return back_to_me(rq, "password");
}

/* ---- the second step ---- */

static enum err show_totp(struct rq *rq, struct form *f, struct str secret)
{
    struct str issuer = STR("Sarn");
    struct str address = str_printf(rq->arena, "otpauth://totp/%.*s:%.*s?secret=%.*s&issuer=%.*s", STR_FMT(issuer),
                                    STR_FMT(rq->who.login), STR_FMT(secret), STR_FMT(issuer));
    struct me_view v = {.errors = form_errors(f),
                        .marks = form_marks(rq),
                        .totp_secret = secret,
                        .qr = qr_svg(rq->arena, &rq->page, address, msg_text(MSG_totp_qr, rq->page.lang)),
                        .code = form_field_of(f, "code", STR(""))};
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
    me_totp_html(rq_html_begin(rq, msg_text(MSG_totp_title, rq->page.lang), MENU_ME), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_me_totp_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    return show_totp(rq, &f, account_totp_new(rq->arena));
}

enum err account_me_totp_post(struct rq *rq)
{
    struct form f;
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &f));
    rq_answer_is_secret(rq);
    struct str secret = form_line(&f, "secret", FORM_MUST, 64), code = form_line(&f, "code", FORM_MUST, 20);
    enum err e = form_is_good(&f) ? account_totp_set(rq->db, rq->arena, &by, me_id(rq), secret, code) : ERR_INPUT;
    if (e == ERR_OK) return back_to_me(rq, "totp-on");
    if (e != ERR_INPUT) return e;
    if (form_is_good(&f)) form_fault_msg(&f, "code", MSG_code_bad);
    form_page_status(&f, 400);
    return show_totp(rq, &f, secret);
}

static enum err act_totp_off(struct rq *rq, void *ctx)
{
    struct change *c = ctx;
    struct actor by = rq_actor(rq);
    enum err e = account_totp_check(rq->db, rq->arena, me_id(rq), c->code);
    if (e == ERR_INPUT) {
        form_fault_msg(&c->form, "code", MSG_code_bad);
        return ERR_OK;
    }
    TRY(e);
    TRY(account_try_won(rq->db, rq->arena, &c->tried));
    return account_totp_off(rq->db, rq->arena, &by, me_id(rq));
}

/* By the code and the password: a telephone and a page that were left open are not enough. */
enum err account_me_totp_off_post(struct rq *rq)
{
    struct change c = {.field = "off_password"};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &c.form));
    c.code = form_line(&c.form, "code", FORM_MUST, 20);
    c.old_password = pages_password(&c.form, c.field);
    TRY(prove_old(rq, &c));
    if (form_is_good(&c.form)) TRY(pages_txn(rq, DB_TXN_WRITE, act_totp_off, &c));
    if (form_is_good(&c.form)) return back_to_me(rq, "totp-off");
    form_page_status(&c.form, c.must_wait ? 429 : 400);
    return pages_txn(rq, DB_TXN_READ, act_show, &c.form);
}

/* ---- being forgotten: the page, then the password once more ---- */

static enum err show_erase(struct rq *rq, struct form *f)
{
    struct me_view v = {.errors = form_errors(f),
                        .marks = form_marks(rq),
                        .name = rq->who.name,
                        .old_password = form_field_of(f, "old_password", STR(""))};
    me_erase_html(rq_html_begin(rq, msg_text(MSG_me_erase, rq->page.lang), MENU_ME), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_me_erase_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    return show_erase(rq, &f);
}

static enum err act_erase(struct rq *rq, void *ctx)
{
    struct change *c = ctx;
    struct actor by = rq_actor(rq);
    TRY(account_try_won(rq->db, rq->arena, &c->tried));
    return account_erase(rq->db, rq->arena, &by, me_id(rq));
}

enum err account_me_erase_post(struct rq *rq)
{
    struct change c = {.field = "old_password"};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &c.form));
    c.old_password = pages_password(&c.form, c.field);
    TRY(prove_old(rq, &c));
    if (!form_is_good(&c.form)) {
        form_page_status(&c.form, c.must_wait ? 429 : 400);
        return show_erase(rq, &c.form);
    }
    TRY(pages_txn(rq, DB_TXN_WRITE, act_erase, &c));
    pages_set_session(rq, STR(""));
    return rq_redirect(rq, href_of(rq->arena, "/", NULL, 0));
}

enum err account_me_grant_api(struct rq *rq)
{
    TRY(switch_grant(rq));
    return account_me_api(rq);
}
