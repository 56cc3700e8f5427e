/* expr.c — the restricted C expressions of templates: nothing here can change anything.
 *
 *   condition := or ; or := and { || and } ; and := rel { && rel }
 *   rel       := sum [ (== | != | < | <= | > | >=) sum ]
 *   sum       := term { (+|-) term } ; term := unary { (*|%) unary }
 *   unary     := [ ! | - ] primary
 *   primary   := number | 'c' | path | ( condition )
 *   path      := name { -> name | . name | [ sum ] }
 */
#include <string.h>

#include "htmlc.h"

void skip_blanks(struct cursor *c)
{
    while (c->p < c->end && is_blank(*c->p))
        c->p++;
}

bool cursor_is_end(struct cursor *c)
{
    skip_blanks(c);
    return c->p == c->end;
}

bool cursor_take(struct cursor *c, char ch)
{
    skip_blanks(c);
    if (c->p == c->end || *c->p != ch) return false;
    c->p++;
    return true;
}

char *cursor_word(struct cursor *c)
{
    skip_blanks(c);
    const char *start = c->p;
    if (c->p == c->end || !(is_letter(*c->p) || *c->p == '_')) return NULL;
    while (c->p < c->end && is_word(*c->p))
        c->p++;
    return copy_n(start, (size_t)(c->p - start));
}

char *cursor_string(struct cursor *c)
{
    if (!cursor_take(c, '"')) return NULL;
    const char *start = c->p;
    while (c->p < c->end && *c->p != '"') {
        if (*c->p == '\\' || *c->p == '\n')
            fail("a string in a directive has no \\ and no line break");
        c->p++;
    }
    if (c->p == c->end) fail("the string is not closed");
    return copy_n(start, (size_t)(c->p++ - start));
}

static bool take_op(struct cursor *c, const char *op)
{
    skip_blanks(c);
    size_t n = strlen(op);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, op, n) != 0) return false;
    c->p += n;
    return true;
}

static char next_char(struct cursor *c)
{
    skip_blanks(c);
    return c->p < c->end ? *c->p : '\0';
}

static void parse_condition(struct cursor *c);
static void parse_sum(struct cursor *c);

static void parse_number(struct cursor *c)
{
    while (c->p < c->end && is_digit(*c->p))
        c->p++;
    if (c->p < c->end &&
        (is_word(*c->p) || (*c->p == '.' && c->p + 1 < c->end && is_digit(c->p[1]))))
        fail("numbers in a template are whole decimal numbers");
}

static void parse_char(struct cursor *c)
{
    if (c->end - c->p < 3 || c->p[1] == '\\' || c->p[2] != '\'') fail("a character is 'x'");
    c->p += 3;
}

static void parse_path(struct cursor *c)
{
    char *name = cursor_word(c);
    if (word_in(name, "out")) fail("`out` is htmlc's own");
    for (;;) {
        char ch = next_char(c);
        if (ch == '(')
            fail("`%s(…)`: a template does not call functions: prepare the value in the view",
                 name);
        /* Blanks separate the arguments of t: only what touches the name belongs to the path. */
        if (take_op(c, "->") || (ch == '.' && take_op(c, "."))) {
            name = cursor_word(c);
            if (!name) fail("a field's name is missing after -> or .");
        } else if (ch == '[') {
            c->p++;
            parse_sum(c);
            if (!cursor_take(c, ']')) fail("] is missing");
        } else {
            return;
        }
    }
}

static void parse_primary(struct cursor *c)
{
    char ch = next_char(c);
    if (is_digit(ch)) {
        parse_number(c);
    } else if (ch == '\'') {
        parse_char(c);
    } else if (is_letter(ch) || ch == '_') {
        parse_path(c);
    } else if (ch == '(') {
        c->p++;
        parse_condition(c);
        if (!cursor_take(c, ')')) fail(") is missing");
    } else if (ch == '\0') {
        fail("an expression is missing");
    } else if (ch == '"') {
        fail("a string is no value: words come from the catalogue, {{ t \"key\" }}");
    } else {
        fail("`%c` is not allowed in a template's expression", ch);
    }
}

static void parse_unary(struct cursor *c)
{
    while (next_char(c) == '!' || next_char(c) == '-') {
        char op = *c->p++;
        if (op == '-' && c->p < c->end && *c->p == '-')
            fail("-- changes a value: not in a template");
    }
    parse_primary(c);
}

static void parse_term(struct cursor *c)
{
    parse_unary(c);
    while (next_char(c) == '*' || next_char(c) == '%') {
        c->p++;
        parse_unary(c);
    }
}

static void parse_sum(struct cursor *c)
{
    parse_term(c);
    for (;;) {
        char ch = next_char(c);
        if (ch != '+' && ch != '-') return;
        if (c->end - c->p >= 2 && (c->p[1] == ch || c->p[1] == '='))
            fail("%.2s changes a value: not in a template", c->p);
        c->p++;
        parse_term(c);
    }
}

static void parse_relation(struct cursor *c)
{
    parse_sum(c);
    bool found = take_op(c, "==") || take_op(c, "!=") || take_op(c, "<=") || take_op(c, ">=") ||
                 take_op(c, "<") || take_op(c, ">");
    if (found)
        parse_sum(c);
    else if (next_char(c) == '=')
        fail("= changes a value: compare with ==");
}

static void parse_and(struct cursor *c)
{
    parse_relation(c);
    while (take_op(c, "&&"))
        parse_relation(c);
}

static void parse_condition(struct cursor *c)
{
    parse_and(c);
    while (take_op(c, "||"))
        parse_and(c);
}

static char *parsed(struct cursor *c, void (*parse)(struct cursor *))
{
    skip_blanks(c);
    const char *start = c->p;
    parse(c);
    const char *end = c->p;
    while (end > start && is_blank(end[-1]))
        end--;
    char *z = copy_n(start, (size_t)(end - start));
    for (char *p = z; *p; p++)
        if (*p == '\n' || *p == '\r') *p = ' ';
    return z;
}

char *expr_value(struct cursor *c)
{
    return parsed(c, parse_sum);
}
char *expr_condition(struct cursor *c)
{
    return parsed(c, parse_condition);
}
char *expr_primary(struct cursor *c)
{
    return parsed(c, parse_primary);
}
