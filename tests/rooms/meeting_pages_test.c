/* meeting_pages_test.c — a fund's meetings through app_handle(), as officer, secretary, chair and others meet
 * them: calling, who was there, the agenda, two people at once, both ways of signing, papers, JSON. */
#include "tests/rooms/fixture.h"

#include <stdio.h>

#include "app/audit.h"
#include "rooms/account/account.h"
#include "rooms/meeting/meeting.h"

#define FUND  "L3009" /* a real fund: the demo holds no meeting there */
#define PLACE "/funds/" FUND "/meetings"
#define DAY   "held_on_d=20&held_on_m=11&held_on_y=2569"

static struct actor by;

static void grant(struct fixture *f, const char *login, enum role role, const char *fund)
{
    struct account_id id;
    struct account_grant_id grant_id;
    struct account_new n = {.login = str_of(login), .name = str_of(login)};
    assert_ok(account_add(f->db, f->arena, &by, &n, &id));
    struct account_grant g = {.account = id, .role = role, .kind = SCOPE_FUND, .code = str_of(fund), .from = {2026, 10, 1}};
    assert_ok(account_grant_add(f->db, f->arena, &by, &g, &grant_id));
}

static struct fixture *house(void)
{
    static bool is_made;
    static enum db_engine made_for;
    struct fixture *f = fixture_house();
    if (is_made && made_for == fixture_engine) return f;
    made_for = fixture_engine;
    by = actor_system("system:test");
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    grant(f, "mp-officer", ROLE_officer, FUND);
    grant(f, "mp-secretary", ROLE_secretary, FUND);
    grant(f, "mp-chair", ROLE_chair, FUND);
    grant(f, "mp-other", ROLE_officer, "L3353");
    assert_ok(db_commit(f->db));
    arena_reset(f->arena);
    is_made = true;
    return f;
}

/* One session a person and engine. */
static const char *as(struct fixture *f, const char *login)
{
    static struct {
        char login[40], cookie[200];
        enum db_engine engine;
    } sessions[8];
    for (size_t i = 0; i < 8; i++) {
        if (sessions[i].login[0] == '\0') {
            snprintf(sessions[i].login, sizeof sessions[i].login, "%s", login);
            snprintf(sessions[i].cookie, sizeof sessions[i].cookie, "%s", fixture_sign_in(f, login));
            sessions[i].engine = fixture_engine;
        }
        if (strcmp(sessions[i].login, login) == 0 && sessions[i].engine == fixture_engine) return sessions[i].cookie;
    }
    fail_msg("too many sessions");
    return "";
}

static const char *below(const char *ref, const char *tail)
{
    static char targets[4][200];
    static int at;
    at = (at + 1) % 4;
    snprintf(targets[at], sizeof targets[at], PLACE "/%s%s", ref, tail);
    return targets[at];
}

static void must(const struct reply *r, int status, const char *text)
{
    if (r->status != status) fail_msg("%d instead of %d: %.*s", r->status, status, STR_FMT(str_first(r->body, 2000)));
    if (!reply_has(r, text)) fail_msg("lacks %s", text);
}

static void must_go(struct fixture *f, const struct reply *r, const char *to)
{
    if (r->status != 303) fail_msg("%d instead of 303: %.*s", r->status, STR_FMT(str_first(r->body, 2000)));
    assert_string_equal(str_z(f->arena, reply_header(r, "Location")), to);
}

/* What `select` says of the meeting: it ends in "… = ". */
static int64_t number_of(struct fixture *f, const char *select, const char *ref)
{
    char sql[400];
    int64_t v = 0;
    snprintf(sql, sizeof sql,
             "%s(SELECT m.id FROM meeting m JOIN fund u ON u.id = m.fund_id WHERE u.code = '" FUND
             "' AND m.fy = 2570 AND m.number = %s)",
             select, ref + strlen("2570-"));
    assert_ok(db_scalar(f->db, sql, &v));
    return v;
}
#define VERSION(f, ref)     number_of(f, "SELECT version FROM meeting WHERE id = ", ref)
#define NEWEST_ITEM(f, ref) number_of(f, "SELECT MAX(id) FROM meeting_item WHERE meeting_id = ", ref)
#define NEWEST_SIGN(f, ref) number_of(f, "SELECT MAX(id) FROM meeting_sign WHERE thing_id = ", ref)

static void call(struct fixture *f, int number)
{
    char body[300], to[200];
    snprintf(body, sizeof body, DAY "&number=%d&began=09.30&place=Hall&chaired_by=Somchai", number);
    struct reply r = fixture_post_as(f, PLACE, as(f, "mp-officer"), body);
    snprintf(to, sizeof to, PLACE "/2570-%d?done=called", number);
    must_go(f, &r, to);
}

static void attend(struct fixture *f, const char *ref)
{
    char body[400];
    snprintf(body, sizeof body, "version=%lld&rows=2&name_1=Somchai&title_1=Chair&present_1=1&voter_1=1&name_2=Somsri&voter_2=1",
             (long long)VERSION(f, ref));
    struct reply r = fixture_post_as(f, below(ref, "/people"), as(f, "mp-officer"), body);
    assert_int_equal(r.status, 303);
}

static void a_fund_without_meetings_is_told_how_to_begin(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct reply r = fixture_get(f, "/funds/L3353/meetings", as(f, "mp-other"));
    must(&r, 200, "ยังไม่มีการประชุม");
    must(&r, 200, "/funds/L3353/meetings/new");
    r = fixture_get(f, PLACE, as(f, "mp-other"));
    assert_int_equal(r.status, 403);
    r = fixture_get(f, PLACE, as(f, "mp-chair"));
    assert_false(reply_has(&r, PLACE "/new")); /* sees, does not call */
}

static void calling_asks_for_a_day_and_a_free_number(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct reply r = fixture_post_as(f, PLACE, as(f, "mp-officer"), "number=1&place=Hall&held_on_d=31&held_on_m=2&held_on_y=2570");
    must(&r, 400, "id=\"held_on-fault\"");
    must(&r, 400, "value=\"Hall\""); /* nothing typed is lost */
    call(f, 1);
    r = fixture_post_as(f, PLACE, as(f, "mp-officer"), DAY "&number=1&place=Hall");
    must(&r, 400, "เลขถัดไปคือ 2");
    r = fixture_get(f, PLACE "/new", as(f, "mp-officer"));
    must(&r, 200, "name=\"number\" value=\"2\"");
    must(&r, 200, "value=\"Hall\""); /* where they met */
    assert_int_equal(fixture_get(f, PLACE "/2570-77", as(f, "mp-officer")).status, 404);
}

static void two_people_at_once_lose_nothing(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[500];
    call(f, 2);
    long long version = VERSION(f, "2570-2");
    snprintf(body, sizeof body, "version=%lld&" DAY "&place=First", version);
    assert_int_equal(fixture_post_as(f, below("2570-2", "/edit"), as(f, "mp-secretary"), body).status, 303);
    snprintf(body, sizeof body, "version=%lld&" DAY "&place=Second", version);
    struct reply r = fixture_post_as(f, below("2570-2", "/edit"), as(f, "mp-officer"), body);
    must(&r, 409, "value=\"Second\"");
    must(&r, 409, "First");
    snprintf(body, sizeof body, "version=%lld&rows=2&name_1=Prasit&present_1=1&name_2=Mali", version);
    r = fixture_post_as(f, below("2570-2", "/people"), as(f, "mp-officer"), body);
    must(&r, 409, "value=\"Prasit\"");
    must(&r, 409, "value=\"Mali\"");
    attend(f, "2570-2");
    assert_int_equal(fixture_post_as(f, below("2570-2", "/items"), as(f, "mp-officer"), "agenda=know&title=Money&words=First&act=save").status, 303);
    long long item = NEWEST_ITEM(f, "2570-2");
    snprintf(body, sizeof body, "item=%lld&version=1&title=Money&words=Changed&act=save", item);
    assert_int_equal(fixture_post_as(f, below("2570-2", "/items"), as(f, "mp-secretary"), body).status, 303);
    snprintf(body, sizeof body, "item=%lld&version=1&title=Money&words=Mine&act=save", item);
    r = fixture_post_as(f, below("2570-2", "/items"), as(f, "mp-officer"), body);
    must(&r, 409, ">\nMine</textarea>");
    must(&r, 409, "Changed");
}

/* Who is in the chair, before and after: sealed, and read again by who may read the trail. */
static void the_chair_leaves_a_trail(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    struct audit_entry *acts = NULL;
    size_t n = 0, found = 0;
    int64_t plain = -1;
    call(f, 20);
    snprintf(body, sizeof body, "version=%lld&" DAY "&place=Hall&chaired_by=Malee", (long long)VERSION(f, "2570-20"));
    assert_int_equal(fixture_post_as(f, below("2570-20", "/edit"), as(f, "mp-secretary"), body).status, 303);
    int64_t id = number_of(f, "SELECT id FROM meeting WHERE id = ", "2570-20");
    assert_ok(audit_list(f->db, f->arena, "meeting", id, AUDIT_FIRST, 20, &acts, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < acts[i].nfields; k++) {
            const struct audit_read_field *field = &acts[i].fields[k];
            if (!str_eq(field->field, STR("chaired_by"))) continue;
            found++;
            if (str_eq(acts[i].action, STR("call"))) assert_true(str_is_none(field->before) && str_eq(field->after, STR("Somchai")));
            else assert_true(str_eq(field->before, STR("Somchai")) && str_eq(field->after, STR("Malee")));
        }
    assert_int_equal(found, 2);
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM audit_field WHERE after = 'Malee' OR after = 'Somchai'", &plain));
    assert_int_equal(plain, 0);
}

static void the_list_of_people_grows_and_is_copied(void **state)
{
    (void)state;
    struct fixture *f = house();
    call(f, 3);
    struct reply r = fixture_get(f, below("2570-3", "/people"), as(f, "mp-officer"));
    must(&r, 200, "value=\"Somchai\""); /* of meeting 2 */
    must(&r, 200, "คัดลอกรายชื่อจากการประชุมครั้งที่ 2/2570");
    r = fixture_post_as(f, below("2570-3", "/people"), as(f, "mp-officer"), "version=1&rows=3&name_1=Somchai&step=rows");
    must(&r, 200, "name=\"name_8\"");
    must(&r, 200, "value=\"Somchai\"");
    r = fixture_post_as(f, below("2570-3", "/people"), as(f, "mp-officer"), "version=1&rows=2&present_1=1&step=save");
    must(&r, 400, "id=\"name_1-fault\"");
    r = fixture_post_as(f, below("2570-3", "/people"), as(f, "mp-officer"), "version=1&rows=3&step=save");
    must(&r, 400, "อย่างน้อยหนึ่งคน");
}

/* "mark=…" as the page of the review carries it. */
static struct str mark_of(struct fixture *f, const char *ref)
{
    struct reply r = fixture_get(f, below(ref, "/sign"), as(f, "mp-chair"));
    ptrdiff_t at = str_find(r.body, STR("name=\"mark\" value=\""));
    if (at < 0) return STR("none");
    static char mark[40];
    snprintf(mark, sizeof mark, "%.24s", r.body.p + at + strlen("name=\"mark\" value=\""));
    return str_of(mark);
}

static void the_chair_signs_what_was_looked_over(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    call(f, 4);
    struct reply r = fixture_get(f, below("2570-4", "/sign"), as(f, "mp-chair"));
    must(&r, 200, "ยังไม่ได้บันทึกผู้เข้าประชุม");
    attend(f, "2570-4");
    /* The end is asked for, and not demanded. */
    r = fixture_get(f, below("2570-4", ""), as(f, "mp-officer"));
    must(&r, 200, "ยังไม่ได้บันทึกว่าเลิกประชุมเวลาใด");
    must(&r, 200, "<a class=\"button\" href=\"" PLACE "/2570-4/edit#ended\"");
    r = fixture_get(f, below("2570-4", "/sign"), as(f, "mp-officer"));
    must(&r, 200, PLACE "/2570-4/edit#ended");
    assert_int_equal(fixture_post_as(f, below("2570-4", "/items"), as(f, "mp-officer"), "agenda=inform&title=Balance&act=save").status, 303);
    r = fixture_get(f, below("2570-4", "/sign"), as(f, "mp-officer"));
    assert_false(reply_has(&r, "ลงนามในฐานะประธาน"));
    assert_int_equal(fixture_post_as(f, below("2570-4", "/sign"), as(f, "mp-officer"), "").status, 403);
    struct str mark = mark_of(f, "2570-4");
    snprintf(body, sizeof body, "mark=%.*s", STR_FMT(mark));
    /* Something is written between the look and the press. */
    assert_int_equal(fixture_post_as(f, below("2570-4", "/items"), as(f, "mp-officer"), "agenda=other&title=More&act=save").status, 303);
    r = fixture_post_as(f, below("2570-4", "/sign"), as(f, "mp-chair"), body);
    must(&r, 409, "มีการแก้ไขหลังจากที่ท่านเปิดหน้านี้");
    snprintf(body, sizeof body, "mark=%.*s", STR_FMT(mark_of(f, "2570-4")));
    r = fixture_post_as(f, below("2570-4", "/sign"), as(f, "mp-chair"), body);
    must_go(f, &r, PLACE "/2570-4?done=signed");
    r = fixture_get(f, below("2570-4", "/sign"), as(f, "mp-officer"));
    must(&r, 200, "mp-chair"); /* who signed */
    r = fixture_get(f, below("2570-4", ""), as(f, "mp-officer"));
    must(&r, 200, "ลงนามแล้ว (ในระบบ)");
    must(&r, 200, "ยังไม่รับรองรายงาน");
    assert_false(reply_has(&r, "2570-4/items")); /* closed */
    r = fixture_post_as(f, below("2570-4", "/items"), as(f, "mp-officer"), "agenda=other&title=Late&act=save");
    must(&r, 400, "ลงนามแล้ว แก้ไข");
    assert_int_equal(fixture_get(f, below("2570-4", "/edit"), as(f, "mp-officer")).status, 303);
}

#define PAPER_BODY                                                                                                     \
    "--paper\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\nSomchai, chair\r\n"                                \
    "--paper\r\nContent-Disposition: form-data; name=\"signed_on_d\"\r\n\r\n21\r\n"                                     \
    "--paper\r\nContent-Disposition: form-data; name=\"signed_on_m\"\r\n\r\n11\r\n"                                     \
    "--paper\r\nContent-Disposition: form-data; name=\"signed_on_y\"\r\n\r\n2569\r\n"                                   \
    "--paper\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"signed.pdf\"\r\n"                               \
    "Content-Type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj\n%%EOF\n\r\n--paper--\r\n"

static void a_paper_is_seen_by_another(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    call(f, 5);
    attend(f, "2570-5");
    struct reply r = fixture_post_as(f, below("2570-5", "/paper"), as(f, "mp-officer"), "--paper\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\nSomchai\r\n--paper--\r\n");
    must(&r, 400, "id=\"scan-fault\"");
    r = fixture_post_as(f, below("2570-5", "/paper"), as(f, "mp-officer"), PAPER_BODY);
    must_go(f, &r, PLACE "/2570-5/sign");
    r = fixture_get(f, below("2570-5", "/sign"), as(f, "mp-officer"));
    must(&r, 200, "ผู้ที่นำเข้าเอกสารตรวจเองไม่ได้");
    snprintf(body, sizeof body, "sign=%lld&mark=%.*s", (long long)NEWEST_SIGN(f, "2570-5"), STR_FMT(mark_of(f, "2570-5")));
    r = fixture_post_as(f, below("2570-5", "/seen"), as(f, "mp-officer"), body);
    must(&r, 400, "ผู้ที่นำเข้าเอกสารตรวจเองไม่ได้");
    assert_int_equal(fixture_post_as(f, below("2570-4", "/seen"), as(f, "mp-secretary"), body).status, 404); /* of another meeting */
    r = fixture_post_as(f, below("2570-5", "/seen"), as(f, "mp-secretary"), body);
    must_go(f, &r, PLACE "/2570-5?done=signed");
    r = fixture_get(f, below("2570-5", "/sign"), as(f, "mp-chair"));
    must(&r, 200, "Somchai, chair");
    must(&r, 200, "mp-officer");
    must(&r, 200, "mp-secretary");
    ptrdiff_t at = str_find(r.body, STR("/2570-5/files/"));
    assert_true(at > 0);
    char use[20] = "", tail[60];
    for (size_t i = 0; i < 18 && r.body.p[(size_t)at + strlen("/2570-5/files/") + i] != '"'; i++) use[i] = r.body.p[(size_t)at + strlen("/2570-5/files/") + i];
    snprintf(tail, sizeof tail, "/files/%s", use);
    r = fixture_get(f, below("2570-5", tail), as(f, "mp-chair"));
    must(&r, 200, "%PDF-1.7");
    assert_int_equal(fixture_get(f, below("2570-4", tail), as(f, "mp-chair")).status, 404); /* of another meeting */
    assert_int_equal(fixture_get(f, below("2570-5", tail), as(f, "mp-other")).status, 403);
    /* names and hands: never kept by a browser or a proxy */
    assert_int_equal(number_of(f, "SELECT MIN(u.is_private) FROM file_use u JOIN meeting_sign s ON s.id = u.thing_id AND u.thing = 'meeting_sign' WHERE s.thing_id = ", "2570-5"), 1);
}

static void who_leaves_is_among_those_who_are_there(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    call(f, 6);
    attend(f, "2570-6");
    assert_int_equal(fixture_post_as(f, below("2570-6", "/items"), as(f, "mp-officer"), "agenda=consider&title=Dengue&act=save").status, 303);
    long long item = NEWEST_ITEM(f, "2570-6");
    snprintf(body, sizeof body, "/left?item=%lld", item);
    struct reply r = fixture_get(f, below("2570-6", body), as(f, "mp-officer"));
    must(&r, 200, "Somchai");
    assert_false(reply_has(&r, "Somsri")); /* was not there */
    long long person = number_of(f, "SELECT MIN(id) FROM meeting_person WHERE meeting_id = ", "2570-6");
    snprintf(body, sizeof body, "item=%lld&version=1&left_%lld=1", item, person);
    r = fixture_post_as(f, below("2570-6", "/left"), as(f, "mp-officer"), body);
    snprintf(body, sizeof body, "id=\"why_%lld-fault\"", person);
    must(&r, 400, body); /* each for a reason */
    must(&r, 400, "ใส่เหตุที่ Somchai ออกจากห้อง");
    snprintf(body, sizeof body, "<label for=\"why_%lld\">", person);
    must(&r, 400, body);
    snprintf(body, sizeof body, "item=%lld&version=1&left_%lld=1&why_%lld=own+project", item, person, person);
    r = fixture_post_as(f, below("2570-6", "/left"), as(f, "mp-officer"), body);
    must_go(f, &r, PLACE "/2570-6?done=left");
    r = fixture_get(f, below("2570-6", ""), as(f, "mp-officer"));
    must(&r, 200, "ออกจากห้อง: Somchai (own project)");
    char left[80];
    snprintf(left, sizeof left, "/left?item=%lld", item);
    r = fixture_get(f, below("2570-6", left), as(f, "mp-officer"));
    snprintf(left, sizeof left, "name=\"left_%lld\" value=\"1\" checked", person);
    must(&r, 200, left); /* who left is ticked when it is looked at again, with the reason */
    must(&r, 200, "value=\"own project\"");
    r = fixture_post_as(f, below("2570-6", "/left"), as(f, "mp-officer"), body); /* another version by now */
    assert_int_equal(r.status, 409);
    snprintf(body, sizeof body, "item=%lld&act=drop", item);
    r = fixture_post_as(f, below("2570-6", "/items"), as(f, "mp-officer"), body);
    must_go(f, &r, PLACE "/2570-6?done=dropped");
    assert_int_equal(fixture_post_as(f, below("2570-5", "/items"), as(f, "mp-officer"), body).status, 404);
}

static void times_are_times_and_in_order(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    struct reply r = fixture_post_as(f, PLACE, as(f, "mp-officer"), DAY "&number=30&began=25.99");
    must(&r, 400, "id=\"began-fault\"");
    must(&r, 400, "value=\"25.99\""); /* nothing typed is lost */
    r = fixture_post_as(f, PLACE, as(f, "mp-officer"), DAY "&number=30&began=9:05+%E0%B8%99.");
    must_go(f, &r, PLACE "/2570-30?done=called");
    r = fixture_get(f, below("2570-30", ""), as(f, "mp-officer"));
    must(&r, 200, "09.05 น.");
    static const struct { const char *typed; int status; } edges[] = {{"9.59", 303}, {"9.60", 400}, {"23.59", 303}, {"24.00", 400}, {"0.00", 303}};
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        snprintf(body, sizeof body, "version=%lld&" DAY "&began=%s", (long long)VERSION(f, "2570-30"), edges[i].typed);
        r = fixture_post_as(f, below("2570-30", "/edit"), as(f, "mp-officer"), body);
        if (r.status != edges[i].status) fail_msg("%s: %d", edges[i].typed, r.status);
    }
    snprintf(body, sizeof body, "version=%lld&" DAY "&began=9.30&ended=9.30", (long long)VERSION(f, "2570-30"));
    r = fixture_post_as(f, below("2570-30", "/edit"), as(f, "mp-officer"), body);
    must(&r, 400, "id=\"ended-fault\"");
    snprintf(body, sizeof body, "version=%lld&" DAY "&began=9.30&ended=12.00", (long long)VERSION(f, "2570-30"));
    assert_int_equal(fixture_post_as(f, below("2570-30", "/edit"), as(f, "mp-officer"), body).status, 303);
    attend(f, "2570-30");
    r = fixture_get(f, below("2570-30", ""), as(f, "mp-officer"));
    must(&r, 200, "บันทึกครบแล้ว");
    r = fixture_get(f, below("2570-30", "/sign"), as(f, "mp-chair"));
    must(&r, 200, "09.30 น. – 12.00 น.");
}

/* Before its day and after its signing: nobody is written down, and each is told which of the two it is. */
static void why_nothing_is_written_down_is_said(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const char people[] = "{\"version\": %lld, \"people\": [{\"name\": \"Somchai\"}]}";
    char body[300];
    struct reply r = fixture_post_as(f, PLACE, as(f, "mp-officer"), "number=33&held_on_d=23&held_on_m=11&held_on_y=2569");
    must_go(f, &r, PLACE "/2570-33?done=called");
    snprintf(body, sizeof body, people, (long long)VERSION(f, "2570-33"));
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-33/people", as(f, "mp-officer"), body);
    must(&r, 400, "ยังไม่ถึงวันประชุม");
    snprintf(body, sizeof body, people, (long long)VERSION(f, "2570-4"));
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-4/people", as(f, "mp-officer"), body);
    must(&r, 400, "ลงนามแล้ว แก้ไขหรือลงนามซ้ำไม่ได้");
}

/* One press ticks whoever has a name; it is looked over before it is saved. */
static void everyone_came_at_one_press(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[400];
    call(f, 31);
    snprintf(body, sizeof body, "version=%lld&rows=3&name_1=Somchai&voter_1=1&name_2=Somsri&step=all", (long long)VERSION(f, "2570-31"));
    struct reply r = fixture_post_as(f, below("2570-31", "/people"), as(f, "mp-officer"), body);
    must(&r, 200, "name=\"present_1\" value=\"1\" checked");
    must(&r, 200, "name=\"present_2\" value=\"1\" checked");
    assert_false(reply_has(&r, "name=\"present_3\" value=\"1\" checked"));
    assert_int_equal(number_of(f, "SELECT COUNT(*) FROM meeting_person WHERE meeting_id = ", "2570-31"), 0);
}

static void a_meeting_is_cancelled_for_a_reason(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    call(f, 32);
    struct reply r = fixture_get(f, below("2570-32", ""), as(f, "mp-officer"));
    must(&r, 200, PLACE "/2570-32/cancel");
    r = fixture_get(f, below("2570-32", "/cancel"), as(f, "mp-officer"));
    must(&r, 200, PLACE "/2570-32/edit"); /* where only its day moves */
    snprintf(body, sizeof body, "version=%lld&reason=", (long long)VERSION(f, "2570-32"));
    r = fixture_post_as(f, below("2570-32", "/cancel"), as(f, "mp-officer"), body);
    must(&r, 400, "id=\"reason-fault\"");
    snprintf(body, sizeof body, "version=%lld&reason=No+quorum", (long long)VERSION(f, "2570-32") + 1);
    assert_int_equal(fixture_post_as(f, below("2570-32", "/cancel"), as(f, "mp-officer"), body).status, 409);
    snprintf(body, sizeof body, "version=%lld&reason=No+quorum", (long long)VERSION(f, "2570-32"));
    r = fixture_post_as(f, below("2570-32", "/cancel"), as(f, "mp-officer"), body);
    must_go(f, &r, PLACE "/2570-32?done=cancelled");
    r = fixture_get(f, below("2570-32", ""), as(f, "mp-chair"));
    must(&r, 200, "No quorum");
    assert_false(reply_has(&r, PLACE "/2570-32/edit"));
    assert_int_equal(fixture_get(f, below("2570-32", "/people"), as(f, "mp-officer")).status, 303); /* nothing to write */
    r = fixture_get(f, "/api/v1/funds/" FUND "/meetings/2570-32", as(f, "mp-officer"));
    must(&r, 200, "\"state\":\"cancelled\",\"cancel_reason\":\"No quorum\"");
}

static void programs_keep_the_same_rules(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const char api[] = "/api/v1/funds/" FUND "/meetings";
    char body[80];
    struct reply r = fixture_post_as(f, api, as(f, "mp-officer"), "{\"held_on\": \"2026-11-20\", \"number\": 7}");
    must(&r, 201, "\"ref\":\"2570-7\"");
    r = fixture_post_as(f, api, as(f, "mp-officer"), "{\"held_on\": \"2026-11-20\", \"number\": 7}");
    must(&r, 400, "\"field\":\"number\"");
    assert_int_equal(fixture_post_as(f, api, as(f, "mp-chair"), "{\"held_on\": \"2026-11-20\"}").status, 403);
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/people", as(f, "mp-officer"), "{\"version\": 1, \"people\": [{\"title\": \"x\"}]}");
    must(&r, 400, "\"field\":\"people\"");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/people", as(f, "mp-officer"), "{\"version\": 1, \"people\": [{\"name\": \"Somchai\"}]}");
    must(&r, 200, "\"quorum\":{\"voters\":1,\"present\":1,\"needed\":1,\"is_met\":true}");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/people", as(f, "mp-officer"), "{\"version\": 1, \"people\": [{\"name\": \"Somchai\"}]}");
    must(&r, 409, "\"conflict\"");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/sign", as(f, "mp-chair"), "{\"mark\": \"other\"}");
    must(&r, 409, "\"conflict\"");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/sign", as(f, "mp-chair"), "{}");
    must(&r, 400, "\"field\":\"mark\""); /* who signs has read what is signed */
    snprintf(body, sizeof body, "{\"mark\": \"%.*s\"}", STR_FMT(mark_of(f, "2570-7")));
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/sign", as(f, "mp-chair"), body);
    must(&r, 200, "\"signed_how\":\"login\"");
    r = fixture_post_as(f, "/api/v1/funds/" FUND "/meetings/2570-7/sign", as(f, "mp-chair"), body);
    must(&r, 400, "\"field\":\"sign\"");
    r = fixture_get(f, "/api/v1/funds/" FUND "/meetings?cursor=2570-99", as(f, "mp-chair"));
    assert_int_equal(r.status, 400);
    r = fixture_get(f, api, as(f, "mp-chair"));
    must(&r, 200, "\"next\":null");
}

static const char *below_api(const char *tail)
{
    static char target[200];
    snprintf(target, sizeof target, "/api/v1/funds/" FUND "/meetings/2570-8%s", tail);
    return target;
}

/* The signed paper by JSON: the same rules as on the page, the day also as 2026-11-21. */
static void a_program_brings_the_signed_paper(void **state)
{
    (void)state;
    struct fixture *f = house();
    char body[300];
    call(f, 8);
    attend(f, "2570-8");
    struct reply r = fixture_post_as(f, below_api("/paper"), as(f, "mp-officer"), "{\"names\": \"Somchai\", \"signed_on\": \"2026-11-21\"}");
    must(&r, 400, "\"field\":\"scan\"");
    r = fixture_post_as(f, below_api("/paper"), as(f, "mp-officer"),
                        "--paper\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\nSomchai\r\n"
                        "--paper\r\nContent-Disposition: form-data; name=\"signed_on\"\r\n\r\n2026-11-30\r\n"
                        "--paper\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"s.pdf\"\r\n"
                        "Content-Type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj\n%%EOF\n\r\n--paper--\r\n");
    must(&r, 400, "\"fields\":["); /* signed on a day to come */
    r = fixture_post_as(f, below_api("/paper"), as(f, "mp-officer"), PAPER_BODY);
    must(&r, 201, "\"names\":\"Somchai, chair\"");
    must(&r, 201, "\"is_in_force\":false");
    assert_true(reply_has(&r, "\"state\":\"held\""));
    assert_int_equal(fixture_post_as(f, below_api("/paper"), as(f, "mp-other"), PAPER_BODY).status, 403);
    snprintf(body, sizeof body, "{\"sign\": %lld}", (long long)NEWEST_SIGN(f, "2570-8"));
    r = fixture_post_as(f, below_api("/seen"), as(f, "mp-secretary"), body);
    must(&r, 400, "\"field\":\"mark\"");
    snprintf(body, sizeof body, "{\"sign\": %lld, \"mark\": \"%.*s\"}", (long long)NEWEST_SIGN(f, "2570-8"), STR_FMT(mark_of(f, "2570-8")));
    r = fixture_post_as(f, below_api("/seen"), as(f, "mp-officer"), body);
    must(&r, 400, "\"field\":\"sign\""); /* who brought it does not see it */
    r = fixture_post_as(f, below_api("/seen"), as(f, "mp-secretary"), body);
    must(&r, 200, "\"signed_how\":\"paper\"");
    r = fixture_post_as(f, below_api("/paper"), as(f, "mp-officer"), PAPER_BODY);
    must(&r, 400, "\"field\":\"scan\""); /* it is signed */
}

static void papers_are_the_same_each_time(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const char *const tails[] = {"/invitation.pdf", "/sheet.pdf", "/minutes.pdf", "/letters.pdf"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        struct reply r = fixture_get(f, below("2570-4", tails[i]), as(f, "mp-chair"));
        assert_int_equal(r.status, 200);
        assert_true(str_starts(r.body, STR("%PDF")));
        static char first[200000];
        size_t n = r.body.n;
        assert_true(n < sizeof first);
        memcpy(first, r.body.p, n);
        r = fixture_get(f, below("2570-4", tails[i]), as(f, "mp-chair"));
        assert_true(r.body.n == n && memcmp(first, r.body.p, n) == 0);
        assert_int_equal(fixture_get(f, below("2570-4", tails[i]), as(f, "mp-other")).status, 403);
    }
}

static void pages_stay_in_their_budget(void **state)
{
    (void)state;
    struct fixture *f = house();
    static const struct {
        const char *tail;
        uint32_t statements;
    } pages[] = {{"", 10}, {"/people", 8}, {"/items?agenda=know", 5}, {"/sign", 11}, {"/edit", 5}, {"/minutes.pdf", 9}};
    int over = 0;
    assert_true(fixture_get(f, PLACE, as(f, "mp-officer")).cost.statements <= 5);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct reply r = fixture_get(f, below("2570-6", pages[i].tail), as(f, "mp-officer"));
        assert_int_equal(r.status, 200);
        print_message("%-24s %u statements\n", pages[i].tail, r.cost.statements);
        over += r.cost.statements > pages[i].statements;
    }
    assert_int_equal(over, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fund_without_meetings_is_told_how_to_begin),
        cmocka_unit_test(calling_asks_for_a_day_and_a_free_number),
        cmocka_unit_test(two_people_at_once_lose_nothing),
        cmocka_unit_test(the_chair_leaves_a_trail),
        cmocka_unit_test(the_list_of_people_grows_and_is_copied),
        cmocka_unit_test(the_chair_signs_what_was_looked_over),
        cmocka_unit_test(a_paper_is_seen_by_another),
        cmocka_unit_test(who_leaves_is_among_those_who_are_there),
        cmocka_unit_test(times_are_times_and_in_order),
        cmocka_unit_test(why_nothing_is_written_down_is_said),
        cmocka_unit_test(everyone_came_at_one_press),
        cmocka_unit_test(a_meeting_is_cancelled_for_a_reason),
        cmocka_unit_test(programs_keep_the_same_rules),
        cmocka_unit_test(a_program_brings_the_signed_paper),
        cmocka_unit_test(papers_are_the_same_each_time),
        cmocka_unit_test(pages_stay_in_their_budget),
    };
    return FIXTURE_RUN(tests);
}
