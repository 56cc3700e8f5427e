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

#endif
