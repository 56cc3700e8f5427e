/* meeting_steps.h — what examples of meetings need that a line cannot say. */
#ifndef SARN_TESTS_ROOMS_MEETING_STEPS_H
#define SARN_TESTS_ROOMS_MEETING_STEPS_H

#include "tests/rooms/account_steps.h"

/* The mark of what is signed, and the paper that waits. */
void steps_meeting_mark(struct fixture *f, struct steps_text *t);
/* Makes the meeting of the address: held, and for /seen with a paper that the officer brought. */
void steps_meeting_more(struct fixture *f, struct steps_text *t);

#endif
