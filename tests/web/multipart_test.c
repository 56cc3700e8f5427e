/* multipart_test.c — forms with files: what browsers send is read, everything else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "web/multipart.h"

#define TYPE STR("multipart/form-data; boundary=----WebKitFormBoundaryAbC123")
#define D "------WebKitFormBoundaryAbC123"
#define NL "\r\n"
#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"" NL
#define FILE_OF(name, file) "Content-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"" NL

static const char BROWSER[] =
    D NL FIELD("csrf") NL "tok" NL D NL FIELD("note") NL "บรรทัดหนึ่ง\r\nสอง\t+%41" NL D NL
    FIELD("none") NL NL D NL FILE_OF("scan", "ใบสมัคร (1).pdf") "Content-Type: application/pdf" NL NL
    "%PDF-1.4\r\n--\0\xff\r\n" NL D NL FILE_OF("photo", "") "Content-Type: application/octet-stream" NL NL
    NL D "--" NL;

static void test_browser(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct web_fields form;
    struct web_files files;
    struct str body = {BROWSER, sizeof BROWSER - 1};
    assert_true(multipart_is_type(TYPE));
    assert_true(multipart_is_type(STR("Multipart/Form-Data;boundary=x")));
    assert_false(multipart_is_type(STR("multipart/mixed; boundary=x")));
    assert_false(multipart_is_type(STR_NONE));
    assert_int_equal(multipart_parse(a, TYPE, body, &form, &files), ERR_OK);
    assert_int_equal(form.n, 3);
    assert_true(str_eq(web_field_get(form, "csrf"), STR("tok")));
    assert_true(str_eq(web_field_get(form, "note"), STR("บรรทัดหนึ่ง\r\nสอง\t+%41")));
    assert_true(web_field_get(form, "none").p != NULL && web_field_get(form, "none").n == 0);
    assert_int_equal(files.n, 1); /* the one left empty is none */
    assert_true(str_eq(files.items[0].name, STR("scan")));
    assert_true(str_eq(files.items[0].filename, STR("ใบสมัคร (1).pdf")));
    assert_true(str_eq(files.items[0].content_type, STR("application/pdf")));
    assert_true(str_eq(files.items[0].bytes, STR("%PDF-1.4\r\n--\0\xff\r\n")));
    arena_free(a);
}

/* An upload that was cut anywhere never looks like a whole one. */
static void test_cut_anywhere(void **state)
{
    (void)state;
    struct str body = {BROWSER, sizeof BROWSER - 1};
    for (size_t n = 0; n < body.n - 2; n++) { /* the last CRLF may be missing */
        struct arena *a = arena_new(1 << 20);
        struct web_fields form = {0};
        struct web_files files = {0};
        assert_int_not_equal(multipart_parse(a, TYPE, str_first(body, n), &form, &files), ERR_OK);
        assert_true(form.n == 0 && files.n == 0);
        arena_free(a);
    }
}

static void test_filenames(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *want;
    } cases[] = {
        {"a.jpg", "a.jpg"},
        {"../../etc/passwd", "passwd"},
        {"C:\\\\Users\\\\a\\\\b.pdf", "b.pdf"},
        {"C:\\Users\\b.pdf", "b.pdf"},
        {"say \\\"hi\\\".pdf", "say \"hi\".pdf"},
        {"..", ""},
        {"a/..", ""},
        {"/", ""},
        {"นํา\u200bเสนอ.pdf", "นำเสนอ.pdf"}, /* lint: thai what a person typed */
        {"\xff\xfe.pdf", ""},
        {"  a   b.pdf ", "a b.pdf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *a = arena_new(1 << 20);
        struct web_fields form;
        struct web_files files;
        struct str body = str_printf(
            a, "--x" NL "Content-Disposition: form-data; name=\"f\"; filename=\"%s\"" NL NL "z" NL "--x--",
            cases[i].sent);
        assert_int_equal(multipart_parse(a, STR("multipart/form-data; boundary=x"), body, &form, &files),
                         ERR_OK);
        assert_int_equal(files.n, 1);
        if (!str_eq(files.items[0].filename, str_of(cases[i].want)))
            fail_msg("case %zu: %.*s", i, STR_FMT(files.items[0].filename));
        assert_true(str_is_none(files.items[0].content_type));
        arena_free(a);
    }
}

static void test_long_filename(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct web_fields form;
    struct web_files files;
    struct buf b = buf_in(a, 8192);
    BUF_LIT(&b, "--x" NL "Content-Disposition: form-data; name=f; filename=\"");
    for (int i = 0; i < 400; i++)
        BUF_LIT(&b, "ก");
    BUF_LIT(&b, ".pdf\"" NL NL "z" NL "--x--" NL);
    assert_int_equal(multipart_parse(a, STR("multipart/form-data; boundary=\"x\""), buf_str(&b), &form, &files),
                     ERR_OK);
    assert_int_equal(files.items[0].filename.n, 3 * MULTIPART_FILENAME_MAX);
    arena_free(a);
}

static void assert_refused(const char *type, struct str body, enum err want)
{
    struct arena *a = arena_new(4 << 20);
    struct web_fields form = {0};
    struct web_files files = {0};
    enum err e = multipart_parse(a, str_of(type), body, &form, &files);
    if (e != want) fail_msg("%s: %s\n%.*s", err_name(e), type, STR_FMT(str_first(body, 200)));
    assert_true(form.n == 0 && files.n == 0);
    arena_free(a);
}

#define X "multipart/form-data; boundary=x"
#define GOOD "--x" NL FIELD("a") NL "1" NL "--x--"

static void test_refused(void **state)
{
    (void)state;
    static const char *const types[] = {"multipart/form-data", "multipart/form-data; boundary=",
                                        "multipart/form-data; boundary=x; boundary=y",
                                        "multipart/form-data; boundary=\"x", "multipart/form-data; boundary=\"x \"",
                                        "multipart/form-data; boundary=\"x\x01\"", "multipart/form-data boundary=x",
                                        "multipart/form-data; boundary=0123456789012345678901234567890123456789"
                                        "0123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        assert_refused(types[i], STR(GOOD), ERR_INPUT);
    static const char *const bodies[] = {
        "",
        "hello",
        NL GOOD,                                                       /* something before */
        "--x" NL FIELD("a") NL "1" NL "--x-- more",                    /* something behind */
        "--x" NL FIELD("a") NL "1" NL "--x--" NL NL,                   /* two line ends behind */
        "--x " NL FIELD("a") NL "1" NL "--x--",                        /* a blank behind a delimiter */
        "--x\n" FIELD("a") NL "1" NL "--x--",                          /* bare LF */
        "--x" NL FIELD("a") NL "1" NL "--xy" NL "2" NL "--x--",        /* begins like a delimiter */
        "--x" NL NL "1" NL "--x--",                                    /* no head */
        "--x" NL "Content-Type: text/plain" NL NL "1" NL "--x--",      /* no name */
        "--x" NL FIELD("") NL "1" NL "--x--",                          /* an empty one */
        "--x" NL FIELD("a") FIELD("b") NL "1" NL "--x--",              /* two */
        "--x" NL "Content-Disposition: form-data; name=a; name=b" NL NL "1" NL "--x--",
        "--x" NL "Content-Disposition: form-data; name=a; filename=b; filename=c" NL NL "1" NL "--x--",
        "--x" NL "Content-Disposition: attachment; name=a" NL NL "1" NL "--x--",
        "--x" NL "Content-Disposition: form-data; name=\"a" NL NL "1" NL "--x--",
        "--x" NL "Content-Disposition: form-data; name=\"\xff\"" NL NL "1" NL "--x--",
        "--x" NL FIELD("a") " folded: yes" NL NL "1" NL "--x--",
        "--x" NL FIELD("a") "no colon" NL NL "1" NL "--x--",
        "--x" NL FIELD("a") "Bad\rHeader: x" NL NL "1" NL "--x--",
        "--x" NL FIELD("a") "Content-Type: Multipart/mixed; boundary=y" NL NL "--y--" NL "--x--",
        "--x" NL FIELD("a") "Content-Transfer-Encoding: base64" NL NL "MQ==" NL "--x--",
        "--x" NL FIELD("a") NL "\xff" NL "--x--",  /* a field that is no text */
        "--x" NL FIELD("a") NL "\x1b[1m" NL "--x--",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        assert_refused(X, str_of(bodies[i]), ERR_INPUT);
    assert_refused(X, STR("--x" NL FIELD("a") NL "a\0b" NL "--x--"), ERR_INPUT);
}

static void test_limits(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct buf b = buf_in(a, 1 << 19);
    for (int i = 0; i < MULTIPART_PARTS_MAX + 1; i++) {
        if (i == MULTIPART_PARTS_MAX) {
            struct web_fields form;
            struct web_files files;
            struct str whole = str_concat(a, (const struct str[]){buf_str(&b), STR("--x--")}, 2);
            assert_int_equal(multipart_parse(a, STR(X), whole, &form, &files), ERR_OK);
            assert_int_equal(form.n, MULTIPART_PARTS_MAX);
        }
        BUF_LIT(&b, "--x" NL FIELD("a") NL "1" NL);
    }
    BUF_LIT(&b, "--x--");
    assert_refused(X, buf_str(&b), ERR_LIMIT);
    b = buf_in(a, 1 << 19);
    BUF_LIT(&b, "--x" NL FIELD("a") "X: ");
    while (b.n < MULTIPART_HEAD_MAX + 100)
        BUF_LIT(&b, "y");
    BUF_LIT(&b, NL NL "1" NL "--x--");
    assert_refused(X, buf_str(&b), ERR_LIMIT);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_browser),       cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_filenames),     cmocka_unit_test(test_long_filename),
        cmocka_unit_test(test_refused),       cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
