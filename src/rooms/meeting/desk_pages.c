/* desk_pages.c — a meeting's own page: the secretary's desk before, at and after the meeting. Everything
 * that is to be done is reached from here; the page of a signed meeting is its minutes. */
#include "rooms/meeting.html.h"
#include "rooms/meeting/meeting_ask.h"

static struct str said_of(struct rq *rq)
{
    static const struct {
        const char *word;
        enum msg message;
    } words[] = {{"called", MSG_meeting_said_called},   {"edited", MSG_meeting_said_edited},
                 {"people", MSG_meeting_said_people},   {"item", MSG_meeting_said_item},
                 {"dropped", MSG_meeting_said_dropped}, {"left", MSG_meeting_said_left},
                 {"confirm", MSG_meeting_said_confirm}, {"signed", MSG_meeting_said_signed},
                 {"cancelled", MSG_meeting_said_cancelled}};
    struct str done = rq_param(rq, "done");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(done, str_of(words[i].word))) return msg_text(words[i].message, rq->page.lang);
    return STR("");
}

static void fact(struct meeting_desk_view *v, struct meeting_line *facts, struct str label, struct str value)
{
    if (value.n > 0) facts[v->nfacts++] = (struct meeting_line){label, value};
}

static enum err fill_facts(struct rq *rq, const struct meeting *m, struct meeting_desk_view *v)
{
    struct str signer = STR_NONE;
    TRY(meeting_signer(rq, m, &signer));
    enum lang lang = rq->page.lang;
    struct meeting_line *facts = ARENA_ARRAY(rq->arena, struct meeting_line, 8);
    fact(v, facts, msg_text(MSG_meeting_held_on, lang), meeting_date_text(rq, m->held_on));
    fact(v, facts, msg_text(MSG_meeting_hours, lang), meeting_hours(rq, m));
    fact(v, facts, msg_text(MSG_meeting_place, lang), m->place);
    fact(v, facts, msg_text(MSG_meeting_chaired_by, lang), m->chaired_by);
    if (m->state == MEETING_SIGNED && m->signed_on.has) {
        enum msg how = str_eq(m->signed_how, STR("paper")) ? MSG_meeting_signed_paper : MSG_meeting_signed_login;
        fact(v, facts, msg_text(MSG_meeting_signed, lang),
             !str_is_none(signer) ? signer : MSG_FORMAT(rq->arena, lang, how, meeting_date_text(rq, m->signed_on.v)));
        fact(v, facts, msg_text(MSG_meeting_signed_names, lang), m->signed_names);
    }
    v->facts = facts;
    return ERR_OK;
}

static void fill_people(struct rq *rq, const struct meeting_person *people, size_t n, struct meeting_desk_view *v)
{
    struct meeting_person_row *rows = ARENA_ARRAY(rq->arena, struct meeting_person_row, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct meeting_person_row){people[i].name, str_is_none(people[i].title) ? STR("") : people[i].title,
                                              people[i].is_present, people[i].is_voter};
    v->persons = rows;
    v->npersons = n;
    v->room = meeting_room_of(people, n);
}

static void fill_agenda(struct rq *rq, const struct meeting_here *here, const struct meeting_item *items, size_t n,
                        struct meeting_desk_view *v)
{
    struct meeting_agenda *heads = ARENA_ARRAY(rq->arena, struct meeting_agenda, MEETING_HEADS);
    const struct meeting_item_row *rows = meeting_item_rows(rq, here, items, n);
    for (size_t h = 0, at = 0; h < MEETING_HEADS; h++) {
        const char *add = str_z(rq->arena, str_printf(rq->arena, "/items?agenda=%s", meeting_agendas[h]));
        heads[h] = (struct meeting_agenda){.head = (int64_t)h + 1,
                                           .code = str_of(meeting_agendas[h]),
                                           .title = meeting_agenda_name(rq, h),
                                           .is_confirm = h == 1,
                                           .items = rows + at,
                                           .add = meeting_href(rq, here, add)};
        while (at < n && rows[at].head == heads[h].head) at++, heads[h].nitems++;
    }
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].is_decided && v->undecided++ == 0) {
            v->decide = rows[i].has_thing_href && !rows[i].is_plan ? rows[i].thing : rows[i].edit;
            v->decide_title = rows[i].title;
        }
    }
    v->agenda = heads;
}

static void fill_hrefs(struct rq *rq, const struct meeting_here *here, struct meeting_desk_view *v)
{
    v->edit = meeting_href(rq, here, "/edit");
    v->ended = meeting_href(rq, here, "/edit#ended");
    v->cancel = meeting_href(rq, here, "/cancel");
    v->people = meeting_href(rq, here, "/people");
    v->sign = meeting_href(rq, here, "/sign");
    v->proposals = meeting_href(rq, here, "/proposals");
    v->confirm = meeting_href(rq, here, "/confirm");
    v->invitation = meeting_href(rq, here, "/invitation.pdf");
    v->sheet = meeting_href(rq, here, "/sheet.pdf");
    v->minutes = meeting_href(rq, here, "/minutes.pdf");
    v->letters = meeting_href(rq, here, "/letters.pdf");
    v->list = meeting_list_href(rq, here);
}

static enum err desk_show(struct form *f, const struct meeting_here *here)
{
    struct rq *rq = f->rq;
    struct meeting_person *people = NULL;
    struct meeting_item *items = NULL;
    struct meeting_sign *signs = NULL;
    size_t npeople = 0, nitems = 0, nsigns = 0;
    struct meeting_desk_view v = {.head = meeting_head_of(rq, here, STR_NONE),
                                  .title = meeting_title(rq, &here->m),
                                  .said = said_of(rq),
                                  .errors = form_errors(f),
                                  .state = meeting_state_of(&here->m),
                                  .may_write = here->may_write && meeting_is_open(&here->m),
                                  .may_sign = here->may_sign,
                                  .has_ended = !str_is_empty(here->m.ended),
                                  .cancel_reason = str_is_none(here->m.cancel_reason) ? STR("") : here->m.cancel_reason,
                                  .is_entered_later = here->m.is_entered_later};
    TRY(meeting_people(rq->db, rq->arena, here->m.id, &people, &npeople));
    TRY(meeting_items(rq->db, rq->arena, here->m.id, &items, &nitems));
    if (here->m.state == MEETING_HELD) TRY(meeting_sign_list(rq->db, rq->arena, "meeting", here->m.id.v, &signs, &nsigns));
    v.state.waits_for_seen = nsigns > 0;
    v.may_record = here->may_write && meeting_is_begun(&here->m, rq->today);
    if (v.may_write) v.marks = form_marks(rq);
    TRY(fill_facts(rq, &here->m, &v));
    fill_people(rq, people, npeople, &v);
    fill_agenda(rq, here, items, nitems, &v);
    TRY(meeting_former_rows(rq, here, &v.former, &v.nformer));
    fill_hrefs(rq, here, &v);
    meeting_desk_html(rq_html_begin(rq, v.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err meeting_desk_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct meeting_here here;
    TRY(meeting_here_read(rq, &here));
    return desk_show(&f, &here);
}

/* ---- confirming the minutes of a former meeting: {former: "2570-2", confirmed} ---- */

enum err meeting_confirm_post(struct rq *rq)
{
    struct form f;
    struct meeting_here here;
    struct meeting former = {0};
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &f));
    TRY(meeting_here_read(rq, &here));
    struct str ref = form_line(&f, "former", FORM_MUST, MEETING_LINE_MAX);
    bool is_confirmed = form_tick(&f, "confirmed");
    enum err e = form_is_good(&f) ? meeting_find(rq->db, rq->arena, here.code, ref, &former) : ERR_OK;
    if (e == ERR_NOT_FOUND) form_fault_msg(&f, "former", MSG_form_not_among);
    else TRY(e);
    if (form_is_good(&f)) {
        e = meeting_confirm(rq->db, rq->arena, &by, here.m.id, former.id, is_confirmed);
        if (e == ERR_OK) return meeting_done(rq, &here, "confirm");
        if (e != ERR_REFUSED) return e;
        form_fault_msg(&f, "former", meeting_is_begun(&here.m, rq->today) ? MSG_meeting_confirm_refused : meeting_why_shut(rq, &here.m));
    }
    if (rq_is_api(rq)) return form_refuse_api(&f);
    form_page_status(&f, 400);
    return desk_show(&f, &here);
}
