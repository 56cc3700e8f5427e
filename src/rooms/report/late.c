/* late.c — plans and projects of a figure as they are shown, and the open projects whose report is overdue:
 * kept by the day on which it is due, so that a day that passes writes nothing. */
#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

/* ---- what is shown ---- */

const char *report_state_code(int i)
{
    static const char *const codes[REPORT_STATES] = {"sent",    "revise",    "deferred", "rejected", "approved",
                                                     "running", "suspended", "stopped",  "reported", "closed"};
    return codes[i];
}

static int64_t sum_of(const struct figures *f, enum measure first, enum measure last)
{
    int64_t n = 0;
    for (int m = first; m <= (int)last; m++) n += f->at[m].total;
    return n;
}

struct report_thread figures_thread(const struct figures *f)
{
    struct report_thread t = {.plans = figures_count(f, MEASURE_PLANS), .people = figures_count(f, MEASURE_PEOPLE)};
    for (int m = MEASURE_PROJECTS_SENT; m <= MEASURE_PROJECTS_CLOSED; m++)
        t.has_projects = t.has_projects || f->at[m].known > 0;
    for (int i = 0; i < REPORT_STATES; i++)
        t.states[i] = (struct opt_count){t.has_projects, f->at[MEASURE_PROJECTS_SENT + i].total};
    t.waiting = (struct opt_count){t.has_projects, sum_of(f, MEASURE_PROJECTS_SENT, MEASURE_PROJECTS_DEFERRED)};
    t.projects = (struct opt_count){t.has_projects, f->at[MEASURE_PROJECTS].total};
    t.open = (struct opt_count){t.has_projects, sum_of(f, MEASURE_PROJECTS_APPROVED, MEASURE_PROJECTS_SUSPENDED) +
                                                    f->at[MEASURE_PROJECTS_REPORTED].total};
    t.closed = (struct opt_count){t.has_projects, f->at[MEASURE_PROJECTS_CLOSED].total};
    t.late = (struct opt_count){t.has_projects, f->late.year};
    t.late_all = (struct opt_count){t.has_projects || f->late.all > 0, f->late.all};
    return t;
}

/* ---- overdue ---- */

struct late_row { /* the queries give the same columns */
    int64_t above, part; /* region and province, none and area, none and fund */
    struct fiscal_year fy;
    int64_t total;
};

static void add_late(struct figures *f, struct fiscal_year shown, const struct late_row *r, int sign)
{
    f->late.all += sign * r->total;
    if (r->fy.v == shown.v) f->late.year += sign * r->total;
}

/* To a child, and to the map's province. */
static void add_to_children(struct report_summary *s, const struct late_row *r, int sign)
{
    int64_t child = s->area.kind == AREA_NATION ? r->above : r->part;
    for (size_t i = 0; i < s->nchildren; i++) {
        struct report_child *c = &s->children[i];
        if ((c->is_fund ? c->fund.v : c->area.v) == child) add_late(&c->figures, s->fy, r, sign);
    }
    for (size_t i = 0; i < s->nprovinces; i++)
        if (s->provinces[i].area.v == r->part) add_late(&s->provinces[i].figures, s->fy, r, sign);
}

#define ROWS(query_call, above_of, part_of, total_of)                                              \
    TRY(query_call);                                                                               \
    all = ARENA_ARRAY(a, struct late_row, n);                                                      \
    for (size_t i = 0; i < n; i++) all[i] = (struct late_row){above_of, part_of, rows[i].fy, total_of}

static enum err late_of_children(struct db *db, struct arena *a, struct date today, const struct report_summary *s,
                                 struct late_row **ret, size_t *ret_n)
{
    struct late_row *all = NULL;
    size_t n = 0;
    if (s->area.kind == AREA_DISTRICT) {
        struct report_district_funds_late_row *rows = NULL;
        ROWS(report_district_funds_late(db, a, s->area.id, today, &rows, &n), 0, rows[i].fund_id.v, rows[i].total);
    } else {
        struct report_children_late_row *rows = NULL; /* of the nation they are regions: the row's own `above` */
        ROWS(report_children_late(db, a, s->area.id, today, &rows, &n), rows[i].area_id.v, rows[i].area_id.v, rows[i].total);
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static enum err late_since(struct db *db, struct arena *a, struct date today, struct instant until,
                           const struct report_summary *s, struct late_row **ret, size_t *ret_n)
{
    struct late_row *all = NULL;
    size_t n = 0;
    if (s->area.kind == AREA_NATION || s->area.kind == AREA_REGION) {
        struct report_since_late_provinces_row *rows = NULL;
        ROWS(report_since_late_provinces(db, a, until, today, &rows, &n), rows[i].region_id.v, rows[i].province_id.v,
             rows[i].delta);
    } else if (s->area.kind == AREA_PROVINCE) {
        struct report_since_late_districts_row *rows = NULL;
        ROWS(report_since_late_districts(db, a, s->area.id, until, today, &rows, &n), 0, rows[i].district_id.v, rows[i].delta);
    } else {
        struct report_since_late_funds_row *rows = NULL;
        ROWS(report_since_late_funds(db, a, s->area.id, until, today, &rows, &n), 0, rows[i].fund_id.v, rows[i].delta);
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

/* Only a map of what is late asks every province. */
static enum err late_of_provinces(struct db *db, struct arena *a, struct date today, struct report_summary *s)
{
    struct report_provinces_late_row *rows = NULL;
    size_t n = 0;
    TRY(report_provinces_late(db, a, today, &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s->nprovinces; k++)
            if (s->provinces[k].area.v == rows[i].area_id.v)
                add_late(&s->provinces[k].figures, s->fy, &(struct late_row){0, 0, rows[i].fy, rows[i].total}, 1);
    return ERR_OK;
}

enum err report_late(struct db *db, struct arena *a, struct date today, const struct instant *until,
                     struct report_summary *s)
{
    struct late_row *rows = NULL;
    struct report_area_late_row *own = NULL;
    size_t n = 0;
    TRY(late_of_children(db, a, today, s, &rows, &n));
    for (size_t i = 0; i < n; i++) add_to_children(s, &rows[i], 1);
    if (s->has_late_provinces) TRY(late_of_provinces(db, a, today, s));
    TRY(report_area_late(db, a, s->area.id, today, &own, &n));
    for (size_t i = 0; i < n; i++)
        add_late(&s->figures, s->fy, &(struct late_row){0, 0, own[i].fy, own[i].total}, 1);
    if (until == NULL) return ERR_OK;
    TRY(late_since(db, a, today, *until, s, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (s->area.kind == AREA_REGION && rows[i].above != s->area.id.v) continue;
        add_to_children(s, &rows[i], -1);
        add_late(&s->figures, s->fy, &rows[i], -1);
    }
    return ERR_OK;
}

enum err report_fund_late(struct db *db, struct arena *a, struct fund_id fund, struct date today, struct fiscal_year fy,
                          struct figures *f)
{
    struct report_overdue_of_fund_row *rows = NULL;
    size_t n = 0;
    TRY(report_overdue_of_fund(db, a, fund, today, &rows, &n));
    for (size_t i = 0; i < n; i++) add_late(f, fy, &(struct late_row){0, 0, rows[i].fy, rows[i].total}, 1);
    return ERR_OK;
}
