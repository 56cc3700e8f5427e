/* project_export.c — the nation's projects as one CSV, a page of the list at a time in memory that is given back. */
#include "base/thai.h"
#include "rooms/project/project.h"
#include "table/table.h"

#define ROWS_A_PAGE 500

static void csv_day(struct csv *c, struct arena *a, struct opt_date d)
{
    struct buf b = buf_in(a, 16);
    if (d.has) buf_date_iso(&b, d.v);
    csv_text(c, buf_str(&b));
}

static void write_row(struct csv *c, struct arena *a, const struct project_row *r)
{
    csv_text(c, r->slug);
    csv_text(c, r->code);
    csv_text(c, r->fund_code);
    csv_text(c, r->fund_th);
    csv_int(c, r->fy.v);
    csv_text(c, open_text(r->title, NULL));
    csv_text(c, open_text(r->owner_name, NULL));
    csv_text(c, r->issue_code);
    csv_text(c, r->issue_th);
    csv_text(c, r->support_type);
    csv_text(c, str_of(project_state_code(r->state)));
    csv_opt_satang(c, r->asked);
    csv_opt_satang(c, r->approved);
    csv_day(c, a, r->starts_on);
    csv_day(c, a, r->ends_on);
    csv_day(c, a, r->report_due);
    csv_row_end(c);
}

enum err project_export_csv(struct db *db, struct arena *a, struct fiscal_year fy, struct buf *out, int64_t *ret_rows)
{
    static const char *const names[] = {"project",    "code",         "fund_code", "fund_name", "fiscal_year", "title",   "owner",     "issue_code",
                                        "issue_name", "support_type", "state",     "asked",     "approved",    "starts_on", "ends_on", "report_due"};
    struct project_asked ask = {.fy = fy, .state = -1, .is_public_only = true, .most = ROWS_A_PAGE};
    struct csv csv = csv_begin(out);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) csv_text(&csv, str_of(names[i]));
    csv_row_end(&csv);
    size_t n = ROWS_A_PAGE;
    for (*ret_rows = 0; n == ROWS_A_PAGE; *ret_rows += (int64_t)n) {
        struct arena_mark page = arena_mark(a);
        struct project_row *rows = NULL;
        TRY(project_list(db, a, &ask, &rows, &n));
        for (size_t i = 0; i < n; i++) write_row(&csv, a, &rows[i]);
        if (n > 0) ask.after = rows[n - 1].id;
        arena_release(a, page);
    }
    return out->flush_err;
}
