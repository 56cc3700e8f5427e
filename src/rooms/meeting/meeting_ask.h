/* meeting_ask.h — what every page and JSON door of a fund's meetings begins and ends with. */
#ifndef SARN_ROOMS_MEETING_MEETING_ASK_H
#define SARN_ROOMS_MEETING_MEETING_ASK_H

#include "app/app.h"
#include "app/form.h"
#include "rooms/meeting/meeting_inside.h"
#include "rooms/meeting/views.h"

struct meeting_here {
    struct fund_id fund;
    struct str code, name; /* of the fund */
    bool is_demo;
    bool may_write, may_sign, may_paper; /* by the role acted in */
    struct meeting m;                    /* of the route's second part; id none on the list */
};
/* The fund of the route's first part. */
enum err meeting_here_fund(struct rq *rq, struct meeting_here *ret);
/* And the meeting of its second part: not found unless it is one of this fund. */
enum err meeting_here_read(struct rq *rq, struct meeting_here *ret);
/* "/funds/{fund}/meetings/{ref}" and `tail`, which may carry a query. */
struct href meeting_href(struct rq *rq, const struct meeting_here *here, const char *tail);
struct href meeting_list_href(struct rq *rq, const struct meeting_here *here);
/* A page below the meeting's own: `last` is where we are; none on the meeting's, which needs `here->m`. */
struct meeting_head meeting_head_of(struct rq *rq, const struct meeting_here *here, struct str last);
struct str meeting_title(struct rq *rq, const struct meeting *m); /* "การประชุมครั้งที่ 3/2570" */
struct meeting_state_view meeting_state_of(const struct meeting *m);
struct str meeting_date_text(struct rq *rq, struct date d);
struct str meeting_hours(struct rq *rq, const struct meeting *m); /* "09.30 น. – 12.00 น."; none when it is not known */
/* Why it cannot be written: cancelled, signed, or its day is still to come. */
enum msg meeting_why_shut(const struct rq *rq, const struct meeting *m);

/* After a write: the page with the word of what was done; for a program the meeting as it is now. */
enum err meeting_done(struct rq *rq, const struct meeting_here *here, const char *done);
enum err meeting_answer_api(struct rq *rq, const struct meeting_here *here, int status);

/* ---- the agenda ---- */
extern const char *const meeting_agendas[MEETING_HEADS];
struct str meeting_agenda_name(struct rq *rq, size_t head); /* head: 0 … 5 */
size_t meeting_agenda_of(struct str code);
/* Who is offered before anybody was written down: the people of the last meeting, or whom the fund knows as its
 * committee; none of them there yet. *ret_from: which of both, in words; none when nobody is. */
enum err meeting_people_offered(struct rq *rq, const struct meeting_here *here, struct meeting_person **ret, size_t *ret_n,
                                struct str *ret_from);
struct str meeting_left_names(struct rq *rq, const struct meeting_item *item); /* "A (reason), B (reason)" */
/* Items as pages show them, with their numbers; in the order of the agenda. */
const struct meeting_item_row *meeting_item_rows(struct rq *rq, const struct meeting_here *here,
                                                 const struct meeting_item *items, size_t n);
/* Where the room of the thing shows it; false: it has no page of its own. */
bool meeting_thing_href(struct rq *rq, const struct meeting_here *here, const struct meeting_item *item, struct href *ret);

/* Former minutes: those that may still be confirmed here; of a signed meeting those that it confirmed. */
enum err meeting_former_rows(struct rq *rq, const struct meeting_here *here, const struct meeting_minutes_row **ret,
                             size_t *ret_n);
/* Who signed by log-in, in which seat and when: one line; none: not signed so. */
enum err meeting_signer(struct rq *rq, const struct meeting *m, struct str *ret);
struct meeting_room meeting_room_of(const struct meeting_person *people, size_t n);

#endif
