/* paper.h — official papers as PDF: A4, Sarabun, Thai line breaks, text that can be taken out again.
 *
 * A paper is said in terms of meaning (title, paragraphs, label and value, table, signatures); this
 * layer knows where on the page that is. paper_begin() and what follows only write down in the arena
 * what shall be on it: nothing is to be freed when a caller turns back half-way. paper_end() lays out,
 * counts the pages and draws. The same words give the same bytes: no time, no machine, no chance in it.
 *
 * All text is borrowed until paper_end(); "" or none leaves a part out. A letter that the face does not
 * have becomes PAPER_UNKNOWN and is counted: a paper never shows an empty box. Why so: docs/adr/0019-paper.md.
 */
#ifndef SARN_PAPER_PAPER_H
#define SARN_PAPER_PAPER_H

#include "base/money.h"

#define PAPER_PAGES_MAX 200
#define PAPER_TEXT_MAX  ((size_t)1 << 20) /* bytes of text on one paper */
#define PAPER_BYTES_MAX ((size_t)8 << 20) /* of the PDF */
#define PAPER_COLS_MAX  12
#define PAPER_SIGNS_MAX 8
#define PAPER_UNKNOWN   '?'

/* Words that the paper itself puts beside what it is told; the caller knows the language. */
struct paper_words {
    struct str page;     /* "หน้า {0}/{1}" */
    struct str sign;     /* "ลงชื่อ" */
    struct str position; /* "ตำแหน่ง" */
    struct str date;     /* "วันที่" */
};
struct paper_about {
    struct str title;     /* of the file, for the reader's window */
    struct str author;    /* whose paper: the fund */
    struct str footer;    /* on every page, left: what and which number */
    struct str check;     /* on every page, under it: how the paper is checked */
    struct str link;      /* what the QR says; at most PAPER_LINK_MAX bytes, none: no QR */
    struct str watermark; /* large and pale across every page: ร่าง, ยกเลิก */
    bool has_thai_digits; /* numbers in ๐–๙, but not in words with Latin letters (L3351) */
    struct paper_words words;
};
#define PAPER_LINK_MAX 300

struct paper; /* opaque, in the arena */
struct paper *paper_begin(struct arena *a, const struct paper_about *about);
/* Another paper in the same file, on pages of its own: its footer, QR and watermark, its pages counted from 1. Title,
 * author, words and digits of the file stay those of the first. Something was said before. */
void paper_next(struct paper *p, const struct paper_about *about);

/* Centred: whose paper (bold), what it is (large), and a line under it. */
void paper_title(struct paper *p, struct str whose, struct str what, struct str under);
/* One line at the right margin: place, number, date. */
void paper_right(struct paper *p, struct str text);
/* A bold line that stays with what follows it. */
void paper_section(struct paper *p, struct str text);
void paper_para(struct paper *p, struct str text); /* first line indented; LF begins a new line */
void paper_numbered(struct paper *p, struct str text); /* 1. 2. 3. … from each section on */
void paper_note(struct paper *p, struct str text);     /* small */
/* A box before a line of choice; a ticked one holds "√", so that who is read to hears it. */
void paper_tick(struct paper *p, bool is_ticked, struct str text);
void paper_gap(struct paper *p);
/* Label and value on a line; with a second pair the line is shared. */
void paper_field(struct paper *p, struct str label, struct str value);
void paper_fields(struct paper *p, struct str label, struct str value, struct str label2,
                  struct str value2);
/* A sum in figures and in words, in a frame of its own: what a paper of money is about. */
void paper_sum(struct paper *p, struct str label, struct str figures, struct str words);

/* ---- tables: the head is repeated on each page, a row stays whole ---- */
enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT }; /* money and counts: right */
struct paper_col {
    struct str head;
    enum paper_align align;
    int share; /* of the width, relative to the other columns; > 0 */
};
enum paper_row_kind {
    PAPER_ROW,
    PAPER_ROW_GROUP, /* a heading within: bold, on a tint */
    PAPER_ROW_SUM    /* bold between a line and a double line */
};
void paper_table(struct paper *p, const struct paper_col *cols, size_t ncols); /* borrowed */
/* Of the last table; as many cells as it has columns (borrowed until paper_end). What makes a row higher
 * than half a page is cut with "…". */
void paper_row(struct paper *p, enum paper_row_kind kind, const struct str *cells, size_t ncells);

/* ---- signatures: two a row, each block whole ---- */
struct paper_sign {
    struct str role;     /* behind the line: ผู้รับเงิน */
    struct str name;     /* in brackets under it; "": dotted, to be written */
    struct str position; /* "": none; PAPER_BLANK: dotted, to be written */
};
#define PAPER_BLANK STR("\x01")
void paper_signs(struct paper *p, const struct paper_sign *signs,
                 size_t nsigns); /* at most PAPER_SIGNS_MAX */

/* ---- pictures: three a row with their captions, a row stays whole ---- */
struct paper_photo {
    struct str jpeg; /* as room and helper made it: never what a stranger sent (borrowed) */
    int32_t width, height;
    struct str caption; /* two lines at most */
};
void paper_photos(struct paper *p, const struct paper_photo *photos, size_t nphotos);

struct paper_made {
    int pages;
    int unknown; /* letters that became PAPER_UNKNOWN */
};
/* ERR_LIMIT: too much text, too many pages, or `out` is full. ERR_INTERNAL: the face could not be
 * loaded or the engine failed. ret may be NULL. */
enum err paper_end(struct paper *p, struct buf *out, struct paper_made *ret);

#endif
