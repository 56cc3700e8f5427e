/* Made by sqlc from ledger.sql: do not edit. */
#include "ledger_sql.h"

static struct db_value of_int(int64_t v)
{
    return (struct db_value){.kind = DB_INT, .i = v};
}

/* ISO text, in the caller's ten bytes. */
static struct db_value of_date(struct date d, char iso[10])
{
    int y = d.year, m = d.month, day = d.day;
    const int digits[10] = {y / 1000, y / 100, y / 10, y, -1, m / 10, m, -1, day / 10, day};
    for (int i = 0; i < 10; i++) iso[i] = digits[i] < 0 ? '-' : (char)('0' + digits[i] % 10);
    return (struct db_value){.kind = DB_TEXT, .s = {iso, 10}};
}

static struct str keep_text(const struct db_rows *rows, int col, struct arena *a)
{
    struct str s = db_rows_text(rows, col);
    return s.p ? str_copy(a, s) : s;
}

/* Said in the .sql never to be NULL, and not proven by the schema. */
static enum err not_null(const struct db_rows *rows, int col, const char *what)
{
    if (!db_rows_is_null(rows, col)) return ERR_OK;
    return err_note(ERR_INTERNAL, "%s is NULL, which its -- out denies", what);
}

static const struct db_sql sql_ledger_sum = {
    .name = "ledger_sum",
    .sqlite = "SELECT f.name_th, CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS total FROM fund f LEFT JOIN entry e ON e.fund_id = f.id AND e.on_date >= ?2 AND e.on_date <= ?3 WHERE f.id = ?1 GROUP BY f.id, f.name_th",
    .pg = "SELECT f.name_th, CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS total FROM fund f LEFT JOIN entry e ON e.fund_id = f.id AND e.on_date >= $2 AND e.on_date <= $3 WHERE f.id = $1 GROUP BY f.id, f.name_th",
    .nparam = 3,
    .ncol = 2,
    .is_write = false,
    .pg_types = "itt",
};

static enum err read_ledger_sum(const struct db_rows *rows, struct arena *a, struct ledger_sum_row *ret)
{
    ret->name_th = keep_text(rows, 0, a);
    TRY(not_null(rows, 1, "ledger_sum.total"));
    ret->total = (struct satang){db_rows_int(rows, 1)};
    return ERR_OK;
}

enum err ledger_sum(struct db *db, struct arena *a, struct fund_id fund_id, struct date first, struct date last, struct ledger_sum_row *ret)
{
    char iso_first[10];
    char iso_last[10];
    const struct db_value params_[] = {
        of_int(fund_id.v),
        of_date(first, iso_first),
        of_date(last, iso_last),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_ledger_sum, params_, &rows_));
    struct ledger_sum_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_ledger_sum(&rows_, a, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

const struct db_sql *const ledger_queries[] = {
    &sql_ledger_sum,
    NULL,
};
