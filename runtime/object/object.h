// object.h: the header in front of every object, and what a type says about its objects.
#ifndef RT_OBJECT_OBJECT_H
#define RT_OBJECT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/policy.h"
#include "rt.h"

// 16 bytes with plain and atomic counts, 32 with biased ones.
struct RtObject {
    RtRef ref;
    const RtType *type; // constant for the life of the block's object
};

typedef int (*RtVisit)(RtObject *referent, void *argument); // nonzero stops the traversal

// Types are immortal constants: one static const RtType per type, in that type's file.
struct RtType {
    const char *name; // as Python prints it

    // Drops what the object refers to and frees its arrays, but not its block. The object is
    // dead: no other thread can reach it. NULL: it holds nothing.
    void (*finish)(RtThread *t, RtObject *object);

    // Gives its arrays back and drops nothing: the runtime ends with the object alive. NULL:
    // it has none.
    void (*free_arrays)(RtObject *object);

    // Calls visit for every reference it holds. The world is stopped, or the caller is the
    // only one to see the object. NULL: it can hold none, so it is in no cycle.
    int (*traverse)(RtObject *object, RtVisit visit, void *argument);

    // Drops every reference that could be part of a cycle; the object stays valid and empty.
    void (*clear)(RtThread *t, RtObject *object);

    int64_t (*hash)(RtThread *t, RtObject *object);          // NULL: unhashable
    int (*equal)(RtThread *t, RtObject *a, RtObject *b);     // same type; NULL: identity
    RtObject *(*repr)(RtThread *t, RtObject *object);        // NULL: "<name object>"

    // Offset of a word in the body that `finish` does not need, for the trash list's link.
    // 0 for types whose objects can hold no references.
    uint16_t trash_link;
};

// Allocation (alloc/heap.c). `size` includes the header. The block's body is uninitialised.
// NULL and RT_ERROR_MEMORY when there is none.
RtObject *rt__object_new_slow(RtThread *t, const RtType *type, size_t size);
void rt__object_free_foreign(RtThread *t, RtHeap *heap, RtObject *object);

static inline void **rt__free_link(void *block)
{
    return (void **)(void *)((char *)block + sizeof(RtObject));
}

static inline RtObject *rt__object_new(RtThread *t, const RtType *type, size_t size)
{
    size_t size_class = (size + RT_GRANULE - 1) / RT_GRANULE;
    if (rt_unlikely(size > RT_SMALL_LIMIT)) return rt__object_new_slow(t, type, size);
    void *block = t->heap->free_blocks[size_class];
    if (rt_unlikely(block == NULL)) return rt__object_new_slow(t, type, size);
    t->heap->free_blocks[size_class] = *rt__free_link(block);
    rt_account_add(&t->account, alloc_objects, 1);
    rt_account_add(&t->account, alloc_bytes, size_class * RT_GRANULE);
    RtObject *object = (RtObject *)block;
    object->type = type;
    rt_ref_begin(&object->ref);
    return object;
}

// Gives a finished object's block back to the heap that it came from.
static inline void rt__object_free(RtThread *t, RtObject *object)
{
    RtSpan *span = rt_span_of(object);
    RtHeap *heap = span->heap;
    rt_ref_recycle(&object->ref, heap->owner_id);
    if (rt_unlikely(rt_heap_is_foreign(t, heap) || span->block_size > RT_SMALL_LIMIT)) {
        rt__object_free_foreign(t, heap, object);
        return;
    }
    rt_account_add(&t->account, free_local, 1);
    void **list = &heap->free_blocks[span->block_size / RT_GRANULE];
    *rt__free_link(object) = *list;
    *list = object;
}

// Runs a dead object's `finish` and frees its block, or puts it on the trash list when
// destructions are nested too deeply.
void rt__object_destroy_object(RtThread *t, RtObject *object);

#endif
