/* audit.c — see audit.h. */
#include "app/audit.h"

#include <assert.h>
#include <sodium.h>

#include "app/app_sql.h"
#include "base/rand.h"

#define SEAL_EXTRA (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)

static bool is_changed(const struct audit_change *c)
{
    if (str_is_none(c->before) || str_is_none(c->after))
        return str_is_none(c->before) != str_is_none(c->after);
    return !str_eq(c->before, c->after);
}

/* ---- sealing ---- */

/* Base64 of nonce and box. Without a key nothing is kept: the person was erased. */
static struct str seal(struct arena *a, struct str key, struct str plain)
{
    if (str_is_none(plain) || str_is_none(key)) return STR_NONE;
    assert(key.n == crypto_secretbox_KEYBYTES);
    size_t n = plain.n + SEAL_EXTRA, room = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    uint8_t *box = arena_alloc(a, n);
    char *text = arena_alloc(a, room);
    rand_secret(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const uint8_t *)plain.p, plain.n, box, (const uint8_t *)key.p);
    sodium_bin2base64(text, room, box, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(text);
}

/* ERR_INPUT: not sealed under this key. */
static enum err unseal(struct arena *a, struct str key, struct str text, struct str *ret)
{
    uint8_t *box = arena_alloc(a, text.n + 1);
    size_t n = 0;
    if (key.n != crypto_secretbox_KEYBYTES ||
        sodium_base642bin(box, text.n, text.p, text.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n < SEAL_EXTRA)
        return ERR_INPUT;
    char *plain = arena_alloc(a, n - SEAL_EXTRA + 1);
    if (crypto_secretbox_open_easy((uint8_t *)plain, box + crypto_secretbox_NONCEBYTES, n - crypto_secretbox_NONCEBYTES,
                                   box, (const uint8_t *)key.p) != 0)
        return ERR_INPUT;
    *ret = (struct str){plain, n - SEAL_EXTRA};
    return ERR_OK;
}

/* ---- writing ---- */

static enum err write_head(struct db *db, struct arena *a, const struct actor *by, const char *action,
                           const char *thing, int64_t thing_id, struct audit_id *ret)
{
    struct app_audit_add_row row = {0};
    struct app_audit_add_args args = {.recorded_at = clock_now(),
                                      .actor = by->code,
                                      .action = str_of(action),
                                      .thing = str_of(thing),
                                      .thing_id = thing_id,
                                      .acting = by->acting,
                                      .account_no = {by->account != 0, by->account},
                                      .grant_no = {by->grant != 0, by->grant}};
    TRY(app_audit_add(db, a, &args, &row));
    *ret = row.id;
    return ERR_OK;
}

static enum err write_all(struct db *db, struct arena *a, const struct actor *by, const char *action,
                          const char *thing, int64_t thing_id, struct opt_count sealed_for,
                          const struct audit_change *changes, size_t n)
{
    struct audit_id id = {0};
    struct str key = STR_NONE;
    for (size_t i = 0; i < n; i++) {
        struct audit_change c = changes[i];
        if (!is_changed(&c)) continue;
        if (id_is_none(id)) {
            TRY(write_head(db, a, by, action, thing, thing_id, &id));
            if (sealed_for.has) TRY(guard_person_key(db, a, sealed_for.v, &key));
        }
        if (sealed_for.has) {
            c.before = seal(a, key, c.before);
            c.after = seal(a, key, c.after);
        }
        TRY(app_audit_add_field(db, id, str_of(c.field), c.before, c.after, sealed_for, NULL));
    }
    return ERR_OK;
}

enum err audit_write(struct db *db, struct arena *a, const struct actor *by, const char *action,
                     const char *thing, int64_t thing_id, const struct audit_change *changes,
                     size_t nchanges)
{
    return write_all(db, a, by, action, thing, thing_id, (struct opt_count){0}, changes, nchanges);
}

enum err audit_write_personal(struct db *db, struct arena *a, const struct actor *by, const char *action,
                              const char *thing, int64_t thing_id, int64_t person,
                              const struct audit_change *changes, size_t nchanges)
{
    return write_all(db, a, by, action, thing, thing_id, (struct opt_count){true, person}, changes, nchanges);
}

/* ---- reading ---- */

/* The key of the person last asked for: fields of one thing are mostly one person's. */
struct key_ring {
    struct db *db;
    struct arena *arena;
    int64_t person;
    struct str key;
};

static enum err open_field(struct key_ring *ring, const struct audit_row *row, struct audit_read_field *ret)
{
    *ret = (struct audit_read_field){row->field, row->before, row->after, false};
    if (!row->sealed_for.has) return ERR_OK;
    if (ring->person != row->sealed_for.v) {
        TRY(guard_person_key(ring->db, ring->arena, row->sealed_for.v, &ring->key));
        ring->person = row->sealed_for.v;
    }
    ret->is_gone = str_is_none(ring->key);
    ret->before = ret->after = STR_NONE;
    if (!str_is_none(row->before) && unseal(ring->arena, ring->key, row->before, &ret->before) != ERR_OK)
        ret->is_gone = true;
    if (!str_is_none(row->after) && unseal(ring->arena, ring->key, row->after, &ret->after) != ERR_OK)
        ret->is_gone = true;
    return ERR_OK;
}

static enum err fill_names(struct db *db, struct arena *a, struct audit_entry *entries, size_t n)
{
    int64_t *ids = ARENA_ARRAY(a, int64_t, n);
    size_t *at = ARENA_ARRAY(a, size_t, n), nids = 0;
    struct str *names = ARENA_ARRAY(a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        if (entries[i].account == 0) continue;
        for (at[i] = 0; at[i] < nids && ids[at[i]] != entries[i].account;)
            at[i]++;
        if (at[i] == nids) ids[nids++] = entries[i].account;
    }
    if (nids == 0) return ERR_OK;
    TRY(guard_names(db, a, ids, nids, names));
    for (size_t i = 0; i < n; i++)
        if (entries[i].account != 0) entries[i].name = names[at[i]];
    return ERR_OK;
}

enum err audit_gather(struct db *db, struct arena *a, const struct audit_row *rows, size_t nrows, struct audit_entry **ret,
                      size_t *ret_n)
{
    struct key_ring ring = {.db = db, .arena = a};
    size_t n = 0;
    struct audit_entry *entries = ARENA_ARRAY(a, struct audit_entry, nrows);
    struct audit_read_field *fields = ARENA_ARRAY(a, struct audit_read_field, nrows);
    for (size_t i = 0; i < nrows; i++) {
        const struct audit_row *r = &rows[i];
        if (n == 0 || entries[n - 1].id != r->id)
            entries[n++] = (struct audit_entry){.id = r->id,
                                                .at = r->at,
                                                .actor = r->actor,
                                                .account = r->account.has ? r->account.v : 0,
                                                .acting = r->acting,
                                                .action = r->action,
                                                .fields = &fields[i],
                                                .row = i};
        TRY(open_field(&ring, r, &fields[i]));
        entries[n - 1].nfields++;
    }
    TRY(fill_names(db, a, entries, n));
    *ret = entries;
    *ret_n = n;
    return ERR_OK;
}

enum err audit_list(struct db *db, struct arena *a, const char *thing, int64_t thing_id, int64_t before,
                    int64_t most, struct audit_entry **ret, size_t *ret_n)
{
    struct app_audit_list_row *rows = NULL;
    size_t n = 0;
    TRY(app_audit_list(db, a, str_of(thing), thing_id, (struct audit_id){before}, most, &rows, &n));
    struct audit_row *all = ARENA_ARRAY(a, struct audit_row, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct audit_row){rows[i].id.v,  rows[i].recorded_at, rows[i].actor, rows[i].action,     rows[i].acting,
                                    rows[i].field, rows[i].before,      rows[i].after, rows[i].account_no, rows[i].sealed_for};
    return audit_gather(db, a, all, n, ret, ret_n);
}

enum err audit_acted(struct db *db, struct arena *a, const char *thing, int64_t thing_id, int64_t account, bool *ret)
{
    struct app_audit_acted_row row = {0};
    TRY(app_audit_acted(db, a, str_of(thing), thing_id, account, &row));
    *ret = row.n > 0;
    return ERR_OK;
}
