/* project_bulk.h — projects written at once, for the national demo: approved or later, with their decision,
 * agreement, people and money's commitment. Not a door: the command line fills a database with it. */
#ifndef SARN_ROOMS_PROJECT_PROJECT_BULK_H
#define SARN_ROOMS_PROJECT_PROJECT_BULK_H

#include "rooms/project/project.h"

struct project_bulk { /* the next free ids */
    struct db *db;
    int64_t project, decision, agreement;
};
struct project_bulk_one {
    struct project_id id; /* given */
    struct fiscal_year fy;
    struct str code, title, owner_name, owner_type, support_type, meeting;
    struct issue_id issue;
    struct str issue_code;
    struct ledger_commitment_id commitment;
    struct satang amount;
    struct date approved_on, starts_on, ends_on, report_due;
    struct opt_date closed_on; /* none: running */
    bool is_paid;              /* something of it was */
    struct str group_code;
    int64_t planned, reached; /* reached 0: nobody yet */
};
struct project_bulk_fund {
    struct fund_id fund;
    struct area_id district, province;
    struct project_bulk_one *all;
    size_t n;
};
enum err project_bulk_begin(struct db *db, struct arena *a, struct project_bulk *ret);
/* Writes them and gives each its id. Slugs come from rand_slugs_from(). */
enum err project_bulk_write(struct project_bulk *b, struct arena *a, const struct project_bulk_fund *f);
enum err project_bulk_tell(const struct project_bulk_fund *f, enum err (*each)(void *ctx, const struct project_moved *m), void *ctx);

/* What it writes very many rows into: a load takes the indexes of these off (db_indexes_off). */
#define PROJECT_BULK_TABLES "project", "project_issue", "project_target", "project_reached", "project_decision", "project_agreement"

/* … but for this one: a fund that gets its place (fund_placed) looks for projects of its own. */
#define PROJECT_BULK_NEEDS "project_fund_list"

#endif
