/* ledger_test.c — the rules of the ledger, each refusal by its name. */
#include "tests/rooms/ledger_fixture.h"

/* One database for all tests of an engine: each writes in a transaction of its own and rolls back. */
static struct fixture begin(void)
{
    return ledger_fixture_begin();
}

static void end(struct fixture *f)
{
    db_rollback(f->db);
}

static void a_book_begins_with_its_balance_and_takes_receipts(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_book_id book = lf_open(&f, 1000);
    struct ledger_posted p = lf_receive(&f, "2026-11-20", LEDGER_NHSO, 450000);
    assert_int_equal(p.fy.v, 2570);
    assert_int_equal(p.number, 1); /* the opening stands in 2569 */
    assert_int_equal(lf_receive(&f, "2026-11-21", LEDGER_INTEREST, 5).number, 2);
    assert_int_equal(lf_balance(&f), 45100500);

    struct ledger_asked q = {.book = book, .fy = fiscal_year(2570), .most = 50};
    struct ledger_entry *entries = NULL;
    size_t n = 0;
    assert_ok(ledger_entries(f.db, f.arena, &q, &entries, &n));
    assert_int_equal(n, 2);
    assert_int_equal(entries[0].balance_after.v, 45100000);
    assert_int_equal(entries[1].balance_after.v, 45100500);
    assert_int_equal(entries[1].seq, 3);
    assert_true(str_eq(entries[1].prev_hash, entries[0].hash));
    q.after_on = entries[0].on;
    q.after = entries[0].id;
    assert_ok(ledger_entries(f.db, f.arena, &q, &entries, &n));
    assert_int_equal(n, 1);
    assert_int_equal(entries[0].balance_after.v, 45100500);

    struct ledger_sums s;
    assert_ok(ledger_sums(f.db, f.arena, book, lf_day("2025-10-01"), lf_day("2026-11-22"), &s));
    assert_int_equal(s.opening.v, 100000);
    assert_int_equal(s.received[LEDGER_NHSO].v, 45000000);
    assert_int_equal(s.received[LEDGER_INTEREST].v, 500);
    assert_int_equal(s.carried.v, 45100500);
    end(&f);
}

static enum ledger_fault receipt_fault(struct fixture *f, const char *on, struct opt_fiscal_year fy)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_posted posted;
    struct ledger_receipt r = {
        .fund_code = STR(LF_FUND), .fy = fy, .on = lf_day(on), .source = LEDGER_LOCAL, .amount = satang(1)};
    enum err e = ledger_post_receipt(f->db, f->arena, &lf_by, &r, &fault, &posted);
    if (e != ERR_OK) assert_int_equal(e, ERR_REFUSED);
    return fault;
}

static void a_receipt_is_refused_by_its_day(void **state)
{
    (void)state;
    struct fixture f = begin();
    enum ledger_fault fault;
    struct opt_fiscal_year any = {0}, other = {true, fiscal_year(2569)};
    assert_int_equal(receipt_fault(&f, "2026-11-20", any), LEDGER_NO_BOOK);
    lf_open(&f, 0);
    assert_int_equal(receipt_fault(&f, "2026-11-23", any), LEDGER_DATE_FUTURE);
    assert_int_equal(receipt_fault(&f, "2025-09-30", any), LEDGER_DATE_BEFORE_BOOK);
    assert_int_equal(receipt_fault(&f, "2026-11-20", other), LEDGER_DATE_OTHER_YEAR);
    assert_ok(ledger_close_month(f.db, f.arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, lf_day("2026-09-30"), &fault));
    assert_int_equal(receipt_fault(&f, "2026-09-30", any), LEDGER_DATE_CLOSED);
    assert_int_equal(receipt_fault(&f, "2026-10-01", any), LEDGER_FINE);
    assert_err(ledger_close_month(f.db, f.arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, lf_day("2026-11-30"), &fault),
               ERR_REFUSED);
    assert_int_equal(fault, LEDGER_NOT_LAST_MONTH);
    end(&f);
}

static void a_payment_takes_from_balance_and_promise(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted p;
    struct ledger_book_id book = lf_open(&f, 100);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 10, &p), LEDGER_NO_COMMITMENT);
    lf_commit(&f, "P1", "4", "6", 80);
    assert_int_equal(lf_pay(&f, "2026-10-04", "P1", 10, &p), LEDGER_BEFORE_APPROVAL);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 81, &p), LEDGER_OVER_COMMITMENT);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 60, &p), LEDGER_FINE);
    assert_int_equal(lf_balance(&f), 4000);
    lf_commit(&f, "P2", "5", "1", 1000);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P2", 41, &p), LEDGER_NOT_ENOUGH);
    struct ledger_commitment c;
    assert_ok(ledger_commitment_find(f.db, f.arena, book, STR("P1"), &c));
    assert_int_equal(c.left.v, 2000);
    assert_ok(ledger_commitment_find(f.db, f.arena, book, STR("P2"), &c));
    assert_int_equal(c.left.v, 100000); /* the refused payment left nothing */
    end(&f);
}

static void an_agreement_is_asked_for_by_the_rule(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted p;
    lf_open(&f, 100);
    struct ledger_commitment_id id = lf_commit(&f, "P1", "2", "5", 80);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 10, &p), LEDGER_NEEDS_AGREEMENT);
    assert_err(ledger_agree(f.db, f.arena, &lf_by, id, 7, STR("1/2570"), lf_day("2026-11-21")), ERR_CONFLICT);
    assert_ok(ledger_agree(f.db, f.arena, &lf_by, id, 1, STR("1/2570"), lf_day("2026-11-21")));
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 10, &p), LEDGER_NEEDS_AGREEMENT);
    assert_int_equal(lf_pay(&f, "2026-11-21", "P1", 10, &p), LEDGER_FINE);
    end(&f);
}

static void a_reversal_gives_everything_back_once(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted paid, reversal, again;
    struct ledger_book_id book = lf_open(&f, 100);
    lf_commit(&f, "P1", "4", "6", 80);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 60, &paid), LEDGER_FINE);
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-22", &reversal), LEDGER_FINE);
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-22", &again), LEDGER_ALREADY_REVERSED);
    assert_int_equal(lf_reverse(&f, reversal.id, "2026-11-22", &again), LEDGER_IS_REVERSAL);
    assert_int_equal(lf_balance(&f), 10000);
    struct ledger_commitment c;
    assert_ok(ledger_commitment_find(f.db, f.arena, book, STR("P1"), &c));
    assert_int_equal(c.left.v, 8000);
    struct ledger_draft *drafts;
    size_t n;
    assert_ok(ledger_drafts(f.db, f.arena, book, &drafts, &n));
    assert_int_equal(n, 1);
    assert_true(str_find(drafts[0].fields, STR("\"amount\":\"60.00\"")) >= 0);
    struct ledger_entry e;
    struct ledger_line *lines;
    assert_ok(ledger_entry_find(f.db, f.arena, STR(LF_FUND), paid.id, &e, &lines, &n));
    assert_true(str_eq(e.reversed_by_number, STR("2570/2")));
    assert_ok(ledger_entry_find(f.db, f.arena, STR(LF_FUND), reversal.id, &e, &lines, &n));
    assert_true(str_eq(e.reversal_of_number, STR("2570/1")));
    assert_true(str_eq(e.reason, STR("ลงผิด")));
    assert_int_equal(e.balance_after.v, 10000);
    end(&f);
}

static void money_that_is_spent_is_not_taken_back(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted paid, reversal, received;
    lf_open(&f, 0);
    received = lf_receive(&f, "2026-11-01", LEDGER_NHSO, 100);
    lf_commit(&f, "P1", "4", "6", 80);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 60, &paid), LEDGER_FINE);
    assert_int_equal(lf_reverse(&f, received.id, "2026-11-22", &reversal), LEDGER_BELOW_ZERO);
    assert_int_equal(lf_balance(&f), 4000);
    end(&f);
}

static void taking_over_in_mid_year_reckons_what_was_carried_over(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_refusal refused;
    struct ledger_book_id book;
    struct ledger_book b;
    struct ledger_sums s;
    struct ledger_take_receipt in[] = {
        {.on = lf_day("2026-11-05"), .source = LEDGER_NHSO, .amount = satang(40000)}};
    struct ledger_take_project projects[] = {{.project_code = STR("70-1"),
                                              .title = STR("ทดสอบ"),
                                              .support_type = STR("4"),
                                              .owner_type = STR("6"),
                                              .approved_on = lf_day("2026-08-05"),
                                              .approved_in = STR("3/2569"),
                                              .amount = satang(30000),
                                              .paid_before = satang(5000),
                                              .paid_this_year = satang(10000),
                                              .paid_on = {true, lf_day("2026-11-10")}}};
    struct ledger_opening o = {.fund_code = STR(LF_FUND),
                               .is_take_over = true,
                               .balance_on = lf_day("2026-11-15"),
                               .balance = satang(20000),
                               .receipts = in,
                               .nreceipts = 1,
                               .projects = projects,
                               .nprojects = 1};
    assert_err(ledger_book_open(f.db, f.arena, &lf_by, &o, &refused, &book), ERR_REFUSED);
    assert_int_equal(refused.fault, LEDGER_NOT_ENOUGH); /* 200 − 400 + 100 is below zero */
    o.balance = satang(50000);
    projects[0].paid_before = satang(25000);
    assert_err(ledger_book_open(f.db, f.arena, &lf_by, &o, &refused, &book), ERR_REFUSED);
    assert_int_equal(refused.fault, LEDGER_OVER_AMOUNT);
    assert_int_equal(refused.at, LEDGER_AT_PROJECT);
    projects[0].paid_before = satang(5000);
    assert_ok(ledger_book_open(f.db, f.arena, &lf_by, &o, &refused, &book));
    assert_ok(ledger_book_find(f.db, f.arena, STR(LF_FUND), LEDGER_MAIN, &b));
    assert_int_equal(b.balance.v, 50000);
    assert_int_equal(b.committed.v, 15000);
    assert_true(b.is_taken_over);
    assert_ok(ledger_sums(f.db, f.arena, book, lf_day("2026-10-01"), lf_day("2026-11-22"), &s));
    assert_int_equal(s.opening.v, 20000);
    assert_int_equal(s.received[LEDGER_NHSO].v, 40000);
    assert_int_equal(s.paid[4].v, 10000);
    assert_err(ledger_book_open(f.db, f.arena, &lf_by, &o, &refused, &book), ERR_REFUSED);
    assert_int_equal(refused.fault, LEDGER_BOOK_THERE);
    end(&f);
}

static enum ledger_fault pay_part(struct fixture *f, int64_t instalment, int64_t baht, struct ledger_posted *ret)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_payment p = {.fund_code = STR(LF_FUND),
                               .on = lf_day("2026-11-20"),
                               .project_code = STR("P1"),
                               .instalment = instalment,
                               .amount = satang(baht * 100)};
    enum err e = ledger_post_payment(f->db, f->arena, &lf_by, &p, &fault, ret);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void print_line(void *ctx, struct str line)
{
    (void)ctx;
    print_message("%.*s\n", STR_FMT(line));
}

/* Approved 300 in 150 + 150, of which 150 + 50 were paid before: the second stays the second, with 100 left. */
static void what_was_paid_before_covers_the_first_instalments(void **state)
{
    (void)state;
    struct fixture f = begin();
    const struct satang parts[] = {satang(15000), satang(15000)};
    struct ledger_instalment *rows = NULL;
    struct ledger_commitment_id id;
    struct ledger_posted posted;
    enum ledger_fault fault = LEDGER_FAULTS;
    size_t n = 0;
    lf_open(&f, 500);
    struct ledger_commit c = {.fund_code = STR(LF_FUND),
                              .project_code = STR("P1"),
                              .title = STR("ทดสอบ"),
                              .support_type = STR("4"),
                              .owner_type = STR("6"),
                              .approved_on = lf_day("2026-10-05"),
                              .approved_in = STR("1/2570"),
                              .amount = satang(30000),
                              .paid_before = satang(20000),
                              .is_entered_later = true,
                              .instalments = parts + 1,
                              .ninstalments = 1};
    assert_err(ledger_commit(f.db, f.arena, &lf_by, &c, &fault, &id), ERR_REFUSED);
    assert_int_equal(fault, LEDGER_OVER_AMOUNT); /* all of the agreement, not what is left of it */
    c.instalments = parts;
    c.ninstalments = 2;
    assert_ok(ledger_commit(f.db, f.arena, &lf_by, &c, &fault, &id));
    assert_ok(ledger_hold(f.db, f.arena, &lf_by, id, LEDGER_WAITS_NOT));
    assert_ok(ledger_instalments(f.db, f.arena, id, &rows, &n));
    assert_int_equal(n, 2);
    assert_int_equal(rows[0].left.v, 0);
    assert_int_equal(rows[1].left.v, 10000);
    assert_int_equal(pay_part(&f, 1, 100, &posted), LEDGER_OVER_INSTALMENT);
    assert_int_equal(pay_part(&f, 2, 40, &posted), LEDGER_FINE);
    int64_t bad = 0;
    assert_ok(ledger_verify(f.db, f.arena, STR_NONE, print_line, NULL, &bad));
    assert_int_equal(bad, 0);
    end(&f);
}

static enum ledger_fault cut(struct fixture *f, struct ledger_commitment_id id, int64_t first, int64_t second)
{
    enum ledger_fault fault = LEDGER_FAULTS;
    struct ledger_instalment_new parts[] = {
        {.amount = satang(first)},
        {.amount = satang(second), .is_shut = true, .due_on = {true, lf_day("2027-03-31")}}};
    enum err e = ledger_instalments_add(f->db, f->arena, &lf_by, id, parts, 2, &fault);
    if (e != ERR_REFUSED) assert_ok(e);
    return fault;
}

static void a_shut_instalment_waits_and_a_held_project_is_not_paid(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted p;
    struct ledger_instalment *parts = NULL;
    size_t n = 0;
    lf_open(&f, 100);
    struct ledger_commitment_id id = lf_commit(&f, "P1", "4", "6", 80);
    assert_int_equal(cut(&f, id, 5000, 3001), LEDGER_OVER_AMOUNT);
    assert_int_equal(cut(&f, id, 8000, 0), LEDGER_OVER_AMOUNT);
    assert_int_equal(cut(&f, id, 5000, 3000), LEDGER_FINE);
    assert_int_equal(cut(&f, id, 5000, 3000), LEDGER_OVER_AMOUNT); /* once */
    assert_ok(ledger_instalments(f.db, f.arena, id, &parts, &n));
    assert_int_equal(n, 2);
    assert_true(!parts[0].is_shut && parts[1].is_shut && parts[1].due_on.has);
    assert_int_equal(pay_part(&f, 0, 10, &p), LEDGER_OVER_INSTALMENT); /* one must be named */
    assert_int_equal(pay_part(&f, 2, 10, &p), LEDGER_SHUT);
    assert_int_equal(pay_part(&f, 1, 50, &p), LEDGER_FINE);
    assert_ok(ledger_hold(f.db, f.arena, &lf_by, id, LEDGER_WAITS_SUSPENDED));
    assert_ok(ledger_instalment_open(f.db, f.arena, &lf_by, id, 2));
    assert_int_equal(pay_part(&f, 2, 10, &p), LEDGER_HELD);
    assert_ok(ledger_hold(f.db, f.arena, &lf_by, id, LEDGER_WAITS_NOT));
    assert_int_equal(pay_part(&f, 2, 30, &p), LEDGER_FINE);
    assert_err(ledger_instalment_open(f.db, f.arena, &lf_by, id, 3), ERR_NOT_FOUND);
    end(&f);
}

static void the_books_say_what_a_project_has_had_and_given_back(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted p, first, second;
    struct ledger_project_sum s;
    enum ledger_fault fault;
    struct ledger_book_id book = lf_open(&f, 100);
    lf_commit(&f, "P1", "4", "6", 80);
    assert_ok(ledger_project_sums(f.db, f.arena, book, STR("P1"), &s));
    assert_int_equal(s.paid.v + s.refunded.v, 0);
    assert_false(s.last_paid_on.has);
    assert_int_equal(lf_pay(&f, "2026-11-18", "P1", 30, &first), LEDGER_FINE);
    assert_int_equal(lf_pay(&f, "2026-11-20", "P1", 40, &second), LEDGER_FINE);
    assert_int_equal(lf_reverse(&f, second.id, "2026-11-21", &p), LEDGER_FINE);
    struct ledger_receipt r = {.fund_code = STR(LF_FUND),
                               .on = lf_day("2026-11-22"),
                               .source = LEDGER_REFUND,
                               .amount = satang(550),
                               .project_code = STR("P1")};
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &p));
    r.source = LEDGER_DONATION; /* named after the project, but no refund */
    assert_ok(ledger_post_receipt(f.db, f.arena, &lf_by, &r, &fault, &p));
    assert_ok(ledger_project_sums(f.db, f.arena, book, STR("P1"), &s));
    assert_int_equal(s.paid.v, 3000);
    assert_int_equal(s.refunded.v, 550);
    assert_int_equal(date_cmp(s.last_paid_on.v, lf_day("2026-11-18")), 0);
    end(&f);
}

static void a_plan_is_agreed_under_its_ceiling_and_only_by_a_later_meeting_again(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_plan p;
    enum ledger_fault fault;
    int64_t version = 0;
    struct ledger_plan_line lines[] = {
        {.title = STR("ก"), .support_type = STR("2"), .issue_code = STR("waste"), .amount = satang(50000)},
        {.title = STR("ข"), .support_type = STR("4"), .amount = satang(15001)}};
    lf_open(&f, 500);
    assert_ok(ledger_plan_find(f.db, f.arena, STR(LF_FUND), fiscal_year(2570), &p));
    assert_int_equal(p.version, 0);
    assert_int_equal(p.carried_over.v, 50000);
    p.income_nhso = some_satang(satang(100000)); /* 15 % of it: 150.00 */
    p.lines = lines;
    p.nlines = 2;
    assert_ok(ledger_plan_save(f.db, f.arena, &lf_by, &p, &fault, &version)); /* a draft may be over it */
    assert_err(ledger_plan_save(f.db, f.arena, &lf_by, &p, &fault, &version), ERR_CONFLICT);
    p.version = version;
    p.agreed_on = (struct opt_date){true, lf_day("2026-11-10")};
    assert_err(ledger_plan_save(f.db, f.arena, &lf_by, &p, &fault, &version), ERR_REFUSED);
    assert_int_equal(fault, LEDGER_PLAN_OVER_CEILING);
    lines[1].amount = satang(15000);
    assert_ok(ledger_plan_save(f.db, f.arena, &lf_by, &p, &fault, &version));
    assert_ok(ledger_plan_find(f.db, f.arena, STR(LF_FUND), fiscal_year(2570), &p));
    assert_int_equal(p.ceiling.v.v, 15000);
    assert_int_equal(p.nlines, 2);
    p.agreed_on.has = false;
    assert_err(ledger_plan_save(f.db, f.arena, &lf_by, &p, &fault, &version), ERR_REFUSED);
    assert_int_equal(fault, LEDGER_PLAN_AGREED);
    end(&f);
}

/* ---- corrected promises ---- */

static void promise(struct fixture *f, const char *code, int64_t baht, int64_t paid_before)
{
    enum ledger_fault fault;
    struct ledger_commitment_id id = {0};
    struct ledger_commit c = {.fund_code = STR(LF_FUND), .project_code = str_of(code), .title = STR("ทดสอบ"), .support_type = STR("4"), .owner_type = STR("6"),
                              .approved_on = lf_day("2026-10-05"), .approved_in = STR("1/2570"), .amount = satang(baht * 100),
                              .paid_before = satang(paid_before * 100), .agreement_no = STR(" A-1\n of\t2570 "),
                              .agreement_on = {true, lf_day("2026-10-06")}, .is_of_project = true};
    assert_ok(ledger_commit(f->db, f->arena, &lf_by, &c, &fault, &id));
}

static void release(struct fixture *f, struct ledger_book_id book, const char *code)
{
    enum ledger_fault fault;
    struct ledger_commitment c;
    assert_ok(ledger_commitment_find(f->db, f->arena, book, str_of(code), &c));
    assert_ok(ledger_release(f->db, f->arena, &lf_by, c.id, c.version, lf_day("2026-11-21"), &fault));
}

static struct str after(struct fixture *f, struct ledger_book_id book, const char *code)
{
    struct str next = STR("?");
    assert_ok(ledger_successor(f->db, f->arena, book, str_of(code), &next));
    return next;
}

/* "C/2" was made of "C", "C/3" of that. A code that only ends in digits is nobody's correction, and what is not promised
 * has none after it. */
static void a_corrected_promise_is_followed_by_its_number(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_posted paid, reversal;
    struct ledger_book_id book = lf_open(&f, 1000);
    assert_true(str_is_none(after(&f, book, "70-12")));
    promise(&f, "70-12", 80, 0);
    assert_int_equal(lf_pay(&f, "2026-11-20", "70-12", 30, &paid), LEDGER_FINE);
    release(&f, book, "70-12");
    promise(&f, "70/13", 90, 40); /* another one's */
    assert_true(str_is_none(after(&f, book, "70-12")));
    promise(&f, "70-12/2", 60, 30);
    assert_true(str_eq(after(&f, book, "70-12"), STR("70-12/2")) && str_is_none(after(&f, book, "70-12/2")));
    assert_int_equal(lf_reverse(&f, paid.id, "2026-11-22", &reversal), LEDGER_CORRECTED);
    release(&f, book, "70-12/2");
    promise(&f, "70-12/3", 50, 30);
    assert_true(str_eq(after(&f, book, "70-12"), STR("70-12/3")) && str_eq(after(&f, book, "70-12/2"), STR("70-12/3")));
    assert_true(str_is_none(after(&f, book, "70-12/3")));
    end(&f);
}

/* ---- words ---- */

/* The number of an agreement is one line, a reason may have several; a draft in place of what was reversed has its words. */
static void words_are_kept_as_they_are_shown(void **state)
{
    (void)state;
    struct fixture f = begin();
    struct ledger_commitment c;
    struct ledger_entry e;
    struct ledger_line *lines;
    struct ledger_draft *drafts;
    struct ledger_draft_id draft;
    struct ledger_posted reversal;
    enum ledger_fault fault;
    size_t n = 0;
    struct ledger_book_id book = lf_open(&f, 100);
    promise(&f, "P1", 80, 0);
    assert_ok(ledger_commitment_find(f.db, f.arena, book, STR("P1"), &c));
    assert_true(str_eq(c.agreement_no, STR("A-1 of 2570")));
    struct ledger_posted received = lf_receive(&f, "2026-11-20", LEDGER_NHSO, 10);
    struct ledger_reversal r = {.fund_code = STR(LF_FUND), .entry = received.id, .on = lf_day("2026-11-22"), .reason = STR("ลงผิด\nซ้ำ"), .wants_draft = true};
    assert_ok(ledger_post_reversal(f.db, f.arena, &lf_by, &r, &fault, &reversal, &draft));
    assert_ok(ledger_entry_find(f.db, f.arena, STR(LF_FUND), reversal.id, &e, &lines, &n));
    assert_true(str_eq(e.reason, STR("ลงผิด\nซ้ำ")));
    assert_ok(ledger_drafts(f.db, f.arena, book, &drafts, &n));
    assert_int_equal(n, 1);
    assert_true(str_find(drafts[0].fields, STR("\"source\":\"nhso\",\"reference\":\"R-1\"}")) > 0); /* and nothing that it had not */
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_begins_with_its_balance_and_takes_receipts),
        cmocka_unit_test(a_receipt_is_refused_by_its_day),
        cmocka_unit_test(a_payment_takes_from_balance_and_promise),
        cmocka_unit_test(an_agreement_is_asked_for_by_the_rule),
        cmocka_unit_test(a_reversal_gives_everything_back_once),
        cmocka_unit_test(money_that_is_spent_is_not_taken_back),
        cmocka_unit_test(taking_over_in_mid_year_reckons_what_was_carried_over),
        cmocka_unit_test(what_was_paid_before_covers_the_first_instalments),
        cmocka_unit_test(a_shut_instalment_waits_and_a_held_project_is_not_paid),
        cmocka_unit_test(the_books_say_what_a_project_has_had_and_given_back),
        cmocka_unit_test(a_corrected_promise_is_followed_by_its_number),
        cmocka_unit_test(words_are_kept_as_they_are_shown),
        cmocka_unit_test(a_plan_is_agreed_under_its_ceiling_and_only_by_a_later_meeting_again),
    };
    return FIXTURE_RUN(tests);
}
