/* demo_test.c — the demo has something of everything: each kind is counted, and none is missing. */
#include "tests/rooms/fixture.h"

#include <regex.h>

#include "rooms/project/project.h"

#define D1 " AND fund_id = (SELECT id FROM fund WHERE code = 'D0001')"

/* What must be there, as a count; everywhere, or in D0001. */
static const struct {
    const char *what, *sql;
} kinds[] = {
    {"drafts", "SELECT COUNT(*) FROM project WHERE state = 'draft'" D1},
    {"sent", "SELECT COUNT(*) FROM project WHERE state = 'sent'" D1},
    {"to revise", "SELECT COUNT(*) FROM project WHERE state = 'revise'" D1},
    {"deferred", "SELECT COUNT(*) FROM project WHERE state = 'deferred'" D1},
    {"rejected", "SELECT COUNT(*) FROM project WHERE state = 'rejected'" D1},
    {"cancelled", "SELECT COUNT(*) FROM project WHERE state = 'cancelled'" D1},
    {"approved", "SELECT COUNT(*) FROM project WHERE state = 'approved' AND is_entered_later = 0" D1},
    {"running", "SELECT COUNT(*) FROM project WHERE state = 'running' AND is_entered_later = 0" D1},
    {"suspended", "SELECT COUNT(*) FROM project WHERE state = 'suspended'" D1},
    {"stopped", "SELECT COUNT(*) FROM project WHERE state = 'stopped'" D1},
    {"reported", "SELECT COUNT(*) FROM project WHERE state = 'reported' AND is_entered_later = 0" D1},
    {"closed", "SELECT COUNT(*) FROM project WHERE state = 'closed' AND is_entered_later = 0" D1},
    {"entered later", "SELECT COUNT(*) FROM project WHERE is_entered_later = 1" D1},
    {"small", "SELECT COUNT(*) FROM project WHERE size = 'small'" D1},
    {"medium", "SELECT COUNT(*) FROM project WHERE size = 'medium'" D1},
    {"large", "SELECT COUNT(*) FROM project WHERE size = 'large'" D1},
    {"from paper", "SELECT COUNT(*) FROM project WHERE is_for_paper = 1" D1},
    {"from a planned project", "SELECT COUNT(*) FROM project WHERE planned_title IS NOT NULL" D1},
    {"late", "SELECT COUNT(*) FROM project WHERE state = 'running' AND is_paid = 1 AND report_due < '" FIXTURE_TODAY "'"},
    {"stuck", "SELECT COUNT(*) FROM project WHERE state = 'approved' AND approved_on < '2026-10-01'"},
    {"across 30 September", "SELECT COUNT(*) FROM project WHERE starts_on < '2026-10-01' AND ends_on >= '2026-10-01'"},
    {"over-matched", "SELECT COUNT(*) FROM fund_year WHERE match_entered_satang > nhso_amount_satang"},
    {"urgent", "SELECT COUNT(*) FROM project_decision WHERE kind = 'urgent' AND in_force_at IS NOT NULL"},
    {"laid before the next meeting", "SELECT COUNT(*) FROM project_decision WHERE kind = 'laid_before' AND in_force_at IS NOT NULL"},
    {"corrected decisions", "SELECT COUNT(*) FROM project_decision WHERE corrects_id IS NOT NULL AND in_force_at IS NOT NULL"},
    {"approved with corrections", "SELECT COUNT(*) FROM project_decision WHERE kind = 'approve_corrected'"},
    {"claw back", "SELECT COUNT(*) FROM project_change WHERE kind = 'claw_back' AND state = 'agreed'"},
    {"suspension", "SELECT COUNT(*) FROM project_change WHERE kind = 'suspend' AND state = 'agreed'"},
    {"stop", "SELECT COUNT(*) FROM project_change WHERE kind = 'stop' AND state = 'agreed'"},
    {"amended", "SELECT COUNT(*) FROM project_change WHERE kind = 'amend' AND state = 'agreed'"},
    {"change asked for", "SELECT COUNT(*) FROM project_change WHERE state = 'asked'"},
    {"instalments that wait", "SELECT COUNT(*) FROM project_instalment WHERE opened_at IS NULL"},
    {"instalments opened by evidence", "SELECT COUNT(*) FROM project_instalment WHERE opened_at IS NOT NULL AND evidence = 'report'"},
    {"notes of a mentor", "SELECT COUNT(*) FROM project_note WHERE acting LIKE 'mentor%'"},
    {"report drafts", "SELECT COUNT(*) FROM monitor_report WHERE state = 'draft'"},
    {"reports that wait", "SELECT COUNT(*) FROM monitor_report WHERE state = 'sent' AND project_id IS NOT NULL"},
    {"reports sent back", "SELECT COUNT(*) FROM monitor_report WHERE state = 'returned'"},
    {"final reports", "SELECT COUNT(*) FROM monitor_report WHERE kind = 'final' AND state = 'accepted'"},
    {"photos for everybody", "SELECT COUNT(*) FROM monitor_photo WHERE is_public = 1"},
    {"photos kept inside", "SELECT COUNT(*) FROM monitor_photo WHERE is_public = 0"},
    {"closings with money back", "SELECT COUNT(*) FROM monitor_closing WHERE returned_satang > 0"},
    {"results", "SELECT COUNT(*) FROM project_objective WHERE level IS NOT NULL"},
    {"visits", "SELECT COUNT(*) FROM monitor_visit"},
    {"programmes", "SELECT COUNT(*) FROM monitor_programme"},
    {"meetings called", "SELECT COUNT(*) FROM meeting WHERE state = 'called'"},
    {"meetings held", "SELECT COUNT(*) FROM meeting WHERE state = 'held'"},
    {"meetings signed", "SELECT COUNT(*) FROM meeting WHERE state = 'signed'"},
    {"signed by log-in", "SELECT COUNT(*) FROM meeting_sign WHERE how = 'login'" D1},
    {"signed by paper", "SELECT COUNT(*) FROM meeting_sign WHERE how = 'paper' AND seen_at IS NOT NULL" D1},
    {"paper that nobody has seen", "SELECT COUNT(*) FROM meeting_sign WHERE how = 'paper' AND seen_at IS NULL"},
    {"who left the room", "SELECT COUNT(*) FROM meeting_left"},
    {"agreed plans", "SELECT COUNT(*) FROM plan_year WHERE edition > 0"},
    {"draft plans", "SELECT COUNT(*) FROM plan_year WHERE edition = 0"},
    {"counted situations", "SELECT COUNT(*) FROM plan_situation WHERE numerator IS NOT NULL AND denominator IS NOT NULL"},
};

static void none_is_missing(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    bool is_whole = true;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        int64_t n = 0;
        assert_ok(db_scalar(f->db, kinds[i].sql, &n));
        if (n > 0) continue;
        is_whole = false;
        print_error("the demo has no %s\n", kinds[i].what);
    }
    assert_true(is_whole);
}

/* Nobody accepts what they wrote, and what was paid of a closed project is accounted for. */
static void what_is_there_is_right(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    static const char *const never[] = {
        "SELECT COUNT(*) FROM monitor_report WHERE accepted_by = account_no",
        "SELECT COUNT(*) FROM meeting_sign WHERE seen_by = entered_by",
        "SELECT COUNT(*) FROM monitor_closing WHERE spent_satang + returned_satang < paid_satang",
        "SELECT COUNT(*) FROM project WHERE state = 'closed' AND id NOT IN (SELECT project_id FROM monitor_closing)",
    };
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        int64_t n = -1;
        assert_ok(db_scalar(f->db, never[i], &n));
        if (n != 0) print_error("%s\n", never[i]);
        assert_int_equal(n, 0);
    }
}

/* The trail of a project is read by people: no act and no field stands there as its code. */
static void a_trail_is_in_words(void **state)
{
    (void)state;
    struct fixture *f = fixture_house();
    const char *cookies = fixture_sign_in(f, "secretary");
    struct project_row *rows = NULL;
    size_t n = 0;
    regex_t code;
    regmatch_t at;
    assert_int_equal(regcomp(&code, "<p><b>[a-z_ ]+</b>|<li>[a-z_]+:|(:|</span>) [a-z_]+</li>", REG_EXTENDED), 0);
    struct project_asked q = {.fund_code = STR("D0001"), .fy = fiscal_year(2570), .state = -1, .most = 100};
    assert_ok(date_parse_iso(STR(FIXTURE_TODAY), &q.today));
    assert_ok(project_list(f->db, f->arena, &q, &rows, &n));
    assert_true(n >= 15);
    char paths[100][60];
    for (size_t i = 0; i < n; i++) snprintf(paths[i], sizeof paths[i], "/funds/D0001/projects/%.*s/trail", STR_FMT(rows[i].slug));
    for (size_t i = 0; i < n; i++) {
        struct reply r = fixture_get(f, paths[i], cookies);
        assert_int_equal(r.status, 200);
        char *page = strndup(r.body.p, r.body.n);
        if (regexec(&code, page, 1, &at, 0) == 0) fail_msg("%s: %.60s", paths[i], page + at.rm_so);
        assert_true(reply_has(&r, "ใครแก้ไขอะไร"));
        free(page);
    }
    regfree(&code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_is_missing),
        cmocka_unit_test(what_is_there_is_right),
        cmocka_unit_test(a_trail_is_in_words),
    };
    return FIXTURE_RUN(tests);
}
