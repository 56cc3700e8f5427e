/* image.h — photos and scans from strangers, decoded in a locked-in process and written anew. */
#ifndef SARN_IMAGE_IMAGE_H
#define SARN_IMAGE_IMAGE_H

#include "base/str.h"

#define IMAGE_BYTES_MAX  ((size_t)12 << 20)  /* of an image that comes in */
#define IMAGE_PIXELS_MAX 50000000            /* width × height, read from the head */
#define IMAGE_SIDE       2560                /* longer side of what is kept, pixels */
#define IMAGE_SMALL_SIDE 480                 /* and of the small one */

enum image_type { IMAGE_NONE, IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP };
enum image_type image_sniff(struct str bytes); /* by the first bytes */

struct image_size {
    int32_t width, height;
};
struct image_pair { /* JPEG both */
    struct str whole, small;
    struct image_size whole_size, small_size;
};
/* Makes both, in the arena. Takes 20 to 500 ms: never inside a write transaction, on slow lanes only.
 * ERR_INPUT cut off, damaged or none of the three types · ERR_LIMIT too many bytes or pixels, or it
 * took too long · ERR_UNAVAILABLE the helper cannot be started. */
enum err image_convert(struct arena *a, struct str bytes, struct image_pair *ret);

/* A drawn picture for the demo, of what `what` says; the same seed draws the same. Trusted: in this process. */
enum image_sketch { SKETCH_CROWD, SKETCH_FIELD, SKETCH_PAPER, SKETCHES };
struct image_pair image_sketch(struct arena *a, enum image_sketch what, uint64_t seed);

/* The program that is started with "image-helper"; static. Default: this very program. Tests name
 * the real one. */
void image_helper_program(const char *path);
/* What `sarn image-helper` does: standard input to standard output. Never returns. */
_Noreturn void image_helper_main(void);

#endif
