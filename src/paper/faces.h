/* faces.h — the table of the TTF files that are compiled in (tools/embed-files). */
#ifndef SARN_PAPER_FACES_H
#define SARN_PAPER_FACES_H

#include <stddef.h>

struct faces_file {
    const char *name;
    const char *begin, *end;
};
extern const struct faces_file faces_files[];
extern const size_t nfaces_files;

#endif
