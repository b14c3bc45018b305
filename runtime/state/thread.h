// thread.h: the state of one thread in a runtime, and the status word that says whether it
// may touch objects.
//
// The shape is the same in every variant; a policy uses the fields that it needs. A thread
// state outlives its system thread: when that leaves, the state (with its heap and its
// owner id) goes to the runtime's idle list, DETACHED, for the next thread that enters.
// So a pointer from a span to its thread is always good, an owner id belongs to one running
// thread at a time and is never given to a second state, and what a thread leaves behind
// finds a new owner. To everyone else an idle state looks like a thread that sleeps.
#ifndef RT_STATE_THREAD_H
#define RT_STATE_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/activity.h"
#include "base/atomic.h"
#include "base/check.h"
#include "base/point.h"
#include "rt.h"
#include "state/heap.h"

// Who may do what to a thread state:
//   DETACHED  -> ATTACHED   its own system thread, to run
//   ATTACHED  -> DETACHED   itself, before it blocks
//   ATTACHED  -> SUSPENDED  itself, at a safepoint, because the world stops
//   DETACHED  -> SUSPENDED  the thread that stops the world
//   SUSPENDED -> DETACHED   the thread that stopped the world
//   DETACHED  -> CLAIMED    a dropper, to merge counts in the owner's stead
//   CLAIMED   -> DETACHED   that dropper, after a bounded number of merges
// Every transition is a compare-and-swap; leaving a state releases, entering one acquires,
// so whoever holds a state sees all that its holder before did.
typedef enum RtStatus {
    RT_STATUS_DETACHED,
    RT_STATUS_ATTACHED,
    RT_STATUS_SUSPENDED,
    RT_STATUS_CLAIMED,
} RtStatus;

// Bits of the eval breaker: why a running thread should leave its loop for a moment.
enum {
    RT_BREAK_GIL = 1u << 0,   // a waiter wants the GIL
    RT_BREAK_WORLD = 1u << 1, // someone stops the world
    RT_BREAK_MERGE = 1u << 2, // objects of this thread wait to be merged
    RT_BREAK_GC = 1u << 3,    // this thread has made enough containers for a collection, or has
                              // a share of one's garbage
    RT_BREAK_GRACE = 1u << 4, // someone waits for a grace period
    RT_BREAK_SIGNAL = 1u << 5, // a signal came for the interpreter to serve (vm/eval.c)
    RT_BREAK_RECLAIM = 1u << 6, // retired arrays of this thread wait for a grace period
};

typedef struct RtSection RtSection;     // defined by the lock policy
typedef struct RtRecursion RtRecursion; // object/recursion.h

typedef struct RtTrash {
    RtObject *first; // dead objects whose destruction was put off
    unsigned depth;  // destructions under way on this stack
} RtTrash;

// Arrays that readers may still look at (object/array.c).
typedef struct RtRetired {
    void *open;    // no grace period has begun for them
    size_t bytes;  // of those
    void *closed;  // these wait until `goal` has passed
    uint64_t goal;
    uint32_t patience; // polls until it looks again whether it has (thread/attach.c),
    uint32_t looks;    // after so many looks that found it has not
    void *free;    // for these it has passed
} RtRetired;

struct RtThread {
    // Read or written by the thread itself all the time.
    uint16_t id; // odd, never 0, never given to another state of this runtime
    RtHeap *heap;
    RtSection *sections; // critical sections begun, the innermost first
    RtRuntime *runtime;
    RtTrash trash;
    RtRetired retired;
    RtRecursion *recursion; // nested objects being hashed, compared or printed
    uint32_t table_stamp;   // the last stamp this thread gave to a table's block
    RtErrorKind error_kind;    // of the pending error (object/error.h)
    const char *error_message; // static, if error_value is NULL
    RtObject *error_value;     // a reference, or NULL
    struct RtVmThread *vm;     // the interpreter's part (vm/vm.h); NULL before it is used
    uint64_t perturb; // state of the schedule perturbation
    RtAccount account;
    uint64_t gil_taken_ns;  // when it took the GIL; account builds only
    RtThread *next;         // in the runtime's list of all states; constant once published
    RtThread *next_idle;    // guarded by the runtime's threads_lock
    bool bound;             // a system thread has it, or looks after its heap (alloc/sweep.c);
                            // guarded by threads_lock
    void *allocation;       // the array this state was cut from
    RtGcShare *gc_shares;   // garbage to tear down; others write it with the world stopped
    RtOutboxes outboxes;    // blocks on their way to other heaps
    uint32_t merge_patience; // polls at which a merge may still wait (thread/attach.c)
    bool tears_down;        // garbage, so that it neither collects nor begins with a share
    bool is_at_poll;        // stopped by itself, so it goes on at once when the world starts
    bool holds;             // between rt_hold_begin and rt_hold_end; noted for assertions only
    bool has_stopped_world; // between stop and start it is the only one to run; its own field
    RtSite site;            // where the program is (rt.h); read when tracing is on

    // Written by other threads: a cache line away from the above.
    _Alignas(128) _Atomic uint32_t breaker; // RT_BREAK_ bits
    _Atomic uint32_t status;                // RtStatus; also a futex
    _Atomic uint32_t sleeping;              // 1: its thread sleeps on that, or is about to
    _Atomic uint64_t grace_seen;            // its own to write, others read (thread/grace.c)
    _Atomic(RtGcPart *) gc_part;            // to be worked on while the world is stopped

    // Away from the breaker, which the thread reads all the time.
    _Alignas(128) _Atomic(RtSpan *) merge_list; // spans with merges pending for this owner

    _Alignas(128) RtHeap own_heap; // used where the heap policy keeps one per thread
};

// The one thread-local of the library: the thread state that the calling system thread is
// bound to, or NULL. Initial-exec, so that a module loaded later pays no call for it.
extern __thread RtThread *rt__thread_local __attribute__((tls_model("initial-exec")));

static inline bool rt__status_move(RtThread *t, RtStatus from, RtStatus to)
{
    uint32_t expected = (uint32_t)from;
    // seq_cst: a detaching thread then looks at its merge list, a dropper that filled the
    // list then looks at this word; one of the two must see the other (refcount_biased.c).
    return rt_atomic_cas_seqcst(&t->status, &expected, (uint32_t)to);
}

static inline RtStatus rt__status(RtThread *t)
{
    return (RtStatus)rt_atomic_load_seqcst(&t->status);
}

// Asks `t` to leave its loop for the reasons in `bits`. Any thread.
static inline void rt__breaker_set(RtThread *t, uint32_t bits)
{
    rt_atomic_or_seqcst(&t->breaker, bits);
}

// The running thread takes the reasons back that it is about to serve. It sees what was done
// before they were set; seq_cst, because who finds a reason set need not set it again: it is then
// served after that look.
static inline uint32_t rt__breaker_take(RtThread *t, uint32_t bits)
{
    return rt_atomic_and_seqcst(&t->breaker, ~bits) & bits;
}

// A dropper gives a claimed state back and wakes its thread, should it want to attach.
void rt__claim_release(RtThread *owner);
// After a state has become DETACHED by another's hand: wakes its thread if that sleeps.
void rt__status_wake(RtThread *t);

// The functions that a lower layer calls upwards. A policy's slow path must wait
// without holding up the world, and a merge may find an object dead.
//
// Detach and attach without touching critical sections (thread/attach.c); the caller has
// suspended them or is about to replace them. They run no destructor. rt_thread_detach and
// _attach are these two plus the sections and what waits to be merged.
void rt__thread_detach_only(RtThread *t);
void rt__thread_attach_only(RtThread *t);
// A span of the caller's heap, or of one in its care, is about to be given back, and no object in
// it lives: the collector forgets it (gc/young.c).
void rt__gc_forget_span(RtSpan *span);
// The span goes, or the runtime: gives back the words of its blocks (gc/map.c).
void rt__gc_drop_words(RtSpan *span);
// Destroys the dead object with this header (object/object.c).
typedef struct RtRef RtRef;
void rt__object_destroy(RtThread *t, RtRef *ref);

#endif
