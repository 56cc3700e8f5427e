/* people_pages.h — what the pages of people share: a place, and what stands below its page. */
#ifndef SARN_ROOMS_ACCOUNT_PEOPLE_PAGES_H
#define SARN_ROOMS_ACCOUNT_PEOPLE_PAGES_H

#include "rooms/account/account_pages.h"

struct people_place { /* of the path: a fund or an area */
    bool is_fund;
    enum scope_kind kind;
    struct str code, name;
    struct fund_id fund;
    struct area_id area;
    struct href here; /* its page of people */
};
enum err people_place_of(struct rq *rq, struct people_place *ret);
struct href people_below(struct rq *rq, const struct people_place *p, const char *act);
/* The page again, with 400 and the faults of `f`. */
enum err people_refuse(struct rq *rq, const struct people_place *p, struct form *f);
enum err people_back(struct rq *rq, const struct people_place *p, const char *done);
/* A page that is shown once and kept nowhere. */
enum err people_show_once(struct rq *rq, const struct once_view *v);
/* The same in JSON: {code, until}. */
enum err people_code_api(struct rq *rq, struct str code, int days);
struct str people_until(struct rq *rq, int64_t days);
enum err people_fill_groups(struct rq *rq, const struct people_place *p, struct people_view *v);
/* The page of a group, or what stands below it: "/scan". */
struct href people_group_href(struct rq *rq, const struct people_place *p, struct account_group_id id, const char *below);
enum err people_may_reset(struct rq *rq, struct account_id id, bool *ret);
/* A code for a new password; is_totp_off: and a lost telephone's second step goes. `act`: where the form went. */
enum err people_show_reset(struct rq *rq, struct account_id id, struct href act, struct href back, bool is_totp_off);

#endif
