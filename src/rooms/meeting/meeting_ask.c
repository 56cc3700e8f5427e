/* meeting_ask.c — see meeting_ask.h. */
#include "rooms/meeting/meeting_ask.h"

#include "app/route.h"

#define FORMER_MAX 20

enum err meeting_here_fund(struct rq *rq, struct meeting_here *ret)
{
    struct meeting_fund_head_row fund = {0};
    TRY(meeting_fund_head(rq->db, rq->arena, rq->args[0], &fund));
    *ret = (struct meeting_here){.fund = fund.id,
                                 .code = fund.code,
                                 .name = lang_name(rq->page.lang, fund.name_th, fund.name_en),
                                 .is_demo = fund.is_demo,
                                 .may_write = rq_role_holds(rq, CAP_meeting_write),
                                 .may_sign = rq_role_holds(rq, CAP_meeting_sign),
                                 .may_paper = rq_role_holds(rq, CAP_meeting_paper)};
    return ERR_OK;
}

enum err meeting_here_read(struct rq *rq, struct meeting_here *ret)
{
    TRY(meeting_here_fund(rq, ret));
    return meeting_find(rq->db, rq->arena, ret->code, rq->args[1], &ret->m);
}

struct href meeting_href(struct rq *rq, const struct meeting_here *here, const char *tail)
{
    struct str pattern = str_printf(rq->arena, "/funds/{}/meetings/{}%s", tail);
    return HREF(rq->arena, str_z(rq->arena, pattern), here->code, meeting_ref(rq->arena, &here->m));
}

struct href meeting_list_href(struct rq *rq, const struct meeting_here *here)
{
    return HREF(rq->arena, "/funds/{}/meetings", here->code);
}

struct str meeting_title(struct rq *rq, const struct meeting *m)
{
    return MSG_FORMAT(rq->arena, rq->page.lang, MSG_meeting_name, meeting_words(rq->arena, m));
}

struct meeting_head meeting_head_of(struct rq *rq, const struct meeting_here *here, struct str last)
{
    struct meeting_head head = {.fund = here->name,
                                .code = here->code,
                                .fund_href = HREF(rq->arena, "/funds/{}", here->code),
                                .is_demo = here->is_demo};
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 4);
    crumbs[head.ncrumbs++] = (struct crumb){here->name, head.fund_href};
    crumbs[head.ncrumbs++] = (struct crumb){msg_text(MSG_meeting_list, rq->page.lang), meeting_list_href(rq, here)};
    if (!id_is_none(here->m.id))
        crumbs[head.ncrumbs++] = (struct crumb){meeting_title(rq, &here->m), meeting_href(rq, here, "")};
    if (!str_is_none(last)) crumbs[head.ncrumbs++] = (struct crumb){.label = last};
    head.crumbs = crumbs;
    return head;
}

struct meeting_state_view meeting_state_of(const struct meeting *m)
{
    return (struct meeting_state_view){.is_called = m->state == MEETING_CALLED,
                                       .is_held = m->state == MEETING_HELD,
                                       .is_signed = m->state == MEETING_SIGNED,
                                       .is_cancelled = m->state == MEETING_CANCELLED,
                                       .is_confirmed = m->is_confirmed,
                                       .confirmed_in = m->confirmed_words,
                                       .is_by_paper = str_eq(m->signed_how, STR("paper"))};
}

struct str meeting_date_text(struct rq *rq, struct date d)
{
    return html_arg_date(&rq->page, d);
}

struct str meeting_hours(struct rq *rq, const struct meeting *m)
{
    if (str_is_empty(m->ended)) return m->began;
    struct str began = str_is_empty(m->began) ? STR("") : m->began;
    return str_concat(rq->arena, (const struct str[]){began, STR(" – "), m->ended}, 3);
}

enum msg meeting_why_shut(const struct rq *rq, const struct meeting *m)
{
    if (m->state == MEETING_CANCELLED) return MSG_meeting_is_cancelled;
    return meeting_is_open(m) && !meeting_is_begun(m, rq->today) ? MSG_meeting_too_early : MSG_meeting_is_signed;
}

enum err meeting_done(struct rq *rq, const struct meeting_here *here, const char *done)
{
    if (rq_is_api(rq)) return meeting_answer_api(rq, here, 200);
    return rq_redirect(rq, meeting_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "?done=%s", done))));
}

/* ---- the agenda ---- */

const char *const meeting_agendas[MEETING_HEADS] = {"inform", "confirm", "follow", "know", "consider", "other"};

struct str meeting_agenda_name(struct rq *rq, size_t head)
{
    static const enum msg names[MEETING_HEADS] = {MSG_meeting_agenda_inform, MSG_meeting_agenda_confirm,
                                                  MSG_meeting_agenda_follow, MSG_meeting_agenda_know,
                                                  MSG_meeting_agenda_consider, MSG_meeting_agenda_other};
    return msg_text(names[head], rq->page.lang);
}

size_t meeting_agenda_of(struct str code)
{
    size_t i = 0;
    while (i < MEETING_HEADS - 1 && !str_eq(code, str_of(meeting_agendas[i]))) i++;
    return i;
}

struct str meeting_left_names(struct rq *rq, const struct meeting_item *item)
{
    struct str *parts = ARENA_ARRAY(rq->arena, struct str, 5 * item->nleft + 1);
    size_t n = 0;
    for (size_t i = 0; i < item->nleft; i++) {
        if (i > 0) parts[n++] = STR(", ");
        parts[n++] = item->left[i].name;
        if (str_is_empty(item->left[i].why_left)) continue;
        parts[n++] = STR(" (");
        parts[n++] = item->left[i].why_left;
        parts[n++] = STR(")");
    }
    return n == 0 ? STR("") : str_concat(rq->arena, parts, n);
}

bool meeting_thing_href(struct rq *rq, const struct meeting_here *here, const struct meeting_item *item, struct href *ret)
{
    if (meeting_item_is_plan(item)) {
        *ret = HREF(rq->arena, "/funds/{}/plans/item/{}", here->code, meeting_int_text(rq->arena, item->id.v));
        return true;
    }
    if (!str_starts(item->thing, STR("project"))) return false;
    *ret = HREF(rq->arena, "/funds/{}/decisions/{}", here->code, meeting_int_text(rq->arena, item->id.v));
    return true;
}

const struct meeting_item_row *meeting_item_rows(struct rq *rq, const struct meeting_here *here,
                                                 const struct meeting_item *items, size_t n)
{
    struct meeting_item_row *rows = ARENA_ARRAY(rq->arena, struct meeting_item_row, n);
    for (size_t i = 0; i < n; i++) {
        const char *id = str_z(rq->arena, meeting_int_text(rq->arena, items[i].id.v));
        rows[i] = (struct meeting_item_row){
            .head = (int64_t)meeting_agenda_of(items[i].agenda) + 1,
            .number = 1,
            .title = items[i].title,
            .about = str_is_none(items[i].about) ? STR("") : items[i].about,
            .words = str_is_none(items[i].words) ? STR("") : items[i].words,
            .left = meeting_left_names(rq, &items[i]),
            .is_about_said = str_eq(items[i].thing, STR("project_change")) && meeting_item_is_decided(&items[i]),
            .is_thing = !str_is_none(items[i].thing),
            .is_plan = meeting_item_is_plan(&items[i]),
            .is_decided = meeting_item_is_decided(&items[i]),
            .is_agreed = str_eq(items[i].outcome, STR("agree")),
            .edit = meeting_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "/items?item=%s", id))),
            .leave = meeting_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "/left?item=%s", id)))};
        rows[i].has_thing_href = meeting_thing_href(rq, here, &items[i], &rows[i].thing);
        if (i > 0 && rows[i].head == rows[i - 1].head) rows[i].number = rows[i - 1].number + 1;
    }
    return rows;
}

enum err meeting_signer(struct rq *rq, const struct meeting *m, struct str *ret)
{
    struct meeting_sign *signs = NULL;
    size_t n = 0;
    *ret = STR_NONE;
    if (m->state != MEETING_SIGNED || !str_eq(m->signed_how, STR("login"))) return ERR_OK;
    TRY(meeting_sign_list(rq->db, rq->arena, "meeting", m->id.v, &signs, &n));
    for (size_t i = 0; i < n; i++) {
        struct str name = STR_NONE;
        if (signs[i].id.v != m->sign.v) continue;
        TRY(guard_names(rq->db, rq->arena, &signs[i].entered_by, 1, &name));
        if (str_is_none(name)) return ERR_OK; /* erased since, or a machine of the demo */
        *ret = MSG_FORMAT(rq->arena, rq->page.lang, MSG_meeting_signed_line, name, msg_text(MSG_role_chair, rq->page.lang),
                          html_arg_instant(&rq->page, signs[i].recorded_at));
    }
    return ERR_OK;
}

struct meeting_room meeting_room_of(const struct meeting_person *people, size_t n)
{
    struct meeting_quorum q = meeting_quorum_of(people, n);
    struct meeting_room r = {.persons = (int64_t)n, .voters = q.voters, .voters_present = q.present, .needed = q.needed, .is_met = q.is_met};
    for (size_t i = 0; i < n; i++) r.present += people[i].is_present;
    return r;
}

enum err meeting_former_rows(struct rq *rq, const struct meeting_here *here, const struct meeting_minutes_row **ret, size_t *ret_n)
{
    struct meeting_to_confirm_row *open = NULL;
    struct meeting_confirmed_here_row *done = NULL;
    bool is_signed = here->m.state == MEETING_SIGNED;
    size_t n = 0;
    if (is_signed) TRY(meeting_confirmed_here(rq->db, rq->arena, here->m.id, FORMER_MAX, &done, &n));
    else TRY(meeting_to_confirm(rq->db, rq->arena, here->fund, here->m.held_on, here->m.id, FORMER_MAX, &open, &n));
    struct meeting_minutes_row *rows = ARENA_ARRAY(rq->arena, struct meeting_minutes_row, n);
    for (size_t i = 0; i < n; i++) {
        struct meeting_here former = *here;
        former.m = is_signed ? (struct meeting){.id = done[i].id, .fy = done[i].fy, .number = done[i].number, .held_on = done[i].held_on}
                             : (struct meeting){.id = open[i].id, .fy = open[i].fy, .number = open[i].number, .held_on = open[i].held_on};
        rows[i] = (struct meeting_minutes_row){.words = meeting_words(rq->arena, &former.m),
                                               .held_on = former.m.held_on,
                                               .href = meeting_href(rq, &former, ""),
                                               .id = meeting_ref(rq->arena, &former.m),
                                               .is_here = is_signed || open[i].confirmed_in.v == here->m.id.v};
    }
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

/* ---- who is offered ---- */

static struct str role_title(struct rq *rq, struct str role)
{
    if (str_eq(role, STR("chair"))) return msg_text(MSG_meeting_seat_chair, rq->page.lang);
    if (str_eq(role, STR("member"))) return msg_text(MSG_meeting_seat_member, rq->page.lang);
    return msg_text(str_eq(role, STR("secretary")) ? MSG_meeting_seat_secretary : MSG_meeting_seat_officer, rq->page.lang);
}

static enum err offer_committee(struct rq *rq, const struct meeting_here *here, struct meeting_person **ret, size_t *ret_n,
                                struct str *ret_from)
{
    struct meeting_committee_of_row *rows = NULL;
    size_t n = 0;
    TRY(meeting_committee_of(rq->db, rq->arena, here->fund, rq->today, MEETING_PEOPLE_MAX, &rows, &n));
    struct meeting_person *people = ARENA_ARRAY(rq->arena, struct meeting_person, n);
    for (size_t i = 0; i < n; i++) {
        bool is_staff = str_eq(rows[i].role, STR("officer"));
        people[i] = (struct meeting_person){.name = rows[i].name, .title = role_title(rq, rows[i].role), .is_voter = !is_staff};
    }
    *ret_from = n > 0 ? msg_text(MSG_meeting_people_committee, rq->page.lang) : STR_NONE;
    *ret = people;
    *ret_n = n;
    return ERR_OK;
}

enum err meeting_people_offered(struct rq *rq, const struct meeting_here *here, struct meeting_person **ret, size_t *ret_n,
                                struct str *ret_from)
{
    struct meeting_before_row last = {0};
    struct meeting former = {0};
    enum err e = meeting_before(rq->db, rq->arena, here->fund, here->m.id, here->m.held_on, &last);
    if (e == ERR_NOT_FOUND) return offer_committee(rq, here, ret, ret_n, ret_from);
    TRY(e);
    TRY(meeting_get(rq->db, rq->arena, last.id, &former));
    TRY(meeting_people(rq->db, rq->arena, last.id, ret, ret_n));
    for (size_t i = 0; i < *ret_n; i++) {
        (*ret)[i].id.v = 0;
        (*ret)[i].is_present = false;
    }
    *ret_from = MSG_FORMAT(rq->arena, rq->page.lang, MSG_meeting_people_copied, meeting_words(rq->arena, &former));
    return ERR_OK;
}
