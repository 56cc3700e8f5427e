/* house.h — what the database of the house holds: reference data, the real funds (2562), the demo of
 * HOUSE_TODAY. Filled once a build into HOUSE_DB (make_house.c), once a content on PostgreSQL; every test
 * program works on a copy of its own. */
#ifndef SARN_TESTS_ROOMS_HOUSE_H
#define SARN_TESTS_ROOMS_HOUSE_H

#include "db/db.h"

#define HOUSE_TODAY "2026-11-22" /* fiscal year 2570 */

/* Into a migrated, empty database. Sets the clock to HOUSE_TODAY 08:30. On PostgreSQL ids are other
 * than SQLite gives: what shows one, or counts on one, is found where both are compared. */
enum err house_fill(struct db *db, struct arena *a);

#endif
