/* project_demo.c — what the demo's books promised gets what a project has: targets, aims, activities, days; then this
 * year's thread of D0001 (project_demo_thread.c). Reports and closings are room monitor's. */
#include "app/reference.h"
#include "base/clock.h"
#include "rooms/fund/fund.h"
#include "rooms/project/project_demo.h"
#include "rooms/project_sql.h"

#define PAGE 200

struct str demo_said(struct demo_tale *t, const char *key)
{
    (void)t;
    return reference_word(DEMO_WORDS, key);
}

struct date demo_day(const struct demo_tale *t, int days)
{
    struct date d = date_add_days(t->today, days);
    clock_fix(d, 10, 15);
    return d;
}

const struct demo_story *demo_story_of(const struct demo_tale *t, struct str issue)
{
    for (size_t i = 0; i < t->nstories; i++)
        if (str_eq(t->stories[i].issue, issue)) return &t->stories[i];
    return &t->stories[0];
}

static enum err read_stories(struct db *db, struct arena *a, struct demo_story *stories, size_t *ret_n)
{
    size_t n = 0;
    struct reference r = reference_open(a, "demo_issues.tsv");
    while (n < DEMO_STORIES && reference_next(&r)) {
        struct demo_story *s = &stories[n++];
        struct project_issue_by_code_row issue = {0};
        struct project_demo_indicator_row indicator = {0};
#define SAY(column) .column = str_copy(a, reference_text(&r, #column))
        *s = (struct demo_story){SAY(issue), SAY(indicator), SAY(situation), SAY(objective), SAY(indicator_words), SAY(unit),
                                 SAY(direction), SAY(group), SAY(expected), SAY(activity_1), SAY(activity_2)};
#undef SAY
        s->from_x100 = reference_int(&r, "from_x100");
        s->to_x100 = reference_int(&r, "to_x100");
        TRY(project_issue_by_code(db, a, s->issue, &issue));
        TRY(project_demo_indicator(db, a, s->indicator, &indicator));
        s->issue_id = issue.id;
        s->indicator_id = indicator.id;
    }
    *ret_n = n;
    return ERR_OK;
}

/* ---- what a project says ---- */

static void fill_people(struct demo_tale *t, struct project_whole *w)
{
    static const char *const names[] = {"team_1", "team_2", "team_3", "team_4", "team_5"};
    static const char *const duties[] = {"duty_1", "duty_2", "duty_3", "duty_4", "duty_5"};
    if (!str_eq(w->p.owner_type, STR("5"))) return;
    w->npeople = 5;
    w->people = ARENA_ARRAY(t->arena, struct project_person, w->npeople);
    for (size_t i = 0; i < w->npeople; i++)
        w->people[i] = (struct project_person){demo_said(t, names[i]), demo_said(t, duties[i]),
                                               str_printf(t->arena, "080-000-%04lld", (long long)rand_between(&t->rand, 1, 9999))};
}

static void add_line(struct demo_tale *t, struct project_whole *w, const char *expense, const char *words, int64_t quantity,
                     int64_t satang_each, int64_t times)
{
    w->budget[w->nbudget++] = (struct project_budget){.activity = w->nbudget > 1 ? 2 : 1,
                                                      .expense = str_of(expense),
                                                      .words = demo_said(t, words),
                                                      .quantity = quantity,
                                                      .times = times,
                                                      .price = satang(satang_each),
                                                      .amount = satang(quantity * satang_each * times)};
}

/* Lines that add up to the sum, the last to the satang. */
static void fill_budget(struct demo_tale *t, struct project_whole *w, struct satang sum)
{
    int64_t heads = sum.v * 45 / 100 / 7500 / 2, hours = sum.v > 2000000 ? 6 : 2;
    w->budget = ARENA_ARRAY(t->arena, struct project_budget, 4);
    w->nbudget = 0;
    if (heads > 0) add_line(t, w, "302", "line_food", heads, 7500, 2);
    if (sum.v > 1000000) add_line(t, w, "101", "line_speaker", hours, 60000, 1);
    if (sum.v > 600000) add_line(t, w, "201", "line_sign", 1, 45000, 1);
    int64_t rest = sum.v;
    for (size_t i = 0; i < w->nbudget; i++) rest -= w->budget[i].amount.v;
    if (rest > 0) add_line(t, w, "401", "line_material", 1, rest, 1);
    w->budget_sum = sum;
}

static void fill_aims(struct demo_tale *t, struct project_whole *w, const struct demo_story *s)
{
    w->objectives = ARENA_ARRAY(t->arena, struct project_objective, 1);
    w->objectives[0] = (struct project_objective){.words = s->objective,
                                                  .indicator = s->indicator_id,
                                                  .indicator_words = s->indicator_words,
                                                  .unit = s->unit,
                                                  .direction = s->direction,
                                                  .from_x100 = {true, s->from_x100},
                                                  .to_x100 = {true, s->to_x100}};
    w->nobjectives = 1;
    w->targets = ARENA_ARRAY(t->arena, struct project_target, 2);
    w->targets[0] = (struct project_target){.group = s->group, .planned = {true, rand_between(&t->rand, 3, 18) * 10}};
    w->ntargets = 1;
    if (!str_eq(s->group, STR("1003")) && rand_chance(&t->rand, 40))
        w->targets[w->ntargets++] = (struct project_target){.group = STR("1003"), .planned = {true, rand_between(&t->rand, 1, 5) * 10}};
}

void demo_fill(struct demo_tale *t, struct project_whole *w, const struct demo_story *s, struct satang sum, struct date from)
{
    int64_t days = w->p.size == PROJECT_SMALL ? 30 : 120;
    w->p.situation = s->situation;
    w->p.method = demo_said(t, "method");
    w->p.expected = s->expected;
    w->p.place = demo_said(t, "place");
    w->p.starts_on = (struct opt_date){true, from};
    w->p.ends_on = (struct opt_date){true, date_add_days(from, (int)days)};
    w->p.report_due = (struct opt_date){true, date_add_days(from, (int)days + 30)};
    w->p.asked = some_satang(sum);
    fill_people(t, w);
    fill_aims(t, w, s);
    w->activities = ARENA_ARRAY(t->arena, struct project_activity, 2);
    w->activities[0] = (struct project_activity){.title = s->activity_1, .objective = 1, .starts_on = {true, from}, .ends_on = {true, date_add_days(from, 1)}};
    w->activities[1] = (struct project_activity){.title = s->activity_2, .objective = 1, .starts_on = {true, date_add_days(from, 14)},
                                                 .ends_on = w->p.ends_on};
    w->nactivities = 2;
    fill_budget(t, w, sum);
}

/* ---- of the books ---- */

/* Given back without a baht paid: stopped. The clock stands where somebody may have written it down. */
static enum err fill_later(struct demo_tale *t, const struct project_row *row)
{
    struct project was = {0};
    struct project_whole old = {0}, now = {0};
    struct project_money money = {0};
    struct project_figure before = {0};
    TRY(project_get(t->db, t->arena, row->id, &was));
    if (!was.is_entered_later || was.starts_on.has || !was.approved_on.has) return ERR_OK;
    struct date from = date_add_days(was.approved_on.v, (int)rand_between(&t->rand, 12, 60));
    clock_fix(date_cmp(from, t->today) < 0 ? from : t->today, 13, 30);
    TRY(project_read(t->db, t->arena, &was, &old));
    TRY(project_money(t->db, t->arena, &was, &money));
    now = old;
    demo_fill(t, &now, demo_story_of(t, row->issue_code), was.approved.v, from);
    if (money.is_released && money.paid.v == 0) now.p.state = PROJECT_STOPPED;
    TRY(project_put(t->db, t->arena, &t->officer, &was, &now.p, "enter_later", now.p.approved_on.v));
    TRY(project_figure_read(t->db, t->arena, was.id, &before));
    TRY(project_put_lists(t->db, t->arena, &t->officer, &old, &now,
                          PROJECT_PEOPLE | PROJECT_OBJECTIVES | PROJECT_TARGETS | PROJECT_ACTIVITIES | PROJECT_BUDGETS));
    return project_figure_tell(t->db, t->arena, was.id, now.p.approved_on.v, &before);
}

static enum err fill_fund(struct demo_tale *t)
{
    struct project_row *rows = NULL;
    size_t n = PAGE;
    struct project_asked q = {.fund_code = t->code, .state = -1, .today = t->today, .most = PAGE};
    while (n == PAGE) {
        TRY(project_list(t->db, t->arena, &q, &rows, &n));
        for (size_t i = 0; i < n; i++) TRY(fill_later(t, &rows[i]));
        if (n > 0) q.after = rows[n - 1].id;
    }
    return ERR_OK;
}

enum err project_demo(struct db *db, struct arena *a, uint64_t seed, struct date today)
{
    struct opt_instant fixed = clock_fixed();
    struct demo_story *stories = ARENA_ARRAY(a, struct demo_story, DEMO_STORIES);
    struct str *codes = NULL;
    size_t n = 0, nstories = 0;
    enum err e = read_stories(db, a, stories, &nstories);
    if (e == ERR_OK) e = fund_demo_all(db, a, &codes, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct demo_tale *t = ARENA_NEW(a, struct demo_tale);
        *t = (struct demo_tale){.db = db, .arena = a, .rand = rand_seeded(seed * 3000 + i), .today = today, .code = codes[i],
                                .officer = actor_system("system:demo"), .stories = stories, .nstories = nstories};
        e = fill_fund(t);
        if (e == ERR_OK && i == 0) e = demo_thread(t);
    }
    clock_fix_again(fixed);
    return e;
}
