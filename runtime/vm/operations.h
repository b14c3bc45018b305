// operations.h: the slow paths of instructions, by subject.
//
// Every function is called by the eval loop when its own fast path does not apply, and by
// native code through vm/native.h. Operands are borrowed.
#ifndef RT_VM_OPERATIONS_H
#define RT_VM_OPERATIONS_H

#include "object/intern.h"
#include "object/list.h"
#include "object/set.h"
#include "vm/class.h"
#include "vm/exception.h"
#include "vm/function.h"
#include "object/value.h"
#include "vm/vm.h"

// ---- attributes.c and globals.c

enum {
    RT_CACHE_NONE,
    RT_CACHE_SLOT,        // of an instance: `type`; `index` is its offset
    RT_CACHE_TABLE,       // of a class or module, `object`: `index` is the entry in its table;
                          // of the globals, where `object` is what was there, if immortal
    RT_CACHE_CLASS_VALUE, // of an instance's class: `object` is the class that has it, `index`
    RT_CACHE_METHOD,      // of an instance: `object` is the function
    RT_CACHE_BUILTIN,     // a native method: `object`
    RT_CACHE_CONSTANT,    // a builtin, `object`, as long as the globals' block, which `type`,
                          // `epoch` and `index` tell, has no more entries
};

RtObject *rt__load_attr(RtThread *t, RtObject *object, RtObject *name, RtCache *cache);
bool rt__store_attr(RtThread *t, RtObject *object, RtObject *name, RtObject *value,
                    RtCache *cache);
// What object.name(...) calls: a new reference, and whether the object is to be its first
// argument.
RtObject *rt__load_method(RtThread *t, RtObject *object, RtObject *name, RtCache *cache,
                          bool *with_self);
extern const RtType rt__super_type;
RtObject *rt__load_global(RtThread *t, RtObject *name, RtCache *cache);
bool rt__store_global(RtThread *t, RtObject *name, RtObject *value); // NULL: deletes
RtObject *rt__load_name(RtThread *t, RtObject *namespace_, RtObject *name);
bool rt__store_name(RtThread *t, RtObject *namespace_, RtObject *name, RtObject *value);

// The value of the entry in a table, if the key is still there. Takes no section unless it is
// disturbed. NULL: look again by the name.
RtObject *rt__table_hinted(RtThread *t, RtTable *table, uint32_t index, RtObject *name);
// The same by the name, which is interned; *index is its entry.
RtObject *rt__table_named(RtThread *t, RtObject *owner, RtTable *table, RtObject *name,
                          uint32_t *index);

// ---- calls.c

// The FUNCTION instruction: operands of any type.
RtObject *rt__function_make(RtThread *t, RtObject *code, RtObject *defaults, RtObject *closure);

// Arguments of a class's call: NULL with an error if it has none.
RtObject *rt__construct(RtThread *t, RtObject *class_, RtObject *const *args, size_t count,
                        RtObject *kwnames);
// What __int__ or __index__ makes of an object, which has to be an int: NULL with a TypeError.
// NULL without an error: its class has no such method.
RtObject *rt__int_by_special(RtThread *t, RtObject *object, RtVmName name);

// A special method, which is bound to its object as any attribute of the class is: to args[0],
RtObject *rt__call_special(RtThread *t, RtObject *special, RtObject *const *args, size_t count);
// to `object`.
RtObject *rt__call_bound(RtThread *t, RtObject *special, RtObject *object, RtObject *const *args,
                         size_t count, RtObject *kwnames);
// A method's object was found to be of its type.
RtObject *rt__call_builtin(RtThread *t, const RtBuiltin *builtin, RtObject *const *args,
                           size_t count, RtObject *kwnames);
// False with a RecursionError where native code would call itself too deeply.
bool rt__may_nest(RtThread *t, const RtVmThread *vm);
RtObject *rt__call_function(RtThread *t, RtObject *function, RtObject *const *args, size_t count,
                            RtObject *kwnames);
// False with a TypeError if a native function does not take so many arguments.
bool rt__builtin_accepts(RtThread *t, const RtBuiltin *builtin, size_t count, RtObject *kwnames);

// Runs from the frame that was pushed last, flagged RT_FRAME_ENTRY, to its end (eval.c).
RtObject *rt__eval(RtThread *t, RtVmThread *vm);
// A frame for `code` with a window at `registers`; NULL with a RecursionError.
RtFrame *rt__frame_push(RtThread *t, RtVmThread *vm, const RtCode *code, RtObject *function_steal,
                        RtObject **registers);
// Past the running frame's window.
RtObject **rt__frame_top(RtVmThread *vm);

// ---- os_error.c

// What a call of `class_` makes an instance of: if that is OSError itself, by its errno.
RtObject *rt__os_error_class(RtThread *t, RtObject *class_, RtObject *const *args, size_t count);

// ---- iterate.c and build.c

int rt__contains_by_iterating(RtThread *t, RtObject *iterable, RtObject *item);
// An iterator that asks for items 0, 1, 2 ... until there is an IndexError.
RtObject *rt__sequence_iterator(RtThread *t, RtObject *sequence);
// Fills `count` registers with the items, which are so many. The registers are empty before.
bool rt__unpack(RtThread *t, RtObject *iterable, RtObject **to, size_t count);
bool rt__unpack_rest(RtThread *t, RtObject *iterable, RtObject **to, size_t before, size_t after);
RtObject *rt__build_class(RtThread *t, RtObject *const *base, size_t bases);
RtObject *rt__build_string(RtThread *t, RtObject *const *pieces, size_t count);
RtObject *rt__format_value(RtThread *t, RtObject *object, RtObject *spec, uint32_t conversion);
RtObject *rt__build_slice(RtThread *t, RtObject *start, RtObject *stop, RtObject *step);
RtObject *rt__import(RtThread *t, RtObject *name);
RtObject *rt__import_from(RtThread *t, RtObject *module, RtObject *name);
RtObject *rt__with_enter(RtThread *t, RtObject *manager);
int rt__with_exit(RtThread *t, RtObject *manager, RtObject *exception); // 1: swallowed, 0, -1

#endif
