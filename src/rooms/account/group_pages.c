/* group_pages.c — groups of a fund: taking people in, entering one for somebody who brought paper. */
#include "base/clock.h"
#include "base/thai.h"
#include "rooms/account/people_pages.h"
#include "rooms/account_sql.h"
#include "rooms/people.html.h"

#define GROUPS_SHOWN  30
#define ASKING_SHOWN  30
#define GROUP_LETTERS 200

enum err people_fill_groups(struct rq *rq, const struct people_place *p, struct people_view *v)
{
    struct account_groups_of_fund_row *rows = NULL;
    struct account_group_asking_row *asking = NULL;
    size_t n = 0, nasking = 0;
    TRY(account_groups_of_fund(rq->db, rq->arena, p->fund, (struct account_group_id){INT64_MAX}, GROUPS_SHOWN, &rows, &n));
    TRY(account_group_asking(rq->db, rq->arena, p->fund, ASKING_SHOWN, &asking, &nasking));
    struct people_group *groups = ARENA_ARRAY(rq->arena, struct people_group, n);
    for (size_t i = 0; i < n; i++)
        groups[i] = (struct people_group){.id = rows[i].id.v,
                                          .name = rows[i].name,
                                          .place = rows[i].place,
                                          .is_for_paper = rows[i].is_for_paper,
                                          .is_confirmed = rows[i].confirmed_at.has,
                                          .is_by_scan = str_eq(rows[i].confirmed_how, STR("scan")),
                                          .href = people_group_href(rq, p, rows[i].id, "")};
    struct people_asking *out = ARENA_ARRAY(rq->arena, struct people_asking, nasking);
    for (size_t i = 0; i < nasking; i++)
        out[i] = (struct people_asking){.group = str_printf(rq->arena, "%lld", (long long)asking[i].group_id.v),
                                        .account = asking[i].account_id.v,
                                        .name = asking[i].name,
                                        .person = asking[i].person};
    v->groups = groups;
    v->ngroups = n;
    v->asking = out;
    v->nasking = nasking;
    return ERR_OK;
}

/* The group of a form, when it is one of this fund. */
static enum err asked_group(struct rq *rq, const struct people_place *p, struct str typed,
                            struct account_group_get_row *ret)
{
    struct account_group_id id = {0};
    if (str_to_int(typed, &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_group_get(rq->db, rq->arena, id, ret));
    return ret->fund_id.v == p->fund.v ? ERR_OK : ERR_NOT_FOUND;
}

enum err account_group_join_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct account_group_get_row group = {0};
    struct account_id id = {0};
    int64_t changed = 0;
    struct actor by = rq_actor(rq);
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    TRY(asked_group(rq, &p, form_raw(&f, "group"), &group));
    if (str_to_int(form_raw(&f, "account"), &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_group_take_in(rq->db, group.id, id, &changed));
    if (changed == 0) return ERR_NOT_FOUND;
    struct audit_change change = {"member", STR_NONE, str_printf(rq->arena, "%lld", (long long)id.v)};
    TRY(account_audit(rq->db, rq->arena, &by, "join", "account_group", group.id.v, (struct account_id){0}, &change, 1));
    return people_back(rq, &p, "taken-in");
}

/* ---- the slip with the code ---- */

static enum err show_slip(struct rq *rq, const struct people_place *p, struct account_group_id group, struct str name,
                          struct account_id contact)
{
    struct str code;
    struct actor by = rq_actor(rq);
    TRY(account_code_add(rq->db, rq->arena, &by, contact, "confirm", group, &code));
    if (rq_is_api(rq)) return people_code_api(rq, code, 30);
    struct once_view v = {.title = msg_text(MSG_once_confirm_title, rq->page.lang),
                          .text = msg_text(MSG_once_confirm_text, rq->page.lang),
                          .secret = pages_groups_of_four(rq->arena, code),
                          .person = name,
                          .until = people_until(rq, 30),
                          .back = p->here};
    return people_show_once(rq, &v);
}

enum err account_group_code_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct account_group_get_row group = {0};
    struct account_group_contact_row contact = {0};
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    TRY(asked_group(rq, &p, form_raw(&f, "group"), &group));
    if (!group.is_for_paper || group.confirmed_at.has) return ERR_NOT_FOUND;
    TRY(account_group_contact(rq->db, rq->arena, group.id, &contact));
    return show_slip(rq, &p, group.id, group.name, contact.account_id);
}

/* ---- entering a group for somebody ---- */

static enum err show_act_for(struct rq *rq, const struct people_place *p, struct form *f)
{
    struct account_owner_types_row *rows = NULL;
    size_t n = 0;
    TRY(account_owner_types(rq->db, rq->arena, &rows, &n));
    struct act_for_view v = {.errors = form_errors(f),
                             .marks = form_marks(rq),
                             .place = p->name,
                             .action = people_below(rq, p, "for"),
                             .back = p->here,
                             .group = form_field(f, "group"),
                             .where = form_field(f, "place"),
                             .name = form_field(f, "name"),
                             .phone = form_field(f, "phone"),
                             .owner = form_field(f, "owner")};
    struct choice *owners = ARENA_ARRAY(rq->arena, struct choice, n);
    for (size_t i = 0; i < n; i++)
        owners[i] = (struct choice){rows[i].code, lang_name(rq->page.lang, rows[i].name_th, rows[i].name_en),
                                    str_eq(rows[i].code, v.owner.value)};
    v.owners = owners;
    v.nowners = n;
    act_for_html(rq_html_begin(rq, msg_text(MSG_act_for_title, rq->page.lang), MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err account_act_for_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct people_place p;
    TRY(people_place_of(rq, &p));
    return show_act_for(rq, &p, &f);
}

struct paper { /* what stood on it */
    struct str group, owner, place, name, phone;
};

static enum err read_paper(struct rq *rq, struct form *f, struct paper *ret)
{
    struct account_owner_types_row *rows = NULL;
    size_t n = 0;
    bool is_kind = false;
    struct paper p = {.group = form_line(f, "group", FORM_MUST, GROUP_LETTERS),
                      .owner = form_line(f, "owner", FORM_MUST, 60),
                      .place = form_line(f, "place", FORM_MAY, GROUP_LETTERS),
                      .name = form_line(f, "name", FORM_MUST, ACCOUNT_NAME_MAX)};
    struct str phone = form_line(f, "phone", FORM_MUST, 40);
    form_public(f, "group", p.group); /* it stands as the owner in public lists of projects */
    TRY(account_owner_types(rq->db, rq->arena, &rows, &n));
    for (size_t i = 0; i < n; i++)
        is_kind |= str_eq(rows[i].code, p.owner);
    if (!is_kind) form_fault_msg(f, "owner", MSG_register_owner_bad);
    if (!str_is_empty(phone) && account_phone_clean(rq->arena, phone, &p.phone) != ERR_OK)
        form_fault_msg(f, "phone", MSG_act_for_phone_bad);
    *ret = p;
    return ERR_OK;
}

/* The contact: who has this number as a login, or a new person without a password. A name that differs
 * changes nothing: what a person calls themselves is theirs. */
static enum err contact_of(struct rq *rq, const struct paper *paper, struct str fund_code, struct account_id *ret)
{
    struct actor by = rq_actor(rq);
    struct account_grant_id grant;
    enum err e = account_find_login(rq->db, rq->arena, paper->phone, ret);
    if (e != ERR_NOT_FOUND) return e;
    struct account_new n = {.login = paper->phone, .name = paper->name, .phone = paper->phone};
    TRY(account_add(rq->db, rq->arena, &by, &n, ret));
    struct account_grant g = {
        .account = *ret, .role = ROLE_applicant, .kind = SCOPE_FUND, .code = fund_code, .from = rq->today};
    return account_grant_add(rq->db, rq->arena, &by, &g, &grant);
}

enum err account_act_for_post(struct rq *rq)
{
    struct form f;
    struct people_place p;
    struct paper paper;
    struct account_id contact;
    struct account_group_id group;
    struct actor by = rq_actor(rq);
    TRY(people_place_of(rq, &p));
    TRY(form_begin(rq, &f));
    TRY(read_paper(rq, &f, &paper));
    if (!form_is_good(&f) && rq_is_api(rq)) return form_refuse_api(&f);
    if (!form_is_good(&f)) {
        form_page_status(&f, 400);
        return show_act_for(rq, &p, &f);
    }
    TRY(contact_of(rq, &paper, p.code, &contact));
    struct account_group_new n = {.fund = p.fund,
                                  .name = paper.group,
                                  .owner_type = paper.owner,
                                  .place = str_is_empty(paper.place) ? STR_NONE : paper.place,
                                  .is_for_paper = true};
    TRY(account_group_found(rq->db, rq->arena, &by, &n, contact, &group));
    return show_slip(rq, &p, group, paper.group, contact);
}
