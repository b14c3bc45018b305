// config.h: every tunable of the runtime, its range, and the reason for its value.
#ifndef RT_CONFIG_H
#define RT_CONFIG_H

// Threads of a runtime at a time, for an object's header has 16 bits for its owner, and ids are
// odd. (Linux lets a system have 32768 by default where its users have not asked for more.)
#define RT_THREADS_MOST 32768u

// How long a thread waits for the GIL before it asks the holder to drop it. CPython's
// default since 3.2 (sys.getswitchinterval() == 0.005). Range: 1 us and more.
#define RT_SWITCH_INTERVAL_NS 5000000ull

// Pool: blocks of one size, in a span aligned to its size, so that an address mask leads from
// any object to its span. Arena: what is mapped from the system, to hold pools. Powers of two,
// 4 KiB <= pool <= 256 KiB, arena >= pool. alloc/README.md tells how these were chosen.
#ifdef RT_CLASSIC_POOLS // CPython's from 2.3 to 3.9
#define RT_SPAN_SIZE  (4u * 1024u)
#define RT_ARENA_SIZE (256u * 1024u)
#else // CPython's since 3.10
#define RT_SPAN_SIZE  (16u * 1024u)
#define RT_ARENA_SIZE (1024u * 1024u)
#endif

// Requests up to this many bytes are served by size classes, as in CPython's pymalloc
// (since 3.3: 512); larger objects get a span of their own.
#define RT_SMALL_LIMIT 512u

// A heap looks for empty pools when it has grown by this share of its pools, and by this many
// at least, since it last looked. The share bounds how much memory waits to be found; looking
// costs a few nanoseconds a free block. Range: 1 and more.
#define RT_SWEEP_SHARE 8u
#define RT_SWEEP_LEAST 16u

// Blocks that a thread gathers for one class of another thread's heap before it sends them, at
// most, and after how many bytes of them at the latest. Range: 1 to 64 blocks, 0 bytes and more.
// The more, the fewer atomic operations, and the later they arrive: each block costs a thread
// 512 bytes, and the owner may need as many bytes more in each class. With 2 KiB, objects of up
// to 64 bytes still go by 32.
#define RT_OUTBOX_BLOCKS 32u
#define RT_OUTBOX_BYTES  2048u

// How many polls a thread lets pass before it merges what others drop of its objects, for each
// that came last time beyond the first, and at most. A poll that is let pass costs some
// nanoseconds, an object that is merged alone about a hundred more than one of many.
// Range: 0 and more; 0: it merges at each poll.
#define RT_MERGE_POLLS    16u
#define RT_MERGE_PATIENCE 256u

// Bytes of dead large objects that a heap keeps for its next large objects.
#define RT_LARGE_KEPT (1024u * 1024u)

// Distance between size classes and alignment of blocks; CPython's since 3.7.
#define RT_GRANULE 16u

// A taken object lock is looked at after 1 pause, 2, 4, and so on up to this many, before the
// waiter parks: about the cost of one park (futex sleep and wake, some us) in all. Two threads that
// want one lock (lock_shared) get it 1.6 times as often as with a look at each pause. PyMutex
// (CPython) looks 40 times, with a sched_yield before each. 0: park at once.
#define RT_LOCK_SPINS 64

// A waiter that has slept this long is handed the lock instead of having to compete for
// it: the bound on unfairness. 1 ms in CPython's PyMutex and in WebKit's WTF::Lock.
#define RT_LOCK_FAIR_NS 1000000ull

// Buckets of the parking lot; a prime, so that aligned addresses spread. CPython: 257.
#define RT_LOT_BUCKETS 257u

// Turns of spinning while the world stops, before the stopper sleeps, and while it stands
// still, before a stopped thread does. A running thread polls within a fraction of a
// microsecond, a young collection takes ten; this is some tens of microseconds.
#define RT_WORLD_SPINS 2000

// How long a sleeping stopper waits before it looks at the threads again (CPython: 1 ms).
#define RT_WORLD_RECHECK_NS 1000000ull

// Bytes of arrays that a thread lets wait for readers before it begins a grace period for them.
// Beginning one costs about as much as a hundred small arrays' freeing, and while they wait,
// arrays are made of cold memory: so this stays well below a second-level cache. Range: 0 and more.
#define RT_RETIRED_BYTES ((size_t)64 * 1024)

// How many polls a thread lets pass at most before it looks again whether a grace period has passed
// for what it retired: 1 after the first look, then twice as many each time. A thread that runs
// answers within a poll or two; one that has lost its core does not for milliseconds, and each look
// costs a hundred nanoseconds, a mutex and the other's cache line.
// Range: 1 and more.
#define RT_RECLAIM_PATIENCE 1024u

// Destructions nested deeper than this are put on the trash list; CPython's trashcan
// limit. Any value from 1; the stack it needs is this times the deepest dealloc's frame.
#define RT_TRASH_DEPTH 50

// Parts of the table of weak references, each with its own lock, so that threads seldom meet.
// CPython's free-threaded build has 127. A power of two, at most 256.
#define RT_WEAK_STRIPES 64u

// How deep hash, equality and repr follow nested objects before that is an error; CPython's
// default recursion limit. Each level takes some 500 bytes of stack.
#define RT_RECURSION_LIMIT 1000u

// The cycle collector's generations, and the thresholds that start a collection: generation 0
// after so many containers made and not yet dead, each older one after so many collections of
// the one below. CPython's from 2.0 to 3.11. 0: never by itself.
#define RT_GC_GENERATIONS 3u
#ifdef RT_GC_STRESS // every few containers, so that bugs have a chance
#define RT_GC_THRESHOLD_0 5u
#define RT_GC_THRESHOLD_1 2u
#define RT_GC_THRESHOLD_2 2u
#else
#define RT_GC_THRESHOLD_0 700u
#define RT_GC_THRESHOLD_1 10u
#define RT_GC_THRESHOLD_2 10u
#endif

// A full collection waits until the objects that grew old since the last one are more than
// the long-lived divided by this, so that a growing heap is collected in linear time
// altogether. CPython's since 2.7.
#define RT_GC_LONG_LIVED_SHARE 4u

// Containers a heap remembers before it enters them in its spans' tables. Room for a young
// generation at the default thresholds; 8 KiB a heap. Range: 1 and more.
#define RT_GC_YOUNG 1024u

#endif
