/* report_export.c — the table of an overview as CSV and as a spreadsheet: one list of columns for both. */
#include "app/app.h"
#include "rooms/report/dashboard.h"
#include "table/table.h"
#include "table/xlsx_out.h"

enum cell_kind { CELL_TEXT, CELL_COUNT, CELL_MONEY, CELL_SHARE };
struct cell {
    enum cell_kind kind;
    bool is_known;
    struct str text;
    int64_t v;
};
static const enum msg heads[] = {
    MSG_csv_code, MSG_col_name, MSG_col_funds, MSG_col_funds_recorded, MSG_col_population_local,
    MSG_col_population_nhso, MSG_col_nhso, MSG_col_computed, MSG_col_entered, MSG_col_ledger_funds,
    MSG_col_carried_over, MSG_col_received_nhso, MSG_col_received_local, MSG_col_received_other,
    MSG_col_planned, MSG_col_committed, MSG_col_paid, MSG_col_balance, MSG_col_spent,
    MSG_thread_plans, MSG_project_state_sent, MSG_project_state_revise, MSG_project_state_deferred,
    MSG_project_state_rejected, MSG_project_state_approved, MSG_project_state_running, MSG_project_state_suspended,
    MSG_project_state_stopped, MSG_project_state_reported, MSG_project_state_closed, MSG_thread_projects,
    MSG_thread_late, MSG_thread_people};
#define COLUMNS (sizeof heads / sizeof heads[0])

static struct cell text(struct str s)
{
    return (struct cell){.kind = CELL_TEXT, .is_known = true, .text = s};
}

static struct cell count(int64_t v)
{
    return (struct cell){.kind = CELL_COUNT, .is_known = true, .v = v};
}

static struct cell opt(struct opt_count c)
{
    return (struct cell){.kind = CELL_COUNT, .is_known = c.has, .v = c.v};
}

static struct cell figure(enum cell_kind kind, const struct figures *f, enum measure m)
{
    return (struct cell){.kind = kind, .is_known = f->at[m].known > 0, .v = f->at[m].total};
}

static struct cell money(struct opt_satang v)
{
    return (struct cell){.kind = CELL_MONEY, .is_known = v.has, .v = v.v.v};
}

static void fill_cells(struct rq *rq, const struct report_child *c, struct cell cells[COLUMNS])
{
    const struct figures *f = &c->figures;
    struct report_money m = figures_money(f);
    size_t n = 0;
    cells[n++] = text(c->code);
    cells[n++] = text(dashboard_child_name(rq, c));
    cells[n++] = count(f->funds);
    cells[n++] = count(f->at[MEASURE_FUND_YEARS].total);
    cells[n++] = figure(CELL_COUNT, f, MEASURE_POPULATION_LOCAL);
    cells[n++] = figure(CELL_COUNT, f, MEASURE_POPULATION_NHSO);
    cells[n++] = figure(CELL_MONEY, f, MEASURE_NHSO_AMOUNT);
    cells[n++] = figure(CELL_MONEY, f, MEASURE_MATCH_COMPUTED);
    cells[n++] = figure(CELL_MONEY, f, MEASURE_MATCH_ENTERED);
    cells[n++] = count(m.ledger_funds);
    cells[n++] = money(m.carried_over);
    cells[n++] = money(m.received_nhso);
    cells[n++] = money(m.received_local);
    cells[n++] = money(m.received_other);
    cells[n++] = money(m.planned);
    cells[n++] = money(m.committed);
    cells[n++] = money(m.paid);
    cells[n++] = money(m.balance);
    cells[n++] = (struct cell){.kind = CELL_SHARE, .is_known = m.spent.has, .v = m.spent.v.v};
    struct report_thread t = figures_thread(f);
    cells[n++] = opt(t.plans);
    for (int i = 0; i < REPORT_STATES; i++) cells[n++] = opt(t.states[i]);
    cells[n++] = opt(t.projects);
    cells[n++] = opt(t.late);
    cells[n] = opt(t.people);
}

/* What was asked; a wrong parameter has been answered when *ret_is_answered. */
static enum err read_table(struct rq *rq, struct report_summary *ret, bool *ret_is_answered)
{
    struct area area;
    struct fiscal_year fy;
    *ret_is_answered = true;
    if (rq_fy(rq, &fy) != ERR_OK) return rq_bad_param(rq, "fy", MSG_error_fy);
    *ret_is_answered = false;
    TRY(area_find_code(rq->db, rq->arena, rq->args[0], &area));
    TRY(report_summary(rq->db, rq->arena, &area, fy, ret));
    return report_late(rq->db, rq->arena, rq->today, NULL, ret);
}

static enum err answer_file(struct rq *rq, const struct report_summary *s, const char *suffix, struct str type)
{
    return rq_download(rq, str_printf(rq->arena, "%.*s-%d", STR_FMT(s->area.code), s->fy.v), suffix, type);
}

/* ---- CSV ---- */

static void put_csv(struct csv *csv, const struct cell *c)
{
    if (!c->is_known) csv_blank(csv);
    else if (c->kind == CELL_TEXT) csv_text(csv, c->text);
    else if (c->kind == CELL_COUNT) csv_int(csv, c->v);
    else csv_satang(csv, c->v); /* hundredths of a percent have two decimals, too */
}

enum err report_area_csv(struct rq *rq)
{
    struct report_summary s;
    struct cell cells[COLUMNS];
    bool is_answered = false;
    TRY(read_table(rq, &s, &is_answered));
    if (is_answered) return ERR_OK;
    rq->res->body = buf_in(rq->arena, APP_PAGE_BYTES_MAX);
    struct csv csv = csv_begin(&rq->res->body);
    for (size_t i = 0; i < COLUMNS; i++) csv_text(&csv, msg_text(heads[i], rq->page.lang));
    csv_row_end(&csv);
    for (size_t i = 0; i < s.nchildren; i++) {
        fill_cells(rq, &s.children[i], cells);
        for (size_t k = 0; k < COLUMNS; k++) put_csv(&csv, &cells[k]);
        csv_row_end(&csv);
    }
    rq->res->may_compress = true;
    return answer_file(rq, &s, "csv", STR("text/csv; charset=utf-8"));
}

/* ---- spreadsheet ---- */

static void put_xlsx(struct xlsx_out *x, const struct cell *c)
{
    if (!c->is_known) xlsx_out_blank(x);
    else if (c->kind == CELL_TEXT) xlsx_out_text(x, c->text);
    else if (c->kind == CELL_COUNT) xlsx_out_int(x, c->v);
    else if (c->kind == CELL_MONEY) xlsx_out_satang(x, satang(c->v));
    else xlsx_out_percent(x, bp(c->v));
}

enum err report_area_xlsx(struct rq *rq)
{
    struct report_summary s;
    struct xlsx_out_column columns[COLUMNS];
    struct cell cells[COLUMNS];
    struct xlsx_out *x = NULL;
    struct str bytes = STR_NONE;
    bool is_answered = false;
    TRY(read_table(rq, &s, &is_answered));
    if (is_answered) return ERR_OK;
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct xlsx_out_column){msg_text(heads[i], rq->page.lang), i == 1 ? 32 : i == 0 ? 9 : 17};
    struct str fy = str_printf(rq->arena, "%d", s.fy.v);
    struct str place = area_title(rq->arena, rq->page.lang, &s.area);
    struct str title = MSG_FORMAT(rq->arena, rq->page.lang, MSG_dash_title, place, fy);
    TRY(xlsx_out_begin(rq->arena, fy, title, columns, COLUMNS, &x));
    for (size_t i = 0; i < s.nchildren; i++) {
        fill_cells(rq, &s.children[i], cells);
        for (size_t k = 0; k < COLUMNS; k++) put_xlsx(x, &cells[k]);
        xlsx_out_row_end(x);
    }
    TRY(xlsx_out_end(x, &bytes));
    rq->res->body = buf_in(rq->arena, XLSX_OUT_BYTES_MAX);
    buf_put(&rq->res->body, bytes);
    return answer_file(rq, &s, "xlsx", STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
}
