/* fixture.h — the house for tests of rooms: a migrated database, empty or full, on the engine under
 * test, and requests through app_handle() without a socket. */
#ifndef SARN_TESTS_ROOMS_FIXTURE_H
#define SARN_TESTS_ROOMS_FIXTURE_H

#include "tests/db/fixture.h"

#include "app/app.h"

#define FIXTURE_TODAY "2026-11-22" /* fiscal year 2570 */

struct fixture {
    struct str url;
    struct db *db;
    struct arena *arena;
    struct app *app; /* fixture_house() only */
};

/* Schema, no rows. */
struct fixture fixture_begin(void);
/* Reference data, the real funds (2562) and the demo of FIXTURE_TODAY, behind an app with one
 * worker. Made once a program and engine: a test that writes does so in a transaction of its own
 * and rolls back. The clock is fixed to FIXTURE_TODAY 08:30. */
struct fixture *fixture_house(void);
void fixture_end(struct fixture *f);

struct reply {
    int status;
    struct str type, body;
    struct web_response raw;
    struct app_cost cost;
};
/* GET of a path with its query; `cookies` and `accept` may be "". In the fixture's arena, which is
 * reset before each request. */
struct reply fixture_get(struct fixture *f, const char *target, const char *cookies);
struct reply fixture_ask(struct fixture *f, enum web_method method, const char *target,
                         const char *cookies);
struct str reply_header(const struct reply *r, const char *name);
bool reply_has(const struct reply *r, const char *text);

#endif
