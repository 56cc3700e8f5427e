/* account_session.c — sessions and API tokens: made, turned, ended. See account.h.
 *
 * A secret is 52 letters of base32 (260 bits from the kernel); the database keeps SHA-256 of it, so that
 * who reads the database can sign in as nobody. */
#include <assert.h>

#include "base/rand.h"
#include "rooms/account/account_inside.h"
#include "rooms/account_sql.h"

#define SECRET_LETTERS 52
#define SESSION_DAYS   30 /* setting session_days: then one logs in again, however busy */
#define TOKEN_DAYS_MAX 3660
#define DEVICE_MAX     160

enum err account_session_add(struct db *db, struct arena *a, struct account_id account, struct str device,
                             struct str remote, struct str *ret_cookie)
{
    struct account_session_insert_row row = {0};
    struct str secret = rand_slug(a, SECRET_LETTERS);
    struct instant now = clock_now();
    int64_t days = 0;
    TRY(account_setting_int(db, a, STR("session_days"), SESSION_DAYS, &days));
    TRY(account_session_insert(db, a, account_secret_hash(a, secret), account,
                               str_is_none(device) ? device : str_cut(device, DEVICE_MAX), remote, now,
                               (struct instant){now.v + days * ACCOUNT_DAY_MS}, &row));
    *ret_cookie = secret;
    return ERR_OK;
}

enum err account_session_switch(struct db *db, struct arena *a, struct account_session_id id,
                                struct account_grant_id grant, struct str *ret_cookie)
{
    int64_t changed = 0;
    struct str secret = rand_slug(a, SECRET_LETTERS);
    TRY(account_session_rotate(db, id, account_secret_hash(a, secret), grant, clock_now(), &changed));
    if (changed == 0) return ERR_NOT_FOUND;
    *ret_cookie = secret;
    return ERR_OK;
}

enum err account_token_add(struct db *db, struct arena *a, const struct actor *by, struct account_id account,
                           struct account_grant_id grant, struct str name, int64_t days, struct str *ret_secret)
{
    struct account_token_insert_row row = {0};
    struct instant now = clock_now();
    struct account_grant_get_row granted = {0};
    if (days < 1 || days > TOKEN_DAYS_MAX) return ERR_INPUT;
    if (!id_is_none(grant)) {
        TRY(account_grant_get(db, a, grant, &granted));
        if (granted.account_id.v != account.v) return ERR_NOT_FOUND; /* somebody else's */
    }
    /* The prefix tells people, and programs that look for leaked secrets, what it is. */
    struct str secret = str_printf(a, ACCOUNT_TOKEN_PREFIX "%.*s", STR_FMT(rand_slug(a, SECRET_LETTERS)));
    TRY(account_token_insert(db, a, account_secret_hash(a, secret), account, grant, name, now,
                             (struct instant){now.v + days * ACCOUNT_DAY_MS}, &row));
    struct audit_change changes[] = {{"account", STR_NONE, str_printf(a, "%lld", (long long)account.v)},
                                     {"days", STR_NONE, str_printf(a, "%lld", (long long)days)}};
    TRY(account_audit(db, a, by, "add", "account_token", row.id.v, (struct account_id){0}, changes, 2));
    *ret_secret = secret;
    return ERR_OK;
}

enum err account_token_list(struct db *db, struct arena *a, struct account_id account, int64_t most,
                            struct account_token_seen **ret, size_t *ret_n)
{
    struct account_tokens_of_row *rows = NULL;
    size_t n = 0;
    TRY(account_tokens_of(db, a, account, most, &rows, &n));
    struct account_token_seen *seen = ARENA_ARRAY(a, struct account_token_seen, n);
    for (size_t i = 0; i < n; i++)
        seen[i] = (struct account_token_seen){.id = rows[i].id,
                                              .name = rows[i].name,
                                              .grant = rows[i].grant_id,
                                              .created_at = rows[i].created_at,
                                              .expires_at = rows[i].expires_at,
                                              .ended_at = rows[i].ended_at};
    *ret = seen;
    *ret_n = n;
    return ERR_OK;
}

enum err account_token_close(struct db *db, struct arena *a, const struct actor *by, struct account_id account,
                             struct account_token_id id)
{
    int64_t changed = 0;
    TRY(account_token_end(db, id, account, clock_now(), &changed));
    if (changed == 0) return ERR_NOT_FOUND;
    struct audit_change change = {"ended", STR_NONE, STR("1")};
    return account_audit(db, a, by, "end", "account_token", id.v, (struct account_id){0}, &change, 1);
}
