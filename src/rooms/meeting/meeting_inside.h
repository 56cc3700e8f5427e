/* meeting_inside.h — what the files of room meeting share and nobody else sees. */
#ifndef SARN_ROOMS_MEETING_MEETING_INSIDE_H
#define SARN_ROOMS_MEETING_MEETING_INSIDE_H

#include "rooms/meeting/meeting.h"
#include "rooms/meeting_sql.h"

/* Cleaned for storing; none when nothing is left. More than `max` letters: ERR_INPUT (pages refuse before). */
enum err meeting_text(struct arena *a, struct str in, size_t max, bool is_line, struct str *ret);
/* A signing waits until this transaction ends. ERR_REFUSED: it is signed. */
enum err meeting_keep_open(struct db *db, struct meeting_id id);
/* What an audit row says of a number: "12". */
struct str meeting_int_text(struct arena *a, int64_t v);
/* What a person looks over before signing: another one when anything of it was changed since. */
struct str meeting_mark(struct arena *a, const struct meeting *m, const struct meeting_item *items, size_t nitems,
                        const struct meeting_person *people, size_t npeople);
struct opt_count meeting_opt(int64_t v); /* 0: none */

#endif
