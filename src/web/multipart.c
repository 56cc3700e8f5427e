/* multipart.c — see multipart.h. One walk over the body; nothing of it is copied but the names of
 * files, which are cleaned. */
#include "web/multipart.h"

#include "base/thai.h"
#include "web/request.h"

#define BOUNDARY_MAX 70 /* RFC 2046 */

struct part {
    struct str name, filename, type, bytes;
    bool is_file;
};

/* ---- "type; a=b; c="d"" ---- */

static bool is_token_char(char c)
{
    return c > ' ' && c < 0x7f && strchr("()<>@,;:\\\"/[]?=", c) == NULL;
}

/* A quoted value. A backslash hides only a quote or another one: some browsers sent whole paths. */
static enum err take_quoted(struct arena *a, struct str *rest, struct str *ret)
{
    char *out = arena_alloc(a, rest->n);
    size_t n = 0, i = 1;
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        bool is_hidden = rest->p[i] == '\\' && i + 1 < rest->n &&
                         (rest->p[i + 1] == '"' || rest->p[i + 1] == '\\');
        out[n++] = rest->p[is_hidden ? ++i : i];
    }
    if (i == rest->n) return ERR_INPUT; /* not closed */
    *rest = str_from(*rest, i + 1);
    *ret = (struct str){out, n};
    return ERR_OK;
}

static enum err take_value(struct arena *a, struct str *rest, struct str *ret)
{
    if (rest->n > 0 && rest->p[0] == '"') return take_quoted(a, rest, ret);
    size_t n = 0;
    while (n < rest->n && is_token_char(rest->p[n]))
        n++;
    *ret = str_first(*rest, n);
    *rest = str_from(*rest, n);
    return n > 0 ? ERR_OK : ERR_INPUT;
}

static void skip_blanks(struct str *rest)
{
    while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
        *rest = str_from(*rest, 1);
}

/* Takes "; name=value" from the front. ERR_NOT_FOUND at the end. */
static enum err take_param(struct arena *a, struct str *rest, struct str *ret_name, struct str *ret)
{
    skip_blanks(rest);
    if (rest->n == 0) return ERR_NOT_FOUND;
    if (rest->p[0] != ';') return ERR_INPUT;
    *rest = str_from(*rest, 1);
    skip_blanks(rest);
    size_t n = 0;
    while (n < rest->n && is_token_char(rest->p[n]))
        n++;
    *ret_name = str_first(*rest, n);
    *rest = str_from(*rest, n);
    if (n == 0 || rest->n == 0 || rest->p[0] != '=') return ERR_INPUT;
    *rest = str_from(*rest, 1);
    return take_value(a, rest, ret);
}

/* The value before the first ';', trimmed; the rest begins with that ';'. */
static struct str first_word(struct str s, struct str *ret_rest)
{
    ptrdiff_t semi = str_find_char(s, ';');
    *ret_rest = semi < 0 ? STR("") : str_from(s, (size_t)semi);
    return str_trim(semi < 0 ? s : str_first(s, (size_t)semi));
}

bool multipart_is_type(struct str content_type)
{
    struct str rest;
    if (str_is_none(content_type)) return false;
    return str_eq_nocase(first_word(content_type, &rest), STR("multipart/form-data"));
}

static bool is_boundary_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("'()+_,-./:=? ", c) != NULL);
}

static bool is_boundary(struct str b)
{
    if (b.n == 0 || b.n > BOUNDARY_MAX || b.p[b.n - 1] == ' ') return false;
    for (size_t i = 0; i < b.n; i++)
        if (!is_boundary_char(b.p[i])) return false;
    return true;
}

/* "\r\n--boundary", as it stands between parts. */
static enum err read_delimiter(struct arena *a, struct str content_type, struct str *ret)
{
    struct str rest, name, value, boundary = STR_NONE;
    (void)first_word(content_type, &rest);
    enum err e;
    while ((e = take_param(a, &rest, &name, &value)) == ERR_OK) {
        if (!str_eq_nocase(name, STR("boundary"))) continue;
        if (!str_is_none(boundary)) return ERR_INPUT;
        boundary = value;
    }
    if (e != ERR_NOT_FOUND || str_is_none(boundary) || !is_boundary(boundary)) return ERR_INPUT;
    *ret = str_concat(a, (const struct str[]){STR("\r\n--"), boundary}, 2);
    return ERR_OK;
}

/* ---- the head of a part ---- */

/* The last piece of a path, either system's, as a name to show: NFC, one line, not too long. A name
 * that is no text is no name: the file itself may be good. */
static struct str clean_filename(struct arena *a, struct str raw)
{
    struct str clean, rest = raw, piece;
    while (str_split(&rest, '/', &piece))
        raw = piece;
    for (rest = raw; str_split(&rest, '\\', &piece);)
        raw = piece;
    if (thai_clean_line(a, raw, &clean) != ERR_OK) return STR("");
    size_t letters = 0, i = 0;
    for (; i < clean.n; i++)
        if (((unsigned char)clean.p[i] & 0xc0) != 0x80 && letters++ == MULTIPART_FILENAME_MAX) break;
    clean = str_first(clean, i);
    return str_eq(clean, STR(".")) || str_eq(clean, STR("..")) ? STR("") : clean;
}

static enum err read_disposition(struct arena *a, struct str value, struct part *p)
{
    struct str rest, name;
    if (!str_is_none(p->name)) return ERR_INPUT; /* a second one */
    if (!str_eq_nocase(first_word(value, &rest), STR("form-data"))) return ERR_INPUT;
    enum err e;
    while ((e = take_param(a, &rest, &name, &value)) == ERR_OK) {
        if (str_eq_nocase(name, STR("name"))) {
            if (!str_is_none(p->name)) return ERR_INPUT;
            p->name = value;
        } else if (str_eq_nocase(name, STR("filename"))) {
            if (p->is_file) return ERR_INPUT;
            p->is_file = true;
            p->filename = clean_filename(a, value);
        }
    }
    if (e != ERR_NOT_FOUND) return e;
    return !str_is_none(p->name) && p->name.n > 0 && web_utf8_is_valid(p->name) ? ERR_OK : ERR_INPUT;
}

/* A type that begins parts of its own would hide files from every check that follows. */
static enum err read_part_type(struct str value, struct part *p)
{
    struct str rest;
    if (!str_is_none(p->type)) return ERR_INPUT;
    p->type = first_word(value, &rest);
    bool is_nest = str_eq_nocase(str_first(p->type, 10), STR("multipart/"));
    return is_nest || p->type.n > 100 ? ERR_INPUT : ERR_OK;
}

static enum err read_header(struct arena *a, struct str line, struct part *p)
{
    ptrdiff_t colon = str_find_char(line, ':');
    if (colon <= 0) return ERR_INPUT;
    struct str name = str_first(line, (size_t)colon), value = str_trim(str_from(line, (size_t)colon + 1));
    for (size_t i = 0; i < name.n; i++)
        if (!is_token_char(name.p[i])) return ERR_INPUT; /* folded lines begin with a blank */
    for (size_t i = 0; i < value.n; i++)
        if (((unsigned char)value.p[i] < ' ' && value.p[i] != '\t') || value.p[i] == 0x7f) return ERR_INPUT;
    if (str_eq_nocase(name, STR("content-disposition"))) return read_disposition(a, value, p);
    if (str_eq_nocase(name, STR("content-type"))) return read_part_type(value, p);
    if (!str_eq_nocase(name, STR("content-transfer-encoding"))) return ERR_OK;
    bool is_plain = str_eq_nocase(value, STR("binary")) || str_eq_nocase(value, STR("8bit")) ||
                    str_eq_nocase(value, STR("7bit"));
    return is_plain ? ERR_OK : ERR_INPUT;
}

/* Lines up to the empty one; `*rest` begins with the content then. */
static enum err read_head(struct arena *a, struct str *rest, struct part *p)
{
    struct str body = *rest;
    ptrdiff_t end = str_find(str_first(body, MULTIPART_HEAD_MAX + 4), STR("\r\n\r\n"));
    if (end < 0) return body.n > MULTIPART_HEAD_MAX ? ERR_LIMIT : ERR_INPUT;
    struct str head = str_first(body, (size_t)end + 2);
    *rest = str_from(body, (size_t)end + 4);
    while (head.n > 0) {
        ptrdiff_t cr = str_find(head, STR("\r\n"));
        struct str line = str_first(head, (size_t)cr); /* the head ends with CRLF */
        if (str_find_char(line, '\r') >= 0 || str_find_char(line, '\n') >= 0) return ERR_INPUT;
        TRY(read_header(a, line, p));
        head = str_from(head, (size_t)cr + 2);
    }
    return str_is_none(p->name) ? ERR_INPUT : ERR_OK;
}

/* ---- the body ---- */

/* As for urlencoded fields: UTF-8, no controls but those of a text area. */
static bool is_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f) return false;
    }
    return web_utf8_is_valid(s);
}

/* The next delimiter of `s`, SIZE_MAX when there is none. memmem: bodies are megabytes. */
static size_t find_delimiter(struct str s, struct str delimiter)
{
    const char *at = memmem(s.p, s.n, delimiter.p, delimiter.n);
    return at == NULL ? SIZE_MAX : (size_t)(at - s.p);
}

/* Behind a delimiter: CRLF, a part follows; "--" and the end of the body, ERR_NOT_FOUND. */
static enum err after_delimiter(struct str *rest)
{
    if (str_starts(*rest, STR("\r\n"))) {
        *rest = str_from(*rest, 2);
        return ERR_OK;
    }
    bool is_end = str_eq(*rest, STR("--")) || str_eq(*rest, STR("--\r\n"));
    return is_end ? ERR_NOT_FOUND : ERR_INPUT;
}

static enum err read_part(struct arena *a, struct str delimiter, struct str *rest, struct part *p)
{
    TRY(read_head(a, rest, p));
    size_t end = find_delimiter(*rest, delimiter);
    if (end == SIZE_MAX) return ERR_INPUT; /* cut off in the middle */
    p->bytes = str_first(*rest, end);
    *rest = str_from(*rest, end + delimiter.n);
    return p->is_file || is_text(p->bytes) ? ERR_OK : ERR_INPUT;
}

/* A file input left empty is sent as a part without name and bytes: nothing was chosen. */
static void keep(const struct part *p, struct web_field *fields, size_t *nfields, struct web_file *files,
                 size_t *nfiles)
{
    if (!p->is_file)
        fields[(*nfields)++] = (struct web_field){p->name, p->bytes};
    else if (p->filename.n > 0 || p->bytes.n > 0)
        files[(*nfiles)++] = (struct web_file){p->name, p->filename, p->type, p->bytes};
}

enum err multipart_parse(struct arena *a, struct str content_type, struct str body,
                         struct web_fields *ret_form, struct web_files *ret_files)
{
    struct str delimiter;
    TRY(read_delimiter(a, content_type, &delimiter));
    struct str first = str_from(delimiter, 2); /* the body begins with it */
    if (!str_starts(body, first)) return ERR_INPUT;
    struct str rest = str_from(body, first.n);
    struct web_field *fields = ARENA_ARRAY(a, struct web_field, MULTIPART_PARTS_MAX);
    struct web_file *files = ARENA_ARRAY(a, struct web_file, MULTIPART_PARTS_MAX);
    size_t nfields = 0, nfiles = 0, n = 0;
    enum err e;
    while ((e = after_delimiter(&rest)) == ERR_OK) {
        struct part p = {0};
        if (n++ == MULTIPART_PARTS_MAX) return ERR_LIMIT;
        TRY(read_part(a, delimiter, &rest, &p));
        keep(&p, fields, &nfields, files, &nfiles);
    }
    if (e != ERR_NOT_FOUND) return e;
    *ret_form = (struct web_fields){fields, nfields};
    *ret_files = (struct web_files){files, nfiles};
    return ERR_OK;
}
