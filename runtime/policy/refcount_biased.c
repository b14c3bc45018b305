// refcount_biased.c: the slow paths of biased counting and the merge queue.
//
// When a foreign drop is the last one seen (shared is zero, nothing merged), only the owner
// can tell whether references are left: its local count is not ours to read. So the dropper
// leaves its reference with the object, marks it QUEUED and tells the owner, who folds local
// into shared at a poll soon and destroys the object if nothing is left.
//
// The queue never allocates and never touches the object's body. A span has a bit per block
// ("merge pending") under a bit per word of them; an owner has a list of spans that have
// any. To queue: set the block's bit, the word's bit, and, if the span was not listed, list
// it. One consumer at a time takes from the list: the owner while ATTACHED, or a dropper
// that CLAIMED the state of an owner that is not running.
//
// Who drops many objects of one owner finds most of these marks set by the drops before. A mark
// that is set is not set again, so that its line need not come over; and the owner puts merging
// off for some polls while drops come thick (thread/attach.c), so that they stay set.
//
// Nothing is lost. Each step below that names two threads is a pair of operations in the one
// order of all sequentially consistent ones, where one of the two comes first:
//  - Bits. The setter sets pending, then looks at the word's bit in the summary and sets it if it
//    is clear, then looks at `merge_listed` and exchanges it if it is 0. The consumer clears the
//    summary's bit before it takes pending: a setter that still found the bit set looked before
//    that, so what it had set in pending is taken. And the consumer delists (the exchange)
//    before it looks at the summary a last time: a setter that found the span listed did so
//    before that, so this look finds the summary's bit, or it was cleared and pending taken.
//    A setter that looks later finds the span not listed, and of those one lists it.
//  - Wake-ups. The setter lists the span, or sees that somebody does, then looks for MERGE in the
//    owner's breaker and sets it if it is clear, then reads the owner's status. A polling owner
//    takes MERGE, then reads its list: a setter that still found MERGE set looked before that.
//    An owner that detaches to block sets its status, then reads its list; a claiming dropper
//    frees the status, then reads the list. So one of each pair sees the other: a queued object is
//    merged by its owner at a poll or detach, by this dropper, or by the dropper that had the
//    claim. Who saw a span listed that was not in the list yet, or not any more, leaves it to
//    the one that was about to push it, or that had popped it: that one lists the span and then
//    does all of this itself. A state SUSPENDED by a stop is looked at when the world starts
//    again (thread/world.c). An owner that detaches to wait for a lock does not look: it may hold
//    one, and a merge runs destructors. It polls soon.
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

// The three marks below are mostly set already, by drops before this one: each is looked at
// first, so that the line it is in stays shared.
static void set_summary(RtSpan *span, size_t word)
{
    uint64_t bit = (uint64_t)1 << (word % 64);
    _Atomic uint64_t *summary = &span->merge_summary[word / 64];
    if ((rt_atomic_load_seqcst(summary) & bit) == 0) rt_atomic_or_seqcst(summary, bit);
}

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

static void queue_for_owner(RtThread *t, RtRef *ref)
{
    RtSpan *span = rt_span_of(ref);
    RtThread *owner = span->heap->thread;
    size_t granule = (size_t)((char *)ref - (char *)span) / RT_GRANULE;
    size_t word = granule / 64;
    rt_account_add(&t->account, merge_queued, 1);
    RT_POINT(t, RT_POINT_MERGE_MARKED);
    rt_atomic_or_seqcst(&span->merge_pending[word], (uint64_t)1 << (granule % 64));
    set_summary(span, word);
    RT_POINT(t, RT_POINT_MERGE_PUBLISHED);
    if (take_listing(span)) list_span(owner, span);
    RT_POINT(t, RT_POINT_MERGE_LISTED);
    ask_to_merge(owner);
    if (rt__status(owner) != RT_STATUS_ATTACHED) rt_ref_drain(t, owner);
}

// A word of pending bits taken from the span; 0 when it has none. `*first` is the granule
// of the lowest bit.
static uint64_t take_word(RtSpan *span, size_t *first)
{
    for (size_t s = 0; s < RT_SPAN_SUMMARY; s++) {
        uint64_t summary = rt_atomic_load_seqcst(&span->merge_summary[s]);
        while (summary != 0) {
            uint64_t lowest = summary & -summary;
            size_t word = s * 64 + (size_t)__builtin_ctzll(summary);
            rt_atomic_and_seqcst(&span->merge_summary[s], ~lowest);
            uint64_t bits = rt_atomic_exchange_seqcst(&span->merge_pending[word], 0ull);
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
        if (rt_atomic_load_seqcst(&span->merge_summary[s]) == 0) continue;
        if (take_listing(span)) list_span(owner, span);
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

// They are in the droppers' caches: all are asked for before the first is waited for.
static void ask_for_headers(char *word, uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1)
        __builtin_prefetch(word + (unsigned)__builtin_ctzll(bits) * RT_GRANULE, 1);
}

// Merges up to a word of pending objects of an owner whose state the caller holds. Returns
// the dead among them as bits of the word at `*word`, and adds all to `*merged`.
static uint64_t merge_word(RtThread *t, RtThread *owner, char **word, size_t *merged)
{
    RtSpan *span = rt_atomic_load_acquire(&owner->merge_list);
    if (span == NULL) return 0; // another dropper was faster
    size_t first = 0;
    uint64_t bits = take_word(span, &first);
    if (bits == 0) delist_span(owner, span);
    *word = (char *)span + first * RT_GRANULE;
    uint64_t dead = 0;
    ask_for_headers(*word, bits);
    for (; bits != 0; bits &= bits - 1) {
        unsigned index = (unsigned)__builtin_ctzll(bits);
        *merged += 1;
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
size_t rt_ref_drain(RtThread *t, RtThread *owner)
{
    size_t merged = 0;
    while (rt_atomic_load_seqcst(&owner->merge_list) != NULL) {
        bool claimed = owner != t;
        if (claimed) RT_POINT(t, RT_POINT_MERGE_CLAIMING);
        if (claimed && !rt__status_move(owner, RT_STATUS_DETACHED, RT_STATUS_CLAIMED))
            return merged;
        if (claimed) RT_POINT(t, RT_POINT_MERGE_CLAIMED);
        char *word = NULL;
        uint64_t dead = merge_word(t, owner, &word, &merged);
        if (claimed) rt__claim_release(owner);
        destroy_word(t, word, dead);
    }
    return merged;
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
