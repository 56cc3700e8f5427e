/* account.h — THE DOOR of room account: people (บุคคล), their grants (บทบาทและขอบเขต), sessions, tokens.
 *
 * Personal data lives in the person's own rows only; ledger, audit and reports hold ids. Passwords are
 * Argon2id (libsodium), reckoned outside write transactions, at most two at once. A grant = person, role,
 * scope, from, to, by whom; it is ended, never deleted. */
#ifndef SARN_ROOMS_ACCOUNT_ACCOUNT_H
#define SARN_ROOMS_ACCOUNT_ACCOUNT_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"

#define ACCOUNT_LOGIN_MAX    60
#define ACCOUNT_NAME_MAX     120
#define ACCOUNT_PASSWORD_MIN 10 /* letters */
#define ACCOUNT_PASSWORD_MAX 200

struct account_new {
    struct str login; /* [a-z0-9._-] or an e-mail or a phone number, kept in one form */
    struct str name;
    struct str phone, email; /* may be none */
    struct str password_hash; /* account_password_hash(); none: cannot log in until a code sets one */
};
/* ERR_CONFLICT: the login is taken. ERR_INPUT: not a login. */
enum err account_add(struct db *db, struct arena *a, const struct actor *by, const struct account_new *n,
                     struct account_id *ret);
enum err account_find_login(struct db *db, struct arena *a, struct str login, struct account_id *ret);
/* Slow on purpose (some 60 ms, 64 MiB): never inside a write transaction. Waits for one of two places. */
enum err account_password_hash(struct arena *a, struct str password, struct str *ret);
bool account_password_is(struct str hash, struct str password);

struct account_grant {
    struct account_id account;
    enum role role;
    enum scope_kind kind;
    struct str code;
    struct date from;
    struct opt_date to;
};
/* ERR_NOT_FOUND: no such fund, area or organisation. ERR_INPUT: this role cannot stand there. */
enum err account_grant_add(struct db *db, struct arena *a, const struct actor *by, const struct account_grant *g,
                           struct account_grant_id *ret);
enum err account_grant_end(struct db *db, struct arena *a, const struct actor *by, struct account_grant_id id,
                           struct date last_day);
/* A new API token that acts in `grant` (none: the person's first), valid for some days; the secret is
 * given once and only its hash is kept. */
enum err account_token_add(struct db *db, struct arena *a, const struct actor *by, struct account_id account,
                           struct account_grant_id grant, struct str name, int64_t days, struct str *ret_secret);
/* A session for tests and for `log in` once the password is proven: the cookie's value. */
enum err account_session_add(struct db *db, struct arena *a, struct account_id account, struct str device,
                             struct str remote, struct str *ret_cookie);

/* Erases the personal data of a person: name, phone, e-mail, password, TOTP; destroys the key of their
 * sealed audit fields; ends sessions, tokens, grants. The id stays. */
enum err account_erase(struct db *db, struct arena *a, const struct actor *by, struct account_id id);

/* The demo's people: logins applicant officer secretary member chair mentor district province region
 * nation agency auditor admin, all with the password ACCOUNT_DEMO_PASSWORD; the first five have D0001
 * as their only scope. */
#define ACCOUNT_DEMO_PASSWORD "sarn-demo-2570"
#define ACCOUNT_DEMO_FUND     "D0001"
enum err account_demo(struct db *db, struct arena *a, struct date today);

#endif
