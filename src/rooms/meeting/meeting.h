/* meeting.h — THE DOOR of room meeting: a fund's committee meets and decides (การประชุมคณะกรรมการกองทุน).
 *
 * A meeting is called, held, signed. What its items decide is recorded while it is held and is in force when
 * the meeting is signed: by the chair's log-in, or by the signed paper (scan with names and date) that one
 * person entered and another saw. Then event meeting_signed tells the rooms whose things were decided, in
 * the same transaction: a refusal of theirs refuses the signing. Addresses: /funds/D0001/meetings/2570-3. */
#ifndef SARN_ROOMS_MEETING_MEETING_H
#define SARN_ROOMS_MEETING_MEETING_H

#include "app/who.h"
#include "db/ids.h"
#include "db/types.h"

#define MEETING_WORDS_MAX  4000 /* letters */
#define MEETING_TITLE_MAX  300
#define MEETING_PEOPLE_MAX 40
#define MEETING_ITEMS_MAX  80

enum meeting_state { MEETING_CALLED, MEETING_HELD, MEETING_SIGNED };
const char *meeting_state_code(enum meeting_state s); /* "called" … */

struct meeting {
    struct meeting_id id;
    struct fund_id fund;
    struct str fund_code;
    struct fiscal_year fy;
    int64_t number;
    struct date held_on;
    struct str began, ended, place, chaired_by; /* may be none */
    enum meeting_state state;
    struct meeting_id confirmed_in; /* none: minutes not yet confirmed */
    bool is_entered_later;
    int64_t version;
    /* how it was signed; the newest sign that is in force */
    struct meeting_sign_id sign; /* none: not signed */
    struct str signed_how;       /* "login" "paper"; none */
    struct str signed_names;
    struct opt_date signed_on;
};
/* "3/2570": how papers name it. */
struct str meeting_words(struct arena *a, const struct meeting *m);
/* By "2570-3". ERR_NOT_FOUND. */
enum err meeting_find(struct db *db, struct arena *a, struct str fund_code, struct str ref, struct meeting *ret);
enum err meeting_get(struct db *db, struct arena *a, struct meeting_id id, struct meeting *ret);
/* The newest first; `before` none: from the newest. */
enum err meeting_list(struct db *db, struct arena *a, struct fund_id fund, struct meeting_id before, int64_t most,
                      struct meeting **ret, size_t *ret_n);
/* Meetings of a fund that are not signed yet, the next one first: where an item may be added. */
enum err meeting_open(struct db *db, struct arena *a, struct fund_id fund, int64_t most, struct meeting **ret,
                      size_t *ret_n);

struct meeting_person {
    struct meeting_person_id id;
    struct str name, title; /* title: the seat; may be none */
    bool is_present, is_voter;
};
enum err meeting_people(struct db *db, struct arena *a, struct meeting_id id, struct meeting_person **ret, size_t *ret_n);

struct meeting_item {
    struct meeting_item_id id;
    struct meeting_id meeting;
    int64_t position;
    struct str agenda; /* inform confirm follow know consider other */
    struct str title, words;
    struct str thing; /* none, "project" "project_change" "project_decision" "plan_year" "finance_plan" */
    int64_t thing_id;
    struct str outcome; /* of plans: "agree" "refuse"; none */
    struct meeting_person *left; /* who left the room for it */
    size_t nleft;
    int64_t version;
};
enum err meeting_items(struct db *db, struct arena *a, struct meeting_id id, struct meeting_item **ret, size_t *ret_n);
enum err meeting_item_get(struct db *db, struct arena *a, struct meeting_item_id id, struct meeting_item *ret);
/* Puts a thing on the agenda, for consideration; once: the item is given back when it is there already.
 * ERR_REFUSED: the meeting is signed. */
enum err meeting_item_add(struct db *db, struct arena *a, const struct actor *by, struct meeting_id meeting,
                          const char *thing, int64_t thing_id, struct str title, struct meeting_item_id *ret);
/* The item of an unsigned meeting that this thing waits on; ERR_NOT_FOUND. */
enum err meeting_item_of(struct db *db, struct arena *a, const char *thing, int64_t thing_id, struct meeting_item *ret);

struct meeting_new {
    struct fund_id fund;
    struct fiscal_year fy;
    int64_t number; /* 0: the next */
    struct date held_on;
    struct str began, place, chaired_by;
    bool is_entered_later;
};
/* Calls a meeting. ERR_CONFLICT: that number is there. */
enum err meeting_add(struct db *db, struct arena *a, const struct actor *by, const struct meeting_new *n, struct meeting_id *ret);
/* Who was there; replaces the list. ERR_CONFLICT: another version; ERR_REFUSED: signed. Moves it to held. */
enum err meeting_hold(struct db *db, struct arena *a, const struct actor *by, struct meeting_id id, int64_t version,
                      const struct meeting_person *people, size_t npeople);
enum err meeting_outcome(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id, bool is_agreed,
                         struct str words);
/* Who of those present left the room for the item; replaces the list. */
enum err meeting_leave(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                       const struct meeting_person_id *people, size_t npeople, struct str reason);

/* ---- signing ---- */
struct meeting_sign {
    struct meeting_sign_id id;
    struct str thing;
    int64_t thing_id;
    struct str how, names; /* names: as on the paper */
    struct date signed_on;
    int64_t file_use;  /* 0: none */
    int64_t entered_by, seen_by;
    struct opt_instant seen_at;
    bool is_in_force;
};
/* By log-in: in force at once. ERR_REFUSED with *ret_why the name of a message (static): "meeting_nobody",
 * "meeting_undecided", or what a listener of meeting_signed says. */
enum err meeting_sign_login(struct db *db, struct arena *a, const struct actor *by, const char *thing, int64_t thing_id,
                            struct fund_id fund, struct date on, struct meeting_sign_id *ret, const char **ret_why);
/* By paper: waits until meeting_sign_see() by somebody else. file_use: the scan, attached to thing
 * "meeting_sign" by the caller, after this has given the id (meeting_sign_scan). */
enum err meeting_sign_paper(struct db *db, struct arena *a, const struct actor *by, const char *thing, int64_t thing_id,
                            struct fund_id fund, struct date on, struct str names, struct meeting_sign_id *ret);
enum err meeting_sign_scan(struct db *db, struct meeting_sign_id id, struct file_use_id use);
/* ERR_FORBIDDEN when it is the person who entered it. Then it is in force, and event meeting_signed is told. */
enum err meeting_sign_see(struct db *db, struct arena *a, const struct actor *by, struct meeting_sign_id id,
                          const char **ret_why);
enum err meeting_sign_list(struct db *db, struct arena *a, const char *thing, int64_t thing_id, struct meeting_sign **ret,
                           size_t *ret_n);

/* event meeting_signed: what was signed is in force from now on. thing "meeting" or "project_decision".
 * A listener that must refuse sets *why (a message name) and returns ERR_REFUSED. */
struct meeting_signed {
    struct actor by;
    const char *thing;
    int64_t thing_id;
    struct fund_id fund;
    struct meeting_sign_id sign;
    struct date signed_on;
    const char **why;
};

enum err meeting_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);

#endif
