// function.h: what can be called: functions of the program, methods bound to an object; and the
// cells that closures share.
#ifndef RT_VM_FUNCTION_H
#define RT_VM_FUNCTION_H

#include "object/slot.h"
#include "vm/code.h"

typedef struct RtFunction {
    RtObject base;
    RtObject *trash; // the trash list's link
    RtCode *code;
    RtObject *defaults; // a tuple for the last parameters, or NULL
    RtObject *closure;  // a tuple of cells, one for each free variable, or NULL
} RtFunction;

typedef struct RtCell {
    RtObject base;
    RtObject *trash;
    RtSlot contents; // NULL: empty. Guarded by the cell's section (object/slot.h)
} RtCell;

typedef struct RtBoundMethod {
    RtObject base;
    RtObject *trash;
    RtObject *function; // anything that can be called
    RtObject *self;
} RtBoundMethod;

#pragma GCC visibility push(hidden)
extern const RtType rt__function_type;
extern const RtType rt__cell_type;
extern const RtType rt__method_type;
#pragma GCC visibility pop

// `defaults` and `closure` may be NULL; borrowed. TypeError if they do not fit the code.
RtObject *rt__function_new(RtThread *t, RtCode *code, RtObject *defaults, RtObject *closure);
RtObject *rt__cell_new(RtThread *t, RtObject *contents); // NULL: empty
RtObject *rt__method_new(RtThread *t, RtObject *function, RtObject *self);

// A new reference, or NULL: it is empty.
RtObject *rt__cell_get(RtThread *t, RtObject *cell);
// Takes `contents` over (NULL empties the cell) and returns what was in it, for the caller to
// drop.
RtObject *rt__cell_swap_steal(RtThread *t, RtObject *cell, RtObject *contents);

static inline RtCell *rt__cell_of(RtObject *object)
{
    return (RtCell *)object;
}

static inline RtFunction *rt__function_of(RtObject *object)
{
    RT_ASSERT(object->type == &rt__function_type);
    return (RtFunction *)object;
}

// Makes `object` immortal if it is a function: something immortal refers to it for good, and
// caches may. The caller's thread made it, and no other has seen it.
void rt__function_keep(RtObject *object);

// Puts defaults in the places of arguments that were not given: args[count] and on are NULL
// before. False with a TypeError, in CPython's words, if arguments are missing or too many.
bool rt__function_bind(RtThread *t, RtFunction *function, RtObject **args, size_t count);
// The same with keywords: the last values are theirs, and moved to their places. On an error
// the registers still own what they hold.
bool rt__function_bind_keywords(RtThread *t, RtFunction *function, RtObject **args, size_t count,
                                RtObject *kwnames);

#endif
