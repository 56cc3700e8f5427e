/* ledger_fixture.c — see ledger_fixture.h. */
#include "tests/rooms/ledger_fixture.h"

#include "rooms/area/area.h"
#include "rooms/fund/fund.h"
#include "rooms/issue/issue.h"
#include "rooms/org/org.h"
#include "rooms/project/project.h"

const struct actor lf_by = {.code = {"system:test", 11}};

struct date lf_day(const char *iso)
{
    struct date d = {0};
    assert_ok(date_parse_iso(str_of(iso), &d));
    return d;
}

struct fixture ledger_fixture(void)
{
    struct fixture f = fixture_begin();
    struct area district = {0};
    struct fund_id fund = {0};
    clock_fix(lf_day(FIXTURE_TODAY), 8, 30);
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    assert_ok(area_load_reference(f.db, f.arena));
    assert_ok(org_load_reference(f.db, f.arena));
    assert_ok(issue_load_reference(f.db, f.arena));
    assert_ok(fund_load_reference(f.db, f.arena));
    assert_ok(ledger_load_reference(f.db, f.arena));
    assert_ok(project_load_reference(f.db, f.arena));
    assert_ok(area_find_code(f.db, f.arena, STR("1203"), &district));
    struct fund_new fund_new = {.code = STR(LF_FUND),
                                .name_th = STR("ทต.ทดสอบ"),
                                .kind = STR("tt"),
                                .district = district.id,
                                .province = district.parent_id,
                                .certainty = STR("U"),
                                .source = STR("test")};
    fund_new.kind = STR("sao");
    assert_ok(fund_create(f.db, f.arena, &fund_new, &fund));
    assert_ok(db_commit(f.db));
    return f;
}

struct fixture ledger_fixture_begin(void)
{
    static struct fixture shared;
    static bool is_made;
    static enum db_engine made_for;
    if (!is_made || made_for != fixture_engine) {
        if (is_made) fixture_end(&shared);
        shared = ledger_fixture();
    }
    is_made = true;
    made_for = fixture_engine;
    assert_ok(db_begin(shared.db, DB_TXN_WRITE));
    return shared;
}

struct ledger_book_id lf_open(struct fixture *f, int64_t baht)
{
    struct ledger_refusal refused;
    struct ledger_book_id book = {0};
    struct ledger_opening o = {.fund_code = STR(LF_FUND),
                               .kind = LEDGER_MAIN,
                               .opened_on = lf_day("2025-10-01"),
                               .balance = satang(baht * 100)};
    assert_ok(ledger_book_open(f->db, f->arena, &lf_by, &o, &refused, &book));
    return book;
}

struct ledger_posted lf_receive(struct fixture *f, const char *on, enum ledger_source source, int64_t baht)
{
    enum ledger_fault fault;
    struct ledger_posted posted = {0};
    struct ledger_receipt r = {.fund_code = STR(LF_FUND),
                               .on = lf_day(on),
                               .source = source,
                               .amount = satang(baht * 100),
                               .reference = STR("R-1")};
    assert_ok(ledger_post_receipt(f->db, f->arena, &lf_by, &r, &fault, &posted));
    return posted;
}

struct ledger_commitment_id lf_commit(struct fixture *f, const char *code, const char *support_type,
                                      const char *owner_type, int64_t baht)
{
    enum ledger_fault fault;
    struct ledger_commitment_id id = {0};
    struct ledger_commit c = {.fund_code = STR(LF_FUND),
                              .project_code = str_of(code),
                              .title = STR("ทดสอบ"),
                              .support_type = str_of(support_type),
                              .owner_type = str_of(owner_type),
                              .issue_code = STR("older_people"),
                              .approved_on = lf_day("2026-10-05"),
                              .approved_in = STR("1/2570"),
                              .amount = satang(baht * 100)};
    assert_ok(ledger_commit(f->db, f->arena, &lf_by, &c, &fault, &id));
    return id;
}

enum ledger_fault lf_pay(struct fixture *f, const char *on, const char *code, int64_t baht,
                         struct ledger_posted *ret)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_payment p = {
        .fund_code = STR(LF_FUND), .on = lf_day(on), .project_code = str_of(code), .amount = satang(baht * 100)};
    enum err e = ledger_post_payment(f->db, f->arena, &lf_by, &p, &fault, ret);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

enum ledger_fault lf_reverse(struct fixture *f, struct ledger_entry_id id, const char *on, struct ledger_posted *ret)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_draft_id draft;
    struct ledger_reversal r = {
        .fund_code = STR(LF_FUND), .entry = id, .on = lf_day(on), .reason = STR("ลงผิด"), .wants_draft = true};
    enum err e = ledger_post_reversal(f->db, f->arena, &lf_by, &r, &fault, ret, &draft);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

int64_t lf_balance(struct fixture *f)
{
    struct ledger_book b = {0};
    assert_ok(ledger_book_find(f->db, f->arena, STR(LF_FUND), LEDGER_MAIN, &b));
    return b.balance.v;
}
