/* file_dir.h — the folder that holds files by their hash: DIR/ab/cdef… Used by file*.c only. */
#ifndef SARN_APP_FILE_DIR_H
#define SARN_APP_FILE_DIR_H

#include "base/sha.h"

struct file_hex { /* of a SHA-256, NUL-terminated */
    char text[65];
};
struct file_hex file_hex_of(struct str bytes);

/* Whole under its name, or not at all: written under another name, renamed. Synced unless the caller
 * syncs the whole folder later. Content that is there already is made young again. ERR_IO,
 * ERR_DISK when the disk is full or read-only. */
enum err file_dir_write(const char *dir, const char *hex, struct str bytes, bool is_synced);
/* Everything written so far is on disk. */
enum err file_dir_sync(const char *dir);
/* ERR_NOT_FOUND it is not there, or is longer or shorter. */
enum err file_dir_read(const char *dir, const char *hex, int64_t size, struct arena *a, struct str *ret);
bool file_dir_has(const char *dir, const char *hex, int64_t size);
/* Removes what is older than `age_ms` and that `is_wanted` does not want; broken-off writes, too. Ages
 * are told by the folder's own clock. */
enum err file_dir_sweep(const char *dir, int64_t age_ms, enum err (*is_wanted)(void *ctx, struct str hex, bool *ret),
                        void *ctx, int64_t *ret_removed);

#endif
