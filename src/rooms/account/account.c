/* account.c — people and their grants: adding, finding, granting, ending, erasing. See account.h. */
#include "rooms/account/account.h"

#include <assert.h>

#include "app/app_sql.h"
#include "base/clock.h"
#include "base/password.h"
#include "base/rand.h"
#include "base/thai.h"
#include "rooms/account/account_inside.h"
#include "rooms/account_sql.h"

#define KEY_BYTES 32

struct str account_secret_hash(struct arena *a, struct str secret)
{
    struct sha256 sum = sha256_of(secret);
    struct buf hex = buf_in(a, 2 * sizeof sum.b);
    buf_hex(&hex, sum.b, sizeof sum.b);
    return buf_str(&hex);
}

enum err account_setting_int(struct db *db, struct arena *a, struct str key, int64_t otherwise, int64_t *ret)
{
    struct account_setting_row row = {0};
    int64_t v = otherwise;
    enum err e = account_setting(db, a, key, &row);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_OK && str_to_int(row.value, &v) != ERR_OK) v = otherwise;
    *ret = v > 0 ? v : otherwise;
    return ERR_OK;
}

enum err account_audit(struct db *db, struct arena *a, const struct actor *by, const char *action, const char *thing,
                       int64_t thing_id, struct account_id person, const struct audit_change *changes, size_t n)
{
    if (id_is_none(person)) return audit_write(db, a, by, action, thing, thing_id, changes, n);
    return audit_write_personal(db, a, by, action, thing, thing_id, person.v, changes, n);
}

/* ---- logins ---- */

enum err account_phone_clean(struct arena *a, struct str in, struct str *ret)
{
    struct str s = thai_digits_to_ascii(a, str_trim(in));
    char *p = ARENA_ARRAY(a, char, s.n + 1);
    size_t n = 0;
    bool is_abroad = str_starts(s, STR("+66"));
    if (is_abroad) {
        s = str_from(s, 3);
        p[n++] = '0';
    }
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            p[n++] = s.p[i];
        else if (s.p[i] != ' ' && s.p[i] != '-' && s.p[i] != '(' && s.p[i] != ')')
            return ERR_INPUT;
    }
    if (is_abroad && n > 1 && p[1] == '0') { /* "+66 (0)81 …" */
        p++;
        n--;
    }
    if (n < 9 || n > 10 || p[0] != '0') return ERR_INPUT;
    *ret = (struct str){p, n};
    return ERR_OK;
}

static bool is_login_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

static bool is_login_word(struct str s)
{
    if (s.n < 3) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_login_letter(s.p[i])) return false;
    return true;
}

/* Not what a mail server would say, but enough to tell an address from a slip: a@b.c. */
static bool is_email(struct str s)
{
    ptrdiff_t at = str_find_char(s, '@');
    if (at <= 0) return false;
    struct str host = str_from(s, (size_t)at + 1);
    for (ptrdiff_t i = 0; i < at; i++)
        if (!is_login_letter(s.p[i]) && s.p[i] != '+') return false;
    return is_login_word(host) && str_find_char(host, '.') > 0 && !str_ends(host, STR("."));
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

enum err account_login_clean(struct arena *a, struct str in, struct str *ret)
{
    struct str s = thai_digits_to_ascii(a, str_trim(in));
    if (str_is_empty(s) || s.n > ACCOUNT_LOGIN_MAX) return ERR_INPUT;
    if (account_phone_clean(a, s, ret) == ERR_OK) return ERR_OK;
    /* Other digits alone are a citizen id or a slip; the one is not asked for, the other no login. */
    struct str low = str_copy(a, s);
    for (size_t i = 0; i < low.n; i++)
        if (low.p[i] >= 'A' && low.p[i] <= 'Z') ((char *)low.p)[i] = (char)(low.p[i] - 'A' + 'a');
    if (is_digits(low) || (!is_login_word(low) && !is_email(low))) return ERR_INPUT;
    *ret = low;
    return ERR_OK;
}

enum err account_find_login(struct db *db, struct arena *a, struct str login, struct account_id *ret)
{
    struct account_id_of_login_row row = {0};
    struct str clean = STR_NONE;
    if (account_login_clean(a, login, &clean) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_id_of_login(db, a, clean, &row));
    *ret = row.id;
    return ERR_OK;
}

enum err account_password_hash(struct arena *a, struct str password, struct str *ret)
{
    return password_hash(a, password, ret);
}

bool account_password_is(struct str hash, struct str password)
{
    return password_is(hash, password);
}

/* ---- adding ---- */

enum err account_add(struct db *db, struct arena *a, const struct actor *by, const struct account_new *n,
                     struct account_id *ret)
{
    struct str login = STR_NONE, phone = n->phone;
    struct account_id_of_login_row taken = {0};
    struct account_insert_row row = {0};
    char key[KEY_BYTES];
    if (account_login_clean(a, n->login, &login) != ERR_OK) return ERR_INPUT;
    if (str_is_empty(str_trim(n->name)) || n->name.n > ACCOUNT_NAME_MAX * 4) return ERR_INPUT;
    if (!str_is_none(phone) && account_phone_clean(a, phone, &phone) != ERR_OK) return ERR_INPUT;
    enum err e = account_id_of_login(db, a, login, &taken);
    if (e != ERR_NOT_FOUND) return e == ERR_OK ? ERR_CONFLICT : e;
    TRY(account_insert(db, a, login, n->name, phone, n->email, n->password_hash, clock_now(), &row));
    rand_secret(key, sizeof key);
    TRY(account_key_insert(db, row.id, (struct str){key, sizeof key}, NULL));
    struct audit_change changes[] = {{"login", STR_NONE, login},
                                     {"name", STR_NONE, n->name},
                                     {"phone", STR_NONE, phone},
                                     {"email", STR_NONE, n->email}};
    TRY(account_audit(db, a, by, "add", "account", row.id.v, row.id, changes, 4));
    *ret = row.id;
    return ERR_OK;
}

enum err account_password_set(struct db *db, struct arena *a, const struct actor *by, struct account_id id,
                              struct str hash, int64_t keep)
{
    int64_t changed = 0;
    TRY(account_set_password(db, id, hash, &changed));
    if (changed == 0) return ERR_NOT_FOUND;
    TRY(account_session_end_others(db, id, (struct account_session_id){keep}, clock_now(), NULL));
    struct audit_change change = {"password", STR_NONE, STR("set")};
    return account_audit(db, a, by, "change", "account", id.v, (struct account_id){0}, &change, 1);
}

enum err account_list(struct db *db, struct arena *a, struct account_id after, int64_t most,
                      struct account_seen **ret, size_t *ret_n)
{
    struct account_list_all_row *rows = NULL;
    size_t n = 0;
    TRY(account_list_all(db, a, after, most, &rows, &n));
    struct account_seen *seen = ARENA_ARRAY(a, struct account_seen, n);
    for (size_t i = 0; i < n; i++)
        seen[i] = (struct account_seen){rows[i].id, rows[i].login, rows[i].name, rows[i].state};
    *ret = seen;
    *ret_n = n;
    return ERR_OK;
}

/* ---- grants ---- */

struct scope { /* one of three */
    struct fund_id fund;
    struct area_id area;
    struct org_id org;
};

/* An organisation's code is O and its number: organisations have no code of their own. */
static enum err scope_org(struct db *db, struct arena *a, struct str code, struct scope *ret)
{
    struct account_scope_org_row row = {0};
    int64_t id = 0;
    if (!str_starts(code, STR("O")) || str_to_int(str_from(code, 1), &id) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_scope_org(db, a, (struct org_id){id}, &row));
    ret->org = row.id;
    return ERR_OK;
}

static enum err scope_find(struct db *db, struct arena *a, enum scope_kind kind, struct str code, struct scope *ret)
{
    if (kind == SCOPE_FUND) {
        struct account_scope_fund_row row = {0};
        TRY(account_scope_fund(db, a, code, &row));
        ret->fund = row.id;
        return ERR_OK;
    }
    if (kind == SCOPE_ORG) return scope_org(db, a, code, ret);
    struct account_scope_area_row row = {0};
    TRY(account_scope_area(db, a, code, &row));
    if (!str_eq(row.kind, str_of(scope_code(kind)))) return ERR_NOT_FOUND; /* 12 is no district */
    ret->area = row.id;
    return ERR_OK;
}

enum err account_grant_add(struct db *db, struct arena *a, const struct actor *by, const struct account_grant *g,
                           struct account_grant_id *ret)
{
    struct scope s = {0};
    if (!role_may_stand(g->role, g->kind)) return ERR_INPUT;
    if (g->to.has && date_cmp(g->to.v, g->from) < 0) return ERR_INPUT;
    TRY(scope_find(db, a, g->kind, g->code, &s));
    struct account_grant_insert_args args = {.account_id = g->account,
                                             .role = str_of(role_code(g->role)),
                                             .scope_kind = str_of(scope_code(g->kind)),
                                             .scope_code = g->code,
                                             .fund_id = s.fund,
                                             .area_id = s.area,
                                             .org_id = s.org,
                                             .valid_from = g->from,
                                             .valid_to = g->to,
                                             .granted_by = {by->account},
                                             .recorded_at = clock_now()};
    struct account_grant_insert_row row = {0};
    TRY(account_grant_insert(db, a, &args, &row));
    struct audit_change changes[] = {
        {"account", STR_NONE, str_printf(a, "%lld", (long long)g->account.v)},
        {"role", STR_NONE, args.role},
        {"scope", STR_NONE, str_printf(a, "%s:%.*s", scope_code(g->kind), STR_FMT(g->code))},
        {"valid_from", STR_NONE, opt_date_iso_text(a, (struct opt_date){true, g->from})},
        {"valid_to", STR_NONE, opt_date_iso_text(a, g->to)},
    };
    TRY(account_audit(db, a, by, "grant", "account_grant", row.id.v, (struct account_id){0}, changes, 5));
    *ret = row.id;
    return ERR_OK;
}

enum err account_grant_end(struct db *db, struct arena *a, const struct actor *by, struct account_grant_id id,
                           struct date last_day)
{
    struct account_grant_get_row row = {0};
    TRY(account_grant_get(db, a, id, &row));
    if (row.valid_to.has && date_cmp(row.valid_to.v, last_day) <= 0) return ERR_OK; /* it has ended already */
    TRY(account_grant_set_end(db, id, last_day, NULL));
    struct audit_change change = {"valid_to", opt_date_iso_text(a, row.valid_to),
                                  opt_date_iso_text(a, (struct opt_date){true, last_day})};
    return account_audit(db, a, by, "end", "account_grant", id.v, (struct account_id){0}, &change, 1);
}

enum err account_grant_list(struct db *db, struct arena *a, struct account_id id, int64_t most,
                            struct account_grant_seen **ret, size_t *ret_n)
{
    struct account_grants_of_row *rows = NULL;
    size_t n = 0;
    TRY(account_grants_of(db, a, id, most, &rows, &n));
    struct account_grant_seen *seen = ARENA_ARRAY(a, struct account_grant_seen, n);
    for (size_t i = 0; i < n; i++)
        seen[i] = (struct account_grant_seen){.id = rows[i].id,
                                              .role = rows[i].role,
                                              .kind = rows[i].scope_kind,
                                              .code = rows[i].scope_code,
                                              .from = rows[i].valid_from,
                                              .to = rows[i].valid_to};
    *ret = seen;
    *ret_n = n;
    return ERR_OK;
}

/* ---- erasing ---- */

enum err account_erase(struct db *db, struct arena *a, const struct actor *by, struct account_id id)
{
    struct account_get_row row = {0};
    struct instant now = clock_now();
    TRY(account_get(db, a, id, &row));
    if (str_eq(row.state, STR("erased"))) return ERR_OK;
    TRY(account_forget(db, id, now, NULL));
    TRY(account_session_end_others(db, id, (struct account_session_id){0}, now, NULL));
    TRY(account_session_forget(db, id, NULL));
    TRY(account_tokens_end_all(db, id, now, NULL));
    TRY(account_token_forget(db, id, NULL));
    TRY(account_grants_end_all(db, id, date_add_days(instant_date(now), -1), NULL));
    TRY(account_invites_forget(db, id, now, NULL));
    TRY(account_invite_notes_forget(db, id, NULL));
    TRY(account_codes_forget(db, id, now, NULL));
    TRY(account_group_scan_forget(db, id, NULL));
    if (!str_is_none(row.login)) TRY(account_throttle_forget(db, account_secret_hash(a, row.login), NULL));
    /* What they typed into forms, and what those were answered. */
    TRY(app_kept_forget(db, id.v, NULL));
    TRY(app_repeat_forget(db, str_printf(a, "account:%lld", (long long)id.v), NULL));
    /* The fields that were sealed for this person can be read by nobody from here on. */
    TRY(account_key_destroy(db, id, NULL));
    struct audit_change change = {"state", row.state, STR("erased")};
    return account_audit(db, a, by, "erase", "account", id.v, (struct account_id){0}, &change, 1);
}
