/* archive_format.h — what the writer and the reader of archives share. */
#ifndef SARN_DB_ARCHIVE_FORMAT_H
#define SARN_DB_ARCHIVE_FORMAT_H

#include <zip.h>

#include "base/sha.h"
#include "db/archive.h"
#include "db/catalog.h"

enum {
    ARCHIVE_FORMAT = 2,
    ARCHIVE_TEXT_MAX = 256 << 20, /* MANIFEST or SHA256SUMS: 80 bytes a file */
};
#define ARCHIVE_ARENA ((size_t)4 << 30) /* the catalogue, names and sums of millions of files */
#define ARCHIVE_LINE_MAX (UINT64_C(1) << 30) /* one row */

struct archive_migration {
    int64_t number;
    struct str sha256, name;
};

#endif
