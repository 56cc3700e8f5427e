/* monitor_bulk.h — accepted reports of projects written at once, for the national demo. Not a door: the command
 * line fills a database with it. */
#ifndef SARN_ROOMS_MONITOR_MONITOR_BULK_H
#define SARN_ROOMS_MONITOR_MONITOR_BULK_H

#include "rooms/monitor/monitor.h"

#define MONITOR_BULK_REPORTS 6

struct monitor_bulk { /* the next free id */
    struct db *db;
    int64_t report;
};
struct monitor_bulk_one { /* the reports of one project; is it closed, the last is the final one */
    struct project_id project;
    struct str title, reporter, group_code;
    struct date on[MONITOR_BULK_REPORTS];
    int64_t people[MONITOR_BULK_REPORTS]; /* 0: none counted */
    int n;
    struct opt_date closed_on;
    struct satang paid; /* and spent, when it is closed */
};
enum err monitor_bulk_begin(struct db *db, struct arena *a, struct monitor_bulk *ret);
enum err monitor_bulk_write(struct monitor_bulk *b, struct arena *a, const struct monitor_bulk_one *all, size_t n);

/* What it writes very many rows into: a load takes the indexes of these off (db_indexes_off). */
#define MONITOR_BULK_TABLES "monitor_report", "monitor_people", "monitor_closing"

#endif
