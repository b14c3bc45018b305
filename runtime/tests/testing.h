// testing.h: what all unit tests share.
#ifndef RT_TESTS_TESTING_H
#define RT_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rt_inline.h"

// A runtime of its own for each test. The teardown leaves it and asserts that no object
// outlived the test: every test is a leak test.
typedef struct Fixture {
    RtRuntime *runtime;
    RtThread *t;
} Fixture;

int test_setup(void **state);
int test_teardown(void **state);
#define TEST(function) cmocka_unit_test_setup_teardown(function, test_setup, test_teardown)

static inline RtThread *test_thread(void **state)
{
    return ((Fixture *)*state)->t;
}

// For threads other than the main one, which cmocka's assertions cannot leave.
#define MUST(condition) RT_CHECK((condition), "test failed: " #condition)

// Several threads at once on one object are not for a build that protects nothing.
#define NEEDS_THREADS()                                                                        \
    do {                                                                                       \
        if (!RT_LOCK_PROTECTS) skip();                                                         \
    } while (0)

// Repetitions: fewer where schedules are perturbed, for each perturbation costs time.
#ifdef RT_PERTURB
#define TEST_ROUNDS(n) ((n) / 5)
#else
#define TEST_ROUNDS(n) (n)
#endif

// Starts `count` threads on `main`, lets them go when all are there, and joins them. Each gets
// a Worker of its own. Any thread.
typedef struct Worker {
    void *shared;
    unsigned index;
    unsigned count;
} Worker;
#define TEST_MAX_WORKERS 8
void test_run_threads(RtThread *t, unsigned count, RtThreadMain main, void *shared);

// A small generator (splitmix64), seeded, so that a failure repeats.
static inline uint64_t test_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

// The counter with this name; 0 in timed builds. No thread runs but this one.
uint64_t test_counter(RtRuntime *runtime, const char *name);
static inline bool test_counts(void)
{
    return strcmp(rt_build_flavour(), "account") == 0;
}

// The repr equals the text. Consumes the reference to the object.
void test_repr(RtThread *t, RtObject *object_steal, const char *text);
// The pending error is of this kind; clears it.
void test_error(RtThread *t, RtErrorKind kind);
// New references.
RtObject *test_str(RtThread *t, const char *text);
RtObject *test_int(RtThread *t, int64_t value);
// The value of an int; consumes the reference.
int64_t test_value(RtThread *t, RtObject *object_steal);

#endif
