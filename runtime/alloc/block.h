// block.h: a block with a header in front: an object, or one that was or will be.
//
// The paths of allocation and freeing that every object takes, inline. A type is a pointer
// here and no more (object/object.h says what it points to).
#ifndef RT_ALLOC_BLOCK_H
#define RT_ALLOC_BLOCK_H

#include <stddef.h>

#include "base/poison.h"
#include "policy/policy.h"
#include "rt.h"

// 16 bytes with plain and atomic counts, 24 with biased ones.
struct RtObject {
    RtRef ref;
    union {
        const RtType *type; // constant for the life of the block's object
        void *next_free;    // of a free block: the next of its chain
    };
};

// `size` includes the header. The block's body is uninitialised.
// NULL and RT_ERROR_MEMORY when there is none. May be a quiescent state (state/grace.h).
RtObject *rt__object_new_slow(RtThread *t, const RtType *type, size_t size);
void rt__object_free_slow(RtThread *t, RtObject *object);

// What follows the header. Of a chain's first block: the link to another chain, for which there
// is room, for no object is smaller than its header and a word.
static inline void **rt__block_body(void *block)
{
    return (void **)(void *)((char *)block + sizeof(RtObject));
}

static inline RtObject *rt__object_new(RtThread *t, const RtType *type, size_t size)
{
    size_t size_class = (size + RT_GRANULE - 1) / RT_GRANULE;
    if (rt_unlikely(size > RT_SMALL_LIMIT)) return rt__object_new_slow(t, type, size);
    void *block = t->heap->free_blocks[size_class];
    if (rt_unlikely(block == NULL)) return rt__object_new_slow(t, type, size);
    RtObject *object = (RtObject *)block;
    t->heap->free_blocks[size_class] = object->next_free;
    RT_UNPOISON(rt__block_body(block), size - sizeof(RtObject));
    rt_account_add(&t->account, alloc_objects, 1);
    rt_account_add(&t->account, alloc_bytes, size_class * RT_GRANULE);
    rt_account_size(&t->account, size);
    object->type = type;
    rt_ref_begin(&object->ref);
    return object;
}

// Gives a finished object's block back to the heap that it came from.
static inline void rt__object_free(RtThread *t, RtObject *object)
{
    RtSpan *span = rt_span_of(object);
    rt_ref_recycle(&object->ref, span->heap->owner_id);
    if (rt_unlikely(rt_heap_is_foreign(t, span->heap) || rt__span_slow(span) != 0)) {
        rt__object_free_slow(t, object);
        return;
    }
    rt_account_add(&t->account, free_local, 1);
    object->next_free = *span->free_blocks;
    *span->free_blocks = object;
    RT_POISON(rt__block_body(object), span->block_size - sizeof(RtObject));
}

#endif
