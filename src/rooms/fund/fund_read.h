/* fund_read.h — what the pages and the JSON doors of room fund show, read once for both. */
#ifndef SARN_ROOMS_FUND_FUND_READ_H
#define SARN_ROOMS_FUND_FUND_READ_H

#include "rooms/fund/fund.h"

#define FUND_PAGE_ROWS 25
#define FUND_API_ROWS 100
#define FUND_TAMBONS_MAX 60
#define FUND_VILLAGES_MAX 400

struct fund_tambon {
    struct str code, name_th, name_en, certainty;
};
struct fund_card { /* one fund with where it belongs */
    struct fund_id id;
    struct str code, name_th, name_en;
    struct str kind, kind_th, kind_en; /* none: unknown */
    struct str size;
    bool is_demo;
    struct str certainty, source;
    struct str phone; /* of its office; may be none */
    struct area_trail home; /* nation … district */
    struct fund_tambon *tambons;
    size_t ntambons;
    struct str *other_names;
    size_t nother_names;
    size_t nvillages; /* > 0: it shares a tambon, split by village */
};
#define FUND_PHONE_MAX 60
/* Digits enough for a number. */
bool fund_phone_is(struct str phone);
/* Empty: it has none. Nothing is written when it is what it was. */
enum err fund_phone_write(struct db *db, struct arena *a, const struct actor *by, struct fund_id fund, struct str before,
                          struct str phone);
enum err fund_card_read(struct db *db, struct arena *a, struct str code, struct fund_card *ret);

struct fund_year { /* one fund-year with what follows from it */
    bool is_recorded;
    struct fund_year_id id;
    struct fiscal_year fy;
    struct area_id district, province; /* where it was counted; none when it is not recorded */
    struct fund_facts facts;
    struct fund_match match;
    struct str certainty, source, note;
    struct instant recorded_at;
    int64_t version;
};
/* The newest first. */
enum err fund_years_read(struct db *db, struct arena *a, const struct fund_rules *rules,
                         const struct fund_card *fund, struct fund_year **ret, size_t *ret_n);
/* A year without a record comes back with is_recorded false and what the rules say of it. */
enum err fund_year_read(struct db *db, struct arena *a, const struct fund_rules *rules,
                        const struct fund_card *fund, struct fiscal_year fy, struct fund_year *ret);

struct fund_list_item {
    struct str code, name_th, name_en, kind;
    bool is_demo;
    struct str district_code, district_th, district_en;
    struct opt_count population_local;
    struct opt_satang nhso_amount, match_entered;
    struct fund_match match;
};
struct fund_list {
    struct fund_list_item *items;
    size_t n;
    bool has_more; /* then the next page starts after items[n-1].code */
};
struct fund_list_ask {
    const struct area *area; /* NULL: everywhere */
    struct str words;        /* any part of a name or code; none: all. Then `area` is not looked at */
    struct str after;        /* a code; empty: from the start */
    struct fiscal_year fy;
    int64_t most;
};
enum err fund_list_read(struct db *db, struct arena *a, const struct fund_rules *rules,
                        const struct fund_list_ask *ask, struct fund_list *ret);

/* "เทศบาลตำบล" of a kind's code; none for an unknown kind. */
struct str fund_kind_name(enum lang lang, struct str kind);
/* "enough", "over", "short", "short_base_grew", "unknown". */
struct str fund_match_state_code(enum fund_match_state state);

#endif
