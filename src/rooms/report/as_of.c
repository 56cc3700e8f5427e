/* as_of.c — the figures as they stood: today's sums without what was recorded since. The facts that
 * are added up are only those after that day, so a look at last month costs a month. */
#include "rooms/report/figure.h"
#include "rooms/report_sql.h"

struct since { /* the three queries give the same columns */
    int64_t above, part; /* region and province, none and district, none and fund */
    struct fiscal_year fy;
    struct str measure;
    int64_t delta, known_delta;
};

static enum err since_rows(struct db *db, struct arena *a, struct instant until, const struct area *area,
                           struct since **ret, size_t *ret_n)
{
    struct since *all = NULL;
    size_t n = 0;
    if (area->kind == AREA_NATION || area->kind == AREA_REGION) {
        struct report_since_provinces_row *rows = NULL;
        TRY(report_since_provinces(db, a, until, &rows, &n));
        all = ARENA_ARRAY(a, struct since, n);
        for (size_t i = 0; i < n; i++)
            all[i] = (struct since){rows[i].region_id.v, rows[i].province_id.v, rows[i].fy,
                                    rows[i].measure,     rows[i].delta,         rows[i].known_delta};
    } else if (area->kind == AREA_PROVINCE) {
        struct report_since_districts_row *rows = NULL;
        TRY(report_since_districts(db, a, area->id, until, &rows, &n));
        all = ARENA_ARRAY(a, struct since, n);
        for (size_t i = 0; i < n; i++)
            all[i] = (struct since){0,           rows[i].district_id.v, rows[i].fy, rows[i].measure,
                                    rows[i].delta, rows[i].known_delta};
    } else {
        struct report_since_funds_row *rows = NULL;
        TRY(report_since_funds(db, a, area->id, until, &rows, &n));
        all = ARENA_ARRAY(a, struct since, n);
        for (size_t i = 0; i < n; i++)
            all[i] = (struct since){0,           rows[i].fund_id.v, rows[i].fy, rows[i].measure,
                                    rows[i].delta, rows[i].known_delta};
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static void take_out(struct figures *f, struct fiscal_year of, const struct since *s)
{
    if (s->fy.v == of.v) figures_add(f, s->measure, -s->delta, -s->known_delta);
    else if (s->fy.v < of.v) figures_add_before(f, s->measure, -s->delta);
}

static void take_out_children(struct report_summary *r, const struct since *s)
{
    int64_t child = r->area.kind == AREA_NATION ? s->above : s->part;
    for (size_t i = 0; i < r->nchildren; i++) {
        struct report_child *c = &r->children[i];
        if ((c->is_fund ? c->fund.v : c->area.v) == child) take_out(&c->figures, r->fy, s);
    }
    for (size_t i = 0; i < r->nprovinces; i++)
        if (r->provinces[i].area.v == s->part) take_out(&r->provinces[i].figures, r->fy, s);
}

enum err report_as_of(struct db *db, struct arena *a, struct instant until, struct report_summary *summary,
                      struct report_year *years, size_t nyears)
{
    struct since *rows = NULL;
    size_t n = 0;
    TRY(since_rows(db, a, until, &summary->area, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (summary->area.kind == AREA_REGION && rows[i].above != summary->area.id.v) continue;
        take_out(&summary->figures, summary->fy, &rows[i]);
        take_out_children(summary, &rows[i]);
        for (size_t k = 0; k < nyears; k++) take_out(&years[k].figures, years[k].fy, &rows[i]);
    }
    return ERR_OK;
}
