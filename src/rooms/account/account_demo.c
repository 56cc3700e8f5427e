/* account_demo.c — the demo's people, from reference/demo_people.tsv; see account.h. */
#include "app/reference.h"
#include "rooms/account/account_inside.h"
#include "rooms/account_sql.h"
#include "rooms/org/org.h"

struct demo {
    struct db *db;
    struct arena *arena;
    struct actor by;
    struct date today;
    struct str hash; /* one password for all: reckoned once */
};

/* A line without a name gives another grant to the person of that login. */
static enum err person_of(struct demo *d, struct reference *r, struct account_id *ret)
{
    struct account_new n = {.login = reference_text(r, "login"),
                            .name = reference_opt_text(r, "name_th"),
                            .password_hash = d->hash};
    if (str_is_none(n.name)) return account_find_login(d->db, d->arena, n.login, ret);
    return account_add(d->db, d->arena, &d->by, &n, ret);
}

static enum err agency_of(struct demo *d, struct str name_th, struct str *ret_code)
{
    struct org_id org;
    struct org_naming naming = {.kind = STR_NONE,
                                .size = STR_NONE,
                                .name_th = name_th,
                                .name_en = STR_NONE,
                                .certainty = STR("U"),
                                .source = STR("demo (invented)")};
    TRY(org_create(d->db, d->arena, &naming, &org));
    *ret_code = str_printf(d->arena, "O%lld", (long long)org.v);
    return ERR_OK;
}

static enum err add_line(struct demo *d, struct reference *r)
{
    struct account_grant_id id;
    struct account_grant g = {.code = str_copy(d->arena, reference_text(r, "scope_code"))};
    TRY(person_of(d, r, &g.account));
    TRY(role_of(reference_text(r, "role"), &g.role));
    TRY(scope_kind_of(reference_text(r, "scope_kind"), &g.kind));
    if (g.kind == SCOPE_ORG) TRY(agency_of(d, reference_text(r, "org_name_th"), &g.code));
    g.from = date_add_days(d->today, -(int)reference_int(r, "days_back"));
    if (reference_has(r, "days_on"))
        g.to = (struct opt_date){true, date_add_days(d->today, (int)reference_int(r, "days_on"))};
    return account_grant_add(d->db, d->arena, &d->by, &g, &id);
}

enum err account_demo(struct db *db, struct arena *a, struct date today)
{
    struct demo d = {.db = db, .arena = a, .by = actor_system("system:demo"), .today = today};
    TRY(account_password_hash(a, STR(ACCOUNT_DEMO_PASSWORD), &d.hash));
    struct reference r = reference_open(a, "demo_people.tsv");
    while (reference_next(&r))
        TRY(add_line(&d, &r));
    return ERR_OK;
}

enum err account_demo_actor(struct db *db, struct arena *a, struct str login, struct str fund_code, struct actor *ret)
{
    struct account_demo_grant_row g = {0};
    TRY(account_demo_grant(db, a, login, &g));
    *ret = (struct actor){.code = str_printf(a, "account:%lld", (long long)g.account.v),
                          .acting = str_printf(a, "%.*s fund %.*s", STR_FMT(g.role), STR_FMT(fund_code)),
                          .account = g.account.v,
                          .grant = g.grant_row.v};
    return ERR_OK;
}
