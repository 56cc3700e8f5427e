/* monitor_fixture.c — see monitor_fixture.h. */
#include "tests/rooms/monitor_fixture.h"

#include "app/file.h"
#include "image/image_internal.h"
#include "rooms/ledger/ledger.h"

static const struct actor by = {.code = {"system:test", 11}};

static struct date day(const char *iso)
{
    struct date d = {0};
    assert_ok(date_parse_iso(str_of(iso), &d));
    return d;
}

static struct ledger_commitment_id promise(struct fixture *f, const struct mf_wish *w)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_commitment_id id = {0};
    struct ledger_commit c = {.fund_code = str_of(w->fund),
                              .project_code = str_of(w->code),
                              .title = str_of(w->title),
                              .support_type = STR("2"),
                              .owner_type = STR("5"),
                              .issue_code = STR("older_people"),
                              .approved_on = day("2026-10-05"),
                              .approved_in = STR("1/2570"),
                              .amount = satang(w->baht * 100),
                              .agreement_no = STR("A-1"),
                              .agreement_on = {true, day("2026-10-06")},
                              .is_entered_later = true};
    assert_ok(ledger_commit(f->db, f->arena, &by, &c, &fault, &id));
    return id;
}

static void fill(struct fixture *f, struct project_id id, int64_t baht)
{
    struct project p;
    struct project_whole w;
    int64_t version = 0;
    struct project_objective objectives[2] = {
        {.words = STR("ผู้สูงอายุทรงตัวดีขึ้น"), .indicator_words = STR("ร้อยละที่ยืนขาเดียวได้ 10 วินาที"), .unit = STR("percent"),
         .direction = STR("up"), .from_x100 = {true, 3000}, .to_x100 = {true, 6000}},
        {.words = STR("มีแกนนำในหมู่บ้าน"), .indicator_words = STR("จำนวนแกนนำ"), .unit = STR("count"), .direction = STR("up"),
         .to_x100 = {true, 1000}}};
    struct project_target targets[2] = {{.group = STR("1004"), .planned = {true, 40}}, {.group = STR("2002"), .planned = {true, 10}}};
    struct project_activity activities[2] = {{.title = STR("อบรมแกนนำ"), .method = STR("บรรยายและฝึก 1 วัน"), .starts_on = {true, day("2026-11-05")}},
                                             {.title = STR("เยี่ยมบ้าน"), .starts_on = {true, day("2026-11-15")}}};
    struct project_budget lines[2] = {
        {.words = STR("อาหารว่าง"), .expense = STR("302"), .quantity = 40, .price = satang(3500), .times = 1, .activity = 1},
        {.words = STR("วิทยากร"), .expense = STR("101"), .quantity = 1, .price = satang(baht * 100 - 140000), .times = 1, .activity = 1}};
    assert_ok(project_get(f->db, f->arena, id, &p));
    assert_ok(project_read(f->db, f->arena, &p, &w));
    w.objectives = objectives, w.nobjectives = 2;
    w.targets = targets, w.ntargets = 2;
    w.activities = activities, w.nactivities = 2;
    w.budget = lines, w.nbudget = 2;
    assert_ok(project_save(f->db, f->arena, &by, &w,
                           PROJECT_OBJECTIVES | PROJECT_TARGETS | PROJECT_ACTIVITIES | PROJECT_BUDGETS, &version));
}

struct project mf_running(struct fixture *f, const struct mf_wish *w)
{
    struct project_id id = {0};
    struct project p;
    struct actor writer = {.code = STR("account:1"), .account = w->account};
    struct project_new n = {.fund_code = str_of(w->fund),
                            .fy = fiscal_year(2570),
                            .title = str_of(w->title),
                            .owner_name = STR("ชมรมผู้สูงอายุบ้านทดสอบ"),
                            .owner_type = STR("5"),
                            .issue_code = STR("older_people"),
                            .asked_about = satang(w->baht * 100)};
    assert_ok(project_add(f->db, f->arena, &writer, &n, &id));
    fill(f, id, w->baht);
    char sql[400];
    /* The promise finds its project by the code, and makes none of its own. */
    (void)snprintf(sql, sizeof sql, "UPDATE project SET state = 'approved', code = '%s' WHERE id = %lld", w->code, (long long)id.v);
    assert_ok(db_script(f->db, sql));
    struct ledger_commitment_id c = promise(f, w);
    (void)snprintf(sql, sizeof sql,
                   "UPDATE project SET state = 'running', commitment_id = %lld, approved_satang = %lld, "
                   "approved_on = '2026-10-05', report_due = '2027-01-31' WHERE id = %lld",
                   (long long)c.v, (long long)w->baht * 100, (long long)id.v);
    assert_ok(db_script(f->db, sql));
    assert_ok(project_get(f->db, f->arena, id, &p));
    return p;
}

/* A little TIFF: taken 21 Nov 2026 09:30:00 at 7°0'30" N 100°28'12" E, big-endian. */
static const unsigned char exif_bytes[] =
    "MM\0\x2a\0\0\0\x08"
    "\0\x02" "\x87\x69\0\x04\0\0\0\x01\0\0\0\x26" "\x88\x25\0\x04\0\0\0\x01\0\0\0\x4c" "\0\0\0\0"
    "\0\x01" "\x90\x03\0\x02\0\0\0\x14\0\0\0\x38" "\0\0\0\0"
    "2026:11:21 09:30:00\0"
    "\0\x04" "\0\x01\0\x02\0\0\0\x02N\0\0\0" "\0\x02\0\x05\0\0\0\x03\0\0\0\x82" "\0\x03\0\x02\0\0\0\x02""E\0\0\0"
    "\0\x04\0\x05\0\0\0\x03\0\0\0\x9a" "\0\0\0\0"
    "\0\0\0\x07\0\0\0\x01\0\0\0\0\0\0\0\x01\0\0\0\x1e\0\0\0\x01"
    "\0\0\0\x64\0\0\0\x01\0\0\0\x1c\0\0\0\x01\0\0\0\x0c\0\0\0\x01";

struct str mf_jpeg(struct arena *a, int32_t width, int32_t height, uint8_t shade, bool exif)
{
    size_t n = (size_t)width * (size_t)height * 3, block = sizeof exif_bytes - 1 + 6;
    struct pixels p = {width, height, calloc(n, 1)};
    memset(p.rgb, shade, n);
    struct str made = image_encode(&p, 80);
    char *out = arena_alloc(a, made.n + block + 4);
    size_t at = 2;
    memcpy(out, made.p, 2);
    if (exif) {
        const unsigned char head[4] = {0xFF, 0xE1, (unsigned char)((block + 2) >> 8), (unsigned char)(block + 2)};
        memcpy(out + at, head, 4);
        memcpy(out + at + 4, "Exif\0\0", 6);
        memcpy(out + at + 10, exif_bytes, sizeof exif_bytes - 1);
        at += 4 + block;
    }
    memcpy(out + at, made.p + 2, made.n - 2);
    struct str ret = {out, at + made.n - 2};
    free((void *)(uintptr_t)made.p);
    free(p.rgb);
    return ret;
}

/* ---- what everybody may see ---- */

static void photo(struct fixture *f, struct monitor_report_id id)
{
    struct file_store store;
    struct file_object_id file;
    int64_t position = 0;
    struct str jpeg = mf_jpeg(f->arena, 64, 48, 90, false);
    struct upload u = {.kind = FILE_IMAGE, .name = STR("a.jpg"), .content_type = STR("image/jpeg"), .bytes = jpeg,
                       .small = mf_jpeg(f->arena, 32, 24, 90, false), .size = {64, 48}, .small_size = {32, 24}};
    assert_ok(file_store_open(f->db, f->arena, str_z(f->arena, f->url), NULL, &store));
    assert_ok(file_put(&store, f->db, f->arena, &u, &file));
    struct monitor_photo p = {.file = file.v, .caption = STR("ฝึกทรงตัว"), .is_public = true};
    assert_ok(monitor_photo_add(f->db, f->arena, &by, id, &p, u.name, &position));
}

static struct monitor_report sent(struct fixture *f, struct monitor_report r)
{
    struct monitor_report_id id;
    assert_ok(monitor_save(f->db, f->arena, &by, &r, &id));
    photo(f, id);
    assert_ok(monitor_send(f->db, f->arena, &by, id, 1));
    assert_ok(monitor_get(f->db, f->arena, id, &r));
    return r;
}

void mf_public(struct fixture *f)
{
    struct monitor_programme g = {.code = STR("MF-1"), .title = STR("บูรณาการงานสร้างเสริมสุขภาวะ"), .owner_name = STR("สถาบัน")};
    struct project_group_count people = {STR("1004"), 38};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    struct project p = mf_running(f, &(struct mf_wish){"D0001", "70-D0001-2-96", "ก้าวอย่างมั่นใจ", 0, 30000});
    assert_ok(db_script(f->db, "UPDATE project SET slug = 'mfpublic' WHERE code = '70-D0001-2-96'"));
    struct monitor_report r = {.project = p.id, .title = STR("อบรมแกนนำ"), .done = STR("อบรม 38 คน\n- ฝึกทรงตัว"),
                               .output = STR("โทร 081-234-5678 ถึงครู"), .on = {true, day("2026-11-05")}, .people = &people, .npeople = 1};
    r = sent(f, r);
    assert_ok(monitor_accept(f->db, f->arena, &by, r.id, r.version));
    assert_ok(monitor_programme_save(f->db, f->arena, &by, &g, &g.id));
    r = (struct monitor_report){.programme = g.id, .title = STR("ประชุม"), .done = STR("ทบทวน"), .on = {true, day("2020-07-20")}};
    (void)sent(f, r);
    assert_ok(db_commit(f->db));
}
