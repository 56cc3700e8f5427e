/* paper.c — writes down what shall be on a paper, and has it made. Only arena memory before
 * paper_end(), so that a caller may turn back at any line. */
#include "paper/paper.h"

#include <assert.h>

#include "paper/paper_internal.h"

struct paper *paper_begin(struct arena *a, const struct paper_about *about)
{
    struct paper *p = ARENA_NEW(a, struct paper);
    p->a = a;
    p->about = *about;
    return p;
}

static struct part *add(struct paper *p, enum part_kind kind, struct str a, struct str b,
                        struct str c, struct str d)
{
    struct part *part = ARENA_NEW(p->a, struct part);
    *part = (struct part){.kind = kind, .text = {a, b, c, d}};
    p->bytes += a.n + b.n + c.n + d.n;
    if (p->last)
        p->last->next = part;
    else
        p->first = part;
    p->last = part;
    return part;
}

void paper_next(struct paper *p, const struct paper_about *about)
{
    struct paper_about *kept = ARENA_NEW(p->a, struct paper_about);
    assert(p->last != NULL);
    *kept = *about;
    add(p, PART_NEXT, STR_NONE, STR_NONE, STR_NONE, STR_NONE)->about = kept;
}

void paper_title(struct paper *p, struct str whose, struct str what, struct str under)
{
    add(p, PART_TITLE, whose, what, under, STR_NONE);
}

void paper_right(struct paper *p, struct str text)
{
    add(p, PART_RIGHT, text, STR_NONE, STR_NONE, STR_NONE);
}

void paper_section(struct paper *p, struct str text)
{
    add(p, PART_SECTION, text, STR_NONE, STR_NONE, STR_NONE);
}

void paper_para(struct paper *p, struct str text)
{
    add(p, PART_PARA, text, STR_NONE, STR_NONE, STR_NONE);
}

void paper_numbered(struct paper *p, struct str text)
{
    add(p, PART_NUMBERED, text, STR_NONE, STR_NONE, STR_NONE);
}

void paper_note(struct paper *p, struct str text)
{
    add(p, PART_NOTE, text, STR_NONE, STR_NONE, STR_NONE);
}

void paper_tick(struct paper *p, bool is_ticked, struct str text)
{
    add(p, PART_TICK, text, STR_NONE, STR_NONE, STR_NONE)->is_ticked = is_ticked;
}

void paper_gap(struct paper *p)
{
    add(p, PART_GAP, STR_NONE, STR_NONE, STR_NONE, STR_NONE);
}

void paper_field(struct paper *p, struct str label, struct str value)
{
    add(p, PART_FIELDS, label, value, STR_NONE, STR_NONE);
}

void paper_fields(struct paper *p, struct str label, struct str value, struct str label2,
                  struct str value2)
{
    add(p, PART_FIELDS, label, value, label2, value2);
}

void paper_sum(struct paper *p, struct str label, struct str figures, struct str words)
{
    add(p, PART_SUM, label, figures, words, STR_NONE);
}

void paper_table(struct paper *p, const struct paper_col *cols, size_t ncols)
{
    assert(ncols > 0 && ncols <= PAPER_COLS_MAX);
    struct part *part = add(p, PART_TABLE, STR_NONE, STR_NONE, STR_NONE, STR_NONE);
    part->table = p->table = (struct table){cols, ncols};
    for (size_t i = 0; i < ncols; i++) {
        assert(cols[i].share > 0);
        p->bytes += cols[i].head.n;
    }
}

void paper_row(struct paper *p, enum paper_row_kind kind, const struct str *cells, size_t ncells)
{
    assert(p->table.ncols > 0 && ncells == p->table.ncols);
    struct part *part = add(p, PART_ROW, STR_NONE, STR_NONE, STR_NONE, STR_NONE);
    part->table = p->table;
    part->row = kind;
    part->cells = cells;
    for (size_t i = 0; i < ncells; i++)
        p->bytes += cells[i].n;
}

void paper_signs(struct paper *p, const struct paper_sign *signs, size_t nsigns)
{
    assert(nsigns <= PAPER_SIGNS_MAX);
    struct part *part = add(p, PART_SIGNS, STR_NONE, STR_NONE, STR_NONE, STR_NONE);
    part->signs = signs;
    part->nsigns = nsigns;
    for (size_t i = 0; i < nsigns; i++)
        p->bytes += signs[i].role.n + signs[i].name.n + signs[i].position.n;
}

void paper_photos(struct paper *p, const struct paper_photo *photos, size_t nphotos)
{
    if (nphotos == 0) return;
    struct part *part = add(p, PART_PHOTOS, STR_NONE, STR_NONE, STR_NONE, STR_NONE);
    part->photos = photos;
    part->nphotos = nphotos;
    for (size_t i = 0; i < nphotos; i++) p->bytes += photos[i].caption.n;
}

enum err paper_end(struct paper *p, struct buf *out, struct paper_made *ret)
{
    if (p->bytes > PAPER_TEXT_MAX) return err_note(ERR_LIMIT, "a paper of %zu bytes", p->bytes);
    struct flow f = {.paper = p, .a = p->a, .y = MARGIN_TOP, .number = 1};
    TRY(face_get(&f.face));
    flow_sheaf(&f, &p->about);
    for (const struct part *part = p->first; part != NULL && !f.is_over; part = part->next)
        flow_part(&f, part);
    enum err e = f.is_over ? err_note(ERR_LIMIT, "a paper of more than %d pages", PAPER_PAGES_MAX)
                           : paper_draw(&f, f.page + 1, out);
    flow_free(&f);
    if (e == ERR_OK && ret) *ret = (struct paper_made){f.page + 1, f.unknown};
    return e;
}
