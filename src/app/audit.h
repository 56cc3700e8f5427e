/* audit.h — who did what, when, in the act's own transaction.
 *
 * One audit row an act on a thing, one audit_field row a changed field with its value before and
 * after as text (ISO dates, integer satang; none = unknown). Values that are a person's own (a name, a
 * phone number) are sealed under that person's key: erasure destroys the key and with it the values,
 * while the row still says that the field was changed, by whom and when. */
#ifndef SARN_APP_AUDIT_H
#define SARN_APP_AUDIT_H

#include "app/who.h"
#include "db/types.h"

struct audit_change {
    const char *field;
    struct str before, after;
};
/* Writes nothing when no field changed. */
enum err audit_write(struct db *db, struct arena *a, const struct actor *by, const char *action,
                     const char *thing, int64_t thing_id, const struct audit_change *changes,
                     size_t nchanges);
/* The same for values of the person with that account id. */
enum err audit_write_personal(struct db *db, struct arena *a, const struct actor *by, const char *action,
                              const char *thing, int64_t thing_id, int64_t person,
                              const struct audit_change *changes, size_t nchanges);

/* ---- reading it again ---- */

struct audit_read_field {
    struct str field, before, after; /* none: unknown */
    bool is_gone;                    /* sealed, and the key is destroyed */
};
struct audit_entry {
    int64_t id;
    struct instant at;
    struct str actor;    /* its code: "account:12", "system:demo" */
    struct str name;     /* of the person; none: the system, or erased */
    int64_t account;     /* 0: the system */
    struct str acting;   /* "officer fund D0001"; none */
    struct str action;
    const struct audit_read_field *fields;
    size_t nfields;
    size_t row;          /* audit_gather: which row is its first */
};
/* Has this account done anything to the thing? */
enum err audit_acted(struct db *db, struct arena *a, const char *thing, int64_t thing_id, int64_t account, bool *ret);
#define AUDIT_FIRST INT64_MAX
/* What was done to a thing, the newest first: entries with id < `before` (AUDIT_FIRST: from the newest),
 * at most `most` of them; ask for one more to know whether there are more. */
enum err audit_list(struct db *db, struct arena *a, const char *thing, int64_t thing_id, int64_t before,
                    int64_t most, struct audit_entry **ret, size_t *ret_n);

/* A row of a field, as a room reads it itself where a page tells of several things: the rows of an act together. */
struct audit_row {
    int64_t id;
    struct instant at;
    struct str actor, action, acting, field, before, after;
    struct opt_count account, sealed_for;
};
/* The acts of these rows, opened and named as above, in their order. */
enum err audit_gather(struct db *db, struct arena *a, const struct audit_row *rows, size_t nrows, struct audit_entry **ret,
                      size_t *ret_n);

#endif
