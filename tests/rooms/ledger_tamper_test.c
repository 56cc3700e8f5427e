/* ledger_tamper_test.c — what is posted stays: the engine refuses every edit, and in a copy whose
 * triggers were dropped, every edit is found and named. And a whole ledger goes by archive to the other
 * engine and is still proven. */
#include "tests/rooms/ledger_fixture.h"

#include "db/archive.h"

static struct str said; /* what the last verification said */

static char room[1 << 20]; /* not the arena: a verification gives back what it took of it */

static void hear(void *ctx, struct str line)
{
    size_t *n = ctx;
    assert_true(*n + line.n + 1 <= sizeof room);
    memcpy(room + *n, line.p, line.n);
    room[*n + line.n] = '\n';
    *n += line.n + 1;
}

static int64_t verify(struct fixture *f, struct str heads)
{
    int64_t bad = -1;
    size_t n = 0;
    assert_ok(ledger_verify(f->db, f->arena, heads, hear, &n, &bad));
    said = (struct str){room, n};
    return bad;
}

/* Opening, two receipts, a promise in two parts paid once, a reversal, a closed month. Committed. */
static struct fixture begin(void)
{
    struct fixture f = ledger_fixture();
    struct ledger_posted p;
    struct ledger_posted wrong;
    enum ledger_fault fault;
    struct ledger_commitment_id id;
    struct satang parts[2] = {satang(5000), satang(3000)};
    struct ledger_commit c = {.fund_code = STR(LF_FUND),
                              .project_code = STR("P1"),
                              .title = STR("ทดสอบ"),
                              .support_type = STR("4"),
                              .owner_type = STR("6"),
                              .issue_code = STR("older_people"),
                              .approved_on = lf_day("2026-10-05"),
                              .amount = satang(8000),
                              .instalments = parts,
                              .ninstalments = 2};
    struct ledger_payment pay = {.fund_code = STR(LF_FUND),
                                 .on = lf_day("2026-10-10"),
                                 .project_code = STR("P1"),
                                 .instalment = 1,
                                 .amount = satang(4000),
                                 .party = STR("นายทดสอบ")};
    struct ledger_receipt r = {.fund_code = STR(LF_FUND),
                               .on = lf_day("2026-10-20"),
                               .source = LEDGER_LOCAL,
                               .amount = satang(7000),
                               .memo = STR("บันทึก")};
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    lf_open(&f, 1000);
    lf_receive(&f, "2026-10-02", LEDGER_NHSO, 500);
    assert_ok(ledger_commit(f.db, f.arena, &lf_by, &c, &fault, &id));
    assert_ok(ledger_post_payment(f.db, f.arena, &lf_by, &pay, &fault, &p));
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &wrong));
    assert_ok(ledger_close_month(f.db, f.arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, lf_day("2026-10-31"), &fault));
    assert_int_equal(lf_reverse(&f, wrong.id, "2026-11-10", &p), LEDGER_FINE);
    lf_receive(&f, "2026-11-20", LEDGER_INTEREST, 3);
    assert_int_equal(verify(&f, STR_NONE), 0);
    assert_ok(db_commit(f.db));
    return f;
}

/* The entry of a number in 2570, for statements. */
#define NTH(n) "(SELECT id FROM ledger_entry WHERE fy = 2570 AND number = " #n ")"

static const char *const edits[] = {
    "UPDATE ledger_entry SET amount_satang = amount_satang + 1",
    "UPDATE ledger_entry SET reference = 'x' WHERE id = " NTH(1),
    "DELETE FROM ledger_entry WHERE id = " NTH(5),
    "UPDATE ledger_line SET amount_satang = amount_satang * 2",
    "DELETE FROM ledger_line",
    "INSERT INTO ledger_line (entry_id, position, account, amount_satang) VALUES (" NTH(1) ", 9, '40100', 5)",
    "UPDATE ledger_seal SET hash = 'x'",
    "DELETE FROM ledger_seal",
    "UPDATE ledger_entry_text SET memo = 'x' WHERE memo IS NOT NULL",
    "UPDATE ledger_entry_text SET memo_hash = 'x'",
    "DELETE FROM ledger_entry_text",
    "UPDATE ledger_close SET balance_satang = 1",
    "DELETE FROM ledger_close",
    "UPDATE ledger_commitment_move SET amount_satang = 1",
    "DELETE FROM ledger_commitment_move",
    "UPDATE ledger_head SET seq = 1",
    "DELETE FROM ledger_head",
    "UPDATE ledger_counter SET last = 99",
    "DELETE FROM ledger_counter",
    "DELETE FROM ledger_balance",
    "UPDATE ledger_balance SET left_satang = -1",
    "UPDATE ledger_book SET opened_on = '2020-01-01'",
    "DELETE FROM ledger_book",
    "UPDATE ledger_commitment SET amount_satang = amount_satang + 100",
    "UPDATE ledger_commitment SET left_satang = -1",
    "UPDATE ledger_instalment SET left_satang = -1",
    "UPDATE ledger_instalment SET amount_satang = 9000",
    /* into a closed month, before the book, of another year than its date */
    "INSERT INTO ledger_entry (book_id, fy, number, kind, entry_date, recorded_at, amount_satang, source, is_entered_later)"
    " SELECT id, 2570, 90, 'receipt', '2026-10-15', 0, 1, 'nhso', 0 FROM ledger_book",
    "INSERT INTO ledger_entry (book_id, fy, number, kind, entry_date, recorded_at, amount_satang, source, is_entered_later)"
    " SELECT id, 2568, 90, 'receipt', '2025-09-30', 0, 1, 'nhso', 0 FROM ledger_book",
    "INSERT INTO ledger_entry (book_id, fy, number, kind, entry_date, recorded_at, amount_satang, source, is_entered_later)"
    " SELECT id, 2569, 90, 'receipt', '2026-11-15', 0, 1, 'nhso', 0 FROM ledger_book",
    /* a seal out of turn */
    "INSERT INTO ledger_seal (entry_id, book_id, seq, prev_hash, hash) SELECT id, book_id, 99, 'x', 'y' FROM ledger_entry",
};
static const char *const only_pg[] = {"TRUNCATE ledger_line", "TRUNCATE ledger_entry CASCADE", "TRUNCATE ledger_seal",
                                      "TRUNCATE ledger_commitment_move", "TRUNCATE ledger_close"};

static void the_engine_refuses_every_edit(void **state)
{
    (void)state;
    struct fixture f = begin();
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        enum err e = db_script(f.db, edits[i]);
        if (e != ERR_REFUSED) fail_msg("%s gave %s: %s", edits[i], err_name(e), err_detail());
        db_rollback(f.db);
    }
    for (size_t i = 0; fixture_engine == DB_POSTGRES && i < sizeof only_pg / sizeof only_pg[0]; i++) {
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        assert_err(db_script(f.db, only_pg[i]), ERR_REFUSED);
        db_rollback(f.db);
    }
    /* Words may be erased, and the chain still holds. */
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    assert_ok(db_script(f.db, "UPDATE ledger_entry_text SET memo = NULL, party = NULL, reason = NULL"));
    assert_ok(db_script(f.db, "UPDATE ledger_entry_text SET salt = ''"));
    assert_int_equal(verify(&f, STR_NONE), 0);
    db_rollback(f.db);
    fixture_end(&f);
}

/* SQLite: the triggers of every table; PostgreSQL: switched off, as its owner may. */
static void drop_triggers(struct fixture *f)
{
    static const char *const tables[] = {"book",       "balance",         "counter", "commitment", "instalment", "entry", "entry_text",
                                         "line",       "seal",            "head",    "commitment_move", "close"};
    char sql[200];
    if (fixture_engine == DB_POSTGRES) {
        for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
            snprintf(sql, sizeof sql, "ALTER TABLE ledger_%s DISABLE TRIGGER ALL", tables[i]);
            assert_ok(db_script(f->db, sql));
        }
        return;
    }
    static const struct db_sql list = {.name = "trigger_names",
                                       .sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'",
                                       .pg = "",
                                       .ncol = 1,
                                       .pg_types = ""};
    struct db_rows rows;
    struct str names[100];
    size_t n = 0;
    assert_ok(db_rows_open(f->db, &list, NULL, &rows));
    while (db_rows_next(&rows) == ERR_OK) names[n++] = str_copy(f->arena, db_rows_text(&rows, 0));
    db_rows_close(&rows);
    assert_true(n > 20);
    for (size_t i = 0; i < n; i++) {
        snprintf(sql, sizeof sql, "DROP TRIGGER %.*s", STR_FMT(names[i]));
        assert_ok(db_script(f->db, sql));
    }
}

static const struct tampering {
    const char *edit, *named; /* what the verification says of it */
} tamperings[] = {
    /* every column of an entry */
    {"UPDATE ledger_entry SET amount_satang = 1 WHERE id = " NTH(1), "(main): entry 2570/1: it is not what was sealed"},
    {"UPDATE ledger_entry SET entry_date = '2026-10-03' WHERE id = " NTH(1), "entry 2570/1: it is not"},
    {"UPDATE ledger_entry SET recorded_at = recorded_at + 1 WHERE id = " NTH(2), "entry 2570/2: it is not"},
    {"UPDATE ledger_entry SET source = 'local' WHERE id = " NTH(1), "entry 2570/1: it is not"},
    {"UPDATE ledger_entry SET reference = NULL WHERE id = " NTH(1), "entry 2570/1: it is not"},
    {"UPDATE ledger_entry SET support_type_code = '2' WHERE id = " NTH(2), "entry 2570/2: it is not"},
    {"UPDATE ledger_entry SET issue_code = NULL WHERE id = " NTH(2), "entry 2570/2: it is not"},
    {"UPDATE ledger_entry SET instalment = 2 WHERE id = " NTH(2), "entry 2570/2: it is not"},
    {"UPDATE ledger_entry SET project_code = 'P9' WHERE id = " NTH(2), "entry 2570/2: it is not"},
    {"UPDATE ledger_entry SET is_entered_later = 1 WHERE id = " NTH(3), "entry 2570/3: it is not"},
    {"UPDATE ledger_entry SET account_no = 77 WHERE id = " NTH(3), "entry 2570/3: it is not"},
    {"UPDATE ledger_entry SET grant_no = 77 WHERE id = " NTH(3), "entry 2570/3: it is not"},
    {"UPDATE ledger_entry SET number = 50 WHERE id = " NTH(3), "entry 2570/50: it is not"},
    {"UPDATE ledger_entry SET reversal_of = " NTH(1) " WHERE id = " NTH(4), "entry 2570/4: it is not"},
    /* a line, and both sides together */
    {"UPDATE ledger_line SET amount_satang = amount_satang + 1 WHERE entry_id = " NTH(1) " AND position = 1", "2570/1: its lines do not"},
    {"UPDATE ledger_line SET amount_satang = amount_satang * 2 WHERE entry_id = " NTH(1), "entry 2570/1: it is not"},
    {"UPDATE ledger_line SET account = '40400' WHERE entry_id = " NTH(1) " AND position = 2", "entry 2570/1: it is not"},
    {"DELETE FROM ledger_line WHERE entry_id = " NTH(3), "entry 2570/3: it is not"},
    /* words and their hashes */
    {"UPDATE ledger_entry_text SET memo = 'x' WHERE memo IS NOT NULL", "entry 2570/3: its memo was changed"},
    {"UPDATE ledger_entry_text SET party = 'x' WHERE party IS NOT NULL", "entry 2570/2: its party was changed"},
    {"UPDATE ledger_entry_text SET reason = 'x' WHERE reason IS NOT NULL", "entry 2570/4: its reason was changed"},
    {"UPDATE ledger_entry_text SET memo_hash = 'x' WHERE memo IS NOT NULL", "entry 2570/3: it is not"},
    /* seals, two exchanged, one taken out, the last taken out */
    {"UPDATE ledger_seal SET hash = prev_hash WHERE seq = 3", "it does not follow"},
    {"UPDATE ledger_seal SET prev_hash = hash WHERE seq = 3", "entry 2570/2: it does not follow"},
    {"UPDATE ledger_seal SET seq = 90 WHERE seq = 2; UPDATE ledger_seal SET seq = 2 WHERE seq = 4;"
     "UPDATE ledger_seal SET seq = 4 WHERE seq = 90", "entry 2570/3: it is not"},
    {"UPDATE ledger_entry SET number = 90 WHERE id = " NTH(1) "; UPDATE ledger_entry SET number = 1 WHERE id = " NTH(3)
     "; UPDATE ledger_entry SET number = 3 WHERE id = " NTH(90), "entry 2570/3: it is not"},
    {"DELETE FROM ledger_line WHERE entry_id = " NTH(5) "; DELETE FROM ledger_entry_text WHERE entry_id = " NTH(5)
     "; DELETE FROM ledger_seal WHERE entry_id = " NTH(5) "; DELETE FROM ledger_entry WHERE id = " NTH(5),
     "entries 6 to 6 of the chain are missing at its end"},
    {"DELETE FROM ledger_line WHERE entry_id = " NTH(2) "; DELETE FROM ledger_commitment_move WHERE kind = 'pay';"
     "DELETE FROM ledger_entry_text WHERE entry_id = " NTH(2) "; DELETE FROM ledger_seal WHERE entry_id = " NTH(2)
     "; DELETE FROM ledger_entry WHERE id = " NTH(2), "entries 3 to 3 are missing"},
    /* what is kept beside the chain */
    {"UPDATE ledger_head SET seq = 5", "its head is not its last entry"},
    {"DELETE FROM ledger_head", "its head is missing"},
    {"UPDATE ledger_balance SET left_satang = left_satang + 100", "balance kept"},
    {"UPDATE ledger_month_sum SET total_satang = total_satang + 1 WHERE account = '10201' AND month = '2026-11'",
     "month 2026-11 account 10201: sum kept"},
    {"DELETE FROM ledger_month_sum", "account 10201: sum kept 0"},
    {"UPDATE ledger_counter SET last = 7 WHERE fy = 2570", "year 2570: counter 7, last number 5"},
    {"DELETE FROM ledger_counter WHERE fy = 2570", "year 2570: its counter is missing"},
    {"UPDATE ledger_close SET balance_satang = balance_satang + 1", "closed 2026-10-31: balance kept"},
    {"UPDATE ledger_close SET seq = 2", "entries were put into it afterwards"},
    {"UPDATE ledger_commitment SET left_satang = left_satang - 1", "project P1: left kept"},
    {"UPDATE ledger_commitment SET amount_satang = amount_satang + 1", "project P1: its sum was changed"},
    {"UPDATE ledger_instalment SET left_satang = 0 WHERE position = 1", "project P1 instalment 1: left kept"},
    {"UPDATE ledger_instalment SET shut_since = 1 WHERE position = 1",
     "project P1 instalment 1: paid before its evidence"},
    {"UPDATE ledger_commitment_move SET amount_satang = amount_satang - 1 WHERE kind = 'pay'", "project P1: paid by its moves"},
};

static void every_edit_is_found_and_named(void **state)
{
    (void)state;
    struct fixture f = begin();
    if (fixture_engine == DB_SQLITE) assert_ok(db_script(f.db, "PRAGMA foreign_keys = OFF"));
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        assert_ok(db_begin(f.db, DB_TXN_WRITE));
        drop_triggers(&f);
        enum err e = db_script(f.db, tamperings[i].edit);
        if (e != ERR_OK) fail_msg("%s gave %s: %s", tamperings[i].edit, err_name(e), err_detail());
        int64_t bad = verify(&f, STR_NONE);
        if (bad < 1 || str_find(said, str_of(tamperings[i].named)) < 0 || str_find(said, STR(LF_FUND)) < 0)
            fail_msg("%s\nwas to say: %s\nsaid: %.*s", tamperings[i].edit, tamperings[i].named, STR_FMT(said));
        db_rollback(f.db);
    }
    fixture_end(&f);
}

/* Who takes the last entry out and puts head, counter and balance right leaves a chain that fits; the
 * head that was written down elsewhere tells. */
static void a_head_kept_elsewhere_finds_what_fits_together(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct buf heads = buf_in(f.arena, 4096);
    int64_t n = 0;
    if (fixture_engine == DB_SQLITE) assert_ok(db_script(f.db, "PRAGMA foreign_keys = OFF"));
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    assert_ok(ledger_export_heads(f.db, f.arena, &heads, &n));
    assert_int_equal(n, 1);
    assert_int_equal(verify(&f, buf_str(&heads)), 0);
    drop_triggers(&f);
    assert_ok(db_script(f.db, "DELETE FROM ledger_line WHERE entry_id = " NTH(5) ";"
                              "DELETE FROM ledger_entry_text WHERE entry_id = " NTH(5) ";"
                              "DELETE FROM ledger_seal WHERE entry_id = " NTH(5) ";"
                              "DELETE FROM ledger_entry WHERE id = " NTH(5) ";"
                              "UPDATE ledger_counter SET last = 4 WHERE fy = 2570;"
                              "UPDATE ledger_balance SET left_satang = left_satang - 300;"
                              "DELETE FROM ledger_month_sum; INSERT INTO ledger_month_sum (book_id, month, account, total_satang)"
                              " SELECT e.book_id, substr(e.entry_date, 1, 7), l.account, SUM(l.amount_satang) FROM ledger_entry e"
                              " JOIN ledger_line l ON l.entry_id = e.id GROUP BY e.book_id, substr(e.entry_date, 1, 7), l.account;"
                              "UPDATE ledger_head SET seq = 5, hash = (SELECT hash FROM ledger_seal WHERE seq = 5)"));
    assert_int_equal(verify(&f, STR_NONE), 0);
    assert_int_equal(verify(&f, buf_str(&heads)), 1);
    assert_true(str_find(said, STR("T0001 (main): 6 of the chain is missing")) >= 0);
    db_rollback(f.db);
    fixture_end(&f);
}

static void an_archive_carries_the_books_to_the_other_engine(void **state)
{
    (void)state;
    struct archive_report r = {0};
    struct fixture f = begin();
    static char path[200];
    int64_t bad = -1;
    size_t heard = 0;
    snprintf(path, sizeof path, "%s", fixture_path("ledger.zip"));
    unlink(path);
    assert_ok(archive_backup(f.db, path, NULL, &r));
    enum db_engine other = fixture_engine == DB_SQLITE && fixture_has_pg() ? DB_POSTGRES : DB_SQLITE;
    struct db *db = NULL;
    assert_ok(db_open(fixture_url(other, 1), DB_READ_WRITE, &db));
    assert_ok(archive_restore(db, path, NULL, &r));
    assert_ok(db_begin(db, DB_TXN_WRITE));
    assert_ok(ledger_verify(db, f.arena, STR_NONE, hear, &heard, &bad));
    assert_int_equal(bad, 0);
    /* and its triggers are awake again */
    assert_err(db_script(db, "DELETE FROM ledger_line"), ERR_REFUSED);
    db_rollback(db);
    db_close(db);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_refuses_every_edit),
        cmocka_unit_test(every_edit_is_found_and_named),
        cmocka_unit_test(a_head_kept_elsewhere_finds_what_fits_together),
        cmocka_unit_test(an_archive_carries_the_books_to_the_other_engine),
    };
    return FIXTURE_RUN(tests);
}
