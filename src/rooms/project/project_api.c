/* project_api.c — one project as JSON: for everybody what its public page says, for who works on it all of it. */
#include "app/route.h"
#include "base/thai.h"
#include "rooms/project/project_ask.h"

static void json_head(struct rq *rq, struct json_out *j, const struct project *p, bool is_inside)
{
    json_str(j, "id", p->slug);
    json_str(j, "fund", p->fund_code);
    json_int(j, "fiscal_year", p->fy.v);
    json_str(j, "state", str_of(project_state_code(p->state)));
    json_str(j, "state_words", project_state_of_it(rq, p).word);
    json_str(j, "code", p->code);
    json_str(j, "other_code", p->other_code);
    json_str(j, "title", is_inside ? p->title : open_or_none(p->title));
    json_opt_date(j, "sent_on", p->sent_on);
    json_opt_date(j, "recalled_on", p->recalled_on);
    json_opt_date(j, "approved_on", p->approved_on);
    json_opt_date(j, "closed_on", p->closed_on);
    json_bool(j, "is_entered_later", p->is_entered_later);
}

static void json_body(struct json_out *j, const struct project *p, bool is_inside)
{
    json_str(j, "owner", is_inside ? p->owner_name : open_or_none(p->owner_name));
    json_str(j, "owner_type", p->owner_type);
    json_str(j, "support_type", p->support_type);
    json_str(j, "size", str_of(project_size_code(p->size)));
    json_str(j, "place", is_inside ? p->place : open_or_none(p->place));
    json_opt_date(j, "starts_on", p->starts_on);
    json_opt_date(j, "ends_on", p->ends_on);
    json_opt_date(j, "report_due", p->report_due);
    json_str(j, "situation", is_inside ? p->situation : open_or_none(p->situation));
    json_str(j, "method", is_inside ? p->method : open_or_none(p->method));
    json_str(j, "expected", is_inside ? p->expected : open_or_none(p->expected));
    json_opt_satang(j, "approved_satang", p->approved);
}

static void json_aims(struct json_out *j, const struct project_whole *w, bool is_inside)
{
    json_array(j, "issues");
    for (size_t i = 0; i < w->nissues; i++) json_str(j, NULL, w->issues[i].code);
    json_array_end(j);
    json_array(j, "objectives");
    for (size_t i = 0; i < w->nobjectives; i++) {
        const struct project_objective *o = &w->objectives[i];
        json_object(j, NULL);
        json_str(j, "words", is_inside ? o->words : open_or_none(o->words));
        json_str(j, "indicator", is_inside ? o->indicator_words : open_or_none(o->indicator_words));
        json_str(j, "unit", o->unit);
        json_opt_count(j, "from_x100", o->from_x100);
        json_opt_count(j, "to_x100", o->to_x100);
        json_opt_count(j, "reached_x100", o->reached_x100);
        json_opt_count(j, "level", project_opt(o->level));
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "targets");
    for (size_t i = 0; i < w->ntargets; i++) {
        json_object(j, NULL);
        json_str(j, "group", w->targets[i].group);
        json_opt_count(j, "planned", w->targets[i].planned);
        json_opt_count(j, "reached", w->targets[i].reached);
        json_object_end(j);
    }
    json_array_end(j);
}

static void json_work(struct json_out *j, const struct project_whole *w, bool is_inside)
{
    json_array(j, "activities");
    for (size_t i = 0; i < w->nactivities; i++) {
        json_object(j, NULL);
        json_str(j, "title", is_inside ? w->activities[i].title : open_or_none(w->activities[i].title));
        json_opt_date(j, "starts_on", w->activities[i].starts_on);
        json_opt_date(j, "ends_on", w->activities[i].ends_on);
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "budget");
    for (size_t i = 0; i < w->nbudget; i++) {
        const struct project_budget *b = &w->budget[i];
        json_object(j, NULL);
        json_str(j, "words", is_inside ? b->words : open_or_none(b->words));
        json_str(j, "expense", b->expense);
        json_int(j, "quantity", b->quantity);
        json_satang(j, "price_satang", b->price);
        json_int(j, "times", b->times);
        json_satang(j, "amount_satang", b->amount);
        json_object_end(j);
    }
    json_array_end(j);
}

static void json_money(struct json_out *j, const struct project *p, const struct project_money *m)
{
    if (id_is_none(p->commitment)) return json_null(j, "money");
    json_object(j, "money");
    json_satang(j, "approved_satang", m->approved);
    json_satang(j, "paid_satang", m->paid);
    json_satang(j, "refunded_satang", m->refunded);
    json_satang(j, "left_satang", m->left);
    json_object_end(j);
}

/* What was said of its parts; who said it stands on the page. */
static enum err json_notes(struct rq *rq, struct json_out *j, struct project_id id)
{
    struct project_note *notes = NULL;
    size_t n = 0;
    TRY(project_notes(rq->db, rq->arena, id, &notes, &n));
    json_array(j, "notes");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "id", notes[i].id.v);
        json_str(j, "section", notes[i].section);
        json_str(j, "words", notes[i].words);
        json_date(j, "on", instant_date(notes[i].at));
        json_bool(j, "is_answered", notes[i].answered_at.has);
        json_str(j, "answer", notes[i].answer);
        json_object_end(j);
    }
    json_array_end(j);
    return ERR_OK;
}

/* What only those see who work on it: the sum asked for, the version to write against, what is missing. */
static enum err json_inside(struct rq *rq, struct json_out *j, const struct project_whole *w)
{
    struct project_missing *rows = NULL;
    size_t n = 0;
    struct project from = {0};
    TRY(project_check(rq->arena, w, &rows, &n));
    if (!id_is_none(w->p.copy_of)) TRY(project_get(rq->db, rq->arena, w->p.copy_of, &from));
    json_int(j, "version", w->p.version);
    json_str(j, "copy_of", id_is_none(from.id) ? STR_NONE : from.slug);
    json_opt_satang(j, "asked_satang", w->p.asked);
    json_bool(j, "is_for_paper", w->p.is_for_paper);
    json_array(j, "missing");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_str(j, "section", str_of(project_section_code(rows[i].section)));
        json_str(j, "message", msg_text(rows[i].message, rq->page.lang));
        json_bool(j, "is_warning", rows[i].is_warning);
        json_object_end(j);
    }
    json_array_end(j);
    return json_notes(rq, j, w->p.id);
}

enum err project_api(struct rq *rq)
{
    struct project p;
    struct project_whole w = {0};
    struct project_money m = {0};
    bool is_inside = false;
    TRY(project_find(rq->db, rq->arena, STR_NONE, rq->args[0], &p));
    TRY(project_may_see(rq->db, rq->arena, &rq->who, &p, &is_inside));
    if (p.state == PROJECT_DRAFT && !project_is_recalled(&p) && !is_inside) return ERR_NOT_FOUND;
    if (is_inside) rq_no_store(rq);
    bool is_whole = is_inside || project_is_public(p.state);
    if (is_whole) TRY(project_read(rq->db, rq->arena, &p, &w));
    if (is_whole) TRY(project_money(rq->db, rq->arena, &p, &m));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_head(rq, j, &p, is_inside);
    if (is_whole) {
        json_body(j, &p, is_inside);
        json_aims(j, &w, is_inside);
        json_work(j, &w, is_inside);
        json_money(j, &p, &m);
    }
    if (is_inside) TRY(json_inside(rq, j, &w));
    json_object_end(j);
    return rq_json_end(rq);
}
