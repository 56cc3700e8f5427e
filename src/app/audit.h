/* audit.h — who did what, when, in the act's own transaction.
 *
 * One audit row an act on a thing, one audit_field row a changed field with its value before and
 * after as text (ISO dates, integer satang; none = unknown). */
#ifndef SARN_APP_AUDIT_H
#define SARN_APP_AUDIT_H

#include "db/types.h"

struct audit_change {
    const char *field;
    struct str before, after;
};
/* Writes nothing when no field changed. `actor` is "system:import", later an account's id. */
enum err audit_write(struct db *db, struct arena *a, struct str actor, const char *action,
                     const char *thing, int64_t thing_id, const struct audit_change *changes,
                     size_t nchanges);

#endif
