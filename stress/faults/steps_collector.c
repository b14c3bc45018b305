// steps_collector.c: the cycle collector, its interface, finalizers, and the audit.
#include <string.h>

#include "faults.h"
#include "object/track.h"

RtObject *faults_append_list(RtThread *t, RtObject *list)
{
    RtObject *next = rt_list_new(t, 1);
    if (next == NULL) return NULL;
    bool done = rt_list_append(t, list, next);
    rt_decref(t, next);
    return done ? next : NULL;
}

RtObject *faults_ring(RtThread *t, size_t size)
{
    RtObject *first = rt_list_new(t, 1);
    RtObject *last = first;
    for (size_t i = 1; i < size && last != NULL; i++)
        last = faults_append_list(t, last);
    if (last != NULL && rt_list_append(t, last, first)) return first;
    rt_decref_null(t, first); // a chain yet
    return NULL;
}

// ------------------------------------------------------------------ collections

#define RING 40

// Objects that live, in a ring kept for later steps.
static bool make_ring(Scene *scene)
{
    scene->kept[2] = faults_ring(scene->t, RING);
    return scene->kept[2] != NULL;
}

static bool collect(Scene *scene, int generation)
{
    int64_t collected = rt_gc_collect(scene->t, generation);
    FAULTS_REQUIRE(collected <= 0, "a collection has found garbage where there is none");
    return collected == 0;
}

static bool collect_young(Scene *scene)
{
    return collect(scene, 0);
}

static bool collect_middle(Scene *scene)
{
    return collect(scene, 1);
}

static bool collect_old(Scene *scene)
{
    return collect(scene, 2);
}

// A failed collection has done nothing: the next does it all.
static bool collect_garbage(Scene *scene)
{
    RtThread *t = scene->t;
    RtObject *ring = faults_ring(t, RING);
    if (ring == NULL) return false;
    rt_decref(t, ring);
    scene->garbage += RING;
    int64_t collected = rt_gc_collect(t, 2);
    FAULTS_REQUIRE(collected == -1 || collected == (int64_t)scene->garbage, "garbage was left");
    return collected != -1;
}

// By itself, at a poll: it is given up without a word, and comes again.
static bool collect_at_a_poll(Scene *scene)
{
    RtThread *t = scene->t;
    uint32_t before[3];
    rt_gc_get_threshold(t, before);
    rt_gc_set_threshold(t, (uint32_t[]){5, 10, 10});
    rt_gc_enable(t);
    bool done = true;
    for (unsigned i = 0; i < 40 && done; i++) {
        RtObject *ring = faults_ring(t, 3);
        done = ring != NULL;
        rt_decref_null(t, ring);
        rt_poll(t);
    }
    rt_gc_disable(t);
    rt_gc_set_threshold(t, before);
    return done;
}

// ------------------------------------------------------------------ the interface

static bool search(Scene *scene)
{
    RtThread *t = scene->t;
    return faults_drop(t, rt_gc_get_objects(t, -1)) &&
           faults_drop(t, rt_gc_get_objects(t, 2)) &&
           faults_drop(t, rt_gc_get_referrers(t, scene->kept[2]));
}

static bool freeze(Scene *scene)
{
    RtThread *t = scene->t;
    rt_gc_freeze(t);
    FAULTS_REQUIRE(rt_gc_freeze_count(t) >= RING, "frozen objects are lost");
    int64_t collected = rt_gc_collect(t, 2);
    rt_gc_unfreeze(t);
    FAULTS_REQUIRE(rt_gc_freeze_count(t) == 0, "an object is frozen still");
    return collected == 0;
}

static bool ask(Scene *scene)
{
    RtGcStats stats[3];
    uint32_t counts[3];
    rt_gc_get_stats(scene->t, stats);
    rt_gc_get_count(scene->t, counts);
    FAULTS_REQUIRE(stats[2].collections != 0, "no full collection was counted");
    return true;
}

// Without memory the audit says so; that is its error. It looks at objects without references
// too, of which the collector needs to know nothing.
static bool audit(Scene *scene)
{
    static const char text[100] = "alive";
    if (scene->kept[5] == NULL) scene->kept[5] = rt_str_new(scene->t, text, sizeof text);
    if (scene->kept[5] == NULL) return false;
    const char *violation = rt_gc_audit(scene->t);
    if (violation == NULL) return true;
    FAULTS_REQUIRE(strstr(violation, "no memory") != NULL, violation);
    rt_error_set(scene->t, RT_ERROR_MEMORY, "no audit");
    return false;
}

// ------------------------------------------------------------------ finalizers

// A container with one reference. Its finalizer makes an object, and brings its own back once.
typedef struct Phoenix {
    RtObject base;
    void *link; // the trash list's
    RtObject *next;
    RtObject *shelter; // borrowed: a list
} Phoenix;

static Phoenix *phoenix_of(RtObject *object)
{
    return (Phoenix *)object;
}

static int phoenix_traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtObject *next = phoenix_of(object)->next;
    return next != NULL ? visit(next, argument) : 0;
}

static void phoenix_clear(RtThread *t, RtObject *object)
{
    RtObject *next = phoenix_of(object)->next;
    phoenix_of(object)->next = NULL;
    rt_decref_null(t, next);
}

// A finalizer has nobody to tell.
static void phoenix_finalize(RtThread *t, RtObject *object)
{
    if (!rt_list_append(t, phoenix_of(object)->shelter, object)) rt_error_clear(t);
}

static const RtType phoenix_type = {
    .name = "phoenix",
    .finish = phoenix_clear,
    .traverse = phoenix_traverse,
    .clear = phoenix_clear,
    .finalize = phoenix_finalize,
    .trash_link = offsetof(Phoenix, link),
};

static RtObject *new_phoenix(RtThread *t, RtObject *shelter, RtObject *next)
{
    Phoenix *phoenix = (Phoenix *)rt__object_new(t, &phoenix_type, sizeof *phoenix);
    if (phoenix == NULL) return NULL;
    phoenix->shelter = shelter;
    phoenix->next = next != NULL ? rt_new_ref(t, next) : NULL;
    rt__gc_track(t, &phoenix->base);
    return &phoenix->base;
}

// Two that refer to each other die, come back, and are let go of.
static bool burn(RtThread *t, RtObject *shelter)
{
    RtObject *a = new_phoenix(t, shelter, NULL);
    RtObject *b = a != NULL ? new_phoenix(t, shelter, a) : NULL;
    if (b != NULL) phoenix_of(a)->next = rt_new_ref(t, b);
    rt_decref_null(t, b);
    rt_decref_null(t, a);
    bool done = b != NULL && rt_gc_collect(t, 2) >= 0;
    rt_list_clear(t, shelter);
    return done;
}

static bool finalize(Scene *scene)
{
    RtThread *t = scene->t;
    if (scene->kept[4] == NULL) scene->kept[4] = rt_list_new(t, 0);
    if (scene->kept[4] == NULL) return false;
    bool done = burn(t, scene->kept[4]);
    return rt_gc_collect(t, 2) >= 0 && done;
}

const Step faults_collector_steps[] = {
    {"make a ring", make_ring, false},
    {"collect generation 0", collect_young, false},
    {"collect generation 1", collect_middle, false},
    {"collect generation 2", collect_old, false},
    {"collect garbage", collect_garbage, false},
    {"collect at a poll", collect_at_a_poll, true},
    {"search the heap", search, false},
    {"freeze", freeze, false},
    {"ask for statistics", ask, false},
    {"audit", audit, false},
    // The finalizer swallows its error; what it could not save is collected.
    {"finalize", finalize, true},
    {0},
};
