/* Made by sqlc from fund.sql: do not edit. */
#include "fund_sql.h"

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

static struct db_value of_bytes(struct str s)
{
    return (struct db_value){.kind = s.p ? DB_BYTES : DB_NULL, .s = s};
}

/* ISO text, in the caller's ten bytes. */
static struct db_value of_date(struct date d, char iso[10])
{
    int y = d.year, m = d.month, day = d.day;
    const int digits[10] = {y / 1000, y / 100, y / 10, y, -1, m / 10, m, -1, day / 10, day};
    for (int i = 0; i < 10; i++) iso[i] = digits[i] < 0 ? '-' : (char)('0' + digits[i] % 10);
    return (struct db_value){.kind = DB_TEXT, .s = {iso, 10}};
}

static struct db_value of_opt_date(struct opt_date d, char iso[10])
{
    return d.has ? of_date(d.v, iso) : (struct db_value){.kind = DB_NULL};
}

static struct str keep_text(const struct db_rows *rows, int col, struct arena *a)
{
    struct str s = db_rows_text(rows, col);
    return s.p ? str_copy(a, s) : s;
}

static struct str keep_bytes(const struct db_rows *rows, int col, struct arena *a)
{
    struct str s = db_rows_bytes(rows, col);
    return s.p ? str_copy(a, s) : s;
}

static enum err read_date(const struct db_rows *rows, int col, const char *what, struct date *ret)
{
    struct str s = db_rows_text(rows, col);
    if (date_parse_iso(s, ret) == ERR_OK) return ERR_OK;
    return err_note(ERR_INTERNAL, "%s: the stored day is none: %.*s", what, (int)s.n, s.p ? s.p : "");
}

/* Said in the .sql never to be NULL, and not proven by the schema. */
static enum err not_null(const struct db_rows *rows, int col, const char *what)
{
    if (!db_rows_is_null(rows, col)) return ERR_OK;
    return err_note(ERR_INTERNAL, "%s is NULL, which its -- out denies", what);
}

static const struct db_sql sql_fund_get = {
    .name = "fund_get",
    .sqlite = "SELECT f.id, f.code, f.name_th, f.founded_on, f.logo, f.made_at, a.name_th AS area_name_th, y.population_local, y.nhso_amount, y.match_percent, y.fy, y.closed_at, COALESCE(y.is_closed, 0) AS is_closed, CAST((SELECT COALESCE(SUM(z.nhso_amount), 0) FROM fund_year z WHERE z.fund_id = f.id) AS BIGINT) AS total FROM fund f JOIN area a ON a.id = f.area_id LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = ?2 WHERE f.code = ?1 AND f.name_th NOT IN ('a', 'b', 'c') AND ( f.code = 'x' OR f.code = 'y' OR f.code = 'z' )",
    .pg = "SELECT f.id, f.code, f.name_th, f.founded_on, f.logo, f.made_at, a.name_th AS area_name_th, y.population_local, y.nhso_amount, y.match_percent, y.fy, y.closed_at, COALESCE(y.is_closed, 0) AS is_closed, CAST((SELECT COALESCE(SUM(z.nhso_amount), 0) FROM fund_year z WHERE z.fund_id = f.id) AS BIGINT) AS total FROM fund f JOIN area a ON a.id = f.area_id LEFT JOIN fund_year y ON y.fund_id = f.id AND y.fy = $2 WHERE f.code = $1 AND f.name_th NOT IN ('a', 'b', 'c') AND f.code IN ('x', 'y', 'z')",
    .nparam = 2,
    .ncol = 14,
    .is_write = false,
    .pg_types = "ti",
};

static enum err read_fund_get(const struct db_rows *rows, struct arena *a, struct fund_get_row *ret)
{
    ret->id = (struct fund_id){db_rows_int(rows, 0)};
    ret->code = keep_text(rows, 1, a);
    ret->name_th = keep_text(rows, 2, a);
    ret->founded_on = (struct opt_date){};
    if (!db_rows_is_null(rows, 3)) {
        TRY(read_date(rows, 3, "fund_get.founded_on", &ret->founded_on.v));
        ret->founded_on.has = true;
    }
    ret->logo = keep_bytes(rows, 4, a);
    ret->made_at = (struct instant){db_rows_int(rows, 5)};
    ret->area_name_th = keep_text(rows, 6, a);
    ret->population_local = db_rows_is_null(rows, 7) ? (struct opt_count){} : (struct opt_count){true, db_rows_int(rows, 7)};
    ret->nhso_amount = db_rows_is_null(rows, 8) ? (struct opt_satang){} : (struct opt_satang){true, {db_rows_int(rows, 8)}};
    ret->match_percent = db_rows_is_null(rows, 9) ? (struct opt_bp){} : (struct opt_bp){true, {db_rows_int(rows, 9)}};
    ret->fy = db_rows_is_null(rows, 10) ? (struct opt_fiscal_year){} : (struct opt_fiscal_year){true, {(int32_t)db_rows_int(rows, 10)}};
    ret->closed_at = db_rows_is_null(rows, 11) ? (struct opt_instant){} : (struct opt_instant){true, {db_rows_int(rows, 11)}};
    TRY(not_null(rows, 12, "fund_get.is_closed"));
    ret->is_closed = db_rows_int(rows, 12) != 0;
    TRY(not_null(rows, 13, "fund_get.total"));
    ret->total = (struct satang){db_rows_int(rows, 13)};
    return ERR_OK;
}

enum err fund_get(struct db *db, struct arena *a, struct str code, struct fiscal_year fy, struct fund_get_row *ret)
{
    const struct db_value params_[] = {
        of_text(code),
        of_int(fy.v),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_fund_get, params_, &rows_));
    struct fund_get_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_fund_get(&rows_, a, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

static const struct db_sql sql_fund_list_of_area = {
    .name = "fund_list_of_area",
    .sqlite = "WITH years AS (SELECT fund_id, CAST(COUNT(*) AS BIGINT) AS n FROM fund_year GROUP BY fund_id) SELECT f.id, f.founded_on, f.area_id, COALESCE(y.n, 0) AS n FROM fund f LEFT JOIN years y ON y.fund_id = f.id WHERE f.area_id = ?1 AND f.closed_on IS NULL ORDER BY f.founded_on DESC NULLS LAST, f.code LIMIT ?2",
    .pg = "WITH years AS (SELECT fund_id, CAST(COUNT(*) AS BIGINT) AS n FROM fund_year GROUP BY fund_id) SELECT f.id, f.founded_on, f.area_id, COALESCE(y.n, 0) AS n FROM fund f LEFT JOIN years y ON y.fund_id = f.id WHERE f.area_id = $1 AND f.closed_on IS NULL ORDER BY f.founded_on DESC NULLS LAST, f.code LIMIT $2",
    .nparam = 2,
    .ncol = 4,
    .is_write = false,
    .pg_types = "ii",
};

static enum err read_fund_list_of_area(const struct db_rows *rows, struct fund_list_of_area_row *ret)
{
    ret->id = (struct fund_id){db_rows_int(rows, 0)};
    ret->founded_on = (struct opt_date){};
    if (!db_rows_is_null(rows, 1)) {
        TRY(read_date(rows, 1, "fund_list_of_area.founded_on", &ret->founded_on.v));
        ret->founded_on.has = true;
    }
    ret->area_id = (struct area_id){db_rows_int(rows, 2)};
    TRY(not_null(rows, 3, "fund_list_of_area.n"));
    ret->n = db_rows_int(rows, 3);
    return ERR_OK;
}

enum err fund_list_of_area(struct db *db, struct arena *a, struct area_id area_id, int64_t limit_n, struct fund_list_of_area_row **ret, size_t *ret_n)
{
    const struct db_value params_[] = {
        of_int(area_id.v),
        of_int(limit_n),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_fund_list_of_area, params_, &rows_));
    struct fund_list_of_area_row *all_ = NULL;
    size_t n_ = 0, cap_ = 0;
    enum err e_;
    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {
        if (n_ == cap_) {
            size_t more_ = cap_ ? cap_ * 2 : 16;
            all_ = cap_ ? arena_grow(a, all_, cap_ * sizeof *all_, more_ * sizeof *all_)
                        : arena_alloc(a, more_ * sizeof *all_);
            cap_ = more_;
        }
        e_ = read_fund_list_of_area(&rows_, &all_[n_]);
        if (e_ != ERR_OK) break;
        n_++;
    }
    db_rows_close(&rows_);
    if (e_ != ERR_NOT_FOUND) return e_;
    *ret = all_;
    *ret_n = n_;
    return ERR_OK;
}

static const struct db_sql sql_fund_count = {
    .name = "fund_count",
    .sqlite = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM fund",
    .pg = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM fund",
    .nparam = 0,
    .ncol = 1,
    .is_write = false,
    .pg_types = "",
};

static enum err read_fund_count(const struct db_rows *rows, struct fund_count_row *ret)
{
    TRY(not_null(rows, 0, "fund_count.n"));
    ret->n = db_rows_int(rows, 0);
    return ERR_OK;
}

enum err fund_count(struct db *db, struct arena *a, struct fund_count_row *ret)
{
    (void)a;
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_fund_count, NULL, &rows_));
    struct fund_count_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_fund_count(&rows_, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

static const struct db_sql sql_fund_each_year = {
    .name = "fund_each_year",
    .sqlite = "SELECT y.fund_id, y.nhso_amount, y.population_local, p.code AS province_code FROM fund_year y JOIN fund f ON f.id = y.fund_id JOIN province p ON p.id = f.area_id WHERE y.fy = ?1 AND y.is_closed = 0",
    .pg = "SELECT y.fund_id, y.nhso_amount, y.population_local, p.code AS province_code FROM fund_year y JOIN fund f ON f.id = y.fund_id JOIN province p ON p.id = f.area_id WHERE y.fy = $1 AND y.is_closed = 0",
    .nparam = 1,
    .ncol = 4,
    .is_write = false,
    .pg_types = "i",
};

static enum err read_fund_each_year(const struct db_rows *rows, struct fund_each_year_row *ret)
{
    ret->fund_id = (struct fund_id){db_rows_int(rows, 0)};
    ret->nhso_amount = db_rows_is_null(rows, 1) ? (struct opt_satang){} : (struct opt_satang){true, {db_rows_int(rows, 1)}};
    ret->population_local = db_rows_is_null(rows, 2) ? (struct opt_count){} : (struct opt_count){true, db_rows_int(rows, 2)};
    TRY(not_null(rows, 3, "fund_each_year.province_code"));
    ret->province_code = db_rows_text(rows, 3);
    return ERR_OK;
}

enum err fund_each_year(struct db *db, struct arena *a, struct fiscal_year fy,
    enum err (*each)(void *ctx, const struct fund_each_year_row *row), void *ctx)
{
    (void)a;
    const struct db_value params_[] = {
        of_int(fy.v),
    };
    struct db_rows rows_;
    TRY(db_rows_stream(db, &sql_fund_each_year, params_, &rows_));
    struct fund_each_year_row row_;
    enum err e_, told_ = ERR_OK;
    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {
        e_ = told_ = read_fund_each_year(&rows_, &row_);
        if (told_ == ERR_OK) told_ = each(ctx, &row_);
        if (told_ != ERR_OK) break;
    }
    db_rows_close(&rows_);
    if (told_ != ERR_OK) return told_;
    return e_ == ERR_NOT_FOUND ? ERR_OK : e_;
}

static const struct db_sql sql_fund_add = {
    .name = "fund_add",
    .sqlite = "INSERT INTO fund (code, area_id, name_th, founded_on, logo, made_at, made_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
    .pg = "INSERT INTO fund (code, area_id, name_th, founded_on, logo, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
    .nparam = 7,
    .ncol = 1,
    .is_write = true,
    .pg_types = "tittbii",
};

static enum err read_fund_add(const struct db_rows *rows, struct fund_add_row *ret)
{
    ret->id = (struct fund_id){db_rows_int(rows, 0)};
    return ERR_OK;
}

enum err fund_add(struct db *db, struct arena *a, const struct fund_add_args *args, struct fund_add_row *ret)
{
    (void)a;
    char iso_founded_on[10];
    const struct db_value params_[] = {
        of_text(args->code),
        of_int(args->area_id.v),
        of_text(args->name_th),
        of_opt_date(args->founded_on, iso_founded_on),
        of_bytes(args->logo),
        of_int(args->made_at.v),
        of_int(args->made_by.v),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_fund_add, params_, &rows_));
    struct fund_add_row row_ = {};
    enum err e_ = db_rows_next(&rows_);
    if (e_ == ERR_OK) e_ = read_fund_add(&rows_, &row_);
    db_rows_close(&rows_);
    if (e_ == ERR_OK) *ret = row_;
    return e_;
}

static const struct db_sql sql_fund_put_year = {
    .name = "fund_put_year",
    .sqlite = "INSERT INTO fund_year (fund_id, fy, population_local, nhso_amount, match_percent) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (fund_id, fy) DO UPDATE SET population_local = excluded.population_local, nhso_amount = excluded.nhso_amount, match_percent = excluded.match_percent",
    .pg = "INSERT INTO fund_year (fund_id, fy, population_local, nhso_amount, match_percent) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (fund_id, fy) DO UPDATE SET population_local = excluded.population_local, nhso_amount = excluded.nhso_amount, match_percent = excluded.match_percent",
    .nparam = 5,
    .ncol = 0,
    .is_write = true,
    .pg_types = "iiiii",
};

enum err fund_put_year(struct db *db, struct fund_id fund_id, struct fiscal_year fy, struct opt_count population_local, struct opt_satang nhso_amount, struct opt_bp match_percent, int64_t *ret_changed)
{
    const struct db_value params_[] = {
        of_int(fund_id.v),
        of_int(fy.v),
        of_opt(population_local.has, population_local.v),
        of_opt(nhso_amount.has, nhso_amount.v.v),
        of_opt(match_percent.has, match_percent.v.v),
    };
    return db_run(db, &sql_fund_put_year, params_, ret_changed);
}

static const struct db_sql sql_fund_close = {
    .name = "fund_close",
    .sqlite = "UPDATE fund SET closed_on = ?2 WHERE id = ?1 AND closed_on IS NULL",
    .pg = "UPDATE fund SET closed_on = $2 WHERE id = $1 AND closed_on IS NULL",
    .nparam = 2,
    .ncol = 0,
    .is_write = true,
    .pg_types = "it",
};

enum err fund_close(struct db *db, struct fund_id id, struct date closed_on, int64_t *ret_changed)
{
    char iso_closed_on[10];
    const struct db_value params_[] = {
        of_int(id.v),
        of_date(closed_on, iso_closed_on),
    };
    return db_run(db, &sql_fund_close, params_, ret_changed);
}

static const struct db_sql sql_fund_list_tags = {
    .name = "fund_list_tags",
    .sqlite = "SELECT group_concat(tag, ', ') AS tags FROM (SELECT tag FROM fund_tag WHERE fund_id = ?1 ORDER BY tag)",
    .pg = "SELECT string_agg(tag, ', ' ORDER BY tag) AS tags FROM fund_tag WHERE fund_id = $1",
    .nparam = 1,
    .ncol = 1,
    .is_write = false,
    .pg_types = "i",
};

static enum err read_fund_list_tags(const struct db_rows *rows, struct arena *a, struct fund_list_tags_row *ret)
{
    ret->tags = keep_text(rows, 0, a);
    return ERR_OK;
}

enum err fund_list_tags(struct db *db, struct arena *a, struct fund_id id, struct fund_list_tags_row **ret, size_t *ret_n)
{
    const struct db_value params_[] = {
        of_int(id.v),
    };
    struct db_rows rows_;
    TRY(db_rows_open(db, &sql_fund_list_tags, params_, &rows_));
    struct fund_list_tags_row *all_ = NULL;
    size_t n_ = 0, cap_ = 0;
    enum err e_;
    while ((e_ = db_rows_next(&rows_)) == ERR_OK) {
        if (n_ == cap_) {
            size_t more_ = cap_ ? cap_ * 2 : 16;
            all_ = cap_ ? arena_grow(a, all_, cap_ * sizeof *all_, more_ * sizeof *all_)
                        : arena_alloc(a, more_ * sizeof *all_);
            cap_ = more_;
        }
        e_ = read_fund_list_tags(&rows_, a, &all_[n_]);
        if (e_ != ERR_OK) break;
        n_++;
    }
    db_rows_close(&rows_);
    if (e_ != ERR_NOT_FOUND) return e_;
    *ret = all_;
    *ret_n = n_;
    return ERR_OK;
}

const struct db_sql *const fund_queries[] = {
    &sql_fund_get,
    &sql_fund_list_of_area,
    &sql_fund_count,
    &sql_fund_each_year,
    &sql_fund_add,
    &sql_fund_put_year,
    &sql_fund_close,
    &sql_fund_list_tags,
    NULL,
};
