/* note_pages.c — what mentors and the office said of a proposal, beside the part that it is about; and the answer of
 * whoever writes it. */
#include "app/route.h"
#include "rooms/project/project_ask.h"

static const struct {
    const char *section;
    enum project_page page;
} places[] = {{"head", PROJECT_PAGE_HEAD}, {"issues", PROJECT_PAGE_PLAN}, {"people", PROJECT_PAGE_PEOPLE},
              {"situation", PROJECT_PAGE_SITUATION}, {"objectives", PROJECT_PAGE_OBJECTIVES}, {"targets", PROJECT_PAGE_TARGETS},
              {"activities", PROJECT_PAGE_ACTIVITIES}, {"budget", PROJECT_PAGE_BUDGET}, {"expected", PROJECT_PAGE_EXPECTED}};
#define NPLACES (sizeof places / sizeof places[0])

struct str project_section_word(struct rq *rq, struct str section)
{
    for (size_t i = 0; i < NPLACES; i++)
        if (str_eq(section, str_of(places[i].section))) return project_page_title(rq, places[i].page);
    return msg_text(MSG_project_note_all, rq->page.lang);
}

static struct project_note_view view_of(struct rq *rq, const struct project_here *here, const struct project_note *n)
{
    struct opt_date on = {true, instant_date(n->at)}, answered = {n->answered_at.has, instant_date(n->answered_at.v)};
    const char *tail = str_z(rq->arena, str_printf(rq->arena, "/notes/%lld/answered", (long long)n->id.v));
    bool may_answer = here->may_write && !n->answered_at.has;
    struct project_note_view v = {.code = n->section,
                                  .section = project_section_word(rq, n->section),
                                  .words = n->words,
                                  .who = str_is_none(n->name) ? msg_text(MSG_project_note_somebody, rq->page.lang) : n->name,
                                  .at = project_day_text(rq, on),
                                  .answer = str_is_none(n->answer) ? STR("") : n->answer,
                                  .answered = project_day_text(rq, answered),
                                  .is_answered = n->answered_at.has,
                                  .may_answer = may_answer,
                                  .action = project_href(rq, &here->p, tail)};
    if (may_answer) v.marks = form_marks(rq);
    return v;
}

enum err project_notes_shown(struct rq *rq, const struct project_here *here, struct project_note_view **ret, size_t *ret_n)
{
    struct project_note *notes = NULL;
    size_t n = 0;
    TRY(project_notes(rq->db, rq->arena, here->p.id, &notes, &n));
    struct project_note_view *shown = ARENA_ARRAY(rq->arena, struct project_note_view, n);
    for (size_t i = 0; i < n; i++) shown[i] = view_of(rq, here, &notes[i]);
    *ret = shown;
    *ret_n = n;
    return ERR_OK;
}

/* A small project is written on one page, which every note is about. */
static bool is_on(struct str section, enum project_page page)
{
    if (page == PROJECT_PAGE_ONE) return true;
    for (size_t i = 0; i < NPLACES; i++)
        if (places[i].page == page && str_eq(section, str_of(places[i].section))) return true;
    return false;
}

size_t project_notes_of_page(struct rq *rq, const struct project_note_view *all, size_t n, enum project_page page,
                             const struct project_note_view **ret)
{
    struct project_note_view *mine = ARENA_ARRAY(rq->arena, struct project_note_view, n);
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (is_on(all[i].code, page)) mine[found++] = all[i];
    *ret = mine;
    return found;
}

/* ---- the answer ---- */

enum err project_note_answered_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    struct project_note_id note = {0};
    struct actor by = rq_actor(rq);
    TRY(project_here_write(rq, &here));
    if (str_to_int(rq->args[2], &note.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(form_begin(rq, &f));
    struct str words = form_text(&f, "answer", FORM_MAY, PROJECT_WORDS_MAX);
    if (!form_is_good(&f) && rq_is_api(rq)) return form_refuse_api(&f);
    if (!form_is_good(&f)) return rq_redirect(rq, project_href(rq, &here.p, "?done=long"));
    enum err e = project_note_answer(rq->db, rq->arena, &by, here.p.id, note, words);
    if (e == ERR_CONFLICT && rq_is_api(rq)) return form_conflict_api(rq);
    if (e != ERR_CONFLICT) TRY(e);
    if (!rq_is_api(rq)) return rq_redirect(rq, project_href(rq, &here.p, "?done=answered#notes-title"));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_bool(j, "done", true);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err project_note_answered_api(struct rq *rq)
{
    return project_note_answered_post(rq);
}
