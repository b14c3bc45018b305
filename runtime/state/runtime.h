// runtime.h: everything mutable that a runtime has.
//
// Two runtimes live in one process without knowing of each other. The parts are named by
// the layer that uses them; the shape is the same in every variant.
#ifndef RT_STATE_RUNTIME_H
#define RT_STATE_RUNTIME_H

#include "config.h"
#include "platform/platform.h"
#include "rt.h"
#include "state/grace.h"
#include "state/handover.h"
#include "state/heap.h"
#include "state/pages.h"
#include "state/resources.h"
#include "state/thread.h"
#include "state/tracing.h"
#include "state/weak.h"

// The interpreter lock's (policy/lock_gil.c). All guarded by `mutex` but the interval.
typedef struct RtGil {
    RtMutex mutex;
    RtCondition freed;     // the lock was dropped
    RtCondition switched;  // another thread than `last` has taken it
    bool held;
    RtThread *holder;      // while held
    RtThread *last;        // the last to have held it
    uint64_t switches;     // how often the holder changed
    uint32_t waiting;      // threads in take
    _Atomic uint64_t interval_ns; // relaxed: read at the next wait
    RtHandover handover;
} RtGil;

// A thread asleep on an object lock, on its own stack (policy/lock_object.c).
typedef struct RtWaiter RtWaiter;
typedef struct RtBucket {
    _Alignas(64) RtMutex mutex; // guards the queue, held for a few instructions
    RtWaiter *first;            // first come, first served
    RtWaiter *last;
} RtBucket;
typedef struct RtLot {
    RtBucket buckets[RT_LOT_BUCKETS];
} RtLot;

// Stopping the world (thread/world.c).
typedef struct RtWorld {
    RtMutex turn;               // held by the one who stops it, from stop to start
    bool stopping;              // from the request to the start; under threads_lock
    RtThread *stopper;          // under threads_lock
    _Atomic uint32_t arrivals;  // counts threads that stopped or detached; also a futex
    _Atomic uint32_t sleeping;  // 1: the stopper sleeps on that, or is about to
} RtWorld;

// Interned strings (object/intern.c).
typedef struct RtInterns {
    RtMutex mutex;
    RtObject **slots; // open addressing; NULL: empty
    size_t capacity;  // a power of two, or 0
    size_t used;
} RtInterns;

struct RtRuntime {
    RtMutex threads_lock; // guards the lists and ids of threads; never held across a wait
    RtThread *threads;    // every state ever made, newest first
    RtThread *idle;
    uint32_t next_id; // odd
    uint64_t perturb_seed;
    size_t trace_events; // of each thread; 0: no traces
    size_t mapped; // bytes mapped for this struct; 0: the creator's pages

    RtGil gil;
    RtWorld world;
    RtGrace grace;
    RtLot lot;
    RtInterns interns;
    RtPages pages;
    RtGc gc;
    RtWeak weak;
    RtTracing tracing;
    RtResources resources;
    struct RtVm *vm;    // the interpreter's part (vm/vm.h); NULL: there is none
    RtHeap single_heap; // used where the heap policy keeps one
};

#endif
