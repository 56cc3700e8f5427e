/* project.c — reading projects: one, all of it, pages of a list, by any code, its money. */
#include "rooms/project/project.h"

#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#include <assert.h>

#define MONEY_BOOK LEDGER_MAIN /* projects are paid from the fund's own money, never from LTC's */

/* ---- words ---- */

static const char *const state_codes[PROJECT_STATES] = {
    [PROJECT_DRAFT] = "draft",         [PROJECT_SENT] = "sent",           [PROJECT_REVISE] = "revise",
    [PROJECT_DEFERRED] = "deferred",   [PROJECT_REJECTED] = "rejected",   [PROJECT_CANCELLED] = "cancelled",
    [PROJECT_APPROVED] = "approved",   [PROJECT_RUNNING] = "running",     [PROJECT_SUSPENDED] = "suspended",
    [PROJECT_STOPPED] = "stopped",     [PROJECT_REPORTED] = "reported",   [PROJECT_CLOSED] = "closed"};

const char *project_state_code(enum project_state s)
{
    assert(s >= 0 && s < PROJECT_STATES);
    return state_codes[s];
}

enum err project_state_of(struct str code, enum project_state *ret)
{
    for (int i = 0; i < PROJECT_STATES; i++)
        if (str_eq(code, str_of(state_codes[i]))) {
            *ret = (enum project_state)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

bool project_is_open(enum project_state s)
{
    return s == PROJECT_APPROVED || s == PROJECT_RUNNING || s == PROJECT_SUSPENDED || s == PROJECT_REPORTED;
}

bool project_owes_report(enum project_state s, bool is_paid)
{
    return is_paid && (s == PROJECT_APPROVED || s == PROJECT_RUNNING || s == PROJECT_SUSPENDED);
}

bool project_is_late(enum project_state s, bool is_paid, struct opt_date report_due, struct date today)
{
    return project_owes_report(s, is_paid) && report_due.has && date_cmp(report_due.v, today) < 0;
}

bool project_is_public(enum project_state s)
{
    return s >= PROJECT_APPROVED;
}

bool project_is_recalled(const struct project *p)
{
    return p->state == PROJECT_DRAFT && p->recalled_on.has;
}

static const char *const size_codes[] = {[PROJECT_SMALL] = "small", [PROJECT_MEDIUM] = "medium", [PROJECT_LARGE] = "large"};

const char *project_size_code(enum project_size s)
{
    return size_codes[s];
}

static enum project_size size_of(struct str code)
{
    if (str_eq(code, STR("small"))) return PROJECT_SMALL;
    return str_eq(code, STR("medium")) ? PROJECT_MEDIUM : PROJECT_LARGE;
}

static const struct {
    enum project_section section;
    const char *code;
} sections[] = {{PROJECT_HEAD, "head"},           {PROJECT_ISSUES, "issues"},         {PROJECT_PEOPLE, "people"},
                {PROJECT_SITUATION, "situation"}, {PROJECT_OBJECTIVES, "objectives"}, {PROJECT_TARGETS, "targets"},
                {PROJECT_ACTIVITIES, "activities"}, {PROJECT_BUDGETS, "budget"},      {PROJECT_EXPECTED, "expected"}};

const char *project_section_code(enum project_section s)
{
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
        if (sections[i].section == s) return sections[i].code;
    assert(false);
    return "";
}

enum err project_section_of(struct str code, enum project_section *ret)
{
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
        if (str_eq(code, str_of(sections[i].code))) {
            *ret = sections[i].section;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

struct opt_count project_opt(int64_t v)
{
    return (struct opt_count){v != 0, v};
}

/* ---- one ---- */

static struct project project_of(const struct project_get_row_row *r)
{
    enum project_state state = PROJECT_DRAFT;
    enum err known = project_state_of(r->state, &state);
    assert(known == ERR_OK); /* the schema's CHECK */
    return (struct project){.id = r->id,
                            .fund = r->fund_id,
                            .fund_code = r->fund_code,
                            .fund_th = r->fund_th,
                            .fund_en = r->fund_en,
                            .district = r->district_id,
                            .province = r->province_id,
                            .fy = r->fy,
                            .slug = r->slug,
                            .code = r->code,
                            .other_code = r->other_code,
                            .title = r->title,
                            .group = r->group_id,
                            .owner_name = r->owner_name,
                            .owner_type = r->owner_type_code,
                            .support_type = r->support_type_code,
                            .size = size_of(r->size),
                            .state = state,
                            .planned_title = r->planned_title,
                            .situation = r->situation,
                            .method = r->method,
                            .expected = r->expected,
                            .place = r->place,
                            .starts_on = r->starts_on,
                            .ends_on = r->ends_on,
                            .report_due = r->report_due,
                            .approved_on = r->approved_on,
                            .sent_on = r->sent_on,
                            .closed_on = r->closed_on,
                            .recalled_on = r->recalled_on,
                            .copy_of = r->copy_of_id,
                            .asked = r->asked_satang,
                            .approved = r->approved_satang,
                            .commitment = r->commitment_id,
                            .is_for_paper = r->is_for_paper,
                            .is_entered_later = r->is_entered_later,
                            .is_paid = r->is_paid,
                            .account = r->account_no.has ? r->account_no.v : 0,
                            .version = r->version};
}

enum err project_get(struct db *db, struct arena *a, struct project_id id, struct project *ret)
{
    struct project_get_row_row row = {0};
    TRY(project_get_row(db, a, id, &row));
    *ret = project_of(&row);
    return ERR_OK;
}

enum err project_find(struct db *db, struct arena *a, struct str fund_code, struct str slug, struct project *ret)
{
    struct project_by_slug_row row = {0};
    if (str_is_empty(slug)) return ERR_NOT_FOUND;
    TRY(project_by_slug(db, a, slug, &row));
    if (!str_is_none(fund_code) && !str_eq(row.fund_code, fund_code)) return ERR_NOT_FOUND;
    return project_get(db, a, row.id, ret);
}

enum err project_find_code(struct db *db, struct arena *a, struct str code, struct project **ret, size_t *ret_n)
{
    struct project_by_code_row *rows = NULL;
    size_t n = 0;
    struct str asked = STR_NONE;
    TRY(project_text(a, code, 60, true, &asked));
    if (str_is_none(asked)) {
        *ret_n = 0;
        return ERR_OK;
    }
    TRY(project_by_code(db, a, asked, &rows, &n));
    struct project *found = ARENA_ARRAY(a, struct project, n);
    for (size_t i = 0; i < n; i++) TRY(project_get(db, a, rows[i].id, &found[i]));
    *ret = found;
    *ret_n = n;
    return ERR_OK;
}

/* ---- all of it ---- */

static enum err read_who(struct db *db, struct arena *a, struct project_whole *w)
{
    struct project_issues_of_row *issues = NULL;
    struct project_people_of_row *people = NULL;
    TRY(project_issues_of(db, a, w->p.id, &issues, &w->nissues));
    TRY(project_people_of(db, a, w->p.id, &people, &w->npeople));
    w->issues = ARENA_ARRAY(a, struct project_issue, w->nissues);
    w->people = ARENA_ARRAY(a, struct project_person, w->npeople);
    for (size_t i = 0; i < w->nissues; i++)
        w->issues[i] = (struct project_issue){issues[i].id, issues[i].code, issues[i].name_th, issues[i].name_en};
    for (size_t i = 0; i < w->npeople; i++)
        w->people[i] = (struct project_person){people[i].name, people[i].duty, people[i].phone};
    return ERR_OK;
}

static enum err read_aims(struct db *db, struct arena *a, struct project_whole *w)
{
    struct project_objectives_of_row *rows = NULL;
    struct project_targets_of_row *targets = NULL;
    TRY(project_objectives_of(db, a, w->p.id, &rows, &w->nobjectives));
    TRY(project_targets_of(db, a, w->p.id, &targets, &w->ntargets));
    w->objectives = ARENA_ARRAY(a, struct project_objective, w->nobjectives);
    w->targets = ARENA_ARRAY(a, struct project_target, w->ntargets);
    for (size_t i = 0; i < w->nobjectives; i++)
        w->objectives[i] = (struct project_objective){.words = rows[i].words,
                                                      .indicator = rows[i].indicator_id,
                                                      .indicator_words = rows[i].indicator_words,
                                                      .unit = rows[i].unit,
                                                      .direction = rows[i].direction,
                                                      .from_x100 = rows[i].from_x100,
                                                      .to_x100 = rows[i].to_x100,
                                                      .reached_x100 = rows[i].reached_x100,
                                                      .reached_numerator = rows[i].reached_numerator,
                                                      .reached_denominator = rows[i].reached_denominator,
                                                      .reached_words = rows[i].reached_words,
                                                      .level = rows[i].level.has ? rows[i].level.v : 0};
    for (size_t i = 0; i < w->ntargets; i++)
        w->targets[i] = (struct project_target){targets[i].code, targets[i].name_th, targets[i].name_en, targets[i].planned,
                                                targets[i].reached};
    return ERR_OK;
}

static enum err read_work(struct db *db, struct arena *a, struct project_whole *w)
{
    struct project_activities_of_row *acts = NULL;
    struct project_budget_of_row *lines = NULL;
    TRY(project_activities_of(db, a, w->p.id, &acts, &w->nactivities));
    TRY(project_budget_of(db, a, w->p.id, &lines, &w->nbudget));
    w->activities = ARENA_ARRAY(a, struct project_activity, w->nactivities);
    w->budget = ARENA_ARRAY(a, struct project_budget, w->nbudget);
    for (size_t i = 0; i < w->nactivities; i++)
        w->activities[i] = (struct project_activity){.id = acts[i].id,
                                                     .title = acts[i].title,
                                                     .method = acts[i].method,
                                                     .objective = acts[i].objective.has ? acts[i].objective.v : 0,
                                                     .starts_on = acts[i].starts_on,
                                                     .ends_on = acts[i].ends_on};
    w->budget_sum = satang(0);
    for (size_t i = 0; i < w->nbudget; i++) {
        w->budget[i] = (struct project_budget){.id = lines[i].id,
                                               .activity = lines[i].activity.has ? lines[i].activity.v : 0,
                                               .expense = lines[i].expense_code,
                                               .expense_th = lines[i].expense_th,
                                               .expense_en = lines[i].expense_en,
                                               .words = lines[i].words,
                                               .quantity = lines[i].quantity,
                                               .times = lines[i].times,
                                               .price = lines[i].price_satang,
                                               .amount = lines[i].amount_satang};
        w->budget_sum = satang_add(w->budget_sum, lines[i].amount_satang);
    }
    return ERR_OK;
}

enum err project_read(struct db *db, struct arena *a, const struct project *p, struct project_whole *ret)
{
    struct project_whole w = {.p = *p};
    TRY(read_who(db, a, &w));
    TRY(read_aims(db, a, &w));
    TRY(read_work(db, a, &w));
    *ret = w;
    return ERR_OK;
}

/* ---- pages of a list ---- */

/* The queries give rows of one shape under several names. */
#define ROW_OF(r)                                                                                                          \
    (struct project_row){.id = (r).id, .slug = (r).slug, .code = (r).code, .other_code = (r).other_code,                   \
                         .title = (r).title, .owner_name = (r).owner_name, .fund_code = (r).fund_code,                     \
                         .fund_th = (r).fund_th, .fund_en = (r).fund_en, .issue_code = (r).issue_code,                     \
                         .issue_th = (r).issue_th, .issue_en = (r).issue_en, .support_type = (r).support_type_code,        \
                         .fy = (r).fy, .state = state_read((r).state), .asked = (r).asked_satang,                          \
                         .approved = (r).approved_satang, .starts_on = (r).starts_on, .ends_on = (r).ends_on,              \
                         .report_due = (r).report_due, .is_entered_later = (r).is_entered_later, .is_paid = (r).is_paid,             \
                         .is_recalled = (r).recalled_on.has && str_eq((r).state, STR("draft"))}
#define ROWS_OF(rows, n)                                                                                                   \
    do {                                                                                                                   \
        struct project_row *out_ = ARENA_ARRAY(a, struct project_row, (n));                                                \
        for (size_t i_ = 0; i_ < (n); i_++) out_[i_] = ROW_OF((rows)[i_]);                                                 \
        *ret = out_;                                                                                                       \
        *ret_n = (n);                                                                                                      \
    } while (0)

static enum project_state state_read(struct str code)
{
    enum project_state s = PROJECT_DRAFT;
    enum err known = project_state_of(code, &s);
    assert(known == ERR_OK);
    return s;
}

struct list_ask { /* what they ask */
    struct opt_fiscal_year fy;
    struct str state;
    struct opt_date late_on;
    struct project_id before;
};

static struct list_ask ask_of(const struct project_asked *q)
{
    return (struct list_ask){.fy = {q->fy.v != 0, q->fy},
                             .state = q->state >= 0 && q->state < PROJECT_STATES ? str_of(state_codes[q->state]) : STR_NONE,
                             .late_on = {q->is_late, q->today},
                             .before = id_is_none(q->after) ? (struct project_id){INT64_MAX} : q->after};
}

static enum err list_fund(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_fund_row *rows = NULL;
    size_t n = 0;
    struct project_list_fund_args args = {q->fund_code, k.fy, k.state, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_fund(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

static enum err list_district(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_district_row *rows = NULL;
    size_t n = 0;
    struct project_list_district_args args = {q->district, k.fy, k.state, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_district(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

static enum err list_province(struct db *db, struct arena *a, const struct project_asked *q, struct area_id province,
                              struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_province_row *rows = NULL;
    size_t n = 0;
    struct project_list_province_args args = {province, k.fy, k.state, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_province(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

/* Newest first of both, `most` at most. */
static void merge(struct arena *a, struct project_row **all, size_t *n, const struct project_row *more, size_t nmore, int64_t most)
{
    size_t i = 0, k = 0, out = 0;
    struct project_row *rows = ARENA_ARRAY(a, struct project_row, *n + nmore);
    while (out < (size_t)most && (i < *n || k < nmore))
        rows[out++] = k == nmore || (i < *n && (*all)[i].id.v > more[k].id.v) ? (*all)[i++] : more[k++];
    *all = rows;
    *n = out;
}

static enum err list_provinces(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct project_row *all = NULL;
    size_t n = 0;
    for (size_t i = 0; i < q->nprovinces; i++) {
        struct project_row *rows = NULL;
        size_t nrows = 0;
        TRY(list_province(db, a, q, q->provinces[i], &rows, &nrows));
        merge(a, &all, &n, rows, nrows, q->most);
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static enum err list_person(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_person_row *rows = NULL;
    size_t n = 0;
    struct project_list_person_args args = {q->account, q->account.v,       k.fy,     k.state, q->issue,
                                            k.late_on,  q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_person(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

/* By year, by state, or both: each has an index. */
static enum err list_nation_year(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_nation_year_row *rows = NULL;
    size_t n = 0;
    struct project_list_nation_year_args args = {q->fy, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_nation_year(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

static enum err list_nation_state(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_nation_state_row *rows = NULL;
    size_t n = 0;
    struct project_list_nation_state_args args = {k.state, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_nation_state(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

static enum err list_nation_year_state(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_nation_year_state_row *rows = NULL;
    size_t n = 0;
    struct project_list_nation_year_state_args args = {q->fy, k.state, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most};
    TRY(project_list_nation_year_state(db, a, &args, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

static enum err list_nation(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    struct list_ask k = ask_of(q);
    struct project_list_nation_row *rows = NULL;
    size_t n = 0;
    bool has_state = !str_is_none(k.state);
    if (k.fy.has) return has_state ? list_nation_year_state(db, a, q, ret, ret_n) : list_nation_year(db, a, q, ret, ret_n);
    if (has_state) return list_nation_state(db, a, q, ret, ret_n);
    TRY(project_list_nation(db, a, q->issue, k.late_on, q->is_public_only, q->is_told, k.before, q->most, &rows, &n));
    ROWS_OF(rows, n);
    return ERR_OK;
}

enum err project_list(struct db *db, struct arena *a, const struct project_asked *q, struct project_row **ret, size_t *ret_n)
{
    assert(q->most > 0);
    if (!str_is_empty(q->fund_code)) return list_fund(db, a, q, ret, ret_n);
    if (!id_is_none(q->account)) return list_person(db, a, q, ret, ret_n);
    if (!id_is_none(q->district)) return list_district(db, a, q, ret, ret_n);
    if (!id_is_none(q->province)) return list_province(db, a, q, q->province, ret, ret_n);
    if (q->nprovinces > 0) return list_provinces(db, a, q, ret, ret_n);
    return list_nation(db, a, q, ret, ret_n);
}

/* ---- money ---- */

enum err project_money(struct db *db, struct arena *a, const struct project *p, struct project_money *ret)
{
    struct project_money m = {.approved = p->approved.has ? p->approved.v : satang(0)};
    struct project_money_of_row c = {0};
    if (id_is_none(p->commitment)) {
        *ret = m;
        return ERR_OK;
    }
    struct project_money_sums_row sum = {0};
    TRY(project_money_of(db, a, p->commitment, &c));
    TRY(project_money_sums(db, a, p->id, &sum));
    m.paid = sum.paid_satang;
    m.refunded = sum.refunded_satang;
    m.last_paid_on = sum.last_paid_on;
    m.last_refunded_on = sum.last_refunded_on;
    m.agreed_on = c.agreement_on;
    m.left = c.is_released ? satang(0) : c.left_satang;
    m.is_released = c.is_released;
    m.is_held = !str_is_none(c.held_for);
    m.needs_agreement = c.needs_agreement;
    m.lacks_agreement = c.needs_agreement && !c.agreement_on.has;
    *ret = m;
    return ERR_OK;
}

/* ---- who may ---- */

enum err project_is_own(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret)
{
    struct project_is_member_row row = {0};
    *ret = who->is_in && who->account != 0 && who->account == p->account;
    if (*ret || !who->is_in || id_is_none(p->group)) return ERR_OK;
    TRY(project_is_member(db, a, p->group, (struct account_id){who->account}, &row));
    *ret = row.n > 0;
    return ERR_OK;
}

enum err project_may_write(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret)
{
    *ret = false;
    if (!who->is_in) return ERR_OK;
    if (who->acting.role == ROLE_officer || who->acting.role == ROLE_secretary)
        return guard_holds_fund(db, a, &who->acting, p->fund_code, ret);
    if (who->acting.role != ROLE_applicant) return ERR_OK;
    return project_is_own(db, a, who, p, ret);
}

enum err project_may_see(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret)
{
    *ret = false;
    if (!who->is_in) return ERR_OK;
    if (who->acting.role == ROLE_applicant || who->acting.role == ROLE_visitor) return project_is_own(db, a, who, p, ret);
    return guard_holds_fund(db, a, &who->acting, p->fund_code, ret);
}

enum err project_may_see_persons(struct db *db, struct arena *a, const struct who *who, const struct project *p, bool *ret)
{
    TRY(project_may_write(db, a, who, p, ret));
    if (*ret || !who->is_in) return ERR_OK;
    if (who->acting.role != ROLE_member && who->acting.role != ROLE_chair) return ERR_OK; /* the others of the fund write */
    return guard_holds_fund(db, a, &who->acting, p->fund_code, ret);
}

struct str project_code_shown(const struct project *p)
{
    if (!str_is_empty(p->code)) return p->code;
    return str_is_empty(p->other_code) ? p->slug : p->other_code;
}
