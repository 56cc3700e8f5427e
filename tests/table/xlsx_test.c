/* xlsx_test.c — spreadsheets: made by hand, so that each oddity stands in the test that is about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/rand.h"
#include "table/table.h"
#include "table/xlsx_internal.h"
#include "xlsx_make.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(TABLE_ARENA_MAX * 2);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_str(struct str got, const char *want)
{
    if (!str_eq(got, str_of(want))) fail_msg("got \"%.*s\", want \"%s\"", STR_FMT(got), want);
}

static struct table *opened(struct str bytes)
{
    struct table *t = NULL;
    struct table_fault f = {0};
    enum err e = table_open(arena, bytes, &t, &f);
    if (e != ERR_OK) fail_msg("%s: %.*s", err_name(e), STR_FMT(f.detail));
    assert_int_equal(table_format(t), TABLE_XLSX);
    return t;
}

static void next(struct table *t)
{
    struct table_fault f = {0};
    enum err e = table_next(t, &f);
    if (e != ERR_OK) fail_msg("%s: %.*s", err_name(e), STR_FMT(f.detail));
}

static void at_end(struct table *t)
{
    struct table_fault f;
    assert_int_equal(table_next(t, &f), ERR_NOT_FOUND);
}

static struct table_fault refused(struct str bytes, enum err want, enum table_fault_kind kind)
{
    struct table *t;
    struct table_fault f = {0};
    assert_int_equal(table_open(arena, bytes, &t, &f), want);
    if (f.kind != kind) fail_msg("kind %d: %.*s", (int)f.kind, STR_FMT(f.detail));
    assert_true(f.detail.n > 0);
    return f;
}

static struct table_fault row_fault(struct table *t, enum err want, enum table_fault_kind kind,
                                    int64_t line, int64_t col)
{
    struct table_fault f = {0};
    assert_int_equal(table_next(t, &f), want);
    if (f.kind != kind) fail_msg("kind %d: %.*s", (int)f.kind, STR_FMT(f.detail));
    assert_int_equal(f.line, line);
    assert_int_equal(f.col, col);
    return f;
}

static char noise(struct rand *r)
{
    return (char)rand_between(r, 'a', 'z');
}

static bool says(struct table_fault f, const char *word)
{
    return str_find(f.detail, str_of(word)) >= 0;
}

/* ---- read ---- */

static void reads_every_kind_of_cell(void **state)
{
    (void)state;
    struct str strings =
        STR("<sst " XLSX_NS ">"
            "<si><t>Fund_Code</t></si>"
            "<si><r><t>อบต.</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> ก&amp;ข </t></r>"
            "<rPh sb=\"0\" eb=\"1\"><t>aloud</t></rPh></si>"
            "<si><t/></si><si/></sst>");
    struct str styles =
        STR("<styleSheet " XLSX_NS "><numFmts count=\"1\">"
            "<numFmt numFmtId=\"164\" formatCode=\"[$-107041E]d mmmm bbbb;@\"/></numFmts>"
            "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
            "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
            "<xf numFmtId=\"20\"/></cellXfs></styleSheet>");
    struct str sheet = SHEET(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c>" TEXT("name") TEXT("day") TEXT("sum")
            TEXT("yes") TEXT(
                "note") "</row>"
                        "<row r=\"4\" spans=\"1:6\"><c r=\"A4\" "
                        "t=\"inlineStr\"><is><r><t>L30</t></r><r><t>09</t></r></is></c>"
                        "<c r=\"B4\" t=\"s\"><v>1</v></c><c r=\"C4\" s=\"1\"><v>46348</v></c>"
                        "<c r=\"D4\"><v>214704.0</v></c><c r=\"E4\" t=\"b\"><v>1</v></c>"
                        "<c r=\"F4\" t=\"str\"><f>A4&amp;\"x\"</f><v>L3009x_x000D_\ny</v></c><c "
                        "r=\"XFD4\" s=\"1\"/></row>"
                        "<row r=\"5\"><c r=\"C5\" s=\"2\"><f>C4+1</f><v>46349.4375</v></c><c "
                        "r=\"D5\"><v>0.10000000000000001</v></c>"
                        "<c r=\"E5\" t=\"b\"><v>0</v></c></row>"
                        "<row r=\"6\" hidden=\"1\"/><row/>"
                        "<row><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c "
                        "s=\"3\"><v>0.5</v></c></row>");
    struct table *t = opened(xlsx_of(arena, sheet, strings, styles));
    assert_int_equal(table_ncol(t), 6);
    assert_int_equal(table_find(t, "fund_code"), 0);
    assert_int_equal(table_find(t, "note"), 5);
    next(t);
    assert_int_equal(table_line(t), 4);
    assert_str(table_cell(t, 0), "L3009");
    assert_str(table_cell(t, 1), "อบต. ก&ข");
    assert_str(table_cell(t, 2), "2026-11-22");
    assert_str(table_cell(t, 3), "214704");
    assert_str(table_cell(t, 4), "TRUE");
    assert_str(table_cell(t, 5), "L3009x y");
    next(t);
    assert_int_equal(table_line(t), 5);
    assert_str(table_cell(t, 0), "");
    assert_str(table_cell(t, 2), "2026-11-23 10:30:00");
    assert_str(table_cell(t, 3), "0.1");
    assert_str(table_cell(t, 4), "FALSE");
    next(t);
    assert_int_equal(table_line(t), 8);
    assert_str(table_cell(t, 2), "0.5"); /* a time alone is its number */
    at_end(t);
}

static void finds_the_first_sheet(void **state)
{
    (void)state;
    /* Another folder, a relative way up, days from 1904, strict namespaces, prefixes. */
    struct part parts[] = {
        {"_rels/.rels",
         STR(XLSX_RELS
             "<Relationship Id=\"x\" Type=\"http://purl.oclc.org/ooxml/officeDocument/"
             "relationships/officeDocument\" Target=\"/a/b/book.xml\"/></Relationships>")},
        {"a/b/book.xml",
         STR("<w:workbook xmlns:w=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
             "xmlns:q=\"http://"
             "purl.oclc.org/ooxml/officeDocument/relationships\"><w:workbookPr date1904=\"true\"/>"
             "<w:sheets><w:sheet name=\"x\" q:id=\"s\"/></w:sheets></w:workbook>")},
        {"a/b/_rels/book.xml.rels",
         STR(XLSX_RELS
             "<Relationship Id=\"e\" TargetMode=\"External\" Type=\"x/worksheet\" "
             "Target=\"file:///etc/passwd\"/>"
             "<Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"../one.xml\"/>"
             "<Relationship Id=\"t\" Type=\"x/styles\" Target=\"./st.xml\"/></Relationships>")},
        {"A/B/ST.xml", STR("<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>")},
        {"a/one.xml",
         STR("<x:worksheet xmlns:x=\"y\"><x:sheetData><x:row><x:c t=\"str\"><x:v>day</x:v>"
             "</x:c></x:row><x:row><x:c><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>")}};
    struct table *t = opened(zip_of(arena, parts, 5, NULL, ZIP_CM_DEFLATE));
    next(t);
    assert_str(table_cell(t, 0), "1904-01-01");
    at_end(t);
}

static void reads_many_rows(void **state)
{
    (void)state;
    enum { ROWS = 100000, COLS = 10 };
    struct buf b = buf_in(arena, 128 << 20);
    BUF_LIT(&b, "<worksheet><sheetData><row>");
    for (int c = 0; c < COLS; c++)
        buf_printf(&b, TEXT("c%d"), c);
    BUF_LIT(&b, "</row>");
    for (int r = 0; r < ROWS; r++) {
        buf_printf(&b, "<row r=\"%d\">", r + 2);
        for (int c = 0; c < COLS; c++)
            buf_printf(&b, "<c r=\"%c%d\"><v>%d</v></c>", 'A' + c, r + 2, r * COLS + c);
        BUF_LIT(&b, "</row>");
    }
    BUF_LIT(&b, "</sheetData></worksheet>");
    assert_false(b.is_full);
    struct table *t = opened(xlsx_of(arena, buf_str(&b), STR_NONE, STR_NONE));
    for (int r = 0; r < ROWS; r++) {
        next(t);
        int64_t v;
        assert_int_equal(str_to_int(table_cell(t, COLS - 1), &v), ERR_OK);
        assert_int_equal(v, r * COLS + COLS - 1);
    }
    at_end(t);
}

/* ---- faults of one row ---- */

static void refuses_rows_and_goes_on(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 1 << 20);
    BUF_LIT(&b,
            "<worksheet><sheetData><row>" TEXT("a")
                TEXT("b") "</row>"
                          "<row><c><f>SUM(A1)</f><v></v></c></row>" /* 2: openpyxl's way */
                          "<row>" TEXT(
                              "x") "<c t=\"str\"><f>A1</f></c></row>"                    /* 3 */
                                   "<row><c/><c t=\"e\"><f>A1</f><v>#REF!</v></c></row>" /* 4 */
                                   "<row>" TEXT("1") TEXT("2")
                                       TEXT("3") "</row>" /* 5 */
                                                 "<row><c "
                                                 "t=\"inlineStr\"><is><t>a_x0007_b</t></is></c></"
                                                 "row>" /* 6 */
                                                 "<row>" TEXT(
                                                     "ok") "<c "
                                                           "t=\"str\"><f>\"\"</f><v></v></c></"
                                                           "row>" /* 7: "" is a value */
                                                           "<row><c/><c t=\"inlineStr\"><is><t>");
    for (size_t i = 0; i <= TABLE_CELL_MAX; i++)
        buf_putc(&b, 'x');
    BUF_LIT(&b, "</t></is></c></row><row>" TEXT("end") "</row></sheetData></worksheet>");
    struct table *t = opened(xlsx_of(arena, buf_str(&b), STR_NONE, STR_NONE));
    row_fault(t, ERR_INPUT, TABLE_FAULT_FORMULA, 2, 1);
    row_fault(t, ERR_INPUT, TABLE_FAULT_FORMULA, 3, 2);
    assert_true(says(row_fault(t, ERR_INPUT, TABLE_FAULT_FORMULA, 4, 2), "#REF!"));
    row_fault(t, ERR_INPUT, TABLE_FAULT_TOO_WIDE, 5, 3);
    row_fault(t, ERR_INPUT, TABLE_FAULT_ENCODING, 6, 1);
    next(t);
    assert_str(table_cell(t, 0), "ok");
    row_fault(t, ERR_LIMIT, TABLE_FAULT_TOO_LARGE, 8, 2);
    next(t);
    assert_int_equal(table_line(t), 9);
    at_end(t);
}

/* The fault lies in a shared string and shows where that is used. */
static void refuses_a_large_shared_string(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 12 << 20);
    struct rand rand = rand_seeded(1);
    BUF_LIT(&b, "<sst><si><t>a</t></si><si><t>");
    for (size_t i = 0; i < 10 << 20; i++)
        buf_putc(&b, noise(&rand)); /* else it is packed too well to be true */
    BUF_LIT(&b, "</t></si></sst>");
    struct str sheet = SHEET("<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row>"
                             "<row><c t=\"s\"><v>0</v></c></row>");
    struct table *t = opened(xlsx_of(arena, sheet, buf_str(&b), STR_NONE));
    row_fault(t, ERR_LIMIT, TABLE_FAULT_TOO_LARGE, 2, 1);
    next(t);
    assert_str(table_cell(t, 0), "a");
}

/* ---- files refused as a whole ---- */

static void refuses_bombs(void **state)
{
    (void)state;
    /* 257 MB of blanks: by the directory's size. */
    size_t n = (size_t)257 << 20;
    char *blanks = arena_alloc(arena, n);
    memset(blanks, ' ', n);
    struct str huge = {blanks, n};
    struct table_fault f =
        refused(xlsx_of(arena, huge, STR_NONE, STR_NONE), ERR_LIMIT, TABLE_FAULT_BOMB);
    assert_true(says(f, "268435456"));
    /* 20 MB of blanks: by the ratio. */
    struct str bytes = xlsx_of(arena, str_first(huge, 20 << 20), STR_NONE, STR_NONE);
    refused(bytes, ERR_LIMIT, TABLE_FAULT_BOMB);
    /* The directory says 1000: found while inflating, by libzip's check or by ours. */
    char *lie = arena_alloc(arena, bytes.n);
    memcpy(lie, bytes.p, bytes.n);
    uint32_t size = 20 << 20, said = 1000;
    for (size_t i = 0; i + 4 <= bytes.n; i++)
        if (memcmp(lie + i, &size, 4) == 0) memcpy(lie + i, &said, 4);
    struct table *t;
    assert_int_not_equal(table_open(arena, (struct str){lie, bytes.n}, &t, &f), ERR_OK);
    assert_true(f.kind == TABLE_FAULT_BOMB || f.kind == TABLE_FAULT_NOT_XLSX);
}

static void refuses_entities(void **state)
{
    (void)state;
    struct str laughs = STR("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">"
                            "<!ENTITY lol2 \"&lol;&lol;&lol;&lol;\">]><worksheet><sheetData><row>"
                            "<c t=\"str\"><v>&lol2;</v></c></row></sheetData></worksheet>");
    refused(xlsx_of(arena, laughs, STR_NONE, STR_NONE), ERR_INPUT, TABLE_FAULT_DTD);
    refused(xlsx_of(arena, SHEET("<row/>"), laughs, STR_NONE), ERR_INPUT, TABLE_FAULT_DTD);
    refused(xlsx_of(arena, SHEET("<row/>"), STR_NONE,
                    STR("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>")),
            ERR_INPUT, TABLE_FAULT_DTD);
    struct str undeclared = SHEET("<row><c t=\"str\"><v>&x;</v></c></row>");
    refused(xlsx_of(arena, undeclared, STR_NONE, STR_NONE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
}

/* Against expat's own appetite: a tag that never ends, names without number, nesting. */
static void refuses_greedy_xml(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 64 << 20);
    struct rand rand = rand_seeded(2);
    BUF_LIT(&b, "<worksheet x=\"");
    for (size_t i = 0; i < 3 << 20; i++)
        buf_putc(&b, noise(&rand));
    BUF_LIT(&b, "\"/>");
    struct table_fault f =
        refused(xlsx_of(arena, buf_str(&b), STR_NONE, STR_NONE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(says(f, "megabyte"));
    b = buf_in(arena, 64 << 20);
    BUF_LIT(&b, "<worksheet>");
    for (int i = 0; i < 1000000; i++) /* by its patch level expat takes 64 or 112 bytes of memory for each */
        buf_printf(&b, "<n%d/>", i);
    BUF_LIT(&b, "</worksheet>");
    f = refused(xlsx_of(arena, buf_str(&b), STR_NONE, STR_NONE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(says(f, "out of memory"));
    b = buf_in(arena, 1 << 20);
    for (int i = 0; i < 1000; i++)
        BUF_LIT(&b, "<a>");
    f = refused(xlsx_of(arena, buf_str(&b), STR_NONE, STR_NONE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(says(f, "nested"));
}

static void refuses_damaged_files(void **state)
{
    (void)state;
    const enum table_fault_kind bad = TABLE_FAULT_NOT_XLSX;
    refused(STR("PK\x03\x04 and nothing more"), ERR_INPUT, bad);
    refused(STR("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), ERR_INPUT, bad);
    struct str good = xlsx_of(arena, SHEET("<row>" TEXT("a") "</row>"), STR_NONE, STR_NONE);
    opened(good);
    for (size_t n = 4; n < good.n; n += 7) {
        struct table *t;
        struct table_fault f = {0};
        assert_int_equal(table_open(arena, str_first(good, n), &t, &f), ERR_INPUT);
        assert_int_equal(f.kind, bad);
    }
    static const char *const sheets[] = {
        "",
        "<worksheet>",
        "<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"x\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r=\"ZZZ1\"/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r=\"1\"/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData></worksheet>",
        "\xFF\xFE<"};
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        refused(xlsx_of(arena, str_of(sheets[i]), STR_NONE, STR_NONE), ERR_INPUT, bad);
    struct str empty = xlsx_of(arena, SHEET("<row><c s=\"1\"/></row>"), STR_NONE, STR_NONE);
    refused(empty, ERR_INPUT, TABLE_FAULT_EMPTY);
}

static void refuses_other_packages(void **state)
{
    (void)state;
    struct part ods[] = {{"mimetype", STR("application/vnd.oasis.opendocument.spreadsheet")}};
    assert_true(
        says(refused(zip_of(arena, ods, 1, NULL, ZIP_CM_DEFLATE), ERR_INPUT, TABLE_FAULT_NOT_XLSX),
             ".ods"));
    struct part parts[] = {{"_rels/.rels", str_of(xlsx_root_rels)},
                           {"xl/workbook.xml", str_of(xlsx_workbook)},
                           {"xl/_rels/workbook.xml.rels", str_of(xlsx_workbook_rels)}};
    for (size_t n = 1; n <= 3; n++) /* no workbook, no relations, no sheet */
        refused(zip_of(arena, parts, n, NULL, ZIP_CM_DEFLATE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    struct table_fault f =
        refused(zip_of(arena, parts, 3, "secret", ZIP_CM_DEFLATE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(says(f, "password"));
    parts[1].body = STR("<workbook><sheets/></workbook>");
    refused(zip_of(arena, parts, 3, NULL, ZIP_CM_DEFLATE), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
}

/* ---- values ---- */

static void prints_numbers(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"214704", "214704"},
                                           {"214704.0", "214704"},
                                           {"0.1", "0.1"},
                                           {"-0", "0"},
                                           {"-0.00", "0"},
                                           {"007", "7"},
                                           {"00.50", "0.5"},
                                           {"85881.600000000006", "85881.6"},
                                           {"1E5", "100000"},
                                           {"0.10000000000000001", "0.1"},
                                           {"0.30000000000000004", "0.3"},
                                           {"1.5E-3", "0.0015"},
                                           {"-1.25e+2", "-125"},
                                           {"1E+20", "100000000000000000000"},
                                           {"9.9999999999999995E-3", "0.01"},
                                           {"3100501234567", "3100501234567"},
                                           {"9007199254740993", "9007199254740993"},
                                           {"1.2345678901234567E+16", "12345678901234600"},
                                           {"1E300", "1E300"},
                                           {"1E-300", "1E-300"},
                                           {"0x10", "0x10"},
                                           {"nan", "nan"},
                                           {"inf", "inf"},
                                           {"1.", "1"},
                                           {".5", "0.5"},
                                           {"-", "-"},
                                           {"1e", "1e"},
                                           {"1,5", "1,5"},
                                           {"0e0", "0"},
                                           {"-1E-5", "-0.00001"},
                                           {"1e999", "1e999"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char out[XLSX_NUMBER_MAX];
        assert_str(xlsx_number(str_of(pairs[i][0]), out), pairs[i][1]);
    }
}

static void prints_days(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool is_1904;
        const char *want;
    } rows[] = {{"1", false, "1900-01-01"},
                {"59", false, "1900-02-28"},
                {"60", false, "60"},
                {"61", false, "1900-03-01"},
                {"46348", false, "2026-11-22"},
                {"44886", true, "2026-11-22"},
                {"0", true, "1904-01-01"},
                {"0", false, "0"},
                {"-1", false, "-1"},
                {"2958465", false, "2958465"},
                {"2958464", false, "9999-12-30"},
                {"1E9", false, "1000000000"},
                {"x", false, "x"},
                {"46348.999999999", false, "2026-11-23"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[XLSX_NUMBER_MAX];
        assert_str(xlsx_date(str_of(rows[i].in), rows[i].is_1904, out), rows[i].want);
    }
}

static void knows_date_formats(void **state)
{
    (void)state;
    static const char *const days[] = {
        "yyyy-mm-dd", "d/m/bbbb",  "[$-41E]d mmm yy;@", "mmm",
        "MM/DD",      "[Red]mmmm", "d\\.m\\.",          "mmm \"at\" hh \"d\" d"};
    static const char *const others[] = {"General", "0.00",   "#,##0 \"baht d y\"",
                                         "hh:mm",   "[h]:mm", "mm:ss",
                                         "[Red]0",  "0;[d]",  "0\\d",
                                         "_d0",     "\"d",    "[mm]:ss",
                                         ""};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (!xlsx_is_date_format(str_of(days[i]))) fail_msg("%s", days[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (xlsx_is_date_format(str_of(others[i]))) fail_msg("%s", others[i]);
    assert_true(xlsx_is_date_id(14) && xlsx_is_date_id(22) && xlsx_is_date_id(71));
    assert_false(xlsx_is_date_id(0) || xlsx_is_date_id(20) || xlsx_is_date_id(45));
}

static void reads_escapes_and_names(void **state)
{
    (void)state;
    char s[] = "a_x000D_b_x005F_x0E01__x0E01__xD83D__x00_x_";
    assert_str((struct str){s, xlsx_unescape(s, strlen(s))}, "a\rb_x0E01_ก_xD83D__x00_x_");
    assert_int_equal(xlsx_col("A1"), 1);
    assert_int_equal(xlsx_col("AB12"), 28);
    assert_int_equal(xlsx_col("XFD1"), 16384);
    assert_int_equal(xlsx_col("AAAA1"), 0);
    assert_int_equal(xlsx_col("a1"), 0);
    assert_int_equal(xlsx_col(""), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(reads_every_kind_of_cell),
        T(finds_the_first_sheet),
        T(reads_many_rows),
        T(refuses_rows_and_goes_on),
        T(refuses_a_large_shared_string),
        T(refuses_bombs),
        T(refuses_entities),
        T(refuses_greedy_xml),
        T(refuses_damaged_files),
        T(refuses_other_packages),
        T(prints_numbers),
        T(prints_days),
        T(knows_date_formats),
        T(reads_escapes_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
