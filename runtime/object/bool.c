// bool.c: True and False: ints under another name, as in Python.
#include "object/int.h"
#include "object/slots.h"
#include "object/types.h"
#include "object/value.h"

static int64_t hash(RtThread *t, RtObject *object)
{
    (void)t;
    return rt__int_value(object);
}

static RtObject *repr(RtThread *t, RtObject *object)
{
    return rt__int_value(object) ? rt_str_new(t, "True", 4) : rt_str_new(t, "False", 5);
}

const RtType rt__bool_type = {
    RT_TYPE_BASE, .name = "bool", .slots = &rt__bool_slots, .parent = &rt__int_type,
    .hash = hash, .repr = repr};

// In read-only memory: a count that were written would be found at once.
const RtInt rt__bools[2] = {
    {.base = {.ref = RT_REF_IMMORTAL, .type = &rt__bool_type}, .tagged = 0},
    {.base = {.ref = RT_REF_IMMORTAL, .type = &rt__bool_type}, .tagged = 4},
};

RtObject *rt_bool(bool value)
{
    return rt__bool(value);
}
