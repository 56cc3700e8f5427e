/* file_internal.h — what the files behind file.h share. */
#ifndef SARN_APP_FILE_INTERNAL_H
#define SARN_APP_FILE_INTERNAL_H

#include "app/file.h"

/* The content by its row, from whichever store has it, checked by its hash. ERR_IO missing, damaged. */
enum err file_fetch(const struct file_store *s, struct db *db, struct arena *a, struct file_object_id id,
                    struct str sha256, int64_t size, struct str *ret);

#endif
