/* meeting_api.c — meetings as JSON: the list, one with all that stands on its page, and the POST doors, which
 * are the pages' own handlers: the same rules, the same faults. */
#include "rooms/meeting/meeting_ask.h"

#define API_ROWS 100

static void json_meeting(struct rq *rq, struct json_out *j, const struct meeting *m)
{
    json_str(j, "ref", meeting_ref(rq->arena, m));
    json_int(j, "fiscal_year", m->fy.v);
    json_int(j, "number", m->number);
    json_date(j, "held_on", m->held_on);
    json_str(j, "began", m->began);
    json_str(j, "ended", m->ended);
    json_str(j, "place", m->place);
    json_str(j, "chaired_by", m->chaired_by);
    json_str(j, "state", str_of(meeting_state_code(m->state)));
    json_str(j, "cancel_reason", m->cancel_reason);
    json_bool(j, "is_confirmed", m->is_confirmed);
    json_str(j, "confirmed_in", m->confirmed_words);
    json_bool(j, "is_entered_later", m->is_entered_later);
    json_str(j, "signed_how", m->signed_how);
    json_str(j, "signed_names", m->signed_names);
    json_opt_date(j, "signed_on", m->signed_on);
    json_int(j, "version", m->version);
}

enum err meeting_list_api(struct rq *rq)
{
    struct meeting_here here;
    struct meeting *all = NULL, before = {0};
    size_t n = 0;
    struct str cursor = rq_param(rq, "cursor");
    TRY(meeting_here_fund(rq, &here));
    if (cursor.n > 0) {
        enum err e = meeting_find(rq->db, rq->arena, here.code, cursor, &before);
        if (e == ERR_NOT_FOUND) return rq_bad_param(rq, "cursor", MSG_error_cursor);
        TRY(e);
    }
    TRY(meeting_list(rq->db, rq->arena, here.fund, before.id, API_ROWS + 1, &all, &n));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n && i < API_ROWS; i++) {
        json_object(j, NULL);
        json_meeting(rq, j, &all[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "next", n > API_ROWS ? meeting_ref(rq->arena, &all[API_ROWS - 1]) : STR_NONE);
    json_object_end(j);
    return rq_json_end(rq);
}

static void json_people(struct json_out *j, const struct meeting_person *people, size_t n)
{
    json_array(j, "people");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "id", people[i].id.v);
        json_str(j, "name", people[i].name);
        json_str(j, "title", people[i].title);
        json_bool(j, "is_present", people[i].is_present);
        json_bool(j, "is_voter", people[i].is_voter);
        json_object_end(j);
    }
    json_array_end(j);
}

static void json_items(struct json_out *j, const struct meeting_item *items, size_t n)
{
    json_array(j, "agenda");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "id", items[i].id.v);
        json_str(j, "agenda", items[i].agenda);
        json_str(j, "title", items[i].title);
        json_str(j, "about", items[i].about);
        json_str(j, "words", items[i].words);
        json_str(j, "thing", items[i].thing);
        json_str(j, "outcome", items[i].outcome);
        json_bool(j, "is_decided", meeting_item_is_decided(&items[i]));
        json_array(j, "left");
        for (size_t k = 0; k < items[i].nleft; k++) {
            json_object(j, NULL);
            json_int(j, "id", items[i].left[k].id.v);
            json_str(j, "reason", items[i].left[k].why_left);
            json_object_end(j);
        }
        json_array_end(j);
        json_int(j, "version", items[i].version);
        json_object_end(j);
    }
    json_array_end(j);
}

/* Papers that were brought: which one waits to be seen. */
static void json_signs(struct json_out *j, const struct meeting_sign *signs, size_t n)
{
    json_array(j, "signs");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "id", signs[i].id.v);
        json_str(j, "how", signs[i].how);
        json_str(j, "names", signs[i].names);
        json_date(j, "signed_on", signs[i].signed_on);
        json_bool(j, "is_in_force", signs[i].is_in_force);
        json_object_end(j);
    }
    json_array_end(j);
}

/* As it stands now: what was written in this request is in it. */
enum err meeting_answer_api(struct rq *rq, const struct meeting_here *here, int status)
{
    struct meeting m = {0};
    struct meeting_person *people = NULL;
    struct meeting_item *items = NULL;
    struct meeting_sign *signs = NULL;
    struct str signer = STR_NONE; /* by log-in: the person, the seat, the moment; on paper: signed_names */
    size_t npeople = 0, nitems = 0, nsigns = 0;
    TRY(meeting_get(rq->db, rq->arena, here->m.id, &m));
    TRY(meeting_people(rq->db, rq->arena, m.id, &people, &npeople));
    TRY(meeting_items(rq->db, rq->arena, m.id, &items, &nitems));
    TRY(meeting_sign_list(rq->db, rq->arena, "meeting", m.id.v, &signs, &nsigns));
    TRY(meeting_signer(rq, &m, &signer));
    struct meeting_quorum q = meeting_quorum_of(people, npeople);
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "fund_code", here->code);
    json_meeting(rq, j, &m);
    json_str(j, "signed_by", signer);
    json_object(j, "quorum");
    json_int(j, "voters", q.voters);
    json_int(j, "present", q.present);
    json_int(j, "needed", q.needed);
    json_bool(j, "is_met", q.is_met);
    json_object_end(j);
    json_people(j, people, npeople);
    json_items(j, items, nitems);
    json_signs(j, signs, nsigns);
    json_str(j, "mark", meeting_mark(rq->arena, &m, items, nitems, people, npeople));
    json_object_end(j);
    rq->res->status = status;
    return rq_json_end(rq);
}

enum err meeting_api(struct rq *rq)
{
    struct meeting_here here;
    TRY(meeting_here_read(rq, &here));
    return meeting_answer_api(rq, &here, 200);
}

enum err meeting_call_api(struct rq *rq) { return meeting_call_post(rq); }
enum err meeting_edit_api(struct rq *rq) { return meeting_edit_post(rq); }
enum err meeting_cancel_api(struct rq *rq) { return meeting_cancel_post(rq); }
enum err meeting_people_api(struct rq *rq) { return meeting_people_post(rq); }
enum err meeting_item_api(struct rq *rq) { return meeting_item_post(rq); }
enum err meeting_left_api(struct rq *rq) { return meeting_left_post(rq); }
enum err meeting_confirm_api(struct rq *rq) { return meeting_confirm_post(rq); }
enum err meeting_sign_api(struct rq *rq) { return meeting_sign_post(rq); }
enum err meeting_paper_api(struct rq *rq) { return meeting_paper_post(rq); }
enum err meeting_seen_api(struct rq *rq) { return meeting_seen_post(rq); }
