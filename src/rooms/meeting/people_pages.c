/* people_pages.c — who was there: a row for each, as on the signing sheet. The first time it begins with the
 * people of the last meeting, or with whom the fund knows as its committee; more rows by a button that
 * keeps what was typed. */
#include "json/json_in.h"
#include "rooms/meeting.html.h"
#include "rooms/meeting/meeting_ask.h"

#define ROWS_SPARE 3
#define ROWS_MORE  5

struct attend {
    struct rq *rq;
    struct form form;
    struct meeting_here here;
    struct meeting_person *people; /* as kept, or as offered */
    size_t npeople;
    bool is_everybody; /* who has a name has come: ticked at one press, and looked over */
    struct str copied; /* where the offered ones come from; none: they are kept */
};

static const char *cell(struct attend *at, const char *what, size_t i)
{
    return str_z(at->rq->arena, str_printf(at->rq->arena, "%s_%zu", what, i + 1));
}

static enum err attend_read(struct attend *at)
{
    struct rq *rq = at->rq;
    TRY(meeting_here_read(rq, &at->here));
    return meeting_people(rq->db, rq->arena, at->here.m.id, &at->people, &at->npeople);
}

/* ---- the page ---- */

/* As typed, or as kept. */
static void fill_rows(struct attend *at, size_t nrows, bool is_typed, struct meeting_people_view *v)
{
    struct form *f = &at->form;
    struct meeting_person_field *rows = ARENA_ARRAY(at->rq->arena, struct meeting_person_field, nrows);
    for (size_t i = 0; i < nrows; i++) {
        struct meeting_person kept = {.is_voter = true};
        if (i < at->npeople) kept = at->people[i];
        struct meeting_person_field *r = &rows[i];
        *r = (struct meeting_person_field){.n = (int64_t)i + 1,
                                           .id = id_is_none(kept.id) ? STR("") : meeting_int_text(at->rq->arena, kept.id.v),
                                           .name = form_field_of(f, cell(at, "name", i), kept.name),
                                           .title = form_field_of(f, cell(at, "title", i), kept.title),
                                           .present_name = str_of(cell(at, "present", i)),
                                           .voter_name = str_of(cell(at, "voter", i)),
                                           .id_name = str_of(cell(at, "id", i)),
                                           .is_present = kept.is_present,
                                           .is_voter = kept.is_voter};
        if (!is_typed) continue;
        r->id = form_raw(f, cell(at, "id", i));
        r->name = form_field(f, cell(at, "name", i));
        r->title = form_field(f, cell(at, "title", i));
        r->is_present = form_tick(f, cell(at, "present", i)) || (at->is_everybody && r->name.value.n > 0);
        r->is_voter = form_tick(f, cell(at, "voter", i));
    }
    v->rows = rows;
    v->nrows = nrows;
}

static struct str person_words(struct attend *at, const struct meeting_person *p)
{
    enum lang lang = at->rq->page.lang;
    struct str there = msg_text(p->is_present ? MSG_meeting_present : MSG_meeting_absent, lang);
    if (str_is_none(p->title) || p->title.n == 0)
        return str_concat(at->rq->arena, (const struct str[]){p->name, STR(" · "), there}, 3);
    return str_concat(at->rq->arena, (const struct str[]){p->name, STR(" · "), p->title, STR(" · "), there}, 5);
}

/* What the other one saved, row by row, against what was typed. */
static void fill_clash(struct attend *at, const struct meeting_person *typed, size_t ntyped, struct meeting_people_view *v)
{
    struct rq *rq = at->rq;
    size_t most = ntyped > at->npeople ? ntyped : at->npeople;
    struct meeting_clash *rows = ARENA_ARRAY(rq->arena, struct meeting_clash, most);
    for (size_t i = 0; i < most; i++) {
        struct str theirs = i < at->npeople ? person_words(at, &at->people[i]) : STR("");
        struct str yours = i < ntyped ? person_words(at, &typed[i]) : STR("");
        if (str_eq(theirs, yours)) continue;
        struct str what = MSG_FORMAT(rq->arena, rq->page.lang, MSG_meeting_person_row, meeting_int_text(rq->arena, (int64_t)i + 1));
        rows[v->nclashes++] = (struct meeting_clash){what, theirs, yours};
    }
    v->clashes = rows;
    v->is_conflict = true;
}

static enum err attend_show(struct attend *at, struct meeting_people_view *v)
{
    struct rq *rq = at->rq;
    struct str title = msg_text(MSG_meeting_people_title, rq->page.lang);
    v->head = meeting_head_of(rq, &at->here, title);
    v->errors = form_errors(&at->form);
    v->marks = form_marks(rq);
    v->action = meeting_href(rq, &at->here, "/people");
    v->back = meeting_href(rq, &at->here, "");
    v->rows_text = meeting_int_text(rq->arena, (int64_t)v->nrows);
    if (v->version.n == 0) v->version = meeting_int_text(rq->arena, at->here.m.version);
    v->copied = str_is_none(at->copied) ? STR("") : at->copied;
    meeting_people_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

static size_t limit(size_t nrows)
{
    return nrows > MEETING_PEOPLE_MAX ? MEETING_PEOPLE_MAX : nrows;
}

enum err meeting_people_page(struct rq *rq)
{
    struct attend at = {.rq = rq, .form = {.rq = rq}};
    struct meeting_people_view v = {0};
    TRY(attend_read(&at));
    if (!meeting_is_open(&at.here.m)) return rq_redirect(rq, meeting_href(rq, &at.here, ""));
    if (at.npeople == 0) TRY(meeting_people_offered(rq, &at.here, &at.people, &at.npeople, &at.copied));
    fill_rows(&at, limit(at.npeople + ROWS_SPARE), false, &v);
    return attend_show(&at, &v);
}

/* ---- writing ---- */

static size_t rows_of(struct form *f)
{
    int64_t n = 0;
    if (str_to_int(form_raw(f, "rows"), &n) != ERR_OK || n < 1) return 0;
    return limit(n > MEETING_PEOPLE_MAX ? MEETING_PEOPLE_MAX : (size_t)n);
}

static size_t typed_rows(struct attend *at, size_t nrows, struct meeting_person *ret)
{
    struct form *f = &at->form;
    size_t n = 0;
    for (size_t i = 0; i < nrows; i++) {
        bool is_present = form_tick(f, cell(at, "present", i));
        if (form_raw(f, cell(at, "name", i)).n == 0 && form_raw(f, cell(at, "title", i)).n == 0 && !is_present) continue;
        struct meeting_person p = {.name = form_line(f, cell(at, "name", i), FORM_MUST, MEETING_LINE_MAX),
                                   .title = form_line(f, cell(at, "title", i), FORM_MAY, MEETING_LINE_MAX),
                                   .is_present = is_present,
                                   .is_voter = form_tick(f, cell(at, "voter", i))};
        if (str_to_int(form_raw(f, cell(at, "id", i)), &p.id.v) != ERR_OK) p.id.v = 0;
        ret[n++] = p;
    }
    return n;
}

/* people: [{name, title, is_present, is_voter, id}] */
static size_t json_rows(struct attend *at, struct meeting_person *ret)
{
    struct form *f = &at->form;
    struct arena *a = at->rq->arena;
    const struct json_value *people = NULL;
    if (json_get_array(f->json, "people", &people) != ERR_OK || people->nitems > MEETING_PEOPLE_MAX) {
        form_fault_msg(f, "people", MSG_meeting_people_bad);
        return 0;
    }
    for (size_t i = 0; i < people->nitems; i++) {
        const struct json_value *one = &people->items[i];
        struct meeting_person p = {.is_present = true, .is_voter = true};
        enum err name = one->kind == JSON_IN_OBJECT ? json_get_line(a, one, "name", 4 * MEETING_LINE_MAX, &p.name) : ERR_INPUT;
        if (name != ERR_OK || p.name.n == 0 || json_get_line(a, one, "title", 4 * MEETING_LINE_MAX, &p.title) == ERR_INPUT ||
            json_get_bool(one, "is_present", &p.is_present) == ERR_INPUT ||
            json_get_bool(one, "is_voter", &p.is_voter) == ERR_INPUT ||
            json_get_int(one, "id", 0, INT64_MAX, &p.id.v) == ERR_INPUT) {
            form_fault_msg(f, "people", MSG_meeting_people_bad);
            return 0;
        }
        ret[i] = p;
    }
    return people->nitems;
}

static enum err attend_again(struct attend *at, size_t nrows, const struct meeting_person *typed, size_t n, bool is_conflict)
{
    struct meeting_people_view v = {0};
    if (is_conflict) fill_clash(at, typed, n, &v);
    else v.version = form_raw(&at->form, "version");
    fill_rows(at, nrows, true, &v);
    return attend_show(at, &v);
}

/* More rows are asked for, or everybody to be ticked: shown again, and nothing is wrong yet. */
static bool is_unfinished(struct attend *at, size_t *nrows)
{
    struct str step = form_raw(&at->form, "step");
    at->is_everybody = str_eq(step, STR("all"));
    if (str_eq(step, STR("rows"))) *nrows = limit(*nrows + ROWS_MORE);
    else if (!at->is_everybody) return false;
    at->form.nfaults = 0;
    return true;
}

enum err meeting_people_post(struct rq *rq)
{
    struct attend at = {.rq = rq};
    struct meeting_person typed[MEETING_PEOPLE_MAX];
    struct actor by = rq_actor(rq);
    TRY(form_begin(rq, &at.form));
    TRY(attend_read(&at));
    size_t nrows = rows_of(&at.form);
    size_t n = at.form.json != NULL ? json_rows(&at, typed) : typed_rows(&at, nrows, typed);
    if (is_unfinished(&at, &nrows)) return attend_again(&at, nrows, typed, n, false);
    struct opt_count version = form_count(&at.form, "version", FORM_MUST, 1, INT32_MAX);
    if (form_is_good(&at.form) && n == 0) form_fault_msg(&at.form, at.form.json != NULL ? "people" : "name_1", MSG_meeting_people_none);
    enum err e = ERR_INPUT;
    if (form_is_good(&at.form)) {
        e = meeting_hold(rq->db, rq->arena, &by, at.here.m.id, version.v, typed, n);
        if (e == ERR_OK) return meeting_done(rq, &at.here, "people");
        if (e == ERR_REFUSED) form_fault_msg(&at.form, "name_1", meeting_why_shut(rq, &at.here.m));
        else if (e != ERR_CONFLICT && e != ERR_INPUT) return e;
    }
    if (rq_is_api(rq)) return e == ERR_CONFLICT ? form_conflict_api(rq) : form_refuse_api(&at.form);
    form_page_status(&at.form, e == ERR_CONFLICT ? 409 : 400);
    return attend_again(&at, nrows, typed, n, e == ERR_CONFLICT);
}
