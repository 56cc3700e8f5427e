/* audit.c — see audit.h. */
#include "app/audit.h"

#include "app/app_sql.h"

static bool is_changed(const struct audit_change *c)
{
    if (str_is_none(c->before) || str_is_none(c->after))
        return str_is_none(c->before) != str_is_none(c->after);
    return !str_eq(c->before, c->after);
}

enum err audit_write(struct db *db, struct arena *a, struct str actor, const char *action,
                     const char *thing, int64_t thing_id, const struct audit_change *changes,
                     size_t nchanges)
{
    struct app_audit_add_row row = {0};
    bool is_begun = false;
    for (size_t i = 0; i < nchanges; i++) {
        if (!is_changed(&changes[i])) continue;
        if (!is_begun) {
            TRY(app_audit_add(db, a, clock_now(), actor, str_of(action), str_of(thing), thing_id,
                              &row));
            is_begun = true;
        }
        TRY(app_audit_add_field(db, row.id, str_of(changes[i].field), changes[i].before,
                                changes[i].after, NULL));
    }
    return ERR_OK;
}
