/* schema_test.c — replayed migrations equal all rooms' schema.sql, and every named query of every room
 * is accepted by the engine. */
#include "tests/rooms/fixture.h"

#include <unistd.h>

#include "app/app_sql.h"
#include "db/shape.h"
#include "rooms/account_sql.h"
#include "rooms/area_sql.h"
#include "rooms/fund_sql.h"
#include "rooms/issue_sql.h"
#include "rooms/ledger_sql.h"
#include "rooms/meeting_sql.h"
#include "rooms/monitor_sql.h"
#include "rooms/org_sql.h"
#include "rooms/plan_sql.h"
#include "rooms/project_sql.h"
#include "rooms/report_sql.h"
#include "table/table.h"
#include "tests/schema_now.h" /* generated: schema_now_sqlite, schema_now_pg */

/* The two shapes are sorted lines. What only one of them has, a line each: it is the column or index to add there. */
static int differences(struct str replayed, struct str today)
{
    struct str a = STR_NONE, b = STR_NONE;
    bool has_a = str_split(&replayed, '\n', &a), has_b = str_split(&today, '\n', &b);
    int n = 0;
    while (has_a || has_b) {
        int order = !has_a ? 1 : !has_b ? -1 : str_cmp(a, b);
        if (order < 0) print_error("only by migrations/, not in the room's schema.sql: %.*s\n", STR_FMT(a));
        if (order > 0) print_error("only in the room's schema.sql, brought by no migration: %.*s\n", STR_FMT(b));
        n += order != 0;
        if (order <= 0) has_a = str_split(&replayed, '\n', &a);
        if (order >= 0) has_b = str_split(&today, '\n', &b);
    }
    return n;
}

static void replayed_migrations_equal_the_schema_of_today(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct str replayed, today;
    struct db *db = NULL;
    assert_ok(db_shape(f.db, f.arena, &replayed));
    assert_ok(db_open(fixture_url(fixture_engine, 1), DB_READ_WRITE, &db));
    assert_ok(db_script(db, fixture_engine == DB_SQLITE ? schema_now_sqlite : schema_now_pg));
    assert_ok(db_shape(db, f.arena, &today));
    assert_int_equal(differences(replayed, today), 0);
    assert_true(replayed.n > 5000);
    db_close(db);
    fixture_end(&f);
}

/* Runs a query with some value for every parameter: the engine parses, resolves names and types; what
 * it then finds does not matter. */
static int try_all(struct fixture *f, const struct db_sql *const *queries)
{
    int n = 0;
    struct db_value some[64];
    for (; queries[n] != NULL; n++) {
        struct db_rows rows;
        for (size_t i = 0; i < queries[n]->nparam; i++) {
            char letter = queries[n]->pg_types[i];
            some[i] = letter == 'i' ? v_int(1) : letter == 'b' ? v_bytes(STR("x")) : v_text(STR("x"));
        }
        assert_ok(db_begin(f->db, DB_TXN_WRITE));
        enum err e = db_rows_open(f->db, queries[n], some, &rows);
        if (e == ERR_OK) {
            e = db_rows_next(&rows);
            db_rows_close(&rows);
        }
        db_rollback(f->db);
        /* A write may be refused by a CHECK or a foreign key; a statement that is no SQL is ERR_INTERNAL. */
        if (e == ERR_INTERNAL) fail_msg("%s: %s", queries[n]->name, err_detail());
    }
    return n;
}

static void every_query_of_every_room_is_accepted(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int n = try_all(&f, app_queries) + try_all(&f, area_queries) + try_all(&f, org_queries) +
            try_all(&f, issue_queries) + try_all(&f, fund_queries) + try_all(&f, account_queries) +
            try_all(&f, ledger_queries) + try_all(&f, meeting_queries) + try_all(&f, plan_queries) +
            try_all(&f, project_queries) + try_all(&f, monitor_queries) + try_all(&f, report_queries);
    assert_true(n > 80);
    fixture_end(&f);
}

/* A person with the sqlite3 shell must be able to read and write the file: no function or collation
 * of ours in the schema. */
static void the_schema_needs_nothing_private(void **state)
{
    (void)state;
    assert_null(strstr(schema_now_sqlite, "COLLATE"));
    assert_null(strstr(schema_now_sqlite, "sarn_"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replayed_migrations_equal_the_schema_of_today),
        cmocka_unit_test(every_query_of_every_room_is_accepted),
        cmocka_unit_test(the_schema_needs_nothing_private),
    };
    return FIXTURE_RUN(tests);
}
