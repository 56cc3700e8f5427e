/* report_thread_test.c — plans, projects and people at every level: whatever a project goes through, and
 * wherever its fund belongs, the kept sums are those of the projects as they stand. */
#include "tests/rooms/fixture.h"

#include <stdarg.h>

#include "app/events.h"
#include "base/rand.h"
#include "rooms/plan/plan.h"
#include "rooms/project/project.h"
#include "rooms/report/figure.h"

#define FUNDS    4
#define PROJECTS 40
#define FIRST_FY 2569
#define YEARS    3
#define HOMES    5

static const char *const fund_codes[FUNDS] = {"D0001", "D0002", "D0040", "D0060"};
static const char *const home_codes[HOMES] = {"1203", "1204", "1506", "9401", "9005"};
static const char *const issues[] = {"1", "2", "7", "11"};
static const char *const supports[] = {"1", "2", NULL};
static const char *const groups[] = {"1001", "1004", "2005"};
static const struct date dues[] = {{2026, 9, 30}, {2026, 11, 21}, {2026, 11, 22}, {2027, 1, 15}};

/* ---- the projects as they stand ---- */

static struct model {
    int fund;
    bool is_there;
    struct project_figure now;
} projects[PROJECTS];
static struct area home_of[FUNDS][YEARS];
static int64_t plans[FUNDS][YEARS][4];

static struct fixture *house(void)
{
    struct fixture *f = fixture_house();
    arena_reset(f->arena);
    return f;
}

static struct fund_id fund_of(struct fixture *f, int fund)
{
    char sql[200];
    struct fund_id id = {0};
    snprintf(sql, sizeof sql, "SELECT id FROM fund WHERE code = '%s'", fund_codes[fund]);
    assert_ok(db_scalar(f->db, sql, &id.v));
    return id;
}

static bool is_counted(const struct project_figure *p)
{
    return p->state != PROJECT_DRAFT && p->state != PROJECT_CANCELLED;
}

static bool is_later(const struct project_figure *p)
{
    return p->state >= PROJECT_APPROVED;
}

/* Fills what one project may be; every field by chance. */
static struct project_figure any_figure(struct rand *r)
{
    struct project_figure p = {.fy = fiscal_year((int)rand_between(r, FIRST_FY, FIRST_FY + YEARS - 1)),
                               .state = (enum project_state)rand_between(r, 0, PROJECT_STATES - 1)};
    p.nissues = (size_t)rand_between(r, 0, 3);
    for (size_t i = 0; i < p.nissues; i++) p.issues[i] = str_of(issues[(i + (size_t)rand_between(r, 0, 1)) % 4]);
    if (p.nissues > 1 && str_eq(p.issues[0], p.issues[1])) p.nissues = 1;
    if (p.nissues > 2 && str_eq(p.issues[1], p.issues[2])) p.nissues = 2;
    const char *support = supports[rand_between(r, 0, 2)];
    p.support_type = support ? str_of(support) : STR_NONE;
    if (rand_chance(r, 60)) p.open_due = (struct opt_date){true, dues[rand_between(r, 0, 3)]};
    p.ngroups = (size_t)rand_between(r, 0, 3);
    for (size_t i = 0; i < p.ngroups; i++)
        p.groups[i] = (struct project_group_count){str_of(groups[i]), rand_between(r, 0, 500)};
    return p;
}

static void move_project(struct fixture *f, struct rand *r, int64_t at)
{
    struct model *m = &projects[rand_between(r, 0, PROJECTS - 1)];
    struct project_figure next = any_figure(r);
    if (m->is_there && rand_chance(r, 60)) next.fy = m->now.fy; /* mostly the year stays */
    struct project_moved e = {.fund = fund_of(f, m->fund),
                              .project = {m - projects + 1},
                              .on_date = {2026, 11, 20},
                              .recorded_at = {INT64_C(1795000000000) + at},
                              .was = m->is_there ? &m->now : NULL,
                              .is = &next};
    assert_ok(event_project_moved(f->db, f->arena, &e));
    m->now = next;
    m->is_there = true;
}

static void move_plan(struct fixture *f, struct rand *r, int64_t at)
{
    int fund = (int)rand_between(r, 0, FUNDS - 1), y = (int)rand_between(r, 0, YEARS - 1), issue = (int)rand_between(r, 0, 3);
    int64_t *is = &plans[fund][y][issue];
    struct plan_moved e = {.fund = fund_of(f, fund), .fy = fiscal_year(FIRST_FY + y), .issue_code = str_of(issues[issue]),
                           .delta = *is == 0 ? 1 : -1, .on_date = {2026, 11, 20},
                           .recorded_at = {INT64_C(1795000000000) + at}, .source_id = 1};
    *is += e.delta;
    assert_ok(event_plan_moved(f->db, f->arena, &e));
}

static void correct_home(struct fixture *f, struct rand *r, const struct fund_rules *rules)
{
    int fund = (int)rand_between(r, 0, FUNDS - 1), y = (int)rand_between(r, 0, YEARS - 1);
    struct area district = {0};
    char sql[200];
    int64_t version = 0;
    bool is_changed = false;
    struct actor by = actor_system("system:test");
    assert_ok(area_find_code(f->db, f->arena, str_of(home_codes[rand_between(r, 0, HOMES - 1)]), &district));
    snprintf(sql, sizeof sql, "SELECT COALESCE(MAX(version), 0) FROM fund_year WHERE fund_id = %lld AND fy = %d",
             (long long)fund_of(f, fund).v, FIRST_FY + y);
    assert_ok(db_scalar(f->db, sql, &version));
    struct fund_year_write w = {.fund = fund_of(f, fund), .fy = fiscal_year(FIRST_FY + y), .district = district.id,
                                .province = district.parent_id, .kind = STR("sao"), .certainty = STR("U"),
                                .source = STR("test"), .actor = &by, .version = version};
    assert_ok(fund_year_write(f->db, f->arena, rules, &w, &is_changed));
    home_of[fund][y] = district;
}

/* ---- the independent sums ---- */

static bool is_in(const struct model *m, const struct area *area)
{
    const struct area *home = &home_of[m->fund][m->now.fy.v - FIRST_FY];
    return area->kind == AREA_DISTRICT ? home->id.v == area->id.v : home->parent_id.v == area->id.v;
}

static int64_t kept(struct fixture *f, const char *table, struct area_id area, int fy, const char *and)
{
    char sql[400];
    int64_t n = 0;
    snprintf(sql, sizeof sql, "SELECT COALESCE(SUM(total), 0) FROM %s WHERE area_id = %lld AND fy = %d AND %s", table,
             (long long)area.v, fy, and);
    assert_ok(db_scalar(f->db, sql, &n));
    return n;
}

static void same(int64_t is, int64_t should, const char *place, int fy, const char *what)
{
    if (is != should)
        fail_msg("%s %d %s: %lld kept, should be %lld", place, fy, what, (long long)is, (long long)should);
}

static void states_are_right(struct fixture *f, const struct area *area, int fy, const char *code)
{
    for (int s = 0; s < PROJECT_STATES; s++) {
        char and[80];
        int64_t n = 0;
        enum measure m = figure_measure_of_state((enum project_state)s);
        for (size_t i = 0; i < PROJECTS; i++)
            n += projects[i].is_there && projects[i].now.fy.v == fy && projects[i].now.state == (enum project_state)s &&
                 is_in(&projects[i], area);
        if (m == MEASURE_COUNT) continue;
        snprintf(and, sizeof and, "measure = '%.*s'", STR_FMT(measure_code(m)));
        same(kept(f, "figure_area_year", area->id, fy, and), n, code, fy, and);
    }
}

/* The projects that count in a place and year: summed by `of`. */
static int64_t sum_of(const struct area *area, int fy, int64_t (*of)(const struct project_figure *p, size_t k), size_t k)
{
    int64_t n = 0;
    for (size_t i = 0; i < PROJECTS; i++)
        if (projects[i].is_there && projects[i].now.fy.v == fy && is_in(&projects[i], area)) n += of(&projects[i].now, k);
    return n;
}

static int64_t of_issue(const struct project_figure *p, size_t k)
{
    int64_t n = 0;
    for (size_t x = 0; is_later(p) && x < p->nissues; x++) n += str_eq(p->issues[x], str_of(issues[k]));
    return n;
}

static int64_t people_of_issue(const struct project_figure *p, size_t k)
{
    int64_t n = 0;
    if (!is_later(p) || p->nissues == 0 || !str_eq(p->issues[0], str_of(issues[k]))) return 0;
    for (size_t g = 0; g < p->ngroups; g++) n += p->groups[g].people;
    return n;
}

static int64_t of_support(const struct project_figure *p, size_t k)
{
    if (!is_later(p)) return 0;
    return supports[k] == NULL ? str_is_none(p->support_type) : str_eq(p->support_type, str_of(supports[k]));
}

static int64_t people_of_group(const struct project_figure *p, size_t k)
{
    int64_t n = 0;
    for (size_t g = 0; is_later(p) && g < p->ngroups; g++)
        if (str_eq(p->groups[g].group, str_of(groups[k]))) n += p->groups[g].people;
    return n;
}

static int64_t due_on(const struct project_figure *p, size_t k)
{
    return is_counted(p) && p->open_due.has && date_cmp(p->open_due.v, dues[k]) == 0;
}

static int64_t plans_of(const struct area *area, int fy, size_t k)
{
    int64_t n = 0;
    for (int fund = 0; fund < FUNDS; fund++) {
        struct model at = {.fund = fund, .now = {.fy = fiscal_year(fy)}};
        if (is_in(&at, area)) n += plans[fund][fy - FIRST_FY][k];
    }
    return n;
}

static void parts_are_right(struct fixture *f, const struct area *area, int fy, const char *code)
{
    char and[160];
    for (size_t k = 0; k < 4; k++) { /* by issue: the first one has the people, each counts the project */
        snprintf(and, sizeof and, "measure IN ('projects', 'projects_also') AND issue_code = '%s'", issues[k]);
        same(kept(f, "figure_area_split", area->id, fy, and), sum_of(area, fy, of_issue, k), code, fy, and);
        snprintf(and, sizeof and, "measure = 'people' AND issue_code = '%s'", issues[k]);
        same(kept(f, "figure_area_split", area->id, fy, and), sum_of(area, fy, people_of_issue, k), code, fy, and);
        snprintf(and, sizeof and, "measure = 'plans' AND issue_code = '%s'", issues[k]);
        same(kept(f, "figure_area_split", area->id, fy, and), plans_of(area, fy, k), code, fy, and);
        snprintf(and, sizeof and, "due_on = '%d-%02d-%02d'", dues[k].year, dues[k].month, dues[k].day);
        same(kept(f, "figure_area_due", area->id, fy, and), sum_of(area, fy, due_on, k), code, fy, and);
    }
    for (size_t k = 0; k < 3; k++) {
        snprintf(and, sizeof and, "measure = 'projects' AND support_type = '%s'", supports[k] ? supports[k] : "-");
        same(kept(f, "figure_area_split", area->id, fy, and), sum_of(area, fy, of_support, k), code, fy, and);
        snprintf(and, sizeof and, "group_code = '%s'", groups[k]);
        same(kept(f, "figure_area_group", area->id, fy, and), sum_of(area, fy, people_of_group, k), code, fy, and);
    }
}

static void every_place_is_right(struct fixture *f)
{
    static const char *const codes[] = {"12", "15", "90", "94", "1203", "1204", "1506", "9401", "9005"};
    for (size_t c = 0; c < sizeof codes / sizeof codes[0]; c++) {
        struct area area = {0};
        assert_ok(area_find_code(f->db, f->arena, str_of(codes[c]), &area));
        for (int fy = FIRST_FY; fy < FIRST_FY + YEARS; fy++) {
            states_are_right(f, &area, fy, codes[c]);
            parts_are_right(f, &area, fy, codes[c]);
        }
    }
}

static void begin_empty(struct fixture *f)
{
    static const char thread[] = "('plans', 'projects', 'projects_also', 'people', 'people_group', 'open_due', 'projects_sent',"
        " 'projects_revise', 'projects_deferred', 'projects_rejected', 'projects_approved', 'projects_running',"
        " 'projects_suspended', 'projects_stopped', 'projects_reported', 'projects_closed')";
    static const char *const tables[] = {"figure_fact", "figure_area_year", "figure_fund_year", "figure_fund_split", "figure_area_split"};
    char sql[600];
    memset(projects, 0, sizeof projects);
    memset(plans, 0, sizeof plans);
    /* Only what is told here: the demo's own projects would stand in every sum. */
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE measure IN %s", tables[i], thread);
        assert_ok(db_script(f->db, sql));
    }
    assert_ok(db_script(f->db, "DELETE FROM figure_fund_group; DELETE FROM figure_area_group;"
                               "DELETE FROM figure_fund_due; DELETE FROM figure_area_due"));
    for (int i = 0; i < PROJECTS; i++) projects[i].fund = i % FUNDS;
    for (int k = 0; k < FUNDS; k++) {
        for (int y = 0; y < YEARS; y++) {
            struct area_id district = {0}, province = {0};
            assert_ok(fund_home_in(f->db, f->arena, fund_of(f, k), fiscal_year(FIRST_FY + y), &district, &province));
            assert_ok(area_find_id(f->db, f->arena, district, &home_of[k][y]));
        }
    }
}

static void any_history_of_projects_is_exact_at_every_level(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct fund_rules rules;
    struct rand r = rand_seeded(25691122);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    begin_empty(f);
    assert_ok(fund_rules_read(f->db, f->arena, &rules));
    for (int step = 1; step <= 400; step++) {
        if (rand_chance(&r, 10)) correct_home(f, &r, &rules);
        else if (rand_chance(&r, 20)) move_plan(f, &r, step);
        else move_project(f, &r, step);
        if (step % 100 == 0) every_place_is_right(f);
    }
    db_rollback(f->db);
}

/* ---- real rows: project and project_reached, told as room project tells ---- */

#define REAL 60

static struct project_id real[REAL];

static void run_sql(struct fixture *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void run_sql(struct fixture *f, const char *format, ...)
{
    char sql[600];
    va_list args;
    va_start(args, format);
    vsnprintf(sql, sizeof sql, format, args);
    va_end(args);
    assert_ok(db_script(f->db, sql));
}

static int64_t ask(struct fixture *f, const char *sql)
{
    int64_t n = 0;
    assert_ok(db_scalar(f->db, sql, &n));
    return n;
}

static void add_real(struct fixture *f, int i)
{
    struct area_id district = {0}, province = {0};
    struct fund_id fund = fund_of(f, i % FUNDS);
    char sql[120];
    assert_ok(fund_home_in(f->db, f->arena, fund, fiscal_year(2570), &district, &province));
    run_sql(f,
            "INSERT INTO project (fund_id, district_id, province_id, fy, slug, title, support_type_code, size, state,"
            " is_for_paper, is_entered_later, is_paid, created_at, recorded_at, version) VALUES (%lld, %lld, %lld, %d, 'figtest%02d',"
            " 'project %d', '%d', 'small', 'draft', 0, 0, 1, 1795000000000, 1795000000000, 1)",
            (long long)fund.v, (long long)district.v, (long long)province.v, FIRST_FY + i % 2, i, i, 1 + i % 3);
    snprintf(sql, sizeof sql, "SELECT id FROM project WHERE slug = 'figtest%02d'", i);
    real[i].v = ask(f, sql);
    for (int k = 0; k <= i % 2; k++)
        run_sql(f, "INSERT INTO project_issue (project_id, position, issue_id) SELECT %lld, %d, id FROM issue WHERE code = '%s'",
                (long long)real[i].v, k + 1, (i + k) % 2 ? "alcohol" : "tobacco");
    assert_ok(project_figure_tell(f->db, f->arena, real[i], (struct date){2026, 11, 20}, NULL));
}

static void walk_real(struct fixture *f, struct rand *r)
{
    struct project_id id = real[rand_between(r, 0, REAL - 1)];
    struct project_figure was = {0};
    enum project_state s = (enum project_state)rand_between(r, 0, PROJECT_STATES - 1);
    const struct date *due = &dues[rand_between(r, 0, 3)];
    assert_ok(project_figure_read(f->db, f->arena, id, &was));
    run_sql(f, "UPDATE project SET state = '%s', is_paid = %d, report_due = '%d-%02d-%02d' WHERE id = %lld", project_state_code(s),
            rand_chance(r, 80), due->year, due->month, due->day, (long long)id.v);
    run_sql(f, "DELETE FROM project_reached WHERE project_id = %lld", (long long)id.v);
    for (int g = 0; g < 3; g++)
        if (rand_chance(r, 50))
            run_sql(f, "INSERT INTO project_reached (project_id, group_code, people) VALUES (%lld, '%s', %lld)", (long long)id.v,
                    groups[g], (long long)rand_between(r, 0, 300));
    assert_ok(project_figure_tell(f->db, f->arena, id, (struct date){2026, 11, 21}, &was));
}

static char said[1 << 20];
static size_t nsaid;

static void keep_line(void *ctx, struct str line)
{
    (void)ctx;
    size_t n = nsaid;
    nsaid += (size_t)snprintf(said + n, sizeof said - n, "%.*s\n", STR_FMT(line));
    assert_true(nsaid < sizeof said);
}

static int64_t differences(struct fixture *f)
{
    int64_t bad = -1;
    said[0] = '\0';
    nsaid = 0;
    assert_ok(report_verify(f->db, f->arena, keep_line, NULL, &bad));
    return bad;
}

static void walk_them(struct fixture *f, int steps)
{
    struct rand r = rand_seeded(2569);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    for (int i = 0; i < REAL; i++) add_real(f, i);
    for (int i = 0; i < steps; i++) walk_real(f, &r);
}

/* Random walks of projects through states give what a recomputation from the projects gives. */
static void walks_of_projects_are_what_the_projects_say(void **state)
{
    (void)state;
    struct fixture *f = house();
    walk_them(f, 300);
    if (differences(f) != 0) fail_msg("%s", said);
    assert_true(ask(f, "SELECT COUNT(*) FROM figure_fact WHERE measure = 'people_group'") > 50);
    assert_true(ask(f, "SELECT COALESCE(SUM(total), 0) FROM figure_fund_due WHERE due_on < '2026-11-22'") > 0);
    db_rollback(f->db);
}

/* Whatever is changed behind the room's back is named. */
static void what_was_tampered_with_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *names;
    } cases[] = {
        {"UPDATE figure_fund_year SET total = total + 1 WHERE measure = 'projects_running'", "projects_running: "},
        {"UPDATE figure_area_year SET total = total + 1 WHERE measure = 'people'", "people: "},
        {"UPDATE figure_fund_split SET total = total + 1 WHERE measure = 'projects' AND issue_code = 'alcohol'", "projects issue alcohol"},
        {"UPDATE figure_area_split SET total = total - 1 WHERE measure = 'people' AND issue_code = 'tobacco'", "people issue tobacco"},
        {"UPDATE figure_fund_group SET total = total + 7 WHERE group_code = '1004'", "people_group 1004"},
        {"UPDATE figure_area_group SET total = total + 7 WHERE group_code = '1001'", "people of group 1001"},
        {"UPDATE figure_fund_due SET total = total + 1 WHERE due_on = '2026-09-30'", "open_due on 2026-09-30"},
        {"UPDATE figure_area_due SET total = total + 1 WHERE due_on = '2026-11-21'", "projects due on 2026-11-21"},
        {"DELETE FROM figure_fact WHERE measure = 'projects_closed'", "projects_closed: "},
        {"UPDATE project SET state = 'closed' WHERE slug = 'figtest03'", "by its projects"},
        {"DELETE FROM project_reached", "people_group"},
        {"UPDATE figure_fund_split SET total = total + 1 WHERE measure = 'plans'", "by its plans"},
    };
    struct fixture *f = house();
    walk_them(f, 200);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) assert_ok(db_script(f->db, cases[i].sql));
    assert_true(differences(f) > 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (strstr(said, cases[i].names) == NULL) fail_msg("%s: no line says \"%s\"", cases[i].sql, cases[i].names);
    db_rollback(f->db);
}

/* ---- what is shown ---- */

static struct report_summary summary_of(struct fixture *f, const char *code, int fy)
{
    struct area area = {0};
    struct report_summary s;
    assert_ok(area_find_code(f->db, f->arena, str_of(code), &area));
    assert_ok(report_summary(f->db, f->arena, &area, fiscal_year(fy), &s));
    return s;
}

static void counts_are(const struct report_split *rows, size_t n, int64_t projects_n, int64_t people)
{
    for (size_t i = 0; i < n; i++) {
        projects_n -= rows[i].projects;
        people -= rows[i].people;
    }
    assert_true(projects_n == 0 && people == 0);
}

/* A project that moves shows at every level at once; as of the day before it is not there. */
static void a_project_shows_at_every_level_at_once(void **state)
{
    (void)state;
    static const char *const codes[] = {"TH", "R4", "12", "1203"};
    struct fixture *f = house();
    struct project_figure is = {.fy = fiscal_year(2572), .state = PROJECT_RUNNING, .issues = {STR("alcohol"), STR("tobacco")},
                                .nissues = 2, .support_type = STR("2"), .open_due = {true, {2026, 11, 1}},
                                .groups = {{STR("1004"), 40}, {STR("1002"), 2}}, .ngroups = 2};
    struct project_moved e = {.fund = fund_of(f, 0), .project = {1}, .on_date = {2026, 11, 22},
                              .recorded_at = {INT64_C(1795600000000)}, .is = &is};
    struct date today = {2026, 11, 22};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    for (size_t i = 0; i < 4; i++) {
        struct report_summary s = summary_of(f, codes[i], 2572);
        struct report_thread t = figures_thread(&s.figures);
        assert_false(t.has_projects || t.projects.has || t.people.has || t.plans.has || t.late.has); /* unknown, not zero */
    }
    assert_ok(event_project_moved(f->db, f->arena, &e));
    for (size_t i = 0; i < 4; i++) {
        struct instant before = e.recorded_at;
        struct report_summary s = summary_of(f, codes[i], 2572), then = summary_of(f, codes[i], 2572);
        struct report_splits splits;
        assert_ok(report_late(f->db, f->arena, today, NULL, &s));
        struct report_thread t = figures_thread(&s.figures);
        assert_int_equal(t.states[5].v, 1);
        assert_true(t.projects.v == 1 && t.open.v == 1 && t.people.v == 42 && t.late.v == 1);
        assert_ok(report_area_splits(f->db, f->arena, &s.area, s.fy, NULL, &splits));
        assert_int_equal(splits.ngroup, 2);
        counts_are(splits.by_issue, splits.nissue, 2, 42);     /* under each issue, people under the first */
        counts_are(splits.by_support, splits.nsupport, 1, 42); /* once */
        assert_ok(report_as_of(f->db, f->arena, before, &then, NULL, 0));
        assert_ok(report_late(f->db, f->arena, today, &before, &then));
        t = figures_thread(&then.figures);
        assert_false(t.has_projects);
        assert_int_equal(then.figures.late.year, 0);
        assert_ok(report_area_splits(f->db, f->arena, &s.area, s.fy, &before, &splits));
        assert_int_equal(splits.ngroup, 0);
        counts_are(splits.by_issue, splits.nissue, 0, 0);
        counts_are(splits.by_support, splits.nsupport, 0, 0);
    }
    db_rollback(f->db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_of_projects_are_what_the_projects_say),
        cmocka_unit_test(what_was_tampered_with_is_named),
        cmocka_unit_test(a_project_shows_at_every_level_at_once),
        cmocka_unit_test(any_history_of_projects_is_exact_at_every_level),
    };
    return FIXTURE_RUN(tests);
}
