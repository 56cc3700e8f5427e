/* project_later.c — projects that Sarn did not see being decided: entered afterwards with their real days, meeting,
 * agreement and what was paid; and commitments that the ledger made by a door of its own (its form, a take-over),
 * which become projects "entered later". */
#include "app/audit.h"
#include "app/events.h"
#include "base/clock.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#define CODE_MAX 60

/* ---- what real data gets wrong, and is kept ---- */

static bool is_before(struct opt_date x, struct opt_date y)
{
    return x.has && y.has && date_cmp(x.v, y.v) < 0;
}

size_t project_later_warnings(const struct project_later *l, enum msg ret[PROJECT_WARNINGS_MAX])
{
    size_t n = 0;
    struct opt_date approved = {true, l->approved_on};
    if (is_before(l->starts_on, approved)) ret[n++] = MSG_project_warn_approved_late;
    if (is_before(l->report_due, l->ends_on)) ret[n++] = MSG_project_warn_report_early;
    if (l->report_due.has && l->starts_on.has && date_cmp(l->report_due.v, l->starts_on.v) == 0)
        ret[n++] = MSG_project_warn_report_on_start;
    if (!str_is_empty(l->code) && ledger_code_says_other(l->code, l->support_type)) ret[n++] = MSG_project_warn_code_type;
    if (str_is_empty(l->place)) ret[n++] = MSG_project_warn_no_place;
    return n;
}

/* ---- entering ---- */

struct entering {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const struct project_later *l;
    struct meeting_refusal *why;
    struct project p;
    struct project_id id;
};

static enum err refuse(struct entering *x, enum msg m, struct str more)
{
    return meeting_refuse(x->why, m, x->p.title, more, STR_NONE);
}

static bool is_finished(enum project_state s)
{
    return s == PROJECT_CLOSED || s == PROJECT_STOPPED;
}

static enum err check(struct entering *x)
{
    const struct project_later *l = x->l;
    if (!project_is_public(l->state)) return refuse(x, MSG_project_later_state, STR_NONE);
    if (date_cmp(l->approved_on, clock_today()) > 0) return refuse(x, MSG_project_decide_future, STR_NONE);
    if (l->amount.v <= 0) return refuse(x, MSG_project_decide_amount, STR_NONE);
    if (l->paid.v < 0 || l->paid.v > l->amount.v) return refuse(x, MSG_project_later_paid, STR_NONE);
    if (is_before(l->ends_on, l->starts_on)) return refuse(x, MSG_project_later_order, STR_NONE);
    if (l->closed_on.has && date_cmp(l->closed_on.v, l->approved_on) < 0) return refuse(x, MSG_project_later_closed, STR_NONE);
    if (l->closed_on.has && date_cmp(l->closed_on.v, clock_today()) > 0) return refuse(x, MSG_project_decide_future, STR_NONE);
    if (l->agreement_on.has && date_cmp(l->agreement_on.v, l->approved_on) < 0) return refuse(x, MSG_project_agree_before, STR_NONE);
    return ERR_OK;
}

/* Sarn's own form is its code; any other is how another system calls it. */
static bool is_own_form(const struct project *p, struct str code)
{
    struct str rest = code, year, fund, type, number;
    int64_t y = 0, n = 0;
    return str_split(&rest, '-', &year) && str_split(&rest, '-', &fund) && str_split(&rest, '-', &type) &&
           str_split(&rest, '-', &number) && str_is_empty(rest) && year.n == 2 && str_to_int(year, &y) == ERR_OK &&
           str_eq(fund, p->fund_code) && type.n == 1 && str_to_int(number, &n) == ERR_OK;
}

static enum err give_code(struct entering *x)
{
    struct str code = STR_NONE;
    TRY(project_text(x->arena, x->l->code, CODE_MAX, true, &code));
    if (str_is_none(code))
        return project_code_give(x->db, x->arena, x->p.fund, x->p.fund_code, x->p.fy, x->p.support_type, &x->p.code);
    TRY(project_code_free(x->db, x->arena, x->p.fund, code, x->why));
    if (is_own_form(&x->p, code)) x->p.code = code;
    else x->p.other_code = code;
    return ERR_OK;
}

static enum err read_head(struct entering *x)
{
    const struct project_later *l = x->l;
    struct fund_named fund = {0};
    struct project_lock_fund_row lock = {0};
    TRY(fund_named(x->db, x->arena, l->fund_code, &fund));
    TRY(ledger_queue(x->db, x->arena, fund.id));
    TRY(project_lock_fund(x->db, x->arena, fund.id, &lock));
    x->p = (struct project){.fund = fund.id,
                            .fund_code = fund.code,
                            .fy = date_fiscal_year(l->approved_on),
                            .owner_type = l->owner_type,
                            .support_type = l->support_type,
                            .state = l->state,
                            .starts_on = l->starts_on,
                            .ends_on = l->ends_on,
                            .report_due = l->report_due,
                            .asked = some_satang(l->amount),
                            .approved = some_satang(l->amount),
                            .approved_on = {true, l->approved_on},
                            .is_entered_later = true,
                            .is_paid = l->paid.v > 0};
    if (l->state == PROJECT_CLOSED)
        x->p.closed_on = l->closed_on.has ? l->closed_on : (struct opt_date){true, clock_today()};
    TRY(project_text(x->arena, l->title, PROJECT_TITLE_MAX, true, &x->p.title));
    TRY(project_text(x->arena, l->owner_name, PROJECT_TITLE_MAX, true, &x->p.owner_name));
    TRY(project_text(x->arena, l->place, PROJECT_TITLE_MAX, true, &x->p.place));
    TRY(fund_home_in(x->db, x->arena, fund.id, x->p.fy, &x->p.district, &x->p.province));
    return project_size_of(x->db, x->arena, fund.id, l->approved_on, l->amount, &x->p.size); /* by the limits of its day */
}

static enum err put_issues(struct entering *x)
{
    struct project_figure before = {0};
    TRY(project_figure_read(x->db, x->arena, x->id, &before));
    for (size_t i = 0; i < x->l->nissues && i < PROJECT_ISSUES_MAX; i++)
        TRY(project_put_issue(x->db, x->id, (int64_t)i + 1, x->l->issues[i], NULL));
    return project_figure_tell(x->db, x->arena, x->id, x->l->approved_on, &before);
}

static enum err put_decision(struct entering *x, struct str words)
{
    struct project_decision_add_row row = {0};
    struct project_decision_add_args args = {.project_id = x->id,
                                             .kind = STR("approve"),
                                             .meeting_words = words,
                                             .decided_on = x->l->approved_on,
                                             .amount_satang = some_satang(x->l->amount),
                                             .report_due = x->l->report_due,
                                             .in_force_at = {true, clock_now()},
                                             .account_no = project_opt(x->by->account),
                                             .recorded_at = clock_now()};
    return project_decision_add(x->db, x->arena, &args, &row);
}

/* Its signers were not known to Sarn: the paper has them. */
static enum err put_agreement(struct entering *x)
{
    if (str_is_empty(x->l->agreement_no) || !x->l->agreement_on.has) return ERR_OK;
    struct project_agreement_add_row row = {0};
    struct project_agreement_add_args args = {.project_id = x->id,
                                              .number = x->l->agreement_no,
                                              .agreed_on = x->l->agreement_on.v,
                                              .signer_owner = STR("-"),
                                              .signer_fund = STR("-"),
                                              .account_no = project_opt(x->by->account),
                                              .recorded_at = clock_now()};
    return project_agreement_add(x->db, x->arena, &args, &row);
}

static enum err release_rest(struct entering *x, struct ledger_commitment_id id, int64_t version)
{
    enum ledger_fault fault = LEDGER_FINE;
    if (!is_finished(x->l->state)) return ERR_OK;
    enum err e = ledger_release(x->db, x->arena, x->by, id, version, clock_today(), &fault);
    return e == ERR_REFUSED ? project_refuse_ledger(x->arena, x->why, fault, x->p.title) : e;
}

/* One person's word that a committee approved it: nothing is paid before another has seen what was signed. */
static enum err hold_for_paper(struct entering *x, struct ledger_commitment_id id)
{
    bool is_over = is_finished(x->l->state) || x->l->paid.v >= x->l->amount.v;
    return x->by->account == 0 || is_over ? ERR_OK : ledger_hold(x->db, x->arena, x->by, id, LEDGER_WAITS_PAPER);
}

static enum err put_promise(struct entering *x)
{
    const struct project_later *l = x->l;
    struct project_issues_of_row *issues = NULL;
    struct ledger_commitment_id id = {0};
    enum ledger_fault fault = LEDGER_FINE;
    size_t n = 0;
    struct ledger_commit c = {.fund_code = x->p.fund_code,
                              .book = LEDGER_MAIN,
                              .project_code = str_is_none(x->p.code) ? x->p.other_code : x->p.code,
                              .title = x->p.title,
                              .owner_name = x->p.owner_name,
                              .support_type = l->support_type,
                              .owner_type = l->owner_type,
                              .approved_on = l->approved_on,
                              .approved_in = l->meeting_words,
                              .amount = l->amount,
                              .paid_before = l->paid,
                              .agreement_no = l->agreement_on.has ? l->agreement_no : STR_NONE,
                              .agreement_on = l->agreement_on,
                              .is_entered_later = true,
                              .is_of_project = true};
    TRY(project_issues_of(x->db, x->arena, x->id, &issues, &n));
    if (n > 0) c.issue_code = issues[0].code;
    enum err e = ledger_commit(x->db, x->arena, x->by, &c, &fault, &id);
    if (e == ERR_REFUSED) {
        bool is_old = fault == LEDGER_NO_BOOK && is_finished(l->state);
        return is_old ? ERR_OK : project_refuse_ledger(x->arena, x->why, fault, x->p.title);
    }
    TRY(e);
    TRY(project_set_commitment(x->db, x->id, id, NULL));
    if (l->state == PROJECT_SUSPENDED) TRY(ledger_hold(x->db, x->arena, x->by, id, LEDGER_WAITS_SUSPENDED));
    else TRY(hold_for_paper(x, id));
    return release_rest(x, id, 1);
}

static enum err enter_act(struct entering *x)
{
    TRY(read_head(x));
    TRY(check(x));
    TRY(give_code(x));
    TRY(project_insert(x->db, x->arena, x->by, &x->p, "enter_later", x->l->approved_on, &x->id));
    TRY(put_issues(x));
    TRY(put_decision(x, x->l->meeting_words));
    TRY(put_agreement(x));
    return put_promise(x);
}

enum err project_enter_later(struct db *db, struct arena *a, const struct actor *by, const struct project_later *l,
                             struct meeting_refusal *ret_why, struct project_id *ret)
{
    struct entering x = {.db = db, .arena = a, .by = by, .l = l, .why = ret_why};
    *ret_why = (struct meeting_refusal){0};
    TRY(db_savepoint(db));
    enum err e = enter_act(&x);
    if (e == ERR_OK) e = db_release(db);
    if (e != ERR_OK) {
        db_rollback_to(db);
        return e;
    }
    *ret = x.id;
    return ERR_OK;
}

/* ---- until its paper is seen ---- */

enum err project_later_sign(struct db *db, struct arena *a, const struct project *p, struct project_decision *ret,
                            struct meeting_sign *ret_sign, bool *ret_waits, bool *ret_has_sign)
{
    struct project_decision d = {0};
    struct meeting_sign *signs = NULL;
    size_t n = 0;
    *ret_waits = *ret_has_sign = false;
    if (!p->is_entered_later || is_finished(p->state)) return ERR_OK;
    enum err e = project_decision_standing(db, a, p->id, &d);
    if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_OK : e;
    *ret_waits = str_eq(d.kind, STR("approve")) && d.is_entered_later && id_is_none(d.item) && d.account != 0;
    if (!*ret_waits) return ERR_OK;
    *ret = d;
    TRY(meeting_sign_list(db, a, "project_decision", d.id.v, &signs, &n));
    *ret_has_sign = n > 0;
    if (n > 0) *ret_sign = signs[0];
    return ERR_OK;
}

enum err project_waits_for_paper(struct db *db, struct arena *a, const struct project *p, bool *ret)
{
    struct project_decision d = {0};
    struct meeting_sign sign = {0};
    bool has_sign = false;
    return project_later_sign(db, a, p, &d, &sign, ret, &has_sign);
}

enum err project_promise_find(struct db *db, struct arena *a, struct fund_id fund, struct ledger_commitment_id id, struct project_promise *ret)
{
    struct project_promise_of_row r = {0};
    struct meeting_sign *signs = NULL;
    size_t n = 0;
    TRY(project_promise_of(db, a, id, fund, &r));
    *ret = (struct project_promise){.id = id,
                                    .book = str_eq(r.book, STR("main")) ? LEDGER_MAIN : LEDGER_LTC,
                                    .code = r.project_code,
                                    .title = r.title,
                                    .owner_name = r.owner_name,
                                    .approved_in = r.approved_in,
                                    .amount = r.amount_satang,
                                    .approved_on = r.approved_on,
                                    .slug = r.slug,
                                    .waits = str_is_none(r.slug) && !str_is_none(r.held_for) && !r.is_released};
    TRY(meeting_sign_list(db, a, "ledger_commitment", id.v, &signs, &n));
    ret->has_sign = n > 0;
    if (n > 0) ret->sign = signs[0];
    return ERR_OK;
}

/* ---- a promise by another door ---- */

/* Its first letters, when it is longer than a project's title may be. */
static struct str fitting(struct str s, size_t letters)
{
    size_t n = 0, i = 0;
    for (; i < s.n; i++) {
        if (((unsigned char)s.p[i] & 0xc0) != 0x80 && n++ == letters) break;
    }
    return (struct str){s.p, i};
}

static enum err is_own(struct db *db, struct arena *a, const struct commitment_made *e, bool *ret)
{
    struct project_code_users_row *rows = NULL;
    struct str code = e->project_code;
    size_t n = 0;
    ptrdiff_t cut = str_find_char(code, '/'); /* a correction's promise: project_force.c */
    TRY(project_code_users(db, a, e->fund, code, &rows, &n));
    if (n == 0 && cut > 0) TRY(project_code_users(db, a, e->fund, (struct str){code.p, (size_t)cut}, &rows, &n));
    *ret = n > 0;
    return ERR_OK;
}

/* Not of a project of Sarn: then one is made of it, with what the ledger was told. */
enum err project_on_commitment_made(struct db *db, struct arena *a, const struct commitment_made *e)
{
    struct meeting_refusal why = {0};
    bool is_known = false;
    if (e->book != LEDGER_MAIN) return ERR_OK; /* long-term care pays by care plan, not by project */
    if (e->is_of_project) return ERR_OK;
    TRY(is_own(db, a, e, &is_known));
    if (is_known) return e->by.account == 0 ? ERR_OK : err_note(ERR_REFUSED, "a project has this code"); /* no second promise beside its own */
    bool has_agreement = !str_is_none(e->agreement_no) && e->agreement_on.has;
    struct project_later l = {.fund_code = e->fund_code,
                              .state = has_agreement ? PROJECT_RUNNING : PROJECT_APPROVED,
                              .code = e->project_code,
                              .title = fitting(e->title, PROJECT_TITLE_MAX),
                              .owner_name = e->owner_name,
                              .owner_type = e->owner_type,
                              .support_type = e->support_type,
                              .approved_on = e->approved_on,
                              .meeting_words = str_is_none(e->approved_in) ? STR("-") : e->approved_in,
                              .amount = e->amount,
                              .paid = e->paid_before,
                              .agreement_no = e->agreement_no,
                              .agreement_on = e->agreement_on};
    struct project_issue_by_code_row issue = {0};
    if (!str_is_none(e->issue_code) && project_issue_by_code(db, a, e->issue_code, &issue) == ERR_OK)
        l.issues[l.nissues++] = issue.id;
    struct entering x = {.db = db, .arena = a, .by = &e->by, .l = &l, .why = &why};
    TRY(read_head(&x));
    if (is_own_form(&x.p, e->project_code)) x.p.code = e->project_code;
    else x.p.other_code = e->project_code;
    x.p.commitment = e->commitment;
    TRY(project_insert(db, a, &e->by, &x.p, "enter_later", e->approved_on, &x.id));
    TRY(put_issues(&x));
    TRY(put_decision(&x, l.meeting_words));
    return put_agreement(&x); /* the ledger holds it: one person's word */
}
