/* edit_pages.c — writing a proposal: the first question, then a page after the other, each kept as a draft whichever
 * button is pressed; the review with what is missing; sending; taking back. The same by JSON. */
#include "base/baht_text.h"
#include "base/sha.h"
#include "json/json_in.h"
#include "rooms/project/project_fields.h"
#include "rooms/project_edit.html.h"
#include "rooms/project_sql.h"

#define COPIES 8
#define MORE   3

/* ---- the first question ---- */

static enum err new_suggestions(struct rq *rq, const struct project_here *here, struct project_form_view *v)
{
    struct project_planned_of_row *planned = NULL;
    struct project_row *mine = NULL;
    size_t nplanned = 0, nmine = 0;
    struct project_asked q = {.fund_code = here->fund.code, .state = -1, .most = COPIES};
    if (!here->may_decide) q = (struct project_asked){.account = {rq->who.account}, .state = -1, .most = COPIES};
    TRY(project_planned_of(rq->db, rq->arena, here->fund.id, rq->this_fy, &planned, &nplanned));
    TRY(project_list(rq->db, rq->arena, &q, &mine, &nmine));
    struct page_link *links = ARENA_ARRAY(rq->arena, struct page_link, nplanned + nmine);
    for (size_t i = 0; i < nplanned; i++)
        links[v->nsuggestions++] = (struct page_link){
            MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_from_planned, planned[i].title, project_money_text(rq, some_satang(planned[i].amount_satang))),
            HREF(rq->arena, "/funds/{}/projects/new?planned={}", here->fund.code, planned[i].title)};
    for (size_t i = 0; i < nmine; i++)
        if (str_eq(mine[i].fund_code, here->fund.code))
            links[v->nsuggestions++] = (struct page_link){MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_from_copy, mine[i].title),
                                                          HREF(rq->arena, "/funds/{}/projects/new?copy={}", here->fund.code, mine[i].slug)};
    v->suggestions = links;
    v->suggestions_title = msg_text(MSG_project_from_title, rq->page.lang);
    return ERR_OK;
}

static enum err new_show(struct form *f, const struct project_here *here, const struct project_begin *from, bool is_typed)
{
    struct rq *rq = f->rq;
    struct str title = msg_text(MSG_project_new_title, rq->page.lang);
    struct project_form_view v = {.head = project_head_of(rq, here, title),
                                  .errors = form_errors(f),
                                  .marks = form_marks(rq),
                                  .action = HREF(rq->arena, "/funds/{}/projects", here->fund.code),
                                  .stop = HREF(rq->arena, "/funds/{}", here->fund.code),
                                  .title = title,
                                  .lead = msg_text(MSG_project_new_lead, rq->page.lang),
                                  .is_new = true};
    if (!str_is_empty(from->copy))
        v.lead = MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_copy_lead, from->title,
                            str_is_empty(from->copy_code) ? from->copy : from->copy_code);
    TRY(project_fields_new(f, here, from, is_typed, &v));
    if (str_is_empty(from->planned) && str_is_empty(from->copy) && !is_typed) TRY(new_suggestions(rq, here, &v));
    project_form_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

static struct str plain_money(struct rq *rq, struct opt_satang v)
{
    struct buf b = buf_in(rq->arena, 32);
    if (v.has) buf_satang(&b, v.v);
    return v.has ? buf_str(&b) : STR("");
}

/* A line of this year's plan or the next one's; of two of the same title, the one of ?issue=. */
static enum err begin_planned(struct rq *rq, const struct project_here *here, struct str planned, struct project_begin *ret)
{
    struct project_planned_of_row *rows = NULL;
    size_t n = 0;
    struct str issue = rq_param(rq, "issue"), asked = rq_param(rq, "fy");
    struct fiscal_year fy = rq->this_fy;
    if (str_is_empty(asked) || fiscal_year_parse(asked, &fy) != ERR_OK) fy = rq->this_fy;
    TRY(project_planned_of(rq->db, rq->arena, here->fund.id, fy, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].title, planned) || (!str_is_empty(issue) && !str_eq(rows[i].issue_code, issue))) continue;
        if (fy.v == rq->this_fy.v + 1) ret->fy = str_printf(rq->arena, "%d", fy.v);
        ret->title = ret->planned = rows[i].title;
        ret->asked = plain_money(rq, some_satang(rows[i].amount_satang));
        ret->issue = rows[i].issue_code;
        ret->support_type = rows[i].support_type_code;
    }
    return ERR_OK;
}

/* ?planned=… begins with a line of the plan, ?copy=… with an earlier project. */
static enum err begin_of(struct rq *rq, const struct project_here *here, struct project_begin *ret)
{
    struct project from = {0};
    bool may_see = false;
    struct str planned = rq_param(rq, "planned"), copy = rq_param(rq, "copy");
    *ret = (struct project_begin){.title = STR(""), .asked = STR(""), .owner_name = STR(""), .owner_type = STR(""), .fy = STR("")};
    if (!str_is_empty(planned)) TRY(begin_planned(rq, here, planned, ret));
    if (str_is_empty(copy)) return ERR_OK;
    enum err e = project_find(rq->db, rq->arena, here->fund.code, copy, &from);
    if (e == ERR_OK) e = project_may_see(rq->db, rq->arena, &rq->who, &from, &may_see);
    if (e != ERR_OK || !may_see) return e == ERR_NOT_FOUND ? ERR_OK : e;
    *ret = (struct project_begin){.title = from.title, .asked = plain_money(rq, from.asked), .support_type = from.support_type,
                                  .copy = from.slug, .copy_code = project_code_shown(&from), .fy = STR(""), .owner_name = str_is_none(from.owner_name) ? STR("") : from.owner_name,
                                  .owner_type = str_is_none(from.owner_type) ? STR("") : from.owner_type};
    return ERR_OK;
}

enum err project_new_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct project_here here;
    struct project_begin from;
    TRY(project_here_fund(rq, &here));
    TRY(begin_of(rq, &here, &from));
    return new_show(&f, &here, &from, false);
}

/* The page before or behind this one, as far as this project has them. */
static enum project_page neighbour(const struct project *p, enum project_page page, int step)
{
    int i = (int)page + step;
    while (i > PROJECT_PAGE_ONE && i < PROJECT_PAGE_REVIEW && !project_page_is(p, (enum project_page)i)) i += step;
    if (i <= PROJECT_PAGE_ONE) return p->size == PROJECT_SMALL ? PROJECT_PAGE_ONE : PROJECT_PAGE_HEAD;
    return (enum project_page)i;
}

static enum project_page first_page(const struct project *p)
{
    if (p->size == PROJECT_SMALL) return PROJECT_PAGE_ONE;
    return neighbour(p, PROJECT_PAGE_HEAD, 1); /* the head was asked already */
}

enum err project_saved_api(struct rq *rq, const struct project *p, int status)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "id", p->slug);
    json_str(j, "state", str_of(project_state_code(p->state)));
    json_str(j, "size", str_of(project_size_code(p->size)));
    json_int(j, "version", p->version);
    json_object_end(j);
    rq->res->status = status;
    return rq_json_end(rq);
}

enum err project_new_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    struct project_new n = {0};
    struct project_id id = {0};
    struct project p = {0};
    struct project_begin nothing = {.title = STR(""), .asked = STR(""), .owner_name = STR(""), .owner_type = STR(""), .fy = STR("")};
    struct actor by = rq_actor(rq);
    TRY(project_here_fund(rq, &here));
    TRY(form_begin(rq, &f));
    TRY(project_form_new(&f, &here, &n));
    if (!form_is_good(&f)) {
        if (rq_is_api(rq)) return form_refuse_api(&f);
        form_page_status(&f, 400);
        return new_show(&f, &here, &nothing, true);
    }
    TRY(project_add(rq->db, rq->arena, &by, &n, &id));
    TRY(project_get(rq->db, rq->arena, id, &p));
    if (rq_is_api(rq)) return project_saved_api(rq, &p, 201);
    return rq_redirect(rq, project_edit_href(rq, &p, first_page(&p)));
}

/* ---- a page ---- */

/* What stood in the section when the form was given out: who else wrote another section is no conflict. */
static struct str seen_of(struct rq *rq, struct str text)
{
    struct sha256 h = sha256_of(text);
    struct buf b = buf_in(rq->arena, 40);
    buf_hex(&b, h.b, 8);
    return buf_str(&b);
}

static void fill_steps(struct rq *rq, const struct project *p, enum project_page page, int64_t *ret_step, int64_t *ret_n, const struct project_bar **ret_bars)
{
    struct project_bar *bars = ARENA_ARRAY(rq->arena, struct project_bar, PROJECT_PAGES);
    int64_t n = 0, at = 0;
    for (int i = 0; i < PROJECT_PAGES; i++) {
        if (!project_page_is(p, (enum project_page)i)) continue;
        bars[n++] = (struct project_bar){i == (int)page, i < (int)page};
        if (i == (int)page) at = n;
    }
    *ret_step = at;
    *ret_n = n;
    *ret_bars = bars;
}

static struct str page_question(struct rq *rq, enum project_page page)
{
    static const enum msg questions[PROJECT_PAGES] = {
        [PROJECT_PAGE_ONE] = MSG_project_ask_one,               [PROJECT_PAGE_HEAD] = MSG_project_ask_head,
        [PROJECT_PAGE_PEOPLE] = MSG_project_ask_people,         [PROJECT_PAGE_PLAN] = MSG_project_ask_plan,
        [PROJECT_PAGE_SITUATION] = MSG_project_ask_situation,   [PROJECT_PAGE_OBJECTIVES] = MSG_project_ask_objectives,
        [PROJECT_PAGE_TARGETS] = MSG_project_ask_targets,       [PROJECT_PAGE_WHEN] = MSG_project_ask_when,
        [PROJECT_PAGE_ACTIVITIES] = MSG_project_ask_activities, [PROJECT_PAGE_BUDGET] = MSG_project_ask_budget,
        [PROJECT_PAGE_EXPECTED] = MSG_project_ask_expected,     [PROJECT_PAGE_REVIEW] = MSG_project_part_review};
    return msg_text(questions[page], rq->page.lang);
}

static struct str page_lead(struct rq *rq, enum project_page page)
{
    static const enum msg leads[PROJECT_PAGES] = {
        [PROJECT_PAGE_ONE] = MSG_project_why_one,               [PROJECT_PAGE_HEAD] = MSG_project_why_head,
        [PROJECT_PAGE_PEOPLE] = MSG_project_why_people,         [PROJECT_PAGE_PLAN] = MSG_project_why_plan,
        [PROJECT_PAGE_SITUATION] = MSG_project_why_situation,   [PROJECT_PAGE_OBJECTIVES] = MSG_project_why_objectives,
        [PROJECT_PAGE_TARGETS] = MSG_project_why_targets,       [PROJECT_PAGE_WHEN] = MSG_project_why_when,
        [PROJECT_PAGE_ACTIVITIES] = MSG_project_why_activities, [PROJECT_PAGE_BUDGET] = MSG_project_why_budget,
        [PROJECT_PAGE_EXPECTED] = MSG_project_why_expected,     [PROJECT_PAGE_REVIEW] = MSG_project_review_lead};
    return msg_text(leads[page], rq->page.lang);
}

struct showing {
    const struct project_here *here;
    enum project_page page;
    const struct project_whole *w, *kept; /* kept: as it is in the database */
    bool is_typed, is_conflict;
    int64_t more;
};

static enum err edit_show(struct form *f, const struct showing *s)
{
    struct rq *rq = f->rq;
    const struct project *p = &s->here->p;
    struct str kept = project_page_text(rq, s->kept, s->page, true);
    struct project_form_view v = {.head = project_head_of(rq, s->here, project_page_title(rq, s->page)),
                                  .errors = form_errors(f),
                                  .marks = form_marks(rq),
                                  .action = project_edit_href(rq, p, s->page),
                                  .stop = project_href(rq, p, ""),
                                  .title = page_question(rq, s->page),
                                  .lead = page_lead(rq, s->page),
                                  .project = p->title,
                                  .is_conflict = s->is_conflict,
                                  .theirs = s->is_conflict ? kept : STR(""),
                                  .is_paper = p->is_for_paper};
    if (str_eq(rq_param(rq, "done"), STR("saved"))) v.done = msg_text(MSG_project_done_saved, rq->page.lang);
    fill_steps(rq, p, s->page, &v.step, &v.nsteps, &v.bars);
    TRY(project_fields_fill(f, s->here, s->page, s->w, s->is_typed, s->more, &v));
    struct project_keep *keeps = ARENA_ARRAY(rq->arena, struct project_keep, v.nkeeps + 1);
    for (size_t i = 0; i < v.nkeeps; i++) keeps[i] = v.keeps[i];
    keeps[v.nkeeps++] = (struct project_keep){STR("seen"), seen_of(rq, kept)};
    v.keeps = keeps;
    struct project_note_view *notes = NULL;
    size_t nnotes = 0;
    TRY(project_notes_shown(rq, s->here, &notes, &nnotes));
    v.nnotes = project_notes_of_page(rq, notes, nnotes, s->page, &v.notes);
    project_form_html(rq_html_begin(rq, v.title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

static bool may_edit(const struct project *p)
{
    return p->state == PROJECT_DRAFT || p->state == PROJECT_REVISE;
}

static enum err page_asked(struct rq *rq, const struct project *p, enum project_page *ret)
{
    TRY(project_page_of(rq->args[2], ret));
    return project_page_is(p, *ret) ? ERR_OK : ERR_NOT_FOUND;
}

static enum err review_show(struct form *f, const struct project_here *here, bool is_conflict);

enum err project_edit_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct project_here here;
    struct project_whole w = {0};
    enum project_page page;
    int64_t more = 0;
    TRY(project_here_write(rq, &here));
    if (!may_edit(&here.p)) return rq_redirect(rq, project_href(rq, &here.p, ""));
    if (page_asked(rq, &here.p, &page) != ERR_OK) /* it has grown, or shrunk: another form is asked for */
        return project_page_of(rq->args[2], &page) == ERR_OK ? rq_redirect(rq, project_edit_href(rq, &here.p, first_page(&here.p))) : ERR_NOT_FOUND;
    if (page == PROJECT_PAGE_REVIEW) return review_show(&f, &here, false);
    if (str_to_int(rq_param(rq, "more"), &more) != ERR_OK || more < 0 || more > 20) more = 0;
    TRY(project_read(rq->db, rq->arena, &here.p, &w));
    return edit_show(&f, &(struct showing){.here = &here, .page = page, .w = &w, .kept = &w, .more = more});
}

static enum err edit_conflict(struct form *f, const struct project_here *here, enum project_page page)
{
    struct project_here now = *here;
    struct project_whole kept = {0};
    if (rq_is_api(f->rq)) return form_conflict_api(f->rq);
    TRY(project_get(f->rq->db, f->rq->arena, here->p.id, &now.p));
    TRY(project_read(f->rq->db, f->rq->arena, &now.p, &kept));
    form_page_status(f, 409);
    return edit_show(f, &(struct showing){.here = &now, .page = page, .w = &kept, .kept = &kept, .is_typed = true, .is_conflict = true});
}

enum err project_version_typed(struct form *f, int64_t *ret)
{
    if (f->json != NULL) return json_get_int(f->json, "version", 1, INT64_MAX, ret) == ERR_OK ? ERR_OK : ERR_CONFLICT;
    return str_to_int(form_raw(f, "version"), ret) == ERR_OK ? ERR_OK : ERR_CONFLICT;
}

/* Where the button leads; all of them have kept what was typed. */
static enum err edit_on(struct form *f, const struct project_here *here, enum project_page page)
{
    struct rq *rq = f->rq;
    struct project p = {0};
    struct str step = form_raw(f, "step");
    TRY(project_get(rq->db, rq->arena, here->p.id, &p));
    if (rq_is_api(rq)) return project_saved_api(rq, &p, 200);
    if (str_eq(step, STR("stop"))) return rq_redirect(rq, project_href(rq, &p, "?done=saved"));
    if (!project_page_is(&p, page)) return rq_redirect(rq, project_edit_href(rq, &p, PROJECT_PAGE_HEAD));
    if (str_eq(step, STR("more")) || str_eq(step, STR("keep"))) {
        int64_t more = str_eq(step, STR("more")) ? MORE : 0;
        return rq_redirect(rq, project_href(rq, &p, str_z(rq->arena, str_printf(rq->arena, "/edit/%s?done=saved&more=%lld", project_page_code(page), (long long)more))));
    }
    if (str_eq(step, STR("review"))) return rq_redirect(rq, project_edit_href(rq, &p, PROJECT_PAGE_REVIEW));
    int by = str_eq(step, STR("back")) ? -1 : 1;
    return rq_redirect(rq, project_edit_href(rq, &p, page == PROJECT_PAGE_ONE ? PROJECT_PAGE_REVIEW : neighbour(&p, page, by)));
}

enum err project_edit_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    struct project_whole w = {0}, kept = {0};
    enum project_page page;
    int64_t version = 0;
    struct actor by = rq_actor(rq);
    TRY(project_here_write(rq, &here));
    TRY(form_begin(rq, &f));
    TRY(page_asked(rq, &here.p, &page));
    if (page == PROJECT_PAGE_REVIEW) return ERR_NOT_FOUND;
    if (!may_edit(&here.p))
        return rq_is_api(rq) ? rq_api_error(rq, 422, "not_draft", msg_text(MSG_project_not_draft, rq->page.lang))
                             : rq_redirect(rq, project_href(rq, &here.p, "?done=locked"));
    TRY(project_read(rq->db, rq->arena, &here.p, &kept));
    w = kept;
    TRY(project_form_read(&f, page, &w));
    if (!form_is_good(&f)) {
        if (rq_is_api(rq)) return form_refuse_api(&f);
        form_page_status(&f, 400);
        int64_t more = str_eq(form_raw(&f, "step"), STR("more")) ? MORE : 0;
        return edit_show(&f, &(struct showing){.here = &here, .page = page, .w = &w, .kept = &kept, .is_typed = true, .more = more});
    }
    if (f.json != NULL) {
        if (project_version_typed(&f, &w.p.version) != ERR_OK) return form_conflict_api(rq);
    } else if (!str_eq(form_raw(&f, "seen"), seen_of(rq, project_page_text(rq, &kept, page, true)))) {
        return edit_conflict(&f, &here, page);
    }
    enum err e = project_save(rq->db, rq->arena, &by, &w, project_page_sections(page), &version);
    if (e == ERR_CONFLICT) return edit_conflict(&f, &here, page);
    TRY(e);
    return edit_on(&f, &here, page);
}

/* ---- review, sending ---- */

static struct href field_href(struct rq *rq, const struct project *p, const struct project_missing *m)
{
    return project_href(rq, p, str_z(rq->arena, str_printf(rq->arena, "/edit/%s#%s", project_page_code(project_page_for(p, m)), m->field)));
}

static void fill_lacks(struct rq *rq, const struct project *p, const struct project_missing *rows, size_t n, struct project_review_view *v)
{
    struct project_lack_view *lacks = ARENA_ARRAY(rq->arena, struct project_lack_view, n), *warnings = ARENA_ARRAY(rq->arena, struct project_lack_view, n);
    for (size_t i = 0; i < n; i++) {
        struct project_lack_view l = {msg_text(rows[i].message, rq->page.lang), field_href(rq, p, &rows[i])};
        if (rows[i].is_warning) warnings[v->nwarnings++] = l;
        else lacks[v->nlacks++] = l;
    }
    v->lacks = lacks;
    v->warnings = warnings;
}

static enum err review_show(struct form *f, const struct project_here *here, bool is_conflict)
{
    struct rq *rq = f->rq;
    const struct project *p = &here->p;
    struct project_whole w = {0};
    struct project_missing *rows = NULL;
    struct project_note_view *notes = NULL;
    size_t n = 0, nnotes = 0;
    int64_t step = 0;
    static const enum msg sizes[] = {MSG_project_size_small, MSG_project_size_medium, MSG_project_size_large};
    TRY(project_read(rq->db, rq->arena, p, &w));
    TRY(project_check(rq->arena, &w, &rows, &n));
    struct str title = project_page_title(rq, PROJECT_PAGE_REVIEW);
    struct project_review_view v = {.head = project_head_of(rq, here, title),
                                    .errors = form_errors(f),
                                    .marks = form_marks(rq),
                                    .title = p->title,
                                    .asked = p->asked,
                                    .words = p->asked.has ? baht_text(rq->arena, p->asked.v) : STR(""),
                                    .size_word = msg_text(sizes[p->size], rq->page.lang),
                                    .send = project_href(rq, p, "/send"),
                                    .back = project_edit_href(rq, p, neighbour(p, PROJECT_PAGE_REVIEW, -1)),
                                    .stop = project_href(rq, p, ""),
                                    .sizes = HREF(rq->arena, "/funds/{}/projects/sizes", p->fund_code),
                                    .version = str_printf(rq->arena, "%lld", (long long)p->version),
                                    .is_conflict = is_conflict,
                                    .is_again = p->state == PROJECT_REVISE || project_is_recalled(p)};
    fill_steps(rq, p, PROJECT_PAGE_REVIEW, &step, &v.nsteps, &v.bars);
    TRY(project_notes_shown(rq, here, &notes, &nnotes));
    v.nparts = project_parts_shown(rq, here, &w, notes, nnotes, true, &v.parts);
    fill_lacks(rq, p, rows, n, &v);
    v.may_send = v.nlacks == 0;
    project_review_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

static enum err missing_api(struct rq *rq, const struct project_missing *rows, size_t n)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_object(j, "error");
    json_str(j, "code", STR("incomplete"));
    json_str(j, "message", msg_text(MSG_project_incomplete, rq->page.lang));
    json_array(j, "fields");
    for (size_t i = 0; i < n; i++) {
        if (rows[i].is_warning) continue;
        json_object(j, NULL);
        json_str(j, "field", str_of(project_section_code(rows[i].section)));
        json_str(j, "message", msg_text(rows[i].message, rq->page.lang));
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
    TRY(rq_json_end(rq));
    rq->res->status = 422;
    return ERR_OK;
}

static enum err not_sendable(struct form *f, const struct project_here *here)
{
    struct project_whole w = {0};
    struct project_missing *rows = NULL;
    size_t n = 0;
    struct rq *rq = f->rq;
    if (!may_edit(&here->p))
        return rq_is_api(rq) ? rq_api_error(rq, 422, "not_draft", msg_text(MSG_project_not_draft, rq->page.lang))
                             : rq_redirect(rq, project_href(rq, &here->p, "?done=locked"));
    if (!rq_is_api(rq)) {
        form_page_status(f, 400);
        return review_show(f, here, false);
    }
    TRY(project_read(rq->db, rq->arena, &here->p, &w));
    TRY(project_check(rq->arena, &w, &rows, &n));
    return missing_api(rq, rows, n);
}

enum err project_send_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    int64_t version = 0;
    struct actor by = rq_actor(rq);
    TRY(project_here_write(rq, &here));
    TRY(form_begin(rq, &f));
    enum err e = project_version_typed(&f, &version);
    if (e == ERR_OK) e = project_send(rq->db, rq->arena, &by, here.p.id, version);
    if (e == ERR_REFUSED) return not_sendable(&f, &here);
    if (e == ERR_CONFLICT && rq_is_api(rq)) return form_conflict_api(rq);
    if (e == ERR_CONFLICT) {
        if (!may_edit(&here.p)) return rq_redirect(rq, project_href(rq, &here.p, "?done=locked"));
        form_page_status(&f, 409);
        return review_show(&f, &here, true);
    }
    TRY(e);
    if (rq_is_api(rq)) {
        TRY(project_get(rq->db, rq->arena, here.p.id, &here.p));
        return project_saved_api(rq, &here.p, 200);
    }
    return rq_redirect(rq, project_href(rq, &here.p, "/slip?done=sent"));
}

enum err project_cancel_post(struct rq *rq)
{
    struct form f;
    struct project_here here;
    int64_t version = 0;
    struct actor by = rq_actor(rq);
    TRY(project_here_write(rq, &here));
    TRY(form_begin(rq, &f));
    struct str reason = form_text(&f, "reason", FORM_MAY, 400);
    if (!form_is_good(&f)) return rq_is_api(rq) ? form_refuse_api(&f) : rq_redirect(rq, project_href(rq, &here.p, "?done=long"));
    enum err e = project_version_typed(&f, &version);
    if (e == ERR_OK) e = project_cancel(rq->db, rq->arena, &by, here.p.id, version, reason);
    if (e == ERR_CONFLICT) return rq_is_api(rq) ? form_conflict_api(rq) : rq_redirect(rq, project_href(rq, &here.p, "?done=changed"));
    if (e == ERR_REFUSED)
        return rq_is_api(rq) ? rq_api_error(rq, 422, "not_waiting", msg_text(MSG_project_not_waiting, rq->page.lang))
                             : rq_redirect(rq, project_href(rq, &here.p, "?done=locked"));
    TRY(e);
    if (!rq_is_api(rq)) return rq_redirect(rq, project_href(rq, &here.p, "?done=cancelled"));
    TRY(project_get(rq->db, rq->arena, here.p.id, &here.p));
    return project_saved_api(rq, &here.p, 200);
}

/* ---- the JSON doors: the same acts ---- */

enum err project_new_api(struct rq *rq)
{
    return project_new_post(rq);
}

enum err project_edit_api(struct rq *rq)
{
    return project_edit_post(rq);
}

enum err project_send_api(struct rq *rq)
{
    return project_send_post(rq);
}

enum err project_cancel_api(struct rq *rq)
{
    return project_cancel_post(rq);
}
