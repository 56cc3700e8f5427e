/* run_test.c — the generated functions of the example house, run on a real database.
 *   run_test URL SCHEMA.sql      exit 0, or an assert */
#undef NDEBUG
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "app_sql.h"
#include "area_sql.h"
#include "fund_sql.h"
#include "ledger_sql.h"

static struct arena *a;

static char *read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert(f);
    char *p = calloc(1, 1 << 20);
    assert(p && fread(p, 1, (1 << 20) - 1, f) > 0);
    fclose(f);
    return p;
}

static struct fund_id make_fund(struct db *db, const char *code)
{
    static const char logo[] = {'\0', '\1', (char)0xff};
    struct area_add_row area;
    struct str key = str_printf(a, "k%s", code);
    assert(area_add(db, a, str_of(code), (struct area_id){0}, STR("หาดใหญ่"), key, &area) == ERR_OK);
    const struct fund_add_args args = {.code = str_of(code),
                                       .area_id = area.id,
                                       .name_th = STR(""),
                                       .founded_on = {true, {2026, 1, 5}},
                                       .logo = {logo, sizeof logo},
                                       .made_at = {1},
                                       .made_by = {1}};
    struct fund_add_row made;
    assert(fund_add(db, a, &args, &made) == ERR_OK);
    assert(made.id.v > 0 && fund_add(db, a, &args, &made) == ERR_CONFLICT);
    return made.id;
}

static void test_one(struct db *db, struct fund_id id)
{
    struct fund_get_row row = {.total = {7}};
    struct fiscal_year fy = fiscal_year(2569);
    assert(fund_get(db, a, STR("none"), fy, &row) == ERR_NOT_FOUND && row.total.v == 7);
    assert(fund_get(db, a, STR("F1"), fy, &row) == ERR_OK);
    assert(row.id.v == id.v && !str_is_none(row.name_th) && row.name_th.n == 0);
    assert(row.founded_on.has && row.founded_on.v.year == 2026 && row.founded_on.v.day == 5);
    assert(row.logo.n == 3 && row.logo.p[0] == '\0' && !row.population_local.has && !row.fy.has &&
           !row.is_closed && row.total.v == 0);
    int64_t changed = 0;
    assert(fund_put_year(db, id, fy, (struct opt_count){true, 50}, some_satang(satang(4000000000)),
                         (struct opt_bp){}, &changed) == ERR_OK &&
           changed == 1);
    assert(fund_put_year(db, id, fiscal_year(2570), (struct opt_count){}, some_satang(satang(5)),
                         (struct opt_bp){}, NULL) == ERR_OK);
    assert(fund_put_year(db, id, fiscal_year(1999), (struct opt_count){}, (struct opt_satang){},
                         (struct opt_bp){}, NULL) == ERR_REFUSED);
    assert(fund_get(db, a, STR("F1"), fy, &row) == ERR_OK);
    assert(row.population_local.v == 50 && row.total.v == 4000000005 && row.fy.has &&
           row.fy.v.v == 2569 && !row.match_percent.has);
}

static void test_many(struct db *db)
{
    struct area_get_row top;
    assert(area_get(db, a, STR("F1"), &top) == ERR_OK && id_is_none(top.parent_id));
    for (int i = 0; i < 40; i++) { /* more than the array's first size */
        struct area_add_row child;
        struct str code = str_printf(a, "c%02d", i);
        assert(area_add(db, a, code, top.id, STR("น"), code, &child) == ERR_OK);
    }
    struct area_list_children_row *rows = NULL;
    size_t n = 99;
    assert(area_list_children(db, a, top.id, STR(""), (struct area_id){0}, 100, &rows, &n) ==
               ERR_OK &&
           n == 40);
    assert(str_eq(rows[39].name_key, STR("c39")) && str_eq(rows[0].name_th, STR("น")));
    assert(area_list_children(db, a, top.id, rows[37].name_key, rows[37].id, 100, &rows, &n) ==
               ERR_OK &&
           n == 2);
    assert(area_list_children(db, a, rows[0].id, STR(""), (struct area_id){0}, 100, &rows, &n) ==
               ERR_OK &&
           n == 0);
    struct fund_list_tags_row *tags;
    assert(fund_list_tags(db, a, (struct fund_id){1}, &tags, &n) == ERR_OK && n == 1 &&
           str_is_none(tags[0].tags));
}

struct seen {
    int n, stop_at;
};
static enum err see(void *ctx, const struct area_each_row *row)
{
    struct seen *s = ctx;
    assert(row->code.n);
    return ++s->n == s->stop_at ? ERR_LIMIT : ERR_OK;
}

static void test_each(struct db *db)
{
    struct seen all = {}, some = {.stop_at = 3};
    assert(area_each(db, a, see, &all) == ERR_OK && all.n == 41);
    assert(area_each(db, a, see, &some) == ERR_LIMIT && some.n == 3);
}

/* Every reading statement is taken by the engine's own parser, with a value of the stated type. */
static void test_prepare(struct db *db, const struct db_sql *const *queries)
{
    for (; *queries; queries++) {
        struct db_value values[250] = {};
        for (size_t i = 0; i < (*queries)->nparam; i++)
            values[i] = (*queries)->pg_types[i] == 'i'
                            ? (struct db_value){.kind = DB_INT, .i = 1}
                            : (struct db_value){.kind = DB_TEXT, .s = STR("x")};
        struct db_rows rows;
        if ((*queries)->is_write) continue;
        assert(db_rows_open(db, *queries, values, &rows) == ERR_OK);
        (void)!db_rows_next(&rows);
        db_rows_close(&rows);
    }
}

int main(int argc, char **argv)
{
    assert(argc == 3);
    a = arena_new(1 << 24);
    struct db *db;
    assert(db_open(str_of(argv[1]), DB_READ_WRITE, &db) == ERR_OK);
    char *schema = read_all(argv[2]);
    assert(db_script(db, schema) == ERR_OK);
    free(schema);
    assert(db_script(db, "INSERT INTO account (login) VALUES ('x')") == ERR_OK);
    struct fund_id id = make_fund(db, "F1");
    test_one(db, id);
    test_many(db);
    int64_t changed = 9;
    assert(fund_close(db, id, (struct date){2025, 12, 31}, &changed) == ERR_REFUSED &&
           changed == 9);
    assert(fund_close(db, id, (struct date){2026, 12, 31}, &changed) == ERR_OK && changed == 1);
    assert(db_begin(db, DB_TXN_READ) == ERR_OK);
    test_each(db);
    const struct db_sql *const *const all[] = {app_queries, area_queries, fund_queries,
                                               ledger_queries};
    for (size_t i = 0; i < 4; i++)
        test_prepare(db, all[i]);
    assert(db_commit(db) == ERR_OK);
    db_close(db);
    arena_free(a);
    return 0;
}
