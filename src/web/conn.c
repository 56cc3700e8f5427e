/* conn.c — see conn.h. */
/* libc's checked recv() is an inline function of the header, which would stand in the way of ours. */
#undef _FORTIFY_SOURCE
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* RTLD_DEFAULT */
#endif
#include "web/conn.h"

#include <arpa/inet.h>
#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/rand.h"

#define FILES_MAX       1000000
#define ADDRESS_SLOTS   65536
#define LINGER_MAX      512
#define LINGER_MS       2000
#define LINGER_STEP_MAX ((size_t)4 << 20)

struct conn {
    int fd;
    _Atomic(int) phase; /* enum conn_phase */
    _Atomic(int64_t) deadline_ms;
    int64_t began_ms;      /* of the phase */
    struct guard guard;    /* of the I/O thread, like the rest below */
    uint32_t heads_taken;  /* of guard.heads */
    bool has_late_refusal; /* the fault is behind a good request that is not answered yet */
    bool is_fresh;         /* no request yet */
    bool is_proxy;
    int address_slot; /* -1: not counted */
    char remote[INET6_ADDRSTRLEN];
    struct conn *prev, *next; /* under the table's mutex */
};

static struct table {
    pthread_mutex_t mutex;
    struct conn_table_config config;
    /* Made once and kept till the end of the process: any thread's recv() looks into it. */
    _Atomic(struct conn *) *by_fd;
    _Atomic(size_t) nfds; /* 0 until by_fd is there */
    struct conn *all;
    uint16_t *per_address; /* connections by hash of the address */
    uint64_t hash_key;
    struct {
        int fd;
        int64_t until_ms;
    } lingering[LINGER_MAX];
    size_t nlingering;
    bool is_open;
} table = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/* Never the wall clock: a deadline must not move when somebody sets it. */
static int64_t now_ms(void)
{
    return clock_monotonic_us() / 1000;
}

/* ---- phases ---- */

/* false when the sweeper was first and the connection is dead. */
static bool enter(struct conn *c, enum conn_phase phase, int64_t deadline_ms)
{
    int old = atomic_load(&c->phase);
    atomic_store(&c->deadline_ms, deadline_ms);
    do {
        if (old == CONN_DEAD) return false;
    } while (!atomic_compare_exchange_weak(&c->phase, &old, phase));
    return true;
}

/* Enters a phase of reading according to where the guard stands. Each phase has its time from its
 * beginning; bytes that drip in later move no deadline (but for a body without stated length, whose
 * size they make). The first head's time runs from the accept. `is_new`: another request begins. */
static bool enter_reading(struct conn *c, bool is_new)
{
    const struct web_deadlines *d = &table.config.deadlines;
    int was = atomic_load(&c->phase);
    enum conn_phase phase = CONN_BODY;
    int64_t limit_ms = d->body_ms;
    if (c->guard.place == GUARD_BETWEEN) {
        phase = CONN_IDLE;
        limit_ms = d->idle_ms;
    } else if (c->guard.place == GUARD_IN_HEAD) {
        phase = CONN_HEAD;
        limit_ms = d->head_ms;
    } else {
        uint64_t bytes = c->guard.is_chunked ? c->guard.body_n : c->guard.length;
        limit_ms += (int64_t)(bytes * 1000 / d->bytes_per_s);
    }
    if (is_new || (was != (int)phase && !(c->is_fresh && phase == CONN_HEAD)))
        c->began_ms = now_ms();
    if (is_new || phase == CONN_BODY) c->is_fresh = false;
    return enter(c, phase, c->began_ms + limit_ms);
}

/* Heads are taken in the order in which the guard counted them: one more than it has seen means
 * that bytes came past it. */
bool conn_take_head(struct conn *c)
{
    if (c->heads_taken == c->guard.heads) return false;
    c->heads_taken++;
    return atomic_load(&c->phase) != CONN_DEAD;
}

void conn_working(struct conn *c)
{
    (void)enter(c, CONN_WORK, INT64_MAX);
}

/* The bytes count as a client reads them at bytes_per_s; what fits into the kernel's buffer is gone
 * at once, so only long answers ever feel this. */
void conn_sending(struct conn *c, size_t bytes)
{
    const struct web_deadlines *d = &table.config.deadlines;
    int64_t limit_ms = d->send_ms + (int64_t)((uint64_t)bytes * 1000 / d->bytes_per_s);
    (void)enter(c, CONN_SEND, now_ms() + limit_ms);
}

void conn_answered(struct conn *c)
{
    if (c->has_late_refusal && c->heads_taken == c->guard.heads)
        conn_refuse(c, c->guard.fault);
    else
        (void)enter_reading(c, true);
}

/* ---- refusing ---- */

/* The Date header and the empty line, in HTTP's own English form (base/date.h is for people). */
static size_t http_date(char *out, size_t cap)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t now = (time_t)(clock_now().v / 1000);
    struct tm tm;
    gmtime_r(&now, &tm);
    int n = snprintf(out, cap, "Date: %.3s, %02d %.3s %d %02d:%02d:%02d GMT\r\n\r\n",
                     days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon, tm.tm_year + 1900,
                     tm.tm_hour, tm.tm_min, tm.tm_sec);
    return (size_t)n;
}

/* Sends the refusal as one piece if the socket takes it (its buffer is empty but for a client that
 * does not read). Best effort: whoever is refused has no right to an answer. */
static void send_refusal(int fd, int status, bool is_api)
{
    const struct conn_refusal *r = NULL;
    for (size_t i = 0; i < table.config.nrefusals && r == NULL; i++) {
        const struct conn_refusal *x = &table.config.refusals[i];
        if (x->status == status && x->is_api == is_api) r = x;
    }
    assert(r != NULL);
    char date[80];
    size_t date_n = http_date(date, sizeof date);
    const int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    if (send(fd, r->head.p, r->head.n, flags | MSG_MORE) != (ssize_t)r->head.n) return;
    if (send(fd, date, date_n, flags | MSG_MORE) != (ssize_t)date_n) return;
    (void)!send(fd, r->body.p, r->body.n, flags);
}

/* A socket that is closed while bytes wait unread resets the connection, and the client loses the
 * refusal. So a second descriptor stays and swallows for a moment what still comes. */
static void linger(int fd)
{
    pthread_mutex_lock(&table.mutex);
    int kept = table.nlingering < LINGER_MAX ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : -1;
    if (kept >= 0) {
        table.lingering[table.nlingering].fd = kept;
        table.lingering[table.nlingering++].until_ms = now_ms() + LINGER_MS;
    }
    pthread_mutex_unlock(&table.mutex);
    shutdown(fd, SHUT_WR);
}

/* Called on the I/O thread. MHD is told by an error from recv() or MHD_NO from the callback. */
void conn_refuse(struct conn *c, int status)
{
    if (!enter(c, CONN_DEAD, INT64_MAX)) return;
    send_refusal(c->fd, status, c->guard.is_api);
    linger(c->fd);
    /* After the last answer of a pipeline the library may wait for an edge that never comes. */
    if (c->has_late_refusal) shutdown(c->fd, SHUT_RD);
}

/* true when the peer is done or the time is up: close it. Mutex held. */
static bool drain(int fd, int64_t until_ms, int64_t now)
{
    char sink[16384];
    for (size_t total = 0; total < LINGER_STEP_MAX;) {
        ssize_t n = recvfrom(fd, sink, sizeof sink, MSG_DONTWAIT, NULL, NULL);
        if (n == 0) return true;
        if (n < 0) return (errno != EAGAIN && errno != EINTR) || now > until_ms;
        total += (size_t)n;
    }
    return now > until_ms;
}

/* Too late: called by the sweeper with the mutex held, so the descriptor is still this client's. */
static void cut(struct conn *c, int phase)
{
    if (!atomic_compare_exchange_strong(&c->phase, &phase, CONN_DEAD)) return;
    /* guard.is_api may be written meanwhile by the I/O thread: it chooses a form, nothing else,
     * so the answer for people is taken for all. */
    if (phase == CONN_HEAD || phase == CONN_BODY) send_refusal(c->fd, 408, false);
    /* Who does not read is reset, or the kernel would keep megabytes for minutes to come. */
    const struct linger reset = {.l_onoff = 1, .l_linger = 0};
    if (phase == CONN_SEND) setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    shutdown(c->fd, SHUT_RDWR); /* wakes the library, which closes it */
}

/* A walk over all connections: 20,000 of them take a fraction of a millisecond, five times a
 * second, which is less than a heap of timers would cost on every request. */
void conn_table_sweep(void)
{
    pthread_mutex_lock(&table.mutex);
    int64_t now = now_ms();
    for (struct conn *c = table.all; c != NULL; c = c->next) {
        int phase = atomic_load(&c->phase);
        if (phase != CONN_DEAD && now > atomic_load(&c->deadline_ms)) cut(c, phase);
    }
    for (size_t i = 0; i < table.nlingering;) {
        if (drain(table.lingering[i].fd, table.lingering[i].until_ms, now)) {
            close(table.lingering[i].fd);
            table.lingering[i] = table.lingering[--table.nlingering];
        } else {
            i++;
        }
    }
    pthread_mutex_unlock(&table.mutex);
}

void conn_table_close_idle(void)
{
    pthread_mutex_lock(&table.mutex);
    for (struct conn *c = table.all; c != NULL; c = c->next)
        if (atomic_load(&c->phase) == CONN_IDLE) cut(c, CONN_IDLE);
    pthread_mutex_unlock(&table.mutex);
}

/* ---- reading ---- */

/* The guard reads before MHD does. After a fault MHD gets at most the whole messages before it. */
static ssize_t conn_recv(struct conn *c, void *buf, size_t n)
{
    if (atomic_load(&c->phase) != CONN_DEAD && !c->has_late_refusal) {
        ssize_t got = recvfrom(c->fd, buf, n, 0, NULL, NULL);
        if (got <= 0) return got;
        size_t good = guard_feed(&c->guard, buf, (size_t)got);
        if (c->guard.fault == 0) {
            bool is_whole = c->guard.heads != c->heads_taken && !guard_is_in_body(&c->guard);
            if (enter_reading(c, is_whole)) return got;
        } else if (good > 0) {
            c->has_late_refusal = true; /* conn_answered() sends it */
            return (ssize_t)good;
        }
    }
    if (c->guard.fault != 0) conn_refuse(c, c->guard.fault);
    errno = ECONNRESET;
    return -1;
}

/* Ours instead of libc's; see conn.h. Same contract as recv(2). */
__attribute__((visibility("default"), used)) ssize_t recv(int fd, void *buf, size_t n, int flags)
{
    struct conn *c = conn_of_fd(fd);
    if (c == NULL || (flags & MSG_PEEK) != 0) return recvfrom(fd, buf, n, flags, NULL, NULL);
    return conn_recv(c, buf, n);
}

struct conn *conn_of_fd(int fd)
{
    if (fd < 0 || (size_t)fd >= atomic_load_explicit(&table.nfds, memory_order_acquire))
        return NULL;
    return atomic_load_explicit(&table.by_fd[fd], memory_order_acquire);
}

/* ---- addresses ---- */

/* false for a unix socket, which has none. A mapped IPv4 address is shown as what it is. */
static bool address_text(const struct sockaddr *from, char *text, socklen_t cap)
{
    text[0] = '\0';
    if (from->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)from)->sin_addr, text, cap);
    if (from->sa_family == AF_INET6) {
        const struct in6_addr *a = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(a))
            inet_ntop(AF_INET, &a->s6_addr[12], text, cap);
        else
            inet_ntop(AF_INET6, a, text, cap);
    }
    return text[0] != '\0';
}

/* As text: the owner typed it so. */
static bool is_proxy(const char *text)
{
    return table.config.proxy != NULL && strcmp(text, table.config.proxy) == 0;
}

/* The slot in which this address is counted, -1 when it is not. Two addresses rarely share a slot,
 * and a stranger cannot choose whom to share with (the hash has a key of this process). An IPv6
 * client owns a /64, so that is what counts. */
static int slot_of(const struct sockaddr *from)
{
    char text[INET6_ADDRSTRLEN];
    if (table.config.per_address_max == 0 || !address_text(from, text, sizeof text)) return -1;
    if (strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0 || is_proxy(text)) return -1;
    uint64_t h = table.hash_key;
    const unsigned char *p;
    size_t n;
    if (from->sa_family == AF_INET) {
        p = (const unsigned char *)&((const struct sockaddr_in *)(const void *)from)->sin_addr;
        n = 4;
    } else {
        p = ((const struct sockaddr_in6 *)(const void *)from)->sin6_addr.s6_addr;
        bool is_v4 = strchr(text, '.') != NULL;
        p += is_v4 ? 12 : 0;
        n = is_v4 ? 4 : 8;
    }
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * UINT64_C(0x9E3779B97F4A7C15);
    return (int)((h >> 32) % ADDRESS_SLOTS);
}

/* Between this and conn_add() another thread may take the last place: the limit is of connections
 * by the hundred, one more is no harm. */
bool conn_address_may(const struct sockaddr *from)
{
    int slot = slot_of(from);
    if (slot < 0) return true;
    pthread_mutex_lock(&table.mutex);
    bool may = table.per_address[slot] < table.config.per_address_max;
    pthread_mutex_unlock(&table.mutex);
    return may;
}

struct str conn_remote(const struct conn *c)
{
    return str_of(c->remote);
}
bool conn_is_proxy(const struct conn *c)
{
    return c->is_proxy;
}

/* ---- life ---- */

struct conn *conn_add(int fd, const struct sockaddr *from)
{
    if (fd < 0 || (size_t)fd >= table.nfds) return NULL;
    struct conn *c = calloc(1, sizeof *c);
    if (c == NULL) abort();
    c->fd = fd;
    c->is_fresh = true;
    c->began_ms = now_ms();
    atomic_init(&c->phase, CONN_IDLE);
    /* A client that connects and says nothing has the time of a head. */
    atomic_init(&c->deadline_ms, c->began_ms + table.config.deadlines.head_ms);
    guard_init(&c->guard);
    address_text(from, c->remote, sizeof c->remote);
    c->is_proxy = is_proxy(from->sa_family == AF_UNIX ? "unix" : c->remote);
    c->address_slot = slot_of(from);
    pthread_mutex_lock(&table.mutex);
    c->next = table.all;
    if (c->next != NULL) c->next->prev = c;
    table.all = c;
    if (c->address_slot >= 0) table.per_address[c->address_slot]++;
    pthread_mutex_unlock(&table.mutex);
    atomic_store_explicit(&table.by_fd[fd], c, memory_order_release);
    return c;
}

void conn_remove(struct conn *c)
{
    atomic_store_explicit(&table.by_fd[c->fd], NULL, memory_order_release);
    pthread_mutex_lock(&table.mutex);
    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        table.all = c->next;
    if (c->next != NULL) c->next->prev = c->prev;
    if (c->address_slot >= 0) table.per_address[c->address_slot]--;
    pthread_mutex_unlock(&table.mutex);
    guard_free(&c->guard);
    free(c);
}

/* As many slots as there may be descriptors: an index instead of a search, on every read. */
static enum err make_by_fd(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return err_note(ERR_IO, "getrlimit");
    size_t n = files.rlim_cur > FILES_MAX ? FILES_MAX : (size_t)files.rlim_cur;
    if (table.nfds >= n) return ERR_OK; /* of an earlier opening, in tests */
    table.by_fd = calloc(n, sizeof *table.by_fd);
    if (table.by_fd == NULL) abort();
    atomic_store_explicit(&table.nfds, n, memory_order_release);
    return ERR_OK;
}

enum err conn_table_open(const struct conn_table_config *config)
{
    assert(!table.is_open);
    ssize_t (*named)(int, void *, size_t, int) = NULL;
    *(void **)&named = dlsym(RTLD_DEFAULT, "recv");
    if (named != recv) return err_note(ERR_INTERNAL, "recv() is not the guard's: see web/conn.h");
    TRY(make_by_fd());
    table.config = *config;
    table.per_address = calloc(ADDRESS_SLOTS, sizeof *table.per_address);
    if (table.per_address == NULL) abort();
    rand_secret(&table.hash_key, sizeof table.hash_key);
    table.is_open = true;
    return ERR_OK;
}

/* After MHD has stopped: no I/O thread is left. */
void conn_table_close(void)
{
    table.is_open = false;
    for (size_t i = 0; i < table.nlingering; i++)
        close(table.lingering[i].fd);
    table.nlingering = 0;
    while (table.all != NULL)
        conn_remove(table.all);
    free(table.per_address);
    table.per_address = NULL;
}
