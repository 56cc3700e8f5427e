/* meeting_read.c — meetings, who was there, and their agenda, as they are kept. */
#include <assert.h>

#include "rooms/meeting/meeting_inside.h"

static const char *const states[] = {[MEETING_CALLED] = "called", [MEETING_HELD] = "held", [MEETING_SIGNED] = "signed",
                                     [MEETING_CANCELLED] = "cancelled"};

const char *meeting_state_code(enum meeting_state s)
{
    assert(s <= MEETING_CANCELLED);
    return states[s];
}

static enum meeting_state state_of(struct str code)
{
    for (int s = MEETING_HELD; s <= MEETING_CANCELLED; s++)
        if (str_eq(code, str_of(states[s]))) return (enum meeting_state)s;
    return MEETING_CALLED;
}

bool meeting_is_open(const struct meeting *m)
{
    return m->state == MEETING_CALLED || m->state == MEETING_HELD;
}

bool meeting_is_begun(const struct meeting *m, struct date today)
{
    return meeting_is_open(m) && date_cmp(m->held_on, today) <= 0;
}

struct str meeting_words(struct arena *a, const struct meeting *m)
{
    return str_printf(a, "%lld/%d", (long long)m->number, m->fy.v);
}

struct str meeting_ref(struct arena *a, const struct meeting *m)
{
    return str_printf(a, "%d-%lld", m->fy.v, (long long)m->number);
}

static struct meeting meeting_of(struct arena *a, const struct meeting_read_row *r)
{
    struct meeting m = {.id = r->id,
                        .fund = r->fund_id,
                        .fund_code = r->fund_code,
                        .fy = r->fy,
                        .number = r->number,
                        .held_on = r->held_on,
                        .began = r->began,
                        .ended = r->ended,
                        .place = r->place,
                        .chaired_by = r->chaired_by,
                        .state = state_of(r->state),
                        .cancel_reason = r->cancel_reason,
                        .confirmed_in = r->confirmed_in,
                        .is_entered_later = r->is_entered_later,
                        .version = r->version,
                        .sign = r->sign_id,
                        .signed_how = r->how,
                        .signed_names = r->names,
                        .signed_on = r->signed_on};
    if (!id_is_none(r->confirmed_in) && r->confirmed_number.has && r->confirmed_fy.has) {
        struct meeting c = {.number = r->confirmed_number.v, .fy = r->confirmed_fy.v};
        m.confirmed_words = meeting_words(a, &c);
        m.is_confirmed = str_eq(r->confirmed_state, STR("signed"));
    }
    return m;
}

/* A row of the list has the same columns as one that is read alone. */
static struct meeting_read_row as_read(const struct meeting_read_list_row *r)
{
    return (struct meeting_read_row){.id = r->id,
                                     .fund_id = r->fund_id,
                                     .fund_code = r->fund_code,
                                     .fy = r->fy,
                                     .number = r->number,
                                     .held_on = r->held_on,
                                     .began = r->began,
                                     .ended = r->ended,
                                     .place = r->place,
                                     .chaired_by = r->chaired_by,
                                     .state = r->state,
                                     .cancel_reason = r->cancel_reason,
                                     .confirmed_in = r->confirmed_in,
                                     .is_entered_later = r->is_entered_later,
                                     .version = r->version,
                                     .confirmed_number = r->confirmed_number,
                                     .confirmed_fy = r->confirmed_fy,
                                     .confirmed_state = r->confirmed_state,
                                     .sign_id = r->sign_id,
                                     .how = r->how,
                                     .names = r->names,
                                     .signed_on = r->signed_on};
}

enum err meeting_get(struct db *db, struct arena *a, struct meeting_id id, struct meeting *ret)
{
    struct meeting_read_row row = {0};
    TRY(meeting_read(db, a, id, &row));
    *ret = meeting_of(a, &row);
    return ERR_OK;
}

/* "2570-3": the year and the number, written as the house writes them and in no other way. */
static enum err ref_parse(struct arena *a, struct str ref, struct fiscal_year *ret_fy, int64_t *ret_number)
{
    struct str rest = ref, fy = STR_NONE;
    int64_t number = 0;
    if (!str_split(&rest, '-', &fy) || str_is_none(rest)) return ERR_NOT_FOUND;
    if (fiscal_year_parse(fy, ret_fy) != ERR_OK || str_to_int(rest, &number) != ERR_OK) return ERR_NOT_FOUND;
    struct meeting same = {.fy = *ret_fy, .number = number};
    if (!str_eq(meeting_ref(a, &same), ref)) return ERR_NOT_FOUND;
    *ret_number = number;
    return ERR_OK;
}

enum err meeting_find(struct db *db, struct arena *a, struct str fund_code, struct str ref, struct meeting *ret)
{
    struct fiscal_year fy = {0};
    int64_t number = 0;
    struct meeting_id_of_row row = {0};
    TRY(ref_parse(a, ref, &fy, &number));
    TRY(meeting_id_of(db, a, fund_code, fy, number, &row));
    return meeting_get(db, a, row.id, ret);
}

struct wish {
    struct fund_id fund;
    struct date before_on;
    struct meeting_id before;
    bool is_open_only;
    int64_t most;
};

static enum err list(struct db *db, struct arena *a, const struct wish *w, struct meeting **ret, size_t *ret_n)
{
    struct meeting_read_list_row *rows = NULL;
    size_t n = 0;
    TRY(meeting_read_list(db, a, w->fund, w->before_on, w->before, w->is_open_only, w->most, &rows, &n));
    struct meeting *all = ARENA_ARRAY(a, struct meeting, n);
    for (size_t i = 0; i < n; i++) {
        struct meeting_read_row row = as_read(&rows[i]);
        all[i] = meeting_of(a, &row);
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static const struct date far_day = {9999, 12, 31};

enum err meeting_list(struct db *db, struct arena *a, struct fund_id fund, struct meeting_id before, int64_t most,
                      struct meeting **ret, size_t *ret_n)
{
    struct wish w = {.fund = fund, .before_on = far_day, .before = before, .most = most};
    if (!id_is_none(before)) {
        struct meeting_read_row row = {0};
        TRY(meeting_read(db, a, before, &row));
        if (row.fund_id.v != fund.v) return ERR_NOT_FOUND;
        w.before_on = row.held_on;
    }
    return list(db, a, &w, ret, ret_n);
}

enum err meeting_open(struct db *db, struct arena *a, struct fund_id fund, int64_t most, struct meeting **ret,
                      size_t *ret_n)
{
    struct wish w = {.fund = fund, .before_on = far_day, .is_open_only = true, .most = most};
    TRY(list(db, a, &w, ret, ret_n));
    for (size_t i = 0; i < *ret_n / 2; i++) { /* the next one first */
        struct meeting m = (*ret)[i];
        (*ret)[i] = (*ret)[*ret_n - 1 - i];
        (*ret)[*ret_n - 1 - i] = m;
    }
    return ERR_OK;
}

enum err meeting_people(struct db *db, struct arena *a, struct meeting_id id, struct meeting_person **ret, size_t *ret_n)
{
    struct meeting_people_of_row *rows = NULL;
    size_t n = 0;
    TRY(meeting_people_of(db, a, id, &rows, &n));
    struct meeting_person *people = ARENA_ARRAY(a, struct meeting_person, n);
    for (size_t i = 0; i < n; i++)
        people[i] = (struct meeting_person){.id = rows[i].id,
                                            .name = rows[i].name,
                                            .title = rows[i].title,
                                            .is_present = rows[i].is_present,
                                            .is_voter = rows[i].is_voter};
    *ret = people;
    *ret_n = n;
    return ERR_OK;
}

/* ---- the agenda ---- */

static struct meeting_item item_of(const struct meeting_item_read_row *r)
{
    return (struct meeting_item){.id = r->id,
                                 .meeting = r->meeting_id,
                                 .position = r->position,
                                 .agenda = r->agenda,
                                 .title = r->title,
                                 .about = r->about,
                                 .words = r->words,
                                 .thing = r->thing,
                                 .thing_id = r->thing_id.v,
                                 .outcome = r->outcome,
                                 .version = r->version};
}

static const struct meeting_person *person_of(const struct meeting_person *people, size_t n, struct meeting_person_id id)
{
    for (size_t i = 0; i < n; i++)
        if (people[i].id.v == id.v) return &people[i];
    return NULL;
}

/* Puts those who left beside their items: `rows` are sorted by item. */
static enum err fill_left(struct db *db, struct arena *a, struct meeting_id id, struct meeting_item *items, size_t nitems)
{
    struct meeting_left_of_row *rows = NULL;
    struct meeting_person *people = NULL;
    size_t n = 0, npeople = 0;
    TRY(meeting_left_of(db, a, id, &rows, &n));
    if (n == 0) return ERR_OK;
    TRY(meeting_people(db, a, id, &people, &npeople));
    for (size_t i = 0; i < nitems; i++) {
        struct meeting_person *left = ARENA_ARRAY(a, struct meeting_person, n);
        items[i].left = left;
        for (size_t k = 0; k < n; k++) {
            if (rows[k].item_id.v != items[i].id.v) continue;
            const struct meeting_person *p = person_of(people, npeople, rows[k].person_id);
            assert(p != NULL);
            left[items[i].nleft] = *p;
            left[items[i].nleft++].why_left = rows[k].reason;
        }
    }
    return ERR_OK;
}

enum err meeting_items(struct db *db, struct arena *a, struct meeting_id id, struct meeting_item **ret, size_t *ret_n)
{
    struct meeting_items_of_row *rows = NULL;
    size_t n = 0;
    TRY(meeting_items_of(db, a, id, &rows, &n));
    struct meeting_item *items = ARENA_ARRAY(a, struct meeting_item, n);
    for (size_t i = 0; i < n; i++)
        items[i] = (struct meeting_item){.id = rows[i].id,
                                         .meeting = rows[i].meeting_id,
                                         .position = rows[i].position,
                                         .agenda = rows[i].agenda,
                                         .title = rows[i].title,
                                         .about = rows[i].about,
                                         .words = rows[i].words,
                                         .thing = rows[i].thing,
                                         .thing_id = rows[i].thing_id.v,
                                         .outcome = rows[i].outcome,
                                         .version = rows[i].version};
    TRY(fill_left(db, a, id, items, n));
    *ret = items;
    *ret_n = n;
    return ERR_OK;
}

enum err meeting_item_get(struct db *db, struct arena *a, struct meeting_item_id id, struct meeting_item *ret)
{
    struct meeting_item_read_row row = {0};
    TRY(meeting_item_read(db, a, id, &row));
    struct meeting_item item = item_of(&row);
    TRY(fill_left(db, a, item.meeting, &item, 1));
    *ret = item;
    return ERR_OK;
}

enum err meeting_item_of(struct db *db, struct arena *a, const char *thing, int64_t thing_id, struct meeting_item *ret)
{
    struct meeting_item_waiting_row row = {0};
    TRY(meeting_item_waiting(db, a, str_of(thing), thing_id, &row));
    return meeting_item_get(db, a, row.id, ret);
}

bool meeting_item_is_plan(const struct meeting_item *i)
{
    return str_eq(i->thing, STR("plan_year")) || str_eq(i->thing, STR("finance_plan"));
}

bool meeting_item_is_decided(const struct meeting_item *i)
{
    if (str_is_none(i->thing)) return true;
    return meeting_item_is_plan(i) ? !str_is_none(i->outcome) : !str_is_none(i->words);
}

struct meeting_quorum meeting_quorum_of(const struct meeting_person *people, size_t n)
{
    struct meeting_quorum q = {0};
    for (size_t i = 0; i < n; i++) {
        if (!people[i].is_voter) continue;
        q.voters++;
        q.present += people[i].is_present;
    }
    q.needed = q.voters / 2 + 1;
    q.is_met = q.voters > 0 && q.present >= q.needed;
    return q;
}
