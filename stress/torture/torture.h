// torture.h: threads create, share, mutate and drop objects from a seed, and what they leave
// behind is compared with what a model says.
//
// A round is one life of a runtime (a "field"), sometimes of two at once: workers start, take
// a number of steps, settle, leave; then the contents are verified, everything is dropped,
// and no object may be left. Each step belongs to a subject, a kind of work with a model of
// its own; torture_subjects[] is their table.
//
// A seed decides what every thread does. It does not decide the schedule, so a failure is
// reproduced by running its round many times, not once.
#ifndef TORTURE_H
#define TORTURE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rt.h"
#include "rt_inline.h"

#define TORTURE_WORKERS_MAX 64

typedef struct Field Field;
typedef struct Worker Worker;

// A kind of work. Calls that a subject has no use for are NULL.
typedef struct Subject {
    const char *name;
    unsigned weight;                           // of its steps among all
    void (*set_up)(RtThread *t, Field *field); // before the workers: shared objects
    void (*begin)(Worker *worker);             // a worker's own state
    void (*step)(Worker *worker);
    void (*settle)(Worker *worker); // after the last step: own state is compared and dropped
    void (*verify)(RtThread *t, Field *field); // after the workers: contents, then drop all
} Subject;

enum {
    SUBJECT_SLOTS,
    SUBJECT_KEYS,
    SUBJECT_COUNTERS,
    SUBJECT_BANK,
    SUBJECT_TOKENS,
    SUBJECT_DEEP,
    SUBJECT_PRIVATE,
    SUBJECT_CHURN,
    SUBJECT_CYCLES,
    SUBJECT_WORLD,
    SUBJECT_SLEEP,
    SUBJECT_COUNT
};
extern const Subject *const torture_subjects[SUBJECT_COUNT];

// One runtime and what its threads share.
struct Field {
    RtRuntime *runtime;
    void *memory; // pages given to the runtime, or NULL
    uint64_t seed;
    Field *other; // the round's second runtime, or NULL
    unsigned worker_count;
    unsigned steps;
    uint64_t only; // bits of the subjects taking part
    Worker *workers;
    RtThreadHandle *handles[TORTURE_WORKERS_MAX];
    void *shared[SUBJECT_COUNT]; // each subject's own
};

struct Worker {
    RtThread *t;
    Field *field;
    unsigned index;
    uint64_t random;
    _Atomic uint64_t ticks; // steps taken: must stand still while the world is stopped
    void *own[SUBJECT_COUNT];
};

typedef struct TortureOptions {
    uint64_t seed;
    bool one_round; // the seed is a round's: that one again and again
    uint64_t threads;
    uint64_t rounds;  // 0: until the time is over
    uint64_t seconds; // 0: until the rounds are over
    uint64_t steps;   // of each worker in a round
    uint64_t only;    // bits of the subjects, and TORTURE_HANDOVER
} TortureOptions;

// ---- round.c
void torture_round(const TortureOptions *options, uint64_t seed);

// ---- handover.c
#define TORTURE_HANDOVER ((uint64_t)1 << SUBJECT_COUNT) // in TortureOptions.only
void torture_handover(uint64_t seed);

// ---- report.c
// Prints the one line of a violation and exits with 1.
_Noreturn void torture_fail(const char *subject, const char *what, const char *file, int line);
// What the line says about the round that is under way.
void torture_report_round(uint64_t seed, unsigned threads, unsigned steps);
// Fails when nothing has moved for `seconds`; each call starts the time anew.
void torture_watchdog(unsigned seconds);

#define TORTURE_REQUIRE(subject, condition, what)                                              \
    ((condition) ? (void)0 : torture_fail((subject), (what), __FILE__, __LINE__))

// ---- random numbers (splitmix64)
uint64_t torture_random(uint64_t *state);
static inline uint64_t torture_draw(Worker *worker, uint64_t below)
{
    return torture_random(&worker->random) % below;
}

// ---- objects.c: objects that can be checked by anyone who holds them
// Not NULL, or the run has failed: nothing here runs out of memory.
RtObject *torture_must(RtThread *t, RtObject *object);
void torture_done(RtThread *t, bool done);
RtObject *torture_int(RtThread *t, int64_t value);
// The int at `index` of a list, and its replacement.
int64_t torture_list_int(RtThread *t, RtObject *list, size_t index);
void torture_list_set_int(RtThread *t, RtObject *list, size_t index, int64_t value);
// A list of `count` ints of `value`.
RtObject *torture_int_list(RtThread *t, size_t count, int64_t value);
// A value that says what it must be: built from `seed`, of any type and size.
RtObject *torture_value_new(RtThread *t, uint64_t seed);
void torture_value_check(RtThread *t, RtObject *value);

#endif
