/* queue.c — see queue.h. One mutex, one condition: measured, the futex is not what costs. */
#include "web/queue.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct lane {
    struct queue_job *first, *last;
    unsigned waiting; /* reserved or in the list */
    unsigned running;
    unsigned max_waiting, max_running;
};

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t may_run;
    struct lane lanes[2]; /* fast, slow */
    unsigned max_waiting;
    uint64_t numbers;
    bool is_ending;
    unsigned nworkers;
    void (*run)(void *ctx, unsigned worker, struct queue_job *job);
    void *ctx;
    struct worker {
        struct queue *queue;
        unsigned index;
        pthread_t thread;
    } workers[];
};

/* The lane whose first job goes next, NULL when none may. Mutex held. */
static struct lane *next_lane(struct queue *q)
{
    struct lane *best = NULL;
    for (int i = 0; i < 2; i++) {
        struct lane *l = &q->lanes[i];
        if (l->first == NULL || l->running >= l->max_running) continue;
        if (best == NULL || l->first->number < best->first->number) best = l;
    }
    return best;
}

static struct queue_job *take_first(struct lane *l)
{
    struct queue_job *job = l->first;
    l->first = job->next;
    if (l->first == NULL) l->last = NULL;
    l->waiting--;
    l->running++;
    return job;
}

static void *work(void *arg)
{
    const struct worker *w = arg;
    struct queue *q = w->queue;
    pthread_mutex_lock(&q->mutex);
    for (;;) {
        struct lane *l = next_lane(q);
        if (l == NULL && q->is_ending) break;
        if (l == NULL) {
            pthread_cond_wait(&q->may_run, &q->mutex);
            continue;
        }
        struct queue_job *job = take_first(l);
        pthread_mutex_unlock(&q->mutex);
        q->run(q->ctx, w->index, job);
        pthread_mutex_lock(&q->mutex);
        l->running--; /* this worker looks for the next itself: no signal needed */
    }
    pthread_mutex_unlock(&q->mutex);
    return NULL;
}

struct queue *queue_start(unsigned workers, unsigned max_waiting,
                          void (*run)(void *ctx, unsigned worker, struct queue_job *job), void *ctx)
{
    assert(workers > 0 && max_waiting > 0);
    struct queue *q = calloc(1, sizeof *q + workers * sizeof q->workers[0]);
    if (q == NULL) abort();
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->may_run, NULL);
    q->max_waiting = max_waiting;
    q->lanes[0].max_waiting = max_waiting;
    q->lanes[0].max_running = workers;
    q->lanes[1].max_waiting = (max_waiting + 1) / 2;
    q->lanes[1].max_running = workers > 1 ? workers / 2 : 1;
    q->nworkers = workers;
    q->run = run;
    q->ctx = ctx;
    for (unsigned i = 0; i < workers; i++) {
        q->workers[i] = (struct worker){.queue = q, .index = i};
        if (pthread_create(&q->workers[i].thread, NULL, work, &q->workers[i]) != 0) abort();
    }
    return q;
}

bool queue_reserve(struct queue *q, bool is_slow)
{
    pthread_mutex_lock(&q->mutex);
    struct lane *l = &q->lanes[is_slow];
    unsigned all = q->lanes[0].waiting + q->lanes[1].waiting;
    bool has_place = l->waiting < l->max_waiting && all < q->max_waiting;
    if (has_place) l->waiting++;
    pthread_mutex_unlock(&q->mutex);
    return has_place;
}

void queue_put(struct queue *q, struct queue_job *job)
{
    pthread_mutex_lock(&q->mutex);
    struct lane *l = &q->lanes[job->is_slow];
    job->next = NULL;
    job->number = ++q->numbers;
    if (l->last != NULL)
        l->last->next = job;
    else
        l->first = job;
    l->last = job;
    pthread_cond_signal(&q->may_run);
    pthread_mutex_unlock(&q->mutex);
}

unsigned queue_busy(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    unsigned n = 0;
    for (int i = 0; i < 2; i++)
        n += q->lanes[i].waiting + q->lanes[i].running;
    pthread_mutex_unlock(&q->mutex);
    return n;
}

void queue_stop(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->is_ending = true;
    pthread_cond_broadcast(&q->may_run);
    pthread_mutex_unlock(&q->mutex);
    for (unsigned i = 0; i < q->nworkers; i++)
        pthread_join(q->workers[i].thread, NULL);
    pthread_cond_destroy(&q->may_run);
    pthread_mutex_destroy(&q->mutex);
    free(q);
}
