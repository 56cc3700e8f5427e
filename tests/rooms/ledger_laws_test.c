/* ledger_laws_test.c — the laws of the books over random histories: what must be refused is refused for
 * the right reason, and after every step balance, promises, numbers, sums and chain are what a model that
 * knows nothing of the tables says. Short histories on one open book, each rolled back. */
#include "tests/rooms/ledger_fixture.h"

#include "base/rand.h"
#include "rooms/report/report.h"

#define HISTORIES    10000
#define MAX_ENTRIES  24
#define MAX_PROMISES 8

struct m_entry {
    enum ledger_kind kind;
    struct ledger_entry_id id;
    struct date on;
    int64_t amount;
    int source, promise, instalment, type;
    bool is_reversed;
};
struct m_promise {
    struct ledger_commitment_id id;
    char code[16];
    int type;
    int64_t amount, left, part[2];
    bool in_two, needs, has_agreement, is_released, is_held, is_shut; /* is_shut: the second part */
    struct date approved, agreed;
    int64_t version;
};
struct model {
    struct m_entry entries[MAX_ENTRIES];
    struct m_promise promises[MAX_PROMISES];
    int nentries, npromises;
    int64_t balance, received[LEDGER_SOURCES], paid[10], opening;
    struct opt_date closed;
    int posted; /* without the opening */
};
struct world {
    struct fixture *f;
    struct rand r;
    struct model m;
    struct ledger_book_id book;
    int histories, refused[LEDGER_FAULTS], done;
};

static struct date some_day(struct world *w)
{
    return date_add_days(lf_day("2026-08-20"), (int)rand_between(&w->r, 0, 97)); /* until 25 November */
}

static enum ledger_fault day_fault(const struct model *m, struct date on)
{
    if (date_cmp(on, lf_day(FIXTURE_TODAY)) > 0) return LEDGER_DATE_FUTURE;
    if (m->closed.has && date_cmp(on, m->closed.v) <= 0) return LEDGER_DATE_CLOSED;
    return LEDGER_FINE;
}

/* The database must say what the model said. */
static bool agreed(struct world *w, enum err e, enum ledger_fault got, enum ledger_fault want)
{
    if (e != ERR_OK && e != ERR_REFUSED) fail_msg("history %d: %s (%s)", w->histories, err_name(e), err_detail());
    if (got != want)
        fail_msg("history %d: %s where %s was to come", w->histories, ledger_fault_code(got), ledger_fault_code(want));
    assert_int_equal(e, want == LEDGER_FINE ? ERR_OK : ERR_REFUSED);
    w->refused[want]++;
    w->done += want == LEDGER_FINE;
    return want == LEDGER_FINE;
}

static void op_receive(struct world *w)
{
    enum ledger_fault fault;
    struct ledger_posted p;
    struct ledger_receipt r = {.fund_code = STR(LF_FUND),
                               .on = some_day(w),
                               .source = (enum ledger_source)rand_between(&w->r, 0, LEDGER_SOURCES - 1),
                               .amount = satang(rand_between(&w->r, 1, 5000)),
                               .memo = rand_chance(&w->r, 50) ? STR("ก") : STR_NONE};
    struct model *m = &w->m;
    enum err e = ledger_post_receipt(w->f->db, w->f->arena, &lf_by, &r, &fault, &p);
    if (!agreed(w, e, fault, day_fault(m, r.on))) return;
    m->balance += r.amount.v;
    m->received[r.source] += r.amount.v;
    m->entries[m->nentries++] =
        (struct m_entry){.kind = LEDGER_RECEIPT, .id = p.id, .on = r.on, .amount = r.amount.v, .source = (int)r.source};
    m->posted++;
}

static void op_commit(struct world *w)
{
    static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7"};
    enum ledger_fault fault, want = LEDGER_FINE;
    struct model *m = &w->m;
    struct m_promise *p = &m->promises[m->npromises];
    if (m->npromises == MAX_PROMISES) return;
    int owner = (int)rand_between(&w->r, 1, 6);
    *p = (struct m_promise){.type = (int)rand_between(&w->r, 1, 5),
                            .amount = rand_between(&w->r, 2, 6000),
                            .in_two = rand_chance(&w->r, 30),
                            .approved = some_day(w),
                            .version = 1};
    snprintf(p->code, sizeof p->code, "P%d", m->npromises);
    p->part[0] = p->amount / 2;
    p->part[1] = p->amount - p->part[0];
    p->left = p->amount;
    p->needs = p->type != 4 && p->type != 5 && owner != 2 && owner != 6;
    struct satang parts[2] = {satang(p->part[0]), satang(p->part[1])};
    struct ledger_commit c = {.fund_code = STR(LF_FUND),
                              .project_code = str_of(p->code),
                              .title = STR("ข"),
                              .support_type = str_of(digits[p->type]),
                              .owner_type = str_of(digits[owner]),
                              .approved_on = p->approved,
                              .amount = satang(p->amount),
                              .instalments = parts,
                              .ninstalments = p->in_two ? 2 : 0};
    want = day_fault(m, p->approved);
    enum err e = ledger_commit(w->f->db, w->f->arena, &lf_by, &c, &fault, &p->id);
    if (agreed(w, e, fault, want)) m->npromises++;
}

static void op_agree(struct world *w)
{
    struct model *m = &w->m;
    if (m->npromises == 0) return;
    struct m_promise *p = &m->promises[rand_between(&w->r, 0, m->npromises - 1)];
    struct date on = date_add_days(p->approved, (int)rand_between(&w->r, 0, 10));
    assert_ok(ledger_agree(w->f->db, w->f->arena, &lf_by, p->id, p->version, STR("1/2570"), on));
    p->version++;
    p->has_agreement = true;
    p->agreed = on;
}

/* What keeps a promise from being paid at all, whatever the amount. */
static enum ledger_fault promise_fault(const struct m_promise *p, struct date on, int instalment)
{
    if (p->is_released) return LEDGER_RELEASED;
    if (p->is_held) return LEDGER_HELD;
    if (date_cmp(on, p->approved) < 0) return LEDGER_BEFORE_APPROVAL;
    if (p->needs && (!p->has_agreement || date_cmp(p->agreed, on) > 0)) return LEDGER_NEEDS_AGREEMENT;
    if ((instalment == 0) == p->in_two) return LEDGER_OVER_INSTALMENT;
    return instalment == 2 && p->is_shut ? LEDGER_SHUT : LEDGER_FINE;
}

static enum ledger_fault pay_fault(const struct model *m, const struct m_promise *p, struct date on, int instalment,
                                   int64_t amount)
{
    enum ledger_fault day = day_fault(m, on);
    if (day != LEDGER_FINE) return day;
    if (p == NULL) return LEDGER_NO_COMMITMENT;
    enum ledger_fault fault = promise_fault(p, on, instalment);
    if (fault != LEDGER_FINE) return fault;
    if (amount > p->left) return LEDGER_OVER_COMMITMENT;
    if (instalment > 0 && amount > p->part[instalment - 1]) return LEDGER_OVER_INSTALMENT;
    return amount > m->balance ? LEDGER_NOT_ENOUGH : LEDGER_FINE;
}

static void op_pay(struct world *w)
{
    enum ledger_fault fault;
    struct ledger_posted posted;
    struct model *m = &w->m;
    int at = m->npromises == 0 ? -1 : (int)rand_between(&w->r, 0, m->npromises - 1);
    struct m_promise *p = at < 0 ? NULL : &m->promises[at];
    int instalment = p != NULL && p->in_two && rand_chance(&w->r, 90) ? (int)rand_between(&w->r, 1, 2) : 0;
    struct ledger_payment pay = {.fund_code = STR(LF_FUND),
                                 .on = some_day(w),
                                 .project_code = p == NULL ? STR("none") : str_of(p->code),
                                 .instalment = instalment,
                                 .amount = satang(rand_between(&w->r, 1, p == NULL ? 10 : p->amount))};
    enum ledger_fault want = pay_fault(m, p, pay.on, instalment, pay.amount.v);
    enum err e = ledger_post_payment(w->f->db, w->f->arena, &lf_by, &pay, &fault, &posted);
    if (!agreed(w, e, fault, want)) return;
    m->balance -= pay.amount.v;
    p->left -= pay.amount.v;
    if (instalment > 0) p->part[instalment - 1] -= pay.amount.v;
    p->version++;
    m->paid[p->type] += pay.amount.v;
    m->entries[m->nentries++] = (struct m_entry){.kind = LEDGER_PAYMENT,
                                                 .id = posted.id,
                                                 .on = pay.on,
                                                 .amount = pay.amount.v,
                                                 .promise = at,
                                                 .instalment = instalment,
                                                 .type = p->type};
    m->posted++;
}

/* Suspended and let go again. */
static void op_hold(struct world *w)
{
    struct model *m = &w->m;
    if (m->npromises == 0) return;
    struct m_promise *p = &m->promises[rand_between(&w->r, 0, m->npromises - 1)];
    assert_ok(ledger_hold(w->f->db, w->f->arena, &lf_by, p->id, p->is_held ? LEDGER_WAITS_NOT : LEDGER_WAITS_SUSPENDED));
    p->is_held = !p->is_held;
    p->version++;
}

/* A sum becomes two instalments, the second of them shut; or the shut one opens. */
static void op_cut(struct world *w)
{
    enum ledger_fault fault, want = LEDGER_FINE;
    struct model *m = &w->m;
    if (m->npromises == 0) return;
    struct m_promise *p = &m->promises[rand_between(&w->r, 0, m->npromises - 1)];
    if (p->is_shut && rand_chance(&w->r, 70)) {
        assert_ok(ledger_instalment_open(w->f->db, w->f->arena, &lf_by, p->id, 2));
        p->is_shut = false;
        return;
    }
    bool is_short = rand_chance(&w->r, 20);
    struct ledger_instalment_new parts[2] = {{.amount = satang(p->amount / 2)},
                                             {.amount = satang(p->amount - p->amount / 2 + is_short), .is_shut = true}};
    if (p->is_released) want = LEDGER_RELEASED;
    else if (p->in_two || p->left != p->amount || is_short) want = LEDGER_OVER_AMOUNT;
    enum err e = ledger_instalments_add(w->f->db, w->f->arena, &lf_by, p->id, parts, 2, &fault);
    if (!agreed(w, e, fault, want)) return;
    p->in_two = p->is_shut = true;
    p->part[0] = p->amount / 2;
    p->part[1] = p->amount - p->part[0];
}

static enum ledger_fault reverse_fault(const struct model *m, const struct m_entry *old, struct date on)
{
    if (old->is_reversed) return LEDGER_ALREADY_REVERSED;
    if (old->kind == LEDGER_REVERSAL) return LEDGER_IS_REVERSAL;
    if (old->kind == LEDGER_OPENING && m->posted > 0) return LEDGER_IS_OPENING;
    if (date_cmp(on, old->on) < 0) return LEDGER_DATE_OTHER_YEAR;
    enum ledger_fault day = day_fault(m, on);
    if (day != LEDGER_FINE) return day;
    return old->kind != LEDGER_PAYMENT && old->amount > m->balance ? LEDGER_BELOW_ZERO : LEDGER_FINE;
}

static void undo(struct model *m, struct m_entry *old)
{
    old->is_reversed = true;
    if (old->kind == LEDGER_RECEIPT) m->received[old->source] -= old->amount;
    if (old->kind == LEDGER_OPENING) m->opening -= old->amount;
    m->balance += old->kind == LEDGER_PAYMENT ? old->amount : -old->amount;
    if (old->kind != LEDGER_PAYMENT) return;
    struct m_promise *p = &m->promises[old->promise];
    m->paid[old->type] -= old->amount;
    if (p->is_released) return; /* the money is the fund's again */
    p->left += old->amount;
    p->version++;
    if (old->instalment > 0) p->part[old->instalment - 1] += old->amount;
}

static void op_reverse(struct world *w)
{
    enum ledger_fault fault;
    struct ledger_posted posted;
    struct ledger_draft_id draft;
    struct model *m = &w->m;
    struct m_entry *old = &m->entries[rand_between(&w->r, 0, m->nentries - 1)];
    struct ledger_reversal r = {.fund_code = STR(LF_FUND),
                                .entry = old->id,
                                .on = some_day(w),
                                .reason = STR("ค"),
                                .wants_draft = rand_chance(&w->r, 20)};
    enum ledger_fault want = reverse_fault(m, old, r.on);
    enum err e = ledger_post_reversal(w->f->db, w->f->arena, &lf_by, &r, &fault, &posted, &draft);
    if (!agreed(w, e, fault, want)) return;
    undo(m, old);
    m->entries[m->nentries++] = (struct m_entry){.kind = LEDGER_REVERSAL, .id = posted.id, .on = r.on};
    m->posted++;
}

static void op_release(struct world *w)
{
    enum ledger_fault fault, want;
    struct model *m = &w->m;
    if (m->npromises == 0) return;
    struct m_promise *p = &m->promises[rand_between(&w->r, 0, m->npromises - 1)];
    struct date on = some_day(w);
    want = p->is_released ? LEDGER_RELEASED
           : date_cmp(on, p->approved) < 0 ? LEDGER_BEFORE_APPROVAL
                                           : day_fault(m, on);
    enum err e = ledger_release(w->f->db, w->f->arena, &lf_by, p->id, p->version, on, &fault);
    if (!agreed(w, e, fault, want)) return;
    p->is_released = true;
    p->left = p->part[0] = p->part[1] = 0;
    p->version++;
}

/* By the entries that the model remembers: reversals lie on their own day. */
static int64_t balance_on(struct world *w, struct date last)
{
    struct ledger_sums s;
    assert_ok(ledger_sums(w->f->db, w->f->arena, w->book, lf_day("2025-10-01"), last, &s));
    return s.carried.v;
}

static void op_close(struct world *w)
{
    static const char *const ends[] = {"2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-10-30"};
    enum ledger_fault fault, want = LEDGER_FINE;
    struct model *m = &w->m;
    size_t at = (size_t)rand_between(&w->r, 0, 4);
    struct date last = lf_day(ends[at]);
    if (at >= 3 || (m->closed.has && date_cmp(last, m->closed.v) <= 0)) want = LEDGER_NOT_LAST_MONTH;
    else if (balance_on(w, last) < 0) want = LEDGER_BELOW_ZERO;
    enum err e = ledger_close_month(w->f->db, w->f->arena, &lf_by, STR(LF_FUND), LEDGER_MAIN, last, &fault);
    if (agreed(w, e, fault, want)) m->closed = (struct opt_date){true, last};
}

static void say(void *ctx, struct str line)
{
    (void)ctx;
    print_error("%.*s\n", STR_FMT(line));
}

static void the_books_are_what_the_model_says(struct world *w)
{
    const struct model *m = &w->m;
    struct ledger_book b;
    struct ledger_sums s;
    int64_t committed = 0;
    for (int i = 0; i < m->npromises; i++) committed += m->promises[i].left;
    assert_ok(ledger_book_find(w->f->db, w->f->arena, STR(LF_FUND), LEDGER_MAIN, &b));
    assert_int_equal(b.balance.v, m->balance);
    assert_true(m->balance >= 0);
    assert_int_equal(b.committed.v, committed);
    assert_int_equal(b.seq, m->posted + 1);
    assert_ok(ledger_sums(w->f->db, w->f->arena, w->book, lf_day("2025-10-01"), lf_day("2026-11-30"), &s));
    assert_int_equal(s.carried.v, m->balance);
    assert_int_equal(s.opening.v, m->opening);
    for (int i = 0; i < LEDGER_SOURCES; i++) assert_int_equal(s.received[i].v, m->received[i]);
    for (int i = 0; i < 10; i++) assert_int_equal(s.paid[i].v, m->paid[i]);
}

/* Where PostgreSQL is asked, SQLite has had its ten thousand in a run of its own. */
static int histories(void)
{
    return fixture_has_pg() && fixture_engine == DB_SQLITE ? HISTORIES / 50 : HISTORIES;
}

/* A statement costs PostgreSQL ten times as much: shorter histories there, and the whole proof after
 * every tenth. */
static void one_history(struct world *w, const struct model *start)
{
    static void (*const ops[])(struct world *) = {op_receive, op_receive, op_commit, op_commit, op_agree,   op_agree,
                                                  op_pay,     op_pay,     op_pay,    op_pay,    op_reverse, op_reverse,
                                                  op_release, op_close,   op_hold,   op_cut,    op_cut};
    int64_t bad = 0;
    w->m = *start;
    assert_ok(db_begin(w->f->db, DB_TXN_WRITE));
    bool is_pg = fixture_engine == DB_POSTGRES;
    int n = (int)(is_pg ? rand_between(&w->r, 2, 6) : rand_between(&w->r, 5, 12));
    for (int i = 0; i < n; i++) {
        ops[rand_between(&w->r, 0, sizeof ops / sizeof ops[0] - 1)](w);
        if (i == n / 2) the_books_are_what_the_model_says(w);
    }
    the_books_are_what_the_model_says(w);
    if (!is_pg || w->histories % 10 == 0) assert_ok(ledger_verify(w->f->db, w->f->arena, STR_NONE, say, NULL, &bad));
    if (w->histories % 250 == 0 && bad == 0) assert_ok(report_verify(w->f->db, w->f->arena, say, NULL, &bad));
    if (bad != 0) fail_msg("history %d: %d differences", w->histories, (int)bad);
    db_rollback(w->f->db);
    w->histories++;
}

static void ten_thousand_histories_keep_the_laws(void **state)
{
    (void)state;
    struct fixture f = ledger_fixture();
    struct world w = {.f = &f, .r = rand_seeded(20261122)};
    struct model start = {.balance = 8000, .opening = 8000, .nentries = 1};
    struct ledger_asked q = {.fy = fiscal_year(2569), .most = 5};
    struct ledger_entry *entries = NULL;
    size_t n = 0;
    assert_ok(db_begin(f.db, DB_TXN_WRITE));
    q.book = w.book = lf_open(&f, 80);
    assert_ok(ledger_entries(f.db, f.arena, &q, &entries, &n));
    assert_ok(db_commit(f.db));
    start.entries[0] =
        (struct m_entry){.kind = LEDGER_OPENING, .id = entries[0].id, .on = entries[0].on, .amount = 8000};
    struct arena *kept = f.arena, *scratch = arena_new((size_t)256 << 20);
    f.arena = scratch;
    while (w.histories < histories()) {
        one_history(&w, &start);
        arena_reset(scratch);
    }
    f.arena = kept;
    arena_free(scratch);
    print_message("%d histories, %d acts done; refused:", w.histories, w.done);
    for (int i = 1; i < LEDGER_FAULTS; i++)
        if (w.refused[i] > 0) print_message(" %s %d", ledger_fault_code((enum ledger_fault)i), w.refused[i]);
    print_message("\n");
    /* A law that never bites proves nothing. */
    static const enum ledger_fault bitten[] = {LEDGER_DATE_FUTURE,    LEDGER_DATE_CLOSED,     LEDGER_NOT_ENOUGH,
                                               LEDGER_OVER_COMMITMENT, LEDGER_OVER_INSTALMENT, LEDGER_RELEASED,
                                               LEDGER_NEEDS_AGREEMENT, LEDGER_ALREADY_REVERSED, LEDGER_NOT_LAST_MONTH,
                                               LEDGER_SHUT,            LEDGER_HELD};
    for (size_t i = 0; i < sizeof bitten / sizeof bitten[0]; i++)
        assert_true(w.refused[bitten[i]] > 0);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ten_thousand_histories_keep_the_laws)};
    return FIXTURE_RUN(tests);
}
