/* reference_files.h — the generated table behind reference.h. */
#ifndef SARN_APP_REFERENCE_FILES_H
#define SARN_APP_REFERENCE_FILES_H

#include <stddef.h>

struct reference_file {
    const char *name; /* "tambons.tsv" */
    const char *begin, *end;
};
extern const struct reference_file reference_files[];
extern const size_t nreference_files;

#endif
