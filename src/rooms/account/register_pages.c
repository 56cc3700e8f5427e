/* register_pages.c — how people come in: /register, /invite/{secret}, /reset, /confirm. */
#include "base/clock.h"
#include "rooms/account/account_pages.h"
#include "rooms/account_sql.h"
#include "rooms/area/area.h"
#include "rooms/issue/issue.h"
#include "rooms/register.html.h"

#define FUNDS_SHOWN  20
#define GROUP_LETTERS 200
#define OWNERS_MAX   40
#define SAME_PHONE   5

/* What a new person fills in; /register and /invite read the same fields. */
struct newcomer {
    struct form form;
    struct str name, contact, password, group, owner, fund, next, hash, cookie;
    struct account_id id;
    struct fund_id fund_id;
    bool is_asking; /* to be taken into a group that is there already */
    int64_t wait_s;
    const char *secret; /* of an invitation */
    struct account_invitation invitation;
    bool is_over; /* the invitation is not to be had any more */
};

static void read_person(struct newcomer *n)
{
    struct str clean = STR_NONE;
    struct arena *a = n->form.rq->arena;
    n->name = form_line(&n->form, "name", FORM_MUST, ACCOUNT_NAME_MAX);
    n->contact = form_line(&n->form, "contact", FORM_MUST, ACCOUNT_LOGIN_MAX);
    n->password = pages_password(&n->form, "password");
    if (!str_is_empty(n->contact) && account_login_clean(a, n->contact, &clean) != ERR_OK)
        form_fault_msg(&n->form, "contact", MSG_register_contact_bad);
    pages_password_fault(&n->form, "password", str_is_none(clean) ? n->contact : clean, n->password);
}

static struct account_new person_of(struct arena *a, const struct newcomer *n)
{
    struct account_new p = {.login = n->contact, .name = n->name, .password_hash = n->hash};
    struct str phone;
    if (account_phone_clean(a, n->contact, &phone) == ERR_OK) p.phone = phone;
    if (str_find_char(n->contact, '@') > 0) p.email = n->contact;
    return p;
}

/* Adds the person and logs them in. ERR_CONFLICT: the login is taken. */
static enum err add_person(struct rq *rq, struct newcomer *n)
{
    struct actor by = actor_system("visitor");
    struct account_new p = person_of(rq->arena, n);
    TRY(account_add(rq->db, rq->arena, &by, &p, &n->id));
    return account_session_add(rq->db, rq->arena, n->id, web_header_get(rq->web->headers, "User-Agent"), rq->web->remote,
                               &n->cookie);
}

/* ---- /register ---- */

static enum err fill_owners(struct rq *rq, struct register_view *v, struct str chosen)
{
    struct account_owner_types_row *rows = NULL;
    size_t n = 0;
    TRY(account_owner_types(rq->db, rq->arena, &rows, &n));
    struct choice *out = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].code, STR(ISSUE_OWNER_OFFICE))) continue;
        out[v->nowners++] = (struct choice){rows[i].code, lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en),
                                            str_eq(rows[i].code, chosen)};
    }
    v->owners = out;
    return ERR_OK;
}

static enum err show_register(struct rq *rq, void *ctx)
{
    struct newcomer *n = ctx;
    struct account_fund_name_row fund = {0};
    TRY(account_fund_name(rq->db, rq->arena, n->fund, &fund));
    struct register_view v = {.errors = form_errors(&n->form),
                              .marks = form_marks(rq),
                              .place = lang_name(rq->page.lang, fund.name_th, fund.name_en),
                              .fund = n->fund,
                              .next = n->next,
                              .name = form_field(&n->form, "name"),
                              .contact = form_field(&n->form, "contact"),
                              .password = form_field_of(&n->form, "password", STR("")),
                              .group = form_field(&n->form, "group"),
                              .owner = form_field(&n->form, "owner")};
    TRY(fill_owners(rq, &v, v.owner.value));
    register_form_html(rq_html_begin(rq, msg_text(MSG_register_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

static enum err find_funds(struct rq *rq, struct str words, struct register_view *v)
{
    struct account_find_funds_row *rows = NULL;
    struct str low, high;
    size_t n = 0;
    for (int nth = 0; n == 0 && area_find_range(rq->arena, words, nth, &low, &high); nth++)
        TRY(account_find_funds(rq->db, rq->arena, low, high, FUNDS_SHOWN, &rows, &n));
    struct choice *out = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++) {
        struct str name = lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en);
        struct str district = lang_name(rq->page.lang, rows[i].district_th, rows[i].district_en);
        out[i] = (struct choice){.value = rows[i].code,
                                 .label = str_concat(rq->arena, (const struct str[]){name, STR(" · "), district}, 3)};
    }
    v->funds = out;
    v->nfunds = n;
    return ERR_OK;
}

enum err account_register_page(struct rq *rq)
{
    struct newcomer n = {.form = {.rq = rq}, .fund = rq_param(rq, "fund"), .next = rq_param(rq, "next")};
    struct str words = rq_param(rq, "q");
    if (!str_is_none(n.fund) && !str_is_empty(n.fund)) return show_register(rq, &n);
    struct register_view v = {.find = form_field_of(&n.form, "q", words),
                              .next = n.next, .has_asked = !str_is_none(words) && !str_is_empty(words)};
    if (v.has_asked) TRY(find_funds(rq, words, &v));
    register_find_html(rq_html_begin(rq, msg_text(MSG_register_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

static enum err act_register(struct rq *rq, void *ctx)
{
    struct newcomer *n = ctx;
    struct account_grant_id grant;
    struct account_group_id group;
    bool is_new = false;
    TRY(account_slow_down(rq->db, rq->arena, "register", rq->web->remote, &n->wait_s));
    TRY(add_person(rq, n));
    struct actor by = pages_actor_of(rq->arena, n->id);
    struct account_grant g = {
        .account = n->id, .role = ROLE_applicant, .kind = SCOPE_FUND, .code = n->fund, .from = rq->today};
    TRY(account_grant_add(rq->db, rq->arena, &by, &g, &grant));
    if (str_is_empty(n->group)) return ERR_OK;
    struct account_group_new group_new = {
        .fund = n->fund_id, .name = n->group, .owner_type = n->owner, .place = STR_NONE};
    TRY(account_group_join(rq->db, rq->arena, &by, &group_new, n->id, &group, &is_new));
    n->is_asking = !is_new;
    return ERR_OK;
}

/* Before the password is reckoned: is the fund there, is the kind of group one? */
static enum err act_register_look(struct rq *rq, void *ctx)
{
    struct newcomer *n = ctx;
    struct account_fund_name_row fund = {0};
    struct register_view v = {0};
    bool is_kind = false;
    TRY(account_fund_name(rq->db, rq->arena, n->fund, &fund));
    n->fund_id = fund.id;
    TRY(fill_owners(rq, &v, n->owner));
    for (size_t i = 0; i < v.nowners; i++)
        is_kind |= v.owners[i].is_selected;
    if (!str_is_empty(n->group) && !is_kind) form_fault_msg(&n->form, "owner", MSG_register_owner_bad);
    return ERR_OK;
}

static enum err refuse_register(struct rq *rq, struct newcomer *n)
{
    if (rq_is_api(rq)) return n->wait_s > 0 ? pages_wait_api(rq, n->wait_s) : form_refuse_api(&n->form);
    if (n->wait_s > 0) {
        form_fault(&n->form, "name", pages_wait(rq, n->wait_s));
        pages_too_many(&n->form, n->wait_s);
    } else {
        form_page_status(&n->form, 400);
    }
    return pages_txn(rq, DB_TXN_READ, show_register, n);
}

enum err account_register_post(struct rq *rq)
{
    struct newcomer n = {0};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &n.form));
    read_person(&n);
    n.fund = form_line(&n.form, "fund", FORM_MUST, 20);
    n.next = form_raw(&n.form, "next");
    n.group = form_line(&n.form, "group", FORM_MAY, GROUP_LETTERS);
    n.owner = form_line(&n.form, "owner", FORM_MAY, 60);
    TRY(pages_txn(rq, DB_TXN_READ, act_register_look, &n));
    if (!form_is_good(&n.form)) return refuse_register(rq, &n);
    TRY(account_password_hash(rq->arena, n.password, &n.hash));
    enum err e = pages_txn(rq, DB_TXN_WRITE, act_register, &n);
    if (e == ERR_CONFLICT) {
        form_fault_msg(&n.form, "contact", MSG_register_taken);
        return refuse_register(rq, &n);
    }
    if (e == ERR_LIMIT) return refuse_register(rq, &n);
    TRY(e);
    pages_set_session(rq, n.cookie);
    if (rq_is_api(rq)) return pages_done_api(rq);
    if (n.next.n > 0 && !n.is_asking) return rq_redirect(rq, pages_next(rq, n.next));
    return rq_redirect(rq, HREF(rq->arena, "/me?done={}", n.is_asking ? STR("asked") : STR("registered")));
}

/* ---- /invite/{secret} ---- */

static struct str until_of(struct rq *rq, struct instant t)
{
    return html_arg_date(&rq->page, instant_date(t));
}

/* Used, ended or too old: said in words, as a page that is not there. */
static enum err show_over(struct rq *rq, struct form *f)
{
    form_page_status(f, 404);
    invite_over_html(rq_html_begin(rq, msg_text(MSG_invite_over, rq->page.lang), MENU_NONE), &rq->page);
    return rq_html_end(rq);
}

static enum err show_invite(struct rq *rq, void *ctx)
{
    struct newcomer *n = ctx;
    struct str place, path = HREF(rq->arena, "/invite/{}", rq->args[0]).path;
    enum err e = account_invite_find(rq->db, rq->arena, rq->args[0], &n->invitation);
    if (e == ERR_NOT_FOUND) return show_over(rq, &n->form);
    TRY(e);
    TRY(pages_place(rq, n->invitation.kind, n->invitation.code, &place));
    struct register_view v = {.errors = form_errors(&n->form),
                              .marks = form_marks(rq),
                              .action = HREF(rq->arena, "/invite/{}", rq->args[0]),
                              .place = place,
                              .role = pages_role(rq, n->invitation.role),
                              .until = until_of(rq, n->invitation.expires_at),
                              .is_in = rq->who.is_in,
                              .who = rq->who.name,
                              .log_in = HREF(rq->arena, "/login?next={}", path),
                              .name = form_field(&n->form, "name"),
                              .contact = form_field(&n->form, "contact"),
                              .password = form_field_of(&n->form, "password", STR(""))};
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
    invite_html(rq_html_begin(rq, msg_text(MSG_invite_word, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_invite_page(struct rq *rq)
{
    struct newcomer n = {.form = {.rq = rq}};
    return show_invite(rq, &n);
}

/* Before the slow password: a stranger with a made-up link costs nothing. */
static enum err act_invite_look(struct rq *rq, void *ctx)
{
    struct newcomer *n = ctx;
    enum err e = account_invite_find(rq->db, rq->arena, rq->args[0], &n->invitation);
    n->is_over = e == ERR_NOT_FOUND;
    return e;
}

static enum err act_take(struct rq *rq, void *ctx)
{
    struct newcomer *n = ctx;
    enum err e = account_invite_find(rq->db, rq->arena, rq->args[0], &n->invitation);
    n->is_over = e == ERR_NOT_FOUND;
    TRY(e);
    if (rq->who.is_in)
        n->id = (struct account_id){rq->who.account};
    else
        TRY(add_person(rq, n));
    struct actor by = pages_actor_of(rq->arena, n->id);
    e = account_invite_use(rq->db, rq->arena, &by, &n->invitation, n->id);
    n->is_over = e == ERR_NOT_FOUND;
    return e;
}

enum err account_invite_post(struct rq *rq)
{
    struct newcomer n = {0};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &n.form));
    if (!rq->who.is_in) {
        enum err found = pages_txn(rq, DB_TXN_READ, act_invite_look, &n);
        if (n.is_over) return rq_is_api(rq) ? ERR_NOT_FOUND : show_over(rq, &n.form);
        TRY(found);
        read_person(&n);
        if (form_is_good(&n.form)) TRY(account_password_hash(rq->arena, n.password, &n.hash));
    }
    enum err e = form_is_good(&n.form) ? pages_txn(rq, DB_TXN_WRITE, act_take, &n) : ERR_INPUT;
    if (n.is_over) return rq_is_api(rq) ? ERR_NOT_FOUND : show_over(rq, &n.form);
    if (e == ERR_CONFLICT) form_fault_msg(&n.form, "contact", MSG_register_taken);
    if (e == ERR_CONFLICT || e == ERR_INPUT) {
        if (rq_is_api(rq)) return form_refuse_api(&n.form);
        form_page_status(&n.form, 400);
        return pages_txn(rq, DB_TXN_READ, show_invite, &n);
    }
    TRY(e);
    if (!rq->who.is_in) pages_set_session(rq, n.cookie);
    if (rq_is_api(rq)) return pages_done_api(rq);
    return rq_redirect(rq, HREF(rq->arena, "/me?done={}", STR("invited")));
}

/* ---- /reset ---- */

struct reset {
    struct form form;
    struct str login, code, password, hash;
    struct account_try tried;
    bool must_wait, is_done;
};

static enum err show_reset(struct rq *rq, struct reset *r)
{
    struct register_view v = {.errors = form_errors(&r->form),
                              .marks = form_marks(rq),
                              .login = form_field_of(&r->form, "login", r->login),
                              .code = form_field_of(&r->form, "code", STR("")),
                              .password = form_field_of(&r->form, "password", STR(""))};
    reset_html(rq_html_begin(rq, msg_text(MSG_reset_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_reset_page(struct rq *rq)
{
    struct reset r = {.form = {.rq = rq}, .login = rq_param(rq, "login")};
    return show_reset(rq, &r);
}

/* Tried like a password: counted, and the same words for a login that is not there. */
static enum err act_reset(struct rq *rq, void *ctx)
{
    struct reset *r = ctx;
    struct account_group_id group;
    struct account_id made_by;
    enum err e = account_try_begin(rq->db, rq->arena, r->login, rq->web->remote, &r->tried);
    r->must_wait = e == ERR_LIMIT;
    if (e == ERR_LIMIT) return ERR_OK;
    TRY(e);
    e = account_code_use(rq->db, rq->arena, r->tried.id, "reset", r->code, &group, &made_by);
    if (e == ERR_INPUT) return account_try_lost(rq->db, rq->arena, &r->tried);
    TRY(e);
    struct actor by = pages_actor_of(rq->arena, r->tried.id);
    TRY(account_password_set(rq->db, rq->arena, &by, r->tried.id, r->hash, 0));
    TRY(account_try_won(rq->db, rq->arena, &r->tried));
    r->is_done = true;
    return ERR_OK;
}

/* Who must wait is told so before the slow password is reckoned. */
static enum err act_reset_look(struct rq *rq, void *ctx)
{
    struct reset *r = ctx;
    enum err e = account_try_begin(rq->db, rq->arena, r->login, rq->web->remote, &r->tried);
    r->must_wait = e == ERR_LIMIT;
    return e == ERR_LIMIT ? ERR_OK : e;
}

enum err account_reset_post(struct rq *rq)
{
    struct reset r = {0};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &r.form));
    r.login = form_line(&r.form, "login", FORM_MUST, ACCOUNT_LOGIN_MAX);
    r.code = form_line(&r.form, "code", FORM_MUST, 40);
    r.password = pages_password(&r.form, "password");
    pages_password_fault(&r.form, "password", r.login, r.password);
    if (form_is_good(&r.form)) {
        TRY(pages_txn(rq, DB_TXN_READ, act_reset_look, &r));
        if (!r.must_wait) TRY(account_password_hash(rq->arena, r.password, &r.hash));
        if (!r.must_wait) TRY(pages_txn(rq, DB_TXN_WRITE, act_reset, &r));
        if (r.is_done) return rq_is_api(rq) ? pages_done_api(rq) : rq_redirect(rq, href_of(rq->arena, "/login", NULL, 0));
        if (r.must_wait)
            form_fault(&r.form, "code", pages_wait(rq, r.tried.wait_s));
        else
            form_fault_msg(&r.form, "code", MSG_reset_bad);
    }
    if (rq_is_api(rq)) return r.must_wait ? pages_wait_api(rq, r.tried.wait_s) : form_refuse_api(&r.form);
    if (r.must_wait)
        pages_too_many(&r.form, r.tried.wait_s);
    else
        form_page_status(&r.form, 400);
    return show_reset(rq, &r);
}

/* ---- /confirm: code and telephone number, no log-in ---- */

struct confirm {
    struct form form;
    struct str phone, code, group;
    int64_t wait_s;
    bool is_done, is_own;
};

static enum err show_confirm(struct rq *rq, struct confirm *c)
{
    struct register_view v = {.errors = form_errors(&c->form),
                              .marks = form_marks(rq),
                              .contact = form_field_of(&c->form, "phone", c->phone),
                              .code = form_field_of(&c->form, "code", STR("")),
                              .group = {.name = STR("group"), .value = c->group},
                              .is_done = c->is_done};
    confirm_html(rq_html_begin(rq, msg_text(MSG_confirm_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_confirm_page(struct rq *rq)
{
    struct confirm c = {.form = {.rq = rq}};
    return show_confirm(rq, &c);
}

static enum err confirm_group(struct rq *rq, struct confirm *c, struct account_id person, struct account_group_id group)
{
    struct account_group_get_row row = {0};
    struct actor by = pages_actor_of(rq->arena, person);
    TRY(account_group_get(rq->db, rq->arena, group, &row));
    /* Who entered it cannot be the one who says that it is right. */
    c->is_own = person.v == row.entered_by.v || (rq->who.is_in && rq->who.account == row.entered_by.v);
    if (c->is_own) return ERR_CONFLICT;
    c->group = row.name;
    c->is_done = true;
    enum err e = account_group_confirm(rq->db, rq->arena, &by, group, "code", STR_NONE, person);
    return e == ERR_CONFLICT ? ERR_OK : e; /* it was confirmed before: as well */
}

static enum err act_confirm(struct rq *rq, void *ctx)
{
    struct confirm *c = ctx;
    struct account_ids_of_phone_row *rows = NULL;
    struct account_group_id group;
    struct account_id made_by;
    struct str phone;
    size_t n = 0;
    enum err e = account_slow_down(rq->db, rq->arena, "confirm", rq->web->remote, &c->wait_s);
    if (e == ERR_LIMIT) return ERR_OK;
    TRY(e);
    if (account_phone_clean(rq->arena, c->phone, &phone) != ERR_OK) return ERR_OK;
    TRY(account_ids_of_phone(rq->db, rq->arena, phone, SAME_PHONE, &rows, &n));
    for (size_t i = 0; i < n && !c->is_done; i++) {
        e = account_code_use(rq->db, rq->arena, rows[i].id, "confirm", c->code, &group, &made_by);
        if (e == ERR_INPUT) continue;
        TRY(e);
        TRY(confirm_group(rq, c, rows[i].id, group));
    }
    return ERR_OK;
}

/* Which group it was, by name: who typed the code sees that it is theirs. */
static enum err say_confirmed(struct rq *rq, const struct confirm *c)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "group", c->group);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err account_confirm_post(struct rq *rq)
{
    struct confirm c = {0};
    pages_no_repeat(rq);
    TRY(form_begin(rq, &c.form));
    c.phone = form_line(&c.form, "phone", FORM_MUST, 40);
    c.code = form_line(&c.form, "code", FORM_MUST, 40);
    enum err e = form_is_good(&c.form) ? pages_txn(rq, DB_TXN_WRITE, act_confirm, &c) : ERR_OK;
    if (e != ERR_OK && !c.is_own) return e;
    if (c.is_done && e == ERR_OK) return rq_is_api(rq) ? say_confirmed(rq, &c) : show_confirm(rq, &c);
    if (c.is_own)
        form_fault_msg(&c.form, "code", MSG_confirm_own);
    else if (c.wait_s > 0)
        form_fault(&c.form, "code", pages_wait(rq, c.wait_s));
    else if (form_is_good(&c.form))
        form_fault_msg(&c.form, "code", MSG_confirm_bad);
    if (rq_is_api(rq)) return c.wait_s > 0 ? pages_wait_api(rq, c.wait_s) : form_refuse_api(&c.form);
    if (c.wait_s > 0)
        pages_too_many(&c.form, c.wait_s);
    else
        form_page_status(&c.form, 400);
    return show_confirm(rq, &c);
}
