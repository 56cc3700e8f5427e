/* fixture.h — the house for tests of rooms: a migrated database, empty or full, on the engine under
 * test, and requests through app_handle() without a socket. */
#ifndef SARN_TESTS_ROOMS_FIXTURE_H
#define SARN_TESTS_ROOMS_FIXTURE_H

#include "tests/db/fixture.h"

#include "app/app.h"

#define FIXTURE_TODAY "2026-11-22" /* fiscal year 2570; as HOUSE_TODAY */

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
/* Logs in without the log-in page: the Cookie header of a new session, "sarn_session=…"; static, the
 * last four stay good. Written and committed. */
const char *fixture_sign_in(struct fixture *f, const char *login);
/* POST of an urlencoded body, as it is: with no CSRF token but what stands in it. */
struct reply fixture_post(struct fixture *f, const char *target, const char *cookies, const char *body);
/* POST as this session's own form would: with its CSRF token. The body is JSON when it begins with '{',
 * a multipart form when it begins with its boundary, "--…\r\n". */
struct reply fixture_post_as(struct fixture *f, const char *target, const char *cookies, const char *body);
/* The same with these headers instead of the token ("Name: value" lines): what another site would send. */
struct reply fixture_post_from(struct fixture *f, const char *target, const char *cookies, const char *body, const char *from);
/* POST of somebody who is not logged in, from a page of this house: with the cookie and the token that its
 * form would have had. */
struct reply fixture_post_visitor(struct fixture *f, const char *target, const char *body);
struct reply fixture_post_visitor_with(struct fixture *f, const char *target, const char *cookies, const char *body);
/* Any request: `headers` as "Name: value" lines apart by '\n'. */
struct fixture_request {
    enum web_method method;
    const char *target, *cookies, *body, *headers;
};
struct reply fixture_send(struct fixture *f, const struct fixture_request *r);
/* The same with a body that is no text, of the caller's memory: a form with files. */
struct reply fixture_send_bytes(struct fixture *f, const struct fixture_request *r, struct str bytes);
/* The CSRF token of a session, as its forms carry it. */
struct str fixture_csrf(struct fixture *f, const char *cookies);
/* The text of a PDF as pdftotext takes it out, in the fixture's arena; none where it is not installed. */
struct str fixture_pdf_text(struct fixture *f, struct str pdf);
struct str reply_header(const struct reply *r, const char *name);
/* With SARN_TEST_SHOW set it prints the answer that lacks the text. */
bool reply_has(const struct reply *r, const char *text);

#endif
