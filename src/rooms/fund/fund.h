/* fund.h — THE DOOR of room fund: funds, fund-years, allocation rates and matching.
 *
 * Rule sources: allocation and matching of the national announcement on local health security funds
 * (2557, 2561 clause 8, 2567), and the real rows of reference/funds_real.tsv. Rates and percents are
 * dated rows, never constants. Unknown is not zero: a blank percent stays unknown. */
#ifndef SARN_ROOMS_FUND_FUND_H
#define SARN_ROOMS_FUND_FUND_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"
#include "rooms/area/area.h"

#define FUND_YEARS_MAX 60

/* ---- what a fund-year is built on ---- */
struct fund_facts {
    struct opt_count population_local; /* registered heads, the fund's own figure (1 April) */
    struct opt_date population_local_on;
    struct opt_count population_nhso; /* heads that NHSO counts */
    struct opt_date population_nhso_on;
    struct opt_satang nhso_amount;  /* NHSO's allocation for the year */
    struct opt_satang own_income;   /* the local government's own income of last year */
    struct opt_bp match_percent;    /* recorded for this fund-year: wins over any scheme */
    struct opt_satang match_entered; /* what the local government put into its budget */
    struct opt_satang received_nhso, received_local; /* as reported; never posted */
    struct opt_count projects;
};

/* ---- rates and schemes ---- */
struct fund_rate {
    struct fiscal_year from;
    struct opt_fiscal_year to;
    struct opt_satang per_head;
    struct str certainty, source, note, source_th, note_th;
};
struct fund_scheme_row {
    struct str org_kind, org_size; /* none: for everybody */
    struct opt_satang income_from, income_to; /* both included */
    struct bp percent;
};
struct fund_scheme {
    struct str code, name_th, name_en, basis;
    struct opt_fiscal_year from, to;
    struct str certainty, source, note, source_th, note_th;
    struct fund_scheme_row *rows;
    size_t nrows;
};
struct fund_rules {
    struct fund_rate *rates;
    size_t nrates;
    struct fund_scheme *schemes;
    size_t nschemes;
};
enum err fund_rules_read(struct db *db, struct arena *a, struct fund_rules *ret);
/* The rate of a year, NULL when none is known; a surer row goes before an unsure one. */
const struct fund_rate *fund_rate_of(const struct fund_rules *rules, struct fiscal_year fy);

/* ---- what follows from it ---- */
enum fund_match_state {
    FUND_MATCH_UNKNOWN,         /* percent, base or entered sum is not known */
    FUND_MATCH_ENOUGH,          /* at least the minimum by both bases that are known */
    FUND_MATCH_OVER,            /* more than the minimum: legal, and it happens (187 %) */
    FUND_MATCH_SHORT,           /* less than the minimum */
    FUND_MATCH_SHORT_BASE_GREW, /* enough by registered heads; short only because NHSO gave more */
};
enum fund_percent_from { FUND_PERCENT_UNKNOWN, FUND_PERCENT_RECORDED, FUND_PERCENT_SCHEME };
struct fund_match {
    const struct fund_rate *rate;     /* NULL: unknown for this year */
    struct opt_satang by_heads;       /* rate × registered heads: what the budget was written on */
    enum fund_percent_from percent_from;
    const struct fund_scheme *scheme; /* the scheme in force, NULL when none is known */
    struct opt_bp percent;            /* the least share asked for */
    struct opt_satang computed;       /* percent of NHSO's amount, whole baht, half up */
    struct opt_satang least_by_heads; /* percent of by_heads, exact to the satang */
    struct opt_bp share_by_heads;     /* entered ÷ by_heads */
    struct opt_bp share_by_money;     /* entered ÷ NHSO's amount */
    struct opt_satang short_by_heads, short_by_money; /* has: it is short by so much */
    enum fund_match_state state;
};
/* Pure: no database. `kind` and `size` may be none. Borrows from `rules`. */
struct fund_match fund_match_of(const struct fund_rules *rules, struct fiscal_year fy,
                                struct str kind, struct str size, const struct fund_facts *facts);

/* The state of every fund of a district in a year, by code: for overviews. */
struct fund_state {
    struct str code;
    enum fund_match_state state;
};
enum err fund_states_of(struct db *db, struct arena *a, const struct area *district,
                        struct fiscal_year fy, struct fund_state **ret, size_t *ret_n);

/* ---- events (src/app/events.def) ---- */
struct fund_placed { /* a fund is new in a district, or moved there */
    struct fund_id fund;
    struct area_id district, province;
    struct area_id left_district, left_province; /* none for a new fund */
};
/* The facts of a fund-year as figures; `had` is false for the first record. */
struct fund_year_figures {
    struct area_id district, province;
    struct opt_count population_local, population_nhso;
    struct opt_satang nhso_amount, match_computed, match_entered;
};
struct fund_year_changed {
    struct fund_id fund;
    struct fiscal_year fy;
    struct fund_year_figures figures; /* as they are from now on */
    struct fund_year_id source;
    struct date on_date;
    struct instant recorded_at;
};

/* ---- writing ---- */
struct fund_new {
    struct str code;
    struct str name_th, name_en, kind, size; /* kind, size may be none */
    struct area_id district, province;
    bool is_demo;
    struct str certainty, source;
};
/* ERR_CONFLICT when the code is taken. Emits fund_placed. */
enum err fund_create(struct db *db, struct arena *a, const struct fund_new *new_fund,
                     struct fund_id *ret);
/* Which tambon it covers; certainty D when it was inferred from the name. */
enum err fund_cover(struct db *db, struct fund_id fund, struct area_id tambon, struct str certainty);
enum err fund_cover_village(struct db *db, struct fund_id fund, struct area_id tambon, int64_t moo,
                            struct str name_th);
struct fund_year_write {
    struct fund_id fund;
    struct fiscal_year fy;
    struct area_id district, province; /* where the fund belonged in that year */
    struct str kind, size;             /* of its local government, for the scheme */
    struct fund_facts facts;
    struct str certainty, source, note;
    struct fund_import_id import; /* none: by hand */
    const struct actor *actor;    /* for the audit trail */
    /* The version that the writer saw; 0: it did not exist. A stale one: ERR_CONFLICT. */
    int64_t version;
};
/* Inserts or changes; *ret_changed is false when nothing differed (and nothing was written).
 * Audits field by field and emits fund_year_changed. */
enum err fund_year_write(struct db *db, struct arena *a, const struct fund_rules *rules,
                         const struct fund_year_write *w, bool *ret_changed);

/* Every fund-year's figures, for verification and export. */
struct fund_year_seen {
    struct fund_year_id id;
    struct fund_id fund;
    struct str code;
    struct fiscal_year fy;
    struct fund_year_figures figures;
};
enum err fund_year_scan(struct db *db, struct arena *a,
                        enum err (*each)(void *ctx, const struct fund_year_seen *seen), void *ctx);

/* Where a fund-year belongs: by its own record, else where the fund is at home now. */
enum err fund_home_in(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy,
                      struct area_id *ret_district, struct area_id *ret_province);

/* A fund by its code, for other rooms' pages. ERR_NOT_FOUND. */
struct fund_named {
    struct fund_id id;
    struct str code, name_th, name_en; /* name_en may be none */
    bool is_demo;
    struct area_id district; /* its home now */
    struct str phone;        /* of its office; may be none */
};
enum err fund_named(struct db *db, struct arena *a, struct str code, struct fund_named *ret);
/* What is told of a fund-year as members of the open object; its money is added by who may know it
 * (room report). ERR_NOT_FOUND: no such fund, and nothing is written. */
struct json_out;
enum err fund_year_json(struct db *db, struct arena *a, struct json_out *j, struct str code,
                        struct fiscal_year fy);

/* /find and its JSON door, for room report, which knows projects: `project` is the one whose code was typed, none. */
struct rq;
struct fund_found_project { struct str code, state; };
enum err fund_find_show(struct rq *rq);
enum err fund_find_json(struct rq *rq, const struct fund_found_project *project);

/* Every fund with its fund-year as CSV, by code; streams. */
enum err fund_export_csv(struct db *db, struct arena *a, struct fiscal_year fy, struct buf *out,
                         int64_t *ret_rows);

/* The invented funds of the demo (codes D0001…): the five districts of a real programme in region 4
 * with 8, 7, 16, 13 and 19 local governments and its three municipalities, with figures for the
 * fiscal year of `today` and the two before. Real funds never get invented figures. Same seed and
 * day, same data. */
enum err fund_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);
/* Codes of the demo's funds, D0001 first. */
enum err fund_demo_all(struct db *db, struct arena *a, struct str **ret, size_t *ret_n);

/* Loads rates and schemes from reference/. */
enum err fund_load_reference(struct db *db, struct arena *a);

#endif
