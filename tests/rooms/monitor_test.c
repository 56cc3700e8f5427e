/* monitor_test.c — reports of a project: written, sent, accepted by somebody else or given back; people reached, results,
 * money by line, photos once each, closing. */
#include "tests/rooms/ledger_fixture.h"
#include "tests/rooms/monitor_fixture.h"

#include "rooms/monitor/photo_exif.h"

static struct fixture f;
static const struct actor writer = {.code = {"account:901", 11}, .account = 901};
static const struct actor officer = {.code = {"account:902", 11}, .account = 902};

static int in_transaction(void **state)
{
    (void)state;
    return db_begin(f.db, DB_TXN_WRITE) == ERR_OK ? 0 : 1;
}

static int roll_back(void **state)
{
    (void)state;
    db_rollback(f.db);
    return 0;
}

static struct project running(void)
{
    lf_open(&f, 500000);
    return mf_running(&f, &(struct mf_wish){LF_FUND, "70-T0001-2-01", "ป้องกันการหกล้ม", 901, 30000});
}

static struct monitor_report get(struct monitor_report_id id)
{
    struct monitor_report r;
    assert_ok(monitor_get(f.db, f.arena, id, &r));
    return r;
}

static struct monitor_report draft(const struct project *p, bool is_final)
{
    struct monitor_report_id id;
    struct monitor_report r = {.project = p->id, .is_final = is_final, .title = STR("อบรมแกนนำ"), .done = STR("อบรม\n- ฝึก"),
                               .on = {true, lf_day("2026-11-20")}};
    assert_ok(monitor_save(f.db, f.arena, &writer, &r, &id));
    return get(id);
}

static struct monitor_report saved(struct monitor_report r)
{
    struct monitor_report_id id;
    assert_ok(monitor_save(f.db, f.arena, &writer, &r, &id));
    return get(id);
}

static void people(struct monitor_report *r, int64_t old, int64_t sick)
{
    r->people = ARENA_ARRAY(f.arena, struct project_group_count, 2);
    r->people[0] = (struct project_group_count){STR("1004"), old};
    r->people[1] = (struct project_group_count){STR("2002"), sick};
    r->npeople = 2;
}

static struct monitor_report accepted(struct monitor_report r)
{
    r = saved(r);
    assert_ok(monitor_send(f.db, f.arena, &writer, r.id, r.version));
    assert_ok(monitor_accept(f.db, f.arena, &officer, r.id, r.version + 1));
    return get(r.id);
}

static int64_t reached(const struct project *p, const char *group)
{
    struct project_whole w;
    struct project now;
    assert_ok(project_get(f.db, f.arena, p->id, &now));
    assert_ok(project_read(f.db, f.arena, &now, &w));
    for (size_t i = 0; i < w.ntargets; i++)
        if (str_eq(w.targets[i].group, str_of(group)) && w.targets[i].reached.has) return w.targets[i].reached.v;
    return -1;
}

static void test_occasions_count(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_report first = draft(&p, false), second = draft(&p, false);
    assert_int_equal(first.occasion, 1);
    assert_int_equal(second.occasion, 2);
    assert_int_equal(first.version, 1);
    assert_int_equal(first.state, MONITOR_DRAFT);
    assert_true(str_eq(first.done, STR("อบรม\n- ฝึก")));
    (void)draft(&p, true);
    struct monitor_report another = {.project = p.id, .is_final = true};
    struct monitor_report_id id;
    assert_int_equal(monitor_save(f.db, f.arena, &writer, &another, &id), ERR_REFUSED);
}

static void test_two_writers(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_report mine = draft(&p, false), theirs = mine;
    struct monitor_report_id id;
    theirs.done = STR("ของคนอื่น");
    (void)saved(theirs);
    mine.done = STR("ของฉัน");
    assert_int_equal(monitor_save(f.db, f.arena, &writer, &mine, &id), ERR_CONFLICT);
    assert_true(str_eq(get(mine.id).done, STR("ของคนอื่น")));
}

static void test_writer_never_accepts(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_report r = draft(&p, false);
    assert_int_equal(monitor_accept(f.db, f.arena, &officer, r.id, r.version), ERR_CONFLICT); /* not sent */
    assert_ok(monitor_send(f.db, f.arena, &writer, r.id, r.version));
    assert_int_equal(monitor_accept(f.db, f.arena, &writer, r.id, r.version + 1), ERR_REFUSED);
    assert_int_equal(monitor_return(f.db, f.arena, &officer, r.id, r.version + 1, STR("")), ERR_INPUT);
    assert_ok(monitor_return(f.db, f.arena, &officer, r.id, r.version + 1, STR("ขาดจำนวนคน")));
    r = get(r.id);
    assert_int_equal(r.state, MONITOR_RETURNED);
    assert_true(str_eq(r.returned_reason, STR("ขาดจำนวนคน")));
    r = accepted(r); /* mended and sent again */
    assert_int_equal(r.accepted_by, 902);
    struct monitor_report_id id;
    assert_int_equal(monitor_save(f.db, f.arena, &writer, &r, &id), ERR_REFUSED); /* it stands */
}

static int64_t file_object(const char *sha)
{
    char sql[200];
    (void)snprintf(sql, sizeof sql, "INSERT INTO file_object (sha256, size_bytes, content_type, put_at) VALUES ('%s', 9, 'image/jpeg', 1)", sha);
    assert_ok(db_script(f.db, sql));
    int64_t id = 0;
    assert_ok(db_scalar(f.db, "SELECT MAX(id) FROM file_object", &id));
    return id;
}

/* One wrote, another changed, a third put a photo in, a fourth sent it: a fifth accepts it. */
static void test_no_hand_accepts(void **state)
{
    (void)state;
    struct project p = running();
    const struct actor changer = {.code = {"account:903", 11}, .account = 903}, sender = {.code = {"account:904", 11}, .account = 904},
                       viewer = {.code = {"account:905", 11}, .account = 905};
    struct monitor_photo photo = {.file = 1};
    struct monitor_report_id id;
    int64_t position = 0;
    bool is_hand = true;
    struct monitor_report r = draft(&p, false);
    (void)file_object("sha-hand");
    assert_ok(db_scalar(f.db, "SELECT MAX(id) FROM file_object", &photo.file));
    assert_ok(monitor_save(f.db, f.arena, &changer, &r, &id));
    assert_ok(monitor_photo_add(f.db, f.arena, &viewer, id, &photo, STR("a.jpg"), &position));
    r = get(id);
    assert_ok(monitor_send(f.db, f.arena, &sender, id, r.version));
    r = get(id);
    const struct actor *hands[] = {&writer, &changer, &viewer, &sender};
    for (size_t i = 0; i < sizeof hands / sizeof hands[0]; i++)
        assert_int_equal(monitor_accept(f.db, f.arena, hands[i], id, r.version), ERR_REFUSED);
    assert_int_equal(get(id).state, MONITOR_SENT);
    assert_ok(monitor_is_hand(f.db, f.arena, id, officer.account, &is_hand));
    assert_false(is_hand);
    assert_ok(monitor_accept(f.db, f.arena, &officer, id, r.version));
}

static void test_what_is_missing(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_missing missing[MONITOR_MISSING_MAX];
    struct monitor_report r = draft(&p, false);
    r.done = STR(""), r.title = STR(""), r.on = (struct opt_date){true, lf_day("2026-11-23")};
    assert_int_equal(monitor_check(&r, lf_day("2026-11-22"), missing), 3);
    assert_string_equal(missing[0].field, "title");
    assert_int_equal(missing[1].message, MSG_monitor_on_future);
    assert_int_equal(monitor_check(&r, lf_day("2026-11-23"), missing), 2); /* of today it is told today */
    r = saved(r);
    assert_int_equal(monitor_send(f.db, f.arena, &writer, r.id, r.version), ERR_INPUT);
    r = draft(&p, true);
    assert_int_equal(monitor_check(&r, lf_day("2026-11-22"), missing), 2); /* money and people */
}

/* The largest single activity stands for the project until the final report does. */
static void test_people_reached(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_report small = draft(&p, false), large = draft(&p, false), last = draft(&p, true);
    people(&large, 35, 4);
    (void)accepted(large);
    assert_int_equal(reached(&p, "1004"), 35);
    people(&small, 20, 12);
    (void)accepted(small);
    assert_int_equal(reached(&p, "1004"), 35);
    assert_int_equal(reached(&p, "2002"), 4);
    people(&last, 30, 0);
    last.spent = (struct opt_satang){true, satang(0)};
    (void)accepted(last);
    assert_int_equal(reached(&p, "1004"), 30);
    assert_int_equal(reached(&p, "2002"), 0);
}

static int64_t trail_has(struct monitor_report_id id, const char *field, const char *before, const char *after)
{
    int64_t n = -1;
    char sql[400];
    (void)snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM audit u JOIN audit_field d ON d.audit_id = u.id WHERE u.thing = 'monitor_report' "
                                    "AND u.thing_id = %lld AND d.field = '%s' AND COALESCE(d.before, '') = '%s' AND d.after = '%s'",
                   (long long)id.v, field, before, after);
    assert_ok(db_scalar(f.db, sql, &n));
    return n;
}

/* What a report said of people, money and results before it was corrected is in the trail; words and names are not. */
static void test_figures_leave_a_trail(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_report r = draft(&p, true);
    struct monitor_money money[2] = {{.words = STR("ค่ารถ ลุงมี"), .amount = satang(20050)}, {.words = STR("อื่น ๆ"), .amount = satang(100)}};
    struct monitor_result result = {.position = 2, .reached_x100 = {true, 500}};
    int64_t n = -1;
    people(&r, 38, 7);
    r.money = money, r.nmoney = 2;
    r.results = &result, r.nresults = 1;
    r.reporter_name = STR("สมใจ");
    r = saved(r);
    assert_int_equal(trail_has(r.id, "people", "", "1004=38 2002=7"), 1);
    assert_int_equal(trail_has(r.id, "money", "", "own:1=20050 own:2=100"), 1);
    assert_int_equal(trail_has(r.id, "results", "", "2 reached_x100=500\n"), 1);
    people(&r, 40, 7);
    r.nmoney = 1;
    result.reached_x100.v = 600;
    r.results = &result;
    r = saved(r);
    assert_int_equal(trail_has(r.id, "people", "1004=38 2002=7", "1004=40 2002=7"), 1);
    assert_int_equal(trail_has(r.id, "money", "own:1=20050 own:2=100", "own:1=20050"), 1);
    assert_int_equal(trail_has(r.id, "results", "2 reached_x100=500\n", "2 reached_x100=600\n"), 1);
    r = saved(r); /* the same again: nothing new of them */
    assert_int_equal(trail_has(r.id, "people", "1004=40 2002=7", "1004=40 2002=7"), 0);
    assert_ok(db_scalar(f.db, "SELECT COUNT(*) FROM audit_field WHERE after LIKE '%ลุงมี%' OR after LIKE '%สมใจ%'", &n));
    assert_int_equal(n, 0);
    assert_ok(db_scalar(f.db, "SELECT COUNT(*) FROM audit_field WHERE field = 'reporter_name' AND sealed_for IS NOT NULL", &n));
    assert_int_equal(n, 1);
}

static void test_levels(void **state)
{
    (void)state;
    const struct str up = STR("up"), down = STR("down");
    const struct opt_count none = {0};
#define X(v) ((struct opt_count){true, v})
    assert_int_equal(monitor_level(up, X(3000), X(6000), X(6001)), 4);
    assert_int_equal(monitor_level(up, X(3000), X(6000), X(6000)), 3);
    assert_int_equal(monitor_level(up, X(3000), X(6000), X(3001)), 2);
    assert_int_equal(monitor_level(up, X(3000), X(6000), X(3000)), 1);
    assert_int_equal(monitor_level(down, X(2500), X(1500), X(1400)), 4);
    assert_int_equal(monitor_level(down, X(2500), X(1500), X(1500)), 3);
    assert_int_equal(monitor_level(down, X(2500), X(1500), X(2499)), 2);
    assert_int_equal(monitor_level(down, X(2500), X(1500), X(2600)), 1);
    assert_int_equal(monitor_level(up, none, X(1000), X(0)), 1);
    assert_int_equal(monitor_level(up, none, X(1000), X(500)), 2);
    assert_int_equal(monitor_level(up, X(1), none, X(5)), 0);
    assert_int_equal(monitor_level(up, X(1), X(2), none), 0);
}

static struct monitor_report final_of(const struct project *p, int64_t baht)
{
    struct monitor_report r = draft(p, true);
    static struct monitor_result results[2];
    static struct monitor_money money[1];
    people(&r, 30, 5);
    results[0] = (struct monitor_result){.position = 1, .reached_x100 = {true, 6500}, .numerator = {true, 26}, .denominator = {true, 40}};
    results[1] = (struct monitor_result){.position = 2, .reached_x100 = {true, 500}, .words = STR("ได้ครึ่งหนึ่ง")};
    money[0] = (struct monitor_money){.words = STR("ทั้งหมด"), .amount = satang(baht * 100)};
    r.results = results, r.nresults = 2;
    r.money = money, r.nmoney = 1;
    return r;
}

static void test_final_report_gives_results(void **state)
{
    (void)state;
    struct project p = running();
    struct project_whole w;
    struct monitor_report r = accepted(final_of(&p, 12000));
    assert_int_equal(r.spent.v.v, 1200000); /* the sum of its lines */
    assert_int_equal(r.nresults, 2);
    assert_ok(project_get(f.db, f.arena, p.id, &p));
    assert_int_equal(p.state, PROJECT_REPORTED);
    assert_ok(project_read(f.db, f.arena, &p, &w));
    assert_int_equal(w.objectives[0].level, 4);
    assert_int_equal(w.objectives[0].reached_numerator.v, 26);
    assert_int_equal(w.objectives[1].level, 2);
    assert_true(str_eq(w.objectives[1].reached_words, STR("ได้ครึ่งหนึ่ง")));
    struct monitor_report late = {.project = p.id, .title = STR("x")};
    struct monitor_report_id id;
    assert_int_equal(monitor_save(f.db, f.arena, &writer, &late, &id), ERR_REFUSED);
}

static int64_t results_on(const char *day)
{
    int64_t n = -1;
    char sql[200];
    (void)snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM plan_result WHERE value_x100 = 6500 AND on_date = '%s'", day);
    assert_ok(db_scalar(f.db, sql, &n));
    return n;
}

/* Next year's plan begins from what was so when the report's time ended, not from the day somebody accepted it. */
static void test_a_result_is_of_the_reports_last_day(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct project p = running();
        assert_ok(db_script(f.db, "UPDATE project_objective SET indicator_id = (SELECT MIN(id) FROM indicator)"));
        struct monitor_report r = final_of(&p, 12000);
        r.on = (struct opt_date){true, lf_day("2026-11-10")};
        if (i == 1) r.ends_on = (struct opt_date){true, lf_day("2026-11-15")};
        (void)accepted(r);
        assert_true(results_on(i == 1 ? "2026-11-15" : "2026-11-10") > 0);
        assert_int_equal(results_on("2026-11-22"), 0);
        db_rollback(f.db);
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
    }
}

static void test_money_by_line(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_spent spent;
    struct monitor_report a = draft(&p, false), b = draft(&p, false);
    struct monitor_money lines[2] = {{.words = STR("ค่าน้ำ"), .amount = satang(10000)}, {.words = STR("ค่ารถ"), .amount = satang(20050)}};
    assert_ok(monitor_spent(f.db, f.arena, p.id, &spent));
    assert_false(spent.sum.has);
    a.money = lines, a.nmoney = 2;
    b.money = lines + 1, b.nmoney = 1;
    (void)accepted(a);
    (void)accepted(b);
    assert_ok(monitor_spent(f.db, f.arena, p.id, &spent));
    assert_int_equal(spent.sum.v.v, 50100);
    assert_int_equal(spent.nlines, 2);
    assert_int_equal(spent.lines[1].amount.v, 40100);
    (void)accepted(final_of(&p, 700));
    assert_ok(monitor_spent(f.db, f.arena, p.id, &spent));
    assert_int_equal(spent.sum.v.v, 70000);
    assert_int_equal(spent.nlines, 1);
}

static void refund_as(const char *reference, int64_t baht)
{
    enum ledger_fault fault;
    struct ledger_posted posted;
    struct ledger_receipt r = {.fund_code = STR(LF_FUND), .on = lf_day("2026-11-21"), .source = LEDGER_REFUND, .amount = satang(baht * 100),
                               .reference = str_of(reference), .project_code = STR("70-T0001-2-01")};
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &posted));
}

static void refund(int64_t baht)
{
    refund_as("RF-1", baht);
}

/* The spending adds up; what the committee decided to take back is not there yet. */
static void test_money_due_back_holds_the_closing(void **state)
{
    (void)state;
    struct project p = running();
    struct ledger_posted posted;
    const char *why = NULL;
    char sql[300];
    struct date today = lf_day("2026-11-22");
    assert_int_equal(lf_pay(&f, "2026-11-10", "70-T0001-2-01", 20000, &posted), LEDGER_FINE);
    (void)accepted(final_of(&p, 20000));
    (void)snprintf(sql, sizeof sql, "INSERT INTO project_change (project_id, kind, reason, before_json, after_json, amount_satang, until_satang, state, recorded_at, "
                                    "version) VALUES (%lld, 'claw_back', 'x', '{}', '{}', 500000, 500000, 'agreed', 1, 1)", (long long)p.id.v);
    assert_ok(db_script(f.db, sql));
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why), ERR_REFUSED);
    assert_string_equal(why, "due");
    refund(4999);
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why), ERR_REFUSED);
    assert_string_equal(why, "due");
    refund_as("RF-2", 1);
    assert_ok(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why));
}

static void test_closing(void **state)
{
    (void)state;
    struct project p = running();
    struct ledger_posted posted;
    struct monitor_closing closed;
    struct project_money money;
    const char *why = NULL;
    char sql[120];
    struct date today = lf_day("2026-11-22");
    assert_int_equal(lf_pay(&f, "2026-11-10", "70-T0001-2-01", 20000, &posted), LEDGER_FINE);
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why), ERR_REFUSED);
    assert_string_equal(why, "state");
    (void)accepted(final_of(&p, 18500));
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why), ERR_REFUSED);
    assert_string_equal(why, "money");
    refund(1500);
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, lf_day("2026-11-23"), true, &why), ERR_REFUSED);
    assert_string_equal(why, "date");
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, lf_day("2026-11-20"), true, &why), ERR_REFUSED);
    assert_string_equal(why, "early"); /* the day before the money came back */
    (void)snprintf(sql, sizeof sql, "UPDATE project SET ends_on = '2027-01-31' WHERE id = %lld", (long long)p.id.v);
    assert_ok(db_script(f.db, sql));
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, today, false, &why), ERR_REFUSED);
    assert_string_equal(why, "unreported"); /* its last day is still to come, and two activities have no report */
    assert_ok(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why));
    assert_ok(monitor_closing_get(f.db, f.arena, p.id, &closed));
    assert_int_equal(closed.paid.v, 2000000);
    assert_int_equal(closed.spent.v, 1850000);
    assert_int_equal(closed.returned.v, 150000);
    assert_int_equal(closed.unreported, 2);
    assert_ok(project_get(f.db, f.arena, p.id, &p));
    assert_int_equal(p.state, PROJECT_CLOSED);
    assert_ok(project_money(f.db, f.arena, &p, &money));
    assert_true(money.is_released);
    assert_int_equal(monitor_close(f.db, f.arena, &officer, p.id, today, true, &why), ERR_REFUSED); /* twice */
}

static void test_photos(void **state)
{
    (void)state;
    struct project p = running();
    struct monitor_report r = draft(&p, false);
    int64_t position = 0;
    struct file_object_id first = {0};
    for (int i = 1; i <= 11; i++) {
        char sha[20];
        (void)snprintf(sha, sizeof sha, "sha-%d", i);
        int64_t id = file_object(sha);
        if (i == 1) first.v = id;
    }
    for (int64_t i = 0; i < 11; i++) {
        struct monitor_photo photo = {.file = first.v + i, .is_public = i % 2 == 0};
        enum err e = monitor_photo_add(f.db, f.arena, &writer, r.id, &photo, STR("a.jpg"), &position);
        assert_int_equal(e, i < 10 ? ERR_OK : ERR_LIMIT);
        if (i < 10) assert_int_equal(position, i + 1);
    }
    struct monitor_photo again = {.file = first.v + 3};
    assert_ok(monitor_photo_add(f.db, f.arena, &writer, r.id, &again, STR("a.jpg"), &position));
    assert_int_equal(position, 4); /* the one that is there */
    assert_int_equal(get(r.id).nphotos, 10);
    assert_ok(monitor_photo_remove(f.db, f.arena, &writer, r.id, 4));
    again.file = first.v + 10;
    assert_ok(monitor_photo_add(f.db, f.arena, &writer, r.id, &again, STR("b.jpg"), &position));
    assert_int_equal(position, 4); /* the free place */
    assert_ok(monitor_photo_change(f.db, f.arena, &writer, r.id, 4, STR("ตอนเช้า"), true));
    r = get(r.id);
    assert_true(r.photos[3].is_public && str_eq(r.photos[3].caption, STR("ตอนเช้า")));
    (void)accepted(r);
    assert_int_equal(monitor_photo_add(f.db, f.arena, &writer, r.id, &again, STR("c.jpg"), &position), ERR_REFUSED);
    assert_int_equal(monitor_photo_remove(f.db, f.arena, &writer, r.id, 1), ERR_REFUSED);
}

static void test_place_and_time(void **state)
{
    (void)state;
    struct photo_exif exif;
    struct str jpeg = mf_jpeg(f.arena, 8, 8, 100, true);
    photo_exif_read(jpeg, &exif);
    assert_string_equal(exif.taken, "2026-11-21 09:30:00");
    assert_true(exif.has_place);
    assert_int_equal(exif.lat_x1e6, 7008333);
    assert_int_equal(exif.lon_x1e6, 100470000);
    for (size_t n = 0; n < 200 && n < jpeg.n; n++) photo_exif_read(str_copy(f.arena, str_first(jpeg, n)), &exif); /* cut anywhere */
    size_t end = 4 + (size_t)(((unsigned char)jpeg.p[4] << 8) + (unsigned char)jpeg.p[5]); /* of what says it, to the byte */
    photo_exif_read(str_copy(f.arena, str_first(jpeg, end)), &exif);
    assert_true(exif.has_place);
    photo_exif_read(str_copy(f.arena, str_first(jpeg, end - 1)), &exif);
    assert_true(exif.taken[0] == '\0' && !exif.has_place);
    for (size_t at = 0; at < 200; at++) { /* and wrong anywhere */
        char *bytes = arena_alloc(f.arena, jpeg.n);
        memcpy(bytes, jpeg.p, jpeg.n);
        bytes[at] = (char)0xFF;
        photo_exif_read((struct str){bytes, jpeg.n}, &exif);
        assert_true(!exif.has_place || (exif.lat_x1e6 <= 90000000 && exif.lon_x1e6 <= 180000000));
    }
    photo_exif_read(mf_jpeg(f.arena, 8, 8, 100, false), &exif);
    assert_true(exif.taken[0] == '\0' && !exif.has_place);
}

static void test_programme(void **state)
{
    (void)state;
    struct monitor_programme_id id;
    struct monitor_programme g = {.code = STR("R4"), .title = STR("ชุดโครงการ"), .owner_name = STR("สถาบัน")}, *all = NULL;
    struct monitor_report_id report;
    size_t n = 0;
    assert_ok(monitor_programme_save(f.db, f.arena, &writer, &g, &id));
    assert_int_equal(monitor_programme_save(f.db, f.arena, &officer, &g, &id), ERR_CONFLICT);
    assert_ok(monitor_programme_find(f.db, f.arena, STR("R4"), &g));
    g.title = STR("ชื่อใหม่");
    assert_ok(monitor_programme_save(f.db, f.arena, &writer, &g, &id));
    assert_int_equal(monitor_programme_save(f.db, f.arena, &writer, &g, &id), ERR_CONFLICT); /* the old version */
    assert_ok(monitor_programme_list(f.db, f.arena, STR_NONE, 10, &all, &n));
    assert_int_equal(n, 1);
    struct monitor_report r = {.programme = g.id, .title = STR("ประชุม"), .done = STR("ทบทวน"), .on = {true, lf_day("2020-07-20")}};
    assert_ok(monitor_save(f.db, f.arena, &writer, &r, &report));
    r = get(report);
    assert_ok(monitor_send(f.db, f.arena, &writer, r.id, r.version));
    assert_int_equal(monitor_accept(f.db, f.arena, &officer, r.id, r.version + 1), ERR_REFUSED);
}

#define T(name) cmocka_unit_test_setup_teardown(name, in_transaction, roll_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_occasions_count), T(test_two_writers), T(test_writer_never_accepts), T(test_no_hand_accepts), T(test_what_is_missing),
        T(test_people_reached),  T(test_levels),      T(test_final_report_gives_results), T(test_figures_leave_a_trail), T(test_a_result_is_of_the_reports_last_day), T(test_money_by_line),
        T(test_closing), T(test_money_due_back_holds_the_closing),         T(test_photos),      T(test_place_and_time), T(test_programme)};
    f = ledger_fixture();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_end(&f);
    return failed;
}
