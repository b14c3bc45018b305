// weakref.c: weak references, and the table that leads to them from the objects that they lead
// to.
//
// An object has a flag that says whether any exist, and its address leads to a bucket of the
// runtime's table. So an object without weak references pays for them with a look at a byte
// when it dies, and one with them has no room for them in its body. The table is divided into
// stripes, by address. A stripe's lock guards its buckets, the links of the weak references in
// them, and what these lead to.
//
// Get against the last decref. A weak reference is in a bucket as long as it leads to an
// object, and the dead object takes it out, under the lock, before its block is freed. So
// whoever holds the lock and finds an object has found that very object, alive or dying, and
// not what comes after it in its block; and then the count decides (rt_ref_try_incref), in one
// step. If it is taken from zero, the object is dead and get says so; else it lives on. That
// another thread's try may succeed at all is seen to when the weak reference is made
// (rt_ref_share).
//
// Death against death. A weak reference may die while its object does, in another thread. The
// object's thread wants to call its callback, and asks it for a reference under the lock, while
// it is in the bucket; it cannot be freed before it has had that lock in its turn. A callback
// is taken from its weak reference under the lock, by whoever comes first: the one to call it,
// the weak reference's destruction, or a collector.
//
// An object dies in CPython's order (subtype_dealloc): finalizer, weak references, the rest. In
// the finalizer it can still be got, and be brought back.
#include "object/weakref.h"

#include "base/scatter.h"
#include "object/array.h"
#include "object/format.h"
#include "object/slots.h"
#include "object/track.h"
#include "rt_inline.h"

#define FIRST_CAPACITY 16

// What is not guarded by the stripe's lock is constant, but for the hash.
struct RtWeakref {
    RtObject base;
    RtWeakStripe *stripe;
    _Atomic(RtObject *) referent; // NULL: dead, for good, and in no bucket. Written in the lock
    RtWeakref *next;              // in its bucket; or, taken out of it, of those to call
    RtWeakref **link;             // what leads here, in its bucket
    RtWeakCallback callback;      // NULL: there was none, or it has been taken
    RtObject *argument;           // the callback's
    _Atomic int64_t hash; // its object's, all who store it store the same; -1: not known
};

static RtWeakref *weakref_of(RtObject *object)
{
    RT_ASSERT(object->type == &rt__weakref_type);
    return (RtWeakref *)object;
}

// ------------------------------------------------------------------ the table

void rt__weak_init(RtRuntime *runtime)
{
    for (size_t i = 0; i < RT_WEAK_STRIPES; i++)
        rt_mutex_init(&runtime->weak.stripes[i].mutex);
}

void rt__weak_destroy(RtRuntime *runtime)
{
    for (size_t i = 0; i < RT_WEAK_STRIPES; i++) {
        rt_array_free(runtime->weak.stripes[i].buckets);
        rt_mutex_destroy(&runtime->weak.stripes[i].mutex);
    }
}

// Where one thread runs at a time, or where nothing is protected, there is nothing to lock.
static void lock(RtWeakStripe *stripe)
{
    if (RT_LOCK_PROTECTS && !RT_LOCK_EXCLUDES_THREADS) rt_mutex_lock(&stripe->mutex);
}

static void unlock(RtWeakStripe *stripe)
{
    if (RT_LOCK_PROTECTS && !RT_LOCK_EXCLUDES_THREADS) rt_mutex_unlock(&stripe->mutex);
}

static uint64_t scramble(uintptr_t address)
{
    return rt_scatter(address / RT_GRANULE);
}

// By the place in the span alone: so when a stripe grows does not depend on where the system put
// the spans, and what a failing allocation does can be repeated.
static RtWeakStripe *stripe_of(RtRuntime *runtime, const RtObject *object)
{
    uint64_t bits = scramble((uintptr_t)object % RT_SPAN_SIZE) >> 56;
    return &runtime->weak.stripes[bits % RT_WEAK_STRIPES];
}

static uint64_t bucket_bits(const RtObject *object)
{
    return scramble((uintptr_t)object) >> 28;
}

// The stripe has buckets.
static RtWeakBucket *bucket_locked(const RtWeakStripe *stripe, const RtObject *object)
{
    return &stripe->buckets[bucket_bits(object) & (stripe->capacity - 1)];
}

static RtObject *referent_of(RtWeakref *ref)
{
    return rt_atomic_load_relaxed(&ref->referent);
}

static void insert_locked(RtWeakref **link, RtWeakref *ref)
{
    ref->link = link;
    ref->next = *link;
    if (ref->next != NULL) ref->next->link = &ref->next;
    *link = ref;
}

static void remove_locked(RtWeakref *ref)
{
    *ref->link = ref->next;
    if (ref->next != NULL) ref->next->link = ref->link;
}

// A chain's weak references go to one of two, in the same order, by a bit of the hash.
static void split_locked(RtWeakref *chain, RtWeakref **low, RtWeakref **high, uint64_t bit)
{
    while (chain != NULL) {
        RtWeakref *ref = chain;
        chain = ref->next;
        RtWeakref ***end = bucket_bits(referent_of(ref)) & bit ? &high : &low;
        ref->link = *end;
        **end = ref;
        *end = &ref->next;
    }
    *low = NULL;
    *high = NULL;
}

// Moves all to twice the buckets, unless somebody else did. Returns the array to free.
static RtWeakBucket *move_locked(RtWeakStripe *stripe, RtWeakBucket *larger, size_t capacity)
{
    if (capacity <= stripe->capacity) return larger;
    for (size_t i = 0; i < stripe->capacity; i++) {
        RtWeakBucket *low = &larger[i];
        RtWeakBucket *high = &larger[i + stripe->capacity];
        split_locked(stripe->buckets[i].plain, &low->plain, &high->plain, stripe->capacity);
        split_locked(stripe->buckets[i].calling, &low->calling, &high->calling,
                     stripe->capacity);
    }
    RtWeakBucket *old = stripe->buckets;
    stripe->buckets = larger;
    stripe->capacity = capacity;
    return old;
}

// The array is made outside of the lock, as the interned strings' (object/intern.c).
static bool grow(RtThread *t, RtWeakStripe *stripe, size_t seen)
{
    size_t capacity = seen == 0 ? FIRST_CAPACITY : seen * 2;
    RtWeakBucket *larger = rt_array_alloc_zeroed(capacity * sizeof *larger);
    if (larger == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return false;
    }
    lock(stripe);
    RtWeakBucket *old = move_locked(stripe, larger, capacity);
    unlock(stripe);
    rt_array_free(old);
    return true;
}

// ------------------------------------------------------------------ making one

// In no bucket yet.
static RtWeakref *make(RtThread *t, RtWeakStripe *stripe, RtWeakCallback callback,
                       RtObject *argument)
{
    RtWeakref *ref = (RtWeakref *)rt__object_new(t, &rt__weakref_type, sizeof *ref);
    if (rt_unlikely(ref == NULL)) return NULL;
    ref->stripe = stripe;
    rt_atomic_store_relaxed(&ref->referent, NULL);
    ref->callback = callback;
    ref->argument = NULL;
    if (callback != NULL && argument != NULL) ref->argument = rt_new_ref(t, argument);
    rt_atomic_store_relaxed(&ref->hash, (int64_t)-1);
    rt_ref_share(&ref->base.ref); // for the thread in which its object dies
    rt__gc_track(t, &ref->base);
    return ref;
}

static void link_locked(RtWeakref *ref, RtObject *object)
{
    RtWeakBucket *bucket = bucket_locked(ref->stripe, object);
    rt_ref_share(&object->ref);
    rt__object_set_flag(object, RT_FLAG_WEAK);
    rt_atomic_store_relaxed(&ref->referent, object);
    insert_locked(ref->callback == NULL ? &bucket->plain : &bucket->calling, ref);
    ref->stripe->used++;
}

static void unlink_locked(RtWeakref *ref)
{
    remove_locked(ref);
    ref->stripe->used--;
    rt_atomic_store_relaxed(&ref->referent, NULL);
}

// A new reference to the weak reference without a callback, if there is one that is alive.
static RtWeakref *share_plain_locked(RtThread *t, RtWeakStripe *stripe, RtObject *object)
{
    if (stripe->capacity == 0 || !(rt__object_flags(object) & RT_FLAG_WEAK)) return NULL;
    for (RtWeakref *ref = bucket_locked(stripe, object)->plain; ref != NULL; ref = ref->next) {
        if (referent_of(ref) == object && rt_try_incref(t, &ref->base)) return ref;
    }
    return NULL;
}

// One that somebody made, or `made`, which may be NULL, becoming it; NULL: there is neither, or
// no room. *capacity is then how many buckets there are, and *full says if that is too few.
static RtWeakref *settle(RtThread *t, RtWeakStripe *stripe, RtObject *object, bool plain,
                         RtWeakref *made, size_t *capacity, bool *full)
{
    lock(stripe);
    *capacity = stripe->capacity;
    *full = stripe->used >= stripe->capacity;
    RtWeakref *found = plain ? share_plain_locked(t, stripe, object) : NULL;
    if (found == NULL && made != NULL && !*full) {
        link_locked(made, object);
        found = made;
    }
    unlock(stripe);
    return found;
}

RtObject *rt_weakref_new(RtThread *t, RtObject *object, RtWeakCallback callback,
                         RtObject *argument)
{
    if (object->type->traverse == NULL || object->type == &rt__weakref_type) {
        rt_error_set(t, RT_ERROR_TYPE, "there are no weak references to objects of this type");
        return NULL;
    }
    RtWeakStripe *stripe = stripe_of(t->runtime, object);
    RtWeakref *made = NULL;
    RtWeakref *found;
    size_t capacity;
    bool full;
    while ((found = settle(t, stripe, object, callback == NULL, made, &capacity, &full)) ==
           NULL) {
        if (full && !grow(t, stripe, capacity)) break;
        if (made == NULL && (made = make(t, stripe, callback, argument)) == NULL) break;
    }
    if (made != NULL && made != found) rt_decref(t, &made->base);
    return (RtObject *)found;
}

// ------------------------------------------------------------------ using one

RtObject *rt_weakref_get(RtThread *t, RtObject *object)
{
    RtWeakref *ref = weakref_of(object);
    if (referent_of(ref) == NULL) return NULL; // for good
    lock(ref->stripe);
    RtObject *referent = referent_of(ref);
    RT_POINT(t, RT_POINT_WEAK_FOUND);
    if (referent != NULL && !rt_try_incref(t, referent)) referent = NULL;
    unlock(ref->stripe);
    return referent;
}

// ------------------------------------------------------------------ the death of the object

// Takes the weak references to the object out of a chain, and adds those with a callback to
// call at `end`, with a reference of the caller's on each. Returns the new end.
static RtWeakref **detach_locked(RtThread *t, RtWeakref *chain, const RtObject *object,
                                 RtWeakref **end)
{
    while (chain != NULL) {
        RtWeakref *ref = chain;
        chain = ref->next;
        if (referent_of(ref) != object) continue;
        unlink_locked(ref);
        if (ref->callback == NULL || !rt_try_incref(t, &ref->base)) continue;
        *end = ref;
        end = &ref->next;
    }
    return end;
}

// The same in the whole table.
static RtWeakref **detach(RtThread *t, RtObject *object, RtWeakref **end)
{
    RtWeakStripe *stripe = stripe_of(t->runtime, object);
    lock(stripe);
    RtWeakBucket *bucket = bucket_locked(stripe, object);
    detach_locked(t, bucket->plain, object, end); // has none to call
    end = detach_locked(t, bucket->calling, object, end);
    unlock(stripe);
    rt__object_clear_flag(object, RT_FLAG_WEAK);
    return end;
}

void rt__weak_clear(RtThread *t, RtObject *object)
{
    RT_POINT(t, RT_POINT_WEAK_DEAD);
    RtWeakref *calls = NULL;
    *detach(t, object, &calls) = NULL;
    rt__weak_call(t, calls);
}

void rt__weak_silence_garbage(RtObject *const *garbage, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (garbage[i]->type == &rt__weakref_type) weakref_of(garbage[i])->callback = NULL;
    }
}

RtWeakref *rt__weak_clear_garbage(RtThread *t, RtObject *const *garbage, size_t count)
{
    RtWeakref *calls = NULL;
    RtWeakref **end = &calls;
    for (size_t i = 0; i < count; i++) {
        if (rt__object_flags(garbage[i]) & RT_FLAG_WEAK) end = detach(t, garbage[i], end);
    }
    *end = NULL;
    return calls;
}

// ------------------------------------------------------------------ callbacks

// The callback and its argument, with the reference to it; NULL when they are taken already.
static RtWeakCallback take_callback_locked(RtWeakref *ref, RtObject **argument)
{
    RtWeakCallback callback = ref->callback;
    *argument = ref->argument;
    ref->callback = NULL;
    ref->argument = NULL;
    return callback;
}

static void call(RtThread *t, RtWeakref *ref)
{
    RtObject *argument;
    lock(ref->stripe);
    RtWeakCallback callback = take_callback_locked(ref, &argument);
    unlock(ref->stripe);
    if (callback != NULL) callback(t, &ref->base, argument);
    RtUnraisable unraisable = t->runtime->weak.unraisable;
    if (t->error_kind != RT_ERROR_NONE && unraisable != NULL) unraisable(t, &ref->base);
    rt_error_clear(t);
    rt_decref_null(t, argument);
}

// Objects die while an error is pending, which is not the callbacks'.
void rt__weak_call(RtThread *t, RtWeakref *calls)
{
    RtErrorKind pending_kind = t->error_kind;
    const char *pending_message = t->error_message;
    rt_error_clear(t);
    while (calls != NULL) {
        RtWeakref *ref = calls;
        calls = ref->next;
        call(t, ref);
        rt_decref(t, &ref->base);
    }
    rt_error_set(t, pending_kind, pending_message);
}

// ------------------------------------------------------------------ the rest of the type

// As CPython's: the object's, which is remembered beyond its death if it was asked for before.
static int64_t hash(RtThread *t, RtObject *object)
{
    RtWeakref *ref = weakref_of(object);
    int64_t known = rt_atomic_load_relaxed(&ref->hash);
    if (known != -1) return known;
    RtObject *referent = rt_weakref_get(t, object);
    if (referent == NULL) {
        rt_error_set(t, RT_ERROR_TYPE, "weak object has gone away");
        return -1;
    }
    known = rt_object_hash(t, referent);
    rt_decref(t, referent);
    rt_atomic_store_relaxed(&ref->hash, known);
    return known;
}

// The objects' while both live, else identity.
static int equal(RtThread *t, RtObject *a, RtObject *b)
{
    RtObject *x = rt_weakref_get(t, a);
    RtObject *y = rt_weakref_get(t, b);
    int same = x != NULL && y != NULL ? rt_object_equal(t, x, y) : a == b;
    rt_decref_null(t, x);
    rt_decref_null(t, y);
    return same;
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    RtObject *referent = rt_weakref_get(t, object);
    if (referent == NULL) return rt_str_new(t, "<weakref; dead>", 15);
    RtObject *text = rt__format(t, "<weakref; to '%s'>", referent->type->name);
    rt_decref(t, referent);
    return text;
}

// Out of the table, without a callback. Its end, whether by its count or by the collector.
static void release(RtThread *t, RtObject *object)
{
    RtWeakref *ref = weakref_of(object);
    RtObject *argument;
    RT_POINT(t, RT_POINT_WEAK_DEAD);
    lock(ref->stripe);
    if (referent_of(ref) != NULL) unlink_locked(ref);
    take_callback_locked(ref, &argument);
    unlock(ref->stripe);
    rt_decref_null(t, argument);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    RtObject *held = weakref_of(object)->argument;
    return held != NULL ? visit(held, argument) : 0;
}

const RtType rt__weakref_type = {
    RT_TYPE_BASE,
    .name = "weakref",
    .slots = &rt__weakref_slots,
    .finish = release,
    .traverse = traverse,
    .clear = release,
    .hash = hash,
    .equal = equal,
    .repr = repr,
    .trash_link = offsetof(RtWeakref, hash),
};

// ------------------------------------------------------------------ auditing

static const char *fault_of(const RtWeakBucket *bucket, const RtWeakStripe *stripe,
                            RtWeakref *const *link)
{
    RtObject *referent = referent_of(*link);
    if ((*link)->base.type != &rt__weakref_type) return "is among the weak references";
    if ((*link)->link != link) return "is not linked both ways";
    if (referent == NULL) return "is in the table and leads nowhere";
    if ((*link)->stripe != stripe || bucket_locked(stripe, referent) != bucket)
        return "is not where its object leads";
    return rt__object_flags(referent) & RT_FLAG_WEAK ? NULL : "leads to an object without flag";
}

static const RtObject *audit_chain(const RtWeakBucket *bucket, const RtWeakStripe *stripe,
                                   RtWeakref *const *link, const char **how)
{
    for (; *link != NULL; link = &(*link)->next) {
        *how = fault_of(bucket, stripe, link);
        if (*how != NULL) return &(*link)->base;
    }
    return NULL;
}

static const RtObject *audit_stripe(const RtWeakStripe *stripe, const char **how)
{
    for (size_t i = 0; i < stripe->capacity; i++) {
        const RtWeakBucket *bucket = &stripe->buckets[i];
        const RtObject *found = audit_chain(bucket, stripe, &bucket->plain, how);
        if (found == NULL) found = audit_chain(bucket, stripe, &bucket->calling, how);
        if (found != NULL) return found;
    }
    return NULL;
}

const RtObject *rt__weak_audit(const RtRuntime *runtime, const char **how)
{
    const RtObject *found = NULL;
    for (size_t i = 0; i < RT_WEAK_STRIPES && found == NULL; i++)
        found = audit_stripe(&runtime->weak.stripes[i], how);
    return found;
}
