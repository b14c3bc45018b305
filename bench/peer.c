// peer.c: the locks that people would otherwise use, in the same loop.
//
// The loop is that of kernels/lock.c: lock, the guarded work, unlock, a poll of a word that
// is never set. What differs is the lock.
#include "peer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "guarded.h"

// Lock and word on lines of their own, as an object and what it guards are.
typedef struct Guarded {
    _Alignas(64) pthread_mutex_t mutex;
    _Alignas(64) uint64_t own_word;
    uint64_t *word;
} Guarded;

struct GbInstance {
    Guarded *shared; // on the pages given, so that it moves with them; or NULL
};

struct GbWorker {
    _Alignas(64) Guarded own;
    Guarded *guarded;
    _Atomic uint32_t breaker;
};

static GbInstance *create(const GbSetup *setup)
{
    GbInstance *instance = calloc(1, sizeof *instance);
    if (instance == NULL || strcmp(setup->kernel, "lock_private") == 0) return instance;
    instance->shared = (Guarded *)setup->memory;
    memset(instance->shared, 0, sizeof *instance->shared);
    pthread_mutex_init(&instance->shared->mutex, NULL);
    instance->shared->word = (uint64_t *)setup->page;
    return instance;
}

static void destroy(GbInstance *instance)
{
    if (instance->shared != NULL) pthread_mutex_destroy(&instance->shared->mutex);
    free(instance);
}

static GbWorker *enter(GbInstance *instance, unsigned index)
{
    (void)index;
    GbWorker *worker = aligned_alloc(64, (sizeof *worker + 63) & ~(size_t)63);
    if (worker == NULL) abort();
    memset(worker, 0, sizeof *worker);
    pthread_mutex_init(&worker->own.mutex, NULL);
    worker->own.word = &worker->own.own_word;
    worker->guarded = instance->shared != NULL ? instance->shared : &worker->own;
    return worker;
}

static void leave(GbWorker *worker)
{
    pthread_mutex_destroy(&worker->own.mutex);
    free(worker);
}

static void nothing(GbWorker *worker)
{
    (void)worker;
}

static void run(GbWorker *worker, uint64_t operations)
{
    Guarded *guarded = worker->guarded;
    for (uint64_t i = 0; i < operations; i++) {
        pthread_mutex_lock(&guarded->mutex);
        gb_guarded_work(guarded->word);
        pthread_mutex_unlock(&guarded->mutex);
        if (atomic_load_explicit(&worker->breaker, memory_order_relaxed) != 0) abort();
    }
}

static bool knows(const char *kernel)
{
    return strcmp(kernel, "lock_private") == 0 || strcmp(kernel, "lock_shared") == 0;
}

const GbModule gb_peer_pthread_mutex = {
    .version = GB_MODULE_VERSION,
    .variant = "pthread_mutex",
    .flavour = "timed",
    .allows_threads = true,
    .knows = knows,
    .create = create,
    .destroy = destroy,
    .enter = enter,
    .attach = nothing,
    .detach = nothing,
    .run = run,
    .leave = leave,
};
