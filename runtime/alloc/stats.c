// stats.c: what the heaps of a runtime hold.
#include "alloc/block.h"
#include "alloc/pages.h"

_Static_assert(RT_HEAP_STATS_CLASSES == RT_HEAP_CLASSES && RT_HEAP_STATS_STEP == RT_GRANULE,
               "rt.h tells what config.h decides");
_Static_assert(RT_ACCOUNT_SIZES == RT_HEAP_CLASSES + 1, "requests are counted by class");

static void add_span(RtSpan *span, void *argument)
{
    RtHeapStats *stats = (RtHeapStats *)argument;
    if (rt__span_slow(span) & RT_SLOW_LARGE) {
        stats->large_objects += rt_ref_is_live(&((RtObject *)(void *)span->blocks)->ref);
        stats->large_bytes += (size_t)(span->end - (char *)span);
        return;
    }
    RtHeapClassStats *of_class = &stats->classes[span->block_size / RT_GRANULE];
    of_class->pools++;
    of_class->blocks += (size_t)(span->end - span->blocks) / span->block_size;
    for (char *block = span->blocks; block < span->fresh; block += span->block_size)
        of_class->used += rt_ref_is_live(&((RtObject *)(void *)block)->ref);
}

static void add_requests(RtHeapStats *stats, const uint64_t *sizes)
{
    if (sizes == NULL) return;
    for (size_t c = 0; c < RT_HEAP_CLASSES; c++)
        stats->classes[c].requests += sizes[c];
    stats->large_requests += sizes[RT_ACCOUNT_SIZES - 1];
}

static size_t free_pools(const RtPages *pages)
{
    size_t given = pages->given.pools - pages->given.used;
    size_t mapped = 0;
    for (const RtArena *arena = pages->ring.next; arena != &pages->ring; arena = arena->next)
        mapped += arena == &pages->given ? 0 : arena->pools - arena->used;
    return given + mapped + (pages->spare != NULL ? pages->spare->pools : 0);
}

void rt_heap_read_stats(RtRuntime *runtime, RtHeapStats *stats)
{
    const RtPages *pages = &runtime->pages;
    *stats = (RtHeapStats){
        .pool_size = RT_SPAN_SIZE,
        .arena_size = RT_ARENA_SIZE,
        .arenas = pages->arenas,
        .arenas_peak = pages->arenas_peak,
        .pools_free = free_pools(pages),
    };
    for (const RtSpan *span = pages->retired; span != NULL; span = span->next_free)
        stats->pools_waiting += span->arena != NULL;
    stats->pools_used = pages->pools - stats->pools_waiting;
    rt__pages_each_span(runtime, add_span, stats);
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        add_requests(stats, rt_account_sizes(&t->account));
}
