/* account_code.c — one-time codes, invitations, groups: see account_inside.h. */
#include "base/clock.h"
#include "base/rand.h"
#include "base/thai.h"
#include "rooms/account/account_inside.h"
#include "rooms/account_sql.h"

#define CODE_DIGITS 8
#define CODE_TRIES  5
#define CODES_OPEN  20 /* of one person: one a group that waits for them */
#define INVITE_LETTERS 32
#define CONFIRM_MS (30 * ACCOUNT_DAY_MS) /* paper travels slowly */
#define INVITE_MS  (14 * ACCOUNT_DAY_MS)

/* ---- codes ---- */

/* The person stands in the hash: the same digits are another secret for everybody. */
static struct str code_hash(struct arena *a, struct account_id id, struct str code)
{
    return account_secret_hash(a, str_printf(a, "code\n%lld\n%.*s", (long long)id.v, STR_FMT(code)));
}

static struct str digits_new(struct arena *a)
{
    char *p = ARENA_ARRAY(a, char, CODE_DIGITS);
    for (size_t n = 0; n < CODE_DIGITS;) {
        unsigned char c;
        rand_secret(&c, 1);
        if (c < 250) p[n++] = (char)('0' + c % 10); /* no digit likelier than another */
    }
    return (struct str){p, CODE_DIGITS};
}

enum err account_code_add(struct db *db, struct arena *a, const struct actor *by, struct account_id id,
                          const char *kind, struct account_group_id group, struct str *ret_code)
{
    struct account_code_insert_row row = {0};
    struct instant now = clock_now();
    struct str code = digits_new(a);
    bool is_confirm = strcmp(kind, "confirm") == 0;
    struct account_code_insert_args args = {
        .account_id = id,
        .kind = str_of(kind),
        .group_id = group,
        .secret_hash = code_hash(a, id, code),
        .made_by = {by->account},
        .created_at = now,
        .expires_at = {now.v + (is_confirm ? CONFIRM_MS : ACCOUNT_DAY_MS)}};
    TRY(account_codes_drop(db, id, str_of(kind), group, now, NULL));
    TRY(account_code_insert(db, a, &args, &row));
    struct audit_change change = {"code", STR_NONE, str_of(kind)};
    TRY(account_audit(db, a, by, "add", "account", id.v, (struct account_id){0}, &change, 1));
    *ret_code = code;
    return ERR_OK;
}

/* "1234 5678" and ๑๒๓๔-๕๖๗๘ as they stand on paper. */
static struct str typed_code(struct arena *a, struct str typed)
{
    struct str s = thai_digits_to_ascii(a, typed);
    char *p = ARENA_ARRAY(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') p[n++] = s.p[i];
    return (struct str){p, n};
}

enum err account_code_use(struct db *db, struct arena *a, struct account_id id, const char *kind, struct str code,
                          struct account_group_id *ret_group, struct account_id *ret_made_by)
{
    struct account_codes_open_row *rows = NULL;
    size_t n = 0;
    struct instant now = clock_now();
    TRY(account_codes_open(db, a, id, str_of(kind), now, CODE_TRIES, CODES_OPEN, &rows, &n));
    struct str hash = code_hash(a, id, typed_code(a, code));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].secret_hash, hash)) continue;
        int64_t changed = 0;
        TRY(account_code_used(db, rows[i].id, now, &changed));
        if (changed == 0) return ERR_INPUT;
        *ret_group = rows[i].group_id;
        *ret_made_by = rows[i].made_by;
        return ERR_OK;
    }
    for (size_t i = 0; i < n; i++)
        TRY(account_code_tried(db, rows[i].id, NULL));
    return ERR_INPUT;
}

/* ---- invitations ---- */

#define R(role) (UINT32_C(1) << ROLE_##role)
bool account_may_give(enum role giver, enum role given)
{
    static const uint32_t may[ROLE_COUNT] = {
        [ROLE_officer] = R(applicant) | R(member),
        [ROLE_secretary] = R(officer) | R(member) | R(chair) | R(applicant) | R(adviser) | R(mentor),
        [ROLE_province] = R(officer) | R(secretary) | R(mentor) | R(district) | R(district_head) | R(auditor),
        [ROLE_region] = R(officer) | R(secretary) | R(mentor) | R(district) | R(district_head) | R(auditor) | R(province),
        [ROLE_admin] = UINT32_MAX & ~R(visitor),
    };
    return (may[giver] >> given & 1) != 0;
}

enum err account_invite_add(struct db *db, struct arena *a, const struct actor *by, const struct account_invitation *i,
                            struct str *ret_secret)
{
    struct account_invite_insert_row row = {0};
    struct instant now = clock_now();
    struct str secret = rand_slug(a, INVITE_LETTERS);
    if (!role_may_stand(i->role, i->kind)) return ERR_INPUT;
    struct account_invite_insert_args args = {.secret_hash = account_secret_hash(a, secret),
                                              .role = str_of(role_code(i->role)),
                                              .scope_kind = str_of(scope_code(i->kind)),
                                              .scope_code = i->code,
                                              .note = i->note,
                                              .invited_by = {by->account},
                                              .created_at = now,
                                              .expires_at = {now.v + INVITE_MS}};
    TRY(account_invite_insert(db, a, &args, &row));
    struct audit_change changes[] = {{"role", STR_NONE, args.role},
                                     {"scope", STR_NONE, str_printf(a, "%.*s:%.*s", STR_FMT(args.scope_kind), STR_FMT(i->code))}};
    TRY(account_audit(db, a, by, "add", "account_invite", row.id.v, (struct account_id){0}, changes, 2));
    *ret_secret = secret;
    return ERR_OK;
}

static enum err inviter_holds(struct db *db, struct arena *a, const struct account_grants_on_row *row,
                              const struct account_invitation *i, bool *ret)
{
    struct grant g = {.id = row->id.v, .code = row->scope_code};
    if (role_of(row->role, &g.role) != ERR_OK || scope_kind_of(row->scope_kind, &g.kind) != ERR_OK) return ERR_OK;
    if (!account_may_give(g.role, i->role)) return ERR_OK;
    return i->kind == SCOPE_FUND ? guard_holds_fund(db, a, &g, i->code, ret) : guard_holds_area(db, a, &g, i->code, ret);
}

/* Who has lost the right to give a role cannot come back by a link made before. */
static enum err inviter_may(struct db *db, struct arena *a, const struct account_invitation *i, bool *ret)
{
    struct account_grants_on_row *rows = NULL;
    size_t n = 0;
    *ret = false;
    TRY(account_grants_on(db, a, i->invited_by, clock_today(), ACCOUNT_GRANTS_MAX, &rows, &n));
    for (size_t k = 0; k < n && !*ret; k++) TRY(inviter_holds(db, a, &rows[k], i, ret));
    return ERR_OK;
}

enum err account_invite_find(struct db *db, struct arena *a, struct str secret, struct account_invitation *ret)
{
    struct account_invite_by_secret_row row = {0};
    bool may = false;
    TRY(account_invite_by_secret(db, a, account_secret_hash(a, secret), &row));
    if (row.ended_at.has || !id_is_none(row.used_by) || row.expires_at.v <= clock_now().v) return ERR_NOT_FOUND;
    struct account_invitation i = {.id = row.id,
                                   .code = row.scope_code,
                                   .note = row.note,
                                   .invited_by = row.invited_by,
                                   .expires_at = row.expires_at};
    TRY(role_of(row.role, &i.role));
    TRY(scope_kind_of(row.scope_kind, &i.kind));
    TRY(inviter_may(db, a, &i, &may));
    if (!may) return ERR_NOT_FOUND;
    *ret = i;
    return ERR_OK;
}

enum err account_invite_use(struct db *db, struct arena *a, const struct actor *by, const struct account_invitation *i,
                            struct account_id id)
{
    int64_t changed = 0;
    struct account_grant_id grant;
    if (i->invited_by.v == id.v) return ERR_NOT_FOUND; /* nobody gives a second role to themselves */
    TRY(account_invite_take(db, i->id, id, clock_now(), &changed));
    if (changed == 0) return ERR_NOT_FOUND;
    struct account_grant g = {.account = id, .role = i->role, .kind = i->kind, .code = i->code, .from = clock_today()};
    /* Granted by the one who invited; the new person only took it. */
    struct actor inviter = *by;
    inviter.account = i->invited_by.v;
    return account_grant_add(db, a, &inviter, &g, &grant);
}

/* ---- groups ---- */

enum err account_group_found(struct db *db, struct arena *a, const struct actor *by, const struct account_group_new *n,
                             struct account_id contact, struct account_group_id *ret)
{
    struct account_group_insert_row row = {0};
    struct account_group_insert_args args = {.fund_id = n->fund,
                                             .name = n->name,
                                             .owner_type_code = n->owner_type,
                                             .place = n->place,
                                             .entered_by = {by->account},
                                             .is_for_paper = n->is_for_paper,
                                             .recorded_at = clock_now()};
    TRY(account_group_insert(db, a, &args, &row));
    TRY(account_group_add_member(db, row.id, contact, true, false, NULL));
    struct audit_change changes[] = {{"name", STR_NONE, n->name},
                                     {"owner_type", STR_NONE, n->owner_type},
                                     {"place", STR_NONE, n->place},
                                     {"is_for_paper", STR_NONE, n->is_for_paper ? STR("1") : STR("0")},
                                     {"contact", STR_NONE, str_printf(a, "%lld", (long long)contact.v)}};
    TRY(account_audit(db, a, by, "add", "account_group", row.id.v, (struct account_id){0}, changes, 5));
    *ret = row.id;
    return ERR_OK;
}

enum err account_group_join(struct db *db, struct arena *a, const struct actor *by, const struct account_group_new *n,
                            struct account_id id, struct account_group_id *ret, bool *ret_is_new)
{
    struct account_group_by_name_row row = {0};
    enum err e = account_group_by_name(db, a, n->fund, n->name, &row);
    *ret_is_new = e == ERR_NOT_FOUND;
    if (e == ERR_NOT_FOUND) return account_group_found(db, a, by, n, id, ret);
    TRY(e);
    /* Anybody can type a name: whether they belong to it is said by those who know. */
    TRY(account_group_add_member(db, row.id, id, false, true, NULL));
    struct audit_change change = {"asked", STR_NONE, str_printf(a, "%lld", (long long)id.v)};
    TRY(account_audit(db, a, by, "ask", "account_group", row.id.v, (struct account_id){0}, &change, 1));
    *ret = row.id;
    return ERR_OK;
}

enum err account_group_confirm(struct db *db, struct arena *a, const struct actor *by, struct account_group_id id,
                               const char *how, struct str file, struct account_id confirmed_by)
{
    int64_t changed = 0;
    struct account_group_get_row row = {0};
    TRY(account_group_get(db, a, id, &row));
    if (row.entered_by.v == confirmed_by.v) return ERR_REFUSED;
    TRY(account_group_set_confirmed(db, id, clock_now(), str_of(how), file, confirmed_by, &changed));
    if (changed == 0) return ERR_CONFLICT;
    struct audit_change change = {"confirmed", STR_NONE, str_of(how)};
    return account_audit(db, a, by, "confirm", "account_group", id.v, (struct account_id){0}, &change, 1);
}
