/* item_pages.c — an item of the agenda: written, moved, taken off; the outcome of a plan's; who left the
 * room for it. What a project's item decides is written by room project, on a page of its own. */
#include "json/json_in.h"
#include "rooms/meeting.html.h"
#include "rooms/meeting/meeting_ask.h"

struct item_at {
    struct rq *rq;
    struct form form;
    struct meeting_here here;
    struct meeting_item item; /* id none: a new one */
    size_t head;              /* under which it stands */
};

/* The item that ?item= or the form names, of this meeting; none named: a new one of `agenda`. */
static enum err item_read(struct item_at *at, struct str item, struct str agenda)
{
    struct rq *rq = at->rq;
    struct meeting_item_id id = {0};
    TRY(meeting_here_read(rq, &at->here));
    at->head = meeting_agenda_of(agenda);
    if (item.n == 0) return ERR_OK;
    if (str_to_int(item, &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(meeting_item_get(rq->db, rq->arena, id, &at->item));
    at->head = meeting_agenda_of(at->item.agenda);
    return at->item.meeting.v == at->here.m.id.v ? ERR_OK : ERR_NOT_FOUND;
}

static struct str words_of(struct str s)
{
    return str_is_none(s) ? STR("") : s;
}

static struct str item_id(const struct item_at *at)
{
    return id_is_none(at->item.id) ? STR("") : meeting_int_text(at->rq->arena, at->item.id.v);
}

/* ---- the page of one ---- */

static void fill_outcomes(struct rq *rq, struct str chosen, struct meeting_item_view *v)
{
    struct choice *choices = ARENA_ARRAY(rq->arena, struct choice, 2);
    choices[0] = (struct choice){STR("agree"), msg_text(MSG_meeting_agree, rq->page.lang), str_eq(chosen, STR("agree"))};
    choices[1] = (struct choice){STR("refuse"), msg_text(MSG_meeting_refuse, rq->page.lang), str_eq(chosen, STR("refuse"))};
    v->outcomes = choices;
    v->noutcomes = 2;
}

static enum err item_show(struct item_at *at, struct meeting_item_view *v)
{
    struct rq *rq = at->rq;
    const struct meeting_item *item = &at->item;
    v->is_new = id_is_none(item->id);
    v->is_thing = !str_is_none(item->thing);
    v->is_plan = meeting_item_is_plan(item);
    struct str title = v->is_new ? msg_text(MSG_meeting_item_new, rq->page.lang) : item->title;
    v->head = meeting_head_of(rq, &at->here, title);
    v->errors = form_errors(&at->form);
    v->marks = form_marks(rq);
    v->action = meeting_href(rq, &at->here, "/items");
    v->back = meeting_href(rq, &at->here, "");
    v->has_thing_href = meeting_thing_href(rq, &at->here, item, &v->thing);
    v->may_drop = !v->is_new && (!v->is_thing || !meeting_item_is_decided(item));
    v->may_raise = !v->is_new;
    v->item = item_id(at);
    v->agenda = str_of(meeting_agendas[at->head]);
    v->agenda_name = meeting_agenda_name(rq, at->head);
    v->item_title = words_of(item->title);
    v->item_words = words_of(item->words);
    fill_outcomes(rq, v->outcome.value, v);
    meeting_item_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

enum err meeting_item_page(struct rq *rq)
{
    struct item_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(item_read(&at, rq_param(rq, "item"), rq_param(rq, "agenda")));
    if (!meeting_is_open(&at.here.m)) return rq_redirect(rq, meeting_href(rq, &at.here, ""));
    struct meeting_item_view v = {.version = meeting_int_text(rq->arena, at.item.version),
                                  .title = form_field_of(&at.form, "title", at.item.title),
                                  .words = form_field_of(&at.form, "words", at.item.words),
                                  .outcome = form_field_of(&at.form, "outcome", at.item.outcome)};
    return item_show(&at, &v);
}

/* ---- writing it: {item, version, agenda, title, words, outcome, act} ---- */

struct item_typed {
    struct str title, words;
    int outcome; /* 0 agree, 1 refuse, -1 none */
    int64_t version;
};

static const char *const acts[] = {"save", "drop", "raise"};
static const char *const outcomes[] = {"agree", "refuse"};

static struct item_typed typed_read(struct item_at *at)
{
    struct form *f = &at->form;
    bool is_thing = !str_is_none(at->item.thing);
    struct item_typed t = {.outcome = -1, .words = form_text(f, "words", FORM_MAY, MEETING_WORDS_MAX)};
    if (!is_thing) t.title = form_line(f, "title", FORM_MUST, MEETING_TITLE_MAX);
    if (meeting_item_is_plan(&at->item)) t.outcome = form_choice(f, "outcome", FORM_MUST, outcomes, 2);
    if (!id_is_none(at->item.id)) t.version = form_count(f, "version", FORM_MUST, 1, INT32_MAX).v;
    return t;
}

static enum err item_save(struct item_at *at, const struct item_typed *t)
{
    struct rq *rq = at->rq;
    struct actor by = rq_actor(rq);
    struct meeting_item_id id;
    if (id_is_none(at->item.id))
        return meeting_item_new(rq->db, rq->arena, &by, at->here.m.id, meeting_agendas[at->head], t->title, t->words, &id);
    if (!meeting_item_is_plan(&at->item))
        return meeting_item_edit(rq->db, rq->arena, &by, at->item.id, t->version, t->title, t->words);
    if (t->version != at->item.version) return ERR_CONFLICT;
    return meeting_outcome(rq->db, rq->arena, &by, at->item.id, t->outcome == 0, t->words);
}

static enum err item_act(struct item_at *at, int act, const struct item_typed *t)
{
    struct actor by = rq_actor(at->rq);
    if (act <= 0) return item_save(at, t);
    if (id_is_none(at->item.id)) return ERR_NOT_FOUND;
    if (act == 1) return meeting_item_drop(at->rq->db, at->rq->arena, &by, at->item.id);
    return meeting_item_raise(at->rq->db, at->rq->arena, at->item.id);
}

static void clash(struct rq *rq, struct meeting_item_view *v, struct meeting_clash *rows, enum msg what, struct str theirs,
                  struct str yours)
{
    if (str_eq(words_of(theirs), words_of(yours))) return;
    rows[v->nclashes++] = (struct meeting_clash){msg_text(what, rq->page.lang), words_of(theirs), words_of(yours)};
}

static struct str outcome_words(struct rq *rq, struct str code)
{
    if (str_eq(code, STR("agree"))) return msg_text(MSG_meeting_agree, rq->page.lang);
    return str_eq(code, STR("refuse")) ? msg_text(MSG_meeting_refuse, rq->page.lang) : STR("");
}

static enum err item_again(struct item_at *at, const struct item_typed *t, bool is_conflict)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct meeting_clash *rows = ARENA_ARRAY(rq->arena, struct meeting_clash, 3);
    struct meeting_item_view v = {.version = is_conflict ? meeting_int_text(rq->arena, at->item.version) : form_raw(f, "version"),
                                  .title = form_field(f, "title"),
                                  .words = form_field(f, "words"),
                                  .outcome = form_field(f, "outcome"),
                                  .is_conflict = is_conflict};
    if (is_conflict) {
        if (str_is_none(at->item.thing)) clash(rq, &v, rows, MSG_meeting_item_title, at->item.title, t->title);
        clash(rq, &v, rows, MSG_meeting_item_words, at->item.words, t->words);
        if (t->outcome >= 0)
            clash(rq, &v, rows, MSG_meeting_outcome, outcome_words(rq, at->item.outcome),
                  outcome_words(rq, str_of(outcomes[t->outcome])));
        v.clashes = rows;
    }
    form_page_status(f, is_conflict ? 409 : 400);
    return item_show(at, &v);
}

/* Refused for the whole meeting's sake: an outcome is written from its day on. */
static bool is_shut(const struct item_at *at, int act)
{
    bool is_outcome = act <= 0 && meeting_item_is_plan(&at->item);
    return !(is_outcome ? meeting_is_begun(&at->here.m, at->rq->today) : meeting_is_open(&at->here.m));
}

enum err meeting_item_post(struct rq *rq)
{
    struct item_at at = {.rq = rq};
    struct item_typed t = {.outcome = -1};
    TRY(form_begin(rq, &at.form));
    TRY(item_read(&at, form_raw(&at.form, "item"), form_raw(&at.form, "agenda")));
    int act = form_choice(&at.form, "act", FORM_MAY, acts, 3);
    if (id_is_none(at.item.id)) form_choice(&at.form, "agenda", FORM_MUST, meeting_agendas, MEETING_HEADS);
    if (act <= 0) t = typed_read(&at);
    enum err e = form_is_good(&at.form) ? item_act(&at, act, &t) : ERR_INPUT;
    if (e == ERR_OK) return meeting_done(rq, &at.here, act == 1 ? "dropped" : "item");
    if (e == ERR_LIMIT) form_fault_msg(&at.form, "title", MSG_meeting_items_full);
    else if (e == ERR_REFUSED)
        form_fault_msg(&at.form, act == 1 ? "act" : "title",
                       is_shut(&at, act) ? meeting_why_shut(rq, &at.here.m) : MSG_meeting_item_decided);
    else if (e != ERR_CONFLICT && e != ERR_INPUT) return e;
    if (rq_is_api(rq)) return e == ERR_CONFLICT ? form_conflict_api(rq) : form_refuse_api(&at.form);
    return item_again(&at, &t, e == ERR_CONFLICT);
}

/* ---- who left the room for it: {item, version, left_N, why_N …}; in JSON people: [{id, reason}] ---- */

static const char *left_name(struct item_at *at, const char *what, struct meeting_person_id id)
{
    return str_z(at->rq->arena, str_printf(at->rq->arena, "%s_%lld", what, (long long)id.v));
}

/* As it is kept: NULL when the person stayed. */
static const struct meeting_person *left_of(const struct item_at *at, struct meeting_person_id id)
{
    for (size_t k = 0; k < at->item.nleft; k++)
        if (at->item.left[k].id.v == id.v) return &at->item.left[k];
    return NULL;
}

static enum err left_show(struct item_at *at, bool is_typed, bool is_conflict)
{
    struct rq *rq = at->rq;
    struct form *f = &at->form;
    struct meeting_person *people = NULL;
    size_t n = 0;
    struct str title = msg_text(MSG_meeting_left_title, rq->page.lang);
    TRY(meeting_people(rq->db, rq->arena, at->here.m.id, &people, &n));
    struct meeting_left_row *rows = ARENA_ARRAY(rq->arena, struct meeting_left_row, n);
    struct meeting_left_view v = {.head = meeting_head_of(rq, &at->here, title),
                                  .errors = form_errors(f),
                                  .marks = form_marks(rq),
                                  .action = meeting_href(rq, &at->here, "/left"),
                                  .back = meeting_href(rq, &at->here, ""),
                                  .people = meeting_href(rq, &at->here, "/people"),
                                  .item = item_id(at),
                                  .version = meeting_int_text(rq->arena, at->item.version),
                                  .item_title = at->item.title,
                                  .is_conflict = is_conflict,
                                  .rows = rows};
    for (size_t i = 0; i < n; i++) {
        if (!people[i].is_present) continue;
        struct meeting_left_row *r = &rows[v.nrows++];
        const struct meeting_person *kept = left_of(at, people[i].id);
        const char *why = left_name(at, "why", people[i].id), *tick = left_name(at, "left", people[i].id);
        *r = (struct meeting_left_row){str_of(tick), people[i].name, words_of(people[i].title),
                                       is_typed ? form_tick(f, tick) : kept != NULL,
                                       is_typed ? form_field(f, why) : form_field_of(f, why, kept == NULL ? STR("") : words_of(kept->why_left))};
    }
    meeting_left_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err meeting_left_page(struct rq *rq)
{
    struct item_at at = {.rq = rq, .form = {.rq = rq}};
    TRY(item_read(&at, rq_param(rq, "item"), STR("")));
    if (id_is_none(at.item.id)) return ERR_NOT_FOUND;
    if (!meeting_is_open(&at.here.m)) return rq_redirect(rq, meeting_href(rq, &at.here, ""));
    return left_show(&at, false, false);
}

static void left_json(struct form *f, struct meeting_leaver *who, size_t *ret_n)
{
    const struct json_value *named = NULL;
    bool is_bad = json_get_array(f->json, "people", &named) != ERR_OK || named->nitems > MEETING_PEOPLE_MAX;
    for (size_t i = 0; !is_bad && i < named->nitems; i++) {
        struct meeting_leaver *one = &who[(*ret_n)++];
        const struct json_value *v = &named->items[i];
        is_bad = v->kind != JSON_IN_OBJECT || json_get_int(v, "id", 1, INT64_MAX, &one->person.v) != ERR_OK ||
                 json_get_line(f->rq->arena, v, "reason", 4 * MEETING_TITLE_MAX, &one->why) != ERR_OK || one->why.n == 0;
    }
    if (is_bad) form_fault_msg(f, "people", MSG_meeting_left_bad);
}

/* Those ticked, each with a reason, or those that a program names. */
static enum err left_read(struct item_at *at, struct meeting_leaver *who, size_t *ret_n)
{
    struct form *f = &at->form;
    struct meeting_person *people = NULL;
    size_t n = 0;
    *ret_n = 0;
    if (f->json != NULL) {
        left_json(f, who, ret_n);
        return ERR_OK;
    }
    TRY(meeting_people(at->rq->db, at->rq->arena, at->here.m.id, &people, &n));
    for (size_t i = 0; i < n; i++) {
        if (!form_tick(f, left_name(at, "left", people[i].id))) continue;
        who[*ret_n].person = people[i].id;
        const char *why = left_name(at, "why", people[i].id);
        who[*ret_n].why = form_line(f, why, FORM_MAY, MEETING_TITLE_MAX);
        if (who[(*ret_n)++].why.n > 0) continue;
        form_fault(f, why, MSG_FORMAT(f->rq->arena, f->rq->page.lang, MSG_meeting_left_why_missing, people[i].name));
    }
    return ERR_OK;
}

enum err meeting_left_post(struct rq *rq)
{
    struct item_at at = {.rq = rq};
    struct meeting_leaver who[MEETING_PEOPLE_MAX] = {0};
    struct actor by = rq_actor(rq);
    size_t n = 0;
    TRY(form_begin(rq, &at.form));
    struct str item = form_raw(&at.form, "item");
    TRY(item_read(&at, item, STR("")));
    if (item.n == 0) form_fault_msg(&at.form, "item", MSG_form_not_among);
    struct opt_count version = form_count(&at.form, "version", FORM_MUST, 1, INT32_MAX);
    TRY(left_read(&at, who, &n));
    enum err e = ERR_INPUT;
    if (form_is_good(&at.form)) {
        e = version.v == at.item.version ? meeting_leave(rq->db, rq->arena, &by, at.item.id, who, n) : ERR_CONFLICT;
        if (e == ERR_OK) return meeting_done(rq, &at.here, "left");
        if (e == ERR_INPUT) form_fault_msg(&at.form, "people", MSG_meeting_left_people);
        else if (e == ERR_REFUSED) form_fault_msg(&at.form, "item", meeting_why_shut(rq, &at.here.m));
        else if (e != ERR_CONFLICT) return e;
    }
    if (rq_is_api(rq)) return e == ERR_CONFLICT ? form_conflict_api(rq) : form_refuse_api(&at.form);
    if (id_is_none(at.item.id)) return ERR_NOT_FOUND;
    form_page_status(&at.form, e == ERR_CONFLICT ? 409 : 400);
    return left_show(&at, true, e == ERR_CONFLICT);
}
