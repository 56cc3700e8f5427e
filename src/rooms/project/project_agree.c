/* project_agree.c — the agreement of an approved project, its instalments and what opens each; and what payments of the
 * ledger do to a project. */
#include "app/audit.h"
#include "app/events.h"
#include "base/clock.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#define NUMBER_MAX 60
#define NAME_MAX   200
#define ENDED_MAX  20
#define NUMBERS_MAX 2000 /* agreements of a fund in two years */

/* ---- reading ---- */

static enum err fill_instalments(struct db *db, struct arena *a, struct project_agreement *g)
{
    struct project_instalments_of_row *rows = NULL;
    struct ledger_instalment *paid = NULL;
    struct project p = {0};
    size_t n = 0, npaid = 0;
    TRY(project_instalments_of(db, a, g->id, &rows, &n));
    if (n > 0 && !g->ended_at.has) {
        TRY(project_get(db, a, g->project, &p));
        if (!id_is_none(p.commitment)) TRY(ledger_instalments(db, a, p.commitment, &paid, &npaid));
    }
    g->instalments = ARENA_ARRAY(a, struct project_instalment, n);
    g->ninstalments = n;
    for (size_t i = 0; i < n; i++)
        g->instalments[i] = (struct project_instalment){.position = rows[i].position,
                                                        .amount = rows[i].amount_satang,
                                                        .evidence = rows[i].evidence,
                                                        .is_open = rows[i].opened_at.has,
                                                        .is_paid = i < npaid && paid[i].left.v == 0,
                                                        .due_on = rows[i].due_on};
    return ERR_OK;
}

/* Of either query's row. */
#define AGREEMENT_OF(r, of)                                                                                                \
    ((struct project_agreement){.id = (r).id, .project = (of), .number = (r).number, .place = (r).place,                   \
                                .agreed_on = (r).agreed_on, .signer_owner = (r).signer_owner,                              \
                                .signer_fund = (r).signer_fund, .witness_1 = (r).witness_1, .witness_2 = (r).witness_2,    \
                                .recorded_at = (r).recorded_at, .version = (r).version})

enum err project_agreement_get(struct db *db, struct arena *a, struct project_id id, struct project_agreement *ret)
{
    struct project_agreement_of_row r = {0};
    struct project_agreement g = {.project = id};
    enum err e = project_agreement_of(db, a, id, &r);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_OK) {
        g = AGREEMENT_OF(r, id);
        TRY(fill_instalments(db, a, &g));
    }
    *ret = g;
    return ERR_OK;
}

enum err project_agreements_ended(struct db *db, struct arena *a, struct project_id id, struct project_agreement **ret, size_t *ret_n)
{
    struct project_agreements_ended_of_row *rows = NULL;
    size_t n = 0;
    TRY(project_agreements_ended_of(db, a, id, ENDED_MAX, &rows, &n));
    struct project_agreement *all = ARENA_ARRAY(a, struct project_agreement, n);
    for (size_t i = 0; i < n; i++) {
        all[i] = AGREEMENT_OF(rows[i], id);
        all[i].ended_at = rows[i].ended_at;
        all[i].ended_by = rows[i].ended_no.has ? rows[i].ended_no.v : 0;
        TRY(fill_instalments(db, a, &all[i]));
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

enum err project_agreement_sign(struct db *db, struct arena *a, const struct project_agreement *g, struct meeting_sign *ret)
{
    struct meeting_sign *signs = NULL;
    size_t n = 0;
    if (g->version == 0) return ERR_NOT_FOUND;
    TRY(meeting_sign_list(db, a, "project_agreement", g->id.v, &signs, &n));
    if (n == 0) return ERR_NOT_FOUND;
    *ret = signs[0];
    return ERR_OK;
}

enum err project_ledger_code(struct db *db, struct arena *a, struct ledger_commitment_id id, struct str *ret)
{
    struct project_book_of_row at = {0};
    TRY(project_book_of(db, a, id, &at));
    *ret = at.project_code;
    return ERR_OK;
}

/* ---- what is known before it is made ---- */

/* "12/2570" of that year: 12; what is written otherwise is no order: 0. */
static int64_t nth_of(struct str number, struct fiscal_year fy)
{
    struct str rest = number, nth = STR("");
    int64_t n = 0, year = 0;
    bool is_one = str_split(&rest, '/', &nth) && str_to_int(rest, &year) == ERR_OK && year == fy.v;
    return is_one && str_to_int(nth, &n) == ERR_OK && n > 0 && n < NUMBERS_MAX ? n : 0;
}

/* The next of this year; in a new year the first, when the last year was counted so. */
static enum err next_number(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy, struct str *ret)
{
    struct project_agreement_numbers_row *rows = NULL;
    struct fiscal_year last = fiscal_year(fy.v - 1);
    size_t n = 0;
    int64_t most = 0;
    bool was_counted = false;
    TRY(project_agreement_numbers(db, a, fund, fiscal_year_first(last), NUMBERS_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t nth = nth_of(rows[i].number, fy);
        if (nth > most) most = nth;
        was_counted = was_counted || nth_of(rows[i].number, last) > 0;
    }
    *ret = most > 0 || was_counted ? str_printf(a, "%lld/%d", (long long)most + 1, fy.v) : STR_NONE;
    return ERR_OK;
}

enum err project_agreement_known(struct db *db, struct arena *a, const struct project *p, struct fiscal_year fy,
                                 struct project_agreement_known *ret)
{
    struct project_decision d = {0};
    struct meeting m = {0};
    struct project_people_of_row *people = NULL;
    size_t n = 0;
    *ret = (struct project_agreement_known){STR_NONE, STR_NONE, STR_NONE};
    enum err e = project_decision_standing(db, a, p->id, &d);
    if (e == ERR_OK && !id_is_none(d.meeting)) {
        TRY(meeting_get(db, a, d.meeting, &m));
        ret->signer_fund = m.chaired_by;
    }
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    TRY(project_people_of(db, a, p->id, &people, &n));
    if (n > 0) ret->signer_owner = people[0].name;
    return next_number(db, a, p->fund, fy, &ret->number);
}

/* ---- making it ---- */

struct agreeing {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const struct project_agreement *g;
    struct meeting_refusal *why;
    struct project p;
    struct ledger_commitment c;
    struct project_agreement_id id;
};

static enum err refuse(struct agreeing *x, enum msg m, struct str more)
{
    return meeting_refuse(x->why, m, x->p.title, more, STR_NONE);
}

static bool is_evidence(struct str e)
{
    return str_eq(e, STR("agreement")) || str_eq(e, STR("report")) || str_eq(e, STR("final_report"));
}

static enum err check_parts(struct agreeing *x)
{
    const struct project_agreement *g = x->g;
    int64_t sum = 0;
    if (g->ninstalments == 0) return ERR_OK;
    if (g->ninstalments > PROJECT_INSTALMENTS_MAX) return refuse(x, MSG_project_agree_many, STR_NONE);
    for (size_t i = 0; i < g->ninstalments; i++) {
        if (g->instalments[i].amount.v <= 0 || !is_evidence(g->instalments[i].evidence))
            return refuse(x, MSG_project_agree_part, str_printf(x->arena, "%zu", i + 1));
        sum = satang_add(satang(sum), g->instalments[i].amount).v;
    }
    if (sum == x->c.left.v) return ERR_OK;
    return meeting_refuse(x->why, MSG_project_agree_sum, project_sum_words(x->arena, satang(sum)),
                          project_sum_words(x->arena, x->c.left), STR_NONE);
}

static enum err check(struct agreeing *x)
{
    struct project_agreement there = {0};
    struct project_book_of_row at = {0};
    const struct project_agreement *g = x->g;
    if (id_is_none(x->p.commitment) || (x->p.state != PROJECT_APPROVED && x->p.state != PROJECT_RUNNING))
        return refuse(x, MSG_project_agree_state, STR_NONE);
    TRY(project_agreement_get(x->db, x->arena, x->p.id, &there));
    if (there.version > 0) return refuse(x, MSG_project_agree_there, there.number);
    TRY(project_book_of(x->db, x->arena, x->p.commitment, &at));
    TRY(ledger_commitment_find(x->db, x->arena, at.book_id, at.project_code, &x->c));
    if (date_cmp(g->agreed_on, clock_today()) > 0) return refuse(x, MSG_project_agree_future, STR_NONE);
    if (date_cmp(g->agreed_on, x->c.approved_on) < 0) return refuse(x, MSG_project_agree_before, STR_NONE);
    if (str_is_empty(g->number)) return refuse(x, MSG_project_agree_number, STR_NONE);
    if (str_is_empty(g->signer_owner) || str_is_empty(g->signer_fund)) return refuse(x, MSG_project_agree_signer, STR_NONE);
    return check_parts(x);
}

static enum err write_row(struct agreeing *x)
{
    const struct project_agreement *g = x->g;
    struct project_agreement_add_row row = {0};
    struct project_agreement_add_args args = {.project_id = x->p.id,
                                              .agreed_on = g->agreed_on,
                                              .account_no = project_opt(x->by->account),
                                              .recorded_at = clock_now()};
    TRY(project_text(x->arena, g->number, NUMBER_MAX, true, &args.number));
    TRY(project_text(x->arena, g->place, NAME_MAX, true, &args.place));
    TRY(project_text(x->arena, g->signer_owner, NAME_MAX, true, &args.signer_owner));
    TRY(project_text(x->arena, g->signer_fund, NAME_MAX, true, &args.signer_fund));
    TRY(project_text(x->arena, g->witness_1, NAME_MAX, true, &args.witness_1));
    TRY(project_text(x->arena, g->witness_2, NAME_MAX, true, &args.witness_2));
    TRY(project_agreement_add(x->db, x->arena, &args, &row));
    x->id = row.id;
    struct audit_change change = {"agreement", STR_NONE, args.number};
    return audit_write(x->db, x->arena, x->by, "agree", "project", x->p.id.v, &change, 1);
}

static enum err write_parts(struct agreeing *x)
{
    const struct project_agreement *g = x->g;
    struct ledger_instalment_new parts[PROJECT_INSTALMENTS_MAX];
    enum ledger_fault fault = LEDGER_FINE;
    struct instant now = clock_now();
    if (g->ninstalments == 0) return ERR_OK;
    for (size_t i = 0; i < g->ninstalments; i++) {
        const struct project_instalment *p = &g->instalments[i];
        bool is_open = str_eq(p->evidence, STR("agreement"));
        parts[i] = (struct ledger_instalment_new){.amount = p->amount, .is_shut = !is_open, .due_on = p->due_on};
        TRY(project_instalment_add(x->db, x->id, (int64_t)i + 1, p->amount, p->evidence,
                                   (struct opt_instant){is_open, now}, p->due_on, NULL));
    }
    enum err e = ledger_instalments_add(x->db, x->arena, x->by, x->c.id, parts, g->ninstalments, &fault);
    return e == ERR_REFUSED ? refuse(x, MSG_project_agree_paid, STR_NONE) : e;
}

static enum err agree_act(struct agreeing *x)
{
    struct project now = {0};
    TRY(project_lock_get(x->db, x->arena, x->g->project, &x->p));
    TRY(check(x));
    TRY(write_row(x));
    TRY(ledger_agree(x->db, x->arena, x->by, x->c.id, x->c.version, x->g->number, x->g->agreed_on));
    TRY(write_parts(x));
    if (x->p.state == PROJECT_RUNNING) return ERR_OK;
    now = x->p;
    now.state = PROJECT_RUNNING;
    return project_put(x->db, x->arena, x->by, &x->p, &now, "run", x->g->agreed_on);
}

enum err project_agree(struct db *db, struct arena *a, const struct actor *by, const struct project_agreement *g,
                       struct meeting_refusal *ret_why)
{
    struct agreeing x = {.db = db, .arena = a, .by = by, .g = g, .why = ret_why};
    *ret_why = (struct meeting_refusal){0};
    TRY(db_savepoint(db));
    enum err e = agree_act(&x);
    if (e == ERR_OK) return db_release(db);
    db_rollback_to(db);
    return e;
}

enum err project_agreement_undo(struct db *db, struct arena *a, const struct actor *by, struct project_id id)
{
    struct project_agreement g = {0};
    TRY(project_agreement_get(db, a, id, &g));
    if (g.version == 0) return ERR_OK;
    TRY(project_agreement_end(db, g.id, clock_now(), project_opt(by->account), NULL));
    struct audit_change change = {"agreement", g.number, STR_NONE};
    return audit_write(db, a, by, "undo_agreement", "project", id.v, &change, 1);
}

/* ---- what may be paid ---- */

bool project_is_payable(const struct project_payable *p)
{
    bool is_over = p->state == PROJECT_REPORTED; /* what its final report opened is still paid */
    if (p->state != PROJECT_APPROVED && p->state != PROJECT_RUNNING && !is_over) return false;
    if (p->left.v <= 0 || p->is_held || p->lacks_agreement) return false;
    return p->has_parts ? p->has_open_part : !is_over || !p->is_paid;
}

bool project_may_be_paid(const struct project *p, const struct project_money *m, const struct project_agreement *g)
{
    struct project_payable facts = {.state = p->state,
                                    .left = m->left,
                                    .is_held = m->is_held,
                                    .lacks_agreement = m->lacks_agreement,
                                    .has_parts = g->ninstalments > 0,
                                    .is_paid = p->is_paid};
    for (size_t i = 0; i < g->ninstalments; i++)
        facts.has_open_part = facts.has_open_part || (g->instalments[i].is_open && !g->instalments[i].is_paid);
    return project_is_payable(&facts);
}

/* ---- evidence ---- */

static enum err open_part(struct db *db, struct arena *a, const struct actor *by, const struct project *p,
                          struct project_agreement_id agreement, int64_t position)
{
    TRY(project_instalment_open(db, agreement, position, clock_now(), NULL));
    TRY(ledger_instalment_open(db, a, by, p->commitment, position));
    struct audit_change change = {"instalment", STR_NONE, str_printf(a, "%lld", (long long)position)};
    return audit_write(db, a, by, "open_instalment", "project", p->id.v, &change, 1);
}

/* A report opens the first instalment that is shut, if that waits for one. The final report is the last that comes:
 * it opens every one that is still shut, or nothing ever would. */
enum err project_evidence(struct db *db, struct arena *a, const struct actor *by, struct project_id id, const char *evidence,
                          bool *ret_opened)
{
    struct project p = {0};
    struct project_agreement_of_row g = {0};
    struct project_instalments_of_row *rows = NULL;
    size_t n = 0;
    bool is_final = str_eq(str_of(evidence), STR("final_report"));
    *ret_opened = false;
    TRY(project_lock_get(db, a, id, &p));
    enum err e = project_agreement_of(db, a, id, &g);
    if (e == ERR_NOT_FOUND || id_is_none(p.commitment)) return ERR_OK;
    TRY(e);
    TRY(project_instalments_of(db, a, g.id, &rows, &n));
    for (size_t i = 0; i < n && (is_final || !*ret_opened); i++) {
        if (rows[i].opened_at.has) continue;
        if (!is_final && !str_eq(rows[i].evidence, str_of(evidence))) return ERR_OK;
        TRY(open_part(db, a, by, &p, g.id, rows[i].position));
        *ret_opened = true;
    }
    return ERR_OK;
}

/* ---- payments ---- */

/* From the first payment on its report is owed; not any more when every payment was reversed. */
static enum err tell_paid(struct db *db, struct arena *a, const struct commitment_paid *e, struct project_id id)
{
    struct project p = {0};
    struct project_money money = {0};
    struct project_figure before = {0};
    TRY(project_lock_get(db, a, id, &p));
    if (e->is_reversal) TRY(project_money(db, a, &p, &money));
    bool is_paid = !e->is_reversal || money.paid.v > 0;
    if (is_paid == p.is_paid) return ERR_OK;
    TRY(project_figure_read(db, a, id, &before));
    TRY(project_set_paid(db, id, is_paid, NULL));
    return project_figure_tell(db, a, id, e->on_date, &before);
}

/* Before money goes out: is the report of what it is for overdue, is it over, has it told already what was done? */
enum err project_on_payment_asked(struct db *db, struct arena *a, const struct payment_asked *e)
{
    struct project_by_commitment_row row = {0};
    struct project p = {0};
    struct payment_caution *said = e->said;
    enum err found = project_by_commitment(db, a, e->commitment, &row);
    if (found == ERR_NOT_FOUND) return ERR_OK;
    TRY(found);
    TRY(project_get(db, a, row.id, &p));
    bool is_on = p.state == PROJECT_APPROVED || p.state == PROJECT_RUNNING;
    said->is_late = is_on && p.report_due.has && date_cmp(p.report_due.v, e->today) < 0;
    said->is_ended = is_on && p.ends_on.has && date_cmp(p.ends_on.v, e->today) < 0;
    said->is_reported = p.state == PROJECT_REPORTED && p.is_paid;
    said->due = p.report_due.v;
    said->ended = p.ends_on.v;
    if (said->is_late || said->is_ended || said->is_reported) said->slug = p.slug;
    return ERR_OK;
}

/* Without an agreement a project runs from its first payment on; when that is reversed, it waits again. */
enum err project_on_commitment_paid(struct db *db, struct arena *a, const struct commitment_paid *e)
{
    struct project_by_commitment_row row = {0};
    struct project was = {0}, now = {0};
    struct project_agreement g = {0};
    struct project_money money = {0};
    enum err found = project_by_commitment(db, a, e->commitment, &row);
    if (found == ERR_NOT_FOUND) return ERR_OK;
    TRY(found);
    TRY(tell_paid(db, a, e, row.id));
    bool is_first = !e->is_reversal && str_eq(row.state, STR("approved"));
    bool is_undone = e->is_reversal && str_eq(row.state, STR("running"));
    if (!is_first && !is_undone) return ERR_OK;
    TRY(project_lock_get(db, a, row.id, &was));
    now = was;
    now.state = is_first ? PROJECT_RUNNING : PROJECT_APPROVED;
    if (is_undone) {
        TRY(project_agreement_get(db, a, row.id, &g));
        TRY(project_money(db, a, &was, &money));
        if (g.version > 0 || money.paid.v > 0) return ERR_OK;
    }
    return project_put(db, a, &e->by, &was, &now, is_first ? "run" : "wait", e->on_date);
}
