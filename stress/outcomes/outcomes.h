// outcomes.h: two actors race on one operation, again and again, and every outcome is counted.
//
// A test is what is made, what each of two actors does with it, and a judge that names what
// came of it. It runs in rounds: a keeper makes hundreds of independent instances of what the
// test needs, the two actors run through them side by side, each on its own processor, and the
// next keeper judges and drops them. Before anything runs, the test has said of each outcome
// whether it is acceptable, interesting or forbidden, for each of three kinds of runtime.
//
//   tests_*.c   the tests, by subject; tests.c has the table
//   steps.c     what the tests' operations are put together from
//   race.c      the rounds: threads, barriers, and how often the actors overlapped
//   trial.c     a race in a child process, whose crash or hang is an outcome too
//   verdict.c   what may be said of the counts
//   report.c    tables for people, lines for programs
#ifndef OUTCOMES_H
#define OUTCOMES_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rt.h"
#include "rt_inline.h"

#define ACTORS       2
#define OUTCOMES_MAX 8 // a test's own; four more are every test's
#define CACHE_LINE   64

// ---------------------------------------------------------------- what is expected

typedef enum Expect {
    EXPECT_UNSAID, // the end of a test's rows
    ACCEPTABLE,
    INTERESTING, // allowed, and worth knowing: mostly that an operation is not atomic
    FORBIDDEN,
} Expect;

// Kinds of runtime, by what its lock does: the columns of an expectation.
typedef enum Capability { ONE_AT_A_TIME, OBJECT_LOCKS, NO_LOCK, CAPABILITY_COUNT } Capability;

#define EVERYWHERE(expect)                                                                     \
    {                                                                                          \
        (expect), (expect), (expect)                                                           \
    }
#define FORBIDDEN_IF_SAFE                                                                      \
    {                                                                                          \
        FORBIDDEN, FORBIDDEN, INTERESTING                                                      \
    }
#define FORBIDDEN_UNDER_GIL                                                                    \
    {                                                                                          \
        FORBIDDEN, INTERESTING, INTERESTING                                                    \
    }

typedef struct Outcome {
    const char *name;
    const char *meaning; // one sentence
    Expect expect[CAPABILITY_COUNT];
} Outcome;

// Every test can end like this, too: in the places after a test's own rows.
enum { OUTCOME_OTHER = OUTCOMES_MAX, OUTCOME_LEFT, OUTCOME_CRASH, OUTCOME_HANG, OUTCOME_COUNT };
extern const Outcome common_outcomes[OUTCOME_COUNT - OUTCOMES_MAX];

// ---------------------------------------------------------------- a test

typedef struct Test Test;
typedef struct Names Names;

// One instance of what a test races on.
typedef struct Instance {
    RtObject *shared[2]; // made by the keeper; what is left after judging is dropped
    alignas(CACHE_LINE) _Atomic int64_t x; // for the tests on raw fields
    alignas(CACHE_LINE) _Atomic int64_t y;
    struct {
        alignas(CACHE_LINE) int64_t seen[2]; // an actor's notes for the judge; 0 at first
    } actors[ACTORS];
} Instance;

// Who is acting, making or judging.
typedef struct Actor {
    RtThread *t;
    unsigned index; // 0 or 1 of the actors; the keeper that does not race is 2
    const Test *test;
    const Names *names;
    _Atomic uint64_t *mine, *other; // the actors' positions (race.c); NULL for the third
} Actor;

typedef void Make(Actor *actor, Instance *instance);
typedef void Act(Actor *actor, Instance *instance, int64_t *seen);
// The index of the outcome, or OUTCOME_OTHER. A reference that is gone, or that must not be
// dropped, it takes out of `shared`.
typedef unsigned Judge(Actor *actor, Instance *instance);

struct Test {
    const char *name;
    const char *operation; // as a Python programmer would write it; a row of the summary
    const char *question;
    bool polls; // inside the operation, not only at the loop's back edge
    Make *make;
    Act *act[ACTORS];
    Judge *judge;
    Outcome outcomes[OUTCOMES_MAX + 1]; // ends with a row without a name
    unsigned variation;                 // for tests that share their functions
};

// The tests in the order of the summary; NULL at the end. The hidden ones check the program.
extern const Test *const all_tests[];
extern const Test *const hidden_tests[];
// NULL: there is none of that name.
const Test *test_named(const char *name);

// The row of an outcome, own or common; NULL where the test has none.
const Outcome *test_outcome(const Test *test, unsigned index);

// ---------------------------------------------------------------- counting (race.c)

// What a child counts, in memory that outlives it.
typedef struct Counts {
    _Atomic uint64_t rounds;                  // the heartbeat
    _Atomic uint64_t outcomes[OUTCOME_COUNT]; // instances judged, by outcome
    _Atomic uint64_t raced;                   // instances gone through
    _Atomic uint64_t overlapped;              // of them, how often the operations overlapped
    _Atomic bool unpinned;                    // an actor could not be bound
} Counts;

typedef struct RaceOptions {
    uint64_t seed;
    uint64_t end_ns; // on the monotonic clock
    int cpus[ACTORS];
} RaceOptions;

uint64_t clock_ns(void); // monotonic

// The poll of a test's operation, at the places where bytecode would poll.
void poll_inside(Actor *actor);

// Rounds until the time is over, in this process. False: something outside failed.
bool race(const Test *test, const RaceOptions *options, Counts *counts);

// ---------------------------------------------------------------- children (trial.c)

typedef struct Trial {
    const Test *test;
    Capability capability;
    uint64_t seed;
    int cpus[ACTORS];
    bool pinned;
    uint64_t counts[OUTCOME_COUNT];
    uint64_t raced, overlapped;
    uint64_t children; // processes, each with a seed of its own
} Trial;

Capability build_capability(void);
// Runs children for `seconds` and fills in the counts. False with a line on standard error:
// something outside failed.
bool trial_run(Trial *trial, double seconds);

// ---------------------------------------------------------------- verdicts (verdict.c)

typedef enum Verdict {
    VERDICT_PASS,
    VERDICT_INTERESTING,
    VERDICT_FORBIDDEN,
    VERDICT_INCONCLUSIVE
} Verdict;

uint64_t trial_samples(const Trial *trial);
bool trial_overlapped_enough(const Trial *trial);
// The probability that an outcome which was not seen is below, at 95%.
double trial_bound(const Trial *trial);
Verdict trial_verdict(const Trial *trial);
// "atomic", "can be lost", "can crash", "can hang" or "unknown".
const char *trial_behaviour(const Trial *trial);
const char *verdict_text(Verdict verdict);
const char *expect_text(Expect expect);

// ---------------------------------------------------------------- reports (report.c)

void report_table(const Trial *trial);
// Appends a line to the file. False: it could not.
bool report_line(const Trial *trial, const char *path);

#endif
