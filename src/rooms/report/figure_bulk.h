/* figure_bulk.h — figures of whole funds written at once, for the national demo: what is told of a fund is
 * gathered, added up and written as one fact for each sum of a year. Exact, as `sarn verify` proves; as of a day
 * before the load it shows nothing. Both demos make the areas' sums at their end. Not a door: the command line fills a
 * database with it. */
#ifndef SARN_ROOMS_REPORT_FIGURE_BULK_H
#define SARN_ROOMS_REPORT_FIGURE_BULK_H

#include "rooms/report/figure.h"

struct figure_bulk { /* of one fund */
    struct db *db;
    struct arena *arena;
    struct fund_id fund;
    struct area_id district, province; /* where all of its years belong */
    struct figure_change *all;
    size_t n, room;
};
struct figure_bulk figure_bulk_begin(struct db *db, struct arena *a, struct fund_id fund, struct area_id district, struct area_id province);
/* Each told as the event would be; ctx is the struct. */
enum err figure_bulk_money(void *ctx, const struct money_moved *e);
enum err figure_bulk_project(void *ctx, const struct project_moved *e);
/* The fund's facts and sums; no flow of this fund was told before. */
enum err figure_bulk_write(struct figure_bulk *b, struct date on, struct instant at);
/* After the last fund: every area's sums anew, from the facts; until then figure_areas_later(true) spares them. */
enum err figure_bulk_areas(struct db *db);

/* What it writes very many rows into: a load takes the indexes of these off (db_indexes_off). */
#define FIGURE_BULK_TABLES "figure_fact", "figure_fund_year", "figure_fund_split", "figure_fund_group", "figure_fund_due"

#endif
