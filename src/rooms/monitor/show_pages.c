/* show_pages.c — one report as it is read: by who wrote it, by who accepts it or gives it back with a reason, by
 * everybody; what was planned stands beside what was done. */
#include "base/thai.h"
#include "json/json_in.h"
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor_show.html.h"

#define TEXTS_MAX  7
#define REASON_MAX 2000

/* ---- parts of it ---- */

static void put_text(struct rq *rq, struct monitor_show_view *v, struct monitor_text *texts, enum msg label, struct str value,
                     struct str above, bool is_public)
{
    if (value.n == 0) return;
    struct monitor_text *t = &texts[v->ntexts++];
    *t = (struct monitor_text){.label = msg_text(label, rq->page.lang), .value = value};
    t->is_same = above.n > 0 && str_eq(value, above);
    t->is_hidden = is_public && thai_has_phone_or_citizen_id(value);
    v->is_hidden |= t->is_hidden;
}

static void fill_texts(struct rq *rq, const struct monitor_report *r, struct monitor_show_view *v, bool is_public)
{
    struct monitor_text *texts = ARENA_ARRAY(rq->arena, struct monitor_text, TEXTS_MAX);
    put_text(rq, v, texts, MSG_monitor_planned_label, r->planned, STR(""), is_public);
    put_text(rq, v, texts, r->is_final ? MSG_monitor_summary_label : MSG_monitor_done_label, r->done, r->planned, is_public);
    put_text(rq, v, texts, MSG_monitor_output_label, r->output, r->done, is_public);
    put_text(rq, v, texts, MSG_monitor_outcome_label, r->outcome, r->output, is_public);
    put_text(rq, v, texts, MSG_monitor_conclusion_label, r->conclusion, r->outcome, is_public);
    put_text(rq, v, texts, MSG_monitor_problems_label, r->problems, STR(""), is_public);
    put_text(rq, v, texts, MSG_monitor_suggestions_label, r->suggestions, STR(""), is_public);
    v->texts = texts;
}

static struct opt_count reached_of(const struct monitor_report *r, struct str group)
{
    for (size_t i = 0; i < r->npeople; i++)
        if (str_eq(r->people[i].group, group)) return (struct opt_count){true, r->people[i].people};
    return (struct opt_count){0};
}

static void fill_groups(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v)
{
    struct monitor_group_row *rows = ARENA_ARRAY(rq->arena, struct monitor_group_row, here->ngroups);
    for (size_t i = 0; i < here->ngroups; i++) {
        struct opt_count planned = here->groups[i].planned, reached = reached_of(&here->r, here->groups[i].code);
        if (!planned.has && !reached.has) continue;
        rows[v->ngroups++] = (struct monitor_group_row){here->groups[i].name, planned, reached};
        if (planned.has) v->people_planned = (struct opt_count){true, v->people_planned.v + planned.v};
        if (reached.has) v->people_reached = (struct opt_count){true, v->people_reached.v + reached.v};
    }
    v->groups = rows;
}

/* What everybody may read of it; a row whose name is withheld still stands, with its figures. */
static struct str said(const struct monitor_here *here, struct monitor_show_view *v, struct str text)
{
    return here->is_public ? open_text(text, &v->is_hidden) : text;
}

static struct str row_name(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v, struct str text)
{
    struct str open = said(here, v, text);
    return open.n == 0 && text.n > 0 ? msg_text(MSG_monitor_words_hidden, rq->page.lang) : open;
}

/* Budget lines of the activity (of the whole project in the final report) with what was spent on each. */
static void fill_lines(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v)
{
    const struct monitor_report *r = &here->r;
    struct monitor_line_row *rows = ARENA_ARRAY(rq->arena, struct monitor_line_row, here->w.nbudget + r->nmoney);
    for (size_t i = 0; i < here->w.nbudget; i++) {
        const struct project_budget *b = &here->w.budget[i];
        struct opt_satang spent = {0};
        for (size_t k = 0; k < r->nmoney; k++)
            if (r->money[k].line.v == b->id.v) spent = (struct opt_satang){true, r->money[k].amount};
        bool is_its = b->activity >= 1 && b->activity <= (int64_t)here->w.nactivities &&
                      here->w.activities[b->activity - 1].id.v == r->activity.v;
        if (!spent.has && !is_its && !(r->is_final && r->nmoney > 0)) continue;
        rows[v->nlines++] = (struct monitor_line_row){row_name(rq, here, v, b->words), {true, b->amount}, spent};
    }
    for (size_t k = 0; k < r->nmoney; k++)
        if (id_is_none(r->money[k].line))
            rows[v->nlines++] = (struct monitor_line_row){row_name(rq, here, v, r->money[k].words), {0}, {true, r->money[k].amount}};
    v->lines = rows;
    v->spent = r->spent;
}

static struct str level_word(struct rq *rq, int64_t level)
{
    static const enum msg words[] = {MSG_monitor_level_1, MSG_monitor_level_2, MSG_monitor_level_3, MSG_monitor_level_4};
    return level >= 1 && level <= 4 ? msg_text(words[level - 1], rq->page.lang) : STR("");
}

static struct str figure(struct rq *rq, struct opt_count x100)
{
    return x100.has ? monitor_x100(rq, x100.v) : STR("");
}

static void fill_results(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v)
{
    const struct monitor_report *r = &here->r;
    struct monitor_result_row *rows = ARENA_ARRAY(rq->arena, struct monitor_result_row, here->w.nobjectives);
    for (size_t i = 0; r->is_final && i < here->w.nobjectives; i++) {
        const struct project_objective *o = &here->w.objectives[i];
        struct monitor_result s = {0};
        for (size_t k = 0; k < r->nresults; k++)
            if (r->results[k].position == (int64_t)i + 1) s = r->results[k];
        rows[v->nresults++] = (struct monitor_result_row){.n = (int64_t)i + 1,
                                                          .words = row_name(rq, here, v, o->words),
                                                          .indicator = said(here, v, o->indicator_words),
                                                          .from = figure(rq, o->from_x100),
                                                          .to = figure(rq, o->to_x100),
                                                          .reached = figure(rq, s.reached_x100),
                                                          .unit = str_eq(o->unit, STR("percent")) ? STR("%") : STR(""),
                                                          .note = said(here, v, s.words),
                                                          .level = level_word(rq, s.level),
                                                          .numerator = s.numerator,
                                                          .denominator = s.denominator,
                                                          .level_no = s.level};
    }
    v->results = rows;
}

/* What was planned of the activity that the report is about. */
static void fill_plan(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v)
{
    for (size_t i = 0; i < here->w.nactivities; i++) {
        const struct project_activity *a = &here->w.activities[i];
        if (a->id.v != here->r.activity.v) continue;
        v->activity = said(here, v, a->title);
        v->plan = said(here, v, a->method);
        if (a->starts_on.has) v->plan_when = html_arg_date(&rq->page, a->starts_on.v);
        if (a->ends_on.has && a->starts_on.has && date_cmp(a->ends_on.v, a->starts_on.v) != 0)
            v->plan_when = str_concat(rq->arena, (const struct str[]){v->plan_when, STR(" – "), html_arg_date(&rq->page, a->ends_on.v)}, 3);
    }
    if (v->activity.n == 0 || !str_eq(v->activity, here->r.title)) v->activity = said(here, v, here->r.title);
}

void monitor_fill_show(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v)
{
    bool is_public = here->is_public;
    const struct monitor_report *r = &here->r;
    v->title = monitor_title(rq, here);
    v->state = (int)r->state;
    v->state_word = monitor_state_word(rq, r->state);
    v->is_final = r->is_final;
    v->is_programme = here->is_programme;
    v->is_later = r->is_entered_later;
    v->is_public = is_public;
    v->on = r->on;
    v->ends_on = r->ends_on;
    v->is_days = r->on.has && r->ends_on.has && date_cmp(r->ends_on.v, r->on.v) != 0;
    v->sent_on = r->sent_on;
    v->accepted_on = r->accepted_on;
    v->area = said(here, v, r->reporter_area);
    /* A villager's name is for the fund; an institute's reporter signs in public. */
    v->reporter = !is_public || here->is_programme ? r->reporter_name : STR("");
    v->reporter = said(here, v, v->reporter);
    fill_plan(rq, here, v);
    fill_texts(rq, r, v, is_public);
    fill_groups(rq, here, v);
    fill_lines(rq, here, v);
    fill_results(rq, here, v);
}

/* ---- the page ---- */

static void fill_missing(struct rq *rq, const struct monitor_here *here, struct monitor_show_view *v)
{
    struct monitor_missing missing[MONITOR_MISSING_MAX];
    size_t n = monitor_check(&here->r, rq->today, missing), nsteps = 0;
    const struct monitor_step *steps = monitor_steps(here, &nsteps);
    struct page_link *links = ARENA_ARRAY(rq->arena, struct page_link, n), *parts = ARENA_ARRAY(rq->arena, struct page_link, nsteps);
    static const struct { const char *field; unsigned section; } where[] = {
        {"title", SECTION_WHAT}, {"on", SECTION_WHAT}, {"done", SECTION_DONE}, {"spent", SECTION_MONEY}, {"people", SECTION_PEOPLE}};
    for (size_t i = 0; i < n; i++) {
        const char *code = steps[0].code;
        for (size_t k = 0; k < sizeof where / sizeof where[0]; k++)
            for (size_t s = 0; s < nsteps && strcmp(where[k].field, missing[i].field) == 0; s++)
                if (steps[s].sections & where[k].section) code = steps[s].code;
        links[i] = (struct page_link){msg_text(missing[i].message, rq->page.lang),
                                      monitor_report_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "?step=%s", code)))};
    }
    for (size_t s = 0; s < nsteps; s++)
        parts[s] = (struct page_link){msg_text(steps[s].title, rq->page.lang),
                                      monitor_report_href(rq, here, str_z(rq->arena, str_printf(rq->arena, "?step=%s", steps[s].code)))};
    v->missing = links;
    v->nmissing = n;
    v->steps = parts;
    v->nsteps = nsteps;
}

static struct str done_words(struct rq *rq, const struct monitor_here *here)
{
    static const struct { const char *code; enum msg words; } said[] = {
        {"saved", MSG_monitor_done_saved},       {"sent", MSG_monitor_done_sent},     {"accepted", MSG_monitor_done_accepted},
        {"returned", MSG_monitor_done_returned}, {"published", MSG_monitor_done_published}};
    struct str done = rq_param(rq, "done");
    if (here->is_programme && str_eq(done, STR("sent"))) done = STR("published");
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (str_eq(done, str_of(said[i].code))) return msg_text(said[i].words, rq->page.lang);
    return STR("");
}

static enum err show(struct form *f, const struct monitor_here *here)
{
    struct rq *rq = f->rq;
    bool is_waiting = here->r.state == MONITOR_SENT && !here->is_programme, is_own = false;
    if (is_waiting && here->may_accept) TRY(monitor_is_hand(rq->db, rq->arena, here->r.id, rq->who.account, &is_own));
    struct monitor_show_view v = {.errors = form_errors(f),
                                  .done = done_words(rq, here),
                                  .reason = here->r.returned_reason,
                                  .may_edit = monitor_may_edit(here),
                                  .may_accept = is_waiting && here->may_accept && !is_own,
                                  .is_own = is_waiting && here->may_accept && is_own,
                                  .send = monitor_report_href(rq, here, "/send"),
                                  .accept = monitor_report_href(rq, here, "/accept"),
                                  .give_back = monitor_report_href(rq, here, "/return"),
                                  .back = monitor_href(rq, here, ""),
                                  .version = monitor_int(rq, here->r.version),
                                  .give_back_reason = form_field(f, "reason")};
    v.may_send = v.may_edit;
    v.is_early = here->r.on.has && here->p.starts_on.has && date_cmp(here->r.on.v, here->p.starts_on.v) < 0;
    if (v.may_edit) fill_missing(rq, here, &v);
    if (v.may_edit || v.may_accept) v.marks = form_marks(rq);
    if (v.may_accept) v.marks_return = form_marks(rq);
    monitor_fill_show(rq, here, &v);
    v.head = monitor_head_of(rq, here, v.title);
    v.photos = monitor_photo_rows(f, here, here->is_public, &v.nphotos);
    monitor_show_html(rq_html_begin(rq, v.title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err monitor_report_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct monitor_here here;
    TRY(monitor_here_report(rq, &here));
    bool is_open = here.r.state == MONITOR_SENT || here.r.state == MONITOR_ACCEPTED;
    if (here.is_programme && !is_open && !here.may_write) return ERR_NOT_FOUND;
    if (!here.is_programme && here.r.state == MONITOR_DRAFT && !here.may_write) return ERR_NOT_FOUND;
    if (rq_param(rq, "step").n > 0) return monitor_step_page(rq, &here);
    return show(&f, &here);
}

/* ---- sending, accepting, giving back ---- */

struct act {
    struct form form;
    struct monitor_here here;
    int64_t version;
};

static enum err act_begin(struct rq *rq, struct act *a)
{
    int64_t version = 0;
    TRY(monitor_here_report(rq, &a->here));
    TRY(form_begin(rq, &a->form));
    const struct json_value *v = a->form.json == NULL ? NULL : json_member(a->form.json, "version");
    if (v != NULL && v->kind == JSON_IN_INT) version = v->number;
    else if (str_to_int(form_raw(&a->form, "version"), &version) != ERR_OK) version = -1;
    a->version = version;
    return ERR_OK;
}

/* The report again with what stands in the way; it was changed or judged meanwhile: 409. */
static enum err refuse(struct act *a, const char *field, enum msg why, int status)
{
    struct rq *rq = a->form.rq;
    form_fault_msg(&a->form, field, why);
    if (rq_is_api(rq)) return status == 409 ? form_conflict_api(rq) : form_refuse_api(&a->form);
    form_page_status(&a->form, status);
    return show(&a->form, &a->here);
}

static enum err done(struct act *a, const char *word)
{
    struct rq *rq = a->form.rq;
    if (!rq_is_api(rq))
        return rq_redirect(rq, monitor_report_href(rq, &a->here, str_z(rq->arena, str_printf(rq->arena, "?done=%s", word))));
    TRY(monitor_get(rq->db, rq->arena, a->here.r.id, &a->here.r));
    return monitor_answer_api(rq, &a->here, 200);
}

enum err monitor_send_post(struct rq *rq)
{
    struct act a;
    struct actor by = rq_actor(rq);
    struct monitor_missing missing[MONITOR_MISSING_MAX];
    TRY(act_begin(rq, &a));
    if (!a.here.may_write) return ERR_NOT_FOUND;
    if (!monitor_may_edit(&a.here)) return refuse(&a, "version", MSG_monitor_sent_already, 409);
    size_t n = monitor_check(&a.here.r, rq->today, missing);
    for (size_t i = 0; i < n; i++) form_fault_msg(&a.form, missing[i].field, missing[i].message);
    if (n > 0 && rq_is_api(rq)) return form_refuse_api(&a.form);
    if (n > 0) {
        form_page_status(&a.form, 400);
        return show(&a.form, &a.here);
    }
    enum err e = monitor_send(rq->db, rq->arena, &by, a.here.r.id, a.version);
    if (e == ERR_CONFLICT) return refuse(&a, "version", MSG_monitor_changed, 409);
    if (e == ERR_REFUSED) return refuse(&a, "version", MSG_monitor_closed, 400);
    TRY(e);
    return done(&a, "sent");
}

enum err monitor_accept_post(struct rq *rq)
{
    struct act a;
    struct actor by = rq_actor(rq);
    bool is_own = false;
    TRY(act_begin(rq, &a));
    TRY(monitor_is_hand(rq->db, rq->arena, a.here.r.id, rq->who.account, &is_own));
    if (is_own) return refuse(&a, "version", MSG_monitor_own, 400);
    enum err e = monitor_accept(rq->db, rq->arena, &by, a.here.r.id, a.version);
    if (e == ERR_CONFLICT) return refuse(&a, "version", MSG_monitor_changed, 409);
    TRY(e);
    return done(&a, "accepted");
}

enum err monitor_return_post(struct rq *rq)
{
    struct act a;
    struct actor by = rq_actor(rq);
    TRY(act_begin(rq, &a));
    struct str reason = form_text(&a.form, "reason", FORM_MUST, REASON_MAX);
    if (!form_is_good(&a.form) && rq_is_api(rq)) return form_refuse_api(&a.form);
    if (!form_is_good(&a.form)) {
        form_page_status(&a.form, 400);
        return show(&a.form, &a.here);
    }
    enum err e = monitor_return(rq->db, rq->arena, &by, a.here.r.id, a.version, reason);
    if (e == ERR_CONFLICT) return refuse(&a, "version", MSG_monitor_changed, 409);
    TRY(e);
    return done(&a, "returned");
}
