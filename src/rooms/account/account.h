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
/* Slow on purpose (some 20 ms, 19 MiB): never inside a write transaction. Waits for one of two places. */
enum err account_password_hash(struct arena *a, struct str password, struct str *ret);
bool account_password_is(struct str hash, struct str password);

/* May it be a password? At least ACCOUNT_PASSWORD_MIN letters, not one of the common ones
 * (reference/common_passwords.tsv), no common word, name of the place or login with a year or number added
 * (common_words.tsv), no keys side by side, nothing typed again and again. No other rules: they make people write it down. */
enum account_password_fault {
    ACCOUNT_PASSWORD_GOOD,
    ACCOUNT_PASSWORD_SHORT,
    ACCOUNT_PASSWORD_LONG,
    ACCOUNT_PASSWORD_COMMON,
    ACCOUNT_PASSWORD_LOGIN
};
enum account_password_fault account_password_fault(struct arena *a, struct str login, struct str password);
/* A new password, by a hash. Ends every session but `keep` (0: all). */
enum err account_password_set(struct db *db, struct arena *a, const struct actor *by, struct account_id id,
                              struct str hash, int64_t keep);

/* Switches the second step off for somebody who lost the telephone; whether there was one. */
enum err account_totp_lost(struct db *db, struct arena *a, const struct actor *by, struct account_id id, bool *ret_was_on);

struct account_seen {
    struct account_id id;
    struct str login, name, state; /* login, name: none when erased */
};
/* By number, those after `after`. */
enum err account_list(struct db *db, struct arena *a, struct account_id after, int64_t most,
                      struct account_seen **ret, size_t *ret_n);

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
struct account_grant_seen {
    struct account_grant_id id;
    struct str role, kind, code;
    struct date from;
    struct opt_date to;
};
/* Every grant that the person ever had, the newest first. */
enum err account_grant_list(struct db *db, struct arena *a, struct account_id id, int64_t most,
                            struct account_grant_seen **ret, size_t *ret_n);
/* A new API token that acts in `grant` (none: the person's first), valid for some days; the secret is
 * given once and only its hash is kept. */
enum err account_token_add(struct db *db, struct arena *a, const struct actor *by, struct account_id account,
                           struct account_grant_id grant, struct str name, int64_t days, struct str *ret_secret);
struct account_token_seen {
    struct account_token_id id;
    struct str name;
    struct account_grant_id grant; /* none: the person's first */
    struct instant created_at, expires_at;
    struct opt_instant ended_at;
};
/* The newest first. */
enum err account_token_list(struct db *db, struct arena *a, struct account_id account, int64_t most,
                            struct account_token_seen **ret, size_t *ret_n);
/* ERR_NOT_FOUND: no such token of this person, or it has ended. */
enum err account_token_close(struct db *db, struct arena *a, const struct actor *by, struct account_id account,
                             struct account_token_id id);
/* A session for tests and for `log in` once the password is proven: the cookie's value. */
enum err account_session_add(struct db *db, struct arena *a, struct account_id account, struct str device,
                             struct str remote, struct str *ret_cookie);

/* The session acts in `grant` from now on, under a new secret: the old cookie is worth nothing. */
enum err account_session_switch(struct db *db, struct arena *a, struct account_session_id id,
                                struct account_grant_id grant, struct str *ret_cookie);
#define ACCOUNT_COOKIE       "sarn_session"
#define ACCOUNT_TOKEN_PREFIX "sarn_"

/* Erases the personal data of a person: name, phone, e-mail, password, TOTP; destroys the key of their
 * sealed audit fields; ends sessions, tokens, grants. The id stays. */
enum err account_erase(struct db *db, struct arena *a, const struct actor *by, struct account_id id);

/* The demo's people: logins applicant officer secretary member chair mentor district province region
 * nation agency auditor admin, all with the password ACCOUNT_DEMO_PASSWORD; the first five have D0001
 * as their only scope. */
#define ACCOUNT_DEMO_PASSWORD "sarn-demo-2570"
#define ACCOUNT_DEMO_LOGINS   "applicant officer secretary member chair mentor district province region nation agency auditor admin"
#define ACCOUNT_DEMO_FUND     "D0001"
enum err account_demo(struct db *db, struct arena *a, struct date today);
/* One of the demo's people, acting in the first of their grants in that fund. ERR_NOT_FOUND. */
enum err account_demo_actor(struct db *db, struct arena *a, struct str login, struct str fund_code, struct actor *ret);

#endif
