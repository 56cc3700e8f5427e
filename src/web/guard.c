/* guard.c — see guard.h. Two parts: guard_check_head() judges a whole head as text; guard_feed()
 * cuts the stream into heads and bodies, and refuses at once what needs no whole head to be seen. */
#include "web/guard.h"

#include <stdlib.h>

/* ---- characters ---- */

/* `tchar` of RFC 9110: what a method and a header's name are made of. */
static bool is_token_char(char c)
{
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    return c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_token_char(s.p[i])) return false;
    return s.n > 0;
}

static size_t count_char(struct str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* Blanks of HTTP around a value; not str_trim(), which knows U+00A0 as well. */
static struct str trim_blanks(struct str s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* ---- the whole head ---- */

/* The path and query as sent. What they mean is for request.c; here only what a parser could trip
 * over, and the number of fields, for which MHD would take memory. */
static int check_target(struct str target, struct guard_head *ret)
{
    if (target.n == 0 || target.p[0] != '/') return 400;
    for (size_t i = 0; i < target.n; i++)
        if (target.p[i] <= ' ' || target.p[i] > '~') return 400;
    /* A fragment never travels; the library and we could cut it differently. */
    if (str_find_char(target, '#') >= 0) return 400;
    ret->is_api = str_starts(target, STR("/api/"));
    ptrdiff_t q = str_find_char(target, '?');
    if (q >= 0 && count_char(str_from(target, (size_t)q), '&') >= GUARD_QUERY_FIELDS_MAX)
        return 400;
    return 0;
}

/* Exactly one blank between the three parts: RFC 9112 lets a server be lenient, a guard is not. */
static int check_request_line(struct str line, struct guard_head *ret)
{
    struct str method, target;
    if (!str_split(&line, ' ', &method) || !is_token(method)) return 400;
    if (!str_split(&line, ' ', &target)) return 400;
    int status = check_target(target, ret);
    if (status != 0) return status;
    ret->is_http10 = str_eq(line, STR("HTTP/1.0"));
    return ret->is_http10 || str_eq(line, STR("HTTP/1.1")) ? 0 : 400;
}

/* host, host:port, [v6]:port. Looser than the RFC in what a name is, strict in its characters. */
static bool is_host(struct str v)
{
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        bool is_alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_alnum && strchr("-._:[]", c) == NULL) return false;
    }
    return v.n > 0 && v.n <= 255;
}

/* 15 digits fit into every integer type that anybody might read them with. */
static int check_length(struct str v, struct guard_head *ret)
{
    if (ret->has_length || v.n == 0 || v.n > 15) return 400;
    ret->has_length = true;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] < '0' || v.p[i] > '9') return 400;
        ret->length = ret->length * 10 + (uint64_t)(v.p[i] - '0');
    }
    return 0;
}

static int check_encoding(struct str v, struct guard_head *ret)
{
    if (ret->is_chunked || !str_eq_nocase(v, STR("chunked"))) return 400;
    ret->is_chunked = true;
    return 0;
}

/* The two fields that say where the body ends. A blank behind their value is refused: the library
 * does not take it off, and "chunked " would be a body of another kind to it than to us. */
static int check_framing(struct str name, struct str value, struct guard_head *ret)
{
    bool is_length = str_eq_nocase(name, STR("content-length"));
    if (!is_length && !str_eq_nocase(name, STR("transfer-encoding"))) return 0;
    struct str bare = trim_blanks(value);
    if (bare.p + bare.n != value.p + value.n) return 400;
    return is_length ? check_length(bare, ret) : check_encoding(bare, ret);
}

/* One header line. Its name decides whether it has a say in the framing. */
static int check_field(struct str line, struct guard_head *ret)
{
    if (++ret->fields > GUARD_HEADERS_MAX) return 431;
    ptrdiff_t colon = str_find_char(line, ':');
    if (colon < 0) return 400;
    struct str name = str_first(line, (size_t)colon);
    if (!is_token(name)) return 400; /* also " folded" and "Host :" */
    struct str raw = str_from(line, (size_t)colon + 1), value = trim_blanks(raw);
    if (str_eq_nocase(name, STR("host"))) return ret->hosts++ > 0 || !is_host(value) ? 400 : 0;
    if (str_eq_nocase(name, STR("cookie")) && count_char(value, ';') >= GUARD_COOKIES_MAX)
        return 431;
    return check_framing(name, raw, ret);
}

/* Takes a line that ends in CRLF; false when there is none, or a control character in it. */
static bool take_line(struct str *rest, struct str *ret_line)
{
    ptrdiff_t lf = str_find_char(*rest, '\n');
    if (lf < 1 || rest->p[lf - 1] != '\r') return false;
    *ret_line = str_first(*rest, (size_t)lf - 1);
    *rest = str_from(*rest, (size_t)lf + 1);
    for (size_t i = 0; i < ret_line->n; i++) {
        unsigned char c = (unsigned char)ret_line->p[i];
        if ((c < ' ' && c != '\t') || c == 0x7f) return false;
    }
    return true;
}

/* The lines that are there, the empty one being the last. What stands behind it is left in *rest;
 * *ret_is_whole: the empty line was among them. An unfinished line is not looked at. */
static int check_lines(struct str *rest, struct guard_head *ret, bool *ret_is_whole)
{
    *ret = (struct guard_head){0};
    *ret_is_whole = false;
    bool is_first = true;
    while (str_find_char(*rest, '\n') >= 0) {
        struct str line;
        if (!take_line(rest, &line)) return 400;
        *ret_is_whole = !is_first && line.n == 0;
        if (*ret_is_whole) return 0;
        int status = is_first ? check_request_line(line, ret) : check_field(line, ret);
        if (status != 0) return status;
        is_first = false;
    }
    return 0;
}

/* The rules between lines come last: each line was good by itself. */
int guard_check_head(struct str head, struct guard_head *ret)
{
    bool is_whole;
    int status = check_lines(&head, ret, &is_whole);
    if (status != 0) return status;
    if (!is_whole || head.n != 0) return 400;
    if (ret->hosts == 0 && !ret->is_http10) return 400;
    if (ret->is_chunked && (ret->has_length || ret->is_http10)) return 400;
    return 0;
}

/* ---- the stream ---- */

/* No allocation until a head comes in pieces: most come whole. */
void guard_init(struct guard *g)
{
    *g = (struct guard){.place = GUARD_BETWEEN};
}

void guard_free(struct guard *g)
{
    free(g->part);
    g->part = NULL;
}

/* The head is there as a whole: judges it and says what follows it. */
static void finish_head(struct guard *g, struct str head)
{
    struct guard_head h;
    g->fault = guard_check_head(head, &h);
    g->is_api = h.is_api;
    if (g->fault != 0) return;
    g->heads++;
    g->is_chunked = h.is_chunked;
    g->length = g->left = h.length;
    g->line_n = 0;
    g->body_n = 0;
    g->last = '\0';
    g->place = h.is_chunked ? GUARD_IN_CHUNK_SIZE : h.length > 0 ? GUARD_IN_BODY : GUARD_BETWEEN;
}

/* One byte of a head: true when it ends the empty line. Faults that need no whole head to be seen
 * are found here, before the library may act on a line end that is none. */
static bool head_byte(struct guard *g, char c)
{
    char before = g->last;
    g->last = c;
    if ((before == '\r') != (c == '\n')) { /* bare CR, bare LF */
        g->fault = 400;
        return false;
    }
    if (c == '\r') return false;
    if (c == '\n') {
        bool is_empty = g->line_n == 0;
        if (is_empty && g->is_first_line) g->fault = 400;
        g->is_first_line = false;
        g->line_n = 0;
        return is_empty && g->fault == 0;
    }
    g->line_n++;
    if (((unsigned char)c < ' ' && c != '\t') || c == 0x7f) g->fault = 400;
    return false;
}

/* Keeps a piece of a head until the rest comes. Its size is checked by the caller. */
static void keep_part(struct guard *g, const char *p, size_t n)
{
    if (g->part == NULL) g->part = malloc(GUARD_HEAD_BYTES_MAX);
    if (g->part == NULL) abort(); /* no memory: as in arena.c */
    memcpy(g->part + g->part_n, p, n);
    g->part_n += n;
}

/* The form of a refusal when the head never came to be judged as a whole: from what is there. */
static void note_is_api(struct guard *g, struct str head)
{
    ptrdiff_t sp = str_find_char(str_first(head, 32), ' ');
    g->is_api = sp >= 0 && str_starts(str_from(head, (size_t)sp + 1), STR("/api/"));
}

/* The lines of an unfinished head go on to the library, which answers some faults by itself and at
 * once (a line without colon, a request line without version): so each line is judged as it comes.
 * From the first one every time: a head has at most 64 of them. Of two faults the first in the stream is told,
 * so that the answer does not depend on how the stream was cut. */
static void check_part(struct guard *g, struct str lines)
{
    struct guard_head h;
    bool is_whole;
    int status = check_lines(&lines, &h, &is_whole);
    if (status != 0) g->fault = status;
}

/* A head that lies whole in this piece is judged in place; one that is cut is collected first.
 * Returns the bytes taken. */
static size_t feed_head(struct guard *g, const char *p, size_t n)
{
    if (g->place == GUARD_BETWEEN) {
        g->place = GUARD_IN_HEAD;
        g->is_first_line = true;
        g->is_api = false;
        g->line_n = g->part_n = 0;
        g->last = '\0';
    }
    size_t i = 0;
    bool is_whole = false;
    while (i < n && !is_whole && g->fault == 0) {
        if (g->part_n + i >= GUARD_HEAD_BYTES_MAX)
            g->fault = g->is_first_line ? 414 : 431;
        else
            is_whole = head_byte(g, p[i++]);
    }
    struct str head = {p, i};
    if (g->part_n > 0 || (!is_whole && g->fault == 0)) {
        keep_part(g, p, i);
        head = (struct str){g->part, g->part_n};
    }
    if (is_whole)
        finish_head(g, head);
    else if (g->fault != 0 || memchr(p, '\n', i) != NULL)
        check_part(g, head);
    if (g->fault != 0) note_is_api(g, head);
    if (is_whole) guard_free(g);
    return i;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* A byte of `SIZE CR LF`. */
static void chunk_size_byte(struct guard *g, char c)
{
    int digit = hex_value(c);
    if (g->last != '\r' && digit >= 0 && g->line_n < 8) {
        g->left = g->left * 16 + (uint64_t)digit;
        g->line_n++;
    } else if (g->last != '\r' && c == '\r' && g->line_n > 0) {
        /* the LF is next */
    } else if (g->last == '\r' && c == '\n') {
        g->place = g->left > 0 ? GUARD_IN_BODY : GUARD_IN_LAST_END;
    } else {
        g->fault = 400;
    }
    g->last = c;
}

/* A byte of the CRLF that must follow a chunk, or the last one. */
static void chunk_end_byte(struct guard *g, char c)
{
    if (c != (g->last == '\r' ? '\n' : '\r')) g->fault = 400;
    g->last = c;
    if (g->fault != 0 || c != '\n') return;
    g->place = g->place == GUARD_IN_LAST_END ? GUARD_BETWEEN : GUARD_IN_CHUNK_SIZE;
    g->left = g->line_n = 0;
    g->last = '\0';
}

/* Data in one stride, framing byte by byte. Returns the bytes taken. */
static size_t feed_body(struct guard *g, const char *p, size_t n)
{
    if (g->place == GUARD_IN_BODY) {
        size_t taken = g->left < n ? (size_t)g->left : n;
        g->left -= taken;
        g->body_n += taken;
        if (g->left == 0) g->place = g->is_chunked ? GUARD_IN_CHUNK_END : GUARD_BETWEEN;
        g->last = '\0';
        return taken;
    }
    /* `last` belongs to a line; each of the two CRLFs behind a size of 0 starts anew. */
    bool is_size = g->place == GUARD_IN_CHUNK_SIZE;
    if (is_size)
        chunk_size_byte(g, *p);
    else
        chunk_end_byte(g, *p);
    if (g->place == GUARD_IN_LAST_END && is_size) g->last = '\0';
    return 1;
}

size_t guard_feed(struct guard *g, const char *p, size_t n)
{
    size_t at = 0, message = 0; /* where the message that is being read begins in this piece */
    uint32_t heads_before = g->heads;
    while (at < n && g->fault == 0) {
        if (g->place == GUARD_BETWEEN) {
            message = at;
            heads_before = g->heads;
        }
        at += guard_is_in_body(g) ? feed_body(g, p + at, n - at) : feed_head(g, p + at, n - at);
    }
    if (g->fault == 0) return n;
    /* Nothing of the faulty message is passed on; its head, if it was good, will not be run. */
    g->heads = heads_before;
    return message;
}
