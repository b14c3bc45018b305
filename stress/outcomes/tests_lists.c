// tests_lists.c: append, pop, extend and iteration on one list.
#include "steps.h"

// ---------------------------------------------------------------- append and append

static void make_empty(Actor *actor, Instance *instance)
{
    instance->shared[0] = must(rt_list_new(actor->t, 0));
}

static void append_own(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    append_token(actor->t, instance->shared[0], actor->index + 1);
}

static unsigned judge_appends(Actor *actor, Instance *instance)
{
    switch (list_digits(actor->t, instance->shared[0])) {
    case 12:
        return 0;
    case 21:
        return 1;
    case 1:
    case 2:
        return 2;
    default:
        return OUTCOME_OTHER;
    }
}

const Test list_append_append = {
    .name = "list_append_append",
    .operation = "x.append(a) | x.append(b)",
    .question = "Does the list have both items, when it has to grow for each?",
    .make = make_empty,
    .act = {append_own, append_own},
    .judge = judge_appends,
    .outcomes = {{"ab", "both items, in one order", EVERYWHERE(ACCEPTABLE)},
                 {"ba", "both items, in the other order", EVERYWHERE(ACCEPTABLE)},
                 {"one", "one of the items is lost", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- append and pop

static void make_one(Actor *actor, Instance *instance)
{
    instance->shared[0] = token_list(actor->t, (const int64_t[]){1}, 1);
}

static void append_two(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    append_token(actor->t, instance->shared[0], 2);
}

static void pop(Actor *actor, Instance *instance, int64_t *seen)
{
    seen[0] = take_token(actor->t, rt_list_pop(actor->t, instance->shared[0]));
}

static unsigned judge_append_pop(Actor *actor, Instance *instance)
{
    int64_t popped = instance->actors[1].seen[0];
    int64_t left = list_digits(actor->t, instance->shared[0]);
    if (popped == 2 && left == 1) return 0;
    if (popped == 1 && left == 2) return 1;
    return popped == left || left == 12 ? 2 : 3;
}

const Test list_append_pop = {
    .name = "list_append_pop",
    .operation = "x.append(b) | x.pop()",
    .question = "Is each item either popped or left, once?",
    .make = make_one,
    .act = {append_two, pop},
    .judge = judge_append_pop,
    .outcomes = {{"b popped", "the append came first", EVERYWHERE(ACCEPTABLE)},
                 {"a popped", "the pop came first", EVERYWHERE(ACCEPTABLE)},
                 {"twice", "an item was popped and is still there", FORBIDDEN_IF_SAFE},
                 {"lost", "an item is neither popped nor left", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- extend

static void make_empty_and_pair(Actor *actor, Instance *instance)
{
    make_empty(actor, instance);
    instance->shared[1] = token_list(actor->t, (const int64_t[]){1, 2}, 2);
}

static void extend_by_pair(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    must_do(rt_list_extend(actor->t, instance->shared[0], instance->shared[1]));
}

static void append_three(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    append_token(actor->t, instance->shared[0], 3);
}

static unsigned judge_extend_append(Actor *actor, Instance *instance)
{
    int64_t left = list_digits(actor->t, instance->shared[0]);
    switch (left) {
    case 123:
        return 0;
    case 312:
        return 1;
    case 132:
        return 2;
    default:
        return left != BAD && left < 100 ? 3 : OUTCOME_OTHER;
    }
}

const Test list_extend_append = {
    .name = "list_extend_append",
    .operation = "x.extend([a, b]) | x.append(c)",
    .question = "Does an extension stay in one piece beside an append?",
    .make = make_empty_and_pair,
    .act = {extend_by_pair, append_three},
    .judge = judge_extend_append,
    .outcomes = {{"abc", "the extension came first", EVERYWHERE(ACCEPTABLE)},
                 {"cab", "the append came first", EVERYWHERE(ACCEPTABLE)},
                 {"acb", "the append went into the extension", FORBIDDEN_IF_SAFE},
                 {"lost", "an item is lost", FORBIDDEN_IF_SAFE}},
};

static unsigned judge_extend_extend(Actor *actor, Instance *instance)
{
    int64_t left = list_digits(actor->t, instance->shared[0]);
    if (left == 1212) return 0;
    if (left == 1122) return 1;
    return left != BAD && left < 1000 ? 2 : OUTCOME_OTHER;
}

const Test list_extend_extend = {
    .name = "list_extend_extend",
    .operation = "x.extend([a, b]) | x.extend([a, b])",
    .question = "Do two extensions from one list stay in one piece each?",
    .make = make_empty_and_pair,
    .act = {extend_by_pair, extend_by_pair},
    .judge = judge_extend_extend,
    .outcomes = {{"abab", "one after the other", EVERYWHERE(ACCEPTABLE)},
                 {"aabb", "they went into each other", FORBIDDEN_IF_SAFE},
                 {"lost", "an item is lost", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- iterate and mutate

static void make_three(Actor *actor, Instance *instance)
{
    instance->shared[0] = token_list(actor->t, (const int64_t[]){1, 2, 3}, 3);
}

// As Python's list iterator does it: index by index, until there is no such item.
static void iterate(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    int64_t digits = 0;
    for (size_t i = 0; i < 8; i++) {
        int64_t item = take_token(t, rt_list_get(t, instance->shared[0], i));
        if (item == ABSENT) break;
        digits = item == BAD ? BAD : digits * 10 + item;
        if (digits < 0) break;
        poll_inside(actor);
    }
    seen[0] = digits;
}

static void replace_last(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    seen[0] = take_token(t, rt_list_pop(t, instance->shared[0]));
    poll_inside(actor);
    append_token(t, instance->shared[0], 4);
}

static unsigned judge_iteration(Actor *actor, Instance *instance)
{
    if (instance->actors[1].seen[0] != 3) return OUTCOME_OTHER;
    if (list_digits(actor->t, instance->shared[0]) != 124) return OUTCOME_OTHER;
    switch (instance->actors[0].seen[0]) {
    case 123:
        return 0;
    case 124:
        return 1;
    case 12:
        return 2;
    default:
        return OUTCOME_OTHER;
    }
}

const Test list_iterate_mutate = {
    .name = "list_iterate_mutate",
    .operation = "for i in x | x.pop(); x.append(d)",
    .question = "What does an iteration see while the last item is replaced?",
    .polls = true,
    .make = make_three,
    .act = {iterate, replace_last},
    .judge = judge_iteration,
    .outcomes = {{"abc", "the list as it was", EVERYWHERE(ACCEPTABLE)},
                 {"abd", "the list as it became", EVERYWHERE(ACCEPTABLE)},
                 {"ab", "the list between pop and append", EVERYWHERE(INTERESTING)}},
};
