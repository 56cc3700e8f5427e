/* Made by sqlc from area.sql: do not edit. */
#include "area_sql.h"

static struct db_value of_int(int64_t v)
{
    return (struct db_value){.kind = DB_INT, .i = v};
}

static struct db_value of_opt(bool has, int64_t v)
{
    return (struct db_value){.kind = has ? DB_INT : DB_NULL, .i = v};
}

static struct db_value of_text(struct str s)
{
    return (struct db_value){.kind = s.p ? DB_TEXT : DB_NULL, .s = s};
}

static struct str keep_text(const struct db_rows *rows, int col, struct arena *a)
{
    struct str s = db_rows_text(rows, col);
    return s.p ? str_copy(a, s) : s;
}

static const struct db_sql sql_area_get = {
    .name = "area_get",
    .sqlite = "SELECT id, code, parent_id, name_th FROM area WHERE code = ?1",
    .pg = "SELECT id, code, parent_id, name_th FROM area WHERE code = $1",
    .nparam = 1,
    .ncol = 4,
    .is_write = false,
    .pg_types = "t",
};

static enum err read_area_get(const struct db_rows *rows, struct arena *a, struct area_get_row *ret)
{
    ret->id = (struct area_id){db_rows_int(rows, 0)};
    ret->code = keep_text(rows, 1, a);
    ret->parent_id = (struct area_id){db_rows_is_null(rows, 2) ? 0 : db_rows_int(rows, 2)};
    ret->name_th = keep_text(rows, 3, a);
    return ERR_OK;
}

enum err area_get(struct db *db, struct arena *a, struct str code, struct area_get_row *ret)
{
    const struct db_value params_[] = {
        of_text(code),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_area_get, params_, &rows_));
    struct area_get_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_area_get(&rows_, a, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

static const struct db_sql sql_area_list_children = {
    .name = "area_list_children",
    .sqlite = "SELECT id, name_th, name_key FROM area WHERE parent_id = ?1 AND (name_key, id) > (?2, ?3) ORDER BY name_key, id LIMIT ?4",
    .pg = "SELECT id, name_th, name_key FROM area WHERE parent_id = $1 AND (name_key, id) > ($2, $3) ORDER BY name_key, id LIMIT $4",
    .nparam = 4,
    .ncol = 3,
    .is_write = false,
    .pg_types = "itii",
};

static enum err read_area_list_children(const struct db_rows *rows, struct arena *a, struct area_list_children_row *ret)
{
    ret->id = (struct area_id){db_rows_int(rows, 0)};
    ret->name_th = keep_text(rows, 1, a);
    ret->name_key = keep_text(rows, 2, a);
    return ERR_OK;
}

enum err area_list_children(struct db *db, struct arena *a, struct area_id parent_id, struct str after, struct area_id after_id, int64_t limit_n, struct area_list_children_row **ret, size_t *ret_n)
{
    const struct db_value params_[] = {
        of_int(parent_id.v),
        of_text(after),
        of_int(after_id.v),
        of_int(limit_n),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_area_list_children, params_, &rows_));
    struct area_list_children_row *all_ = NULL;
    size_t n_ = 0, cap_ = 0;
    enum err e_;
    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {
        if (n_ == cap_) {
            size_t more_ = cap_ ? cap_ * 2 : 16;
            all_ = cap_ ? arena_grow(a, all_, cap_ * sizeof *all_, more_ * sizeof *all_)
                        : arena_alloc(a, more_ * sizeof *all_);
            cap_ = more_;
        }
        e_ = read_area_list_children(&rows_, a, &all_[n_]);
        if (e_ != ERR_OK) break;
        n_++;
    }
    db_rows_close(&rows_);
    if (e_ != ERR_NOT_FOUND) return e_;
    *ret = all_;
    *ret_n = n_;
    return ERR_OK;
}

static const struct db_sql sql_area_each = {
    .name = "area_each",
    .sqlite = "SELECT id, code, parent_id, name_th FROM area ORDER BY id",
    .pg = "SELECT id, code, parent_id, name_th FROM area ORDER BY id",
    .nparam = 0,
    .ncol = 4,
    .is_write = false,
    .pg_types = "",
};

static enum err read_area_each(const struct db_rows *rows, struct area_each_row *ret)
{
    ret->id = (struct area_id){db_rows_int(rows, 0)};
    ret->code = db_rows_text(rows, 1);
    ret->parent_id = (struct area_id){db_rows_is_null(rows, 2) ? 0 : db_rows_int(rows, 2)};
    ret->name_th = db_rows_text(rows, 3);
    return ERR_OK;
}

enum err area_each(struct db *db, struct arena *a,
    enum err (*each)(void *ctx, const struct area_each_row *row), void *ctx)
{
    (void)a;
    struct db_rows rows_;
    TRY(db_rows_stream(db, &sql_area_each, NULL, &rows_));
    struct area_each_row row_;
    enum err e_, told_ = ERR_OK;
    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {
        e_ = told_ = read_area_each(&rows_, &row_);
        if (told_ == ERR_OK) told_ = each(ctx, &row_);
        if (told_ != ERR_OK) break;
    }
    db_rows_close(&rows_);
    if (told_ != ERR_OK) return told_;
    return e_ == ERR_NOT_FOUND ? ERR_OK : e_;
}

static const struct db_sql sql_area_add = {
    .name = "area_add",
    .sqlite = "INSERT INTO area (code, parent_id, name_th, name_key) VALUES (?1, ?2, ?3, ?4) RETURNING id",
    .pg = "INSERT INTO area (code, parent_id, name_th, name_key) VALUES ($1, $2, $3, $4) RETURNING id",
    .nparam = 4,
    .ncol = 1,
    .is_write = true,
    .pg_types = "titt",
};

static enum err read_area_add(const struct db_rows *rows, struct area_add_row *ret)
{
    ret->id = (struct area_id){db_rows_int(rows, 0)};
    return ERR_OK;
}

enum err area_add(struct db *db, struct arena *a, struct str code, struct area_id parent_id, struct str name_th, struct str name_key, struct area_add_row *ret)
{
    (void)a;
    const struct db_value params_[] = {
        of_text(code),
        of_opt(parent_id.v != 0, parent_id.v),
        of_text(name_th),
        of_text(name_key),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_area_add, params_, &rows_));
    struct area_add_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_area_add(&rows_, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

const struct db_sql *const area_queries[] = {
    &sql_area_get,
    &sql_area_list_children,
    &sql_area_each,
    &sql_area_add,
    NULL,
};
