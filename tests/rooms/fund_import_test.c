/* fund_import_test.c — real files, and every fault of them that a person can make. */
#include "tests/rooms/fixture.h"

#include "app/reference.h"
#include "rooms/fund/fund_import.h"
#include "rooms/report/report.h"

#define HEAD "fund_code\tfund_name\tlao_type\tdistrict\tprovince\tpopulation\tnhso_alloc_estimate\t" \
             "local_match_computed\tlocal_match_computed_pct\tlocal_match_actual_est\n"

static char said[65536];

static void keep(void *ctx, struct str line)
{
    (void)ctx;
    size_t n = strlen(said);
    snprintf(said + n, sizeof said - n, "%.*s\n", STR_FMT(line));
}

/* Imports into a transaction of the house; the caller rolls back. */
static enum err import(struct fixture *f, struct str bytes, int fy, bool is_partial,
                       struct fund_import_report *ret)
{
    struct fund_import_options options = {.fy = fiscal_year(fy),
                                          .is_partial = is_partial,
                                          .certainty = STR("S"),
                                          .file_name = STR("test.tsv")};
    said[0] = '\0';
    *ret = (struct fund_import_report){0};
    return fund_import(f->db, f->arena, bytes, &options, keep, NULL, ret);
}

static struct fund_import_report import_text(const char *text, enum err want)
{
    struct fixture *f = fixture_house();
    struct fund_import_report r;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    enum err e = import(f, str_of(text), 2569, false, &r);
    db_rollback(f->db);
    if (e != want) fail_msg("gave %s, said: %s", err_name(e), said);
    return r;
}

/* One bad row: refused, and the message names the column and says what would be right. */
static void assert_refused(const char *row, const char *column, const char *right)
{
    char text[65536];
    snprintf(text, sizeof text, HEAD "%s\n", row);
    struct fund_import_report r = import_text(text, ERR_INPUT);
    assert_int_equal(r.refused, 1);
    assert_int_equal(r.taken, 0);
    if (strstr(said, "แถว 2") == NULL || strstr(said, column) == NULL || strstr(said, right) == NULL)
        fail_msg("wanted row 2, %s and “%s” in: %s", column, right, said);
}

static void the_real_file_is_taken_but_for_the_rows_without_code_or_place(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct fund_import_report r;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    /* The house holds it already, as 2562: the same file again changes nothing. */
    struct fund_import_options options = {.fy = fiscal_year(2562), .is_partial = true,
                                          .certainty = STR("U"), .file_name = STR("funds_real.tsv")};
    said[0] = '\0';
    assert_ok(fund_import(f->db, f->arena, reference_bytes("funds_real.tsv"), &options, keep, NULL, &r));
    assert_int_equal(r.taken, 0);
    assert_int_equal(r.unchanged, 61);
    assert_int_equal(r.refused, 2);
    assert_non_null(strstr(said, "แถว 47 คอลัมน์ district"));
    assert_non_null(strstr(said, "แถว 64 คอลัมน์ fund_code"));
    /* Another year of the same funds: the 18 rows with figures are new, the others only places. */
    assert_ok(import(f, reference_bytes("funds_real.tsv"), 2563, true, &r));
    assert_int_equal(r.taken, 18);
    assert_int_equal(r.unchanged, 43);
    db_rollback(f->db);
}

static void a_blank_percent_beside_a_computed_zero_is_unknown(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct reply r = fixture_get(f, "/api/v1/funds/L3353/years/2562", "");
    assert_int_equal(r.status, 200);
    assert_true(reply_has(&r, "\"match_percent\":null"));
    assert_true(reply_has(&r, "\"match_computed_satang\":null"));
    assert_true(reply_has(&r, "\"match_entered_satang\":18544500"));
    assert_true(reply_has(&r, "\"match_state\":\"unknown\""));
}

static void faulty_rows_are_refused_with_what_would_be_right(void **state)
{
    (void)state;
    assert_refused("\tอบต.ก\tอบต.\tเทพา\tสงขลา\t1\t\t\t\t", "fund_code", "ต้องมีรหัสกองทุน");
    assert_refused("L1\t\tอบต.\tเทพา\tสงขลา\t1\t\t\t\t", "fund_name", "ต้องมีชื่อกองทุน");
    assert_refused("L1\tอบต.ก\tอบต.\t\tสงขลา\t1\t\t\t\t", "district", "ต้องมีอำเภอ");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tยะลา\t1\t\t\t\t", "district", "ไม่พบอำเภอ");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tแอตแลนติส\t1\t\t\t\t", "province", "ไม่พบจังหวัด");
    assert_refused("L1\tอบต.ก\tสหกรณ์\tระโนด\tสงขลา\t1\t\t\t\t", "lao_type", "ไม่รู้จักประเภท");
    assert_refused("L1\tทต.ก\tอบต.\tระโนด\tสงขลา\t1\t\t\t\t", "lao_type", "คำนำหน้า");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t-5\t\t\t\t", "population", "ไม่ติดลบ");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t1.5\t\t\t\t", "population", "เต็มจำนวน");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t1\t1,2,3\t\t\t", "nhso_alloc_estimate", "จำนวนเงินบาท");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t1\t99999999999999999999\t\t\t", "nhso_alloc_estimate", "มากเกินไป");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t1\t100\t\tสี่สิบ\t", "local_match_computed_pct", "ต้องเป็นร้อยละ");
    assert_refused("L1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t1\t100000\t50000\t40\t", "local_match_computed", "40,000.00");
    assert_refused("L3009\tอบต.คนละชื่อ\tอบต.\tเมืองปัตตานี\tปัตตานี\t1\t\t\t\t", "fund_name", "เป็นของ อบต.กะมิยอ");
}

static void one_code_on_two_rows_is_refused_and_says_where_the_first_is(void **state)
{
    (void)state;
    struct fund_import_report r = import_text(
        HEAD "Z1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t10\t\t\t\t\nZ1\tอบต.ก\tอบต.\tระโนด\tสงขลา\t11\t\t\t\t\n", ERR_INPUT);
    assert_int_equal(r.refused, 1);
    assert_int_equal(r.taken, 1);
    assert_non_null(strstr(said, "แถว 3"));
    assert_non_null(strstr(said, "แถว 2 แล้ว"));
}

static void files_that_are_no_table_are_refused_kindly(void **state)
{
    (void)state;
    import_text("", ERR_INPUT);
    assert_non_null(strstr(said, "ไฟล์ว่าง"));
    import_text("a\tb\n1\t2\n", ERR_INPUT);
    assert_non_null(strstr(said, "fund_code: ไม่มีคอลัมน์นี้"));
    import_text("fund_code,fund_name\n\xA1\xCD\xA7\xB7\xD8\xB9,x\n", ERR_INPUT); /* TIS-620 */
    assert_non_null(strstr(said, "UTF-8"));
    import_text("fund_code,\"fund_name\nx,y\n", ERR_INPUT);
    assert_non_null(strstr(said, "คำพูด"));
}

static void a_field_of_ten_megabytes_is_refused(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct fund_import_report r;
    size_t n = (size_t)10 << 20;
    char *text = malloc(n + 200);
    assert_non_null(text);
    size_t head = strlen(HEAD "Z9\t");
    memcpy(text, HEAD "Z9\t", head);
    memset(text + head, 'x', n);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_int_equal(import(f, (struct str){text, head + n}, 2569, true, &r), ERR_INPUT);
    db_rollback(f->db);
    assert_non_null(strstr(said, "ใหญ่เกิน"));
    free(text);
}

static void formulas_in_a_csv_are_text_and_change_nothing(void **state)
{
    (void)state;
    import_text("fund_code,fund_name,lao_type,district,province,population\n"
                "\"=HYPERLINK(\"\"x\"\")\",อบต.ก,อบต.,ระโนด,สงขลา,=1+1\n", ERR_INPUT);
    assert_non_null(strstr(said, "population"));
}

static void thai_digits_and_spreadsheet_forms_are_numbers(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct fund_import_report r;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(import(f, STR(HEAD "Z7\tอบต.ทดสอบ\tอบต.\tระโนด\tสงขลา\t๔,๙๔๓\t214,704.00\t\t๔๐\t88974\n"), 2569, false, &r));
    assert_int_equal(r.taken, 1);
    int64_t heads = 0, money = 0;
    assert_ok(db_scalar(f->db, "SELECT population_local FROM fund_year y JOIN fund f ON f.id = y.fund_id WHERE f.code = 'Z7'", &heads));
    assert_ok(db_scalar(f->db, "SELECT nhso_amount_satang FROM fund_year y JOIN fund f ON f.id = y.fund_id WHERE f.code = 'Z7'", &money));
    assert_int_equal(heads, 4943);
    assert_int_equal(money, 21470400);
    db_rollback(f->db);
}

/* ---- what an import leaves behind ---- */

static void ignore(void *ctx, struct str line)
{
    (void)ctx;
    snprintf(said, sizeof said, "%.*s", STR_FMT(line));
}

static void assert_figures_hold(struct fixture *f)
{
    int64_t bad = 0;
    said[0] = '\0';
    assert_ok(report_verify(f->db, f->arena, ignore, NULL, &bad));
    if (bad != 0) fail_msg("%lld differences, such as: %s", (long long)bad, said);
}

static void a_changed_row_moves_the_sums_and_is_audited_field_by_field(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct fund_import_report r;
    int64_t before = 0, after = 0, fields = 0;
    const char *sum = "SELECT total FROM figure_area_year y JOIN area_code c ON c.area_id = y.area_id "
                      "WHERE c.code = '94' AND y.fy = 2562 AND y.measure = 'population_local'";
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_scalar(f->db, sum, &before));
    assert_ok(import(f, STR(HEAD "L3009\tอบต.กะมิยอ\tอบต.\tเมืองปัตตานี\tปัตตานี\t5000\t214704\t\t40\t88974\n"), 2562, false, &r));
    assert_int_equal(r.taken, 1);
    assert_ok(db_scalar(f->db, sum, &after));
    assert_int_equal(after - before, 5000 - 4943);
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM audit_field g JOIN audit a ON a.id = g.audit_id "
                               "WHERE a.action = 'change' AND a.thing = 'fund_year' AND g.field = 'population_local' "
                               "AND g.before = '4943' AND g.after = '5000'", &fields));
    assert_int_equal(fields, 1);
    assert_figures_hold(f);
    db_rollback(f->db);
}

static void a_year_moved_to_another_district_leaves_nothing_behind(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct fund_import_report r;
    int64_t left = -1;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(import(f, STR(HEAD "L3009\tอบต.กะมิยอ\tอบต.\tระโนด\tสงขลา\t4943\t214704\t\t40\t88974\n"), 2562, false, &r));
    assert_int_equal(r.taken, 1);
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM figure_fund_year s JOIN fund f ON f.id = s.fund_id "
                               "JOIN area_code c ON c.area_id = s.district_id WHERE f.code = 'L3009' AND s.fy = 2562 "
                               "AND c.code <> '9007'", &left));
    assert_int_equal(left, 0);
    assert_figures_hold(f);
    db_rollback(f->db);
}

/* Every statement of an import fails once: each time the database is as it was before. */
static void an_import_that_fails_at_any_step_leaves_nothing(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct str bytes = STR(HEAD "Z1\tอบต.หนึ่ง\tอบต.\tระโนด\tสงขลา\t10\t1000\t\t40\t400\n"
                                "L3009\tอบต.กะมิยอ\tอบต.\tเมืองปัตตานี\tปัตตานี\t1\t214704\t\t40\t88974\n");
    int64_t facts = 0, now = 0;
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM figure_fact", &facts));
    uint32_t step = 1;
    for (;; step++) {
        struct fund_import_report r;
        db_fail_at(f->db, step);
        enum err e = db_begin(f->db, DB_TXN_WRITE);
        if (e == ERR_OK) e = import(f, bytes, 2562, false, &r);
        db_fail_at(f->db, 0);
        if (e == ERR_OK) break;
        assert_int_equal(e, ERR_UNAVAILABLE);
        if (db_in_txn(f->db)) db_rollback(f->db);
        assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM figure_fact", &now));
        assert_int_equal(now, facts);
    }
    db_rollback(f->db);
    print_message("an import of two rows has %u steps\n", step - 1);
    assert_true(step > 30);
}

/* Any one fact is a year of its own; the place alone is none. */
static void one_fact_alone_is_a_year(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const facts[] = {"population", "population_nhso", "nhso_alloc_estimate", "local_match_computed_pct", "local_match_actual_est",
                                        "received_nhso", "received_local", "own_income", "num_projects", "note"};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        struct fund_import_report r;
        int64_t years = -1;
        bool is_fact = i + 1 < sizeof facts / sizeof facts[0];
        assert_ok(db_begin(f->db, DB_TXN_WRITE));
        arena_reset(f->arena);
        struct str file = str_printf(f->arena, "fund_code\tfund_name\tlao_type\tdistrict\tprovince\t%s\nZ5\tอบต.ห้า\tอบต.\tระโนด\tสงขลา\t40\n", facts[i]);
        enum err e = import(f, file, 2569, false, &r);
        if (e != ERR_OK || r.taken != 1) fail_msg("%s: %s", facts[i], said);
        assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM fund_year y JOIN fund f ON f.id = y.fund_id WHERE f.code = 'Z5'", &years));
        if (years != is_fact) fail_msg("%s: %d years", facts[i], (int)years);
        db_rollback(f->db);
    }
}

/* What was expected to the satang is neither more nor less than expected. */
static void the_amount_that_was_expected_is_no_difference(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const struct {
        const char *amount, *said;
    } cases[] = {{"45000.00", NULL}, {"45000.01", "มากกว่าที่คาด 0.01 บาท"}, {"44999.99", "น้อยกว่าที่คาด 0.01 บาท"}};
    for (size_t i = 0; i < 3; i++) {
        struct fund_import_report r;
        assert_ok(db_begin(f->db, DB_TXN_WRITE));
        struct str file = str_printf(f->arena, HEAD "Z6\tอบต.หก\tอบต.\tระโนด\tสงขลา\t1000\t%s\t\t\t\n", cases[i].amount);
        assert_ok(import(f, file, 2562, false, &r));
        assert_ok(db_commit(f->db));
        struct reply page = fixture_get(f, "/funds/Z6/years/2562", "");
        assert_int_equal(page.status, 200);
        assert_true(reply_has(&page, "45,000.00")); /* 45 baht a head */
        assert_int_equal(reply_has(&page, "กว่าที่คาด"), cases[i].said != NULL);
        if (cases[i].said) assert_true(reply_has(&page, cases[i].said));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_real_file_is_taken_but_for_the_rows_without_code_or_place),
        cmocka_unit_test(a_blank_percent_beside_a_computed_zero_is_unknown),
        cmocka_unit_test(faulty_rows_are_refused_with_what_would_be_right),
        cmocka_unit_test(one_code_on_two_rows_is_refused_and_says_where_the_first_is),
        cmocka_unit_test(files_that_are_no_table_are_refused_kindly),
        cmocka_unit_test(a_field_of_ten_megabytes_is_refused),
        cmocka_unit_test(formulas_in_a_csv_are_text_and_change_nothing),
        cmocka_unit_test(thai_digits_and_spreadsheet_forms_are_numbers),
        cmocka_unit_test(a_changed_row_moves_the_sums_and_is_audited_field_by_field),
        cmocka_unit_test(a_year_moved_to_another_district_leaves_nothing_behind),
        cmocka_unit_test(an_import_that_fails_at_any_step_leaves_nothing),
        cmocka_unit_test(one_fact_alone_is_a_year),
        cmocka_unit_test(the_amount_that_was_expected_is_no_difference),
    };
    return FIXTURE_RUN(tests);
}
