// super.c: super(class, object), which the translator writes out: attributes of the object, looked
// up from the class's parent on.
#include "object/format.h"
#include "object/track.h"
#include "vm/descriptor.h"
#include "vm/operations.h"

typedef struct RtSuper {
    RtObject base;
    RtObject *trash;
    const RtType *after; // a class: immortal
    RtObject *self; // an object of that class, or (in a classmethod) a class derived from it
} RtSuper;

static inline RtSuper *super_of(RtObject *object)
{
    return (RtSuper *)object;
}

static bool is_derived(const RtObject *object, const RtType *from)
{
    return rt__is_class(object) && rt__is_subtype(rt__type_of_class(object), from);
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
    if (!rt__is_instance(args[1], after) && !is_derived(args[1], after)) {
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

static RtObject *get_attr(RtThread *t, RtObject *object, RtObject *name)
{
    RtSuper *super_ = super_of(object);
    RtClass *owner;
    uint32_t index;
    const RtType *parent = super_->after->parent;
    RtObject *value = rt__type_find(t, parent != NULL ? parent : &rt__object_type, name, &owner,
                                    &index);
    if (value == NULL) return NULL;
    if (is_derived(super_->self, super_->after))
        return rt__bind_steal(t, value, NULL, rt__type_of_class(super_->self));
    return rt__bind_steal(t, value, super_->self, super_->self->type);
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
