/* monitor_inside.h — what the rules of room monitor share. */
#ifndef SARN_ROOMS_MONITOR_MONITOR_INSIDE_H
#define SARN_ROOMS_MONITOR_MONITOR_INSIDE_H

#include "rooms/monitor/monitor.h"

struct opt_count monitor_account(const struct actor *by); /* none: the system */
struct str monitor_none(struct str text);                 /* "" is none */
/* This person had a hand in the report. */
enum err monitor_hand(struct db *db, const struct actor *by, struct monitor_report_id id);
/* What of a saved report has changed, for the trail. */
enum err monitor_audit_save(struct db *db, struct arena *a, const struct actor *by, bool is_new, const struct monitor_report *was,
                            const struct monitor_report *is);
/* The instalment whose evidence is there and that is not paid; 0: none. */
enum err monitor_unpaid_part(struct db *db, struct arena *a, const struct project *p, int64_t *ret);
/* The day from which a project can be closed: what it closes is not after it. */
enum err monitor_close_from(struct db *db, struct arena *a, const struct project *p, const struct project_money *m, struct opt_date *ret);

#endif
