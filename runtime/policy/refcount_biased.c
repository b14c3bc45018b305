// refcount_biased.c: the slow paths of biased counting and the merge queue.
//
// When a foreign drop finds `shared` at zero and nothing merged, the reference it drops is one
// of the local count, and only the owner can tell whether others are left: that count is not
// ours to read. So the dropper leaves its reference with the object and tells the owner, by a
// mark in the object's span. The mark is that reference: whoever takes it drops it. The owner
// does so at a poll soon. If that was all there was, the object is dead, and nobody but the
// owner has written to its header. Else it folds local into shared.
//
// The queue never allocates and never touches the object's body. A span has a bit per block
// ("merge pending"); an owner has a list of spans that have any. To queue: set the block's bit,
// and, if the span was not listed, list it. One consumer at a time takes from the list: the
// owner while ATTACHED, or a dropper that CLAIMED the state of an owner that is not running.
//
// Who drops many objects of one owner finds most spans listed by the drops before, and the
// owner asked. What is set is not set again, so that its line need not come over; and the owner
// puts merging off for some polls while drops come thick (thread/attach.c), so that it stays
// set.
//
// Nothing is lost. Each step below that names two threads is a pair of operations in the one
// order of all sequentially consistent ones, where one of the two comes first:
//  - Bits. The setter sets pending, then looks at `merge_listed` and exchanges it if it is 0. The
//    consumer takes the span out of the list and clears `merge_listed` (the exchange), before
//    it looks at pending: a setter that found the span listed did so before that, so this look
//    finds what it had set. A setter that looks later finds the span not listed, and of those
//    one lists it.
//  - Wake-ups. The setter lists the span, or sees that somebody does, then looks for MERGE in the
//    owner's breaker and sets it if it is clear, then reads the owner's status. A polling owner
//    takes MERGE, then reads its list: a setter that still found MERGE set looked before that.
//    An owner that detaches to block sets its status, then reads its list; a claiming dropper
//    frees the status, then reads the list. So one of each pair sees the other: a queued object is
//    merged by its owner at a poll or detach, by this dropper, or by the dropper that had the
//    claim. Who saw a span listed that was not in the list yet, or not any more, leaves it to
//    the one that was about to push it, or that had popped it: that one lists the span and then
//    does all of this itself, or looks at the span's bits. A state SUSPENDED by a stop is looked
//    at when the world starts again (thread/world.c). An owner that detaches to wait for a lock
//    does not look: it may hold one, and a merge runs destructors. It polls soon.
//  - Single consumer. ATTACHED and CLAIMED exclude each other by the status word, so only
//    one thread pops; others only push; a span is pushed again only after it was popped and
//    its `merge_listed` cleared. So a pop that finds the head unchanged found it untouched.
#include "policy/policy.h"
#include "state/span.h"

// Release, for readers that take the block for what it was before (rt__ref_try_incref_shared).
void rt__ref_incref_shared(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, incref_shared, 1);
    rt_atomic_add_release(&ref->shared, RT_REF_SHARED_ONE);
}

// ------------------------------------------------------------------ the queue

static void list_span(RtThread *owner, RtSpan *span)
{
    RtSpan *head = rt_atomic_load_relaxed(&owner->merge_list);
    do {
        rt_atomic_store_relaxed(&span->merge_next, head);
    } while (!rt_atomic_cas_seqcst(&owner->merge_list, &head, span));
}

// This and the request below are mostly there already, by drops before this one: each is looked
// at first, so that the line it is in stays shared.
//
// True: the caller lists the span.
static bool take_listing(RtSpan *span)
{
    return rt_atomic_load_seqcst(&span->merge_listed) == 0 &&
           rt_atomic_exchange_seqcst(&span->merge_listed, 1u) == 0;
}

static void ask_to_merge(RtThread *owner)
{
    if ((rt_atomic_load_seqcst(&owner->breaker) & RT_BREAK_MERGE) == 0)
        rt__breaker_set(owner, RT_BREAK_MERGE);
}

// Leaves the dropped reference to the owner. False: one of this object's waits already, and the
// caller keeps its own, to take it off the shared count: below zero that stays QUEUED, and the
// one that waits keeps the object alive until the owner has added both up.
static bool queue_for_owner(RtThread *t, RtRef *ref)
{
    RtSpan *span = rt_span_of(ref);
    RtThread *owner = span->heap->thread;
    uint32_t index = rt_span_index(span, ref);
    uint64_t bit = (uint64_t)1 << (index % 64);
    RT_POINT(t, RT_POINT_MERGE_QUEUING);
    if (rt_atomic_or_seqcst(&span->merge_pending[index / 64], bit) & bit) return false;
    rt_account_add(&t->account, merge_queued, 1);
    RT_POINT(t, RT_POINT_MERGE_PUBLISHED);
    if (take_listing(span)) list_span(owner, span);
    RT_POINT(t, RT_POINT_MERGE_LISTED);
    ask_to_merge(owner);
    if (rt__status(owner) != RT_STATUS_ATTACHED) rt_ref_drain(t, owner);
    return true;
}

// The first span of the list, no longer in it; NULL: another dropper was faster.
static RtSpan *take_span(RtThread *owner)
{
    RtSpan *span = rt_atomic_load_acquire(&owner->merge_list);
    RtSpan *next;
    do {
        if (span == NULL) return NULL;
        next = rt_atomic_load_relaxed(&span->merge_next);
    } while (!rt_atomic_cas_seqcst(&owner->merge_list, &span, next));
    rt_atomic_exchange_seqcst(&span->merge_listed, 0u);
    return span;
}

static RtRef *ref_in(RtSpan *span, size_t word, uint64_t bits)
{
    uint32_t index = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
    return (RtRef *)rt_span_block(span, index);
}

// The headers may be in the droppers' caches: all are asked for before the first is waited for.
static void take_pending(RtSpan *span, uint64_t taken[RT_SPAN_WORDS])
{
    for (size_t word = 0; word < RT_SPAN_WORDS; word++) {
        taken[word] = rt_atomic_load_seqcst(&span->merge_pending[word]);
        if (taken[word] == 0) continue;
        taken[word] = rt_atomic_exchange_seqcst(&span->merge_pending[word], 0ull);
        for (uint64_t bits = taken[word]; bits != 0; bits &= bits - 1)
            __builtin_prefetch(ref_in(span, word, bits), 1);
    }
}

// Folds the local count into the shared one and drops the queue's reference. True: dead.
// The stores come before the compare-and-swap that shows MERGED: after it, another thread
// may drop the rest and free the block.
static bool fold(RtRef *ref, int64_t local)
{
    rt_atomic_store_relaxed(&ref->local, 0u);
    rt_atomic_store_relaxed(&ref->owner, 0u);
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    int64_t merged;
    do {
        int64_t count = (shared >> 2) + local - 1;
        RT_ASSERT(count >= 0);
        merged = count * RT_REF_SHARED_ONE | RT_REF_SHARED_MERGED;
    } while (!rt_atomic_cas_acq_rel(&ref->shared, &shared, merged));
    return merged == RT_REF_SHARED_MERGED;
}

// Drops the queue's reference to an object of `owner`, whose state the caller holds. True:
// dead.
//
// If that is the only one, nobody else can change the counts: as when the owner itself drops
// its last (rt_ref_decref), which only the owner may.
static bool merge(RtThread *t, RtThread *owner, RtRef *ref)
{
    rt_account_add(&t->account, merge_done, 1);
    uint32_t local = rt_atomic_load_relaxed(&ref->local);
    if (local != 1 || owner != t || rt_atomic_load_acquire(&ref->shared) != 0)
        return fold(ref, (int64_t)local);
    rt_atomic_store_relaxed(&ref->local, 0u);
    return true;
}

typedef struct Merged {
    RtSpan *span;
    uint64_t dead[RT_SPAN_WORDS]; // bit: the block with that number
} Merged;

// Merges what waits in one span of an owner whose state the caller holds. Returns how many
// objects that were.
static size_t merge_span(RtThread *t, RtThread *owner, Merged *merged)
{
    size_t count = 0;
    merged->span = take_span(owner);
    if (merged->span == NULL) return 0;
    take_pending(merged->span, merged->dead);
    for (size_t word = 0; word < RT_SPAN_WORDS; word++) {
        for (uint64_t bits = merged->dead[word]; bits != 0; bits &= bits - 1) {
            bool dead = merge(t, owner, ref_in(merged->span, word, bits));
            if (!dead) merged->dead[word] &= ~(bits & -bits);
            count++;
        }
    }
    rt_account_add(&t->account, merge_by_dropper, owner != t ? count : 0);
    return count;
}

// The span is one as long as a dead object in it is not destroyed.
static void destroy_merged(RtThread *t, const Merged *merged)
{
    if (merged->span == NULL) return;
    for (size_t word = 0; word < RT_SPAN_WORDS; word++) {
        for (uint64_t bits = merged->dead[word]; bits != 0; bits &= bits - 1)
            rt__object_destroy(t, ref_in(merged->span, word, bits));
    }
}

// Merges everything pending for `owner`: the caller itself, or a thread that does not run.
// At most a span of merges happens under the claim, and nothing is destroyed under it: an
// owner that wants to attach waits for a bounded time. The list is read again after every
// claim, a vain one too: somebody may have queued meanwhile and left it to this claim.
size_t rt_ref_drain(RtThread *t, RtThread *owner)
{
    size_t count = 0;
    while (rt_atomic_load_seqcst(&owner->merge_list) != NULL) {
        bool claimed = owner != t;
        if (claimed) RT_POINT(t, RT_POINT_MERGE_CLAIMING);
        if (claimed && !rt__status_move(owner, RT_STATUS_DETACHED, RT_STATUS_CLAIMED))
            return count;
        if (claimed) RT_POINT(t, RT_POINT_MERGE_CLAIMED);
        Merged merged;
        count += merge_span(t, owner, &merged);
        if (claimed) rt__claim_release(owner);
        destroy_merged(t, &merged);
    }
    return count;
}

static void show_queued(RtRef *ref)
{
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    if ((shared & RT_REF_SHARED_QUEUED) != 0) return; // or MERGED, which stays
    rt_atomic_store_release(&ref->shared,
                            (shared & ~RT_REF_SHARED_BITS) | RT_REF_SHARED_QUEUED);
}

// With the world stopped, nobody is between two steps of the above. Release, for readers that
// take the block for what it was before (rt__ref_try_incref_shared).
void rt_ref_settle(RtThread *owner)
{
    RtSpan *span = rt_atomic_load_acquire(&owner->merge_list);
    for (; span != NULL; span = rt_atomic_load_relaxed(&span->merge_next)) {
        for (size_t word = 0; word < RT_SPAN_WORDS; word++) {
            uint64_t bits = rt_atomic_load_acquire(&span->merge_pending[word]);
            for (; bits != 0; bits &= bits - 1)
                show_queued(ref_in(span, word, bits));
        }
    }
}

// ------------------------------------------------------------------ counts

// Whether a reference dropped by who is not the owner is one of the local count.
static bool is_local(int64_t shared)
{
    return shared == 0 || shared == RT_REF_SHARED_WEAK;
}

// Release: what this thread did to the object happens before its destruction. Acquire on
// the path that finds it dead, for the same reason.
bool rt__ref_decref_shared(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, decref_shared, 1);
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    int64_t after;
    do {
        if (is_local(shared) && queue_for_owner(t, ref)) return false;
        after = (is_local(shared) ? RT_REF_SHARED_QUEUED : shared) - RT_REF_SHARED_ONE;
    } while (!rt_atomic_cas_acq_rel(&ref->shared, &shared, after));
    RT_ASSERT((after & RT_REF_SHARED_BITS) != RT_REF_SHARED_MERGED || after >= 0);
    return after == RT_REF_SHARED_MERGED;
}

// The owner's count has just become zero, but others have or had references: `shared` becomes
// the whole truth. The owner gives up its id first: with MERGED visible, somebody else may
// free the block.
bool rt__ref_local_zero(RtThread *t, RtRef *ref)
{
    RT_POINT(t, RT_POINT_LOCAL_ZERO);
    rt_account_add(&t->account, merge_done, 1);
    rt_atomic_store_relaxed(&ref->owner, 0u);
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    int64_t merged;
    do {
        merged = shared | RT_REF_SHARED_MERGED;
    } while (!rt_atomic_cas_acq_rel(&ref->shared, &shared, merged));
    return merged == RT_REF_SHARED_MERGED;
}

// A reader without a counted reference (it found the pointer in a slot). Only a shared count
// above zero, or the WEAK or QUEUED mark, proves the object alive to a thread that cannot
// trust the local count; MERGED with zero is dead, PLAIN with zero may be.
//
// Acquire: the reader goes on to use the object. Or the block is another object's by now, and
// the reader finds that out by looking again at the place where it found the pointer. Whoever
// first made the new object's shared word such that this succeeds did so with a release, after
// the object began, after the block was freed, after the old one left that place. So the reader
// that got a reference to the new one does not find the pointer there, unless it is good.
bool rt__ref_try_incref_shared(RtThread *t, RtRef *ref)
{
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    do {
        if (shared == 0 || shared == RT_REF_SHARED_MERGED) return false;
    } while (!rt_atomic_cas_acquire(&ref->shared, &shared, shared + RT_REF_SHARED_ONE));
    rt_account_add(&t->account, incref, 1);
    rt_account_add(&t->account, incref_shared, 1);
    return true;
}

// Release, for readers that take the block for what it was before.
void rt__ref_share_slow(RtRef *ref)
{
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    while ((shared & RT_REF_SHARED_BITS) == 0 &&
           !rt_atomic_cas_release(&ref->shared, &shared, shared | RT_REF_SHARED_WEAK)) {
    }
}
