/* verify.h — between verify.c (records, facts and sums) and verify_money.c (the ledger's own rows). */
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
/* Every sum of money against what the ledger's own rows give. */
enum err verify_money(struct verifying *v);

#endif
