/* monitor_trail.c — what the trail says of a report that is saved: its figures before and after, as people by group, money
 * and results; not its words, which the report itself keeps. The name it is signed with is sealed. */
#include "app/audit.h"
#include "rooms/monitor/monitor_inside.h"

#define ROW_BYTES 120 /* of one group, line or result */

static struct str int_text(struct arena *a, int64_t v)
{
    return str_printf(a, "%lld", (long long)v);
}

static void put_figure(struct buf *b, const char *name, struct opt_count v)
{
    if (v.has) buf_printf(b, " %s=%lld", name, (long long)v.v);
}

/* "1004=38 2002=7" */
static struct str people_text(struct arena *a, const struct monitor_report *r)
{
    if (r->npeople == 0) return STR_NONE;
    struct buf b = buf_in(a, r->npeople * ROW_BYTES);
    for (size_t i = 0; i < r->npeople; i++) {
        if (i > 0) BUF_LIT(&b, " ");
        buf_put(&b, r->people[i].group);
        buf_printf(&b, "=%lld", (long long)r->people[i].people);
    }
    return buf_str(&b);
}

/* "budget:17=140000 own:2=5000", satang: by the id of the budget line, or the place of a line in own words. */
static struct str money_text(struct arena *a, const struct monitor_report *r)
{
    if (r->nmoney == 0) return STR_NONE;
    struct buf b = buf_in(a, r->nmoney * ROW_BYTES);
    for (size_t i = 0; i < r->nmoney; i++) {
        const struct monitor_money *m = &r->money[i];
        bool is_own = id_is_none(m->line);
        if (i > 0) BUF_LIT(&b, " ");
        buf_printf(&b, "%s:%lld=%lld", is_own ? "own" : "budget", is_own ? (long long)i + 1 : (long long)m->line.v,
                   (long long)m->amount.v);
    }
    return buf_str(&b);
}

/* An objective a line. */
static struct str results_text(struct arena *a, const struct monitor_report *r)
{
    if (r->nresults == 0) return STR_NONE;
    struct buf b = buf_in(a, r->nresults * ROW_BYTES);
    for (size_t i = 0; i < r->nresults; i++) {
        const struct monitor_result *s = &r->results[i];
        buf_printf(&b, "%lld", (long long)s->position);
        put_figure(&b, "reached_x100", s->reached_x100);
        put_figure(&b, "numerator", s->numerator);
        put_figure(&b, "denominator", s->denominator);
        put_figure(&b, "level", (struct opt_count){s->level != 0, s->level});
        BUF_LIT(&b, "\n");
    }
    return buf_str(&b);
}

static struct str spent_text(struct arena *a, const struct monitor_report *r)
{
    return r->spent.has ? int_text(a, r->spent.v.v) : STR_NONE;
}

enum err monitor_audit_save(struct db *db, struct arena *a, const struct actor *by, bool is_new, const struct monitor_report *was,
                            const struct monitor_report *is)
{
    const char *action = is_new ? "add" : "change";
    struct audit_change changes[] = {{"version", is_new ? STR_NONE : int_text(a, was->version), int_text(a, is->version)},
                                     {"spent_satang", spent_text(a, was), spent_text(a, is)},
                                     {"people", people_text(a, was), people_text(a, is)},
                                     {"money", money_text(a, was), money_text(a, is)},
                                     {"results", results_text(a, was), results_text(a, is)}};
    struct audit_change name = {"reporter_name", monitor_none(was->reporter_name), monitor_none(is->reporter_name)};
    TRY(audit_write(db, a, by, action, MONITOR_THING, is->id.v, changes, sizeof changes / sizeof changes[0]));
    return audit_write_personal(db, a, by, action, MONITOR_THING, is->id.v, by->account, &name, 1);
}
