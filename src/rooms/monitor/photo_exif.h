/* photo_exif.h — when and where a photo was taken, as the camera wrote it into a JPEG. */
#ifndef SARN_ROOMS_MONITOR_PHOTO_EXIF_H
#define SARN_ROOMS_MONITOR_PHOTO_EXIF_H

#include "base/str.h"

struct photo_exif {
    char taken[20]; /* "2026-11-21 09:30:00"; "" when it does not say */
    bool has_place;
    int64_t lat_x1e6, lon_x1e6;
};
/* Reads nothing outside of `jpeg`, whatever stands in it; what it does not understand it leaves out. */
void photo_exif_read(struct str jpeg, struct photo_exif *ret);

#endif
