/* scan.c — cuts a template file into literals and {{ directives }}. */
#include <string.h>

#include "htmlc.h"

static const struct {
    const char *word;
    enum token_kind kind;
} keywords[] = {
    {"template", TOKEN_TEMPLATE},
    {"include", TOKEN_INCLUDE},
    {"if", TOKEN_IF},
    {"elif", TOKEN_ELIF},
    {"else", TOKEN_ELSE},
    {"end", TOKEN_END},
    {"for", TOKEN_FOR},
    {"t", TOKEN_T},
    {"part", TOKEN_PART},
};

static int count_lines(const char *p, const char *end)
{
    int lines = 0;
    for (; p < end; p++)
        lines += *p == '\n';
    return lines;
}

/* The end of a directive's inside; a }} within "…" does not count. */
static const char *find_close(const struct scan *s, const char *p)
{
    bool is_comment = p < s->end && *p == '#', in_string = false;
    for (; p + 1 < s->end; p++) {
        if (*p == '"' && !is_comment) in_string = !in_string;
        if (!in_string && p[0] == '}' && p[1] == '}') return p;
        if (in_string && *p == '\n') break;
    }
    where.line = s->line;
    fail("{{ is not closed by }}%s", in_string ? " (a string is open)" : "");
}

static bool is_alone_on_line(const struct scan *s, const char *open, const char *after)
{
    while (open > s->start && (open[-1] == ' ' || open[-1] == '\t'))
        open--;
    if (open > s->start && open[-1] != '\n') return false;
    while (after < s->end && (*after == ' ' || *after == '\t' || *after == '\r'))
        after++;
    return after == s->end || *after == '\n';
}

static void name_kind(struct token *t)
{
    if (t->n > 0 && t->p[0] == '#') {
        t->kind = TOKEN_COMMENT;
        return;
    }
    t->kind = TOKEN_VALUE;
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        size_t n = strlen(keywords[i].word);
        if (t->n < n || memcmp(t->p, keywords[i].word, n) != 0) continue;
        if (t->n > n && is_word(t->p[n])) continue;
        t->kind = keywords[i].kind;
        t->p += n;
        t->n -= n;
        break;
    }
}

static void trim(struct token *t)
{
    while (t->n > 0 && is_blank(t->p[0]))
        t->p++, t->n--;
    while (t->n > 0 && is_blank(t->p[t->n - 1]))
        t->n--;
}

static struct token scan_directive(struct scan *s)
{
    const char *close = find_close(s, s->p + 2);
    struct token t = {.p = s->p + 2, .n = (size_t)(close - s->p - 2), .line = s->line};
    trim(&t);
    name_kind(&t);
    trim(&t);
    bool is_output = t.kind == TOKEN_VALUE || t.kind == TOKEN_T || t.kind == TOKEN_PART;
    t.is_alone = !is_output && is_alone_on_line(s, s->p, close + 2);
    s->line += count_lines(s->p, close);
    s->p = close + 2;
    return t;
}

struct token scan_next(struct scan *s)
{
    if (s->p == s->end) return (struct token){.kind = TOKEN_EOF, .line = s->line};
    if (s->end - s->p >= 2 && s->p[0] == '{' && s->p[1] == '{') return scan_directive(s);
    const char *open = strstr(s->p, "{{");
    if (!open) open = s->end;
    struct token t = {
        .kind = TOKEN_LITERAL, .p = s->p, .n = (size_t)(open - s->p), .line = s->line};
    s->line += count_lines(s->p, open);
    s->p = open;
    return t;
}
