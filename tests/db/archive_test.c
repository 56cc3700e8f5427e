/* archive_test.c — what is saved comes back, on the other engine too, byte for byte; and what is
 * damaged, newer or in the way is refused with nothing written. */
#include "fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/sha.h"
#include "db/archive.h"
#include "db/catalog.h"
#include "db/migrate_internal.h"

static const struct db_sql LOOSE = {.name = "loose_add",
                                    .sqlite = "INSERT INTO loose (t, n, b) VALUES (?1, ?2, ?3)",
                                    .pg = "INSERT INTO loose (t, n, b) VALUES ($1, $2, $3)",
                                    .nparam = 3,
                                    .is_write = true,
                                    .pg_types = "tib"};

/* A path that is free again for another archive; static until the next call but one. */
static const char *fresh(const char *name)
{
    static char path[2][160];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s", fixture_path(name));
    unlink(path[turn]);
    return path[turn];
}

static void loose(struct db *db, struct db_value t, int64_t n, struct db_value b)
{
    struct db_value v[] = {t, v_int(n), b};
    assert_ok(db_run(db, &LOOSE, v, NULL));
}

static void fill(struct db *db)
{
    assert_ok(db_begin(db, DB_TXN_WRITE));
    assert_ok(db_script(
        db, "INSERT INTO area (id, code, kind, parent_id) VALUES (7, 'TH-81', 'p', 2), (5, 'ก', "
            "'p', 7);"
            "INSERT INTO fund (id, area_id, head_id, left_satang, name) VALUES (40, 7, 9, 5, '');"
            "INSERT INTO person (id, fund_id, name) VALUES (9, 40, 'มานะ');"
            "INSERT INTO setting (scope, name, value) VALUES ('b', 'x', NULL), ('a', 'x', '\\N'),"
            " ('z', 'a', ''), ('Z', 'ก', 'q');"
            "INSERT INTO entry (id, v) VALUES (100, 4)"));
    loose(db, v_text(STR("\\N")), INT64_MIN, v_bytes(STR("")));
    loose(db, v_text(STR("a\tb\nc\rd\\e\\tf")), INT64_MAX, v_bytes(STR("\0\xff\n\t\\N")));
    loose(db, v_null(), 0, v_null());
    loose(db, v_text(STR("")), 0, v_null());
    assert_ok(db_commit(db));
}

static struct db *new_filled(void)
{
    struct db *db = fixture_open();
    assert_ok(migrate_apply(db, NULL, NULL));
    fill(db);
    return db;
}

/* All table files of an archive one after the other. */
static struct str tables_of(const char *path, struct arena *a)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    assert_non_null(zip);
    struct buf b = buf_in(a, 8 << 20);
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        char chunk[4096];
        const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);
        if (strncmp(name, "tables/", 7) != 0) continue;
        buf_printf(&b, "== %s\n", name);
        zip_file_t *f = zip_fopen_index(zip, (zip_uint64_t)i, 0);
        for (zip_int64_t n; (n = zip_fread(f, chunk, sizeof chunk)) > 0;)
            buf_put(&b, (struct str){chunk, (size_t)n});
        zip_fclose(f);
    }
    zip_discard(zip);
    return buf_str(&b);
}

/* Restores into a new database of that engine; the caller closes it. */
static struct db *restored(enum db_engine engine, const char *path)
{
    struct db *db = NULL;
    struct archive_report report;
    assert_ok(db_open(fixture_url(engine, 1), DB_READ_WRITE, &db));
    assert_ok(archive_restore(db, path, NULL, &report));
    return db;
}

static void there_and_back(void **state)
{
    (void)state;
    struct arena *a = arena_new(32 << 20);
    struct archive_report report = {0}, checked = {0};
    struct db *db = new_filled();
    const char *first = fresh("first.zip");
    assert_ok(archive_backup(db, first, NULL, &report));
    db_close(db);
    assert_int_equal(report.tables, 6);
    assert_int_equal(report.rows, 4 + 1 + 1 + 4 + 4 + 2);
    assert_int_equal(report.migration, 3);
    assert_ok(archive_check(first, &checked));
    assert_int_equal(checked.rows, report.rows);
    assert_int_equal(checked.engine, fixture_engine);
    assert_string_equal(checked.made_at, report.made_at);
    struct str one = tables_of(first, a);
    assert_true(str_find(one, STR("\\\\N\n")) > 0 && str_find(one, STR("00ff0a095c4e")) > 0);

    enum db_engine other =
        fixture_engine == DB_SQLITE && fixture_has_pg() ? DB_POSTGRES : DB_SQLITE;
    db = restored(other, first);
    const char *second = fresh("second.zip");
    assert_ok(archive_backup(db, second, NULL, &report));
    db_close(db);
    assert_string_equal(str_z(a, one), str_z(a, tables_of(second, a)));
    db = restored(fixture_engine, second);
    const char *third = fresh("third.zip");
    assert_ok(archive_backup(db, third, NULL, &report));
    db_close(db);
    assert_string_equal(str_z(a, one), str_z(a, tables_of(third, a)));
    arena_free(a);
}

/* Triggers, keys and automatic numbers work again after a restore. */
static void lives_on(void **state)
{
    (void)state;
    struct archive_report report;
    int64_t n = 0;
    struct db *db = new_filled();
    const char *path = fresh("lives.zip");
    assert_ok(archive_backup(db, path, NULL, &report));
    db_close(db);
    db = restored(fixture_engine, path);
    assert_err(db_script(db, "DELETE FROM entry"), ERR_REFUSED);
    assert_err(db_script(db, "INSERT INTO fund (area_id) VALUES (99)"), ERR_REFUSED);
    assert_err(db_script(db, "UPDATE fund SET left_satang = -1"), ERR_REFUSED);
    assert_ok(db_script(db, "INSERT INTO person (name) VALUES ('ปิติ')"));
    assert_ok(db_scalar(db, "SELECT max(id) FROM person", &n));
    assert_int_equal(n, 10);
    assert_ok(db_scalar(db, "SELECT sum(twice) FROM entry", &n));
    assert_int_equal(n, 28);
    int pending = -1;
    assert_ok(migrate_pending(db, &pending));
    assert_int_equal(pending, 0);
    db_close(db);
}

static void not_in_the_way(void **state)
{
    (void)state;
    struct archive_report report;
    struct stat st;
    struct db *db = new_filled();
    const char *path = fresh("way.zip");
    assert_ok(archive_backup(db, path, NULL, &report));
    assert_err(archive_backup(db, path, NULL, &report), ERR_CONFLICT);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600); /* personal data */
    assert_err(archive_backup(db, "/nowhere/at/all.zip", NULL, &report), ERR_IO);
    assert_err(archive_restore(db, path, NULL, &report), ERR_CONFLICT);
    assert_false(db_in_txn(db));
    assert_err(db_script(db, "INSERT INTO fund (area_id) VALUES (99)"), ERR_REFUSED);
    db_close(db);
    db = fixture_open();
    assert_err(archive_backup(db, fresh("none.zip"), NULL, &report), ERR_INPUT);
    assert_err(archive_restore(db, fixture_path("absent.zip"), NULL, &report), ERR_NOT_FOUND);
    db_close(db);
}

static void older_archive(void **state)
{
    (void)state;
    struct archive_report report;
    int64_t n = 0;
    struct db *db = fixture_open();
    assert_ok(db_begin(db, DB_TXN_WRITE));
    assert_ok(migrate_in_txn(db, 1, NULL, NULL));
    assert_ok(db_script(db, "INSERT INTO area (id, code, parent_id) VALUES (3, 'x', 2); INSERT "
                            "INTO setting VALUES ('s', 'n', 'v')"));
    assert_ok(db_commit(db));
    const char *path = fresh("older.zip");
    assert_ok(archive_backup(db, path, NULL, &report));
    assert_int_equal(report.migration, 1);
    db_close(db);
    db = restored(fixture_engine, path);
    assert_ok(db_scalar(db, "SELECT count(*) FROM area WHERE kind = 'old'", &n));
    assert_int_equal(n, 3);
    int pending = -1;
    assert_ok(migrate_pending(db, &pending));
    assert_int_equal(pending, 0);
    db_close(db);
}

/* Whichever step fails: the database is as new as before, and takes the archive at last. */
static void every_step_may_fail(void **state)
{
    (void)state;
    struct archive_report report;
    struct db *db = new_filled();
    const char *path = fresh("steps.zip");
    assert_ok(archive_backup(db, path, NULL, &report));
    db_close(db);
    assert_ok(db_open(fixture_url(fixture_engine, 1), DB_READ_WRITE, &db));
    bool is_through = false;
    uint32_t n = 1;
    uint32_t pace = fixture_engine == DB_SQLITE ? 1 : 5; /* a schema a step takes PostgreSQL long */
    for (; !is_through && n < 500; n += pace) {
        int64_t tables = -1;
        db_fail_at(db, n);
        is_through = archive_restore(db, path, NULL, &report) == ERR_OK;
        db_fail_at(db, 0);
        assert_false(db_in_txn(db));
        assert_ok(catalog_count(db, &tables));
        if (!is_through && tables == 0) continue;
        break; /* the very last step is switching keys on again, after the commit */
    }
    assert_true(n > 20 && n < 500);
    db_close(db);
}

/* ---- damage ---- */

static void copy_file(const char *from, const char *to, long cut, long flip)
{
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in != NULL && out != NULL);
    int c;
    for (long at = 0; (c = fgetc(in)) != EOF && (cut < 0 || at < cut); at++)
        fputc(at == flip ? c ^ 0x20 : c, out);
    fclose(in);
    fclose(out);
}

static void bits_fall_over(void **state)
{
    (void)state;
    if (fixture_engine == DB_POSTGRES) return; /* the file is the same */
    struct arena *a = arena_new(32 << 20);
    struct archive_report report;
    struct stat st;
    struct db *db = new_filled();
    const char *path = fresh("whole.zip");
    assert_ok(archive_backup(db, path, NULL, &report));
    db_close(db);
    struct str whole = tables_of(path, a);
    char bad[160];
    snprintf(bad, sizeof bad, "%s", fixture_path("bad.zip"));
    assert_int_equal(stat(path, &st), 0);
    int found = 0, harmless = 0;
    for (long at = 0; at < st.st_size; at += 2) {
        copy_file(path, bad, -1, at);
        enum err e = archive_check(bad, &report);
        if (e != ERR_OK) {
            assert_true(e == ERR_INPUT || e == ERR_LIMIT || e == ERR_IO);
            found++;
            continue;
        }
        /* A moment or an attribute in the ZIP's own head: the content is whole. */
        struct arena *b = arena_new(32 << 20);
        assert_true(str_eq(whole, tables_of(bad, b)));
        arena_free(b);
        harmless++;
    }
    print_message("%d of %d flipped bits noticed, the others change nothing\n", found,
                  found + harmless);
    assert_true(found > harmless);
    for (long cut = 0; cut < st.st_size; cut += 37) {
        copy_file(path, bad, cut, -1);
        assert_err(archive_check(bad, &report), ERR_INPUT);
    }
    arena_free(a);
}

/* Replaces or adds one file of the archive; a whole ZIP with wrong content. */
static void replace(const char *path, const char *name, const char *content)
{
    int code = 0;
    zip_t *zip = zip_open(path, 0, &code);
    assert_non_null(zip);
    zip_source_t *source = zip_source_buffer(zip, content, strlen(content), 0);
    assert_true(zip_file_add(zip, name, source, ZIP_FL_OVERWRITE) >= 0);
    assert_int_equal(zip_close(zip), 0);
}

static void refused(const char *whole, const char *name, const char *content, const char *why)
{
    struct archive_report report;
    struct db *db = NULL;
    int64_t tables = -1;
    char bad[160];
    snprintf(bad, sizeof bad, "%s", fixture_path("refused.zip"));
    copy_file(whole, bad, -1, -1);
    replace(bad, name, content);
    assert_ok(db_open(fixture_url(fixture_engine, 1), DB_READ_WRITE, &db));
    assert_err(archive_restore(db, bad, NULL, &report), ERR_INPUT);
    if (strstr(err_detail(), why) == NULL) fail_msg("'%s' does not say '%s'", err_detail(), why);
    assert_ok(catalog_count(db, &tables));
    assert_int_equal(tables, 0);
    db_close(db);
}

static void wrong_content(void **state)
{
    (void)state;
    struct archive_report report;
    struct db *db = new_filled();
    const char *path = fresh("content.zip");
    assert_ok(archive_backup(db, path, NULL, &report));
    db_close(db);
    refused(path, "tables/loose.tsv", "b:bytes\tn:int\tt:text\n", "wrong sum: loose");
    refused(path, "tables/more.tsv", "id:int\n", "too many");
    refused(path, "MANIFEST", "sarn-archive 3\n", "newer");
    refused(path, "MANIFEST", "sarn-archive 1\nmade_at x\n", "does not know");
    refused(path, "MANIFEST", "sarn-archive 1\ntable ../../etc/passwd 1\n",
            "MANIFEST cannot be read");
    refused(path, "MANIFEST", "hello", "no archive");
    refused(path, "SHA256SUMS", "", "missing");
}

/* A made-up archive whose sums are right but whose rows are not. */
static void forge(const char *path, const char *table_file)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    struct arena *a = arena_new(1 << 20);
    struct buf manifest = buf_in(a, 1 << 16), sums = buf_in(a, 1 << 16);
    static const char *const EMPTY[][2] = {
        {"area", "id:int\tcode:text\tparent_id:int\n"},
        {"entry", "id:int\tv:int\n"},
        {"fund", "id:int\tarea_id:int\thead_id:int\tleft_satang:int\tname:text\tpaper:bytes\n"},
        {"loose", NULL},
        {"person", "id:int\tfund_id:int\tname:text\n"},
        {"setting", "name:text\tscope:text\tvalue:text\n"},
    };
    buf_printf(&manifest, "sarn-archive 1\nmigration 1 %064d 0001_first\n", 0);
    manifest.n -= strlen(" 0001_first\n") + 64;
    for (int i = 0; i < 64; i++)
        buf_putc(&manifest, '1');
    BUF_LIT(&manifest, " 0001_first\n");
    for (size_t i = 0; i < 6; i++) {
        const char *content = EMPTY[i][1] ? EMPTY[i][1] : table_file;
        int rows = -1;
        for (const char *p = content; *p != '\0'; p++)
            rows += *p == '\n';
        buf_printf(&manifest, "table %s %d\n", EMPTY[i][0], rows);
        struct sha256 sum = sha256_of(str_of(content));
        buf_hex(&sums, sum.b, 32);
        buf_printf(&sums, "  tables/%s.tsv\n", EMPTY[i][0]);
        const char *name = str_z(a, str_printf(a, "tables/%s.tsv", EMPTY[i][0]));
        assert_true(
            zip_file_add(zip, name, zip_source_buffer(zip, content, strlen(content), 0), 0) >= 0);
    }
    struct sha256 sum = sha256_of(buf_str(&manifest));
    buf_hex(&sums, sum.b, 32);
    BUF_LIT(&sums, "  MANIFEST\n");
    assert_true(
        zip_file_add(zip, "MANIFEST", zip_source_buffer(zip, manifest.p, manifest.n, 0), 0) >= 0);
    assert_true(zip_file_add(zip, "SHA256SUMS", zip_source_buffer(zip, sums.p, sums.n, 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    arena_free(a);
}

static void forged_rows(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        enum err want;
    } CASES[] = {
        {"b:bytes\tn:int\tt:text\n00ff\t-1\tx\n", ERR_OK},
        {"b:bytes\tn:int\tt:text\n00f\t-1\tx\n", ERR_INPUT},  /* half a byte */
        {"b:bytes\tn:int\tt:text\n00FF\t-1\tx\n", ERR_INPUT}, /* not as the writer writes */
        {"b:bytes\tn:int\tt:text\n00\t1.5\tx\n", ERR_INPUT},
        {"b:bytes\tn:int\tt:text\n00\t9223372036854775808\tx\n", ERR_INPUT},
        {"b:bytes\tn:int\tt:text\n00\t1\tx\\q\n", ERR_INPUT}, /* no such escape */
        {"b:bytes\tn:int\tt:text\n00\t1\tx\\\n", ERR_INPUT},
        {"b:bytes\tn:int\tt:text\n00\t1\n", ERR_INPUT},       /* a field is missing */
        {"b:bytes\tn:int\tt:text\n00\t1\tx\ty\n", ERR_INPUT}, /* one too many */
        {"b:bytes\tn:int\tt:text\n00\t1\t\xff\n", ERR_INPUT}, /* no UTF-8 */
        {"b:bytes\tn:int\tu:text\n", ERR_INPUT},              /* no such column */
        {"b:bytes\tn:int\tt:text\n00\t1\tx", ERR_INPUT},      /* cut off */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct archive_report report;
        struct db *db = NULL;
        const char *path = fresh("forged.zip");
        forge(path, CASES[i].file);
        assert_ok(db_open(fixture_url(fixture_engine, 1), DB_READ_WRITE, &db));
        enum err e = archive_restore(db, path, NULL, &report);
        if (e != CASES[i].want) fail_msg("case %zu: %s: %s", i, err_name(e), err_detail());
        db_close(db);
    }
}

/* ---- a snapshot while others write ---- */

static _Atomic bool is_enough;
static char busy_url[600];

/* Returns `arg` when it failed. */
static void *writes_pairs(void *arg)
{
    struct db *db = NULL;
    if (db_open(str_of(busy_url), DB_READ_WRITE, &db) != ERR_OK) return arg;
    void *failed = NULL;
    for (int64_t n = 1; !is_enough && failed == NULL; n++) {
        struct db_value v[] = {v_null(), v_int(n), v_null()};
        bool is_ok =
            db_begin(db, DB_TXN_WRITE) == ERR_OK && db_run(db, &LOOSE, v, NULL) == ERR_OK &&
            db_script(db, "INSERT INTO entry (id, v) SELECT max(id) + 1, 1 FROM entry") == ERR_OK &&
            db_commit(db) == ERR_OK;
        if (!is_ok) failed = arg;
    }
    if (db_in_txn(db)) db_rollback(db);
    db_close(db);
    return failed;
}

static void snapshot_while_writing(void **state)
{
    (void)state;
    struct archive_report report;
    struct db *db = NULL;
    pthread_t writer;
    void *failed = NULL;
    snprintf(busy_url, sizeof busy_url, "%.*s", STR_FMT(fixture_url(fixture_engine, 0)));
    assert_ok(db_open(str_of(busy_url), DB_READ_WRITE, &db));
    assert_ok(migrate_apply(db, NULL, NULL));
    is_enough = false;
    assert_int_equal(pthread_create(&writer, NULL, writes_pairs, busy_url), 0);
    for (int i = 0; i < 5; i++) {
        usleep(30000);
        char path[160];
        snprintf(path, sizeof path, "%s", fresh("busy.zip"));
        assert_ok(archive_backup(db, path, NULL, &report));
        struct db *copy = restored(fixture_engine, path);
        int64_t rows = -1, entries = -1;
        assert_ok(db_scalar(copy, "SELECT count(*) FROM loose", &rows));
        assert_ok(db_scalar(copy, "SELECT count(*) - 1 FROM entry", &entries));
        assert_int_equal(rows, entries); /* both halves of every transaction, or none */
        db_close(copy);
    }
    is_enough = true;
    pthread_join(writer, &failed);
    assert_null(failed);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest archive[] = {
        cmocka_unit_test(there_and_back),         cmocka_unit_test(lives_on),
        cmocka_unit_test(not_in_the_way),         cmocka_unit_test(older_archive),
        cmocka_unit_test(every_step_may_fail),    cmocka_unit_test(bits_fall_over),
        cmocka_unit_test(wrong_content),          cmocka_unit_test(forged_rows),
        cmocka_unit_test(snapshot_while_writing),
    };
    return FIXTURE_RUN(archive);
}
