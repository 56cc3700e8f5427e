/* ledger_fixture.h — a fund with an open book, for the ledger's tests. */
#ifndef SARN_TESTS_ROOMS_LEDGER_FIXTURE_H
#define SARN_TESTS_ROOMS_LEDGER_FIXTURE_H

#include "tests/rooms/fixture.h"

#include "rooms/ledger/ledger.h"

#define LF_FUND "T0001"

/* Reference data and one fund T0001 without a book; clock fixed to 22 Nov 2026, 08:30. Committed. */
struct fixture ledger_fixture(void);
/* The same, made once an engine, with a transaction begun: each test writes in one of its own and rolls back. */
struct fixture ledger_fixture_begin(void);
extern const struct actor lf_by;
struct date lf_day(const char *iso);
/* Opens the main book on 1 Oct 2025 with some baht. */
struct ledger_book_id lf_open(struct fixture *f, int64_t baht);
struct ledger_posted lf_receive(struct fixture *f, const char *on, enum ledger_source source, int64_t baht);
struct ledger_commitment_id lf_commit(struct fixture *f, const char *code, const char *support_type,
                                      const char *owner_type, int64_t baht);
enum ledger_fault lf_pay(struct fixture *f, const char *on, const char *code, int64_t baht,
                         struct ledger_posted *ret);
enum ledger_fault lf_reverse(struct fixture *f, struct ledger_entry_id id, const char *on, struct ledger_posted *ret);
int64_t lf_balance(struct fixture *f);

#endif
