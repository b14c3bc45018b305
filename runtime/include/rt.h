// rt.h: the public interface of the gilbench runtime.
//
// The runtime is a library of reference-counted objects shared between threads. It is
// built once per variant (lock discipline x refcount x heap; see runtime/README.md) from
// the same sources, and this header is the same for all of them: it names no policy, holds
// no atomics, and can be included from C++.
//
// Conventions that hold for every function here:
//  - `t` is the calling thread's state, attached. Functions that accept a detached thread
//    say so. Passing another thread's state is a broken invariant.
//  - A returned `RtObject *` is a new reference, which the caller owns and gives back with
//    rt_decref, unless the name ends in `_borrowed`. Arguments are borrowed for the length
//    of the call, unless the name ends in `_steal`.
//  - A fallible function returns NULL, false or -1 and leaves the error in the thread state
//    (rt_error_kind, rt_error_message). It leaves its arguments as they were.
//  - Functions on mutable objects (list, dict, instance) take the object's critical section
//    themselves. Each call is atomic in every safe variant; a sequence of calls is not.
//  - The library never prints and never exits. A broken invariant aborts.
#ifndef RT_H
#define RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct RtRuntime RtRuntime;
typedef struct RtThread RtThread;
typedef struct RtObject RtObject;
typedef struct RtType RtType;

// ---------------------------------------------------------------- the build

// The variant this library was built as: "unlocked", "gil", ... (runtime/variants.cmake).
const char *rt_build_variant(void);
// "timed" (counts nothing) or "account" (keeps the counters of rt_account_read).
const char *rt_build_flavour(void);
// Bytes of an object header, the type pointer included.
size_t rt_build_header_size(void);

// ---------------------------------------------------------------- the runtime

// A callback on `weakref` has left an error in the thread state, where it can be read still; it
// is cleared afterwards. Leaves no other.
typedef void (*RtUnraisable)(RtThread *t, RtObject *weakref);

// What the creator of a runtime decides. Zero in a field means the default of config.h.
typedef struct RtOptions {
    uint64_t switch_interval_ns; // how long a thread waits before asking for the GIL
    void *memory;                // pages for the runtime and its first spans, or NULL
    size_t memory_size;          // bytes at `memory`
    uint64_t perturb_seed;       // schedule perturbation, in builds that have it; 0: none
    size_t trace_events;         // kept per thread, in account builds; 0: no traces
    bool heap_guards;            // debug mode: guard bytes around objects, checked when they
                                 // are freed and by rt_heap_audit; freed ones are filled
    bool heap_system;            // each object is an allocation of the system's own, so that
                                 // tools which watch those see every object
    RtUnraisable unraisable;     // told of errors that nobody can be given; NULL: nobody is
} RtOptions;

// Creates a runtime. Its struct and its first pools lie in `memory` when that is given (it must
// outlive the runtime), else on pages of its own; thread states, arrays, what the collector
// knows of an object and pools beyond come from the system. Returns NULL when there is no
// memory. No thread is attached to it yet.
RtRuntime *rt_runtime_create(const RtOptions *options);

// Destroys it: every thread must have left. Objects still alive are not finalized; their
// blocks go with the spans, their arrays are given back.
void rt_runtime_destroy(RtRuntime *runtime);

// Number of objects that are neither free nor immortal. No thread may be running in
// the runtime (all detached or left, or the world stopped by the caller).
size_t rt_runtime_live_objects(RtRuntime *runtime);

// The GIL's switch interval. 0 is an error (returns false). Any thread, attached or not.
bool rt_runtime_set_switch_interval(RtRuntime *runtime, uint64_t ns);
uint64_t rt_runtime_switch_interval(RtRuntime *runtime);

// ---------------------------------------------------------------- threads

// Binds the calling system thread to a thread state of `runtime` and attaches it. Returns
// NULL when there is no memory, or there are 32768 threads (RT_THREADS_MOST). A system thread is
// in one runtime of this library at most.
RtThread *rt_thread_enter(RtRuntime *runtime);
// Detaches and unbinds. Pending merges of the thread's objects are left to droppers.
void rt_thread_leave(RtThread *t);
// The calling system thread's state, or NULL.
RtThread *rt_thread_current(void);

// Gives up and takes back the right to touch objects: the GIL, where there is one.
// Around everything that blocks, in pairs. Suspends critical sections; the caller reads
// the state that they protected again afterwards.
void rt_thread_detach(RtThread *t);
void rt_thread_attach(RtThread *t);

// Lets a waiting thread have the GIL before this one takes it again (a forced switch).
// Returns at once where there is no GIL or nobody waits.
void rt_thread_yield(RtThread *t);

typedef void (*RtThreadMain)(RtThread *t, void *argument);
typedef struct RtThreadHandle RtThreadHandle;
// Starts a system thread that enters the runtime, calls `main`, and leaves. NULL and
// an error when the system refuses. The handle must be joined, once.
RtThreadHandle *rt_thread_start(RtThread *t, RtThreadMain main, void *argument);
// Waits, detached, until the thread has left the runtime; frees the handle.
void rt_thread_join(RtThread *t, RtThreadHandle *handle);

// Stops every other attached thread at a safepoint and keeps detached ones from attaching.
// Under a GIL, holding it is enough. May itself stop for another thread's request first.
// Between stop and start the caller does not detach, poll or block.
void rt_world_stop(RtThread *t);
void rt_world_start(RtThread *t);

// Blocking calls: detached while they wait. Return as the system call does, with errno.
int rt_blocking_sleep(RtThread *t, uint64_t ns);
ptrdiff_t rt_blocking_read(RtThread *t, int fd, void *buffer, size_t size);
ptrdiff_t rt_blocking_write(RtThread *t, int fd, const void *buffer, size_t size);
// The same at an offset in a file, whose own position stays as it is.
ptrdiff_t rt_blocking_read_at(RtThread *t, int fd, void *buffer, size_t size, uint64_t offset);
ptrdiff_t rt_blocking_write_at(RtThread *t, int fd, const void *buffer, size_t size,
                               uint64_t offset);
// Waits until a file is on its disk. 0, or -1.
int rt_blocking_sync(RtThread *t, int fd);

// ---------------------------------------------------------------- errors

typedef enum RtErrorKind {
    RT_ERROR_NONE,
    RT_ERROR_MEMORY,
    RT_ERROR_TYPE,
    RT_ERROR_VALUE,
    RT_ERROR_INDEX,
    RT_ERROR_KEY,
    RT_ERROR_ATTRIBUTE,
    RT_ERROR_OVERFLOW,
    RT_ERROR_OS,
    RT_ERROR_ZERO_DIVISION,
    RT_ERROR_NAME,
    RT_ERROR_UNBOUND_LOCAL,
    RT_ERROR_RUNTIME,
    RT_ERROR_RECURSION,
    RT_ERROR_NOT_IMPLEMENTED,
    RT_ERROR_ASSERTION,
    RT_ERROR_STOP_ITERATION,
    RT_ERROR_IMPORT,
    RT_ERROR_INTERRUPT, // KeyboardInterrupt
    RT_ERROR_SYSTEM,    // a program that no translator makes
    RT_ERROR_RAISED,    // an exception object of the interpreter's (object/error.h)
} RtErrorKind;

RtErrorKind rt_error_kind(const RtThread *t);
// "" when there is no error or nothing to say. Good until the error is cleared or replaced.
const char *rt_error_message(const RtThread *t);
void rt_error_clear(RtThread *t);
// `message` must have static storage duration: setting an error never allocates.
void rt_error_set(RtThread *t, RtErrorKind kind, const char *message);

// ---------------------------------------------------------------- objects of any type

// The inline forms of these are in rt_inline.h.
const RtType *rt_type_of(const RtObject *object);
const char *rt_type_name(const RtType *type);

// -1 with an error for unhashable types (list, dict) and failing parts; hashes are never -1.
int64_t rt_object_hash(RtThread *t, RtObject *object);
// 1, 0, or -1 with an error. Identity implies equality, as in CPython's containers.
int rt_object_equal(RtThread *t, RtObject *a, RtObject *b);
// A str in Python's notation.
RtObject *rt_object_repr(RtThread *t, RtObject *object);

// ---------------------------------------------------------------- values

// None, True, False: immortal; a counted reference to them is a reference like any other.
RtObject *rt_none(void);
RtObject *rt_bool(bool value);

// Ints from -5 to 256 are immortal and shared. Sums and products may be of any size.
RtObject *rt_int_new(RtThread *t, int64_t value);
bool rt_int_check(const RtObject *object);
int64_t rt_int_value(const RtObject *object); // an int of at most 62 bits, or a bool
RtObject *rt_int_add(RtThread *t, RtObject *a, RtObject *b);
RtObject *rt_int_sub(RtThread *t, RtObject *a, RtObject *b);
RtObject *rt_int_mul(RtThread *t, RtObject *a, RtObject *b);

RtObject *rt_float_new(RtThread *t, double value);
bool rt_float_check(const RtObject *object);
double rt_float_value(const RtObject *object);

// UTF-8 bytes, copied. Strings carry their length and are immutable.
RtObject *rt_str_new(RtThread *t, const char *bytes, size_t size);
// The one immortal string with these bytes in this runtime: equal means identical.
RtObject *rt_str_intern(RtThread *t, const char *bytes, size_t size);
bool rt_str_check(const RtObject *object);
// The bytes, NUL-terminated, alive as long as the object; `size` may be NULL.
const char *rt_str_bytes_borrowed(const RtObject *object, size_t *size);

// ---------------------------------------------------------------- containers

// A tuple of `size` items, each NULL until set; the caller sets all before sharing it.
RtObject *rt_tuple_new(RtThread *t, size_t size);
void rt_tuple_set_steal(RtObject *tuple, size_t index, RtObject *item);
RtObject *rt_tuple_get(RtThread *t, RtObject *tuple, size_t index); // INDEX error
size_t rt_tuple_size(const RtObject *tuple);

RtObject *rt_list_new(RtThread *t, size_t capacity);
size_t rt_list_size(RtThread *t, RtObject *list);
bool rt_list_append(RtThread *t, RtObject *list, RtObject *item);
RtObject *rt_list_pop(RtThread *t, RtObject *list); // the last item; INDEX error when empty
RtObject *rt_list_get(RtThread *t, RtObject *list, size_t index);
bool rt_list_set(RtThread *t, RtObject *list, size_t index, RtObject *item);
bool rt_list_extend(RtThread *t, RtObject *list, RtObject *other); // other: a list
void rt_list_clear(RtThread *t, RtObject *list);

// Insertion-ordered. Keys must be hashable.
RtObject *rt_dict_new(RtThread *t);
size_t rt_dict_size(RtThread *t, RtObject *dict);
RtObject *rt_dict_get(RtThread *t, RtObject *dict, RtObject *key); // KEY error when absent
bool rt_dict_set(RtThread *t, RtObject *dict, RtObject *key, RtObject *value);
bool rt_dict_delete(RtThread *t, RtObject *dict, RtObject *key); // KEY error when absent
int rt_dict_contains(RtThread *t, RtObject *dict, RtObject *key); // 1, 0, -1
// The value at `key`, which becomes `value` first if it was absent. Atomic.
RtObject *rt_dict_setdefault(RtThread *t, RtObject *dict, RtObject *key, RtObject *value);
void rt_dict_clear(RtThread *t, RtObject *dict);
// Iteration in insertion order: false at the end. `*position` starts at 0. On true, *key
// and *value (either may be NULL in the call) are new references. Under mutation by others
// an entry may be missed or a later one seen; nothing is ever seen freed.
bool rt_dict_next(RtThread *t, RtObject *dict, size_t *position, RtObject **key,
                  RtObject **value);

// An instance of a class without methods (they come with the interpreter): a bag of
// attributes whose names are interned strings.
RtObject *rt_instance_new(RtThread *t);
RtObject *rt_instance_get(RtThread *t, RtObject *instance, RtObject *name); // ATTRIBUTE error
bool rt_instance_set(RtThread *t, RtObject *instance, RtObject *name, RtObject *value);
bool rt_instance_delete(RtThread *t, RtObject *instance, RtObject *name);

// ---------------------------------------------------------------- weak references

// Called once, when the object that `weakref` led to has died, if `weakref` itself is alive
// still: in the thread that found the object dead, or collected it. Nothing leads to the object
// any more. Of several the newest is called first. The argument is borrowed. An error that it
// leaves goes to RtOptions.unraisable; one that was pending before stays.
typedef void (*RtWeakCallback)(RtThread *t, RtObject *weakref, RtObject *argument);

// A weak reference to a container that is no weak reference itself, else a TYPE error. (A
// superset of CPython's, where lists, dicts and tuples need a subclass.) `callback` may be NULL;
// then the weak reference may be one that was made before, and `argument` is ignored. Else it
// keeps the argument, which may be NULL, alive until the callback has been called.
RtObject *rt_weakref_new(RtThread *t, RtObject *object, RtWeakCallback callback,
                         RtObject *argument);
// The object; NULL without an error when it is dead.
RtObject *rt_weakref_get(RtThread *t, RtObject *weakref);

// ---------------------------------------------------------------- the cycle collector

// CPython's gc module as functions. Containers (tuple, list, dict, set, instance, weak reference)
// are in one of three generations, 0 the youngest, and move to the next by surviving a
// collection. Collections start by themselves at a poll, when the thresholds say so
// (runtime/config.h has the defaults), or by rt_gc_collect. Functions that change a setting or
// look at more than one word stop the world for a moment.

// Collects generations 0 to `generation` (2: all). Returns how many objects were found
// unreachable and torn down, or are being so by threads that run at once, each its own; but
// what has finalizers or weak references is done with. What automatic collections of other
// threads found may still be under way. 0 if a collection is under way already, or the caller
// is a finalizer that one runs. -1 with an error: VALUE for a generation that does not exist,
// MEMORY when there was no room for the collector's lists, and then nothing has happened. Runs
// finalizers and destructors; suspends critical sections.
int64_t rt_gc_collect(RtThread *t, int generation);
bool rt_gc_is_enabled(const RtThread *t);

// Automatic collections, on at first.
void rt_gc_enable(RtThread *t);
void rt_gc_disable(RtThread *t);

// [0]: containers made, less those that died, that start a collection of generation 0; [1],
// [2]: collections of the generation below that make it one of this. A full collection also
// waits until a quarter of the long-lived objects has joined them since the last. [0] == 0:
// never.
void rt_gc_set_threshold(RtThread *t, const uint32_t thresholds[3]);
void rt_gc_get_threshold(RtThread *t, uint32_t thresholds[3]);
void rt_gc_get_count(RtThread *t, uint32_t counts[3]); // what is compared with them

typedef struct RtGcStats {
    uint64_t collections;
    uint64_t examined;  // objects looked at
    uint64_t survived;  // of those, found reachable or brought back by a finalizer
    uint64_t collected; // of those, torn down
} RtGcStats;
void rt_gc_get_stats(RtThread *t, RtGcStats stats[3]); // by generation, since the start

// A list of the objects of one generation, or of all (-1), but for the frozen. Objects that
// another thread's collection is tearing down may be among them, valid and empty.
RtObject *rt_gc_get_objects(RtThread *t, int generation);
// A list of the objects, as above, that refer to `object`.
RtObject *rt_gc_get_referrers(RtThread *t, RtObject *object);
// A list of what `object` refers to, one item for each reference.
RtObject *rt_gc_get_referents(RtThread *t, RtObject *object);
// Whether the collector knows the object: an immortal, or a type without references, it does not.
bool rt_gc_is_tracked(RtObject *object);

// Puts all objects where no collection looks at them, for good or until unfrozen: then they are
// of generation 2.
void rt_gc_freeze(RtThread *t);
void rt_gc_unfreeze(RtThread *t);
size_t rt_gc_freeze_count(RtThread *t);

// Audits the heap: every count covers the references found, every reference leads to an object,
// every container is in one generation, and the tables agree with each other. NULL: all is
// well. Else a sentence that names the first violation, good until the next audit.
const char *rt_gc_audit(RtThread *t);

// ---------------------------------------------------------------- the heap

// Gives memory without objects back to the system: of the caller's heap, and of heaps that exited
// threads left. A full collection does this too, and so does a heap as it grows. Memory that
// other threads may still look at goes at a later call.
void rt_heap_trim(RtThread *t);

// In debug mode (RtOptions.heap_guards), looks at every block: whether something was written
// around an object, or into a freed one. NULL: all is well. Else a sentence that names the first
// violation, good until the next audit. When an object is freed with bytes around it changed,
// the process aborts with the same sentence.
const char *rt_heap_audit(RtThread *t);

// Size classes: requests of up to n * RT_HEAP_STATS_STEP bytes are of class n; those beyond
// RT_HEAP_STATS_CLASSES - 1 are large objects.
#define RT_HEAP_STATS_STEP    16
#define RT_HEAP_STATS_CLASSES 33

typedef struct RtHeapClassStats {
    size_t pools;  // that have blocks of this class
    size_t blocks; // that fit in them
    size_t used;   // of those, objects
    uint64_t requests; // ever made for this class; account builds only, else 0
} RtHeapClassStats;

typedef struct RtHeapStats {
    size_t pool_size;    // bytes
    size_t arena_size;   // bytes
    size_t arenas;       // mapped
    size_t arenas_peak;  // at any time so far
    size_t pools_used;   // those of large objects included
    size_t pools_free;   // in mapped arenas, for any heap to take
    size_t pools_waiting; // without objects, until nobody can look at them any more
    size_t large_objects;
    size_t large_bytes;  // of their spans
    uint64_t large_requests; // ever made; account builds only
    RtHeapClassStats classes[RT_HEAP_STATS_CLASSES]; // [0] is unused
} RtHeapStats;
// No thread running.
void rt_heap_read_stats(RtRuntime *runtime, RtHeapStats *stats);

// ---------------------------------------------------------------- what is alive, and why

// A place in a program, by which allocations are told apart. Two are the same if both members
// are: `file` has static storage, or lives as long as the runtime.
typedef struct RtSite {
    const char *file; // NULL: not known
    uint32_t line;
} RtSite;
// What the thread allocates from now on is allocated there. Returns the place before. RT_HERE
// in rt_inline.h sets the line that it stands on.
RtSite rt_site_set(RtThread *t, RtSite site);

// Tracing notes every block and every array of list and dict that is allocated from now on, by
// site and type. It stops the world to begin and to end. Starting it again changes nothing; when
// it is stopped, all that was noted is forgotten. False: MEMORY.
bool rt_tracing_start(RtThread *t);
void rt_tracing_stop(RtThread *t);

typedef struct RtTracingStats {
    uint64_t blocks, bytes;           // alive of what was traced, as requested
    uint64_t peak_blocks, peak_bytes; // the most at once, since the start or the reset
    uint64_t lost;                    // that could not be noted, for want of memory
    uint64_t overhead_bytes;          // of the tables
} RtTracingStats;
void rt_tracing_stats(RtThread *t, RtTracingStats *stats); // all 0 when it is off
void rt_tracing_reset_peak(RtThread *t);

typedef struct RtTracingEntry {
    RtSite site;
    const char *type; // static storage; "array": of a list, a dict, or an instance
    int64_t blocks;
    int64_t bytes;
} RtTracingEntry;
// What is alive, an entry for each site and type, also those of which nothing lives any more;
// in the order in which they first came up.
typedef struct RtTracingSnapshot {
    uint64_t session; // which start it belongs to
    size_t count;
    RtTracingEntry *entries;
} RtTracingSnapshot;
// The caller frees it, in any thread, also after the runtime's end. NULL: MEMORY.
RtTracingSnapshot *rt_tracing_snapshot(RtThread *t);
// What `after` has more than `before`, or, below zero, less. NULL: MEMORY; VALUE if `before` is
// not the earlier of two of one session.
RtTracingSnapshot *rt_tracing_difference(RtThread *t, const RtTracingSnapshot *before,
                                         const RtTracingSnapshot *after);
void rt_tracing_free(RtTracingSnapshot *snapshot);

// Files, sockets and the like, which the program opens and closes by itself: telling the runtime
// puts those never closed into the leak report. `kind` has static storage. False: MEMORY, and
// it is not known.
bool rt_resource_opened(RtThread *t, const char *kind, int64_t id);
// Nothing happens if it is not known.
void rt_resource_closed(RtThread *t, const char *kind, int64_t id);

typedef enum RtLeakKind {
    RT_LEAK_REACHABLE, // somebody is known to refer to it: the caller, the runtime, or an object
                       // that is itself reachable
    RT_LEAK_LOST,      // it has references that nobody is known to hold: one was never dropped
    RT_LEAK_BEHIND,    // a lost object leads to it, and it dies with that
    RT_LEAK_CYCLE,     // nothing leads to it but a cycle: a collection would free it
    RT_LEAK_RESOURCE,  // never closed
} RtLeakKind;
typedef struct RtLeak {
    RtLeakKind kind;
    RtSite site;      // where it was allocated or opened; not known without tracing
    const char *type; // of the object, or the resource's kind
    int64_t blocks;
    int64_t bytes; // of blocks, without arrays
} RtLeak;
typedef struct RtLeakReport {
    size_t count;
    RtLeak *leaks;
} RtLeakReport;
// All objects that are alive and not immortal, and all resources that are open, by kind, site
// and type. At a program's end, before the last thread leaves, everything in it is a leak. `held`
// are the references that the caller knows of, one each; whatever else is referenced from
// outside of objects counts as lost. Stops the world. The caller frees the report, in any
// thread, also after the runtime's end. NULL: MEMORY.
RtLeakReport *rt_leaks_find(RtThread *t, RtObject *const *held, size_t held_count);
void rt_leaks_free(RtLeakReport *report);

// Why an object is alive: a shortest chain of objects, as a list, the first referenced from
// outside of all objects (by C code, say), each by the one before it, the last being `object`.
// The caller's own reference to `object` does not count. An empty list: nothing leads to it but
// that, or a cycle. NULL: MEMORY. Stops the world.
RtObject *rt_gc_path_to(RtThread *t, RtObject *object);

// ---------------------------------------------------------------- accounts

// Counters of the account builds, summed over all threads; all zero in timed builds.
// The list, with the meaning of each, is runtime/base/account.def.
typedef struct RtAccountEntry {
    const char *name;
    const char *unit;    // "count", "bytes" or "ns"
    const char *meaning; // one sentence
    uint64_t value;
} RtAccountEntry;
// Fills at most `capacity` entries and returns how many there are. No thread running.
size_t rt_account_read(RtRuntime *runtime, RtAccountEntry *entries, size_t capacity);
// The same of one thread, up to this moment. Called by that thread, attached or detached.
size_t rt_account_read_thread(RtThread *t, RtAccountEntry *entries, size_t capacity);

// How long the GIL took from one thread's drop to the next one's take, in ns, if that one
// waited (base/histogram.h). NULL in timed builds; empty where there is no GIL. No thread
// running. Lives as long as the runtime.
typedef struct RtHistogram RtHistogram;
const RtHistogram *rt_account_handover(const RtRuntime *runtime);

// The last events of the calling thread (base/trace.h), oldest first, at most `capacity`.
// Returns how many; *forgotten is how many more there were. 0 without a trace.
typedef struct RtTraceEvent RtTraceEvent;
size_t rt_trace_read(RtThread *t, RtTraceEvent *events, size_t capacity, uint64_t *forgotten);

#ifdef __cplusplus
}
#endif
#endif
