// faults.h: every call for memory, pages, threads and files that can fail is made to fail, in
// turn, and the runtime must turn each failure into an error that its caller sees.
//
// A *run* is one life of a runtime that takes the steps of all tables below in order. A *plan*
// says which of the run's calls fail. When a call fails in a step, the step must fail, with a
// MEMORY or an OS error; the heap must be sound; and the same step, taken again, must do what
// it would have done. In the end all is dropped, and nothing may be left: no object, no array,
// no page, no thread.
#ifndef FAULTS_H
#define FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rt.h"
#include "rt_inline.h"

// ---- seam.c: the platform's calls that can fail

typedef enum FaultMode {
    FAULT_ONCE,   // call `nth` fails
    FAULT_FROM,   // call `nth` and all after it fail, until faults_disarm
    FAULT_SYSTEM, // call `nth` fails, with each object an allocation of the system's own
    FAULT_RANDOM, // each call fails with a chance of 1 in `nth`, by `seed`
} FaultMode;

typedef struct FaultPlan {
    FaultMode mode;
    uint64_t nth; // from 1
    uint64_t seed;
} FaultPlan;

// What the runtime holds of the system's.
typedef struct FaultHoldings {
    int64_t arrays;
    int64_t page_bytes;
    int64_t threads; // started and not joined
} FaultHoldings;

void faults_arm(const FaultPlan *plan); // counting starts anew
void faults_disarm(void);
void faults_rearm(void);     // the same plan goes on, and so does the count
uint64_t faults_calls(void); // since they were armed
uint64_t faults_fired(void); // of those, made to fail
FaultHoldings faults_holdings(void);

// ---- the run

#define FAULTS_KEPT 8

// What steps share. A step that fails leaves it so that it can be taken again.
typedef struct Scene {
    bool system_heap; // objects are the system's, and have guards around them
    RtRuntime *runtime;
    RtThread *t;
    RtObject *kept[FAULTS_KEPT]; // references, dropped in the end
    size_t garbage;              // objects of it that were made
    int files[2];                // a pipe
} Scene;

typedef struct Step {
    const char *name;
    // False: a call failed and its error is in scene->t, or there was no thread to have it.
    // Violations of anything else end the program (FAULTS_REQUIRE).
    bool (*take)(Scene *scene);
    bool absorbs; // it collects by itself, or needs no memory but uses it: a failed call may
                  // remain without an error
} Step;

extern const Step faults_lifetime_steps[], faults_object_steps[], faults_collector_steps[],
    faults_memory_steps[], faults_thread_steps[],
    faults_hidden_steps[]; // each ends with a row without a name

// ---- run.c

// One life under a plan, with a hidden step at the end if `last` is not NULL. A violation ends
// the program.
void faults_run(const FaultPlan *plan, const Step *last);

// ---- main.c

// The step that is being taken, for the line of a violation (main.c).
void faults_now(const char *step);
_Noreturn void faults_fail(const char *what, const char *file, int line);
#define FAULTS_REQUIRE(condition, what)                                                        \
    ((condition) ? (void)0 : faults_fail((what), __FILE__, __LINE__))

// ---- steps_objects.c, for other steps too

// Drops it. False: it is NULL, so a call has failed.
bool faults_drop(RtThread *t, RtObject *object);
// Another list in `list`, which keeps it alive; NULL: a call failed.
RtObject *faults_append_list(RtThread *t, RtObject *list);
// A ring of lists, with a reference to the first.
RtObject *faults_ring(RtThread *t, size_t size);

#endif
