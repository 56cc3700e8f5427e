/* Made by sqlc from app.sql: do not edit. */
#include "app_sql.h"

static struct db_value of_text(struct str s)
{
    return (struct db_value){.kind = s.p ? DB_TEXT : DB_NULL, .s = s};
}

static struct str keep_text(const struct db_rows *rows, int col, struct arena *a)
{
    struct str s = db_rows_text(rows, col);
    return s.p ? str_copy(a, s) : s;
}

static const struct db_sql sql_app_get_account = {
    .name = "app_get_account",
    .sqlite = "SELECT id, login, is_open FROM account WHERE login = ?1",
    .pg = "SELECT id, login, is_open FROM account WHERE login = $1",
    .nparam = 1,
    .ncol = 3,
    .is_write = false,
    .pg_types = "t",
};

static enum err read_app_get_account(const struct db_rows *rows, struct arena *a, struct app_get_account_row *ret)
{
    ret->id = (struct account_id){db_rows_int(rows, 0)};
    ret->login = keep_text(rows, 1, a);
    ret->is_open = db_rows_int(rows, 2) != 0;
    return ERR_OK;
}

enum err app_get_account(struct db *db, struct arena *a, struct str login, struct app_get_account_row *ret)
{
    const struct db_value params_[] = {
        of_text(login),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_app_get_account, params_, &rows_));
    struct app_get_account_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_app_get_account(&rows_, a, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

const struct db_sql *const app_queries[] = {
    &sql_app_get_account,
    NULL,
};
