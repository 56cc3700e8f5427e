/* who.h — who asks: the person behind a request and the grant they act in.
 *
 * The tables are room account's; app/ cannot include a room, so the three guard_…() functions below
 * are declared here and written in rooms/account/ — as the handlers of routes.def are. */
#ifndef SARN_APP_WHO_H
#define SARN_APP_WHO_H

#include "db/db.h"

struct rq;

enum role {
    ROLE_visitor,
#define ROLE(name, scopes) ROLE_##name,
#include "app/roles.def"
#undef ROLE
    ROLE_COUNT
};
/* Where a grant stands. An area scope holds what its fund-years hold. */
enum scope_kind { SCOPE_NONE, SCOPE_FUND, SCOPE_DISTRICT, SCOPE_PROVINCE, SCOPE_REGION, SCOPE_NATION, SCOPE_ORG };

struct grant {
    int64_t id; /* account_grant.id; 0: none */
    enum role role;
    enum scope_kind kind;
    struct str code;             /* D0001, 1203, 12, R4, TH, an organisation's */
    struct str name_th, name_en; /* of the scope; name_en may be none */
};
struct who {
    bool is_in;                 /* false: a visitor; nothing below is set but dead_account */
    int64_t account;            /* account.id */
    struct str login, name;     /* name: as the person wants to be called */
    struct grant acting;        /* the grant in force for this request; role visitor when they have none */
    const struct grant *grants; /* every grant valid today */
    size_t ngrants;
    int64_t session;     /* account_session.id; 0 when by_token */
    bool by_token;       /* an API token in Authorization: Bearer */
    bool is_stale;       /* last seen long enough ago to be written down again */
    struct str csrf;     /* token of this session, for forms */
    int64_t dead_account; /* a cookie of a session that has ended: whose it was; else 0 */
};

/* Who acts, for rules and the audit trail: rooms' rules know no request. */
struct actor {
    struct str code;   /* "account:12" or "system:demo": audit.actor */
    struct str acting; /* "officer fund D0001"; none for the system */
    int64_t account, grant; /* 0 for the system */
};
struct actor actor_system(const char *name); /* actor_system("system:demo"); static */

const char *role_code(enum role r);             /* "officer" */
enum err role_of(struct str code, enum role *ret); /* ERR_NOT_FOUND */
const char *scope_code(enum scope_kind k);      /* "fund" "district" "province" "region" "nation" "org" */
enum err scope_kind_of(struct str code, enum scope_kind *ret);
bool role_may_stand(enum role r, enum scope_kind k); /* by roles.def */

/* ---- written in rooms/account/account_guard.c ---- */

/* Reads session cookie or bearer token inside the open transaction rq->db; a request without either
 * costs no statement. Fills `ret`; bad or expired ones are a visitor. */
enum err guard_who(struct rq *rq, struct who *ret);
/* Does the grant's scope hold this fund or area (by code)? An unknown code is held by nobody. */
enum err guard_holds_fund(struct db *db, struct arena *a, const struct grant *g, struct str fund_code, bool *ret);
enum err guard_holds_area(struct db *db, struct arena *a, const struct grant *g, struct str area_code, bool *ret);
/* What people are called, for audit trails: names in the order of `ids`; unknown or erased ones are none. */
enum err guard_names(struct db *db, struct arena *a, const int64_t *ids, size_t n, struct str *ret_names);
/* The key under which this person's audit fields are sealed, 32 bytes in the arena; STR_NONE when there is
 * no such person, or they were erased: then nothing of theirs is written down or read any more. */
enum err guard_person_key(struct db *db, struct arena *a, int64_t account, struct str *ret_key);
/* Writes down that the session was used (is_stale): in a write transaction of its own. */
enum err guard_touch(struct db *db, const struct who *who);

#endif
