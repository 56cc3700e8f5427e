/* plan_write.c — saving a year of a plan, agreeing it in a meeting, and what its projects measured. */
#include "app/audit.h"
#include "app/events.h"
#include "base/thai.h"
#include "rooms/plan/plan_inside.h"
#include "rooms/plan_sql.h"

static const char *const units[] = {"percent", "count", "kg_per_day", "baht_per_month", "other"};

struct opt_count plan_percent_x100(struct opt_count numerator, struct opt_count denominator)
{
    if (!numerator.has || !denominator.has || denominator.v <= 0) return (struct opt_count){0};
    return (struct opt_count){true, (numerator.v * 20000 + denominator.v) / (denominator.v * 2)};
}

/* ---- cleaning ---- */

struct saving {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    struct plan_year plan; /* cleaned */
    int64_t years;
    struct plan_year_id id;
};

static enum err clean_text(struct arena *a, struct str in, size_t max, struct str *ret)
{
    struct str clean = STR_NONE;
    if (!str_is_none(in)) TRY(thai_clean(a, in, &clean));
    clean = str_trim(clean);
    size_t letters = 0;
    for (size_t i = 0; i < clean.n; i++) letters += ((unsigned char)clean.p[i] & 0xc0) != 0x80;
    if (letters > max) return err_note(ERR_INPUT, "a text of more than %zu letters", max);
    *ret = str_is_empty(clean) ? STR_NONE : clean;
    return ERR_OK;
}

static bool is_unit(struct str unit)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i]))) return true;
    return false;
}

static bool is_figure(struct opt_count v)
{
    return !v.has || (v.v >= 0 && v.v <= PLAN_X100_MAX);
}

/* Unit and direction of a catalogue's indicator are the catalogue's, whatever was sent. */
static enum err clean_kind(struct saving *s, struct plan_situation *p)
{
    struct plan_indicator_known_row k = {0};
    if (id_is_none(p->indicator)) {
        TRY(clean_text(s->arena, p->words_th, PLAN_OWN_WORDS_MAX, &p->words_th));
        if (str_is_none(p->words_th)) return err_note(ERR_INPUT, "a situation without indicator has its own words");
        return is_unit(p->unit) ? ERR_OK : err_note(ERR_INPUT, "unit %.*s", STR_FMT(p->unit));
    }
    enum err e = plan_indicator_known(s->db, s->arena, p->indicator, s->plan.issue, &k);
    if (e == ERR_NOT_FOUND) return err_note(ERR_INPUT, "the indicator is of another issue");
    TRY(e);
    p->unit = k.unit;
    p->indicator_code = k.code;
    p->is_more_better = str_eq(k.direction, STR("up"));
    p->words_th = STR_NONE;
    return ERR_OK;
}

static enum err clean_situation(struct saving *s, struct plan_situation *p)
{
    TRY(clean_kind(s, p));
    TRY(clean_text(s->arena, p->source, PLAN_SOURCE_MAX, &p->source));
    if (str_eq(p->unit, STR("percent"))) {
        if (p->numerator.has && p->denominator.has && p->numerator.v > p->denominator.v)
            return err_note(ERR_INPUT, "more counted than there are");
        p->value_x100 = plan_percent_x100(p->numerator, p->denominator);
    } else {
        p->denominator = p->numerator = (struct opt_count){0};
    }
    if (!is_figure(p->value_x100) || !is_figure(p->last_value_x100) || !is_figure(p->target_x100))
        return err_note(ERR_INPUT, "a figure out of range");
    return ERR_OK;
}

bool plan_is_open(const struct plan_year *p)
{
    bool is_open = !thai_has_phone_or_citizen_id(p->cause) && !thai_has_phone_or_citizen_id(p->guideline);
    for (size_t i = 0; i < p->nsituations; i++) {
        const struct plan_situation *s = &p->situations[i];
        is_open = is_open && !thai_has_phone_or_citizen_id(s->source);
        if (id_is_none(s->indicator)) is_open = is_open && !thai_has_phone_or_citizen_id(s->words_th);
    }
    return is_open;
}

static enum err clean_plan(struct saving *s, const struct plan_year *given)
{
    s->plan = *given;
    if (given->nsituations > PLAN_SITUATIONS_MAX) return err_note(ERR_INPUT, "too many situations");
    TRY(clean_text(s->arena, given->cause, PLAN_WORDS_MAX, &s->plan.cause));
    TRY(clean_text(s->arena, given->guideline, PLAN_WORDS_MAX, &s->plan.guideline));
    s->plan.situations = ARENA_ARRAY(s->arena, struct plan_situation, given->nsituations);
    for (size_t i = 0; i < given->nsituations; i++) {
        s->plan.situations[i] = given->situations[i];
        TRY(clean_situation(s, &s->plan.situations[i]));
        for (size_t k = 0; k < i; k++)
            if (!id_is_none(given->situations[i].indicator) &&
                given->situations[k].indicator.v == given->situations[i].indicator.v)
                return err_note(ERR_INPUT, "an indicator stands once");
    }
    return plan_is_open(&s->plan) ? ERR_OK : err_note(ERR_INPUT, "somebody's number in a text that everybody reads");
}

/* ---- saving ---- */

static struct opt_count account_of(const struct actor *by)
{
    return (struct opt_count){by->account > 0, by->account};
}

/* The plan that runs in the year, or a new one that ends before the next begins. */
static enum err plan_for(struct saving *s, struct plan_id *ret)
{
    struct plan_running_row running = {0};
    struct plan_next_first_row next = {0};
    struct plan_add_row added = {0};
    const struct plan_year *p = &s->plan;
    enum err e = plan_running(s->db, s->arena, p->fund, p->issue, p->fy, &running);
    if (e == ERR_OK) *ret = running.id;
    if (e != ERR_NOT_FOUND) return e;
    int64_t years = s->years < 1 ? 1 : s->years > PLAN_YEARS_MAX ? PLAN_YEARS_MAX : s->years;
    struct fiscal_year last = fiscal_year((int32_t)(p->fy.v + years - 1));
    e = plan_next_first(s->db, s->arena, p->fund, p->issue, p->fy, &next);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    if (e == ERR_OK && next.fy_first.v <= last.v) last = fiscal_year(next.fy_first.v - 1);
    TRY(plan_add(s->db, s->arena, p->fund, p->issue, p->fy, last, account_of(s->by), clock_now(), &added));
    *ret = added.id;
    return ERR_OK;
}

static enum err insert_year(struct saving *s)
{
    struct plan_id plan = {0};
    struct plan_add_year_row row = {0};
    TRY(plan_for(s, &plan));
    struct plan_add_year_args args = {.plan_id = plan, .fund_id = s->plan.fund, .issue_id = s->plan.issue,
                                      .fy = s->plan.fy, .cause = s->plan.cause, .guideline = s->plan.guideline,
                                      .account_no = account_of(s->by), .recorded_at = clock_now()};
    TRY(plan_add_year(s->db, s->arena, &args, &row));
    s->id = row.id;
    return ERR_OK;
}

/* Agreed in a meeting whose minutes wait for their signature: it stays as it was decided. */
static enum err keep_decided(struct db *db, struct arena *a, struct str thing, int64_t id)
{
    struct plan_waits_signature_row waits = {0};
    TRY(plan_waits_signature(db, a, thing, id, &waits));
    return waits.n > 0 ? err_note(ERR_REFUSED, "it was agreed in a meeting that is not signed yet") : ERR_OK;
}

enum err plan_on_finance_plan_changed(struct db *db, struct arena *a, const struct finance_plan_changed *e)
{
    return keep_decided(db, a, STR("finance_plan"), e->id.v);
}

static enum err update_year(struct saving *s)
{
    int64_t changed = 0;
    TRY(keep_decided(s->db, s->arena, STR("plan_year"), s->plan.id.v));
    TRY(plan_change_year(s->db, s->plan.id, s->plan.version, s->plan.cause, s->plan.guideline, account_of(s->by), clock_now(),
                         &changed));
    if (changed != 1) return ERR_CONFLICT;
    s->id = s->plan.id;
    return plan_delete_situations(s->db, s->id, NULL);
}

static enum err insert_situations(struct saving *s)
{
    for (size_t i = 0; i < s->plan.nsituations; i++) {
        const struct plan_situation *p = &s->plan.situations[i];
        struct plan_add_situation_args args = {.plan_year_id = s->id, .position = (int64_t)i + 1,
                                               .indicator_id = p->indicator, .own_words = p->words_th, .unit = p->unit,
                                               .is_more_better = p->is_more_better, .numerator = p->numerator,
                                               .denominator = p->denominator, .value_x100 = p->value_x100,
                                               .last_value_x100 = p->last_value_x100, .target_x100 = p->target_x100,
                                               .source = p->source, .on_date = p->on};
        TRY(plan_add_situation(s->db, &args, NULL));
    }
    return ERR_OK;
}

static void put_figure(struct buf *b, const char *name, struct opt_count v)
{
    if (v.has) buf_printf(b, " %s=%lld", name, (long long)v.v);
}

/* All situation rows as one text, for the audit: a row a line. */
static struct str situations_text(struct arena *a, const struct plan_year *p)
{
    if (p->nsituations == 0) return STR_NONE;
    struct buf b = buf_in(a, 1024);
    for (size_t i = 0; i < p->nsituations; i++) {
        const struct plan_situation *s = &p->situations[i];
        if (id_is_none(s->indicator)) buf_put(&b, s->words_th);
        else buf_put(&b, s->indicator_code);
        put_figure(&b, "numerator", s->numerator);
        put_figure(&b, "denominator", s->denominator);
        put_figure(&b, "value_x100", s->value_x100);
        put_figure(&b, "last_value_x100", s->last_value_x100);
        put_figure(&b, "target_x100", s->target_x100);
        BUF_LIT(&b, "\n");
    }
    return buf_str(&b);
}

static enum err save_act(struct saving *s)
{
    struct plan_year old = {0};
    if (!id_is_none(s->plan.id)) {
        TRY(plan_get(s->db, s->arena, s->plan.id, &old));
        TRY(update_year(s));
    } else {
        TRY(insert_year(s));
    }
    TRY(insert_situations(s));
    struct audit_change changes[] = {
        {"cause", old.cause, s->plan.cause},
        {"guideline", old.guideline, s->plan.guideline},
        {"situations", situations_text(s->arena, &old), situations_text(s->arena, &s->plan)},
        {"issue", old.issue_code, s->plan.issue_code},
    };
    return audit_write(s->db, s->arena, s->by, id_is_none(s->plan.id) ? "add" : "save", "plan_year", s->id.v, changes,
                       sizeof changes / sizeof changes[0]);
}

enum err plan_save(struct db *db, struct arena *a, const struct actor *by, const struct plan_year *p, int64_t years,
                   struct plan_year_id *ret)
{
    struct saving s = {.db = db, .arena = a, .by = by, .years = years};
    TRY(clean_plan(&s, p));
    TRY(db_savepoint(db));
    enum err e = save_act(&s);
    if (e != ERR_OK) {
        db_rollback_to(db);
        return e;
    }
    TRY(db_release(db));
    *ret = s.id;
    return ERR_OK;
}

/* ---- agreed by a meeting (event meeting_signed) ---- */

static enum err tell_first(struct db *db, struct arena *a, const struct plan_year *p, struct date on, struct instant at)
{
    struct plan_moved m = {.fund = p->fund, .fy = p->fy, .issue_code = p->issue_code, .delta = 1, .on_date = on,
                           .recorded_at = at, .source_id = p->id.v};
    return event_plan_moved(db, a, &m);
}

enum err plan_agree(struct db *db, struct arena *a, const struct actor *by, struct plan_year_id id,
                    struct meeting_id meeting, struct date held_on)
{
    struct plan_year p = {0};
    struct instant now = clock_now();
    TRY(plan_get(db, a, id, &p));
    if (!id_is_none(meeting) && p.agreed_in.v == meeting.v) return ERR_OK; /* told twice */
    struct plan_add_edition_args args = {.plan_year_id = id, .edition = p.edition + 1, .cause = p.cause,
                                         .guideline = p.guideline, .agreed_in = meeting, .agreed_on = held_on,
                                         .recorded_at = now};
    TRY(plan_agree_year(db, id, meeting, held_on, now, NULL));
    TRY(plan_add_edition(db, &args, NULL));
    TRY(plan_copy_situations(db, id, p.edition + 1, NULL));
    struct audit_change changes[] = {{"edition", str_printf(a, "%lld", (long long)p.edition),
                                      str_printf(a, "%lld", (long long)p.edition + 1)}};
    TRY(audit_write(db, a, by, "agree", "plan_year", id.v, changes, 1));
    return p.edition == 0 ? tell_first(db, a, &p, held_on, now) : ERR_OK;
}

static enum err finance_refused(struct arena *a, const struct meeting_signed *e, const struct ledger_plan *plan,
                                enum ledger_fault fault)
{
    struct buf b = buf_in(a, 40);
    buf_satang(&b, plan->ceiling.v);
    if (fault == LEDGER_PLAN_OVER_CEILING) return meeting_refuse(e->why, MSG_plan_sign_ceiling, buf_str(&b), STR_NONE, STR_NONE);
    return meeting_refuse(e->why, MSG_plan_sign_later, STR_NONE, STR_NONE, STR_NONE);
}

/* The annual finance plan is agreed with the meeting's number and day; its lines are those that the meeting decided,
 * they could not change since (plan_on_finance_plan_changed). */
static enum err agree_finance(struct db *db, struct arena *a, const struct meeting_signed *e, struct ledger_plan_id id,
                              const struct plan_items_agreed_row *item)
{
    struct plan_finance_of_row of = {0};
    struct ledger_plan plan = {0};
    enum ledger_fault fault = LEDGER_FINE;
    int64_t version = 0;
    TRY(plan_finance_of(db, a, id, &of));
    TRY(ledger_plan_find(db, a, of.fund_code, of.fy, &plan));
    plan.agreed_on = (struct opt_date){true, item->held_on};
    plan.agreed_in = str_printf(a, "%lld/%d", (long long)item->number, item->fy.v);
    enum err saved = ledger_plan_save(db, a, &e->by, &plan, &fault, &version);
    return saved == ERR_REFUSED ? finance_refused(a, e, &plan, fault) : saved;
}

enum err plan_on_meeting_signed(struct db *db, struct arena *a, const struct meeting_signed *e)
{
    struct plan_items_agreed_row *items = NULL;
    size_t n = 0;
    if (!str_eq(str_of(e->thing), STR("meeting"))) return ERR_OK;
    TRY(plan_items_agreed(db, a, (struct meeting_id){e->thing_id}, &items, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t id = items[i].thing_id.v;
        if (str_eq(items[i].thing, STR("plan_year")))
            TRY(plan_agree(db, a, &e->by, (struct plan_year_id){id}, (struct meeting_id){e->thing_id}, items[i].held_on));
        else
            TRY(agree_finance(db, a, e, (struct ledger_plan_id){id}, &items[i]));
    }
    return ERR_OK;
}

/* ---- what was measured ---- */

enum err plan_result_add(struct db *db, struct arena *a, const struct actor *by, struct fund_id fund, struct fiscal_year fy,
                         const struct plan_result *r)
{
    struct plan_issue_of_indicator_row of = {0};
    struct str source = STR_NONE;
    TRY(plan_issue_of_indicator(db, a, r->indicator, &of));
    TRY(clean_text(a, r->source, PLAN_SOURCE_MAX, &source));
    struct plan_add_result_args args = {.fund_id = fund, .issue_id = of.issue_id, .fy = fy,
                                        .indicator_id = r->indicator, .numerator = r->numerator,
                                        .denominator = r->denominator, .value_x100 = r->value_x100,
                                        .on_date = r->on, .source = str_is_none(source) ? STR("-") : source,
                                        .account_no = account_of(by), .recorded_at = clock_now()};
    return plan_add_result(db, &args, NULL);
}

enum err plan_proposed_add(struct db *db, struct fund_id fund, struct fiscal_year fy, struct str title, struct str slug)
{
    return plan_add_proposed(db, fund, fy, title, slug, clock_now(), NULL);
}
