// race.c: rounds of instances, and the two actors that go through them side by side.
//
// Three threads take part: the two actors, each bound to a processor, and a third that only
// keeps. In each round one of the three, in turn, judges and drops what the round before left
// and makes new instances, while the others sleep. So with biased counts the objects belong to
// one actor, to the other, or to a thread that sleeps, and are dropped by another than their
// maker.
//
// How the operations are made to overlap. Where threads run at once, the actors keep pace: each
// waits at an instance until the other has left the one before, and then for a random moment of
// the order of an operation. Where one runs at a time, waiting would be for nobody: the actors
// run freely through many instances, and each switch leaves one of them standing at an instance
// that the other then goes over.
//
// How often they did. Each actor publishes its position before and after an operation. The
// operations on an instance overlapped if the other had not left the instance when this one
// began, and had begun it when this one ended. A position takes a while to reach the other
// processor, so of very short operations some overlaps are missed, never too many counted.
// Under a GIL an overlap is a switch inside the operation, during which the other went over the
// same instance. An operation that polls nowhere inside begins at the loop's poll, the only
// place for a switch.
#define _GNU_SOURCE
#include "outcomes.h"
#include "steps.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 3 // the actors and the one that only keeps

// Instances of a round: about a millisecond of racing, with everything in the caches.
#define INSTANCES 512u

// The switch interval, and the longest random moment, in turns of about a nanosecond.
#define INTERVAL_NS 1000
#define SKEW_TURNS  256u

// Polls at one place under a GIL: about a microsecond, of the order of the switch interval.
#define POLLS_INSIDE 1000u

// Turns of waiting for the other before giving the processor away: it may have lost its own.
#define PATIENCE 2000u

// An actor's position: twice the number of the instance, plus one while inside, plus two after.
typedef struct Lane {
    alignas(CACHE_LINE) _Atomic uint64_t position;
    alignas(CACHE_LINE) _Atomic uint64_t lined_up; // rounds that this actor is ready for
} Lane;

typedef struct Race {
    const Test *test;
    const RaceOptions *options;
    Counts *counts;
    RtRuntime *runtime;
    Names names;
    Instance *instances;
    pthread_barrier_t barrier;
    bool over; // written by a keeper, read after the barrier
    Lane lanes[ACTORS];
} Race;

typedef struct Racer {
    Race *race;
    Actor actor;
    uint64_t random;
} Racer;

static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

uint64_t clock_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t load(const _Atomic uint64_t *word)
{
    return atomic_load_explicit(word, memory_order_relaxed);
}

// Of a word that one thread writes.
static void add(_Atomic uint64_t *word, uint64_t more)
{
    atomic_store_explicit(word, load(word) + more, memory_order_relaxed);
}

// ---------------------------------------------------------------- keeping

static void make_all(Race *race, Actor *actor)
{
    memset(race->instances, 0, INSTANCES * sizeof *race->instances);
    for (unsigned i = 0; i < INSTANCES; i++)
        if (race->test->make != NULL) race->test->make(actor, &race->instances[i]);
}

static void judge_all(Race *race, Actor *actor)
{
    for (unsigned i = 0; i < INSTANCES; i++) {
        Instance *instance = &race->instances[i];
        unsigned outcome = race->test->judge(actor, instance);
        add(&race->counts->outcomes[outcome], 1);
        rt_decref_null(actor->t, instance->shared[0]);
        rt_decref_null(actor->t, instance->shared[1]);
    }
}

static void keep(Race *race, Actor *actor, uint64_t round)
{
    if (round > 0) judge_all(race, actor);
    race->over = clock_ns() >= race->options->end_ns && round > 0;
    if (!race->over) make_all(race, actor);
}

// ---------------------------------------------------------------- racing

static void wait_until(RtThread *t, const _Atomic uint64_t *word, uint64_t value)
{
    for (unsigned turn = 1; load(word) < value; turn++) {
        if (turn % PATIENCE != 0) continue;
        if (t != NULL) rt_poll(t);
        sched_yield();
    }
}

static void wait_a_moment(Racer *racer, const _Atomic uint64_t *own)
{
    uint64_t turns = random_next(&racer->random) % SKEW_TURNS;
    for (uint64_t i = 0; i < turns; i++)
        (void)load(own);
}

// Under a GIL the operation stays at this place for a while, lest a switch be rarer than one in
// a thousand instances; and a thread that was switched away from may be away for long: here,
// until the other has gone over the instance.
void poll_inside(Actor *actor)
{
    uint64_t before = load(actor->other);
    rt_poll(actor->t);
    if (!RT_LOCK_EXCLUDES_THREADS) return;
    for (unsigned i = 0; i < POLLS_INSIDE && load(actor->other) == before; i++)
        rt_poll(actor->t);
    if (load(actor->other) == before) return;
    while (load(actor->other) <= load(actor->mine))
        rt_thread_yield(actor->t);
}

static void keep_pace(Racer *racer, uint64_t position)
{
    if (RT_LOCK_EXCLUDES_THREADS) return;
    wait_until(racer->actor.t, racer->actor.other, position);
    wait_a_moment(racer, racer->actor.mine);
}

// Goes over one instance. True: the other actor's operation overlapped this one's.
static bool act(Racer *racer, Instance *instance, uint64_t position)
{
    Actor *actor = &racer->actor;
    const Test *test = actor->test;
    keep_pace(racer, position);
    if (test->polls) rt_poll(actor->t);
    atomic_store_explicit(actor->mine, position + 1, memory_order_relaxed);
    bool other_stays = load(actor->other) <= position + 1;
    if (!test->polls) poll_inside(actor);
    test->act[actor->index](actor, instance, instance->actors[actor->index].seen);
    bool overlapped = other_stays && load(actor->other) >= position + 1;
    atomic_store_explicit(actor->mine, position + 2, memory_order_relaxed);
    return overlapped;
}

static void go_through(Racer *racer, uint64_t round)
{
    Race *race = racer->race;
    for (unsigned i = 0; i < INSTANCES; i++) {
        bool overlapped = act(racer, &race->instances[i], 2 * (round * INSTANCES + i));
        if (racer->actor.index != 0) continue; // one counts: overlapping is mutual
        add(&race->counts->raced, 1);
        if (overlapped) add(&race->counts->overlapped, 1);
    }
}

// ---------------------------------------------------------------- threads

static void keep_in_turn(Racer *racer, uint64_t round)
{
    if (round % THREADS != racer->actor.index) return;
    rt_thread_attach(racer->actor.t);
    keep(racer->race, &racer->actor, round);
    rt_thread_detach(racer->actor.t);
}

// Actors that are about to race meet once more, awake, to begin at the same time.
static void race_round(Racer *racer, uint64_t round)
{
    Lane *lanes = racer->race->lanes;
    unsigned index = racer->actor.index;
    if (index >= ACTORS) return;
    atomic_store_explicit(&lanes[index].lined_up, round + 1, memory_order_relaxed);
    wait_until(NULL, &lanes[1 - index].lined_up, round + 1);
    rt_thread_attach(racer->actor.t);
    go_through(racer, round);
    rt_thread_detach(racer->actor.t);
}

// Attached only while it keeps or races: who waited for a GIL meanwhile would take the processor
// from the one that has it.
static void take_part(RtThread *t, void *argument)
{
    Racer *racer = argument;
    Race *race = racer->race;
    racer->actor.t = t;
    rt_thread_detach(t);
    for (uint64_t round = 0;; round++) {
        keep_in_turn(racer, round);
        pthread_barrier_wait(&race->barrier);
        if (race->over) break;
        race_round(racer, round);
        pthread_barrier_wait(&race->barrier);
        if (racer->actor.index == 0) add(&race->counts->rounds, 1);
    }
    rt_thread_attach(t);
}

static void bind(const Racer *racer)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)racer->race->options->cpus[racer->actor.index], &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        atomic_store(&racer->race->counts->unpinned, true);
}

static void take_part_bound(RtThread *t, void *argument)
{
    bind(argument);
    take_part(t, argument);
}

// The calling thread is the third. False: a thread could not be started.
static bool run_threads(Race *race, RtThread *t)
{
    Racer racers[THREADS];
    RtThreadHandle *handles[ACTORS];
    uint64_t random = race->options->seed;
    for (unsigned i = 0; i < THREADS; i++)
        racers[i] = (Racer){.race = race,
                            .actor = {.index = i, .test = race->test, .names = &race->names},
                            .random = random_next(&random)};
    for (unsigned i = 0; i < ACTORS; i++) {
        racers[i].actor.mine = &race->lanes[i].position;
        racers[i].actor.other = &race->lanes[1 - i].position;
        handles[i] = rt_thread_start(t, take_part_bound, &racers[i]);
        if (handles[i] == NULL) return false; // the process ends
    }
    take_part(t, &racers[ACTORS]);
    for (unsigned i = 0; i < ACTORS; i++)
        rt_thread_join(t, handles[i]);
    return true;
}

bool race(const Test *test, const RaceOptions *options, Counts *counts)
{
    RtOptions runtime_options = {.switch_interval_ns = INTERVAL_NS,
                                 .perturb_seed = options->seed | 1};
    Race race = {.test = test, .options = options, .counts = counts};
    race.runtime = rt_runtime_create(&runtime_options);
    race.instances = aligned_alloc(CACHE_LINE, INSTANCES * sizeof *race.instances);
    if (race.runtime == NULL || race.instances == NULL) return false;
    if (pthread_barrier_init(&race.barrier, NULL, THREADS) != 0) return false;
    RtThread *t = rt_thread_enter(race.runtime);
    if (t == NULL) return false;
    names_make(t, &race.names);
    if (!run_threads(&race, t)) return false;
    names_drop(t, &race.names);
    rt_thread_leave(t);
    // Everything was dropped and everybody has left: a drop was lost.
    if (rt_runtime_live_objects(race.runtime) != 0) add(&counts->outcomes[OUTCOME_LEFT], 1);
    rt_runtime_destroy(race.runtime);
    pthread_barrier_destroy(&race.barrier);
    free(race.instances);
    return true;
}
