// module.h: the table between the runner and a variant's kernels.
//
// Each variant's kernels are a module of their own (the runtime's objects inside, nothing
// exported but the table), so that several variants, and two copies of one for the A/A pair,
// run in one process without knowing of each other. Plain C structs, no runtime internals.
//
// One *instance* is one runtime with the shared objects of one case. A *worker* is one of its
// threads. All calls on a worker come from its own system thread.
#ifndef GB_MODULE_H
#define GB_MODULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/histogram.h"
#include "base/trace.h"
#include "params.h"

#define GB_MODULE_VERSION 4
#define GB_MODULE_SYMBOL  "gilbench_module"

typedef struct GbInstance GbInstance;
typedef struct GbWorker GbWorker;

typedef struct GbSetup {
    const char *kernel;
    unsigned threads;
    unsigned params[GB_PARAM_COUNT]; // of the case; 0 where the cell has none
    void *memory;                    // pages for the runtime and its first spans
    size_t memory_size;
    void *page;           // a page beside it, for words that locks guard; moves with it
    uint64_t interval_ns; // the GIL's switch interval
    uint64_t seed;
    size_t trace_events; // kept per worker, in account builds; 0: none
} GbSetup;

#define GB_ACCOUNT_ENTRIES 128 // at most

typedef struct GbAccountEntry {
    const char *name;
    const char *unit;
    const char *meaning;
    uint64_t value;
} GbAccountEntry;

typedef struct GbModule {
    uint32_t version; // GB_MODULE_VERSION
    const char *variant;
    const char *flavour;   // "timed" or "account"
    size_t header_size;    // bytes of an object header
    bool allows_threads;   // false: one worker only (`unlocked`)
    bool excludes_threads; // one attached thread runs at a time: a GIL

    // Peers only, NULL in variants, which know all: whether it has a kernel.
    bool (*knows)(const char *kernel);

    // NULL when the kernel is unknown or memory is out.
    GbInstance *(*create)(const GbSetup *setup);
    void (*destroy)(GbInstance *instance);

    // Prepares the worker's own objects and returns it detached; NULL: out of memory.
    GbWorker *(*enter)(GbInstance *instance, unsigned index);
    // Attaches, before the first run, and detaches, after the last.
    void (*attach)(GbWorker *worker);
    void (*detach)(GbWorker *worker);
    void (*run)(GbWorker *worker, uint64_t operations);
    // Drops the worker's objects. Detached before.
    void (*leave)(GbWorker *worker);

    // From any thread: begins and ends outside traffic (requests) for kernels that have it.
    // Ending also makes calls return that wait for it. `latency` is filled between the two,
    // with requests whose intended time lies in [from_ns, until_ns). Either may be NULL in a peer.
    void (*open)(GbInstance *instance, RtHistogram *latency, uint64_t from_ns,
                 uint64_t until_ns);
    void (*close)(GbInstance *instance);

    // What follows may be NULL in a peer.

    // Account builds only. A worker's own counters up to now, and the last
    // events of its trace, oldest first; called by it, attached or detached.
    size_t (*account_worker)(GbWorker *worker, GbAccountEntry *entries, size_t capacity);
    size_t (*trace)(GbWorker *worker, RtTraceEvent *events, size_t capacity,
                    uint64_t *forgotten);
    // All workers have left: hand-over latencies of the GIL; empty where there is none.
    const RtHistogram *(*handover)(GbInstance *instance);

    // All workers have left. Operations whose effect is missing; 0 for kernels that lose none.
    uint64_t (*lost)(GbInstance *instance);

    // All workers have left. Returns how many entries there are.
    size_t (*account)(GbInstance *instance, GbAccountEntry *entries, size_t capacity);
} GbModule;

#endif
