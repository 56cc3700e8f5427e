/* plan_demo.c — plans of the demo's funds: last year's agreed, this year's agreed, changed since, or still a
 * draft; a few funds have none. After ledger_demo (planned projects) and meeting_demo. */
#include "app/reference.h"
#include "base/rand.h"
#include "rooms/issue/issue.h"
#include "rooms/plan/plan_inside.h"
#include "rooms/plan_sql.h"

#define ISSUES_MAX   3
#define WITHOUT_PLAN 9 /* every ninth fund has none */

struct tale {
    struct db *db;
    struct arena *arena;
    struct actor by;
    struct rand rand;
    struct fund_id fund;
    struct str code;
    size_t nth;
    struct date today;
};

static struct str word(struct tale *t, const char *key)
{
    struct reference r = reference_open(t->arena, "demo_words.tsv");
    while (reference_next(&r))
        if (str_eq(reference_text(&r, "key"), str_of(key))) return str_copy(t->arena, reference_text(&r, "text"));
    return STR("-");
}

/* Numbers like those of real plans: an example of the catalogue, or a tenth to a half. */
static struct plan_situation tell_situation(struct tale *t, const struct indicator *k, struct date on)
{
    int64_t heads = rand_between(&t->rand, 180, 2400);
    int64_t share = k->nexamples > 0 ? k->examples_x100[0] : rand_between(&t->rand, 1000, 5000);
    struct plan_situation s = {.indicator = k->id, .unit = k->unit, .is_more_better = k->is_more_better,
                               .source = word(t, "plan_source"), .on = {true, on}};
    int64_t value = share + rand_between(&t->rand, -200, 200);
    if (value < 100) value = 100;
    if (str_eq(k->unit, STR("percent"))) {
        if (value > 9500) value = 9500;
        s.denominator = (struct opt_count){true, heads};
        s.numerator = (struct opt_count){true, heads * value / 10000};
    } else {
        s.value_x100 = (struct opt_count){true, value};
    }
    s.target_x100 = (struct opt_count){true, k->is_more_better ? value + value / 10 : value - value / 10};
    if (str_eq(k->unit, STR("percent")) && s.target_x100.v > 10000) s.target_x100.v = 10000;
    return s;
}

static enum err tell_year(struct tale *t, struct str issue_code, struct fiscal_year fy, struct plan_year_id *ret)
{
    struct plan_year p = {0};
    struct indicator *ks = NULL;
    size_t n = 0;
    struct date on = date_add_days(fiscal_year_first(fy), 12);
    TRY(plan_begin(t->db, t->arena, t->code, issue_code, fy, &p));
    TRY(issue_indicators(t->db, t->arena, p.issue, &ks, &n));
    struct plan_year last = p;
    p.situations = ARENA_ARRAY(t->arena, struct plan_situation, 3);
    p.nsituations = 0;
    for (size_t i = 0; i < n && i < 2; i++) p.situations[p.nsituations++] = tell_situation(t, &ks[i], on);
    if (p.nsituations == 0 || t->nth % 4 == 1)
        p.situations[p.nsituations++] = (struct plan_situation){.words_th = word(t, "plan_own"), .unit = STR("count"),
                                                                .value_x100 = {true, rand_between(&t->rand, 3, 40) * 100}};
    for (size_t i = 0; i < last.nsituations && i < p.nsituations; i++)
        p.situations[i].last_value_x100 = last.situations[i].last_value_x100;
    p.cause = word(t, "plan_cause");
    p.guideline = word(t, "plan_guideline");
    return plan_save(t->db, t->arena, &t->by, &p, 3, ret);
}

static enum err agree(struct tale *t, struct plan_year_id id, struct fiscal_year fy)
{
    struct plan_demo_meeting_row m = {0};
    struct date on = date_add_days(fiscal_year_first(fy), 27);
    enum err e = plan_demo_meeting(t->db, t->arena, t->fund, fy, &m);
    if (e == ERR_OK) on = m.held_on;
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return plan_agree(t->db, t->arena, &t->by, id, m.id, on);
}

static enum err change(struct tale *t, struct plan_year_id id)
{
    struct plan_year p = {0};
    TRY(plan_get(t->db, t->arena, id, &p));
    p.guideline = word(t, "plan_guideline_new");
    return plan_save(t->db, t->arena, &t->by, &p, 1, &id);
}

/* D0001's are agreed; of the others the first plan of this year may be changed since, or a draft. */
static enum err tell_issue(struct tale *t, struct str issue, size_t at)
{
    struct plan_year_id id = {0};
    struct fiscal_year now = date_fiscal_year(t->today), last = fiscal_year(now.v - 1);
    size_t way = t->nth == 0 && at == 0 ? 0 : (t->nth + at) % 3;
    TRY(tell_year(t, issue, last, &id));
    TRY(agree(t, id, last));
    TRY(tell_year(t, issue, now, &id));
    if (way == 1) return ERR_OK;
    TRY(agree(t, id, now));
    return way == 2 ? change(t, id) : ERR_OK;
}

enum err plan_demo(struct db *db, struct arena *a, uint64_t seed, struct date today)
{
    struct plan_demo_funds_row *funds = NULL;
    size_t n = 0;
    TRY(plan_demo_funds(db, a, &funds, &n));
    for (size_t i = 0; i < n; i++) {
        struct plan_demo_issues_row *issues = NULL;
        size_t nissues = 0;
        struct tale t = {.db = db, .arena = a, .by = actor_system("system:demo"), .rand = rand_seeded(seed * 1000 + i),
                         .fund = funds[i].id, .code = funds[i].code, .nth = i, .today = today};
        if (i % WITHOUT_PLAN == WITHOUT_PLAN - 1) continue;
        TRY(plan_demo_issues(db, a, funds[i].id, date_fiscal_year(today), &issues, &nissues));
        for (size_t k = 0; k < nissues && k < ISSUES_MAX; k++) TRY(tell_issue(&t, issues[k].issue_code, k));
    }
    return ERR_OK;
}
