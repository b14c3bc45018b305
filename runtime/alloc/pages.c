// pages.c: spans, carved from the creator's pages first and mapped from the system after.
//
// A span is never unmapped, nor changes its block size, before its runtime is destroyed.
#include "alloc/pages.h"

// Blocks start a cache line past the header, so that foreign merges there never share a
// line with an object.
#define SPAN_HEADER ((sizeof(RtSpan) + 63u) & ~(size_t)63u)

static char *align_up(char *address)
{
    uintptr_t mask = RT_SPAN_SIZE - 1;
    return (char *)(((uintptr_t)address + mask) & ~mask);
}

void rt__pages_init(RtRuntime *runtime, char *memory, size_t size)
{
    RtPages *pages = &runtime->pages;
    rt_mutex_init(&pages->mutex);
    if (memory == NULL || (uintptr_t)align_up(memory) > (uintptr_t)memory + size) return;
    pages->next = align_up(memory);
    pages->end = memory + size;
}

// Room for one span among the creator's pages, or NULL. Only the header is cleared: blocks
// are prepared one by one as they are carved.
static RtSpan *take_given(RtPages *pages)
{
    RtSpan *span = NULL;
    rt_mutex_lock(&pages->mutex);
    if (pages->next != NULL && (size_t)(pages->end - pages->next) >= RT_SPAN_SIZE) {
        span = (RtSpan *)(void *)pages->next;
        pages->next += RT_SPAN_SIZE;
    }
    rt_mutex_unlock(&pages->mutex);
    if (span != NULL) __builtin_memset(span, 0, sizeof *span);
    return span;
}

static RtSpan *map(size_t size)
{
    RtSpan *span = rt_pages_map(size, RT_SPAN_SIZE);
    if (span != NULL) span->mapped = size;
    return span;
}

static void lay_out(RtSpan *span, RtHeap *heap, size_t block_size, size_t blocks)
{
    span->heap = heap;
    span->block_size = block_size;
    span->inverse = (((uint64_t)1 << 32) + block_size - 1) / block_size;
    span->blocks = (char *)span + SPAN_HEADER;
    span->fresh = span->blocks;
    span->end = span->blocks + blocks * block_size;
}

RtSpan *rt__span_new(RtRuntime *runtime, RtHeap *heap, size_t block_size)
{
    RtSpan *span = take_given(&runtime->pages);
    if (span == NULL) span = map(RT_SPAN_SIZE);
    if (span == NULL) return NULL;
    lay_out(span, heap, block_size, (RT_SPAN_SIZE - SPAN_HEADER) / block_size);
    return span;
}

// ------------------------------------------------------------------ large objects

static RtSpan *take_free_large_locked(RtHeap *heap, size_t size)
{
    for (RtSpan **link = &heap->large_free; *link != NULL; link = &(*link)->next_free) {
        RtSpan *span = *link;
        // Not more than twice what is asked for: a huge block is not spent on a small one.
        if (span->block_size < size || span->block_size / 2 > size) continue;
        *link = span->next_free;
        return span;
    }
    return NULL;
}

static RtSpan *map_large(RtPages *pages, RtHeap *heap, size_t size)
{
    if (size > SIZE_MAX / 2) return NULL;
    size_t pages_size = (SPAN_HEADER + size + 4095) & ~(size_t)4095;
    RtSpan *span = map(pages_size);
    if (span == NULL) return NULL;
    lay_out(span, heap, pages_size - SPAN_HEADER, 1);
    span->fresh = span->end; // handed out at once
    rt_mutex_lock(&pages->mutex);
    span->next = pages->large;
    pages->large = span;
    rt_mutex_unlock(&pages->mutex);
    return span;
}

// A large span keeps its heap for good, like a small one: the merge queue of that heap's
// thread may hold the span long after its object died, and whoever drains that queue must
// own every object that can be found there.
RtSpan *rt__span_new_large(RtRuntime *runtime, RtHeap *heap, size_t size)
{
    RtPages *pages = &runtime->pages;
    rt_mutex_lock(&pages->mutex);
    RtSpan *span = take_free_large_locked(heap, size);
    rt_mutex_unlock(&pages->mutex);
    return span != NULL ? span : map_large(pages, heap, size);
}

void rt__span_free_large(RtRuntime *runtime, RtSpan *span)
{
    RtPages *pages = &runtime->pages;
    rt_mutex_lock(&pages->mutex);
    span->next_free = span->heap->large_free;
    span->heap->large_free = span;
    rt_mutex_unlock(&pages->mutex);
}

// ------------------------------------------------------------------ the end, and audits

static void release_list(RtSpan *span)
{
    while (span != NULL) {
        RtSpan *next = span->next;
        rt_array_free(span->gc_words);
        if (span->mapped != 0) rt_pages_unmap(span, span->mapped);
        span = next;
    }
}

void rt__pages_release_heap(RtHeap *heap)
{
    release_list(heap->spans);
    heap->spans = NULL;
}

void rt__pages_destroy(RtRuntime *runtime)
{
    release_list(runtime->pages.large);
    rt_mutex_destroy(&runtime->pages.mutex);
}

static void each_block_of_list(RtSpan *span, void (*visit)(void *, void *), void *argument)
{
    for (; span != NULL; span = span->next) {
        for (char *block = span->blocks; block < span->fresh; block += span->block_size)
            visit(block, argument);
    }
}

void rt__pages_each_block(RtRuntime *runtime, void (*visit)(void *block, void *argument),
                          void *argument)
{
    each_block_of_list(runtime->pages.large, visit, argument);
    each_block_of_list(runtime->single_heap.spans, visit, argument);
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        each_block_of_list(t->own_heap.spans, visit, argument);
}
