// super.c: super(class, object), which the translator writes out: attributes of the object, looked
// up from the class's parent on.
#include "object/format.h"
#include "object/track.h"
#include "vm/operations.h"

typedef struct RtSuper {
    RtObject base;
    RtObject *trash;
    const RtType *after; // a class: immortal
    RtObject *self;
} RtSuper;

static inline RtSuper *super_of(RtObject *object)
{
    return (RtSuper *)object;
}

static RtObject *construct(RtThread *t, const RtType *type, RtObject *const *args, size_t count,
                           RtObject *kwnames)
{
    (void)type;
    if (count != 2 || kwnames != NULL || !rt__is_class(args[0])) {
        rt_error_set(t, RT_ERROR_RUNTIME, "super(): no arguments");
        return NULL;
    }
    const RtType *after = rt__type_of_class(args[0]);
    if (!rt__is_instance(args[1], after)) {
        rt_error_set(t, RT_ERROR_TYPE,
                     "super(type, obj): obj must be an instance or subtype of type");
        return NULL;
    }
    RtSuper *super_ = (RtSuper *)rt__object_new(t, &rt__super_type, sizeof(RtSuper));
    if (super_ == NULL) return NULL;
    super_->after = after;
    super_->self = rt_new_ref(t, args[1]);
    rt__gc_track(t, &super_->base);
    return &super_->base;
}

// What is called with the object before its arguments: a new reference, or NULL.
RtObject *rt__super_find(RtThread *t, RtObject *object, RtObject *name, RtObject **self)
{
    RtClass *owner;
    uint32_t index;
    const RtType *parent = super_of(object)->after->parent;
    *self = super_of(object)->self;
    return rt__type_find(t, parent != NULL ? parent : &rt__object_type, name, &owner, &index);
}

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    RtObject *self;
    RtObject *value = rt__super_find(t, object, name, &self);
    if (value == NULL) return NULL;
    if (!rt__is_method(value)) return value;
    RtObject *bound = rt__method_new(t, value, self);
    rt_decref(t, value);
    return bound;
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    return rt__format(t, "<super: <class '%s'>, <%s object>>", super_of(object)->after->name,
                      super_of(object)->self->type->name);
}

static void finish(RtThread *t, RtObject *object)
{
    rt_decref(t, super_of(object)->self);
}

static int traverse(RtObject *object, RtVisit visit, void *argument)
{
    return visit(super_of(object)->self, argument);
}

static const RtSlots slots = {.construct = construct, .get_attr = get_attr};

const RtType rt__super_type = {
    RT_TYPE_BASE,
    .name = "super",
    .slots = &slots,
    .finish = finish,
    .traverse = traverse,
    .repr = repr,
    .trash_link = offsetof(RtSuper, trash),
};
