/* fund_edit.c — what a fund-year is built on, typed in by the fund's own people: page and JSON door.
 *
 * Two people may edit one year. The form carries the version it was built on; who saves second is shown,
 * field by field, what the first one saved beside what they typed, and saves again on top of it. */
#include "app/audit_view.h"
#include "app/form.h"
#include "json/json_in.h"
#include "rooms/fund/fund_history.h"
#include "rooms/fund_edit.html.h"

#define HEADS_MAX 20000000 /* more people than any local government has */
#define SOURCE_MAX 300
#define VERSION_MAX INT64_C(1000000000)
#define EDIT_FIELDS 9

struct edit {
    struct rq *rq;
    struct form form;
    struct fund_card fund;
    struct fund_rules rules;
    struct fund_year year;    /* as it stands */
    struct fund_facts facts;  /* as typed; what the form does not ask stays */
    struct str source;
    int64_t version; /* that the writer saw */
};

static enum err edit_open(struct rq *rq, struct edit *e)
{
    struct fiscal_year fy;
    *e = (struct edit){.rq = rq, .form = {.rq = rq}};
    if (fiscal_year_parse(rq->args[1], &fy) != ERR_OK || fy.v > rq->this_fy.v + 1) return ERR_NOT_FOUND;
    TRY(fund_card_read(rq->db, rq->arena, rq->args[0], &e->fund));
    TRY(fund_rules_read(rq->db, rq->arena, &e->rules));
    return fund_year_read(rq->db, rq->arena, &e->rules, &e->fund, fy, &e->year);
}

/* A page sends every field; a program what it wants to change: what it leaves out stays. */
static bool is_sent(const struct edit *e, const char *name)
{
    return e->form.json == NULL || json_member(e->form.json, name) != NULL;
}

static void read_money(struct edit *e, const char *name, struct opt_satang *to)
{
    const char *in_json = form_part_of(&e->form, name, "_satang");
    if (is_sent(e, in_json)) *to = form_satang(&e->form, name, FORM_MAY, satang(0));
}

static void read_facts(struct edit *e)
{
    struct form *f = &e->form;
    struct fund_facts *to = &e->facts;
    *to = e->year.facts;
    if (is_sent(e, "population_local")) to->population_local = form_count(f, "population_local", FORM_MAY, 0, HEADS_MAX);
    if (is_sent(e, "population_local_on")) to->population_local_on = form_date(f, "population_local_on", FORM_MAY);
    if (is_sent(e, "population_nhso")) to->population_nhso = form_count(f, "population_nhso", FORM_MAY, 0, HEADS_MAX);
    if (is_sent(e, "population_nhso_on")) to->population_nhso_on = form_date(f, "population_nhso_on", FORM_MAY);
    read_money(e, "nhso_amount", &to->nhso_amount);
    read_money(e, "own_income", &to->own_income);
    if (is_sent(e, "match_percent")) to->match_percent = form_percent(f, "match_percent", FORM_MAY);
    read_money(e, "match_entered", &to->match_entered);
    e->source = e->year.source;
    if (is_sent(e, "source") || !e->year.is_recorded) e->source = form_line(f, "source", FORM_MUST, SOURCE_MAX);
    struct opt_count version = form_count(f, "version", FORM_MUST, 0, VERSION_MAX);
    e->version = version.v;
}

/* A year stays where it was counted; a new one begins where the fund is today. */
static enum err write_year(struct edit *e)
{
    const struct fund_year *y = &e->year;
    struct actor by = rq_actor(e->rq);
    bool is_changed = false;
    struct fund_year_write w = {.fund = e->fund.id,
                                .fy = y->fy,
                                .district = y->is_recorded ? y->district : area_trail_get(&e->fund.home, AREA_DISTRICT)->id,
                                .province = y->is_recorded ? y->province : area_trail_get(&e->fund.home, AREA_PROVINCE)->id,
                                .kind = e->fund.kind,
                                .size = e->fund.size,
                                .facts = e->facts,
                                .certainty = STR("S"),
                                .source = e->source,
                                .note = y->is_recorded ? y->note : STR_NONE,
                                .actor = &by,
                                .version = e->version};
    return fund_year_write(e->rq->db, e->rq->arena, &e->rules, &w, &is_changed);
}

/* ERR_CONFLICT leaves the transaction good, and e->year is what the other one saved. */
static enum err save(struct edit *e)
{
    struct rq *rq = e->rq;
    TRY(db_savepoint(rq->db));
    enum err saved = write_year(e);
    if (saved == ERR_OK) return db_release(rq->db);
    db_rollback_to(rq->db);
    if (saved == ERR_CONFLICT)
        TRY(fund_year_read(rq->db, rq->arena, &e->rules, &e->fund, e->year.fy, &e->year));
    return saved;
}

/* ---- the page ---- */

static struct href year_href(const struct edit *e, const char *pattern)
{
    return HREF(e->rq->arena, pattern, e->fund.code, str_printf(e->rq->arena, "%d", e->year.fy.v));
}

static void fill_frame(struct edit *e, struct fund_edit_view *v)
{
    struct rq *rq = e->rq;
    struct crumb *crumbs = ARENA_ARRAY(rq->arena, struct crumb, 3);
    struct str fy = str_printf(rq->arena, "%d", e->year.fy.v);
    v->fund = (struct page_link){lang_name(rq->page.lang, e->fund.name_th, e->fund.name_en),
                                 HREF(rq->arena, "/funds/{}", e->fund.code)};
    v->fy = e->year.fy;
    v->action = year_href(e, "/funds/{}/years/{}/edit");
    v->back = year_href(e, "/funds/{}/years/{}");
    crumbs[0] = (struct crumb){v->fund.label, v->fund.href};
    crumbs[1] = (struct crumb){MSG_FORMAT(rq->arena, rq->page.lang, MSG_fy_name, fy), v->back};
    crumbs[2] = (struct crumb){.label = msg_text(MSG_fund_edit_title, rq->page.lang)};
    v->crumbs = crumbs;
    v->ncrumbs = 3;
    v->errors = form_errors(&e->form);
    v->marks = form_marks(rq);
    v->version = str_printf(rq->arena, "%lld", (long long)e->year.version);
}

static struct field count_field(struct form *f, const char *name, struct opt_count value)
{
    struct buf b = buf_in(f->rq->arena, 40);
    if (value.has) buf_count(&b, value.v);
    return form_field_of(f, name, buf_str(&b));
}

/* First showing: what is recorded. */
static void fill_recorded(struct edit *e, struct fund_edit_view *v)
{
    struct form *f = &e->form;
    const struct fund_facts *facts = &e->year.facts;
    v->population_local = count_field(f, "population_local", facts->population_local);
    v->population_local_on = form_date_field_of(f, "population_local_on", facts->population_local_on);
    v->population_nhso = count_field(f, "population_nhso", facts->population_nhso);
    v->population_nhso_on = form_date_field_of(f, "population_nhso_on", facts->population_nhso_on);
    v->nhso_amount = form_satang_field_of(f, "nhso_amount", facts->nhso_amount);
    v->own_income = form_satang_field_of(f, "own_income", facts->own_income);
    struct buf percent = buf_in(e->rq->arena, 40);
    html_attr_opt_bp(&percent, &e->rq->page, facts->match_percent);
    v->match_percent = form_field_of(f, "match_percent", buf_str(&percent));
    v->match_entered = form_satang_field_of(f, "match_entered", facts->match_entered);
    v->source = form_field_of(f, "source", e->year.is_recorded && !e->fund.is_demo ? e->year.source : STR(""));
}

/* Shown again: what was typed, to the letter. */
static void fill_typed(struct edit *e, struct fund_edit_view *v)
{
    struct form *f = &e->form;
    v->population_local = form_field(f, "population_local");
    v->population_local_on = form_date_field(f, "population_local_on");
    v->population_nhso = form_field(f, "population_nhso");
    v->population_nhso_on = form_date_field(f, "population_nhso_on");
    v->nhso_amount = form_field(f, "nhso_amount");
    v->own_income = form_field(f, "own_income");
    v->match_percent = form_field(f, "match_percent");
    v->match_entered = form_field(f, "match_entered");
    v->source = form_field(f, "source");
}

static enum err show(struct edit *e, const struct fund_edit_view *v)
{
    struct str title = msg_text(MSG_fund_edit_title, e->rq->page.lang);
    fund_edit_html(rq_html_begin(e->rq, title, MENU_FUNDS), &e->rq->page, v);
    return rq_html_end(e->rq);
}

/* ---- two people at once ---- */

static const enum msg field_names[EDIT_FIELDS] = {
    MSG_change_population_local, MSG_change_population_local_on, MSG_change_population_nhso,
    MSG_change_population_nhso_on, MSG_change_nhso_amount, MSG_change_own_income,
    MSG_change_match_percent, MSG_change_match_entered, MSG_change_source};

static void as_read(const struct edit *e, const struct fund_facts *f, struct str source, struct str ret[EDIT_FIELDS])
{
    const struct page *pg = &e->rq->page;
    size_t i = 0;
    ret[i++] = html_arg_opt_count(pg, f->population_local);
    ret[i++] = html_arg_opt_date(pg, f->population_local_on);
    ret[i++] = html_arg_opt_count(pg, f->population_nhso);
    ret[i++] = html_arg_opt_date(pg, f->population_nhso_on);
    ret[i++] = html_arg_opt_satang(pg, f->nhso_amount);
    ret[i++] = html_arg_opt_satang(pg, f->own_income);
    ret[i++] = html_arg_opt_bp(pg, f->match_percent);
    ret[i++] = html_arg_opt_satang(pg, f->match_entered);
    ret[i++] = source;
}

static enum err fill_clash(struct edit *e, struct fund_edit_view *v)
{
    struct rq *rq = e->rq;
    struct audit_entry *acts = NULL;
    size_t n = 0;
    struct str theirs[EDIT_FIELDS], mine[EDIT_FIELDS];
    struct fund_clash *clashes = ARENA_ARRAY(rq->arena, struct fund_clash, EDIT_FIELDS);
    as_read(e, &e->year.facts, e->year.is_recorded ? e->year.source : STR(""), theirs);
    as_read(e, &e->facts, e->source, mine);
    for (size_t i = 0; i < EDIT_FIELDS; i++)
        if (!str_eq(theirs[i], mine[i]))
            clashes[v->nclashes++] = (struct fund_clash){msg_text(field_names[i], rq->page.lang), theirs[i], mine[i]};
    v->clashes = clashes;
    v->is_clash = true;
    v->clash_at = e->year.recorded_at;
    TRY(audit_list(rq->db, rq->arena, "fund_year", e->year.id.v, AUDIT_FIRST, 1, &acts, &n));
    if (n > 0) v->clash_who = str_is_none(acts[0].name) ? audit_actor_public(rq, &acts[0]) : acts[0].name;
    return ERR_OK;
}

static enum err show_again(struct edit *e, int status)
{
    struct fund_edit_view v = {0};
    fill_frame(e, &v);
    fill_typed(e, &v);
    if (status == 409) TRY(fill_clash(e, &v));
    else v.version = form_raw(&e->form, "version");
    form_page_status(&e->form, status);
    return show(e, &v);
}

/* ---- the doors ---- */

enum err fund_edit_page(struct rq *rq)
{
    struct edit e;
    struct fund_edit_view v = {0};
    TRY(edit_open(rq, &e));
    fill_frame(&e, &v);
    fill_recorded(&e, &v);
    return show(&e, &v);
}

enum err fund_edit_post(struct rq *rq)
{
    struct edit e;
    TRY(edit_open(rq, &e));
    TRY(form_begin(rq, &e.form));
    read_facts(&e);
    if (!form_is_good(&e.form)) return show_again(&e, 400);
    enum err saved = save(&e);
    if (saved == ERR_CONFLICT) return show_again(&e, 409);
    TRY(saved);
    return rq_redirect(rq, year_href(&e, "/funds/{}/years/{}"));
}

enum err fund_facts_api(struct rq *rq)
{
    struct edit e;
    TRY(edit_open(rq, &e));
    TRY(form_begin(rq, &e.form));
    read_facts(&e);
    if (!form_is_good(&e.form)) return form_refuse_api(&e.form);
    enum err saved = save(&e);
    if (saved == ERR_CONFLICT) return form_conflict_api(rq);
    TRY(saved);
    return report_fund_year_api(rq); /* as it stands now, with the next version and its money */
}
