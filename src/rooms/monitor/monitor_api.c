/* monitor_api.c — reports by JSON: the same fields, rules and rights as the pages. */
#include "base/thai.h"
#include "json/json_in.h"
#include "rooms/monitor/monitor_ask.h"

#define API_SECTIONS ((unsigned)SECTION_ALL & ~(unsigned)SECTION_PHOTOS)

/* ---- one report ---- */

static void put_text(struct json_out *j, const char *key, struct str text, bool is_public)
{
    json_str(j, key, text.n == 0 ? STR_NONE : is_public ? open_or_none(text) : text);
}

static void put_people(struct json_out *j, const struct monitor_report *r)
{
    json_array(j, "people");
    for (size_t i = 0; i < r->npeople; i++) {
        json_object(j, NULL);
        json_str(j, "group", r->people[i].group);
        json_int(j, "people", r->people[i].people);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_money(struct json_out *j, const struct monitor_here *here, bool is_public)
{
    const struct monitor_report *r = &here->r;
    json_array(j, "money");
    for (size_t i = 0; i < r->nmoney; i++) {
        struct opt_count line = {0};
        for (size_t k = 0; k < here->w.nbudget; k++)
            if (here->w.budget[k].id.v == r->money[i].line.v) line = (struct opt_count){true, (int64_t)k + 1};
        json_object(j, NULL);
        json_opt_count(j, "line", line);
        put_text(j, "words", r->money[i].words, is_public);
        json_satang(j, "amount_satang", r->money[i].amount);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_results(struct json_out *j, const struct monitor_report *r, bool is_public)
{
    json_array(j, "results");
    for (size_t i = 0; i < r->nresults; i++) {
        const struct monitor_result *s = &r->results[i];
        json_object(j, NULL);
        json_int(j, "objective", s->position);
        json_opt_count(j, "reached_x100", s->reached_x100);
        json_opt_count(j, "numerator", s->numerator);
        json_opt_count(j, "denominator", s->denominator);
        json_opt_count(j, "level", (struct opt_count){s->level > 0, s->level});
        put_text(j, "words", s->words, is_public);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_photos(struct json_out *j, struct rq *rq, const struct monitor_here *here, bool is_public)
{
    struct form f = {.rq = rq};
    size_t n = 0;
    const struct monitor_photo_row *rows = monitor_photo_rows(&f, here, is_public, &n);
    json_array(j, "photos");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "position", rows[i].n);
        json_str(j, "caption", rows[i].caption.value.n > 0 && !(is_public && thai_has_phone_or_citizen_id(rows[i].caption.value))
                                   ? rows[i].caption.value : STR_NONE);
        json_str(j, "whole", rows[i].whole.path);
        json_str(j, "small", rows[i].small.path);
        json_int(j, "width", rows[i].width);
        json_int(j, "height", rows[i].height);
        json_bool(j, "is_public", rows[i].is_public);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_words(struct json_out *j, const struct monitor_report *r, bool is_public)
{
    put_text(j, "title", r->title, is_public);
    put_text(j, "planned", r->planned, is_public);
    put_text(j, "done", r->done, is_public);
    put_text(j, "output", r->output, is_public);
    put_text(j, "outcome", r->outcome, is_public);
    put_text(j, "conclusion", r->conclusion, is_public);
    put_text(j, "problems", r->problems, is_public);
    put_text(j, "suggestions", r->suggestions, is_public);
}

void monitor_json(struct json_out *j, const char *key, struct rq *rq, const struct monitor_here *here, bool is_public)
{
    const struct monitor_report *r = &here->r;
    struct opt_count activity = {0};
    for (size_t i = 0; i < here->w.nactivities; i++)
        if (!id_is_none(r->activity) && here->w.activities[i].id.v == r->activity.v) activity = (struct opt_count){true, (int64_t)i + 1};
    json_object(j, key);
    json_int(j, "occasion", r->occasion);
    json_str(j, "kind", r->is_final ? STR("final") : STR("activity"));
    json_str(j, "state", str_of(monitor_state_code(r->state)));
    json_opt_date(j, "on", r->on);
    json_opt_date(j, "ends_on", r->ends_on);
    json_opt_count(j, "activity", activity);
    put_text(j, "reporter_name", !is_public || here->is_programme ? r->reporter_name : STR_NONE, is_public);
    put_text(j, "reporter_area", r->reporter_area, is_public);
    put_words(j, r, is_public);
    json_opt_satang(j, "spent_satang", r->spent);
    json_str(j, "returned_reason", !is_public && r->returned_reason.n > 0 ? r->returned_reason : STR_NONE);
    json_bool(j, "is_entered_later", r->is_entered_later);
    json_int(j, "version", r->version);
    put_people(j, r);
    put_money(j, here, is_public);
    put_results(j, r, is_public);
    put_photos(j, rq, here, is_public);
    json_object_end(j);
}

enum err monitor_answer_api(struct rq *rq, const struct monitor_here *here, int status)
{
    struct json_out *j = rq_json_begin(rq);
    monitor_json(j, NULL, rq, here, here->is_public);
    rq->res->status = status;
    return rq_json_end(rq);
}

enum err monitor_report_api(struct rq *rq)
{
    struct monitor_here here;
    TRY(monitor_here_report(rq, &here));
    bool is_sent = here.r.state == MONITOR_SENT || here.r.state == MONITOR_ACCEPTED;
    if (!here.may_write && !is_sent && (here.is_programme || here.r.state == MONITOR_DRAFT)) return ERR_NOT_FOUND;
    return monitor_answer_api(rq, &here, 200);
}

/* ---- lists ---- */

static enum err list_answer(struct rq *rq, struct monitor_here *here, const struct monitor_report *all, size_t n)
{
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n; i++) {
        bool is_sent = all[i].state == MONITOR_SENT || all[i].state == MONITOR_ACCEPTED;
        if (!here->may_write && !is_sent && (here->is_programme || all[i].state == MONITOR_DRAFT)) continue;
        json_object(j, NULL);
        json_int(j, "occasion", all[i].occasion);
        json_str(j, "kind", all[i].is_final ? STR("final") : STR("activity"));
        json_str(j, "state", str_of(monitor_state_code(all[i].state)));
        json_opt_date(j, "on", all[i].on);
        put_text(j, "title", all[i].title, here->is_public);
        json_opt_satang(j, "spent_satang", all[i].spent);
        json_int(j, "version", all[i].version);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err monitor_reports_api(struct rq *rq)
{
    struct monitor_here here;
    struct monitor_report *all = NULL;
    size_t n = 0;
    if (monitor_is_programme(rq)) {
        TRY(monitor_here_programme(rq, &here));
        TRY(monitor_list_programme(rq->db, rq->arena, here.g.id, &all, &n));
    } else {
        TRY(monitor_here_project(rq, &here));
        TRY(monitor_list(rq->db, rq->arena, here.p.id, &all, &n));
    }
    return list_answer(rq, &here, all, n);
}

static void programme_json(struct rq *rq, struct json_out *j, const struct monitor_programme *g)
{
    json_object(j, NULL);
    json_str(j, "code", g->code);
    json_str(j, "title", monitor_programme_open_title(rq, g));
    put_text(j, "owner_name", g->owner_name, true);
    put_text(j, "funders", g->funders, true);
    put_text(j, "goal", g->goal, true);
    json_str(j, "area", g->area_code);
    json_opt_date(j, "starts_on", g->starts_on);
    json_opt_date(j, "ends_on", g->ends_on);
    json_int(j, "version", g->version);
    json_object_end(j);
}

enum err monitor_programmes_api(struct rq *rq)
{
    struct monitor_programme *all = NULL;
    size_t n = 0;
    TRY(monitor_programme_list(rq->db, rq->arena, rq_param(rq, "cursor"), MONITOR_REPORTS_MAX + 1, &all, &n));
    bool has_next = n > MONITOR_REPORTS_MAX;
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < n && i < MONITOR_REPORTS_MAX; i++) programme_json(rq, j, &all[i]);
    json_array_end(j);
    json_str(j, "next", has_next ? all[MONITOR_REPORTS_MAX - 1].code : STR_NONE);
    json_object_end(j);
    return rq_json_end(rq);
}

/* ---- writing ---- */

/* ERR_CONFLICT with form->nfaults: the answer is made. */
static enum err save(struct form *f, struct monitor_here *here, int status)
{
    struct rq *rq = f->rq;
    struct actor by = rq_actor(rq);
    struct monitor_report_id id;
    monitor_read(f, here, API_SECTIONS, &here->r);
    if (!form_is_good(f)) return form_refuse_api(f);
    enum err e = monitor_save(rq->db, rq->arena, &by, &here->r, &id);
    if (e == ERR_CONFLICT) return form_conflict_api(rq);
    if (e == ERR_REFUSED) return rq_api_error(rq, 422, "closed", msg_text(MSG_monitor_closed, rq->page.lang));
    TRY(e);
    TRY(monitor_get(rq->db, rq->arena, id, &here->r));
    return monitor_answer_api(rq, here, status);
}

enum err monitor_new_api(struct rq *rq)
{
    struct form f;
    struct monitor_here here;
    static const char *const kinds[] = {"activity", "final"};
    bool is_programme = monitor_is_programme(rq);
    TRY(is_programme ? monitor_here_programme(rq, &here) : monitor_here_project(rq, &here));
    if (!here.may_write) return ERR_NOT_FOUND;
    TRY(monitor_groups_read(rq, &here));
    TRY(form_begin(rq, &f));
    int kind = form_choice(&f, "kind", FORM_MAY, kinds, 2);
    here.r = (struct monitor_report){.project = here.p.id, .programme = here.g.id, .is_final = kind == 1 && !is_programme,
                                     .is_entered_later = here.p.is_entered_later};
    return save(&f, &here, 201);
}

enum err monitor_save_api(struct rq *rq)
{
    struct form f;
    struct monitor_here here;
    int64_t version = 0;
    TRY(monitor_here_report(rq, &here));
    if (!here.may_write) return ERR_NOT_FOUND;
    TRY(form_begin(rq, &f));
    if (f.json != NULL && json_get_int(f.json, "version", 0, INT64_MAX, &version) != ERR_OK) version = -1;
    if (here.r.state == MONITOR_SENT || here.r.state == MONITOR_ACCEPTED) return form_conflict_api(rq);
    here.r.version = version;
    return save(&f, &here, 200);
}

/* ---- the same acts by JSON: one code for both doors, and for projects and programmes ---- */

enum err monitor_send_api(struct rq *rq)
{
    return monitor_send_post(rq);
}

enum err monitor_accept_api(struct rq *rq)
{
    return monitor_accept_post(rq);
}

enum err monitor_return_api(struct rq *rq)
{
    return monitor_return_post(rq);
}

enum err monitor_close_api(struct rq *rq)
{
    return monitor_close_post(rq);
}

enum err monitor_programme_add_api(struct rq *rq)
{
    return monitor_programme_post(rq);
}

enum err monitor_programme_change_api(struct rq *rq)
{
    return monitor_programme_edit_post(rq);
}

enum err monitor_programme_reports_api(struct rq *rq)
{
    return monitor_reports_api(rq);
}

enum err monitor_programme_new_api(struct rq *rq)
{
    return monitor_new_api(rq);
}

enum err monitor_programme_report_api(struct rq *rq)
{
    return monitor_report_api(rq);
}

enum err monitor_programme_save_api(struct rq *rq)
{
    return monitor_save_api(rq);
}

enum err monitor_programme_photos_api(struct rq *rq)
{
    return monitor_photos_api(rq);
}

enum err monitor_programme_send_api(struct rq *rq)
{
    return monitor_send_post(rq);
}
