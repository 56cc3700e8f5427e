/* samples.h — papers with every part of the layer on them and the hard places of Thai type, for
 * paper_test (in memory) and paper_sample (as files, judged by tests/paper/run). */
#ifndef SARN_TESTS_PAPER_SAMPLES_H
#define SARN_TESTS_PAPER_SAMPLES_H

#include "paper/paper.h"

struct paper_sample {
    const char *name;
    struct paper *(*make)(struct arena *a);
    int pages; /* that it takes */
};
extern const struct paper_sample paper_samples[];
extern const size_t npaper_samples;

/* Words of a Thai paper. */
struct paper_about paper_sample_about(void);

#endif
