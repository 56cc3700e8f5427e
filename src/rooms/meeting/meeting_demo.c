/* meeting_demo.c — the committees of the demo's funds meet: where there are an officer and a secretary every quarter,
 * elsewhere once a year. What was agreed in their books ("ครั้งที่ 2/2569") names the day; a quarter in which nothing was
 * agreed has its meeting all the same. Three more of D0001 wait for projects: project_demo
 * decides in them and signs them. */
#include "app/file.h"
#include "app/reference.h"
#include "rooms/account/account.h"
#include "rooms/fund/fund.h"
#include "rooms/ledger/ledger.h"
#include "rooms/meeting/meeting_inside.h"

#include <string.h>

#define YEARS   3
#define PEOPLE  12
#define VOTERS  11
#define QUARTER 4
#define PROMISES 200
#define WORDS   "demo_words.tsv"

struct tale {
    struct db *db;
    struct arena *arena;
    struct date today;
    struct str code;
    struct fund_id fund;
    struct meeting_id last; /* held before, of this fund */
    struct actor officer, secretary; /* the machine where there is nobody */
    bool is_staffed;
    const struct ledger_commitment *promises;
    size_t npromises;
    struct meeting_person people[PEOPLE];
};

static struct str word(struct arena *a, const char *of, int64_t n)
{
    return reference_word(WORDS, str_z(a, str_printf(a, "%s_%lld", of, (long long)n)));
}

static struct date in_quarter(struct tale *t, struct fiscal_year fy, int64_t n)
{
    static const int8_t months[] = {11, 1, 4, 7};
    struct date day = {(int16_t)(fy.v - 543 - (n == 1)), months[n - 1], n == 1 ? 5 : 19};
    struct str name = str_printf(t->arena, "%lld/%d", (long long)n, fy.v);
    for (size_t i = 0; i < t->npromises; i++)
        if (str_ends(t->promises[i].approved_in, name)) day = t->promises[i].approved_on;
    int weekday = date_weekday(day);
    return weekday == 6 ? date_add_days(day, 2) : weekday == 0 ? date_add_days(day, 1) : day;
}

/* One or two are away, in turn; never the chair or the secretary. */
static enum err hold(struct tale *t, struct meeting_id id, int64_t n)
{
    struct meeting m = {0};
    for (int64_t i = 0; i < PEOPLE; i++)
        t->people[i].is_present = i < 2 || (i != 2 + n % 9 && i != 2 + (n * 5 + 3) % 9);
    TRY(meeting_get(t->db, t->arena, id, &m));
    TRY(meeting_hold(t->db, t->arena, &t->secretary, id, m.version, t->people, PEOPLE));
    struct meeting_facts facts = {m.held_on, m.began, reference_word(WORDS, "meeting_ended"), m.place, m.chaired_by};
    return meeting_edit(t->db, t->arena, &t->secretary, &m, m.version + 1, &facts);
}

static enum err talk(struct tale *t, struct meeting_id id)
{
    static const char *const agenda[] = {"inform", "follow", "know"};
    struct meeting_item_id item;
    for (size_t i = 0; i < sizeof agenda / sizeof agenda[0]; i++) {
        struct str title = reference_word(WORDS, str_z(t->arena, str_printf(t->arena, "item_%s", agenda[i])));
        struct str words = reference_word(WORDS, str_z(t->arena, str_printf(t->arena, "item_%s_words", agenda[i])));
        TRY(meeting_item_new(t->db, t->arena, &t->secretary, id, agenda[i], title, words, &item));
    }
    return ERR_OK;
}

static enum err call(struct tale *t, struct fiscal_year fy, int64_t n, struct date on, struct meeting_id *ret)
{
    struct meeting_new new = {.fund = t->fund,
                              .fy = fy,
                              .number = n,
                              .held_on = on,
                              .began = reference_word(WORDS, "meeting_began"),
                              .place = reference_word(WORDS, "meeting_place"),
                              .chaired_by = t->people[0].name};
    struct date called = date_add_days(on, -9);
    clock_fix(date_cmp(called, t->today) > 0 ? t->today : called, 10, 0);
    return meeting_add(t->db, t->arena, &t->secretary, &new, ret);
}

/* The demo's people of a fund: "officer" of D0001, "officer.d0002" of another. ERR_NOT_FOUND: it has nobody. */
static enum err actor_of(struct db *db, struct arena *a, const char *role, struct str code, struct actor *ret)
{
    struct str tail = str_eq(code, STR("D0001")) ? STR("") : str_printf(a, ".d%.*s", STR_FMT(str_from(code, 1)));
    return account_demo_actor(db, a, str_printf(a, "%s%.*s", role, STR_FMT(tail)), code, ret);
}

static enum err put_scan(struct db *db, struct arena *a, const struct meeting *m, struct meeting_sign_id sign)
{
    struct image_pair page = image_sketch(a, SKETCH_PAPER, (uint64_t)m->fy.v * 100 + (uint64_t)m->number);
    struct upload scan = {.kind = FILE_IMAGE, .name = STR("minutes.jpg"), .content_type = STR("image/jpeg"), .bytes = page.whole,
                          .small = page.small, .size = page.whole_size, .small_size = page.small_size};
    struct file_store store = {.is_in_db = true};
    struct file_use_new use = {.thing = STR("meeting_sign"), .thing_id = sign.v, .kind = STR("scan"), .name = scan.name, .is_private = true};
    struct file_use_id id = {0};
    TRY(file_put(&store, db, a, &scan, &use.file));
    TRY(file_attach(db, a, &use, &id));
    return meeting_sign_scan(db, sign, id);
}

enum err meeting_demo_told(struct arena *a, enum err e, const struct meeting_refusal *why)
{
    if (e != ERR_REFUSED || !why->is_said) return e;
    return err_note(e, "demo: %.*s", STR_FMT(meeting_refusal_text(a, LANG_EN, why)));
}

enum err meeting_demo_sign(struct db *db, struct arena *a, const struct meeting *m, enum meeting_demo_way how, struct date on)
{
    struct meeting_refusal why = {0};
    struct meeting_sign_id sign = {0};
    struct actor by = actor_system("system:demo"), other = {0};
    clock_fix(on, 15, 20);
    enum err e = actor_of(db, a, how == MEETING_DEMO_LOGIN ? "chair" : "officer", m->fund_code, &by);
    if (e == ERR_NOT_FOUND || how == MEETING_DEMO_LOGIN)
        return meeting_demo_told(a, meeting_sign_login(db, a, &by, "meeting", m->id.v, m->fund, on, &sign, &why), &why);
    TRY(e);
    TRY(meeting_sign_paper(db, a, &by, "meeting", m->id.v, m->fund, on, m->chaired_by, &sign, &why));
    TRY(put_scan(db, a, m, sign));
    if (how == MEETING_DEMO_UNSEEN) return ERR_OK;
    TRY(actor_of(db, a, "secretary", m->fund_code, &other));
    return meeting_demo_told(a, meeting_sign_see(db, a, &other, sign, &why), &why);
}

static enum err sign_later(struct tale *t, struct meeting_id id, enum meeting_demo_way how, struct date on)
{
    struct meeting m = {0};
    TRY(meeting_get(t->db, t->arena, id, &m));
    return meeting_demo_sign(t->db, t->arena, &m, how, on);
}

/* The minutes of the meeting before, where that one is signed: in November a meeting of the thread may stand before the
 * quarter's. */
static enum err confirm_last(struct tale *t, struct meeting_id id, struct date on)
{
    struct meeting_id last = t->last;
    struct meeting m = {0};
    t->last = id;
    if (id_is_none(last)) return ERR_OK;
    TRY(meeting_get(t->db, t->arena, last, &m));
    if (m.state != MEETING_SIGNED || date_cmp(m.held_on, on) >= 0) return ERR_OK;
    return meeting_confirm(t->db, t->arena, &t->secretary, id, last, true);
}

static enum err hold_on(struct tale *t, int64_t number, struct date on, struct meeting_id *ret)
{
    TRY(call(t, date_fiscal_year(on), number, on, ret));
    clock_fix(on, 11, 50);
    TRY(hold(t, *ret, on.day));
    TRY(talk(t, *ret));
    return confirm_last(t, *ret, on);
}

static enum err quarter(struct tale *t, struct fiscal_year fy, int64_t n)
{
    struct meeting_id id = {0};
    struct date on = in_quarter(t, fy, n);
    if (date_cmp(date_add_days(on, 4), t->today) > 0) return ERR_OK;
    TRY(hold_on(t, n, on, &id));
    return sign_later(t, id, MEETING_DEMO_PAPER, date_add_days(on, 4));
}

/* Meetings behind those of the quarters: where this year's thread is decided, and one whose paper nobody has seen. */
static enum err extra(struct tale *t)
{
    struct meeting_id id = {0};
    if (str_eq(t->code, STR("D0002"))) {
        TRY(hold_on(t, 0, date_add_days(t->today, -6), &id));
        return sign_later(t, id, MEETING_DEMO_UNSEEN, date_add_days(t->today, -2));
    }
    if (!str_eq(t->code, STR("D0001"))) return ERR_OK;
    TRY(hold_on(t, 0, date_add_days(t->today, MEETING_DEMO_FIRST), &id));
    TRY(hold_on(t, 0, date_add_days(t->today, MEETING_DEMO_SECOND), &id));
    struct date next = date_add_days(t->today, MEETING_DEMO_NEXT);
    return call(t, date_fiscal_year(next), 0, next, &id);
}

static enum err staff(struct tale *t)
{
    t->officer = t->secretary = actor_system("system:demo");
    enum err e = actor_of(t->db, t->arena, "officer", t->code, &t->officer);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    t->is_staffed = true;
    return actor_of(t->db, t->arena, "secretary", t->code, &t->secretary);
}

static enum err read_promises(struct tale *t)
{
    struct ledger_book book = {0};
    struct ledger_commitment *promises = NULL;
    struct fund_named named = {0};
    TRY(fund_named(t->db, t->arena, t->code, &named));
    t->fund = named.id;
    t->last = (struct meeting_id){0};
    TRY(ledger_book_find(t->db, t->arena, t->code, LEDGER_MAIN, &book));
    TRY(ledger_commitments(t->db, t->arena, book.id, false, (struct ledger_commitment_id){0}, PROMISES, &promises, &t->npromises));
    t->promises = promises;
    return ERR_OK;
}

static enum err tell(struct tale *t)
{
    TRY(staff(t));
    TRY(read_promises(t));
    int32_t now = date_fiscal_year(t->today).v;
    for (int32_t fy = now - YEARS + 1; fy <= now; fy++)
        for (int64_t n = 1; n <= (t->is_staffed ? QUARTER : 1); n++) TRY(quarter(t, fiscal_year(fy), n));
    return extra(t);
}

enum err meeting_demo(struct db *db, struct arena *a, uint64_t seed, struct date today)
{
    struct opt_instant fixed = clock_fixed();
    struct str *codes = NULL;
    struct meeting_person people[PEOPLE];
    size_t n = 0;
    (void)seed; /* the books have drawn the lots: their days are these days */
    enum err e = fund_demo_all(db, a, &codes, &n);
    for (int64_t i = 0; i < PEOPLE; i++)
        people[i] = (struct meeting_person){.name = word(a, "person", i + 1), .title = word(a, "seat", i + 1), .is_voter = i < VOTERS};
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct tale *t = ARENA_NEW(a, struct tale);
        *t = (struct tale){.db = db, .arena = a, .today = today, .code = codes[i]};
        memcpy(t->people, people, sizeof people);
        e = tell(t);
    }
    clock_fix_again(fixed);
    return e;
}
