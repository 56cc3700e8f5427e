/* views.h — what dashboard.html and tambon.html may see. Charts come ready from html/chart.h. */
#ifndef SARN_ROOMS_REPORT_VIEWS_H
#define SARN_ROOMS_REPORT_VIEWS_H

#include "app/views.h"
#include "rooms/report/projects_views.h"

enum dashboard_level { DASHBOARD_NATION, DASHBOARD_REGION, DASHBOARD_PROVINCE, DASHBOARD_DISTRICT };
/* What the map and the bars show: ?measure=spent|balance|received|share|nhso|population|funds|
 * projects|people|late */
enum dashboard_measure {
    DASHBOARD_SPENT,
    DASHBOARD_BALANCE,
    DASHBOARD_RECEIVED,
    DASHBOARD_SHARE,
    DASHBOARD_NHSO,
    DASHBOARD_POPULATION,
    DASHBOARD_FUNDS,
    DASHBOARD_PROJECTS,
    DASHBOARD_PEOPLE,
    DASHBOARD_LATE,
    DASHBOARD_MEASURES
};
/* Columns of the three tables, of money, of matching and of projects: ?sort=name … people */
enum dashboard_column {
    DASHBOARD_BY_NAME,
    DASHBOARD_BY_FUNDS,
    DASHBOARD_BY_POPULATION,
    DASHBOARD_BY_NHSO,
    DASHBOARD_BY_COMPUTED,
    DASHBOARD_BY_ENTERED,
    DASHBOARD_BY_SHARE,
    DASHBOARD_BY_RECEIVED,
    DASHBOARD_BY_PAID,
    DASHBOARD_BY_BALANCE,
    DASHBOARD_BY_SPENT,
    DASHBOARD_BY_PLANS,
    DASHBOARD_BY_PROJECTS,
    DASHBOARD_BY_WAITING,
    DASHBOARD_BY_OPEN,
    DASHBOARD_BY_LATE,
    DASHBOARD_BY_CLOSED,
    DASHBOARD_BY_PEOPLE,
    DASHBOARD_COLUMNS
};

/* One sum with the number of funds it is known of. */
struct counted {
    struct opt_count figure;
    int64_t known;
};
struct dashboard_row { /* a region, province, district; a fund in the table of a district */
    struct str code, name;
    struct href href;
    int64_t funds, funds_recorded; /* not shown in a district */
    struct opt_count population;   /* by the local governments' registers */
    struct opt_satang nhso, computed, entered;
    struct opt_bp share;    /* entered ÷ computed where both are known */
    bool has_money;         /* a ledger is open there */
    struct opt_satang received, paid, balance;
    struct opt_bp spent;    /* paid ÷ (carried over + received) */
    struct href money;      /* of a fund: /funds/CODE/money */
    bool has_thread;        /* a plan or a project of the year is known there */
    struct opt_count plans, projects, waiting, open, late, closed, people;
    struct href projects_list; /* its projects */
    enum match_shown state; /* of an area: ENOUGH from 100 % on, SHORT below, UNKNOWN */
    bool is_demo;           /* an invented fund */
};
/* The money of a place or of a fund in a year, for its cards (money_parts.html). */
struct money_view {
    bool has; /* a ledger is open there; else nothing below is known */
    struct money_short received, planned, paid, balance;
    struct opt_satang carried_over, received_nhso, received_local, received_other, committed;
    struct opt_bp spent;   /* paid ÷ (carried over + received) */
    int64_t spent_percent; /* 0 … 100, for the bar */
};
struct stuck_row { /* funds by the share of their money that is not spent */
    struct str label; /* "20 – 50 %" */
    int64_t funds;
    struct satang balance;
    struct satang old; /* of it carried over from earlier years and not spent since */
};
struct dashboard_province { /* the map's table: 77 rows, by Thai name */
    struct str name;
    struct href href;
    struct str value; /* of the chosen measure, with unit: "48.4 %", "ไม่ทราบ" */
};
struct legend_row {
    int class_no;     /* 0 no data, 1 (least) … 5 (most): as chart_area.class_no */
    struct str label; /* "75 % ขึ้นไป" */
};
struct dashboard_year { /* the trend, oldest first */
    struct fiscal_year fy;
    bool is_shown; /* the year that the page is of */
    struct opt_count population_local, population_nhso;
    struct opt_satang nhso;
    int64_t funds_recorded;
    struct opt_satang received, paid, balance;
};

struct dashboard_view {
    bool may_propose; /* of the nation's page, the first one: to whom proposing is open */
    struct href propose;
    enum dashboard_level level;
    const struct crumb *crumbs; /* none on the nation's page */
    size_t ncrumbs;
    struct str place; /* area_title: "ประเทศไทย", "เขต 12 สงขลา", "จังหวัดสงขลา" */
    struct str code;  /* for the CSV and JSON links: TH, R12, 90 */
    struct fiscal_year fy;
    struct date data_on;   /* "ข้อมูล ณ วันที่ …": today */
    bool is_as_of; /* the figures as they stood on data_on */
    struct href csv, xlsx, json; /* this table as CSV; /api/v1/areas/{code}/summary?fy= */

    /* filters: GET to the page itself */
    struct href self; /* / or /areas/90, without a query */
    const struct choice *years, *measures;
    size_t nyears, nmeasures;
    enum dashboard_measure measure;
    struct str measure_name; /* of the chosen one, for summary and headings */

    /* money: four cards, when a ledger is open there */
    struct money_view money;
    int64_t ledger_funds, plan_funds;
    enum match_shown match;
    bool is_money_table; /* the measure is of money: so are the table's columns */
    bool is_thread_table; /* of plans and projects */
    struct thread_view thread;

    /* money that is not spent: provinces and districts */
    const struct stuck_row *stuck;
    size_t nstuck; /* 0: left out */
    struct html stuck_chart;

    /* the four cards of matching */
    int64_t funds, funds_recorded;
    int64_t recorded_percent; /* 0 … 100, for the bar */
    struct counted population_local, population_nhso;
    struct money_short nhso;
    int64_t nhso_known; /* funds */
    struct opt_bp share;
    int64_t share_percent;                    /* 0 … 100 (capped), for the bar */
    struct opt_satang share_done, share_base; /* numerator and denominator */
    int64_t share_known;                      /* funds */

    /* map: nation only */
    bool has_map;
    struct html map;                 /* chart_choropleth */
    const struct legend_row *legend; /* most first, "ไม่มีข้อมูล" last */
    size_t nlegend;
    const struct choice *provinces; /* the select; value = code, by Thai name */
    size_t nprovinces;
    const struct dashboard_province *province_rows;
    size_t nprovince_rows, nprovinces_with_data;
    bool has_lowest;
    struct html lowest; /* chart_bars: the five provinces with the least share; optional */

    /* bars: the children by the chosen measure */
    bool has_bars;    /* false: nothing is known of any child */
    struct html bars; /* chart_bars */
    bool has_target;  /* measure is the share: the key shows both colours and the mark */

    /* table of children */
    const struct dashboard_row *rows;
    size_t nrows;
    struct sort_link sort[DASHBOARD_COLUMNS];
    struct pager pager;

    /* trend */
    const struct dashboard_year *trend; /* at most ten; none: the card is left out */
    size_t ntrend;
    struct html trend_population, trend_nhso; /* chart_columns */
    struct html trend_money;                  /* chart_groups; when has_trend_money */
    bool has_trend_money;

    /* a district's tambons: places to find funds */
    const struct page_link *tambons;
    size_t ntambons;
};
/* funds == 0 shows the empty state in place of cards, charts and table. */

/* ---- /funds/{code}/money: sums only, no names ---- */
struct fund_money_year {
    struct fiscal_year fy;
    struct href href;
    bool is_shown;
    struct opt_satang carried_over, received, planned, committed, paid, balance;
};
struct fund_money_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str code, name;
    bool is_demo;
    struct href fund;
    bool may_ledger; /* the reader may open the ledger itself */
    struct href ledger;
    struct fiscal_year fy;
    struct money_view money;
    const struct fund_money_year *years; /* the newest first */
    size_t nyears;
    struct html chart;
    struct thread_view thread;
};

struct tambon_fund {
    struct str code, name, kind; /* kind none: unknown */
    struct href href;
    struct str certainty; /* of "it covers this tambon": S D U */
    bool is_demo;
};
struct tambon_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str name; /* "ตำบลเทพา" */
    struct str code;
    struct page_link district; /* "อำเภอเทพา" */
    const struct tambon_fund *funds;
    size_t nfunds;
};

#endif
