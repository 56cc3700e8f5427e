/* template.c — drives one file through the compiler: directive after directive. */
#include <stdio.h>
#include <string.h>

#include "htmlc.h"

enum { FRAMES_MAX = 32, PARAMS_MAX = 4, ARGS_MAX = 10 };

struct frame { /* an open if or for */
    bool is_for, has_else, has_done;
    int line;
    char *row;                /* the for's variable */
    struct place start, done; /* where all ways began; where those that ended did */
};

struct compiler {
    struct scan scan;
    struct gen gen;
    struct catalogue *msgs;
    struct place place;
    struct frame frames[FRAMES_MAX];
    size_t nframes;
    bool is_in_template, has_includes_done;
    char *opens;    /* elements that this template leaves open */
    bool was_alone; /* the directive before had its line for itself */
};

/* ---- {{ template name(params) opens a b closes c }} ---- */

static void check_param(const char *z)
{
    for (const char *p = z; *p; p++)
        if (!is_word(*p) && *p != ' ' && *p != '*')
            fail("`%c` in a parameter: at most `const struct x *name`", *p);
}

/* The last word of a declaration is its name. */
static char *param_name(const char *p, size_t n)
{
    while (n > 0 && is_blank(p[n - 1]))
        n--;
    size_t start = n;
    while (start > 0 && is_word(p[start - 1]))
        start--;
    if (start == n || start == 0) fail("a parameter is a type and a name");
    char *name = copy_n(p + start, n - start);
    if (word_in(name, "out pg")) fail("`%s` is htmlc's own", name);
    return name;
}

static size_t split_params(const char *params, char **names)
{
    size_t n = 0;
    if (params[strspn(params, " \t")] == '\0') return 0;
    for (const char *p = params;; p++) {
        size_t len = strcspn(p, ",");
        if (n == PARAMS_MAX) fail("more than %d parameters: make a view of them", PARAMS_MAX);
        check_param(copy_n(p, len));
        names[n++] = param_name(p, len);
        p += len;
        if (*p == '\0') return n;
    }
}

static char *element_list(struct cursor *c)
{
    const char *start = c->p;
    while (c->p < c->end) {
        skip_blanks(c);
        const char *word = c->p;
        while (c->p < c->end && is_word(*c->p))
            c->p++;
        if (c->p == word) fail("after opens or closes stand elements: html body main");
        char *z = copy_n(word, (size_t)(c->p - word));
        if (word_in(z, "opens closes")) {
            c->p = word;
            break;
        }
    }
    return copy_n(start, (size_t)(c->p - start));
}

static void finish_template(struct compiler *k)
{
    if (!k->is_in_template) return;
    if (k->nframes > 0) {
        where.line = k->frames[k->nframes - 1].line;
        fail("{{ %s }} without {{ end }}", k->frames[k->nframes - 1].is_for ? "for" : "if");
    }
    place_finish(&k->place, k->opens, &k->gen.literal);
    gen_function_end(&k->gen);
    k->is_in_template = false;
}

static void on_template(struct compiler *k, struct cursor *c, int line)
{
    finish_template(k);
    char *name = cursor_word(c), *names[PARAMS_MAX], *closes = copy_n("", 0);
    if (!name || !cursor_take(c, '(')) fail("{{ template name(const struct view *v) }}");
    const char *start = c->p, *close = memchr(c->p, ')', (size_t)(c->end - c->p));
    if (!close) fail(") is missing");
    char *params = copy_n(start, (size_t)(close - start));
    size_t n = split_params(params, names);
    c->p = close + 1;
    k->opens = copy_n("", 0);
    while (!cursor_is_end(c)) {
        char *word = cursor_word(c);
        if (word && strcmp(word, "opens") == 0)
            k->opens = element_list(c);
        else if (word && strcmp(word, "closes") == 0)
            closes = element_list(c);
        else
            fail("after ) may stand: opens ELEMENTS, closes ELEMENTS");
    }
    if (!k->has_includes_done) text_putz(&k->gen.h, "\n");
    if (!k->has_includes_done) text_putz(&k->gen.c, "\n");
    k->has_includes_done = k->is_in_template = true;
    gen_function(&k->gen, name, params, names, n, line);
    place_begin(&k->place, closes);
}

static void on_include(struct compiler *k, struct cursor *c, int line)
{
    (void)line;
    char *file = cursor_string(c);
    if (!file || !cursor_is_end(c)) fail("{{ include \"header.h\" }}");
    if (k->has_includes_done) fail("{{ include }} stands before the first {{ template }}");
    text_printf(&k->gen.h, "#include \"%s\"\n", file);
}

/* ---- values, messages, parts ---- */

static char *message_expr(struct compiler *k, struct cursor *c)
{
    char *key = cursor_string(c);
    if (!key) fail("{{ t \"key\" arguments… }}");
    struct message *m = catalogue_get(k->msgs, key);
    struct text args = {0};
    unsigned n = 0;
    while (!cursor_is_end(c) && *c->p != ',' && *c->p != ')') {
        text_printf(&args, ", html_arg(pg, %s)", expr_primary(c));
        n++;
        skip_blanks(c);
        if (c->p + 1 < c->end && *c->p == ',' && n < m->nargs) c->p++; /* commas are welcome */
    }
    if (n != m->nargs) fail("message \"%s\" takes %u argument(s), here are %u", key, m->nargs, n);
    m->is_used = true;
    struct text z = {0};
    if (n == 0)
        text_printf(&z, "msg_text(MSG_%s, pg->lang)", key);
    else
        text_printf(&z, "MSG_FORMAT(pg->arena, pg->lang, MSG_%s%s)", key, args.p);
    return z.p;
}

static void on_output(struct compiler *k, const char *expr, bool is_message, int line)
{
    static const char *const functions[] = {
        [DYNAMIC_TEXT] = "html_text",       [DYNAMIC_PLAIN] = "html_plain",
        [DYNAMIC_ATTR] = "html_attr",       [DYNAMIC_URL] = "html_url",
        [DYNAMIC_URLPART] = "html_urlpart",
    };
    enum dynamic d = place_value(&k->place, &k->gen.literal);
    if (is_message && (d == DYNAMIC_URL || d == DYNAMIC_URLPART)) fail("a message in an address");
    if (is_message)
        gen_line(&k->gen, line, "html_text_str(out, pg, %s);", expr);
    else
        gen_line(&k->gen, line, "%s(out, pg, %s);", functions[d], expr);
}

static void must_end(struct cursor *c)
{
    if (!cursor_is_end(c)) fail("`%.*s` is too much here", (int)(c->end - c->p), c->p);
}

static void on_value(struct compiler *k, struct cursor *c, int line)
{
    char *expr = expr_value(c);
    must_end(c);
    on_output(k, expr, false, line);
}

static void on_t(struct compiler *k, struct cursor *c, int line)
{
    char *expr = message_expr(k, c);
    must_end(c);
    on_output(k, expr, true, line);
}

/* "name" (for classes and icons), t "key" …, &path, or an expression. */
static char *part_arg(struct compiler *k, struct cursor *c)
{
    struct text z = {0};
    skip_blanks(c);
    struct cursor ahead = *c;
    char *word = cursor_word(&ahead), *string;
    skip_blanks(&ahead);
    if (word && strcmp(word, "t") == 0 && ahead.p < ahead.end && *ahead.p == '"') {
        *c = ahead;
        return message_expr(k, c);
    }
    if (c->p < c->end && *c->p == '"') {
        string = cursor_string(c);
        for (const char *p = string; *p; p++)
            if (!is_lower(*p) && !is_digit(*p) && !strchr("-_./#?=", *p))
                fail("\"%s\": a string for a part is a name in small letters; words are t \"key\"",
                     string);
        text_printf(&z, "STR(\"%s\")", string);
        return z.p;
    }
    bool is_address = cursor_take(c, '&');
    text_printf(&z, "%s%s", is_address ? "&" : "",
                is_address ? expr_primary(c) : expr_condition(c));
    return z.p;
}

static void on_part(struct compiler *k, struct cursor *c, int line)
{
    char *name = cursor_word(c);
    if (!name || !cursor_take(c, '(')) fail("{{ part name(arguments) }}");
    struct text call = {0};
    text_printf(&call, "%s_html(out, pg", name);
    if (!cursor_take(c, ')')) {
        do
            text_printf(&call, ", %s", part_arg(k, c));
        while (cursor_take(c, ','));
        if (!cursor_take(c, ')')) fail(") or , is missing after an argument of %s", name);
    }
    must_end(c);
    place_part(&k->place, &k->gen.literal);
    gen_line(&k->gen, line, "%s);", call.p);
}

/* ---- ways ---- */

static struct frame *push_frame(struct compiler *k, bool is_for, int line)
{
    if (k->nframes == FRAMES_MAX) fail("if and for are nested more than %d deep", FRAMES_MAX);
    place_branch(&k->place, &k->gen.literal);
    struct frame *f = &k->frames[k->nframes++];
    *f = (struct frame){.is_for = is_for, .line = line, .start = k->place};
    return f;
}

static void on_if(struct compiler *k, struct cursor *c, int line)
{
    char *expr = expr_condition(c);
    must_end(c);
    push_frame(k, false, line);
    gen_line(&k->gen, line, "if (%s) {", expr);
}

/* One way of an if has come to its end. */
static void end_way(struct compiler *k, struct frame *f)
{
    place_branch(&k->place, &k->gen.literal);
    gen_flush(&k->gen);
    if (f->has_done)
        place_merge(&f->done, &k->place, f->line, "the if");
    else
        f->done = k->place;
    f->has_done = true;
}

static struct frame *open_if(struct compiler *k, const char *word)
{
    if (k->nframes == 0 || k->frames[k->nframes - 1].is_for)
        fail("{{ %s }} without {{ if }}", word);
    struct frame *f = &k->frames[k->nframes - 1];
    if (f->has_else) fail("{{ %s }} after {{ else }}", word);
    return f;
}

static void on_elif(struct compiler *k, struct cursor *c, int line)
{
    struct frame *f = open_if(k, "elif");
    char *expr = expr_condition(c);
    must_end(c);
    end_way(k, f);
    k->place = f->start;
    gen_line(&k->gen, line, "} else if (%s) {", expr);
}

static void on_else(struct compiler *k, struct cursor *c, int line)
{
    struct frame *f = open_if(k, "else");
    must_end(c);
    end_way(k, f);
    f->has_else = true;
    k->place = f->start;
    gen_line(&k->gen, line, "} else {");
}

static void on_for(struct compiler *k, struct cursor *c, int line)
{
    char *row = cursor_word(c), *in = row ? cursor_word(c) : NULL;
    if (!in || strcmp(in, "in") != 0) fail("{{ for row in v->rows : v->nrows }}");
    char *rows = expr_primary(c);
    if (!cursor_take(c, ':')) fail("{{ for %s in %s : COUNT }}: the count is missing", row, rows);
    char *count = expr_value(c);
    must_end(c);
    for (size_t i = 0; i < k->nframes; i++)
        if (k->frames[i].is_for && strcmp(k->frames[i].row, row) == 0)
            fail("an outer for uses the name %s already", row);
    struct frame *f = push_frame(k, true, line);
    f->row = row;
    k->place.may_blank =
        k->place.state == PLACE_TEXT; /* the second round starts behind the first */
    gen_line(&k->gen, line, "for (size_t %s_index = 0; %s_index < (size_t)(%s); %s_index++) {", row,
             row, count, row);
    gen_line(&k->gen, line, "const __typeof__((%s)[0]) *%s = &(%s)[%s_index]; (void)%s;", rows, row,
             rows, row, row);
}

static void on_end(struct compiler *k, struct cursor *c, int line)
{
    must_end(c);
    if (k->nframes == 0) fail("{{ end }} without {{ if }} or {{ for }}");
    struct frame *f = &k->frames[k->nframes - 1];
    end_way(k, f);
    if (f->is_for)
        place_merge(&f->done, &f->start, f->line, "the for");
    else if (!f->has_else)
        place_merge(&f->done, &f->start, f->line, "the if");
    k->place = f->done;
    k->nframes--;
    gen_line(&k->gen, line, "}");
}

/* ---- the walk ---- */

static void on_literal(struct compiler *k, struct token t, const struct token *next)
{
    if (!k->is_in_template) {
        for (size_t i = 0; i < t.n; where.line += t.p[i++] == '\n')
            if (!is_blank(t.p[i])) fail("text before the first {{ template name(…) }}");
        return;
    }
    bool keeps = place_keeps_blanks(&k->place);
    if (!keeps && k->was_alone) {
        while (t.n > 0 && is_blank(*t.p))
            t.line += *t.p++ == '\n', t.n--;
    }
    size_t n = t.n;
    if (next->is_alone)
        while (n > 0 && (t.p[n - 1] == ' ' || t.p[n - 1] == '\t'))
            n--;
    place_literal(&k->place, t.p, n, t.line, &k->gen.literal);
    if (place_keeps_blanks(&k->place))
        place_literal(&k->place, t.p + n, t.n - n, where.line, &k->gen.literal);
}

static void (*const handlers[])(struct compiler *k, struct cursor *c, int line) = {
    [TOKEN_VALUE] = on_value, [TOKEN_TEMPLATE] = on_template, [TOKEN_INCLUDE] = on_include,
    [TOKEN_IF] = on_if,       [TOKEN_ELIF] = on_elif,         [TOKEN_ELSE] = on_else,
    [TOKEN_END] = on_end,     [TOKEN_FOR] = on_for,           [TOKEN_T] = on_t,
    [TOKEN_PART] = on_part,   [TOKEN_COMMENT] = NULL,
};

static void on_directive(struct compiler *k, const struct token *t)
{
    struct cursor c = {t->p, t->p + t->n};
    bool needs_template =
        t->kind != TOKEN_TEMPLATE && t->kind != TOKEN_INCLUDE && t->kind != TOKEN_COMMENT;
    if (needs_template && !k->is_in_template) fail("the file starts with {{ template name(…) }}");
    if (handlers[t->kind]) handlers[t->kind](k, &c, t->line);
}

void template_compile(const char *in, const char *out_c, const char *out_h, struct catalogue *msgs)
{
    struct text src = file_read(in);
    struct compiler *k = take(sizeof *k);
    k->msgs = msgs;
    k->scan = (struct scan){src.p, src.p + src.n, src.p, 1};
    where = (struct where){in, 1};
    gen_begin(&k->gen, in, out_h);
    struct token t = scan_next(&k->scan);
    while (t.kind != TOKEN_EOF) {
        struct token next = scan_next(&k->scan);
        where.line = t.line;
        if (t.kind == TOKEN_LITERAL)
            on_literal(k, t, &next);
        else
            on_directive(k, &t);
        k->was_alone = t.kind != TOKEN_LITERAL && t.is_alone;
        t = next;
    }
    where.line = t.line;
    if (!k->has_includes_done) fail("no {{ template name(…) }}");
    finish_template(k);
    gen_end(&k->gen);
    file_write(out_h, &k->gen.h);
    file_write(out_c, &k->gen.c);
}
