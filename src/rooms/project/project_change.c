/* project_change.c — a running project changes: asked for with a reason, decided in a meeting, applied when that is
 * signed. What it touches is kept before and after, so that both can be shown and printed. */
#include "app/audit.h"
#include "base/clock.h"
#include "json/json_in.h"
#include "json/json_out.h"
#include "rooms/project/project_inside.h"
#include "rooms/project_sql.h"

#define CHANGES_MAX 100
#define JSON_BYTES  60000
#define WORDS_BYTES 20000

static const char *const kind_codes[PROJECT_CHANGE_KINDS] = {
    [PROJECT_EXTEND] = "extend",           [PROJECT_AMEND] = "amend",     [PROJECT_MOVE_MONEY] = "move_money",
    [PROJECT_RESPONSIBLE] = "responsible", [PROJECT_SUSPEND] = "suspend", [PROJECT_RESUME] = "resume",
    [PROJECT_STOP] = "stop",               [PROJECT_CLAW_BACK] = "claw_back"};

const char *project_change_code(enum project_change_kind k)
{
    return kind_codes[k];
}

bool project_change_may(enum project_change_kind k, enum project_state s, bool is_office)
{
    bool is_at_work = s == PROJECT_APPROVED || s == PROJECT_RUNNING;
    switch (k) {
    case PROJECT_EXTEND:
    case PROJECT_AMEND:
    case PROJECT_MOVE_MONEY:
    case PROJECT_RESPONSIBLE: return is_at_work || s == PROJECT_SUSPENDED;
    case PROJECT_SUSPEND: return is_office && is_at_work;
    case PROJECT_RESUME: return s == PROJECT_SUSPENDED;
    case PROJECT_STOP: return is_at_work || s == PROJECT_SUSPENDED;
    default: return is_office && s >= PROJECT_RUNNING;
    }
}

/* ---- reading ---- */

static enum project_change_kind kind_of(struct str code)
{
    for (int i = 0; i < PROJECT_CHANGE_KINDS; i++)
        if (str_eq(code, str_of(kind_codes[i]))) return (enum project_change_kind)i;
    return PROJECT_AMEND;
}

static struct str text_of(const struct json_value *v)
{
    return v != NULL && v->kind == JSON_IN_STR ? v->text : STR_NONE;
}

static enum err read_fields(struct arena *a, struct str before, struct str after, struct project_change *c)
{
    const struct json_value *was = NULL, *is = NULL;
    TRY(json_read_object(a, before, &was));
    TRY(json_read_object(a, after, &is));
    c->fields = ARENA_ARRAY(a, struct project_change_field, is->nitems);
    for (size_t i = 0; i < is->nitems; i++)
        c->fields[c->nfields++] = (struct project_change_field){
            is->items[i].name, text_of(json_member(was, str_z(a, is->items[i].name))), text_of(&is->items[i])};
    return ERR_OK;
}

static enum err change_of(struct arena *a, const struct project_change_get_row *r, struct project_change *ret)
{
    struct project_change c = {.id = r->id,
                               .project = r->project_id,
                               .kind = kind_of(r->kind),
                               .reason = r->reason,
                               .state = r->state,
                               .amount = r->amount_satang,
                               .due_on = r->due_on,
                               .account = r->account_no.has ? r->account_no.v : 0,
                               .at = r->recorded_at,
                               .version = r->version};
    TRY(read_fields(a, r->before_json, r->after_json, &c));
    *ret = c;
    return ERR_OK;
}

enum err project_change_find(struct db *db, struct arena *a, struct project_change_id id, struct project_change *ret)
{
    struct project_change_get_row r = {0};
    TRY(project_change_get(db, a, id, &r));
    return change_of(a, &r, ret);
}

enum err project_changes(struct db *db, struct arena *a, struct project_id id, struct project_change **ret, size_t *ret_n)
{
    struct project_changes_of_row *rows = NULL;
    size_t n = 0;
    TRY(project_changes_of(db, a, id, CHANGES_MAX, &rows, &n));
    struct project_change *all = ARENA_ARRAY(a, struct project_change, n);
    for (size_t i = 0; i < n; i++) {
        struct project_change_get_row r = {rows[i].id,           rows[i].project_id, rows[i].kind,
                                           rows[i].reason,       rows[i].before_json, rows[i].after_json,
                                           rows[i].amount_satang, rows[i].due_on,     rows[i].state,
                                           rows[i].account_no,   rows[i].recorded_at, rows[i].version};
        TRY(change_of(a, &r, &all[i]));
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

enum err project_due_back(struct db *db, struct arena *a, const struct project *p, struct satang *ret, struct opt_date *ret_on)
{
    struct project_back_until_row back = {0};
    struct project_money money = {0};
    *ret = satang(0);
    *ret_on = (struct opt_date){0};
    TRY(project_back_until(db, a, p->id, &back));
    if (!back.until_satang.has) return ERR_OK;
    TRY(project_money(db, a, p, &money));
    if (money.refunded.v < back.until_satang.v.v) *ret = satang_sub(back.until_satang.v, money.refunded);
    *ret_on = back.due_on;
    return ERR_OK;
}

/* What is still with the project, and not asked back yet. */
static enum err may_ask_back(struct db *db, struct arena *a, const struct project *p, struct satang *ret)
{
    struct project_money money = {0};
    struct satang due = {0};
    struct opt_date on = {0};
    TRY(project_money(db, a, p, &money));
    TRY(project_due_back(db, a, p, &due, &on));
    int64_t most = money.paid.v - money.refunded.v - due.v;
    *ret = satang(most < 0 ? 0 : most);
    return ERR_OK;
}

/* ---- asking ---- */

struct asking {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    const struct project_change_new *n;
    struct meeting_refusal *why;
    struct project p;
    struct project_whole w;
    struct buf was_text, is_text;
    struct json_out was, is;
    int touched;
    struct project_change_id id;
};

static enum err refuse(struct asking *x, enum msg m, struct str more)
{
    return meeting_refuse(x->why, m, x->p.title, more, STR_NONE);
}

static void put(struct asking *x, const char *name, struct str before, struct str after)
{
    if (str_eq(before, after) || (str_is_empty(before) && str_is_empty(after))) return;
    json_str(&x->was, name, str_is_empty(before) ? STR_NONE : before);
    json_str(&x->is, name, str_is_empty(after) ? STR_NONE : after);
    x->touched++;
}

static enum err ask_extend(struct asking *x)
{
    const struct project_change_new *n = x->n;
    if (!n->ends_on.has) return refuse(x, MSG_project_change_no_end, STR_NONE);
    if (x->p.starts_on.has && date_cmp(n->ends_on.v, x->p.starts_on.v) < 0) return refuse(x, MSG_project_change_end_early, STR_NONE);
    if (x->p.ends_on.has && date_cmp(n->ends_on.v, x->p.ends_on.v) <= 0) return refuse(x, MSG_project_change_not_later, STR_NONE);
    struct opt_date due = n->report_due.has ? n->report_due : x->p.report_due;
    if (n->report_due.has && date_cmp(due.v, n->ends_on.v) < 0) return refuse(x, MSG_project_decide_report, STR_NONE);
    if (due.has && date_cmp(due.v, n->ends_on.v) < 0) due.v = date_add_days(n->ends_on.v, 30);
    put(x, "ends_on", opt_date_iso_text(x->arena, x->p.ends_on), opt_date_iso_text(x->arena, n->ends_on));
    put(x, "report_due", opt_date_iso_text(x->arena, x->p.report_due), opt_date_iso_text(x->arena, due));
    return ERR_OK;
}

static enum err ask_amend(struct asking *x)
{
    const struct {
        const char *name;
        struct str before, after;
        size_t most;
    } all[] = {{"title", x->p.title, x->n->title, PROJECT_TITLE_MAX},
               {"place", x->p.place, x->n->place, PROJECT_TITLE_MAX},
               {"method", x->p.method, x->n->method, PROJECT_WORDS_MAX},
               {"expected", x->p.expected, x->n->expected, PROJECT_WORDS_MAX}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct str after = STR_NONE;
        TRY(project_text(x->arena, all[i].after, all[i].most, i < 2, &after));
        if (!str_is_none(after)) put(x, all[i].name, all[i].before, after);
    }
    return ERR_OK;
}

/* Between the lines of the budget: their sum stays what it was. */
static enum err ask_money(struct asking *x)
{
    struct satang sum = satang(0);
    if (x->w.nbudget < 2) return refuse(x, MSG_project_change_no_lines, STR_NONE);
    if (x->n->nlines != x->w.nbudget) return ERR_CONFLICT; /* seen with other lines */
    for (size_t i = 0; i < x->n->nlines; i++) {
        if (x->n->lines[i].v < 0) return err_note(ERR_INPUT, "a line below zero");
        sum = satang_add(sum, x->n->lines[i]);
        put(x, str_z(x->arena, str_printf(x->arena, "line_%zu", i + 1)),
            str_printf(x->arena, "%lld", (long long)x->w.budget[i].amount.v),
            str_printf(x->arena, "%lld", (long long)x->n->lines[i].v));
    }
    if (sum.v == x->w.budget_sum.v) return ERR_OK;
    return meeting_refuse(x->why, MSG_project_change_sum, project_sum_words(x->arena, sum),
                          project_sum_words(x->arena, x->w.budget_sum), STR_NONE);
}

static enum err ask_responsible(struct asking *x)
{
    const struct project_change_new *n = x->n;
    struct project_person was = {0}, is = {0};
    if (n->person < 1 || n->person > (int64_t)x->w.npeople + 1 || n->person > PROJECT_PEOPLE_MAX) return ERR_CONFLICT;
    if (n->person <= (int64_t)x->w.npeople) was = x->w.people[n->person - 1];
    TRY(project_text(x->arena, n->who.name, 200, true, &is.name));
    TRY(project_text(x->arena, n->who.duty, 200, true, &is.duty));
    TRY(project_text(x->arena, n->who.phone, 60, true, &is.phone));
    if (str_is_none(is.name)) return refuse(x, MSG_project_change_no_name, STR_NONE);
    put(x, str_z(x->arena, str_printf(x->arena, "person_%lld", (long long)n->person)), was.name, is.name);
    put(x, str_z(x->arena, str_printf(x->arena, "person_%lld_duty", (long long)n->person)), was.duty, is.duty);
    put(x, str_z(x->arena, str_printf(x->arena, "person_%lld_phone", (long long)n->person)), was.phone, is.phone);
    return ERR_OK;
}

static enum err ask_back(struct asking *x)
{
    struct satang most = {0};
    if (!x->n->amount.has || x->n->amount.v.v <= 0) return refuse(x, MSG_project_change_no_amount, STR_NONE);
    TRY(may_ask_back(x->db, x->arena, &x->p, &most));
    if (x->n->amount.v.v > most.v) return refuse(x, MSG_project_change_over_paid, project_sum_words(x->arena, most));
    put(x, "give_back", STR_NONE, str_printf(x->arena, "%lld", (long long)x->n->amount.v.v));
    put(x, "due_on", STR_NONE, opt_date_iso_text(x->arena, x->n->due_on));
    return ERR_OK;
}

static enum err ask_state(struct asking *x)
{
    enum project_state to = x->n->kind == PROJECT_SUSPEND ? PROJECT_SUSPENDED
                            : x->n->kind == PROJECT_STOP  ? PROJECT_STOPPED
                                                          : PROJECT_RUNNING;
    put(x, "state", str_of(project_state_code(x->p.state)), str_of(project_state_code(to)));
    return ERR_OK;
}

static enum err ask_kind(struct asking *x)
{
    switch (x->n->kind) {
    case PROJECT_EXTEND: return ask_extend(x);
    case PROJECT_AMEND: return ask_amend(x);
    case PROJECT_MOVE_MONEY: return ask_money(x);
    case PROJECT_RESPONSIBLE: return ask_responsible(x);
    case PROJECT_CLAW_BACK: return ask_back(x);
    default: return ask_state(x);
    }
}

static enum err insert_change(struct asking *x, struct str reason)
{
    struct project_change_add_row row = {0};
    struct project_change_add_args args = {.project_id = x->p.id,
                                           .kind = str_of(kind_codes[x->n->kind]),
                                           .reason = reason,
                                           .before_json = buf_str(&x->was_text),
                                           .after_json = buf_str(&x->is_text),
                                           .account_no = project_opt(x->by->account),
                                           .recorded_at = clock_now()};
    if (x->n->kind == PROJECT_CLAW_BACK) {
        args.amount_satang = x->n->amount;
        args.due_on = x->n->due_on;
    }
    TRY(project_change_add(x->db, x->arena, &args, &row));
    x->id = row.id;
    struct audit_change change = {"change", STR_NONE, args.kind};
    return audit_write(x->db, x->arena, x->by, "ask_change", "project", x->p.id.v, &change, 1);
}

static enum err ask_act(struct asking *x)
{
    struct str reason = STR_NONE;
    TRY(project_lock_get(x->db, x->arena, x->n->project, &x->p));
    TRY(project_read(x->db, x->arena, &x->p, &x->w));
    if (!project_change_may(x->n->kind, x->p.state, true)) return refuse(x, MSG_project_change_state, STR_NONE);
    TRY(project_text(x->arena, x->n->reason, PROJECT_WORDS_MAX, false, &reason));
    if (str_is_none(reason)) return refuse(x, MSG_project_change_reason, STR_NONE);
    x->was_text = buf_in(x->arena, JSON_BYTES);
    x->is_text = buf_in(x->arena, JSON_BYTES);
    x->was = json_begin(&x->was_text);
    x->is = json_begin(&x->is_text);
    json_object(&x->was, NULL);
    json_object(&x->is, NULL);
    TRY(ask_kind(x));
    json_object_end(&x->was);
    json_object_end(&x->is);
    json_end(&x->was);
    json_end(&x->is);
    if (x->touched == 0) return refuse(x, MSG_project_change_nothing, STR_NONE);
    return insert_change(x, reason);
}

enum err project_change_ask(struct db *db, struct arena *a, const struct actor *by, const struct project_change_new *n,
                            struct meeting_refusal *ret_why, struct project_change_id *ret)
{
    struct asking x = {.db = db, .arena = a, .by = by, .n = n, .why = ret_why};
    *ret_why = (struct meeting_refusal){0};
    TRY(db_savepoint(db));
    enum err e = ask_act(&x);
    if (e == ERR_OK) e = db_release(db);
    if (e != ERR_OK) {
        db_rollback_to(db);
        return e;
    }
    *ret = x.id;
    return ERR_OK;
}

static enum err set_state(struct db *db, struct arena *a, const struct actor *by, const struct project_change *c, struct str to)
{
    int64_t changed = 0;
    TRY(project_change_set(db, c->id, c->version, to, &changed));
    if (changed != 1) return ERR_CONFLICT;
    struct audit_change change = {"state", c->state, to};
    return audit_write(db, a, by, "change", "project_change", c->id.v, &change, 1);
}

enum err project_change_withdraw(struct db *db, struct arena *a, const struct actor *by, struct project_change_id id, int64_t version)
{
    struct project_change c = {0};
    struct project p = {0};
    struct meeting_item item = {0};
    TRY(project_change_find(db, a, id, &c));
    TRY(project_lock_get(db, a, c.project, &p));
    TRY(project_change_find(db, a, id, &c));
    if (c.version != version) return ERR_CONFLICT;
    if (!str_eq(c.state, STR("asked"))) return ERR_REFUSED;
    enum err e = meeting_item_of(db, a, "project_change", id.v, &item);
    if (e == ERR_OK) return ERR_REFUSED;
    if (e != ERR_NOT_FOUND) return e;
    return set_state(db, a, by, &c, STR("withdrawn"));
}

/* ---- applying ---- */

static struct opt_date day_of(struct str s)
{
    struct opt_date d = {0};
    if (!str_is_empty(s)) d.has = date_parse_iso(s, &d.v) == ERR_OK;
    return d;
}

static void apply_field(struct project *p, const struct project_change_field *f)
{
    struct str name = f->name;
    if (str_eq(name, STR("ends_on"))) p->ends_on = day_of(f->after);
    if (str_eq(name, STR("report_due"))) p->report_due = day_of(f->after);
    if (str_eq(name, STR("title"))) p->title = f->after;
    if (str_eq(name, STR("place"))) p->place = f->after;
    if (str_eq(name, STR("method"))) p->method = f->after;
    if (str_eq(name, STR("expected"))) p->expected = f->after;
}

/* What the field holds now, as ask_… wrote it down. False: a field that stands in nothing else (a sum to give back). */
static bool is_now(struct arena *a, const struct project_whole *w, struct str name, struct str *ret)
{
    const struct project *p = &w->p;
    const struct {
        const char *name;
        struct str value;
    } all[] = {{"ends_on", opt_date_iso_text(a, p->ends_on)}, {"report_due", opt_date_iso_text(a, p->report_due)}, {"title", p->title},
               {"place", p->place},                  {"method", p->method},                      {"expected", p->expected}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq(name, str_of(all[i].name))) return *ret = all[i].value, true;
    struct str rest = name, piece, number;
    int64_t at = 0;
    if (!str_split(&rest, '_', &piece) || !str_split(&rest, '_', &number) || str_to_int(number, &at) != ERR_OK || at < 1) return false;
    if (str_eq(piece, STR("line"))) {
        *ret = at > (int64_t)w->nbudget ? STR_NONE : str_printf(a, "%lld", (long long)w->budget[at - 1].amount.v);
        return true;
    }
    if (!str_eq(piece, STR("person"))) return false;
    const struct project_person none = {0}, *who = at > (int64_t)w->npeople ? &none : &w->people[at - 1];
    *ret = str_eq(rest, STR("duty")) ? who->duty : str_eq(rest, STR("phone")) ? who->phone : who->name;
    return true;
}

/* Asked for when things stood otherwise: another change came before, and this one would silently take it back. */
static enum err check_same(struct arena *a, const struct project_change *c, const struct project_whole *w, struct meeting_refusal *why)
{
    for (size_t i = 0; i < c->nfields; i++) {
        struct str now = STR_NONE, before = c->fields[i].before;
        if (!is_now(a, w, c->fields[i].name, &now)) continue;
        bool both_nothing = str_is_empty(now) && str_is_empty(before);
        if (!both_nothing && !str_eq(now, before)) return meeting_refuse(why, MSG_project_change_stale, w->p.title, STR_NONE, STR_NONE);
    }
    return ERR_OK;
}

/* A line keeps its quantity and times where the new sum can be divided by them. */
static enum err apply_lines(const struct project_change *c, struct project_whole *w)
{
    for (size_t i = 0; i < c->nfields; i++) {
        int64_t at = 0, sum = 0;
        struct str n = c->fields[i].name;
        if (!str_starts(n, STR("line_")) || str_to_int((struct str){n.p + 5, n.n - 5}, &at) != ERR_OK) continue;
        if (at < 1 || at > (int64_t)w->nbudget || str_to_int(c->fields[i].after, &sum) != ERR_OK) return ERR_CONFLICT;
        struct project_budget *b = &w->budget[at - 1];
        if (sum % (b->quantity * b->times) != 0) b->quantity = b->times = 1;
        b->price = satang(sum / (b->quantity * b->times));
        b->amount = satang(sum);
    }
    return ERR_OK;
}

static enum err apply_person(struct arena *a, const struct project_change *c, struct project_whole *w)
{
    struct project_person *people = ARENA_ARRAY(a, struct project_person, PROJECT_PEOPLE_MAX + 1);
    for (size_t i = 0; i < w->npeople; i++) people[i] = w->people[i];
    for (size_t i = 0; i < c->nfields; i++) {
        struct str rest = c->fields[i].name, piece, number;
        int64_t at = 0;
        if (!str_split(&rest, '_', &piece) || !str_split(&rest, '_', &number) || str_to_int(number, &at) != ERR_OK) continue;
        if (at < 1 || at > (int64_t)w->npeople + 1 || at > PROJECT_PEOPLE_MAX) return ERR_CONFLICT;
        if (at > (int64_t)w->npeople) w->npeople = (size_t)at;
        if (str_eq(rest, STR("duty"))) people[at - 1].duty = c->fields[i].after;
        else if (str_eq(rest, STR("phone"))) people[at - 1].phone = c->fields[i].after;
        else people[at - 1].name = c->fields[i].after;
    }
    w->people = people;
    return ERR_OK;
}

static enum err release_rest(struct db *db, struct arena *a, const struct actor *by, const struct project *p,
                             struct meeting_refusal *why)
{
    struct project_book_of_row at = {0};
    struct ledger_commitment c = {0};
    enum ledger_fault fault = LEDGER_FINE;
    if (id_is_none(p->commitment)) return ERR_OK;
    TRY(project_book_of(db, a, p->commitment, &at));
    TRY(ledger_commitment_find(db, a, at.book_id, at.project_code, &c));
    if (c.is_released) return ERR_OK;
    enum err e = ledger_release(db, a, by, c.id, c.version, clock_today(), &fault);
    return e == ERR_REFUSED ? project_refuse_ledger(a, why, fault, p->title) : e;
}

/* Where a resumed project goes on: as one that had begun, or that still waits for its money. */
static enum err resumed_state(struct db *db, struct arena *a, const struct project *p, enum project_state *ret)
{
    struct project_agreement g = {0};
    struct project_money money = {0};
    TRY(project_agreement_get(db, a, p->id, &g));
    TRY(project_money(db, a, p, &money));
    *ret = g.version > 0 || money.paid.v > 0 ? PROJECT_RUNNING : PROJECT_APPROVED;
    return ERR_OK;
}

static enum err apply_state(struct db *db, struct arena *a, const struct actor *by, const struct project_change *c,
                            struct project *now, struct meeting_refusal *why)
{
    if (c->kind == PROJECT_STOP) {
        TRY(release_rest(db, a, by, now, why));
        now->state = PROJECT_STOPPED;
        return ERR_OK;
    }
    if (c->kind != PROJECT_SUSPEND && c->kind != PROJECT_RESUME) return ERR_OK;
    bool is_suspended = c->kind == PROJECT_SUSPEND, waits = false;
    TRY(project_waits_for_paper(db, a, now, &waits));
    if (!id_is_none(now->commitment)) TRY(ledger_hold(db, a, by, now->commitment, is_suspended ? LEDGER_WAITS_SUSPENDED : waits ? LEDGER_WAITS_PAPER : LEDGER_WAITS_NOT));
    if (is_suspended) now->state = PROJECT_SUSPENDED;
    else TRY(resumed_state(db, a, now, &now->state));
    return ERR_OK;
}

/* Between asking and agreeing money may have come back, or another claw back was agreed. What has come back until now
 * is not of this one: it is settled by refunds from here on, after what was due before. */
static enum err apply_back(struct db *db, struct arena *a, const struct project_change *c, const struct project *p,
                           struct meeting_refusal *why)
{
    struct project_money money = {0};
    struct satang most = {0}, due = {0};
    struct opt_date on = {0};
    if (c->kind != PROJECT_CLAW_BACK || !c->amount.has) return ERR_OK;
    TRY(may_ask_back(db, a, p, &most));
    if (c->amount.v.v > most.v)
        return meeting_refuse(why, MSG_project_change_over_paid, p->title, project_sum_words(a, most), STR_NONE);
    TRY(project_money(db, a, p, &money));
    TRY(project_due_back(db, a, p, &due, &on));
    return project_change_until(db, c->id, satang_add(satang_add(money.refunded, due), c->amount.v), NULL);
}

static unsigned section_of(enum project_change_kind k)
{
    return k == PROJECT_MOVE_MONEY ? PROJECT_BUDGETS : k == PROJECT_RESPONSIBLE ? PROJECT_PEOPLE : 0u;
}

enum err project_change_apply(struct db *db, struct arena *a, const struct actor *by, struct project_change_id id,
                              bool is_agreed, struct date on, struct meeting_refusal *why)
{
    struct project_change c = {0};
    struct project was = {0};
    struct project_whole old = {0}, new = {0};
    TRY(project_change_find(db, a, id, &c));
    TRY(project_lock_get(db, a, c.project, &was));
    if (!str_eq(c.state, STR("asked"))) return meeting_refuse(why, MSG_project_change_over, was.title, STR_NONE, STR_NONE);
    TRY(set_state(db, a, by, &c, is_agreed ? STR("agreed") : STR("refused")));
    if (!is_agreed) return ERR_OK;
    if (!project_change_may(c.kind, was.state, true)) return meeting_refuse(why, MSG_project_change_state, was.title, STR_NONE, STR_NONE);
    TRY(project_read(db, a, &was, &old));
    TRY(project_read(db, a, &was, &new));
    TRY(check_same(a, &c, &old, why));
    for (size_t i = 0; i < c.nfields; i++) apply_field(&new.p, &c.fields[i]);
    TRY(apply_lines(&c, &new));
    if (c.kind == PROJECT_RESPONSIBLE) TRY(apply_person(a, &c, &new));
    TRY(apply_state(db, a, by, &c, &new.p, why));
    TRY(apply_back(db, a, &c, &was, why));
    if (section_of(c.kind) != 0) TRY(project_put_lists(db, a, by, &old, &new, section_of(c.kind)));
    return project_put(db, a, by, &was, &new.p, "change", on);
}
