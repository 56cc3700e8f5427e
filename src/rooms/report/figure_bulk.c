/* figure_bulk.c — see figure_bulk.h. A table at a time, so that PostgreSQL takes each by COPY. */
#include "rooms/report/figure_bulk.h"

#include "db/value.h"
#include "rooms/report_sql.h"

struct figure_bulk figure_bulk_begin(struct db *db, struct arena *a, struct fund_id fund, struct area_id district, struct area_id province)
{
    return (struct figure_bulk){.db = db, .arena = a, .fund = fund, .district = district, .province = province};
}

static void gather(struct figure_bulk *b, const struct figure_change *more, size_t n)
{
    size_t size = sizeof *more;
    if (b->n + n > b->room) {
        size_t room = (b->n + n) * 2;
        b->all = arena_grow(b->arena, b->all, b->room * size, room * size);
        b->room = room;
    }
    for (size_t i = 0; i < n; i++) b->all[b->n++] = more[i];
}

enum err figure_bulk_money(void *ctx, const struct money_moved *e)
{
    struct figure_bulk *b = ctx;
    struct figure_change *changes = NULL;
    size_t n = 0;
    figure_changes_of_money(b->arena, e, &changes, &n);
    gather(b, changes, n);
    return ERR_OK;
}

enum err figure_bulk_project(void *ctx, const struct project_moved *e)
{
    struct figure_bulk *b = ctx;
    struct figure_change *changes = NULL;
    size_t n = 0;
    figure_changes_of_project(b->arena, e, &changes, &n);
    gather(b, changes, n);
    return ERR_OK;
}

static bool is_first_of(const struct figure_bulk *b, size_t i)
{
    return i == 0 || b->all[i].fy.v != b->all[i - 1].fy.v || b->all[i].measure != b->all[i - 1].measure;
}

static struct db_value stated(struct str code)
{
    return db_text(str_is_none(code) ? STR(FIGURE_NOT_STATED) : code);
}

static enum err write_facts(struct figure_bulk *b, struct date on, struct instant at)
{
    static const char *const columns[] = {"fund_id", "fy", "district_id", "province_id", "issue_code", "support_type", "measure",
                                          "delta", "known_delta", "on_date", "recorded_at", "source_kind", "source_id", "group_code", "due_on"};
    struct db_bulk *bulk = NULL;
    struct db_value day = db_day(b->arena, on);
    TRY(DB_BULK_BEGIN(b->db, b->arena, "figure_fact", columns, &bulk));
    for (size_t i = 0; i < b->n; i++) {
        const struct figure_change *c = &b->all[i];
        struct db_value v[] = {db_int(b->fund.v), db_int(c->fy.v), db_int(b->district.v), db_int(b->province.v),
                               db_text(c->part.issue_code), db_text(c->part.support_type), db_text(measure_code(c->measure)),
                               db_int(c->delta), db_int(is_first_of(b, i) ? 1 : 0), day, db_int(at.v), db_text(STR("fund")),
                               db_int(b->fund.v), db_text(c->part.group_code),
                               c->part.due_on.has ? db_day(b->arena, c->part.due_on.v) : db_null()};
        (void)db_bulk_row(bulk, v); /* the first failure is told at the end */
    }
    return db_bulk_end(bulk);
}

static enum err write_years(struct figure_bulk *b)
{
    static const char *const columns[] = {"fund_id", "fy", "measure", "district_id", "total", "known"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(b->db, b->arena, "figure_fund_year", columns, &bulk));
    for (size_t i = 0; i < b->n;) {
        const struct figure_change *c = &b->all[i];
        int64_t total = 0;
        do total += b->all[i].delta;
        while (++i < b->n && !is_first_of(b, i));
        struct db_value v[] = {db_int(b->fund.v), db_int(c->fy.v), db_text(measure_code(c->measure)), db_int(b->district.v), db_int(total), db_int(1)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_splits(struct figure_bulk *b)
{
    static const char *const columns[] = {"fund_id", "fy", "measure", "issue_code", "support_type", "district_id", "total"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(b->db, b->arena, "figure_fund_split", columns, &bulk));
    for (size_t i = 0; i < b->n; i++) {
        const struct figure_change *c = &b->all[i];
        struct db_value v[] = {db_int(b->fund.v), db_int(c->fy.v), db_text(measure_code(c->measure)), stated(c->part.issue_code),
                               stated(c->part.support_type), db_int(b->district.v), db_int(c->delta)};
        if (measure_kind(c->measure) == FIGURE_SPLIT) (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_groups(struct figure_bulk *b)
{
    static const char *const columns[] = {"fund_id", "fy", "group_code", "district_id", "total"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(b->db, b->arena, "figure_fund_group", columns, &bulk));
    for (size_t i = 0; i < b->n; i++) {
        const struct figure_change *c = &b->all[i];
        struct db_value v[] = {db_int(b->fund.v), db_int(c->fy.v), stated(c->part.group_code), db_int(b->district.v), db_int(c->delta)};
        if (measure_kind(c->measure) == FIGURE_GROUPED) (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_dues(struct figure_bulk *b)
{
    static const char *const columns[] = {"fund_id", "fy", "due_on", "district_id", "total"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(b->db, b->arena, "figure_fund_due", columns, &bulk));
    for (size_t i = 0; i < b->n; i++) {
        const struct figure_change *c = &b->all[i];
        if (measure_kind(c->measure) != FIGURE_DATED) continue;
        struct db_value v[] = {db_int(b->fund.v), db_int(c->fy.v), db_day(b->arena, c->part.due_on.v), db_int(b->district.v), db_int(c->delta)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

enum err figure_bulk_write(struct figure_bulk *b, struct date on, struct instant at)
{
    figure_changes_sort(b->all, b->n);
    b->n = figure_changes_merge(b->all, b->n);
    TRY(write_facts(b, on, at));
    TRY(write_years(b));
    TRY(report_fill_fund_all(b->db, b->fund, NULL));
    TRY(write_splits(b));
    TRY(write_groups(b));
    return write_dues(b);
}

enum err figure_bulk_areas(struct db *db)
{
    TRY(report_fill_area_year(db, NULL));
    TRY(report_fill_area_split(db, NULL));
    TRY(report_fill_area_group(db, NULL));
    TRY(report_fill_area_due(db, NULL));
    return figure_above_anew(db);
}
