/* queue.c — see queue.h. One mutex for both lanes: it is held for a few instructions, and measured,
 * waking a thread is what costs. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* gettid */
#endif
#include "web/queue.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define SLOW_NICE 10

/* One lane: a list in order of arrival, and the limits that queue_reserve() keeps. */
struct lane {
    struct queue_job *first, *last;
    pthread_cond_t has_job;
    unsigned waiting; /* reserved or in the list */
    unsigned running;
    unsigned max_waiting;
};

enum { FAST, SLOW, LANES };

struct queue {
    pthread_mutex_t mutex;
    struct lane lanes[LANES];
    unsigned max_waiting; /* of both together */
    bool is_ending;
    unsigned nworkers;
    void (*run)(void *ctx, unsigned worker, struct queue_job *job);
    void *ctx;
    struct worker {
        struct queue *queue;
        struct lane *lane;
        unsigned index;
        pthread_t thread;
    } workers[];
};

/* The oldest job, which counts as running from here on. Mutex held; the lane is not empty. */
static struct queue_job *take_first(struct lane *l)
{
    struct queue_job *job = l->first;
    l->first = job->next;
    if (l->first == NULL) l->last = NULL;
    l->waiting--;
    l->running++;
    return job;
}

/* A worker's life: sleeps until its lane has a job, runs it without the mutex, looks again. It ends
 * only when the queue is told to end and its lane is empty, so what was accepted is answered. */
static void *work(void *arg)
{
    const struct worker *w = arg;
    struct queue *q = w->queue;
    struct lane *l = w->lane;
    /* Linux keeps the nice value per thread. It cannot be taken back without privilege, which is
     * why slow workers never run fast jobs. A refusal (a container may) only costs the fairness. */
    if (l == &q->lanes[SLOW]) (void)setpriority(PRIO_PROCESS, (id_t)gettid(), SLOW_NICE);
    pthread_mutex_lock(&q->mutex);
    while (l->first != NULL || !q->is_ending) {
        if (l->first == NULL) {
            pthread_cond_wait(&l->has_job, &q->mutex);
            continue;
        }
        struct queue_job *job = take_first(l);
        pthread_mutex_unlock(&q->mutex);
        /* `job` may be freed or queued anew inside: not touched after this. */
        q->run(q->ctx, w->index, job);
        pthread_mutex_lock(&q->mutex);
        l->running--;
    }
    pthread_mutex_unlock(&q->mutex);
    return NULL;
}

struct queue *queue_start(unsigned workers, unsigned max_waiting,
                          void (*run)(void *ctx, unsigned worker, struct queue_job *job), void *ctx)
{
    assert(workers >= 2 && max_waiting > 0);
    struct queue *q = calloc(1, sizeof *q + workers * sizeof q->workers[0]);
    if (q == NULL) abort();
    pthread_mutex_init(&q->mutex, NULL);
    for (int i = 0; i < LANES; i++)
        pthread_cond_init(&q->lanes[i].has_job, NULL);
    q->max_waiting = max_waiting;
    q->lanes[FAST].max_waiting = max_waiting;
    q->lanes[SLOW].max_waiting = (max_waiting + 1) / 2;
    q->nworkers = workers;
    q->run = run;
    q->ctx = ctx;
    /* The first half (rounded up) is fast: an index tells a handler nothing, but the database's pool
     * gives each index its own connection. */
    for (unsigned i = 0; i < workers; i++) {
        struct lane *l = &q->lanes[i < workers - workers / 2 ? FAST : SLOW];
        q->workers[i] = (struct worker){.queue = q, .lane = l, .index = i};
        if (pthread_create(&q->workers[i].thread, NULL, work, &q->workers[i]) != 0) abort();
    }
    return q;
}

/* The place is counted at once, so two I/O threads cannot both take the last one. */
bool queue_reserve(struct queue *q, bool is_slow)
{
    pthread_mutex_lock(&q->mutex);
    struct lane *l = &q->lanes[is_slow ? SLOW : FAST];
    unsigned all = q->lanes[FAST].waiting + q->lanes[SLOW].waiting;
    bool has_place = l->waiting < l->max_waiting && all < q->max_waiting;
    if (has_place) l->waiting++;
    pthread_mutex_unlock(&q->mutex);
    return has_place;
}

void queue_put(struct queue *q, struct queue_job *job)
{
    pthread_mutex_lock(&q->mutex);
    struct lane *l = &q->lanes[job->is_slow ? SLOW : FAST];
    job->next = NULL;
    if (l->last != NULL)
        l->last->next = job;
    else
        l->first = job;
    l->last = job;
    pthread_cond_signal(&l->has_job);
    pthread_mutex_unlock(&q->mutex);
}

unsigned queue_busy(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    unsigned n = 0;
    for (int i = 0; i < LANES; i++)
        n += q->lanes[i].waiting + q->lanes[i].running;
    pthread_mutex_unlock(&q->mutex);
    return n;
}

void queue_stop(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->is_ending = true;
    for (int i = 0; i < LANES; i++)
        pthread_cond_broadcast(&q->lanes[i].has_job);
    pthread_mutex_unlock(&q->mutex);
    for (unsigned i = 0; i < q->nworkers; i++)
        pthread_join(q->workers[i].thread, NULL);
    for (int i = 0; i < LANES; i++)
        pthread_cond_destroy(&q->lanes[i].has_job);
    pthread_mutex_destroy(&q->mutex);
    free(q);
}
