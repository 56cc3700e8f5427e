/* project_bulk.c — see project_bulk.h. A table at a time, so that PostgreSQL takes each by COPY. */
#include "rooms/project/project_bulk.h"

#include "base/rand.h"
#include "base/clock.h"
#include "db/value.h"
#include "rooms/project_sql.h"

#define SLUG_LETTERS 14 /* more than usual: millions are drawn without asking whether one is taken */

struct writing {
    struct db *db;
    struct arena *arena;
    const struct project_bulk_fund *f;
    int64_t decision, agreement;
};

enum err project_bulk_begin(struct db *db, struct arena *a, struct project_bulk *ret)
{
    struct project_last_ids_row last = {0};
    TRY(project_last_ids(db, a, &last));
    *ret = (struct project_bulk){.db = db, .project = last.project + 1, .decision = last.decision + 1, .agreement = last.agreement + 1};
    return ERR_OK;
}

static struct instant recorded(struct date d)
{
    return instant_at(d, 9, 0);
}

static void project_row(const struct writing *w, const struct project_bulk_one *p, struct db_value *v)
{
    struct db_value day = db_day(w->arena, p->approved_on);
    struct db_value row[] = {db_int(p->id.v), db_int(w->f->fund.v), db_int(w->f->district.v), db_int(w->f->province.v), db_int(p->fy.v),
                             db_text(rand_slug(w->arena, SLUG_LETTERS)), db_text(p->code), db_text(p->title), db_text(p->owner_name),
                             db_text(p->owner_type), db_text(p->support_type), db_text(STR("small")),
                             db_text(p->closed_on.has ? STR("closed") : STR("running")), db_day(w->arena, p->starts_on),
                             db_day(w->arena, p->ends_on), db_day(w->arena, p->report_due), db_int(p->amount.v), db_int(p->amount.v), day,
                             db_int(p->commitment.v), day, p->closed_on.has ? db_day(w->arena, p->closed_on.v) : db_null(), db_int(0),
                             db_int(0), db_int(p->is_paid), db_int(recorded(p->approved_on).v), db_int(recorded(p->approved_on).v), db_int(1)};
    memcpy(v, row, sizeof row);
}

static enum err write_projects(struct writing *w)
{
    static const char *const columns[] = {"id", "fund_id", "district_id", "province_id", "fy", "slug", "code", "title", "owner_name",
                                          "owner_type_code", "support_type_code", "size", "state", "starts_on", "ends_on", "report_due",
                                          "asked_satang", "approved_satang", "approved_on", "commitment_id", "sent_on", "closed_on",
                                          "is_for_paper", "is_entered_later", "is_paid", "created_at", "recorded_at", "version"};
    struct db_value v[sizeof columns / sizeof columns[0]];
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->db, w->arena, "project", columns, &bulk));
    for (size_t i = 0; i < w->f->n; i++) {
        project_row(w, &w->f->all[i], v);
        (void)db_bulk_row(bulk, v); /* the first failure is told at the end */
    }
    return db_bulk_end(bulk);
}

static enum err write_issues(struct writing *w)
{
    static const char *const columns[] = {"project_id", "position", "issue_id"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->db, w->arena, "project_issue", columns, &bulk));
    for (size_t i = 0; i < w->f->n; i++) {
        struct db_value v[] = {db_int(w->f->all[i].id.v), db_int(1), db_int(w->f->all[i].issue.v)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_people(struct writing *w, const char *table, const char *column, bool is_reached)
{
    const char *const columns[] = {"project_id", "group_code", column};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->db, w->arena, table, columns, &bulk));
    for (size_t i = 0; i < w->f->n; i++) {
        const struct project_bulk_one *p = &w->f->all[i];
        struct db_value v[] = {db_int(p->id.v), db_text(p->group_code), db_int(is_reached ? p->reached : p->planned)};
        if (v[2].i > 0) (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_decisions(struct writing *w)
{
    static const char *const columns[] = {"id", "project_id", "kind", "meeting_words", "decided_on", "amount_satang", "report_due", "in_force_at", "recorded_at"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->db, w->arena, "project_decision", columns, &bulk));
    for (size_t i = 0; i < w->f->n; i++) {
        const struct project_bulk_one *p = &w->f->all[i];
        struct db_value at = db_int(recorded(p->approved_on).v);
        struct db_value v[] = {db_int(w->decision + (int64_t)i), db_int(p->id.v), db_text(STR("approve")), db_text(p->meeting),
                               db_day(w->arena, p->approved_on), db_int(p->amount.v), db_day(w->arena, p->report_due), at, at};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

static enum err write_agreements(struct writing *w)
{
    static const char *const columns[] = {"id", "project_id", "number", "agreed_on", "signer_owner", "signer_fund", "recorded_at", "version"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(w->db, w->arena, "project_agreement", columns, &bulk));
    for (size_t i = 0; i < w->f->n; i++) {
        const struct project_bulk_one *p = &w->f->all[i];
        struct db_value v[] = {db_int(w->agreement + (int64_t)i), db_int(p->id.v), db_text(p->code), db_day(w->arena, p->approved_on), db_text(p->owner_name),
                               db_text(p->owner_name), db_int(recorded(p->approved_on).v), db_int(1)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

enum err project_bulk_write(struct project_bulk *b, struct arena *a, const struct project_bulk_fund *f)
{
    struct writing w = {.db = b->db, .arena = a, .f = f, .decision = b->decision, .agreement = b->agreement};
    for (size_t i = 0; i < f->n; i++) f->all[i].id = (struct project_id){b->project++};
    b->decision += (int64_t)f->n;
    b->agreement += (int64_t)f->n;
    TRY(write_projects(&w));
    TRY(write_issues(&w));
    TRY(write_people(&w, "project_target", "planned", false));
    TRY(write_people(&w, "project_reached", "people", true));
    TRY(write_decisions(&w));
    return write_agreements(&w);
}

enum err project_bulk_tell(const struct project_bulk_fund *f, enum err (*each)(void *ctx, const struct project_moved *m), void *ctx)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct project_bulk_one *p = &f->all[i];
        struct project_figure is = {.fy = p->fy,
                                    .district = f->district,
                                    .province = f->province,
                                    .state = p->closed_on.has ? PROJECT_CLOSED : PROJECT_RUNNING,
                                    .issues = {p->issue_code},
                                    .nissues = 1,
                                    .support_type = p->support_type,
                                    .ngroups = p->reached > 0 ? 1 : 0};
        if (project_owes_report(is.state, p->is_paid)) is.open_due = (struct opt_date){true, p->report_due};
        is.groups[0] = (struct project_group_count){p->group_code, p->reached};
        struct project_moved m = {.fund = f->fund, .project = p->id, .on_date = p->approved_on, .is = &is};
        TRY(each(ctx, &m));
    }
    return ERR_OK;
}
