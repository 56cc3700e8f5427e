/* report.h — THE DOOR of room report: figures of funds and areas, exact at every level.
 *
 * A figure is a sum with the number of funds that it is known of: unknown is not zero. Sums of
 * fund-years, districts and provinces are kept by the writing transaction (this room listens to
 * fund's events); regions and the nation are summed from their provinces when asked. */
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
    MEASURE_COUNT
};

struct figure {
    int64_t total; /* heads or satang */
    int64_t known; /* how many funds it is known of */
};
struct figures {
    int64_t funds; /* funds at home there now */
    struct figure at[MEASURE_COUNT];
};
/* none when no fund is known */
struct opt_count figures_count(const struct figures *f, enum measure m);
struct opt_satang figures_satang(const struct figures *f, enum measure m);
/* Entered ÷ computed of the funds where both are known. */
struct opt_bp figures_match_share(const struct figures *f);

struct report_child { /* a region, province or district — or a fund of a district */
    struct str code, name_th, name_en;
    struct str sort_key;
    bool is_fund, is_demo;
    enum area_kind kind; /* of an area */
    struct area_id area;
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
    struct report_province *provinces; /* nation only, by area id */
    size_t nprovinces;
};
/* The figures of an area and of its children for a year. A tambon has no sums: ERR_NOT_FOUND. */
enum err report_summary(struct db *db, struct arena *a, const struct area *area,
                        struct fiscal_year fy, struct report_summary *ret);
/* Every fiscal year of which anything is known, the oldest first. */
enum err report_trend(struct db *db, struct arena *a, const struct area *area,
                      struct report_year **ret, size_t *ret_n);

/* Recomputes everything from its sources and names each difference, one English line each.
 * *ret_bad counts them. */
enum err report_verify(struct db *db, struct arena *a, void (*say)(void *ctx, struct str line),
                       void *ctx, int64_t *ret_bad);

#endif
