// policy.h: the chosen policies of this variant, and the contract each kind fulfils.
//
// The build names three headers (variants.cmake): a refcount, a lock and a heap policy. Each
// is complete in itself, defines its own per-object or per-section struct and the functions
// below, and knows nothing of the others. Everything above this layer calls these functions
// and never asks which policy it got: where a policy lacks something, a constant says so.
//
// Refcount policy (what stands in front of every object)
//   struct RtRef             the header without the type; has the bytes `lock` (for the lock
//                            policy) and `flags`, both atomic, whatever the counts look like
//   RT_REF_IMMORTAL          static initialiser of an RtRef that no count ever changes
//   rt_ref_prepare           a new block, never used: its header reads "free"
//   rt_ref_begin             a free block becomes an object with one reference, the caller's
//   rt_ref_recycle           a dead object's header reads "free" again, for the heap's owner
//   rt_ref_is_live           not free (the refcount word is not zero)
//   rt_ref_incref            takes a reference; the caller has one (own or borrowed)
//   rt_ref_decref            drops one; true: it was the last, the caller destroys the object
//   rt_ref_try_incref        takes a reference to an object that may be dying or free, in
//                            memory that is still a header; false: it could not
//   rt_ref_share             from now on rt_ref_try_incref finds the object alive in any thread, as
//                            long as it is; the caller's reference, or one under a lock that it
//                            holds, stays meanwhile
//   rt_ref_is_unique         exactly one reference exists and it is the caller's thread's
//   rt_ref_count             references that a live, not immortal object has; those of deferring
//                            and of a merge queue are none (but one that waits for its thread
//                            counts until rt_ref_settle). Nobody else runs
//   rt_ref_revive            the dead object, whose finalizer is about to run, has one reference
//                            again, the caller's, who found it dead
//   rt_ref_is_immortal, rt_ref_make_immortal (the caller's is the only reference)
//   rt_ref_defer             makes the count never reach zero: only the collector frees it, for
//                            it sees the references that there are (rt_ref_count). The object is
//                            the caller's, and nobody else can reach it yet. Does nothing where
//                            counts stay exact
//   rt_ref_undefer           ... by this, on any object it frees, which it has a reference to
//   rt_ref_is_deferred       constant from before the object is shared until the collector has
//                            found that nobody can reach it
//   rt_ref_drain             merges what waits for thread `owner`, returns how many objects that
//                            were; see refcount_biased.c
//   rt_ref_settle            shows rt_ref_count what waits for thread `owner`. Nobody else runs
//   RT_REF_NEEDS_THREAD_HEAP  blocks must come from a heap with one owner thread
//   RT_REF_THREADSAFE         counts may be changed by two threads at once
//
// Lock policy
//   struct RtSection         a critical section, on the caller's stack
//   rt_section_begin/end     one object; rt_section_begin_two/end_two: two, any order, may be
//                            the same object twice
//   RtHold rt_hold_begin/end a section on one object in which nothing can suspend it and no other
//                            begins (debug builds assert that); it may stand inside sections.
//                            What is begun is given to end
//   rt_section_suspend_all   gives up every section of the thread, because it will block
//   rt_section_resume        takes the innermost one back after that
//   rt_lock_init, destroy    the policy's part of a runtime
//   rt_lock_take, drop       the right to run at all: the GIL
//   RT_LOCK_EXCLUDES_THREADS  at most one attached thread runs at a time
//   RT_LOCK_PROTECTS          two attached threads may use one object safely
//   RT_LOCK_ALLOWS_UNLOCKED_READS  items are read without the section where a reader can tell
//                            that it was not disturbed; what it may still look at is freed
//                            after a grace period (state/grace.h)
//
// Heap policy
//   rt_heap_for              the heap of a thread state
//   rt_heap_is_foreign       whether a block of that heap is another thread's
//   RT_HEAP_PER_THREAD
#ifndef RT_POLICY_POLICY_H
#define RT_POLICY_POLICY_H

#include RT_REFCOUNT_HEADER
#include RT_LOCK_HEADER
#include RT_HEAP_HEADER

// One line per function of the contract: a policy with another signature does not compile.
#define RT_POLICY_SIGNATURE(function, ...)                                                       \
    _Static_assert(__builtin_types_compatible_p(__typeof__(&(function)), __VA_ARGS__),           \
                   "policy contract: " #function)

RT_POLICY_SIGNATURE(rt_ref_prepare, void (*)(RtRef *, uint16_t));
RT_POLICY_SIGNATURE(rt_ref_begin, void (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_recycle, void (*)(RtRef *, uint16_t));
RT_POLICY_SIGNATURE(rt_ref_is_live, bool (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_incref, void (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_ref_decref, bool (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_ref_try_incref, bool (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_ref_share, void (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_is_unique, bool (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_ref_count, int64_t (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_revive, void (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_is_immortal, bool (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_make_immortal, void (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_defer, void (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_ref_undefer, void (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_ref_is_deferred, bool (*)(RtRef *));
RT_POLICY_SIGNATURE(rt_ref_drain, size_t (*)(RtThread *, RtThread *));
RT_POLICY_SIGNATURE(rt_ref_settle, void (*)(RtThread *));

RT_POLICY_SIGNATURE(rt_section_begin, void (*)(RtThread *, RtSection *, RtRef *));
RT_POLICY_SIGNATURE(rt_section_end, void (*)(RtThread *, RtSection *));
RT_POLICY_SIGNATURE(rt_section_begin_two, void (*)(RtThread *, RtSection *, RtRef *, RtRef *));
RT_POLICY_SIGNATURE(rt_section_end_two, void (*)(RtThread *, RtSection *));
RT_POLICY_SIGNATURE(rt_hold_begin, RtHold (*)(RtThread *, RtRef *));
RT_POLICY_SIGNATURE(rt_hold_end, void (*)(RtThread *, RtHold));
RT_POLICY_SIGNATURE(rt_section_suspend_all, void (*)(RtThread *));
RT_POLICY_SIGNATURE(rt_section_resume, void (*)(RtThread *));
RT_POLICY_SIGNATURE(rt_lock_init, void (*)(RtRuntime *));
RT_POLICY_SIGNATURE(rt_lock_destroy, void (*)(RtRuntime *));
RT_POLICY_SIGNATURE(rt_lock_take, void (*)(RtThread *));
RT_POLICY_SIGNATURE(rt_lock_drop, void (*)(RtThread *));

RT_POLICY_SIGNATURE(rt_heap_for, RtHeap *(*)(RtThread *));
RT_POLICY_SIGNATURE(rt_heap_is_foreign, bool (*)(RtThread *, RtHeap *));

// Combinations that cannot be right. (`unlocked` passes: it promises nothing to two threads,
// RT_LOCK_PROTECTS is false there, and it serves as the negative control.)
_Static_assert(!RT_REF_NEEDS_THREAD_HEAP || RT_HEAP_PER_THREAD,
               "biased counts find an object's owner through its heap: one heap per thread");
_Static_assert(!RT_LOCK_PROTECTS || RT_LOCK_EXCLUDES_THREADS || RT_REF_THREADSAFE,
               "threads that run at once need thread-safe counts");
_Static_assert(!RT_LOCK_ALLOWS_UNLOCKED_READS || RT_REF_THREADSAFE,
               "who reads without a lock takes references that others drop meanwhile");
_Static_assert(!RT_LOCK_PROTECTS || RT_LOCK_EXCLUDES_THREADS || RT_HEAP_PER_THREAD,
               "threads that run at once need a heap each");

#endif
