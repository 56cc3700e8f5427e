/* plan_api.c — JSON doors of plans: the same rules in other clothes. Figures are whole numbers in hundredths of
 * their unit, null is unknown. */
#include "json/json_in.h"
#include "rooms/issue/issue.h"
#include "rooms/plan/plan_ask.h"
#include "rooms/plan_sql.h"

/* ---- reading ---- */

static void put_head(struct json_out *j, const struct plan_year *p, const char *state)
{
    json_str(j, "issue_code", p->issue_code);
    json_str(j, "issue_th", p->issue_th);
    json_str(j, "issue_en", p->issue_en);
    json_int(j, "fiscal_year", p->fy.v);
    json_int(j, "first_fiscal_year", p->fy_first.v);
    json_int(j, "last_fiscal_year", p->fy_last.v);
    json_str(j, "state", str_of(state));
    json_int(j, "edition", p->edition);
    json_opt_date(j, "agreed_on", p->agreed_on);
}

static const char *state_of(const struct plan_here *here, const struct plan_year *p)
{
    if (p->edition == 0) return "draft";
    return here->sees_drafts && p->is_changed ? "changed" : "agreed";
}

enum err plan_list_api(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_year *plans = NULL;
    struct fiscal_year fy;
    size_t n = 0;
    if (rq_fy(rq, &fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    TRY(plan_here_read(rq, &here));
    TRY(plan_list(rq->db, rq->arena, here.fund, fy, &plans, &n));
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "fund_code", here.code);
    json_int(j, "fiscal_year", fy.v);
    json_array(j, "items");
    for (size_t i = 0; i < n; i++) {
        if (plans[i].edition == 0 && !here.sees_drafts) continue;
        json_object(j, NULL);
        put_head(j, &plans[i], state_of(&here, &plans[i]));
        json_object_end(j);
    }
    json_array_end(j);
    json_null(j, "next");
    json_object_end(j);
    return rq_json_end(rq);
}

static void put_situation(struct json_out *j, const struct plan_situation *s)
{
    json_object(j, NULL);
    json_str(j, "indicator", s->indicator_code);
    json_str(j, "words_th", s->words_th);
    json_str(j, "words_en", s->words_en);
    json_str(j, "unit", s->unit);
    json_str(j, "direction", s->is_more_better ? STR("up") : STR("down"));
    json_opt_count(j, "numerator", s->numerator);
    json_opt_count(j, "denominator", s->denominator);
    json_opt_count(j, "value_x100", s->value_x100);
    json_opt_count(j, "last_value_x100", s->last_value_x100);
    json_opt_count(j, "target_x100", s->target_x100);
    json_str(j, "source", s->source);
    json_opt_date(j, "on", s->on);
    json_object_end(j);
}

enum err plan_answer(struct rq *rq, const struct plan_here *here, const struct plan_reading *r)
{
    struct plan_line_view *lines = NULL;
    struct plan_finance_head_row finance = {0};
    size_t n = 0;
    bool may = false;
    TRY(plan_lines_of(rq, here, &r->shown, &may, &lines, &n));
    enum err e = plan_finance_head(rq->db, rq->arena, here->fund, r->shown.fy, &finance);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct json_out *j = rq_json_begin(rq);
    json_object(j, NULL);
    json_str(j, "fund_code", here->code);
    put_head(j, &r->shown, r->is_draft ? (r->shown.edition == 0 ? "draft" : state_of(here, &r->shown)) : "agreed");
    json_str(j, "agreed_in", r->agreed_in);
    json_int(j, "version", r->now.version);
    json_str(j, "cause", r->shown.cause);
    json_str(j, "guideline", r->shown.guideline);
    json_array(j, "situations");
    for (size_t i = 0; i < r->shown.nsituations; i++) put_situation(j, &r->shown.situations[i]);
    json_array_end(j);
    json_int(j, "finance_version", finance.version);
    json_array(j, "planned_projects");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_str(j, "title", lines[i].title);
        json_str(j, "unit_name", lines[i].unit);
        json_satang(j, "amount_satang", lines[i].amount);
        json_bool(j, "is_proposed", lines[i].is_proposed);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
    return rq_json_end(rq);
}

enum err plan_api(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_reading r = {0};
    TRY(plan_here_read(rq, &here));
    TRY(plan_reading_of(rq, &here, &r));
    return plan_answer(rq, &here, &r);
}

/* ---- writing ---- */

static struct opt_count number(struct form *f, const struct json_value *o, const char *name, size_t i)
{
    int64_t v = 0;
    enum err e = json_get_int(o, name, 0, PLAN_X100_MAX, &v);
    if (e == ERR_OK) return (struct opt_count){true, v};
    if (e != ERR_NOT_FOUND)
        form_fault_msg(f, str_z(f->rq->arena, str_printf(f->rq->arena, "situations.%zu.%s", i, name)), MSG_issue_plan_bad_figure);
    return (struct opt_count){0};
}

static struct str text(struct form *f, const struct json_value *o, const char *name, size_t i)
{
    struct str v = STR_NONE;
    enum err e = json_get_line(f->rq->arena, o, name, 1200, &v);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        form_fault_msg(f, str_z(f->rq->arena, str_printf(f->rq->arena, "situations.%zu.%s", i, name)), MSG_form_not_text);
    return v;
}

/* What everybody will read once the plan is agreed. */
static struct str public_text(struct form *f, const struct json_value *o, const char *name, size_t i)
{
    struct str v = text(f, o, name, i);
    form_public(f, str_z(f->rq->arena, str_printf(f->rq->arena, "situations.%zu.%s", i, name)), v);
    return v;
}

/* By its code; a fault when there is none like it. */
static enum err read_indicator(struct form *f, const struct json_value *o, size_t i, struct plan_situation *s)
{
    struct plan_indicator_id_row row = {0};
    struct str code = text(f, o, "indicator", i);
    if (str_is_empty(code)) return ERR_OK;
    enum err e = plan_indicator_id(f->rq->db, f->rq->arena, code, &row);
    if (e == ERR_NOT_FOUND) {
        form_fault_msg(f, str_z(f->rq->arena, str_printf(f->rq->arena, "situations.%zu.indicator", i)), MSG_form_not_among);
        return ERR_OK;
    }
    s->indicator = row.id;
    return e;
}

/* Rows as they are sent; what no indicator is has its own words, unit and direction. */
static enum err read_situations(struct form *f, struct plan_year *p)
{
    const struct json_value *list = f->json != NULL ? json_member(f->json, "situations") : NULL;
    if (list == NULL) return ERR_OK; /* left out: they stay */
    if (list->kind != JSON_IN_ARRAY || list->nitems > PLAN_SITUATIONS_MAX) {
        form_fault_msg(f, "situations", MSG_issue_plan_too_many);
        return ERR_OK;
    }
    p->situations = ARENA_ARRAY(f->rq->arena, struct plan_situation, list->nitems);
    p->nsituations = list->nitems;
    for (size_t i = 0; i < list->nitems; i++) {
        const struct json_value *o = &list->items[i];
        struct plan_situation *s = &p->situations[i];
        if (o->kind != JSON_IN_OBJECT) {
            form_fault_msg(f, "situations", MSG_issue_plan_too_many);
            return ERR_OK;
        }
        TRY(read_indicator(f, o, i, s));
        s->words_th = public_text(f, o, "words_th", i);
        s->unit = text(f, o, "unit", i);
        s->is_more_better = str_eq(text(f, o, "direction", i), STR("up"));
        s->numerator = number(f, o, "numerator", i);
        s->denominator = number(f, o, "denominator", i);
        s->value_x100 = number(f, o, "value_x100", i);
        s->last_value_x100 = number(f, o, "last_value_x100", i);
        s->target_x100 = number(f, o, "target_x100", i);
        s->source = public_text(f, o, "source", i);
        struct str on = text(f, o, "on", i);
        if (!str_is_empty(on)) s->on.has = date_parse_iso(on, &s->on.v) == ERR_OK;
    }
    return ERR_OK;
}

static bool is_sent(const struct form *f, const char *name)
{
    return f->json != NULL && json_member(f->json, name) != NULL;
}

enum err plan_save_api(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_reading r = {0};
    struct form f;
    struct fiscal_year fy;
    struct actor by = rq_actor(rq);
    if (fiscal_year_parse(rq->args[2], &fy) != ERR_OK || fy.v > rq->this_fy.v + 1) return ERR_NOT_FOUND;
    TRY(plan_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    enum err e = plan_find(rq->db, rq->arena, here.code, rq->args[1], fy, &r.now);
    if (e == ERR_NOT_FOUND) e = plan_begin(rq->db, rq->arena, here.code, rq->args[1], fy, &r.now);
    TRY(e);
    r.now.version = form_count(&f, "version", FORM_MUST, 0, INT64_C(1000000000)).v;
    struct opt_count years = form_count(&f, "years", FORM_MAY, 1, PLAN_YEARS_MAX);
    if (is_sent(&f, "cause")) r.now.cause = form_text(&f, "cause", FORM_MAY, PLAN_WORDS_MAX);
    if (is_sent(&f, "guideline")) r.now.guideline = form_text(&f, "guideline", FORM_MAY, PLAN_WORDS_MAX);
    if (is_sent(&f, "cause")) form_public(&f, "cause", r.now.cause);
    if (is_sent(&f, "guideline")) form_public(&f, "guideline", r.now.guideline);
    TRY(read_situations(&f, &r.now));
    if (!form_is_good(&f)) return form_refuse_api(&f);
    e = plan_save(rq->db, rq->arena, &by, &r.now, years.has ? years.v : 1, &r.now.id);
    if (e == ERR_CONFLICT) return form_conflict_api(rq);
    if (e == ERR_REFUSED)
        return rq_api_error(rq, 422, "waits_for_signature", msg_text(MSG_issue_plan_locked, rq->page.lang));
    if (e == ERR_INPUT) {
        form_fault_msg(&f, "situations", plan_is_open(&r.now) ? MSG_issue_plan_bad_situations : MSG_project_private);
        return form_refuse_api(&f);
    }
    TRY(e);
    TRY(plan_get(rq->db, rq->arena, r.now.id, &r.now));
    r.shown = r.now;
    r.is_draft = true;
    return plan_answer(rq, &here, &r);
}

enum err plan_agenda_api(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_reading r = {.is_draft = true};
    struct form f;
    TRY(plan_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    TRY(plan_of_route(rq, &here, &r.now));
    TRY(plan_agenda_put(&f, &here, "plan_year", r.now.id.v, plan_title(rq, LANG_TH, &r.now)));
    if (!form_is_good(&f)) return form_refuse_api(&f);
    r.shown = r.now;
    return plan_answer(rq, &here, &r);
}

/* ---- planned projects ---- */

static void read_line(struct form *f, const struct json_value *o, struct ledger_plan_line *l, bool *is_good)
{
    int64_t amount = 0;
    *is_good = o->kind == JSON_IN_OBJECT && json_get_line(f->rq->arena, o, "title", 1200, &l->title) == ERR_OK &&
               json_get_line(f->rq->arena, o, "support_type", 20, &l->support_type) == ERR_OK &&
               json_get_int(o, "amount_satang", 1, FORM_SATANG_MAX, &amount) == ERR_OK && !str_is_empty(str_trim(l->title));
    if (!*is_good) return;
    l->amount = satang(amount);
    enum err e = json_get_line(f->rq->arena, o, "unit_name", 600, &l->unit_name);
    *is_good = e == ERR_OK || e == ERR_NOT_FOUND;
}

static struct ledger_plan_line *read_lines(struct form *f, size_t *ret_n)
{
    const struct json_value *list = f->json != NULL ? json_member(f->json, "lines") : NULL;
    bool is_good = list != NULL && list->kind == JSON_IN_ARRAY && list->nitems <= PLAN_LINES_MAX;
    size_t n = is_good ? list->nitems : 0;
    struct ledger_plan_line *lines = ARENA_ARRAY(f->rq->arena, struct ledger_plan_line, n);
    for (size_t i = 0; i < n && is_good; i++) read_line(f, &list->items[i], &lines[i], &is_good);
    if (!is_good) form_fault_msg(f, "lines", MSG_issue_plan_bad_lines);
    for (size_t i = 0; i < n && is_good; i++) {
        form_public(f, str_z(f->rq->arena, str_printf(f->rq->arena, "lines.%zu.title", i)), lines[i].title);
        form_public(f, str_z(f->rq->arena, str_printf(f->rq->arena, "lines.%zu.unit_name", i)), lines[i].unit_name);
    }
    *ret_n = n;
    return lines;
}

enum err plan_lines_api(struct rq *rq)
{
    struct plan_here here = {0};
    struct plan_reading r = {.is_draft = true};
    struct form f;
    size_t n = 0;
    enum ledger_fault fault = LEDGER_FINE;
    TRY(plan_here_read(rq, &here));
    TRY(form_begin(rq, &f));
    TRY(plan_of_route(rq, &here, &r.now));
    struct ledger_plan_line *lines = read_lines(&f, &n);
    int64_t version = form_count(&f, "version", FORM_MUST, 0, INT64_C(1000000000)).v;
    if (!form_is_good(&f)) return form_refuse_api(&f);
    TRY(db_savepoint(rq->db));
    enum err e = plan_lines_save(rq, &r.now, version, lines, n, &fault);
    if (e != ERR_OK) db_rollback_to(rq->db);
    else TRY(db_release(rq->db));
    if (e == ERR_CONFLICT) return form_conflict_api(rq);
    if (e == ERR_REFUSED && fault != LEDGER_FINE)
        return rq_api_error(rq, 422, ledger_fault_code(fault), msg_text(plan_lines_fault(fault), rq->page.lang));
    if (e == ERR_REFUSED || e == ERR_INPUT) { /* a support type that is none */
        form_fault_msg(&f, "lines", MSG_issue_plan_bad_lines);
        return form_refuse_api(&f);
    }
    TRY(e);
    r.shown = r.now;
    return plan_answer(rq, &here, &r);
}
