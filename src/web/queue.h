/* queue.h — the bounded queue between I/O threads and workers, and the workers themselves.
 *
 * Two lanes with workers of their own: the last half of the workers runs slow jobs and nothing else,
 * at a lower priority (nice 10), so a slow one never delays a fast one, neither by holding a worker
 * nor by computing while others want the core. Slow jobs fill at most half of the queue: a flood of
 * them turns no fast one away.
 */
#ifndef SARN_WEB_QUEUE_H
#define SARN_WEB_QUEUE_H

#include <stdbool.h>

struct queue_job { /* embedded in the job's own struct */
    struct queue_job *next;
    bool is_slow;
};

struct queue; /* opaque */

/* Starts `workers` threads (at least 2), each of which calls run(ctx, worker, job) for one job after
 * another. */
struct queue *queue_start(unsigned workers, unsigned max_waiting,
                          void (*run)(void *ctx, unsigned worker, struct queue_job *job),
                          void *ctx);
/* Two steps, so that the caller can suspend its connection between them: a place in the queue
 * (false: full), then the job, which takes that place. */
bool queue_reserve(struct queue *q, bool is_slow);
void queue_put(struct queue *q, struct queue_job *job); /* job->is_slow as reserved */
/* Jobs reserved, waiting or running. */
unsigned queue_busy(struct queue *q);
/* Ends the threads when the queue is empty and nothing runs; frees it. */
void queue_stop(struct queue *q);

#endif
