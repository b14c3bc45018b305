// none.c: None, NotImplemented and Ellipsis, each the one value of its type.
#include "object/format.h"
#include "object/slots.h"
#include "object/value.h"

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t, (void)object;
    return 0xfca86420; // CPython's since 3.12: a constant, so that set orders repeat
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    (void)object;
    return rt_str_new(t, "None", 4);
}

const RtType rt__none_type = {RT_TYPE_BASE, .name = "NoneType", .hash = hash, .repr = repr};

// In read-only memory: a count that were written would be found at once.
static const RtObject none = {.ref = RT_REF_IMMORTAL, .type = &rt__none_type};

RtObject *rt_none(void)
{
    return (RtObject *)&none;
}

static RtObject *repr_not_implemented(RtThread *t, RtObject *object)
{
    (void)object;
    return rt_str_new(t, "NotImplemented", 14);
}

const RtType rt__not_implemented_type = {
    RT_TYPE_BASE,
    .name = "NotImplementedType",
    .hash = rt__identity_hash,
    .repr = repr_not_implemented,
};

static const RtObject not_implemented = {.ref = RT_REF_IMMORTAL,
                                         .type = &rt__not_implemented_type};

RtObject *rt_not_implemented(void)
{
    return (RtObject *)&not_implemented;
}

static RtObject *repr_ellipsis(RtThread *t, RtObject *object)
{
    (void)object;
    return rt_str_new(t, "Ellipsis", 8);
}

const RtType rt__ellipsis_type = {RT_TYPE_BASE, .name = "ellipsis", .hash = rt__identity_hash,
                                  .repr = repr_ellipsis};

static const RtObject ellipsis = {.ref = RT_REF_IMMORTAL, .type = &rt__ellipsis_type};

RtObject *rt__ellipsis(void)
{
    return (RtObject *)&ellipsis;
}
