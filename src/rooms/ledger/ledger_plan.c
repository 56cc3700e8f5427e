/* ledger_plan.c — the annual finance plan (แผนการเงินประจำปี): what is expected and what is planned for. */
#include "app/audit.h"
#include "app/events.h"
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

#define CEILING_TYPE "4"
#define CEILING_RULE "ceiling_of_year_money"

/* ---- reading ---- */

/* What the books brought into the year: the main book's money before its first day, or, when the book
 * was opened in that year, what it was opened with. */
static enum err carried_over(struct db *db, struct arena *a, struct str fund_code, struct fiscal_year fy,
                             struct satang *ret)
{
    struct ledger_book book = {0};
    struct ledger_sums sums = {0};
    TRY(ledger_book_find(db, a, fund_code, LEDGER_MAIN, &book));
    *ret = satang(0);
    if (id_is_none(book.id)) return ERR_OK;
    TRY(ledger_sums(db, a, book.id, fiscal_year_first(fy), fiscal_year_last(fy), &sums));
    *ret = satang_add(sums.brought, sums.opening);
    return ERR_OK;
}

static enum err ceiling_of(struct db *db, struct arena *a, struct ledger_plan *p)
{
    struct ledger_ceiling_of_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_ceiling_of(db, a, STR(CEILING_TYPE), STR(CEILING_RULE), p->fy, &rows, &n));
    if (n == 0 || !rows[0].value_bp.has) return ERR_OK;
    p->ceiling_percent = rows[0].value_bp;
    if (!p->income_nhso.has && !p->income_local.has && !p->income_other.has) return ERR_OK;
    struct satang income = satang_add(satang_add(p->income_nhso.v, p->income_local.v), p->income_other.v);
    p->ceiling = some_satang(satang(income.v / 10000 * rows[0].value_bp.v.v + income.v % 10000 * rows[0].value_bp.v.v / 10000));
    return ERR_OK;
}

static enum err read_lines(struct db *db, struct arena *a, struct ledger_plan_id id, struct ledger_plan *p)
{
    struct ledger_plan_lines_of_row *rows = NULL;
    TRY(ledger_plan_lines_of(db, a, id, &rows, &p->nlines));
    p->lines = ARENA_ARRAY(a, struct ledger_plan_line, p->nlines);
    for (size_t i = 0; i < p->nlines; i++)
        p->lines[i] = (struct ledger_plan_line){.title = rows[i].title,
                                                .unit_name = rows[i].unit_name,
                                                .support_type = rows[i].support_type_code,
                                                .issue_code = rows[i].issue_code,
                                                .amount = rows[i].amount_satang};
    return ERR_OK;
}

enum err ledger_plan_find(struct db *db, struct arena *a, struct str fund_code, struct fiscal_year fy,
                          struct ledger_plan *ret)
{
    struct ledger_get_fund_row fund = {0};
    struct ledger_get_plan_row row = {0};
    TRY(ledger_get_fund(db, a, fund_code, &fund));
    struct ledger_plan p = {.fund = fund.id, .fund_code = fund_code, .fy = fy};
    TRY(carried_over(db, a, fund_code, fy, &p.carried_over));
    enum err e = ledger_get_plan(db, a, fund.id, fy, &row);
    if (e == ERR_OK) {
        p.income_nhso = row.income_nhso_satang;
        p.income_local = row.income_local_satang;
        p.income_other = row.income_other_satang;
        p.agreed_on = row.agreed_on;
        p.agreed_in = row.agreed_in;
        p.version = row.version;
        TRY(read_lines(db, a, row.id, &p));
    } else if (e != ERR_NOT_FOUND) {
        return e;
    }
    TRY(ceiling_of(db, a, &p));
    *ret = p;
    return ERR_OK;
}

/* ---- planned figures ---- */

/* The change from the lines that were agreed to those that are: one move for each line of either. */
static struct money_move *moves_between(struct arena *a, const struct ledger_plan *old, const struct ledger_plan *now,
                                        size_t *ret_n)
{
    size_t n = 0, nold = old->agreed_on.has ? old->nlines : 0;
    struct money_move *moves = ARENA_ARRAY(a, struct money_move, nold + now->nlines);
    for (size_t i = 0; i < nold; i++)
        moves[n++] = (struct money_move){.measure = MONEY_PLANNED,
                                         .fy = now->fy,
                                         .issue_code = old->lines[i].issue_code,
                                         .support_type = old->lines[i].support_type,
                                         .delta = -old->lines[i].amount.v};
    for (size_t i = 0; i < now->nlines; i++)
        moves[n++] = (struct money_move){.measure = MONEY_PLANNED,
                                         .fy = now->fy,
                                         .issue_code = now->lines[i].issue_code,
                                         .support_type = now->lines[i].support_type,
                                         .delta = now->lines[i].amount.v};
    *ret_n = n;
    return moves;
}

/* ---- saving ---- */

struct planning {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const struct ledger_plan *given;
    struct ledger_plan plan; /* the same, cleaned */
    enum ledger_fault *fault;
    struct ledger_plan_id id;
    int64_t version;
};

static enum err refuse(struct planning *p, enum ledger_fault why)
{
    *p->fault = why;
    return ERR_REFUSED;
}

static enum err clean_lines(struct planning *p)
{
    struct ledger_plan_line *lines = ARENA_ARRAY(p->arena, struct ledger_plan_line, p->given->nlines);
    p->plan = *p->given;
    p->plan.lines = lines;
    for (size_t i = 0; i < p->given->nlines; i++) {
        lines[i] = p->given->lines[i];
        TRY(ledger_text(p->arena, lines[i].title, LEDGER_MEMO_MAX, true, &lines[i].title));
        TRY(ledger_text(p->arena, lines[i].unit_name, LEDGER_PARTY_MAX, true, &lines[i].unit_name));
        if (str_is_empty(lines[i].issue_code)) lines[i].issue_code = STR_NONE;
        if (str_is_none(lines[i].title) || lines[i].amount.v <= 0)
            return err_note(ERR_INPUT, "line %zu of a plan has a title and an amount", i + 1);
    }
    return ledger_text(p->arena, p->given->agreed_in, LEDGER_PARTY_MAX, true, &p->plan.agreed_in);
}

/* Support type 4 has a ceiling that counts only when the plan is to be agreed: a draft may be over it. */
static enum err check_plan(struct planning *p, const struct ledger_plan *old)
{
    struct satang managing = satang(0);
    if (old->version != p->plan.version) return ERR_CONFLICT;
    if (old->agreed_on.has &&
        (!p->plan.agreed_on.has || date_cmp(p->plan.agreed_on.v, old->agreed_on.v) < 0))
        return refuse(p, LEDGER_PLAN_AGREED);
    if (!p->plan.agreed_on.has) return ERR_OK;
    if (date_cmp(p->plan.agreed_on.v, clock_today()) > 0) return refuse(p, LEDGER_DATE_FUTURE);
    for (size_t i = 0; i < p->plan.nlines; i++)
        if (str_eq(p->plan.lines[i].support_type, STR(CEILING_TYPE)))
            managing = satang_add(managing, p->plan.lines[i].amount);
    TRY(ceiling_of(p->db, p->arena, &p->plan));
    if (p->plan.ceiling.has && managing.v > p->plan.ceiling.v.v) return refuse(p, LEDGER_PLAN_OVER_CEILING);
    return ERR_OK;
}

static enum err insert_plan(struct planning *p)
{
    struct ledger_add_plan_row row = {0};
    struct ledger_add_plan_args args = {.fund_id = p->plan.fund,
                                        .fy = p->plan.fy,
                                        .income_nhso_satang = p->plan.income_nhso,
                                        .income_local_satang = p->plan.income_local,
                                        .income_other_satang = p->plan.income_other,
                                        .agreed_on = p->plan.agreed_on,
                                        .agreed_in = p->plan.agreed_in,
                                        .account_no = ledger_opt(p->by->account),
                                        .recorded_at = clock_now()};
    TRY(ledger_add_plan(p->db, p->arena, &args, &row));
    p->id = row.id;
    return ERR_OK;
}

static enum err update_plan(struct planning *p, struct ledger_plan_id id)
{
    int64_t changed = 0;
    struct ledger_change_plan_args args = {.id = id,
                                           .version = p->plan.version,
                                           .income_nhso_satang = p->plan.income_nhso,
                                           .income_local_satang = p->plan.income_local,
                                           .income_other_satang = p->plan.income_other,
                                           .agreed_on = p->plan.agreed_on,
                                           .agreed_in = p->plan.agreed_in,
                                           .account_no = ledger_opt(p->by->account),
                                           .recorded_at = clock_now()};
    TRY(ledger_change_plan(p->db, &args, &changed));
    if (changed != 1) return ERR_CONFLICT;
    p->id = id;
    return ledger_delete_plan_lines(p->db, id, NULL);
}

static enum err insert_lines(struct planning *p)
{
    for (size_t i = 0; i < p->plan.nlines; i++) {
        const struct ledger_plan_line *l = &p->plan.lines[i];
        struct ledger_add_plan_line_args args = {.plan_id = p->id,
                                                 .position = (int64_t)i + 1,
                                                 .title = l->title,
                                                 .unit_name = l->unit_name,
                                                 .support_type_code = l->support_type,
                                                 .issue_code = l->issue_code,
                                                 .amount_satang = l->amount};
        TRY(ledger_add_plan_line(p->db, &args, NULL));
    }
    return ERR_OK;
}

static struct str total_text(struct arena *a, const struct ledger_plan *p)
{
    struct satang sum = satang(0);
    for (size_t i = 0; i < p->nlines; i++) sum = satang_add(sum, p->lines[i].amount);
    return p->version == 0 && p->nlines == 0 ? STR_NONE : str_printf(a, "%lld", (long long)sum.v);
}

static enum err tell_plan(struct planning *p, const struct ledger_plan *old)
{
    size_t n = 0;
    struct audit_change changes[] = {
        {"planned_satang", total_text(p->arena, old), total_text(p->arena, &p->plan)},
        {"agreed_on", opt_date_iso_text(p->arena, old->agreed_on), opt_date_iso_text(p->arena, p->plan.agreed_on)},
        {"agreed_in", old->agreed_in, p->plan.agreed_in}};
    TRY(audit_write(p->db, p->arena, p->by, "save", "ledger_plan", p->id.v, changes, 3));
    if (!p->plan.agreed_on.has) return ERR_OK;
    struct money_moved m = {.fund = p->plan.fund,
                            .on_date = p->plan.agreed_on.v,
                            .recorded_at = clock_now(),
                            .source_kind = "ledger_plan",
                            .source_id = p->id.v};
    m.moves = moves_between(p->arena, old, &p->plan, &n);
    m.nmoves = n;
    return event_money_moved(p->db, p->arena, &m);
}

static bool is_same(struct str a, struct str b)
{
    return str_is_empty(a) ? str_is_empty(b) : str_eq(a, b);
}

static bool is_same_sum(struct opt_satang a, struct opt_satang b)
{
    return a.has == b.has && (!a.has || a.v.v == b.v.v);
}

static bool is_same_plan(const struct ledger_plan *a, const struct ledger_plan *b)
{
    bool is = a->nlines == b->nlines && is_same_sum(a->income_nhso, b->income_nhso) &&
              is_same_sum(a->income_local, b->income_local) && is_same_sum(a->income_other, b->income_other);
    for (size_t i = 0; is && i < a->nlines; i++)
        is = is_same(a->lines[i].title, b->lines[i].title) && is_same(a->lines[i].unit_name, b->lines[i].unit_name) &&
             is_same(a->lines[i].support_type, b->lines[i].support_type) &&
             is_same(a->lines[i].issue_code, b->lines[i].issue_code) && a->lines[i].amount.v == b->lines[i].amount.v;
    return is;
}

/* What a meeting decided stands until its minutes are signed: they agree the plan as it is then. */
static enum err ask_to_change(struct planning *p, const struct ledger_plan *old, struct ledger_plan_id id)
{
    struct finance_plan_changed event = {.id = id};
    if (is_same_plan(old, &p->plan)) return ERR_OK;
    enum err e = event_finance_plan_changed(p->db, p->arena, &event);
    return e == ERR_REFUSED ? refuse(p, LEDGER_PLAN_DECIDED) : e;
}

static enum err plan_act(void *ctx)
{
    struct planning *p = ctx;
    struct ledger_lock_fund_row fund = {0};
    struct ledger_plan old = {0};
    struct ledger_get_plan_row row = {0};
    TRY(clean_lines(p));
    TRY(ledger_lock_fund(p->db, p->arena, p->given->fund_code, &fund));
    p->plan.fund = fund.id;
    TRY(ledger_plan_find(p->db, p->arena, p->given->fund_code, p->given->fy, &old));
    TRY(check_plan(p, &old));
    if (old.version == 0) {
        TRY(insert_plan(p));
    } else {
        TRY(ledger_get_plan(p->db, p->arena, fund.id, p->given->fy, &row));
        TRY(ask_to_change(p, &old, row.id));
        TRY(update_plan(p, row.id));
    }
    TRY(insert_lines(p));
    p->version = old.version + 1;
    return tell_plan(p, &old);
}

enum err ledger_plan_save(struct db *db, struct arena *a, const struct actor *by, const struct ledger_plan *plan,
                          enum ledger_fault *ret_fault, int64_t *ret_version)
{
    struct planning p = {.db = db, .arena = a, .by = by, .given = plan, .fault = ret_fault};
    *ret_fault = LEDGER_FINE;
    TRY(ledger_guarded(db, plan_act, &p));
    *ret_version = p.version;
    return ERR_OK;
}
