/* audit_view.h — the audit trail of a thing in words, for the part audit_trail of audit.html. */
#ifndef SARN_APP_AUDIT_VIEW_H
#define SARN_APP_AUDIT_VIEW_H

#include "app/app.h"
#include "app/audit.h"

/* Puts a field into words: what it is called, how its values are read. `ret` comes with the field's own
 * name and the values as stored; what is not known may stay. */
typedef void (*audit_word_fn)(struct rq *rq, const struct audit_read_field *f, struct audit_change_view *ret);

/* has_names: who the people are, only for those who hold the capability audit_see; else in which role they acted. */
struct audit_trail audit_trail_of(struct rq *rq, const struct audit_entry *acts, size_t n, bool has_names, audit_word_fn word);
/* Who it was, for everybody: the system's part or the role, never a name. */
struct str audit_actor_public(struct rq *rq, const struct audit_entry *act);

#endif
