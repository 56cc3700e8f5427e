/* rules.c — what is refused, and the lists that say so. */
#include <stdio.h>
#include <string.h>

#include "htmlc.h"

static const char void_tags[] = "area base br col embed hr img input link meta source track wbr";
static const char block_tags[] = "html head body title meta link script template div p ul ol li dl "
                                 "dt dd table thead tbody tfoot tr td th "
                                 "caption colgroup col section article main header footer nav "
                                 "aside h1 h2 h3 h4 h5 h6 hgroup form fieldset "
                                 "legend figure figcaption details summary dialog address "
                                 "blockquote hr option optgroup pre search";
/* What may not stand in a <p>: the browser would close the paragraph silently. */
static const char not_in_p[] = "div p ul ol li dl table section article main header footer nav "
                               "aside h1 h2 h3 h4 h5 h6 form fieldset "
                               "figure details hr pre blockquote address";
static const char refused_tags[] = "style base object embed iframe frame frameset applet marquee";
static const char url_attrs[] =
    "href src action formaction poster cite data manifest ping xlink:href background";
static const char word_attrs[] = "title alt placeholder aria-label aria-description "
                                 "aria-roledescription aria-valuetext aria-placeholder label abbr";

bool rule_is_void(const char *tag)
{
    return word_in(tag, void_tags);
}
bool rule_is_url(const char *attr)
{
    return word_in(attr, url_attrs);
}

bool rule_is_open(const struct place *pl, const char *tag)
{
    for (size_t i = 0; i < pl->nopen; i++)
        if (strcmp(pl->open[i], tag) == 0) return true;
    return false;
}

static bool is_foreign(const struct place *pl, const char *tag)
{
    return strcmp(tag, "svg") == 0 || rule_is_open(pl, "svg");
}

bool rule_is_block(const struct place *pl, const char *tag)
{
    if (rule_is_open(pl, "svg")) return !word_in(tag, "text tspan textPath a svg");
    return word_in(tag, block_tags);
}

/* ---- attributes ---- */

static bool has_prefix(const char *z, const char *prefix)
{
    return strncmp(z, prefix, strlen(prefix)) == 0;
}

void rule_attr_name(struct place *pl)
{
    const char *name = pl->name;
    char lower[NAME_MAX_] = {0};
    for (size_t i = 0; i < pl->name_n; i++)
        lower[i] = is_upper(name[i]) ? (char)(name[i] + 32) : name[i];
    if (has_prefix(lower, "on"))
        fail("%s=: no code in attributes (Content-Security-Policy): use a data-… attribute and a "
             "script file",
             name);
    if (strcmp(lower, "style") == 0)
        fail("style=: no style in attributes (Content-Security-Policy): use a class");
    if (strcmp(lower, "srcdoc") == 0) fail("srcdoc= is refused");
    if (strcmp(lower, "http-equiv") == 0) fail("http-equiv= is refused: the server sends headers");
    if (strcmp(lower, name) != 0 && !is_foreign(pl, pl->tag))
        fail("write the attribute %s in small letters", name);
    for (size_t i = 0; i < pl->nattrs; i++)
        if (strcmp(pl->attrs[i], name) == 0) fail("<%s> has the attribute %s twice", pl->tag, name);
    if (pl->nattrs == ATTRS_MAX) fail("<%s> has more than %d attributes", pl->tag, ATTRS_MAX);
    snprintf(pl->attrs[pl->nattrs++], NAME_MAX_, "%s", name);
}

void rule_attr_value(const struct place *pl)
{
    if (word_in(pl->name, "srcset imagesrcset")) fail("a value in %s= is not supported", pl->name);
    if (strcmp(pl->name, "type") == 0 && strcmp(pl->tag, "script") == 0)
        fail("a value in a script's type");
    if (strcmp(pl->name, "src") == 0 && strcmp(pl->tag, "script") == 0 && pl->value_n == 0)
        fail("the address of a script is written in the template, starting with /");
}

static bool is_site_path(const char *v)
{
    if (v[0] == '#' || v[0] == '?') return true;
    return v[0] == '/' && v[1] != '/' && v[1] != '\\';
}

void rule_url_prefix(const struct place *pl)
{
    if (strcmp(pl->value, "/") == 0)
        fail("%s=\"/{{ … }}\": write a folder before the value, or an empty one makes a //host of "
             "it",
             pl->name);
    if (!is_site_path(pl->value))
        fail("%s=\"%s{{ … }}\": an address with values starts with /, ? or #, or is {{ x }} as a "
             "whole (struct href)",
             pl->name, pl->value);
}

static void check_url(const struct place *pl)
{
    const char *v = pl->value;
    if (pl->value_n == 0 && pl->has_dynamic) return;
    if (pl->value_n == 0) fail("%s=\"\" is empty", pl->name);
    if (is_site_path(v)) return;
    bool is_link = strcmp(pl->name, "href") == 0 && strcmp(pl->tag, "a") == 0;
    if (is_link && !pl->has_dynamic &&
        (has_prefix(v, "https://") || has_prefix(v, "mailto:") || has_prefix(v, "tel:")))
        return;
    fail("%s=\"%s\": an address starts with /, ? or # (links also with https://, mailto: or tel:)",
         pl->name, v);
}

static void note_type(struct place *pl)
{
    const char *v = pl->value;
    if (word_in(v, "hidden submit button reset image")) pl->seen |= SEEN_NO_LABEL_NEEDED;
    if (word_in(v, "submit button reset")) pl->seen |= SEEN_BUTTON_TYPE;
}

static bool has_word(const char *p, size_t n);
static void check_references(const char *p, size_t n);

/* The attribute is whole (a boolean one has an empty value). */
void rule_attr_end(struct place *pl)
{
    const char *name = pl->name;
    bool is_cut = pl->value_n + 1 == VALUE_MAX_;
    if (rule_is_url(name)) check_url(pl);
    if (!is_cut) check_references(pl->value, pl->value_n);
    if (word_in(name, word_attrs)) {
        char text[80];
        snprintf(text, sizeof text, "in %s=\"…\"", name);
        rule_no_words(pl->value, pl->value_n, text);
    }
    if (strcmp(name, "id") == 0) pl->seen |= SEEN_ID;
    if (word_in(name, "aria-label aria-labelledby")) pl->seen |= SEEN_LABEL;
    if (strcmp(name, "alt") == 0) pl->seen |= SEEN_ALT;
    if (strcmp(name, "src") == 0) pl->seen |= SEEN_SRC;
    if (strcmp(name, "type") == 0) note_type(pl);
    if (strcmp(name, "value") == 0 && has_word(pl->value, pl->value_n)) pl->seen |= SEEN_WORD_VALUE;
}

/* ---- a whole start tag ---- */

static void check_nesting(const struct place *pl, const char *tag)
{
    const char *parent = pl->nopen ? pl->open[pl->nopen - 1] : "";
    if (strcmp(parent, "p") == 0 && word_in(tag, not_in_p))
        fail("<%s> in a <p>: the browser would end the paragraph before it", tag);
    if (word_in(tag, "a form button label") && rule_is_open(pl, tag) && !rule_is_open(pl, "svg"))
        fail("<%s> in a <%s>", tag, tag);
    if (word_in(tag, "a button input select textarea") &&
        (rule_is_open(pl, "a") || rule_is_open(pl, "button")))
        fail("<%s> inside a link or button", tag);
    if (word_in(parent, "title textarea option"))
        fail("<%s> in <%s>, which holds text only", tag, parent);
}

static void check_labels(const struct place *pl, const char *tag)
{
    if (strcmp(tag, "img") == 0 && !(pl->seen & SEEN_ALT))
        fail("<img> without alt=\"…\" (alt=\"\" when it is decoration)");
    if (word_in(tag, "input select textarea") &&
        !(pl->seen & (SEEN_ID | SEEN_LABEL | SEEN_NO_LABEL_NEEDED)) && !rule_is_open(pl, "label"))
        fail("<%s> that nobody can name: give it id=\"…\" and a <label for>, or aria-label=\"{{ t "
             "\"…\" }}\"",
             tag);
    if (strcmp(tag, "input") == 0 && (pl->seen & SEEN_BUTTON_TYPE) && (pl->seen & SEEN_WORD_VALUE))
        fail("words on a button come from the catalogue: value=\"{{ t \"…\" }}\"");
}

void rule_start_tag(struct place *pl, bool is_self_closed)
{
    const char *tag = pl->tag;
    char lower[NAME_MAX_] = {0};
    for (size_t i = 0; tag[i]; i++)
        lower[i] = is_upper(tag[i]) ? (char)(tag[i] + 32) : tag[i];
    if (strcmp(lower, tag) != 0 && !is_foreign(pl, tag)) fail("write <%s> in small letters", tag);
    if (word_in(lower, refused_tags))
        fail("<%s> is refused (Content-Security-Policy): styles and pages are files", tag);
    if (strcmp(lower, "script") == 0 && !(pl->seen & SEEN_SRC))
        fail("a script has its code in a file (Content-Security-Policy): <script "
             "src=\"/…\"></script>");
    if (is_self_closed && !rule_is_void(tag) && !is_foreign(pl, tag))
        fail("<%s/> does not close itself in HTML: write </%s>", tag, tag);
    check_nesting(pl, tag);
    check_labels(pl, tag);
}

/* ---- words ---- */

static size_t utf8_next(const unsigned char *p, size_t n, uint32_t *ret)
{
    static const uint8_t lead[4] = {0x7f, 0x1f, 0x0f, 0x07};
    size_t len = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (len > n || (p[0] >= 0x80 && p[0] < 0xc2) || p[0] > 0xf4) fail("the file is not UTF-8");
    uint32_t c = p[0] & lead[len - 1];
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80) fail("the file is not UTF-8");
        c = c << 6 | (p[i] & 0x3f);
    }
    *ret = c;
    return len;
}

/* Signs, arrows, dashes, emoji and the baht sign are no words. */
static bool is_letter_code(uint32_t c)
{
    if (c < 0x80) return is_letter((char)c);
    if (c < 0xc0 || c == 0xd7 || c == 0xf7 || c == 0x0e3f)
        return c == 0xaa || c == 0xb5 || c == 0xba;
    if ((c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f)) return false;
    return c < 0x1f000;
}

static const char known_entities[] =
    "amp lt gt quot apos nbsp middot bull ndash mdash hellip times minus plusmn larr rarr uarr "
    "darr laquo raquo "
    "lsaquo rsaquo copy deg para sect ensp emsp thinsp shy zwsp le ge ne";

/* Length of a character reference at `p`, refused when it is none that is known. */
static size_t entity_length(const char *p, size_t n)
{
    size_t i = 1;
    while (i < n && i < 12 && (is_word(p[i]) || p[i] == '#'))
        i++;
    if (i == 1 && n > 1 && is_blank(p[1])) return 1; /* a lone & between blanks */
    if (i == 1 || i >= n || p[i] != ';')
        fail("%.*s…: write &amp; for &, or end the reference with ;", (int)i, p);
    if (p[1] != '#' && !word_in(copy_n(p + 1, i - 1), known_entities))
        fail("%.*s; is no reference that htmlc knows", (int)i, p);
    return i + 1;
}

static void check_references(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] == '&') (void)entity_length(p + i, n - i);
}

/* Position of the first letter, or n. */
static size_t find_word(const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        if (p[i] == '&') {
            i += entity_length(p + i, n - i);
            continue;
        }
        uint32_t c;
        size_t len = utf8_next((const unsigned char *)p + i, n - i, &c);
        if (is_letter_code(c)) return i;
        i += len;
    }
    return n;
}

static bool has_word(const char *p, size_t n)
{
    return find_word(p, n) < n;
}

void rule_no_words(const char *p, size_t n, const char *where_text)
{
    size_t at = find_word(p, n), end = at;
    if (at == n) return;
    for (size_t i = 0; i < at; i++)
        where.line += p[i] == '\n';
    while (end < n && end - at < 60 && p[end] != '\n' && p[end] != '<' && p[end] != '{')
        end++;
    while (end < n && ((unsigned char)p[end] & 0xc0) == 0x80)
        end++;
    fail("words %s: \"%.*s\" must come from the catalogue, {{ t \"key\" }}", where_text,
         (int)(end - at), p + at);
}
