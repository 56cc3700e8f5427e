/* htmlc.h — the template compiler: .html files become C functions.
 *
 * One pass: scan.c cuts a file into literals and {{ directives }}, template.c drives, place.c knows
 * where in the HTML we stand (and with rules.c refuses what it cannot prove), expr.c checks the C
 * expressions, gen.c collects the C text, messages.c reads the catalogue of sentences.
 * The first thing that is wrong stops the compiler with "file:line: error: …" and exit code 1;
 * nothing is written then. Memory is never freed: the process lives for milliseconds.
 * The language is described in docs/htmlc.md.
 */
#ifndef SARN_HTMLC_H
#define SARN_HTMLC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- text.c: growing text, files, complaints ---- */
struct text {
    char *p; /* NUL-terminated once anything was put */
    size_t n, cap;
};
void text_put(struct text *t, const char *p, size_t n);
void text_putz(struct text *t, const char *z);
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_clear(struct text *t);
/* As a C string literal, quotes included, broken after each newline. */
void text_put_literal(struct text *t, const char *p, size_t n);

void *take(size_t size); /* zeroed, or the process ends */
char *copy_n(const char *p, size_t n);
struct text file_read(const char *path);
/* Writes only when the content differs, by rename: nothing is rebuilt without a reason. */
void file_write(const char *path, const struct text *t);
const char *base_name(const char *path);

/* Where complaints point; set while a file is being read. */
struct where {
    const char *file;
    int line;
};
extern struct where where;
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool is_letter(char c)
{
    return is_lower(c) || is_upper(c);
}
static inline bool is_word(char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}
/* Is `name` one of the blank-separated words of `list`? */
bool word_in(const char *name, const char *list);

/* ---- scan.c: literals and directives ---- */
enum token_kind {
    TOKEN_LITERAL,
    TOKEN_VALUE,
    TOKEN_TEMPLATE,
    TOKEN_INCLUDE,
    TOKEN_IF,
    TOKEN_ELIF,
    TOKEN_ELSE,
    TOKEN_END,
    TOKEN_FOR,
    TOKEN_T,
    TOKEN_PART,
    TOKEN_COMMENT,
    TOKEN_EOF
};
struct token {
    enum token_kind kind;
    const char *p; /* literal: its bytes; directive: what follows the keyword, trimmed */
    size_t n;
    int line;
    bool is_alone; /* a directive without output that has its line for itself */
};
struct scan {
    const char *p, *end, *start;
    int line;
};
struct token scan_next(struct scan *s);

/* ---- expr.c: restricted C expressions ---- */
struct cursor {
    const char *p, *end;
};
void skip_blanks(struct cursor *c);
bool cursor_is_end(struct cursor *c); /* after blanks */
bool cursor_take(struct cursor *c, char ch);
/* An identifier; NULL when there is none. */
char *cursor_word(struct cursor *c);
/* The inside of a "…"; NULL when there is none. */
char *cursor_string(struct cursor *c);
/* Each checks and returns the C text of one expression. */
char *expr_value(struct cursor *c);     /* path, number, sum */
char *expr_condition(struct cursor *c); /* also && || ! and comparisons */
char *expr_primary(struct cursor *c);   /* path, number or (…) : arguments of t */

/* ---- messages.c: the catalogue ---- */
struct message {
    char *key, *th, *en;
    int line;
    unsigned nargs; /* {0} … {nargs-1}, each used in both languages */
    bool is_used;
};
struct catalogue {
    const char *file;
    struct message *rows;
    size_t n;
};
struct catalogue catalogue_read(const char *path);
/* Fails with the nearest key when there is none. */
struct message *catalogue_get(struct catalogue *c, const char *key);
struct message *catalogue_find(struct catalogue *c, const char *key);
void catalogue_emit(const struct catalogue *c, const char *out_h, const char *out_c);
/* unused.c: prints keys that no file below the directories uses; true when there are any. */
bool catalogue_print_unused(struct catalogue *c, char **dirs, int ndirs);

/* ---- place.c: where in the HTML we stand ---- */
enum { NAME_MAX_ = 40, OPEN_MAX = 64, ATTRS_MAX = 32, VALUE_MAX_ = 200 };
enum place_state {
    PLACE_TEXT,
    PLACE_LT,        /* after '<' */
    PLACE_NAME,      /* in the name of a start tag */
    PLACE_END_NAME,  /* in the name of an end tag */
    PLACE_TAG,       /* in a tag, between attributes */
    PLACE_ATTR_NAME, /* in an attribute's name */
    PLACE_EQUALS,    /* after '=' */
    PLACE_VALUE,     /* in a quoted value */
    PLACE_SLASH,     /* after '/' of a tag that closes itself */
    PLACE_BANG,      /* after "<!" */
    PLACE_COMMENT,
    PLACE_DOCTYPE
};
enum url_kind { URL_EMPTY, URL_LITERAL, URL_WHOLE }; /* what stood in the address so far */
struct place {
    enum place_state state;
    char name[NAME_MAX_]; /* element or attribute name being read */
    size_t name_n;
    /* the tag being read */
    char tag[NAME_MAX_];
    int tag_line;
    bool needs_space; /* an attribute must be set off by a blank */
    bool may_space;   /* a blank stood in the source and is not written yet */
    char attrs[ATTRS_MAX][NAME_MAX_];
    size_t nattrs;
    unsigned seen; /* SEEN_… bits: attributes that this tag certainly has */
    /* the attribute value being read */
    char quote;
    char value[VALUE_MAX_]; /* its literal bytes, cut at the end */
    size_t value_n;
    bool has_dynamic;
    enum url_kind url;
    /* text */
    char blank;     /* 0, ' ' or '\n': white space not yet written */
    bool may_blank; /* white space here could be seen by a reader */
    bool at_textarea_start;
    /* comment */
    int dashes;
    /* elements that are open */
    char open[OPEN_MAX][NAME_MAX_];
    int open_line[OPEN_MAX];
    size_t nopen;
};
/* Walks over literal bytes; what is to be written is appended to `out`. */
void place_literal(struct place *pl, const char *p, size_t n, int line, struct text *out);
enum dynamic { DYNAMIC_TEXT, DYNAMIC_PLAIN, DYNAMIC_ATTR, DYNAMIC_URL, DYNAMIC_URLPART };
/* A value stands here: which function writes it, or a refusal. */
enum dynamic place_value(struct place *pl, struct text *out);
/* A part stands here: only where text may stand. */
void place_part(struct place *pl, struct text *out);
/* if, for, else, end stand here. */
void place_branch(struct place *pl, struct text *out);
/* Both ends of two ways through a template must be alike; the outcome is left in `a`. */
void place_merge(struct place *a, const struct place *b, int line, const char *what);
bool place_keeps_blanks(const struct place *pl); /* in <pre> or <textarea> */
/* Starts with, and at the end demands, these open elements (blank-separated). */
void place_begin(struct place *pl, const char *closes);
void place_finish(struct place *pl, const char *opens, struct text *out);

/* ---- rules.c: what is refused ---- */
enum {
    SEEN_ID = 1,
    SEEN_LABEL = 2,
    SEEN_ALT = 4,
    SEEN_SRC = 8,
    SEEN_NO_LABEL_NEEDED = 16, /* type=hidden, submit … */
    SEEN_WORD_VALUE = 32,      /* value="…" in words */
    SEEN_BUTTON_TYPE = 64      /* type=submit, button, reset */
};
bool rule_is_void(const char *tag);
bool rule_is_block(const struct place *pl, const char *tag);
bool rule_is_url(const char *attr);
bool rule_is_open(const struct place *pl, const char *tag);
void rule_attr_name(struct place *pl);
void rule_attr_end(struct place *pl);
/* A value may be put into this attribute at all. */
void rule_attr_value(const struct place *pl);
void rule_url_prefix(const struct place *pl); /* literal part before a value */
void rule_start_tag(struct place *pl, bool is_self_closed);
/* Words must come from the catalogue. */
void rule_no_words(const char *p, size_t n, const char *where_text);

/* ---- template.c, gen.c ---- */
struct gen {
    struct text c, h;
    struct text literal; /* not yet written as code */
    const char *file;
};
void gen_flush(struct gen *g);
void gen_line(struct gen *g, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void gen_begin(struct gen *g, const char *file, const char *out_h);
void gen_function(struct gen *g, const char *name, const char *params, char **param_names, size_t n,
                  int line);
void gen_function_end(struct gen *g);
void gen_end(struct gen *g);
void template_compile(const char *in, const char *out_c, const char *out_h, struct catalogue *msgs);

#endif
