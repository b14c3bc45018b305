// tests_dicts.c: set, get, delete, growing, iteration, setdefault, and check-then-act.
#include "steps.h"

#define KEYS 8

static void make_dict(Actor *actor, Instance *instance)
{
    instance->shared[0] = must(rt_dict_new(actor->t));
}

static int64_t get(Actor *actor, Instance *instance, RtObject *key)
{
    return take_token(actor->t, rt_dict_get(actor->t, instance->shared[0], key));
}

static void put(Actor *actor, Instance *instance, RtObject *key, int64_t what)
{
    put_token(actor->t, instance->shared[0], key, what);
}

// ---------------------------------------------------------------- two new keys

static void set_own_key(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    put(actor, instance, actor->names->keys[actor->index], actor->index + 1);
}

static unsigned judge_own_keys(Actor *actor, Instance *instance)
{
    int64_t first = get(actor, instance, actor->names->keys[0]);
    int64_t second = get(actor, instance, actor->names->keys[1]);
    size_t size = rt_dict_size(actor->t, instance->shared[0]);
    if (first == 1 && second == 2) return size == 2 ? 0 : 2;
    return first == ABSENT || second == ABSENT ? 1 : OUTCOME_OTHER;
}

const Test dict_set_set = {
    .name = "dict_set_set",
    .operation = "d[j] = a | d[k] = b",
    .question = "Are both keys in the dict that was empty?",
    .make = make_dict,
    .act = {set_own_key, set_own_key},
    .judge = judge_own_keys,
    .outcomes = {{"both", "both keys have their values", EVERYWHERE(ACCEPTABLE)},
                 {"one", "a key is lost", FORBIDDEN_IF_SAFE},
                 {"size", "the dict has both and counts wrong", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- set and delete

static void make_one_key(Actor *actor, Instance *instance)
{
    make_dict(actor, instance);
    put(actor, instance, actor->names->value, 1);
}

static void set_new(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    put(actor, instance, actor->names->value, 2);
}

static void delete_key(Actor *actor, Instance *instance, int64_t *seen)
{
    seen[0] = rt_dict_delete(actor->t, instance->shared[0], actor->names->value);
    rt_error_clear(actor->t);
}

static unsigned judge_set_delete(Actor *actor, Instance *instance)
{
    int64_t left = get(actor, instance, actor->names->value);
    size_t size = rt_dict_size(actor->t, instance->shared[0]);
    if (instance->actors[1].seen[0] != 1) return 2;
    if (left == ABSENT) return size == 0 ? 0 : OUTCOME_OTHER;
    if (left == 2) return size == 1 ? 1 : OUTCOME_OTHER;
    return OUTCOME_OTHER;
}

const Test dict_set_delete = {
    .name = "dict_set_delete",
    .operation = "d[k] = b | del d[k]",
    .question = "Is the key gone, or there with its new value?",
    .make = make_one_key,
    .act = {set_new, delete_key},
    .judge = judge_set_delete,
    .outcomes = {{"gone", "the deletion came last", EVERYWHERE(ACCEPTABLE)},
                 {"new", "the assignment came last", EVERYWHERE(ACCEPTABLE)},
                 {"KeyError", "the key was not found, though it is always there",
                  FORBIDDEN_IF_SAFE}},
};

static void get_it(Actor *actor, Instance *instance, int64_t *seen)
{
    seen[0] = get(actor, instance, actor->names->value);
}

static unsigned judge_get_delete(Actor *actor, Instance *instance)
{
    (void)actor;
    int64_t got = instance->actors[0].seen[0];
    return got == 1 ? 0 : got == ABSENT ? 1 : OUTCOME_OTHER;
}

const Test dict_get_delete = {
    .name = "dict_get_delete",
    .operation = "d[k] | del d[k]",
    .question =
        "Is the value that a reader gets alive, when the dict drops the last reference?",
    .make = make_one_key,
    .act = {get_it, delete_key},
    .judge = judge_get_delete,
    .outcomes = {{"value", "the reader was first", EVERYWHERE(ACCEPTABLE)},
                 {"KeyError", "the deletion was first", EVERYWHERE(ACCEPTABLE)}},
};

// ---------------------------------------------------------------- set and get

static unsigned judge_set_get(Actor *actor, Instance *instance)
{
    (void)actor;
    int64_t got = instance->actors[1].seen[0];
    return got == 1 ? 0 : got == 2 ? 1 : got == ABSENT ? 2 : OUTCOME_OTHER;
}

const Test dict_set_get = {
    .name = "dict_set_get",
    .operation = "d[k] = b | d[k]",
    .question = "Does a reader get the old value or the new one, and nothing else?",
    .make = make_one_key,
    .act = {set_new, get_it},
    .judge = judge_set_get,
    .outcomes = {{"old", "the reader was first", EVERYWHERE(ACCEPTABLE)},
                 {"new", "the assignment was first", EVERYWHERE(ACCEPTABLE)},
                 {"missing", "the key was not found, though it is always there",
                  FORBIDDEN_IF_SAFE}},
};

// Enough keys to make the table grow, twice from empty.
static void set_many(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    for (unsigned i = 0; i < KEYS; i++)
        put(actor, instance, actor->names->keys[i], i + 2);
}

static unsigned judge_grown(Actor *actor, Instance *instance)
{
    for (unsigned i = 0; i < KEYS; i++)
        if (get(actor, instance, actor->names->keys[i]) != i + 2) return 2;
    int64_t got = instance->actors[1].seen[0];
    return got == 1 ? 0 : got == ABSENT ? 1 : OUTCOME_OTHER;
}

const Test dict_grow_get = {
    .name = "dict_grow_get",
    .operation = "d[k1] .. d[k8] = ... | d[k]",
    .question = "Is a key found while the dict grows around it?",
    .make = make_one_key,
    .act = {set_many, get_it},
    .judge = judge_grown,
    .outcomes = {{"found", "the value of the key", EVERYWHERE(ACCEPTABLE)},
                 {"missing", "the key was not found, though it is always there",
                  FORBIDDEN_IF_SAFE},
                 {"lost", "one of the new keys is lost", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- iterate and insert

#define OLD_KEYS 3

static void make_old_keys(Actor *actor, Instance *instance)
{
    make_dict(actor, instance);
    for (unsigned i = 0; i < OLD_KEYS; i++)
        put(actor, instance, actor->names->keys[i], i + 1);
}

static void insert_new_keys(Actor *actor, Instance *instance, int64_t *seen)
{
    (void)seen;
    for (unsigned i = OLD_KEYS; i < KEYS; i++) {
        put(actor, instance, actor->names->keys[i], i + 1);
        poll_inside(actor);
    }
}

// Notes the values as bits, and how many entries there were; BAD for a value that is none.
static void iterate(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    RtObject *value;
    for (size_t position = 0; rt_dict_next(t, instance->shared[0], &position, NULL, &value);) {
        int64_t what = take_token(t, value);
        if (what < 1 || what > KEYS) {
            seen[1] = BAD;
            return;
        }
        seen[0] |= (int64_t)1 << (what - 1);
        seen[1]++;
        poll_inside(actor);
    }
}

static unsigned judge_iteration(Actor *actor, Instance *instance)
{
    (void)actor;
    const int64_t old = (1 << OLD_KEYS) - 1, all = (1 << KEYS) - 1;
    int64_t bits = instance->actors[0].seen[0], entries = instance->actors[0].seen[1];
    if (entries == BAD || entries != __builtin_popcountll((uint64_t)bits)) return OUTCOME_OTHER;
    if ((bits & old) != old) return OUTCOME_OTHER;
    return bits == old ? 0 : bits == all ? 2 : 1;
}

const Test dict_iterate_insert = {
    .name = "dict_iterate_insert",
    .operation = "for v in d.values() | d[k4] .. d[k8] = ...",
    .question = "What does an iteration see while keys are inserted and the dict grows?",
    .polls = true,
    .make = make_old_keys,
    .act = {iterate, insert_new_keys},
    .judge = judge_iteration,
    .outcomes = {{"old", "the keys that were there, once each", EVERYWHERE(ACCEPTABLE)},
                 {"some new", "and some of the new ones", EVERYWHERE(INTERESTING)},
                 {"all", "and all new ones", EVERYWHERE(ACCEPTABLE)}},
};

// ---------------------------------------------------------------- setdefault

static void set_default(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    RtObject *own = token(t, actor->index + 1);
    seen[0] =
        take_token(t, rt_dict_setdefault(t, instance->shared[0], actor->names->value, own));
    rt_decref(t, own);
}

static unsigned judge_setdefault(Actor *actor, Instance *instance)
{
    int64_t a = instance->actors[0].seen[0], b = instance->actors[1].seen[0];
    int64_t left = get(actor, instance, actor->names->value);
    if (a == 1 && b == 1 && left == 1) return 0;
    if (a == 2 && b == 2 && left == 2) return 1;
    return a > 0 && b > 0 && left > 0 ? 2 : OUTCOME_OTHER;
}

const Test dict_setdefault = {
    .name = "dict_setdefault",
    .operation = "d.setdefault(k, a) | d.setdefault(k, b)",
    .question = "Do both get the one value that the dict keeps?",
    .make = make_dict,
    .act = {set_default, set_default},
    .judge = judge_setdefault,
    .outcomes = {{"a", "both have the first actor's value", EVERYWHERE(ACCEPTABLE)},
                 {"b", "both have the second actor's value", EVERYWHERE(ACCEPTABLE)},
                 {"disagree", "each has a value of its own", FORBIDDEN_IF_SAFE}},
};

// ---------------------------------------------------------------- check, then act

enum { BARE = 0, CALLING = 1, LOCKED = 2 };

static void set_if_absent(Actor *actor, Instance *instance, int64_t *seen)
{
    RtThread *t = actor->t;
    if (rt_dict_contains(t, instance->shared[0], actor->names->value) != 0) return;
    if (actor->test->variation == CALLING) poll_inside(actor);
    put(actor, instance, actor->names->value, actor->index + 1);
    seen[0] = 1;
}

static void check_then_set(Actor *actor, Instance *instance, int64_t *seen)
{
    if (actor->test->variation != LOCKED) {
        set_if_absent(actor, instance, seen);
        return;
    }
    RtSection section;
    rt_lock_object(actor->t, &section, instance->shared[0]);
    set_if_absent(actor, instance, seen);
    rt_unlock_object(actor->t, &section);
}

static unsigned judge_check_then_set(Actor *actor, Instance *instance)
{
    int64_t left = get(actor, instance, actor->names->value);
    int64_t acted = instance->actors[0].seen[0] + instance->actors[1].seen[0];
    if (left < 1 || left > 2 || acted < 1) return OUTCOME_OTHER;
    return acted == 1 ? 0 : 1;
}

#define ONCE                                                                                   \
    {                                                                                          \
        "once", "one of the actors set the key", EVERYWHERE(ACCEPTABLE)                        \
    }
#define TWICE(expect)                                                                          \
    {                                                                                          \
        "twice", "both did, and one value is lost", expect                                     \
    }

const Test check_then_act = {
    .name = "check_then_act",
    .operation = "if k not in d: d[k] = a",
    .question = "Can both find the key absent, if threads switch at loop ends only?",
    .make = make_dict,
    .act = {check_then_set, check_then_set},
    .judge = judge_check_then_set,
    .outcomes = {ONCE, TWICE(FORBIDDEN_UNDER_GIL)},
    .variation = BARE,
};
const Test check_then_act_call = {
    .name = "check_then_act_call",
    .operation = "if k not in d: d[k] = f()",
    .question = "... if they may also switch at a call between check and act?",
    .polls = true,
    .make = make_dict,
    .act = {check_then_set, check_then_set},
    .judge = judge_check_then_set,
    .outcomes = {ONCE, TWICE(EVERYWHERE(INTERESTING))},
    .variation = CALLING,
};
const Test check_then_act_locked = {
    .name = "check_then_act_locked",
    .operation = "section(d): if k not in d: d[k] = a",
    .question = "... in a critical section on the dict?",
    .make = make_dict,
    .act = {check_then_set, check_then_set},
    .judge = judge_check_then_set,
    .outcomes = {ONCE, TWICE(FORBIDDEN_IF_SAFE)},
    .variation = LOCKED,
};
