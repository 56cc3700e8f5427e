/* account_password.c — what may be a password; see account.h. */
#include "app/reference.h"
#include "base/thai.h"
#include "rooms/account/account.h"

/* Letters as people count them: a vowel sign of its own is one more key, so it counts. */
static size_t letters_of(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static bool is_one_letter(struct str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] != s.p[0]) return false;
    return true;
}

static bool is_common(struct arena *a, struct str password)
{
    struct reference r = reference_open(a, "common_passwords.tsv");
    bool is_found = is_one_letter(password);
    while (reference_next(&r))
        if (str_eq_nocase(reference_text(&r, "password"), password)) is_found = true;
    return is_found;
}

enum account_password_fault account_password_fault(struct arena *a, struct str login, struct str password)
{
    size_t n = letters_of(password);
    if (n < ACCOUNT_PASSWORD_MIN) return ACCOUNT_PASSWORD_SHORT;
    if (n > ACCOUNT_PASSWORD_MAX) return ACCOUNT_PASSWORD_LONG;
    if (str_eq_nocase(login, password)) return ACCOUNT_PASSWORD_LOGIN;
    return is_common(a, password) ? ACCOUNT_PASSWORD_COMMON : ACCOUNT_PASSWORD_GOOD;
}
