/* Whatever is typed as text: no crash, and the laws of thai.h hold. */
#include "base/thai.h"

#include <stdlib.h>
#include <utf8proc.h>

static void must(bool is_true)
{
    if (!is_true) abort();
}

/* The library's own NFC, of the whole text, against ours. */
static void check_is_nfc(struct str s)
{
    uint8_t *nfc = NULL;
    ssize_t n =
        utf8proc_map((const uint8_t *)s.p, (ssize_t)s.n, &nfc, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    must(n >= 0 && str_eq(s, (struct str){(const char *)nfc, (size_t)n}));
    free(nfc);
}

struct seen {
    struct str text;
    const char *last;
};

static void check_suffix(void *ctx, struct str suffix)
{
    struct seen *seen = ctx;
    must(suffix.n > 0 && suffix.p > seen->last && str_ends(seen->text, suffix));
    seen->last = suffix.p;
}

static void check_text(struct arena *a, struct str clean)
{
    struct str again, line, line_again;
    check_is_nfc(clean);
    must(thai_clean(a, clean, &again) == ERR_OK && str_eq(clean, again));
    must(thai_clean_line(a, clean, &line) == ERR_OK);
    must(thai_clean_line(a, line, &line_again) == ERR_OK && str_eq(line, line_again));
    must(str_find_char(line, '\n') < 0 && str_find_char(line, '\t') < 0);
    must(str_eq(str_trim(line), line));

    struct str fold = thai_fold(a, clean);
    must(str_eq(thai_fold(a, fold), fold));
    struct seen seen = {fold, NULL};
    thai_each_suffix(fold, check_suffix, &seen);

    must(str_eq(thai_sort_key(a, clean), thai_sort_key(a, line)));
    struct str ascii = thai_digits_to_ascii(a, clean);
    must(str_eq(thai_digits_to_ascii(a, ascii_digits_to_thai(a, clean)), ascii));
    must(thai_has_phone_or_citizen_id(clean) == thai_has_phone_or_citizen_id(ascii));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *a;
    if (size > 65536) return 0; /* the web refuses longer fields */
    if (a == NULL) a = arena_new((size_t)256 << 20);
    struct str in = {size == 0 ? "" : (const char *)data, size}, clean;
    /* Raw bytes first: these take what has not passed the door. */
    thai_has_phone_or_citizen_id(in);
    struct seen seen = {in, NULL};
    thai_each_suffix(in, check_suffix, &seen);
    thai_sort_key(a, in);
    thai_fold(a, in);
    if (thai_clean(a, in, &clean) == ERR_OK) check_text(a, clean);
    arena_reset(a);
    return 0;
}
