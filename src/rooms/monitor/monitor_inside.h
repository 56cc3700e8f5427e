/* monitor_inside.h — what the rules of room monitor share. */
#ifndef SARN_ROOMS_MONITOR_MONITOR_INSIDE_H
#define SARN_ROOMS_MONITOR_MONITOR_INSIDE_H

#include "rooms/monitor/monitor.h"

struct opt_count monitor_account(const struct actor *by); /* none: the system */
struct str monitor_none(struct str text);                 /* "" is none */
/* This person had a hand in the report. */
enum err monitor_hand(struct db *db, const struct actor *by, struct monitor_report_id id);

#endif
