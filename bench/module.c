// module.c: the table of a variant's kernels, over the runtime's public interface.
#include "kernels/kernel.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(RT_ACCOUNT_COUNT <= GB_ACCOUNT_ENTRIES,
               "more counters than windows have room for");

extern const GbKernel gb_kernel_refcount_own, gb_kernel_refcount_shared,
    gb_kernel_refcount_immortal, gb_kernel_lock_private, gb_kernel_lock_shared,
    gb_kernel_gil_pair, gb_kernel_gil_handover, gb_kernel_count_int, gb_kernel_count_small,
    gb_kernel_list_private, gb_kernel_dict_private, gb_kernel_crossing_dict,
    gb_kernel_crossing_list, gb_kernel_crossing_map, gb_kernel_sieve, gb_kernel_word_count,
    gb_kernel_trees, gb_kernel_matrix, gb_kernel_pipe_ring, gb_kernel_tcp_echo,
    gb_kernel_file_sync, gb_kernel_mixed_work, gb_kernel_sleepers, gb_kernel_socket_echo,
    gb_kernel_mixed_reply, gb_kernel_reacquire, gb_kernel_convoy_echo, gb_kernel_long_calls,
    gb_kernel_gil_time, gb_kernel_lost_update, gb_kernel_alloc_pair, gb_kernel_alloc_lifo,
    gb_kernel_alloc_random, gb_kernel_alloc_bleed, gb_kernel_alloc_handover, gb_kernel_gc_live,
    gb_kernel_gc_garbage, gb_kernel_gc_young, gb_kernel_gc_cycles, gb_kernel_safepoint,
    gb_kernel_read_dict, gb_kernel_read_list, gb_kernel_object_memory, gb_kernel_churn;

static const GbKernel *const kernels[] = {
    &gb_kernel_refcount_own,  &gb_kernel_refcount_shared, &gb_kernel_refcount_immortal,
    &gb_kernel_lock_private,  &gb_kernel_lock_shared,     &gb_kernel_gil_pair,
    &gb_kernel_gil_handover,  &gb_kernel_count_int,       &gb_kernel_count_small,
    &gb_kernel_list_private,  &gb_kernel_dict_private,    &gb_kernel_crossing_dict,
    &gb_kernel_crossing_list, &gb_kernel_sleepers,        &gb_kernel_socket_echo,
    &gb_kernel_mixed_reply,   &gb_kernel_crossing_map,    &gb_kernel_sieve,
    &gb_kernel_word_count,    &gb_kernel_trees,           &gb_kernel_matrix,
    &gb_kernel_pipe_ring,     &gb_kernel_tcp_echo,        &gb_kernel_file_sync,
    &gb_kernel_mixed_work,    &gb_kernel_reacquire,       &gb_kernel_convoy_echo,
    &gb_kernel_long_calls,    &gb_kernel_gil_time,        &gb_kernel_lost_update,
    &gb_kernel_alloc_pair,    &gb_kernel_alloc_lifo,      &gb_kernel_alloc_random,
    &gb_kernel_alloc_bleed,   &gb_kernel_alloc_handover,  &gb_kernel_gc_live,
    &gb_kernel_gc_garbage,    &gb_kernel_gc_young,        &gb_kernel_gc_cycles,
    &gb_kernel_safepoint,     &gb_kernel_read_dict,       &gb_kernel_read_list,
    &gb_kernel_object_memory, &gb_kernel_churn,
};

static const GbKernel *find_kernel(const char *name)
{
    for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
        if (strcmp(kernels[i]->name, name) == 0) return kernels[i];
    }
    return NULL;
}

// ------------------------------------------------------------------ instances

// The creator stays in the runtime, detached, until the instance is destroyed: a state that has
// left is inherited by the next thread that enters, owner id and all, and a worker would then
// own the objects that are to be somebody else's.
static bool prepare(GbInstance *instance)
{
    instance->creator = rt_thread_enter(instance->runtime);
    if (instance->creator == NULL) return false;
    bool done = instance->kernel->prepare == NULL ||
                instance->kernel->prepare(instance, instance->creator);
    rt_thread_detach(instance->creator);
    return done;
}

static void release(GbInstance *instance)
{
    RtThread *t = instance->creator;
    if (t == NULL) return; // nothing was prepared
    rt_thread_attach(t);
    if (instance->kernel->finish != NULL) instance->kernel->finish(instance, t);
    rt_decref_null(t, instance->shared);
    rt_thread_leave(t);
}

static void destroy(GbInstance *instance)
{
    release(instance);
    RT_CHECK(rt_runtime_live_objects(instance->runtime) == 0, "a kernel left objects behind");
    rt_runtime_destroy(instance->runtime);
    free(instance);
}

static GbInstance *create(const GbSetup *setup)
{
    const GbKernel *kernel = find_kernel(setup->kernel);
    if (kernel == NULL || setup->threads > GB_MAX_WORKERS) return NULL;
    GbInstance *instance = calloc(1, sizeof *instance);
    if (instance == NULL) return NULL;
    RtOptions options = {.switch_interval_ns = setup->interval_ns,
                         .memory = setup->memory,
                         .memory_size = setup->memory_size,
                         .trace_events = setup->trace_events};
    instance->kernel = kernel;
    instance->setup = *setup;
    instance->runtime = rt_runtime_create(&options);
    if (instance->runtime != NULL && prepare(instance)) return instance;
    if (instance->runtime != NULL) destroy(instance);
    return NULL;
}

// ------------------------------------------------------------------ workers

static GbWorker *enter(GbInstance *instance, unsigned index)
{
    GbWorker *worker = aligned_alloc(64, (sizeof *worker + 63) & ~(size_t)63);
    if (worker == NULL) return NULL;
    memset(worker, 0, sizeof *worker);
    worker->instance = instance;
    worker->index = index;
    worker->random = (instance->setup.seed + 1) * 0x9e3779b97f4a7c15ull * (index + 1) | 1;
    worker->t = rt_thread_enter(instance->runtime);
    bool ready = worker->t != NULL &&
                 (instance->kernel->enter == NULL || instance->kernel->enter(worker));
    RT_CHECK(ready, "no memory for a worker's objects");
    rt_thread_detach(worker->t);
    return worker;
}

static void leave(GbWorker *worker)
{
    rt_thread_attach(worker->t);
    if (worker->instance->kernel->leave != NULL) worker->instance->kernel->leave(worker);
    rt_thread_leave(worker->t);
    free(worker);
}

static void attach(GbWorker *worker)
{
    rt_thread_attach(worker->t);
}
static void detach(GbWorker *worker)
{
    rt_thread_detach(worker->t);
}

static void run(GbWorker *worker, uint64_t operations)
{
    worker->instance->kernel->run(worker, operations);
}

// ------------------------------------------------------------------ outside traffic, accounts

static void open_traffic(GbInstance *instance, RtHistogram *latency, uint64_t from_ns,
                         uint64_t until_ns)
{
    instance->replies = (GbReplies){latency, from_ns, until_ns};
    if (instance->kernel->open != NULL) instance->kernel->open(instance);
}

static void close_traffic(GbInstance *instance)
{
    if (instance->kernel->close != NULL) instance->kernel->close(instance);
}

static uint64_t lost(GbInstance *instance)
{
    if (instance->kernel->lost == NULL) return 0;
    rt_thread_attach(instance->creator);
    uint64_t count = instance->kernel->lost(instance, instance->creator);
    rt_thread_detach(instance->creator);
    return count;
}

static size_t copy_entries(const RtAccountEntry *own, size_t count, GbAccountEntry *entries,
                           size_t capacity)
{
    for (size_t i = 0; i < count && i < capacity; i++)
        entries[i] = (GbAccountEntry){own[i].name, own[i].unit, own[i].meaning, own[i].value};
    return count;
}

static size_t account(GbInstance *instance, GbAccountEntry *entries, size_t capacity)
{
    RtAccountEntry own[GB_ACCOUNT_ENTRIES];
    size_t count = rt_account_read(instance->runtime, own, GB_ACCOUNT_ENTRIES);
    return copy_entries(own, count, entries, capacity);
}

static size_t account_worker(GbWorker *worker, GbAccountEntry *entries, size_t capacity)
{
    RtAccountEntry own[GB_ACCOUNT_ENTRIES];
    size_t count = rt_account_read_thread(worker->t, own, GB_ACCOUNT_ENTRIES);
    return copy_entries(own, count, entries, capacity);
}

static size_t trace(GbWorker *worker, RtTraceEvent *events, size_t capacity,
                    uint64_t *forgotten)
{
    return rt_trace_read(worker->t, events, capacity, forgotten);
}

static const RtHistogram *handover(GbInstance *instance)
{
    return rt_account_handover(instance->runtime);
}

__attribute__((visibility("default"))) const GbModule gilbench_module = {
    .version = GB_MODULE_VERSION,
    .variant = RT_VARIANT_NAME,
    .flavour = RT_ACCOUNT_ENABLED ? "account" : "timed",
    .header_size = sizeof(RtObject),
    .allows_threads = RT_LOCK_PROTECTS,
    .excludes_threads = RT_LOCK_EXCLUDES_THREADS,
    .create = create,
    .destroy = destroy,
    .enter = enter,
    .attach = attach,
    .detach = detach,
    .run = run,
    .leave = leave,
    .open = open_traffic,
    .close = close_traffic,
    .account_worker = account_worker,
    .trace = trace,
    .handover = handover,
    .lost = lost,
    .account = account,
};
