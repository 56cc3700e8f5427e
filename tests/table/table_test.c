/* table_test.c — text files: what is read, what is refused and where it says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "table/table.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(TABLE_ARENA_MAX);
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
    assert_int_equal(table_next(t, &f), ERR_NOT_FOUND); /* and stays there */
}

static struct table_fault open_fault(struct str bytes, enum err want, enum table_fault_kind kind)
{
    struct table *t;
    struct table_fault f = {0};
    assert_int_equal(table_open(arena, bytes, &t, &f), want);
    if (f.kind != kind) fail_msg("kind %d: %.*s", (int)f.kind, STR_FMT(f.detail));
    assert_true(f.detail.n > 0);
    return f;
}

static struct table_fault row_fault(struct table *t, enum err want, enum table_fault_kind kind)
{
    struct table_fault f = {0};
    assert_int_equal(table_next(t, &f), want);
    if (f.kind != kind) fail_msg("kind %d: %.*s", (int)f.kind, STR_FMT(f.detail));
    assert_true(f.detail.n > 0);
    return f;
}

static bool says(struct table_fault f, const char *word)
{
    return str_find(f.detail, str_of(word)) >= 0;
}

/* ---- read ---- */

static void reads_csv(void **state)
{
    (void)state;
    struct table *t = opened(STR("\xEF\xBB\xBF"
                                 "Code, NAME ,note\r\n"
                                 "L3009,\"a, \"\"b\"\"\r\nc\",=HYPERLINK(1)\r\n"
                                 "\r\n , ,\r\n"
                                 "L3010,อบต.  ตะโละ"));
    assert_int_equal(table_format(t), TABLE_CSV);
    assert_int_equal(table_ncol(t), 3);
    assert_str(table_name(t, 0), "code");
    assert_int_equal(table_find(t, "name"), 1);
    assert_int_equal(table_find(t, "nothing"), -1);
    next(t);
    assert_int_equal(table_line(t), 2);
    assert_str(table_cell(t, 1), "a, \"b\" c");
    assert_str(table_cell(t, 2), "=HYPERLINK(1)");
    next(t);
    assert_int_equal(table_line(t), 6); /* a line within quotes and two blank rows were counted */
    assert_str(table_cell(t, 0), "L3010");
    assert_str(table_cell(t, 1), "อบต. ตะโละ");
    assert_str(table_cell(t, 2), "");
    assert_str(table_cell(t, -1), "");
    assert_str(table_cell(t, 99), "");
    assert_non_null(table_cell(t, 2).p);
    at_end(t);
}

static void reads_tsv(void **state)
{
    (void)state;
    struct table *t = opened(STR("\n\na\tb\tc\n1\t\"x\ty\" \n\t\t\n2\t\t3"));
    assert_int_equal(table_format(t), TABLE_TSV);
    next(t);
    assert_int_equal(table_line(t), 4);
    assert_str(table_cell(t, 1), "\"x"); /* a quote is a letter in a TAB file */
    assert_str(table_cell(t, 2), "y\"");
    next(t);
    assert_int_equal(table_line(t), 6);
    assert_str(table_cell(t, 2), "3");
    at_end(t);
}

static void finds_the_separator(void **state)
{
    (void)state;
    assert_int_equal(table_format(opened(STR("\"a\tb\",c\n"))), TABLE_CSV);
    assert_int_equal(table_format(opened(STR("\"a\"\"\tb\",c\n"))), TABLE_CSV);
    assert_int_equal(table_format(opened(STR("a,b\tc\n"))), TABLE_TSV);
    assert_int_equal(table_format(opened(STR("one\n1\t2\n"))), TABLE_CSV);
    assert_int_equal(table_ncol(opened(STR("a;b;c\n1;2;3\n"))), 1); /* ; is not guessed */
    /* Every kind of line end, and columns without a name. */
    struct table *t = opened(STR("a,,b,,\r1,2,3,,\r\n4\n"));
    assert_int_equal(table_ncol(t), 3);
    next(t);
    assert_str(table_cell(t, 2), "3");
    next(t);
    assert_int_equal(table_line(t), 3);
    at_end(t);
}

static void cleans_text(void **state)
{
    (void)state;
    /* sara am from two letters, zero-width space, NBSP, doubled sara e */
    struct table *t = opened(STR("a,b\nน\xE0\xB9\x8D\xE0\xB8\xB2,\xC2\xA0x\xE2\x80\x8By\xC2\xA0z \n"
                                 "\"\"\"\",เเม่\n"));
    next(t);
    assert_str(table_cell(t, 0), "นำ");
    assert_str(table_cell(t, 1), "xy z");
    next(t);
    assert_str(table_cell(t, 0), "\"");
    assert_str(table_cell(t, 1), "แม่");
    at_end(t);
}

static void reads_the_real_file(void **state)
{
    (void)state;
    struct str bytes;
    const char *path = "reference/funds_real.tsv";
    assert_int_equal(file_read(arena, path, TABLE_BYTES_MAX, &bytes), ERR_OK);
    struct table *t = opened(bytes);
    assert_int_equal(table_ncol(t), 16);
    int code = table_find(t, "fund_code"), alloc = table_find(t, "nhso_alloc_estimate");
    next(t);
    assert_str(table_cell(t, code), "L3009");
    assert_str(table_cell(t, alloc), "214704.00");
    assert_str(table_cell(t, table_find(t, "fund_name")), "อบต.กะมิยอ");
    size_t rows = 1;
    struct table_fault f;
    while (table_next(t, &f) == ERR_OK)
        rows++;
    assert_int_equal(rows, 63);
}

/* ---- refused ---- */

static void refuses_other_encodings(void **state)
{
    (void)state;
    struct table_fault f = open_fault(STR("code,name\nL1,\xA1\xCD\xA7\xB7\xD8\xB9\n"), ERR_INPUT,
                                      TABLE_FAULT_ENCODING);
    assert_true(says(f, "TIS-620/Windows-874"));
    assert_int_equal(f.line, 2);
    f = open_fault(STR("a\r\nb\r\nok\xFE\n"), ERR_INPUT, TABLE_FAULT_ENCODING);
    assert_true(says(f, "byte 3 of line 3 is 0xFE"));
    f = open_fault(STR("\xFF\xFE"
                       "a\0b\0"),
                   ERR_INPUT, TABLE_FAULT_ENCODING);
    assert_true(says(f, "UTF-16"));
    open_fault(STR("\xFE\xFF\0a"), ERR_INPUT, TABLE_FAULT_ENCODING);
    open_fault(STR("a\0\0"), ERR_INPUT, TABLE_FAULT_ENCODING);
    struct table *t = opened(STR("a,b\n1,\x07\n2,3\n"));
    f = row_fault(t, ERR_INPUT, TABLE_FAULT_ENCODING);
    assert_int_equal(f.line, 2);
    assert_int_equal(f.col, 2);
    next(t);
    assert_str(table_cell(t, 1), "3");
}

static void refuses_other_formats(void **state)
{
    (void)state;
    open_fault(STR(""), ERR_INPUT, TABLE_FAULT_EMPTY);
    open_fault(STR_NONE, ERR_INPUT, TABLE_FAULT_EMPTY);
    open_fault(STR("\xEF\xBB\xBF\r\n  \n,,\n"), ERR_INPUT, TABLE_FAULT_EMPTY);
    open_fault(STR("%PDF-1.7\n"), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(
        says(open_fault(STR("\n<html><table>"), ERR_INPUT, TABLE_FAULT_NOT_XLSX), "web page"));
    struct table_fault f =
        open_fault(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 etc."), ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(says(f, ".xls"));
    f = open_fault(
        STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
        ERR_INPUT, TABLE_FAULT_NOT_XLSX);
    assert_true(says(f, "password"));
    f = open_fault(STR("a,b,A\n"), ERR_INPUT, TABLE_FAULT_NAME_TWICE);
    assert_int_equal(f.col, 3);
}

static void refuses_bad_quotes(void **state)
{
    (void)state;
    struct table *t = opened(STR("a,b\n1,x\"y\n2,\"x\"y,\"z\"\n3,4\n5,\"never\nclosed\n6,7\n"));
    struct table_fault f = row_fault(t, ERR_INPUT, TABLE_FAULT_QUOTE);
    assert_int_equal(f.line, 2);
    assert_int_equal(f.col, 2);
    row_fault(t, ERR_INPUT, TABLE_FAULT_QUOTE);
    next(t);
    assert_str(table_cell(t, 0), "3");
    f = row_fault(t, ERR_INPUT, TABLE_FAULT_QUOTE);
    assert_int_equal(f.line, 5);
    assert_true(says(f, "line 5 is not closed"));
    at_end(t);
    open_fault(STR("a,\"b\n"), ERR_INPUT, TABLE_FAULT_QUOTE);
}

static void refuses_wide_rows(void **state)
{
    (void)state;
    struct table *t = opened(STR("a,b\n1,2,3\n1,2,,\n"));
    struct table_fault f = row_fault(t, ERR_INPUT, TABLE_FAULT_TOO_WIDE);
    assert_int_equal(f.line, 2);
    assert_int_equal(f.col, 3);
    next(t); /* empty ones beyond the header are nothing */
    at_end(t);
    struct buf b = buf_in(arena, 1 << 20);
    for (int i = 0; i <= TABLE_COLS_MAX; i++)
        buf_printf(&b, "c%d,", i);
    open_fault(buf_str(&b), ERR_LIMIT, TABLE_FAULT_TOO_LARGE);
}

static void refuses_large_cells(void **state)
{
    (void)state;
    size_t n = 10 << 20;
    char *big = arena_alloc(arena, n);
    memset(big, 'x', n);
    for (int is_quoted = 0; is_quoted < 2; is_quoted++) {
        struct buf b = buf_in(arena, n + 100);
        BUF_LIT(&b, "a,b\n1,");
        if (is_quoted) buf_putc(&b, '"');
        buf_put(&b, (struct str){big, n});
        if (is_quoted) buf_putc(&b, '"');
        BUF_LIT(&b, ",\n2,3\n");
        struct table *t = opened(buf_str(&b));
        struct table_fault f = row_fault(t, ERR_LIMIT, TABLE_FAULT_TOO_LARGE);
        assert_int_equal(f.line, 2);
        assert_int_equal(f.col, 2);
        next(t);
        assert_str(table_cell(t, 0), "2");
        at_end(t);
    }
    /* The largest that is taken. */
    struct buf b = buf_in(arena, n);
    BUF_LIT(&b, "a\n");
    buf_put(&b, (struct str){big, TABLE_CELL_MAX});
    struct table *t = opened(buf_str(&b));
    next(t);
    assert_int_equal(table_cell(t, 0).n, TABLE_CELL_MAX);
}

static void refuses_large_files(void **state)
{
    (void)state;
    char *big = arena_alloc(arena, TABLE_BYTES_MAX + 1);
    open_fault((struct str){big, TABLE_BYTES_MAX + 1}, ERR_LIMIT, TABLE_FAULT_TOO_LARGE);
    arena_reset(arena);
    struct buf b = buf_in(arena, 8 << 20);
    for (int i = 0; i < TABLE_ROWS_MAX + 2; i++)
        BUF_LIT(&b, "x\n");
    struct table *t = opened(buf_str(&b));
    for (int i = 0; i < TABLE_ROWS_MAX; i++)
        next(t);
    row_fault(t, ERR_LIMIT, TABLE_FAULT_TOO_LARGE);
    at_end(t);
}

/* Every cell is odd and every row wide: the arena must hold what is copied. */
static void survives_odd_cells(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 32 << 20);
    for (int i = 0; i < TABLE_COLS_MAX; i++)
        buf_printf(&b, "c%d,", i);
    buf_putc(&b, '\n');
    for (int i = 0; i < 40 * TABLE_COLS_MAX; i++) {
        BUF_LIT(&b, "\"\"\"");
        for (int k = 0; k < 100; k++)
            BUF_LIT(&b, "\xE2\x80\x8B็่");
        BUF_LIT(&b, "\",");
        if (i % TABLE_COLS_MAX == TABLE_COLS_MAX - 1) buf_putc(&b, '\n');
    }
    struct table *t = opened(buf_str(&b));
    struct table_fault f;
    size_t rows = 0;
    while (table_next(t, &f) != ERR_NOT_FOUND)
        rows++;
    assert_int_equal(rows, 40);
}

/* ---- out, and in again ---- */

static void writes_csv(void **state)
{
    (void)state;
    struct buf b = buf_in(arena, 1 << 16);
    struct csv c = csv_begin(&b);
    csv_text(&c, STR("a"));
    csv_text(&c, STR("b,\"c\"\n"));
    csv_text(&c, STR(" d"));
    csv_row_end(&c);
    csv_text(&c, STR("=1+1"));
    csv_text(&c, STR("@x,y"));
    csv_text(&c, STR("\tz"));
    csv_row_end(&c);
    csv_int(&c, -5);
    csv_satang(&c, 123450);
    csv_satang(&c, -5);
    csv_blank(&c);
    csv_text(&c, STR_NONE);
    csv_text(&c, STR("-5"));
    csv_row_end(&c);
    assert_str(buf_str(&b), "\xEF\xBB\xBF"
                            "a,\"b,\"\"c\"\"\n\",\" d\"\r\n"
                            "'=1+1,\"'@x,y\",\"'\tz\"\r\n"
                            "-5,1234.50,-0.05,,,'-5\r\n");
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    static const char *const nasty[] = {
        "plain", "a,b", "\"", "\"\"", "a\"b", "ก,ข", "\",\"", "'", "x'y", "อบต. \"ตะโละ\", ๑",
        "a;b",   "0x",  "#",  "\\n",  "\\\"", "{{",  "%s",    "ฯ", "a\\", "ๆ"};
    enum { N = sizeof nasty / sizeof *nasty };
    struct buf b = buf_in(arena, 1 << 16);
    struct csv c = csv_begin(&b);
    for (int i = 0; i < N; i++)
        csv_int(&c, i);
    csv_row_end(&c);
    for (int r = 0; r < N; r++) {
        for (int i = 0; i < N; i++)
            csv_text(&c, str_of(nasty[(i + r) % N]));
        csv_row_end(&c);
    }
    struct table *t = opened(buf_str(&b));
    assert_int_equal(table_ncol(t), N);
    for (int r = 0; r < N; r++) {
        next(t);
        for (int i = 0; i < N; i++)
            assert_str(table_cell(t, i), nasty[(i + r) % N]);
    }
    at_end(t);
}

static void reads_files(void **state)
{
    (void)state;
    struct str s;
    assert_int_equal(file_read(arena, "/nonexistent/x", 10, &s), ERR_NOT_FOUND);
    assert_true(strlen(err_detail()) > 0);
    assert_int_equal(file_read(arena, "/tmp", 10, &s), ERR_IO);
    assert_int_equal(file_read(arena, "/dev/null", 10, &s), ERR_OK);
    assert_int_equal(s.n, 0);
    assert_non_null(s.p);
    assert_int_equal(file_read(arena, "/dev/zero", 100000, &s), ERR_LIMIT); /* no size to be seen */
    assert_int_equal(file_read(arena, "reference/funds_real.tsv", 10, &s), ERR_LIMIT);
    assert_int_equal(file_read(arena, "/proc/self/status", 1 << 20, &s), ERR_OK);
    assert_true(s.n > 100);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(reads_csv),
        T(reads_tsv),
        T(finds_the_separator),
        T(cleans_text),
        T(reads_the_real_file),
        T(refuses_other_encodings),
        T(refuses_other_formats),
        T(refuses_bad_quotes),
        T(refuses_wide_rows),
        T(refuses_large_cells),
        T(refuses_large_files),
        T(survives_odd_cells),
        T(writes_csv),
        T(reads_what_it_writes),
        T(reads_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
