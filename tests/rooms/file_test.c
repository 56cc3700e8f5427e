/* file_test.c — files: kept once whatever their store, found only by their thing, missing ones named,
 * unused ones swept, and carried from engine to engine by the archive. */
#include "tests/rooms/fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <zip.h>

#include "app/file.h"
#include "app/file_dir.h"
#include "db/catalog.h"

static struct file_store store_in(const char *dir)
{
    return (struct file_store){.is_in_db = dir == NULL, .dir = dir};
}

/* Each test with its own folder: they share one process. */
static const char *folder(struct fixture *f, const char *name)
{
    return str_z(f->arena, str_of(fixture_path(name)));
}

static struct upload paper(const char *content)
{
    return (struct upload){.kind = FILE_PDF,
                           .name = STR("ใบสมัคร \"1\".pdf"),
                           .content_type = STR("application/pdf"),
                           .bytes = str_of(content)};
}

static struct upload photo(const char *whole, const char *small)
{
    return (struct upload){.kind = FILE_IMAGE,
                           .name = STR("a.jpg"),
                           .content_type = STR("image/jpeg"),
                           .bytes = str_of(whole),
                           .small = str_of(small),
                           .size = {40, 30},
                           .small_size = {4, 3}};
}

/* Puts it and attaches it to a thing, in one transaction. */
static struct file_use_id keep(struct fixture *f, const struct file_store *s, struct upload u, int64_t thing_id)
{
    struct file_object_id file;
    struct file_use_id use;
    assert_ok(file_save(s, &u));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(file_put(s, f->db, f->arena, &u, &file));
    struct file_use_new n = {.file = file, .thing = STR("test"), .thing_id = thing_id, .kind = STR("scan"),
                             .name = u.name, .account = 7, .is_private = true};
    assert_ok(file_attach(f->db, f->arena, &n, &use));
    assert_ok(db_commit(f->db));
    return use;
}

static struct str use_text(struct fixture *f, struct file_use_id use)
{
    return str_printf(f->arena, "%lld", (long long)use.v);
}

static int64_t count(struct fixture *f, const char *table)
{
    int64_t n = -1;
    assert_ok(db_scalar(f->db, str_z(f->arena, str_printf(f->arena, "SELECT count(*) FROM %s", table)), &n));
    return n;
}

static void kept_and_found(struct fixture *f, const struct file_store *s)
{
    struct file_info info, *list = NULL;
    struct str bytes;
    size_t n = 0;
    struct file_use_id a = keep(f, s, paper("%PDF-1.4 one"), 1);
    struct file_use_id b = keep(f, s, photo("whole picture", "small"), 1);
    struct file_use_id c = keep(f, s, paper("%PDF-1.4 one"), 2);
    assert_int_equal(count(f, "file_object"), 3); /* the same content once; the photo and its little one */
    assert_int_equal(count(f, "file_bytes"), s->is_in_db ? 3 : 0);
    assert_ok(file_list(f->db, f->arena, STR("test"), 1, &list, &n));
    assert_int_equal(n, 2);
    assert_true(list[0].use.v == a.v && list[1].use.v == b.v);
    assert_true(str_eq(list[0].name, STR("ใบสมัคร \"1\".pdf")) && list[0].is_private && list[0].account == 7);
    assert_true(id_is_none(list[0].small_file) && !id_is_none(list[1].small_file));
    assert_int_equal(list[1].size.width, 40);
    assert_int_equal(list[1].small_bytes, 5);
    assert_ok(file_read_bytes(s, f->db, f->arena, &list[1], &bytes));
    assert_true(str_eq(bytes, STR("whole picture")));
    /* by its thing only */
    assert_ok(file_find(f->db, f->arena, use_text(f, c), STR("test"), 2, &info));
    assert_ok(file_read_bytes(s, f->db, f->arena, &info, &bytes));
    assert_true(str_eq(bytes, STR("%PDF-1.4 one")));
    assert_err(file_find(f->db, f->arena, use_text(f, c), STR("test"), 1, &info), ERR_NOT_FOUND);
    assert_err(file_find(f->db, f->arena, use_text(f, c), STR("other"), 2, &info), ERR_NOT_FOUND);
    static const char *const odd[] = {"", "0", "-1", "1e3", "99999999", "9223372036854775808"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_err(file_find(f->db, f->arena, str_of(odd[i]), STR("test"), 1, &info), ERR_NOT_FOUND);
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_err(file_detach(f->db, a, STR("test"), 2), ERR_NOT_FOUND);
    assert_ok(file_detach(f->db, a, STR("test"), 1));
    assert_ok(db_commit(f->db));
    assert_ok(file_list(f->db, f->arena, STR("test"), 1, &list, &n));
    assert_int_equal(n, 1);
}

static void test_kept_and_found(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store in_db = store_in(NULL), in_dir = store_in(folder(&f, "kept.files"));
    kept_and_found(&f, &in_dir);
    fixture_end(&f);
    f = fixture_begin();
    kept_and_found(&f, &in_db);
    fixture_end(&f);
}

/* After a change of mind, the old ones are still read. */
static void test_both_stores_are_read(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store in_dir = store_in(folder(&f, "both.files")), both = in_dir;
    struct file_info *list = NULL;
    struct str bytes;
    size_t n = 0;
    keep(&f, &in_dir, paper("in the folder"), 1);
    both.is_in_db = true;
    keep(&f, &both, paper("in the table"), 1);
    assert_int_equal(count(&f, "file_bytes"), 1);
    assert_ok(file_list(f.db, f.arena, STR("test"), 1, &list, &n));
    for (size_t i = 0; i < 2; i++) {
        assert_ok(file_read_bytes(&both, f.db, f.arena, &list[i], &bytes));
        assert_ok(file_read_bytes(&in_dir, f.db, f.arena, &list[i], &bytes));
    }
    assert_true(str_eq(bytes, STR("in the table")));
    fixture_end(&f);
}

static void test_where(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s;
    const char *url = str_z(f.arena, f.url), *dir = folder(&f, "wish.files");
    assert_ok(file_store_open(f.db, f.arena, url, NULL, &s));
    assert_int_equal(s.is_in_db, fixture_engine == DB_POSTGRES);
    if (fixture_engine == DB_SQLITE) assert_true(str_ends(str_of(s.dir), STR(".files")));
    assert_ok(file_store_open(f.db, f.arena, "sqlite:/a/b.db", "db", &s));
    assert_true(s.is_in_db);
    assert_string_equal(s.dir, "/a/b.db.files");
    assert_ok(file_store_keep(f.db, f.arena, dir));
    assert_ok(file_store_open(f.db, f.arena, url, NULL, &s));
    assert_false(s.is_in_db);
    assert_true(s.dir[0] == '/' && access(s.dir, F_OK) == 0);
    assert_ok(file_store_keep(f.db, f.arena, "db"));
    assert_ok(file_store_open(f.db, f.arena, url, NULL, &s));
    assert_true(s.is_in_db);
    assert_ok(file_store_keep(f.db, f.arena, NULL));
    assert_ok(file_store_open(f.db, f.arena, url, NULL, &s));
    assert_int_equal(s.is_in_db, fixture_engine == DB_POSTGRES);
    assert_err(file_store_keep(f.db, f.arena, "/nowhere/at/all"), ERR_IO);
    fixture_end(&f);
}

static struct str told;
static struct arena *told_in;

static void tell(void *ctx, struct str line)
{
    (void)ctx;
    told = str_concat(told_in, (const struct str[]){told, line, STR("\n")}, 3);
}

/* ---- what is swept ---- */

static bool is_in_folder(const struct file_store *s, const char *content)
{
    return file_dir_has(s->dir, file_hex_of(str_of(content)).text, (int64_t)strlen(content));
}

#define AT_ONCE (-5000) /* an age below nothing: even what came this very second is old */

static void test_swept(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in(folder(&f, "swept.files")), in_db = store_in(NULL);
    struct file_swept swept;
    struct file_object_id file;
    struct upload torn = paper("of a transaction that failed");
    assert_ok(file_sweep(&s, f.db, f.arena, AT_ONCE, &swept)); /* there is no folder yet */
    assert_ok(file_save(&s, &torn));
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    assert_ok(file_put(&s, f.db, f.arena, &torn, &file));
    db_rollback(f.db);
    assert_int_equal(count(&f, "file_object"), 0);
    struct file_use_id used = keep(&f, &s, photo("used", "used small"), 1);
    keep(&f, &in_db, paper("in the table"), 1);
    assert_ok(file_sweep(&s, f.db, f.arena, FILE_ORPHAN_MS, &swept));
    assert_int_equal(swept.rows + swept.files, 0); /* a transaction that is running may want it */
    assert_ok(file_sweep(&s, f.db, f.arena, AT_ONCE, &swept));
    assert_int_equal(swept.rows, 0);
    assert_int_equal(swept.files, 1);
    assert_false(is_in_folder(&s, "of a transaction that failed"));
    assert_true(is_in_folder(&s, "used") && is_in_folder(&s, "used small"));
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    assert_ok(file_detach(f.db, used, STR("test"), 1));
    assert_ok(db_commit(f.db));
    assert_ok(file_sweep(&s, f.db, f.arena, AT_ONCE, &swept));
    assert_int_equal(swept.rows, 2); /* and its little one */
    assert_int_equal(swept.files, 2);
    assert_false(is_in_folder(&s, "used") || is_in_folder(&s, "used small"));
    assert_int_equal(count(&f, "file_bytes"), 1);
    assert_int_equal(count(&f, "file_object"), 1);
    assert_ok(db_script(f.db, "DELETE FROM file_use"));
    assert_ok(file_sweep(&s, f.db, f.arena, AT_ONCE, &swept));
    assert_int_equal(count(&f, "file_bytes"), 0);
    fixture_end(&f);
}

/* What we did not write stays; what we did not finish goes. */
static void test_swept_only_ours(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in(folder(&f, "ours.files"));
    struct file_swept swept;
    struct upload u = paper("x");
    static const char *const names[] = {"note.txt", "ab/readme", "ab/.part-0123456789abcdef", "zz/file"};
    char path[4096];
    assert_ok(file_save(&s, &u));
    snprintf(path, sizeof path, "%s/ab", s.dir);
    (void)mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/zz", s.dir);
    (void)mkdir(path, 0700);
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", s.dir, names[i]);
        int fd = open(path, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
    assert_ok(file_sweep(&s, f.db, f.arena, AT_ONCE, &swept));
    assert_int_equal(swept.files, 2); /* the orphan, the broken-off one */
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", s.dir, names[i]);
        assert_int_equal(access(path, F_OK) == 0, i != 2);
    }
    fixture_end(&f);
}

/* Three writers bring the same content again and again while it is swept without mercy: whatever was
 * committed is there. */
#define BUSY_TURNS 12
static struct str busy_url;
static _Atomic int busy_left;

static void *brings(void *arg)
{
    struct db *db = NULL;
    struct file_store s = store_in(NULL);
    struct arena *a = arena_new((size_t)1 << 20);
    enum err e = db_open(busy_url, DB_READ_WRITE, &db);
    for (int i = 0; i < BUSY_TURNS && e == ERR_OK; i++) {
        struct upload u = photo("the same", "small");
        struct file_object_id file;
        struct file_use_id use;
        e = db_begin(db, DB_TXN_WRITE);
        if (e == ERR_OK) e = file_put(&s, db, a, &u, &file);
        struct file_use_new n = {.file = file, .thing = STR("busy"), .thing_id = 1, .kind = STR("k"), .name = STR("n")};
        if (e == ERR_OK) e = file_attach(db, a, &n, &use);
        if (e == ERR_OK) e = db_commit(db);
        if (e == ERR_OK) e = db_begin(db, DB_TXN_WRITE);
        if (e == ERR_OK && i + 1 < BUSY_TURNS) e = file_detach(db, use, STR("busy"), 1);
        if (e == ERR_OK) e = db_commit(db);
        arena_reset(a);
    }
    if (e != ERR_OK) print_message("%s: %s\n", err_name(e), err_detail());
    if (db_in_txn(db)) db_rollback(db);
    db_close(db);
    arena_free(a);
    busy_left--;
    return e == ERR_OK ? NULL : arg;
}

static void test_swept_while_brought(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in(NULL);
    pthread_t writers[3];
    told = STR("");
    told_in = f.arena;
    int64_t dropped = 0, files = 0, bad = -1;
    busy_url = str_copy(f.arena, f.url);
    busy_left = 3;
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&writers[i], NULL, brings, &busy_url), 0);
    while (busy_left > 0) {
        struct file_swept swept = {0};
        enum err e = file_sweep(&s, f.db, f.arena, AT_ONCE, &swept);
        if (e != ERR_OK && e != ERR_UNAVAILABLE) fail_msg("%s: %s", err_name(e), err_detail());
        dropped += swept.rows;
    }
    for (int i = 0; i < 3; i++) {
        void *failed = NULL;
        pthread_join(writers[i], &failed);
        assert_null(failed);
    }
    assert_ok(file_verify(&s, f.db, f.arena, tell, NULL, &files, &bad));
    assert_int_equal(bad, 0);
    assert_int_equal(files, 2);
    assert_int_equal(count(&f, "file_use"), 3);
    print_message("%lld rows swept meanwhile\n", (long long)dropped);
    fixture_end(&f);
}

/* Whichever step fails: nothing of it is in the database. */
static void test_every_step_may_fail(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store stores[] = {store_in(NULL), store_in(folder(&f, "steps.files"))};
    for (size_t i = 0; i < 2; i++) {
        bool is_through = false;
        uint32_t step = 1;
        for (; !is_through && step < 30; step++) {
            struct upload u = photo(i == 0 ? "a" : "b", i == 0 ? "c" : "d");
            struct file_object_id file;
            struct file_use_id use;
            int64_t before = count(&f, "file_object");
            db_fail_at(f.db, step);
            enum err e = db_begin(f.db, DB_TXN_WRITE);
            if (e == ERR_OK) e = file_put(&stores[i], f.db, f.arena, &u, &file);
            struct file_use_new n = {.file = file, .thing = STR("step"), .thing_id = 1, .kind = STR("k"), .name = STR("n")};
            if (e == ERR_OK) e = file_attach(f.db, f.arena, &n, &use);
            if (e == ERR_OK) e = db_commit(f.db);
            db_fail_at(f.db, 0);
            if (db_in_txn(f.db)) db_rollback(f.db);
            is_through = e == ERR_OK;
            assert_int_equal(count(&f, "file_object"), before + (is_through ? 2 : 0));
        }
        assert_true(is_through && step > 4);
    }
    assert_int_equal(count(&f, "file_use"), 2);
    fixture_end(&f);
}

/* ---- what is wrong is named ---- */

static int64_t bad_files(struct fixture *f, const struct file_store *s, int64_t want_files)
{
    int64_t files = -1, bad = -1;
    told = STR("");
    told_in = f->arena;
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(file_verify(s, f->db, f->arena, tell, NULL, &files, &bad));
    db_rollback(f->db);
    assert_int_equal(files, want_files);
    return bad;
}

/* Overwrites the file of that content by hand. */
static void spoil(const struct file_store *s, const char *content, const char *with)
{
    char path[4096];
    struct file_hex hex = file_hex_of(str_of(content));
    snprintf(path, sizeof path, "%s/%.2s/%s", s->dir, hex.text, hex.text + 2);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(with, file);
    fclose(file);
}

static void test_verify(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in(folder(&f, "verify.files"));
    struct file_info *list = NULL;
    struct str bytes;
    size_t n = 0;
    keep(&f, &s, paper("paper one"), 1);
    keep(&f, &s, photo("photo", "tiny"), 1);
    assert_int_equal(bad_files(&f, &s, 3), 0);
    spoil(&s, "paper one", "paper 0ne");
    assert_int_equal(bad_files(&f, &s, 3), 1);
    assert_true(str_find(told, str_of(file_hex_of(STR("paper one")).text)) >= 0);
    assert_true(str_find(told, STR("damaged")) >= 0);
    spoil(&s, "tiny", "tin");
    assert_int_equal(bad_files(&f, &s, 3), 2);
    assert_true(str_find(told, STR("missing")) >= 0);
    /* and is never handed out */
    assert_ok(file_list(f.db, f.arena, STR("test"), 1, &list, &n));
    assert_err(file_read_bytes(&s, f.db, f.arena, &list[0], &bytes), ERR_IO);
    /* the same content given again mends it */
    keep(&f, &s, paper("paper one"), 2);
    assert_int_equal(bad_files(&f, &s, 3), 1);
    struct file_store in_db = store_in(NULL);
    keep(&f, &in_db, paper("in the table"), 3);
    if (fixture_engine == DB_SQLITE)
        assert_ok(db_script(f.db, "UPDATE file_bytes SET content = CAST('in the tablE' AS BLOB)"));
    else
        assert_ok(db_script(f.db, "UPDATE file_bytes SET content = 'in the tablE'::bytea"));
    assert_int_equal(bad_files(&f, &s, 4), 2);
    fixture_end(&f);
}

static void test_folder_in_the_way(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in("/proc/none/files");
    struct upload u = paper("x");
    struct file_object_id file;
    assert_err(file_save(&s, &u), ERR_IO);
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    assert_err(file_put(&s, f.db, f.arena, &u, &file), ERR_IO);
    db_rollback(f.db);
    assert_int_equal(count(&f, "file_object"), 0);
    fixture_end(&f);
}

/* ---- the archive ---- */

static struct archive_report saved(struct fixture *f, const struct file_store *s, const char *path)
{
    struct archive_report r = {0}, checked = {0};
    struct archive_files files = file_archive(s);
    unlink(path);
    assert_ok(archive_backup(f->db, path, &files, &r));
    assert_ok(archive_check(path, &checked));
    assert_int_equal(checked.files, r.files);
    return r;
}

/* Restores into another database of that engine, with files in that store, and counts what is there. */
static void restored(struct fixture *f, enum db_engine engine, struct file_store s, const char *path, int64_t files)
{
    struct archive_report r = {0};
    struct archive_files door = file_archive(&s);
    struct fixture other = {.arena = f->arena};
    assert_ok(db_open(fixture_url(engine, 1), DB_READ_WRITE, &other.db));
    assert_ok(archive_restore(other.db, path, &door, &r));
    assert_int_equal(r.files, files);
    assert_int_equal(bad_files(&other, &s, 4), 4 - files);
    assert_int_equal(count(&other, "file_bytes"), s.is_in_db ? files : 0);
    assert_int_equal(count(&other, "app_setting WHERE key = 'files'"), s.wish != NULL);
    db_close(other.db);
}

static void test_archive(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in(folder(&f, "saved.files")), in_db = store_in(NULL);
    const char *path = folder(&f, "files.zip");
    keep(&f, &s, paper("one"), 1);
    keep(&f, &s, photo("photo of", "tiny"), 1);
    keep(&f, &in_db, paper("in the table"), 1);
    assert_ok(file_store_keep(f.db, f.arena, s.dir)); /* of this machine: not to be restored elsewhere */
    struct archive_report r = saved(&f, &s, path);
    assert_int_equal(r.files, 4);
    assert_int_equal(r.missing_files, 0);
    int engines = fixture_has_pg() ? 2 : 1;
    for (int i = 0; i < engines; i++) {
        restored(&f, i == 0 ? DB_SQLITE : DB_POSTGRES, store_in(folder(&f, i == 0 ? "lite.files" : "pg.files")), path, 4);
        restored(&f, i == 0 ? DB_SQLITE : DB_POSTGRES, store_in(NULL), path, 4);
    }
    struct file_store wished = in_db;
    wished.wish = "db";
    restored(&f, fixture_engine, wished, path, 4);
    /* one is lost: the rest is saved, and it is said */
    struct file_hex hex = file_hex_of(STR("one"));
    unlink(str_z(f.arena, str_printf(f.arena, "%s/%.2s/%s", s.dir, hex.text, hex.text + 2)));
    r = saved(&f, &s, path);
    assert_int_equal(r.files, 3);
    assert_int_equal(r.missing_files, 1);
    restored(&f, fixture_engine, store_in(folder(&f, "less.files")), path, 3);
    /* one is damaged: no archive that could not be restored */
    spoil(&s, "one", "0ne");
    struct archive_files door = file_archive(&s);
    unlink(path);
    assert_err(archive_backup(f.db, path, &door, &r), ERR_IO);
    assert_non_null(strstr(err_detail(), hex.text));
    assert_int_not_equal(access(path, F_OK), 0);
    fixture_end(&f);
}

/* The content of one file in the archive, changed: refused as a whole, with nothing restored. */
static void test_archive_damaged(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct file_store s = store_in(folder(&f, "whole.files"));
    struct archive_report r;
    struct db *other = NULL;
    int64_t tables = -1;
    const char *path = folder(&f, "damaged.zip");
    keep(&f, &s, paper("one"), 1);
    saved(&f, &s, path);
    struct file_hex hex = file_hex_of(STR("one"));
    int code = 0;
    zip_t *zip = zip_open(path, 0, &code);
    assert_non_null(zip);
    const char *name = str_z(f.arena, str_printf(f.arena, "files/%.2s/%s", hex.text, hex.text + 2));
    assert_true(zip_file_add(zip, name, zip_source_buffer(zip, "0ne", 3, 0), ZIP_FL_OVERWRITE) >= 0);
    assert_int_equal(zip_close(zip), 0);
    struct file_store to = store_in(folder(&f, "never.files"));
    struct archive_files door = file_archive(&to);
    assert_err(archive_check(path, &r), ERR_INPUT);
    assert_ok(db_open(fixture_url(fixture_engine, 1), DB_READ_WRITE, &other));
    assert_err(archive_restore(other, path, &door, &r), ERR_INPUT);
    assert_non_null(strstr(err_detail(), "wrong sum"));
    assert_ok(catalog_count(other, &tables));
    assert_int_equal(tables, 0);
    assert_int_not_equal(access(to.dir, F_OK), 0);
    db_close(other);
    fixture_end(&f);
}

/* ---- answers ---- */

static void test_answered(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    struct web_request web = {.path = STR("/x"), .arena = f->arena};
    struct web_response res = {0};
    struct rq rq = {.app = f->app, .web = &web, .res = &res, .db = f->db, .arena = f->arena};
    struct file_info info;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    struct file_object_id file;
    struct file_use_id use;
    struct upload u = photo("the photo", "its little one");
    assert_ok(file_put(rq_files(&rq), f->db, f->arena, &u, &file));
    struct file_use_new n = {.file = file, .thing = STR("test"), .thing_id = 1, .kind = STR("scan"),
                             .name = STR("รูป \"1\";\n.jpg"), .is_private = false};
    assert_ok(file_attach(f->db, f->arena, &n, &use));
    assert_ok(file_find(f->db, f->arena, use_text(f, use), STR("test"), 1, &info));
    assert_ok(rq_answer_file(&rq, &info, true));
    struct reply r = {.raw = res};
    assert_true(str_eq(buf_str(&res.body), STR("its little one")));
    assert_true(str_eq(res.content_type, STR("image/jpeg")));
    assert_true(str_eq(reply_header(&r, "Content-Disposition"),
                       STR("inline; filename=\"_____1___.jpg\"; filename*=UTF-8''%E0%B8%A3%E0%B8%B9%E0%B8%9B%20%221%22%3B%0A.jpg")));
    assert_true(str_starts(reply_header(&r, "Content-Security-Policy"), STR("default-src 'none'; sandbox;")));
    assert_int_equal(res.etag.n, 66);
    res = (struct web_response){0};
    info.is_private = true;
    info.content_type = STR("application/pdf");
    assert_ok(rq_answer_file(&rq, &info, false));
    r.raw = res;
    assert_true(str_eq(buf_str(&res.body), STR("the photo")));
    assert_true(str_starts(reply_header(&r, "Content-Disposition"), STR("attachment;")));
    assert_true(str_eq(reply_header(&r, "Cache-Control"), STR("private, no-store")));
    assert_true(str_is_none(res.etag));
    db_rollback(f->db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_and_found),  cmocka_unit_test(test_both_stores_are_read),
        cmocka_unit_test(test_where),           cmocka_unit_test(test_swept),
        cmocka_unit_test(test_swept_only_ours), cmocka_unit_test(test_swept_while_brought),
        cmocka_unit_test(test_every_step_may_fail), cmocka_unit_test(test_verify),
        cmocka_unit_test(test_folder_in_the_way), cmocka_unit_test(test_archive),
        cmocka_unit_test(test_archive_damaged), cmocka_unit_test(test_answered),
    };
    return FIXTURE_RUN(tests);
}
