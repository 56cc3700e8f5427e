/* meeting_steps.c — see meeting_steps.h. */
#include "tests/rooms/meeting_steps.h"

#include "rooms/meeting/meeting.h"

static struct str ref_of(const struct steps_text *t)
{
    struct str rest = str_of(strstr(t->target, "/meetings/") + strlen("/meetings/")), ref;
    (void)str_split(&rest, '/', &ref);
    return ref;
}

static int64_t paper_of(struct fixture *f, const struct meeting *m)
{
    struct meeting_sign *signs = NULL;
    size_t n = 0;
    assert_ok(meeting_sign_list(f->db, f->arena, "meeting", m->id.v, &signs, &n));
    return n == 0 ? 0 : signs[0].id.v;
}

/* As reading the meeting gives it. */
static struct str mark_of(struct fixture *f, struct str ref)
{
    char target[120];
    snprintf(target, sizeof target, "/api/v1/funds/D0001/meetings/%.*s", STR_FMT(ref));
    struct reply r = fixture_get(f, target, fixture_sign_in(f, "officer"));
    ptrdiff_t at = str_find(r.body, STR("\"mark\":\""));
    assert_true(at > 0);
    return str_first(str_from(r.body, (size_t)at + strlen("\"mark\":\"")), 24);
}

void steps_meeting_mark(struct fixture *f, struct steps_text *t)
{
    char ref[40];
    struct meeting m = {0};
    snprintf(ref, sizeof ref, "%.*s", STR_FMT(ref_of(t)));
    assert_ok(meeting_find(f->db, f->arena, STR("D0001"), str_of(ref), &m));
    int64_t paper = paper_of(f, &m);
    snprintf(t->body, sizeof t->body, "mark=%.*s&sign=%lld", STR_FMT(mark_of(f, str_of(ref))), (long long)paper);
}

void steps_meeting_more(struct fixture *f, struct steps_text *t)
{
    struct str ref = ref_of(t);
    struct meeting_id id = {0};
    struct meeting_sign_id sign = {0};
    struct meeting_refusal why;
    struct actor by = {.code = STR("account:1"), .account = account_named(f, "officer").v};
    struct meeting_person person = {.name = STR("Somchai"), .is_present = true, .is_voter = true};
    struct date day = {2026, 11, 20};
    struct meeting_new n = {.fy = fiscal_year(2570), .held_on = day};
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = 'D0001'", &n.fund.v));
    assert_ok(str_to_int(str_from(ref, strlen("2570-")), &n.number));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    assert_ok(meeting_add(f->db, f->arena, &by, &n, &id));
    assert_ok(meeting_hold(f->db, f->arena, &by, id, 1, &person, 1));
    bool is_seen = strstr(t->target, "/seen") != NULL, is_signed = strstr(t->target, "/sign") != NULL;
    if (is_seen) assert_ok(meeting_sign_paper(f->db, f->arena, &by, "meeting", id.v, n.fund, day, STR("Somchai"), &sign, &why));
    assert_ok(db_commit(f->db));
    if (is_seen || is_signed)
        snprintf(t->body, sizeof t->body, "{\"sign\": %lld, \"mark\": \"%.*s\"}", (long long)sign.v, STR_FMT(mark_of(f, ref_of(t))));
}
