/* thread_race_test.c — two persons do the same thing at the same moment, each over a connection of their own: one does it,
 * the other is told, nothing is there twice. Signing by log-in, seeing a paper, accepting a report, closing a
 * project. */
#include "tests/rooms/monitor_fixture.h"
#include "tests/rooms/project_thread_fixture.h"

#include <pthread.h>

#include "db/pool.h"

#define ROUNDS 6
#define MANY_ROUNDS 24 /* of what must happen at the same instant to the microsecond */
#define TWO    2

static int64_t rounds; /* of all tests: a name of its own for each */
static const struct actor writer = {.code = {"account:901", 11}, .account = 901};

/* ---- two at once ---- */

struct race {
    enum err (*act)(struct db *db, struct arena *a, const struct actor *by, const struct race *r);
    int64_t thing, version;
};
struct runner {
    const struct race *race;
    struct db_pool *pool;
    pthread_barrier_t *start;
    struct actor by;
    unsigned nth;
    enum err e;
    char detail[200];
};

static void *run(void *ctx)
{
    struct runner *r = ctx;
    struct db *db = NULL;
    struct arena *a = arena_new((size_t)32 << 20);
    pthread_barrier_wait(r->start);
    r->e = pool_begin(r->pool, r->nth, DB_TXN_WRITE, &db);
    if (r->e == ERR_OK) {
        r->e = r->race->act(db, a, &r->by, r->race);
        enum err end = pool_end(r->pool, r->nth, db, r->e == ERR_OK);
        if (r->e == ERR_OK) r->e = end;
    }
    if (r->e != ERR_OK) snprintf(r->detail, sizeof r->detail, "%s", err_detail()); /* of this thread */
    arena_free(a);
    return NULL;
}

/* Both run to their end before anything is judged. Gives how many did it; the others must get `told`. */
static int two_at_once(struct race *race, enum err told)
{
    pthread_t threads[TWO];
    pthread_barrier_t start;
    struct db_pool *pool = NULL;
    struct runner runners[TWO];
    int done = 0;
    assert_ok(pool_open(f.url, TWO, &pool));
    assert_int_equal(pthread_barrier_init(&start, NULL, TWO), 0);
    for (unsigned i = 0; i < TWO; i++) {
        runners[i] = (struct runner){race, pool, &start, {.code = str_of(i == 0 ? "account:11" : "account:12"), .account = 11 + (int)i}, i, ERR_OK, ""};
        assert_int_equal(pthread_create(&threads[i], NULL, run, &runners[i]), 0);
    }
    for (unsigned i = 0; i < TWO; i++) pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    pool_close(pool);
    for (unsigned i = 0; i < TWO; i++) {
        if (runners[i].e != ERR_OK && runners[i].e != told) fail_msg("the other got %s, not %s: %s", err_name(runners[i].e), err_name(told), runners[i].detail);
        done += runners[i].e == ERR_OK;
    }
    return done;
}

/* Exactly one does it; the other gets `told`. */
static void one_of_two(struct race *race, enum err told)
{
    assert_int_equal(two_at_once(race, told), 1);
}

/* ---- a meeting with one proposal that is approved ---- */

/* A name of its own for each. */
static struct project_id proposal(int64_t baht, const char *support_type, const char *owner_type)
{
    return sent(str_z(f.arena, str_printf(f.arena, "Walk %lld", (long long)++rounds)), support_type, owner_type, baht);
}

static struct meeting_id decided(struct project_id *ret)
{
    struct meeting_id id = {0};
    struct meeting m = {0};
    struct meeting_item_id item = {0};
    struct meeting_refusal told = {0};
    struct project_decision_id made = {0};
    struct meeting_person person = {.name = STR("Chair"), .is_present = true, .is_voter = true};
    struct meeting_new n = {.fund = fund, .fy = fiscal_year(2570), .held_on = lf_day("2026-11-10")};
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    *ret = proposal(1000, "2", "4");
    assert_ok(meeting_add(f.db, f.arena, &lf_by, &n, &id));
    assert_ok(meeting_get(f.db, f.arena, id, &m));
    assert_ok(meeting_hold(f.db, f.arena, &lf_by, id, m.version, &person, 1));
    assert_ok(meeting_item_add(f.db, f.arena, &lf_by, id, "project", ret->v, STR("Walk"), STR_NONE, &item));
    struct project_decision d = {.project = *ret, .kind = STR("approve"), .item = item, .amount = {true, satang(100000)}};
    assert_ok(project_decide(f.db, f.arena, &lf_by, &d, &told, &made));
    assert_ok(db_commit(f.db));
    return id;
}

/* Approved once: one promise, one code, one decision in force. */
static void approved_once(struct project_id id)
{
    struct project p = {0};
    char sql[300];
    assert_ok(db_begin(f.db, DB_TXN_READ));
    assert_ok(project_get(f.db, f.arena, id, &p));
    assert_int_equal(p.state, PROJECT_APPROVED);
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM ledger_commitment WHERE project_code = '%.*s'", STR_FMT(p.code));
    assert_int_equal(count(sql), 1);
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM project_decision WHERE in_force_at IS NOT NULL AND project_id = %lld", (long long)id.v);
    assert_int_equal(count(sql), 1);
    db_rollback(f.db);
}

/* The other is told that it is signed, and nothing else. */
static enum err judged(enum err e, const struct meeting_refusal *told)
{
    return e == ERR_REFUSED && told->why != MSG_meeting_is_signed ? ERR_INTERNAL : e;
}

static enum err sign_it(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    struct meeting_sign_id made = {0};
    struct meeting_refusal told = {0};
    enum err e = meeting_sign_login(db, a, by, "meeting", r->thing, fund, lf_day("2026-11-11"), &made, &told);
    return judged(e, &told);
}

static void two_chairs_sign_one_meeting(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct project_id id = {0};
        struct race race = {.act = sign_it, .thing = decided(&id).v};
        char sql[120];
        one_of_two(&race, ERR_REFUSED);
        approved_once(id);
        snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM meeting_sign WHERE thing = 'meeting' AND thing_id = %lld", (long long)race.thing);
        assert_int_equal(count(sql), 1);
    }
}

/* Two meetings of one fund: nobody is sent away, and each has its own number and promise. */
static enum err sign_own(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    const struct race own = {.thing = by->account == 11 ? r->thing : r->version};
    return sign_it(db, a, by, &own);
}

static void two_meetings_of_one_fund_are_signed_at_once(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct project_id first = {0}, second = {0};
        int64_t one = decided(&first).v, other = decided(&second).v;
        struct race race = {.act = sign_own, .thing = one, .version = other};
        assert_int_equal(two_at_once(&race, ERR_OK), TWO);
        approved_once(first);
        approved_once(second);
    }
}

/* Who signs writes figures and then the book, who pays the book and then figures. */
static enum err sign_or_pay(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_posted posted;
    struct ledger_payment p = {.fund_code = STR(LF_FUND), .on = lf_day("2026-11-21"), .project_code = STR("P1"), .amount = satang(100)};
    return by->account == 11 ? sign_it(db, a, by, r) : ledger_post_payment(db, a, by, &p, &fault, &posted);
}

static void one_signs_while_the_other_pays(void **state)
{
    (void)state;
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    lf_commit(&f, "P1", "4", "6", 1000);
    assert_ok(db_commit(f.db));
    for (int i = 0; i < MANY_ROUNDS; i++) {
        struct project_id id = {0};
        struct race race = {.act = sign_or_pay, .thing = decided(&id).v};
        assert_int_equal(two_at_once(&race, ERR_OK), TWO);
        approved_once(id);
    }
    assert_int_equal(count("SELECT COUNT(*) FROM ledger_entry WHERE kind = 'payment'"), MANY_ROUNDS);
}

static enum err see(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    struct meeting_refusal told = {0};
    enum err e = meeting_sign_see(db, a, by, (struct meeting_sign_id){r->thing}, &told);
    return judged(e, &told);
}

static void two_see_one_paper(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct project_id id = {0};
        struct meeting_sign_id paper = {0};
        struct meeting_refusal told = {0};
        struct meeting_id m = decided(&id);
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        assert_ok(meeting_sign_paper(f.db, f.arena, &writer, "meeting", m.v, fund, lf_day("2026-11-11"), STR("Chair"), &paper, &told));
        assert_ok(db_commit(f.db));
        struct race race = {.act = see, .thing = paper.v};
        one_of_two(&race, ERR_REFUSED);
        approved_once(id);
    }
}

/* An urgent approval, which the chair signs alone. */
static enum err sign_urgent(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    struct meeting_sign_id made = {0};
    struct meeting_refusal told = {0};
    enum err e = meeting_sign_login(db, a, by, "project_decision", r->thing, fund, lf_day("2026-11-20"), &made, &told);
    return judged(e, &told);
}

static void two_sign_one_urgent_approval(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct project_decision_id made = {0};
        struct meeting_refusal told = {0};
        char sql[120];
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        struct project_id id = proposal(1000, "5", "1");
        struct project_decision d = {.project = id, .kind = STR("urgent"), .decided_on = lf_day("2026-11-20"), .amount = {true, satang(100000)}, .reason = STR("Fever")};
        assert_ok(project_decide(f.db, f.arena, &lf_by, &d, &told, &made));
        assert_ok(db_commit(f.db));
        struct race race = {.act = sign_urgent, .thing = made.v};
        one_of_two(&race, ERR_REFUSED);
        approved_once(id);
        snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM meeting_sign WHERE thing = 'project_decision' AND thing_id = %lld", (long long)made.v);
        assert_int_equal(count(sql), 1);
    }
}

/* One signs at the log-in while the other sees the paper of the same meeting. */
static enum err sign_or_see(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    const struct race paper = {.thing = r->version};
    return by->account == 11 ? sign_it(db, a, by, r) : see(db, a, by, &paper);
}

static void one_signs_while_the_other_sees_the_paper(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct project_id id = {0};
        struct meeting_sign_id paper = {0};
        struct meeting_refusal told = {0};
        struct meeting_id m = decided(&id);
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        assert_ok(meeting_sign_paper(f.db, f.arena, &writer, "meeting", m.v, fund, lf_day("2026-11-11"), STR("Chair"), &paper, &told));
        assert_ok(db_commit(f.db));
        struct race race = {.act = sign_or_see, .thing = m.v, .version = paper.v};
        one_of_two(&race, ERR_REFUSED);
        approved_once(id);
    }
}

/* ---- a running project's reports, and its end ---- */

static struct monitor_report_id report_sent(const struct project *p, bool is_final)
{
    struct monitor_report_id id = {0};
    struct monitor_report r = {.project = p->id, .is_final = is_final, .title = STR("Walk"), .done = STR("Walked"), .on = {true, lf_day("2026-11-20")}};
    struct monitor_money money = {.words = STR("Food"), .amount = satang(0)};
    struct project_group_count people = {STR("1004"), 30};
    r.people = &people, r.npeople = 1;
    if (is_final) r.money = &money, r.nmoney = 1;
    assert_ok(monitor_save(f.db, f.arena, &writer, &r, &id));
    assert_ok(monitor_get(f.db, f.arena, id, &r));
    assert_ok(monitor_send(f.db, f.arena, &writer, id, r.version));
    return id;
}

static struct project running(void)
{
    return mf_running(&f, &(struct mf_wish){LF_FUND, str_z(f.arena, str_printf(f.arena, "70-T0001-2-9%lld", (long long)++rounds)), "Walk", 901, 3000});
}

static enum err accept(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    return monitor_accept(db, a, by, (struct monitor_report_id){r->thing}, r->version);
}

static void two_accept_one_report(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct monitor_report r = {0};
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        struct project p = running();
        struct monitor_report_id id = report_sent(&p, false);
        assert_ok(monitor_get(f.db, f.arena, id, &r));
        assert_ok(db_commit(f.db));
        struct race race = {.act = accept, .thing = id.v, .version = r.version};
        one_of_two(&race, ERR_CONFLICT);
        assert_ok(db_begin(f.db, DB_TXN_READ));
        assert_ok(monitor_get(f.db, f.arena, id, &r));
        assert_int_equal(r.state, MONITOR_ACCEPTED);
        assert_int_equal(r.version, race.version + 1);
        db_rollback(f.db);
    }
}

static enum err close_it(struct db *db, struct arena *a, const struct actor *by, const struct race *r)
{
    const char *told = NULL;
    enum err e = monitor_close(db, a, by, (struct project_id){r->thing}, lf_day("2026-11-22"), true, &told);
    return e == ERR_REFUSED && strcmp(told, "state") != 0 ? ERR_INTERNAL : e;
}

static void two_close_one_project(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char sql[200];
        struct monitor_report r = {0};
        const struct actor officer = {.code = {"account:902", 11}, .account = 902};
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        struct project p = running();
        struct monitor_report_id id = report_sent(&p, true);
        assert_ok(monitor_get(f.db, f.arena, id, &r));
        assert_ok(monitor_accept(f.db, f.arena, &officer, id, r.version));
        assert_ok(db_commit(f.db));
        struct race race = {.act = close_it, .thing = p.id.v};
        one_of_two(&race, ERR_REFUSED);
        snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM monitor_closing WHERE project_id = %lld", (long long)p.id.v);
        assert_int_equal(count(sql), 1);
        assert_ok(db_begin(f.db, DB_TXN_READ));
        assert_ok(project_get(f.db, f.arena, p.id, &p));
        assert_int_equal(p.state, PROJECT_CLOSED);
        db_rollback(f.db);
    }
}

/* ---- all of it afterwards ---- */

static int begin(void **state)
{
    (void)state;
    f = ledger_fixture();
    if (db_begin(f.db, DB_TXN_WRITE) != ERR_OK) return 1;
    if (db_scalar(f.db, "SELECT id FROM fund WHERE code = '" LF_FUND "'", &fund.v) != ERR_OK) return 1;
    lf_open(&f, 500000);
    return db_commit(f.db) == ERR_OK ? 0 : 1;
}

static int end(void **state)
{
    int64_t bad = 0;
    (void)state;
    if (db_begin(f.db, DB_TXN_READ) != ERR_OK) return 1;
    enum err e = ledger_verify(f.db, f.arena, STR_NONE, say, NULL, &bad);
    db_rollback(f.db);
    fixture_end(&f);
    return e == ERR_OK && bad == 0 ? 0 : 1;
}

#define RACE(t) cmocka_unit_test_setup_teardown(t, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RACE(two_chairs_sign_one_meeting), RACE(two_meetings_of_one_fund_are_signed_at_once), RACE(one_signs_while_the_other_pays), RACE(two_see_one_paper), RACE(two_sign_one_urgent_approval), RACE(one_signs_while_the_other_sees_the_paper),
        RACE(two_accept_one_report),       RACE(two_close_one_project),
    };
    return FIXTURE_RUN(tests);
}
