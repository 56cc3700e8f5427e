/* people_pages.c — /funds/{fund}/people and /areas/{area}/people: who has which role here, inviting,
 * ending, one-time codes. Groups of a fund: group_pages.c; all people: admin_pages.c.
 *
 * The gate has proven that the acting grant holds the place; what is proven here is that the giver may
 * give, end or reset that very role, and that the row named by a form stands in this place. */
#include "base/clock.h"
#include "html/qr.h"
#include "rooms/account/account_pages.h"
#include "rooms/account/people_pages.h"
#include "rooms/account_sql.h"
#include "rooms/people.html.h"

#define ROWS_SHOWN    25
#define INVITES_SHOWN 30
#define NOTE_LETTERS  120

enum err people_place_of(struct rq *rq, struct people_place *ret)
{
    struct people_place p = {.code = rq->args[0], .is_fund = str_starts(rq->path, STR("/funds/")) ||
                                                             str_starts(rq->path, STR("/api/v1/funds/"))};
    if (p.is_fund) {
        struct account_fund_name_row row = {0};
        TRY(account_fund_name(rq->db, rq->arena, p.code, &row));
        p.kind = SCOPE_FUND;
        p.fund = row.id;
        p.name = lang_name(rq->page.lang, row.name_th, row.name_en);
        p.here = HREF(rq->arena, "/funds/{}/people", p.code);
    } else {
        struct account_area_name_row row = {0};
        struct account_scope_area_row area = {0};
        TRY(account_area_name(rq->db, rq->arena, p.code, &row));
        TRY(account_scope_area(rq->db, rq->arena, p.code, &area));
        if (scope_kind_of(area.kind, &p.kind) != ERR_OK) return ERR_NOT_FOUND; /* nobody stands on a tambon */
        p.area = row.area_id;
        p.name = lang_name(rq->page.lang, row.name_th, row.name_en);
        p.here = HREF(rq->arena, "/areas/{}/people", p.code);
    }
    *ret = p;
    return ERR_OK;
}

struct href people_below(struct rq *rq, const struct people_place *p, const char *act)
{
    return href_of_path(rq->arena, str_printf(rq->arena, "%.*s/%s", STR_FMT(p->here.path), act));
}

static bool may_give(struct rq *rq, struct str role, enum role *ret)
{
    enum role r;
    if (role_of(role, &r) != ERR_OK) return false;
    *ret = r;
    return account_may_give(rq->who.acting.role, r);
}

/* ---- the list ---- */

struct seen { /* one row of either query */
    struct account_grant_id id;
    struct account_id account;
    struct str role, name, login;
    struct date from;
    struct opt_date to;
};

static enum err read_people(struct rq *rq, const struct people_place *p, struct account_grant_id before,
                            struct seen **ret, size_t *ret_n)
{
    struct account_people_of_fund_row *funds = NULL;
    struct account_people_of_area_row *areas = NULL;
    size_t n = 0;
    if (p->is_fund)
        TRY(account_people_of_fund(rq->db, rq->arena, p->fund, before, ROWS_SHOWN + 1, &funds, &n));
    else
        TRY(account_people_of_area(rq->db, rq->arena, p->area, before, ROWS_SHOWN + 1, &areas, &n));
    struct seen *out = ARENA_ARRAY(rq->arena, struct seen, n);
    for (size_t i = 0; i < n; i++) {
        if (p->is_fund)
            out[i] = (struct seen){funds[i].id,   funds[i].account_id, funds[i].role,    funds[i].name,
                                   funds[i].login, funds[i].valid_from, funds[i].valid_to};
        else
            out[i] = (struct seen){areas[i].id,   areas[i].account_id, areas[i].role,    areas[i].name,
                                   areas[i].login, areas[i].valid_from, areas[i].valid_to};
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

static struct people_row row_of(struct rq *rq, const struct seen *s)
{
    enum role role = ROLE_visitor;
    bool is_over = s->to.has && date_cmp(s->to.v, rq->today) < 0;
    bool may = may_give(rq, s->role, &role) && !is_over && !str_is_none(s->name) && s->account.v != rq->who.account;
    return (struct people_row){.name = s->name,
                               .login = s->login,
                               .role = role == ROLE_visitor ? s->role : pages_role(rq, role),
                               .from = html_arg_date(&rq->page, s->from),
                               .to = s->to.has ? html_arg_date(&rq->page, s->to.v) : STR(""),
                               .grant = s->id.v,
                               .account = s->account.v,
                               .is_over = is_over,
                               .may_end = may,
                               .may_reset = may};
}

/* The id that a page begins behind; the newest first. */
static struct account_grant_id cursor_of(struct rq *rq)
{
    int64_t v = INT64_MAX;
    struct str typed = rq_param(rq, "before");
    if (!str_is_none(typed) && (str_to_int(typed, &v) != ERR_OK || v < 1)) v = INT64_MAX;
    return (struct account_grant_id){v};
}

static enum err fill_people(struct rq *rq, const struct people_place *p, struct people_view *v)
{
    struct seen *rows = NULL;
    size_t n = 0;
    TRY(read_people(rq, p, cursor_of(rq), &rows, &n));
    size_t shown = n > ROWS_SHOWN ? ROWS_SHOWN : n;
    struct people_row *out = ARENA_ARRAY(rq->arena, struct people_row, shown);
    for (size_t i = 0; i < shown; i++)
        out[i] = row_of(rq, &rows[i]);
    v->rows = out;
    v->nrows = shown;
    v->pager.has_next = n > ROWS_SHOWN;
    if (v->pager.has_next)
        v->pager.next = href_of_path(rq->arena, str_printf(rq->arena, "%.*s?before=%lld", STR_FMT(p->here.path),
                                                           (long long)rows[shown - 1].id.v));
    return ERR_OK;
}

static enum err fill_invites(struct rq *rq, const struct people_place *p, struct people_view *v)
{
    struct account_invites_open_row *rows = NULL;
    size_t n = 0;
    TRY(account_invites_open(rq->db, rq->arena, str_of(scope_code(p->kind)), p->code, clock_now(), INVITES_SHOWN, &rows, &n));
    struct people_invite *out = ARENA_ARRAY(rq->arena, struct people_invite, n);
    for (size_t i = 0; i < n; i++) {
        enum role role = ROLE_visitor;
        may_give(rq, rows[i].role, &role);
        out[i] = (struct people_invite){.id = rows[i].id.v,
                                        .role = pages_role(rq, role),
                                        .note = rows[i].note,
                                        .until = html_arg_date(&rq->page, instant_date(rows[i].expires_at))};
    }
    v->invites = out;
    v->ninvites = n;
    return ERR_OK;
}

/* The roles that this giver may give in a place of this kind. */
static void fill_roles(struct rq *rq, const struct people_place *p, struct people_view *v)
{
    struct choice *out = ARENA_ARRAY(rq->arena, struct choice, ROLE_COUNT);
    size_t n = 0;
    for (int r = 1; r < ROLE_COUNT; r++) {
        if (!account_may_give(rq->who.acting.role, (enum role)r) || !role_may_stand((enum role)r, p->kind)) continue;
        struct str code = str_of(role_code((enum role)r));
        out[n++] = (struct choice){code, pages_role(rq, (enum role)r), str_eq(code, v->role.value)};
    }
    v->roles = out;
    v->nroles = n;
}

/* What was done before the redirect, from a short list. */
static struct str said_of(struct rq *rq)
{
    struct str done = rq_param(rq, "done");
    if (str_eq(done, STR("ended"))) return msg_text(MSG_people_said_ended, rq->page.lang);
    if (str_eq(done, STR("withdrawn"))) return msg_text(MSG_people_said_withdrawn, rq->page.lang);
    if (str_eq(done, STR("taken-in"))) return msg_text(MSG_people_said_taken_in, rq->page.lang);
    return STR_NONE;
}

static enum err show_people(struct rq *rq, const struct people_place *p, struct form *f)
{
    struct crumb crumbs[2] = {{p->name, p->is_fund ? HREF(rq->arena, "/funds/{}", p->code) : HREF(rq->arena, "/areas/{}", p->code)},
                              {.label = msg_text(MSG_people_list, rq->page.lang)}};
    enum role role = rq->who.acting.role;
    struct people_view v = {.crumbs = crumbs,
                            .ncrumbs = 2,
                            .place = p->name,
                            .invite = people_below(rq, p, "invite"),
                            .withdraw = people_below(rq, p, "withdraw"),
                            .end = people_below(rq, p, "end"),
                            .reset = people_below(rq, p, "reset"),
                            .join = people_below(rq, p, "join"),
                            .code = people_below(rq, p, "code"),
                            .act_for = people_below(rq, p, "for"),
                            .is_fund = p->is_fund,
                            .errors = form_errors(f),
                            .marks = form_marks(rq),
                            .may_invite = true,
                            .may_act_for = p->is_fund && (role == ROLE_officer || role == ROLE_secretary),
                            .role = form_field(f, "role"),
                            .note = form_field(f, "note"),
                            .said = said_of(rq)};
    fill_roles(rq, p, &v);
    TRY(fill_people(rq, p, &v));
    TRY(fill_invites(rq, p, &v));
    if (p->is_fund) TRY(people_fill_groups(rq, p, &v));
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_people_title, p->name);
    people_html(rq_html_begin(rq, title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_people_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct people_place p;
    TRY(people_place_of(rq, &p));
    return show_people(rq, &p, &f);
}

enum err people_refuse(struct rq *rq, const struct people_place *p, struct form *f)
{
    if (rq_is_api(rq)) return form_refuse_api(f);
    form_page_status(f, 400);
    return show_people(rq, p, f);
}

enum err people_back(struct rq *rq, const struct people_place *p, const char *done)
{
    if (rq_is_api(rq)) return pages_done_api(rq);
    return rq_redirect(rq, href_of_path(rq->arena, str_printf(rq->arena, "%.*s?done=%s", STR_FMT(p->here.path), done)));
}

enum err people_show_once(struct rq *rq, const struct once_view *v)
{
    rq_answer_is_secret(rq);
    web_header_set(rq->res, STR("Cache-Control"), STR("no-store"));
    people_once_html(rq_html_begin(rq, v->title, MENU_NONE), &rq->page, v);
    return rq_html_end(rq);
}

enum err people_code_api(struct rq *rq, struct str code, int days)
{
    rq_answer_is_secret(rq);
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "code", code);
    json_date(j, "until", date_add_days(rq->today, days));
    json_object_end(j);
    TRY(rq_json_end(rq));
    rq->res->status = 201;
    return ERR_OK;
}

struct str people_until(struct rq *rq, int64_t days)
{
    return html_arg_date(&rq->page, date_add_days(rq->today, (int)days));
}

/* ---- inviting ---- */

static enum err show_invitation(struct rq *rq, const struct people_place *p, enum role role, struct str secret)
{
    struct str address = pages_whole_address(rq, HREF(rq->arena, "/invite/{}", secret).path);
    struct once_view v = {
        .title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_once_invite_title, pages_role(rq, role)),
        .text = msg_text(MSG_once_invite_text, rq->page.lang),
        .secret = address,
        .person = p->name,
        .until = people_until(rq, 14),
        .qr = qr_svg(rq->arena, &rq->page, address, msg_text(MSG_once_invite_qr, rq->page.lang)),
        .has_qr = true,
        .back = p->here};
    return people_show_once(rq, &v);
}

enum err account_invite_add_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct str secret;
    struct actor by = rq_actor(rq);
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    struct account_invitation i = {.kind = p.kind, .code = p.code};
    struct str role = form_line(&f, "role", FORM_MUST, 40), note = form_line(&f, "note", FORM_MAY, NOTE_LETTERS);
    if (!str_is_empty(note)) i.note = note;
    if (form_is_good(&f) && (!may_give(rq, role, &i.role) || !role_may_stand(i.role, p.kind)))
        form_fault_msg(&f, "role", MSG_people_role_bad);
    if (!form_is_good(&f)) return people_refuse(rq, &p, &f);
    TRY(account_invite_add(rq->db, rq->arena, &by, &i, &secret));
    if (!rq_is_api(rq)) return show_invitation(rq, &p, i.role, secret);
    rq_answer_is_secret(rq);
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "role", role);
    json_str(j, "link", pages_whole_address(rq, HREF(rq->arena, "/invite/{}", secret).path));
    json_object_end(j);
    TRY(rq_json_end(rq));
    rq->res->status = 201;
    return ERR_OK;
}

enum err account_invite_withdraw_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct account_invite_id id = {0};
    int64_t changed = 0;
    struct actor by = rq_actor(rq);
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    if (str_to_int(form_raw(&f, "invite"), &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_invite_close(rq->db, id, str_of(scope_code(p.kind)), p.code, clock_now(), &changed));
    if (changed == 0) return ERR_NOT_FOUND;
    struct audit_change change = {"ended", STR_NONE, STR("1")};
    TRY(account_audit(rq->db, rq->arena, &by, "end", "account_invite", id.v, (struct account_id){0}, &change, 1));
    return people_back(rq, &p, "withdrawn");
}

/* ---- ending a role ---- */

enum err account_grant_end_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct account_grant_get_row row = {0};
    struct account_grant_id id = {0};
    enum role role;
    struct actor by = rq_actor(rq);
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    if (str_to_int(form_raw(&f, "grant"), &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_grant_get(rq->db, rq->arena, id, &row));
    /* A grant of another place is none of this page's. */
    if (!str_eq(row.scope_code, p.code) || !str_eq(row.scope_kind, str_of(scope_code(p.kind)))) return ERR_NOT_FOUND;
    if (!may_give(rq, row.role, &role) || row.account_id.v == rq->who.account) {
        form_fault_msg(&f, "grant", MSG_people_no_right);
        return people_refuse(rq, &p, &f);
    }
    TRY(account_grant_end(rq->db, rq->arena, &by, id, date_add_days(rq->today, -1)));
    return people_back(rq, &p, "ended");
}

/* ---- a code for a new password ---- */

static enum err holds(struct rq *rq, const struct account_grants_on_row *g, bool *ret)
{
    if (str_eq(g->scope_kind, STR("fund")))
        return guard_holds_fund(rq->db, rq->arena, &rq->who.acting, g->scope_code, ret);
    if (str_eq(g->scope_kind, STR("org"))) {
        *ret = rq->who.acting.role == ROLE_admin;
        return ERR_OK;
    }
    return guard_holds_area(rq->db, rq->arena, &rq->who.acting, g->scope_code, ret);
}

/* Who can set a password can be that person. So every role that they have must be one that the giver
 * may give, in a place that the giver holds: an officer is never a way to an administrator. */
enum err people_may_reset(struct rq *rq, struct account_id id, bool *ret)
{
    struct account_grants_on_row *rows = NULL;
    size_t n = 0;
    enum role role;
    *ret = false;
    TRY(account_grants_on(rq->db, rq->arena, id, rq->today, ACCOUNT_GRANTS_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool is_held = false;
        if (!may_give(rq, rows[i].role, &role)) return ERR_OK;
        TRY(holds(rq, &rows[i], &is_held));
        if (!is_held) return ERR_OK;
    }
    *ret = n > 0 || rq->who.acting.role == ROLE_admin;
    return ERR_OK;
}

enum err people_show_reset(struct rq *rq, struct account_id id, struct href act, struct href back, bool is_totp_off)
{
    struct account_get_row row = {0};
    struct str code;
    struct actor by = rq_actor(rq);
    bool was_on = false;
    TRY(account_get(rq->db, rq->arena, id, &row));
    if (!str_eq(row.state, STR("open"))) return ERR_NOT_FOUND;
    if (is_totp_off) TRY(account_totp_lost(rq->db, rq->arena, &by, id, &was_on));
    TRY(account_code_add(rq->db, rq->arena, &by, id, "reset", (struct account_group_id){0}, &code));
    if (rq_is_api(rq)) return people_code_api(rq, code, 1);
    struct once_view v = {.title = msg_text(MSG_once_reset_title, rq->page.lang),
                          .text = msg_text(MSG_once_reset_text, rq->page.lang),
                          .secret = pages_groups_of_four(rq->arena, code),
                          .person = str_printf(rq->arena, "%.*s · %.*s", STR_FMT(row.name), STR_FMT(row.login)),
                          .until = people_until(rq, 1),
                          .back = back,
                          .act = act,
                          .account = id.v,
                          .marks = form_marks(rq),
                          .has_totp = !str_is_none(row.totp_secret) && !is_totp_off,
                          .said = was_on ? msg_text(MSG_once_totp_said, rq->page.lang) : STR("")};
    return people_show_once(rq, &v);
}

enum err account_code_add_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct account_id id = {0};
    bool may = false;
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    if (str_to_int(form_raw(&f, "account"), &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(people_may_reset(rq, id, &may));
    if (!may) {
        form_fault_msg(&f, "account", MSG_people_no_right);
        return people_refuse(rq, &p, &f);
    }
    return people_show_reset(rq, id, people_below(rq, &p, "reset"), p.here, form_tick(&f, "totp_off"));
}

/* ---- JSON ---- */

enum err account_people_api(struct rq *rq)
{
    struct people_place p;
    struct seen *rows = NULL;
    size_t n = 0;
    TRY(people_place_of(rq, &p));
    TRY(read_people(rq, &p, cursor_of(rq), &rows, &n));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n && i < ROWS_SHOWN; i++) {
        json_object(j, NULL);
        json_int(j, "grant", rows[i].id.v);
        json_int(j, "account", rows[i].account.v);
        json_str(j, "name", rows[i].name);
        json_str(j, "role", rows[i].role);
        json_date(j, "from", rows[i].from);
        json_opt_date(j, "to", rows[i].to);
        json_object_end(j);
    }
    json_array_end(j);
    if (n > ROWS_SHOWN)
        json_int(j, "next", rows[ROWS_SHOWN - 1].id.v);
    else
        json_null(j, "next");
    json_object_end(j);
    return rq_json_end(rq);
}

enum err account_people_area_api(struct rq *rq)
{
    return account_people_api(rq);
}

enum err account_invite_api(struct rq *rq)
{
    return account_invite_add_post(rq);
}
