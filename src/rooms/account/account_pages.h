/* account_pages.h — what the pages of room account share. */
#ifndef SARN_ROOMS_ACCOUNT_PAGES_H
#define SARN_ROOMS_ACCOUNT_PAGES_H

#include "app/form.h"
#include "rooms/account/account_inside.h"
#include "rooms/account/views.h"

/* Runs `act` in a transaction of a SELF route; ERR_OK commits. */
enum err pages_txn(struct rq *rq, enum db_txn txn, enum err (*act)(struct rq *rq, void *ctx), void *ctx);
/* Where a person goes after logging in: `next` when it is an address of ours, else their own first page. */
struct href pages_next(struct rq *rq, struct str next);
/* The session cookie; `secret` empty: takes it away. */
void pages_set_session(struct rq *rq, struct str secret);
/* A password as typed, cleaned like every text, so that two keyboards make the same one. */
struct str pages_password(struct form *f, const char *name);
/* Adds the fault of a password that may not be one. */
void pages_password_fault(struct form *f, const char *name, struct str login, struct str password);
/* "8 วินาที", "2 นาที". */
struct str pages_wait(struct rq *rq, int64_t seconds);
/* 429 with Retry-After. */
void pages_too_many(struct form *f, int64_t seconds);
/* The same in JSON, and {done: true}. */
enum err pages_wait_api(struct rq *rq, int64_t seconds);
enum err pages_done_api(struct rq *rq);
/* The name of a role, "เจ้าหน้าที่กองทุน". */
struct str pages_role(struct rq *rq, enum role role);
/* What the place of a grant is called; its code when it has no name. ERR_NOT_FOUND: no such place. */
enum err pages_place(struct rq *rq, enum scope_kind kind, struct str code, struct str *ret);
/* "1234 5678" */
struct str pages_groups_of_four(struct arena *a, struct str s);
struct actor pages_actor_of(struct arena *a, struct account_id id);
/* The address of this site as the browser sees it, for links on paper: https://host/path */
struct str pages_whole_address(struct rq *rq, struct str path);
/* Takes the request's idempotency key away: what a password proves is not remembered, and a corrected
 * password under the same form is no misuse of its key. */
void pages_no_repeat(struct rq *rq);

#endif
