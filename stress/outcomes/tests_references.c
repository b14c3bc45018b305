// tests_references.c: the last reference is dropped while another one is taken, or dropped too.
#include "steps.h"

#define WHAT 5

// ---------------------------------------------------------------- a slot is replaced

static void make_slot(Actor *actor, Instance *instance)
{
    instance->shared[0] = token_list(actor->t, (const int64_t[]){1}, 1);
}

static void read_slot(Actor *actor, Instance *instance, int64_t *seen)
{
    seen[0] = take_token(actor->t, rt_list_get(actor->t, instance->shared[0], 0));
}

// Drops the only reference to what was there; the new object may take its block at once.
static void replace_slot(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    RtObject *item = token(actor->t, 2);
    must_do(rt_list_set(actor->t, instance->shared[0], 0, item));
    rt_decref(actor->t, item);
}

static unsigned judge_slot(Actor *actor, Instance *instance)
{
    if (list_digits(actor->t, instance->shared[0]) != 2) return OUTCOME_OTHER;
    int64_t got = instance->actors[0].seen[0];
    return got == 1 ? 0 : got == 2 ? 1 : OUTCOME_OTHER;
}

const Test slot_get_replace = {
    .name = "slot_get_replace",
    .operation = "x[0] | x[0] = b",
    .question = "Is what a reader gets alive, when the slot's last reference is dropped?",
    .make = make_slot,
    .act = {read_slot, replace_slot},
    .judge = judge_slot,
    .outcomes = {{"old", "the reader was first", EVERYWHERE(ACCEPTABLE)},
                 {"new", "the assignment was first", EVERYWHERE(ACCEPTABLE)}},
};

// ---------------------------------------------------------------- drop and try

static void make_object(Actor *actor, Instance *instance)
{
    instance->shared[0] = token(actor->t, WHAT);
}

static void drop(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    rt_decref(actor->t, instance->shared[0]);
}

enum { TOO_LATE = 1, ALIVE, DEAD };

// The address stays that of a header, whatever becomes of the object.
static void try_to_take(Actor *actor, Instance *instance, int64_t *seen)
{
    RtObject *object = instance->shared[0];
    seen[0] = TOO_LATE;
    if (rt_try_incref(actor->t, object))
        seen[0] = take_token(actor->t, object) == WHAT ? ALIVE : DEAD;
}

static unsigned judge_try(Actor *actor, Instance *instance)
{
    (void)actor;
    instance->shared[0] = NULL; // dropped by the first actor
    return (unsigned)instance->actors[1].seen[0] - 1;
}

const Test last_drop_try = {
    .name = "last_drop_try",
    .operation = "del x | try_incref(x)",
    .question = "Is an object whole for who could still take a reference to it?",
    .make = make_object,
    .act = {drop, try_to_take},
    .judge = judge_try,
    .outcomes = {{"too late",
                  "refused: it was dead, or (with biased counts) known to its owner only",
                  EVERYWHERE(ACCEPTABLE)},
                 {"alive", "the reference was taken in time", EVERYWHERE(ACCEPTABLE)},
                 {"dead", "a reference to an object that is gone", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- drop and refer weakly

// What is referred to weakly is a container: a list of one token.
static void make_weakly_referred(Actor *actor, Instance *instance)
{
    instance->shared[0] = token_list(actor->t, (const int64_t[]){WHAT}, 1);
    instance->shared[1] = must(rt_weakref_new(actor->t, instance->shared[0], NULL, NULL));
}

static void get_weakly(Actor *actor, Instance *instance, int64_t *seen)
{
    RtObject *list = rt_weakref_get(actor->t, instance->shared[1]);
    seen[0] = TOO_LATE;
    if (list == NULL) return;
    seen[0] = list_digits(actor->t, list) == WHAT ? ALIVE : DEAD;
    rt_decref(actor->t, list);
}

const Test weak_get_last_drop = {
    .name = "weak_get_last_drop",
    .operation = "del x | weakref(x)()",
    .question = "Does a weak reference lead to a whole object, or to none?",
    .make = make_weakly_referred,
    .act = {drop, get_weakly},
    .judge = judge_try,
    .outcomes = {{"too late", "the object was dead", EVERYWHERE(ACCEPTABLE)},
                 {"alive", "the reference was taken in time", EVERYWHERE(ACCEPTABLE)},
                 {"dead", "a reference to an object that is gone", FORBIDDEN_IF_SAFE}},
};

// The block of the dead list may be another list at once, to which the weak reference must not
// lead.
static void drop_and_make(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    rt_decref(actor->t, instance->shared[0]);
    instance->shared[0] = token_list(actor->t, (const int64_t[]){WHAT + 1}, 1);
}

static unsigned judge_reused(Actor *actor, Instance *instance)
{
    (void)actor;
    return (unsigned)instance->actors[1].seen[0] - 1;
}

const Test weak_get_reuse = {
    .name = "weak_get_reuse",
    .operation = "x = [b] | weakref(x)()",
    .question = "... if its block is used again at once?",
    .make = make_weakly_referred,
    .act = {drop_and_make, get_weakly},
    .judge = judge_reused,
    .outcomes = {{"too late", "the object was dead", EVERYWHERE(ACCEPTABLE)},
                 {"alive", "the reference was taken in time", EVERYWHERE(ACCEPTABLE)},
                 {"dead", "a reference to another object", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- an array is replaced

// Appending until the array grows, beside a reader without the lock.
static void grow_list(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    for (int i = 0; i < 8; i++)
        append_token(actor->t, instance->shared[0], 2);
}

static unsigned judge_grown(Actor *actor, Instance *instance)
{
    if (rt_list_size(actor->t, instance->shared[0]) != 9) return 1;
    return instance->actors[0].seen[0] == 1 ? 0 : OUTCOME_OTHER;
}

const Test list_get_grow = {
    .name = "list_get_grow",
    .operation = "x[0] | x.append(b) ...",
    .question = "Is what a reader gets right, when the array is replaced by a longer one?",
    .make = make_slot,
    .act = {read_slot, grow_list},
    .judge = judge_grown,
    .outcomes = {{"found", "the item, whichever array it was read from",
                  EVERYWHERE(ACCEPTABLE)},
                 {"lost", "an appended item is lost", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- counts that must be exact

// A reference too many shows when everything was dropped and something is LEFT; one too few
// when the object is not what it was, or its block is freed again.

static void take_and_drop(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    rt_incref(actor->t, instance->shared[0]);
    rt_decref(actor->t, instance->shared[0]);
}

static unsigned judge_kept(Actor *actor, Instance *instance)
{
    RtObject *object = instance->shared[0];
    instance->shared[0] = NULL;
    return take_token(actor->t, object) == WHAT ? 0 : 1;
}

const Test references_taken = {
    .name = "references_taken",
    .operation = "y = x; del y",
    .question = "Is a count exact after both took a reference and dropped it?",
    .make = make_object,
    .act = {take_and_drop, take_and_drop},
    .judge = judge_kept,
    .outcomes = {{"kept", "the object is there for its maker's reference",
                  EVERYWHERE(ACCEPTABLE)},
                 {"dead", "the object died while it was referenced", FORBIDDEN_IF_SAFE}},
};

static void make_with_two_references(Actor *actor, Instance *instance)
{
    make_slot(actor, instance);
    rt_incref(actor->t, instance->shared[0]);
}

static unsigned judge_drops(Actor *actor, Instance *instance)
{
    (void)actor;
    instance->shared[0] = NULL;
    return 0;
}

const Test last_drops = {
    .name = "last_drops",
    .operation = "del x | del y (the same object)",
    .question = "Does an object die once when two threads drop its last two references?",
    .make = make_with_two_references,
    .act = {drop, drop},
    .judge = judge_drops,
    .outcomes = {{"dropped", "both references are gone", EVERYWHERE(ACCEPTABLE)}},
};
