// heaps.c: malloc and free of several libraries, by dlopen.
#define _GNU_SOURCE
#include "blocks/heaps.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks/freelist.h"

typedef void *(*Malloc)(size_t size);
typedef void (*Free)(void *block);

// The word is what a kernel's poll looks at; nobody ever sets it.
typedef struct GbGiver {
    Malloc get;
    Free put;
    _Atomic uint32_t breaker;
} GbGiver;

static inline void *gb_get(GbGiver *giver, size_t size)
{
    void *block = giver->get(size);
    if (block == NULL) abort();
    return block;
}

static inline void gb_put(GbGiver *giver, void *block)
{
    giver->put(block);
}

static inline void gb_step(GbGiver *giver)
{
    if (atomic_load_explicit(&giver->breaker, memory_order_relaxed) != 0) abort();
}

static inline void gb_wait(GbGiver *giver)
{
    gb_step(giver);
}

#include "blocks/loops.h"

// ------------------------------------------------------------------ the libraries

typedef struct Heap {
    const char *name;
    const char *library; // NULL: in the runner itself
    void (*version)(void *library, char *text, size_t size);
    Malloc get; // both found in the library
    Free put;
    char missing[200]; // why it is not there, or ""
} Heap;

static void glibc_version(void *library, char *text, size_t size)
{
    (void)library;
    snprintf(text, size, "%s", gnu_get_libc_version());
}

static void mimalloc_version(void *library, char *text, size_t size)
{
    int (*version)(void) = (int (*)(void))dlsym(library, "mi_version");
    int number = version != NULL ? version() : 0; // 2 digits each but for the first
    int unit = number >= 1000 ? 100 : 10;
    snprintf(text, size, "%d.%d.%d", number / (unit * unit) % 100, number / unit % unit,
             number % unit);
}

static void jemalloc_version(void *library, char *text, size_t size)
{
    int (*ask)(const char *, void *, size_t *, void *, size_t) =
        (int (*)(const char *, void *, size_t *, void *, size_t))dlsym(library, "mallctl");
    const char *version = "";
    size_t length = sizeof version;
    if (ask != NULL) ask("version", &version, &length, NULL, 0);
    snprintf(text, size, "%.*s", (int)strcspn(version, "-"), version);
}

static void tcmalloc_version(void *library, char *text, size_t size)
{
    const char *(*version)(int *, int *, const char **) =
        (const char *(*)(int *, int *, const char **))dlsym(library, "tc_version");
    int major = 0;
    int minor = 0;
    const char *patch = "";
    if (version != NULL) version(&major, &minor, &patch);
    snprintf(text, size, "%d.%d%s", major, minor, patch);
}

static Heap heaps[GB_HEAPS] = {
    {.name = "glibc", .library = "libc.so.6", .version = glibc_version},
    {.name = "mimalloc", .library = "libmimalloc.so.2", .version = mimalloc_version},
    {.name = "jemalloc", .library = "libjemalloc.so.2", .version = jemalloc_version},
    {.name = "tcmalloc", .library = "libtcmalloc_minimal.so.4", .version = tcmalloc_version},
    {.name = "freelist", .get = gb_freelist_get, .put = gb_freelist_put},
};

// Its own malloc, not the one that the program uses: dlsym looks in the library first.
static void *open_library(Heap *heap)
{
    void *library = dlopen(heap->library, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(heap->missing, sizeof heap->missing, "%s", dlerror());
        return NULL;
    }
    heap->get = (Malloc)dlsym(library, "malloc");
    heap->put = (Free)dlsym(library, "free");
    return library;
}

// The thread sanitizer does not see how another library hands a block from thread to thread,
// and would call each that comes back a race.
#if defined(__SANITIZE_THREAD__)
#define THREADS_ARE_WATCHED true
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define THREADS_ARE_WATCHED true
#endif
#endif
#ifndef THREADS_ARE_WATCHED
#define THREADS_ARE_WATCHED false
#endif

static bool load(Heap *heap)
{
    if (heap->get != NULL && heap->put != NULL) return true;
    if (heap->missing[0] == '\0' && THREADS_ARE_WATCHED)
        snprintf(heap->missing, sizeof heap->missing, "not under the thread sanitizer");
    if (heap->missing[0] == '\0') open_library(heap);
    return heap->get != NULL && heap->put != NULL;
}

// ------------------------------------------------------------------ the table's functions

struct GbInstance {
    GbSetup setup;
    GbBlockLoop loop;
    GbBlockExchange exchange;
    GbFreelists *freelists; // of all its workers, or NULL
    const Heap *heap;
};

struct GbWorker {
    GbInstance *instance;
    GbGiver giver;
    GbBlocks blocks;
};

static bool is_bare(const Heap *heap)
{
    return heap->library == NULL;
}

static void destroy(GbInstance *instance);

static GbInstance *create(const GbSetup *setup, const Heap *heap)
{
    GbInstance *instance = aligned_alloc(64, (sizeof *instance + 63) & ~(size_t)63);
    if (instance == NULL) return NULL;
    memset(instance, 0, sizeof *instance);
    instance->setup = *setup;
    instance->heap = heap;
    if (!gb_blocks_loop(setup->kernel, &instance->loop)) abort();
    if (is_bare(heap)) instance->freelists = gb_freelists_new();
    bool open = gb_block_exchange_open(&instance->exchange, instance->loop, setup->params,
                                       setup->threads);
    if (open && (!is_bare(heap) || instance->freelists != NULL)) return instance;
    destroy(instance);
    return NULL;
}

static void put_back(void *heap, void *block)
{
    ((const Heap *)heap)->put(block);
}

// The bare list's blocks go with its pages; this thread has no list of its own.
static void forget(void *heap, void *block)
{
    (void)heap, (void)block;
}

static void destroy(GbInstance *instance)
{
    gb_block_exchange_close(&instance->exchange, instance->loop, instance->setup.params,
                            is_bare(instance->heap) ? forget : put_back,
                            (void *)instance->heap);
    gb_freelists_delete(instance->freelists);
    free(instance);
}

static GbWorker *enter(GbInstance *instance, unsigned index)
{
    GbWorker *worker = malloc(sizeof *worker);
    if (worker == NULL) abort();
    worker->instance = instance;
    worker->giver = (GbGiver){instance->heap->get, instance->heap->put, 0};
    if (is_bare(instance->heap)) gb_freelist_enter(instance->freelists);
    if (!gb_blocks_open(&worker->blocks, instance->loop, instance->setup.params, index,
                        instance->setup.seed, &instance->exchange))
        abort();
    return worker;
}

static void leave(GbWorker *worker)
{
    if (worker->blocks.wrong != 0) abort(); // a block did not hold what was written to it
    gb_blocks_close(&worker->blocks, put_back, (void *)worker->instance->heap);
    free(worker);
}

static void nothing(GbWorker *worker)
{
    (void)worker;
}

static void run(GbWorker *worker, uint64_t operations)
{
    gb_run_blocks(&worker->giver, &worker->blocks, operations);
}

static void close_exchange(GbInstance *instance)
{
    gb_block_exchange_end(&instance->exchange);
}

bool gb_heaps_know(const char *cell)
{
    GbBlockLoop loop;
    return gb_blocks_loop(cell, &loop);
}

static bool bare_knows(const char *kernel)
{
    GbBlockLoop loop;
    return gb_blocks_loop(kernel, &loop) && loop != GB_BLOCKS_HANDOVER;
}

// A table's functions are not told whose they are, so each heap has a `create` of its own.
#define CREATE(which)                                                                          \
    static GbInstance *create_##which(const GbSetup *setup)                                    \
    {                                                                                          \
        return create(setup, &heaps[which]);                                                   \
    }
CREATE(0)
CREATE(1)
CREATE(2)
CREATE(3) CREATE(4)

#define MODULE(which, title, cells)                                                            \
    {                                                                                          \
        .version = GB_MODULE_VERSION, .variant = title, .flavour = "timed",                    \
        .allows_threads = true, .knows = cells, .create = create_##which, .destroy = destroy,  \
        .enter = enter, .attach = nothing, .detach = nothing, .run = run, .leave = leave,      \
        .close = close_exchange                                                                \
    }

    static const GbModule modules[GB_HEAPS] = {
        MODULE(0, "glibc", gb_heaps_know),    MODULE(1, "mimalloc", gb_heaps_know),
        MODULE(2, "jemalloc", gb_heaps_know), MODULE(3, "tcmalloc", gb_heaps_know),
        MODULE(4, "freelist", bare_knows),
};

unsigned gb_heaps_load(const GbModule **found)
{
    unsigned count = 0;
    for (unsigned i = 0; i < GB_HEAPS; i++) {
        if (load(&heaps[i])) found[count++] = &modules[i];
    }
    return count;
}

static cJSON *describe(Heap *heap)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "name", heap->name);
    cJSON_AddBoolToObject(object, "found", load(heap));
    if (heap->library == NULL) return object;
    cJSON_AddStringToObject(object, "library", heap->library);
    char version[40] = "";
    void *library = dlopen(heap->library, RTLD_NOW | RTLD_LOCAL);
    if (library != NULL) heap->version(library, version, sizeof version);
    if (library != NULL) dlclose(library);
    if (library != NULL) cJSON_AddStringToObject(object, "version", version);
    if (heap->missing[0] != '\0') cJSON_AddStringToObject(object, "why", heap->missing);
    return object;
}

cJSON *gb_heaps_describe(void)
{
    cJSON *list = cJSON_CreateArray();
    for (unsigned i = 0; i < GB_HEAPS; i++)
        cJSON_AddItemToArray(list, describe(&heaps[i]));
    return list;
}
