/* gen.c — the C text of a template. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "htmlc.h"

static void put_guard(struct text *t, const char *out_h)
{
    text_putz(t, "SARN_HTML_");
    for (const char *p = base_name(out_h); *p; p++) {
        char c = is_word(*p) ? *p : '_';
        if (is_lower(c)) c = (char)(c - 32);
        text_put(t, &c, 1);
    }
    text_putz(t, "_");
}

void gen_begin(struct gen *g, const char *file, const char *out_h)
{
    g->file = file;
    text_printf(&g->h, "/* Made by htmlc from %s: do not edit. */\n#ifndef ", base_name(file));
    put_guard(&g->h, out_h);
    text_putz(&g->h, "\n#define ");
    put_guard(&g->h, out_h);
    text_putz(&g->h, "\n\n#include \"html/html.h\"\n");
    text_printf(&g->c, "/* Made by htmlc from %s: do not edit. */\n#include \"%s\"\n\n",
                base_name(file), base_name(out_h));
    text_putz(&g->c, "#include \"html/msg.h\"\n");
}

void gen_flush(struct gen *g)
{
    if (g->literal.n == 0) return;
    text_putz(&g->c, "    BUF_LIT(out, ");
    text_put_literal(&g->c, g->literal.p, g->literal.n);
    text_putz(&g->c, ");\n");
    text_clear(&g->literal);
}

static void put_file(struct text *t, const char *file)
{
    for (const char *p = file; *p; p++) {
        if (*p == '"' || *p == '\\') text_putz(t, "\\");
        text_put(t, p, 1);
    }
}

void gen_line(struct gen *g, int line, const char *format, ...)
{
    char z[2048];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(z, sizeof z, format, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof z) fail("the directive is too long");
    gen_flush(g);
    text_printf(&g->c, "#line %d \"", line);
    put_file(&g->c, g->file);
    text_printf(&g->c, "\"\n    %s\n", z);
}

void gen_function(struct gen *g, const char *name, const char *params, char **param_names, size_t n,
                  int line)
{
    struct text head = {0};
    text_printf(&head, "void %s_html(struct buf *out, const struct page *pg%s%s)", name,
                n ? ", " : "", params);
    text_printf(&g->h, "%s;\n", head.p);
    gen_line(g, line, "/* {{ template %s }} */", name);
    text_printf(&g->c, "%s\n{\n    (void)out, (void)pg;\n", head.p);
    for (size_t i = 0; i < n; i++)
        text_printf(&g->c, "    (void)%s;\n", param_names[i]);
}

void gen_function_end(struct gen *g)
{
    gen_flush(g);
    text_putz(&g->c, "}\n\n");
}

void gen_end(struct gen *g)
{
    text_putz(&g->h, "\n#endif\n");
}
