/* face.h — inside only: the face of papers, loaded from the program itself. */
#ifndef SARN_PAPER_FACE_H
#define SARN_PAPER_FACE_H

#include <pango/pango.h>

#include "base/err.h"

#define FACE_FAMILY "Sarabun"

struct face {
    PangoFontMap *map;
    PangoContext *context; /* 72 dpi: one unit is one point; Thai */
    PangoFont *font;       /* to ask which letters there are */
};
/* This thread's, made once (some 15 ms) and freed when the thread ends. Borrowed. */
enum err face_get(struct face **ret);

#endif
