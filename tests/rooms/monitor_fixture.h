/* monitor_fixture.h — a running project with all that a report needs, made by the rooms' own doors. */
#ifndef SARN_TESTS_ROOMS_MONITOR_FIXTURE_H
#define SARN_TESTS_ROOMS_MONITOR_FIXTURE_H

#include "tests/rooms/fixture.h"

#include "rooms/monitor/monitor.h"

struct mf_wish {
    const char *fund, *code, *title; /* code: of the project and its commitment */
    int64_t account;                 /* who wrote it */
    int64_t baht;                    /* approved; its size follows from it */
};
/* Inside an open write transaction: two activities, two objectives, two target groups, two budget lines; approved,
 * promised in the main book of the fund, running. */
struct project mf_running(struct fixture *f, const struct mf_wish *w);
/* A JPEG of that size and colour; `exif`: with place and time in it. */
struct str mf_jpeg(struct arena *a, int32_t width, int32_t height, uint8_t shade, bool exif);

/* Committed: a project of D0001 at /projects/mfpublic with an accepted report and a public photo, and the programme
 * MF-1 with a published report and photo. */
void mf_public(struct fixture *f);

#endif
