/* admin_pages.c — /admin/people: finding anybody, a code for a new password, erasing. */
#include "base/clock.h"
#include "rooms/account/people_pages.h"
#include "rooms/account_sql.h"
#include "rooms/people.html.h"

#define ROWS_SHOWN 25

struct found {
    struct account_id id;
    struct str login, name, state;
};

/* By the whole login, else by how the name begins; all of them when nothing was asked. */
static enum err find_people(struct rq *rq, struct str words, struct account_id after, struct found *out, size_t *ret_n)
{
    struct account_list_all_row *all = NULL;
    struct account_people_by_name_row *named = NULL;
    struct account_id id = {0};
    struct account_get_row row = {0};
    size_t n = 0;
    bool is_asked = !str_is_none(words) && !str_is_empty(words);
    if (is_asked && account_find_login(rq->db, rq->arena, words, &id) == ERR_OK) {
        TRY(account_get(rq->db, rq->arena, id, &row));
        out[0] = (struct found){row.id, row.login, row.name, row.state};
        *ret_n = after.v >= id.v ? 0 : 1;
        return ERR_OK;
    }
    /* Names are UTF-8: what begins with the words lies before the words and the last byte there is. */
    struct str high = is_asked ? str_concat(rq->arena, (const struct str[]){words, STR("\xF4\x8F\xBF\xBF")}, 2) : STR_NONE;
    if (is_asked)
        TRY(account_people_by_name(rq->db, rq->arena, words, high, after, ROWS_SHOWN + 1, &named, &n));
    else
        TRY(account_list_all(rq->db, rq->arena, after, ROWS_SHOWN + 1, &all, &n));
    for (size_t i = 0; i < n; i++)
        out[i] = is_asked ? (struct found){named[i].id, named[i].login, named[i].name, named[i].state}
                          : (struct found){all[i].id, all[i].login, all[i].name, all[i].state};
    *ret_n = n;
    return ERR_OK;
}

static enum err show_admin(struct rq *rq, struct form *f)
{
    struct found found[ROWS_SHOWN + 1];
    struct account_id after = {0};
    struct str words = rq_param(rq, "q"), typed = rq_param(rq, "after");
    size_t n = 0;
    if (!str_is_none(typed) && str_to_int(typed, &after.v) != ERR_OK) after.v = 0;
    TRY(find_people(rq, words, after, found, &n));
    size_t shown = n > ROWS_SHOWN ? ROWS_SHOWN : n;
    struct people_row *rows = ARENA_ARRAY(rq->arena, struct people_row, shown);
    for (size_t i = 0; i < shown; i++)
        rows[i] = (struct people_row){.name = found[i].name,
                                      .login = found[i].login,
                                      .account = found[i].id.v,
                                      .is_over = !str_eq(found[i].state, STR("open"))};
    struct people_view v = {.errors = form_errors(f),
                            .marks = form_marks(rq),
                            .rows = rows,
                            .nrows = shown,
                            .find = form_field_of(f, "q", words)};
    if (str_eq(rq_param(rq, "done"), STR("erased"))) v.said = msg_text(MSG_people_said_erased, rq->page.lang);
    v.pager.has_next = n > ROWS_SHOWN;
    if (v.pager.has_next)
        v.pager.next = HREF(rq->arena, "/admin/people?q={}&after={}", str_is_none(words) ? STR("") : words,
                            str_printf(rq->arena, "%lld", (long long)found[shown - 1].id.v));
    admin_people_html(rq_html_begin(rq, msg_text(MSG_admin_people_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_admin_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    return show_admin(rq, &f);
}

enum err account_admin_reset_post(struct rq *rq)
{
    struct form f;
    struct account_id id = {0};
    TRY(form_begin(rq, &f));
    if (str_to_int(form_raw(&f, "account"), &id.v) != ERR_OK) return ERR_NOT_FOUND;
    return people_show_reset(rq, id, href_of(rq->arena, "/admin/people/reset", NULL, 0),
                             href_of(rq->arena, "/admin/people", NULL, 0), form_tick(&f, "totp_off"));
}

/* ---- erasing: a page that says what it means, then the login typed once more ---- */

static enum err show_erase(struct rq *rq, struct form *f, struct str typed)
{
    struct account_id id = {0};
    struct account_get_row row = {0};
    if (str_to_int(typed, &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_get(rq->db, rq->arena, id, &row));
    if (str_eq(row.state, STR("erased"))) return ERR_NOT_FOUND;
    struct people_view v = {.errors = form_errors(f),
                            .marks = form_marks(rq),
                            .place = str_printf(rq->arena, "%.*s (%.*s)", STR_FMT(row.name), STR_FMT(row.login)),
                            .note = {.value = typed},
                            .find = form_field_of(f, "login", STR(""))};
    admin_erase_html(rq_html_begin(rq, msg_text(MSG_admin_erase, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_admin_erase_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct str typed = rq_param(rq, "account");
    return str_is_none(typed) ? ERR_NOT_FOUND : show_erase(rq, &f, typed);
}

enum err account_admin_erase_post(struct rq *rq)
{
    struct form f;
    struct account_id id = {0}, again = {0};
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &f));
    struct str typed = form_raw(&f, "account"), login = form_line(&f, "login", FORM_MUST, ACCOUNT_LOGIN_MAX);
    if (str_to_int(typed, &id.v) != ERR_OK) return ERR_NOT_FOUND;
    enum err e = account_find_login(rq->db, rq->arena, login, &again);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_NOT_FOUND || again.v != id.v) {
        form_fault_msg(&f, "login", MSG_admin_erase_bad);
        form_page_status(&f, 400);
        return show_erase(rq, &f, typed);
    }
    TRY(account_erase(rq->db, rq->arena, &by, id));
    return rq_redirect(rq, HREF(rq->arena, "/admin/people?done={}", STR("erased")));
}
