/* account_login.c — tries to log in: counted, slowed down, never locked out; the ticket of the second
 * step; codes of a telephone. See account_inside.h.
 *
 * Three counters: login and address together, the login, the address. Each failure doubles the wait, up
 * to a quarter of an hour, and each quarter of an hour without one halves the count. An address from
 * which a person logged in lately is not slowed down by what others try with their login. */
#include <assert.h>
#include <liboath/oath.h>

#include "base/clock.h"
#include "base/rand.h"
#include "base/thai.h"
#include "rooms/account/account_inside.h"
#include "rooms/account_sql.h"

#define WAIT_MOST_S   900
#define FADE_MS       (15 * ACCOUNT_MINUTE_MS)
#define FREE_PAIR     1  /* one slip of the keys costs nothing */
#define FREE_LOGIN    10
#define FREE_REMOTE   30 /* an office behind one address */
#define FREE_VISITORS 200 /* a hall where a village registers */
#define KNOWN_MS      (90 * ACCOUNT_DAY_MS)
#define TICKET_MS     (5 * ACCOUNT_MINUTE_MS)
#define TICKET_TRIES  5
#define TICKET_LETTERS 32
#define TOTP_STEP_S   30
#define TOTP_BYTES    20
#define TOTP_DIGITS   6

/* ---- throttling ---- */

struct counter {
    struct str key;
    int64_t free;
    bool is_off; /* not waited for, only counted */
};

static struct str counter_key(struct arena *a, const char *kind, struct str one, struct str two)
{
    return account_secret_hash(a, str_printf(a, "%s\n%.*s\n%.*s", kind, STR_FMT(one), STR_FMT(two)));
}

static void counters_of(struct arena *a, struct str login, struct str remote, struct counter out[3])
{
    out[0] = (struct counter){.key = counter_key(a, "pair", login, remote), .free = FREE_PAIR};
    /* Plain, so that erasing a person finds it. */
    out[1] = (struct counter){.key = account_secret_hash(a, login), .free = FREE_LOGIN};
    out[2] = (struct counter){.key = counter_key(a, "remote", remote, STR("")), .free = FREE_REMOTE};
}

struct count {
    int64_t failures, wait_ms;
};

static enum err count_read(struct db *db, struct arena *a, const struct counter *c, int64_t now, struct count *ret)
{
    struct account_throttle_get_row row = {0};
    enum err e = account_throttle_get(db, a, c->key, &row);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct count n = {.failures = row.failures};
    if (e == ERR_OK && row.until_at.v > now) n.wait_ms = row.until_at.v - now;
    int64_t quiet = e == ERR_OK && now > row.until_at.v ? (now - row.until_at.v) / FADE_MS : 0;
    n.failures = quiet > 30 ? 0 : n.failures >> quiet;
    *ret = n;
    return ERR_OK;
}

static int64_t wait_of(int64_t failures, int64_t spared)
{
    int64_t over = failures - spared;
    if (over <= 0) return 0;
    int64_t seconds = over > 10 ? WAIT_MOST_S : (int64_t)1 << (over - 1);
    return (seconds > WAIT_MOST_S ? WAIT_MOST_S : seconds) * 1000;
}

static enum err count_put(struct db *db, const struct counter *c, int64_t failures, int64_t now)
{
    if (failures <= 0) return account_throttle_forget(db, c->key, NULL);
    return account_throttle_put(db, c->key, failures, (struct instant){now + wait_of(failures, c->free)}, NULL);
}

static enum err is_known_address(struct db *db, struct arena *a, struct account_id id, struct str remote, int64_t now,
                                 bool *ret)
{
    struct account_was_here_row row = {0};
    enum err e = account_was_here(db, a, id, remote, (struct instant){now - KNOWN_MS}, &row);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = e == ERR_OK;
    return ERR_OK;
}

static enum err find_person(struct db *db, struct arena *a, struct account_try *t)
{
    struct account_get_row row = {0};
    struct account_id id = {0};
    enum err e = account_find_login(db, a, t->login, &id);
    if (e == ERR_OK) e = account_get(db, a, id, &row);
    if (e == ERR_NOT_FOUND) return ERR_OK;
    TRY(e);
    if (!str_eq(row.state, STR("open"))) return ERR_OK;
    t->id = id;
    t->hash = row.password_hash;
    t->totp_secret = row.totp_secret;
    return ERR_OK;
}

enum err account_try_begin(struct db *db, struct arena *a, struct str login, struct str remote, struct account_try *ret)
{
    struct counter counters[3];
    int64_t now = clock_now().v, wait = 0;
    struct account_try t = {.login = login, .remote = remote};
    if (account_login_clean(a, login, &t.login) != ERR_OK) t.login = str_cut(login, ACCOUNT_LOGIN_MAX);
    TRY(find_person(db, a, &t));
    counters_of(a, t.login, remote, counters);
    TRY(is_known_address(db, a, t.id, remote, now, &counters[1].is_off));
    for (size_t i = 0; i < 3; i++) {
        struct count n;
        TRY(count_read(db, a, &counters[i], now, &n));
        if (!counters[i].is_off && n.wait_ms > wait) wait = n.wait_ms;
    }
    t.wait_s = (wait + 999) / 1000;
    *ret = t;
    return wait > 0 ? ERR_LIMIT : ERR_OK;
}

enum err account_try_lost(struct db *db, struct arena *a, const struct account_try *t)
{
    struct counter counters[3];
    int64_t now = clock_now().v;
    counters_of(a, t->login, t->remote, counters);
    for (size_t i = 0; i < 3; i++) {
        struct count n;
        TRY(count_read(db, a, &counters[i], now, &n));
        TRY(count_put(db, &counters[i], n.failures + 1, now));
    }
    return account_throttle_sweep(db, (struct instant){now - ACCOUNT_DAY_MS}, NULL);
}

/* The address keeps its count: an own account does not wash it clean. */
enum err account_try_won(struct db *db, struct arena *a, const struct account_try *t)
{
    struct counter counters[3];
    counters_of(a, t->login, t->remote, counters);
    TRY(account_throttle_forget(db, counters[0].key, NULL));
    return account_throttle_forget(db, counters[1].key, NULL);
}

enum err account_slow_down(struct db *db, struct arena *a, const char *what, struct str remote, int64_t *ret_wait_s)
{
    struct counter c = {.key = counter_key(a, what, remote, STR("")), .free = FREE_VISITORS};
    struct count n;
    int64_t now = clock_now().v;
    TRY(count_read(db, a, &c, now, &n));
    *ret_wait_s = (n.wait_ms + 999) / 1000;
    return n.wait_ms > 0 ? ERR_LIMIT : count_put(db, &c, n.failures + 1, now);
}

/* ---- the ticket of the second step ---- */

enum err account_ticket_add(struct db *db, struct arena *a, struct account_id id, struct str *ret_ticket)
{
    struct account_code_insert_row row = {0};
    struct str secret = rand_slug(a, TICKET_LETTERS);
    int64_t now = clock_now().v;
    struct account_code_insert_args args = {.account_id = id,
                                            .kind = STR("second"),
                                            .secret_hash = account_secret_hash(a, secret),
                                            .made_by = id,
                                            .created_at = {now},
                                            .expires_at = {now + TICKET_MS}};
    /* One at a time: who knows the password cannot lay up tickets, and tries, for later. */
    TRY(account_codes_drop(db, id, args.kind, args.group_id, args.created_at, NULL));
    TRY(account_code_insert(db, a, &args, &row));
    *ret_ticket = str_printf(a, "%lld.%.*s", (long long)row.id.v, STR_FMT(secret));
    return ERR_OK;
}

enum err account_ticket_try(struct db *db, struct arena *a, struct str ticket, struct account_code_id *ret_id,
                            struct account_id *ret_account)
{
    struct account_code_get_row row = {0};
    struct str number, secret = ticket;
    struct account_code_id id = {0};
    if (!str_split(&secret, '.', &number) || str_to_int(number, &id.v) != ERR_OK) return ERR_NOT_FOUND;
    TRY(account_code_get(db, a, id, &row));
    bool is_good = str_eq(row.kind, STR("second")) && !row.used_at.has && row.tries < TICKET_TRIES &&
                   row.expires_at.v > clock_now().v && str_eq(row.secret_hash, account_secret_hash(a, secret));
    if (!is_good) return ERR_NOT_FOUND;
    TRY(account_code_tried(db, id, NULL));
    *ret_id = id;
    *ret_account = row.account_id;
    return ERR_OK;
}

/* ---- codes of a telephone ---- */

/* "JBSW Y3DP …" to bytes; false: not base32. */
static bool secret_bytes(struct arena *a, struct str secret, struct str *ret)
{
    size_t n = 0, bits = 0;
    uint32_t held = 0;
    char *p = ARENA_ARRAY(a, char, secret.n + 1);
    for (size_t i = 0; i < secret.n; i++) {
        char c = secret.p[i];
        int v = c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
        if (v < 0) return false;
        held = held << 5 | (uint32_t)v;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        p[n++] = (char)(held >> bits & 0xff);
    }
    *ret = (struct str){p, n};
    return n >= 10;
}

/* The step whose code it is, one early or late; -1: none. */
static int64_t step_of(struct arena *a, struct str secret, struct str code)
{
    struct str key;
    char otp[TOTP_DIGITS + 1] = "";
    int64_t now = clock_now().v / 1000 / TOTP_STEP_S, found = -1;
    if (code.n != TOTP_DIGITS || !secret_bytes(a, secret, &key)) return -1;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        int rc = oath_hotp_generate(key.p, key.n, (uint64_t)step, TOTP_DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, otp);
        if (rc == OATH_OK && memcmp(otp, code.p, TOTP_DIGITS) == 0) found = step;
    }
    return found;
}

static struct str code_digits(struct arena *a, struct str typed)
{
    struct str s = thai_digits_to_ascii(a, typed);
    char *p = ARENA_ARRAY(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '-') p[n++] = s.p[i];
    return (struct str){p, n};
}

enum err account_totp_check(struct db *db, struct arena *a, struct account_id id, struct str code)
{
    struct account_get_row row = {0};
    int64_t changed = 0;
    TRY(account_get(db, a, id, &row));
    if (str_is_none(row.totp_secret)) return ERR_INPUT;
    int64_t step = step_of(a, row.totp_secret, code_digits(a, code));
    if (step < 0) return ERR_INPUT;
    TRY(account_set_totp_step(db, id, step, &changed));
    return changed == 1 ? ERR_OK : ERR_INPUT;
}

struct str account_totp_new(struct arena *a)
{
    /* The letters of rand_slug are those of base32: 32 of them are 160 bits, as RFC 4226 asks. */
    struct str s = rand_slug(a, TOTP_BYTES * 8 / 5);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a') ((char *)s.p)[i] = (char)(s.p[i] - 'a' + 'A');
    return s;
}

static enum err totp_audit(struct db *db, struct arena *a, const struct actor *by, struct account_id id, bool is_on)
{
    struct audit_change change = {"totp", is_on ? STR("off") : STR("on"), is_on ? STR("on") : STR("off")};
    return account_audit(db, a, by, "change", "account", id.v, (struct account_id){0}, &change, 1);
}

enum err account_totp_set(struct db *db, struct arena *a, const struct actor *by, struct account_id id,
                          struct str secret, struct str code)
{
    int64_t step = step_of(a, secret, code_digits(a, code));
    if (step < 0) return ERR_INPUT;
    TRY(account_set_totp(db, id, secret, (struct opt_count){true, step}, NULL));
    return totp_audit(db, a, by, id, true);
}

enum err account_totp_off(struct db *db, struct arena *a, const struct actor *by, struct account_id id)
{
    TRY(account_set_totp(db, id, STR_NONE, (struct opt_count){0}, NULL));
    return totp_audit(db, a, by, id, false);
}

enum err account_totp_lost(struct db *db, struct arena *a, const struct actor *by, struct account_id id, bool *ret_was_on)
{
    struct account_get_row row = {0};
    TRY(account_get(db, a, id, &row));
    *ret_was_on = !str_is_none(row.totp_secret);
    return *ret_was_on ? account_totp_off(db, a, by, id) : ERR_OK;
}
