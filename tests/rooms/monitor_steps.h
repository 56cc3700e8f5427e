/* monitor_steps.h — what the examples of reports prepare: a running project of D0001, reports that wait. */
#ifndef SARN_TESTS_ROOMS_MONITOR_STEPS_H
#define SARN_TESTS_ROOMS_MONITOR_STEPS_H

#include "tests/rooms/account_steps.h"

#define STEPS_REPORTS     "/funds/D0001/projects/stepmon1/reports"
#define STEPS_PHOTO_BODY                                                                                               \
    "--paper\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n"                                  \
    "Content-Type: image/jpeg\r\n\r\n%PDF-1.7\n1 0 obj\n%%EOF\n\r\n--paper--\r\n"

/* Makes the project, written by the applicant. */
void steps_monitor_project(struct fixture *f, struct steps_text *t);
/* The report of the target waits, in version 50. */
void steps_monitor_sent(struct fixture *f, struct steps_text *t);
/* The project is reported and not closed. */
void steps_monitor_reported(struct fixture *f, struct steps_text *t);

#endif
