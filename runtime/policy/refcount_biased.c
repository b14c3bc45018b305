// refcount_biased.c: the slow paths of biased counting and the merge queue.
//
// When a foreign drop is the last one seen (shared is zero, nothing merged), only the owner
// can tell whether references are left: its local count is not ours to read. So the dropper
// leaves its reference with the object, marks it QUEUED and tells the owner, who folds local
// into shared at its next poll and destroys the object if nothing is left.
//
// The queue never allocates and never touches the object's body. A span has a bit per block
// ("merge pending") under a bit per word of them; an owner has a list of spans that have
// any. To queue: set the block's bit, the word's bit, and, if the span was not listed, list
// it. One consumer at a time takes from the list: the owner while ATTACHED, or a dropper
// that CLAIMED the state of an owner that is not running.
//
// Nothing is lost:
//  - Bits. The setter sets pending (release) before summary (release) before it exchanges
//    `merge_listed`. The consumer clears summary before it takes pending, and delists (the
//    exchange) before it looks at the summary a last time. Exchanges of one word are totally
//    ordered: either the setter's comes later, reads 0 and lists the span again, or it comes
//    earlier, and the consumer's acquire sees the bit in that last look.
//  - Wake-ups. The setter lists the span, then reads the owner's status. An owner that
//    detaches to block sets its status, then reads its list; a claiming dropper frees the
//    status, then reads the list. All four are sequentially consistent, so one of each pair
//    sees the other: a queued object is merged by its owner at the next poll or detach, by
//    this dropper, or by the dropper that had the claim. A state SUSPENDED by a stop is looked
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

static void queue_for_owner(RtThread *t, RtRef *ref)
{
    RtSpan *span = rt_span_of(ref);
    RtThread *owner = span->heap->thread;
    size_t granule = (size_t)((char *)ref - (char *)span) / RT_GRANULE;
    size_t word = granule / 64;
    rt_account_add(&t->account, merge_queued, 1);
    RT_POINT(t, RT_POINT_MERGE_MARKED);
    rt_atomic_or_release(&span->merge_pending[word], (uint64_t)1 << (granule % 64));
    rt_atomic_or_release(&span->merge_summary[word / 64], (uint64_t)1 << (word % 64));
    RT_POINT(t, RT_POINT_MERGE_PUBLISHED);
    if (rt_atomic_exchange_seqcst(&span->merge_listed, 1u) == 0) list_span(owner, span);
    rt__breaker_set(owner, RT_BREAK_MERGE);
    if (rt__status(owner) != RT_STATUS_ATTACHED) rt_ref_drain(t, owner);
}

// A word of pending bits taken from the span; 0 when it has none. `*first` is the granule
// of the lowest bit.
static uint64_t take_word(RtSpan *span, size_t *first)
{
    for (size_t s = 0; s < RT_SPAN_SUMMARY; s++) {
        uint64_t summary = rt_atomic_load_acquire(&span->merge_summary[s]);
        while (summary != 0) {
            uint64_t lowest = summary & -summary;
            size_t word = s * 64 + (size_t)__builtin_ctzll(summary);
            rt_atomic_and_acquire(&span->merge_summary[s], ~lowest);
            uint64_t bits = rt_atomic_exchange_acq_rel(&span->merge_pending[word], 0ull);
            *first = word * 64;
            if (bits != 0) return bits;
            summary &= ~lowest;
        }
    }
    return 0;
}

static void delist_span(RtThread *owner, RtSpan *span)
{
    RtSpan *head = span;
    RtSpan *next = rt_atomic_load_relaxed(&span->merge_next);
    if (!rt_atomic_cas_seqcst(&owner->merge_list, &head, next)) return; // others came first
    rt_atomic_exchange_seqcst(&span->merge_listed, 0u);
    for (size_t s = 0; s < RT_SPAN_SUMMARY; s++) {
        if (rt_atomic_load_acquire(&span->merge_summary[s]) == 0) continue;
        if (rt_atomic_exchange_seqcst(&span->merge_listed, 1u) == 0) list_span(owner, span);
        return;
    }
}

// Folds the local count into the shared one and drops the queue's reference. True: dead.
// The stores come before the compare-and-swap that shows MERGED: after it, another thread
// may drop the rest and free the block.
static bool merge(RtThread *t, RtRef *ref)
{
    int64_t local = (int64_t)rt_atomic_load_relaxed(&ref->local);
    rt_atomic_store_relaxed(&ref->local, 0u);
    rt_atomic_store_relaxed(&ref->owner, 0ull);
    rt_account_add(&t->account, merge_done, 1);
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    int64_t merged;
    do {
        int64_t count = (shared >> 2) + local - 1;
        RT_ASSERT(count >= 0);
        merged = count * RT_REF_SHARED_ONE | RT_REF_SHARED_MERGED;
    } while (!rt_atomic_cas_acq_rel(&ref->shared, &shared, merged));
    return merged == RT_REF_SHARED_MERGED;
}

// Merges up to a word of pending objects of an owner whose state the caller holds. Returns
// the dead among them as bits of the word at `*word`.
static uint64_t merge_word(RtThread *t, RtThread *owner, char **word)
{
    RtSpan *span = rt_atomic_load_acquire(&owner->merge_list);
    if (span == NULL) return 0; // another dropper was faster
    size_t first = 0;
    uint64_t bits = take_word(span, &first);
    if (bits == 0) delist_span(owner, span);
    *word = (char *)span + first * RT_GRANULE;
    uint64_t dead = 0;
    for (; bits != 0; bits &= bits - 1) {
        unsigned index = (unsigned)__builtin_ctzll(bits);
        if (merge(t, (RtRef *)(void *)(*word + index * RT_GRANULE))) dead |= 1ull << index;
        rt_account_add(&t->account, merge_by_dropper, owner != t);
    }
    return dead;
}

static void destroy_word(RtThread *t, char *word, uint64_t dead)
{
    for (; dead != 0; dead &= dead - 1) {
        unsigned index = (unsigned)__builtin_ctzll(dead);
        rt__object_destroy(t, (RtRef *)(void *)(word + index * RT_GRANULE));
    }
}

// Merges everything pending for `owner`: the caller itself, or a thread that does not run.
// At most a word of merges happens under the claim, and nothing is destroyed under it: an
// owner that wants to attach waits for a bounded time. The list is read again after every
// claim, a vain one too: somebody may have queued meanwhile and left it to this claim.
void rt_ref_drain(RtThread *t, RtThread *owner)
{
    while (rt_atomic_load_seqcst(&owner->merge_list) != NULL) {
        bool claimed = owner != t;
        if (claimed) RT_POINT(t, RT_POINT_MERGE_CLAIMING);
        if (claimed && !rt__status_move(owner, RT_STATUS_DETACHED, RT_STATUS_CLAIMED)) return;
        if (claimed) RT_POINT(t, RT_POINT_MERGE_CLAIMED);
        char *word = NULL;
        uint64_t dead = merge_word(t, owner, &word);
        if (claimed) rt__claim_release(owner);
        destroy_word(t, word, dead);
    }
}

// ------------------------------------------------------------------ counts

// Release: what this thread did to the object happens before its destruction. Acquire on
// the path that finds it dead, for the same reason.
bool rt__ref_decref_shared(RtThread *t, RtRef *ref)
{
    rt_account_add(&t->account, decref_shared, 1);
    int64_t shared = rt_atomic_load_relaxed(&ref->shared);
    int64_t after;
    bool queue;
    do {
        // PLAIN or WEAK with count zero: the reference dropped here is in the local count.
        queue = shared == 0 || shared == RT_REF_SHARED_WEAK;
        after = queue ? RT_REF_SHARED_QUEUED : shared - RT_REF_SHARED_ONE;
    } while (!rt_atomic_cas_acq_rel(&ref->shared, &shared, after));
    if (queue) queue_for_owner(t, ref);
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
    rt_atomic_store_relaxed(&ref->owner, 0ull);
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
