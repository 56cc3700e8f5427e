/* plan_inside.h — what the files of room plan share. Not a door: other rooms include plan.h. */
#ifndef SARN_ROOMS_PLAN_INSIDE_H
#define SARN_ROOMS_PLAN_INSIDE_H

#include "rooms/plan/plan.h"

/* The year as it stands becomes the next edition; the first time event plan_moved is told. meeting none: it was
 * agreed where Sarn has no meeting of. */
enum err plan_agree(struct db *db, struct arena *a, const struct actor *by, struct plan_year_id id,
                    struct meeting_id meeting, struct date held_on);

#endif
