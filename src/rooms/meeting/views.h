/* views.h — what the templates of room meeting may see. */
#ifndef SARN_ROOMS_MEETING_VIEWS_H
#define SARN_ROOMS_MEETING_VIEWS_H

#include "app/views.h"

/* ---- on top of every page ---- */
struct meeting_head {
    const struct crumb *crumbs;
    size_t ncrumbs;
    struct str fund, code;
    struct href fund_href;
    bool is_demo;
};
/* Called, held, signed; and of a signed one whether a later meeting confirmed its minutes. */
struct meeting_state_view {
    bool is_called, is_held, is_signed, is_cancelled, waits_for_seen, is_confirmed;
    struct str confirmed_in;  /* "4/2570"; none */
    bool is_by_paper;
};
struct meeting_line {
    struct str label, value;
};
/* What somebody else saved against what was typed. */
struct meeting_clash {
    struct str what, theirs, yours;
};

/* ---- the list ---- */
struct meeting_row {
    struct href href;
    struct str words; /* "3/2570" */
    struct date held_on;
    struct str place;
    struct meeting_state_view state;
};
struct meeting_list_view {
    struct meeting_head head;
    bool may_write;
    struct href add;
    const struct meeting_row *rows;
    size_t nrows;
    struct pager pager;
};

/* ---- calling one, and its date and place ---- */
struct meeting_form_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back;
    bool is_new, is_conflict;
    struct str version, title;
    struct field number, began, ended, place, chaired_by;
    struct date_field held_on;
    const struct meeting_clash *clashes;
    size_t nclashes;
};

/* ---- not holding it ---- */
struct meeting_cancel_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back, edit;
    struct str version;
    struct field reason;
    int64_t nwaiting; /* how many things wait for another meeting then */
};

/* ---- the desk ---- */
struct meeting_room { /* who is in it: more than half of those who may vote */
    int64_t persons, present, voters, voters_present, needed;
    bool is_met;
};
struct meeting_person_row {
    struct str name, title;
    bool is_present, is_voter;
};
struct meeting_item_row {
    int64_t head, number; /* "5.2" */
    struct str title, about, words, left; /* about: who asks for what; words: what was decided */
    bool is_about_said; /* the words say it again: those of a change do */
    bool is_thing, is_plan, is_decided, is_agreed;
    struct href edit, leave, thing; /* thing: where the room of the thing shows and decides it */
    bool has_thing_href;
};
struct meeting_minutes_row { /* of a former meeting */
    struct str words;
    struct date held_on;
    struct href href;
    struct str id;
    bool is_here; /* this meeting confirms them */
};
struct meeting_agenda {
    int64_t head;
    struct str code, title;
    const struct meeting_item_row *items;
    size_t nitems;
    bool is_confirm; /* the head under which former minutes are confirmed */
    struct href add;
};
#define MEETING_HEADS 6
struct meeting_desk_view {
    struct meeting_head head;
    struct str title, said;
    struct form_errors errors;
    struct form_marks marks;
    struct meeting_state_view state;
    const struct meeting_line *facts;
    size_t nfacts;
    bool may_write; /* and it is not signed and not cancelled */
    bool may_record; /* and its day has come */
    bool may_sign, is_entered_later;
    struct str cancel_reason;
    struct href edit, cancel, people, sign, proposals, list, invitation, sheet, minutes, letters, confirm;
    struct href ended;  /* where that is asked */
    struct href decide; /* the first item that waits */
    struct str decide_title;
    bool has_ended;     /* when it ended is written down */
    const struct meeting_person_row *persons;
    size_t npersons;
    struct meeting_room room;
    const struct meeting_agenda *agenda; /* MEETING_HEADS of them */
    const struct meeting_minutes_row *former;
    size_t nformer;
    int64_t undecided;
};

/* ---- who was there ---- */
struct meeting_person_field {
    int64_t n;
    struct str id; /* of a person written down before; "" */
    struct field name, title;
    struct str present_name, voter_name, id_name;
    bool is_present, is_voter;
};
struct meeting_people_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back;
    struct str version, rows_text, copied;
    bool is_conflict;
    const struct meeting_clash *clashes;
    size_t nclashes;
    const struct meeting_person_field *rows;
    size_t nrows;
};

/* ---- an item ---- */
struct meeting_item_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back, thing;
    bool is_new, is_thing, is_plan, has_thing_href, may_drop, may_raise, is_conflict;
    struct str item, version, agenda, agenda_name, item_title, item_words;
    struct field title, words, outcome;
    const struct choice *outcomes;
    size_t noutcomes;
    const struct meeting_clash *clashes;
    size_t nclashes;
};
struct meeting_left_row {
    struct str field, name, title;
    bool is_left;
    struct field reason;
};
struct meeting_left_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back, people;
    struct str item, version, item_title;
    bool is_conflict;
    const struct meeting_left_row *rows;
    size_t nrows;
};

/* ---- looking over and signing ---- */
struct meeting_paper_view { /* a signed paper that waits to be seen */
    struct str id, names, file_name;
    struct date on;
    struct href file;
    bool has_file, is_own;
};
struct meeting_sign_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks, marks_seen;
    struct href action, seen, paper, back, minutes;
    struct str mark, title;
    bool is_changed; /* something was written since it was looked at */
    struct meeting_state_view state;
    const struct meeting_item_row *items;
    size_t nitems;
    int64_t undecided;
    struct meeting_room room;
    bool is_too_early, has_people;
    struct str hours; /* from when to when; "" */
    bool has_ended, may_write;
    struct href ended;
    bool may_sign, may_paper;
    const struct meeting_minutes_row *former;
    size_t nformer;
    struct meeting_paper_view waiting;
    bool has_waiting;
    const struct meeting_line *signed_facts;
    size_t nsigned;
    struct href signed_file;
    bool has_signed_file;
};
struct meeting_bring_view {
    struct meeting_head head;
    struct form_errors errors;
    struct form_marks marks;
    struct href action, back, minutes;
    struct file_field file;
    struct field names;
    struct date_field signed_on;
};

#endif
