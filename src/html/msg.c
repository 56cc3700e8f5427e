/* msg.c — sentences out of the generated table. */
#include "html/msg.h"

#include <assert.h>

struct str msg_text(enum msg key, enum lang lang)
{
    assert((unsigned)key < MSG_COUNT && (lang == LANG_TH || lang == LANG_EN));
    return msg_table[key].text[lang];
}

size_t msg_args(enum msg key)
{
    assert((unsigned)key < MSG_COUNT);
    return msg_table[key].nargs;
}

/* The catalogue's compiler has proven that every brace is {digit} and that digits < nargs. */
struct str msg_format(struct arena *a, enum lang lang, enum msg key, const struct str *args,
                      size_t nargs)
{
    struct str text = msg_text(key, lang);
    assert(msg_table[key].nargs == nargs);
    size_t max = text.n;
    for (size_t i = 0; i + 2 < text.n; i++)
        if (text.p[i] == '{') max += args[text.p[i + 1] - '0'].n;
    struct buf b = buf_in(a, max);
    for (;;) {
        ptrdiff_t hole = str_find_char(text, '{');
        if (hole < 0) break;
        buf_put(&b, str_first(text, (size_t)hole));
        buf_put(&b, args[text.p[hole + 1] - '0']);
        text = str_from(text, (size_t)hole + 3);
    }
    buf_put(&b, text);
    return buf_str(&b);
}
