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
#include "html/msg.h"

#define MEETING_WORDS_MAX  4000 /* letters */
#define MEETING_TITLE_MAX  300
#define MEETING_LINE_MAX   200
#define MEETING_NUMBER_MAX 99
#define MEETING_PEOPLE_MAX 40
#define MEETING_ITEMS_MAX  80

enum meeting_state { MEETING_CALLED, MEETING_HELD, MEETING_SIGNED, MEETING_CANCELLED };
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
    struct str cancel_reason; /* none: not cancelled */
    struct meeting_id confirmed_in; /* none: minutes not yet confirmed */
    struct str confirmed_words;     /* "4/2570": the meeting that confirms them; none */
    bool is_confirmed;              /* and that one is signed */
    bool is_entered_later;
    int64_t version;
    /* how it was signed; the newest sign that is in force */
    struct meeting_sign_id sign; /* none: not signed */
    struct str signed_how;       /* "login" "paper"; none */
    struct str signed_names;
    struct opt_date signed_on;
};
/* Called or held: what it decides may still be written. */
bool meeting_is_open(const struct meeting *m);
/* And its day has come: before it nobody was there, and nothing was decided. */
bool meeting_is_begun(const struct meeting *m, struct date today);
/* "3/2570": how papers name it; "2570-3": how addresses do. */
struct str meeting_words(struct arena *a, const struct meeting *m);
struct str meeting_ref(struct arena *a, const struct meeting *m);
/* By "2570-3". ERR_NOT_FOUND. */
enum err meeting_find(struct db *db, struct arena *a, struct str fund_code, struct str ref, struct meeting *ret);
enum err meeting_get(struct db *db, struct arena *a, struct meeting_id id, struct meeting *ret);
/* The newest first; `before` none: from the newest. */
enum err meeting_list(struct db *db, struct arena *a, struct fund_id fund, struct meeting_id before, int64_t most,
                      struct meeting **ret, size_t *ret_n);
/* Meetings of a fund that are not signed yet and not cancelled, the next one first: where an item may be added. */
enum err meeting_open(struct db *db, struct arena *a, struct fund_id fund, int64_t most, struct meeting **ret,
                      size_t *ret_n);

struct meeting_person {
    struct meeting_person_id id;
    struct str name, title; /* title: the seat; may be none */
    bool is_present, is_voter;
    struct str why_left; /* only among those who left for an item; may be none */
};
/* More than half of those who may vote. The rule warns; it never refuses. */
struct meeting_quorum {
    int64_t voters, present, needed;
    bool is_met;
};
struct meeting_quorum meeting_quorum_of(const struct meeting_person *people, size_t n);
enum err meeting_people(struct db *db, struct arena *a, struct meeting_id id, struct meeting_person **ret, size_t *ret_n);

struct meeting_item {
    struct meeting_item_id id;
    struct meeting_id meeting;
    int64_t position;
    struct str agenda; /* inform confirm follow know consider other */
    struct str title, words;
    struct str about; /* what the room of the thing says of it; may be none */
    struct str thing; /* none, "project" "project_change" "project_decision" "plan_year" "finance_plan" */
    int64_t thing_id;
    struct str outcome; /* of plans: "agree" "refuse"; none */
    struct meeting_person *left; /* who left the room for it, and why */
    size_t nleft;
    int64_t version;
};
enum err meeting_items(struct db *db, struct arena *a, struct meeting_id id, struct meeting_item **ret, size_t *ret_n);
enum err meeting_item_get(struct db *db, struct arena *a, struct meeting_item_id id, struct meeting_item *ret);
bool meeting_item_is_plan(const struct meeting_item *i); /* decided by an outcome; a project's item by its words */
bool meeting_item_is_decided(const struct meeting_item *i); /* one without a thing always is */
/* Puts a thing on the agenda, for consideration; once: the item is given back when it is there already. about: what
 * there is to know of it, in lines, for agenda and minutes; may be none. ERR_REFUSED: the meeting is signed or
 * cancelled. ERR_LIMIT: MEETING_ITEMS_MAX. */
enum err meeting_item_add(struct db *db, struct arena *a, const struct actor *by, struct meeting_id meeting,
                          const char *thing, int64_t thing_id, struct str title, struct str about,
                          struct meeting_item_id *ret);
/* The item of an unsigned meeting that this thing waits on; ERR_NOT_FOUND. */
enum err meeting_item_of(struct db *db, struct arena *a, const char *thing, int64_t thing_id, struct meeting_item *ret);

/* An item without a thing: what was said. `agenda` as in struct meeting_item. ERR_LIMIT, ERR_REFUSED: signed. */
enum err meeting_item_new(struct db *db, struct arena *a, const struct actor *by, struct meeting_id meeting,
                          const char *agenda, struct str title, struct str words, struct meeting_item_id *ret);
/* ERR_CONFLICT: another version; ERR_REFUSED: signed, or about a thing. */
enum err meeting_item_edit(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                           int64_t version, struct str title, struct str words);
/* One place up among those of its head. */
enum err meeting_item_raise(struct db *db, struct arena *a, struct meeting_item_id id);
/* Takes an item off the agenda that is not decided yet: its thing waits for another meeting. ERR_REFUSED. */
enum err meeting_item_drop(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id);

struct meeting_new {
    struct fund_id fund;
    struct fiscal_year fy;
    int64_t number; /* 0: the next */
    struct date held_on;
    struct str began, place, chaired_by;
    bool is_entered_later;
};
enum err meeting_next_number(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy, int64_t *ret);
/* Calls a meeting. ERR_CONFLICT: that number is there; the transaction is still good. */
enum err meeting_add(struct db *db, struct arena *a, const struct actor *by, const struct meeting_new *n, struct meeting_id *ret);
struct meeting_facts {
    struct date held_on;
    struct str began, ended, place, chaired_by;
};
/* ERR_CONFLICT: another version; ERR_REFUSED: signed or cancelled. */
enum err meeting_edit(struct db *db, struct arena *a, const struct actor *by, const struct meeting *before,
                      int64_t version, const struct meeting_facts *facts);
/* It is not held: what was on its agenda waits for another one. ERR_CONFLICT: another version; ERR_REFUSED: signed,
 * cancelled, or something of it is decided already. */
enum err meeting_cancel(struct db *db, struct arena *a, const struct actor *by, const struct meeting *before,
                        int64_t version, struct str reason);
/* What follows is written from the meeting's day on: before it, ERR_REFUSED as for one that is signed.
 *
 * Who was there; replaces the list (a person with an id stays the same). ERR_CONFLICT: another version. Moves it to held. */
enum err meeting_hold(struct db *db, struct arena *a, const struct actor *by, struct meeting_id id, int64_t version,
                      const struct meeting_person *people, size_t npeople);
/* What was decided of an item about a thing, in words, as it shall stand in the minutes: written by the room
 * that records the decision, in the same transaction (again when it is decided anew). about: as for
 * meeting_item_add(), of what the meeting had before it when it decided. An item about a project is decided
 * when it has words. ERR_REFUSED: the meeting is signed. */
enum err meeting_item_say(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                          struct str about, struct str words);
/* Of a plan's item. ERR_REFUSED: signed, or not a plan's. */
enum err meeting_outcome(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id, bool is_agreed,
                         struct str words);
struct meeting_leaver {
    struct meeting_person_id person;
    struct str why;
};
/* Who of those present left the room for the item, each with the reason; replaces the list. */
enum err meeting_leave(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                       const struct meeting_leaver *people, size_t npeople);

/* The minutes of `former` are confirmed in meeting `id`, from its signing on; or not any more. ERR_REFUSED:
 * `id` is signed; `former` is not, or is confirmed already, or was later. */
enum err meeting_confirm(struct db *db, struct arena *a, const struct actor *by, struct meeting_id id,
                         struct meeting_id former, bool is_confirmed);

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
    struct instant recorded_at;
    bool is_in_force;
};
/* Why a signing was refused: a sentence of the catalogue with its arguments (texts that are the same in both
 * languages: a project's title, an amount). */
#define MEETING_WHY_ARGS 3
struct meeting_refusal {
    bool is_said;
    enum msg why;
    struct str args[MEETING_WHY_ARGS];
    size_t nargs;
};
/* Sets it and gives ERR_REFUSED: return meeting_refuse(e->why, MSG_…, title, amount, STR_NONE). As many
 * are taken as the sentence has; none is "". */
enum err meeting_refuse(struct meeting_refusal *why, enum msg message, struct str arg1, struct str arg2, struct str arg3);
/* The sentence, in the reader's language. */
struct str meeting_refusal_text(struct arena *a, enum lang lang, const struct meeting_refusal *why);

/* By log-in: in force at once. ERR_REFUSED with *ret_why said: nobody was there, something is undecided, it
 * is signed already, or what a listener of meeting_signed says. What was written is undone; the
 * transaction is still good. */
enum err meeting_sign_login(struct db *db, struct arena *a, const struct actor *by, const char *thing, int64_t thing_id,
                            struct fund_id fund, struct date on, struct meeting_sign_id *ret,
                            struct meeting_refusal *ret_why);
/* By paper: waits until meeting_sign_see() by somebody else. file_use: the scan, attached to thing
 * "meeting_sign" by the caller, after this has given the id (meeting_sign_scan). ERR_REFUSED as above. */
enum err meeting_sign_paper(struct db *db, struct arena *a, const struct actor *by, const char *thing, int64_t thing_id,
                            struct fund_id fund, struct date on, struct str names, struct meeting_sign_id *ret,
                            struct meeting_refusal *ret_why);
enum err meeting_sign_scan(struct db *db, struct meeting_sign_id id, struct file_use_id use);
/* ERR_REFUSED also when it is the person who entered it, or when a newer paper came. Then it is in force,
 * and event meeting_signed is told. */
enum err meeting_sign_see(struct db *db, struct arena *a, const struct actor *by, struct meeting_sign_id id,
                          struct meeting_refusal *ret_why);
/* The newest first. */
enum err meeting_sign_list(struct db *db, struct arena *a, const char *thing, int64_t thing_id, struct meeting_sign **ret,
                           size_t *ret_n);

/* event meeting_signed: what was signed is in force from now on. thing "meeting", "project_decision",
 * "project_agreement" or "ledger_commitment" (a promise without a project).
 * A listener that must refuse: return meeting_refuse(e->why, MSG_…, …). */
struct meeting_signed {
    struct actor by;
    const char *thing;
    int64_t thing_id;
    struct fund_id fund;
    struct meeting_sign_id sign;
    struct date signed_on;
    struct meeting_refusal *why;
};

/* Meetings of the demo's funds: signed both ways, held, called. Before project_demo. */
enum err meeting_demo(struct db *db, struct arena *a, uint64_t seed, struct date today);
/* A demo that is refused something is a fault in the demo: the error says what. */
enum err meeting_demo_told(struct arena *a, enum err e, const struct meeting_refusal *why);
/* Signs one of them: by the chair's log-in, by paper, or by paper that nobody else has seen yet; where a fund of the
 * demo has no people, the machine signs. Fixes the clock to `on`. */
enum meeting_demo_way { MEETING_DEMO_LOGIN, MEETING_DEMO_PAPER, MEETING_DEMO_UNSEEN };
enum err meeting_demo_sign(struct db *db, struct arena *a, const struct meeting *m, enum meeting_demo_way how, struct date on);
/* Days from the demo's: D0001 meets twice more, and is called once. */
enum { MEETING_DEMO_FIRST = -12, MEETING_DEMO_SECOND = -3, MEETING_DEMO_NEXT = 5 };

#endif
