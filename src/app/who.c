/* who.c — the words of roles and scopes, see who.h. */
#include "app/who.h"

#include <assert.h>

enum stands { FUND = 1, AREA = 2, ORG = 4 };

struct role_row {
    const char *code;
    unsigned stands; /* enum stands */
};
static const struct role_row roles[] = {
    {"visitor", 0},
#define ROLE(name, scopes) {#name, scopes},
#include "app/roles.def"
#undef ROLE
};
static_assert(sizeof roles / sizeof roles[0] == ROLE_COUNT);

static const struct role_row scopes[] = {
    [SCOPE_NONE] = {"none", 0},         [SCOPE_FUND] = {"fund", FUND},     [SCOPE_DISTRICT] = {"district", AREA},
    [SCOPE_PROVINCE] = {"province", AREA}, [SCOPE_REGION] = {"region", AREA}, [SCOPE_NATION] = {"nation", AREA},
    [SCOPE_ORG] = {"org", ORG},
};
#define NSCOPES (sizeof scopes / sizeof scopes[0])

struct actor actor_system(const char *name)
{
    return (struct actor){.code = str_of(name)};
}

const char *role_code(enum role r)
{
    assert(r < ROLE_COUNT);
    return roles[r].code;
}

enum err role_of(struct str code, enum role *ret)
{
    for (int i = 1; i < ROLE_COUNT; i++) /* nobody is granted to be a visitor */
        if (str_eq(code, str_of(roles[i].code))) {
            *ret = (enum role)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

const char *scope_code(enum scope_kind k)
{
    assert(k < NSCOPES);
    return scopes[k].code;
}

enum err scope_kind_of(struct str code, enum scope_kind *ret)
{
    for (size_t i = 1; i < NSCOPES; i++)
        if (str_eq(code, str_of(scopes[i].code))) {
            *ret = (enum scope_kind)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

bool role_may_stand(enum role r, enum scope_kind k)
{
    assert(r < ROLE_COUNT && k < NSCOPES);
    return (roles[r].stands & scopes[k].stands) != 0;
}
