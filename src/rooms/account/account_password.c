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

/* ---- what everybody tries first ---- */

#define UNIT_MAX  8 /* bytes of what is typed again and again */
#define RUN_MIN   3 /* keys side by side */
#define ADDED_MAX 6 /* digits and signs before and behind a word: a year, "123!" */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "aaaaaaaaaa", "abcabcabcabc". */
static bool is_repeated(struct str s)
{
    for (size_t unit = 1; unit <= UNIT_MAX && unit * 2 <= s.n; unit++) {
        size_t i = unit;
        while (i < s.n && s.p[i] == s.p[i - unit]) i++;
        if (i == s.n) return true;
    }
    return false;
}

/* How many letters from `at` on lie side by side in a row of keys, to the right (1) or to the left (-1). */
static size_t run_in(struct str row, struct str s, size_t at, int step)
{
    ptrdiff_t k = str_find_char(row, lower(s.p[at]));
    size_t n = 0;
    while (k >= 0 && k < (ptrdiff_t)row.n && at + n < s.n && lower(s.p[at + n]) == row.p[k]) {
        n++;
        k += step;
    }
    return n;
}

/* Nothing but keys side by side: "qwertyuiop", "asdf7890", "abcdefghij". */
static bool is_runs(struct str s)
{
    static const char *const rows[] = {"1234567890", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"};
    for (size_t i = 0, longest; i < s.n; i += longest) {
        longest = 0;
        for (size_t r = 0; r < 2 * sizeof rows / sizeof rows[0]; r++) {
            size_t n = run_in(str_of(rows[r / 2]), s, i, r % 2 == 0 ? 1 : -1);
            if (n > longest) longest = n;
        }
        if (longest < RUN_MIN) return false;
    }
    return true;
}

/* The letter itself, or what is typed for it: p@ssw0rd. */
static bool is_typed_for(char c, char letter)
{
    static const char signs[] = "0o1i1l3e4a@a5s$s7t!i";
    if (lower(c) == lower(letter)) return true;
    for (size_t i = 0; signs[i] != '\0'; i += 2)
        if (signs[i] == c && signs[i + 1] == letter) return true;
    return false;
}

static bool is_added(char c)
{
    return (unsigned char)c < 0x80 && !(lower(c) >= 'a' && lower(c) <= 'z');
}

static bool is_all_added(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_added(s.p[i])) return false;
    return s.n <= ADDED_MAX;
}

/* The word with a year, a number, a sign before or behind it. */
static bool is_word_with_more(struct str s, struct str word)
{
    if (word.n == 0 || s.n < word.n || s.n > word.n + ADDED_MAX) return false;
    for (size_t at = 0; at + word.n <= s.n; at++) {
        size_t i = 0;
        while (i < word.n && is_typed_for(s.p[at + i], word.p[i])) i++;
        if (i == word.n && is_all_added(str_first(s, at)) && is_all_added(str_from(s, at + i))) return true;
    }
    return false;
}

static bool is_common(struct arena *a, struct str login, struct str password)
{
    struct reference r = reference_open(a, "common_passwords.tsv"), words = reference_open(a, "common_words.tsv");
    bool is_found = is_repeated(password) || is_runs(password) || is_word_with_more(password, login);
    while (reference_next(&r))
        if (str_eq_nocase(reference_text(&r, "password"), password)) is_found = true;
    while (reference_next(&words))
        if (is_word_with_more(password, reference_text(&words, "word"))) is_found = true;
    return is_found;
}

enum account_password_fault account_password_fault(struct arena *a, struct str login, struct str password)
{
    size_t n = letters_of(password);
    if (n < ACCOUNT_PASSWORD_MIN) return ACCOUNT_PASSWORD_SHORT;
    if (n > ACCOUNT_PASSWORD_MAX) return ACCOUNT_PASSWORD_LONG;
    if (str_eq_nocase(login, password)) return ACCOUNT_PASSWORD_LOGIN;
    return is_common(a, login, password) ? ACCOUNT_PASSWORD_COMMON : ACCOUNT_PASSWORD_GOOD;
}
