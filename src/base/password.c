/* password.c — see password.h. */
#include "base/password.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

#include "base/rand.h"

/* The least that OWASP's sheet on password storage asks of Argon2id; measured: 13.5 ms. */
#define PASSWORD_OPS    2
#define PASSWORD_MEMORY ((size_t)19 << 20)
#define PASSWORD_PLACES 2

static pthread_mutex_t places_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t places_freed = PTHREAD_COND_INITIALIZER;
static int places_taken;

static void place_take(void)
{
    pthread_mutex_lock(&places_lock);
    while (places_taken == PASSWORD_PLACES)
        pthread_cond_wait(&places_freed, &places_lock);
    places_taken++;
    pthread_mutex_unlock(&places_lock);
}

static void place_give(void)
{
    pthread_mutex_lock(&places_lock);
    places_taken--;
    pthread_cond_signal(&places_freed);
    pthread_mutex_unlock(&places_lock);
}

static bool hash_into(char out[crypto_pwhash_STRBYTES], struct str password)
{
    unsigned char first;
    rand_secret(&first, 1); /* wakes libsodium */
    place_take();
    int rc = crypto_pwhash_str_alg(out, password.p, password.n, PASSWORD_OPS, PASSWORD_MEMORY,
                                   crypto_pwhash_ALG_ARGON2ID13);
    place_give();
    return rc == 0;
}

enum err password_hash(struct arena *a, struct str password, struct str *ret)
{
    char out[crypto_pwhash_STRBYTES];
    if (!hash_into(out, password)) return err_note(ERR_LIMIT, "no memory for a password");
    *ret = str_copy(a, str_of(out));
    return ERR_OK;
}

/* The hash of a password that nobody has, for logins that do not exist. */
static char nobody[crypto_pwhash_STRBYTES];
static void make_nobody(void)
{
    char secret[32];
    rand_secret(secret, sizeof secret);
    if (!hash_into(nobody, (struct str){secret, sizeof secret})) nobody[0] = '\0';
}

bool password_is(struct str hash, struct str password)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char kept[crypto_pwhash_STRBYTES] = "";
    pthread_once(&once, make_nobody);
    bool is_somebody = hash.n > 0 && hash.n < sizeof kept;
    if (is_somebody)
        memcpy(kept, hash.p, hash.n);
    else
        memcpy(kept, nobody, sizeof kept);
    place_take();
    bool is_it = crypto_pwhash_str_verify(kept, password.p, password.n) == 0;
    place_give();
    return is_it && is_somebody;
}

bool password_hash_is_old(struct str hash)
{
    char kept[crypto_pwhash_STRBYTES] = "";
    if (hash.n == 0 || hash.n >= sizeof kept) return true;
    memcpy(kept, hash.p, hash.n);
    return crypto_pwhash_str_needs_rehash(kept, PASSWORD_OPS, PASSWORD_MEMORY) != 0;
}
