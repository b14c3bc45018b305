// sizes.c: sys.getsizeof.
//
// What an object takes itself, its arrays with it: in the runtime's own bytes, which are not
// CPython's.
#include "modules/modules.h"
#include "object/bytes.h"
#include "object/int.h"
#include "object/tuple.h"
#include "state/span.h"

// Static objects are in no span, and an immortal may be one: what it is made of tells.
static size_t immortal_size(const RtObject *object)
{
    const RtType *type = object->type;
    if (type == &rt__str_type) return sizeof(RtStr) + ((const RtStr *)object)->size + 1;
    if (type == &rt__int_type || type == &rt__bool_type) return sizeof(RtInt);
    if (type == &rt__tuple_type)
        return sizeof(RtTuple) + ((const RtTuple *)object)->size * sizeof(RtObject *);
    if (type == &rt__type_type)
        return rt__type_of_class(object)->is_class ? sizeof(RtClass) : sizeof(RtType);
    return type->is_class ? rt__class_of_type(type)->instance_size : sizeof(RtObject);
}

RtObject *rt__sys_getsizeof(RtThread *t, RtObject *const *args, size_t count, RtObject *kwnames)
{
    (void)count, (void)kwnames;
    RtObject *object = args[0];
    size_t size = rt_ref_is_immortal(&object->ref) ? immortal_size(object)
                                                   : rt_span_of(object)->block_size;
    if (object->type->array_size != NULL) size += object->type->array_size(t, object);
    return rt_int_new(t, (int64_t)size);
}
