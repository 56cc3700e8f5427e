/* image_internal.h — what the files of this layer share. Everything but the answer's form is used in
 * the helper process only: it lives for one image. */
#ifndef SARN_IMAGE_IMAGE_INTERNAL_H
#define SARN_IMAGE_IMAGE_INTERNAL_H

#include "image/image.h"

/* How the helper ends. */
enum { HELPER_GOOD = 0, HELPER_BROKEN = 3, HELPER_TOO_LARGE = 4 };

/* What the helper writes before the bytes of both images. Same machine, same program: no byte order. */
struct image_answer {
    char magic[8];
    struct image_size whole, small;
    uint32_t whole_n, small_n;
};
#define IMAGE_ANSWER_MAGIC "SarnImg1"

struct pixels { /* RGB, rows without padding */
    int32_t width, height;
    uint8_t *rgb; /* malloc'ed */
};
static inline size_t pixels_bytes(const struct pixels *p)
{
    return (size_t)p->width * (size_t)p->height * 3;
}

/* Upright directions are 1–8 as EXIF numbers them. *ret is zeroed before; ret->rgb is the caller's to
 * free, after a fault as well. */
enum err image_decode(struct str bytes, struct pixels *ret, int *ret_direction);
/* The direction in a TIFF block, as EXIF has it; 1 when it says nothing usable. */
int image_exif_direction(struct str tiff);
/* Shrinks until no side is longer (area average; never enlarges) and turns; frees what it replaces. */
void image_shrink(struct pixels *p, int32_t side);
void image_turn(struct pixels *p, int direction);
struct str image_encode(const struct pixels *p, int quality); /* JPEG; malloc'ed */
/* Decodes and makes both. On failure the exit value of the helper, else HELPER_GOOD. */
int image_make(struct str bytes, struct image_answer *ret_head, struct str *ret_whole,
               struct str *ret_small);

/* No more files, sockets, processes or memory than one image takes. What the kernel does not know is
 * left out; false when nothing but the limits holds. */
bool image_sandbox_enter(void);

#endif
