/* who_view.c — see who_view.h. */
#include "app/who_view.h"

#include <assert.h>

#include "app/app_internal.h"

/* Back to the page that was being read; never back to the log-in page itself. */
static struct href log_in_href(struct rq *rq)
{
    if (rq->web->method != WEB_GET || str_eq(rq->path, STR("/")) || str_starts(rq->path, STR("/log")))
        return href_of(rq->arena, "/login", NULL, 0);
    struct str next = rq->path;
    if (!str_is_empty(rq->web->query))
        next = str_concat(rq->arena, (const struct str[]){next, STR("?"), rq->web->query}, 3);
    return HREF(rq->arena, "/login?next={}", next);
}

struct str who_role_name(enum lang lang, enum role r)
{
    static const enum msg names[ROLE_COUNT] = {
        [ROLE_visitor] = MSG_role_visitor,
        [ROLE_applicant] = MSG_role_applicant,
        [ROLE_officer] = MSG_role_officer,
        [ROLE_secretary] = MSG_role_secretary,
        [ROLE_member] = MSG_role_member,
        [ROLE_chair] = MSG_role_chair,
        [ROLE_mentor] = MSG_role_mentor,
        [ROLE_district] = MSG_role_district,
        [ROLE_district_head] = MSG_role_district_head,
        [ROLE_adviser] = MSG_role_adviser,
        [ROLE_province] = MSG_role_province,
        [ROLE_region] = MSG_role_region,
        [ROLE_nation] = MSG_role_nation,
        [ROLE_agency] = MSG_role_agency,
        [ROLE_auditor] = MSG_role_auditor,
        [ROLE_admin] = MSG_role_admin,
    };
    static_assert(ROLE_COUNT == 16); /* a new role gets its name here */
    assert(r < ROLE_COUNT);
    return msg_text(names[r], lang);
}

struct str who_grant_label(struct rq *rq, const struct grant *g)
{
    struct str role = who_role_name(rq->page.lang, g->role);
    struct str place = lang_name(rq->page.lang, g->name_th, g->name_en);
    if (g->id == 0) return msg_text(MSG_who_no_grant, rq->page.lang);
    if (str_is_none(place)) place = g->code;
    return str_concat(rq->arena, (const struct str[]){role, STR(" · "), place}, 3);
}

/* The signature of the account's number, without the number. */
static struct str mark_of(struct rq *rq)
{
    struct str account = str_printf(rq->arena, "%lld", (long long)rq->who.account);
    return str_from(gate_sign(rq, "offline", account), account.n + 1);
}

/* Log-out and switch do the same however often they are sent: no key, so that a page in a cache stays
 * the same page. */
void who_view_fill(struct rq *rq, struct who_view *ret)
{
    const struct who *who = &rq->who;
    *ret = (struct who_view){.is_in = who->is_in};
    if (!who->is_in) {
        ret->log_in = log_in_href(rq);
        return;
    }
    struct grant_choice *choices = ARENA_ARRAY(rq->arena, struct grant_choice, who->ngrants);
    for (size_t i = 0; i < who->ngrants; i++)
        choices[i] = (struct grant_choice){who->grants[i].id, who_grant_label(rq, &who->grants[i]),
                                           who->grants[i].id == who->acting.id};
    ret->mark = mark_of(rq);
    ret->name = who->name;
    ret->acting = who->acting.id == 0 ? STR_NONE : who_grant_label(rq, &who->acting);
    ret->grants = choices;
    ret->ngrants = who->ngrants;
    ret->work = href_of(rq->arena, "/work", NULL, 0);
    ret->marks = (struct form_marks){.csrf = who->csrf, .key = STR("")};
}
