// tests_raw.c: plain fields beside the runtime: what the processor does, and what a GIL hides.
//
// Relaxed atomics, which cost what plain accesses cost, so that the compiler keeps them as they
// stand. Under a GIL one actor's accesses come wholly before the other's, for the lock orders
// them; without it, whatever the processor allows.
#include "steps.h"

static int64_t load(_Atomic int64_t *field)
{
    return atomic_load_explicit(field, memory_order_relaxed);
}

static void store(_Atomic int64_t *field, int64_t value)
{
    atomic_store_explicit(field, value, memory_order_relaxed);
}

// ---------------------------------------------------------------- message passing

static void write_message(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)actor, (void)seen;
    store(&instance->x, 1);
    store(&instance->y, 1);
}

static void read_message(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)actor;
    seen[0] = load(&instance->y);
    seen[1] = load(&instance->x);
}

static unsigned judge_message(Actor *actor, Instance *instance)
{
    (void)actor;
    const int64_t *seen = instance->actors[1].seen;
    if (seen[0] == 0) return seen[1] == 0 ? 0 : 1;
    return seen[1] == 1 ? 2 : 3;
}

const Test message_passing = {
    .name = "message_passing",
    .operation = "data = 1; flag = 1 | flag; data",
    .question = "Can a reader see the flag and not the data? (Not on x86.)",
    .act = {write_message, read_message},
    .judge = judge_message,
    .outcomes = {{"0, 0", "the reader was first", EVERYWHERE(ACCEPTABLE)},
                 {"0, 1", "the reader looked in between", FORBIDDEN_UNDER_GIL},
                 {"1, 1", "the writer was first", EVERYWHERE(ACCEPTABLE)},
                 {"1, 0", "the flag came before the data", FORBIDDEN_UNDER_GIL}},
};

// ---------------------------------------------------------------- store buffering

static void write_own_read_other(Actor *actor, Instance *instance, int64_t *seen)
{
    store(actor->index == 0 ? &instance->x : &instance->y, 1);
    seen[0] = load(actor->index == 0 ? &instance->y : &instance->x);
}

static unsigned judge_buffering(Actor *actor, Instance *instance)
{
    (void)actor;
    return (unsigned)(instance->actors[0].seen[0] * 2 + instance->actors[1].seen[0]);
}

const Test store_buffering = {
    .name = "store_buffering",
    .operation = "x = 1; y | y = 1; x",
    .question = "Can both actors read what the other has already overwritten?",
    .act = {write_own_read_other, write_own_read_other},
    .judge = judge_buffering,
    .outcomes = {{"0, 0", "both stores were still in their processors' buffers",
                  FORBIDDEN_UNDER_GIL},
                 {"0, 1", "the first actor was first", EVERYWHERE(ACCEPTABLE)},
                 {"1, 0", "the second actor was first", EVERYWHERE(ACCEPTABLE)},
                 {"1, 1", "they went into each other", FORBIDDEN_UNDER_GIL}},
};

// ---------------------------------------------------------------- lost update

static void add_one(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)actor, (void)seen;
    store(&instance->x, load(&instance->x) + 1);
}

static unsigned judge_sum(Actor *actor, Instance *instance)
{
    (void)actor;
    int64_t sum = load(&instance->x);
    return sum == 2 ? 0 : sum == 1 ? 1 : OUTCOME_OTHER;
}

const Test raw_increment = {
    .name = "raw_increment",
    .operation = "n++ (a field in C)",
    .question = "Can an increment of a plain field be lost?",
    .act = {add_one, add_one},
    .judge = judge_sum,
    .outcomes = {{"2", "both increments count", EVERYWHERE(ACCEPTABLE)},
                 {"1", "one of the increments is lost", FORBIDDEN_UNDER_GIL}},
};
