/* monitor_steps.c — see monitor_steps.h. */
#include "tests/rooms/monitor_steps.h"

#include "tests/rooms/monitor_fixture.h"

static void act(struct fixture *f, const char *sql)
{
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(db_script(f->db, sql));
    assert_ok(db_commit(f->db));
}

void steps_monitor_project(struct fixture *f, struct steps_text *t)
{
    (void)t;
    int64_t applicant = account_named(f, "applicant").v;
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    (void)mf_running(f, &(struct mf_wish){"D0001", "70-D0001-2-95", "Balance", applicant, 30000});
    assert_ok(db_script(f->db, "UPDATE project SET slug = 'stepmon1' WHERE code = '70-D0001-2-95'"));
    assert_ok(db_commit(f->db));
}

void steps_monitor_sent(struct fixture *f, struct steps_text *t)
{
    char sql[300];
    const char *occasion = strstr(t->target, "/reports/") + strlen("/reports/");
    (void)snprintf(sql, sizeof sql, "UPDATE monitor_report SET state = 'sent', version = 50 WHERE occasion = %d AND project_id = "
                                    "(SELECT id FROM project WHERE slug = 'stepmon1')", *occasion - '0');
    act(f, sql);
}

void steps_monitor_reported(struct fixture *f, struct steps_text *t)
{
    (void)t;
    act(f, "DELETE FROM monitor_closing");
    act(f, "UPDATE project SET state = 'reported', closed_on = NULL WHERE slug = 'stepmon1'");
}
