/* project_steps.c — see project_steps.h. */
#include "tests/rooms/project_steps.h"

#include "rooms/project/project.h"

/* `what` in the text becomes `with`. */
static void put(char *text, size_t room, const char *what, const char *with)
{
    char out[2600];
    for (char *at = strstr(text, what); at != NULL; at = strstr(text, what)) {
        snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
        assert_true(strlen(out) < room);
        memcpy(text, out, strlen(out) + 1);
    }
}

static void put_both(struct steps_text *t, const char *what, const char *with)
{
    put(t->target, sizeof t->target, what, with);
    put(t->body, sizeof t->body, what, with);
}

static int64_t draft(struct fixture *f)
{
    struct project_id id = {0};
    struct project p = {0};
    struct project_whole w = {0};
    int64_t version = 0, account = account_named(f, "applicant").v;
    struct actor by = {.code = STR("account:1"), .acting = STR("applicant fund D0001"), .account = account};
    struct project_target target = {.group = STR("1004"), .planned = {true, 40}};
    struct project_new n = {.fund_code = STR("D0001"), .fy = fiscal_year(2570), .title = STR("Balance training"), .owner_name = STR("Club"),
                            .owner_type = STR("4"), .issue_code = STR("older_people"), .asked_about = satang(1020000)};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(project_add(f->db, f->arena, &by, &n, &id));
    assert_ok(project_get(f->db, f->arena, id, &p));
    assert_ok(project_read(f->db, f->arena, &p, &w));
    w.p.place = STR("Hall");
    w.p.situation = STR("Falls");
    w.p.method = STR("Training");
    w.p.starts_on = (struct opt_date){true, {2027, 1, 10}};
    w.p.ends_on = (struct opt_date){true, {2027, 3, 10}};
    w.targets = &target;
    w.ntargets = 1;
    assert_ok(project_save(f->db, f->arena, &by, &w, PROJECT_HEAD | PROJECT_SITUATION | PROJECT_ACTIVITIES | PROJECT_TARGETS, &version));
    assert_ok(db_commit(f->db));
    return id.v;
}

/* A mentor said something of it. */
static int64_t noted(struct fixture *f, struct project_id id)
{
    struct project_note *notes = NULL;
    size_t n = 0;
    struct actor by = {.code = STR("account:2"), .acting = STR("mentor district 1203"), .account = account_named(f, "mentor").v};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(project_note_add(f->db, f->arena, &by, id, STR("budget"), STR("Three quotes, please")));
    assert_ok(project_notes(f->db, f->arena, id, &notes, &n));
    assert_ok(db_commit(f->db));
    return notes[0].id.v;
}

static void of_project(struct fixture *f, struct steps_text *t, struct project_id id)
{
    struct project p = {0};
    char text[40];
    if (strstr(t->target, "NOTE") != NULL) {
        snprintf(text, sizeof text, "%lld", (long long)noted(f, id));
        put_both(t, "NOTE", text);
    }
    assert_ok(db_begin(f->db, DB_TXN_READ));
    assert_ok(project_get(f->db, f->arena, id, &p));
    snprintf(text, sizeof text, "%.*s", STR_FMT(p.slug));
    put_both(t, "SLUG", text);
    snprintf(text, sizeof text, "%lld", (long long)p.version);
    put_both(t, "VERSION", text);
    assert_ok(db_commit(f->db));
}

void steps_project(struct fixture *f, struct steps_text *t)
{
    of_project(f, t, (struct project_id){draft(f)});
}

void steps_project_sent(struct fixture *f, struct steps_text *t)
{
    struct project_id id = {draft(f)};
    struct project p = {0};
    struct actor by = {.code = STR("account:1"), .acting = STR("applicant fund D0001"), .account = account_named(f, "applicant").v};
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(project_get(f->db, f->arena, id, &p));
    assert_ok(project_send(f->db, f->arena, &by, id, p.version));
    assert_ok(db_commit(f->db));
    of_project(f, t, id);
}

void steps_project_seen(struct fixture *f, struct steps_text *t)
{
    static const char mark[] = "name=\"seen\" value=\"";
    char seen[20];
    steps_project(f, t);
    struct reply r = fixture_get(f, t->target, fixture_sign_in(f, "applicant"));
    ptrdiff_t at = str_find(r.body, STR("name=\"seen\" value=\""));
    assert_true(at > 0);
    snprintf(seen, sizeof seen, "%.*s", 16, r.body.p + at + strlen(mark));
    put_both(t, "SEEN", seen);
}
