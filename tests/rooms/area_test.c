/* area_test.c — the tree of areas: dated codes, names and parents, and finding. */
#include "tests/rooms/fixture.h"

#include "rooms/area/area.h"
#include "rooms/org/org.h"

static struct fixture *house(void)
{
    struct fixture *f = fixture_house();
    arena_reset(f->arena);
    return f;
}

static struct area area_at(struct fixture *f, const char *code)
{
    struct area area = {0};
    assert_ok(area_find_code(f->db, f->arena, str_of(code), &area));
    return area;
}

static int64_t number(struct fixture *f, const char *sql)
{
    int64_t n = 0;
    assert_ok(db_scalar(f->db, sql, &n));
    return n;
}

static void thailand_is_whole(void **state)
{
    (void)state;
    struct fixture *f = house();
    assert_int_equal(number(f, "SELECT COUNT(*) FROM area WHERE kind = 'nation'"), 1);
    assert_int_equal(number(f, "SELECT COUNT(*) FROM area WHERE kind = 'region'"), 13);
    assert_int_equal(number(f, "SELECT COUNT(*) FROM area WHERE kind = 'province'"), 77);
    assert_int_equal(number(f, "SELECT COUNT(*) FROM area WHERE kind = 'district'"), 928);
    assert_int_equal(number(f, "SELECT COUNT(*) FROM area WHERE kind = 'tambon'"), 7436);
    /* All but the nation have exactly one parent now. */
    assert_int_equal(number(f, "SELECT COUNT(*) FROM area_parent WHERE valid_to IS NULL"), 13 + 77 + 928 + 7436);
}

static void every_province_has_its_own_outline(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area_shape *shapes = NULL;
    size_t n = 0;
    assert_ok(area_shapes(f->db, f->arena, &shapes, &n));
    assert_int_equal(n, 77);
    for (size_t i = 0; i < n; i++) {
        const struct area_shape *s = &shapes[i];
        assert_true(str_starts(s->path, STR("M")) && s->path.p[s->path.n - 1] == 'z');
        assert_true(i == 0 || !str_eq(s->path, shapes[i - 1].path));
        if (str_eq(s->area.code, STR("90"))) assert_true(str_eq(s->area.name_th, STR("สงขลา")));
        if (str_eq(s->area.code, STR("12"))) assert_true(str_starts(s->path, STR("M181 398l1-1 2 0")));
    }
    assert_true(str_eq(shapes[0].area.name_th, STR("กระบี่"))); /* in Thai order */
}

static void a_trail_leads_from_the_nation_to_the_tambon(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area_trail t;
    assert_ok(area_trail(f->db, f->arena, area_at(f, "900101").id, &t));
    assert_int_equal(t.n, 5);
    assert_true(str_eq(t.at[0].code, STR("TH")));
    assert_true(str_eq(t.at[1].code, STR("R12")));
    assert_true(str_eq(t.at[2].name_th, STR("สงขลา")));
    assert_true(str_eq(t.at[4].code, STR("900101")));
    assert_null(area_trail_get(&(struct area_trail){.n = 0}, AREA_REGION));
}

static void a_retired_code_still_finds_its_area(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area old = area_at(f, "4303"), now = area_at(f, "3801"); /* Bueng Kan was Nong Khai's */
    assert_int_equal(old.id.v, now.id.v);
    assert_true(str_eq(old.code, STR("3801")));
}

static void a_district_is_found_as_files_write_it(void **state)
{
    (void)state;
    static const struct {
        const char *district, *province, *code;
    } written[] = {
        {"เมืองปัตตานี", "ปัตตานี", "9401"}, {"เมือง", "ปัตตานี", "9401"},
        {"อ.เทพา", "จ.สงขลา", "9005"},        {"อำเภอเทพา", "จังหวัดสงขลา", "9005"},
        {"เขตพระนคร", "กทม.", "1001"},
    };
    struct fixture *f = house();
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        struct area_id district, province;
        bool has_province = false;
        assert_ok(area_find_district(f->db, f->arena, str_of(written[i].district),
                                     str_of(written[i].province), &district, &province, &has_province));
        assert_int_equal(district.v, area_at(f, written[i].code).id.v);
    }
    struct area_id d, p;
    bool has_province = false;
    assert_err(area_find_district(f->db, f->arena, STR("ระโนด"), STR("ยะลา"), &d, &p, &has_province), ERR_NOT_FOUND);
    assert_true(has_province);
    assert_err(area_find_district(f->db, f->arena, STR("ระโนด"), STR("แอตแลนติส"), &d, &p, &has_province), ERR_NOT_FOUND);
    assert_false(has_province);
}

static bool finds(struct fixture *f, const char *words, const char *code)
{
    struct area_hit *areas = NULL;
    size_t n = 0;
    assert_ok(area_search(f->db, f->arena, str_of(words), 100, &areas, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(areas[i].area.code, str_of(code))) return true;
    return false;
}

static void a_place_is_found_by_any_part_of_its_name(void **state)
{
    (void)state;
    struct fixture *f = house();
    assert_true(finds(f, "สงขลา", "90"));
    assert_true(finds(f, "ขลา", "90"));
    assert_true(finds(f, "ปัตตานี", "9401")); /* within เมืองปัตตานี */
    assert_true(finds(f, "songkhla", "90"));
    assert_true(finds(f, "Songkhla", "90"));
    assert_false(finds(f, "zzz", "90"));
    assert_false(finds(f, "  ", "90"));
    assert_true(finds(f, "ตำบลบางม่วง", "120301"));
    assert_true(finds(f, "ต. บางม่วง", "120301"));
    assert_true(finds(f, "บางม่วง บางใหญ่", "120301"));
    assert_true(finds(f, "เทศบาลตำบลบางม่วง อ.บางใหญ่ จ.นนทบุรี", "120301"));
    assert_false(finds(f, "ตำบล", "120301"));
    assert_false(finds(f, "zzz บางม่วง", "120301")); /* the first name counts */
}

/* The same for funds, on the page that finds and on the one where a newcomer looks for hers. */
static void a_fund_is_found_with_its_kind_before_it(void **state)
{
    (void)state;
    static const char *const words[] = {"ตำบลบางม่วง", "ทต. บางม่วง", "เทศบาลตำบลบางม่วง", "กองทุนตำบลบางม่วง อำเภอบางใหญ่"};
    struct fixture *f = house();
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char target[600];
        snprintf(target, sizeof target, "%.*s", STR_FMT(HREF(f->arena, "/find?q={}", str_of(words[i])).path));
        struct reply found = fixture_get(f, target, "");
        assert_true(reply_has(&found, "/funds/D0001"));
        snprintf(target, sizeof target, "%.*s", STR_FMT(HREF(f->arena, "/register?q={}", str_of(words[i])).path));
        struct reply asked = fixture_get(f, target, "");
        assert_true(reply_has(&asked, "D0001"));
    }
}

static void bangkok_has_khet_and_khwaeng(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct area a = area_at(f, "10"), d = area_at(f, "1001"), t = area_at(f, "100101"), p = area_at(f, "90");
    assert_true(str_starts(area_title(f->arena, LANG_TH, &a), STR("กรุงเทพ")));
    assert_true(str_starts(area_title(f->arena, LANG_TH, &d), STR("เขต")));
    assert_true(str_starts(area_title(f->arena, LANG_TH, &t), STR("แขวง")));
    assert_true(str_eq(area_title(f->arena, LANG_TH, &p), STR("จังหวัดสงขลา")));
}

/* ---- dated names and parents of organisations ---- */

static void an_organisation_keeps_its_earlier_names(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct org_id org;
    struct str *names = NULL;
    size_t n = 0;
    struct date day;
    struct org_naming first = {.kind = STR("sao"), .name_th = STR("อบต.ทดสอบ"), .certainty = STR("S"), .source = STR("test")};
    struct org_naming then = {.kind = STR("subdistrict_municipality"), .name_th = STR("ทต.ทดสอบ"), .certainty = STR("S"), .source = STR("test")};
    assert_ok(date_parse_iso(STR("2020-10-01"), &day));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(org_create(f->db, f->arena, &first, &org));
    assert_ok(org_rename(f->db, f->arena, org, day, &then));
    assert_ok(org_spell(f->db, org, STR("เทศบาลทดสอบ"), STR("a file")));
    assert_ok(org_other_names(f->db, f->arena, org, &names, &n));
    assert_int_equal(n, 2);
    assert_true(str_eq(names[1], STR("อบต.ทดสอบ")));
    assert_err(org_rename(f->db, f->arena, (struct org_id){999999}, day, &then), ERR_NOT_FOUND);
    db_rollback(f->db);
}

static void an_organisation_has_one_parent_at_a_time(void **state)
{
    (void)state;
    struct fixture *f = house();
    struct org_id child, one, two;
    struct date day;
    int64_t now = 0, ever = 0;
    struct org_naming naming = {.name_th = STR("รพ.สต.ทดสอบ"), .certainty = STR("S"), .source = STR("test")};
    assert_ok(date_parse_iso(STR("2022-10-01"), &day));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(org_create(f->db, f->arena, &naming, &child));
    assert_ok(org_create(f->db, f->arena, &naming, &one));
    assert_ok(org_create(f->db, f->arena, &naming, &two));
    assert_ok(org_move(f->db, child, one, date_add_days(day, -900), STR("S"), STR("test")));
    assert_ok(org_move(f->db, child, two, day, STR("S"), STR("transferred mission")));
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM org_parent WHERE valid_to IS NULL", &now));
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM org_parent", &ever));
    assert_int_equal(now, 1);
    assert_int_equal(ever, 2);
    assert_err(org_move(f->db, child, child, day, STR("S"), STR("test")), ERR_REFUSED);
    db_rollback(f->db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thailand_is_whole),
        cmocka_unit_test(every_province_has_its_own_outline),
        cmocka_unit_test(a_trail_leads_from_the_nation_to_the_tambon),
        cmocka_unit_test(a_retired_code_still_finds_its_area),
        cmocka_unit_test(a_district_is_found_as_files_write_it),
        cmocka_unit_test(a_place_is_found_by_any_part_of_its_name),
        cmocka_unit_test(a_fund_is_found_with_its_kind_before_it),
        cmocka_unit_test(bangkok_has_khet_and_khwaeng),
        cmocka_unit_test(an_organisation_keeps_its_earlier_names),
        cmocka_unit_test(an_organisation_has_one_parent_at_a_time),
    };
    return FIXTURE_RUN(tests);
}
