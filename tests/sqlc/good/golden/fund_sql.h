/* Made by sqlc from fund.sql: do not edit. */
#ifndef SARN_SQL_FUND_H
#define SARN_SQL_FUND_H

#include "db/ids.h"
#include "db/types.h"

struct fund_get_row {
    struct fund_id id;
    struct str code;
    struct str name_th;
    struct opt_date founded_on;
    struct str logo; /* p == NULL: NULL */
    struct instant made_at;
    struct str area_name_th;
    struct opt_count population_local;
    struct opt_satang nhso_amount;
    struct opt_bp match_percent;
    struct opt_fiscal_year fy;
    struct opt_instant closed_at;
    bool is_closed;
    struct satang total;
};
/* rooms/fund/fund.sql:1
 * With its year, if it has one; the money of all years is summed.
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err fund_get(struct db *db, struct arena *a, struct str code, struct fiscal_year fy, struct fund_get_row *ret);

struct fund_list_of_area_row {
    struct fund_id id;
    struct opt_date founded_on;
    struct area_id area_id;
    int64_t n;
};
/* rooms/fund/fund.sql:14
 * All rows, in the arena. */
enum err fund_list_of_area(struct db *db, struct arena *a, struct area_id area_id, int64_t limit_n, struct fund_list_of_area_row **ret, size_t *ret_n);

struct fund_count_row {
    int64_t n;
};
/* rooms/fund/fund.sql:26
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err fund_count(struct db *db, struct arena *a, struct fund_count_row *ret);

struct fund_each_year_row {
    struct fund_id fund_id;
    struct opt_satang nhso_amount;
    struct opt_count population_local;
    struct str province_code;
};
/* rooms/fund/fund.sql:31
 * Calls `each` with every row; its text is borrowed for the call. */
enum err fund_each_year(struct db *db, struct arena *a, struct fiscal_year fy,
    enum err (*each)(void *ctx, const struct fund_each_year_row *row), void *ctx);

struct fund_add_row {
    struct fund_id id;
};
struct fund_add_args {
    struct str code;
    struct area_id area_id;
    struct str name_th;
    struct opt_date founded_on;
    struct str logo; /* p == NULL: NULL */
    struct instant made_at;
    struct account_id made_by;
};
/* rooms/fund/fund.sql:37
 * More than six: a struct.
 * One row, its text in the arena. ERR_NOT_FOUND when there is none. */
enum err fund_add(struct db *db, struct arena *a, const struct fund_add_args *args, struct fund_add_row *ret);

/* rooms/fund/fund.sql:44
 * How many rows it changed; ret_changed may be NULL. */
enum err fund_put_year(struct db *db, struct fund_id fund_id, struct fiscal_year fy, struct opt_count population_local, struct opt_satang nhso_amount, struct opt_bp match_percent, int64_t *ret_changed);

/* rooms/fund/fund.sql:51
 * How many rows it changed; ret_changed may be NULL. */
enum err fund_close(struct db *db, struct fund_id id, struct date closed_on, int64_t *ret_changed);

struct fund_list_tags_row {
    struct str tags; /* p == NULL: NULL */
};
/* rooms/fund/fund.sql:55
 * All rows, in the arena. */
enum err fund_list_tags(struct db *db, struct arena *a, struct fund_id id, struct fund_list_tags_row **ret, size_t *ret_n);

/* Every statement of the room, NULL at the end: tests prepare each on both engines. */
extern const struct db_sql *const fund_queries[];

#endif
