/* meeting_pages.c — the list of a fund's meetings, calling one, its date and place, and cancelling it. */
#include "base/thai.h"
#include "rooms/meeting.html.h"
#include "rooms/meeting/meeting_ask.h"

#define ROWS 25
#define LATER_DAYS 30 /* minutes are written within days; what is older was entered later */

/* ---- the list ---- */

static enum err cursor_read(struct rq *rq, const struct meeting_here *here, struct meeting_id *ret)
{
    struct str cursor = rq_param(rq, "cursor");
    struct meeting m = {0};
    ret->v = 0;
    if (cursor.n == 0) return ERR_OK;
    enum err e = meeting_find(rq->db, rq->arena, here->code, cursor, &m);
    if (e == ERR_OK) *ret = m.id;
    return e;
}

enum err meeting_list_page(struct rq *rq)
{
    struct meeting_here here;
    struct meeting *all = NULL;
    struct meeting_id before;
    size_t n = 0;
    TRY(meeting_here_fund(rq, &here));
    enum err e = cursor_read(rq, &here, &before);
    if (e == ERR_NOT_FOUND) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(e);
    TRY(meeting_list(rq->db, rq->arena, here.fund, before, ROWS + 1, &all, &n));
    struct str title = msg_text(MSG_meeting_list, rq->page.lang);
    struct meeting_list_view v = {.head = meeting_head_of(rq, &here, STR_NONE),
                                  .may_write = here.may_write,
                                  .add = HREF(rq->arena, "/funds/{}/meetings/new", here.code),
                                  .nrows = n > ROWS ? ROWS : n};
    struct meeting_row *rows = ARENA_ARRAY(rq->arena, struct meeting_row, v.nrows);
    for (size_t i = 0; i < v.nrows; i++) {
        struct meeting_here one = here;
        one.m = all[i];
        rows[i] = (struct meeting_row){.href = meeting_href(rq, &one, ""),
                                       .words = meeting_words(rq->arena, &all[i]),
                                       .held_on = all[i].held_on,
                                       .place = str_is_none(all[i].place) ? STR("–") : all[i].place,
                                       .state = meeting_state_of(&all[i])};
    }
    v.rows = rows;
    v.pager = (struct pager){.has_first = !id_is_none(before), .first = meeting_list_href(rq, &here), .has_next = n > ROWS};
    if (n > ROWS)
        v.pager.next = HREF(rq->arena, "/funds/{}/meetings?cursor={}", here.code, meeting_ref(rq->arena, &all[ROWS - 1]));
    meeting_list_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- the form of both ---- */

/* "9.30", "09:30 น." as "09.30 น."; what is no time of a day is a fault. */
static struct str time_read(struct form *f, const char *name)
{
    struct arena *a = f->rq->arena;
    struct str line = form_line(f, name, FORM_MAY, MEETING_LINE_MAX), rest = thai_digits_to_ascii(a, line), hour = STR(""), minute = STR("");
    int64_t h = -1, m = -1;
    if (line.n == 0) return line;
    char mark = str_find_char(rest, ':') >= 0 ? ':' : '.';
    if (str_split(&rest, mark, &hour)) minute = str_first(rest, 2);
    struct str tail = str_trim(str_from(rest, minute.n));
    bool is_time = minute.n == 2 && (tail.n == 0 || str_eq(tail, msg_text(MSG_meeting_hour_mark, LANG_TH)) || str_eq(tail, STR("น"))) &&
                   str_to_int(str_trim(hour), &h) == ERR_OK && str_to_int(minute, &m) == ERR_OK && h >= 0 && h <= 23 && m >= 0 && m <= 59;
    if (is_time) return MSG_FORMAT(a, LANG_TH, MSG_meeting_hour, str_printf(a, "%02lld.%02lld", (long long)h, (long long)m));
    form_fault_msg(f, name, MSG_meeting_time_bad);
    return line;
}

static void fill_typed(struct form *f, struct meeting_form_view *v)
{
    v->number = form_field(f, "number");
    v->held_on = form_date_field(f, "held_on");
    v->began = form_field(f, "began");
    v->ended = form_field(f, "ended");
    v->place = form_field(f, "place");
    v->chaired_by = form_field(f, "chaired_by");
}

static enum err form_show(struct form *f, const struct meeting_here *here, struct meeting_form_view *v)
{
    struct rq *rq = f->rq;
    v->title = msg_text(v->is_new ? MSG_meeting_call_title : MSG_meeting_edit_title, rq->page.lang);
    v->head = meeting_head_of(rq, here, v->title);
    v->errors = form_errors(f);
    v->marks = form_marks(rq);
    v->action = v->is_new ? meeting_list_href(rq, here) : meeting_href(rq, here, "/edit");
    v->back = v->is_new ? meeting_list_href(rq, here) : meeting_href(rq, here, "");
    meeting_form_html(rq_html_begin(rq, v->title, MENU_FUNDS), &rq->page, v);
    return rq_html_end(rq);
}

/* ---- calling ---- */

enum err meeting_new_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct meeting_here here;
    struct meeting *last = NULL;
    int64_t number = 0;
    size_t n = 0;
    TRY(meeting_here_fund(rq, &here));
    TRY(meeting_next_number(rq->db, rq->arena, here.fund, rq->this_fy, &number));
    TRY(meeting_list(rq->db, rq->arena, here.fund, (struct meeting_id){0}, 1, &last, &n));
    /* Most funds meet where they met, under the same chair. */
    struct str place = n > 0 ? last[0].place : STR_NONE, chair = n > 0 ? last[0].chaired_by : STR_NONE;
    struct meeting_form_view v = {.is_new = true,
                                  .number = form_field_of(&f, "number", meeting_int_text(rq->arena, number)),
                                  .held_on = form_date_field_of(&f, "held_on", (struct opt_date){0}),
                                  .began = form_field_of(&f, "began", STR("")),
                                  .place = form_field_of(&f, "place", place),
                                  .chaired_by = form_field_of(&f, "chaired_by", chair)};
    return form_show(&f, &here, &v);
}

static struct meeting_new call_read(struct form *f, const struct meeting_here *here)
{
    struct rq *rq = f->rq;
    struct opt_count number = form_count(f, "number", FORM_MAY, 1, MEETING_NUMBER_MAX);
    struct opt_date on = form_date(f, "held_on", FORM_MUST);
    struct meeting_new n = {.fund = here->fund,
                            .number = number.v,
                            .held_on = on.v,
                            .began = time_read(f, "began"),
                            .place = form_line(f, "place", FORM_MAY, MEETING_TITLE_MAX),
                            .chaired_by = form_line(f, "chaired_by", FORM_MAY, MEETING_LINE_MAX)};
    if (!on.has) return n;
    n.fy = date_fiscal_year(on.v);
    n.is_entered_later = date_cmp(on.v, date_add_days(rq->today, -LATER_DAYS)) < 0;
    if (n.fy.v > rq->this_fy.v + 1 || n.fy.v < FISCAL_YEAR_MIN) form_fault_msg(f, "held_on", MSG_meeting_date_far);
    return n;
}

/* Says which number would be free in the year of that date. */
static enum err number_taken(struct form *f, const struct meeting_new *n)
{
    struct rq *rq = f->rq;
    int64_t next = 0;
    TRY(meeting_next_number(rq->db, rq->arena, n->fund, n->fy, &next));
    form_fault(f, "number",
               MSG_FORMAT(rq->arena, rq->page.lang, MSG_meeting_number_taken, meeting_int_text(rq->arena, n->number),
                          meeting_int_text(rq->arena, n->fy.v), meeting_int_text(rq->arena, next)));
    return ERR_OK;
}

enum err meeting_call_post(struct rq *rq)
{
    struct form f;
    struct meeting_here here;
    struct meeting_id id = {0};
    struct meeting_form_view v = {.is_new = true};
    TRY(form_begin(rq, &f));
    TRY(meeting_here_fund(rq, &here));
    struct meeting_new n = call_read(&f, &here);
    if (form_is_good(&f)) {
        struct actor by = rq_actor(rq);
        enum err e = meeting_add(rq->db, rq->arena, &by, &n, &id);
        if (e == ERR_CONFLICT) TRY(number_taken(&f, &n));
        else if (e == ERR_LIMIT) form_fault_msg(&f, "number", MSG_meeting_number_limit);
        else TRY(e);
    }
    if (form_is_good(&f)) {
        TRY(meeting_get(rq->db, rq->arena, id, &here.m));
        return rq_is_api(rq) ? meeting_answer_api(rq, &here, 201) : meeting_done(rq, &here, "called");
    }
    if (rq_is_api(rq)) return form_refuse_api(&f);
    form_page_status(&f, 400);
    fill_typed(&f, &v);
    return form_show(&f, &here, &v);
}

/* ---- its date and place ---- */

static struct str words_of(struct str s)
{
    return str_is_none(s) ? STR("") : s;
}

enum err meeting_edit_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct meeting_here here;
    TRY(meeting_here_read(rq, &here));
    if (!meeting_is_open(&here.m)) return rq_redirect(rq, meeting_href(rq, &here, ""));
    struct meeting_form_view v = {.version = meeting_int_text(rq->arena, here.m.version),
                                  .held_on = form_date_field_of(&f, "held_on", (struct opt_date){true, here.m.held_on}),
                                  .began = form_field_of(&f, "began", here.m.began),
                                  .ended = form_field_of(&f, "ended", here.m.ended),
                                  .place = form_field_of(&f, "place", here.m.place),
                                  .chaired_by = form_field_of(&f, "chaired_by", here.m.chaired_by)};
    return form_show(&f, &here, &v);
}

static void clash(struct rq *rq, struct meeting_form_view *v, struct meeting_clash *rows, enum msg what, struct str theirs,
                  struct str yours)
{
    if (str_eq(words_of(theirs), words_of(yours))) return;
    rows[v->nclashes++] = (struct meeting_clash){msg_text(what, rq->page.lang), words_of(theirs), words_of(yours)};
}

/* What the other one saved, field by field, against what was typed; saving again is on top of it. */
static void fill_clash(struct rq *rq, const struct meeting *now, const struct meeting_facts *typed, struct meeting_form_view *v)
{
    struct meeting_clash *rows = ARENA_ARRAY(rq->arena, struct meeting_clash, 5);
    clash(rq, v, rows, MSG_meeting_held_on, meeting_date_text(rq, now->held_on), meeting_date_text(rq, typed->held_on));
    clash(rq, v, rows, MSG_meeting_began, now->began, typed->began);
    clash(rq, v, rows, MSG_meeting_ended, now->ended, typed->ended);
    clash(rq, v, rows, MSG_meeting_place, now->place, typed->place);
    clash(rq, v, rows, MSG_meeting_chaired_by, now->chaired_by, typed->chaired_by);
    v->clashes = rows;
    v->is_conflict = true;
}

/* A meeting stays in the year of its number. */
static void check_year(struct form *f, const struct meeting *m, struct opt_date on)
{
    struct rq *rq = f->rq;
    if (on.has && date_fiscal_year(on.v).v != m->fy.v)
        form_fault(f, "held_on",
                   MSG_FORMAT(rq->arena, rq->page.lang, MSG_meeting_other_year, meeting_int_text(rq->arena, m->fy.v),
                              meeting_date_text(rq, fiscal_year_first(m->fy)), meeting_date_text(rq, fiscal_year_last(m->fy))));
}

/* Times are written alike, so that their texts are in order. */
static void check_hours(struct form *f, const struct meeting_facts *facts)
{
    if (form_is_good(f) && facts->began.n > 0 && facts->ended.n > 0 && str_cmp(facts->ended, facts->began) <= 0)
        form_fault_msg(f, "ended", MSG_meeting_ends_first);
}

enum err meeting_edit_post(struct rq *rq)
{
    struct form f;
    struct meeting_here here;
    struct meeting_form_view v = {0};
    TRY(form_begin(rq, &f));
    TRY(meeting_here_read(rq, &here));
    struct opt_date on = form_date(&f, "held_on", FORM_MUST);
    struct opt_count version = form_count(&f, "version", FORM_MUST, 1, INT32_MAX);
    struct meeting_facts facts = {.held_on = on.v,
                                  .began = time_read(&f, "began"),
                                  .ended = time_read(&f, "ended"),
                                  .place = form_line(&f, "place", FORM_MAY, MEETING_TITLE_MAX),
                                  .chaired_by = form_line(&f, "chaired_by", FORM_MAY, MEETING_LINE_MAX)};
    check_year(&f, &here.m, on);
    check_hours(&f, &facts);
    enum err e = ERR_OK;
    if (form_is_good(&f)) {
        struct actor by = rq_actor(rq);
        e = meeting_edit(rq->db, rq->arena, &by, &here.m, version.v, &facts);
        if (e == ERR_OK) return meeting_done(rq, &here, "edited");
        if (e == ERR_REFUSED) form_fault_msg(&f, "held_on", meeting_why_shut(rq, &here.m));
        else if (e != ERR_CONFLICT) return e;
    }
    if (rq_is_api(rq)) return e == ERR_CONFLICT ? form_conflict_api(rq) : form_refuse_api(&f);
    form_page_status(&f, e == ERR_CONFLICT ? 409 : 400);
    fill_typed(&f, &v);
    v.version = meeting_int_text(rq->arena, e == ERR_CONFLICT ? here.m.version : version.v);
    if (e == ERR_CONFLICT) fill_clash(rq, &here.m, &facts, &v);
    return form_show(&f, &here, &v);
}

/* ---- not holding it: {version, reason} ---- */

static enum err cancel_show(struct form *f, const struct meeting_here *here)
{
    struct rq *rq = f->rq;
    struct meeting_item *items = NULL;
    size_t n = 0;
    struct str title = msg_text(MSG_meeting_cancel_title, rq->page.lang);
    TRY(meeting_items(rq->db, rq->arena, here->m.id, &items, &n));
    struct meeting_cancel_view v = {.head = meeting_head_of(rq, here, title),
                                    .errors = form_errors(f),
                                    .marks = form_marks(rq),
                                    .action = meeting_href(rq, here, "/cancel"),
                                    .back = meeting_href(rq, here, ""),
                                    .edit = meeting_href(rq, here, "/edit"),
                                    .version = meeting_int_text(rq->arena, here->m.version),
                                    .reason = form_field(f, "reason")};
    for (size_t i = 0; i < n; i++) v.nwaiting += !str_is_none(items[i].thing);
    meeting_cancel_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

enum err meeting_cancel_page(struct rq *rq)
{
    struct form f = {.rq = rq};
    struct meeting_here here;
    TRY(meeting_here_read(rq, &here));
    if (!meeting_is_open(&here.m)) return rq_redirect(rq, meeting_href(rq, &here, ""));
    return cancel_show(&f, &here);
}

enum err meeting_cancel_post(struct rq *rq)
{
    struct form f;
    struct meeting_here here;
    TRY(form_begin(rq, &f));
    TRY(meeting_here_read(rq, &here));
    struct opt_count version = form_count(&f, "version", FORM_MUST, 1, INT32_MAX);
    struct str reason = form_line(&f, "reason", FORM_MUST, MEETING_TITLE_MAX);
    enum err e = ERR_INPUT;
    if (form_is_good(&f)) {
        struct actor by = rq_actor(rq);
        e = meeting_cancel(rq->db, rq->arena, &by, &here.m, version.v, reason);
        if (e == ERR_OK) return meeting_done(rq, &here, "cancelled");
        if (e == ERR_REFUSED)
            form_fault_msg(&f, "reason", meeting_is_open(&here.m) ? MSG_meeting_cancel_decided : meeting_why_shut(rq, &here.m));
        else if (e != ERR_CONFLICT) return e;
    }
    if (e == ERR_CONFLICT) {
        if (rq_is_api(rq)) return form_conflict_api(rq);
        form_fault_msg(&f, "reason", MSG_meeting_conflict);
    }
    if (rq_is_api(rq)) return form_refuse_api(&f);
    form_page_status(&f, e == ERR_CONFLICT ? 409 : 400);
    return cancel_show(&f, &here);
}
