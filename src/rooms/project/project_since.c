/* project_since.c — what was changed of a project since a decision: the value that the committee saw. The audit trail is
 * asked, as it has every change, by a request, by the group or by the office; people stand in it by their number only. */
#include "app/audit.h"
#include "rooms/project/project_inside.h"

#define TRAIL_MOST 300
#define SAME_MS    1000 /* a decision and its row of the trail are of one transaction */

/* What a committee reads of a proposal; state, code and money that was approved are the decision's own. */
static bool is_read(struct str field)
{
    static const char *const all[] = {"title",    "owner_name", "owner_type", "support_type", "asked",   "starts_on", "ends_on",  "place",
                                      "situation", "method",    "expected",   "issues",       "targets", "objectives", "activities", "budget"};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq(field, str_of(all[i]))) return true;
    return false;
}

static bool is_the_decision(const struct audit_entry *e, const struct project_decision *d)
{
    if (!str_eq(e->action, STR("decide")) || e->at.v - d->recorded_at.v > SAME_MS) return false;
    for (size_t i = 0; i < e->nfields; i++)
        if (str_eq(e->fields[i].field, STR("decision")) && str_eq(e->fields[i].after, d->kind)) return true;
    return false;
}

static void note(struct project_since *all, size_t *n, const struct audit_entry *e, const struct audit_read_field *f)
{
    size_t at = 0;
    if (f->is_gone || !is_read(f->field)) return;
    while (at < *n && !str_eq(all[at].field, f->field)) at++;
    if (at == *n && *n == PROJECT_SINCE_MAX) return;
    if (at == *n) all[(*n)++] = (struct project_since){.field = f->field, .on = instant_date(e->at)}; /* the last time */
    all[at].before = f->before; /* the first time: older ones come later */
}

enum err project_acts_read(struct db *db, struct arena *a, struct project_id id, struct project_acts *ret)
{
    struct audit_entry *all = NULL;
    TRY(audit_list(db, a, "project", id.v, AUDIT_FIRST, TRAIL_MOST, &all, &ret->n));
    ret->all = all;
    return ERR_OK;
}

struct project_since *project_changed_since(struct arena *a, const struct project_acts *acts, const struct project_decision *d, size_t *ret_n)
{
    struct project_since *all = ARENA_ARRAY(a, struct project_since, PROJECT_SINCE_MAX);
    size_t n = 0, nacts = d->is_entered_later ? 0 : acts->n;
    for (size_t i = 0; i < nacts; i++) {
        const struct audit_entry *act = &acts->all[i];
        if (act->at.v < d->recorded_at.v || is_the_decision(act, d)) break;
        for (size_t k = 0; k < act->nfields; k++) note(all, &n, act, &act->fields[k]);
    }
    *ret_n = n;
    return all;
}
