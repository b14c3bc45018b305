// cycles.c: rings and chains of objects with finalizers, weakly referred to from everywhere.
//
// Rings die by the collector only, chains by their last drop, in whatever thread. A finalizer
// may bring its object, and so all of the ring, back into a shared shelter. What must hold in
// the end, when everything was dropped and collected: each finalizer has run once, each weak
// reference that was kept is dead and its callback has run once, and the heap passes its audit.
#include "object/track.h"
#include "torture.h"

#include <stdlib.h>

#define SLOTS       16
#define LONGEST     6   // links of a ring or chain
#define KEPT_MOST   256 // weak references of each worker whose callbacks are counted
#define COLLECTIONS 50  // in the end; each frees what the one before brought back

// What happened in one field.
typedef struct Census {
    _Atomic uint64_t made;
    _Atomic uint64_t finalized;
    _Atomic uint64_t called; // callbacks of weak references that were kept
    RtObject *shelter;       // a list: what finalizers brought back
    RtObject *slots;         // a list of SLOTS rings, chains, or None
    RtObject *watches;       // a list of SLOTS weak references, or None
    RtObject *badge;         // leads a callback here
} Census;

static Census *census_of(const Field *field)
{
    return field->shared[SUBJECT_CYCLES];
}

// ------------------------------------------------------------------ links

// `next` and `payload` are set before anyone else sees the link, and only taken from one that
// nobody reaches.
typedef struct Link {
    RtObject base;
    void *trash; // the trash list's
    RtObject *next;
    RtObject *payload;
    Census *census;
    bool returns; // its finalizer brings it back
} Link;

static Link *link_of(RtObject *object)
{
    return (Link *)object;
}

static void link_finish(RtThread *t, RtObject *object)
{
    rt_decref_null(t, link_of(object)->next);
    rt_decref_null(t, link_of(object)->payload);
}

static int link_traverse(RtObject *object, RtVisit visit, void *argument)
{
    Link *link = link_of(object);
    int stop = link->next != NULL ? visit(link->next, argument) : 0;
    return stop == 0 && link->payload != NULL ? visit(link->payload, argument) : stop;
}

static void link_clear(RtThread *t, RtObject *object)
{
    RtObject *next = link_of(object)->next;
    link_of(object)->next = NULL;
    rt_decref_null(t, next);
}

static void link_finalize(RtThread *t, RtObject *object)
{
    Link *link = link_of(object);
    torture_value_check(t, link->payload);
    atomic_fetch_add(&link->census->finalized, 1);
    if (link->returns) torture_done(t, rt_list_append(t, link->census->shelter, object));
}

static const RtType link_type = {
    .name = "link",
    .finish = link_finish,
    .traverse = link_traverse,
    .clear = link_clear,
    .finalize = link_finalize,
    .trash_link = offsetof(Link, trash),
};

static RtObject *link_new(Worker *worker, Census *census)
{
    RtThread *t = worker->t;
    RtObject *payload = torture_value_new(t, torture_random(&worker->random));
    Link *link = (Link *)torture_must(t, rt__object_new(t, &link_type, sizeof *link));
    link->next = NULL;
    link->payload = payload;
    link->census = census;
    link->returns = torture_draw(worker, 16) == 0;
    rt__gc_track(t, &link->base);
    atomic_fetch_add(&census->made, 1);
    return &link->base;
}

// A chain, or closed to a ring: a reference to its first link.
static RtObject *links_new(Worker *worker, Census *census)
{
    RtObject *first = link_new(worker, census);
    RtObject *last = first;
    for (uint64_t i = torture_draw(worker, LONGEST); i > 0; i--) {
        link_of(last)->next = link_new(worker, census);
        last = link_of(last)->next;
    }
    if (torture_draw(worker, 3) != 0) link_of(last)->next = rt_new_ref(worker->t, first);
    return first;
}

// The caller's reference keeps all of them alive.
static void check_links(RtThread *t, RtObject *first)
{
    RtObject *link = first;
    do {
        TORTURE_REQUIRE("cycles", rt_type_of(link) == &link_type, "a link is something else");
        torture_value_check(t, link_of(link)->payload);
        link = link_of(link)->next;
    } while (link != NULL && link != first);
}

// ------------------------------------------------------------------ weak references

// A callback is given an object; this one leads to the census.
typedef struct Badge {
    RtObject base;
    Census *census;
} Badge;

static const RtType badge_type = {.name = "badge"};

static RtObject *badge_new(RtThread *t, Census *census)
{
    Badge *badge = (Badge *)torture_must(t, rt__object_new(t, &badge_type, sizeof *badge));
    badge->census = census;
    return &badge->base;
}

static void told(RtThread *t, RtObject *weakref, RtObject *argument)
{
    RtObject *object = rt_weakref_get(t, weakref);
    TORTURE_REQUIRE("cycles", object == NULL, "a callback's weak reference is alive");
    atomic_fetch_add(&((Badge *)argument)->census->called, 1);
}

static void told_by_the_way(RtThread *t, RtObject *weakref, RtObject *argument)
{
    (void)argument;
    RtObject *object = rt_weakref_get(t, weakref);
    TORTURE_REQUIRE("cycles", object == NULL, "a callback's weak reference is alive");
}

// A worker's own list of weak references that live to the end.
static void keep_watch(Worker *worker, Census *census, RtObject *object)
{
    RtThread *t = worker->t;
    RtObject *kept = worker->own[SUBJECT_CYCLES];
    if (rt_list_size(t, kept) == KEPT_MOST) return;
    RtObject *watch = torture_must(t, rt_weakref_new(t, object, told, census->badge));
    torture_done(t, rt_list_append(t, kept, watch));
    rt_decref(t, watch);
}

// One that any thread may replace, before or after its object dies.
static void share_watch(Worker *worker, Census *census, RtObject *object)
{
    RtThread *t = worker->t;
    bool tells = torture_draw(worker, 2) == 0;
    RtObject *watch =
        torture_must(t, rt_weakref_new(t, object, tells ? told_by_the_way : NULL, NULL));
    torture_done(t, rt_list_set(t, census->watches, torture_draw(worker, SLOTS), watch));
    rt_decref(t, watch);
}

static void follow_watch(Worker *worker, Census *census)
{
    RtThread *t = worker->t;
    RtObject *watch =
        torture_must(t, rt_list_get(t, census->watches, torture_draw(worker, SLOTS)));
    RtObject *object = watch != rt_none() ? rt_weakref_get(t, watch) : NULL;
    if (object != NULL) {
        check_links(t, object);
        rt_decref(t, object);
    }
    rt_decref(t, watch);
}

// ------------------------------------------------------------------ steps

static RtObject *none_list(RtThread *t)
{
    RtObject *list = torture_must(t, rt_list_new(t, SLOTS));
    for (int i = 0; i < SLOTS; i++)
        torture_done(t, rt_list_append(t, list, rt_none()));
    return list;
}

static void set_up(RtThread *t, Field *field)
{
    Census *census = calloc(1, sizeof *census);
    field->shared[SUBJECT_CYCLES] = census;
    census->shelter = torture_must(t, rt_list_new(t, 0));
    census->slots = none_list(t);
    census->watches = none_list(t);
    census->badge = badge_new(t, census);
}

static void begin(Worker *worker)
{
    worker->own[SUBJECT_CYCLES] = torture_must(worker->t, rt_list_new(worker->t, 0));
}

static void make(Worker *worker, Census *census)
{
    RtThread *t = worker->t;
    RtObject *first = links_new(worker, census);
    if (torture_draw(worker, 4) == 0) keep_watch(worker, census, first);
    if (torture_draw(worker, 2) == 0) share_watch(worker, census, first);
    if (torture_draw(worker, 2) == 0)
        torture_done(t, rt_list_set(t, census->slots, torture_draw(worker, SLOTS), first));
    rt_decref(t, first);
}

static void visit(Worker *worker, Census *census)
{
    RtThread *t = worker->t;
    RtObject *first =
        torture_must(t, rt_list_get(t, census->slots, torture_draw(worker, SLOTS)));
    if (first != rt_none()) check_links(t, first);
    rt_decref(t, first);
}

// What was brought back has been finalized, and goes for good.
static void release(Worker *worker, Census *census)
{
    RtThread *t = worker->t;
    RtObject *object = rt_list_pop(t, census->shelter);
    if (object == NULL) {
        rt_error_clear(t);
        return;
    }
    check_links(t, object);
    rt_decref(t, object);
}

static void step(Worker *worker)
{
    Census *census = census_of(worker->field);
    switch (torture_draw(worker, 8)) {
    case 0:
    case 1:
    case 2:
        make(worker, census);
        break;
    case 3:
        visit(worker, census);
        break;
    case 4:
    case 5:
        follow_watch(worker, census);
        break;
    case 6:
        release(worker, census);
        break;
    default:
        if (torture_draw(worker, 8) != 0) break;
        TORTURE_REQUIRE("cycles", rt_gc_collect(worker->t, (int)torture_draw(worker, 3)) >= 0,
                        "a collection failed");
    }
}

// ------------------------------------------------------------------ the end

// The workers have left their lists of weak references behind.
static void collect_all(RtThread *t, Census *census)
{
    for (int i = 0; i < COLLECTIONS; i++) {
        rt_list_clear(t, census->shelter);
        rt_poll(t);
        int64_t collected = rt_gc_collect(t, 2);
        TORTURE_REQUIRE("cycles", collected >= 0, "the last collection failed");
        if (collected == 0 && rt_list_size(t, census->shelter) == 0) return;
    }
    torture_fail("cycles", "garbage comes back again and again", __FILE__, __LINE__);
}

static uint64_t drop_watches(RtThread *t, RtObject *kept)
{
    uint64_t count = rt_list_size(t, kept);
    for (size_t i = 0; i < count; i++) {
        RtObject *watch = torture_must(t, rt_list_get(t, kept, i));
        TORTURE_REQUIRE("cycles", rt_weakref_get(t, watch) == NULL,
                        "a weak reference to an object that was collected is alive");
        rt_decref(t, watch);
    }
    rt_decref(t, kept);
    return count;
}

static void verify(RtThread *t, Field *field)
{
    Census *census = census_of(field);
    rt_decref(t, census->slots);
    rt_decref(t, census->watches);
    collect_all(t, census);
    uint64_t kept = 0;
    for (unsigned i = 0; i < field->worker_count; i++)
        kept += drop_watches(t, field->workers[i].own[SUBJECT_CYCLES]);
    TORTURE_REQUIRE("cycles", atomic_load(&census->finalized) == atomic_load(&census->made),
                    "finalizers did not run once for each object");
    TORTURE_REQUIRE("cycles", atomic_load(&census->called) == kept,
                    "callbacks did not run once for each weak reference");
    rt_decref(t, census->badge);
    rt_decref(t, census->shelter);
    const char *violation = rt_gc_audit(t);
    TORTURE_REQUIRE("cycles", violation == NULL, violation);
    free(census);
}

const Subject torture_cycles = {
    .name = "cycles",
    .weight = 20,
    .set_up = set_up,
    .begin = begin,
    .step = step,
    .verify = verify,
};
