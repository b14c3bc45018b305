// tracing.c: the table of what is traced, starting and stopping, snapshots and differences.
#include "alloc/tracing.h"

#include "alloc/groups.h"
#include "alloc/heap.h"
#include "base/scatter.h"

#define FIRST_CAPACITY 64

void rt__tracing_init(RtRuntime *runtime)
{
    rt_mutex_init(&runtime->tracing.mutex);
}

void rt__tracing_destroy(RtRuntime *runtime)
{
    rt_array_free(runtime->tracing.traced);
    rt__groups_free(&runtime->tracing.groups);
    rt_mutex_destroy(&runtime->tracing.mutex);
}

// ------------------------------------------------------------------ the table

static size_t ideal_place(size_t capacity, const void *address)
{
    uint64_t hash = rt_scatter((uintptr_t)address / RT_GRANULE);
    return (size_t)(hash >> 32) & (capacity - 1);
}

// The entry of the address, or the empty one that it would get.
static RtTraced *find_locked(const RtTracing *tracing, const void *address)
{
    size_t i = ideal_place(tracing->capacity, address);
    while (tracing->traced[i].address != NULL && tracing->traced[i].address != address)
        i = (i + 1) & (tracing->capacity - 1);
    return &tracing->traced[i];
}

static bool grow_locked(RtTracing *tracing)
{
    RtTracing larger = {.capacity = 2 * tracing->capacity};
    larger.traced = rt_array_alloc_zeroed(larger.capacity * sizeof *larger.traced);
    if (larger.traced == NULL) return false;
    for (size_t i = 0; i < tracing->capacity; i++) {
        const RtTraced *traced = &tracing->traced[i];
        if (traced->address != NULL) *find_locked(&larger, traced->address) = *traced;
    }
    rt_array_free(tracing->traced);
    tracing->traced = larger.traced;
    tracing->capacity = larger.capacity;
    return true;
}

// Closes the gap at `hole`: each later entry moves up if the gap is no earlier than its ideal
// place, so that a search never meets an empty place before what it looks for.
static void close_gap_locked(RtTracing *tracing, size_t hole)
{
    size_t mask = tracing->capacity - 1;
    for (size_t i = (hole + 1) & mask; tracing->traced[i].address != NULL; i = (i + 1) & mask) {
        size_t ideal = ideal_place(tracing->capacity, tracing->traced[i].address);
        if (((i - ideal) & mask) < ((i - hole) & mask)) continue;
        tracing->traced[hole] = tracing->traced[i];
        hole = i;
    }
    tracing->traced[hole].address = NULL;
}

// ------------------------------------------------------------------ blocks and arrays

static void add_locked(RtTracing *tracing, uint32_t group, int64_t blocks, int64_t bytes)
{
    RtTracingStats *stats = &tracing->stats;
    tracing->groups.groups[group].blocks += blocks;
    tracing->groups.groups[group].bytes += bytes;
    stats->blocks += (uint64_t)blocks;
    stats->bytes += (uint64_t)bytes;
    if (stats->blocks > stats->peak_blocks) stats->peak_blocks = stats->blocks;
    if (stats->bytes > stats->peak_bytes) stats->peak_bytes = stats->bytes;
}

static void note_locked(RtTracing *tracing, const RtTraced *new)
{
    bool full = tracing->used >= tracing->capacity / 2;
    if (full && !grow_locked(tracing)) {
        tracing->stats.lost++;
        return;
    }
    RtTraced *place = find_locked(tracing, new->address);
    RT_ASSERT(place->address == NULL); // its death was noted
    *place = *new;
    tracing->used++;
    add_locked(tracing, new->group, 1, (int64_t) new->size);
}

void rt__tracing_note_slow(RtThread *t, const void *address, size_t size, const char *type)
{
    RtTracing *tracing = &t->runtime->tracing;
    rt_mutex_lock(&tracing->mutex);
    int64_t group = rt__groups_find(&tracing->groups, t->site, type, 0);
    RtTraced new = {address, size, (uint32_t)group};
    if (group >= 0)
        note_locked(tracing, &new);
    else
        tracing->stats.lost++;
    rt_mutex_unlock(&tracing->mutex);
}

void rt__tracing_forget_slow(RtThread *t, const void *address)
{
    RtTracing *tracing = &t->runtime->tracing;
    rt_mutex_lock(&tracing->mutex);
    RtTraced *place = find_locked(tracing, address);
    if (place->address != NULL) {
        add_locked(tracing, place->group, -1, -(int64_t)place->size);
        close_gap_locked(tracing, (size_t)(place - tracing->traced));
        tracing->used--;
    }
    rt_mutex_unlock(&tracing->mutex);
}

RtSite rt__tracing_site(RtRuntime *runtime, const void *address)
{
    RtTracing *tracing = &runtime->tracing;
    RtSite site = {0};
    if (!tracing->on) return site;
    rt_mutex_lock(&tracing->mutex);
    const RtTraced *place = find_locked(tracing, address);
    if (place->address != NULL) site = tracing->groups.groups[place->group].site;
    rt_mutex_unlock(&tracing->mutex);
    return site;
}

// ------------------------------------------------------------------ starting, stopping

static bool no_memory(RtThread *t)
{
    rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return false;
}

static void begin_stopped(RtRuntime *runtime, RtTraced *traced)
{
    RtTracing *tracing = &runtime->tracing;
    tracing->traced = traced;
    tracing->capacity = FIRST_CAPACITY;
    tracing->session++;
    tracing->on = true;
    rt__heap_go_slow(runtime, RT_SLOW_TRACE, true);
}

bool rt_tracing_start(RtThread *t)
{
    RtTraced *traced = rt_array_alloc_zeroed(FIRST_CAPACITY * sizeof *traced);
    if (traced == NULL) return no_memory(t);
    rt_world_stop(t);
    bool starting = !t->runtime->tracing.on;
    if (starting) begin_stopped(t->runtime, traced);
    rt_world_start(t);
    if (!starting) rt_array_free(traced);
    return true;
}

void rt_tracing_stop(RtThread *t)
{
    RtTracing *tracing = &t->runtime->tracing;
    rt_world_stop(t);
    if (tracing->on) rt__heap_go_slow(t->runtime, RT_SLOW_TRACE, false);
    tracing->on = false;
    rt_array_free(tracing->traced);
    rt__groups_free(&tracing->groups);
    tracing->traced = NULL;
    tracing->capacity = tracing->used = 0;
    tracing->stats = (RtTracingStats){0};
    rt_world_start(t);
}

RtSite rt_site_set(RtThread *t, RtSite site)
{
    RtSite before = t->site;
    t->site = site;
    return before;
}

// ------------------------------------------------------------------ looking

void rt_tracing_stats(RtThread *t, RtTracingStats *stats)
{
    RtTracing *tracing = &t->runtime->tracing;
    rt_mutex_lock(&tracing->mutex);
    *stats = tracing->stats;
    stats->overhead_bytes = tracing->capacity * sizeof *tracing->traced +
                            tracing->groups.capacity / 2 * sizeof(RtGroup) +
                            tracing->groups.capacity * sizeof(uint32_t);
    rt_mutex_unlock(&tracing->mutex);
}

void rt_tracing_reset_peak(RtThread *t)
{
    RtTracingStats *stats = &t->runtime->tracing.stats;
    rt_mutex_lock(&t->runtime->tracing.mutex);
    stats->peak_blocks = stats->blocks;
    stats->peak_bytes = stats->bytes;
    rt_mutex_unlock(&t->runtime->tracing.mutex);
}

static RtTracingSnapshot *new_snapshot(RtThread *t, uint64_t session, size_t count)
{
    RtTracingEntry *entries;
    RtTracingSnapshot *snapshot = rt_array_alloc(sizeof *snapshot + count * sizeof *entries);
    if (snapshot == NULL) {
        no_memory(t);
        return NULL;
    }
    entries = (RtTracingEntry *)(void *)(snapshot + 1);
    *snapshot = (RtTracingSnapshot){session, count, entries};
    return snapshot;
}

static size_t count_groups(RtTracing *tracing)
{
    rt_mutex_lock(&tracing->mutex);
    size_t count = tracing->groups.count;
    rt_mutex_unlock(&tracing->mutex);
    return count;
}

// Groups that appear between the count and the copy are later than this snapshot.
RtTracingSnapshot *rt_tracing_snapshot(RtThread *t)
{
    RtTracing *tracing = &t->runtime->tracing;
    RtTracingSnapshot *snapshot = new_snapshot(t, tracing->session, count_groups(tracing));
    if (snapshot == NULL) return NULL;
    rt_mutex_lock(&tracing->mutex);
    for (size_t i = 0; i < snapshot->count; i++) {
        const RtGroup *group = &tracing->groups.groups[i];
        snapshot->entries[i] =
            (RtTracingEntry){group->site, group->type, group->blocks, group->bytes};
    }
    rt_mutex_unlock(&tracing->mutex);
    return snapshot;
}

// Groups keep their numbers, so an entry of the one snapshot is at the same place in the other.
RtTracingSnapshot *rt_tracing_difference(RtThread *t, const RtTracingSnapshot *before,
                                         const RtTracingSnapshot *after)
{
    if (before->session != after->session || before->count > after->count) {
        rt_error_set(t, RT_ERROR_VALUE, "these snapshots do not follow each other");
        return NULL;
    }
    RtTracingSnapshot *difference = new_snapshot(t, after->session, after->count);
    if (difference == NULL) return NULL;
    for (size_t i = 0; i < after->count; i++) {
        difference->entries[i] = after->entries[i];
        if (i >= before->count) continue;
        difference->entries[i].blocks -= before->entries[i].blocks;
        difference->entries[i].bytes -= before->entries[i].bytes;
    }
    return difference;
}

void rt_tracing_free(RtTracingSnapshot *snapshot)
{
    rt_array_free(snapshot);
}
