// heap.c: blocks of size classes from spans.
//
// The simplest allocator that obeys the foundation's laws: a free list per size class, a
// span per class to carve from, a remote list for foreign frees. A span belongs to its heap
// and keeps its class until the runtime ends, so any address that was ever a header stays
// one, which try-incref depends on. A free block's link is in its body; its header stays.
#include "alloc/pages.h"
#include "alloc/block.h"

static RtObject *begin(RtThread *t, void *block, const RtType *type, size_t block_size)
{
    rt_account_add(&t->account, alloc_objects, 1);
    rt_account_add(&t->account, alloc_bytes, block_size);
    RtObject *object = (RtObject *)block;
    object->type = type;
    rt_ref_begin(&object->ref);
    return object;
}

static RtObject *no_memory(RtThread *t)
{
    rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return NULL;
}

// Takes the whole remote list and puts its blocks on the free lists. The acquire pairs with
// the release of each push; taking all at once leaves no ABA.
static void collect_remote(RtHeap *heap)
{
    if (rt_atomic_load_relaxed(&heap->remote) == NULL) return;
    void *block = rt_atomic_exchange_acquire(&heap->remote, NULL);
    while (block != NULL) {
        void *next = *rt__free_link(block);
        void **list = &heap->free_blocks[rt_span_of(block)->block_size / RT_GRANULE];
        *rt__free_link(block) = *list;
        *list = block;
        block = next;
    }
}

static void *carve(RtThread *t, RtHeap *heap, size_t size_class)
{
    RtSpan *span = heap->fresh_spans[size_class];
    if (span == NULL || span->fresh == span->end) {
        span = rt__span_new(t->runtime, heap, size_class * RT_GRANULE);
        if (span == NULL) return NULL;
        span->next = heap->spans;
        heap->spans = span;
        heap->fresh_spans[size_class] = span;
    }
    void *block = span->fresh;
    span->fresh += span->block_size;
    rt_ref_prepare(&((RtObject *)block)->ref, heap->owner_id);
    rt_account_add(&t->account, alloc_fresh, 1);
    return block;
}

static RtObject *new_small(RtThread *t, const RtType *type, size_t size_class)
{
    RtHeap *heap = t->heap;
    collect_remote(heap);
    void *block = heap->free_blocks[size_class];
    if (block != NULL)
        heap->free_blocks[size_class] = *rt__free_link(block);
    else
        block = carve(t, heap, size_class);
    if (block == NULL) return no_memory(t);
    return begin(t, block, type, size_class * RT_GRANULE);
}

static RtObject *new_large(RtThread *t, const RtType *type, size_t size)
{
    RtSpan *span = rt__span_new_large(t->runtime, t->heap, size);
    if (span == NULL) return no_memory(t);
    rt_ref_prepare(&((RtObject *)(void *)span->blocks)->ref, t->heap->owner_id);
    return begin(t, span->blocks, type, span->block_size);
}

RtObject *rt__object_new_slow(RtThread *t, const RtType *type, size_t size)
{
    RT_ASSERT(size >= sizeof(RtObject) + sizeof(void *)); // room for a free block's link
    if (size > RT_SMALL_LIMIT) return new_large(t, type, size);
    return new_small(t, type, (size + RT_GRANULE - 1) / RT_GRANULE);
}

// A block of another thread's heap, or a large object's.
void rt__object_free_foreign(RtThread *t, RtHeap *heap, RtObject *object)
{
    RtSpan *span = rt_span_of(object);
    if (span->block_size > RT_SMALL_LIMIT) {
        rt_account_add(&t->account, free_local, 1);
        rt__span_free_large(t->runtime, span);
        return;
    }
    rt_account_add(&t->account, free_foreign, 1);
    void *head = rt_atomic_load_relaxed(&heap->remote);
    do {
        *rt__free_link(object) = head;
        RT_POINT(t, RT_POINT_REMOTE_FREE);
    } while (!rt_atomic_cas_release(&heap->remote, &head, (void *)object));
}
