/* paper_samples.h — the papers of rooms with made-up projects: the longest and the shortest that happen. */
#ifndef SARN_TESTS_ROOMS_PAPER_SAMPLES_H
#define SARN_TESTS_ROOMS_PAPER_SAMPLES_H

#include "app/papers.h"

struct room_sample {
    const char *name;
    struct paper *(*make)(struct rq *rq);
    int pages;
};
extern const struct room_sample room_samples[];
extern const size_t nroom_samples;

#endif
