// slots.c: objects handed from thread to thread through shared containers.
//
// Whoever replaces an item drops the last reference to an object that another thread made,
// which may have left since. Whoever takes one keeps it alive for a while.
#include "torture.h"

#include <stdlib.h>

#define SLOTS 32
#define HELD  16

typedef struct Slots {
    RtObject *list;     // SLOTS values, replaced in place
    RtObject *bag;      // values appended, popped, cleared
    RtObject *dict;     // SLOTS keys to values
    RtObject *instance; // a few attributes
} Slots;

typedef struct Hold {
    RtObject *values[HELD];
} Hold;

static Slots *slots_of(const Field *field)
{
    return field->shared[SUBJECT_SLOTS];
}

static void set_up(RtThread *t, Field *field)
{
    Slots *slots = calloc(1, sizeof *slots);
    field->shared[SUBJECT_SLOTS] = slots;
    slots->list = torture_must(t, rt_list_new(t, SLOTS));
    for (uint64_t i = 0; i < SLOTS; i++) {
        RtObject *value = torture_value_new(t, field->seed + i * 977);
        torture_done(t, rt_list_append(t, slots->list, value));
        rt_decref(t, value);
    }
    slots->bag = torture_must(t, rt_list_new(t, 0));
    slots->dict = torture_must(t, rt_dict_new(t));
    slots->instance = torture_must(t, rt_instance_new(t));
}

static void begin(Worker *worker)
{
    worker->own[SUBJECT_SLOTS] = calloc(1, sizeof(Hold));
}

// Absence is no failure in a container that others change; any other error is.
static RtObject *or_absent(RtThread *t, RtObject *found)
{
    if (found != NULL) return found;
    RtErrorKind kind = rt_error_kind(t);
    TORTURE_REQUIRE(
        "slots", kind == RT_ERROR_INDEX || kind == RT_ERROR_KEY || kind == RT_ERROR_ATTRIBUTE,
        "a read of a shared container failed with an odd error");
    rt_error_clear(t);
    return NULL;
}

static RtObject *attribute(Worker *worker)
{
    char letter = (char)('a' + (int)torture_draw(worker, 8));
    return torture_must(worker->t, rt_str_intern(worker->t, &letter, 1));
}

static void put(Worker *worker, Slots *slots, RtObject *value)
{
    RtThread *t = worker->t;
    switch (torture_draw(worker, 4)) {
    case 0:
        torture_done(t, rt_list_set(t, slots->list, torture_draw(worker, SLOTS), value));
        break;
    case 1:
        torture_done(t, rt_list_append(t, slots->bag, value));
        break;
    case 2: {
        RtObject *key = torture_int(t, (int64_t)torture_draw(worker, SLOTS) * 100);
        torture_done(t, rt_dict_set(t, slots->dict, key, value));
        rt_decref(t, key);
        break;
    }
    default: {
        RtObject *name = attribute(worker);
        torture_done(t, rt_instance_set(t, slots->instance, name, value));
        rt_decref(t, name);
        break;
    }
    }
}

static RtObject *take(Worker *worker, Slots *slots)
{
    RtThread *t = worker->t;
    switch (torture_draw(worker, 4)) {
    case 0:
        return torture_must(t, rt_list_get(t, slots->list, torture_draw(worker, SLOTS)));
    case 1:
        return or_absent(t, rt_list_pop(t, slots->bag));
    case 2: {
        RtObject *key = torture_int(t, (int64_t)torture_draw(worker, SLOTS) * 100);
        RtObject *value = or_absent(t, rt_dict_get(t, slots->dict, key));
        rt_decref(t, key);
        return value;
    }
    default: {
        RtObject *name = attribute(worker);
        RtObject *value = or_absent(t, rt_instance_get(t, slots->instance, name));
        rt_decref(t, name);
        return value;
    }
    }
}

// The value found goes where another was held, and that one is dropped.
static void hold(Worker *worker, RtObject *value)
{
    Hold *held = worker->own[SUBJECT_SLOTS];
    RtObject **place = &held->values[torture_draw(worker, HELD)];
    rt_decref_null(worker->t, *place);
    *place = value;
}

static void walk(RtThread *t, RtObject *dict)
{
    RtObject *key, *value;
    for (size_t position = 0; rt_dict_next(t, dict, &position, &key, &value);) {
        TORTURE_REQUIRE("slots", rt_int_check(key), "a dict's key is not an int any more");
        torture_value_check(t, value);
        rt_decref(t, key);
        rt_decref(t, value);
    }
}

static void sweep(Worker *worker, Slots *slots)
{
    RtThread *t = worker->t;
    switch (torture_draw(worker, 5)) {
    case 0:
        rt_list_clear(t, slots->bag);
        break;
    case 1:
        if (rt_list_size(t, slots->bag) < 500)
            torture_done(t, rt_list_extend(t, slots->bag, slots->list));
        break;
    case 2:
        rt_dict_clear(t, slots->dict);
        break;
    case 3:
        walk(t, slots->dict);
        break;
    default: {
        RtObject *text = torture_must(t, rt_object_repr(t, slots->list));
        rt_decref(t, text);
        break;
    }
    }
}

static void step(Worker *worker)
{
    Slots *slots = slots_of(worker->field);
    uint64_t draw = torture_draw(worker, 64);
    if (draw == 0) {
        sweep(worker, slots);
    } else if (draw < 32) {
        RtObject *value = torture_value_new(worker->t, torture_random(&worker->random));
        put(worker, slots, value);
        rt_decref(worker->t, value);
    } else {
        RtObject *value = take(worker, slots);
        if (value == NULL) return;
        torture_value_check(worker->t, value);
        hold(worker, value);
    }
}

// Values are found whole even after everybody else has dropped them.
static void settle(Worker *worker)
{
    Hold *held = worker->own[SUBJECT_SLOTS];
    for (unsigned i = 0; i < HELD; i++) {
        if (held->values[i] == NULL) continue;
        torture_value_check(worker->t, held->values[i]);
        rt_decref(worker->t, held->values[i]);
    }
    free(held);
}

static void verify(RtThread *t, Field *field)
{
    Slots *slots = slots_of(field);
    for (size_t i = 0; i < SLOTS; i++) {
        RtObject *value = torture_must(t, rt_list_get(t, slots->list, i));
        torture_value_check(t, value);
        rt_decref(t, value);
    }
    walk(t, slots->dict);
    rt_decref(t, slots->list);
    rt_decref(t, slots->bag);
    rt_decref(t, slots->dict);
    rt_decref(t, slots->instance);
    free(slots);
}

const Subject torture_slots = {"slots", 30, set_up, begin, step, settle, verify};
