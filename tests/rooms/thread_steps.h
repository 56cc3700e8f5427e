/* thread_steps.h — what examples of projects need that a line cannot say. */
#ifndef SARN_TESTS_ROOMS_THREAD_STEPS_H
#define SARN_TESTS_ROOMS_THREAD_STEPS_H

#include "tests/rooms/account_steps.h"

/* In target and body: SENT the slug of a fresh proposal (epidemic) that was sent, THING its name on an agenda, REF a
 * meeting that was held, ITEM its item about that proposal, LATER a project entered afterwards as approved, CHANGE a
 * change of it that was asked for; URGENTSIGN, AGREESIGN, MINUTESIGN a signed paper that only the officer has seen;
 * PROMISE money for long-term care that the officer promised by hand, CARESIGN its signed paper. */
void steps_thread(struct fixture *f, struct steps_text *t);

#endif
