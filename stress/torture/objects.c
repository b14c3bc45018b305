// objects.c: small helpers, and objects that say themselves what they must contain.
//
// A value is a tuple of its seed and a payload that is derived from it. So whoever finds one,
// in whatever thread, can tell whether it is whole: a block that was freed too early and
// used again gives another payload, or none.
#include "torture.h"

#include <stdio.h>
#include <string.h>

RtObject *torture_must(RtThread *t, RtObject *object)
{
    TORTURE_REQUIRE("objects", object != NULL, rt_error_message(t));
    return object;
}

void torture_done(RtThread *t, bool done)
{
    TORTURE_REQUIRE("objects", done, rt_error_message(t));
}

RtObject *torture_int(RtThread *t, int64_t value)
{
    return torture_must(t, rt_int_new(t, value));
}

int64_t torture_list_int(RtThread *t, RtObject *list, size_t index)
{
    RtObject *item = torture_must(t, rt_list_get(t, list, index));
    TORTURE_REQUIRE("objects", rt_int_check(item), "an int was expected in a list");
    int64_t value = rt_int_value(item);
    rt_decref(t, item);
    return value;
}

void torture_list_set_int(RtThread *t, RtObject *list, size_t index, int64_t value)
{
    RtObject *item = torture_int(t, value);
    torture_done(t, rt_list_set(t, list, index, item));
    rt_decref(t, item);
}

RtObject *torture_int_list(RtThread *t, size_t count, int64_t value)
{
    RtObject *list = torture_must(t, rt_list_new(t, 0));
    for (size_t i = 0; i < count; i++) {
        RtObject *item = torture_int(t, value);
        torture_done(t, rt_list_append(t, list, item));
        rt_decref(t, item);
    }
    return list;
}

// ------------------------------------------------------------------ payloads

static int64_t number(uint64_t seed)
{
    return (int64_t)(torture_random(&seed) >> 3) - ((int64_t)1 << 58);
}

static RtObject *text(RtThread *t, uint64_t seed)
{
    // Up to 700 bytes: beyond RT_SMALL_LIMIT an object has a span of its own.
    char bytes[701];
    size_t size = seed % 7 == 0 ? seed % 700 : seed % 40;
    memset(bytes, 'a' + (int)(seed % 26), size);
    return torture_must(t, rt_str_new(t, bytes, size));
}

static RtObject *name(RtThread *t, uint64_t seed)
{
    char bytes[16];
    int size = snprintf(bytes, sizeof bytes, "name%u", (unsigned)(seed % 64));
    return torture_must(t, rt_str_intern(t, bytes, (size_t)size));
}

static RtObject *tuple(RtThread *t, uint64_t seed)
{
    size_t size = seed % 11 == 0 ? 100 + seed % 100 : seed % 6;
    RtObject *made = torture_must(t, rt_tuple_new(t, size));
    for (size_t i = 0; i < size; i++)
        rt_tuple_set_steal(made, i, torture_int(t, number(seed + i)));
    return made;
}

static RtObject *list(RtThread *t, uint64_t seed)
{
    RtObject *made = torture_must(t, rt_list_new(t, seed % 3));
    for (size_t i = 0; i < seed % 20; i++) {
        RtObject *item = torture_int(t, number(seed + i));
        torture_done(t, rt_list_append(t, made, item));
        rt_decref(t, item);
    }
    return made;
}

static RtObject *dict(RtThread *t, uint64_t seed)
{
    RtObject *made = torture_must(t, rt_dict_new(t));
    for (size_t i = 0; i < seed % 12; i++) {
        RtObject *key = torture_int(t, (int64_t)i * 1000);
        RtObject *value = torture_int(t, number(seed + i));
        torture_done(t, rt_dict_set(t, made, key, value));
        rt_decref(t, key);
        rt_decref(t, value);
    }
    return made;
}

static RtObject *instance(RtThread *t, uint64_t seed)
{
    RtObject *made = torture_must(t, rt_instance_new(t));
    for (size_t i = 0; i < 1 + seed % 5; i++) {
        RtObject *attribute = name(t, seed + i);
        RtObject *value = torture_int(t, number(seed + i));
        torture_done(t, rt_instance_set(t, made, attribute, value));
        rt_decref(t, attribute);
        rt_decref(t, value);
    }
    return made;
}

static RtObject *payload(RtThread *t, uint64_t seed)
{
    switch ((seed >> 32) % 9) {
    case 0:
        return torture_int(t, (int64_t)(seed % 262) - 5);
    case 1:
        return torture_int(t, number(seed));
    case 2:
        return torture_must(t, rt_float_new(t, (double)(seed % 1000003) / 7));
    case 3:
        return text(t, seed);
    case 4:
        return name(t, seed);
    case 5:
        return tuple(t, seed);
    case 6:
        return list(t, seed);
    case 7:
        return dict(t, seed);
    default:
        return instance(t, seed);
    }
}

// ------------------------------------------------------------------ whole values

RtObject *torture_value_new(RtThread *t, uint64_t seed)
{
    RtObject *value = torture_must(t, rt_tuple_new(t, 2));
    rt_tuple_set_steal(value, 0, torture_int(t, (int64_t)(seed >> 4)));
    rt_tuple_set_steal(value, 1, payload(t, seed >> 4));
    return value;
}

static void check_instance(RtThread *t, RtObject *object, uint64_t seed)
{
    for (size_t i = 0; i < 1 + seed % 5; i++) {
        RtObject *attribute = name(t, seed + i);
        RtObject *value = torture_must(t, rt_instance_get(t, object, attribute));
        TORTURE_REQUIRE("objects", rt_int_value(value) == number(seed + i),
                        "an instance lost an attribute's value");
        rt_decref(t, value);
        rt_decref(t, attribute);
    }
}

// Instances are equal only to themselves; everything else is compared with a fresh copy.
static void check_payload(RtThread *t, RtObject *found, uint64_t seed)
{
    RtObject *expected = payload(t, seed);
    TORTURE_REQUIRE("objects", rt_type_of(found) == rt_type_of(expected),
                    "a value's payload has another type");
    if ((seed >> 32) % 9 == 8)
        check_instance(t, found, seed);
    else
        TORTURE_REQUIRE("objects", rt_object_equal(t, found, expected) == 1,
                        "a value's payload is not what its seed says");
    rt_decref(t, expected);
}

void torture_value_check(RtThread *t, RtObject *value)
{
    RtObject *seed = torture_must(t, rt_tuple_get(t, value, 0));
    TORTURE_REQUIRE("objects", rt_int_check(seed), "a value lost its seed");
    RtObject *found = torture_must(t, rt_tuple_get(t, value, 1));
    check_payload(t, found, (uint64_t)rt_int_value(seed));
    rt_decref(t, found);
    rt_decref(t, seed);
}
