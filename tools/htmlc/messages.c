/* messages.c — the catalogue of sentences: key, Thai, English; checked, and made into C. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "htmlc.h"

/* Which of {0} … {9} stand in a text, as bits. Other braces are refused. */
static unsigned placeholders(const char *z)
{
    unsigned bits = 0;
    for (const char *p = z; *p; p++) {
        if (*p == '}') fail("a } without {0} … {9} before it");
        if (*p != '{') continue;
        if (!is_digit(p[1]) || p[2] != '}') fail("a { that is not {0} … {9}");
        bits |= 1u << (p[1] - '0');
        p += 2;
    }
    return bits;
}

static void check_row(struct message *m)
{
    if (m->key[0] == '\0') fail("the key is missing");
    for (const char *p = m->key; *p; p++)
        if (!is_lower(*p) && !is_digit(*p) && *p != '_')
            fail("the key \"%s\" has other letters than a-z 0-9 _", m->key);
    if (m->th[0] == '\0') fail("\"%s\" has no Thai text", m->key);
    if (m->en[0] == '\0') fail("\"%s\" has no English text", m->key);
    unsigned th = placeholders(m->th), en = placeholders(m->en);
    if (th != en) fail("\"%s\" has different {…} in Thai and in English", m->key);
    while (th & (1u << m->nargs))
        m->nargs++;
    if (th >> m->nargs) fail("\"%s\" has no {%u} but higher ones", m->key, m->nargs);
}

static struct message read_row(char *line)
{
    struct message m = {.line = where.line};
    char *th = strchr(line, '\t');
    char *en = th ? strchr(th + 1, '\t') : NULL;
    if (!en) fail("a line is key TAB Thai TAB English");
    if (strchr(en + 1, '\t')) fail("more than two TABs");
    *th = *en = '\0';
    m.key = line;
    m.th = th + 1;
    m.en = en + 1;
    check_row(&m);
    return m;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct message *)a)->key, ((const struct message *)b)->key);
}

static void check_duplicates(const struct catalogue *c)
{
    for (size_t i = 1; i < c->n; i++) {
        if (strcmp(c->rows[i - 1].key, c->rows[i].key) != 0) continue;
        int a = c->rows[i - 1].line, b = c->rows[i].line;
        where.line = a > b ? a : b;
        fail("\"%s\" stands on line %d already", c->rows[i].key, a > b ? b : a);
    }
}

struct catalogue catalogue_read(const char *path)
{
    struct text file = file_read(path);
    struct catalogue c = {.file = path};
    size_t cap = 1;
    for (const char *p = file.p; *p; p++)
        cap += *p == '\n';
    c.rows = take(cap * sizeof *c.rows);
    where = (struct where){path, 1};
    for (char *line = file.p; *line; where.line++) {
        char *end = strchr(line, '\n');
        if (end) *end = '\0';
        size_t n = strlen(line);
        if (n > 0 && line[n - 1] == '\r') line[n - 1] = '\0';
        if (line[0] != '#' && line[0] != '\0') c.rows[c.n++] = read_row(line);
        line = end ? end + 1 : line + strlen(line);
    }
    qsort(c.rows, c.n, sizeof *c.rows, by_key);
    check_duplicates(&c);
    where.line = 0;
    return c;
}

struct message *catalogue_find(struct catalogue *c, const char *key)
{
    struct message want = {.key = copy_n(key, strlen(key))};
    return c->n ? bsearch(&want, c->rows, c->n, sizeof *c->rows, by_key) : NULL;
}

/* Letters that must change to make `a` of `b` (Levenshtein), for short keys. */
static size_t distance(const char *a, const char *b)
{
    enum { LONG = 64 };
    size_t row[LONG + 1], na = strlen(a), nb = strlen(b);
    if (na > LONG || nb > LONG) return LONG;
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t above = row[j], best = diagonal + (a[i - 1] != b[j - 1]);
            if (above + 1 < best) best = above + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[nb];
}

struct message *catalogue_get(struct catalogue *c, const char *key)
{
    struct message *m = catalogue_find(c, key);
    if (m) return m;
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < c->n; i++) {
        size_t d = distance(key, c->rows[i].key);
        if (d < best) best = d, nearest = c->rows[i].key;
    }
    if (!nearest) fail("no message \"%s\": %s is empty", key, c->file);
    if (best <= strlen(key) / 4) fail("no message \"%s\" in %s; the nearest is \"%s\"", key, c->file, nearest);
    fail("no message \"%s\" in %s; add a line there: key TAB Thai TAB English", key, c->file);
}

void catalogue_emit(const struct catalogue *c, const char *out_h, const char *out_c)
{
    struct text h = {0}, t = {0};
    text_printf(&h, "/* Made by htmlc from %s: do not edit. */\n#ifndef SARN_HTML_MSG_KEYS_H\n",
                base_name(c->file));
    text_putz(&h, "#define SARN_HTML_MSG_KEYS_H\n\n#include \"base/str.h\"\n\nenum msg {\n");
    text_printf(&t, "/* Made by htmlc from %s: do not edit. */\n#include \"%s\"\n\n",
                base_name(c->file), base_name(out_h));
    text_putz(&t, "const struct msg_row msg_table[MSG_COUNT] = {\n");
    for (size_t i = 0; i < c->n; i++) {
        const struct message *m = &c->rows[i];
        text_printf(&h, "    MSG_%s,\n", m->key);
        text_printf(&t, "    [MSG_%s] = {{STR(", m->key);
        text_put_literal(&t, m->th, strlen(m->th));
        text_putz(&t, "), STR(");
        text_put_literal(&t, m->en, strlen(m->en));
        text_printf(&t, ")}, STR(\"%s\"), %u},\n", m->key, m->nargs);
    }
    text_putz(&h,
              "    MSG_COUNT\n};\nstruct msg_row {\n    struct str text[2]; /* by enum lang */\n"
              "    struct str key;\n    unsigned nargs;\n};\nextern const struct msg_row "
              "msg_table[MSG_COUNT];\n\n#endif\n");
    text_putz(&t, "};\n");
    file_write(out_h, &h);
    file_write(out_c, &t);
}
