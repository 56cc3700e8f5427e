/* msg.h — every sentence of the interface, by key, in both languages.
 *
 * The catalogue is src/app/messages.tsv: key, Thai, English, one line each; {0} {1} … stand for
 * arguments. htmlc makes `enum msg` (MSG_<key>) and the table from it; a missing key, language or
 * a wrong number of arguments is a build error. In a template: {{ t "key" arg … }}.
 */
#ifndef SARN_HTML_MSG_H
#define SARN_HTML_MSG_H

#include "html/html.h"

#include "html/msg_keys.h" /* generated: enum msg, MSG_COUNT */

/* The raw text of a message, static. */
struct str msg_text(enum msg key, enum lang lang);
/* How many arguments it takes. */
size_t msg_args(enum msg key);
/* The text with its arguments put in (arena); arguments are plain text, escaping comes later. */
struct str msg_format(struct arena *a, enum lang lang, enum msg key, const struct str *args, size_t nargs);
#define MSG_FORMAT(a, lang, key, ...)                                                              \
    msg_format((a), (lang), (key), (const struct str[]){__VA_ARGS__},                              \
               sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

#endif
