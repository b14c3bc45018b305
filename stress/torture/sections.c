// sections.c: counts that are exact only if critical sections exclude.
//
// Counters: read, add, write under one section, or under two nested in either order (which
// a plain lock would answer with a deadlock). Bank: transfers between two accounts under a
// section on both; the sum never changes, as seen by whoever stops the world.
#include "torture.h"

#include <sched.h>
#include <stdlib.h>

// ------------------------------------------------------------------ counters

#define COUNTERS 3

typedef struct Counters {
    RtObject *lists[COUNTERS]; // of one int each
    _Atomic uint64_t expected[COUNTERS];
} Counters;

static void set_up_counters(RtThread *t, Field *field)
{
    Counters *counters = calloc(1, sizeof *counters);
    field->shared[SUBJECT_COUNTERS] = counters;
    for (unsigned i = 0; i < COUNTERS; i++)
        counters->lists[i] = torture_int_list(t, 1, 0);
}

// The caller has the list's section, and it is the innermost.
static void increment_locked(RtThread *t, Counters *counters, uint64_t which)
{
    RtObject *list = counters->lists[which];
    uint64_t before =
        atomic_fetch_add_explicit(&counters->expected[which], 1, memory_order_relaxed);
    int64_t value = torture_list_int(t, list, 0);
    if (before % 8 == 0) sched_yield(); // no safepoint: the section stays
    torture_list_set_int(t, list, 0, value + 1);
}

static void increment(Worker *worker, Counters *counters, uint64_t which)
{
    RtSection section;
    rt_lock_object(worker->t, &section, counters->lists[which]);
    increment_locked(worker->t, counters, which);
    // What was read before a safepoint must be read again after it.
    if (torture_draw(worker, 4) == 0) rt_poll(worker->t);
    if (torture_draw(worker, 16) == 0) rt_blocking_sleep(worker->t, 1000);
    for (unsigned i = 0; i < 4; i++)
        increment_locked(worker->t, counters, which);
    rt_unlock_object(worker->t, &section);
}

static void increment_nested(Worker *worker, Counters *counters, uint64_t a, uint64_t b)
{
    RtThread *t = worker->t;
    RtSection outer, inner;
    rt_lock_object(t, &outer, counters->lists[a]);
    increment_locked(t, counters, a);
    rt_lock_object(t, &inner, counters->lists[b]);
    increment_locked(t, counters, b);
    rt_unlock_object(t, &inner);
    increment_locked(t, counters, a);
    rt_unlock_object(t, &outer);
}

// Both may be the same object.
static void increment_both(Worker *worker, Counters *counters, uint64_t a, uint64_t b)
{
    RtThread *t = worker->t;
    RtSection both, inner;
    rt_lock_objects(t, &both, counters->lists[a], counters->lists[b]);
    increment_locked(t, counters, a);
    increment_locked(t, counters, b);
    rt_lock_object(t, &inner, counters->lists[b]);
    increment_locked(t, counters, b);
    rt_unlock_object(t, &inner);
    rt_lock_objects(t, &inner, counters->lists[b], counters->lists[a]);
    increment_locked(t, counters, a);
    rt_unlock_objects(t, &inner);
    rt_unlock_objects(t, &both);
}

static void step_counters(Worker *worker)
{
    Counters *counters = worker->field->shared[SUBJECT_COUNTERS];
    uint64_t a = torture_draw(worker, COUNTERS);
    uint64_t b = torture_draw(worker, COUNTERS);
    switch (torture_draw(worker, 4)) {
    case 0:
        increment_nested(worker, counters, a, b);
        break;
    case 1:
        increment_both(worker, counters, a, b);
        break;
    default:
        increment(worker, counters, a);
        break;
    }
}

static void verify_counters(RtThread *t, Field *field)
{
    Counters *counters = field->shared[SUBJECT_COUNTERS];
    for (unsigned i = 0; i < COUNTERS; i++) {
        uint64_t found = (uint64_t)torture_list_int(t, counters->lists[i], 0);
        TORTURE_REQUIRE("counters", found == atomic_load(&counters->expected[i]),
                        "a counter guarded by a section lost or doubled an update");
        rt_decref(t, counters->lists[i]);
    }
    free(counters);
}

const Subject torture_counters = {"counters",    15,   set_up_counters, NULL,
                                  step_counters, NULL, verify_counters};

// ------------------------------------------------------------------ bank

#define ACCOUNTS 5
#define BALANCE  1000

typedef struct Bank {
    RtObject *accounts[ACCOUNTS];
} Bank;

static void set_up_bank(RtThread *t, Field *field)
{
    Bank *bank = calloc(1, sizeof *bank);
    field->shared[SUBJECT_BANK] = bank;
    for (unsigned i = 0; i < ACCOUNTS; i++)
        bank->accounts[i] = torture_int_list(t, 1, BALANCE);
}

static int64_t sum(RtThread *t, Bank *bank)
{
    int64_t total = 0;
    for (unsigned i = 0; i < ACCOUNTS; i++)
        total += torture_list_int(t, bank->accounts[i], 0);
    return total;
}

static void audit(RtThread *t, Bank *bank)
{
    rt_world_stop(t);
    int64_t total = sum(t, bank);
    rt_world_start(t);
    TORTURE_REQUIRE("bank", total == ACCOUNTS * BALANCE,
                    "a transfer was seen half done in a stopped world");
}

static void transfer(Worker *worker, RtObject *from, RtObject *to)
{
    RtThread *t = worker->t;
    int64_t amount = (int64_t)torture_draw(worker, 2000) - 1000;
    RtSection section;
    rt_lock_objects(t, &section, from, to);
    torture_list_set_int(t, from, 0, torture_list_int(t, from, 0) - amount);
    torture_list_set_int(t, to, 0, torture_list_int(t, to, 0) + amount);
    rt_unlock_objects(t, &section);
}

static void step_bank(Worker *worker)
{
    Bank *bank = worker->field->shared[SUBJECT_BANK];
    if (torture_draw(worker, 100) == 0) {
        audit(worker->t, bank);
        return;
    }
    transfer(worker, bank->accounts[torture_draw(worker, ACCOUNTS)],
             bank->accounts[torture_draw(worker, ACCOUNTS)]);
}

static void verify_bank(RtThread *t, Field *field)
{
    Bank *bank = field->shared[SUBJECT_BANK];
    TORTURE_REQUIRE("bank", sum(t, bank) == ACCOUNTS * BALANCE, "money was made or lost");
    for (unsigned i = 0; i < ACCOUNTS; i++)
        rt_decref(t, bank->accounts[i]);
    free(bank);
}

const Subject torture_bank = {"bank", 15, set_up_bank, NULL, step_bank, NULL, verify_bank};
