// tests_counters.c: x.v += 1, x[0] += 1, d[k] += 1: get, add, set.
#include "steps.h"

// How a counter is incremented.
enum { BARE = 0, CALLING = 1, LOCKED = 2 }; // bits

// Where the counter is: the same steps on an attribute, a list's element, a dict's value.
typedef struct Place {
    RtObject *(*make)(RtThread *t);
    RtObject *(*get)(RtThread *t, RtObject *holder, RtObject *name);
    bool (*set)(RtThread *t, RtObject *holder, RtObject *name, RtObject *value);
} Place;

static RtObject *make_list(RtThread *t)
{
    return token_list(t, (const int64_t[]){0}, 1);
}
static RtObject *get_element(RtThread *t, RtObject *list, RtObject *name)
{
    (void)name;
    return rt_list_get(t, list, 0);
}
static bool set_element(RtThread *t, RtObject *list, RtObject *name, RtObject *value)
{
    (void)name;
    return rt_list_set(t, list, 0, value);
}

static const Place attribute = {rt_instance_new, rt_instance_get, rt_instance_set};
static const Place element = {make_list, get_element, set_element};
static const Place value = {rt_dict_new, rt_dict_get, rt_dict_set};

static void make_counter(Actor *actor, Instance *instance, const Place *place)
{
    RtObject *zero = token(actor->t, 0);
    instance->shared[0] = must(place->make(actor->t));
    must_do(place->set(actor->t, instance->shared[0], actor->names->value, zero));
    rt_decref(actor->t, zero);
}

static void add_one(Actor *actor, RtObject *holder, const Place *place)
{
    RtThread *t = actor->t;
    int64_t count = take_token(t, place->get(t, holder, actor->names->value));
    if (actor->test->variation & CALLING) poll_inside(actor);
    RtObject *more = token(t, count + 1);
    must_do(place->set(t, holder, actor->names->value, more));
    rt_decref(t, more);
}

static void increment(Actor *actor, Instance *instance, const Place *place)
{
    RtObject *holder = instance->shared[0];
    if (!(actor->test->variation & LOCKED)) {
        add_one(actor, holder, place);
        return;
    }
    RtSection section;
    rt_lock_object(actor->t, &section, holder);
    add_one(actor, holder, place);
    rt_unlock_object(actor->t, &section);
}

enum { BOTH, LOST };
#define COUNTED                                                                                \
    {                                                                                          \
        "2", "both increments count", EVERYWHERE(ACCEPTABLE)                                   \
    }
#define LOSES(expect)                                                                          \
    {                                                                                          \
        "1", "one of the increments is lost", expect                                           \
    }

static unsigned judge_count(Actor *actor, Instance *instance, const Place *place)
{
    RtThread *t = actor->t;
    int64_t count = take_token(t, place->get(t, instance->shared[0], actor->names->value));
    return count == 2 ? BOTH : count == 1 ? LOST : OUTCOME_OTHER;
}

// ---------------------------------------------------------------- the three places

static void make_attribute(Actor *a, Instance *i)
{
    make_counter(a, i, &attribute);
}
static void make_element(Actor *a, Instance *i)
{
    make_counter(a, i, &element);
}
static void make_value(Actor *a, Instance *i)
{
    make_counter(a, i, &value);
}

static void increment_attribute(Actor *a, Instance *i, int64_t *seen)
{
    (void)seen;
    increment(a, i, &attribute);
}
static void increment_element(Actor *a, Instance *i, int64_t *seen)
{
    (void)seen;
    increment(a, i, &element);
}
static void increment_value(Actor *a, Instance *i, int64_t *seen)
{
    (void)seen;
    increment(a, i, &value);
}

static unsigned judge_attribute(Actor *a, Instance *i)
{
    return judge_count(a, i, &attribute);
}
static unsigned judge_element(Actor *a, Instance *i)
{
    return judge_count(a, i, &element);
}
static unsigned judge_value(Actor *a, Instance *i)
{
    return judge_count(a, i, &value);
}

#define ATTRIBUTE                                                                              \
    .make = make_attribute, .act = {increment_attribute, increment_attribute},                 \
    .judge = judge_attribute
#define ELEMENT                                                                                \
    .make = make_element, .act = {increment_element, increment_element}, .judge = judge_element
#define VALUE                                                                                  \
    .make = make_value, .act = {increment_value, increment_value}, .judge = judge_value

// ---------------------------------------------------------------- the tests

const Test attribute_increment = {
    .name = "attribute_increment",
    .operation = "x.v += 1",
    .question =
        "Can an increment of an attribute be lost, if threads switch at loop ends only?",
    ATTRIBUTE,
    .outcomes = {COUNTED, LOSES(FORBIDDEN_UNDER_GIL)},
};
const Test attribute_increment_call = {
    .name = "attribute_increment_call",
    .operation = "x.v = f(x.v)",
    .question = "... if they may also switch at a call between get and set?",
    .polls = true,
    ATTRIBUTE,
    .outcomes = {COUNTED, LOSES(EVERYWHERE(INTERESTING))},
    .variation = CALLING,
};
const Test attribute_increment_locked = {
    .name = "attribute_increment_locked",
    .operation = "section(x): x.v += 1",
    .question = "... in a critical section on the object?",
    ATTRIBUTE,
    .outcomes = {COUNTED, LOSES(FORBIDDEN_IF_SAFE)},
    .variation = LOCKED,
};
// A section is given up where its thread blocks or stops. Nothing here makes it do so with
// object locks; under a GIL, where a section is nothing, every switch does.
const Test attribute_increment_locked_call = {
    .name = "attribute_increment_locked_call",
    .operation = "section(x): x.v = f(x.v)",
    .question = "... in a critical section that polls? (It is no lock that lasts.)",
    .polls = true,
    ATTRIBUTE,
    .outcomes = {COUNTED, LOSES(EVERYWHERE(INTERESTING))},
    .variation = LOCKED | CALLING,
};
const Test list_increment = {
    .name = "list_increment",
    .operation = "x[0] += 1",
    .question = "Can an increment of a list's element be lost?",
    ELEMENT,
    .outcomes = {COUNTED, LOSES(FORBIDDEN_UNDER_GIL)},
};
const Test list_increment_locked = {
    .name = "list_increment_locked",
    .operation = "section(x): x[0] += 1",
    .question = "... in a critical section on the list?",
    ELEMENT,
    .outcomes = {COUNTED, LOSES(FORBIDDEN_IF_SAFE)},
    .variation = LOCKED,
};
const Test dict_increment = {
    .name = "dict_increment",
    .operation = "d[k] += 1",
    .question = "Can an increment of a dict's value be lost?",
    VALUE,
    .outcomes = {COUNTED, LOSES(FORBIDDEN_UNDER_GIL)},
};
const Test dict_increment_locked = {
    .name = "dict_increment_locked",
    .operation = "section(d): d[k] += 1",
    .question = "... in a critical section on the dict?",
    VALUE,
    .outcomes = {COUNTED, LOSES(FORBIDDEN_IF_SAFE)},
    .variation = LOCKED,
};
