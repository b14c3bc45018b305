// tests_publish.c: an object is made, filled without a lock, and shown to another thread.
#include "steps.h"

#define SECRET 7

// What is shown: a tuple of two tokens, written by plain stores. Who can find the tuple must
// find both.
static RtObject *make_pair(RtThread *t)
{
    RtObject *pair = must(rt_tuple_new(t, 2));
    rt_tuple_set_steal(pair, 0, token(t, SECRET));
    rt_tuple_set_steal(pair, 1, token(t, SECRET + 1));
    return pair;
}

enum { UNSET = 1, COMPLETE, INCOMPLETE };

// Drops the reference.
static int64_t look_at_pair(RtThread *t, RtObject *pair)
{
    if (pair == NULL) {
        rt_error_clear(t);
        return UNSET;
    }
    bool complete = rt_tuple_size(pair) == 2 &&
                    take_token(t, rt_tuple_get(t, pair, 0)) == SECRET &&
                    take_token(t, rt_tuple_get(t, pair, 1)) == SECRET + 1;
    rt_decref(t, pair);
    return complete ? COMPLETE : INCOMPLETE;
}

static unsigned judge_look(Actor *actor, Instance *instance)
{
    (void)actor;
    switch (instance->actors[1].seen[0]) {
    case UNSET:
        return 0;
    case COMPLETE:
        return 1;
    default:
        return 2;
    }
}

#define LOOKS                                                                                  \
    {                                                                                          \
        {"unset", "the reader was first", EVERYWHERE(ACCEPTABLE)},                             \
            {"complete", "the reader has the whole object", EVERYWHERE(ACCEPTABLE)},           \
            {"incomplete", "the reader has an object without its contents",                    \
             FORBIDDEN_IF_SAFE},                                                               \
    }

// ---------------------------------------------------------------- through an attribute

static void make_instance(Actor *actor, Instance *instance)
{
    instance->shared[0] = must(rt_instance_new(actor->t));
}

static void publish_in_attribute(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    RtObject *pair = make_pair(actor->t);
    must_do(rt_instance_set(actor->t, instance->shared[0], actor->names->ready, pair));
    rt_decref(actor->t, pair);
}

static void read_attribute(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    seen[0] = look_at_pair(t, rt_instance_get(t, instance->shared[0], actor->names->ready));
}

const Test publish_attribute = {
    .name = "publish_attribute",
    .operation = "x.ready = T(a, b) | x.ready",
    .question = "Is an object complete for a reader that finds it in an attribute?",
    .make = make_instance,
    .act = {publish_in_attribute, read_attribute},
    .judge = judge_look,
    .outcomes = LOOKS,
};

// ---------------------------------------------------------------- through a list

static void make_list(Actor *actor, Instance *instance)
{
    instance->shared[0] = must(rt_list_new(actor->t, 0));
}

static void publish_in_list(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    RtObject *pair = make_pair(actor->t);
    must_do(rt_list_append(actor->t, instance->shared[0], pair));
    rt_decref(actor->t, pair);
}

static void read_list(Actor *actor, Instance *instance, int64_t *seen)
{
    seen[0] = look_at_pair(actor->t, rt_list_get(actor->t, instance->shared[0], 0));
}

const Test publish_list = {
    .name = "publish_list",
    .operation = "x.append(T(a, b)) | x[0]",
    .question = "... that finds it in a list?",
    .make = make_list,
    .act = {publish_in_list, read_list},
    .judge = judge_look,
    .outcomes = LOOKS,
};

// ---------------------------------------------------------------- through a dict

static void make_dict(Actor *actor, Instance *instance)
{
    instance->shared[0] = must(rt_dict_new(actor->t));
}

static void publish_in_dict(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    RtObject *pair = make_pair(actor->t);
    must_do(rt_dict_set(actor->t, instance->shared[0], actor->names->ready, pair));
    rt_decref(actor->t, pair);
}

static void read_dict(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    seen[0] = look_at_pair(t, rt_dict_get(t, instance->shared[0], actor->names->ready));
}

const Test publish_dict = {
    .name = "publish_dict",
    .operation = "d[k] = T(a, b) | d[k]",
    .question = "... that finds it in a dict?",
    .make = make_dict,
    .act = {publish_in_dict, read_dict},
    .judge = judge_look,
    .outcomes = LOOKS,
};
