/* form_file_test.c — files of a form: judged by what they are, each fault in words beside its field, and a
 * good one kept for its sender until the rest of the form is right. */
#include "tests/rooms/fixture.h"

#include <zip.h>

#include "app/file.h"
#include "image/image_internal.h"

struct asked { /* a request with one form, as a handler of lane SELF sees it */
    struct web_request web;
    struct web_response res;
    struct rq rq;
    struct form form;
};

static struct asked *ask(struct fixture *f, const struct web_file *files, size_t nfiles, const struct web_field *fields,
                         size_t nfields, int64_t account)
{
    struct asked *k = ARENA_NEW(f->arena, struct asked);
    k->web = (struct web_request){.method = WEB_POST, .path = STR("/x"), .arena = f->arena,
                                  .form = {fields, nfields}, .files = {files, nfiles}};
    k->rq = (struct rq){.app = f->app, .web = &k->web, .res = &k->res, .arena = f->arena, .path = STR("/x"),
                        .page = {.lang = LANG_EN, .arena = f->arena},
                        .who = {.is_in = account != 0, .account = account}};
    assert_ok(form_begin(&k->rq, &k->form));
    return k;
}

static struct asked *send_one(struct fixture *f, const char *filename, struct str bytes)
{
    struct web_file *file = ARENA_NEW(f->arena, struct web_file);
    *file = (struct web_file){STR("scan"), str_of(filename), STR("text/html"), bytes};
    return ask(f, file, 1, NULL, 0, 7);
}

/* The fault of the field says this. */
static void assert_fault(const struct asked *k, const char *words)
{
    assert_int_equal(k->form.nfaults, 1);
    assert_string_equal(k->form.faults[0].field, "scan");
    if (str_find(k->form.faults[0].message, str_of(words)) < 0)
        fail_msg("'%.*s' does not say '%s'", STR_FMT(k->form.faults[0].message), words);
}

static struct str zip_of(struct fixture *f, const char *const *names, size_t n)
{
    const char *path = fixture_path("book.zip");
    unlink(path);
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE, &code);
    assert_non_null(zip);
    for (size_t i = 0; i < n; i++)
        assert_true(zip_file_add(zip, names[i], zip_source_buffer(zip, "<x/>", 4, 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    char *bytes = arena_alloc(f->arena, 65536);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    size_t got = fread(bytes, 1, 65536, in);
    fclose(in);
    return (struct str){bytes, got};
}

static struct str jpeg(struct fixture *f, int32_t width, int32_t height)
{
    struct pixels p = {width, height, calloc((size_t)width * (size_t)height, 3)};
    struct str made = image_encode(&p, 80), kept = str_copy(f->arena, made);
    free((void *)(uintptr_t)made.p);
    free(p.rgb);
    return kept;
}

#define PDF STR("%PDF-1.7\n1 0 obj\n%%EOF\n")

static void test_by_content(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct upload u;
    struct asked *k = send_one(f, "ใบสมัคร.PDF", PDF);
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_PDF | FILE_IMAGE, &u));
    assert_true(form_is_good(&k->form) && u.kind == FILE_PDF && str_eq(u.bytes, PDF));
    assert_true(str_eq(u.content_type, STR("application/pdf"))); /* not as it was called */
    assert_true(str_eq(u.name, STR("ใบสมัคร.pdf")));
    k = send_one(f, "", PDF);
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_PDF, &u));
    assert_true(str_eq(u.name, STR("file.pdf")));
    static const struct str bad[] = {STR("MZ\x90\0"), STR("<html><script>alert(1)</script>"), STR("%PDF-1.7 cut off"),
                                     STR("GIF89a"), STR("\0\0\0\x18""ftypheic")};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        k = send_one(f, "a.pdf", bad[i]);
        assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_PDF | FILE_IMAGE, &u));
        assert_fault(k, "PDF, JPEG, PNG, WebP");
    }
    k = send_one(f, "a.pdf", PDF);
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_XLSX, &u)); /* good, but not asked for */
    assert_fault(k, "Excel (.xlsx)");
}

static void test_none_and_many(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct upload u[FILE_UPLOADS_MAX];
    struct asked *k = ask(f, NULL, 0, NULL, 0, 7);
    assert_false(form_file(&k->form, "scan", FORM_MAY, FILE_PDF, u));
    assert_true(form_is_good(&k->form));
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_PDF, u));
    assert_fault(k, "Attach a file");
    k = send_one(f, "a.pdf", STR(""));
    assert_false(form_file(&k->form, "scan", FORM_MAY, FILE_PDF, u));
    assert_fault(k, "empty");
    struct web_file files[4] = {{STR("scan"), STR("1.pdf"), STR_NONE, PDF}, {STR("other"), STR("x"), STR_NONE, STR("x")},
                                {STR("scan"), STR("2.pdf"), STR_NONE, PDF}, {STR("scan"), STR("3.pdf"), STR_NONE, PDF}};
    k = ask(f, files, 4, NULL, 0, 7);
    assert_int_equal(form_files(&k->form, "scan", FORM_MUST, FILE_PDF, 3, u), 3);
    assert_true(form_is_good(&k->form) && str_eq(u[1].name, STR("2.pdf")));
    k = ask(f, files, 4, NULL, 0, 7);
    assert_int_equal(form_files(&k->form, "scan", FORM_MUST, FILE_PDF, 2, u), 0);
    assert_fault(k, "2 files");
    char *large = arena_alloc(f->arena, FILE_BYTES_MAX + 1);
    memcpy(large, "%PDF-1.7", 8);
    memcpy(large + FILE_BYTES_MAX - 5, "%%EOF", 5);
    k = send_one(f, "a.pdf", (struct str){large, FILE_BYTES_MAX + 1});
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_PDF, u));
    assert_fault(k, "10 MB");
    k = send_one(f, "a.pdf", (struct str){large, FILE_BYTES_MAX});
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_PDF, u));
}

static void test_workbook(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const names[] = {"[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"};
    struct upload u;
    struct asked *k = send_one(f, "งบ.xlsx", zip_of(f, names, 2));
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_XLSX, &u));
    assert_true(u.kind == FILE_XLSX && str_eq(u.name, STR("งบ.xlsx")));
    k = send_one(f, "a.xlsx", zip_of(f, names, 3)); /* a program in it */
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_XLSX, &u));
    assert_fault(k, "Excel (.xlsx)");
    k = send_one(f, "a.xlsx", zip_of(f, names, 1)); /* another ZIP */
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_XLSX, &u));
}

static void test_picture(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct upload u;
    struct str in = jpeg(f, 3000, 1000);
    struct asked *k = send_one(f, "IMG 1.PNG", in);
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &u));
    assert_true(str_eq(u.name, STR("IMG 1.jpg")) && str_eq(u.content_type, STR("image/jpeg")));
    assert_int_equal(u.size.width, 2560);
    assert_int_equal(u.small_size.width, 480);
    assert_false(str_eq(u.bytes, in)); /* what is kept, we wrote */
    k = send_one(f, "a.jpg", str_first(in, in.n / 2)); /* an upload cut in the middle by its own device */
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &u));
    assert_fault(k, "damaged or incomplete");
    char *bomb = (char *)(uintptr_t)str_copy(f->arena, in).p;
    ptrdiff_t at = str_find(in, STR("\xff\xc0\0\x11\x08"));
    assert_true(at > 0);
    memcpy(bomb + at + 5, "\xfd\xe8\xfd\xe8", 4);
    k = send_one(f, "a.jpg", (struct str){bomb, in.n});
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &u));
    assert_fault(k, "50 million");
    image_helper_program("/nowhere/sarn");
    k = send_one(f, "a.jpg", in);
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &u));
    assert_fault(k, "right now");
    image_helper_program(SARN_PROGRAM);
}

/* ---- kept until the rest is right ---- */

static struct asked *send_kept(struct fixture *f, struct file_field d, int64_t account)
{
    struct web_field *fields = ARENA_ARRAY(f->arena, struct web_field, 2);
    fields[0] = (struct web_field){STR("scan_kept"), d.kept};
    fields[1] = (struct web_field){STR("scan_name"), d.kept_name};
    return ask(f, NULL, 0, fields, 2, account);
}

static void test_kept(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct upload u, again;
    struct file_field d = {0};
    struct asked *k = send_one(f, "รูป.jpg", jpeg(f, 600, 300));
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &u));
    assert_ok(form_file_field(&k->form, "scan", FILE_IMAGE, &u, &d));
    assert_true(d.kept.n > 0 && str_eq(d.kept_name, STR("รูป.jpg")));
    assert_true(str_eq(d.accept, STR("image/jpeg,image/png,image/webp")));
    k = send_kept(f, d, 7);
    assert_true(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &again));
    assert_true(str_eq(again.bytes, u.bytes) && str_eq(again.name, u.name) && again.size.width == 600);
    /* and once more, as a form with several faults does */
    struct file_field second;
    assert_ok(form_file_field(&k->form, "scan", FILE_IMAGE, &again, &second));
    assert_true(str_eq(second.kept, d.kept));
    /* put into use: the row that is there, with its little one */
    struct file_object_id file;
    struct file_use_id use;
    struct file_info *list = NULL;
    size_t n = 0;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(file_put(rq_files(&k->rq), f->db, f->arena, &again, &file));
    assert_int_equal(file.v, again.kept.v);
    assert_ok(file_attach(f->db, f->arena, &(struct file_use_new){file, STR("test"), 9, STR("scan"), again.name, 7, true}, &use));
    assert_ok(file_list(f->db, f->arena, STR("test"), 9, &list, &n));
    assert_true(n == 1 && !id_is_none(list[0].small_file));
    db_rollback(f->db);
    /* nobody else's, nothing made up, another kind */
    static const int64_t others[] = {8, 0};
    for (int i = 0; i < 2; i++) {
        k = send_kept(f, d, others[i]);
        assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &again));
        assert_fault(k, "Attach a file");
    }
    struct file_field forged = d;
    forged.kept = str_concat(f->arena, (const struct str[]){STR("7:1"), str_from(d.kept, (size_t)str_find_char(d.kept, '.'))}, 2);
    k = send_kept(f, str_eq(forged.kept, d.kept) ? (struct file_field){.kept = STR("7:1.00")} : forged, 7);
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &again));
    k = send_kept(f, d, 7);
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_PDF, &again));
    assert_fault(k, "for a day");
    /* a day later */
    struct file_swept swept;
    assert_ok(file_sweep(rq_files(&k->rq), f->db, f->arena, -5000, &swept));
    assert_int_equal(swept.rows, 2);
    k = send_kept(f, d, 7);
    assert_false(form_file(&k->form, "scan", FORM_MUST, FILE_IMAGE, &again));
    assert_fault(k, "for a day");
}

int main(void)
{
    image_helper_program(SARN_PROGRAM);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_content), cmocka_unit_test(test_none_and_many),
        cmocka_unit_test(test_workbook),   cmocka_unit_test(test_picture),
        cmocka_unit_test(test_kept),
    };
    return FIXTURE_RUN(tests);
}
