// large.c: objects beyond the size classes, each in a span of its own.
//
// A span for an object that fits in a pool is a pool, with one block; a larger one has pages of
// its own. A heap keeps some spans of dead objects for its next: same span, same block, so an
// address that was a header stays one and nobody needs to wait. Beyond RT_LARGE_KEPT bytes all
// are retired at once, under one lock.
#include "alloc/guard.h"
#include "alloc/heap.h"
#include "alloc/pages.h"

static size_t room(const RtSpan *span)
{
    return (size_t)(span->end - span->blocks);
}

// ------------------------------------------------------------------ kept spans

// Not more than twice what is asked for: a huge block is not spent on a small object.
static bool suits(const RtSpan *span, size_t size)
{
    return room(span) >= size && (span->arena != NULL || room(span) / 2 <= size);
}

static RtSpan *take_kept(RtHeap *heap, size_t size)
{
    for (RtSpan **link = &heap->large_free; *link != NULL; link = &(*link)->next_free) {
        RtSpan *span = *link;
        if (!suits(span, size)) continue;
        *link = span->next_free;
        heap->large_free_bytes -= room(span);
        return span;
    }
    return NULL;
}

void rt__large_free(RtThread *t, RtHeap *heap, RtSpan *span)
{
    span->next_free = heap->large_free;
    heap->large_free = span;
    heap->large_free_bytes += room(span);
    bool keeps = heap->large_free_bytes <= RT_LARGE_KEPT && !t->runtime->pages.system;
    if (!keeps) rt__large_trim(t, heap);
}

static void unlink_large_locked(RtPages *pages, RtSpan *span)
{
    RtSpan **link = span->previous != NULL ? &span->previous->next : &pages->large;
    *link = span->next;
    if (span->next != NULL) span->next->previous = span->previous;
}

void rt__large_trim(RtThread *t, RtHeap *heap)
{
    if (heap->large_free == NULL || rt_atomic_load_acquire(&t->runtime->gc.collecting)) return;
    RtPages *pages = &t->runtime->pages;
    RtSpan *spans = heap->large_free;
    heap->large_free = NULL;
    heap->large_free_bytes = 0;
    rt_mutex_lock(&pages->mutex);
    for (RtSpan *span = spans; span != NULL; span = span->next_free)
        unlink_large_locked(pages, span);
    rt_mutex_unlock(&pages->mutex);
    rt__span_retire(t, spans);
}

// ------------------------------------------------------------------ new spans

// Bytes before the block.
static size_t header(const RtPages *pages)
{
    return RT_SPAN_HEADER + rt__guard_offset(pages->slow);
}

static RtSpan *map_span(RtPages *pages, size_t size)
{
    size_t mapped = (size + 4095) & ~(size_t)4095;
    void *base = pages->system ? rt_array_alloc_aligned(size, RT_SPAN_SIZE)
                               : rt_pages_map(mapped, RT_SPAN_SIZE);
    if (base == NULL) return NULL;
    RtSpan *span = rt_span_of(base);
    __builtin_memset(span, 0, sizeof *span);
    span->mapped = pages->system ? 0 : mapped;
    return span;
}

static RtSpan *new_span(RtThread *t, size_t size)
{
    RtPages *pages = &t->runtime->pages;
    size += header(pages);
    bool fits = size <= RT_SPAN_SIZE && !pages->system;
    return fits ? rt__pool_take(t) : map_span(pages, size);
}

// The block is as large as its pages allow, for the next object may be larger.
static void lay_out(RtPages *pages, RtSpan *span, RtHeap *heap, size_t size)
{
    size_t before = header(pages);
    if (span->arena != NULL) size = RT_SPAN_SIZE - before;
    if (span->mapped != 0) size = span->mapped - before;
    rt__span_set_slow(span, pages->slow | RT_SLOW_LARGE);
    span->blocks = (char *)span + before;
    rt__span_lay_out(span, heap, &heap->free_blocks[0], size, 1);
    span->fresh = span->end; // handed out at once
}

static void link_large(RtPages *pages, RtSpan *span)
{
    rt_mutex_lock(&pages->mutex);
    span->next = pages->large;
    if (span->next != NULL) span->next->previous = span;
    pages->large = span;
    rt_mutex_unlock(&pages->mutex);
}

static void *new_block(RtThread *t, RtHeap *heap, size_t size)
{
    RtPages *pages = &t->runtime->pages;
    RtSpan *span = new_span(t, size);
    if (span == NULL) return NULL;
    lay_out(pages, span, heap, size);
    RtObject *block = (RtObject *)(void *)span->blocks;
    RT_UNPOISON(block, sizeof *block);
    rt_ref_prepare(&block->ref, heap->owner_id);
    if (rt__span_slow(span) & RT_SLOW_GUARD) rt__guard_fresh(block);
    link_large(pages, span);
    return block;
}

void *rt__large_new(RtThread *t, RtHeap *heap, size_t size)
{
    if (size > SIZE_MAX / 2) return NULL;
    size = (size + RT_GRANULE - 1) & ~(size_t)(RT_GRANULE - 1);
    rt__heap_receive(t, heap);
    RtSpan *span = take_kept(heap, size);
    return span != NULL ? span->blocks : new_block(t, heap, size);
}
