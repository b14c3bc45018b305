// sweep.c: finding the pools that have no object, and giving heaps' memory back.
//
// Neither allocation nor freeing counts, so that nobody knows how full a pool is until a sweep
// sorts the free blocks of a heap to their pools. A pool that has all of its blocks back is
// retired. The free blocks of each other are a chain of their own from then on, so that
// neighbours are handed out together; those of the fullest pools first, so that the others
// have a chance to become empty.
//
// After a full collection, what is sorted would be what it has just freed, and gone from the
// caches. So a collection says beforehand of which pools much is going to be freed, and a block
// of these goes to its pool at once.
//
// A sweep costs some nanoseconds a free block. A heap is swept when it would need another pool
// and has grown by a share since its last sweep; when its thread leaves, if that used it
// much; after a full collection; and on request. Those of exited threads are swept by whoever
// does it on request or after a full collection.
#include "alloc/chain.h"
#include "alloc/heap.h"
#include "alloc/pages.h"

static void sort_chain(void *block)
{
    while (block != NULL) {
        void *next = rt__block_next(block);
        RtSpan *span = rt_span_of(block);
        rt__block_set_next(block, span->swept);
        span->swept = block;
        span->swept_count++;
        block = next;
    }
}

static void sort_all(RtHeap *heap)
{
    for (size_t c = 1; c < RT_HEAP_CLASSES; c++) {
        sort_chain(heap->free_blocks[c]);
        heap->free_blocks[c] = NULL;
        for (void *chain; (chain = rt__chain_pop(&heap->chains[c])) != NULL;)
            sort_chain(chain);
    }
}

static size_t blocks_carved(const RtSpan *span)
{
    return (size_t)(span->fresh - span->blocks) / span->block_size;
}

// What else dies in it goes to the heap's list again.
static void end_sorting(RtSpan *span)
{
    uint8_t slow = rt__span_slow(span);
    if (rt_unlikely(slow & RT_SLOW_SORT))
        rt__span_set_slow(span, slow & (uint8_t)~RT_SLOW_SORT);
}

// Makes the list of those without an object; the others stay with the heap.
static RtSpan *take_empty(RtHeap *heap)
{
    RtSpan *empty = NULL;
    for (RtSpan **link = &heap->spans; *link != NULL;) {
        RtSpan *span = *link;
        end_sorting(span);
        if (span->swept_count != blocks_carved(span)) {
            link = &span->next;
            continue;
        }
        *link = span->next;
        span->next_free = empty;
        empty = span;
        heap->pools--;
        size_t size_class = (size_t)(span->free_blocks - heap->free_blocks);
        if (heap->fresh_spans[size_class] == span) heap->fresh_spans[size_class] = NULL;
    }
    return empty;
}

static void give_chains(RtHeap *heap, bool mostly_free)
{
    for (RtSpan *span = heap->spans; span != NULL; span = span->next) {
        if (span->swept == NULL) continue;
        if ((2 * span->swept_count > blocks_carved(span)) != mostly_free) continue;
        size_t size_class = (size_t)(span->free_blocks - heap->free_blocks);
        rt__chain_push(&heap->chains[size_class], span->swept);
        span->swept = NULL;
        span->swept_count = 0;
    }
}

// An acquire of `collecting`: whoever collected last is done with its map of the spans. Nobody
// can begin before this thread comes to a safepoint. While somebody collects, it is put off to
// the heap's next need of a pool: what was freed for it is in no list, and would be missed.
void rt__heap_sweep(RtThread *t, RtHeap *heap)
{
    if (rt_atomic_load_acquire(&t->runtime->gc.collecting)) {
        heap->sweep_at = 0;
        return;
    }
    rt__heap_receive(t, heap);
    sort_all(heap);
    RtSpan *empty = take_empty(heap);
    give_chains(heap, true);
    give_chains(heap, false);
    heap->taken = 0;
    heap->sweep_at = heap->pools + heap->pools / RT_SWEEP_SHARE + RT_SWEEP_LEAST;
    if (empty != NULL) rt__span_retire(t, empty);
}

// A small heap, or one that was hardly used, is left as it is to the next thread.
void rt__heap_leave(RtThread *t)
{
    RtHeap *heap = t->heap;
    if (!RT_HEAP_PER_THREAD) return;
    bool used = heap->pools > RT_SWEEP_LEAST && heap->taken > heap->pools / RT_SWEEP_SHARE;
    if (used) rt__heap_sweep(t, heap);
}

// ------------------------------------------------------------------ all heaps that we may

static void trim(RtThread *t, RtHeap *heap)
{
    rt__heap_sweep(t, heap);
    rt__large_trim(t, heap);
}

// A state that no thread is bound to is bound for the time of it, so that none will be.
static void trim_idle(RtThread *t, RtThread *state)
{
    RtRuntime *runtime = t->runtime;
    rt_mutex_lock(&runtime->threads_lock);
    bool idle = !state->bound;
    if (idle) state->bound = true;
    rt_mutex_unlock(&runtime->threads_lock);
    if (!idle) return;
    trim(t, &state->own_heap);
    rt_mutex_lock(&runtime->threads_lock);
    state->bound = false;
    rt_mutex_unlock(&runtime->threads_lock);
}

void rt_heap_trim(RtThread *t)
{
    RtRuntime *runtime = t->runtime;
    rt__heap_send_all(t);
    trim(t, t->heap);
    rt_mutex_lock(&runtime->threads_lock);
    RtThread *state = RT_HEAP_PER_THREAD ? runtime->threads : NULL;
    rt_mutex_unlock(&runtime->threads_lock);
    for (; state != NULL; state = state->next)
        trim_idle(t, state);
    rt__span_release_retired(t);
}
