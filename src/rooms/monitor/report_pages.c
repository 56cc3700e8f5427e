/* report_pages.c — writing a report, one question a page: begin one, a step, saving it. Every press saves the draft; a
 * fault in one field loses nothing of the others, and no photo. */
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor_form.html.h"

struct writing { /* one request for one step of one report */
    struct form form;
    struct monitor_here here;
    struct monitor_report r; /* as typed */
    struct monitor_uploads photos;
    size_t at;
    bool is_typed, is_conflict; /* typed: show what was sent, not what is kept */
    int64_t version;
};

/* ---- beginning one ---- */

static const struct monitor_new_row *activity_rows(struct rq *rq, const struct monitor_here *here,
                                                   const struct monitor_report *all, size_t nall)
{
    struct monitor_new_row *rows = ARENA_ARRAY(rq->arena, struct monitor_new_row, here->w.nactivities);
    for (size_t i = 0; i < here->w.nactivities; i++) {
        const struct project_activity *v = &here->w.activities[i];
        rows[i] = (struct monitor_new_row){.value = monitor_int(rq, (int64_t)i + 1), .title = v->title, .when = STR("")};
        if (v->starts_on.has) rows[i].when = html_arg_date(&rq->page, v->starts_on.v);
        for (size_t k = 0; k < nall; k++) rows[i].is_reported |= all[k].activity.v == v->id.v;
        rows[i].is_chosen = str_eq(rq_param(rq, "activity"), rows[i].value);
    }
    return rows;
}

static bool takes_reports(const struct monitor_here *here)
{
    enum project_state s = here->p.state;
    return here->is_programme || s == PROJECT_APPROVED || s == PROJECT_RUNNING || s == PROJECT_SUSPENDED || s == PROJECT_STOPPED;
}

static enum err here_of(struct rq *rq, struct monitor_here *ret)
{
    TRY(monitor_is_programme(rq) ? monitor_here_programme(rq, ret) : monitor_here_project(rq, ret));
    return ret->may_write ? ERR_OK : ERR_NOT_FOUND;
}

static enum err new_show(struct form *f, const struct monitor_here *here)
{
    struct rq *rq = f->rq;
    struct monitor_report *all = NULL;
    size_t n = 0;
    bool has_final = false;
    if (!here->is_programme) TRY(monitor_list(rq->db, rq->arena, here->p.id, &all, &n));
    for (size_t i = 0; i < n; i++) has_final |= all[i].is_final;
    struct str title = msg_text(MSG_monitor_new_title, rq->page.lang);
    struct monitor_new_view v = {.head = monitor_head_of(rq, here, title),
                                 .errors = form_errors(f),
                                 .marks = form_marks(rq),
                                 .action = monitor_href(rq, here, "/reports/new"),
                                 .rows = activity_rows(rq, here, all, n),
                                 .nrows = here->w.nactivities,
                                 .may_activity = takes_reports(here),
                                 .may_final = takes_reports(here) && !here->is_programme && here->p.state != PROJECT_APPROVED && !has_final,
                                 .is_small = monitor_is_small(here),
                                 .is_programme = here->is_programme};
    monitor_new_html(rq_html_begin(rq, title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err monitor_new_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct monitor_here here;
    TRY(here_of(rq, &here));
    return new_show(&f, &here);
}

/* What is known already: who reports, of which activity, that it was today. */
static struct monitor_report first_draft(struct form *f, const struct monitor_here *here)
{
    struct rq *rq = f->rq;
    struct str about = form_raw(f, "about");
    int64_t position = 0;
    struct monitor_report r = {.project = here->p.id,
                               .programme = here->g.id,
                               .is_final = !here->is_programme && str_eq(about, STR("final")),
                               .reporter_name = rq->who.name,
                               .is_entered_later = here->p.is_entered_later};
    if (!r.is_final && str_to_int(about, &position) == ERR_OK && position >= 1 && position <= (int64_t)here->w.nactivities) {
        r.activity = here->w.activities[position - 1].id;
        r.title = here->w.activities[position - 1].title;
    } else if (!r.is_final && !here->is_programme && here->w.nactivities == 0) {
        r.title = here->p.title; /* without a plan of activities what it is called is what was done */
    }
    return r;
}

enum err monitor_new_post(struct rq *rq)
{
    struct form f;
    struct monitor_here here;
    struct monitor_report_id id;
    struct actor by = rq_actor(rq);
    TRY(here_of(rq, &here));
    TRY(form_begin(rq, &f));
    if (form_raw(&f, "about").n == 0) form_fault_msg(&f, "about", MSG_monitor_about_must);
    if (!takes_reports(&here)) form_fault_msg(&f, "about", MSG_monitor_closed);
    struct monitor_report r = first_draft(&f, &here);
    enum err e = form_is_good(&f) ? monitor_save(rq->db, rq->arena, &by, &r, &id) : ERR_OK;
    if (e == ERR_REFUSED) form_fault_msg(&f, "about", MSG_monitor_final_there);
    else TRY(e);
    if (!form_is_good(&f)) {
        form_page_status(&f, 400);
        return new_show(&f, &here);
    }
    TRY(monitor_get(rq->db, rq->arena, id, &here.r));
    return rq_redirect(rq, monitor_report_href(rq, &here, "?step=what"));
}

/* ---- a step ---- */

static struct field typed_or(struct writing *w, const char *name, struct str value)
{
    return w->is_typed && form_has(&w->form, name) ? form_field(&w->form, name) : form_field_of(&w->form, name, value);
}

static const char *named(struct writing *w, const char *stem, struct str tail)
{
    return str_z(w->form.rq->arena, str_printf(w->form.rq->arena, "%s_%.*s", stem, STR_FMT(tail)));
}

static void fill_what(struct writing *w, struct monitor_form_view *v)
{
    struct rq *rq = w->form.rq;
    const struct monitor_here *here = &w->here;
    size_t n = here->w.nactivities;
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, n + 1);
    bool is_typed = w->is_typed && form_has(&w->form, "on_d");
    v->activity = typed_or(w, "activity", STR("other"));
    for (size_t i = 0; i < n; i++) {
        choices[i] = (struct choice){monitor_int(rq, (int64_t)i + 1), here->w.activities[i].title, false};
        choices[i].is_selected = is_typed ? str_eq(choices[i].value, v->activity.value) : w->r.activity.v == here->w.activities[i].id.v;
        if (w->r.activity.v == here->w.activities[i].id.v) v->plan = here->w.activities[i].method;
    }
    choices[n] = (struct choice){STR("other"), msg_text(MSG_monitor_activity_other, rq->page.lang), id_is_none(w->r.activity)};
    v->activities = choices;
    v->nactivities = here->is_programme || w->r.is_final || n == 0 ? 0 : n + 1;
    v->name = typed_or(w, "title", w->r.title);
    v->on = is_typed ? form_date_field(&w->form, "on") : form_date_field_of(&w->form, "on", w->r.on);
    v->ends_on = is_typed ? form_date_field(&w->form, "ends_on") : form_date_field_of(&w->form, "ends_on", w->r.ends_on);
    v->reporter_name = typed_or(w, "reporter_name", w->r.reporter_name);
    v->reporter_area = typed_or(w, "reporter_area", w->r.reporter_area);
}

static void fill_words(struct writing *w, struct monitor_form_view *v)
{
    const struct monitor_report *r = &w->r;
    v->planned = typed_or(w, "planned", r->planned);
    v->done = typed_or(w, "done", r->done);
    v->output = typed_or(w, "output", r->output);
    v->outcome = typed_or(w, "outcome", r->outcome);
    v->conclusion = typed_or(w, "conclusion", r->conclusion);
    v->problems = typed_or(w, "problems", r->problems);
    v->suggestions = typed_or(w, "suggestions", r->suggestions);
    v->output_same = form_field_of(&w->form, "output_same", STR(""));
    v->outcome_same = form_field_of(&w->form, "outcome_same", STR(""));
    v->conclusion_same = form_field_of(&w->form, "conclusion_same", STR(""));
    v->is_output_same = r->output.n > 0 && str_eq(r->output, r->done);
    v->is_outcome_same = r->outcome.n > 0 && str_eq(r->outcome, r->output);
    v->is_conclusion_same = r->conclusion.n > 0 && str_eq(r->conclusion, r->outcome);
}

/* The project's own groups first; the others fold away unless one of them has people. */
static void fill_people(struct writing *w, struct monitor_form_view *v)
{
    struct rq *rq = w->form.rq;
    struct monitor_count_row *rows = ARENA_ARRAY(rq->arena, struct monitor_count_row, w->here.ngroups);
    struct monitor_count_row *others = ARENA_ARRAY(rq->arena, struct monitor_count_row, w->here.ngroups);
    for (size_t i = 0; i < w->here.ngroups; i++) {
        const struct monitor_group *g = &w->here.groups[i];
        struct str value = STR("");
        for (size_t k = 0; k < w->r.npeople; k++)
            if (str_eq(w->r.people[k].group, g->code)) value = monitor_int(rq, w->r.people[k].people);
        struct monitor_count_row row = {typed_or(w, named(w, "people", g->code), value), g->name, g->planned};
        bool is_own = g->planned.has || w->here.is_programme || w->here.w.ntargets == 0;
        if (is_own) rows[v->npeople++] = row;
        else others[v->nothers++] = row;
        v->is_others_open |= !is_own && (row.f.value.n > 0 || row.f.fault.n > 0);
    }
    v->people = rows;
    v->others = others;
}

/* A sum as typed, else as kept. */
static struct field sum_field(struct writing *w, const char *name, struct opt_satang value)
{
    if (w->is_typed && form_has(&w->form, name)) return form_field(&w->form, name);
    return form_satang_field_of(&w->form, name, value);
}

static struct opt_satang spent_on(const struct writing *w, struct project_budget_id line)
{
    for (size_t k = 0; k < w->r.nmoney; k++)
        if (w->r.money[k].line.v == line.v) return (struct opt_satang){true, w->r.money[k].amount};
    return (struct opt_satang){0};
}

/* What was spent on something that no budget line is for, in own words. */
static void fill_own(struct writing *w, struct monitor_form_view *v)
{
    struct rq *rq = w->form.rq;
    struct monitor_own_row *own = ARENA_ARRAY(rq->arena, struct monitor_own_row, MONITOR_OWN_LINES);
    size_t at = 0;
    for (int64_t i = 1; i <= MONITOR_OWN_LINES; i++) {
        struct monitor_money m = {.words = STR("")};
        while (at < w->r.nmoney && !id_is_none(w->r.money[at].line)) at++;
        bool has = at < w->r.nmoney;
        if (has) m = w->r.money[at++];
        own[i - 1] = (struct monitor_own_row){typed_or(w, named(w, "words", monitor_int(rq, i)), m.words),
                                              sum_field(w, named(w, "amount", monitor_int(rq, i)), (struct opt_satang){has, m.amount}), i};
    }
    v->own = own;
    v->nown = monitor_is_small(&w->here) ? 0 : MONITOR_OWN_LINES;
}

static void fill_money(struct writing *w, struct monitor_form_view *v)
{
    struct rq *rq = w->form.rq;
    const struct monitor_here *here = &w->here;
    struct monitor_money_row *rows = ARENA_ARRAY(rq->arena, struct monitor_money_row, here->w.nbudget);
    v->nmoney = monitor_is_small(here) ? 0 : here->w.nbudget;
    for (size_t i = 0; i < v->nmoney; i++) {
        const struct project_budget *b = &here->w.budget[i];
        const char *name = named(w, "money", monitor_int(rq, (int64_t)i + 1));
        rows[i] = (struct monitor_money_row){sum_field(w, name, spent_on(w, b->id)), b->words, b->amount};
    }
    v->money = rows;
    v->spent = sum_field(w, "spent", w->r.spent);
    fill_own(w, v);
}

static struct str count_text(struct rq *rq, struct opt_count v)
{
    return v.has ? monitor_int(rq, v.v) : STR("");
}

static struct str x100_text(struct rq *rq, struct opt_count v)
{
    return v.has ? monitor_x100(rq, v.v) : STR("");
}

static void fill_reached(struct writing *w, struct monitor_form_view *v)
{
    struct rq *rq = w->form.rq;
    static const enum msg words[] = {MSG_monitor_level_1, MSG_monitor_level_2, MSG_monitor_level_3, MSG_monitor_level_4};
    size_t n = w->here.w.nobjectives;
    struct monitor_reached_row *rows = ARENA_ARRAY(rq->arena, struct monitor_reached_row, n);
    for (size_t i = 0; i < n; i++) {
        const struct project_objective *o = &w->here.w.objectives[i];
        struct str at = monitor_int(rq, (int64_t)i + 1);
        struct monitor_result s = {0};
        for (size_t k = 0; k < w->r.nresults; k++)
            if (w->r.results[k].position == (int64_t)i + 1) s = w->r.results[k];
        rows[i] = (struct monitor_reached_row){.n = (int64_t)i + 1,
                                               .words = o->words,
                                               .indicator = o->indicator_words,
                                               .from = x100_text(rq, o->from_x100),
                                               .to = x100_text(rq, o->to_x100),
                                               .unit = o->unit,
                                               .is_percent = str_eq(o->unit, STR("percent")),
                                               .is_judged = !o->to_x100.has,
                                               .numerator = typed_or(w, named(w, "numerator", at), count_text(rq, s.numerator)),
                                               .denominator = typed_or(w, named(w, "denominator", at), count_text(rq, s.denominator)),
                                               .reached = typed_or(w, named(w, "reached", at), x100_text(rq, s.reached_x100)),
                                               .note = typed_or(w, named(w, "reached_words", at), s.words),
                                               .level = typed_or(w, named(w, "level", at), s.level > 0 ? monitor_int(rq, s.level) : STR(""))};
        struct choice *levels = ARENA_ARRAY(rq->arena, struct choice, 4);
        for (int64_t l = 4; l >= 1; l--) {
            struct str value = monitor_int(rq, l);
            levels[4 - l] = (struct choice){value, msg_text(words[l - 1], rq->page.lang), str_eq(value, rows[i].level.value)};
        }
        rows[i].levels = levels;
        rows[i].nlevels = 4;
    }
    v->reached = rows;
    v->nreached = n;
}

/* ---- somebody else was first ---- */

static void fill_changes(struct writing *w, struct monitor_form_view *v)
{
    struct rq *rq = w->form.rq;
    const struct monitor_report *theirs = &w->here.r, *yours = &w->r;
    const struct { enum msg what; struct str theirs, yours; } texts[] = {
        {MSG_monitor_title_label, theirs->title, yours->title},
        {MSG_monitor_done_label, theirs->done, yours->done},
        {MSG_monitor_output_label, theirs->output, yours->output},
        {MSG_monitor_outcome_label, theirs->outcome, yours->outcome},
        {MSG_monitor_conclusion_label, theirs->conclusion, yours->conclusion},
        {MSG_monitor_problems_label, theirs->problems, yours->problems}};
    struct monitor_change *changes = ARENA_ARRAY(rq->arena, struct monitor_change, sizeof texts / sizeof texts[0]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (str_eq(texts[i].theirs, texts[i].yours)) continue;
        changes[v->nchanges++] = (struct monitor_change){msg_text(texts[i].what, rq->page.lang), texts[i].theirs, texts[i].yours};
    }
    v->changes = changes;
    v->is_conflict = true;
}

static void fill_sections(struct writing *w, unsigned sections, struct monitor_form_view *v)
{
    v->has_what = sections & SECTION_WHAT;
    v->has_done = sections & SECTION_DONE;
    v->has_result = sections & SECTION_RESULT;
    v->has_learned = sections & SECTION_LEARNED;
    v->has_people = sections & SECTION_PEOPLE;
    v->has_money = (sections & SECTION_MONEY) && !w->here.is_programme;
    v->has_reached = (sections & SECTION_REACHED) && w->r.is_final;
    v->has_photos = sections & SECTION_PHOTOS;
    fill_what(w, v);
    fill_words(w, v);
    if (v->has_people) fill_people(w, v);
    if (v->has_money) fill_money(w, v);
    if (v->has_reached) fill_reached(w, v);
}

/* "what done photos": a phone gets all of them while it has a line. */
static struct str step_codes(struct rq *rq, const struct monitor_step *steps, size_t n)
{
    struct buf b = buf_in(rq->arena, 200);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) buf_putc(&b, ' ');
        buf_put(&b, str_of(steps[i].code));
    }
    return buf_str(&b);
}

static enum err step_show(struct writing *w)
{
    struct rq *rq = w->form.rq;
    size_t n = 0;
    const struct monitor_step *steps = monitor_steps(&w->here, &n), *step = &steps[w->at];
    struct str title = monitor_title(rq, &w->here);
    struct monitor_form_view v = {.head = monitor_head_of(rq, &w->here, title),
                                  .errors = form_errors(&w->form),
                                  .marks = form_marks(rq),
                                  .action = monitor_report_href(rq, &w->here, ""),
                                  .report = monitor_report_href(rq, &w->here, ""),
                                  .photo_door = monitor_report_href(rq, &w->here, "/photos"),
                                  .title = msg_text(step->title, rq->page.lang),
                                  .version = monitor_int(rq, w->here.r.version),
                                  .step = str_of(step->code),
                                  .steps = step_codes(rq, steps, n),
                                  .reason = w->here.r.state == MONITOR_RETURNED ? w->here.r.returned_reason : STR(""),
                                  .at = (int64_t)w->at + 1,
                                  .n = (int64_t)n,
                                  .is_final = w->r.is_final,
                                  .is_programme = w->here.is_programme,
                                  .is_small = monitor_is_small(&w->here),
                                  .is_last = w->at + 1 == n,
                                  .photo_field = form_field_of(&w->form, "photos", STR("")),
                                  .has_prev = w->at > 0};
    if (w->at > 0) v.prev = monitor_report_href(rq, &w->here, str_z(rq->arena, str_printf(rq->arena, "?step=%s", steps[w->at - 1].code)));
    fill_sections(w, step->sections, &v);
    if (v.has_photos) v.photos = monitor_photo_rows(&w->form, &w->here, false, &v.nphotos);
    v.photos_left = MONITOR_PHOTOS_MAX - (int64_t)w->here.r.nphotos;
    if (w->is_conflict) fill_changes(w, &v);
    monitor_form_html(rq_html_begin(rq, v.title, MENU_NONE), &rq->page, &v);
    return rq_html_end(rq);
}

enum err monitor_step_page(struct rq *rq, const struct monitor_here *here)
{
    struct writing w = {.form = {.rq = rq}, .here = *here, .r = here->r};
    if (!monitor_may_edit(here)) return ERR_NOT_FOUND;
    w.at = monitor_step_at(here, rq_param(rq, "step"));
    return step_show(&w);
}

/* ---- saving a step ---- */

static enum err act_look(struct rq *rq, void *ctx)
{
    struct writing *w = ctx;
    TRY(monitor_here_report(rq, &w->here));
    return monitor_may_edit(&w->here) ? ERR_OK : ERR_NOT_FOUND;
}

static bool keeps_photos(const struct writing *w)
{
    size_t n = 0;
    return monitor_steps(&w->here, &n)[w->at].sections & SECTION_PHOTOS;
}

/* Inside the write transaction. The words are kept only when all is good and nobody came first; photos that came whole are
 * kept at once. */
static enum err save_all(struct rq *rq, struct writing *w)
{
    struct actor by = rq_actor(rq);
    struct monitor_report_id id;
    if (keeps_photos(w)) TRY(monitor_uploads_put(&w->form, w->here.r.id, &w->photos));
    if (!form_is_good(&w->form)) return ERR_OK;
    w->r.version = w->version;
    enum err e = monitor_save(rq->db, rq->arena, &by, &w->r, &id);
    if (e == ERR_CONFLICT) { /* nor do its captions, its removals, nor who may see a photo */
        w->is_conflict = true;
        return ERR_OK;
    }
    TRY(e);
    return keeps_photos(w) ? monitor_photos_change(&w->form, &w->here.r) : ERR_OK;
}

/* The next question; "save" and the last one lead to the report itself; more photos back to the same. */
static enum err onward(struct rq *rq, struct writing *w)
{
    size_t n = 0;
    const struct monitor_step *steps = monitor_steps(&w->here, &n);
    struct str go = form_raw(&w->form, "go");
    size_t to = str_eq(go, STR("photos")) ? w->at : w->at + 1;
    if (str_eq(go, STR("save")) || to >= n)
        return rq_redirect(rq, monitor_report_href(rq, &w->here, str_eq(go, STR("save")) ? "?done=saved" : ""));
    const char *tail = str_z(rq->arena, str_printf(rq->arena, to == w->at ? "?step=%s#photos-title" : "?step=%s", steps[to].code));
    return rq_redirect(rq, monitor_report_href(rq, &w->here, tail));
}

static enum err act_save(struct rq *rq, void *ctx)
{
    struct writing *w = ctx;
    TRY(act_look(rq, w));
    TRY(save_all(rq, w));
    if (form_is_good(&w->form) && !w->is_conflict) return onward(rq, w);
    w->is_typed = true;
    form_page_status(&w->form, w->is_conflict ? 409 : 400);
    TRY(monitor_get(rq->db, rq->arena, w->here.r.id, &w->here.r));
    return step_show(w);
}

enum err monitor_report_post(struct rq *rq)
{
    struct writing w = {0};
    size_t n = 0;
    TRY(monitor_txn(rq, DB_TXN_READ, act_look, &w));
    TRY(form_begin(rq, &w.form));
    w.at = monitor_step_at(&w.here, form_raw(&w.form, "step"));
    w.r = w.here.r;
    if (str_to_int(form_raw(&w.form, "version"), &w.version) != ERR_OK) w.version = 0;
    monitor_read(&w.form, &w.here, monitor_steps(&w.here, &n)[w.at].sections, &w.r);
    if (keeps_photos(&w)) TRY(monitor_uploads_read(&w.form, &w.photos));
    return monitor_txn(rq, DB_TXN_WRITE, act_save, &w);
}
