/* verify.h — between verify.c (records, facts and sums) and verify_flows.c (rows of
 * ledger, plans and projects). */
#ifndef SARN_ROOMS_REPORT_VERIFY_H
#define SARN_ROOMS_REPORT_VERIFY_H

#include "rooms/report/figure.h"

struct verifying {
    struct db *db;
    struct arena *arena;
    void (*say)(void *ctx, struct str line);
    void *ctx;
    int64_t bad;
};
/* Names one difference. */
void verify_say(struct verifying *v, struct str line);
/* Every sum of flows against what the rows of ledger, plans and projects give. */
enum err verify_flows(struct verifying *v);

#endif
