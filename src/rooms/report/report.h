/* report.h — THE DOOR of room report: figures of funds and areas, exact at every level.
 *
 * A figure is a sum with the number of funds that it is known of: unknown is not zero. Sums of
 * fund-years and of every area above them are kept by the writing transaction (this room listens to
 * fund's events). */
#ifndef SARN_ROOMS_REPORT_REPORT_H
#define SARN_ROOMS_REPORT_REPORT_H

#include "db/ids.h"
#include "db/types.h"
#include "rooms/area/area.h"
#include "rooms/fund/fund.h"

enum measure {
    MEASURE_FUND_YEARS,       /* funds with a record of the year */
    MEASURE_POPULATION_LOCAL, /* heads, by the local governments' registers */
    MEASURE_POPULATION_NHSO,  /* heads, by NHSO */
    MEASURE_NHSO_AMOUNT,      /* satang */
    MEASURE_MATCH_COMPUTED,   /* satang: percent of NHSO's amount */
    MEASURE_MATCH_ENTERED,    /* satang: what local governments put into their budgets */
    MEASURE_MATCH_BASE,       /* satang: computed, of funds where entered is known too */
    MEASURE_MATCH_DONE,       /* satang: entered, of the same funds: done ÷ base is the share */
    /* Money of the main books, in satang but for the first; known: of fund-years ever touched. */
    MEASURE_LEDGERS, /* ledgers opened in the year */
    MEASURE_OPENING, /* balances brought in */
    MEASURE_RECEIVED_NHSO,
    MEASURE_RECEIVED_LOCAL,
    MEASURE_RECEIVED_INTEREST,
    MEASURE_RECEIVED_DONATION,
    MEASURE_RECEIVED_REFUND,
    MEASURE_PLANNED,
    MEASURE_COMMITTED, /* a flow: approved +, paid and released − */
    MEASURE_PAID,
    MEASURE_NET, /* a flow: opening + received − paid */
    /* The thread. Known: of fund-years ever touched. */
    MEASURE_PLANS, /* years of plans that a meeting agreed; by issue */
    MEASURE_PROJECTS_SENT, /* projects by state, in the order of enum project_state … */
    MEASURE_PROJECTS_REVISE,
    MEASURE_PROJECTS_DEFERRED,
    MEASURE_PROJECTS_REJECTED,
    MEASURE_PROJECTS_APPROVED,
    MEASURE_PROJECTS_RUNNING,
    MEASURE_PROJECTS_SUSPENDED,
    MEASURE_PROJECTS_STOPPED,
    MEASURE_PROJECTS_REPORTED,
    MEASURE_PROJECTS_CLOSED,  /* … drafts and what was cancelled count nowhere */
    MEASURE_PROJECTS,         /* approved or later; by main issue and support type */
    MEASURE_PROJECTS_ALSO,    /* the same under each of their further issues */
    MEASURE_PEOPLE,           /* people reached; by main issue and support type */
    MEASURE_PEOPLE_GROUP,     /* the same by target group */
    MEASURE_OPEN_DUE,         /* open projects by the day on which their report is due */
    MEASURE_COUNT
};

struct figure {
    int64_t total; /* heads or satang */
    int64_t known; /* how many funds it is known of */
};
struct figures {
    int64_t funds; /* funds at home there now */
    struct figure at[MEASURE_COUNT];
    struct {
        int64_t ledgers, net, committed;
    } before; /* what the flows came to in all years before */
    struct {
        int64_t year, all; /* of the year, of all years */
    } late; /* open projects whose report is overdue: report_late() */
};
/* none when no fund is known */
struct opt_count figures_count(const struct figures *f, enum measure m);
struct opt_satang figures_satang(const struct figures *f, enum measure m);
/* Entered ÷ computed of the funds where both are known. */
struct opt_bp figures_match_share(const struct figures *f);

/* carried_over + received − paid = balance. Unknown, never zero, where no fund keeps its ledger yet. */
struct report_money {
    int64_t ledger_funds; /* funds that have opened their ledger by the end of the year */
    int64_t plan_funds;   /* funds with an agreed plan of the year */
    struct opt_satang carried_over, received_nhso, received_local;
    struct opt_satang received_other; /* interest, donation, refund */
    struct opt_satang received;       /* all three */
    struct opt_satang planned, committed, paid, balance;
    struct opt_bp spent; /* paid ÷ (carried over + received) */
};
struct report_money figures_money(const struct figures *f);

/* Plans and projects of a year. Unknown, never zero, where no fund has any yet. */
#define REPORT_STATES 10 /* sent … closed: enum project_state without draft and cancelled */
struct report_thread {
    bool has_projects; /* some fund has, or had, a proposal or project of the year */
    struct opt_count plans;
    struct opt_count states[REPORT_STATES]; /* in the order of MEASURE_PROJECTS_SENT … */
    struct opt_count waiting;  /* sent, to be revised, deferred */
    struct opt_count projects; /* approved or later */
    struct opt_count open;     /* approved, running, suspended, reported */
    struct opt_count closed, late, late_all, people;
};
struct report_thread figures_thread(const struct figures *f);
/* "sent" … "closed", as room project names it; REPORT_STATES of them. */
const char *report_state_code(int i);

struct report_child { /* a region, province or district — or a fund of a district */
    struct str code, name_th, name_en;
    struct str sort_key;
    bool is_fund, is_demo;
    enum area_kind kind; /* of an area */
    struct area_id area;
    struct fund_id fund; /* of a fund */
    struct figures figures;
};
struct report_province { /* for the map: nation only */
    struct area_id area;
    struct figures figures;
};
struct report_year { /* one fiscal year of the trend */
    struct fiscal_year fy;
    struct figures figures; /* funds is 0 here: only years are told apart */
};
struct report_summary {
    struct area area;
    struct fiscal_year fy;
    struct figures figures;
    struct report_child *children; /* by code */
    size_t nchildren;
    struct report_province *provinces; /* report_provinces() */
    size_t nprovinces;
    bool has_late_provinces; /* report_late() is to tell them, too */
};
/* The figures of an area and of its children for a year. A tambon has no sums: ERR_NOT_FOUND. */
enum err report_summary(struct db *db, struct arena *a, const struct area *area,
                        struct fiscal_year fy, struct report_summary *ret);
/* The same where its own figures have been read already (out of its years). */
enum err report_summary_of(struct db *db, struct arena *a, const struct area *area, struct fiscal_year fy,
                           const struct figures *own, struct report_summary *ret);
/* Every province's figures for the map, as far as one part of them goes. */
enum report_part {
    REPORT_MONEY, /* of what was received only all of it, as if NHSO's */
    REPORT_THREAD,
    REPORT_RECORD, /* people, NHSO's amount, the match */
    REPORT_FUNDS
};
enum err report_provinces(struct db *db, struct arena *a, enum report_part part, struct report_summary *s);
/* The fiscal years of which anything is known, the oldest first. */
enum err report_years_of(struct db *db, struct arena *a, const struct area *area, struct fiscal_year **ret, size_t *ret_n);
/* Those from a year on, with their figures. */
enum err report_trend(struct db *db, struct arena *a, const struct area *area, struct fiscal_year first,
                      struct report_year **ret, size_t *ret_n);

/* Takes out of both what was recorded at `until` or later: the figures as they stood then. The years
 * are of the same area; there may be none. */
enum err report_as_of(struct db *db, struct arena *a, struct instant until, struct report_summary *summary,
                      struct report_year *years, size_t nyears);
/* The same for one fund. */
enum err report_fund_trend_of(struct db *db, struct arena *a, struct fund_id fund, struct report_year **ret,
                              size_t *ret_n);
/* The money of a year out of all years; a year that is not among them keeps what those before left. */
void report_money_in(const struct report_year *years, size_t n, struct fiscal_year fy, struct report_money *ret);
/* The money of one fund-year, also of a year without a record. */
enum err report_fund_money(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                           struct report_money *ret);

/* What each fund of a province or district has left, in satang. */
struct report_stuck {
    int64_t ledgers; /* 0: nothing is known of its money */
    int64_t balance, carried_over, paid;
};
enum err report_stuck_funds(struct db *db, struct arena *a, const struct report_summary *s,
                            struct report_stuck **ret, size_t *ret_n);

/* Overdue on `today` into the figures of an area and its children; with `until` (may be NULL) as recorded
 * before that moment. */
enum err report_late(struct db *db, struct arena *a, struct date today, const struct instant *until,
                     struct report_summary *s);
/* The same of one fund-year. */
enum err report_fund_late(struct db *db, struct arena *a, struct fund_id fund, struct date today, struct fiscal_year fy,
                          struct figures *f);
/* The figures of a year out of all years; a year that is not among them keeps what those before left. */
void report_figures_in(const struct report_year *years, size_t n, struct fiscal_year fy, struct figures *ret);

/* Plans, projects, people, planned and paid of the year, committed at its end; by support type, by issue
 * (a project counts under each of its issues, its people and money under the first) and by target group. */
struct report_split {
    struct str code; /* none: not stated */
    int64_t plans, projects, people;
    int64_t planned, committed, paid; /* satang */
};
void report_split_add(struct report_split *s, enum measure m, int64_t total); /* of a measure that is taken apart so */
bool report_split_is_nothing(const struct report_split *s); /* or came to nothing again */
struct report_group {
    struct str code;
    int64_t people;
};
struct report_splits {
    struct report_split *by_support, *by_issue;
    struct report_group *by_group;
    size_t nsupport, nissue, ngroup;
};
/* With `until` (may be NULL) as recorded before that moment. */
enum err report_area_splits(struct db *db, struct arena *a, const struct area *area, struct fiscal_year fy,
                            const struct instant *until, struct report_splits *ret);
enum err report_fund_splits(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                            struct report_splits *ret);

/* Recomputes everything from its sources and names each difference, one English line each.
 * *ret_bad counts them. A line lives only while `say` runs, which keeps nothing in `a`: it is given back fund by fund. */
enum err report_verify(struct db *db, struct arena *a, void (*say)(void *ctx, struct str line),
                       void *ctx, int64_t *ret_bad);

#endif
