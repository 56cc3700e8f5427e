/* monitor_bulk.c — see monitor_bulk.h. A table at a time, so that PostgreSQL takes each by COPY. */
#include "rooms/monitor/monitor_bulk.h"

#include "base/clock.h"
#include "db/value.h"
#include "rooms/monitor_sql.h"

enum err monitor_bulk_begin(struct db *db, struct arena *a, struct monitor_bulk *ret)
{
    struct monitor_last_report_row last = {0};
    TRY(monitor_last_report(db, a, &last));
    *ret = (struct monitor_bulk){.db = db, .report = last.id + 1};
    return ERR_OK;
}

static struct instant recorded(struct date d)
{
    return instant_at(d, 9, 0);
}

static enum err write_reports(struct monitor_bulk *b, struct arena *a, const struct monitor_bulk_one *all, size_t n)
{
    static const char *const columns[] = {"id", "project_id", "kind", "occasion", "on_date", "title", "reporter_name", "done", "spent_satang",
                                          "state", "sent_on", "accepted_at", "is_entered_later", "recorded_at", "version"};
    struct db_bulk *bulk = NULL;
    int64_t id = b->report;
    TRY(DB_BULK_BEGIN(b->db, a, "monitor_report", columns, &bulk));
    for (size_t i = 0; i < n; i++)
        for (int at = 0; at < all[i].n; at++) {
            const struct monitor_bulk_one *m = &all[i];
            bool is_final = m->closed_on.has && at + 1 == m->n;
            struct db_value day = db_day(a, m->on[at]), when = db_int(recorded(m->on[at]).v);
            struct db_value v[] = {db_int(id++), db_int(m->project.v), db_text(is_final ? STR("final") : STR("activity")), db_int(at + 1),
                                   day, db_text(m->title), db_text(m->reporter), db_text(m->title),
                                   is_final ? db_int(m->paid.v) : db_null(), db_text(STR("accepted")), day, when, db_int(0), when, db_int(1)};
            (void)db_bulk_row(bulk, v); /* the first failure is told at the end */
        }
    return db_bulk_end(bulk);
}

static enum err write_people(struct monitor_bulk *b, struct arena *a, const struct monitor_bulk_one *all, size_t n)
{
    static const char *const columns[] = {"report_id", "group_code", "people"};
    struct db_bulk *bulk = NULL;
    int64_t id = b->report;
    TRY(DB_BULK_BEGIN(b->db, a, "monitor_people", columns, &bulk));
    for (size_t i = 0; i < n; i++)
        for (int at = 0; at < all[i].n; at++, id++) {
            struct db_value v[] = {db_int(id), db_text(all[i].group_code), db_int(all[i].people[at])};
            if (all[i].people[at] > 0) (void)db_bulk_row(bulk, v);
        }
    b->report = id;
    return db_bulk_end(bulk);
}

static enum err write_closings(struct monitor_bulk *b, struct arena *a, const struct monitor_bulk_one *all, size_t n)
{
    static const char *const columns[] = {"project_id", "paid_satang", "spent_satang", "returned_satang", "closed_on", "unreported", "recorded_at"};
    struct db_bulk *bulk = NULL;
    TRY(DB_BULK_BEGIN(b->db, a, "monitor_closing", columns, &bulk));
    for (size_t i = 0; i < n; i++) {
        const struct monitor_bulk_one *m = &all[i];
        if (!m->closed_on.has) continue;
        struct db_value v[] = {db_int(m->project.v), db_int(m->paid.v), db_int(m->paid.v), db_int(0), db_day(a, m->closed_on.v), db_int(0),
                               db_int(recorded(m->closed_on.v).v)};
        (void)db_bulk_row(bulk, v);
    }
    return db_bulk_end(bulk);
}

enum err monitor_bulk_write(struct monitor_bulk *b, struct arena *a, const struct monitor_bulk_one *all, size_t n)
{
    TRY(write_reports(b, a, all, n));
    TRY(write_people(b, a, all, n));
    return write_closings(b, a, all, n);
}
