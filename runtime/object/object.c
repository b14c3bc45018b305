// object.c: what happens to objects of any type: destruction, hash, equality, repr.
#include "object/object.h"

#include "object/error.h"
#include "object/format.h"
#include "object/track.h"
#include "object/value.h"
#include "object/weakref.h"
#include "rt_inline.h"

// ------------------------------------------------------------------ destruction

// Destroying a container drops its references, which may destroy containers in turn. Beyond
// RT_TRASH_DEPTH the dead wait on a list that is linked through a word of their own bodies,
// so that a chain of any length is freed without recursion and without allocating.

static void put_off(RtThread *t, RtObject *object)
{
    RtObject **link = (RtObject **)(void *)((char *)object + object->type->trash_link);
    *link = t->trash.first;
    t->trash.first = object;
    rt_account_add(&t->account, trash_deferred, 1);
}

static RtObject *take_trash(RtThread *t)
{
    RtObject *object = t->trash.first;
    t->trash.first = *(RtObject **)(void *)((char *)object + object->type->trash_link);
    return object;
}

static void finish_and_free(RtThread *t, RtObject *object)
{
    uint8_t flags = rt__object_flags(object);
    if (rt_unlikely(flags != 0)) {
        if (flags & RT_FLAG_WEAK) rt__weak_clear(t, object);
        rt_atomic_store_relaxed(&object->ref.flags, 0u); // for the block's next object
    }
    if (object->type->finish != NULL) object->type->finish(t, object);
    rt__object_free(t, object);
}

void rt__object_finalize(RtThread *t, RtObject *object)
{
    if (!rt__object_has_finalizer(object)) return;
    rt__object_set_flag(object, RT_FLAG_FINALIZED);
    object->type->finalize(t, object);
}

// False: the finalizer gave the object a new reference.
static bool finalize_dead(RtThread *t, RtObject *object)
{
    if (rt__object_flags(object) & RT_FLAG_FINALIZED) return true;
    bool tracked = object->type->traverse != NULL;
    rt_ref_revive(&object->ref);
    rt__object_finalize(t, object);
    bool dead = rt_ref_decref(t, &object->ref); // if not, others may free it from here on
    if (!dead && tracked) rt__gc_track_again(t, object);
    return dead;
}

void rt__object_destroy_object(RtThread *t, RtObject *object)
{
    if (rt_unlikely(object->type->finalize != NULL) && !finalize_dead(t, object)) return;
    if (object->type->trash_link == 0) {
        finish_and_free(t, object);
        return;
    }
    rt__gc_untrack(t);
    if (t->trash.depth >= RT_TRASH_DEPTH) {
        put_off(t, object);
        return;
    }
    t->trash.depth++;
    finish_and_free(t, object);
    t->trash.depth--;
    // The outermost destruction empties the list, each entry at depth zero again.
    while (t->trash.depth == 0 && t->trash.first != NULL) {
        RtObject *next = take_trash(t);
        t->trash.depth++;
        finish_and_free(t, next);
        t->trash.depth--;
    }
}

void rt__object_destroy(RtThread *t, RtRef *ref)
{
    rt__object_destroy_object(t, (RtObject *)(void *)ref);
}

// ------------------------------------------------------------------ any type

const RtType *rt_type_of(const RtObject *object)
{
    return object->type;
}

const char *rt_type_name(const RtType *type)
{
    return type->name;
}

int64_t rt_object_hash(RtThread *t, RtObject *object)
{
    if (object->type->hash != NULL) return object->type->hash(t, object);
    rt__error_format(t, RT_ERROR_TYPE, "unhashable type: '%s'", object->type->name);
    return -1;
}

// A defaultdict and a dict compare as dicts.
static inline bool is_akin(const RtType *a, const RtType *b)
{
    return a == b || a->parent == b || a == b->parent;
}

int rt_object_equal(RtThread *t, RtObject *a, RtObject *b)
{
    if (a == b) return 1;
    if (rt__value_is_number(a) && rt__value_is_number(b)) return rt__value_equal(a, b);
    if (a->type->equal != NULL && (is_akin(a->type, b->type) || a->type->is_class))
        return a->type->equal(t, a, b);
    if (b->type->is_class && b->type->equal != NULL) return b->type->equal(t, b, a);
    return 0;
}

RtObject *rt_object_repr(RtThread *t, RtObject *object)
{
    if (object->type->repr != NULL) return object->type->repr(t, object);
    return rt__format(t, "<%s object>", object->type->name);
}
