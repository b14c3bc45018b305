// kernel.h: what a kernel is to the module that carries it.
//
// A kernel is one hot loop over the runtime's public interface, or over its allocator. Every
// loop polls the eval breaker once per operation, as an interpreter does at its back edge.
// Kernels know nothing of variants: whatever differs between two modules comes from the runtime.
#ifndef GB_KERNELS_KERNEL_H
#define GB_KERNELS_KERNEL_H

#include "module.h"
#include "rt_inline.h"

typedef struct GbKernel {
    const char *name;
    const struct GbWorkload *workload; // of kernels that gb_work_* serve (work.h), else NULL
    // Shared objects, made by the thread that creates the instance; may be NULL. False: no
    // memory. Released by `finish`, which may be called after a failure, and by rt_decref of
    // `shared` afterwards.
    bool (*prepare)(GbInstance *instance, RtThread *t);
    void (*finish)(GbInstance *instance, RtThread *t);
    // A worker's own objects; may be NULL.
    bool (*enter)(GbWorker *worker);
    void (*run)(GbWorker *worker, uint64_t operations);
    void (*leave)(GbWorker *worker);
    // Outside traffic, for which instance->replies is set; may be NULL.
    void (*open)(GbInstance *instance);
    void (*close)(GbInstance *instance);
    // Operations whose effect is missing, counted by the creator; may be NULL.
    uint64_t (*lost)(GbInstance *instance, RtThread *t);
} GbKernel;

// Where the waiting times of a window go. Nowhere in windows that time nothing.
typedef struct GbReplies {
    RtHistogram *latency; // one thread records
    uint64_t from_ns;     // of the window
    uint64_t until_ns;
} GbReplies;

#define GB_KEYS        1000 // keys of the dicts, items of the lists
#define GB_PATTERN     1000 // operations after which the choice of object repeats
#define GB_MAX_WORKERS 256

struct GbInstance {
    RtRuntime *runtime;
    const GbKernel *kernel;
    GbSetup setup;
    RtThread *creator;       // made the shared objects and owns them; detached meanwhile
    RtObject *shared;        // the object everybody uses, or NULL
    RtObject *input;         // what everybody reads (work.h), or NULL
    RtObject *keys[GB_KEYS]; // made by kernels with dicts
    GbReplies replies;
    void *traffic;                 // the kernel's own, for open and close
    int files[2 * GB_MAX_WORKERS]; // descriptors (files.h)
    unsigned file_count;
    _Atomic uint64_t done; // by workers that have left, for kernels that check it
};

struct GbWorker {
    RtThread *t;
    GbInstance *instance;
    unsigned index;
    RtObject *own; // the object that only this worker uses
    RtObject *value;
    RtObject *input;         // what it reads, and
    unsigned part;           // the part of the output that it writes (work.h)
    uint64_t done;           // operations, for kernels that check their number in the end
    RtObject *keys[GB_KEYS]; // its own, for kernels that share nothing
    void *work;              // the kernel's own
    uint64_t position;       // in the pattern
    uint64_t random;
    _Alignas(64) uint64_t guarded;         // changed inside critical sections on own objects
    _Alignas(64) bool pattern[GB_PATTERN]; // true: this operation goes to the shared object
};

// Marsaglia's xorshift64.
static inline uint64_t gb_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// Draws the worker's pattern: exactly `percent` of it is true, in an order of its own
// (pattern.c).
void gb_draw_pattern(GbWorker *worker, unsigned percent);

// The pattern's next draw.
static inline bool gb_next_draw(GbWorker *worker)
{
    worker->position = worker->position + 1 < GB_PATTERN ? worker->position + 1 : 0;
    return worker->pattern[worker->position];
}

// Shared by kernels with dicts and lists (containers.c).
bool gb_make_keys(RtObject **keys, RtThread *t);
void gb_drop_keys(RtObject **keys, RtThread *t);
RtObject *gb_new_filled_dict(RtObject *const *keys, RtThread *t);
RtObject *gb_new_filled_list(RtThread *t);

// A boxed int of the worker's own to count with.
bool gb_enter_counter(GbWorker *worker);
void gb_leave_counter(GbWorker *worker);

// Counting, polling at each step, shared by the kernels with CPU-bound workers (cpu.c): in
// boxed ints, for workers with a counter, and among the cached ones.
void gb_run_count(GbWorker *worker, uint64_t operations);
void gb_run_small(GbWorker *worker, uint64_t operations);

// A dict of the worker's own, with keys of its own, and a counter (cpu.c).
bool gb_enter_own_dict(GbWorker *worker);
void gb_leave_own_dict(GbWorker *worker);

// An empty list of the worker's own, and one that all share.
bool gb_enter_own_list(GbWorker *worker);
void gb_leave_own(GbWorker *worker);
bool gb_prepare_shared_list(GbInstance *instance, RtThread *t);

// Records how long something took that was wanted at `since_ns`, if that was in the window.
static inline void gb_record_reply(GbReplies *replies, uint64_t since_ns, uint64_t now_ns)
{
    if (since_ns >= replies->from_ns && since_ns < replies->until_ns)
        rt_histogram_record(replies->latency, now_ns - since_ns);
}

// One step of counting, shared by the CPU-bound kernels: i = i + 1, old value dropped.
static inline void gb_count_step(RtThread *t, RtObject **value, RtObject *one)
{
    RtObject *next = rt_int_add(t, *value, one);
    rt_decref(t, *value);
    *value = next;
}

#endif
