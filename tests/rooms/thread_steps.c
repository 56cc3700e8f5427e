/* thread_steps.c — see thread_steps.h. */
#include "tests/rooms/thread_steps.h"

#include "rooms/meeting/meeting.h"
#include "rooms/project/project.h"

#define FUND "D0001"

static void put_in(char *text, size_t size, const char *word, struct str value)
{
    char out[2000];
    const char *at = strstr(text, word);
    if (at == NULL) return;
    snprintf(out, sizeof out, "%.*s%.*s%s", (int)(at - text), text, STR_FMT(value), at + strlen(word));
    snprintf(text, size, "%s", out);
}

static bool asks(const struct steps_text *t, const char *word)
{
    return strstr(t->target, word) != NULL || strstr(t->body, word) != NULL;
}

static void say(struct steps_text *t, const char *word, struct str value)
{
    put_in(t->target, sizeof t->target, word, value);
    put_in(t->body, sizeof t->body, word, value);
}

static struct str number(struct fixture *f, int64_t v)
{
    return str_printf(f->arena, "%lld", (long long)v);
}

static struct project sent(struct fixture *f, const struct actor *by)
{
    struct project_id id = {0};
    struct project p = {0};
    struct project_whole w = {0};
    int64_t version = 0;
    struct project_target target = {.group = STR("1004"), .planned = {true, 40}};
    struct project_new n = {.fund_code = STR(FUND),
                            .fy = fiscal_year(2570),
                            .title = STR("Dengue"),
                            .owner_name = STR("Health centre"),
                            .owner_type = STR("1"),
                            .support_type = STR("5"),
                            .issue_code = STR("older_people"),
                            .asked_about = satang(1000000)};
    assert_ok(project_add(f->db, f->arena, by, &n, &id));
    assert_ok(project_get(f->db, f->arena, id, &p));
    assert_ok(project_read(f->db, f->arena, &p, &w));
    w.p.place = STR("Hall");
    w.p.starts_on = (struct opt_date){true, {2027, 1, 10}};
    w.p.ends_on = (struct opt_date){true, {2027, 3, 10}};
    w.p.situation = w.p.method = STR("Mosquitoes");
    w.targets = &target;
    w.ntargets = 1;
    assert_ok(project_save(f->db, f->arena, by, &w, PROJECT_HEAD | PROJECT_SITUATION | PROJECT_ACTIVITIES | PROJECT_TARGETS, &version));
    assert_ok(project_send(f->db, f->arena, by, id, version));
    assert_ok(project_get(f->db, f->arena, id, &p));
    return p;
}

static struct meeting held(struct fixture *f, const struct actor *by, struct fund_id fund)
{
    struct meeting_id id = {0};
    struct meeting m = {0};
    struct meeting_person person = {.name = STR("Somchai"), .is_present = true, .is_voter = true};
    struct meeting_new n = {.fund = fund, .fy = fiscal_year(2569), .held_on = {2026, 9, 20}};
    assert_ok(meeting_add(f->db, f->arena, by, &n, &id));
    assert_ok(meeting_hold(f->db, f->arena, by, id, 1, &person, 1));
    assert_ok(meeting_get(f->db, f->arena, id, &m));
    return m;
}

static struct project later(struct fixture *f, const struct actor *by)
{
    struct project_id id = {0};
    struct project p = {0};
    struct meeting_refusal why = {0};
    struct project_later l = {.fund_code = STR(FUND),
                              .state = PROJECT_APPROVED,
                              .title = STR("Old one"),
                              .owner_name = STR("Volunteers"),
                              .owner_type = STR("5"),
                              .support_type = STR("2"),
                              .approved_on = {2026, 11, 10},
                              .meeting_words = STR("9/2569"),
                              .amount = satang(1000000),
                              .ends_on = {true, {2027, 3, 1}}};
    assert_ok(project_enter_later(f->db, f->arena, by, &l, &why, &id));
    assert_ok(project_get(f->db, f->arena, id, &p));
    return p;
}

static int64_t changed(struct fixture *f, const struct actor *by, struct project_id id)
{
    struct project_change_id change = {0};
    struct meeting_refusal why = {0};
    struct project_change_new n = {.project = id, .kind = PROJECT_EXTEND, .reason = STR("Rain"), .ends_on = {true, {2027, 5, 1}}};
    assert_ok(project_change_ask(f->db, f->arena, by, &n, &why, &change));
    return change.v;
}

static void agree(struct fixture *f, const struct actor *by, const struct project *p)
{
    struct meeting_refusal why = {0};
    struct project_agreement g = {.project = p->id, .number = STR("1/2570"), .agreed_on = {2026, 11, 12},
                                  .signer_owner = STR("Somsri"), .signer_fund = STR("Somchai")};
    assert_ok(project_agree(f->db, f->arena, by, &g, &why));
}

static int64_t paper(struct fixture *f, const struct actor *by, const char *thing, int64_t id, const struct project *p)
{
    struct meeting_refusal why = {0};
    struct meeting_sign_id sign = {0};
    struct date day = {2026, 11, 20};
    assert_ok(meeting_sign_paper(f->db, f->arena, by, thing, id, p->fund, day, STR("Somsri, Somchai"), &sign, &why));
    return sign.v;
}

/* The chair's approval on paper, which nobody but the officer has seen. */
static int64_t urgent(struct fixture *f, const struct actor *by, const struct project *p)
{
    struct meeting_refusal why = {0};
    struct project_decision_id id = {0};
    struct project_decision d = {.project = p->id, .kind = STR("urgent"), .decided_on = {2026, 11, 20},
                                 .amount = some_satang(satang(900000)), .reason = STR("Outbreak")};
    assert_ok(project_decide(f->db, f->arena, by, &d, &why, &id));
    return paper(f, by, "project_decision", id.v, p);
}

/* The minutes that approved it, which nobody but the officer has seen. */
static int64_t minutes(struct fixture *f, const struct actor *by, const struct project *old)
{
    struct project_decision d = {0};
    assert_ok(project_decision_standing(f->db, f->arena, old->id, &d));
    return paper(f, by, "project_decision", d.id.v, old);
}

/* Money for long-term care that the officer promises by hand, in a book of its own. */
static struct ledger_commitment_id promised(struct fixture *f, const struct actor *by)
{
    struct ledger_book book = {0};
    struct ledger_refusal refused = {0};
    struct ledger_commitment_id id = {0};
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_opening o = {.fund_code = STR(FUND), .kind = LEDGER_LTC, .opened_on = {2026, 10, 1}, .balance = satang(900000)};
    struct ledger_commit c = {.fund_code = STR(FUND), .book = LEDGER_LTC, .title = STR("Care at home"),
                              .owner_name = STR("Health centre"), .support_type = STR("4"), .owner_type = STR("6"), .approved_on = {2026, 11, 10},
                              .approved_in = STR("2/2570"), .amount = satang(800000)};
    int64_t there = 0;
    assert_ok(db_scalar(f->db, "SELECT COUNT(*) FROM ledger_commitment WHERE project_code LIKE 'CARE-%'", &there));
    c.project_code = str_printf(f->arena, "CARE-%lld", (long long)there + 1);
    assert_ok(ledger_book_find(f->db, f->arena, o.fund_code, LEDGER_LTC, &book));
    if (id_is_none(book.id)) assert_ok(ledger_book_open(f->db, f->arena, by, &o, &refused, &book.id));
    assert_ok(ledger_commit(f->db, f->arena, by, &c, &fault, &id));
    return id;
}

static void say_promise(struct fixture *f, const struct actor *by, struct fund_id fund, struct steps_text *t)
{
    if (!asks(t, "PROMISE")) return;
    struct project of = {.fund = fund};
    struct ledger_commitment_id id = promised(f, by);
    if (asks(t, "CARESIGN")) say(t, "CARESIGN", number(f, paper(f, by, "ledger_commitment", id.v, &of)));
    say(t, "PROMISE", number(f, id.v));
}

static void say_papers(struct fixture *f, const struct actor *by, const struct project *p, const struct project *old, struct steps_text *t)
{
    if (asks(t, "URGENTSIGN")) say(t, "URGENTSIGN", number(f, urgent(f, by, p)));
    if (asks(t, "/agreement/paper") || asks(t, "AGREESIGN")) agree(f, by, old);
    if (asks(t, "MINUTESIGN")) say(t, "MINUTESIGN", number(f, minutes(f, by, old)));
    struct project_agreement g = {0};
    assert_ok(project_agreement_get(f->db, f->arena, old->id, &g));
    if (asks(t, "AGREESIGN")) say(t, "AGREESIGN", number(f, paper(f, by, "project_agreement", g.id.v, old)));
}

void steps_thread(struct fixture *f, struct steps_text *t)
{
    struct fund_id fund = {0};
    struct project p = {0}, old = {0};
    struct meeting m = {0};
    struct meeting_item_id item = {0};
    struct actor by = {.code = STR("account:1"), .account = account_named(f, "officer").v};
    assert_ok(db_scalar(f->db, "SELECT id FROM fund WHERE code = '" FUND "'", &fund.v));
    assert_ok(db_begin(f->db, DB_TXN_WRITE));
    if (asks(t, "SENT") || asks(t, "THING") || asks(t, "ITEM")) p = sent(f, &by);
    if (asks(t, "REF") || asks(t, "ITEM")) m = held(f, &by, fund);
    if (asks(t, "ITEM")) assert_ok(meeting_item_add(f->db, f->arena, &by, m.id, "project", p.id.v, p.title, STR_NONE, &item));
    if (asks(t, "LATER")) old = later(f, &by);
    say_papers(f, &by, &p, &old, t);
    say_promise(f, &by, fund, t);
    if (asks(t, "CHANGE")) say(t, "CHANGE", number(f, changed(f, &by, old.id)));
    assert_ok(db_commit(f->db));
    if (!id_is_none(p.id)) say(t, "THING", str_printf(f->arena, "project-%lld", (long long)p.id.v));
    if (!id_is_none(p.id)) say(t, "SENT", p.slug);
    if (!id_is_none(old.id)) say(t, "LATER", old.slug);
    if (!id_is_none(m.id)) say(t, "REF", meeting_ref(f->arena, &m));
    if (!id_is_none(item)) say(t, "ITEM", number(f, item.v));
}
