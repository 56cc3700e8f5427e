/* meeting.c — calling a meeting, who was there, its agenda, what was decided and who left the room. Nothing
 * of it can be written once the meeting is signed. */
#include <assert.h>

#include "app/audit.h"
#include "base/clock.h"
#include "base/thai.h"
#include "rooms/meeting/meeting_inside.h"

static size_t letters(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

enum err meeting_text(struct arena *a, struct str in, size_t max, bool is_line, struct str *ret)
{
    struct str clean = STR_NONE;
    if (!str_is_none(in)) TRY(is_line ? thai_clean_line(a, in, &clean) : thai_clean(a, in, &clean));
    clean = str_trim(clean);
    if (letters(clean) > max) return err_note(ERR_INPUT, "a text of more than %zu letters", max);
    *ret = str_is_empty(clean) ? STR_NONE : clean;
    return ERR_OK;
}

struct str meeting_int_text(struct arena *a, int64_t v)
{
    return str_printf(a, "%lld", (long long)v);
}

struct opt_count meeting_opt(int64_t v)
{
    return (struct opt_count){v != 0, v};
}

enum err meeting_keep_open(struct db *db, struct meeting_id id)
{
    int64_t changed = 0;
    TRY(meeting_lock(db, id, &changed));
    return changed == 1 ? ERR_OK : ERR_REFUSED;
}

/* And its day has come: nobody was there, and nothing was decided, before it. */
static enum err keep_begun(struct db *db, struct meeting_id id)
{
    int64_t changed = 0;
    TRY(meeting_lock_begun(db, id, clock_today(), &changed));
    return changed == 1 ? ERR_OK : ERR_REFUSED;
}

/* ---- calling ---- */

static enum err insert(struct db *db, struct arena *a, const struct meeting_insert_args *args, struct meeting_id *ret)
{
    struct meeting_insert_row row = {0};
    TRY(db_savepoint(db));
    enum err e = meeting_insert(db, a, args, &row);
    if (e == ERR_OK) e = db_release(db);
    if (e != ERR_OK) {
        db_rollback_to(db);
        return e;
    }
    *ret = row.id;
    return ERR_OK;
}

enum err meeting_next_number(struct db *db, struct arena *a, struct fund_id fund, struct fiscal_year fy, int64_t *ret)
{
    struct meeting_last_number_row row = {0};
    TRY(meeting_last_number(db, a, fund, fy, &row));
    *ret = row.number + 1;
    return ERR_OK;
}

/* Somebody's name: sealed, under the key of who wrote it down, as the chair may have none. */
static enum err audit_chair(struct db *db, struct arena *a, const struct actor *by, const char *action, struct meeting_id id,
                            struct str before, struct str after)
{
    struct audit_change change = {"chaired_by", before, after};
    return audit_write_personal(db, a, by, action, "meeting", id.v, by->account, &change, 1);
}

enum err meeting_add(struct db *db, struct arena *a, const struct actor *by, const struct meeting_new *n, struct meeting_id *ret)
{
    int64_t number = n->number;
    struct meeting_id id = {0};
    if (number == 0) TRY(meeting_next_number(db, a, n->fund, n->fy, &number));
    if (number > MEETING_NUMBER_MAX) return ERR_LIMIT;
    struct meeting_insert_args args = {.fund_id = n->fund,
                                       .fy = n->fy,
                                       .number = number,
                                       .held_on = n->held_on,
                                       .is_entered_later = n->is_entered_later,
                                       .account_no = meeting_opt(by->account),
                                       .recorded_at = clock_now()};
    TRY(meeting_text(a, n->began, MEETING_LINE_MAX, true, &args.began));
    TRY(meeting_text(a, n->place, MEETING_TITLE_MAX, true, &args.place));
    TRY(meeting_text(a, n->chaired_by, MEETING_LINE_MAX, true, &args.chaired_by));
    TRY(insert(db, a, &args, &id));
    struct audit_change changes[] = {{"number", STR_NONE, meeting_int_text(a, number)},
                                     {"held_on", STR_NONE, date_iso_text(a, n->held_on)},
                                     {"place", STR_NONE, args.place}};
    TRY(audit_write(db, a, by, "call", "meeting", id.v, changes, 3));
    TRY(audit_chair(db, a, by, "call", id, STR_NONE, args.chaired_by));
    *ret = id;
    return ERR_OK;
}

enum err meeting_edit(struct db *db, struct arena *a, const struct actor *by, const struct meeting *before,
                      int64_t version, const struct meeting_facts *facts)
{
    struct meeting_change_args args = {.id = before->id, .version = version, .held_on = facts->held_on};
    int64_t changed = 0;
    TRY(meeting_keep_open(db, before->id));
    TRY(meeting_text(a, facts->began, MEETING_LINE_MAX, true, &args.began));
    TRY(meeting_text(a, facts->ended, MEETING_LINE_MAX, true, &args.ended));
    TRY(meeting_text(a, facts->place, MEETING_TITLE_MAX, true, &args.place));
    TRY(meeting_text(a, facts->chaired_by, MEETING_LINE_MAX, true, &args.chaired_by));
    TRY(meeting_change(db, &args, &changed));
    if (changed != 1) return ERR_CONFLICT;
    struct audit_change changes[] = {{"held_on", date_iso_text(a, before->held_on), date_iso_text(a, facts->held_on)},
                                     {"began", before->began, args.began},
                                     {"ended", before->ended, args.ended},
                                     {"place", before->place, args.place}};
    TRY(audit_write(db, a, by, "edit", "meeting", before->id.v, changes, 4));
    return audit_chair(db, a, by, "edit", before->id, before->chaired_by, args.chaired_by);
}

enum err meeting_cancel(struct db *db, struct arena *a, const struct actor *by, const struct meeting *before,
                        int64_t version, struct str reason)
{
    struct meeting_item *items = NULL;
    size_t n = 0;
    int64_t changed = 0;
    TRY(meeting_text(a, reason, MEETING_TITLE_MAX, true, &reason));
    if (str_is_none(reason)) return err_note(ERR_INPUT, "a meeting is cancelled for a reason");
    TRY(meeting_keep_open(db, before->id));
    TRY(meeting_items(db, a, before->id, &items, &n));
    for (size_t i = 0; i < n; i++)
        if (!str_is_none(items[i].thing) && meeting_item_is_decided(&items[i])) return ERR_REFUSED;
    TRY(meeting_set_cancelled(db, before->id, version, reason, &changed));
    if (changed != 1) return ERR_CONFLICT;
    TRY(meeting_confirm_drop(db, before->id, NULL));
    struct audit_change changes[] = {{"state", str_of(meeting_state_code(before->state)), STR("cancelled")},
                                     {"cancel_reason", STR_NONE, reason}};
    return audit_write(db, a, by, "cancel", "meeting", before->id.v, changes, 2);
}

/* ---- who was there ---- */

static bool is_among(const struct meeting_person *people, size_t n, struct meeting_person_id id)
{
    for (size_t i = 0; i < n; i++)
        if (people[i].id.v == id.v) return true;
    return false;
}

/* A person with an id stays the same one, so that who left the room for an item still stands. */
static enum err put_person(struct db *db, struct arena *a, struct meeting_id id, int64_t position,
                           const struct meeting_person *p, const struct meeting_person *before, size_t nbefore)
{
    struct str name, title;
    TRY(meeting_text(a, p->name, MEETING_LINE_MAX, true, &name));
    TRY(meeting_text(a, p->title, MEETING_LINE_MAX, true, &title));
    if (str_is_none(name)) return err_note(ERR_INPUT, "a person has a name");
    if (!id_is_none(p->id) && is_among(before, nbefore, p->id))
        return meeting_person_set(db, p->id, position, name, title, p->is_present, p->is_voter, NULL);
    return meeting_person_add(db, id, position, name, title, p->is_present, p->is_voter, NULL);
}

static struct str presence(struct arena *a, const struct meeting_person *people, size_t n)
{
    int64_t present = 0;
    for (size_t i = 0; i < n; i++) present += people[i].is_present;
    return str_printf(a, "%lld/%zu", (long long)present, n);
}

enum err meeting_hold(struct db *db, struct arena *a, const struct actor *by, struct meeting_id id, int64_t version,
                      const struct meeting_person *people, size_t npeople)
{
    struct meeting_person *before = NULL;
    size_t nbefore = 0;
    int64_t changed = 0;
    if (npeople > MEETING_PEOPLE_MAX) return ERR_LIMIT;
    TRY(keep_begun(db, id));
    TRY(meeting_set_held(db, id, version, &changed));
    if (changed != 1) return ERR_CONFLICT;
    TRY(meeting_people(db, a, id, &before, &nbefore));
    TRY(meeting_person_park(db, id, NULL));
    for (size_t i = 0; i < nbefore; i++) {
        if (is_among(people, npeople, before[i].id)) continue;
        TRY(meeting_left_forget(db, before[i].id, NULL));
        TRY(meeting_person_drop(db, before[i].id, NULL));
    }
    for (size_t i = 0; i < npeople; i++) TRY(put_person(db, a, id, (int64_t)i + 1, &people[i], before, nbefore));
    /* How many, not who: the names stand in the list itself. */
    struct audit_change change = {"people", nbefore > 0 ? presence(a, before, nbefore) : STR_NONE,
                                  presence(a, people, npeople)};
    return audit_write(db, a, by, "people", "meeting", id.v, &change, 1);
}

/* ---- the agenda ---- */

static enum err insert_item(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_insert_args *args,
                            struct meeting_item_id *ret)
{
    struct meeting_item_last_row last = {0};
    struct meeting_item_insert_row row = {0};
    TRY(meeting_item_last(db, a, args->meeting_id, &last));
    if (last.n >= MEETING_ITEMS_MAX) return ERR_LIMIT;
    args->position = last.position + 1;
    TRY(meeting_item_insert(db, a, args, &row));
    struct audit_change change = {"title", STR_NONE, args->title};
    TRY(audit_write(db, a, by, "item", "meeting", args->meeting_id.v, &change, 1));
    *ret = row.id;
    return ERR_OK;
}

enum err meeting_item_add(struct db *db, struct arena *a, const struct actor *by, struct meeting_id meeting,
                          const char *thing, int64_t thing_id, struct str title, struct str about,
                          struct meeting_item_id *ret)
{
    struct meeting_item_there_row there = {0};
    struct meeting_item_insert_args args = {.meeting_id = meeting,
                                            .agenda = STR("consider"),
                                            .thing = str_of(thing),
                                            .thing_id = {true, thing_id}};
    TRY(meeting_keep_open(db, meeting));
    enum err e = meeting_item_there(db, a, meeting, args.thing, thing_id, &there);
    if (e == ERR_OK) *ret = there.id;
    if (e != ERR_NOT_FOUND) return e;
    TRY(meeting_text(a, title, MEETING_TITLE_MAX, true, &args.title));
    TRY(meeting_text(a, about, MEETING_WORDS_MAX, false, &args.about));
    if (str_is_none(args.title)) return err_note(ERR_INPUT, "an item has a title");
    return insert_item(db, a, by, &args, ret);
}

enum err meeting_item_new(struct db *db, struct arena *a, const struct actor *by, struct meeting_id meeting,
                          const char *agenda, struct str title, struct str words, struct meeting_item_id *ret)
{
    struct meeting_item_insert_args args = {.meeting_id = meeting, .agenda = str_of(agenda)};
    TRY(meeting_keep_open(db, meeting));
    TRY(meeting_text(a, title, MEETING_TITLE_MAX, true, &args.title));
    TRY(meeting_text(a, words, MEETING_WORDS_MAX, false, &args.words));
    if (str_is_none(args.title)) return err_note(ERR_INPUT, "an item has a title");
    return insert_item(db, a, by, &args, ret);
}

enum err meeting_item_edit(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                           int64_t version, struct str title, struct str words)
{
    struct meeting_item item = {0};
    int64_t changed = 0;
    TRY(meeting_item_get(db, a, id, &item));
    TRY(meeting_keep_open(db, item.meeting));
    if (!str_is_none(item.thing)) return ERR_REFUSED; /* the words of a thing come from its own room */
    TRY(meeting_text(a, title, MEETING_TITLE_MAX, true, &title));
    TRY(meeting_text(a, words, MEETING_WORDS_MAX, false, &words));
    if (str_is_none(title)) return err_note(ERR_INPUT, "an item has a title");
    TRY(meeting_item_change(db, id, version, title, words, &changed));
    if (changed != 1) return ERR_CONFLICT;
    struct audit_change changes[] = {{"title", item.title, title}, {"words", item.words, words}};
    return audit_write(db, a, by, "item", "meeting", item.meeting.v, changes, 2);
}

enum err meeting_item_drop(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id)
{
    struct meeting_item item = {0};
    TRY(meeting_item_get(db, a, id, &item));
    TRY(meeting_keep_open(db, item.meeting));
    if (!str_is_none(item.thing) && meeting_item_is_decided(&item)) return ERR_REFUSED;
    TRY(meeting_left_drop(db, id, NULL));
    TRY(meeting_item_delete(db, id, NULL));
    struct audit_change change = {"title", item.title, STR_NONE};
    return audit_write(db, a, by, "drop_item", "meeting", item.meeting.v, &change, 1);
}

enum err meeting_item_raise(struct db *db, struct arena *a, struct meeting_item_id id)
{
    struct meeting_item item = {0}, *items = NULL;
    size_t n = 0, at = 0;
    TRY(meeting_item_get(db, a, id, &item));
    TRY(meeting_keep_open(db, item.meeting));
    TRY(meeting_items(db, a, item.meeting, &items, &n));
    while (at < n && items[at].id.v != id.v) at++;
    if (at == 0 || at == n || !str_eq(items[at - 1].agenda, item.agenda)) return ERR_OK; /* the first of its head */
    TRY(meeting_item_place(db, id, items[at - 1].position + 1000, NULL));
    TRY(meeting_item_place(db, items[at - 1].id, item.position, NULL));
    return meeting_item_place(db, id, items[at - 1].position, NULL);
}

/* ---- what was decided ---- */

static enum err set_item(struct db *db, struct arena *a, const struct actor *by, const struct meeting_item *item,
                         struct str about, struct str words, struct str outcome)
{
    TRY(meeting_text(a, about, MEETING_WORDS_MAX, false, &about));
    TRY(meeting_text(a, words, MEETING_WORDS_MAX, false, &words));
    TRY(meeting_item_set(db, item->id, about, words, outcome, NULL));
    struct audit_change changes[] = {{"words", item->words, words}, {"outcome", item->outcome, outcome}};
    return audit_write(db, a, by, "decide", "meeting", item->meeting.v, changes, 2);
}

enum err meeting_item_say(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                          struct str about, struct str words)
{
    struct meeting_item item = {0};
    TRY(meeting_item_get(db, a, id, &item));
    TRY(keep_begun(db, item.meeting));
    return set_item(db, a, by, &item, about, words, item.outcome);
}

enum err meeting_outcome(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id, bool is_agreed,
                         struct str words)
{
    struct meeting_item item = {0};
    struct meeting m = {0};
    struct meeting_lock_fund_row lock = {0};
    TRY(meeting_item_get(db, a, id, &item));
    TRY(meeting_get(db, a, item.meeting, &m));
    TRY(meeting_lock_fund(db, a, m.fund, &lock)); /* who writes the finance plan queues there, too */
    TRY(keep_begun(db, item.meeting));
    if (!meeting_item_is_plan(&item)) return ERR_REFUSED;
    return set_item(db, a, by, &item, item.about, words, is_agreed ? STR("agree") : STR("refuse"));
}

enum err meeting_leave(struct db *db, struct arena *a, const struct actor *by, struct meeting_item_id id,
                       const struct meeting_leaver *people, size_t npeople)
{
    struct meeting_item item = {0};
    struct meeting_person *there = NULL;
    size_t nthere = 0;
    TRY(meeting_item_get(db, a, id, &item));
    TRY(keep_begun(db, item.meeting));
    TRY(meeting_people(db, a, item.meeting, &there, &nthere));
    TRY(meeting_left_drop(db, id, NULL));
    for (size_t i = 0; i < npeople; i++) {
        bool is_there = false;
        struct str why = STR_NONE;
        for (size_t k = 0; k < nthere; k++) is_there = is_there || (there[k].id.v == people[i].person.v && there[k].is_present);
        if (!is_there) return ERR_INPUT; /* who was not in the room cannot leave it */
        bool is_twice = false;
        for (size_t k = 0; k < i; k++) is_twice = is_twice || people[k].person.v == people[i].person.v;
        TRY(meeting_text(a, people[i].why, MEETING_TITLE_MAX, true, &why));
        if (!is_twice) TRY(meeting_left_add(db, id, people[i].person, why, NULL));
    }
    TRY(meeting_item_set(db, id, item.about, item.words, item.outcome, NULL)); /* another version of it */
    struct audit_change change = {"left", meeting_int_text(a, (int64_t)item.nleft), meeting_int_text(a, (int64_t)npeople)};
    return audit_write(db, a, by, "left", "meeting", item.meeting.v, &change, 1);
}

/* ---- minutes ---- */

enum err meeting_confirm(struct db *db, struct arena *a, const struct actor *by, struct meeting_id id,
                         struct meeting_id former, bool is_confirmed)
{
    struct meeting m = {0}, f = {0};
    TRY(meeting_get(db, a, id, &m));
    TRY(keep_begun(db, id));
    TRY(meeting_get(db, a, former, &f));
    if (f.fund.v != m.fund.v) return ERR_NOT_FOUND;
    if (f.id.v == m.id.v || f.state != MEETING_SIGNED || f.is_confirmed || date_cmp(f.held_on, m.held_on) > 0)
        return ERR_REFUSED;
    TRY(meeting_set_confirmed(db, former, is_confirmed ? id : (struct meeting_id){0}, NULL));
    struct audit_change change = {"confirmed_in", f.confirmed_words, is_confirmed ? meeting_words(a, &m) : STR_NONE};
    return audit_write(db, a, by, "confirm", "meeting", former.v, &change, 1);
}
