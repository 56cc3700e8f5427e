/* fund_import.h — real files of funds and fund-years, as people have them.
 *
 * Columns are those of reference/funds_real.tsv, found by name; more columns are ignored, missing
 * ones are unknown, but fund_code, fund_name, district and province must be there. A row is taken,
 * unchanged or refused; nothing is written unless every row is good or `is_partial` is set. */
#ifndef SARN_ROOMS_FUND_FUND_IMPORT_H
#define SARN_ROOMS_FUND_FUND_IMPORT_H

#include "rooms/fund/fund.h"

struct fund_import_options {
    struct fiscal_year fy;
    bool is_dry_run, is_partial;
    struct str certainty; /* S, D or U: how sure the file's year is */
    struct str file_name; /* for messages and the record */
};
struct fund_import_report {
    int64_t taken, unchanged, refused;
};
/* One line a fault: file, row, column, value and what would be right, in plain Thai. */
typedef void (*fund_import_say)(void *ctx, struct str line);
/* Inside the caller's write transaction; the caller commits when ERR_OK, something was taken and it
 * is no dry run (so the same file twice changes nothing at all).
 * ERR_INPUT: the file as a whole is refused, or a row was refused without is_partial (nothing is to
 * be committed then; the report says how many). */
enum err fund_import(struct db *db, struct arena *a, struct str bytes,
                     const struct fund_import_options *options, fund_import_say say, void *ctx,
                     struct fund_import_report *ret);

#endif
