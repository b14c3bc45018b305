// none.c: None, the one value of its type.
#include "object/format.h"
#include "object/types.h"

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

const RtType rt__none_type = {.name = "NoneType", .hash = hash, .repr = repr};

// In read-only memory: a count that were written would be found at once.
static const RtObject none = {.ref = RT_REF_IMMORTAL, .type = &rt__none_type};

RtObject *rt_none(void)
{
    return (RtObject *)&none;
}
