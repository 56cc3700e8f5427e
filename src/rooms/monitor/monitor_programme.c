/* monitor_programme.c — programmes of agencies and institutes. */
#include "app/audit.h"
#include "base/clock.h"
#include "rooms/monitor/monitor_inside.h"
#include "rooms/monitor_sql.h"

#define PROGRAMME_OF(r)                                                                                                \
    ((struct monitor_programme){.id = (r)->id,                                                                         \
                                .code = (r)->code,                                                                     \
                                .title = (r)->title,                                                                   \
                                .owner_name = (r)->owner_name,                                                         \
                                .funders = (r)->funders,                                                               \
                                .goal = (r)->goal,                                                                     \
                                .area = (r)->area_id,                                                                  \
                                .area_code = (r)->area_code,                                                           \
                                .area_th = (r)->area_th,                                                               \
                                .area_en = (r)->area_en,                                                               \
                                .starts_on = (r)->starts_on,                                                           \
                                .ends_on = (r)->ends_on,                                                               \
                                .account = (r)->account_no.v,                                                          \
                                .version = (r)->version})

enum err monitor_programme_find(struct db *db, struct arena *a, struct str code, struct monitor_programme *ret)
{
    struct monitor_programme_get_row row;
    TRY(monitor_programme_get(db, a, code, &row));
    *ret = PROGRAMME_OF(&row);
    return ERR_OK;
}

enum err monitor_programme_list(struct db *db, struct arena *a, struct str after, int64_t most, struct monitor_programme **ret,
                                size_t *ret_n)
{
    struct monitor_programme_rows_row *rows = NULL;
    TRY(monitor_programme_rows(db, a, after.p == NULL ? STR("") : after, most, &rows, ret_n));
    *ret = ARENA_ARRAY(a, struct monitor_programme, *ret_n);
    for (size_t i = 0; i < *ret_n; i++) (*ret)[i] = PROGRAMME_OF(&rows[i]);
    return ERR_OK;
}

static enum err add(struct db *db, struct arena *a, const struct actor *by, const struct monitor_programme *p,
                    struct monitor_programme_id *ret)
{
    struct monitor_programme_add_row row;
    struct monitor_programme_add_args args = {.code = p->code,
                                              .title = p->title,
                                              .owner_name = p->owner_name,
                                              .funders = monitor_none(p->funders),
                                              .goal = monitor_none(p->goal),
                                              .area_id = p->area,
                                              .starts_on = p->starts_on,
                                              .ends_on = p->ends_on,
                                              .account_no = monitor_account(by),
                                              .recorded_at = clock_now()};
    TRY(db_savepoint(db));
    enum err e = monitor_programme_add(db, a, &args, &row);
    if (e != ERR_OK) {
        db_rollback_to(db);
        return e;
    }
    TRY(db_release(db));
    *ret = row.id;
    return ERR_OK;
}

static enum err change(struct db *db, const struct monitor_programme *p)
{
    int64_t changed = 0;
    struct monitor_programme_change_args args = {.id = p->id,
                                                 .version = p->version,
                                                 .title = p->title,
                                                 .owner_name = p->owner_name,
                                                 .funders = monitor_none(p->funders),
                                                 .goal = monitor_none(p->goal),
                                                 .area_id = p->area,
                                                 .starts_on = p->starts_on,
                                                 .ends_on = p->ends_on,
                                                 .recorded_at = clock_now()};
    TRY(monitor_programme_change(db, &args, &changed));
    return changed == 1 ? ERR_OK : ERR_CONFLICT;
}

enum err monitor_programme_save(struct db *db, struct arena *a, const struct actor *by, const struct monitor_programme *p,
                                struct monitor_programme_id *ret)
{
    struct monitor_programme was = {0};
    struct monitor_programme_id id = p->id;
    bool is_new = id_is_none(id);
    if (is_new) TRY(add(db, a, by, p, &id));
    else TRY(monitor_programme_find(db, a, p->code, &was));
    if (!is_new) TRY(change(db, p));
    struct audit_change changes[] = {{"title", was.title, p->title},
                                     {"owner_name", was.owner_name, p->owner_name},
                                     {"funders", was.funders, monitor_none(p->funders)},
                                     {"goal", was.goal, monitor_none(p->goal)}};
    TRY(audit_write(db, a, by, is_new ? "add" : "change", "monitor_programme", id.v, changes, 4));
    *ret = id;
    return ERR_OK;
}
