/* project_steps.h — what examples of a project's POST routes need and a line cannot say. */
#ifndef SARN_TESTS_ROOMS_PROJECT_STEPS_H
#define SARN_TESTS_ROOMS_PROJECT_STEPS_H

#include "tests/rooms/account_steps.h"

/* A draft of D0001 by the applicant, complete enough to be sent: its tracking code stands for SLUG in target and body,
 * its version for VERSION. A new one each time. */
void steps_project(struct fixture *f, struct steps_text *t);
/* One that was sent. */
void steps_project_sent(struct fixture *f, struct steps_text *t);
/* The same, and the mark of the page as it was given out stands for SEEN. */
void steps_project_seen(struct fixture *f, struct steps_text *t);

#endif
