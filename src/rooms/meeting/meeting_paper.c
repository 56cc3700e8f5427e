/* meeting_paper.c — the papers of a meeting (PDF): the invitation with its agenda, the sheet that people sign
 * when they come, and the minutes. The minutes say how the meeting was signed, and are marked until a later
 * meeting has confirmed them. They print what the pages show, for whoever may see those. */
#include "app/papers.h"
#include "rooms/meeting/meeting_ask.h"

#define SHEET_SPARE 5 /* empty rows, for who is not on the list */
#define SHEET_ROOM  STR("\n ") /* two lines high: a hand needs the room */

struct meeting_paper {
    struct rq *rq;
    struct paper *p;
    struct meeting_here here;
    struct meeting_person *people;
    size_t npeople;
    struct meeting_item *items;
    size_t nitems;
    const struct meeting_item_row *rows;
    const struct meeting_minutes_row *former;
    size_t nformer;
};

static enum err paper_read(struct rq *rq, struct meeting_paper *x)
{
    *x = (struct meeting_paper){.rq = rq};
    TRY(meeting_here_read(rq, &x->here));
    TRY(meeting_people(rq->db, rq->arena, x->here.m.id, &x->people, &x->npeople));
    TRY(meeting_items(rq->db, rq->arena, x->here.m.id, &x->items, &x->nitems));
    x->rows = meeting_item_rows(rq, &x->here, x->items, x->nitems);
    return meeting_former_rows(rq, &x->here, &x->former, &x->nformer);
}

static struct str fund_name(const struct meeting_paper *x)
{
    return papers_fund(x->rq, x->here.name);
}

static void begin(struct meeting_paper *x, enum msg what, struct str mark)
{
    struct rq *rq = x->rq;
    struct str title = papers_word(rq, what), number = meeting_words(rq->arena, &x->here.m);
    struct paper_about about =
        papers_about(rq, title, fund_name(x), number, meeting_href(rq, &x->here, ""), x->here.is_demo);
    about.watermark = papers_join(rq, about.watermark, STR(" · "), mark);
    x->p = paper_begin(rq->arena, &about);
    paper_title(x->p, fund_name(x), title, PAPERS_SAY(rq, MSG_meeting_paper_name, number));
}

static enum err answer(struct meeting_paper *x, const char *kind)
{
    struct str name = str_printf(x->rq->arena, "%s-%.*s-%d-%lld", kind, STR_FMT(x->here.code), x->here.m.fy.v,
                                 (long long)x->here.m.number);
    return papers_answer(x->rq, x->p, name);
}

static struct str or_dots(struct str s)
{
    return str_is_none(s) || s.n == 0 ? STR("........................") : s;
}

static struct str item_line(const struct meeting_paper *x, const struct meeting_item_row *i)
{
    return str_printf(x->rq->arena, "%lld.%lld %.*s", (long long)i->head, (long long)i->number, STR_FMT(i->title));
}

static void head_line(struct meeting_paper *x, size_t head)
{
    paper_section(x->p, PAPERS_SAY(x->rq, MSG_meeting_paper_head, papers_int(x->rq, (int64_t)head + 1),
                                   meeting_agenda_name(x->rq, head)));
}

static struct str former_line(const struct meeting_paper *x, const struct meeting_minutes_row *m)
{
    return PAPERS_SAY(x->rq, MSG_meeting_minutes_of, m->words, papers_date(x->rq, m->held_on));
}

/* ---- the invitation ---- */

static void put_agenda(struct meeting_paper *x)
{
    for (size_t h = 0, at = 0; h < MEETING_HEADS; h++) {
        head_line(x, h);
        for (size_t i = 0; h == 1 && i < x->nformer; i++) paper_para(x->p, former_line(x, &x->former[i]));
        for (; at < x->nitems && x->rows[at].head == (int64_t)h + 1; at++) {
            paper_para(x->p, item_line(x, &x->rows[at]));
            if (x->rows[at].about.n > 0) paper_para(x->p, x->rows[at].about);
        }
    }
}

enum err meeting_invitation_pdf(struct rq *rq)
{
    struct meeting_paper x;
    TRY(paper_read(rq, &x));
    const struct meeting *m = &x.here.m;
    begin(&x, MSG_meeting_invitation_title, STR(""));
    paper_right(x.p, papers_word(rq, MSG_meeting_paper_dated));
    paper_field(x.p, papers_word(rq, MSG_meeting_paper_subject),
                PAPERS_SAY(rq, MSG_meeting_paper_invites, meeting_words(rq->arena, m)));
    paper_field(x.p, papers_word(rq, MSG_meeting_paper_dear), papers_word(rq, MSG_meeting_paper_members));
    paper_gap(x.p);
    paper_para(x.p, PAPERS_SAY(rq, MSG_meeting_paper_calls, fund_name(&x), meeting_words(rq->arena, m),
                               papers_date(rq, m->held_on), or_dots(m->began), or_dots(m->place)));
    put_agenda(&x);
    paper_gap(x.p);
    paper_para(x.p, papers_word(rq, MSG_meeting_paper_please));
    papers_signs(rq, x.p,
                 &(struct paper_sign){.role = papers_word(rq, MSG_meeting_paper_regards), .position = papers_word(rq, MSG_role_chair)}, 1);
    return answer(&x, "invitation");
}

/* ---- the signing sheet ---- */

static void sheet_row(struct meeting_paper *x, size_t i)
{
    struct str name = STR(""), title = STR("");
    if (i < x->npeople) name = x->people[i].name;
    if (i < x->npeople && !str_is_none(x->people[i].title)) title = x->people[i].title;
    PAPERS_ROW(x->rq, x->p, PAPER_ROW, papers_int(x->rq, (int64_t)i + 1), name, title, SHEET_ROOM, STR(""));
}

enum err meeting_sheet_pdf(struct rq *rq)
{
    struct meeting_paper x;
    struct str copied = STR_NONE;
    TRY(paper_read(rq, &x));
    if (x.npeople == 0) TRY(meeting_people_offered(rq, &x.here, &x.people, &x.npeople, &copied));
    const struct meeting *m = &x.here.m;
    begin(&x, MSG_meeting_sheet_title, STR(""));
    paper_field(x.p, papers_word(rq, MSG_meeting_held_on), papers_date(rq, m->held_on));
    papers_field(x.p, papers_word(rq, MSG_meeting_began), m->began);
    papers_field(x.p, papers_word(rq, MSG_meeting_place), m->place);
    paper_gap(x.p);
    papers_table(rq, x.p,
                 (const struct paper_col[]){{papers_word(rq, MSG_paper_row), PAPER_CENTRE, 8},
                                            {papers_word(rq, MSG_meeting_person_name), PAPER_LEFT, 34},
                                            {papers_word(rq, MSG_meeting_person_title), PAPER_LEFT, 24},
                                            {papers_word(rq, MSG_meeting_sheet_signature), PAPER_LEFT, 22},
                                            {papers_word(rq, MSG_meeting_sheet_note), PAPER_LEFT, 12}},
                 5);
    for (size_t i = 0; i < x.npeople + SHEET_SPARE; i++) sheet_row(&x, i);
    return answer(&x, "sheet");
}

/* ---- the minutes ---- */

enum seat { SEAT_VOTERS, SEAT_OTHERS, SEAT_AWAY };

static bool sits_as(const struct meeting_person *p, enum seat seat)
{
    if (seat == SEAT_AWAY) return !p->is_present && p->is_voter;
    return p->is_present && p->is_voter == (seat == SEAT_VOTERS);
}

static void put_who(struct meeting_paper *x, enum seat seat, enum msg title)
{
    bool is_begun = false;
    for (size_t i = 0; i < x->npeople; i++) {
        const struct meeting_person *p = &x->people[i];
        if (!sits_as(p, seat)) continue;
        if (!is_begun) paper_section(x->p, papers_word(x->rq, title));
        is_begun = true;
        paper_numbered(x->p, papers_join(x->rq, p->name, STR("  "), str_is_none(p->title) ? STR("") : p->title));
    }
}

static void put_quorum(struct meeting_paper *x)
{
    struct rq *rq = x->rq;
    struct meeting_quorum q = meeting_quorum_of(x->people, x->npeople);
    if (q.voters == 0) return;
    paper_gap(x->p);
    paper_para(x->p, PAPERS_SAY(rq, q.is_met ? MSG_meeting_quorum_met : MSG_meeting_paper_short, papers_int(rq, q.present),
                                papers_int(rq, q.voters), papers_int(rq, q.needed)));
}

static void put_item(struct meeting_paper *x, const struct meeting_item_row *i)
{
    struct rq *rq = x->rq;
    paper_para(x->p, item_line(x, i));
    if (i->about.n > 0 && !i->is_about_said) paper_para(x->p, i->about);
    if (i->left.n > 0) paper_para(x->p, PAPERS_SAY(rq, MSG_meeting_left_names, i->left));
    if (i->is_thing && !i->is_decided) paper_para(x->p, papers_word(rq, MSG_meeting_item_waits));
    if (i->is_plan && i->is_decided)
        paper_para(x->p, PAPERS_SAY(rq, MSG_meeting_paper_resolved, papers_word(rq, i->is_agreed ? MSG_meeting_agree : MSG_meeting_refuse)));
    if (i->words.n > 0 && i->is_thing && !i->is_plan) paper_para(x->p, PAPERS_SAY(rq, MSG_meeting_paper_resolved, i->words));
    else if (i->words.n > 0) paper_para(x->p, i->words);
}

static void put_decisions(struct meeting_paper *x)
{
    struct rq *rq = x->rq;
    for (size_t h = 0, at = 0; h < MEETING_HEADS; h++) {
        size_t before = at, nconfirmed = 0;
        head_line(x, h);
        for (size_t i = 0; h == 1 && i < x->nformer; i++) {
            if (!x->former[i].is_here) continue;
            nconfirmed++;
            paper_para(x->p, PAPERS_SAY(rq, MSG_meeting_paper_confirms, x->former[i].words, papers_date(rq, x->former[i].held_on)));
        }
        for (; at < x->nitems && x->rows[at].head == (int64_t)h + 1; at++) put_item(x, &x->rows[at]);
        if (at == before && nconfirmed == 0) paper_para(x->p, papers_word(rq, MSG_meeting_paper_nothing));
    }
}

/* How it was signed; on a paper that is still to be signed, where. */
static enum err put_signing(struct meeting_paper *x)
{
    struct str signer = STR_NONE;
    struct rq *rq = x->rq;
    const struct meeting *m = &x->here.m;
    TRY(meeting_signer(rq, m, &signer));
    paper_gap(x->p);
    if (m->state == MEETING_SIGNED && m->signed_on.has) {
        bool is_paper = str_eq(m->signed_how, STR("paper"));
        paper_field(x->p, papers_word(rq, MSG_meeting_signed),
                    !str_is_none(signer) ? signer : PAPERS_SAY(rq, is_paper ? MSG_meeting_signed_paper : MSG_meeting_signed_login, papers_date(rq, m->signed_on.v)));
        if (!str_is_none(m->signed_names)) papers_field(x->p, papers_word(rq, MSG_meeting_signed_names), m->signed_names);
    }
    struct str chair = str_is_none(m->chaired_by) ? STR("") : m->chaired_by;
    papers_signs(rq, x->p,
                 (const struct paper_sign[]){{.role = papers_word(rq, MSG_meeting_paper_writer), .position = papers_word(rq, MSG_role_secretary)},
                                             {.role = papers_word(rq, MSG_meeting_paper_chair), .name = chair, .position = papers_word(rq, MSG_meeting_chaired_by)}},
                 2);
    return ERR_OK;
}

enum err meeting_minutes_pdf(struct rq *rq)
{
    struct meeting_paper x;
    TRY(paper_read(rq, &x));
    const struct meeting *m = &x.here.m;
    begin(&x, MSG_meeting_minutes_title, m->is_confirmed ? STR("") : papers_word(rq, MSG_meeting_paper_mark));
    paper_field(x.p, papers_word(rq, MSG_meeting_held_on), papers_date(rq, m->held_on));
    papers_field(x.p, papers_word(rq, MSG_meeting_place), m->place);
    if (m->is_entered_later) paper_note(x.p, papers_word(rq, MSG_meeting_entered_later));
    paper_note(x.p, m->is_confirmed ? PAPERS_SAY(rq, MSG_meeting_paper_confirmed, m->confirmed_words)
                                    : papers_word(rq, MSG_meeting_paper_unconfirmed));
    put_who(&x, SEAT_VOTERS, MSG_meeting_paper_voters);
    put_who(&x, SEAT_AWAY, MSG_meeting_paper_away);
    put_who(&x, SEAT_OTHERS, MSG_meeting_paper_others);
    put_quorum(&x);
    papers_field(x.p, papers_word(rq, MSG_meeting_began), m->began);
    put_decisions(&x);
    papers_field(x.p, papers_word(rq, MSG_meeting_ended), m->ended);
    TRY(put_signing(&x));
    return answer(&x, "minutes");
}
