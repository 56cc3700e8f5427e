/* image_fuzz.c — images and EXIF of any bytes, decoded here without the sandbox: whatever is taken comes out
 * as two JPEGs of the sizes stated, and everything else is refused without a leak. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "image/image_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str bytes = {(const char *)data, n}, whole, small;
    struct image_answer head;
    if (n > 65536) return 0;
    int direction = image_exif_direction(bytes);
    assert(direction >= 1 && direction <= 8);
    int code = image_make(bytes, &head, &whole, &small);
    assert(code == HELPER_GOOD || code == HELPER_BROKEN || code == HELPER_TOO_LARGE);
    if (code != HELPER_GOOD) return 0;
    assert(image_sniff(whole) == IMAGE_JPEG && image_sniff(small) == IMAGE_JPEG);
    assert(head.whole.width > 0 && head.whole.width <= IMAGE_SIDE && head.whole.height <= IMAGE_SIDE);
    assert(head.small.width > 0 && head.small.width <= IMAGE_SMALL_SIDE && head.small.height <= IMAGE_SMALL_SIDE);
    assert(head.whole_n == whole.n && head.small_n == small.n);
    free((void *)(uintptr_t)whole.p);
    free((void *)(uintptr_t)small.p);
    return 0;
}
