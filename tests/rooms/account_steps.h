/* account_steps.h — what tests of people prepare: codes of a telephone, invitations, one-time codes. */
#ifndef SARN_TESTS_ROOMS_ACCOUNT_STEPS_H
#define SARN_TESTS_ROOMS_ACCOUNT_STEPS_H

#include "tests/rooms/fixture.h"

#include "rooms/account/account_inside.h"

/* What an example of steps_examples.h sends. */
struct steps_text {
    char target[600], body[2000], cookies[600]; /* cookies: besides the session's */
};
#define STEPS_TOTP_SECRET "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

/* The account of a login; asserts that it is there. In a transaction of its own. */
struct account_id account_named(struct fixture *f, const char *login);
/* The six digits of STEPS_TOTP_SECRET, `steps` of 30 seconds from now; static. */
const char *totp_code(int steps);
/* A group of D0001 entered by the officer for a person with this phone; its confirmation code, static. */
const char *group_on_paper(struct fixture *f, const char *phone, const char *name);

/* A multipart form with one PDF and what stands on it: for /funds/{fund}/people/groups/{id}/scan. */
#define STEPS_SCAN_BODY                                                                                                \
    "--paper\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\nSomsri, Prasit\r\n"                                \
    "--paper\r\nContent-Disposition: form-data; name=\"signed_on_d\"\r\n\r\n20\r\n"                                     \
    "--paper\r\nContent-Disposition: form-data; name=\"signed_on_m\"\r\n\r\n11\r\n"                                     \
    "--paper\r\nContent-Disposition: form-data; name=\"signed_on_y\"\r\n\r\n2569\r\n"                                   \
    "--paper\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"signed.pdf\"\r\n"                               \
    "Content-Type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj\n%%EOF\n\r\n--paper--\r\n"
/* The same with what an urgent approval says. */
#define STEPS_URGENT_BODY(amount)                                                                                      \
    "--paper\r\nContent-Disposition: form-data; name=\"" amount "\"\r\n\r\n900\r\n"                                     \
    "--paper\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nOutbreak\r\n" STEPS_SCAN_BODY
void steps_scan(struct fixture *f, struct steps_text *t);
void steps_second(struct fixture *f, struct steps_text *t);
void steps_invite(struct fixture *f, struct steps_text *t);
void steps_reset(struct fixture *f, struct steps_text *t);
void steps_invite_api(struct fixture *f, struct steps_text *t);
void steps_reset_api(struct fixture *f, struct steps_text *t);
void steps_confirm_api(struct fixture *f, struct steps_text *t);
void steps_confirm(struct fixture *f, struct steps_text *t);
void steps_totp(struct fixture *f, struct steps_text *t);
void steps_totp_off(struct fixture *f, struct steps_text *t);
void steps_ask_to_join(struct fixture *f, struct steps_text *t);

#endif
