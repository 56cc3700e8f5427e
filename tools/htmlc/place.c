/* place.c — where in the HTML we stand, byte by byte, and what of it is worth writing.
 *
 * The state is one plain struct: template.c copies it at {{ if }} and compares the ends of all ways.
 * White space that no reader can see is dropped here, comments too.
 */
#include <stdio.h>
#include <string.h>

#include "htmlc.h"

static const char *place_words(const struct place *pl)
{
    switch (pl->state) {
    case PLACE_TEXT: return "in text";
    case PLACE_LT:
    case PLACE_NAME:
    case PLACE_END_NAME: return "in a tag's name";
    case PLACE_TAG: return "between the attributes of a tag";
    case PLACE_ATTR_NAME: return "in an attribute's name";
    case PLACE_EQUALS: return "in an attribute without quotes";
    case PLACE_VALUE: return "in an attribute";
    case PLACE_SLASH: return "at the end of a tag";
    case PLACE_BANG:
    case PLACE_DOCTYPE: return "in the doctype";
    case PLACE_COMMENT: return "in a comment";
    }
    return "here";
}

bool place_keeps_blanks(const struct place *pl)
{
    return rule_is_open(pl, "pre") || rule_is_open(pl, "textarea");
}

static const char *innermost(const struct place *pl)
{
    return pl->nopen ? pl->open[pl->nopen - 1] : "";
}

/* White space that was held back is written unless a block's edge makes it invisible. */
static void write_blank(struct place *pl, bool next_is_block, struct text *out)
{
    if (pl->blank && pl->may_blank && !next_is_block) {
        text_put(out, &pl->blank, 1);
        pl->may_blank = false;
    }
    pl->blank = 0;
}

static void push_open(struct place *pl, const char *name, int line)
{
    if (pl->nopen == OPEN_MAX) fail("more than %d elements are open", OPEN_MAX);
    snprintf(pl->open[pl->nopen], NAME_MAX_, "%s", name);
    pl->open_line[pl->nopen++] = line;
}

static void name_char(struct place *pl, char c)
{
    if (pl->name_n + 1 >= NAME_MAX_) fail("a name is longer than %d letters", NAME_MAX_ - 1);
    pl->name[pl->name_n++] = c;
    pl->name[pl->name_n] = '\0';
}

static void name_start(struct place *pl)
{
    pl->name_n = 0;
    pl->name[0] = '\0';
}

/* ---- text ---- */

static void text_char(struct place *pl, char c, struct text *out)
{
    if (pl->at_textarea_start) {
        /* HTML drops one line break after <textarea>: ours, so that none of the value's is lost. */
        pl->at_textarea_start = false;
        if (c != '\n') text_put(out, "\n", 1);
    }
    if (c == '<') {
        pl->state = PLACE_LT;
        return;
    }
    if (strcmp(innermost(pl), "script") == 0) {
        if (!is_blank(c))
            fail("a script has its code in a file (Content-Security-Policy): <script "
                 "src=\"…\"></script>");
        return;
    }
    if (is_blank(c) && !place_keeps_blanks(pl)) {
        if (pl->blank != '\n') pl->blank = c == '\n' ? '\n' : ' ';
        return;
    }
    if (c == '>') fail("a bare > in text: write &gt;");
    write_blank(pl, false, out);
    text_put(out, &c, 1);
    pl->may_blank = true;
}

static void lt_char(struct place *pl, char c, struct text *out)
{
    (void)out;
    name_start(pl);
    if (strcmp(innermost(pl), "script") == 0 && c != '/')
        fail("only </script> may follow <script src=\"…\">");
    if (c == '/') {
        pl->state = PLACE_END_NAME;
    } else if (c == '!') {
        pl->state = PLACE_BANG;
    } else if (is_letter(c)) {
        pl->state = PLACE_NAME;
        name_char(pl, c);
    } else {
        fail("a bare < in text: write &lt;");
    }
}

/* ---- tags ---- */

static void start_tag_named(struct place *pl, struct text *out)
{
    snprintf(pl->tag, sizeof pl->tag, "%s", pl->name);
    pl->tag_line = where.line;
    pl->nattrs = 0;
    pl->seen = 0;
    write_blank(pl, rule_is_block(pl, pl->tag), out);
    text_printf(out, "<%s", pl->tag);
    pl->state = PLACE_TAG;
    pl->needs_space = true;
    pl->may_space = false;
}

static void start_tag_done(struct place *pl, bool is_self_closed, struct text *out)
{
    rule_start_tag(pl, is_self_closed);
    bool is_block = rule_is_block(pl, pl->tag);
    text_putz(out, is_self_closed && !rule_is_void(pl->tag) ? "/>" : ">");
    if (!is_self_closed && !rule_is_void(pl->tag)) push_open(pl, pl->tag, pl->tag_line);
    pl->state = PLACE_TEXT;
    pl->blank = 0;
    pl->may_blank = !is_block && strcmp(pl->tag, "br") != 0;
    pl->at_textarea_start = strcmp(pl->tag, "textarea") == 0;
}

static void end_tag_done(struct place *pl, struct text *out)
{
    if (rule_is_void(pl->name)) fail("</%s>: this element is never closed", pl->name);
    if (pl->nopen == 0) fail("</%s> closes nothing", pl->name);
    if (strcmp(innermost(pl), pl->name) != 0)
        fail("</%s> while <%s> of line %d is open", pl->name, innermost(pl),
             pl->open_line[pl->nopen - 1]);
    bool is_block = rule_is_block(pl, pl->name);
    write_blank(pl, is_block, out);
    pl->nopen--;
    text_printf(out, "</%s>", pl->name);
    pl->state = PLACE_TEXT;
    pl->may_blank = !is_block;
}

static void end_name_char(struct place *pl, char c, struct text *out)
{
    if (c == '>')
        end_tag_done(pl, out);
    else if (is_word(c) || c == '-' || c == ':')
        name_char(pl, c);
    else
        fail("</%s is not closed by >", pl->name);
}

static void tag_char(struct place *pl, char c, struct text *out)
{
    if (is_blank(c)) {
        pl->may_space = true;
    } else if (c == '>') {
        start_tag_done(pl, false, out);
    } else if (c == '/') {
        pl->state = PLACE_SLASH;
    } else if (is_letter(c) || c == '_') {
        if (pl->needs_space && !pl->may_space)
            fail("a blank is missing before an attribute of <%s>", pl->tag);
        if (pl->may_space) text_put(out, " ", 1);
        pl->may_space = false;
        name_start(pl);
        name_char(pl, c);
        pl->state = PLACE_ATTR_NAME;
    } else {
        fail("`%c` in the tag <%s>", c, pl->tag);
    }
}

static void start_name_char(struct place *pl, char c, struct text *out)
{
    if (is_word(c) || c == '-' || c == ':') {
        name_char(pl, c);
        return;
    }
    start_tag_named(pl, out);
    tag_char(pl, c, out);
}

/* The name is whole: an attribute with a value follows '=', a boolean one ends here. */
static void attr_named(struct place *pl, struct text *out)
{
    rule_attr_name(pl);
    text_putz(out, pl->name);
    pl->value_n = 0;
    pl->value[0] = '\0';
    pl->has_dynamic = false;
    pl->url = URL_EMPTY;
}

static void attr_name_char(struct place *pl, char c, struct text *out)
{
    if (is_word(c) || c == '-' || c == ':' || c == '.') {
        name_char(pl, c);
        return;
    }
    attr_named(pl, out);
    pl->needs_space = true;
    if (c == '=') {
        text_put(out, "=", 1);
        pl->state = PLACE_EQUALS;
        return;
    }
    rule_attr_end(pl);
    pl->state = PLACE_TAG;
    tag_char(pl, c, out);
}

static void equals_char(struct place *pl, char c, struct text *out)
{
    if (c != '"' && c != '\'')
        fail("the value of %s stands without quotes: %s=\"…\"", pl->name, pl->name);
    pl->quote = c;
    text_put(out, &c, 1);
    pl->state = PLACE_VALUE;
}

static void value_char(struct place *pl, char c, struct text *out)
{
    if (c == pl->quote) {
        rule_attr_end(pl);
        text_put(out, &c, 1);
        pl->state = PLACE_TAG;
        pl->may_space = false;
        return;
    }
    if (c == '<') fail("a bare < in %s=\"…\": is a quote missing? Else write &lt;", pl->name);
    if (pl->url == URL_WHOLE) fail("the address in %s is a value, nothing may follow it", pl->name);
    if (rule_is_url(pl->name)) pl->url = URL_LITERAL;
    if (pl->value_n + 1 < VALUE_MAX_) {
        pl->value[pl->value_n++] = c;
        pl->value[pl->value_n] = '\0';
    }
    if (c == '\n') c = ' ';
    text_put(out, &c, 1);
}

static void slash_char(struct place *pl, char c, struct text *out)
{
    if (c != '>') fail("/ in the tag <%s>", pl->tag);
    start_tag_done(pl, true, out);
}

/* ---- <! … > ---- */

static void bang_char(struct place *pl, char c, struct text *out)
{
    name_char(pl, c);
    if (strcmp(pl->name, "--") == 0) {
        pl->state = PLACE_COMMENT;
        pl->dashes = 0;
    } else if (pl->name_n == 7) {
        if (strcmp(pl->name, "doctype") != 0 && strcmp(pl->name, "DOCTYPE") != 0)
            fail("<!%s…: only <!doctype html> and comments", pl->name);
        write_blank(pl, true, out);
        text_putz(out, "<!doctype");
        pl->state = PLACE_DOCTYPE;
    }
}

static void comment_char(struct place *pl, char c, struct text *out)
{
    (void)out;
    if (c == '>' && pl->dashes >= 2) pl->state = PLACE_TEXT;
    pl->dashes = c == '-' ? pl->dashes + 1 : 0;
}

static void doctype_char(struct place *pl, char c, struct text *out)
{
    text_put(out, &c, 1);
    if (c != '>') return;
    pl->state = PLACE_TEXT;
    text_put(out, "\n", 1);
    pl->may_blank = false;
}

/* ---- one literal ---- */

static void (*const on_char[])(struct place *pl, char c, struct text *out) = {
    [PLACE_TEXT] = text_char,       [PLACE_LT] = lt_char,
    [PLACE_NAME] = start_name_char, [PLACE_END_NAME] = end_name_char,
    [PLACE_TAG] = tag_char,         [PLACE_ATTR_NAME] = attr_name_char,
    [PLACE_EQUALS] = equals_char,   [PLACE_VALUE] = value_char,
    [PLACE_SLASH] = slash_char,     [PLACE_BANG] = bang_char,
    [PLACE_COMMENT] = comment_char, [PLACE_DOCTYPE] = doctype_char,
};

/* The run of text up to the next '<' has no words in it. */
static void check_words(struct place *pl, const char *p, const char *end)
{
    const char *lt = memchr(p, '<', (size_t)(end - p));
    if (rule_is_open(pl, "code") || rule_is_open(pl, "kbd") || rule_is_open(pl, "samp")) return;
    if (strcmp(innermost(pl), "script") == 0) return;
    rule_no_words(p, (size_t)((lt ? lt : end) - p), "in text");
}

void place_literal(struct place *pl, const char *p, size_t n, int line, struct text *out)
{
    const char *end = p + n;
    bool is_new_run = true;
    where.line = line;
    for (; p < end; p++) {
        if (pl->state == PLACE_TEXT && is_new_run && *p != '<' && !is_blank(*p)) {
            check_words(pl, p, end);
            is_new_run = false;
        }
        if (*p == '<' || pl->state != PLACE_TEXT) is_new_run = true;
        on_char[pl->state](pl, *p, out);
        if (*p == '\n') where.line++;
    }
}

/* ---- directives ---- */

/* A directive ends a name that was being read. */
static void settle(struct place *pl, struct text *out)
{
    if (pl->state == PLACE_NAME) start_tag_named(pl, out);
    if (pl->state == PLACE_ATTR_NAME) {
        attr_named(pl, out);
        rule_attr_end(pl);
        pl->needs_space = true;
        pl->state = PLACE_TAG;
    }
    if (pl->state == PLACE_TAG && pl->may_space) {
        text_put(out, " ", 1);
        pl->may_space = false;
        pl->needs_space = false;
    }
}

static void textarea_start(struct place *pl, struct text *out)
{
    if (pl->at_textarea_start) text_put(out, "\n", 1);
    pl->at_textarea_start = false;
}

enum dynamic place_value(struct place *pl, struct text *out)
{
    if (pl->state == PLACE_TEXT) {
        const char *in = innermost(pl);
        if (strcmp(in, "script") == 0)
            fail("a value in a script: put it into a data-… attribute and read it there");
        textarea_start(pl, out);
        write_blank(pl, false, out);
        pl->may_blank = true;
        return word_in(in, "title textarea option desc") ? DYNAMIC_PLAIN : DYNAMIC_TEXT;
    }
    if (pl->state != PLACE_VALUE) fail("a value %s", place_words(pl));
    rule_attr_value(pl);
    pl->has_dynamic = true;
    if (!rule_is_url(pl->name)) return DYNAMIC_ATTR;
    if (pl->url == URL_WHOLE) fail("the address in %s is a value, nothing may follow it", pl->name);
    if (pl->url == URL_EMPTY) {
        pl->url = URL_WHOLE;
        return DYNAMIC_URL;
    }
    rule_url_prefix(pl);
    return DYNAMIC_URLPART;
}

void place_part(struct place *pl, struct text *out)
{
    if (pl->state != PLACE_TEXT)
        fail("a part %s: parts are whole elements, they stand in text", place_words(pl));
    if (word_in(innermost(pl), "script title textarea option desc"))
        fail("a part in <%s>, which holds text only", innermost(pl));
    write_blank(pl, false, out);
    pl->may_blank = true;
}

void place_branch(struct place *pl, struct text *out)
{
    settle(pl, out);
    switch (pl->state) {
    case PLACE_TEXT:
        textarea_start(pl, out);
        write_blank(pl, false, out);
        break;
    case PLACE_TAG:
    case PLACE_VALUE: break;
    default: fail("a directive %s", place_words(pl));
    }
}

static void merge_open(const struct place *a, const struct place *b, int line, const char *what)
{
    size_t n = a->nopen < b->nopen ? a->nopen : b->nopen;
    for (size_t i = 0; i < n; i++)
        if (strcmp(a->open[i], b->open[i]) != 0)
            fail("the ways through %s of line %d end in different elements: <%s> and <%s>", what,
                 line, a->open[i], b->open[i]);
    if (a->nopen != b->nopen) {
        const struct place *longer = a->nopen > b->nopen ? a : b;
        fail("<%s> of line %d is open after one way through %s of line %d and not after the other",
             longer->open[n], longer->open_line[n], what, line);
    }
}

void place_merge(struct place *a, const struct place *b, int line, const char *what)
{
    if (a->state != b->state)
        fail("the ways through %s of line %d end differently: %s and %s", what, line,
             place_words(a), place_words(b));
    merge_open(a, b, line, what);
    if (a->state == PLACE_VALUE && a->url != b->url)
        fail("the ways through %s of line %d leave different addresses in %s", what, line, a->name);
    a->has_dynamic = a->has_dynamic || b->has_dynamic;
    a->needs_space = a->needs_space || b->needs_space;
    a->may_blank = a->may_blank || b->may_blank;
    a->at_textarea_start = a->at_textarea_start && b->at_textarea_start;
    /* Certain is only what both ways have; forbidden things are remembered from either. */
    unsigned any = SEEN_WORD_VALUE | SEEN_BUTTON_TYPE;
    a->seen = (a->seen & b->seen & ~any) | ((a->seen | b->seen) & any);
}

static bool next_word(const char **list, char *word)
{
    while (**list == ' ')
        (*list)++;
    size_t n = strcspn(*list, " ");
    if (n == 0) return false;
    if (n >= NAME_MAX_) fail("an element's name is too long");
    memcpy(word, *list, n);
    word[n] = '\0';
    *list += n;
    return true;
}

void place_begin(struct place *pl, const char *closes)
{
    char word[NAME_MAX_];
    *pl = (struct place){.state = PLACE_TEXT, .may_blank = false};
    while (next_word(&closes, word))
        push_open(pl, word, where.line);
}

void place_finish(struct place *pl, const char *opens, struct text *out)
{
    char word[NAME_MAX_];
    size_t i = 0;
    if (pl->state != PLACE_TEXT)
        fail("the template ends %s%s", place_words(pl),
             pl->state == PLACE_VALUE ? " (a quote is missing)" : "");
    for (; next_word(&opens, word); i++)
        if (i >= pl->nopen || strcmp(pl->open[i], word) != 0)
            fail("the template says that it opens <%s> and does not", word);
    if (i < pl->nopen) {
        where.line = pl->open_line[i];
        fail("<%s> is never closed (a template that leaves it open says: opens %s)", pl->open[i],
             pl->open[i]);
    }
    textarea_start(pl, out);
    pl->blank = 0;
}
