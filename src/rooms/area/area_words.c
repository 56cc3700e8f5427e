/* area_words.c — what people type when they look for a place. */
#include "app/reference.h"
#include "base/thai.h"
#include "rooms/area/area.h"

/* Without one of the words for kinds of places at its front; none: there is none. */
static struct str without_kind(struct arena *a, struct str words)
{
    struct arena_mark before = arena_mark(a);
    struct reference r = reference_open(a, "place_words.tsv");
    struct str bare = STR_NONE;
    while (str_is_none(bare) && reference_next(&r)) {
        struct str word = reference_text(&r, "word");
        if (str_starts(words, word)) bare = str_trim(str_from(words, word.n));
    }
    arena_release(a, before); /* what is bare is a piece of the words */
    return bare;
}

/* The first name of several, bare. */
static struct str first_name(struct arena *a, struct str words)
{
    struct str name = STR("");
    if (thai_clean_line(a, words, &name) != ERR_OK) return STR("");
    for (struct str bare = name; !str_is_none(bare); bare = without_kind(a, bare)) name = bare;
    ptrdiff_t blank = str_find_char(name, ' ');
    return blank < 0 ? name : str_first(name, (size_t)blank);
}

bool area_find_range(struct arena *a, struct str words, int nth, struct str *ret_low, struct str *ret_high)
{
    if (nth == 0) return thai_find_range(a, words, ret_low, ret_high);
    struct str name = first_name(a, words);
    bool is_new = nth == 1 && !str_eq(thai_fold(a, name), thai_fold(a, words));
    return is_new && thai_find_range(a, name, ret_low, ret_high);
}
