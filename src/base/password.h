/* password.h — passwords as Argon2id (libsodium): slow on purpose, some 20 ms and 19 MiB each, so that a
 * stolen table is hard to guess from. At most two are reckoned at once: a crowd at the door waits
 * instead of taking the machine's memory. Never inside a write transaction. */
#ifndef SARN_BASE_PASSWORD_H
#define SARN_BASE_PASSWORD_H

#include "base/str.h"

/* "$argon2id$v=19$m=19456,t=2,p=1$…" in the arena. ERR_LIMIT: the memory was not to be had. */
enum err password_hash(struct arena *a, struct str password, struct str *ret);
/* A `hash` that is none takes as long and is false: nobody learns by the time whether a login exists. */
bool password_is(struct str hash, struct str password);
/* Was it made with weaker settings than today's? Then it is made anew when the password is at hand. */
bool password_hash_is_old(struct str hash);

#endif
