/* trail_pages.c — all that happened to a project, the newest first, wherever it was written down: what was booked on it, its
 * agreement, reports, decisions, changes and closing. Everybody who sees the project sees it; people are named to those
 * who may read who changed what. */
#include "app/audit_view.h"
#include "app/route.h"
#include "rooms/monitor/monitor_ask.h"
#include "rooms/monitor_sql.h"
#include "rooms/monitor_trail.html.h"

#define ROWS 50 /* acts of a page */

struct trailing {
    struct rq *rq;
    struct monitor_here here;
    bool has_names, has_persons, may_book; /* may_book: may look into the ledger */
    struct monitor_trail_row *rows; /* a field each */
    struct audit_entry *acts;
    struct str *codes; /* of each act, before its fields were picked: how a change of the project ended */
    size_t n;
    bool has_next;
    struct str next; /* the cursor */
};

static const struct monitor_trail_row *row_of(const struct trailing *t, size_t i)
{
    return &t->rows[t->acts[i].row];
}

/* ---- reading ---- */

/* What says nothing to a reader, or stands in the line already. */
static bool is_told(const struct trailing *t, struct str thing, const struct monitor_trail_row *r)
{
    static const char *const quiet[] = {"version", "money", "results", "state", "photo", "is_public", "number", "is_released", "how", "on"};
    if (str_eq(thing, STR("project"))) return true;
    if (r->sealed_for.has && !t->has_persons) return false;
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++)
        if (str_eq(r->field, str_of(quiet[i]))) return false;
    return true;
}

/* "1004=38 2002=7" as the project's own trail says people. */
static struct str figures(struct arena *a, struct str v)
{
    if (str_is_none(v)) return v;
    char *p = arena_alloc(a, v.n + 1);
    for (size_t i = 0; i < v.n; i++) p[i] = v.p[i] == '=' ? ' ' : v.p[i];
    return (struct str){p, v.n};
}

/* Of an act the fields that are told. */
static void pick_fields(struct trailing *t, struct audit_entry *act, struct str *ret_code)
{
    struct rq *rq = t->rq;
    const struct monitor_trail_row *rows = &t->rows[act->row];
    struct audit_read_field *told = ARENA_ARRAY(rq->arena, struct audit_read_field, act->nfields);
    size_t n = 0;
    *ret_code = STR("");
    for (size_t i = 0; i < act->nfields; i++) {
        struct audit_read_field f = act->fields[i];
        if (str_eq(f.field, STR("state")) && !str_is_none(f.after)) *ret_code = f.after;
        if (!is_told(t, rows->thing, &rows[i])) continue;
        if (str_eq(rows->thing, STR(MONITOR_THING)) && str_eq(f.field, STR("people")))
            f = (struct audit_read_field){STR("reached"), figures(rq->arena, f.before), figures(rq->arena, f.after), f.is_gone};
        told[n++] = f;
    }
    act->fields = told;
    act->nfields = n;
}

/* A name is sealed apart from what it was written with: of one act two rows. */
static bool is_same(const struct trailing *t, const struct audit_entry *a, const struct audit_entry *b)
{
    const struct monitor_trail_row *x = &t->rows[a->row], *y = &t->rows[b->row];
    return a->at.v - b->at.v < 1000 && x->sealed_for.has != y->sealed_for.has && x->thing_id == y->thing_id && str_eq(x->thing, y->thing) &&
           str_eq(a->action, b->action) && a->account == b->account;
}

/* Acts as people know them; t->n was cut to a page before. */
static void pick_acts(struct trailing *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct audit_entry act = t->acts[i];
        struct str code;
        bool is_name = t->rows[act.row].sealed_for.has;
        pick_fields(t, &act, &code);
        if (is_name && act.nfields == 0) continue; /* nothing else was in it */
        if (n > 0 && is_same(t, &t->acts[n - 1], &act)) {
            struct audit_entry *is = &t->acts[n - 1];
            struct audit_read_field *all = ARENA_ARRAY(t->rq->arena, struct audit_read_field, is->nfields + act.nfields);
            for (size_t k = 0; k < is->nfields; k++) all[k] = is->fields[k];
            for (size_t k = 0; k < act.nfields; k++) all[is->nfields + k] = act.fields[k];
            is->fields = all;
            is->nfields += act.nfields;
            continue;
        }
        t->codes[n] = code;
        t->acts[n++] = act;
    }
    t->n = n;
}

static enum err cursor_read(struct rq *rq, struct audit_id *ret)
{
    struct str cursor = rq_param(rq, "cursor");
    ret->v = 0;
    return str_is_empty(cursor) ? ERR_OK : str_to_int(cursor, &ret->v);
}

static enum err trail_read(struct rq *rq, struct audit_id before, struct trailing *t)
{
    size_t nrows = 0;
    *t = (struct trailing){.rq = rq, .has_names = rq_role_holds(rq, CAP_audit_see), .may_book = rq_role_holds(rq, CAP_ledger_see)};
    TRY(monitor_here_slim(rq, &t->here));
    TRY(project_may_see_persons(rq->db, rq->arena, &rq->who, &t->here.p, &t->has_persons));
    TRY(monitor_trail(rq->db, rq->arena, t->here.p.id, t->has_names ? 1 : 0, before, ROWS + 1, &t->rows, &nrows));
    struct audit_row *all = ARENA_ARRAY(rq->arena, struct audit_row, nrows);
    for (size_t i = 0; i < nrows; i++) {
        const struct monitor_trail_row *r = &t->rows[i];
        all[i] = (struct audit_row){r->id.v, r->recorded_at, r->actor, r->action, r->acting, r->field, r->before, r->after, r->account_no, r->sealed_for};
    }
    TRY(audit_gather(rq->db, rq->arena, all, nrows, &t->acts, &t->n));
    t->has_next = t->n > ROWS;
    if (t->has_next) {
        t->n = ROWS;
        t->next = monitor_int(rq, t->acts[ROWS - 1].id);
    }
    t->codes = ARENA_ARRAY(rq->arena, struct str, t->n);
    pick_acts(t);
    rq_no_store(rq);
    return ERR_OK;
}

/* ---- words ---- */

/* What was booked, by its kind. */
static enum msg entry_word(const struct monitor_trail_row *r)
{
    if (str_eq(r->entry_kind, STR("payment"))) return MSG_trail_paid;
    if (str_eq(r->entry_kind, STR("reversal"))) return MSG_trail_reversed;
    return str_eq(r->entry_source, STR("refund")) ? MSG_trail_refunded : MSG_trail_received;
}

static const struct {
    const char *thing, *action, *code; /* code: the state that it came to; NULL: any */
    enum msg word;
} words[] = {
    {"monitor_report", "add", NULL, MSG_trail_report_add},
    {"monitor_report", "change", NULL, MSG_trail_report_change},
    {"monitor_report", "send", NULL, MSG_trail_report_send},
    {"monitor_report", "accept", NULL, MSG_trail_report_accept},
    {"monitor_report", "return", NULL, MSG_trail_report_return},
    {"monitor_report", "photo_add", NULL, MSG_trail_photo_add},
    {"monitor_report", "photo_change", NULL, MSG_trail_photo_change},
    {"monitor_report", "photo_remove", NULL, MSG_trail_photo_remove},
    {"project_change", "change", "agreed", MSG_trail_change_agreed},
    {"project_change", "change", "refused", MSG_trail_change_refused},
    {"project_change", "change", "withdrawn", MSG_trail_change_withdrawn},
    {"project_agreement", "paper", NULL, MSG_trail_agreement_paper},
    {"project_agreement", "sign", NULL, MSG_trail_agreement_seen},
    {"project_decision", "paper", NULL, MSG_trail_decision_paper},
    {"project_decision", "sign", NULL, MSG_trail_decision_seen},
    {"ledger_commitment", "release", NULL, MSG_trail_released},
    {"monitor_visit", "add", NULL, MSG_trail_visit},
};

/* "" when the house's own word for the act is right. */
static struct str action_word(const struct trailing *t, size_t i)
{
    const struct monitor_trail_row *r = row_of(t, i);
    enum lang lang = t->rq->page.lang;
    if (!str_is_none(r->entry_kind)) return msg_text(entry_word(r), lang);
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (str_eq(r->thing, str_of(words[k].thing)) && str_eq(r->action, str_of(words[k].action)) &&
            (words[k].code == NULL || str_eq(t->codes[i], str_of(words[k].code))))
            return msg_text(words[k].word, lang);
    return STR("");
}

/* "2570/9" */
static struct str number_text(struct rq *rq, struct opt_fiscal_year fy, struct opt_count number)
{
    return fy.has ? str_printf(rq->arena, "%d/%lld", fy.v.v, (long long)number.v) : STR("");
}

static struct str entry_text(struct rq *rq, const struct monitor_trail_row *r)
{
    struct buf sum = buf_in(rq->arena, 40);
    buf_satang(&sum, r->entry_satang.v);
    struct str line = str_concat(rq->arena, (const struct str[]){number_text(rq, r->entry_fy, r->entry_number), STR(" · "),
                                  html_arg_date(&rq->page, r->entry_on.v), STR(" · "),
                                  MSG_FORMAT(rq->arena, rq->page.lang, MSG_project_baht, buf_str(&sum))}, 5);
    if (!r->reversed_fy.has) return line;
    struct str what = MSG_FORMAT(rq->arena, rq->page.lang, MSG_trail_reverses, number_text(rq, r->reversed_fy, r->reversed_number));
    return str_concat(rq->arena, (const struct str[]){line, STR(" · "), what}, 3);
}

/* Which of several it was, and where it is opened by who may. */
static void tell_about(struct trailing *t, size_t i, struct audit_act_view *act)
{
    struct rq *rq = t->rq;
    const struct monitor_trail_row *r = row_of(t, i);
    if (r->entry_on.has) {
        act->about = entry_text(rq, r);
        act->href = HREF(rq->arena, "/funds/{}/ledger/entries/{}", t->here.p.fund_code, monitor_int(rq, r->thing_id));
        act->has_href = t->may_book;
    } else if (r->occasion.has) {
        t->here.r = (struct monitor_report){.is_final = str_eq(r->report_kind, STR("final")), .occasion = r->occasion.v};
        act->about = monitor_title(rq, &t->here);
        act->href = monitor_report_href(rq, &t->here, "");
        act->has_href = !str_eq(r->report_state, STR("draft"));
    } else if (!str_is_none(r->change_kind)) {
        act->about = project_change_kind_word(rq->page.lang, r->change_kind);
        act->href = monitor_href(rq, &t->here, "/changes");
        act->has_href = true;
    } else if (!str_is_none(r->agreement_no)) {
        act->about = r->agreement_no;
        act->href = monitor_href(rq, &t->here, "/agreement");
        act->has_href = true;
    } else if (r->visited_on.has) {
        act->about = html_arg_date(&rq->page, r->visited_on.v);
    }
}

static void field_word(struct rq *rq, const struct audit_read_field *f, struct audit_change_view *ret)
{
    struct date day;
    if (str_eq(f->field, STR("reason"))) ret->what = msg_text(MSG_project_reason, rq->page.lang);
    else if (str_eq(f->field, STR("reporter_name"))) ret->what = msg_text(MSG_trail_reporter, rq->page.lang);
    else if (!str_eq(f->field, STR("signed_on"))) project_trail_word(rq, f, ret);
    else {
        ret->what = msg_text(MSG_trail_signed_on, rq->page.lang);
        if (date_parse_iso(f->after, &day) == ERR_OK) ret->to = html_arg_date(&rq->page, day);
    }
}

static const struct audit_act_view *acts_shown(struct trailing *t)
{
    struct audit_trail trail = audit_trail_of(t->rq, t->acts, t->n, t->has_names, field_word);
    struct audit_act_view *acts = ARENA_ARRAY(t->rq->arena, struct audit_act_view, t->n);
    for (size_t i = 0; i < t->n; i++) {
        acts[i] = trail.acts[i];
        struct str word = action_word(t, i);
        if (word.n > 0) acts[i].action = word;
        tell_about(t, i, &acts[i]);
    }
    return acts;
}

/* ---- the page ---- */

enum err monitor_trail_page(struct rq *rq)
{
    struct audit_id before;
    struct trailing t;
    struct str title = msg_text(MSG_audit_title, rq->page.lang);
    if (cursor_read(rq, &before) != ERR_OK) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(trail_read(rq, before, &t));
    struct monitor_trail_view v = {.head = monitor_head_of(rq, &t.here, title), .title = title, .has_names = t.has_names,
                                   .back = monitor_href(rq, &t.here, "")};
    v.trail = (struct audit_trail){.acts = acts_shown(&t), .n = t.n};
    v.pager.has_first = before.v != 0;
    v.pager.first = monitor_href(rq, &t.here, "/trail");
    v.pager.has_next = t.has_next;
    if (t.has_next)
        v.pager.next = HREF(rq->arena, "/funds/{}/projects/{}/trail?cursor={}", t.here.p.fund_code, t.here.p.slug, t.next);
    monitor_trail_html(rq_html_begin(rq, title, MENU_FUNDS), &rq->page, &v);
    return rq_html_end(rq);
}

/* ---- JSON ---- */

static void put_changes(struct json_out *j, const struct audit_act_view *act)
{
    json_array(j, "changes");
    for (size_t i = 0; i < act->nchanges; i++) {
        const struct audit_change_view *c = &act->changes[i];
        json_object(j, NULL);
        json_str(j, "what", c->what);
        json_str(j, "from", c->is_gone || str_is_empty(c->from) ? STR_NONE : c->from);
        json_str(j, "to", c->is_gone || str_is_empty(c->to) ? STR_NONE : c->to);
        json_bool(j, "is_gone", c->is_gone);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_entry(struct json_out *j, const struct trailing *t, const struct monitor_trail_row *r)
{
    if (!r->entry_on.has) return json_null(j, "entry");
    json_object(j, "entry");
    json_int(j, "id", r->thing_id);
    json_str(j, "number", number_text(t->rq, r->entry_fy, r->entry_number));
    json_opt_date(j, "on", r->entry_on);
    json_str(j, "kind", r->entry_kind);
    json_opt_satang(j, "amount_satang", r->entry_satang);
    json_str(j, "reverses", r->reversed_fy.has ? number_text(t->rq, r->reversed_fy, r->reversed_number) : STR_NONE);
    json_object_end(j);
}

enum err monitor_trail_api(struct rq *rq)
{
    struct audit_id before;
    struct trailing t;
    if (cursor_read(rq, &before) != ERR_OK) return rq_bad_param(rq, "cursor", MSG_error_cursor);
    TRY(trail_read(rq, before, &t));
    const struct audit_act_view *acts = acts_shown(&t);
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_array(j, "items");
    for (size_t i = 0; i < t.n; i++) {
        const struct monitor_trail_row *r = row_of(&t, i);
        json_object(j, NULL);
        json_instant(j, "at", acts[i].at);
        json_str(j, "thing", r->thing);
        json_str(j, "action", r->action);
        json_str(j, "words", acts[i].action);
        json_str(j, "about", str_is_empty(acts[i].about) ? STR_NONE : acts[i].about);
        json_str(j, "who", acts[i].who);
        json_str(j, "acting", str_is_empty(acts[i].acting) ? STR_NONE : acts[i].acting);
        json_opt_count(j, "report", r->occasion);
        put_entry(j, &t, r);
        put_changes(j, &acts[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "next", t.has_next ? t.next : STR_NONE);
    json_object_end(j);
    return rq_json_end(rq);
}
