/* meeting_sign.c — the approval step: by the chair's log-in, or by the signed paper that one person entered
 * and another saw. In force, it tells event meeting_signed; who listens may still refuse, and then nothing
 * of the signing stays. */
#include <assert.h>

#include "app/audit.h"
#include "app/events.h"
#include "base/sha.h"
#include "rooms/ledger/ledger.h"
#include "rooms/meeting/meeting_inside.h"

#define SIGNS_MAX 50
#define MARK_BYTES 12

enum err meeting_refuse(struct meeting_refusal *why, enum msg message, struct str arg1, struct str arg2, struct str arg3)
{
    *why = (struct meeting_refusal){.is_said = true, .why = message, .args = {arg1, arg2, arg3}, .nargs = msg_args(message)};
    assert(why->nargs <= MEETING_WHY_ARGS);
    for (size_t i = 0; i < why->nargs; i++)
        if (str_is_none(why->args[i])) why->args[i] = STR("");
    return ERR_REFUSED;
}

struct str meeting_refusal_text(struct arena *a, enum lang lang, const struct meeting_refusal *why)
{
    assert(why->is_said);
    return msg_format(a, lang, why->why, why->args, why->nargs);
}

struct signing {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    struct meeting_refusal *why;
    struct meeting_sign_id sign;
    struct meeting_sign_insert_args row;
    struct fund_id fund;
};

static enum err refuse(struct signing *s, enum msg message)
{
    return meeting_refuse(s->why, message, STR_NONE, STR_NONE, STR_NONE);
}

static enum err check_decided(struct signing *s, struct meeting_id id)
{
    struct meeting_item *items = NULL;
    size_t n = 0;
    TRY(meeting_items(s->db, s->arena, id, &items, &n));
    for (size_t i = 0; i < n; i++)
        if (!meeting_item_is_decided(&items[i]))
            return meeting_refuse(s->why, MSG_meeting_undecided, items[i].title, STR_NONE, STR_NONE);
    return ERR_OK;
}

/* ---- what was looked over ---- */

static void mark_add(struct sha256_state *hash, struct str s)
{
    sha256_add(hash, str_is_none(s) ? STR("-") : s);
    sha256_add(hash, STR("\x1f")); /* no text holds it: two fields cannot be read as one */
}

struct str meeting_mark(struct arena *a, const struct meeting *m, const struct meeting_item *items, size_t nitems,
                        const struct meeting_person *people, size_t npeople)
{
    struct sha256_state *hash = sha256_begin(a);
    struct buf b = buf_in(a, 2 * MARK_BYTES + 1);
    mark_add(hash, meeting_int_text(a, m->id.v));
    mark_add(hash, meeting_int_text(a, m->version));
    for (size_t i = 0; i < nitems; i++) {
        mark_add(hash, meeting_int_text(a, items[i].id.v));
        mark_add(hash, items[i].title);
        mark_add(hash, items[i].about);
        mark_add(hash, items[i].words);
        mark_add(hash, items[i].outcome);
        mark_add(hash, meeting_int_text(a, (int64_t)items[i].nleft));
        for (size_t k = 0; k < items[i].nleft; k++) {
            mark_add(hash, items[i].left[k].name);
            mark_add(hash, items[i].left[k].why_left);
        }
    }
    for (size_t i = 0; i < npeople; i++) {
        mark_add(hash, people[i].name);
        mark_add(hash, people[i].is_present ? STR("1") : STR("0"));
        mark_add(hash, people[i].is_voter ? STR("1") : STR("0"));
    }
    struct sha256 sum = sha256_end(hash);
    buf_hex(&b, sum.b, MARK_BYTES);
    return buf_str(&b);
}

/* Of the meeting as it stands; none for other things, which are not changed after they were written. */
static enum err mark_now(struct signing *s, struct str *ret)
{
    struct meeting m = {0};
    struct meeting_item *items = NULL;
    struct meeting_person *people = NULL;
    size_t nitems = 0, npeople = 0;
    *ret = STR_NONE;
    if (!str_eq(s->row.thing, STR("meeting"))) return ERR_OK;
    TRY(meeting_get(s->db, s->arena, (struct meeting_id){s->row.thing_id}, &m));
    TRY(meeting_items(s->db, s->arena, m.id, &items, &nitems));
    TRY(meeting_people(s->db, s->arena, m.id, &people, &npeople));
    *ret = meeting_mark(s->arena, &m, items, nitems, people, npeople);
    return ERR_OK;
}

/* What must be there before anybody signs. */
static enum err check_meeting(struct signing *s, struct date on)
{
    struct meeting m = {0};
    struct meeting_person *people = NULL;
    size_t n = 0;
    int64_t present = 0;
    TRY(meeting_get(s->db, s->arena, (struct meeting_id){s->row.thing_id}, &m));
    if (m.fund.v != s->fund.v) return ERR_NOT_FOUND;
    enum err open = meeting_keep_open(s->db, m.id);
    if (open == ERR_REFUSED) return refuse(s, m.state == MEETING_CANCELLED ? MSG_meeting_is_cancelled : MSG_meeting_is_signed);
    TRY(open);
    if (date_cmp(m.held_on, clock_today()) > 0) return refuse(s, MSG_meeting_not_yet);
    if (date_cmp(on, m.held_on) < 0) return refuse(s, MSG_meeting_sign_before);
    if (date_cmp(on, clock_today()) > 0) return refuse(s, MSG_meeting_sign_future);
    TRY(meeting_people(s->db, s->arena, m.id, &people, &n));
    for (size_t i = 0; i < n; i++) present += people[i].is_present;
    if (present == 0) return refuse(s, MSG_meeting_nobody);
    return check_decided(s, m.id);
}

static bool is_meeting(struct str thing)
{
    return str_eq(thing, STR("meeting"));
}

/* Once: a thing that is in force is not signed again. Who comes second waits here and then sees it. */
static enum err check(struct signing *s)
{
    struct meeting_lock_fund_row lock = {0};
    struct meeting_sign *signs = NULL;
    size_t n = 0;
    TRY(ledger_queue(s->db, s->arena, s->fund)); /* what is signed may promise money */
    TRY(meeting_lock_fund(s->db, s->arena, s->fund, &lock));
    if (is_meeting(s->row.thing)) return check_meeting(s, s->row.signed_on);
    if (date_cmp(s->row.signed_on, clock_today()) > 0) return refuse(s, MSG_meeting_sign_future);
    TRY(meeting_sign_list(s->db, s->arena, str_z(s->arena, s->row.thing), s->row.thing_id, &signs, &n));
    for (size_t i = 0; i < n; i++)
        if (signs[i].is_in_force) return refuse(s, MSG_meeting_is_signed);
    return ERR_OK;
}

static enum err tell(struct signing *s)
{
    struct meeting_signed e = {.by = *s->by,
                               .thing = str_z(s->arena, s->row.thing),
                               .thing_id = s->row.thing_id,
                               .fund = s->fund,
                               .sign = s->sign,
                               .signed_on = s->row.signed_on,
                               .why = s->why};
    int64_t changed = 0;
    if (is_meeting(s->row.thing)) {
        TRY(meeting_set_signed(s->db, (struct meeting_id){s->row.thing_id}, s->sign, &changed));
        if (changed != 1) return refuse(s, MSG_meeting_is_signed);
    }
    struct audit_change change = {"how", STR_NONE, s->row.how};
    TRY(audit_write(s->db, s->arena, s->by, "sign", str_z(s->arena, s->row.thing), s->row.thing_id, &change, 1));
    return event_meeting_signed(s->db, s->arena, &e);
}

static enum err add_row(struct signing *s)
{
    struct meeting_sign_insert_row row = {0};
    s->row.fund_id = s->fund;
    s->row.entered_by = meeting_opt(s->by->account);
    s->row.grant_no = meeting_opt(s->by->grant);
    s->row.recorded_at = clock_now();
    TRY(meeting_sign_insert(s->db, s->arena, &s->row, &row));
    s->sign = row.id;
    return ERR_OK;
}

/* Refused means undone, and the transaction is still good. */
static enum err guarded(struct signing *s, enum err (*act)(struct signing *s))
{
    *s->why = (struct meeting_refusal){0};
    TRY(db_savepoint(s->db));
    enum err e = act(s);
    if (e == ERR_OK) e = db_release(s->db);
    if (e != ERR_OK) db_rollback_to(s->db);
    return e;
}

/* Who wrote a meeting down does not sign it: two persons, whatever roles they hold. The chair's own urgent decision is the
 * chair's alone. */
static enum err check_other(struct signing *s)
{
    bool has_written = false;
    if (!is_meeting(s->row.thing) || s->by->account == 0) return ERR_OK; /* 0: the machine */
    TRY(audit_acted(s->db, s->arena, str_z(s->arena, s->row.thing), s->row.thing_id, s->by->account, &has_written));
    return has_written ? refuse(s, MSG_meeting_own_decision) : ERR_OK;
}

static enum err act_login(struct signing *s)
{
    TRY(check(s));
    TRY(check_other(s));
    TRY(add_row(s));
    return tell(s);
}

enum err meeting_sign_login(struct db *db, struct arena *a, const struct actor *by, const char *thing, int64_t thing_id,
                            struct fund_id fund, struct date on, struct meeting_sign_id *ret,
                            struct meeting_refusal *ret_why)
{
    struct signing s = {.db = db, .arena = a, .by = by, .why = ret_why, .fund = fund};
    s.row = (struct meeting_sign_insert_args){
        .thing = str_of(thing), .thing_id = thing_id, .how = STR("login"), .signed_on = on};
    TRY(guarded(&s, act_login));
    *ret = s.sign;
    return ERR_OK;
}

static enum err act_paper(struct signing *s)
{
    TRY(meeting_text(s->arena, s->row.names, MEETING_TITLE_MAX, false, &s->row.names));
    if (str_is_none(s->row.names)) return err_note(ERR_INPUT, "a paper is signed by somebody");
    TRY(check(s));
    TRY(mark_now(s, &s->row.mark));
    TRY(add_row(s));
    struct audit_change change = {"signed_on", STR_NONE, STR_NONE};
    struct buf day = buf_in(s->arena, 16);
    buf_date_iso(&day, s->row.signed_on);
    change.after = buf_str(&day);
    return audit_write(s->db, s->arena, s->by, "paper", str_z(s->arena, s->row.thing), s->row.thing_id, &change, 1);
}

enum err meeting_sign_paper(struct db *db, struct arena *a, const struct actor *by, const char *thing, int64_t thing_id,
                            struct fund_id fund, struct date on, struct str names, struct meeting_sign_id *ret,
                            struct meeting_refusal *ret_why)
{
    struct signing s = {.db = db, .arena = a, .by = by, .why = ret_why, .fund = fund};
    s.row = (struct meeting_sign_insert_args){
        .thing = str_of(thing), .thing_id = thing_id, .how = STR("paper"), .names = names, .signed_on = on};
    TRY(guarded(&s, act_paper));
    *ret = s.sign;
    return ERR_OK;
}

enum err meeting_sign_scan(struct db *db, struct meeting_sign_id id, struct file_use_id use)
{
    return meeting_sign_file(db, id, use.v, NULL);
}

static enum err act_see(struct signing *s)
{
    struct meeting_sign_read_row row = {0};
    struct meeting_sign *signs = NULL;
    struct str mark = STR_NONE;
    size_t n = 0;
    int64_t changed = 0;
    TRY(meeting_sign_read(s->db, s->arena, s->sign, &row));
    s->fund = row.fund_id;
    s->row = (struct meeting_sign_insert_args){
        .thing = row.thing, .thing_id = row.thing_id, .how = row.how, .signed_on = row.signed_on};
    TRY(check(s));
    if (row.entered_by.has && row.entered_by.v == s->by->account) return refuse(s, MSG_meeting_own_paper);
    TRY(mark_now(s, &mark));
    if (!str_eq(mark, row.mark)) return refuse(s, MSG_meeting_paper_changed);
    TRY(meeting_sign_list(s->db, s->arena, str_z(s->arena, row.thing), row.thing_id, &signs, &n));
    if (n == 0 || signs[0].id.v != s->sign.v) return refuse(s, MSG_meeting_newer_paper);
    TRY(meeting_sign_seen(s->db, s->sign, s->by->account, clock_now(), &changed));
    if (changed != 1) return refuse(s, MSG_meeting_is_signed);
    return tell(s);
}

enum err meeting_sign_see(struct db *db, struct arena *a, const struct actor *by, struct meeting_sign_id id,
                          struct meeting_refusal *ret_why)
{
    struct signing s = {.db = db, .arena = a, .by = by, .why = ret_why, .sign = id};
    return guarded(&s, act_see);
}

enum err meeting_sign_list(struct db *db, struct arena *a, const char *thing, int64_t thing_id, struct meeting_sign **ret,
                           size_t *ret_n)
{
    struct meeting_signs_of_row *rows = NULL;
    size_t n = 0;
    TRY(meeting_signs_of(db, a, str_of(thing), thing_id, SIGNS_MAX, &rows, &n));
    struct meeting_sign *signs = ARENA_ARRAY(a, struct meeting_sign, n);
    for (size_t i = 0; i < n; i++)
        signs[i] = (struct meeting_sign){.id = rows[i].id,
                                         .thing = rows[i].thing,
                                         .thing_id = rows[i].thing_id,
                                         .how = rows[i].how,
                                         .names = rows[i].names,
                                         .signed_on = rows[i].signed_on,
                                         .file_use = rows[i].file_use_no.v,
                                         .entered_by = rows[i].entered_by.v,
                                         .seen_by = rows[i].seen_by.v,
                                         .seen_at = rows[i].seen_at,
                                         .recorded_at = rows[i].recorded_at,
                                         .is_in_force = str_eq(rows[i].how, STR("login")) || rows[i].seen_at.has};
    *ret = signs;
    *ret_n = n;
    return ERR_OK;
}
