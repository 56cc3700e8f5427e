/* help.c — see help.h: which topic belongs to a page or a role, and finding one by the words that people use. */
#include "app/help.h"

#include "base/thai.h"

#define TEXT_BYTES 32768 /* all words of a topic in one language */

const struct help_topic *help_of_page(struct str route_path)
{
    for (size_t i = 0; i < nhelp_pages; i++)
        if (str_eq(help_pages[i].path, route_path)) return &help_topics[help_pages[i].topic];
    return NULL;
}

const struct help_topic *help_guide(enum role role)
{
    for (size_t i = 0; i < nhelp_topics; i++)
        if (help_topics[i].group == HELP_GROUP_guide && (help_topics[i].roles >> role & 1) != 0) return &help_topics[i];
    return NULL;
}

const struct help_topic *help_topic_find(struct str code)
{
    for (size_t i = 0; i < nhelp_topics; i++)
        if (str_eq(help_topics[i].code, code)) return &help_topics[i];
    return NULL;
}

struct str help_span_words(struct arena *a, enum lang lang, const struct help_span *s)
{
    if (s->kind == HELP_LABEL && msg_args(s->label) == 1) return MSG_FORMAT(a, lang, s->label, s->words);
    if (s->kind == HELP_LABEL || s->kind == HELP_PATH) return msg_text(s->label, lang);
    if (s->kind == HELP_LINK) return help_topics[s->topic].in[lang].title;
    return s->words;
}

/* ---- finding ---- */

/* Do all of the words, apart by blanks, stand in the text? Both folded. */
static bool has_all(struct str text, struct str words)
{
    struct str piece;
    while (str_split(&words, ' ', &piece))
        if (str_find(text, piece) < 0) return false;
    return true;
}

/* Thai is written without blanks, so that a whole sentence may come in one piece: it finds the topic that has a word of it. */
static bool names_it(struct arena *a, struct str asked, struct str names)
{
    struct str name;
    while (str_split(&names, ',', &name)) {
        struct str folded = thai_fold(a, str_trim(name));
        if (folded.n > 0 && str_find(asked, folded) >= 0) return true;
    }
    return false;
}

static struct str whole_text(struct arena *a, enum lang lang, const struct help_text *t)
{
    struct buf b = buf_in(a, TEXT_BYTES);
    for (size_t i = 0; i < t->nblocks; i++) {
        for (size_t k = 0; k < t->blocks[i].nspans; k++)
            buf_put(&b, help_span_words(a, lang, &t->blocks[i].spans[k]));
        buf_putc(&b, ' ');
    }
    return thai_fold(a, buf_str(&b));
}

enum { FOUND_NOT, FOUND_IN_TEXT, FOUND_BY_NAME, FOUND_IN_TITLE, FOUND_LEVELS };
static int found_how(struct arena *a, enum lang lang, const struct help_text *t, struct str asked)
{
    struct str head = thai_fold(a, str_concat(a, (const struct str[]){t->title, STR(" "), t->words}, 3));
    if (has_all(head, asked)) return FOUND_IN_TITLE;
    if (names_it(a, asked, t->words)) return FOUND_BY_NAME;
    return has_all(whole_text(a, lang, t), asked) ? FOUND_IN_TEXT : FOUND_NOT;
}

size_t help_find(struct arena *a, enum lang lang, struct str words, const struct help_topic **ret)
{
    uint8_t *how = arena_alloc(a, nhelp_topics);
    struct str asked = thai_fold(a, words);
    size_t n = 0;
    if (str_is_empty(asked)) return 0;
    for (size_t i = 0; i < nhelp_topics; i++) {
        struct arena_mark before = arena_mark(a);
        how[i] = (uint8_t)found_how(a, lang, &help_topics[i].in[lang], asked);
        arena_release(a, before);
    }
    for (int level = FOUND_LEVELS - 1; level > FOUND_NOT; level--)
        for (size_t i = 0; i < nhelp_topics; i++)
            if (how[i] == level) ret[n++] = &help_topics[i];
    return n;
}
