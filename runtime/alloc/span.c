// span.c: the life of a span: laid out, walked over, retired, and at last given back.
//
// When a span is retired its blocks are all free and nobody's list has one. Some may still have
// an address in it, and look at a header there, or at the span's:
//  - A reader without a lock that found an object's address before it was unlinked. It is done
//    when a grace period has passed.
//  - A dropper that has queued an object for its owner and is about to list the span, when the
//    owner has merged it already. It is done when a grace period has passed; then the span may
//    be in the owner's merge list, though nothing in it waits.
//  - Whoever takes it out of that list. It looks at the span's header still after the span says
//    that it is not listed. It is done when another grace period has passed.
// So a span waits for a grace period, then until it is not listed, then for another; then it is
// nobody's. Under a GIL, droppers and those who take spans out of lists do not lose it
// half-way, and grace periods pass at once.
//  - The collector knows spans by its lists of them, and during a collection by a map. A span
//    leaves the lists as it is retired, and none is retired while a collection is under way.
#include "alloc/arena.h"
#include "alloc/heap.h"
#include "alloc/pages.h"
#include "state/grace.h"

#define GRACES 2u

void rt__span_lay_out(RtSpan *span, RtHeap *heap, void **list, size_t block_size, size_t blocks)
{
    span->heap = heap;
    span->free_blocks = list;
    span->block_size = block_size;
    span->inverse = (((uint64_t)1 << 32) + block_size - 1) / block_size;
    span->fresh = span->blocks;
    span->end = span->blocks + blocks * block_size;
}

static void free_own_pages(RtSpan *span)
{
    char *base = (char *)span;
    RT_UNPOISON(base, (size_t)(span->end - base));
    if (span->mapped != 0)
        rt_pages_unmap(base, span->mapped);
    else
        rt_array_free(base);
}

// ------------------------------------------------------------------ giving back

static void give_back_locked(RtPages *pages, RtSpan *span)
{
    pages->retired_count--;
    if (span->arena != NULL)
        rt__pool_give_locked(pages, span);
    else
        free_own_pages(span);
}

static void append_locked(RtPages *pages, RtSpan *span)
{
    span->next_free = NULL;
    *pages->retired_end = span;
    pages->retired_end = &span->next_free;
}

static RtSpan *take_first_locked(RtPages *pages)
{
    RtSpan *span = pages->retired;
    pages->retired = span->next_free;
    if (pages->retired == NULL) pages->retired_end = &pages->retired;
    return span;
}

// The span's grace period has passed: it goes, or waits for another.
static void advance_locked(RtThread *t, RtPages *pages, RtSpan *span)
{
    // Acquire: all that those did who listed the span and took it out.
    bool listed = rt_atomic_load_acquire(&span->merge_listed) != 0;
    if (!listed && --span->graces == 0) {
        give_back_locked(pages, span);
        return;
    }
    span->goal = rt__grace_goal(t);
    append_locked(pages, span);
}

// Looks at each once: what waits on is appended.
void rt__span_release_retired(RtThread *t)
{
    RtPages *pages = &t->runtime->pages;
    rt_mutex_lock(&pages->mutex);
    for (size_t count = GRACES * pages->retired_count; count != 0; count--) {
        RtSpan *span = pages->retired;
        if (span == NULL || !rt__grace_passed(t, span->goal)) break;
        advance_locked(t, pages, take_first_locked(pages));
    }
    rt_mutex_unlock(&pages->mutex);
}

// ------------------------------------------------------------------ retiring

void rt__span_retire(RtThread *t, RtSpan *spans)
{
    RtPages *pages = &t->runtime->pages;
    for (RtSpan *span = spans; span != NULL; span = span->next_free)
        rt__gc_forget_span(span);
    uint64_t goal = rt__grace_goal(t);
    rt_mutex_lock(&pages->mutex);
    while (spans != NULL) {
        RtSpan *span = spans;
        spans = span->next_free;
        span->goal = goal;
        span->graces = GRACES;
        append_locked(pages, span);
        pages->retired_count++;
    }
    rt_mutex_unlock(&pages->mutex);
    rt__span_release_retired(t);
}

// ------------------------------------------------------------------ walking

static void each_of(RtSpan *span, void (*visit)(RtSpan *, void *), void *argument)
{
    while (span != NULL) {
        RtSpan *next = span->next; // the visit may free this one
        visit(span, argument);
        span = next;
    }
}

void rt__pages_each_span(RtRuntime *runtime, void (*visit)(RtSpan *span, void *argument),
                         void *argument)
{
    each_of(runtime->pages.large, visit, argument);
    each_of(runtime->single_heap.spans, visit, argument);
    for (RtThread *t = runtime->threads; t != NULL; t = t->next)
        each_of(t->own_heap.spans, visit, argument);
}

typedef struct EachBlock {
    void (*visit)(void *block, void *argument);
    void *argument;
} EachBlock;

static void each_block_of(RtSpan *span, void *argument)
{
    const EachBlock *each = (const EachBlock *)argument;
    for (char *block = span->blocks; block < span->fresh; block += span->block_size)
        each->visit(block, each->argument);
}

void rt__pages_each_block(RtRuntime *runtime, void (*visit)(void *block, void *argument),
                          void *argument)
{
    EachBlock each = {visit, argument};
    rt__pages_each_span(runtime, each_block_of, &each);
}

// ------------------------------------------------------------------ the end

static void release(RtSpan *span, void *argument)
{
    (void)argument;
    rt__gc_drop_words(span);
    if (span->arena == NULL) free_own_pages(span);
}

void rt__pages_destroy(RtRuntime *runtime)
{
    RtPages *pages = &runtime->pages;
    rt__pages_each_span(runtime, release, NULL);
    while (pages->retired != NULL)
        release(take_first_locked(pages), NULL);
    rt__arenas_destroy(pages);
    rt_mutex_destroy(&pages->mutex);
}
