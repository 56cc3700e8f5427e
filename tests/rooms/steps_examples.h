/* steps_examples.h — one good request for every POST route of the house.
 *
 * Whoever adds a POST route adds a line here, or tests/rooms/steps_test.c fails. A line is
 *   {route as in routes.def, target, login, body, status}
 * - target, body: [[SELECT …]] stands for one whole number of the database, asked just before.
 * - login: one of the demo's people (tests run on D0001 of the demo, day 22 Nov 2026); NULL: a visitor,
 *   whose form token is right.
 * - body: urlencoded, or JSON when it begins with '{'; the CSRF token comes by header.
 * - prepare: what cannot be said in a line: fills t->target, t->body, t->cookies (or leaves them).
 * The request must change the database. Examples run in this order, each on what those before left. */
#ifndef SARN_TESTS_ROOMS_STEPS_EXAMPLES_H
#define SARN_TESTS_ROOMS_STEPS_EXAMPLES_H

#include "tests/rooms/fixture.h"

struct steps_text {
    char target[600], body[2000], cookies[600]; /* cookies: besides the session's */
};
struct steps_example {
    const char *route, *target, *login, *body;
    int status;
    void (*prepare)(struct fixture *f, struct steps_text *t);
};

#define D0001_VERSION                                                                                                  \
    "[[SELECT y.version FROM fund_year y JOIN fund u ON u.id = y.fund_id WHERE u.code = 'D0001' AND y.fy = 2570]]"
/* The newest receipt of D0001 that was not reversed. */
#define D0001_RECEIPT                                                                                                  \
    "[[SELECT MAX(e.id) FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id JOIN fund u ON u.id = b.fund_id "   \
    "WHERE u.code = 'D0001' AND e.kind = 'receipt' AND NOT EXISTS "                                                    \
    "(SELECT 1 FROM ledger_entry r WHERE r.reversal_of = e.id)]]"

void steps_keep_a_form(struct fixture *f, struct steps_text *t);

static const struct steps_example steps_examples[] = {
    /* the facts of a fund-year */
    {"/funds/{fund}/years/{fy}/edit", "/funds/D0001/years/2570/edit", "officer",
     "version=" D0001_VERSION "&nhso_amount=450,000&match_entered=171,000.50&source=paper&idempotency_key=steps-edit", 303, NULL},
    {"/api/v1/funds/{fund}/years/{fy}/facts", "/api/v1/funds/D0001/years/2570/facts", "officer",
     "{\"version\": " D0001_VERSION ", \"population_local\": 4321}", 200, NULL},
    /* a form whose session had ended */
    {"/kept/drop", "/kept/drop", "officer", "x=1", 303, steps_keep_a_form},
    /* the ledger */
    {"/funds/{fund}/ledger/receipts", "/funds/D0001/ledger/receipts", "officer",
     "date_d=5&date_m=11&date_y=2569&source=nhso&amount=1,021.25&reference=R-1&party=NHSO&memo=&project_code=&step=post"
     "&idempotency_key=steps-receipt", 303, NULL},
    {"/funds/{fund}/ledger/payments", "/funds/D0001/ledger/payments", "officer",
     "date_d=6&date_m=11&date_y=2569&project_code=STEP-1&amount=100&reference=P-1&party=Group&memo=&instalment=&step=post"
     "&idempotency_key=steps-payment", 303, NULL},
    {"/api/v1/funds/{fund}/years/{fy}/receipts", "/api/v1/funds/D0001/years/2570/receipts", "officer",
     "{\"date\": \"2026-11-07\", \"source\": \"local\", \"amount_satang\": 500000, \"reference\": \"R-2\"}", 201, NULL},
    {"/api/v1/funds/{fund}/years/{fy}/payments", "/api/v1/funds/D0001/years/2570/payments", "officer",
     "{\"date\": \"2026-11-08\", \"project_code\": \"STEP-1\", \"amount_satang\": 10000, \"reference\": \"P-2\"}", 201, NULL},
    {"/funds/{fund}/ledger/entries/{id}/reverse", "/funds/D0001/ledger/entries/" D0001_RECEIPT "/reverse", "officer",
     "date_d=9&date_m=11&date_y=2569&reason=wrong+sum&wants_draft=1&step=post&idempotency_key=steps-reverse", 303, NULL},
    {"/api/v1/funds/{fund}/ledger/entries/{id}/reversal", "/api/v1/funds/D0001/ledger/entries/" D0001_RECEIPT "/reversal", "officer",
     "{\"date\": \"2026-11-09\", \"reason\": \"wrong sum\"}", 201, NULL},
};
#define NSTEPS (sizeof steps_examples / sizeof steps_examples[0])

#endif
