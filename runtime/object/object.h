// object.h: what a type says about its objects, and how they are destroyed.
#ifndef RT_OBJECT_OBJECT_H
#define RT_OBJECT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "alloc/block.h"
#include "rt.h"

typedef int (*RtVisit)(RtObject *referent, void *argument); // nonzero stops the traversal

// References side by side: how many, a size_t at offset `count` of the object, begins `first`
// bytes into the object, or into the array that the pointer at offset `array` leads to, if that
// is not 0. All 0: there is no such row.
typedef struct RtRow {
    uint16_t count;
    uint16_t array;
    uint16_t first;
} RtRow;

typedef struct RtSlots RtSlots; // object/slots.h

// Types are immortal constants: one static const RtType per type, in that type's file, and for
// each class of a program one in an object that is never freed (vm/class.h). A type is an object
// itself, so that a program can have it as a value.
struct RtType {
    RtObject base;        // RT_TYPE_BASE
    const char *name;     // as Python prints it
    const RtType *parent; // NULL: object
    const RtSlots *slots; // what the interpreter asks of its objects; NULL: nothing

    // Drops what the object refers to and frees its arrays, but not its block. The object is
    // dead: no other thread can reach it. NULL: it holds nothing.
    void (*finish)(RtThread *t, RtObject *object);

    // Gives its arrays back and drops nothing: the runtime ends with the object alive. NULL:
    // it has none.
    void (*free_arrays)(RtObject *object);

    // Bytes of its arrays, as they are at some moment. NULL: it has none.
    size_t (*array_size)(RtThread *t, RtObject *object);

    // Calls visit for every reference it holds. The world is stopped, or the caller is the
    // only one to see the object. NULL: it can hold none, so it is in no cycle.
    int (*traverse)(RtObject *object, RtVisit visit, void *argument);

    // The same references as a row, NULLs among them, if they lie so: collections follow it
    // without a call for each.
    RtRow row;

    // Drops every reference that could be part of a cycle; the object stays valid and empty.
    void (*clear)(RtThread *t, RtObject *object);

    // Runs once in the object's life, before it is destroyed, by count or by the collector;
    // the object is whole, and may be referenced anew, which keeps it alive. Leaves no error.
    // NULL: there is nothing to do.
    void (*finalize)(RtThread *t, RtObject *object);

    int64_t (*hash)(RtThread *t, RtObject *object);      // NULL: unhashable
    int (*equal)(RtThread *t, RtObject *a, RtObject *b); // same type; NULL: identity
    RtObject *(*repr)(RtThread *t, RtObject *object);    // NULL: "<name object>"

    // Offset of a word in the body that `finish` does not need, for the trash list's link.
    // 0 for types whose objects can hold no references.
    uint16_t trash_link;

    bool is_class; // embedded in an RtClass (vm/class.h)
};

#define RT_TYPE_BASE .base = {.ref = RT_REF_IMMORTAL, .type = &rt__type_type}

// Bits of a header's `flags`, which are zero in a free block.
enum {
    RT_FLAG_FINALIZED = 1u << 0, // `finalize` was called; only on types that have one
    RT_FLAG_WEAK = 1u << 1,      // there may be weak references to it (object/weakref.h)
};

// Relaxed: who sets a flag has a reference and drops it later, so whoever finds the object dead
// sees it; and a collector, with the world stopped, sees all.
static inline uint8_t rt__object_flags(RtObject *object)
{
    return rt_atomic_load_relaxed(&object->ref.flags);
}

static inline void rt__object_set_flag(RtObject *object, uint8_t flag)
{
    rt_atomic_or_relaxed(&object->ref.flags, flag);
}

static inline void rt__object_clear_flag(RtObject *object, uint8_t flag)
{
    rt_atomic_and_relaxed(&object->ref.flags, (uint8_t)~flag);
}

static inline bool rt__object_has_finalizer(RtObject *object)
{
    return object->type->finalize != NULL && !(rt__object_flags(object) & RT_FLAG_FINALIZED);
}

// Calls the type's `finalize`, unless that was done before. The caller holds a reference.
void rt__object_finalize(RtThread *t, RtObject *object);

// Runs a dead object's finalizer and, if that did not bring it back, clears the weak references
// to it, calls their callbacks and its `finish`, and frees its block; or puts all but the
// finalizer off when destructions are nested too deeply.
void rt__object_destroy_object(RtThread *t, RtObject *object);

#endif
