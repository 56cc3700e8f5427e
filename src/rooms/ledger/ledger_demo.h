/* ledger_demo.h — what the two files of the demo share: the story of one fund, told day by day. */
#ifndef SARN_ROOMS_LEDGER_DEMO_H
#define SARN_ROOMS_LEDGER_DEMO_H

#include "base/rand.h"
#include "rooms/ledger/ledger_inside.h"

#define DEMO_YEARS    3
#define DEMO_PROMISES 60
#define DEMO_TITLES   80

struct demo_title { /* a row of reference/demo_projects.tsv */
    struct str title, owner_name, owner_type, support_type, issue;
    int64_t weight;
};
struct demo_promise {
    struct ledger_commitment_id id;
    struct str code, owner;
    struct satang amount, part[2];
    struct date pay_on[2], agree_on, release_on; /* year 0: never */
    bool is_paid[2], wants_agreement;
};
struct tale {
    struct db *db;
    struct arena *arena;
    struct actor by;
    struct rand rand;
    struct str code;
    struct fund_id fund;
    int64_t nth; /* of the fund: chooses its story */
    struct date today, day;
    int acts; /* of the day: each some minutes after the one before */
    const struct demo_title *titles;
    size_t ntitles;
    /* the year at hand */
    struct fiscal_year fy;
    struct opt_satang nhso, local;
    struct date nhso_on, local_on, interest_on[2], donation_on, refund_on, plan_on, meeting_on[4];
    int64_t running; /* projects approved in this year */
    struct satang expected; /* income of the year that has not come yet */
    struct demo_promise promises[DEMO_PROMISES];
    size_t npromises;
    int64_t vouchers;
};

/* How much of its money this fund promises, in percent. */
int64_t demo_usage(const struct tale *t);
struct str demo_word(struct tale *t, const char *key);
/* Fixes the clock to an hour of the day at hand. */
void demo_tick(struct tale *t);
bool demo_is(struct tale *t, struct date d); /* is it that day? */
struct date demo_workday(struct date d);
struct date demo_in_year(struct tale *t, int month, int day); /* of the year at hand; a working day */

enum err demo_receive(struct tale *t, enum ledger_source source, struct satang amount, const char *memo,
                      struct ledger_posted *ret);
enum err demo_meet(struct tale *t, int meeting);
enum err demo_promises_of_day(struct tale *t);
enum err demo_plan(struct tale *t);
enum err demo_take_over(struct tale *t);
enum err demo_ltc(struct tale *t);
enum err demo_drafts(struct tale *t);

#endif
