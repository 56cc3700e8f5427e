/* people_api.c — the JSON doors of people: the same handlers, rules and faults as the forms of the pages;
 * what differs is the answer. A handler of its own each, because each is an operation of its own in openapi.json. */
#include "rooms/account/account_pages.h"

enum err account_register_api(struct rq *rq)
{
    return account_register_post(rq);
}

enum err account_invite_take_api(struct rq *rq)
{
    return account_invite_post(rq);
}

enum err account_reset_api(struct rq *rq)
{
    return account_reset_post(rq);
}

enum err account_confirm_api(struct rq *rq)
{
    return account_confirm_post(rq);
}

enum err account_act_for_api(struct rq *rq)
{
    return account_act_for_post(rq);
}

enum err account_invite_area_api(struct rq *rq)
{
    return account_invite_add_post(rq);
}

enum err account_grant_end_api(struct rq *rq)
{
    return account_grant_end_post(rq);
}

enum err account_grant_end_area_api(struct rq *rq)
{
    return account_grant_end_post(rq);
}

enum err account_code_api(struct rq *rq)
{
    return account_code_add_post(rq);
}

enum err account_code_area_api(struct rq *rq)
{
    return account_code_add_post(rq);
}
