// vm.h: what the interpreter keeps for a runtime and for each of its threads.
//
// A thread has one array of registers; a frame is a window on it, and a callee's window begins
// at its caller's argument registers. A register holds a reference of its own, or NULL; all
// registers above the running frame's window are NULL, and so are a new frame's but for its
// arguments. Only the thread itself looks at them: to the collector they are references that
// nothing explains.
#ifndef RT_VM_VM_H
#define RT_VM_VM_H

#include "object/table.h"
#include "platform/platform.h"
#include "vm/code.h"
#include "vm/native.h"

// CPython's default limit, and how far a program may raise it: the registers of that many
// frames are reserved, not touched.
#define RT_VM_RECURSION_LIMIT 1000u
#define RT_VM_MAX_RECURSION   20000u
// How often the interpreter may be entered from native code, within itself: each level takes up
// to a few kilobytes of the system's stack, of which a thread has 8 MiB.
#define RT_VM_MAX_NESTING 1200u

// How a frame ends, besides giving its result to the frame below.
enum {
    RT_FRAME_ENTRY = 1u << 0,     // it was called from native code, which gets the result
    RT_FRAME_CONSTRUCT = 1u << 1, // it is an __init__: the result is the new instance
};

typedef struct RtFrame {
    const RtCode *code;
    RtObject *function;   // a reference; NULL: a module's
    const uint32_t *ip;   // where it goes on after the call that it makes
    RtObject **registers;
    RtObject *constructed; // a reference, with RT_FRAME_CONSTRUCT
    uint32_t handled;      // of the thread's handled exceptions, those of frames below
    uint8_t destination;   // the register of the frame below that gets the result
    uint8_t flags;
} RtFrame;

// What a thread has learned at one place of the code (vm/attributes.c, vm/globals.c).
typedef struct RtCache {
    const RtType *type;
    RtObject *object; // immortal
    uint64_t epoch;
    uint32_t index;
    uint32_t kind;
} RtCache;

// What a thread has learned of a name on a type, at whatever place: so that a place which sees
// objects of several types in turn need not look into their classes each time. By the addresses
// of both; who comes last stays.
typedef struct RtMemo {
    RtObject *name;
    RtCache cache;
} RtMemo;

#define RT_VM_MEMOS 1024u // a power of two; CPython's cache of attributes of types has 4096

// What `with` calls of a builtin type's objects. Its methods never change, and neither does this.
typedef struct RtManager {
    const RtType *type; // NULL: nothing is known
    RtObject *enter;    // native methods, which are static
    RtObject *exit;
} RtManager;

#define RT_VM_MANAGERS 8u // by the type's address; a power of two

typedef struct RtVmThread {
    RtFrame *frame;       // the one that runs; frames[0] is nobody's
    RtFrame *frame_limit; // no frame from here on
    RtCache *caches;
    uint32_t cache_count;
    RtMemo memos[RT_VM_MEMOS];
    RtManager managers[RT_VM_MANAGERS];
    uint32_t nesting;       // of rt__eval, and of calls of what is no function, in itself
    RtObject **handled;     // exceptions being handled, the innermost last; references
    uint32_t handled_count;
    uint32_t handled_capacity;
    RtFrame *frames;
    RtObject **registers;
    size_t mapped; // bytes of frames and registers together
} RtVmThread;

// Names that the interpreter itself looks for, interned.
#define RT_VM_NAMES(X)                                                                           \
    X(init, "__init__") X(del, "__del__") X(repr, "__repr__") X(str, "__str__")                  \
    X(eq, "__eq__") X(ne, "__ne__") X(lt, "__lt__") X(le, "__le__") X(gt, "__gt__")              \
    X(ge, "__ge__") X(hash, "__hash__") X(bool_, "__bool__") X(len, "__len__")                   \
    X(getitem, "__getitem__") X(setitem, "__setitem__") X(delitem, "__delitem__")                \
    X(contains, "__contains__") X(iter, "__iter__") X(next, "__next__") X(call, "__call__")      \
    X(enter, "__enter__") X(exit, "__exit__") X(getattr, "__getattr__")                          \
    X(add, "__add__") X(sub, "__sub__") X(mul, "__mul__") X(truediv, "__truediv__")              \
    X(floordiv, "__floordiv__") X(mod, "__mod__") X(pow, "__pow__") X(lshift, "__lshift__")      \
    X(rshift, "__rshift__") X(and_, "__and__") X(or_, "__or__") X(xor_, "__xor__")               \
    X(radd, "__radd__") X(rsub, "__rsub__") X(rmul, "__rmul__") X(rtruediv, "__rtruediv__")      \
    X(rfloordiv, "__rfloordiv__") X(rmod, "__rmod__") X(rpow, "__rpow__")                        \
    X(rlshift, "__rlshift__") X(rrshift, "__rrshift__") X(rand, "__rand__") X(ror, "__ror__")    \
    X(rxor, "__rxor__") X(iadd, "__iadd__") X(isub, "__isub__") X(imul, "__imul__")              \
    X(itruediv, "__itruediv__") X(ifloordiv, "__ifloordiv__") X(imod, "__imod__")                \
    X(ipow, "__ipow__") X(ilshift, "__ilshift__") X(irshift, "__irshift__") X(iand, "__iand__")  \
    X(ior, "__ior__") X(ixor, "__ixor__") X(neg, "__neg__") X(pos, "__pos__")                    \
    X(invert, "__invert__") X(int_, "__int__") X(float_, "__float__") X(index, "__index__")      \
    X(format, "__format__")                                                                      \
    /* those above are special methods, found on the class */                                    \
    X(slots, "__slots__") X(dict, "__dict__") X(class_, "__class__") X(name, "__name__")         \
    X(qualname, "__qualname__") X(module, "__module__") X(doc, "__doc__") X(main, "__main__")    \
    X(args, "args") X(cause, "__cause__") X(context, "__context__")                              \
    X(suppress, "__suppress_context__")                                                          \
    X(traceback, "__traceback__") X(self, "__self__") X(func, "__func__") X(super_, "super")     \
    X(file, "__file__") X(empty, "")

typedef enum RtVmName {
#define X(id, text) RT_NAME_##id,
    RT_VM_NAMES(X)
#undef X
    RT_NAME_COUNT,
    RT_SPECIAL_COUNT = RT_NAME_slots,
} RtVmName;

// The program's threads (modules/thread.c).
typedef struct RtThreads {
    RtMutex mutex;                // guards the lists and the number, for a few instructions
    struct RtThreadRun *running;  // started and not ended
    struct RtThreadRun *ended;    // their system threads are to be joined
    struct RtLocal *locals;       // every threading.local there is
    uint64_t named;               // threads that were given a number for a name
    RtObject *main;               // the Thread that is the program's own; immortal. NULL:
                                  // threading was not imported, so there is no other thread
    uint64_t main_id;
} RtThreads;

// Everything here but the atomics, the threads and the output is written before a second thread runs.
typedef struct RtVm {
    RtObject *names[RT_NAME_COUNT];
    RtObject *builtins;    // modules, immortal
    RtObject *main_module; // __main__
    RtTable *globals;      // of __main__
    RtObject *modules;     // a dict: name -> module, immortal
    const RtModuleRow *module_rows;
    const char *const *arguments; // sys.argv: the creator's, NULL at the end; or NULL
    RtObject *error_classes[RT_ERROR_RAISED + 1]; // by RtErrorKind
    RtObject *base_exception;
    RtObject *system_exit;
    RtObject *module_not_found;
    RtObject *memory_error; // one made beforehand; immortal
    RtSlots exception_slots; // those of records, but for three
    RtMutex made_lock;                // of the next two
    struct RtClass *classes;          // all, the newest first; read with the world stopped
    struct RtModule *newest_module;   // all, the newest first; read by the last thread
    uint32_t cache_count;             // caches of all code
    _Atomic uint32_t recursion_limit; // frames
    // Changes whenever what a name means on some class may have changed, and has no value twice.
    _Alignas(64) _Atomic uint64_t epoch;
    _Alignas(64) RtMutex output_lock; // guards the output's buffer, never held across a wait
    char *output;
    size_t output_size;
    RtThreads threads;
    void *allocation; // the array this struct was cut from
} RtVm;

static inline RtVm *rt__vm(RtThread *t)
{
    return t->runtime->vm;
}

static inline RtObject *rt__name(RtThread *t, RtVmName name)
{
    return rt__vm(t)->names[name];
}

// The interpreter of a runtime: builtins, exceptions, and modules, which are made when a program
// imports them (`rows` ends with a NULL name, or is NULL). False with an error. The caller's
// thread is the only one.
bool rt__vm_create(RtThread *t, const RtModuleRow *rows);
// Waits for the program's threads, then drops the globals and what else keeps objects alive: what
// modules have, those of the modules that were imported last first.
// False if a thread runs on that nobody waits for (a daemon): then nothing was dropped, and the
// process can only end. Attached, in the thread that made it.
bool rt__vm_finish(RtThread *t);
// Frees it; after every thread has left, before rt_runtime_destroy.
void rt__vm_destroy(RtRuntime *runtime);

// The thread's registers and caches; makes them the first time. NULL with an error.
RtVmThread *rt__vm_thread(RtThread *t);
// The thread takes the recursion limit as it is now.
void rt__vm_set_limit(RtThread *t);

// Runs the code of a module: a new reference to None, or NULL.
RtObject *rt__run(RtThread *t, RtCode *code);

#endif
