// handover.c: the last drop of an object against its owner's leaving.
//
// A merge that nobody does is repaired by the next drop of any of the owner's objects, so in a
// long round a lost one leaves no trace. Hence many short lives of a runtime: makers put
// objects on a shelf and leave at once; takers drop what they find, until the shelf stays
// empty, and leave. Then only the shelf may be alive, before anybody looks after anything.
#include "torture.h"

#include <pthread.h>

#define LIVES       6
#define MAKERS      2
#define TAKERS      3
#define OBJECTS_MAX 24

typedef struct Shelf {
    RtRuntime *runtime;
    RtObject *list;
    _Atomic unsigned makers; // that have not put their last object there
} Shelf;

typedef struct Hand {
    Shelf *shelf;
    uint64_t random;
    pthread_t thread;
} Hand;

static RtThread *enter(Shelf *shelf)
{
    RtThread *t = rt_thread_enter(shelf->runtime);
    TORTURE_REQUIRE("handover", t != NULL, "could not enter");
    return t;
}

// Small objects and large ones, which have spans of their own.
static RtObject *make(RtThread *t, uint64_t draw)
{
    if (draw % 3 != 0) return torture_must(t, rt_float_new(t, (double)draw));
    static const char zeros[1000];
    return torture_must(t, rt_str_new(t, zeros, sizeof zeros));
}

// The maker counts on while a taker already drops the shelf's reference: whoever merges the
// object must be the only one to touch the owner's count.
static void *make_and_leave(void *argument)
{
    Hand *hand = argument;
    RtThread *t = enter(hand->shelf);
    uint64_t count = 1 + torture_random(&hand->random) % OBJECTS_MAX;
    for (uint64_t i = 0; i < count; i++) {
        RtObject *object = make(t, torture_random(&hand->random));
        torture_done(t, rt_list_append(t, hand->shelf->list, object));
        for (uint64_t pairs = torture_random(&hand->random) % 64; pairs > 0; pairs--) {
            rt_incref(t, object);
            RT_OPTIMIZER_BARRIER(object);
            rt_decref(t, object);
            rt_poll(t);
        }
        rt_decref(t, object);
    }
    atomic_fetch_sub_explicit(&hand->shelf->makers, 1, memory_order_release);
    rt_thread_leave(t);
    return NULL;
}

// False when the shelf is empty and nobody will put anything there any more.
static bool take_one(RtThread *t, Shelf *shelf)
{
    bool last = atomic_load_explicit(&shelf->makers, memory_order_acquire) == 0;
    RtObject *object = rt_list_pop(t, shelf->list);
    if (object == NULL) {
        rt_error_clear(t);
        return !last;
    }
    rt_decref(t, object);
    return true;
}

static void *take_and_leave(void *argument)
{
    Hand *hand = argument;
    RtThread *t = enter(hand->shelf);
    while (take_one(t, hand->shelf)) {
        if (torture_random(&hand->random) % 8 == 0)
            rt_thread_yield(t);
        else if (torture_random(&hand->random) % 4 == 0)
            rt_poll(t);
    }
    rt_thread_leave(t);
    return NULL;
}

static void start(Hand *hand, Shelf *shelf, uint64_t random, void *(*hand_main)(void *))
{
    *hand = (Hand){.shelf = shelf, .random = random};
    TORTURE_REQUIRE("handover", pthread_create(&hand->thread, NULL, hand_main, hand) == 0,
                    "could not start a thread");
}

static void work(Shelf *shelf, uint64_t *random)
{
    Hand hands[MAKERS + TAKERS];
    atomic_store(&shelf->makers, MAKERS);
    for (unsigned i = 0; i < MAKERS; i++)
        start(&hands[i], shelf, torture_random(random), make_and_leave);
    for (unsigned i = MAKERS; i < MAKERS + TAKERS; i++)
        start(&hands[i], shelf, torture_random(random), take_and_leave);
    for (unsigned i = 0; i < MAKERS + TAKERS; i++)
        pthread_join(hands[i].thread, NULL);
}

// Twice: the second time all threads take over states that others have left.
static void live(uint64_t *random)
{
    RtOptions options = {.switch_interval_ns = 1000 + torture_random(random) % 100000,
                         .perturb_seed = torture_random(random) | 1};
    Shelf shelf = {.runtime = rt_runtime_create(&options)};
    TORTURE_REQUIRE("handover", shelf.runtime != NULL, "no runtime");
    RtThread *t = enter(&shelf);
    shelf.list = torture_must(t, rt_list_new(t, 0));
    rt_thread_leave(t);
    for (unsigned i = 0; i < 2; i++) {
        work(&shelf, random);
        TORTURE_REQUIRE("handover", rt_runtime_live_objects(shelf.runtime) == 1,
                        "an object outlives its last reference: nobody merged it");
    }
    t = enter(&shelf);
    rt_decref(t, shelf.list);
    rt_thread_leave(t);
    TORTURE_REQUIRE("handover", rt_runtime_live_objects(shelf.runtime) == 0, "the shelf lives");
    rt_runtime_destroy(shelf.runtime);
}

void torture_handover(uint64_t seed)
{
    for (unsigned i = 0; i < LIVES; i++)
        live(&seed);
}
