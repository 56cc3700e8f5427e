/* Made by sqlc from every schema.sql: do not edit. A table's id is a type of its own. */
#ifndef SARN_DB_IDS_H
#define SARN_DB_IDS_H

#include <stdint.h>

struct account_id {
    int64_t v;
};
struct area_id {
    int64_t v;
};
struct fund_id {
    int64_t v;
};
struct fund_year_id {
    int64_t v;
};
struct entry_id {
    int64_t v;
};

#endif
