/* account_inside.h — what the files of room account share; nobody else includes it. */
#ifndef SARN_ROOMS_ACCOUNT_INSIDE_H
#define SARN_ROOMS_ACCOUNT_INSIDE_H

#include "app/audit.h"
#include "base/sha.h"
#include "rooms/account/account.h"

#define ACCOUNT_GRANTS_MAX 40 /* of one person on one day */
#define ACCOUNT_MINUTE_MS  ((int64_t)60000)
#define ACCOUNT_DAY_MS     (1440 * ACCOUNT_MINUTE_MS)

/* Hex of SHA-256: what the database keeps of a secret. */
struct str account_secret_hash(struct arena *a, struct str secret);
/* A number of app_setting, or `otherwise`. */
enum err account_setting_int(struct db *db, struct arena *a, struct str key, int64_t otherwise, int64_t *ret);
/* One form for a login: ASCII lower case, an e-mail, or a phone number's digits. ERR_INPUT: none of them. */
enum err account_login_clean(struct arena *a, struct str in, struct str *ret);
/* A Thai phone number as ten (nine) digits, "+66 81-234 5678" too. ERR_INPUT. */
enum err account_phone_clean(struct arena *a, struct str in, struct str *ret);
/* Audits `changes` to an account; is_personal: under that person's key. */
enum err account_audit(struct db *db, struct arena *a, const struct actor *by, const char *action, const char *thing,
                       int64_t thing_id, struct account_id person, const struct audit_change *changes, size_t n);

/* ---- logging in (account_login.c) ---- */

/* One try to log in: begin() asks whether to wait, then the password is looked at outside of any
 * transaction, then lost() counts or won() forgives. Many tries at once win at most as many as there are
 * workers: each of them reckons two at a time. */
struct account_try {
    struct str login;         /* in its one form; as typed when it is none */
    struct str remote;
    struct account_id id;     /* none: no such login, or closed; told to nobody */
    struct str hash;
    struct str totp_secret;   /* none: the password is enough */
    int64_t wait_s;           /* ERR_LIMIT: how long to wait */
};
enum err account_try_begin(struct db *db, struct arena *a, struct str login, struct str remote, struct account_try *ret);
enum err account_try_lost(struct db *db, struct arena *a, const struct account_try *t);
enum err account_try_won(struct db *db, struct arena *a, const struct account_try *t);

/* Counts what a visitor does from an address (register, confirm); ERR_LIMIT: too much, wait. */
enum err account_slow_down(struct db *db, struct arena *a, const char *what, struct str remote, int64_t *ret_wait_s);

/* The ticket between a right password and the second step: "12.secret", five minutes, five tries. */
enum err account_ticket_add(struct db *db, struct arena *a, struct account_id id, struct str *ret_ticket);
/* Whose it is; counts a try. ERR_NOT_FOUND: none, too old, used, or tried too often. */
enum err account_ticket_try(struct db *db, struct arena *a, struct str ticket, struct account_code_id *ret_id,
                            struct account_id *ret_account);

/* A six-digit code of a telephone (TOTP, 30 s, one step early or late). A step that was used before, or an
 * older one, is refused: a code seen over a shoulder is worth nothing. ERR_INPUT: not the code. */
enum err account_totp_check(struct db *db, struct arena *a, struct account_id id, struct str code);
/* A new secret in base32; it is kept only when totp_set() is given a code made from it. */
struct str account_totp_new(struct arena *a);
enum err account_totp_set(struct db *db, struct arena *a, const struct actor *by, struct account_id id,
                          struct str secret, struct str code);
enum err account_totp_off(struct db *db, struct arena *a, const struct actor *by, struct account_id id);

/* ---- one-time codes told to a person (account_code.c) ---- */

/* Eight digits, valid for a day; earlier ones of the same kind (and group) are worth nothing any more. */
enum err account_code_add(struct db *db, struct arena *a, const struct actor *by, struct account_id id,
                          const char *kind, struct account_group_id group, struct str *ret_code);
/* ERR_INPUT: not the code (a try is counted), or none open. The code is used up when it is right. */
enum err account_code_use(struct db *db, struct arena *a, struct account_id id, const char *kind, struct str code,
                          struct account_group_id *ret_group, struct account_id *ret_made_by);

/* ---- invitations (account_invite.c) ---- */

struct account_invitation {
    struct account_invite_id id;
    enum role role;
    enum scope_kind kind;
    struct str code; /* of the place */
    struct str note;
    struct account_id invited_by;
    struct instant expires_at;
};
/* Who may give which role: the table is documented in docs/SECURITY.md. */
bool account_may_give(enum role giver, enum role given);
/* A link for one person, valid for a fortnight. */
enum err account_invite_add(struct db *db, struct arena *a, const struct actor *by, const struct account_invitation *i,
                            struct str *ret_secret);
/* ERR_NOT_FOUND: none, used, ended or too old. */
enum err account_invite_find(struct db *db, struct arena *a, struct str secret, struct account_invitation *ret);
/* Gives the grant; once: whoever comes second gets ERR_NOT_FOUND. */
enum err account_invite_use(struct db *db, struct arena *a, const struct actor *by, const struct account_invitation *i,
                            struct account_id id);

/* ---- groups (account_group.c) ---- */

struct account_group_new {
    struct fund_id fund;
    struct str name, owner_type, place; /* place: none allowed */
    bool is_for_paper;                  /* entered by an officer for somebody who brought paper */
};
enum err account_group_found(struct db *db, struct arena *a, const struct actor *by, const struct account_group_new *n,
                             struct account_id contact, struct account_group_id *ret);
/* Founds the group, or asks to join the one of that name. */
enum err account_group_join(struct db *db, struct arena *a, const struct actor *by, const struct account_group_new *n,
                            struct account_id id, struct account_group_id *ret, bool *ret_is_new);
/* What was entered for them is theirs: `how` is "code" or "scan" (then `file` is the use that was looked at).
 * ERR_CONFLICT: it was confirmed before. ERR_REFUSED: by the one who entered it. */
enum err account_group_confirm(struct db *db, struct arena *a, const struct actor *by, struct account_group_id id,
                               const char *how, struct str file, struct account_id confirmed_by);

#endif
