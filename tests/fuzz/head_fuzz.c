/* head_fuzz.c — what the server itself reads of a file that a stranger sends, before the locked-in helper decodes it:
 * its kind by its head, and when and where a photo was taken. Whatever the bytes are, nothing outside of them is read,
 * what is taken is of its form, and a file is of one kind only. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/file.h"
#include "image/image_internal.h"
#include "rooms/monitor/photo_exif.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_taken(const char taken[20])
{
    static const char shape[] = "dddd-dd-dd dd:dd:dd";
    if (taken[0] == '\0') return;
    assert(memchr(taken, '\0', 20) == taken + 19);
    for (size_t i = 0; i < 19; i++)
        assert(shape[i] == 'd' ? taken[i] >= '0' && taken[i] <= '9' : taken[i] == shape[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct photo_exif exif;
    if (n > 65536) return 0;
    /* A copy of exactly that length: a read behind its end is seen. */
    char *bytes = malloc(n > 0 ? n : 1);
    assert(bytes != NULL);
    memcpy(bytes, data, n);
    struct str file = {bytes, n};
    enum image_type image = image_sniff(file);
    enum file_kind kind = file_sniff(file);
    assert(kind == 0 || kind == FILE_PDF || kind == FILE_IMAGE || kind == FILE_XLSX);
    assert((image != IMAGE_NONE) == (kind == FILE_IMAGE));
    photo_exif_read(file, &exif);
    check_taken(exif.taken);
    assert(image == IMAGE_JPEG || (exif.taken[0] == '\0' && !exif.has_place));
    if (exif.has_place)
        assert(llabs(exif.lat_x1e6) <= 90000000 && llabs(exif.lon_x1e6) <= 180000000);
    int direction = image_exif_direction(file);
    assert(direction >= 1 && direction <= 8);
    free(bytes);
    return 0;
}
