/* ledger_hold.c — what holds a promised sum back: instalments that wait for their evidence, projects that are
 * suspended, promises whose signed paper nobody else has seen; and what the books say of one project. */
#include "app/audit.h"
#include "app/events.h"
#include "rooms/ledger/ledger_inside.h"
#include "rooms/ledger_sql.h"

#include <assert.h>

struct holding {
    struct db *db;
    struct arena *arena;
    const struct actor *by;
    struct ledger_commitment_id id;
    enum ledger_fault *fault;
    const struct ledger_instalment_new *parts;
    size_t nparts;
};

/* ---- instalments ---- */

static enum err check_parts(const struct holding *h, const struct ledger_at *at, const struct ledger_get_commitment_row *c)
{
    int64_t sum = 0;
    if (c->is_released) return ledger_refuse(at, LEDGER_RELEASED);
    if (c->ninstalments > 0 || c->left_satang.v != c->amount_satang.v - c->paid_before_satang.v)
        return ledger_refuse(at, LEDGER_OVER_AMOUNT); /* cut already, or paid from as one sum */
    for (size_t i = 0; i < h->nparts; i++) {
        if (h->parts[i].amount.v <= 0) return ledger_refuse(at, LEDGER_OVER_AMOUNT);
        sum = satang_add(satang(sum), h->parts[i].amount).v;
    }
    return sum == c->left_satang.v ? ERR_OK : ledger_refuse(at, LEDGER_OVER_AMOUNT);
}

static enum err add_act(void *ctx)
{
    struct holding *h = ctx;
    struct ledger_at at = {0};
    struct ledger_get_commitment_row c = {0};
    struct instant now = clock_now();
    TRY(ledger_lock_commitment(h->db, h->arena, h->by, h->id, h->fault, &at, &c));
    TRY(check_parts(h, &at, &c));
    for (size_t i = 0; i < h->nparts; i++) {
        struct opt_instant shut = {h->parts[i].is_shut, now};
        TRY(ledger_add_instalment(h->db, h->id, (int64_t)i + 1, h->parts[i].amount, h->parts[i].due_on,
                                       shut, NULL));
    }
    struct audit_change change = {"instalments", STR("0"), str_printf(h->arena, "%zu", h->nparts)};
    return audit_write(h->db, h->arena, h->by, "cut", "ledger_commitment", h->id.v, &change, 1);
}

enum err ledger_instalments_add(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                                const struct ledger_instalment_new *v, size_t n, enum ledger_fault *ret_fault)
{
    struct holding h = {.db = db, .arena = a, .by = by, .id = id, .fault = ret_fault, .parts = v, .nparts = n};
    *ret_fault = LEDGER_FINE;
    return ledger_guarded(db, add_act, &h);
}

enum err ledger_instalment_open(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id,
                                int64_t position)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_at at = {0};
    struct ledger_get_commitment_row c = {0};
    struct ledger_get_instalment_row part = {0};
    int64_t changed = 0;
    TRY(ledger_lock_commitment(db, a, by, id, &fault, &at, &c));
    TRY(ledger_get_instalment(db, a, id, position, &part));
    TRY(ledger_open_instalment(db, id, position, &changed));
    if (changed == 0) return ERR_OK; /* open already */
    struct audit_change change = {"open_instalment", STR_NONE, str_printf(a, "%lld", (long long)position)};
    return audit_write(db, a, by, "open", "ledger_commitment", id.v, &change, 1);
}

enum err ledger_instalments(struct db *db, struct arena *a, struct ledger_commitment_id id,
                            struct ledger_instalment **ret, size_t *ret_n)
{
    struct ledger_instalment_list_row *rows = NULL;
    size_t n = 0;
    TRY(ledger_instalment_list(db, a, id, &rows, &n));
    struct ledger_instalment *all = ARENA_ARRAY(a, struct ledger_instalment, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct ledger_instalment){.position = rows[i].position,
                                            .amount = rows[i].amount_satang,
                                            .left = rows[i].left_satang,
                                            .is_shut = rows[i].shut_since.has,
                                            .due_on = rows[i].due_on};
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

/* ---- suspended ---- */

enum err ledger_hold(struct db *db, struct arena *a, const struct actor *by, struct ledger_commitment_id id, enum ledger_wait why)
{
    enum ledger_fault fault = LEDGER_FINE;
    struct ledger_at at = {0};
    struct ledger_get_commitment_row c = {0};
    struct str code = ledger_wait_code(why);
    assert(why == LEDGER_WAITS_NOT || why == LEDGER_WAITS_PAPER || why == LEDGER_WAITS_SUSPENDED);
    TRY(ledger_lock_commitment(db, a, by, id, &fault, &at, &c));
    if (str_eq(c.held_for, code)) return ERR_OK;
    TRY(ledger_set_held(db, id, code, NULL));
    struct audit_change change = {"held_for", c.held_for, code};
    return audit_write(db, a, by, why != LEDGER_WAITS_NOT ? "hold" : "let_go", "ledger_commitment", id.v, &change, 1);
}

/* ---- a corrected promise ---- */

/* Where in "…/2" the number of a correction begins; 0: it has none. */
static size_t number_at(struct str code, int64_t *ret)
{
    size_t i = code.n;
    while (i > 0 && code.p[i - 1] >= '0' && code.p[i - 1] <= '9') i--;
    if (i < 2 || i == code.n || code.p[i - 1] != '/') return 0;
    return str_to_int((struct str){code.p + i, code.n - i}, ret) == ERR_OK && *ret >= 2 ? i : 0;
}

/* Those behind `c` with numbers from `next` on, each younger than the one before. */
static enum err follow(struct db *db, struct arena *a, struct ledger_book_id book, struct str first, int64_t next,
                       struct ledger_get_commitment_row *c, struct str *ret)
{
    for (;; next++) {
        struct ledger_get_commitment_row then = {0};
        struct str code = str_printf(a, "%.*s/%lld", STR_FMT(first), (long long)next);
        enum err e = ledger_get_commitment(db, a, book, code, &then);
        if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_OK : e;
        if (!c->is_released || then.id.v < c->id.v || then.paid_before_satang.v == 0) return ERR_OK;
        *ret = code;
        *c = then;
    }
}

enum err ledger_successor(struct db *db, struct arena *a, struct ledger_book_id book, struct str project_code, struct str *ret)
{
    struct ledger_get_commitment_row c = {0};
    int64_t number = 1;
    *ret = STR_NONE;
    enum err e = ledger_get_commitment(db, a, book, project_code, &c);
    if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_OK : e;
    TRY(follow(db, a, book, project_code, 2, &c, ret));
    size_t at = number_at(project_code, &number);
    if (at == 0 || !str_is_none(*ret)) return ERR_OK;
    return follow(db, a, book, (struct str){project_code.p, at - 1}, number + 1, &c, ret);
}

bool ledger_code_says_other(struct str code, struct str support_type)
{
    struct str rest = code, piece, type = STR_NONE;
    int parts = 0;
    while (str_split(&rest, '-', &piece)) {
        if (parts == 2) type = piece;
        parts++;
    }
    return parts == 4 && type.n == 1 && type.p[0] >= '1' && type.p[0] <= '9' && !str_eq(type, support_type);
}

/* ---- a project by the books ---- */

enum err ledger_project_sums(struct db *db, struct arena *a, struct ledger_book_id book, struct str project_code,
                             struct ledger_project_sum *ret)
{
    struct ledger_sum_project_row sum = {0};
    struct ledger_get_commitment_row c = {0};
    TRY(ledger_sum_project(db, a, book, project_code, &sum));
    enum err e = ledger_get_commitment(db, a, book, project_code, &c);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = (struct ledger_project_sum){.paid = satang_add(sum.paid_satang, c.paid_before_satang),
                                       .refunded = sum.refunded_satang,
                                       .last_paid_on = sum.last_paid_on};
    return ERR_OK;
}

enum err ledger_tell_payment(const struct ledger_at *at, const struct ledger_get_commitment_row *c, struct date on,
                             int64_t instalment, struct satang amount, bool is_reversal)
{
    struct satang left = is_reversal ? satang_add(c->left_satang, c->is_released ? satang(0) : amount)
                                     : satang_sub(c->left_satang, amount);
    struct commitment_paid paid = {.by = *at->by,
                                   .fund = at->fund,
                                   .commitment = c->id,
                                   .project_code = c->project_code,
                                   .on_date = on,
                                   .instalment = instalment,
                                   .amount = amount,
                                   .left = left,
                                   .is_reversal = is_reversal};
    return event_commitment_paid(at->db, at->arena, &paid);
}
