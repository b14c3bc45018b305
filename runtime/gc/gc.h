// gc.h: the cycle collector.
//
// Counts free everything but cycles: objects that refer to each other and to which nothing
// else refers. The collector finds these by trial deletion, as CPython has since 2.0 (Neil
// Schemenauer): in a set of objects, take from each count the references that come from within
// the set. What is left above zero is referenced from outside, and so alive; whatever the
// living reach is alive too; the rest is garbage. It needs no roots, so references in C code
// and in registers need not be known: they are counts that nothing in the set explains.
//
// Generations. A container starts in generation 0 and moves up by surviving. Most die young,
// so a collection of generation 0 costs little and finds most. Objects of older generations are
// outside of the set; a young collection does not look at them.
//
// Membership is kept in side tables, not in links through objects, which a foreign thread would
// have to unlink when it frees one:
//  - A container's constructor stores its address in a buffer of its heap (object/track.h).
//    When that is full, or a collection begins, the entries become bits.
//  - Each span has a bit per block and generation, and each heap a list, per generation, of the
//    spans that may have any (gc/sets.h). Only the heap's owner writes them, or a collector
//    while the world is stopped.
//  - Nobody clears a bit when an object dies. Headers survive freeing, so a bit whose block is
//    free, or something else by now, shows itself: the next collection drops it, and an object
//    that enters generation 0 leaves the others. Freeing touches no table.
// Nothing here allocates, so making a container cannot fail for the collector's sake.
//
// A collection (gc/collect.c) stops the world, and under a GIL, which the caller holds, that is
// nothing. It makes one set of generations 0 to g, and works on a word for each block of a span
// (gc/trial.c), which says whether it is a member, and how many references are unexplained.
//   1. weigh     each member, in memory order: add to its word the references that its header
//                counts, and take one from the word of each member that it refers to. Sums
//                commute, so one pass does both
//   2. mark      the members still above zero and what they reach, with an explicit stack
//   3. sort      garbage into a list; all members move up a generation; then clear the weak
//                references to what is on the list, and take a reference to each
//                (or as it is listed, where it is known whose)
// The first pass also tries to spare the second. It begins with the objects that were referenced
// from outside at the last full collection, guesses that they are so still, and goes along what
// they reach, marking; then come the others in memory order. Whether the guess was right shows
// when all is weighed; if it was wrong of one object, the marks go and step 2 begins anew.
// A map of the spans that take part leads from a reference to its word (gc/map.h). The words,
// the map and the lists are the only memory needed; without it the collection is given up,
// and everything is as before but that the younger members are in generation g.
//
// Teardown (gc/teardown.c) runs code, so the world goes on before it begins. Nobody else can
// reach the garbage, by weak references neither; our references keep it whole. The callbacks of
// the weak references that were cleared come first, but for those that are garbage themselves:
// CPython 3.11's order (handle_weakrefs, then finalizers). So what a finalizer brings back
// has lost its weak references, and a weak reference that is brought back its callback.
//   4. finalize  each object that was not yet, once in its life. If any was, the world stops
//                once more, for counts can only be summed while no reference moves, and 1 and 2
//                are repeated on the list: what finalizers made reachable lives on
//   5. clear     each, which drops the references of the cycle, then drop ours. The counts do
//                the rest. What is still referenced then lives on in its generation
// Tuples have no `clear`; a cycle through one is broken elsewhere. Another collection may begin,
// in another thread, as soon as the world goes on: to it the references on the list are ones
// from outside, so what is being torn down is alive, and no object is on two lists. A thread
// that is about it begins no collection, as in CPython, so finalizers do not nest.
//
// Where threads with heaps of their own run at once, those that the stop found at a poll help
// (gc/parts.c). Each does every step on a part, its own heap, whose objects it has in its
// caches; the collecting thread has the rest, and does what a helper that fell asleep does not.
// A word belongs to its part: a reference from one part to another is put down, and seen to by
// the collecting thread between two steps. No guess is made then. Going on from the poll, each
// tears down its own garbage (4 and 5): the counts and blocks are its own. All weak references
// are cleared before the world goes on, so still before any finalizer.
//
// A finalizer reaches the garbage of its own part only, unless that refers to another's: then a
// resurrection here would keep what has been cleared there. So a member that is referenced from
// another part is marked, and if there is a finalizer in any part and such a mark on any garbage
// (a reference to garbage comes from garbage), all of it is the collecting thread's. Else each
// list is closed: what its own finalizers left referenced shows in the counts on it alone, who
// ever took hold of it meanwhile. So it is too if a program asked for the collection and there
// are finalizers or weak references, for it may rely on them to have run when that returns.
//
// A thread cannot leave with garbage to tear down, since it is within a poll; nor fork, being
// attached. If it detaches, in a finalizer that waits, the rest waits with it. Without memory
// for its share, that is the collecting thread's; without memory to repeat 1 and 2, everything
// on the list lives on, and is found again without its finalizers.
//
// When. Containers made less those that died, in all heaps since the last collection: above
// the threshold, the thread that notices sets its own eval breaker and collects at its next
// poll, where it may stop and run anything, as CPython does since 3.12; allocation never does.
// One collection runs at a time; another thread that is due meanwhile forgets it.
//
// Queued and deferred references (refcount_biased.h) are no references: rt_ref_count leaves
// them out. Immortals are never members, and what they refer to is alive.
#ifndef RT_GC_GC_H
#define RT_GC_GC_H

#include "gc/list.h"
#include "gc/map.h"
#include "object/object.h"
#include "state/runtime.h"

// Garbage that a thread is to tear down (gc/teardown.c). No garbage elsewhere refers to it, if
// any of it has a finalizer to run.
struct RtGcShare {
    RtGcShare *next;
    RtGcList garbage;    // with a reference of the thread's on each
    RtWeakref *calls;    // weak references to it whose callbacks are to be called first
    unsigned generation; // of the collection that found it
    bool finalizes;      // some of it has a finalizer to run
};

// A part of a collection: some of the heaps, and what is found out of their members. Only who
// works on the part touches it, its heaps' sets and their members' words (gc/parts.c); and it
// has cache lines of its own, for most fields are written for every member.
struct RtGcPart {
    _Alignas(128) RtCollection *c;
    RtThread *helper;      // it is this thread's heap; NULL: the collecting thread's part
    bool everywhere;       // nobody else works: all words are at hand
    RtGcPlace *places;     // those of its spans
    RtGcPlace *places_end;
    const RtGcPlace *here; // the place of the span that is being looked at
    RtObject *next;        // to be followed before those on the stack
    RtGcList stack;        // those whose references are not yet followed
    RtGcList guesses;      // those taken for referenced from outside before all was counted
    RtGcList foreign;      // members of other parts, for every reference to one
    RtGcList garbage;
    uint64_t examined; // members
    uint64_t reached;  // members that were followed
    uint64_t elsewhere; // members of other parts that were followed here
    bool finalizes;    // some of the garbage has a finalizer to run
    bool weak;         // some of it is referenced weakly, or a weak reference
    bool crossed;      // some of it is referenced from another part
    bool failed;       // no memory
    RtWeakref *calls;  // weak references to it whose callbacks are to be called
    RtGcShare *share;  // to give the helper its garbage in
    void (*step)(RtGcPart *p);
    _Atomic uint32_t done; // the helper has done that
};

// A collection under way.
struct RtCollection {
    RtThread *t;
    RtRuntime *runtime;
    unsigned generation;
    RtGcMap map;
    RtGcPart *parts; // the first is the collecting thread's
    unsigned part_count;
    RtGcPart only;     // where there is just one
    uint64_t examined; // the sums of all parts
    uint64_t reached;
    bool finalizes;
    bool weak;
    bool crossed;
    bool failed;
    bool awaited;      // the caller relies on all finalizers and callbacks to have run
    size_t shared_out; // objects that other threads tear down
};

void rt__gc_init(RtRuntime *runtime);
// Frees what the collector keeps of its own in the heaps; nobody runs any more.
void rt__gc_destroy(RtRuntime *runtime);

// Serves RT_BREAK_GC: collects if it is due still.
void rt__gc_serve(RtThread *t);

// Collects generations 0 to `generation`. How many objects were torn down, or -1 when there
// was no memory, without an error; 0 when a collection is under way. If it is awaited, nothing
// that a program could notice is left to other threads.
int64_t rt__gc_run(RtThread *t, unsigned generation, bool awaited);

// Of all heaps. The first while others run; the second makes it 0, with the world stopped.
int64_t rt__gc_young_count(RtRuntime *runtime);
void rt__gc_reset_young_count(RtRuntime *runtime);
// The thresholds have changed: every heap looks at them at its next container. World stopped.
void rt__gc_look_again(RtRuntime *runtime);

// The running thread is about to stop, or waits for others to: if that may be for a collection,
// enters what it has made lately, and gets the words for it, while others do the same.
void rt__gc_prepare(RtThread *t);

// Divides the heaps in parts, one for each thread that is waiting at a poll, or only one.
void rt__gc_divide(RtCollection *c);
// Has the step done on each part, by the helpers as far as they are awake, and sums up.
void rt__gc_in_parts(RtCollection *c, void (*step)(RtGcPart *p));
// The world is about to start: only the first part is left.
void rt__gc_dismiss_helpers(RtCollection *c);
void rt__gc_end_parts(RtCollection *c);
// The thread is stopped and awake: does a step on its own part, if there is one to be done.
void rt__gc_help(RtThread *t);

// Decides who tears what down: leaves each helper the garbage of its own part, if it may, and
// puts the rest into the first part. False: no memory. World stopped.
bool rt__gc_gather(RtCollection *c);
// Clears the weak references to the garbage, takes a reference to all of it, moves the members
// up, and gives the helpers their garbage. World stopped.
void rt__gc_share_out(RtCollection *c);
// The thread tears down what it was given.
void rt__gc_tear_down_shares(RtThread *t);

// Tears the first part's garbage down, and drops the list's references. Returns how many it
// tore down, the others having been brought back. The world runs.
size_t rt__gc_tear_down(RtCollection *c);

// Lists what of the generations 0 to `generation`, which are one set by now, is not reachable
// from outside. False: no memory, and nothing is listed. World stopped.
bool rt__gc_find_garbage(RtCollection *c);

// Trial deletion on garbage alone, on which the caller has a reference each: puts first what is
// referenced by nothing else still. Returns how many that is; 0 when there was no memory to
// tell. World stopped.
size_t rt__gc_still_unreachable(RtThread *t, const RtGcList *garbage);

// Stops the world for a part of a collection, and starts it again with what stop returned, so
// that the pause is accounted for.
uint64_t rt__gc_stop(RtThread *t);
void rt__gc_start(RtThread *t, uint64_t since);

// A span's words, all zero, unless it has them already; false: no memory.
bool rt__gc_need_words(RtSpan *span);
// The same, if they can be had without asking the system.
bool rt__gc_take_words(RtSpan *span);

#endif
